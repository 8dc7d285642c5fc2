//! Purchases: by month (สขร.1), by method, in the columns of the yearly form.

use crate::catalogue::{Item, PeriodKind};
use crate::content::ledger::Purchase;
use crate::diagnostic::Lang;
use crate::render::format::{Page, cell, figure, head};
use crate::render::html::escaped;
use crate::render::view::*;
use crate::site::Site;
use crate::site::address::Kind;
use crate::site::ledgers::{Procurement, sum_agreed};

use super::data::{links, links_of_whole};
use super::parts::*;

/// The purchases that an item asks for: half a year or a whole one, in the
/// sixteen columns of the yearly form.
pub fn purchases(page: &Page<'_>, year: u16, topic: &str, item: &Item, view: &mut PageView) {
    if !crate::site::prove::shows_purchases(topic) {
        return;
    }
    let fiscal = Site::record_year(year, item.period_kind);
    let Some(procurement) = page.site.procurement.get(&fiscal) else {
        return;
    };
    let half = item.period_kind == PeriodKind::FirstHalf;
    let rows: Vec<&Purchase> = if half {
        procurement.first_half().collect()
    } else {
        procurement.rows.iter().collect()
    };
    let sum = sum_agreed(rows.iter().copied());
    if view.lead.is_none() {
        view.lead = Some(purchase_sentence(page, rows.len(), sum, fiscal, half));
    }
    if topic == "procurement-progress"
        && view
            .sections
            .iter()
            .any(|s| matches!(s, Section::Table(t) if t.id == "procurement"))
    {
        return;
    }
    view.sections
        .push(Section::Table(months_table(page, procurement, half)));
    view.sections
        .push(Section::Table(form_table(page, &rows, fiscal, half)));
}

fn purchase_sentence(page: &Page<'_>, count: usize, sum: i64, fiscal: u16, half: bool) -> String {
    let year = page.year(fiscal);
    let (count, sum) = (page.count(count), page.baht(sum));
    match (page.lang, half) {
        (Lang::Th, true) => {
            format!("หกเดือนแรกของปีงบประมาณ {year} จัดซื้อจัดจ้าง {count} รายการ รวมราคาที่ตกลง {sum} บาท")
        }
        (Lang::Th, false) => {
            format!("ปีงบประมาณ {year} จัดซื้อจัดจ้าง {count} รายการ รวมราคาที่ตกลง {sum} บาท")
        }
        (Lang::En, true) => {
            format!("{count} purchases in the first half of fiscal year {year}, {sum} baht agreed")
        }
        (Lang::En, false) => format!("{count} purchases in fiscal year {year}, {sum} baht agreed"),
    }
}

fn months_table(page: &Page<'_>, procurement: &Procurement, half: bool) -> Table {
    let fiscal = procurement.fiscal_year;
    let months = procurement.months.iter().take(if half { 6 } else { 12 });
    let mut count = 0;
    let mut sum = 0i64;
    let rows: Vec<Row> = months
        .map(|m| {
            count += m.rows.len();
            sum = sum.saturating_add(m.total);
            let title = match page.lang {
                Lang::Th => page.digits(&m.month.thai_long()),
                Lang::En => m.month.english_long(),
            };
            let address = format!("{fiscal}/procurement/{}/", m.month.key());
            let name = if page.site.routes.contains(&address) {
                page.page_html(&address, &title)
            } else {
                escaped(&title)
            };
            let remark = match (&m.none, m.rows.is_empty()) {
                (Some((text, date)), _) => match date {
                    Some(date) => format!("{} ({})", page.thai(text), page.thai(date)),
                    None => page.thai(text),
                },
                (None, true) => page.say("ยังไม่มีข้อมูล", "no data yet"),
                (None, false) => String::new(),
            };
            Row {
                cells: vec![
                    head(name),
                    figure(page.count(m.rows.len())),
                    figure(page.baht(m.total)),
                    cell(remark),
                ],
                ..Row::default()
            }
        })
        .collect();
    Table {
        id: "months".into(),
        title: Some(page.say("รายเดือน (สขร.1)", "By month")),
        caption: page.say(
            &format!(
                "จำนวนและราคาที่ตกลงรายเดือน ปีงบประมาณ {}",
                page.digits(&fiscal.to_string())
            ),
            &format!(
                "Purchases by month, fiscal year {ce}",
                ce = page.year(fiscal)
            ),
        ),
        columns: vec![
            page.column("เดือน", "Month", ""),
            page.column("จำนวนรายการ", "Purchases", "n"),
            page.column("ราคาที่ตกลง (บาท)", "Agreed (baht)", "n"),
            page.column("หมายเหตุ", "Note", ""),
        ],
        groups: vec![RowGroup::of(rows)],
        total: Some(vec![
            head(page.say("รวม", "Total")),
            figure(page.count(count)),
            figure(page.baht(sum)),
            cell(String::new()),
        ]),
        data: if half {
            links_of_whole(page, "procurement-months", Some(fiscal))
        } else {
            links(page, "procurement-months", Some(fiscal))
        },
        ..Table::default()
    }
}

