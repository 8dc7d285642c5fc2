//! Every picture of the content folder, looked at once for each content.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::files::{Entry, Files, SitePath};
use crate::imaging::{Fault, Inspected, MAX_BYTES, Picture, Size, inspect};

/// Where sizes made of photographs are published. Their names begin with the
/// hash of what they were made from.
pub const FOLDER: &str = "assets/pictures/";

/// Pictures by their path inside the content folder.
#[derive(Debug, Default)]
pub struct Pictures {
    all: BTreeMap<SitePath, Arc<Inspected>>,
    /// Whole photographs by their mark.
    by_mark: BTreeMap<String, SitePath>,
}

impl Pictures {
    pub(super) fn take(&mut self, path: SitePath, inspected: Arc<Inspected>) {
        if let Ok(picture) = &inspected.picture {
            // The same photograph under two names is made once.
            self.by_mark.entry(mark(picture)).or_insert(path.clone());
        }
        self.all.insert(path, inspected);
    }

    /// What is known of a file of the content folder; `None` for what is not
    /// named as a picture.
    pub fn get(&self, path: &SitePath) -> Option<&Inspected> {
        self.all.get(path).map(|i| &**i)
    }

    pub fn whole(&self) -> impl Iterator<Item = &Picture> {
        self.all.values().filter_map(|i| i.picture.as_ref().ok())
    }

    /// The photograph, and which of its sizes, that a path of the website
    /// means.
    pub fn size(&self, path: &str) -> Option<(&SitePath, &Picture, usize)> {
        let name = path.strip_prefix(FOLDER)?;
        let source = self.by_mark.get(name.split('-').next()?)?;
        let picture = self.get(source)?.picture.as_ref().ok()?;
        let is_it = |size: &Size| size_path(picture, size) == path;
        let at = picture.sizes().iter().position(is_it)?;
        Some((source, picture, at))
    }
}

fn mark(picture: &Picture) -> String {
    let mut digest = picture.digest.to_string();
    digest.truncate(16);
    digest
}

/// Where a size of a photograph is published.
pub fn size_path(picture: &Picture, size: &Size) -> String {
    let extension = size.format.extension();
    format!("{FOLDER}{}-{}.{extension}", mark(picture), size.width)
}

/// Looks at a picture; `None` where its file can't be read, which is told by
/// whoever publishes it.
pub(super) fn look(files: &dyn Files, entry: &Entry) -> Option<Arc<Inspected>> {
    if entry.size > MAX_BYTES {
        return Some(Arc::new(Inspected::fault(Fault::TooManyBytes)));
    }
    let bytes = files.read(&entry.path).ok()?;
    Some(Arc::new(inspect(&bytes)))
}
