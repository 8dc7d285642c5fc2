//! Budget, purchases, complaints: the finding in a sentence, the picture, the
//! table with the same figures.

use crate::catalogue::{Item, PeriodKind};
use crate::content::ledger::{ComplaintKind, Purchase};
use crate::diagnostic::Lang;
use crate::render::format::{Page, cell, figure, head};
use crate::render::html::escaped;
use crate::render::pictures::{PairOfBars, paired_bars};
use crate::render::view::*;
use crate::site::Site;
use crate::site::ledgers::{Amounts, Budget, Counts, Procurement, sum_agreed};

use super::parts::*;

pub fn budget(page: &Page<'_>, year: u16, topic: &str, item: &Item, view: &mut PageView) {
    let fiscal = Site::record_year(year, item.period_kind);
    let Some(budget) = page.site.budgets.get(&fiscal) else {
        return;
    };
    let plan_only = topic == "spending-plan";
    // Progress after six months is what was paid in two quarters, whatever
    // is known by now.
    let quarters = match topic {
        "spending-progress" => 2,
        "spending-annual-report" => 4,
        _ => 0,
    };
    if plan_only {
        if view.lead.is_none() {
            view.lead = Some(plan_sentence(page, budget));
        }
        view.sections.push(Section::Table(plan_table(page, budget)));
        view.sections
            .push(Section::Table(lines_table(page, budget)));
        return;
    }
    let sentence = spending_sentence(page, budget, quarters);
    if view.lead.is_none() {
        view.lead = Some(sentence.clone());
    }
    view.sections.push(Section::Chart(spending_chart(
        page, budget, quarters, &sentence,
    )));
    view.sections
        .push(Section::Table(spending_table(page, budget, quarters)));
    view.sections
        .push(Section::Table(quarters_table(page, budget)));
}

/// The day that the figures of so many quarters speak of: the end of the
/// last quarter, where later ones are known too and left out.
fn as_of(page: &Page<'_>, budget: &Budget, quarters: usize) -> String {
    let date = if budget.total.known_quarters() > quarters {
        let months = crate::thai::Month::months_of_fiscal_year(budget.fiscal_year);
        (quarters * 3)
            .checked_sub(1)
            .and_then(|last| months.get(last))
            .map(|m| m.last_day())
    } else {
        budget.as_of
    };
    match date {
        Some(date) => page.say(
            &format!(" ข้อมูล\u{a0}ณ {}", page.day(date).text),
            &format!(", as of {}", page.day(date).text),
        ),
        None => String::new(),
    }
}

fn plan_sentence(page: &Page<'_>, budget: &Budget) -> String {
    let total = page.baht(budget.total.approved);
    let groups = page.count(budget.groups.len());
    let year = page.digits(&budget.fiscal_year.to_string());
    let ordinance = budget.ordinance.as_ref().map(|o| page.words(o));
    match page.lang {
        Lang::Th => format!(
            "{} ตั้งงบประมาณรายจ่ายปี {year} ไว้ {total} บาท ใน {groups} แผนงาน",
            ordinance.unwrap_or_else(|| page
                .site
                .content
                .settings
                .agency
                .kind
                .ordinance()
                .to_string())
        ),
        Lang::En => {
            format!("The budget of fiscal year {year} is {total} baht in {groups} plan groups")
        }
    }
}

fn spending_sentence(page: &Page<'_>, budget: &Budget, quarters: usize) -> String {
    let known = budget.total.known_quarters().min(quarters);
    let spent = page.baht(budget.total.spent(quarters));
    let whole = page.baht(budget.total.adjusted());
    let percent = page.percent(budget.total.percent_spent(quarters));
    let n = page.count(known);
    match page.lang {
        Lang::Th => format!(
            "ใช้จ่ายแล้ว {spent} บาท จาก {whole} บาท (ร้อยละ {percent}) ใน {n} ไตรมาส{}",
            as_of(page, budget, quarters)
        ),
        Lang::En => format!(
            "{spent} of {whole} baht spent ({percent} %) in {n} quarters{}",
            as_of(page, budget, quarters)
        ),
    }
}