fn money(page: &Page<'_>, amount: Option<&crate::fields::Written<crate::thai::Baht>>) -> Cell {
    figure(amount.map_or_else(|| "–".into(), |a| page.baht(a.value.0)))
}

/// The NACC's yearly form of sixteen columns; the seven that say the same in
/// every row stand in the caption.
fn form_table(page: &Page<'_>, rows: &[&Purchase], fiscal: u16, half: bool) -> Table {
    let agency = &page.site.content.settings.agency;
    let body = rows
        .iter()
        .enumerate()
        .map(|(index, r)| Row {
            cells: vec![
                Cell {
                    html: page.count(index + 1),
                    class: "in",
                    ..Cell::default()
                },
                head(page.thai(&r.item_name)),
                money(
                    page,
                    r.allocated_budget.as_ref().or(r.purchase_budget.as_ref()),
                ),
                words(page, r.budget_source.as_ref()),
                words(page, r.status.as_ref()),
                cell(page.thai(&r.method)),
                money(page, r.reference_price.as_ref()),
                money(page, r.agreed_price.as_ref()),
                words(page, r.supplier.as_ref()),
                Cell {
                    html: r
                        .egp_project_no
                        .as_ref()
                        .map_or_else(|| "–".into(), |e| escaped(e)),
                    class: "in",
                    ..Cell::default()
                },
            ],
            ..Row::default()
        })
        .collect();
    let mut identity = vec![
        page.say(
            &format!("ปีงบประมาณ {}", page.digits(&fiscal.to_string())),
            &format!("Fiscal year {ce}", ce = page.year(fiscal)),
        ),
        page.words(&agency.name),
    ];
    identity.extend(agency.district.as_ref().map(|d| page.words(d)));
    identity.push(page.words(&agency.province));
    identity.extend(agency.ministry.as_ref().map(|m| page.words(m)));
    identity.push(agency.kind.thai().to_string());
    let sum = |get: &dyn Fn(&Purchase) -> Option<i64>| {
        figure(
            page.baht(
                rows.iter()
                    .filter_map(|r| get(r))
                    .fold(0i64, |s, n| s.saturating_add(n)),
            ),
        )
    };
    Table {
        id: "procurement".into(),
        title: Some(page.say("รายการจัดซื้อจัดจ้าง", "Purchases")),
        caption: format!(
            "{} ({})",
            if half {
                page.say(
                    "รายการจัดซื้อจัดจ้าง 6 เดือนแรก",
                    "Purchases of the first six months",
                )
            } else {
                page.say("รายการจัดซื้อจัดจ้างทั้งปี", "Purchases of the year")
            },
            identity.join(" · ")
        ),
        columns: vec![
            page.column("ที่", "No.", "in"),
            page.column("ชื่อรายการ", "Item", "long"),
            page.column("วงเงินที่ได้รับจัดสรร (บาท)", "Budget (baht)", "n"),
            page.column("แหล่งที่มาของงบประมาณ", "Source", "long"),
            page.column("สถานะ", "Status", ""),
            page.column("วิธีการ", "Method", ""),
            page.column("ราคากลาง (บาท)", "Reference price (baht)", "n"),
            page.column("ราคาที่ตกลง (บาท)", "Agreed price (baht)", "n"),
            page.column("ผู้ได้รับการคัดเลือก", "Supplier", ""),
            page.column("เลขที่โครงการ e-GP", "e-GP no.", "in"),
        ],
        groups: vec![RowGroup::of(body)],
        total: Some(vec![
            cell(String::new()),
            head(page.say("รวม", "Total")),
            // One allocation may pay for several purchases: no sum.
            cell(String::new()),
            cell(String::new()),
            cell(String::new()),
            cell(String::new()),
            sum(&|r| r.reference_price.as_ref().map(|b| b.value.0)),
            sum(&|r| r.agreed_price.as_ref().map(|b| b.value.0)),
            cell(String::new()),
            cell(String::new()),
        ]),
        wide: true,
        data: if half {
            links_of_whole(page, "procurement", Some(fiscal))
        } else {
            links(page, "procurement", Some(fiscal))
        },
        ..Table::default()
    }
}

