//! The program that shows a long result page by page, as git and bat have it.

use std::env;
use std::io::{self, ErrorKind, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

/// The environment variable that names the pager. What it says comes before [`PAGER`].
pub(super) const VARIABLE: &str = "GIJIROKU_PAGER";

/// The environment variable that names the pager of all programs.
const PAGER: &str = "PAGER";

/// The pager if none is named.
const DEFAULT: &str = "less";

/// What pagers are told by the environment, unless it tells them something already: `less` ends at once if all fits on the screen,
/// shows colours, and leaves what it has shown; `lv` shows colours.
const OPTIONS: [(&str, &str); 2] = [("LESS", "FRX"), ("LV", "-c")];

/// Whether a pager is on the screen.
static IS_SHOWN: AtomicBool = AtomicBool::new(false);

/// A pager, and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pager(Vec<String>);

impl Pager {
    /// Returns the pager that the environment names, else `less`, and `None` if it names none, or `cat`.
    pub(super) fn of_environment() -> Option<Self> {
        let named = [VARIABLE, PAGER].into_iter().find_map(|variable| env::var(variable).ok());
        Self::named(named.as_deref().unwrap_or(DEFAULT))
    }

    /// Returns the pager of a command line, divided as a shell divides it.
    fn named(line: &str) -> Option<Self> {
        let words = shlex::split(line)?;
        words.first().is_some_and(|program| program != "cat").then_some(Self(words))
    }

    /// Whether the pager shows links as the terminal does. Others than `less` show their addresses.
    pub(super) fn shows_links(&self) -> bool {
        let program = self.0.first().map(std::path::Path::new);
        program.and_then(|program| program.file_stem()).is_some_and(|name| name == "less")
    }

    fn start(&self) -> io::Result<Child> {
        let (program, arguments) = self.0.split_first().ok_or(ErrorKind::NotFound)?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped());
        command.envs(OPTIONS.into_iter().filter(|(variable, _)| env::var_os(variable).is_none()));
        command.spawn()
    }
}

/// Whether the variable for the pager of this program is set, and if so, whether it names one.
pub(super) fn is_named() -> Option<bool> {
    env::var(VARIABLE).ok().map(|line| Pager::named(&line).is_some())
}

/// Whether a pager is on the screen, to which Ctrl-C belongs.
pub(super) fn is_shown() -> bool {
    IS_SHOWN.load(Ordering::SeqCst)
}

/// A result that a pager shows. The pager starts with the first of it, so that there is none where there is nothing to show, and what
/// is told before does not get between. It is waited for at the end.
pub(super) struct Paged {
    pager: Pager,
    state: State,
}

enum State {
    Waiting,
    Shown(Child),
    /// The user has left the pager, and wants no more.
    Left,
    /// The pager can't be started: the result goes to the terminal.
    Missing,
}

impl Paged {
    pub(super) fn new(pager: Pager) -> Self {
        Self { pager, state: State::Waiting }
    }

    fn start(&mut self) {
        self.state = match self.pager.start() {
            Ok(child) => {
                // Ctrl-C is for the pager, where it ends a search within the result. This program must not end before the pager.
                IS_SHOWN.store(true, Ordering::SeqCst);
                // Where there is a handler already, that of a build, it asks whether there is a pager.
                let _ = ctrlc::set_handler(|| {});
                State::Shown(child)
            }
            Err(_) => State::Missing,
        };
    }
}

impl Write for Paged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if matches!(self.state, State::Waiting) {
            self.start();
        }
        match &mut self.state {
            State::Shown(Child { stdin: Some(pipe), .. }) => match pipe.write(bytes) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                    self.wait();
                    Ok(bytes.len())
                }
                written => written,
            },
            State::Missing => io::stdout().write(bytes),
            State::Waiting | State::Shown(_) | State::Left => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.state {
            State::Missing => io::stdout().flush(),
            _ => Ok(()),
        }
    }
}

impl Paged {
    /// Waits until the user leaves the pager. How it ends says nothing of the search.
    fn wait(&mut self) {
        if let State::Shown(mut child) = std::mem::replace(&mut self.state, State::Left) {
            drop(child.stdin.take());
            let _ = child.wait();
            IS_SHOWN.store(false, Ordering::SeqCst);
        }
    }
}

impl Drop for Paged {
    fn drop(&mut self) {
        self.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_pager_or_none() {
        for (line, words) in [
            ("less", Some(vec!["less"])),
            ("less -R +G", Some(vec!["less", "-R", "+G"])),
            ("'/opt/my pager' \"-x y\"", Some(vec!["/opt/my pager", "-x y"])),
            ("", None),
            ("  ", None),
            ("cat", None),
            ("less 'unclosed", None),
        ] {
            let words = words.map(|words| Pager(words.into_iter().map(str::to_owned).collect()));
            assert_eq!(Pager::named(line), words, "{line}");
        }
    }

    #[test]
    fn links_are_for_less() {
        for (line, shows) in [("less", true), ("/usr/bin/less -R", true), ("lv", false), ("lesspipe", false)]
        {
            assert_eq!(Pager::named(line).map(|pager| pager.shows_links()), Some(shows), "{line}");
        }
    }
}
