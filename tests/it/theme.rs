//! What the default theme promises: its weight, its own house only, letters,
//! colours, notices for the board.

use prongsai::site::Options;
use prongsai::thai::Date;

use crate::help::{attributes, base, built, options, swap, text};
use crate::site::{qr_of, read_qr};

/// Everything that a page fetches by itself: not what it links to.
fn fetched(html: &str) -> Vec<String> {
    let mut all = attributes(html, "src");
    all.extend(attributes(html, "srcset"));
    for link in html.split("<link ").skip(1) {
        let tag = link.split('>').next().unwrap_or_default();
        let rel = attributes(&format!("<x {tag}>"), "rel").concat();
        if matches!(rel.as_str(), "stylesheet" | "icon" | "preload" | "manifest") {
            all.extend(attributes(&format!("<x {tag}>"), "href"));
        }
    }
    all
}

fn is_foreign(address: &str) -> bool {
    address.contains("//") || address.starts_with("data:")
}

#[test]
fn no_page_of_the_example_fetches_anything_from_another_host() {
    let example = built(crate::check::example());
    let mut seen = 0;
    for (path, html) in example.all_pages() {
        for address in fetched(html) {
            seen += 1;
            assert!(!is_foreign(&address), "{path}: {address}");
        }
        assert!(!html.contains("<script src=\"http"), "{path}");
    }
    assert!(seen > 500, "{seen}");
    for css in styles(&example) {
        for url in css.split("url(").skip(1) {
            assert!(
                !is_foreign(url.split(')').next().unwrap_or_default()),
                "{url:.60}"
            );
        }
        assert!(!css.contains("@import"));
    }
}

fn styles(built: &crate::help::Built) -> Vec<String> {
    // The theme's own, then what the site's settings make.
    ["assets/style-", "assets/colours-"]
        .map(|start| {
            let mut names = built.outputs.keys();
            let name = names.find(|n| n.starts_with(start)).expect("styles");
            built.page(name).to_string()
        })
        .to_vec()
}

