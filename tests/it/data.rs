//! Open data: tables as files, what stands beside them, what is protected in
//! them, what is told when they vanish.

use calamine::Reader;
use prongsai::content::ledger::{ComplaintCount, ComplaintKind};
use prongsai::diagnostic::Place;
use prongsai::site::ItemState;
use prongsai::site::ledgers::protected;
use prongsai::thai::Month;
use proptest::prelude::*;

use crate::help::{Built, OnDisk, SITE_TOML, TODAY, base, built, site, swap};

fn csv_of(built: &Built, path: &str) -> Vec<Vec<String>> {
    let bytes = built.outputs.get(path).expect("a table");
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text);
    let rows = reader.records().map(|r| r.expect("a row"));
    rows.map(|r| r.iter().map(str::to_string).collect())
        .collect()
}

/// The column of a name, without its heading.
fn column(table: &[Vec<String>], name: &str) -> Vec<String> {
    let at = table[0].iter().position(|h| h == name).expect("a column");
    table[1..].iter().map(|r| r[at].clone()).collect()
}

fn json_of(built: &Built, path: &str) -> serde_json::Value {
    serde_json::from_slice(&built.outputs[path]).expect("JSON")
}

/// Every cell of every sheet, as text.
fn cells_of(bytes: &[u8]) -> Vec<String> {
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.to_vec())).expect("a workbook");
    let sheets = book.sheet_names();
    sheets
        .iter()
        .flat_map(|name| {
            let range = book.worksheet_range(name).expect("a sheet");
            let cells: Vec<String> = range.cells().map(|(_, _, c)| c.to_string()).collect();
            cells
        })
        .collect()
}

const PURCHASES: &str = "เดือน,ชื่อรายการ,วิธีการจัดซื้อจัดจ้าง,วงเงินงบประมาณที่ได้รับจัดสรร,ราคาที่ตกลง,ผู้ประกอบการที่ได้รับการคัดเลือก,เลขที่โครงการในระบบ e-GP\n";

#[test]
fn a_persons_number_is_in_no_format() {
    let rows = format!(
        "{PURCHASES}ต.ค. 2567,ซ่อมรถ,เฉพาะเจาะจง,\"1,000.50\",900,นายสมมุติ 1-1037-02071-81-1,67100000001\n"
    );
    let built = site(&[("content/2568/procurement.csv", &rows)]);
    let mut seen = 0;
    for (path, bytes) in &built.outputs {
        if !path.starts_with("data/") || path.contains("schema") {
            continue;
        }
        let words = if path.ends_with(".xlsx") {
            cells_of(bytes).join(" ")
        } else {
            String::from_utf8_lossy(bytes).into_owned()
        };
        assert!(!words.contains("02071-81-1"), "{path}");
        seen += usize::from(words.contains("นายสมมุติ 1-1037-xxxxx-xx-x"));
    }
    assert!(seen >= 7, "{seen}");
}

#[test]
fn a_cell_that_looks_like_a_formula_stays_text_and_numbers_stay_numbers() {
    let rows = format!("{PURCHASES}ต.ค. 2567,=1+1,@เฉพาะเจาะจง,\"1,000.50\",0,,๖๗๑๐๐๐๐๐๐๐๑\n");
    let built = site(&[("content/2568/procurement.csv", &rows)]);
    let table = csv_of(&built, "data/2568/procurement.csv");
    assert_eq!(column(&table, "title"), ["'=1+1"]);
    assert_eq!(column(&table, "method"), ["'@เฉพาะเจาะจง"]);
    assert_eq!(column(&table, "allocated_budget_thb"), ["1000.50"]);
    // Zero is zero; unknown is empty.
    assert_eq!(column(&table, "agreed_price_thb"), ["0.00"]);
    assert_eq!(column(&table, "reference_price_thb"), [""]);
    assert_eq!(column(&table, "month"), ["2024-10"]);
    assert_eq!(column(&table, "egp_project_no"), ["67100000001"]);
    let row = &json_of(&built, "data/2568/procurement.json")["rows"][0];
    assert_eq!(row["title"], "=1+1");
    assert_eq!(row["allocated_budget_thb"], 1000.5);
    assert_eq!(row["agreed_price_thb"], 0.0);
    assert!(row["reference_price_thb"].is_null());
    assert!(cells_of(&built.outputs["data/2568/procurement.xlsx"]).contains(&"=1+1".to_string()));
}

