//! Where things are: addresses of pages, places that references mean, and the
//! table of every route.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Lang;

/// The address of a page inside the site: no leading slash, a slash at the
/// end (`2568/o18/`), empty for the home page; or a file (`404.html`).
pub type Address = Arc<str>;

/// What a route shows. Numbers index the site's own lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Home,
    YearIndex(u16),
    /// The checklist of an item that holds several topics.
    Item(u16, usize),
    /// A disclosure: index into the year's `topics`.
    Topic(u16, usize),
    /// A page in a topic's folder: index into the year folder's `pages`.
    YearPage(u16, usize),
    /// The measures' progress, computed from the report.
    Progress(u16),
    /// Purchases of a fiscal year, and of one month of it (1 is October).
    Procurement(u16),
    ProcurementMonth(u16, u8),
    Eit(u16),
    Contact,
    People,
    NewsList,
    News(usize),
    Free(usize),
    Archive,
    /// Search, and without its script an index from ก to ฮ.
    Search,
    /// Every table of the site as files.
    Data,
    NotFound,
    /// A page to print, which leads to the page at this address.
    Poster(Address),
    /// Sends the reader on to another address (with its anchor).
    Redirect(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub address: Address,
    pub lang: Lang,
    pub kind: Kind,
}

impl Route {
    /// The file that holds this route's page.
    pub fn file(&self) -> String {
        file_of(&self.address)
    }
}

/// `2568/` is the file `2568/index.html`; an address that names a file is it.
pub fn file_of(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') {
        format!("{address}index.html")
    } else {
        address.to_string()
    }
}

/// Percent-encodes what may not stand in a path; Thai letters are encoded as
/// UTF-8 (RFC 3986 section 2.5).
pub fn encode_path(path: &str) -> String {
    let safe = |b: u8| {
        b.is_ascii_alphanumeric()
            || matches!(
                b,
                b'/' | b'-'
                    | b'_'
                    | b'.'
                    | b'~'
                    | b'('
                    | b')'
                    | b','
                    | b'!'
                    | b'@'
                    | b'+'
                    | b'='
                    | b'$'
                    | b';'
            )
    };
    if path.bytes().all(safe) {
        return path.to_string();
    }
    let mut out = String::with_capacity(path.len() * 3);
    for byte in path.bytes() {
        if safe(byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Every page of the site, by address.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    table: BTreeMap<Address, Route>,
}

impl Routes {
    /// Adds a route; gives back the one that already has the address.
    pub fn add(&mut self, address: &str, lang: Lang, kind: Kind) -> Result<(), Route> {
        if let Some(taken) = self.table.get(address) {
            return Err(taken.clone());
        }
        let address: Address = address.into();
        self.table.insert(
            address.clone(),
            Route {
                address,
                lang,
                kind,
            },
        );
        Ok(())
    }

    /// Gives an address that is taken another meaning.
    pub fn replace(&mut self, address: &str, kind: Kind) {
        if let Some(route) = self.table.get_mut(address) {
            route.kind = kind;
        }
    }

    pub fn get(&self, address: &str) -> Option<&Route> {
        self.table.get(address)
    }

    pub fn contains(&self, address: &str) -> bool {
        self.table.contains_key(address)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.table.values()
    }

    pub fn len(&self) -> usize {
        self.table.len()
    }

    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The other language's page with the same meaning.
    pub fn counterpart(&self, route: &Route) -> Option<&Route> {
        let other = match route.lang {
            Lang::Th => format!("en/{}", route.address),
            Lang::En => route.address.strip_prefix("en/")?.to_string(),
        };
        self.table
            .get(other.as_str())
            .filter(|r| !matches!(r.kind, Kind::Redirect(_)))
    }
}

/// What a reference means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page of the site, with an anchor on it.
    Page {
        address: String,
        anchor: Option<String>,
    },
    /// An attachment: its path in the site (`2568/files/a.pdf`) and in the
    /// content folder.
    File { path: String },
    /// An address outside, `mailto:` or `tel:`.
    Outside(String),
    /// The place is known to be there later (an English page that only Thai
    /// has is served by the Thai one).
    Same { anchor: String },
}
