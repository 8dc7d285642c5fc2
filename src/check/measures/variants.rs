//! One thing that a document writes in two ways.

use std::collections::BTreeMap;

use crate::content::measures::MeasureRow;
use crate::site::Site;
use crate::site::measures::MeasuresDocument;
use crate::thai::{fold_key, to_arabic};

use super::similar::nearly_same;
use super::{Found, finding, words};

pub fn check(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(file) = document.file(site) else {
        return;
    };
    units(document, &file.rows, found);
    monitoring(document, &file.rows, found);
}

/// What an agency adds to the name of its unit, or leaves out.
const OWN: &[&str] = &[
    "องค์การบริหารส่วนตำบล",
    "องค์การบริหารส่วนจังหวัด",
    "เทศบาล",
    "อบต",
    "อบจ",
];

/// A unit by what all of its names share.
fn unit_key(name: &str) -> String {
    let mut key = fold_key(name)
        .replace([' ', '.'], "")
        .replace("สำนักงาน", "สำนัก");
    for own in OWN {
        if let Some(at) = key.find(own).filter(|at| *at > 0) {
            // A part of the unit may be named after it.
            let part = ["(", "งาน", "ฝ่าย"]
                .iter()
                .find_map(|word| key[at..].find(word));
            let rest = part.map_or(String::new(), |part| key[at + part..].to_string());
            key.truncate(at);
            key += &rest;
        }
    }
    key
}

fn is_unit(name: &str) -> bool {
    ["กอง", "สำนัก"].iter().any(|kind| name.starts_with(kind)) && !name.contains('/')
}

/// `สำนักปลัด`, `สำนักงานปลัด`, `สำนักปลัดเทศบาล`: one unit, three names.
fn units(document: &MeasuresDocument, rows: &[MeasureRow], found: &mut Found) {
    let mut names: BTreeMap<String, Vec<(&str, &MeasureRow)>> = BTreeMap::new();
    for row in rows {
        let units = row.responsible.iter().flat_map(|r| &r.units);
        for unit in units.map(|unit| unit.trim()).filter(|unit| is_unit(unit)) {
            let all = names.entry(unit_key(unit)).or_default();
            // Spaces at line ends are told as such.
            let is_known = |(known, _): &(&str, _)| known.replace(' ', "") == unit.replace(' ', "");
            if !all.iter().any(is_known) {
                all.push((unit, row));
            }
        }
    }
    for all in names.values().filter(|all| all.len() > 1) {
        let (Some((first, before)), Some((_, row))) = (all.first(), all.get(1)) else {
            continue;
        };
        let listed: Vec<String> = all.iter().map(|(name, _)| format!("“{name}”")).collect();
        let listed = listed.join(", ");
        found.push(
            finding(
                "unit-name-varies",
                format!("ชื่อเหล่านี้น่าจะเป็นหน่วยงานเดียวกัน: {listed}"),
                format!("these seem to be names of one unit: {listed}"),
            )
            .at(row.place.clone())
            .label(
                before.place.clone(),
                format!("ที่นี่เขียนว่า “{first}”"),
                format!("here it is “{first}”"),
            )
            .of_year(document.year),
        );
    }
}

/// Monitoring that is the same but for a word.
fn monitoring(document: &MeasuresDocument, rows: &[MeasureRow], found: &mut Found) {
    let mut texts: Vec<(String, &MeasureRow)> = Vec::new();
    for row in rows {
        let text = words(&row.monitoring);
        let same = |other: &str| fold_key(other) == fold_key(&text);
        if texts.iter().any(|(other, _)| same(other)) {
            continue;
        }
        // A number may be all the difference there is to be.
        let digits = |text: &str| -> String {
            let arabic = to_arabic(text);
            arabic.chars().filter(char::is_ascii_digit).collect()
        };
        let like = texts.iter().find(|(other, _)| {
            nearly_same(other, &text) && digits(other) == digits(&text) && is_within(other, &text)
        });
        if let Some((_, before)) = like {
            found.push(
                finding(
                    "monitoring-nearly-same",
                    "การกำกับติดตามของมาตรการนี้ต่างจากอีกมาตรการหนึ่งเพียงคำที่ขาดไป",
                    "the supervision of this measure is that of another one, with a word left out",
                )
                .at(row.place.clone())
                .label(before.place.clone(), "อีกมาตรการหนึ่ง", "the other one")
                .of_year(document.year),
            );
        }
        texts.push((text, row));
    }
}

/// Whether one of two texts is the other with letters left out.
fn is_within(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::unit_key;

    #[test]
    fn names_of_one_unit_have_one_key() {
        let key = unit_key("สำนักปลัด");
        for same in ["สำนักงานปลัด", "สำนักปลัดเทศบาล", "สำนัก ปลัด อบต."]
        {
            assert_eq!(unit_key(same), key, "{same}");
        }
        assert_ne!(unit_key("กองคลัง"), unit_key("กองช่าง"));
        assert_ne!(
            unit_key("สำนักปลัดเทศบาล (งานธุรการ)"),
            unit_key("สำนักปลัดเทศบาล (งานนิติการ)")
        );
    }
}
