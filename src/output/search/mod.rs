//! The search index: small scripts that the search page fetches as it needs
//! them, which works from a folder too.
//!
//! For each language there are, in `assets/search/LANG/`:
//! - `index.js`: what is known of every page in six letters, and where the
//!   shards begin;
//! - `s0.js`, `s1.js`, …: the terms in order, each with its postings;
//! - `t0.js`, `t1.js`, …: title, address and words of each page, by its number;
//!   a long page's later parts in `t0-1.js`, `t0-2.js`, … say both again.
//!
//! The format is read by `themes/default/assets/search.js`.

mod shards;
mod text;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError, RwLock};

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::Serialize;

use crate::content::agency::Side;
use crate::diagnostic::Lang;
use crate::files::digest;
use crate::render::Renderer;
use crate::render::links::encode_path;
use crate::site::Site;
use crate::site::address::{Address, Kind, Route, file_of};
use crate::site::people;
use crate::thai::{Term, fold, terms};

use super::{Content, Outputs, Source, make};
use shards::{Level, Posting, Standing, shards};
use text::{Block, Words};

/// By terms, of which a page has thousands: a map for which one look is enough
/// and that hashes short texts fast. Terms come from the site's own pages, so
/// nobody can choose them to collide.
type ByTerm<T> = hashbrown::HashMap<String, T, FixedState>;

/// The folder of the index in the website.
pub const FOLDER: &str = "assets/search/";

/// A file of the index: its path and bytes.
pub type File = (String, Vec<u8>);

/// Words of one part of a page, in bytes: as much as is worth fetching for one
/// excerpt.
const PART: usize = 3_600;
/// A part this long ends where a heading begins.
const SHORT_PART: usize = 1_800;
/// Most parts of a page: they are told apart by the bits of a number that
/// scripts can shift.
const MOST_PARTS: usize = 30;

/// What people call a post, as the beginning of its title.
const SHORT_POSTS: &[&str] = &["นายก", "รองนายก", "ปลัด", "รองปลัด"];

/// Takes in pages, from any number of threads in any order, and makes the
/// same index.
pub struct Index<'r> {
    site: &'r Site,
    trees: Vec<Tree>,
}

/// The pages of one language.
struct Tree {
    lang: Lang,
    pages: Vec<Address>,
    /// Of each file of a page, its number.
    numbers: HashMap<String, usize>,
    /// Tells a numbering of pages from others: what a browser kept of another
    /// one must not be mixed with this.
    numbering: String,
    known: RwLock<ByTerm<u32>>,
    found: Mutex<Vec<Found>>,
}

/// What is kept of a page that was taken in.
struct Found {
    page: u32,
    parts: usize,
    title_terms: usize,
    /// Of its words.
    digest: [u8; 8],
    /// Number of the term, and how it stands in the page.
    terms: Vec<(u32, Standing)>,
}

/// One part of a page as the browser gets it.
#[derive(Serialize)]
struct PageText<'t> {
    #[serde(rename = "t")]
    title: &'t str,
    #[serde(rename = "u")]
    address: &'t str,
    #[serde(rename = "p")]
    part: &'t Part,
}

#[derive(Default, Serialize)]
struct Part {
    #[serde(rename = "a")]
    anchor: String,
    #[serde(rename = "x")]
    text: String,
    #[serde(skip)]
    files: String,
    #[serde(skip)]
    headings: String,
}

