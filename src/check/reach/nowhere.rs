//! Links that lead nowhere: `#` alone is the top of the same page, which
//! stands where an address was to come.

use crate::check::finding::{Found, finding};

use super::links::Link;

/// What programs and templates write for an address that is not known yet.
const NOWHERE: &[&str] = &[
    "#",
    "#!",
    "/#",
    "#0",
    "https://",
    "http://",
    "https://#",
    "http://#",
];

pub fn check(links: &[Link], found: &mut Found) {
    for link in links {
        if !NOWHERE.contains(&link.to.trim()) {
            continue;
        }
        let to = link.to.trim();
        let said = link.words.as_ref().map_or("", |words| words.text.trim());
        let (th, en) = if said.is_empty() {
            (
                format!("ลิงก์ “{to}” ไม่พาไปที่ใด"),
                format!("the link “{to}” leads nowhere"),
            )
        } else {
            (
                format!("ลิงก์ “{said}” มีที่อยู่เพียง “{to}” จึงไม่พาไปที่ใด"),
                format!("the link “{said}” leads only to “{to}”, which is nowhere"),
            )
        };
        found.push(finding("link-to-nowhere", th, en).at(link.place.clone()));
    }
}
