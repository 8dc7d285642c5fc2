//! Documents that real programs made, and the child processes that open them.

use super::{check, shown};
use crate::help::{OnDisk, base, xlsx_of};

fn document(name: &str) -> Vec<u8> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("tests/it/documents").join(name);
    std::fs::read(path).expect("a document")
}

/// The personal findings of a document, and whether it was read.
fn checked(name: &str) -> (String, bool) {
    let mut files = base();
    let path = format!("content/files/{name}");
    files.put(&path, document(name));
    let checked = check(&files);
    let of_file = |f: &&prongsai::check::Finding| {
        let place = f.diagnostic.place.as_ref();
        place.is_some_and(|p| *p.file == path)
            && f.rule.is_some_and(|r| r.family.id() == "personal")
    };
    let lines: Vec<String> = checked
        .findings
        .iter()
        .filter(of_file)
        .map(|f| shown(&files, f))
        .collect();
    let is_read = !checked.not_checked.iter().any(|n| n.file == path);
    (lines.join("\n"), is_read)
}

#[test]
fn the_number_of_a_person_is_found_in_documents_of_real_programs() {
    for (name, place) in [
        ("word.docx", "in the text"),
        ("hidden.xlsx", "hidden.xlsx:[ซ่อน] B2"),
        ("comment.xlsx", "in a comment or text box"),
        ("name.xlsx", "in a defined name"),
        ("footer.xlsx", "in the header or footer of a sheet"),
        ("slide.pptx", "on a slide"),
        ("notes.pptx", "in the notes of a slide"),
        ("reportlab.pdf", "page 1"),
        ("chromium.pdf", "page 1"),
        ("libreoffice.pdf", "page 1"),
        ("libreoffice.odt", "in a header or footer"),
        ("libreoffice.ods", "libreoffice.ods:[ซ่อน] B2"),
        ("libreoffice.odp", "in the text"),
    ] {
        let (lines, is_read) = checked(name);
        assert!(
            lines
                .lines()
                .any(|l| l.starts_with("citizen-number ") && l.contains(place)),
            "{name}: {lines}"
        );
        assert!(!lines.contains("00000-01-7"), "{lines}");
        assert!(is_read, "{name}");
    }
}

#[test]
fn a_picture_tells_its_place_where_a_build_cannot_take_it_out() {
    let (lines, is_read) = checked("place.heic");
    assert!(lines.contains("photo-location ") && is_read, "{lines}");
    for name in [
        "place.jpg",
        "place.png",
        "place.webp",
        "no-place.png",
        "no-place.webp",
        "no-place.heic",
    ] {
        let (lines, is_read) = checked(name);
        assert!(lines.is_empty() && is_read, "{name}: {lines}");
    }
}

#[test]
fn what_cannot_be_read_is_never_clean() {
    let (lines, is_read) = checked("scan.pdf");
    assert!(lines.is_empty() && !is_read, "{lines}");
    // Each file cut in the middle.
    for name in [
        "word.docx",
        "hidden.xlsx",
        "notes.pptx",
        "libreoffice.odt",
        "place.heic",
    ] {
        let bytes = document(name);
        let mut files = base();
        let path = format!("content/files/{name}");
        files.put(&path, bytes[..bytes.len() / 2].to_vec());
        let found = check(&files);
        assert!(found.not_checked.iter().any(|n| n.file == path), "{name}");
    }
}

/// 150 megabytes of one letter, in a few kilobytes.
fn bomb() -> Vec<u8> {
    let cell = format!(
        "<c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c>",
        "ก".repeat(50_000_000)
    );
    xlsx_of(
        "s",
        &format!("<sheetData><row r=\"1\">{cell}</row></sheetData>"),
    )
}

#[cfg(unix)]
#[test]
fn a_file_that_asks_for_too_much_costs_itself_and_the_next_is_read() {
    let disk = OnDisk::base();
    disk.write("content/files/a-bomb.xlsx", bomb());
    disk.write("content/files/b.docx", document("word.docx"));
    disk.write("content/files/c.pdf", document("chromium.pdf"));
    let mut command = disk.command(["check", "--format", "json"]);
    let output = command
        .env("PRONGSAI_READER_MEMORY", "200")
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("run");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let not_checked = report["not_checked"].to_string();
    assert!(
        not_checked.contains("a-bomb.xlsx") && not_checked.contains("memory"),
        "{not_checked}"
    );
    assert!(
        !not_checked.contains("b.docx") && !not_checked.contains("c.pdf"),
        "{not_checked}"
    );
    let findings = report["findings"].as_array().expect("a list");
    let stops = |file: &str| {
        findings
            .iter()
            .any(|f| f["code"] == "citizen-number" && f.to_string().contains(file))
    };
    assert!(stops("b.docx") && stops("c.pdf"));
}

#[test]
fn the_program_finds_in_a_child_what_the_library_finds_in_place() {
    let names = [
        "word.docx",
        "hidden.xlsx",
        "libreoffice.ods",
        "chromium.pdf",
        "place.heic",
    ];
    let disk = OnDisk::base();
    let mut files = base();
    for name in names {
        disk.write(&format!("content/files/{name}"), document(name));
        files.put(format!("content/files/{name}"), document(name));
    }
    let report = disk
        .run(&["check", "--only", "personal", "--format", "json"])
        .json();
    let apart: Vec<String> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|f| f["message"]["en"].as_str().expect("words").to_string())
        .collect();
    let here: Vec<String> = check(&files)
        .findings
        .iter()
        .filter(|f| f.rule.is_some_and(|r| r.family.id() == "personal"))
        .map(|f| f.diagnostic.message.en.clone())
        .collect();
    assert!(here.len() >= names.len());
    assert_eq!(apart, here);
}
