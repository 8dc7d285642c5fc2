//! Putting the new folder in the place of the old one.

use std::fs;

use super::clean::sweep;
use super::disk::Disk;
use super::error::WriteError;
use super::places::Places;
use super::report::Applied;

/// How the new website takes the place of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Swap {
    /// The best that works here: each of the following in turn.
    #[default]
    Auto,
    /// Exchange the two folders in one step (Linux, macOS). No reader misses a
    /// file, nobody sees a mixture.
    Exchange,
    /// Rename the old folder away and the new one to its place. There is no
    /// output folder for some microseconds.
    Rename,
    /// Replace file by file, with a journal. Nothing is missing, but for a while
    /// old and new files stand side by side.
    Files,
}

/// Why the folders could not be put in place.
#[derive(Debug)]
pub(super) struct Stuck {
    pub error: WriteError,
    /// The output folder is away and could not be put back: the next build does
    /// it. Otherwise everything is as before.
    pub torn: bool,
}

impl From<WriteError> for Stuck {
    fn from(error: WriteError) -> Self {
        Self { error, torn: false }
    }
}

/// Puts the finished new tree in the place of the output folder as a whole.
/// `first`: the output folder is absent or empty.
///
/// # Errors
/// When the system refuses every way that `mode` allows.
pub(super) fn folders(
    disk: &Disk,
    places: &Places,
    mode: Swap,
    first: bool,
) -> Result<Applied, Stuck> {
    if first {
        return move_in(disk, places);
    }
    if matches!(mode, Swap::Auto | Swap::Exchange) {
        match disk.exchange(&places.new, &places.output) {
            Ok(()) => return Ok(Applied::Exchanged),
            Err(e) if mode == Swap::Exchange => return Err(e.into()),
            Err(_) => {}
        }
    }
    disk.rename(&places.output, &places.old)?;
    let Err(error) = disk.rename(&places.new, &places.output) else {
        return Ok(Applied::Renamed);
    };
    let torn = disk.rename(&places.old, &places.output).is_err();
    Err(Stuck { error, torn })
}

/// The first website: nothing is there to be exchanged. Unix puts a folder over
/// an empty one in one step, Windows does not.
fn move_in(disk: &Disk, places: &Places) -> Result<Applied, Stuck> {
    let Err(error) = disk.rename(&places.new, &places.output) else {
        return Ok(Applied::Moved);
    };
    if fs::symlink_metadata(&places.output).is_ok_and(|m| m.is_dir()) {
        // Empty folders go; with anything else in it, the folder stays.
        sweep(disk, &places.output, false, &|_| false)?;
        disk.remove_dir(&places.output)?;
        disk.rename(&places.new, &places.output)?;
        return Ok(Applied::Moved);
    }
    Err(error.into())
}
