//! Rows of money and complaints → fiscal years, added up.

use crate::content::FOLDER;
use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::Written;
use crate::site::Site;
use crate::site::ledgers::{Budget, Complaints, Procurement, protected};
use crate::thai::{Baht, Date};
use std::collections::BTreeMap;

use super::Linker;

impl Linker {
    /// Rows belong to fiscal years, whichever folder they stand in.
    pub(super) fn ledgers(&mut self, site: &mut Site) {
        let mut budget: BTreeMap<u16, Vec<_>> = BTreeMap::new();
        let mut purchases: BTreeMap<u16, Vec<_>> = BTreeMap::new();
        let mut counts: BTreeMap<u16, Vec<_>> = BTreeMap::new();
        for (&year, folder) in &mut site.content.years {
            for line in std::mem::take(&mut folder.budget) {
                budget
                    .entry(line.fiscal_year.unwrap_or(year))
                    .or_default()
                    .push(line);
            }
            for row in std::mem::take(&mut folder.purchases) {
                let of = row
                    .fiscal_year
                    .or(row.month.map(|m| m.fiscal_year()))
                    .unwrap_or(year);
                purchases.entry(of).or_default().push(row);
            }
            for row in std::mem::take(&mut folder.complaints) {
                let of = row.month.map_or(year, |m| m.fiscal_year());
                counts.entry(of).or_default().push(row);
            }
        }
        for (fy, lines) in budget {
            let mut budget = Budget::new(fy, lines);
            if let Some(folder) = site.content.years.get(&fy) {
                let record = &folder.record;
                budget.as_of = record.budget_as_of.as_ref().map(|d| d.value);
                budget.as_of_raw = record.budget_as_of.as_ref().map(in_words);
                budget.ordinance.clone_from(&record.ordinance);
                let readable = budget.lines.iter().all(|l| l.is_readable);
                if let Some((written, place)) = record.budget_total.as_ref().filter(|_| readable) {
                    let mut strays = budget.lines.iter().map(|l| &l.place);
                    let folder = format!("{FOLDER}/{fy}/");
                    let stray = strays.rfind(|p| !p.file.starts_with(&folder));
                    self.check_total(written.value, budget.total.approved, place, stray);
                }
            }
            site.budgets.insert(fy, budget);
        }
        for (fy, rows) in purchases {
            site.procurement.insert(fy, Procurement::new(fy, rows));
        }
        for (&year, folder) in &site.content.years {
            if folder.record.no_purchases.is_empty() && !site.procurement.contains_key(&year) {
                continue;
            }
            let procurement = site
                .procurement
                .entry(year)
                .or_insert_with(|| Procurement::new(year, Vec::new()));
            procurement.as_of = folder.record.procurement_as_of.as_ref().map(|d| d.value);
            procurement.as_of_raw = folder.record.procurement_as_of.as_ref().map(in_words);
            for none in &folder.record.no_purchases {
                let Some(month) = procurement
                    .months
                    .iter_mut()
                    .find(|m| Some(m.month) == none.month)
                else {
                    continue;
                };
                if month.rows.is_empty() {
                    month.none = Some((none.text.clone(), none.date.as_ref().map(in_words)));
                } else {
                    self.found.push(
                        Diagnostic::error(
                            "none-but-some",
                            Say::new(
                                format!(
                                    "ระบุว่าเดือน{} ไม่มีการจัดซื้อจัดจ้าง แต่ในตารางมี {} รายการ",
                                    month.month.thai_long(),
                                    month.rows.len()
                                ),
                                format!(
                                    "{} is said to have no purchases, but the table has {}",
                                    month.month.english_long(),
                                    month.rows.len()
                                ),
                            ),
                        )
                        .at(none.place.clone())
                        .hint(Say::new(
                            format!(
                                "ลบคำชี้แจงของเดือน{} ออก หรือแก้เดือนของรายการในตาราง",
                                month.month.thai_long().replace('\u{a0}', " ")
                            ),
                            format!(
                                "delete the statement for {}, or correct the month of the rows",
                                month.month.english_long().replace('\u{a0}', " ")
                            ),
                        )),
                    );
                }
            }
        }
        for (fy, rows) in counts {
            let folder = site.content.years.get(&fy);
            let mut seen: BTreeMap<_, &Place> = BTreeMap::new();
            for row in &rows {
                let Some(month) = row.month else { continue };
                // A row in the folder of another year was told as that.
                if !row.place.file.contains(&format!("/{fy}/")) {
                    continue;
                }
                if let Some(first) = seen.insert((month, row.kind), &row.place) {
                    self.found.push(
                        Diagnostic::error(
                            "repeated-row",
                            Say::new(
                                format!("เดือน{} ประเภทนี้มีสองแถว", month.thai_long()),
                                format!("{} has two rows of this kind", month.english_long()),
                            ),
                        )
                        .at(row.place.clone())
                        .label(first.clone(), Say::new("แถวแรกอยู่ที่นี่", "the first is here"))
                        .hint(Say::new("รวมเป็นแถวเดียว", "make them one row")),
                    );
                }
            }
            for row in &rows {
                if let (Some(received), Some(finished), Some(open)) =
                    (row.received, row.finished, row.in_progress)
                    && finished.saturating_add(open) != received
                    && !row.note.as_deref().is_some_and(carries_over)
                {
                    self.found.push(
                            Diagnostic::warning(
                                "counts-differ",
                                Say::new(
                                    format!("รับ {received} เรื่อง แต่แล้วเสร็จ {finished} กับอยู่ระหว่างดำเนินการ {open} รวมกันไม่เท่ากัน"),
                                    format!("{received} received, but {finished} finished and {open} in progress don't add up to it"),
                                ),
                            )
                            .at(row.place.clone()),
                        );
                }
            }
            let below = site.content.settings.open_data.small_cells;
            site.complaints.insert(
                fy,
                Complaints {
                    fiscal_year: fy,
                    hidden: protected(&rows, below),
                    rows,
                    as_of: folder
                        .and_then(|f| f.record.complaints_as_of.as_ref())
                        .map(|d| d.value),
                    as_of_raw: folder
                        .and_then(|f| f.record.complaints_as_of.as_ref())
                        .map(in_words),
                    counted: folder.and_then(|f| f.record.counted.clone()),
                },
            );
        }
    }

