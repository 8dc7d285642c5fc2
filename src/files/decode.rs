//! Bytes to text, without ever guessing aloud.
//!
//! UTF-8 is the rule. What Thai offices really save is also read: UTF-16 with a byte order mark
//! (Notepad's "Unicode") and Windows-874 (Excel's CSV). The trouble with Windows-874 is that almost
//! any bytes decode as it without an error, French as well as a broken UTF-8 file; so it has to
//! pass a strict test, and the reader is shown the first words to see that they are right.
//! Everything else is refused by line: a public page of garbage is worse than a message.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{WINDOWS_874, WINDOWS_1252};

use super::names::is_thai;

/// How many characters of a converted file are shown as a sample.
const SAMPLE_CHARS: usize = 60;

/// A text file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text as it stands in the file but for the byte order mark; line ends are left alone, so
    /// that positions in the text are positions in the file.
    pub text: String,
    /// What it was written in.
    pub encoding: Encoding,
    /// The first words as they were understood, when the file was not UTF-8, for a person to see
    /// whether they are right.
    pub converted_sample: Option<String>,
    /// Whether the text is proper UTF-8 of improper Thai: somebody converted it twice
    /// (`เธชเธง…` for `สว…`). [`find_mojibake`] says where.
    pub mojibake: bool,
}

/// What a text file was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8, the rule.
    Utf8,
    /// UTF-8 with a byte order mark of three bytes, as Excel's "CSV UTF-8" has it.
    Utf8Bom,
    /// UTF-16, little end first, with a byte order mark.
    Utf16Le,
    /// UTF-16, big end first, with a byte order mark.
    Utf16Be,
    /// Windows-874, also called TIS-620 or ISO-8859-11, which it contains.
    Windows874,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 with BOM",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows874 => "Windows-874 (TIS-620)",
        }
    }

    /// Whether the text had to be converted.
    pub fn is_converted(self) -> bool {
        !matches!(self, Self::Utf8 | Self::Utf8Bom)
    }
}

/// A place in a text, both counted from 1; columns are characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl Position {
    /// The bytes of the text from here to the next space or the end of the line.
    pub fn span(self, text: &str) -> std::ops::Range<usize> {
        let lines = text.split_inclusive('\n');
        let start: usize = lines.take(self.line.saturating_sub(1)).map(str::len).sum();
        let rest = text.get(start..).unwrap_or_default();
        let columns = rest.char_indices().nth(self.column.saturating_sub(1));
        let from = start + columns.map_or(0, |(at, _)| at);
        let word = text.get(from..).unwrap_or_default();
        let length = word.find(['\n', '\r', ' ']).unwrap_or(word.len());
        from..from + length
    }
}

/// Why a file is not text that can be trusted. Its words are in its `Problem`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecodeProblem {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong there.
    pub kind: DecodeFault,
}

/// What is wrong with the bytes of a text file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecodeFault {
    /// Not UTF-8, and not surely anything else.
    NotUtf8,
    /// Some lines are UTF-8 and some are not. The position is the first line that differs from
    /// most.
    Mixed {
        /// How many lines differ.
        lines: usize,
    },
    /// Looks like Thai in Windows-874, but a vowel or tone mark stands where none can: taking the
    /// file for Thai would be a guess.
    DoubtfulThai,
    /// UTF-16 that breaks off inside a letter pair in the middle.
    BadUtf16,
    /// UTF-16 without its byte order mark.
    Utf16WithoutBom,
    /// Ends inside a letter: most likely another program is still writing it.
    StillBeingSaved,
    /// Not text at all.
    Binary {
        /// What it seems to be, by its first bytes.
        looks_like: Option<&'static str>,
    },
}

/// Reads bytes as text. A `Vec` of UTF-8 becomes the text without a copy.
pub fn decode(bytes: impl Into<Vec<u8>>) -> Result<Decoded, DecodeProblem> {
    let bytes = bytes.into();
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, Encoding::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, Encoding::Utf16Be),
        [0xEF, 0xBB, 0xBF, ..] => utf8(bytes, Encoding::Utf8Bom),
        _ => utf8(bytes, Encoding::Utf8),
    }
}

