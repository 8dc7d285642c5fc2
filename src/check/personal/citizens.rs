//! Numbers of persons: which of them a mask hides, which may be something
//! else, and which must not be published.

use std::collections::BTreeSet;

use crate::check::finding::{Finding, finding};
use crate::diagnostic::Place;
use crate::thai::{CitizenNumber, Writing, citizen_numbers};

use super::addresses::is_in_address;
use super::contact_numbers::Hit;
use super::pieces::Piece;
use super::told::MOST;
use super::words::{says, squeezed};
use super::{File, Seen, Way};

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
    "cid=",
];

/// As many numbers of persons are a list of persons.
const LIST: usize = 3;

/// Milliseconds since 1970, from 2012 to 2029: what telephones and upload
/// forms name files by.
const MOMENTS: std::ops::RangeInclusive<u64> = 1_325_376_000_000..=1_893_455_999_999;

/// Where a number stands, as far as it decides what becomes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// In words that a mask hides.
    Masked,
    /// In an address or the name of a file, which a mask would break.
    Fixed,
    /// In words that are published as they are.
    Bare,
}

struct Seat<'p> {
    piece: &'p Piece,
    number: CitizenNumber,
    standing: Standing,
    /// Words nearby say what it is.
    said: bool,
}

impl Seat<'_> {
    fn hit(&self) -> Hit {
        hit(&self.number)
    }
}

/// A number as it may be shown: of thirteen digits, those that tell the office
/// and the last two but one.
pub fn mask(digits: &str) -> String {
    let part = |range| digits.get(range).unwrap_or_default();
    format!("{}-{}-*****-{}-*", part(0..1), part(1..5), part(10..12))
}

fn hit(number: &CitizenNumber) -> Hit {
    Hit {
        range: number.range.clone(),
        value: number.digits.clone(),
        mask: mask(&number.digits),
    }
}

fn is_moment(number: &CitizenNumber) -> bool {
    let value = number.digits.parse().unwrap_or(0);
    number.writing == Writing::Whole && MOMENTS.contains(&value)
}

