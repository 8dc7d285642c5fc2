//! Every rule has a site that breaks it, told at the right place, and a twin
//! that is silent: here, or in a test of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use prongsai::check::{Finding, Request, all_rules, rule, run};
use prongsai::files::{Files, FrozenFiles, MemoryFiles};
use prongsai::output;
use prongsai::render::Renderer;
use prongsai::site::{Options, load};
use prongsai::thai::Date;
use rayon::prelude::*;

use super::{DAY, check_on, example, shown};
use crate::help::{base, read, swap, xlsx};

/// A site that is silent about a rule, and what breaks it there.
pub struct Pair {
    pub code: &'static str,
    /// `content/x.md`, `content/x.md:3` or `content/x.csv:B2`.
    pub place: &'static str,
    pub good: MemoryFiles,
    pub broken: MemoryFiles,
    /// What else such a site is told.
    pub beside: &'static [&'static str],
}

impl Pair {
    fn beside(mut self, codes: &'static [&'static str]) -> Pair {
        self.beside = codes;
        self
    }
}

fn of(
    site: fn() -> MemoryFiles,
    code: &'static str,
    place: &'static str,
    change: impl FnOnce(&mut MemoryFiles),
) -> Pair {
    let good = site();
    let mut broken = good.clone();
    change(&mut broken);
    Pair {
        code,
        place,
        good,
        broken,
        beside: &[],
    }
}

/// The small site, broken by a change.
fn small(code: &'static str, place: &'static str, change: impl FnOnce(&mut MemoryFiles)) -> Pair {
    of(base, code, place, change)
}

/// The example, broken by a change.
fn whole(code: &'static str, place: &'static str, change: impl FnOnce(&mut MemoryFiles)) -> Pair {
    of(example, code, place, change)
}

/// The small site with a file in two forms.
fn file(
    code: &'static str,
    place: &'static str,
    good: impl Into<Vec<u8>>,
    bad: impl Into<Vec<u8>>,
) -> Pair {
    let path = place.split(':').next().expect("a file");
    let with = |bytes: Vec<u8>| {
        let mut files = base();
        files.put(path, bytes);
        files
    };
    Pair {
        code,
        place,
        good: with(good.into()),
        broken: with(bad.into()),
        beside: &[],
    }
}

/// The samples of a rule about a catalogue, as that of a coming year.
fn catalogue(code: &'static str, line: &'static str) -> Pair {
    let rule = rule(code).expect("a rule");
    let with = |sample: &str| {
        let mut files = base();
        files.put("content/2570/catalogue.toml", sample);
        files.put("content/2570/year.toml", "target = 85\n");
        files
    };
    Pair {
        code,
        place: line,
        good: with(&rule.good.th),
        broken: with(&rule.bad.th),
        beside: &["no-catalogue", "missing-anchor"],
    }
}

fn line_out(files: &mut MemoryFiles, path: &str, begins: &str) {
    let text = read(files, path);
    let line = text
        .lines()
        .find(|l| l.starts_with(begins))
        .unwrap_or_else(|| panic!("no line {begins} in {path}"));
    swap(files, path, &format!("{line}\n"), "");
}

const HEAD: &str = "+++\ntitle = \"แผนที่\"\n+++\n\n";

fn page(text: &str) -> String {
    format!("{HEAD}{text}\n")
}

const YEAR: &str = "content/2568/year.toml";
const BUDGET: &str = "content/2568/budget.csv";
const PURCHASES: &str = "content/2568/procurement.csv";
const MEASURES: &str = "content/2568/measures.toml";
const REPORT: &str = "content/2568/measures-report.toml";

pub fn pairs() -> Vec<Pair> {
    let mut all = elements();
    all.extend(tables());
    all.extend(pages());
    all.extend(names());
    all.extend(catalogues());
    all.extend(texts());
    all.extend(typing());
    all
}

