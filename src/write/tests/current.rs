use std::fs;

use super::{MODES, begin, build, inputs, place, versions};
use crate::write::{MANIFEST_NAME, Swap, is_current, previous};

#[test]
fn a_fresh_output_is_current_and_any_touch_ends_that() {
    let (old, _) = versions();
    let digest = inputs(&old);
    for mode in MODES {
        let place = place();
        let check = || is_current(&place.output, &digest).unwrap();
        assert!(!check());
        assert!(previous(&place.output).is_none());
        build(&place.output, &old, mode).unwrap();
        assert!(check());
        assert!(!is_current(&place.output, "other").unwrap());
        assert_eq!(previous(&place.output).unwrap().files().len(), old.len());

        let writer = begin(&place.output, mode).unwrap();
        assert!(!check(), "while a build runs");
        drop(writer);
        assert!(check());

        let page = place.output.join("index.html");
        fs::write(&page, "hame 1").unwrap();
        assert!(!check(), "edited");
        build(&place.output, &old, mode).unwrap();
        assert!(check());
        fs::remove_file(&page).unwrap();
        assert!(!check(), "removed");
        build(&place.output, &old, mode).unwrap();
        fs::write(place.output.join("data/foreign"), "").unwrap();
        assert!(!check(), "a stranger's file");
        fs::remove_file(place.output.join("data/foreign")).unwrap();
        assert!(check());
        fs::remove_file(place.folder.join("public.state")).unwrap();
        assert!(!check(), "no state file");
        build(&place.output, &old, mode).unwrap();
        assert!(check());
    }
}

#[test]
fn a_damaged_manifest_is_never_trusted() {
    let (old, _) = versions();
    let place = place();
    build(&place.output, &old, Swap::Auto).unwrap();
    let file = place.output.join(MANIFEST_NAME);
    let text = fs::read_to_string(&file).unwrap();
    for bad in [
        String::new(),
        "{}".into(),
        text.replace("\"format\":1", "\"format\":2"),
        text.replace("style.css", "../style.css"),
        text.replace("style.css", "/etc/passwd"),
        text.replace("style.css", "index.html"),
        text.replace("\"sha256\":\"", "\"sha256\":\"0"),
        text.get(..text.len() / 2).unwrap().to_owned(),
    ] {
        fs::write(&file, bad).unwrap();
        assert!(previous(&place.output).is_none());
        assert!(!is_current(&place.output, &inputs(&old)).unwrap());
        let error = build(&place.output, &old, Swap::Auto).unwrap_err();
        assert_eq!(error.code(), "output-bad-manifest");
    }
    // A damaged state file costs time only; one of someone else's is kept.
    fs::write(&file, &text).unwrap();
    let state = place.folder.join("public.state");
    for damaged in [
        "",
        "\0\0\0\0",
        "prongsai-state 9 x",
        "prongsai-state 1 00\nx",
    ] {
        fs::write(&state, damaged).unwrap();
        build(&place.output, &old, Swap::Auto).unwrap();
        assert!(is_current(&place.output, &inputs(&old)).unwrap());
    }
    fs::write(&state, "my notes on the state").unwrap();
    let error = build(&place.output, &old, Swap::Auto).unwrap_err();
    assert_eq!(error.code(), "output-not-ours");
    assert_eq!(fs::read(&state).unwrap(), b"my notes on the state");
}
