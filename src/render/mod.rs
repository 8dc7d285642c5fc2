//! Site + route → bytes. Pure: no folder is written, no clock is read.

mod build;
pub mod drawn;
pub mod format;
mod glossary;
pub mod html;
mod images;
pub mod links;
pub mod markdown;
pub mod metadata;
pub mod palette;
pub mod pictures;
mod tested;
pub mod theme;
pub mod view;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};

use tera::{Context, Value};

use crate::catalogue::TopicKind;
use crate::content::agency::{Font, Purpose, Words};
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Lang};
use crate::site::Site;
use crate::site::address::{Kind, Route};

use format::{Page, phone_href};
use glossary::Glossary;
use links::Linker;
use theme::{Theme, template_error};
use view::{Link, SiteView, Standing};

/// A page's bytes and what was found while making them.
pub struct Rendered {
    pub bytes: Vec<u8>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A site with its theme, ready to render any route, on any thread.
pub struct Renderer {
    pub site: Arc<Site>,
    /// Every table as files; pages link to them.
    pub data: Data,
    pub theme: Arc<Theme>,
    /// Where the styles and the script of the search page are, named by their
    /// content so that browsers never show old ones. What differs between
    /// sites, palette and letters, stands apart from the theme's own.
    pub stylesheet: (String, Vec<u8>),
    pub colours: (String, Vec<u8>),
    pub search_script: (String, Vec<u8>),
    glossary: Glossary,
    shared: RwLock<HashMap<(Lang, Linker), Value>>,
    phrases: HashMap<Lang, Value>,
}

impl Renderer {
    pub fn new(site: Arc<Site>) -> (Renderer, Vec<Diagnostic>) {
        let ((theme, mut found), data) =
            rayon::join(|| Theme::load(&site), || Data::of(site.clone()));
        let (palette, refused) = palette::Palette::of(&site.content.settings);
        found.extend(refused);
        let css = theme.assets.get("style.css");
        let css = css.map_or_else(String::new, |c| compact(&String::from_utf8_lossy(c)));
        let mut colours = palette.css();
        if site.content.settings.font == Font::Theme
            && let Some(faces) = theme.assets.get(theme::FACES)
        {
            colours.push_str(&String::from_utf8_lossy(faces));
        }
        let search_script = theme
            .assets
            .get("search.js")
            .map(|s| s.to_vec())
            .unwrap_or_default();
        let phrases = [Lang::Th, Lang::En]
            .into_iter()
            .map(|lang| {
                let mut words: BTreeMap<&str, &str> = theme
                    .phrases
                    .iter()
                    .map(|(key, (th, en))| {
                        (
                            key.as_str(),
                            if lang == Lang::Th {
                                th.as_str()
                            } else {
                                en.as_str()
                            },
                        )
                    })
                    .collect();
                words.insert("lang", lang.id());
                (lang, Value::from_serializable(&words))
            })
            .collect();
        let renderer = Renderer {
            stylesheet: (hashed("style", "css", css.as_bytes()), css.into_bytes()),
            colours: (
                hashed("colours", "css", colours.as_bytes()),
                colours.into_bytes(),
            ),
            search_script: (hashed("search", "js", &search_script), search_script),
            glossary: Glossary::of(&site),
            shared: RwLock::default(),
            phrases,
            data,
            site,
            theme: Arc::new(theme),
        };
        (renderer, found)
    }

    /// The same pages for one who does not publish them: see
    /// [`Data::without_files`].
    pub fn without_files(&self) -> Renderer {
        Renderer {
            site: self.site.clone(),
            data: self.data.without_files(),
            theme: self.theme.clone(),
            stylesheet: self.stylesheet.clone(),
            colours: self.colours.clone(),
            search_script: self.search_script.clone(),
            glossary: self.glossary.clone(),
            shared: RwLock::default(),
            phrases: self.phrases.clone(),
        }
    }

    /// Files of the theme that are published as they are; its styles are
    /// outputs of their own.
    pub fn assets(&self) -> impl Iterator<Item = &String> {
        let letters = self.site.content.settings.font == Font::Theme;
        self.theme.assets.keys().filter(move |name| {
            let own_output = matches!(name.as_str(), "style.css" | "search.js" | theme::FACES);
            let for_people = name.ends_with(".md");
            !own_output && !for_people && (letters || !name.starts_with("fonts/"))
        })
    }

