//! Markdown → HTML: links resolved by the site's one set of rules, headings
//! with stable ids, tables with scopes and labels, and no markup that an
//! author's text could smuggle in.

use std::borrow::Cow;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, OffsetIter, Parser, Tag, TagEnd,
    TextMergeWithOffset,
};

use crate::content::markdown::{HeadingIds, heading_number, options};
use crate::content::sheet::is_grand_total;
use crate::diagnostic::{Diagnostic, Lang, Place, Say};
use crate::site::Site;
use crate::site::address::Target;
use crate::site::refer::From;
use crate::thai;

use super::html::{attribute, escape};
use super::images::{self, Slot};
use super::links::Linker;
use super::view::{DataLinks, Part};

/// What rendering a text needs to know.
pub struct Source<'a> {
    pub site: &'a Site,
    pub linker: &'a Linker,
    pub from: From<'a>,
    /// Where the text starts in its file, for the places of messages.
    pub offset: usize,
    /// Headings of texts that stand inside a page start one level lower.
    pub demote: u8,
    /// The files of the table with this id.
    pub data: &'a dyn Fn(&str) -> Option<DataLinks>,
}

/// Renders a text, in a part for each table that has its files beside it and
/// one for the rest. Ids come from `ids`, which one page's texts share.
pub fn render(
    text: &str,
    source: &Source<'_>,
    ids: &mut HeadingIds,
    found: &mut Vec<Diagnostic>,
) -> Vec<Part> {
    let mut writer = Writer {
        parts: Vec::new(),
        out: String::with_capacity(text.len() + text.len() / 4),
        source,
        found,
        ids,
        plain: None,
        table: None,
        heading: None,
        footnotes: Vec::new(),
        notes: Vec::new(),
        html: None,
        image: None,
    };
    let events: TextMergeWithOffset<'_, OffsetIter<'_>> =
        TextMergeWithOffset::new(Parser::new_ext(text, options()).into_offset_iter());
    for (event, range) in events {
        writer.event(event, range);
    }
    writer.finish()
}

/// The table being written: its headings label the cells of narrow screens.
struct Table {
    alignments: Vec<Alignment>,
    headings: Vec<String>,
    in_head: bool,
    column: usize,
    /// Where the open cell's content starts in `out`.
    cell_start: usize,
    /// Where the last row starts in `out`, and its cells.
    row_start: usize,
    row: Vec<String>,
    data: Option<DataLinks>,
}

struct Writer<'a, 'b> {
    /// What is finished, each up to the end of a table.
    parts: Vec<Part>,
    out: String,
    source: &'a Source<'b>,
    found: &'a mut Vec<Diagnostic>,
    ids: &'a mut HeadingIds,
    /// The heading being written: level, given id, where its HTML starts,
    /// its plain words.
    plain: Option<(u8, Option<String>, usize, String)>,
    table: Option<Table>,
    /// The id of the last heading: it names the tables below it.
    heading: Option<String>,
    footnotes: Vec<String>,
    /// Finished footnotes, by label.
    notes: Vec<(String, String)>,
    /// Raw HTML being skipped: where it began.
    html: Option<()>,
    image: Option<OpenImage>,
}

/// A picture whose words are being written.
struct OpenImage {
    place: Place,
    /// Where they start in `out`.
    alt_start: usize,
    title: String,
    /// What ends it.
    end: &'static str,
    /// How many pictures its words stand in, inside it.
    depth: usize,
}

