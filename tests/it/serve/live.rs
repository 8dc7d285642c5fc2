//! What each tab is told, and what stays on screen while something is wrong.

use std::time::Duration;

use prongsai::files::Look;
use prongsai::serve::{Preview, Settings};
use serde_json::Value;

use super::{Desk, HOST, ask_with, check, get, state, without_script};
use crate::help::{base, options, swap, text};

const HISTORY: &str = "/web/history/";

fn page(title: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n\n{body}\n")
}

fn desk() -> (std::sync::Arc<Desk>, Preview) {
    let desk = Desk::new(base());
    let preview = desk.preview();
    check(&preview);
    assert_eq!(preview.report().errors, 0);
    (desk, preview)
}

fn settle(preview: &Preview) {
    preview.look(None, Look::Settled);
    check(preview);
}

fn words(preview: &Preview, path: &str) -> String {
    text(&get(preview, path).text())
}

fn hash(preview: &Preview, path: &str) -> String {
    let state = state(preview, path);
    state["page"]["hash"].as_str().expect("a hash").to_string()
}

fn codes(state: &Value) -> Vec<&str> {
    let list = state["problems"]["list"].as_array().expect("a list");
    list.iter().filter_map(|m| m["code"].as_str()).collect()
}

#[test]
fn an_edit_shows_at_the_first_look_on_the_page_and_on_every_list() {
    let (desk, preview) = desk();
    let path = "content/news/2568-01-20-no-gift-day.md";
    desk.change(|files| {
        files.put(path, page("ข่าวแก้แล้ว", "เนื้อข่าว"));
    });
    let hint = prongsai::files::SitePath::new(path).expect("a path");
    let seen = preview.look(Some(&[hint]), Look::First);
    assert!(seen.shown && !seen.unfinished);
    for path in ["/web/news/", "/web/", "/web/feed.xml"] {
        assert!(get(&preview, path).text().contains("ข่าวแก้แล้ว"), "{path}");
    }
}

#[test]
fn what_changes_nothing_shows_nothing_new() {
    let (desk, preview) = desk();
    let before = state(&preview, "/web/")["revision"].clone();
    desk.change(|files| {
        files.put("content/site.toml~", "backup");
        files.put("content/.~lock.people.csv#", "lock");
        files.put("content/~$report.docx", "lock");
        files.put("content/index.md.tmp", "half");
    });
    for look in [Look::First, Look::Settled] {
        assert!(!preview.look(None, look).shown);
    }
    assert_eq!(state(&preview, "/web/")["revision"], before);
}

#[test]
fn a_failed_load_keeps_the_last_good_site_and_tells_every_page_why() {
    let (desk, preview) = desk();
    let before = words(&preview, HISTORY);
    desk.change(|files| {
        files.put("content/pages/history.md", page("เปลี่ยนแล้ว", "ใหม่"));
        files.put(
            "content/2568/measures.toml",
            "[document]\ntitle = \"ไม่ปิด <script>alert(1)</script>\n",
        );
    });
    // It may be half of a change: nothing is said yet.
    let first = preview.look(None, Look::First);
    assert!(first.unfinished && !first.shown);
    assert_eq!(state(&preview, HISTORY)["problems"]["errors"], 0);
    settle(&preview);
    assert_eq!(words(&preview, HISTORY), before);
    for path in [HISTORY, "/web/", "/web/2568/o18/", "/web/not/there/"] {
        let state = state(&preview, path);
        assert_eq!(state["problems"]["stale"], true, "{path}");
        assert!(state["problems"]["here"].as_u64() > Some(0), "{path}");
        let message = &state["problems"]["list"][0];
        assert_eq!(
            (&message["here"], &message["site"]),
            (&false.into(), &true.into())
        );
        assert_eq!(message["severity"], "error");
        let place = &message["places"][0];
        assert_eq!(place["file"], "content/2568/measures.toml");
        assert_eq!(place["line"], 2);
        assert_eq!(place["text"], "title = \"ไม่ปิด <script>alert(1)</script>");
        assert!(place["from"].as_u64() <= place["to"].as_u64());
        assert!(message["hints"][0].is_string());
    }
    // Neither the page nor the script it carries has the message as markup.
    assert!(!get(&preview, HISTORY).text().contains("alert(1)"));
    desk.change(|files| {
        files.put("content/2568/measures.toml", base_measures());
    });
    settle(&preview);
    let state = state(&preview, HISTORY);
    assert_eq!(state["problems"]["stale"], false);
    assert!(codes(&state).is_empty(), "{state:#}");
    assert!(words(&preview, HISTORY).contains("เปลี่ยนแล้ว"));
}

