//! Free words for a time (`ต.ค.๖๕ – ๓๐ ก.ย. ๖๖`, `ทุกไตรมาส`) → days, where
//! they can be read. The words themselves are always kept.

use super::date::{Date, Month, month_named};
use super::digits::{be_from_number, to_arabic};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recurrence {
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeriodProblem {
    EndsBeforeStart { from: Date, to: Date },
    ImpossibleDate { day: u64, month: String },
}

impl PeriodProblem {
    pub fn th(&self) -> String {
        match self {
            PeriodProblem::EndsBeforeStart { from, to } => format!(
                "ช่วงเวลานี้สิ้นสุด ({}) ก่อนเริ่ม ({}) ตรวจปีอีกครั้ง",
                to.thai_long(),
                from.thai_long()
            ),
            PeriodProblem::ImpossibleDate { day, month } => format!("ไม่มีวันที่ {day} ในเดือน {month}"),
        }
    }

    pub fn en(&self) -> String {
        match self {
            PeriodProblem::EndsBeforeStart { from, to } => format!(
                "this period ends ({}) before it starts ({}); look at the years again",
                to.english_long(),
                from.english_long()
            ),
            PeriodProblem::ImpossibleDate { day, month } => {
                format!("there is no day {day} in {month}")
            }
        }
    }
}

/// A period as written, with what could be read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub raw: String,
    /// The first day of all that was read, and the last.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Each stretch by itself.
    pub items: Vec<(Date, Date)>,
    pub recurring: Vec<Recurrence>,
    /// The year, Buddhist, that a stretch begins in, where only its end has one.
    pub guessed_start: Option<u16>,
    /// Buddhist.
    pub fiscal_year: Option<u16>,
    pub problem: Option<PeriodProblem>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(u64, usize),
    Month(u8),
    To,
    And,
    Every(Recurrence),
    FiscalYear,
    Era,
    Other,
}

const PHRASES: &[(&str, Token)] = &[
    ("เป็นประจำทุกเดือน", Token::Every(Recurrence::Monthly)),
    ("ประจำทุกเดือน", Token::Every(Recurrence::Monthly)),
    ("ประจำเดือน", Token::Every(Recurrence::Monthly)),
    ("ทุกเดือน", Token::Every(Recurrence::Monthly)),
    ("รอบไตรมาส", Token::Every(Recurrence::Quarterly)),
    ("รายไตรมาส", Token::Every(Recurrence::Quarterly)),
    ("ทุกไตรมาส", Token::Every(Recurrence::Quarterly)),
    ("รอบ 3 เดือน", Token::Every(Recurrence::Quarterly)),
    ("ทุก 3 เดือน", Token::Every(Recurrence::Quarterly)),
    ("รอบ 6 เดือน", Token::Every(Recurrence::HalfYearly)),
    ("ทุก 6 เดือน", Token::Every(Recurrence::HalfYearly)),
    ("รอบ 1 ปี", Token::Every(Recurrence::Yearly)),
    ("อย่างน้อยปีละ 1 ครั้ง", Token::Every(Recurrence::Yearly)),
    ("ตลอดปีงบประมาณ", Token::FiscalYear),
    ("ปีงบประมาณ", Token::FiscalYear),
    ("งบประมาณ", Token::FiscalYear),
    ("พ.ศ.", Token::Era),
    ("พ.ศ", Token::Era),
    ("ถึง", Token::To),
    ("–", Token::To),
    ("—", Token::To),
    ("-", Token::To),
    ("และ", Token::And),
    (",", Token::And),
];
const FILLERS: &[&str] = &["เดือน", "วันที่", "ใน", "ประจำ", "ปี", "รอบ", "ตั้งแต่", "ระหว่าง"];
const LONG: &[&str] = &[
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
];