#[test]
fn every_table_that_pages_show_has_its_files_beside_it_and_in_the_list() {
    let built = built(base());
    let mut tables = 0;
    let index = built.page("data/index.html");
    for (path, page) in built.all_pages() {
        if path.starts_with("data/") || path.starts_with("en/data/") {
            continue;
        }
        let mut rest = page;
        while let Some(at) = rest.find("<table ") {
            rest = &rest[at + 7..];
            let end = rest.find("</table>").expect("an end");
            let after = &rest[end..];
            let next = after.find("<table ").unwrap_or(after.len());
            let beside = &after[..next];
            // Lists of items and of files are no records of their own.
            let head = rest.split('>').next().unwrap_or("");
            if !head.contains("data-sort") {
                assert!(
                    !beside.contains("class=\"data\"") && !head.contains("stack"),
                    "{path}: {head}"
                );
                continue;
            }
            tables += 1;
            for kind in [".csv\"", ".xlsx\"", ".json\""] {
                assert!(beside.contains(kind), "{path}: {beside}");
            }
            let csv = beside
                .split("href=\"")
                .find(|h| h.split('"').next().is_some_and(|h| h.ends_with(".csv")))
                .and_then(|h| h.split('"').next())
                .and_then(|h| h.rsplit("data/").next())
                .expect("a link");
            let monthly = csv.contains("procurement-25");
            assert!(monthly || index.contains(csv), "{csv} is not in the list");
        }
    }
    assert!(tables > 20, "{tables}");
}

#[test]
fn a_table_in_the_words_of_a_page_has_its_files_too() {
    let built = site(&[
        (
            "content/pages/fees.md",
            "+++\ntitle = \"ค่าธรรมเนียม\"\nsummary = \"อัตรา\"\nupdated = 2568-01-31\n+++\n## ขยะ\n\n| ประเภท | บาท |\n|---|--:|\n| บ้าน | 40 |\n| ร้าน | ๑๒๐ |\n| รวม | 160 |\n\nคำ\n\n- ข้อ\n\n  | ก | ข |\n  |---|---|\n  | **a** | [b](../pages/fees.md) |\n",
        ),
        (
            "content/en/pages/fees.md",
            "+++\ntitle = \"Fees\"\nupdated = 2568-01-31\n+++\n| Kind | Baht |\n|---|--:|\n| House | 40 |\n",
        ),
    ]);
    built.expect_no_messages();
    let of = |name: &str| csv_of(&built, &format!("data/tables/{name}.csv"));
    // The row of totals is for readers: who adds up would count it twice.
    let rows = of("pages-fees-table-1");
    assert_eq!(rows, [["ประเภท", "บาท"], ["บ้าน", "40"], ["ร้าน", "120"]]);
    assert_eq!(of("pages-fees-table-2"), [["ก", "ข"], ["a", "b"]]);
    assert_eq!(
        of("en/pages-fees-table-1"),
        [["Kind", "Baht"], ["House", "40"]]
    );
    let page = built.page("fees/index.html");
    let first = page.find("id=\"table-1\"").expect("the table");
    let files = page.find("pages-fees-table-1.xlsx").expect("its files");
    let second = page.find("id=\"table-2\"").expect("the next table");
    assert!(
        first < files && files < second,
        "files stand beside their table"
    );
    assert!(page[first..].starts_with("id=\"table-1\" aria-labelledby=\"ขยะ\" data-sort>"));
    assert!(page[files..second].contains("2 แถว") && page[files..second].contains("2025-01-31"));
    let (thai, english) = (
        built.page("data/index.html"),
        built.page("en/data/index.html"),
    );
    assert!(thai.contains("data/tables/pages-fees-table-2.csv"));
    assert!(
        !thai.contains("data/tables/en/"),
        "tables of the reader's language"
    );
    assert!(english.contains("data/tables/en/pages-fees-table-1.csv"));
    assert!(!english.contains("data/tables/pages-fees-table-1.csv"));
    let json = json_of(&built, "data/tables/pages-fees-table-1.json");
    assert_eq!(json["title"]["th"], "ขยะ");
}

