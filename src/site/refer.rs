//! References → places. One set of rules for menus, `shows`, evidence,
//! redirects and the links in running text.

use crate::content::agency::{self, Reference, STAFF_SURVEY};
use crate::content::contact::is_email;
use crate::content::page::Page;
use crate::content::{self, FOLDER, beside};
use crate::diagnostic::{Diagnostic, Lang, Place, Say, nearest};
use crate::files::SitePath;
use crate::imaging::{Fault, Picture};

use super::Site;
use super::address::{Kind, Target};

/// Where a reference stands: what relative paths and bare topics mean there.
#[derive(Clone, Copy, Debug)]
pub struct From<'a> {
    /// The content file that it is written in.
    pub file: &'a str,
    /// The year whose topics are meant when none is named.
    pub year: u16,
    pub lang: Lang,
}

/// Datasets have addresses of their own, so that links need not know which
/// topic shows them.
const DATASETS: &[&str] = &[
    "people",
    "budget",
    "procurement",
    "complaints",
    "measures",
    "measures-report",
    "progress",
    "eit",
    "contact",
    "news",
    "archive",
    "home",
];

/// Schemes that a link may have; all others could run code or leak files.
fn is_safe_scheme(raw: &str) -> bool {
    let lower = raw.trim().to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
}

/// Whom a link of e-mail goes to, without the words that it fills in.
fn mail_address(raw: &str) -> Option<String> {
    let (scheme, rest) = raw.split_once(':')?;
    let address = rest.split('?').next().unwrap_or(rest);
    (scheme.eq_ignore_ascii_case("mailto") && !address.is_empty()).then(|| percent_decode(address))
}

fn has_scheme(raw: &str) -> bool {
    raw.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.len() > 1
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

/// The site's own files that a page offers, or names as what shows an element;
/// by their place in `content`.
pub fn files_of<'s>(
    site: &'s Site,
    year: u16,
    page: &'s Page,
) -> impl Iterator<Item = String> + 's {
    let from = From {
        file: &page.file,
        year,
        lang: Lang::Th,
    };
    let attached = page.extras.files.iter().map(|f| &f.path);
    let shown = page.extras.shows.iter().flat_map(|s| &s.places);
    attached
        .chain(shown)
        .filter_map(move |reference| match site.resolve(reference, from) {
            Ok(Target::File { path }) => Some(path),
            _ => None,
        })
}

impl Site {
    /// The picture that a place is, or why none can be shown.
    pub fn picture(&self, target: &Target) -> Result<&Picture, Fault> {
        let Target::File { path } = target else {
            return Err(Fault::Unknown);
        };
        let file = SitePath::new(&format!("{FOLDER}/{path}")).map_err(|_| Fault::Unknown)?;
        match self.content.pictures.get(&file) {
            Some(inspected) => inspected.picture.as_ref().map_err(Clone::clone),
            None => Err(Fault::Unknown),
        }
    }

    /// What is wrong with a place that a page shows as a picture; `raw` is how
    /// it is written.
    pub fn picture_problem(&self, target: &Target, raw: &str, place: &Place) -> Option<Diagnostic> {
        match target {
            Target::Outside(url) => Some(outside_picture(url, place.clone())),
            _ => {
                let fault = self.picture(target).err()?;
                Some(fault.diagnostic(raw, place.clone()))
            }
        }
    }

    /// What a reference in a TOML field means (a bare word is a topic or a
    /// dataset).
    pub fn resolve(
        &self,
        reference: &Reference,
        from: From<'_>,
    ) -> Result<Target, Box<Diagnostic>> {
        self.resolve_text(&reference.raw, &reference.place, from, true)
    }

    /// What a Markdown link means (a bare word is a file beside the page;
    /// topics are written `topic:…`).
    pub fn resolve_link(
        &self,
        raw: &str,
        place: &Place,
        from: From<'_>,
    ) -> Result<Target, Box<Diagnostic>> {
        match raw.strip_prefix("topic:") {
            Some(topic) => self.resolve_text(topic, place, from, true),
            None => self.resolve_text(raw, place, from, false),
        }
    }

