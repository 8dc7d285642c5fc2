//! Ctrl-C while a website is written: the writing ends, its staging folder
//! goes, and so does the program. What is being put in place at that moment is
//! put in place: it takes microseconds, and half of it would be neither site.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::error::WriteError;

/// A disk that does not answer keeps nobody from leaving: what lies about then
/// is taken over by the next build.
const PATIENCE: Duration = Duration::from_secs(5);

static STATE: Mutex<State> = Mutex::new(State {
    asked: false,
    writing: 0,
});
static ENDED: Condvar = Condvar::new();

struct State {
    asked: bool,
    /// Writers that have begun and not ended.
    writing: usize,
}

/// Ends whoever writes, and returns when nothing of it is left behind.
pub fn interrupt() {
    let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
    state.asked = true;
    let _ = ENDED.wait_timeout_while(state, PATIENCE, |state| state.writing > 0);
}

/// # Errors
/// [`WriteError::Interrupted`] once [`interrupt`] was called.
pub(super) fn go_on() -> Result<(), WriteError> {
    let state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
    if state.asked {
        return Err(WriteError::Interrupted);
    }
    Ok(())
}

/// Held by a writer for as long as something of it may lie about.
#[derive(Debug)]
pub(super) struct Writing(());

impl Writing {
    /// # Errors
    /// [`WriteError::Interrupted`] once [`interrupt`] was called.
    pub fn begin() -> Result<Self, WriteError> {
        let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
        if state.asked {
            return Err(WriteError::Interrupted);
        }
        state.writing += 1;
        Ok(Self(()))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
        state.writing = state.writing.saturating_sub(1);
        ENDED.notify_all();
    }
}
