//! Files as they come out of Notepad, Excel and old machines.

use encoding_rs::WINDOWS_874;
use prongsai::files::{Files, MemoryFiles, SitePath};

use crate::help::{Built, OnDisk, TODAY, base, built, main_of, text};

const PAGE: &str = "content/pages/history.md";
const TABLE: &str = "content/2568/procurement.csv";
const RECORD: &str = "content/2568/year.toml";

fn utf16(text: &str, big: bool) -> Vec<u8> {
    std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

/// The base site with three files saved by another program.
fn saved(how: impl Fn(&str) -> Vec<u8>) -> Built {
    let mut files: MemoryFiles = base();
    for path in [PAGE, TABLE, RECORD] {
        let bytes = files
            .read(&SitePath::new(path).expect("a path"))
            .expect("there");
        let text = String::from_utf8(bytes).expect("UTF-8");
        files.put(path, how(&text));
    }
    built(files)
}

fn words(built: &Built) -> Vec<(String, String)> {
    built
        .all_pages()
        .map(|(path, html)| (path.to_string(), text(main_of(html))))
        .collect()
}

/// The same words on every page; `told` files were converted with a warning.
#[track_caller]
fn reads_the_same(how: impl Fn(&str) -> Vec<u8>, told: bool) {
    let right = built(base());
    right.expect_no_messages();
    assert!(
        right
            .text("history/index.html")
            .contains("อยู่ริมถนนสายตัวอย่าง")
    );
    assert!(
        right
            .text("2568/procurement/2568-03/index.html")
            .contains("ห้างหุ้นส่วนจำกัด ถนนทดสอบ")
    );
    let now = saved(how);
    for (a, b) in words(&right).iter().zip(&words(&now)) {
        assert_eq!(a, b);
    }
    assert_eq!(right.pages, now.pages);
    let mut warned: Vec<&str> = now
        .diagnostics
        .iter()
        .map(|d| {
            assert_eq!(d.code, "file-encoding-converted", "{d}");
            &*d.place.as_ref().expect("a place").file
        })
        .collect();
    warned.sort_unstable();
    let all = [TABLE, RECORD, PAGE];
    assert_eq!(warned, if told { all.to_vec() } else { Vec::new() });
}

#[test]
fn a_byte_order_mark_makes_no_difference() {
    reads_the_same(|text| format!("\u{feff}{text}").into_bytes(), false);
}

#[test]
fn line_ends_of_windows_make_no_difference() {
    reads_the_same(|text| text.replace('\n', "\r\n").into_bytes(), false);
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_together_make_no_difference() {
    reads_the_same(
        |text| format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes(),
        false,
    );
}

#[test]
fn utf_16_with_the_small_end_first_is_converted_and_told() {
    reads_the_same(|text| utf16(text, false), true);
}

#[test]
fn utf_16_with_the_big_end_first_is_converted_and_told() {
    reads_the_same(|text| utf16(text, true), true);
}

#[test]
fn windows_874_is_converted_and_told() {
    reads_the_same(
        |text| {
            let (bytes, _, lost) = WINDOWS_874.encode(text);
            assert!(!lost, "the base site's letters are all in Windows-874");
            bytes.into_owned()
        },
        true,
    );
}

#[test]
fn a_semicolon_or_a_tab_between_the_cells_of_a_table_makes_no_difference() {
    let right = built(base());
    for separator in [";", "\t"] {
        let mut files = base();
        let text =
            "เดือน,ประเภท,รับ,ยุติ,อยู่ระหว่างดำเนินการ\nพ.ย. 2566,ทุจริต,3,2,1\nก.พ. 2567,ทั่วไป,41,41,0\n";
        files.put("content/2567/complaints.csv", text.replace(',', separator));
        let now = built(files);
        now.expect_no_messages();
        assert_eq!(words(&right), words(&now));
    }
}

/// A message points at the right letters however the file was saved.
#[test]
fn a_place_in_a_converted_file_is_the_place_that_the_webmaster_sees() {
    let text = std::fs::read_to_string(OnDisk::base().path(RECORD)).expect("there");
    let wrong = text.replace("31 ม.ค. 2568", "30 ก.พ. 2568");
    let marked = format!("\u{feff}{}", wrong.replace('\n', "\r\n"));
    for bytes in [
        marked.into_bytes(),
        utf16(&wrong, false),
        WINDOWS_874.encode(&wrong).0.into_owned(),
    ] {
        let disk = OnDisk::base();
        disk.write(RECORD, bytes);
        let json = disk
            .run(&["build", "--format", "json", "--today", TODAY])
            .json();
        let all = json["diagnostics"].as_array().expect("a list");
        let found = all.iter().find(|d| d["code"] == "bad-date").expect("told");
        assert_eq!(
            (&found["place"]["line"], &found["place"]["column"]),
            (&24.into(), &8.into())
        );
    }
}
