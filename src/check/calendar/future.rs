//! Documents can't bear a day that has not come.

use crate::content::FOLDER;
use crate::content::page::Page;
use crate::diagnostic::{Place, Severity};
use crate::fields::Written;
use crate::site::Site;
use crate::thai::Date;

use super::{Context, Finding, Found, field, finding, last_day};

/// So many days within the site's own years that have not come: it is the day
/// of the check that is an early one.
const MANY: usize = 4;

pub fn check(context: &Context<'_>, found: &mut Found) {
    let mut all = Found::default();
    each(context, &mut all);
    let site = context.site;
    let today = site.options.today;
    let last = site.years.keys().next_back().copied();
    let end = last.and_then(last_day);
    all.gather(MANY, |finding| {
        let date = finding.date?;
        (Some(date) <= end).then_some(date)
    }, |dates| {
        let count = dates.len();
        let (first, last) = (dates.first()?, dates.last()?);
        let mut one = finding(
            "future-date",
            format!(
                "ตรวจ ณ วันที่ {} ซึ่งก่อนวันที่ในหน้า {count} แห่ง ({} ถึง {}) ผลการตรวจจึงเป็นของข้อมูลที่มีอยู่ตอนนี้ ไม่ใช่ของวันนั้น",
                today.thai_long(), first.thai_long(), last.thai_long()
            ),
            format!(
                "judged as of {}, before {count} days on pages ({} to {}): what is judged is what stands there now, not what stood there then",
                today.english_long(), first.english_long(), last.english_long()
            ),
        )
        .hint(
            "สั่งโดยไม่ใส่ --today เพื่อตรวจ ณ วันนี้ หรือดูว่านาฬิกาของเครื่องถูกต้อง",
            "leave out --today to judge as of today, or look whether this machine's clock is right",
        );
        one.diagnostic.severity = Severity::Advice;
        Some(one)
    });
    found.merge(all);
}

fn each(context: &Context<'_>, found: &mut Found) {
    let site = context.site;
    let content = &site.content;
    for &year in &context.years {
        let Some(folder) = content.years.get(&year) else {
            continue;
        };
        for file in &folder.pages {
            page(site, &file.page, Some(year), found);
        }
        let record = &folder.record;
        let file = format!("{FOLDER}/{year}/year.toml");
        let dates = [
            (&record.budget_as_of, "budget"),
            (&record.procurement_as_of, "procurement"),
            (&record.complaints_as_of, "complaints"),
        ];
        for (date, table) in dates {
            tell(
                site,
                date.as_ref(),
                &file,
                &[table, "as_of"],
                Some(year),
                found,
            );
        }
        let names = ["result", "announced"];
        tell(
            site,
            record.announced.as_ref(),
            &file,
            &names,
            Some(year),
            found,
        );
        for (document, name) in [
            (&folder.measures, "measures.toml"),
            (&folder.report, "measures-report.toml"),
        ] {
            let file = format!("{FOLDER}/{year}/{name}");
            let Some(document) = document else { continue };
            if let Some(memo) = &document.memo {
                tell(
                    site,
                    memo.date.as_ref(),
                    &file,
                    &["memo", "date"],
                    Some(year),
                    found,
                );
            }
            for row in &document.rows {
                tell_at(
                    site,
                    row.as_of.as_ref(),
                    || row.place.clone(),
                    Some(year),
                    found,
                );
            }
        }
    }
    for file in content.pages.iter().chain(&content.news) {
        page(site, &file.page, None, found);
    }
}

fn page(site: &Site, page: &Page, year: Option<u16>, found: &mut Found) {
    if !site.is_visible(page) {
        return;
    }
    let file = &*page.file;
    let extras = &page.extras;
    let dates = [
        (&page.updated, "updated"),
        (&extras.date, "date"),
        (&extras.published, "published"),
    ];
    for (date, key) in dates {
        tell(site, date.as_ref(), file, &[key], year, found);
    }
    for (index, attachment) in extras.files.iter().enumerate() {
        let names = ["files", &index.to_string(), "date"];
        tell(site, attachment.date.as_ref(), file, &names, year, found);
    }
}

fn tell(
    site: &Site,
    date: Option<&Written<Date>>,
    file: &str,
    names: &[&str],
    year: Option<u16>,
    found: &mut Found,
) {
    tell_at(site, date, || field(site, file, names), year, found);
}

fn tell_at(
    site: &Site,
    date: Option<&Written<Date>>,
    place: impl FnOnce() -> Place,
    year: Option<u16>,
    found: &mut Found,
) {
    let Some(date) = date.filter(|d| d.value > site.options.today) else {
        return;
    };
    let one = finding(
        "future-date",
        format!("วันที่ {} ยังมาไม่ถึง", date.value.thai_long()),
        format!("{} has not come yet", date.value.english_long()),
    )
    .at(place());
    let one = Finding {
        date: Some(date.value),
        ..one
    };
    found.push(match year {
        Some(year) => one.of_year(year),
        None => one,
    });
}
