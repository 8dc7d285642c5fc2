//! Sections of which only the heading is there.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::catalogue::Element;
use crate::check::context::Context;
use crate::check::finding::{Found, finding};
use crate::check::judged::year_of;
use crate::content::markdown::heading_number;
use crate::content::{Reread, TakenApart};
use crate::files::SitePath;

/// What of a page's head stands below its text, where it fills the last
/// section.
const BELOW_THE_TEXT: &[&str] = &["table", "files", "links", "questions", "none"];

struct Section {
    level: u8,
    heading: Range<usize>,
    id: Option<String>,
    words: String,
    /// Something besides headings stands in it.
    is_filled: bool,
    /// It goes on in a section of a lower level, which is judged by itself.
    has_sections: bool,
}

pub fn check(context: &Context<'_>, text: &TakenApart<'_>, found: &mut Found) {
    let sections = sections(text);
    let last = sections.len().saturating_sub(1);
    for (at, section) in sections.iter().enumerate() {
        let is_told = section.words.trim().is_empty() || is_vouched(context, text, section);
        if section.is_filled || section.has_sections || is_told {
            continue;
        }
        if at == last && goes_on_below(context, text) {
            continue;
        }
        let words = section.words.trim();
        found.push(
            finding(
                "empty-section",
                format!("ใต้หัวข้อ “{words}” ไม่มีเนื้อหา"),
                format!("nothing stands below the heading “{words}”"),
            )
            .at(text.place(section.heading.clone())),
        );
    }
}

fn sections(text: &TakenApart<'_>) -> Vec<Section> {
    let mut all: Vec<Section> = Vec::new();
    let mut in_heading = false;
    for (event, range) in text.events() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let level = heading_number(*level);
                if let Some(above) = all.last_mut() {
                    above.has_sections = level > above.level;
                }
                in_heading = true;
                all.push(Section {
                    level,
                    heading: range,
                    id: id.as_ref().map(|id| id.to_string()),
                    words: String::new(),
                    is_filled: false,
                    has_sections: false,
                });
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Text(words) | Event::Code(words) if in_heading => {
                if let Some(section) = all.last_mut() {
                    section.words.push_str(words);
                }
            }
            Event::Text(words) if words.trim().is_empty() => {}
            Event::Html(tag) | Event::InlineHtml(tag) if tag.starts_with("<!--") => {}
            Event::Text(_)
            | Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => {
                if let Some(section) = all.last_mut() {
                    section.is_filled = true;
                }
            }
            _ => {}
        }
    }
    all
}

/// A place that is vouched for is judged with its element.
fn is_vouched(context: &Context<'_>, text: &Reread, section: &Section) -> bool {
    let Some(id) = &section.id else {
        return false;
    };
    let is_named = text.text[..text.body.start].contains(&format!("\"#{id}\""));
    let year = SitePath::new(&text.file).ok().and_then(|p| year_of(&p));
    let catalogue = year.and_then(|year| context.site.catalogue(year));
    let is_it = |e: &Element| e.id == *id;
    is_named
        || catalogue.is_some_and(|c| c.items.iter().any(|item| item.elements.iter().any(is_it)))
}

/// Whether a table, files or records follow the text on its page.
fn goes_on_below(context: &Context<'_>, text: &Reread) -> bool {
    let of_head = |key: &&str| text.fields.get(key).is_some();
    let of_records = context.site.years.iter().any(|(year, of_year)| {
        of_year.topics.iter().any(|topic| {
            let page = context.site.topic_text(*year, topic);
            topic.has_data && page.is_some_and(|p| p.file == text.file)
        })
    });
    BELOW_THE_TEXT.iter().any(of_head) || of_records
}
