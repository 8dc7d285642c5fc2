//! A file tree at one moment, for a preview: what was loaded and what is rendered from it later
//! are of one piece, whatever an editor does to the files meanwhile.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::path::SitePath;
use super::problem::FileProblem;
use super::snapshot::{Changes, SETTLED, hash};
use super::{Digest, Entry, Files, Limits, Listing, digest};

/// Text up to this size is held in memory; larger files, and those that only visitors read
/// (pictures, documents), stay on disk.
const HELD: u64 = 1 << 20;
const HELD_KINDS: &[&str] = &[
    "md", "toml", "csv", "xlsx", "html", "css", "js", "txt", "svg",
];

/// How long a file that looks half written is given the benefit of the doubt after its last
/// change: sync programs write in pieces, with pauses of a second.
const PATIENCE: Duration = Duration::from_secs(2);

/// A file larger than what is held that changed more lately than this is still being copied:
/// reading it at each piece would keep the machine busy and tell nothing.
const COPYING: Duration = Duration::from_secs(1);

/// How a change is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Something changed this moment. A file that is gone may be on its way back (editors delete
    /// and write anew), one that is empty or ends inside a letter may be half written: they stay
    /// as they were.
    First,
    /// It has been quiet for a while: what is gone is gone.
    Settled,
}

/// A tree as it was at one moment; see the module.
pub struct FrozenFiles {
    door: Arc<dyn Files>,
    listing: Listing,
    /// Beside `listing.entries`.
    held: Vec<Held>,
    taken: SystemTime,
}

#[derive(Clone)]
struct Held {
    digest: Digest,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Here(Arc<[u8]>),
    Outside,
    Unreadable(io::ErrorKind, Arc<str>),
}

/// What a look found.
pub struct Looked {
    pub files: FrozenFiles,
    pub changes: Changes,
    /// The problems of the tree are others than before.
    pub other_problems: bool,
    /// Something seems to be half done, and was left as it was: look again.
    pub unfinished: bool,
}

impl Looked {
    pub fn is_same(&self) -> bool {
        self.changes.is_empty() && !self.other_problems
    }
}

impl FrozenFiles {
    /// Reads the whole tree, on all threads.
    pub fn take(door: Arc<dyn Files>) -> FrozenFiles {
        let nothing = FrozenFiles {
            listing: Listing::default(),
            held: Vec::new(),
            taken: SystemTime::UNIX_EPOCH,
            door,
        };
        nothing.look(Look::Settled).files
    }

    /// Looks at the whole tree again. A file whose size and time are as before is not read, unless
    /// it had changed so shortly before the last look that its time proves nothing.
    pub fn look(&self, look: Look) -> Looked {
        self.look_around(look, &[])
    }