impl File<'_> {
    fn standing(&self, piece: &Piece, number: &CitizenNumber) -> Standing {
        match self.way {
            Way::Csv if piece.is_boxed => Standing::Bare,
            Way::Csv => Standing::Masked,
            Way::Copy => Standing::Bare,
            Way::Page if is_in_address(&piece.text, &number.range) => Standing::Fixed,
            // Markdown is rendered line by line.
            Way::Page => {
                let is_markdown = self.entry.path.extension().as_deref() == Some("md");
                let written = piece.text.get(number.range.clone()).unwrap_or_default();
                if is_markdown && written.contains('\n') {
                    Standing::Bare
                } else {
                    Standing::Masked
                }
            }
        }
    }

    pub(super) fn citizens(&self, pieces: &[Piece], seen: &mut Seen) {
        let mut all: Vec<Seat<'_>> = Vec::new();
        let mut alike = 0;
        let mut known = BTreeSet::new();
        for piece in pieces {
            let (found, count) = citizen_numbers(&piece.text);
            alike += count;
            for number in found {
                let words = piece.words(&number.range, 100, 100);
                let said = says(&words, PERSON);
                let standing = self.standing(piece, &number);
                // In an attachment a part of a code, an address or a row of
                // numbers is nothing unless words say so.
                let is_part = number.joined
                    || number.writing == Writing::Loose
                    || is_in_address(&piece.text, &number.range);
                if standing == Standing::Bare && is_part && !said {
                    continue;
                }
                // An address that holds the time of an upload is like many.
                let is_doubtful = number.writing == Writing::Loose || is_moment(&number);
                if standing == Standing::Fixed && is_doubtful && !said {
                    seen.numbers.push(number.digits);
                    continue;
                }
                if known.insert((number.digits.clone(), standing == Standing::Masked)) {
                    all.push(Seat {
                        piece,
                        number,
                        standing,
                        said,
                    });
                }
            }
        }
        // One of ten numbers of this length passes the check by chance.
        let is_list = all.len() >= LIST && all.len() * 2 >= alike;
        let told = all.iter().take(MOST).map(|seat| self.tell(seat, is_list));
        seen.findings.extend(told);
        let fixed = all.iter().filter(|s| s.standing != Standing::Masked);
        seen.numbers.extend(fixed.map(|s| s.number.digits.clone()));
        if all.len() > MOST {
            let more = all.len() - MOST;
            let code = seen
                .findings
                .last()
                .map_or("citizen-number", |f| f.diagnostic.code);
            seen.findings.push(
                finding(
                    code,
                    format!("ยังมีอีก {more} เลขในไฟล์นี้"),
                    format!("{more} more in this file"),
                )
                .at(Place::file(self.shown.clone())),
            );
        }
    }

    fn tell(&self, seat: &Seat<'_>, is_list: bool) -> Finding {
        let (piece, hit) = (seat.piece, &seat.hit());
        match seat.standing {
            Standing::Masked => self.one(
                "masked-citizen-number",
                piece,
                hit,
                "เลขที่มีรูปแบบของเลขประจำตัวประชาชน",
                "a number like that of a person:",
                (
                    "บนเว็บไซต์ถูกปิดบังไว้แล้ว แต่ยังอยู่ในไฟล์ต้นฉบับ ให้ลบออกจากไฟล์",
                    "it is masked on the site, but stands in your file: take it out",
                ),
            ),
            Standing::Fixed => {
                let fix = (
                    "ลบเลขออกจากที่อยู่ (ลิงก์หรือชื่อตำแหน่ง) ถ้าปิดบังตรงนี้ลิงก์จะเสีย",
                    "take it out of the address: a link with a masked number would lead nowhere",
                );
                let th = "ที่อยู่นี้มีเลขประจำตัวประชาชน";
                let en = "this address holds the number of a person:";
                self.one("citizen-number", piece, hit, th, en, fix)
            }
            Standing::Bare => {
                let fix = (
                    "ลบเลขออกจากต้นฉบับแล้วบันทึกไฟล์ใหม่ ไฟล์นี้เผยแพร่ตามที่เป็น",
                    "take it out and save the file again, as it is published as it is",
                );
                if seat.said || is_list {
                    let (th, en) = ("เลขประจำตัวประชาชน", "the number of a person:");
                    self.one("citizen-number", piece, hit, th, en, fix)
                } else {
                    let th = "อาจเป็นเลขประจำตัวประชาชน";
                    let en = "perhaps the number of a person:";
                    self.one("possible-citizen-number", piece, hit, th, en, fix)
                }
            }
        }
    }

    /// Numbers in the path of a file that is published, or that is a page of
    /// the same name.
    pub(super) fn name(&self, seen: &mut Seen) {
        let path = &self.entry.path;
        if self.way == Way::Page && path.extension().as_deref() != Some("md") {
            return;
        }
        // A full stop is no decimal point here.
        let name = path.as_str().replace('.', " ");
        let words = squeezed(&name.replace(['-', '_'], ""));
        for number in citizen_numbers(&name).0 {
            let said = says(&words, PERSON);
            if number.writing == Writing::Loose && !said {
                continue;
            }
            let (code, th, en) = if said || !is_moment(&number) {
                (
                    "citizen-number",
                    "ชื่อไฟล์หรือโฟลเดอร์มีเลขประจำตัวประชาชน",
                    "the name of this file or folder holds the number of a person:",
                )
            } else {
                (
                    "possible-citizen-number",
                    "ชื่อไฟล์หรือโฟลเดอร์อาจมีเลขประจำตัวประชาชน",
                    "the name of this file or folder may hold the number of a person:",
                )
            };
            let fix = ("เปลี่ยนชื่อไฟล์หรือโฟลเดอร์", "rename the file or folder");
            let piece = Piece::whole();
            let finding = self.one(code, &piece, &hit(&number), th, en, fix);
            seen.findings.push(finding);
            seen.numbers.push(number.digits);
        }
    }
}
