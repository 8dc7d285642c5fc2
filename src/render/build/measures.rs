//! Measures documents and reports, as printed.

use crate::catalogue::TopicKind;
use crate::content::markdown::HeadingIds;
use crate::content::measures::{Evidence, MeasuresFile, Memo as MemoRecord, Status};
use crate::diagnostic::{Diagnostic, Lang};
use crate::render::format::{Page, tag};
use crate::render::html::escaped;
use crate::render::images::Slot;
use crate::render::view::*;
use crate::site::TopicPage;
use crate::site::measures::{MeasuresDocument, RowView, StatusCounts};

use super::analysis::analysis_sections;
use super::parts::*;

/// The columns in their usual order, with their usual names.
const COLUMNS: &[(&str, &str, &str)] = &[
    ("indicator", "ตัวชี้วัด", "Indicator"),
    ("no", "ที่", "No."),
    ("title", "มาตรการ/แนวทาง", "Measure"),
    ("approach", "แนวทาง", "Approach"),
    ("steps", "ขั้นตอน/วิธีการปฏิบัติ", "Steps"),
    ("responsible", "ผู้รับผิดชอบ", "Responsible"),
    ("period", "ระยะเวลาดำเนินการ", "Period"),
    ("monitoring", "การกำกับติดตาม", "Supervision"),
    ("status", "สถานะ", "Status"),
    ("result", "ผลการดำเนินการ", "Result"),
    ("outcome", "ผลลัพธ์/ความสำเร็จ", "Outcome"),
    ("recommendations", "ข้อเสนอแนะ", "Recommendations"),
    ("evidence", "หลักฐาน", "Evidence"),
];

fn status_word(page: &Page<'_>, status: Status) -> (&'static str, String) {
    match status {
        Status::Done => ("done", page.say("ดำเนินการแล้ว", "Done")),
        Status::InProgress => ("doing", page.say("อยู่ระหว่างดำเนินการ", "In progress")),
        Status::NotStarted => ("todo", page.say("ยังไม่ดำเนินการ", "Not started")),
    }
}

/// The measures file that a topic's page shows.
pub fn of_topic<'s>(page: &Page<'s>, year: u16, topic: &TopicPage) -> Option<&'s MeasuresFile> {
    let of_year = page.site.years.get(&year)?;
    let document = match topic.kind {
        TopicKind::Measures => of_year.measures.as_ref(),
        TopicKind::MeasuresReport => of_year.report.as_ref(),
        _ => None,
    };
    document?.file(page.site)
}

/// Everything that a measures file holds, in printed order.
pub fn document(
    page: &Page<'_>,
    year: u16,
    is_report: bool,
    view: &mut PageView,
    ids: &mut HeadingIds,
    found: &mut Vec<Diagnostic>,
) {
    let Some(of_year) = page.site.years.get(&year) else {
        return;
    };
    let document = if is_report {
        of_year.report.as_ref()
    } else {
        of_year.measures.as_ref()
    };
    let Some(document) = document else { return };
    let Some(file) = document.file(page.site) else {
        return;
    };
    let record = &file.document;
    if !record.title.is_empty() {
        view.title.clone_from(&record.title);
    }
    if !record.cover.is_empty() || record.prepared_by.is_some() {
        view.cover = Some(Cover {
            logo: page.logo(96),
            lines: record.cover.clone(),
            prepared_by: record.prepared_by.clone(),
            signed: Vec::new(),
        });
    }
    if let Some(analysed) = record.analysed_year {
        view.facts.push(page.fact(
            "ผลการประเมินที่วิเคราะห์",
            "Assessment analysed",
            escaped(&year_title(page, analysed)),
        ));
    }
    let views: Vec<RowView<'_>> = document.views(page.site).collect();
    let counts = StatusCounts::of(views.iter().map(RowView::status));
    if is_report && counts.unstated < counts.total() && view.lead.is_none() {
        view.lead = Some(counts_sentence(page, &counts));
    }
    if let Some(memo) = &file.memo {
        view.sections.push(Section::Memo(memo_view(page, memo)));
    }
    let introduction: String = record
        .heading
        .iter()
        .map(|h| format!("<h2>{}</h2>", page.thai(h)))
        .chain(
            record
                .introduction
                .iter()
                .map(|p| format!("<p>{}</p>", page.thai(p))),
        )
        .collect();
    if !introduction.is_empty() {
        view.sections.push(Section::Prose {
            id: Some("introduction".into()),
            title: None,
            parts: vec![Part::of(introduction)],
        });
    }
    if let Some(analysis) = &file.analysis {
        let analysed = record.analysed_year.unwrap_or(year.saturating_sub(1));
        analysis_sections(page, year, analysed, analysis, view);
    }
    if !views.is_empty() {
        view.sections.push(Section::Table(measures_table(
            page, document, file, &views, is_report,
        )));
    }
    narratives(page, year, &views, view, ids, found);
    evidence(page, &views, view);
    if !record.note.is_empty() {
        let html = record
            .note
            .iter()
            .map(|n| format!("<p>{}</p>", page.thai(n)))
            .collect();
        view.sections.push(Section::Notice {
            title: Some(page.say("หมายเหตุ", "Notes")),
            html,
            warn: false,
        });
    }
    if let Some(link) = super::progress::link_from(page, year, is_report) {
        view.sections.push(Section::Links {
            id: "see-progress".into(),
            title: page.say("ดูเพิ่มเติม", "See also"),
            items: vec![link],
        });
    }
}