    /// The same, but reads the files of these paths and folders in any case: files of equal size
    /// and time may have changed places.
    pub fn look_around(&self, look: Look, suspects: &[SitePath]) -> Looked {
        let suspects: HashSet<&str> = suspects.iter().map(SitePath::as_str).collect();
        let is_suspect = |path: &str| {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            !suspects.is_empty() && folders.chain([path]).any(|part| suspects.contains(part))
        };
        // The moment before the first look: what changes later is not settled.
        let taken = SystemTime::now();
        let mut listing = self.door.list();
        let before: HashMap<&SitePath, usize> = self
            .listing
            .entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (&entry.path, at))
            .collect();
        let read: Vec<(Option<(Entry, Held)>, bool)> = std::mem::take(&mut listing.entries)
            .into_par_iter()
            .map(|entry| {
                let old = before.get(&entry.path).and_then(|at| self.at(*at));
                match old {
                    Some((old, held))
                        if self.is_settled(old, &entry) && !is_suspect(entry.path.as_str()) =>
                    {
                        (Some((entry, held.clone())), false)
                    }
                    old => self.read_anew(entry, old, look, taken),
                }
            })
            .collect();
        let mut unfinished = false;
        let mut held = Vec::with_capacity(read.len());
        for (file, waits) in read {
            unfinished |= waits;
            if let Some((entry, content)) = file {
                listing.entries.push(entry);
                held.push(content);
            }
        }
        if look == Look::First {
            unfinished |= self.keep_missing(&mut listing, &mut held);
        }
        self.looked(listing, held, taken, unfinished)
    }

    /// Looks at the files of these paths alone. `None` when that can't tell all: a path is new, or
    /// gone, or a folder.
    pub fn look_at(&self, paths: &[SitePath]) -> Option<Looked> {
        let now = SystemTime::now();
        let mut listing = self.listing.clone();
        let mut held = self.held.clone();
        let mut unfinished = false;
        for path in paths {
            let at = self.position(path)?;
            let (old, content) = self.at(at)?;
            let metadata = self
                .door
                .disk_path(path)
                .map(|disk| disk.symlink_metadata());
            let entry = match metadata {
                Some(Ok(metadata)) => Entry::on_disk(path.clone(), &metadata),
                Some(Err(_)) => return None,
                None => {
                    let size = self.door.read(path).ok()?.len() as u64;
                    Entry::elsewhere(path.clone(), size)
                }
            };
            let (file, waits) = self.read_anew(entry, Some((old, content)), Look::First, now);
            let (entry, new) = file?;
            unfinished |= waits;
            *listing.entries.get_mut(at)? = entry;
            *held.get_mut(at)? = new;
        }
        // The rest of the tree was not looked at: its times prove no more than they did.
        Some(self.looked(listing, held, self.taken, unfinished))
    }

    fn looked(
        &self,
        listing: Listing,
        held: Vec<Held>,
        taken: SystemTime,
        unfinished: bool,
    ) -> Looked {
        let files = FrozenFiles {
            door: self.door.clone(),
            listing,
            held,
            taken,
        };
        Looked {
            changes: files.changes_since(self),
            other_problems: files.listing.problems != self.listing.problems,
            unfinished,
            files,
        }
    }

    fn is_settled(&self, old: &Entry, new: &Entry) -> bool {
        let settled = new
            .modified
            .and_then(|m| m.checked_add(SETTLED))
            .is_some_and(|m| m < self.taken);
        settled
            && old.size == new.size
            && old.modified == new.modified
            && old.identity == new.identity
    }

    /// The file as it is now; or as it was (a new one not at all), with `true`, where it seems
    /// half written.
    fn read_anew(
        &self,
        entry: Entry,
        old: Option<(&Entry, &Held)>,
        look: Look,
        now: SystemTime,
    ) -> (Option<(Entry, Held)>, bool) {
        let changed_within = |time: Duration| {
            let age = entry.modified.and_then(|m| now.duration_since(m).ok());
            age.is_some_and(|age| age < time)
        };
        // With the old size and time, so that the next look reads it.
        let as_it_was = || old.map(|(entry, held)| (entry.clone(), held.clone()));
        let is_first = self.taken == SystemTime::UNIX_EPOCH;
        if entry.size > HELD && !is_first && changed_within(COPYING) {
            return (as_it_was(), true);
        }
        let new = self.hold(&entry);
        let waits = old.is_some_and(|(_, old)| seems_unfinished(&old.content, &new.content))
            && (look == Look::First || changed_within(PATIENCE));
        if waits {
            (as_it_was(), true)
        } else {
            (Some((entry, new)), false)
        }
    }

    fn hold(&self, entry: &Entry) -> Held {
        let extension = entry.path.extension();
        let is_text = extension.is_some_and(|e| HELD_KINDS.contains(&e.as_str()));
        let held = if is_text && entry.size <= HELD {
            self.door.read(&entry.path).map(|bytes| Held {
                digest: digest(&bytes),
                content: Content::Here(bytes.into()),
            })
        } else {
            hash(self.door.as_ref(), entry).map(|digest| Held {
                digest,
                content: Content::Outside,
            })
        };
        held.unwrap_or_else(|error| Held {
            digest: digest(format!("unreadable: {error}").as_bytes()),
            content: Content::Unreadable(error.kind(), error.to_string().into()),
        })
    }

    /// Puts back what is not there any more.
    fn keep_missing(&self, listing: &mut Listing, held: &mut Vec<Held>) -> bool {
        let missing: Vec<usize> = (0..self.held.len())
            .filter(|at| {
                let entry = self.listing.entries.get(*at);
                entry.is_some_and(|e| listing.get(&e.path).is_none())
            })
            .collect();
        for &at in &missing {
            if let Some((entry, content)) = self.at(at) {
                let to = listing.entries.partition_point(|e| e.path < entry.path);
                listing.entries.insert(to, entry.clone());
                held.insert(to, content.clone());
            }
        }
        !missing.is_empty()
    }

    fn at(&self, at: usize) -> Option<(&Entry, &Held)> {
        Some((self.listing.entries.get(at)?, self.held.get(at)?))
    }

    fn position(&self, path: &SitePath) -> Option<usize> {
        self.listing
            .entries
            .binary_search_by(|entry| entry.path.cmp(path))
            .ok()
    }

    fn changes_since(&self, older: &FrozenFiles) -> Changes {
        let mut changes = Changes::default();
        let mut old = older.listing.entries.iter().zip(&older.held).peekable();
        for (entry, held) in self.listing.entries.iter().zip(&self.held) {
            while let Some((gone, _)) = old.next_if(|(e, _)| e.path < entry.path) {
                changes.removed.push(gone.path.clone());
            }
            match old.next_if(|(e, _)| e.path == entry.path) {
                None => changes.added.push(entry.path.clone()),
                Some((_, before)) if before.digest != held.digest => {
                    changes.changed.push(entry.path.clone());
                }
                Some(_) => {}
            }
        }
        changes.removed.extend(old.map(|(e, _)| e.path.clone()));
        changes
    }
}

