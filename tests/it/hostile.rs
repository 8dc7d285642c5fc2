//! Files that are broken, or made to break something: there is a message, or
//! there is a page, and never an abort.

use proptest::prelude::*;
use proptest::test_runner::Config;

use prongsai::diagnostic::{At, Severity};
use prongsai::files::{Files, MemoryFiles, SitePath};

use crate::help::{SITE_TOML, base, built, site, text, xlsx, xlsx_of};

/// Files of every kind, with few pages around them.
fn small() -> MemoryFiles {
    let all = base();
    let mut files = MemoryFiles::new();
    for entry in all.list().entries {
        let path = entry.path.as_str();
        // Each year's folder has dozens of pages of its own; one is enough.
        if !path.starts_with("content/2567/") {
            files.put(path, all.read(&entry.path).expect("there"));
        }
    }
    files.put(
        "content/2568/catalogue.toml",
        "extends = 2568\ndrop = [\"O5\", \"O7\", \"O8\", \"O9\", \"O14\", \"O15\"]\n",
    );
    files.put(
        "content/2568/people.xlsx",
        xlsx(
            "คน",
            &[&["ชื่อ-สกุล", "ตำแหน่ง", "ฝ่าย"], &["นายห้า", "ปลัด", "ฝ่ายประจำ"]],
        ),
    );
    files
}

#[derive(Clone, Debug)]
enum Harm {
    Replace(Vec<u8>),
    Insert(usize, Vec<u8>),
    Cut(usize, usize),
    Flip(usize, u8),
    Repeat(usize, usize, usize),
}

/// What parsers trip over, beside plain noise.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "\u{feff}",
        "+++\n",
        "\"",
        "\"\"\"",
        "'''",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        "\\u0000",
        "\r",
        "\n\n",
        "\0",
        "|",
        "---|---\n",
        "[^1]: ",
        "[a](b)",
        "![](",
        "`",
        "```\n",
        "<!--",
        "<script>",
        "{#x}",
        "> ",
        "- ",
        "1. ",
        "๒๕๖๘",
        "9999999999999999999999",
        "-1",
        "1e308",
        "2568-02-30",
        "0001-01-01",
        "9999-12-31",
        "ธ.ค. 9999",
        "\u{e33}\u{e4d}\u{e32}",
        "\u{e48}\u{e48}\u{e48}",
        "\u{202e}",
        "\u{fffd}",
        "1234567890121",
        "topic:",
        "#",
        "/../",
        "javascript:",
        "%E0%",
        "PK\u{3}\u{4}",
        "true",
        "null",
        "inf",
        "nan",
    ]);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        prop::collection::vec(pieces, 0..40).prop_map(|p| p.concat().into_bytes()),
        any::<String>().prop_map(String::into_bytes),
    ]
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = || 0usize..4_000;
    prop_oneof![
        bytes().prop_map(Harm::Replace),
        (at(), bytes()).prop_map(|(at, b)| Harm::Insert(at, b)),
        (at(), 1usize..80).prop_map(|(at, n)| Harm::Cut(at, n)),
        (at(), any::<u8>()).prop_map(|(at, b)| Harm::Flip(at, b)),
        (at(), 1usize..60, 2usize..30).prop_map(|(at, n, times)| Harm::Repeat(at, n, times)),
    ]
}

impl Harm {
    fn done(&self, mut old: Vec<u8>) -> Vec<u8> {
        let place = |at: usize| at % (old.len() + 1);
        match self {
            Harm::Replace(new) => return new.clone(),
            Harm::Insert(at, new) => {
                let at = place(*at);
                old.splice(at..at, new.iter().copied());
            }
            Harm::Cut(at, n) => {
                let at = place(*at);
                let end = (at + n).min(old.len());
                old.drain(at..end);
            }
            Harm::Flip(at, byte) => {
                let at = place(*at);
                if let Some(b) = old.get_mut(at) {
                    *b = *byte;
                }
            }
            Harm::Repeat(at, n, times) => {
                let at = place(*at);
                let end = (at + n).min(old.len());
                let part = old[at..end].repeat(*times);
                old.splice(at..at, part);
            }
        }
        old
    }
}

