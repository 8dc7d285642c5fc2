//! Where everything lies: the output folder and what stands beside it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::error::WriteError;

/// The marker in a staging folder; without it nothing in there is touched.
pub(super) const MARKER_NAME: &str = "prongsai-staging";

/// How the marker begins.
pub(super) const MARKER: &str = "prongsai staging folder: the next build removes it\n";

/// All paths of one output folder, absolute and with links resolved.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// The output folder.
    pub output: PathBuf,
    /// `<output>.lock`
    pub lock: PathBuf,
    /// `<output>.state`: sizes and times of the files as we wrote them.
    pub state: PathBuf,
    /// `<output>.staging`: holds all that follows, beside the output so that it
    /// is on the same file system.
    pub staging: PathBuf,
    /// Says that the staging folder is ours.
    pub marker: PathBuf,
    /// The tree being made; after an exchange, the old tree.
    pub new: PathBuf,
    /// The old tree, where folders are renamed and not exchanged.
    pub old: PathBuf,
    /// There while files are being replaced one by one: the old manifest.
    pub journal: PathBuf,
    /// A file of ours before it takes its name.
    pub draft: PathBuf,
}

impl Places {
    /// The places for an output folder, which [`settle`](super::guard::settle)
    /// has made absolute.
    ///
    /// # Errors
    /// [`WriteError::Unsafe`] is found before; a path without a last name gives
    /// [`WriteError::NotAFolder`].
    pub fn of(output: &Path) -> Result<Self, WriteError> {
        let not = || WriteError::NotAFolder {
            path: output.to_path_buf(),
        };
        let name = output.file_name().ok_or_else(not)?;
        let beside = |suffix: &str| {
            let mut name: OsString = name.to_os_string();
            name.push(suffix);
            output.with_file_name(name)
        };
        let staging = beside(".staging");
        Ok(Self {
            output: output.to_path_buf(),
            lock: beside(".lock"),
            state: beside(".state"),
            marker: staging.join(MARKER_NAME),
            new: staging.join("new"),
            old: staging.join("old"),
            journal: staging.join("journal"),
            draft: staging.join("draft"),
            staging,
        })
    }

    /// The folder that holds the output folder.
    pub fn parent(&self) -> &Path {
        self.output.parent().unwrap_or(&self.output)
    }

    /// The n-th name for a folder with strangers' files, from 1.
    pub fn kept(&self, n: u32) -> PathBuf {
        let mut name = self.output.file_name().unwrap_or_default().to_os_string();
        name.push(".kept");
        if n > 1 {
            name.push(format!("-{n}"));
        }
        self.output.with_file_name(name)
    }
}
