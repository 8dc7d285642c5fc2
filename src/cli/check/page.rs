//! The readiness report as a page: the year at a glance on the first sheet of
//! A4, findings by item on those that follow.

use serde_json::{Value, json};

use crate::check::{
    self, Checked, Finding, GroupScore, ItemStanding, POINT, Range, Readiness, rounded,
};
use crate::diagnostic::{Lang, Severity};
use crate::files::{Files, Sources};
use crate::render::Renderer;
use crate::render::links::encode_path;
use crate::site::Site;

use super::super::{pages, say, show};
use super::standing::{self, Tone};

/// Items whose completion is proposed: what fits the first sheet.
const PROPOSED: usize = 5;

pub fn html(
    checked: &Checked,
    renderer: &Renderer,
    asked: &[u16],
    files: &dyn Files,
    lang: Lang,
) -> Result<String, tera::Error> {
    let site = &renderer.site;
    let agency = &site.content.settings.agency.name;
    let agency = agency
        .en
        .as_deref()
        .filter(|_| lang == Lang::En)
        .unwrap_or(&agency.th);
    let limited = (!checked.limited_to.is_empty()).then(|| {
        let asked = checked.limited_to.join(", ");
        say(
            lang,
            format!("ตรวจเฉพาะ {asked} จึงไม่แสดงคะแนนที่คาดไว้"),
            format!("Only {asked} was asked for, so the expected score is left out."),
        )
    });
    let years: Vec<Value> = checked
        .years
        .iter()
        .map(|year| of_year(checked, year, renderer, lang))
        .collect();
    let not_checked: Vec<Value> = checked
        .not_checked
        .iter()
        .map(|n| json!({ "file": n.file, "why": say(lang, &n.why_th, &n.why_en) }))
        .collect();
    let today = site.options.today;
    pages::readiness(json!({
        "lang": lang.id(),
        "say": words(lang),
        "agency": agency,
        "day": match lang { Lang::Th => today.thai_long(), Lang::En => today.english_long() },
        "limited": limited,
        "years": years,
        "step": super::next::next(checked, site, asked).get(lang),
        "counts": super::terminal::counts(checked, lang),
        "groups": groups(checked, site, files, lang),
        "not_checked": not_checked,
    }))
}

fn words(lang: Lang) -> Value {
    let say = |th: &str, en: &str| say(lang, th, en);
    json!({
        "title": say("ความพร้อมสำหรับการประเมิน ITA", "Readiness for the ITA"),
        "year": say("ปี", "B.E."),
        "checked": say("ตรวจเมื่อ", "checked on"),
        "score": say("คะแนน OIT ที่คาดไว้", "Expected OIT score"),
        "indicators": say("คะแนนตามตัวชี้วัด", "Score by indicator"),
        "indicator": say("ตัวชี้วัด", "Indicator"),
        "points": say("คะแนน", "Score"),
        "next": say("ทำข้อใดก่อนจึงได้คะแนนเพิ่มมากที่สุด", "What would raise the score most"),
        "items": say("ทุกข้อของปี", "Every item of the year"),
        "item": say("ข้อ", "Item"),
        "name": say("รายการ", "Title"),
        "state": say("สถานะ", "State"),
        "elements": say("มี/ต้องมี", "Elements"),
        "step": say("ขั้นต่อไป:", "Next:"),
        "findings": say("สิ่งที่พบ", "Findings"),
        "nothing": say("ไม่พบสิ่งที่ต้องแก้", "Nothing to mend."),
        "remedy": say("วิธีแก้:", "What to do:"),
        "more": say("เหตุผลและตัวอย่าง:", "Reason and example:"),
        "not_checked": say("ไฟล์ที่ตรวจเนื้อหาไม่ได้ (ไม่ได้แปลว่าไม่มีปัญหา)", "Not checked (which does not mean fine)"),
    })
}

fn percent(range: Range) -> (f64, f64) {
    let points = |n: i64| n as f64 / POINT as f64;
    (points(range.low), points(range.high))
}

