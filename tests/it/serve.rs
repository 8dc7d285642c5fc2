//! `prongsai serve`: answers from memory, on this machine only.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::Duration;

use prongsai::serve::{Preview, Reply};

use crate::help::{OnDisk, base, options, text};

const HOST: Option<&str> = Some("127.0.0.1:1111");

fn preview() -> Preview {
    let mut files = base();
    files.put(
        "content/files/แผนที่ 1.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    files.put("content/pages/maps/index.md", "+++\ntitle = \"แผนที่\"\nfiles = [{ path = \"/files/แผนที่ 1.svg\", title = \"แผนที่\" }]\n+++\n\nแผนที่\n");
    files.put("secret.txt", "SECRET");
    files.put("content/.env", "SECRET");
    let (preview, found) = Preview::load(Arc::new(files), options());
    assert!(
        !found.has_errors(),
        "{:?}",
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    preview
}

fn get(preview: &Preview, path: &str) -> Reply {
    preview.reply("GET", path, HOST)
}

fn header<'r>(reply: &'r Reply, name: &str) -> Option<&'r str> {
    reply
        .headers
        .iter()
        .find(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, v)| v.as_str())
}

#[test]
fn pages_and_files_are_answered_with_their_types() {
    let preview = preview();
    let style = String::from_utf8(get(&preview, "/web/").body).expect("UTF-8");
    let style = style
        .split("assets/style-")
        .nth(1)
        .and_then(|s| s.split('"').next())
        .expect("a style");
    let style = format!("/web/assets/style-{style}");
    for (path, kind) in [
        ("/web/", "text/html; charset=utf-8"),
        ("/web/index.html", "text/html; charset=utf-8"),
        ("/web/2568/o18/", "text/html; charset=utf-8"),
        (
            "/web/2568/complaint-channels/?utm=1",
            "text/html; charset=utf-8",
        ),
        ("/web/files/logo.svg", "image/svg+xml"),
        (
            "/web/files/%E0%B9%81%E0%B8%9C%E0%B8%99%E0%B8%97%E0%B8%B5%E0%B9%88%201.svg",
            "image/svg+xml",
        ),
        ("/web/2568/files/no-gift.pdf", "application/pdf"),
        ("/web/2568/files/operations.csv", "text/csv; charset=utf-8"),
        ("/web/sitemap.xml", "application/xml"),
        ("/web/robots.txt", "text/plain; charset=utf-8"),
        ("/web/assets/fonts/sarabun-thai-400.woff2", "font/woff2"),
        (style.as_str(), "text/css; charset=utf-8"),
    ] {
        let reply = get(&preview, path);
        assert_eq!(
            (reply.status, header(&reply, "Content-Type")),
            (200, Some(kind)),
            "{path}"
        );
        assert_eq!(
            header(&reply, "X-Content-Type-Options"),
            Some("nosniff"),
            "{path}"
        );
        assert!(!reply.body.is_empty(), "{path}");
    }
    assert!(text(&String::from_utf8_lossy(&get(&preview, "/web/").body)).contains("ยินดีต้อนรับ"));
}

#[test]
fn a_folder_without_its_slash_is_sent_on_and_so_is_the_host_alone() {
    let preview = preview();
    for (path, to) in [
        ("/", "/web/"),
        ("/web", "/web/"),
        ("/web/2568", "/web/2568/"),
        ("/web/2568/o18", "/web/2568/o18/"),
        ("/web/maps?x=1", "/web/maps/"),
    ] {
        let reply = get(&preview, path);
        assert_eq!(
            (reply.status, header(&reply, "Location")),
            (308, Some(to)),
            "{path}"
        );
    }
}

