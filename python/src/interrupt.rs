//! Long work: without the interpreter's lock, so that other threads of Python run, and with an ear for Ctrl-C.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use gijiroku::Stop;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often Python is asked for signals. Nobody notices a twentieth of a second, and it costs nothing beside the work.
const PATIENCE: Duration = Duration::from_millis(50);

/// Runs work on a thread of its own and returns its value. This thread listens for signals meanwhile: only the main thread can, and the
/// handler of Ctrl-C raises from here. The work is then told to end, and waited for, so that it does not hold the lock of an index any
/// more.
pub(crate) fn run<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce(&Stop) -> T + Send + 'static,
) -> PyResult<T> {
    let stop = Stop::new();
    let told = stop.clone();
    match wait(py, start(move || work(&told))?)? {
        Waited::Ended(value) => Ok(value),
        Waited::Interrupted(raised, end) => {
            stop.cancel();
            // Whichever way it ends, what was raised is what the caller wants to know.
            py.detach(move || end.recv().is_ok());
            Err(raised)
        }
    }
}

/// Ends work that returns no error when it is to end, here. What it has changed is taken back while it unwinds, as after an error.
pub(crate) fn check(stop: &Stop) {
    if let Err(stopped) = stop.check() {
        panic::resume_unwind(Box::new(stopped));
    }
}

/// Receives what work returned, or what it panicked with.
type End<T> = Receiver<thread::Result<T>>;

enum Waited<T> {
    Ended(T),
    /// A handler of a signal has raised, and the work goes on.
    Interrupted(PyErr, End<T>),
}

fn start<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> PyResult<End<T>> {
    let (sender, end) = sync_channel(1);
    let work = move || {
        // Where nobody waits any more, nobody wants the value.
        let _ = sender.send(panic::catch_unwind(AssertUnwindSafe(work)));
    };
    match thread::Builder::new().name("gijiroku".to_owned()).spawn(work) {
        Ok(_) => Ok(end),
        Err(error) => Err(PyRuntimeError::new_err(format!("no thread can be started: {error}"))),
    }
}

/// Waits for the end of work without the interpreter's lock.
fn wait<T: Send>(py: Python<'_>, mut end: End<T>) -> PyResult<Waited<T>> {
    loop {
        let (received, waiting) = py.detach(move || (end.recv_timeout(PATIENCE), end));
        end = waiting;
        match received {
            Ok(Ok(value)) => return Ok(Waited::Ended(value)),
            // PyO3 makes an exception of it.
            Ok(Err(panicked)) => panic::resume_unwind(panicked),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("the work has ended without a result"));
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Err(raised) = py.check_signals() {
                    return Ok(Waited::Interrupted(raised, end));
                }
            }
        }
    }
}
