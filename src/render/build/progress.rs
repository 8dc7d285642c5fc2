//! The progress of measures, counted from the report.

use crate::content::measures::Status;
use crate::render::format::{Page, head, tag};
use crate::render::pictures::{stacked_bar, swatch};
use crate::render::view::*;
use crate::site::address::Kind;
use crate::site::measures::{RowView, StatusCounts, by_unit};

use super::data::links;
use super::parts::*;

/// The year of the measures that a year's page of progress counts: of those
/// that its report is on, as a rule the year before.
fn year_of_measures(page: &Page<'_>, year: u16) -> u16 {
    let of_year = page.site.years.get(&year);
    let report = of_year.and_then(|y| y.report.as_ref());
    let joined = report.and_then(|r| Some(r.left_out(page.site)?.0));
    let stated = || report?.file(page.site)?.document.fiscal_year;
    joined.or_else(stated).unwrap_or(year)
}

/// Names the year of the measures, and that of the assessment where it is
/// another.
pub fn title(page: &Page<'_>, year: u16) -> String {
    let measures = year_of_measures(page, year);
    let of = page.year(measures);
    let mut title = page.say(
        &format!("ความก้าวหน้าของมาตรการส่งเสริมคุณธรรมและความโปร่งใส ปี {of}"),
        &format!("Progress of the integrity measures of {of}"),
    );
    if measures != year {
        let year = page.year(year);
        title.push_str(&page.say(
            &format!(" (รายงานในการประเมินปี {year})"),
            &format!(", reported in the assessment of {year}"),
        ));
    }
    title
}

/// The page that counts how far a document's measures are: a report's own, or
/// the one of the year whose report is on them.
pub fn link_from(page: &Page<'_>, year: u16, is_report: bool) -> Option<Link> {
    let counts = |y: &u16| is_report || year_of_measures(page, *y) == year;
    let of = [year, year.saturating_add(1)].into_iter().find(counts)?;
    let address = format!("{of}/progress/");
    let there = page.site.routes.contains(&address);
    there.then(|| page.link(title(page, of), &address))
}

/// What was done, counted: the page that a mayor looks at.
pub fn progress(page: &Page<'_>, year: u16) -> PageView {
    let mut view = PageView {
        title: title(page, year),
        crumbs: vec![home_crumb(page), year_crumb(page, year)],
        report: true,
        ..PageView::default()
    };
    let Some(of_year) = page.site.years.get(&year) else {
        return view;
    };
    let Some(document) = of_year.report.as_ref().or(of_year.measures.as_ref()) else {
        return view;
    };
    vouched(page, &Kind::Progress(year), &mut view);
    let rows: Vec<RowView<'_>> = document.views(page.site).collect();
    let counts = StatusCounts::of(rows.iter().map(RowView::status));
    let (done, all) = (page.count(counts.done), page.count(counts.total()));
    let percent = page.percent(crate::thai::percent(
        counts.done as i64,
        counts.total() as i64,
    ));
    let key = |n: usize, class, th, en| {
        let label = format!("{} {}", page.say(th, en), page.count(n));
        (swatch("progress-chart", class), label)
    };
    let mut keys = vec![
        key(counts.done, "done", "ดำเนินการแล้ว", "Done"),
        key(
            counts.in_progress,
            "doing",
            "อยู่ระหว่างดำเนินการ",
            "In progress",
        ),
        key(counts.not_started, "todo", "ยังไม่ดำเนินการ", "Not started"),
    ];
    if counts.unstated > 0 {
        keys.push(key(counts.unstated, "todo", "ยังไม่ระบุสถานะ", "Not stated"));
    }
    view.sections.push(Section::Chart(Chart {
        id: "progress-chart".into(),
        heading: None,
        title: page.say(
            &format!("ดำเนินการแล้ว {done} จาก {all} มาตรการ (ร้อยละ {percent})"),
            &format!("{done} of {all} measures are done ({percent} %)"),
        ),
        svg: stacked_bar(
            "progress-chart",
            &[
                ("done", counts.done),
                ("doing", counts.in_progress),
                ("todo", counts.not_started + counts.unstated),
            ],
            36,
        ),
        key: keys,
    }));
    view.sections
        .push(Section::Table(units_table(page, year, &rows)));
    let late = late_measures(page, &rows);
    if !late.is_empty() {
        view.sections.push(Section::Prose {
            id: Some("late".into()),
            title: Some(page.say("เลยกำหนดแล้วยังไม่เสร็จ", "Past their time and not done")),
            parts: vec![Part::of(format!(
                "<ul class=\"checks\">{}</ul>",
                late.join("")
            ))],
        });
    }
    // A report is on the measures of the year before, as a rule.
    let mut documents: Vec<(u16, &str)> = document
        .rows
        .iter()
        .filter_map(|r| r.measure.map(|(year, _)| (year, "integrity-measures")))
        .collect();
    if documents.is_empty() {
        documents.push((year, "integrity-measures"));
    }
    documents.dedup();
    documents.push((year, "integrity-measures-report"));
    let links = documents
        .into_iter()
        .filter_map(|(of, topic)| Some((of, page.site.topic_page(of, topic)?)))
        .filter(|(_, t)| t.is_published())
        .map(|(of, t)| {
            let title = page
                .site
                .topic(&t.topic)
                .map_or_else(String::new, |x| page.say(&x.title_th, &x.title_en));
            page.link(format!("{title} {}", year_title(page, of)), &t.address)
        })
        .collect();
    view.sections.push(Section::Links {
        id: "documents".into(),
        title: page.say("เอกสารฉบับเต็ม", "The full documents"),
        items: links,
    });
    view
}

