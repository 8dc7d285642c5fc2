//! Every single change on the disk fails once, in every mode, in both ways.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::plan::{Fault, Plan};
use super::{
    MODES, Place, Site, begin, begin_planned, beside, build, fast_place, fill, is_exactly, place,
    site, tree, versions,
};
use crate::write::{Action, Applied, Swap, WriteError};

const FAULTS: [Fault; 4] = [
    Fault::Kill,
    Fault::Error(ErrorKind::Other),
    Fault::Error(ErrorKind::StorageFull),
    Fault::Error(ErrorKind::PermissionDenied),
];

/// Whether the output is exactly this site, or absent or empty where that is
/// what was there.
fn holds(output: &Path, site: Option<&Site>) -> bool {
    match site {
        Some(site) => is_exactly(output, site),
        None => tree(output).is_empty(),
    }
}

/// Runs one build with a plan and judges what is left, then what the next runs
/// make of it.
fn trial(old: Option<&Site>, new: &Site, mode: Swap, plan: &Arc<Plan>, what: &str) -> Place {
    let place = fast_place();
    fs::write(place.folder.join("neighbour.txt"), "theirs").unwrap();
    if let Some(old) = old {
        build(&place.output, old, mode).unwrap();
    }
    let kill = {
        let done = begin_planned(&place.output, mode, plan).and_then(|writer| fill(writer, new));
        match &done {
            Ok(_) => assert!(is_exactly(&place.output, new), "{what}: says it is done"),
            Err(WriteError::Unfinished { .. }) => {}
            Err(_) if plan.is_dead() => {}
            Err(e) => assert!(
                holds(&place.output, old),
                "{what}: not the old site after {e}"
            ),
        }
        if !plan.is_dead() && !matches!(done, Err(WriteError::Unfinished { .. })) {
            let staging = place.folder.join("public.staging").exists();
            let unclean = done.as_ref().is_ok_and(|report| report.unclean.is_some());
            assert!(
                !staging || unclean || plan.hit(),
                "{what}: left a staging folder"
            );
        }
        plan.is_dead()
    };
    // A reader sees nothing mixed either where folders are exchanged.
    if matches!(mode, Swap::Exchange | Swap::Auto) && (kill || old.is_some()) {
        let whole = holds(&place.output, old) || is_exactly(&place.output, new);
        assert!(whole, "{what}: mixed: {:?}", tree(&place.output));
    }
    // The next run, even if it comes to nothing, sets everything right.
    drop(begin(&place.output, mode).unwrap_or_else(|e| panic!("{what}: {e}")));
    assert!(
        holds(&place.output, old) || is_exactly(&place.output, new),
        "{what}: not recovered"
    );
    let names: BTreeSet<_> = beside(&place).into_iter().collect();
    let allowed = ["neighbour.txt", "public", "public.state"].map(str::to_owned);
    assert!(names.is_subset(&allowed.into()), "{what}: {names:?}");
    // And the one after that works.
    let third = site(&[
        ("index.html", "home 3"),
        ("style.css", "same"),
        ("place/x/y", "z"),
    ]);
    build(&place.output, &third, mode).unwrap_or_else(|e| panic!("{what}: {e}"));
    assert!(is_exactly(&place.output, &third), "{what}");
    assert_eq!(
        beside(&place),
        ["neighbour.txt", "public", "public.state"],
        "{what}"
    );
    assert_eq!(
        fs::read(place.folder.join("neighbour.txt")).unwrap(),
        b"theirs"
    );
    place
}

fn at_every_step(old: Option<&Site>, new: &Site, mode: Swap, fault: Fault) -> usize {
    for at in 0..10_000 {
        let plan = Arc::new(Plan::at(at, fault));
        let what = format!("{mode:?}, {fault:?} at step {at}");
        trial(old, new, mode, &plan, &what);
        if !plan.hit() {
            return at;
        }
    }
    panic!("never through");
}

#[test]
fn a_change_of_everything_survives_a_fault_at_every_step() {
    let (old, new) = versions();
    for mode in MODES {
        for fault in FAULTS {
            let steps = at_every_step(Some(&old), &new, mode, fault);
            assert!(steps > 30, "{mode:?}: only {steps} steps");
        }
    }
}

#[test]
fn a_first_build_survives_a_fault_at_every_step() {
    let (_, new) = versions();
    for mode in MODES {
        for fault in FAULTS {
            at_every_step(None, &new, mode, fault);
        }
    }
}

#[test]
fn a_build_without_changes_survives_a_fault_at_every_step() {
    let (old, _) = versions();
    for mode in MODES {
        for fault in FAULTS {
            at_every_step(Some(&old), &old, mode, fault);
        }
    }
}

#[test]
fn a_recovery_survives_a_fault_at_every_step() {
    let (old, new) = versions();
    for mode in MODES {
        for first in (0..10_000).step_by(3) {
            let mut interrupted = true;
            for second in 0.. {
                let place = fast_place();
                build(&place.output, &old, mode).unwrap();
                let plan = Arc::new(Plan::at(first, Fault::Kill));
                let _ = begin_planned(&place.output, mode, &plan).and_then(|w| fill(w, &new));
                interrupted = plan.hit();
                let again = Arc::new(Plan::at(second, Fault::Kill));
                drop(begin_planned(&place.output, mode, &again));
                drop(begin(&place.output, mode).unwrap());
                let whole = is_exactly(&place.output, &old) || is_exactly(&place.output, &new);
                assert!(whole, "{mode:?}, killed at {first} and {second}");
                assert!(!place.folder.join("public.staging").exists());
                if !again.hit() || !interrupted {
                    break;
                }
            }
            if !interrupted {
                break;
            }
        }
    }
}

