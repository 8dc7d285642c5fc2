//! When to look at the files. Events are hints: they come twice, late, for
//! our own reading, or not at all. So the first one is acted on at once for
//! the paths that it names; the truth is the look at everything that follows
//! when it is quiet, and one every few seconds whether there were hints or
//! not.
//!
//! One thread does all of that, so that a change while a site is loaded leads
//! to one further load. Another judges all pages between changes: one page or
//! one large document may take long, and an edit waits for neither.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::content::FOLDER;
use crate::files::{Changes, Look, SitePath, is_site_name};

use super::{Preview, Seen};

/// How long it must be quiet before what was seen is believed.
const SETTLE: Duration = Duration::from_millis(250);
/// Between looks without a hint: while events come, and where none do.
const SAFETY: Duration = Duration::from_secs(3);
const POLL: Duration = Duration::from_secs(1);
/// Looks without a hint take at most one part in this many of the time, so
/// that an idle preview of a huge site costs next to nothing; polling, where
/// they are all there is, one in a tenth as many.
const IDLE_SHARE: u32 = 400;
/// Who saves without a pause is believed after this long.
const UNREST: Duration = Duration::from_secs(2);
/// More paths than a person saves at once: a checkout, a copied folder. These
/// are waited for, but not longer than this.
const STORM: usize = 24;
const STORM_PATIENCE: Duration = Duration::from_secs(1);

/// Folders of the site that hold sources.
const SOURCES: [&str; 2] = [FOLDER, "themes"];

pub struct Watch {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// Look every second instead of waiting for events, as for network drives
    /// that send none.
    pub poll: bool,
}

/// What is worth a line to the webmaster.
pub enum News {
    /// A newer site, or newer messages, are shown; the time from the first
    /// hint.
    Shown { changes: Changes, took: Duration },
    /// All pages of the newest site were judged.
    Checked,
    /// Events can't be had, so the files are looked at every second.
    Polling(String),
}

/// What the watcher's thread tells.
enum Hint {
    Paths(Vec<PathBuf>),
    /// Something was missed.
    Everything,
    /// Not of files: all pages were judged.
    Judged,
}

/// Keeps the preview at the newest files until the process is ended.
pub fn watch(preview: &Preview, watch: &Watch, tell: &mut dyn FnMut(News)) {
    let (sender, hints) = channel();
    let hinted = Arc::new(AtomicBool::new(false));
    let mut events = Events {
        root: whole(&watch.root),
        watcher: None,
        sender,
        hinted: hinted.clone(),
    };
    if !watch.poll
        && let Err(error) = events.begin()
    {
        tell(News::Polling(error.to_string()));
    }
    let (due, asked) = channel();
    std::thread::scope(|threads| {
        let (judged, stop) = (events.sender.clone(), hinted.clone());
        threads.spawn(move || {
            while asked.recv().is_ok() {
                let go_on = || !stop.load(Ordering::Relaxed);
                // A page that can't be judged is a fault of the program, which
                // its hook tells: the next edit is judged all the same.
                let done = std::panic::catch_unwind(AssertUnwindSafe(|| {
                    preview.report_is_due() && preview.check(&go_on)
                }));
                if done.unwrap_or(false) {
                    let _ = judged.send(Hint::Judged);
                }
            }
        });
        Loop {
            preview,
            events,
            hints,
            hinted,
            due,
            burst: Burst::default(),
            look_took: Duration::ZERO,
            told_polling: false,
        }
        .run(tell);
    });
}

struct Loop<'p> {
    preview: &'p Preview,
    events: Events,
    hints: Receiver<Hint>,
    /// A change came that was not looked at: judging can wait.
    hinted: Arc<AtomicBool>,
    /// Asks for all pages to be judged.
    due: Sender<()>,
    burst: Burst,
    /// What the last look at everything cost.
    look_took: Duration,
    told_polling: bool,
}

/// Hints since it was last quiet.
#[derive(Default)]
struct Burst {
    /// When to believe what is seen; `None` while it is quiet.
    settle_at: Option<Instant>,
    began: Option<Instant>,
    last_look: Option<Instant>,
    paths: std::collections::BTreeSet<PathBuf>,
}

