//! Segmentation into morphemes, and their classification.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera_dictionary::viterbi::{Lattice, LexType, WordId};

use serde::Serialize;

use super::description::{Columns, Description};
use super::kana::{is_kana, to_katakana};
use super::readings::Readings;
use super::{Dictionaries, NormalizedText, embedded};
use crate::language::{Localized, Text};

/// The reason why an analyzer can't be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalysisError {
    /// The embedded dictionary can't be loaded.
    #[error("the dictionary inside the program can't be loaded: {0}; the program was not built correctly")]
    Dictionary(String),
    /// A user's dictionary can't be loaded.
    #[error("{}: the dictionary can't be loaded: {reason}", folder.display())]
    Folder {
        /// The folder of the dictionary.
        folder: PathBuf,
        /// The problem.
        reason: Text,
    },
    /// The user's words can't be read.
    #[error("{place}: {reason}")]
    UserDictionary {
        /// The file or the line.
        place: Text,
        /// The problem.
        reason: Text,
    },
}

impl Localized for AnalysisError {
    fn in_japanese(&self) -> String {
        match self {
            Self::Dictionary(reason) => {
                format!("プログラムの中の辞書が読めません（{reason}）。プログラムが正しく作られていません")
            }
            Self::Folder { folder, reason } => {
                format!("{}: 辞書が読めません: {}", folder.display(), reason.in_japanese())
            }
            Self::UserDictionary { place, reason } => {
                format!("{}: {}", place.in_japanese(), reason.in_japanese())
            }
        }
    }
}

/// Normalizes and segments text. Clones share the dictionary and are cheap.
#[derive(Clone)]
pub struct Analyzer {
    shared: Arc<Shared>,
}

impl fmt::Debug for Analyzer {
    /// Prints the size of the dictionary and not its content.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.dictionary_words();
        formatter.debug_struct("Analyzer").field("dictionary_words", &words).finish_non_exhaustive()
    }
}

struct Shared {
    segmenter: Segmenter,
    /// Whether the dictionary is the one in the program.
    is_embedded: bool,
    columns: Columns,
    readings: Readings,
}

/// A normalized text and its morphemes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// The text that the ranges of the morphemes refer to.
    pub normalized: NormalizedText,
    /// The morphemes, in order. White space belongs to none of them.
    pub morphemes: Vec<Morpheme>,
}

/// A piece of text that is a word of the dictionary, or an unknown run of characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Morpheme {
    /// The range in the normalized text, in characters.
    pub range: Range<usize>,
    /// The text in that range.
    pub surface: String,
    /// The dictionary form: 帰れる for 帰れ.
    pub base_form: String,
    /// The role in a sentence.
    pub class: WordClass,
    /// Whether the word inflects: a verb or an adjective.
    pub inflects: bool,
    /// Whether the word is a number, in digits or in kanji.
    pub is_number: bool,
    /// The reading in katakana, if it is known.
    pub reading: Option<String>,
}

/// Groups morphemes into words, as ranges of indices: nouns together with the nouns that they form a compound
/// with, verbs and adjectives each by itself. Only wanted morphemes of the class
/// [`Content`](WordClass::Content) are part of a word.
pub(crate) fn content_words(
    morphemes: &[Morpheme],
    is_wanted: impl Fn(&Morpheme) -> bool,
) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (index, morpheme) in morphemes.iter().enumerate() {
        if morpheme.class != WordClass::Content || !is_wanted(morpheme) {
            continue;
        }
        match words.last_mut() {
            Some(word)
                if word.end == index
                    && !morpheme.inflects
                    && !morphemes[index - 1].inflects
                    && morphemes[index - 1].range.end == morpheme.range.start =>
            {
                word.end = index + 1;
            }
            _ => words.push(index..index + 1),
        }
    }
    words
}

/// The role of a morpheme in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WordClass {
    /// A word with a meaning of its own: a noun, a verb, an adjective, a number, an unknown word.
    Content,
    /// A word that connects others: a particle, an auxiliary, a pronoun, a verb such as する.
    Function,
    /// A sign that separates words: a bracket, a comma, a full stop, a middle dot.
    Separator,
    /// Any other sign, which belongs to the word beside it, as in 7:1 and C++.
    Symbol,
}

/// Base forms of verbs that occur in nearly every sentence. Requiring one would exclude good answers.
const STOP_WORDS: [&str; 10] =
    ["する", "なる", "ある", "いる", "できる", "やる", "おる", "いう", "ござる", "いたす"];

/// Honorifics after a name, which do not help to identify the person.
const HONORIFICS: [&str; 6] = ["さん", "様", "氏", "君", "ちゃん", "殿"];

