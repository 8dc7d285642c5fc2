//! What can be wrong with files, in words for the person who saved them.
//!
//! The Thai text is written for a clerk: what is wrong, then what to do, with the names of menus
//! as they are on screen. The English text says the same to whoever helps from afar. Codes never
//! change once released: people search for them.

mod file_words;
mod path_words;
mod text_words;

use std::error::Error;
use std::fmt;
use std::io;

use crate::diagnostic::system;

use super::decode::{DecodeProblem, Decoded, Encoding, find_lost_letters, find_mojibake, mended};
use super::names::shown;
use super::path::{PathFault, PathProblem, SitePath};

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing should be published before it is solved.
    Error,
    /// Somebody should look; the rest is sound without it.
    Warning,
}

/// What every problem of this room can say of itself.
pub trait Problem {
    /// A short name that never changes, one of [`CODES`].
    fn code(&self) -> &'static str;
    /// How much it weighs.
    fn severity(&self) -> Severity;
    /// What is wrong, in Thai.
    fn th(&self) -> String;
    /// What is wrong, in English.
    fn en(&self) -> String;
    /// What to do, in Thai.
    fn hint_th(&self) -> String;
    /// What to do, in English.
    fn hint_en(&self) -> String;
}

/// Every code of this room, sorted, for the list of codes and their explanations.
pub const CODES: &[&str] = &[
    "file-binary",
    "file-conflict-copy",
    "file-encoding",
    "file-encoding-converted",
    "file-encoding-mixed",
    "file-garbled",
    "file-ignored",
    "file-letters-lost",
    "file-missing",
    "file-name-clash",
    "file-name-invisible",
    "file-name-not-unicode",
    "file-name-reserved",
    "file-name-too-long",
    "file-special",
    "file-still-saving",
    "file-symlink",
    "file-too-deep",
    "file-too-large",
    "file-too-many",
    "file-unreadable",
    "path-absolute",
    "path-backslash",
    "path-dots",
    "path-empty",
    "path-outside",
];

/// Something wrong with one file or folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileProblem {
    /// Its path below the site, fit for printing. Not a [`SitePath`], since a name that cannot be
    /// one is among the problems.
    pub path: String,
    /// What is wrong with it.
    pub fault: FileFault,
}

/// What is wrong with a file or folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileFault {
    /// Its path or name cannot be used.
    Name(PathFault),
    /// Its name has characters that nobody sees.
    Invisible,
    /// It differs from another only in ways that Windows, macOS or a reader does not see.
    Clash {
        /// The other one.
        other: String,
    },
    /// It is a symbolic link.
    Symlink,
    /// It is neither a file nor a folder where one was expected.
    NotAFile,
    /// It is there, but hidden, temporary or outside of what prongsai reads.
    NotListed,
    /// It was asked for and is not there.
    Missing,
    /// It cannot be opened or read.
    Unreadable(Unreadable),
    /// It is the copy of a file that a sync program made when two people saved at once.
    ConflictCopy,
    /// It has more bytes than a text file may have.
    TooLarge {
        /// How many it has.
        size: u64,
        /// How many it may have.
        limit: u64,
    },
    /// It lies in more folders than it may.
    TooDeep {
        /// How many it may.
        limit: usize,
    },
    /// The tree holds more than is looked at; the listing is not complete.
    TooMany {
        /// How many are.
        limit: usize,
    },
    /// Its bytes are not text that can be trusted.
    Text(DecodeProblem),
    /// It was read, but from another encoding than UTF-8.
    Converted {
        /// Which.
        encoding: Encoding,
        /// The first words as they were understood.
        sample: String,
    },
    /// It was read, but its Thai had been converted twice before.
    Garbled {
        /// The first such line.
        line: usize,
        /// The character in it.
        column: usize,
        /// What the line would be, where all of it can be turned back.
        meant: Option<String>,
    },
    /// It was read, but its letters had been saved as question marks.
    LettersLost {
        /// The first such line.
        line: usize,
        /// The character in it.
        column: usize,
    },
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unreadable {
    /// It is not there (any more).
    NotFound,
    /// This user may not.
    Denied,
    /// Another program keeps it for itself, as Excel does on Windows.
    Busy,
    /// It is in OneDrive or the like and not on this machine.
    Offline,
    /// What the system said.
    Other { th: String, en: String },
}