fn utf8(bytes: Vec<u8>, encoding: Encoding) -> Result<Decoded, DecodeProblem> {
    if let Some(at) = memchr::memchr(0, &bytes) {
        if without_bom(&bytes) {
            return Err(problem(&bytes, 0, DecodeFault::Utf16WithoutBom));
        }
        let looks_like = magic(&bytes);
        return Err(problem(&bytes, at, DecodeFault::Binary { looks_like }));
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if encoding == Encoding::Utf8Bom {
                text.drain(..'\u{FEFF}'.len_utf8().min(text.len()));
            }
            let mojibake = find_mojibake(&text).is_some();
            Ok(Decoded {
                text,
                encoding,
                converted_sample: None,
                mojibake,
            })
        }
        Err(error) => {
            let cut = error.utf8_error().error_len().is_none();
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            if cut {
                return Err(problem(&bytes, valid, DecodeFault::StillBeingSaved));
            }
            if let Some(looks_like) = magic(&bytes) {
                let looks_like = Some(looks_like);
                return Err(problem(&bytes, valid, DecodeFault::Binary { looks_like }));
            }
            if let Some(mixed) = mixed(&bytes) {
                return Err(mixed);
            }
            if encoding == Encoding::Utf8Bom {
                return Err(problem(&bytes, valid, DecodeFault::NotUtf8));
            }
            windows_874(&bytes, valid)
        }
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<Decoded, DecodeProblem> {
    let text = |units: &[u8]| -> Result<String, String> {
        let units = units.chunks_exact(2).map(|pair| unit(pair, encoding));
        let mut text = String::with_capacity(bytes.len());
        for c in char::decode_utf16(units) {
            match c {
                Ok(c) => text.push(c),
                Err(_) => return Err(text),
            }
        }
        Ok(text)
    };
    // Half a unit at the end, or the first half of a pair: the rest is still to come.
    let mut whole = bytes.len() - bytes.len() % 2;
    let last = bytes
        .get(whole.saturating_sub(2)..whole)
        .unwrap_or_default();
    if (0xD800..0xDC00).contains(&unit(last, encoding)) {
        whole -= 2;
    }
    let cut = whole < bytes.len();
    let text = match text(bytes.get(..whole).unwrap_or_default()) {
        Ok(text) if cut => return Err(after(&text, DecodeFault::StillBeingSaved)),
        Ok(text) => text,
        Err(before) => return Err(after(&before, DecodeFault::BadUtf16)),
    };
    if let Some(at) = text.find('\0') {
        let before = text.get(..at).unwrap_or_default();
        return Err(after(before, DecodeFault::Binary { looks_like: None }));
    }
    Ok(Decoded {
        converted_sample: sample(&text),
        mojibake: find_mojibake(&text).is_some(),
        text,
        encoding,
    })
}

fn unit(pair: &[u8], encoding: Encoding) -> u16 {
    match pair {
        [a, b] if encoding == Encoding::Utf16Be => u16::from_be_bytes([*a, *b]),
        [a, b] => u16::from_le_bytes([*a, *b]),
        _ => 0,
    }
}

/// Whether bytes with zeros among them are UTF-16 that lost its mark.
fn without_bom(bytes: &[u8]) -> bool {
    if !bytes.len().is_multiple_of(2) {
        return false;
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    [Encoding::Utf16Le, Encoding::Utf16Be].iter().any(|encoding| {
        let units = head.chunks_exact(2).map(|pair| unit(pair, *encoding));
        units.into_iter().all(|unit| {
            matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0 | 0x0E01..=0x0E5B | 0x2010..=0x2026)
        })
    })
}

/// The usual suspects: office files that were renamed to a text extension.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 9] = [
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "Word/Excel/ZIP"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Word/Excel 97-2003"),
        (b"\x89PNG", "PNG"),
        (b"\xFF\xD8\xFF", "JPEG"),
        (b"GIF8", "GIF"),
        (b"RIFF", "WebP/RIFF"),
        (b"Rar!", "RAR"),
        (b"7z\xBC\xAF", "7-Zip"),
    ];
    let found = known.iter().find(|(first, _)| bytes.starts_with(first));
    found.map(|(_, name)| *name)
}

/// The lines of one kind: how many, and where the first is.
#[derive(Default)]
struct Lines {
    count: usize,
    first: Option<usize>,
}

impl Lines {
    fn add(&mut self, at: usize) {
        self.count += 1;
        self.first.get_or_insert(at);
    }
}

