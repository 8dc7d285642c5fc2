//! Personal data before it is published. The one number of a person here is
//! of nobody: all zeros but for its ends.

use std::io::Write;
use std::sync::Arc;

use prongsai::check::Checked;
use prongsai::diagnostic::Severity;
use prongsai::files::{DiskFiles, MemoryFiles, Sources};
use prongsai::serve::{Preview, Settings};
use zip::write::SimpleFileOptions;

use super::{assert_breaks, check, shown};
use crate::help::{OnDisk, base, options, swap, xlsx};

const PERSON: &str = "1-0000-00000-01-7";

fn with(path: &str, bytes: impl AsRef<[u8]>) -> MemoryFiles {
    let mut files = base();
    files.put(path, bytes.as_ref().to_vec());
    files
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("whole").into_inner()
}

fn docx(text: &str, author: &str) -> Vec<u8> {
    archive(&[
        (
            "word/document.xml",
            &format!(
                "<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
            ),
        ),
        (
            "docProps/core.xml",
            &format!("<cp:coreProperties><dc:creator>{author}</dc:creator></cp:coreProperties>"),
        ),
    ])
}

/// A PDF of one page with these words, in Latin letters.
fn pdf(text: &str, author: &str) -> Vec<u8> {
    pdf_linking(text, author, "https://www.example.go.th/")
}

/// The same with a link to an address.
fn pdf_linking(text: &str, author: &str, address: &str) -> Vec<u8> {
    let words = format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [7 0 R] /Resources << /Font << /F1 5 0 R >> >> >>".to_string(),
        format!("<< /Length {} >>\nstream\n{words}\nendstream", words.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_string(),
        format!("<< /Author ({author}) >>"),
        format!("<< /Type /Annot /Subtype /Link /Rect [72 700 200 730] /A << /S /URI /URI ({address}) >> >>"),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let start = out.len();
    out.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    out.into_bytes()
}

/// A JPEG that is nothing but what a phone writes into one: a latitude.
fn photo(degrees: u32) -> Vec<u8> {
    let tiff = scan(degrees);
    let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xE1];
    jpeg.extend_from_slice(&(tiff.len() as u16 + 8).to_be_bytes());
    jpeg.extend_from_slice(b"Exif\0\0");
    jpeg.extend_from_slice(&tiff);
    jpeg.extend_from_slice(&[0xFF, 0xD9]);
    jpeg
}

/// A TIFF that is nothing but a latitude: a build can't take it out.
fn scan(degrees: u32) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let mut put = |bytes: &[u8]| tiff.extend_from_slice(bytes);
    // The first directory points to that of positions, at byte 26.
    put(&[0, 1]);
    put(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26]);
    put(&[0, 0, 0, 0]);
    // The latitude: three fractions at byte 44.
    put(&[0, 1]);
    put(&[0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 44]);
    put(&[0, 0, 0, 0]);
    for part in [degrees, 0, 0] {
        put(&part.to_be_bytes());
        put(&1u32.to_be_bytes());
    }
    tiff
}

#[test]
fn the_number_of_a_person_is_found_in_the_address_of_a_link_of_a_pdf() {
    let with = |address: &str| {
        let mut files = base();
        files.put("content/files/a.pdf", pdf_linking("Form", "", address));
        files
    };
    assert_breaks(
        "citizen-number",
        "content/files/a.pdf",
        &with("https://www.example.go.th/form?cid=67109000001"),
        &with(&format!("https://www.example.go.th/form?cid={PERSON}")),
    );
}

