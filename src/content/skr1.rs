//! Cells of form สขร.1 that hold two things: who was chosen and for how much,
//! the contract's number and its day.

use crate::thai::{Baht, Date};

/// Words before a price, and before a date, that belong to neither part.
const BEFORE_PRICE: &[&str] = &["เป็นเงิน", "เสนอราคา", "ราคา", "จำนวน", "เงิน"];
const BEFORE_DATE: &[&str] = &["ลงวันที่", "วันที่", "ลว.", "ลว", "ลง"];

/// What stands before the price at the end of a cell, and the price as written.
/// `Err` where the cell names several prices.
pub fn name_and_price(cell: &str) -> Result<(&str, Option<&str>), ()> {
    let bare = cell.trim().trim_end_matches([')', '.', '-']).trim_end();
    let number = bare.strip_suffix("บาท").unwrap_or(bare).trim_end();
    let number = number.trim_end_matches([')', '.', '-']).trim_end();
    let is_part = |c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c) || ",.".contains(c);
    let name = number.trim_end_matches(is_part);
    let price = &number[name.len()..];
    // `จำกัด2540` is a name, and so is `ที่ 3`: baht are told, or hundreds.
    let is_price = Baht::parse(price).is_ok_and(|b| bare.ends_with("บาท") || b.0 >= 10_000);
    if !is_price || name.ends_with(char::is_alphanumeric) {
        return Ok((cell.trim(), None));
    }
    if name.contains("บาท") {
        return Err(());
    }
    Ok((without(name, BEFORE_PRICE), Some(price)))
}

/// The number of a contract and its date: the shortest end of the cell that is
/// a date.
pub fn number_and_date(cell: &str) -> (&str, Option<(&str, Date)>) {
    let cell = cell.trim();
    let starts = cell.char_indices().rev().filter(|(at, _)| {
        let before = cell[..*at].chars().next_back();
        before.is_none_or(char::is_whitespace)
    });
    for (at, _) in starts {
        if let Ok(date) = Date::parse(&cell[at..]) {
            let date = (cell[at..].trim(), date);
            return (without(&cell[..at], BEFORE_DATE), Some(date));
        }
    }
    (cell, None)
}

fn without<'t>(text: &'t str, words: &[&str]) -> &'t str {
    let marks = |c: char| c.is_whitespace() || "(:/,-–=".contains(c);
    let mut text = text.trim_end_matches(marks);
    while let Some(rest) = words.iter().find_map(|w| text.strip_suffix(w)) {
        text = rest.trim_end_matches(marks);
    }
    text.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_its_price_are_told_apart() {
        for (cell, name, price) in [
            ("ร้าน ก 108000", "ร้าน ก", Some("108000")),
            ("หจก. ข\n108,000.00 บาท", "หจก. ข", Some("108,000.00")),
            ("บริษัท ค จำกัด ราคา ๙๖,๕๐๐ บาท", "บริษัท ค จำกัด", Some("๙๖,๕๐๐")),
            ("ร้าน ง (เป็นเงิน 5,000.- บาท)", "ร้าน ง", Some("5,000")),
            ("อู่ช่าง สาขาที่ 3", "อู่ช่าง สาขาที่ 3", None),
            ("ร้านรวมช่าง2540", "ร้านรวมช่าง2540", None),
            ("ร้าน จ", "ร้าน จ", None),
        ] {
            assert_eq!(name_and_price(cell), Ok((name, price)), "{cell}");
        }
        assert!(name_and_price("ร้าน ก 500 บาท ร้าน ข 700 บาท").is_err());
    }

    #[test]
    fn a_contract_and_its_date_are_told_apart() {
        let day = Date::parse("3 ต.ค. 2567").ok();
        for (cell, number) in [
            ("ใบสั่งจ้าง 1/2568 ลว. 3 ต.ค. 2567", "ใบสั่งจ้าง 1/2568"),
            ("ใบสั่งจ้าง 1/2568\n3 ต.ค. 2567", "ใบสั่งจ้าง 1/2568"),
            ("สัญญาเลขที่ 12/2568 ลงวันที่ 3/10/2567", "สัญญาเลขที่ 12/2568"),
            ("3 ตุลาคม 2567", ""),
        ] {
            let (read, date) = number_and_date(cell);
            assert_eq!((read, date.map(|(_, d)| d)), (number, day), "{cell}");
        }
        assert_eq!(number_and_date("1/2568"), ("1/2568", None));
    }
}
