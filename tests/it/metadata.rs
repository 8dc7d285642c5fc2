//! What pages say of themselves to machines, and the files for hosts.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use prongsai::diagnostic::Lang;
use prongsai::files::{Files, MemoryFiles};
use prongsai::render::drawn::Picture;
use prongsai::site::load;
use prongsai::thai::Date;
use serde_json::Value;

use crate::help::{base, built, built_with, options, swap, tree};

/// The example municipality.
fn example() -> MemoryFiles {
    tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"))
        .into_iter()
        .map(|(path, bytes)| (format!("content/{path}"), bytes))
        .collect()
}

fn scripts(html: &str) -> Vec<Value> {
    html.split("<script type=\"application/ld+json\">")
        .skip(1)
        .map(|rest| {
            let json = rest.split("</script>").next().expect("an end");
            serde_json::from_str(json).expect("JSON")
        })
        .collect()
}

/// What Google and schema.org ask of each type at least.
fn required(kind: &str) -> &'static [&'static str] {
    match kind {
        "GovernmentOrganization" => &["name"],
        "WebSite" => &["name", "url", "publisher"],
        "BreadcrumbList" => &["itemListElement"],
        "ListItem" => &["position", "name", "item"],
        "Dataset" => &["name", "description", "creator", "distribution", "url"],
        "DataDownload" => &["contentUrl", "encodingFormat"],
        "Report" => &["name", "url", "publisher"],
        "NewsArticle" => &["headline", "datePublished", "publisher"],
        "FAQPage" => &["mainEntity"],
        "Question" => &["name", "acceptedAnswer"],
        "Answer" => &["text"],
        "PostalAddress" => &["streetAddress", "addressCountry"],
        other => panic!("{other} is no type that pages use"),
    }
}

fn judge(value: &Value, page: &str, seen: &mut BTreeSet<String>, addresses: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| judge(v, page, seen, addresses)),
        Value::Object(fields) => {
            if let Some(kind) = fields.get("@type").and_then(Value::as_str) {
                seen.insert(kind.to_string());
                for field in required(kind) {
                    let there = fields
                        .get(*field)
                        .is_some_and(|v| *v != Value::Null && v != "");
                    assert!(there, "{kind} of {page} has no {field}");
                }
            }
            for (name, inner) in fields {
                if matches!(name.as_str(), "item" | "url" | "contentUrl" | "logo") {
                    addresses.push(inner.as_str().expect("an address").to_string());
                }
                judge(inner, page, seen, addresses);
            }
        }
        _ => {}
    }
}

#[test]
fn structured_data_has_what_each_type_needs_and_leads_to_what_is_there() {
    let built = built(example());
    let (mut seen, mut addresses) = (BTreeSet::new(), Vec::new());
    for (page, html) in built.all_pages() {
        for value in scripts(html) {
            assert_eq!(value["@context"], "https://schema.org", "{page}");
            judge(&value, page, &mut seen, &mut addresses);
        }
    }
    for kind in [
        "GovernmentOrganization",
        "BreadcrumbList",
        "Dataset",
        "Report",
        "FAQPage",
        "NewsArticle",
    ] {
        assert!(seen.contains(kind), "no page has a {kind}");
    }
    for address in addresses {
        let inside = address
            .strip_prefix("https://thansommut.example.go.th/")
            .unwrap_or_else(|| panic!("{address} is not of this site"));
        let file = match inside {
            "" => "index.html".to_string(),
            folder if folder.ends_with('/') => format!("{folder}index.html"),
            file => file.to_string(),
        };
        assert!(built.outputs.contains_key(&file), "{address} leads nowhere");
    }
}

#[test]
fn a_disclosure_of_each_year_has_a_title_and_a_description_of_its_own() {
    let built = built(example());
    for what in ["<title>", "<meta name=\"description\" content=\""] {
        let mut seen = BTreeSet::new();
        for (page, html) in built.all_pages() {
            if html.contains("http-equiv=\"refresh\"") {
                continue;
            }
            let words = html.split(what).nth(1).unwrap_or_else(|| panic!("{page}"));
            let words = words.split(['<', '"']).next().expect("words");
            assert!(
                !words.is_empty() && seen.insert(words.to_string()),
                "{page}: {words}"
            );
        }
    }
}

#[test]
fn hosts_get_the_policy_that_pages_carry_and_the_moved_addresses() {
    let built = built(base());
    let page = built.page("index.html").replace("&#39;", "'");
    let policy = page
        .split("Content-Security-Policy\" content=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
    for file in ["_headers", ".htaccess", "nginx.conf"] {
        let text = built.page(file);
        assert!(
            text.contains(&format!("{policy}; frame-ancestors 'none'")),
            "{file}"
        );
    }
    assert!(built.page("_headers").starts_with("/web/*\n"));
    let moved = built.page("_redirects").lines().count();
    assert!(moved > 0);
    assert_eq!(
        built.page(".htaccess").matches("RedirectMatch 301").count(),
        moved
    );
    assert_eq!(
        built.page("nginx.conf").matches("return 301").count(),
        moved
    );
    assert!(
        built
            .page(".htaccess")
            .contains("ErrorDocument 404 /web/404.html")
    );
}

#[test]
fn a_site_that_opens_from_a_folder_has_no_policy_in_its_pages() {
    let mut options = options();
    options.portable = true;
    let built = built_with(base(), options);
    assert!(!built.page("index.html").contains("Content-Security-Policy"));
}

#[test]
fn security_txt_ends_with_the_newest_year_whatever_the_day() {
    let mut later = options();
    later.today = Date::new(2030, 5, 1).expect("a day");
    let built = [built(base()), built_with(base(), later)];
    let text = built[0].page(".well-known/security.txt");
    assert!(text.contains("Expires: 2025-12-31T16:59:59Z\n"), "{text}");
    assert!(text.starts_with("Contact: "), "{text}");
    assert_eq!(text, built[1].page(".well-known/security.txt"));
}

#[test]
fn pictures_are_drawn_the_same_each_time_and_in_their_size() {
    let files: Arc<dyn Files> = Arc::new(example());
    let site = load(files, options()).site;
    let size = |png: &[u8]| {
        assert_eq!(&png[1..4], b"PNG");
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four"));
        (number(16), number(20))
    };
    let card = Picture::Card(Lang::Th).bytes(&site).expect("a card");
    assert_eq!(size(&card), (1200, 630));
    assert_eq!(Picture::Card(Lang::Th).bytes(&site).as_ref(), Some(&card));
    assert_ne!(Picture::Card(Lang::En).bytes(&site), Some(card));
    let icon = Picture::Icon(192).bytes(&site).expect("an icon");
    assert_eq!(size(&icon), (192, 192));
    let favicon = Picture::Favicon.bytes(&site).expect("an icon");
    assert_eq!(size(&favicon[22..]), (48, 48));
    // Without a logo the icon is a letter, not nothing.
    let mut files = example();
    swap(
        &mut files,
        "content/site.toml",
        "logo = \"files/logo.svg\"\n",
        "",
    );
    let bare = load(Arc::new(files), options()).site;
    let letter = Picture::Icon(192).bytes(&bare).expect("an icon");
    assert!(size(&letter) == (192, 192) && letter != icon);
}
