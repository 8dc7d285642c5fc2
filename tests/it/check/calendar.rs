//! Dates, years and deadlines.

use prongsai::files::MemoryFiles;

use super::elements::text_of;
use super::{assert_breaks, assert_breaks_on, check_on, example};
use crate::help::{OnDisk, base, swap};

fn but(files: &MemoryFiles, path: &str, from: &str, to: &str) -> MemoryFiles {
    let mut files = files.clone();
    swap(&mut files, path, from, to);
    files
}

fn codes_on(files: &MemoryFiles, day: &str) -> Vec<&'static str> {
    let checked = check_on(files, &[], day);
    checked.findings.iter().map(|f| f.diagnostic.code).collect()
}

const YEAR: &str = "content/2568/year.toml";
const LONG_AGO: &str = "to = 2568-04-30";

#[test]
fn a_near_deadline_is_told_and_a_far_one_is_not() {
    let far = but(&base(), YEAR, LONG_AGO, "to = 2568-07-31");
    let near = but(&base(), YEAR, LONG_AGO, "to = 2568-07-14");
    let place = "content/2568/year.toml:11";
    assert_breaks_on("2568-06-30", "deadline-near", place, &far, &near);
    let of_others = but(
        &near,
        YEAR,
        "to = 2568-07-14",
        "to = 2568-07-14\nactor = \"nacc\"",
    );
    assert!(!codes_on(&of_others, "2568-06-30").contains(&"deadline-near"));
}

#[test]
fn the_last_day_is_near_and_the_day_after_it_is_past() {
    let codes = |day| codes_on(&base(), day);
    assert!(codes("2568-04-30").contains(&"deadline-near"));
    assert!(!codes("2568-04-30").contains(&"deadline-past"));
    assert!(codes("2568-05-01").contains(&"deadline-past"));
}

#[test]
fn a_past_deadline_with_missing_items_is_told_until_the_result_is_known() {
    let good = but(&base(), YEAR, LONG_AGO, "to = 2568-09-30");
    let place = "content/2568/year.toml:11";
    assert_breaks_on("2568-06-30", "deadline-past", place, &good, &base());
    let over = but(
        &base(),
        YEAR,
        "[eit]",
        "[result]\nannounced = 2568-06-20\n\n[eit]",
    );
    assert!(!codes_on(&over, "2568-06-30").contains(&"deadline-past"));
    assert!(!codes_on(&base(), "2569-01-15").contains(&"deadline-past"));
    let mut handed_in = base();
    handed_in.put("content/2568/handed-in.toml", "date = 2568-04-29\n");
    assert!(!codes_on(&handed_in, "2568-06-30").contains(&"deadline-past"));
    // Another deadline of the agency is not the day of handing in.
    let lists = but(
        &good,
        YEAR,
        "[[deadline]]",
        "[[deadline]]\ntitle = \"นำเข้ารายชื่อ\"\nto = 2568-02-28\n\n[[deadline]]",
    );
    assert!(!codes_on(&lists, "2568-06-30").contains(&"deadline-past"));
}

#[test]
fn the_survey_of_the_current_year_is_there_and_open() {
    let later = but(&base(), YEAR, LONG_AGO, "to = 2568-09-30");
    let open = but(&later, YEAR, "closes = 2568-03-31", "closes = 2568-08-31");
    let place = "content/2568/year.toml:6";
    assert_breaks_on("2568-06-30", "eit-closed", place, &open, &later);
    let without = but(
        &open,
        YEAR,
        "[eit]\ncode = \"bthotsop68\"\nopens = 2568-01-06\ncloses = 2568-08-31\n",
        "",
    );
    assert_breaks_on(
        "2568-06-30",
        "eit-missing",
        "content/2568/year.toml",
        &open,
        &without,
    );
}

#[test]
fn an_old_page_is_told_by_the_period_of_its_item() {
    let page = "content/2568/spending-progress.md";
    let broken = but(
        &example(),
        page,
        "updated = 2568-04-10",
        "updated = 2567-04-10",
    );
    assert_breaks("stale-page", &format!("{page}:4"), &example(), &broken);
    let page = "content/2568/powers-and-duties.md";
    let broken = but(
        &example(),
        page,
        "updated = 2567-10-15",
        "updated = 2566-10-15",
    );
    assert_breaks("stale-page", &format!("{page}:4"), &example(), &broken);
    // A plan is decided before its year; one for several years is older.
    let page = "content/2568/development-plan.md";
    let longer = but(
        &example(),
        page,
        "updated = 2567-10-28",
        "updated = 2565-10-28",
    );
    assert!(!codes_on(&longer, super::DAY).contains(&"stale-page"));
}

#[test]
fn a_page_of_an_item_bears_a_date() {
    let page = "content/2568/powers-and-duties.md";
    let broken = but(&example(), page, "updated = 2567-10-15\n", "");
    assert_breaks("page-without-date", page, &example(), &broken);
}

