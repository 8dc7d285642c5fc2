//! Takes every element of the example's complete year away, one at a time: the
//! check must see each.

use std::sync::Arc;

use prongsai::check::{Request, run};
use prongsai::files::{Files, FrozenFiles, MemoryFiles};
use prongsai::output;
use prongsai::render::Renderer;
use prongsai::site::{Site, load};
use rayon::prelude::*;

use super::elements::text_of;
use super::example;
use crate::help::options;

const YEAR: u16 = 2568;

/// What the program itself makes true, whatever the files say.
const ALWAYS: &[&str] = &[
    "reachable-from-main-site",
    // Without these in site.toml nothing loads.
    "address",
    "phone",
];

/// An element of an item, by ids.
#[derive(Clone, Debug)]
struct Wanted {
    item: String,
    element: String,
    topics: Vec<String>,
}

fn site_of(files: &MemoryFiles) -> Site {
    load(Arc::new(files.clone()), options()).site
}

fn elements(site: &Site) -> Vec<Wanted> {
    let catalogue = site.catalogue(YEAR).expect("a catalogue");
    catalogue
        .items
        .iter()
        .flat_map(|item| {
            item.elements.iter().map(|element| Wanted {
                item: item.id.to_string(),
                element: element.id.clone(),
                topics: item.topics.iter().map(ToString::to_string).collect(),
            })
        })
        .collect()
}

fn is_shown(site: &Site, wanted: &Wanted) -> bool {
    let catalogue = site.catalogue(YEAR).expect("a catalogue");
    let index = catalogue
        .items
        .iter()
        .position(|i| i.id.to_string() == wanted.item);
    let index = index.expect("an item");
    let Some(year) = site.years.get(&YEAR) else {
        return false;
    };
    let disclosure = &year.disclosures[index];
    let element = catalogue.items[index]
        .elements
        .iter()
        .position(|e| e.id == wanted.element);
    disclosure
        .checks
        .iter()
        .find(|c| Some(c.element) == element)
        .is_some_and(|c| c.state.is_satisfied())
}

/// Whether the check has a finding about the item.
fn is_missed(files: &MemoryFiles, item: &str) -> bool {
    let files: Arc<dyn Files> = Arc::new(FrozenFiles::take(Arc::new(files.clone())));
    let loaded = load(files, options());
    let (renderer, _) = Renderer::new(Arc::new(loaded.site));
    let renderer = renderer.without_files();
    let outputs = output::list(&renderer);
    let request = Request {
        years: vec![YEAR],
        ..Request::default()
    };
    let checked = run(
        &renderer,
        &outputs,
        Default::default(),
        &loaded.diagnostics,
        &request,
    );
    checked
        .findings
        .iter()
        .any(|f| f.item.as_deref() == Some(item))
}

fn edit_head(text: &str, edit: impl Fn(&mut toml::Table)) -> String {
    let mut parts = text.splitn(3, "+++");
    let (_, head, body) = (parts.next(), parts.next(), parts.next());
    let (Some(head), Some(body)) = (head, body) else {
        return text.to_string();
    };
    let Ok(mut table) = toml::from_str::<toml::Table>(head) else {
        return text.to_string();
    };
    edit(&mut table);
    format!("+++\n{table}+++{body}")
}

/// Takes ever more away; each step is a site of its own.
fn steps(good: &MemoryFiles, wanted: &Wanted) -> Vec<MemoryFiles> {
    let names: Vec<String> = good
        .list()
        .entries
        .iter()
        .map(|e| e.path.to_string())
        .collect();
    // A topic's page, and the pages below it.
    let is_of_topic = |name: &&String| {
        wanted.topics.iter().any(|topic| {
            let page = format!("content/{YEAR}/{topic}");
            **name == format!("{page}.md")
                || (name.starts_with(&format!("{page}/")) && name.ends_with(".md"))
        })
    };
    let pages: Vec<String> = names.iter().filter(is_of_topic).cloned().collect();
    let mut files = good.clone();
    let mut all = Vec::new();
    // The webmaster's word for it, and the place that bears its name.
    for page in &pages {
        let text = edit_head(&text_of(&files, page), |head| {
            if let Some(shows) = head.get_mut("shows").and_then(toml::Value::as_table_mut) {
                shows.remove(&wanted.element);
            }
            for table in head
                .get_mut("table")
                .and_then(toml::Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                if let Some(table) = table.as_table_mut()
                    && table.get("id").and_then(toml::Value::as_str) == Some(&wanted.element)
                {
                    table.insert("id".into(), "another".into());
                }
            }
            if let Some(none) = head.get_mut("none") {
                *none = toml::Value::Array(Vec::new());
            }
        });
        files.put(
            page.as_str(),
            text.replace(&format!("{{#{}}}", wanted.element), ""),
        );
    }
    all.push(files.clone());
    // What proves it by itself: facts of the head, tables.
    for page in &pages {
        let text = edit_head(&text_of(&files, page), |head| {
            for key in [
                "period",
                "date",
                "fiscal_year",
                "signed_by",
                "table",
                "none",
                "questions",
                "files",
                "links",
            ] {
                head.remove(key);
            }
        });
        let without: Vec<&str> = text
            .lines()
            .filter(|l| !l.trim_start().starts_with('|'))
            .collect();
        files.put(page.as_str(), without.join("\n"));
    }
    all.push(files.clone());
    // The records.
    for name in &names {
        let stem = name
            .rsplit('/')
            .next()
            .and_then(|n| n.split('.').next())
            .unwrap_or_default();
        let dataset = [
            "people",
            "units",
            "channels",
            "budget",
            "procurement",
            "complaints",
            "measures",
            "measures-report",
        ];
        if dataset.contains(&stem) && !name.contains("/files/") || name.starts_with("content/news/")
        {
            files.remove(name);
        }
    }
    let settings = text_of(&files, "content/site.toml");
    let settings: Vec<&str> = settings
        .lines()
        .filter(|l| !["email", "map", "fax"].iter().any(|k| l.starts_with(k)))
        .collect();
    files.put("content/site.toml", settings.join("\n"));
    all.push(files.clone());
    // The pages themselves.
    for page in &pages {
        files.remove(page);
    }
    all.push(files);
    all
}

#[test]
fn every_element_of_the_complete_year_that_is_taken_away_is_missed() {
    let good = example();
    let all = elements(&site_of(&good));
    let results: Vec<(Wanted, Option<bool>)> = all
        .par_iter()
        .map(|wanted| {
            for step in steps(&good, wanted) {
                if !is_shown(&site_of(&step), wanted) {
                    return (wanted.clone(), Some(is_missed(&step, &wanted.item)));
                }
            }
            (wanted.clone(), None)
        })
        .collect();
    let name = |w: &Wanted| format!("{} {}", w.item, w.element);
    let unseen: Vec<String> = results
        .iter()
        .filter(|(_, r)| *r == Some(false))
        .map(|(w, _)| name(w))
        .collect();
    let never: Vec<&Wanted> = results
        .iter()
        .filter(|(_, r)| r.is_none())
        .map(|(w, _)| w)
        .collect();
    let taken = results.iter().filter(|(_, r)| r.is_some()).count();
    println!(
        "{taken} of {} elements taken away, {} seen",
        all.len(),
        taken - unseen.len()
    );
    assert!(taken > 110, "{taken}");
    assert!(unseen.is_empty(), "{unseen:#?}");
    let odd: Vec<String> = never
        .into_iter()
        .filter(|w| !ALWAYS.contains(&w.element.as_str()))
        .map(name)
        .collect();
    assert!(odd.is_empty(), "could not be taken away: {odd:#?}");
}
