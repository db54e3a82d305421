//! The adapter that passes analyzed text to tantivy.

use std::iter::Peekable;
use std::ops::Range;
use std::slice;
use std::str::Chars;

use lindera_dictionary::viterbi::{Lattice, WordId};
use serde::Serialize;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::term::{self, Position, View};
use super::{Analyzer, NormalizedText, WordClass};

/// A term of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct IndexedTerm {
    /// The base form of a word, or a pair of characters.
    pub term: String,
    /// The view that the term belongs to.
    pub view: View,
    /// The index of its first character in the normalized text.
    pub character: u32,
    /// Whether a word begins there.
    pub begins_word: bool,
}

impl Analyzer {
    /// Returns the terms of a text that go into the index.
    #[must_use]
    pub fn terms(&self, text: &str) -> Vec<IndexedTerm> {
        let mut tokenizer = TextTokenizer::new(self.clone());
        let mut stream = tokenizer.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            let token = stream.token();
            let Position { character, begins_word } =
                Position::decode(u32::try_from(token.position).unwrap_or(u32::MAX));
            let (term, view) = match term::word(&token.text) {
                Some(base_form) => (base_form, View::Words),
                None => (token.text.as_str(), View::Characters),
            };
            terms.push(IndexedTerm { term: term.to_owned(), view, character, begins_word });
        }
        terms
    }

    /// Returns the number of terms that texts have in the index.
    ///
    /// Unlike [`terms`](Self::terms), it reuses the memory of the analysis from text to text and copies no
    /// term, as the building of an index does.
    #[must_use]
    pub fn count_terms<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> usize {
        let mut tokenizer = TextTokenizer::new(self.clone());
        let mut count = 0;
        for text in texts {
            tokenizer.token_stream(text).process(&mut |_| count += 1);
        }
        count
    }
}

/// Turns a text into the terms of both views, in the order of their positions.
///
/// The spelling of terms is described in [`term`]. The offsets of tokens are not set, because highlights are
/// found in the text itself. All memory is reused from text to text.
pub(crate) struct TextTokenizer {
    analyzer: Analyzer,
    lattice: Lattice,
    normalized: NormalizedText,
    beginnings: Vec<Beginning>,
    words: BaseForms,
    token: Token,
}

/// The beginning of a word.
struct Beginning {
    character: u32,
    word: ContentWord,
}

/// The base form of a content word, as a byte range in one of the texts of [`BaseForms`].
#[derive(Clone)]
enum ContentWord {
    /// The word is not a content word.
    None,
    /// The word is in the dictionary.
    Listed(Range<usize>),
    /// The word is a user's, or unknown.
    Other(Range<usize>),
}

/// The base forms of content words. The dictionary entry of a word is read once and cached; reading it at
/// each occurrence would take an eighth of the time of indexing.
#[derive(Default)]
struct BaseForms {
    /// The words of the dictionary that were looked up, by their number.
    known: Vec<Option<ContentWord>>,
    /// The base forms of the words of the dictionary, concatenated.
    listed: String,
    /// The base forms of the other words of the current text, concatenated.
    others: String,
}

impl BaseForms {
    fn find(&mut self, surface: &str, word: WordId, analyzer: &Analyzer) -> ContentWord {
        let place = if word.is_system() { word.id() as usize } else { usize::MAX };
        if let Some(Some(known)) = self.known.get(place) {
            return known.clone();
        }
        if self.known.is_empty() {
            self.known.resize(analyzer.dictionary_words(), None);
        }
        let entry = analyzer.entry(surface, word);
        let known = self.known.get_mut(place);
        let text = if known.is_some() { &mut self.listed } else { &mut self.others };
        let start = text.len();
        let found = match entry.class {
            WordClass::Content if !entry.base_form.is_empty() => {
                text.push_str(entry.base_form);
                let range = start..text.len();
                if known.is_some() { ContentWord::Listed(range) } else { ContentWord::Other(range) }
            }
            _ => ContentWord::None,
        };
        if let Some(known) = known {
            *known = Some(found.clone());
        }
        found
    }

    fn base_form(&self, word: &ContentWord) -> Option<&str> {
        match word {
            ContentWord::None => None,
            ContentWord::Listed(range) => self.listed.get(range.clone()),
            ContentWord::Other(range) => self.others.get(range.clone()),
        }
    }
}