#[test]
fn tables_in_the_notes_of_measures_have_their_files() {
    let note = |words: &str| {
        format!(
            "+++\ntitle = \"{words}\"\nresponsible = \"สำนักปลัด\"\n+++\n## แผนของ{words}\n\n| ครั้ง | คน |\n|---|--:|\n| ๑ | ๒๕ |\n\n| วัน | คน |\n|---|--:|\n| 3 ม.ค. 2568 | 1,200 |\n"
        )
    };
    let built = site(&[
        ("content/2568/measures/fair.md", &note("ตลาดนัด")),
        ("content/2568/measures/walk.md", &note("เดินตรวจ")),
        (
            "content/2568/integrity-measures.md",
            "+++\nupdated = 2568-01-31\n+++\n## คำนำ\n\n| ก | ข |\n|---|---|\n| 1 | 2 |\n",
        ),
    ]);
    let page = built.page("2568/integrity-measures/index.html");
    for (note, title) in [("fair", "แผนของตลาดนัด"), ("walk", "แผนของเดินตรวจ")]
    {
        let first = csv_of(
            &built,
            &format!("data/2568/tables/measures-{note}-table-1.csv"),
        );
        assert_eq!(first, [["ครั้ง", "คน"], ["1", "25"]]);
        let second = csv_of(
            &built,
            &format!("data/2568/tables/measures-{note}-table-2.csv"),
        );
        assert_eq!(second[1], ["2025-01-03", "1200"]);
        let json = json_of(
            &built,
            &format!("data/2568/tables/measures-{note}-table-2.json"),
        );
        assert_eq!(json["title"]["th"], format!("{title} (2)"));
        let id = format!("id=\"measures-{note}-table-2\"");
        assert_eq!(page.matches(&id).count(), 1);
        let beside = page.split(&id).nth(1).expect("the table");
        assert!(beside.contains(&format!("tables/measures-{note}-table-2.xlsx")));
    }
    // The page's own words have a table of their own.
    assert_eq!(page.matches("id=\"table-1\"").count(), 1);
    assert!(page.contains("tables/integrity-measures-table-1.csv"));
}

#[test]
fn the_history_of_a_table_goes_back_year_by_year_and_stands_in_one_file() {
    let mut files = base();
    files.put(
        "content/2567/budget.csv",
        "แผนงาน,รายการ,งบประมาณอนุมัติ\nแผนงานเคหะ,ถนน,100\n",
    );
    let built = built(files);
    let all = csv_of(&built, "data/budget.csv");
    let years = column(&all, "fiscal_year_be");
    assert_eq!(years.first().map(String::as_str), Some("2567"));
    assert_eq!(years.last().map(String::as_str), Some("2568"));
    let of_years: usize = ["2567", "2568"]
        .iter()
        .map(|y| csv_of(&built, &format!("data/{y}/budget.csv")).len() - 1)
        .sum();
    assert_eq!(years.len(), of_years);
    let (_, page) = built
        .all_pages()
        .find(|(path, page)| path.starts_with("2568/") && page.contains("id=\"budget-lines\""))
        .expect("a page with the lines");
    let beside = page.split("id=\"budget-lines\"").nth(1).expect("the table");
    assert!(beside.contains("../../2567/spending-plan/"), "{beside}");
    assert!(beside.contains("../../data/budget.csv"), "{beside}");
}

