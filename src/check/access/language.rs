//! Pages in another language than they say: a screen reader speaks them with
//! the wrong voice.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::finding::{Found, finding};
use crate::content::TakenApart;

/// Fewer letters tell nothing: names and terms stay in their language.
const ENOUGH: usize = 80;

pub fn check(text: &TakenApart<'_>, found: &mut Found) {
    let (mut thai, mut latin) = (0usize, 0usize);
    let mut first = None;
    let mut code = 0usize;
    for (event, range) in text.events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(TagEnd::CodeBlock) => code = code.saturating_sub(1),
            Event::Text(words) if code == 0 && !words.contains("://") => {
                first.get_or_insert(range);
                thai += words.chars().filter(|c| ('ก'..='๎').contains(c)).count();
                latin += words.chars().filter(char::is_ascii_alphabetic).count();
            }
            _ => {}
        }
    }
    let (Some(first), true) = (first, thai + latin >= ENOUGH) else {
        return;
    };
    let one = if text.file.starts_with("content/en/") {
        if thai <= latin {
            return;
        }
        finding(
            "language-of-english-page",
            "หน้าภาษาอังกฤษนี้เป็นภาษาไทยเป็นส่วนใหญ่",
            "most of this English page is in Thai",
        )
    } else {
        if latin < thai * 4 {
            return;
        }
        finding(
            "language-of-thai-page",
            "หน้าภาษาไทยนี้เป็นภาษาอังกฤษเป็นส่วนใหญ่",
            "most of this Thai page is in English",
        )
    };
    found.push(one.at(text.place(first)));
}