#[test]
fn whatever_bytes_a_content_file_has_there_are_messages_and_pages_and_no_panic() {
    let files = small();
    let paths: Vec<SitePath> = files.list().entries.into_iter().map(|e| e.path).collect();
    assert!(paths.len() > 25);
    assert!(
        built(files.clone())
            .diagnostics
            .iter()
            .all(|d| d.severity != Severity::Error || d.code == "no-year"),
        "the site is sound before it is harmed"
    );
    let config = Config {
        cases: 200,
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    };
    proptest!(config, |(harms in prop::collection::vec((any::<prop::sample::Index>(), harm()), 1..4))| {
        let mut harmed = files.clone();
        for (which, harm) in &harms {
            let path = which.get(&paths);
            let old = harmed.read(path).expect("there");
            harmed.put(path.as_str(), harm.done(old));
        }
        let built = built(harmed);
        prop_assert!(built.outputs.contains_key("index.html"));
        for found in &built.diagnostics {
            prop_assert!(!found.message.th.trim().is_empty() && !found.message.en.trim().is_empty());
        }
        for (path, html) in built.all_pages() {
            prop_assert!(!without_own_scripts(html).contains("<script"), "{path}");
        }
    });
}

/// A page without the theme's two scripts, which are files, and without its
/// structured data, which is JSON and nothing else.
fn without_own_scripts(html: &str) -> String {
    let mut rest = String::new();
    for (i, part) in html.split("<script ").enumerate() {
        if i == 0 {
            rest.push_str(part);
            continue;
        }
        let (script, after) = part.split_once("</script>").expect("an end");
        let own = match script.strip_prefix("type=\"application/ld+json\">") {
            Some(json) => {
                serde_json::from_str::<serde_json::Value>(json).expect("JSON");
                !json.contains('<')
            }
            None => {
                let src = script.strip_prefix("src=\"").unwrap_or_default();
                let file = src.split('"').next().unwrap_or_default();
                let name = file.rsplit_once("assets/").map_or("", |(_, name)| name);
                let ours = name == "table.js" || name.starts_with("search-");
                // Nothing stands between the tags.
                ours && script.find('>') == Some(script.len() - 1)
            }
        };
        if !own {
            rest.push_str("<script ");
            rest.push_str(script);
        }
        rest.push_str(after);
    }
    rest
}

#[test]
fn whatever_a_file_is_called_there_is_a_message_or_a_page_and_no_panic() {
    let config = Config {
        cases: 100,
        failure_persistence: None,
        ..Config::default()
    };
    let part = prop_oneof![
        any::<String>(),
        "[a-z0-9.-]{0,12}",
        prop::sample::select(vec![
            "..",
            ".",
            "",
            "2568",
            "CON",
            "en",
            "pages",
            "news",
            "files",
            "index.md",
            "site.toml",
            "กก",
            "measures",
            "\u{0}"
        ])
        .prop_map(str::to_string),
    ];
    proptest!(config, |(parts in prop::collection::vec(part, 1..5), extension in prop::sample::select(vec!["", ".md", ".toml", ".csv", ".xlsx", ".pdf"]))| {
        let path = format!("content/{}{extension}", parts.join("/"));
        let built = site(&[("content/2568/year.toml", "target = 85\n"), (&path, "+++\ntitle = \"ก\"\n+++\n\nข\n")]);
        for output in built.outputs.keys() {
            prop_assert!(!output.starts_with('/') && !output.split('/').any(|p| p == ".." || p == "." || p.is_empty()), "{output}");
        }
    });
}

#[track_caller]
fn workbook(bytes: Vec<u8>) -> Vec<prongsai::diagnostic::Diagnostic> {
    let mut files = MemoryFiles::new();
    files.put("content/site.toml", SITE_TOML);
    files.put("content/2568/procurement.xlsx", bytes);
    built(files).diagnostics
}

