//! Tests of the screen without a terminal: keys go in, and pictures come out.

mod keys;
mod screens;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use gijiroku::{Index, IndexBuilder, Language, Searcher};
use ratatui_core::backend::TestBackend;
use ratatui_core::buffer::Buffer;
use ratatui_core::terminal::Terminal;
use unicode_width::UnicodeWidthStr as _;

use super::draw::draw;
use super::state::{Effect, State};
use super::worker::{done, of_corpus};
use crate::cli::arguments::QueryArguments;
use crate::cli::language::OF_TEST;

/// Returns a searcher over the minutes that the project ships.
pub(super) fn searcher() -> Searcher {
    Searcher::new(seed())
}

fn seed() -> Index {
    IndexBuilder::new().path("../data/minutes").build_in_memory().unwrap().0
}

/// A session whose searches are done at once.
struct Session {
    state: State,
    searcher: Searcher,
    jobs: u64,
    /// What the terminal was to put into the clipboard.
    copied: Vec<String>,
    has_left: bool,
}

impl Session {
    fn new(index: Index, language: Language, size: (u16, u16)) -> Self {
        OF_TEST.set(Some(language));
        let state = State::new("", Vec::new(), QueryArguments::default(), size);
        let mut session =
            Self { state, searcher: Searcher::new(index), jobs: 0, copied: Vec::new(), has_left: false };
        let effect = session.state.search();
        session.run(Some(effect));
        let corpus = of_corpus(&session.searcher);
        let effect = session.state.take(0, corpus);
        session.run(effect);
        session
    }

    /// Does what the state asks for, until that is nothing more.
    fn run(&mut self, mut effect: Option<Effect>) {
        while let Some(wanted) = effect.take() {
            match wanted {
                Effect::Begin(job) => {
                    self.jobs += 1;
                    self.state.wait_for(self.jobs);
                    effect = self.state.take(self.jobs, done(job, &self.searcher));
                }
                Effect::Copy(text) => self.copied.push(text),
                Effect::Leave => self.has_left = true,
                Effect::Stop | Effect::Redraw | Effect::Suspend => {}
            }
        }
    }

    fn handle(&mut self, event: Event) {
        let effect = self.state.handle(event);
        self.run(effect);
    }

    fn press(&mut self, code: KeyCode) {
        self.handle(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    fn control(&mut self, character: char) {
        self.handle(Event::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::CONTROL)));
    }

    fn type_text(&mut self, text: &str) {
        text.chars().for_each(|character| self.press(KeyCode::Char(character)));
    }

    fn resize(&mut self, size: (u16, u16)) {
        self.handle(Event::Resize(size.0, size.1));
    }

    fn buffer(&self) -> Buffer {
        let (columns, lines) = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, lines)).unwrap();
        terminal.draw(|frame| draw(&self.state, true, frame)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// Returns what is on the screen, without spaces at the ends of lines.
    fn screen(&self) -> String {
        let buffer = self.buffer();
        let lines = (0..buffer.area.height).map(|y| {
            let (mut line, mut x) = (String::new(), 0);
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            line.trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