#[test]
fn the_number_of_a_person_is_found_in_every_kind_of_attachment() {
    let cases: [(&str, Vec<u8>, Vec<u8>, &str); 5] = [
        (
            "content/files/a.xlsx",
            xlsx("s", &[&["ชื่อ", "เลขบัตรประชาชน"], &["ก", PERSON]]),
            xlsx(
                "s",
                &[&["ชื่อ", "เลขบัตรประชาชน"], &["ก", "1-0000-xxxxx-xx-x"]],
            ),
            "content/files/a.xlsx:[s]",
        ),
        (
            "content/files/a.docx",
            docx(&format!("เลขประจำตัวประชาชน {PERSON}"), ""),
            docx("เลขประจำตัวประชาชน", ""),
            "content/files/a.docx",
        ),
        (
            "content/files/a.pdf",
            pdf(&format!("ID card no. {PERSON}"), ""),
            pdf("ID card no.", ""),
            "content/files/a.pdf",
        ),
        (
            "content/files/a.txt",
            format!("\nปชช. {PERSON}").into_bytes(),
            b"\n0105536000315".to_vec(),
            "content/files/a.txt:2",
        ),
        (
            // Wherever no mask reaches: broken over two lines.
            "content/pages/a.md",
            "+++\ntitle = \"ก\"\n+++\nบัตรประชาชน 1-0000-\n00000-01-7\n".into(),
            "+++\ntitle = \"ก\"\n+++\nบัตรประชาชน\n".into(),
            "content/pages/a.md:4",
        ),
    ];
    for (path, bad, good, place) in cases {
        assert_breaks("citizen-number", place, &with(path, good), &with(path, bad));
    }
}

#[test]
fn a_lone_number_may_be_one_and_three_are_a_list() {
    let good = with("content/files/a.docx", docx("เลขที่", ""));
    let lone = with("content/files/a.docx", docx(&format!("เลขที่ {PERSON}"), ""));
    assert_breaks(
        "possible-citizen-number",
        "content/files/a.docx",
        &good,
        &lone,
    );
    let three = "1-0000-00000-01-7 และ 1-0000-00000-02-5 และ 1-0000-00000-03-3";
    let list = with("content/files/a.docx", docx(three, ""));
    assert_breaks("citizen-number", "content/files/a.docx", &good, &list);
}

#[test]
fn hidden_words_of_attachments_are_read_too() {
    let comment = archive(&[(
        "word/comments.xml",
        &format!(
            "<w:comments><w:comment><w:p><w:r><w:t>บัตรประชาชน {PERSON}</w:t></w:r></w:p></w:comment></w:comments>"
        ),
    )]);
    let good = base();
    let broken = with("content/files/a.docx", comment);
    assert_breaks("citizen-number", "content/files/a.docx", &good, &broken);
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M1 0000 00000 01 7\"/><text>ปชช. {PERSON}</text></svg>"
    );
    let broken = with("content/files/a.svg", drawing);
    assert_breaks("citizen-number", "content/files/a.svg", &good, &broken);
    let name = "content/files/idcard-1000000000017.txt";
    let broken = with(name, "ก");
    assert_breaks(
        "citizen-number",
        "content/files/idcard-10000xxxxxxxx.txt",
        &good,
        &broken,
    );
}

#[test]
fn what_pages_mask_is_told_in_the_source() {
    let path = "content/pages/history.md";
    let mut broken = base();
    let text = |files: &MemoryFiles| {
        use prongsai::files::{Files, SitePath};
        String::from_utf8(
            files
                .read(&SitePath::new(path).expect("a path"))
                .expect("there"),
        )
        .expect("UTF-8")
    };
    let longer = text(&broken) + "\nบัตรประชาชน ๑-๐๐๐๐-๐๐๐๐๐-๐๑-๗\n";
    let line = longer.lines().count();
    broken.put(path, longer);
    assert_breaks(
        "masked-citizen-number",
        &format!("{path}:{line}"),
        &base(),
        &broken,
    );
    let cells = "ลำดับ,เลขบัตรประชาชน\n1,1000000000017\n";
    let broken = with("content/2568/files/list.csv", cells);
    let good = with("content/2568/files/list.csv", "ลำดับ,เลข\n1,\n");
    assert_breaks(
        "masked-citizen-number",
        "content/2568/files/list.csv:B2",
        &good,
        &broken,
    );
}

