//! The law of the gate: wherever the number of a person stands in a content
//! folder and however it is written, no byte of the website holds it in full,
//! or the build stops with a message that names the place.

use std::sync::{Arc, Mutex};

use prongsai::diagnostic::{At, Severity};
use prongsai::files::{Files, FrozenFiles, MemoryFiles, Sources};
use prongsai::output::{self, Content, Numbers};
use prongsai::render::Renderer;
use prongsai::site::load;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::help::{base, options, read, xlsx};

/// A number of a person that is neither on goods nor a moment of our years.
fn number() -> impl Strategy<Value = String> {
    (1u64..=8, 0u64..100_000_000_000).prop_filter_map("a person's alone", |(first, rest)| {
        let twelve = format!("{first}{rest:011}");
        let sum: u64 = twelve
            .bytes()
            .zip((2..=13).rev())
            .map(|(d, w)| u64::from(d - b'0') * w)
            .sum();
        let number = format!("{twelve}{}", (11 - sum % 11) % 10);
        let value: u64 = number.parse().ok()?;
        let is_moment = (1_325_376_000_000..1_893_456_000_000).contains(&value);
        (!is_moment && !number.starts_with("885")).then_some(number)
    })
}

fn thai(text: &str) -> String {
    text.chars()
        .map(|c| match c.to_digit(10) {
            Some(d) => char::from_u32(0xE50 + d).expect("a digit"),
            None => c,
        })
        .collect()
}

/// Ways to write it; those after `NAMES` can't stand in the name of a file.
const WRITINGS: usize = 12;
const NAMES: usize = 6;

fn written(number: &str, way: usize) -> String {
    let by = |mark: &str| {
        let parts = [
            &number[..1],
            &number[1..5],
            &number[5..10],
            &number[10..12],
            &number[12..],
        ];
        parts.join(mark)
    };
    match way {
        0 => number.to_string(),
        1 => by("-"),
        2 => by(" "),
        3 => thai(number),
        4 => thai(&by("-")),
        5 => by("_"),
        6 => by("–"),
        7 => by("\u{a0}"),
        8 => by(" - "),
        9 => format!("{}\u{200b}{}", &number[..6], &number[6..]),
        10 => by("\u{2011}"),
        _ => format!("cid{number}"),
    }
}

const PLACES: usize = 36;
/// From here on the number is in a name.
const IN_NAMES: usize = 31;

/// As much of a municipality as the places need.
fn small() -> MemoryFiles {
    let whole = base();
    let mut files = MemoryFiles::new();
    for path in [
        "site.toml",
        "channels.toml",
        "units.toml",
        "redirects.toml",
        "index.md",
        "files/logo.svg",
        "2568/year.toml",
        "2568/procurement.csv",
    ] {
        let path = format!("content/{path}");
        files.put(&path, read(&whole, &path));
    }
    files
}