#[test]
fn codes_in_a_table_of_a_page_keep_their_zeros() {
    let built = site(&[(
        "content/pages/fees.md",
        "+++\ntitle = \"ค่าธรรมเนียม\"\nupdated = 2568-01-31\n[[table]]\nid = \"fees\"\ntitle = \"อัตรา\"\ncolumns = [\"รหัส\", \"บาท\", \"บาท\"]\nrows = [[\"0012\", \"1,250.50\", \"-\"], [\"0013\", \"๒๐\", \"5\"]]\n+++\nอัตรา",
    )]);
    built.expect_no_messages();
    let table = csv_of(&built, "data/tables/pages-fees-fees.csv");
    assert_eq!(table[0], ["รหัส", "บาท", "บาท (3)"]);
    assert_eq!(table[1], ["0012", "1250.50", ""]);
    assert_eq!(table[2], ["0013", "20", "5"]);
    let json = json_of(&built, "data/tables/pages-fees-fees.json");
    assert_eq!(json["rows"][1]["บาท"], 20);
    assert_eq!(json["as_of"], "2025-01-31");
}

#[test]
fn days_and_months_in_the_tables_of_pages_are_written_as_machines_read_them() {
    let built = site(&[(
        "content/pages/days.md",
        "+++\ntitle = \"กำหนดการ\"\nupdated = 2568-01-31\n[[table]]\nid = \"days\"\ntitle = \"กำหนด\"\ncolumns = [\"วัน\", \"เดือน\", \"หมายเหตุ\"]\nrows = [[\"๓ ต.ค. ๒๕๖๗\", \"ตุลาคม 2567\", \"3 ต.ค. 2567\"], [\"31/3/2568\", \"พ.ย. 2567\", \"เริ่ม 3 ต.ค. 2567\"], [\"-\", \"\", \"\"]]\n+++\nกำหนด",
    )]);
    built.expect_no_messages();
    let table = csv_of(&built, "data/tables/pages-days-days.csv");
    assert_eq!(table[1], ["2024-10-03", "2024-10", "3 ต.ค. 2567"]);
    // Words beside a day are kept, and so its column is one of words.
    assert_eq!(table[2], ["2025-03-31", "2024-11", "เริ่ม 3 ต.ค. 2567"]);
    assert_eq!(table[3], ["", "", ""]);
    let json = json_of(&built, "data/tables/pages-days-days.json");
    assert_eq!(json["rows"][0]["วัน"], "2024-10-03");
}

#[test]
fn small_counts_are_hidden_in_every_format_and_totals_stay_true() {
    let counts = "เดือน,ประเภท,รับ,ยุติ,อยู่ระหว่างดำเนินการ,หมายเหตุ\nต.ค. 2566,ทั่วไป,2,2,0,ตักเตือนหนึ่งราย\nพ.ย. 2566,ทั่วไป,41,41,0,\nธ.ค. 2566,ทั่วไป,57,57,0,\n";
    let toml = format!("{SITE_TOML}\n[open_data]\nsmall_cells = 3\n");
    let built = site(&[
        ("content/site.toml", &toml),
        ("content/2567/complaints.csv", counts),
        ("content/2568/year.toml", "target = 85\n"),
    ]);
    let table = csv_of(&built, "data/2567/complaints.csv");
    // The total stays, so one more row has to go.
    assert_eq!(column(&table, "received"), ["", "", "57"]);
    assert_eq!(column(&table, "hidden"), ["true", "true", "false"]);
    let json = json_of(&built, "data/2567/complaints.json");
    assert!(json["rows"][0]["received"].is_null());
    let workbook = cells_of(&built.outputs["data/2567/complaints.xlsx"]);
    assert!(!workbook.contains(&"41".to_string()) && !workbook.contains(&"2".to_string()));
    let page = built.text("2568/complaint-statistics/index.html");
    // What the note of a hidden row says could tell its counts.
    for (name, bytes) in &built.outputs {
        if name.starts_with("data/2567/complaints") || name.ends_with("statistics/index.html") {
            let told = String::from_utf8_lossy(bytes);
            assert!(!told.contains("ตักเตือนหนึ่งราย"), "{name}");
        }
    }
    assert!(!workbook.contains(&"ตักเตือนหนึ่งราย".to_string()));
    assert!(page.contains("* ไม่แสดงจำนวนของเดือนนี้"), "{page}");
    assert!(page.contains("รวม 100 100 0"), "{page}");
    assert!(!page.contains("41"), "{page}");
}

