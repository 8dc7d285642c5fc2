//! Requests and replies without a socket: types, ranges, validators, hosts.

use std::fs::File;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// What a client asks. Header names are compared without case.
pub struct Request<'r> {
    pub method: &'r str,
    /// Path and query as sent.
    pub target: &'r str,
    pub headers: &'r [(String, String)],
    /// The client is on this machine.
    pub near: bool,
}

impl Request<'_> {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        let (_, value) = all.find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    pub fn path(&self) -> &str {
        let path = self.target.split(['?', '#']).next().unwrap_or(self.target);
        // A proxy's way of asking names the host in front (RFC 9112, 3.2.2).
        let inside = path
            .strip_prefix("http://")
            .map(|rest| rest.find('/').map_or("/", |at| &rest[at..]));
        inside.unwrap_or(path)
    }

    /// The decoded value of a query field.
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.target.split_once('?')?;
        query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == name).then(|| crate::site::refer::percent_decode(value))
        })
    }

    /// The one `Host` header; two would let a client say two things.
    pub fn host(&self) -> Option<&str> {
        let mut hosts = self
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("host"));
        let (_, host) = hosts.next()?;
        hosts.next().is_none().then_some(host.as_str())
    }
}

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Programs on this machine.
    ThisMachine,
    /// Everyone who reaches this machine by its number.
    Network,
}

impl Audience {
    /// DNS rebinding: a page elsewhere must not read the preview through a
    /// name of its own. Numbers and `localhost` can't be made to lead here,
    /// nor can the names without a dot by which machines of one network call
    /// each other.
    pub fn admits(self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let host = host.as_str();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        };
        if name == "localhost" {
            return true;
        }
        let number = name
            .strip_prefix('[')
            .and_then(|n| n.strip_suffix(']'))
            .unwrap_or(name);
        match number.parse::<IpAddr>() {
            Ok(IpAddr::V6(_)) if !name.starts_with('[') => false,
            Ok(ip) => ip.is_loopback() || self == Audience::Network,
            Err(_) => {
                let bare = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                self == Audience::Network && bare && !name.is_empty()
            }
        }
    }
}

/// An answer.
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
}

pub enum Body {
    Bytes(Arc<[u8]>),
    /// A part of a file, streamed.
    File {
        path: PathBuf,
        from: u64,
        length: u64,
    },
    /// Server-sent events, without end.
    Events,
}

impl Body {
    pub fn length(&self) -> Option<u64> {
        match self {
            Body::Bytes(bytes) => Some(bytes.len() as u64),
            Body::File { length, .. } => Some(*length),
            Body::Events => None,
        }
    }

    fn part(self, from: u64, length: u64) -> Body {
        match self {
            Body::Bytes(bytes) => {
                let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
                let part = bytes.get(at(from)..at(from + length)).unwrap_or_default();
                Body::Bytes(part.into())
            }
            Body::File { path, .. } => Body::File { path, from, length },
            Body::Events => Body::Events,
        }
    }
}

impl Reply {
    pub fn new(status: u16, kind: &str, body: Body) -> Reply {
        Reply {
            status,
            headers: vec![
                ("Content-Type", kind.to_string()),
                ("Cache-Control", "no-cache".into()),
                ("X-Content-Type-Options", "nosniff".into()),
                ("Cross-Origin-Resource-Policy", "same-origin".into()),
            ],
            body,
        }
    }

    pub fn text(status: u16, text: &str) -> Reply {
        let bytes = text.as_bytes().into();
        Reply::new(status, "text/plain; charset=utf-8", Body::Bytes(bytes))
    }

    pub fn redirect(to: String) -> Reply {
        Reply::text(308, "").with("Location", to)
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }

    /// A file on disk, by the length that it has now.
    pub fn file(kind: &str, path: PathBuf) -> Option<Reply> {
        let length = File::open(&path).ok()?.metadata().ok()?.len();
        let body = Body::File {
            path,
            from: 0,
            length,
        };
        Some(Reply::new(200, kind, body))
    }

