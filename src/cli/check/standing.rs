//! How an item stands and how one of its elements does, in a mark and a word:
//! the same on the terminal and on the page.

use crate::check::{ItemStanding, Readiness, Standing};
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

/// What an open item needs, in two words.
pub fn need(item: &ItemStanding) -> Say {
    let missing = item.needed.saturating_sub(item.shown + item.doubtful);
    match item.state {
        ItemState::Outdated => Say::new("ของปีอื่น", "outdated"),
        _ if missing > 0 => Say::new(format!("ขาด {missing}"), format!("lacks {missing}")),
        _ if item.doubtful > 0 => Say::new(
            format!("ตรวจ {}", item.doubtful),
            format!("see {}", item.doubtful),
        ),
        _ => Say::new("ต้องตรวจ", "to see"),
    }
}

/// The sentence of a year's expected score. Errors that stand against no item
/// keep the whole site from being built: the score is then what it can be.
pub fn score(year: &Readiness) -> Say {
    let (complete, all) = (year.complete(), year.items.len());
    let (y, score) = (year.year, year.score.to_string());
    if year.blocked == 0 {
        return Say::new(
            format!("ปี {y}: ครบ {complete} จาก {all} ข้อ คะแนน OIT ที่คาดไว้ {score}"),
            format!("{y}: {complete} of {all} items complete; expected OIT score {score}"),
        );
    }
    let blocked = year.blocked;
    let errors = if blocked == 1 {
        "error is"
    } else {
        "errors are"
    };
    Say::new(
        format!(
            "ปี {y}: ครบ {complete} จาก {all} ข้อ คะแนน OIT ที่คาดไว้ {score} หลังแก้ข้อผิดพลาดอื่นอีก {blocked} รายการ ก่อนนั้นยังเผยแพร่ไม่ได้"
        ),
        format!(
            "{y}: {complete} of {all} items complete; expected OIT score {score} once {blocked} other {errors} mended: until then nothing can be published"
        ),
    )
}
