//! A server of the built site on this machine: each request is answered by
//! the functions that `build` uses, from memory; no folder is written.

mod transport;

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::files::Files;
use crate::output::{self, Content, Outputs};
use crate::render::Renderer;
use crate::site::{self, Options};

pub use transport::{listen, run};

/// A loaded site, ready to answer.
pub struct Preview {
    renderer: Renderer,
    outputs: Outputs,
    base_path: String,
    files: Arc<dyn Files>,
}

/// An answer to a request; independent of the transport, so that tests need
/// no socket.
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Preview {
    pub fn load(files: Arc<dyn Files>, options: Options) -> (Preview, Diagnostics) {
        let loaded = site::load(files.clone(), options);
        let mut diagnostics = loaded.diagnostics;
        let (renderer, found) = Renderer::new(Arc::new(loaded.site));
        diagnostics.extend(found);
        let outputs = output::list(&renderer);
        let base_path = base_path(&renderer.site.base_url);
        (
            Preview {
                renderer,
                outputs,
                base_path,
                files,
            },
            diagnostics.sorted(),
        )
    }

    pub fn pages(&self) -> usize {
        self.outputs
            .values()
            .filter(|s| matches!(s, output::Source::Page(_)))
            .count()
    }

    /// The path of the site on its host, as in `base_url`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// Answers `GET` and `HEAD` for hosts that mean this machine.
    pub fn reply(&self, method: &str, target: &str, host: Option<&str>) -> Reply {
        if !host.is_some_and(is_local) {
            return plain(403, "This preview answers on this machine only.");
        }
        if method != "GET" && method != "HEAD" {
            return plain(405, "Only GET and HEAD.");
        }
        let path = target.split(['?', '#']).next().unwrap_or(target);
        let path = crate::site::refer::percent_decode(path);
        let Some(inside) = path.strip_prefix(&self.base_path) else {
            if path == "/" || format!("{path}/") == self.base_path {
                return redirect(&self.base_path);
            }
            return self.not_found();
        };
        match output::resolve(&self.outputs, inside) {
            Some((file, source)) => self.answer(file, source),
            None => {
                let folder = format!("{inside}/");
                if output::resolve(&self.outputs, &folder).is_some() {
                    return redirect(&format!(
                        "{}{}",
                        self.base_path,
                        crate::render::links::encode_path(&folder)
                    ));
                }
                match output::attachment(&self.renderer, inside) {
                    Some(source) => self.answer(inside, &source),
                    None => self.not_found(),
                }
            }
        }
    }

    fn answer(&self, file: &str, source: &output::Source) -> Reply {
        let made = output::make(&self.renderer, source);
        let body = match made.content {
            Content::Bytes(bytes) => bytes,
            Content::File(path) => match self.files.read(&path) {
                Ok(bytes) => bytes,
                Err(_) => return self.not_found(),
            },
        };
        Reply {
            status: 200,
            headers: headers(content_type(file)),
            body,
        }
    }

    fn not_found(&self) -> Reply {
        let mut reply = match self.outputs.get_key_value("404.html") {
            Some((file, source)) => self.answer(file, source),
            None => plain(404, "Not found"),
        };
        reply.status = 404;
        reply
    }
}

/// DNS rebinding: a page elsewhere must not read the preview through a name
/// of its own.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn headers(kind: &str) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Type", kind.to_string()),
        ("Cache-Control", "no-cache".into()),
        ("X-Content-Type-Options", "nosniff".into()),
    ]
}

fn plain(status: u16, text: &str) -> Reply {
    Reply {
        status,
        headers: headers("text/plain; charset=utf-8"),
        body: text.as_bytes().to_vec(),
    }
}

fn redirect(to: &str) -> Reply {
    let mut reply = plain(308, "");
    reply.headers.push(("Location", to.to_string()));
    reply
}

/// What a browser is told a file is.
pub fn content_type(path: &str) -> &'static str {
    let extension = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "zip" => "application/zip",
        "mp4" => "video/mp4",
        _ if path.ends_with("_redirects") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn base_path(base_url: &str) -> String {
    let path = base_url
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("", |(_, path)| path.trim_matches('/'));
    if path.is_empty() {
        "/".into()
    } else {
        format!("/{path}/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_answered() {
        for host in ["127.0.0.1:1111", "localhost", "localhost:80", "[::1]:1111"] {
            assert!(is_local(host), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example:1111",
            "",
            "localhost:80:80",
        ] {
            assert!(!is_local(host), "{host}");
        }
    }
}
