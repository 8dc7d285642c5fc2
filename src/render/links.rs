//! Addresses inside the site → what `href` says on a given page.

pub use crate::site::address::encode_path;
use crate::site::address::{Target, file_of};

/// Writes links relative to one page, so that the site works below any path
/// of any host; with `portable`, links name files, so that it opens from a
/// folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Linker {
    /// What leads from the page to the site's root: `./`, `../../`, or for
    /// the 404 page, which hosts show at any depth, the root's full path.
    pub root: String,
    pub portable: bool,
}

impl Linker {
    /// For the page at `address`.
    pub fn new(address: &str, base_url: &str, portable: bool) -> Linker {
        if address == "404.html" {
            let path = base_url
                .split_once("://")
                .and_then(|(_, rest)| rest.split_once('/'))
                .map_or("", |(_, path)| path);
            let path = path.trim_matches('/');
            let root = if path.is_empty() {
                "/".to_string()
            } else {
                format!("/{path}/")
            };
            return Linker {
                root,
                portable: false,
            };
        }
        let depth = address.matches('/').count();
        let root = if depth == 0 {
            "./".into()
        } else {
            "../".repeat(depth)
        };
        Linker { root, portable }
    }

    /// To a page by its address.
    pub fn page(&self, address: &str) -> String {
        let (path, anchor) = match address.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (address, None),
        };
        let mut href = self.root.clone();
        let file = if self.portable {
            file_of(path)
        } else {
            path.to_string()
        };
        href.push_str(&encode_path(&file));
        if let Some(anchor) = anchor {
            href.push('#');
            href.push_str(&encode_path(anchor));
        }
        href
    }

    /// To a file by its path in the site.
    pub fn file(&self, path: &str) -> String {
        format!("{}{}", self.root, encode_path(path))
    }

    pub fn href(&self, target: &Target) -> String {
        match target {
            Target::Page {
                address,
                anchor: None,
            } => self.page(address),
            Target::Page {
                address,
                anchor: Some(anchor),
            } => self.page(&format!("{address}#{anchor}")),
            Target::File { path } => self.file(path),
            Target::Outside(url) => url.clone(),
            Target::Same { anchor } => format!("#{}", encode_path(anchor)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_any_depth() {
        let deep = Linker::new("2568/o18/", "https://x.go.th/sub", false);
        assert_eq!(deep.page("contact/"), "../../contact/");
        assert_eq!(deep.page(""), "../../");
        assert_eq!(Linker::new("", "", false).page(""), "./");
        assert_eq!(
            Linker::new("404.html", "https://x.go.th/sub/", false).page("a/"),
            "/sub/a/"
        );
        assert_eq!(
            Linker::new("a/", "", true).page("2568/#ก"),
            "../2568/index.html#%E0%B8%81"
        );
    }
}
