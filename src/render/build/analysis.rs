//! The analysis of an assessment's scores, as a measures document prints it.

use crate::content::measures::Analysis;
use crate::diagnostic::Lang;
use crate::render::format::{Page, head};
use crate::render::html::escaped;
use crate::render::pictures::part_bar;
use crate::render::view::*;
use crate::site::measures::{agrees, level, recompute};
use crate::site::prove::anchor;
use crate::thai::Score;

use super::parts::*;
use super::scores::total_with_level;

/// Scores by instrument, the issues beside the indicators they speak of.
pub fn analysis_sections(
    page: &Page<'_>,
    year: u16,
    analysed: u16,
    analysis: &Analysis,
    view: &mut PageView,
) {
    let site = page.site;
    let catalogue = site.catalogue(analysed).or_else(|| site.catalogue(year));
    let mut id = Some("analysis".to_string());
    if let (Some(catalogue), false) = (
        catalogue,
        analysis.scores.scores.is_empty() && analysis.issues.is_empty(),
    ) {
        let has_scores = !analysis.scores.scores.is_empty();
        let mut groups = Vec::new();
        for instrument in &catalogue.scoring.instruments {
            let indicators: Vec<(u8, String)> = catalogue
                .indicators
                .iter()
                .filter(|i| i.instrument == instrument.id)
                .filter_map(|i| {
                    let n: u8 = i.id.parse().ok()?;
                    let printed = analysis
                        .names
                        .iter()
                        .find(|(m, _)| *m == n)
                        .map(|(_, name)| page.thai(name));
                    Some((
                        n,
                        printed.unwrap_or_else(|| escaped(&page.say(&i.title_th, &i.title_en))),
                    ))
                })
                .collect();
            let issues: Vec<_> = analysis
                .issues
                .iter()
                .filter(|i| i.instrument == instrument.id.id())
                .collect();
            let scored = indicators
                .iter()
                .any(|(n, _)| analysis.scores.scores.iter().any(|(m, _)| m == n));
            if !scored && issues.is_empty() {
                continue;
            }
            let rows = indicators
                .into_iter()
                .map(|(n, name)| {
                    let score = analysis.scores.scores.iter().find(|(m, _)| *m == n);
                    let mut cells = vec![head(format!("{n}. {name}"))];
                    if has_scores {
                        cells.push(Cell {
                            html: score.map_or_else(
                                || "–".into(),
                                |(_, s)| {
                                    format!(
                                        "{}{}",
                                        escaped(&two_decimals(s.value)),
                                        part_bar(s.value.ten_thousandths(), 1_000_000, 10)
                                    )
                                },
                            ),
                            class: "in",
                            ..Cell::default()
                        });
                    }
                    Row {
                        cells,
                        ..Row::default()
                    }
                })
                .collect();
            groups.push(RowGroup {
                heading: Some(format!(
                    "{} ({})",
                    escaped(&page.say(&instrument.title_th, &instrument.title_en)),
                    instrument.id.id()
                )),
                // The issues of an instrument speak of several indicators.
                lead: Some(format!(
                    "<strong>{}:</strong> {}",
                    page.say("ประเด็นที่ต้องแก้ไขปรับปรุง", "To be improved"),
                    issues_html(page, &issues)
                )),
                rows,
            });
        }
        let mut columns = vec![page.column("ตัวชี้วัด", "Indicator", "")];
        if has_scores {
            columns.push(page.column("คะแนน", "Score", "in"));
        }
        // Without a column of scores the total stands below the table.
        let total = analysis.scores.total.as_ref().filter(|_| has_scores);
        let total = total.map(|total| {
            let level = analysis.scores.level.as_deref();
            vec![
                head(total_with_level(page, catalogue, level)),
                Cell {
                    html: escaped(&total.raw),
                    class: "in",
                    ..Cell::default()
                },
            ]
        });
        view.sections.push(Section::Table(Table {
            id: "analysis".into(),
            title: Some(page.say("ผลการวิเคราะห์", "Analysis")),
            caption: page.say(
                &format!(
                    "คะแนน ITA ปี {} ตามตัวชี้วัด (เต็ม 100) และประเด็นที่ต้องปรับปรุง",
                    page.digits(&analysed.to_string())
                ),
                &format!(
                    "ITA scores of {ce} by indicator, and what to improve",
                    ce = page.year(analysed)
                ),
            ),
            columns,
            groups,
            total,
            note: recomputed_note(page, catalogue, analysis),
            data: super::data::links(page, "analysis", Some(year)),
            ..Table::default()
        }));
        id = None;
    }
    let mut html = String::new();
    for (anchor, title, list) in [
        (
            anchor::WEAKNESSES,
            page.say(
                "ข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไขโดยเร่งด่วน",
                "Weaknesses to mend at once",
            ),
            &analysis.weaknesses,
        ),
        (
            anchor::IMPROVEMENTS,
            page.say("ประเด็นที่ต้องพัฒนาให้ดีขึ้น", "Points to improve"),
            &analysis.improvements,
        ),
    ] {
        if !list.is_empty() {
            html.push_str(&format!(
                "<h3 id=\"{anchor}\">{}</h3><ul class=\"asis\">",
                escaped(&title)
            ));
            for text in list {
                html.push_str(&format!("<li>{}</li>", page.thai(text)));
            }
            html.push_str("</ul>");
        }
    }
    if !analysis.questions.is_empty() {
        html.push_str(&format!(
            "<h3 id=\"question-scores\">{}</h3><ul class=\"asis\">",
            page.say(
                "คะแนนรายข้อคำถามที่วิเคราะห์ (เต็ม 100)",
                "Scores of the questions analysed (of 100)"
            )
        ));
        for question in &analysis.questions {
            html.push_str(&format!(
                "<li>{}{}{}</li>",
                page.thai(&question.question),
                question
                    .score
                    .as_ref()
                    .map(|s| format!(" <strong>{}</strong>", escaped(&s.raw)))
                    .unwrap_or_default(),
                question
                    .year
                    .map(|y| format!(" ({})", escaped(&year_title(page, y))))
                    .unwrap_or_default(),
            ));
        }
        html.push_str("</ul>");
    }
    if let Some(link) = &analysis.link_text {
        let address = format!("{analysed}/#result");
        let shown = site.content.years.get(&analysed);
        let shown = shown.is_some_and(|f| f.record.result.is_some());
        let words = page.thai(link);
        html.push_str(&if shown {
            format!(
                "<p><a href=\"{}\">{words}</a></p>",
                escaped(&page.page_href(&address))
            )
        } else {
            format!("<p>{words}</p>")
        });
    }
    // A score card without indicators still shows its total.
    if analysis.scores.scores.is_empty()
        && let Some(total) = &analysis.scores.total
    {
        html.push_str(&format!(
            "<p>{} {} {}</p>",
            page.say("คะแนนรวม", "Total"),
            escaped(&total.raw),
            analysis
                .scores
                .level
                .as_deref()
                .map(|l| page.thai(l))
                .unwrap_or_default()
        ));
    }
    if !html.is_empty() {
        view.sections.push(Section::Prose {
            id,
            title: None,
            parts: vec![Part::of(html)],
        });
    }
}

