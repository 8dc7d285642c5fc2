//! The one file that knows tiny_http. Four of its ways are gone around: its
//! own responses wait some 40 ms and lose connections in bursts, so each
//! answer is one write with `Connection: close`; it leaves the number of
//! threads to us, so each request has one and no client waits for another;
//! its accept thread ends at the first error, so it is made anew from our own
//! listener; and its pool can give two connections that come together to one
//! idle thread, where the second waits for the first to end, so now and then
//! an empty connection makes a thread that takes what waits.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tiny_http::Server;

use super::Preview;
use super::http::{Body, Reply, Request};

/// Answers under way at once. A browser has six; more than this is a fault
/// somewhere, and is told to come again.
const MOST: usize = 256;
/// Ports that are tried from the wanted one on.
const TRIES: u16 = 50;
/// Between two empty connections: while clients come and go, and else.
const NUDGE: Duration = Duration::from_millis(25);
const IDLE_NUDGE: Duration = Duration::from_millis(200);
/// Between two signs of life on an event stream, which find dead clients.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// Opens the port, or the next free one; 0 lets the system choose.
pub fn listen(host: IpAddr, port: u16) -> std::io::Result<TcpListener> {
    let mut last = None;
    for offset in 0..TRIES {
        let Some(port) = port.checked_add(offset) else {
            break;
        };
        match TcpListener::bind((host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => {
                let taken = error.kind() == std::io::ErrorKind::AddrInUse;
                last = Some(error);
                if !taken {
                    break;
                }
            }
        }
        if port == 0 {
            break;
        }
    }
    Err(last.unwrap_or_else(|| std::io::Error::from(std::io::ErrorKind::AddrInUse)))
}

/// Answers until the process is ended; comes back only where the listener
/// itself is lost.
pub fn run(preview: &Arc<Preview>, listener: &TcpListener) {
    let busy = Arc::new(AtomicUsize::new(0));
    let asked = Arc::new(AtomicUsize::new(0));
    if let Ok(address) = listener.local_addr() {
        let (busy, asked) = (busy.clone(), asked.clone());
        std::thread::spawn(move || nudge(address, &busy, &asked));
    }
    loop {
        let server = listener
            .try_clone()
            .and_then(|l| Server::from_listener(l, None).map_err(std::io::Error::other));
        let Ok(server) = server else { return };
        while let Ok(request) = server.recv() {
            asked.fetch_add(1, Ordering::Relaxed);
            accept(preview, request, &busy);
        }
        // Out of descriptors, most likely: give clients a moment to leave.
        std::thread::park_timeout(Duration::from_millis(200));
    }
}

/// Opens and closes a connection to ourselves, for as long as the process
/// lives.
fn nudge(mut address: SocketAddr, busy: &AtomicUsize, asked: &AtomicUsize) {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    let mut known = 0;
    loop {
        let now = asked.load(Ordering::Relaxed);
        let quiet = busy.load(Ordering::Relaxed) == 0 && now == known;
        known = now;
        std::thread::sleep(if quiet { IDLE_NUDGE } else { NUDGE });
        // Without a descriptor left there is nobody to be answered either.
        let _ = TcpStream::connect_timeout(&address, NUDGE);
    }
}

fn accept(preview: &Arc<Preview>, request: tiny_http::Request, busy: &Arc<AtomicUsize>) {
    if busy.fetch_add(1, Ordering::Relaxed) >= MOST {
        busy.fetch_sub(1, Ordering::Relaxed);
        let mut writer = request.into_writer();
        let _ = write_reply(
            &mut writer,
            Reply::text(503, "").with("Retry-After", "1"),
            false,
        );
        return;
    }
    let (preview, count) = (preview.clone(), busy.clone());
    let started = std::thread::Builder::new().spawn(move || {
        // A client that goes away is no failure.
        let _ = answer(&preview, request);
        count.fetch_sub(1, Ordering::Relaxed);
    });
    if started.is_err() {
        busy.fetch_sub(1, Ordering::Relaxed);
    }
}

fn answer(preview: &Preview, request: tiny_http::Request) -> std::io::Result<()> {
    let headers: Vec<(String, String)> = request
        .headers()
        .iter()
        .map(|h| (h.field.to_string(), h.value.to_string()))
        .collect();
    let near = request
        .remote_addr()
        .is_some_and(|address| address.ip().to_canonical().is_loopback());
    let method = request.method().to_string();
    let target = request.url().to_string();
    let asked = Request {
        method: &method,
        target: &target,
        headers: &headers,
        near,
    };
    // One bad page must not end the others.
    let reply = catch_unwind(AssertUnwindSafe(|| preview.reply(&asked)))
        .unwrap_or_else(|_| Reply::text(500, "This page failed."));
    let mut writer = request.into_writer();
    if matches!(reply.body, Body::Events) && method != "HEAD" {
        return events(preview, &mut writer, &reply);
    }
    write_reply(&mut writer, reply, method == "HEAD")
}

fn write_reply(writer: &mut dyn Write, reply: Reply, head_only: bool) -> std::io::Result<()> {
    let mut bytes = head_of(&reply);
    match reply.body {
        _ if head_only => writer.write_all(&bytes)?,
        Body::Bytes(body) => {
            bytes.extend_from_slice(&body);
            writer.write_all(&bytes)?;
        }
        Body::File { path, from, length } => {
            writer.write_all(&bytes)?;
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(from))?;
            std::io::copy(&mut file.take(length), writer)?;
        }
        Body::Events => writer.write_all(&bytes)?,
    }
    writer.flush()
}

/// Tells each new revision until the client is gone.
fn events(preview: &Preview, writer: &mut dyn Write, reply: &Reply) -> std::io::Result<()> {
    let mut head = head_of(reply);
    head.extend_from_slice(b"retry: 1000\n\n");
    writer.write_all(&head)?;
    let mut known = None;
    loop {
        let message = match preview.wait(known, HEARTBEAT) {
            Some(revision) => {
                known = Some(revision);
                format!(
                    "id: {revision}\nevent: revision\ndata: {{\"run\":\"{}\",\"revision\":{revision}}}\n\n",
                    preview.run()
                )
            }
            None => ": still here\n\n".to_string(),
        };
        writer.write_all(message.as_bytes())?;
        writer.flush()?;
    }
}

fn head_of(reply: &Reply) -> Vec<u8> {
    let reason = match reply.status {
        200 => "OK",
        204 => "No Content",
        206 => "Partial Content",
        304 => "Not Modified",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        416 => "Range Not Satisfiable",
        503 => "Service Unavailable",
        _ => "Error",
    };
    let mut head = format!(
        "HTTP/1.1 {} {reason}\r\nConnection: close\r\n",
        reply.status
    );
    // A 304 has no body, and its length would be the page's.
    if let Some(length) = reply.body.length().filter(|_| reply.status != 304) {
        head.push_str(&format!("Content-Length: {length}\r\n"));
    }
    for (name, value) in &reply.headers {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head.into_bytes()
}
