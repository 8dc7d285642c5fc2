//! News, free pages, English pages, and the pages that every site has.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Lang, Say};
use crate::site::address::Kind;
use crate::site::{NewsItem, Site};
use crate::thai::Date;

use super::Linker;

impl Linker {
    pub(super) fn fixed_routes(&mut self, site: &mut Site) {
        for (address, kind) in [
            ("", Kind::Home),
            ("contact/", Kind::Contact),
            ("news/", Kind::NewsList),
            ("archive/", Kind::Archive),
            ("search/", Kind::Search),
            ("data/", Kind::Data),
            ("404.html", Kind::NotFound),
        ] {
            self.add(site, address, Lang::Th, kind, None);
        }
        if !site.content.people.is_empty() {
            self.add(site, "people/", Lang::Th, Kind::People, None);
        }
        if site.content.settings.english {
            self.add(site, "en/", Lang::En, Kind::Home, None);
            self.add(site, "en/contact/", Lang::En, Kind::Contact, None);
            self.add(site, "en/search/", Lang::En, Kind::Search, None);
            self.add(site, "en/data/", Lang::En, Kind::Data, None);
            if !site.content.people.is_empty() {
                self.add(site, "en/people/", Lang::En, Kind::People, None);
            }
        }
    }

    pub(super) fn news(&mut self, site: &mut Site) {
        let mut items = Vec::new();
        for (index, file) in site.content.news.iter().enumerate() {
            if !site.is_visible(&file.page) {
                continue;
            }
            let name = file.key.strip_prefix("news/").unwrap_or(&file.key);
            let (date, slug) = match name.get(..10).map(Date::parse) {
                Some(Ok(date)) => (Some(date), name.get(11..).unwrap_or("")),
                _ => (None, name),
            };
            let date = file.page.extras.date.as_ref().map(|d| d.value).or(date);
            let Some(date) = date else {
                let said = match no_such_day(name) {
                    Some(say) => Diagnostic::error("news-without-date", say),
                    None => Diagnostic::error(
                        "news-without-date",
                        Say::new("ข่าวนี้ไม่มีวันที่", "this piece of news has no date"),
                    ),
                };
                let slug = slug.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
                self.found.push(
                    said.at(file.page.place())
                    .hint(Say::new(
                        format!("ตั้งชื่อไฟล์ให้ขึ้นต้นด้วยวันที่ เช่น YYYY-MM-DD-{slug}.md (ปี พ.ศ.-เดือน-วัน เป็นตัวเลข) หรือเพิ่ม date ในส่วนหัว"),
                        format!("begin the file's name with its date, such as YYYY-MM-DD-{slug}.md (year, month and day in digits), or give date in its head"),
                    )),
                );
                continue;
            };
            let slug = if slug.is_empty() { name } else { slug };
            let address = format!(
                "news/{:04}-{:02}-{:02}-{slug}/",
                date.year_be(),
                date.month(),
                date.day()
            );
            items.push(NewsItem {
                page: index,
                date,
                address: address.into(),
            });
        }
        items.sort_by(|a, b| (b.date, &a.address).cmp(&(a.date, &b.address)));
        for item in &items {
            let place = site.content.news.get(item.page).map(|p| p.page.place());
            let kind = Kind::News(item.page);
            let address = item.address.to_string();
            self.add(site, &address, Lang::Th, kind, place);
        }
        site.news_places = items
            .iter()
            .enumerate()
            .map(|(at, item)| (item.page, at))
            .collect();
        site.news = items;
    }

    pub(super) fn free_pages(&mut self, site: &mut Site) {
        for index in 0..site.content.pages.len() {
            let Some(file) = site.content.pages.get(index) else {
                continue;
            };
            if !site.is_visible(&file.page) {
                continue;
            }
            let key = file.key.strip_prefix("pages/").unwrap_or(&file.key);
            let key = key.strip_suffix("/index").unwrap_or(key);
            let (address, place) = (format!("{key}/"), file.page.place());
            if file.page.title.is_none()
                && file
                    .page
                    .outline
                    .headings
                    .first()
                    .is_none_or(|h| h.level != 1)
            {
                self.found.push(
                    Diagnostic::error(
                        "missing-field",
                        Say::new("หน้านี้ไม่มีชื่อเรื่อง", "this page has no title"),
                    )
                    .at(place.clone())
                    .hint(if file.page.body.start > 0 {
                        Say::new("เพิ่มในส่วนหัว:", "add to its head:").typing("title = \"…\"")
                    } else {
                        Say::new("เริ่มไฟล์ด้วยส่วนหัว:", "begin the file with a head:")
                            .typing("+++\ntitle = \"…\"\n+++")
                    }),
                );
            }
            self.add(site, &address, Lang::Th, Kind::Free(index), Some(place));
        }
    }