const HEAD: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>เดือน</t></is></c><c r="B1" t="inlineStr"><is><t>ชื่อรายการ</t></is></c><c r="C1" t="inlineStr"><is><t>วิธีการจัดซื้อจัดจ้าง</t></is></c></row>"#;

#[test]
fn a_cell_at_the_far_end_of_a_sheet_is_told_with_its_sheet_and_cell() {
    for (row, cell, name) in [
        (1_048_576, "XFD1048576", "XFD1048576"),
        (1_048_576, "A1048576", "A1048576"),
        (2, "XFD2", "XFD2"),
    ] {
        let inside = format!(
            "<dimension ref=\"A1:XFD1048576\"/><sheetData>{HEAD}<row r=\"{row}\"><c r=\"{cell}\"><v>1</v></c></row></sheetData>"
        );
        let found = workbook(xlsx_of("สขร", &inside));
        let told = found
            .iter()
            .find(|d| d.code == "bad-spreadsheet")
            .unwrap_or_else(|| panic!("{found:#?}"));
        let place = told.place.as_ref().expect("a place");
        assert_eq!(&*place.file, "content/2568/procurement.xlsx");
        let At::Cell { sheet, .. } = &place.at else {
            panic!("{place:?}")
        };
        assert_eq!(sheet.as_deref(), Some("สขร"));
        assert!(
            told.to_string().contains(&format!("[สขร] {name}:")),
            "{told}"
        );
    }
}

#[test]
fn a_sheet_that_only_claims_to_be_huge_is_read() {
    let inside = format!(
        "<dimension ref=\"A1:XFD1048576\"/><sheetData>{HEAD}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>ต.ค. 2567</t></is></c><c r=\"B2\" t=\"inlineStr\"><is><t>กระดาษ</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>เฉพาะเจาะจง</t></is></c></row></sheetData>"
    );
    let mut files = MemoryFiles::new();
    files.put("content/site.toml", SITE_TOML);
    files.put("content/2568/procurement.xlsx", xlsx_of("สขร", &inside));
    let built = built(files);
    built.expect_no_messages();
    assert!(
        built
            .text("2568/procurement/2567-10/index.html")
            .contains("กระดาษ")
    );
}

#[test]
fn workbooks_that_are_broken_are_told_and_do_not_end_the_program() {
    let whole = xlsx(
        "สขร",
        &[
            &["เดือน", "ชื่อรายการ", "วิธีการจัดซื้อจัดจ้าง"],
            &["ต.ค. 2567", "กระดาษ", "เฉพาะเจาะจง"],
        ],
    );
    let sheet = |inside: &str| xlsx_of("สขร", inside);
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("half", whole[..whole.len() / 2].to_vec()),
        ("no zip", b"PK\x03\x04 is not enough".to_vec()),
        (
            "an old workbook",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(100),
        ),
        (
            "a string that is not there",
            sheet(
                "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>4294967295</v></c></row></sheetData>",
            ),
        ),
        (
            "a string without number",
            sheet("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>x</v></c></row></sheetData>"),
        ),
        (
            "a cell without number",
            sheet("<sheetData><row r=\"1\"><c r=\"A0\"><v>1</v></c></row></sheetData>"),
        ),
        ("XML that does not end", sheet("<sheetData><row><c")),
    ] {
        let found = workbook(bytes);
        let told = found.iter().any(|d| {
            d.severity == Severity::Error
                && d.place
                    .as_ref()
                    .is_some_and(|p| &*p.file == "content/2568/procurement.xlsx")
        });
        assert!(told, "{name}: {found:#?}");
    }
}

