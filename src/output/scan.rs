//! Reads a finished page again: its ids, and where it links to. What is
//! verified is what is published, whatever made it.

use crate::site::refer::percent_decode;

use super::{Outputs, resolve};

/// A page's ids, as hashes, and its links to places of the same site.
#[derive(Debug, Default)]
pub struct Scan {
    pub ids: Vec<u64>,
    pub links: Vec<String>,
    /// Ids that stand twice: a jump would lead to the first, whichever was
    /// meant.
    pub repeated: Vec<String>,
    /// Numbers of persons that it shows; hardly any page has one.
    pub numbers: Vec<String>,
}

/// FNV-1a: ids are few and short, and a page's own table is searched.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Reads attributes of tags; the renderer writes them all in double quotes.
pub fn scan(html: &[u8]) -> Scan {
    let mut scan = Scan {
        numbers: super::numbers(html),
        ..Scan::default()
    };
    let mut rest = html;
    while let Some(open) = memchr::memchr(b'<', rest) {
        let mut tag = &rest[open + 1..];
        if tag.starts_with(b"!--") {
            rest = memchr::memmem::find(tag, b"-->").map_or(&[][..], |end| &tag[end..]);
            continue;
        }
        // To the end of the tag; quoted values may hold `>`.
        loop {
            let Some(at) = tag.iter().position(|b| matches!(b, b'"' | b'>')) else {
                rest = &[];
                break;
            };
            if tag[at] == b'>' {
                rest = &tag[at + 1..];
                break;
            }
            let name = &tag[..at];
            let value = &tag[at + 1..];
            let Some(end) = memchr::memchr(b'"', value) else {
                rest = &[];
                break;
            };
            let name = name
                .rsplit(|b| matches!(b, b' ' | b'\n'))
                .next()
                .unwrap_or(b"");
            if matches!(name, b"id=" | b"href=" | b"src=" | b"srcset=") {
                let name = std::str::from_utf8(name).unwrap_or("");
                attribute(
                    &mut scan,
                    name,
                    std::str::from_utf8(&value[..end]).unwrap_or(""),
                );
            }
            tag = &value[end + 1..];
        }
    }
    scan.ids.sort_unstable();
    if scan.ids.windows(2).any(|pair| pair[0] == pair[1]) {
        scan.repeated = repeated_ids(html);
    }
    scan.links.sort_unstable();
    scan.links.dedup();
    scan
}

/// The names of ids that stand twice; only pages that have any pay for this.
fn repeated_ids(html: &[u8]) -> Vec<String> {
    let mut seen = std::collections::BTreeMap::new();
    for at in memchr::memmem::find_iter(html, b" id=\"") {
        let value = &html[at + 5..];
        let end = memchr::memchr(b'"', value).unwrap_or(0);
        if let Ok(id) = std::str::from_utf8(&value[..end]) {
            *seen.entry(unescape(id)).or_insert(0usize) += 1;
        }
    }
    seen.into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(id, _)| id)
        .collect()
}

fn attribute(scan: &mut Scan, name: &str, value: &str) {
    match name {
        "id=" => scan.ids.push(hash(&unescape(value))),
        // Candidates `address 640w`, apart by commas that no address of ours
        // holds.
        "srcset=" => {
            for candidate in value.split(',') {
                let address = candidate.split_whitespace().next().unwrap_or_default();
                attribute(scan, "src=", address);
            }
        }
        "href=" | "src=" => {
            let outside = value.contains("://")
                || ["mailto:", "tel:", "data:"]
                    .iter()
                    .any(|s| value.starts_with(s));
            if !outside {
                scan.links.push(unescape(value));
            }
        }
        _ => {}
    }
}

fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_string();
    }
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// The outputs that a page links to, other than itself.
pub fn targets(base_path: &str, from: &str, scan: &Scan, outputs: &Outputs) -> Vec<String> {
    let mut targets: Vec<String> = scan
        .links
        .iter()
        .filter_map(|link| {
            let path = link.split(['?', '#']).next().filter(|p| !p.is_empty())?;
            let to = join(base_path, from, path)?;
            let (file, _) = resolve(outputs, &to)?;
            (file != from).then(|| file.clone())
        })
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// The path in the site that a link on the page `from` means.
pub fn join(base_path: &str, from: &str, link: &str) -> Option<String> {
    let link = percent_decode(link);
    if let Some(absolute) = link.strip_prefix('/') {
        let inside = absolute.strip_prefix(base_path.trim_start_matches('/'))?;
        return Some(inside.to_string());
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    let ends = link.ends_with('/') || link.ends_with("..") || link.ends_with('.');
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    let mut path = parts.join("/");
    if ends && !path.is_empty() {
        path.push('/');
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_links_are_found_and_outside_is_left_alone() {
        let s = scan(
            "<!-- <a href=\"no/\"> --><h2 id=\"ก\">x</h2><a title=\"a > b\" href=\"../x/?a=1&amp;b\">y</a><a href=\"https://a/\">z</a><img src=\"p.svg\">".as_bytes(),
        );
        assert_eq!(s.ids, [hash("ก")]);
        assert_eq!(s.links, ["../x/?a=1&b", "p.svg"]);
    }

    #[test]
    fn ids_that_stand_twice_are_named() {
        assert_eq!(
            scan(b"<p id=\"a\"><p id=\"b\"><p id=\"a\">").repeated,
            ["a"]
        );
        assert!(scan(b"<p id=\"a\"><p id=\"b\">").repeated.is_empty());
    }

    #[test]
    fn broken_markup_does_not_stop_it() {
        for html in ["<", "<a href=\"", "<a href=\"x", "<!-- x", "<a \"\"\""] {
            let _ = scan(html.as_bytes());
        }
    }

    #[test]
    fn links_are_joined_as_a_browser_does() {
        let join = |from: &str, link: &str| join("", from, link);
        assert_eq!(
            join("2568/o1/index.html", "../../contact/"),
            Some("contact/".into())
        );
        assert_eq!(join("2568/o1/index.html", "../.."), Some(String::new()));
        assert_eq!(join("index.html", "./"), Some(String::new()));
        assert_eq!(
            join("a/index.html", "../files/%E0%B8%81.pdf"),
            Some("files/ก.pdf".into())
        );
        assert_eq!(join("a/index.html", "../../x"), None);
    }
}
