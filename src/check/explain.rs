//! A rule told to people: for `prongsai explain`, and the reference pages.

use crate::diagnostic::{Lang, Severity, nearest};

use super::rules::{Family, Rule, all};

/// The known code nearest to a mistyped one.
pub fn nearest_code(written: &str) -> Option<&'static str> {
    nearest(written, all().map(|r| r.code.as_str()))
}

fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Th) => "ผิดพลาด",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::Th) => "เตือน",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Advice, Lang::Th) => "แนะนำ",
        (Severity::Advice, Lang::En) => "advice",
    }
}

fn confidence(word: &str, lang: Lang) -> &str {
    match (word, lang) {
        ("high", Lang::Th) => "สูง",
        ("medium", Lang::Th) => "ปานกลาง",
        ("low", Lang::Th) => "ต่ำ",
        (word, _) => word,
    }
}

/// Labels of the parts, in the order in which they are shown.
fn labels(lang: Lang) -> [&'static str; 7] {
    match lang {
        Lang::Th => [
            "ระดับ",
            "ความมั่นใจ",
            "เหตุผล",
            "วิธีแก้",
            "ที่มา",
            "ตัวอย่างที่ผิด",
            "ตัวอย่างที่ถูก",
        ],
        Lang::En => [
            "Severity",
            "Confidence",
            "Why",
            "What to do",
            "Source",
            "Bad",
            "Good",
        ],
    }
}

impl Rule {
    /// As Markdown, which reads well in a terminal too.
    pub fn explained(&self, lang: Lang) -> String {
        let [level, sure, why, fix, source, bad, good] = labels(lang);
        let indented =
            |text: &str| -> String { text.lines().map(|l| format!("    {l}\n")).collect() };
        format!(
            "## {code}: {title}\n\n{level}: {} · {sure}: {}\n\n**{why}:** {}\n\n**{fix}:** {}\n\n**{source}:** {}\n\n{bad}:\n\n{}\n{good}:\n\n{}",
            severity(self.severity, lang),
            confidence(&self.confidence, lang),
            self.why.get(lang),
            self.fix.get(lang),
            self.source.get(lang),
            indented(self.bad.get(lang)),
            indented(self.good.get(lang)),
            code = self.code,
            title = self.title.get(lang),
        )
    }
}

/// All rules as one page of Markdown.
pub fn reference(lang: Lang) -> String {
    let mut page = match lang {
        Lang::Th => {
            "# กฎของ prongsai\n\nหน้านี้สร้างจากข้อมูลเดียวกับคำสั่ง `prongsai explain`\n".to_string()
        }
        Lang::En => {
            "# The rules of prongsai\n\nMade from the data that `prongsai explain` shows.\n"
                .to_string()
        }
    };
    for family in Family::ALL {
        page.push_str(&format!("\n# {}\n", family.title().get(lang)));
        for rule in all().filter(|r| r.family == *family) {
            page.push('\n');
            page.push_str(&rule.explained(lang));
        }
    }
    page
}