#[test]
fn a_title_or_heading_of_another_year_is_told_at_its_line() {
    let code = "year-contradicts-folder";
    let page = "content/2568/operation-plan.md";
    let text = "## แผนระยะหนึ่งปี";
    let at = line(&example(), page, text);
    let broken = but(&example(), page, text, "## แผนระยะหนึ่งปี พ.ศ. ๒๕๖๖");
    assert_breaks(code, &format!("{page}:{at}"), &example(), &broken);
    let titled = |title: &str| {
        let title = format!("title = \"{title}\"\ntitle_en = ");
        but(&example(), page, "title_en = ", &title)
    };
    let good = titled("แผนดำเนินงาน ประจำปี พ.ศ. 2568");
    let broken = titled("แผนดำเนินงาน ประจำปี พ.ศ. 2566");
    assert_breaks(code, &format!("{page}:2"), &good, &broken);
    for fine in ["แผนปี 2566–2570", "แผนตามระเบียบ พ.ศ. 2561"]
    {
        let codes = codes_on(&titled(fine), super::DAY);
        assert!(!codes.contains(&code), "{fine}");
    }
}

fn line(files: &MemoryFiles, path: &str, of: &str) -> usize {
    use prongsai::files::{Files, SitePath};
    let bytes = files.read(&SitePath::new(path).expect("a path"));
    let text = String::from_utf8(bytes.expect("there")).expect("UTF-8");
    text[..text.find(of).expect("there")].matches('\n').count() + 1
}

#[test]
fn who_left_is_not_listed_as_in_office() {
    let people = "content/people.toml";
    let broken = but(
        &example(),
        people,
        "since = 2566-08-14",
        "since = 2566-08-14\nuntil = 2568-12-31",
    );
    assert_breaks(
        "past-office-holder",
        &format!("{people}:3"),
        &example(),
        &broken,
    );
    let later = but(
        &example(),
        people,
        "since = 2566-08-14",
        "since = 2566-08-14\nuntil = 2570-08-13",
    );
    assert!(!codes_on(&later, super::DAY).contains(&"past-office-holder"));
}

#[test]
fn nobody_is_head_beside_another() {
    let people = "content/people.toml";
    let text = text_of(&example(), people);
    let (head, _) = text.split_once("\n[[person]]").map_or_else(
        || panic!("a person"),
        |(_, rest)| rest.split_once("\n\n[[person]]").expect("another"),
    );
    let with = |until: &str| {
        let mut files = example();
        let other = head.replacen("name = \"", "name = \"อีกคน ", 1);
        let other = other.replace("people/mayor.svg", "people/other.svg");
        let photo = text_of(&files, "content/files/people/mayor.svg");
        files.put(
            "content/files/people/other.svg",
            photo.replace("</svg>", "<circle r=\"9\"/></svg>"),
        );
        files.put(people, format!("{text}\n[[person]]{other}\n{until}"));
        files
    };
    let at = text.lines().count() + 2;
    assert_breaks(
        "two-heads",
        &format!("{people}:{at}"),
        &example(),
        &with(""),
    );
    // Who has left is none, though still listed.
    let left = with("until = 2566-08-13\n");
    assert!(!codes_on(&left, super::DAY).contains(&"two-heads"));
}

#[test]
fn the_gift_policy_is_the_present_heads() {
    let code = "policy-of-former-head";
    let page = "content/2568/no-gift-policy.md";
    let at = |of: &str| format!("{page}:{}", line(&example(), page, of));
    let signed = "signed_by = \"นายกเทศมนตรี\"";
    let by = |name: &str| but(&example(), page, signed, &format!("signed_by = \"{name}\""));
    assert_breaks(
        code,
        &at("signed_by"),
        &example(),
        &by("นายสมมุติ ร้อย นายกเทศมนตรี"),
    );
    assert!(!codes_on(&by("นายตัวอย่าง หนึ่ง"), super::DAY).contains(&code));
    let newer = but(
        &example(),
        "content/people.toml",
        "since = 2566-08-14",
        "since = 2568-02-01",
    );
    assert_breaks(code, &at("date = "), &example(), &newer);
}

#[test]
fn a_day_that_has_not_come_is_told_wherever_it_stands() {
    let code = "future-date";
    for (file, from, to) in [
        (
            "content/2568/structure.md",
            "updated = 2567-10-15",
            "updated = 2587-10-15",
        ),
        (
            "content/2568/hr-annual-report.md",
            "date = 2567-11-22",
            "date = 2576-11-22",
        ),
        (
            YEAR,
            "[budget]\nas_of = 2568-09-30",
            "[budget]\nas_of = 2586-09-30",
        ),
        (YEAR, "announced = 2568-08-20", "announced = 2569-08-20"),
        ("content/pages/history.md", "updated = 25", "updated = 26"),
    ] {
        let broken = but(&example(), file, from, to);
        let of = to.rsplit('\n').next().expect("a line");
        let place = format!("{file}:{}", line(&broken, file, of));
        assert_breaks(code, &place, &example(), &broken);
    }
    assert!(codes_on(&example(), "2568-06-30").contains(&code));
}