impl<'r> Index<'r> {
    /// An empty index of all pages that a reader may find.
    pub fn new(renderer: &'r Renderer) -> Index<'r> {
        let site = &*renderer.site;
        let trees = [Lang::Th, Lang::En]
            .into_iter()
            .map(|lang| Tree::new(site, lang))
            .filter(|tree| !tree.pages.is_empty())
            .collect();
        Index { site, trees }
    }

    /// Takes in the finished page of the output `path`; gives the files that
    /// hold its words.
    pub fn page(&self, path: &str, html: &[u8]) -> Vec<File> {
        let found = self
            .trees
            .iter()
            .find_map(|tree| Some((tree, *tree.numbers.get(path)?)));
        let (Some((tree, number)), Some(words)) = (found, text::words(html)) else {
            return Vec::new();
        };
        let Some(route) = tree.pages.get(number).and_then(|a| self.site.routes.get(a)) else {
            return Vec::new();
        };
        let parts = parts(&words.blocks);
        let files = tree.text_files(self.site, number, route, &words, &parts);
        let mut all = blake3::Hasher::new();
        for (_, bytes) in &files {
            all.update(bytes);
        }
        let mut digest = [0; 8];
        all.finalize_xof().fill(&mut digest);
        let of_page = PageTerms::new(self.site, route, &words, &parts, tree);
        let found = Found {
            page: u32::try_from(number).unwrap_or(u32::MAX),
            parts: parts.len().max(1),
            title_terms: of_page.title_terms,
            digest,
            terms: of_page.numbered,
        };
        tree.found
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(found);
        files
    }

    /// The files that depend on all pages.
    pub fn finish(&self) -> Vec<File> {
        let site = self.site;
        self.trees
            .par_iter()
            .flat_map(|tree| tree.finish(site))
            .collect()
    }
}

/// The whole index of a site whose pages nobody has made yet.
pub fn all(renderer: &Renderer, outputs: &Outputs) -> BTreeMap<String, Vec<u8>> {
    let index = Index::new(renderer);
    let mut files: BTreeMap<String, Vec<u8>> = outputs
        .par_iter()
        .filter(|(_, source)| matches!(source, Source::Page(_)))
        .flat_map_iter(|(path, source)| {
            let made = make(renderer, source);
            match &made.content {
                Content::Bytes(bytes) if !made.is_cut() => index.page(path, bytes),
                _ => Vec::new(),
            }
        })
        .collect();
    files.extend(index.finish());
    files
}

impl Tree {
    fn new(site: &Site, lang: Lang) -> Tree {
        let is_found =
            |route: &&Route| !matches!(route.kind, Kind::NotFound | Kind::Search | Kind::Poster(_));
        let pages: Vec<Address> = site
            .routes_of(lang)
            .filter(is_found)
            .map(|route| route.address.clone())
            .collect();
        let numbers = pages.iter().enumerate().map(|(n, a)| (file_of(a), n));
        Tree {
            lang,
            numbering: short(digest(pages.join("\n").as_bytes()).to_string()),
            numbers: numbers.collect(),
            pages,
            known: RwLock::default(),
            found: Mutex::default(),
        }
    }

    fn path(&self, name: &str) -> String {
        format!("{FOLDER}{}/{name}.js", self.lang.id())
    }

    /// A script that hands over one value under a name.
    fn script(&self, name: &str, json: &str) -> File {
        let script = format!("prongsaiSearch(\"{}\",\"{name}\",{json})\n", self.numbering);
        (self.path(name), script.into_bytes())
    }

    fn text_files(
        &self,
        site: &Site,
        number: usize,
        route: &Route,
        words: &Words,
        parts: &[Part],
    ) -> Vec<File> {
        let path = if site.options.portable {
            encode_path(&file_of(&route.address))
        } else {
            encode_path(&route.address)
        };
        let none = [Part::default()];
        let parts = if parts.is_empty() { &none } else { parts };
        let file = |(index, part): (usize, &Part)| {
            let name = match index {
                0 => format!("t{number}"),
                later => format!("t{number}-{later}"),
            };
            let text = PageText {
                title: &words.title,
                address: &path,
                part,
            };
            self.script(&name, &json(&text))
        };
        parts.iter().enumerate().map(file).collect()
    }

    /// Terms by their numbers, which new ones get, on a page of `length` terms.
    fn number(&self, all: &Tallies<'_>, length: usize) -> Vec<(u32, Standing)> {
        let mut numbered = Vec::with_capacity(all.spelt.len() + all.sounds.len());
        let mut new = Vec::new();
        {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            let mut number = |term: &str, tally: &Tally| {
                let standing = tally.standing(length);
                match known.get(term) {
                    Some(number) => numbered.push((*number, standing)),
                    None => new.push((term.to_string(), standing)),
                }
            };
            for (term, tally) in &all.spelt {
                number(term, tally);
            }
            let mut written = String::with_capacity(10);
            for (sounds, tally) in &all.sounds {
                written.clear();
                let _ = write!(written, "{}", Term::Sounds(*sounds));
                number(&written, tally);
            }
        }
        if !new.is_empty() {
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            for (term, standing) in new {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                let number = *known.entry(term).or_insert(next);
                numbered.push((number, standing));
            }
        }
        numbered
    }

