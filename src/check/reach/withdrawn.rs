//! What is stated as withdrawn (`[[withdrawn]]` in `site.toml`) and yet there:
//! readers of the feed would take a true row for a false one.

use crate::check::context::Context;
use crate::check::finding::{Found, finding};
use crate::content::agency::Withdrawal;
use crate::output::resolve;

pub fn check(context: &Context<'_>, found: &mut Found) {
    for withdrawal in &context.site.content.settings.open_data.withdrawn {
        if !is_there(context, withdrawal) {
            continue;
        }
        let path = &withdrawal.path;
        found.push(
            finding(
                "withdrawn-still-there",
                format!("แจ้งว่าถอน {path} แล้ว แต่ยังเผยแพร่อยู่"),
                format!("{path} is stated as withdrawn, and is still published"),
            )
            .at(withdrawal.place.clone())
            .hint(
                "ถ้าถอนจริง ให้ลบไฟล์หรือแถวนั้น ถ้านำกลับมาแล้ว ให้ลบ [[withdrawn]] นี้",
                "if it is withdrawn, delete the file or row; if it is back, delete this [[withdrawn]]",
            ),
        );
    }
}

/// A file by its address, a table with or without its ending, or a row after
/// `#`, as the build that missed it wrote it.
fn is_there(context: &Context<'_>, withdrawal: &Withdrawal) -> bool {
    let path = withdrawal.path.trim_end_matches('/');
    let (table, row) = match path.split_once('#') {
        Some((table, row)) => (table, Some(row)),
        None => (path, None),
    };
    let sets = context.renderer.data.sets();
    let stem = table.rsplit_once('.').map_or(table, |(stem, _)| stem);
    let set = sets.iter().find(|set| set.stem() == stem);
    match (set, row) {
        (Some(set), Some(row)) => set.row_ids().any(|id| id == row),
        (Some(_), None) => true,
        (None, Some(_)) => false,
        // A page's address ends in a slash.
        (None, None) => !path.is_empty() && resolve(context.outputs, &withdrawal.path).is_some(),
    }
}