fn of_year(checked: &Checked, year: &Readiness, renderer: &Renderer, lang: Lang) -> Value {
    let site = &renderer.site;
    let (complete, all, blocked) = (year.complete(), year.items.len(), year.blocked);
    let complete = match blocked {
        0 => say(
            lang,
            format!("ครบ {complete} จาก {all} ข้อ"),
            format!("{complete} of {all} items complete"),
        ),
        _ => say(
            lang,
            format!(
                "ครบ {complete} จาก {all} ข้อ และต้องแก้ข้อผิดพลาดอื่นอีก {blocked} รายการก่อนจึงเผยแพร่ได้"
            ),
            format!(
                "{complete} of {all} items complete; mend {blocked} other errors before anything can be published"
            ),
        ),
    };
    let (low, high) = percent(year.score);
    let of_lang = |g: &GroupScore| say(lang, &g.title_th, &g.title_en);
    let indicators: Vec<Value> = year
        .indicators
        .iter()
        .map(|indicator| {
            let title = format!("{} {}", indicator.id, of_lang(indicator));
            let groups = year.groups.iter().filter(|g| belongs(site, year.year, g, indicator));
            let groups: Vec<Value> = groups
                .map(|g| json!({ "title": format!("{} {}", g.id, of_lang(g)), "score": g.score.to_string() }))
                .collect();
            // A single group says the same again.
            let groups = if groups.len() > 1 { groups } else { Vec::new() };
            json!({ "title": title, "score": indicator.score.to_string(), "groups": groups })
        })
        .collect();
    let next: Vec<Value> = year
        .next()
        .into_iter()
        .take(PROPOSED)
        .map(|item| {
            json!({
                "code": item.code,
                "title": title(item, lang),
                "gain": rounded(item.gain),
                "lacks": standing::need(item).get(lang),
            })
        })
        .collect();
    let items: Vec<Value> = checked
        .items(year)
        .map(|item| {
            let (tone, state) = standing::of_item(item);
            json!({
                "code": item.code,
                "title": title(item, lang),
                "class": class(tone),
                "state": state.get(lang),
                "shown": item.shown,
                "needed": item.needed,
                "score": short(item.score),
                "url": format!("{}/{}", site.base_url, encode_path(&item.address)),
            })
        })
        .collect();
    let checklists: Vec<Value> = checked
        .items(year)
        .filter(|_| !checked.limited_to.is_empty())
        .map(|item| {
            let elements: Vec<Value> = check::checklist(site, year.year, &item.code)
                .into_iter()
                .map(|e| {
                    let (tone, word) = standing::of_element(e.standing);
                    json!({ "class": class(tone), "state": word.get(lang), "title": e.title.get(lang), "place": e.place })
                })
                .collect();
            json!({ "title": format!("{} {}", item.code, title(item, lang)), "elements": elements })
        })
        .collect();
    json!({
        "year": year.year,
        "score": year.score.to_string(),
        "low": low,
        "open": high - low,
        "bar": say(
            lang,
            format!("{} จาก 100", year.score),
            format!("{} of 100", year.score),
        ),
        "complete": complete,
        "indicators": indicators,
        "next": next,
        "items": items,
        "checklists": checklists,
    })
}

fn belongs(site: &Site, year: u16, group: &GroupScore, indicator: &GroupScore) -> bool {
    let groups = site
        .catalogue(year)
        .map(|c| c.groups.as_slice())
        .unwrap_or_default();
    groups
        .iter()
        .any(|g| g.id == group.id && g.indicator == indicator.id)
}

fn title(item: &ItemStanding, lang: Lang) -> String {
    say(lang, &item.title_th, &item.title_en)
}

/// An item scores 100 or 0: no decimals.
fn short(range: Range) -> String {
    let (low, high) = percent(range);
    if range.is_certain() {
        format!("{low:.0}")
    } else {
        format!("{low:.0}–{high:.0}")
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Doubt => "doubt",
        Tone::Bad => "bad",
        Tone::Neutral => "",
    }
}

/// Findings by item, in the order of items, then by family.
fn groups(checked: &Checked, site: &Site, files: &dyn Files, lang: Lang) -> Vec<Value> {
    let mut sources = Sources::new(files);
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    let several = checked.years.len() > 1;
    let heading = |finding: &Finding| -> (u8, u16, usize, String) {
        let year = finding.year.unwrap_or(0);
        if let Some(code) = &finding.item {
            let items = site
                .catalogue(year)
                .map(|c| c.items.as_slice())
                .unwrap_or_default();
            let at = items.iter().position(|i| i.id.to_string() == *code);
            let name = at.and_then(|at| items.get(at));
            let name = name.map_or(String::new(), |i| say(lang, &i.title_th, &i.title_en));
            let of_year = if several {
                format!(" ({year})")
            } else {
                String::new()
            };
            return (0, year, at.unwrap_or(0), format!("{code} {name}{of_year}"));
        }
        let family = finding.rule.map(|r| r.family);
        let at = family.and_then(|f| check::Family::ALL.iter().position(|o| *o == f));
        let name = family.map_or(String::new(), |f| f.title().get(lang).to_string());
        (1, 0, at.unwrap_or(usize::MAX), name)
    };
    let mut sorted: Vec<(_, &Finding)> = checked.findings.iter().map(|f| (heading(f), f)).collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    for ((.., title), finding) in sorted {
        if groups.last().is_none_or(|(last, _)| *last != title) {
            groups.push((title, Vec::new()));
        }
        if let Some((_, list)) = groups.last_mut() {
            list.push(one(finding, &mut sources, lang));
        }
    }
    groups
        .into_iter()
        .map(|(title, findings)| json!({ "title": title, "findings": findings }))
        .collect()
}

fn one(finding: &Finding, sources: &mut Sources<'_>, lang: Lang) -> Value {
    let diagnostic = &finding.diagnostic;
    let (file, excerpt) = super::machines::place(finding, sources);
    let place = match (file, &excerpt) {
        (Some(file), Some(e)) => match &e.cell {
            Some(cell) => Some(format!("{file} {cell}")),
            None => Some(format!("{file}:{}", e.line)),
        },
        (file, _) => file,
    };
    let part = |from: fn(&crate::files::Excerpt) -> std::ops::Range<usize>| {
        let text = excerpt.as_ref().and_then(|e| e.text.get(from(e)));
        text.unwrap_or_default().to_string()
    };
    let severity: Severity = diagnostic.severity;
    json!({
        "class": severity.id(),
        "severity": show::severity(severity, lang).0,
        "message": diagnostic.message.get(lang),
        "place": place,
        "before": part(|e| 0..e.mark.start),
        "text": part(|e| e.mark.clone()),
        "after": part(|e| e.mark.end..e.text.len()),
        "hints": diagnostic.hints.iter().map(|h| h.get(lang)).collect::<Vec<_>>(),
        "code": diagnostic.code,
    })
}
