//! Money in satang, counts, scores: exact, never binary fractions.

use std::fmt;

use super::digits::{group_digits, to_arabic};

/// An amount of money in satang (hundredths of a baht).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Baht(pub i64);

/// Why a text is no number, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing, or a dash: no amount was given.
    Empty,
    NotANumber(String),
    /// Commas that do not part thousands: `12,34`.
    Grouping(String),
    /// More decimals than such a number has.
    Decimals(String, u8),
    TooLarge(String),
}

impl NumberError {
    pub fn is_empty(&self) -> bool {
        *self == NumberError::Empty
    }

    pub fn th(&self) -> String {
        match self {
            NumberError::Empty => "ไม่มีตัวเลข".into(),
            NumberError::NotANumber(t) => {
                format!("“{t}” ไม่ใช่ตัวเลข ให้เขียนเช่น 1250000 หรือ 1,250,000.00")
            }
            NumberError::Grouping(t) => {
                format!("เครื่องหมายจุลภาคใน “{t}” ไม่ได้คั่นทุกสามหลัก ให้เขียนเช่น 1,250,000")
            }
            NumberError::Decimals(t, 0) => format!("“{t}” ต้องเป็นจำนวนเต็ม"),
            NumberError::Decimals(t, n) => format!("“{t}” มีทศนิยมเกิน {n} ตำแหน่ง"),
            NumberError::TooLarge(t) => format!("“{t}” มากเกินไป"),
        }
    }

    pub fn en(&self) -> String {
        match self {
            NumberError::Empty => "there is no number".into(),
            NumberError::NotANumber(t) => {
                format!("“{t}” is no number; write 1250000 or 1,250,000.00")
            }
            NumberError::Grouping(t) => {
                format!("the commas in “{t}” do not part thousands; write 1,250,000")
            }
            NumberError::Decimals(t, 0) => format!("“{t}” must be a whole number"),
            NumberError::Decimals(t, n) => format!("“{t}” has more than {n} decimals"),
            NumberError::TooLarge(t) => format!("“{t}” is too large"),
        }
    }
}

/// A number as written: its digits as one integer, and how many are decimals.
struct Written {
    value: i64,
    decimals: u8,
}

