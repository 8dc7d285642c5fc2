//! What a file tree is at one moment, by content.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::path::SitePath;
use super::problem::{FileProblem, Problem};
use super::{Entry, Files};

/// Files above this size are hashed piece by piece, so that memory does not follow the size of a
/// scanned PDF.
const STREAMED: u64 = 1 << 20;

/// How old a change must be before the time of a file is believed: times are as coarse as two
/// seconds on FAT, and a file can change twice within one of them.
pub(super) const SETTLED: Duration = Duration::from_secs(2);

/// The BLAKE3 hash of some bytes. Shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The hash itself.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl From<blake3::Hasher> for Digest {
    /// What the hasher was given so far.
    fn from(hasher: blake3::Hasher) -> Digest {
        Digest(*hasher.finalize().as_bytes())
    }
}

/// The hash of some bytes.
pub fn digest(bytes: &[u8]) -> Digest {
    Digest(*blake3::hash(bytes).as_bytes())
}

/// One file with the hash of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotEntry {
    /// Its path inside the site.
    pub path: SitePath,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, where that is known.
    pub modified: Option<SystemTime>,
    /// The hash of its content.
    pub digest: Digest,
}

/// A file tree at one moment.
///
/// Files may change while it is taken and after; a snapshot proves what was read for it, not what
/// is read later. So a build that records the digest of a snapshot taken *before* it reads errs on
/// the side of building once too often.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Every file that could be read, sorted by path.
    pub entries: Vec<SnapshotEntry>,
    /// What is wrong with the tree, and the files that could not be read; sorted by path.
    pub problems: Vec<FileProblem>,
    taken: SystemTime,
}

/// What is different between two snapshots; paths sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new.
    pub added: Vec<SitePath>,
    /// Files with other content.
    pub changed: Vec<SitePath>,
    /// Files that are gone.
    pub removed: Vec<SitePath>,
}

impl Changes {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl Snapshot {
    /// Lists the tree and hashes every file, on all threads.
    pub fn take(files: &dyn Files) -> Self {
        Self::with(files, |_| None)
    }

    /// The same as [`take`](Self::take), but a file whose size and time are those of the snapshot
    /// before is not read again, unless it had changed so shortly before that snapshot that its
    /// time proves nothing. This is for watching; a build that must be certain takes anew.
    #[must_use]
    pub fn retake(&self, files: &dyn Files) -> Self {
        let known: HashMap<&SitePath, &SnapshotEntry> = self
            .entries
            .iter()
            .map(|entry| (&entry.path, entry))
            .collect();
        Self::with(files, |entry| {
            let before = known.get(&entry.path)?;
            let settled = entry.modified?.checked_add(SETTLED)? < self.taken;
            let same = before.size == entry.size && before.modified == entry.modified;
            (same && settled).then_some(before.digest)
        })
    }

    fn with(files: &dyn Files, known: impl Fn(&Entry) -> Option<Digest> + Sync) -> Self {
        // The moment before the first look: what changes later is not settled.
        let taken = SystemTime::now();
        let listing = files.list();
        let hashed: Vec<Result<SnapshotEntry, FileProblem>> = listing
            .entries
            .into_par_iter()
            .map(|entry| {
                let digest = match known(&entry) {
                    Some(digest) => digest,
                    None => hash(files, &entry)
                        .map_err(|error| FileProblem::from_io(&entry.path, &error))?,
                };
                Ok(SnapshotEntry {
                    path: entry.path,
                    size: entry.size,
                    modified: entry.modified,
                    digest,
                })
            })
            .collect();
        let mut problems = listing.problems;
        let mut entries = Vec::with_capacity(hashed.len());
        for result in hashed {
            match result {
                Ok(entry) => entries.push(entry),
                Err(problem) => problems.push(problem),
            }
        }
        problems.sort();
        Self {
            entries,
            problems,
            taken,
        }
    }

