//! What content alone decides for readers who hear a page or see it badly.

use prongsai::files::MemoryFiles;

use super::assert_breaks;
use crate::help::{base, swap};

const HISTORY: &str = "content/pages/history.md";

/// The small site with another text of its free page; line 7 is the first
/// after its heading.
fn with_text(markdown: &str) -> MemoryFiles {
    let mut files = base();
    let head = "+++\ntitle = \"ประวัติ\"\naliases = [\"/history.html\"]\n+++\n\n";
    files.put(HISTORY, format!("{head}## เส้นทาง {{#road}}\n{markdown}\n"));
    files
}

#[track_caller]
fn breaks(code: &str, line: u32, good: &str, bad: &str) {
    let at = format!("{HISTORY}:{line}");
    assert_breaks(code, &at, &with_text(good), &with_text(bad));
}

#[test]
fn words_for_pictures_say_what_they_show() {
    let picture = |alt: &str| format!("ก่อน\n\n![{alt}](../2568/files/activity.svg)\n\nหลัง");
    let good = picture("พนักงานถือป้ายงดรับของขวัญ");
    for alt in ["รูปภาพ", "image 1", "activity.svg", "activity"] {
        breaks("poor-alt", 9, &good, &picture(alt));
    }
    // The words before or after it.
    for alt in ["ก่อน", "หลัง"] {
        breaks("poor-alt", 9, &good, &picture(alt));
    }
    let news = |alt: &str| {
        let mut files = base();
        let file = "content/news/2568-01-20-no-gift-day.md";
        swap(&mut files, file, "พนักงานถือป้ายงดรับของขวัญ", alt);
        files
    };
    assert_breaks(
        "poor-alt",
        "content/news/2568-01-20-no-gift-day.md:5",
        &news("พนักงานถือป้าย"),
        &news("ภาพกิจกรรม"),
    );
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    breaks("heading-order", 7, "### แผน\n\nก", "#### แผน\n\nก");
    breaks("heading-order", 7, "## แผน\n\nก", "# แผน\n\nก");
    breaks(
        "heading-order",
        12,
        "ก\n### ก\n\nข\n\n#### ค\n\nง",
        "ก\n## ก\n\nข\n\n#### ค\n\nง",
    );
    breaks("empty-heading", 9, "ก\n\n## ข\n\nค", "ก\n\n##\n\nค");
}

#[test]
fn below_a_heading_stands_something() {
    let picture = "![พนักงานถือป้ายงดรับของขวัญ](../2568/files/activity.svg)";
    let good = format!("ก\n\n## ภาพ\n\n{picture}\n\n## แผน\n\nข");
    breaks("empty-section", 9, &good, "ก\n\n## ภาพ\n\n## แผน\n\nข");
    // Of a heading over headings, those are judged; the last is one too.
    breaks(
        "empty-section",
        11,
        "ก\n\n## ภาพ\n\n### ค\n\nง",
        "ก\n\n## ภาพ\n\n### ค\n\n<!-- ง -->",
    );
}

#[test]
fn the_text_of_a_note_may_begin_at_any_level() {
    let mut files = base();
    files.put("content/2568/notes/a.md", "#### ก\n\nข\n");
    let checked = super::check(&files);
    assert!(
        !checked
            .findings
            .iter()
            .any(|f| f.diagnostic.code == "heading-order"),
        "{:?}",
        checked.findings
    );
}

#[test]
fn a_bold_paragraph_is_no_heading() {
    breaks("bold-as-heading", 9, "ก\n\n### ข\n\nค", "ก\n\n**ข**\n\nค");
    for fine in [
        "**หมายเหตุ:**\n\nค",
        "**ข** ค\n\nง",
        "**ก**\n\n**ข**",
        "- **ก**\n\n  ข",
        "**ข**",
    ] {
        let checked = super::check(&with_text(fine));
        assert!(
            !checked
                .findings
                .iter()
                .any(|f| f.diagnostic.code == "bold-as-heading"),
            "{fine}"
        );
    }
}

#[test]
fn tables_have_headings() {
    let good = "\n| ก | ข |\n|---|---|\n| 1 | 2 |\n";
    breaks(
        "table-without-header",
        8,
        good,
        "\n|  |  |\n|---|---|\n| 1 | 2 |\n",
    );
    breaks(
        "empty-header-cell",
        8,
        good,
        "\n| ก |  |\n|---|---|\n| 1 | 2 |\n",
    );
    breaks("single-column-table", 8, good, "\n| ก |\n|---|\n| 1 |\n");
    let two = |between: &str| format!("{good}\n{between}\n| ค | ง |\n|---|---|\n| 3 | 4 |\n");
    breaks("table-without-title", 13, &two("ผล\n"), &two(""));
    // The corner above names of rows may be empty.
    let corner = with_text("\n|  | 2567 |\n|---|---|\n| ก | 2 |\n");
    let codes: Vec<_> = super::check(&corner)
        .findings
        .iter()
        .map(|f| f.diagnostic.code)
        .collect();
    assert!(!codes.contains(&"empty-header-cell"), "{codes:?}");
}

