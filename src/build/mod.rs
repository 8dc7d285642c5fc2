//! `prongsai build`: load, render, verify, put in place.

mod vanished;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, Say};
use crate::files::{DiskFiles, Files, Snapshot};
use crate::output::verify::Verifier;
use crate::output::{self, Content, Numbers, Outputs, Source};
use crate::render::Renderer;
use crate::site::{self, Options};
use crate::write::{Guard, ManifestInfo, Report, Swap, WriteError, Writer};

/// Which program made a site: its version and a digest of its own sources.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("PRONGSAI_SOURCES"));

pub struct Request<'a> {
    pub root: &'a Path,
    /// What the site is made of: usually [`open`] of the root.
    pub files: Arc<dyn Files>,
    pub output: PathBuf,
    pub options: Options,
    pub swap: Swap,
}

/// How long each stage took.
#[derive(Default)]
pub struct Timings(pub Vec<(&'static str, &'static str, Duration)>);

impl Timings {
    fn stage<T>(&mut self, th: &'static str, en: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let out = work();
        self.0.push((th, en, start.elapsed()));
        out
    }
}

pub enum Outcome {
    /// The inputs are those of the last build, and its files are as it left
    /// them.
    Unchanged,
    Built {
        report: Box<Report>,
        pages: usize,
    },
    Failed,
}

pub struct Done {
    pub outcome: Outcome,
    pub diagnostics: Diagnostics,
    pub timings: Timings,
}

/// Sizes of photographs, as they were made before. Hidden, so that it is never
/// published.
const MADE: &str = ".prongsai/pictures";

/// The site folder's door: what the webmaster writes, and themes.
pub fn open(root: &Path) -> Arc<dyn Files> {
    Arc::new(
        DiskFiles::new(root, &["content"])
            .optional(&["themes"])
            .keeping(MADE),
    )
}

pub fn run(request: &Request<'_>) -> Result<Done, WriteError> {
    let mut timings = Timings::default();
    let files = request.files.clone();
    let inputs = timings.stage(
        "อ่านและตรวจไฟล์",
        "hash the inputs",
        || {
            let snapshot = Snapshot::take(files.as_ref());
            snapshot.inputs_digest(&[
                PROGRAM.as_bytes(),
                format!("{:?}", request.options).as_bytes(),
            ])
        },
    );
    let current = timings.stage(
        "เทียบกับครั้งก่อน",
        "compare with the last build",
        || crate::write::is_current(&request.output, &inputs).unwrap_or(false),
    );
    if current {
        return Ok(Done {
            outcome: Outcome::Unchanged,
            diagnostics: Diagnostics::default(),
            timings,
        });
    }
    let loaded = timings.stage("อ่านเนื้อหา", "load", || {
        site::load(files.clone(), request.options.clone())
    });
    let mut diagnostics = loaded.diagnostics;
    let (renderer, found) = timings.stage("อ่านธีม", "theme", || {
        Renderer::new(Arc::new(loaded.site))
    });
    let theme_failed = !found.is_empty();
    diagnostics.extend(found);
    if theme_failed {
        // Every page would fail in the same way.
        return Ok(Done {
            outcome: Outcome::Failed,
            diagnostics: diagnostics.sorted(),
            timings,
        });
    }
    let mut outputs = output::list(&renderer);
    if diagnostics.has_errors() {
        // Render without writing: one run tells every problem.
        let more = Mutex::new((Outputs::new(), Numbers::new()));
        let visit = |page: &str, scan: &output::scan::Scan| {
            if let Ok(mut more) = more.lock() {
                let (files, numbers) = &mut *more;
                files.extend(output::unlisted(&renderer, &outputs, page, scan));
                if !scan.numbers.is_empty() {
                    numbers.insert(page.to_string(), scan.numbers.clone());
                }
            }
        };
        let found = timings.stage("สร้างหน้า", "render", || {
            output::survey(&renderer, &outputs, false, &|| true, &visit)
        });
        diagnostics.extend(found.into_iter().flatten().map(|f| f.diagnostic));
        let (files, numbers) = more.into_inner().unwrap_or_default();
        outputs.extend(files);
        diagnostics.extend(refused(&renderer, &outputs, &numbers, &mut timings));
        return Ok(Done {
            outcome: Outcome::Failed,
            diagnostics: diagnostics.sorted(),
            timings,
        });
    }
    let guard = Guard {
        sources: vec![request.root.join("content"), request.root.join("themes")],
        root: Some(request.root.to_path_buf()),
    };
    let writer = Writer::begin(&request.output, &guard, request.swap)?;
    let verified = timings.stage(
        "สร้างและเขียนหน้า",
        "render and write",
        || write_all(&renderer, &mut outputs, &writer, files.as_ref()),
    )?;
    let Verified {
        verifier,
        indexing,
        numbers,
        diagnostics: mut found,
    } = verified;
    timings.0.push((
        "ในนั้น ดัชนีค้นหา (รวมทุกเธรด)",
        "of it, search index (all threads)",
        indexing,
    ));
    let of_links = timings.stage("ตรวจลิงก์", "verify links", || {
        let links = verifier.finish(&renderer, &outputs);
        found.extend(links.into_iter().map(|f| f.diagnostic));
        let listing = &renderer.site.content.listing;
        found.extend(crate::content::unused(listing, |path| {
            outputs.contains_key(path)
        }));
        found
    });
    diagnostics.extend(of_links);
    diagnostics.extend(refused(&renderer, &outputs, &numbers, &mut timings));
    if let Some(before) = crate::write::previous(&request.output) {
        let data = &renderer.data;
        diagnostics.extend(vanished::vanished(&request.output, &before, data, &outputs));
    }
    if diagnostics.has_errors() {
        writer.abandon();
        return Ok(Done {
            outcome: Outcome::Failed,
            diagnostics: diagnostics.sorted(),
            timings,
        });
    }
    let report = timings.stage(
        "สลับเว็บไซต์",
        "put in place",
        || writer.finish(&ManifestInfo::new(inputs)),
    )?;
    let pictures = renderer.site.content.pictures.whole();
    crate::imaging::keep_only(files.as_ref(), pictures);
    let pages = outputs
        .values()
        .filter(|s| matches!(s, Source::Page(_)))
        .count();
    Ok(Done {
        outcome: Outcome::Built {
            report: Box::new(report),
            pages,
        },
        diagnostics: diagnostics.sorted(),
        timings,
    })
}

