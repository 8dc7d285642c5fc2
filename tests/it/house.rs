//! The order of the house: who may know whom, and what no room may do.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A room knows only those before it; rooms of one line do not know each
/// other.
const ROOMS: &[&[&str]] = &[
    &["diagnostic"],
    &["thai"],
    &["fields"],
    &["catalogue"],
    &["files"],
    &["imaging"],
    &["content"],
    &["site"],
    &["data"],
    &["render"],
    &["output"],
    &["check"],
    &["write", "serve", "new"],
    &["build"],
    &["cli"],
];

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, all: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, all);
            } else if path.extension().is_some_and(|e| e == "rs") {
                all.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    walk(&root, &mut all);
    all.sort();
    all.into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).expect("inside");
            let name: Vec<_> = inside.iter().map(|p| p.to_string_lossy()).collect();
            (name.join("/"), fs::read_to_string(&path).expect("UTF-8"))
        })
        .collect()
}

fn level(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

/// The code of a file: comments and the insides of strings and characters are
/// blanked, lines stay.
fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    while i < chars.len() {
        let c = chars[i];
        if c == '/' && at(i + 1) == '/' {
            while i < chars.len() && chars[i] != '\n' {
                i += 1;
            }
        } else if c == '/' && at(i + 1) == '*' {
            while i < chars.len() && !(chars[i] == '*' && at(i + 1) == '/') {
                if chars[i] == '\n' {
                    out.push('\n');
                }
                i += 1;
            }
            i += 2;
        } else if c == 'r'
            && (at(i + 1) == '"' || (at(i + 1) == '#' && matches!(at(i + 2), '"' | '#')))
        {
            let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
            i += hashes + 2;
            out.push_str("\"\"");
            while i < chars.len() {
                let closes = chars[i] == '"' && (0..hashes).all(|h| at(i + 1 + h) == '#');
                if chars[i] == '\n' {
                    out.push('\n');
                }
                i += 1;
                if closes {
                    i += hashes;
                    break;
                }
            }
        } else if c == '"' {
            out.push_str("\"\"");
            i += 1;
            while i < chars.len() && chars[i] != '"' {
                if chars[i] == '\\' {
                    i += 1;
                }
                if at(i) == '\n' {
                    out.push('\n');
                }
                i += 1;
            }
            i += 1;
        } else if c == '\'' && (at(i + 1) == '\\' || at(i + 2) == '\'') {
            // A character; a lifetime has no second mark there.
            i += if at(i + 1) == '\\' { 3 } else { 2 };
            while i < chars.len() && chars[i] != '\'' {
                i += 1;
            }
            i += 1;
            out.push_str("' '");
        } else {
            out.push(c);
            i += 1;
        }
    }
    out
}

/// Without items marked `#[cfg(test)]`; their lines are left blank.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        out.push_str(&rest[..at]);
        let item = &rest[at..];
        let mut depth = 0usize;
        let mut end = item.len();
        for (i, c) in item.char_indices().skip(MARK.len()) {
            match c {
                '{' => depth += 1,
                '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        end = i + 1;
                        break;
                    }
                }
                ';' if depth == 0 => {
                    end = i + 1;
                    break;
                }
                _ => {}
            }
        }
        out.extend(item[..end].chars().filter(|c| *c == '\n'));
        rest = &item[end..];
    }
    out.push_str(rest);
    out
}

/// Files that exist only under `#[cfg(test)]`.
fn is_test_file(name: &str, all: &[(String, String)]) -> bool {
    let parts: Vec<&str> = name.trim_end_matches(".rs").split('/').collect();
    // `a/tests/x.rs` is under `mod tests` of `a/mod.rs` or `a.rs`.
    (1..=parts.len()).any(|n| {
        let (folder, module) = (parts[..n - 1].join("/"), parts[n - 1]);
        let parents = [
            format!("{folder}/mod.rs"),
            format!("{folder}.rs"),
            "lib.rs".to_string(),
        ];
        all.iter()
            .filter(|(p, _)| parents.contains(p))
            .any(|(p, text)| {
                (p != "lib.rs" || folder.is_empty())
                    && text.split("#[cfg(test)]").skip(1).any(|after| {
                        let after = after.trim_start();
                        after.starts_with(&format!("mod {module};"))
                            || after.starts_with(&format!("pub mod {module};"))
                            || after.starts_with(&format!("pub(crate) mod {module};"))
                    })
            })
    })
}