fn spending_chart(page: &Page<'_>, budget: &Budget, quarters: usize, sentence: &str) -> Chart {
    let rows: Vec<PairOfBars> = budget
        .groups
        .iter()
        .map(|g| {
            let (plan, actual) = (g.amounts.adjusted(), g.amounts.spent(quarters));
            PairOfBars {
                label: g.name.clone(),
                plan,
                plan_text: page.millions(plan),
                actual,
                actual_text: page.millions(actual),
            }
        })
        .collect();
    Chart {
        id: "spending-chart".into(),
        title: format!(
            "{sentence} {}",
            page.say("(แผนภูมิหน่วยเป็นล้านบาท)", "(chart in million baht)")
        ),
        svg: paired_bars(&rows),
        key: vec![
            (
                "plan".into(),
                page.say("งบประมาณหลังโอน", "Budget after transfers"),
            ),
            ("actual".into(), page.say("ใช้จ่ายแล้ว", "Spent")),
        ],
    }
}

fn plan_table(page: &Page<'_>, budget: &Budget) -> Table {
    let row = |name: String, amounts: &Amounts| {
        vec![
            head(name),
            figure(page.baht(amounts.approved)),
            figure(page.baht(amounts.transfer)),
            figure(page.baht(amounts.adjusted())),
            figure(page.percent(crate::thai::percent(
                amounts.approved,
                budget.total.approved,
            ))),
        ]
    };
    let mut groups: Vec<RowGroup> = Vec::new();
    let mut last: Option<&Option<String>> = None;
    for group in &budget.groups {
        if last != Some(&group.area) {
            groups.push(RowGroup {
                heading: group.area.as_ref().map(|a| page.thai(a)),
                rows: Vec::new(),
            });
            last = Some(&group.area);
        }
        if let Some(open) = groups.last_mut() {
            open.rows.push(Row {
                cells: row(page.thai(&group.name), &group.amounts),
                ..Row::default()
            });
        }
    }
    Table {
        id: "budget".into(),
        title: Some(page.say("งบประมาณตามแผนงาน", "Budget by plan group")),
        caption: page.say(
            &format!(
                "งบประมาณรายจ่ายปี {} ตามแผนงาน",
                page.digits(&budget.fiscal_year.to_string())
            ),
            &format!("Budget of fiscal year {} by plan group", budget.fiscal_year),
        ),
        columns: vec![
            page.column("แผนงาน", "Plan group", "long"),
            page.column("อนุมัติ (บาท)", "Approved (baht)", "n"),
            page.column("โอนเพิ่ม/ลด (บาท)", "Transfers (baht)", "n"),
            page.column("หลังโอน (บาท)", "After transfers (baht)", "n"),
            page.column("ร้อยละของทั้งหมด", "Share (%)", "n"),
        ],
        groups,
        total: Some(row(page.say("รวม", "Total"), &budget.total)),
        ..Table::default()
    }
}

