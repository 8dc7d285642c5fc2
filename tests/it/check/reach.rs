//! Links, files and hosts.

use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object, Stream, dictionary};
use prongsai::files::MemoryFiles;

use super::{assert_breaks, check, shown};
use crate::help::base;

const HISTORY: &str = "content/pages/history.md";

/// The small site with another text of its free page, which links from its
/// seventh line on.
fn with_text(markdown: &str) -> MemoryFiles {
    let mut files = base();
    let head = "+++\ntitle = \"ประวัติ\"\naliases = [\"/history.html\"]\n+++\n\n";
    files.put(HISTORY, format!("{head}## เส้นทาง {{#road}}\n{markdown}\n"));
    files
}

#[track_caller]
fn text_breaks(code: &str, good: &str, bad: &str) {
    let at = format!("{HISTORY}:7");
    assert_breaks(code, &at, &with_text(good), &with_text(bad));
}

/// The small site with an attachment that a page offers.
fn with_file(path: &str, bytes: impl Into<Vec<u8>>) -> MemoryFiles {
    let mut files = base();
    files.put(format!("content/{path}"), bytes);
    files
}

#[track_caller]
fn file_breaks(code: &str, good: (&str, Vec<u8>), bad: (&str, Vec<u8>)) {
    let (good_file, broken) = (with_file(good.0, good.1), with_file(bad.0, bad.1));
    assert_breaks(code, &format!("content/{}", bad.0), &good_file, &broken);
}

#[test]
fn links_whose_words_say_nothing_are_told_at_their_line() {
    let good = "อ่าน[นโยบายไม่รับของขวัญ](topic:no-gift-policy)";
    for words in ["คลิกที่นี่", "(รายละเอียด)", "รายละเอียด ๑", "here", ""]
    {
        let bad = format!("อ่าน[{words}](topic:no-gift-policy)");
        text_breaks("meaningless-link", good, &bad);
    }
    text_breaks(
        "meaningless-link",
        "ดู <https://www.example.go.th>",
        "ดู <https://www.example.go.th/a/b.php?id=1>",
    );
}

#[test]
fn titles_of_attachments_and_menus_are_links_too() {
    let page = |title: &str| {
        let mut files = base();
        crate::help::swap(
            &mut files,
            "content/2568/no-gift-policy.md",
            "title = \"ประกาศฉบับลงนาม\"",
            &format!("title = \"{title}\""),
        );
        files
    };
    assert_breaks(
        "meaningless-link",
        "content/2568/no-gift-policy.md:7",
        &page("ประกาศฉบับลงนาม"),
        &page("เอกสารแนบ 1"),
    );
    let menu = |title: &str| {
        let mut files = base();
        let from = "title = \"แจ้งเรื่องทุจริต\"";
        crate::help::swap(
            &mut files,
            "content/site.toml",
            from,
            &format!("title = \"{title}\""),
        );
        files
    };
    assert_breaks(
        "meaningless-link",
        "content/site.toml:26",
        &menu("แจ้งเรื่องทุจริต"),
        &menu("คลิก"),
    );
}

#[test]
fn shares_that_ask_for_a_login_are_told() {
    text_breaks(
        "login-host",
        "[แบบสอบถาม](https://docs.google.com/forms/d/e/x/viewform)",
        "[แผนปี 2568](https://drive.google.com/file/d/x/view)",
    );
    let channel = |url: &str| {
        let mut files = base();
        let from = "https://forms.example/corruption";
        crate::help::swap(&mut files, "content/channels.toml", from, url);
        files
    };
    assert_breaks(
        "login-host",
        "content/channels.toml:21",
        &channel("https://forms.gle/x"),
        &channel("https://www.dropbox.com/s/x"),
    );
}

#[test]
fn hosts_of_the_office_and_unencrypted_ones_are_told() {
    text_breaks(
        "local-link",
        "[รายงานปี 2567](https://www.example.go.th/r.pdf)",
        "[รายงานปี 2567](http://192.168.1.10/r.pdf)",
    );
    text_breaks(
        "insecure-link",
        "[กรม](https://www.example.go.th/)",
        "[กรม](http://www.example.go.th/)",
    );
}

