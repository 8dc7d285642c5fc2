//! Laws that are named with another year than theirs.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::check::finding::{Found, finding};
use crate::thai::to_arabic;

use super::words::Words;

pub fn check(words: &Words<'_>, found: &mut Found) {
    for (range, years) in of_other_years(words.text) {
        let (last, name) = (
            years.last().copied().unwrap_or_default(),
            &words.text[range.clone()],
        );
        found.push(
            finding(
                "law-of-other-year",
                format!("ไม่พบ “{name}” ในรายการกฎหมายที่ใช้ตรวจ ฉบับที่ใช้อยู่คือ พ.ศ. {last}"),
                format!("no act “{name}” is known; the one in force is of {last}"),
            )
            .at(words.place(&range)),
        );
    }
}

type Act = (&'static str, Vec<u16>);

fn acts() -> &'static (Vec<Act>, Option<AhoCorasick>) {
    static ACTS: OnceLock<(Vec<Act>, Option<AhoCorasick>)> = OnceLock::new();
    ACTS.get_or_init(|| {
        let acts: Vec<Act> = include_str!("laws.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .map(|(name, years)| {
                (
                    name,
                    years.split(' ').filter_map(|y| y.parse().ok()).collect(),
                )
            })
            .collect();
        let named = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(acts.iter().map(|(name, _)| name));
        (acts, named.ok())
    })
}

/// Names of acts with a year that is not theirs: the name with the year, and the
/// years of the act.
fn of_other_years(text: &str) -> Vec<(Range<usize>, &'static [u16])> {
    // Only an act is cited by its name alone: announcements and ministerial
    // regulations on the same matter have years of their own.
    const ACT: &[&str] = &["พระราชบัญญัติ", "พ.ร.บ.", "พรบ.", "พระราชกฤษฎีกา"];
    if text.is_ascii() {
        return Vec::new();
    }
    let (acts, named) = acts();
    let hits = named.iter().flat_map(|named| named.find_iter(text));
    hits.filter_map(|hit| {
        let years = acts[hit.pattern().as_usize()].1.as_slice();
        let before = text[..hit.start()]
            .trim_end_matches("ประกอบรัฐธรรมนูญ")
            .trim_end();
        let is_act = ACT
            .iter()
            .any(|word| before.ends_with(word) || text[hit.range()].starts_with(word));
        let after = &text[hit.end()..];
        let rest = after.trim_start();
        let rest = rest
            .strip_prefix("พ.ศ.")
            .or_else(|| rest.strip_prefix("พุทธศักราช"))?
            .trim_start();
        let digits: String = to_arabic(rest).chars().take(4).collect();
        let written: u16 = digits
            .parse()
            .ok()
            .filter(|year| (2400..2700).contains(year))?;
        let number: usize = rest.chars().take(4).map(char::len_utf8).sum();
        let end = text.len() - rest.len() + number;
        (is_act && !years.contains(&written)).then_some((hit.start()..end, years))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::of_other_years;

    #[test]
    fn an_act_of_another_year_is_found() {
        let text = "ตามพระราชบัญญัติวินัยการเงินการคลังของรัฐ พ.ศ. ๒๕๖๒ มาตรา ๗๙";
        let found: Vec<&str> = of_other_years(text)
            .into_iter()
            .map(|f| &text[f.0])
            .collect();
        assert_eq!(found, ["วินัยการเงินการคลังของรัฐ พ.ศ. ๒๕๖๒"]);
    }

    #[test]
    fn an_act_of_its_year_and_what_is_under_it_are_not() {
        for fine in [
            "พระราชบัญญัติวินัยการเงินการคลังของรัฐ พ.ศ. 2561",
            "พ.ร.บ.ข้อมูลข่าวสารของราชการ พ.ศ.2540",
            "พระราชบัญญัติเทศบาล พ.ศ. 2496 แก้ไขเพิ่มเติม (ฉบับที่ 14) พ.ศ. 2562",
            "พระราชบัญญัติเทศบาล (ฉบับที่ 14) พ.ศ. 2562",
            "ระเบียบว่าด้วยการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2563 ตามพระราชบัญญัติ",
            "พระราชบัญญัติประกอบรัฐธรรมนูญว่าด้วยการป้องกันและปราบปรามการทุจริต พ.ศ. 2561",
        ] {
            assert!(of_other_years(fine).is_empty(), "{fine}");
        }
    }
}
