//! Every change that the writer makes on the disk, and nothing else.
//!
//! All of it goes through [`Disk`], so that the tests can make any single step
//! fail, or end the process there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::{Action, WriteError};

#[cfg(test)]
use super::tests::plan::Plan;
#[cfg(test)]
use std::sync::Arc;

/// Whether to wait until the disk has everything before the new website takes
/// the place of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// Wait: the promise then holds through a power cut as well.
    #[default]
    Full,
    /// Don't: it holds through the end of the process, not of the machine. For
    /// tests and benchmarks.
    None,
}

type Done = Result<(), WriteError>;

/// Bytes read at a time when a file is hashed or copied.
const CHUNK: usize = 128 * 1024;

/// The way to the disk. Each method is one step, done or refused as a whole as
/// far as the system allows.
#[derive(Debug, Clone, Default)]
pub(super) struct Disk {
    pub durability: Durability,
    #[cfg(test)]
    pub plan: Option<Arc<Plan>>,
}

impl Disk {
    pub fn new(durability: Durability) -> Self {
        Self {
            durability,
            #[cfg(test)]
            plan: None,
        }
    }

    /// Asks the plan of the test whether this step may happen.
    #[cfg_attr(not(test), expect(clippy::unused_self, clippy::unnecessary_wraps))]
    fn step(&self, action: Action, path: &Path, bytes: usize) -> io::Result<()> {
        #[cfg(test)]
        if let Some(plan) = &self.plan {
            return plan.step(action, path, bytes);
        }
        let _ = (action, path, bytes);
        Ok(())
    }

    fn run(&self, action: Action, path: &Path, work: impl FnOnce() -> io::Result<()>) -> Done {
        self.step(action, path, 0)
            .and_then(|()| work())
            .map_err(WriteError::io(action, path))
    }

    /// Makes one folder; its parent exists.
    pub fn create_dir(&self, path: &Path) -> Done {
        self.run(Action::CreateFolder, path, || fs::create_dir(path))
    }

    /// Makes a folder and those above it, where they are missing. Safe from many
    /// threads at once.
    pub fn create_dir_all(&self, path: &Path) -> Done {
        self.run(Action::CreateFolder, path, || fs::create_dir_all(path))
    }

    /// Writes a file that does not exist yet.
    pub fn write_new(&self, path: &Path, bytes: &[u8]) -> Done {
        let failed = WriteError::io(Action::Write, path);
        if let Err(error) = self.step(Action::Write, path, bytes.len()) {
            #[cfg(test)]
            if self.plan.as_ref().is_some_and(|plan| plan.tears()) {
                let _ = fs::write(path, &bytes[..bytes.len() / 2]);
            }
            return Err(failed(error));
        }
        let write = || {
            let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
            file.write_all(bytes)?;
            self.settle(&file)
        };
        write().map_err(failed)
    }

    /// Copies a file to a name that does not exist yet, with ordinary rights
    /// (not those of the source: a scan that only its owner may read becomes
    /// public here). Gives the size and SHA-256 of what was written.
    pub fn copy_new(&self, from: &Path, to: &Path) -> Result<(u64, [u8; 32]), WriteError> {
        let mut source = open_plain(from)?;
        let failed = WriteError::io(Action::Write, to);
        self.step(Action::Write, to, 0)
            .map_err(WriteError::io(Action::Write, to))?;
        let mut target = match OpenOptions::new().write(true).create_new(true).open(to) {
            Ok(file) => file,
            Err(e) => return Err(failed(e)),
        };
        let mut refused = None;
        let read = pump(&mut source, |chunk| {
            let wrote = self
                .step(Action::Write, to, chunk.len())
                .and_then(|()| target.write_all(chunk));
            refused = wrote.err();
            refused.is_none()
        });
        if let Some(error) = refused {
            return Err(failed(error));
        }
        let read = read.map_err(WriteError::io(Action::Read, from))?;
        self.settle(&target).map_err(failed)?;
        Ok(read)
    }

    /// Waits for one written file, where [`Disk::sync_tree`] cannot do it for all.
    fn settle(&self, file: &File) -> io::Result<()> {
        if self.durability == Durability::Full && !cfg!(target_os = "linux") {
            file.sync_all()?;
        }
        Ok(())
    }

