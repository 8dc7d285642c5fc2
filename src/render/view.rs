//! What templates get: one typed context. A page is a head, facts, the
//! checklist of its item, and sections; each kind of section has one template
//! in `themes/*/templates/sections/`.

use serde::Serialize;

use crate::site::ItemState;

/// HTML made by the renderer: already escaped, printed with `| safe`.
pub type Html = String;

#[derive(Debug, Default, Serialize)]
pub struct PageView {
    pub title: String,
    /// The title as no other page has it, for tabs and search results.
    pub name: String,
    pub description: String,
    /// Structured data, each for a script element of its own.
    pub json_ld: Vec<Html>,
    pub canonical: String,
    pub crumbs: Vec<Crumb>,
    /// The other language's page.
    pub alternate: Option<Alternate>,
    /// What kind of page it is, over its title: item, year, state.
    pub over: Option<Over>,
    /// Words of the home page that stand beside its name.
    pub intro: Vec<Part>,
    /// A sentence that says the finding of the page.
    pub lead: Option<Html>,
    pub facts: Vec<Fact>,
    pub checklist: Option<Checklist>,
    pub sections: Vec<Section>,
    /// How it lies on paper, as classes: a document with a cover, across, or
    /// its end across.
    pub sheets: &'static str,
    /// First page of an official document.
    pub cover: Option<Cover>,
    /// Where a visitor says that something is wrong.
    pub report: bool,
    /// Where a reader who must not be seen here goes with one press.
    pub exit: Option<String>,
    /// The one page for a notice board that leads here.
    pub poster: Option<String>,
    /// How an assessor gets here from the home page.
    pub path: Option<String>,
    pub published: Option<Day>,
    pub updated: Option<Day>,
    /// Whether a table of the page can be sorted and filtered.
    pub has_data: bool,
    pub not_found: bool,
    /// The search page, which has a form of its own.
    pub search: bool,
}

/// One A4 page for a notice board.
#[derive(Debug, Default, Serialize)]
pub struct PosterView {
    pub title: String,
    /// The year of the page, for the title of the window.
    pub year: Option<String>,
    pub lead: Option<String>,
    /// What to do with the code.
    pub call: String,
    pub svg: Html,
    pub url: String,
    /// The address as it is read.
    pub shown: Html,
    /// When, or by which telephone.
    pub dates: Option<Html>,
    /// Why it should not be put up.
    pub warning: Option<String>,
    /// The page that it leads to, for who sees it on a screen.
    pub back: String,
    /// The poster in the other language.
    pub alternate: Option<Alternate>,
}