fn elements() -> Vec<Pair> {
    let people = "content/people.toml";
    vec![
        {
            // The item is about the year before.
            let with = |in_progress: &str| {
                let mut files = base();
                files.remove("content/2567/complaints.csv");
                files.put(
                    "content/2567/complaints.toml",
                    format!("[[count]]\nmonth = \"พ.ย. 2566\"\nkind = \"corruption\"\nreceived = 3\nfinished = 2\nin_progress = {in_progress}\n"),
                );
                files
            };
            Pair {
                code: "complaints-without-count",
                place: "content/2567/complaints.toml:1",
                good: with("1"),
                broken: with("\"\""),
                beside: &[],
            }
        },
        {
            // The list of 2569 is not sure of the item on contacts.
            let mut good = base();
            swap(
                &mut good,
                "content/site.toml",
                "current_year = 2568",
                "current_year = 2569",
            );
            good.put("content/2569/year.toml", "target = 85\n");
            let mut broken = good.clone();
            line_out(&mut broken, "content/site.toml", "map =");
            Pair {
                code: "element-advised",
                place: "content/site.toml",
                good,
                broken,
                beside: &[],
            }
        },
        small("year-missing", "content/2571/catalogue.toml", |f| {
            f.put("content/2571/year.toml", "target = 85\n");
            swap(
                f,
                "content/site.toml",
                "current_year = 2568",
                "current_year = 2571",
            );
        })
        .beside(&["no-catalogue", "broken-link", "unread-link"]),
        whole("element-missing", "content/2568/staff-manuals.md", |f| {
            let path = "content/2568/staff-manuals.md";
            line_out(f, path, "shows");
            swap(f, path, "{#work-name}", "");
        }),
        whole("element-doubtful", "content/2568/staff-manuals.md", |f| {
            let path = "content/2568/staff-manuals.md";
            swap(f, path, ", \"related-laws\" = \"#related-laws\"", "");
            swap(f, path, "{#related-laws}", "");
        }),
        whole("item-missing", "content/2568/staff-manuals.md", |f| {
            f.remove("content/2568/staff-manuals.md");
        }),
        whole("topic-missing", "content/2568/operation-progress.md", |f| {
            f.remove("content/2568/operation-progress.md");
        })
        .beside(&["missing-anchor", "element-doubtful"]),
        whole(
            "month-without-complaints",
            "content/2567/complaints.csv:A10",
            |f| {
                line_out(f, "content/2567/complaints.csv", "มี.ค. 2567,ทุจริต");
            },
        ),
        whole(
            "table-differs-from-records",
            "content/2568/complaint-statistics.md",
            |f| {
                let path = "content/2568/complaint-statistics.md";
                swap(f, path, "\"1\", \"1\", \"0\"", "\"2\", \"2\", \"0\"");
            },
        ),
        whole("records-missing", "content/2568/procurement-list.md", |f| {
            f.remove("content/2568/procurement.csv");
        }),
        whole("withdrawn-still-there", "content/site.toml:41", |f| {
            let path = "content/site.toml";
            let row = "[[withdrawn]]\npath = \"data/2568/procurement#67100000001\"\ntitle = \"รายการซ้ำ\"\nreason = \"บันทึกซ้ำ\"\ndate = 2568-02-01\n\n[colours]";
            swap(f, path, "[colours]", row);
        }),
        whole("repeated-purchase", "content/2568/procurement.csv", |f| {
            let path = "content/2568/procurement.csv";
            let text = read(f, path);
            let row = text.lines().nth(1).expect("a row").to_string();
            f.put(path, text + &row + "\n");
        })
        .beside(&["sum-differs"]),
        whole(
            "purchase-of-nothing",
            "content/2568/procurement.csv:A4",
            |f| {
                let path = "content/2568/procurement.csv";
                swap(f, path, "45000,43800", "45000,0");
            },
        ),
        whole("no-permanent-head", people, |f| {
            let clerk = "position_en = \"Municipal Clerk\"\nside = \"permanent\"\nrole = ";
            swap(
                f,
                people,
                &format!("{clerk}\"head\""),
                &format!("{clerk}\"officer\""),
            );
        }),
        whole(
            "result-only-status",
            "content/2568/measures-report.toml",
            |f| {
                let result = "result = [\n  \"กำหนดเวลามาตรฐานครบ 8 งาน ติดที่เคาน์เตอร์เมื่อ 12 กุมภาพันธ์ 2567\",\n  \"สุ่มจับเวลา 7 ครั้ง รวม 140 ราย\",\n]";
                let path = "content/2568/measures-report.toml";
                swap(
                    f,
                    path,
                    result,
                    "result = [\"ดำเนินการแล้วเสร็จตามแผนที่กำหนดไว้\"]",
                );
            },
        ),
        whole("measure-without-field", "content/2568/measures.toml", |f| {
            line_out(f, MEASURES, "responsible");
        }),
        whole("one-side-only", people, |f| {
            let text = read(f, people).replace("side = \"permanent\"", "side = \"political\"");
            f.put(people, text);
        }),
        whole("person-without-name", people, |f| {
            line_out(f, people, "name =")
        })
        .beside(&["missing-field"]),
        whole("person-without-photo", people, |f| {
            line_out(f, people, "photo =")
        }),
        whole("person-without-contact", people, |f| {
            let text = read(f, people);
            let at = text.find("phone =").expect("there");
            let end = text[at..].find("[[person]]").map_or(text.len(), |n| at + n);
            let kept: String = text[at..end]
                .split_inclusive('\n')
                .filter(|l| !l.starts_with("phone") && !l.starts_with("email"))
                .collect();
            f.put(people, format!("{}{kept}{}", &text[..at], &text[end..]));
        }),
        whole(
            "purchase-without-field",
            "content/2568/procurement.csv:K2",
            |f| {
                swap(f, PURCHASES, ",108000,108000,\"ร้าน", ",108000,,\"ร้าน");
            },
        ),
        whole("empty-table", PURCHASES, |f| {
            let head = read(f, PURCHASES)
                .lines()
                .next()
                .expect("a head")
                .to_string();
            f.put(PURCHASES, head + "\n");
        }),
    ]
}

