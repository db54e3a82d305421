//! The access log: a line for each request, in the [Common Log
//! Format](https://httpd.apache.org/docs/2.4/logs.html#common).
//!
//! What takes the lines may be a pipe that nobody reads, or a disk that hangs. So a thread of its own writes them,
//! and no request waits for it: lines for which there is no room are left out, and where they are missing the log
//! says how many.

use std::io::{self, Write};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// Maximum number of lines that wait to be written.
const MOST_WAITING: usize = 1024;

/// Maximum time that a server which ends waits for its log to be written.
const LONGEST_END: Duration = Duration::from_secs(1);

/// A log that is written by a thread of its own. The thread ends when the log is dropped.
#[derive(Debug)]
pub(super) struct AccessLog {
    entries: mpsc::Sender<Entry>,
    /// The number of lines that were left out since the log told of such lines.
    missing: Arc<AtomicU64>,
}

enum Entry {
    /// A line, and the number of lines that are missing before it.
    Line(String, u64),
    /// Asks for an answer when all entries before this one are written.
    End(oneshot::Sender<()>),
}

impl AccessLog {
    pub(super) fn new(log: impl Write + Send + 'static) -> Self {
        let (entries, waiting) = mpsc::channel(MOST_WAITING);
        let missing = Arc::new(AtomicU64::new(0));
        let lost = Arc::clone(&missing);
        thread::spawn(move || write_all(log, waiting, &lost));
        Self { entries, missing }
    }

    /// Takes a line to write, or counts it as missing if too many wait already.
    pub(super) fn write(&self, line: String) {
        let missing = self.missing.swap(0, Relaxed);
        if self.entries.try_send(Entry::Line(line, missing)).is_err() {
            self.missing.fetch_add(missing + 1, Relaxed);
        }
    }

    /// Waits until all lines so far are written, but not for a log that can't be written.
    pub(super) async fn written(&self) {
        let (done, written) = oneshot::channel();
        let _ = timeout(LONGEST_END, async {
            if self.entries.send(Entry::End(done)).await.is_ok() {
                let _ = written.await;
            }
        })
        .await;
    }
}

/// Writes entries as they come. Lines that can't be written, for example on a disk that is full, count as missing.
fn write_all(mut log: impl Write, mut waiting: mpsc::Receiver<Entry>, missing: &AtomicU64) {
    while let Some(entry) = waiting.blocking_recv() {
        match entry {
            Entry::Line(line, before) => {
                if tell_missing(&mut log, before).is_err() {
                    missing.fetch_add(before + 1, Relaxed);
                } else if log.write_all(line.as_bytes()).is_err() {
                    missing.fetch_add(1, Relaxed);
                }
            }
            Entry::End(done) => {
                let before = missing.swap(0, Relaxed);
                if tell_missing(&mut log, before).and_then(|()| log.flush()).is_err() {
                    missing.fetch_add(before, Relaxed);
                }
                // The server may have ceased to wait.
                let _ = done.send(());
            }
        }
    }
}

fn tell_missing(log: &mut impl Write, count: u64) -> io::Result<()> {
    match count {
        0 => Ok(()),
        1 => log.write_all(b"# 1 request is missing here, because the log could not be written in time\n"),
        _ => {
            writeln!(log, "# {count} requests are missing here, because the log could not be written in time")
        }
    }
}

/// Returns the line for a request, with the time in UTC.
pub(super) fn line(
    peer: Option<IpAddr>,
    time: OffsetDateTime,
    request: &str,
    status: u16,
    length: Option<&str>,
) -> String {
    const TIME: &[BorrowedFormatItem<'_>] =
        time::macros::format_description!("[day]/[month repr:short]/[year]:[hour]:[minute]:[second] +0000");
    let peer = peer.map_or("-".to_owned(), |peer| peer.to_string());
    let time = time.format(TIME).unwrap_or_default();
    // Quotation marks and line breaks are encoded in an address. They are replaced all the same, because
    // programs parse the log.
    let request = request.replace(['"', '\\'], "?").replace(char::is_control, "?");
    format!("{peer} - - [{time}] \"{request}\" {status} {}\n", length.unwrap_or("-"))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Instant;

    use super::*;

    /// A pipe whose reader takes a write only when the test lets it: `Ok` for one that succeeds.
    struct Pipe {
        allowed: Receiver<io::Result<()>>,
        written: Sender<String>,
    }

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            // Once the test has dropped its end, everything is written.
            self.allowed.recv().unwrap_or(Ok(()))?;
            let _ = self.written.send(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn pipe() -> (AccessLog, Sender<io::Result<()>>, Receiver<String>) {
        let ((allow, allowed), (written, read)) = (channel(), channel());
        (AccessLog::new(Pipe { allowed, written }), allow, read)
    }

    #[tokio::test]
    async fn a_log_that_is_not_read_holds_nobody_up() {
        let (log, allow, read) = pipe();
        let began = Instant::now();
        for number in 0..MOST_WAITING + 100 {
            log.write(format!("{number}\n"));
        }
        log.written().await;
        assert!(began.elapsed() < LONGEST_END * 3);
        drop(allow);
        log.written().await;
        log.write("again\n".to_owned());
        log.written().await;
        let lines: Vec<String> = read.try_iter().collect::<String>().lines().map(str::to_owned).collect();
        // One line is with the thread, which may have taken it before or after the others were sent.
        let kept = lines.iter().filter(|line| line.parse::<usize>().is_ok()).count();
        let missing = MOST_WAITING + 100 - kept;
        let told =
            format!("# {missing} requests are missing here, because the log could not be written in time");
        assert_eq!(lines[kept..], [told, "again".to_owned()]);
        assert!((99..=100).contains(&missing), "{missing}");
    }

    #[tokio::test]
    async fn a_line_that_can_not_be_written_is_told_of() {
        let (log, allow, read) = pipe();
        allow.send(Err(io::ErrorKind::StorageFull.into())).unwrap();
        log.write("1\n".to_owned());
        drop(allow);
        log.written().await;
        let told = "# 1 request is missing here, because the log could not be written in time\n";
        assert_eq!(read.try_iter().collect::<String>(), told);
    }

    #[test]
    fn a_line_of_the_log_is_one_line() {
        let time = OffsetDateTime::from_unix_timestamp(1_513_152_000).unwrap();
        let line = line(Some([127, 0, 0, 1].into()), time, "GET /?q=\"\n\u{1b} HTTP/1.1", 200, None);
        assert_eq!(line, "127.0.0.1 - - [13/Dec/2017:08:00:00 +0000] \"GET /?q=??? HTTP/1.1\" 200 -\n");
    }
}
