//! The door to the outside: file trees, names, decoding and hashes.
//!
//! Everything that prongsai reads comes through [`Files`], so that the rest of the program is a
//! pure function of its input and a whole site can be a handful of strings in a test. The room
//! knows nothing of what the files mean.
//!
//! One rule holds the door: *what is not listed cannot be read*. [`Files::list`] leaves out hidden
//! files, temporary files, symbolic links and names that some system cannot hold; [`Files::read`]
//! refuses the same ones, so a link to `.env`, or through a symbolic link to a private folder,
//! cannot publish what it points to.
//!
//! What is wrong with a file is said in its own words ([`Problem`]), in Thai first, because the
//! reader is a clerk who saved it from Word or Excel.

mod decode;
mod disk;
mod excerpt;
mod form;
mod frozen;
mod kept;
mod memory;
mod names;
mod path;
mod problem;
mod quietly;
mod rules;
mod snapshot;

use std::fs::Metadata;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

pub use decode::{
    DecodeFault, DecodeProblem, Decoded, Encoding, Position, decode, find_lost_letters,
    find_mojibake,
};
pub use disk::DiskFiles;
pub use excerpt::{Excerpt, Sources};
pub use form::{Form, form};
pub use frozen::{FrozenFiles, Look, Looked};
pub use memory::MemoryFiles;
pub use names::{
    NameFault, ascii_slug_ok, looks_like_copy, name_fault, reserved_on_windows, suggest_ascii,
};
pub use path::{PathFault, PathProblem, SitePath};
pub use problem::{CODES, FileFault, FileProblem, Problem, Severity, Unreadable};
pub use quietly::quietly;
pub use rules::Skip;
pub use snapshot::{Changes, Digest, Snapshot, SnapshotEntry, digest};

/// Whether a file of this path can be one of a site, by its name: no hidden, temporary or system
/// file, no copy of a sync program.
pub fn is_site_name(path: &SitePath) -> bool {
    rules::judge(path, &SitePath::root()) == rules::Verdict::Keep
}

/// How much a file tree may hold. The numbers are far above any real agency's site; they are there
/// so that a mistaken folder (a whole drive, a video renamed to `.md`) ends in a message, not in
/// an exhausted machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file that is read as text, in bytes.
    pub text_bytes: u64,
    /// How many files and folders are looked at.
    pub files: usize,
    /// How many folders a file may lie in.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 5_000_000,
            files: 200_000,
            depth: 32,
        }
    }
}

/// A tree of files: a folder on disk, or a few strings in a test or a preview.
pub trait Files: Send + Sync {
    /// Every file of the tree, sorted, with what is wrong with the tree as a whole.
    fn list(&self) -> Listing;

    /// The bytes of one file, exactly as they are. Only what [`list`](Self::list) lists can be
    /// read; [`FileProblem::from_io`] turns the error into words.
    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>>;

    /// The first bytes of a file, at most `length`: enough to see what it is.
    fn read_start(&self, path: &SitePath, length: usize) -> io::Result<Vec<u8>> {
        use io::Read;
        let mut start = match self.disk_path(path) {
            Some(disk) => {
                let mut start = Vec::with_capacity(length);
                std::fs::File::open(disk)?
                    .take(length as u64)
                    .read_to_end(&mut start)?;
                start
            }
            None => self.read(path)?,
        };
        start.truncate(length);
        Ok(start)
    }

    /// Where the file lies on disk, for those who copy or stream it instead of holding it in
    /// memory. `None` when it is not on disk, or is not a plain file that may be read.
    fn disk_path(&self, path: &SitePath) -> Option<PathBuf>;

    /// The hash of a file's content, in a tree that does not change and knows it.
    fn digest(&self, _: &SitePath) -> Option<Digest> {
        None
    }

    /// What was made from content of this name (a hash) and kept by [`keep`](Self::keep), now or
    /// in an earlier run. A tree that keeps nothing costs time alone.
    fn kept(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    /// Keeps what can be made again, outside the tree that is listed.
    fn keep(&self, _: &str, _: &[u8]) {}

    /// Lets go of what is kept under other names.
    fn keep_only(&self, _: &dyn Fn(&str) -> bool) {}

    /// What the tree may hold.
    fn limits(&self) -> Limits {
        Limits::default()
    }

    /// One file as text. The size is looked at before anything is read.
    fn read_text(&self, path: &SitePath) -> Result<Decoded, FileProblem> {
        let limit = self.limits().text_bytes;
        let too_large = |size| FileProblem::new(path.as_str(), FileFault::TooLarge { size, limit });
        if let Some(size) = self
            .disk_path(path)
            .and_then(|disk| disk.metadata().ok())
            .map(|metadata| metadata.len())
            && size > limit
        {
            return Err(too_large(size));
        }
        let bytes = self
            .read(path)
            .map_err(|error| FileProblem::from_io(path, &error))?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(too_large(size));
        }
        decode(bytes).map_err(|problem| FileProblem::new(path.as_str(), FileFault::Text(problem)))
    }
}

