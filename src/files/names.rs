//! What a single file or folder name may be, on every system at once.
//!
//! A site is made on one machine and lives on another: a name that Linux takes gladly may be
//! impossible on the clerk's Windows, and the folder then cannot be copied, synced or checked out.
//! So the strictest system decides, everywhere.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The longest name in bytes of UTF-8. Linux and most servers stop at 255; a Thai letter takes
/// three, so 85 of them are the end.
pub(super) const NAME_BYTES: usize = 255;

/// Why a name cannot be used everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameFault {
    /// The name of a device of old DOS, such as `con` or `lpt1.pdf`.
    Device,
    /// A character that Windows keeps for itself, or that cannot be printed.
    Character(char),
    /// A dot or a space at the end, which Windows cuts off silently.
    End(char),
    /// More bytes than a file system holds in one name.
    TooLong {
        /// How many it has.
        bytes: usize,
    },
}

/// Whether a name bears the mark that Windows, OneDrive or a browser puts on a second file of the
/// same name: `a (1).md`, `a - Copy.md`, `a - สำเนา.md`, `a-DESKTOP-4F2K.md`. Only for names that
/// are no good anyway: "(1)" is in the names of honest files.
pub fn looks_like_copy(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let numbered = stem
        .strip_suffix(')')
        .and_then(|s| s.rsplit_once(" ("))
        .is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let upper = stem.to_uppercase();
    numbered
        || upper.contains(" - COPY")
        || stem.contains(" - สำเนา")
        || ["-DESKTOP-", "-LAPTOP-", "-PC-"]
            .iter()
            .any(|m| stem.contains(m))
}

/// Whether Windows takes this name for a device, whatever its extension: reading `con.pdf` there
/// waits for the keyboard.
pub fn reserved_on_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(' ').to_ascii_lowercase();
    if matches!(
        stem.as_str(),
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$"
    ) {
        return true;
    }
    let Some(number) = stem.strip_prefix("com").or(stem.strip_prefix("lpt")) else {
        return false;
    };
    let mut chars = number.chars();
    // Windows counts the superscripts of Latin-1 as digits here.
    matches!(
        (chars.next(), chars.next()),
        (Some('1'..='9' | '¹' | '²' | '³'), None)
    )
}

/// The first reason, if any, why a name (one part of a path) cannot be used on every system.
/// Emptiness and the parts `.` and `..` are matters of the path, not of the name.
pub fn name_fault(name: &str) -> Option<NameFault> {
    if let Some(bad) = name.chars().find(|c| {
        c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*')
    }) {
        return Some(NameFault::Character(bad));
    }
    if reserved_on_windows(name) {
        return Some(NameFault::Device);
    }
    if let Some(last @ ('.' | ' ')) = name.chars().next_back() {
        return Some(NameFault::End(last));
    }
    (name.len() > NAME_BYTES).then_some(NameFault::TooLong { bytes: name.len() })
}

/// Whether a name can stand in an address as it is, in every browser, mail and chat program:
/// lower-case `a` to `z`, digits, `-`, `_` and `.`; not hidden, not a device.
pub fn ascii_slug_ok(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= NAME_BYTES
        && name
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !reserved_on_windows(name)
}

/// A name for addresses made from one that is nearly fit: lower case, dashes for everything else,
/// Thai digits as digits, accents dropped. `None` where that would lose meaning: Thai letters have
/// no agreed spelling in ASCII, so only a person can choose one.
pub fn suggest_ascii(name: &str) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    for c in name.nfd() {
        let c = match c {
            '๐'..='๙' => char::from(b'0' + u8::try_from(u32::from(c) - u32::from('๐')).ok()?),
            c if unicode_normalization::char::is_combining_mark(c) && !is_thai(c) => continue,
            c => c,
        };
        match c {
            'a'..='z' | '0'..='9' | '_' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '.' => {
                out.truncate(out.trim_end_matches(['-', '.']).len());
                if !out.is_empty() {
                    out.push('.');
                }
            }
            c if is_thai(c) || c.is_alphanumeric() => return None,
            _ => {
                if !out.is_empty() && !out.ends_with(['-', '.']) {
                    out.push('-');
                }
            }
        }
    }
    out.truncate(out.trim_end_matches(['-', '.']).len());
    if reserved_on_windows(&out) {
        out.insert_str(0, "file-");
    }
    ascii_slug_ok(&out).then_some(out)
}

