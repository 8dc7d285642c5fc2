//! Every internal link, anchor and attachment of the finished pages leads
//! somewhere, or the site is not put in place.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::read_source_text;
use crate::diagnostic::{Diagnostic, Place, Say};
use crate::files::SitePath;
use crate::render::Renderer;
use crate::site::address::Kind;
use crate::site::link::page_of;
use crate::site::refer::percent_decode;

use super::scan::{Scan, hash, join};
use super::{Found, Outputs, resolve};

/// What a page promised and could not be judged when it was made: a link to
/// an anchor of a page, or to a file that is not listed yet.
#[derive(Debug)]
struct Promise {
    from: String,
    to: String,
    anchor: Option<String>,
}

/// Collects scans of pages, from any number of threads in turn.
#[derive(Debug, Default)]
pub struct Verifier {
    ids: BTreeMap<String, Vec<u64>>,
    promises: Vec<Promise>,
    /// Page and id.
    repeated: Vec<(String, String)>,
}

impl Verifier {
    /// Takes in the page at `path` (`2568/index.html`). Links that are known
    /// to lead somewhere are forgotten at once.
    pub fn page(
        lock: &std::sync::Mutex<Self>,
        outputs: &Outputs,
        base_path: &str,
        path: &str,
        scan: Scan,
    ) {
        let mut promises = Vec::new();
        for link in scan.links {
            let (target, anchor) = match link.split_once('#') {
                Some((target, anchor)) => (
                    target,
                    Some(percent_decode(anchor)).filter(|a| !a.is_empty()),
                ),
                None => (link.as_str(), None),
            };
            if target.is_empty()
                && let Some(anchor) = &anchor
                && scan.ids.binary_search(&hash(anchor)).is_ok()
            {
                continue;
            }
            let target = target.split('?').next().unwrap_or(target);
            let to = if target.is_empty() {
                path.to_string()
            } else {
                match join(base_path, path, target) {
                    Some(to) => to,
                    None => target.to_string(),
                }
            };
            let known = resolve(outputs, &to).map(|(file, _)| {
                if anchor.is_some() {
                    file.clone()
                } else {
                    String::new()
                }
            });
            match (known, anchor) {
                (Some(_), None) => {}
                (Some(file), anchor) => promises.push(Promise {
                    from: path.to_string(),
                    to: file,
                    anchor,
                }),
                (None, anchor) => promises.push(Promise {
                    from: path.to_string(),
                    to,
                    anchor,
                }),
            }
        }
        let mut ids = scan.ids;
        ids.shrink_to_fit();
        let name = path.to_string();
        if let Ok(mut all) = lock.lock() {
            all.promises.extend(promises);
            all.repeated
                .extend(scan.repeated.into_iter().map(|id| (name.clone(), id)));
            all.ids.insert(name, ids);
        }
    }

    /// Paths that pages link to and no output has: attachments outside
    /// `files/` folders, or broken links.
    pub fn wanted(&self, outputs: &Outputs) -> BTreeSet<String> {
        self.promises
            .iter()
            .filter(|p| resolve(outputs, &p.to).is_none())
            .map(|p| p.to.clone())
            .collect()
    }

    /// Judges promises of anchors on pages that are there.
    pub fn finish_anchors(mut self, renderer: &Renderer, outputs: &Outputs) -> Vec<Found> {
        self.promises.retain(|p| resolve(outputs, &p.to).is_some());
        // Two records with one id were told as that.
        self.repeated.clear();
        self.finish(renderer, outputs)
    }

    /// Judges all promises.
    pub fn finish(self, renderer: &Renderer, outputs: &Outputs) -> Vec<Found> {
        let on = |page: &str, diagnostic| Found {
            page: Some(page.to_string()),
            diagnostic,
        };
        let mut found: Vec<Found> = self
            .repeated
            .iter()
            .map(|(page, id)| on(page, repeated(renderer, page, id)))
            .collect();
        for promise in &self.promises {
            let Some((file, _)) = resolve(outputs, &promise.to) else {
                found.push(on(&promise.from, broken(renderer, promise)));
                continue;
            };
            let Some(anchor) = &promise.anchor else {
                continue;
            };
            // Only pages have anchors; `#page=3` of a PDF is the reader's.
            let Some(ids) = self.ids.get(file) else {
                continue;
            };
            if ids.binary_search(&hash(anchor)).is_err() {
                found.push(on(&promise.from, missing_anchor(renderer, promise, anchor)));
            }
        }
        found
    }
}