#[test]
fn texts_of_years_that_are_not_judged_are_left_alone() {
    let mut files = base();
    files.put(
        "content/2567/structure.md",
        "[คลิกที่นี่](topic:2568/structure)\n",
    );
    let is = |f: &prongsai::check::Finding| f.diagnostic.code == "meaningless-link";
    assert!(!check(&files).findings.iter().any(is));
    assert!(super::check_years(&files, &[2567]).findings.iter().any(is));
}

#[test]
fn large_files_and_old_formats_are_told() {
    let zip = "2568/files/plan.zip";
    file_breaks(
        "large-file",
        (zip, vec![0; 10_000_000]),
        (zip, vec![0; 10_000_001]),
    );
    file_breaks(
        "very-large-file",
        (zip, vec![0; 9]),
        (zip, vec![0; 50_000_001]),
    );
    for (old, new) in [("doc", "docx"), ("xls", "xlsx"), ("rar", "zip")] {
        let (old, new) = (format!("files/plan.{old}"), format!("files/plan.{new}"));
        file_breaks("old-format", (&new, vec![1]), (&old, vec![1]));
    }
}

#[test]
fn names_of_files_tell_what_they_are_and_of_which_year() {
    // An archive of nothing.
    let mut zip = b"PK\x05\x06".to_vec();
    zip.resize(22, 0);
    let good = "2568/files/แผนปฏิบัติการ-2568.zip";
    for name in ["Scan2025-01-15", "ข้อ-42.2", "IMG_0001"] {
        let bad = format!("2568/files/{name}.zip");
        file_breaks(
            "unclear-file-name",
            (good, zip.clone()),
            (&bad, zip.clone()),
        );
    }
    for name in ["แผนปฏิบัติการ-2565", "plan-2022", "แผน-๒๕๖๔"]
    {
        let bad = format!("2568/files/{name}.zip");
        file_breaks(
            "year-in-file-name",
            (good, zip.clone()),
            (&bad, zip.clone()),
        );
    }
    let titled = |title: &str| {
        let mut files = base();
        let file = "content/2568/no-gift-policy.md";
        crate::help::swap(&mut files, file, "ประกาศฉบับลงนาม", title);
        files
    };
    assert_breaks(
        "year-in-file-name",
        "content/2568/no-gift-policy.md:7",
        &titled("ประกาศปี 2568"),
        &titled("ประกาศปี 2565"),
    );
}

/// A PDF of one page with this content.
fn document(content: &str, title: Option<&str>, lang: Option<&str>) -> Document {
    let mut pdf = Document::with_version("1.7");
    let pages = pdf.new_object_id();
    let content = pdf.add_object(Stream::new(dictionary! {}, content.into()));
    let page = pdf.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
    });
    pdf.objects.insert(
        pages,
        Object::Dictionary(dictionary! {
            "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1,
        }),
    );
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
    if let Some(lang) = lang {
        catalog.set("Lang", Object::string_literal(lang));
    }
    let catalog = pdf.add_object(catalog);
    pdf.trailer.set("Root", catalog);
    if let Some(title) = title {
        let info = pdf.add_object(dictionary! { "Title" => Object::string_literal(title) });
        pdf.trailer.set("Info", info);
    }
    pdf
}

fn bytes(mut pdf: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("written");
    bytes
}

const TEXT: &str = "BT /F1 12 Tf (x) Tj ET";

#[test]
fn pdf_files_hold_words_a_title_and_a_language_and_open_at_once() {
    let path = "2568/files/order.pdf";
    let good = || (path, bytes(document(TEXT, Some("Order"), Some("th-TH"))));
    let scan = document("q 600 0 0 800 0 0 cm /Im0 Do Q", None, None);
    file_breaks("scanned-pdf", good(), (path, bytes(scan)));
    let untitled = document(TEXT, Some("Microsoft Word - a.docx"), Some("th-TH"));
    file_breaks("pdf-without-title", good(), (path, bytes(untitled)));
    let wordless = document(TEXT, Some("Order"), None);
    file_breaks("pdf-without-language", good(), (path, bytes(wordless)));
    let locked = |password: &str| {
        let mut pdf = document(TEXT, Some("Order"), Some("th-TH"));
        let id = Object::string_literal("0123456789abcdef");
        pdf.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V2 {
            document: &pdf,
            owner_password: "owner",
            user_password: password,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).expect("a state");
        pdf.encrypt(&state).expect("encrypted");
        (path, bytes(pdf))
    };
    // One that only keeps readers from changing it opens for everybody.
    file_breaks("encrypted-pdf", locked(""), locked("secret"));
}