fn lines_table(page: &Page<'_>, budget: &Budget) -> Table {
    let has =
        |test: &dyn Fn(&crate::content::ledger::BudgetLine) -> bool| budget.lines.iter().any(test);
    let (work, kind, unit, source, note) = (
        has(&|l| l.work.is_some()),
        has(&|l| l.budget_type.is_some()),
        has(&|l| l.unit.is_some()),
        has(&|l| l.source.is_some()),
        has(&|l| l.note.is_some()),
    );
    let mut columns = vec![page.column("รายการ", "Item", "long")];
    for (wanted, th, en) in [
        (work, "งาน", "Work"),
        (kind, "งบ", "Type"),
        (unit, "หน่วยงาน", "Unit"),
        (source, "แหล่งเงิน", "Source"),
    ] {
        if wanted {
            columns.push(page.column(th, en, ""));
        }
    }
    columns.push(page.column("อนุมัติ (บาท)", "Approved (baht)", "n"));
    if note {
        columns.push(page.column("หมายเหตุ", "Note", ""));
    }
    let groups = budget
        .groups
        .iter()
        .map(|group| RowGroup {
            heading: Some(format!(
                "{} · {} {}",
                page.thai(&group.name),
                page.baht(group.amounts.approved),
                page.say("บาท", "baht")
            )),
            rows: group
                .lines
                .iter()
                .filter_map(|&i| budget.lines.get(i))
                .map(|line| {
                    let mut cells = vec![head(page.thai(&line.item))];
                    let texts = [
                        (work, &line.work),
                        (kind, &line.budget_type),
                        (unit, &line.unit),
                        (source, &line.source),
                    ];
                    for (wanted, text) in texts {
                        if wanted {
                            cells.push(cell(
                                text.as_ref().map(|t| page.thai(t)).unwrap_or_default(),
                            ));
                        }
                    }
                    cells.push(figure(page.baht(line.approved.0)));
                    if note {
                        cells.push(cell(
                            line.note.as_ref().map(|t| page.thai(t)).unwrap_or_default(),
                        ));
                    }
                    Row {
                        cells,
                        ..Row::default()
                    }
                })
                .collect(),
        })
        .collect();
    Table {
        id: "budget-lines".into(),
        title: Some(page.say("รายการงบประมาณ", "Budget lines")),
        caption: page.say("รายการงบประมาณในแต่ละแผนงาน", "Lines of each plan group"),
        wide: columns.len() > 6,
        columns,
        groups,
        ..Table::default()
    }
}

fn spending_table(page: &Page<'_>, budget: &Budget, quarters: usize) -> Table {
    let row = |name: String, a: &Amounts| {
        let spent = a.spent(quarters);
        vec![
            head(name),
            figure(page.baht(a.adjusted())),
            figure(page.baht(spent)),
            figure(page.baht(a.adjusted().saturating_sub(spent))),
            figure(page.percent(a.percent_spent(quarters))),
        ]
    };
    Table {
        id: "spending".into(),
        title: Some(page.say("แผนและจ่ายจริงตามแผนงาน", "Budget and spending by plan group")),
        caption: page.say(
            &format!(
                "งบประมาณและการใช้จ่ายปี {} ตามแผนงาน",
                page.digits(&budget.fiscal_year.to_string())
            ),
            &format!(
                "Budget and spending of fiscal year {} by plan group",
                budget.fiscal_year
            ),
        ),
        columns: vec![
            page.column("แผนงาน", "Plan group", "long"),
            page.column("งบประมาณหลังโอน (บาท)", "Budget (baht)", "n"),
            page.column("ใช้จ่ายแล้ว (บาท)", "Spent (baht)", "n"),
            page.column("คงเหลือ (บาท)", "Left (baht)", "n"),
            page.column("ร้อยละที่ใช้จ่าย", "Spent (%)", "n"),
        ],
        groups: vec![RowGroup {
            heading: None,
            rows: budget
                .groups
                .iter()
                .map(|g| Row {
                    cells: row(page.thai(&g.name), &g.amounts),
                    ..Row::default()
                })
                .collect(),
        }],
        total: Some(row(page.say("รวม", "Total"), &budget.total)),
        ..Table::default()
    }
}

