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