#[test]
fn ways_to_reach_or_pay_a_person_are_told() {
    let page = |text: &str| {
        with(
            "content/pages/a.md",
            format!("+++\ntitle = \"ก\"\n+++\n{text}\n"),
        )
    };
    let place = "content/pages/a.md:4";
    let agency = "เลขที่บัญชี 123-4-56789-0 ชื่อบัญชี เทศบาลตำบลตัวอย่าง";
    let good = page("ก");
    for (code, bad) in [
        ("mobile-number", "ติดต่อผู้ร้อง โทร. 081-000-0123"),
        ("bank-account", "โอนเข้าธนาคาร เลขที่บัญชี 123-4-56789-0"),
        ("private-email", "ส่งมาที่ somebody@gmail.com"),
    ] {
        assert_breaks(code, place, &good, &page(bad));
    }
    let name = prongsai::site::load(Arc::new(base()), options())
        .site
        .content
        .settings
        .agency
        .name
        .th;
    let of_agency = page(&agency.replace("เทศบาลตำบลตัวอย่าง", &name));
    let codes = codes(&check(&of_agency));
    assert!(!codes.contains(&"bank-account"), "{codes:?}");
}

fn codes(checked: &Checked) -> Vec<&'static str> {
    checked.findings.iter().map(|f| f.diagnostic.code).collect()
}

#[test]
fn what_the_agency_gives_out_may_stand_anywhere() {
    let mut files = with(
        "content/pages/a.md",
        "+++\ntitle = \"ก\"\n+++\nโทร. 08 1000 0123 หรือ Town.Office@gmail.com\n",
    );
    let before = codes(&check(&files));
    assert!(before.contains(&"mobile-number") && before.contains(&"private-email"));
    let more = "\n[[channel]]\nid = \"m\"\npurpose = \"contact\"\nway = \"phone\"\nname = \"มือถือ\"\nphone = \"081-000-0123\"\nemail = \"town.office@gmail.com\"\n\n[[channel]]";
    swap(&mut files, "content/channels.toml", "\n[[channel]]", more);
    let after = codes(&check(&files));
    assert!(
        !after.contains(&"mobile-number") && !after.contains(&"private-email"),
        "{after:?}"
    );
}

#[test]
fn names_that_nobody_asked_for_are_told() {
    let good = with("content/files/a.docx", docx("ก", "สำนักปลัด"));
    let broken = with("content/files/a.docx", docx("ก", "นางสาวตัวอย่าง สมมุติ"));
    assert_breaks("document-author", "content/files/a.docx", &good, &broken);
    let good = with("content/files/a.pdf", pdf("a", "Admin"));
    let broken = with("content/files/a.pdf", pdf("a", "Somebody Example"));
    assert_breaks("document-author", "content/files/a.pdf", &good, &broken);
    let report = "content/2568/measures-report.toml";
    let memo = |name: &str| {
        let mut files = base();
        use prongsai::files::{Files, SitePath};
        let text = files
            .read(&SitePath::new(report).expect("a path"))
            .expect("there");
        let text = String::from_utf8(text).expect("UTF-8");
        files.put(
            report,
            format!(
                "{text}\n[memo]\nsubject = \"ก\"\n[[memo.signatory]]\nrole = \"ปลัดเทศบาล\"\n{name}"
            ),
        );
        (files, text.matches('\n').count() + 6)
    };
    let (good, _) = memo("");
    let (broken, line) = memo("name = \"นายตัวอย่าง สมมุติ\"\n");
    assert_breaks(
        "signatory-name",
        &format!("{report}:{line}"),
        &good,
        &broken,
    );
}

