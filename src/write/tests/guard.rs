use std::fs;
use std::path::Path;

use super::{build, is_exactly, place, site, tree};
use crate::write::{Durability, Guard, Swap, WriteError, Writer};

fn try_begin(output: &Path, guard: &Guard) -> Result<(), WriteError> {
    Writer::begin_with(output, guard, Swap::Auto, Durability::None).map(Writer::abandon)
}

#[test]
fn sources_and_what_holds_them_are_refused() {
    let place = place();
    let root = place.folder.join("site");
    for folder in ["content/sub", "themes/mine", "static"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    fs::write(root.join("content/thesis.txt"), "years of work").unwrap();
    fs::write(root.join("site.toml"), "").unwrap();
    let guard = Guard {
        sources: vec![root.join("static"), root.join("site.toml")],
        root: Some(root.clone()),
    };
    let before = tree(&place.folder);
    for (output, code) in [
        ("site", "output-is-source"),
        ("site/.", "output-is-source"),
        (".", "output-is-source"),
        ("site/content", "output-is-source"),
        ("site/content/new", "output-is-source"),
        ("site/content/sub/../../content/x", "output-is-source"),
        ("site/new/../content", "output-is-source"),
        ("site/themes/mine/public", "output-is-source"),
        ("site/static/x/y", "output-is-source"),
        ("site/site.toml", "output-not-a-folder"),
        ("site/.git/public", "output-unsafe"),
    ] {
        let error = try_begin(&place.folder.join(output), &guard).unwrap_err();
        assert_eq!(error.code(), code, "{output}: {error}");
    }
    assert_eq!(tree(&place.folder), before);
    assert_eq!(fs::read_dir(&root).unwrap().count(), 4);
    try_begin(&root.join("public"), &guard).unwrap();
    try_begin(&root.join("out/a/b"), &guard).unwrap();
    try_begin(&place.folder.join("elsewhere"), &guard).unwrap();
    // A name that only begins like a source is none.
    try_begin(&root.join("content-public"), &guard).unwrap();
}

#[test]
fn home_root_and_git_are_refused() {
    let place = place();
    let guard = Guard::default();
    let home = std::env::home_dir().unwrap();
    assert_eq!(
        try_begin(Path::new("/"), &guard).unwrap_err().code(),
        "output-unsafe"
    );
    assert_eq!(
        try_begin(&home, &guard).unwrap_err().code(),
        "output-unsafe"
    );
    let above = home.parent().unwrap();
    assert_eq!(
        try_begin(above, &guard).unwrap_err().code(),
        "output-unsafe"
    );
    let repository = place.folder.join("repo");
    fs::create_dir_all(repository.join(".git")).unwrap();
    assert_eq!(
        try_begin(&repository, &guard).unwrap_err().code(),
        "output-unsafe"
    );
    try_begin(&repository.join("public"), &guard).unwrap();
    // Also when it became one after it was an output.
    build(&place.output, &site(&[("a", "1")]), Swap::Auto).unwrap();
    fs::write(place.output.join(".git"), "gitdir: elsewhere").unwrap();
    let error = build(&place.output, &site(&[("a", "2")]), Swap::Auto).unwrap_err();
    assert_eq!(error.code(), "output-unsafe");
}

#[cfg(unix)]
#[test]
fn links_are_resolved_before_they_are_judged() {
    use std::os::unix::fs::symlink;
    let place = place();
    let root = place.folder.join("site");
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(root.join("content/thesis.txt"), "years of work").unwrap();
    let guard = Guard {
        sources: vec![],
        root: Some(root.clone()),
    };
    for (name, target) in [
        ("a", root.clone()),
        ("b", root.join("content")),
        ("c", "/".into()),
    ] {
        let link = place.folder.join(name);
        symlink(target, &link).unwrap();
        assert!(try_begin(&link, &guard).is_err(), "{name}");
    }
    // Through a link to the content.
    assert!(try_begin(&place.folder.join("b/public"), &guard).is_err());
    // To nowhere.
    symlink(place.folder.join("nowhere"), place.folder.join("d")).unwrap();
    let error = try_begin(&place.folder.join("d"), &guard).unwrap_err();
    assert_eq!(error.code(), "output-not-a-folder");
    // A source that is a link guards what it leads to.
    let real = place.folder.join("real");
    fs::create_dir(&real).unwrap();
    symlink(&real, place.folder.join("alias")).unwrap();
    let guard = Guard {
        sources: vec![place.folder.join("alias")],
        root: None,
    };
    assert!(try_begin(&real.join("public"), &guard).is_err());
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_stays_a_link() {
    let place = place();
    let real = place.folder.join("www");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink("www", &place.output).unwrap();
    for text in ["1", "2"] {
        let site = site(&[("index.html", text)]);
        build(&place.output, &site, Swap::Auto).unwrap();
        assert!(is_exactly(&real, &site));
        assert!(fs::symlink_metadata(&place.output).unwrap().is_symlink());
    }
}

#[test]
fn a_file_is_no_output_folder() {
    let place = place();
    fs::write(&place.output, "a letter").unwrap();
    let error = try_begin(&place.output, &Guard::default()).unwrap_err();
    assert_eq!(error.code(), "output-not-a-folder");
    let below = place.output.join("x");
    assert!(try_begin(&below, &Guard::default()).is_err());
    assert_eq!(fs::read(&place.output).unwrap(), b"a letter");
}

#[test]
fn missing_parents_are_made_and_relative_paths_work() {
    let place = place();
    let deep = place.folder.join("a/b/../c/public");
    let site = site(&[("index.html", "1")]);
    build(&deep, &site, Swap::Auto).unwrap();
    assert!(is_exactly(&place.folder.join("a/c/public"), &site));
    // The tests run in the folder of the package; nothing is built there.
    let error = try_begin(
        Path::new("src"),
        &Guard {
            sources: vec![std::env::current_dir().unwrap().join("src/lib.rs")],
            root: None,
        },
    );
    assert_eq!(error.unwrap_err().code(), "output-is-source");
}