pub fn counts_sentence(page: &Page<'_>, counts: &StatusCounts) -> String {
    let n = |n| page.count(n);
    match page.lang {
        Lang::Th => format!(
            "จากทั้งหมด {} มาตรการ ดำเนินการแล้ว {} อยู่ระหว่างดำเนินการ {} ยังไม่ดำเนินการ {}{}",
            n(counts.total()),
            n(counts.done),
            n(counts.in_progress),
            n(counts.not_started),
            if counts.unstated > 0 {
                format!(" ยังไม่ระบุสถานะ {}", n(counts.unstated))
            } else {
                String::new()
            }
        ),
        Lang::En => format!(
            "Of {} measures {} are done, {} in progress, {} not started",
            n(counts.total()),
            n(counts.done),
            n(counts.in_progress),
            n(counts.not_started)
        ),
    }
}

fn memo_view(page: &Page<'_>, memo: &MemoRecord) -> Memo {
    let memo_date = memo.date.as_ref().map(|d| page.written_day(d).text);
    let mut facts = Vec::new();
    let mut fact = |th: &str, en: &str, text: Option<&str>| {
        if let Some(text) = text {
            facts.push(page.fact(th, en, page.thai(text)));
        }
    };
    fact("ส่วนราชการ", "Office", memo.office.as_deref());
    fact("ที่", "Number", memo.number.as_deref());
    fact("วันที่", "Date", memo_date.as_deref());
    fact("เรื่อง", "Subject", memo.subject.as_deref());
    fact(
        "ช่วงเวลา",
        "Period",
        memo.period.as_ref().map(|p| p.raw.as_str()),
    );
    fact("เรียน", "To", memo.to.as_deref());
    Memo {
        facts,
        paragraphs: memo.paragraphs.clone(),
        closing: memo.closing.clone(),
        signatories: memo
            .signatories
            .iter()
            .map(|s| SignatoryView {
                role: s.role.clone(),
                name: s.name.clone(),
                opinion: s.opinion.clone(),
            })
            .collect(),
    }
}

