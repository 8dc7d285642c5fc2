//! Attachments: how large, in which form, and under which name.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::finding::{Found, finding};
use crate::check::judged::{is_judged, year_of};
use crate::content::{FOLDER, beside};
use crate::diagnostic::Place;
use crate::files::{self, Entry, Form, SitePath};
use crate::output::Source;
use crate::thai;

use super::links::Link;

const LARGE: u64 = 10_000_000;
const VERY_LARGE: u64 = 50_000_000;

pub fn check(context: &Context<'_>, links: &[Link], found: &mut Found) {
    let linked: BTreeSet<SitePath> = links.iter().filter_map(target).collect();
    let mut other_year = BTreeSet::new();
    for entry in published(context) {
        size(entry, found);
        form(entry, found);
        damage(context, entry, found);
        // The name of a picture that only illustrates a page is not shown.
        if !is_picture(&entry.path) || linked.contains(&entry.path) {
            name(entry, found);
        }
        if let Some(year) = year_of(&entry.path)
            && let Some(named) = other_years(entry.path.stem(), year)
        {
            other_year.insert(entry.path.clone());
            found.push(
                finding(
                    "year-in-file-name",
                    format!("ชื่อไฟล์บอกปี {named} แต่อยู่ในโฟลเดอร์ปี {year}"),
                    format!("the file is named {named} and lies in the folder of {year}"),
                )
                .of_year(year)
                .at(Place::file(entry.path.as_str())),
            );
        }
    }
    for link in links.iter().filter(|l| l.is_attachment) {
        let (Some(path), Some(words)) = (target(link), &link.words) else {
            continue;
        };
        if let Some(year) = year_of(&path)
            && let Some(named) = other_years(&words.text, year)
            && !other_year.contains(&path)
        {
            found.push(
                finding(
                    "year-in-file-name",
                    format!("ชื่อเอกสารบอกปี {named} แต่ไฟล์อยู่ในโฟลเดอร์ปี {year}"),
                    format!(
                        "the document is called {named}; its file lies in the folder of {year}"
                    ),
                )
                .of_year(year)
                .at(words.place.clone()),
            );
        }
    }
}

/// Attachments of the judged years and of the whole site.
pub fn published<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c Entry> {
    context.outputs.values().filter_map(|source| match source {
        Source::Attachment(path) if is_judged(context, path) => {
            context.site.content.listing.get(path)
        }
        _ => None,
    })
}

fn target(link: &Link) -> Option<SitePath> {
    let file = SitePath::new(&link.file).ok()?;
    let bare = link.to.split('#').next()?;
    let decoded = crate::site::refer::percent_decode(bare);
    beside(&file, &decoded).filter(|p| p.starts_with_dir(FOLDER))
}

fn is_picture(path: &SitePath) -> bool {
    matches!(
        path.extension().as_deref(),
        Some("jpg" | "jpeg" | "png" | "gif" | "webp" | "svg" | "avif")
    )
}

fn size(entry: &Entry, found: &mut Found) {
    let code = match entry.size {
        size if size > VERY_LARGE => "very-large-file",
        size if size > LARGE => "large-file",
        _ => return,
    };
    let megabytes = entry.size / 1_000_000;
    found.push(
        finding(
            code,
            format!("ไฟล์ขนาด {megabytes} MB โหลดช้าหรือโหลดไม่ได้ทางโทรศัพท์"),
            format!("a file of {megabytes} MB is slow to load, or never loads on a telephone"),
        )
        .at(Place::file(entry.path.as_str())),
    );
}

/// A file that no program opens as what it says it is.
fn damage(context: &Context<'_>, entry: &Entry, found: &mut Found) {
    let extension = entry.path.extension().unwrap_or_default();
    let (th, en) = match files::form(context.site.files.as_ref(), &entry.path) {
        Ok(Form::Empty) => ("ไฟล์นี้ว่างเปล่า".to_string(), "this file is empty".to_string()),
        Ok(Form::Other) => (
            format!("ไฟล์นี้ชื่อลงท้าย .{extension} แต่ข้างในไม่ใช่ จึงเปิดไม่ได้"),
            format!("this file is named .{extension} and is none, so it does not open"),
        ),
        Ok(Form::AsNamed) | Err(_) => return,
    };
    found.push(finding("damaged-file", th, en).at(Place::file(entry.path.as_str())));
}

fn form(entry: &Entry, found: &mut Found) {
    let extension = entry.path.extension().unwrap_or_default();
    let (new_th, new_en) = match extension.as_str() {
        "doc" => (".pdf หรือ .docx", ".pdf or .docx"),
        "xls" => (".xlsx หรือ .csv", ".xlsx or .csv"),
        "ppt" | "pps" => (".pdf หรือ .pptx", ".pdf or .pptx"),
        "rar" => (".zip หรือไฟล์แยกทีละไฟล์", ".zip, or the files one by one"),
        _ => return,
    };
    found.push(
        finding(
            "old-format",
            format!("ไฟล์ .{extension} เปิดไม่ได้ในโทรศัพท์และโปรแกรมรุ่นใหม่บางตัว"),
            format!("a .{extension} file does not open on telephones and in some newer programs"),
        )
        .hint(format!("บันทึกเป็น {new_th}"), format!("save it as {new_en}"))
        .at(Place::file(entry.path.as_str())),
    );
}

