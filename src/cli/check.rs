//! `prongsai check` and `prongsai explain`: arguments and reports.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use clap::{Args, ValueEnum};
use unicode_width::UnicodeWidthStr;

use crate::build;
use crate::check::{self, Checked, Links, Readiness, Request, Rule};
use crate::diagnostic::{Diagnostics, Lang, Severity};
use crate::files::{Files, Sources};
use crate::output;
use crate::render::Renderer;
use crate::site;

use super::{Common, say, show, usage_error};

mod external;
mod machines;

pub use external::Web;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Sarif,
    Github,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Advice,
    Never,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    common: Common,
    /// ปีที่ตรวจ ใส่ได้หลายครั้ง หรือ all (ถ้าไม่ใส่คือปีปัจจุบัน) / Year to judge, more than once, or all (default: the current one)
    #[arg(long, value_name = "YEAR")]
    year: Vec<String>,
    /// เฉพาะกฎ กลุ่มกฎ หรือข้อ เช่น O18 / Only these rules, families or items, such as O18
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    only: Vec<String>,
    /// ถามเว็บไซต์อื่นด้วยว่าลิงก์ที่ชี้ไปยังเปิดได้หรือไม่ (ใช้อินเทอร์เน็ต) / Also ask other hosts whether links to them still open (uses the network)
    #[arg(long)]
    external: bool,
    /// ถือคำเตือนเป็นไม่ผ่านด้วย / Warnings fail too
    #[arg(long)]
    strict: bool,
    /// ไม่ผ่านเมื่อพบระดับนี้ขึ้นไป / Fail at this severity or worse
    #[arg(long, value_enum, default_value = "error")]
    fail_on: FailOn,
    /// รูปแบบรายงาน / Form of the report
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// เขียนกำหนดการของปีเป็นไฟล์ปฏิทิน (.ics) ด้วย / Also write the year's deadlines as a calendar file (.ics)
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
    /// เขียนรายงานลงไฟล์ / Write the report into a file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// รหัสกฎ เช่น item-missing (ไม่ใส่คือทั้งหมด) / Code of a rule, such as item-missing (all without one)
    code: Option<String>,
    /// ภาษา / Language
    #[arg(long, value_enum)]
    lang: Option<super::Tongue>,
    /// เอกสารอ้างอิงทั้งหมดเป็น Markdown / The whole reference as Markdown
    #[arg(long)]
    markdown: bool,
}

pub fn explain(args: &ExplainArgs) -> u8 {
    let lang = super::language(args.lang);
    if args.markdown && args.code.is_none() {
        print!("{}", check::reference(lang));
        return 0;
    }
    let Some(code) = &args.code else {
        let longest = check::all_rules().map(|r| r.code.len()).max().unwrap_or(0);
        for rule in check::all_rules() {
            println!("{:longest$}  {}", rule.code, rule.title.get(lang));
        }
        return 0;
    };
    match check::rule(code) {
        Some(rule) => {
            print!("{}", plain(rule, lang));
            0
        }
        None => {
            let near = check::nearest_code(code);
            let near_th = near
                .map(|n| format!(" หมายถึง “{n}” หรือไม่"))
                .unwrap_or_default();
            let near_en = near
                .map(|n| format!("; did you mean “{n}”?"))
                .unwrap_or_default();
            usage_error(&say(
                lang,
                format!("ไม่มีกฎชื่อ “{code}”{near_th}"),
                format!("there is no rule “{code}”{near_en}"),
            ))
        }
    }
}

/// The explanation without marks of Markdown.
fn plain(rule: &Rule, lang: Lang) -> String {
    rule.explained(lang).replace("## ", "").replace("**", "")
}