fn base_measures() -> Vec<u8> {
    use prongsai::files::Files;
    let path = prongsai::files::SitePath::new("content/2568/measures.toml").expect("a path");
    base().read(&path).expect("there")
}

#[test]
fn a_page_that_fails_keeps_its_last_good_version_and_the_others_go_on() {
    let (desk, preview) = desk();
    let good = get(&preview, HISTORY);
    let before = hash(&preview, HISTORY);
    desk.change(|files| {
        files.put("content/pages/history.md", page("เสีย", "[ไป](nowhere.md)"));
        files.put("content/index.md", page("หน้าแรกใหม่", "สวัสดี"));
    });
    settle(&preview);
    assert_eq!(
        without_script(&get(&preview, HISTORY).text()),
        without_script(&good.text())
    );
    let told = state(&preview, HISTORY);
    assert_eq!(told["page"]["hash"], before.as_str(), "no tab reloads");
    assert_eq!(told["problems"]["here"], 1, "{told:#}");
    assert_eq!(told["problems"]["stale"], true, "this page");
    assert!(words(&preview, "/web/").contains("สวัสดี"));
    let home = state(&preview, "/web/");
    assert_eq!(home["problems"]["here"], 0, "another page's fault");
    assert_eq!(home["problems"]["stale"], false);
    assert_eq!(home["problems"]["errors"], 1);
    desk.change(|files| {
        files.put("content/pages/history.md", page("ดีแล้ว", "ดี"));
    });
    settle(&preview);
    assert!(words(&preview, HISTORY).contains("ดีแล้ว"));
    assert_eq!(state(&preview, HISTORY)["problems"]["errors"], 0);
    assert_ne!(hash(&preview, HISTORY), before);
}

#[test]
fn a_site_that_never_loaded_is_shown_as_far_as_it_goes() {
    let desk = Desk::new(base());
    desk.change(|files| {
        files.put("content/2568/budget.csv", "ไม่,รู้จัก\n1,2\n");
    });
    let preview = desk.preview();
    check(&preview);
    assert_eq!(get(&preview, HISTORY).status, 200);
    let told = state(&preview, HISTORY);
    assert_eq!(told["problems"]["stale"], false);
    assert!(told["problems"]["here"].as_u64() > Some(0));
    // Edits still show, as nothing better is being held.
    desk.change(|files| {
        files.put("content/pages/history.md", page("แก้ระหว่างเสีย", "ใหม่"));
    });
    settle(&preview);
    assert!(words(&preview, HISTORY).contains("แก้ระหว่างเสีย"));
}

#[test]
fn a_broken_template_keeps_the_site_and_is_told_by_file_and_line() {
    let (desk, preview) = desk();
    let before = words(&preview, HISTORY);
    desk.change(|files| {
        files.put(
            "themes/default/templates/page.html",
            "<html>\n{% if %}\n</html>",
        );
    });
    settle(&preview);
    assert_eq!(words(&preview, HISTORY), before);
    let told = state(&preview, HISTORY);
    assert_eq!(told["problems"]["stale"], true);
    let file = &told["problems"]["list"][0]["places"][0]["file"];
    assert_eq!(file, "themes/default/templates/page.html");
}

