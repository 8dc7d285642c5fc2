//! What a site's pages say, and where they lead.

use std::collections::{BTreeMap, BTreeSet};

use prongsai::diagnostic::Severity;
use prongsai::files::{Files, MemoryFiles};
use prongsai::site::{ElementState, ItemState, Options};
use prongsai::thai::Date;

use crate::help::{
    Built, attributes, base, built, built_with, main_of, options, site, swap, text, xlsx,
};

const BASE_URL: &str = "https://banthotsop.example/web";

fn refresh(html: &str) -> String {
    let rest = html
        .split("http-equiv=\"refresh\" content=\"")
        .nth(1)
        .expect("a redirect");
    let content = rest.split('"').next().expect("a value");
    content
        .split("url=")
        .nth(1)
        .expect("an address")
        .to_string()
}

fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'%' {
            let hex = std::str::from_utf8(&bytes[i + 1..i + 3]).expect("two digits");
            out.push(u8::from_str_radix(hex, 16).expect("hexadecimal"));
            i += 3;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8(out).expect("UTF-8")
}

/// What a browser asks for when a page at `from` (an address with the host's
/// path) has this link: the path, and the anchor.
fn followed(from: &str, link: &str) -> (String, Option<String>) {
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(percent_decode(anchor))),
        None => (link, None),
    };
    if path.is_empty() {
        return (from.to_string(), anchor);
    }
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        from.rsplit_once('/')
            .expect("a path")
            .0
            .split('/')
            .filter(|p| !p.is_empty())
            .collect()
    };
    let mut folder = false;
    for part in path.split('/') {
        folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            // A browser stops at the root of the host.
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    let mut to = format!("/{}", parts.join("/"));
    if folder && !to.ends_with('/') {
        to.push('/');
    }
    (percent_decode(&to), anchor)
}

/// The file that a plain static server gives for a path below `/web/`.
fn served(path: &str, root: &str) -> Option<String> {
    let inside = path.strip_prefix(root)?;
    Some(if inside.is_empty() || inside.ends_with('/') {
        format!("{inside}index.html")
    } else {
        inside.to_string()
    })
}

fn links(html: &str) -> Vec<String> {
    ["href", "src"]
        .iter()
        .flat_map(|name| attributes(html, name))
        .filter(|l| {
            !l.contains("://")
                && !["mailto:", "tel:", "data:"]
                    .iter()
                    .any(|s| l.starts_with(s))
        })
        .collect()
}

// ---- addresses ----

#[test]
fn the_number_of_an_item_leads_to_its_topic() {
    let built = built(base());
    for (page, to) in [
        ("2568/o18/index.html", "2568/complaint-channels/"),
        ("2568/o2/index.html", "2568/executives/"),
        ("2567/o23/index.html", "2567/complaint-channels/"),
    ] {
        let html = built.page(page);
        let from = format!("/web/{}", page.trim_end_matches("index.html"));
        assert_eq!(
            followed(&from, &refresh(html)).0,
            format!("/web/{to}"),
            "{page}"
        );
        assert!(
            html.contains(&format!("<link rel=\"canonical\" href=\"{BASE_URL}/{to}\"")),
            "{page}"
        );
        assert!(
            html.contains("<meta name=\"robots\" content=\"noindex\">"),
            "{page}"
        );
        assert!(built.outputs.contains_key(&format!("{to}index.html")));
    }
}

#[test]
fn an_item_of_several_topics_has_a_page_that_leads_to_each() {
    let built = built(base());
    let html = built.page("2568/o1/index.html");
    let to: BTreeSet<String> = links(main_of(html))
        .iter()
        .map(|l| followed("/web/2568/o1/", l).0)
        .collect();
    for topic in ["structure", "powers-and-duties"] {
        assert!(
            to.contains(&format!("/web/2568/{topic}/")),
            "{topic}: {to:?}"
        );
    }
    let words = built.text("2568/o1/index.html");
    assert!(words.contains("แสดงแล้ว 5 จาก 5 ข้อ"), "{words}");
    assert!(words.contains("เผยแพร่แล้ว"), "{words}");
}

