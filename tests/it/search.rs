//! The search index: what it is made from, and that it is the same everywhere.
//! What it finds is tested in a browser (`tests/browser/search.test.mjs`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use prongsai::files::{Files, MemoryFiles};
use prongsai::output::{self, search};
use prongsai::render::Renderer;
use prongsai::serve::{Preview, Settings};
use prongsai::site::{Options, load};
use prongsai::thai::{fold, terms};

use crate::help::{OnDisk, base, options};
use crate::serve::{HOST, ask_with};

/// Writings of what people mean alike, and letters that trip readers.
const WRITINGS: &[&str] = &[
    "จัดซื้อจัดจ้าง",
    "จัดซื้อ จัดจ้าง",
    "จัด\u{200b}ซื้อ\u{a0}จัดจ้าง",
    "โครงสร้าง อำนาจหน้าที่",
    "อํานาจหน้าที่",
    "นํ้าประปา น้ํา นำ้ น\u{e49}\u{e4d}\u{e32}",
    "เเผนงาน แผนงาน",
    "ท่ี่อยู่ ที่ ทีี่",
    "จริยธรรม จริยะธรรม",
    "โปร่งใส โปร่งไส",
    "ทรัพย์สิน ทรัพยสิน",
    "ป.ป.ช. อบต. ทต.ธารสมมุติ",
    "O๔๒ O42 o 42 ข้อ 42 ข้อที่ ๔๒",
    "๒๕๖๘ 2568 ๑,๒๕๐,๐๐๐.๕๐ 1,250,000.50 9.",
    "1.2.3 12/2568 0-2000-0000 ต่อ 11",
    "E-Service e-GP Q&A No Gift Policy 2568",
    "กองสาธารณสุขฯ ต่าง ๆ ต่างๆ",
    "ปี",
    "น้ำ",
    "ก ข ค",
    "\u{f700}\u{f70f} ก\u{f701}น ท\u{f702}\u{f70a} ฟ\u{f710}น ก\u{f711}\u{e32} เด\u{f712}ก",
    "ก\u{f885}น ท\u{f886}\u{f88b} \u{f884} \u{f899} \u{f89e}\u{f89a}",
    "สิทธิ์ ศัพท์ ฤๅษี ฦๅ เออ เฮ้อ ไปไหน ใคร",
    "เ แ โ ใ ไ ะ า ำ ็ ่",
    "มะะนาาว",
    "É e\u{301} İ ẞ ß Σίσυφος Ĳ ﬁ Ǆ",
    "ພາສາລາວ ະ ขอ\u{eb0}",
    "日本語 한국어 кириллица",
    "๏ ๚ ๛ ฿100 ½ ² № “ก” ‘ข’ ก–ข ก—ข",
    "a\u{ad}b\u{feff}c\u{2060}d",
    "😀ก😀a𝒳b",
    "\t\n ก\r\nข . ค .. ง , จ",
    "",
];

#[test]
fn texts_are_cut_as_the_browser_cuts_them() {
    let of = |text: &&str| {
        let mut all = Vec::new();
        terms(&fold(text), |term| all.push(term.to_string()));
        serde_json::json!({ "text": text, "terms": all })
    };
    let lines: Vec<String> = WRITINGS.iter().map(|w| of(w).to_string()).collect();
    let now = format!("[\n{}\n]\n", lines.join(",\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/terms.json");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|v| v == "1") {
        fs::write(&path, now).expect("written");
        return;
    }
    let kept = fs::read_to_string(&path).expect("tests/search/terms.json");
    for (kept, now) in kept.lines().zip(now.lines()) {
        assert_eq!(kept, now);
    }
    assert_eq!(kept, now);
}

fn index(files: MemoryFiles, options: Options) -> BTreeMap<String, String> {
    let files: Arc<dyn Files> = Arc::new(files);
    let (renderer, found) = Renderer::new(Arc::new(load(files, options).site));
    assert!(found.is_empty());
    let outputs = output::list(&renderer);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    search::all(&renderer, &outputs)
        .into_iter()
        .map(|(path, bytes)| (path, text(bytes)))
        .collect()
}

/// The words of every page, with its address.
fn words(index: &BTreeMap<String, String>) -> Vec<String> {
    let is_text = |path: &&String| path.rsplit('/').next().is_some_and(|n| n.starts_with('t'));
    let paths = index.keys().filter(is_text);
    paths.map(|p| index[p].clone()).collect()
}