#[derive(Debug, Serialize)]
pub struct Over {
    pub text: String,
    /// Id and word of a state.
    pub state: Option<(&'static str, String)>,
}

#[derive(Debug, Serialize)]
pub struct Crumb {
    pub title: String,
    pub href: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Alternate {
    pub href: String,
    pub lang: &'static str,
    pub label: &'static str,
    /// Whether it is this very page in the other language.
    pub same: bool,
    pub canonical: String,
}

/// A day for `<time>`: ISO in the Christian era, words in the reader's.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    pub iso: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct Fact {
    pub label: String,
    pub html: Html,
}

#[derive(Debug, Serialize)]
pub struct Cover {
    pub logo: Option<Html>,
    pub lines: Vec<String>,
    pub prepared_by: Option<String>,
    /// On paper, which has no facts of the page.
    pub signed: Vec<Fact>,
}

#[derive(Debug, Serialize)]
pub struct Checklist {
    pub summary: String,
    pub advisory: bool,
    pub rows: Vec<Check>,
}

#[derive(Debug, Serialize)]
pub struct Check {
    pub state: &'static str,
    pub word: String,
    pub text: String,
    /// Places where the element is shown, those of this page first: the first
    /// takes the element's words.
    pub places: Vec<CheckPlace>,
    pub note: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct CheckPlace {
    pub href: String,
    /// Where it is, when it is on another page.
    pub on: Option<String>,
}

/// How a year stands, beside a page of it; for who writes the page.
#[derive(Debug)]
pub struct Standing {
    pub year: u16,
    pub label: String,
    pub complete: usize,
    pub items: usize,
    pub href: String,
    pub item: Option<ItemStanding>,
}

#[derive(Debug)]
pub struct ItemStanding {
    pub code: String,
    pub title: String,
    pub state: ItemState,
    pub word: String,
    pub href: String,
    /// Index into the catalogue's items.
    pub index: usize,
    /// Ids of elements with their state.
    pub checks: Vec<(String, Check)>,
}

/// A piece of running text, and the files of the table that it ends with.
#[derive(Debug, Serialize)]
pub struct Part {
    pub html: Html,
    pub data: Option<DataLinks>,
}

impl Section {
    /// The running text of a page, if there is any.
    pub fn text(parts: Vec<Part>) -> Option<Section> {
        (!parts.is_empty()).then_some(Section::Prose {
            id: None,
            title: None,
            parts,
        })
    }
}

impl Part {
    pub fn of(html: Html) -> Part {
        Part { html, data: None }
    }
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Section {
    Prose {
        id: Option<String>,
        title: Option<String>,
        parts: Vec<Part>,
    },
    None {
        id: String,
        title: String,
        text: String,
        date: Option<String>,
    },
    Notice {
        title: Option<String>,
        html: Html,
        warn: bool,
    },
    Table(Table),
    /// Files of tables that stand on the page in another form.
    Data {
        id: String,
        title: String,
        items: Vec<DataItem>,
    },
    Chart(Chart),
    People {
        id: String,
        title: String,
        groups: Vec<PeopleGroup>,
    },
    Channels {
        id: String,
        title: String,
        strong: bool,
        lead: Option<String>,
        items: Vec<ChannelCard>,
        protects: Vec<String>,
    },
    Facts {
        id: String,
        title: String,
        facts: Vec<Fact>,
    },
    Memo(Memo),
    Evidence {
        title: String,
        items: Vec<Figure>,
    },
    Signatories {
        items: Vec<SignatoryView>,
    },
    Eit {
        url: String,
        svg: Option<Html>,
        state: &'static str,
        state_text: String,
        facts: Vec<Fact>,
    },
    News {
        id: String,
        title: Option<String>,
        items: Vec<NewsEntry>,
        more: Option<Link>,
    },
    Files {
        id: String,
        title: String,
        items: Vec<FileEntry>,
    },
    Links {
        id: String,
        title: String,
        items: Vec<Link>,
    },
    Questions {
        id: String,
        title: String,
        items: Vec<QuestionView>,
    },
    Tasks {
        id: String,
        title: String,
        items: Vec<Task>,
    },
    Filter {
        label: String,
        items: Vec<FilterEntry>,
    },
    Picture {
        html: Html,
    },
    /// The form and the results of `assets/search.js`.
    Search(Search),
    /// Names in the order of a dictionary, by their first letters.
    Index {
        id: String,
        title: String,
        lead: String,
        letters: Vec<IndexLetter>,
    },
    /// Two blocks side by side on a desk.
    Pair {
        left: Vec<Section>,
        right: Vec<Section>,
    },
}

#[derive(Debug, Serialize)]
pub struct DataItem {
    pub title: String,
    pub data: DataLinks,
}

#[derive(Debug, Default, Serialize)]
pub struct Table {
    pub id: String,
    /// Rows that one looks through for one of them: short cards on a phone.
    pub list: bool,
    pub title: Option<String>,
    pub caption: String,
    pub columns: Vec<Column>,
    pub groups: Vec<RowGroup>,
    pub total: Option<Vec<Cell>>,
    /// Over six columns, or of long cells: columns only where there is much
    /// room, across on paper.
    pub wide: bool,
    pub unit: Option<String>,
    pub note: Option<String>,
    /// Its files, and the same table of other years.
    pub data: Option<DataLinks>,
}

/// A table as open data: how current it is, its files, its history.
#[derive(Debug, Serialize)]
pub struct DataLinks {
    /// What the files hold, where the table beside them is a part of it.
    pub part_of: Option<String>,
    pub updated: Option<Day>,
    /// `24 แถว`
    pub rows: String,
    pub files: Vec<DataFile>,
    /// Other years, and all of them in one.
    pub years: Vec<Link>,
}

#[derive(Debug, Serialize)]
pub struct DataFile {
    /// `CSV`
    pub name: &'static str,
    /// What it holds, for readers who hear the link alone.
    pub title: String,
    pub href: String,
    /// `12 kB`
    pub size: String,
}

#[derive(Debug, Serialize)]
pub struct Column {
    pub label: String,
    pub class: &'static str,
}

#[derive(Debug, Default, Serialize)]
pub struct RowGroup {
    pub heading: Option<Html>,
    /// What holds for all its rows, below the heading.
    pub lead: Option<Html>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Default, Serialize)]
pub struct Row {
    pub id: Option<String>,
    pub class: &'static str,
    pub cells: Vec<Cell>,
}

impl RowGroup {
    /// Rows that stand under no heading of their own.
    pub fn of(rows: Vec<Row>) -> RowGroup {
        RowGroup {
            rows,
            ..RowGroup::default()
        }
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    pub html: Html,
    pub class: &'static str,
    /// A heading of its row.
    pub head: bool,
}

#[derive(Debug, Serialize)]
pub struct Chart {
    pub id: String,
    pub heading: Option<String>,
    /// The finding.
    pub title: Html,
    pub svg: Html,
    /// A picture of the bar and what it stands for.
    pub key: Vec<(Html, String)>,
}

#[derive(Debug, Serialize)]
pub struct PeopleGroup {
    pub title: Option<String>,
    pub people: Vec<PersonView>,
}

#[derive(Debug, Serialize)]
pub struct PersonView {
    pub name: Option<String>,
    pub position: String,
    pub photo: Option<Html>,
    pub lines: Vec<Html>,
    pub vacant: bool,
}

#[derive(Debug, Serialize)]
pub struct ChannelCard {
    pub id: String,
    pub name: String,
    pub facts: Vec<Fact>,
}

#[derive(Debug, Default, Serialize)]
pub struct Memo {
    pub facts: Vec<Fact>,
    pub paragraphs: Vec<String>,
    pub closing: Option<String>,
    pub signatories: Vec<SignatoryView>,
}

#[derive(Debug, Serialize)]
pub struct SignatoryView {
    pub role: String,
    pub name: Option<String>,
    pub opinion: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Figure {
    pub id: String,
    pub picture: Option<Html>,
    pub caption: Html,
}

#[derive(Debug, Serialize)]
pub struct NewsEntry {
    pub day: Day,
    pub title: String,
    pub href: String,
    pub summary: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub title: String,
    pub href: String,
    pub external: bool,
}

#[derive(Debug, Serialize)]
pub struct FileEntry {
    pub title: String,
    pub href: String,
    /// `PDF, 1.2 MB`
    pub about: String,
    pub date: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct QuestionView {
    pub question: String,
    pub answer: Html,
}

#[derive(Debug, Serialize)]
pub struct Task {
    pub title: String,
    pub href: String,
    pub about: Option<String>,
    pub external: bool,
}

#[derive(Debug, Serialize)]
pub struct FilterEntry {
    pub id: Option<String>,
    pub title: String,
    pub href: String,
    pub current: bool,
}

#[derive(Debug, Serialize)]
pub struct Search {
    /// From the page to the site's root, to the script, and to the index.
    pub root: String,
    pub script: String,
    pub index: String,
    /// This page, and search in the other language.
    pub action: String,
    pub other: Option<Link>,
    /// Years that can be chosen, with their words.
    pub years: Vec<(u16, String)>,
    /// Numbers of items that can be chosen.
    pub items: Vec<u16>,
}

#[derive(Debug, Serialize)]
pub struct IndexLetter {
    pub id: String,
    pub letter: String,
    pub entries: Vec<IndexEntry>,
}

#[derive(Debug, Serialize)]
pub struct IndexEntry {
    pub title: String,
    pub href: String,
    /// The same in other years.
    pub years: Vec<Link>,
}

/// What every page of one language and depth shares.
#[derive(Debug, Serialize)]
pub struct SiteView {
    pub lang: &'static str,
    pub root: String,
    pub home: String,
    pub name: String,
    pub area: String,
    /// The logo beside the name, and on the home page.
    pub logo: Option<Html>,
    pub logo_large: Option<Html>,
    /// Where it is, when it is an icon at any size.
    pub logo_svg: Option<String>,
    pub notice: Option<String>,
    pub menu: Vec<Link>,
    pub address: String,
    pub phone: String,
    pub phone_href: String,
    pub email: Option<Html>,
    pub contact: String,
    /// On an English page, whether the next two lead to a page in Thai.
    pub complaints_in_thai: bool,
    pub corruption: Option<String>,
    pub general: Option<String>,
    pub archive: String,
    pub search: String,
    pub data: String,
    pub licence: Option<String>,
    pub licence_url: Option<String>,
    pub stylesheet: String,
    pub colours: String,
    /// The letters to fetch first, unless the site sends none.
    pub font: Option<String>,
    pub feed: String,
    pub table_script: String,
    pub poster_styles: String,
    pub search_styles: String,
    pub base_url: String,
    /// The picture that chat programs show for a link, by its full address.
    pub card: String,
    pub card_size: (u32, u32),
    pub favicon: String,
    pub touch_icon: String,
    pub manifest: String,
    /// For `<meta>`; none where pages open from a folder, which has no host.
    pub policy: Option<&'static str>,
    pub footer_links: Vec<Link>,
}
