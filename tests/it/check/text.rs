//! The quality of pasted texts.

use prongsai::files::MemoryFiles;

use super::{assert_breaks, check_years, shown};
use crate::help::{base, folder};

fn page(text: &str) -> MemoryFiles {
    let mut files = base();
    files.put(
        "content/pages/a.md",
        format!("+++\ntitle = \"ก\"\n+++\n{text}\n"),
    );
    files
}

#[test]
fn each_rule_tells_its_line_and_is_silent_about_the_mended_text() {
    for (code, bad, good) in [
        ("private-use-glyph", "ท\u{f70a}า", "ท่า"),
        (
            "look-alike-letter",
            "จัดป\u{ea3}ะชุม",
            "จัดประชุม ภาษาลาว \u{ea5}\u{eb2}\u{ea7}",
        ),
        ("split-sara-am", "ท\u{e4d}\u{e32}", "ทำ"),
        ("zero-width", "เทศ\u{200b}บาล", "เทศบาล"),
        ("swapped-marks", "ท\u{e48}\u{e35}", "ที่"),
        (
            "doubled-word",
            "มีหลายทาง เช่น เช่น เว็บไซต์",
            "มีหลายทาง เช่น เว็บไซต์ ต่าง ๆ",
        ),
        (
            "numbering-repeats",
            "๑. ก\n\n๒. ข\n\n๒. ค",
            "๑. ก\n\n๒. ข\n\n๓. ค",
        ),
        (
            "doubled-word",
            "เรื่องการใช้ใช้เงิน",
            "เรื่องการใช้เงิน เส้นทางทางหลวง",
        ),
        (
            "numbering-jumps",
            "๑. ก\n\n๒. ข\n\n๔. ค",
            "1. ก\n1. ข\n1. ค",
        ),
        (
            "mixed-digits",
            "1) ก\n\n2) ข\n\n๓) ค",
            "๑) ก\n\n๒) ข\n\n๓) ค",
        ),
        (
            "run-in-list",
            "๑. เปิดแผน ๒. รายงานผล",
            "๑. เปิดแผนตามข้อ ๒.๑ และ ๒๕๖๘",
        ),
        (
            "print-leftover",
            "เรื่องที่ทำในปีนี้^๑ มีสามเรื่อง",
            "เรื่องที่ทำในปีนี้ มี 10^3 บาท",
        ),
        ("print-leftover", "ตารางเรื่องที่ทำ (ต่อ)", "ทำต่อ (ปีหน้า)"),
        (
            "broken-word",
            "ลดขั้นตอนในการ ปฏิบัติงาน",
            "ลดขั้นตอนในโครงการ ปฏิบัติงานได้เร็วขึ้น",
        ),
        (
            "cut-off-text",
            "เทศบาลทำโปสเตอร์หนึ่งแผ่น แล้วนำไปติดในจุดที่",
            "เทศบาลทำโปสเตอร์หนึ่งแผ่น แล้วนำไปติดทั่วพื้นที่",
        ),
        (
            "law-of-other-year",
            "ตามพระราชบัญญัติวินัยการเงินการคลังของรัฐ พ.ศ. ๒๕๖๒",
            "ตามพระราชบัญญัติเทศบาล พ.ศ. 2496 แก้ไขเพิ่มเติม (ฉบับที่ 14) พ.ศ. 2562",
        ),
        (
            "misspelt-name",
            "องค์การบริหารส่วนตำบลหนองนาตัวอยาง",
            "องค์การบริหารส่วนตำบลหนองนาตัวอย่าง",
        ),
        ("misspelt-term", "ลงไว้ที่เวปไซต์ของเรา", "ลงไว้ที่เว็บไซต์ของเรา"),
        (
            "misspelt-term",
            "ทำกาสมีส่วนร่วมให้มากขึ้น",
            "ทำการมีส่วนร่วมให้มากขึ้น ผู้ใช้บริการและผู้ให้บริการ สรุปงบประมาณ",
        ),
        (
            "repeated-entry",
            "- ลงแผนการใช้เงินที่กลุ่มไลน์\n- ลงแผนการใช้เงินที่ กลุ่มไลน์",
            "- ลงแผนการใช้เงินรอบ 3 เดือน\n- ลงแผนการใช้เงินรอบ 6 เดือน",
        ),
    ] {
        // What is wrong stands in the last line, of a paragraph in its first.
        let line = 4 + bad.matches('\n').count();
        let place = format!("content/pages/a.md:{line}");
        assert_breaks(code, &place, &page(good), &page(bad));
    }
}