impl Loop<'_> {
    fn run(&mut self, tell: &mut dyn FnMut(News)) {
        loop {
            if self.preview.report_is_due() && !self.is_storm() {
                let _ = self.due.send(());
            }
            let wait = match self.burst.settle_at {
                Some(at) => at.saturating_duration_since(Instant::now()),
                None => self.idle_wait(),
            };
            match self.hints.recv_timeout(wait) {
                Ok(hint) => self.hinted(hint, tell),
                Err(RecvTimeoutError::Timeout) if self.burst.settle_at.is_some() => {
                    self.settle(tell);
                }
                Err(_) => self.safety(tell),
            }
        }
    }

    fn is_storm(&self) -> bool {
        self.burst.paths.len() > STORM
    }

    fn idle_wait(&self) -> Duration {
        match self.events.watcher {
            Some(_) => SAFETY.max(self.look_took * IDLE_SHARE),
            None => POLL.max(self.look_took * (IDLE_SHARE / 10)),
        }
    }

    fn hinted(&mut self, hint: Hint, tell: &mut dyn FnMut(News)) {
        let came = Instant::now();
        let mut paths = Vec::new();
        let mut everything = false;
        let more = std::iter::from_fn(|| self.hints.try_recv().ok());
        for hint in std::iter::once(hint).chain(more.collect::<Vec<_>>()) {
            match hint {
                Hint::Paths(some) => paths.extend(some),
                Hint::Everything => everything = true,
                Hint::Judged => tell(News::Checked),
            }
        }
        // A hint that comes just before this is looked at next, and a newer
        // site ends the judging of an older one anyway.
        self.hinted.store(false, Ordering::Relaxed);
        if paths.is_empty() && !everything {
            return;
        }
        if paths.iter().any(|path| self.events.is_source_folder(path)) {
            self.events.renew();
            everything = true;
        }
        self.burst.began.get_or_insert(came);
        self.burst.paths.extend(paths.iter().cloned());
        // A checkout goes on for longer, and half of it is no state to show.
        let most = match self.burst.began {
            Some(began) if !self.is_storm() => (began + UNREST).max(came),
            _ => came + SETTLE,
        };
        self.burst.settle_at = Some((came + SETTLE).min(most));
        if self.is_storm() || everything {
            let since = self.burst.last_look.or(self.burst.began).unwrap_or(came);
            if self.is_storm() && came.duration_since(since) < STORM_PATIENCE {
                return;
            }
            self.look(None, Look::First, came, tell);
            return;
        }
        let inside: Option<Vec<SitePath>> = paths.iter().map(|path| self.inside(path)).collect();
        self.look(inside.as_deref(), Look::First, came, tell);
    }

    /// A path of an event, as one of the site.
    fn inside(&self, path: &Path) -> Option<SitePath> {
        SitePath::from_disk(&self.events.root, path).ok()
    }

    /// It has been quiet: what is there now is what was meant.
    fn settle(&mut self, tell: &mut dyn FnMut(News)) {
        let began = self.burst.began.unwrap_or_else(Instant::now);
        let paths: Vec<SitePath> = self
            .burst
            .paths
            .iter()
            .filter_map(|p| self.inside(p))
            .collect();
        let seen = self.look(Some(&paths), Look::Settled, began, tell);
        self.burst = Burst::default();
        if seen.unfinished {
            self.burst.settle_at = Some(Instant::now() + SETTLE);
        }
    }

    fn safety(&mut self, tell: &mut dyn FnMut(News)) {
        let now = Instant::now();
        let seen = self.look(None, Look::First, now, tell);
        if seen.unfinished || !seen.changes.is_empty() {
            self.burst.began.get_or_insert(now);
            self.burst.settle_at = Some(Instant::now() + SETTLE);
            if self.events.watcher.is_some() {
                // These came without a hint: a new folder past the limit of
                // watches, a queue that ran over. Begin anew.
                if let Err(error) = self.events.begin()
                    && !self.told_polling
                {
                    self.told_polling = true;
                    tell(News::Polling(error.to_string()));
                }
            }
        }
    }

    fn look(
        &mut self,
        paths: Option<&[SitePath]>,
        look: Look,
        began: Instant,
        tell: &mut dyn FnMut(News),
    ) -> Seen {
        let start = Instant::now();
        let seen = self.preview.look(paths, look);
        let end = Instant::now();
        self.burst.last_look = Some(end);
        if (paths.is_none() || look == Look::Settled) && !seen.shown {
            self.look_took = end - start;
        }
        if seen.shown {
            tell(News::Shown {
                changes: seen.changes.clone(),
                took: end - began,
            });
        }
        seen
    }
}

/// The system's watcher of the source folders.
struct Events {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    sender: Sender<Hint>,
    hinted: Arc<AtomicBool>,
}

impl Events {
    /// Watches anew. An error means that some folder is not watched, and that
    /// the files must be looked at without hints.
    fn begin(&mut self) -> notify::Result<()> {
        self.watcher = None;
        let (sender, hinted) = (self.sender.clone(), self.hinted.clone());
        let root = self.root.clone();
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                let hint = match event {
                    Ok(event) if event.need_rescan() => Hint::Everything,
                    Ok(event) if !is_change(&event.kind) => return,
                    Ok(mut event) => {
                        // What does not matter ends no judging either.
                        event.paths.retain(|path| concerns(&root, path));
                        if event.paths.is_empty() {
                            return;
                        }
                        Hint::Paths(event.paths)
                    }
                    Err(_) => Hint::Everything,
                };
                hinted.store(true, Ordering::Relaxed);
                let _ = sender.send(hint);
            })?;
        // The folder above tells when a source folder goes and comes back.
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in self.folders() {
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    fn renew(&mut self) {
        if self.watcher.is_some() {
            // On failure the looks without hints remain.
            let _ = self.begin();
        }
    }

    fn folders(&self) -> impl Iterator<Item = PathBuf> {
        sources(&self.root)
    }

    fn is_source_folder(&self, path: &Path) -> bool {
        self.folders().any(|folder| folder == path)
    }
}

fn sources(root: &Path) -> impl Iterator<Item = PathBuf> {
    SOURCES.map(|folder| root.join(folder)).into_iter()
}

/// Whether a path can matter: a source folder, or something in one that is not
/// an editor's temporary file.
fn concerns(root: &Path, path: &Path) -> bool {
    if sources(root).any(|folder| folder == path) {
        return true;
    }
    if !sources(root).any(|folder| path.starts_with(folder)) {
        return false;
    }
    // A name that no site can have is told by the look at everything.
    SitePath::from_disk(root, path).map_or(true, |path| is_site_name(&path))
}

/// Reading is no change, and our own reading would be told to us.
fn is_change(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if *access != AccessKind::Close(AccessMode::Write))
}

/// The root as events name it: macOS tells paths without links.
fn whole(root: &Path) -> PathBuf {
    let path = if cfg!(target_os = "macos") {
        root.canonicalize()
    } else {
        std::path::absolute(root)
    };
    path.unwrap_or_else(|_| root.to_path_buf())
}
