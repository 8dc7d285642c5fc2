//! What must hold after any edits: the preview is what a build of the same
//! files would be.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use prongsai::content::Memo;
use prongsai::files::{DiskFiles, Files, FrozenFiles, Look, MemoryFiles, SitePath};
use prongsai::render::drawn::Picture;
use prongsai::serve::{Preview, Settings};
use prongsai::site::{load, load_again};
use proptest::prelude::*;

use super::{Desk, check, get, state, without_script};
use crate::help::{Built, OnDisk, base, built, built_with, options, tree};

/// What somebody does to the files.
#[derive(Clone, Debug)]
enum Edit {
    Write(&'static str, &'static str),
    Delete(&'static str),
    Rename(&'static str, &'static str),
    Swap(&'static str, &'static str),
}

#[derive(Clone, Copy, Debug)]
enum Glance {
    None,
    Hinted,
    First,
    Settled,
}

const PAGE: &str = "+++\ntitle = \"หน้าใหม่\"\n+++\n\nดู[ประวัติ](/history/)\n";
const TEXTS: &[&str] = &[
    PAGE,
    "+++\ntitle = \"ลิงก์เสีย\"\n+++\n\n[ไป](nowhere.md) [จุด](history.md#none)\n",
    "+++\ntitle = \"ร่าง\"\ndraft = true\n+++\n\nยังไม่เสร็จ\n",
    "+++\ntitle = \"ไม่ปิด\n+++\n",
    "",
    "+++\ntitle = \"ตาราง\"\n\n[[table]]\nid = \"t\"\ntitle = \"ตาราง\"\npath = \"../2568/files/operations.csv\"\n+++\n",
];
const PAGES: &[&str] = &[
    "content/pages/history.md",
    "content/pages/new.md",
    "content/pages/deep/index.md",
    "content/2568/structure.md",
    "content/2568/structure/more.md",
    "content/news/2568-03-01-new.md",
    "content/en/pages/history.md",
];
const OTHERS: &[(&str, &str)] = &[
    (
        "content/2568/files/operations.csv",
        "โครงการ,งบประมาณ\nถนน,5\n",
    ),
    (
        "content/2568/files/operations.csv",
        "โครงการ,งบประมาณ\nน้ำ,7\nไฟ,8\n",
    ),
    (
        "content/units.toml",
        "[[unit]]\nid = \"office\"\nname = \"สำนักปลัด\"\n",
    ),
    ("content/units.toml", "[[unit]\n"),
    ("content/people.csv", "ชื่อ-สกุล,ตำแหน่ง\nก,ข\n"),
    (
        "content/files/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>",
    ),
    (
        "content/redirects.toml",
        "[[redirect]]\nfrom = \"/old/\"\nto = \"/history/\"\n",
    ),
    ("content/unknown.toml", "x = 1\n"),
    ("content/.env", "SECRET"),
    ("themes/default/assets/style.css", "body { color: black }"),
    ("themes/default/phrases.toml", "x ="),
];

fn edit() -> impl Strategy<Value = Edit> {
    let page = || prop::sample::select(PAGES);
    prop_oneof![
        4 => (page(), prop::sample::select(TEXTS)).prop_map(|(p, t)| Edit::Write(p, t)),
        4 => prop::sample::select(OTHERS).prop_map(|(p, t)| Edit::Write(p, t)),
        2 => prop_oneof![page(), prop::sample::select(OTHERS).prop_map(|(p, _)| p)]
            .prop_map(Edit::Delete),
        1 => (page(), page()).prop_map(|(a, b)| Edit::Rename(a, b)),
        1 => (page(), page()).prop_map(|(a, b)| Edit::Swap(a, b)),
        1 => Just(Edit::Rename("content/pages", "content/pages-away")),
        1 => Just(Edit::Rename("content/pages-away", "content/pages")),
        1 => Just(Edit::Rename("content/2568", "content/2569")),
        1 => Just(Edit::Delete("themes")),
    ]
}

fn glance() -> impl Strategy<Value = Glance> {
    prop::sample::select(&[Glance::None, Glance::Hinted, Glance::First, Glance::Settled][..])
}

impl Edit {
    fn paths(&self) -> Vec<SitePath> {
        let paths = match self {
            Edit::Write(p, _) | Edit::Delete(p) => vec![*p],
            Edit::Rename(a, b) | Edit::Swap(a, b) => vec![*a, *b],
        };
        paths
            .into_iter()
            .filter_map(|p| SitePath::new(p).ok())
            .collect()
    }

