//! The program with its real watcher, while programs of all kinds save files.

use std::fs;
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, SystemTime};

use prongsai::files::{DiskFiles, Files, Listing, SitePath};
use prongsai::serve::{News, Preview, Settings, Watch, watch};

use super::program::Serving;
use crate::help::{OnDisk, options, text, tree};

const PAGE: &str = "content/pages/history.md";

fn page(words: &str) -> String {
    format!("+++\ntitle = \"หน้าทดสอบ\"\n+++\n\n{words}\n")
}

impl Serving {
    #[track_caller]
    fn shows(&self, path: &str, words: &str) {
        self.until(&format!("“{words}” on {path}"), |s| {
            let (_, html) = s.get(path);
            text(&html).contains(words)
        });
    }

    fn has(&self, path: &str) -> bool {
        self.get(path).0 == 200
    }

    fn inside(&self, path: &str) -> std::path::PathBuf {
        self.disk.path(path)
    }
}

/// Nothing is half done, and all that is said is about the newest files.
#[track_caller]
fn quiet(serving: &Serving) {
    serving.until("quiet", |s| s.state("/web/")["checking"] == false);
}

#[test]
fn every_way_in_which_editors_save_is_seen() {
    for poll in [&[][..], &["--poll"]] {
        let serving = Serving::start(OnDisk::base(), poll);
        let path = serving.inside(PAGE);
        // VS Code, Notepad: truncate and write.
        serving.disk.write(PAGE, page("เขียนทับ"));
        serving.shows("/web/history/", "เขียนทับ");
        // vim: the old file aside, a new one, the old away.
        fs::rename(&path, path.with_extension("md~")).expect("moved");
        serving.disk.write(PAGE, page("แบบวิม"));
        fs::remove_file(path.with_extension("md~")).expect("removed");
        serving.shows("/web/history/", "แบบวิม");
        // Word, LibreOffice: a lock, a temporary file, a rename over.
        serving
            .disk
            .write("content/pages/.~lock.history.md#", "lock");
        serving.disk.write("content/pages/~$history.md", "lock");
        serving
            .disk
            .write("content/pages/lu123.tmp", page("แบบลิเบรอ"));
        fs::rename(serving.inside("content/pages/lu123.tmp"), &path).expect("moved");
        fs::remove_file(serving.inside("content/pages/.~lock.history.md#")).expect("removed");
        fs::remove_file(serving.inside("content/pages/~$history.md")).expect("removed");
        serving.shows("/web/history/", "แบบลิเบรอ");
        // A new file, a renamed one, one that is deleted.
        serving.disk.write("content/pages/new.md", page("ใหม่"));
        serving.shows("/web/new/", "ใหม่");
        fs::rename(
            serving.inside("content/pages/new.md"),
            serving.inside("content/pages/other.md"),
        )
        .expect("moved");
        serving.until("renamed", |s| s.has("/web/other/") && !s.has("/web/new/"));
        fs::remove_file(serving.inside("content/pages/other.md")).expect("removed");
        serving.until("deleted", |s| !s.has("/web/other/"));
        // Two files change places.
        serving.disk.write("content/pages/a.md", page("หนึ่ง"));
        serving.disk.write("content/pages/b.md", page("สอง"));
        serving.shows("/web/b/", "สอง");
        let (a, b) = (
            serving.inside("content/pages/a.md"),
            serving.inside("content/pages/b.md"),
        );
        let aside = serving.inside("aside.md");
        fs::rename(&a, &aside).expect("moved");
        fs::rename(&b, &a).expect("moved");
        fs::rename(&aside, &b).expect("moved");
        serving.shows("/web/a/", "สอง");
        serving.shows("/web/b/", "หนึ่ง");
    }
}

