//! Every file of the website: pages, styles, attachments, feed, sitemap,
//! redirects. What each is and how its bytes are made; not where they go.

mod feed;
mod hosting;
mod numbers;
pub mod scan;
pub mod search;
mod survey;
pub mod verify;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::content::FOLDER;
use crate::diagnostic::{Diagnostic, Lang, Place, Severity};
use crate::files::SitePath;
use crate::imaging::{self, Fault};
use crate::render::Renderer;
use crate::render::drawn::Picture;
use crate::site::address::{Address, Route, file_of};
use crate::site::refer::is_publishable;

pub use numbers::{Numbers, numbers};
pub use survey::{Found, survey};

/// What an output is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A page, by its address.
    Page(Address),
    Stylesheet,
    Colours,
    SearchScript,
    /// A file of the theme's `assets/`.
    Asset(String),
    /// A file of the content folder.
    Attachment(SitePath),
    /// One of the sizes of a photograph, by its place among them.
    Size(SitePath, usize),
    /// A table, or what describes tables.
    Data(String),
    /// Purchases, and what changed, as Atom feeds.
    Purchases,
    Changes,
    Sitemap,
    Feed,
    Robots,
    /// A file that tells a host what a page can't, or the world what the
    /// host is.
    Hosting(hosting::File),
    Picture(Picture),
}

/// Files of the website, by their paths.
pub type Outputs = BTreeMap<String, Source>;

/// The bytes of an output, or the file that it is a copy of.
pub enum Content {
    Bytes(Vec<u8>),
    File(SitePath),
}

pub struct Made {
    pub content: Content,
    pub diagnostics: Vec<Diagnostic>,
}

impl Made {
    pub fn failed(&self) -> bool {
        let is_error = |d: &Diagnostic| d.severity == Severity::Error;
        self.diagnostics.iter().any(is_error)
    }

    /// A template ended before the page did: nothing can be told by what it
    /// lacks.
    pub fn is_cut(&self) -> bool {
        self.diagnostics.iter().any(|d| d.code == "template")
    }
}

/// Lists every output but attachments outside `files/` folders, which are
/// published only when a page links to them (see [`attachment`]), and the
/// search index, which is made from all finished pages (see [`search`]).
pub fn list(renderer: &Renderer) -> Outputs {
    let site = &renderer.site;
    // Put in order at once, which takes far less than one by one.
    let mut outputs = Vec::new();
    let routes: Vec<&Route> = site.routes.iter().collect();
    let pages = |route: &&Route| (route.file(), Source::Page(route.address.clone()));
    outputs.par_extend(routes.par_iter().map(pages));
    outputs.push((renderer.stylesheet.0.clone(), Source::Stylesheet));
    outputs.push((renderer.colours.0.clone(), Source::Colours));
    outputs.push((renderer.search_script.0.clone(), Source::SearchScript));
    for name in renderer.assets() {
        outputs.push((format!("assets/{name}"), Source::Asset(name.clone())));
    }
    for entry in &site.content.listing.entries {
        let Some(inside) = entry.path.strip_dir(FOLDER) else {
            continue;
        };
        if inside.split('/').rev().skip(1).any(|part| part == "files") && is_publishable(inside) {
            outputs.push((inside.to_string(), Source::Attachment(entry.path.clone())));
        }
    }
    for path in renderer.data.paths() {
        outputs.push((path.clone(), Source::Data(path)));
    }
    outputs.push((feed::CHANGES.into(), Source::Changes));
    if !site.procurement.is_empty() {
        outputs.push((feed::PURCHASES.into(), Source::Purchases));
    }
    outputs.push(("sitemap.xml".into(), Source::Sitemap));
    outputs.push(("feed.xml".into(), Source::Feed));
    outputs.push(("robots.txt".into(), Source::Robots));
    for picture in Picture::ALL {
        if site.content.settings.english || *picture != Picture::Card(Lang::En) {
            outputs.push((picture.path(), Source::Picture(*picture)));
        }
    }
    for file in hosting::File::ALL {
        if *file != hosting::File::RedirectMap || hosting::has_redirects(site) {
            outputs.push((file.path().into(), Source::Hosting(*file)));
        }
    }
    outputs.into_iter().collect()
}

/// What is behind a path that a page links to and [`list`] leaves out: a size
/// of a photograph, or a content file that may be published.
pub fn attachment(renderer: &Renderer, path: &str) -> Option<Source> {
    let pictures = &renderer.site.content.pictures;
    if let Some((source, _, at)) = pictures.size(path) {
        return Some(Source::Size(source.clone(), at));
    }
    let file = SitePath::new(&format!("{FOLDER}/{path}")).ok()?;
    let listed = renderer.site.content.listing.get(&file).is_some();
    (listed && is_publishable(path)).then_some(Source::Attachment(file))
}

