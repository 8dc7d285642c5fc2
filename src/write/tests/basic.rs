use std::fs;

use sha2::{Digest, Sha256};

use super::{
    MODES, begin, beside, build, fill, info, is_exactly, modified, place, site, tree, versions,
};
use crate::write::{Applied, Guard, MANIFEST_NAME, Swap, Writer};

#[test]
fn a_site_is_written_changed_and_left_alone() {
    let (old, new) = versions();
    for mode in MODES {
        let place = place();
        let report = build(&place.output, &old, mode).unwrap();
        assert!(is_exactly(&place.output, &old), "{mode:?}");
        assert_eq!(
            (report.written, report.unchanged, report.removed),
            (9, 0, 0)
        );
        let first = if mode == Swap::Files {
            Applied::Files
        } else {
            Applied::Moved
        };
        assert_eq!(report.applied, first);
        assert_eq!(
            report.bytes,
            old.values().map(|b| b.len() as u64).sum::<u64>()
        );
        assert_eq!(beside(&place), ["public", "public.state"]);

        let style = modified(&place.output.join("style.css"));
        let report = build(&place.output, &new, mode).unwrap();
        assert!(is_exactly(&place.output, &new), "{mode:?}");
        assert_eq!(
            (report.written, report.unchanged, report.removed),
            (6, 2, 5)
        );
        let gone = [
            "place/a.txt",
            "place/deep/b.txt",
            "thing",
            "ข่าว/เก่า/ลบ.html",
            "ข่าว/เก่า/ลบด้วย.html",
        ];
        assert_eq!(report.removed_paths, gone);
        assert_eq!(
            report.changed_paths.first().map(String::as_str),
            Some("index.html")
        );
        assert_eq!(modified(&place.output.join("style.css")), style);
        assert!(!place.output.join("ข่าว/เก่า").exists());
        assert!(report.unclean.is_none() && report.kept.is_empty() && report.restored.is_empty());
        let how = match mode {
            Swap::Rename => Applied::Renamed,
            Swap::Files => Applied::Files,
            _ if cfg!(target_os = "linux") => Applied::Exchanged,
            _ => report.applied,
        };
        assert_eq!(report.applied, how);

        let stamp = || {
            let state = modified(&place.folder.join("public.state"));
            (
                modified(&place.output),
                modified(&place.output.join(MANIFEST_NAME)),
                state,
            )
        };
        let before = stamp();
        let report = build(&place.output, &new, mode).unwrap();
        assert_eq!(report.applied, Applied::Nothing);
        assert_eq!(
            (report.written, report.unchanged, report.removed),
            (0, 8, 0)
        );
        assert_eq!(stamp(), before);
        assert_eq!(beside(&place), ["public", "public.state"]);
    }
}

#[cfg(unix)]
#[test]
fn unchanged_files_keep_their_inode() {
    use std::os::unix::fs::MetadataExt;
    let (old, new) = versions();
    for mode in MODES {
        let place = place();
        build(&place.output, &old, mode).unwrap();
        let inode = || {
            fs::metadata(place.output.join("data/same.csv"))
                .unwrap()
                .ino()
        };
        let before = inode();
        build(&place.output, &new, mode).unwrap();
        assert_eq!(inode(), before);
        assert_eq!(
            fs::metadata(place.output.join("data/same.csv"))
                .unwrap()
                .nlink(),
            1
        );
    }
}

#[test]
fn the_manifest_depends_on_the_site_alone() {
    let (old, new) = versions();
    let manifests: Vec<Vec<u8>> = [Swap::Auto, Swap::Files]
        .into_iter()
        .map(|mode| {
            let place = place();
            build(&place.output, &old, mode).unwrap();
            let writer = begin(&place.output, mode).unwrap();
            for (path, bytes) in new.iter().rev() {
                writer.put(path, bytes).unwrap();
            }
            writer.finish(&info(&new)).unwrap();
            fs::read(place.output.join(MANIFEST_NAME)).unwrap()
        })
        .collect();
    assert_eq!(manifests.first(), manifests.last());
    let text = String::from_utf8(manifests[0].clone()).unwrap();
    assert!(text.starts_with("{\"format\":1,\n\"generator\":\"prongsai test\",\n\"inputs\":\""));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["files"].as_array().unwrap().len(), new.len());
}

#[test]
fn other_inputs_with_the_same_files_replace_the_manifest_only() {
    let (old, _) = versions();
    for mode in MODES {
        let place = place();
        build(&place.output, &old, mode).unwrap();
        let news = modified(&place.output.join("ข่าว"));
        let writer = begin(&place.output, mode).unwrap();
        for (path, bytes) in &old {
            writer.put(path, bytes).unwrap();
        }
        let mut other = info(&old);
        other.inputs = "00ff".into();
        let report = writer.finish(&other).unwrap();
        assert_eq!(report.applied, Applied::ManifestOnly);
        assert!(crate::write::is_current(&place.output, "00ff").unwrap());
        assert_eq!(modified(&place.output.join("ข่าว")), news);
        assert_eq!(beside(&place), ["public", "public.state"]);
    }
}

