//! Segmentation into morphemes, and which of them carry meaning.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera_dictionary::dictionary::schema::Schema;
use lindera_dictionary::viterbi::{Lattice, LexType, WordId};

use serde::Serialize;

use super::kana::{is_kana, to_katakana};
use super::readings::Readings;
use super::{Dictionaries, NormalizedText};

/// The analyzer can't do its work.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// The dictionary can't be loaded.
    #[error("the dictionary inside the program can't be loaded: {0}; the program was not built correctly")]
    Dictionary(String),
    /// A dictionary that a user gave can't be loaded.
    #[error("{}: the dictionary can't be loaded: {reason}", folder.display())]
    Folder {
        /// Where it is.
        folder: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The words of a user can't be read.
    #[error("{place}: {reason}")]
    UserDictionary {
        /// The file or the line.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Normalizes and segments text. A copy shares the dictionary and costs nothing.
#[derive(Clone)]
pub struct Analyzer {
    shared: Arc<Shared>,
}

struct Shared {
    segmenter: Segmenter,
    columns: Columns,
    readings: Readings,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// Whether it is a number, in digits or in kanji.
    pub is_number: bool,
    /// How it is read, in katakana, as far as that is known.
    pub reading: Option<String>,
}

/// The words among some morphemes: nouns with the nouns that they form a compound with, and verbs and adjectives by themselves. Only
/// morphemes that carry meaning and are wanted are part of one.
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

/// What a morpheme does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
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

/// What is added to a name, and says nothing of whom it is added to.
const HONORIFICS: [&str; 6] = ["さん", "様", "氏", "君", "ちゃん", "殿"];

impl Analyzer {
    /// Makes an analyzer with the dictionary inside the program.
    ///
    /// # Errors
    /// Where the dictionary is damaged.
    pub fn new() -> Result<Self, AnalysisError> {
        Self::with_dictionaries(&Dictionaries::built_in())
    }

    /// Makes an analyzer with other dictionaries.
    ///
    /// # Errors
    /// Where one of them can't be loaded.
    pub fn with_dictionaries(dictionaries: &Dictionaries) -> Result<Self, AnalysisError> {
        let loaded = dictionaries.load()?;
        let columns = Columns::new(&loaded.dictionary.metadata.dictionary_schema);
        let readings = Readings::with(loaded.readings);
        let segmenter = Segmenter::new(Mode::Normal, loaded.dictionary, loaded.user);
        Ok(Self { shared: Arc::new(Shared { segmenter, columns, readings }) })
    }

    /// Whether the base form of a word is also another spelling of it, as SudachiDict has it: 受け入れ for 受入れ.
    pub(crate) fn unifies_spellings(&self) -> bool {
        self.shared.columns.unifies_spellings
    }

    /// Which words are read how.
    pub(crate) fn readings(&self) -> &Readings {
        &self.shared.readings
    }

    /// Normalizes a text and cuts it into morphemes.
    #[must_use]
    pub fn analyze(&self, text: &str) -> Analysis {
        let normalized = NormalizedText::new(text);
        let morphemes = self.cut(normalized.as_str());
        Analysis { normalized, morphemes }
    }

    /// Cuts a normalized text into morphemes.
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

    /// The parts of a normalized text that lindera segments each by itself: it begins anew behind these characters.
    /// To cut a part is to cut it as it is cut in the text.
    pub(crate) fn clauses(normalized: &str) -> impl Iterator<Item = &str> {
        normalized.split_inclusive(['\n', '\t', '。', '、'])
    }

    /// Cuts a normalized text into morphemes and calls `each` with their range in characters, their surface and
    /// their number in the dictionary. The lattice's memory is used again from text to text.
    pub(super) fn segment(
        &self,
        normalized: &str,
        lattice: &mut Lattice,
        mut each: impl FnMut(Range<usize>, &str, WordId),
    ) {
        // lindera fails only on a dictionary without the category SPACE, which `new` would not have loaded.
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

    /// What the dictionary says of a morpheme.
    pub(super) fn entry<'a>(&'a self, surface: &'a str, word: WordId) -> Entry<'a> {
        self.shared.entry(surface, word)
    }

    /// The number of words of the dictionary, but those of a user; they are numbered from 0.
    pub(super) fn dictionary_words(&self) -> usize {
        self.shared.segmenter.dictionary.prefix_dictionary.words_idx_data.len() / size_of::<u32>()
    }
}

/// Where a dictionary keeps what it knows of a word. The columns are counted from the part of speech on.
struct Columns {
    base_form: Option<usize>,
    reading: Option<usize>,
    part_of_speech: usize,
    unifies_spellings: bool,
    /// The last of these.
    last: usize,
}

impl Columns {
    /// Finds the columns by the names that lindera's dictionaries give them. IPADIC has a base form, UniDic an
    /// orthographic one, and SudachiDict a normalized form, which also makes one of 受け入れ and 受入れ.
    fn new(schema: &Schema) -> Self {
        let column = |name| schema.get_custom_field_index(name);
        let base_form =
            ["base_form", "normalized_form", "orthographic_base_form"].into_iter().find_map(column);
        let reading = column("reading");
        let part_of_speech = column("part_of_speech").unwrap_or(0);
        Self {
            base_form,
            reading,
            part_of_speech,
            unifies_spellings: column("normalized_form").is_some(),
            last: base_form.max(reading).max(Some(part_of_speech + 1)).unwrap_or(0),
        }
    }
}

/// What the dictionary says of a morpheme.
pub(super) struct Entry<'a> {
    pub(super) base_form: &'a str,
    pub(super) class: WordClass,
    pub(super) inflects: bool,
    is_number: bool,
    reading: Option<&'a str>,
}

impl Shared {
    fn entry<'a>(&'a self, surface: &'a str, word_id: WordId) -> Entry<'a> {
        let id = word_id.id() as usize;
        let dictionary = &self.segmenter.dictionary;
        let details = match (word_id.lex_type(), &self.segmenter.user_dictionary) {
            (LexType::Unknown, _) => dictionary.unknown_word_details_iter(id),
            (LexType::User, Some(user)) => user.word_details_iter(id),
            (LexType::System | LexType::User, _) => dictionary.word_details_iter(id),
        };
        let columns = &self.columns;
        let (mut part_of_speech, mut subcategory, mut base_form, mut reading) = ("", "", None, None);
        for (column, value) in details.enumerate().filter(|&(_, value)| value != "*") {
            if column == columns.part_of_speech {
                part_of_speech = value;
            } else if column == columns.part_of_speech + 1 {
                subcategory = value;
            } else if Some(column) == columns.base_form {
                base_form = Some(value);
            } else if Some(column) == columns.reading {
                reading = Some(value);
            }
            if column >= columns.last {
                break;
            }
        }
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
    /// How the morpheme is read; kana are read as they are written.
    fn reading(&self, surface: &str) -> Option<String> {
        match self.reading {
            Some(reading) => Some(to_katakana(reading)),
            None => surface.chars().all(is_kana).then(|| to_katakana(surface)),
        }
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
        ("名詞", "接尾") if HONORIFICS.contains(&base_form) => WordClass::Function,
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
            ("佐藤さん", vec![("佐藤", "佐藤", Content), ("さん", "さん", Function)]),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(s, b, c)| (s.to_owned(), b.to_owned(), c)).collect();
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn a_clause_is_cut_as_in_its_text() {
        let analyzer = Analyzer::new().unwrap();
        let text = "東京都の、病院と。地域、\n在宅\t医療。の";
        let whole: Vec<String> = analyzer.cut(text).into_iter().map(|morpheme| morpheme.surface).collect();
        let parts = Analyzer::clauses(text).flat_map(|clause| analyzer.cut(clause));
        assert_eq!(parts.map(|morpheme| morpheme.surface).collect::<Vec<_>>(), whole);
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