    pub(super) fn check_total(
        &mut self,
        written: Baht,
        computed: i64,
        place: &Place,
        stray: Option<&Place>,
    ) {
        if written.0 != computed {
            self.found.push(
                Diagnostic::error(
                    "total-differs",
                    Say::new(
                        format!("ยอดรวมที่เขียนไว้ {written} บาท ไม่ตรงกับยอดรวมจากตาราง {} บาท", Baht(computed)),
                        format!("the total is written as {written} baht, but the rows add up to {} baht", Baht(computed)),
                    ),
                )
                .at(place.clone())
                .hint(match stray {
                    Some(stray) => Say::new(
                        format!("ไฟล์ {} มีแถวของปีงบประมาณนี้ด้วย: แก้คอลัมน์ปีงบประมาณในไฟล์นั้น", stray.file),
                        format!("{} has rows of this fiscal year too: correct its column of fiscal years", stray.file),
                    ),
                    None => Say::new(
                    "แก้ตัวเลขในตารางหรือยอดรวมให้ตรงกัน หรือลบยอดรวมออก (prongsai รวมให้เอง)",
                    "correct a row or the total, or leave the total out (prongsai adds up itself)",
                )}),
            );
        }
    }
}

/// Whether a note says that cases of earlier months are counted too.
fn carries_over(note: &str) -> bool {
    ["ยกมา", "ยกไป", "ค้างจาก", "carried over"]
        .iter()
        .any(|words| note.contains(words))
}

/// A date as it was written in words, else in words of ours.
pub fn in_words(date: &Written<Date>) -> String {
    let written = date
        .raw
        .chars()
        .any(|c| ('\u{0E01}'..='\u{0E2E}').contains(&c));
    if written {
        date.raw.clone()
    } else {
        date.value.thai_long()
    }
}
