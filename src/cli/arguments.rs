//! What clap says of arguments, in the language of the webmaster: its help
//! texts, its errors. The one place where both are put into words.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches};

use crate::diagnostic::{Lang, nearest};

use super::lay::{Screen, wrap};
use super::{Cli, locale, say, usage_error};

/// Reads the arguments; the exit code of what was printed instead.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, u8> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    // `help check` is `check --help`.
    if args.get(1).is_some_and(|word| word == "help") {
        args.remove(1);
        args.push("--help".into());
    }
    let lang = asked(&args);
    let mut command = spoken(Cli::command(), lang);
    let parsed = command
        .try_get_matches_from_mut(&args)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| {
        let help = matches!(
            error.kind(),
            ErrorKind::DisplayHelp
                | ErrorKind::DisplayVersion
                | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        );
        if help {
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
        usage_error(&explained(&error, &command, &args, lang))
    })
}

/// The language that `--lang` asks for, even where the rest can't be read.
fn asked(args: &[OsString]) -> Lang {
    let mut words = args.iter().filter_map(|a| a.to_str());
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        match value {
            Some("th") => return Lang::Th,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    locale()
}

/// Texts are written “ไทย / English”; one half is kept.
fn half(text: &str, lang: Lang) -> String {
    match (text.split_once(" / "), lang) {
        (Some((th, _)), Lang::Th) => th.trim().to_string(),
        (Some((_, en)), Lang::En) => en.trim().to_string(),
        (None, _) => text.to_string(),
    }
}

fn word(lang: Lang, th: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Th => th,
        Lang::En => en,
    }
}

fn laid(text: &str, indent: usize) -> String {
    let width = Screen::of(&std::io::stdout()).width;
    wrap(text, width.saturating_sub(indent)).join("\n")
}

/// The command and those below it with help in one language.
fn spoken(command: Command, lang: Lang) -> Command {
    let of = |text: Option<&StyledStr>| text.map(|t| half(&t.to_string(), lang));
    let names: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_string())
        .collect();
    let about = of(command.get_about());
    let after = command.get_after_help().map(|t| {
        let text = t.to_string();
        let lines: Vec<String> = text.lines().map(|l| example(l, lang)).collect();
        lines.join("\n")
    });
    let mut command = command
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .next_line_help(true)
        .subcommand_help_heading(word(lang, "คำสั่ง", "Commands"))
        .subcommand_value_name(word(lang, "คำสั่ง", "COMMAND"))
        .help_template(say(
            lang,
            "{about-with-newline}\nวิธีใช้: {usage}\n\n{all-args}{after-help}",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
        ))
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::HelpShort)
                .help("แสดงวิธีใช้ / Show this help"),
        )
        .arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .hide(names.is_empty())
                .help("แสดงรุ่นของโปรแกรม / Show the version"),
        )
        .mut_args(|arg| translated(arg, lang));
    if names.is_empty() && lang == Lang::Th {
        let free: String = command
            .get_positionals()
            .map(|a| format!(" [{}]", a.get_id().as_str().to_uppercase()))
            .collect();
        let usage = format!("prongsai {} [ตัวเลือก]{free}", command.get_name());
        command = command.override_usage(usage);
    }
    if let Some(about) = about {
        // Of a command it stands in the list of commands too, moved in.
        let about = laid(&about, if names.is_empty() { 10 } else { 0 });
        command = command.long_about(None).about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    for name in names {
        command = command.mut_subcommand(name, |c| spoken(c, lang));
    }
    command
}

/// A line of the examples: two spaces, a command, more spaces, what it does.
fn example(line: &str, lang: Lang) -> String {
    let at = line.rfind("   ").map(|at| at + 3);
    match at.and_then(|at| line.split_at_checked(at)) {
        Some((command, what)) => format!("{command}{}", half(what, lang)),
        None => half(line, lang),
    }
}

fn translated(arg: clap::Arg, lang: Lang) -> clap::Arg {
    const INDENT: usize = 10;
    let heading = if arg.is_positional() {
        word(lang, "สิ่งที่ระบุ", "Arguments")
    } else {
        word(lang, "ตัวเลือก", "Options")
    };
    let mut help = arg
        .get_help()
        .map_or(String::new(), |h| half(&h.to_string(), lang));
    let takes = arg.get_action().takes_values();
    let choices: Vec<String> = arg
        .get_possible_values()
        .iter()
        .filter(|v| takes && !v.is_hide_set())
        .map(|v| v.get_name().to_string())
        .collect();
    if !choices.is_empty() {
        let choices = choices.join(", ");
        help.push_str(&say(
            lang,
            format!(" เลือกได้: {choices}"),
            format!(": {choices}"),
        ));
    }
    let default: Vec<&str> = arg
        .get_default_values()
        .iter()
        .filter(|_| takes)
        .filter_map(|v| v.to_str())
        .collect();
    if !default.is_empty() {
        let default = default.join(", ");
        help.push_str(&say(
            lang,
            format!(" (ถ้าไม่ใส่คือ {default})"),
            format!(" (default: {default})"),
        ));
    }
    let arg = arg.help(laid(&help, INDENT)).help_heading(heading);
    if takes {
        arg.hide_default_value(true).hide_possible_values(true)
    } else {
        arg
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(all) => Some(all.join(", ")),
        ContextValue::Number(n) => Some(n.to_string()),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Which command the arguments name.
fn named<'c>(command: &'c Command, args: &[OsString]) -> &'c Command {
    let words = args.iter().skip(1).filter_map(|a| a.to_str());
    let mut found = words.filter_map(|word| command.find_subcommand(word));
    found.next().unwrap_or(command)
}

