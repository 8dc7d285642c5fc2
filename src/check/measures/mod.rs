//! Measures must answer the result that they come from, and a report must
//! tell what was done.

mod evidence;
mod question;
mod report;
mod result;
mod similar;
mod titles;
mod unsaid;
mod variants;

use crate::content::FOLDER;
use crate::content::measures::{MeasureRow, MeasuresFile, Point};
use crate::diagnostic::Severity;
use crate::site::Site;
use crate::site::currency::ends_before;
use crate::site::measures::{MeasuresDocument, RowView};

use super::context::Context;
use super::finding::{Finding, Found, finding};
use super::places::field;

pub fn check(context: &Context<'_>, found: &mut Found) {
    for &year in &context.years {
        let Some(of_year) = context.site.years.get(&year) else {
            continue;
        };
        result::levels(context.site, year, found);
        titles::ordinance(context.site, year, found);
        for document in of_year.measures.iter().chain(&of_year.report) {
            years(context.site, document, found);
            titles::check(context.site, document, found);
            result::differing_scores(context.site, document, found);
            evidence::check(context.site, document, found);
            periods(context.site, document, found);
            similar::near_copies(context.site, document, found);
            question::questions(context.site, document, found);
            unsaid::check(context.site, document, found);
            variants::check(context.site, document, found);
        }
        if let Some(document) = &of_year.measures {
            result::weak_indicators(context.site, document, found);
        }
        if let Some(document) = &of_year.report {
            report::check(context, document, found);
        }
    }
}

/// The file of a document.
fn file_of(document: &MeasuresDocument) -> String {
    let name = if document.is_report {
        "measures-report"
    } else {
        "measures"
    };
    format!("{FOLDER}/{}/{name}.toml", document.year)
}

/// What a row is called in a message: by its title, else by its group's.
pub(super) fn name_of(
    file: &MeasuresFile,
    row: &MeasureRow,
    measure: Option<&MeasureRow>,
) -> String {
    let group = |row: &MeasureRow| {
        let id = row.group.as_ref()?;
        let group = file.groups.iter().find(|g| g.id == id.raw);
        Some(group.map_or_else(|| id.raw.clone(), |g| g.title.clone()))
    };
    let name = row
        .title
        .clone()
        .or_else(|| measure.and_then(|m| m.title.clone()))
        .or_else(|| group(row))
        .or_else(|| row.id.clone())
        .or_else(|| {
            let lists = [&row.approach, &row.steps, &row.result, &row.outcome];
            let first = lists.into_iter().find_map(|list| list.first());
            first.map(|point| point.text.clone())
        });
    crate::content::markdown::shorten(&name.unwrap_or_else(|| "–".into()), 60)
}

/// All words of a list, one point after the other.
fn words(points: &[Point]) -> String {
    let mut out = String::new();
    for point in points {
        out.push_str(&point.text);
        out.push('\n');
        out.push_str(&words(&point.points));
    }
    out
}

