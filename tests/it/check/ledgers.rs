//! Each record that can't be right is told, also beside another of its kind.

use super::{check_years, example, shown};
use crate::help::{Built, built, read, swap};
use prongsai::files::MemoryFiles;

fn places(files: &MemoryFiles, code: &str) -> Vec<String> {
    let checked = check_years(files, &[2568]);
    let of_rule = checked
        .findings
        .iter()
        .filter(|f| f.diagnostic.code == code);
    let mut places: Vec<String> = of_rule
        .map(|f| {
            shown(files, f)
                .split(' ')
                .nth(1)
                .unwrap_or_default()
                .to_string()
        })
        .collect();
    places.sort();
    places
}

#[test]
fn every_purchase_for_nothing_is_told() {
    let mut files = example();
    let path = "content/2568/procurement.csv";
    swap(&mut files, path, "45000,43800", "45000,0");
    swap(&mut files, path, "96000,94350", "96000,0");
    let told = places(&files, "purchase-of-nothing");
    assert_eq!(told, [format!("{path}:A4"), format!("{path}:A5")]);
}

#[test]
fn a_month_is_asked_for_of_each_kind_of_complaints() {
    let mut files = example();
    let path = "content/2567/complaints.csv";
    let text = read(&files, path);
    let kept: String = text
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("มี.ค. 2567"))
        .collect();
    files.put(path, kept);
    let told = places(&files, "month-without-complaints");
    assert_eq!(told, [format!("{path}:A10"), format!("{path}:A11")]);
}

#[test]
fn a_table_with_a_row_for_each_year_is_not_one_of_this_year() {
    let mut files = example();
    let path = "content/2568/complaint-statistics.md";
    swap(
        &mut files,
        path,
        "[[table]]",
        "[[table]]\nid = \"years\"\ntitle = \"ย้อนหลัง\"\ncolumns = [\"ปีงบประมาณ\", \"จำนวนเรื่องทั้งหมด\"]\nrows = [[\"2565\", \"2\"], [\"2566\", \"3\"], [\"2567\", \"1\"]]\n\n[[table]]",
    );
    assert!(places(&files, "table-differs-from-records").is_empty());
}

/// The three ledgers of the example, as the site gives them out in one format.
fn given_back(built: &Built, extension: &str) -> MemoryFiles {
    let mut files = example();
    for (own, name) in [
        ("budget.csv", "budget"),
        ("complaints.toml", "complaints"),
        ("procurement.csv", "procurement"),
    ] {
        files.remove(&format!("content/2568/{own}"));
        let given = &built.outputs[&format!("data/2568/{name}.{extension}")];
        files.put(format!("content/2568/{name}.{extension}"), given.clone());
    }
    files
}

fn codes(files: &MemoryFiles) -> Vec<String> {
    let checked = check_years(files, &[2568]);
    let codes = checked.findings.iter().map(|f| shown(files, f));
    codes.collect()
}

#[test]
fn what_the_site_gives_out_can_be_its_source_again() {
    let first = built(example());
    let of_csv = given_back(&first, "csv");
    assert_eq!(codes(&of_csv), Vec::<String>::new());
    let second = built(of_csv);
    for name in ["budget", "complaints", "procurement", "procurement-months"] {
        let path = format!("data/2568/{name}.csv");
        assert!(first.outputs[&path] == second.outputs[&path], "{path}");
    }
    let of_xlsx = given_back(&first, "xlsx");
    let mut told = codes(&of_xlsx);
    told.sort();
    // Its sums, and the sheets that show the same purchases by month.
    let [a, b, c] = told.as_slice() else {
        panic!("{told:#?}")
    };
    assert!(a.starts_with("total-row content/2568/budget.xlsx"), "{a}");
    assert!(
        b.starts_with("total-row content/2568/complaints.xlsx"),
        "{b}"
    );
    assert!(
        c.starts_with("unread-sheet content/2568/procurement.xlsx"),
        "{c}"
    );
    let third = built(of_xlsx);
    for name in ["budget", "complaints", "procurement-months"] {
        let path = format!("data/2568/{name}.csv");
        assert!(first.outputs[&path] == third.outputs[&path], "{path}");
    }
}

/// The purchases of the example under other headings, with these cells.
fn purchases(heading: &str, row: impl Fn(&csv::StringRecord) -> Vec<String>) -> MemoryFiles {
    let mut files = example();
    let path = "content/2568/procurement.csv";
    let text = read(&files, path);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(heading.split('|')).expect("written");
    for record in reader.records() {
        writer
            .write_record(row(&record.expect("a row")))
            .expect("written");
    }
    files.put(path, writer.into_inner().expect("whole"));
    files
}