proptest! {
    /// With the totals of a half year known, nobody can work a small count
    /// out: more than one row is hidden, and they are not all ones, unless
    /// the whole half is.
    #[test]
    fn no_hidden_count_can_be_worked_out(counts in prop::collection::vec(0i64..9, 1..12), below in 2i64..5) {
        let months = Month::months_of_fiscal_year(2568);
        let rows: Vec<ComplaintCount> = counts
            .iter()
            .zip(months)
            .map(|(n, month)| ComplaintCount {
                month: Some(month),
                kind: ComplaintKind::General,
                received: Some(*n),
                finished: Some(*n),
                in_progress: Some(0),
                note: None,
                place: Place::file("x"),
            })
            .collect();
        let hidden = protected(&rows, below);
        for half in [0..6.min(counts.len()), 6.min(counts.len())..counts.len()] {
            let of: Vec<usize> = half.clone().filter(|i| hidden[*i]).collect();
            for i in half.clone() {
                prop_assert!(hidden[i] || !(1..below).contains(&counts[i]));
            }
            if of.is_empty() || of.len() == half.len() {
                continue;
            }
            let sum: i64 = of.iter().map(|i| counts[*i]).sum();
            prop_assert!(of.len() > 1 && sum > of.len() as i64, "{counts:?} {hidden:?}");
        }
    }
}

#[test]
fn a_release_package_needs_the_publishers_own_prefix() {
    let without = built(base());
    assert!(!without.outputs.contains_key("data/2568/ocds.json"));
    let mut files = base();
    swap(
        &mut files,
        "content/site.toml",
        "[colours]",
        "[open_data]\nocid_prefix = \"ocds-213czf\"\n\n[colours]",
    );
    let with = built(files.clone());
    let package = json_of(&with, "data/2568/ocds.json");
    let releases = package["releases"].as_array().expect("releases");
    assert_eq!(releases.len(), 3);
    assert_eq!(releases[1]["ocid"], "ocds-213czf-68039000002");
    assert_eq!(releases[1]["tender"]["procurementMethod"], "open");
    assert_eq!(releases[1]["awards"][0]["value"]["amount"], 1_900_000.0);
    // A release never changes: who corrects a purchase publishes another.
    swap(
        &mut files,
        "content/2568/procurement.csv",
        "\"1,900,000.00\"",
        "\"1,890,000.00\"",
    );
    let corrected = json_of(&built(files), "data/2568/ocds.json");
    let id = |package: &serde_json::Value, n: usize| package["releases"][n]["id"].clone();
    assert_ne!(id(&corrected, 1), id(&package, 1));
    assert_eq!(id(&corrected, 0), id(&package, 0));
}

#[test]
fn a_withdrawal_is_told_on_the_page_in_the_feed_and_as_data() {
    let mut files = base();
    swap(
        &mut files,
        "content/site.toml",
        "[colours]",
        "[[withdrawn]]\npath = \"2567/files/old.pdf\"\ntitle = \"แผนฉบับเดิม\"\nreason = \"มีฉบับแก้ไข\"\ndate = 2568-02-01\n\n[colours]",
    );
    let built = built(files);
    built.expect_no_messages();
    assert!(
        built
            .text("data/index.html")
            .contains("แผนฉบับเดิม มีฉบับแก้ไข /2567/files/old.pdf")
    );
    let feed = built.page("data/changes.xml");
    assert!(feed.contains("ถอนออก: แผนฉบับเดิม") && feed.contains("2025-02-01T00:00:00+07:00"));
    let table = csv_of(&built, "data/withdrawn.csv");
    assert_eq!(column(&table, "date"), ["2025-02-01"]);
}