fn place_of(renderer: &Renderer, page: &str, words: &str) -> Option<Place> {
    let address = page.strip_suffix("index.html").unwrap_or(page);
    let route = renderer.site.routes.get(address)?;
    let text = match route.lang {
        crate::diagnostic::Lang::En => {
            let thai = renderer
                .site
                .routes
                .counterpart(route)
                .and_then(|r| page_of(&renderer.site, &r.kind))?;
            let key = thai.file.strip_prefix("content/")?.strip_suffix(".md")?;
            renderer.site.english(key)?
        }
        crate::diagnostic::Lang::Th => page_of(&renderer.site, &route.kind)?,
    };
    let path = SitePath::new(&text.file).ok()?;
    let full = read_source_text(renderer.site.files.as_ref(), &path, &mut Vec::new())?;
    Some(match full.find(words) {
        Some(at) => Place::span(text.file.clone(), at..at + words.len()),
        None => Place::file(text.file.clone()),
    })
}

fn repeated(renderer: &Renderer, page: &str, id: &str) -> Diagnostic {
    let address = page.strip_suffix("index.html").unwrap_or(page);
    let diagnostic = Diagnostic::warning(
        "repeated-id",
        Say::new(
            format!("ตำแหน่ง “#{id}” มีสองแห่งในหน้า /{address} ลิงก์จะไปแห่งแรกเสมอ"),
            format!("the place “#{id}” stands twice on the page /{address}; links go to the first"),
        ),
    )
    .hint(Say::new(
        format!("เปลี่ยนชื่อ {{#{id}}} ของหัวข้อในหน้านี้"),
        format!("rename the {{#{id}}} of a heading on this page"),
    ));
    match place_of(renderer, page, &format!("{{#{id}}}")) {
        Some(place) => diagnostic.at(place),
        None => diagnostic,
    }
}

fn broken(renderer: &Renderer, promise: &Promise) -> Diagnostic {
    let page = promise
        .from
        .strip_suffix("index.html")
        .unwrap_or(&promise.from);
    let diagnostic = Diagnostic::error(
        "broken-link",
        Say::new(
            format!("หน้า /{page} มีลิงก์ไปยัง “{}” ซึ่งไม่มีอยู่", promise.to),
            format!(
                "the page /{page} links to “{}”, which is not there",
                promise.to
            ),
        ),
    );
    match place_of(renderer, &promise.from, &promise.to) {
        Some(place) => diagnostic.at(place),
        None => diagnostic,
    }
}

fn missing_anchor(renderer: &Renderer, promise: &Promise, anchor: &str) -> Diagnostic {
    let page = promise.to.strip_suffix("index.html").unwrap_or(&promise.to);
    let from = promise
        .from
        .strip_suffix("index.html")
        .unwrap_or(&promise.from);
    let diagnostic = Diagnostic::error(
        "missing-anchor",
        Say::new(
            format!("หน้า /{from} มีลิงก์ไปยังตำแหน่ง “#{anchor}” ซึ่งไม่มีในหน้า /{page}"),
            format!("the page /{from} links to the place “#{anchor}”, which the page /{page} does not have"),
        ),
    )
    .hint(Say::new(
        format!("ใส่ {{#{anchor}}} ท้ายหัวข้อปลายทาง หรือแก้ชื่อตำแหน่งในลิงก์"),
        format!("mark the heading there with {{#{anchor}}}, or correct the link"),
    ));
    // A redirect has no text of its own; the anchor is mended where it leads.
    let place = place_of(renderer, &promise.from, &format!("#{anchor}"))
        .or_else(|| place_of(renderer, &promise.to, &format!("{{#{anchor}}}")));
    match place {
        Some(place) => diagnostic.at(place),
        None => diagnostic,
    }
}

/// Whether a route's page is verified: redirects are, as they are pages too.
pub fn is_page(kind: &Kind) -> bool {
    !matches!(kind, Kind::Redirect(_))
}
