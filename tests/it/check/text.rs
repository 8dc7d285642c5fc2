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
            "numbering-jumps",
            "๑. ก\n\n๒. ข\n\n๔. ค",
            "1. ก\n1. ข\n1. ค",
        ),
    ] {
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
            "memo-district look-alike-letter 44",
            "memo-district doubled-word 164",
            "memo-district doubled-word 168",
            "memo-district masked-citizen-number 27",
            "pier-town numbering-repeats 30",
        ]
    );
}
