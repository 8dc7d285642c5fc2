//! The one type for paths inside a site.

use std::borrow::Borrow;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::names::{NameFault, name_fault, shown};

/// The longest path in UTF-16 units, as Windows counts: 260 with the folder that the site lies in.
pub(super) const PATH_UNITS: usize = 240;

/// A path inside a site: relative, joined with `/`, and one that every system can hold.
///
/// The type is the guarantee: no empty part, no `.` or `..`, no backslash, drive letter or device
/// name, nothing too long. So [`to_disk`](Self::to_disk) cannot leave the root, and what was made
/// on Linux can be copied to the clerk's Windows. The text keeps the letters as they are on disk;
/// names are compared "as a person would" by [`key`](Self::key).
///
/// Order is by bytes, which keeps everything in one folder together.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Takes a path as it is written. Nothing is repaired: `a//b`, `a/./b` and `a\b` are refused,
    /// so that one file has one spelling. Use [`join`](Self::join) for what a person wrote.
    pub fn new(text: &str) -> Result<Self, PathProblem> {
        let fail = |fault| Err(PathProblem::new(text, fault));
        if text.is_empty() {
            return fail(PathFault::Empty);
        }
        if text.starts_with('/') {
            return fail(PathFault::Absolute);
        }
        if text.contains('\\') {
            return fail(PathFault::Backslash);
        }
        for part in text.split('/') {
            match part {
                "" => return fail(PathFault::EmptyPart),
                "." | ".." => return fail(PathFault::Dots),
                name => {
                    if let Some(fault) = name_fault(name) {
                        return fail(PathFault::Name {
                            name: name.to_owned(),
                            fault,
                        });
                    }
                }
            }
        }
        // Bytes are never fewer than UTF-16 units, so the count is rarely needed.
        if text.len() > PATH_UNITS {
            let units = text.encode_utf16().count();
            if units > PATH_UNITS {
                return fail(PathFault::TooLong { units });
            }
        }
        Ok(Self(Arc::from(text)))
    }

    /// The site's own folder: the empty path, above everything.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// Whether this is the site's own folder.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path that `relative` names when one stands in the folder `self`. `.` and `..` are
    /// followed and one `/` at the end is taken for politeness; at no step may it leave the site,
    /// not even to come back.
    pub fn join(&self, relative: &str) -> Result<Self, PathProblem> {
        let fail = |fault| Err(PathProblem::new(relative, fault));
        if relative.starts_with('/') {
            return fail(PathFault::Absolute);
        }
        if relative.contains('\\') {
            return fail(PathFault::Backslash);
        }
        let mut parts: Vec<&str> = self.parts().collect();
        let trimmed = relative.strip_suffix('/').unwrap_or(relative);
        if !trimmed.is_empty() {
            for part in trimmed.split('/') {
                match part {
                    "" => return fail(PathFault::EmptyPart),
                    "." => {}
                    ".." => {
                        if parts.pop().is_none() {
                            return fail(PathFault::Outside);
                        }
                    }
                    name => parts.push(name),
                }
            }
        }
        if parts.is_empty() {
            return Ok(Self::root());
        }
        Self::new(&parts.join("/")).map_err(|problem| PathProblem::new(relative, problem.fault))
    }

    /// The path that `relative` names when it is written in the file `self`: next to it.
    pub fn sibling(&self, relative: &str) -> Result<Self, PathProblem> {
        self.parent().unwrap_or_else(Self::root).join(relative)
    }

    /// The folder that it lies in; `None` for the site's own folder.
    pub fn parent(&self) -> Option<Self> {
        if self.is_root() {
            return None;
        }
        Some(match self.0.rsplit_once('/') {
            Some((parent, _)) => Self(Arc::from(parent)),
            None => Self::root(),
        })
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The last part without its extension. A dot at the front belongs to the name.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// The extension in lower case and without the dot: `.PDF` and `.pdf` are one kind of file.
    pub fn extension(&self) -> Option<String> {
        match self.file_name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() && !extension.is_empty() => {
                Some(extension.to_lowercase())
            }
            _ => None,
        }
    }

    /// The parts from the top down.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// How many parts it has.
    pub fn depth(&self) -> usize {
        self.parts().count()
    }

    /// Whether it is this folder or lies in it. `content` holds `content/a.md`, not `contents`.
    pub fn starts_with_dir(&self, dir: impl AsRef<str>) -> bool {
        self.strip_dir(dir).is_some()
    }

    /// What remains below a folder that it lies in; empty for the folder itself.
    pub fn strip_dir(&self, dir: impl AsRef<str>) -> Option<&str> {
        let dir = dir.as_ref();
        let dir = dir.strip_suffix('/').unwrap_or(dir);
        if dir.is_empty() {
            return Some(self.as_str());
        }
        let rest = self.0.strip_prefix(dir)?;
        if rest.is_empty() {
            return Some(rest);
        }
        rest.strip_prefix('/')
    }

    /// What two paths have in common when a person, Windows or macOS would take them for the same:
    /// canonical composition (Thai lower vowels and tone marks typed in either order) and no
    /// difference of case. Never for reading a file, only for comparing. NFKC would be wrong: it
    /// takes ำ apart.
    pub fn key(&self) -> String {
        if self.0.is_ascii() {
            return self.0.to_ascii_lowercase();
        }
        // Upper and then lower case by character is the full case folding but for rarities, and
        // does not depend on neighbours as the final sigma of `str::to_lowercase` does.
        let folded: String = self
            .0
            .nfd()
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase)
            .collect();
        match is_nfc_quick(folded.chars()) {
            IsNormalized::Yes => folded,
            _ => folded.nfc().collect(),
        }
    }

    /// Where it lies below `root` on disk.
    pub fn to_disk(&self, root: &Path) -> PathBuf {
        let mut disk = root.to_path_buf();
        disk.extend(self.parts());
        disk
    }

    /// The path of a file found on disk below `root`. Whatever separates folders on this system
    /// becomes `/`.
    pub fn from_disk(root: &Path, path: &Path) -> Result<Self, PathProblem> {
        let fail = |fault| Err(PathProblem::new(&path.to_string_lossy(), fault));
        let Ok(below) = path.strip_prefix(root) else {
            return fail(PathFault::Outside);
        };
        let fail = |fault| Err(PathProblem::new(&below.to_string_lossy(), fault));
        let mut parts = Vec::new();
        for component in below.components() {
            match component {
                Component::CurDir => {}
                Component::Normal(name) => match name.to_str() {
                    // Possible where `\` does not separate folders, and a trap where it does.
                    Some(name) if name.contains('\\') => {
                        return fail(PathFault::Name {
                            name: name.to_owned(),
                            fault: NameFault::Character('\\'),
                        });
                    }
                    Some(name) => parts.push(name),
                    None => return fail(PathFault::NotUnicode),
                },
                Component::ParentDir | Component::RootDir | Component::Prefix(_) => {
                    return fail(PathFault::Outside);
                }
            }
        }
        if parts.is_empty() {
            return Ok(Self::root());
        }
        Self::new(&parts.join("/"))
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for SitePath {
    /// Without escapes, which would take Thai apart: no quote or control character can be in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}

impl AsRef<str> for SitePath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Lets a map keyed by paths be asked with plain text.
impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl FromStr for SitePath {
    type Err = PathProblem;

    fn from_str(text: &str) -> Result<Self, PathProblem> {
        Self::new(text)
    }
}

/// A path that cannot be one inside the site. Its words are in its `Problem`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathProblem {
    /// The path as it was given, fit for printing.
    pub path: String,
    /// What is wrong with it.
    pub fault: PathFault,
}

/// What is wrong with a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathFault {
    /// Nothing there.
    Empty,
    /// Begins at the top (`/…`).
    Absolute,
    /// Leads out of the site.
    Outside,
    /// Separated with `\`.
    Backslash,
    /// Two `/` in a row, or one at the end.
    EmptyPart,
    /// A `.` or `..` where a plain path is wanted.
    Dots,
    /// A name on disk that is not Unicode.
    NotUnicode,
    /// A part that some system cannot hold.
    Name {
        /// The part.
        name: String,
        /// Why.
        fault: NameFault,
    },
    /// Longer than Windows reads.
    TooLong {
        /// Its length in UTF-16 units.
        units: usize,
    },
}

