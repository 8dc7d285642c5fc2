//! What can go wrong, as data: the words are in `words.rs`.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::names::NameFault;

/// What the writer was doing when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Making a folder.
    CreateFolder,
    /// Writing a file.
    Write,
    /// Reading a file or its size and time.
    Read,
    /// Listing a folder.
    List,
    /// Making a second name for an unchanged file.
    Link,
    /// Moving a file or folder to its place.
    Move,
    /// Exchanging the old and the new folder.
    Exchange,
    /// Removing what we wrote earlier.
    Remove,
    /// Waiting until the disk has everything.
    Sync,
    /// Taking the lock.
    Lock,
}

/// Why a folder must not be the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsafe {
    /// It is this source.
    Source(PathBuf),
    /// It holds this source, which an exchange would sweep away.
    HoldsSource(PathBuf),
    /// It lies inside this source, and would be read as content.
    InsideSource(PathBuf),
    /// It is the home folder of the user, or holds it.
    Home(PathBuf),
    /// It is a whole drive or file system.
    Root,
    /// It is the root of a git repository, or lies inside its `.git`.
    Git(PathBuf),
}

/// Why an output could not be written. The output folder is then still exactly
/// what it was, except for [`WriteError::Unfinished`].
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// Someone pressed Ctrl-C.
    Interrupted,
    /// Another build holds this lock file.
    Busy { lock: PathBuf },
    /// The output folder holds files that no manifest of ours lists.
    ForeignFiles {
        /// The output folder.
        output: PathBuf,
        /// Up to ten of them, sorted, relative and joined by `/`.
        files: Vec<String>,
        /// How many there are.
        count: usize,
        /// Whether the folder has a manifest of ours at all.
        ours: bool,
    },
    /// The output folder would endanger something else.
    Unsafe { output: PathBuf, reason: Unsafe },
    /// The output, or a folder on the way to it, is something else than a folder.
    NotAFolder { path: PathBuf },
    /// Something that is not ours has a name that the writer needs.
    NotOurs { path: PathBuf },
    /// The manifest cannot be understood: damaged, or of a newer version.
    BadManifest { path: PathBuf },
    /// An output has a name that does not work everywhere.
    Name { path: String, fault: NameFault },
    /// Two outputs have the same name.
    Duplicate { path: String },
    /// Two outputs have names that are one file on some systems, or one is a
    /// folder where the other is a file.
    Clash { first: String, second: String },
    /// The source of a copy changed while the build ran.
    SourceChanged { path: String, source: PathBuf },
    /// A file of the output was changed by someone while the build ran.
    OutputChanged { path: String },
    /// [`finish`](super::Writer::finish) was called although this output failed.
    Incomplete { path: String },
    /// Files were being replaced one by one and it could not be completed; the
    /// next build completes it first.
    Unfinished {
        output: PathBuf,
        cause: Box<WriteError>,
    },
    /// The system refused.
    Io {
        action: Action,
        path: PathBuf,
        error: io::Error,
    },
}

impl WriteError {
    /// For `map_err`: an I/O error with what was tried, and on what.
    pub(super) fn io(action: Action, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::Io {
            action,
            path,
            error,
        }
    }

    /// A short stable name for the kind of error, for machines and for search.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Interrupted => "interrupted",
            Self::Busy { .. } => "output-busy",
            Self::ForeignFiles { .. } => "output-foreign-files",
            Self::Unsafe { reason, .. } => match reason {
                Unsafe::Source(_) | Unsafe::HoldsSource(_) | Unsafe::InsideSource(_) => {
                    "output-is-source"
                }
                Unsafe::Home(_) | Unsafe::Root | Unsafe::Git(_) => "output-unsafe",
            },
            Self::NotAFolder { .. } => "output-not-a-folder",
            Self::NotOurs { .. } => "output-not-ours",
            Self::BadManifest { .. } => "output-bad-manifest",
            Self::Name { .. } => "output-name",
            Self::Duplicate { .. } => "output-duplicate",
            Self::Clash { .. } => "output-clash",
            Self::SourceChanged { .. } => "output-source-changed",
            Self::OutputChanged { .. } => "output-changed",
            Self::Incomplete { .. } => "output-incomplete",
            Self::Unfinished { .. } => "output-unfinished",
            Self::Io { error, .. } => match Refusal::of(error) {
                Refusal::Full => "output-disk-full",
                Refusal::Denied => "output-permission",
                Refusal::InUse => "output-in-use",
                Refusal::Other => "output-io",
            },
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message_en())
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Unfinished { cause, .. } => Some(cause.as_ref()),
            _ => None,
        }
    }
}

/// The refusals that a clerk can do something about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No space, or the quota is used up.
    Full,
    /// No right to do it, or the medium is read-only.
    Denied,
    /// Another program has the file open (mostly Windows).
    InUse,
    /// Anything else.
    Other,
}

impl Refusal {
    pub(super) fn of(error: &io::Error) -> Self {
        use io::ErrorKind as K;
        match error.kind() {
            K::StorageFull | K::QuotaExceeded => Self::Full,
            K::PermissionDenied | K::ReadOnlyFilesystem => Self::Denied,
            K::ResourceBusy | K::ExecutableFileBusy => Self::InUse,
            // Windows: sharing violation, lock violation, mapped by a program.
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33 | 1224)) => {
                Self::InUse
            }
            _ => Self::Other,
        }
    }
}
