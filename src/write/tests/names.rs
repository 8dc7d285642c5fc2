use proptest::prelude::*;

use super::{MODES, begin, place};
use crate::write::names::{NameFault, check, fold};
use crate::write::{Swap, WriteError};

#[test]
fn good_names_pass() {
    for name in [
        "index.html",
        "ข่าว/ประกาศ ๒๕๖๙.html",
        "a/b/c/d",
        ".nojekyll",
        ".well-known/security.txt",
        "console.html",
        "com10",
        "comic",
        "auxiliary.css",
        "a..b",
        "CNAME",
    ] {
        assert_eq!(check(name), Ok(()), "{name}");
    }
    assert_eq!(check(&"ก".repeat(85)), Ok(()));
}

#[test]
fn bad_names_are_refused_for_their_reason() {
    for (name, fault) in [
        ("", NameFault::Empty),
        ("/a", NameFault::EmptySegment),
        ("a//b", NameFault::EmptySegment),
        ("a/", NameFault::EmptySegment),
        ("../a", NameFault::DotSegment),
        ("a/./b", NameFault::DotSegment),
        ("a\\b", NameFault::Character('\\')),
        ("c:a", NameFault::Character(':')),
        ("a?", NameFault::Character('?')),
        ("a\u{0}b", NameFault::Character('\u{0}')),
        ("a\n", NameFault::Character('\n')),
        ("a\u{85}", NameFault::Character('\u{85}')),
        ("a./b", NameFault::Trailing),
        ("a ", NameFault::Trailing),
        ("...", NameFault::Trailing),
        ("con", NameFault::Device("con".into())),
        ("x/NUL.html", NameFault::Device("NUL.html".into())),
        ("Com1.tar.gz", NameFault::Device("Com1.tar.gz".into())),
        ("lpt9", NameFault::Device("lpt9".into())),
        ("com².txt", NameFault::Device("com².txt".into())),
        ("aux .txt", NameFault::Device("aux .txt".into())),
        ("prongsai-manifest.json", NameFault::Ours),
        ("Prongsai-Manifest.JSON", NameFault::Ours),
        ("a/.prongsai-new", NameFault::Ours),
    ] {
        assert_eq!(check(name), Err(fault), "{name:?}");
    }
    assert_eq!(check(&"ก".repeat(86)), Err(NameFault::LongSegment(258)));
    let long = format!("{}/{}", "a".repeat(120), "b".repeat(120));
    assert_eq!(check(&long), Err(NameFault::LongPath(241)));
    assert_eq!(
        check(&format!("{}/{}", "ก".repeat(80), "ข".repeat(80))),
        Ok(())
    );
}

#[test]
fn two_names_for_one_file_are_refused_and_both_named() {
    // Tone mark and lower vowel in both orders: they look the same.
    let (a, b) = ("ก\u{0e48}\u{0e38}.html", "ก\u{0e38}\u{0e48}.html");
    for (first, second) in [
        ("Case.html", "case.html"),
        ("x/Über.html", "x/u\u{308}ber.html"),
        ("STRASSE", "straße"),
        (a, b),
        ("Dir/a.html", "dir/b.html"),
        ("thing", "thing/a.html"),
        ("thing/a.html", "thing"),
        ("thing/a.html", "Thing"),
        ("deep/A/x/1", "deep/a/x/2"),
    ] {
        let place = place();
        let writer = begin(&place.output, Swap::Auto).unwrap();
        writer.put(first, b"1").unwrap();
        match writer.put(second, b"2").unwrap_err() {
            WriteError::Clash {
                first: one,
                second: two,
            } => {
                assert_eq!((one.as_str(), two.as_str()), (first, second));
            }
            other => panic!("{other:?}"),
        }
        let error = writer
            .finish(&super::info(&super::Site::new()))
            .unwrap_err();
        assert_eq!(error.code(), "output-incomplete");
        assert!(!place.output.exists());
        assert_eq!(super::beside(&place), Vec::<String>::new());
    }
}

#[test]
fn the_same_name_twice_is_refused() {
    for mode in MODES {
        let place = place();
        let writer = begin(&place.output, mode).unwrap();
        writer.put("a/index.html", b"1").unwrap();
        let error = writer.put("a/index.html", b"1").unwrap_err();
        assert_eq!(error.code(), "output-duplicate");
        assert!(error.message_th().contains("a/index.html"));
    }
}

#[test]
fn thai_sara_am_is_kept_apart_from_its_parts() {
    // NFKC would merge these two.
    assert_ne!(fold("น\u{0e33}"), fold("น\u{0e4d}\u{0e32}"));
}

proptest! {
    #[test]
    fn no_name_panics_and_good_ones_stay_inside(name in any::<String>()) {
        if check(&name).is_ok() {
            let path = std::path::Path::new(&name);
            prop_assert!(path.components().all(|c| matches!(c, std::path::Component::Normal(_))));
            prop_assert_eq!(fold(&fold(&name)), fold(&name));
            prop_assert_eq!(fold(&name).matches('/').count(), name.matches('/').count());
        }
    }
}
