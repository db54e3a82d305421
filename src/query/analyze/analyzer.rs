//! Segmentation of the texts of a query into words.

use super::analyzed::{AnalyzedQuery, Clause, MOST_WORDS, TypedText};
use super::word::{Word, surface};
use crate::analysis::kana::is_hiragana;
use crate::analysis::{Analysis, Analyzer, Morpheme, NormalizedText, Synonyms, WordClass};
use crate::query::Query;
use crate::query::node::Node;

/// Minimum number of words that make a text with a particle or an ending a sentence: 看護師の退院調整 names a thing,
/// 看護師が退院調整に困る is a statement.
const SENTENCE: usize = 3;

/// Analyzes queries with the analyzer that also analyzed the corpus.
#[derive(Clone, Copy)]
pub(crate) struct QueryAnalyzer<'a> {
    analyzer: &'a Analyzer,
    synonyms: &'a Synonyms,
}

impl<'a> QueryAnalyzer<'a> {
    /// Creates an analyzer of queries. It needs the synonyms because a phrase that has synonyms (飲み残し) must
    /// not be cut.
    pub(crate) fn new(analyzer: &'a Analyzer, synonyms: &'a Synonyms) -> Self {
        Self { analyzer, synonyms }
    }

    /// Segments the texts of a query into words. The result is empty only if the query is blank or has only punctuation.
    pub(crate) fn analyze(&self, query: &Query) -> AnalyzedQuery {
        let mut analyzed = AnalyzedQuery { is_whole: true, ..AnalyzedQuery::default() };
        for node in query.nodes() {
            let clauses = match node {
                Node::Text { text, is_prefix, boost } => {
                    let cut = self.cut(text, *is_prefix, *boost);
                    // Only texts at the top level count as sentences.
                    analyzed.is_sentence |= cut.is_sentence;
                    analyzed.texts.push(cut.typed);
                    cut.clauses
                }
                other => self.clauses(other, true, &mut analyzed.texts),
            };
            for clause in clauses {
                if !analyzed.clauses.contains(&clause) {
                    analyzed.clauses.push(clause);
                }
            }
        }
        // Particles and signs are searched only if the query has nothing else: the の of 病院 の is noise. Punctuation is
        // never what is looked for.
        if analyzed.clauses.is_empty() {
            let text = query.text();
            let typed =
                text.split_whitespace().filter(|text| !text.chars().all(is_punctuation)).take(MOST_WORDS);
            let word =
                |text| Word { characters: NormalizedText::new(text).as_str().to_owned(), ..Word::default() };
            analyzed.clauses = typed.map(|text| Clause::Word(word(text))).collect();
        }
        analyzed.limit_words();
        analyzed
    }

    /// Returns the clauses of a node, all of which must match, and adds the positive leaves to `texts`.
    fn clauses(&self, node: &Node, is_wanted: bool, texts: &mut Vec<TypedText>) -> Vec<Clause> {
        match node {
            Node::Text { text, is_prefix, boost } => {
                let Cut { clauses, typed, .. } = self.cut(text, *is_prefix, *boost);
                texts.extend(is_wanted.then_some(typed));
                clauses
            }
            phrase @ Node::Phrase { .. } if !phrase.is_leaf() => Vec::new(),
            Node::Phrase { text, boost, is_strict } => {
                let word = whole(self.analyzer.analyze(text));
                let word = Word { quoted: true, is_strict: *is_strict, boost: *boost, ..word };
                if is_wanted {
                    let (characters, words) = (word.characters.clone(), vec![word.characters.clone()]);
                    texts.push(TypedText { characters, is_phrase: true, boost: *boost, words });
                }
                vec![Clause::Word(word)]
            }
            Node::Filter(filter) => vec![Clause::Filter(filter.clone())],
            Node::All(nodes) => nodes.iter().flat_map(|node| self.clauses(node, is_wanted, texts)).collect(),
            Node::Any(nodes) => {
                let alternatives = nodes.iter().map(|node| self.clauses(node, is_wanted, texts));
                let mut alternatives: Vec<Clause> = alternatives.filter_map(together).collect();
                match alternatives.len() {
                    0 | 1 => alternatives.pop().into_iter().collect(),
                    _ => vec![Clause::Any(alternatives)],
                }
            }
            Node::Not(node) => {
                // An excluded particle or sign is meant literally.
                let literal = || match node.as_ref() {
                    Node::Text { text, .. } => Some(Clause::Word(whole(self.analyzer.analyze(text)))),
                    _ => None,
                };
                let clause = together(self.clauses(node, !is_wanted, texts)).or_else(literal);
                clause.map(|clause| Clause::Not(Box::new(clause))).into_iter().collect()
            }
        }
    }