fn quarters_table(page: &Page<'_>, budget: &Budget) -> Table {
    let row = |name: String, a: &Amounts| {
        let mut cells = vec![head(name)];
        cells.extend(a.quarters.iter().map(|q| match q {
            Some(n) => figure(page.baht(*n)),
            None => figure(page.say("ยังไม่มีข้อมูล", "not yet")),
        }));
        cells
    };
    let mut columns = vec![page.column("แผนงาน", "Plan group", "long")];
    columns.extend((1..=4).map(|n| Column {
        label: page.say(
            &format!("ไตรมาส {}", page.digits(&n.to_string())),
            &format!("Quarter {n}"),
        ),
        class: "n",
    }));
    Table {
        id: "quarters".into(),
        title: Some(page.say("จ่ายจริงรายไตรมาส", "Spending by quarter")),
        caption: page.say("จ่ายจริงรายไตรมาส (บาท)", "Spending by quarter (baht)"),
        columns,
        groups: vec![RowGroup {
            heading: None,
            rows: budget
                .groups
                .iter()
                .map(|g| Row {
                    cells: row(page.thai(&g.name), &g.amounts),
                    ..Row::default()
                })
                .collect(),
        }],
        total: Some(row(page.say("รวม", "Total"), &budget.total)),
        ..Table::default()
    }
}

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
    view.wide = true;
    view.sections
        .push(Section::Table(months_table(page, procurement, half)));
    view.sections
        .push(Section::Table(form_table(page, &rows, fiscal, half)));
}

fn purchase_sentence(page: &Page<'_>, count: usize, sum: i64, fiscal: u16, half: bool) -> String {
    let year = page.digits(&fiscal.to_string());
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
            &format!("Purchases by month, fiscal year {fiscal}"),
        ),
        columns: vec![
            page.column("เดือน", "Month", ""),
            page.column("จำนวนรายการ", "Purchases", "n"),
            page.column("ราคาที่ตกลง (บาท)", "Agreed (baht)", "n"),
            page.column("หมายเหตุ", "Note", ""),
        ],
        groups: vec![RowGroup {
            heading: None,
            rows,
        }],
        total: Some(vec![
            head(page.say("รวม", "Total")),
            figure(page.count(count)),
            figure(page.baht(sum)),
            cell(String::new()),
        ]),
        ..Table::default()
    }
}

fn money(page: &Page<'_>, amount: Option<&crate::fields::Written<crate::thai::Baht>>) -> Cell {
    figure(amount.map_or_else(|| "–".into(), |a| page.baht(a.value.0)))
}

fn words(page: &Page<'_>, text: Option<&String>) -> Cell {
    cell(text.map_or_else(|| "–".into(), |t| multiline(page, t)))
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
            &format!("Fiscal year {fiscal}"),
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
            page.column("แหล่งที่มาของงบประมาณ", "Source", ""),
            page.column("สถานะ", "Status", ""),
            page.column("วิธีการ", "Method", ""),
            page.column("ราคากลาง (บาท)", "Reference price (baht)", "n"),
            page.column("ราคาที่ตกลง (บาท)", "Agreed price (baht)", "n"),
            page.column("ผู้ได้รับการคัดเลือก", "Supplier", ""),
            page.column("เลขที่โครงการ e-GP", "e-GP no.", "in"),
        ],
        groups: vec![RowGroup {
            heading: None,
            rows: body,
        }],
        total: Some(vec![
            cell(String::new()),
            head(page.say("รวม", "Total")),
            sum(&|r| {
                r.allocated_budget
                    .as_ref()
                    .or(r.purchase_budget.as_ref())
                    .map(|b| b.value.0)
            }),
            cell(String::new()),
            cell(String::new()),
            cell(String::new()),
            sum(&|r| r.reference_price.as_ref().map(|b| b.value.0)),
            sum(&|r| r.agreed_price.as_ref().map(|b| b.value.0)),
            cell(String::new()),
            cell(String::new()),
        ]),
        wide: true,
        ..Table::default()
    }
}