/// The name of a cell that no number can hold.
#[test]
fn a_cell_beyond_all_numbers_is_told_and_does_not_end_the_program() {
    for name in ["ZZZZZZZ1", "A99999999999", "A4294967297"] {
        let inside =
            format!("<sheetData>{HEAD}<row r=\"2\"><c r=\"{name}\"><v>1</v></c></row></sheetData>");
        let found = workbook(xlsx_of("สขร", &inside));
        assert!(
            found.iter().any(|d| d.severity == Severity::Error),
            "{name}: {found:#?}"
        );
    }
}

#[test]
fn texts_nested_fifty_thousand_deep_do_not_end_the_program() {
    let deep = |piece: &str| piece.repeat(50_000);
    for (name, body) in [
        ("quotations", format!("{}ลึก", deep("> "))),
        ("quotations without spaces", format!("{}ลึก", deep(">"))),
        ("lists", format!("{}ลึก", deep("- "))),
        ("brackets", format!("{}ลึก{}", deep("["), deep("]"))),
        ("brackets and parentheses", deep("[a](")),
        ("pictures", deep("![")),
        ("stars", format!("{}ลึก", deep("*a "))),
        ("backticks", deep("` `` ")),
        ("footnotes", deep("[^1]")),
        ("tables", format!("|a|\n|-|\n{}", deep("|"))),
    ] {
        let page = format!("+++\ntitle = \"ลึก\"\n+++\n\n{body}\n");
        let built = site(&[("content/pages/deep.md", &page)]);
        assert!(built.outputs.contains_key("deep/index.html"), "{name}");
    }
    for toml in [
        format!("a = {}", deep("[")),
        format!("a = {}", deep("{a=")),
        deep("a.").to_string(),
        format!("[{}]", deep("a.") + "a"),
    ] {
        let built = site(&[("content/units.toml", &toml)]);
        assert!(
            built.codes().contains(&"toml-syntax"),
            "{:?}",
            built.codes()
        );
    }
}

/// Every text that a webmaster can give, with code in it.
#[test]
fn code_in_any_text_is_shown_as_letters_on_every_page() {
    const CODE: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\\\"'&lt;";
    let all = base();
    let mut files = MemoryFiles::new();
    for entry in all.list().entries {
        let path = entry.path.as_str();
        let bytes = all.read(&entry.path).expect("there");
        let Ok(words) = String::from_utf8(bytes.clone()) else {
            continue;
        };
        // In CSV a quote is written twice; in Markdown's text it is plain.
        let new = if path.ends_with(".csv") {
            words
                .lines()
                .enumerate()
                .map(|(n, l)| {
                    if n == 0 {
                        format!("{l}\n")
                    } else {
                        l.replace(
                            "ทดสอบ",
                            "<script>alert(1)</script><img src=x onerror=alert(2)>",
                        ) + "\n"
                    }
                })
                .collect()
        } else if path.ends_with(".toml") || path.ends_with(".md") {
            [
                "ทดสอบ",
                "Thotsop",
                "ตัวอย่าง",
                "ประวัติ",
                "ช่องทาง",
                "LINE ของ",
                "ไม่มีการจัดซื้อ",
                "ของขวัญ",
            ]
            .iter()
            .fold(words, |text, word| text.replace(word, CODE))
        } else {
            words
        };
        files.put(path, new);
    }
    let built = built(files);
    let errors: Vec<String> = built
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut shown = 0;
    for (path, bytes) in &built.outputs {
        // Pages, and what a browser may show as one; data is text.
        if !path.ends_with(".html") && !path.ends_with(".xml") {
            continue;
        }
        let text = without_own_scripts(&String::from_utf8_lossy(bytes));
        assert!(
            !text.contains("<script") && !text.contains("<img src=x"),
            "{path}"
        );
        assert!(!has_attribute(&text, "onerror"), "{path}");
        shown += text.matches("&lt;script&gt;").count();
    }
    assert!(shown > 300, "{shown}");
    assert!(
        built
            .text("index.html")
            .contains("<script>alert(1)</script>"),
        "shown as letters"
    );
}