/// A site with these words at one of many places.
fn with(words: &str, place: usize) -> MemoryFiles {
    let mut files = small();
    let page = |head: &str, body: &str| format!("+++\ntitle = \"ก\"\n{head}\n+++\n{body}\n");
    let md = |files: &mut MemoryFiles, body: &str| {
        files.put("content/pages/a.md", page("", body));
    };
    let add = |files: &mut MemoryFiles, path: &str, more: &str| {
        let text = read(files, path);
        files.put(path, format!("{text}\n{more}\n"));
    };
    let put = |files: &mut MemoryFiles, path: &str, text: String| {
        files.put(path, text);
    };
    match place {
        0 => md(&mut files, &format!("เลข {words} ค่ะ")),
        1 => md(&mut files, &format!("## หัวข้อ {words}")),
        2 => md(&mut files, &format!("## หัวข้อ {{#{words}}}")),
        3 => md(&mut files, &format!("[ก](https://example.com/?id={words})")),
        4 => md(&mut files, &format!("[ก](<https://example.com/{words}/x>)")),
        5 => md(&mut files, &format!("[เลข {words}](https://example.com/)")),
        6 => md(
            &mut files,
            &format!("[ก](https://example.com/ \"{words}\")"),
        ),
        7 => md(&mut files, &format!("![ภาพ {words}](/files/logo.svg)")),
        8 => md(&mut files, &format!("ดู[^{words}]\n\n[^{words}]: ก")),
        9 => md(
            &mut files,
            &format!("| เลข {words} | ข |\n|---|---|\n| 1 | {words} |"),
        ),
        10 => md(&mut files, &format!("```\n{words}\n```\n\n`{words}`")),
        11 => md(
            &mut files,
            &format!("{}**{}**{}", &front(words), middle(words), back(words)),
        ),
        12 => md(
            &mut files,
            &format!("{}&#{};{}", front(words), code(words), rest(words)),
        ),
        13 => md(
            &mut files,
            &format!("[ก][x]\n\n[x]: <https://example.com/{words}>"),
        ),
        14 => md(&mut files, &format!("<https://example.com/{words}>")),
        15 => md(&mut files, &format!("<b title=\"{words}\">ก</b>")),
        16 => md(&mut files, &format!("[ก](mailto:{words}@example.com)")),
        17 => put(
            &mut files,
            "content/pages/a.md",
            format!("+++\ntitle = \"ก {words}\"\n+++\nก\n"),
        ),
        18 => put(
            &mut files,
            "content/pages/a.md",
            page(&format!("description = \"{words}\""), "ก"),
        ),
        19 => put(
            &mut files,
            "content/pages/a.md",
            page(
                &format!("links = [{{ title = \"ก\", url = \"https://example.com/{words}\" }}]"),
                "ก",
            ),
        ),
        20 => put(
            &mut files,
            "content/pages/a.md",
            page(
                &format!(
                    "[[table]]\nid = \"t\"\ntitle = \"ก\"\ncolumns = [\"{words}\"]\nrows = [[\"{words}\"]]"
                ),
                "ก",
            ),
        ),
        21 => put(
            &mut files,
            "content/news/2568-02-01-x.md",
            format!("+++\ntitle = \"ข่าว {words}\"\nsummary = \"{words}\"\n+++\n{words}\n"),
        ),
        22 => add(
            &mut files,
            "content/channels.toml",
            &format!(
                "[[channel]]\nid = \"n\"\npurpose = \"contact\"\nway = \"web\"\nname = \"ช่อง {words}\"\nnote = \"{words}\"\nurl = \"https://example.com/{words}\""
            ),
        ),
        23 => add(
            &mut files,
            "content/site.toml",
            &format!("[[menu]]\ntitle = \"เมนู {words}\"\nto = \"https://example.com/?q={words}\""),
        ),
        24 => add(
            &mut files,
            "content/redirects.toml",
            &format!("[[redirect]]\nfrom = \"/old/{words}/\"\nto = \"/contact/\""),
        ),
        25 => put(
            &mut files,
            "content/pages/a.md",
            page(&format!("aliases = [\"/old/{words}/\"]"), "ก"),
        ),
        26 => put(
            &mut files,
            "content/2568/files/a.csv",
            format!("ชื่อ,เลข\nก,\"{words}\"\n"),
        ),
        27 => {
            let rows = read(&files, "content/2568/procurement.csv");
            put(
                &mut files,
                "content/2568/procurement.csv",
                rows.replace("ร้านเครื่องเขียนทดสอบ", words),
            );
        }
        28 => {
            files.put(
                "content/files/t.xlsx",
                xlsx("s", &[&["ชื่อ", "เลขบัตรประชาชน"], &["ก", words]]),
            );
            put(
                &mut files,
                "content/pages/a.md",
                page(
                    "[[table]]\nid = \"t\"\ntitle = \"ก\"\npath = \"/files/t.xlsx\"",
                    "ก",
                ),
            );
        }
        29 => put(
            &mut files,
            "content/files/a.txt",
            format!("บัตรประชาชน {words}"),
        ),
        30 => add(
            &mut files,
            "content/units.toml",
            &format!("[[unit]]\nid = \"n\"\nname = \"งาน {words}\""),
        ),
        31 => put(
            &mut files,
            &format!("content/files/{words}.txt"),
            "ก".into(),
        ),
        32 => put(
            &mut files,
            &format!("content/files/แบบ {words}/ก.txt"),
            "ก".into(),
        ),
        33 => put(
            &mut files,
            &format!("content/pages/{words}.md"),
            page("", "ก"),
        ),
        34 => put(
            &mut files,
            &format!("content/news/2568-02-01-{words}.md"),
            page("", "ก"),
        ),
        _ => {
            put(
                &mut files,
                &format!("content/2568/files/ก-{words}.csv"),
                "ก,ข\n1,2\n".into(),
            );
            md(&mut files, "ก");
        }
    }
    files
}

fn split(words: &str, from: usize, to: usize) -> String {
    words.chars().skip(from).take(to - from).collect()
}
fn front(words: &str) -> String {
    split(words, 0, 4)
}
fn middle(words: &str) -> String {
    split(words, 4, 9)
}
fn back(words: &str) -> String {
    split(words, 9, usize::MAX)
}
fn code(words: &str) -> u32 {
    words.chars().nth(4).map_or(0, u32::from)
}
fn rest(words: &str) -> String {
    split(words, 5, usize::MAX)
}

/// The digits of a text, Arabic, with a stop wherever something stands between
/// them that no writing of a number has.
fn digits(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '๐'..='๙' => char::from_digit(u32::from(c) - 0xE50, 10),
            '\u{200b}'..='\u{200d}' | '\u{ad}' | '-' | '_' | '–' | '\u{2011}' => None,
            c if c.is_whitespace() => None,
            _ => Some('.'),
        })
        .collect()
}