pub fn year(page: &Page<'_>, fiscal: u16) -> PageView {
    let mut view = PageView {
        title: page.say(
            &format!(
                "การจัดซื้อจัดจ้าง ปีงบประมาณ {}",
                page.digits(&fiscal.to_string())
            ),
            &format!("Purchases of fiscal year {ce}", ce = page.year(fiscal)),
        ),
        crumbs: vec![home_crumb(page)],
        report: true,
        ..PageView::default()
    };
    if page.site.years.contains_key(&fiscal) {
        view.crumbs.push(year_crumb(page, fiscal));
    }
    let Some(procurement) = page.site.procurement.get(&fiscal) else {
        return view;
    };
    view.lead = Some(purchase_sentence(
        page,
        procurement.rows.len(),
        procurement.total(),
        fiscal,
        false,
    ));
    view.facts.push(page.fact(
        "ปีงบประมาณ",
        "Fiscal year",
        escaped(&fiscal_year(page, fiscal)),
    ));
    vouched(page, &Kind::Procurement(fiscal), &mut view);
    view.sections
        .push(Section::Table(months_table(page, procurement, false)));
    view.sections
        .push(Section::Table(methods_table(page, procurement)));
    let all: Vec<&Purchase> = procurement.rows.iter().collect();
    if !all.is_empty() {
        view.sections
            .push(Section::Table(form_table(page, &all, fiscal, false)));
    }
    view
}

fn methods_table(page: &Page<'_>, procurement: &Procurement) -> Table {
    let rows = procurement
        .methods()
        .into_iter()
        .map(|(method, count, sum)| Row {
            cells: vec![
                head(page.thai(method)),
                figure(page.count(count)),
                figure(page.baht(sum)),
                figure(page.percent(crate::thai::percent(sum, procurement.total()))),
            ],
            ..Row::default()
        })
        .collect();
    Table {
        id: "methods".into(),
        title: Some(page.say("ตามวิธีจัดซื้อจัดจ้าง", "By method")),
        caption: page.say("จำนวนและราคาที่ตกลงตามวิธี", "Purchases by method"),
        columns: vec![
            page.column("วิธี", "Method", ""),
            page.column("จำนวนรายการ", "Purchases", "n"),
            page.column("ราคาที่ตกลง (บาท)", "Agreed (baht)", "n"),
            page.column("ร้อยละของมูลค่า", "Share (%)", "n"),
        ],
        groups: vec![RowGroup::of(rows)],
        total: Some(vec![
            head(page.say("รวม", "Total")),
            figure(page.count(procurement.rows.len())),
            figure(page.baht(procurement.total())),
            cell(String::new()),
        ]),
        data: links(page, "procurement-methods", Some(procurement.fiscal_year)),
        ..Table::default()
    }
}

/// The monthly form สขร.1, in its nine columns.
pub fn month(page: &Page<'_>, fiscal: u16, index: u8) -> PageView {
    let Some(procurement) = page.site.procurement.get(&fiscal) else {
        return PageView::default();
    };
    let Some(month) = procurement.months.get(usize::from(index.saturating_sub(1))) else {
        return PageView::default();
    };
    let name = match page.lang {
        Lang::Th => page.digits(&month.month.thai_long()),
        Lang::En => month.month.english_long(),
    };
    let mut view = PageView {
        title: page.say(
            &format!("สรุปผลการจัดซื้อจัดจ้าง เดือน{name} (แบบ สขร.1)"),
            &format!("Purchases in {name} (form SKR 1)"),
        ),
        crumbs: vec![
            home_crumb(page),
            crumb(
                page.say(
                    &format!("การจัดซื้อจัดจ้าง {}", page.digits(&fiscal.to_string())),
                    &format!("Purchases {ce}", ce = page.year(fiscal)),
                ),
                page.page_href(&format!("{fiscal}/procurement/")),
            ),
        ],
        report: true,
        ..PageView::default()
    };
    view.facts.push(page.fact(
        "ปีงบประมาณ",
        "Fiscal year",
        escaped(&fiscal_year(page, fiscal)),
    ));
    vouched(page, &Kind::ProcurementMonth(fiscal, index), &mut view);
    if let Some((text, date)) = &month.none {
        view.sections.push(Section::None {
            title: none_word(page, false),
            id: "none-1".into(),
            text: text.clone(),
            date: date.clone(),
        });
    }
    let rows: Vec<&Purchase> = month
        .rows
        .iter()
        .filter_map(|&i| procurement.rows.get(i))
        .collect();
    if !rows.is_empty() {
        view.lead = Some(page.say(
            &format!(
                "{} รายการ รวมราคาที่ตกลง {} บาท",
                page.count(rows.len()),
                page.baht(month.total)
            ),
            &format!(
                "{} purchases, {} baht agreed",
                page.count(rows.len()),
                page.baht(month.total)
            ),
        ));
        view.sections.push(Section::Table(Table {
            data: links(
                page,
                &format!("procurement-{}", month.month.key()),
                Some(fiscal),
            ),
            ..skr1_table(page, &rows, &name, month.total)
        }));
    }
    let near: Vec<FilterEntry> = procurement
        .months
        .iter()
        .filter(|m| !m.rows.is_empty() || m.none.is_some())
        .map(|m| FilterEntry {
            id: None,
            title: match page.lang {
                Lang::Th => page.digits(&m.month.thai_short()),
                Lang::En => m.month.english_long(),
            },
            href: page.page_href(&format!("{fiscal}/procurement/{}/", m.month.key())),
            current: m.month == month.month,
        })
        .collect();
    view.sections.push(Section::Filter {
        label: page.say("เดือนอื่น", "Other months"),
        items: near,
    });
    view
}