/// Whether this is what a file looks like while it is being saved.
fn seems_unfinished(old: &Content, new: &Content) -> bool {
    match (old, new) {
        (Content::Here(old), Content::Here(new)) => {
            let cut = || {
                std::str::from_utf8(new).is_err_and(|e| e.error_len().is_none())
                    && std::str::from_utf8(old).is_ok()
            };
            (new.is_empty() && !old.is_empty()) || cut()
        }
        // Held open by the program that saves it.
        (Content::Here(_) | Content::Outside, Content::Unreadable(..)) => true,
        _ => false,
    }
}

impl Files for FrozenFiles {
    fn list(&self) -> Listing {
        self.listing.clone()
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        match self.position(path).and_then(|at| self.held.get(at)) {
            None => Err(io::Error::from(io::ErrorKind::NotFound)),
            Some(held) => match &held.content {
                Content::Here(bytes) => Ok(bytes.to_vec()),
                Content::Outside => self.door.read(path),
                Content::Unreadable(kind, why) => Err(io::Error::new(*kind, why.to_string())),
            },
        }
    }

    fn disk_path(&self, path: &SitePath) -> Option<PathBuf> {
        self.position(path)?;
        self.door.disk_path(path)
    }

    fn digest(&self, path: &SitePath) -> Option<Digest> {
        Some(self.held.get(self.position(path)?)?.digest)
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.door.kept(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.door.keep(name, bytes);
    }

    fn keep_only(&self, keep: &dyn Fn(&str) -> bool) {
        self.door.keep_only(keep);
    }

    fn limits(&self) -> Limits {
        self.door.limits()
    }

    fn read_text(&self, path: &SitePath) -> Result<super::Decoded, FileProblem> {
        let at = self.position(path);
        match at.and_then(|at| self.held.get(at)).map(|h| &h.content) {
            Some(Content::Here(bytes)) => super::decode(bytes.to_vec()).map_err(|problem| {
                FileProblem::new(path.as_str(), super::FileFault::Text(problem))
            }),
            Some(Content::Outside) => self.door.read_text(path),
            _ => Err(match self.read(path) {
                Err(error) => FileProblem::from_io(path, &error),
                Ok(_) => FileProblem::unreadable(path.as_str(), &io::Error::other("changed")),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::DiskFiles;
    use std::fs;
    use std::path::Path;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("a good path")
    }

    fn age(file: &Path, seconds: u64) {
        let time = SystemTime::now() - Duration::from_secs(seconds);
        let file = fs::File::options().write(true).open(file).expect("open");
        file.set_modified(time).expect("set");
    }

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new(files: &[(&str, &str)]) -> Folder {
            let folder = Folder(tempfile::tempdir().expect("a folder"));
            for (name, text) in files {
                folder.write(name, text);
            }
            folder
        }

        fn write(&self, name: &str, text: impl AsRef<[u8]>) {
            fs::write(self.0.path().join(name), text).expect("written");
        }

        fn freeze(&self) -> FrozenFiles {
            FrozenFiles::take(Arc::new(DiskFiles::new(self.0.path(), &["."])))
        }
    }

    fn read(files: &FrozenFiles, name: &str) -> Option<String> {
        let bytes = files.read(&path(name)).ok()?;
        Some(String::from_utf8(bytes).expect("UTF-8"))
    }

    #[test]
    fn a_frozen_tree_stays_as_it_was() {
        let folder = Folder::new(&[("a.md", "one"), ("b.md", "two")]);
        let files = folder.freeze();
        folder.write("a.md", "changed");
        fs::remove_file(folder.0.path().join("b.md")).expect("removed");
        folder.write("c.md", "new");
        assert_eq!(read(&files, "a.md").as_deref(), Some("one"));
        assert_eq!(read(&files, "b.md").as_deref(), Some("two"));
        assert_eq!(read(&files, "c.md"), None);
        let later = files.look(Look::Settled);
        assert_eq!(later.changes.added, [path("c.md")]);
        assert_eq!(later.changes.changed, [path("a.md")]);
        assert_eq!(later.changes.removed, [path("b.md")]);
        assert_eq!(read(&later.files, "a.md").as_deref(), Some("changed"));
    }

    #[test]
    fn a_first_look_keeps_what_is_gone_or_half_written_and_a_settled_one_does_not() {
        let folder = Folder::new(&[("a.md", "ก"), ("b.md", "ข"), ("c.md", "ค")]);
        let files = folder.freeze();
        fs::remove_file(folder.0.path().join("a.md")).expect("removed");
        folder.write("b.md", "");
        folder.write("c.md", &"คง".as_bytes()[..5]);
        let first = files.look(Look::First);
        assert!(first.unfinished && first.is_same(), "{:?}", first.changes);
        assert_eq!(read(&first.files, "b.md").as_deref(), Some("ข"));
        // Still within its patience.
        let soon = files.look(Look::Settled);
        assert!(soon.unfinished);
        assert_eq!(soon.changes.removed, [path("a.md")]);
        assert!(soon.changes.changed.is_empty());
        age(&folder.0.path().join("b.md"), 5);
        age(&folder.0.path().join("c.md"), 5);
        let late = soon.files.look(Look::Settled);
        assert!(!late.unfinished);
        assert_eq!(late.changes.changed, [path("b.md"), path("c.md")]);
    }

    #[test]
    fn named_paths_are_looked_at_alone_and_only_where_that_tells_all() {
        let folder = Folder::new(&[("a.md", "1"), ("b.md", "2")]);
        let files = folder.freeze();
        folder.write("a.md", "one");
        folder.write("b.md", "two");
        let looked = files.look_at(&[path("a.md")]).expect("told");
        assert_eq!(looked.changes.changed, [path("a.md")]);
        assert_eq!(read(&looked.files, "b.md").as_deref(), Some("2"));
        // What the hint did not name is still found.
        let whole = looked.files.look(Look::Settled);
        assert_eq!(whole.changes.changed, [path("b.md")]);
        folder.write("new.md", "3");
        assert!(files.look_at(&[path("new.md")]).is_none());
        fs::remove_file(folder.0.path().join("a.md")).expect("removed");
        assert!(files.look_at(&[path("a.md")]).is_none());
    }

    #[test]
    fn files_of_equal_size_and_time_that_change_places_are_read_where_they_are_suspected() {
        let folder = Folder::new(&[("a.md", "1"), ("b.md", "2")]);
        let at = |name: &str| folder.0.path().join(name);
        let time = SystemTime::now() - Duration::from_secs(600);
        for name in ["a.md", "b.md"] {
            let file = fs::File::options().write(true).open(at(name));
            file.expect("open").set_modified(time).expect("set");
        }
        let files = folder.freeze();
        fs::rename(at("a.md"), at("c")).expect("moved");
        fs::rename(at("b.md"), at("a.md")).expect("moved");
        fs::rename(at("c"), at("b.md")).expect("moved");
        let both = [path("a.md"), path("b.md")];
        let looked = files.look_around(Look::Settled, &both);
        assert_eq!(looked.changes.changed, both);
        // Where the system tells files apart, nobody need suspect them.
        if cfg!(unix) {
            assert_eq!(files.look(Look::Settled).changes.changed, both);
        }
    }

    #[test]
    fn a_large_file_waits_until_it_is_copied() {
        let folder = Folder::new(&[("a.md", "1")]);
        let files = folder.freeze();
        let large = folder.0.path().join("b.pdf");
        fs::write(&large, vec![b'x'; (HELD + 1) as usize]).expect("written");
        for look in [Look::First, Look::Settled] {
            let looked = files.look(look);
            assert!(looked.unfinished && looked.is_same(), "{look:?}");
        }
        age(&large, 5);
        let looked = files.look(Look::First);
        assert_eq!(looked.changes.added, [path("b.pdf")]);
        assert!(!looked.unfinished);
        // A preview that begins shows what is there.
        fs::write(&large, vec![b'y'; (HELD + 1) as usize]).expect("written");
        assert_eq!(folder.freeze().list().entries.len(), 2);
        // One that grows is shown as it was.
        let grows = looked.files.look_at(&[path("b.pdf")]).expect("told");
        assert!(grows.unfinished && grows.is_same());
    }

    #[test]
    fn a_touch_changes_nothing() {
        let folder = Folder::new(&[("a.md", "1")]);
        let files = folder.freeze();
        age(&folder.0.path().join("a.md"), 60);
        assert!(files.look(Look::First).is_same());
        assert!(files.look_at(&[path("a.md")]).expect("told").is_same());
    }

    #[test]
    fn digests_are_those_of_a_snapshot() {
        let folder = Folder::new(&[("a.md", "1"), ("b.pdf", "2")]);
        let files = folder.freeze();
        let snapshot = crate::files::Snapshot::take(&files);
        for entry in &snapshot.entries {
            assert_eq!(files.digest(&entry.path), Some(entry.digest));
        }
        assert_eq!(files.digest(&path("none.md")), None);
    }
}
