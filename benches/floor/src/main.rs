//! floor SRC OUT [THREADS]: the shortest whole build of the benchmark's site.
//!
//! Reads each page once, parses its front matter and Markdown, resolves links
//! to .md files, renders into a layout of fixed strings, writes it, and keeps
//! only what lists and the sitemap need. No heading ids, no checks of anchors,
//! no template language, no hashes, no safe replacement of the old site: what
//! a generator takes beyond this is what it does beyond this.
//!
//! SRC is the `prongsai` flavour of generate.py.
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};
use rayon::prelude::*;
use serde::Deserialize;

const SITE: &str = "เทศบาลตำบลธารสมมุติ";
const BASE: &str = "https://bench.example.go.th";
const FRAME: &str = include_str!("../../layout/base.html");
const PAGE: &str = include_str!("../../layout/page.html");

#[derive(Deserialize)]
struct Front {
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    summary: String,
    updated: Option<toml::value::Datetime>,
    #[serde(default)]
    unit: String,
}

/// What lists, feed and sitemap need of a page.
struct Short {
    key: String,
    title: String,
    summary: String,
    date: String,
}

/// A layout cut at its `{marks}`.
struct Layout(Vec<(&'static str, &'static str)>);

impl Layout {
    fn new(text: &'static str) -> Self {
        let mut parts = Vec::new();
        for (at, piece) in text.split('{').enumerate() {
            match piece.split_once('}') {
                Some(part) if at > 0 => parts.push(part),
                _ => parts.push(("", piece)),
            }
        }
        Self(parts)
    }

    fn fill(&self, out: &mut String, value: impl Fn(&str, &mut String)) {
        for (mark, text) in &self.0 {
            if !mark.is_empty() {
                value(mark, out);
            }
            out.push_str(text);
        }
    }
}

fn escape(s: &str, out: &mut String) {
    let mut from = 0;
    for (i, b) in s.bytes().enumerate() {
        let r = match b {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&s[from..i]);
        out.push_str(r);
        from = i + 1;
    }
    out.push_str(&s[from..]);
}

fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), out);
        } else {
            out.push(entry.path());
        }
    }
}

fn split(text: &str) -> (&str, &str) {
    let rest = text.strip_prefix("+++\n").expect("front matter");
    let end = rest.find("\n+++\n").expect("end of front matter");
    (&rest[..end], &rest[end + 5..])
}

/// `pages/a0001/2565/o01.md` is `a0001/2565/o01/`; a folder's index is the folder.
fn address(inside: &str) -> String {
    let bare = inside.strip_prefix("pages/").unwrap_or(inside);
    let bare = bare.strip_suffix(".md").unwrap_or(bare);
    match bare.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_string(),
        _ => format!("{bare}/"),
    }
}

fn join(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

fn markdown(from: &str, body: &str, known: &HashSet<String>, out: &mut String) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(body, options).map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) if dest_url.ends_with(".md") => {
            let to = join(from, &dest_url);
            assert!(known.contains(&to), "{from}: broken link {dest_url}");
            let dest_url = CowStr::from(format!("/{}", address(&to)));
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        event => event,
    });
    html::push_html(out, events);
}

fn put(out: &Path, path: &str, text: &str) {
    let folder = out.join(path);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), text).unwrap();
}

struct Frame {
    frame: Layout,
    page: Layout,
}

