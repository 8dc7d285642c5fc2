//! How an item stands and how one of its elements does, in a mark and a word:
//! the same on the terminal and on the page.

use crate::check::{ItemStanding, Standing};
use crate::diagnostic::Say;
use crate::site::ItemState;

/// What a state means to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Doubt,
    Bad,
    Neutral,
}

pub fn of_item(item: &ItemStanding) -> (Tone, Say) {
    let (tone, th, en) = match item.state {
        ItemState::Published => (Tone::Good, "✓ ครบ", "✓ complete"),
        ItemState::NoneStated => (Tone::Good, "✓ แจ้งว่าไม่มี", "✓ none stated"),
        ItemState::Doubtful => (Tone::Doubt, "? ต้องให้คนตรวจ", "? to be seen"),
        ItemState::Outdated => (Tone::Bad, "✗ เก่าเกินไป", "✗ out of date"),
        ItemState::Incomplete => (Tone::Bad, "✗ ไม่ครบ", "✗ incomplete"),
        ItemState::Missing => (Tone::Bad, "✗ ยังไม่มี", "✗ missing"),
    };
    (tone, Say::new(th, en))
}

pub fn of_element(standing: Standing) -> (Tone, Say) {
    let (tone, th, en) = match standing {
        Standing::Shown => (Tone::Good, "มี", "shown"),
        Standing::NoneStated => (Tone::Good, "แจ้งว่าไม่มี", "none stated"),
        Standing::NotNeeded => (Tone::Neutral, "ไม่ต้องมี", "not needed"),
        Standing::Doubtful => (Tone::Doubt, "ต้องให้คนตรวจ", "a person must look"),
        Standing::Missing => (Tone::Bad, "ยังไม่มี", "missing"),
    };
    (tone, Say::new(th, en))
}