/// The files of a tree, and what was left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Sorted by path, without duplicates.
    pub entries: Vec<Entry>,
    /// What somebody has to look at, sorted by path.
    pub problems: Vec<FileProblem>,
    /// Hidden, temporary and system files: left out without a word, but counted and named here
    /// for whoever asks why a file has no effect. A skipped folder counts once.
    pub skipped: Vec<Skipped>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path inside the site.
    pub path: SitePath,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, where that is known.
    pub modified: Option<SystemTime>,
    /// Which file it is.
    pub identity: Identity,
}

/// What differs where one file took the place of another, or became unreadable,
/// though name, size and time are the same: the inode and when that was changed.
/// Always the same where the system tells nothing, as on Windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Identity(u64, i64, i64);

impl Entry {
    /// A file on disk.
    pub fn on_disk(path: SitePath, metadata: &Metadata) -> Entry {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            Identity(metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        };
        #[cfg(not(unix))]
        let identity = Identity::default();
        Entry {
            path,
            size: metadata.len(),
            modified: metadata.modified().ok(),
            identity,
        }
    }

    /// A file that no disk tells about.
    pub fn elsewhere(path: SitePath, size: u64) -> Entry {
        Entry {
            path,
            size,
            modified: None,
            identity: Identity::default(),
        }
    }
}

/// One file or folder that was left out for its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Its path, fit for printing.
    pub path: String,
    /// Why.
    pub why: Skip,
}

impl Listing {
    /// The file at exactly this path.
    pub fn get(&self, path: &SitePath) -> Option<&Entry> {
        let at = self
            .entries
            .binary_search_by(|entry| entry.path.cmp(path))
            .ok()?;
        self.entries.get(at)
    }

    /// The file that a person would call by this name although it is written differently
    /// (`Report.PDF` for `report.pdf`, or the same Thai letters in another order). Such a link
    /// works on the clerk's Windows machine and breaks on a Linux server, so whoever finds that
    /// [`get`](Self::get) has nothing can say what was probably meant.
    pub fn same_key(&self, path: &SitePath) -> Option<&Entry> {
        let key = path.key();
        self.entries.iter().find(|entry| entry.path.key() == key)
    }

    /// The files in a folder and in its folders.
    pub fn under(&self, dir: &SitePath) -> &[Entry] {
        if dir.is_root() {
            return &self.entries;
        }
        let prefix = format!("{dir}/");
        let from = self
            .entries
            .partition_point(|entry| entry.path.as_str() < prefix.as_str());
        let rest = self.entries.get(from..).unwrap_or_default();
        let count = rest.partition_point(|entry| entry.path.as_str().starts_with(&prefix));
        rest.get(..count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("a good path")
    }

    #[test]
    fn a_listing_finds_files_by_path_by_key_and_by_folder() {
        let files = MemoryFiles::from([
            ("content/a.md", "1"),
            ("content/a-b/x.md", "2"),
            ("content/a/y.md", "3"),
            ("content/a/z/deep.md", "4"),
            ("content/Report.PDF", "5"),
        ]);
        let listing = files.list();
        assert!(listing.get(&path("content/a.md")).is_some());
        assert!(listing.get(&path("content/report.pdf")).is_none());
        assert_eq!(
            listing
                .same_key(&path("content/report.pdf"))
                .map(|entry| entry.path.as_str()),
            Some("content/Report.PDF")
        );
        let under: Vec<_> = listing
            .under(&path("content/a"))
            .iter()
            .map(|entry| entry.path.as_str())
            .collect();
        assert_eq!(under, ["content/a/y.md", "content/a/z/deep.md"]);
        assert_eq!(listing.under(&SitePath::root()).len(), 5);
        assert!(listing.under(&path("nowhere")).is_empty());
    }

    #[test]
    fn text_above_the_limit_is_refused_by_size() {
        let mut files = MemoryFiles::new();
        files.put("content/big.md", vec![b'a'; 5_000_001]);
        files.put("content/fits.md", vec![b'a'; 5_000_000]);
        let problem = files
            .read_text(&path("content/big.md"))
            .expect_err("too large");
        assert_eq!(problem.code(), "file-too-large");
        assert!(files.read_text(&path("content/fits.md")).is_ok());
    }

    #[test]
    fn a_file_that_is_not_there_is_unreadable_with_its_path() {
        let problem = MemoryFiles::new()
            .read_text(&path("content/none.md"))
            .expect_err("not there");
        assert_eq!(problem.code(), "file-unreadable");
        assert!(problem.th().contains("content/none.md"), "{}", problem.th());
    }
}
