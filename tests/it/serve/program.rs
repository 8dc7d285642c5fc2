//! The program itself: real connections, real signals.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::help::OnDisk;

/// Longer than anything here takes on a busy machine; only a failure waits.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program at work; ended when dropped.
pub struct Serving {
    pub disk: OnDisk,
    child: Child,
    pub address: String,
    /// What the program prints, as it comes.
    lines: Mutex<Receiver<String>>,
}

impl Serving {
    pub fn base() -> Serving {
        Serving::start(OnDisk::base(), &[])
    }

    pub fn start(disk: OnDisk, more: &[&str]) -> Serving {
        let mut command = disk.command(["serve", "--port", "0"]);
        command.args(more);
        Serving::of(disk, command)
    }

    pub fn of(disk: OnDisk, mut command: Command) -> Serving {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (sender, lines) = channel();
        let errors = child.stderr.take().expect("stderr");
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
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
            lines: Mutex::new(lines),
        };
        assert!(serving.address.contains(':'), "{line}");
        serving
    }

    /// The next line on the terminal that has these words.
    #[track_caller]
    pub fn line(&self, words: &str) -> String {
        let mut seen = Vec::new();
        loop {
            match self
                .lines
                .lock()
                .expect("one reader")
                .recv_timeout(PATIENCE)
            {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => seen.push(line),
                Err(_) => panic!("no line with “{words}” in {seen:#?}"),
            }
        }
    }

    /// Lines that were printed and not asked for yet.
    pub fn lines_so_far(&self) -> Vec<String> {
        self.lines.lock().expect("one reader").try_iter().collect()
    }

    pub fn get(&self, path: &str) -> (u16, String) {
        let (head, body) = self.ask("GET", path, &self.address);
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok());
        (
            status.expect("a status"),
            String::from_utf8_lossy(&body).into_owned(),
        )
    }

    pub fn state(&self, page: &str) -> serde_json::Value {
        let (_, body) = self.get(&format!("/web/__prongsai/state?page={page}"));
        serde_json::from_str(&body).expect("JSON")
    }

    /// Follows the program's own events until it is so.
    #[track_caller]
    pub fn until(&self, what: &str, is_so: impl Fn(&Serving) -> bool) {
        let mut stream = self.connect();
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        write!(
            stream,
            "GET /web/__prongsai/events HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.address
        )
        .expect("sent");
        let mut events = BufReader::new(stream).lines();
        let until = Instant::now() + PATIENCE;
        loop {
            if is_so(self) {
                return;
            }
            // The first event comes at once, each other with a change.
            loop {
                assert!(Instant::now() < until, "never: {what}");
                let line = events.next().and_then(Result::ok);
                let line = line.unwrap_or_else(|| panic!("no event: {what}"));
                if line.starts_with("data:") {
                    break;
                }
            }
        }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("set");
        stream
    }

    /// The head of the answer, and as much of a body as it says there is.
    pub fn ask(&self, method: &str, path: &str, host: &str) -> (String, Vec<u8>) {
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
        if method != "HEAD"
            && let Some(length) = length(&head)
        {
            body.resize(length, 0);
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

fn length(head: &str) -> Option<usize> {
    let line = head
        .lines()
        .find_map(|l| l.strip_prefix("Content-Length: "));
    line.and_then(|n| n.parse().ok())
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
    assert_eq!(length(&head), Some(replies[0].1.len()));
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

/// Clients that ask for a large file and read none of it hold nobody up.
#[test]
fn stalled_readers_of_large_files_do_not_keep_others_waiting() {
    let disk = OnDisk::base();
    disk.write("content/files/plan.pdf", vec![7u8; 20_000_000]);
    let serving = Serving::start(disk, &[]);
    let stalled: Vec<TcpStream> = (0..32)
        .map(|_| {
            let mut stream = serving.connect();
            write!(
                stream,
                "GET /web/files/plan.pdf HTTP/1.1\r\nHost: {}\r\n\r\n",
                serving.address
            )
            .expect("sent");
            stream
        })
        .collect();
    for _ in 0..10 {
        assert_eq!(serving.get("/web/").0, 200);
    }
    let (head, body) = serving.ask("GET", "/web/files/plan.pdf", &serving.address);
    assert!(head.contains("Content-Length: 20000000\r\n"), "{head}");
    assert_eq!(body.len(), 20_000_000);
    drop(stalled);
}

#[test]
fn a_taken_port_is_said_and_the_next_is_used() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let disk = OnDisk::base();
    let command = disk.command(["serve", "--port", &port]);
    let serving = Serving::of(disk, command);
    assert!(!serving.address.ends_with(&format!(":{port}")));
    assert!(serving.line("is taken").contains(&port));
    assert_eq!(serving.get("/web/").0, 200);
}

#[test]
fn the_network_is_warned_of_and_no_device_can_open_files() {
    let disk = OnDisk::base();
    let command = disk.command(["serve", "--host", "--port", "0"]);
    let serving = Serving::of(disk, command);
    serving.line("warning: everyone on this network");
    assert_eq!(serving.get("/web/").0, 200);
    // A machine without any network has no address to tell.
    let told = serving.line("network");
    if let Some(url) = told.split_whitespace().find(|w| w.starts_with("http://")) {
        assert_eq!(decoded(&serving), url);
    }
    let port = serving.address.rsplit(':').next().expect("a port");
    let (head, _) = serving.ask("GET", "/web/", &format!("evil.example:{port}"));
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
}

/// What a phone reads from the code in the terminal: letters are its light.
fn decoded(serving: &Serving) -> String {
    const SCALE: usize = 4;
    let mut rows: Vec<Vec<bool>> = Vec::new();
    // The quiet zone below the code ends it.
    let mut quiet = 0;
    while rows.is_empty() || quiet < 2 {
        let line = serving.line("█");
        quiet = if rows.len() > 8 && line.chars().all(|c| c == '█') {
            quiet + 1
        } else {
            0
        };
        rows.push(line.chars().map(|c| matches!(c, '█' | '▀')).collect());
        rows.push(line.chars().map(|c| matches!(c, '█' | '▄')).collect());
    }
    let (width, height) = (rows[0].len(), rows.len());
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width * SCALE, height * SCALE, |x, y| {
            if rows[y / SCALE][x / SCALE] { 255 } else { 0 }
        });
    let grid = image.detect_grids().pop().expect("a code");
    grid.decode().expect("readable").1
}

#[test]
fn a_file_is_opened_at_its_line_in_the_named_editor() {
    let disk = OnDisk::base();
    let editor = disk.path("editor of mine");
    let note = disk.path("opened");
    std::fs::write(
        &editor,
        format!(
            "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{0}.new'; mv '{0}.new' '{0}'\n",
            note.display()
        ),
    )
    .expect("written");
    make_executable(&editor);
    let command = format!("\"{}\" --at {{line}} {{file}}", editor.display());
    let serving = Serving::start(disk, &["--editor", &command]);
    let mut stream = serving.connect();
    write!(
        stream,
        "POST /web/__prongsai/open?file=content/2568/structure.md&line=7 HTTP/1.1\r\nHost: {}\r\nX-Prongsai: open\r\nContent-Length: 0\r\n\r\n",
        serving.address
    )
    .expect("sent");
    let mut head = String::new();
    BufReader::new(stream)
        .read_line(&mut head)
        .expect("an answer");
    assert!(head.starts_with("HTTP/1.1 204 "), "{head}");
    let until = Instant::now() + PATIENCE;
    while !note.exists() {
        assert!(Instant::now() < until, "the editor was not started");
        std::thread::yield_now();
    }
    let words = std::fs::read_to_string(&note).expect("words");
    let file = serving.disk.path("content/2568/structure.md");
    assert_eq!(words, format!("--at\n7\n{}\n", file.display()));
}

#[cfg(unix)]
fn make_executable(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(path, mode).expect("set");
}

#[cfg(not(unix))]
fn make_executable(_: &std::path::Path) {}

/// Ctrl-C: gone at once, whatever is going on, with nothing left behind.
#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_with_nothing_left_behind() {
    let mut serving = Serving::base();
    let before = crate::help::tree(serving.disk.dir.path());
    let open: Vec<TcpStream> = (0..3)
        .map(|_| {
            let mut stream = serving.connect();
            write!(
                stream,
                "GET /web/__prongsai/events HTTP/1.1\r\nHost: {}\r\n\r\n",
                serving.address
            )
            .expect("sent");
            stream
        })
        .collect();
    let pid = serving.child.id().to_string();
    let killed = Command::new("kill").args(["-INT", &pid]).status();
    assert!(killed.expect("kill runs").success());
    serving.child.wait().expect("it ends");
    drop(open);
    assert_eq!(crate::help::tree(serving.disk.dir.path()), before);
    assert!(TcpStream::connect(&serving.address).is_err());
}