fn tables() -> Vec<Pair> {
    let budget =
        |row: &str| format!("แผนงาน,รายการ,งบประมาณอนุมัติ\nแผนงานบริหารงานทั่วไป,ค่าวัสดุ,{row}\n");
    let counts = "content/2568/complaints.csv";
    vec![
        small("bad-email", "content/site.toml:13", |f| {
            swap(f, "content/site.toml", "office@ban", "office@ ban");
        }),
        small("short-phone", "content/channels.toml:14", |f| {
            swap(f, "content/channels.toml", "0 2000 0015", "0 2000 001");
        }),
        small("bad-egp-number", "content/2568/procurement.csv:M2", |f| {
            swap(f, PURCHASES, "67109000001", "6.71E+10");
        }),
        small("bad-id", "content/2568/measures.toml:11", |f| {
            swap(f, MEASURES, "id = \"sign\"", "id = \"ป้าย\"");
        })
        .beside(&["unknown-measure", "element-advised"]),
        small("bad-indicator", "content/2568/measures.toml:6", |f| {
            swap(f, MEASURES, "{ 1 = 90.25", "{ IIT = 90.25");
        }),
        small("bad-spreadsheet", "content/2568/budget.xlsx", |f| {
            f.remove(BUDGET);
            f.put("content/2568/budget.xlsx", "no workbook");
        }),
        small("bad-year", "content/site.toml:19", |f| {
            swap(
                f,
                "content/site.toml",
                "current_year = 2568",
                "current_year = 25688",
            );
        })
        .beside(&["year-unknown"]),
        small("counts-differ", "content/2567/complaints.csv:A2", |f| {
            swap(f, "content/2567/complaints.csv", "ทุจริต,3,2,1", "ทุจริต,5,2,1");
        }),
        small("doubtful-period", "content/2568/measures.toml:15", |f| {
            swap(
                f,
                MEASURES,
                "ม.ค. – มี.ค. 2568",
                "1 ตุลาคม 2568 – 31 มีนาคม 2568",
            );
        }),
        small("eit-twice", "content/2568/year.toml:5", |f| {
            swap(
                f,
                YEAR,
                "code = \"bthotsop68\"",
                "code = \"bthotsop68\"\nurl = \"https://itas.nacc.go.th/go/eit/bthotsop68\"",
            );
        }),
        small("ends-before-start", "content/2568/year.toml", |f| {
            swap(f, YEAR, "closes = 2568-03-31", "closes = 2568-01-01");
        }),
        file(
            "missing-column",
            BUDGET,
            budget("60000"),
            "แผนงาน,รายการ\nแผนงานบริหารงานทั่วไป,ค่าวัสดุ\n",
        )
        .beside(&["element-doubtful"]),
        small(
            "month-outside-year",
            "content/2568/procurement.csv:B4",
            |f| {
                swap(f, PURCHASES, "3,เม.ย. 2568", "3,เม.ย. 2566");
            },
        ),
        file(
            "negative",
            "content/2568/budget.csv:C2",
            budget("60000"),
            budget("-60000"),
        )
        .beside(&["overspent", "total-differs"]),
        file(
            "no-header",
            BUDGET,
            budget("60000"),
            "แผนงานบริหารงานทั่วไป,ค่าวัสดุ,60000\n",
        ),
        small("phone-without-zero", "content/people.csv:H3", |f| {
            swap(f, "content/people.csv", "0 2000 0012", "200000012");
        }),
        file(
            "repeated-column",
            "content/2568/budget.csv:C1",
            budget("60000"),
            "แผนงาน,รายการ,โครงการ,งบประมาณอนุมัติ\nแผนงานบริหารงานทั่วไป,ค่าวัสดุ,ค่าวัสดุ,60000\n",
        ),
        small("repeated-row", "content/2567/complaints.csv:A4", |f| {
            let text = read(f, "content/2567/complaints.csv");
            f.put(
                "content/2567/complaints.csv",
                text + "ก.พ. 2567,ทั่วไป,1,1,0\n",
            );
        }),
        small("score-differs", "content/2568/year.toml", |f| {
            let scores = "\n[result]\ntotal = 95.41\nscores = { 1 = 90.15, 2 = 85.92, 3 = 87.44, 4 = 84.76, 5 = 88.03, 6 = 88.21, 7 = 87.35, 8 = 86.78, 9 = 100.00, 10 = 100.00 }\n";
            let text = read(f, YEAR);
            f.put(YEAR, text + scores);
        }),
        file(
            "stray-cell",
            BUDGET,
            budget("60000"),
            "แผนงาน,รายการ,งบประมาณอนุมัติ,\nแผนงานบริหารงานทั่วไป,ค่าวัสดุ,60000,\n,,,ตรวจแล้ว\n",
        ),
        file(
            "total-row",
            BUDGET,
            budget("60000"),
            "แผนงาน,รายการ,งบประมาณอนุมัติ\nแผนงานบริหารงานทั่วไป,ค่าวัสดุ,60000\nรวม,,60000\n",
        ),
        file(
            "unread-sheet",
            "content/2567/budget.xlsx",
            crate::help::xlsx(
                "แผ่น",
                &[&["แผนงาน", "รายการ", "งบประมาณอนุมัติ"], &["ก", "ข", "1"]],
            ),
            two_sheets(),
        ),
        small("missing-field", "content/2568/procurement.csv:A4", |f| {
            swap(f, PURCHASES, "เครื่องปรับอากาศห้องประชุม", "");
        }),
        small("unknown-file", "content/2568/yaer.toml", |f| {
            f.put("content/2568/yaer.toml", "target = 85\n");
        }),
        small("unused-file", "content/2568/procurment.csv", |f| {
            f.put(
                "content/2568/procurment.csv",
                "เดือน,ชื่อรายการ\nต.ค. 2567,ก\n",
            );
        }),
        small("negative", counts, |f| {
            f.remove("content/2568/complaints.toml");
            f.put(
                counts,
                "เดือน,ประเภท,รับ,ยุติ,อยู่ระหว่างดำเนินการ\nพ.ย. 2567,ทุจริต,-3,2,1\n",
            );
        })
        .beside(&["bad-number", "counts-differ"]),
        small(
            "done-without-evidence",
            "content/2568/measures-report.toml",
            |f| {
                line_out(f, REPORT, "evidence");
            },
        ),
        small("unknown-column", "content/2568/procurement.csv:J1", |f| {
            swap(f, PURCHASES, "ราคากลาง", "ราคากลาว");
        })
        .beside(&["purchase-without-field"]),
    ]
}

/// A workbook with something on each of two sheets.
fn two_sheets() -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    use zip::write::SimpleFileOptions;
    let one = xlsx(
        "แผ่น",
        &[&["แผนงาน", "รายการ", "งบประมาณอนุมัติ"], &["ก", "ข", "1"]],
    );
    let mut from = zip::ZipArchive::new(Cursor::new(one)).expect("a workbook");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let name = part.name().expect("a name").to_string();
        let mut xml = String::new();
        part.read_to_string(&mut xml).expect("XML");
        if name == "xl/worksheets/sheet1.xml" {
            let second = "xl/worksheets/sheet2.xml";
            to.start_file(second, SimpleFileOptions::default())
                .expect("a part");
            to.write_all(xml.as_bytes()).expect("written");
        }
        let xml = xml
            .replace("</sheets>", "<sheet name=\"อีกแผ่น\" sheetId=\"2\" r:id=\"r2\"/></sheets>")
            .replace(
                "</Relationships>",
                if name.contains("workbook.xml.rels") {
                    "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
                } else {
                    "</Relationships>"
                },
            )
            .replace(
                "</Types>",
                "<Override PartName=\"/xl/worksheets/sheet2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>",
            );
        to.start_file(name, SimpleFileOptions::default())
            .expect("a part");
        to.write_all(xml.as_bytes()).expect("written");
    }
    to.finish().expect("a workbook").into_inner()
}

