//! Real kills: another process builds, and is ended at a random moment.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{MODES, Site, begin, build, is_exactly, place};
use crate::write::Swap;

const VARIABLE: &str = "PRONGSAI_TEST_KILLED_BUILDER";

fn version(n: usize) -> Site {
    (0..60)
        .map(|page| {
            let text = if page % 3 == 0 {
                format!("page {page}")
            } else {
                format!("{page} of {n}")
            };
            let text = text.repeat(200);
            (
                format!("{}/{}/{page}.html", page % 5, (page + n) % 2),
                text.into_bytes(),
            )
        })
        .collect()
}

/// Not a test: what the other process runs, when the variable names an output.
#[test]
fn builder() {
    let Ok(order) = std::env::var(VARIABLE) else {
        return;
    };
    let (mode, output) = order.split_once(' ').unwrap();
    let mode = MODES
        .into_iter()
        .find(|m| format!("{m:?}") == mode)
        .unwrap();
    for n in (0..2).cycle() {
        build(Path::new(output), &version(n), mode).unwrap();
    }
}

#[test]
fn a_kill_at_any_moment_leaves_one_of_the_two_sites() {
    let (old, new) = (version(0), version(1));
    let name = module_path!().split_once("::").unwrap().1;
    let mut random = 12_345u64;
    for mode in MODES {
        let place = place();
        build(&place.output, &old, mode).unwrap();
        for round in 0..25 {
            let order = format!("{mode:?} {}", place.output.display());
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args([&format!("{name}::builder"), "--exact", "--test-threads=1"])
                .env(VARIABLE, order)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            std::thread::sleep(Duration::from_micros(6_000 + (random >> 33) % 60_000));
            child.kill().unwrap();
            child.wait().unwrap();
            let whole = || is_exactly(&place.output, &old) || is_exactly(&place.output, &new);
            if matches!(mode, Swap::Auto | Swap::Exchange) && cfg!(target_os = "linux") {
                assert!(whole(), "{mode:?}, round {round}: before recovery");
            }
            drop(begin(&place.output, mode).unwrap());
            assert!(whole(), "{mode:?}, round {round}");
            let beside = super::beside(&place);
            assert!(
                beside.iter().all(|n| n == "public" || n == "public.state"),
                "{beside:?}"
            );
        }
    }
}
