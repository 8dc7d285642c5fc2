//! What a page says of itself to machines: its name in a tab and in search
//! results, its description, and structured data (schema.org, JSON-LD 1.1).

use serde_json::{Value, json};

use crate::catalogue::TopicKind;
use crate::diagnostic::Lang;
use crate::site::address::{Kind, Route};

use super::format::Page;
use super::view::{FileEntry, Html, PageView, Section};

/// What a page may load and where it may send: only from and to its own host.
/// Fit for `<meta>`; hosts that send headers add `frame-ancestors`.
pub const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'";

/// Names and describes a page so that no other page has the same words: a
/// disclosure comes again each year.
pub fn describe(page: &Page<'_>, route: &Route, view: &mut PageView) {
    let year = route
        .kind
        .year()
        .filter(|y| !says_year(&view.title, *y))
        .map(|y| super::build::year_title(page, y));
    view.name = match &year {
        Some(year) => format!("{} – {year}", view.title),
        None => view.title.clone(),
    };
    if view.description.is_empty() {
        let agency = page.words(&page.site.content.settings.agency.name);
        view.description = match page.lang {
            Lang::Th => format!("{} ของ{agency}", view.name),
            Lang::En => format!("{}, {agency}", view.name),
        };
    } else if let Some(year) = route
        .kind
        .year()
        .filter(|y| !says_year(&view.description, *y))
    {
        let year = super::build::year_title(page, year);
        view.description.push_str(&format!(" ({year})"));
    }
    view.json_ld = structured(page, route, view)
        .into_iter()
        .map(|value| in_script(&value))
        .collect();
}

fn says_year(text: &str, year: u16) -> bool {
    let year = year.to_string();
    text.contains(&year) || text.contains(&*crate::thai::to_thai(&year))
}

/// JSON inside a script element: `<` could end it.
fn in_script(value: &Value) -> Html {
    value.to_string().replace('<', "\\u003c")
}

fn structured(page: &Page<'_>, route: &Route, view: &PageView) -> Vec<Value> {
    let mut all = Vec::new();
    match &route.kind {
        Kind::Redirect(_) | Kind::NotFound => return all,
        Kind::Home => {
            all.push(organisation(page));
            all.push(website(page, view));
        }
        Kind::News(_) => all.push(about(page, view, "NewsArticle", "headline")),
        Kind::Topic(year, topic) => {
            let kind = page
                .site
                .years
                .get(year)
                .and_then(|y| y.topics.get(*topic))
                .filter(|t| t.is_published())
                .map(|t| t.kind);
            match kind {
                Some(TopicKind::MeasuresReport) => all.push(about(page, view, "Report", "name")),
                Some(
                    TopicKind::Budget | TopicKind::Procurement | TopicKind::ComplaintStatistics,
                ) => all.extend(dataset(page, view)),
                _ => {}
            }
        }
        Kind::Procurement(_) => all.extend(dataset(page, view)),
        _ => {}
    }
    all.extend(questions(view));
    all.extend(breadcrumbs(page, view));
    all
}

fn organisation_id(page: &Page<'_>) -> String {
    format!("{}/#agency", page.site.base_url)
}

fn organisation(page: &Page<'_>) -> Value {
    let site = page.site;
    let agency = &site.content.settings.agency;
    let mut address = json!({
        "@type": "PostalAddress",
        "streetAddress": page.words(&agency.address),
        "addressRegion": page.words(&agency.province),
        "addressCountry": "TH",
    });
    if let Some(district) = &agency.district {
        address["addressLocality"] = page.words(district).into();
    }
    if let Some(code) = &agency.postcode {
        address["postalCode"] = code.as_str().into();
    }
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": organisation_id(page),
        "name": page.words(&agency.name),
        "url": format!("{}/", site.base_url),
        "address": address,
    });
    let phone = super::format::phone_href(&agency.phone).replace("tel:", "");
    if !phone.is_empty() {
        value["telephone"] = phone.into();
    }
    if let Some(fax) = &agency.fax {
        value["faxNumber"] = fax.as_str().into();
    }
    if let Some(email) = &agency.email {
        value["email"] = email.as_str().into();
    }
    if let Some(short) = &agency.short_name {
        value["alternateName"] = page.words(short).into();
    }
    if let Some(logo) = agency.logo.as_ref().and_then(|l| page.href(l)) {
        value["logo"] = absolute(page, &logo).into();
    }
    if let Some(ministry) = &agency.ministry {
        value["parentOrganization"] =
            json!({ "@type": "GovernmentOrganization", "name": page.words(ministry) });
    }
    value
}

