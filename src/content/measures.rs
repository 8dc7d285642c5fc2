//! Integrity measures and the report on them: the union of what five real
//! municipal documents hold, each word kept as written.

use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::{Fields, Node, Value, Written};
use crate::thai::{Date, Period, Score};

use super::agency::Reference;

/// One entry of a list as printed: its own number, its words, what hangs
/// under it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    pub no: Option<String>,
    pub text: String,
    pub points: Vec<Point>,
}

/// Reads a text, a list of texts, or `{ no, text, points }` at any depth.
pub fn read_points(f: &Fields<'_>, key: &'static str) -> Vec<Point> {
    f.node(key)
        .map_or_else(Vec::new, |node| points_of(f, key, node, 0))
}

const MAX_DEPTH: usize = 6;

fn points_of(f: &Fields<'_>, key: &'static str, node: &Node, depth: usize) -> Vec<Point> {
    match &node.value {
        Value::List(items) => items
            .iter()
            .flat_map(|item| points_of(f, key, item, depth + 1))
            .collect(),
        Value::Table(table) if depth < MAX_DEPTH => {
            // Borrowed for as long as the node, which outlives this reader.
            let inner = Fields::new(table, f.file().clone(), f.found());
            let point = Point {
                no: inner.text("no"),
                text: inner.text("text").unwrap_or_default(),
                points: inner
                    .node("points")
                    .map_or_else(Vec::new, |n| points_of(&inner, "points", n, depth + 1)),
            };
            if point.text.is_empty() && point.points.is_empty() {
                inner.missing("text");
            }
            inner.finish();
            vec![point]
        }
        _ => f
            .node_text(key, node)
            .filter(|text| !is_nothing(text))
            .map(|text| Point {
                text,
                ..Point::default()
            })
            .into_iter()
            .collect(),
    }
}

#[derive(Clone, Debug, Default)]
pub struct Responsible {
    pub heading: Option<String>,
    pub units: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    NotStarted,
    InProgress,
    Done,
}

#[derive(Clone, Debug)]
pub struct Evidence {
    pub title: String,
    pub to: Option<Reference>,
    pub path: Option<Reference>,
    pub alt: Option<String>,
    pub date: Option<Written<Date>>,
    pub place: Place,
}

impl Evidence {
    /// Whether it is shown on the page, not only linked to. TIFF is what
    /// scanners save documents as.
    pub fn is_picture(&self) -> bool {
        let extension = |path: &Reference| path.raw.rsplit_once('.').map(|e| e.1.to_lowercase());
        let extension = self.path.as_ref().and_then(extension).unwrap_or_default();
        crate::imaging::is_picture_name(&extension) && !matches!(&*extension, "tif" | "tiff")
    }
}

/// A measure, a report on one, or both in one row, as documents have it.
#[derive(Clone, Debug)]
pub struct MeasureRow {
    pub id: Option<String>,
    /// Which measure a report is on: `id`, or `2566/id`.
    pub measure: Option<Reference>,
    pub no: Option<String>,
    pub group: Option<Reference>,
    pub indicators: Vec<u8>,
    pub title: Option<String>,
    pub approach: Vec<Point>,
    pub steps: Vec<Point>,
    pub responsible: Option<Responsible>,
    pub period: Option<Period>,
    pub recurring: Vec<String>,
    pub monitoring: Vec<Point>,
    pub status: Option<Status>,
    pub as_of: Option<Written<Date>>,
    pub result: Vec<Point>,
    pub outcome: Vec<Point>,
    pub recommendations: Vec<Point>,
    pub evidence: Vec<Evidence>,
    pub narrative: Option<Reference>,
    pub note: Vec<String>,
    pub place: Place,
}