#[test]
fn a_withdrawal_of_long_ago_stays_news() {
    let mut files = base();
    let tables: String = (0..60)
        .map(|n| {
            format!("[[table]]\nid = \"t{n}\"\ntitle = \"ตาราง {n}\"\ncolumns = [\"ก\", \"ข\"]\nrows = [[\"1\", \"2\"]]\n")
        })
        .collect();
    files.put(
        "content/pages/tables.md",
        format!("+++\ntitle = \"ตาราง\"\nupdated = 2568-02-01\n{tables}+++\nตาราง\n"),
    );
    swap(
        &mut files,
        "content/site.toml",
        "[colours]",
        "[[withdrawn]]\npath = \"2566/files/old.pdf\"\ntitle = \"แผนเก่า\"\nreason = \"มีฉบับแก้ไข\"\ndate = 2566-01-31\n\n[colours]",
    );
    let built = built(files);
    let feed = built.page("data/changes.xml");
    assert!(
        feed.matches("<entry>").count() > 50,
        "the tables fill the feed"
    );
    assert!(feed.contains("ถอนออก: แผนเก่า"));
}

#[test]
fn what_vanishes_between_builds_is_asked_for_until_it_is_stated() {
    let disk = OnDisk::base();
    disk.build();
    disk.swap("content/2568/procurement.csv", "68039000002", "68039000009");
    let build = || disk.run(&["build", "--format", "json", "--today", TODAY]);
    let ran = build();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let json = ran.json();
    let told = json["diagnostics"].as_array().expect("messages");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["code"], "withdrawn-unstated");
    let words = told[0]["message"]["en"].as_str().expect("words");
    assert!(words.contains("68039000002"), "{words}");
    // The other way round, stated.
    disk.swap("content/2568/procurement.csv", "68039000009", "68039000002");
    disk.swap(
        "content/site.toml",
        "[colours]",
        "[[withdrawn]]\npath = \"data/2568/procurement#68039000009\"\ntitle = \"รายการซ้ำ\"\nreason = \"บันทึกซ้ำ\"\ndate = 2568-02-01\n\n[colours]",
    );
    assert_eq!(build().json()["diagnostics"], serde_json::json!([]));
}

#[test]
fn the_site_map_tells_the_day_that_the_figures_speak_of() {
    let map = built(base()).page("sitemap.xml").to_string();
    let of = |address: &str| -> Option<String> {
        let entry = map
            .split("<url>")
            .find(|u| u.contains(&format!("/{address}</loc>")))?;
        Some(
            entry
                .split("<lastmod>")
                .nth(1)?
                .split('<')
                .next()?
                .to_string(),
        )
    };
    let year = of("2568/").expect("a date");
    assert!(year >= of("2568/structure/").expect("a date"), "{year}");
    assert_eq!(of("2568/procurement/"), of("2568/procurement/2567-10/"));
    assert!(of("data/").is_some());
}

/// A state that a schema does not know makes valid data invalid.
#[test]
fn the_schemas_know_every_state_of_an_item() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let of = |file: &str| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(folder.join(file)).expect(file);
        let schema = serde_json::from_str(&text).expect("JSON");
        let mut all = Vec::new();
        states(&schema, &mut all);
        all
    };
    let wanted: Vec<String> = ItemState::IDS.map(String::from).to_vec();
    for file in ["prongsai.schema.json", "check.schema.json"] {
        let all = of(file);
        assert!(all.contains(&wanted), "{file}: {all:?}");
    }
}

/// The lists of words that a `state` may be.
fn states(schema: &serde_json::Value, all: &mut Vec<Vec<String>>) {
    if let Some(words) = schema.pointer("/properties/state/enum") {
        let words = words.as_array().expect("a list").iter();
        all.push(words.map(|w| w.as_str().expect("a word").into()).collect());
    }
    let inner: Vec<&serde_json::Value> = match schema {
        serde_json::Value::Object(fields) => fields.values().collect(),
        serde_json::Value::Array(entries) => entries.iter().collect(),
        _ => Vec::new(),
    };
    for one in inner {
        states(one, all);
    }
}
