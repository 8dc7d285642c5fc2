//! Whether a reader gets to what is published: pages by clicks, links by
//! their words, files by their form, and other hosts.

mod clicks;
mod external;
mod files;
mod hosts;
mod links;
mod nowhere;
mod pdf;
mod withdrawn;
mod words;

use super::context::Context;
use super::finding::Found;

pub use external::{Fetch, Reply};

pub fn check(context: &Context<'_>, found: &mut Found) {
    let links = links::of(&context.judged.texts);
    clicks::check(context, found);
    words::check(&links, found);
    nowhere::check(&links, found);
    hosts::check(&links, found);
    files::check(context, &links, found);
    pdf::check(context, found);
    withdrawn::check(context, found);
    external::check(context, &links, found);
}
