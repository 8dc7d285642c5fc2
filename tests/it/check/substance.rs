//! An item counts for what stands there: not for a heading with nothing below
//! it, a vouch that points elsewhere, a row without its value, a picture of
//! nobody.

use prongsai::diagnostic::Lang;
use prongsai::files::{Files, MemoryFiles, SitePath};
use prongsai::site::ItemState;
use rayon::prelude::*;

use super::elements::text_of;
use super::{check_years, example, shown};
use crate::help::swap;

/// A break of the complete year: what is told of it, where, and what becomes
/// of the item.
struct Break {
    name: &'static str,
    files: MemoryFiles,
    code: &'static str,
    file: &'static str,
    /// Words of the line that is told; the file as a whole without any.
    line: &'static str,
    item: &'static str,
    state: ItemState,
}

fn broken(change: impl FnOnce(&mut MemoryFiles)) -> MemoryFiles {
    let mut files = example();
    change(&mut files);
    files
}

/// Each is told at its place, and its item is not complete. The complete year
/// itself has no finding, which another test sees.
#[track_caller]
fn assert_told(breaks: Vec<Break>) {
    let wrong: Vec<String> = breaks
        .par_iter()
        .filter_map(|one| {
            let checked = check_years(&one.files, &[2568]);
            let lines: Vec<String> = checked
                .findings
                .iter()
                .map(|f| shown(&one.files, f))
                .collect();
            let at = if one.line.is_empty() {
                format!("{}:1 ", one.file)
            } else {
                let text = text_of(&one.files, one.file);
                let line = text.lines().position(|l| l.contains(one.line));
                let line = line.unwrap_or_else(|| panic!("{}: no such line", one.name));
                let cell = one.file.ends_with(".csv");
                let number = line + 1;
                format!("{}:{}{number} ", one.file, if cell { "A" } else { "" })
            };
            let whole = format!("{} {} ", one.code, one.file);
            let told = lines.iter().any(|l| {
                l.starts_with(&format!("{} {at}", one.code))
                    || (one.line.is_empty() && l.starts_with(&whole))
            });
            let items = &checked.years[0].items;
            let state = items
                .iter()
                .find(|i| i.code == one.item)
                .expect("there")
                .state;
            let right = told && state == one.state;
            (!right).then(|| format!("{}: {at} {state:?} {lines:#?}", one.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The year has no finding at all.
#[track_caller]
fn assert_silent(good: Vec<(&'static str, MemoryFiles)>) {
    let wrong: Vec<String> = good
        .par_iter()
        .filter_map(|(name, files)| {
            let checked = check_years(files, &[2568]);
            let lines: Vec<String> = checked.findings.iter().map(|f| shown(files, f)).collect();
            (!lines.is_empty()).then(|| format!("{name}: {lines:#?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const MANUALS: &str = "content/2568/staff-manuals.md";
const LAWS: &str = "## กฎหมายที่เกี่ยวข้อง {#related-laws}\n";

/// The manuals with these words below the heading of the laws.
fn laws(words: &str) -> MemoryFiles {
    broken(|f| {
        let text = text_of(f, MANUALS);
        let (before, _) = text.split_once(LAWS).expect("a heading");
        f.put(MANUALS, format!("{before}{LAWS}\n{words}\n"));
    })
}

#[test]
fn a_heading_with_nothing_below_it_shows_nothing() {
    let words = [
        "",
        "-",
        "...",
        "\u{a0}",
        "อยู่ระหว่างจัดทำ",
        "อยู่ระหว่างดำเนินการ (จัดทำข้อมูล)",
        "ไม่มีข้อมูล",
        "[ดาวน์โหลด](files/related-laws.pdf)",
    ];
    let of = |words: &'static str| Break {
        name: words,
        files: laws(words),
        code: "empty-place",
        file: MANUALS,
        // Where there is no word to point at, the heading.
        line: match words {
            "" | "-" | "\u{a0}" => "{#related-laws}",
            words if words.starts_with('[') => "[ดาวน์โหลด]",
            words => words,
        },
        item: "O8",
        state: ItemState::Incomplete,
    };
    let mut all: Vec<Break> = words.into_iter().map(of).collect();
    // Who answers in one word may mean it.
    all.push(Break {
        name: "one word",
        files: laws("ไม่มี"),
        code: "doubtful-place",
        file: MANUALS,
        line: "ไม่มี",
        item: "O8",
        state: ItemState::Doubtful,
    });
    assert_told(all);
    assert_silent(vec![
        ("a short law", laws("พ.ร.บ. ข้อมูลข่าวสารของราชการ พ.ศ. 2540")),
        (
            "a link to a file that is there",
            laws("[ประกาศ](files/code-of-ethics.pdf)"),
        ),
    ]);
}

/// The manuals with this for `shows`.
fn shows(what: &str) -> MemoryFiles {
    broken(|f| {
        let text = text_of(f, MANUALS);
        let line = text
            .lines()
            .find(|l| l.starts_with("shows"))
            .expect("there");
        swap(f, MANUALS, line, &format!("shows = {{ {what} }}"));
    })
}

#[test]
fn a_vouch_counts_for_places_that_an_assessor_sees() {
    const REST: &str = "work-name = \"#work-name\", steps = \"#steps\", time-per-step = \"#steps\"";
    let of = |name: &'static str, place: &str| Break {
        name,
        files: shows(&format!("{REST}, related-laws = \"{place}\"")),
        code: "doubtful-place",
        file: MANUALS,
        line: "shows = ",
        item: "O8",
        state: ItemState::Doubtful,
    };
    let mut all = vec![
        of("another website", "https://www.example.com/laws"),
        of("a share", "https://drive.google.com/file/d/1abcDEF/view"),
        of("another item", "structure"),
        of("a place of another item", "structure#both-sides"),
        of("another year", "2567/structure"),
        of("the home page", "home"),
        of("the page itself", "staff-manuals"),
        of("a picture", "files/org-chart-2568.svg"),
        of(
            "news of something else",
            "/news/2568-03-12-new-garbage-truck.md",
        ),
    ];
    let same = ["work-name", "steps", "time-per-step", "related-laws"]
        .map(|e| format!("{e} = \"#work-name\""));
    all.push(Break {
        name: "all at one place",
        files: shows(&same.join(", ")),
        ..of("", "")
    });
    all.push(Break {
        name: "the logo",
        code: "empty-place",
        state: ItemState::Incomplete,
        ..of("", "/files/logo.svg")
    });
    assert_told(all);
    let good = |place: &str| shows(&format!("{REST}, related-laws = \"{place}\""));
    let mut below = good("staff-manuals/laws.md");
    below.put(
        "content/2568/staff-manuals/laws.md",
        "+++\ntitle = \"กฎหมายที่เกี่ยวข้อง\"\nupdated = 2568-01-10\n+++\n\nพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540\n",
    );
    assert_silent(vec![
        ("two at one heading", good("#related-laws")),
        ("a page below", below),
        ("a document", good("files/code-of-ethics.pdf")),
        (
            "three in a table of four columns",
            shows(
                "work-name = \"#work-name\", steps = \"#steps\", time-per-step = \"#steps\", related-laws = \"#steps\"",
            ),
        ),
    ]);
}

const PLAN: &str = "content/2568/hr-policy-and-plan.md";
const ROW: &str = "\"30 คน\", \"25,000\"";

#[test]
fn a_table_shows_what_its_cells_hold() {
    let cell = |with: &str| broken(|f| swap(f, PLAN, ROW, &format!("\"30 คน\", {with}")));
    let of = |name, files, code, line| Break {
        name,
        files,
        code,
        file: PLAN,
        line,
        item: "O14",
        // What the item asks for is known by hearsay alone.
        state: ItemState::Doubtful,
    };
    let rows = broken(|f| {
        let text = text_of(f, PLAN);
        let from = text.find("rows = [").expect("rows");
        let to = from + text[from..].find("\n]").expect("an end") + 2;
        f.put(PLAN, format!("{}rows = []{}", &text[..from], &text[to..]));
    });
    let no_column = broken(|f| {
        swap(
            f,
            PLAN,
            "\"งบประมาณ (บาท)\", \"ระยะเวลา",
            "\"หมายเหตุ\", \"ระยะเวลา",
        );
        swap(f, PLAN, "total = [\"งบประมาณ (บาท)\"]\n", "");
    });
    let list = "content/2568/files/operation-plan-2568.csv";
    let head_alone = broken(|f| {
        let text = text_of(f, list);
        let head = text.lines().next().expect("a head").to_string();
        f.put(list, head + "\n");
    });
    let budget = broken(|f| {
        let text = text_of(f, "content/2568/budget.csv");
        f.put(
            "content/2568/budget.csv",
            text.replacen("สำนักปลัดเทศบาล,9860000,", "สำนักปลัดเทศบาล,,", 1),
        );
    });
    let measure = broken(|f| {
        swap(
            f,
            "content/2568/measures.toml",
            "period = \"ม.ค. – ก.ย. 2568\"",
            "period = \"-\"",
        );
    });
    assert_told(vec![
        of(
            "a blank cell",
            cell("\"\""),
            "blank-cells",
            "\"30 คน\", \"\"",
        ),
        of(
            "words that promise",
            cell("\"รอข้อมูล\""),
            "blank-cells",
            "รอข้อมูล",
        ),
        of("a dash", cell("\"-\""), "blank-cells", "\"30 คน\", \"-\""),
        of("no rows", rows, "empty-place", "[[table]]"),
        of("no column", no_column, "doubtful-place", "[[table]]"),
        Break {
            name: "a spreadsheet of a head alone",
            files: head_alone,
            code: "empty-place",
            file: "content/2568/operation-plan.md",
            line: "[[table]]",
            item: "O6",
            state: ItemState::Incomplete,
        },
        Break {
            name: "a budget line without its amount",
            files: budget,
            code: "blank-cells",
            file: "content/2568/budget.csv",
            line: "สำนักปลัดเทศบาล,,",
            item: "O6",
            state: ItemState::Doubtful,
        },
        Break {
            name: "a measure without its time",
            files: measure,
            code: "measure-without-field",
            file: "content/2568/measures.toml",
            line: "[[measure]]",
            item: "O27",
            state: ItemState::Doubtful,
        },
    ]);
    let group = broken(|f| {
        swap(
            f,
            PLAN,
            "rows = [\n",
            "rows = [\n  [\"ยุทธศาสตร์ที่ 1\", \"\", \"\", \"\", \"\", \"\"],\n",
        );
    });
    assert_silent(vec![
        ("no money", cell("\"ไม่ใช้งบประมาณ\"")),
        ("a row that heads a group", group),
    ]);
}

const PEOPLE: &str = "content/people.toml";
const DEPUTY: &str = "photo = \"files/people/deputy-mayor-1.svg\"";

#[test]
fn a_person_is_shown_by_name_face_and_contact() {
    let told = |name, code, line, change: &dyn Fn(&mut MemoryFiles)| Break {
        name,
        files: broken(change),
        code,
        file: PEOPLE,
        line,
        item: "O2",
        state: ItemState::Incomplete,
    };
    let photo = |with: &'static str| {
        move |f: &mut MemoryFiles| swap(f, PEOPLE, DEPUTY, &format!("photo = \"{with}\""))
    };
    let file = |bytes: &'static [u8]| {
        move |f: &mut MemoryFiles| {
            f.put("content/files/people/deputy-mayor-1.svg", bytes.to_vec());
        }
    };
    let without = |position: &'static str| {
        move |f: &mut MemoryFiles| {
            let text = text_of(f, PEOPLE);
            let kept: Vec<&str> = text
                .split("[[person]]")
                .filter(|p| !p.contains(&format!("position = \"{position}")))
                .collect();
            f.put(PEOPLE, kept.join("[[person]]"));
        }
    };
    let name = |with: &'static str| {
        move |f: &mut MemoryFiles| {
            swap(
                f,
                PEOPLE,
                "name = \"นายตัวอย่าง หนึ่ง\"",
                &format!("name = \"{with}\""),
            );
        }
    };
    let head = "[[person]]";
    let picture = "deputy-mayor-1.svg";
    assert_told(vec![
        told("no name", "person-without-name", head, &name("-")),
        told("a vacant name", "person-without-name", head, &name("ว่าง")),
        told(
            "the logo",
            "photo-of-nobody",
            "photo = \"files/logo.svg\"",
            &photo("files/logo.svg"),
        ),
        told("an empty picture", "photo-of-nobody", picture, &file(b"")),
        told("no picture", "photo-of-nobody", picture, &file(b"hello")),
        told(
            "one colour",
            "photo-of-nobody",
            picture,
            &file(b"<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>"),
        ),
        told(
            "no deputy",
            "post-without-holder",
            head,
            &without("รองนายกเทศมนตรี"),
        ),
        told("a head who left", "post-without-holder", head, &|f| {
            swap(
                f,
                PEOPLE,
                "since = 2566-08-14\n",
                "since = 2566-08-14\nuntil = 2567-01-31\n",
            );
        }),
        told(
            "a dash for a telephone",
            "person-without-contact",
            head,
            &|f| {
                swap(
                    f,
                    PEOPLE,
                    "phone = \"0-0000-0000 ต่อ 21\"\n",
                    "phone = \"-\"\n",
                );
                swap(
                    f,
                    PEOPLE,
                    "email = \"mayor@thansommut.example.go.th\"\n",
                    "",
                );
            },
        ),
    ]);
    // The second of two with one picture is told, at its own line.
    let two = broken(photo("files/people/deputy-mayor-2.svg"));
    let checked = check_years(&two, &[2568]);
    let lines: Vec<String> = checked.findings.iter().map(|f| shown(&two, f)).collect();
    let text = text_of(&two, PEOPLE);
    let second = 1 + text
        .rfind("deputy-mayor-2.svg")
        .map_or(0, |at| text[..at].matches('\n').count());
    let wanted = format!("photo-of-nobody {PEOPLE}:{second} ");
    assert!(lines.iter().any(|l| l.starts_with(&wanted)), "{lines:#?}");
    // A vacant post is stated, and one person may hold two.
    let vacant = broken(|f| {
        let text = text_of(f, PEOPLE);
        let mut people: Vec<String> = text.split("[[person]]").map(str::to_string).collect();
        for person in &mut people {
            if person.contains("position = \"รองนายกเทศมนตรี คนที่ 1")
            {
                *person = "\nposition = \"รองนายกเทศมนตรี คนที่ 1\"\nposition_en = \"First Deputy Mayor\"\nside = \"political\"\nrole = \"deputy\"\nvacant = true\n\n".into();
            }
        }
        f.put(PEOPLE, people.join("[[person]]"));
    });
    let checked = check_years(&vacant, &[2568]);
    let codes: Vec<_> = checked.findings.iter().map(|f| f.diagnostic.code).collect();
    assert!(
        !codes
            .iter()
            .any(|c| c.starts_with("person-") || c.starts_with("p")),
        "{codes:?}"
    );
}

#[test]
fn a_picture_that_is_gone_is_not_anothers() {
    let gone = broken(|f| {
        f.remove("content/files/people/deputy-mayor-1.svg");
    });
    let checked = check_years(&gone, &[2568]);
    let item = checked.years[0].items.iter().find(|i| i.code == "O2");
    assert_eq!(item.map(|i| i.state), Some(ItemState::Incomplete));
    let hints: Vec<&str> = checked
        .findings
        .iter()
        .flat_map(|f| &f.diagnostic.hints)
        .map(|hint| hint.get(Lang::Th))
        .collect();
    assert!(!hints.is_empty());
    assert!(
        !hints.iter().any(|h| h.contains("deputy-mayor-2")),
        "{hints:#?}"
    );
}

#[test]
fn a_file_that_does_not_open_shows_nothing() {
    let pdf = "content/2568/files/no-gift-policy-2568.pdf";
    let page = "content/2568/no-gift-policy.md";
    let of = |name, bytes: &'static [u8], both: bool| Break {
        name,
        files: broken(|f| {
            f.put(pdf, bytes.to_vec());
            if !both {
                swap(
                    f,
                    page,
                    "[\"files/no-gift-policy-2568.pdf\", \"#signed-announcement\"]",
                    "\"files/no-gift-policy-2568.pdf\"",
                );
            }
        }),
        code: "empty-place",
        file: page,
        line: "shows = ",
        item: "O21",
        state: ItemState::Doubtful,
    };
    let told = |one: Break| Break {
        code: "damaged-file",
        file: pdf,
        line: "",
        ..one
    };
    assert_told(vec![
        of("empty", b"", false),
        of("no PDF", b"hello", false),
        of("empty beside a good place", b"", true),
        told(of("empty, at the file", b"", true)),
        told(of("no PDF, at the file", b"hello", true)),
    ]);
}

#[test]
fn text_that_lost_its_letters_is_an_error_and_shows_nothing() {
    let page = "content/2568/structure.md";
    let lost = broken(|f| {
        let text = text_of(f, page);
        let thai = |c: char| ('ก'..='๛').contains(&c);
        f.put(page, text.replace(thai, "?"));
    });
    let mut garbled = example();
    let text = text_of(&garbled, page);
    let bytes: String = text
        .bytes()
        .map(|byte| encoding_rs::mem::decode_latin1(&[byte]).into_owned())
        .collect();
    garbled.put(page, bytes);
    let of = |name, files, code, state| Break {
        name,
        files,
        code,
        file: page,
        line: "description",
        item: "O1",
        state,
    };
    assert_told(vec![
        of(
            "question marks",
            lost,
            "file-letters-lost",
            ItemState::Incomplete,
        ),
        of(
            "read as Latin-1",
            garbled.clone(),
            "file-garbled",
            ItemState::Incomplete,
        ),
    ]);
    let checked = check_years(&garbled, &[2568]);
    let one = checked
        .findings
        .iter()
        .find(|f| f.diagnostic.code == "file-garbled")
        .expect("told");
    let hint = one.diagnostic.hints[0].get(Lang::Th);
    assert!(hint.contains("แผนผังโครงสร้าง"), "{hint}");
}

#[test]
fn a_page_whose_head_can_not_be_read_is_not_whole() {
    let page = "content/2568/structure.md";
    assert_told(vec![Break {
        name: "no =",
        files: broken(|f| swap(f, page, "unit = \"office\"", "unit : \"office\"")),
        code: "toml-syntax",
        file: page,
        line: "unit : ",
        item: "O1",
        state: ItemState::Doubtful,
    }]);
}

#[test]
fn an_address_that_was_handed_in_leads_to_its_item() {
    let record = "content/2568/handed-in.toml";
    let moved = |to: &str| {
        broken(|f| {
            f.put(
                record,
                "date = 2568-04-30\n\n[[item]]\ncode = \"O8\"\naddresses = [\n  \"/2568/old-manuals/\",\n]\n",
            );
            let redirects = text_of(f, "content/redirects.toml");
            f.put(
                "content/redirects.toml",
                format!(
                    "{redirects}\n[[redirect]]\nfrom = \"/2568/old-manuals/\"\nto = \"{to}\"\n"
                ),
            );
        })
    };
    let of = |name, to| Break {
        name,
        files: moved(to),
        code: "handed-in-address-elsewhere",
        file: record,
        line: "old-manuals",
        item: "O8",
        state: ItemState::Published,
    };
    assert_told(vec![
        of("home", "/index.md"),
        of("another item", "/2568/structure.md"),
        of("the index of the year", "/2568/"),
    ]);
    assert_silent(vec![
        ("the same item", moved("/2568/staff-manuals.md")),
        (
            "the page of the year before",
            moved("/2567/staff-manuals.md"),
        ),
    ]);
}

const TOOK_PART: &str = "content/2568/public-participation.md";

/// The page on participation with these words below the heading of who took
/// part.
fn took_part(words: &str) -> MemoryFiles {
    broken(|f| {
        let text = text_of(f, TOOK_PART);
        let heading = "{#participants}\n";
        let (before, rest) = text.split_once(heading).expect("a heading");
        let (_, after) = rest.split_once("\n## ").expect("another");
        f.put(
            TOOK_PART,
            format!("{before}{heading}\n{words}\n\n## {after}"),
        );
    })
}

#[test]
fn a_sentence_that_only_promises_or_leads_elsewhere_shows_nothing() {
    let empty = [
        "ขออภัย ขณะนี้ยังไม่มีข้อมูล เจ้าหน้าที่จะนำข้อมูลลงให้เร็วที่สุด",
        "จะดำเนินการเผยแพร่ภายในเดือนหน้า",
        "รายละเอียดตามเอกสารแนบ",
        "ติดต่อขอดูได้ที่สำนักปลัดเทศบาล",
        "Lorem ipsum dolor sit amet",
        "xxxxxxxxx",
    ];
    let of = |words: &'static str| Break {
        name: words,
        files: took_part(words),
        code: "empty-place",
        file: TOOK_PART,
        line: words,
        item: "O20",
        state: ItemState::Doubtful,
    };
    let mut all: Vec<Break> = empty.into_iter().map(of).collect();
    let elsewhere = "[ดูภาพกิจกรรม](https://www.facebook.com/thansommut)";
    all.push(Break {
        name: "elsewhere",
        files: took_part(elsewhere),
        code: "doubtful-place",
        file: TOOK_PART,
        line: elsewhere,
        item: "O20",
        state: ItemState::Doubtful,
    });
    assert_told(all);
}

#[test]
fn an_online_channel_is_something_to_open() {
    let page = "content/2568/complaint-channels.md";
    let channel = |with_record: bool| {
        broken(|f| {
            let link = "[แบบแจ้งเบาะแสทุจริตออนไลน์](https://forms.example.com/thansommut/integrity)";
            swap(f, page, link, "แบบแจ้งเบาะแส");
            if !with_record {
                let records = "content/channels.toml";
                let url = "url = \"https://forms.example.com/thansommut/integrity\"\n";
                swap(f, records, url, "");
            }
        })
    };
    assert_told(vec![Break {
        name: "words alone",
        files: channel(false),
        code: "doubtful-place",
        file: page,
        line: "กรอกแบบแจ้งเบาะแส",
        item: "O18",
        state: ItemState::Doubtful,
    }]);
    assert_silent(vec![("its record has the address", channel(true))]);
}

const STATISTICS: &str = "content/2568/complaint-statistics.md";

/// A page on complaints that does nothing but state that there were none.
fn none_stated(corruption: &str, none: &str) -> MemoryFiles {
    broken(|f| {
        let counts = text_of(f, "content/2567/complaints.csv");
        let counts: Vec<String> = counts
            .lines()
            .map(|line| match line.split_once(",ทุจริต,") {
                Some((month, _)) => format!("{month},ทุจริต,{corruption},"),
                None => line.to_string(),
            })
            .collect();
        f.put("content/2567/complaints.csv", counts.join("\n"));
        f.put(
            STATISTICS,
            format!("+++\nupdated = 2567-10-31\n{none}\n+++\n"),
        );
    })
}

#[test]
fn a_statement_that_there_is_none_says_so_and_in_time() {
    let of = |name, corruption, none: &str, code, state| Break {
        name,
        files: none_stated(corruption, none),
        code,
        file: STATISTICS,
        line: "none = ",
        item: "O19",
        state,
    };
    let none = "none = { text = \"ปีงบประมาณ 2567 ไม่มีเรื่องร้องเรียนการทุจริต\", date = 2567-10-31 }";
    let (dash, old) = (
        "none = { text = \"-\", date = 2567-10-31 }",
        "none = { text = \"ไม่มีเรื่องร้องเรียนการทุจริต\", date = 2560-10-31 }",
    );
    let gone = |none: &str| {
        let mut files = none_stated("0,0,0", none);
        files.remove("content/2567/complaints.csv");
        files
    };
    assert_told(vec![
        Break {
            files: gone(dash),
            ..of(
                "a dash",
                "0,0,0",
                dash,
                "empty-place",
                ItemState::Incomplete,
            )
        },
        Break {
            files: gone(old),
            ..of(
                "of years ago",
                "0,0,0",
                old,
                "stale-page",
                ItemState::Outdated,
            )
        },
        of(
            "but there were some",
            "1,1,0",
            none,
            "none-but-some",
            ItemState::Published,
        ),
    ]);
    let one = "[[none]]\nelement = \"total\"\ntext = \"ไม่มีเรื่องร้องเรียนการทุจริต\"\ndate = 2567-10-31";
    assert_told(vec![Break {
        line: "[[none]]",
        ..of(
            "of one element",
            "1,1,0",
            one,
            "none-but-some",
            ItemState::Doubtful,
        )
    }]);
    // Complaints of other kinds, and none of corruption.
    assert_silent(vec![(
        "none, with counts of zero",
        none_stated("0,0,0", none),
    )]);
}

#[test]
fn a_period_of_the_year_that_is_not_the_one_asked_for_outweighs_a_vouch() {
    let of = |name, file, from: &str, to: &str, item, state| Break {
        name,
        files: broken(|f| swap(f, file, from, to)),
        code: "element-missing",
        file,
        line: "period = ",
        item,
        state,
    };
    assert_told(vec![
        of(
            "three months of six",
            "content/2568/operation-progress.md",
            "period = \"ต.ค. 2567 – มี.ค. 2568\"",
            "period = \"ต.ค. – ธ.ค. 2567\"",
            "O6",
            ItemState::Doubtful,
        ),
        of(
            "a plan of one year",
            "content/2568/development-plan.md",
            "period = \"ต.ค. 2565 – ก.ย. 2570\"",
            "period = \"ต.ค. 2567 – ก.ย. 2568\"",
            "O5",
            ItemState::Doubtful,
        ),
    ]);
}

#[test]
fn a_report_that_leaves_a_measure_out_is_not_whole_for_certain() {
    let files = broken(|f| {
        let file = "content/2568/measures-report.toml";
        let text = text_of(f, file);
        let rows: Vec<&str> = text.split("\n[[report]]").collect();
        let left = rows.iter().filter(|row| !row.contains("2567/two-way"));
        let left: Vec<&str> = left.copied().collect();
        assert_eq!(left.len() + 1, rows.len());
        f.put(file, left.join("\n[[report]]"));
    });
    let checked = check_years(&files, &[2568]);
    let item = checked.years[0].items.iter().find(|i| i.code == "O28");
    assert_eq!(item.map(|i| i.state), Some(ItemState::Doubtful));
    let told: Vec<_> = checked
        .findings
        .iter()
        .map(|f| (f.diagnostic.code, f.item.as_deref()))
        .collect();
    assert_eq!(told, [("measure-without-report", Some("O28"))]);
}

#[test]
fn what_a_purchase_never_had_is_told_in_its_note() {
    let file = "content/2568/procurement.csv";
    let with = |note: &str| {
        broken(|f| {
            let text = text_of(f, file);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let header = reader.headers().expect("a head").clone();
            let price = header.iter().position(|h| h == "ราคากลาง");
            let price = price.expect("a column");
            let mut writer = csv::Writer::from_writer(Vec::new());
            let head = header.iter().chain(["หมายเหตุ"]);
            writer.write_record(head).expect("written");
            for (number, row) in reader.records().enumerate() {
                let row = row.expect("a row");
                let is_first = number == 0;
                let cells = row.iter().enumerate();
                let cells =
                    cells.map(|(at, cell)| if is_first && at == price { "-" } else { cell });
                let cells = cells.chain([if is_first { note } else { "" }]);
                writer.write_record(cells).expect("written");
            }
            f.put(file, writer.into_inner().expect("whole"));
        })
    };
    assert_told(vec![Break {
        name: "no word of it",
        files: with("เร่งด่วน"),
        code: "purchase-without-field",
        file,
        line: "เร่งด่วน",
        item: "O12",
        state: ItemState::Doubtful,
    }]);
    assert_silent(vec![(
        "as the remedy says",
        with("ไม่มีราคากลาง เพราะเป็นราคาควบคุม"),
    )]);
}

/// One part of a text exchanged everywhere.
fn every(files: &mut MemoryFiles, path: &str, from: &str, to: &str) {
    let text = text_of(files, path);
    assert!(text.contains(from), "{path}: {from}");
    files.put(path, text.replace(from, to));
}

/// The column of a table in the head of a page, with these cells instead.
fn column(files: &mut MemoryFiles, path: &str, heading: &str, cell: &str) {
    let text = text_of(files, path);
    let mut at = None;
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let Some(cells) = line
                .trim_start()
                .strip_prefix("columns = ")
                .or_else(|| line.strip_prefix("  ["))
            else {
                return line.to_string();
            };
            let inside = cells.trim_start_matches('[').trim_end_matches([',', ']']);
            let mut all: Vec<&str> = inside.split("\", \"").collect();
            if line.trim_start().starts_with("columns") {
                at = all.iter().position(|c| c.trim_matches('"') == heading);
                return line.to_string();
            }
            match at {
                Some(at) if at < all.len() && at > 0 => {
                    let last = at + 1 == all.len();
                    let end = format!("{cell}\"");
                    all[at] = if last { &end } else { cell };
                    format!("  [{}],", all.join("\", \""))
                }
                _ => line.to_string(),
            }
        })
        .collect();
    assert!(at.is_some(), "{path}: {heading}");
    files.put(path, lines.join("\n") + "\n");
}

#[test]
fn columns_that_an_element_asks_for_are_filled() {
    let services = "content/2568/service-manuals/index.md";
    let plan = "content/2568/development-plan.md";
    let of = |name, file, item, line, state, change: &dyn Fn(&mut MemoryFiles)| Break {
        name,
        files: broken(|f| change(f)),
        code: "blank-cells",
        file,
        line,
        item,
        state,
    };
    let (missing, doubtful) = (ItemState::Incomplete, ItemState::Doubtful);
    assert_told(vec![
        of(
            "no fee",
            services,
            "O9",
            "เบี้ยยังชีพผู้สูงอายุ\", \"ยื่น",
            missing,
            &|f| column(f, services, "ค่าธรรมเนียม", ""),
        ),
        of(
            "fees of marks",
            services,
            "O9",
            "เบี้ยยังชีพผู้สูงอายุ\", \"ยื่น",
            missing,
            &|f| column(f, services, "ค่าธรรมเนียม", "-"),
        ),
        of(
            "one without papers",
            services,
            "O9",
            "แจ้งซ่อมไฟถนน\", \"แจ้ง",
            missing,
            &|f| swap(f, services, "\"ไม่มี แจ้งเลขเสาไฟหรือจุดสังเกต\"", "\"\""),
        ),
        of(
            "indicators of marks",
            plan,
            "O5",
            "1 โครงสร้างพื้นฐานและน้ำสะอาด\"",
            doubtful,
            &|f| column(f, plan, "ตัวชี้วัด", "-"),
        ),
    ]);
    // Goals told once for several rows, as merged cells are pasted.
    assert_silent(vec![(
        "merged goals",
        broken(|f| swap(f, plan, "\"คนทุกวัยได้รับการดูแลและบ้านปลอดภัย\"", "\"\"")),
    )]);
}

#[test]
fn a_column_that_an_element_asks_for_is_there() {
    let services = "content/2568/service-manuals/index.md";
    let risks = "content/2568/corruption-risk-assessment.md";
    let of = |name, file, item, heading: &str| Break {
        name,
        files: broken(|f| swap(f, file, &format!("\"{heading}\""), "\"หมายเหตุ\"")),
        code: "doubtful-place",
        file,
        line: "columns = ",
        item,
        state: ItemState::Doubtful,
    };
    let told = |one: Break| {
        let checked = check_years(&one.files, &[2568]);
        let lines: Vec<String> = checked
            .findings
            .iter()
            .map(|f| shown(&one.files, f))
            .collect();
        let items = &checked.years[0].items;
        let item = items.iter().find(|i| i.code == one.item).expect("there");
        let start = format!("{} {}:", one.code, one.file);
        assert!(
            lines.iter().any(|l| l.starts_with(&start)),
            "{}: {lines:#?}",
            one.name
        );
        assert_eq!(item.state, one.state, "{}", one.name);
    };
    told(of("no fees", services, "O9", "ค่าธรรมเนียม"));
    told(of("no papers", services, "O9", "เอกสารที่ใช้"));
    told(of("no measures", risks, "O23", "มาตรการจัดการความเสี่ยง"));
}

#[test]
fn what_is_of_another_time_is_told_where_only_its_rows_or_files_say_so() {
    let staff = "content/2568/hr-annual-report.md";
    let meetings = "content/2568/public-participation.md";
    let numbers = "content/2568/files/service-statistics-2568.csv";
    let policy = "content/2568/no-gift-policy.md";
    let received = "content/2568/received-benefits-report.md";
    let of = |name, file, item, line, code, change: &dyn Fn(&mut MemoryFiles)| Break {
        name,
        files: broken(|f| change(f)),
        code,
        file,
        line,
        item,
        state: ItemState::Doubtful,
    };
    let year = "year-contradicts-folder";
    assert_told(vec![
        of(
            "a report before its year is over",
            staff,
            "O15",
            "fiscal_year",
            year,
            &|f| {
                swap(f, staff, "fiscal_year = 2567", "fiscal_year = 2568");
                swap(
                    f,
                    staff,
                    "\"ต.ค. 2566 – ก.ย. 2567\"",
                    "\"ต.ค. 2567 – ก.ย. 2568\"",
                );
            },
        ),
        of(
            "a report that never names its year",
            staff,
            "O15",
            "title_en",
            year,
            &|f| {
                every(f, staff, "2567", "2568");
                every(f, staff, "2566", "2567");
                swap(f, staff, "fiscal_year = 2568", "fiscal_year = 2567");
                swap(
                    f,
                    staff,
                    "\"ต.ค. 2567 – ก.ย. 2568\"",
                    "\"ต.ค. 2566 – ก.ย. 2567\"",
                );
            },
        ),
        of(
            "meetings of the year before",
            meetings,
            "O20",
            "columns = ",
            year,
            &|f| {
                every(f, meetings, "ธ.ค. 2567 (", "ธ.ค. 2566 (");
                every(f, meetings, "ม.ค. 2568 (", "ม.ค. 2567 (");
            },
        ),
        of(
            "figures of the year before",
            numbers,
            "O11",
            "เดือน",
            year,
            &|f| {
                for path in [numbers, "content/2568/files/e-service-statistics-2568.csv"] {
                    every(f, path, " 2567,", " 2566,");
                    if text_of(f, path).contains(" 2568,") {
                        every(f, path, " 2568,", " 2567,");
                    }
                }
            },
        ),
        of(
            "the file of the year before",
            policy,
            "O21",
            "files = ",
            "same-as-last-year",
            &|f| {
                let path = SitePath::new("content/2567/files/no-gift-policy-2567.pdf");
                let old = f.read(&path.expect("a path")).expect("there");
                f.put("content/2568/files/no-gift-policy-2568.pdf", old);
            },
        ),
        of(
            "none of the year before",
            received,
            "O22",
            "[[none]]",
            year,
            &|f| {
                swap(
                    f,
                    received,
                    "text = \"ปีงบประมาณ พ.ศ. 2567",
                    "text = \"ปีงบประมาณ พ.ศ. 2566",
                );
            },
        ),
    ]);
}

#[test]
fn none_of_a_whole_year_is_not_stated_where_there_was_one() {
    let one = Break {
        name: "none, and one",
        files: broken(|f| {
            let line = text_of(f, STATISTICS);
            let line = line
                .lines()
                .find(|l| l.starts_with("text = "))
                .expect("there")
                .to_string();
            swap(
                f,
                STATISTICS,
                &line,
                "text = \"ปีงบประมาณ 2567 ไม่มีเรื่องร้องเรียนการทุจริต\"",
            );
        }),
        code: "none-but-some",
        file: STATISTICS,
        line: "[[none]]",
        item: "O19",
        state: ItemState::Doubtful,
    };
    assert_told(vec![one]);
}

#[test]
fn an_act_pasted_in_and_forms_to_print_are_not_what_is_asked_for() {
    let (powers, services) = (
        "content/2568/powers-and-duties.md",
        "content/2568/e-service.md",
    );
    let act: String = (1..=30)
        .map(|n| format!("มาตรา {n} ให้เทศบาลมีหน้าที่ทำการดังต่อไปนี้ในเขตเทศบาล\n\n"))
        .collect();
    #[track_caller]
    fn told(files: MemoryFiles, item: &str, words: &str) {
        let checked = check_years(&files, &[2568]);
        let lines: Vec<String> = checked.findings.iter().map(|f| shown(&files, f)).collect();
        assert!(lines.iter().any(|l| l.contains(words)), "{lines:#?}");
        let items = &checked.years[0].items;
        let item = items.iter().find(|i| i.code == item).expect("there");
        assert_eq!(item.state, ItemState::Doubtful);
    }
    let pasted = broken(|f| {
        let text = text_of(f, powers);
        f.put(powers, format!("{text}\n## กฎหมาย {{#law}}\n\n{act}"));
    });
    told(pasted, "O1", "30 lines begin with a section of law");
    let printed = broken(|f| {
        let channels = text_of(f, "content/channels.toml");
        let kept: Vec<&str> = channels
            .split("[[channel]]")
            .filter(|c| !c.contains("purpose = \"service\""))
            .collect();
        f.put("content/channels.toml", kept.join("[[channel]]"));
        for system in ["tax", "building", "allowance", "water", "light", "waste"] {
            every(
                f,
                services,
                &format!("https://eservice.example.com/thansommut/{system}"),
                "/2568/files/form-allowance.pdf",
            );
        }
    });
    told(printed, "O10", "files to print");
}
