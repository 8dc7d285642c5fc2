//! Arguments → options; reports for people and machines; exit codes: 0 fine,
//! 1 findings or a failed build, 2 could not run.

mod answers;
mod arguments;
mod check;
mod freeze;
mod lay;
mod pages;
mod serve;
mod show;

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::check::documents::apart;
use crate::diagnostic::{Diagnostics, Lang, Severity};
use crate::files::{Files, Sources};
use crate::site::Options;
use crate::thai::Date;
use crate::write::{Applied, Swap, WriteError};

pub use check::Web;

use crate::build::{self, Done, Outcome, Request};

/// เว็บไซต์เปิดเผยข้อมูล (ITA/OIT) ขององค์กรปกครองส่วนท้องถิ่น จากโฟลเดอร์ไฟล์ข้อความและตาราง สั่งในโฟลเดอร์ที่มี content อยู่ข้างใน / Disclosure websites of Thai local government, from a folder of text files and spreadsheets. Run it in the folder that holds content/.
#[derive(Debug, Parser)]
#[command(
    name = "prongsai",
    version,
    arg_required_else_help = true,
    propagate_version = true
)]
#[command(
    after_help = "ตัวอย่าง: / Examples:\n  prongsai serve                 ดูเว็บไซต์ในเครื่อง / look at the site on this machine\n  prongsai build                 สร้างเว็บไซต์ไว้ในโฟลเดอร์ public / build it into public/\n  prongsai build --portable      เปิดดูจากแฟลชไดรฟ์ได้ / opens from a memory stick"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// สร้างเว็บไซต์ทั้งหมดไว้ในโฟลเดอร์ public / Build the whole website into public/
    Build(BuildArgs),
    /// ดูเว็บไซต์ในเครื่องนี้ระหว่างเขียน เห็นทุกการแก้ทันที โดยไม่แตะโฟลเดอร์ public / Show the website while you write it: every edit at once; public/ is not touched
    Serve(serve::ServeArgs),
    /// ตรวจว่าผู้ประเมินจะเห็นว่าขาดอะไร / Check what an assessor would mark as missing
    Check(check::CheckArgs),
    /// ทำแบบคำตอบ ITAS ของแต่ละข้อ (หน้าเว็บ CSV XLSX) / Write the answers for ITAS: a page, CSV and XLSX
    Answers(answers::AnswersArgs),
    /// อธิบายกฎ: เหตุผล ที่มา ตัวอย่าง / Explain a rule: its reason, source and examples
    Explain(check::ExplainArgs),
    /// บันทึกที่อยู่ที่ส่งให้ผู้ประเมินแล้ว เพื่อไม่ให้หายไป / Keep the addresses that were handed in, so that none can go away
    Freeze(freeze::FreezeArgs),
    /// Opens files of strangers for another prongsai; see check::documents.
    #[command(name = apart::COMMAND, hide = true)]
    ReadDocuments {
        #[arg(long, env = "PRONGSAI_READER_MEMORY", default_value_t = apart::MEMORY)]
        memory: u64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tongue {
    Th,
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SwapArg {
    Auto,
    Exchange,
    Rename,
    Files,
}

#[derive(Debug, Args)]
struct Common {
    /// โฟลเดอร์ที่มี content อยู่ข้างใน / The folder that holds content/
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// ที่อยู่เว็บไซต์ แทนที่เขียนใน site.toml / Address of the site, instead of the one in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// รวมหน้าที่ยังเป็นฉบับร่าง (draft = true) / Include drafts
    #[arg(long)]
    drafts: bool,
    /// ภาษาของข้อความ / Language of messages (default: from the locale, else Thai)
    #[arg(long, value_enum)]
    lang: Option<Tongue>,
    /// วันที่ถือว่าเป็นวันนี้ / The day taken as today (default: today in Thailand), e.g. 2568-03-31
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

#[derive(Debug, Args)]
struct BuildArgs {
    #[command(flatten)]
    common: Common,
    /// โฟลเดอร์ผลลัพธ์ / Where the website goes (default: public/ beside content/)
    #[arg(long, short, value_name = "FOLDER")]
    output: Option<PathBuf>,
    /// ลิงก์ระบุไฟล์ index.html เพื่อเปิดจากโฟลเดอร์หรือแฟลชไดรฟ์ / Links name index.html, so that the site opens from a folder
    #[arg(long)]
    portable: bool,
    /// แสดงเวลาแต่ละขั้น / Show how long each stage took
    #[arg(long)]
    timings: bool,
    /// แสดงเฉพาะข้อผิดพลาด / Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
    /// รูปแบบรายงาน / Form of the report
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// How the new website takes its place; chosen by itself
    #[arg(long, value_enum, default_value = "auto", hide = true)]
    swap: SwapArg,
}

/// Runs the program on its arguments; the exit code.
pub fn main(args: impl IntoIterator<Item = std::ffi::OsString>) -> u8 {
    let cli = match arguments::parse(args) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    if let Ok(program) = std::env::current_exe() {
        apart::by(program);
    }
    match cli.command {
        Command::ReadDocuments { memory } => {
            apart::read_all(memory);
            0
        }
        Command::Build(args) => {
            end_on_interrupt();
            build(&args)
        }
        Command::Serve(args) => {
            end_on_interrupt();
            serve::run(&args)
        }
        Command::Check(args) => check::run(&args),
        Command::Answers(args) => answers::run(&args),
        Command::Explain(args) => check::explain(&args),
        Command::Freeze(args) => freeze::run(&args),
    }
}

impl Common {
    fn lang(&self) -> Lang {
        language(self.lang)
    }

    fn options(&self, portable: bool) -> Result<Options, String> {
        let lang = self.lang();
        let today = match &self.today {
            Some(text) => Date::parse(text).map_err(|e| match lang {
                Lang::Th => e.th(),
                Lang::En => e.en(),
            })?,
            None => today_in_thailand(),
        };
        if let Some(url) = &self.base_url
            && !url.starts_with("https://")
            && !url.starts_with("http://")
        {
            return Err(say(
                lang,
                format!("--base-url ต้องขึ้นต้นด้วย https:// แต่ได้ “{url}”"),
                format!("--base-url starts with https://, not “{url}”"),
            ));
        }
        if !self.root.is_dir() {
            return Err(say(
                lang,
                format!("ไม่พบโฟลเดอร์ “{}”", self.root.display()),
                format!("there is no folder “{}”", self.root.display()),
            ));
        }
        Ok(Options {
            drafts: self.drafts,
            base_url: self.base_url.clone(),
            portable,
            today,
        })
    }
}

fn language(asked: Option<Tongue>) -> Lang {
    match asked {
        Some(Tongue::Th) => Lang::Th,
        Some(Tongue::En) => Lang::En,
        None => locale(),
    }
}

fn say(lang: Lang, th: impl Into<String>, en: impl Into<String>) -> String {
    match lang {
        Lang::Th => th.into(),
        Lang::En => en.into(),
    }
}

/// English where the locale asks for it; else Thai, the webmaster's language.
fn locale() -> Lang {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match named {
        Some(value) if value.to_ascii_lowercase().starts_with("en") => Lang::En,
        _ => Lang::Th,
    }
}

/// Thailand is UTC+7 all year. `SOURCE_DATE_EPOCH` makes builds repeatable.
fn today_in_thailand() -> Date {
    const DAY: i64 = 86_400;
    let given = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|s| s.trim().parse::<i64>().ok());
    let seconds = given.unwrap_or_else(|| {
        SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(0))
    });
    let days = (seconds + 7 * 3_600).div_euclid(DAY);
    Date::from_days_since_epoch(days).unwrap_or(Date::EPOCH)
}

/// Why a report can't be written there: it would take the place of a source or
/// be read as one, or lie in the website, where only a build writes.
fn among_sources(root: &std::path::Path, path: &std::path::Path, lang: Lang) -> Option<String> {
    let whole = |path: &std::path::Path| std::path::absolute(path).ok();
    let path = whole(path)?;
    let is_in = |folder: &str| whole(&root.join(folder)).is_some_and(|f| path.starts_with(f));
    if is_in("public") {
        return Some(say(
            lang,
            format!(
                "เขียนรายงานไว้ใน {} ไม่ได้ เพราะเป็นเว็บไซต์ที่จะเผยแพร่ ซึ่ง prongsai build เขียนเองทั้งหมด เลือกโฟลเดอร์อื่น",
                path.display()
            ),
            format!(
                "a report can't go to {}, in the website that prongsai build makes; choose another folder",
                path.display()
            ),
        ));
    }
    let inside = ["content", "themes"].into_iter().any(is_in);
    inside.then(|| {
        say(
            lang,
            format!(
                "เขียนรายงานไว้ใน {} ไม่ได้ เพราะเป็นที่เก็บเนื้อหาของเว็บไซต์ เลือกโฟลเดอร์อื่น",
                path.display()
            ),
            format!(
                "a report can't go to {}, among the site's own files; choose another folder",
                path.display()
            ),
        )
    })
}

fn usage_error(message: &str) -> u8 {
    eprintln!("prongsai: {message}");
    2
}

/// Prints messages with the lines that they speak of.
fn report(diagnostics: &Diagnostics, files: &dyn Files, lang: Lang, quiet: bool) {
    let mut sources = Sources::new(files);
    let mut shown = Diagnostics::default();
    shown.extend(
        diagnostics
            .iter()
            .filter(|d| !quiet || d.severity == Severity::Error)
            .cloned(),
    );
    let screen = lay::Screen::of(&std::io::stderr());
    let text = show::human(&shown, &mut sources, lang, screen);
    let _ = anstream::stderr().write_all(text.as_bytes());
}

fn counts(diagnostics: &Diagnostics, lang: Lang) -> String {
    let (errors, warnings) = (
        diagnostics.count(Severity::Error),
        diagnostics.count(Severity::Warning),
    );
    match lang {
        Lang::Th => format!("ผิดพลาด {errors} รายการ เตือน {warnings} รายการ"),
        Lang::En => {
            let some = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
            format!("{}, {}", some(errors, "error"), some(warnings, "warning"))
        }
    }
}

fn build(args: &BuildArgs) -> u8 {
    let lang = args.common.lang();
    let options = match args.common.options(args.portable) {
        Ok(options) => options,
        Err(message) => return usage_error(&message),
    };
    let root = &args.common.root;
    let request = Request {
        root,
        files: build::open(root),
        output: args.output.clone().unwrap_or_else(|| root.join("public")),
        options,
        swap: match args.swap {
            SwapArg::Auto => Swap::Auto,
            SwapArg::Exchange => Swap::Exchange,
            SwapArg::Rename => Swap::Rename,
            SwapArg::Files => Swap::Files,
        },
    };
    let start = std::time::Instant::now();
    let done = match build::run(&request) {
        Ok(done) => done,
        Err(error) => return could_not_write(&error, args, lang),
    };
    let elapsed = start.elapsed();
    let failed = matches!(done.outcome, Outcome::Failed);
    if args.format == Format::Json {
        print_json(&done, root, &request, elapsed);
    } else {
        report(
            &done.diagnostics,
            build::open(root).as_ref(),
            lang,
            args.quiet,
        );
        if !args.quiet || failed {
            print_outcome(&done, &request, lang, elapsed);
        }
        if args.timings {
            print_timings(&done, lang);
        }
    }
    let nowhere = done.diagnostics.iter().any(|d| d.code == "no-site");
    match (failed, nowhere) {
        (true, true) => 2,
        (failed, _) => u8::from(failed),
    }
}

/// What shells tell of a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// Ctrl-C, a closed window and the end of a session leave nothing half written.
fn end_on_interrupt() {
    // Without it the system ends the program: the next build tidies up.
    let _ = ctrlc::set_handler(|| {
        crate::write::interrupt();
        std::process::exit(i32::from(INTERRUPTED));
    });
}

fn could_not_write(error: &WriteError, args: &BuildArgs, lang: Lang) -> u8 {
    if matches!(error, WriteError::Interrupted) {
        return INTERRUPTED;
    }
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(build::write_diagnostic(error));
    if args.format == Format::Json {
        let files = build::open(&args.common.root);
        let mut sources = Sources::new(files.as_ref());
        let object = serde_json::json!({ "outcome": "failed", "diagnostics": show::json(&diagnostics, &mut sources) });
        out(&format!("{object}\n"));
    } else {
        report(
            &diagnostics,
            build::open(&args.common.root).as_ref(),
            lang,
            false,
        );
    }
    // A folder that can't be the output is a wrong request; all else failed.
    match error {
        WriteError::Unsafe { .. } => 2,
        _ => 1,
    }
}

fn seconds(elapsed: Duration) -> String {
    format!("{:.2}", elapsed.as_secs_f64())
}

fn print_outcome(done: &Done, request: &Request<'_>, lang: Lang, elapsed: Duration) {
    let time = seconds(elapsed);
    let output = request.output.display();
    let line = match &done.outcome {
        Outcome::Unchanged => say(
            lang,
            format!("ไม่มีอะไรเปลี่ยน เว็บไซต์ใน {output} เป็นปัจจุบันแล้ว ({time} วินาที)"),
            format!("nothing changed; {output} is up to date ({time} s)"),
        ),
        Outcome::Failed => say(
            lang,
            format!(
                "สร้างเว็บไซต์ไม่สำเร็จ: {} เว็บไซต์เดิมใน {output} ยังอยู่ครบเหมือนเดิม",
                counts(&done.diagnostics, lang)
            ),
            format!(
                "the build failed: {}; {output} is as it was",
                counts(&done.diagnostics, lang)
            ),
        ),
        Outcome::Built { report, pages } => {
            let warnings = done.diagnostics.count(Severity::Warning);
            let same =
                report.applied == Applied::Nothing || report.applied == Applied::ManifestOnly;
            let body = match lang {
                Lang::Th => format!(
                    "สร้างเว็บไซต์แล้ว {pages} หน้า ใน {output}: ใหม่หรือเปลี่ยน {} ไฟล์ คงเดิม {} ลบ {} ({time} วินาที)",
                    report.written, report.unchanged, report.removed
                ),
                Lang::En => format!(
                    "built {pages} pages in {output}: {} files new or changed, {} unchanged, {} removed ({time} s)",
                    report.written, report.unchanged, report.removed
                ),
            };
            let tail = match (lang, warnings, same) {
                (_, 0, _) => String::new(),
                (Lang::Th, n, _) => format!(" มีคำเตือน {n} รายการ"),
                (Lang::En, n, _) => format!("; {n} warnings"),
            };
            body + &tail
        }
    };
    eprintln!("{line}");
    if let Outcome::Built { report, .. } = &done.outcome {
        for path in &report.restored {
            eprintln!(
                "{}",
                say(
                    lang,
                    format!("มีคนแก้ {path} ในโฟลเดอร์ผลลัพธ์ จึงเขียนทับด้วยฉบับจริง"),
                    format!("{path} had been edited in the output folder and was restored")
                )
            );
        }
        for folder in &report.kept {
            eprintln!(
                "{}",
                say(
                    lang,
                    format!("เก็บไฟล์ของผู้อื่นไว้ที่ {}", folder.display()),
                    format!("strangers' files were kept in {}", folder.display())
                )
            );
        }
        if let Some(error) = &report.unclean {
            eprintln!("{}", say(lang, error.message_th(), error.message_en()));
        }
    }
}

fn print_timings(done: &Done, lang: Lang) {
    let name = |th: &str, en: &str| say(lang, th, en);
    let width = |s: &str| unicode_width::UnicodeWidthStr::width(s);
    let longest = done
        .timings
        .0
        .iter()
        .map(|(th, en, _)| width(&name(th, en)))
        .max()
        .unwrap_or(0);
    for (th, en, time) in &done.timings.0 {
        let label = name(th, en);
        let pad = " ".repeat(longest - width(&label));
        eprintln!("  {label}{pad}  {:>9.1} ms", time.as_secs_f64() * 1000.0);
    }
}

fn print_json(done: &Done, root: &std::path::Path, request: &Request<'_>, elapsed: Duration) {
    let files = build::open(root);
    let mut sources = Sources::new(files.as_ref());
    let mut object = serde_json::json!({
        "outcome": match &done.outcome {
            Outcome::Unchanged => "unchanged",
            Outcome::Built { .. } => "built",
            Outcome::Failed => "failed",
        },
        "output": request.output.display().to_string(),
        "milliseconds": elapsed.as_millis() as u64,
        "diagnostics": show::json(&done.diagnostics, &mut sources),
        "timings": done.timings.0.iter().map(|(_, en, t)| serde_json::json!({ "stage": en, "milliseconds": t.as_secs_f64() * 1000.0 })).collect::<Vec<_>>(),
    });
    if let (Outcome::Built { report, pages }, Some(map)) = (&done.outcome, object.as_object_mut()) {
        map.insert("pages".into(), (*pages).into());
        map.insert("written".into(), report.written.into());
        map.insert("unchanged".into(), report.unchanged.into());
        map.insert("removed".into(), report.removed.into());
        map.insert("bytes".into(), report.bytes.into());
    }
    out(&format!("{object}\n"));
}

/// Prints to the standard output. Who reads it may stop early, such as `head`,
/// which is no fault.
fn out(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