    /// Each English page stands beside its Thai counterpart.
    pub(super) fn english(&mut self, site: &mut Site) {
        if !site.content.settings.english {
            return;
        }
        let keys: Vec<Arc<str>> = site.content.english.keys().cloned().collect();
        for key in keys {
            let Some(page) = site.english(&key) else {
                continue;
            };
            let place = page.place();
            let route = site
                .address_of_key(&key)
                .and_then(|a| site.routes.get(&a))
                .cloned();
            match route {
                Some(route) => {
                    if matches!(route.kind, Kind::Home | Kind::Contact | Kind::People) {
                        continue;
                    }
                    self.add(
                        site,
                        &format!("en/{}", route.address),
                        Lang::En,
                        route.kind,
                        Some(place),
                    );
                }
                None => self.found.push(
                    Diagnostic::error(
                        "english-alone",
                        Say::new(
                            format!("ไม่มีหน้าภาษาไทยที่คู่กับหน้านี้ (content/{key}.md)"),
                            format!("this English page has no Thai counterpart (content/{key}.md)"),
                        ),
                    )
                    .at(place),
                ),
            }
        }
    }

    /// Pages that records alone make.
    pub(super) fn data_pages(&mut self, site: &mut Site) {
        let years: Vec<u16> = site.years.keys().copied().collect();
        for year in years {
            let has_eit = site
                .content
                .years
                .get(&year)
                .is_some_and(|f| f.record.eit.is_some());
            if has_eit {
                self.add(
                    site,
                    &format!("{year}/eit/"),
                    Lang::Th,
                    Kind::Eit(year),
                    None,
                );
                if site.content.settings.english {
                    self.add(
                        site,
                        &format!("en/{year}/eit/"),
                        Lang::En,
                        Kind::Eit(year),
                        None,
                    );
                }
            }
            if site
                .years
                .get(&year)
                .is_some_and(|y| y.measures.is_some() || y.report.is_some())
            {
                self.add(
                    site,
                    &format!("{year}/progress/"),
                    Lang::Th,
                    Kind::Progress(year),
                    None,
                );
            }
        }
        let fiscal: Vec<(u16, Vec<(u8, String)>)> = site
            .procurement
            .values()
            .map(|p| {
                let months = p
                    .months
                    .iter()
                    .filter(|m| !m.rows.is_empty() || m.none.is_some())
                    .map(|m| (m.month.fiscal_index(), m.month.key()))
                    .collect();
                (p.fiscal_year, months)
            })
            .collect();
        for (fy, months) in fiscal {
            self.add(
                site,
                &format!("{fy}/procurement/"),
                Lang::Th,
                Kind::Procurement(fy),
                None,
            );
            for (index, key) in months {
                let address = format!("{fy}/procurement/{key}/");
                self.add(
                    site,
                    &address,
                    Lang::Th,
                    Kind::ProcurementMonth(fy, index),
                    None,
                );
            }
        }
    }
}

/// A name that begins with three numbers that are no day.
fn no_such_day(name: &str) -> Option<Say> {
    let mut numbers = name.splitn(4, '-').map(str::parse::<u32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) =
        (numbers.next(), numbers.next(), numbers.next())
    else {
        return None;
    };
    let written = name.split('-').take(3).collect::<Vec<_>>().join("-");
    if !(1..=12).contains(&month) {
        return Some(Say::new(
            format!("ชื่อไฟล์ขึ้นต้นด้วย {written} แต่ไม่มีเดือนที่ {month}"),
            format!("the file's name begins with {written}, but there is no month {month}"),
        ));
    }
    let error = Date::parse(&format!("{year:04}-{month:02}-{day:02}")).err()?;
    Some(Say::new(error.th(), error.en()))
}
