//! Which files belong to a site, by name; one set of rules for every kind of tree, so that a test
//! in memory sees what a folder on disk would show.

use std::collections::{HashMap, HashSet};

use super::names::invisible;
use super::path::SitePath;
use super::problem::{FileFault, FileProblem};
use super::{Entry, Listing, Skipped};

/// Why a file was left out without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skip {
    /// Begins with a dot: kept out of sight, and often a secret (`.env`, `.git`).
    Hidden,
    /// Made by an editor, an office program or a download that is not finished.
    Temporary,
    /// Made by the operating system.
    System,
}

/// What the rules say of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    /// The path, or the folder above that it was skipped with.
    Skip(SitePath, Skip),
    /// A copy that a sync program made because two people saved at once.
    Conflict(SitePath),
}

/// Whether a name is skipped.
pub(super) fn skipped(name: &str, is_dir: bool) -> Option<Skip> {
    let lower = name.to_ascii_lowercase();
    if matches!(
        lower.as_str(),
        ".ds_store" | "thumbs.db" | "ehthumbs.db" | "desktop.ini"
    ) {
        return Some(Skip::System);
    }
    if lower.starts_with(".~lock.") {
        return Some(Skip::Temporary);
    }
    // `.well-known` is the one dot-folder that the web reads.
    if name.starts_with('.') {
        return (name != ".well-known").then_some(Skip::Hidden);
    }
    if is_dir {
        return matches!(
            lower.as_str(),
            "$recycle.bin" | "system volume information" | "__macosx"
        )
        .then_some(Skip::System);
    }
    let temporary = lower.starts_with("~$")
        || lower.ends_with('~')
        || lower.ends_with(".tmp")
        || lower.ends_with(".swp")
        || lower.ends_with(".crdownload")
        // vim tries whether a folder can be written with a file of this name.
        || lower == "4913";
    temporary.then_some(Skip::Temporary)
}

/// Whether a sync program marked this as the copy that lost. Only unmistakable marks count:
/// "(1)" is in the names of honest files.
pub(super) fn conflict_copy(name: &str) -> bool {
    name.to_ascii_lowercase().contains("conflicted copy")
        // The same with ำ typed as two characters.
        || name.replace("\u{0E4D}\u{0E32}", "\u{0E33}").contains("สำเนาที่ขัดแย้ง")
}

/// Judges a whole path, the parts of `below` excepted: who names a folder means it.
pub(super) fn judge(path: &SitePath, below: &SitePath) -> Verdict {
    let text = path.as_str();
    let mut start = match (path.strip_dir(below), below.is_root()) {
        (None, _) | (_, true) => 0,
        (Some(rest), false) => text.len() - rest.len(),
    };
    while start < text.len() {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find('/').unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or_default();
        let end = start + length;
        let is_dir = end < text.len();
        let part = || {
            let prefix = text.get(..end).unwrap_or(text);
            SitePath::new(prefix).unwrap_or_else(|_| path.clone())
        };
        if let Some(why) = skipped(name, is_dir) {
            return Verdict::Skip(part(), why);
        }
        if conflict_copy(name) {
            return Verdict::Conflict(part());
        }
        start = end + 1;
    }
    Verdict::Keep
}

/// Sorts a listing and adds what can only be seen with all names together.
pub(super) fn finish(
    mut entries: Vec<Entry>,
    mut problems: Vec<FileProblem>,
    mut skipped: Vec<Skipped>,
) -> Listing {
    entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    entries.dedup_by(|a, b| a.path == b.path);
    clashes(&entries, &mut problems);
    for entry in &entries {
        if entry.path.as_str().chars().any(invisible) {
            problems.push(FileProblem::new(entry.path.as_str(), FileFault::Invisible));
        }
    }
    problems.sort();
    problems.dedup();
    skipped.sort();
    skipped.dedup();
    Listing {
        entries,
        problems,
        skipped,
    }
}

