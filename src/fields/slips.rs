//! The slips of people who write TOML by hand or paste it from a word
//! processor: what is wrong with the line, and what to type instead.

use std::ops::Range;

use crate::diagnostic::Say;

/// What is wrong, and what to type instead.
type Slip = (Say, Option<Say>);

const CURLY: [char; 7] = ['“', '”', '„', '‟', '‘', '’', '＂'];

fn write(what: &str) -> Option<Say> {
    Some(Say::new("พิมพ์เป็น:", "write:").typing(what))
}

/// The text after `=` that lacks its quotes.
pub fn is_unquoted(line: &str) -> Option<&str> {
    let value = line.split_once('=')?.1.trim();
    let first = value.chars().next()?;
    let word = first.is_alphabetic() || ('\u{0E00}'..='\u{0E7F}').contains(&first);
    (word && !matches!(value, "true" | "false")).then_some(value)
}

/// Words that begin with a digit and lack their quotes: `12 พ.ย. 2567`,
/// `12/11/2567`.
fn words_of_digits(line: &str) -> Option<&str> {
    let value = line.split_once('=')?.1.split('#').next()?.trim();
    let is_word = |c: char| c.is_alphabetic() || c.is_whitespace() || c == '/';
    let begins = value.starts_with(|c: char| c.is_ascii_digit());
    let is_bare = !value.contains(['"', '\'', '[', '{', ',']);
    (begins && is_bare && value.contains(is_word)).then_some(value)
}

/// What is wrong with a line at which the parser stumbled, and what to type
/// instead.
pub fn explain(parser: &str, line: &str) -> (Say, Option<Say>) {
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    let has = |words: &[&str]| words.iter().any(|w| parser.contains(w));
    if has(&["duplicate key"]) {
        return (
            Say::new("ช่องนี้ถูกกำหนดซ้ำสองครั้ง", "this field is given twice"),
            Some(Say::new("ลบบรรทัดใดบรรทัดหนึ่ง", "delete one of the lines")),
        );
    }
    if line.contains(CURLY) {
        let plain = line
            .trim()
            .replace(['“', '”', '„', '‟', '＂'], "\"")
            .replace(['‘', '’'], "'");
        return (
            Say::new(
                "เครื่องหมายคำพูดเป็นแบบ “ ” ที่ Word ใส่ให้ ต้องใช้แบบตรง \"",
                "these are the curly quotes of a word processor; straight ones \" are needed",
            ),
            write(&plain),
        );
    }
    if let Some(slip) = header(line)
        .or_else(|| invisible(line))
        .or_else(|| foreign_digits(line))
        .or_else(|| backslash(line, has(&["escape"])))
        .or_else(|| without_equals(line))
        .or_else(|| more_than_a_value(line))
    {
        return slip;
    }
    if let Some(value) = is_unquoted(line).or_else(|| words_of_digits(line)) {
        return (
            Say::new(
                "ข้อความต้องอยู่ในเครื่องหมายคำพูด \" \"",
                "a text must stand in quotes \" \"",
            ),
            write(&format!("{key} = \"{}\"", value.trim_matches('"'))),
        );
    }
    let thai_key = line
        .trim_start()
        .starts_with(|c: char| ('\u{0E00}'..='\u{0E7F}').contains(&c));
    if thai_key {
        return (
            Say::new(
                "ชื่อช่องต้องเป็นภาษาอังกฤษ (ค่าที่อยู่หลัง = เป็นภาษาไทยได้)",
                "names of fields are English (what follows = may be Thai)",
            ),
            Some(Say::new(
                "ดูชื่อช่องที่ใช้ได้ใน README.th.md",
                "see README.md for the names that can be used",
            )),
        );
    }
    if has(&["string", "quote"]) || quotes(line) % 2 == 1 {
        let closed = format!("{}\"", line.trim());
        return (
            Say::new(
                "เครื่องหมายคำพูดเปิดแล้วไม่ได้ปิด หรือข้อความขึ้นบรรทัดใหม่ก่อนปิด",
                "a quote is opened and never closed, or the text goes on in a new line",
            ),
            write(&closed),
        );
    }
    if has(&["array", "`]`"]) {
        return (
            Say::new("รายการในวงเล็บ [ ] ไม่ครบ", "a list in [ ] is not complete"),
            Some(Say::new(
                "คั่นแต่ละรายการด้วยจุลภาคและปิดด้วย ] เช่น [\"ก\", \"ข\"]",
                "part its entries by commas and close it with ], such as [\"a\", \"b\"]",
            )),
        );
    }
    if has(&["table", "`}`"]) {
        return (
            Say::new(
                "ชุดข้อมูลในวงเล็บ { } ไม่ครบ",
                "a set of fields in { } is not complete",
            ),
            Some(Say::new(
                "คั่นแต่ละช่องด้วยจุลภาคและปิดด้วย } เช่น { text = \"…\", date = \"…\" }",
                "part its fields by commas and close it with }, such as { text = \"…\", date = \"…\" }",
            )),
        );
    }
    if has(&["date", "time", "day", "month"]) {
        return (
            Say::new("วันที่ไม่ถูกต้อง", "this is no valid date"),
            Some(Say::new(
                "เขียนเป็น ปี-เดือน-วัน เช่น 2568-03-31 หรือใส่เครื่องหมายคำพูด เช่น \"31 มี.ค. 2568\"",
                "write year-month-day, such as 2568-03-31, or words in quotes, such as \"31 มี.ค. 2568\"",
            )),
        );
    }
    if has(&["number", "integer", "float"]) || line.contains('=') {
        let value = line.split_once('=').map_or("", |(_, v)| v.trim());
        return (
            Say::new("ค่านี้อ่านไม่ออก", "this value can't be read"),
            write(&format!("{key} = \"{}\"", value.trim_matches('"'))),
        );
    }
    (
        Say::new(
            "บรรทัดนี้ไม่ใช่รูปแบบ  ชื่อช่อง = ค่า",
            "this line is not of the form  name = value",
        ),
        Some(Say::new(
            "ถ้าเป็นหมายเหตุ ให้ขึ้นต้นบรรทัดด้วย #",
            "a remark begins with #",
        )),
    )
}

