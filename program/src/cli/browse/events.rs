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
    /// The terminal has another size. crossterm tells so, too, but not always: it drops that where a key comes at the same time.
    #[cfg(unix)]
    Resized,
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

/// Has signals told as events: those that end the program, so that the terminal is given back first, and that of another size.
#[cfg(unix)]
pub(super) fn listen_to_signals(events: Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM, SIGWINCH])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            let event = if signal == SIGWINCH { Event::Resized } else { Event::Signal(signal) };
            // Nobody listens any more when the program ends.
            let _ = events.send(event);
        }
    });
    Ok(())
}
