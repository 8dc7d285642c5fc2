//! Complaint counts by month and kind; zero is shown as zero.

use crate::catalogue::{Item, PeriodKind};
use crate::content::ledger::{ComplaintCount, ComplaintKind};
use crate::diagnostic::Lang;
use crate::render::format::{Page, cell, figure, head};
use crate::render::html::escaped;
use crate::render::pictures::{Bars, bars, swatch};
use crate::render::view::*;
use crate::site::Site;
use crate::site::ledgers::Counts;

use super::parts::*;

/// What is shown of one kind of complaints.
struct Kind<'s> {
    /// Of its table.
    id: &'static str,
    th: &'static str,
    en: &'static str,
    /// Each with whether its counts are hidden.
    rows: Vec<(&'s ComplaintCount, bool)>,
    sum: Counts,
}

pub fn complaints(page: &Page<'_>, year: u16, item: &Item, view: &mut PageView) {
    let fiscal = Site::record_year(year, item.period_kind);
    let Some(complaints) = page.site.complaints.get(&fiscal) else {
        return;
    };
    let half = item.period_kind == PeriodKind::FirstHalf;
    let kind = |kind, id, th, en| {
        let rows: Vec<_> = complaints
            .shown()
            .filter(|(r, _)| r.kind == kind)
            .filter(|(r, _)| item.period_kind.asks_for(r.month))
            .collect();
        let sum = Counts::of(rows.iter().map(|(r, _)| *r));
        Kind {
            id,
            th,
            en,
            rows,
            sum,
        }
    };
    let corruption = kind(
        ComplaintKind::Corruption,
        "statistics",
        "เรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
        "Corruption complaints",
    );
    let general = kind(
        ComplaintKind::General,
        "general-statistics",
        "เรื่องร้องเรียนทั่วไป",
        "General complaints",
    );
    if view.lead.is_none() {
        let year = page.year(fiscal);
        let (of, general) = (&corruption.sum, &general.sum);
        view.lead = Some(match page.lang {
            Lang::Th => format!(
                "{}ปีงบประมาณ {year} รับเรื่องร้องเรียนการทุจริต {} เรื่อง แล้วเสร็จ {} เรื่อง อยู่ระหว่างดำเนินการ {} เรื่อง และเรื่องทั่วไป {} เรื่อง",
                if half {
                    "ครึ่งแรกของ"
                } else {
                    ""
                },
                page.number(of.received),
                page.number(of.finished),
                page.number(of.in_progress),
                page.number(general.received)
            ),
            Lang::En => format!(
                "{} {year}: {} corruption complaints received, {} finished, {} in progress; {} general complaints",
                if half {
                    "First half of fiscal year"
                } else {
                    "Fiscal year"
                },
                page.number(of.received),
                page.number(of.finished),
                page.number(of.in_progress),
                page.number(general.received)
            ),
        });
    }
    if let Some(raw) = &complaints.as_of_raw {
        view.facts
            .push(page.fact("ข้อมูล ณ วันที่", "As of", page.thai(raw)));
    }
    if let Some(counted) = &complaints.counted {
        view.facts
            .push(page.fact("วิธีนับ", "How it was counted", page.words_html(counted)));
    }
    let kinds = [corruption, general];
    if let Some(chart) = chart(page, &kinds) {
        view.sections.push(Section::Chart(chart));
    }
    for Kind {
        id,
        th,
        en,
        rows,
        sum,
    } in kinds
    {
        let any_hidden = rows.iter().any(|(_, hidden)| *hidden);
        if rows.is_empty() {
            continue;
        }
        // The note of a hidden row may say what its counts are.
        let note = |r: &'_ ComplaintCount, hidden: bool| r.note.clone().filter(|_| !hidden);
        let notes = rows.iter().any(|(r, hidden)| note(r, *hidden).is_some());
        let mut columns = vec![
            page.column("เดือน", "Month", ""),
            page.column("รับเรื่อง", "Received", "n"),
            page.column("แล้วเสร็จ", "Finished", "n"),
            page.column("อยู่ระหว่างดำเนินการ", "In progress", "n"),
        ];
        if notes {
            columns.push(page.column("หมายเหตุ", "Note", ""));
        }
        let number = |n: Option<i64>| figure(n.map_or_else(|| "–".into(), |n| page.number(n)));
        let body = rows
            .iter()
            .map(|(r, hidden)| {
                let count = |n: Option<i64>| match hidden {
                    true => figure("*".into()),
                    false => number(n),
                };
                let month = r.month.map_or_else(String::new, |m| match page.lang {
                    Lang::Th => page.digits(&m.thai_long()),
                    Lang::En => m.english_long(),
                });
                let mut cells = vec![
                    head(escaped(&month)),
                    count(r.received),
                    count(r.finished),
                    count(r.in_progress),
                ];
                if notes {
                    cells.push(words(page, note(r, *hidden).as_ref()));
                }
                Row {
                    cells,
                    ..Row::default()
                }
            })
            .collect();
        let mut total = vec![
            head(page.say("รวม", "Total")),
            number(Some(sum.received)),
            number(Some(sum.finished)),
            number(Some(sum.in_progress)),
        ];
        if notes {
            total.push(cell(String::new()));
        }
        view.sections.push(Section::Table(Table {
            id: id.into(),
            title: Some(page.say(th, en)),
            caption: page.say(
                &format!(
                    "{th} รายเดือน ปีงบประมาณ {} (เดือนที่ไม่มีเรื่องแสดงเป็น 0)",
                    page.digits(&fiscal.to_string())
                ),
                &format!("{en} by month, fiscal year {ce}", ce = page.year(fiscal)),
            ),
            columns,
            groups: vec![RowGroup::of(body)],
            total: Some(total),
            note: any_hidden.then(|| {
                let below = page.number(page.site.content.settings.open_data.small_cells);
                page.say(
                    &format!("* ไม่แสดงจำนวนของเดือนนี้ เพื่อไม่ให้รู้ตัวผู้ร้องจากจำนวนที่น้อยกว่า {below} ยอดรวมนับครบทุกเดือน"),
                    &format!("* hidden, so that nobody can be told from a count below {below}; the total counts every month"),
                )
            }),
            data: super::data::links_of_whole(page, "complaints", Some(fiscal)),
            ..Table::default()
        }));
    }
}

