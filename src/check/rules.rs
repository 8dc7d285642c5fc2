//! The rules as data: what each is, why, how it is mended, where it comes
//! from, with a bad and a good example, in both languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::{Say, Severity};

/// Rules that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Items and their required elements.
    Elements,
    /// The logic of measures and of the reports on them.
    Measures,
    /// Dates, years and deadlines.
    Calendar,
    /// Addresses that were handed in.
    Frozen,
    /// Links, files and other hosts.
    Reach,
    /// Readers who can't see the page, or not well.
    Access,
    /// Data of persons.
    Personal,
    /// Letters and words of texts.
    Text,
    /// The check's own settings.
    Settings,
    /// Messages of reading, rendering and writing.
    Loading,
}

impl Family {
    pub const ALL: &'static [Family] = &[
        Family::Elements,
        Family::Measures,
        Family::Calendar,
        Family::Frozen,
        Family::Reach,
        Family::Access,
        Family::Personal,
        Family::Text,
        Family::Settings,
        Family::Loading,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Family::Elements => "elements",
            Family::Measures => "measures",
            Family::Calendar => "calendar",
            Family::Frozen => "frozen",
            Family::Reach => "reach",
            Family::Access => "access",
            Family::Personal => "personal",
            Family::Text => "text",
            Family::Settings => "settings",
            Family::Loading => "loading",
        }
    }

    pub fn title(self) -> Say {
        match self {
            Family::Elements => Say::new("รายการและองค์ประกอบที่ต้องมี", "Items and required elements"),
            Family::Measures => Say::new(
                "เหตุผลของมาตรการและรายงาน",
                "The logic of measures and reports",
            ),
            Family::Calendar => Say::new("วันที่ ปี และกำหนดการ", "Dates, years and deadlines"),
            Family::Frozen => Say::new("ที่อยู่ที่ส่งให้ผู้ประเมินแล้ว", "Addresses that were handed in"),
            Family::Reach => Say::new("การเข้าถึงหน้า ลิงก์ และไฟล์", "Reaching pages, links and files"),
            Family::Access => Say::new("การเข้าถึงของผู้อ่านทุกคน", "Accessibility"),
            Family::Personal => Say::new("ข้อมูลส่วนบุคคล", "Personal data"),
            Family::Text => Say::new("คุณภาพของข้อความ", "Quality of texts"),
            Family::Settings => Say::new("การตั้งค่าการตรวจ", "Settings of the check"),
            Family::Loading => Say::new("การอ่านไฟล์และสร้างหน้า", "Reading files and making pages"),
        }
    }

    fn source(self) -> &'static str {
        match self {
            Family::Elements => include_str!("rules/elements.toml"),
            Family::Measures => include_str!("rules/measures.toml"),
            Family::Calendar => include_str!("rules/calendar.toml"),
            Family::Frozen => include_str!("rules/frozen.toml"),
            Family::Reach => include_str!("rules/reach.toml"),
            Family::Access => include_str!("rules/access.toml"),
            Family::Personal => include_str!("rules/personal.toml"),
            Family::Text => include_str!("rules/text.toml"),
            Family::Settings => include_str!("rules/settings.toml"),
            Family::Loading => include_str!("rules/loading.toml"),
        }
    }
}

/// A rule: `code` is what people search for and never changes.
#[derive(Clone, Debug)]
pub struct Rule {
    pub code: String,
    pub family: Family,
    pub severity: Severity,
    /// How sure it is that assessors judge so: high, medium, low.
    pub confidence: String,
    pub title: Say,
    pub why: Say,
    pub fix: Say,
    /// The form, law, standard or observation that it comes from.
    pub source: Say,
    pub bad: Say,
    pub good: Say,
}

/// A sample is the same in both languages but for the notes in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleData {
    code: String,
    severity: String,
    confidence: String,
    title_th: String,
    title_en: String,
    why_th: String,
    why_en: String,
    fix_th: String,
    fix_en: String,
    source_th: String,
    source_en: String,
    bad: String,
    bad_en: Option<String>,
    good: String,
    good_en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<RuleData>,
}

static RULES: LazyLock<BTreeMap<String, Rule>> = LazyLock::new(|| {
    Family::ALL
        .iter()
        .flat_map(|family| read(*family).unwrap_or_default())
        .map(|rule| (rule.code.clone(), rule))
        .collect()
});

fn read(family: Family) -> Result<Vec<Rule>, String> {
    let file: File = toml::from_str(family.source()).map_err(|e| e.to_string())?;
    file.rule
        .into_iter()
        .map(|data| {
            Ok(Rule {
                severity: severity(&data.severity)
                    .ok_or_else(|| format!("{}: severity {}", data.code, data.severity))?,
                code: data.code,
                family,
                confidence: data.confidence,
                title: Say::new(data.title_th, data.title_en),
                why: Say::new(data.why_th, data.why_en),
                fix: Say::new(data.fix_th, data.fix_en),
                source: Say::new(data.source_th, data.source_en),
                bad: sample(&data.bad, data.bad_en.as_deref()),
                good: sample(&data.good, data.good_en.as_deref()),
            })
        })
        .collect()
}

fn sample(th: &str, en: Option<&str>) -> Say {
    Say::new(th.trim_end(), en.unwrap_or(th).trim_end())
}

/// `error`, `warning` or `advice`.
pub fn severity(word: &str) -> Option<Severity> {
    [Severity::Error, Severity::Warning, Severity::Advice]
        .into_iter()
        .find(|s| s.id() == word)
}

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.get(code)
}

/// Every rule, by code.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.values()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_rules_is_whole() {
        let mut codes = std::collections::BTreeSet::new();
        for family in Family::ALL {
            let rules = read(*family).unwrap_or_else(|e| panic!("{}: {e}", family.id()));
            for rule in rules {
                assert!(codes.insert(rule.code.clone()), "{} twice", rule.code);
                let words = [
                    &rule.title.th,
                    &rule.title.en,
                    &rule.why.th,
                    &rule.why.en,
                    &rule.fix.th,
                    &rule.fix.en,
                    &rule.source.th,
                    &rule.source.en,
                    &rule.bad.th,
                    &rule.bad.en,
                    &rule.good.th,
                    &rule.good.en,
                ];
                assert!(words.iter().all(|w| !w.trim().is_empty()), "{}", rule.code);
                assert!(
                    ["high", "medium", "low"].contains(&rule.confidence.as_str()),
                    "{}",
                    rule.code
                );
                let thai = |text: &str| text.chars().any(|c| ('ก'..='๛').contains(&c));
                for th in [&rule.title.th, &rule.why.th, &rule.fix.th] {
                    assert!(thai(th), "{}: {th}", rule.code);
                }
            }
        }
        assert!(codes.len() > 5);
    }
}
