//! Many threads in one build, and many builds at once.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{begin, beside, build, fill, info, is_exactly, place, site};
use crate::write::Swap;

#[test]
fn many_threads_write_one_site() {
    let place = place();
    let all: super::Site = (0..400)
        .map(|n| {
            (
                format!("ปี/{}/{}/หน้า-{n}.html", n % 7, n % 31),
                vec![b'x'; n],
            )
        })
        .collect();
    let files: Vec<_> = all.iter().collect();
    for _ in 0..3 {
        let writer = begin(&place.output, Swap::Auto).unwrap();
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    while let Some((path, bytes)) = files.get(next.fetch_add(1, Ordering::Relaxed))
                    {
                        writer.put(path, bytes).unwrap();
                    }
                });
            }
        });
        writer.finish(&info(&all)).unwrap();
        assert!(is_exactly(&place.output, &all));
    }
}

#[test]
fn two_builds_at_once_are_not_possible() {
    let place = place();
    let first = begin(&place.output, Swap::Auto).unwrap();
    let error = begin(&place.output, Swap::Auto).unwrap_err();
    assert_eq!(error.code(), "output-busy");
    // The staging folder of the first is untouched.
    fill(first, &site(&[("a", "1")])).unwrap();
    build(&place.output, &site(&[("a", "2")]), Swap::Auto).unwrap();
}

#[test]
fn one_of_many_builders_at_a_time() {
    let place = place();
    let inside = AtomicUsize::new(0);
    let built = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                for n in 0..60 {
                    match begin(&place.output, Swap::Auto) {
                        Ok(writer) => {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            writer.put("n", n.to_string().as_bytes()).unwrap();
                            inside.fetch_sub(1, Ordering::SeqCst);
                            writer.finish(&info(&site(&[]))).unwrap();
                            built.fetch_add(1, Ordering::SeqCst);
                        }
                        Err(e) => assert_eq!(e.code(), "output-busy", "{e}"),
                    }
                }
            });
        }
    });
    assert!(built.load(Ordering::SeqCst) > 0);
    assert_eq!(beside(&place), ["public", "public.state"]);
}

#[test]
fn a_lock_is_held_by_one_though_its_file_comes_and_goes() {
    use crate::write::disk::Disk;
    use crate::write::lock::Lock;
    use crate::write::{Durability, WriteError};
    let place = super::fast_place();
    let path = place.folder.join("public.lock");
    let disk = Disk::new(Durability::None);
    let (inside, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..5_000 {
                    match Lock::take(&path, &disk) {
                        Ok(lock) => {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            std::thread::yield_now();
                            inside.fetch_sub(1, Ordering::SeqCst);
                            taken.fetch_add(1, Ordering::SeqCst);
                            drop(lock);
                        }
                        Err(WriteError::Busy { .. }) => std::thread::yield_now(),
                        Err(e) => panic!("{e}"),
                    }
                }
            });
        }
    });
    assert!(taken.into_inner() > 0);
    assert!(beside(&place).is_empty());
}