    fn in_memory(&self, files: &mut MemoryFiles) {
        match self {
            Edit::Write(path, text) => {
                files.put(*path, *text);
            }
            Edit::Delete(path) => {
                files.remove(path);
            }
            Edit::Rename(from, to) => {
                if from != to {
                    files.rename(from, to);
                }
            }
            Edit::Swap(a, b) if a != b => {
                files.rename(a, "aside");
                files.rename(b, a);
                files.rename("aside", b);
            }
            Edit::Swap(..) => {}
        }
    }

    /// The same as a person does it; what can't be done is not.
    fn on_disk(&self, root: &Path) {
        let at = |path: &str| root.join(path);
        let make_room = |path: &str| {
            if let Some(parent) = at(path).parent() {
                let _ = fs::create_dir_all(parent);
            }
        };
        match self {
            Edit::Write(path, text) => {
                make_room(path);
                let _ = fs::write(at(path), text);
            }
            Edit::Delete(path) => {
                if at(path).is_dir() {
                    let _ = fs::remove_dir_all(at(path));
                } else {
                    let _ = fs::remove_file(at(path));
                }
            }
            Edit::Rename(from, to) => {
                if at(from).exists() {
                    make_room(to);
                    let _ = fs::rename(at(from), at(to));
                }
            }
            Edit::Swap(a, b) => {
                if at(a).is_file() && at(b).is_file() && a != b {
                    let _ = fs::rename(at(a), at("aside"));
                    let _ = fs::rename(at(b), at(a));
                    let _ = fs::rename(at("aside"), at(b));
                }
            }
        }
    }
}

fn messages(preview: &Preview) -> Vec<String> {
    preview
        .report()
        .messages
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn glance_at(preview: &Preview, edit: &Edit, glance: Glance) {
    match glance {
        Glance::None => {}
        Glance::Hinted => {
            preview.look(Some(&edit.paths()), Look::First);
        }
        Glance::First => {
            preview.look(None, Look::First);
        }
        Glance::Settled => {
            preview.look(None, Look::Settled);
            preview.check(&|| true);
        }
    }
}

/// Every address of the fresh site answers its bytes; no other page is left.
fn assert_same(preview: &Preview, fresh: &Built, seen: &mut BTreeSet<String>) {
    seen.extend(fresh.pages.iter().cloned());
    for (path, bytes) in &fresh.outputs {
        let url = format!("/web/{}", prongsai::render::links::encode_path(path));
        let reply = get(preview, &url);
        let status = if path == "404.html" {
            200
        } else {
            reply.status
        };
        assert_eq!(status, 200, "{path}");
        if fresh.pages.contains(path) {
            // A page that fails is held at its last good version.
            let failed = state(preview, &url)["problems"]["here"] != 0;
            if !failed {
                let shown = without_script(&reply.text());
                assert_eq!(shown.as_bytes(), bytes, "{path}");
            }
        } else if !Picture::ALL.iter().any(|p| p.path() == *path) {
            // Drawn pictures are left out of what these tests build.
            assert_eq!(&reply.body, bytes, "{path}");
        }
    }
    for gone in seen.iter().filter(|p| !fresh.outputs.contains_key(*p)) {
        let url = format!("/web/{}", prongsai::render::links::encode_path(gone));
        assert_eq!(get(preview, &url).status, 404, "{gone}");
    }
}

/// The end of every edit: what is shown and said is what a fresh start would
/// show and say.
fn assert_settled(
    preview: &Preview,
    files: Arc<dyn Files>,
    fresh: &Built,
    seen: &mut BTreeSet<String>,
) {
    preview.look(None, Look::Settled);
    check(preview);
    let anew = Preview::load(files, Settings::new(options()));
    check(&anew);
    assert_eq!(messages(preview), messages(&anew));
    let report = preview.report();
    assert!(!report.checking);
    if !report.stale {
        assert_same(preview, fresh, seen);
    } else {
        assert!(report.errors > 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_the_preview_is_a_fresh_build_of_the_same_files(
        edits in prop::collection::vec((edit(), glance()), 1..12),
    ) {
        let desk = Desk::new(base());
        let preview = desk.preview();
        let mut seen = BTreeSet::new();
        for (edit, glance) in &edits {
            desk.change(|files| edit.in_memory(files));
            glance_at(&preview, edit, *glance);
        }
        assert_settled(&preview, Arc::new(desk.now()), &built(desk.now()), &mut seen);
    }

    #[test]
    fn deleting_the_memo_changes_nothing(
        edits in prop::collection::vec(edit(), 1..8),
    ) {
        let mut memo = Memo::default();
        let mut files = base();
        let _ = load_again(Arc::new(FrozenFiles::take(Arc::new(files.clone()))), options(), &mut memo);
        for edit in &edits {
            edit.in_memory(&mut files);
            let frozen: Arc<dyn Files> = Arc::new(FrozenFiles::take(Arc::new(files.clone())));
            let with = load_again(frozen.clone(), options(), &mut memo);
            let without = load(frozen, options());
            let said = |d: prongsai::diagnostic::Diagnostics| -> Vec<String> {
                d.iter().map(ToString::to_string).collect()
            };
            prop_assert_eq!(said(with.diagnostics), said(without.diagnostics));
            prop_assert_eq!(
                format!("{:?}", with.site.content),
                format!("{:?}", without.site.content)
            );
        }
        prop_assert!(!memo.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same with a real folder: sizes, times, and what a rename leaves.
    #[test]
    fn a_folder_on_disk_is_followed_too(
        edits in prop::collection::vec((edit(), glance()), 1..10),
    ) {
        let disk = OnDisk::base();
        let open = || -> Arc<dyn Files> { prongsai::build::open(disk.dir.path()) };
        let preview = Preview::load(open(), Settings::new(options()));
        let mut seen = BTreeSet::new();
        for (edit, glance) in &edits {
            edit.on_disk(disk.dir.path());
            glance_at(&preview, edit, *glance);
        }
        // A file that was emptied this moment may be half saved: it is
        // believed when it is older.
        for entry in tree(&disk.path("content")).keys() {
            let path = disk.path("content").join(entry);
            let file = fs::File::options().write(true).open(path).expect("open");
            let old = std::time::SystemTime::now() - std::time::Duration::from_secs(9);
            file.set_modified(old).expect("set");
        }
        let now: MemoryFiles = ["content", "themes"]
            .into_iter()
            .filter(|folder| disk.path(folder).is_dir())
            .flat_map(|folder| {
                tree(&disk.path(folder))
                    .into_iter()
                    .map(move |(path, bytes)| (format!("{folder}/{path}"), bytes))
            })
            .collect();
        assert_settled(&preview, open(), &built_with(now, options()), &mut seen);
    }
}

#[test]
fn what_is_previewed_is_what_is_published_byte_for_byte_and_the_messages_too() {
    let disk = OnDisk::base();
    disk.build();
    let files = Arc::new(DiskFiles::new(disk.dir.path(), &["content"]));
    let preview = Preview::load(files, Settings::new(options()));
    check(&preview);
    let public = disk.public();
    assert!(public.len() > 100, "{}", public.len());
    for (path, bytes) in public {
        if path == "prongsai-manifest.json" {
            continue;
        }
        let url = format!("/web/{}", prongsai::render::links::encode_path(&path));
        let reply = get(&preview, &url);
        if path.ends_with(".html") {
            assert_eq!(without_script(&reply.text()).as_bytes(), bytes, "{path}");
        } else {
            assert_eq!(reply.body, bytes, "{path}");
        }
        assert!(!bytes.windows(10).any(|w| w == b"__prongsai"), "{path}");
    }
    // The same mistakes, the same words.
    disk.swap("content/2568/structure.md", "สำนักปลัด", "สำนักปลาด");
    disk.write(
        "content/pages/a.md",
        "+++\ntitle = \"ก\"\n+++\n[ข](b.md) [ค](/history/#none)\n",
    );
    preview.look(None, Look::Settled);
    check(&preview);
    let built = disk.run(&["build", "--format", "json"]).json();
    let said: Vec<String> = built["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| d["message"]["en"].as_str().expect("words").to_string())
        .collect();
    let shown: Vec<String> = preview
        .report()
        .messages
        .iter()
        .map(|d| d.message.en.clone())
        .collect();
    assert_eq!(shown, said);
    assert!(said.len() >= 3, "{said:?}");
}