#[test]
fn a_picture_that_tells_its_place_is_told_and_one_that_cannot_be_read_is_not_clean() {
    let path = "content/files/visit.tif";
    assert_breaks(
        "photo-location",
        path,
        &with(path, scan(0)),
        &with(path, scan(13)),
    );
    // What a build takes out is not told.
    let path = "content/files/visit.jpg";
    let cleaned = check(&with(path, photo(13)));
    assert!(
        !cleaned
            .findings
            .iter()
            .any(|f| f.diagnostic.code == "photo-location")
    );
    let damaged = check(&with(path, &photo(13)[..30]));
    assert!(damaged.not_checked.iter().any(|n| n.file == path));
    for (name, bytes) in [
        ("a.doc", b"x".to_vec()),
        ("a.pdf", b"%PDF-1.4 nothing".to_vec()),
        ("a.xlsx", b"x".to_vec()),
        ("a.docx", xlsx("s", &[])[..40].to_vec()),
    ] {
        let path = format!("content/files/{name}");
        let checked = check(&with(&path, bytes));
        assert!(checked.not_checked.iter().any(|n| n.file == path), "{name}");
    }
}

#[test]
fn the_address_of_the_staff_survey_is_found_in_attachments() {
    let address = "https://itas.nacc.go.th/go/iit/abc";
    let files = with("content/files/a.docx", docx(address, ""));
    assert!(codes(&check(&files)).contains(&"staff-survey-address"));
}

/// Nothing that a person could be known by is in a message, its hints or the
/// line that is shown with it.
#[test]
fn no_report_holds_what_it_warns_of() {
    let mut files = base();
    let words =
        format!("บัตรประชาชน {PERSON} โทร. 081-234-5678 เลขที่บัญชี 123-4-56789-0 somebody@gmail.com");
    files.put(
        "content/pages/a.md",
        format!("+++\ntitle = \"ก\"\n+++\n{words} เช่น เช่น\n"),
    );
    files.put("content/files/a.csv", format!("ก,ข\n\"{words}\",1\n"));
    files.put("content/files/a.xlsx", xlsx("s", &[&["ก", &words]]));
    files.put("content/files/a.docx", docx(&words, ""));
    files.put("content/files/1000000000017.txt", words.as_str());
    let checked = check(&files);
    let mut sources = Sources::new(&files);
    let mut seen = std::collections::BTreeSet::new();
    for finding in checked.findings.iter().filter(|f| {
        f.rule
            .is_some_and(|r| ["personal", "text"].contains(&r.family.id()))
    }) {
        let one = &finding.diagnostic;
        seen.insert(one.code);
        let place = one.place.as_ref().expect("a place");
        let excerpt = sources.excerpt(place).map(|e| e.text).unwrap_or_default();
        let all = [
            one.message.th.as_str(),
            &one.message.en,
            &excerpt,
            &place.file,
        ]
        .into_iter()
        .chain(
            one.hints
                .iter()
                .flat_map(|h| [h.th.as_str(), h.en.as_str()]),
        )
        .collect::<Vec<_>>()
        .join("\n");
        let digits: String = all
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '\n')
            .collect();
        assert!(!digits.contains("1000000000017"), "{all}");
        if one.code == "doubled-word" {
            continue;
        }
        for secret in ["0812345678", "1234567890"] {
            assert!(!digits.contains(secret), "{all}");
        }
        assert!(!all.contains("somebody@"), "{all}");
    }
    assert!(seen.len() >= 6, "{seen:?}");
}