#[test]
fn folders_that_come_go_and_move_are_followed() {
    let serving = Serving::base();
    // A folder that is filled elsewhere and moved in: no event names its files.
    serving.disk.write("outside/index.md", page("ย้ายเข้ามา"));
    serving.disk.write("outside/deep/more.md", page("ลึก"));
    let (out, moved) = (
        serving.inside("outside"),
        serving.inside("content/pages/place"),
    );
    fs::rename(&out, &moved).expect("moved");
    serving.shows("/web/place/deep/more/", "ลึก");
    // Edits in it are seen.
    serving
        .disk
        .write("content/pages/place/deep/more.md", page("แก้แล้ว"));
    serving.shows("/web/place/deep/more/", "แก้แล้ว");
    fs::rename(&moved, serving.inside("content/pages/elsewhere")).expect("moved");
    serving.until("the folder moved", |s| {
        s.has("/web/elsewhere/deep/more/") && !s.has("/web/place/deep/more/")
    });
    // All of the content goes, and comes back.
    let (content, away) = (serving.inside("content"), serving.inside("away"));
    fs::rename(&content, &away).expect("moved");
    serving.until("the loss is told", |s| {
        s.state("/web/")["problems"]["stale"] == true
    });
    assert!(serving.has("/web/elsewhere/"), "the last good site stays");
    fs::rename(&away, &content).expect("moved");
    serving.until("it is back", |s| {
        s.state("/web/")["problems"]["errors"] == 0
    });
    serving.disk.write(PAGE, page("หลังกลับมา"));
    serving.shows("/web/history/", "หลังกลับมา");
    // A theme folder that was not there when the preview began.
    serving
        .disk
        .write("themes/default/assets/style.css", "body { color: teal }");
    serving.until("the theme's styles", |s| {
        let state = s.state("/web/");
        let style = state["page"]["styles"][0].as_str().unwrap_or_default();
        s.get(style).1.contains("teal")
    });
    serving
        .disk
        .write("themes/default/assets/style.css", "body { color: navy }");
    serving.until("its second version", |s| {
        let state = s.state("/web/");
        let style = state["page"]["styles"][0].as_str().unwrap_or_default();
        s.get(style).1.contains("navy")
    });
}

#[test]
fn a_checkout_of_thousands_of_files_is_a_few_loads_and_the_right_site() {
    let serving = Serving::base();
    quiet(&serving);
    let before = serving.state("/web/")["build"].as_u64().expect("a number");
    for n in 0..5_000 {
        serving.disk.write(
            &format!("content/pages/p{n:04}.md"),
            page(&format!("หน้า {n}")),
        );
    }
    for n in 0..1_000 {
        fs::remove_file(serving.inside(&format!("content/pages/p{n:04}.md"))).expect("removed");
    }
    serving.until("all of it", |s| {
        s.has("/web/p4999/")
            && s.has("/web/p1000/")
            && !s.has("/web/p0000/")
            && !s.has("/web/p0999/")
    });
    quiet(&serving);
    let loads = serving.state("/web/")["build"].as_u64().expect("a number") - before;
    assert!(loads <= 12, "{loads} loads");
    assert!(text(&serving.get("/web/p2500/").1).contains("หน้า 2500"));
}

#[test]
fn a_touch_and_a_read_show_nothing_new() {
    let serving = Serving::base();
    quiet(&serving);
    let before = serving.state("/web/")["revision"].clone();
    let path = serving.inside(PAGE);
    let file = fs::File::options().write(true).open(&path).expect("open");
    file.set_modified(SystemTime::now() - Duration::from_secs(60))
        .expect("set");
    drop(file);
    let same = fs::read(&path).expect("read");
    fs::write(&path, same).expect("the same bytes");
    // What comes after these is seen, so they were.
    serving.disk.write("content/pages/new.md", page("ใหม่"));
    serving.shows("/web/new/", "ใหม่");
    quiet(&serving);
    let lines = serving.lines_so_far();
    let shown: Vec<_> = lines.iter().filter(|l| l.contains("shown (")).collect();
    assert_eq!(shown.len(), 1, "{lines:#?}");
    let after = serving.state("/web/")["revision"].as_u64();
    // The new page, and its check.
    assert_eq!(after, before.as_u64().map(|n| n + 2));
}

