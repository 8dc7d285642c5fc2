//! What the rest of prongsai needs to know of a Markdown text before it is
//! rendered: headings, tables, the first words.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::thai;

use super::sheet::Filling;
use crate::files::SitePath;

/// The one set of Markdown extensions. Typographic quotes are left as typed:
/// officials copy texts from ordinances, letter by letter.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// A table of the running text, as plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableOutline {
    pub id: String,
    /// The words of the heading that it stands under.
    pub under: Option<String>,
    /// Index of the [`Part`] that it stands in.
    pub part: usize,
    /// Each heading, and how its column is filled.
    pub columns: Vec<(String, Filling)>,
    /// As many cells as there are columns, in each row.
    pub rows: Vec<Vec<String>>,
    /// Where its line of headings begins, in bytes of the text. The rows
    /// follow after the line of dashes, one on each line.
    pub start: usize,
}

impl TableOutline {
    /// The headings of its columns.
    pub fn header(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }
}

/// What stands below a heading, up to the next one; the first part of a text
/// stands above all headings. Part `n` is below heading `n - 1`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The first words outside of links, enough to tell whether they say
    /// anything; not those of tables.
    pub words: String,
    /// Words of links, likewise.
    pub link_words: String,
    /// Where links lead, as typed.
    pub links: Vec<Box<str>>,
    pub has_picture: bool,
    /// Lines that begin as the sections of a law do: `มาตรา 50`.
    pub law_sections: usize,
    /// Bytes of the body: the first words, else the heading.
    pub at: Range<usize>,
}

/// As much of a part's words as is kept: no placeholder is longer.
const KEPT_WORDS: usize = 400;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub headings: Vec<Heading>,
    pub tables: Vec<TableOutline>,
    pub parts: Vec<Part>,
    /// The first paragraph, shortened, without marks of style.
    pub summary: String,
    /// Links that leave the page, as typed, for evidence of kind `link`.
    pub has_links: bool,
    pub is_empty: bool,
    pub traces: Traces,
}

/// What a text shows of the year for which it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// The years that it speaks of, each once: first and last of a span, and
    /// the month where it has one.
    pub years: Vec<(u16, u16, Option<u8>)>,
    /// Marks of its sentences, by which the same text is known in another
    /// year's folder, each with its number of letters.
    pub sentences: Vec<(u64, u16)>,
}

impl Traces {
    pub fn of(text: &str) -> Traces {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Traces {
            years: Traces::of_years(text),
            sentences: lines.filter_map(sentence).collect(),
        }
    }

    /// The years alone.
    pub fn of_years(text: &str) -> Vec<(u16, u16, Option<u8>)> {
        let mut years = Vec::new();
        for mention in thai::year_mentions(text) {
            let year = (mention.first, mention.last, mention.month);
            if !years.contains(&year) {
                years.push(year);
            }
        }
        years
    }
}

/// Shorter lines are alike by chance.
const SENTENCE_LETTERS: usize = 20;

/// The mark of a line and its letters.
pub fn sentence(line: &str) -> Option<(u64, u16)> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let key: String = thai::fold_key(line)
        .chars()
        .filter(|c| !matches!(c, '|' | '*' | '#'))
        .collect();
    let letters = key.chars().count();
    if letters < SENTENCE_LETTERS {
        return None;
    }
    // The same in every run of a build; it is never written down.
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    Some((hasher.finish(), u16::try_from(letters).unwrap_or(u16::MAX)))
}

const SUMMARY_LETTERS: usize = 160;

/// Makes heading ids of one page unique, in the order of the page. The
/// renderer uses the same, so that what was promised is what stands there.
#[derive(Debug, Default)]
pub struct HeadingIds {
    seen: std::collections::HashMap<String, usize>,
    tables: usize,
    /// Begins the ids of tables: where several texts make one page.
    text: String,
}

impl HeadingIds {
    /// The author's `{#id}`, else the words of the heading joined by `-`;
    /// Thai letters stay, with their vowels and tone marks.
    pub fn next(&mut self, given: Option<&str>, text: &str) -> String {
        let base = match given {
            Some(id) if !id.is_empty() => id.to_string(),
            _ => {
                // An address is read by all too.
                let slug = slug(&thai::mask_citizen_numbers(&thai::normalise(text)));
                if slug.is_empty() {
                    "section".into()
                } else {
                    slug
                }
            }
        };
        let count = self.seen.entry(base.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            base
        } else {
            format!("{base}-{count}")
        }
    }

    /// Another text of the same page follows; its tables are called by it.
    pub fn follows(&mut self, text: &str) {
        self.tables = 0;
        // No heading has such an id.
        let name = self.next(Some(&format!("{text}\0")), "");
        self.text = name.replace('\0', "") + "-";
    }

