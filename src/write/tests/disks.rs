//! Real disks, where the tests may mount one (root on Linux).

use std::fs;
use std::path::Path;

use super::{MODES, Site, beside, build, is_exactly, place, versions};
use crate::write::{Applied, Swap};

/// Mounts a real small disk at a folder and runs a check on it. Says so where
/// that is not possible.
fn on_small_disk(folder: &Path, check: impl FnOnce() + std::panic::UnwindSafe) {
    let run = |program: &str, args: &[&str]| {
        let done = std::process::Command::new(program)
            .args(args)
            .arg(folder)
            .output();
        done.is_ok_and(|done| done.status.success())
    };
    if !run("mount", &["-t", "tmpfs", "-o", "size=2m", "tmpfs"]) {
        eprintln!("SKIPPED: no tmpfs can be mounted here (needs root)");
        return;
    }
    let checked = std::panic::catch_unwind(check);
    assert!(run("umount", &[]));
    if let Err(panic) = checked {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn a_really_full_disk_leaves_the_old_site() {
    let folder = tempfile::tempdir().unwrap();
    on_small_disk(folder.path(), || {
        let output = folder.path().join("public");
        let page = |n: usize, fill: u8| (format!("{n}.html"), vec![fill; 8_000]);
        let old: Site = (0..100).map(|n| page(n, b'a')).collect();
        build(&output, &old, Swap::Auto).unwrap();
        for mode in MODES {
            let big: Site = (0..400).map(|n| page(n, b'b')).collect();
            let error = build(&output, &big, mode).unwrap_err();
            assert_eq!(error.code(), "output-disk-full", "{error}");
            assert!(is_exactly(&output, &old));
        }
        for (fill, mode) in (b'0'..).zip(MODES) {
            let small: Site = (0..40).map(|i| page(i, fill)).collect();
            build(&output, &small, mode).unwrap();
            assert!(is_exactly(&output, &small));
        }
    });
}

/// A folder that is a disk of its own can be neither moved nor linked into.
#[test]
fn a_mount_point_is_filled_file_by_file() {
    let (old, new) = versions();
    let place = place();
    fs::create_dir(&place.output).unwrap();
    on_small_disk(&place.output.clone(), || {
        for site in [&old, &new, &old] {
            let report = build(&place.output, site, Swap::Auto).unwrap();
            assert_eq!(report.applied, Applied::Files);
            assert!(is_exactly(&place.output, site));
            let again = build(&place.output, site, Swap::Auto).unwrap();
            assert_eq!(again.applied, Applied::Nothing);
            assert_eq!(beside(&place), ["public", "public.state"]);
        }
    });
}
