//! The years that a running text speaks of as its own: neither those in the
//! names of laws nor those that it looks back to.

use std::ops::Range;

use super::date::month_named;
use super::digits::to_arabic;

/// One year, or a span of years, of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearMention {
    /// Bytes of the line in which it stands.
    pub line: Range<usize>,
    /// Buddhist; of a span (2566–2570) the first and the last.
    pub first: u16,
    pub last: u16,
    /// 1 to 12, where the year belongs to a day or a month.
    pub month: Option<u8>,
}

/// Letters before a year that tell how it is meant; names of laws are long.
const NEAR: usize = 40;
const NEAR_LAW: usize = 100;
/// A text that compares, or tells where something comes from.
const LOOKS_BACK: &[&str] = &[
    "เทียบ",
    "ย้อนหลัง",
    "ตั้งแต่",
    "เริ่ม",
    "ก่อน",
    "ที่ผ่านมา",
    "เดิม",
    "แทน",
    "เมื่อปี",
    "จากปี",
    "ของปีที่แล้ว",
    "ผลการประเมิน",
    "ผลคะแนน",
    "สถิติ",
    "ประวัติ",
];
/// Laws and orders bear the year of their making.
const LAWS: &[&str] = &[
    "พระราช",
    "พ.ร.บ",
    "พรบ",
    "พ.ร.ฎ",
    "รัฐธรรมนูญ",
    "ระเบียบ",
    "ประมวล",
    "ข้อบังคับ",
    "ข้อกำหนด",
    "กฎ",
    "คำสั่ง",
    "ประกาศ",
    "มาตรฐาน",
    "มติ",
    "หนังสือ",
    "แก้ไขเพิ่มเติม",
];
/// Words that make a year that of the text, whatever stands before them.
const OF_YEAR: &[&str] = &["ปีงบประมาณ", "ประจำปี"];
/// What follows a number that is no year.
const COUNTED: &[&str] = &[
    "บาท",
    "คน",
    "ครั้ง",
    "ราย",
    "เรื่อง",
    "ครัวเรือน",
    "เมตร",
    "ตาราง",
    "ไร่",
    "ชุด",
    "ฉบับ",
    "%",
];

/// The years that a text names, in its order.
pub fn year_mentions(text: &str) -> Vec<YearMention> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bytes = start..start + line.trim_end().len();
        start += line.len();
        if line.contains("25") || line.contains("๒๕") {
            of_line(&without_targets(&to_arabic(line)), &bytes, &mut all);
        }
    }
    all
}

/// A line without addresses of links and ids of headings, whose years are
/// those of files.
fn without_targets(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    loop {
        let link = rest.find("](").map(|at| (at, 1, ')'));
        let id = rest.find("{#").map(|at| (at, 0, '}'));
        let Some((at, keep, close)) = link.into_iter().chain(id).min() else {
            out.push_str(rest);
            return out;
        };
        out.push_str(&rest[..at + keep]);
        let inside = &rest[at + keep..];
        match inside.find(close) {
            Some(end) => rest = &inside[end + close.len_utf8()..],
            None => return out,
        }
    }
}

fn of_line(line: &str, bytes: &Range<usize>, all: &mut Vec<YearMention>) {
    // The end of the last year, for spans.
    let mut before: Option<usize> = None;
    let mut told = 0;
    for (at, end) in runs(line) {
        let Some(year) = year_of(&line[at..end]) else {
            continue;
        };
        let (ahead, after) = (&line[..at], &line[end..]);
        if is_number(ahead, after) {
            continue;
        }
        if let Some(gap) = before.and_then(|b| line.get(b..at))
            && joins(gap)
            && let Some(last) = all.last_mut()
            && last.line == *bytes
        {
            last.last = last.last.max(year);
            before = Some(end);
            continue;
        }
        before = None;
        // Words before another year speak of that one.
        let ahead = line.get(told..at).unwrap_or(ahead);
        told = end;
        let near = tail(ahead, NEAR);
        let own = OF_YEAR.iter().any(|w| tail(ahead, 24).contains(w));
        let law = !own && LAWS.iter().any(|w| tail(ahead, NEAR_LAW).contains(w));
        if law || LOOKS_BACK.iter().any(|w| near.contains(w)) {
            continue;
        }
        before = Some(end);
        all.push(YearMention {
            line: bytes.clone(),
            first: year,
            last: year,
            month: month_before(ahead),
        });
    }
}

/// Runs of digits.
fn runs(line: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut open = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (open, c.is_ascii_digit()) {
            (None, true) => open = Some(at),
            (Some(from), false) => {
                all.push((from, at));
                open = None;
            }
            _ => {}
        }
    }
    all
}

fn year_of(digits: &str) -> Option<u16> {
    let year: u16 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    (2540..2600).contains(&year).then_some(year)
}

