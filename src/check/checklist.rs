//! The elements of one item, for a report that is about that item alone.

use crate::diagnostic::Say;
use crate::site::address::Target;
use crate::site::{ElementState, Site};

/// How a required element stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Shown,
    NoneStated,
    NotNeeded,
    Doubtful,
    Missing,
}

/// One required element.
#[derive(Clone, Debug)]
pub struct Required {
    pub title: Say,
    pub standing: Standing,
    /// Its address on the site or elsewhere, where it has one.
    pub place: Option<String>,
}

/// The elements of an item such as `O18` in the order of the catalogue; none
/// for an item that the year has not.
pub fn checklist(site: &Site, year: u16, code: &str) -> Vec<Required> {
    let Some(of_year) = site.years.get(&year) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for disclosure in &of_year.disclosures {
        let Some(item) = site.item(year, disclosure.item) else {
            continue;
        };
        if item.id.to_string() != code {
            continue;
        }
        for check in &disclosure.checks {
            let Some(element) = item.elements.get(check.element) else {
                continue;
            };
            let (standing, spot) = match &check.state {
                ElementState::Shown(spots) => (Standing::Shown, spots.first()),
                ElementState::NoneStated { spot, .. } => (Standing::NoneStated, Some(spot)),
                ElementState::NotNeeded => (Standing::NotNeeded, None),
                ElementState::Doubtful => (Standing::Doubtful, None),
                ElementState::Missing => (Standing::Missing, None),
            };
            all.push(Required {
                title: Say::new(&element.th, &element.en),
                standing,
                place: spot.and_then(|s| place(&s.target)),
            });
        }
    }
    all
}

fn place(target: &Target) -> Option<String> {
    match target {
        Target::Page { address, anchor } => {
            let anchor = anchor.as_ref().map(|a| format!("#{a}"));
            Some(format!("/{address}{}", anchor.unwrap_or_default()))
        }
        Target::File { path } => Some(format!("/{path}")),
        Target::Outside(address) => Some(address.clone()),
        Target::Same { .. } => None,
    }
}