    /// Tables in running text are numbered in order.
    pub fn next_table(&mut self) -> String {
        self.tables += 1;
        format!("{}table-{}", self.text, self.tables)
    }
}

/// What the tables of a note are called by, in its page and as files: the
/// note's place in its year's folder, `measures-gifts`.
pub fn note_name(path: &SitePath) -> String {
    let inside = path.as_str().splitn(3, '/').last().unwrap_or_default();
    let inside = inside.strip_suffix(".md").unwrap_or(inside);
    slug(&thai::normalise(&inside.replace('/', "-")))
}

fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if ('\u{0E01}'..='\u{0E2E}').contains(&c)
            || ('\u{0E30}'..='\u{0E3A}').contains(&c)
            || ('\u{0E40}'..='\u{0E4E}').contains(&c)
        {
            out.push(c);
        } else if c.is_alphanumeric() || c == '\u{0E2F}' {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

pub fn heading_number(level: HeadingLevel) -> u8 {
    level as u8
}

/// Whether a line looks like the one between a table's headings and its rows.
pub fn may_have_table(body: &str) -> bool {
    body.lines().any(|line| {
        let line = line.trim_matches([' ', '\t', '>', '*']).as_bytes();
        line.first()
            .is_some_and(|b| matches!(b, b'|' | b'-' | b':'))
            && line.contains(&b'|')
            && line.contains(&b'-')
            && line
                .iter()
                .all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
    })
}

/// Reads a text once for its outline.
pub fn outline(body: &str) -> Outline {
    let mut outline = Outline {
        is_empty: true,
        parts: vec![Part::default()],
        ..Outline::default()
    };
    let mut ids = HeadingIds::default();
    let mut heading: Option<(u8, Option<String>, String)> = None;
    let mut cell: Option<String> = None;
    let mut row: Vec<String> = Vec::new();
    let mut in_head = false;
    let mut summary_open = false;
    let mut in_link = false;
    for (event, at) in Parser::new_ext(body, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                heading = Some((
                    heading_number(level),
                    id.map(|i| i.to_string()),
                    String::new(),
                ));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, id, text)) = heading.take() {
                    let id = ids.next(id.as_deref(), &text);
                    let text = thai::mask_citizen_numbers(&text).into_owned();
                    outline.headings.push(Heading { level, id, text });
                    outline.parts.push(Part {
                        at,
                        ..Part::default()
                    });
                }
            }
            Event::Start(Tag::Paragraph) => summary_open = outline.summary.is_empty(),
            Event::End(TagEnd::Paragraph) => summary_open = false,
            Event::Start(Tag::Table(_)) => {
                outline.tables.push(TableOutline {
                    id: ids.next_table(),
                    under: outline.headings.last().map(|h| h.text.clone()),
                    part: outline.parts.len().saturating_sub(1),
                    columns: Vec::new(),
                    rows: Vec::new(),
                    start: at.start,
                });
            }
            Event::Start(Tag::TableHead) => in_head = true,
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                if let Some(table) = outline.tables.last_mut() {
                    table.columns = std::mem::take(&mut row)
                        .into_iter()
                        .map(|c| (c, Filling::default()))
                        .collect();
                }
            }
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            // Rows are published as files, which never meet the page's mask.
            Event::End(TagEnd::TableCell) => {
                let words = cell.take().unwrap_or_default();
                row.push(thai::mask_citizen_numbers(&words).into_owned());
            }
            Event::End(TagEnd::TableRow) if !in_head => {
                if let Some(table) = outline.tables.last_mut() {
                    Filling::count(&row, table.columns.iter_mut().map(|(_, filling)| filling));
                    table.rows.push(std::mem::take(&mut row));
                }
                row.clear();
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                outline.has_links = true;
                in_link = true;
                if let Some(part) = outline.parts.last_mut() {
                    part.links.push(dest_url.as_ref().into());
                }
            }
            Event::End(TagEnd::Link) => in_link = false,
            Event::Text(text) | Event::Code(text) => {
                outline.is_empty = false;
                if heading.is_none()
                    && cell.is_none()
                    && let Some(part) = outline.parts.last_mut()
                {
                    part.take(&text, in_link, at);
                }
                if let Some((_, _, words)) = &mut heading {
                    words.push_str(&text);
                } else if let Some(words) = &mut cell {
                    words.push_str(&text);
                } else if summary_open {
                    outline.summary.push_str(&text);
                }
            }
            // Shown as it is written, so it is told as it is written.
            Event::InlineHtml(tag) if !tag.starts_with("<!--") => {
                if let Some(words) = &mut cell {
                    words.push_str(&tag);
                }
            }
            Event::SoftBreak | Event::HardBreak if summary_open => outline.summary.push(' '),
            Event::Start(Tag::Image { .. }) => {
                outline.is_empty = false;
                if let Some(part) = outline.parts.last_mut() {
                    part.has_picture = true;
                }
            }
            _ => {}
        }
    }
    // Masked before it is cut: half a number would escape the mask.
    let words = thai::normalise(&outline.summary);
    outline.summary = shorten(&thai::mask_citizen_numbers(&words), SUMMARY_LETTERS);
    outline.traces = Traces::of(body);
    outline
}