    /// Gives a file the time of another, for a copy that stands for it.
    pub fn set_modified(&self, path: &Path, time: std::time::SystemTime) -> Done {
        self.run(Action::Write, path, || {
            OpenOptions::new()
                .write(true)
                .open(path)?
                .set_modified(time)
        })
    }

    /// Gives the file `from` a second name.
    pub fn link(&self, from: &Path, to: &Path) -> Done {
        self.run(Action::Link, to, || fs::hard_link(from, to))
    }

    /// Moves a file over another, or a folder to a free name.
    pub fn rename(&self, from: &Path, to: &Path) -> Done {
        self.run(Action::Move, to, || patiently(|| fs::rename(from, to)))
    }

    /// Exchanges two folders, so that both names exist at every moment.
    pub fn exchange(&self, a: &Path, b: &Path) -> Done {
        self.run(Action::Exchange, b, || exchange(a, b))
    }

    pub fn remove_file(&self, path: &Path) -> Done {
        self.run(Action::Remove, path, || patiently(|| fs::remove_file(path)))
    }

    /// Removes an empty folder.
    pub fn remove_dir(&self, path: &Path) -> Done {
        self.run(Action::Remove, path, || patiently(|| fs::remove_dir(path)))
    }

    /// Waits until the disk has everything in this tree. On Linux that is one
    /// call for the whole file system; elsewhere each file was waited for when
    /// it was written, and here its folders are.
    pub fn sync_tree(&self, folder: &Path) -> Done {
        if self.durability == Durability::None {
            return Ok(());
        }
        self.run(Action::Sync, folder, || sync_tree(folder))
    }

    /// Waits until the disk has the names in one folder.
    pub fn sync_dir(&self, folder: &Path) -> Done {
        if self.durability == Durability::None || !cfg!(unix) {
            return Ok(());
        }
        self.run(Action::Sync, folder, || File::open(folder)?.sync_all())
    }

    /// Waits until the disk has one file.
    pub fn sync_file(&self, path: &Path) -> Done {
        if self.durability == Durability::None {
            return Ok(());
        }
        // Windows waits only for files that are open for writing.
        self.run(Action::Sync, path, || {
            OpenOptions::new().write(true).open(path)?.sync_all()
        })
    }
}

/// Size and SHA-256 of a plain file, read in pieces.
pub(super) fn hash_file(path: &Path) -> Result<(u64, [u8; 32]), WriteError> {
    let mut file = open_plain(path)?;
    pump(&mut file, |_| true).map_err(WriteError::io(Action::Read, path))
}

/// Opens a plain file for reading. Opening a named pipe would wait for ever.
fn open_plain(path: &Path) -> Result<File, WriteError> {
    let open = || {
        if !fs::metadata(path)?.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "not a plain file",
            ));
        }
        File::open(path)
    };
    open().map_err(WriteError::io(Action::Read, path))
}

/// Reads to the end, handing each piece to `each` until that gives false.
fn pump(source: &mut File, mut each: impl FnMut(&[u8]) -> bool) -> io::Result<(u64, [u8; 32])> {
    let mut hash = Sha256::new();
    let mut size = 0u64;
    let mut buffer = vec![0u8; CHUNK];
    loop {
        let count = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        let chunk = buffer.get(..count).unwrap_or_default();
        hash.update(chunk);
        size += chunk.len() as u64;
        if !each(chunk) {
            break;
        }
    }
    Ok((size, hash.finalize().into()))
}

/// Under Windows a virus scanner holds new files for moments: try again for
/// half a second before giving up.
fn patiently(work: impl Fn() -> io::Result<()>) -> io::Result<()> {
    let mut tries = if cfg!(windows) { 10 } else { 0 };
    loop {
        match work() {
            Err(e) if tries > 0 && matches!(e.raw_os_error(), Some(5 | 32 | 33)) => {
                tries -= 1;
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            done => return done,
        }
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn sync_tree(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        }
    }
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_tree(_: &Path) -> io::Result<()> {
    Ok(())
}