/// Firefox prints a sheet of its own for white space between two blocks that are
/// not printed.
#[test]
fn blocks_that_are_not_printed_follow_each_other_without_white_space() {
    let built = built(base());
    let pages = built.outputs.keys().filter(|path| path.ends_with(".html"));
    let mut seen = 0;
    for path in pages {
        let page = built.page(path);
        for (at, _) in page.match_indices("<p class=\"report\"") {
            let before = &page[..at];
            let last = before.rfind("<p ").map_or("", |start| &before[start..]);
            if last.starts_with("<p class=\"quiet small\"") {
                seen += 1;
                assert!(last.ends_with("</p>"), "{path}");
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn all_styles_of_a_page_weigh_less_than_20_kb() {
    let weight: usize = styles(&built(base())).iter().map(String::len).sum();
    assert!(weight < 20_000, "{weight}");
}

#[test]
fn a_site_can_do_without_letters_of_its_own() {
    let with = built(base());
    assert!(styles(&with).concat().contains("@font-face"));
    assert!(with.page("index.html").contains("rel=\"preload\""));
    let mut files = base();
    swap(
        &mut files,
        "content/site.toml",
        "current_year",
        "font = \"none\"\ncurrent_year",
    );
    let without = built(files);
    without.expect_no_messages();
    assert!(!styles(&without).concat().contains("@font-face"));
    assert!(!without.page("index.html").contains("rel=\"preload\""));
    let letters =
        |b: &crate::help::Built| b.outputs.keys().filter(|n| n.ends_with(".woff2")).count();
    assert_eq!((letters(&with), letters(&without)), (4, 0));
}

/// The two colours that are given reach the page as they are; the rest
/// follows them.
#[test]
fn the_palette_follows_the_sites_colours() {
    let with = |brand: &str| {
        let mut files = base();
        swap(&mut files, "content/site.toml", "#17498a", brand);
        styles(&built(files)).remove(1)
    };
    let (blue, green) = (with("#17498a"), with("#1f5c2e"));
    assert!(blue.contains("--link:#17498a;") && green.contains("--link:#1f5c2e;"));
    for name in ["--surface:", "--head:", "--rule:", "--edge:", "--plan:"] {
        let of = |css: &str| css.split(name).nth(1).map(|v| v[..7].to_string());
        assert_ne!(of(&blue), of(&green), "{name}");
    }
}

/// A site whose colours can't be read is not built: the message names the
/// field, the contrast and a colour that will do.
#[test]
fn a_colour_that_cannot_be_read_stops_the_build() {
    let disk = crate::help::OnDisk::base();
    disk.swap("content/site.toml", "#17498a", "#ffcc00");
    let ran = disk.run(&["build", "--format", "json", "--today", "2568-06-30"]);
    let json = ran.json();
    assert_eq!(ran.code, 1);
    let found = json["diagnostics"].as_array().expect("messages");
    assert_eq!(found.len(), 1, "{json}");
    assert_eq!(found[0]["code"], "poor-contrast");
    assert_eq!(found[0]["place"]["file"], "content/site.toml");
    let hint = found[0]["hints"][0]["en"].as_str().expect("a hint");
    let near = hint.split('"').nth(1).expect("a colour").to_string();
    disk.swap("content/site.toml", "#ffcc00", &near);
    assert_eq!(disk.run(&["build", "--today", "2568-06-30"]).code, 0);
}

#[test]
fn the_notice_of_the_survey_leads_to_the_survey_and_says_when() {
    let built = crate::help::built_with(
        base(),
        Options {
            today: Date::parse("2568-01-06").expect("a day"),
            ..options()
        },
    );
    let html = built.page("2568/eit/poster/index.html");
    let address = "https://itas.nacc.go.th/go/eit/bthotsop68";
    assert_eq!(read_qr(qr_of(html)), address);
    let words = text(html);
    assert!(words.contains(address), "{words}");
    assert!(words.contains("ทดสอบ"), "{words}");
    assert!(
        built
            .page("2568/eit/index.html")
            .contains("href=\"../../2568/eit/poster/\"")
    );
}

#[test]
fn any_page_has_a_notice_for_the_board_when_it_asks_for_one() {
    let mut files = base();
    let asked = |files: &mut prongsai::files::MemoryFiles| {
        swap(
            files,
            "content/pages/history.md",
            "+++\ntitle",
            "+++\nposter = true\ntitle",
        );
    };
    assert!(
        !built(base())
            .all_pages()
            .any(|(p, _)| p == "history/poster/index.html")
    );
    asked(&mut files);
    let built = built(files);
    built.expect_no_messages();
    let html = built.page("history/poster/index.html");
    assert_eq!(
        read_qr(qr_of(html)),
        "https://banthotsop.example/web/history/"
    );
    assert!(html.contains("noindex"));
    assert!(html.contains("<a href=\"../../en/history/poster/\" lang=\"en\""));
    let english = built.page("en/history/poster/index.html");
    assert_eq!(
        read_qr(qr_of(english)),
        "https://banthotsop.example/web/en/history/"
    );
}

#[test]
fn names_of_the_site_are_kept_whole_outside_of_cells() {
    let mut files = base();
    swap(
        &mut files,
        "content/site.toml",
        "current_year",
        "glossary = [\"คำพิเศษ\"]\ncurrent_year",
    );
    swap(
        &mut files,
        "content/pages/history.md",
        "+++\n\nตั้งขึ้น",
        "+++\n\nประโยคมีคำพิเศษอยู่ ณ 31 มี.ค. 2568 และอื่น ๆ\n\nตั้งขึ้น",
    );
    let html = built(files).page("history/index.html").to_string();
    assert!(html.contains("<span class=\"nb\">คำพิเศษ</span>"), "{html}");
    assert!(html.contains("31\u{a0}มี.ค.\u{a0}2568"), "{html}");
    assert!(html.contains("อื่น\u{a0}ๆ"), "{html}");
    for cell in html.split("<td").skip(1) {
        assert!(
            !cell
                .split("</td>")
                .next()
                .unwrap_or_default()
                .contains("class=\"nb\"")
        );
    }
    // Not a letter is added.
    assert!(!html.contains('\u{200b}') && !html.contains('\u{2060}'));
}
