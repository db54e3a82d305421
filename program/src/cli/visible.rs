//! Text that says nothing to the terminal, only to its reader.
//!
//! Minutes and the names of their files come from anywhere. A control character in them could move the cursor,
//! name the window or hide what follows, and one that turns the direction of writing shows another text than
//! there is. So all text for reading shows such characters as signs: ESC as ␛, U+202E as `<U+202E>`. Formats for
//! programs, such as JSON, have rules of their own for them.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Write as _};
use std::sync::LazyLock;

/// Stands on both sides of each colour sequence of our own. It is drawn anew by each process, so that no
/// sequence in a text passes for one of them.
static KEY: LazyLock<String> = LazyLock::new(|| format!("\u{1b}{:016x}", RandomState::new().hash_one(())));

/// Marks a colour sequence as our own, for [`in_our_colours`].
pub(super) fn our_own(sequence: impl Display) -> String {
    format!("{0}{sequence}{0}", *KEY)
}

/// Returns a text with signs for its control characters, except line breaks and tabs.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    signed(text, is_control)
}

/// Returns a text as [`visible`] does, with the colour sequences that are [`our_own`].
pub(super) fn in_our_colours(text: &str) -> Cow<'_, str> {
    if !text.contains(KEY.as_str()) {
        return visible(text);
    }
    let pieces = text.split(KEY.as_str()).enumerate();
    Cow::Owned(
        pieces.map(|(place, piece)| if place % 2 == 1 { piece.into() } else { visible(piece) }).collect(),
    )
}

/// Returns a text as one line, with signs for line breaks as well.
pub(super) fn in_line(text: &str) -> Cow<'_, str> {
    signed(text, |character| is_control(character) || matches!(character, '\n' | '\u{2028}' | '\u{2029}'))
}

/// Returns a text as a cell of a table whose columns are separated by tabs and whose rows are lines.
pub(super) fn in_cell(text: &str) -> String {
    in_line(&text.replace("\r\n", "\n")).replace('\t', "␉")
}

/// Whether a text can be shown as it is.
pub(super) fn is_plain(text: &str) -> bool {
    matches!(in_line(text), Cow::Borrowed(_))
}

/// Prints a message to standard error, in one line. A failure to print must not end what the program does.
pub(crate) fn say(message: impl Display) {
    let _ = writeln!(io::stderr(), "{}", in_line(&message.to_string()));
}

/// Whether a character can change what a terminal does or in which direction it writes: the controls of ASCII
/// and of ISO 6429 (C0, C1), and the directional ones of [UAX #9](https://www.unicode.org/reports/tr9/).
fn is_control(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => character.is_control(),
    }
}

fn signed(text: &str, is_signed: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_signed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    for character in text.chars() {
        match character {
            _ if !is_signed(character) => shown.push(character),
            // The signs for the controls of ASCII stand in the same order as these.
            '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(character))),
            '\u{7f}' => shown.push('␡'),
            // Writing to a string can't fail.
            _ => _ = write!(shown, "<U+{:04X}>", u32::from(character)),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_signs() {
        for (text, shown) in [
            ("病院\t連携\n", "病院\t連携\n"),
            ("\u{1b}]0;owned\u{7}", "␛]0;owned␇"),
            ("a\u{8}\0\r\u{7f}", "a␈␀␍␡"),
            ("\u{9b}31m\u{85}", "<U+009B>31m<U+0085>"),
            ("\u{202e}txt\u{2069}\u{61c}\u{200f}", "<U+202E>txt<U+2069><U+061C><U+200F>"),
            // Emoji and combining marks are no controls.
            ("👨\u{200d}👩 が\u{3099}", "👨\u{200d}👩 が\u{3099}"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(in_line("a\nb\u{2028}c\td"), "a␊b<U+2028>c\td");
        assert_eq!(in_cell("a\r\nb\tc"), "a␊b␉c");
        assert!(is_plain("a\tb") && !is_plain("a\nb"));
    }

    #[test]
    fn only_our_own_colours_are_colours() {
        let text = format!("{}病\u{1b}[1m院{}", our_own("\u{1b}[31m"), our_own("\u{1b}[0m"));
        assert_eq!(in_our_colours(&text), "\u{1b}[31m病␛[1m院\u{1b}[0m");
        assert_eq!(in_our_colours("\u{1b}\u{1b}[31m\u{1b}"), "␛␛[31m␛");
    }
}