    /// Gives the reply its validator, and answers what the client asked by
    /// one: 304, one range (RFC 9110, 13 and 14). Several ranges get the
    /// whole, as the RFC allows.
    #[must_use]
    pub fn validated(self, request: &Request<'_>, tag: &str) -> Reply {
        let tag = format!("\"{tag}\"");
        let mut reply = self.with("ETag", tag.clone());
        if let Some(known) = request.header("If-None-Match")
            && known
                .split(',')
                .map(|t| t.trim().trim_start_matches("W/"))
                .any(|t| t == tag || t == "*")
        {
            reply.status = 304;
            reply.body = Body::Bytes(Arc::default());
            return reply;
        }
        reply.headers.push(("Accept-Ranges", "bytes".into()));
        let Some(length) = reply.body.length() else {
            return reply;
        };
        let same = request.header("If-Range").is_none_or(|t| t.trim() == tag);
        let range = request.header("Range").filter(|_| same);
        match range.and_then(|range| one_range(range, length)) {
            None => reply,
            Some(None) => {
                let mut none = Reply::text(416, "");
                none.headers
                    .push(("Content-Range", format!("bytes */{length}")));
                none
            }
            Some(Some((from, to))) => {
                reply
                    .headers
                    .push(("Content-Range", format!("bytes {from}-{to}/{length}")));
                reply.status = 206;
                reply.body = reply.body.part(from, to - from + 1);
                reply
            }
        }
    }
}

/// First and last byte; `Some(None)` where nothing of it is there; `None`
/// where it is to be ignored.
fn one_range(header: &str, length: u64) -> Option<Option<(u64, u64)>> {
    let ranges = header.trim().strip_prefix("bytes=")?;
    if ranges.contains(',') {
        return None;
    }
    let (from, to) = ranges.trim().split_once('-')?;
    let last = length.checked_sub(1);
    if from.is_empty() {
        let count: u64 = to.parse().ok()?;
        return Some(
            last.filter(|_| count > 0)
                .map(|l| (length.saturating_sub(count), l)),
        );
    }
    let from: u64 = from.parse().ok()?;
    let to = match to {
        "" => u64::MAX,
        to => to.parse().ok()?,
    };
    if to < from {
        return None;
    }
    Some(last.filter(|l| from <= *l).map(|l| (from, to.min(l))))
}

/// What a browser is told a file is.
pub fn content_type(path: &str) -> &'static str {
    let extension = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "ppt" => "application/vnd.ms-powerpoint",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "zip" => "application/zip",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        _ if ["_redirects", "_headers", ".htaccess", "nginx.conf"]
            .iter()
            .any(|name| path.ends_with(name)) =>
        {
            "text/plain; charset=utf-8"
        }
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_answered_unless_the_network_is_asked_for() {
        let near = Audience::ThisMachine;
        let far = Audience::Network;
        for host in ["127.0.0.1:1111", "LOCALHOST", "localhost:80", "[::1]:1111"] {
            assert!(near.admits(host) && far.admits(host), "{host}");
        }
        for host in ["192.168.1.4:1111", "10.0.0.1", "[fe80::1]:80", "PC-01:1111"] {
            assert!(!near.admits(host) && far.admits(host), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example:1111",
            "localhost.evil.example",
            "",
            "localhost:80:80",
            "::1",
        ] {
            assert!(!near.admits(host) && !far.admits(host), "{host}");
        }
    }

    #[test]
    fn one_range_is_cut_and_odd_ones_are_ignored() {
        for (header, expected) in [
            ("bytes=0-99", Some(Some((0, 99)))),
            ("bytes=-100", Some(Some((900, 999)))),
            ("bytes=-5000", Some(Some((0, 999)))),
            ("bytes=990-", Some(Some((990, 999)))),
            ("bytes=990-5000", Some(Some((990, 999)))),
            ("bytes=1000-", Some(None)),
            ("bytes=-0", Some(None)),
            ("bytes=5-2", None),
            ("bytes=0-1,4-5", None),
            ("bytes=x-", None),
            ("lines=0-1", None),
        ] {
            assert_eq!(one_range(header, 1000), expected, "{header}");
        }
        assert_eq!(one_range("bytes=0-", 0), Some(None));
    }
}
