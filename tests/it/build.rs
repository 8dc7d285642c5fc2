//! `prongsai build` and the folder it writes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

use std::sync::Arc;

use prongsai::build;
use prongsai::files::FrozenFiles;
use prongsai::write::Swap;

use crate::help::{OnDisk, Ran, TODAY, options, tree};

/// When each file of a folder was last written.
fn times(root: &Path) -> BTreeMap<String, SystemTime> {
    tree(root)
        .into_keys()
        .map(|path| {
            let time = fs::metadata(root.join(&path)).and_then(|m| m.modified());
            (path, time.expect("a time"))
        })
        .collect()
}

#[test]
fn the_same_content_makes_the_same_bytes_anywhere() {
    let build = |zone: &str, lang: &str, threads: &str| {
        let disk = OnDisk::base();
        let mut command = disk.command(["build", "--quiet"]);
        command
            .env("TZ", zone)
            .env("LANG", lang)
            .env("RAYON_NUM_THREADS", threads);
        let ran = Ran::from(command.output().expect("it runs"));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        disk.public()
    };
    let one = build("America/Los_Angeles", "en_US.UTF-8", "1");
    let other = build("Asia/Bangkok", "th_TH.UTF-8", "8");
    assert!(one.len() > 100);
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    let differ: Vec<&String> = one
        .iter()
        .filter(|(p, b)| other[*p] != **b)
        .map(|(p, _)| p)
        .collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn when_nothing_changed_nothing_is_written() {
    let disk = OnDisk::base();
    let first = disk
        .run(&["build", "--format", "json", "--today", TODAY])
        .json();
    assert_eq!(first["outcome"], "built");
    assert!(first["pages"].as_u64() > Some(100), "{first}");
    let before = times(disk.dir.path());
    let second = disk.run(&["build", "--format", "json", "--today", TODAY]);
    assert_eq!(second.code, 0);
    assert_eq!(second.json()["outcome"], "unchanged");
    assert_eq!(before, times(disk.dir.path()));
}

#[test]
fn a_file_that_someone_edited_in_the_output_is_made_anew() {
    let disk = OnDisk::base();
    disk.build();
    let right = disk.public();
    fs::remove_file(disk.path("public/contact/index.html")).expect("there");
    disk.write("public/index.html", "<p>edited</p>");
    let ran = disk.build();
    assert!(right == disk.public(), "{}", ran.stderr);
}

#[test]
fn a_page_that_is_removed_goes_and_untouched_files_keep_their_times() {
    let disk = OnDisk::base();
    disk.build();
    let before = times(&disk.path("public"));
    let bytes = disk.public();
    fs::remove_file(disk.path("content/pages/history.md")).expect("there");
    fs::remove_file(disk.path("content/en/pages/history.md")).expect("there");
    let ran = disk.run(&["build", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let after = times(&disk.path("public"));
    // Their words in the search index go with them.
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    assert_eq!(ran.json()["removed"], gone.count());
    for gone in [
        "history/index.html",
        "en/history/index.html",
        "history.html",
    ] {
        assert!(before.contains_key(gone), "{gone}");
        assert!(!after.contains_key(gone), "{gone}");
    }
    assert!(
        !disk.path("public/history").exists(),
        "no empty folder stays"
    );
    let now = disk.public();
    let mut kept = 0;
    for (path, time) in &after {
        if bytes.get(path) == now.get(path) {
            assert_eq!(
                before.get(path),
                Some(time),
                "{path} is the same and was written"
            );
            kept += 1;
        }
    }
    assert!(kept > 100, "{kept}");
}

#[test]
fn files_of_others_in_the_output_folder_stop_the_build_and_are_left_alone() {
    let disk = OnDisk::base();
    disk.write("public/index.html", "an older website");
    disk.write("public/photos/2560.jpg", "precious");
    let ran = disk.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("output-foreign-files"),
        "{}",
        ran.stderr
    );
    let left = disk.public();
    assert_eq!(left.len(), 2);
    assert_eq!(left["index.html"], b"an older website");
    assert_eq!(left["photos/2560.jpg"], b"precious");
}

#[test]
fn a_stranger_among_our_own_files_stops_the_build_too() {
    let disk = OnDisk::base();
    disk.build();
    disk.write("public/google123.html", "verification");
    disk.swap("content/index.md", "ยินดีต้อนรับ", "สวัสดี");
    let before = disk.public();
    let ran = disk.run(&["build", "--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(ran.json()["diagnostics"][0]["code"], "output-foreign-files");
    assert!(before == disk.public());
}

#[test]
fn folders_that_hold_other_things_are_no_output() {
    let disk = OnDisk::base();
    let home = tempfile::tempdir().expect("a folder");
    let own = home.path().to_str().expect("a name");
    let before = crate::help::tree(disk.dir.path());
    for (output, code) in [
        (".", "output-is-source"),
        ("..", "output-is-source"),
        ("content", "output-is-source"),
        ("content/public", "output-is-source"),
        ("themes", "output-is-source"),
        (own, "output-unsafe"),
        ("/", "output-unsafe"),
    ] {
        let mut command = disk.command(["build", "--output", output]);
        command.env("HOME", home.path());
        let ran = Ran::from(command.output().expect("it runs"));
        // `..` holds the home folder as well; either reason is right.
        assert_eq!(ran.code, 2, "{output}: {}", ran.stderr);
        let said =
            ran.stderr.contains(code) || (output == ".." && ran.stderr.contains("output-unsafe"));
        assert!(said, "{output}: {}", ran.stderr);
    }
    assert!(before == crate::help::tree(disk.dir.path()));
}

#[test]
fn a_command_that_is_not_understood_ends_with_2_and_says_why() {
    let disk = OnDisk::base();
    for args in [
        &["biuld"][..],
        &["build", "--no-such-option"],
        &["build", "--format", "xml"],
        &["build", "--today", "30 ก.พ. 2568"],
        &["build", "--base-url", "example.go.th"],
        &["build", "--root", "nowhere"],
    ] {
        let ran = disk.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.stderr);
        assert!(!ran.stderr.trim().is_empty(), "{args:?}");
        assert!(!disk.path("public").exists(), "{args:?}");
    }
    for args in [
        &["--help"][..],
        &["--version"],
        &["build", "--help"],
        &["help"],
    ] {
        assert_eq!(disk.run(args).code, 0, "{args:?}");
    }
}

#[test]
fn a_folder_without_content_is_said_in_words() {
    let disk = OnDisk::new([("readme.txt", "nothing here")]);
    let ran = disk.run(&["build"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("no-site") && ran.stderr.contains("--root"),
        "{}",
        ran.stderr
    );
    assert!(!disk.path("public").exists());
}

/// Notepad adds its own ending and Windows hides it.
#[test]
fn a_settings_file_with_a_hidden_second_ending_is_named_with_its_cure() {
    let disk = OnDisk::new([("content/site.toml.txt", "[agency]\n")]);
    let ran = disk.run(&["build", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("content/site.toml.txt")
            && ran.stderr.contains("rename this file to site.toml"),
        "{}",
        ran.stderr
    );
}

#[test]
fn files_replaced_one_by_one_make_the_same_tree() {
    let whole = OnDisk::base();
    whole.build();
    let single = OnDisk::base();
    for _ in 0..2 {
        let ran = single.run(&["build", "--swap", "files"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        single.swap("content/index.md", "ยินดีต้อนรับ", "ยินดีต้อนรับ ");
    }
    for name in ["exchange", "rename"] {
        let disk = OnDisk::base();
        let ran = disk.run(&["build", "--swap", name]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(whole.public() == disk.public(), "{name}");
    }
    let ran = single.run(&["build", "--swap", "files"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    whole.swap("content/index.md", "ยินดีต้อนรับ", "ยินดีต้อนรับ  ");
    whole.build();
    assert!(whole.public() == single.public());
}

#[test]
fn quiet_says_nothing_but_errors() {
    let disk = OnDisk::base();
    // A warning: a person's unit that there is not.
    disk.swap(
        "content/people.csv",
        "กองคลัง,,0 2000 0014",
        "กองครัง,,0 2000 0014",
    );
    let ran = disk.run(&["build", "--quiet"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (0, "", "")
    );
    disk.swap(
        "content/index.md",
        "ยินดีต้อนรับ",
        "[ยินดีต้อนรับ](javascript:alert(1))",
    );
    let ran = disk.run(&["build", "--quiet"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("unsafe-link"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("unknown-unit"), "{}", ran.stderr);
}

#[test]
fn the_report_for_machines_has_code_file_line_and_both_languages() {
    let disk = OnDisk::base();
    disk.swap("content/units.toml", "name_en =", "nmae_en =");
    let ran = disk.run(&["build", "--format", "json", "--today", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    let json = ran.json();
    assert_eq!(json["outcome"], "failed");
    let first = &json["diagnostics"][0];
    assert_eq!(first["code"], "unknown-field");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["place"]["file"], "content/units.toml");
    assert_eq!(
        (
            first["place"]["line"].as_u64(),
            first["place"]["column"].as_u64()
        ),
        (Some(4), Some(1))
    );
    assert!(
        first["message"]["th"]
            .as_str()
            .is_some_and(|t| t.contains("nmae_en"))
    );
    assert!(
        first["message"]["en"]
            .as_str()
            .is_some_and(|t| t.contains("nmae_en"))
    );
    assert!(
        first["hints"][0]["th"]
            .as_str()
            .is_some_and(|t| t.contains("name_en"))
    );
}

#[test]
fn messages_are_thai_unless_the_locale_or_the_command_says_english() {
    let disk = OnDisk::base();
    disk.swap("content/units.toml", "name_en =", "nmae_en =");
    let said = |lang: &str, args: &[&str]| {
        let mut command = disk.command(args);
        command.env("LANG", lang);
        Ran::from(command.output().expect("it runs")).stderr
    };
    assert!(said("C.UTF-8", &["build"]).contains("ผิดพลาด[unknown-field]"));
    assert!(said("en_US.UTF-8", &["build"]).contains("error[unknown-field]"));
    assert!(said("en_US.UTF-8", &["build", "--lang", "th"]).contains("ผิดพลาด[unknown-field]"));
    assert!(said("th_TH.UTF-8", &["build", "--lang", "en"]).contains("error[unknown-field]"));
}

#[test]
fn drafts_are_built_only_when_asked_for() {
    let disk = OnDisk::base();
    let draft = "+++\ntitle = \"ร่างประกาศ\"\ndraft = true\n+++\n\nยังไม่เสร็จ\n";
    disk.write("content/pages/draft.md", draft);
    disk.write("content/news/2568-02-02-draft.md", draft);
    disk.write("content/2568/public-participation.md", draft);
    disk.build();
    let told = |disk: &OnDisk| {
        let all = disk.public();
        let here = |p: &str| all.contains_key(p);
        let anywhere = all
            .values()
            .any(|b| String::from_utf8_lossy(b).contains("ร่างประกาศ"));
        (
            here("draft/index.html"),
            here("news/2568-02-02-draft/index.html"),
            anywhere,
        )
    };
    assert_eq!(told(&disk), (false, false, false));
    let ran = disk.run(&["build", "--drafts"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(told(&disk), (true, true, true));
    disk.build();
    assert_eq!(told(&disk), (false, false, false), "and they go again");
}

#[test]
fn a_second_build_while_one_runs_says_so() {
    let disk = OnDisk::base();
    disk.build();
    let before = disk.public();
    disk.swap("content/index.md", "ยินดีต้อนรับ", "สวัสดี");
    let lock = File::create(disk.path("public.lock")).expect("a file");
    lock.lock().expect("locked");
    let ran = disk.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("output-busy"), "{}", ran.stderr);
    assert!(before == disk.public());
    lock.unlock().expect("free again");
    disk.build();
    assert!(before != disk.public());
}

#[test]
fn the_output_may_lie_anywhere_else() {
    let disk = OnDisk::base();
    let ran = disk.run(&["build", "--output", "a/b/เว็บ"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let there = crate::help::tree(&disk.path("a/b/เว็บ"));
    assert!(!disk.path("public").exists());
    disk.build();
    assert!(there == disk.public());
}

#[test]
fn another_base_url_by_command_changes_addresses_but_no_relative_link() {
    let disk = OnDisk::base();
    let ran = disk.run(&["build", "--base-url", "https://preview.example/x"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let all = disk.public();
    let words = |p: &str| String::from_utf8_lossy(&all[p]).into_owned();
    assert!(words("sitemap.xml").contains("<loc>https://preview.example/x/2568/</loc>"));
    assert!(words("404.html").contains("href=\"/x/2568/\""));
    let told: Vec<&String> = all
        .iter()
        .filter(|(_, b)| String::from_utf8_lossy(b).contains("banthotsop.example/web"))
        .map(|(p, _)| p)
        .collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn a_site_is_made_of_the_files_that_were_judged_whatever_became_of_them() {
    let disk = OnDisk::base();
    disk.build();
    let before = disk.public();
    let judged = Arc::new(FrozenFiles::take(build::open(disk.dir.path())));
    // An editor has one open and another emptied; a third is gone.
    disk.write("content/index.md", "");
    disk.write("content/site.toml", "[agency");
    std::fs::remove_file(disk.path("content/2568/structure.md")).expect("removed");
    let done = build::run(&build::Request {
        root: disk.dir.path(),
        files: judged,
        output: disk.path("judged"),
        options: options(),
        swap: Swap::Auto,
    });
    let done = done.expect("written");
    assert!(matches!(done.outcome, build::Outcome::Built { .. }));
    assert_eq!(tree(&disk.path("judged")), before);
}
