//! What was found in the words of a file, as findings.

use std::collections::BTreeSet;

use crate::check::finding::{Finding, finding};
use crate::files::digest;
use crate::thai::{mask_citizen_numbers, normalise};

use super::numbers::{self, Citizen, Hit, squeezed};
use super::pieces::Piece;
use super::{File, Way};

/// Words that say whose number it is, squeezed.
const PERSON: &[&str] = &[
    "ประจำตัวประชาชน",
    "บัตรประชาชน",
    "เลขประชาชน",
    "ปชช",
    "idcard",
    "citizenid",
    "nationalid",
    "identificationn",
];
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

/// Findings of one kind that a file gets; the rest are counted.
const MOST: usize = 10;
/// As many numbers of persons are a list of persons.
const LIST: usize = 3;

fn says(words: &str, any: &[&str]) -> bool {
    any.iter().any(|word| words.contains(word))
}

impl File<'_> {
    fn mark(&self, value: &str) -> String {
        let salted = format!("{}\n{value}", self.site.base_url);
        let hash = digest(salted.as_bytes()).to_string();
        hash.get(..12).unwrap_or(&hash).to_string()
    }

    /// A finding that shows a mask only, and how it is let pass.
    fn one(
        &self,
        code: &'static str,
        piece: &Piece,
        hit: &Hit,
        th: &str,
        en: &str,
        fix: (&str, &str),
    ) -> Finding {
        let (beside_th, beside_en) = piece.beside();
        let mask = &hit.mask;
        // Of the mask, which is shown beside it: a mark of the number itself
        // would give the hidden digits back to whoever tries them all.
        let mark = self.mark(mask);
        let allow = format!(
            "[[allow]] code = \"{code}\", file = \"{}\", fingerprint = \"{mark}\", reason = \"…\"",
            self.shown
        );
        finding(
            code,
            format!("{th} {mask}{beside_th}"),
            format!("{en} {mask}{beside_en}"),
        )
        .at(piece.place(&self.shown, hit.range.start, mask))
        .hint(
            format!("{} ถ้าตรวจแล้วว่าเผยแพร่ได้ ให้เขียนใน site.toml: {allow}", fix.0),
            format!(
                "{}; if it may be published, write in site.toml: {allow}",
                fix.1
            ),
        )
        .marked(mark)
    }

    fn is_masked(&self, piece: &Piece, hit: &Hit) -> bool {
        let Some(written) = piece.text.get(hit.range.clone()) else {
            return false;
        };
        match self.way {
            Way::Copy => false,
            Way::Csv => mask_citizen_numbers(written) != written,
            Way::Page => {
                let stored = normalise(written);
                mask_citizen_numbers(&stored) != stored
            }
        }
    }

    pub(super) fn citizens(&self, pieces: &[Piece], findings: &mut Vec<Finding>) {
        let mut all: Vec<(&Piece, Citizen, bool)> = Vec::new();
        let mut of_length = 0;
        let mut seen = BTreeSet::new();
        for piece in pieces {
            let (found, count) = numbers::citizens(&piece.text);
            of_length += count;
            for citizen in found {
                let words = piece.words(&citizen.hit.range, 100, 100);
                let said = says(&words, PERSON);
                let is_masked = self.is_masked(piece, &citizen.hit);
                if (said || is_masked || !citizen.loose) && seen.insert(citizen.hit.value.clone()) {
                    all.push((piece, citizen, said));
                }
            }
        }
        // One of ten numbers of this length passes the check by chance.
        let persons = all.iter().filter(|(_, c, _)| !c.barcode).count();
        let is_list = persons >= LIST && persons * 2 >= of_length.min(usize::MAX / 2);
        let told = all.iter().take(MOST).map(|(piece, citizen, said)| {
            let hit = &citizen.hit;
            if self.is_masked(piece, hit) {
                return self.one(
                    "masked-citizen-number",
                    piece,
                    hit,
                    "เลขที่มีรูปแบบของเลขประจำตัวประชาชน",
                    "a number like that of a person:",
                    (
                        "บนเว็บไซต์ถูกปิดบังไว้แล้ว แต่ยังอยู่ในไฟล์ต้นฉบับ ให้ลบออกจากไฟล์",
                        "it is masked on the site, but stands in your file: take it out",
                    ),
                );
            }
            let fix = (
                "ลบเลขออกจากต้นฉบับแล้วบันทึกไฟล์ใหม่ ไฟล์นี้เผยแพร่ตามที่เป็น",
                "take it out and save the file again, as it is published as it is",
            );
            if *said || is_list {
                let (th, en) = ("เลขประจำตัวประชาชน", "the number of a person:");
                self.one("citizen-number", piece, hit, th, en, fix)
            } else {
                let th = "อาจเป็นเลขประจำตัวประชาชน";
                let en = "perhaps the number of a person:";
                self.one("possible-citizen-number", piece, hit, th, en, fix)
            }
        });
        findings.extend(told);
        if all.len() > MOST {
            let more = all.len() - MOST;
            let code = findings
                .last()
                .map_or("citizen-number", |f| f.diagnostic.code);
            let place = crate::diagnostic::Place::file(self.shown.clone());
            findings.push(
                finding(
                    code,
                    format!("ยังมีอีก {more} เลขในไฟล์นี้"),
                    format!("{more} more in this file"),
                )
                .at(place),
            );
        }
    }

    /// Numbers in the name of a file that is published.
    pub(super) fn name(&self, findings: &mut Vec<Finding>) {
        if self.way == Way::Page {
            return;
        }
        let path = self.entry.path.as_str();
        let name = path.rsplit('/').next().unwrap_or_default();
        // Names have marks for spaces; a hyphen after a digit is the number's.
        let mut before = ' ';
        let name: String = name
            .chars()
            .map(|c| {
                let parts = matches!(c, '_' | '.') || (c == '-' && before.is_alphabetic());
                before = c;
                if parts { ' ' } else { c }
            })
            .collect();
        let words = squeezed(&name.replace('-', ""));
        for citizen in numbers::citizens(&name).0 {
            let (code, th, en) = if says(&words, PERSON) {
                (
                    "citizen-number",
                    "ชื่อไฟล์มีเลขประจำตัวประชาชน",
                    "the name of this file holds the number of a person:",
                )
            } else {
                (
                    "possible-citizen-number",
                    "ชื่อไฟล์อาจมีเลขประจำตัวประชาชน",
                    "the name of this file may hold the number of a person:",
                )
            };
            let piece = Piece::whole();
            let fix = ("เปลี่ยนชื่อไฟล์", "rename the file");
            findings.push(self.one(code, &piece, &citizen.hit, th, en, fix));
        }
    }

    /// Ways to reach or pay a person.
    pub(super) fn contacts(&self, pieces: &[Piece], findings: &mut Vec<Finding>) {
        let mut seen = BTreeSet::new();
        let mut told = [0usize; 3];
        for piece in pieces {
            let mobiles = numbers::mobiles(&piece.text);
            for (hit, grouped) in numbers::accounts(&piece.text) {
                let is_mobile = mobiles.iter().any(|m| m.range == hit.range);
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
            for hit in mobiles {
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
            for hit in numbers::private_emails(&piece.text) {
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