pub fn procurement(page: &Page<'_>, fiscal: u16) -> PageView {
    let mut view = PageView {
        title: page.say(
            &format!(
                "การจัดซื้อจัดจ้าง ปีงบประมาณ {}",
                page.digits(&fiscal.to_string())
            ),
            &format!("Purchases of fiscal year {fiscal}"),
        ),
        crumbs: vec![home_crumb(page)],
        report: true,
        wide: true,
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
    if let Some(date) = procurement.as_of {
        let day = page.day(date);
        view.facts
            .push(page.fact("ข้อมูล ณ วันที่", "As of", page.time(&day)));
        view.updated = Some(day);
    }
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
    let mut methods: Vec<(&str, usize, i64)> = Vec::new();
    for row in &procurement.rows {
        let price = row.agreed_price.as_ref().map_or(0, |p| p.value.0);
        match methods.iter_mut().find(|(m, ..)| *m == row.method) {
            Some((_, count, sum)) => {
                *count += 1;
                *sum = sum.saturating_add(price);
            }
            None => methods.push((&row.method, 1, price)),
        }
    }
    let rows = methods
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
        groups: vec![RowGroup {
            heading: None,
            rows,
        }],
        total: Some(vec![
            head(page.say("รวม", "Total")),
            figure(page.count(procurement.rows.len())),
            figure(page.baht(procurement.total())),
            cell(String::new()),
        ]),
        ..Table::default()
    }
}

/// The monthly form สขร.1, in its nine columns.
pub fn procurement_month(page: &Page<'_>, fiscal: u16, index: u8) -> PageView {
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
                    &format!("Purchases {fiscal}"),
                ),
                page.page_href(&format!("{fiscal}/procurement/")),
            ),
        ],
        report: true,
        wide: true,
        ..PageView::default()
    };
    if let Some((text, date)) = &month.none {
        view.sections.push(Section::None {
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
        view.sections
            .push(Section::Table(skr1_table(page, &rows, &name, month.total)));
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
        groups: vec![RowGroup {
            heading: None,
            rows: body,
        }],
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

pub fn complaints(page: &Page<'_>, year: u16, item: &Item, view: &mut PageView) {
    let fiscal = Site::record_year(year, item.period_kind);
    let Some(complaints) = page.site.complaints.get(&fiscal) else {
        return;
    };
    let half = item.period_kind == PeriodKind::FirstHalf;
    let corruption = complaints.counts(ComplaintKind::Corruption);
    let general = complaints.counts(ComplaintKind::General);
    if view.lead.is_none() {
        let year = page.digits(&fiscal.to_string());
        view.lead = Some(match page.lang {
            Lang::Th => format!(
                "ปีงบประมาณ {year} รับเรื่องร้องเรียนการทุจริต {} เรื่อง แล้วเสร็จ {} เรื่อง อยู่ระหว่างดำเนินการ {} เรื่อง และเรื่องทั่วไป {} เรื่อง",
                page.number(corruption.received),
                page.number(corruption.finished),
                page.number(corruption.in_progress),
                page.number(general.received)
            ),
            Lang::En => format!(
                "Fiscal year {year}: {} corruption complaints received, {} finished, {} in progress; {} general complaints",
                page.number(corruption.received),
                page.number(corruption.finished),
                page.number(corruption.in_progress),
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
    for (kind, id, th, en) in [
        (
            ComplaintKind::Corruption,
            "statistics",
            "เรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
            "Corruption complaints",
        ),
        (
            ComplaintKind::General,
            "general-statistics",
            "เรื่องร้องเรียนทั่วไป",
            "General complaints",
        ),
    ] {
        let rows: Vec<_> = complaints
            .of_kind(kind)
            .filter(|r| !half || r.month.is_some_and(|m| m.fiscal_index() <= 6))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let notes = rows.iter().any(|r| r.note.is_some());
        let sum = Counts::of(rows.iter().copied());
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
            .map(|r| {
                let month = r.month.map_or_else(String::new, |m| match page.lang {
                    Lang::Th => page.digits(&m.thai_long()),
                    Lang::En => m.english_long(),
                });
                let mut cells = vec![
                    head(escaped(&month)),
                    number(r.received),
                    number(r.finished),
                    number(r.in_progress),
                ];
                if notes {
                    cells.push(words(page, r.note.as_ref()));
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
                &format!("{en} by month, fiscal year {fiscal}"),
            ),
            columns,
            groups: vec![RowGroup {
                heading: None,
                rows: body,
            }],
            total: Some(total),
            ..Table::default()
        }));
    }
}
