//! Files that nobody reads: nothing in the folder is passed over in silence.

use crate::diagnostic::{Diagnostic, Place, Say, nearest};
use crate::files::{Listing, SitePath};
use crate::thai;

use super::{DATASETS, FOLDER, folder_year};

/// Whether a file was read as a dataset, so that no page needs to name it.
pub fn is_dataset(path: &SitePath) -> bool {
    let inside = path.strip_dir(FOLDER).unwrap_or_default();
    let parts: Vec<&str> = inside.split('/').collect();
    let place = match parts.as_slice() {
        [_] => true,
        [year, _] => folder_year(year).is_some(),
        _ => false,
    };
    let tabular = matches!(path.extension().as_deref(), Some("csv" | "xlsx"));
    place && tabular && DATASETS.contains(&path.stem())
}

/// Files of the content folder that were not read and that no output shows:
/// a misspelt `procurment.csv`, an old `.xls`, a folder `ปี2568`.
pub fn unused(listing: &Listing, is_published: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for entry in &listing.entries {
        let path = &entry.path;
        let Some(inside) = path.strip_dir(FOLDER) else {
            continue;
        };
        let parts: Vec<&str> = inside.split('/').collect();
        let extension = path.extension().unwrap_or_default();
        let is_source = matches!(extension.as_str(), "md" | "toml");
        if is_source || is_dataset(path) || is_published(inside) {
            continue;
        }
        found.push(unused_file(path, &parts));
    }
    found
}

fn unused_file(path: &SitePath, parts: &[&str]) -> Diagnostic {
    let digits: String = parts
        .first()
        .map(|top| {
            thai::to_arabic(top)
                .chars()
                .filter(char::is_ascii_digit)
                .collect()
        })
        .unwrap_or_default();
    let misnamed = parts.len() > 1 && parts.first().is_some_and(|top| *top != digits);
    let near = nearest(path.stem(), DATASETS.iter().copied()).filter(|near| *near != path.stem());
    let hint = if misnamed && folder_year(&digits).is_some() {
        Say::new(
            format!("ถ้าเป็นข้อมูลของปี {digits} ให้เปลี่ยนชื่อโฟลเดอร์เป็น {digits}"),
            format!("if this is of the year {digits}, rename the folder to {digits}"),
        )
    } else if matches!(
        path.extension().as_deref(),
        Some("xls" | "ods" | "xlsm" | "numbers")
    ) {
        Say::new(
            "เปิดใน Excel แล้วบันทึกเป็น .xlsx หรือ .csv",
            "open it in a spreadsheet program and save it as .xlsx or .csv",
        )
    } else if let Some(near) = near {
        let name = format!("{near}.{}", path.extension().unwrap_or_default());
        Say::new(
            format!("หมายถึง {name} หรือไม่"),
            format!("did you mean {name}?"),
        )
    } else {
        Say::new(
            "ย้ายไปไว้ในโฟลเดอร์ files ถ้าต้องการให้ดาวน์โหลดได้ หรือย้ายออกจาก content ถ้าไม่ใช้",
            "move it into a files folder to publish it, or out of content",
        )
    };
    Diagnostic::warning(
        "unused-file",
        Say::new(
            "ไม่มีหน้าใดใช้ไฟล์นี้ จึงไม่ถูกเผยแพร่",
            "no page uses this file, so it is not published",
        ),
    )
    .at(Place::file(path.as_str()))
    .hint(hint)
}