pub fn run(args: &CheckArgs) -> u8 {
    let lang = args.common.lang();
    let options = match args.common.options(false) {
        Ok(options) => options,
        Err(message) => return usage_error(&message),
    };
    let root = &args.common.root;
    for path in args.output.iter().chain(&args.calendar) {
        if let Some(message) = super::among_sources(root, path, lang) {
            return usage_error(&message);
        }
    }
    let files = build::open(root);
    let loaded = site::load(files.clone(), options);
    let mut messages = loaded.diagnostics;
    if messages.iter().any(|d| d.code == "no-site") {
        super::report(&messages, files.as_ref(), lang, false);
        return 2;
    }
    let years = match years(&args.year, &loaded.site, lang) {
        Ok(years) => years,
        Err(message) => return usage_error(&message),
    };
    if let Some(path) = &args.calendar
        && let Err(message) = calendar(path, &loaded.site, &years, lang)
    {
        return usage_error(&message);
    }
    let whole = !messages.has_errors();
    let (renderer, of_theme) = Renderer::new(Arc::new(loaded.site));
    let without_theme = !of_theme.is_empty();
    messages.extend(of_theme);
    let mut outputs = output::list(&renderer);
    let more = Mutex::new(output::Outputs::new());
    let links: Mutex<Links> = Mutex::new(BTreeMap::new());
    let base = renderer.site.base_path();
    if !without_theme {
        let visit = |page: &str, scan: &output::scan::Scan| {
            let to = output::scan::targets(&base, page, scan, &outputs);
            if let Ok(mut more) = more.lock() {
                more.extend(output::unlisted(&renderer, &outputs, page, scan));
            }
            if let Ok(mut links) = links.lock() {
                links.insert(page.to_string(), to);
            }
        };
        let found = output::survey(&renderer, &outputs, whole, &|| true, &visit);
        messages.extend(found.into_iter().flatten().map(|f| f.diagnostic));
    }
    let web = args.external.then(|| Arc::new(Web::of(root)));
    outputs.extend(more.into_inner().unwrap_or_default());
    let only = match only(&args.only, lang) {
        Ok(only) => only,
        Err(message) => return usage_error(&message),
    };
    let request = Request {
        years,
        only,
        external: web.clone().map(|web| web as Arc<dyn check::Fetch>),
    };
    let links = links.into_inner().unwrap_or_default();
    let checked = check::run(&renderer, &outputs, links, &messages.sorted(), &request);
    if let Some(web) = web {
        web.remember();
    }
    let text = match args.format {
        Format::Human => {
            let colour = args.output.is_none()
                && std::io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none();
            human(&checked, files.as_ref(), lang, colour)
        }
        Format::Json => machines::json(&checked, &renderer, files.as_ref()),
        Format::Sarif => machines::sarif(&checked, files.as_ref(), lang),
        Format::Github => machines::github(&checked, files.as_ref(), lang),
        Format::Html => machines::html(&checked, files.as_ref(), lang),
    };
    let written = match &args.output {
        Some(path) => std::fs::write(path, text.as_bytes()),
        None => std::io::stdout().write_all(text.as_bytes()),
    };
    if let Err(error) = written {
        return usage_error(&say(
            lang,
            format!("เขียนรายงานไม่ได้: {error}"),
            format!("the report could not be written: {error}"),
        ));
    }
    let threshold = match (args.fail_on, args.strict) {
        (FailOn::Never, _) => None,
        (FailOn::Advice, _) => Some(Severity::Advice),
        (FailOn::Warning, _) | (FailOn::Error, true) => Some(Severity::Warning),
        (FailOn::Error, false) => Some(Severity::Error),
    };
    let failed = threshold.is_some_and(|t| checked.worst().is_some_and(|w| w <= t));
    u8::from(failed)
}

/// Writes the deadlines of the years, of the current one without any.
fn calendar(
    path: &std::path::Path,
    site: &site::Site,
    years: &[u16],
    lang: Lang,
) -> Result<(), String> {
    let current = [site.current_year];
    let years = if years.is_empty() { &current } else { years };
    let Some(text) = check::ics::calendar(site, years) else {
        eprintln!(
            "{}",
            say(
                lang,
                "ปีนี้ยังไม่มีกำหนดการ จึงไม่เขียนไฟล์ปฏิทิน เพิ่ม [[deadline]] ใน year.toml ก่อน",
                "the year has no deadlines, so no calendar was written; add [[deadline]] to year.toml",
            )
        );
        return Ok(());
    };
    std::fs::write(path, text.as_bytes()).map_err(|error| {
        say(
            lang,
            format!("เขียนไฟล์ปฏิทินไม่ได้: {error}"),
            format!("the calendar could not be written: {error}"),
        )
    })
}

