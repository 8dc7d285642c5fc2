//! Every link that content makes, in running text and in fields.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use rayon::prelude::*;

use crate::content::Reread;
use crate::diagnostic::Place;
use crate::fields::{Node, Table, Value};

pub struct Link {
    pub file: std::sync::Arc<str>,
    /// As written.
    pub to: String,
    /// What the reader sees, where the author wrote it.
    pub words: Option<Words>,
    /// The whole link, or the field that holds the address.
    pub place: Place,
    /// A document that is offered for download: an entry of `files`.
    pub is_attachment: bool,
}

pub struct Words {
    pub text: String,
    pub place: Place,
}

pub fn of(texts: &[Reread]) -> Vec<Link> {
    let of_text = |text: &Reread| {
        let mut links = Vec::new();
        of_table(text, &text.fields, None, &mut links);
        of_markdown(text, &mut links);
        links
    };
    texts.par_iter().flat_map_iter(of_text).collect()
}

/// Fields that name a place; any other may hold an address too.
const TARGETS: &[&str] = &["to", "path", "url"];

/// Fields that say what this very site is, and its licence's own page.
const NOT_LINKS: &[&str] = &["base_url", "licence_url"];

fn of_table(text: &Reread, table: &Table, key: Option<&str>, links: &mut Vec<Link>) {
    let titles: Vec<Words> = ["title", "title_en"]
        .iter()
        .filter_map(|key| table.get(key))
        .filter_map(|node| match &node.value {
            Value::Text(title) => Some(Words {
                text: title.clone(),
                place: text.place_at(&node.at),
            }),
            _ => None,
        })
        .collect();
    // A table of a page has a title and a path, but is no link.
    let titled = !matches!(key, Some("table" | "redirect"));
    let mut titles = if titled { titles } else { Vec::new() }.into_iter();
    for entry in &table.entries {
        if NOT_LINKS.contains(&entry.key.as_str()) {
            continue;
        }
        match &entry.node.value {
            Value::Text(to) if TARGETS.contains(&entry.key.as_str()) || is_address(to) => {
                let link = |words| Link {
                    file: text.file.clone(),
                    to: to.trim().to_string(),
                    words,
                    place: text.place_at(&entry.node.at),
                    is_attachment: key == Some("files"),
                };
                links.push(link(titles.next()));
                links.extend(titles.by_ref().map(|t| link(Some(t))));
            }
            Value::Text(words) => {
                let place = text.place_at(&entry.node.at);
                links.extend(addresses(words).map(|at| bare(text, &words[at], place.clone())));
            }
            value => of_value(text, value, &entry.key, links),
        }
    }
}

/// An address in running words, which readers copy as they click a link.
fn bare(text: &Reread, to: &str, place: Place) -> Link {
    Link {
        file: text.file.clone(),
        to: to.to_string(),
        words: None,
        place,
        is_attachment: false,
    }
}

/// Addresses that stand in a text as they are.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..)?;
            let at = from + rest.find("http")?;
            let whole = text.get(at..)?;
            let end = whole
                .find(|c: char| c.is_whitespace() || "\"'<>()[]{}“”|`".contains(c))
                .unwrap_or(whole.len());
            let end = whole
                .get(..end)?
                .trim_end_matches(['.', ',', ';', ':', '!', '?'])
                .len();
            from = at + end.max(4);
            let address = whole.get(..end)?;
            if is_address(address)
                && address
                    .split_once("://")
                    .is_some_and(|(_, r)| !r.is_empty())
            {
                return Some(at..at + end);
            }
        }
    })
}

fn of_value(text: &Reread, value: &Value, key: &str, links: &mut Vec<Link>) {
    match value {
        Value::Table(table) => of_table(text, table, Some(key), links),
        Value::List(nodes) => {
            for Node { value, at } in nodes {
                match value {
                    Value::Text(to) if is_address(to) => links.push(Link {
                        file: text.file.clone(),
                        to: to.trim().to_string(),
                        words: None,
                        place: text.place_at(at),
                        is_attachment: false,
                    }),
                    Value::Text(words) => links.extend(
                        addresses(words).map(|to| bare(text, &words[to], text.place_at(at))),
                    ),
                    _ => of_value(text, value, key, links),
                }
            }
        }
        _ => {}
    }
}

/// A field that is an address and nothing else.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}

fn of_markdown(text: &Reread, links: &mut Vec<Link>) {
    let mut open: Option<(String, std::ops::Range<usize>, String)> = None;
    for (event, range) in text.events() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                open = Some((dest_url.to_string(), range, String::new()));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((.., said)) = &mut open {
                    said.push_str(&words);
                } else {
                    // The words may differ from the file by an escape.
                    let written = text.text.get(range.clone()).unwrap_or("");
                    links.extend(addresses(written).map(|at| {
                        let place = range.start + at.start..range.start + at.end;
                        bare(text, &written[at], text.place(place))
                    }));
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((.., said)) = &mut open {
                    said.push(' ');
                }
            }
            Event::End(TagEnd::Link) => {
                if let Some((to, range, said)) = open.take() {
                    links.push(Link {
                        file: text.file.clone(),
                        to,
                        words: Some(Words {
                            text: said,
                            place: text.place(range.clone()),
                        }),
                        place: text.place(range),
                        is_attachment: false,
                    });
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_in_words_end_where_they_end() {
        for (text, all) in [
            (
                "ดูที่ https://a.go.th/x?id=1, และ http://b.co/.",
                vec!["https://a.go.th/x?id=1", "http://b.co/"],
            ),
            ("(https://a.go.th)", vec!["https://a.go.th"]),
            ("https:// และ http และ httpd", vec![]),
            ("ไทยhttps://a.co/ข้อ", vec!["https://a.co/ข้อ"]),
        ] {
            let found: Vec<&str> = addresses(text).map(|at| &text[at]).collect();
            assert_eq!(found, all, "{text}");
        }
    }
}
