//! `gijiroku browse`: an interactive search in the terminal.
//!
//! What is shown is a value ([`state`]), which [`keys`] and results change and [`draw`] draws. Only this file lets them meet with the
//! terminal ([`terminal`]), with what happens ([`events`]) and with the threads that search ([`worker`]).

mod areas;
mod draw;
mod events;
mod facets;
mod hits;
mod keys;
mod line;
mod marked;
mod reader;
mod state;
mod terminal;
#[cfg(test)]
mod tests;
mod worker;

use std::panic;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::{Context as _, ensure};

use self::draw::draw;
use self::events::Event;
use self::state::{Effect, State};
use self::terminal::Taken;
use self::worker::Worker;
use super::arguments::{BrowseArguments, joined};
use super::{Context, Outcome, texts};

/// After what time it is told that an answer is waited for.
const PATIENCE: Duration = Duration::from_millis(300);

pub(crate) fn run(arguments: &BrowseArguments, context: &Context) -> anyhow::Result<Outcome> {
    ensure!(!context.has_output_file(), "{}", texts::browse().writes_no_file());
    terminal::check()?;
    let mut live = context.live()?.synonyms(arguments.words.synonyms.load()?)?;
    if let Some(model) = arguments.model.load()? {
        live = live.model(model)?;
    }
    // A citation is for others, who have no use for a path of this machine.
    let live = live.with_relative_sources()?;
    let filters = arguments.filters.filters()?;

    let (sender, events) = mpsc::channel();
    #[cfg(unix)]
    events::listen_to_signals(sender.clone())?;
    let mut taken = Taken::new(context.screen().color)?;
    events::listen(sender.clone());
    let mut worker = Worker::start(live, &sender);
    let size = crossterm::terminal::size()?;
    let mut state = State::new(&joined(&arguments.query), filters, arguments.words.clone(), size);
    let ended = go_on(&mut state, &mut taken, &mut worker, &events, context.screen().color);
    drop(taken);
    match ended? {
        #[cfg(unix)]
        Some(signal) => {
            // Whoever sent it sees that the program has ended by it.
            signal_hook::low_level::emulate_default_handler(signal)?;
            Ok(Outcome::Found)
        }
        _ => Ok(Outcome::Found),
    }
}

/// Draws and waits for what happens, until the user leaves or a signal comes, which is returned.
fn go_on(
    state: &mut State,
    taken: &mut Taken,
    worker: &mut Worker,
    events: &Receiver<Event>,
    has_colours: bool,
) -> anyhow::Result<Option<i32>> {
    let mut effect = Some(state.search());
    loop {
        match effect.take() {
            Some(Effect::Begin(job)) => state.wait_for(worker.begin(job)),
            Some(Effect::Stop) => worker.stop(),
            Some(Effect::Copy(text)) => taken.copy(&text)?,
            Some(Effect::Redraw) => taken.forget()?,
            Some(Effect::Suspend) => taken.suspend()?,
            Some(Effect::Leave) => return Ok(None),
            None => {}
        }
        // What has been typed faster than it can be drawn is drawn once.
        let event = match events.try_recv() {
            Ok(event) => event,
            Err(_) => {
                // The terminal may have another size of which nobody has told, such as after the program was suspended.
                let size = crossterm::terminal::size()?;
                if size != state.size {
                    state.resize(size);
                }
                taken.draw(|frame| draw(state, has_colours, frame))?;
                match next(events, state) {
                    Some(event) => event,
                    None => {
                        state.is_slow = true;
                        continue;
                    }
                }
            }
        };
        effect = match event {
            Event::Terminal(event) => state.handle(event.context(texts::browse().terminal_is_gone())?),
            Event::Found(number, found) => state.take(number, found),
            Event::Panicked(panic) => panic::resume_unwind(panic),
            #[cfg(unix)]
            Event::Resized => None,
            #[cfg(unix)]
            Event::Signal(signal) => return Ok(Some(signal)),
        };
    }
}

/// Waits for what happens next; returns `None` if an answer has been waited for so long that this is to be told.
fn next(events: &Receiver<Event>, state: &State) -> Option<Event> {
    let patience = if state.is_waiting() && !state.is_slow { PATIENCE } else { Duration::MAX };
    events.recv_timeout(patience).ok()
}
