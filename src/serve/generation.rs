//! One load of the site, ready to answer: pages are made when they are asked
//! for, by the functions that `build` uses.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

use crate::diagnostic::Diagnostics;
use crate::files::{Digest, Files, FrozenFiles, digest};
use crate::output::{self, Content, Outputs, Source, scan};
use crate::render::Renderer;
use crate::site::address::Route;

pub struct Generation {
    pub number: u64,
    pub files: Arc<FrozenFiles>,
    pub renderer: Renderer,
    pub outputs: Outputs,
    pub base_path: String,
    /// What loading had to say.
    pub found: Diagnostics,
    /// The templates can't be used: every page would fail in the same way.
    pub without_theme: bool,
    made: Mutex<HashMap<String, Arc<MadePage>>>,
    assets: OnceLock<HashMap<String, Digest>>,
    /// Made when somebody searches: it takes every page.
    search: OnceLock<BTreeMap<String, Vec<u8>>>,
}

/// A page as it is published, with what the preview needs to know of it.
pub struct MadePage {
    pub bytes: Vec<u8>,
    /// Of the bytes.
    pub tag: String,
    /// Of all that a reader would see changed: the page and the files that it
    /// shows, but not its styles, which are exchanged without a reload.
    pub hash: String,
    pub failed: bool,
}

