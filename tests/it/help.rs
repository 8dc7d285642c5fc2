//! Sites as strings, in memory and on disk, and readers of what comes out.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use prongsai::diagnostic::{Diagnostic, Diagnostics};
use prongsai::files::{Files, MemoryFiles, SitePath};
use prongsai::output::{self, Content, Source};
use prongsai::render::Renderer;
use prongsai::site::{ItemState, Options, Site, load};
use prongsai::thai::Date;
use rayon::prelude::*;

pub const TODAY: &str = "2568-06-30";

/// The least that a site must say.
pub const SITE_TOML: &str = r#"[agency]
name = "เทศบาลตำบลตัวอย่าง"
kind = "เทศบาลตำบล"
province = "สมมุติบุรี"
address = "เลขที่ 1"
phone = "0 2000 0000"

[site]
base_url = "https://example.go.th"
"#;

pub fn options() -> Options {
    Options {
        drafts: false,
        base_url: None,
        portable: false,
        today: Date::parse(TODAY).expect("a day"),
    }
}

/// A site after all its pages were made.
pub struct Built {
    pub site: Arc<Site>,
    pub diagnostics: Vec<Diagnostic>,
    /// Every output by its path.
    pub outputs: BTreeMap<String, Vec<u8>>,
    /// The paths of pages among them, redirects included.
    pub pages: Vec<String>,
}

impl Built {
    #[track_caller]
    pub fn page(&self, path: &str) -> &str {
        match self.outputs.get(path) {
            Some(bytes) => std::str::from_utf8(bytes).expect("UTF-8"),
            None => panic!(
                "there is no output {path}; there are {:#?}",
                self.outputs.keys()
            ),
        }
    }

    /// The words of a page, as [`text`] reads them.
    #[track_caller]
    pub fn text(&self, path: &str) -> String {
        text(self.page(path))
    }

    pub fn all_pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pages.iter().map(|p| (p.as_str(), self.page(p)))
    }

    pub fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|d| d.code).collect()
    }

    #[track_caller]
    pub fn expect_no_messages(&self) {
        let all: Vec<String> = self.diagnostics.iter().map(ToString::to_string).collect();
        assert!(all.is_empty(), "{all:#?}");
    }

    #[track_caller]
    pub fn state(&self, year: u16, item: &str) -> ItemState {
        let catalogue = self.site.catalogue(year).expect("a catalogue");
        let index = catalogue
            .items
            .iter()
            .position(|i| i.id.to_string() == item);
        let index = index.unwrap_or_else(|| panic!("no item {item}"));
        self.site.years[&year].disclosures[index].state
    }
}

/// Builds a site from its files; `site.toml` is added where it is not given.
pub fn site(files: &[(&str, &str)]) -> Built {
    let mut all = MemoryFiles::new();
    all.put("content/site.toml", SITE_TOML);
    for (path, text) in files {
        all.put(*path, *text);
    }
    built(all)
}

pub fn built(files: MemoryFiles) -> Built {
    built_with(files, options())
}

pub fn built_with(files: MemoryFiles, options: Options) -> Built {
    let files: Arc<dyn Files> = Arc::new(files);
    let loaded = load(files.clone(), options);
    let mut diagnostics: Diagnostics = loaded.diagnostics;
    let (renderer, found) = Renderer::new(Arc::new(loaded.site));
    diagnostics.extend(found);
    let list = output::list(&renderer);
    let pages = list
        .iter()
        .filter(|(_, source)| matches!(source, Source::Page(_)))
        .map(|(path, _)| path.clone())
        .collect();
    let made: Vec<_> = list
        .par_iter()
        // Pictures are the same for all texts, and slow without optimisation.
        .filter(|(_, source)| !matches!(source, Source::Picture(_)))
        .map(|(path, source)| (path.clone(), output::make(&renderer, source)))
        .collect();
    let mut outputs: BTreeMap<String, Vec<u8>> = list
        .iter()
        .filter(|(_, source)| matches!(source, Source::Picture(_)))
        .map(|(path, _)| (path.clone(), Vec::new()))
        .collect();
    for (path, made) in made {
        diagnostics.extend(made.diagnostics);
        let bytes = match made.content {
            Content::Bytes(bytes) => bytes,
            Content::File(file) => files.read(&file).unwrap_or_default(),
        };
        outputs.insert(path, bytes);
    }
    Built {
        site: renderer.site.clone(),
        diagnostics: diagnostics.sorted().into_iter().collect(),
        outputs,
        pages,
    }
}

pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(path)
}

/// Every file under a folder, as paths joined by `/`.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(root, &path, all);
            } else {
                let inside = path.strip_prefix(root).expect("inside");
                let parts: Vec<_> = inside.iter().map(|p| p.to_string_lossy()).collect();
                all.insert(parts.join("/"), fs::read(&path).expect("readable"));
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(root, root, &mut all);
    all
}