fn website(page: &Page<'_>, view: &PageView) -> Value {
    json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": page.words(&page.site.content.settings.agency.name),
        "url": view.canonical,
        "inLanguage": page.lang.id(),
        "publisher": { "@id": organisation_id(page) },
    })
}

/// A work of the agency: the page is it.
fn about(page: &Page<'_>, view: &PageView, kind: &str, name: &str) -> Value {
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": kind,
        "@id": view.canonical,
        "url": view.canonical,
        "description": view.description,
        "inLanguage": page.lang.id(),
        "publisher": publisher(page),
    });
    value[name] = view.name.as_str().into();
    if kind == "NewsArticle" {
        value["mainEntityOfPage"] = view.canonical.as_str().into();
    }
    if let Some(day) = &view.published {
        value["datePublished"] = day.iso.as_str().into();
    }
    if let Some(day) = &view.updated {
        value["dateModified"] = day.iso.as_str().into();
    }
    value
}

fn publisher(page: &Page<'_>) -> Value {
    json!({
        "@type": "GovernmentOrganization",
        "@id": organisation_id(page),
        "name": page.words(&page.site.content.settings.agency.name),
    })
}

/// A page of records whose files a machine can read; none without such files.
fn dataset(page: &Page<'_>, view: &PageView) -> Option<Value> {
    let files: Vec<Value> = files_of(&view.sections)
        .filter_map(|f| {
            let kind = match f.href.rsplit('.').next()? {
                "csv" => "text/csv",
                "json" => "application/json",
                "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                _ => return None,
            };
            Some(json!({
                "@type": "DataDownload",
                "name": f.title,
                "encodingFormat": kind,
                "contentUrl": absolute(page, &f.href),
            }))
        })
        .collect();
    if files.is_empty() {
        return None;
    }
    let mut value = about(page, view, "Dataset", "name");
    value["creator"] = publisher(page);
    value["isAccessibleForFree"] = true.into();
    value["distribution"] = files.into();
    if let Some(licence) = &page.site.content.settings.licence_url {
        value["license"] = licence.as_str().into();
    }
    Some(value)
}

fn files_of(sections: &[Section]) -> impl Iterator<Item = &FileEntry> {
    sections
        .iter()
        .filter_map(|s| match s {
            Section::Files { items, .. } => Some(items),
            _ => None,
        })
        .flatten()
}

fn questions(view: &PageView) -> Option<Value> {
    let entries: Vec<Value> = view
        .sections
        .iter()
        .filter_map(|s| match s {
            Section::Questions { items, .. } => Some(items),
            _ => None,
        })
        .flatten()
        .map(|q| {
            json!({
                "@type": "Question",
                "name": q.question,
                "acceptedAnswer": { "@type": "Answer", "text": q.answer },
            })
        })
        .collect();
    (!entries.is_empty()).then(|| {
        json!({
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "url": view.canonical,
            "mainEntity": entries,
        })
    })
}

fn breadcrumbs(page: &Page<'_>, view: &PageView) -> Option<Value> {
    if view.crumbs.is_empty() {
        return None;
    }
    let above = view.crumbs.iter().map(|c| {
        let item = c.href.as_deref().map(|h| absolute(page, h));
        (c.title.as_str(), item)
    });
    let own = std::iter::once((view.title.as_str(), Some(view.canonical.clone())));
    let entries: Vec<Value> = above
        .chain(own)
        .enumerate()
        .map(|(index, (name, item))| {
            let mut entry = json!({ "@type": "ListItem", "position": index + 1, "name": name });
            if let Some(item) = item {
                entry["item"] = item.into();
            }
            entry
        })
        .collect();
    Some(json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": entries,
    }))
}

/// The full address behind a link that starts at this page.
fn absolute(page: &Page<'_>, href: &str) -> String {
    match href.strip_prefix(&page.linker.root) {
        Some(inside) => {
            let inside = inside.strip_suffix("index.html").unwrap_or(inside);
            format!("{}/{inside}", page.site.base_url)
        }
        None => href.to_string(),
    }
}
