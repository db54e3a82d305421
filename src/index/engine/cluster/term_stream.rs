//! The terms of a text as they are sent to a cluster and come back.
//!
//! A text is a stream of tokens that a cluster cuts at blanks, one for each character, so that positions are characters
//! there as they are here. A token is made of alternatives between bars, which the filter `pattern_capture` puts in one
//! position: the pair of the character and the next one; the same with a mark before it if a word begins there; and the
//! base form of that word. From the stream, the normalized text and the words can be read again.

use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};

use super::super::Length;
use crate::analysis::TextTokenizer;
use crate::analysis::term::{self, Position};

/// The mark before a pair where a word begins. No normalized text has it.
const START: char = '\u{2}';

/// The mark before the six hexadecimal digits of a character that would end a token or an alternative.
const ESCAPE: char = '\u{3}';

const BETWEEN_TOKENS: char = ' ';
const BETWEEN_ALTERNATIVES: char = '|';

/// The longest base form that is sent, in bytes. OpenSearch refuses terms of 32,766 bytes.
const LONGEST: usize = 8_000;

/// Writes a term with no character in it that would end a token.
fn escape_into(term: &str, stream: &mut String) {
    for character in term.chars() {
        if character.is_whitespace() || character == BETWEEN_ALTERNATIVES {
            stream.push_str(&format!("{ESCAPE}{:06x}", u32::from(character)));
        } else {
            stream.push(character);
        }
    }
}

/// Returns a term as it stands in a stream.
pub(super) fn escaped(term: &str) -> String {
    let mut stream = String::new();
    escape_into(term, &mut stream);
    stream
}

/// Returns the pair of a place where a word begins.
pub(super) fn at_word(escaped_pair: &str) -> String {
    format!("{START}{escaped_pair}")
}

/// Returns a term as it was before it was escaped.
pub(super) fn unescaped(term: &str) -> String {
    let mut characters = term.chars();
    let mut text = String::new();
    while let Some(character) = characters.next() {
        if character == ESCAPE {
            let digits: String = characters.by_ref().take(6).collect();
            text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
        } else {
            text.push(character);
        }
    }
    text
}

/// Returns the stream of a text.
pub(super) fn stream_of(text: &str, tokenizer: &mut TextTokenizer) -> String {
    let mut stream = String::new();
    let mut place = 0;
    let mut tokens = tokenizer.token_stream(text);
    while tokens.advance() {
        let token = tokens.token();
        if token.text.len() > LONGEST {
            continue;
        }
        let Position { character, begins_word } =
            Position::decode(u32::try_from(token.position).unwrap_or(u32::MAX));
        if !stream.is_empty() {
            stream.push(if character == place { BETWEEN_ALTERNATIVES } else { BETWEEN_TOKENS });
        }
        place = character;
        escape_into(&token.text, &mut stream);
        if begins_word && term::word(&token.text).is_none() {
            stream.push(BETWEEN_ALTERNATIVES);
            stream.push(START);
            escape_into(&token.text, &mut stream);
        }
    }
    stream
}

/// The terms of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct TermStream(pub(super) String);

/// A text and its words, read from a stream.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadText {
    pub(super) characters: Vec<char>,
    /// Whether a word begins at each character.
    pub(super) starts: Vec<bool>,
}

impl TermStream {
    /// Returns the terms in the spelling of the stream, each with the position of its character. Those that mark the
    /// beginning of a word are left out.
    pub(super) fn terms(&self) -> impl Iterator<Item = (u32, &str)> {
        let tokens = self.0.split(BETWEEN_TOKENS).filter(|token| !token.is_empty());
        (0..).zip(tokens).flat_map(|(place, token)| {
            let terms = token.split(BETWEEN_ALTERNATIVES).filter(|term| !term.starts_with(START));
            terms.map(move |term| (place, term))
        })
    }

    pub(super) fn length(&self) -> Length {
        Length::of(u32::try_from(self.terms().count()).unwrap_or(u32::MAX))
    }

    /// Returns the positions of the words with a base form.
    pub(super) fn places_of_base_form(&self, base_form: &str) -> Vec<u32> {
        let wanted = escaped(&term::of_word(base_form));
        self.terms().filter(|(_, term)| *term == wanted).map(|(place, _)| place).collect()
    }

    pub(super) fn text(&self) -> ReadText {
        let mut text = ReadText::default();
        for token in self.0.split(BETWEEN_TOKENS).filter(|token| !token.is_empty()) {
            let mut alternatives = token.split(BETWEEN_ALTERNATIVES);
            text.starts.push(alternatives.clone().any(|one| one.starts_with(START)));
            let pair = alternatives.find(|one| !one.starts_with(START) && term::word(one).is_none());
            text.characters.extend(pair.and_then(|pair| unescaped(pair).chars().next()));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analyzer, NormalizedText};

    #[test]
    fn a_stream_says_what_the_text_and_its_terms_are() {
        let analyzer = Analyzer::new().unwrap();
        let mut tokenizer = TextTokenizer::new(analyzer.clone());
        for text in ["東京都の 病院|診療", "訪問看護ステーション、\n24時間", "", "薬", "a b\tc"]
        {
            let stream = TermStream(stream_of(text, &mut tokenizer));
            let read = stream.text();
            assert_eq!(read.characters.iter().collect::<String>(), NormalizedText::new(text).as_str());
            let terms = analyzer.terms(text);
            assert_eq!(stream.terms().count(), terms.len(), "{text}");
            for term in &terms {
                assert!(read.starts[term.character as usize] || !term.begins_word, "{text}");
            }
        }
        assert_eq!(unescaped(&escaped("a |\u{2028}b")), "a |\u{2028}b");
    }
}