/// What an address leads to.
pub enum Answer<'g> {
    Page(&'g String),
    Other(&'g str, Source),
    /// A file of the search index.
    Index(&'g str, &'g [u8]),
    /// The same address with a slash at its end.
    Folder(String),
    Nothing,
}

impl Generation {
    pub fn new(number: u64, files: Arc<FrozenFiles>, loaded: crate::site::Loaded) -> Generation {
        let mut found = loaded.diagnostics;
        let (renderer, of_theme) = Renderer::new(Arc::new(loaded.site));
        let without_theme = !of_theme.is_empty();
        found.extend(of_theme);
        Generation {
            number,
            files,
            outputs: output::list(&renderer),
            base_path: renderer.site.base_path(),
            renderer,
            found: found.sorted(),
            without_theme,
            made: Mutex::default(),
            assets: OnceLock::new(),
            search: OnceLock::new(),
        }
    }

    /// Whether the site may take the place of the one before.
    pub fn is_good(&self) -> bool {
        !self.found.has_errors()
    }

    pub fn pages(&self) -> usize {
        let is_page = |s: &&Source| matches!(s, Source::Page(_));
        self.outputs.values().filter(is_page).count()
    }

    /// What a path inside the site (decoded, without the base path) means.
    pub fn find<'g>(&'g self, inside: &'g str) -> Answer<'g> {
        if let Some((file, source)) = output::resolve(&self.outputs, inside) {
            return match source {
                Source::Page(_) => Answer::Page(file),
                other => Answer::Other(file, other.clone()),
            };
        }
        if inside.starts_with(output::search::FOLDER) {
            let index = self
                .search
                .get_or_init(|| output::search::all(&self.renderer, &self.outputs));
            return match index.get(inside) {
                Some(bytes) => Answer::Index(inside, bytes),
                None => Answer::Nothing,
            };
        }
        let folder = format!("{inside}/");
        if output::resolve(&self.outputs, &folder).is_some() {
            return Answer::Folder(folder);
        }
        match output::attachment(&self.renderer, inside) {
            Some(source) => Answer::Other(inside, source),
            None => self.former_style(inside),
        }
    }

    /// A page that was opened before an edit, or is held at its last good
    /// version, asks for styles by their old name.
    fn former_style<'g>(&'g self, inside: &'g str) -> Answer<'g> {
        let is_former = |current: &str| {
            let stem = current.split('-').next().unwrap_or(current);
            inside
                .strip_prefix(stem)
                .is_some_and(|rest| rest.starts_with('-') && rest.ends_with(".css"))
        };
        if is_former(&self.renderer.stylesheet.0) {
            Answer::Other(&self.renderer.stylesheet.0, Source::Stylesheet)
        } else if is_former(&self.renderer.colours.0) {
            Answer::Other(&self.renderer.colours.0, Source::Colours)
        } else {
            Answer::Nothing
        }
    }

    /// The styles of every page, as paths on this host.
    pub fn styles(&self) -> [String; 2] {
        [&self.renderer.stylesheet.0, &self.renderer.colours.0]
            .map(|name| format!("{}{name}", self.base_path))
    }

    pub fn route(&self, file: &str) -> Option<&Route> {
        match self.outputs.get(file)? {
            Source::Page(address) => self.renderer.site.routes.get(address),
            _ => None,
        }
    }

    /// The page in this file of the website; made once.
    pub fn page(&self, file: &str) -> Option<Arc<MadePage>> {
        if let Ok(made) = self.made.lock()
            && let Some(page) = made.get(file)
        {
            return Some(page.clone());
        }
        let source = self.outputs.get(file)?;
        let made = output::make(&self.renderer, source);
        let failed = made.failed();
        let Content::Bytes(bytes) = made.content else {
            return None;
        };
        let page = Arc::new(MadePage {
            tag: short(digest(&bytes)),
            hash: self.hash(file, &bytes),
            failed,
            bytes,
        });
        if let Ok(mut all) = self.made.lock() {
            // A visitor looks at a few pages; a crawler would look at all.
            if all.len() >= MOST_MADE {
                all.clear();
            }
            all.insert(file.to_string(), page.clone());
        }
        Some(page)
    }

    fn hash(&self, file: &str, bytes: &[u8]) -> String {
        let mut all = blake3::Hasher::new();
        let names = [&self.renderer.stylesheet.0, &self.renderer.colours.0];
        let mut rest = bytes;
        while let Some((at, length)) = names
            .iter()
            .filter_map(|name| {
                memchr::memmem::find(rest, name.as_bytes()).map(|at| (at, name.len()))
            })
            .min()
        {
            all.update(&rest[..at]);
            rest = &rest[at + length..];
        }
        all.update(rest);
        for link in scan::scan(bytes).links {
            let path = link.split(['?', '#']).next().unwrap_or_default();
            let Some(inside) = scan::join(&self.base_path, file, path) else {
                continue;
            };
            let source = match self.outputs.get(&inside) {
                Some(source) => Some(source.clone()),
                None => output::attachment(&self.renderer, &inside),
            };
            let content = match source {
                Some(Source::Attachment(path)) => self.files.digest(&path),
                Some(Source::Asset(name)) => self.assets().get(&name).copied(),
                _ => None,
            };
            if let Some(content) = content {
                all.update(content.as_bytes());
            }
        }
        short(Digest::from(all))
    }

    fn assets(&self) -> &HashMap<String, Digest> {
        self.assets.get_or_init(|| {
            let all = self.renderer.theme.assets.iter();
            all.map(|(name, bytes)| (name.clone(), digest(bytes)))
                .collect()
        })
    }

    /// A tag of some bytes.
    pub fn tag(bytes: &[u8]) -> String {
        short(digest(bytes))
    }

    /// The bytes of any other output, with a tag of them; `Err` is the file
    /// that it is a copy of.
    pub fn other(&self, source: &Source) -> (Result<Vec<u8>, crate::files::SitePath>, String) {
        match output::make(&self.renderer, source).content {
            Content::Bytes(bytes) => {
                let tag = short(digest(&bytes));
                (Ok(bytes), tag)
            }
            Content::File(path) => {
                let tag = self.files.digest(&path).map(short).unwrap_or_default();
                (Err(path), tag)
            }
        }
    }
}

/// Pages that are kept made.
const MOST_MADE: usize = 512;

fn short(digest: Digest) -> String {
    let text = digest.to_string();
    text.get(..20).unwrap_or(&text).to_string()
}
