//! The tests of the writer. A site is a map from paths to contents.

mod basic;
mod current;
#[cfg(target_os = "linux")]
mod disks;
mod faults;
mod guard;
mod kill;
mod laws;
mod names;
pub(super) mod plan;
mod strangers;
mod together;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::disk::Disk;
use super::{
    Durability, Guard, MANIFEST_NAME, ManifestInfo, Report, Swap, WriteError, Writer, previous,
};
use plan::Plan;

pub type Site = BTreeMap<String, Vec<u8>>;

pub const MODES: [Swap; 4] = [Swap::Auto, Swap::Exchange, Swap::Rename, Swap::Files];

pub fn site(files: &[(&str, &str)]) -> Site {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect()
}

/// A folder of its own with a name in Thai, and the output folder in it.
pub struct Place {
    _temp: tempfile::TempDir,
    pub folder: PathBuf,
    pub output: PathBuf,
}

pub fn place() -> Place {
    place_in(tempfile::tempdir().unwrap())
}

/// The same in memory, where the system has such a disk: for the tests that build
/// thousands of times.
pub fn fast_place() -> Place {
    let memory = tempfile::tempdir_in("/dev/shm");
    place_in(memory.or_else(|_| tempfile::tempdir()).unwrap())
}

fn place_in(temp: tempfile::TempDir) -> Place {
    let folder = temp.path().canonicalize().unwrap().join("เทศบาล ตำบล");
    fs::create_dir(&folder).unwrap();
    Place {
        output: folder.join("public"),
        folder,
        _temp: temp,
    }
}

pub fn begin(output: &Path, mode: Swap) -> Result<Writer, WriteError> {
    Writer::begin_with(output, &Guard::default(), mode, Durability::None)
}

pub fn begin_planned(output: &Path, mode: Swap, plan: &Arc<Plan>) -> Result<Writer, WriteError> {
    let disk = Disk {
        durability: Durability::Full,
        plan: Some(Arc::clone(plan)),
    };
    Writer::begin_on(disk, output, &Guard::default(), mode)
}

pub fn fill(writer: Writer, site: &Site) -> Result<Report, WriteError> {
    for (path, bytes) in site {
        writer.put(path, bytes)?;
    }
    writer.finish(&info(site))
}

pub fn build(output: &Path, site: &Site, mode: Swap) -> Result<Report, WriteError> {
    fill(begin(output, mode)?, site)
}

/// A digest of a site, in the place of one of its inputs.
pub fn inputs(site: &Site) -> String {
    let mut hash = Sha256::new();
    for (path, bytes) in site {
        hash.update((path.len() as u64).to_be_bytes());
        hash.update(path);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    super::manifest::hex(&hash.finalize())
}

pub fn info(site: &Site) -> ManifestInfo {
    ManifestInfo {
        inputs: inputs(site),
        generator: "prongsai test".into(),
    }
}

/// Everything in a folder but folders, links as `-> target`.
pub fn tree(folder: &Path) -> Site {
    let mut found = Site::new();
    collect(folder, "", &mut found);
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut Site) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), found);
        } else if kind.is_file() {
            found.insert(path, fs::read(entry.path()).unwrap());
        } else {
            let target = fs::read_link(entry.path()).unwrap();
            found.insert(path, format!("-> {}", target.display()).into_bytes());
        }
    }
}

/// All folders below a folder.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.push(entry.path());
            found.extend(folders(&entry.path()));
        }
    }
    found
}

/// Whether the output is exactly this site, its manifest included, without an
/// empty folder left over.
pub fn is_exactly(output: &Path, site: &Site) -> bool {
    let mut found = tree(output);
    let Some(text) = found.remove(MANIFEST_NAME) else {
        return false;
    };
    let Some(manifest) = previous(output) else {
        return false;
    };
    let listed: Vec<_> = manifest
        .files()
        .iter()
        .map(|f| (f.path.clone(), f.size, f.sha256))
        .collect();
    let wanted: Vec<_> = site
        .iter()
        .map(|(path, bytes)| {
            (
                path.clone(),
                bytes.len() as u64,
                Sha256::digest(bytes).into(),
            )
        })
        .collect();
    found == *site
        && listed == wanted
        && manifest.inputs() == inputs(site)
        && text == manifest.render().into_bytes()
        && folders(output)
            .iter()
            .all(|f| fs::read_dir(f).unwrap().next().is_some())
}

/// The names beside the output folder.
pub fn beside(place: &Place) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(&place.folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

pub fn modified(path: &Path) -> std::time::SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

/// Two versions of a site with everything in the difference: changed, same, new
/// and removed files, emptied folders, a file that becomes a folder and a folder
/// that becomes a file.
pub fn versions() -> (Site, Site) {
    let old = site(&[
        ("index.html", "home 1"),
        ("style.css", "same"),
        ("ข่าว/ประกาศ.html", "news 1"),
        ("ข่าว/เก่า/ลบ.html", "gone"),
        ("ข่าว/เก่า/ลบด้วย.html", "gone too"),
        ("thing", "a file"),
        ("place/a.txt", "in a folder"),
        ("place/deep/b.txt", "deeper"),
        ("data/same.csv", "1,2,3"),
    ]);
    let new = site(&[
        ("index.html", "home 2"),
        ("style.css", "same"),
        ("ข่าว/ประกาศ.html", "news 2"),
        ("ข่าว/ใหม่.html", "new"),
        ("thing/inside.txt", "now a folder"),
        ("place", "now a file"),
        ("data/same.csv", "1,2,3"),
        ("new/a/b/c/index.html", "deep"),
    ]);
    (old, new)
}