#[test]
fn the_yearly_form_is_read_as_the_agency_fills_it() {
    let form = purchases(
        "ที่|ปีงบประมาณ|ชื่อหน่วยงาน|อำเภอ|จังหวัด|กระทรวง|ประเภทหน่วยงาน|ชื่อรายการของงานที่ซื้อหรือจ้าง|วงเงินงบประมาณที่ได้รับจัดสรร (บาท)|แหล่งที่มาของงบประมาณ|สถานะการจัดซื้อจัดจ้าง|วิธีการจัดซื้อจัดจ้าง|ราคากลาง (บาท)|ราคาที่ตกลงซื้อหรือจ้าง (บาท)|รายชื่อผู้ประกอบการที่ได้รับการคัดเลือก|เลขที่โครงการในระบบ e-GP",
        |r| {
            let mut cells: Vec<&str> = vec![
                &r[0],
                "2568",
                "เทศบาลตำบลธารสมมุติ",
                "สมมุติ",
                "ตัวอย่าง",
                "มหาดไทย",
                "เทศบาลตำบล",
            ];
            cells.extend([2, 4, 6, 7, 8, 9, 10, 12, 16].map(|i| &r[i]));
            cells.into_iter().map(str::to_string).collect()
        },
    );
    assert_eq!(codes(&form), Vec::<String>::new());
}

#[test]
fn two_things_in_one_cell_of_the_monthly_form_are_both_read() {
    let form = purchases(
        "ลำดับที่|งานที่จัดซื้อหรือจัดจ้าง|วงเงินงบประมาณที่ได้รับจัดสรร|วงเงินที่จะซื้อหรือจ้าง (บาท)|ราคากลาง (บาท)|วิธีซื้อหรือจ้าง|รายชื่อผู้เสนอราคาและราคาที่เสนอ|ผู้ได้รับการคัดเลือกและราคาที่ตกลงซื้อหรือจ้าง|เหตุผลที่คัดเลือกโดยสรุป|เลขที่และวันที่ของสัญญาหรือข้อตกลงในการซื้อหรือจ้าง|สถานะ|แหล่งเงิน|เลขที่โครงการ",
        |r| {
            let chosen = format!("{} ราคา {} บาท", &r[12], &r[10]);
            let contract = format!("{} ลว. {}", &r[14], &r[15]);
            [
                &r[0], &r[2], &r[4], &r[5], &r[9], &r[8], &r[11], &chosen, &r[13], &contract,
                &r[7], &r[6], &r[16],
            ]
            .map(str::to_string)
            .to_vec()
        },
    );
    assert_eq!(codes(&form), Vec::<String>::new());
    let (example, form) = (built(example()), built(form));
    let months = "data/2568/procurement-months.csv";
    assert!(example.outputs[months] == form.outputs[months]);
}

#[test]
fn cells_of_the_monthly_form_that_cannot_be_told_apart_are_told() {
    let mut files = example();
    files.put(
        "content/2568/procurement.csv",
        "งานที่จัดซื้อหรือจัดจ้าง,วิธีซื้อหรือจ้าง,ผู้ได้รับการคัดเลือกและราคาที่ตกลงซื้อหรือจ้าง,เลขที่และวันที่ของสัญญาหรือข้อตกลง\nซ่อมรถ,เฉพาะเจาะจง,ร้าน ก 500 บาท ร้าน ข 700 บาท,1/2568 ลว. 3 ต.ค. 2567\nซื้อกระดาษ,เฉพาะเจาะจง,ร้าน ก 500 บาท,2/2568\n",
    );
    assert_eq!(
        places(&files, "bad-number"),
        ["content/2568/procurement.csv:C2"]
    );
    assert_eq!(
        places(&files, "bad-date"),
        ["content/2568/procurement.csv:D3"]
    );
}

#[test]
fn a_mark_with_its_reason_stands_for_a_project_that_has_no_number() {
    let mut files = example();
    let path = "content/2568/procurement.csv";
    let text = read(&files, path);
    let with_notes: String = text
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            0 => format!("{line},หมายเหตุ\n"),
            1 => format!("{line},ไม่มีเลขที่โครงการ เพราะซื้อไม่ผ่านระบบ\n").replace("67100000001", "-"),
            _ => format!("{line},\n"),
        })
        .collect();
    files.put(path, with_notes.clone());
    assert_eq!(codes(&files), Vec::<String>::new());
    files.put(
        path,
        with_notes.replace("ไม่มีเลขที่โครงการ เพราะซื้อไม่ผ่านระบบ", ""),
    );
    assert_eq!(places(&files, "purchase-without-field").len(), 1);
}