#[test]
fn fields_and_cells_are_read_as_texts_are() {
    let mut broken = base();
    let toml = "[[unit]]\nid = \"x\"\nname = \"กอง\u{200b}คลัง\"\n";
    broken.put("content/2568/files/a.csv", "หัวข้อ,ผล\nก,เช่น เช่น ข\n");
    let mut good = base();
    good.put("content/2568/files/a.csv", "หัวข้อ,ผล\nก,เช่น ข\n");
    assert_breaks(
        "doubled-word",
        "content/2568/files/a.csv:B2",
        &good,
        &broken,
    );
    let mut broken = base();
    broken.put("content/units.toml", toml);
    let mut good = base();
    good.put("content/units.toml", toml.replace('\u{200b}', ""));
    assert_breaks("zero-width", "content/units.toml:3", &good, &broken);
}

/// A word that the webmaster lists is right, wherever it stands.
#[test]
fn what_the_glossary_holds_is_no_slip() {
    let text = "ร้านเวปไซต์ไทย กับ กาสมีส่วนร่วมฯ";
    let broken = page(text);
    let mut good = broken.clone();
    let site = crate::help::read(&good, "content/site.toml");
    let listed = site.replace(
        "[site]\n",
        "[site]\nglossary = [\"เวปไซต์\", \"กาสมีส่วนร่วม\"]\n",
    );
    assert_ne!(site, listed);
    good.put("content/site.toml", listed);
    assert_breaks("misspelt-term", "content/pages/a.md:4", &good, &broken);
}

/// What is odd in the real reports is found, and nothing else.
#[test]
fn the_slips_of_the_reports_are_found_and_nothing_else() {
    let mut found = Vec::new();
    for (report, year) in [
        ("city-measures", 2565),
        ("evidence-district", 2566),
        ("memo-district", 2567),
        ("pier-town", 2566),
        ("tick-town", 2566),
    ] {
        let files = folder(&format!("reports/{report}"));
        let checked = check_years(&files, &[year]);
        for finding in &checked.findings {
            let family = finding.rule.map(|r| r.family.id());
            if matches!(family, Some("text" | "personal")) {
                let line = shown(&files, finding);
                let mut words = line.split(' ');
                let code = words.next().unwrap_or_default().to_string();
                let place = words.next().unwrap_or_default();
                found.push(format!(
                    "{report} {code} {}",
                    place.rsplit(':').next().unwrap_or_default()
                ));
            }
        }
    }
    assert_eq!(
        found,
        [
            "city-measures law-of-other-year 181",
            "city-measures misspelt-term 14",
            "city-measures broken-word 182",
            "evidence-district cut-off-text 5",
            "evidence-district doubled-word 16",
            "evidence-district run-in-list 5",
            "evidence-district broken-word 9",
            "evidence-district repeated-entry 13",
            "evidence-district mixed-digits 33",
            "memo-district look-alike-letter 44",
            "memo-district doubled-word 95",
            "memo-district doubled-word 164",
            "memo-district doubled-word 168",
            "memo-district masked-citizen-number 27",
            "memo-district print-leftover 2",
            "memo-district misspelt-name 7",
            "memo-district misspelt-term 11",
            "memo-district misspelt-term 69",
            "pier-town numbering-repeats 30",
            "pier-town cut-off-text 213",
            "pier-town misspelt-term 74",
            "pier-town misspelt-term 95",
            "pier-town misspelt-term 170",
            "tick-town broken-word 20",
            "tick-town misspelt-term 139",
            "tick-town misspelt-term 167",
            "tick-town misspelt-term 207",
        ]
    );
}
