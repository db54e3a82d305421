//! What happens: keys, sizes, what was found, signals. Each comes from a thread of its own into one queue.

use std::any::Any;
use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use super::worker::Found;

pub(super) enum Event {
    Terminal(io::Result<crossterm::event::Event>),
    /// What was found for the job with this number.
    Found(u64, Found),
    /// A thread has panicked.
    Panicked(Box<dyn Any + Send>),
    /// The program is to end, by this signal.
    #[cfg(unix)]
    Signal(i32),
}

/// Starts to listen to the terminal.
pub(super) fn listen(events: Sender<Event>) {
    thread::spawn(move || {
        loop {
            let event = crossterm::event::read();
            let is_last = event.is_err();
            if events.send(Event::Terminal(event)).is_err() || is_last {
                return;
            }
        }
    });
}

/// Has the signals that end the program told as events, so that the terminal is given back first.
#[cfg(unix)]
pub(super) fn listen_to_signals(events: Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            let _ = events.send(Event::Signal(signal));
        }
    });
    Ok(())
}
