//! A plan for the disk: at which step it fails, and how.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};

use crate::write::Action;

/// How a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// With an error; what comes after works again.
    Error(io::ErrorKind),
    /// The process ends here: nothing after it happens, no tidying up either.
    Kill,
}

/// Is told what the next step is.
type Meanwhile = dyn Fn(Action, &Path) + Send + Sync;

/// Counts the changes made on the disk, and lets one of them fail.
pub struct Plan {
    at: usize,
    fault: Fault,
    /// Only steps of this kind count.
    only: Option<Action>,
    /// Keep failing after the first failure, for steps of the same kind.
    lasting: bool,
    /// Bytes that still fit on the disk.
    room: Option<AtomicI64>,
    stuck: Option<PathBuf>,
    steps: AtomicUsize,
    hit: AtomicBool,
    dead: AtomicBool,
    tears: AtomicBool,
    /// What someone else does just before each step.
    meanwhile: Option<Box<Meanwhile>>,
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plan({}, {:?})", self.at, self.fault)
    }
}

impl Plan {
    /// Fails at the `at`-th change, from 0.
    pub fn at(at: usize, fault: Fault) -> Self {
        Self {
            at,
            fault,
            only: None,
            lasting: false,
            room: None,
            stuck: None,
            steps: AtomicUsize::new(0),
            hit: AtomicBool::new(false),
            dead: AtomicBool::new(false),
            tears: AtomicBool::new(false),
            meanwhile: None,
        }
    }

    /// Fails at every change of one kind, as on a system that cannot do it.
    pub fn never(action: Action, kind: io::ErrorKind) -> Self {
        Self {
            only: Some(action),
            lasting: true,
            ..Self::at(0, Fault::Error(kind))
        }
    }

    /// A folder that can be neither moved nor replaced.
    pub fn stuck_folder(folder: PathBuf) -> Self {
        let fault = Fault::Error(io::ErrorKind::ResourceBusy);
        Self {
            stuck: Some(folder),
            ..Self::at(usize::MAX, fault)
        }
    }

    /// A disk with room for so many bytes.
    pub fn room(bytes: i64) -> Self {
        let fault = Fault::Error(io::ErrorKind::StorageFull);
        Self {
            room: Some(AtomicI64::new(bytes)),
            ..Self::at(usize::MAX, fault)
        }
    }

    /// Lets someone else do something just before each step.
    pub fn meanwhile(mut self, what: impl Fn(Action, &Path) + Send + Sync + 'static) -> Self {
        self.meanwhile = Some(Box::new(what));
        self
    }

    pub fn step(&self, action: Action, path: &Path, bytes: usize) -> io::Result<()> {
        self.tears.store(false, Ordering::Relaxed);
        if self.dead.load(Ordering::Relaxed) {
            return Err(io::Error::other("dead"));
        }
        if let Some(what) = &self.meanwhile {
            what(action, path);
        }
        let moves = matches!(action, Action::Move | Action::Exchange);
        if let Some(stuck) = &self.stuck
            && moves
            && (path == stuck || path.ends_with("public.staging/old"))
        {
            return self.fail();
        }
        if let Some(room) = &self.room {
            let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
            if bytes > 0 && room.fetch_sub(bytes, Ordering::Relaxed) < bytes {
                return self.fail();
            }
        }
        if self.only.is_some_and(|only| only != action) {
            return Ok(());
        }
        let step = self.steps.fetch_add(1, Ordering::Relaxed);
        if step == self.at || (self.lasting && step > self.at) {
            self.fail()
        } else {
            Ok(())
        }
    }

    fn fail(&self) -> io::Result<()> {
        self.hit.store(true, Ordering::Relaxed);
        self.tears.store(true, Ordering::Relaxed);
        match self.fault {
            Fault::Error(kind) => Err(kind.into()),
            Fault::Kill => {
                self.dead.store(true, Ordering::Relaxed);
                Err(io::Error::other("killed"))
            }
        }
    }

    /// Whether the process has ended.
    pub fn is_dead(&self) -> bool {
        self.dead.load(Ordering::Relaxed)
    }

    /// Whether the failing write leaves half of the file behind.
    pub fn tears(&self) -> bool {
        self.tears.load(Ordering::Relaxed)
    }

    /// Whether the planned step came at all.
    pub fn hit(&self) -> bool {
        self.hit.load(Ordering::Relaxed)
    }
}
