//! Budget and spending: the finding in a sentence, the bars, the tables with
//! the same figures.

use crate::catalogue::Item;
use crate::diagnostic::Lang;
use crate::render::format::{Page, cell, figure, head};
use crate::render::html::escaped;
use crate::render::pictures::{Bars, bars, swatch};
use crate::render::view::*;
use crate::site::Site;
use crate::site::ledgers::{Amounts, Budget};

use super::data::{links, links_of_whole};

/// The areas (ด้าน) and plan groups (แผนงาน) of every local government's budget,
/// by the regulation of the Ministry of Interior on budget methods; in English
/// as its parts are usually called.
const AREAS: &[(&str, &str)] = &[
    ("บริหารทั่วไป", "General administration"),
    ("บริการชุมชนและสังคม", "Community and social services"),
    ("การเศรษฐกิจ", "Economy"),
    ("การดำเนินงานอื่น", "Other operations"),
];
const PLAN_GROUPS: &[(&str, &str)] = &[
    ("บริหารงานทั่วไป", "General administration"),
    ("การรักษาความสงบภายใน", "Public order and safety"),
    ("การศึกษา", "Education"),
    ("สาธารณสุข", "Public health"),
    ("สังคมสงเคราะห์", "Social welfare"),
    ("เคหะและชุมชน", "Housing and community"),
    ("สร้างความเข้มแข็งของชุมชน", "Community strengthening"),
    (
        "การศาสนาวัฒนธรรมและนันทนาการ",
        "Religion, culture and recreation",
    ),
    ("อุตสาหกรรมและการโยธา", "Industry and public works"),
    ("การเกษตร", "Agriculture"),
    ("การพาณิชย์", "Commerce"),
    ("งบกลาง", "Central fund"),
];

/// A name of a fixed list in the reader's language; any other as written.
fn named(page: &Page<'_>, written: &str, word: &str, names: &[(&str, &str)]) -> String {
    let bare: String = written.split_whitespace().collect();
    let bare = bare.strip_prefix(word).unwrap_or(&bare);
    match names.iter().find(|(th, _)| *th == bare) {
        Some((_, en)) if page.lang == Lang::En => (*en).to_string(),
        _ => page.thai(written),
    }
}

fn plan_group_html(page: &Page<'_>, written: &str) -> String {
    named(page, written, "แผนงาน", PLAN_GROUPS)
}

fn area_html(page: &Page<'_>, written: &str) -> String {
    named(page, written, "ด้าน", AREAS)
}

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
            view.lead = Some(escaped(&plan_sentence(page, budget)));
        }
        view.sections.push(Section::Chart(plan_chart(page, budget)));
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
        .push(Section::Table(quarters_table(page, budget, quarters)));
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
    let year = page.year(budget.fiscal_year);
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
    let rows: Vec<Bars> = budget
        .groups
        .iter()
        .map(|g| {
            let (plan, actual) = (g.amounts.adjusted(), g.amounts.spent(quarters));
            Bars {
                label: plan_group_html(page, &g.name),
                bars: vec![
                    ("plan", plan, page.millions(plan)),
                    ("actual", actual, page.millions(actual)),
                ],
            }
        })
        .collect();
    let id = "spending-chart";
    let key = |class, th, en| (swatch(id, class), page.say(th, en));
    Chart {
        id: id.into(),
        heading: None,
        title: format!(
            "{sentence} {}",
            page.say("(แผนภูมิหน่วยเป็นล้านบาท)", "(chart in million baht)")
        ),
        svg: bars(id, &rows, None, None),
        key: vec![
            key("plan", "งบประมาณหลังโอน", "Budget after transfers"),
            key("actual", "ใช้จ่ายแล้ว", "Spent"),
        ],
    }
}

