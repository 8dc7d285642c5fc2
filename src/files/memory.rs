//! A file tree in memory, for tests and for a preview of what is not saved yet.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::path::SitePath;
use super::problem::{FileFault, FileProblem, Refusal};
use super::rules::{self, Verdict};
use super::{Entry, Files, Listing, Skipped};

/// Files made of (path, contents) pairs.
///
/// Any path may be put in, as anybody may save any file in a folder; what is wrong with it shows
/// up in the listing, as on disk. Clones share the contents.
#[derive(Debug, Clone, Default)]
pub struct MemoryFiles {
    files: BTreeMap<String, Arc<[u8]>>,
}

impl MemoryFiles {
    /// A tree without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a file, over an older one if there is one.
    pub fn put(&mut self, path: impl Into<String>, contents: impl Into<Vec<u8>>) -> &mut Self {
        self.files
            .insert(path.into(), Arc::from(contents.into().into_boxed_slice()));
        self
    }

    /// Removes a file, or a folder with all that is in it. Says whether there was one.
    pub fn remove(&mut self, path: &str) -> bool {
        let before = self.files.len();
        self.files.retain(|name, _| below(name, path).is_none());
        self.files.len() < before
    }

    /// Renames a file, or a folder with all that is in it; what has the new name is overwritten.
    /// Says whether there was one.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        let moving: Vec<String> = self
            .files
            .keys()
            .filter(|name| below(name, from).is_some())
            .cloned()
            .collect();
        let taken: Vec<(String, Arc<[u8]>)> = moving
            .into_iter()
            .filter_map(|name| {
                let contents = self.files.remove(&name)?;
                Some((format!("{to}{}", below(&name, from)?), contents))
            })
            .collect();
        let any = !taken.is_empty();
        self.files.extend(taken);
        any
    }

    /// How many files there are, listed or not.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// What follows `path` in `name` if it is that file or lies in that folder.
fn below<'a>(name: &'a str, path: &str) -> Option<&'a str> {
    name.strip_prefix(path)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl<P: Into<String>, C: Into<Vec<u8>>> FromIterator<(P, C)> for MemoryFiles {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(pairs: I) -> Self {
        let mut files = Self::new();
        for (path, contents) in pairs {
            files.put(path, contents);
        }
        files
    }
}

impl<P: Into<String>, C: Into<Vec<u8>>, const N: usize> From<[(P, C); N]> for MemoryFiles {
    fn from(pairs: [(P, C); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl Files for MemoryFiles {
    fn list(&self) -> Listing {
        let mut entries = Vec::with_capacity(self.files.len());
        let mut problems = Vec::new();
        let mut skipped = Vec::new();
        let limits = self.limits();
        for (looked_at, (name, contents)) in self.files.iter().enumerate() {
            if looked_at >= limits.files {
                let limit = limits.files;
                problems.push(FileProblem::new(name, FileFault::TooMany { limit }));
                break;
            }
            let path = match SitePath::new(name) {
                Ok(path) => path,
                Err(problem) => {
                    problems.push(FileProblem::name(problem));
                    continue;
                }
            };
            match rules::judge(&path, &SitePath::root()) {
                Verdict::Keep if path.depth() > limits.depth + 1 => {
                    let limit = limits.depth;
                    problems.push(FileProblem::new(name, FileFault::TooDeep { limit }));
                }
                Verdict::Keep => {
                    entries.push(Entry::elsewhere(path, contents.len() as u64));
                }
                Verdict::Skip(part, why) => skipped.push(Skipped {
                    path: part.as_str().to_owned(),
                    why,
                }),
                Verdict::Conflict(part) => {
                    problems.push(FileProblem::new(part.as_str(), FileFault::ConflictCopy));
                }
            }
        }
        rules::finish(entries, problems, skipped)
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        let Some(contents) = self.files.get(path.as_str()) else {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        };
        match rules::judge(path, &SitePath::root()) {
            Verdict::Keep => Ok(contents.to_vec()),
            _ => Err(Refusal::NotListed.into()),
        }
    }

    fn disk_path(&self, _path: &SitePath) -> Option<PathBuf> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Problem;

    fn names(files: &MemoryFiles) -> Vec<String> {
        let listing = files.list();
        let paths = listing.entries.iter();
        paths.map(|entry| entry.path.as_str().to_owned()).collect()
    }

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("a good path")
    }

    #[test]
    fn files_are_put_removed_and_renamed() {
        let mut files = MemoryFiles::from([("b.md", "2"), ("a.md", "1")]);
        assert_eq!(names(&files), ["a.md", "b.md"]);
        files.put("d/x.md", "x").put("d/e/y.md", *b"y");
        assert!(files.rename("d", "f"));
        assert_eq!(names(&files), ["a.md", "b.md", "f/e/y.md", "f/x.md"]);
        assert!(files.rename("a.md", "b.md"));
        assert_eq!(files.read(&path("b.md")).expect("there"), b"1");
        assert!(files.remove("f"));
        assert!(!files.remove("f"));
        assert!(!files.rename("nothing", "x"));
        assert!(!files.rename("b", "x"), "only whole names");
        assert_eq!(names(&files), ["b.md"]);
        assert_eq!((files.len(), files.is_empty()), (1, false));
    }

    #[test]
    fn bad_names_show_up_in_the_listing_as_on_disk() {
        let files = MemoryFiles::from([
            ("content/a.md", ""),
            ("content/CON.md", ""),
            ("content/.env", "SECRET"),
            ("content/.git/config", ""),
            ("content/.git/HEAD", ""),
            ("content/a (conflicted copy).md", ""),
            ("../out.md", ""),
        ]);
        let listing = files.list();
        assert_eq!(names(&files), ["content/a.md"]);
        let codes: Vec<_> = listing.problems.iter().map(Problem::code).collect();
        assert_eq!(
            codes,
            ["path-dots", "file-name-reserved", "file-conflict-copy"]
        );
        assert_eq!(listing.skipped.len(), 2, "a skipped folder counts once");
        let error = files.read(&path("content/.env")).expect_err("not listed");
        let problem = FileProblem::from_io(&path("content/.env"), &error);
        assert_eq!(problem.code(), "file-ignored");
    }

    #[test]
    fn a_clone_keeps_what_was() {
        let mut files = MemoryFiles::from([("a.md", "old")]);
        let before = files.clone();
        files.put("a.md", "new");
        assert_eq!(before.read(&path("a.md")).expect("there"), b"old");
        assert_eq!(files.read(&path("a.md")).expect("there"), b"new");
    }

    #[test]
    fn folders_too_deep_are_named() {
        let deep = "d/".repeat(33) + "a.md";
        let fits = "d/".repeat(32) + "a.md";
        let listing = MemoryFiles::from([(deep.as_str(), ""), (fits.as_str(), "")]).list();
        assert_eq!(listing.entries.len(), 1);
        let codes: Vec<_> = listing.problems.iter().map(Problem::code).collect();
        assert_eq!(codes, ["file-too-deep"]);
    }
}