impl MeasureRow {
    pub fn read(f: Fields<'_>, is_report: bool) -> MeasureRow {
        let id = f.text("id");
        tell_empty(&f);
        let row = MeasureRow {
            measure: if is_report {
                Reference::read(&f, "measure")
            } else {
                None
            },
            no: f.text("no"),
            group: Reference::read(&f, "group"),
            indicators: read_indicators(&f, "indicators"),
            title: f.text("title"),
            approach: read_points(&f, "approach"),
            steps: read_points(&f, "steps"),
            responsible: read_responsible(&f),
            period: f.period("period").filter(|p| !is_nothing(&p.raw)),
            recurring: f.texts("recurring"),
            monitoring: read_points(&f, "monitoring"),
            status: f.choice(
                "status",
                &[
                    (Status::NotStarted, &["not-started", "ยังไม่ดำเนินการ"]),
                    (Status::InProgress, &["in-progress", "อยู่ระหว่างดำเนินการ"]),
                    (
                        Status::Done,
                        &["done", "ดำเนินการแล้ว", "ดำเนินการแล้วเสร็จ", "แล้วเสร็จ"],
                    ),
                ],
            ),
            as_of: f.date("as_of"),
            result: read_points(&f, "result"),
            outcome: read_points(&f, "outcome"),
            recommendations: read_points(&f, "recommendations"),
            evidence: f
                .tables("evidence")
                .into_iter()
                .map(read_evidence)
                .collect(),
            narrative: Reference::read(&f, "narrative"),
            note: f.texts("note"),
            place: f.place(),
            id,
        };
        if !is_report {
            match &row.id {
                None => f.missing("id"),
                Some(id) => check_id(&f, "id", id),
            }
        }
        f.finish();
        row
    }
}

/// Whether a text is nothing but a dash, dots or blanks.
fn is_nothing(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Fields that show a required element, and hold nothing of it.
fn tell_empty(f: &Fields<'_>) {
    const SHOWN: &[&str] = &[
        "steps",
        "responsible",
        "period",
        "monitoring",
        "result",
        "outcome",
    ];
    fn is_empty(value: &Value) -> bool {
        match value {
            Value::Text(text) => is_nothing(text),
            Value::List(items) => items.iter().all(|item| is_empty(&item.value)),
            _ => false,
        }
    }
    for key in SHOWN.iter().filter(|key| f.has(key)) {
        if !f.node(key).is_some_and(|node| is_empty(&node.value)) {
            continue;
        }
        f.report(
            Diagnostic::error(
                "measure-empty-value",
                Say::new(
                    format!("`{key}` ยังไม่มีข้อมูล"),
                    format!("`{key}` holds nothing yet"),
                ),
            )
            .at(f.place_at(key)),
        );
    }
}

/// Ids become anchors and addresses, so they are plain ASCII.
pub fn check_id(f: &Fields<'_>, key: &str, id: &str) {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if !id.chars().all(plain) {
        f.report(
            Diagnostic::error(
                "bad-id",
                Say::new(
                    format!("รหัส “{id}” ใช้ได้เฉพาะ a-z 0-9 และขีด - _"),
                    format!("the id “{id}” may hold only a-z, 0-9, - and _"),
                ),
            )
            .at(f.place_at(key))
            .hint(Say::new(
                "ตั้งรหัสสั้น ๆ เป็นภาษาอังกฤษ เช่น \"budget-awareness\"",
                "choose a short English id, such as \"budget-awareness\"",
            )),
        );
    }
}

fn read_responsible(f: &Fields<'_>) -> Option<Responsible> {
    let node = f.node("responsible")?;
    if let Value::Table(_) = &node.value {
        let inner = f.table("responsible")?;
        let responsible = Responsible {
            heading: inner.text("heading"),
            units: inner.texts("units"),
        };
        inner.finish();
        return Some(responsible);
    }
    let mut units = f.texts("responsible");
    units.retain(|unit| !is_nothing(unit));
    (!units.is_empty()).then_some(Responsible {
        heading: None,
        units,
    })
}

/// One indicator or several; they are matched by number, since their names
/// drift from document to document.
pub fn read_indicators(f: &Fields<'_>, key: &'static str) -> Vec<u8> {
    f.texts(key)
        .into_iter()
        .filter_map(|text| {
            let number = crate::thai::to_arabic(&text).parse::<u8>().ok();
            match number.filter(|n| (1..=20).contains(n)) {
                Some(n) => Some(n),
                None => {
                    f.report(
                        Diagnostic::error(
                            "bad-indicator",
                            Say::new(
                                format!("ตัวชี้วัดต้องเป็นเลข 1 ถึง 10 แต่พบ “{text}”"),
                                format!("an indicator is a number from 1 to 10, not “{text}”"),
                            ),
                        )
                        .at(f.place_at(key)),
                    );
                    None
                }
            }
        })
        .collect()
}

fn read_evidence(f: Fields<'_>) -> Evidence {
    let evidence = Evidence {
        title: f.require_text("title"),
        to: Reference::read(&f, "to").or_else(|| Reference::read(&f, "url")),
        path: Reference::read(&f, "path"),
        alt: f.text("alt"),
        date: f.date("date"),
        place: f.place(),
    };
    f.finish();
    evidence
}