#[test]
fn only_what_a_page_shows_changes_its_hash() {
    let (desk, preview) = desk();
    let hashes = || [HISTORY, "/web/people/", "/web/2568/operations/"].map(|p| hash(&preview, p));
    let before = hashes();
    let styles = state(&preview, "/web/")["page"]["styles"].clone();
    // A stylesheet: no page, but the styles.
    desk.change(|files| {
        files.put("themes/default/assets/style.css", "body { color: black }");
    });
    settle(&preview);
    assert_eq!(hashes(), before);
    let now = state(&preview, "/web/")["page"]["styles"].clone();
    assert_ne!(now[0], styles[0]);
    assert_eq!(now[1], styles[1]);
    // A tab that was opened before still gets styles by the old name.
    let old = get(&preview, styles[0].as_str().expect("a path"));
    assert_eq!(
        (old.status, old.body.as_slice()),
        (200, &b"body { color: black }"[..])
    );
    // A photograph: the page that shows it.
    desk.change(|files| {
        files.put(
            "content/files/people/head.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>",
        );
    });
    settle(&preview);
    let after = hashes();
    assert_eq!(after[0], before[0]);
    assert_ne!(after[1], before[1]);
    assert_eq!(after[2], before[2]);
    // A figure in a spreadsheet: the page that adds it up.
    desk.change(|files| {
        swap(
            files,
            "content/2568/files/operations.csv",
            "\n",
            "\nอีกโครงการ,1,",
        )
    });
    settle(&preview);
    assert_eq!(hash(&preview, HISTORY), before[0]);
    assert_ne!(hash(&preview, "/web/2568/operations/"), before[2]);
}

#[test]
fn the_bar_tells_the_elements_of_this_page_and_the_count_of_the_year() {
    let (desk, preview) = desk();
    let path = "/web/2568/powers-and-duties/";
    let told = state(&preview, path);
    let check_of = &told["check"];
    let item = &check_of["item"];
    assert_eq!(check_of["year"], 2568);
    let rows = item["rows"].as_array().expect("rows");
    assert_eq!(item["needed"], rows.len());
    let vouched = rows
        .iter()
        .find(|r| r["edit"]["line"] == 3)
        .expect("the line of `shows`");
    assert_eq!(vouched["state"], "published");
    assert_eq!(vouched["href"], "#own-powers");
    assert_eq!(vouched["edit"]["file"], "content/2568/powers-and-duties.md");
    assert_eq!(told["edit"]["file"], "content/2568/powers-and-duties.md");
    let (shown, complete) = (item["shown"].clone(), check_of["complete"].clone());
    desk.change(|files| {
        swap(
            files,
            "content/2568/powers-and-duties.md",
            "shows = { not-whole-act = \"#own-powers\" }",
            "",
        );
    });
    settle(&preview);
    let told = state(&preview, path);
    assert_ne!(told["check"]["item"]["shown"], shown);
    assert!(told["check"]["complete"].as_u64() < complete.as_u64());
    // What is yet to be written has the name that it would have.
    let todo = state(&preview, "/web/2568/risk-assessment/");
    let of_item = state(&preview, "/web/2568/");
    assert!(of_item["check"]["item"].is_null());
    assert_eq!(of_item["edit"]["file"], "content/2568/year.toml");
    if !todo["edit"].is_null() {
        assert_eq!(todo["edit"]["exists"], false);
    }
    // Pages that belong to no item tell the current year.
    assert_eq!(state(&preview, HISTORY)["check"]["year"], 2568);
}

#[test]
fn nobody_waits_for_a_revision_that_is_there() {
    let (desk, preview) = desk();
    let now = state(&preview, "/web/")["revision"].as_u64();
    let long = Duration::from_secs(60);
    assert_eq!(preview.wait(None, long), now, "a tab that just connected");
    assert_eq!(
        preview.wait(now.map(|n| n - 1), long),
        now,
        "one that missed a build"
    );
    assert_eq!(preview.wait(now, Duration::ZERO), None);
    // One that waits is woken by the next.
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| preview.wait(now, long));
        desk.change(|files| {
            files.put("content/pages/history.md", page("ใหม่", "ใหม่"));
        });
        preview.look(None, Look::First);
        assert!(waiting.join().expect("woken") > now);
    });
}

#[test]
fn judging_pages_ends_when_there_is_something_newer_to_do() {
    let desk = Desk::new(base());
    let preview = desk.preview();
    assert!(!preview.check(&|| false));
    assert!(preview.report_is_due());
    assert_eq!(state(&preview, "/web/")["checking"], true);
    check(&preview);
    assert!(!preview.report_is_due());
    assert_eq!(state(&preview, "/web/")["checking"], false);
}

