//! `prongsai freeze`: keeps the addresses that are handed in.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::build;
use crate::content::FOLDER;
use crate::content::handed_in::{FILE, HandedIn};
use crate::diagnostic::{Diagnostics, Lang, Severity, system};
use crate::site::{self, Site, handed_in::addresses};
use crate::thai::Date;

use super::{Common, say, usage_error};

#[derive(Debug, Args)]
pub struct FreezeArgs {
    #[command(flatten)]
    common: Common,
    /// ปีที่ส่ง เช่น 2568 (ถ้าไม่ใส่คือปีปัจจุบัน) / The year that is handed in (default: the current one)
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// วันที่ส่ง เช่น 2568-04-30 (ถ้าไม่ใส่คือวันนี้) / The day of handing in (default: today)
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// บันทึกใหม่แทนของเดิม โดยเก็บวันที่ของเดิมไว้ / Take the place of the earlier record, keeping its date
    #[arg(long)]
    again: bool,
}

pub fn run(args: &FreezeArgs) -> u8 {
    let lang = args.common.lang();
    let options = match args.common.options(false) {
        Ok(options) => options,
        Err(message) => return usage_error(&message),
    };
    let date = match args.date.as_deref().map_or(Ok(options.today), Date::parse) {
        Ok(date) => date,
        Err(error) => return usage_error(&say(lang, error.th(), error.en())),
    };
    let today = options.today;
    let root = &args.common.root;
    let files = build::open(root);
    let loaded = site::load(files.clone(), options);
    let year = match year(args, &loaded.site, lang) {
        Ok(year) => year,
        Err(message) => return usage_error(&message),
    };
    if let Some(wrong) = wrong_day(date, today, year, lang) {
        return usage_error(&wrong);
    }
    // What the old record misses is why a new one is made.
    let mut errors = Diagnostics::default();
    errors.extend(loaded.diagnostics.into_iter().filter(|d| {
        let of_record = d.code.starts_with("handed-in-address-");
        d.severity == Severity::Error && !(of_record && args.again)
    }));
    if !errors.is_empty() {
        super::report(&errors, files.as_ref(), lang, false);
        return failed(&say(
            lang,
            "ยังไม่บันทึก เพราะเว็บไซต์ยังมีข้อผิดพลาดข้างต้น",
            "nothing was kept, as the site has the errors above",
        ));
    }
    let record = loaded.site.content.years.get(&year);
    let record = record.and_then(|y| y.handed_in.as_ref());
    let name = format!("{FOLDER}/{year}/{FILE}");
    let path = root.join(FOLDER).join(year.to_string()).join(FILE);
    if !args.again && path.symlink_metadata().is_ok() {
        return failed(&say(
            lang,
            format!("มี {name} อยู่แล้ว ถ้าส่งใหม่จริง ให้เพิ่ม --again (วันที่เดิมจะเก็บไว้ในไฟล์)"),
            format!(
                "{name} is there already; if you handed in anew, add --again (the earlier date stays in the file)"
            ),
        ));
    }
    let mut items = addresses(&loaded.site, year);
    let dropped = keep_earlier(&loaded.site, record, &mut items);
    if items.is_empty() {
        return failed(&say(
            lang,
            format!("ปี {year} ยังไม่มีหน้าที่เผยแพร่ จึงไม่มีอะไรให้บันทึก"),
            format!("{year} has no published page, so there is nothing to keep"),
        ));
    }
    let count: usize = items.iter().map(|(_, all)| all.len()).sum();
    let website = &loaded.site.content.settings.base_url;
    if let Err(error) = replace(&path, &text(date, website, record, &items)) {
        return failed(&say(
            lang,
            format!("เขียน {name} ไม่ได้: {}", system::why(&error).th),
            format!("{name} could not be written: {error}"),
        ));
    }
    eprintln!(
        "{}",
        say(
            lang,
            format!(
                "บันทึก {count} ที่อยู่ของ {} ข้อไว้ใน {name} แล้ว นับจากนี้ที่อยู่เหล่านี้หายไปไม่ได้",
                items.len()
            ),
            format!(
                "kept {count} addresses of {} items in {name}; from now on none of them can go away",
                items.len()
            ),
        )
    );
    if !dropped.is_empty() {
        eprintln!(
            "{}",
            say(
                lang,
                format!(
                    "ที่อยู่ต่อไปนี้เคยส่งไว้ แต่ไม่มีในเว็บไซต์แล้ว จึงไม่อยู่ในบันทึกใหม่ ถ้าผู้ประเมินยังถือที่อยู่นี้ ให้เพิ่ม [[redirect]] ใน {FOLDER}/redirects.toml:\n  {}",
                    dropped.join("\n  ")
                ),
                format!(
                    "these were handed in before and are not in the website any more, so the new record leaves them out; where assessors still have them, add a [[redirect]] to {FOLDER}/redirects.toml:\n  {}",
                    dropped.join("\n  ")
                ),
            )
        );
    }
    0
}

