//! What clerks type wrong in TOML: what they are told to type instead.

use crate::help::OnDisk;

/// The first message about the file, in this language.
fn told(text: &str) -> (String, String, u64) {
    let disk = OnDisk::base();
    disk.write("content/units.toml", text);
    let json = disk
        .run(&["check", "--format", "json", "--only", "toml-syntax"])
        .json();
    let first = &json["findings"][0];
    assert!(first.is_object(), "nothing was told of {text}");
    assert_eq!(first["place"]["file"], "content/units.toml", "{json:#}");
    let hint = |lang: &str| first["hints"][0][lang].as_str().unwrap_or("").to_string();
    (
        hint("th"),
        hint("en"),
        first["place"]["line"].as_u64().unwrap_or(0),
    )
}

/// Lines that are to be typed stand apart.
fn typed(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(|l| format!("    {l}")).collect();
    lines.join("\n")
}

#[test]
fn each_slip_gets_the_line_as_it_should_be() {
    for (wrong, right) in [
        ("name \"กองคลัง\"", "name = \"กองคลัง\""),
        ("name : \"กองคลัง\"", "name = \"กองคลัง\""),
        ("name == \"กองคลัง\"", "name = \"กองคลัง\""),
        ("name ＝ \"กองคลัง\"", "name = \"กองคลัง\""),
        ("name = “กองคลัง”", "name = \"กองคลัง\""),
        ("name = „กองคลัง”", "name = \"กองคลัง\""),
        ("name = \"กองคลัง", "name = \"กองคลัง\""),
        ("name = กองคลัง\"", "name = \"กองคลัง\""),
        ("name = กองคลัง", "name = \"กองคลัง\""),
        ("name = \"กองคลัง\",", "name = \"กองคลัง\""),
        ("name\u{a0}= \"กอง\u{a0}คลัง\"", "name = \"กอง\u{a0}คลัง\""),
        ("order = ๑๒", "order = 12"),
        ("order = １２", "order = 12"),
        ("updated = ๒๕๖๘-๐๓-๓๑", "updated = 2568-03-31"),
        ("file = \"C:\\งาน\\ผัง.pdf\"", "file = \"C:/งาน/ผัง.pdf\""),
        ("name = \"ก\" id = \"a\"", "name = \"ก\"\nid = \"a\""),
        (
            "name = \"ก, ข\", id = \"a\", also = [\"ค\", \"ง\"]",
            "name = \"ก, ข\"\nid = \"a\"\nalso = [\"ค\", \"ง\"]",
        ),
    ] {
        let (th, en, line) = told(&format!("[[unit]]\n{wrong}\n"));
        assert_eq!(th, format!("พิมพ์เป็น:\n{}", typed(right)), "{wrong}");
        assert_eq!(en, format!("write:\n{}", typed(right)), "{wrong}");
        assert_eq!(line, 2, "{wrong}");
    }
    for (wrong, right) in [
        ("[[unit]", "[[unit]]"),
        ("[unit", "[unit]"),
        ("[[unit", "[[unit]]"),
    ] {
        let (_, en, line) = told(&format!("{wrong}\nname = \"ก\"\n"));
        assert_eq!(
            (en, line),
            (format!("write:\n{}", typed(right)), 1),
            "{wrong}"
        );
    }
}

#[test]
fn a_field_given_twice_tells_where_the_first_stands() {
    let disk = OnDisk::base();
    let text =
        "# name = \n[[unit]]\nname = \"ข\"\n[[unit]]\nname = \"ก\"\nid = \"a\"\nname = \"ค\"\n";
    disk.write("content/units.toml", text);
    let ran = disk.run(&["check", "--only", "toml-syntax"]);
    assert!(
        ran.stdout.contains("content/units.toml:7:1"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("content/units.toml:5:1"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("it is given here already"),
        "{}",
        ran.stdout
    );
}