/// Finds lines of UTF-8 beside lines that are not, which nobody can convert as a whole.
fn mixed(bytes: &[u8]) -> Option<DecodeProblem> {
    let (mut utf8, mut other, mut both) = (Lines::default(), Lines::default(), Lines::default());
    let mut start = 0;
    for line in bytes.split(|byte| *byte == b'\n') {
        let from = start;
        start += line.len() + 1;
        if line.is_ascii() {
            continue;
        }
        let bad = std::str::from_utf8(line).err().map(|e| e.valid_up_to());
        match (bad, has_utf8_thai(line)) {
            (None, true) => {
                let letter = line.iter().position(|byte| !byte.is_ascii());
                utf8.add(from + letter.unwrap_or_default());
            }
            // Two letters of Windows-874 can happen to be one of UTF-8 ("รถ" is "ö").
            (None, false) => {}
            (Some(bad), true) => both.add(from + bad),
            (Some(bad), false) => other.add(from + bad),
        }
    }
    if both.count == 0 && (utf8.count == 0 || other.count == 0) {
        return None;
    }
    let odd = if utf8.count >= other.count {
        other
    } else {
        utf8
    };
    // A line that holds both belongs to neither side.
    let at = odd.first.into_iter().chain(both.first).min()?;
    let lines = odd.count + both.count;
    Some(problem(bytes, at, DecodeFault::Mixed { lines }))
}

/// Whether a Thai letter of UTF-8 (three bytes) stands somewhere. Read as Windows-874 it would be
/// "เธ" or "เน" and a third character that no Thai word has there.
fn has_utf8_thai(bytes: &[u8]) -> bool {
    bytes
        .windows(3)
        .any(|three| matches!(three, [0xE0, 0xB8, 0x81..=0xBA] | [0xE0, 0xB9, 0x80..=0x9B]))
}

/// Takes bytes for Windows-874 if nothing speaks against it.
fn windows_874(bytes: &[u8], first_bad: usize) -> Result<Decoded, DecodeProblem> {
    let not_utf8 = || problem(bytes, first_bad, DecodeFault::NotUtf8);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // No hint of the country: with `th` it takes Russian and Chinese for Thai.
    if detector.guess(None, Utf8Detection::Deny) != WINDOWS_874 {
        return Err(not_utf8());
    }
    let Some(text) = WINDOWS_874.decode_without_bom_handling_and_without_replacement(bytes) else {
        return Err(not_utf8());
    };
    let high = text.chars().filter(|c| !c.is_ascii()).count();
    let thai = text.chars().filter(|c| is_thai(*c)).count();
    if thai * 10 <= high * 9 {
        return Err(not_utf8());
    }
    let (mut line, mut column) = (1, 1);
    let mut carries = false;
    for c in text.chars() {
        let mark = is_mark(c);
        if mark && !carries {
            let kind = DecodeFault::DoubtfulThai;
            return Err(DecodeProblem { line, column, kind });
        }
        carries = mark || matches!(c, 'ก'..='ฮ');
        if c == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    Ok(Decoded {
        converted_sample: sample(&text),
        mojibake: find_mojibake(&text).is_some(),
        text: text.into_owned(),
        encoding: Encoding::Windows874,
    })
}

/// Vowels above and below, tone marks and the like, which need a consonant to stand on.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

/// The first words with something to judge in them: the first Thai, else the first that are not
/// empty. One line, not cut inside a letter with its marks.
fn sample(text: &str) -> Option<String> {
    let from = text
        .find(is_thai)
        .or_else(|| text.find(|c: char| !c.is_whitespace()))?;
    let rest = text.get(from..)?;
    let mut out = String::new();
    let mut chars = rest.chars();
    for c in chars.by_ref().take(SAMPLE_CHARS) {
        if matches!(c, '\n' | '\r') {
            return Some(out.trim_end().to_owned());
        }
        // A tab parts the columns of a table.
        out.push(if c.is_control() { ' ' } else { c });
    }
    match chars.next() {
        None | Some('\n' | '\r') => {}
        Some(next) => {
            if is_mark(next) || next == '\u{0E33}' {
                let whole = out.trim_end_matches(is_mark).char_indices().next_back();
                out.truncate(whole.map_or(0, |(at, _)| at));
            }
            out.truncate(out.trim_end().len());
            out.push('…');
            return Some(out);
        }
    }
    Some(out.trim_end().to_owned())
}

/// Where Thai was converted twice: UTF-8 read as Windows-874 gives "เธ" or "เน" for the first two
/// bytes of every letter, read as Windows-1252 "à¸" or "à¹". Four such in a row, with at most one
/// character between them, are in no real text.
pub fn find_mojibake(text: &str) -> Option<Position> {
    let found = match (runs(text, 'เ', ['ธ', 'น']), runs(text, 'à', ['¸', '¹'])) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    position(text, found)
}

fn position(text: &str, at: usize) -> Option<Position> {
    let before = text.get(..at)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Some(Position {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..)?.chars().count() + 1,
    })
}

