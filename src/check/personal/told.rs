//! A finding about a person: shown by a mask, let pass by a fingerprint.

use crate::check::finding::{Finding, finding};
use crate::diagnostic::{Say, TO_FILL};
use crate::files::digest;

use super::File;
use super::contact_numbers::Hit;
use super::pieces::Piece;

/// Findings of one kind that a file gets; the rest are counted.
pub const MOST: usize = 10;

impl File<'_> {
    /// A mark of something by which it can be allowed, of this site alone.
    pub(super) fn mark(&self, value: &str) -> String {
        let salted = format!("{}\n{value}", self.site.base_url);
        let hash = digest(salted.as_bytes()).to_string();
        hash.get(..12).unwrap_or(&hash).to_string()
    }

    /// What to do about a finding, and how it is let pass.
    pub(super) fn allow(&self, code: &str, mark: &str, fix: (&str, &str)) -> Say {
        Say::new(
            format!("{} ถ้าตรวจแล้วว่าเผยแพร่ได้ ให้เพิ่มท้ายไฟล์ content/site.toml:", fix.0),
            format!(
                "{}; if it may be published, add to the end of content/site.toml:",
                fix.1
            ),
        )
        .typing(&format!(
            "[[allow]]\ncode = \"{code}\"\nfile = \"{}\"\nfingerprint = \"{mark}\"\nreason = \"{TO_FILL}\"",
            self.shown
        ))
    }

    /// A finding that shows a mask only, and how it is let pass.
    pub(super) fn one(
        &self,
        code: &'static str,
        piece: &Piece,
        hit: &Hit,
        th: &str,
        en: &str,
        fix: (&str, &str),
    ) -> Finding {
        let (beside_th, beside_en) = piece.beside(&hit.range);
        let mask = &hit.mask;
        // Of the mask, which is shown beside it: a mark of the number itself
        // would give the hidden digits back to whoever tries them all.
        let mark = self.mark(mask);
        let allow = self.allow(code, &mark, fix);
        finding(
            code,
            format!("{th} {mask}{beside_th}"),
            format!("{en} {mask}{beside_en}"),
        )
        .at(piece.place(&self.shown, &hit.range))
        .hint(allow.th, allow.en)
        .marked(mark)
    }
}