fn pages() -> Vec<Pair> {
    let powers = "content/2568/powers-and-duties.md";
    let table = "content/2568/complaint-handling.md";
    let map = "content/pages/map.md";
    vec![
        file(
            "empty-page",
            powers,
            "+++\nupdated = 2568-01-10\n+++\n\nดูแลถนน\n",
            "+++\nupdated = 2568-01-10\n+++\n",
        )
        .beside(&["topic-missing"]),
        file(
            "none-without-date",
            "content/2568/powers-and-duties.md:3",
            "+++\nupdated = 2568-01-10\n[[none]]\ntext = \"ไม่มี\"\ndate = 2568-01-10\n+++\n",
            "+++\nupdated = 2568-01-10\n[[none]]\ntext = \"ไม่มี\"\n+++\n",
        ),
        file(
            "none-without-date",
            "content/2568/powers-and-duties.md:2",
            "+++\nnone = { text = \"ไม่มี\", date = 2568-01-10 }\n+++\n",
            "+++\nnone = { text = \"ไม่มี\" }\n+++\n",
        ),
        file(
            "not-published",
            "content/pages/map.md:5",
            page("ดู[สถิติ](topic:complaint-statistics)"),
            page("ดู[สถิติ](../2568/complaints.toml)"),
        ),
        file(
            "outside-picture",
            "content/pages/map.md:5",
            page("![ป้ายหน้าสำนักงาน](../2568/files/activity.svg)"),
            page("![ป้ายหน้าสำนักงาน](https://pictures.example/board.jpg)"),
        ),
        file(
            "picture-without-words",
            "content/pages/map.md:5",
            page("![ป้ายหน้าสำนักงาน](../2568/files/activity.svg)"),
            page("![](../2568/files/activity.svg)"),
        ),
        file(
            "unread-link",
            "content/pages/map.md:5",
            page("[แผนที่](<../2568/files/activity.svg>)"),
            page("[แผนที่](../2568/files/my activity.svg)"),
        ),
        file(
            "wrong-kind",
            "content/pages/map.md:2",
            page("ก"),
            "+++\ntitle = [\"แผนที่\", \"ตำบล\"]\n+++\n\nก\n",
        )
        .beside(&["missing-field"]),
        small("table-twice", "content/2568/complaint-handling.md", |f| {
            swap(
                f,
                table,
                "columns = [",
                "path = \"files/operations.csv\"\ncolumns = [",
            );
        })
        .beside(&["element-doubtful"]),
        small(
            "topic-twice",
            "content/2568/powers-and-duties/index.md",
            |f| {
                let text = read(f, powers);
                f.put("content/2568/powers-and-duties/index.md", text);
            },
        )
        .beside(&["same-address"]),
        small(
            "topic-not-asked",
            "content/2568/procurement-announcements.md",
            |f| {
                f.put(
                    "content/2568/procurement-announcements.md",
                    "+++\nupdated = 2568-01-01\n+++\n\nประกาศ\n",
                );
            },
        ),
        small("no-year", "content/site.toml:19", |f| {
            swap(
                f,
                "content/site.toml",
                "current_year = 2568",
                "current_year = 2570",
            );
        })
        .beside(&["broken-link", "year-missing", "year-unknown"]),
        small("no-catalogue", "content/2571", |f| {
            f.put("content/2571/year.toml", "target = 85\n");
        })
        .beside(&["unknown-topic", "year-missing"]),
        small("no-theme", "content/site.toml", |f| {
            swap(
                f,
                "content/site.toml",
                "current_year = 2568",
                "current_year = 2568\ntheme = \"mine\"",
            );
        }),
        {
            let with = |html: &str| {
                let mut files = base();
                swap(
                    &mut files,
                    "content/site.toml",
                    "current_year = 2568",
                    "current_year = 2568\ntheme = \"mine\"",
                );
                files.put("themes/mine/templates/extra.html", html);
                files
            };
            Pair {
                code: "template",
                place: "themes/mine/templates/extra.html:1",
                good: with("<h1>{{ page.title }}</h1>\n"),
                broken: with("<h1>{{ page.title }</h1>\n"),
                beside: &[],
            }
        },
        file(
            "meaningless-link",
            "content/pages/map.md:5",
            page("[แผนที่ตำบล](/contact/)"),
            page("[คลิกที่นี่](/contact/)"),
        )
        .beside(&["unread-link"]),
        // The address as it stands, which nobody can click, leads nowhere else.
        file(
            "login-host",
            "content/pages/map.md:5",
            page("ดูที่ https://www.example.go.th/map.pdf"),
            page("ดูที่ https://drive.google.com/file/d/1abc/view?usp=sharing"),
        ),
        file(
            "local-link",
            "content/pages/map.md:5",
            page("ดูที่ https://www.example.go.th/map.pdf"),
            page("ดูที่ https://192.168.1.5/map.pdf"),
        ),
        file(
            "insecure-link",
            "content/pages/map.md:5",
            page("ดูที่ https://www.example.go.th/map.pdf"),
            page("ดูที่ http://www.example.go.th/map.pdf"),
        ),
        file("missing-field", map, page("ก"), "ก\n"),
    ]
}

/// Names and bytes of files.
fn names() -> Vec<Pair> {
    let wide: Vec<u8> = page("ประวัติของตำบลบ้านทดสอบ")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let old = encoding_rs::WINDOWS_874
        .encode("ตำบลบ้านทดสอบอยู่ริมถนน\n")
        .0
        .into_owned();
    let mixed = [page("ตำบลบ้านทดสอบ").into_bytes(), old].concat();
    let garbled = encoding_rs::WINDOWS_874
        .decode("สวัสดีชาวตำบลบ้านทดสอบทุกคน".as_bytes())
        .0
        .into_owned();
    let map = "content/pages/map.md";
    let put = |path: &'static str| {
        move |f: &mut MemoryFiles| {
            f.put(path, page("ก"));
        }
    };
    vec![
        small(
            "file-conflict-copy",
            "content/pages/history (conflicted copy).md",
            put("content/pages/history (conflicted copy).md"),
        ),
        file("file-encoding", map, page("ก"), wide),
        file(
            "file-encoding-mixed",
            "content/pages/map.md",
            page("ก"),
            mixed,
        ),
        file(
            "file-garbled",
            "content/pages/map.md",
            page("ก"),
            page(&garbled),
        ),
        small(
            "file-name-clash",
            "content/pages/history.md",
            put("content/pages/History.md"),
        )
        .beside(&["unfit-name"]),
        small(
            "file-name-invisible",
            "content/pages/ma\\u{200b}p.md",
            put("content/pages/ma\u{200b}p.md"),
        )
        .beside(&["unfit-name"]),
        file(
            "file-still-saving",
            map,
            page("ก"),
            [page("ตำบล").trim_end().as_bytes(), b"\xe0\xb8"].concat(),
        ),
    ]
}