/// Rooms that a piece of code names: `crate::room`, `use crate::{a, b::c}`.
fn named(code: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut rooms = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        if let Some(group) = after.strip_prefix('{') {
            let mut depth = 1;
            let mut start = true;
            for (i, c) in group.char_indices() {
                if start && !c.is_whitespace() {
                    rooms.insert(word(&group[i..]));
                    start = false;
                }
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => start = true,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            rooms.insert(word(after));
        }
    }
    rooms
}

#[test]
fn every_room_of_the_house_is_in_the_order() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
        .expect("there");
    let rooms: Vec<&str> = lib
        .lines()
        .filter_map(|l| {
            l.trim()
                .strip_prefix("pub mod ")
                .or_else(|| l.trim().strip_prefix("mod "))
        })
        .map(|l| l.trim_end_matches(';'))
        .collect();
    assert!(rooms.len() >= 12, "{rooms:?}");
    for room in rooms {
        assert!(level(room).is_some(), "{room} has no place in the order");
    }
}

#[test]
fn a_room_knows_only_the_rooms_before_it() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let room = name
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs");
        let Some(own) = level(room) else { continue };
        for other in named(&code(&text)) {
            let Some(of) = level(&other) else { continue };
            seen += 1;
            if other != room && of >= own {
                wrong.push(format!("src/{name} knows {other}"));
            }
        }
    }
    assert!(seen > 100, "only {seen} uses were seen");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_program_itself_is_a_few_lines() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs"))
        .expect("there");
    assert!(main.lines().count() < 60);
}

#[test]
fn nothing_that_a_webmaster_writes_can_meet_a_panic() {
    const BANNED: &[&str] = &[
        ".unwrap()",
        ".expect(",
        "panic!(",
        "unreachable!(",
        "todo!(",
        "unimplemented!(",
    ];
    let all = sources();
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for (name, text) in &all {
        if is_test_file(name, &all) {
            continue;
        }
        looked_at += 1;
        for (number, line) in without_tests(&code(text)).lines().enumerate() {
            for word in BANNED {
                if line.contains(word) {
                    wrong.push(format!("src/{name}:{} {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert!(looked_at > 60, "{looked_at}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_prints() {
    const BANNED: &[&str] = &["println!(", "print!(", "eprintln!(", "eprint!(", "dbg!("];
    let all = sources();
    let wrong: Vec<String> = all
        .iter()
        .filter(|(name, _)| !name.starts_with("cli/") && !is_test_file(name, &all))
        .flat_map(|(name, text)| {
            let text = without_tests(&code(text));
            let found = |line: &&str| BANNED.iter().any(|w| line.contains(w));
            text.lines()
                .filter(found)
                .map(|l| format!("src/{name}: {}", l.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_readers_of_the_house_read_code_rightly() {
    let text = "let a = \"crate::cli // {\"; // crate::cli\nlet b = 'x'; let c: &'static str = r#\"panic!(\"#;\n#[cfg(test)]\nmod t { fn f() { x.unwrap() } }\nuse crate::{thai, files::{Files, SitePath}, site};\ncrate::render::x();";
    let clean = without_tests(&code(text));
    assert_eq!(clean.lines().count(), text.lines().count());
    assert!(
        !clean.contains("unwrap") && !clean.contains("panic"),
        "{clean}"
    );
    let rooms: Vec<String> = named(&clean).into_iter().collect();
    assert_eq!(rooms, ["files", "render", "site", "thai"]);
}