pub(super) fn is_thai(c: char) -> bool {
    matches!(c, '\u{0E01}'..='\u{0E3A}' | '\u{0E3F}'..='\u{0E5B}')
}

/// Characters that nobody sees: zero-width spaces that come along when a title is copied from a
/// web page into a file name, and marks that turn the direction of writing.
pub(super) fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// A name as it may be printed: a control or invisible character could hide what a name says, or
/// drive the terminal that shows it.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_control() || invisible(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn devices_are_reserved_with_any_extension_and_case() {
        for name in [
            "con",
            "CON",
            "Aux.md",
            "nul.tar.gz",
            "prn ",
            "com1",
            "LPT9.txt",
            "com¹",
            "CONIN$",
            "con .md",
        ] {
            assert!(reserved_on_windows(name), "{name}");
        }
        for name in [
            "",
            "contact",
            "com",
            "com0",
            "com10",
            "lpt",
            "console.md",
            "a.con",
            "คอน",
            ".con",
        ] {
            assert!(!reserved_on_windows(name), "{name}");
        }
    }

    #[test]
    fn a_name_is_judged_by_the_strictest_system() {
        assert_eq!(name_fault("รายงาน 2567 (1).pdf"), None);
        assert_eq!(name_fault("a:b"), Some(NameFault::Character(':')));
        assert_eq!(name_fault("a\\b"), Some(NameFault::Character('\\')));
        assert_eq!(name_fault("a\nb"), Some(NameFault::Character('\n')));
        assert_eq!(name_fault("end."), Some(NameFault::End('.')));
        assert_eq!(name_fault("end "), Some(NameFault::End(' ')));
        assert_eq!(name_fault("NUL.md"), Some(NameFault::Device));
        assert_eq!(name_fault(&"ก".repeat(85)), None);
        assert_eq!(
            name_fault(&"ก".repeat(86)),
            Some(NameFault::TooLong { bytes: 258 })
        );
    }

    #[test]
    fn ascii_names_are_suggested_only_where_no_meaning_is_lost() {
        for (name, expected) in [
            ("Annual Report 2567.PDF", Some("annual-report-2567.pdf")),
            ("a  --  b.csv", Some("a-b.csv")),
            ("Résumé.pdf", Some("resume.pdf")),
            ("plan_๒๕๖๗.pdf", Some("plan_2567.pdf")),
            (" .Hidden (1) .pdf", Some("hidden-1.pdf")),
            ("CON.pdf", Some("file-con.pdf")),
            ("รายงาน.pdf", None),
            ("รายงาน 2567.pdf", None),
            ("ิ.pdf", None),
            ("Привет.md", None),
            ("---", None),
            ("", None),
        ] {
            assert_eq!(suggest_ascii(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn what_is_printed_cannot_drive_the_terminal() {
        assert_eq!(shown("ปกติ.md"), "ปกติ.md");
        assert_eq!(shown("a\u{1b}[2Jb\u{202e}"), "a\\u{1b}[2Jb\\u{202e}");
    }

    proptest! {
        #[test]
        fn a_suggestion_is_fit_and_final(name in any::<String>()) {
            if let Some(slug) = suggest_ascii(&name) {
                prop_assert!(ascii_slug_ok(&slug));
                prop_assert_eq!(name_fault(&slug), None);
                prop_assert_eq!(suggest_ascii(&slug), Some(slug));
            }
        }

        #[test]
        fn a_fit_name_is_its_own_suggestion_or_a_tidier_one(name in "[a-z0-9._-]{1,20}") {
            if ascii_slug_ok(&name) {
                let slug = suggest_ascii(&name);
                prop_assert!(slug.is_none_or(|slug| slug.len() <= name.len() + 5));
            }
        }
    }
}
