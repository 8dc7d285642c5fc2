//! What the finished website holds after all: a last look at every output, for
//! numbers that came past the masks by a way nobody thought of.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::finding::{Found, finding};
use crate::diagnostic::Place;
use crate::output::{Content, Numbers, Outputs, Source, make, numbers};
use crate::render::Renderer;
use crate::site::link::page_of;

use super::citizens::mask;

/// Tells each number that is not among `told`, once, at the source of the
/// first page that shows it.
pub fn check(
    renderer: &Renderer,
    outputs: &Outputs,
    pages: &Numbers,
    told: &BTreeSet<String>,
    found: &mut Found,
) {
    let mut shown: BTreeMap<&str, &str> = BTreeMap::new();
    let others: Vec<(&str, Vec<String>)> = outputs
        .iter()
        .filter(|(_, source)| is_made_of_content(source))
        .filter_map(|(path, source)| match make(renderer, source).content {
            Content::Bytes(bytes) => Some((path.as_str(), numbers(&bytes))),
            Content::File(_) => None,
        })
        .collect();
    let paths: Vec<(&str, Vec<String>)> = outputs
        .iter()
        .filter(|(_, source)| !matches!(source, Source::Asset(_)))
        .map(|(path, _)| (path.as_str(), numbers(path.as_bytes())))
        .collect();
    let pages = pages.iter().map(|(p, n)| (p.as_str(), n));
    let rest = others.iter().chain(&paths).map(|(p, n)| (*p, n));
    for (path, numbers) in pages.chain(rest) {
        for number in numbers.iter().filter(|n| !told.contains(n.as_str())) {
            shown.entry(number).or_insert(path);
        }
    }
    for (number, path) in shown {
        let address = path.strip_suffix("index.html").unwrap_or(path);
        let mask = mask(number);
        let address = crate::thai::mask_citizen_numbers(address);
        let mut one = finding(
            "citizen-number",
            format!("/{address} มีเลขประจำตัวประชาชน {mask} ที่ปิดบังไม่ได้"),
            format!("/{address} holds the number of a person that could not be masked: {mask}"),
        )
        .hint(
            "ลบเลขนี้ออกจากต้นฉบับของหน้านี้ รวมทั้งในลิงก์ ชื่อตำแหน่ง {#…} และตัวหนาตัวเอียงที่คั่นกลางเลข",
            "take it out of the source of this page, also where it stands in a link, in {#…} or with bold letters inside",
        );
        if let Some(file) = source_of(renderer, path) {
            one = one.at(Place::file(file));
        }
        found.push(one);
    }
}

fn is_made_of_content(source: &Source) -> bool {
    matches!(
        source,
        Source::Sitemap
            | Source::Feed
            | Source::Purchases
            | Source::Changes
            | Source::Robots
            | Source::Hosting(_)
    )
}

fn source_of(renderer: &Renderer, path: &str) -> Option<String> {
    let address = path.strip_suffix("index.html").unwrap_or(path);
    let route = renderer.site.routes.get(address)?;
    let page = page_of(&renderer.site, &route.kind)?;
    Some(crate::thai::mask_citizen_numbers(&page.file).into_owned())
}
