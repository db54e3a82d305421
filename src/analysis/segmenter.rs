//! Segmentation into morphemes, and which of them carry meaning.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use lindera::dictionary::WordId;
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera_dictionary::dictionary::{DetailFields, Dictionary};
use lindera_dictionary::viterbi::Lattice;

use super::{NormalizedText, dictionary};

/// The analyzer can't do its work.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// The dictionary can't be loaded.
    #[error("the dictionary inside the program can't be loaded: {0}; the program was not built correctly")]
    Dictionary(String),
}

/// Normalizes and segments text. A copy shares the dictionary and costs nothing.
#[derive(Clone)]
pub struct Analyzer {
    segmenter: Arc<Segmenter>,
}

/// A text and the morphemes that it was cut into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// The text that the morphemes' ranges refer to.
    pub normalized: NormalizedText,
    /// The morphemes from first to last. White space belongs to none.
    pub morphemes: Vec<Morpheme>,
}

/// A piece of text that the dictionary knows as a unit, or an unknown run of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Morpheme {
    /// Where it stands in the normalized text, in characters.
    pub range: Range<usize>,
    /// What stands there.
    pub surface: String,
    /// The form under which a dictionary lists it: 帰れる for 帰れ.
    pub base_form: String,
    /// What it does in a sentence.
    pub class: WordClass,
    /// Whether its form changes in a sentence: a verb or an adjective.
    pub inflects: bool,
}

/// What a morpheme does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordClass {
    /// It carries meaning: a noun, a verb, an adjective, a number, an unknown word.
    Content,
    /// It ties others together: a particle, an auxiliary, a pronoun, a verb such as する.
    Function,
    /// It sets others apart: a bracket, a comma, a full stop, a middle dot.
    Separator,
    /// Any other sign; it belongs to the word beside it, as in 7:1 and C++.
    Symbol,
}

/// Verbs and nouns that occur in nearly every sentence, in their base form; to demand one would lose good answers.
const STOP_WORDS: [&str; 10] =
    ["する", "なる", "ある", "いる", "できる", "やる", "おる", "いう", "ござる", "いたす"];

impl Analyzer {
    /// Makes an analyzer with the dictionary inside the program.
    ///
    /// # Errors
    /// Where the dictionary is damaged.
    pub fn new() -> Result<Self, AnalysisError> {
        let dictionary = dictionary::load().map_err(|error| AnalysisError::Dictionary(error.to_string()))?;
        Ok(Self { segmenter: Arc::new(Segmenter::new(Mode::Normal, dictionary, None)) })
    }

    /// Normalizes a text and cuts it into morphemes.
    #[must_use]
    pub fn analyze(&self, text: &str) -> Analysis {
        let normalized = NormalizedText::new(text);
        let mut morphemes = Vec::new();
        self.segment(normalized.as_str(), &mut Lattice::default(), |range, surface, entry| {
            morphemes.push(Morpheme {
                range,
                surface: surface.to_owned(),
                base_form: entry.base_form.to_owned(),
                class: entry.class,
                inflects: entry.inflects,
            });
        });
        Analysis { normalized, morphemes }
    }

    /// Cuts a normalized text into morphemes and calls `each` with their range in characters, their surface and
    /// their entry in the dictionary. The lattice's memory is used again from text to text.
    pub(super) fn segment(
        &self,
        normalized: &str,
        lattice: &mut Lattice,
        mut each: impl FnMut(Range<usize>, &str, Entry<'_>),
    ) {
        // lindera fails only on a dictionary without the category SPACE, which `new` would not have loaded.
        let tokens =
            self.segmenter.segment_with_lattice(Cow::Borrowed(normalized), lattice).unwrap_or_default();
        let (mut byte, mut character) = (0, 0);
        for token in tokens {
            let surface = &normalized[token.byte_start..token.byte_end];
            character += normalized[byte..token.byte_start].chars().count();
            let start = character;
            character += surface.chars().count();
            byte = token.byte_end;
            each(start..character, surface, Entry::new(surface, token.word_id, &self.segmenter.dictionary));
        }
    }
}

/// What the dictionary says of a morpheme.
pub(super) struct Entry<'a> {
    pub(super) base_form: &'a str,
    pub(super) class: WordClass,
    pub(super) inflects: bool,
}

impl<'a> Entry<'a> {
    fn new(surface: &'a str, word_id: WordId, dictionary: &'a Dictionary) -> Self {
        let id = word_id.id() as usize;
        let mut details: DetailFields<'a> = if word_id.is_unknown() {
            dictionary.unknown_word_details_iter(id)
        } else {
            dictionary.word_details_iter(id)
        };
        let part_of_speech = details.next().unwrap_or_default();
        let subcategory = details.next().unwrap_or_default();
        let base_form = details.nth(4).filter(|&base| base != "*").unwrap_or(surface);
        let class = classify(surface, base_form, part_of_speech, subcategory);
        Self { base_form, class, inflects: matches!(part_of_speech, "動詞" | "形容詞") }
    }
}

/// Tells a word's class from IPADIC's part of speech and its first subcategory.
fn classify(surface: &str, base_form: &str, part_of_speech: &str, subcategory: &str) -> WordClass {
    // IPADIC takes an unknown sign for a noun that forms a verb with する, so signs are told by their looks.
    if !surface.chars().any(char::is_alphanumeric) {
        return if surface.chars().all(is_separator) { WordClass::Separator } else { WordClass::Symbol };
    }
    match (part_of_speech, subcategory) {
        ("名詞", "非自立" | "代名詞" | "特殊" | "動詞非自立的" | "接続詞的")
        | ("動詞" | "形容詞", "接尾" | "非自立")
        | ("助詞" | "助動詞" | "接続詞" | "連体詞" | "フィラー", _) => WordClass::Function,
        _ if STOP_WORDS.contains(&base_form) => WordClass::Function,
        _ => WordClass::Content,
    }
}

/// Punctuation and brackets between which no word extends.
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
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(s, b, c)| (s.to_owned(), b.to_owned(), c)).collect();
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn ranges_count_characters_and_pass_over_white_space() {
        let analysis = Analyzer::new().unwrap().analyze("  在宅　𠮷野\n病院");
        let characters: Vec<char> = analysis.normalized.as_str().chars().collect();
        for morpheme in &analysis.morphemes {
            assert_eq!(characters[morpheme.range.clone()].iter().collect::<String>(), morpheme.surface);
        }
        assert_eq!(analysis.morphemes.first().map(|m| m.range.start), Some(2));
        assert!(!analysis.morphemes.iter().any(|m| m.surface.trim().is_empty()));
    }
}
