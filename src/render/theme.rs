//! The theme: templates, styles, fonts. The default one is in the binary; a
//! site's `themes/NAME/` replaces it file by file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use tera::{ErrorKind, Tera};

use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::{Fields, Findings, Value, parse_toml};
use crate::site::Site;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

const TEMPLATES: &str = "templates/";
const ASSETS: &str = "assets/";

/// The `@font-face` rules, which a site can do without.
pub const FACES: &str = "fonts.css";

/// Fixed words of templates, in both languages.
pub type Phrases = BTreeMap<String, (String, String)>;

pub struct Theme {
    pub tera: Tera,
    pub phrases: Phrases,
    /// Files that are published as they are: path below the site's `assets/`
    /// and content.
    pub assets: BTreeMap<String, Cow<'static, [u8]>>,
    /// The file that each template was read from.
    pub sources: BTreeMap<String, String>,
}

impl Theme {
    /// Reads the theme that the site asks for, over the default one.
    pub fn load(site: &Site) -> (Theme, Vec<Diagnostic>) {
        let mut files: BTreeMap<String, (String, Cow<'static, [u8]>)> = BTreeMap::new();
        collect(&DEFAULT, &mut files);
        let mut found = Vec::new();
        // Without settings there is no name; that was told already.
        let name = match site.content.settings.theme.as_str() {
            "" => "default",
            name => name,
        };
        let folder = format!("themes/{name}");
        let mut own = 0usize;
        for entry in &site.content.listing.entries {
            let Some(inside) = entry.path.strip_dir(&folder) else {
                continue;
            };
            own += 1;
            match site.files.read(&entry.path) {
                Ok(bytes) => {
                    files.insert(
                        inside.to_string(),
                        (entry.path.to_string(), Cow::Owned(bytes)),
                    );
                }
                Err(error) => found.push(crate::content::unreadable(&entry.path, &error)),
            }
        }
        if own == 0 && name != "default" {
            found.push(
                Diagnostic::error(
                    "no-theme",
                    Say::new(
                        format!("ไม่พบธีม “{name}” (โฟลเดอร์ {folder})"),
                        format!("the theme “{name}” (folder {folder}) was not found"),
                    ),
                )
                .at(Place::file("content/site.toml"))
                .hint(Say::new(
                    "ลบบรรทัด theme ใน site.toml เพื่อใช้ธีมเริ่มต้น",
                    "leave `theme` out of site.toml to use the default one",
                )),
            );
        }
        let mut theme = Theme {
            tera: Tera::default(),
            phrases: Phrases::new(),
            assets: BTreeMap::new(),
            sources: BTreeMap::new(),
        };
        let mut templates: Vec<(String, String)> = Vec::new();
        for (path, (source, bytes)) in files {
            if let Some(name) = path.strip_prefix(TEMPLATES) {
                match String::from_utf8(bytes.into_owned()) {
                    Ok(text) => {
                        theme.sources.insert(name.to_string(), source);
                        templates.push((name.to_string(), text));
                    }
                    Err(_) => found.push(not_text(&source)),
                }
            } else if let Some(name) = path.strip_prefix(ASSETS) {
                theme.assets.insert(name.to_string(), bytes);
            } else if path == "phrases.toml" {
                match std::str::from_utf8(&bytes) {
                    Ok(text) => theme.read_phrases(&source, text, &mut found),
                    Err(_) => found.push(not_text(&source)),
                }
            }
        }
        theme.tera.register_filter("words", words);
        if let Err(error) = theme.tera.add_raw_templates(templates) {
            found.push(template_error(&error, &theme.sources));
        }
        (theme, found)
    }

    fn read_phrases(&mut self, source: &str, text: &str, found: &mut Vec<Diagnostic>) {
        let (table, problems) = parse_toml(source, text, 0..text.len());
        found.extend(problems);
        let findings = Findings::default();
        for entry in &table.entries {
            if let Value::Table(words) = &entry.node.value {
                let f = Fields::new(words, source, &findings);
                self.phrases.insert(
                    entry.key.clone(),
                    (f.require_text("th"), f.require_text("en")),
                );
                f.finish();
            }
        }
        found.extend(findings.into_vec());
    }
}

/// The webmaster's words in a page of language `lang`: escaped, and marked as
/// Thai where they are Thai on an English page (WCAG 2.2, 3.1.2).
fn words(text: &str, kwargs: tera::Kwargs, _: &tera::State<'_>) -> tera::TeraResult<tera::Value> {
    let lang: &str = kwargs.must_get("lang")?;
    let thai = lang == "en" && text.chars().any(|c| ('\u{0E01}'..='\u{0E4E}').contains(&c));
    let escaped = super::html::escaped(text);
    Ok(tera::Value::safe_string(&if thai {
        format!("<span lang=\"th\">{escaped}</span>")
    } else {
        escaped
    }))
}

fn collect(dir: &'static Dir<'static>, into: &mut BTreeMap<String, (String, Cow<'static, [u8]>)>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        into.insert(
            path.clone(),
            (
                format!("themes/default/{path}"),
                Cow::Borrowed(file.contents()),
            ),
        );
    }
    for inner in dir.dirs() {
        collect(inner, into);
    }
}

fn not_text(source: &str) -> Diagnostic {
    Diagnostic::error(
        "file-encoding",
        Say::new(
            "ไฟล์ของธีมต้องเป็นข้อความ UTF-8",
            "a theme's file must be UTF-8 text",
        ),
    )
    .at(Place::file(source))
}

/// A template engine's error with its place in the theme's file.
pub fn template_error(error: &tera::Error, sources: &BTreeMap<String, String>) -> Diagnostic {
    let (message, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = sources
                .get(report.filename())
                .cloned()
                .unwrap_or_else(|| format!("themes/default/templates/{}", report.filename()));
            (
                report.message().to_string(),
                Some(Place::span(file, report.span().range.clone())),
            )
        }
        other => (other.to_string(), None),
    };
    let mut diagnostic = Diagnostic::error(
        "template",
        Say::new(
            format!("แม่แบบของธีมผิดพลาด: {message}"),
            format!("the theme's template failed: {message}"),
        ),
    )
    .hint(Say::new(
        "แก้แม่แบบตามตำแหน่งที่บอก หรือลบไฟล์นี้ออกจากโฟลเดอร์ธีมเพื่อใช้ของเดิม",
        "mend the template at the place told, or delete the file from the theme's folder to use the default one",
    ));
    if let Some(place) = place {
        diagnostic = diagnostic.at(place);
    }
    diagnostic
}