    /// Any page of the site.
    pub fn render(&self, route: &Route) -> Rendered {
        let mut diagnostics = Vec::new();
        let page = Page {
            site: &self.site,
            data: &self.data,
            lang: route.lang,
            linker: Linker::new(
                &route.address,
                &self.site.base_url,
                self.site.options.portable,
            ),
            address: &route.address,
            search_script: &self.search_script.0,
        };
        let mut context = Context::new();
        let template = match &route.kind {
            Kind::Redirect(to) => {
                let outside = to.contains("://");
                let href = if outside {
                    to.clone()
                } else {
                    page.linker.page(to)
                };
                let absolute = if outside {
                    to.clone()
                } else {
                    format!(
                        "{}/{}",
                        self.site.base_url,
                        links::encode_path(to).replace("%23", "#")
                    )
                };
                context.insert("href", &href);
                context.insert("absolute", &absolute);
                "redirect.html"
            }
            Kind::Poster(of) => {
                let poster = self
                    .site
                    .routes
                    .get(of)
                    .map(|of| build::poster(&page, route, of, &mut diagnostics));
                context.insert("poster", &poster);
                "poster.html"
            }
            _ => {
                let view = build::view(&page, route, &mut diagnostics);
                context.insert("page", &view);
                "page.html"
            }
        };
        context.insert_value("site", self.shared(&page));
        if let Some(phrases) = self.phrases.get(&route.lang) {
            context.insert_value("t", phrases.clone());
        }
        let mut bytes = Vec::with_capacity(16 * 1024);
        if let Err(error) = self.theme.tera.render_to(template, &context, &mut bytes) {
            diagnostics.push(template_error(&error, &self.theme.sources));
        }
        let bytes = match String::from_utf8(bytes) {
            Ok(html) => images::hurry_first(self.glossary.apply(&html)).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        Rendered { bytes, diagnostics }
    }

    /// How a reader gets from the home page to a page of an item:
    /// `หน้าแรก › … › O18 …`.
    pub fn click_path(&self, route: &Route, lang: Lang) -> Option<String> {
        let page = Page {
            site: &self.site,
            data: &self.data,
            lang,
            linker: Linker::new(&route.address, &self.site.base_url, false),
            address: &route.address,
            search_script: &self.search_script.0,
        };
        build::click_path(&page, route)
    }

    /// How the year and the item of a page stand, in the language of who
    /// writes it; links lead from the page.
    pub fn standing(&self, route: &Route, lang: Lang) -> Option<Standing> {
        let page = Page {
            site: &self.site,
            data: &self.data,
            lang,
            linker: Linker::new(&route.address, &self.site.base_url, false),
            address: &route.address,
            search_script: &self.search_script.0,
        };
        build::standing(&page, route)
    }

    /// The frame's values, made once for each language and depth.
    fn shared(&self, page: &Page<'_>) -> Value {
        let key = (page.lang, page.linker.clone());
        if let Ok(shared) = self.shared.read()
            && let Some(value) = shared.get(&key)
        {
            return value.clone();
        }
        let value = Value::from_serializable(&self.site_view(page));
        if let Ok(mut shared) = self.shared.write() {
            shared.insert(key, value.clone());
        }
        value
    }

    fn site_view(&self, page: &Page<'_>) -> SiteView {
        let site = page.site;
        let settings = &site.content.settings;
        let agency = &settings.agency;
        let area: Vec<String> = agency
            .district
            .iter()
            .map(|d| with_word(page, d, "อำเภอ", " District"))
            .chain([with_word(page, &agency.province, "จังหวัด", " Province")])
            .collect();
        let year = site.current_year;
        let complaints = site
            .topic_page(year, "complaint-channels")
            .filter(|t| t.is_published())
            .map(|t| t.address.to_string());
        // Only boxes that have a channel in them stand on that page.
        let box_of = |purpose: Purpose, anchor: &str| {
            let address = complaints
                .as_ref()
                .filter(|_| crate::site::prove::channels(site, purpose) > 0)?;
            Some(page.page_href(&format!("{address}#{anchor}")))
        };
        SiteView {
            lang: page.lang.id(),
            root: page.linker.root.clone(),
            home: page.page_href(""),
            name: page.words(&agency.name),
            area: area.join(&page.say(" ", ", ")),
            logo: page.logo(64),
            logo_large: page.logo(200),
            logo_svg: agency
                .logo
                .as_ref()
                .filter(|l| l.raw.ends_with(".svg"))
                .and_then(|l| page.href(l)),
            notice: settings.notice.as_ref().map(|n| page.words(n)),
            menu: self.menu(page),
            address: page.words(&agency.address),
            phone: agency.phone.clone(),
            phone_href: phone_href(&agency.phone),
            email: agency.email.as_ref().map(|e| page.email_html(e)),
            contact: page.page_href("contact/"),
            complaints_in_thai: page.lang == Lang::En
                && complaints
                    .as_ref()
                    .is_some_and(|a| site.in_language(a.clone(), page.lang) == *a),
            corruption: box_of(Purpose::Corruption, "corruption"),
            general: box_of(Purpose::Complaint, "general"),
            archive: page.page_href("archive/"),
            search: page.page_href("search/"),
            data: page.page_href("data/"),
            licence: settings.licence.as_ref().map(|l| page.words(l)),
            licence_url: settings.licence_url.clone(),
            stylesheet: page.linker.file(&self.stylesheet.0),
            colours: page.linker.file(&self.colours.0),
            font: (settings.font == Font::Theme)
                .then(|| page.linker.file("assets/fonts/sarabun-thai-400.woff2")),
            feed: page.linker.file("feed.xml"),
            table_script: page.linker.file("assets/table.js"),
            poster_styles: page.linker.file("assets/poster.css"),
            search_styles: page.linker.file("assets/search.css"),
            base_url: site.base_url.clone(),
            card: format!(
                "{}/{}",
                site.base_url,
                drawn::Picture::Card(page.lang).path()
            ),
            card_size: drawn::CARD,
            favicon: page.linker.file(&drawn::Picture::Favicon.path()),
            touch_icon: page.linker.file(&drawn::Picture::Icon(180).path()),
            manifest: page.linker.file("site.webmanifest"),
            policy: (!site.options.portable).then_some(metadata::CONTENT_POLICY),
            footer_links: [
                ("accessibility/", "การเข้าถึงเว็บไซต์", "Accessibility"),
                ("privacy/", "ความเป็นส่วนตัว", "Privacy"),
            ]
            .into_iter()
            .filter(|(address, _, _)| site.routes.contains(address))
            .map(|(address, th, en)| page.link(page.say(th, en), address))
            .collect(),
        }
    }

    /// The site's own menu, or the pages that every disclosure site has.
    fn menu(&self, page: &Page<'_>) -> Vec<Link> {
        let site = page.site;
        let own: Vec<Link> = site
            .content
            .settings
            .menu
            .iter()
            .filter_map(|m| {
                let target = page.target(&m.to)?;
                Some(Link {
                    title: page.words(&m.title),
                    href: page.linker.href(&target),
                    external: matches!(target, crate::site::address::Target::Outside(_)),
                })
            })
            .collect();
        if !own.is_empty() {
            return own;
        }
        let year = site.current_year;
        let mut menu = Vec::new();
        let mut add = |th: &str, en: &str, address: Option<String>| {
            if let Some(address) = address {
                menu.push(page.link(page.say(th, en), &address));
            }
        };
        let index = format!("{year}/");
        add(
            "รายการ OIT",
            "Disclosure (OIT)",
            site.routes.contains(&index).then_some(index),
        );
        let nearest = |kind: TopicKind| {
            let published = |t: &&crate::site::TopicPage| t.kind == kind && t.is_published();
            site.years
                .values()
                .rev()
                .filter(|y| y.year <= year)
                .find_map(|y| {
                    y.topics
                        .iter()
                        .find(published)
                        .map(|t| t.address.to_string())
                })
        };
        add("งบประมาณ", "Budget", nearest(TopicKind::Budget));
        add(
            "จัดซื้อจัดจ้าง",
            "Procurement",
            site.procurement
                .range(..=year)
                .next_back()
                .map(|(fy, _)| format!("{fy}/procurement/")),
        );
        add(
            "ร้องเรียน",
            "Complaints",
            nearest(TopicKind::ComplaintChannels),
        );
        add(
            "ผู้บริหาร",
            "Executives",
            site.routes.contains("people/").then(|| "people/".into()),
        );
        add(
            "ข่าว",
            "News",
            (!site.news.is_empty()).then(|| "news/".into()),
        );
        add("ติดต่อ", "Contact", Some("contact/".into()));
        menu
    }
}

/// `อำเภอ…` where the name does not say it itself.
fn with_word(page: &Page<'_>, words: &Words, th: &str, en: &str) -> String {
    let text = page.words(words);
    match page.lang {
        Lang::Th if !text.starts_with(th) && !text.starts_with("เขต") => {
            format!("{th}{text}")
        }
        Lang::En if words.en.is_some() && !text.ends_with(en.trim_start()) => format!("{text}{en}"),
        _ => text,
    }
}

/// A stylesheet without its comments, line ends and the white space before
/// them: no rule of CSS needs a line of its own.
fn compact(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.collect()
}

fn hashed(stem: &str, extension: &str, bytes: &[u8]) -> String {
    let digest = crate::files::digest(bytes).to_string();
    format!(
        "assets/{stem}-{}.{extension}",
        digest.get(..10).unwrap_or("")
    )
}