fn years(asked: &[String], site: &site::Site, lang: Lang) -> Result<Vec<u16>, String> {
    let mut years = Vec::new();
    for word in asked {
        if word == "all" {
            years.extend(site.years.keys().copied());
            continue;
        }
        match crate::thai::be_year(word) {
            Some(year) => years.push(year),
            None => {
                return Err(say(
                    lang,
                    format!("อ่านปี “{word}” ไม่ออก เขียนเป็น พ.ศ. เช่น --year 2568"),
                    format!(
                        "“{word}” is no year; write it in the Buddhist era, such as --year 2568"
                    ),
                ));
            }
        }
    }
    years.dedup();
    Ok(years)
}

/// What the report is limited to: a misspelt name would find nothing, and
/// nothing looks like all is well.
fn only(asked: &[String], lang: Lang) -> Result<Vec<String>, String> {
    let mut only = Vec::new();
    for word in asked.iter().map(|w| w.trim()).filter(|w| !w.is_empty()) {
        let family = check::Family::ALL.iter().find(|f| f.id() == word);
        let item = word.parse::<crate::catalogue::ItemId>().ok();
        match (family, check::rule(word), item) {
            (None, None, Some(item)) => only.push(item.to_string()),
            (None, None, None) => {
                let families = check::Family::ALL.iter().map(|f| f.id());
                let near = crate::diagnostic::nearest(word, families).or(check::nearest_code(word));
                let near = near.map(|n| format!(" ({n}?)")).unwrap_or_default();
                return Err(say(
                    lang,
                    format!(
                        "--only ไม่รู้จัก “{word}”{near} ใช้ข้อ เช่น O18 กลุ่ม เช่น personal หรือรหัสกฎจาก prongsai explain"
                    ),
                    format!(
                        "--only does not know “{word}”{near}; it takes items such as O18, families such as personal, and codes that prongsai explain lists"
                    ),
                ));
            }
            _ => only.push(word.to_string()),
        }
    }
    Ok(only)
}

const WIDTH: usize = 80;

fn human(checked: &Checked, files: &dyn Files, lang: Lang, colour: bool) -> String {
    let mut text = String::new();
    for year in &checked.years {
        text.push_str(&table(year, lang));
        text.push('\n');
    }
    let mut messages = Diagnostics::default();
    messages.extend(checked.findings.iter().map(|f| f.diagnostic.clone()));
    let mut sources = Sources::new(files);
    text.push_str(&show::human(&messages, &mut sources, lang, colour));
    if !checked.not_checked.is_empty() {
        text.push_str(&say(
            lang,
            "ไฟล์ที่ตรวจเนื้อหาไม่ได้ (ไม่ได้แปลว่าไม่มีปัญหา):\n",
            "files whose content could not be checked (which does not mean that they are fine):\n",
        ));
        for file in &checked.not_checked {
            let why = say(lang, &file.why_th, &file.why_en);
            text.push_str(&format!("  {}: {why}\n", file.file));
        }
        text.push('\n');
    }
    for year in &checked.years {
        text.push_str(&score_line(year, lang));
    }
    let count = |severity| checked.count(severity);
    let (errors, warnings, advice) = (
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Advice),
    );
    let line = match lang {
        Lang::Th => format!("ผิดพลาด {errors} เตือน {warnings} แนะนำ {advice}"),
        Lang::En => format!("{errors} errors, {warnings} warnings, {advice} advice"),
    };
    let more = if checked.findings.is_empty() {
        String::new()
    } else {
        say(
            lang,
            "  (prongsai explain รหัส บอกเหตุผลและตัวอย่างของแต่ละกฎ)",
            "  (prongsai explain CODE tells the reason and an example of a rule)",
        )
    };
    let allowed = match (checked.allowed, lang) {
        (0, _) => String::new(),
        (n, Lang::Th) => format!(" ยกเว้นไว้ {n}"),
        (n, Lang::En) => format!(", {n} allowed"),
    };
    text.push_str(&format!("{line}{allowed}{more}\n"));
    text
}