    fn resolve_text(
        &self,
        raw: &str,
        place: &Place,
        from: From<'_>,
        words: bool,
    ) -> Result<Target, Box<Diagnostic>> {
        let raw = raw.trim();
        if let Some(anchor) = raw.strip_prefix('#') {
            return Ok(Target::Same {
                anchor: percent_decode(anchor),
            });
        }
        if raw.contains(STAFF_SURVEY) {
            return Err(Box::new(agency::staff_survey(place.clone())));
        }
        if let Some(address) = mail_address(raw).filter(|a| !a.split(',').all(is_email)) {
            return Err(Box::new(no_address(&address, place)));
        }
        if is_safe_scheme(raw) {
            return Ok(Target::Outside(raw.to_string()));
        }
        if has_scheme(raw) {
            return Err(Box::new(unsafe_scheme(raw, place)));
        }
        let decoded = percent_decode(raw);
        let (path, anchor) = match decoded.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_string())),
            None => (decoded.as_str(), None),
        };
        if words && let Some(address) = self.named(path, from) {
            return Ok(Target::Page { address, anchor });
        }
        self.resolve_path(path, anchor, place, from, words)
    }

    /// A topic, `year/topic`, a dataset, `year/dataset`.
    fn named(&self, word: &str, from: From<'_>) -> Option<String> {
        let (year, name) = match word.trim_matches('/').split_once('/') {
            Some((year, name)) => (year.parse::<u16>().ok()?, name),
            None => (from.year, word),
        };
        if word.starts_with('/') || name.contains('.') {
            return None;
        }
        let address = self.dataset_address(year, name).or_else(|| {
            let address = format!("{year}/{name}/");
            self.routes.contains(&address).then_some(address)
        })?;
        Some(self.in_language(address, from.lang))
    }

    /// The page that shows a dataset of a year.
    pub fn dataset_address(&self, year: u16, name: &str) -> Option<String> {
        let topic = |kinds: &[&str]| {
            kinds
                .iter()
                .map(|id| format!("{year}/{id}/"))
                .find(|address| self.routes.contains(address))
        };
        match name {
            "people" => Some("people/".into()),
            "contact" => Some("contact/".into()),
            "news" => Some("news/".into()),
            "archive" => Some("archive/".into()),
            "home" => Some(String::new()),
            "budget" => topic(&[
                "spending-plan",
                "spending-progress",
                "spending-annual-report",
            ]),
            "procurement" => topic(&["procurement"])
                .or_else(|| topic(&["procurement-list", "procurement-monthly-summary"])),
            "complaints" => topic(&["complaint-statistics"]),
            "measures" => topic(&["integrity-measures"]),
            "measures-report" => topic(&["integrity-measures-report"]),
            "progress" => topic(&["progress"]),
            "eit" => topic(&["eit"]),
            _ => None,
        }
    }

    /// The English page where there is one, else the Thai one.
    pub fn in_language(&self, address: String, lang: Lang) -> String {
        if lang == Lang::En && !address.starts_with("en/") {
            let english = format!("en/{address}");
            if self.routes.contains(&english) {
                return english;
            }
        }
        address
    }

    fn resolve_path(
        &self,
        path: &str,
        anchor: Option<String>,
        place: &Place,
        from: From<'_>,
        words: bool,
    ) -> Result<Target, Box<Diagnostic>> {
        let file = SitePath::new(from.file)
            .map_err(|_| Box::new(self.unknown(path, place, from, words)))?;
        // An address as visitors see it: `/2568/o18/`.
        if let Some(address) = path.strip_prefix('/') {
            let with_slash = if address.is_empty() || address.ends_with('/') {
                address.to_string()
            } else {
                format!("{address}/")
            };
            if self.routes.contains(&with_slash) {
                let address = self.in_language(with_slash, from.lang);
                return Ok(Target::Page { address, anchor });
            }
        }
        let Some(target) = beside(&file, path) else {
            return Err(Box::new(self.unknown(path, place, from, words)));
        };
        let inside = target.strip_dir(FOLDER).unwrap_or_default().to_string();
        if target.extension().as_deref() == Some("md") {
            let key = inside.strip_suffix(".md").unwrap_or(&inside);
            if let Some(address) = self.address_of_key(key) {
                let address = self.in_language(address, from.lang);
                return Ok(Target::Page { address, anchor });
            }
        }
        if self.content.listing.get(&target).is_some() {
            if is_publishable(&inside) {
                return Ok(Target::File { path: inside });
            }
            return Err(Box::new(not_published(path, place)));
        }
        // A file that exists under another spelling works on Windows and
        // breaks on the host: tell the right letters.
        if let Some(entry) = self.content.listing.same_key(&target) {
            let reference = Reference {
                raw: path.to_string(),
                place: place.clone(),
            };
            return Err(Box::new(content::missing_file(
                &reference,
                &[entry.path.file_name()],
            )));
        }
        Err(Box::new(self.unknown(path, place, from, words)))
    }

    /// The address of a page by the key of its file.
    pub fn address_of_key(&self, key: &str) -> Option<String> {
        let (lang, bare) = match key.strip_prefix("en/") {
            Some(bare) => ("en/", bare),
            None => ("", key),
        };
        let bare = bare.strip_prefix("pages/").unwrap_or(bare);
        let bare = bare
            .strip_suffix("/index")
            .unwrap_or(if bare == "index" { "" } else { bare });
        let address = if bare.is_empty() {
            lang.to_string()
        } else {
            format!("{lang}{bare}/")
        };
        let address = match bare.strip_prefix("news/") {
            Some(_) => {
                let bare = key.strip_prefix("en/").unwrap_or(key);
                let news = &self.content.news;
                let at = news.binary_search_by(|p| (*p.key).cmp(bare)).ok()?;
                format!("{lang}{}", self.news_item(at)?.address)
            }
            None => address,
        };
        self.routes.contains(&address).then_some(address)
    }

    fn unknown(&self, raw: &str, place: &Place, from: From<'_>, words: bool) -> Diagnostic {
        let file_like = raw.rsplit('/').next().is_some_and(|n| n.contains('.'));
        let files: Vec<&str> = self
            .content
            .listing
            .entries
            .iter()
            .filter_map(|e| e.path.strip_dir(FOLDER))
            .collect();
        let near = if words && !file_like {
            let topics = self
                .content
                .catalogues
                .years
                .get(&from.year)
                .into_iter()
                .flat_map(|c| c.items.iter().flat_map(|i| i.topics.iter().map(|t| &**t)));
            nearest(raw, topics.chain(DATASETS.iter().copied())).map(str::to_string)
        } else {
            let name = raw.rsplit('/').next().unwrap_or(raw);
            let extension = |n: &str| n.rsplit('.').next().map(str::to_lowercase);
            let wanted = extension(name);
            let alike = |n: &&str| !file_like || extension(n) == wanted;
            nearest(
                name,
                files
                    .iter()
                    .filter_map(|f| f.rsplit('/').next())
                    .filter(alike),
            )
            .and_then(|n| files.iter().find(|f| f.rsplit('/').next() == Some(n)))
            .map(|f| format!("/{f}"))
        };
        let mut diagnostic = Diagnostic::error(
            "broken-link",
            if file_like {
                Say::new(
                    format!("ไม่พบไฟล์หรือหน้า “{raw}” ที่ลิงก์ไป"),
                    format!("the link leads to “{raw}”, which is not there"),
                )
            } else {
                Say::new(
                    format!("ไม่พบปลายทาง “{raw}”"),
                    format!("there is nothing called “{raw}” to link to"),
                )
            },
        )
        .at(place.clone());
        diagnostic = diagnostic.hint(match near {
            _ if raw.to_ascii_lowercase().starts_with("www.") => Say::new(
                format!("เว็บไซต์อื่นขึ้นต้นด้วย https:// เช่น https://{raw}"),
                format!("another website begins with https://, such as https://{raw}"),
            ),
            Some(near) if is_alike(raw, &near) => Say::new(
                format!("ชื่อไฟล์ “{near}” ดูเหมือนกัน แต่เข้ารหัสตัวอักษร (เช่น ำ) ไม่เหมือนกัน: พิมพ์ชื่อไฟล์นั้นใหม่ หรือเปลี่ยนเป็นภาษาอังกฤษ"),
                format!("“{near}” looks the same, but its letters (such as ำ) are stored otherwise: type the name of that file anew, or name it in English"),
            ),
            Some(near) => Say::new(
                format!("หมายถึง “{near}” หรือไม่"),
                format!("did you mean “{near}”?"),
            ),
            None => Say::new(
                "ลิงก์ไปหน้าอื่นด้วยชื่อไฟล์ .md หรือ topic:ชื่อหัวข้อ, ไปเอกสารแนบด้วย files/ชื่อไฟล์",
                "link to a page by its .md file or topic:NAME, to an attachment by files/NAME",
            ),
        });
        diagnostic
    }
}