impl PathProblem {
    pub(super) fn new(path: &str, fault: PathFault) -> Self {
        Self {
            path: shown(path).into_owned(),
            fault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("a good path")
    }

    fn fault(text: &str) -> PathFault {
        SitePath::new(text).expect_err("a bad path").fault
    }

    #[test]
    fn only_plain_portable_paths_are_taken() {
        assert_eq!(path("content/ปี 2567/a.md").as_str(), "content/ปี 2567/a.md");
        assert_eq!(fault(""), PathFault::Empty);
        assert_eq!(fault("/a"), PathFault::Absolute);
        assert_eq!(fault("a\\b"), PathFault::Backslash);
        assert_eq!(fault("a//b"), PathFault::EmptyPart);
        assert_eq!(fault("a/"), PathFault::EmptyPart);
        assert_eq!(fault("a/../b"), PathFault::Dots);
        assert_eq!(fault("./b"), PathFault::Dots);
        assert!(matches!(fault("C:/b"), PathFault::Name { .. }));
        assert!(matches!(fault("a/nul.md"), PathFault::Name { .. }));
        assert!(matches!(fault("a\0b"), PathFault::Name { .. }));
        let long = vec!["ก".repeat(60); 4].join("/");
        assert_eq!(fault(&long), PathFault::TooLong { units: 243 });
        assert!(SitePath::new(&vec!["ก".repeat(59); 4].join("/")).is_ok());
    }

    #[test]
    fn joins_follow_dots_and_stay_inside() {
        let dir = path("content/2567");
        let ok = |relative: &str| dir.join(relative).expect("inside").as_str().to_owned();
        assert_eq!(ok("a.md"), "content/2567/a.md");
        assert_eq!(ok("./x/../a.md"), "content/2567/a.md");
        assert_eq!(ok("../files/b.pdf"), "content/files/b.pdf");
        assert_eq!(ok("sub/"), "content/2567/sub");
        assert_eq!(ok(""), "content/2567");
        assert_eq!(ok("../.."), "");
        let err = |relative: &str| dir.join(relative).expect_err("refused").fault;
        assert_eq!(err("../../.."), PathFault::Outside);
        assert_eq!(err("../../../content/2567/a.md"), PathFault::Outside);
        assert_eq!(err("/etc/passwd"), PathFault::Absolute);
        assert_eq!(err("..\\x"), PathFault::Backslash);
        assert_eq!(err("a//b"), PathFault::EmptyPart);
        assert!(matches!(err("C:"), PathFault::Name { .. }));
        let page = path("content/2567/a.md");
        assert_eq!(
            page.sibling("b.pdf").expect("inside"),
            path("content/2567/b.pdf")
        );
        assert_eq!(
            path("a.md").sibling("b.pdf").expect("inside"),
            path("b.pdf")
        );
    }

    #[test]
    fn parts_of_a_path() {
        let p = path("content/แผน.ปี.PDF");
        assert_eq!(p.file_name(), "แผน.ปี.PDF");
        assert_eq!(p.stem(), "แผน.ปี");
        assert_eq!(p.extension().as_deref(), Some("pdf"));
        assert_eq!(p.parent(), Some(path("content")));
        assert_eq!(path("content").parent(), Some(SitePath::root()));
        assert_eq!(SitePath::root().parent(), None);
        assert_eq!(SitePath::root().file_name(), "");
        assert_eq!(path(".well-known").stem(), ".well-known");
        assert_eq!(path(".well-known").extension(), None);
        assert_eq!(path("LICENSE").extension(), None);
        assert_eq!(p.depth(), 2);
        assert_eq!(
            format!("{:>6}|{p:?}", path("a")),
            "     a|\"content/แผน.ปี.PDF\""
        );
    }

    #[test]
    fn folders_hold_by_whole_parts() {
        let p = path("content/a/b.md");
        assert!(p.starts_with_dir("content"));
        assert!(p.starts_with_dir("content/"));
        assert!(p.starts_with_dir(path("content/a")));
        assert!(p.starts_with_dir(SitePath::root()));
        assert!(!p.starts_with_dir("cont"));
        assert!(!p.starts_with_dir("content/a/b"));
        assert_eq!(p.strip_dir("content"), Some("a/b.md"));
        assert_eq!(p.strip_dir("content/a/b.md"), Some(""));
    }

    #[test]
    fn keys_join_what_people_take_for_the_same() {
        assert_eq!(path("A/Report.PDF").key(), path("a/report.pdf").key());
        // Lower vowel and tone mark, typed in either order.
        assert_eq!(
            path("ก\u{0E38}\u{0E48}").key(),
            path("ก\u{0E48}\u{0E38}").key()
        );
        assert_eq!(path("caf\u{E9}").key(), path("CAFE\u{301}").key());
        assert_eq!(path("ΣΑΣ").key(), path("σας").key());
        assert_ne!(path("ทำ").key(), path("ท\u{0E4D}า").key());
        assert_eq!(path("ทำ").key(), "ทำ");
    }

    #[test]
    fn disk_and_back() {
        let root = Path::new("somewhere").join("site");
        let p = path("content/ก/a.md");
        let disk = p.to_disk(&root);
        assert!(disk.starts_with(&root));
        assert_eq!(SitePath::from_disk(&root, &disk), Ok(p));
        assert_eq!(SitePath::from_disk(&root, &root), Ok(SitePath::root()));
        let outside = SitePath::from_disk(&root, Path::new("elsewhere/a")).expect_err("outside");
        assert_eq!(outside.fault, PathFault::Outside);
        let climbing = root.join("content").join("..").join("a");
        assert!(SitePath::from_disk(&root, &climbing).is_err());
    }

    #[cfg(windows)]
    #[test]
    fn windows_separators_become_slashes() {
        let found = SitePath::from_disk(Path::new("C:\\site"), Path::new("C:\\site\\a\\b.md"));
        assert_eq!(found, Ok(path("a/b.md")));
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_unicode_or_hold_a_backslash_are_problems() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let root = Path::new("/site");
        // "กข" in Windows-874, as an old archive unpacks it.
        let bad = root.join(OsStr::from_bytes(b"\xA1\xA2.md"));
        let problem = SitePath::from_disk(root, &bad).expect_err("refused");
        assert_eq!(problem.fault, PathFault::NotUnicode);
        let slashed = SitePath::from_disk(root, &root.join("a\\b")).expect_err("refused");
        assert!(matches!(slashed.fault, PathFault::Name { .. }));
    }

    fn inside(found: &SitePath) -> bool {
        let root = Path::new("root");
        let disk = found.to_disk(root);
        found.is_root() && disk == root
            || SitePath::new(found.as_str()).as_ref() == Ok(found)
                && disk.starts_with(root)
                && disk
                    .components()
                    .all(|component| matches!(component, Component::Normal(_)))
    }

    proptest! {
        #[test]
        fn no_text_leaves_the_root(dir in "([a-c]{1,2}/){0,3}[a-c]", text in any::<String>()) {
            if let Ok(found) = path(&dir).join(&text) {
                prop_assert!(inside(&found), "{found:?}");
            }
            if let Ok(found) = SitePath::new(&text) {
                prop_assert!(inside(&found), "{found:?}");
            }
        }

        #[test]
        fn no_walk_leaves_the_root(
            dir in "([a-c]{1,2}/){0,3}[a-c]",
            steps in proptest::collection::vec(
                prop_oneof![
                    Just(".."), Just("."), Just(""), Just("a"), Just("ก"), Just("C:"), Just("con"),
                    Just("a\\.."), Just("\0"), Just("... "),
                ],
                0..8,
            ),
        ) {
            let start = path(&dir);
            if let Ok(found) = start.join(&steps.join("/")) {
                prop_assert!(inside(&found), "{found:?}");
            }
            // The same walk by hand: it may be refused for a name, but never allowed to climb out.
            let mut depth = start.depth();
            for step in &steps {
                match *step {
                    ".." if depth == 0 => {
                        prop_assert!(start.join(&steps.join("/")).is_err());
                        break;
                    }
                    ".." => depth -= 1,
                    "." | "" => {}
                    _ => depth += 1,
                }
            }
        }

        #[test]
        fn keys_are_final(text in any::<String>()) {
            if let Ok(found) = SitePath::new(&text) {
                let key = found.key();
                if let Ok(again) = SitePath::new(&key) {
                    prop_assert_eq!(again.key(), key);
                }
            }
        }
    }
}
