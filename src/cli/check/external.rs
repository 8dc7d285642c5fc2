//! Asks other hosts for `prongsai check --external`, and remembers for a week
//! what they said.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::check::{Fetch, Reply};

const PATIENCE: Duration = Duration::from_secs(10);
const WEEK: u64 = 7 * 24 * 60 * 60;

/// Beside `content/`; hidden, so that it is never published.
const FOLDER: &str = ".prongsai";
const FILE: &str = "external.json";

/// An answer worth keeping, with the second it was given in.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    at: u64,
    status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

/// The open web.
#[derive(Debug)]
pub struct Web {
    agent: ureq::Agent,
    file: PathBuf,
    kept: Mutex<BTreeMap<String, Kept>>,
    now: u64,
}

impl Web {
    /// With what is remembered in this site's folder.
    pub fn of(root: &Path) -> Web {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!(
                "prongsai/",
                env!("CARGO_PKG_VERSION"),
                " (link check)"
            ))
            .build()
            .new_agent();
        let file = root.join(FOLDER).join(FILE);
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |d| d.as_secs());
        let mut kept: BTreeMap<String, Kept> = std::fs::read(&file)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        kept.retain(|_, answer| answer.at <= now && now - answer.at < WEEK);
        Web {
            agent,
            file,
            kept: Mutex::new(kept),
            now,
        }
    }

    /// Writes what was learnt. A folder that can't be written costs only the
    /// next run's time.
    pub fn remember(&self) {
        let Ok(kept) = self.kept.lock() else { return };
        let Ok(text) = serde_json::to_vec_pretty(&*kept) else {
            return;
        };
        if let Some(folder) = self.file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let _ = std::fs::write(&self.file, text);
    }

    fn ask(&self, address: &str, whole: bool) -> Reply {
        let address = encoded(address);
        let request = if whole {
            self.agent.get(&address)
        } else {
            self.agent.head(&address)
        };
        match request.call() {
            Ok(response) => {
                let status = response.status().as_u16();
                let to = response.headers().get("location");
                let to = to.map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
                match to {
                    Some(to) if (300..400).contains(&status) => Reply::Moved { status, to },
                    _ => Reply::Status(status),
                }
            }
            Err(ureq::Error::HostNotFound) => Reply::NoHost,
            Err(ureq::Error::Timeout(_)) => Reply::Unclear("no answer within 10 seconds".into()),
            Err(error) => Reply::Unclear(error.to_string()),
        }
    }
}

impl Fetch for Web {
    /// Asks for the head alone; hosts that refuse that are asked for the page.
    fn fetch(&self, address: &str) -> Reply {
        let mut answer = self.ask(address, false);
        let doubtful = match &answer {
            Reply::Status(status) => !(200..300).contains(status) && *status != 429,
            Reply::Unclear(_) => true,
            Reply::NoHost | Reply::Moved { .. } => false,
        };
        if doubtful {
            std::thread::sleep(self.pause());
            answer = self.ask(address, true);
        }
        let kept = match &answer {
            Reply::Status(429 | 500..=599) | Reply::NoHost | Reply::Unclear(_) => None,
            Reply::Status(status) => Some((*status, None)),
            Reply::Moved { status, to } => Some((*status, Some(to.clone()))),
        };
        if let (Some((status, to)), Ok(mut all)) = (kept, self.kept.lock()) {
            let at = self.now;
            all.insert(address.to_string(), Kept { at, status, to });
        }
        answer
    }

    fn known(&self, address: &str) -> Option<Reply> {
        let kept = self.kept.lock().ok()?.get(address)?.clone();
        Some(match kept.to {
            Some(to) => Reply::Moved {
                status: kept.status,
                to,
            },
            None => Reply::Status(kept.status),
        })
    }
}

/// Letters beyond ASCII stand in addresses as people see them, not as
/// machines send them.
fn encoded(address: &str) -> String {
    address
        .bytes()
        .map(|b| match b {
            b if b.is_ascii_graphic() => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}
