//! A finished page → the words that it shows, in the blocks that they stand
//! in. What is found is what is published, whatever made it: masked numbers
//! stay masked.

use crate::site::refer::percent_decode;

/// The words of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// A paragraph, a row of a table, an entry of a list, a heading.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The nearest id at or above it; empty at the top of the page.
    pub anchor: String,
    pub heading: bool,
    /// Cells are parted by tabs.
    pub text: String,
    /// Names of files that it links to.
    pub files: String,
}

/// Tags that stand inside a line of words.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "data", "dfn", "del", "em", "i", "img", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
/// Tags whose words are no words of the page.
const SILENT: &[&str] = &[
    "script", "style", "svg", "nav", "form", "template", "noscript", "select", "button",
];

/// Reads what stands in `<main>`, without elements that have the attribute
/// `data-nosearch`. `None` for a page that is no page.
pub fn words(html: &[u8]) -> Option<Words> {
    let html = std::str::from_utf8(html).ok()?;
    let main = html.get(html.find("<main")?..)?;
    let main = main.get(..main.find("</main>").unwrap_or(main.len()))?;
    let mut reader = Reader::default();
    let mut rest = main;
    while let Some(open) = rest.find('<') {
        reader.text(&rest[..open]);
        let Some(tag) = Tag::read(&rest[open..]) else {
            rest = "";
            break;
        };
        rest = &rest[open + tag.length..];
        let silent = SILENT.contains(&tag.name) || tag.attribute("data-nosearch").is_some();
        if silent && !tag.closing {
            rest = after_element(rest, tag.name);
            continue;
        }
        reader.tag(&tag);
    }
    reader.text(rest);
    reader.end_block();
    Some(reader.words)
}

#[derive(Default)]
struct Reader {
    words: Words,
    block: Block,
    anchor: String,
    in_title: bool,
}

impl Reader {
    fn text(&mut self, raw: &str) {
        let into = if self.in_title {
            &mut self.words.title
        } else {
            &mut self.block.text
        };
        push_words(into, &unescape(raw));
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "h1" => {
                self.end_block();
                self.in_title = !tag.closing && self.words.title.is_empty();
            }
            "a" if !tag.closing => {
                if let Some(name) = tag.attribute("href").and_then(file_name) {
                    self.block.files.push_str(&name);
                    self.block.files.push('\n');
                }
            }
            "td" | "th" | "dt" | "dd" => {
                if tag.name == "dt" && !tag.closing {
                    self.end_block();
                }
                if !self.block.text.is_empty() && !self.block.text.ends_with('\t') {
                    self.block.text.truncate(self.block.text.trim_end().len());
                    self.block.text.push('\t');
                }
            }
            // A list in a cell does not end the row.
            "li" | "ul" | "ol" | "p" | "br" | "div" if self.block.text.contains('\t') => {
                push_words(&mut self.block.text, " ");
            }
            name if INLINE.contains(&name) => {}
            "br" => push_words(&mut self.block.text, " "),
            name => {
                self.end_block();
                self.block.heading = !tag.closing && matches!(name, "h2" | "h3" | "h4" | "caption");
            }
        }
        if !tag.closing
            && !INLINE.contains(&tag.name)
            && let Some(id) = tag.attribute("id")
            && tag.name != "caption"
            && tag.name != "main"
        {
            self.anchor = unescape(id);
            if self.block.text.is_empty() {
                self.block.anchor.clone_from(&self.anchor);
            }
        }
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        self.block.anchor.clone_from(&self.anchor);
        block.text.truncate(block.text.trim_end().len());
        if !block.text.is_empty() || !block.files.is_empty() {
            self.words.blocks.push(block);
        }
    }
}

/// Adds text with blanks as a reader sees them: one, and none at the start.
fn push_words(into: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() && c != '\u{a0}' {
            if !into.is_empty() && !into.ends_with([' ', '\t']) {
                into.push(' ');
            }
        } else {
            into.push(c);
        }
    }
}

/// The name of a file that a link leads to, without its ending.
fn file_name(href: &str) -> Option<String> {
    let path = unescape(href);
    if path.contains("://") || path.starts_with(['#', '?']) || path.contains(':') {
        return None;
    }
    let path = percent_decode(path.split(['?', '#']).next().unwrap_or_default());
    let (stem, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    let is_file = !stem.is_empty() && !matches!(ending, "html" | "");
    is_file.then(|| stem.replace(['-', '_'], " "))
}

struct Tag<'h> {
    name: &'h str,
    closing: bool,
    inside: &'h str,
    length: usize,
}