#[cfg(unix)]
#[test]
fn an_interrupt_in_the_middle_of_writing_leaves_the_old_site_and_nothing_else() {
    let disk = OnDisk::base();
    assert_eq!(disk.run(&["build"]).code, 0);
    for n in 0..600 {
        disk.write(
            &format!("content/pages/p{n}.md"),
            format!("+++\ntitle = \"หน้า {n}\"\n+++\nข้อความ\n"),
        );
    }
    let before = crate::help::tree(disk.dir.path());
    let mut child = disk
        .command(["build"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let until = Instant::now() + PATIENCE;
    while !disk.path("public.staging/new").exists() {
        assert!(Instant::now() < until, "it did not begin to write");
        std::thread::yield_now();
    }
    let pid = child.id().to_string();
    let killed = Command::new("kill").args(["-INT", &pid]).status();
    assert!(killed.expect("kill runs").success());
    let ended = child.wait().expect("it ends");
    assert_eq!(ended.code(), Some(130));
    assert_eq!(crate::help::tree(disk.dir.path()), before);
}

#[test]
fn writing_as_well_puts_each_whole_site_into_public_and_no_broken_one() {
    let serving = Serving::start(OnDisk::base(), &["--write"]);
    serving.line("written to");
    let page = serving.disk.path("public/history/index.html");
    let first = std::fs::read_to_string(&page).expect("published");
    assert!(!first.contains("__prongsai"));
    serving.disk.write(
        "content/pages/history.md",
        "+++\ntitle = \"เสีย\"\n+++\n[ไป](nowhere.md)\n",
    );
    serving.line("now 1 error,");
    assert_eq!(std::fs::read_to_string(&page).expect("there"), first);
    serving
        .disk
        .write("content/pages/history.md", "+++\ntitle = \"ดี\"\n+++\nใหม่\n");
    serving.line("written to");
    assert!(std::fs::read_to_string(&page).expect("there").contains("ดี"));
}
