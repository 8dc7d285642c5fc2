//! What rules look at.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::output::scan::{Scan, targets};
use crate::output::{Numbers, Outputs};
use crate::render::Renderer;
use crate::site::Site;

use super::judged::Judged;
use super::reach::Fetch;

/// For each page, by its file in the website, the files that it links to.
pub type Links = BTreeMap<String, Vec<String>>;

/// What was seen of the finished pages.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    pub links: Links,
    pub numbers: Numbers,
}

impl Pages {
    /// Takes in the page at `path`.
    pub fn see(&mut self, base_path: &str, path: &str, scan: &Scan, outputs: &Outputs) {
        let to = targets(base_path, path, scan, outputs);
        self.links.insert(path.to_string(), to);
        if !scan.numbers.is_empty() {
            self.numbers.insert(path.to_string(), scan.numbers.clone());
        }
    }
}

pub struct Context<'s> {
    pub site: &'s Site,
    pub renderer: &'s Renderer,
    pub outputs: &'s Outputs,
    pub pages: Pages,
    /// The years that are judged, in the order they were asked for.
    pub years: Vec<u16>,
    /// What was written for them.
    pub judged: Judged,
    pub external: Option<Arc<dyn Fetch>>,
}