impl Writer<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        if self.image.is_some() {
            if let Event::Text(text) = &event {
                self.judge_text(text, &range);
            }
            return self.in_image(&event);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                self.judge_text(&text, &range);
                self.text(&text);
            }
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.text(&text);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, range),
            Event::FootnoteReference(label) => self.footnote(&label),
            Event::TaskListMarker(done) => {
                self.out.push_str(if done { "☑ " } else { "☐ " });
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    fn place(&self, range: &std::ops::Range<usize>) -> Place {
        let offset = self.source.offset;
        Place::span(
            self.source.from.file,
            range.start + offset..range.end + offset,
        )
    }

    /// What Markdown left as text and an author did not mean so.
    fn judge_text(&mut self, text: &str, range: &std::ops::Range<usize>) {
        if text.contains(crate::content::agency::STAFF_SURVEY) {
            let place = self.place(range);
            self.found.push(crate::content::agency::staff_survey(place));
        }
        if let Some(at) = text.find("](") {
            let place = self.place(&(range.start + at..range.start + at + 2));
            let target: String = text[at + 2..].split(')').next().unwrap_or("").into();
            self.found.push(
                Diagnostic::error(
                    "unread-link",
                    Say::new(
                        "ลิงก์นี้ไม่ทำงาน เพราะชื่อไฟล์มีช่องว่าง",
                        "this link does not work, as its address holds a space",
                    ),
                )
                .at(place)
                .hint(Say::new(
                    format!("ครอบชื่อไฟล์ด้วย < > เป็น  ](<{target}>)  หรือเปลี่ยนชื่อไฟล์ไม่ให้มีช่องว่าง"),
                    format!("put it in < >, as ](<{target}>), or rename the file without spaces"),
                )),
            );
        }
    }

    fn text(&mut self, text: &str) {
        let text = clean(text);
        escape(&mut self.out, &text);
        if let Some((.., words)) = &mut self.plain {
            words.push_str(&text);
        }
        if let Some(table) = &mut self.table
            && table.in_head
            && let Some(last) = table.headings.last_mut()
        {
            last.push_str(&text);
        }
    }

    /// Authors are trusted for words, not for code: what looks like a tag is
    /// shown as text, and said.
    fn raw_html(&mut self, html: &str, range: std::ops::Range<usize>) {
        let comment = html.trim_start().starts_with("<!--");
        if comment {
            return;
        }
        if self.html.is_none() {
            let line: String = html.lines().next().unwrap_or("").chars().take(40).collect();
            let place =
                self.place(&(range.start..range.start + html.lines().next().map_or(1, str::len)));
            self.found.push(
                Diagnostic::warning(
                    "raw-html",
                    Say::new(
                        format!("“{line}” เป็นแท็ก HTML จึงแสดงเป็นตัวหนังสือ ไม่ทำงานเป็นแท็ก"),
                        format!("“{line}” is an HTML tag; it is shown as text and does nothing"),
                    ),
                )
                .at(place)
                .hint(Say::new(
                    "ใช้ Markdown แทน เช่น **ตัวหนา** [ลิงก์](https://…) ![คำบรรยาย](files/ภาพ.jpg)",
                    "use Markdown instead, such as **bold**, [link](https://…), ![words](files/picture.jpg)",
                )),
            );
        }
        let html = clean(html);
        escape(&mut self.out, &html);
    }

    fn start(&mut self, tag: Tag<'_>, range: std::ops::Range<usize>) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { level, id, .. } => {
                let level = (heading_number(level).max(2) + self.source.demote).min(6);
                self.plain = Some((
                    level,
                    id.map(|i| i.to_string()),
                    self.out.len(),
                    String::new(),
                ));
            }
            Tag::BlockQuote(kind) => self.block_quote(kind),
            Tag::CodeBlock(kind) => {
                self.out.push_str("<pre><code");
                if let CodeBlockKind::Fenced(lang) = kind
                    && !lang.is_empty()
                {
                    attribute(&mut self.out, "class", &format!("language-{lang}"));
                }
                self.out.push('>');
            }
            Tag::HtmlBlock => {}
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                self.out.push_str("<ol");
                attribute(&mut self.out, "start", &first.to_string());
                self.out.push_str(">\n");
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.footnotes.push(label.to_string());
                // The note's HTML is moved to the end of the page.
                self.out.push('\u{0}');
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.out.push_str("<thead><tr>");
                if let Some(table) = &mut self.table {
                    table.in_head = true;
                }
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.column = 0;
                    table.row_start = self.out.len();
                    table.row.clear();
                }
                self.out.push_str("<tr>");
            }
            Tag::TableCell => {
                if let Some(table) = &mut self.table {
                    if table.in_head {
                        table.headings.push(String::new());
                    }
                    table.cell_start = self.out.len();
                }
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link {
                dest_url, title, ..
            } => self.start_link(&dest_url, &title, range),
            Tag::Image {
                dest_url, title, ..
            } => self.start_image(&dest_url, &title, range),
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some(start) = self.out.rfind('\u{0}') {
                    let html = self.out.split_off(start).split_off(1);
                    if let Some(label) = self.footnotes.pop() {
                        self.notes.push((label, html));
                    }
                }
            }
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => {
                let table = self.table.take();
                // A last row that adds up those above is not one of them.
                let summed = table.as_ref().filter(|t| is_grand_total(&t.row));
                if let Some(table) = summed {
                    self.out.insert_str(table.row_start, "</tbody><tfoot>");
                    self.out.push_str("</tfoot></table></div>\n");
                } else {
                    self.out.push_str("</tbody></table></div>\n");
                }
                let data = table.and_then(|t| t.data);
                if data.is_some() {
                    let html = std::mem::take(&mut self.out);
                    self.parts.push(Part { html, data });
                }
            }
            TagEnd::TableHead => {
                self.out.push_str("</tr></thead><tbody>\n");
                if let Some(table) = &mut self.table {
                    table.in_head = false;
                }
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => self.out.push_str("</a>"),
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn end_heading(&mut self) {
        let Some((level, given, start, words)) = self.plain.take() else {
            return;
        };
        let id = self.ids.next(given.as_deref(), &words);
        let inner = self.out.split_off(start);
        self.out.push_str(&format!("<h{level}"));
        attribute(&mut self.out, "id", &id);
        self.out.push('>');
        self.out.push_str(&inner);
        self.out.push_str(&format!("</h{level}>\n"));
        self.heading = Some(id);
    }

    fn block_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let class = match kind {
            None => return self.out.push_str("<blockquote>\n"),
            Some(BlockQuoteKind::Note | BlockQuoteKind::Tip) => "note",
            Some(BlockQuoteKind::Important) => "important",
            Some(BlockQuoteKind::Warning | BlockQuoteKind::Caution) => "warning",
        };
        self.out
            .push_str(&format!("<blockquote class=\"{class}\">\n"));
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        let id = self.ids.next_table();
        self.out
            .push_str("<div class=\"table\"><table class=\"stack\"");
        attribute(&mut self.out, "id", &id);
        let named_by = self.heading.as_deref().unwrap_or("title");
        attribute(&mut self.out, "aria-labelledby", named_by);
        // A note's text is moved to the end of the page, away from its files.
        let in_note = !self.footnotes.is_empty();
        let data = if in_note {
            None
        } else {
            (self.source.data)(&id)
        };
        self.out
            .push_str(if data.is_some() { " data-sort>" } else { ">" });
        self.table = Some(Table {
            data,
            alignments,
            headings: Vec::new(),
            in_head: false,
            column: 0,
            cell_start: 0,
            row_start: 0,
            row: Vec::new(),
        });
    }

    fn end_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let inner = self.out.split_off(table.cell_start);
        let right = matches!(table.alignments.get(table.column), Some(Alignment::Right));
        let number = right || is_figure(&inner);
        if table.in_head {
            self.out.push_str("<th scope=\"col\"");
        } else {
            table.row.push(inner.clone());
            self.out.push_str("<td");
            if let Some(heading) = table.headings.get(table.column) {
                attribute(&mut self.out, "data-label", heading);
            }
        }
        if number {
            self.out.push_str(" class=\"n\"");
        }
        self.out.push('>');
        self.out.push_str(&inner);
        self.out
            .push_str(if table.in_head { "</th>" } else { "</td>" });
        table.column += 1;
    }

    fn start_link(&mut self, url: &str, title: &str, range: std::ops::Range<usize>) {
        let place = self.place(&range);
        self.out.push_str("<a");
        match self.source.site.resolve_link(url, &place, self.source.from) {
            Ok(target) => {
                attribute(&mut self.out, "href", &self.source.linker.href(&target));
                if matches!(&target, Target::Outside(u) if u.starts_with("http")) {
                    self.out.push_str(" rel=\"noreferrer\"");
                }
                if self.source.from.lang == Lang::En && is_thai_page(&target) {
                    self.out.push_str(" hreflang=\"th\"");
                }
            }
            Err(problem) => self.found.push(*problem),
        }
        if !title.is_empty() {
            attribute(&mut self.out, "title", &clean(title));
        }
        self.out.push('>');
    }

    fn start_image(&mut self, url: &str, title: &str, range: std::ops::Range<usize>) {
        let place = self.place(&range);
        let site = self.source.site;
        let mut end = "\">";
        match site.resolve_link(url, &place, self.source.from) {
            Ok(target) => {
                self.found
                    .extend(site.picture_problem(&target, url, &place));
                if let (Ok(picture), Target::File { path }) = (site.picture(&target), &target) {
                    let linker = self.source.linker;
                    end = images::open(&mut self.out, linker, path, picture, Slot::Column);
                } else {
                    self.out.push_str("<img alt=\"");
                }
            }
            Err(problem) => {
                self.found.push(*problem);
                self.out.push_str("<img alt=\"");
            }
        }
        self.image = Some(OpenImage {
            place,
            alt_start: self.out.len(),
            title: clean(title).into_owned(),
            end,
            depth: 0,
        });
    }

    /// The words of a picture: its attribute holds letters alone.
    fn in_image(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.text(text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::Start(Tag::Image { .. }) => {
                self.image.iter_mut().for_each(|open| open.depth += 1);
            }
            Event::End(TagEnd::Image) => match &mut self.image {
                Some(open) if open.depth > 0 => open.depth -= 1,
                _ => self.end_image(),
            },
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(open) = self.image.take() else {
            return;
        };
        let alt = self.out.get(open.alt_start..).unwrap_or_default();
        if alt.trim().is_empty() {
            self.found.push(
                Diagnostic::warning(
                    "picture-without-words",
                    Say::new(
                        "ภาพนี้ไม่มีคำบรรยาย ผู้ใช้โปรแกรมอ่านจอจะไม่รู้ว่าเป็นภาพอะไร",
                        "this picture has no alternative text, so a screen reader can't tell what it is",
                    ),
                )
                .at(open.place)
                .hint(Say::new(
                    "ใส่คำบรรยายในวงเล็บเหลี่ยม เช่น ![ป้ายประกาศหน้าสำนักงาน](files/board.jpg)",
                    "put the words in the brackets, such as ![Notice board](files/board.jpg)",
                )),
            );
        }
        if !open.title.is_empty() {
            self.out.push_str("\" title=\"");
            escape(&mut self.out, &open.title);
        }
        self.out.push_str(open.end);
    }

    fn footnote(&mut self, label: &str) {
        let id = label.replace(char::is_whitespace, "-");
        self.out.push_str("<sup><a");
        attribute(&mut self.out, "href", &format!("#fn-{id}"));
        attribute(&mut self.out, "id", &format!("fnref-{id}"));
        self.out.push('>');
        escape(&mut self.out, label);
        self.out.push_str("</a></sup>");
    }

    fn finish(mut self) -> Vec<Part> {
        if !self.notes.is_empty() {
            self.out.push_str("<section class=\"footnotes\"><ol>\n");
            for (label, html) in std::mem::take(&mut self.notes) {
                let id = label.replace(char::is_whitespace, "-");
                self.out.push_str("<li");
                attribute(&mut self.out, "id", &format!("fn-{id}"));
                self.out.push('>');
                self.out.push_str(html.trim_end());
                self.out.push_str("</li>\n");
            }
            self.out.push_str("</ol></section>\n");
        }
        if !self.out.trim().is_empty() {
            self.parts.push(Part::of(self.out));
        }
        self.parts
    }
}

fn is_thai_page(target: &Target) -> bool {
    matches!(target, Target::Page { address, .. } if !address.starts_with("en/"))
}

/// What the eye can't see is put right; a person's number is masked.
fn clean(text: &str) -> Cow<'_, str> {
    if let (true, 0..=12) = thai::look(text) {
        return Cow::Borrowed(text);
    }
    match thai::normalise(text) {
        Cow::Borrowed(text) => thai::mask_citizen_numbers(text),
        Cow::Owned(text) => Cow::Owned(thai::mask_citizen_numbers(&text).into_owned()),
    }
}

/// Whether a cell is a figure, to be set to the right.
pub fn is_figure(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text
            .chars()
            .any(|c| c.is_ascii_digit() || ('๐'..='๙').contains(&c))
        && text.chars().all(|c| {
            c.is_ascii_digit()
                || ('๐'..='๙').contains(&c)
                || matches!(c, ',' | '.' | '-' | '%' | ' ' | '+')
        })
}