/// What a clerk mistypes and copies back from the message.
fn typing() -> Vec<Pair> {
    const MAP: &str = "content/pages/map.md";
    let head = |text: &str| {
        file(
            "front-matter-mark",
            "content/pages/map.md:1",
            page("ก"),
            text,
        )
    };
    let units = |bad: &str| {
        file(
            "toml-syntax",
            "content/units.toml:3",
            "[[unit]]\nid = \"office\"\nname = \"สำนักปลัด\"\n\n[[unit]]\nid = \"finance\"\nname = \"กองคลัง\"\n",
            format!("[[unit]]\nid = \"office\"\n{bad}\n\n[[unit]]\nid = \"finance\"\nname = \"กองคลัง\"\n"),
        )
        .beside(&["missing-field", "unknown-unit"])
    };
    let open = |place, text: &str| file("front-matter-open", place, page("ก"), text);
    vec![
        head("++\ntitle = \"แผนที่\"\n+++\n\nก\n"),
        head("＋＋＋\ntitle = \"แผนที่\"\n+++\n\nก\n"),
        head("+++ title = \"แผนที่\" +++\n\nก\n"),
        head("title = \"แผนที่\"\n+++\n\nก\n"),
        open("content/pages/map.md:1", "+++\ntitle = \"แผนที่\"\n\nก\n"),
        open(
            "content/pages/map.md:3",
            "+++\ntitle = \"แผนที่\"\n---\n\nก\n",
        ),
        file(
            "yaml-head",
            "content/pages/map.md:1",
            page("ก"),
            "---\ntitle: แผนที่: ตำบล\nupdated: 2568-01-05\ndraft: false\n---\n\nก\n",
        ),
        file(
            "missing-field",
            MAP,
            page("ก"),
            "+++\nupdated = 2568-01-05\n+++\n\nก\n",
        ),
        small("missing-field", "content/site.toml:1", |f| {
            line_out(f, "content/site.toml", "phone")
        })
        .beside(&["element-missing"]),
        file(
            "unfilled-field",
            "content/pages/map.md:2",
            page("ก"),
            "+++\ntitle = \"…\"\n+++\n\nก\n",
        )
        .beside(&["missing-field"]),
        units("name = “สำนักปลัด”"),
        units("name = สำนักปลัด"),
        units("name : \"สำนักปลัด\""),
        units("name = \"สำนักปลัด\", duties = [\"ก\", \"ข\"], also = \"สป.\""),
        small(
            "missing-anchor",
            "content/2568/powers-and-duties.md:3",
            |f| {
                swap(f, "content/2568/powers-and-duties.md", " {#own-powers}", "");
            },
        )
        .beside(&["element-doubtful"]),
        whole(
            "month-without-purchases",
            "content/2568/procurement.csv",
            |f| {
                let text = read(f, PURCHASES);
                let kept = text
                    .split_inclusive('\n')
                    .filter(|l| !l.contains(",ก.พ. 2568,"));
                let kept: String = kept.collect();
                f.put(PURCHASES, kept);
            },
        ),
        whole("page-without-date", "content/2568/staff-manuals.md", |f| {
            line_out(f, "content/2568/staff-manuals.md", "updated");
        }),
        file(
            "mobile-number",
            "content/pages/map.md:5",
            page("โทร 0 2000 0009"),
            page("โทร 081-234-5678"),
        ),
        file(
            "private-email",
            "content/pages/map.md:5",
            page("ก"),
            page("ถึง somsri.jaidee@gmail.com"),
        ),
    ]
}

fn catalogues() -> Vec<Pair> {
    const FILE: &str = "content/2570/catalogue.toml";
    [
        "catalogue-year",
        "deadline",
        "duplicate-id",
        "empty-group",
        "item-count",
        "missing-section",
        "out-of-range",
        "scoring",
        "topic-without-element",
        "unknown-evidence",
        "unknown-group",
        "unknown-indicator",
        "unknown-source",
        "unknown-year",
        "bad-item-number",
    ]
    .map(|code| catalogue(code, FILE))
    .into()
}

fn texts() -> Vec<Pair> {
    vec![
        whole("result-repeats-plan", REPORT, |f| {
            let plan = read(f, "content/2567/measures.toml");
            let at = plan.find("id = \"work-standards\"").expect("there");
            let at = plan[at..].find("steps = ").expect("steps") + at;
            let steps = plan[at..].split("\n]\n").next().expect("a list");
            let text = read(f, REPORT);
            let from = text.find("result = [\n  \"กำหนดเวลา").expect("there");
            let to = from + text[from..].find("\n]\n").expect("its end");
            let copied = steps.replacen("steps", "result", 1);
            f.put(REPORT, format!("{}{copied}{}", &text[..from], &text[to..]));
        }),
        small("result-still-plans", REPORT, |f| {
            swap(
                f,
                REPORT,
                "\"ติดป้ายครบ 12 หมู่บ้าน\"",
                "\"ควรจัดทำป้ายให้ครบทุกหมู่บ้านต่อไป\"",
            );
        }),
        small("near-copy-row", MEASURES, |f| {
            let text = read(f, MEASURES);
            let row = text.find("[[measure]]").expect("there");
            let copy = text[row..]
                .replace("id = \"sign\"", "id = \"sign-2\"")
                .replace("ม.ค. – มี.ค. 2568", "ก.พ. – มี.ค. 2568");
            f.put(MEASURES, format!("{text}\n{copy}"));
        })
        .beside(&["measure-without-report"]),
        small("stop-rule-kept", "content/site.toml:34", |f| {
            let text = read(f, "content/site.toml");
            f.put(
                "content/site.toml",
                text + "\n[[rule]]\ncode = \"citizen-number\"\nseverity = \"off\"\nreason = \"ไม่ใช้\"\n",
            );
        }),
        small("unused-allowance", "content/site.toml:34", |f| {
            let text = read(f, "content/site.toml");
            f.put(
                "content/site.toml",
                text + "\n[[allow]]\ncode = \"login-host\"\nfile = \"content/index.md\"\nreason = \"ไม่ใช้\"\n",
            );
        }),
    ]
}

