//! What the screen can show: its width, and whether it has colours and links.

use anstyle::{Ansi256Color, AnsiColor, Style};

use crate::cli::published::Published;
use crate::cli::visible::{in_line, our_own};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    pub(crate) color: bool,
    /// Whether it shows links.
    pub(crate) links: bool,
    /// The width in columns; a full-width character takes two.
    pub(crate) width: usize,
}

impl Screen {
    pub(crate) fn heading(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    pub(crate) fn faint(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    pub(super) fn region(self, text: &str) -> String {
        self.paint(AnsiColor::Cyan.on_default(), text)
    }

    pub(super) fn matched(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    /// Returns a cell of a matrix, the darker the larger `part` is, from 0 to 1. The shade says nothing that
    /// the numbers do not say.
    pub(super) fn shaded(self, text: &str, part: f64) -> String {
        // The reds of the 256-colour palette, from the palest on, and whether they are so dark that letters
        // on them must be white.
        const SHADES: [(u8, bool); 5] = [(224, false), (217, false), (210, false), (203, true), (160, true)];
        if part <= 0.0 {
            return text.to_owned();
        }
        let (shade, is_dark) = SHADES[((part * SHADES.len() as f64) as usize).min(SHADES.len() - 1)];
        let letters = if is_dark { AnsiColor::BrightWhite } else { AnsiColor::Black };
        let style = Style::new().bg_color(Some(Ansi256Color(shade).into())).fg_color(Some(letters.into()));
        self.paint(style, text)
    }

    /// Returns a painted piece of a line as a link
    /// ([OSC 8](https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda)), if there is where it may lead to.
    pub(super) fn linked(self, painted: String, to: impl FnOnce() -> Option<Published>) -> String {
        let begin = |address: &str| our_own(format_args!("\u{1b}]8;;{address}\u{1b}\\"));
        match self.links.then(to).flatten() {
            Some(published) => format!("{}{painted}{}", begin(&published.address()), begin("")),
            None => painted,
        }
    }

    /// Returns a piece of a line in a style.
    fn paint(self, style: Style, text: &str) -> String {
        let text = in_line(text);
        if self.color {
            format!("{}{text}{}", our_own(style), our_own(format_args!("{style:#}")))
        } else {
            text.into_owned()
        }
    }
}