fn name(entry: &Entry, found: &mut Found) {
    let stem = entry.path.stem();
    if is_unclear(stem) {
        found.push(
            finding(
                "unclear-file-name",
                format!("ชื่อไฟล์ “{stem}” ไม่บอกว่าเป็นเอกสารอะไร"),
                format!("the name “{stem}” does not say what the document is"),
            )
            .at(Place::file(entry.path.as_str())),
        );
    }
}

/// Names that machines give, and numbers of items, which change every year.
fn is_unclear(stem: &str) -> bool {
    const MACHINE: &[&str] = &[
        "",
        "scan",
        "scanned",
        "img",
        "image",
        "dsc",
        "dscf",
        "dscn",
        "pic",
        "picture",
        "photo",
        "doc",
        "document",
        "newdocument",
        "file",
        "newfile",
        "untitled",
        "camscanner",
        "adobescan",
        "screenshot",
        "screenshotfrom",
        "messageimage",
        "whatsappimage",
        "untitleddocument",
        "page",
        "pdf",
        "เอกสาร",
        "เอกสารใหม่",
        "ไฟล์",
        "สแกน",
        "รูป",
        "รูปภาพ",
        "ภาพ",
        "ข้อ",
        "รายการที่",
        "o",
        "oit",
        "oito",
        "ita",
        "เอกสารแนบ",
        "ไฟล์แนบ",
    ];
    let lower = thai::normalise(stem).to_lowercase();
    let words: String = lower
        .chars()
        .filter(|c| c.is_alphabetic() || ('\u{0E30}'..='\u{0E4E}').contains(c))
        .collect();
    // A fingerprint of some system: only hexadecimal, long, with digits.
    let bare: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    let fingerprint = bare.len() >= 16
        && bare.len() == lower.chars().filter(|c| c.is_alphanumeric()).count()
        && bare.bytes().all(|b| b.is_ascii_hexdigit())
        && bare.bytes().any(|b| b.is_ascii_digit());
    MACHINE.contains(&words.as_str()) || fingerprint
}

/// The years that a name tells, where none of them is the folder's year or
/// the one before it.
fn other_years(name: &str, year: u16) -> Option<String> {
    // Laws keep the year of their making for ever.
    const LAWS: &[&str] = &[
        "พ.ร.บ",
        "พรบ",
        "พระราช",
        "ระเบียบ",
        "กฎกระทรวง",
        "กฎหมาย",
        "รัฐธรรมนูญ",
        "ข้อบังคับ",
        "มาตรฐาน",
        "ประมวล",
        "หลักเกณฑ์",
        "act",
        "law",
        "regulation",
        "constitution",
        "code",
        "standard",
    ];
    let text = thai::to_arabic(name).to_lowercase();
    if LAWS.iter().any(|law| text.contains(law)) {
        return None;
    }
    let mut years = Vec::new();
    for digits in text.split(|c: char| !c.is_ascii_digit()) {
        let four = match digits.len() {
            4 => digits,
            8 if is_day(digits) => digits.get(..4).unwrap_or_default(),
            _ => continue,
        };
        years.extend(match four.parse::<u16>().ok() {
            Some(be @ 2550..=2599) => Some(be),
            Some(ce @ 2007..=2056) => Some(ce + 543),
            _ => None,
        });
    }
    let (first, last) = (years.iter().min()?, years.iter().max()?);
    // From one year to another includes those between.
    let fits = *first <= year && *last + 1 >= year;
    (!fits).then(|| {
        years.dedup();
        let words: Vec<String> = years.iter().map(u16::to_string).collect();
        words.join("–")
    })
}

/// `20250131`: a camera's or a scanner's day.
fn is_day(digits: &str) -> bool {
    let number =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|d| d.parse::<u8>().ok());
    let month = number(4..6).is_some_and(|m| (1..=12).contains(&m));
    month && number(6..8).is_some_and(|d| (1..=31).contains(&d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_machines_and_numbers_of_items_are_unclear() {
        for name in [
            "Scan2023-01-15",
            "ข้อ 42.2",
            "document1",
            "IMG_20240101_101112",
            "O12",
            "1",
            "สแกน ๑",
            "4f2a9c01b7d8e6f30011",
            "เอกสารแนบ 2",
        ] {
            assert!(is_unclear(name), "{name}");
        }
        for name in [
            "ประกาศ no gift 2568",
            "o12-procurement",
            "แผน",
            "budget-2568",
            "cafe",
        ] {
            assert!(!is_unclear(name), "{name}");
        }
    }

    #[test]
    fn a_year_in_a_name_is_that_of_the_folder_or_the_one_before() {
        for name in [
            "แผน 2568",
            "ผล 2567",
            "plan-2024",
            "แผนพัฒนา 2566-2570",
            "no-gift",
            "ว 1234",
            "พ.ร.บ. 2560",
            "ผลปี ๒๕๖๗",
            "รายงาน 2566 และ 2568",
        ] {
            assert_eq!(other_years(name, 2568), None, "{name}");
        }
        assert_eq!(other_years("แผน 2566", 2568).as_deref(), Some("2566"));
        assert_eq!(other_years("plan2022", 2568).as_deref(), Some("2565"));
        assert_eq!(other_years("20221231", 2568).as_deref(), Some("2565"));
        assert_eq!(other_years("แผน ๒๕๖๙", 2568).as_deref(), Some("2569"));
    }
}