/// Scores are points of a hundred with two decimals, as NACC prints them.
fn two_decimals(score: Score) -> String {
    Score::from_ten_thousandths(score.ten_thousandths(), score.decimals().max(2)).to_string()
}

fn issues_html(page: &Page<'_>, issues: &[&crate::content::measures::Issue]) -> String {
    let one = |i: &crate::content::measures::Issue| {
        let no =
            i.no.as_ref()
                .map(|n| format!("{} ", page.thai(n)))
                .unwrap_or_default();
        // One point alone follows in the same line.
        let points = match i.points.as_slice() {
            [] => String::new(),
            [one] if one.points.is_empty() => format!(" {}", page.points(&i.points)),
            many => page.points(many),
        };
        format!("{no}{}{points}", page.thai(&i.text))
    };
    match issues {
        [] => page.say("ไม่มีประเด็นเพิ่มเติม", "None"),
        [only] => one(only),
        many => format!(
            "<ul class=\"asis\">{}</ul>",
            many.iter()
                .map(|i| format!("<li>{}</li>", one(i)))
                .collect::<String>()
        ),
    }
}

/// What the scores add up to by the year's rules, and whether the printed
/// total agrees.
fn recomputed_note(
    page: &Page<'_>,
    catalogue: &crate::catalogue::Catalogue,
    analysis: &Analysis,
) -> Option<String> {
    let computed = recompute(catalogue, &analysis.scores);
    let total = computed.total?;
    let shown = Score::from_ten_thousandths(total, 2).to_string();
    let instruments: Vec<String> = computed
        .instruments
        .iter()
        .map(|(id, s)| format!("{id} {}", Score::from_ten_thousandths(*s, 2)))
        .collect();
    let agreed = analysis
        .scores
        .total
        .as_ref()
        .is_none_or(|t| agrees(t.value, total));
    let level = level(catalogue, &computed).unwrap_or_default();
    Some(match (page.lang, agreed) {
        (Lang::Th, true) => format!(
            "คำนวณจากคะแนนตัวชี้วัด: {} รวม {shown} ({level})",
            instruments.join(" · ")
        ),
        (Lang::Th, false) => format!(
            "คะแนนรวมที่พิมพ์ไว้ไม่ตรงกับที่คำนวณจากตัวชี้วัด: {} รวม {shown} ({level})",
            instruments.join(" · ")
        ),
        (Lang::En, _) => format!(
            "Computed from the indicators: {}, total {shown}",
            instruments.join(" · ")
        ),
    })
}