#[derive(Clone, Debug, Default)]
pub struct Document {
    pub title: String,
    pub fiscal_year: Option<u16>,
    pub analysed_year: Option<u16>,
    pub prepared_by: Option<String>,
    pub cover: Vec<String>,
    pub heading: Option<String>,
    pub introduction: Vec<String>,
    /// Field → wording of its column, in printed order.
    pub columns: Vec<(String, String)>,
    pub note: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Signatory {
    pub role: String,
    pub name: Option<String>,
    pub opinion: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Memo {
    pub office: Option<String>,
    pub number: Option<String>,
    pub date: Option<Written<Date>>,
    pub subject: Option<String>,
    pub to: Option<String>,
    pub paragraphs: Vec<String>,
    pub period: Option<Period>,
    pub closing: Option<String>,
    pub signatories: Vec<Signatory>,
}

#[derive(Clone, Debug)]
pub struct Issue {
    pub instrument: String,
    pub indicators: Vec<u8>,
    pub no: Option<String>,
    pub text: String,
    pub points: Vec<Point>,
}

#[derive(Clone, Debug)]
pub struct QuestionScore {
    pub question: String,
    pub score: Option<Written<Score>>,
    pub year: Option<u16>,
}

/// Scores of one assessment, by indicator number.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    pub total: Option<Written<Score>>,
    pub level: Option<String>,
    pub scores: Vec<(u8, Written<Score>)>,
    pub place: Option<Place>,
}

#[derive(Clone, Debug, Default)]
pub struct Analysis {
    pub scores: Scores,
    pub names: Vec<(u8, String)>,
    pub link_text: Option<String>,
    pub weaknesses: Vec<String>,
    pub improvements: Vec<String>,
    pub issues: Vec<Issue>,
    pub questions: Vec<QuestionScore>,
}

#[derive(Clone, Debug)]
pub struct Group {
    pub id: String,
    pub no: Option<String>,
    pub title: String,
    pub indicators: Vec<u8>,
    pub text: Option<String>,
}

/// A whole measures document or report.
#[derive(Clone, Debug, Default)]
pub struct MeasuresFile {
    pub document: Document,
    pub memo: Option<Memo>,
    pub analysis: Option<Analysis>,
    pub groups: Vec<Group>,
    pub rows: Vec<MeasureRow>,
    pub place: Option<Place>,
}

/// The columns a measures table can have, in their usual order.
pub const COLUMN_KEYS: &[&str] = &[
    "indicator",
    "no",
    "title",
    "approach",
    "steps",
    "responsible",
    "period",
    "monitoring",
    "status",
    "result",
    "outcome",
    "recommendations",
    "evidence",
];

impl MeasuresFile {
    pub fn read(f: Fields<'_>, is_report: bool) -> MeasuresFile {
        let mut file = MeasuresFile {
            place: Some(f.place()),
            ..MeasuresFile::default()
        };
        match f.table("document") {
            Some(document) => file.document = read_document(document),
            None => f.missing_table("document"),
        }
        file.memo = f.table("memo").map(read_memo);
        file.analysis = f.table("analysis").map(read_analysis);
        file.groups = f
            .tables("group")
            .into_iter()
            .map(|g| {
                let group = Group {
                    id: g.require_text("id"),
                    no: g.text("no"),
                    title: g.require_text("title"),
                    indicators: read_indicators(&g, "indicators"),
                    text: g.text("text"),
                };
                g.finish();
                group
            })
            .collect();
        let mut rows: Vec<MeasureRow> = f
            .tables("measure")
            .into_iter()
            .map(|row| MeasureRow::read(row, false))
            .collect();
        if is_report {
            rows.extend(
                f.tables("report")
                    .into_iter()
                    .map(|row| MeasureRow::read(row, true)),
            );
        }
        file.rows = rows;
        f.finish();
        file
    }
}

fn read_document(f: Fields<'_>) -> Document {
    // `kind` says again what the file's name says; it is read so that a
    // contradiction can be told.
    let _ = f.choice(
        "kind",
        &[
            ((), &["measures"]),
            ((), &["measures-report"]),
            ((), &["progress"]),
        ],
    );
    let columns = f
        .map("columns")
        .into_iter()
        .filter_map(|(key, place, node)| {
            if !COLUMN_KEYS.contains(&key) {
                let near = crate::diagnostic::nearest(key, COLUMN_KEYS.iter().copied());
                f.report(
                    Diagnostic::error(
                        "unknown-column",
                        Say::new(
                            format!("ไม่มีคอลัมน์ `{key}` ในตารางมาตรการ"),
                            format!("a measures table has no column `{key}`"),
                        ),
                    )
                    .at(place)
                    .hint(match near {
                        Some(n) => Say::new(
                            format!("หมายถึง `{n}` หรือไม่"),
                            format!("did you mean `{n}`?"),
                        ),
                        None => Say::new(
                            format!("ใช้ได้: {}", COLUMN_KEYS.join(", ")),
                            format!("it can be: {}", COLUMN_KEYS.join(", ")),
                        ),
                    }),
                );
                return None;
            }
            f.node_text(key, node).map(|label| (key.to_string(), label))
        })
        .collect();
    let document = Document {
        title: f.require_text("title"),
        fiscal_year: f.year("fiscal_year"),
        analysed_year: f.year("analysed_year"),
        prepared_by: f.text("prepared_by"),
        cover: f.texts("cover"),
        heading: f.text("heading"),
        introduction: f.texts("introduction"),
        columns,
        note: f.texts("note"),
    };
    f.finish();
    document
}

fn read_memo(f: Fields<'_>) -> Memo {
    let memo = Memo {
        office: f.text("office"),
        number: f.text("number"),
        date: f.date("date"),
        subject: f.text("subject"),
        to: f.text("to"),
        paragraphs: f.texts("paragraphs"),
        period: f.period("period"),
        closing: f.text("closing"),
        signatories: f
            .tables("signatory")
            .into_iter()
            .map(|s| {
                let signatory = Signatory {
                    role: s.require_text("role"),
                    name: s.text("name"),
                    opinion: s.text("opinion"),
                };
                s.finish();
                signatory
            })
            .collect(),
    };
    f.finish();
    memo
}

/// `total`, `level`, `scores = { 1 = 87.37, … }`; shared by a measures
/// document's analysis and a year's own result.
pub fn read_scores(f: &Fields<'_>) -> Scores {
    let mut scores = Scores {
        total: f.score("total"),
        level: f.text("level"),
        scores: Vec::new(),
        place: Some(f.place()),
    };
    for (key, place, node) in f.map("scores") {
        let number = crate::thai::to_arabic(key).parse::<u8>().ok();
        let Some(number) = number.filter(|n| (1..=20).contains(n)) else {
            f.report(
                Diagnostic::error(
                    "bad-indicator",
                    Say::new(
                        format!("ตัวชี้วัดต้องเป็นเลข 1 ถึง 10 แต่พบ `{key}`"),
                        format!("an indicator is a number from 1 to 10, not `{key}`"),
                    ),
                )
                .at(place),
            );
            continue;
        };
        let Some(raw) = f.node_text("scores", node) else {
            continue;
        };
        match Score::parse(&raw) {
            Ok(value) if value.ten_thousandths() <= 1_000_000 => {
                scores.scores.push((number, Written { raw, value }));
            }
            Ok(_) => f.report(
                Diagnostic::error(
                    "bad-number",
                    Say::new("คะแนนต้องไม่เกิน 100", "a score is at most 100"),
                )
                .at(f.place_of(&node.at)),
            ),
            Err(e) => f.report(
                Diagnostic::error("bad-number", Say::new(e.th(), e.en())).at(f.place_of(&node.at)),
            ),
        }
    }
    scores.scores.sort_by_key(|(number, _)| *number);
    scores
}

fn read_analysis(f: Fields<'_>) -> Analysis {
    let analysis = Analysis {
        scores: read_scores(&f),
        names: f
            .map("names")
            .into_iter()
            .filter_map(|(key, _, node)| {
                let number = crate::thai::to_arabic(key).parse::<u8>().ok()?;
                Some((number, f.node_text("names", node)?))
            })
            .collect(),
        link_text: f.text("link_text"),
        weaknesses: f.texts("weaknesses"),
        improvements: f.texts("improvements"),
        issues: f
            .tables("issue")
            .into_iter()
            .map(|i| {
                let issue = Issue {
                    instrument: i
                        .choice(
                            "instrument",
                            &[("IIT", &["IIT"]), ("EIT", &["EIT"]), ("OIT", &["OIT"])],
                        )
                        .unwrap_or("")
                        .to_string(),
                    indicators: read_indicators(&i, "indicator"),
                    no: i.text("no"),
                    text: i.require_text("text"),
                    points: read_points(&i, "points"),
                };
                i.finish();
                issue
            })
            .collect(),
        questions: f
            .tables("question")
            .into_iter()
            .map(|q| {
                let question = QuestionScore {
                    question: q.require_text("question"),
                    score: q.score("score"),
                    year: q.year("year"),
                };
                q.finish();
                question
            })
            .collect(),
    };
    f.finish();
    analysis
}