    fn finish(&self, site: &Site) -> Vec<File> {
        let mut found =
            std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner));
        found.sort_unstable_by_key(|f| f.page);
        let known =
            std::mem::take(&mut *self.known.write().unwrap_or_else(PoisonError::into_inner));
        let mut all = blake3::Hasher::new();
        for page in &found {
            all.update(&page.digest);
        }
        let (ends, postings) = by_term(&mut found, known.len());
        let mut terms: Vec<(String, &[Posting])> = known
            .into_iter()
            .filter_map(|(term, number)| {
                let number = number as usize;
                let start = number.checked_sub(1).map_or(0, |before| ends[before]);
                Some((term, postings.get(start..*ends.get(number)?)?))
            })
            .collect();
        // In the order in which scripts compare texts.
        terms.par_sort_unstable_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        let (starts, bodies) = shards(&terms);
        let mut files: Vec<File> = Vec::with_capacity(bodies.len() + 1);
        for (number, body) in bodies.into_iter().enumerate() {
            all.update(body.as_bytes());
            files.push(self.script(&format!("s{number}"), &json(&body)));
        }
        let mut places = self.units(site);
        places.extend(self.posts(site));
        let years: Vec<u16> = site.years.keys().rev().copied().collect();
        let index = IndexFile {
            version: short(all.finalize().to_hex().to_string()),
            current: site.current_year,
            pages: self.known_pages(site, &years, &found),
            years,
            starts,
            same: same_words(),
            places,
            former: self.former(site),
        };
        files.push(self.script("index", &json(&index)));
        files
    }

    /// Units by all spellings of their names, where the contact page is.
    fn units(&self, site: &Site) -> Vec<Place> {
        let Some(page) = self.position(site, "contact/") else {
            return Vec::new();
        };
        let of_unit = |unit: &crate::content::agency::Unit| Place {
            names: std::iter::once(&unit.name.th)
                .chain(&unit.name.en)
                .chain(&unit.also)
                .cloned()
                .collect(),
            page,
            anchor: format!("unit-{}", unit.id),
        };
        site.content.units.iter().map(of_unit).collect()
    }

    /// Posts of those who lead, also as people say them (`นายก` for
    /// `นายกเทศมนตรี`), where the year's page of executives is.
    fn posts(&self, site: &Site) -> Vec<Place> {
        let year = site.current_year;
        let address = site
            .topic_page(year, "executives")
            .filter(|topic| topic.is_published())
            .map_or_else(|| "people/".to_string(), |topic| topic.address.to_string());
        let Some(page) = self.position(site, &address) else {
            return Vec::new();
        };
        people::leads(site, year)
            .map(|person| {
                let post = &person.position.th;
                let short = SHORT_POSTS.iter().filter(|short| post.starts_with(**short));
                Place {
                    names: std::iter::once(post.clone())
                        .chain(person.position.en.clone())
                        .chain(short.map(|s| (*s).to_string()))
                        .collect(),
                    page,
                    anchor: match person.side {
                        Some(Side::Permanent) => "permanent",
                        _ => "people",
                    }
                    .to_string(),
                }
            })
            .collect()
    }

    /// Item numbers that no page of the current year has: those of other years'
    /// lists with the pages on the same topics, others with the year's list.
    fn former(&self, site: &Site) -> BTreeMap<u16, BTreeSet<usize>> {
        let catalogues = &site.content.catalogues;
        let mut former: BTreeMap<u16, BTreeSet<usize>> = BTreeMap::new();
        let Some(of_year) = site.years.get(&site.current_year) else {
            return former;
        };
        for topic in of_year.topics.iter().filter(|t| t.is_published()) {
            let Some(page) = self.position(site, &topic.address) else {
                continue;
            };
            for year in catalogues.years.keys() {
                if let Some(item) = catalogues.item_of_topic(*year, &topic.topic) {
                    former.entry(item.id.number()).or_default().insert(page);
                }
            }
        }
        let is_shown = |number: &u16| {
            let shown = site.years.keys().filter_map(|year| site.catalogue(*year));
            shown
                .flat_map(|catalogue| &catalogue.items)
                .any(|item| item.id.number() == *number)
        };
        former.retain(|number, _| !is_shown(number));
        // Items without a page in this language are listed with those that have.
        if let (Some(catalogue), Some(list)) = (
            site.catalogue(site.current_year),
            self.position(site, &format!("{}/", site.current_year)),
        ) {
            let topics = of_year.topics.iter().filter(|t| t.is_published());
            let has_page: BTreeSet<u16> = topics
                .filter(|t| self.position(site, &t.address).is_some())
                .filter_map(|t| Some(site.item(site.current_year, t.item)?.id.number()))
                .collect();
            for item in &catalogue.items {
                let number = item.id.number();
                if !has_page.contains(&number) {
                    former.entry(number).or_default().insert(list);
                }
            }
        }
        former
    }

    /// The number of a page, in this tree's language where it has that.
    fn position(&self, site: &Site, address: &str) -> Option<usize> {
        let address = site.in_language(address.into(), self.lang);
        self.pages.iter().position(|a| **a == *address)
    }

    /// Six letters a page: its year's place in the list, the item's number
    /// (two), terms in its title, parts, and whether other pages say more. A
    /// page that could not be made has no parts.
    fn known_pages(&self, site: &Site, years: &[u16], found: &[Found]) -> String {
        let mut found = found.iter().peekable();
        let mut out = String::with_capacity(self.pages.len() * 6);
        for (number, address) in self.pages.iter().enumerate() {
            let of_page = found.next_if(|f| f.page as usize == number);
            let route = site.routes.get(address);
            let year = route
                .and_then(|r| r.kind.year())
                .and_then(|y| years.iter().position(|other| *other == y));
            let item = route.map_or(0, |r| {
                item_of(site, &r.kind).map_or(0, |(_, number)| usize::from(number))
            });
            for letter in [
                year.map_or(0, |y| y + 1),
                item >> 6,
                item & 63,
                of_page.map_or(0, |f| f.title_terms.min(63)),
                of_page.map_or(0, |f| f.parts),
                route.map_or(0, |r| says_little(site, &r.kind)),
            ] {
                out.push(shards::letter(letter));
            }
        }
        out
    }
}