impl Analyzer {
    /// Makes an analyzer with the embedded dictionary.
    ///
    /// # Errors
    /// Returns an error if the embedded dictionary is damaged.
    pub fn new() -> Result<Self, AnalysisError> {
        Self::with_dictionaries(&Dictionaries::built_in())
    }

    /// Makes an analyzer with the given dictionaries.
    ///
    /// # Errors
    /// Returns an error if one of them can't be loaded.
    pub fn with_dictionaries(dictionaries: &Dictionaries) -> Result<Self, AnalysisError> {
        let loaded = dictionaries.load()?;
        let columns = Columns::new(&loaded.dictionary.metadata.dictionary_schema);
        let readings = Readings::with(loaded.readings);
        let is_embedded = loaded.is_embedded;
        let segmenter = Segmenter::new(Mode::Normal, loaded.dictionary, loaded.user);
        Ok(Self { shared: Arc::new(Shared { segmenter, is_embedded, columns, readings }) })
    }

    /// Whether base forms also unify variant spellings, as in SudachiDict: 受け入れ for 受入れ.
    pub(crate) fn unifies_spellings(&self) -> bool {
        self.shared.columns.unifies_spellings
    }

    /// The readings of the words of the dictionaries.
    pub(crate) fn readings(&self) -> &Readings {
        &self.shared.readings
    }

    /// Normalizes a text and segments it into morphemes.
    #[must_use]
    pub fn analyze(&self, text: &str) -> Analysis {
        let normalized = NormalizedText::new(text);
        let morphemes = self.cut(normalized.as_str());
        Analysis { normalized, morphemes }
    }

    /// Segments a normalized text into morphemes.
    pub(crate) fn cut(&self, normalized: &str) -> Vec<Morpheme> {
        let mut morphemes = Vec::new();
        self.segment(normalized, &mut Lattice::default(), |range, surface, word| {
            let entry = self.entry(surface, word);
            morphemes.push(Morpheme {
                range,
                surface: surface.to_owned(),
                base_form: entry.base_form.to_owned(),
                class: entry.class,
                inflects: entry.inflects,
                is_number: entry.is_number,
                reading: entry.reading(surface),
            });
        });
        morphemes
    }

    /// Splits a normalized text where lindera starts a new segmentation, after these characters. Segmenting
    /// each part by itself gives the same result as segmenting the whole.
    pub(crate) fn clauses(normalized: &str) -> impl Iterator<Item = &str> {
        normalized.split_inclusive(['\n', '\t', '。', '、'])
    }

    /// Segments a normalized text and calls `each` with the range in characters, the surface and the
    /// dictionary number of each morpheme. The memory of the lattice is reused between texts.
    pub(super) fn segment(
        &self,
        normalized: &str,
        lattice: &mut Lattice,
        mut each: impl FnMut(Range<usize>, &str, WordId),
    ) {
        // lindera fails only on a dictionary without the category SPACE, which can't have been loaded.
        let tokens = self
            .shared
            .segmenter
            .segment_with_lattice(Cow::Borrowed(normalized), lattice)
            .unwrap_or_default();
        let (mut byte, mut character) = (0, 0);
        for token in tokens {
            let surface = &normalized[token.byte_start..token.byte_end];
            character += normalized[byte..token.byte_start].chars().count();
            let start = character;
            character += surface.chars().count();
            byte = token.byte_end;
            each(start..character, surface, token.word_id);
        }
    }

    /// Looks up a morpheme in its dictionary.
    pub(super) fn entry<'a>(&'a self, surface: &'a str, word: WordId) -> Entry<'a> {
        self.shared.entry(surface, word)
    }

    /// The number of words of the dictionary, without those of a user. They are numbered from 0.
    pub(super) fn dictionary_words(&self) -> usize {
        match self.shared.is_embedded {
            true => embedded::words(),
            false => self.shared.segmenter.dictionary.prefix_dictionary.word_count(),
        }
    }
}

/// The entry of a morpheme in its dictionary.
pub(super) struct Entry<'a> {
    pub(super) base_form: &'a str,
    pub(super) class: WordClass,
    pub(super) inflects: bool,
    is_number: bool,
    reading: Option<Cow<'a, str>>,
}