fn skr1_table(page: &Page<'_>, rows: &[&Purchase], month: &str, total: i64) -> Table {
    let body = rows
        .iter()
        .enumerate()
        .map(|(index, r)| {
            let mut name = page.thai(&r.item_name);
            if let Some(number) = &r.egp_project_no {
                name.push_str(&format!(
                    "<br><span class=\"quiet nb\">e-GP {}</span>",
                    escaped(number)
                ));
            }
            let mut selected = r
                .supplier
                .as_ref()
                .map(|s| page.thai(s))
                .unwrap_or_default();
            if let Some(price) = &r.agreed_price {
                selected.push_str(&format!(
                    "<br><span class=\"nb\">{} {}</span>",
                    page.baht(price.value.0),
                    page.say("บาท", "baht")
                ));
            }
            let mut contract = r
                .contract_no
                .as_ref()
                .map(|c| page.thai(c))
                .unwrap_or_default();
            if let Some(date) = &r.contract_date {
                if !contract.is_empty() {
                    contract.push_str("<br>");
                }
                contract.push_str(&page.written_time(date));
            }
            Row {
                cells: vec![
                    Cell {
                        html: r
                            .no
                            .clone()
                            .map_or_else(|| page.count(index + 1), |n| escaped(&n)),
                        class: "in",
                        ..Cell::default()
                    },
                    head(name),
                    money(
                        page,
                        r.purchase_budget.as_ref().or(r.allocated_budget.as_ref()),
                    ),
                    money(page, r.reference_price.as_ref()),
                    cell(page.thai(&r.method)),
                    words(page, r.bidders.as_ref()),
                    cell(selected),
                    words(page, r.reason.as_ref()),
                    cell(contract),
                ],
                ..Row::default()
            }
        })
        .collect();
    Table {
        id: "procurement".into(),
        title: None,
        caption: page.say(
            &format!("สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน{month}"),
            &format!("Purchases in {month}"),
        ),
        columns: vec![
            page.column("ลำดับ", "No.", "in"),
            page.column("งานที่จัดซื้อหรือจัดจ้าง", "Bought or hired", "long"),
            page.column("วงเงินที่จะซื้อหรือจ้าง (บาท)", "Budget (baht)", "n"),
            page.column("ราคากลาง (บาท)", "Reference price (baht)", "n"),
            page.column("วิธีซื้อหรือจ้าง", "Method", ""),
            page.column("ผู้เสนอราคาและราคาที่เสนอ", "Bids", ""),
            page.column("ผู้ได้รับการคัดเลือกและราคาที่ตกลง", "Selected, agreed price", ""),
            page.column("เหตุผลที่คัดเลือกโดยสรุป", "Reason", ""),
            page.column("เลขที่และวันที่ของสัญญา", "Contract", ""),
        ],
        groups: vec![RowGroup::of(body)],
        total: Some(vec![
            cell(String::new()),
            head(page.say("รวมราคาที่ตกลง", "Agreed in all")),
            cell(String::new()),
            cell(String::new()),
            cell(String::new()),
            cell(String::new()),
            figure(page.baht(total)),
            cell(String::new()),
            cell(String::new()),
        ]),
        wide: true,
        ..Table::default()
    }
}