#[test]
fn a_file_that_is_still_being_written_is_never_shown_broken() {
    let serving = Serving::base();
    quiet(&serving);
    let path = serving.inside(PAGE);
    let whole = page("ครบถ้วนแล้ว");
    let bytes = whole.as_bytes();
    // Emptied; then up to the middle of the head; then to the middle of a
    // letter. In between, something else that is seen.
    let steps = [0, 12, bytes.len() - 5];
    for (n, length) in steps.into_iter().enumerate() {
        fs::write(&path, &bytes[..length]).expect("written");
        let mark = format!("content/pages/mark{n}.md");
        // A mark shows at once where the half file holds nothing back, or
        // else with the whole of it.
        serving.disk.write(&mark, page("ที่หมาย"));
        let (status, html) = serving.get("/web/history/");
        assert_eq!(status, 200);
        assert!(html.contains("ประวัติ"), "step {n}: {html}");
    }
    fs::write(&path, bytes).expect("written");
    serving.shows("/web/history/", "ครบถ้วนแล้ว");
    quiet(&serving);
    assert_eq!(serving.state("/web/")["problems"]["errors"], 0);
    let said = serving.lines_so_far().join("\n");
    assert!(!said.contains("error"), "{said}");
}

#[test]
fn messages_are_printed_once_and_their_mending_is_said() {
    let serving = Serving::base();
    let good = fs::read_to_string(serving.inside("content/units.toml")).expect("text");
    serving.disk.write("content/units.toml", "[[unit]\n");
    let line = serving.line("content/units.toml: ");
    assert!(
        line.contains("the version before stays on screen"),
        "{line}"
    );
    serving.line("error[toml-syntax]");
    serving.line("1 error,");
    // Another edit does not say it again.
    serving.disk.write(PAGE, page("ระหว่างนั้น"));
    serving.line(PAGE);
    serving.disk.write("content/units.toml", good);
    serving.line("content/units.toml: shown");
    serving.line("all mended");
    assert!(
        !serving
            .lines_so_far()
            .iter()
            .any(|l| l.contains("toml-syntax"))
    );
}

#[test]
fn a_flood_of_messages_is_cut_in_the_terminal_and_whole_in_the_browser() {
    let serving = Serving::base();
    let rows: String = (0..40)
        .map(|n| format!("[[unit]]\nid = \"u{n}\"\nnam = \"x\"\n"))
        .collect();
    serving.disk.write("content/units.toml", rows);
    let more = serving.line("more: see the bar below each page");
    let printed = serving.state("/web/")["problems"]["errors"]
        .as_u64()
        .expect("a number")
        - 10;
    assert!(
        more.starts_with(&format!("and {printed} more")) || printed > 40,
        "{more}"
    );
}

/// A folder whose reading can be made to wait.
struct Gated {
    files: DiskFiles,
    gate: Mutex<Gate>,
    turned: Condvar,
}

#[derive(Default)]
struct Gate {
    closed: bool,
    waiting: bool,
}

impl Gated {
    fn set(&self, closed: bool) {
        self.gate.lock().expect("alive").closed = closed;
        self.turned.notify_all();
    }

    fn until_somebody_waits(&self) {
        let gate = self.gate.lock().expect("alive");
        drop(self.turned.wait_while(gate, |g| !g.waiting).expect("alive"));
    }
}

impl Files for Gated {
    fn list(&self) -> Listing {
        self.files.list()
    }

    fn read(&self, path: &SitePath) -> std::io::Result<Vec<u8>> {
        let mut gate = self.gate.lock().expect("alive");
        if gate.closed {
            gate.waiting = true;
            self.turned.notify_all();
            gate = self.turned.wait_while(gate, |g| g.closed).expect("alive");
            gate.waiting = false;
        }
        drop(gate);
        self.files.read(path)
    }

    fn disk_path(&self, path: &SitePath) -> Option<std::path::PathBuf> {
        self.files.disk_path(path)
    }
}