/// Part of a sum, of a telephone or document number, or a count.
fn is_number(ahead: &str, after: &str) -> bool {
    let joined = |c: char| matches!(c, '-' | ',' | '.' | '/');
    let mut back = ahead.chars().rev();
    let tied_before = match (back.next(), back.next()) {
        (Some('/'), Some(d)) if d.is_ascii_digit() => {
            // A day has two: 31/3/2567.
            let (head, _) = ahead
                .trim_end_matches('/')
                .rsplit_once('/')
                .unwrap_or(("", ""));
            !head.ends_with(|c: char| c.is_ascii_digit())
        }
        (Some(c), Some(d)) => joined(c) && d.is_ascii_digit(),
        _ => false,
    };
    let mut on = after.chars();
    let tied_after = match (on.next(), on.next()) {
        (Some(c), Some(d)) if joined(c) && d.is_ascii_digit() => {
            let rest: String = after
                .chars()
                .skip(1)
                .take_while(char::is_ascii_digit)
                .collect();
            // A span of years, or the month of a day written 2567-03-31.
            year_of(&rest).is_none() && !(c == '-' && rest.len() == 2)
        }
        _ => false,
    };
    let word = after.trim_start();
    tied_before || tied_after || COUNTED.iter().any(|w| word.starts_with(w))
}

fn joins(gap: &str) -> bool {
    let gap = gap.trim();
    let gap = gap
        .trim_start_matches("พ.ศ.")
        .trim_end_matches("พ.ศ.")
        .trim();
    matches!(gap, "-" | "–" | "—" | "ถึง" | "ถึงปี" | "ถึง ปี")
}

/// The month right before a year: `มี.ค. 2567`, `31/3/2567`.
fn month_before(ahead: &str) -> Option<u8> {
    if let Some(rest) = ahead.strip_suffix('/') {
        let digits = rest.rsplit('/').next()?;
        return digits.parse().ok().filter(|m| (1..=12).contains(m));
    }
    let word = ahead.trim_end().trim_end_matches("พ.ศ.").trim_end();
    let last = word
        .rsplit(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '–' | '-' | '('))
        .next()?;
    // The name may be tied to the word before it: เดือนตุลาคม.
    let starts = last.char_indices().map(|(i, _)| i);
    starts
        .filter_map(|i| last.get(i..))
        .find_map(|name| month_named(name).filter(|_| name.chars().count() > 2))
}

fn tail(text: &str, letters: usize) -> &str {
    let from = text.char_indices().rev().nth(letters.saturating_sub(1));
    from.map_or(text, |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(u16, u16, Option<u8>)> {
        let all = year_mentions(text);
        all.iter().map(|m| (m.first, m.last, m.month)).collect()
    }

    #[test]
    fn years_and_months_are_read_as_officials_write_them() {
        assert_eq!(named("ปีงบประมาณ พ.ศ. ๒๕๖๗"), [(2567, 2567, None)]);
        assert_eq!(named("แผนพัฒนา พ.ศ. 2566 – 2570"), [(2566, 2570, None)]);
        assert_eq!(named("ณ 31 มีนาคม 2567"), [(2567, 2567, Some(3))]);
        assert_eq!(named("เดือนตุลาคม พ.ศ. 2566"), [(2566, 2566, Some(10))]);
        assert_eq!(named("ลงวันที่ 31/3/2567"), [(2567, 2567, Some(3))]);
        assert_eq!(
            named("ต.ค. 2566 – มี.ค. 2567"),
            [(2566, 2566, Some(10)), (2567, 2567, Some(3))]
        );
    }

    #[test]
    fn laws_comparisons_numbers_and_file_names_are_not_of_the_text() {
        for text in [
            "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
            "ระเบียบกระทรวงมหาดไทย (ฉบับที่ 2) พ.ศ. 2562",
            "เพิ่มขึ้นเมื่อเทียบกับปีงบประมาณ พ.ศ. 2566",
            "เปิดบริการตั้งแต่ปี 2560",
            "ใช้เงิน 2567 บาท โทร 0-2567-1234 เลขที่ 12/2567 รวม 2,567.50",
            "[แผน](files/plan-2567.pdf)",
            "## หัวข้อ {#plan-2567}",
        ] {
            assert_eq!(named(text), [], "{text}");
        }
        let own = named("ประกาศ No Gift Policy ประจำปีงบประมาณ พ.ศ. 2567");
        assert_eq!(own, [(2567, 2567, None)]);
    }

    #[test]
    fn a_mention_tells_its_line() {
        let text = "ก\nปี 2567\n";
        let line = year_mentions(text)[0].line.clone();
        assert_eq!(&text[line], "ปี 2567");
    }
}