/// Rules whose pair is made by a test that needs a disk, a network, a day or a
/// process: the file and the name of that test.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "bold-as-heading",
        "tests/it/check/access.rs",
        "a_bold_paragraph_is_no_heading",
    ),
    (
        "changed-while-building",
        "tests/it/check/pairs.rs",
        "a_page_that_changes_under_the_builder_is_told_and_a_quiet_one_is_not",
    ),
    (
        "empty-heading",
        "tests/it/check/access.rs",
        "headings_go_down_one_level_at_a_time",
    ),
    (
        "encrypted-pdf",
        "tests/it/check/reach.rs",
        "pdf_files_hold_words_a_title_and_a_language_and_open_at_once",
    ),
    (
        "file-ignored",
        "src/files/disk.rs",
        "lists_the_places_asked_for_and_nothing_else",
    ),
    (
        "file-missing",
        "src/files/disk.rs",
        "a_missing_place_is_named_unless_it_may_be_missing",
    ),
    (
        "file-name-not-unicode",
        "src/files/disk.rs",
        "names_that_are_not_portable_are_named",
    ),
    (
        "file-name-reserved",
        "src/files/disk.rs",
        "names_that_are_not_portable_are_named",
    ),
    (
        "file-name-too-long",
        "src/files/problem/tests.rs",
        "each_fault_of_a_path_has_its_code_and_a_good_path_has_none",
    ),
    (
        "file-special",
        "src/files/disk.rs",
        "pipes_are_named_and_never_opened",
    ),
    (
        "file-symlink",
        "src/files/disk.rs",
        "symbolic_links_are_named_never_followed",
    ),
    ("file-too-deep", "src/files/disk.rs", "the_limits_hold"),
    ("file-too-large", "src/files/disk.rs", "the_limits_hold"),
    ("file-too-many", "src/files/disk.rs", "the_limits_hold"),
    (
        "file-unreadable",
        "src/files/disk.rs",
        "a_folder_without_permission_is_named",
    ),
    (
        "gone-link",
        "tests/it/check/external.rs",
        "what_is_gone_refused_or_moved_is_told_apart",
    ),
    (
        "handed-in-address-gone",
        "tests/it/check/frozen.rs",
        "a_page_that_can_not_be_read_is_told_once",
    ),
    (
        "handed-in-address-unpublished",
        "tests/it/check/frozen.rs",
        "a_draft_is_no_page_that_was_handed_in",
    ),
    (
        "handed-in-website-moved",
        "tests/it/check/frozen.rs",
        "a_website_that_moves_after_handing_in_is_told",
    ),
    (
        "heading-order",
        "tests/it/check/access.rs",
        "headings_go_down_one_level_at_a_time",
    ),
    (
        "large-file",
        "tests/it/check/reach.rs",
        "large_files_and_old_formats_are_told",
    ),
    (
        "measure-late",
        "tests/it/check/measures.rs",
        "a_measure_past_its_time_says_what_comes_next",
    ),
    (
        "moved-link",
        "tests/it/check/external.rs",
        "what_is_gone_refused_or_moved_is_told_apart",
    ),
    (
        "no-site",
        "tests/it/build.rs",
        "a_folder_without_content_is_said_in_words",
    ),
    (
        "old-format",
        "tests/it/check/reach.rs",
        "large_files_and_old_formats_are_told",
    ),
    (
        "output-bad-manifest",
        "src/write/tests/current.rs",
        "a_damaged_manifest_is_never_trusted",
    ),
    (
        "output-busy",
        "tests/it/build.rs",
        "a_second_build_while_one_runs_says_so",
    ),
    (
        "output-changed",
        "src/write/tests/strangers.rs",
        "a_file_edited_while_building_stops_the_build",
    ),
    (
        "output-clash",
        "src/write/tests/names.rs",
        "two_names_for_one_file_are_refused_and_both_named",
    ),
    (
        "output-disk-full",
        "src/write/tests/faults.rs",
        "a_full_disk_leaves_the_old_site_and_says_so",
    ),
    (
        "output-duplicate",
        "src/write/tests/names.rs",
        "the_same_name_twice_is_refused",
    ),
    (
        "output-foreign-files",
        "src/write/tests/strangers.rs",
        "strangers_files_in_our_folder_are_named_and_stay",
    ),
    (
        "output-in-use",
        "src/write/tests/faults.rs",
        "where_folders_cannot_be_exchanged_or_moved_the_next_way_is_taken",
    ),
    (
        "output-incomplete",
        "src/write/tests/names.rs",
        "two_names_for_one_file_are_refused_and_both_named",
    ),
    (
        "output-io",
        "src/write/tests/faults.rs",
        "where_folders_cannot_be_exchanged_or_moved_the_next_way_is_taken",
    ),
    (
        "output-is-source",
        "tests/it/build.rs",
        "folders_that_hold_other_things_are_no_output",
    ),
    (
        "output-not-a-folder",
        "src/write/tests/guard.rs",
        "a_file_is_no_output_folder",
    ),
    (
        "output-not-ours",
        "src/write/tests/strangers.rs",
        "names_beside_the_output_that_are_not_ours_are_respected",
    ),
    (
        "output-source-changed",
        "src/write/tests/basic.rs",
        "copies_are_independent_of_their_source",
    ),
    (
        "output-unsafe",
        "tests/it/build.rs",
        "folders_that_hold_other_things_are_no_output",
    ),
    (
        "path-absolute",
        "src/files/problem/tests.rs",
        "each_fault_of_a_path_has_its_code_and_a_good_path_has_none",
    ),
    (
        "path-backslash",
        "src/files/problem/tests.rs",
        "each_fault_of_a_path_has_its_code_and_a_good_path_has_none",
    ),
    (
        "path-dots",
        "src/files/problem/tests.rs",
        "each_fault_of_a_path_has_its_code_and_a_good_path_has_none",
    ),
    (
        "path-empty",
        "src/files/problem/tests.rs",
        "each_fault_of_a_path_has_its_code_and_a_good_path_has_none",
    ),
    (
        "path-outside",
        "src/files/problem/tests.rs",
        "each_fault_of_a_path_has_its_code_and_a_good_path_has_none",
    ),
    (
        "pdf-without-language",
        "tests/it/check/reach.rs",
        "pdf_files_hold_words_a_title_and_a_language_and_open_at_once",
    ),
    (
        "pdf-without-title",
        "tests/it/check/reach.rs",
        "pdf_files_hold_words_a_title_and_a_language_and_open_at_once",
    ),
    (
        "refused-link",
        "tests/it/check/external.rs",
        "what_is_gone_refused_or_moved_is_told_apart",
    ),
    (
        "relation-target",
        "src/catalogue/crosswalk_tests.rs",
        "a_relation_names_a_target_where_it_needs_one_and_only_there",
    ),
    (
        "scanned-pdf",
        "tests/it/check/reach.rs",
        "pdf_files_hold_words_a_title_and_a_language_and_open_at_once",
    ),
    (
        "table-without-title",
        "tests/it/check/access.rs",
        "tables_have_headings",
    ),
    (
        "unreachable-item",
        "tests/it/check/reach.rs",
        "an_item_to_which_nothing_leads_is_told",
    ),
    (
        "very-large-file",
        "tests/it/check/reach.rs",
        "large_files_and_old_formats_are_told",
    ),
    (
        "withdrawn-unstated",
        "tests/it/data.rs",
        "what_vanishes_between_builds_is_asked_for_until_it_is_stated",
    ),
    (
        "output-name",
        "src/write/tests/names.rs",
        "bad_names_are_refused_for_their_reason",
    ),
    (
        "output-permission",
        "src/write/tests/faults.rs",
        "a_change_of_everything_survives_a_fault_at_every_step",
    ),
    (
        "output-unfinished",
        "src/write/tests/faults.rs",
        "a_recovery_survives_a_fault_at_every_step",
    ),
    (
        "day-of-other-year",
        "tests/it/check/years.rs",
        "days_that_are_swapped_or_of_another_year_are_told",
    ),
    (
        "double-e",
        "tests/it/check/years.rs",
        "slips_of_typing_are_found",
    ),
    (
        "year-unknown",
        "tests/it/check/years.rs",
        "a_year_that_cannot_be_read_is_told_and_no_other_is_judged",
    ),
    (
        "measure-empty-value",
        "tests/it/check/years.rs",
        "a_group_that_is_not_there_and_empty_fields_are_told",
    ),
    (
        "picture-broken",
        "tests/it/imaging.rs",
        "what_cannot_be_shown_is_told_where_it_is_asked_for",
    ),
    (
        "photo-of-nobody",
        "tests/it/check/substance.rs",
        "a_person_is_shown_by_name_face_and_contact",
    ),
    (
        "post-without-holder",
        "tests/it/check/substance.rs",
        "a_person_is_shown_by_name_face_and_contact",
    ),
    (
        "picture-changed",
        "tests/it/check/pairs.rs",
        "a_picture_that_changes_under_the_builder_is_told_and_a_quiet_one_is_not",
    ),
    (
        "picture-too-large",
        "tests/it/imaging.rs",
        "what_cannot_be_shown_is_told_where_it_is_asked_for",
    ),
    (
        "picture-heic",
        "tests/it/imaging.rs",
        "what_cannot_be_shown_is_told_where_it_is_asked_for",
    ),
    (
        "picture-kind",
        "tests/it/imaging.rs",
        "what_cannot_be_shown_is_told_where_it_is_asked_for",
    ),
];