    /// Segments a text and decides how its words must match.
    fn cut(&self, text: &str, is_prefix: bool, boost: f32) -> Cut {
        let analysis = self.analyzer.analyze(text);
        let words = self.words(&analysis.morphemes);
        let has_particle = analysis.morphemes.iter().any(|morpheme| morpheme.class == WordClass::Function);
        let is_sentence = has_particle && words.len() >= SENTENCE;
        let characters = analysis.normalized.as_str().to_owned();
        let typed = |words: Vec<String>| TypedText { characters, is_phrase: false, boost, words };
        if is_prefix {
            let word = Word { is_prefix, boost, ..whole(analysis) };
            let typed = typed(vec![word.characters.clone()]);
            return Cut { clauses: vec![Clause::Word(word)], typed, is_sentence };
        }
        let clause = |word| Clause::Word(Word { boost, ..word });
        if !is_unsegmented(&analysis) {
            let typed = typed(words.iter().map(|word| word.characters.clone()).collect());
            return Cut { clauses: words.into_iter().map(clause).collect(), typed, is_sentence };
        }
        let whole = Word { boost, ..whole(analysis) };
        let typed = typed(vec![whole.characters.clone()]);
        let cut = words.into_iter().map(clause).filter(|word| *word != Clause::Word(whole.clone()));
        let clause = match together(cut.collect()) {
            None => Clause::Word(whole),
            Some(cut) => Clause::Unsegmented { whole, cut: Box::new(cut) },
        };
        Cut { clauses: vec![clause], typed, is_sentence }
    }

    /// Segments morphemes into words, at particles and punctuation and around inflected words. The ranges of
    /// a word's morphemes count from the beginning of the word, so that a word typed twice compares equal.
    fn words(&self, morphemes: &[Morpheme]) -> Vec<Word> {
        let mut words = Vec::new();
        let mut rest = morphemes;
        while let Some(first) = rest.first() {
            let length = self.known_phrase(rest).unwrap_or_else(|| compound(rest));
            let start = first.range.start;
            let mut morphemes = rest[..length].to_vec();
            rest = &rest[length..];
            if morphemes.iter().any(|morpheme| morpheme.class == WordClass::Content) {
                for morpheme in &mut morphemes {
                    morpheme.range = morpheme.range.start - start..morpheme.range.end - start;
                }
                words.push(Word { characters: surface(&morphemes), morphemes, ..Word::default() });
            }
        }
        words
    }

    /// Returns the length, in morphemes, of the longest phrase at the start that has synonyms and is longer
    /// than a compound.
    fn known_phrase(&self, morphemes: &[Morpheme]) -> Option<usize> {
        /// Maximum number of morphemes in a phrase with synonyms.
        const LONGEST: usize = 12;
        let touching =
            morphemes.windows(2).take_while(|pair| pair[0].range.end == pair[1].range.start).count() + 1;
        let compound = compound(morphemes);
        (compound + 1..=touching.min(LONGEST))
            .rev()
            .find(|&length| !self.synonyms.of_normalized(&surface(&morphemes[..length])).is_empty())
    }
}

/// A text that was segmented into words.
struct Cut {
    /// The clauses, all of which must match.
    clauses: Vec<Clause>,
    typed: TypedText,
    /// Whether the text was typed as a sentence.
    is_sentence: bool,
}

/// Whether a character separates words or sentences, in one width or the other.
fn is_punctuation(character: char) -> bool {
    const FULL_WIDTH: &str = "、。，．・！？：；（）［］｛｝「」『』【】〈〉《》“”‘’…‥ー－";
    character.is_ascii_punctuation() || FULL_WIDTH.contains(character)
}

/// Returns the whole text as one word, however the segmenter cut it.
fn whole(analysis: Analysis) -> Word {
    let characters = analysis.normalized.as_str().to_owned();
    Word { characters, morphemes: analysis.morphemes, ..Word::default() }
}

/// Whether the text is in hiragana only and the segmenter cut it, which is not reliable.
fn is_unsegmented(analysis: &Analysis) -> bool {
    const LENGTHS: std::ops::RangeInclusive<usize> = 3..=24;
    let is_kana = analysis.normalized.as_str().chars().all(is_hiragana);
    is_kana && LENGTHS.contains(&analysis.normalized.character_count()) && analysis.morphemes.len() > 1
}