/// Whether any tag has the attribute: it stands in a tag, outside quotes.
fn has_attribute(html: &str, name: &str) -> bool {
    html.split('<').skip(1).any(|tag| {
        let mut outside = String::new();
        let mut quoted = false;
        for c in tag.chars() {
            match c {
                '"' => quoted = !quoted,
                '>' if !quoted => break,
                c if !quoted => outside.push(c),
                _ => {}
            }
        }
        outside.contains(name)
    })
}

#[test]
fn a_link_that_could_run_code_is_refused_wherever_it_stands() {
    for address in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "\\u0001javascript:x",
    ] {
        for (path, text) in [
            (
                "content/channels.toml",
                format!(
                    "[[channel]]\nid = \"a\"\npurpose = \"contact\"\nway = \"web\"\nname = \"ก\"\nurl = \"{address}\"\n"
                ),
            ),
            (
                "content/redirects.toml",
                format!("[[redirect]]\nfrom = \"/a\"\nto = \"{address}\"\n"),
            ),
            (
                "content/pages/a.md",
                format!(
                    "+++\ntitle = \"ก\"\nlinks = [{{ to = \"{address}\", title = \"ก\" }}]\n+++\n\nข\n"
                ),
            ),
            (
                "content/2568/measures-report.toml",
                format!(
                    "[document]\ntitle = \"ก\"\n[[report]]\ntitle = \"ก\"\nevidence = [{{ title = \"ก\", url = \"{address}\" }}]\n"
                ),
            ),
            (
                "content/2568/year.toml",
                format!("eit = {{ url = \"{address}\" }}\n"),
            ),
        ] {
            let built = site(&[
                (
                    "content/2568/structure.md",
                    "+++\nupdated = 2568-01-01\n+++\n\nก\n",
                ),
                (path, &text),
            ]);
            let refused = built
                .diagnostics
                .iter()
                .any(|d| d.severity == Severity::Error);
            assert!(refused, "{address} in {path}: {:?}", built.codes());
            for (page, html) in built.all_pages() {
                let bad = crate::help::attributes(html, "href").into_iter().find(|h| {
                    let h: String = h
                        .chars()
                        .filter(|c| !c.is_whitespace() && !c.is_control())
                        .collect();
                    let h = h.to_ascii_lowercase();
                    ["javascript:", "data:", "vbscript:", "file:"]
                        .iter()
                        .any(|s| h.starts_with(s))
                });
                assert_eq!(bad, None, "{page}, {path}");
            }
        }
        let body = format!(
            "+++\ntitle = \"ก\"\n+++\n\n[ข](<{}>)\n",
            address.replace("\\t", "\t").replace("\\u0001", "\u{1}")
        );
        let built = site(&[("content/pages/a.md", &body)]);
        assert!(
            built
                .diagnostics
                .iter()
                .any(|d| d.severity == Severity::Error),
            "{address}: {:?}",
            built.codes()
        );
        let words = text(built.page("a/index.html"));
        assert!(words.contains('ข'), "the words stay: {words}");
    }
}

/// A page with a table of two thousand rows, and one with a heading of nearly
/// a megabyte.
#[test]
fn long_texts_and_tables_are_built() {
    let rows: String = (0..2_000).map(|n| format!("| แถว {n} | {n} |\n")).collect();
    let table = format!("+++\ntitle = \"ตาราง\"\n+++\n\n| ชื่อ | จำนวน |\n|---|---:|\n{rows}");
    let long = format!(
        "+++\ntitle = \"ยาว\"\n+++\n\n## {}\n\n{}\n",
        "ก".repeat(300_000),
        "ข ".repeat(300_000)
    );
    let built = site(&[
        ("content/pages/table.md", &table),
        ("content/pages/long.md", &long),
    ]);
    assert!(built.text("table/index.html").contains("แถว 1999 1999"));
    assert!(built.page("long/index.html").len() > 1_000_000);
    // The description is cut, however long the text.
    let contents = crate::help::attributes(built.page("long/index.html"), "content");
    assert!(contents.iter().all(|c| c.len() < 2_000));
}