/// Where letters were lost: a program that could not hold Thai wrote a question
/// mark for each (`?????? ????`), or a reader the sign for a letter it could
/// not read. Nobody asks with three marks twice in a line, or with eight.
pub fn find_lost_letters(text: &str) -> Option<Position> {
    let unreadable = text.find(char::REPLACEMENT_CHARACTER);
    let mut start = 0;
    let mut lost = None;
    for line in text.split_inclusive('\n') {
        let from = start;
        start += line.len();
        if !line.contains("???") {
            continue;
        }
        let mut runs = line
            .split(|c| c != '?')
            .map(str::len)
            .filter(|length| *length >= 3);
        let (first, second) = (runs.next(), runs.next());
        if second.is_some() || first.is_some_and(|length| length >= 8) {
            lost = line.find("???").map(|at| from + at);
            break;
        }
    }
    let at = lost.into_iter().chain(unreadable).min()?;
    position(text, at)
}

/// What a garbled line was, where every letter of it can be turned back: its
/// letters in the encoding that it was wrongly read in are the bytes of UTF-8.
pub fn mended(line: &str) -> Option<String> {
    let latin_1: Result<Vec<u8>, _> = line.chars().map(u8::try_from).collect();
    let encoded = [WINDOWS_1252, WINDOWS_874].map(|encoding| {
        let (bytes, _, lossy) = encoding.encode(line);
        (!lossy).then(|| bytes.into_owned())
    });
    let all = latin_1
        .ok()
        .into_iter()
        .chain(encoded.into_iter().flatten());
    all.filter_map(|bytes| String::from_utf8(bytes).ok())
        .find(|text| text.chars().any(is_thai) && text != line && find_mojibake(text).is_none())
        .and_then(|text| sample(&text))
}

/// The start of the first four pairs in a row.
fn runs(text: &str, first: char, second: [char; 2]) -> Option<usize> {
    let mut count = 0;
    let mut start = 0;
    let mut end = 0;
    // The search for one character is what makes this cheap on honest text.
    for (at, _) in text.match_indices(first) {
        let mut chars = text.get(at..)?.chars();
        chars.next();
        let Some(next) = chars.next().filter(|next| second.contains(next)) else {
            continue;
        };
        let between = text.get(end..at).unwrap_or_default();
        let near = !between.contains('\n') && between.chars().nth(1).is_none();
        if count == 0 || !near {
            count = 0;
            start = at;
        }
        count += 1;
        if count == 4 {
            return Some(start);
        }
        end = at + first.len_utf8() + next.len_utf8();
    }
    None
}

/// A problem at a byte of the file.
fn problem(bytes: &[u8], at: usize, kind: DecodeFault) -> DecodeProblem {
    let before = bytes.get(..at).unwrap_or(bytes);
    let before = before.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(before);
    let start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let in_line = before.get(start..).unwrap_or_default();
    let column = String::from_utf8_lossy(in_line).chars().count() + 1;
    DecodeProblem { line, column, kind }
}

