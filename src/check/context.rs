//! What rules look at.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::output::Outputs;
use crate::render::Renderer;
use crate::site::Site;

use super::reach::Fetch;

/// For each page, by its file in the website, the files that it links to.
pub type Links = BTreeMap<String, Vec<String>>;

pub struct Context<'s> {
    pub site: &'s Site,
    pub renderer: &'s Renderer,
    pub outputs: &'s Outputs,
    pub links: Links,
    /// The years that are judged, in the order they were asked for.
    pub years: Vec<u16>,
    pub external: Option<Arc<dyn Fetch>>,
}