#[test]
fn a_page_that_covers_an_item_serves_all_its_topics_and_their_addresses() {
    let built = built(base());
    for old in [
        "o6",
        "operation-plan",
        "operation-progress",
        "spending-plan",
        "spending-progress",
    ] {
        let html = built.page(&format!("2568/{old}/index.html"));
        assert_eq!(
            followed(&format!("/web/2568/{old}/"), &refresh(html)).0,
            "/web/2568/operations/"
        );
    }
    let words = built.text("2568/operations/index.html");
    assert!(words.contains("O6 ปี 2568"), "{words}");
    // Its own text and table, and the records of the topics it stands for.
    for part in [
        "หนึ่งโครงการในปีนี้",
        "ร้อยละ 40",
        "แผนงานเคหะและชุมชน",
        "2,300,000.00",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert_eq!(built.state(2568, "O6"), ItemState::Published);
}

/// The records stand on the page; who covers the item should not have to say
/// so again.
#[test]
fn records_prove_elements_on_a_page_that_covers_an_item_as_on_a_topics_own_page() {
    let apart = built(base());
    assert_eq!(apart.state(2568, "O3"), ItemState::Published);
    let mut files = base();
    files.put(
        "content/2568/contact-and-questions.md",
        "+++\ntitle = \"ติดต่อและสอบถาม\"\nitem = \"O3\"\nupdated = 2568-01-01\n+++\n\nติดต่อเรา\n",
    );
    let together = built(files);
    let words = together.text("2568/contact-and-questions/index.html");
    assert!(
        words.contains("LINE ของ อบต.") && words.contains("0 2000 0009"),
        "{words}"
    );
    assert_eq!(together.state(2568, "O3"), ItemState::Published, "{words}");
}

#[test]
fn old_addresses_lead_to_the_new_ones() {
    let built = built(base());
    let to = |page: &str, from: &str| followed(from, &refresh(built.page(page)));
    assert_eq!(
        to("old/complaint.php/index.html", "/web/old/complaint.php/"),
        (
            "/web/2568/complaint-channels/".into(),
            Some("general".into())
        )
    );
    assert_eq!(
        to("history.html", "/web/history.html"),
        ("/web/history/".into(), None)
    );
    assert_eq!(
        refresh(built.page("old-portal/index.html")),
        "https://portal.example/"
    );
    let map = built.page("_redirects");
    for line in [
        "/web/old/complaint.php/ /web/2568/complaint-channels/#general 301",
        "/web/history.html /web/history/ 301",
        "/web/old-portal/ https://portal.example/ 301",
        "/web/2568/o18/ /web/2568/complaint-channels/ 301",
    ] {
        assert!(map.lines().any(|l| l == line), "{line}\n{map}");
    }
}

// ---- states ----

fn state_of(files: &[(&str, &str)], item: &str) -> ItemState {
    let mut all = vec![("content/2568/year.toml", "target = 85\n")];
    all.extend_from_slice(files);
    let built = site(&all);
    let errors: Vec<_> = built
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    built.state(2568, item)
}

const HANDLING: &str = "+++\nupdated = 2568-02-01\n+++\n\n";

#[test]
fn an_item_is_published_when_every_element_is_shown() {
    let page = format!(
        "{HANDLING}## วิธี {{#how-to-complain}}\n\nยื่นคำร้องด้วยตนเองที่สำนักงาน\n\n## ขั้นตอน {{#steps}}\n\nรับเรื่อง ตรวจสอบ แจ้งผล\n\n## หน่วยงาน {{#responsible-unit}}\n\nงานนิติการ สำนักปลัด\n\n## เวลา {{#handling-time}}\n\nภายใน 15 วันทำการ\n"
    );
    assert_eq!(
        state_of(&[("content/2568/complaint-handling.md", &page)], "O17"),
        ItemState::Published
    );
}

#[test]
fn an_item_waits_for_a_person_when_only_a_person_can_tell_of_one_element() {
    let page = format!(
        "{HANDLING}## วิธี {{#how-to-complain}}\n\nก\n\n## ขั้นตอน {{#steps}}\n\nก\n\n## หน่วยงาน {{#responsible-unit}}\n\nก\n"
    );
    assert_eq!(
        state_of(&[("content/2568/complaint-handling.md", &page)], "O17"),
        ItemState::Doubtful
    );
}

#[test]
fn an_item_is_incomplete_when_one_element_is_surely_missing() {
    let head = "[[person]]\nname = \"นายตัวอย่าง หนึ่ง\"\nposition = \"นายกเทศมนตรี\"\nside = \"political\"\nrole = \"head\"\n";
    let files = [("content/people.toml", head)];
    assert_eq!(state_of(&files, "O2"), ItemState::Incomplete);
}

/// `ระยะเวลา` alone is how long a service takes, how long a step takes and when
/// a project runs: the item says which of them it asks for.
#[test]
fn a_heading_with_several_meanings_proves_the_one_that_the_item_asks_for() {
    let page = |heading: &str| {
        format!(
            "+++\nupdated = 2568-02-01\n+++\n\n| ชื่องาน | ขั้นตอน | {heading} | กฎหมายที่เกี่ยวข้อง |\n|---|---|---|---|\n| งานพัสดุ | ตรวจรับ | 3 วัน | พ.ร.บ. จัดซื้อจัดจ้าง |\n"
        )
    };
    let state = |heading| state_of(&[("content/2568/staff-manuals.md", &page(heading))], "O8");
    assert_eq!(state("ระยะเวลา"), ItemState::Published);
    assert_eq!(state("ผู้ตรวจ"), ItemState::Doubtful);
}

#[test]
fn an_item_is_incomplete_when_one_of_its_topics_has_nothing() {
    let page =
        format!("{HANDLING}## หน้าที่ {{#own-powers}}\n\nก\n\n## สรุป {{#not-whole-act}}\n\nก\n");
    assert_eq!(
        state_of(&[("content/2568/powers-and-duties.md", &page)], "O1"),
        ItemState::Incomplete
    );
}

#[test]
fn an_item_is_missing_when_there_is_no_page_and_no_record() {
    assert_eq!(state_of(&[], "O17"), ItemState::Missing);
    assert_eq!(state_of(&[], "O19"), ItemState::Missing);
}

#[test]
fn an_item_is_answered_by_saying_that_there_is_none_where_the_catalogue_allows_it() {
    let page = "+++\nupdated = 2568-02-01\nnone = { text = \"ปี 2567 ไม่มีเรื่องร้องเรียน\", date = 2568-02-01 }\n+++\n";
    assert_eq!(
        state_of(&[("content/2568/complaint-statistics.md", page)], "O19"),
        ItemState::NoneStated
    );
    assert_eq!(
        state_of(&[("content/2568/received-benefits-report.md", page)], "O22"),
        ItemState::NoneStated
    );
    // How to complain is asked for whether or not anybody did.
    assert_eq!(
        state_of(&[("content/2568/complaint-handling.md", page)], "O17"),
        ItemState::Incomplete
    );
}

#[test]
fn a_statement_of_none_does_not_hide_records_that_say_otherwise() {
    let page = "+++\nupdated = 2568-02-01\nnone = { text = \"ปี 2567 ไม่มีเรื่องร้องเรียน\", date = 2568-02-01 }\n+++\n";
    let counts = "เดือน,ประเภท,รับ,ยุติ,อยู่ระหว่างดำเนินการ\nพ.ย. 2566,ทุจริต,3,2,1\n";
    let files = [
        ("content/2568/complaint-statistics.md", page),
        ("content/2567/complaints.csv", counts),
    ];
    assert_eq!(state_of(&files, "O19"), ItemState::Published);
}

#[test]
fn elements_that_are_not_confirmed_never_make_an_item_incomplete() {
    let page = "+++\nupdated = 2568-02-01\n+++\n\nแผนพัฒนาท้องถิ่น\n";
    let built = site(&[
        ("content/2568/development-plan.md", page),
        ("content/2568/hr-annual-report.md", page),
    ]);
    for item in ["O5", "O15"] {
        assert_eq!(built.state(2568, item), ItemState::Doubtful, "{item}");
    }
    let disclosure = built.site.years[&2568]
        .disclosures
        .iter()
        .find(|d| d.item == 4)
        .expect("O5");
    assert!(disclosure.advisory);
    assert!(
        disclosure
            .checks
            .iter()
            .any(|c| matches!(c.state, ElementState::Missing | ElementState::Doubtful))
    );
    // They are still shown, as advice.
    let words = built.text("2568/development-plan/index.html");
    assert!(words.contains("องค์ประกอบที่ต้องแสดง"), "{words}");
}

#[test]
fn an_element_that_only_a_person_can_judge_waits_until_somebody_vouches_for_it() {
    let page = |shows: &str| {
        format!(
            "+++\nupdated = 2568-01-10\n{shows}\n+++\n\n## อำนาจหน้าที่ {{#own-powers}}\n\nดูแลถนน\n"
        )
    };
    let with = |shows: &str| {
        let mut files = base();
        files.put("content/2568/powers-and-duties.md", page(shows));
        built(files).state(2568, "O1")
    };
    assert_eq!(with(""), ItemState::Doubtful);
    assert_eq!(
        with("shows = { not-whole-act = \"#own-powers\" }"),
        ItemState::Published
    );
}

/// `3 of 3 shown` above a list of which two wait would be a lie.
#[test]
fn a_checklist_counts_what_its_own_list_shows() {
    let built = built(base());
    let mut seen = 0;
    for (path, html) in built.all_pages() {
        let Some(list) = html
            .split("<ul class=\"checks\">")
            .nth(1)
            .and_then(|l| l.split("</ul>").next())
        else {
            continue;
        };
        let lang_en = html.contains("<html lang=\"en\">");
        let all = list.matches("<li>").count();
        let waiting = list.matches("class=\"tag todo\"").count()
            + list.matches("class=\"tag missing\"").count()
            + list.matches("class=\"tag incomplete\"").count();
        let says = if lang_en {
            format!("{} of {all} shown", all - waiting)
        } else {
            format!("แสดงแล้ว {} จาก {all} ข้อ", all - waiting)
        };
        assert!(
            text(html).contains(&says),
            "{path} should say “{says}”: {}",
            text(main_of(html))
        );
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

// ---- records ----

#[test]
fn an_item_that_asks_for_the_previous_year_shows_the_previous_years_counts() {
    let built = built(base());
    let words = built.text("2568/complaint-statistics/index.html");
    for part in [
        "ปีงบประมาณ 2567",
        "พฤศจิกายน 2566 3 2 1",
        "กุมภาพันธ์ 2567 41 41 0",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    // 7 and 52 are those of 2568.
    assert!(
        !words.contains(" 7 7 0") && !words.contains(" 52 50 2"),
        "{words}"
    );
    assert_eq!(built.state(2568, "O19"), ItemState::Published);
}

#[test]
fn counts_in_a_later_folder_go_by_their_month_and_not_by_the_folder() {
    let mut files = base();
    files.remove("content/2567/complaints.csv");
    files.put("content/2568/complaints.toml", "[[count]]\nmonth = \"พ.ย. 2566\"\nkind = \"corruption\"\nreceived = 3\nfinished = 2\nin_progress = 1\n");
    let built = built(files);
    assert!(
        built
            .text("2568/complaint-statistics/index.html")
            .contains("พฤศจิกายน 2566 3 2 1")
    );
}

#[test]
fn complaints_are_drawn_with_what_became_of_them_and_none_are_not() {
    let counted = |rows: &str| {
        let rows = format!("เดือน,ประเภท,รับ,ยุติ,อยู่ระหว่างดำเนินการ\n{rows}");
        let built = site(&[
            ("content/2567/complaints.csv", &rows),
            ("content/2568/year.toml", "target = 85\n"),
        ]);
        let page = "2568/complaint-statistics/index.html";
        (built.page(page).to_string(), built.text(page))
    };
    let (html, words) = counted("พ.ย. 2566,ทุจริต,3,2,1\nมิ.ย. 2567,ทั่วไป,4,4,0\n");
    assert!(
        words.contains("ดำเนินการแล้วเสร็จ 6 จาก 7 เรื่องที่รับไว้"),
        "{words}"
    );
    assert!(html.contains("id=\"complaints-chart\""));
    let (_, words) = counted("พ.ย. 2566,ทุจริต,3,3,0\n");
    assert!(words.contains("แล้วเสร็จครบทั้ง 3 เรื่อง"), "{words}");
    let (html, _) = counted("พ.ย. 2566,ทุจริต,0,0,0\n");
    assert!(!html.contains("complaints-chart"));
}

#[test]
fn an_item_of_the_first_half_counts_complaints_from_october_to_march_only() {
    let counts = "เดือน,ประเภท,รับ,ยุติ,อยู่ระหว่างดำเนินการ\nพ.ย. 2566,ทุจริต,3,2,1\nมิ.ย. 2567,ทุจริต,5,5,0\n";
    let built = site(&[
        ("content/2567/complaints.csv", counts),
        ("content/2567/year.toml", "target = 85\n"),
    ]);
    let words = built.text("2567/complaint-statistics/index.html");
    assert!(
        words.contains("ครึ่งแรกของปีงบประมาณ 2567 รับเรื่องร้องเรียนการทุจริต 3 เรื่อง"),
        "{words}"
    );
    assert!(words.contains("แล้วเสร็จ 2 จาก 3 เรื่อง"), "{words}");
}

#[test]
fn an_item_of_the_first_half_shows_purchases_from_october_to_march_only() {
    let built = built(base());
    for page in [
        "2568/procurement-list/index.html",
        "2568/procurement-progress/index.html",
    ] {
        let words = built.text(page);
        for there in ["กระดาษถ่ายเอกสาร", "ซ่อมถนนสายตัวอย่าง", "1,919,500.00"]
        {
            assert!(words.contains(there), "{page} {there}");
        }
        assert!(
            !words.contains("เครื่องปรับอากาศ") && !words.contains("48,000.00"),
            "{page}: {words}"
        );
    }
    let whole = built.text("2568/procurement/index.html");
    assert!(
        whole.contains("1,967,500.00"),
        "the year's own page has all: {whole}"
    );
    assert!(
        built
            .text("2568/procurement/2568-04/index.html")
            .contains("เครื่องปรับอากาศห้องประชุม")
    );
}

#[test]
fn a_month_without_purchases_has_a_page_that_says_so_and_an_unknown_month_has_none() {
    let built = built(base());
    let words = built.text("2568/procurement/2568-01/index.html");
    assert!(words.contains("เดือนมกราคม 2568 ไม่มีการจัดซื้อจัดจ้าง"), "{words}");
    assert!(words.contains("31 ม.ค. 2568"), "{words}");
    assert!(
        !built
            .outputs
            .contains_key("2568/procurement/2567-11/index.html")
    );
    let list = built.text("2568/procurement-list/index.html");
    assert!(list.contains("พฤศจิกายน 2567 0 0.00 ยังไม่มีข้อมูล"), "{list}");
    assert!(
        list.contains("เดือนมกราคม 2568 ไม่มีการจัดซื้อจัดจ้าง (31 ม.ค. 2568)"),
        "{list}"
    );
}

#[test]
fn a_workbook_a_table_of_commas_and_a_toml_file_make_the_same_pages() {
    let csv =
        "เดือน,ชื่อรายการ,วิธีการจัดซื้อจัดจ้าง,ราคาที่ตกลง\nต.ค. 2567,กระดาษ,วิธีเฉพาะเจาะจง,\"19,500.50\"\n";
    let toml = "[[purchase]]\nmonth = \"ต.ค. 2567\"\nitem_name = \"กระดาษ\"\nmethod = \"วิธีเฉพาะเจาะจง\"\nagreed_price = \"19,500.50\"\n";
    let book = xlsx(
        "แผ่น1",
        &[
            &["เดือน", "ชื่อรายการ", "วิธีการจัดซื้อจัดจ้าง", "ราคาที่ตกลง"],
            &["ต.ค. 2567", "กระดาษ", "วิธีเฉพาะเจาะจง", "19500.5"],
        ],
    );
    let pages = |path: &str, bytes: Vec<u8>| {
        let mut files = MemoryFiles::new();
        files.put("content/site.toml", crate::help::SITE_TOML);
        files.put(path, bytes);
        let built = built(files);
        built.expect_no_messages();
        built
            .all_pages()
            .map(|(p, h)| (p.to_string(), text(main_of(h))))
            .collect::<BTreeMap<_, _>>()
    };
    let of_csv = pages("content/2568/procurement.csv", csv.into());
    assert!(of_csv["2568/procurement/2567-10/index.html"].contains("19,500.50"));
    assert_eq!(of_csv, pages("content/2568/procurement.toml", toml.into()));
    assert_eq!(of_csv, pages("content/2568/procurement.xlsx", book));
}

// ---- years ----

#[test]
fn a_new_year_starts_from_the_catalogue_of_the_year_before() {
    let built = site(&[
        ("content/2570/catalogue.toml", "extends = 2569\n"),
        (
            "content/2570/complaint-handling.md",
            "+++\nupdated = 2570-01-01\n+++\n\nวิธีร้องเรียน\n",
        ),
    ]);
    let errors: Vec<_> = built
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let (new, old) = (
        built.site.catalogue(2570).expect("2570"),
        built.site.catalogue(2569).expect("2569"),
    );
    assert_eq!(new.items, old.items);
    assert_eq!(built.site.current_year, 2570);
    assert_eq!(
        followed("/2570/o16/", &refresh(built.page("2570/o16/index.html"))).0,
        "/2570/complaint-handling/"
    );
    assert!(
        built
            .text("2570/index.html")
            .contains(&format!("จาก {} รายการ", old.items.len()))
    );
}

#[test]
fn a_year_without_catalogue_is_told_how_to_get_one() {
    let built = site(&[(
        "content/2571/complaint-handling.md",
        "+++\nupdated = 2571-01-01\n+++\n\nก\n",
    )]);
    let told = built
        .diagnostics
        .iter()
        .find(|d| d.code == "no-catalogue")
        .expect("told");
    assert!(
        told.hints.iter().any(
            |h| h.en.contains("content/2571/catalogue.toml") && h.en.contains("extends = 2569")
        )
    );
}

#[test]
fn the_archive_says_which_item_a_topic_was_in_each_year() {
    let built = built(base());
    let html = main_of(built.page("archive/index.html"));
    let rows = &html[html.find("id=\"crosswalk\"").expect("the table")..];
    let row = rows
        .split("<tr")
        .find(|r| r.contains("/complaint-channels/"))
        .and_then(|r| r.split("</tr>").next())
        .expect("the row of complaint channels");
    let to: Vec<(String, String)> = row
        .split("<a ")
        .skip(1)
        .map(|a| {
            let href = a
                .split("href=\"")
                .nth(1)
                .and_then(|h| h.split('"').next())
                .expect("an address");
            let words = text(&a[a.find('>').map_or(0, |i| i + 1)..]);
            (
                followed("/web/archive/", href).0,
                words.split(' ').next().unwrap_or_default().to_string(),
            )
        })
        .collect();
    assert!(
        to.contains(&("/web/2567/complaint-channels/".into(), "O23".into())),
        "{to:?}"
    );
    assert!(
        to.contains(&("/web/2568/complaint-channels/".into(), "O18".into())),
        "{to:?}"
    );
    // A year that the site has no folder of has a number and no link.
    assert!(text(row).contains("O17"), "{}", text(row));
    assert_eq!(to.len(), 2, "{to:?}");
    let topic = built.text("2568/complaint-channels/index.html");
    assert!(
        topic.contains("O17 ในปี 2569") && topic.contains("O23 ในปี 2567"),
        "{topic}"
    );
}

// ---- languages ----

#[test]
fn a_page_and_its_translation_lead_to_each_other() {
    let built = built(base());
    let mut pairs = 0;
    for (path, html) in built.all_pages() {
        let Some(thai) = path.strip_prefix("en/") else {
            continue;
        };
        // A sheet to print leads to its page alone.
        if path.ends_with("/poster/index.html") {
            continue;
        }
        let own = format!("/web/{}", path.trim_end_matches("index.html"));
        let other = format!("/web/{}", thai.trim_end_matches("index.html"));
        let leads = |html: &str, from: &str, to: &str, lang: &str| {
            let link = html
                .split("<a ")
                .find(|a| {
                    a.contains(&format!("hreflang=\"{lang}\""))
                        && a.contains(&format!(" lang=\"{lang}\""))
                })
                .unwrap_or_else(|| panic!("{from} has no link to {lang}"));
            let href = attributes(&format!(" {link}"), "href").remove(0);
            assert_eq!(followed(from, &href).0, to);
            let alternate = format!(
                "<link rel=\"alternate\" hreflang=\"{lang}\" href=\"https://banthotsop.example{to}\">"
            );
            assert!(html.contains(&alternate), "{from}: {alternate}");
        };
        assert!(html.contains("<html lang=\"en\">"), "{path}");
        leads(html, &own, &other, "th");
        let counterpart = built.page(thai);
        assert!(counterpart.contains("<html lang=\"th\">"), "{thai}");
        leads(counterpart, &other, &own, "en");
        pairs += 1;
    }
    assert!(pairs >= 7, "{pairs}");
    // Without a translation the link leads to the English home page.
    let html = built.page("2568/structure/index.html");
    let link = html
        .split("<a ")
        .find(|a| a.contains("hreflang=\"en\""))
        .expect("a link");
    assert_eq!(
        followed(
            "/web/2568/structure/",
            &attributes(&format!(" {link}"), "href")[0]
        )
        .0,
        "/web/en/"
    );
    assert!(!html.contains("rel=\"alternate\" hreflang=\"en\""));
}

fn is_thai(c: char) -> bool {
    ('\u{e01}'..='\u{e5b}').contains(&c)
}

/// Thai letters of an English page that stand in no element with
/// `lang="th"`, and so would be read out as English.
fn thai_read_as_english(html: &str) -> Vec<String> {
    const EMPTY: &[&str] = &[
        "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect",
        "source", "wbr", "circle", "use",
    ];
    let body = &html[html.find("<body").expect("a body")..];
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut found = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        let words = &rest[..at];
        if words.chars().any(is_thai) && !open.iter().any(|(_, thai)| *thai) {
            found.push(words.trim().to_string());
        }
        let tag = &rest[at + 1..];
        let end = tag.find('>').unwrap_or(tag.len());
        let (inside, closing) = (&tag[..end], tag.starts_with('/'));
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if closing {
            while let Some((top, _)) = open.pop() {
                if top == name {
                    break;
                }
            }
        } else if !EMPTY.contains(&name.as_str()) && !inside.ends_with('/') {
            open.push((name, inside.contains("lang=\"th\"")));
        }
        rest = &tag[(end + 1).min(tag.len())..];
    }
    found
}

#[test]
fn thai_words_on_an_english_page_are_marked_as_thai() {
    let built = built(base());
    let mut wrong = Vec::new();
    let mut marked = 0;
    for (path, html) in built.all_pages().filter(|(p, _)| p.starts_with("en/")) {
        marked += html.matches("lang=\"th\"").count();
        wrong.extend(
            thai_read_as_english(html)
                .into_iter()
                .map(|w| format!("{path}: {w}")),
        );
    }
    assert!(marked > 20, "{marked}");
    assert!(
        wrong.is_empty(),
        "{} places\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn words_of_the_program_on_an_english_page_stand_apart_from_names() {
    let built = built(base());
    for (path, html) in built.all_pages().filter(|(p, _)| p.starts_with("en/")) {
        for alt in attributes(html, "alt") {
            let glued = alt
                .chars()
                .zip(alt.chars().skip(1))
                .any(|(a, b)| a.is_ascii_alphabetic() && is_thai(b));
            assert!(!glued, "{path}: {alt}");
        }
    }
}

#[test]
fn a_site_in_thai_alone_has_no_english_pages_or_links() {
    let mut files = base();
    swap(
        &mut files,
        "content/site.toml",
        "current_year = 2568",
        "current_year = 2568\nlanguages = [\"th\"]",
    );
    let built = built(files);
    assert!(!built.outputs.keys().any(|p| p.starts_with("en/")));
    for (path, html) in built.all_pages() {
        assert!(!html.contains("hreflang=\"en\""), "{path}");
    }
}

// ---- links ----

/// A plain static server below `/web/`: every link is a file, every anchor is
/// on its page.
#[track_caller]
fn every_link_leads_somewhere(built: &Built, root: &str) {
    let ids: BTreeMap<&str, BTreeSet<String>> = built
        .all_pages()
        .map(|(p, html)| (p, attributes(html, "id").into_iter().collect()))
        .collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (page, html) in built.all_pages() {
        let from = format!("{root}{}", page.strip_suffix("index.html").unwrap_or(page));
        for link in links(html) {
            seen += 1;
            let (path, anchor) = followed(&from, &link);
            let file = served(&path, root);
            let there = file.as_ref().is_some_and(|f| built.outputs.contains_key(f));
            if !there {
                wrong.push(format!("{page} → {link} ({path})"));
            } else if let (Some(anchor), Some(ids)) =
                (anchor, file.and_then(|f| ids.get(f.as_str()).cloned()))
                && !ids.contains(&anchor)
            {
                wrong.push(format!("{page} → {link}: no such place"));
            }
        }
    }
    assert!(seen > 2_000, "{seen}");
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_link_of_every_page_leads_somewhere_below_a_path_of_the_host() {
    every_link_leads_somewhere(&built(base()), "/web/");
}

#[test]
fn every_link_of_every_page_leads_somewhere_at_the_root_of_the_host() {
    let mut files = base();
    swap(
        &mut files,
        "content/site.toml",
        BASE_URL,
        "https://banthotsop.example",
    );
    every_link_leads_somewhere(&built(files), "/");
}

#[test]
fn every_link_of_a_portable_site_names_a_file() {
    let built = built_with(
        base(),
        Options {
            portable: true,
            ..options()
        },
    );
    every_link_leads_somewhere(&built, "/web/");
    for (page, html) in built.all_pages().filter(|(p, _)| *p != "404.html") {
        for link in links(html) {
            let path = link.split('#').next().unwrap_or_default();
            assert!(!path.starts_with('/'), "{page}: {link}");
            let file = path.rsplit('/').next().unwrap_or_default();
            assert!(
                path.is_empty() || file.contains('.') && file != ".." && file != ".",
                "{page}: {link}"
            );
        }
        if html.contains("http-equiv=\"refresh\"") {
            let to = refresh(html);
            let file = to.split('#').next().unwrap_or_default();
            assert!(
                to.contains("://") || file.ends_with(".html"),
                "{page}: {to}"
            );
        }
    }
}

#[test]
fn no_page_has_one_id_twice() {
    let built = built(base());
    for (page, html) in built.all_pages() {
        let mut ids = attributes(html, "id");
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "{page}");
    }
}

#[test]
fn the_page_for_lost_readers_works_at_any_depth_below_a_path() {
    let built = built(base());
    let html = built.page("404.html");
    let all = links(html);
    assert!(all.len() > 10);
    for link in &all {
        assert!(link.starts_with("/web/") || link.starts_with('#'), "{link}");
    }
    for asked in ["/web/x", "/web/2568/x/y/z/", "/web/a/b.html"] {
        for link in all.iter().filter(|l| !l.starts_with('#')) {
            let file = served(&followed(asked, link).0, "/web/").expect("below the path");
            assert!(built.outputs.contains_key(&file), "{asked}: {link}");
        }
    }
    assert!(html.contains("noindex"));
}

// ---- for machines ----

fn locations(xml: &str) -> Vec<String> {
    xml.split("<loc>")
        .skip(1)
        .filter_map(|l| l.split("</loc>").next())
        .map(str::to_string)
        .collect()
}

#[test]
fn the_sitemap_lists_every_page_once_and_no_redirect() {
    let built = built(base());
    let all = locations(built.page("sitemap.xml"));
    let mut wanted: Vec<String> = built
        .all_pages()
        .filter(|(_, html)| !html.contains("http-equiv=\"refresh\""))
        // Sheets to print and the page for lost readers are not to be found.
        .filter(|(_, html)| !html.contains("<meta name=\"robots\" content=\"noindex\">"))
        .map(|(p, _)| format!("{BASE_URL}/{}", p.strip_suffix("index.html").unwrap_or(p)))
        .collect();
    let mut listed = all.clone();
    listed.sort();
    wanted.sort();
    assert_eq!(listed, wanted);
    assert!(listed.contains(&format!("{BASE_URL}/2568/complaint-channels/")));
    assert!(
        !listed
            .iter()
            .any(|l| l.ends_with("/o18/") || l.ends_with("404.html"))
    );
    assert!(built.page("sitemap.xml").contains(&format!(
        "<loc>{BASE_URL}/2568/structure/</loc><lastmod>2025-01-10</lastmod>"
    )));
    assert!(
        built
            .page("robots.txt")
            .contains(&format!("Sitemap: {BASE_URL}/sitemap.xml"))
    );
}

#[test]
fn the_feed_has_the_news_newest_first_with_ids_that_do_not_change() {
    let built = built(base());
    let feed = built.page("feed.xml");
    let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
    assert_eq!(entries.len(), 2);
    assert!(entries[0].contains("<title>กิจกรรมงดรับของขวัญ</title>"));
    assert!(entries[0].contains("<published>2025-01-20T00:00:00+07:00</published>"));
    assert!(entries[0].contains("<summary>พนักงานทุกคนร่วมประกาศไม่รับของขวัญ</summary>"));
    assert!(entries[0].contains(&format!(
        "<link href=\"{BASE_URL}/news/2568-01-20-no-gift-day/\"/>"
    )));
    assert!(entries[1].contains("<title>ซ่อมถนนสายตัวอย่าง</title>"));
    let id = |entry: &str| {
        entry
            .split("<id>")
            .nth(1)
            .and_then(|i| i.split("</id>").next())
            .map(str::to_string)
    };
    // The same on another day and below another path.
    let moved = Options {
        base_url: Some("https://banthotsop.example/new".into()),
        today: Date::parse("2569-01-01").expect("a day"),
        ..options()
    };
    let later = built_with(base(), moved);
    let ids = |xml: &str| xml.split("<entry>").skip(1).map(id).collect::<Vec<_>>();
    assert_eq!(ids(feed), ids(later.page("feed.xml")));
    assert!(ids(feed).iter().all(Option::is_some));
}

#[test]
fn news_of_a_topic_stand_on_its_page_in_their_year() {
    let built = built(base());
    let words = built.text("2568/no-gift-culture/index.html");
    assert!(
        words.contains("กิจกรรมงดรับของขวัญ") && !words.contains("ซ่อมถนนสายตัวอย่าง"),
        "{words}"
    );
    assert!(
        !built
            .text("2567/no-gift-culture/index.html")
            .contains("กิจกรรมงดรับของขวัญ")
    );
}

// ---- the survey ----

/// Reads a QR code as a camera does: the modules of the picture, drawn.
pub fn read_qr(svg: &str) -> String {
    const SCALE: usize = 6;
    let size: usize = svg
        .split("viewBox=\"0 0 ")
        .nth(1)
        .and_then(|v| v.split([' ', '"']).next())
        .and_then(|n| n.parse().ok())
        .expect("a size");
    let path = attributes(svg, "d").pop().expect("a path");
    let mut dark = vec![vec![false; size]; size];
    for piece in path.split('M').skip(1) {
        let numbers: Vec<usize> = piece
            .split(|c: char| !c.is_ascii_digit())
            .filter(|n| !n.is_empty())
            .map(|n| n.parse().expect("a number"))
            .collect();
        let [x, y, width, height, back] = numbers[..] else {
            panic!("{piece}")
        };
        assert_eq!((height, back), (1, width), "{piece}");
        for module in &mut dark[y][x..x + width] {
            *module = true;
        }
    }
    let side = size * SCALE;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        if dark[y / SCALE][x / SCALE] { 0 } else { 255 }
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().expect("it is read").1
}

pub fn qr_of(html: &str) -> &str {
    let svg = html
        .split("<svg ")
        .find(|s| s.contains("crispEdges"))
        .expect("a picture");
    svg.split("</svg>").next().expect("an end")
}

#[test]
fn the_code_to_photograph_leads_to_exactly_the_surveys_address() {
    let address = "https://itas.nacc.go.th/go/eit/bthotsop68";
    let open = |files| {
        let today = Date::parse("2568-01-06").expect("a day");
        built_with(files, Options { today, ..options() })
    };
    let built = open(base());
    for page in ["2568/eit/index.html", "en/2568/eit/index.html"] {
        let html = built.page(page);
        assert_eq!(read_qr(qr_of(html)), address, "{page}");
        assert!(
            attributes(html, "href").contains(&address.to_string()),
            "{page}"
        );
        assert!(
            text(html).contains(address),
            "the address can be read too: {page}"
        );
    }
    let mut files = base();
    let other = "https://itas.nacc.go.th/go/eit/long?agency=อบต.&x=1";
    swap(
        &mut files,
        "content/2568/year.toml",
        "code = \"bthotsop68\"",
        &format!("url = \"{other}\""),
    );
    assert_eq!(
        read_qr(qr_of(open(files).page("2568/eit/index.html"))),
        other
    );
}

#[test]
fn the_survey_is_open_on_its_days_and_the_home_page_says_so_only_then() {
    let at = |day: &str| {
        let today = Date::parse(day).expect("a day");
        let built = built_with(base(), Options { today, ..options() });
        // Nobody is asked to photograph or put up a survey that is closed.
        let html = built.page("2568/eit/index.html");
        let invites = [
            html.contains("class=\"qr\""),
            html.contains("eit/poster/\""),
        ];
        assert_eq!(invites, [day < "2568-04-01"; 2], "{day}");
        (
            built.text("2568/eit/index.html"),
            built
                .text("index.html")
                .contains("ประเมินความโปร่งใสของหน่วยงานได้ถึง 31 มีนาคม 2568"),
        )
    };
    let (before, told) = at("2568-01-05");
    assert!(before.contains("ยังไม่เปิดรับคำตอบ") && !told, "{before}");
    for day in ["2568-01-06", "2568-03-31"] {
        let (open, told) = at(day);
        assert!(
            open.contains("เปิดรับคำตอบถึง") && !open.contains("ยังไม่เปิด"),
            "{open}"
        );
        assert!(told, "{day}");
    }
    let (after, told) = at("2568-04-01");
    assert!(after.contains("ปิดรับคำตอบแล้ว") && !told, "{after}");
}

#[test]
fn the_survey_of_staff_is_refused_wherever_its_address_stands() {
    const IIT: &str = "https://itas.nacc.go.th/go/iit/abc123";
    let mut published = Vec::new();
    for (path, from, to) in [
        (
            "content/2568/year.toml",
            "code = \"bthotsop68\"",
            format!("url = \"{IIT}\""),
        ),
        (
            "content/channels.toml",
            "https://line.example/banthotsop",
            IIT.to_string(),
        ),
        (
            "content/site.toml",
            "to = \"budget\"",
            format!("to = \"{IIT}\""),
        ),
        ("content/index.md", "ยินดีต้อนรับ", format!("[ตอบแบบวัด]({IIT})")),
        (
            "content/redirects.toml",
            "https://portal.example/",
            IIT.to_string(),
        ),
        (
            "content/2568/measures-report.toml",
            "path = \"files/activity.svg\", alt = \"ป้ายหน้าหมู่บ้าน\"",
            format!("url = \"{IIT}\""),
        ),
    ] {
        let mut files = base();
        swap(&mut files, path, from, &to);
        let built = built(files);
        let refused = built
            .diagnostics
            .iter()
            .any(|d| d.code == "staff-survey-address" && d.severity == Severity::Error);
        if !refused {
            published.push(path);
        }
    }
    assert!(published.is_empty(), "not refused in {published:?}");
}

// ---- people ----

#[test]
fn the_number_of_a_person_is_masked_wherever_it_was_written() {
    let mut files = base();
    let forms = [
        "1-0000-00000-01-7",
        "1000000000017",
        "1 0000 00000 01 7",
        "๑-๐๐๐๐-๐๐๐๐๐-๐๑-๗",
    ];
    let [dashes, plain, spaces, thai] = forms;
    swap(
        &mut files,
        "content/units.toml",
        "งานธุรการ",
        &format!("งานธุรการ ({dashes})"),
    );
    swap(
        &mut files,
        "content/channels.toml",
        "ปลัดองค์การ",
        &format!("{plain} ปลัดองค์การ"),
    );
    swap(
        &mut files,
        "content/people.csv",
        "นายสาม ทดสอบ",
        &format!("นายสาม ทดสอบ {plain}"),
    );
    swap(
        &mut files,
        "content/2568/procurement.csv",
        "ร้านเครื่องเขียนทดสอบ",
        &format!("ร้านเครื่องเขียนทดสอบ {dashes}"),
    );
    swap(
        &mut files,
        "content/2568/budget.csv",
        "ค่าวัสดุสำนักงาน",
        &format!("ค่าวัสดุสำนักงาน {spaces}"),
    );
    swap(
        &mut files,
        "content/2568/measures-report.toml",
        "ติดป้ายครบ",
        &format!("นาย ก. {thai} ติดป้ายครบ"),
    );
    swap(
        &mut files,
        "content/2568/year.toml",
        "ไม่มีการจัดซื้อจัดจ้าง",
        &format!("ไม่มีการจัดซื้อจัดจ้าง {dashes}"),
    );
    swap(
        &mut files,
        "content/2568/complaint-handling.md",
        "\"รับเรื่อง\"",
        &format!("\"รับเรื่อง {dashes}\""),
    );
    swap(
        &mut files,
        "content/2568/structure.md",
        "ฝ่ายการเมืองกำหนด",
        &format!("ผู้แจ้ง **{dashes}** ฝ่ายการเมืองกำหนด"),
    );
    swap(
        &mut files,
        "content/2568/structure.md",
        "ฝ่ายการเมืองและ",
        &format!("{plain} ฝ่ายการเมืองและ"),
    );
    swap(
        &mut files,
        "content/2568/files/operations.csv",
        "ซ่อมถนน",
        &format!("{dashes} ซ่อมถนน"),
    );
    swap(
        &mut files,
        "content/news/2568-01-20-no-gift-day.md",
        "กิจกรรมงดรับของขวัญ",
        &format!("กิจกรรมงดรับของขวัญ {dashes}"),
    );
    swap(
        &mut files,
        "content/news/2568-01-20-no-gift-day.md",
        "พนักงานทุกคน",
        &format!("{thai} พนักงานทุกคน"),
    );
    swap(
        &mut files,
        "content/news/2567-12-02-road.md",
        "เริ่มซ่อม",
        &format!("{plain} เริ่มซ่อม"),
    );
    swap(
        &mut files,
        "content/pages/history.md",
        "ตั้งขึ้น",
        &format!("| ชื่อ | เลข |\n|---|---|\n| นาย ก. | {plain} |\n\nตั้งขึ้น"),
    );
    // A heading without an id of its own, a picture's words, an English title.
    swap(
        &mut files,
        "content/pages/history.md",
        "อยู่ริมถนน",
        &format!(
            "## นาย ข. {plain}\n\n![{dashes}](../2568/files/activity.svg \"{spaces}\")\n\nอยู่ริมถนน"
        ),
    );
    swap(
        &mut files,
        "content/2568/no-gift-policy.md",
        "No Gift Policy",
        &format!("No Gift Policy {plain}"),
    );
    swap(
        &mut files,
        "content/2568/no-gift-policy.md",
        "ประกาศฉบับลงนาม",
        &format!("ประกาศฉบับลงนาม {dashes}"),
    );
    swap(
        &mut files,
        "content/en/index.md",
        "Welcome",
        &format!("{spaces} Welcome"),
    );
    files.put(
        "content/2568/files/list.xlsx",
        xlsx("รายชื่อ", &[&["ชื่อ", "เลข"], &["นาย ก.", dashes]]),
    );
    swap(
        &mut files,
        "content/2568/no-gift-policy.md",
        "+++\n\nผู้บริหาร",
        "[[table]]\nid = \"list\"\ntitle = \"รายชื่อ\"\npath = \"files/list.xlsx\"\n+++\n\nผู้บริหาร",
    );
    let built = built(files);
    let errors: Vec<_> = built
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut wrong = Vec::new();
    for (path, bytes) in &built.outputs {
        let words = String::from_utf8_lossy(bytes);
        for form in forms {
            let at = words.match_indices(form).map(|(i, _)| i);
            for i in at {
                let before: String = words[..i]
                    .chars()
                    .rev()
                    .take(30)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                wrong.push(format!("{path}: …{before}{form}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (page, mask) in [
        ("2568/structure/index.html", "1-0000-xxxxx-xx-x"),
        ("people/index.html", "10000xxxxxxxx"),
        ("2568/procurement/2567-10/index.html", "1-0000-xxxxx-xx-x"),
        (
            "2568/integrity-measures-report/index.html",
            "๑-๐๐๐๐-xxxxx-xx-x",
        ),
        ("history/index.html", "10000xxxxxxxx"),
    ] {
        assert!(
            built.text(page).contains(mask),
            "{page} {mask}: {}",
            built.text(page)
        );
    }
    assert!(
        built
            .page("2568/files/operations.csv")
            .contains("1-0000-xxxxx-xx-x")
    );
}

#[test]
fn a_number_that_only_looks_like_a_persons_stays() {
    // A contract of thirteen digits whose last does not check, and a company.
    let page =
        "+++\ntitle = \"เลข\"\n+++\n\nสัญญา 1000000000018 บริษัท 0105500000018 e-GP 67109000001\n";
    let words = site(&[("content/pages/a.md", page)]).text("a/index.html");
    for number in ["1000000000018", "0105500000018", "67109000001"] {
        assert!(words.contains(number), "{number}: {words}");
    }
}

// ---- the base site itself ----

#[test]
fn the_base_site_has_no_message_and_uses_every_kind_of_file() {
    let files = base();
    let kinds: BTreeSet<String> = files
        .list()
        .entries
        .iter()
        .filter_map(|e| e.path.extension())
        .collect();
    for kind in ["toml", "csv", "md", "svg", "pdf"] {
        assert!(kinds.contains(kind), "{kind}");
    }
    built(files).expect_no_messages();
}

/// Who knows the total alone has no column of scores.
#[test]
fn an_analysis_may_have_a_total_and_a_level_without_scores() {
    let built = site(&[(
        "content/2568/measures.toml",
        "[document]\ntitle = \"มาตรการ\"\nfiscal_year = 2568\nanalysed_year = 2567\n\n[analysis]\ntotal = 86.75\nlevel = \"ผ่าน\"\n\n[[analysis.issue]]\ninstrument = \"IIT\"\nindicators = [2]\ntext = \"อธิบายงบประมาณ\"\n\n[[measure]]\nid = \"a\"\ntitle = \"ติดป้าย\"\n",
    )]);
    let words = built.text("2568/integrity-measures/index.html");
    assert!(words.contains("อธิบายงบประมาณ"), "{words}");
    assert_eq!(words.matches("86.75").count(), 1, "{words}");
}