/// A problem right after some text.
fn after(text: &str, kind: DecodeFault) -> DecodeProblem {
    problem(text.as_bytes(), text.len(), kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGE: &str = "title = \"รายงานผลการปฏิบัติงาน\"\r\nปี = 2567\r\nที่ดินและสิ่งก่อสร้าง คำนวณแล้ว\r\n";

    fn in_874(text: &str) -> Vec<u8> {
        let (bytes, _, lost) = WINDOWS_874.encode(text);
        assert!(!lost, "{text} is not in Windows-874");
        bytes.into_owned()
    }

    fn in_utf16(text: &str, big: bool) -> Vec<u8> {
        std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    fn refused(bytes: &[u8]) -> (usize, usize, DecodeFault) {
        let problem = decode(bytes).expect_err("refused");
        (problem.line, problem.column, problem.kind)
    }

    fn garbled(text: &str) -> String {
        // Not every byte of UTF-8 is a letter of Windows-874; those are lost, as in life.
        WINDOWS_874
            .decode_without_bom_handling(text.as_bytes())
            .0
            .into_owned()
    }

    #[test]
    fn utf8_is_taken_as_it_is_without_a_copy() {
        let bytes = PAGE.as_bytes().to_vec();
        let place = bytes.as_ptr();
        let decoded = decode(bytes).expect("text");
        assert_eq!(decoded.text.as_ptr(), place);
        assert_eq!(decoded.text, PAGE);
        assert_eq!(decoded.encoding, Encoding::Utf8);
        assert_eq!(decoded.converted_sample, None);
        assert!(!decoded.mojibake);
        assert_eq!(decode(Vec::new()).expect("empty").text, "");
    }

    #[test]
    fn the_mark_of_utf8_is_dropped() {
        let decoded = decode(format!("\u{FEFF}{PAGE}")).expect("text");
        assert_eq!(
            (decoded.text.as_str(), decoded.encoding),
            (PAGE, Encoding::Utf8Bom)
        );
        assert_eq!(decode(b"\xEF\xBB\xBF".as_slice()).expect("empty").text, "");
        // Positions do not count it.
        assert_eq!(
            refused(b"\xEF\xBB\xBFab\xFFc"),
            (1, 3, DecodeFault::NotUtf8)
        );
    }

    #[test]
    fn utf16_of_both_ends_is_read_and_shown() {
        for (big, encoding) in [(false, Encoding::Utf16Le), (true, Encoding::Utf16Be)] {
            let decoded = decode(in_utf16(PAGE, big)).expect("text");
            assert_eq!((decoded.text.as_str(), decoded.encoding), (PAGE, encoding));
            assert_eq!(
                decoded.converted_sample.as_deref(),
                Some("รายงานผลการปฏิบัติงาน\"")
            );
            let astral = decode(in_utf16("ก😀", big)).expect("text");
            assert_eq!(astral.text, "ก😀");
        }
    }

    #[test]
    fn broken_utf16_is_refused_where_it_breaks() {
        let mut bytes = in_utf16("กข\nค", false);
        bytes.push(0x01);
        assert_eq!(refused(&bytes), (2, 2, DecodeFault::StillBeingSaved));
        let pair = in_utf16("ก😀", true);
        let half = pair.get(..pair.len() - 2).expect("shorter");
        assert_eq!(refused(half), (1, 2, DecodeFault::StillBeingSaved));
        // A second half alone, in the middle.
        assert_eq!(
            refused(b"\xFF\xFEa\0\0\xDCb\0"),
            (1, 2, DecodeFault::BadUtf16)
        );
        let zero = DecodeFault::Binary { looks_like: None };
        assert_eq!(refused(b"\xFF\xFEa\0\0\0"), (1, 2, zero));
        let unmarked = in_utf16(PAGE, false);
        let unmarked = unmarked.get(2..).expect("longer");
        assert_eq!(refused(unmarked).2, DecodeFault::Utf16WithoutBom);
    }

    #[test]
    fn thai_of_windows_874_is_read_and_shown() {
        let decoded = decode(in_874(PAGE)).expect("Thai");
        assert_eq!(
            (decoded.text.as_str(), decoded.encoding),
            (PAGE, Encoding::Windows874)
        );
        let sample = decoded.converted_sample.expect("a sample");
        assert_eq!(sample, "รายงานผลการปฏิบัติงาน\"");
        let table = "ลำดับ,ชื่อโครงการ,งบประมาณ\r\n1,ก่อสร้างถนน คสล. หมู่ ๓,500000\r\n2,รถ,1\r\n";
        assert_eq!(decode(in_874(table)).expect("Thai").text, table);
    }

    #[test]
    fn other_encodings_are_refused_by_line() {
        let french = encoding_rs::WINDOWS_1252
            .encode("Bonjour,\nle café était fermé à Noël, déjà.\n")
            .0
            .into_owned();
        assert_eq!(refused(&french), (2, 7, DecodeFault::NotUtf8));
        for (encoding, text) in [
            (encoding_rs::WINDOWS_1251, "Привет, мир. Как дела сегодня?"),
            (encoding_rs::GBK, "中文测试，今天的报告已经完成。"),
            (encoding_rs::SHIFT_JIS, "日本語の報告書です。"),
            (encoding_rs::WINDOWS_1258, "Ba\u{300}o ca\u{301}o năm 2024"),
            (encoding_rs::WINDOWS_1252, "Übergrößenträger für Köln"),
        ] {
            let bytes = encoding.encode(text).0.into_owned();
            assert!(decode(bytes).is_err(), "{text}");
        }
    }

    #[test]
    fn a_mark_without_a_letter_is_no_thai() {
        let mut bytes = in_874("รายงานผลการดำเนินงาน\nประจำปีงบประมาณ\n");
        bytes.extend(in_874("ข้อ ่ผิด\n"));
        assert_eq!(refused(&bytes), (3, 5, DecodeFault::DoubtfulThai));
    }

    #[test]
    fn mixed_encodings_name_the_line_that_differs() {
        let mut mostly_utf8 = "บรรทัดแรก\nบรรทัดที่สอง\n".as_bytes().to_vec();
        mostly_utf8.extend(in_874("ab บรรทัดที่สาม\n"));
        mostly_utf8.extend("บรรทัดที่สี่\n".as_bytes());
        assert_eq!(
            refused(&mostly_utf8),
            (3, 4, DecodeFault::Mixed { lines: 1 })
        );

        let mut mostly_874 = in_874(&PAGE.repeat(50));
        mostly_874.extend("x ต่อท้ายด้วย UTF-8\n".as_bytes());
        assert_eq!(
            refused(&mostly_874),
            (151, 3, DecodeFault::Mixed { lines: 1 })
        );

        let mut one_line = "ปี 2567\n".as_bytes().to_vec();
        one_line.extend("ดี ".as_bytes());
        one_line.extend(in_874("ไม่ดี\n"));
        assert_eq!(refused(&one_line), (2, 4, DecodeFault::Mixed { lines: 1 }));
    }

    #[test]
    fn a_file_cut_inside_its_last_letter_is_still_being_saved() {
        let bytes = PAGE.trim_end().as_bytes();
        for cut in 1..3 {
            let part = bytes.get(..bytes.len() - cut).expect("shorter");
            let (line, _, kind) = refused(part);
            assert_eq!((line, kind), (3, DecodeFault::StillBeingSaved));
        }
    }

    #[test]
    fn zeros_and_office_files_are_not_text() {
        let plain = DecodeFault::Binary { looks_like: None };
        assert_eq!(refused(b"ab\ncd\0ef\x01"), (2, 3, plain));
        for (bytes, name) in [
            (b"PK\x03\x04\x14\0\x06\0".as_slice(), "Word/Excel/ZIP"),
            (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "PDF"),
            (
                b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0",
                "Word/Excel 97-2003",
            ),
        ] {
            let looks_like = Some(name);
            assert_eq!(refused(bytes).2, DecodeFault::Binary { looks_like });
        }
    }

    #[test]
    fn thai_converted_twice_is_noticed_with_its_place() {
        let twice = format!("title = \"ดี\"\nx {}\n", garbled("สวัสดีครับ"));
        let decoded = decode(twice.clone()).expect("proper UTF-8");
        assert!(decoded.mojibake);
        assert_eq!(find_mojibake(&twice), Some(Position { line: 2, column: 3 }));
        let western: String = "สวัสดี".bytes().map(char::from).collect();
        assert!(decode(western).expect("proper UTF-8").mojibake);
        // With the unprintable third characters lost on the way.
        assert!(find_mojibake("เธเธเนเธ").is_some());
        for honest in [
            PAGE,
            "เธอ เธอ เธอ เธอ และเธอ",
            "เน้นเนื้อหา เนื่องจากเนื้อที่",
            "เธอ\nเธอ\nเธอ\nเธอ\nเธอ",
            "voilà ¸ à¹",
        ] {
            assert_eq!(find_mojibake(honest), None, "{honest}");
        }
    }

    #[test]
    fn samples_are_one_line_and_not_cut_inside_a_letter() {
        assert_eq!(sample("a,b\nชื่อ\tที่อยู่\r\nx").as_deref(), Some("ชื่อ ที่อยู่"));
        assert_eq!(sample("  plain text  ").as_deref(), Some("plain text"));
        assert_eq!(sample(" \n"), None);
        let long = format!("{}กี่", "ก".repeat(58));
        assert_eq!(
            sample(&long).as_deref(),
            Some(format!("{}…", "ก".repeat(58)).as_str())
        );
        let fits = "ก".repeat(60);
        assert_eq!(sample(&fits).as_deref(), Some(fits.as_str()));
    }

    fn thai_text() -> impl Strategy<Value = String> {
        "([ก-ฮ][ิีุู]?[่้]?[าะ]?[ ]?){1,40}(\n[a-z0-9 ,]{0,10}){0,3}"
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged_without_a_panic(bytes in any::<Vec<u8>>()) {
            if let Err(problem) = decode(bytes.as_slice()) {
                prop_assert!(problem.line >= 1 && problem.column >= 1);
                prop_assert!(problem.line <= bytes.len() + 1);
            }
        }

        #[test]
        fn likely_bytes_are_judged_without_a_panic(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just(b"\xFF\xFE".to_vec()), Just(b"\xFE\xFF".to_vec()),
                    Just(b"\xEF\xBB\xBF".to_vec()), Just(b"\n".to_vec()), Just(b"\r\n".to_vec()),
                    Just(b"\xE0\xB8".to_vec()), Just("เธ".as_bytes().to_vec()), Just(vec![0]),
                    Just("ที่".as_bytes().to_vec()), Just(b"\xB7\xD5\xE8".to_vec()),
                    Just(b"\xD8\x00".to_vec()), Just(b"abc".to_vec()), Just(b"\xA0\x85".to_vec()),
                ],
                0..20,
            ),
        ) {
            let _ = decode(parts.concat());
        }

        #[test]
        fn any_text_comes_back_from_utf8_and_utf16(text in "[^\0\u{FEFF}][^\0]{0,40}") {
            let plain = decode(text.clone()).expect("UTF-8");
            prop_assert_eq!(&plain.text, &text);
            for big in [false, true] {
                let wide = decode(in_utf16(&text, big)).expect("UTF-16");
                prop_assert_eq!(&wide.text, &text);
            }
        }

        #[test]
        fn windows_874_is_read_rightly_or_refused(text in thai_text()) {
            if let Ok(decoded) = decode(in_874(&text)) {
                // "รถ" alone is "ö": short enough, it cannot be told.
                if decoded.encoding == Encoding::Windows874 {
                    prop_assert_eq!(decoded.text, text);
                }
            }
        }

        #[test]
        fn broken_utf8_is_never_taken_for_windows_874(
            text in "([ก-ฮ][ิีุู]?[่้]?[ \n]?){3,40}",
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let mut bytes = text.into_bytes();
            let at = at.index(bytes.len());
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            if let Ok(decoded) = decode(bytes) {
                prop_assert_eq!(decoded.encoding, Encoding::Utf8);
            }
        }

        #[test]
        fn one_bad_line_among_good_ones_is_named(at in 0usize..20, text in thai_text()) {
            let good = "บรรทัดที่ดีของไฟล์\n";
            let mut bytes = good.repeat(at).into_bytes();
            bytes.extend(in_874("เทศบาลตำบล\n"));
            bytes.extend(good.repeat(20).into_bytes());
            bytes.extend(text.as_bytes());
            let problem = decode(bytes).expect_err("mixed");
            prop_assert_eq!(problem.line, at + 1);
            prop_assert_eq!(problem.kind, DecodeFault::Mixed { lines: 1 });
        }
    }

    #[test]
    fn a_garbled_line_is_turned_back_where_all_of_it_can_be() {
        let said = "ข้อมูลพื้นฐาน ปี 2568";
        let (read, _) = WINDOWS_1252.decode_without_bom_handling(said.as_bytes());
        assert_eq!(mended(&read).as_deref(), Some(said));
        let (read, _) = WINDOWS_874.decode_without_bom_handling(said.as_bytes());
        assert_eq!(mended(&read).as_deref(), Some(said));
        assert_eq!(mended("สวัสดี"), None);
    }

    #[test]
    fn letters_that_became_question_marks_are_found() {
        let at = |text: &str| find_lost_letters(text).map(|p| (p.line, p.column));
        assert_eq!(at("ก\n## ?????? ???\n"), Some((2, 4)));
        assert_eq!(at("????????????"), Some((1, 1)));
        assert_eq!(at("คำ\u{FFFD}"), Some((1, 3)));
        assert_eq!(at("ทำได้หรือไม่??? ถามได้"), None);
        assert_eq!(at("https://a.example/?a=1&b=??"), None);
        let text = "ก\n## ?????? ???\n";
        let place = find_lost_letters(text).expect("found");
        assert_eq!(text.get(place.span(text)), Some("??????"));
    }
}
