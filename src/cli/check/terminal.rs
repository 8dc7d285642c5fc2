//! The check's report for people at a terminal.

use unicode_width::UnicodeWidthStr;

use crate::check::{self, Checked, ItemStanding, Readiness, Standing};
use crate::diagnostic::{Diagnostics, Lang, Severity};
use crate::files::{Files, Sources};
use crate::site::Site;

use super::super::lay::{Screen, hanging, pad, wrap};
use super::super::{say, show};
use super::standing::{self, Tone};

const STRONG: &str = "1";

/// Items whose completion is proposed.
const PROPOSED: usize = 5;

pub fn report(
    checked: &Checked,
    site: &Site,
    asked: &[u16],
    files: &dyn Files,
    lang: Lang,
    screen: Screen,
) -> String {
    let mut text = String::new();
    for year in &checked.years {
        let items: Vec<&ItemStanding> = checked.items(year).collect();
        if items.is_empty() {
            continue;
        }
        text.push_str(&table(year, &items, lang, screen));
        if !checked.limited_to.is_empty() {
            for item in items {
                text.push_str(&elements(site, year.year, item, lang, screen));
            }
        }
        text.push('\n');
    }
    let mut messages = Diagnostics::default();
    messages.extend(checked.findings.iter().map(|f| f.diagnostic.clone()));
    let mut sources = Sources::new(files);
    text.push_str(&show::human(&messages, &mut sources, lang, screen));
    if !checked.not_checked.is_empty() {
        let head = say(
            lang,
            "ไฟล์ที่ตรวจเนื้อหาไม่ได้ (ไม่ได้แปลว่าไม่มีปัญหา):",
            "files whose content could not be checked (which does not mean that they are fine):",
        );
        line(&mut text, &head, screen);
        for file in &checked.not_checked {
            let why = say(lang, &file.why_th, &file.why_en);
            let one = hanging(&format!("{}: {why}", file.file), screen.width - 2, 2);
            text.push_str(&format!("  {}\n", one.replace('\n', "\n  ")));
        }
        text.push('\n');
    }
    if checked.limited_to.is_empty() {
        for year in &checked.years {
            text.push_str(&score(year, lang, screen));
        }
    } else {
        let asked = checked.limited_to.join(", ");
        let left_out = say(
            lang,
            format!("ตรวจเฉพาะ {asked} จึงไม่แสดงคะแนนที่คาดไว้"),
            format!("only {asked} was asked for, so the expected score is left out"),
        );
        line(&mut text, &left_out, screen);
    }
    line(&mut text, &counts(checked, lang), screen);
    if !checked.findings.is_empty() {
        let more = say(
            lang,
            "สั่ง prongsai explain ตามด้วยรหัสใน [ ] เพื่อดูเหตุผลและตัวอย่าง",
            "prongsai explain and a code from [ ] tells the reason and an example",
        );
        line(&mut text, &more, screen);
    }
    let label = say(lang, "ขั้นต่อไป:", "Next:");
    let next = super::next::next(checked, site, asked);
    let sentence = hanging(&format!("{label} {}", next.get(lang)), screen.width, 2);
    let sentence = sentence.replacen(&label, &screen.paint(STRONG, &label), 1);
    text.push_str(&sentence);
    text.push('\n');
    text
}

fn line(text: &mut String, sentence: &str, screen: Screen) {
    text.push_str(&wrap(sentence, screen.width).join("\n"));
    text.push('\n');
}

pub fn counts(checked: &Checked, lang: Lang) -> String {
    let [errors, warnings, advice] =
        [Severity::Error, Severity::Warning, Severity::Advice].map(|s| checked.count(s));
    let allowed = match (checked.allowed, lang) {
        (0, _) => String::new(),
        (n, Lang::Th) => format!(" ยกเว้นไว้ {n}"),
        (n, Lang::En) => format!(", {n} allowed"),
    };
    let plural = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    match lang {
        Lang::Th => format!("ผิดพลาด {errors} เตือน {warnings} แนะนำ {advice}{allowed}"),
        Lang::En => format!(
            "{}, {}, {advice} advice{allowed}",
            plural(errors, "error"),
            plural(warnings, "warning")
        ),
    }
}

fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "32",
        Tone::Bad => "31",
        Tone::Doubt => "33",
        Tone::Neutral => "0",
    }
}

fn title(item: &ItemStanding, lang: Lang) -> &str {
    match lang {
        Lang::Th => &item.title_th,
        Lang::En => &item.title_en,
    }
}

fn table(year: &Readiness, items: &[&ItemStanding], lang: Lang, screen: Screen) -> String {
    const CODE: usize = 4;
    const STATE: usize = 14;
    const COUNT: usize = 9;
    let width = screen.width.saturating_sub(CODE + STATE + COUNT + 6).max(8);
    let row = |code: &str, name: &str, state: (&str, &str), count: &str| {
        let space = " ".repeat(COUNT.saturating_sub(count.width()));
        format!(
            "{}  {}  {}  {space}{count}\n",
            pad(code, CODE),
            pad(name, width),
            screen.paint(state.1, &pad(state.0, STATE)),
        )
    };
    let of_year = format!("OIT {}", year.year);
    let mut text = match lang {
        Lang::Th => row("ข้อ", &format!("รายการ {of_year}"), ("สถานะ", "0"), "มี/ต้องมี"),
        Lang::En => row("Item", &of_year, ("State", "0"), "Shown"),
    };
    text.push_str(&"─".repeat(screen.width));
    text.push('\n');
    for item in items {
        let (tone, word) = standing::of_item(item);
        text.push_str(&row(
            &item.code,
            title(item, lang),
            (word.get(lang), colour(tone)),
            &format!("{}/{}", item.shown, item.needed),
        ));
    }
    text
}

/// Every required element of an item, and where it stands.
fn elements(site: &Site, year: u16, item: &ItemStanding, lang: Lang, screen: Screen) -> String {
    let mut text = format!("\n{} {}\n", item.code, title(item, lang));
    text = wrap(&text, screen.width).join("\n");
    for element in check::checklist(site, year, &item.code) {
        let (tone, word) = standing::of_element(element.standing);
        let mark = match tone {
            Tone::Good => "✓",
            Tone::Bad => "✗",
            Tone::Doubt => "?",
            Tone::Neutral => "–",
        };
        // A place says by itself that it is shown.
        let mut note = match element.standing {
            Standing::Shown => String::new(),
            _ => word.get(lang).to_string(),
        };
        if let Some(place) = &element.place {
            if !note.is_empty() {
                note.push_str(": ");
            }
            note.push_str(place);
        }
        let name = hanging(element.title.get(lang), screen.width - 2, 4);
        text.push_str(&format!("  {} {name}\n", screen.paint(colour(tone), mark)));
        if !note.is_empty() {
            let note = wrap(&note, screen.width - 4).join("\n    ");
            text.push_str(&format!("    {}\n", screen.paint("2", &note)));
        }
    }
    text
}

fn score(year: &Readiness, lang: Lang, screen: Screen) -> String {
    let number = year.score.to_string();
    let sentence = standing::score(year).get(lang).to_string();
    let mut text = String::new();
    line(&mut text, &sentence, screen);
    text = text.replace(&number, &screen.paint(STRONG, &number));
    let next = year.next();
    if next.is_empty() {
        return text;
    }
    let head = match lang {
        Lang::Th => "ทำข้อใดก่อนจึงได้คะแนนเพิ่มมากที่สุด:",
        Lang::En => "What would raise it most:",
    };
    line(&mut text, head, screen);
    for (place, item) in next.iter().take(PROPOSED).enumerate() {
        let what = standing::need(item).get(lang).to_string();
        let gain = format!("+{}", check::rounded(item.gain));
        let width = screen
            .width
            .saturating_sub(2 + 3 + 5 + 2 + 8 + 2 + 6)
            .max(8);
        text.push_str(&format!(
            "  {}. {} {}  {}  {:>6}\n",
            place + 1,
            pad(&item.code, 4),
            pad(title(item, lang), width),
            pad(&what, 8),
            gain,
        ));
    }
    if next.len() > PROPOSED {
        let more = next.len() - PROPOSED;
        text.push_str(&match lang {
            Lang::Th => format!("     และอีก {more} ข้อ\n"),
            Lang::En => format!("     and {more} more\n"),
        });
    }
    text
}
