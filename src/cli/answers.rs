//! `prongsai answers`: the answers for ITAS as a page, CSV and XLSX.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::build;
use crate::check::{Answer, Request, answers, sheet};
use crate::diagnostic::{Diagnostics, Severity, system};
use crate::render::Renderer;
use crate::site;

use super::check::whole_check;
use super::{Common, pages, report, say, usage_error};

#[derive(Debug, Args)]
pub struct AnswersArgs {
    #[command(flatten)]
    common: Common,
    /// ปีที่ตอบ (ถ้าไม่ใส่คือปีปัจจุบัน) / Year to answer for (default: the current one)
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// โฟลเดอร์ผลลัพธ์ / Folder for the files (default: answers/ beside content/)
    #[arg(long, short, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

pub fn run(args: &AnswersArgs) -> u8 {
    let lang = args.common.lang();
    let options = match args.common.options(false) {
        Ok(options) => options,
        Err(message) => return usage_error(&message),
    };
    let root = &args.common.root;
    let files = build::open(root);
    let loaded = site::load(files.clone(), options);
    let year = match &args.year {
        None => loaded.site.current_year,
        Some(word) => match crate::thai::be_year(word) {
            Some(year) => year,
            None => {
                return usage_error(&say(
                    lang,
                    format!("อ่านปี “{word}” ไม่ออก เขียนเป็น พ.ศ. เช่น --year 2568"),
                    format!(
                        "“{word}” is no year; write it in the Buddhist era, such as --year 2568"
                    ),
                ));
            }
        },
    };
    if loaded.diagnostics.has_errors() {
        // Answers must be those of a site that can be built.
        let mut errors = Diagnostics::default();
        let is_error = |d: &crate::diagnostic::Diagnostic| d.severity == Severity::Error;
        errors.extend(loaded.diagnostics.into_iter().filter(is_error));
        report(&errors, files.as_ref(), lang, false);
        eprintln!(
            "{}",
            say(
                lang,
                "แก้ข้อผิดพลาดก่อน จึงจะทำแบบคำตอบได้",
                "mend the errors first: the answers are those of a site that can be built",
            )
        );
        return 1;
    }
    let (renderer, of_theme) = Renderer::new(Arc::new(loaded.site));
    let renderer = renderer.without_files();
    let seen = of_theme.is_empty().then_some(true);
    let request = Request {
        years: vec![year],
        ..Request::default()
    };
    let checked = whole_check(&renderer, loaded.diagnostics, seen, &request);
    let all = answers(&renderer, year, &checked.findings);
    if all.is_empty() {
        return usage_error(&say(
            lang,
            format!("ไม่มีข้อมูลของปี {year}"),
            format!("there is nothing of {year}"),
        ));
    }
    let agency = renderer.site.content.settings.agency.name.th.clone();
    let table = sheet(&agency, year, &all);
    let title = format!("OIT {year}");
    let csv = table.csv();
    let book = match crate::data::sheet::xlsx(&title, &agency, &[table]) {
        Ok(book) => book,
        Err(error) => return usage_error(&error.to_string()),
    };
    let folder = args.output.clone().unwrap_or_else(|| root.join("answers"));
    if let Some(message) = super::among_sources(root, &folder, lang) {
        return usage_error(&message);
    }
    let page = match html(&agency, year, &all) {
        Ok(page) => page,
        Err(error) => return usage_error(&error.to_string()),
    };
    let files = [
        ("xlsx", book.as_slice()),
        ("csv", csv.as_slice()),
        ("html", page.as_bytes()),
    ];
    let kept = match write(&folder, year, &files) {
        Ok(kept) => kept,
        Err(error) => {
            return usage_error(&say(
                lang,
                format!(
                    "เขียนไฟล์ใน {} ไม่ได้: {} (ปิดไฟล์ในโปรแกรมตารางก่อน แล้วลองใหม่)",
                    folder.display(),
                    system::why(&error).th
                ),
                format!(
                    "writing in {} failed: {error} (close the file in the spreadsheet program and try again)",
                    folder.display()
                ),
            ));
        }
    };
    for path in kept {
        eprintln!(
            "{}",
            say(
                lang,
                format!("ไฟล์เดิมที่แก้ไขไว้เองเก็บอยู่ที่ {}", path.display()),
                format!(
                    "the file that you had changed is kept as {}",
                    path.display()
                ),
            )
        );
    }
    let (has, count) = (all.iter().filter(|a| a.has).count(), all.len());
    let open = all.iter().filter(|a| !a.before.is_empty()).count();
    let (th, en) = match open {
        0 => (String::new(), String::new()),
        n => (
            format!(" มี {n} ข้อที่ต้องแก้หรือตรวจก่อนส่ง ดูช่อง “ต้องทำก่อนส่ง” หรือสั่ง prongsai check"),
            format!(
                "; {n} need work before you hand in: see the last column, or run prongsai check"
            ),
        ),
    };
    eprintln!(
        "{}",
        say(
            lang,
            format!("ปี {year}: มี {has} จาก {count} ข้อ{th}"),
            format!("{year}: {has} of {count} items answered with “has”{en}"),
        )
    );
    0
}

/// Writes the files. One that was changed since by somebody else is kept beside
/// the new one; these are given back.
fn write(folder: &Path, year: u16, files: &[(&str, &[u8])]) -> std::io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    // What was written the last time, as `sha256sum` writes it.
    let sums = folder.join(format!(".answers-{year}.sha256"));
    let before = std::fs::read_to_string(&sums).unwrap_or_default();
    let mut now = String::new();
    let mut kept = Vec::new();
    for (extension, bytes) in files {
        let name = format!("answers-{year}.{extension}");
        let path = folder.join(&name);
        let line = |bytes: &[u8]| format!("{}  {name}\n", crate::data::sha256(bytes));
        if let Ok(old) = std::fs::read(&path)
            && old != *bytes
            && !before.contains(&line(&old))
        {
            let free = (1..)
                .map(|n| folder.join(format!("answers-{year}-{n}.{extension}")))
                .find(|path| !path.exists());
            if let Some(beside) = free {
                std::fs::rename(&path, &beside)?;
                kept.push(beside);
            }
        }
        let new = folder.join(format!(".answers-{year}.{extension}.new"));
        // Whoever has the old file open keeps it whole.
        std::fs::write(&new, bytes)?;
        std::fs::rename(&new, &path)?;
        now.push_str(&line(bytes));
        println!("{}", path.display());
    }
    std::fs::write(sums, now)?;
    Ok(kept)
}

/// A page to print and to copy from; Thai, as the form is.
fn html(agency: &str, year: u16, answers: &[Answer]) -> Result<String, tera::Error> {
    let has = answers.iter().filter(|a| a.has).count();
    let answers: Vec<serde_json::Value> = answers
        .iter()
        .map(|answer| {
            serde_json::json!({
                "code": answer.code,
                "title": answer.title,
                "has": answer.has,
                "urls": answer.urls,
                "paths": answer.paths,
                "explanation": answer.explanation,
                "before": answer.before,
            })
        })
        .collect();
    pages::answers(serde_json::json!({
        "agency": agency, "year": year, "has": has, "answers": answers,
    }))
}
