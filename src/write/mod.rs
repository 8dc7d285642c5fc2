//! The output folder: everything that a build made, or nothing of it.
//!
//! A [`Writer`] collects the files of a website in a staging folder beside the
//! output folder and puts the whole of it in place in [`Writer::finish`]. At
//! every moment, also after a kill, a full disk or a power cut, the output
//! folder is exactly the old or exactly the new website; where folders cannot be
//! exchanged (Windows with an open file, OneDrive, a mount point) files are
//! replaced one by one under a journal, and the next run completes what a kill
//! interrupted.
//!
//! What lies on the disk, for an output folder `public`:
//!
//! | path | what it is |
//! |---|---|
//! | `public/` | the website, with `prongsai-manifest.json` listing every file |
//! | `public.lock` | held while a build runs; a stale one does no harm |
//! | `public.staging/` | exists while a build runs: a marker, the new tree, the old tree, the journal |
//! | `public.state` | local, not published: size and time of each file as it was written |
//! | `public.kept/` | only when a stranger's file turned up during the exchange: it is here |
//!
//! Two rules hold everywhere: a file that no manifest of ours lists is never
//! deleted, and links are never followed.

#![forbid(unsafe_code)]

mod clean;
mod current;
mod disk;
mod error;
mod files;
mod guard;
mod hints;
mod lock;
mod manifest;
mod names;
mod old;
mod places;
mod recover;
mod registry;
mod report;
mod staging;
mod state;
mod stop;
mod swap;
mod walk;
mod words;
mod writer;

#[cfg(test)]
mod tests;

pub use current::{is_current, previous};
pub use disk::Durability;
pub use error::{Action, Unsafe, WriteError};
pub use guard::Guard;
pub use manifest::{MANIFEST_NAME, Manifest, ManifestFile, ManifestInfo};
pub use names::{NameFault, check as check_name};
pub use report::{Applied, Report};
pub use stop::interrupt;
pub use swap::Swap;
pub use writer::Writer;