impl FileProblem {
    /// A problem with the file at a path, which may be any text.
    pub fn new(path: &str, fault: FileFault) -> Self {
        Self {
            path: shown(path).into_owned(),
            fault,
        }
    }

    /// A name that was found on disk and cannot be used.
    pub fn name(problem: PathProblem) -> Self {
        Self {
            path: problem.path,
            fault: FileFault::Name(problem.fault),
        }
    }

    /// What an error of [`Files::read`](super::Files::read) means.
    pub fn from_io(path: &SitePath, error: &io::Error) -> Self {
        Self::unreadable(path.as_str(), error)
    }

    /// What is worth a warning about a file that was read well.
    pub fn about_text(path: &SitePath, decoded: &Decoded) -> Vec<Self> {
        let mut problems = Vec::new();
        if decoded.encoding.is_converted() {
            let fault = FileFault::Converted {
                encoding: decoded.encoding,
                sample: decoded.converted_sample.clone().unwrap_or_default(),
            };
            problems.push(Self::new(path.as_str(), fault));
        }
        if decoded.mojibake
            && let Some(at) = find_mojibake(&decoded.text)
        {
            let (line, column) = (at.line, at.column);
            let text = decoded.text.lines().nth(line.saturating_sub(1));
            let meant = text.and_then(mended);
            let fault = FileFault::Garbled {
                line,
                column,
                meant,
            };
            problems.push(Self::new(path.as_str(), fault));
        } else if let Some(at) = find_lost_letters(&decoded.text) {
            let (line, column) = (at.line, at.column);
            let fault = FileFault::LettersLost { line, column };
            problems.push(Self::new(path.as_str(), fault));
        }
        problems
    }

    pub(super) fn unreadable(path: &str, error: &io::Error) -> Self {
        let refusal = error.get_ref().and_then(|inner| inner.downcast_ref());
        let fault = match refusal {
            Some(Refusal::Symlink) => FileFault::Symlink,
            Some(Refusal::NotAFile) => FileFault::NotAFile,
            Some(Refusal::NotListed) => FileFault::NotListed,
            None => FileFault::Unreadable(Unreadable::from(error)),
        };
        Self::new(path, fault)
    }

    /// The line and character that it is about, both from 1, where it is about one.
    pub fn position(&self) -> Option<super::Position> {
        let (line, column) = match &self.fault {
            FileFault::Text(problem) => (problem.line, problem.column),
            FileFault::Garbled { line, column, .. } | FileFault::LettersLost { line, column } => {
                (*line, *column)
            }
            _ => return None,
        };
        Some(super::Position { line, column })
    }
}

impl From<&io::Error> for Unreadable {
    fn from(error: &io::Error) -> Self {
        if cfg!(windows) {
            match error.raw_os_error() {
                // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
                Some(32 | 33) => return Self::Busy,
                // ERROR_CLOUD_FILE_*: the program is not running, no network, not signed in, time
                // is up, gave up.
                Some(362 | 382 | 386 | 388 | 389 | 398 | 404 | 426) => return Self::Offline,
                _ => {}
            }
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::ResourceBusy => Self::Busy,
            _ => {
                let why = system::why(error);
                let fit = |text: &str| shown(text).into_owned();
                Self::Other {
                    th: fit(&why.th),
                    en: fit(&why.en),
                }
            }
        }
    }
}

/// Why the door itself refuses a file; travels inside an `io::Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Symlink,
    NotAFile,
    NotListed,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Symlink => "symbolic links are not followed",
            Self::NotAFile => "not a plain file",
            Self::NotListed => "not among the files of the site",
        })
    }
}

impl Error for Refusal {}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::NotListed => io::ErrorKind::NotFound,
            Refusal::Symlink | Refusal::NotAFile => io::ErrorKind::InvalidInput,
        };
        Self::new(kind, refusal)
    }
}

macro_rules! error_by_its_english_words {
    ($($name:ty),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.en())
            }
        }

        impl Error for $name {}
    )*};
}

error_by_its_english_words!(PathProblem, DecodeProblem, FileProblem);

#[cfg(test)]
mod tests;
