//! Thai lines break where the browser's dictionary sees a word end, which is
//! also inside compounds and names that it does not know. A short list of them
//! is kept whole, and spaces inside dates are made no-break. No letter is
//! added: what is copied or searched for is the author's text.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::site::Site;
use crate::thai;

/// Compounds of every disclosure site that browsers break inside.
const USUAL: &[&str] = &[
    "งบประมาณ",
    "จัดซื้อจัดจ้าง",
    "ผู้รับผิดชอบ",
    "รับผิดชอบ",
    "หน่วยงาน",
    "เจ้าหน้าที่",
    "ผู้อำนวยการ",
    "เว็บไซต์",
    "ตัวชี้วัด",
    "ประพฤติมิชอบ",
    "ร้องเรียน",
    "เผยแพร่",
    "ความโปร่งใส",
    "คุณธรรม",
    "ดำเนินการ",
    "สาธารณะ",
    "แผนงาน",
    "เทศบาล",
    "เทศบัญญัติ",
    "ข้อบัญญัติ",
    "ผู้มีส่วนได้เสีย",
    "เผยแพร่แล้ว",
    "ไม่มีในปีนี้",
    "รอตรวจ",
];

/// A heading on a phone of 320 px holds so many letters in a line; marks above
/// and below take no room of their own.
const LONGEST: usize = 15;

/// Elements whose text is left alone: narrow cells, and what is no prose.
const APART: &[&str] = &["td", "th", "script", "style", "svg", "title", "textarea"];

#[derive(Clone)]
pub struct Glossary(Option<AhoCorasick>);

impl Glossary {
    /// The usual words, the site's own, its places, units and people.
    pub fn of(site: &Site) -> Glossary {
        let settings = &site.content.settings;
        let agency = &settings.agency;
        let mut words: Vec<&str> = USUAL.to_vec();
        words.extend(settings.glossary.iter().map(String::as_str));
        let bare = agency.name.th.strip_prefix(agency.kind.thai());
        words.extend(bare.map(str::trim));
        words.extend(agency.short_name.iter().map(|w| w.th.as_str()));
        words.extend(agency.district.iter().map(|w| w.th.as_str()));
        words.push(&agency.province.th);
        words.extend(site.content.units.iter().map(|u| u.name.th.as_str()));
        let people = site.content.people.iter().filter_map(|p| p.name.as_ref());
        words.extend(people.flat_map(|n| n.th.split(' ')));
        let width = |w: &str| w.chars().filter(|c| !takes_no_room(*c)).count();
        words.retain(|w| (2..=LONGEST).contains(&width(w)));
        words.sort_unstable();
        words.dedup();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words);
        Glossary(automaton.ok())
    }

    /// A page with its words kept whole.
    pub fn apply(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len() + html.len() / 8);
        let body = html.find("<body").unwrap_or(0);
        out.push_str(&html[..body]);
        let mut rest = &html[body..];
        // Elements that are left alone, from the outermost in.
        let mut apart: Vec<&str> = Vec::new();
        while !rest.is_empty() {
            let text = rest.find('<').unwrap_or(rest.len());
            self.text(&rest[..text], &apart, &mut out);
            rest = &rest[text..];
            let end = end_of_tag(rest);
            let tag = &rest[..end];
            out.push_str(tag);
            rest = &rest[end..];
            let inside = tag.trim_start_matches('<').trim_start_matches('/');
            let name = inside
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default();
            if !APART.contains(&name) {
                continue;
            }
            if tag.starts_with("</") {
                if apart.last() == Some(&name) {
                    apart.pop();
                }
            } else if !tag.ends_with("/>") {
                apart.push(name);
            }
        }
        out
    }

    fn text(&self, text: &str, apart: &[&str], out: &mut String) {
        // Bytes of Thai letters, and what the binding of dates looks for.
        if text.len() < 3 || text.is_ascii() {
            out.push_str(text);
            return;
        }
        let text = thai::bind(text);
        let Some(words) = self.0.as_ref().filter(|_| apart.is_empty()) else {
            if apart.iter().all(|name| matches!(*name, "td" | "th")) {
                ranges(&text, out);
            } else {
                out.push_str(&text);
            }
            return;
        };
        let mut from = 0;
        for found in words.find_iter(text.as_ref()) {
            // A vowel or tone mark belongs to the letter before it.
            let after = text[found.end()..].chars().next();
            if after.is_some_and(thai_mark) {
                continue;
            }
            ranges(&text[from..found.start()], out);
            out.push_str("<span class=\"nb\">");
            out.push_str(&text[found.range()]);
            out.push_str("</span>");
            from = found.end();
        }
        ranges(&text[from..], out);
    }
}

/// Keeps `08.30–16.30` and `15–25` whole.
fn ranges(text: &str, out: &mut String) {
    const DASH: char = '–';
    let of_number = |c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c) || ".:,".contains(c);
    let mut rest = text;
    while let Some(dash) = rest.find(DASH) {
        let after = &rest[dash + DASH.len_utf8()..];
        let from = rest[..dash].trim_end_matches(of_number).len();
        let to = after.len() - after.trim_start_matches(of_number).len();
        let end = dash + DASH.len_utf8() + to;
        if from < dash && to > 0 {
            out.push_str(&rest[..from]);
            out.push_str("<span class=\"range\">");
            out.push_str(&rest[from..end]);
            out.push_str("</span>");
        } else {
            out.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
}

fn thai_mark(c: char) -> bool {
    matches!(c, '\u{0E30}'..='\u{0E3A}' | '\u{0E45}'..='\u{0E4E}')
}

fn takes_no_room(c: char) -> bool {
    matches!(c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

/// Where a tag or comment ends; quoted attributes may hold `>`.
fn end_of_tag(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), b) if open == b => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary(words: &[&str]) -> Glossary {
        let build = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words);
        Glossary(build.ok())
    }

    #[test]
    fn words_of_prose_are_kept_whole_and_nothing_else_changes() {
        let g = glossary(&["งบประมาณ", "ธารสมมุติ"]);
        let page = "<head><title>งบประมาณ</title></head><body><h1 title=\"งบประมาณ>\">งบประมาณของธารสมมุติ</h1><td>งบประมาณ<br>งบประมาณ</td><p>งบประมาณ</p>";
        let kept = g.apply(page);
        assert_eq!(
            kept,
            "<head><title>งบประมาณ</title></head><body><h1 title=\"งบประมาณ>\"><span class=\"nb\">งบประมาณ</span>ของ<span class=\"nb\">ธารสมมุติ</span></h1><td>งบประมาณ<br>งบประมาณ</td><p><span class=\"nb\">งบประมาณ</span></p>"
        );
        let plain = kept
            .replace("<span class=\"nb\">", "")
            .replace("</span>", "");
        assert_eq!(plain, page);
    }

    #[test]
    fn a_word_that_goes_on_is_another_word() {
        let g = glossary(&["กอง"]);
        assert_eq!(g.apply("<body>กองี"), "<body>กองี");
    }

    #[test]
    fn dates_hold_together() {
        let g = glossary(&["กอง"]);
        assert_eq!(
            g.apply("<body><td>31 มี.ค. 2568</td>"),
            "<body><td>31\u{a0}มี.ค.\u{a0}2568</td>"
        );
    }
}
