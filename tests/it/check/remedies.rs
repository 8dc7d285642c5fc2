//! What a remedy says, typed letter by letter: it parses, it clears what it
//! was told for, and what it leaves to fill in is refused as long as it is.

use std::collections::BTreeSet;

use prongsai::check::all_rules;
use prongsai::diagnostic::{Diagnostic, TO_FILL, TYPED};
use prongsai::files::{MemoryFiles, SitePath, Sources};
use rayon::prelude::*;

use super::pairs::{Looked, looked, told};
use crate::help::read;

/// A sentence of a hint, and the lines to type that stand below it.
struct Step<'h> {
    sentence: &'h str,
    lines: String,
}

fn steps(hint: &str) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut sentence = "";
    let mut typing = false;
    for line in hint.lines() {
        match line.strip_prefix(TYPED) {
            Some(typed) => {
                if !typing {
                    let lines = String::new();
                    steps.push(Step { sentence, lines });
                }
                let step = steps.last_mut().expect("a step");
                step.lines.push_str(typed);
                step.lines.push('\n');
                typing = true;
            }
            None => {
                sentence = line;
                typing = false;
            }
        }
    }
    steps
}

/// The TOML among lines to type: a head without its marks; nothing of Markdown.
fn toml_of(lines: &str) -> Option<String> {
    if lines.starts_with("##") || lines.trim() == "+++" {
        return None;
    }
    let inside: Vec<&str> = lines.lines().filter(|l| *l != "+++").collect();
    Some(inside.join("\n"))
}

