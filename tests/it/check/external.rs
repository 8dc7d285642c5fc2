//! `check --external`: hosts that answer, refuse, move and vanish. Only this
//! machine is ever asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use prongsai::check::{Fetch, Reply, Request};
use prongsai::cli::Web;
use prongsai::files::MemoryFiles;

use super::{check_as_asked, shown};
use crate::help::base;

/// Replies by address, without a network.
#[derive(Debug, Default)]
struct Told {
    replies: BTreeMap<String, Reply>,
    asked: Mutex<Vec<String>>,
}

impl Fetch for Told {
    fn fetch(&self, address: &str) -> Reply {
        self.asked.lock().expect("alive").push(address.to_string());
        self.replies
            .get(address)
            .cloned()
            .unwrap_or(Reply::Status(200))
    }

    fn pause(&self) -> Duration {
        Duration::ZERO
    }
}

fn told(replies: &[(&str, Reply)]) -> Arc<Told> {
    Arc::new(Told {
        replies: replies
            .iter()
            .map(|(a, r)| (a.to_string(), r.clone()))
            .collect(),
        asked: Mutex::default(),
    })
}

/// Findings of the site about other hosts, and the addresses asked.
fn outside(files: &MemoryFiles, fetch: &Arc<Told>) -> (Vec<String>, Vec<String>) {
    let request = Request {
        external: Some(fetch.clone()),
        ..Request::default()
    };
    let checked = check_as_asked(files, &request);
    let codes = ["gone-link", "moved-link", "refused-link"];
    let found = checked
        .findings
        .iter()
        .filter(|f| codes.contains(&f.diagnostic.code))
        .inspect(|f| assert!(f.rule.is_some(), "{:?}", f.diagnostic))
        .map(|f| shown(files, f))
        .collect();
    let asked = fetch.asked.lock().expect("alive").clone();
    (found, asked)
}

fn with_link(to: &str) -> MemoryFiles {
    let mut files = base();
    let head = "+++\ntitle = \"ประวัติ\"\naliases = [\"/history.html\"]\n+++\n\n";
    files.put(
        "content/pages/history.md",
        format!("{head}## เส้นทาง {{#road}}\n[ระเบียบพัสดุ]({to})\n"),
    );
    files
}

#[track_caller]
fn says(code: Option<&str>, replies: &[(&str, Reply)]) {
    let files = with_link("https://a.example/x");
    let (found, _) = outside(&files, &told(replies));
    match code {
        Some(code) => assert!(
            found.len() == 1
                && found[0].starts_with(&format!("{code} content/pages/history.md:7 ")),
            "{found:#?}"
        ),
        None => assert!(found.is_empty(), "{found:#?}"),
    }
}

fn moved(status: u16, to: &str) -> Reply {
    Reply::Moved {
        status,
        to: to.into(),
    }
}

#[test]
fn what_is_gone_refused_or_moved_is_told_apart() {
    let x = "https://a.example/x";
    says(None, &[]);
    for status in [404, 410] {
        says(Some("gone-link"), &[(x, Reply::Status(status))]);
    }
    says(Some("gone-link"), &[(x, Reply::NoHost)]);
    for status in [401, 403, 405, 429, 500, 999] {
        says(Some("refused-link"), &[(x, Reply::Status(status))]);
    }
    says(
        Some("refused-link"),
        &[(x, Reply::Unclear("certificate".into()))],
    );
    says(Some("moved-link"), &[(x, moved(301, "/y"))]);
    says(Some("moved-link"), &[(x, moved(308, "https://b.example/"))]);
    says(None, &[(x, moved(302, "/login"))]);
    let gone = Reply::Status(404);
    says(
        Some("gone-link"),
        &[(x, moved(301, "/y")), ("https://a.example/y", gone)],
    );
    says(Some("refused-link"), &[(x, moved(302, "/x"))]);
    // A stranger does not choose what this machine asks of the office.
    says(
        Some("refused-link"),
        &[(x, moved(301, "http://192.168.1.1/"))],
    );
}

#[test]
fn nobody_is_asked_without_the_flag_nor_this_network_nor_the_site_itself() {
    let fetch = told(&[]);
    for to in [
        "http://192.168.1.1/a",
        "https://banthotsop.example/web/a",
        "mailto:a@b.example",
    ] {
        let (_, asked) = outside(&with_link(to), &fetch);
        assert!(!asked.iter().any(|a| a == to), "{asked:?}");
    }
    let (_, asked) = outside(&with_link("https://a.example/x#part"), &fetch);
    assert!(
        asked.iter().any(|a| a == "https://a.example/x"),
        "{asked:?}"
    );
}

#[test]
fn a_machine_without_a_network_calls_nothing_gone() {
    #[derive(Debug)]
    struct Offline;
    impl Fetch for Offline {
        fn fetch(&self, _: &str) -> Reply {
            Reply::NoHost
        }
        fn pause(&self) -> Duration {
            Duration::ZERO
        }
    }
    let request = Request {
        external: Some(Arc::new(Offline)),
        ..Request::default()
    };
    let checked = check_as_asked(&with_link("https://a.example/x"), &request);
    assert!(
        !checked
            .findings
            .iter()
            .any(|f| f.diagnostic.code == "gone-link")
    );
    assert!(
        checked
            .not_checked
            .iter()
            .any(|n| n.why_en.contains("not connected"))
    );
}