#[test]
fn a_line_that_spent_more_than_it_had_is_told() {
    let file = "content/2568/budget.csv";
    let row = "ค่าวัสดุสำนักงาน,\"300,000.00\",0,\"60,000.00\"";
    let over = "ค่าวัสดุสำนักงาน,\"300,000.00\",0,\"600,000.00\"";
    let broken = but(&base(), file, row, over);
    assert_breaks("overspent", &format!("{file}:A2"), &base(), &broken);
    let moved = but(
        &broken,
        file,
        "\"300,000.00\",0",
        "\"300,000.00\",\"500,000.00\"",
    );
    assert!(!codes_on(&moved, super::DAY).contains(&"overspent"));
}

/// Lines unfolded, as a reader of RFC 5545 sees them.
fn unfolded(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']) && !line.is_empty(), "{line:?}");
    }
    let whole = text.replace("\r\n ", "");
    whole.split_terminator("\r\n").map(String::from).collect()
}

/// Properties of every event, by another program's reader.
fn events(text: &str) -> Vec<Vec<(String, String)>> {
    let mut calendars = ical::IcalParser::new(text.as_bytes());
    let calendar = calendars.next().expect("a calendar").expect("well made");
    assert!(calendars.next().is_none());
    let read = |name: &str, all: &[ical::property::Property]| -> Vec<(String, String)> {
        let value = |p: &ical::property::Property| p.value.clone().unwrap_or_default();
        all.iter()
            .map(|p| (format!("{name}{}", p.name), value(p)))
            .collect()
    };
    calendar
        .events
        .iter()
        .map(|event| {
            let alarms = event.alarms.iter();
            read("", &event.properties)
                .into_iter()
                .chain(alarms.flat_map(|a| read("ALARM-", &a.properties)))
                .collect()
        })
        .collect()
}

#[test]
fn the_deadlines_are_a_calendar_that_stays_the_same() {
    let disk = OnDisk::new(
        crate::help::tree(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content"))
            .into_iter()
            .map(|(path, bytes)| (format!("content/{path}"), bytes)),
    );
    let args = [
        "check",
        "--calendar",
        "days.ics",
        "--fail-on",
        "never",
        "--only",
        "O1",
    ];
    let write = |disk: &OnDisk| {
        let ran = disk.run(&args);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        std::fs::read_to_string(disk.path("days.ics")).expect("written")
    };
    let text = write(&disk);
    let events = events(&text);
    assert_eq!(events.len(), 4);
    let value = |event: &[(String, String)], name: &str| {
        event
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.clone())
    };
    let first = &events[0];
    assert_eq!(value(first, "DTSTART").as_deref(), Some("20250228"));
    assert_eq!(value(first, "DTEND").as_deref(), Some("20250301"));
    assert_eq!(value(first, "DTSTAMP").as_deref(), Some("20241001T000000Z"));
    assert_eq!(value(first, "ALARM-TRIGGER").as_deref(), Some("-P7D"));
    let summary = value(first, "SUMMARY").expect("a summary");
    assert!(summary.starts_with("ITA 2568: นำเข้ารายชื่อ"), "{summary}");
    assert!(
        value(&events[3], "ALARM-TRIGGER").is_none(),
        "not the agency's own"
    );
    let uids: std::collections::BTreeSet<_> = events.iter().map(|e| value(e, "UID")).collect();
    assert_eq!(uids.len(), 4);
    assert_eq!(write(&disk), text);
    // Another day for the same deadline moves the entry.
    disk.swap(YEAR, "to = 2568-02-28", "to = 2568-03-14");
    let moved = write(&disk);
    assert!(moved.contains("DTSTART;VALUE=DATE:20250314"));
    let uid = value(first, "UID").expect("a UID");
    assert!(unfolded(&moved).iter().any(|l| *l == format!("UID:{uid}")));
}

#[test]
fn marks_of_the_format_in_a_title_are_escaped() {
    let disk = OnDisk::base();
    disk.swap(YEAR, "ส่งแบบวัด OIT", "ส่งแบบ; ครั้งที่ 1, 2");
    let ran = disk.run(&["check", "--calendar", "days.ics", "--fail-on", "never"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = std::fs::read_to_string(disk.path("days.ics")).expect("written");
    assert!(
        unfolded(&text)
            .iter()
            .any(|l| l == "SUMMARY:ITA 2568: ส่งแบบ\\; ครั้งที่ 1\\, 2")
    );
}

#[test]
fn counts_that_do_not_add_up_are_told_unless_cases_were_carried_over() {
    let file = "content/2568/complaints.toml";
    let broken = but(&base(), file, "finished = 7", "finished = 9");
    assert!(codes_on(&broken, super::DAY).contains(&"counts-differ"));
    let told = but(
        &broken,
        file,
        "in_progress = 0",
        "in_progress = 0\nnote = \"รวมเรื่องยกมาจากเดือนกันยายน 2 เรื่อง\"",
    );
    assert!(!codes_on(&told, super::DAY).contains(&"counts-differ"));
}
