//! The mistakes: what is written wrong, and what must be said.

use super::{Mistake, Slip, error, put, warning, write};
use crate::help::xlsx;

/// Whether a mistake can stand beside all others in one site.
pub fn together(mistake: &Mistake) -> bool {
    // Another one is in the same line, or stops the file from being read.
    ![
        "the whole address where the EIT code stands",
        "the first line of a page deleted",
        "the last line of a head as YAML has it",
        "a plus too few on the first line of a page",
        "a remedy copied and not filled in",
    ]
    .contains(&mistake.name)
}

pub fn all() -> Vec<Mistake> {
    let thai_874 = encoding_rs::WINDOWS_874
        .encode(
            "+++\ntitle = \"แผนที่ตำบล\"\n+++\n\nตำบลบ้านทดสอบอยู่ริมถนนสายตัวอย่าง เดินทางสะดวกทุกฤดูกาล\n",
        )
        .0
        .into_owned();
    let garbage: Vec<u8> = (0..600u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    vec![
        error(
            "a key is misspelt",
            write("units.toml", "name_en =", "nmae_en ="),
            "unknown-field",
            ("units.toml", "4:1"),
            ("name_en", "name_en"),
        ),
        error(
            "a value is misspelt",
            write(
                "site.toml",
                "kind = \"องค์การบริหารส่วนตำบล\"",
                "kind = \"องค์การบริหารส่วนตำบน\"",
            ),
            "unknown-value",
            ("site.toml", "4:8"),
            ("องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนตำบล"),
        ),
        error(
            "a required key is missing",
            write("site.toml", "phone = \"0 2000 0009\"\n", ""),
            "missing-field",
            ("site.toml", "1:1"),
            ("phone = \"…\"", "phone = \"…\""),
        ),
        error(
            "Thai text without quotes",
            write(
                "news/2568-01-20-no-gift-day.md",
                "summary =",
                "unit = สำนักปลัด\nsummary =",
            ),
            "toml-syntax",
            ("news/2568-01-20-no-gift-day.md", "3:8"),
            ("unit = \"สำนักปลัด\"", "unit = \"สำนักปลัด\""),
        ),
        error(
            "a quote is not closed",
            write(
                "pages/history.md",
                "title = \"ประวัติความเป็นมา\"",
                "title = \"ประวัติความเป็นมา",
            ),
            "toml-syntax",
            ("pages/history.md", "2:27"),
            ("\"", "\""),
        ),
        error(
            "the head of a page is not closed",
            write("news/2567-12-02-road.md", "ตัวอย่าง\"\n+++\n", "ตัวอย่าง\"\n"),
            "front-matter-open",
            ("news/2567-12-02-road.md", "1:1"),
            ("+++", "+++"),
        ),
        error(
            "a plus too few on the first line of a page",
            write("news/2567-12-02-road.md", "+++\ntitle", "++\ntitle"),
            "front-matter-mark",
            ("news/2567-12-02-road.md", "1:1"),
            ("\n    +++", "\n    +++"),
        ),
        error(
            "the first line of a page deleted",
            write("news/2567-12-02-road.md", "+++\ntitle", "title"),
            "front-matter-mark",
            ("news/2567-12-02-road.md", "1:1"),
            ("\n    +++", "\n    +++"),
        ),
        error(
            "the last line of a head as YAML has it",
            write(
                "news/2567-12-02-road.md",
                "ตัวอย่าง\"\n+++\n",
                "ตัวอย่าง\"\n---\n",
            ),
            "front-matter-open",
            ("news/2567-12-02-road.md", "3:1"),
            ("\n    +++", "\n    +++"),
        ),
        error(
            "a head in YAML",
            put(
                "pages/map-of-roads.md",
                "---\ntitle: ประวัติ\nupdated: 2568-01-05\n---\n\nตำบลของเรา\n",
            ),
            "yaml-head",
            ("pages/map-of-roads.md", "1:1"),
            (
                "    +++\n    title = \"ประวัติ\"\n    updated = 2568-01-05\n    +++",
                "TOML here, not YAML",
            ),
        ),
        error(
            "a remedy copied and not filled in",
            write("site.toml", "phone = \"0 2000 0009\"", "phone = \"…\""),
            "unfilled-field",
            ("site.toml", "12:9"),
            ("…", "…"),
        ),
        error(
            "30 February",
            write(
                "2568/year.toml",
                "date = \"31 ม.ค. 2568\"",
                "date = \"30 ก.พ. 2568\"",
            ),
            "bad-date",
            ("2568/year.toml", "24:8"),
            ("28", "28 days"),
        ),
        error(
            "a month is misspelt",
            write("2568/procurement.csv", "3,เม.ย. 2568", "3,เม.บ. 2568"),
            "bad-month",
            ("2568/procurement.csv", "B4"),
            ("มีนาคม 2568", "write มีนาคม 2568 or 2568-03"),
        ),
        error(
            "digits of a number are grouped wrongly",
            write("2568/budget.csv", "\"60,000.00\"", "\"6000,0.00\""),
            "bad-number",
            ("2568/budget.csv", "F2"),
            ("1,250,000", "write 1,250,000"),
        ),
        error(
            "a total differs from its rows",
            write("2568/year.toml", "2,300,000.00", "2,400,000.00"),
            "total-differs",
            ("2568/year.toml", "16:9"),
            ("ลบยอดรวมออก", "leave the total out"),
        ),
        error(
            "a column that no table has",
            write("2568/procurement.csv", "ราคากลาง", "ราคากลาว"),
            "unknown-column",
            ("2568/procurement.csv", "J1"),
            ("“ราคากลาง”", "“ราคากลาง”"),
        ),
        error(
            "an attachment is not there",
            write(
                "2568/no-gift-policy.md",
                "files/no-gift.pdf",
                "files/no-gifts.pdf",
            ),
            "broken-link",
            ("2568/no-gift-policy.md", "7:19"),
            ("/2568/files/no-gift.pdf", "/2568/files/no-gift.pdf"),
        ),
        error(
            "capitals in a file's name",
            write(
                "2568/measures-report.toml",
                "files/activity.svg",
                "files/Activity.svg",
            ),
            "missing-file",
            ("2568/measures-report.toml", "9:41"),
            ("“activity.svg”", "“activity.svg”"),
        ),
        error(
            "a link to a topic that is none",
            write(
                "2568/complaint-handling.md",
                "topic:complaint-channels",
                "topic:complaint-chanels",
            ),
            "broken-link",
            ("2568/complaint-handling.md", "13:34"),
            ("“complaint-channels”", "“complaint-channels”"),
        ),
        error(
            "shows a place that the page does not have",
            write(
                "2568/powers-and-duties.md",
                "\"#own-powers\"",
                "\"#own-power\"",
            ),
            "missing-anchor",
            ("2568/powers-and-duties.md", "3:27"),
            ("“#own-powers”", "“#own-powers”"),
        ),
        error(
            "a link to a place that the other page does not have",
            write("pages/history.md", "#both-sides", "#both-side"),
            "missing-anchor",
            ("pages/history.md", "7:61"),
            ("{#both-side}", "mark the heading there with {#both-side}"),
        ),
        error(
            "two measures with one id",
            put(
                "2568/measures.toml",
                include_str!("base/content/2568/measures.toml").to_string()
                    + "\n[[measure]]\nid = \"sign\"\ntitle = \"ป้ายที่สอง\"\nsteps = [\"ทำป้าย\"]\nresponsible = \"สำนักปลัด\"\nperiod = \"เม.ย. 2568\"\nmonitoring = [\"ทุกเดือน\"]\n",
            ),
            "repeated-id",
            ("2568/measures.toml", "18:1"),
            ("แต่ละมาตรการต้องมีรหัสของตัวเอง", "each measure has its own"),
        ),
        error(
            "a page named like no topic",
            put(
                "2568/public-participaton.md",
                "+++\nupdated = 2568-01-01\n+++\n\nประชาคมตำบล\n",
            ),
            "unknown-topic",
            ("2568/public-participaton.md", ""),
            ("public-participation.md", "public-participation.md"),
        ),
        error(
            "an item that the year does not have",
            write("2568/operations.md", "item = \"O6\"", "item = \"O99\""),
            "unknown-item",
            ("2568/operations.md", "3:8"),
            ("O1 ถึง O28", "O1 to O28"),
        ),
        error(
            "news without a date",
            put(
                "news/fair.md",
                "+++\ntitle = \"งานประจำปี\"\n+++\n\nขอเชิญชวน\n",
            ),
            "news-without-date",
            ("news/fair.md", ""),
            ("YYYY-MM-DD-fair.md", "YYYY-MM-DD-fair.md"),
        ),
        error(
            "a link that runs code",
            write("index.md", "ยินดีต้อนรับ", "[ยินดีต้อนรับ](javascript:alert(1))"),
            "unsafe-link",
            ("index.md", "5:1"),
            ("https://", "https://"),
        ),
        warning(
            "raw HTML",
            write("2568/powers-and-duties.md", "ดูแลถนน", "<br>ดูแลถนน"),
            "raw-html",
            ("2568/powers-and-duties.md", "8:1"),
            ("Markdown", "use Markdown"),
        ),
        error(
            "the survey of staff is published",
            write(
                "2568/year.toml",
                "code = \"bthotsop68\"",
                "url = \"https://itas.nacc.go.th/go/iit/bthotsop68\"",
            ),
            "staff-survey-address",
            ("2568/year.toml", "4:7"),
            (
                "https://itas.nacc.go.th/go/eit/",
                "https://itas.nacc.go.th/go/eit/",
            ),
        ),
        error(
            "one table as CSV and as TOML",
            put(
                "2568/budget.toml",
                "[[line]]\nplan_group = \"แผนงานบริหารงานทั่วไป\"\nitem = \"ค่าวัสดุ\"\napproved = 2300000\n",
            ),
            "same-table-twice",
            ("2568/budget.toml", ""),
            ("เก็บไว้ไฟล์เดียว", "keep one of them"),
        ),
        warning(
            "a page saved in the encoding of old Windows",
            put("pages/map.md", thai_874),
            "file-encoding-converted",
            ("pages/map.md", ""),
            ("UTF-8", "the encoding UTF-8"),
        ),
        error(
            "something that is no text, named .md",
            put("pages/photo.md", garbage),
            "file-binary",
            ("pages/photo.md", ""),
            ("ไฟล์สำรอง", "backup"),
        ),
        error(
            "two pages with one address",
            put(
                "pages/contact.md",
                "+++\ntitle = \"ติดต่อเรา\"\n+++\n\nโทรศัพท์\n",
            ),
            "same-address",
            ("pages/contact.md", ""),
            ("/contact/", "rename this file"),
        ),
        error(
            "shows an element that the item does not have",
            write(
                "2568/powers-and-duties.md",
                "not-whole-act",
                "not-whole-acts",
            ),
            "unknown-element",
            ("2568/powers-and-duties.md", "3:11"),
            ("“not-whole-act”", "“not-whole-act”"),
        ),
        error(
            "a colour with a digit too few",
            write("site.toml", "#17498a", "#17498"),
            "bad-colour",
            ("site.toml", "23:9"),
            ("#17498a", "six hexadecimal digits"),
        ),
        error(
            "an address without https",
            write("site.toml", "https://banthotsop", "banthotsop"),
            "bad-address",
            ("site.toml", "18:12"),
            (
                "https://banthotsop.example/web",
                "https://banthotsop.example/web",
            ),
        ),
        error(
            "the whole address where the EIT code stands",
            write(
                "2568/year.toml",
                "code = \"bthotsop68\"",
                "code = \"https://itas.nacc.go.th/go/eit/bthotsop68\"",
            ),
            "bad-eit-code",
            ("2568/year.toml", "4:8"),
            ("คัดลอกเฉพาะส่วนหลัง", "copy only what follows"),
        ),
        error(
            "an ocid prefix without its beginning",
            write(
                "site.toml",
                "[colours]",
                "[open_data]\nocid_prefix = \"213czf\"\n\n[colours]",
            ),
            "bad-ocid-prefix",
            ("site.toml", "23:15"),
            (
                "ถ้ายังไม่ได้ลงทะเบียนให้ลบบรรทัดนี้",
                "delete the line while you have none",
            ),
        ),
        error(
            "no purchases in a month that has some",
            write(
                "2568/year.toml",
                "month = \"ม.ค. 2568\"",
                "month = \"มี.ค. 2568\"",
            ),
            "none-but-some",
            ("2568/year.toml", "22:9"),
            ("มีนาคม 2568", "March 2025"),
        ),
        error(
            "an English page without a Thai one",
            put(
                "en/pages/road.md",
                "+++\ntitle = \"The road\"\n+++\n\nText.\n",
            ),
            "english-alone",
            ("en/pages/road.md", ""),
            ("content/pages/road.md", "content/pages/road.md"),
        ),
        warning(
            "a unit that there is not",
            write("people.csv", "กองคลัง,,0 2000 0014", "กองครัง,,0 2000 0014"),
            "unknown-unit",
            ("people.csv", "F5"),
            ("“กองคลัง”", "“กองคลัง”"),
        ),
        error(
            "a report of a measure that there is not",
            write("2568/measures-report.toml", "2568/sign", "2568/sing"),
            "unknown-measure",
            ("2568/measures-report.toml", "5:11"),
            ("“2568/sign”", "“2568/sign”"),
        ),
        error(
            "a Thai file name",
            put("pages/แผนที่.md", "+++\ntitle = \"แผนที่\"\n+++\n\nแผนที่\n"),
            "unfit-name",
            ("pages/แผนที่.md", ""),
            ("annual-report.md", "annual-report.md"),
        ),
        Mistake {
            slips: vec![
                Slip::Remove("2567/complaints.csv"),
                put(
                    "2567/complaints.xlsx",
                    xlsx(
                        "สถิติ",
                        &[
                            &["เดือน", "ประเภท", "รับ", "ยุติ", "อยู่ระหว่างดำเนินการ"],
                            &["พ.ย. 2566", "ทุจริต", "3", "2", "1"],
                            &["ก.พ. 2567", "ทั่วไป", "สี่สิบเอ็ด", "41", "0"],
                        ],
                    ),
                ),
            ],
            ..error(
                "words in a cell of numbers in a workbook",
                put("", ""),
                "bad-number",
                ("2567/complaints.xlsx", "สถิติ C3"),
                ("1250000", "write 1250000"),
            )
        },
        error(
            "a row with a cell too few",
            write(
                "2568/complaint-handling.md",
                "\"15 วัน\", \"สำนักปลัด\"]",
                "\"15 วัน\"]",
            ),
            "row-length",
            ("2568/complaint-handling.md", "8:46"),
            ("3 คอลัมน์", "3 columns"),
        ),
    ]
}
