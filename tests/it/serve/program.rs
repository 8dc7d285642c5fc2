//! The program itself: real connections, real signals.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::help::OnDisk;

/// The program at work; ended when dropped.
struct Serving {
    disk: OnDisk,
    child: Child,
    address: String,
}

impl Serving {
    fn base() -> Serving {
        Serving::start(OnDisk::base(), &[])
    }

    fn start(disk: OnDisk, more: &[&str]) -> Serving {
        let mut child = disk
            .command(["serve", "--port", "0"])
            .args(more)
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
            disk,
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
        !serving.disk.path("public").exists(),
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
