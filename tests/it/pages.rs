//! What readers are told by pages of the example municipality: of which year,
//! of whom, where a link leads.

use std::sync::LazyLock;

use crate::check::example;
use crate::help::{Built, attributes, built, text};

static EXAMPLE: LazyLock<Built> = LazyLock::new(|| built(example()));

/// From the first place of `start` up to `end` after it.
#[track_caller]
fn piece<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
    let from = html
        .find(start)
        .unwrap_or_else(|| panic!("no {start} in {html}"));
    let rest = &html[from..];
    &rest[..rest.find(end).expect(end)]
}

#[test]
fn progress_is_named_by_the_year_of_the_measures_that_it_counts() {
    let words = EXAMPLE.text("2568/progress/index.html");
    let title = "ความก้าวหน้าของมาตรการส่งเสริมคุณธรรมและความโปร่งใส ปี 2567 (รายงานในการประเมินปี 2568)";
    assert!(words.contains(title), "{words}");
    // The measures lead to the page that counts them, which is the next year's.
    let to = |page: &str| attributes(EXAMPLE.page(page), "href").concat();
    assert!(to("2567/integrity-measures/index.html").contains("2568/progress/"));
    assert!(!to("2568/integrity-measures/index.html").contains("2568/progress/"));
    let report = EXAMPLE.text("2568/integrity-measures-report/index.html");
    assert_eq!(
        report.matches("พ.ศ. 2567 (1 ต.ค. 2566").count(),
        1,
        "{report}"
    );
}

#[test]
fn a_document_on_paper_tells_its_day_its_time_and_who_signed_it() {
    let html = EXAMPLE.page("2568/integrity-measures/index.html");
    let cover = text(piece(html, "<header class=\"cover\"", "</header>"));
    for words in ["15 พฤศจิกายน 2567", "ต.ค. 2567 – ก.ย. 2568", "นายกเทศมนตรี"]
    {
        assert!(cover.contains(words), "{words}: {cover}");
    }
}

#[test]
fn what_holds_for_several_rows_stands_above_them() {
    for (path, html) in EXAMPLE.all_pages() {
        assert!(!html.contains("rowspan"), "{path}");
    }
    let html = EXAMPLE.page("2568/integrity-measures/index.html");
    let group = piece(html, "(IIT)</th>", "</tbody>");
    let first = piece(group, "<tr><td colspan", "<tr><th scope=\"row\"");
    assert!(
        text(first).contains("ความเชื่อมั่นในการคุ้มครองผู้แจ้งเบาะแส"),
        "{first}"
    );
}

#[test]
fn a_statement_of_none_beside_some_is_of_the_months_without() {
    let some = EXAMPLE.text("2568/complaint-statistics/index.html");
    assert!(
        some.contains("แจ้งเดือนที่ไม่มี") && !some.contains("แจ้งว่าไม่มี"),
        "{some}"
    );
    let none = EXAMPLE.text("2568/received-benefits-report/index.html");
    assert!(
        none.contains("แจ้งว่าไม่มี") && !none.contains("แจ้งเดือนที่ไม่มี"),
        "{none}"
    );
}

#[test]
fn files_that_hold_more_than_the_table_beside_them_say_what_they_hold() {
    let part = |page: &str, table: &str| {
        let html = EXAMPLE.page(page);
        let after = piece(html, &format!("id=\"{table}\""), "</section>");
        text(after).contains("ตารางนี้เป็นส่วนหนึ่งของข้อมูลเปิดทั้งชุด “")
    };
    assert!(part("2568/spending-progress/index.html", "spending"));
    assert!(part("2568/procurement-list/index.html", "months"));
    assert!(part("2568/complaint-statistics/index.html", "statistics"));
    assert!(!part("2568/procurement/index.html", "months"));
}

#[test]
fn an_element_leads_to_its_place_on_this_page_first_and_names_others() {
    let html = EXAMPLE.page("2568/spending-plan/index.html");
    let first = piece(html, "<ul class=\"checks\">", "</li>");
    let links = attributes(first, "href");
    assert_eq!(links[0], "#one-year-plan");
    assert!(links[1].contains("2568/operation-plan/"), "{links:?}");
    assert!(text(first).contains("ดูใน แผนดำเนินงานประจำปี"), "{first}");
    let html = EXAMPLE.page("2568/integrity-measures/index.html");
    for place in ["weaknesses", "improvements"] {
        assert!(html.contains(&format!("href=\"#{place}\"")), "{place}");
        assert!(html.contains(&format!("<h3 id=\"{place}\"")), "{place}");
    }
}

