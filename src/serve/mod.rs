//! The preview: the site as it is while the webmaster writes it.
//!
//! Files → site → pages by the very functions of `build`, answered from
//! memory; no folder is written. The last good site stays until a newer one
//! loads without errors, and the messages of the newer one lie over it.
//! Answering ([`Preview::reply`]), looking at the files ([`Preview::look`])
//! and judging all pages ([`Preview::check`]) need neither socket nor clock,
//! so that tests drive them step by step; `transport` and `watch` do it in
//! life.

mod edit;
mod editor;
mod generation;
mod http;
mod live;
mod messages;
mod transport;
mod watch;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::content::Memo;
use crate::diagnostic::{Diagnostics, Lang};
use crate::files::{Changes, Files, FrozenFiles, Look, SitePath};
use crate::output;
use crate::site::refer::percent_decode;
use crate::site::{Options, load_again};
use crate::thai::Date;

use generation::{Answer, Generation, MadePage};
use messages::Messages;

pub use http::{Audience, Body, Reply, Request, content_type};
pub use transport::{listen, run};
pub use watch::{News, Watch, watch};

/// How a preview is shown.
pub struct Settings {
    pub options: Options,
    /// Asked at each look, as a preview may be left open over midnight.
    pub today: Box<dyn Fn() -> Date + Send + Sync>,
    /// The webmaster's language.
    pub lang: Lang,
    pub audience: Audience,
    /// Pages reload by themselves.
    pub reload: bool,
    /// The command that opens a file, with `{file}` and `{line}`.
    pub editor: Option<String>,
}

impl Settings {
    /// The usual preview of a site made with these options.
    pub fn new(options: Options) -> Settings {
        let today = options.today;
        Settings {
            options,
            today: Box::new(move || today),
            lang: Lang::Th,
            audience: Audience::ThisMachine,
            reload: true,
            editor: None,
        }
    }
}

pub struct Preview {
    settings: Settings,
    /// Tells this run of the server from the one before it on the same port.
    run: String,
    builder: Mutex<Builder>,
    shown: Mutex<Shown>,
    changed: Condvar,
    /// The last good version of pages that were looked at.
    good_pages: Mutex<HashMap<String, Arc<MadePage>>>,
}

/// What the next load starts from.
struct Builder {
    files: Arc<FrozenFiles>,
    memo: Memo,
    loads: u64,
    today: Date,
}

#[derive(Clone)]
struct Shown {
    /// Counts every change of what follows.
    revision: u64,
    /// What is answered.
    site: Arc<Generation>,
    /// Made of the newest files; another than `site` where it has errors.
    newest: Arc<Generation>,
    messages: Arc<Messages>,
    /// The newest site whose every page was whole: it has a good version of
    /// pages that fail now and were not looked at before.
    whole: Option<Arc<Generation>>,
    /// Paths below which the site was, for tabs that are still open there.
    former: Vec<String>,
    /// The pages of `newest` are yet to be judged.
    checking: bool,
}

impl Shown {
    fn is_stale(&self) -> bool {
        !Arc::ptr_eq(&self.site, &self.newest)
    }
}

/// What a look at the files led to.
pub struct Seen {
    pub changes: Changes,
    /// A newer site, or newer messages, took the place of the old.
    pub shown: bool,
    /// Something is half done: look again.
    pub unfinished: bool,
}

/// How things stand.
pub struct Report {
    pub messages: Diagnostics,
    pub errors: usize,
    pub warnings: usize,
    /// The newest files could not be shown.
    pub stale: bool,
    pub checking: bool,
    pub pages: usize,
    pub files: Arc<FrozenFiles>,
}