/// Attachments are published; the webmaster's own sources are not.
pub fn is_publishable(inside: &str) -> bool {
    let source = [".md", ".toml"].iter().any(|ext| inside.ends_with(ext));
    !source
}

fn not_published(raw: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(
        "not-published",
        Say::new(
            format!("“{raw}” เป็นไฟล์ต้นฉบับ ไม่ได้เผยแพร่บนเว็บไซต์ จึงลิงก์ไปไม่ได้"),
            format!("“{raw}” is a source file that is not published, so nothing can link to it"),
        ),
    )
    .at(place.clone())
}

fn outside_picture(url: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        "outside-picture",
        Say::new(
            format!("ภาพ “{url}” อยู่นอกเว็บไซต์ ผู้อ่านจะถูกส่งข้อมูลไปที่อื่นและภาพอาจหายไป"),
            format!("the picture “{url}” is on another host, which would see every reader"),
        ),
    )
    .at(place)
    .hint(Say::new(
        "บันทึกภาพไว้ในโฟลเดอร์ files แล้วอ้างถึงจากที่นั่น",
        "save the picture in a files folder and name it from there",
    ))
}

fn no_address(address: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(
        "broken-link",
        Say::new(
            format!("ลิงก์ส่งอีเมลไปที่ “{address}” ซึ่งไม่ใช่ที่อยู่อีเมล"),
            format!("the link writes to “{address}”, which is no e-mail address"),
        ),
    )
    .at(place.clone())
    .hint(Say::new(
        "เขียนเป็น mailto:ชื่อ@โดเมน เช่น mailto:saraban@example.go.th",
        "write mailto:name@domain, such as mailto:saraban@example.go.th",
    ))
}