/// What a clerk writes for `…`.
fn filled(lines: &str) -> String {
    let truth = |key: &str| match key {
        "date" | "updated" => "31 มกราคม 2568",
        "photo" => "files/people/mayor.svg",
        "phone" => "0 2000 0011",
        "map" | "url" => "https://maps.example/office",
        "code" => "abc123",
        "to" => "/contact/",
        "responsible" | "unit" => "กองคลัง",
        "period" => "ม.ค. 2568",
        _ => "ข้อความของหน่วยงาน",
    };
    let mut out = String::new();
    for line in lines.lines() {
        let mut rest = line;
        while let Some(at) = rest.find(TO_FILL) {
            let before = &rest[..at];
            let key = before.rsplit(['{', ',']).next().unwrap_or(before);
            let key = key.split('=').next().unwrap_or("").trim();
            out.push_str(before);
            out.push_str(truth(key));
            rest = &rest[at + TO_FILL.len()..];
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

/// The file that a sentence names, else that of the message.
fn target(step: &Step<'_>, diagnostic: &Diagnostic) -> String {
    let words = step.sentence.split([' ', ':', ';', ',']);
    let named = words.into_iter().find(|w| w.starts_with("content/"));
    let own = diagnostic.place.as_ref().map(|p| p.file.to_string());
    named.map_or_else(|| own.expect("a file"), str::to_string)
}

fn has(files: &MemoryFiles, path: &str) -> bool {
    use prongsai::files::Files;
    SitePath::new(path).is_ok_and(|p| files.read(&p).is_ok())
}

/// Types the lines where the sentence says. `line` is that of the message.
fn type_in(files: &mut MemoryFiles, step: &Step<'_>, lines: &str, file: &str, line: usize) {
    let text = if has(files, file) {
        read(files, file)
    } else {
        String::new()
    };
    let all: Vec<&str> = text.lines().collect();
    let with = |from: usize, to: usize| {
        let (from, to) = (from.min(all.len()), to.min(all.len()));
        let mut out = all[..from].join("\n");
        if from > 0 {
            out.push('\n');
        }
        out.push_str(lines);
        for kept in &all[to..] {
            out.push_str(kept);
            out.push('\n');
        }
        out
    };
    let says = |words: &str| step.sentence.contains(words);
    let key = lines
        .split(['=', '\n'])
        .next()
        .unwrap_or("")
        .trim()
        .to_string();
    let head_end = all.iter().skip(1).position(|l| *l == "+++").map(|n| n + 1);
    let own_line = |all: &[&str]| {
        all.iter()
            .position(|l| l.split('=').next().is_some_and(|k| k.trim() == key))
    };
    let now = if says("not YAML") {
        let end = all
            .iter()
            .skip(1)
            .position(|l| *l == "---")
            .expect("its end")
            + 2;
        with(0, end)
    } else if says("write this line as") || says("write the first line as") || says("write:") {
        with(line - 1, line)
    } else if says("after the head, before the text") {
        let blank = all.iter().position(|l| l.is_empty()).expect("a blank line");
        with(blank, blank)
    } else if says("first line of the file") || says("begin the file with a head") {
        with(0, 0)
    } else if lines.starts_with("##") {
        format!("{text}\n{lines}\nข้อความที่แสดงองค์ประกอบนี้\n")
    } else if !has(files, file) {
        lines.to_string()
    } else if file.ends_with(".md") {
        let head_end = head_end.expect("a head");
        match own_line(&all[..head_end]) {
            Some(at) => with(at, at + 1),
            None if says("below this line") => with(line, line),
            None if lines.starts_with('[') => with(head_end, head_end),
            None => with(1, 1),
        }
    } else if says("to the end") || lines.starts_with('[') {
        format!("{text}\n{lines}")
    } else if says("below the line [agency]") {
        let at = all.iter().position(|l| *l == "[agency]").expect("there") + 1;
        with(at, at)
    } else {
        with(line, line)
    };
    files.put(file, now);
}

/// The same complaint, wherever the lines have moved to.
fn same(a: &Diagnostic, b: &Diagnostic) -> bool {
    let file = |d: &Diagnostic| d.place.as_ref().map(|p| p.file.clone());
    a.code == b.code && file(a) == file(b) && a.message == b.message
}

fn hints(diagnostic: &Diagnostic) -> impl Iterator<Item = (&str, &str)> {
    let all = diagnostic.hints.iter();
    all.map(|h| (h.th.as_str(), h.en.as_str()))
}

/// A real day of the file is shown again; any other is invented.
fn invents_a_day(lines: &str, files: &MemoryFiles, file: &str) -> bool {
    let text = if has(files, file) {
        read(files, file)
    } else {
        String::new()
    };
    let days = lines
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .filter(|w| {
            let parts: Vec<&str> = w.split('-').collect();
            matches!(parts.as_slice(), [y, m, d] if y.len() == 4 && m.len() == 2 && d.len() == 2)
        });
    days.into_iter().any(|day| !text.contains(day))
}

#[test]
fn every_line_that_a_remedy_proposes_parses_and_invents_no_day() {
    let wrong: BTreeSet<String> = looked()
        .iter()
        .flat_map(|looked| {
            let mut wrong = Vec::new();
            for finding in &looked.broken {
                let diagnostic = &finding.diagnostic;
                for (th, en) in hints(diagnostic) {
                    let typed = |hint| -> Vec<String> {
                        steps(hint).into_iter().map(|s| s.lines).collect()
                    };
                    if typed(th) != typed(en) {
                        wrong.push(format!(
                            "{}: the languages differ: {th} / {en}",
                            diagnostic.code
                        ));
                    }
                    for step in steps(en) {
                        let toml = toml_of(&step.lines);
                        if let Some(Err(e)) = toml.map(|t| toml::from_str::<toml::Table>(&t)) {
                            wrong.push(format!("{}: {e}: {}", diagnostic.code, step.lines));
                        }
                        if invents_a_day(
                            &step.lines,
                            &looked.pair.broken,
                            &target(&step, diagnostic),
                        ) {
                            wrong.push(format!("{}: a day: {}", diagnostic.code, step.lines));
                        }
                    }
                    // What is to be typed stands on lines of its own.
                    for line in th
                        .lines()
                        .chain(en.lines())
                        .filter(|l| !l.starts_with(TYPED))
                    {
                        if line.contains("]] ") && line.contains(" = ")
                            || line.contains("= {")
                            || line.contains("= \"…")
                        {
                            wrong.push(format!("{}: within a sentence: {line}", diagnostic.code));
                        }
                    }
                }
            }
            wrong
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Types every remedy of the pair's own rule; gives what is still wrong.
fn typed_literally(looked: &Looked) -> Vec<String> {
    let pair = &looked.pair;
    let before: Vec<&Diagnostic> = looked.broken.iter().map(|f| &f.diagnostic).collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for diagnostic in before.iter().copied().filter(|d| d.code == pair.code) {
        // One of a kind is enough: six months without purchases are alike.
        if !seen.insert(diagnostic.place.clone()) {
            continue;
        }
        for (_, hint) in hints(diagnostic) {
            // Another way out is another site.
            let (another, first): (Vec<_>, Vec<_>) = steps(hint)
                .into_iter()
                .partition(|s| s.sentence.starts_with("or,"));
            for way in [first, another] {
                if way.is_empty() {
                    continue;
                }
                let typed = |fill: bool| {
                    let mut files = pair.broken.clone();
                    for step in &way {
                        let lines = if fill {
                            filled(&step.lines)
                        } else {
                            step.lines.clone()
                        };
                        let file = target(step, diagnostic);
                        let mut sources = Sources::new(&files);
                        let place = diagnostic.place.as_ref().expect("a place");
                        let line = sources.excerpt(place).map_or(1, |e| e.line);
                        drop(sources);
                        type_in(&mut files, step, &lines, &file, line);
                    }
                    let all = told(&files, looked.finished);
                    all.into_iter().map(|f| f.diagnostic).collect::<Vec<_>>()
                };
                let after = typed(true);
                if after.iter().any(|d| same(d, diagnostic)) {
                    wrong.push(format!("{diagnostic}: still told after {hint}"));
                }
                for new in after.iter().filter(|d| !before.iter().any(|b| same(b, d))) {
                    // A year whose list is known has items to write.
                    let to_write = pair.code == "year-missing" && new.code == "item-missing";
                    if new.severity == prongsai::diagnostic::Severity::Error && !to_write {
                        wrong.push(format!("{diagnostic}: typing {hint} gives {new}"));
                    }
                }
                let left = way.iter().any(|s| s.lines.contains("\"…\""));
                if left && !typed(false).iter().any(|d| d.code == "unfilled-field") {
                    wrong.push(format!("{diagnostic}: {hint} passes as it is"));
                }
            }
        }
    }
    wrong
}

#[test]
fn every_remedy_typed_as_it_stands_clears_what_it_was_told_for() {
    let has_lines = |looked: &&Looked| {
        let own = looked.broken.iter().map(|f| &f.diagnostic);
        own.filter(|d| d.code == looked.pair.code)
            .any(|d| hints(d).any(|(_, hint)| hint.contains(TYPED)))
    };
    let all: Vec<&Looked> = looked().iter().filter(has_lines).collect();
    let tried = all.len();
    let wrong: Vec<String> = all
        .par_iter()
        .flat_map_iter(|looked| typed_literally(looked))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried >= 20, "only {tried} have lines to type");
}

/// The good samples of `prongsai explain` are what people copy.
#[test]
fn every_good_sample_can_be_pasted() {
    let mut tried = 0;
    for rule in all_rules() {
        for sample in [&rule.good.th, &rule.good.en] {
            let lines: Vec<&str> = sample.lines().collect();
            // A place is the mark of a heading.
            for line in lines
                .iter()
                .filter(|l| l.contains("{#") && !l.starts_with("{# "))
            {
                assert!(line.contains("## "), "{}: {line}", rule.code);
            }
            let marks: Vec<usize> = (0..lines.len()).filter(|i| lines[*i] == "+++").collect();
            let toml = match marks.as_slice() {
                [open, close, ..] => lines[open + 1..*close].join("\n"),
                _ if lines
                    .iter()
                    .any(|l| l.starts_with('[') && l.ends_with(']') && !l.contains('(')) =>
                {
                    sample.to_string()
                }
                _ => continue,
            };
            // A leap day of the Buddhist calendar is none of TOML's.
            let toml = toml.replace("2567-02-29", "2567-02-28");
            let parsed = toml::from_str::<toml::Table>(&toml);
            assert!(parsed.is_ok(), "{}: {:?}\n{toml}", rule.code, parsed.err());
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}