#[test]
fn between_two_renames_an_incomplete_new_site_gives_way_to_the_old_one() {
    let (old, new) = versions();
    for damage in [true, false] {
        for at in 0.. {
            let place = fast_place();
            build(&place.output, &old, Swap::Rename).unwrap();
            let plan = Arc::new(Plan::at(at, Fault::Kill));
            let _ = begin_planned(&place.output, Swap::Rename, &plan).and_then(|w| fill(w, &new));
            assert!(plan.hit(), "never between the renames");
            if place.output.exists() {
                continue;
            }
            if damage {
                // A power cut on a disk that lied about having everything.
                fs::write(
                    place.folder.join("public.staging/new/index.html"),
                    "home \0",
                )
                .unwrap();
            }
            drop(begin(&place.output, Swap::Rename).unwrap());
            assert!(is_exactly(&place.output, if damage { &old } else { &new }));
            break;
        }
    }
}

#[test]
fn a_half_installed_file_is_cleared_even_when_it_is_no_longer_needed() {
    let (old, new) = versions();
    for at in 0.. {
        let place = fast_place();
        build(&place.output, &old, Swap::Files).unwrap();
        let plan = Arc::new(Plan::at(at, Fault::Kill));
        let _ = begin_planned(&place.output, Swap::Files, &plan).and_then(|w| fill(w, &new));
        assert!(plan.hit(), "never with a file half installed");
        if !place.output.join(".prongsai-new").exists() {
            continue;
        }
        // The clerk copies that file by hand: the first in order.
        let first = "thing/inside.txt";
        let staged = place.folder.join("public.staging/new").join(first);
        fs::copy(staged, place.output.join(first)).unwrap();
        drop(begin(&place.output, Swap::Files).unwrap());
        assert!(is_exactly(&place.output, &new));
        break;
    }
}

#[test]
fn where_folders_cannot_be_exchanged_or_moved_the_next_way_is_taken() {
    let (old, new) = versions();
    let unsupported = Plan::never(Action::Exchange, ErrorKind::Unsupported);
    let place = place();
    build(&place.output, &old, Swap::Auto).unwrap();
    let plan = Arc::new(unsupported);
    let report = begin_planned(&place.output, Swap::Auto, &plan)
        .and_then(|w| fill(w, &new))
        .unwrap();
    assert_eq!(report.applied, Applied::Renamed);
    assert!(is_exactly(&place.output, &new));
    let plan = Arc::new(Plan::never(Action::Exchange, ErrorKind::Unsupported));
    let error = begin_planned(&place.output, Swap::Exchange, &plan).and_then(|w| fill(w, &old));
    assert_eq!(error.unwrap_err().code(), "output-io");
    assert!(is_exactly(&place.output, &new));

    // A folder that cannot be moved at all (open under Windows, a mount point).
    let plan = Arc::new(Plan::stuck_folder(place.output.clone()));
    let report = begin_planned(&place.output, Swap::Auto, &plan)
        .and_then(|w| fill(w, &old))
        .unwrap();
    assert_eq!(report.applied, Applied::Files);
    assert!(is_exactly(&place.output, &old));
    let plan = Arc::new(Plan::stuck_folder(place.output.clone()));
    let error = begin_planned(&place.output, Swap::Rename, &plan).and_then(|w| fill(w, &new));
    assert_eq!(error.unwrap_err().code(), "output-in-use");
    assert!(is_exactly(&place.output, &old));
    assert_eq!(beside(&place), ["public", "public.state"]);
}

#[test]
fn without_links_unchanged_files_are_copied_with_their_time() {
    let (old, new) = versions();
    for mode in MODES {
        let place = place();
        build(&place.output, &old, mode).unwrap();
        let page = place.output.join("data/same.csv");
        let time = super::modified(&page);
        let plan = Arc::new(Plan::never(Action::Link, ErrorKind::CrossesDevices));
        let report = begin_planned(&place.output, mode, &plan)
            .and_then(|w| fill(w, &new))
            .unwrap();
        assert_eq!(report.unchanged, 2);
        assert_eq!(super::modified(&page), time);
        assert!(is_exactly(&place.output, &new));
        assert_eq!(
            build(&place.output, &new, mode).unwrap().applied,
            Applied::Nothing
        );
    }
}

#[test]
fn a_full_disk_leaves_the_old_site_and_says_so() {
    let (old, new) = versions();
    for mode in MODES {
        for room in (0..6_000).step_by(53) {
            let plan = Arc::new(Plan::room(room));
            let what = format!("{mode:?}, room for {room} bytes");
            trial(Some(&old), &new, mode, &plan, &what);
        }
        let place = place();
        build(&place.output, &old, mode).unwrap();
        let plan = Arc::new(Plan::room(120));
        let error = begin_planned(&place.output, mode, &plan)
            .and_then(|w| fill(w, &new))
            .unwrap_err();
        assert!(matches!(error.code(), "output-disk-full"), "{error}");
        assert!(error.message_th().contains("เต็ม"));
    }
}