/// What the browser gets first.
#[derive(Serialize)]
struct IndexFile {
    /// Of all other files: names them anew where one changed.
    #[serde(rename = "v")]
    version: String,
    #[serde(rename = "c")]
    current: u16,
    #[serde(rename = "y")]
    years: Vec<u16>,
    #[serde(rename = "p")]
    pages: String,
    /// The first term of each shard.
    #[serde(rename = "s")]
    starts: Vec<String>,
    /// Groups of words that mean the same.
    #[serde(rename = "w")]
    same: Vec<Vec<&'static str>>,
    /// What has a place on a page of its own: units and posts.
    #[serde(rename = "u")]
    places: Vec<Place>,
    /// Pages by a number that their item had in other years.
    #[serde(rename = "f")]
    former: BTreeMap<u16, BTreeSet<usize>>,
}

/// Every spelling of a name, and where it stands.
#[derive(Serialize)]
struct Place {
    #[serde(rename = "n")]
    names: Vec<String>,
    #[serde(rename = "p")]
    page: usize,
    #[serde(rename = "a")]
    anchor: String,
}

/// Valid as a script too: old browsers end a line at U+2028.
fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_else(|_| "null".into());
    if json.contains(['\u{2028}', '\u{2029}']) {
        json.replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029")
    } else {
        json
    }
}

fn short(digest: String) -> String {
    digest.get(..8).unwrap_or(&digest).to_string()
}

/// The year and the number of the item that a page belongs to.
fn item_of(site: &Site, kind: &Kind) -> Option<(u16, u16)> {
    let (year, index) = site.item_of(kind)?;
    Some((year, site.item(year, index)?.id.number()))
}

/// Joins blocks to parts: at a heading when there is enough, else when there
/// is too much.
fn parts(blocks: &[Block]) -> Vec<Part> {
    let whole: usize = blocks.iter().map(|b| b.text.len() + 1).sum();
    let most = PART.max(whole / (MOST_PARTS - 2));
    let least = SHORT_PART.max(most / 2);
    let mut parts: Vec<Part> = Vec::new();
    for block in blocks {
        let ends = parts.last().is_none_or(|part| {
            let length = part.text.len();
            (length + block.text.len() > most && length > 0) || (block.heading && length >= least)
        });
        if ends && parts.len() < MOST_PARTS {
            parts.push(Part {
                anchor: if parts.is_empty() {
                    String::new()
                } else {
                    block.anchor.clone()
                },
                ..Part::default()
            });
        }
        let Some(part) = parts.last_mut() else {
            continue;
        };
        if !block.text.is_empty() {
            if !part.text.is_empty() {
                part.text.push('\n');
            }
            part.text.push_str(&crate::thai::normalise(&block.text));
        }
        if block.heading {
            part.headings.push_str(&block.text);
            part.headings.push('\n');
        }
        part.files.push_str(&block.files);
    }
    parts
}