/// Cuts a text to a width on the screen, by letters with their marks.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut out = String::new();
    for cluster in crate::thai::clusters(text) {
        if out.width() + cluster.width() + 1 > width {
            break;
        }
        out.push_str(cluster);
    }
    out.push('…');
    out
}

fn pad(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let space = " ".repeat(width.saturating_sub(text.width()));
    text + &space
}

fn table(year: &Readiness, lang: Lang) -> String {
    const CODE: usize = 4;
    const STATE: usize = 16;
    const COUNT: usize = 7;
    let title = WIDTH - CODE - STATE - COUNT - 6;
    let row = |code: &str, name: &str, state: &str, count: &str| {
        format!(
            "{}  {}  {}  {}",
            pad(code, CODE),
            pad(name, title),
            pad(state, STATE),
            count
        )
        .trim_end()
        .to_string()
            + "\n"
    };
    let mut text = match lang {
        Lang::Th => row(
            "ข้อ",
            &format!("รายการ OIT ปี {}", year.year),
            "สถานะ",
            "มี/ต้องมี",
        ),
        Lang::En => row("Item", &format!("OIT {}", year.year), "State", "Shown"),
    };
    text.push_str(&"─".repeat(WIDTH));
    text.push('\n');
    for item in &year.items {
        use crate::site::ItemState;
        let doubt = item.score.low == 0 && item.score.high > 0;
        let state = match (item.state, doubt, lang) {
            (_, true, Lang::Th) => "? ต้องให้คนตรวจ",
            (_, true, Lang::En) => "? to be seen",
            (ItemState::Published, _, Lang::Th) => "✓ ครบ",
            (ItemState::Published, _, Lang::En) => "✓ complete",
            (ItemState::NoneStated, _, Lang::Th) => "✓ แจ้งว่าไม่มี",
            (ItemState::NoneStated, _, Lang::En) => "✓ none stated",
            (ItemState::Incomplete, _, Lang::Th) => "✗ ไม่ครบ",
            (ItemState::Incomplete, _, Lang::En) => "✗ incomplete",
            (ItemState::Missing, _, Lang::Th) => "✗ ยังไม่มี",
            (ItemState::Missing, _, Lang::En) => "✗ missing",
        };
        let name = match lang {
            Lang::Th => &item.title_th,
            Lang::En => &item.title_en,
        };
        text.push_str(&row(
            &item.code,
            name,
            state,
            &format!("{}/{}", item.shown, item.needed),
        ));
    }
    text
}

fn score_line(year: &Readiness, lang: Lang) -> String {
    let (complete, all) = (year.complete(), year.items.len());
    let mut text = match lang {
        Lang::Th => format!(
            "ปี {}: ครบ {complete} จาก {all} ข้อ คะแนน OIT ที่คาดไว้ {}\n",
            year.year, year.score
        ),
        Lang::En => format!(
            "{}: {complete} of {all} items complete; expected OIT score {}\n",
            year.year, year.score
        ),
    };
    for item in year.next().into_iter().take(3) {
        let gain = check::rounded(item.gain);
        let name = match lang {
            Lang::Th => &item.title_th,
            Lang::En => &item.title_en,
        };
        let name = cut(name, 50);
        text.push_str(&match lang {
            Lang::Th => format!("  เพิ่มคะแนนได้มากสุด: {} {name} (+{gain})\n", item.code),
            Lang::En => format!("  would raise it most: {} {name} (+{gain})\n", item.code),
        });
    }
    text
}