    /// The file at exactly this path.
    pub fn get(&self, path: &SitePath) -> Option<&SnapshotEntry> {
        let at = self
            .entries
            .binary_search_by(|entry| entry.path.cmp(path))
            .ok()?;
        self.entries.get(at)
    }

    /// One hash over everything that a result depends on: paths, contents, problems, and what the
    /// caller adds (the version of the program, the options). Equal input gives equal text on every
    /// machine; times and sizes play no part. A caller that skips work on an equal digest should
    /// still have shown the problems: see [`problems`](Self::problems).
    pub fn inputs_digest(&self, extra: &[&[u8]]) -> String {
        let mut hasher = blake3::Hasher::new_derive_key("prongsai 2026 inputs digest v1");
        // Every part goes with its length, so that no two lists of parts give the same bytes.
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        part(&(extra.len() as u64).to_le_bytes());
        for bytes in extra {
            part(bytes);
        }
        part(&(self.entries.len() as u64).to_le_bytes());
        for entry in &self.entries {
            part(entry.path.as_str().as_bytes());
            part(entry.digest.as_bytes());
        }
        for problem in &self.problems {
            part(problem.path.as_bytes());
            part(problem.code().as_bytes());
        }
        Digest(*hasher.finalize().as_bytes()).to_string()
    }

