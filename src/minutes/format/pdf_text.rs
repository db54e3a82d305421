//! The characters that the text of a PDF is meant to have.
//!
//! A PDF names pictures of characters, and what it says of their meaning is a guess of the program that wrote it: a radical for
//! a kanji, a sign of vertical writing for the sign. Labels, dates and numbers are understood only in the usual characters.

use unicode_normalization::UnicodeNormalization;

use crate::radicals::kanji_of;

/// Appends what a picture stands for in the usual characters.
pub(super) fn push_usual(text: &mut String, meant: &str) {
    for character in meant.chars() {
        match character {
            // Which of its shapes a character has.
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {}
            // Signs of which Japanese fonts have one picture, and of which a program took the first.
            '\u{2003}' => text.push('\u{3000}'),
            '\u{2bb}' => text.push('‘'),
            '\u{2027}' => text.push('・'),
            '\u{2215}' => text.push('／'),
            '\u{2329}' => text.push('〈'),
            '\u{232a}' => text.push('〉'),
            // Compatibility would make three and two full stops of them.
            '︙' => text.push('…'),
            '︰' => text.push('‥'),
            // Signs of vertical writing: ︵ is （.
            '︐'..='︘' | '︱'..='﹄' | '﹇' | '﹈' => text.extend(character.nfkc().map(full_width)),
            _ => text.push(kanji_of(character)),
        }
    }
}

/// The sign of Japanese writing where compatibility gives that of Latin writing.
fn full_width(sign: char) -> char {
    match sign {
        '!' | '(' | ')' | ',' | ':' | ';' | '?' | '[' | ']' | '{' | '}' => {
            char::from_u32(u32::from(sign) - u32::from('!') + u32::from('！')).unwrap_or(sign)
        }
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_stand_for_usual_characters() {
        for (meant, usual) in [
            ("議⻑", "議長"),
            ("市⺠", "市民"),
            ("２⽉", "２月"),
            ("︵案︶", "（案）"),
            ("﹁市長﹂、︑︒", "「市長」、、。"),
            ("一︙二", "一…二"),
            ("葛\u{e0100}飾", "葛飾"),
            ("神⼾", "神戸"),
            ("防災\u{2027}危機\u{2003}１\u{2215}２", "防災・危機\u{3000}１／２"),
            ("㍻①ｶﾞ", "㍻①ｶﾞ"),
        ] {
            let mut text = String::new();
            push_usual(&mut text, meant);
            assert_eq!(text, usual);
        }
    }
}