/// What must not be published, wherever it stands.
fn refused(
    renderer: &Renderer,
    outputs: &Outputs,
    numbers: &Numbers,
    timings: &mut Timings,
) -> Diagnostics {
    timings
        .stage(
            "ตรวจข้อมูลส่วนบุคคล",
            "look for personal data",
            || crate::check::gate(renderer, outputs, numbers, &|| true),
        )
        .unwrap_or_default()
}

struct Verified {
    verifier: Verifier,
    /// Spent on the search index, the sum of all threads.
    indexing: Duration,
    numbers: Numbers,
    diagnostics: Vec<Diagnostic>,
}

/// Makes every output once, straight into the staging folder.
fn write_all(
    renderer: &Renderer,
    outputs: &mut Outputs,
    writer: &Writer,
    files: &dyn Files,
) -> Result<Verified, WriteError> {
    let base_path = renderer.site.base_path();
    let verifier = Mutex::new(Verifier::default());
    let diagnostics = Mutex::new(Vec::new());
    let numbers = Mutex::new(Numbers::new());
    let index = output::search::Index::new(renderer);
    let indexing = AtomicU64::new(0);
    let indexed = |started: Instant| {
        let spent = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        indexing.fetch_add(spent, Ordering::Relaxed);
    };
    let put = |(path, bytes): (String, Vec<u8>)| writer.put(&path, &bytes);
    let listed: &Outputs = outputs;
    let work = |(path, source): (&String, &Source)| -> Result<(), WriteError> {
        let made = output::make(renderer, source);
        let cut = made.is_cut();
        if !made.diagnostics.is_empty()
            && let Ok(mut all) = diagnostics.lock()
        {
            all.extend(made.diagnostics);
        }
        match made.content {
            Content::Bytes(bytes) => {
                if matches!(source, Source::Page(_)) && !cut {
                    let mut scan = output::scan::scan(&bytes);
                    let shown = std::mem::take(&mut scan.numbers);
                    if !shown.is_empty()
                        && let Ok(mut numbers) = numbers.lock()
                    {
                        numbers.insert(path.clone(), shown);
                    }
                    Verifier::page(&verifier, listed, &base_path, path, scan);
                    let started = Instant::now();
                    let words = index.page(path, &bytes);
                    indexed(started);
                    words.into_iter().try_for_each(put)?;
                }
                writer.put(path, &bytes)
            }
            Content::File(file) => match files.disk_path(&file) {
                Some(disk) => writer.copy(path, &disk, None),
                None => match files.read(&file) {
                    Ok(bytes) => writer.put(path, &bytes),
                    Err(error) => {
                        if let Ok(mut all) = diagnostics.lock() {
                            all.push(crate::content::unreadable(&file, &error));
                        }
                        Ok(())
                    }
                },
            },
        }
    };
    listed.par_iter().try_for_each(work)?;
    let started = Instant::now();
    let shards = index.finish();
    indexed(started);
    shards.into_par_iter().try_for_each(put)?;
    // Files outside `files/` that pages link to.
    let wanted = verifier
        .lock()
        .map(|v| v.wanted(listed))
        .unwrap_or_default();
    let more: Outputs = wanted
        .into_iter()
        .filter_map(|path| output::attachment(renderer, &path).map(|source| (path, source)))
        .collect();
    more.par_iter().try_for_each(work)?;
    outputs.extend(more);
    let verifier = verifier.into_inner().unwrap_or_default();
    Ok(Verified {
        verifier,
        indexing: Duration::from_nanos(indexing.into_inner()),
        numbers: numbers.into_inner().unwrap_or_default(),
        diagnostics: diagnostics.into_inner().unwrap_or_default(),
    })
}

/// A failure to write, as a message like any other.
pub fn write_diagnostic(error: &WriteError) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        error.code(),
        Say::new(error.message_th(), error.message_en()),
    );
    let hint = Say::new(error.hint_th(), error.hint_en());
    if !hint.th.is_empty() {
        diagnostic = diagnostic.hint(hint);
    }
    diagnostic
}
