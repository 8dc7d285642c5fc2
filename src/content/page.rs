//! Markdown pages: topic pages, news, free pages. Only what links and lists
//! need is kept; the text itself is read again when the page is rendered.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use crate::diagnostic::{At, Diagnostic, Place, Say};
use crate::fields::{Fields, Node, Value, Written};
use crate::files::SitePath;
use crate::thai::{Date, Period};

use super::agency::{Reference, Words};
use super::markdown::Outline;
use super::sheet::Grid;

#[derive(Clone, Debug)]
pub struct NoneStatement {
    pub text: String,
    pub date: Option<Written<Date>>,
    /// The required element it answers; none: the whole page.
    pub element: Option<String>,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct Attachment {
    pub path: Reference,
    pub title: Words,
    pub date: Option<Written<Date>>,
}

#[derive(Clone, Debug)]
pub struct Pointer {
    pub to: Reference,
    pub title: Words,
}

/// A table of the page's own, from a spreadsheet or written in place.
#[derive(Clone, Debug)]
pub struct PageTable {
    pub id: String,
    pub title: Words,
    pub source: TableSource,
    pub total: Vec<(String, Place)>,
    pub unit: Option<Words>,
    pub note: Option<Words>,
    pub place: Place,
}

impl PageTable {
    pub fn grid(&self) -> &Grid {
        match &self.source {
            TableSource::File { grid, .. } | TableSource::Here(grid) => grid,
        }
    }

