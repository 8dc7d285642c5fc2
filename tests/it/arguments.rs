//! What the program says of its own arguments, in both languages.

use unicode_width::UnicodeWidthStr;

use crate::help::OnDisk;

fn thai(text: &str) -> bool {
    text.chars().any(|c| ('ก'..='๛').contains(&c))
}

const COMMANDS: &[&str] = &["build", "serve", "check", "answers", "explain", "freeze"];

#[test]
fn help_speaks_one_language_and_fits_the_screen() {
    let disk = OnDisk::base();
    let mut asked = vec![vec!["--help"]];
    asked.extend(COMMANDS.iter().map(|c| vec![*c, "--help"]));
    asked.extend(COMMANDS.iter().map(|c| vec!["help", *c]));
    for args in asked {
        for lang in ["th", "en"] {
            let mut all = args.clone();
            all.extend(["--lang", lang]);
            let ran = disk.run(&all);
            assert_eq!(ran.code, 0, "{all:?}: {}", ran.stderr);
            let help = ran.stdout;
            let (usage, other) = match lang {
                "th" => ("วิธีใช้:", "Usage:"),
                _ => ("Usage:", "วิธีใช้:"),
            };
            assert!(help.contains(usage) && !help.contains(other), "{help}");
            for line in help.lines() {
                assert!(line.width() <= 80, "{} {line}", line.width());
                let words = line.starts_with("          ");
                if lang == "en" {
                    assert!(!thai(line), "{line}");
                } else if words && line.trim().len() > 12 {
                    assert!(thai(line) || line.contains(", "), "{line}");
                }
            }
        }
    }
    // Without a flag, as the locale asks.
    let ran = disk
        .command(["check", "--help"])
        .env("LANG", "th_TH.UTF-8")
        .output();
    let text = String::from_utf8(ran.expect("it runs").stdout).expect("UTF-8");
    assert!(text.contains("วิธีใช้:"), "{text}");
}

#[test]
fn wrong_arguments_are_told_with_what_was_meant() {
    let disk = OnDisk::base();
    for (args, th, en) in [
        (&["serve", "--port", "99999"][..], "65535", "65535"),
        (
            &["serve", "--prot", "1"],
            "หมายถึง --port",
            "Did you mean --port?",
        ),
        (
            &["chekc"],
            "หมายถึง prongsai check",
            "Did you mean prongsai check?",
        ),
        (
            &["build", "--format", "jsn"],
            "หมายถึง json",
            "Did you mean json?",
        ),
        (&["build", "--strict"], "prongsai check", "prongsai check"),
        (
            &["check", "--year"],
            "ต้องใส่ค่าหลัง --year",
            "--year needs a value",
        ),
        (
            &["check", "--fail-on", "x"],
            "เลือกได้: error, warning",
            "It can be: error, warning",
        ),
        (
            &["answers", "2568"],
            "ไม่รู้จัก “2568”",
            "there is no “2568” here",
        ),
        (&["build", "--quiet", "--quiet"], "ได้ครั้งเดียว", "once only"),
    ] {
        for (lang, words) in [("th", th), ("en", en)] {
            let mut all = vec![args[0], "--lang", lang];
            if args[0] == "chekc" {
                all = vec!["--lang", lang];
                all.insert(0, args[0]);
            }
            all.extend(&args[1..]);
            let ran = disk.run(&all);
            assert_eq!(ran.code, 2, "{all:?}: {}", ran.stderr);
            assert!(ran.stderr.contains(words), "{all:?}: {}", ran.stderr);
            assert!(ran.stderr.contains("--help"), "{}", ran.stderr);
            assert_eq!(thai(&ran.stderr), lang == "th", "{}", ran.stderr);
            assert_eq!(ran.stdout, "");
        }
    }
}