/// A folder of the tests as a site in memory.
pub fn folder(path: &str) -> MemoryFiles {
    tree(&here(path)).into_iter().collect()
}

/// The small complete site that most tests start from.
pub fn base() -> MemoryFiles {
    folder("it/base")
}

/// The text of a file, which must be there.
#[track_caller]
pub fn read(files: &MemoryFiles, path: &str) -> String {
    let bytes = files
        .read(&SitePath::new(path).expect("a path"))
        .expect("a file");
    String::from_utf8(bytes).expect("UTF-8")
}

/// Replaces words in a file, which must be there.
#[track_caller]
pub fn swap(files: &mut MemoryFiles, path: &str, from: &str, to: &str) {
    let text = files
        .read(&SitePath::new(path).expect("a path"))
        .expect("a file");
    let text = String::from_utf8(text).expect("UTF-8");
    assert!(text.contains(from), "“{from}” is not in {path}");
    files.put(path, text.replacen(from, to, 1));
}

/// A site on disk and the real program.
pub struct OnDisk {
    pub dir: tempfile::TempDir,
}

impl OnDisk {
    pub fn new(files: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<[u8]>)>) -> OnDisk {
        let disk = OnDisk {
            dir: tempfile::tempdir().expect("a folder"),
        };
        for (path, bytes) in files {
            disk.write(path.as_ref(), bytes);
        }
        disk
    }

    pub fn base() -> OnDisk {
        OnDisk::new(tree(&here("it/base")))
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.dir.path().join(inside)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    #[track_caller]
    pub fn swap(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).expect("a file");
        assert!(text.contains(from), "“{from}” is not in {path}");
        self.write(path, text.replacen(from, to, 1));
    }

    /// The program in this folder, in English, on a fixed day.
    pub fn command(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prongsai"));
        command
            .current_dir(self.dir.path())
            .args(args)
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env("LANG", "en_GB.UTF-8")
            .env_remove("RAYON_NUM_THREADS")
            .env("SOURCE_DATE_EPOCH", "1751241600");
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().expect("it runs"))
    }

    #[track_caller]
    pub fn build(&self) -> Ran {
        let ran = self.run(&["build"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran
    }

    pub fn public(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path("public"))
    }
}

pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Ran {
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|e| panic!("{e}\n{}\n{}", self.stdout, self.stderr))
    }
}

/// What a reader sees of a page: tags of running text vanish, all others part
/// words; no head.
pub fn text(html: &str) -> String {
    const RUNNING: &[&str] = &[
        "a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong",
        "sub", "sup", "time", "u", "wbr",
    ];
    let body = html.find("<body").map_or(html, |at| &html[at..]);
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let tag = &rest[open + 1..];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if !RUNNING.contains(&name.as_str()) {
            out.push(' ');
        }
        rest = after_tag(tag);
    }
    out.push_str(rest);
    let decoded = decode(&out).replace('\u{a0}', " ");
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page's own content, without the frame that every page has.
pub fn main_of(html: &str) -> &str {
    let from = html.find("<main").unwrap_or(0);
    let to = html.find("</main>").unwrap_or(html.len());
    &html[from..to]
}

/// What follows a tag's `>`; quoted values may hold one.
fn after_tag(tag: &str) -> &str {
    let mut quoted = None;
    for (at, c) in tag.char_indices() {
        match (quoted, c) {
            (None, '>') => return &tag[at + 1..],
            (None, '"' | '\'') => quoted = Some(c),
            (Some(q), c) if q == c => quoted = None,
            _ => {}
        }
    }
    ""
}

pub fn decode(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

/// The value of an attribute wherever it stands: `href`, `id`, `lang`.
pub fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(decode)
        .collect()
}

/// A workbook with one sheet of texts, as small as XLSX can be.
pub fn xlsx(sheet: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut cells = String::new();
    for (row, texts) in rows.iter().enumerate() {
        cells.push_str(&format!("<row r=\"{}\">", row + 1));
        for (column, text) in texts.iter().enumerate() {
            let at = format!(
                "{}{}",
                prongsai::diagnostic::column_name(column as u32 + 1),
                row + 1
            );
            cells.push_str(&format!(
                "<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"
            ));
        }
        cells.push_str("</row>");
    }
    xlsx_of(sheet, &format!("<sheetData>{cells}</sheetData>"))
}

/// A workbook whose one sheet holds this XML.
pub fn xlsx_of(sheet: &str, inside: &str) -> Vec<u8> {
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{DOCUMENT}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}\"><sheets><sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{DOCUMENT}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\">{inside}</worksheet>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a part");
        let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{xml}");
        zip.write_all(xml.as_bytes()).expect("written");
    }
    zip.finish().expect("a workbook").into_inner()
}
