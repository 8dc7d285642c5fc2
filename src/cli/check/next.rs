//! What to do next, in plain words: the last line of a report.

use crate::check::{Checked, Family, Finding};
use crate::diagnostic::{Say, Severity};
use crate::site::Site;

/// One sentence, by what was found.
pub fn next(checked: &Checked, site: &Site, asked: &[u16]) -> Say {
    let count = |severity| checked.count(severity);
    let year = checked.years.first().map_or(site.current_year, |y| y.year);
    // A command that works as it is typed: the current year needs no flag, and
    // years that were asked for are asked for again.
    let flag = if !asked.is_empty() {
        let asked: Vec<String> = asked.iter().map(ToString::to_string).collect();
        format!(" --year {}", asked.join(","))
    } else if year == site.current_year {
        String::new()
    } else {
        format!(" --year {year}")
    };
    let errors = count(Severity::Error);
    if errors > 0 {
        let first = first(checked);
        let (th, en) = first.map_or((String::new(), String::new()), |f| {
            let file = f.diagnostic.place.as_ref().map(|p| p.file.to_string());
            let file = file.map(|f| crate::thai::mask_citizen_numbers(&f).into_owned());
            match (&f.item, file) {
                (Some(item), Some(file)) => (
                    format!(" เริ่มที่ข้อ {item} ในไฟล์ {file}"),
                    format!(", beginning with {item} in {file}"),
                ),
                (None, Some(file)) => (
                    format!(" เริ่มที่ไฟล์ {file}"),
                    format!(", beginning with {file}"),
                ),
                (Some(item), None) => (
                    format!(" เริ่มที่ข้อ {item}"),
                    format!(", beginning with {item}"),
                ),
                (None, None) => (String::new(), String::new()),
            }
        });
        return Say::new(
            format!("แก้ข้อผิดพลาด {errors} รายการ{th} แล้วสั่ง prongsai check{flag} อีกครั้ง"),
            format!(
                "mend {}{en}; then run prongsai check{flag} again",
                if errors == 1 {
                    "the error".to_string()
                } else {
                    format!("the {errors} errors")
                }
            ),
        );
    }
    let warnings = count(Severity::Warning);
    if warnings > 0 {
        return Say::new(
            format!(
                "ไม่มีข้อผิดพลาด เปิดดูคำเตือน {warnings} รายการก่อนส่ง แล้วสั่ง prongsai check{flag} อีกครั้ง"
            ),
            format!(
                "no errors; look at the {} before you hand in, then run prongsai check{flag} again",
                if warnings == 1 {
                    "warning".to_string()
                } else {
                    format!("{warnings} warnings")
                }
            ),
        );
    }
    let open: Vec<&str> = checked
        .years
        .iter()
        .flat_map(|y| checked.items(y))
        .filter(|item| !item.state.is_complete())
        .map(|item| item.code.as_str())
        .collect();
    if !open.is_empty() {
        let count = open.len();
        let (first, more) = (open.iter().take(6), count.saturating_sub(6));
        let mut list = first.copied().collect::<Vec<_>>().join(", ");
        if more > 0 {
            list.push_str(" …");
        }
        if !checked.limited_to.is_empty() {
            return Say::new(
                format!(
                    "ยังไม่พร้อมส่ง {count} ข้อยังไม่ครบหรือต้องให้คนตรวจ: {list} ดูรายละเอียดของแต่ละข้อข้างบน"
                ),
                format!(
                    "not ready: {count} {} not complete for certain: {list}; what each lacks stands above",
                    if count == 1 { "item is" } else { "items are" },
                ),
            );
        }
        return Say::new(
            format!(
                "ยังไม่พร้อมส่ง {count} ข้อยังไม่ครบหรือต้องให้คนตรวจ: {list} ดูรายละเอียดด้วย prongsai check{flag} --only {}",
                open.first().unwrap_or(&"")
            ),
            format!(
                "not ready: {count} {} not complete for certain: {list}; prongsai check{flag} --only {} shows what it needs",
                if count == 1 { "item is" } else { "items are" },
                open.first().unwrap_or(&"")
            ),
        );
    }
    if !checked.limited_to.is_empty() {
        return Say::new(
            format!("ส่วนที่เลือกไม่มีสิ่งที่ต้องแก้ ตรวจทั้งปีด้วย prongsai check{flag}"),
            format!(
                "nothing to mend in what was asked; judge the whole year by prongsai check{flag}"
            ),
        );
    }
    let handed_in = site
        .content
        .years
        .get(&year)
        .is_some_and(|y| y.handed_in.is_some());
    if handed_in {
        return Say::new(
            "พร้อมแล้ว ที่อยู่ที่ส่งไปยังอยู่ครบ สั่ง prongsai build แล้วนำขึ้นเว็บไซต์ได้",
            "ready, and every address that was handed in is there; run prongsai build and publish it",
        );
    }
    Say::new(
        format!(
            "พร้อมส่ง สั่ง prongsai build แล้วนำขึ้นเว็บไซต์ จากนั้นสั่ง prongsai answers{flag} เพื่อทำแบบคำตอบ"
        ),
        format!(
            "ready: run prongsai build and publish it, then prongsai answers{flag} for what is handed in"
        ),
    )
}

/// Where to begin: at what keeps the site from loading, else at the item that
/// gains most, else at the first.
fn first(checked: &Checked) -> Option<&Finding> {
    let errors = || {
        let is_error = |f: &&Finding| f.diagnostic.severity == Severity::Error;
        checked.findings.iter().filter(is_error)
    };
    let loading = |f: &&Finding| f.rule.is_some_and(|r| r.family == Family::Loading);
    let gains = checked.years.iter().flat_map(|y| {
        let items = y.next().into_iter();
        items.map(move |item| (y.year, item.code.as_str()))
    });
    let of_item = |(year, code): (u16, &str)| {
        errors().find(|f| f.year == Some(year) && f.item.as_deref() == Some(code))
    };
    errors()
        .find(loading)
        .or_else(|| gains.into_iter().find_map(of_item))
        .or_else(|| errors().next())
}