/// Twelve digits and the one that checks them on goods.
fn ean(digits: &str) -> String {
    let sum: u32 = digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .zip([1, 3].into_iter().cycle())
        .map(|(d, w)| d * w)
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[test]
fn clean_texts_of_disclosure_stop_nothing() {
    let mut text = String::from("+++\ntitle = \"ก\"\n+++\n");
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut random = 88_172_645_463_325_252u64;
    let mut next = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    for n in 0..1000 {
        let line = match n % 10 {
            0 => format!("สัญญาเลขที่ {}/2568 ลงวันที่ 3 มี.ค. 2568", n + 1),
            1 => format!("เลขที่โครงการ e-GP {}", 67_100_000_000 + next(999_999_999)),
            2 => format!(
                "งบประมาณ {},{:03},{:03}.00 บาท",
                next(90) + 1,
                next(1000),
                next(1000)
            ),
            3 => format!("เลขประจำตัวผู้เสียภาษี 01055{:08}", next(100_000_000)),
            4 => format!("เลขคุมสัญญา {}", 670_100_000_000 + next(99_999_999)),
            5 => format!(
                "[ภาพ](https://example.go.th/upload/{}.jpg)",
                1_700_000_000_000 + next(99_999_999)
            ),
            6 => format!(
                "โทร. 0-2{:03}-{:04} ต่อ {}",
                next(1000),
                next(1000),
                next(100)
            ),
            7 => format!("ครุภัณฑ์ 416-{:02}-{:04}", next(99), next(9999)),
            8 => format!(
                "ระหว่างวันที่ 1 ตุลาคม 2567 – 30 กันยายน 2568 จำนวน {} ราย",
                next(100_000)
            ),
            _ => format!(
                "บัญชีรายการที่ {} งานการเงินและบัญชี {}",
                n,
                66_000_000_000 + next(999_999_999)
            ),
        };
        text.push_str(&line);
        text.push_str("\n\n");
        let barcode = ean(&format!("885{:09}", next(1_000_000_000)));
        rows.push(vec![line, barcode, format!("{}", next(100_000_000))]);
    }
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|r| r.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let mut files = base();
    files.put("content/pages/a.md", text);
    files.put("content/files/a.xlsx", xlsx("s", &rows));
    let personal: Vec<String> = check(&files)
        .findings
        .iter()
        .filter(|f| f.rule.is_some_and(|r| r.family.id() == "personal"))
        .filter(|f| f.diagnostic.severity != Severity::Advice)
        .map(|f| shown(&files, f))
        .collect();
    assert!(
        !personal.iter().any(|l| l.starts_with("citizen-number")),
        "{personal:#?}"
    );
    assert!(personal.len() < 5, "{personal:#?}");
}

#[test]
fn a_build_refuses_what_must_not_be_published_and_the_preview_says_so_too() {
    let disk = OnDisk::base();
    disk.build();
    let before = disk.public();
    let list = xlsx("s", &[&["เลขบัตรประชาชน"], &[PERSON]]);
    disk.write("content/files/list.xlsx", &list);
    disk.write("content/files/visit.tif", scan(13));
    let built = disk.run(&["build", "--format", "json"]);
    assert_eq!(built.code, 1, "{}", built.stdout);
    assert_eq!(disk.public(), before);
    let said: Vec<serde_json::Value> = built.json()["diagnostics"]
        .as_array()
        .expect("a list")
        .clone();
    let of = |code: &str| said.iter().filter(|d| d["code"] == code).count();
    assert_eq!((of("citizen-number"), of("photo-location")), (1, 1));
    let files = Arc::new(DiskFiles::new(disk.dir.path(), &["content"]));
    let preview = Preview::load(files, Settings::new(options()));
    assert!(preview.check(&|| true));
    let shown: Vec<String> = preview
        .report()
        .messages
        .iter()
        .map(|d| d.message.en.clone())
        .collect();
    let said: Vec<String> = said
        .iter()
        .map(|d| d["message"]["en"].as_str().expect("words").to_string())
        .collect();
    assert_eq!(shown, said);

    // Allowed by its fingerprint: that number in that file, and no other.
    let checked = disk.run(&["check", "--format", "json"]).json();
    let finding = checked["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|f| f["code"] == "citizen-number")
        .expect("found")
        .clone();
    let mark = finding["fingerprint"].as_str().expect("a mark");
    assert_eq!(mark.len(), 12);
    let site = std::fs::read_to_string(disk.path("content/site.toml")).expect("there");
    let allow = format!(
        "{site}\n[[allow]]\ncode = \"citizen-number\"\nfile = \"content/files/list.xlsx\"\nfingerprint = \"{mark}\"\nreason = \"ตัวอย่าง\"\n"
    );
    disk.write("content/site.toml", &allow);
    std::fs::remove_file(disk.path("content/files/visit.tif")).expect("gone");
    disk.build();
    let other = xlsx("s", &[&["เลขบัตรประชาชน"], &["1-0000-00000-02-5"]]);
    disk.write("content/files/list.xlsx", &other);
    assert_eq!(disk.run(&["build"]).code, 1);
}

#[test]
fn an_address_or_a_name_that_holds_a_number_stops_where_a_mask_would_break_it() {
    let page = |text: &str| {
        with(
            "content/pages/a.md",
            format!("+++\ntitle = \"ก\"\n+++\n{text}\n"),
        )
    };
    let good = page("[ก](https://example.go.th/?id=x)");
    for bad in [
        "[ก](https://example.go.th/?id=1000000000017)",
        "[ก](https://example.go.th/1-0000-00000-01-7)",
    ] {
        assert_breaks("citizen-number", "content/pages/a.md:4", &good, &page(bad));
    }
    // Bold letters within: no mask sees it, the finished page tells.
    let split = page("1-0000-**00000**-01-7");
    assert_breaks("citizen-number", "content/pages/a.md", &page("ก"), &split);
    assert_breaks(
        "citizen-number",
        "content/pages/1-0000-xxxxx-xx-x.md",
        &base(),
        &with(
            "content/pages/1-0000-00000-01-7.md",
            "+++\ntitle = \"ก\"\n+++\nก\n",
        ),
    );
    // A moment in milliseconds, as telephones name pictures.
    assert_breaks(
        "possible-citizen-number",
        "content/files/ภาพกิจกรรม-17000xxxxxxxx.txt",
        &base(),
        &with("content/files/ภาพกิจกรรม-1700000000053.txt", "ก"),
    );
}

#[test]
fn a_finding_tells_file_line_column_and_the_line_with_its_mask() {
    let mut files = base();
    files.put(
        "content/files/a.txt",
        format!("ก\nชื่อ ก เลขบัตรประชาชน {PERSON} ครับ\n"),
    );
    files.put(
        "content/files/b.xlsx",
        xlsx("แผ่น", &[&["เลขบัตรประชาชน"], &[PERSON]]),
    );
    files.put(
        "content/files/c.docx",
        docx(&format!("นาย ก บัตรประชาชน {PERSON} ครับ"), ""),
    );
    let checked = check(&files);
    let mut sources = Sources::new(&files);
    let mut of = |file: &str| {
        let found = checked.findings.iter().find(|f| {
            let place = f.diagnostic.place.as_ref();
            f.diagnostic.code == "citizen-number" && place.is_some_and(|p| p.file.ends_with(file))
        });
        let found = found.expect("found");
        let place = found.diagnostic.place.as_ref().expect("a place");
        (sources.excerpt(place), found.diagnostic.message.th.clone())
    };
    let (line, _) = of("a.txt");
    let line = line.expect("a line");
    assert_eq!((line.line, line.column), (2, 23));
    assert_eq!(line.text, "ชื่อ ก เลขบัตรประชาชน 1-0000-xxxxx-xx-x ครับ");
    assert_eq!(&line.text[line.mark], "1-0000-xxxxx-xx-x");
    let (cell, _) = of("b.xlsx");
    let cell = cell.expect("a cell");
    assert_eq!(cell.cell.as_deref(), Some("[แผ่น] A2"));
    assert_eq!(cell.text, "1-0000-xxxxx-xx-x");
    let (_, words) = of("c.docx");
    assert!(
        words.contains("“นาย ก บัตรประชาชน 1-0000-xxxxx-xx-x ครับ”"),
        "{words}"
    );
}

#[test]
fn no_setting_opens_the_gate_and_the_attempt_is_told() {
    let disk = OnDisk::base();
    disk.build();
    let before = disk.public();
    let list = xlsx("s", &[&["เลขบัตรประชาชน"], &[PERSON]]);
    disk.write("content/files/list.xlsx", &list);
    let site = std::fs::read_to_string(disk.path("content/site.toml")).expect("there");
    for setting in [
        "[[rule]]\ncode = \"citizen-number\"\nseverity = \"off\"\nreason = \"ก\"\n",
        "[[rule]]\ncode = \"citizen-number\"\nseverity = \"warning\"\nreason = \"ก\"\n",
        "[[allow]]\ncode = \"citizen-number\"\nreason = \"ก\"\n",
        "[[allow]]\ncode = \"citizen-number\"\nfile = \"content/files/list.xlsx\"\nreason = \"ก\"\n",
    ] {
        disk.write("content/site.toml", format!("{site}\n{setting}"));
        for command in ["build", "check"] {
            let ran = disk.run(&[command, "--format", "json"]);
            assert_eq!(ran.code, 1, "{setting}{}", ran.stdout);
            for code in ["\"citizen-number\"", "\"stop-rule-kept\""] {
                assert!(
                    ran.stdout.contains(code),
                    "{command}: {setting}{}",
                    ran.stdout
                );
            }
        }
        assert_eq!(disk.public(), before);
    }
    // Nor does it hide another picture behind the one that was allowed.
    disk.write("content/files/list.xlsx", xlsx("s", &[&["ก"], &["ข"]]));
    disk.write("content/site.toml", &site);
    disk.write("content/files/visit.tif", scan(13));
    let report = disk.run(&["check", "--format", "json"]).json();
    let findings = report["findings"].as_array().expect("a list");
    let of = findings.iter().find(|f| f["code"] == "photo-location");
    let mark = of.expect("found")["fingerprint"]
        .as_str()
        .expect("a mark")
        .to_string();
    let allow = format!(
        "{site}\n[[allow]]\ncode = \"photo-location\"\nfingerprint = \"{mark}\"\nreason = \"ก\"\n"
    );
    disk.write("content/site.toml", allow);
    disk.build();
    disk.write("content/files/visit.tif", scan(14));
    assert_eq!(disk.run(&["build"]).code, 1);
}

#[test]
fn a_csv_that_cannot_be_read_is_not_clean() {
    let path = "content/files/a.csv";
    let checked = check(&with(path, [b'a', b',', 0xFF, 0xFE, 0x81, b'\n']));
    assert!(checked.not_checked.iter().any(|n| n.file == path));
}

#[test]
fn a_number_in_boxes_of_one_digit_is_found() {
    let digits: Vec<String> = PERSON
        .chars()
        .filter(char::is_ascii_digit)
        .map(String::from)
        .collect();
    let row = |head: &str| {
        let commas = ",".repeat(digits.len() - 1);
        format!("ชื่อ,{head}{commas}\nนาย ก,{}\n", digits.join(","))
    };
    let cells = |head: &str| {
        let mut all = [
            vec!["ชื่อ".to_string(), head.to_string()],
            vec!["นาย ก".to_string()],
        ];
        all[1].extend(digits.clone());
        let rows: Vec<Vec<&str>> = all
            .iter()
            .map(|r| r.iter().map(String::as_str).collect())
            .collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        crate::help::xlsx("แผ่น1", &rows)
    };
    let said = "เลขประจำตัวประชาชน";
    for (path, broken, good) in [
        (
            "content/files/a.csv",
            row(said).into_bytes(),
            row("จำนวนเรื่อง").into_bytes(),
        ),
        ("content/files/a.xlsx", cells(said), cells("จำนวนเรื่อง")),
    ] {
        let of = |bytes| codes(&check(&with(path, bytes)));
        assert!(of(broken).contains(&"citizen-number"), "{path}");
        assert!(!of(good).iter().any(|c| c.contains("citizen")), "{path}");
    }
    // Each in a paragraph, as the cells of a table in a text are.
    let words = format!(
        "{said}</w:t></w:r></w:p><w:p><w:r><w:t>{}",
        digits.join("</w:t></w:r></w:p><w:p><w:r><w:t>")
    );
    let checked = check(&with("content/files/a.docx", docx(&words, "")));
    assert!(codes(&checked).contains(&"citizen-number"));
}

#[test]
fn the_name_of_a_sheet_is_read_too() {
    let sheet = crate::help::xlsx(&format!("บัตร {}", PERSON.replace('-', "")), &[&["ก"]]);
    let checked = check(&with("content/files/a.xlsx", sheet));
    assert!(codes(&checked).contains(&"possible-citizen-number"));
}