#[test]
fn a_level_stands_with_the_total_in_the_readers_language() {
    let total = |page: &str| {
        let table = piece(EXAMPLE.page(page), "id=\"result\"", "</table>");
        text(piece(table, "<tfoot>", "</tfoot>"))
    };
    assert!(total("2568/index.html").contains("คะแนนรวม (ระดับผ่านดี)"));
    assert!(total("en/2568/index.html").contains("Total (level: Passed, good)"));
    assert!(
        EXAMPLE
            .text("2568/index.html")
            .contains("ถ่วงน้ำหนัก IIT ร้อยละ 30 EIT ร้อยละ 30 OIT ร้อยละ 40")
    );
}

#[test]
fn a_last_row_that_adds_up_is_a_total_and_money_has_commas() {
    let table = "+++\ntitle = \"ตาราง\"\n\n[[table]]\nid = \"own\"\ntitle = \"เงิน\"\ncolumns = [\"เรื่อง\", \"เงิน (บาท)\", \"รหัส\"]\nrows = [[\"ก\", \"180000.50\", \"12345\"], [\"รวม\", \"180000.50\", \"\"]]\n+++\n\n| เรื่อง | เงิน |\n|---|---:|\n| ก | 1,000 |\n| รวม | 1,000 |\n";
    let page = crate::help::site(&[("content/pages/sums.md", table)]);
    page.expect_no_messages();
    let html = page.page("sums/index.html");
    assert_eq!(html.matches("<tfoot>").count(), 2, "{html}");
    assert_eq!(html.matches("<tbody>").count(), 2, "{html}");
    for tbody in html.split("<tbody>").skip(1) {
        let rows = tbody.split("</tbody>").next().expect("rows");
        assert!(!rows.contains("รวม"), "{rows}");
    }
    assert_eq!(html.matches(">180,000.50<").count(), 2, "{html}");
    assert!(html.contains(">12345<"), "a code is no amount: {html}");
}

#[test]
fn an_english_page_leads_to_english_and_names_what_has_a_name() {
    let home = EXAMPLE.page("en/index.html");
    let to = "href=\"../en/2568/complaint-channels/#corruption\"";
    assert!(home.matches(to).count() >= 2, "{home}");
    assert!(!text(home).contains("Report corruption (in Thai)"));
    assert!(text(home).contains("Sommut District, Tuayang Province"));
    let budget = EXAMPLE.text("en/2568/spending-plan/index.html");
    assert!(
        budget.contains("Central fund has the largest part"),
        "{budget}"
    );
    assert!(!budget.contains("แผนงานงบกลาง"), "{budget}");
}

#[test]
fn home_leads_to_the_year_under_way_and_the_lost_to_search() {
    let links = |page: &str| attributes(EXAMPLE.page(page), "href");
    assert!(links("index.html").contains(&"./2569/".to_string()));
    let menu = piece(EXAMPLE.page("index.html"), "<nav class=\"menu\"", "</nav>");
    assert!(!menu.contains("2569"), "{menu}");
    let main = piece(EXAMPLE.page("404.html"), "<main", "</main>");
    assert!(attributes(main, "href").contains(&"/search/".to_string()));
    let index = piece(
        EXAMPLE.page("search/index.html"),
        "class=\"index\"",
        "</section>",
    );
    assert!(
        !index.contains("2568</a> · <a href=\"../2569"),
        "newest first"
    );
}

#[test]
fn addresses_and_ranges_break_where_they_are_read() {
    let html = EXAMPLE.page("contact/index.html");
    assert!(html.contains(">saraban@<wbr>thansommut<wbr>.example<wbr>.go<wbr>.th<"));
    assert!(html.contains("<span class=\"range\">08.30–16.30</span>"));
}

#[test]
fn scores_of_questions_stand_under_a_heading_and_their_source_is_a_link() {
    let html = EXAMPLE.page("2568/integrity-measures/index.html");
    let list = piece(html, "<h3 id=\"question-scores\">", "</ul>");
    assert!(text(list).contains("คะแนนรายข้อคำถาม"), "{list}");
    assert_eq!(list.matches("<li>").count(), 2, "{list}");
    let after = piece(html, "<h3 id=\"question-scores\">", "</section>");
    assert_eq!(attributes(after, "href"), ["../../2567/#result"]);
    assert!(text(after).contains("ผลการประเมินปี 2567 ของเทศบาล"));
}

/// Where a figure stands across a chart, in percent.
fn place(tag: &str, name: &str) -> f64 {
    let value = attributes(&format!("<x {tag}>"), name).concat();
    value.trim_end_matches('%').parse().expect("percent")
}

