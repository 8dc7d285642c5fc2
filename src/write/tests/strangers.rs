use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::plan::{Fault, Plan};
use super::{
    MODES, begin, begin_planned, beside, build, fill, is_exactly, place, site, tree, versions,
};
use crate::write::{Action, Swap, WriteError};

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    for mode in MODES {
        let place = place();
        fs::create_dir_all(place.output.join("chapters")).unwrap();
        for n in 0..12 {
            fs::write(place.output.join(format!("chapters/{n:02}.txt")), "thesis").unwrap();
        }
        let before = tree(&place.folder);
        match build(&place.output, &site(&[("a", "1")]), mode).unwrap_err() {
            WriteError::ForeignFiles {
                files, count, ours, ..
            } => {
                assert_eq!((files.len(), count, ours), (10, 12, false));
                assert_eq!(files.first().map(String::as_str), Some("chapters/00.txt"));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(tree(&place.folder), before);
    }
}

#[test]
fn strangers_files_in_our_folder_are_named_and_stay() {
    let (old, new) = versions();
    for mode in MODES {
        for name in [
            ".DS_Store",
            "Thumbs.db",
            "ข่าว/desktop.ini",
            "data/mine.xlsx",
            ".prongsai-new",
        ] {
            let place = place();
            build(&place.output, &old, mode).unwrap();
            fs::write(place.output.join(name), "theirs").unwrap();
            let before = tree(&place.folder);
            for site in [&old, &new] {
                let error = build(&place.output, site, mode).unwrap_err();
                assert_eq!(error.code(), "output-foreign-files");
                assert!(error.message_th().contains(name) && error.message_en().contains(name));
            }
            assert_eq!(tree(&place.folder), before);
        }
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_strangers() {
    use std::os::unix::fs::symlink;
    let (old, new) = versions();
    for mode in MODES {
        let place = place();
        let elsewhere = place.folder.join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("same.csv"), "theirs").unwrap();
        build(&place.output, &old, mode).unwrap();
        // A listed file, then a folder of listed files, became a link.
        for (name, target) in [
            ("style.css", "../elsewhere/same.csv"),
            ("data", "../elsewhere"),
        ] {
            let path = place.output.join(name);
            let aside = place.folder.join("aside");
            fs::rename(&path, &aside).unwrap();
            symlink(target, &path).unwrap();
            let error = build(&place.output, &new, mode).unwrap_err();
            assert_eq!(error.code(), "output-foreign-files", "{error}");
            fs::remove_file(&path).unwrap();
            fs::rename(&aside, &path).unwrap();
        }
        build(&place.output, &new, mode).unwrap();
        assert_eq!(fs::read(elsewhere.join("same.csv")).unwrap(), b"theirs");
    }
}

#[test]
fn empty_folders_of_strangers_are_no_loss() {
    let (old, new) = versions();
    for mode in MODES {
        let place = place();
        build(&place.output, &old, mode).unwrap();
        fs::create_dir_all(place.output.join("empty/deep")).unwrap();
        build(&place.output, &new, mode).unwrap();
        assert_eq!(tree(&place.output).len(), new.len() + 1);
        assert_eq!(beside(&place), ["public", "public.state"]);
    }
}

#[test]
fn a_folder_of_empty_folders_is_empty() {
    let (old, _) = versions();
    for mode in MODES {
        let place = place();
        fs::create_dir_all(place.output.join("a/b/c")).unwrap();
        build(&place.output, &old, mode).unwrap();
        assert_eq!(tree(&place.output).len(), old.len() + 1);
        if mode != Swap::Files {
            assert!(is_exactly(&place.output, &old));
        }
    }
}

#[test]
fn a_file_that_comes_before_the_first_website_stops_it() {
    let (old, _) = versions();
    for mode in [Swap::Auto, Swap::Exchange, Swap::Rename] {
        let place = place();
        fs::create_dir(&place.output).unwrap();
        let letter = place.output.join("จดหมาย.docx");
        let plan = Plan::at(usize::MAX, Fault::Kill).meanwhile(move |action, path| {
            if action == Action::Move && path.ends_with("public") {
                fs::write(&letter, "dear mayor").unwrap();
            }
        });
        let done = begin_planned(&place.output, mode, &Arc::new(plan)).and_then(|w| fill(w, &old));
        assert_eq!(done.unwrap_err().code(), "output-foreign-files");
        assert_eq!(beside(&place), ["public"]);
        assert_eq!(tree(&place.output), site(&[("จดหมาย.docx", "dear mayor")]));
    }
}

#[test]
fn names_beside_the_output_that_are_not_ours_are_respected() {
    let (old, _) = versions();
    for mode in MODES {
        let place = place();
        build(&place.output, &old, mode).unwrap();
        let staging = place.folder.join("public.staging");
        fs::create_dir(&staging).unwrap();
        fs::write(staging.join("draft.docx"), "theirs").unwrap();
        let error = build(&place.output, &old, mode).unwrap_err();
        assert_eq!(error.code(), "output-not-ours");
        assert_eq!(fs::read(staging.join("draft.docx")).unwrap(), b"theirs");
        fs::remove_dir_all(&staging).unwrap();
        fs::write(&staging, "a file").unwrap();
        assert_eq!(
            build(&place.output, &old, mode).unwrap_err().code(),
            "output-not-ours"
        );
        fs::remove_file(&staging).unwrap();
        // An empty folder holds nothing to lose.
        fs::create_dir(&staging).unwrap();
        build(&place.output, &old, mode).unwrap();
        // A lock file of another program can be locked, and stays as it is.
        let lock = place.folder.join("public.lock");
        fs::write(&lock, "# pinned versions").unwrap();
        build(&place.output, &old, mode).unwrap();
        assert_eq!(fs::read(&lock).unwrap(), b"# pinned versions");
        fs::remove_file(&lock).unwrap();
        fs::create_dir(&lock).unwrap();
        assert_eq!(
            build(&place.output, &old, mode).unwrap_err().code(),
            "output-not-ours"
        );
    }
}

#[test]
fn a_stale_lock_file_does_no_harm() {
    let place = place();
    for stale in [
        "",
        "prongsai: a bu",
        "prongsai: a build holds this file while it runs\n",
    ] {
        fs::write(place.folder.join("public.lock"), stale).unwrap();
        build(&place.output, &site(&[("a", stale)]), Swap::Auto).unwrap();
        assert_eq!(beside(&place), ["public", "public.state"]);
    }
}

/// A clerk saves a letter into the output folder at the worst moment, between
/// the last look and the exchange; and then something fails as well.
#[test]
fn a_file_that_comes_during_the_exchange_is_kept() {
    let (old, new) = versions();
    for (mode, moment, at_path) in [
        (Swap::Exchange, Action::Exchange, "public"),
        (Swap::Rename, Action::Move, "public.staging/old"),
        (Swap::Files, Action::Link, "public/.prongsai-new"),
    ] {
        for fault in [Fault::Kill, Fault::Error(std::io::ErrorKind::Other)] {
            for at in 0.. {
                let place = place();
                build(&place.output, &old, mode).unwrap();
                let letter = place.output.join("ข่าว/จดหมาย.docx");
                let came = Arc::new(AtomicBool::new(false));
                let plan = Plan::at(at, fault).meanwhile({
                    let came = Arc::clone(&came);
                    move |action, path| {
                        let now = action == moment && path.ends_with(at_path);
                        if now && !came.swap(true, Ordering::Relaxed) {
                            fs::write(&letter, "dear mayor").unwrap();
                        }
                    }
                });
                let plan = Arc::new(plan);
                let done = begin_planned(&place.output, mode, &plan).and_then(|w| fill(w, &new));
                // The next builds may refuse, but they lose nothing.
                for _ in 0..2 {
                    let _ = build(&place.output, &new, mode);
                }
                let all = tree(&place.folder);
                let safe = all.values().any(|bytes| bytes == b"dear mayor");
                let came = came.load(Ordering::Relaxed);
                assert_eq!(safe, came, "{mode:?}, {fault:?} at {at}: {all:?}");
                assert!(!place.folder.join("public.staging").exists());
                if !plan.hit() {
                    let report = done.unwrap();
                    assert!(came);
                    if mode == Swap::Files {
                        assert!(all.contains_key("public/ข่าว/จดหมาย.docx"));
                    } else {
                        assert!(is_exactly(&place.output, &new));
                        assert_eq!(report.kept, [place.folder.join("public.kept")]);
                        assert!(all.contains_key("public.kept/ข่าว/จดหมาย.docx"));
                        assert_eq!(tree(&place.folder.join("public.kept")).len(), 1);
                    }
                    break;
                }
            }
        }
    }
}

#[test]
fn a_file_edited_while_building_stops_the_build() {
    let (old, new) = versions();
    for mode in MODES {
        let place = place();
        build(&place.output, &old, mode).unwrap();
        let writer = begin(&place.output, mode).unwrap();
        for (path, bytes) in &new {
            writer.put(path, bytes).unwrap();
        }
        fs::write(place.output.join("style.css"), "edited").unwrap();
        let error = writer.finish(&super::info(&new)).unwrap_err();
        assert_eq!(error.code(), "output-changed");
        assert_eq!(beside(&place), ["public", "public.state"]);
        build(&place.output, &new, mode).unwrap();
        assert!(is_exactly(&place.output, &new));
        // And a stranger's file that came while building.
        let writer = begin(&place.output, mode).unwrap();
        fs::write(place.output.join("note.txt"), "mine").unwrap();
        let error = writer.finish(&super::info(&new)).unwrap_err();
        assert_eq!(error.code(), "output-foreign-files");
        assert_eq!(fs::read(place.output.join("note.txt")).unwrap(), b"mine");
    }
}