/// Finds names that Linux keeps apart and Windows, macOS or a reader does not. Folders count too:
/// `Docs/a` and `docs/b` become one folder on Windows. The topmost difference is reported once,
/// not once for each file below.
fn clashes(entries: &[Entry], problems: &mut Vec<FileProblem>) {
    let mut first: HashMap<String, SitePath> = HashMap::with_capacity(entries.len());
    let mut reported: HashSet<SitePath> = HashSet::new();
    let mut last_dir: Option<SitePath> = None;
    for entry in entries {
        let dir = entry.path.parent();
        let mut chain = vec![entry.path.clone()];
        // Entries are sorted, so the folders of most are those of the one before.
        if dir != last_dir {
            let mut above = dir.clone();
            while let Some(folder) = above.filter(|folder| !folder.is_root()) {
                above = folder.parent();
                chain.push(folder);
            }
        }
        last_dir = dir;
        for path in chain.into_iter().rev() {
            let key = path.key();
            let Some(known) = first.get(&key) else {
                first.insert(key, path);
                continue;
            };
            if *known == path {
                continue;
            }
            let inherited = match (known.parent(), path.parent()) {
                (Some(a), Some(b)) => a != b,
                _ => false,
            };
            if !inherited && reported.insert(path.clone()) {
                let fault = FileFault::Clash {
                    other: known.as_str().to_owned(),
                };
                problems.push(FileProblem::new(path.as_str(), fault));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("a good path")
    }

    #[test]
    fn temporary_hidden_and_system_names_are_skipped() {
        for (name, why) in [
            (".~lock.report.odt#", Skip::Temporary),
            ("~$รายงาน.docx", Skip::Temporary),
            ("~WRL0001.tmp", Skip::Temporary),
            ("a.TMP", Skip::Temporary),
            ("a.swp", Skip::Temporary),
            (".a.md.swp", Skip::Hidden),
            ("a.md~", Skip::Temporary),
            ("4913", Skip::Temporary),
            ("a.pdf.crdownload", Skip::Temporary),
            (".DS_Store", Skip::System),
            ("Thumbs.db", Skip::System),
            ("Desktop.ini", Skip::System),
            (".git", Skip::Hidden),
            (".env", Skip::Hidden),
        ] {
            assert_eq!(skipped(name, false), Some(why), "{name}");
        }
        for name in [
            "a.md",
            "4913.md",
            "ชั่วคราว.md",
            "tmp",
            "a.tmp.md",
            "lock#",
            "~a",
        ] {
            assert_eq!(skipped(name, false), None, "{name}");
        }
        assert_eq!(skipped("4913", true), None);
        assert_eq!(skipped(".well-known", true), None);
        assert_eq!(skipped("__MACOSX", true), Some(Skip::System));
    }

    #[test]
    fn only_unmistakable_conflict_copies_count() {
        for name in [
            "report (conflicted copy).md",
            "report (สมชาย's Conflicted Copy 2025-01-02).md",
            "รายงาน (สำเนาที่ขัดแย้ง).md",
            "รายงาน (ส\u{0E4D}\u{0E32}เนาที่ขัดแย้ง).md",
        ] {
            assert!(conflict_copy(name), "{name}");
        }
        for name in ["report (1).md", "report-PC01.md", "สำเนา.md", "conflict.md"] {
            assert!(!conflict_copy(name), "{name}");
        }
    }

    #[test]
    fn a_path_is_judged_from_the_top_below_what_was_asked_for() {
        let root = SitePath::root();
        assert_eq!(judge(&path("content/a.md"), &root), Verdict::Keep);
        assert_eq!(
            judge(&path("content/.git/config"), &root),
            Verdict::Skip(path("content/.git"), Skip::Hidden)
        );
        assert_eq!(
            judge(&path(".well-known/security.txt"), &root),
            Verdict::Keep
        );
        assert_eq!(judge(&path(".site/a.md"), &path(".site")), Verdict::Keep);
        assert_eq!(
            judge(&path(".site/.x"), &path(".site")),
            Verdict::Skip(path(".site/.x"), Skip::Hidden)
        );
        assert_eq!(
            judge(&path("a (conflicted copy)/b.md"), &root),
            Verdict::Conflict(path("a (conflicted copy)"))
        );
    }

    fn clashing(paths: &[&str]) -> Vec<(String, String)> {
        let entries = paths
            .iter()
            .map(|text| Entry::elsewhere(path(text), 0))
            .collect();
        finish(entries, Vec::new(), Vec::new())
            .problems
            .into_iter()
            .filter_map(|problem| match problem.fault {
                FileFault::Clash { other } => Some((other, problem.path)),
                _ => None,
            })
            .collect()
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn names_that_look_the_same_clash() {
        assert_eq!(clashing(&["a.md", "b.md"]), []);
        assert_eq!(
            clashing(&["x/Case.md", "x/case.md"]),
            [pair("x/Case.md", "x/case.md")]
        );
        assert_eq!(
            clashing(&["ก\u{0E38}\u{0E48}.md", "ก\u{0E48}\u{0E38}.md"]),
            [pair("ก\u{0E38}\u{0E48}.md", "ก\u{0E48}\u{0E38}.md")]
        );
    }

    #[test]
    fn folders_clash_once_however_many_files_they_hold() {
        assert_eq!(
            clashing(&[
                "Docs/a.md",
                "Docs/b.md",
                "Docs/s/x.md",
                "docs/a.md",
                "docs/c.md",
                "docs/s/x.md"
            ]),
            [pair("Docs", "docs")]
        );
        assert_eq!(clashing(&["Docs", "docs/c.md"]), [pair("Docs", "docs")]);
    }
}