#[test]
fn a_pdf_that_can_not_be_read_is_named_and_no_finding() {
    let files = with_file("2568/files/order.pdf", *b"%PDF-1.7\nno more");
    let checked = check(&files);
    assert!(
        checked
            .not_checked
            .iter()
            .any(|n| n.file == "content/2568/files/order.pdf"),
        "{:?}",
        checked.not_checked
    );
    let found: Vec<String> = checked.findings.iter().map(|f| shown(&files, f)).collect();
    assert!(!found.iter().any(|l| l.contains("order.pdf")), "{found:#?}");
}

/// A theme whose pages link only from one to the next of this list.
fn chain(pages: &[&str]) -> MemoryFiles {
    let mut template = String::from("<!doctype html><html lang=\"th\"><body>");
    for pair in pages.windows(2) {
        template.push_str(&format!(
            "{{% if page.canonical is ending_with(pat=\"/web/{}\") %}}<a href=\"/web/{}\">x</a>{{% endif %}}",
            pair[0], pair[1]
        ));
    }
    template.push_str("</body></html>");
    let mut files = base();
    crate::help::swap(
        &mut files,
        "content/site.toml",
        "current_year = 2568",
        "current_year = 2568\ntheme = \"chain\"",
    );
    files.put("themes/chain/templates/page.html", template);
    files
}

#[test]
fn items_are_at_most_three_clicks_from_home() {
    let near = ["", "2568/", "2568/structure/", "2568/no-gift-policy/"];
    let far = [
        "",
        "news/",
        "2568/",
        "2568/structure/",
        "2568/no-gift-policy/",
    ];
    assert_breaks(
        "far-from-home",
        "content/2568/no-gift-policy.md",
        &chain(&near),
        &chain(&far),
    );
}

#[test]
fn an_item_to_which_nothing_leads_is_told() {
    let of = |files: &MemoryFiles| -> Vec<String> {
        let is = |f: &&prongsai::check::Finding| f.diagnostic.code == "unreachable-item";
        let checked = check(files);
        let found = checked.findings.iter().filter(is);
        found.map(|f| shown(files, f)).collect()
    };
    assert!(of(&base()).is_empty());
    let alone = of(&chain(&["", "2568/structure/"]));
    let policy = |l: &String| l.starts_with("unreachable-item content/2568/no-gift-policy.md ");
    assert!(alone.iter().any(policy), "{alone:#?}");
    assert!(!alone.iter().any(|l| l.contains("structure")), "{alone:#?}");
}

#[test]
fn what_is_withdrawn_is_gone_in_each_way_it_can_be_named() {
    let stated = |path: &str| {
        let mut files = base();
        let row = format!(
            "[[withdrawn]]\npath = \"{path}\"\ntitle = \"เดิม\"\nreason = \"ผิด\"\ndate = 2568-02-01\n\n[colours]"
        );
        crate::help::swap(&mut files, "content/site.toml", "[colours]", &row);
        check(&files)
            .findings
            .iter()
            .filter(|f| f.diagnostic.code == "withdrawn-still-there")
            .count()
    };
    for there in [
        "2568/files/no-gift.pdf",
        "/2568/no-gift-policy/",
        "data/2568/budget",
        "data/2568/budget.xlsx",
        "data/2568/procurement.csv",
    ] {
        assert_eq!(stated(there), 1, "{there}");
    }
    for gone in [
        "2567/files/old.pdf",
        "data/2566/budget",
        "data/2568/procurement#00000000000",
        "data/2566/procurement#67100000001",
    ] {
        assert_eq!(stated(gone), 0, "{gone}");
    }
}