impl TextTokenizer {
    pub(crate) fn new(analyzer: Analyzer) -> Self {
        Self {
            analyzer,
            lattice: Lattice::default(),
            normalized: NormalizedText::default(),
            beginnings: Vec::new(),
            words: BaseForms::default(),
            token: Token { position_length: 1, ..Token::default() },
        }
    }

    fn analyze(&mut self, text: &str) {
        self.normalized.assign(text);
        self.beginnings.clear();
        self.words.others.clear();
        let Self { analyzer, lattice, normalized, beginnings, words, .. } = self;
        analyzer.segment(normalized.as_str(), lattice, |range, surface, word| {
            let character = u32::try_from(range.start).unwrap_or(u32::MAX);
            beginnings.push(Beginning { character, word: words.find(surface, word, analyzer) });
        });
    }
}

impl Clone for TextTokenizer {
    /// A clone shares the analyzer and has memory of its own.
    fn clone(&self) -> Self {
        Self::new(self.analyzer.clone())
    }
}

impl Tokenizer for TextTokenizer {
    type TokenStream<'a> = TextTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TextTokenStream<'a> {
        self.analyze(text);
        TextTokenStream {
            characters: self.normalized.as_str().chars().peekable(),
            beginnings: self.beginnings.iter().peekable(),
            words: &self.words,
            token: &mut self.token,
            character: 0,
            pending: None,
        }
    }
}

/// The terms of one text.
pub(crate) struct TextTokenStream<'a> {
    characters: Peekable<Chars<'a>>,
    beginnings: Peekable<slice::Iter<'a, Beginning>>,
    words: &'a BaseForms,
    token: &'a mut Token,
    /// The index of the next character.
    character: u32,
    /// The character pair to yield after the word that begins at the same position.
    pending: Option<(char, Option<char>, Position)>,
}

impl TextTokenStream<'_> {
    fn set_position(&mut self, position: Position) {
        self.token.position = position.encode() as usize;
    }
}

impl TokenStream for TextTokenStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some((first, second, position)) = self.pending.take() {
            term::write_pair(first, second, &mut self.token.text);
            self.set_position(position);
            return true;
        }
        let Some(first) = self.characters.next() else { return false };
        let second = self.characters.peek().copied();
        let character = self.character;
        self.character += 1;
        let beginning = self.beginnings.next_if(|beginning| beginning.character == character);
        let position = Position { character, begins_word: beginning.is_some() };
        match beginning.and_then(|beginning| self.words.base_form(&beginning.word)) {
            Some(base_form) => {
                term::write_word(base_form, &mut self.token.text);
                self.pending = Some((first, second, position));
            }
            None => term::write_pair(first, second, &mut self.token.text),
        }
        self.set_position(position);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(String, u32, bool)> {
        let spelled = |term: IndexedTerm| {
            let mark = if term.view == View::Words { "語:" } else { "" };
            (format!("{mark}{}", term.term), term.character, term.begins_word)
        };
        Analyzer::new().unwrap().terms(text).into_iter().map(spelled).collect()
    }

    #[test]
    fn both_views_of_a_text() {
        let expected = [
            ("語:残", 0, true),
            ("残薬", 0, true),
            ("語:薬", 1, true),
            ("薬が", 1, true),
            ("が多", 2, true),
            ("語:多い", 3, true),
            ("多い", 3, true),
            ("い", 4, false),
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(text, at, begins)| (text.to_owned(), at, begins)).collect();
        assert_eq!(tokens("残薬が多い"), expected);
        assert_eq!(tokens(""), []);
    }

    #[test]
    fn every_pair_of_characters_is_yielded_once_and_in_order() {
        let text = "病院　から\n地域へ、ＩＣＴで。𠮷";
        let pairs: Vec<_> = tokens(text).into_iter().filter(|(text, ..)| !text.starts_with("語:")).collect();
        let characters: Vec<char> = NormalizedText::new(text).as_str().chars().collect();
        assert_eq!(pairs.len(), characters.len());
        for (index, (pair, character, _)) in pairs.iter().enumerate() {
            assert_eq!(*character as usize, index);
            assert_eq!(*pair, characters[index..].iter().take(2).collect::<String>());
        }
    }
}