/// An assessment asks for the measures of its own year and for the report on
/// those of the year before.
fn years(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(own) = document.file(site).map(|f| &f.document) else {
        return;
    };
    let folder = document.year;
    let file = file_of(document);
    let tell = |name: &'static str, th: String, en: String| {
        finding("report-of-other-year", th, en)
            .at(field(site, &file, &["document", name]))
            .of_year(folder)
    };
    // A report may still be that of the year before.
    let back = u16::from(document.is_report);
    let first = folder.saturating_sub(back);
    if let Some(year) = own.fiscal_year
        && !(first..=folder).contains(&year)
    {
        let (or_th, or_en) = if document.is_report {
            (format!(" หรือ {first}"), format!(" or {first}"))
        } else {
            Default::default()
        };
        found.push(tell(
            "fiscal_year",
            format!(
                "เอกสารในโฟลเดอร์ {folder} เป็นของปีงบประมาณ {year} แต่การประเมินปี {folder} ใช้ของปี {folder}{or_th}"
            ),
            format!(
                "the document in folder {folder} is of fiscal year {year}, but the assessment of {folder} asks for {folder}{or_en}"
            ),
        ));
    }
    if let Some(analysed) = own.analysed_year
        && !(first.saturating_sub(1)..=folder).contains(&analysed)
    {
        found.push(tell(
            "analysed_year",
            format!("วิเคราะห์ผลการประเมินปี {analysed} ซึ่งไม่ใช่ผลล่าสุดก่อนปี {folder}"),
            format!("it analyses the result of {analysed}, not the last one before {folder}"),
        ));
    } else if let (Some(analysed), Some(year)) = (own.analysed_year, own.fiscal_year)
        && analysed == year
        && (first..=folder).contains(&year)
    {
        found.push(
            finding(
                "analysis-of-same-year",
                format!(
                    "มาตรการของปีงบประมาณ {year} วิเคราะห์จากผลปี {analysed} ซึ่งยังไม่ประกาศเมื่อเริ่มปี"
                ),
                format!(
                    "measures of fiscal year {year} rest on the result of {analysed}, which was not out when that year began"
                ),
            )
            .at(field(site, &file, &["document", "analysed_year"]))
            .of_year(folder),
        );
    }
}

/// A measure is of the year of its document.
fn periods(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(file) = document.file(site) else {
        return;
    };
    // A document of another year was told as that.
    let folder = document.year;
    let own = file.document.fiscal_year;
    let Some(own) = own.filter(|own| *own == folder || *own + 1 == folder) else {
        return;
    };
    let views: Vec<_> = document.views(site).collect();
    let is_past = |view: &&RowView<'_>| ends_before(view.period(), own);
    let past: Vec<&RowView<'_>> = views.iter().filter(is_past).collect();
    if past.len() == views.len() && past.len() > 1 {
        found.push(of_former_year(site, document, own, &past));
        return;
    }
    for view in &past {
        let name = name_of(file, view.own, view.measure);
        let end = view.period().and_then(|p| p.to);
        let (th, en) = end.map_or_else(Default::default, |d| (d.thai_long(), d.english_long()));
        let mut one = finding(
            "measure-of-other-year",
            format!("“{name}” สิ้นสุด {th} ก่อนปีงบประมาณ {own} ของเอกสารนี้"),
            format!("“{name}” ended on {en}, before {own}, the fiscal year of this document"),
        )
        .at(view.own.place.clone())
        .of_year(document.year);
        if past.len() == views.len() {
            one.diagnostic.severity = Severity::Error;
        }
        found.push(one);
    }
}

/// Every measure was over before the year that the document says: the
/// document is that of a former year.
fn of_former_year(
    site: &Site,
    document: &MeasuresDocument,
    own: u16,
    past: &[&RowView<'_>],
) -> Finding {
    let count = past.len();
    let ends = past.iter().filter_map(|v| v.period()?.to);
    let last = ends.map(|d| d.fiscal_year()).max();
    let mut one = finding(
        "measure-of-other-year",
        format!("ทั้ง {count} มาตรการสิ้นสุดก่อนปีงบประมาณ {own} ที่เอกสารนี้ระบุ"),
        format!("all {count} measures ended before {own}, the fiscal year that this document says"),
    )
    .at(field(
        site,
        &file_of(document),
        &["document", "fiscal_year"],
    ))
    .of_year(document.year);
    one.diagnostic.severity = Severity::Error;
    match last {
        Some(last) if document.is_report && last + 1 == document.year => one.hint_typing(
            format!("ถ้าเป็นรายงานของปี {last} ให้แก้บรรทัดนี้เป็น:"),
            format!("where it is the report of {last}, make this line:"),
            &format!("fiscal_year = {last}"),
        ),
        _ => one.hint(
            "แก้ fiscal_year หรือใช้มาตรการของปีนี้แทนของปีก่อน",
            "correct `fiscal_year`, or put the measures of this year in place of those of a former one",
        ),
    }
}