#[test]
fn the_script_is_on_every_page_and_on_404_and_says_whether_to_reload() {
    let desk = Desk::new(base());
    for (reload, marked) in [(true, false), (false, true)] {
        let preview = Preview::load(
            desk.clone(),
            Settings {
                reload,
                ..Settings::new(options())
            },
        );
        for path in ["/web/", "/web/2568/o18/", "/web/en/", "/web/nothing/"] {
            let html = get(&preview, path).text();
            let _ = without_script(&html);
            assert_eq!(html.contains("data-reload=\"no\""), marked, "{path}");
            let hash = hash(&preview, path);
            assert!(html.contains(&format!("data-page=\"{hash}\"")), "{path}");
        }
        let script = get(&preview, "/web/__prongsai/preview.js");
        assert_eq!(
            script.header("Content-Type"),
            Some("text/javascript; charset=utf-8")
        );
    }
}

#[test]
fn drafts_are_shown_only_when_they_are_asked_for() {
    let desk = Desk::new(base());
    desk.change(|files| {
        files.put(
            "content/pages/plan.md",
            "+++\ntitle = \"ร่าง\"\ndraft = true\n+++\nx\n",
        );
    });
    for drafts in [false, true] {
        let mut options = options();
        options.drafts = drafts;
        let preview = Preview::load(desk.clone(), Settings::new(options));
        let status = get(&preview, "/web/plan/").status;
        assert_eq!(status, if drafts { 200 } else { 404 });
    }
}

#[test]
fn a_day_that_begins_while_the_preview_is_open_is_taken_note_of() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    let later = Arc::new(AtomicBool::new(false));
    let asked = later.clone();
    let today = options().today;
    let next = prongsai::thai::Date::parse("2570-01-01").expect("a day");
    let settings = Settings {
        today: Box::new(move || {
            if asked.load(Ordering::Relaxed) {
                next
            } else {
                today
            }
        }),
        ..Settings::new(options())
    };
    let preview = Preview::load(Desk::new(base()), settings);
    assert!(!preview.look(None, Look::First).shown);
    later.store(true, Ordering::Relaxed);
    assert!(preview.look(None, Look::First).shown);
    assert!(!preview.look(None, Look::First).shown);
}

