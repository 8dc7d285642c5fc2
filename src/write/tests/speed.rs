//! Figures, not tests: run with `--release -- --ignored --nocapture`.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::info;
use crate::write::{Durability, Guard, Report, Swap, Writer, is_current};

fn pages(count: usize, version: u8) -> Vec<(String, Vec<u8>)> {
    (0..count)
        .map(|n| {
            let mut body = format!("<p>{n}</p>").into_bytes();
            body.resize(13_000, version);
            (format!("oit/{}/{}/index.html", n % 40, n), body)
        })
        .collect()
}

fn run(
    what: &str,
    output: &Path,
    pages: &[(String, Vec<u8>)],
    mode: Swap,
    durability: Durability,
) -> Report {
    let start = Instant::now();
    let writer = Writer::begin_with(output, &Guard::default(), mode, durability).unwrap();
    let begun = start.elapsed();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((path, bytes)) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    writer.put(path, bytes).unwrap();
                }
            });
        }
    });
    let put = start.elapsed() - begun;
    let report = writer.finish(&info(&super::Site::new())).unwrap();
    let all = start.elapsed();
    let each = put.as_secs_f64() * 1e6 / pages.len() as f64;
    eprintln!(
        "{what:34} {:>6} files: begin {:>6.1} ms, put {:>7.1} ms ({each:>5.1} us each), finish \
         {:>7.1} ms, all {:>7.1} ms",
        pages.len(),
        begun.as_secs_f64() * 1e3,
        put.as_secs_f64() * 1e3,
        (all - begun - put).as_secs_f64() * 1e3,
        all.as_secs_f64() * 1e3,
    );
    assert!(report.unclean.is_none());
    report
}

#[test]
#[ignore = "measures"]
fn figures() {
    for count in [10_000, 100_000] {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let mut site = pages(count, b'a');
        for durability in [Durability::None, Durability::Full] {
            if count > 10_000 && durability == Durability::Full {
                continue;
            }
            for mode in [Swap::Exchange, Swap::Files] {
                let name = |what| format!("{mode:?} {durability:?} {what}");
                let _ = std::fs::remove_dir_all(&output);
                let _ = std::fs::remove_file(folder.path().join("public.state"));
                run(&name("cold"), &output, &site, mode, durability);
                run(&name("unchanged"), &output, &site, mode, durability);
                site[count / 2].1.push(b'x');
                run(&name("one changed"), &output, &site, mode, durability);
                std::fs::remove_file(folder.path().join("public.state")).unwrap();
                run(
                    &name("unchanged, no state"),
                    &output,
                    &site,
                    mode,
                    durability,
                );
                let digest = super::inputs(&super::Site::new());
                for _ in 0..3 {
                    let start = Instant::now();
                    assert!(is_current(&output, &digest).unwrap());
                    eprintln!(
                        "{:34} {count:>6} files: {:.1} ms",
                        "is_current",
                        start.elapsed().as_secs_f64() * 1e3
                    );
                }
            }
        }
    }
}

#[test]
#[ignore = "measures"]
fn parts() {
    use crate::write::manifest::Manifest;
    use crate::write::old::scan;
    use crate::write::state;
    let folder = tempfile::tempdir().unwrap();
    for shape in ["own folder", "shared"] {
        let output = folder.path().join(shape);
        let mut site = pages(10_000, b'a');
        if shape == "shared" {
            for (n, (path, _)) in site.iter_mut().enumerate() {
                *path = format!("oit/{}/{n}.html", n % 40);
            }
        }
        run(shape, &output, &site, Swap::Exchange, Durability::None);
        run(shape, &output, &site, Swap::Exchange, Durability::None);
        site[7].1.push(b'x');
        run(shape, &output, &site, Swap::Exchange, Durability::None);
        for _ in 0..3 {
            let mut last = Instant::now();
            let mut lap = |what: &str| {
                eprint!("{what} {:.1} ", last.elapsed().as_secs_f64() * 1e3);
                last = Instant::now();
            };
            let (manifest, bytes) = Manifest::read(&output.join("prongsai-manifest.json"))
                .unwrap()
                .unwrap();
            lap("manifest");
            let text = state::load(&folder.path().join(format!("{shape}.state")))
                .unwrap()
                .unwrap();
            lap("state");
            state::stats(&text, &manifest, &bytes).unwrap();
            lap("stats");
            crate::write::walk::walk(&output).unwrap();
            lap("walk");
            scan(&output, &manifest, true).unwrap();
            lap("scan");
            eprintln!();
        }
    }
}