fn lex(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    'next: while let Some(c) = rest.chars().next() {
        for (phrase, token) in PHRASES {
            if let Some(after) = rest.strip_prefix(phrase) {
                tokens.push(token.clone());
                rest = after;
                continue 'next;
            }
        }
        for month in LONG {
            if let Some(after) = rest.strip_prefix(month) {
                tokens.extend(month_named(month).map(Token::Month));
                rest = after;
                continue 'next;
            }
        }
        for filler in FILLERS {
            if let Some(after) = rest.strip_prefix(filler) {
                rest = after;
                continue 'next;
            }
        }
        if c.is_ascii_digit() {
            let len = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let (digits, after) = rest.split_at(len);
            tokens.push(Token::Number(digits.parse().unwrap_or(u64::MAX), len));
            rest = after;
            continue;
        }
        if ('\u{0E01}'..='\u{0E4E}').contains(&c) || c.is_alphabetic() {
            let word =
                |c: char| ('\u{0E01}'..='\u{0E4E}').contains(&c) || c.is_alphabetic() || c == '.';
            let len = rest.find(|c: char| !word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(len);
            tokens.push(month_named(word).map_or(Token::Other, Token::Month));
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
    }
    tokens
}

/// A month in a period: its day, itself, its year, where given.
#[derive(Clone, Copy)]
struct Mark {
    day: Option<u64>,
    month: u8,
    year: Option<u16>,
}

impl Period {
    /// Reads what can be read; never fails.
    pub fn read(text: &str) -> Period {
        let mut period = Period {
            raw: text.trim().to_string(),
            from: None,
            to: None,
            items: Vec::new(),
            recurring: Vec::new(),
            guessed_start: None,
            fiscal_year: None,
            problem: None,
        };
        let arabic = to_arabic(text).into_owned();
        let tokens = lex(&arabic);
        let mut marks: Vec<Mark> = Vec::new();
        let mut years: Vec<u16> = Vec::new();
        let mut joined = false;
        let mut i = 0;
        while let Some(token) = tokens.get(i) {
            match token {
                Token::Every(recurrence) => {
                    period.close(&mut marks);
                    period.recurring.push(*recurrence);
                }
                Token::FiscalYear => {
                    if let Some((year, at)) = year_after(&tokens, i + 1) {
                        period.close(&mut marks);
                        period.fiscal_year = Some(year);
                        years.push(year);
                        i = at;
                    }
                }
                Token::To => joined = true,
                Token::And => {
                    period.close(&mut marks);
                    joined = false;
                }
                Token::Month(month) => {
                    let day = match i.checked_sub(1).and_then(|b| tokens.get(b)) {
                        Some(Token::Number(day, len)) if *len <= 2 => Some(*day),
                        _ => None,
                    };
                    let year = year_after(&tokens, i + 1)
                        .filter(|(_, at)| !matches!(tokens.get(at + 1), Some(Token::Month(_))));
                    if let Some((_, at)) = year {
                        i = at;
                    }
                    if !marks.is_empty() && !joined {
                        period.close(&mut marks);
                    }
                    marks.push(Mark {
                        day,
                        month: *month,
                        year: year.map(|(y, _)| y),
                    });
                    joined = false;
                }
                Token::Number(n, 4) => years.extend(be_from_number(*n, 4)),
                _ => {}
            }
            i += 1;
        }
        period.close(&mut marks);
        if period.items.is_empty() {
            period.whole_years(&years, &tokens);
        }
        period.from = period.items.iter().map(|(a, _)| *a).min();
        period.to = period.items.iter().map(|(_, b)| *b).max();
        period
    }

    /// `2566 – 2570`: fiscal years from the first to the last.
    fn whole_years(&mut self, years: &[u16], tokens: &[Token]) {
        let only_years = !tokens.iter().any(|t| matches!(t, Token::Month(_)));
        let (Some(first), Some(last)) = (years.first(), years.last()) else {
            return;
        };
        let spans = years.len() == 1 || tokens.contains(&Token::To);
        if !only_years || !spans || years.len() > 2 {
            return;
        }
        let [from, ..] = Month::months_of_fiscal_year(*first);
        let [.., to] = Month::months_of_fiscal_year(*last);
        let (from, to) = (from.first_day(), to.last_day());
        if from > to {
            self.problem
                .get_or_insert(PeriodProblem::EndsBeforeStart { from, to });
        }
        self.items.push((from, to));
    }

    /// Ends a stretch: the first mark may take its year from the last.
    fn close(&mut self, marks: &mut Vec<Mark>) {
        let (Some(first), Some(last)) = (marks.first().copied(), marks.last().copied()) else {
            return;
        };
        marks.clear();
        let Some(end_year) = last.year else { return };
        let start_year = first.year.unwrap_or_else(|| {
            let year = end_year - u16::from(first.month > last.month);
            if first.month != last.month {
                self.guessed_start.get_or_insert(year);
            }
            year
        });
        let (Some(from), Some(to)) = (
            self.day_of(first, start_year, false),
            self.day_of(last, end_year, true),
        ) else {
            return;
        };
        if from > to {
            self.problem
                .get_or_insert(PeriodProblem::EndsBeforeStart { from, to });
        }
        self.items.push((from, to));
    }

    /// A mark without a day is the whole month.
    fn day_of(&mut self, mark: Mark, year_be: u16, end: bool) -> Option<Date> {
        let year_ce = i32::from(year_be) - 543;
        let month = Month::of(Date::new(year_ce, mark.month, 1)?);
        let Some(day) = mark.day else {
            return Some(if end {
                month.last_day()
            } else {
                month.first_day()
            });
        };
        let date = u8::try_from(day)
            .ok()
            .and_then(|d| Date::new(year_ce, mark.month, d));
        if date.is_none() {
            self.problem.get_or_insert(PeriodProblem::ImpossibleDate {
                day,
                month: month.thai_long(),
            });
        }
        date
    }

    /// Whether it reaches into a fiscal year.
    pub fn covers(&self, fiscal_year: u16) -> bool {
        let [first, .., last] = Month::months_of_fiscal_year(fiscal_year);
        self.fiscal_year == Some(fiscal_year)
            || self
                .items
                .iter()
                .any(|(a, b)| *a <= last.last_day() && *b >= first.first_day())
    }

    /// How many months it spans, rounded up.
    pub fn months(&self) -> Option<u32> {
        let (from, to) = (self.from?, self.to?);
        let count = |d: Date| i64::from(d.year_ce()) * 12 + i64::from(d.month());
        u32::try_from(count(to) - count(from) + 1).ok()
    }
}

/// A year right after `at`, with the place of its number.
fn year_after(tokens: &[Token], mut at: usize) -> Option<(u16, usize)> {
    while tokens.get(at) == Some(&Token::Era) {
        at += 1;
    }
    match tokens.get(at) {
        Some(Token::Number(n, len)) if *len == 4 || *len == 2 => {
            be_from_number(*n, *len).map(|y| (y, at))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    fn read(text: &str) -> String {
        let p = Period::read(text);
        let day = |d: Option<Date>| d.map_or("-".into(), Date::iso);
        format!(
            "{}..{} {:?} {:?} {}",
            day(p.from),
            day(p.to),
            p.recurring,
            p.fiscal_year,
            p.items.len()
        )
    }

    #[test]
    fn every_form_of_real_reports_is_read() {
        for (text, want) in [
            ("ต.ค.๖๕ - ก.ย. ๖๖", "2022-10-01..2023-09-30 [] None 1"),
            ("ต.ค.๖๕ – ๓๐ ก.ย.๖๖", "2022-10-01..2023-09-30 [] None 1"),
            ("ก.พ. - ก.ย.๖๖", "2023-02-01..2023-09-30 [] None 1"),
            ("ก.พ...- ก.ย.๖๖", "2023-02-01..2023-09-30 [] None 1"),
            ("มี.ค. - ก.ย.๖๖", "2023-03-01..2023-09-30 [] None 1"),
            ("ตุลาคม ๖๔ – มีนาคม ๖๕", "2021-10-01..2022-03-31 [] None 1"),
            ("ต.ค. - มี.ค. 66", "2022-10-01..2023-03-31 [] None 1"),
            ("๑๕ ตุลาคม ๒๕๖๗", "2024-10-15..2024-10-15 [] None 1"),
            (
                "1 ต.ค. 2565 ถึง 30 ก.ย. 2566",
                "2022-10-01..2023-09-30 [] None 1",
            ),
            (
                "เดือน มีนาคม ๒๕๖๖ และ ๒๓ มีนาคม ๒๕๖๖",
                "2023-03-01..2023-03-31 [] None 2",
            ),
            (
                "เป็นประจำทุกเดือน, รอบไตรมาส, รอบ ๖ เดือน ในปีงบประมาณ พ.ศ.๒๕๖๖",
                "2022-10-01..2023-09-30 [Monthly, Quarterly, HalfYearly] Some(2566) 1",
            ),
            (
                "ประจำทุกเดือนใน ปีงบประมาณ พ.ศ.๒๕๖๖ เดือนมกราคม ๒๕๖๖",
                "2023-01-01..2023-01-31 [Monthly] Some(2566) 1",
            ),
            ("ทุกไตรมาส", "-..- [Quarterly] None 0"),
            ("ตามความเหมาะสม", "-..- [] None 0"),
            ("พ.ศ. ๒๕๖๖ - ๒๕๗๐", "2022-10-01..2027-09-30 [] None 1"),
            ("2566–2570", "2022-10-01..2027-09-30 [] None 1"),
            ("ปีงบประมาณ 2568", "2024-10-01..2025-09-30 [] Some(2568) 1"),
        ] {
            assert_eq!(read(text), want, "{text}");
            assert_eq!(Period::read(text).problem, None, "{text}");
        }
    }

    #[test]
    fn a_period_that_ends_before_it_starts_is_told() {
        let p = Period::read("๑ ตุลาคม ๒๕๖๗ – ๓๐ กันยายน ๒๕๖๗");
        assert!(matches!(
            p.problem,
            Some(PeriodProblem::EndsBeforeStart { .. })
        ));
        let p = Period::read("31 เม.ย. 2568");
        assert!(matches!(
            p.problem,
            Some(PeriodProblem::ImpossibleDate { .. })
        ));
    }

    #[test]
    fn a_period_covers_the_years_it_touches() {
        let p = Period::read("พ.ศ. 2566 - 2570");
        assert!(p.covers(2566) && p.covers(2570) && !p.covers(2571));
        assert_eq!(p.months(), Some(60));
    }

    #[test]
    fn no_text_makes_it_panic() {
        any_strings(|text| {
            let p = Period::read(text);
            let _ = (p.covers(2568), p.months());
        });
    }
}