/// Adds the addresses of an earlier record that still lead somewhere, as by a
/// redirect: assessors may have them. Gives back those that do not.
fn keep_earlier(
    site: &Site,
    earlier: Option<&HandedIn>,
    items: &mut Vec<(String, Vec<String>)>,
) -> Vec<String> {
    let mut dropped = Vec::new();
    for item in earlier.into_iter().flat_map(|record| &record.items) {
        for address in item.addresses.iter().map(|a| &a.raw) {
            let kept = |(_, all): &(String, Vec<String>)| all.contains(address);
            if items.iter().any(kept) {
                continue;
            }
            if !site.routes.contains(address.trim_start_matches('/')) {
                dropped.push(format!("{} {address}", item.code));
            } else if let Some((_, all)) = items.iter_mut().find(|(code, _)| *code == item.code) {
                all.push(address.clone());
            } else {
                items.push((item.code.clone(), vec![address.clone()]));
            }
        }
    }
    dropped
}

/// Nobody hands in on a day that has not come, or before the year began.
fn wrong_day(date: Date, today: Date, year: u16, lang: Lang) -> Option<String> {
    if date > today {
        return Some(say(
            lang,
            format!(
                "วันที่ส่ง {} ยังมาไม่ถึง (วันนี้ {}) ตรวจปี พ.ศ. ใน --date",
                date.thai_long(),
                today.thai_long()
            ),
            format!(
                "{} has not come yet (today is {}); look at the year in --date",
                date.english_long(),
                today.english_long()
            ),
        ));
    }
    let first = site::currency::first_day(year).filter(|first| date < *first)?;
    Some(say(
        lang,
        format!(
            "วันที่ส่ง {} อยู่ก่อนปีงบประมาณ {year} (เริ่ม {}) ตรวจ --date และ --year",
            date.thai_long(),
            first.thai_long()
        ),
        format!(
            "{} is before fiscal year {year}, which began on {}; look at --date and --year",
            date.english_long(),
            first.english_long()
        ),
    ))
}

fn failed(message: &str) -> u8 {
    eprintln!("prongsai: {message}");
    1
}

fn year(args: &FreezeArgs, site: &Site, lang: Lang) -> Result<u16, String> {
    let year = match &args.year {
        None => site.current_year,
        Some(word) => crate::thai::be_year(word).ok_or_else(|| {
            say(
                lang,
                format!("อ่านปี “{word}” ไม่ออก เขียนเป็น พ.ศ. เช่น --year 2568"),
                format!("“{word}” is no year; write it in the Buddhist era, such as --year 2568"),
            )
        })?,
    };
    if site.years.contains_key(&year) {
        Ok(year)
    } else {
        Err(say(
            lang,
            format!("ไม่มีโฟลเดอร์ {FOLDER}/{year}"),
            format!("there is no folder {FOLDER}/{year}"),
        ))
    }
}

fn text(
    date: Date,
    website: &str,
    earlier: Option<&HandedIn>,
    items: &[(String, Vec<String>)],
) -> String {
    let mut text = String::from(
        "# ที่อยู่ที่ส่งให้ผู้ประเมินแล้ว ผู้ประเมินจะเปิดดูภายหลัง จึงต้องไม่หายไป\n\
         # The addresses that were handed in. Assessors open them later, so none may go away.\n",
    );
    // Dates are written in the Buddhist era, as everywhere in content.
    let day = |d: Date| format!("{}-{:02}-{:02}", d.year_be(), d.month(), d.day());
    text.push_str(&format!("date = {}\n", day(date)));
    if let Some(old) = earlier {
        let last = old.date.as_ref().map(|d| day(d.value));
        let dates: Vec<String> = old
            .earlier
            .iter()
            .cloned()
            .chain(last)
            .map(|d| quoted(&d))
            .collect();
        text.push_str(&format!("earlier = [{}]\n", dates.join(", ")));
    }
    text.push_str(&format!("website = {}\n", quoted(website)));
    for (code, addresses) in items {
        text.push_str(&format!(
            "\n[[item]]\ncode = {}\naddresses = [\n",
            quoted(code)
        ));
        for address in addresses {
            text.push_str(&format!("  {},\n", quoted(address)));
        }
        text.push_str("]\n");
    }
    text
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

/// Whole or not at all: a file beside it takes its place. The dot keeps an
/// abandoned one out of the site.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let beside: PathBuf = path.with_file_name(format!(".{FILE}.{}", std::process::id()));
    let written = (|| {
        let mut file = std::fs::File::options()
            .write(true)
            .create_new(true)
            .open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        drop(file);
        std::fs::rename(&beside, path)
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}