    /// What became different since an older snapshot.
    pub fn changes_since(&self, older: &Snapshot) -> Changes {
        let mut changes = Changes::default();
        for entry in &self.entries {
            match older.get(&entry.path) {
                None => changes.added.push(entry.path.clone()),
                Some(before) if before.digest != entry.digest => {
                    changes.changed.push(entry.path.clone());
                }
                Some(_) => {}
            }
        }
        let gone = older
            .entries
            .iter()
            .filter(|entry| self.get(&entry.path).is_none());
        changes.removed.extend(gone.map(|entry| entry.path.clone()));
        changes
    }
}

pub(super) fn hash(files: &dyn Files, entry: &Entry) -> io::Result<Digest> {
    if entry.size > STREAMED
        && let Some(disk) = files.disk_path(&entry.path)
    {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(disk)?)?;
        return Ok(Digest(*hasher.finalize().as_bytes()));
    }
    Ok(digest(&files.read(&entry.path)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{DiskFiles, Listing, MemoryFiles};
    use std::fs;
    use std::path::PathBuf;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("a good path")
    }

    #[test]
    fn a_digest_is_blake3_in_hexadecimal() {
        assert_eq!(
            digest(b"").to_string(),
            "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
        );
        assert_ne!(digest(b"a"), digest(b"b"));
    }

    #[test]
    fn the_digest_of_inputs_follows_paths_contents_and_extras_only() {
        let files = MemoryFiles::from([("a.md", "1"), ("b.md", "2")]);
        let digest = |files: &MemoryFiles| Snapshot::take(files).inputs_digest(&[b"v1"]);
        let first = digest(&files);
        assert_eq!(first.len(), 64);
        assert_eq!(
            first,
            digest(&MemoryFiles::from([("b.md", "2"), ("a.md", "1")]))
        );
        let mut other = files.clone();
        other.put("b.md", "3");
        assert_ne!(first, digest(&other));
        other.put("b.md", "2");
        assert_eq!(first, digest(&other));
        other.rename("b.md", "c.md");
        assert_ne!(first, digest(&other));
        let snapshot = Snapshot::take(&files);
        assert_ne!(first, snapshot.inputs_digest(&[b"v", b"1"]));
        assert_ne!(first, snapshot.inputs_digest(&[]));
        assert_ne!(snapshot.inputs_digest(&[]), snapshot.inputs_digest(&[b""]));
        other.rename("c.md", "b.md");
        other.put("CON.md", "");
        assert_ne!(first, digest(&other), "a new problem is a change");
    }

    #[test]
    fn disk_and_memory_agree_also_on_large_files() {
        let large = vec![b'x'; 3 << 20];
        let dir = tempfile::tempdir().expect("a folder");
        fs::create_dir(dir.path().join("content")).expect("a folder");
        fs::write(dir.path().join("content/large.bin"), &large).expect("a file");
        fs::write(dir.path().join("content/ก.md"), "ก").expect("a file");
        let disk = Snapshot::take(&DiskFiles::new(dir.path(), &["content"]));
        let mut memory = MemoryFiles::new();
        memory
            .put("content/ก.md", "ก")
            .put("content/large.bin", large);
        let memory = Snapshot::take(&memory);
        assert_eq!(disk.entries.len(), 2);
        assert_eq!(disk.inputs_digest(&[]), memory.inputs_digest(&[]));
        assert!(disk.changes_since(&memory).is_empty());
    }

    #[test]
    fn changes_are_added_changed_and_removed() {
        let mut files = MemoryFiles::from([("a.md", "1"), ("b.md", "2"), ("c.md", "3")]);
        let before = Snapshot::take(&files);
        files.put("b.md", "x");
        files.rename("c.md", "d.md");
        let changes = Snapshot::take(&files).changes_since(&before);
        assert_eq!(changes.added, [path("d.md")]);
        assert_eq!(changes.changed, [path("b.md")]);
        assert_eq!(changes.removed, [path("c.md")]);
        assert!(!changes.is_empty());
    }

    #[test]
    fn settled_files_are_not_read_again_and_fresh_ones_are() {
        let dir = tempfile::tempdir().expect("a folder");
        let disk = dir.path().join("a.md");
        let files = DiskFiles::new(dir.path(), &["."]);
        let write = |text: &str, age: u64| {
            fs::write(&disk, text).expect("a file");
            let time = SystemTime::now() - Duration::from_secs(age);
            let time = SystemTime::UNIX_EPOCH
                + Duration::from_secs(
                    time.duration_since(SystemTime::UNIX_EPOCH)
                        .expect("after 1970")
                        .as_secs(),
                );
            let file = File::options().write(true).open(&disk).expect("open");
            file.set_modified(time).expect("time");
            time
        };
        // Same size and time: believed if the time was old, read if it was new.
        let time = write("old", 60);
        let before = Snapshot::take(&files);
        fs::write(&disk, "new").expect("a file");
        let file = File::options().write(true).open(&disk).expect("open");
        file.set_modified(time).expect("time");
        assert!(before.retake(&files).changes_since(&before).is_empty());
        assert!(!Snapshot::take(&files).changes_since(&before).is_empty());

        let time = write("one", 0);
        let before = Snapshot::take(&files);
        fs::write(&disk, "two").expect("a file");
        let file = File::options().write(true).open(&disk).expect("open");
        file.set_modified(time).expect("time");
        assert_eq!(
            before.retake(&files).changes_since(&before).changed,
            [path("a.md")]
        );

        // Another time or size is always read.
        write("three", 60);
        assert_eq!(
            before.retake(&files).changes_since(&before).changed,
            [path("a.md")]
        );
    }

    /// A tree that lists what is not there any more.
    struct Vanishing(MemoryFiles);

    impl Files for Vanishing {
        fn list(&self) -> Listing {
            let mut listing = self.0.list();
            listing.entries.push(Entry {
                path: path("z.md"),
                size: 1,
                modified: None,
            });
            listing
        }

        fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
            self.0.read(path)
        }

        fn disk_path(&self, path: &SitePath) -> Option<PathBuf> {
            self.0.disk_path(path)
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_a_problem_and_a_difference() {
        let files = MemoryFiles::from([("a.md", "1")]);
        let whole = Snapshot::take(&files);
        let hole = Snapshot::take(&Vanishing(files));
        assert_eq!(hole.entries.len(), 1);
        assert_eq!(hole.problems.len(), 1);
        assert_ne!(whole.inputs_digest(&[]), hole.inputs_digest(&[]));
    }
}
