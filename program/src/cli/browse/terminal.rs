//! The terminal while it is taken: another screen, keys as they are pressed, pastes in one piece. It is given back in whatever way
//! the program ends.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};

use anyhow::ensure;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::force_color_output;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui_core::backend::{Backend, ClearType as Part, WindowSize};
use ratatui_core::buffer::Cell;
use ratatui_core::layout::{Position, Size};
use ratatui_core::terminal::{Frame, Terminal};
use ratatui_crossterm::CrosstermBackend;

use super::draw::is_ambiguous;
use crate::cli::context::is_dumb;
use crate::cli::texts;

/// A terminal that the program has for itself, until this is dropped.
pub(super) struct Taken {
    terminal: Terminal<Cells<BufWriter<Stdout>>>,
}

impl Taken {
    /// Takes the terminal.
    pub(super) fn new(has_colours: bool) -> anyhow::Result<Self> {
        // Whether there are colours was decided; crossterm would look at NO_COLOR once more.
        force_color_output(has_colours);
        // What follows may fail half way, and the terminal is given back then, too.
        let taken =
            Self { terminal: Terminal::new(Cells(CrosstermBackend::new(BufWriter::new(io::stdout()))))? };
        take()?;
        Ok(taken)
    }

    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(draw).map(|_| ())
    }

    /// Draws all anew with the next [`draw`](Self::draw), where another program has written on the screen.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Gives the terminal back to the shell until that lets the program go on.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        give_back()?;
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        take()?;
        self.forget()
    }

    /// Does nothing: no shell can go on with the program later.
    #[cfg(not(unix))]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Has the terminal put a text into the clipboard. It works where the terminal is, also if the program runs elsewhere.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        // Nothing can be done about an error here: the terminal may have gone.
        let _ = give_back();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Clear(ClearType::All))
}

fn give_back() -> io::Result<()> {
    // A terminal without a second screen keeps what is on the first one, so that it is cleared.
    let leave = || {
        execute!(
            io::stdout(),
            DisableBracketedPaste,
            Clear(ClearType::All),
            cursor::MoveTo(0, 0),
            LeaveAlternateScreen,
            cursor::Show
        )
    };
    leave().and(disable_raw_mode())
}

/// Returns an error unless there is a terminal to type into and to draw on.
pub(super) fn check() -> anyhow::Result<()> {
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    ensure!(is_terminal && !is_dumb(), "{}", texts::browse().needs_a_terminal());
    Ok(())
}

/// The cells of a terminal of which it is not known whether it shows characters of ambiguous width in one column or in two. They have two.
///
/// The second column is written first, and then the character: where it takes one column, there is a space behind it, and where it
/// takes two, it covers the space. What comes after that is written at its own place in both.
struct Cells<W: Write>(CrosstermBackend<W>);

impl<W: Write> Backend for Cells<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut cells: Vec<(u16, u16, &Cell)> = content.collect();
        for place in 1..cells.len() {
            let ((x, y, first), (next_x, next_y, _)) = (cells[place - 1], cells[place]);
            if is_ambiguous(first.symbol()) && next_y == y && next_x == x + 1 {
                cells.swap(place - 1, place);
            }
        }
        self.0.draw(cells.into_iter())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // The terminal would have to be asked, and its answer comes where another thread waits for keys. Each drawing sets it.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, part: Part) -> io::Result<()> {
        self.0.clear_region(part)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::process::{self, Command, Stdio};
    use std::time::{Duration, Instant};
    use std::{env, thread};

    use ratatui_core::buffer::Buffer;
    use ratatui_core::layout::Rect;
    use ratatui_core::style::Style;

    use super::*;

    #[test]
    #[ignore = "the test below runs it in a terminal"]
    fn a_panic() {
        let mut taken = Taken::new(true).unwrap();
        taken.draw(|frame| frame.set_cursor_position((5, 5))).unwrap();
        panic!("on purpose");
    }

    #[test]
    fn a_panic_gives_the_terminal_back() {
        if Command::new("tmux").arg("-V").stdout(Stdio::null()).status().is_err() {
            assert!(env::var_os("CI_HAS_TMUX").is_none(), "tmux is not installed");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let server = format!("gijiroku-panic-{}", process::id());
        let tmux = |arguments: &[&str]| {
            let mut command = Command::new("tmux");
            command.args(["-L", &server, "-f", "/dev/null", "-u"]).args(arguments);
            command.current_dir(folder.path()).env("TESTS", env::current_exe().unwrap());
            String::from_utf8(command.output().unwrap().stdout).unwrap()
        };
        let name = concat!(module_path!(), "::a_panic").split_once("::").unwrap().1;
        let line = format!(
            "echo before; stty -g >was; $TESTS --ignored --nocapture --exact {name}; \
             stty -g >is; cmp was is && echo unchanged; cat"
        );
        tmux(&["new-session", "-d", "-x", "100", "-y", "40", &line]);
        let start = Instant::now();
        let screen = loop {
            let screen = tmux(&["capture-pane", "-p"]);
            if screen.contains("unchanged") || start.elapsed() > Duration::from_secs(60) {
                break screen;
            }
            thread::sleep(Duration::from_millis(20));
        };
        let modes = tmux(&["display-message", "-p", "#{alternate_on}#{cursor_flag}"]);
        tmux(&["kill-server"]);
        assert!(screen.starts_with("before") && screen.contains("1 failed"), "{screen}");
        assert!(screen.contains("unchanged"), "{screen}");
        assert_eq!(modes.trim(), "01");
    }

    #[test]
    fn a_character_of_ambiguous_width_is_written_over_its_second_column() {
        let area = Rect::new(0, 0, 12, 1);
        let mut buffer = Buffer::empty(area);
        // The cells as they are drawn, each of these two characters with a space behind it.
        buffer.set_string(0, 0, "a… ① 漢b", Style::new());
        let mut written = Vec::new();
        Cells(CrosstermBackend::new(&mut written))
            .draw(Buffer::empty(area).diff(&buffer).into_iter())
            .unwrap();
        let written = String::from_utf8(written).unwrap();
        let at = |column: usize, text: &str| format!("\u{1b}[1;{column}H{text}");
        // A space is drawn only where something else was.
        let cells = ["a…", &at(4, "①"), &at(6, "漢"), &at(8, "b")];
        assert!(written.starts_with(&at(1, &cells.concat())), "{written:?}");

        let mut before = Buffer::empty(area);
        before.set_string(0, 0, "abcdefgh", Style::new());
        let mut written = Vec::new();
        Cells(CrosstermBackend::new(&mut written)).draw(before.diff(&buffer).into_iter()).unwrap();
        let written = String::from_utf8(written).unwrap();
        let cells = [at(3, " "), at(2, "…"), at(5, " "), at(4, "①"), at(6, "漢"), at(8, "b")];
        assert!(written.starts_with(&cells.concat()), "{written:?}");
    }
}