/// What the money goes to; the finding is the largest plan group.
fn plan_chart(page: &Page<'_>, budget: &Budget) -> Chart {
    let id = "plan-chart";
    let rows: Vec<Bars> = budget
        .groups
        .iter()
        .map(|g| Bars {
            label: plan_group_html(page, &g.name),
            bars: vec![(
                "actual",
                g.amounts.approved,
                page.millions(g.amounts.approved),
            )],
        })
        .collect();
    let largest = budget.groups.iter().max_by_key(|g| g.amounts.approved);
    let finding = largest.map_or_else(String::new, |g| {
        let share = page.percent(crate::thai::percent(
            g.amounts.approved,
            budget.total.approved,
        ));
        match page.lang {
            Lang::Th => format!("{} ได้รับมากที่สุด ร้อยละ {share} ของงบประมาณ", escaped(&g.name)),
            Lang::En => format!(
                "{} has the largest part, {share} % of the budget",
                plan_group_html(page, &g.name)
            ),
        }
    });
    Chart {
        id: id.into(),
        heading: None,
        title: format!(
            "{finding} {}",
            page.say("(แผนภูมิหน่วยเป็นล้านบาท)", "(chart in million baht)")
        ),
        svg: bars(id, &rows, None, None),
        key: Vec::new(),
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
                heading: group.area.as_ref().map(|a| area_html(page, a)),
                ..RowGroup::default()
            });
            last = Some(&group.area);
        }
        if let Some(open) = groups.last_mut() {
            open.rows.push(Row {
                cells: row(plan_group_html(page, &group.name), &group.amounts),
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
            &format!(
                "Budget of fiscal year {} by plan group",
                page.year(budget.fiscal_year)
            ),
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
        data: links_of_whole(page, "spending", Some(budget.fiscal_year)),
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
                plan_group_html(page, &group.name),
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
            ..RowGroup::default()
        })
        .collect();
    Table {
        id: "budget-lines".into(),
        title: Some(page.say("รายการงบประมาณ", "Budget lines")),
        caption: page.say("รายการงบประมาณในแต่ละแผนงาน", "Lines of each plan group"),
        wide: columns.len() > 6,
        columns,
        groups,
        data: links(page, "budget", Some(budget.fiscal_year)),
        ..Table::default()
    }
}

/// A row for each plan group (แผนงาน), its cells made by `row`.
fn plan_groups(
    page: &Page<'_>,
    budget: &Budget,
    row: impl Fn(String, &Amounts) -> Vec<Cell>,
) -> RowGroup {
    RowGroup::of(
        budget
            .groups
            .iter()
            .map(|g| Row {
                cells: row(plan_group_html(page, &g.name), &g.amounts),
                ..Row::default()
            })
            .collect(),
    )
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
                page.year(budget.fiscal_year)
            ),
        ),
        columns: vec![
            page.column("แผนงาน", "Plan group", "long"),
            page.column("งบประมาณหลังโอน (บาท)", "Budget (baht)", "n"),
            page.column("ใช้จ่ายแล้ว (บาท)", "Spent (baht)", "n"),
            page.column("คงเหลือ (บาท)", "Left (baht)", "n"),
            page.column("ร้อยละที่ใช้จ่าย", "Spent (%)", "n"),
        ],
        groups: vec![plan_groups(page, budget, row)],
        total: Some(row(page.say("รวม", "Total"), &budget.total)),
        data: links_of_whole(page, "spending", Some(budget.fiscal_year)),
        ..Table::default()
    }
}

fn quarters_table(page: &Page<'_>, budget: &Budget, quarters: usize) -> Table {
    let row = |name: String, a: &Amounts| {
        let mut cells = vec![head(name)];
        cells.extend(a.quarters.iter().take(quarters).map(|q| match q {
            Some(n) => figure(page.baht(*n)),
            None => figure(page.say("ยังไม่มีข้อมูล", "not yet")),
        }));
        cells
    };
    let mut columns = vec![page.column("แผนงาน", "Plan group", "long")];
    columns.extend((1..=quarters).map(|n| Column {
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
        groups: vec![plan_groups(page, budget, row)],
        total: Some(row(page.say("รวม", "Total"), &budget.total)),
        data: links_of_whole(page, "spending", Some(budget.fiscal_year)),
        ..Table::default()
    }
}