impl<'h> Tag<'h> {
    /// Reads a tag or a comment that `html` begins with; quoted values may
    /// hold `>`.
    fn read(html: &'h str) -> Option<Tag<'h>> {
        if html.starts_with("<!--") {
            let length = html.find("-->")? + 3;
            return Some(Tag {
                name: "wbr",
                closing: true,
                inside: "",
                length,
            });
        }
        let mut quoted = false;
        let end = html.bytes().position(|b| {
            quoted ^= b == b'"';
            b == b'>' && !quoted
        })?;
        let inside = html.get(1..end)?;
        let closing = inside.starts_with('/');
        let inside = inside.trim_start_matches('/');
        let name = inside
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        Some(Tag {
            name,
            closing,
            inside,
            length: end + 1,
        })
    }

    /// The value of an attribute, empty where it has none.
    fn attribute(&self, name: &str) -> Option<&'h str> {
        let mut rest = self.inside;
        while let Some(at) = rest.find(name) {
            let before = rest[..at].chars().next_back();
            let after = &rest[at + name.len()..];
            if before.is_some_and(char::is_whitespace) {
                match after.strip_prefix("=\"") {
                    Some(value) => return value.split('"').next(),
                    None if after.is_empty() || after.starts_with(char::is_whitespace) => {
                        return Some("");
                    }
                    None => {}
                }
            }
            rest = after;
        }
        None
    }
}

/// What follows the element whose start tag was just read.
fn after_element<'h>(html: &'h str, name: &str) -> &'h str {
    let mut depth = 1usize;
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let Some(tag) = Tag::read(&rest[open..]) else {
            return "";
        };
        rest = &rest[open + tag.length..];
        if tag.name == name {
            if tag.closing {
                depth -= 1;
            } else if !tag.inside.ends_with('/') {
                depth += 1;
            }
            if depth == 0 {
                return rest;
            }
        }
    }
    ""
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest
            .find(';')
            .filter(|end| *end < 10)
            .and_then(|end| Some((letter(rest.get(1..end)?)?, end + 1)));
        match entity {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn letter(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(html: &str) -> Vec<String> {
        let words = words(html.as_bytes()).expect("a page");
        words.blocks.into_iter().map(|b| b.text).collect()
    }

    #[test]
    fn what_a_page_shows_is_read_in_blocks() {
        let html = "<nav>no</nav><main id=\"main\"><h1>ชื่อ &amp; เรื่อง</h1>\n<p>หนึ่ง <b>สอง</b>&nbsp;3<br>สี่</p>\
            <p data-nosearch>no <p>x</p></p><svg><title>no</title></svg><h2 id=\"a\">หัว</h2><script>no</script>\
            <table><tr id=\"r\"><th>ก</th><td><ul><li>ข</li><li>ค</li></ul></td></tr></table>\
            <a href=\"../files/%E0%B8%81-no_gift.pdf\">ไฟล์</a></main><footer>no</footer>";
        let words = words(html.as_bytes()).expect("a page");
        assert_eq!(words.title, "ชื่อ & เรื่อง");
        assert_eq!(blocks(html), ["หนึ่ง สอง\u{a0}3 สี่", "หัว", "ก\tข ค", "ไฟล์"]);
        let of = |i: usize| &words.blocks[i];
        assert_eq!(of(0).anchor, "");
        assert_eq!((of(1).anchor.as_str(), of(1).heading), ("a", true));
        assert_eq!((of(2).anchor.as_str(), of(2).heading), ("r", false));
        assert_eq!(of(3).files, "ก no gift\n");
    }

    #[test]
    fn links_to_pages_and_other_hosts_name_no_file() {
        for href in [
            "https://x/a.pdf",
            "mailto:a@b.go.th",
            "../a/",
            "a/index.html",
            "#a.b",
            "../..",
        ] {
            assert_eq!(file_name(href), None, "{href}");
        }
    }

    #[test]
    fn broken_markup_does_not_stop_it() {
        assert_eq!(words(b"no page"), None);
        for html in [
            "<main",
            "<main><",
            "<main><p",
            "<main><!-- ",
            "<main><svg><p>",
            "<main>&#xffffffff;&",
            "<main><a href=\"x",
        ] {
            let _ = words(html.as_bytes());
        }
    }
}
