//! Ways to reach or pay a person, as findings.

use std::collections::BTreeSet;

use crate::check::finding::Finding;

use super::File;
use super::contact_numbers::{accounts, mobiles, private_emails};
use super::pieces::Piece;
use super::told::MOST;
use super::words::says;

/// Words that say an account follows, and those that merely may.
const ACCOUNT: &[&str] = &[
    "เลขที่บัญชี",
    "บัญชีเลขที่",
    "หมายเลขบัญชี",
    "เลขบัญชี",
    "accountno",
    "accountnumber",
];
const BANK: &[&str] = &["ธนาคาร", "บัญชี", "bank"];

impl File<'_> {
    /// Ways to reach or pay a person.
    pub(super) fn contacts(&self, pieces: &[Piece], findings: &mut Vec<Finding>) {
        let mut seen = BTreeSet::new();
        let mut told = [0usize; 3];
        for piece in pieces {
            let phones = mobiles(&piece.text);
            for (hit, grouped) in accounts(&piece.text) {
                let is_mobile = phones.iter().any(|m| m.range == hit.range);
                let words = piece.words(&hit.range, 60, 0);
                let said = says(&words, ACCOUNT) || (grouped && says(&words, BANK));
                let of_agency = {
                    let wide = piece.words(&hit.range, 150, 150);
                    self.known
                        .agency
                        .iter()
                        .any(|name| wide.contains(name.as_str()))
                };
                if said
                    && !is_mobile
                    && !of_agency
                    && seen.insert(hit.value.clone())
                    && once(&mut told[0])
                {
                    findings.push(self.one(
                        "bank-account",
                        piece,
                        &hit,
                        "เลขที่บัญชีธนาคาร",
                        "the number of a bank account:",
                        ("ลบเลขบัญชีของบุคคลออก", "take out the account of a person"),
                    ));
                }
            }
            for hit in phones {
                if !self.known.is_phone(&hit.value)
                    && seen.insert(hit.value.clone())
                    && once(&mut told[1])
                {
                    findings.push(self.one(
                        "mobile-number",
                        piece,
                        &hit,
                        "หมายเลขโทรศัพท์มือถือที่ไม่ใช่ของหน่วยงาน",
                        "a mobile number that is not the agency's:",
                        (
                            "ลบออก หรือถ้าเป็นหมายเลขของหน่วยงาน ให้ใส่ไว้ใน channels.toml, people หรือ units.toml",
                            "take it out; if it is the agency's, put it into channels.toml, people or units.toml",
                        ),
                    ));
                }
            }
            for hit in private_emails(&piece.text) {
                if !self.known.is_email(&hit.value)
                    && seen.insert(hit.value.clone())
                    && once(&mut told[2])
                {
                    findings.push(self.one(
                        "private-email",
                        piece,
                        &hit,
                        "อีเมลส่วนตัว",
                        "a private e-mail address:",
                        (
                            "ใช้อีเมลของหน่วยงาน หรือถ้าเป็นของหน่วยงาน ให้ใส่ไว้ใน channels.toml, people หรือ units.toml",
                            "use an address of the agency; if this is one, put it into channels.toml, people or units.toml",
                        ),
                    ));
                }
            }
        }
    }
}

/// Whether one more of a kind is told.
fn once(told: &mut usize) -> bool {
    *told += 1;
    *told <= MOST
}
