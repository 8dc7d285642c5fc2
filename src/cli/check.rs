//! `prongsai check` and `prongsai explain`: arguments and reports.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::build;
use crate::catalogue::ItemId;
use crate::check::{self, Checked, Pages, Request, Rule};
use crate::diagnostic::{Diagnostics, Lang, Severity, system};
use crate::output;
use crate::render::Renderer;
use crate::site;
use clap::{Args, ValueEnum};

use super::lay::Screen;
use super::{Common, say, usage_error};

mod external;
mod machines;
mod next;
mod page;
mod standing;
mod terminal;

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
    /// รหัสกฎ เช่น item-missing (ไม่ใส่คือทั้งหมด) / Codes of rules, such as item-missing (all without one)
    code: Vec<String>,
    /// ภาษา / Language
    #[arg(long, value_enum)]
    lang: Option<super::Tongue>,
    /// เอกสารอ้างอิงทั้งหมดเป็น Markdown / The whole reference as Markdown
    #[arg(long)]
    markdown: bool,
}

pub fn explain(args: &ExplainArgs) -> u8 {
    let lang = super::language(args.lang);
    if args.markdown && args.code.is_empty() {
        super::out(&check::reference(lang));
        return 0;
    }
    if args.code.is_empty() {
        let longest = check::all_rules().map(|r| r.code.len()).max().unwrap_or(0);
        let line = |r: &check::Rule| format!("{:longest$}  {}\n", r.code, r.title.get(lang));
        super::out(&check::all_rules().map(line).collect::<String>());
        return 0;
    }
    let mut told = Vec::new();
    for word in &args.code {
        match explained(word, lang) {
            Ok(text) => told.push(text),
            Err(message) => return usage_error(&message),
        }
    }
    super::out(&told.join("\n"));
    0
}