/// A host on this machine: the status of each path, and how often each
/// request came.
fn host() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, &seen);
        }
    });
    (address, asked)
}

fn answer(mut stream: TcpStream, seen: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut first = String::new();
    let _ = reader.read_line(&mut first);
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
        line.clear();
    }
    let request: String = first.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let head = match request.as_str() {
        "HEAD /fine" | "GET /no-head" | "HEAD /%E0%B8%81" => "200 OK",
        "HEAD /no-head" => "405 Method Not Allowed",
        "HEAD /moved" => "301 Moved Permanently\r\nLocation: /fine",
        "HEAD /robots" | "GET /robots" => "403 Forbidden",
        _ => "404 Not Found",
    };
    seen.lock().expect("alive").push(request);
    let _ = write!(
        stream,
        "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
}

#[test]
fn the_web_is_asked_for_heads_then_pages_and_remembered() {
    let (address, asked) = host();
    let folder = tempfile::tempdir().expect("a folder");
    let web = Web::of(folder.path());
    let fetch = |path: &str| web.fetch(&format!("{address}{path}"));
    assert_eq!(fetch("/fine"), Reply::Status(200));
    assert_eq!(fetch("/ก"), Reply::Status(200));
    assert_eq!(fetch("/no-head"), Reply::Status(200));
    assert_eq!(fetch("/moved"), moved(301, "/fine"));
    assert_eq!(fetch("/robots"), Reply::Status(403));
    assert_eq!(fetch("/none"), Reply::Status(404));
    let expected = [
        "HEAD /fine",
        "HEAD /%E0%B8%81",
        "HEAD /no-head",
        "GET /no-head",
        "HEAD /moved",
        "HEAD /robots",
        "GET /robots",
        "HEAD /none",
        "GET /none",
    ];
    assert_eq!(*asked.lock().expect("alive"), expected);
    web.remember();
    let again = Web::of(folder.path());
    assert_eq!(
        again.known(&format!("{address}/moved")),
        Some(moved(301, "/fine"))
    );
    assert_eq!(
        again.known(&format!("{address}/none")),
        Some(Reply::Status(404))
    );
    assert_eq!(again.known(&format!("{address}/never")), None);
    // After a week it is asked again.
    let file = folder.path().join(".prongsai/external.json");
    let text = std::fs::read_to_string(&file).expect("there");
    let old = text
        .lines()
        .map(|l| {
            if l.contains("\"at\"") {
                "\"at\": 1000,"
            } else {
                l
            }
        })
        .collect::<Vec<_>>()
        .join("\n");
    std::fs::write(&file, old).expect("written");
    assert_eq!(
        Web::of(folder.path()).known(&format!("{address}/none")),
        None
    );
}

/// A proxy that is every host: `gone.example` has nothing any more. Only plain
/// requests are let through.
fn proxy() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || through(stream));
        }
    });
    format!("http://{address}")
}

fn through(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut next = || {
        let mut head = String::new();
        while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
        head
    };
    let mut head = next();
    if head.starts_with("CONNECT") {
        let plain = head.split(' ').nth(1).is_some_and(|to| to.ends_with(":80"));
        let _ = match plain {
            true => write!(stream, "HTTP/1.1 200 OK\r\n\r\n"),
            false => write!(
                stream,
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
            ),
        };
        head = next();
    }
    let gone = head.to_lowercase().contains("gone.example");
    let status = if gone { "404 Not Found" } else { "200 OK" };
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
}

#[test]
fn the_program_asks_remembers_and_publishes_nothing_of_it() {
    let disk = crate::help::OnDisk::base();
    disk.write(
        "content/pages/law.md",
        "+++\ntitle = \"กฎหมาย\"\n+++\n\n[ระเบียบ](http://gone.example/x) [กรม](http://here.example/y)\n",
    );
    let proxy = proxy();
    let check = |args: &[&str]| {
        let all = [
            "check",
            "--only",
            "gone-link,refused-link",
            "--format",
            "json",
        ];
        let mut command = disk.command(all.iter().chain(args));
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"] {
            command.env(name, &proxy).env_remove(name.to_lowercase());
        }
        command.env_remove("NO_PROXY").env_remove("no_proxy");
        crate::help::Ran::from(command.output().expect("it runs")).stdout
    };
    let without = check(&[]);
    assert!(!without.contains("gone.example"), "{without}");
    assert!(!disk.path(".prongsai").exists());
    let with = check(&["--external"]);
    assert!(
        with.contains("gone-link") && with.contains("gone.example"),
        "{with}"
    );
    assert!(
        with.contains("refused-link") && with.contains("forms.example"),
        "{with}"
    );
    assert!(!with.contains("here.example"), "{with}");
    let kept = std::fs::read_to_string(disk.path(".prongsai/external.json")).expect("kept");
    assert!(
        kept.contains("http://here.example/y") && !kept.contains("forms.example"),
        "{kept}"
    );
    disk.build();
    assert!(!disk.public().keys().any(|f| f.contains("external")));
}

#[test]
fn a_closed_port_is_no_proof_that_a_page_is_gone() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address").port()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let reply = Web::of(folder.path()).fetch(&format!("http://127.0.0.1:{port}/"));
    assert!(matches!(reply, Reply::Unclear(_)), "{reply:?}");
}