/// Every test of the integration tests, with its words.
fn tests_of(path: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path);
    let mut all = Vec::new();
    for part in text.split("#[test]").skip(1) {
        let name = part
            .split("fn ")
            .nth(1)
            .and_then(|rest| rest.split('(').next());
        all.push((name.unwrap_or_default().to_string(), part.to_string()));
    }
    all
}

/// A rule without a pair is a rule that may never speak, or never be silent.
#[test]
fn every_rule_has_a_pair() {
    let mut known: BTreeSet<String> = pairs().iter().map(|p| p.code.to_string()).collect();
    known.extend(crate::mistakes::codes().into_iter().map(str::to_string));
    // Pairs that stand in the tests of their own room.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/check");
    for entry in fs::read_dir(folder).expect("tests") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        for (_, words) in tests_of(&format!("tests/it/check/{name}")) {
            if name != "pairs.rs" && (words.contains("breaks") || words.contains("assert_told(")) {
                let quoted = words.split('"').skip(1).step_by(2);
                known.extend(quoted.filter(|w| rule(w).is_some()).map(str::to_string));
            }
        }
    }
    for (code, path, test) in ELSEWHERE {
        let there = tests_of(path).iter().any(|(name, _)| name == test);
        assert!(there, "{code}: there is no test {test} in {path}");
        known.insert((*code).to_string());
    }
    let without: Vec<&str> = all_rules()
        .map(|r| r.code.as_str())
        .filter(|code| !known.contains(*code))
        .collect();
    assert!(without.is_empty(), "rules without a pair: {without:#?}");
    for code in &known {
        assert!(rule(code).is_some(), "{code} is no rule any more");
    }
}