#[test]
fn a_figure_stands_at_the_end_of_its_bar_or_behind_a_target_nearly_reached() {
    for (page, id, target) in [
        ("archive/index.html", "years-chart", None),
        ("2568/index.html", "score-chart", Some(72.0)),
    ] {
        let figure = piece(EXAMPLE.page(page), &format!("id=\"{id}\""), "</figure>");
        let mut seen = 0;
        for row in figure.split("aria-hidden=\"true\">").skip(2) {
            let ends = row.split("<rect ").skip(1);
            let ends = ends.filter(|r| !r.contains("url(#"));
            let ends: Vec<f64> = ends
                .map(|r| place(&r[..r.find('>').unwrap_or(0)], "width"))
                .collect();
            let figures: Vec<f64> = row
                .split("<text ")
                .skip(1)
                .map(|t| place(&t[..t.find('>').unwrap_or(0)], "x"))
                .collect();
            if figures.is_empty() {
                continue;
            }
            assert_eq!(ends.len(), figures.len(), "{row}");
            for (end, at) in ends.iter().zip(&figures) {
                seen += 1;
                let near = target.filter(|t| *t >= *end && t - end <= 5.0);
                assert!(
                    (at - near.unwrap_or(*end)).abs() < 0.01,
                    "{end} {at}: {row}"
                );
            }
        }
        assert!(seen >= 3, "{page}: {seen} figures");
    }
}

#[test]
fn pages_of_records_say_which_unit_answers_for_them_and_as_of_which_day() {
    let facts = |page: &str| text(piece(EXAMPLE.page(page), "id=\"facts\"", "</section>"));
    for (page, unit, day) in [
        ("people/index.html", "สำนักปลัดเทศบาล", "6 มกราคม 2568"),
        ("contact/index.html", "สำนักปลัดเทศบาล", "15 ตุลาคม 2567"),
        ("2568/procurement/index.html", "กองคลัง", "30 กันยายน 2568"),
        ("2568/progress/index.html", "สำนักปลัดเทศบาล", "21 ตุลาคม 2567"),
        (
            "2568/procurement/2568-02/index.html",
            "กองคลัง",
            "30 กันยายน 2568",
        ),
        (
            "2568/procurement/2568-04/index.html",
            "กองคลัง",
            "30 กันยายน 2568",
        ),
    ] {
        let facts = facts(page);
        for words in ["หน่วยงานรับผิดชอบ", unit, "ข้อมูล ณ วันที่", day]
        {
            assert!(facts.contains(words), "{page}: {words}: {facts}");
        }
    }
    assert!(facts("en/people/index.html").contains("6 January 2025"));
    // Who came into office later is in the list of a later day.
    let people = |more: &[(&str, &str)]| {
        let mut files = crate::help::base();
        for (path, text) in more {
            files.put(*path, *text);
        }
        text(built(files).page("people/index.html"))
    };
    let executives = "+++\nupdated = 2567-12-01\n+++\n\nรายชื่อผู้บริหารของตำบล\n";
    let executives = ("content/2568/executives.md", executives);
    let told = |page: &str, day: &str| page.contains(&format!("ข้อมูล ณ วันที่ {day}"));
    let none = people(&[]);
    assert!(!none.contains("ข้อมูล ณ วันที่"), "{none}");
    assert!(told(&people(&[executives]), "1 ธันวาคม 2567"));
    let later = "ชื่อ-สกุล,ตำแหน่ง,ฝ่าย,since\nนายสิบ ทดสอบ,เลขานุการ,ฝ่ายการเมือง,2568-01-15\n";
    let later = people(&[executives, ("content/people.csv", later)]);
    assert!(told(&later, "15 มกราคม 2568"), "{later}");
}

#[test]
fn an_open_survey_says_as_of_which_day_it_is_open() {
    let on = |day: &str| {
        let today = prongsai::thai::Date::parse(day).expect("a day");
        let options = prongsai::site::Options {
            today,
            ..crate::help::options()
        };
        let built = crate::help::built_with(example(), options);
        text(built.page("2568/eit/index.html"))
    };
    let open = on("2568-03-14");
    assert!(open.contains("สถานะ ณ วันที่ 14 มีนาคม 2568"), "{open}");
    assert!(!on("2568-06-30").contains("สถานะ ณ วันที่"));
}

#[test]
fn a_page_lies_on_paper_as_its_wide_tables_do() {
    let sheets = |page: &str| {
        let tag = piece(EXAMPLE.page(page), "<body", ">");
        attributes(&format!("<x {tag}>"), "class").concat()
    };
    assert_eq!(sheets("2568/procurement/2568-02/index.html"), "landscape");
    assert_eq!(sheets("2568/procurement-list/index.html"), "ends-across");
    let measures = sheets("2568/integrity-measures/index.html");
    assert_eq!(measures, "document ends-across");
    assert_eq!(sheets("history/index.html"), "");
    // What belongs to a wide table lies on its sheet.
    let html = EXAMPLE.page("2568/procurement-list/index.html");
    let across = piece(html, "<div class=\"across\">", "</div>");
    for part in ["<h2>", "id=\"procurement\"", "class=\"data\""] {
        assert!(across.contains(part), "{part}");
    }
}
