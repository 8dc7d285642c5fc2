//! Figures, days and pieces of HTML as readers see them, in one language on
//! one page.

use crate::content::agency::{Digits, Reference, Words};
use crate::content::measures::Point;
use crate::data::Data;
use crate::diagnostic::Lang;
use crate::fields::Written;
use crate::site::Site;
use crate::site::address::Target;
use crate::site::refer::From;
use crate::thai::{self, Baht, Date, Percent};

use super::html::escaped;
use super::links::Linker;
use super::view::{Cell, Column, Day, Fact, Link};

/// One page being written: the site, its language, where its links start.
pub struct Page<'s> {
    pub site: &'s Site,
    pub data: &'s Data,
    pub lang: Lang,
    pub linker: Linker,
    pub address: &'s str,
    /// Where the script of the search page is.
    pub search_script: &'s str,
}

impl<'s> Page<'s> {
    /// A fixed phrase.
    pub fn say(&self, th: &str, en: &str) -> String {
        match self.lang {
            Lang::Th => th.to_string(),
            Lang::En => en.to_string(),
        }
    }

    /// The webmaster's words; Thai where no English is given.
    pub fn words(&self, words: &Words) -> String {
        match (self.lang, &words.en) {
            (Lang::En, Some(en)) => en.clone(),
            _ => words.th.clone(),
        }
    }

    /// The same as HTML, marked as Thai where it stands in an English page.
    pub fn words_html(&self, words: &Words) -> String {
        match (self.lang, &words.en) {
            (Lang::En, None) => self.thai(&words.th),
            (Lang::En, Some(en)) => escaped(en),
            (Lang::Th, _) => escaped(&words.th),
        }
    }

    /// Thai words in HTML, whatever the page's language.
    pub fn thai(&self, text: &str) -> String {
        match self.lang {
            Lang::En if text.chars().any(|c| ('\u{0E00}'..='\u{0E7F}').contains(&c)) => {
                format!("<span lang=\"th\">{}</span>", escaped(text))
            }
            _ => escaped(text),
        }
    }

    /// Digits as the site shows what prongsai computes.
    pub fn digits(&self, text: &str) -> String {
        match (self.lang, self.site.content.settings.digits) {
            (Lang::Th, Digits::Thai) => thai::to_thai(text).into_owned(),
            _ => text.to_string(),
        }
    }

    /// A year of the Buddhist era, as the language counts.
    pub fn year(&self, year: u16) -> String {
        match self.lang {
            Lang::Th => self.digits(&year.to_string()),
            Lang::En => format!("{} (B.E.\u{a0}{year})", year.saturating_sub(543)),
        }
    }

    pub fn count(&self, n: usize) -> String {
        self.digits(&thai::group_digits(i64::try_from(n).unwrap_or(i64::MAX)))
    }

    pub fn number(&self, n: i64) -> String {
        self.digits(&thai::group_digits(n))
    }

    pub fn baht(&self, satang: i64) -> String {
        self.digits(&Baht(satang).to_string())
    }

    /// Millions with two decimals, for charts and sentences.
    pub fn millions(&self, satang: i64) -> String {
        let hundredths = (i128::from(satang) + 500_000) / 1_000_000;
        let hundredths = i64::try_from(hundredths).unwrap_or(i64::MAX);
        self.digits(&format!(
            "{}.{:02}",
            thai::group_digits(hundredths / 100),
            (hundredths % 100).abs()
        ))
    }

    pub fn percent(&self, percent: Option<Percent>) -> String {
        percent.map_or_else(|| "–".into(), |p| self.digits(&p.to_string()))
    }

    pub fn day(&self, date: Date) -> Day {
        let text = match self.lang {
            Lang::Th => self.digits(&date.thai_long()),
            Lang::En => date.english_long(),
        };
        Day {
            iso: date.iso(),
            text,
        }
    }

    /// A date as it was written when it was written in words; else in words.
    pub fn written_day(&self, date: &Written<Date>) -> Day {
        let mut day = self.day(date.value);
        let in_words = date
            .raw
            .chars()
            .any(|c| ('\u{0E01}'..='\u{0E2E}').contains(&c));
        if self.lang == Lang::Th && in_words {
            day.text.clone_from(&date.raw);
        }
        day
    }

    pub fn time(&self, day: &Day) -> String {
        format!(
            "<time datetime=\"{}\">{}</time>",
            escaped(&day.iso),
            escaped(&day.text)
        )
    }

    pub fn written_time(&self, date: &Written<Date>) -> String {
        self.time(&self.written_day(date))
    }

    pub fn fact(&self, th: &str, en: &str, html: String) -> Fact {
        Fact {
            label: self.say(th, en),
            html,
        }
    }

    /// Where a reference leads; `None` when it leads nowhere (which loading
    /// has told).
    pub fn target(&self, reference: &Reference) -> Option<Target> {
        let year = crate::site::address::Route {
            address: self.address.into(),
            lang: self.lang,
            kind: self.site.routes.get(self.address)?.kind.clone(),
        }
        .kind
        .year()
        .unwrap_or(self.site.current_year);
        let from = From {
            file: &reference.place.file,
            year,
            lang: self.lang,
        };
        self.site.resolve(reference, from).ok()
    }