/// What came and what became of it, of each kind; the totals are shown also
/// where counts of months are hidden. Nothing where nothing came.
fn chart(page: &Page<'_>, kinds: &[Kind<'_>]) -> Option<Chart> {
    let id = "complaints-chart";
    let parts = |sum: &Counts| {
        [
            ("todo", sum.received),
            ("done", sum.finished),
            ("doing", sum.in_progress),
        ]
    };
    let drawn: Vec<Bars> = kinds
        .iter()
        .filter(|kind| !kind.rows.is_empty())
        .map(|kind| Bars {
            label: page.say(kind.th, kind.en),
            bars: parts(&kind.sum)
                .map(|(class, count)| (class, count, page.number(count)))
                .into(),
        })
        .collect();
    let sum = Counts::of(kinds.iter().flat_map(|k| k.rows.iter().map(|(r, _)| *r)));
    if sum.received <= 0 {
        return None;
    }
    let (received, finished) = (page.number(sum.received), page.number(sum.finished));
    let key = |class, th, en| (swatch(id, class), page.say(th, en));
    Some(Chart {
        id: id.into(),
        heading: None,
        title: match (sum.finished == sum.received, page.lang) {
            (true, Lang::Th) => format!("ดำเนินการแล้วเสร็จครบทั้ง {received} เรื่องที่รับไว้"),
            (true, Lang::En) => format!("All {received} complaints received are finished"),
            (false, Lang::Th) => format!("ดำเนินการแล้วเสร็จ {finished} จาก {received} เรื่องที่รับไว้"),
            (false, Lang::En) => {
                format!("{finished} of {received} complaints received are finished")
            }
        },
        svg: bars(id, &drawn, None, None),
        key: vec![
            key("todo", "รับเรื่อง", "Received"),
            key("done", "แล้วเสร็จ", "Finished"),
            key("doing", "อยู่ระหว่างดำเนินการ", "In progress"),
        ],
    })
}
