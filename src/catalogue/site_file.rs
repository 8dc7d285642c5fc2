//! `content/<year>/catalogue.toml`: a site's own catalogue of a year, whole or
//! as changes to another.

use std::sync::Arc;

use super::Catalogues;
use super::compose::Ground;
use super::read::{Draft, read_topics};
use super::topic::TopicId;
use super::types::Catalogue;
use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::{Fields, Findings, parse_toml};

impl Catalogues {
    /// Adds or overrides the year of a folder by the file found in it.
    ///
    /// The file is a whole catalogue, or begins with `extends = <year>` and
    /// changes that one: an `[[item]]`, `[[group]]`, `[[indicator]]`,
    /// `[[deadline]]` or `[[source]]` of a known id replaces it whole, one of a
    /// new id is added; `drop` takes items away; `[scoring]` and the single
    /// fields of `[catalogue]` hold where given. Everything else is inherited,
    /// but for deadlines, which only the same year hands on, and groups that
    /// have no item left. `[[topic]]` adds topics of the site's own.
    ///
    /// A year may extend one that the site gives too: call this in the order
    /// of the years, starting from [`Catalogues::builtin`].
    pub fn with_site_file(&mut self, year_folder: u16, file: &str, text: &str) -> Vec<Diagnostic> {
        let file: Arc<str> = file.into();
        let (table, mut problems) = parse_toml(&file, text, 0..text.len());
        let found = Findings::default();
        let root = Fields::new(&table, file.clone(), &found);
        self.read_year(year_folder, root, Some(file));
        problems.extend(found.into_vec());
        problems
    }

    /// Reads one year file; `site_file` is its path when it is the site's.
    pub(super) fn read_year(&mut self, year: u16, root: Fields<'_>, site_file: Option<Arc<str>>) {
        self.add_topics(&root);
        let ids: Vec<TopicId> = self.topics.iter().map(|t| t.id.clone()).collect();
        let draft = Draft::read(&root, &ids);
        let found = root.found();
        let wants = root.has("extends");
        root.finish();

        let base = draft
            .extends
            .as_ref()
            .and_then(|e| self.years.get(&e.value));
        if let (Some(extends), None) = (&draft.extends, base) {
            found.push(self.no_such_year(extends.value, extends.place.clone()));
        }
        if wants && base.is_none() {
            return;
        }
        let before = self.years.get(&year).or_else(|| self.latest());
        let composed = Ground {
            year,
            base,
            scoring: before.map(|c: &Catalogue| &c.scoring),
            site_file,
            found,
        }
        .compose(draft);
        if let Some(catalogue) = composed {
            self.years.insert(year, catalogue);
        }
    }

    /// Reads `[[topic]]`. Two years of a site may repeat a topic, word by
    /// word; another topic of a known id is refused.
    pub(super) fn add_topics(&mut self, root: &Fields<'_>) {
        for topic in read_topics(root) {
            match self.topics.iter().find(|t| t.id == topic.value.id) {
                None => self.topics.push(topic.value),
                Some(known) if *known == topic.value => {}
                Some(known) => root.report(
                    Diagnostic::error(
                        "duplicate-id",
                        Say::new(
                            format!("มีหัวข้อ “{}” ใช้รหัสนี้อยู่แล้ว", known.title_th),
                            format!("the topic “{}” has this id already", known.title_en),
                        ),
                    )
                    .at(topic.place)
                    .hint(Say::new("ตั้งรหัสอื่น", "take another id")),
                ),
            }
        }
    }

    fn no_such_year(&self, year: u16, place: Place) -> Diagnostic {
        let years: Vec<String> = self.years.keys().map(u16::to_string).collect();
        let years = years.join(", ");
        Diagnostic::error(
            "unknown-year",
            Say::new(
                format!("ไม่มีรายการข้อของปี {year} ให้นำมาใช้ต่อ"),
                format!("there is no catalogue of {year} to extend"),
            ),
        )
        .at(place)
        .hint(Say::new(
            format!("ปีที่มีคือ {years}"),
            format!("there are: {years}"),
        ))
    }
}
