//! What the preview adds to the site: the script on each page, and what it
//! asks for.

use serde_json::{Value, json};

use crate::diagnostic::{Lang, system};
use crate::files::{Files, SitePath, Sources};
use crate::render::html::escaped;
use crate::site::ItemState;
use crate::site::address::Route;
use crate::site::refer::percent_decode;

use super::generation::{Answer, MadePage};
use super::http::{Body, Reply, Request};
use super::messages::edit_json;
use super::{NOT_FOUND, Preview, Shown, edit, editor, words};

/// Below the site's base path. No content file can take this name: names of
/// pages have no underscores.
pub const FOLDER: &str = "__prongsai/";

const SCRIPT: &str = include_str!("preview.js");

/// A page with the script before the end of its body: the one thing by which
/// it differs from the page that is published.
pub fn with_script(page: &MadePage, shown: &Shown, preview: &Preview) -> Vec<u8> {
    let base = &shown.site.base_path;
    let reload = if preview.settings.reload {
        ""
    } else {
        " data-reload=\"no\""
    };
    let script = format!(
        "<script src=\"{src}{FOLDER}preview.js\" data-base=\"{src}\" data-build=\"{build}\" data-run=\"{run}\" data-page=\"{hash}\" data-lang=\"{lang}\"{reload} defer></script>",
        src = escaped(&crate::render::links::encode_path(base)),
        build = shown.site.number,
        run = preview.run,
        hash = page.hash,
        lang = preview.settings.lang.id(),
    );
    let at = memchr::memmem::rfind(&page.bytes, b"</body>").unwrap_or(page.bytes.len());
    let mut bytes = Vec::with_capacity(page.bytes.len() + script.len());
    bytes.extend_from_slice(&page.bytes[..at]);
    bytes.extend_from_slice(script.as_bytes());
    bytes.extend_from_slice(&page.bytes[at..]);
    bytes
}

impl Preview {
    /// Answers what the script asks for.
    pub(super) fn live(&self, shown: &Shown, request: &Request<'_>, name: &str) -> Reply {
        match (request.method, name) {
            ("POST", "open") => self.open(shown, request),
            ("GET" | "HEAD", "preview.js") => {
                let body = Body::Bytes(SCRIPT.as_bytes().into());
                let reply = Reply::new(200, "text/javascript; charset=utf-8", body);
                reply.validated(request, env!("PRONGSAI_SOURCES"))
            }
            ("GET" | "HEAD", "events") => Reply::new(200, "text/event-stream", Body::Events),
            ("GET" | "HEAD", "state") => {
                let page = request.query("page").unwrap_or_default();
                let state = self.state(shown, &page, request.near);
                let body = Body::Bytes(state.to_string().into_bytes().into());
                Reply::new(200, "application/json", body)
            }
            (_, "open") => Reply::text(405, "Only POST.").with("Allow", "POST"),
            (_, "preview.js" | "events" | "state") => {
                Reply::text(405, "Only GET and HEAD.").with("Allow", "GET, HEAD")
            }
            _ => Reply::text(404, "Not found"),
        }
    }

    /// All that a tab needs to know of the page that it shows, by the path in
    /// its address.
    fn state(&self, shown: &Shown, page: &str, near: bool) -> Value {
        let site = &shown.site;
        let lang = self.settings.lang;
        let path = percent_decode(page);
        let inside = path.strip_prefix(site.base_path.as_str());
        let gone = shown
            .former
            .iter()
            .any(|former| path.starts_with(former.as_str()))
            && !inside.is_some_and(|p| matches!(site.find(p), Answer::Page(_)));
        let file = match inside.map(|path| site.find(path)) {
            Some(Answer::Page(file)) => file.as_str(),
            _ => NOT_FOUND,
        };
        let made = self.best(shown, file);
        // An older version is on screen: of the whole site, or of this page.
        let held = site.page(file).is_some_and(|now| now.failed)
            && made.as_ref().is_some_and(|shown| !shown.failed);
        let route = site.route(file);
        let files = site.files.as_ref();
        let mut sources = Sources::new(files);
        let place = route.and_then(|route| edit::of_page(&site.renderer.site, route));
        json!({
            "run": self.run,
            "revision": shown.revision,
            "build": site.number,
            "checking": shown.checking,
            "lang": lang.id(),
            "page": {
                // A tab at a former address is to load it, and is sent on.
                "hash": if gone { Some("moved".to_string()) } else { made.map(|m| m.hash.clone()) },
                "styles": site.styles(),
            },
            "problems": shown.messages.for_page(
                file,
                place.as_ref().map(|p| &*p.file),
                shown.is_stale() || held,
            ),
            "check": route.and_then(|route| self.standing(shown, route, &mut sources)),
            "edit": place.map(|place| edit_json(&place, files, &mut sources)),
            "canOpen": near,
            "words": words::all(lang),
        })
    }