impl Frame {
    fn page(&self, key: &str, front: &Front, date: &str, content: &str, list: bool) -> String {
        let mut out = String::with_capacity(content.len() + 6 * 1024);
        self.frame.fill(&mut out, |mark, out| match mark {
            "title" => escape(&front.title, out),
            "site" => out.push_str(SITE),
            "description" => escape(&front.description, out),
            "url" => {
                let _ = write!(out, "{BASE}/{key}");
            }
            "date" => out.push_str(date),
            "crumbs" => {
                out.push_str("<nav class=\"crumbs\" aria-label=\"ท่านอยู่ที่\"><ol><li><a href=\"/\">หน้าแรก</a></li>");
                let own = key.trim_end_matches('/');
                for (at, _) in own.match_indices('/') {
                    let _ = write!(out, "<li><a href=\"/{0}/\">{0}</a></li>", &own[..at]);
                }
                out.push_str("<li aria-current=\"page\">");
                escape(&front.title, out);
                out.push_str("</li></ol></nav>");
            }
            "main" if list => out.push_str(content),
            "main" => self.page.fill(out, |mark, out| match mark {
                "unit" => escape(&front.unit, out),
                "date" => out.push_str(date),
                _ => out.push_str(content),
            }),
            _ => panic!("mark {mark}"),
        });
        out
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (root, out) = (Path::new(&args[1]).join("content"), Path::new(&args[2]));
    if let Some(threads) = args.get(3) {
        rayon::ThreadPoolBuilder::new().num_threads(threads.parse().unwrap()).build_global().unwrap();
    }
    let frame = Frame { frame: Layout::new(FRAME), page: Layout::new(PAGE) };
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.retain(|f| f.extension().is_some_and(|e| e == "md"));
    files.sort();
    let inside: Vec<String> =
        files.iter().map(|f| f.strip_prefix(&root).unwrap().to_str().unwrap().to_string()).collect();
    let known: HashSet<String> = inside.iter().cloned().collect();
    let shorts: Vec<Short> = files
        .par_iter()
        .zip(&inside)
        .map_init(String::new, |buffer, (file, inside)| {
            let text = std::fs::read_to_string(file).unwrap();
            let (front, body) = split(&text);
            let front: Front = toml::from_str(front).unwrap();
            let date = front.updated.map(|d| d.to_string()).unwrap_or_default();
            let key = address(inside);
            // Folders' own pages wait for their lists.
            if !inside.ends_with("index.md") {
                buffer.clear();
                markdown(inside, body, &known, buffer);
                put(out, &key, &frame.page(&key, &front, &date, buffer, false));
            }
            Short { key, title: front.title, summary: front.summary, date }
        })
        .collect();
    let mut lists: BTreeMap<&str, (String, &Short)> = BTreeMap::new();
    let news = Short { key: "news/".into(), title: "ข่าวและประกาศ".into(), summary: String::new(), date: String::new() };
    lists.insert("news/", (String::new(), &news));
    for (short, inside) in shorts.iter().zip(&inside) {
        if inside.ends_with("index.md") {
            lists.insert(&short.key, (String::new(), short));
        }
    }
    let mut map = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let mut feed = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{SITE}</title><id>{BASE}/</id>\n");
    for short in shorts.iter().chain([&news]) {
        let _ = writeln!(map, "<url><loc>{BASE}/{}</loc><lastmod>{}</lastmod></url>", short.key, short.date);
        if short.key.is_empty() {
            continue;
        }
        let own = short.key.trim_end_matches('/');
        let folder = own.rfind('/').map_or("", |at| &own[..=at]);
        if let Some((list, _)) = lists.get_mut(folder) {
            let _ = write!(list, "<li><a href=\"/{}\">{}</a></li>", short.key, short.title);
        }
        if folder == "news/" {
            let _ = writeln!(feed, "<entry><title>{}</title><id>{BASE}/{}</id><summary>{}</summary></entry>", short.title, short.key, short.summary);
        }
    }
    map.push_str("</urlset>\n");
    feed.push_str("</feed>\n");
    for (key, (list, short)) in &lists {
        let front = Front { title: short.title.clone(), description: short.title.clone(), summary: String::new(), updated: None, unit: String::new() };
        let list = format!("<section id=\"pages\"><h2>หน้าในหมวดนี้</h2><ul>{list}</ul></section>");
        put(out, key, &frame.page(key, &front, &short.date, &list, true));
    }
    std::fs::write(out.join("sitemap.xml"), &map).unwrap();
    std::fs::write(out.join("feed.xml"), &feed).unwrap();
    std::fs::create_dir_all(out.join("files")).unwrap();
    std::fs::copy(root.join("files/qr.svg"), out.join("files/qr.svg")).unwrap();
    println!("{} pages", shorts.len());
}
