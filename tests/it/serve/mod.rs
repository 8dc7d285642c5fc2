//! `prongsai serve`: what is answered, what is shown after each edit, and the
//! program itself with its watcher.

mod http;
mod laws;
mod live;
mod program;
mod watching;

use std::sync::{Arc, Mutex};

use prongsai::files::{Files, Listing, MemoryFiles, SitePath};
use prongsai::serve::{Body, Preview, Request, Settings};

use crate::help::options;

pub const HOST: &str = "127.0.0.1:1111";

/// An answer with its whole body.
pub struct Answered {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Answered {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

pub fn ask_with(
    preview: &Preview,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    near: bool,
) -> Answered {
    let headers: Vec<(String, String)> = headers
        .iter()
        .map(|(n, v)| ((*n).to_string(), (*v).to_string()))
        .collect();
    let reply = preview.reply(&Request {
        method,
        target,
        headers: &headers,
        near,
    });
    let body = match reply.body {
        Body::Bytes(bytes) => bytes.to_vec(),
        Body::File { path, from, length } => {
            let all = std::fs::read(path).expect("a file");
            let from = usize::try_from(from).expect("small");
            let length = usize::try_from(length).expect("small");
            all[from..from + length].to_vec()
        }
        Body::Events => Vec::new(),
    };
    Answered {
        status: reply.status,
        headers: reply.headers,
        body,
    }
}

pub fn get(preview: &Preview, path: &str) -> Answered {
    ask_with(preview, "GET", path, &[("Host", HOST)], true)
}

/// What the tab that shows this page is told.
pub fn state(preview: &Preview, page: &str) -> serde_json::Value {
    get(preview, &format!("/web/__prongsai/state?page={page}")).json()
}

/// A page as it would be published: without the script of the preview, which
/// must be there once.
#[track_caller]
pub fn without_script(html: &str) -> String {
    // Behind those of the theme.
    let start = html.rfind("<script src=").expect("a script");
    let length = html[start..].find("</script>").expect("its end") + "</script>".len();
    let (before, script) = html.split_at(start);
    let (script, after) = script.split_at(length);
    assert!(script.contains("__prongsai/preview.js"), "{script}");
    assert!(!after.contains("__prongsai") && after.starts_with("</body>"));
    format!("{before}{after}")
}

/// A folder that changes under the preview.
pub struct Desk {
    files: Mutex<MemoryFiles>,
    /// A file that another program holds.
    locked: Mutex<Option<SitePath>>,
}

impl Desk {
    pub fn new(files: MemoryFiles) -> Arc<Desk> {
        Arc::new(Desk {
            files: Mutex::new(files),
            locked: Mutex::default(),
        })
    }

    pub fn change(&self, change: impl FnOnce(&mut MemoryFiles)) {
        change(&mut self.files.lock().expect("one thread"));
    }

    pub fn lock(&self, path: Option<&str>) {
        let path = path.and_then(|p| SitePath::new(p).ok());
        *self.locked.lock().expect("one thread") = path;
    }

    pub fn preview(self: &Arc<Self>) -> Preview {
        Preview::load(self.clone(), Settings::new(options()))
    }

    pub fn now(&self) -> MemoryFiles {
        self.files.lock().expect("one thread").clone()
    }
}

impl Files for Desk {
    fn list(&self) -> Listing {
        self.now().list()
    }

    fn read(&self, path: &SitePath) -> std::io::Result<Vec<u8>> {
        if self.locked.lock().expect("one thread").as_ref() == Some(path) {
            return Err(std::io::ErrorKind::PermissionDenied.into());
        }
        self.files.lock().expect("one thread").read(path)
    }

    fn disk_path(&self, _: &SitePath) -> Option<std::path::PathBuf> {
        None
    }
}

/// Judges all pages, to the end.
pub fn check(preview: &Preview) {
    assert!(preview.check(&|| true));
}