/// Pages whose last good version is remembered.
const MOST_GOOD: usize = 512;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Preview {
    /// Loads the site. With errors it is shown as far as it could be loaded,
    /// since there is nothing better yet.
    pub fn load(files: Arc<dyn Files>, settings: Settings) -> Preview {
        let files = Arc::new(FrozenFiles::take(files));
        let mut memo = Memo::default();
        let loaded = load_again(files.clone(), settings.options.clone(), &mut memo);
        let site = Arc::new(Generation::new(1, files.clone(), loaded));
        let messages = Messages::new(files.as_ref(), &site.found, Vec::new(), settings.lang);
        let started = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| d.as_nanos());
        Preview {
            run: format!("{started:x}-{:x}", std::process::id()),
            builder: Mutex::new(Builder {
                files,
                memo,
                loads: 1,
                today: settings.options.today,
            }),
            shown: Mutex::new(Shown {
                revision: 1,
                newest: site.clone(),
                site,
                messages: Arc::new(messages),
                whole: None,
                former: Vec::new(),
                checking: true,
            }),
            changed: Condvar::new(),
            good_pages: Mutex::default(),
            settings,
        }
    }

    /// Looks at the files again: at a first look those of the hinted paths
    /// alone where that tells all, else all. What changed is loaded and shown.
    ///
    /// Errors at a first look may come from a change that is half done: they
    /// are told at the settled look, and the site stays as it is until then.
    pub fn look(&self, hints: Option<&[SitePath]>, look: Look) -> Seen {
        let mut builder = lock(&self.builder);
        let looked = hints
            .filter(|_| look == Look::First)
            .and_then(|paths| builder.files.look_at(paths))
            .unwrap_or_else(|| builder.files.look_around(look, hints.unwrap_or_default()));
        let mut seen = Seen {
            unfinished: looked.unfinished,
            shown: false,
            changes: looked.changes.clone(),
        };
        let today = (self.settings.today)();
        let is_same = looked.is_same() && today == builder.today;
        let files = Arc::new(looked.files);
        if is_same {
            builder.files = files;
            return seen;
        }
        let mut options = self.settings.options.clone();
        options.today = today;
        builder.loads += 1;
        let loaded = load_again(files.clone(), options, &mut builder.memo);
        let newest = Arc::new(Generation::new(builder.loads, files.clone(), loaded));
        if look == Look::First && !newest.is_good() {
            seen.unfinished = true;
            return seen;
        }
        builder.files = files;
        builder.today = today;
        drop(builder);
        seen.shown = true;
        self.show(newest);
        seen
    }

    fn show(&self, newest: Arc<Generation>) {
        let mut shown = lock(&self.shown);
        let old = shown.clone();
        // What pages had to say stands until they were judged again.
        let of_pages = old.messages.of_pages.clone();
        let messages = Messages::new(
            newest.files.as_ref(),
            &newest.found,
            of_pages,
            self.settings.lang,
        );
        if newest.is_good() || !old.site.is_good() {
            let (from, to) = (&old.site.base_path, &newest.base_path);
            if from != to && !shown.former.contains(from) {
                shown.former.push(from.clone());
            }
            shown.former.retain(|path| path != to);
            shown.site = newest.clone();
        }
        shown.newest = newest;
        shown.messages = Arc::new(messages);
        shown.checking = true;
        shown.revision += 1;
        drop(shown);
        self.changed.notify_all();
        // Letting go of a large site takes a moment, and nobody waits for it.
        rayon::spawn(move || drop(old));
    }

    /// Makes every page of the newest site for what it has to say, unless
    /// that is done. False where `go_on` or a newer site ended it.
    pub fn check(&self, go_on: &(dyn Fn() -> bool + Sync)) -> bool {
        let (newest, checking) = {
            let shown = lock(&self.shown);
            (shown.newest.clone(), shown.checking)
        };
        if !checking {
            return true;
        }
        let is_newest = || Arc::ptr_eq(&lock(&self.shown).newest, &newest);
        let go_on = || go_on() && is_newest();
        let judged = match &*JUDGES {
            Some(judges) => judges.install(|| judge(&newest, &go_on)),
            None => judge(&newest, &go_on),
        };
        let Some(found) = judged else {
            return false;
        };
        let messages = Messages::new(
            newest.files.as_ref(),
            &newest.found,
            found,
            self.settings.lang,
        );
        let mut shown = lock(&self.shown);
        if !Arc::ptr_eq(&shown.newest, &newest) {
            return false;
        }
        if messages.errors == 0 {
            shown.whole = Some(newest.clone());
        }
        shown.messages = Arc::new(messages);
        shown.checking = false;
        shown.revision += 1;
        drop(shown);
        self.changed.notify_all();
        true
    }

    /// Whether [`check`](Self::check) has something to do.
    pub fn report_is_due(&self) -> bool {
        lock(&self.shown).checking
    }

    pub fn report(&self) -> Report {
        let shown = self.now();
        Report {
            messages: shown.messages.all.clone(),
            errors: shown.messages.errors,
            warnings: shown.messages.warnings,
            stale: shown.is_stale(),
            checking: shown.checking,
            pages: shown.site.pages(),
            files: shown.newest.files.clone(),
        }
    }

    /// The path of the site on its host, as in `base_url`.
    pub fn base_path(&self) -> String {
        lock(&self.shown).site.base_path.clone()
    }

    /// Tells this run of the server from others.
    pub fn run(&self) -> &str {
        &self.run
    }

    /// Waits for a revision other than the known one.
    pub fn wait(&self, known: Option<u64>, most: Duration) -> Option<u64> {
        let until = Instant::now() + most;
        let mut shown = lock(&self.shown);
        loop {
            if known != Some(shown.revision) {
                return Some(shown.revision);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            shown = self
                .changed
                .wait_timeout(shown, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    fn now(&self) -> Shown {
        lock(&self.shown).clone()
    }

    /// Answers any request.
    pub fn reply(&self, request: &Request<'_>) -> Reply {
        let Some(host) = request.host() else {
            return Reply::text(400, "One Host header is needed.");
        };
        if !self.settings.audience.admits(host) {
            return Reply::text(403, self.refusal());
        }
        let shown = self.now();
        let path = percent_decode(request.path());
        let base = &shown.site.base_path;
        let inside = path.strip_prefix(base.as_str());
        if let Some(reply) = self.formerly(&shown, request, &path) {
            return reply;
        }
        if let Some(name) = inside.and_then(|p| p.strip_prefix(live::FOLDER)) {
            return self.live(&shown, request, name);
        }
        if !matches!(request.method, "GET" | "HEAD") {
            return Reply::text(405, "Only GET and HEAD.").with("Allow", "GET, HEAD");
        }
        let Some(inside) = inside else {
            if path == "/" || format!("{path}/") == *base {
                return Reply::redirect(crate::render::links::encode_path(base));
            }
            return self.not_found(&shown, request);
        };
        match shown.site.find(inside) {
            Answer::Page(file) => self.page(&shown, request, file, 200),
            Answer::Other(file, source) => self.other(&shown, request, file, &source),
            Answer::Index(file, bytes) => {
                let body = Body::Bytes(bytes.into());
                Reply::new(200, content_type(file), body)
                    .validated(request, &Generation::tag(bytes))
            }
            Answer::Folder(folder) => {
                let to = format!("{base}{folder}");
                Reply::redirect(crate::render::links::encode_path(&to))
            }
            Answer::Nothing => self.not_found(&shown, request),
        }
    }

    /// An address below a path at which the site was before `base_url`
    /// changed: what the script asks is answered, a page is sent on.
    fn formerly(&self, shown: &Shown, request: &Request<'_>, path: &str) -> Option<Reply> {
        let base = &shown.site.base_path;
        let inside = shown
            .former
            .iter()
            .filter(|former| !(path.starts_with(base.as_str()) && base.starts_with(*former)))
            .find_map(|former| path.strip_prefix(former.as_str()))?;
        if let Some(name) = inside.strip_prefix(live::FOLDER) {
            return Some(self.live(shown, request, name));
        }
        let there = |p: &str| !matches!(shown.site.find(p), Answer::Nothing);
        let here = path.strip_prefix(base.as_str()).is_some_and(there);
        (there(inside) && !here).then(|| {
            let to = format!("{base}{inside}");
            Reply::redirect(crate::render::links::encode_path(&to))
        })
    }

    fn refusal(&self) -> &'static str {
        match (self.settings.audience, self.settings.lang) {
            (Audience::ThisMachine, Lang::Th) => {
                "หน้าตัวอย่างนี้เปิดได้เฉพาะในเครื่องนี้ ใช้ --host เพื่อให้เครื่องอื่นเปิดได้"
            }
            (Audience::ThisMachine, Lang::En) => {
                "This preview answers on this machine only; --host lets others look."
            }
            (Audience::Network, Lang::Th) => "เปิดด้วยที่อยู่เป็นตัวเลขตามที่แสดงในหน้าต่าง prongsai serve",
            (Audience::Network, Lang::En) => {
                "Open it by the number that prongsai serve printed, not by this name."
            }
        }
    }

    /// A page as it is now; or, where it fails, as it last was whole.
    fn best(&self, shown: &Shown, file: &str) -> Option<Arc<MadePage>> {
        let page = shown.site.page(file)?;
        let mut good = lock(&self.good_pages);
        if page.failed {
            let known = good.get(file).cloned();
            drop(good);
            let before = || shown.whole.as_ref()?.page(file).filter(|p| !p.failed);
            // Unless it was never whole: then it is shown as it is.
            return Some(known.or_else(before).unwrap_or(page));
        }
        if good.len() >= MOST_GOOD && !good.contains_key(file) {
            good.clear();
        }
        good.insert(file.to_string(), page.clone());
        Some(page)
    }

    fn page(&self, shown: &Shown, request: &Request<'_>, file: &str, status: u16) -> Reply {
        let Some(page) = self.best(shown, file) else {
            return Reply::text(404, "Not found");
        };
        let bytes = live::with_script(&page, shown, self);
        let kind = content_type(file);
        let reply = Reply::new(status, kind, Body::Bytes(bytes.into()));
        if status != 200 || !kind.starts_with("text/html") {
            return reply;
        }
        reply.validated(request, &format!("{}-{}", self.run, page.tag))
    }

    fn other(
        &self,
        shown: &Shown,
        request: &Request<'_>,
        file: &str,
        source: &output::Source,
    ) -> Reply {
        let (content, tag) = shown.site.other(source);
        let kind = content_type(file);
        let reply = match content {
            Ok(bytes) => Some(Reply::new(200, kind, Body::Bytes(bytes.into()))),
            Err(path) => match shown.site.files.disk_path(&path) {
                Some(disk) => Reply::file(kind, disk),
                None => {
                    let bytes = shown.site.files.read(&path).ok();
                    bytes.map(|b| Reply::new(200, kind, Body::Bytes(b.into())))
                }
            },
        };
        match reply {
            Some(reply) => reply.validated(request, &tag),
            None => self.not_found(shown, request),
        }
    }

    fn not_found(&self, shown: &Shown, request: &Request<'_>) -> Reply {
        if shown.site.outputs.contains_key(NOT_FOUND) {
            return self.page(shown, request, NOT_FOUND, 404);
        }
        Reply::text(404, "Not found")
    }
}

/// What a build of this load would say, beside what loading said.
/// Pages are judged in the background by half of the cores: the other half is
/// for what the webmaster waits for, the next edit and the page in the browser.
static JUDGES: LazyLock<Option<rayon::ThreadPool>> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads((cores / 2).max(1));
    pool.build().ok()
});

fn judge(newest: &Generation, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Vec<output::Found>> {
    if newest.without_theme {
        return Some(Vec::new());
    }
    let (renderer, outputs) = (&newest.renderer.without_files(), &newest.outputs);
    let more = Mutex::new((output::Outputs::new(), output::Numbers::new()));
    let visit = |page: &str, scan: &output::scan::Scan| {
        let (files, numbers) = &mut *lock(&more);
        files.extend(output::unlisted(renderer, outputs, page, scan));
        if !scan.numbers.is_empty() {
            numbers.insert(page.to_string(), scan.numbers.clone());
        }
    };
    let mut found = output::survey(renderer, outputs, newest.is_good(), go_on, &visit)?;
    let mut all = outputs.clone();
    let (files, numbers) = more.into_inner().unwrap_or_default();
    all.extend(files);
    let refused = crate::check::gate(renderer, &all, &numbers, go_on)?;
    found.extend(refused.into_iter().map(|diagnostic| output::Found {
        page: None,
        diagnostic,
    }));
    Some(found)
}

/// The page that hosts show for what is not there.
const NOT_FOUND: &str = "404.html";