/// The columns that the document shows: those it names, in its order, then
/// any other that has something in it.
fn columns_of<'f>(
    file: &'f MeasuresFile,
    views: &[RowView<'_>],
    is_report: bool,
) -> Vec<(&'static str, Option<&'f str>)> {
    // An agency that names its columns prints those; what its measures say
    // besides stands in the measures document.
    let own_only = !file.document.columns.is_empty();
    let filled = |key: &str| {
        views.iter().any(|v| {
            let v = if own_only {
                RowView {
                    own: v.own,
                    measure: None,
                }
            } else {
                *v
            };
            match key {
                "no" => v.title().is_none() && v.no().is_some(),
                "title" => v.title().is_some() || v.no().is_some(),
                "approach" => !v.approach().is_empty(),
                "steps" => !v.steps().is_empty(),
                "responsible" => v.responsible().is_some(),
                "period" => v.period().is_some() || !v.recurring().is_empty(),
                "monitoring" => !v.monitoring().is_empty(),
                "status" => v.status().is_some(),
                "result" => !v.result().is_empty(),
                "outcome" => !v.outcome().is_empty(),
                "recommendations" => !v.recommendations().is_empty(),
                "evidence" => is_report && !v.evidence().is_empty(),
                _ => false,
            }
        })
    };
    let named: Vec<(&'static str, Option<&str>)> = file
        .document
        .columns
        .iter()
        .filter_map(|(key, label)| {
            let known = COLUMNS.iter().find(|(k, ..)| k == key)?;
            Some((known.0, Some(label.as_str())))
        })
        .collect();
    let mut columns = named.clone();
    let titled = views.iter().any(|v| v.title().is_some());
    if titled && !named.iter().any(|(k, _)| matches!(*k, "title" | "no")) {
        let at = usize::from(named.first().is_some_and(|(k, _)| *k == "indicator"));
        columns.insert(at, ("title", None));
    }
    for (key, ..) in COLUMNS {
        if !columns.iter().any(|(k, _)| k == key) && filled(key) {
            // A printed number stands with its title, unless it has its own
            // column.
            if *key == "no" && (columns.iter().any(|(k, _)| *k == "title") || filled("title")) {
                continue;
            }
            columns.push((key, None));
        }
    }
    columns
}

fn measures_table(
    page: &Page<'_>,
    document: &MeasuresDocument,
    file: &MeasuresFile,
    views: &[RowView<'_>],
    is_report: bool,
) -> Table {
    let columns = columns_of(file, views, is_report);
    let has_no = columns.iter().any(|(k, _)| *k == "no");
    let has_indicator = columns.iter().any(|(k, _)| *k == "indicator");
    let mut groups: Vec<RowGroup> = Vec::new();
    let mut open: Option<Option<&str>> = None;
    let mut evidence_count = 0usize;
    for view in views {
        let group = view.group();
        if open != Some(group) {
            groups.push(RowGroup {
                heading: group_heading(page, document, file, group, has_indicator),
                ..RowGroup::default()
            });
            open = Some(group);
        }
        let cells = columns
            .iter()
            .enumerate()
            .map(|(index, (key, _))| {
                let html = column_html(page, file, key, view, has_no, &mut evidence_count);
                Cell {
                    html,
                    head: index == 0 && matches!(*key, "title" | "indicator" | "no"),
                    ..Cell::default()
                }
            })
            .collect();
        if let Some(last) = groups.last_mut() {
            last.rows.push(Row {
                id: view.id().map(|id| format!("m-{id}")),
                class: "",
                cells,
            });
        }
    }
    let title = if is_report {
        page.say("ผลรายมาตรการ", "Results by measure")
    } else {
        page.say("มาตรการ", "Measures")
    };
    let long = [
        "title",
        "approach",
        "steps",
        "result",
        "outcome",
        "monitoring",
    ];
    Table {
        id: "measures".into(),
        caption: file.document.title.clone(),
        title: Some(title),
        columns: columns
            .iter()
            .map(|(key, label)| {
                let usual = COLUMNS
                    .iter()
                    .find(|(k, ..)| k == key)
                    .map_or_else(String::new, |(_, th, en)| page.say(th, en));
                Column {
                    label: label.map_or(usual, str::to_string),
                    class: if long.contains(key) { "long" } else { "" },
                }
            })
            .collect(),
        groups,
        wide: true,
        data: super::data::links(
            page,
            if is_report {
                "measures-report"
            } else {
                "measures"
            },
            Some(document.year),
        ),
        ..Table::default()
    }
}

fn group_heading(
    page: &Page<'_>,
    document: &MeasuresDocument,
    file: &MeasuresFile,
    group: Option<&str>,
    in_column: bool,
) -> Option<String> {
    let group = group?;
    if in_column {
        return None;
    }
    // A report's rows may stand in the groups of the measures document.
    let known = file.groups.iter().find(|g| g.id == group).or_else(|| {
        let measures = |year: u16| {
            page.site
                .content
                .years
                .get(&year)?
                .measures
                .as_ref()?
                .groups
                .iter()
                .find(|g| g.id == group)
        };
        measures(document.year).or_else(|| measures(document.year.saturating_sub(1)))
    });
    Some(match known {
        Some(known) => {
            let no = known
                .no
                .as_ref()
                .map(|n| format!("{} ", page.thai(n)))
                .unwrap_or_default();
            let text = known
                .text
                .as_ref()
                .map(|t| format!("<br>{}", page.thai(t)))
                .unwrap_or_default();
            format!("{no}{}{text}", page.thai(&known.title))
        }
        None => page.thai(group),
    })
}

fn column_html(
    page: &Page<'_>,
    file: &MeasuresFile,
    key: &str,
    view: &RowView<'_>,
    has_no: bool,
    evidence_count: &mut usize,
) -> String {
    match key {
        "indicator" => {
            let group = view
                .group()
                .and_then(|g| file.groups.iter().find(|x| x.id == g));
            match group {
                Some(group) => format!(
                    "{}{}",
                    group
                        .no
                        .as_ref()
                        .map(|n| format!("{} ", page.thai(n)))
                        .unwrap_or_default(),
                    page.thai(&group.title)
                ),
                None => {
                    let numbers: Vec<String> = view
                        .indicators()
                        .iter()
                        .map(|n| page.digits(&n.to_string()))
                        .collect();
                    numbers.join(", ")
                }
            }
        }
        "no" => view.no().map(|n| page.thai(n)).unwrap_or_default(),
        "title" => {
            let no = view
                .no()
                .filter(|_| !has_no)
                .map(|n| format!("{} ", page.thai(n)))
                .unwrap_or_default();
            let notes: String = view
                .note()
                .iter()
                .map(|n| format!("<br><span class=\"quiet\">{}</span>", page.thai(n)))
                .collect();
            format!(
                "{no}{}{notes}",
                view.title().map(|t| page.thai(t)).unwrap_or_default()
            )
        }
        "approach" => page.points(view.approach()),
        "steps" => page.points(view.steps()),
        "responsible" => view
            .responsible()
            .map(|r| {
                let heading = r
                    .heading
                    .as_ref()
                    .map(|h| format!("<strong>{}</strong>", page.thai(h)))
                    .unwrap_or_default();
                let units = match r.units.as_slice() {
                    [] => String::new(),
                    [one] if heading.is_empty() => page.thai(one),
                    many => format!(
                        "<ul class=\"asis\">{}</ul>",
                        many.iter()
                            .map(|u| format!("<li>{}</li>", page.thai(u)))
                            .collect::<String>()
                    ),
                };
                heading + &units
            })
            .unwrap_or_default(),
        "period" => {
            let mut parts: Vec<String> = view.period().iter().map(|p| page.thai(&p.raw)).collect();
            parts.extend(view.recurring().iter().map(|r| page.thai(r)));
            if let Some(problem) = view.period().and_then(|p| p.problem.as_ref()) {
                parts.push(format!(
                    "<span class=\"quiet\">({})</span>",
                    page.say(&problem.th(), &problem.en())
                ));
            }
            parts.join("<br>")
        }
        "monitoring" => page.points(view.monitoring()),
        "status" => view
            .status()
            .map(|s| {
                let (class, word) = status_word(page, s);
                tag(class, &word)
            })
            .unwrap_or_default(),
        "result" => page.points(view.result()),
        "outcome" => page.points(view.outcome()),
        "recommendations" => page.points(view.recommendations()),
        "evidence" => evidence_cell(page, view.evidence(), evidence_count),
        _ => String::new(),
    }
}

/// Links to evidence; pictures are shown below and linked there.
fn evidence_cell(page: &Page<'_>, evidence: &[Evidence], count: &mut usize) -> String {
    let items: Vec<String> = evidence
        .iter()
        .map(|e| {
            let date = e
                .date
                .as_ref()
                .map(|d| format!(" ({})", page.written_time(d)))
                .unwrap_or_default();
            if e.is_picture() {
                *count += 1;
                return format!(
                    "<a href=\"#evidence-{count}\">{}</a>{date}",
                    page.thai(&e.title)
                );
            }
            let link = e.path.iter().chain(&e.to).next();
            match link {
                Some(reference) => format!("{}{date}", page.link_html(reference, &e.title)),
                None => format!("{}{date}", page.thai(&e.title)),
            }
        })
        .collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        many => format!(
            "<ul>{}</ul>",
            many.iter()
                .map(|i| format!("<li>{i}</li>"))
                .collect::<String>()
        ),
    }
}

fn evidence(page: &Page<'_>, views: &[RowView<'_>], view: &mut PageView) {
    let items: Vec<Figure> = views
        .iter()
        .flat_map(|v| v.evidence())
        .filter(|e| e.is_picture())
        .enumerate()
        .map(|(index, e)| {
            let date = e
                .date
                .as_ref()
                .map(|d| format!(" {}", page.written_time(d)))
                .unwrap_or_default();
            Figure {
                id: format!("evidence-{}", index + 1),
                picture: e.path.as_ref().and_then(|p| {
                    let alt = e.alt.as_ref().unwrap_or(&e.title);
                    page.picture(p, Slot::Grid, alt)
                }),
                caption: format!("{}{date}", page.thai(&e.title)),
            }
        })
        .collect();
    if !items.is_empty() {
        view.sections.push(Section::Evidence {
            title: page.say("หลักฐานประกอบ", "Evidence"),
            items,
        });
    }
}

/// Longer texts that measures refer to, each once.
fn narratives(
    page: &Page<'_>,
    year: u16,
    views: &[RowView<'_>],
    view: &mut PageView,
    ids: &mut HeadingIds,
    found: &mut Vec<Diagnostic>,
) {
    let mut shown: Vec<&str> = Vec::new();
    for row in views {
        for reference in row.narratives() {
            if shown.contains(&reference.raw.as_str()) {
                continue;
            }
            shown.push(&reference.raw);
            let Some(parts) = note(page, reference, year, ids, found) else {
                continue;
            };
            let title = row
                .title()
                .map(str::to_string)
                .or_else(|| row.no().map(str::to_string));
            view.sections.push(Section::Prose {
                id: row.id().map(|id| format!("about-{id}")),
                title,
                parts,
            });
        }
    }
}