#[test]
fn changes_during_a_load_lead_to_exactly_one_further_load() {
    let disk = OnDisk::base();
    let root = disk.dir.path().to_path_buf();
    let gated = Arc::new(Gated {
        files: DiskFiles::new(&root, &["content"]).optional(&["themes"]),
        gate: Mutex::default(),
        turned: Condvar::new(),
    });
    let preview = Arc::new(Preview::load(gated.clone(), Settings::new(options())));
    let (sender, news) = channel();
    let (watched, place) = (preview.clone(), root.clone());
    // It goes on until the process ends.
    std::thread::spawn(move || {
        let watched_place = Watch {
            root: place,
            poll: false,
        };
        watch(&watched, &watched_place, &mut |news| {
            if let News::Shown { changes, .. } = news {
                let _ = sender.send(changes);
            }
        });
    });
    gated.set(true);
    // Until the watcher is there, an edit has no hint; the look that follows
    // finds it.
    disk.write(PAGE, page("หนึ่ง"));
    gated.until_somebody_waits();
    for words in ["สอง", "สาม", "สี่"] {
        disk.write(PAGE, page(words));
        disk.write("content/index.md", page(words));
    }
    gated.set(false);
    let shows = |path: &str| {
        let html = super::get(&preview, path).text();
        text(&html).contains("สี่")
    };
    let mut loads = Vec::new();
    while !(shows("/web/history/") && shows("/web/")) {
        loads.push(news.recv_timeout(Duration::from_secs(30)).expect("a load"));
    }
    loads.extend(news.try_iter());
    // Two later words of one page may come with the first load, as it had not
    // read them yet; the other page always needs the second.
    assert!((1..=2).contains(&loads.len()), "{loads:#?}");
}

/// After all, the folder of the content has only what was put there.
#[test]
fn the_preview_writes_nothing() {
    let serving = Serving::base();
    let root = serving.disk.dir.path().to_path_buf();
    let before = tree(&root);
    serving.disk.write(PAGE, page("อ่านอย่างเดียว"));
    serving.shows("/web/history/", "อ่านอย่างเดียว");
    quiet(&serving);
    let mut after = tree(&root);
    after.remove(PAGE);
    let mut before = before;
    before.remove(PAGE);
    assert_eq!(before, after);
    assert!(!Path::new(&root).join("public").exists());
}

/// The program where the system grants only so many watches. `None` where
/// this machine lets nobody set such limits.
#[cfg(target_os = "linux")]
fn limited(limit: &str, count: u32) -> Option<Serving> {
    use std::process::Command;
    let disk = OnDisk::base();
    let script = format!("echo {count} > /proc/sys/user/{limit} && exec \"$0\" \"$@\"");
    let begin = ["--user", "--map-root-user", "sh", "-c", script.as_str()];
    let tried = Command::new("unshare").args(begin).arg("true").output();
    if !tried.is_ok_and(|t| t.status.success()) {
        eprintln!("skipped: limits can't be set here");
        return None;
    }
    let serve = disk.command(["serve", "--port", "0"]);
    let mut command = Command::new("unshare");
    command
        .args(begin)
        .arg(serve.get_program())
        .args(serve.get_args());
    command.current_dir(disk.dir.path());
    command
        .env("LANG", "en_GB.UTF-8")
        .env("SOURCE_DATE_EPOCH", "1751241600");
    Some(Serving::of(disk, command))
}

#[cfg(target_os = "linux")]
#[test]
fn without_any_watch_left_the_files_are_looked_at_and_that_is_said() {
    for (limit, count) in [("max_inotify_instances", 0), ("max_inotify_watches", 2)] {
        let Some(serving) = limited(limit, count) else {
            return;
        };
        serving.line("looking every second instead");
        serving.disk.write(PAGE, page("ไม่มีสัญญาณ"));
        serving.shows("/web/history/", "ไม่มีสัญญาณ");
    }
}

/// No event and no error comes when the limit is reached by new folders.
#[cfg(target_os = "linux")]
#[test]
fn folders_past_the_limit_of_watches_are_seen_all_the_same() {
    // Room for the folders that are there, and few more.
    let folders = walk_folders(&OnDisk::base().path("content"));
    let Some(serving) = limited("max_inotify_watches", folders + 3) else {
        return;
    };
    quiet(&serving);
    for n in 0..12 {
        serving
            .disk
            .write(&format!("content/pages/d{n}/index.md"), page("โฟลเดอร์ใหม่"));
    }
    serving.shows("/web/d11/", "โฟลเดอร์ใหม่");
    serving
        .disk
        .write("content/pages/d11/index.md", page("แก้ในที่มืด"));
    serving.shows("/web/d11/", "แก้ในที่มืด");
}

#[cfg(target_os = "linux")]
fn walk_folders(folder: &Path) -> u32 {
    let inside = fs::read_dir(folder).expect("a folder");
    let folders = inside.map(|e| e.expect("an entry").path());
    1 + folders
        .filter(|p| p.is_dir())
        .map(|p| walk_folders(&p))
        .sum::<u32>()
}