    pub fn href(&self, reference: &Reference) -> Option<String> {
        self.target(reference).map(|t| self.linker.href(&t))
    }

    /// A link to a reference, or its words alone.
    pub fn link_html(&self, reference: &Reference, words: &str) -> String {
        match self.target(reference) {
            Some(target) => self.target_html(&target, words),
            None => escaped(words),
        }
    }

    pub fn target_html(&self, target: &Target, words: &str) -> String {
        self.link_around(target, &escaped(words))
    }

    /// A link around HTML.
    pub fn link_around(&self, target: &Target, html: &str) -> String {
        let outside = matches!(target, Target::Outside(u) if u.starts_with("http"));
        format!(
            "<a href=\"{}\"{}>{}</a>",
            escaped(&self.linker.href(target)),
            if outside { " rel=\"noreferrer\"" } else { "" },
            html
        )
    }

    /// A link to a page of this site, in the page's language where it exists.
    pub fn page_html(&self, address: &str, words: &str) -> String {
        format!(
            "<a href=\"{}\">{}</a>",
            escaped(&self.page_href(address)),
            escaped(words)
        )
    }

    pub fn page_href(&self, address: &str) -> String {
        let (path, anchor) = address.split_at(address.find('#').unwrap_or(address.len()));
        let path = self.site.in_language(path.to_string(), self.lang);
        self.linker.page(&format!("{path}{anchor}"))
    }

    pub fn link(&self, title: String, address: &str) -> Link {
        Link {
            title,
            href: self.page_href(address),
            external: false,
        }
    }

    pub fn phone_html(&self, phone: &str) -> String {
        // Extensions are written in Thai in the records.
        let shown = match self.lang {
            Lang::En => phone.replace("ต่อ", "ext."),
            Lang::Th => phone.to_string(),
        };
        format!(
            "<a href=\"{}\">{}</a>",
            escaped(&phone_href(phone)),
            escaped(&shown)
        )
    }

    pub fn email_html(&self, email: &str) -> String {
        let shown = escaped(email).replace('@', "@<wbr>").replace('.', "<wbr>.");
        format!("<a href=\"mailto:{}\">{shown}</a>", escaped(email))
    }

    /// A unit by any of its spellings, as written, with its place on the
    /// contact page.
    pub fn unit_html(&self, written: &str) -> String {
        match (self.site.unit(written), self.lang) {
            (Some(unit), Lang::En) => self.words_html(&unit.name),
            // An id is for machines; any other spelling stays as written.
            (Some(unit), Lang::Th) if unit.id == written => self.words_html(&unit.name),
            _ => self.thai(written),
        }
    }

    /// A list as printed: one entry alone is a paragraph, its own numbers and
    /// dashes stay as written.
    pub fn points(&self, points: &[Point]) -> String {
        match points {
            [] => String::new(),
            [one] if one.points.is_empty() => self.thai(&label(one)),
            many => {
                let items: String = many
                    .iter()
                    .map(|p| {
                        let inner = if p.points.is_empty() {
                            String::new()
                        } else {
                            self.points_list(&p.points)
                        };
                        format!("<li>{}{inner}</li>", self.thai(&label(p)))
                    })
                    .collect();
                format!("<ul class=\"asis\">{items}</ul>")
            }
        }
    }

    fn points_list(&self, points: &[Point]) -> String {
        let items: String = points
            .iter()
            .map(|p| {
                let inner = if p.points.is_empty() {
                    String::new()
                } else {
                    self.points_list(&p.points)
                };
                format!("<li>{}{inner}</li>", self.thai(&label(p)))
            })
            .collect();
        format!("<ul class=\"asis\">{items}</ul>")
    }

    pub fn column(&self, th: &str, en: &str, class: &'static str) -> Column {
        Column {
            label: self.say(th, en),
            class,
        }
    }
}

fn label(point: &Point) -> String {
    match &point.no {
        Some(no) => format!("{no} {}", point.text),
        None => point.text.clone(),
    }
}

/// Digits and the leading plus only; Thai digits as others.
pub fn phone_href(phone: &str) -> String {
    // Extensions and second numbers follow words or commas: the first number
    // is the one to call.
    let arabic = thai::to_arabic(phone);
    let first = arabic
        .split(['ต', 'ถ', ',', '/', ';', 'e'])
        .next()
        .unwrap_or("");
    let digits: String = first
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    format!("tel:{digits}")
}

pub fn cell(html: String) -> Cell {
    Cell {
        html,
        ..Cell::default()
    }
}

/// A cell of which nothing is known or needed; a phone's card does without it.
pub fn nothing() -> Cell {
    Cell {
        html: "–".into(),
        class: "nil",
        ..Cell::default()
    }
}

pub fn head(html: String) -> Cell {
    Cell {
        html,
        head: true,
        ..Cell::default()
    }
}

pub fn figure(html: String) -> Cell {
    Cell {
        html,
        class: "n",
        ..Cell::default()
    }
}

pub fn tag(class: &str, word: &str) -> String {
    format!("<span class=\"tag {class}\">{}</span>", escaped(word))
}
