use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use proptest::prelude::*;

use super::{MODES, Site, begin, build, is_exactly, place, site, tree};
use crate::write::{Swap, WriteError, is_current};

/// Sites of few names, so that versions have much in common and files turn into
/// folders.
fn sites() -> impl Strategy<Value = Site> {
    let segment = prop::sample::select(vec!["ก", "b", "c.html", "index.html", "data.csv"]);
    let path = prop::collection::vec(segment, 1..4).prop_map(|parts| parts.join("/"));
    let text = prop::sample::select(vec!["", "1", "2", "longer text", "ไทย"]);
    prop::collection::btree_map(path, text.prop_map(|t| t.as_bytes().to_vec()), 0..12)
        .prop_map(without_clashes)
}

/// Leaves out what would be a folder and a file at once.
fn without_clashes(site: Site) -> Site {
    let mut kept = Site::new();
    for (path, bytes) in site {
        let clash = kept
            .keys()
            .any(|k| k.starts_with(&format!("{path}/")) || path.starts_with(&format!("{k}/")));
        if !clash {
            kept.insert(path, bytes);
        }
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_there_before_makes_no_difference(
        versions in prop::collection::vec(sites(), 1..4),
        mode in prop::sample::select(MODES.to_vec()),
    ) {
        let place = place();
        for version in &versions {
            build(&place.output, version, mode).unwrap();
        }
        let last = versions.last().unwrap();
        prop_assert!(is_exactly(&place.output, last));
        let fresh = super::place();
        build(&fresh.output, last, Swap::Auto).unwrap();
        prop_assert_eq!(tree(&place.output), tree(&fresh.output));
        prop_assert!(is_current(&place.output, &super::inputs(last)).unwrap());
    }

    #[test]
    fn no_manifest_and_no_state_panics(
        manifest in any::<Vec<u8>>(),
        state in any::<String>(),
        cut in 0usize..2_000,
    ) {
        let place = place();
        build(&place.output, &site(&[("a/b.html", "1"), ("c", "2")]), Swap::Auto).unwrap();
        fs::write(place.folder.join("public.state"), format!("prongsai-state {state}")).unwrap();
        let file = place.output.join("prongsai-manifest.json");
        let mut text = fs::read(&file).unwrap();
        text.truncate(cut);
        text.extend(manifest);
        fs::write(&file, text).unwrap();
        let _ = is_current(&place.output, "x");
        let _ = begin(&place.output, Swap::Auto);
        prop_assert!(place.output.join("a/b.html").exists());
    }
}

/// A reader in a loop, while the website is exchanged again and again.
#[cfg(target_os = "linux")]
#[test]
fn a_reader_misses_nothing_during_exchanges() {
    let pages: Vec<String> = (0..20).map(|n| format!("{}/{n}.html", n % 4)).collect();
    let version = |n: usize| -> Site {
        pages
            .iter()
            .map(|p| (p.clone(), format!("{n}").into_bytes()))
            .collect()
    };
    for mode in [Swap::Exchange, Swap::Files] {
        let place = place();
        build(&place.output, &version(0), mode).unwrap();
        let end = AtomicBool::new(false);
        let (reads, missed) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !end.load(Ordering::Relaxed) {
                    for page in &pages {
                        reads.fetch_add(1, Ordering::Relaxed);
                        match fs::read(place.output.join(page)) {
                            Ok(text) if !text.is_empty() => {}
                            _ => {
                                missed.fetch_add(1, Ordering::Relaxed);
                            }
                        }
                    }
                }
            });
            let builds =
                (1..=300).try_for_each(|n| build(&place.output, &version(n), mode).map(drop));
            end.store(true, Ordering::Relaxed);
            builds.unwrap();
        });
        let (reads, missed) = (reads.into_inner(), missed.into_inner());
        assert_eq!(missed, 0, "{mode:?}: {missed} of {reads} reads");
        assert!(reads > 1_000);
    }
}

#[test]
fn every_error_speaks_both_languages() {
    use crate::write::{Action, NameFault, Unsafe};
    use std::io::{Error, ErrorKind};
    let path = || std::path::PathBuf::from("public");
    let io = |kind: ErrorKind| WriteError::Io {
        action: Action::Write,
        path: path(),
        error: Error::from(kind),
    };
    let mut codes = std::collections::BTreeSet::new();
    let name = || "a".to_owned();
    for error in [
        WriteError::Busy { lock: path() },
        WriteError::ForeignFiles {
            output: path(),
            files: vec![name()],
            count: 12,
            ours: true,
        },
        WriteError::Unsafe {
            output: path(),
            reason: Unsafe::Source(path()),
        },
        WriteError::Unsafe {
            output: path(),
            reason: Unsafe::Root,
        },
        WriteError::NotAFolder { path: path() },
        WriteError::NotOurs { path: path() },
        WriteError::BadManifest { path: path() },
        WriteError::Name {
            path: name(),
            fault: NameFault::Empty,
        },
        WriteError::Duplicate { path: name() },
        WriteError::Clash {
            first: name(),
            second: name(),
        },
        WriteError::SourceChanged {
            path: name(),
            source: path(),
        },
        WriteError::OutputChanged { path: name() },
        WriteError::Incomplete { path: name() },
        WriteError::Unfinished {
            output: path(),
            cause: Box::new(io(ErrorKind::Other)),
        },
        io(ErrorKind::StorageFull),
        io(ErrorKind::PermissionDenied),
        io(ErrorKind::ResourceBusy),
        io(ErrorKind::Other),
    ] {
        assert!(codes.insert(error.code()), "{} twice", error.code());
        assert!(error.code().starts_with("output-"));
        let thai = |text: &str| text.chars().any(|c| ('\u{0e00}'..='\u{0e7f}').contains(&c));
        assert!(
            thai(&error.message_th()) && thai(error.hint_th()),
            "{error:?}"
        );
        assert!(
            !thai(&error.message_en()) && !thai(error.hint_en()),
            "{error:?}"
        );
        assert!(!error.message_th().contains("  ") && !error.hint_th().contains("  "));
        assert!(!error.message_en().contains("  ") && !error.hint_en().contains("  "));
    }
}