/// Reads a decimal number with at most `most` decimals; the value counts in
/// units of the last decimal written.
fn read(text: &str, most: u8) -> Result<Written, NumberError> {
    let shown = || text.trim().to_string();
    let arabic = to_arabic(text.trim()).into_owned();
    let mut bare = arabic.replace(['\u{a0}', ' ', '฿'], "");
    for unit in ["บาท", "คน", "เรื่อง", "รายการ", "คะแนน", ".-"]
    {
        if let Some(rest) = bare.strip_suffix(unit) {
            bare = rest.to_string();
        }
    }
    if bare.is_empty() || matches!(bare.as_str(), "-" | "–" | "—") {
        return Err(NumberError::Empty);
    }
    let bracketed = bare.strip_prefix('(').and_then(|b| b.strip_suffix(')'));
    let (negative, digits) = match (bracketed, bare.strip_prefix(['-', '−'])) {
        (Some(inner), _) => (true, inner),
        (None, Some(rest)) => (true, rest),
        _ => (false, bare.strip_prefix('+').unwrap_or(&bare)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if !whole.starts_with(|c: char| c.is_ascii_digit())
        || !all_digits(fraction)
        || !whole.bytes().all(|b| b.is_ascii_digit() || b == b',')
        || digits.ends_with('.')
    {
        return Err(NumberError::NotANumber(shown()));
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.iter().skip(1).all(|g| g.len() == 3)
        && groups
            .first()
            .is_some_and(|g| groups.len() == 1 || (1..=3).contains(&g.len()));
    if !grouped {
        return Err(NumberError::Grouping(shown()));
    }
    // 12.500 says no more than 12.5.
    let kept = if fraction.len() > usize::from(most) {
        fraction.trim_end_matches('0')
    } else {
        fraction
    };
    let decimals = u8::try_from(kept.len()).unwrap_or(u8::MAX);
    if decimals > most {
        return Err(NumberError::Decimals(shown(), most));
    }
    let joined = groups.concat() + kept;
    let value: i64 = joined.parse().map_err(|_| NumberError::TooLarge(shown()))?;
    Ok(Written {
        value: if negative { -value } else { value },
        decimals,
    })
}

fn scaled(written: &Written, to: u8, text: &str) -> Result<i64, NumberError> {
    let power = u32::from(to.saturating_sub(written.decimals));
    written
        .value
        .checked_mul(10i64.pow(power.min(9)))
        .ok_or_else(|| NumberError::TooLarge(text.trim().to_string()))
}

impl Baht {
    /// Reads `1,234.50`, `๑,๒๓๔.๕๐ บาท`, `฿ 1,234`, `-5`, `(5)`.
    pub fn parse(text: &str) -> Result<Baht, NumberError> {
        scaled(&read(text, 2)?, 2, text).map(Baht)
    }

    pub fn checked_add(self, other: Baht) -> Option<Baht> {
        self.0.checked_add(other.0).map(Baht)
    }

    pub fn sum(all: impl IntoIterator<Item = Baht>) -> Option<Baht> {
        all.into_iter().try_fold(Baht(0), Baht::checked_add)
    }

    /// `1234.50`, for machines.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let n = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", n / 100, n % 100)
    }

    /// The reading in words, as on a contract.
    pub fn words(self) -> String {
        let n = self.0.unsigned_abs();
        let (baht, satang) = (n / 100, n % 100);
        let sign = if self.0 < 0 { "ลบ" } else { "" };
        let tail = if satang == 0 {
            "ถ้วน".to_string()
        } else {
            format!("{}สตางค์", number_words(satang))
        };
        if baht == 0 && satang > 0 {
            return format!("{sign}{tail}");
        }
        format!("{sign}{}บาท{tail}", number_words(baht))
    }
}

impl fmt::Display for Baht {
    /// `1,234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.0.unsigned_abs();
        let whole = i64::try_from(n / 100).unwrap_or(i64::MAX);
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", group_digits(whole), n % 100)
    }
}

fn number_words(n: u64) -> String {
    const DIGITS: [&str; 10] = [
        "ศูนย์",
        "หนึ่ง",
        "สอง",
        "สาม",
        "สี่",
        "ห้า",
        "หก",
        "เจ็ด",
        "แปด",
        "เก้า",
    ];
    const PLACES: [&str; 6] = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"];
    if n == 0 {
        return DIGITS[0].into();
    }
    if n >= 1_000_000 {
        let rest = n % 1_000_000;
        let tail = if rest == 0 {
            String::new()
        } else {
            group_words(rest, &DIGITS, &PLACES, true)
        };
        return format!("{}ล้าน{tail}", number_words(n / 1_000_000));
    }
    group_words(n, &DIGITS, &PLACES, false)
}

fn group_words(n: u64, digits: &[&str; 10], places: &[&str; 6], after: bool) -> String {
    let mut out = String::new();
    for (place, name) in places.iter().enumerate().rev() {
        let power = 10u64.pow(u32::try_from(place).unwrap_or(0));
        let digit = n / power % 10;
        let word = match (place, digit) {
            (_, 0) => continue,
            (1, 1) => "",
            (1, 2) => "ยี่",
            (0, 1) if n > 1 || after => "เอ็ด",
            _ => usize::try_from(digit)
                .ok()
                .and_then(|d| digits.get(d))
                .copied()
                .unwrap_or(""),
        };
        out.push_str(word);
        out.push_str(name);
    }
    out
}

/// Hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(pub i64);

/// What part of `whole` is `part`, rounded half up to two decimals; `None`
/// where there is no whole.
pub fn percent(part: i64, whole: i64) -> Option<Percent> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part) * 10_000, i128::from(whole));
    let rounded = (2 * part + whole).div_euclid(2 * whole);
    i64::try_from(rounded).ok().map(Percent)
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.0.unsigned_abs();
        write!(
            f,
            "{}{}.{:02}",
            if self.0 < 0 { "-" } else { "" },
            n / 100,
            n % 100
        )
    }
}

/// Reads a whole number: `12`, `๑๒`, `1,200 คน`.
pub fn parse_count(text: &str) -> Result<i64, NumberError> {
    read(text, 0).map(|w| w.value)
}

/// A score in ten-thousandths of a point, with the decimals it was written
/// with: 75.30 stays 75.30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    ten_thousandths: i64,
    decimals: u8,
}