/// Quotes that open or close a text.
fn quotes(line: &str) -> usize {
    let mut count = 0;
    let mut escaped = false;
    for c in line.chars() {
        count += usize::from(c == '"' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    count
}

/// The parts of a line outside `"` and `'`, before a remark, with their places.
fn outside(line: &str) -> impl Iterator<Item = (usize, char)> {
    let mut open = None;
    let mut escaped = false;
    let mut remark = false;
    line.char_indices().filter(move |&(_, c)| {
        if remark {
            return false;
        }
        match open {
            None if c == '#' => remark = true,
            None if c == '"' || c == '\'' => open = Some(c),
            None => return true,
            Some(quote) if c == quote && !escaped => open = None,
            Some(_) => {}
        }
        escaped = open == Some('"') && c == '\\' && !escaped;
        false
    })
}

/// The line with some characters outside of its texts written otherwise.
fn replaced(line: &str, with: impl Fn(char) -> Option<char>) -> Option<String> {
    let mut out = line.to_string();
    let all: Vec<(usize, char, char)> = outside(line)
        .filter_map(|(at, c)| with(c).map(|to| (at, c, to)))
        .collect();
    for &(at, c, to) in all.iter().rev() {
        let to = if to == '\0' {
            String::new()
        } else {
            to.to_string()
        };
        out.replace_range(at..at + c.len_utf8(), &to);
    }
    (!all.is_empty()).then(|| out.trim().to_string())
}

/// `[site` or `[[unit]`.
fn header(line: &str) -> Option<Slip> {
    let line = line.trim();
    let bare = line.split('#').next().unwrap_or("").trim();
    if !bare.starts_with('[') || bare.contains(['=', ',', '"']) {
        return None;
    }
    let count = |c: char| bare.chars().filter(|o| *o == c).count();
    let (open, close) = (count('['), count(']'));
    let name: &str = bare.trim_matches(['[', ']', ' ']);
    if open == close || name.is_empty() {
        return None;
    }
    let whole = if open.max(close) > 1 {
        format!("[[{name}]]")
    } else {
        format!("[{name}]")
    };
    Some((
        Say::new(
            "วงเล็บของหัวข้อเปิดกับปิดไม่เท่ากัน",
            "the brackets of this heading are not as many closed as open",
        ),
        write(&whole),
    ))
}

/// Spaces and joiners that look like a space or like nothing.
fn invisible(line: &str) -> Option<Slip> {
    let plain = replaced(line, |c| match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => Some(' '),
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => Some('\0'),
        _ => None,
    })?;
    Some((
        Say::new(
            "บรรทัดนี้มีช่องว่างพิเศษที่ติดมาจาก Word หรือเว็บไซต์",
            "this line has special spaces that came from a word processor or a web page",
        ),
        write(&plain),
    ))
}

/// Thai and full-width digits, and the full-width signs that come with them.
fn foreign_digits(line: &str) -> Option<Slip> {
    let (_, value) = line.split_once(['=', '＝'])?;
    let first = value.trim_start().chars().next()?;
    let is_digit = |c: char| matches!(c, '๐'..='๙' | '０'..='９');
    let number =
        is_digit(first) || first.is_ascii_digit() && outside(value).any(|(_, c)| is_digit(c));
    if !number && !line.contains('＝') {
        return None;
    }
    let plain = replaced(line, |c| match c {
        '๐'..='๙' => char::from_digit(u32::from(c) - u32::from('๐'), 10),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        '＝' => Some('='),
        '－' | '–' => Some('-'),
        '．' => Some('.'),
        _ => None,
    })?;
    Some((
        Say::new(
            "ตัวเลขนอกเครื่องหมายคำพูดต้องเป็นเลขอารบิก",
            "outside of quotes only the digits 0 to 9 and a plain = are read",
        ),
        write(&plain),
    ))
}

/// `"C:\งาน\แผน.pdf"`: a backslash in double quotes begins a special letter.
fn backslash(line: &str, escape: bool) -> Option<Slip> {
    if !escape || !line.contains('\\') {
        return None;
    }
    Some((
        Say::new(
            "เครื่องหมาย \\ ใช้คั่นโฟลเดอร์ในเครื่องหมายคำพูดไม่ได้",
            "a \\ in quotes does not part folders",
        ),
        write(&line.trim().replace("\\\\", "/").replace('\\', "/")),
    ))
}

/// `name "…"`, `name : "…"`, `name == "…"`.
fn without_equals(line: &str) -> Option<Slip> {
    let line = line.trim();
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let end = line.find(|c| !is_key(c)).filter(|end| *end > 0)?;
    let (key, rest) = line.split_at(end);
    let value = rest.trim_start_matches([' ', '\t', ':', '=', '>']);
    let sign: String = rest[..rest.len() - value.len()]
        .split_whitespace()
        .collect();
    let begins = value.starts_with(['"', '\'', '[', '{'])
        || value.starts_with(|c: char| c.is_ascii_digit())
        || matches!(value, "true" | "false");
    if sign == "=" || !begins {
        return None;
    }
    Some((
        Say::new(
            format!("ต้องมีเครื่องหมาย = หนึ่งตัวระหว่างชื่อช่อง “{key}” กับค่า"),
            format!("one = must stand between the field “{key}” and its value"),
        ),
        write(&format!("{key} = {value}")),
    ))
}

/// `name = "…",` or two fields on one line.
fn more_than_a_value(line: &str) -> Option<Slip> {
    let line = line.trim();
    let value = line.split_once('=')?.1.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = value.get(1..)?.find(quote)? + 2;
    let after = value.get(end..)?.trim();
    let whole = line.get(..line.len() - value.len() + end)?;
    if after.chars().all(|c| matches!(c, ',' | ';' | '.')) && !after.is_empty() {
        return Some((
            Say::new(
                format!("ท้ายบรรทัดมี {after} เกินมา"),
                format!("the line ends with a {after} too many"),
            ),
            write(whole),
        ));
    }
    let next = after.trim_start_matches([',', ';', ' ']);
    let is_field = next
        .split_once('=')
        .is_some_and(|(key, _)| is_name(key.trim()));
    is_field.then(|| {
        (
            Say::new("บรรทัดหนึ่งมีได้ช่องเดียว", "a line holds one field"),
            write(&one_by_line(line)),
        )
    })
}

/// The fields of a line, and the heading before them, on lines of their own.
fn one_by_line(line: &str) -> String {
    let cuts: Vec<usize> = outside(line)
        .filter(|(_, c)| matches!(c, ',' | ';' | ']' | ' '))
        .map(|(at, c)| if c == ']' { at + 1 } else { at })
        .collect();
    let ends = cuts.iter().copied().chain([line.len()]);
    let mut lines: Vec<String> = Vec::new();
    let mut start = 0;
    for end in ends {
        let rest = line
            .get(end..)
            .unwrap_or("")
            .trim_start_matches([',', ';', ' ']);
        let part = line
            .get(start..end)
            .unwrap_or("")
            .trim_matches([',', ';', ' ']);
        // A comma within a list parts no fields.
        let (open, close) = (part.matches('[').count(), part.matches(']').count());
        let begins =
            rest.is_empty() || rest.split_once('=').is_some_and(|(k, _)| is_name(k.trim()));
        let whole = part.starts_with('[') || part.contains('=') && !part.ends_with('=');
        if begins && whole && open == close {
            lines.push(part.to_string());
            start = end;
        }
    }
    lines.push(
        line.get(start..)
            .unwrap_or("")
            .trim_matches([',', ';', ' '])
            .to_string(),
    );
    lines.retain(|l| !l.is_empty());
    lines.join("\n")
}

fn is_name(key: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !key.is_empty() && key.chars().all(fits)
}

/// Where a key or heading that is given twice stands first.
pub fn first_of_twice(parser: &str, text: &str, second: &Range<usize>) -> Option<Range<usize>> {
    if !parser.contains("duplicate key") {
        return None;
    }
    let key = text.get(second.clone())?.trim_matches(['"', '\'']);
    let line_start = text.get(..second.start)?.rfind('\n').map_or(0, |n| n + 1);
    let is_heading = text.get(line_start..)?.starts_with('[');
    let mut first = None;
    let mut at = 0;
    for line in text.get(..line_start)?.split_inclusive('\n') {
        let inner = line.trim_start();
        if inner.starts_with('[') {
            let own = inner.trim_end().trim_matches(['[', ']']).trim() == key;
            if is_heading && own {
                first = first.or(Some(at));
            } else if !is_heading {
                // Fields before this heading belong to another set.
                first = None;
            }
        } else if !is_heading
            && inner
                .split('=')
                .next()
                .is_some_and(|k| k.trim().trim_matches(['"', '\'']) == key)
        {
            first = first.or(Some(at));
        }
        at += line.len();
    }
    let start = first?;
    let line = text.get(start..)?.lines().next()?;
    let from = start + line.find(key)?;
    Some(from..from + key.len())
}
