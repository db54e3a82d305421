//! Reading a PDF in a process of its own.
//!
//! What a PDF draws is a program, and the crate that runs it calls itself for each level of nesting: a file of a few
//! hundred bytes overflows the stack, which ends the process, or fills the memory. So a program may hand the file to a
//! second process, whose death costs that file alone. The process is the program itself, started with arguments by
//! which it knows its task; it calls [`serve`](PdfWorker::serve) at once.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::pdf;
use super::pdf_error::PdfError;
use crate::minutes::document::Document;

/// The time that a PDF may take, in seconds of a processor: so many, and one more for each `BYTES_PER_SECOND`.
const SECONDS: u64 = 4;
const BYTES_PER_SECOND: u64 = 128 << 10;

/// How many times as long a process may take in all, on a machine that is busy with other things.
const PATIENCE: u64 = 8;

/// The processes that read PDFs.
#[derive(Clone, Debug)]
pub struct PdfWorker {
    program: PathBuf,
    arguments: Vec<OsString>,
}

impl PdfWorker {
    /// Starts `program` with `arguments` for each PDF. The program must then call [`serve`](Self::serve) and end.
    pub fn new(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> Self {
        Self { program: program.into(), arguments: arguments.into_iter().map(Into::into).collect() }
    }

    /// Does the work of a process that was started to read a PDF: reads its task from the standard input, limits
    /// itself, and writes what it read to the standard output.
    ///
    /// # Errors
    /// Returns an error where the input is no such task, or the output can't be written.
    pub fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
        let mut number = || {
            let mut bytes = [0; 8];
            input.read_exact(&mut bytes).map(|()| u64::from_le_bytes(bytes))
        };
        let (memory, seconds) = (number()?, number()?);
        limit(memory, seconds);
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        serde_json::to_writer(&mut output, &pdf::read(bytes))?;
        output.flush()
    }

    /// Reads a PDF in a process that may take this memory, in bytes. Returns `None` where the process did not live to
    /// answer, and an error where it can't be started at all.
    pub(super) fn read(&self, bytes: &[u8], memory: u64) -> io::Result<Option<Result<Document, PdfError>>> {
        let seconds = SECONDS + bytes.len() as u64 / BYTES_PER_SECOND;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Ok(None);
        };
        let (sender, answer) = mpsc::channel();
        let answered = thread::scope(|scope| {
            scope.spawn(move || {
                // A process that has died does not read on, and then there is no answer either.
                let _ =
                    [memory, seconds].iter().try_for_each(|number| input.write_all(&number.to_le_bytes()));
                let _ = input.write_all(bytes);
            });
            scope.spawn(move || {
                let mut text = Vec::new();
                let _ = sender.send(output.read_to_end(&mut text).map(|_| text));
            });
            let answered = answer.recv_timeout(Duration::from_secs(seconds * PATIENCE));
            if let Err(RecvTimeoutError::Timeout) = answered {
                let _ = child.kill();
            }
            answered
        });
        let has_succeeded = child.wait()?.success();
        let text = answered.ok().and_then(Result::ok).filter(|_| has_succeeded);
        Ok(text.and_then(|text| serde_json::from_slice(&text).ok()))
    }
}

/// Limits the memory of this process, in bytes, and its time, in seconds of a processor. Where the system refuses a limit, for example because a lower one holds already, the process goes
/// on without it.
#[cfg(unix)]
fn limit(memory: u64, seconds: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    for (resource, most) in [(Resource::Cpu, seconds), (Resource::Data, memory), (Resource::Core, 0)] {
        let maximum = getrlimit(resource).maximum;
        let most = Some(maximum.map_or(most, |maximum| most.min(maximum)));
        let _ = setrlimit(resource, Rlimit { current: most, maximum: most });
    }
}

/// Elsewhere only the time is limited, by the process that waits.
#[cfg(not(unix))]
fn limit(_: u64, _: u64) {}