impl Score {
    /// Reads `86.9`, `๘๖.๙`, `100.00`, up to four decimals.
    pub fn parse(text: &str) -> Result<Score, NumberError> {
        let written = read(text, 4)?;
        let ten_thousandths = scaled(&written, 4, text)?;
        Ok(Score {
            ten_thousandths,
            decimals: written.decimals,
        })
    }

    pub fn from_ten_thousandths(ten_thousandths: i64, decimals: u8) -> Score {
        Score {
            ten_thousandths,
            decimals: decimals.min(4),
        }
    }

    pub fn ten_thousandths(self) -> i64 {
        self.ten_thousandths
    }

    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// Rounded half up.
    #[must_use]
    pub fn rounded(self, decimals: u8) -> Score {
        let decimals = decimals.min(4);
        let unit = 10i64.pow(u32::from(4 - decimals));
        let rounded = self
            .ten_thousandths
            .saturating_add(unit / 2)
            .div_euclid(unit)
            * unit;
        Score {
            ten_thousandths: rounded,
            decimals,
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.rounded(self.decimals).ten_thousandths;
        let sign = if n < 0 { "-" } else { "" };
        let n = n.unsigned_abs();
        let fraction = format!("{:04}", n % 10_000);
        match self.decimals {
            0 => write!(f, "{sign}{}", n / 10_000),
            d => write!(
                f,
                "{sign}{}.{}",
                n / 10_000,
                fraction.get(..usize::from(d)).unwrap_or("")
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    #[test]
    fn money_is_read_in_every_usual_writing() {
        for (text, satang) in [
            ("1,234.50", 123_450),
            ("๑,๒๓๔.๕๐ บาท", 123_450),
            ("1234", 123_400),
            ("฿ 1,234", 123_400),
            ("-5", -500),
            ("(5)", -500),
            ("0", 0),
            ("12.5", 1_250),
            ("12.500", 1_250),
        ] {
            assert_eq!(Baht::parse(text), Ok(Baht(satang)), "{text}");
        }
        for text in ["", "-", "–", " "] {
            assert!(Baht::parse(text).is_err_and(|e| e.is_empty()));
        }
        for text in [
            "1.2.3",
            "12,34",
            "1,2345",
            "หนึ่งร้อย",
            "1.234",
            "99999999999999999999",
            "5-",
            ".",
        ] {
            assert!(Baht::parse(text).is_err_and(|e| !e.is_empty()), "{text}");
        }
        assert_eq!(Baht(-123_456_789).to_string(), "-1,234,567.89");
        assert_eq!(Baht(123_450).plain(), "1234.50");
    }

    #[test]
    fn money_is_said_in_words() {
        for (satang, words) in [
            (123_450, "หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์"),
            (2_100, "ยี่สิบเอ็ดบาทถ้วน"),
            (1_100, "สิบเอ็ดบาทถ้วน"),
            (100, "หนึ่งบาทถ้วน"),
            (100_000_100, "หนึ่งล้านเอ็ดบาทถ้วน"),
            (0, "ศูนย์บาทถ้วน"),
            (25, "ยี่สิบห้าสตางค์"),
            (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ] {
            assert_eq!(Baht(satang).words(), words);
        }
    }

    #[test]
    fn percent_rounds_half_up() {
        let shown = |a, b| percent(a, b).map(|p| p.to_string());
        assert_eq!(shown(1, 3), Some("33.33".into()));
        assert_eq!(shown(2, 3), Some("66.67".into()));
        assert_eq!(shown(1, 8), Some("12.50".into()));
        assert_eq!(shown(1, 0), None);
        assert_eq!(shown(i64::MAX, i64::MAX), Some("100.00".into()));
    }

    #[test]
    fn scores_keep_their_decimals() {
        for text in ["86.9", "75.30", "100.00", "99.1875", "87"] {
            assert_eq!(Score::parse(text).map(|s| s.to_string()), Ok(text.into()));
        }
        let mean = Score::from_ten_thousandths(868_897, 4);
        assert_eq!(mean.rounded(1).to_string(), "86.9");
        assert_eq!(mean.rounded(2).to_string(), "86.89");
    }

    #[test]
    fn no_text_makes_it_panic() {
        any_strings(|text| {
            let _ = (
                Baht::parse(text).map(|b| (b.words(), b.to_string())),
                parse_count(text),
                Score::parse(text),
            );
        });
    }
}