impl Shared {
    fn entry<'a>(&'a self, surface: &'a str, word_id: WordId) -> Entry<'a> {
        let id = word_id.id() as usize;
        let dictionary = &self.segmenter.dictionary;
        let description = match (word_id.lex_type(), &self.segmenter.user_dictionary) {
            (LexType::Unknown, _) => self.columns.describe(dictionary.unknown_word_details_iter(id)),
            (LexType::User, Some(user)) => self.columns.describe(user.word_details_iter(id)),
            _ if self.is_embedded => embedded::describe(id).unwrap_or_default(),
            _ => self.columns.describe(dictionary.word_details_iter(id)),
        };
        let Description { part_of_speech, subcategory, base_form, reading } = description;
        let base_form = base_form.unwrap_or(surface);
        Entry {
            base_form,
            class: classify(surface, base_form, part_of_speech, subcategory),
            inflects: matches!(part_of_speech, "動詞" | "形容詞"),
            is_number: matches!(subcategory, "数" | "数詞"),
            reading,
        }
    }
}

impl Entry<'_> {
    /// Returns the reading. Kana without an entry are read as they are written.
    fn reading(&self, surface: &str) -> Option<String> {
        match &self.reading {
            Some(reading) => Some(to_katakana(reading)),
            None => surface.chars().all(is_kana).then(|| to_katakana(surface)),
        }
    }
}

/// Classifies a word by its part of speech in IPADIC and the first subcategory.
fn classify(surface: &str, base_form: &str, part_of_speech: &str, subcategory: &str) -> WordClass {
    // By its characters, because IPADIC classifies an unknown sign as a noun that forms a verb with する.
    if !surface.chars().any(char::is_alphanumeric) {
        return if surface.chars().all(is_separator) { WordClass::Separator } else { WordClass::Symbol };
    }
    match (part_of_speech, subcategory) {
        ("名詞", "非自立" | "代名詞" | "特殊" | "動詞非自立的" | "接続詞的")
        | ("動詞" | "形容詞", "接尾" | "非自立")
        | ("助詞" | "助動詞" | "接続詞" | "連体詞" | "フィラー", _) => WordClass::Function,
        ("名詞", "接尾") if HONORIFICS.contains(&base_form) => WordClass::Function,
        _ if STOP_WORDS.contains(&base_form) => WordClass::Function,
        _ => WordClass::Content,
    }
}

/// Whether a character is white space, punctuation or a bracket: no word extends across it.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '、' | '。' | ',' | '.' | '!' | '?' | ';' | '・' | '…' | '(' | ')' | '[' | ']' | '{' | '}' | '"'
        )
        || matches!(character, '〈'..='】' | '〔'..='〟')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, String, WordClass)> {
        let analysis = Analyzer::new().unwrap().analyze(text);
        analysis.morphemes.into_iter().map(|m| (m.surface, m.base_form, m.class)).collect()
    }

    #[test]
    fn classes() {
        use WordClass::{Content, Function, Separator, Symbol};
        for (text, expected) in [
            ("東京都", vec![("東京", "東京", Content), ("都", "都", Content)]),
            ("帰れない", vec![("帰れ", "帰れる", Content), ("ない", "ない", Function)]),
            ("看護師の", vec![("看護", "看護", Content), ("師", "師", Content), ("の", "の", Function)]),
            (
                "連携する。",
                vec![("連携", "連携", Content), ("する", "する", Function), ("。", "。", Separator)],
            ),
            ("７：１", vec![("7", "7", Content), (":", ":", Symbol), ("1", "1", Content)]),
            ("（特に）", vec![("(", "(", Separator), ("特に", "特に", Content), (")", ")", Separator)]),
            ("こと", vec![("こと", "こと", Function)]),
            ("佐藤さん", vec![("佐藤", "佐藤", Content), ("さん", "さん", Function)]),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(s, b, c)| (s.to_owned(), b.to_owned(), c)).collect();
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn a_clause_is_segmented_as_in_its_text() {
        let analyzer = Analyzer::new().unwrap();
        let text = "東京都の、病院と。地域、\n在宅\t医療。の";
        let whole: Vec<String> = analyzer.cut(text).into_iter().map(|morpheme| morpheme.surface).collect();
        let parts = Analyzer::clauses(text).flat_map(|clause| analyzer.cut(clause));
        assert_eq!(parts.map(|morpheme| morpheme.surface).collect::<Vec<_>>(), whole);
    }

    #[test]
    fn ranges_count_characters_and_skip_white_space() {
        let analysis = Analyzer::new().unwrap().analyze("  在宅　𠮷野\n病院");
        let characters: Vec<char> = analysis.normalized.as_str().chars().collect();
        for morpheme in &analysis.morphemes {
            assert_eq!(characters[morpheme.range.clone()].iter().collect::<String>(), morpheme.surface);
        }
        assert_eq!(analysis.morphemes.first().map(|m| m.range.start), Some(2));
        assert!(!analysis.morphemes.iter().any(|m| m.surface.trim().is_empty()));
    }
}