/// As a reader sees it, as a program does, and with addresses decoded.
fn holds(bytes: &[u8], number: &str) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let decoded = {
        let mut out = Vec::new();
        let mut rest = text.as_bytes();
        while let Some((first, tail)) = rest.split_first() {
            let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok());
            match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
                Some(byte) if *first == b'%' => {
                    out.push(byte);
                    rest = &tail[2..];
                }
                _ => {
                    out.push(*first);
                    rest = tail;
                }
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    };
    let bare = ["strong", "em", "code", "del"]
        .iter()
        .fold(text.to_string(), |t, tag| {
            t.replace(&format!("<{tag}>"), "")
                .replace(&format!("</{tag}>"), "")
        });
    [text.as_ref(), &decoded, &bare]
        .iter()
        .any(|t| digits(t).split('.').any(|run| run.contains(number)))
}

/// What a build would do: the outputs, or what stops it.
fn judge(files: MemoryFiles, number: &str) -> Result<(), String> {
    let files: Arc<dyn Files> = Arc::new(FrozenFiles::take(Arc::new(files)));
    let loaded = load(files.clone(), options());
    let mut said = loaded.diagnostics;
    let (renderer, found) = Renderer::new(Arc::new(loaded.site));
    said.extend(found);
    let mut outputs = output::list(&renderer);
    let seen = Mutex::new((output::Outputs::new(), Numbers::new()));
    let visit = |page: &str, scan: &output::scan::Scan| {
        let mut seen = seen.lock().expect("alive");
        seen.0
            .extend(output::unlisted(&renderer, &outputs, page, scan));
        if !scan.numbers.is_empty() {
            seen.1.insert(page.to_string(), scan.numbers.clone());
        }
    };
    let whole = !said.has_errors();
    let found = output::survey(&renderer, &outputs, whole, &|| true, &visit).expect("to the end");
    said.extend(found.into_iter().map(|f| f.diagnostic));
    let (more, numbers) = seen.into_inner().expect("alive");
    outputs.extend(more);
    said.extend(
        prongsai::check::gate(&renderer, &outputs, &numbers, &|| true).expect("to the end"),
    );
    let mut sources = Sources::new(files.as_ref());
    let mut stops = false;
    for one in said.iter() {
        let place = one.place.as_ref();
        stops |= one.severity == Severity::Error && place.is_some();
        let excerpt = place.and_then(|p| sources.excerpt(p)).map(|e| e.text);
        let of_gate = one.code == "citizen-number";
        if of_gate && place.is_some_and(|p| p.at == At::File && p.file.is_empty()) {
            return Err(format!("no place: {one:?}"));
        }
        let text = [
            Some(one.message.th.clone()),
            Some(one.message.en.clone()),
            excerpt,
        ];
        if of_gate
            && text
                .into_iter()
                .flatten()
                .any(|t| holds(t.as_bytes(), number))
        {
            return Err(format!("the message tells it: {one:?}"));
        }
    }
    if stops {
        return Ok(());
    }
    for (path, source) in &outputs {
        let bytes = match output::make(&renderer, source).content {
            Content::Bytes(bytes) => bytes,
            Content::File(file) => files.read(&file).expect("there"),
        };
        if holds(&bytes, number) || holds(path.as_bytes(), number) {
            let codes: Vec<&str> = said.iter().map(|d| d.code).collect();
            return Err(format!("{path} holds it; said: {codes:?}"));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: RngSeed::Fixed(13), ..ProptestConfig::default() })]

    #[test]
    fn no_number_of_a_person_is_published_unsaid(
        number in number(),
        way in 0..WRITINGS,
        place in 0..PLACES,
    ) {
        let way = if place >= IN_NAMES { way % NAMES } else { way };
        let words = written(&number, way);
        if let Err(why) = judge(with(&words, place), &number) {
            return Err(TestCaseError::fail(format!("place {place}, “{words}”: {why}")));
        }
    }
}

/// Every place once.
#[test]
fn no_place_lets_the_number_of_a_person_out() {
    let mut wrong = Vec::new();
    for place in 0..PLACES {
        let words = written("1000000000017", [0, 1, 3][place % 3]);
        if let Err(why) = judge(with(&words, place), "1000000000017") {
            wrong.push(format!("place {place}, “{words}”: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The judge of this law sees what it should.
#[test]
fn the_judge_sees_every_writing() {
    for way in 0..WRITINGS {
        let words = written("1000000000017", way);
        assert!(holds(words.as_bytes(), "1000000000017"), "{words}");
    }
    for (text, want) in [
        ("1-0000-<strong>00000</strong>-01-7", true),
        ("%E0%B9%91000000000017", true),
        ("1-0000-xxxxx-xx-x", false),
        ("<td>100000</td><td>0000017</td>", false),
    ] {
        assert_eq!(holds(text.as_bytes(), "1000000000017"), want, "{text}");
    }
    // The site of the law builds: nothing else stops it.
    let clean = crate::help::built(small());
    assert!(
        !clean
            .diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    );
}