#[test]
fn the_index_holds_what_pages_show_and_nothing_else() {
    let mut files = base();
    files.put(
        "content/pages/shown.md",
        "+++\ntitle = \"หน้าที่แสดง\"\n+++\n\nคำค้นพิเศษ 1000000000017 <b>ดิบ</b>\n",
    );
    files.put(
        "content/pages/half.md",
        "+++\ntitle = \"หน้าร่าง\"\ndraft = true\n+++\n\nยังเขียนไม่เสร็จ\n",
    );
    let public = index(files.clone(), options());
    let all: String = public.values().cloned().collect();
    assert!(
        all.contains("คำค้นพิเศษ 10000xxxxxxxx"),
        "masked as on the page"
    );
    assert!(!all.contains("1000000000017"));
    assert!(!all.contains("ยังเขียนไม่เสร็จ"));
    let with_drafts = index(
        files,
        Options {
            drafts: true,
            ..options()
        },
    );
    assert!(with_drafts.values().any(|t| t.contains("ยังเขียนไม่เสร็จ")));
    // Neither search itself, nor a page that is not there, nor a redirect.
    for text in words(&public) {
        assert!(
            !text.contains("\"u\":\"search/\"") && !text.contains("\"u\":\"404"),
            "{text}"
        );
    }
    for lang in ["th", "en"] {
        assert!(public.contains_key(&format!("assets/search/{lang}/index.js")));
    }
    let english: Vec<&String> = public.keys().filter(|p| p.contains("/en/t")).collect();
    assert!(
        english
            .iter()
            .all(|p| public[*p].contains("\"u\":\"en/") || p.contains('-'))
    );
}

#[test]
fn a_portable_site_leads_to_files_and_a_base_path_changes_nothing() {
    let portable = index(
        base(),
        Options {
            portable: true,
            ..options()
        },
    );
    let leads: Vec<String> = words(&portable);
    assert!(
        leads
            .iter()
            .any(|t| t.contains("\"u\":\"history/index.html\""))
    );
    let moved = Options {
        base_url: Some("https://elsewhere.example/a/b".into()),
        ..options()
    };
    let addresses = |index: &BTreeMap<String, String>| -> Vec<String> {
        words(index)
            .iter()
            .filter_map(|t| Some(t.split("\"u\":\"").nth(1)?.split('"').next()?.to_string()))
            .collect()
    };
    let (here, there) = (index(base(), options()), index(base(), moved));
    assert!(addresses(&here).len() > 50);
    assert_eq!(addresses(&here), addresses(&there));
}

#[test]
fn an_edit_of_one_page_leaves_the_words_of_others() {
    let before = index(base(), options());
    let mut files = base();
    crate::help::swap(
        &mut files,
        "content/pages/history.md",
        "+++\n\n",
        "+++\n\nประโยคใหม่ ",
    );
    let after = index(files, options());
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(text))
        .map(|(path, _)| path)
        .collect();
    let texts = changed.iter().filter(|p| p.contains("/th/t"));
    assert_eq!(texts.count(), 1, "{changed:?}");
    assert!(changed.iter().any(|p| p.ends_with("th/index.js")));
}

#[test]
fn a_build_and_the_preview_have_the_same_index() {
    let disk = OnDisk::base();
    disk.build();
    let built: BTreeMap<String, Vec<u8>> = disk
        .public()
        .into_iter()
        .filter(|(path, _)| path.starts_with(search::FOLDER))
        .collect();
    assert!(built.len() > 50, "{}", built.len());
    let preview = Preview::load(Arc::new(base()), Settings::new(options()));
    for (path, bytes) in &built {
        let answer = ask_with(
            &preview,
            "GET",
            &format!("/web/{path}?1"),
            &[("Host", HOST)],
            true,
        );
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            answer.header("Content-Type"),
            Some("text/javascript; charset=utf-8")
        );
        assert!(answer.body == *bytes, "{path}");
    }
    let missing = format!("/web/{}th/s9999.js", search::FOLDER);
    assert_eq!(
        ask_with(&preview, "GET", &missing, &[("Host", HOST)], true).status,
        404
    );
}

#[test]
fn without_a_script_the_page_lists_everything_in_the_order_of_a_dictionary() {
    let mut files = base();
    for (name, title) in [
        ("one", "แก้วน้ำ"),
        ("two", "กาน้ำ"),
        ("three", "เกลือ"),
        ("four", "ABC"),
        ("five", "9 เรื่อง"),
    ] {
        files.put(
            format!("content/pages/{name}.md"),
            format!("+++\ntitle = \"{title}\"\n+++\n\nคำ\n"),
        );
    }
    let built = crate::help::built(files);
    let html = built.page("search/index.html");
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at(">ก</h3>") < at(">กาน้ำ<"));
    assert!(at(">กาน้ำ<") < at(">เกลือ<"));
    assert!(at(">เกลือ<") < at(">แก้วน้ำ<"));
    assert!(at(">แก้วน้ำ<") < at(">A</h3>"));
    assert!(at(">A</h3>") < at(">0–9</span></h3>"));
    // The form waits for its script; the index does not.
    assert!(
        html.contains("id=\"search\" role=\"search\" action=\"../search/\" hidden"),
        "{html}"
    );
    // A topic that stands in two years is one entry with both.
    assert_eq!(html.matches(">สำนักปลัด<").count(), 1);
    assert!(
        built
            .page("en/search/index.html")
            .contains(">Search, and index from A to Z</h1>")
    );
}
