//! Mobile numbers, bank accounts and private addresses in a text.

use std::ops::Range;

use crate::thai::{NumberRun, number_runs};

use super::addresses::is_in_address;

/// Something found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The digits alone, Arabic; or the address in small letters.
    pub value: String,
    /// As it may be shown.
    pub mask: String,
}

/// Mobile numbers: 06, 08 or 09 and eight digits.
pub fn mobiles(text: &str) -> Vec<Hit> {
    let is_mobile = |run: &NumberRun| {
        let known = run.is(&[
            &[10],
            &[3, 3, 4],
            &[3, 7],
            &[2, 4, 4],
            &[2, 8],
            &[3, 4, 3],
            &[2, 3, 5],
            &[1, 4, 5],
            &[1, 4, 4, 1],
        ]);
        let mobile = ["06", "08", "09"].iter().any(|p| run.digits.starts_with(p));
        // A page of a PDF gives each cell of a table a line of its own.
        known && mobile && !run.breaks && run.widest <= 3
    };
    number_runs(text, &[10], is_mobile)
        .into_iter()
        .filter(|run| stands_alone(text, run))
        .map(|run| Hit {
            mask: format!("{}x-xxx-x{}", &run.digits[..2], &run.digits[7..]),
            range: run.range,
            value: run.digits,
        })
        .collect()
}

fn stands_alone(text: &str, run: &NumberRun) -> bool {
    !run.joined && !is_in_address(text, &run.range)
}

/// Ten to twelve digits as banks write them; `true` where they are grouped so.
pub fn accounts(text: &str) -> Vec<(Hit, bool)> {
    let is_grouped =
        |run: &NumberRun| run.is(&[&[3, 1, 5, 1], &[3, 6, 1], &[3, 1, 6, 2], &[3, 2, 5, 2]]);
    let is_account = |run: &NumberRun| {
        (is_grouped(run) || run.groups.len() == 1) && !run.breaks && run.widest <= 3
    };
    number_runs(text, &[10, 11, 12], is_account)
        .into_iter()
        .filter(|run| stands_alone(text, run))
        .map(|run| {
            let grouped = is_grouped(&run);
            let hit = Hit {
                mask: format!("xxx-x-xxx{}", &run.digits[run.digits.len() - 2..]),
                range: run.range,
                value: run.digits,
            };
            (hit, grouped)
        })
        .collect()
}

const FREE_MAIL: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.th",
    "outlook.com",
    "outlook.co.th",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.co.th",
    "ymail.com",
    "icloud.com",
    "me.com",
    "proton.me",
    "protonmail.com",
];

/// Addresses at hosts that give them to anybody.
pub fn private_emails(text: &str) -> Vec<Hit> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    memchr::memchr_iter(b'@', text.as_bytes())
        .filter_map(|at| {
            let before: usize = text[..at].chars().rev().take_while(|c| part(*c)).count();
            let after: usize = text[at + 1..].chars().take_while(|c| part(*c)).count();
            let start = at - before;
            let end = at
                + 1
                + text[at + 1..at + 1 + after]
                    .trim_end_matches(['.', '-'])
                    .len();
            let value = text.get(start..end)?.to_ascii_lowercase();
            let (name, host) = value.split_once('@')?;
            if name.is_empty() || !FREE_MAIL.contains(&host) {
                return None;
            }
            let first = name.get(..1)?;
            Some(Hit {
                range: start..end,
                mask: format!("{first}…@{host}"),
                value,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobiles_accounts_and_private_addresses() {
        let mobile = |t: &str| mobiles(t).into_iter().map(|h| h.mask).collect::<Vec<_>>();
        for text in [
            "081-000-0123",
            "08 1000 0123",
            "๐๘๑๐๐๐๐๑๒๓",
            "โทร.0810000123",
        ] {
            assert_eq!(mobile(text), ["08x-xxx-x123"], "{text}");
        }
        for text in [
            "0-2000-0123",
            "02 000 0123",
            "0810000123456",
            "1081000012",
            "08100001.23",
        ] {
            assert!(mobile(text).is_empty(), "{text}");
        }
        assert_eq!(accounts("123-4-56789-0").len(), 1);
        assert!(accounts("12/2568").is_empty());
        let mail = private_emails("ส่ง Somebody.X@GMAIL.com. หรือ office@example.go.th");
        assert_eq!(mail.len(), 1);
        assert_eq!(mail[0].mask, "s…@gmail.com");
    }
}