#[test]
fn the_address_that_a_reader_is_sent_to_is_encoded() {
    let mut files = base();
    files.put(
        "content/redirects.toml",
        "[[redirect]]\nfrom = \"/ข่าว/เก่า/\"\nto = \"news\"\n",
    );
    let (preview, _) = Preview::load(Arc::new(files), options());
    let reply = get(
        &preview,
        "/web/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/%E0%B9%80%E0%B8%81%E0%B9%88%E0%B8%B2",
    );
    assert_eq!(reply.status, 308);
    let to = header(&reply, "Location").expect("a place");
    assert_eq!(
        to,
        "/web/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/%E0%B9%80%E0%B8%81%E0%B9%88%E0%B8%B2/"
    );
    assert_eq!(get(&preview, to).status, 200);
    // No second host, no second header.
    for path in [
        "/web//evil.example",
        "/web//evil.example/..",
        "/web/x%0d%0aSet-Cookie:%20a=b",
        "//evil.example/",
    ] {
        let reply = get(&preview, path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(
            reply
                .headers
                .iter()
                .all(|(_, v)| !v.contains('\n') && !v.contains('\r'))
        );
    }
}

#[test]
fn what_is_not_there_is_answered_with_the_sites_own_404_page() {
    let preview = preview();
    for path in [
        "/web/nothing/",
        "/web/2568/nothing",
        "/web/a/b/c/d.html",
        "/other/",
    ] {
        let reply = get(&preview, path);
        assert_eq!(reply.status, 404, "{path}");
        let words = text(&String::from_utf8_lossy(&reply.body));
        assert!(
            words.contains("ไม่พบหน้านี้") && words.contains("บ้านทดสอบ"),
            "{path}: {words}"
        );
    }
}

#[test]
fn other_hosts_and_methods_are_turned_away() {
    let preview = preview();
    for host in [
        None,
        Some(""),
        Some("evil.example"),
        Some("127.0.0.1.evil.example"),
        Some("localhost.evil.example:1111"),
        Some("192.168.1.4:1111"),
    ] {
        let reply = preview.reply("GET", "/web/", host);
        assert_eq!(reply.status, 403, "{host:?}");
        assert!(!String::from_utf8_lossy(&reply.body).contains("ทดสอบ"));
    }
    for host in [
        "127.0.0.1",
        "127.0.0.1:1111",
        "localhost",
        "localhost:8080",
        "[::1]:1111",
    ] {
        assert_eq!(
            preview.reply("GET", "/web/", Some(host)).status,
            200,
            "{host}"
        );
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "get"] {
        assert_eq!(preview.reply(method, "/web/", HOST).status, 405, "{method}");
    }
    assert_eq!(preview.reply("HEAD", "/web/", HOST).status, 200);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let preview = preview();
    for path in [
        "/../x",
        "/web/../secret.txt",
        "/web/../../secret.txt",
        "/web/%2e%2e/secret.txt",
        "/web/%2e%2e%2fsecret.txt",
        "/web/..%5csecret.txt",
        "/web/a/%5c..%5c..%5csecret.txt",
        "/web/files/../../../secret.txt",
        "/web/files/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/web/%00",
        "/web/files/logo.svg%00.html",
        "/web/.env",
        "/web/files/../.env",
        "/web/site.toml",
        "/web/index.md",
        "/web/2568/year.toml",
        "/web/2568/../site.toml",
        "/web/./site.toml",
        "/web//site.toml",
        "/web/SITE.TOML",
        "/web//etc/passwd",
        "//etc/passwd",
        "/web/%2fetc%2fpasswd",
        "/web/C:%5cWindows%5cwin.ini",
        "/web/%",
        "/web/%zz",
        "/web/%ff%fe",
        "",
        "web/",
        "*",
    ] {
        let reply = get(&preview, path);
        assert_eq!(reply.status, 404, "{path}");
        let body = String::from_utf8_lossy(&reply.body);
        assert!(
            !body.contains("SECRET") && !body.contains("[agency]") && !body.contains("root:"),
            "{path}"
        );
    }
}

/// The program at work; ended when dropped.
struct Serving {
    _disk: OnDisk,
    child: Child,
    address: String,
}

impl Serving {
    fn base() -> Serving {
        let disk = OnDisk::base();
        let mut child = disk
            .command(["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("stdout");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|l| l.split('/').next());
        let address = address.unwrap_or_default().to_string();
        let serving = Serving {
            _disk: disk,
            child,
            address,
        };
        assert!(serving.address.starts_with("127.0.0.1:"), "{line}");
        serving
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("set");
        stream
    }

    /// The head of the answer, and as much of a body as it says there is.
    fn ask(&self, method: &str, path: &str, host: &str) -> (String, Vec<u8>) {
        let mut stream = self.connect();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("sent");
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(
                reader.read_line(&mut head).expect("an answer") > 0,
                "{head}"
            );
        }
        let mut body = Vec::new();
        if method != "HEAD" {
            body.resize(length(&head), 0);
            reader.read_exact(&mut body).expect("a body");
        }
        (head, body)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn length(head: &str) -> usize {
    let line = head
        .lines()
        .find_map(|l| l.strip_prefix("Content-Length: "));
    line.and_then(|n| n.parse().ok()).expect("a length")
}

#[test]
fn many_readers_at_once_are_all_answered_over_real_connections() {
    let serving = Serving::base();
    let pages = [
        "/web/",
        "/web/2568/",
        "/web/contact/",
        "/web/2568/complaint-channels/",
    ];
    let replies: Vec<(String, Vec<u8>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..24)
            .map(|n| {
                let serving = &serving;
                scope.spawn(move || serving.ask("GET", pages[n % 4], &serving.address))
            })
            .collect();
        threads
            .into_iter()
            .map(|t| t.join().expect("answered"))
            .collect()
    });
    assert_eq!(replies.len(), 24);
    for (head, body) in &replies {
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(body.trim_ascii_end().ends_with(b"</html>"));
    }
    let (head, _) = serving.ask("HEAD", "/web/", &serving.address);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert_eq!(length(&head), replies[0].1.len());
    assert!(
        serving
            .ask("GET", "/web/", "evil.example")
            .0
            .starts_with("HTTP/1.1 403 ")
    );
    let odd = serving.ask("GET", "/web/%00/../../x", &serving.address);
    assert!(odd.0.starts_with("HTTP/1.1 404 "), "{}", odd.0);
    let (head, _) = serving.ask("GET", "/web/2568", &serving.address);
    assert!(
        head.starts_with("HTTP/1.1 308 ") && head.contains("\r\nLocation: /web/2568/\r\n"),
        "{head}"
    );
    assert!(
        !serving._disk.path("public").exists(),
        "no folder is written"
    );
}

/// Many that are silent do not keep others from an answer.
#[test]
fn readers_who_say_nothing_do_not_keep_others_waiting() {
    let serving = Serving::base();
    let mut silent: Vec<TcpStream> = (0..24).map(|_| serving.connect()).collect();
    for stream in &mut silent {
        stream
            .write_all(b"GET /web/ HTTP/1.1\r\nHost: ")
            .expect("sent");
    }
    let (head, body) = serving.ask("GET", "/web/", &serving.address);
    assert!(
        head.starts_with("HTTP/1.1 200 OK\r\n") && !body.is_empty(),
        "{head}"
    );
}