/// Returns the number of morphemes at the start that form one word.
fn compound(morphemes: &[Morpheme]) -> usize {
    let touches = |index: usize| {
        let (left, right) = (morphemes.get(index), morphemes.get(index + 1));
        left.zip(right).is_some_and(|(left, right)| left.range.end == right.range.start)
    };
    let is_number = |index: usize| morphemes.get(index).is_some_and(|morpheme| morpheme.is_number);
    let is_ascii = |index: usize| {
        let surface = morphemes.get(index).map(|morpheme| morpheme.surface.as_str());
        surface.is_some_and(|surface| surface.chars().all(|character| character.is_ascii_graphic()))
    };
    let compounds = |index: usize| {
        let morpheme = &morphemes[index];
        match morpheme.class {
            WordClass::Content => !morpheme.inflects,
            // 7:1 is one word, and so are C++ and 100%, but ICT:連携 is two words.
            WordClass::Symbol => {
                let goes_on = touches(index) && is_ascii(index + 1);
                goes_on || !is_ascii(index) || morpheme.surface.ends_with(['+', '#', '%'])
            }
            // The comma of 1,000 and the point of example.jp do not separate words.
            WordClass::Separator if index > 0 && touches(index) => match morpheme.surface.as_str() {
                "," => is_number(index - 1) && is_number(index + 1),
                "." => is_ascii(index - 1) && is_ascii(index + 1),
                _ => false,
            },
            WordClass::Separator => false,
            WordClass::Function => false,
        }
    };
    (1..morphemes.len())
        .take_while(|&index| touches(index - 1) && compounds(index - 1) && compounds(index))
        .count()
        + 1
}

/// Combines several clauses into one, which matches if all of them match.
fn together(mut clauses: Vec<Clause>) -> Option<Clause> {
    match clauses.len() {
        0 | 1 => clauses.pop(),
        _ => Some(Clause::All(clauses)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyze(line: &str) -> AnalyzedQuery {
        QueryAnalyzer::new(&Analyzer::new().unwrap(), &Synonyms::built_in()).analyze(&Query::parse(line))
    }

    #[test]
    fn sentences_and_key_words() {
        for (line, is_sentence) in [
            ("看護師が退院調整に困る", true),
            ("病院から地域に帰ってこない患者", true),
            ("看護師の退院調整", false),
            ("病院 地域 患者 連携", false),
            ("訪問看護ステーション", false),
            ("\"看護師が退院調整に困る\"", false),
        ] {
            assert_eq!(analyze(line).is_sentence(), is_sentence, "{line}");
        }
    }

    #[test]
    fn lines_and_how_they_are_read() {
        for (line, expected) in [
            ("訪問看護", "訪問看護"),
            ("訪問看護　連携 24時間", "訪問看護 連携 24時間"),
            ("看護師の退院調整", "看護師 退院調整"),
            ("家に帰れない", "家 帰れ"),
            ("７：１", "7:1"),
            ("C++", "c++"),
            ("在宅(専門)", "在宅 専門"),
            ("ICT:連携", "ict 連携"),
            ("https://example.jp/?a=b", "https://example.jp/?a=b"),
            ("1,000床 100%", "1,000床 100%"),
            ("医療・介護", "医療 介護"),
            ("薬 薬", "薬"),
            ("の", "の"),
            ("病院 の", "病院"),
            ("-", ""),
            ("。、！", ""),
            ("※", "※"),
            ("\"護ステ\"", "\"護ステ\""),
            ("“24 時間” 対応", "\"24 時間\" 対応"),
            ("「24 時間」対応", "「24 時間」 対応"),
            ("病院\"連携", "病院 連携"),
            ("\"病院\"連携\"", "「病院」 連携"),
            ("\"", ""),
            ("\"\"", ""),
            ("()", ""),
            ("薬の飲み残し", "薬 飲み残し"),
            ("看護師* の", "看護師*"),
            ("看護師の退院調整 OR 看取り -(病院 施設)", "((看護師 退院調整) OR 看取り) -(病院 施設)"),
            (
                "(訪問看護 OR 往診) region:区西部 -圏域:区東部",
                "(訪問看護 OR 往診) region:区西部 -region:区東部",
            ),
            ("OR", "or"),
            ("病院 -の", "病院 -の"),
            ("　 ", ""),
            ("", ""),
        ] {
            assert_eq!(analyze(line).to_string(), expected, "{line}");
        }
    }

    #[test]
    fn negated_words_do_not_rank() {
        let query = analyze("在宅 -病院 -(看取り OR 緩和)");
        let words: Vec<&str> = query.words().iter().map(|word| word.characters.as_str()).collect();
        assert_eq!(words, ["在宅"]);
        assert_eq!(query.texts().len(), 1);
    }
}