/// Files of which one is another when it is read again.
struct Restless {
    files: MemoryFiles,
    path: &'static str,
    reads: std::sync::atomic::AtomicUsize,
}

impl Files for Restless {
    fn list(&self) -> prongsai::files::Listing {
        self.files.list()
    }

    fn read(&self, path: &prongsai::files::SitePath) -> std::io::Result<Vec<u8>> {
        let again = path.as_str() == self.path
            && self.reads.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0;
        if again {
            Ok(b"+".to_vec())
        } else {
            self.files.read(path)
        }
    }

    fn disk_path(&self, _: &prongsai::files::SitePath) -> Option<std::path::PathBuf> {
        None
    }
}

#[test]
fn a_page_that_changes_under_the_builder_is_told_and_a_quiet_one_is_not() {
    let codes = |path| {
        let files = Restless {
            files: base(),
            path,
            reads: Default::default(),
        };
        let loaded = prongsai::site::load(std::sync::Arc::new(files), crate::help::options());
        let (renderer, _) = prongsai::render::Renderer::new(std::sync::Arc::new(loaded.site));
        let outputs = prongsai::output::list(&renderer);
        let page = outputs
            .iter()
            .find(|(path, _)| path.as_str() == "history/index.html");
        let made = prongsai::output::make(&renderer, page.expect("the page").1);
        made.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert!(codes("content/none.md").is_empty());
    assert_eq!(
        codes("content/pages/history.md"),
        ["changed-while-building"]
    );
}

#[test]
fn a_picture_that_changes_under_the_builder_is_told_and_a_quiet_one_is_not() {
    let picture = "content/files/p.jpg";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut photo = fs::read(folder.join("tests/it/documents/place.jpg")).expect("there");
    // Like no picture of another test, whose sizes are remembered.
    photo.extend(b"of this test");
    let codes = |path| {
        let mut files = base();
        files.put(picture, photo.clone());
        files.put("content/pages/a.md", page("![ภาพ](/files/p.jpg)"));
        let files = Restless {
            files,
            path,
            reads: Default::default(),
        };
        let loaded = load(Arc::new(files), crate::help::options());
        let (renderer, _) = Renderer::new(Arc::new(loaded.site));
        let outputs = output::list(&renderer);
        let made = outputs
            .values()
            .map(|source| output::make(&renderer, source));
        made.flat_map(|m| m.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(codes(picture), BTreeSet::from(["picture-changed"]));
    assert!(codes("content/none.jpg").is_empty());
}

/// A check of the files alone, or of the finished pages too, which takes long.
pub fn told(files: &MemoryFiles, finished: bool) -> Vec<Finding> {
    if finished {
        return check_on(files, &[], DAY).findings;
    }
    let files: Arc<dyn Files> = Arc::new(FrozenFiles::take(Arc::new(files.clone())));
    let options = Options {
        today: Date::parse(DAY).expect("a day"),
        ..crate::help::options()
    };
    let loaded = load(files, options);
    let mut messages = loaded.diagnostics;
    let (renderer, of_theme) = Renderer::new(Arc::new(loaded.site));
    messages.extend(of_theme);
    let renderer = renderer.without_files();
    let outputs = output::list(&renderer);
    let request = Request::default();
    let checked = run(
        &renderer,
        &outputs,
        Default::default(),
        &messages.sorted(),
        &request,
    );
    let of_links = ["unreachable-item", "far-from-home"];
    let mut found = checked.findings;
    found.retain(|f| !of_links.contains(&f.diagnostic.code));
    found
}

/// What a pair's sites are told; of their finished pages only where the files
/// alone do not show it.
pub struct Looked {
    pub pair: Pair,
    pub finished: bool,
    pub good: Vec<Finding>,
    pub broken: Vec<Finding>,
}

/// All pairs, looked at once for all tests.
pub fn looked() -> &'static [Looked] {
    static ALL: OnceLock<Vec<Looked>> = OnceLock::new();
    ALL.get_or_init(|| {
        pairs()
            .into_par_iter()
            .map(|pair| {
                let broken = told(&pair.broken, false);
                let finished = !broken.iter().any(|f| f.diagnostic.code == pair.code);
                let broken = if finished {
                    told(&pair.broken, true)
                } else {
                    broken
                };
                let good = told(&pair.good, finished);
                Looked {
                    pair,
                    finished,
                    good,
                    broken,
                }
            })
            .collect()
    })
}

#[test]
fn each_broken_site_is_told_at_its_place_and_its_twin_is_silent() {
    let wrong: Vec<String> = looked()
        .iter()
        .flat_map(|looked| {
            let pair = &looked.pair;
            let lines = |files: &MemoryFiles, all: &[Finding]| -> BTreeSet<String> {
                all.iter().map(|f| shown(files, f)).collect()
            };
            let good = lines(&pair.good, &looked.good);
            let broken = lines(&pair.broken, &looked.broken);
            let code = |line: &str| line.split(' ').next().unwrap_or_default().to_string();
            let mut wrong = Vec::new();
            for line in good.iter().filter(|l| code(l) == pair.code) {
                wrong.push(format!("{}: the good twin is told {line}", pair.code));
            }
            let new: Vec<&String> = broken.difference(&good).collect();
            let told = new.iter().any(|line| {
                let rest = line.strip_prefix(pair.code).unwrap_or("");
                let rest = rest.strip_prefix(' ').unwrap_or("");
                rest.starts_with(&format!("{} ", pair.place))
                    || rest.starts_with(&format!("{}:", pair.place))
            });
            if !told {
                wrong.push(format!(
                    "{} is not told at {}: {new:#?}",
                    pair.code, pair.place
                ));
            }
            let known =
                |l: &&&String| code(l) == pair.code || pair.beside.contains(&code(l).as_str());
            let more: Vec<_> = new.iter().filter(|l| !known(l)).collect();
            if told && !more.is_empty() {
                wrong.push(format!("{}: more is told: {more:#?}", pair.code));
            }
            wrong
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
