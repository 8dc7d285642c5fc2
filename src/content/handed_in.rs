//! `handed-in.toml`: the addresses that were given to the assessors, who may
//! look at them months later.

use crate::fields::{Fields, Node, Value, Written};
use crate::thai::Date;

use super::agency::Reference;

/// The name of the file in a year's folder.
pub const FILE: &str = "handed-in.toml";

#[derive(Clone, Debug, Default)]
pub struct HandedIn {
    pub date: Option<Written<Date>>,
    /// Days of the records that this one took the place of.
    pub earlier: Vec<String>,
    /// Where the website was then, as `base_url` says it.
    pub website: Option<Reference>,
    pub items: Vec<HandedInItem>,
}

#[derive(Clone, Debug)]
pub struct HandedInItem {
    /// `O18`.
    pub code: String,
    /// Inside the site, from `/`.
    pub addresses: Vec<Reference>,
}

impl HandedIn {
    pub fn read(f: Fields<'_>) -> HandedIn {
        if !f.has("date") {
            f.missing("date");
        }
        let record = HandedIn {
            date: f.date("date"),
            earlier: f.texts("earlier"),
            website: f.text("website").map(|raw| Reference {
                raw,
                place: f.place_at("website"),
            }),
            items: f
                .tables("item")
                .into_iter()
                .map(|item| {
                    let addresses = item.node("addresses");
                    if addresses.is_none() {
                        item.missing("addresses");
                    }
                    let read = HandedInItem {
                        code: item.require_text("code"),
                        addresses: addresses.map_or_else(Vec::new, |node| read_list(&item, node)),
                    };
                    item.finish();
                    read
                })
                .collect(),
        };
        f.finish();
        record
    }
}

/// Each address with its own line.
fn read_list(f: &Fields<'_>, node: &Node) -> Vec<Reference> {
    let one = |node: &Node| {
        f.node_text("addresses", node).map(|raw| Reference {
            raw,
            place: f.place_of(&node.at),
        })
    };
    match &node.value {
        Value::List(nodes) => nodes.iter().filter_map(one).collect(),
        _ => one(node).into_iter().collect(),
    }
}