fn unsafe_scheme(raw: &str, place: &Place) -> Diagnostic {
    let shown: String = raw.chars().take(40).collect();
    Diagnostic::error(
        "unsafe-link",
        Say::new(
            format!("ลิงก์ “{shown}” ใช้ไม่ได้ เพราะอาจสั่งให้เครื่องของผู้อ่านทำงาน"),
            format!(
                "the link “{shown}” is not allowed, as it could run code on the reader's machine"
            ),
        ),
    )
    .at(place.clone())
    .hint(Say::new(
        "ใช้ https:// mailto: tel: หรือชื่อไฟล์ในโฟลเดอร์ content",
        "use https://, mailto:, tel:, or a file in the content folder",
    ))
}

/// Whether two names of files differ in what nobody sees alone.
fn is_alike(written: &str, there: &str) -> bool {
    let name = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        crate::thai::normalise(name).into_owned()
    };
    name(written) == name(there)
}

/// `%E0%B8%81` → `ก`; what is no valid escape stays as it is.
pub fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let pair = bytes.get(i + 1..i + 3).filter(|_| bytes[i] == b'%');
        let value = pair
            .and_then(|p| std::str::from_utf8(p).ok())
            .and_then(|p| u8::from_str_radix(p, 16).ok());
        match value {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}

impl Kind {
    /// The assessment year that a page belongs to.
    pub fn year(&self) -> Option<u16> {
        match self {
            Kind::YearIndex(y)
            | Kind::Item(y, _)
            | Kind::Topic(y, _)
            | Kind::YearPage(y, _)
            | Kind::Progress(y)
            | Kind::Procurement(y)
            | Kind::ProcurementMonth(y, _)
            | Kind::Eit(y) => Some(*y),
            _ => None,
        }
    }
}