#[test]
fn a_total_that_an_author_wrote_is_what_the_rows_make() {
    let of = |total: &str| {
        format!(
            "\n| รายการ | ร้อยละ | จำนวน |\n|---|---|---|\n| บ้าน | 40 | 1,200 |\n| ร้าน | 60 | ๓๐๐ |\n{total}"
        )
    };
    breaks(
        "total-differs",
        12,
        &of("| รวม | 50 | 1,500 |\n"),
        &of("| รวม | 50 | 1,600 |\n"),
    );
    let silent = |text: String| {
        let all = super::check(&with_text(&text)).findings;
        assert!(all.iter().all(|f| f.diagnostic.code != "total-differs"));
    };
    // Sums of parts, and words, are left to readers.
    silent(of("| รวมหมวด | | 1,500 |\n| รวม | | 3,000 |\n"));
    silent(of("| รวม | | หนึ่งพันห้าร้อย |\n"));
    let sheet = |total: &str| {
        let mut files = base();
        files.put(
            "content/files/t.csv",
            format!("โครงการ,งบ\nถนน,9.50\nท่อ,1\nรวมทั้งสิ้น,{total}\n"),
        );
        files.put(
            "content/pages/t.md",
            "+++\ntitle = \"ตาราง\"\n\n[[table]]\nid = \"t\"\ntitle = \"ผล\"\npath = \"/files/t.csv\"\n+++\n",
        );
        files
    };
    assert_breaks(
        "total-differs",
        "content/files/t.csv:B4",
        &sheet("10.50"),
        &sheet("10"),
    );
}

#[test]
fn spreadsheets_have_headings_too() {
    let sheet = |csv: &str| {
        let mut files = base();
        files.put("content/files/t.csv", csv);
        files.put(
            "content/pages/t.md",
            "+++\ntitle = \"ตาราง\"\n\n[[table]]\nid = \"t\"\ntitle = \"ผล\"\npath = \"/files/t.csv\"\n+++\n",
        );
        files
    };
    let good = sheet("โครงการ,หน่วย,งบ\nถนน,กองช่าง,9\n");
    let file = "content/files/t.csv";
    let broken = sheet("ผลปี 2567,,\nโครงการ,,งบ\nถนน,กองช่าง,9\n");
    assert_breaks("empty-header-cell", &format!("{file}:B2"), &good, &broken);
    let broken = sheet("1,2\n3,4\n");
    assert_breaks(
        "table-without-header",
        &format!("{file}:A1"),
        &good,
        &broken,
    );
    let broken = sheet("โครงการ\nถนน\n");
    assert_breaks("single-column-table", &format!("{file}:A1"), &good, &broken);
}

#[test]
fn a_page_is_in_the_language_that_it_says() {
    let thai = "เทศบาลจัดตั้งขึ้นเพื่อดูแลถนน ไฟฟ้า น้ำประปา และความสะอาดของทั้งตำบล ".repeat(3);
    let english = "The municipality looks after roads, lights, water and waste. ".repeat(4);
    let page = |text: &str| {
        let mut files = base();
        let head = "+++\ntitle = \"Our history\"\n+++\n";
        files.put("content/en/pages/history.md", format!("{head}{text}\n"));
        files
    };
    assert_breaks(
        "language-of-english-page",
        "content/en/pages/history.md:4",
        &page(&english),
        &page(&thai),
    );
    breaks("language-of-thai-page", 6, &thai, &english.repeat(2));
}

#[test]
fn colours_can_be_read() {
    let brand = |colour: &str| {
        let mut files = base();
        swap(
            &mut files,
            "content/site.toml",
            "brand = \"#17498a\"",
            colour,
        );
        files
    };
    let good = brand("brand = \"#17498a\"");
    assert_breaks(
        "poor-contrast",
        "content/site.toml:23",
        &good,
        &brand("brand = \"#4a90d9\""),
    );
    assert_breaks(
        "poor-contrast",
        "content/site.toml:23",
        &good,
        &brand("accent = \"#ffcc00\""),
    );
    // Enough on white, not on the grey of the footer.
    assert_breaks(
        "poor-contrast",
        "content/site.toml:23",
        &good,
        &brand("brand = \"#767676\""),
    );
    let checked = super::check(&brand("brand = \"#4a90d9\""));
    let hint = checked
        .findings
        .iter()
        .find(|f| f.diagnostic.code == "poor-contrast")
        .map(|f| f.diagnostic.hints[0].en.clone())
        .expect("a hint");
    let near = hint.split('"').nth(1).expect("a colour");
    let checked = super::check(&brand(&format!("brand = \"{near}\"")));
    assert!(
        !checked
            .findings
            .iter()
            .any(|f| f.diagnostic.code == "poor-contrast"),
        "{near}"
    );
}
