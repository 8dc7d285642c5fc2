//! Every page made for its messages alone: what a build would say, without
//! one.

use std::sync::Mutex;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::render::Renderer;

use super::verify::Verifier;
use super::{Content, Outputs, Source, attachment, make, scan};

/// A message, and the output (`2568/index.html`) that it was found on.
#[derive(Clone, Debug)]
pub struct Found {
    pub page: Option<String>,
    pub diagnostic: Diagnostic,
}

/// Renders every page and judges links and anchors. After a load with errors
/// (`whole` is false) files that are not listed are left out of that: what
/// could not be loaded would make links to it look broken.
///
/// `None` as soon as `go_on` says no, which is asked before each page. Each
/// page's scan is shown to `visit` too, so that nobody has to make it again.
pub fn survey(
    renderer: &Renderer,
    outputs: &Outputs,
    whole: bool,
    go_on: &(dyn Fn() -> bool + Sync),
    visit: &(dyn Fn(&str, &scan::Scan) + Sync),
) -> Option<Vec<Found>> {
    let base_path = renderer.site.base_path();
    let verifier = Mutex::new(Verifier::default());
    let made: Option<Vec<Vec<Found>>> = outputs
        .par_iter()
        .filter(|(_, source)| matches!(source, Source::Page(_)))
        .map(|(path, source)| {
            if !go_on() {
                return None;
            }
            let made = make(renderer, source);
            if let Content::Bytes(bytes) = &made.content
                && !made.is_cut()
            {
                let scan = scan::scan(bytes);
                visit(path, &scan);
                Verifier::page(&verifier, outputs, &base_path, path, scan);
            }
            let of_page = |diagnostic| Found {
                page: Some(path.clone()),
                diagnostic,
            };
            Some(made.diagnostics.into_iter().map(of_page).collect())
        })
        .collect();
    let mut found: Vec<Found> = made?.into_iter().flatten().collect();
    let verifier = verifier.into_inner().unwrap_or_default();
    if !whole {
        found.extend(verifier.finish_anchors(renderer, outputs));
        return Some(found);
    }
    let mut all = outputs.clone();
    all.extend(
        verifier
            .wanted(outputs)
            .into_iter()
            .filter_map(|path| attachment(renderer, &path).map(|source| (path, source))),
    );
    found.extend(verifier.finish(renderer, &all));
    let listing = &renderer.site.content.listing;
    let unused = crate::content::unused(listing, |path| all.contains_key(path));
    found.extend(unused.into_iter().map(|diagnostic| Found {
        page: None,
        diagnostic,
    }));
    Some(found)
}
