//! Addresses of other hosts: whether they still answer. This room opens no
//! connection; whoever asks for the check hands in one that does.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use crate::check::context::Context;
use crate::check::finding::{Found, finding};
use crate::diagnostic::Say;

use crate::site::hosts::{host, is_local};

use super::links::Link;

/// What came of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The host answered with this status.
    Status(u16),
    /// The host sent the reader on, for good or for now.
    Moved { status: u16, to: String },
    /// There is no such host.
    NoHost,
    /// No answer that tells anything: too slow, a certificate that does not
    /// hold, a connection refused. In English, for the message.
    Unclear(String),
}

/// Asks a host for an address, once; follows nothing.
pub trait Fetch: std::fmt::Debug + Send + Sync {
    fn fetch(&self, address: &str) -> Reply;

    /// The answer of an earlier run, if it is still good.
    fn known(&self, _address: &str) -> Option<Reply> {
        None
    }

    /// How long a host is left alone between two requests.
    fn pause(&self) -> Duration {
        Duration::from_millis(500)
    }
}

/// Hosts that are asked at the same time.
const AT_ONCE: usize = 4;
/// Further than this nobody is sent on.
const HOPS: usize = 5;

/// What is to be said of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    Fine,
    Moved(String),
    Gone(Say),
    Unknown(Say),
    NoHost,
}

pub fn check(context: &Context<'_>, links: &[Link], found: &mut Found) {
    let Some(fetch) = context.external.as_deref() else {
        return;
    };
    let own = host(&context.site.base_url);
    let mut addresses: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in links {
        let to = link.to.split('#').next().unwrap_or_default();
        let of = host(to);
        if of.as_deref().is_some_and(|h| !is_local(h)) && of != own {
            addresses.entry(to).or_default().push(link);
        }
    }
    let all: Vec<&str> = addresses.keys().copied().collect();
    let verdicts = ask(fetch, &all);
    let offline = verdicts.len() > 1 && verdicts.values().all(|v| *v == Verdict::NoHost);
    if offline {
        found.not_checked(
            crate::content::FOLDER,
            "ตรวจลิงก์ภายนอกไม่ได้ เพราะเครื่องนี้ไม่ได้ต่ออินเทอร์เน็ต",
            "links to other hosts were not checked, as this machine is not connected",
        );
        return;
    }
    for (address, links) in addresses {
        let Some(verdict) = verdicts.get(address) else {
            continue;
        };
        for link in links {
            let one = match verdict {
                Verdict::Fine => continue,
                Verdict::Gone(why) => finding(
                    "gone-link",
                    format!("ลิงก์ไป {address} ใช้ไม่ได้แล้ว ({})", why.th),
                    format!("{address} is gone ({})", why.en),
                ),
                Verdict::NoHost => finding(
                    "gone-link",
                    format!("ลิงก์ไป {address} ใช้ไม่ได้แล้ว (ไม่มีเว็บไซต์ชื่อนี้)"),
                    format!("{address} is gone (there is no such host)"),
                ),
                Verdict::Moved(to) => finding(
                    "moved-link",
                    format!("{address} ย้ายไปที่ใหม่ถาวรแล้ว"),
                    format!("{address} has moved for good"),
                )
                .hint(format!("เปลี่ยนเป็น {to}"), format!("write {to}")),
                Verdict::Unknown(why) => finding(
                    "refused-link",
                    format!("ตรวจ {address} ไม่ได้ ({})", why.th),
                    format!("{address} could not be checked ({})", why.en),
                ),
            };
            found.push(one.at(link.place.clone()));
        }
    }
}

/// Asks for every address: a few hosts at once, each host slowly.
fn ask(fetch: &dyn Fetch, addresses: &[&str]) -> BTreeMap<String, Verdict> {
    let mut by_host: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        let host = host(address).unwrap_or_default();
        by_host.entry(host).or_default().push(address);
    }
    let queue = Mutex::new(by_host.into_values().collect::<VecDeque<_>>());
    let verdicts = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().ok().and_then(|mut q| q.pop_front());
                    let Some(of_host) = next else { return };
                    for address in of_host {
                        let verdict = follow(fetch, address);
                        if let Ok(mut verdicts) = verdicts.lock() {
                            verdicts.insert(address.to_string(), verdict);
                        }
                    }
                }
            });
        }
    });
    verdicts.into_inner().unwrap_or_default()
}

fn answered(status: u16) -> Say {
    Say::new(format!("ตอบ {status}"), format!("it answers {status}"))
}

/// One address, wherever it leads.
fn follow(fetch: &dyn Fetch, address: &str) -> Verdict {
    let mut here = address.to_string();
    let mut for_good = true;
    let mut moved = None;
    for _ in 0..=HOPS {
        let answer = fetch.known(&here).unwrap_or_else(|| {
            let answer = fetch.fetch(&here);
            std::thread::sleep(fetch.pause());
            answer
        });
        match answer {
            Reply::Status(status @ (404 | 410)) => return Verdict::Gone(answered(status)),
            Reply::NoHost => return Verdict::NoHost,
            Reply::Status(200..=399) => {
                return moved.map_or(Verdict::Fine, Verdict::Moved);
            }
            Reply::Status(status) => return Verdict::Unknown(answered(status)),
            Reply::Unclear(why) => {
                let th = format!("ไม่มีคำตอบที่ชัดเจน: {why}");
                return Verdict::Unknown(Say::new(th, why));
            }
            Reply::Moved { status, to } => {
                let Some(to) = beside(&here, &to) else {
                    return Verdict::Unknown(answered(status));
                };
                // A reader's own network is not for strangers to choose.
                if host(&to).is_none_or(|h| is_local(&h)) {
                    return Verdict::Unknown(answered(status));
                }
                for_good &= matches!(status, 301 | 308);
                if for_good {
                    moved = Some(to.clone());
                }
                here = to;
            }
        }
    }
    Verdict::Unknown(Say::new(
        "ส่งต่อไปเรื่อย ๆ ไม่รู้จบ",
        "it sends readers on without end",
    ))
}

/// The address that `to` means on the page `here`.
fn beside(here: &str, to: &str) -> Option<String> {
    let to = to.trim().split('#').next()?;
    if to.starts_with("https://") || to.starts_with("http://") {
        return Some(to.to_string());
    }
    let (scheme, rest) = here.split_once("://")?;
    if let Some(other_host) = to.strip_prefix("//") {
        return Some(format!("{scheme}://{other_host}"));
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if to.starts_with('/') {
        return Some(format!("{scheme}://{host}{to}"));
    }
    let path = path.split('?').next()?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let between = if folder.is_empty() { "" } else { "/" };
    Some(format!("{scheme}://{host}/{folder}{between}{to}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_beside_another() {
        let beside = |to| beside("https://a.go.th/x/y?z=1", to);
        assert_eq!(beside("/q").as_deref(), Some("https://a.go.th/q"));
        assert_eq!(beside("q").as_deref(), Some("https://a.go.th/x/q"));
        assert_eq!(beside("//b.go.th/").as_deref(), Some("https://b.go.th/"));
        assert_eq!(beside("http://c/#d").as_deref(), Some("http://c/"));
    }
}