impl Part {
    fn take(&mut self, text: &str, in_link: bool, at: Range<usize>) {
        let number = text.trim_start().strip_prefix("มาตรา").map(str::trim_start);
        if number.is_some_and(|n| thai::to_arabic(n).starts_with(|c: char| c.is_ascii_digit())) {
            self.law_sections += 1;
        }
        if self.words.is_empty() && self.link_words.is_empty() && !text.trim().is_empty() {
            self.at = at;
        }
        let words = if in_link {
            &mut self.link_words
        } else {
            &mut self.words
        };
        if words.len() < KEPT_WORDS {
            words.push_str(text);
            words.push(' ');
        }
    }
}

/// Cuts after whole clusters, at a space where one is near.
pub fn shorten(text: &str, letters: usize) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(letters) else {
        return text.to_string();
    };
    let mut end = end;
    // Never between a letter and the marks that stand on it.
    while end < text.len()
        && text[end..].chars().next().is_some_and(|c| {
            ('\u{0E30}'..='\u{0E3A}').contains(&c) || ('\u{0E45}'..='\u{0E4E}').contains(&c)
        })
    {
        end += text[end..].chars().next().map_or(1, char::len_utf8);
    }
    let cut = &text[..end];
    let cut = match cut.rfind(' ') {
        Some(space) if space * 3 > end * 2 => &cut[..space],
        _ => cut,
    };
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_keep_thai_marks_and_repeat_with_numbers() {
        let o = outline("## ผลการดำเนินงาน\n\nข้อความ\n\n## ผลการดำเนินงาน\n\n### x {#own}\n");
        let ids: Vec<_> = o.headings.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(ids, ["ผลการดำเนินงาน", "ผลการดำเนินงาน-2", "own"]);
        assert_eq!(o.summary, "ข้อความ");
    }

    #[test]
    fn a_column_with_a_hole_is_not_filled() {
        let o = outline("| ก | ข |\n|---|---|\n| 1 | 2 |\n| 3 | |\n");
        assert!(o.tables[0].columns[0].1.is_full("budget"));
        assert!(!o.tables[0].columns[1].1.is_full("budget"));
    }

    #[test]
    fn each_heading_has_the_words_below_it() {
        let o = outline("ก่อน\n\n## หนึ่ง\n\n-\n\n### สอง\n\nอ่าน[คู่มือ](files/a.pdf)\n\n## สาม\n");
        let words: Vec<&str> = o.parts.iter().map(|p| p.words.trim()).collect();
        assert_eq!(words, ["ก่อน", "", "อ่าน", ""]);
        assert_eq!(o.parts[2].links, ["files/a.pdf".into()]);
        assert_eq!(o.parts[2].link_words.trim(), "คู่มือ");
    }

    #[test]
    fn a_table_is_told_with_its_heading_and_every_cell() {
        let body = "## แผน\n\nคำ\n\n| ก | ข |\n|---|---|\n| **1** | [2](x) |\n| 3 |\n";
        let table = &outline(body).tables[0];
        assert_eq!(table.under.as_deref(), Some("แผน"));
        assert_eq!(table.rows, [["1", "2"], ["3", ""]]);
        assert!(body[table.start..].starts_with("| ก"));
    }

    #[test]
    fn a_table_is_seen_before_it_is_parsed() {
        for table in [
            "ก|ข\n-|-\n",
            "| a |\n| :-: |\n",
            "- x\n\n  |a|\n  |---|\n",
            "> a|b\n> -|-\n",
        ] {
            assert_eq!(outline(table).tables.len(), 1, "{table}");
            assert!(may_have_table(table), "{table}");
        }
        assert!(!may_have_table("---\n\nก | ข\n- ค\n"));
    }

    #[test]
    fn a_summary_never_ends_between_letter_and_mark() {
        let text = "กำ".repeat(100);
        assert!(!shorten(&text, 81).trim_end_matches('…').ends_with('ก'));
    }
}