    /// Where a cell stands, counted from 0 with the headings as row 0: itself in
    /// a spreadsheet, else the table.
    pub fn cell_place(&self, row: usize, column: usize) -> Place {
        match &self.source {
            TableSource::File {
                file: Some(file),
                grid,
                ..
            } => Place {
                file: file.as_str().into(),
                at: grid.at(row, column),
            },
            _ => self.place.clone(),
        }
    }
}

#[derive(Clone, Debug)]
pub enum TableSource {
    /// `grid` and `file` are filled once the spreadsheet was read.
    File {
        path: Reference,
        sheet: Option<String>,
        grid: Grid,
        file: Option<SitePath>,
    },
    Here(Grid),
}

#[derive(Clone, Debug)]
pub struct Question {
    pub question: String,
    pub answer: String,
}

/// Which place shows a required element.
#[derive(Clone, Debug)]
pub struct Shows {
    pub element: String,
    pub key_place: Place,
    pub places: Vec<Reference>,
}

/// What only topic pages and news have; most free pages have none of it.
#[derive(Clone, Debug, Default)]
pub struct PageExtras {
    pub published: Option<Written<Date>>,
    pub unit: Option<Reference>,
    pub item: Option<Reference>,
    pub fiscal_year: Option<u16>,
    pub period: Option<Period>,
    pub date: Option<Written<Date>>,
    pub signed_by: Option<String>,
    pub aliases: Vec<Reference>,
    pub shows: Vec<Shows>,
    pub none: Vec<NoneStatement>,
    pub files: Vec<Attachment>,
    pub links: Vec<Pointer>,
    pub questions: Vec<Question>,
    pub notes: Vec<String>,
    pub tables: Vec<PageTable>,
    pub topics: Vec<Reference>,
    pub image: Option<(Reference, String)>,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub file: std::sync::Arc<str>,
    pub title: Option<String>,
    pub title_en: Option<String>,
    pub description: Option<String>,
    pub updated: Option<Written<Date>>,
    pub draft: bool,
    /// Whether the page has one for a notice board, with a QR code.
    pub poster: bool,
    /// One for all pages that have none.
    pub extras: Arc<PageExtras>,
    pub outline: Outline,
    /// Bytes of the decoded file that hold the Markdown.
    pub body: Range<usize>,
}

impl PageExtras {
    fn is_none(&self) -> bool {
        let Self {
            published,
            unit,
            item,
            fiscal_year,
            period,
            date,
            signed_by,
            aliases,
            shows,
            none,
            files,
            links,
            questions,
            notes,
            tables,
            topics,
            image,
        } = self;
        published.is_none()
            && unit.is_none()
            && item.is_none()
            && fiscal_year.is_none()
            && period.is_none()
            && date.is_none()
            && signed_by.is_none()
            && image.is_none()
            && aliases.is_empty()
            && shows.is_empty()
            && none.is_empty()
            && files.is_empty()
            && links.is_empty()
            && questions.is_empty()
            && notes.is_empty()
            && tables.is_empty()
            && topics.is_empty()
    }
}

/// A large site has thousands of pages of words alone.
fn shared(extras: PageExtras) -> Arc<PageExtras> {
    static NONE: LazyLock<Arc<PageExtras>> = LazyLock::new(Arc::default);
    if extras.is_none() {
        NONE.clone()
    } else {
        Arc::new(extras)
    }
}

impl Page {
    pub fn place(&self) -> Place {
        Place::file(self.file.clone())
    }
}

/// Reads front matter. `kind` decides which fields may stand there.
pub fn read_page(f: Fields<'_>, body: Range<usize>, outline: Outline) -> Page {
    let file = f.file().clone();
    let page = Page {
        file,
        title: f.text("title"),
        title_en: f.text("title_en"),
        description: f.text("description").or_else(|| f.text("summary")),
        updated: f.date("updated"),
        draft: f.boolean("draft").unwrap_or(false),
        poster: f.boolean("poster").unwrap_or(false),
        extras: shared(PageExtras {
            published: f.date("published"),
            unit: Reference::read(&f, "unit"),
            item: Reference::read(&f, "item"),
            fiscal_year: f.year("fiscal_year"),
            period: f.period("period"),
            date: f.date("date"),
            signed_by: f.text("signed_by"),
            aliases: references(&f, "aliases"),
            shows: read_shows(&f),
            none: read_none(&f),
            files: read_files(&f),
            links: read_links(&f),
            questions: read_questions(&f),
            notes: f.texts("notes"),
            tables: read_tables(&f),
            topics: references(&f, "topics"),
            image: f.table("image").and_then(|image| {
                let path = Reference::require(&image, "path");
                let alt = image.require_text("alt");
                image.finish();
                path.map(|p| (p, alt))
            }),
        }),
        outline,
        body,
    };
    f.finish();
    page
}

/// One reference or a list of them, each with its place.
fn references(f: &Fields<'_>, key: &'static str) -> Vec<Reference> {
    f.node(key)
        .map_or_else(Vec::new, |node| references_of(f, key, node))
}

fn references_of(f: &Fields<'_>, key: &str, node: &Node) -> Vec<Reference> {
    match &node.value {
        Value::List(items) => items
            .iter()
            .flat_map(|item| references_of(f, key, item))
            .collect(),
        _ => f
            .node_text(key, node)
            .map(|raw| Reference {
                raw,
                place: f.place_of(&node.at),
            })
            .into_iter()
            .collect(),
    }
}

fn read_shows(f: &Fields<'_>) -> Vec<Shows> {
    f.map("shows")
        .into_iter()
        .map(|(element, key_place, node)| {
            no_place(f, element, node);
            Shows {
                element: element.to_string(),
                key_place,
                places: references_of(f, "shows", node),
            }
        })
        .collect()
}

/// Tells of a place that is left empty: it shows nothing.
fn no_place(f: &Fields<'_>, element: &str, node: &Node) {
    let is_empty = match &node.value {
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => {
            items.iter().for_each(|item| no_place(f, element, item));
            items.is_empty()
        }
        _ => false,
    };
    if !is_empty {
        return;
    }
    f.report(
        Diagnostic::error(
            "missing-anchor",
            Say::new(
                format!("ยังไม่ได้บอกตำแหน่งของ “{element}” จึงยังไม่นับว่าแสดงแล้ว"),
                format!("the place of “{element}” is left empty, so it does not count as shown"),
            ),
        )
        .at(f.place_of(&node.at))
        .hint(Say::new(
            format!("ใส่ตำแหน่งที่แสดง เช่น \"#{element}\" หรือลบออก แล้วทำเครื่องหมายท้ายหัวข้อนั้น:"),
            format!("name the place, such as \"#{element}\", or take it out; and mark the heading that shows it:"),
        )
        .typing(&format!("## … {{#{element}}}"))),
    );
}

fn read_none(f: &Fields<'_>) -> Vec<NoneStatement> {
    f.tables("none")
        .into_iter()
        .map(|none| {
            let statement = NoneStatement {
                text: none.require_text("text"),
                date: none.date("date"),
                element: none.text("element"),
                place: none.place(),
            };
            if statement.date.is_none() && !none.has("date") {
                none.report(
                    Diagnostic::warning(
                        "none-without-date",
                        Say::new(
                            "คำชี้แจงว่า “ไม่มี” ควรมีวันที่ ผู้ตรวจจะได้รู้ว่าเป็นปัจจุบัน",
                            "a statement of none should bear a date, so that an assessor sees it is current",
                        ),
                    )
                    .at(none.place())
                    .hint(with_its_day(&none, &statement)),
                );
            }
            none.finish();
            statement
        })
        .collect()
}

/// The statement with a date, as it stands: under `[[none]]`, or in braces.
fn with_its_day(none: &Fields<'_>, statement: &NoneStatement) -> Say {
    let inline = match &none.place().at {
        At::Span(span) => span.range().len() > "[[none]]".len() + 4,
        _ => false,
    };
    if !inline {
        return Say::new(
            "เพิ่มวันที่ที่ชี้แจงใต้บรรทัดนี้ แทน …:",
            "add the day of the statement below this line, for …:",
        )
        .typing("date = \"…\"");
    }
    let quoted = |text: &str| toml::Value::String(text.to_string()).to_string();
    let of = statement
        .element
        .iter()
        .map(|id| format!("element = {}, ", quoted(id)));
    let of: String = of.collect();
    Say::new(
        "เพิ่มวันที่ที่ชี้แจง แทน … โดยแก้บรรทัดนี้เป็น:",
        "add the day of the statement for …; write this line as:",
    )
    .typing(&format!(
        "none = {{ {of}text = {}, date = \"…\" }}",
        quoted(&statement.text)
    ))
}

fn read_files(f: &Fields<'_>) -> Vec<Attachment> {
    f.tables("files")
        .into_iter()
        .filter_map(|file| {
            let path = Reference::require(&file, "path");
            let title = Words::require(&file, "title", "title_en");
            let date = file.date("date");
            file.finish();
            path.map(|path| Attachment { path, title, date })
        })
        .collect()
}

fn read_links(f: &Fields<'_>) -> Vec<Pointer> {
    f.tables("links")
        .into_iter()
        .filter_map(|link| {
            let to = Reference::require(&link, "to");
            let title = Words::require(&link, "title", "title_en");
            link.finish();
            to.map(|to| Pointer { to, title })
        })
        .collect()
}

fn read_questions(f: &Fields<'_>) -> Vec<Question> {
    f.tables("questions")
        .into_iter()
        .map(|q| {
            let question = Question {
                question: q.require_text("q"),
                answer: q.require_text("a"),
            };
            q.finish();
            question
        })
        .collect()
}

fn read_tables(f: &Fields<'_>) -> Vec<PageTable> {
    f.tables("table")
        .into_iter()
        .filter_map(read_table)
        .collect()
}

fn read_table(f: Fields<'_>) -> Option<PageTable> {
    let id = f.require_text("id");
    super::measures::check_id(&f, "id", &id);
    let title = Words::require(&f, "title", "title_en");
    let path = Reference::read(&f, "path");
    let sheet = f.text("sheet");
    let columns = f.texts("columns");
    let rows = f.node("rows");
    let source = match (path, columns.is_empty()) {
        (Some(path), true) => Some(TableSource::File {
            path,
            sheet,
            grid: Grid::default(),
            file: None,
        }),
        (None, false) => Some(TableSource::Here(grid_here(&f, columns, rows))),
        (Some(_), false) => {
            f.report(
                Diagnostic::error(
                    "table-twice",
                    Say::new(
                        "ตารางนี้มีทั้ง path และ columns ใช้อย่างใดอย่างหนึ่ง",
                        "this table has both path and columns; use one of them",
                    ),
                )
                .at(f.place_at("path")),
            );
            None
        }
        (None, true) => {
            f.missing("path");
            None
        }
    };
    let total = references(&f, "total")
        .into_iter()
        .map(|r| (r.raw, r.place))
        .collect();
    let unit = Words::read(&f, "unit", "unit_en");
    let note = Words::read(&f, "note", "note_en");
    let place = f.place();
    f.finish();
    source.map(|source| PageTable {
        id,
        title,
        source,
        total,
        unit,
        note,
        place,
    })
}

fn grid_here(f: &Fields<'_>, columns: Vec<String>, rows: Option<&Node>) -> Grid {
    let width = columns.len();
    let mut grid = Grid {
        rows: vec![columns],
        ..Grid::default()
    };
    let Some(Node {
        value: Value::List(rows),
        ..
    }) = rows
    else {
        return grid;
    };
    for row in rows {
        let Value::List(cells) = &row.value else {
            f.report(
                Diagnostic::error(
                    "wrong-kind",
                    Say::new(
                        "แต่ละแถวต้องอยู่ในวงเล็บ [ ] เช่น [\"ก\", \"ข\"]",
                        "each row stands in brackets, such as [\"a\", \"b\"]",
                    ),
                )
                .at(f.place_of(&row.at)),
            );
            continue;
        };
        if cells.len() != width {
            f.report(
                Diagnostic::error(
                    "row-length",
                    Say::new(
                        format!("แถวนี้มี {} ช่อง แต่ตารางมี {width} คอลัมน์", cells.len()),
                        format!(
                            "this row has {} cells, the table {width} columns",
                            cells.len()
                        ),
                    ),
                )
                .at(f.place_of(&row.at)),
            );
        }
        let texts = cells
            .iter()
            .map(|cell| match &cell.value {
                Value::Text(t) if t.trim().is_empty() => String::new(),
                _ => f.node_text("rows", cell).unwrap_or_default(),
            })
            .collect();
        grid.rows.push(texts);
    }
    grid
}