/// What a rule is, named by its code or as a message names it,
/// `warning[stale-page]`.
fn explained(word: &str, lang: Lang) -> Result<String, String> {
    let inside = word
        .split_once('[')
        .and_then(|(_, rest)| rest.split(']').next());
    let code = inside.unwrap_or(word).trim().trim_end_matches([',', ':']);
    let code = &code.to_lowercase();
    match check::rule(code) {
        Some(rule) => Ok(plain(rule, lang)),
        None if item_code(code).parse::<ItemId>().is_ok() => {
            let item = item_code(code);
            Err(say(
                lang,
                format!("{item} เป็นข้อ ไม่ใช่รหัสกฎ ดูว่าข้อนี้ขาดอะไรด้วย prongsai check --only {item}"),
                format!(
                    "{item} is an item, no rule; prongsai check --only {item} tells what it lacks"
                ),
            ))
        }
        None => {
            let near = check::nearest_code(code);
            let near_th = near
                .map(|n| format!(" หมายถึง “{n}” หรือไม่"))
                .unwrap_or_default();
            let near_en = near
                .map(|n| format!("; did you mean “{n}”?"))
                .unwrap_or_default();
            Err(say(
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

/// Judges a site by its records and, where `seen` is given, by all of its
/// finished pages; `seen` says whether the site is whole.
pub(super) fn whole_check(
    renderer: &Renderer,
    mut messages: Diagnostics,
    seen: Option<bool>,
    request: &Request,
) -> Checked {
    let mut outputs = output::list(renderer);
    let more = Mutex::new(output::Outputs::new());
    let pages: Mutex<Pages> = Mutex::default();
    let base = renderer.site.base_path();
    if let Some(whole) = seen {
        let visit = |page: &str, scan: &output::scan::Scan| {
            if let Ok(mut more) = more.lock() {
                more.extend(output::unlisted(renderer, &outputs, page, scan));
            }
            if let Ok(mut pages) = pages.lock() {
                pages.see(&base, page, scan, &outputs);
            }
        };
        let found = output::survey(renderer, &outputs, whole, &|| true, &visit);
        messages.extend(found.into_iter().flatten().map(|f| f.diagnostic));
    }
    outputs.extend(more.into_inner().unwrap_or_default());
    let pages = pages.into_inner().unwrap_or_default();
    check::run(renderer, &outputs, pages, &messages.sorted(), request)
}

pub fn run(args: &CheckArgs) -> u8 {
    let lang = args.common.lang();
    let options = match args.common.options(false) {
        Ok(options) => options,
        Err(message) => return usage_error(&message),
    };
    if args.strict && args.fail_on == FailOn::Never {
        return usage_error(&say(
            lang,
            "--strict กับ --fail-on never ขัดกัน เลือกใช้อย่างใดอย่างหนึ่ง",
            "--strict and --fail-on never contradict each other; choose one",
        ));
    }
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
    let only = match only(&args.only, &loaded.site, &years, lang) {
        Ok(only) => only,
        Err(message) => return usage_error(&message),
    };
    if let Some(path) = &args.calendar
        && let Err(message) = calendar(path, &loaded.site, &years, lang)
    {
        return usage_error(&message);
    }
    let whole = !messages.has_errors();
    let (renderer, of_theme) = Renderer::new(Arc::new(loaded.site));
    let renderer = renderer.without_files();
    let has_theme = of_theme.is_empty();
    messages.extend(of_theme);
    let web = args.external.then(|| Arc::new(Web::of(root)));
    let asked = years.clone();
    let request = Request {
        years,
        only,
        external: web.clone().map(|web| web as Arc<dyn check::Fetch>),
    };
    let seen = has_theme.then_some(whole);
    let checked = whole_check(&renderer, messages, seen, &request);
    if let Some(web) = web {
        web.remember();
    }
    let text = match args.format {
        Format::Human => {
            let screen = match &args.output {
                Some(path) if !is_stdout(path) => Screen::PLAIN,
                _ => Screen::of(&std::io::stdout()),
            };
            let site = &renderer.site;
            terminal::report(&checked, site, &asked, files.as_ref(), lang, screen)
        }
        Format::Json => machines::json(&checked, &renderer, files.as_ref()),
        Format::Sarif => machines::sarif(&checked, files.as_ref(), lang),
        Format::Github => machines::github(&checked, files.as_ref(), lang),
        Format::Html => match page::html(&checked, &renderer, &asked, files.as_ref(), lang) {
            Ok(page) => page,
            Err(error) => return usage_error(&error.to_string()),
        },
    };
    let written = match &args.output {
        Some(path) if !is_stdout(path) => std::fs::write(path, text.as_bytes()),
        _ => anstream::stdout().write_all(text.as_bytes()),
    };
    // Whoever reads may have seen enough (`| head`).
    if let Err(error) = written.or_else(system::unless_closed) {
        return usage_error(&say(
            lang,
            format!("เขียนรายงานไม่ได้: {}", system::why(&error).th),
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

/// `-`, which programs take for the standard output.
fn is_stdout(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Writes the deadlines of the years, of the current one without any.
fn calendar(path: &Path, site: &site::Site, years: &[u16], lang: Lang) -> Result<(), String> {
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
    let written = if is_stdout(path) {
        anstream::stdout().write_all(text.as_bytes())
    } else {
        std::fs::write(path, text.as_bytes())
    };
    written.or_else(system::unless_closed).map_err(|error| {
        say(
            lang,
            format!("เขียนไฟล์ปฏิทินไม่ได้: {}", system::why(&error).th),
            format!("the calendar could not be written: {error}"),
        )
    })
}

fn years(asked: &[String], site: &site::Site, lang: Lang) -> Result<Vec<u16>, String> {
    let mut years = Vec::new();
    let parts = |c: char| c == ',' || c.is_whitespace();
    let words = asked.iter().flat_map(|word| word.split(parts));
    for word in words.filter(|word| !word.is_empty()) {
        if word.eq_ignore_ascii_case("all") || word == "ทั้งหมด" {
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
    let mut seen = Vec::new();
    years.retain(|year| {
        let is_new = !seen.contains(year);
        seen.push(*year);
        is_new
    });
    Ok(years)
}

/// The years that are judged: those asked for, the current one without any.
fn judged(site: &site::Site, asked: &[u16]) -> Vec<u16> {
    match asked {
        [] => vec![site.current_year],
        asked => asked.to_vec(),
    }
}

/// Codes of the items of these years, of the current one without any.
fn items(site: &site::Site, years: &[u16]) -> Vec<String> {
    let mut all = Vec::new();
    let years = judged(site, years).into_iter();
    for catalogue in years.filter_map(|year| site.catalogue(year)) {
        for code in catalogue.items.iter().map(|item| item.id.to_string()) {
            if !all.contains(&code) {
                all.push(code);
            }
        }
    }
    all
}

/// An item as people write it: `O ๑๘`, `ข้อ 18`, `โอ18`, or 18 alone.
fn item_code(word: &str) -> String {
    let code: String = crate::thai::to_arabic(word).split_whitespace().collect();
    let bare = ["ข้อที่", "ข้อ", "โอ", "O", "o"]
        .iter()
        .fold(code.as_str(), |rest, name| {
            rest.strip_prefix(name).unwrap_or(rest)
        });
    if !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit()) {
        format!("O{bare}")
    } else {
        code
    }
}

/// A rule, a family by its name or title, an item, or the topic of one.
fn known_part(word: &str, items: &[String], site: &site::Site, years: &[u16]) -> Option<String> {
    let lower = word.to_lowercase();
    let folded = crate::thai::fold_key(word);
    let is_it =
        |f: &&check::Family| f.id() == lower || crate::thai::fold_key(&f.title().th) == folded;
    if let Some(family) = check::Family::ALL.iter().find(is_it) {
        return Some(family.id().to_string());
    }
    if check::rule(&lower).is_some() {
        return Some(lower);
    }
    let code = item_code(word);
    let mut all = items.iter();
    if let Some(item) = all.find(|item| item.eq_ignore_ascii_case(&code)) {
        return Some(item.clone());
    }
    let topic = lower.strip_suffix(".md").unwrap_or(&lower);
    let catalogues = judged(site, years).into_iter();
    let mut all = catalogues
        .filter_map(|year| site.catalogue(year))
        .flat_map(|c| &c.items);
    let of_topic = all.find(|item| item.topics.iter().any(|t| **t == *topic));
    of_topic.map(|item| item.id.to_string())
}

/// What the report is limited to: a misspelt name would find nothing, and
/// nothing looks like all is well.
fn only(
    asked: &[String],
    site: &site::Site,
    years: &[u16],
    lang: Lang,
) -> Result<Vec<String>, String> {
    let items = &items(site, years);
    let mut only = Vec::new();
    let words = || asked.iter().map(|w| w.trim()).filter(|w| !w.is_empty());
    if !asked.is_empty() && words().next().is_none() {
        return Err(say(
            lang,
            "--only ต้องมีข้อ กลุ่มกฎ หรือรหัสกฎ เช่น --only O18",
            "--only needs an item, a family or a rule, such as --only O18",
        ));
    }
    let known = |word: &str| known_part(word, items, site, years);
    for word in words() {
        if let Some(part) = known(word) {
            only.push(part);
            continue;
        }
        // Blanks between them are as good as commas.
        let parts: Option<Vec<String>> = word.split_whitespace().map(known).collect();
        if let Some(parts) = parts {
            only.extend(parts);
            continue;
        }
        let code = item_code(word);
        let known = check::Family::ALL
            .iter()
            .map(|f| f.id())
            .chain(check::all_rules().map(|r| r.code.as_str()))
            .chain(items.iter().map(String::as_str));
        let near = crate::diagnostic::nearest(&code, known);
        let near_th = near.map(|n| format!(" หมายถึง “{n}” หรือไม่"));
        let near_en = near.map(|n| format!("; did you mean “{n}”?"));
        let list = items.first().zip(items.last());
        let list = list.map_or(String::new(), |(a, b)| format!("{a}–{b}"));
        let families: Vec<&str> = check::Family::ALL.iter().map(|f| f.id()).collect();
        let families = families.join(", ");
        return Err(say(
            lang,
            format!(
                "--only ไม่รู้จัก “{word}”{}\n\
                 ใส่ข้อ ({list}) กลุ่มกฎ ({families}) หรือรหัสกฎที่ prongsai explain แสดง คั่นด้วยจุลภาค",
                near_th.unwrap_or_default()
            ),
            format!(
                "--only does not know “{word}”{}\n\
                 It takes items ({list}), families ({families}) and codes that prongsai explain lists, with commas between.",
                near_en.unwrap_or_default()
            ),
        ));
    }
    only.dedup();
    Ok(only)
}
