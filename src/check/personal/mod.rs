//! Personal data, before it is published: in texts, in attachments, in their
//! names and in pictures.
//!
//! A report is read by many and kept for long, so none of this is ever said
//! in full: each finding shows a mask, and a fingerprint by which it can be
//! allowed.

mod addresses;
mod citizens;
mod contact_numbers;
mod contacts;
mod known;
mod pieces;
mod published;
mod told;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::{FOLDER, is_dataset};
use crate::diagnostic::{Place, Say};
use crate::files::{Entry, SitePath};
use crate::output::{Numbers, Outputs, Source};
use crate::render::Renderer;
use crate::site::Site;
use crate::thai::mask_citizen_numbers;

use super::context::Context;
use super::documents::{self, Document};
use super::finding::{Finding, Found, finding};
use known::Known;
use pieces::Piece;

/// What a build refuses to publish.
pub const STOPS: &[&str] = &["citizen-number", "photo-location"];

pub fn check(context: &Context<'_>, found: &mut Found) {
    let listing = &context.site.content.listing;
    look(
        context.renderer,
        context.outputs,
        &context.pages.numbers,
        What::All,
        &|| true,
        found,
    );
    for entry in &listing.entries {
        signatories(context.site, &entry.path, found);
    }
}

/// How much is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum What {
    All,
    /// No more than a build needs to know.
    Stops,
}

/// Looks into every file of the content folder, each once, for as long as
/// `go_on` says so, and at what the finished `pages` show after all.
pub fn look(
    renderer: &Renderer,
    outputs: &Outputs,
    pages: &Numbers,
    what: What,
    go_on: &(dyn Fn() -> bool + Sync),
    found: &mut Found,
) {
    let site = renderer.site.as_ref();
    let known = Known::of(site);
    let seen: Vec<Seen> = site
        .content
        .listing
        .entries
        .par_iter()
        .filter(|entry| entry.path.starts_with_dir(FOLDER) && go_on())
        .map(|entry| File::new(site, &known, outputs, entry).look(what))
        .collect();
    documents::rest();
    let mut told = BTreeSet::new();
    for seen in seen {
        told.extend(seen.numbers);
        for finding in seen.findings {
            found.push(finding);
        }
        if let Some((file, why)) = seen.unread {
            found.not_checked(&file, why.th, why.en);
        }
    }
    if go_on() {
        published::check(renderer, outputs, pages, &told, found);
    }
}

#[derive(Default)]
struct Seen {
    findings: Vec<Finding>,
    unread: Option<(String, Say)>,
    /// Numbers of persons that no mask hides, each told or let pass.
    numbers: Vec<String>,
}

/// How the words of a file come to readers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// On pages, where numbers of persons are masked.
    Page,
    /// As a table in text, masked letter by letter.
    Csv,
    /// As it is.
    Copy,
}

struct File<'s> {
    site: &'s Site,
    known: &'s Known,
    entry: &'s Entry,
    way: Way,
    /// Its path as it may be shown.
    shown: Arc<str>,
}

impl<'s> File<'s> {
    fn new(site: &'s Site, known: &'s Known, outputs: &Outputs, entry: &'s Entry) -> File<'s> {
        let path = &entry.path;
        let inside = path.strip_dir(FOLDER).unwrap_or_default();
        let is_output = matches!(outputs.get(inside), Some(Source::Attachment(_)));
        let is_copy =
            is_output || (crate::site::refer::is_publishable(inside) && !is_dataset(path));
        let way = match path.extension().as_deref() {
            Some("csv") if is_copy => Way::Csv,
            _ if is_copy => Way::Copy,
            _ => Way::Page,
        };
        File {
            site,
            known,
            entry,
            way,
            shown: mask_citizen_numbers(path.as_str()).into(),
        }
    }

    fn look(&self, what: What) -> Seen {
        let mut seen = Seen::default();
        self.name(&mut seen);
        let files = self.site.files.as_ref();
        let path = &self.entry.path;
        let pieces = match path.extension().as_deref() {
            Some("md" | "toml") => pieces::of_text(files, path),
            Some("csv") => pieces::of_csv(files, path),
            _ => Ok(match documents::read(files, self.entry) {
                Some(document) => self.document(&document, &mut seen),
                None => Vec::new(),
            }),
        };
        let pieces = pieces.unwrap_or_else(|why| {
            seen.unread = Some((self.shown.to_string(), why));
            Vec::new()
        });
        self.citizens(&pieces, &mut seen);
        if what == What::All {
            self.contacts(&pieces, &mut seen.findings);
        }
        seen
    }

    fn document(&self, document: &Document, seen: &mut Seen) -> Vec<Piece> {
        let place = || Place::file(self.shown.clone());
        if self.way != Way::Page {
            if document.has_location {
                seen.findings.push(self.location(document).at(place()));
            }
            for author in document.authors.iter().filter(|a| !self.known.is_author(a)) {
                seen.findings.push(
                    finding(
                        "document-author",
                        format!("คุณสมบัติของไฟล์บอกชื่อผู้จัดทำ “{author}”"),
                        format!("the properties of this file name its author, “{author}”"),
                    )
                    .at(place()),
                );
            }
        }
        let pieces = pieces::of_document(document.passages.clone());
        let survey =
            |p: &&Piece| words::squeezed(&p.text).contains(crate::content::agency::STAFF_SURVEY);
        if let Some(piece) = pieces.iter().find(survey) {
            let mut told = crate::content::agency::staff_survey(piece.place(&self.shown, &(0..0)));
            let (th, en) = piece.beside(&(0..0));
            told.message.th.push_str(&th);
            told.message.en.push_str(&en);
            let mut one = finding("staff-survey-address", "", "");
            one.diagnostic = told;
            seen.findings.push(one);
        }
        if let Some(why) = &document.unread {
            seen.unread = Some((self.shown.to_string(), why.clone()));
        }
        pieces
    }
}

impl File<'_> {
    /// Allowed for this picture alone: another of the same name is another.
    fn location(&self, document: &Document) -> Finding {
        let code = "photo-location";
        let mark = self.mark(&document.digest);
        let fix = crate::check::rule(code).map_or(Say::new("", ""), |rule| rule.fix.clone());
        let allow = self.allow(code, &mark, (&fix.th, fix.en.trim_end_matches('.')));
        finding(
            code,
            "ภาพนี้บอกพิกัดของสถานที่ที่ถ่าย",
            "this picture tells where it was taken",
        )
        .hint(allow.th, allow.en)
        .marked(mark)
    }
}

/// Names in the memo of measures: the roles say who signed.
fn signatories(site: &Site, path: &SitePath, found: &mut Found) {
    if !matches!(path.file_name(), "measures.toml" | "measures-report.toml") {
        return;
    }
    let Ok(decoded) = site.files.read_text(path) else {
        return;
    };
    let text = decoded.text;
    let (table, _) = crate::fields::parse_toml(path.as_str(), &text, 0..text.len());
    for name in pieces::values(&table, &["memo", "signatory", "name"]) {
        found.push(
            finding(
                "signatory-name",
                "ชื่อผู้ลงนามในบันทึกข้อความ บอกตำแหน่งก็พอ",
                "a name under a memo where the role is enough",
            )
            .at(Place {
                file: path.as_str().into(),
                at: name.at.clone(),
            }),
        );
    }
}
