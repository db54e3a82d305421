//! Layout of text on the screen: widths in columns, bars, and line breaking for Japanese.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthStr as _;

use crate::cli::visible::{in_line, visible};

/// Returns the number of columns that a text takes, with [signs](visible) for its control characters.
/// Characters of ambiguous width count as two, as on East Asian terminals. On terminals that show them in one
/// column, lines are shorter than possible, but never too long.
pub(in crate::cli) fn width(text: &str) -> usize {
    visible(text).width_cjk()
}

/// Pads a text in one line with spaces on its right, to a number of columns.
pub(in crate::cli) fn pad(text: &str, columns: usize) -> String {
    let text = in_line(text);
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(&text))))
}

/// The sign of which bars are made. Fonts and terminals agree on its width, which is two columns; the blocks of Unicode (█) have one
/// in some and two in others, and what stands behind them would not be in line.
const BLOCK: &str = "＝";

/// Returns a bar of at most `columns` columns, for a part from 0 to 1. A part above 0 is always visible.
pub(in crate::cli) fn bar(part: f64, columns: usize) -> String {
    let blocks = (columns / width(BLOCK)).max(1) as f64;
    let length = (part.clamp(0.0, 1.0) * blocks).round() as usize;
    BLOCK.repeat(if part > 0.0 { length.max(1) } else { 0 })
}

/// Shortens a text in one line to a number of columns, with an ellipsis if anything is cut off.
pub(in crate::cli) fn shorten(text: &str, columns: usize) -> String {
    let text = in_line(text);
    if width(&text) <= columns {
        return text.into_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        if width(&short) + width(character.encode_utf8(&mut [0; 4])) + width("…") > columns {
            break;
        }
        short.push(character);
    }
    short + "…"
}

/// Breaks a text into lines of at most `columns` columns. Returns the range of each line in the text, in
/// bytes, without the white space at its end.
///
/// Lines are broken where [UAX #14](https://www.unicode.org/reports/tr14/) allows it: not before 。 or 」, not
/// after 「, not within a Western word. A piece that has no such place and is too long for a line is cut
/// anywhere.
pub(in crate::cli) fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut line = 0..0;
    let mut used = 0;
    for (end, opportunity) in linebreaks(text) {
        let piece = &text[line.end..end];
        if used > 0 && used + width(piece.trim_end()) > columns {
            lines.push(line.clone());
            line.start = line.end;
            used = 0;
        }
        for (index, character) in piece.char_indices() {
            let character_width = width(character.encode_utf8(&mut [0; 4]));
            if used > 0 && used + character_width > columns && !piece[index..].trim_end().is_empty() {
                let cut = end - piece.len() + index;
                lines.push(line.start..cut);
                line.start = cut;
                used = 0;
            }
            used += character_width;
        }
        line.end = end;
        if opportunity == BreakOpportunity::Mandatory {
            lines.push(line.clone());
            line.start = end;
            used = 0;
        }
    }
    lines.into_iter().map(|line| line.start..line.start + text[line].trim_end().len()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn japanese_is_broken_where_it_may_be() {
        assert_eq!(
            lines("病院と地域の連携は、よくとれている。", 12),
            ["病院と地域の", "連携は、よく", "とれている。"]
        );
        // 。 may not begin a line, so the character before it goes with it.
        assert_eq!(lines("病院と地域。", 10), ["病院と地", "域。"]);
        assert_eq!(lines("あの「病院」", 6), ["あの", "「病", "院」"]);
        assert_eq!(lines("ICTを使う network", 8), ["ICTを使", "う", "network"]);
        assert_eq!(lines("一\n\n二", 10), ["一", "", "二"]);
        assert_eq!(lines("", 10), [""; 0]);
    }

    #[test]
    fn what_can_not_be_broken_is_cut() {
        assert_eq!(lines("https://example.jp/abcdefghij", 10), ["https://", "example.jp", "/", "abcdefghij"]);
        assert_eq!(lines("abcdefghijklmnop", 5), ["abcde", "fghij", "klmno", "p"]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing(text in "[あ-んー、。「」a-z \u{3000}漢字①]{0,80}", columns in 2usize..30) {
            let lines = lines(&text, columns);
            for line in &lines {
                prop_assert!(width(line) <= columns, "{:?} is wider than {}", line, columns);
            }
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(visible(&lines.concat()), visible(&text));
        }
    }
}
