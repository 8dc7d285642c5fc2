//! Files of strangers are opened by a child process: the program itself, with
//! less memory and a clock over it. One child reads many files; one that dies
//! costs the file it was at, and the next file gets a new one.
//!
//! Over its standard input and output goes, for each file, a line of JSON
//! (`{"kind":"Pdf","length":1234}`) with so many bytes behind it, and back a
//! line with the [`Document`].

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{LazyLock, Mutex, OnceLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Document, Kind};
use crate::diagnostic::system;

/// The subcommand under which the program is such a child.
pub const COMMAND: &str = "read-documents";
/// What a child may ask for, in megabytes; the largest workbook that is read
/// takes half of it.
pub const MEMORY: u64 = 1024;
/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(30);

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
static IDLE: LazyLock<Mutex<Vec<Reader>>> = LazyLock::new(Mutex::default);

/// From now on files are opened by children of this program. Without it, as in
/// a program that uses the library, they are opened in place.
pub fn by(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// Sends the children home that have nothing to do.
pub fn rest() {
    if let Ok(mut idle) = IDLE.lock() {
        idle.clear();
    }
}

#[derive(Serialize, Deserialize)]
struct Job {
    kind: Kind,
    length: usize,
}

pub(super) fn open(kind: Kind, bytes: Vec<u8>) -> Document {
    let Some(program) = PROGRAM.get() else {
        return super::open(kind, bytes);
    };
    let idle = IDLE.lock().ok().and_then(|mut idle| idle.pop());
    let reader = match idle.map_or_else(|| Reader::start(&mut command(program)), Ok) {
        Ok(reader) => reader,
        Err(error) => {
            let why = system::why(&error);
            return Document::unread(
                format!("เริ่มตัวอ่านเอกสารไม่ได้: {}", why.th),
                format!("the reader of documents did not start: {}", why.en),
            );
        }
    };
    match reader.read(kind, &bytes, PATIENCE) {
        Ok((document, reader)) => {
            if let Ok(mut idle) = IDLE.lock() {
                idle.push(reader);
            }
            document
        }
        Err(document) => *document,
    }
}

fn command(program: &PathBuf) -> Command {
    let mut command = Command::new(program);
    command.arg(COMMAND);
    command
}

/// A child that waits for files.
struct Reader {
    child: Child,
    to: ChildStdin,
    replies: Receiver<String>,
}

impl Reader {
    fn start(command: &mut Command) -> std::io::Result<Reader> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        };
        let (send, replies) = channel();
        std::thread::Builder::new().spawn(move || {
            let lines = BufReader::new(from).lines().map_while(Result::ok);
            for line in lines {
                if send.send(line).is_err() {
                    break;
                }
            }
        })?;
        Ok(Reader { child, to, replies })
    }

    /// Lets it read one file; it comes back where it lives on.
    fn read(
        mut self,
        kind: Kind,
        bytes: &[u8],
        patience: Duration,
    ) -> Result<(Document, Reader), Box<Document>> {
        let length = bytes.len();
        let mut job = serde_json::to_vec(&Job { kind, length }).unwrap_or_default();
        job.push(b'\n');
        // A child that is gone by now says so by its missing reply.
        let _ = self
            .to
            .write_all(&job)
            .and_then(|()| self.to.write_all(bytes))
            .and_then(|()| self.to.flush());
        let reply = self.replies.recv_timeout(patience);
        let reply = reply.map(|line| serde_json::from_str::<Document>(&line));
        match reply {
            Ok(Ok(document)) => Ok((document, self)),
            Err(RecvTimeoutError::Timeout) => Err(Box::new(Document::unread(
                "ไฟล์นี้ใช้เวลาอ่านนานผิดปกติ จึงหยุดอ่าน",
                "this file takes too long to read, so it was given up",
            ))),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Box::new(Document::unread(
                "ไฟล์นี้เสียหาย หรือต้องใช้หน่วยความจำมากผิดปกติ จึงอ่านไม่ได้",
                "this file is damaged or asks for too much memory, so it can't be read",
            ))),
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a child does: opens what comes in until nothing more comes. `memory`
/// in megabytes; only Unix can hold it.
pub fn read_all(memory: u64) {
    limit(memory);
    let mut from = BufReader::new(std::io::stdin().lock());
    let mut to = std::io::stdout().lock();
    let mut line = String::new();
    while from.read_line(&mut line).is_ok_and(|read| read > 0) {
        let Ok(job) = serde_json::from_str::<Job>(&line) else {
            return;
        };
        line.clear();
        let mut bytes = vec![0; job.length];
        if from.read_exact(&mut bytes).is_err() {
            return;
        }
        let document = super::open(job.kind, bytes);
        let Ok(mut reply) = serde_json::to_vec(&document) else {
            return;
        };
        reply.push(b'\n');
        if to.write_all(&reply).and_then(|()| to.flush()).is_err() {
            return;
        }
    }
}

#[cfg(unix)]
fn limit(memory: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let bytes = Some(memory * 1024 * 1024);
    let of = |current| Rlimit {
        current,
        maximum: current,
    };
    // No dump of what a stranger's file did.
    let _ = setrlimit(Resource::Core, of(Some(0)));
    let _ = setrlimit(Resource::As, of(bytes));
}

#[cfg(not(unix))]
fn limit(_memory: u64) {}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn run(script: &str, patience: Duration) -> Result<(Document, Reader), Box<Document>> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let reader = Reader::start(&mut command).expect("a shell");
        reader.read(Kind::Pdf, &vec![b'x'; 1 << 20], patience)
    }

    #[test]
    fn a_child_that_dies_hangs_or_babbles_costs_one_file() {
        let long = Duration::from_secs(600);
        let why = |read: Result<(Document, Reader), Box<Document>>| {
            read.err().and_then(|d| d.unread).map(|say| say.en)
        };
        let damaged = Some("this file is damaged or asks for too much memory, so it can't be read");
        assert_eq!(why(run("exit 1", long)).as_deref(), damaged);
        assert_eq!(
            why(run("echo hello; cat > /dev/null", long)).as_deref(),
            damaged
        );
        let hangs = run("cat > /dev/null", Duration::from_millis(20));
        assert!(why(hangs).is_some_and(|en| en.contains("too long")));
    }
}