fn units_table(page: &Page<'_>, year: u16, rows: &[RowView<'_>]) -> Table {
    let line = |name: String, c: StatusCounts| {
        let n = |n: usize| crate::render::format::figure(page.count(n));
        vec![
            head(name),
            n(c.total()),
            n(c.done),
            n(c.in_progress),
            n(c.not_started + c.unstated),
        ]
    };
    let total = StatusCounts::of(rows.iter().map(RowView::status));
    Table {
        id: "units".into(),
        caption: page.say(
            "จำนวนมาตรการตามหน่วยงานรับผิดชอบ",
            "Measures by responsible unit",
        ),
        columns: vec![
            page.column("หน่วยงาน", "Unit", ""),
            page.column("ทั้งหมด", "All", "n"),
            page.column("ดำเนินการแล้ว", "Done", "n"),
            page.column("อยู่ระหว่างดำเนินการ", "In progress", "n"),
            page.column("ยังไม่ดำเนินการหรือไม่ระบุ", "Not started or not stated", "n"),
        ],
        groups: vec![RowGroup::of(
            by_unit(page.site, rows)
                .into_iter()
                .map(|(name, counts)| Row {
                    cells: line(
                        name.map_or_else(
                            || page.say("ไม่ระบุ", "Not stated"),
                            |n| page.words_html(&n),
                        ),
                        counts,
                    ),
                    ..Row::default()
                })
                .collect(),
        )],
        total: Some(line(page.say("รวม", "Total"), total)),
        data: links(page, "progress", Some(year)),
        ..Table::default()
    }
}

fn late_measures(page: &Page<'_>, rows: &[RowView<'_>]) -> Vec<String> {
    rows.iter()
        .filter(|r| r.status() != Some(Status::Done))
        .filter_map(|r| {
            let period = r.period()?;
            let end = period.to.filter(|_| period.problem.is_none())?;
            (end < page.site.options.today).then(|| {
                let name = r.title().map(|t| page.thai(t)).unwrap_or_default();
                format!(
                    "<li>{} <span>{name} ({} {})</span></li>",
                    tag("late", &page.say("เกินกำหนด", "Late")),
                    page.say("ครบกำหนด", "due"),
                    page.time(&page.day(end))
                )
            })
        })
        .collect()
}
