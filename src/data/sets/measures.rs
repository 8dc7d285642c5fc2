//! Integrity measures, the report on them, and how far they are.

use crate::content::measures::{Point, Status};
use crate::site::Site;
use crate::site::dates::page_updated;
use crate::site::measures::{MeasuresDocument, RowView, by_unit};
use crate::thai::Date;

use super::super::{Field, Kind, Set, Table, Value};
use super::{english, first_page, reference_url, set};

const STATUSES: Kind = Kind::Choice(&["not-started", "in-progress", "done"]);

const MEASURES: &[Field] = &[
    Field::new(
        "assessment_year_be",
        "ปี",
        "Assessment year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("measure_id", "รหัสมาตรการ", "Measure id", Kind::Text).wide(18),
    Field::new("group", "กลุ่ม", "Group", Kind::Text),
    Field::new("no", "ที่", "Number", Kind::Text).wide(8),
    Field::new("indicators", "ตัวชี้วัด", "Indicators", Kind::Text).wide(10),
    Field::new("title", "มาตรการ/แนวทาง", "Measure", Kind::Text).wide(40),
    Field::new("approach", "แนวทาง", "Approach", Kind::Text),
    Field::new("steps", "ขั้นตอน/วิธีการปฏิบัติ", "Steps", Kind::Text).wide(40),
    Field::new("responsible", "ผู้รับผิดชอบ", "Responsible", Kind::Text),
    Field::new(
        "period",
        "ระยะเวลาดำเนินการ",
        "Period as written",
        Kind::Text,
    ),
    Field::new("start", "เริ่ม", "Start", Kind::Date),
    Field::new("end", "สิ้นสุด", "End", Kind::Date),
    Field::new("monitoring", "การกำกับติดตาม", "Supervision", Kind::Text),
    Field::new("status", "สถานะ", "Status", STATUSES),
    Field::new("result", "ผลการดำเนินการ", "Result", Kind::Text).wide(40),
    Field::new("outcome", "ผลลัพธ์/ความสำเร็จ", "Outcome", Kind::Text),
    Field::new(
        "recommendations",
        "ข้อเสนอแนะ",
        "Recommendations",
        Kind::Text,
    ),
    Field::new("evidence", "หลักฐาน", "Evidence", Kind::Text),
    Field::new("as_of", "ข้อมูล ณ วันที่", "As of", Kind::Date),
];

const PROGRESS: &[Field] = &[
    Field::new(
        "assessment_year_be",
        "ปี",
        "Assessment year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("unit", "หน่วยงาน", "Unit", Kind::Text).wide(34),
    Field::new("unit_en", "หน่วยงาน (อังกฤษ)", "Unit (English)", Kind::Text),
    Field::new("measures", "มาตรการทั้งหมด", "Measures", Kind::Integer).required(),
    Field::new("done", "ดำเนินการแล้ว", "Done", Kind::Integer).required(),
    Field::new(
        "in_progress",
        "อยู่ระหว่างดำเนินการ",
        "In progress",
        Kind::Integer,
    )
    .required(),
    Field::new("not_started", "ยังไม่ดำเนินการ", "Not started", Kind::Integer).required(),
    Field::new("not_stated", "ไม่ระบุสถานะ", "Not stated", Kind::Integer).required(),
    Field::new("as_of", "ข้อมูล ณ วันที่", "As of", Kind::Date),
];

const SCORES: &[Field] = &[
    Field::new(
        "assessment_year_be",
        "ปีของมาตรการ",
        "Year of the measures (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new(
        "analysed_year_be",
        "ปีที่วิเคราะห์",
        "Year analysed (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("indicator", "ตัวชี้วัด", "Indicator", Kind::Integer).required(),
    Field::new("title", "ชื่อตัวชี้วัด", "Title", Kind::Text)
        .required()
        .wide(36),
    Field::new("score", "คะแนน", "Score", Kind::Number).required(),
];

/// A line for each point, nested ones behind a dash.
fn lines(points: &[Point]) -> Value {
    fn add(out: &mut Vec<String>, points: &[Point], depth: usize) {
        for point in points {
            let dash = if depth > 0 { "- " } else { "" };
            let no = point
                .no
                .as_ref()
                .map_or_else(String::new, |n| format!("{n} "));
            out.push(format!("{}{dash}{no}{}", "  ".repeat(depth), point.text));
            add(out, &point.points, depth + 1);
        }
    }
    let mut out = Vec::new();
    add(&mut out, points, 0);
    out.join("\n").into()
}

pub fn status(status: Status) -> &'static str {
    match status {
        Status::NotStarted => "not-started",
        Status::InProgress => "in-progress",
        Status::Done => "done",
    }
}

fn topic_date(site: &Site, year: u16, topic: &str) -> Option<Date> {
    let address = site.topic_page(year, topic)?.address.clone();
    page_updated(site, &site.routes.get(&address)?.kind)
}

pub fn of_year(site: &Site, year: u16) -> Vec<Set> {
    let Some(of_year) = site.years.get(&year) else {
        return Vec::new();
    };
    let mut sets = Vec::new();
    if let Some(document) = &of_year.measures {
        sets.push(Set {
            page: first_page(site, &[format!("{year}/integrity-measures/")]),
            ..document_set(
                site,
                year,
                document,
                "measures",
                ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส", "Integrity measures"),
                (
                    "มาตรการ ขั้นตอน ผู้รับผิดชอบ และระยะเวลา",
                    "Each measure with its steps, who is responsible, and when",
                ),
            )
        });
    }
    if let Some(document) = &of_year.report {
        sets.push(Set {
            page: first_page(site, &[format!("{year}/integrity-measures-report/")]),
            ..document_set(
                site,
                year,
                document,
                "measures-report",
                (
                    "ผลการดำเนินการตามมาตรการ",
                    "Report on the integrity measures",
                ),
                (
                    "สถานะ ผลการดำเนินการ และหลักฐานของแต่ละมาตรการ",
                    "Status, results and evidence of each measure",
                ),
            )
        });
    }
    if let Some(document) = of_year.report.as_ref().or(of_year.measures.as_ref()) {
        let as_of = date(site, year, document);
        let rows: Vec<RowView<'_>> = document.views(site).collect();
        sets.push(Set {
            table: Table::of(
                PROGRESS,
                by_unit(site, &rows)
                    .into_iter()
                    .map(|(unit, counts)| {
                        vec![
                            year.into(),
                            unit.as_ref().map(|u| u.th.clone()).into(),
                            unit.as_ref().map_or(Value::Empty, english),
                            counts.total().into(),
                            counts.done.into(),
                            counts.in_progress.into(),
                            counts.not_started.into(),
                            counts.unstated.into(),
                            as_of.into(),
                        ]
                    })
                    .collect(),
            ),
            totals: &[
                "measures",
                "done",
                "in_progress",
                "not_started",
                "not_stated",
            ],
            as_of,
            page: first_page(site, &[format!("{year}/progress/")]),
            ..set(
                "progress",
                Some(year),
                ("ความก้าวหน้าของมาตรการ", "Progress of the integrity measures"),
                (
                    "จำนวนมาตรการตามสถานะของแต่ละหน่วยงานที่รับผิดชอบ",
                    "Measures by status for each responsible unit",
                ),
            )
        });
    }
    sets.extend(scores(site, year));
    sets
}

pub fn date(site: &Site, year: u16, document: &MeasuresDocument) -> Option<Date> {
    let topic = if document.is_report {
        "integrity-measures-report"
    } else {
        "integrity-measures"
    };
    let file = document.file(site);
    let told = file
        .into_iter()
        .flat_map(|f| f.rows.iter().filter_map(|r| r.as_of.as_ref()))
        .map(|d| d.value)
        .max();
    let memo = file
        .and_then(|f| f.memo.as_ref())
        .and_then(|m| m.date.as_ref())
        .map(|d| d.value);
    told.or_else(|| topic_date(site, year, topic)).or(memo)
}

fn document_set(
    site: &Site,
    year: u16,
    document: &MeasuresDocument,
    slug: &str,
    title: (&str, &str),
    about: (&str, &str),
) -> Set {
    let as_of = date(site, year, document);
    let titles = document
        .views(site)
        .map(|view| row(site, year, &view, as_of))
        .collect();
    Set {
        table: Table::of(MEASURES, titles),
        as_of,
        ..set(slug, Some(year), title, about)
    }
}

fn row(site: &Site, year: u16, view: &RowView<'_>, as_of: Option<Date>) -> Vec<Value> {
    let period = view.period().filter(|p| p.problem.is_none());
    let indicators: Vec<String> = view.indicators().iter().map(u8::to_string).collect();
    let responsible = view.responsible().map(|r| {
        let all: Vec<&str> = r
            .heading
            .iter()
            .chain(&r.units)
            .map(String::as_str)
            .collect();
        all.join("\n")
    });
    let evidence: Vec<String> = view
        .evidence()
        .iter()
        .map(|e| {
            let place = e.to.as_ref().or(e.path.as_ref());
            match place.and_then(|r| reference_url(site, r)) {
                Some(url) => format!("{} {url}", e.title),
                None => e.title.clone(),
            }
        })
        .collect();
    vec![
        year.into(),
        view.id().into(),
        view.group().into(),
        view.no().into(),
        indicators.join(", ").into(),
        view.title().into(),
        lines(view.approach()),
        lines(view.steps()),
        responsible.into(),
        view.period().map(|p| p.raw.clone()).into(),
        period.and_then(|p| p.from).into(),
        period.and_then(|p| p.to).into(),
        lines(view.monitoring()),
        view.status().map(status).into(),
        lines(view.result()),
        lines(view.outcome()),
        lines(view.recommendations()),
        evidence.join("\n").into(),
        view.own.as_of.as_ref().map(|d| d.value).or(as_of).into(),
    ]
}

/// The scores that the measures answer to.
fn scores(site: &Site, year: u16) -> Option<Set> {
    let file = site.content.years.get(&year)?.measures.as_ref()?;
    let analysis = file.analysis.as_ref()?;
    let analysed = file
        .document
        .analysed_year
        .unwrap_or_else(|| year.saturating_sub(1));
    let catalogue = site.catalogue(analysed).or_else(|| site.catalogue(year));
    let name = |n: u8| {
        let own = analysis.names.iter().find(|(m, _)| *m == n);
        own.map(|(_, name)| name.clone()).or_else(|| {
            catalogue?
                .indicator(&n.to_string())
                .map(|i| i.title_th.clone())
        })
    };
    let rows: Vec<Vec<Value>> = analysis
        .scores
        .scores
        .iter()
        .map(|(n, score)| {
            vec![
                year.into(),
                analysed.into(),
                (*n).into(),
                name(*n).unwrap_or_else(|| n.to_string()).into(),
                score.value.into(),
            ]
        })
        .collect();
    let page = first_page(site, &[format!("{year}/integrity-measures/#analysis")]);
    (!rows.is_empty()).then(|| Set {
        table: Table::of(SCORES, rows),
        key: &["assessment_year_be", "indicator"],
        as_of: topic_date(site, year, "integrity-measures"),
        page,
        ..set(
            "analysis",
            Some(year),
            (
                "คะแนนที่ใช้วิเคราะห์มาตรการ",
                "Scores that the measures answer to",
            ),
            (
                "คะแนนรายตัวชี้วัดของปีก่อนหน้าที่นำมาวิเคราะห์",
                "The scores by indicator that were analysed",
            ),
        )
    })
}
