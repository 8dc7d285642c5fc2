//! Headings by which a screen reader jumps through a page.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::finding::{Found, finding};
use crate::content::markdown::heading_number;
use crate::content::{Reread, TakenApart};

/// Longer bold paragraphs are emphasis, not headings.
const LONGEST: usize = 70;

pub fn check(text: &TakenApart<'_>, found: &mut Found) {
    bold(text, found);
    // The text of a measure or a note begins at any level of a larger page.
    let inside = ["/notes/", "/measures/"]
        .iter()
        .any(|f| text.file.contains(f));
    let mut above: Option<u8> = (!inside).then_some(1);
    let mut heading: Option<(u8, Range<usize>, String)> = None;
    for (event, range) in text.events() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                heading = Some((heading_number(*level), range, String::new()));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((.., said)) = &mut heading {
                    said.push_str(words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, range, said)) = heading.take() {
                    judge(text, level, above, range, &said, found);
                    above = Some(level.max(2));
                }
            }
            _ => {}
        }
    }
}

fn judge(
    text: &Reread,
    level: u8,
    above: Option<u8>,
    range: Range<usize>,
    said: &str,
    found: &mut Found,
) {
    let marks = |level: u8| "#".repeat(usize::from(level));
    let place = text.place(range);
    if said.trim().is_empty() {
        found.push(finding("empty-heading", "หัวข้อนี้ว่าง", "this heading is empty").at(place));
    } else if level == 1 {
        found.push(
            finding(
                "heading-order",
                "หัวข้อระดับ # ในเนื้อหา ซึ่งเป็นระดับของชื่อหน้าแล้ว",
                "a heading of level # inside a page, whose title already is the one",
            )
            .hint(
                "ใช้ ## สำหรับหัวข้อใหญ่ในหน้า",
                "use ## for the main headings of a page",
            )
            .at(place),
        );
    } else if let Some(above) = above.filter(|above| level > above + 1) {
        let (before_th, before_en) = match above {
            1 => ("ชื่อหน้า".to_string(), "the page's title".to_string()),
            n => (marks(n), marks(n)),
        };
        let right = marks(above + 1);
        found.push(
            finding(
                "heading-order",
                format!("หัวข้อข้ามระดับ: จาก{before_th} ไป {}", marks(level)),
                format!(
                    "headings skip a level: from {before_en} to {}",
                    marks(level)
                ),
            )
            .hint(format!("ใช้ {right}"), format!("use {right}"))
            .at(place),
        );
    }
}

/// What stands on its own in a text, one after another.
struct Block {
    range: Range<usize>,
    words: String,
    is_heading: bool,
    /// A paragraph that is bold from end to end.
    is_bold: bool,
}

fn blocks(text: &TakenApart<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut depth, mut strong) = (0usize, 0usize);
    for (event, range) in text.events() {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    blocks.push(Block {
                        range,
                        words: String::new(),
                        is_heading: matches!(tag, Tag::Heading { .. }),
                        is_bold: matches!(tag, Tag::Paragraph),
                    });
                }
                depth += 1;
                match tag {
                    Tag::Strong => strong += 1,
                    // A link or a picture in bold is a link or a picture.
                    Tag::Link { .. } | Tag::Image { .. } => not_bold(&mut blocks),
                    _ => {}
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if *tag == TagEnd::Strong {
                    strong = strong.saturating_sub(1);
                }
            }
            Event::Text(words) => {
                if strong == 0 && !words.trim().is_empty() {
                    not_bold(&mut blocks);
                }
                if let Some(block) = blocks.last_mut() {
                    block.words.push_str(words);
                }
            }
            Event::SoftBreak => {}
            _ => not_bold(&mut blocks),
        }
    }
    blocks
}

fn not_bold(blocks: &mut [Block]) {
    if let Some(block) = blocks.last_mut() {
        block.is_bold = false;
    }
}

/// Bold paragraphs that head the text after them.
fn bold(text: &TakenApart<'_>, found: &mut Found) {
    let blocks = blocks(text);
    for pair in blocks.windows(2) {
        let [block, next] = pair else { continue };
        let words = block.words.trim();
        let short = !words.is_empty() && words.chars().count() <= LONGEST;
        // A label, a sentence, or the lines of a slogan are no headings.
        let sentence = words.ends_with([':', '.', '!', '?', ',', '”', '"', ')']);
        if block.is_bold && short && !sentence && !next.is_heading && !next.is_bold {
            found.push(
                finding(
                    "bold-as-heading",
                    format!("ย่อหน้าตัวหนา “{words}” ดูเหมือนหัวข้อ แต่โปรแกรมอ่านจอไม่รู้ว่าเป็นหัวข้อ"),
                    format!("the bold paragraph “{words}” looks like a heading, but no screen reader takes it for one"),
                )
                .at(text.place(block.range.clone())),
            );
        }
    }
}