#[test]
fn abandoned_builds_leave_everything_as_it_was() {
    let (old, new) = versions();
    for mode in MODES {
        let place = place();
        build(&place.output, &old, mode).unwrap();
        let before = tree(&place.folder);
        let writer = begin(&place.output, mode).unwrap();
        for (path, bytes) in &new {
            writer.put(path, bytes).unwrap();
        }
        writer.abandon();
        let writer = begin(&place.output, mode).unwrap();
        writer.put("index.html", b"x").unwrap();
        drop(writer);
        assert_eq!(tree(&place.folder), before);
    }
}

#[test]
fn edited_and_lost_files_are_restored() {
    let (old, _) = versions();
    for mode in MODES {
        let place = place();
        build(&place.output, &old, mode).unwrap();
        let edited = place.output.join("index.html");
        let time = modified(&edited);
        fs::write(&edited, "hame 1").unwrap();
        fs::remove_file(place.output.join("style.css")).unwrap();
        fs::write(place.output.join("thing"), "another size").unwrap();
        let report = build(&place.output, &old, mode).unwrap();
        assert_eq!(report.restored, ["index.html", "style.css", "thing"]);
        assert_eq!((report.written, report.unchanged), (3, 6));
        assert!(is_exactly(&place.output, &old));

        // With the size and time of before, but without the state file: read.
        fs::write(&edited, "hame 1").unwrap();
        fs::File::options()
            .write(true)
            .open(&edited)
            .unwrap()
            .set_modified(time)
            .unwrap();
        fs::remove_file(place.folder.join("public.state")).unwrap();
        let report = build(&place.output, &old, mode).unwrap();
        assert_eq!(report.restored, ["index.html"]);
        assert!(is_exactly(&place.output, &old));

        // Only touched: read once, then known again.
        fs::File::options()
            .write(true)
            .open(&edited)
            .unwrap()
            .set_modified(time)
            .unwrap();
        let report = build(&place.output, &old, mode).unwrap();
        assert_eq!(report.applied, Applied::Nothing);
        assert_eq!(modified(&edited), time);
        assert!(crate::write::is_current(&place.output, &super::inputs(&old)).unwrap());
    }
}

#[test]
fn copies_are_independent_of_their_source() {
    for mode in MODES {
        let place = place();
        let source = place.folder.join("แผน.pdf");
        let big = vec![7u8; 700_000];
        fs::write(&source, &big).unwrap();
        let known: [u8; 32] = Sha256::digest(&big).into();
        let build = |known| {
            let writer = begin(&place.output, mode).unwrap();
            writer.put("index.html", b"1").unwrap();
            writer.copy("files/แผน.pdf", &source, known).unwrap();
            writer.finish(&info(&site(&[]))).unwrap()
        };
        let target = place.output.join("files/แผน.pdf");
        assert_eq!(build(None).written, 2);
        let time = modified(&target);
        assert_eq!(build(None).unchanged, 2);
        assert_eq!(build(Some(known)).unchanged, 2);
        assert_eq!(modified(&target), time);
        // Changed in place, same size.
        let mut file = fs::File::options().write(true).open(&source).unwrap();
        std::io::Write::write_all(&mut file, b"changed").unwrap();
        assert_eq!(fs::read(&target).unwrap(), big);
        assert_eq!(build(None).written, 1);
        assert_eq!(fs::read(&target).unwrap(), fs::read(&source).unwrap());
        // A hash that the source no longer has.
        let writer = begin(&place.output, mode).unwrap();
        let error = writer
            .copy("files/แผน.pdf", &source, Some(known))
            .unwrap_err();
        assert_eq!(error.code(), "output-source-changed");
        let error = writer.copy("x", &place.folder, None).unwrap_err();
        assert_eq!(error.code(), "output-io");
        let error = writer
            .copy("y", &place.folder.join("absent"), None)
            .unwrap_err();
        assert_eq!(error.code(), "output-io");
        drop(writer);
        assert_eq!(beside(&place), ["public", "public.state", "แผน.pdf"]);
    }
}

#[test]
fn an_empty_site_is_a_site() {
    for mode in MODES {
        let place = place();
        let empty = site(&[]);
        fs::create_dir(&place.output).unwrap();
        build(&place.output, &empty, mode).unwrap();
        assert!(is_exactly(&place.output, &empty));
        build(&place.output, &site(&[("a/b", "1")]), mode).unwrap();
        build(&place.output, &empty, mode).unwrap();
        assert!(is_exactly(&place.output, &empty));
    }
}

#[test]
fn a_durable_build_is_a_build() {
    let (old, new) = versions();
    for mode in MODES {
        let place = place();
        for site in [&old, &new] {
            let writer = Writer::begin(&place.output, &Guard::default(), mode).unwrap();
            let report = fill(writer, site).unwrap();
            assert!(report.unclean.is_none(), "{report:?}");
            assert!(is_exactly(&place.output, site));
        }
    }
}
