//! Days and months of the Gregorian calendar, read and written as Thai
//! offices do: Buddhist years (CE + 543), fiscal years from October.
//!
//! The fiscal year runs from 1 October to 30 September and bears the year in
//! which it ends (Budget Procedure Act B.E. 2561, section 4).

use super::digits::{BE, be_from_number, to_arabic};

const LONG: [&str; 12] = [
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
const SHORT: [&str; 12] = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const NBSP: char = '\u{a0}';

/// A day. Orders by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year_ce: i32,
    month: u8,
    day: u8,
}

/// Why a text is no date, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    NotADate(String),
    UnknownMonth(String),
    NoYear(String),
    /// The month has fewer days: month name parts, year (Buddhist), days.
    NoSuchDay {
        day: u32,
        month: u8,
        year_be: u16,
        days: u8,
    },
}

impl DateError {
    pub fn th(&self) -> String {
        match self {
            DateError::NotADate(t) => {
                format!("อ่านวันที่ “{t}” ไม่ออก ให้เขียนเช่น 31 มีนาคม 2568 หรือ 2568-03-31")
            }
            DateError::UnknownMonth(t) => {
                format!("ไม่รู้จักเดือนใน “{t}” ให้เขียนเช่น มีนาคม 2568 หรือ มี.ค. 2568")
            }
            DateError::NoYear(t) => format!("“{t}” ไม่มีปี ให้เติมปี พ.ศ. สี่หลัก เช่น 2568"),
            DateError::NoSuchDay {
                day,
                month,
                year_be,
                days,
            } => format!(
                "ไม่มีวันที่ {day} ในเดือน{} {year_be} ซึ่งมี {days} วัน",
                name(&LONG, *month)
            ),
        }
    }

    pub fn en(&self) -> String {
        match self {
            DateError::NotADate(t) => {
                format!("“{t}” is no date; write 31 March 2025 or 2568-03-31")
            }
            DateError::UnknownMonth(t) => {
                format!("no month is known in “{t}”; write มีนาคม 2568 or 2568-03")
            }
            DateError::NoYear(t) => format!("“{t}” has no year; add one, such as 2568"),
            DateError::NoSuchDay {
                day,
                month,
                year_be,
                days,
            } => format!(
                "there is no day {day} in {} {year_be} (B.E.), which has {days} days",
                name(&ENGLISH, *month)
            ),
        }
    }
}