/// The attachments that a page links to and [`list`] leaves out.
pub fn unlisted(
    renderer: &Renderer,
    outputs: &Outputs,
    page: &str,
    scan: &scan::Scan,
) -> Vec<(String, Source)> {
    let base_path = renderer.site.base_path();
    scan.links
        .iter()
        .filter_map(|link| {
            let path = link.split(['?', '#']).next().filter(|p| !p.is_empty())?;
            let to = scan::join(&base_path, page, path)?;
            if resolve(outputs, &to).is_some() {
                return None;
            }
            attachment(renderer, &to).map(|source| (to, source))
        })
        .collect()
}

/// Makes one output.
pub fn make(renderer: &Renderer, source: &Source) -> Made {
    let site = &renderer.site;
    let bytes = |bytes: Vec<u8>| Made {
        content: Content::Bytes(bytes),
        diagnostics: Vec::new(),
    };
    match source {
        Source::Page(address) => match site.routes.get(address) {
            Some(route) => {
                let rendered = renderer.render(route);
                Made {
                    content: Content::Bytes(rendered.bytes),
                    diagnostics: rendered.diagnostics,
                }
            }
            None => bytes(Vec::new()),
        },
        Source::Stylesheet => bytes(renderer.stylesheet.1.clone()),
        Source::Colours => bytes(renderer.colours.1.clone()),
        Source::SearchScript => bytes(renderer.search_script.1.clone()),
        Source::Asset(name) => bytes(
            renderer
                .theme
                .assets
                .get(name)
                .map(|b| b.to_vec())
                .unwrap_or_default(),
        ),
        Source::Attachment(path) => attachment_bytes(renderer, path),
        Source::Size(path, at) => size_bytes(renderer, path, *at),
        Source::Data(path) => bytes(
            renderer
                .data
                .bytes(path)
                .map(Cow::into_owned)
                .unwrap_or_default(),
        ),
        Source::Purchases => bytes(feed::purchases(site).into_bytes()),
        Source::Changes => bytes(feed::changes(&renderer.data).into_bytes()),
        Source::Sitemap => bytes(feed::sitemap(site).into_bytes()),
        Source::Feed => bytes(feed::atom(site).into_bytes()),
        Source::Robots => bytes(feed::robots(site).into_bytes()),
        Source::Picture(picture) => bytes(picture.bytes(site).unwrap_or_default()),
        Source::Hosting(file) => bytes(file.text(site).into_bytes()),
    }
}

/// One of the sizes of a photograph.
fn size_bytes(renderer: &Renderer, path: &SitePath, at: usize) -> Made {
    let site = &renderer.site;
    let picture = site.content.pictures.get(path).map(|i| i.picture.clone());
    let made = picture
        .unwrap_or(Err(Fault::Unknown))
        .and_then(|picture| imaging::made(site.files.as_ref(), path, &picture));
    let (bytes, diagnostics) = match made {
        Ok(all) => (all.get(at).cloned().unwrap_or_default(), Vec::new()),
        Err(fault) => {
            let place = Place::file(path.as_str());
            let said = fault.diagnostic(path.file_name(), place);
            (Vec::new(), vec![said])
        }
    };
    Made {
        content: Content::Bytes(bytes),
        diagnostics,
    }
}

/// A copy, but for photographs, which tell nothing besides what they show, and
/// tables in text: a person's number in one is masked as on the page.
fn attachment_bytes(renderer: &Renderer, path: &SitePath) -> Made {
    let copy = Made {
        content: Content::File(path.clone()),
        diagnostics: Vec::new(),
    };
    let site = &renderer.site;
    let is_told = |i: &crate::imaging::Inspected| i.cleaned.is_some();
    if site.content.pictures.get(path).is_some_and(is_told) {
        let bytes = site.files.read(path).ok();
        return match bytes.as_deref().and_then(imaging::clean) {
            Some(clean) => Made {
                content: Content::Bytes(clean.into_owned()),
                diagnostics: Vec::new(),
            },
            None => changed(path),
        };
    }
    if path.extension().as_deref() != Some("csv") {
        return copy;
    }
    let Ok(decoded) = renderer.site.files.read_text(path) else {
        return copy;
    };
    match crate::thai::mask_citizen_numbers(&decoded.text) {
        Cow::Borrowed(_) => copy,
        Cow::Owned(masked) => Made {
            content: Content::Bytes(format!("\u{feff}{masked}").into_bytes()),
            diagnostics: Vec::new(),
        },
    }
}

/// A picture that was one when the site was loaded.
fn changed(path: &SitePath) -> Made {
    let place = Place::file(path.as_str());
    Made {
        content: Content::Bytes(Vec::new()),
        diagnostics: vec![Fault::Changed.diagnostic(path.file_name(), place)],
    }
}

/// The path of an output that an address of the website means: a folder is
/// its index.
pub fn resolve<'o>(outputs: &'o Outputs, path: &str) -> Option<(&'o String, &'o Source)> {
    outputs
        .get_key_value(path)
        .or_else(|| outputs.get_key_value(file_of(path).as_str()))
}
