//! The progress of measures, counted from the report.

use crate::content::measures::Status;
use crate::render::format::{Page, head, tag};
use crate::render::pictures::{stacked_bar, swatch};
use crate::render::view::*;
use crate::site::measures::{RowView, StatusCounts, by_unit};

use super::data::links;
use super::measures::counts_sentence;
use super::parts::*;

/// What was done, counted: the page that a mayor looks at.
pub fn progress(page: &Page<'_>, year: u16) -> PageView {
    let mut view = PageView {
        title: page.say(
            &format!(
                "ความก้าวหน้าของมาตรการส่งเสริมคุณธรรมและความโปร่งใส ปี {}",
                page.digits(&year.to_string())
            ),
            &format!(
                "Progress of the integrity measures, {ce}",
                ce = page.year(year)
            ),
        ),
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
    let rows: Vec<RowView<'_>> = document.views(page.site).collect();
    let counts = StatusCounts::of(rows.iter().map(RowView::status));
    let sentence = counts_sentence(page, &counts);
    view.lead = Some(sentence.clone());
    let unit = page.say("มาตรการ", "measures");
    let number = |n: usize, label: String, class: &'static str| Number {
        value: page.count(n),
        label,
        unit: unit.clone(),
        class,
    };
    let mut items = vec![
        number(counts.done, page.say("ดำเนินการแล้ว", "Done"), "done"),
        number(
            counts.in_progress,
            page.say("อยู่ระหว่างดำเนินการ", "In progress"),
            "doing",
        ),
        number(
            counts.not_started,
            page.say("ยังไม่ดำเนินการ", "Not started"),
            "todo",
        ),
    ];
    if counts.unstated > 0 {
        items.push(number(
            counts.unstated,
            page.say("ยังไม่ระบุสถานะ", "Not stated"),
            "todo",
        ));
    }
    let key = items
        .iter()
        .map(|i| {
            (
                swatch("progress-chart", i.class),
                format!("{} {}", i.label, i.value),
            )
        })
        .collect();
    view.sections.push(Section::Numbers { items });
    view.sections.push(Section::Chart(Chart {
        id: "progress-chart".into(),
        heading: None,
        title: sentence,
        svg: stacked_bar(
            "progress-chart",
            &[
                ("done", counts.done),
                ("doing", counts.in_progress),
                ("todo", counts.not_started + counts.unstated),
            ],
            36,
        ),
        key,
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
        groups: vec![RowGroup {
            heading: None,
            rows: by_unit(page.site, rows)
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
        }],
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