#[test]
fn a_file_is_opened_only_for_pages_of_this_preview_on_this_machine() {
    let (_, preview) = desk();
    let target = "/web/__prongsai/open?file=content/index.md&line=3";
    let own = [("Host", HOST), ("X-Prongsai", "open")];
    let ask =
        |headers: &[(&str, &str)], near| ask_with(&preview, "POST", target, headers, near).status;
    assert_eq!(ask(&own, false), 403, "another machine");
    assert_eq!(ask(&own[..1], true), 403, "a form on another site");
    for (name, value) in [
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "none"),
    ] {
        let headers = [own[0], own[1], (name, value)];
        assert_eq!(ask(&headers, true), 403, "{name}: {value}");
    }
    // Here nothing is on disk, so that no program starts.
    let origin = format!("http://{HOST}");
    let allowed = [
        own[0],
        own[1],
        ("Origin", origin.as_str()),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    assert_eq!(ask(&allowed, true), 404);
    assert_eq!(ask_with(&preview, "GET", target, &own, true).status, 405);
    for file in ["../../etc/passwd", "/etc/passwd", "content/.env", ""] {
        let target = format!("/web/__prongsai/open?file={file}");
        assert_eq!(
            ask_with(&preview, "POST", &target, &own, true).status,
            404,
            "{file}"
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_keeps_the_site_and_is_told() {
    let (desk, preview) = desk();
    let path = "content/units.toml";
    let before = words(&preview, "/web/2568/structure/");
    desk.lock(Some(path));
    desk.change(|files| {
        files.put(path, "[[unit]]\nid = \"x\"\nname = \"ใหม่\"\n");
    });
    // While it is saved it is held by the program that saves it.
    assert!(preview.look(None, Look::First).unfinished);
    assert_eq!(state(&preview, HISTORY)["problems"]["errors"], 0);
    settle(&preview);
    let told = state(&preview, HISTORY);
    assert!(codes(&told).contains(&"file-unreadable"), "{told:#}");
    assert_eq!(told["problems"]["stale"], true);
    assert_eq!(words(&preview, "/web/2568/structure/"), before);
    desk.lock(None);
    settle(&preview);
    let told = state(&preview, HISTORY);
    assert!(!codes(&told).contains(&"file-unreadable"), "{told:#}");
}

#[test]
fn a_tab_at_a_former_path_of_the_site_is_sent_on() {
    let (desk, preview) = desk();
    let move_to = |url: &str| {
        desk.change(|files| {
            let text = crate::help::read(files, "content/site.toml");
            let line = text
                .lines()
                .find(|l| l.starts_with("base_url"))
                .expect("a line")
                .to_string();
            files.put(
                "content/site.toml",
                text.replace(&line, &format!("base_url = \"{url}\"")),
            );
        });
        settle(&preview);
    };
    let location = |path: &str| {
        let reply = get(&preview, path);
        (reply.status, reply.header("Location").map(str::to_string))
    };
    move_to("https://banthotsop.example/ใหม่");
    let new = "/%E0%B9%83%E0%B8%AB%E0%B8%A1%E0%B9%88/";
    assert_eq!(location(HISTORY), (308, Some(format!("{new}history/"))));
    assert_eq!(
        location(&format!("{new}history")),
        (308, Some(format!("{new}history/")))
    );
    assert_eq!(get(&preview, &format!("{new}history/")).status, 200);
    // The script of the old tab is answered, and told to load the page.
    let told = state(&preview, HISTORY);
    assert_eq!(told["page"]["hash"], "moved");
    move_to("https://banthotsop.example");
    assert_eq!(location(HISTORY), (308, Some("/history/".into())));
    assert_eq!(
        location(&format!("{new}history/")),
        (308, Some("/history/".into()))
    );
    assert_eq!(get(&preview, "/history/").status, 200);
    move_to("https://banthotsop.example/web");
    assert_eq!(get(&preview, HISTORY).status, 200);
    assert_eq!(location("/history/"), (308, Some(HISTORY.into())));
    assert_ne!(state(&preview, HISTORY)["page"]["hash"], "moved");
    assert_eq!(get(&preview, "/nothing/").status, 404);
}

#[test]
fn a_page_that_was_never_looked_at_has_a_last_good_version_too() {
    let (desk, preview) = desk();
    let good = words(&desk.preview(), "/web/people/");
    desk.change(|files| {
        files.put(
            "themes/default/templates/page.html",
            "{{ page.title }}{{ site.nosuchthing.at }}",
        );
    });
    settle(&preview);
    let told = state(&preview, "/web/people/");
    assert_eq!(
        told["problems"]["errors"], 1,
        "one cause, one message: {told:#}"
    );
    let message = &told["problems"]["list"][0];
    assert_eq!(
        message["places"][0]["file"],
        "themes/default/templates/page.html"
    );
    assert_eq!(message["places"][0]["line"], 1);
    assert_eq!(words(&preview, "/web/people/"), good);
}

/// Where each element is edited: the file that its words or its records are in.
#[test]
fn every_element_leads_to_the_file_that_would_be_changed() {
    let (_, preview) = desk();
    let places = |page: &str| -> Vec<(String, String)> {
        let told = state(&preview, page);
        let rows = told["check"]["item"]["rows"]
            .as_array()
            .expect("rows")
            .clone();
        rows.iter()
            .map(|row| {
                let file = row["edit"]["file"].as_str().expect("a file").to_string();
                (row["text"].as_str().expect("words").to_string(), file)
            })
            .collect()
    };
    // A merged item: each element in the file of its own topic.
    let merged: std::collections::BTreeSet<String> = places("/web/2568/o1/")
        .into_iter()
        .map(|(_, file)| file)
        .collect();
    assert!(
        merged.contains("content/2568/powers-and-duties.md"),
        "{merged:?}"
    );
    assert!(merged.contains("content/2568/structure.md"), "{merged:?}");
    // Records, in the file that holds them.
    for (text, file) in places("/web/2568/executives/") {
        assert_eq!(file, "content/people.csv", "{text}");
    }
}
