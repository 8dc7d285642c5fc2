//! The one file that knows tiny_http. Two of its ways are gone around: its
//! own responses wait some 40 ms and lose connections in bursts, so each
//! answer is one write with `Connection: close`; and its accept thread ends at
//! the first error, so it is made anew from our own listener.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tiny_http::{Request, Server};

use super::{Preview, Reply};

/// Threads that answer; a slow reader holds one of them, not all.
const WORKERS: usize = 8;
/// Ports that are tried from the wanted one on.
const TRIES: u16 = 50;

/// Opens the port, or the next free one; 0 lets the system choose.
pub fn listen(port: u16) -> std::io::Result<TcpListener> {
    let mut last = None;
    for offset in 0..TRIES {
        let Some(port) = port.checked_add(offset) else {
            break;
        };
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
        if port == 0 {
            break;
        }
    }
    Err(last.unwrap_or_else(|| std::io::Error::from(std::io::ErrorKind::AddrInUse)))
}

/// Answers until the process is ended.
pub fn run(preview: Preview, listener: &TcpListener) -> u8 {
    let preview = Arc::new(preview);
    loop {
        let server = listener
            .try_clone()
            .and_then(|l| Server::from_listener(l, None).map_err(std::io::Error::other));
        let Ok(server) = server else { return 2 };
        let server = Arc::new(server);
        let workers: Vec<_> = (0..WORKERS)
            .map(|_| {
                let (server, preview) = (server.clone(), preview.clone());
                std::thread::spawn(move || {
                    while let Ok(request) = server.recv() {
                        answer(&preview, request);
                    }
                    // The accept thread is gone: wake the others.
                    server.unblock();
                })
            })
            .collect();
        for worker in workers {
            let _ = worker.join();
        }
        // Out of descriptors, most likely: give clients a moment to leave.
        std::thread::park_timeout(Duration::from_millis(200));
    }
}

fn answer(preview: &Preview, request: Request) {
    let head = request.method().as_str() == "HEAD";
    let host = request
        .headers()
        .iter()
        .find(|h| h.field.equiv("Host"))
        .map(|h| h.value.as_str().to_string());
    let reply = catch_unwind(AssertUnwindSafe(|| {
        preview.reply(request.method().as_str(), request.url(), host.as_deref())
    }));
    let reply = reply.unwrap_or_else(|_| Reply {
        status: 500,
        headers: Vec::new(),
        body: b"This page failed.".to_vec(),
    });
    let mut bytes = head_of(&reply);
    if !head {
        bytes.extend_from_slice(&reply.body);
    }
    let mut writer = request.into_writer();
    let _ = writer.write_all(&bytes).and_then(|()| writer.flush());
}

fn head_of(reply: &Reply) -> Vec<u8> {
    let reason = match reply.status {
        200 => "OK",
        308 => "Permanent Redirect",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Error",
    };
    let mut head = format!(
        "HTTP/1.1 {} {reason}\r\nContent-Length: {}\r\nConnection: close\r\n",
        reply.status,
        reply.body.len()
    );
    for (name, value) in &reply.headers {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head.into_bytes()
}