    fn standing(&self, shown: &Shown, route: &Route, sources: &mut Sources<'_>) -> Option<Value> {
        let renderer = &shown.site.renderer;
        let files = shown.site.files.as_ref();
        let standing = renderer.standing(route, self.settings.lang)?;
        let year = standing.year;
        let item = standing.item.map(|item| {
            let needed = item.checks.len();
            let is_open = |state: &str| matches!(state, "missing" | "incomplete" | "todo");
            let open = item.checks.iter().filter(|(_, c)| is_open(c.state)).count();
            let word = if open == 0 && item.state == ItemState::Incomplete {
                match self.settings.lang {
                    Lang::Th => "หน้านี้ครบ แต่ทั้งข้อยังไม่ครบ".to_string(),
                    Lang::En => "this page complete, the item not".to_string(),
                }
            } else {
                item.word
            };
            let rows: Vec<Value> = item
                .checks
                .into_iter()
                .map(|(element, check)| {
                    let site = &renderer.site;
                    let place = edit::of_element(site, year, item.index, &element)
                        .or_else(|| edit::of_page(site, route));
                    json!({
                        "state": state_of(check.state),
                        "word": check.word,
                        "text": check.text,
                        "href": check.places.first().map(|p| &p.href),
                        "note": check.note,
                        "edit": place.map(|place| edit_json(&place, files, sources)),
                    })
                })
                .collect();
            json!({
                "code": item.code,
                "title": item.title,
                "state": item.state.id(),
                "word": word,
                "shown": needed - open,
                "needed": needed,
                "href": item.href,
                "rows": rows,
            })
        });
        Some(json!({
            "year": year,
            "label": standing.label,
            "complete": standing.complete,
            "items": standing.items,
            "href": standing.href,
            "item": item,
        }))
    }

    /// Opens a file of the site in the webmaster's editor. A page elsewhere
    /// must not: it can send no such header without asking first, which is
    /// not answered.
    fn open(&self, shown: &Shown, request: &Request<'_>) -> Reply {
        let own_origin = || {
            let origin = request.header("Origin")?;
            let host = request.host()?;
            Some(origin == format!("http://{host}"))
        };
        let from_page = request.header("X-Prongsai") == Some("open")
            && own_origin().unwrap_or(true)
            && request
                .header("Sec-Fetch-Site")
                .is_none_or(|site| site == "same-origin");
        if !request.near || !from_page {
            return Reply::text(403, "Only pages of this preview, on this machine.");
        }
        let lang = self.settings.lang;
        let say = |th: String, en: String| match lang {
            Lang::Th => th,
            Lang::En => en,
        };
        let file = request.query("file").unwrap_or_default();
        let line = request.query("line").and_then(|l| l.parse().ok());
        let path = SitePath::new(&file).ok();
        let disk = path.and_then(|path| shown.newest.files.disk_path(&path));
        let Some(disk) = disk else {
            return Reply::text(
                404,
                &say(
                    format!("ยังไม่มีไฟล์ {file} ให้สร้างไฟล์ใหม่ด้วยชื่อนี้"),
                    format!("there is no file {file} yet: make a new one of this name"),
                ),
            );
        };
        match editor::open(self.settings.editor.as_deref(), &disk, line.unwrap_or(1)) {
            Ok(()) => Reply::text(204, ""),
            Err(error) => Reply::text(
                500,
                &say(
                    format!(
                        "เปิดโปรแกรมแก้ไขไม่ได้: {} (กำหนดโปรแกรมด้วย --editor)",
                        system::why(&error).th
                    ),
                    format!("the editor did not start: {error} (name one with --editor)"),
                ),
            ),
        }
    }
}

/// The states of elements as the script knows them: what only advises is
/// doubtful here too.
fn state_of(state: &'static str) -> &'static str {
    match state {
        "todo" => "doubtful",
        other => other,
    }
}