fn explained(error: &clap::Error, command: &Command, args: &[OsString], lang: Lang) -> String {
    let argument = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let flag = argument.split(' ').next().unwrap_or_default().to_string();
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    let known = text(error, ContextKind::ValidValue).unwrap_or_default();
    let of = named(command, args);
    let near = |name: Option<String>| match name {
        Some(name) => say(
            lang,
            format!("\nหมายถึง {name} หรือไม่"),
            format!("\nDid you mean {name}?"),
        ),
        None => String::new(),
    };
    let body = match error.kind() {
        ErrorKind::UnknownArgument => {
            let flags: Vec<String> = of
                .get_arguments()
                .filter_map(|a| a.get_long().map(|l| format!("--{l}")))
                .collect();
            let nearest = nearest(&flag, flags.iter().map(String::as_str)).map(String::from);
            let elsewhere = command.get_subcommands().find(|c| {
                let has = |a: &clap::Arg| a.get_long().is_some_and(|l| format!("--{l}") == flag);
                c.get_arguments().any(has)
            });
            let more = match (&nearest, elsewhere) {
                (None, Some(other)) => say(
                    lang,
                    format!("\nตัวเลือกนี้ใช้กับ prongsai {}", other.get_name()),
                    format!("\nIt belongs to prongsai {}.", other.get_name()),
                ),
                _ => near(nearest),
            };
            say(
                lang,
                format!("ไม่รู้จัก “{argument}”{more}"),
                format!("there is no “{argument}” here{more}"),
            )
        }
        ErrorKind::InvalidSubcommand => {
            let word = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            let shown = command.get_subcommands().filter(|c| !c.is_hide_set());
            let names: Vec<&str> = shown.map(Command::get_name).collect();
            let more = near(nearest(&word, names.iter().copied()).map(|n| format!("prongsai {n}")));
            let names = names.join(", ");
            say(
                lang,
                format!("ไม่มีคำสั่ง “{word}”{more}\nคำสั่งที่มี: {names}"),
                format!("there is no command “{word}”{more}\nCommands: {names}"),
            )
        }
        ErrorKind::InvalidValue if value.is_empty() => say(
            lang,
            format!("ต้องใส่ค่าหลัง {flag} ({argument}){}", choices(&known, lang)),
            format!("{flag} needs a value ({argument}){}", choices(&known, lang)),
        ),
        ErrorKind::InvalidValue => {
            let more = near(nearest(&value, known.split(", ")).map(String::from));
            say(
                lang,
                format!("{flag} ใช้ค่า “{value}” ไม่ได้{more}{}", choices(&known, lang)),
                format!("{flag} can't be “{value}”{more}{}", choices(&known, lang)),
            )
        }
        ErrorKind::ValueValidation => {
            let what = match argument.contains("PORT") {
                true => say(
                    lang,
                    " ต้องเป็นตัวเลข 0 ถึง 65535 เช่น 1111",
                    "; it is a number from 0 to 65535, such as 1111",
                ),
                false => String::new(),
            };
            say(
                lang,
                format!("{flag} ใช้ค่า “{value}” ไม่ได้{what}"),
                format!("{flag} can't be “{value}”{what}"),
            )
        }
        ErrorKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg).unwrap_or_default();
            if other == argument || other.is_empty() {
                say(
                    lang,
                    format!("ใส่ {flag} ได้ครั้งเดียว"),
                    format!("{flag} can be given once only"),
                )
            } else {
                say(
                    lang,
                    format!("ใช้ {flag} พร้อมกับ {other} ไม่ได้"),
                    format!("{flag} can't be used with {other}"),
                )
            }
        }
        ErrorKind::MissingRequiredArgument => say(
            lang,
            format!("ยังขาด {argument}"),
            format!("{argument} is missing"),
        ),
        ErrorKind::InvalidUtf8 => say(
            lang,
            "อ่านตัวอักษรในคำสั่งไม่ออก",
            "some letters of the command can't be read",
        ),
        _ => say(
            lang,
            "อ่านคำสั่งไม่ออก",
            error.kind().as_str().unwrap_or("the command can't be read"),
        ),
    };
    let of = match of.get_name() {
        "prongsai" => String::new(),
        name => format!(" {name}"),
    };
    let see = say(
        lang,
        format!("ดูวิธีใช้ด้วย prongsai{of} --help"),
        format!("See prongsai{of} --help"),
    );
    format!("{body}\n{see}")
}

fn choices(known: &str, lang: Lang) -> String {
    if known.is_empty() {
        return String::new();
    }
    say(
        lang,
        format!("\nเลือกได้: {known}"),
        format!("\nIt can be: {known}"),
    )
}