fn name(names: &[&'static str; 12], month: u8) -> &'static str {
    names
        .get(usize::from(month.wrapping_sub(1)))
        .copied()
        .unwrap_or("")
}

fn days_in_month(year_ce: i32, month: u8) -> u8 {
    match month {
        2 if year_ce % 4 == 0 && (year_ce % 100 != 0 || year_ce % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// One part of a written date.
#[derive(Debug, PartialEq)]
enum Part {
    Number(u64, usize),
    Month(u8),
    /// A word that means nothing for a date.
    Word,
}

/// The month that a word names: Thai, abbreviated Thai with or without its
/// dots, or English from three letters on.
pub(super) fn month_named(word: &str) -> Option<u8> {
    let at = |i: usize| u8::try_from(i + 1).ok();
    if let Some(i) = LONG.iter().position(|m| *m == word) {
        return at(i);
    }
    let bare: String = word.chars().filter(|c| *c != '.').collect();
    let short = SHORT
        .iter()
        .position(|m| m.chars().filter(|c| *c != '.').eq(bare.chars()));
    if let Some(i) = short {
        return at(i);
    }
    let lower = bare.to_ascii_lowercase();
    if lower.len() >= 3 && lower.is_ascii() {
        let english = ENGLISH
            .iter()
            .position(|m| m.to_ascii_lowercase().starts_with(&lower));
        if let Some(i) = english.or_else(|| (lower == "sept").then_some(8)) {
            return at(i);
        }
    }
    None
}

fn is_word(c: char) -> bool {
    c.is_alphabetic() || ('\u{0E01}'..='\u{0E4E}').contains(&c) || c == '.'
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    'next: while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let len = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let (digits, after) = rest.split_at(len);
            parts.push(Part::Number(digits.parse().unwrap_or(u64::MAX), len));
            rest = after;
            continue;
        }
        if is_word(c) {
            for word in ["วันที่", "เดือน", "พ.ศ.", "พศ.", "ค.ศ.", "พุทธศักราช"]
            {
                if let Some(after) = rest.strip_prefix(word) {
                    rest = after;
                    continue 'next;
                }
            }
            for (i, month) in LONG.iter().enumerate() {
                if let (Some(after), Ok(n)) = (rest.strip_prefix(month), u8::try_from(i + 1)) {
                    parts.push(Part::Month(n));
                    rest = after;
                    continue 'next;
                }
            }
            let len = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(len);
            parts.push(match month_named(word) {
                Some(month) => Part::Month(month),
                // `วันจันทร์ที่`, `at`, a lone dot.
                None => Part::Word,
            });
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
    }
    parts
}

impl Date {
    /// 1 January 1970: what a broken clock says.
    pub const EPOCH: Date = Date {
        year_ce: 1970,
        month: 1,
        day: 1,
    };

    /// A day by its Christian year; `None` where there is no such day.
    pub fn new(year_ce: i32, month: u8, day: u8) -> Option<Date> {
        let sane = (1..=9999).contains(&year_ce) && (1..=12).contains(&month);
        (sane && day >= 1 && day <= days_in_month(year_ce, month)).then_some(Date {
            year_ce,
            month,
            day,
        })
    }

    /// Reads a date of either era: `2568-03-31`, `31/3/2568`, `31 มี.ค. 68`,
    /// `วันจันทร์ที่ ๓๑ มีนาคม พ.ศ. ๒๕๖๘`, `31 March 2025`, `Mar 31, 2025`.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let arabic = to_arabic(text.trim()).into_owned();
        let not = || DateError::NotADate(text.trim().to_string());
        let parts = parts(&arabic);
        let numbers: Vec<(u64, usize)> = parts
            .iter()
            .filter_map(|p| match p {
                Part::Number(n, len) => Some((*n, *len)),
                _ => None,
            })
            .collect();
        let months: Vec<u8> = parts
            .iter()
            .filter_map(|p| match p {
                Part::Month(m) => Some(*m),
                _ => None,
            })
            .collect();
        let words = parts.contains(&Part::Word);
        match (numbers.as_slice(), months.as_slice()) {
            ([(day, dl), (year, yl)], [month]) if *dl <= 2 => {
                let year = be_from_number(*year, *yl).ok_or_else(not)?;
                Date::checked(year, u64::from(*month), *day).ok_or_else(not)?
            }
            ([_], [_]) => Err(DateError::NoYear(text.trim().to_string())),
            // Words beside numbers alone are some other text.
            ([(year, 4), (month, ml), (day, dl)], []) if *ml <= 2 && *dl <= 2 && !words => {
                let year = be_from_number(*year, 4).ok_or_else(not)?;
                Date::checked(year, *month, *day).ok_or_else(not)?
            }
            ([(day, dl), (month, ml), (year, yl)], []) if *dl <= 2 && *ml <= 2 && !words => {
                let year = be_from_number(*year, *yl).ok_or_else(not)?;
                Date::checked(year, *month, *day).ok_or_else(not)?
            }
            ([(eight, 8)], []) if !words => {
                let year = be_from_number(eight / 10_000, 4).ok_or_else(not)?;
                Date::checked(year, eight / 100 % 100, eight % 100).ok_or_else(not)?
            }
            ([_, _], []) if words => Err(DateError::UnknownMonth(text.trim().to_string())),
            _ => Err(not()),
        }
    }

    /// The inner result tells of a day that the month does not have.
    fn checked(year_be: u16, month: u64, day: u64) -> Option<Result<Date, DateError>> {
        let month = u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
        let year_ce = i32::from(year_be) - i32::from(BE);
        let days = days_in_month(year_ce, month);
        let found = u8::try_from(day)
            .ok()
            .and_then(|d| Date::new(year_ce, month, d));
        Some(found.ok_or(DateError::NoSuchDay {
            day: u32::try_from(day).unwrap_or(u32::MAX),
            month,
            year_be,
            days,
        }))
    }

    pub fn year_ce(self) -> i32 {
        self.year_ce
    }

    pub fn month(self) -> u8 {
        self.month
    }

    pub fn day(self) -> u8 {
        self.day
    }

    pub fn year_be(self) -> u16 {
        u16::try_from(self.year_ce + i32::from(BE)).unwrap_or(u16::MAX)
    }

    /// The fiscal year (Buddhist) that the day lies in.
    pub fn fiscal_year(self) -> u16 {
        Month::of(self).fiscal_year()
    }

    /// The month within the fiscal year: October is 1.
    pub fn fiscal_month(self) -> u8 {
        Month::of(self).fiscal_index()
    }

    /// `2025-03-31`, for machines.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year_ce, self.month, self.day)
    }

    /// `31 มีนาคม 2568`, its parts joined by no-break spaces.
    pub fn thai_long(self) -> String {
        format!(
            "{}{NBSP}{}{NBSP}{}",
            self.day,
            name(&LONG, self.month),
            self.year_be()
        )
    }

    /// `31 มี.ค. 2568`.
    pub fn thai_short(self) -> String {
        format!(
            "{}{NBSP}{}{NBSP}{}",
            self.day,
            name(&SHORT, self.month),
            self.year_be()
        )
    }

    /// `31 March 2025`.
    pub fn english_long(self) -> String {
        format!(
            "{}{NBSP}{}{NBSP}{}",
            self.day,
            name(&ENGLISH, self.month),
            self.year_ce
        )
    }

    /// Days since 1970-01-01 (civil calendar, H. Hinnant's algorithm).
    pub fn days_since_epoch(self) -> i64 {
        let y = i64::from(self.year_ce) - i64::from(self.month <= 2);
        let era = y.div_euclid(400);
        let yoe = y - era * 400;
        let m = i64::from(self.month);
        let doy = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(self.day) - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        era * 146_097 + doe - 719_468
    }

    /// The day so many days after 1970-01-01; `None` outside years 1–9999.
    pub fn from_days_since_epoch(days: i64) -> Option<Date> {
        let z = days.checked_add(719_468)?;
        let era = z.div_euclid(146_097);
        let doe = z - era * 146_097;
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = u8::try_from(doy - (153 * mp + 2) / 5 + 1).ok()?;
        let month = u8::try_from(if mp < 10 { mp + 3 } else { mp - 9 }).ok()?;
        let year = yoe + era * 400 + i64::from(month <= 2);
        Date::new(i32::try_from(year).ok()?, month, day)
    }

    pub fn add_days(self, days: i64) -> Option<Date> {
        Date::from_days_since_epoch(self.days_since_epoch().checked_add(days)?)
    }
}

/// A calendar month. Orders by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year_ce: i32,
    month: u8,
}

impl Month {
    pub fn of(date: Date) -> Month {
        Month {
            year_ce: date.year_ce,
            month: date.month,
        }
    }

    /// Reads a month with its year (`ต.ค. 2567`, `2567-10`, `10/2567`), or
    /// bare (`ตุลาคม`, `October`, `10`) within a fiscal year.
    pub fn parse_in_fiscal_year(text: &str, fiscal_year: u16) -> Result<Month, DateError> {
        let arabic = to_arabic(text.trim()).into_owned();
        let unknown = || DateError::UnknownMonth(text.trim().to_string());
        let parts = parts(&arabic);
        let (mut month, mut year) = (None, None);
        for part in &parts {
            match part {
                Part::Month(m) => month = Some(*m),
                Part::Number(n, len) if *len == 4 || (*len == 2 && month.is_some()) => {
                    year = be_from_number(*n, *len);
                }
                Part::Number(n, len) if *len <= 2 && month.is_none() => {
                    month = u8::try_from(*n).ok().filter(|m| (1..=12).contains(m));
                }
                _ => return Err(unknown()),
            }
        }
        let month = month.ok_or_else(unknown)?;
        let year_ce = match year {
            Some(be) => i32::from(be) - i32::from(BE),
            None => i32::from(fiscal_year) - i32::from(BE) - i32::from(month >= 10),
        };
        Ok(Month { year_ce, month })
    }

    pub fn first_day(self) -> Date {
        Date {
            year_ce: self.year_ce,
            month: self.month,
            day: 1,
        }
    }

    pub fn last_day(self) -> Date {
        let day = days_in_month(self.year_ce, self.month);
        Date {
            year_ce: self.year_ce,
            month: self.month,
            day,
        }
    }

    pub fn next(self) -> Month {
        if self.month == 12 {
            Month {
                year_ce: self.year_ce + 1,
                month: 1,
            }
        } else {
            Month {
                year_ce: self.year_ce,
                month: self.month + 1,
            }
        }
    }

    fn year_be(self) -> u16 {
        u16::try_from(self.year_ce + i32::from(BE)).unwrap_or(u16::MAX)
    }

    pub fn fiscal_year(self) -> u16 {
        self.year_be() + u16::from(self.month >= 10)
    }

    /// October is 1, September 12.
    pub fn fiscal_index(self) -> u8 {
        (self.month + 2) % 12 + 1
    }

    /// 1 (October to December) to 4.
    pub fn fiscal_quarter(self) -> u8 {
        (self.fiscal_index() - 1) / 3 + 1
    }

    /// October to September.
    pub fn months_of_fiscal_year(fiscal_year: u16) -> [Month; 12] {
        let mut month = Month {
            year_ce: i32::from(fiscal_year) - i32::from(BE) - 1,
            month: 10,
        };
        std::array::from_fn(|_| {
            let this = month;
            month = month.next();
            this
        })
    }

    /// `ตุลาคม 2567`.
    pub fn thai_long(self) -> String {
        format!("{}{NBSP}{}", name(&LONG, self.month), self.year_be())
    }

    /// `ต.ค. 2567`.
    pub fn thai_short(self) -> String {
        format!("{}{NBSP}{}", name(&SHORT, self.month), self.year_be())
    }

    /// `October 2024`.
    pub fn english_long(self) -> String {
        format!("{}{NBSP}{}", name(&ENGLISH, self.month), self.year_ce)
    }

    /// `2567-10`, for addresses; sorts as text.
    pub fn key(self) -> String {
        format!("{:04}-{:02}", self.year_be(), self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    #[test]
    fn every_usual_writing_is_read() {
        for text in [
            "2568-03-31",
            "2025-03-31",
            "25680331",
            "31/3/2568",
            "31-03-68",
            "31 มี.ค. 2568",
            "31มีค.68",
            "๓๑ มีนาคม ๒๕๖๘",
            "๓๑ มีนาคม พ.ศ. ๒๕๖๘",
            "วันที่ 31 มีนาคม 2568",
            "วันจันทร์ที่ 31 มีนาคม 2568",
            "31 March 2025",
            "Mar 31, 2025",
            "31 เดือนมีนาคม พ.ศ.๒๕๖๘",
        ] {
            assert_eq!(
                Date::parse(text).map(Date::iso),
                Ok("2025-03-31".into()),
                "{text}"
            );
        }
        assert_eq!(
            Date::parse("2567-02-29").map(Date::iso),
            Ok("2024-02-29".into())
        );
    }

    #[test]
    fn what_is_wrong_is_told() {
        let error = Date::parse("30 ก.พ. 2568").expect_err("no such day");
        assert!(error.th().contains("28 วัน"), "{}", error.th());
        assert!(matches!(Date::parse("31 มีนาคม"), Err(DateError::NoYear(_))));
        assert!(matches!(
            Date::parse("31 มีนคม 2568"),
            Err(DateError::UnknownMonth(_))
        ));
        for text in ["", "เร็ว ๆ นี้", "2568", "2568-13-01", "99/99/9999"] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn three_centuries_make_the_round_trip() {
        let (first, last) = (Date::new(1900, 1, 1), Date::new(2100, 12, 31));
        let (Some(mut day), Some(last)) = (first, last) else {
            panic!("days")
        };
        while day < last {
            assert_eq!(Date::parse(&day.iso()), Ok(day));
            assert_eq!(Date::parse(&day.thai_long()), Ok(day));
            assert_eq!(Date::parse(&day.thai_short()), Ok(day));
            let next = day.add_days(1).expect("next");
            assert_eq!(next.days_since_epoch(), day.days_since_epoch() + 1);
            day = next;
        }
    }

    #[test]
    fn fiscal_years_begin_in_october() {
        let months = Month::months_of_fiscal_year(2568);
        assert_eq!(months[0].key(), "2567-10");
        assert_eq!(months[11].key(), "2568-09");
        for (i, m) in months.iter().enumerate() {
            assert_eq!(m.fiscal_year(), 2568);
            assert_eq!(usize::from(m.fiscal_index()), i + 1);
            assert_eq!(usize::from(m.fiscal_quarter()), i / 3 + 1);
        }
        for text in [
            "ต.ค. 2567",
            "ตุลาคม ๒๕๖๗",
            "2567-10",
            "10/2567",
            "ตุลาคม",
            "ต.ค.",
            "October",
            "10",
            "ต.ค. 67",
        ] {
            assert_eq!(
                Month::parse_in_fiscal_year(text, 2568),
                Ok(months[0]),
                "{text}"
            );
        }
        assert!(Month::parse_in_fiscal_year("สิบ", 2568).is_err());
    }

    #[test]
    fn no_text_makes_it_panic() {
        any_strings(|text| {
            let _ = Date::parse(text);
            let _ = Month::parse_in_fiscal_year(text, 2568);
        });
    }
}
