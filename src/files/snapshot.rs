//! What a file tree is at one moment, by content.

use std::fmt;
use std::fs::File;
use std::io;
use std::time::Duration;

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
}

/// What is different between two looks at a tree; paths sorted.
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
        let listing = files.list();
        let hashed: Vec<Result<SnapshotEntry, FileProblem>> = listing
            .entries
            .into_par_iter()
            .map(|entry| {
                let digest = hash(files, &entry)
                    .map_err(|error| FileProblem::from_io(&entry.path, &error))?;
                Ok(SnapshotEntry {
                    path: entry.path,
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
        Self { entries, problems }
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
    }

    /// A tree that lists what is not there any more.
    struct Vanishing(MemoryFiles);

    impl Files for Vanishing {
        fn list(&self) -> Listing {
            let mut listing = self.0.list();
            listing.entries.push(Entry::elsewhere(path("z.md"), 1));
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