/// Every term of a page by its number, with how it stands there.
struct PageTerms {
    numbered: Vec<(u32, Standing)>,
    title_terms: usize,
}

/// Times that a term stands in a page, as level and parts are decided last.
#[derive(Default)]
struct Tally {
    times: usize,
    at_least: Level,
    parts: u32,
}

impl Tally {
    fn standing(&self, length: usize) -> Standing {
        let level = self.at_least.max(Level::of(self.times, length));
        Standing::new(level, self.parts)
    }
}

/// The postings of each term in the order of pages, one term after the other,
/// and where each term ends. What pages kept of their terms is let go: both
/// together would be most of what a build holds.
fn by_term(found: &mut [Found], terms: usize) -> (Vec<usize>, Vec<Posting>) {
    let mut ends = vec![0; terms];
    for (term, _) in found.iter().flat_map(|page| &page.terms) {
        ends[*term as usize] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        // First where the term begins; filling moves it to its end.
        sum += std::mem::replace(end, sum);
    }
    let mut postings = vec![Posting::default(); sum];
    for page in found {
        for (term, standing) in std::mem::take(&mut page.terms) {
            let at = &mut ends[term as usize];
            postings[*at] = Posting {
                page: page.page,
                standing,
            };
            *at += 1;
        }
    }
    (ends, postings)
}

impl PageTerms {
    fn new(site: &Site, route: &Route, words: &Words, parts: &[Part], tree: &Tree) -> PageTerms {
        // Terms borrow from these, as most are known from other pages.
        let title = fold(&words.title);
        let folded: Vec<[String; 3]> = parts
            .iter()
            .map(|p| [&p.text, &p.headings, &p.files].map(|text| fold(text)))
            .collect();
        // Found by its year and its item, wherever its words name them.
        let item = item_of(site, &route.kind).map(|(_, item)| format!("o{item}"));
        let year = route.kind.year().map(|y| y.to_string());
        let names = item.iter().chain(&year);

        let mut all = Tallies::default();
        let title_terms = all.add(&title, 0, Level::Title);
        let mut length = title_terms;
        for (number, [text, headings, files]) in folded.iter().enumerate() {
            length += all.add(text, number, Level::Once);
            all.add(headings, number, Level::Often);
            all.add(files, number, Level::Once);
        }
        for name in names {
            all.add(name, 0, Level::Often);
        }
        PageTerms {
            numbered: tree.number(&all, length),
            title_terms,
        }
    }
}

/// The terms of one page, not yet in words of their own.
#[derive(Default)]
struct Tallies<'t> {
    spelt: hashbrown::HashMap<&'t str, Tally, FixedState>,
    sounds: hashbrown::HashMap<[char; 3], Tally, FixedState>,
}

impl<'t> Tallies<'t> {
    /// Counts the terms of a text; gives how many there are besides sounds.
    fn add(&mut self, folded: &'t str, part: usize, level: Level) -> usize {
        let mut count = 0;
        terms(folded, |term| {
            let tally = match term {
                Term::Clusters(text) | Term::Word(text) => {
                    count += 1;
                    self.spelt.entry(text).or_default()
                }
                Term::Sounds(sounds) => self.sounds.entry(sounds).or_default(),
            };
            tally.times += 1;
            tally.at_least = tally.at_least.max(level);
            tally.parts |= 1 << part;
        });
        count
    }
}

/// 1 for lists of other pages, 2 for a topic about which nothing is published.
fn says_little(site: &Site, kind: &Kind) -> usize {
    match kind {
        Kind::Topic(year, index) => {
            let topic = site.years.get(year).and_then(|y| y.topics.get(*index));
            topic.map_or(0, |t| if t.is_published() { 0 } else { 2 })
        }
        Kind::Item(..) | Kind::YearIndex(_) | Kind::Archive | Kind::NewsList => 1,
        _ => 0,
    }
}

/// Words that readers type for what pages say.
fn same_words() -> Vec<Vec<&'static str>> {
    include_str!("same.txt")
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split('=').map(str::trim).collect())
        .collect()
}
