//! Reading what a user typed: which words it has, and how they are tied together.

use super::syntax::{self, Typed};
use super::tree::{Clause, MOST_WORDS, Piece, Query};
use super::word::{Word, surface};
use crate::analysis::kana::is_hiragana;
use crate::analysis::{Analysis, Analyzer, Morpheme, NormalizedText, Synonyms, WordClass};

/// So many words that were typed without white space between them, and not without a particle or an ending, are a
/// sentence: 看護師の退院調整 names a thing, 看護師が退院調整に困る says something.
const SENTENCE: usize = 3;

/// Reads typed lines with the analyzer that also read the corpus.
#[derive(Clone, Copy)]
pub struct QueryParser<'a> {
    analyzer: &'a Analyzer,
    synonyms: &'a Synonyms,
}

impl<'a> QueryParser<'a> {
    /// Makes a parser. It must know the synonyms because they are words that must not be cut: 飲み残し.
    #[must_use]
    pub fn new(analyzer: &'a Analyzer, synonyms: &'a Synonyms) -> Self {
        Self { analyzer, synonyms }
    }

    /// Reads a typed line. There is no line that can't be read; [`Query::remarks`] tell what was read otherwise than
    /// it may have been meant. The query is empty only if the line is blank.
    #[must_use]
    pub fn parse(&self, line: &str) -> Query {
        let (parts, remarks) = syntax::read(line);
        let mut query = Query { remarks, ..Query::default() };
        for part in parts {
            let read = self.read(part, true, &mut query.pieces);
            query.is_sentence |= read.is_sentence;
            for clause in read.clauses {
                if !query.clauses.contains(&clause) {
                    query.clauses.push(clause);
                }
            }
        }
        // A particle or a sign is looked for only if there is nothing better: in 病院 の it is noise.
        if query.clauses.is_empty() {
            let typed = line.split_whitespace().take(MOST_WORDS);
            let word =
                |text| Word { characters: NormalizedText::new(text).as_str().to_owned(), ..Word::default() };
            query.clauses = typed.map(|text| Clause::Word(word(text))).collect();
        }
        query.limit_words();
        query
    }

    /// What a part of the line asks for. The pieces of what is not negated are added to `pieces`.
    fn read(&self, part: Typed, is_wanted: bool, pieces: &mut Vec<Piece>) -> Read {
        if let Typed::Text { text, is_prefix, boost } = part {
            let analysis = self.analyzer.analyze(&text);
            if is_wanted {
                let characters = analysis.normalized.as_str().to_owned();
                pieces.push(Piece { characters, quoted: false, boost });
            }
            return self.read_text(analysis, is_prefix, boost);
        }
        Read { clauses: self.clauses(part, is_wanted, pieces), is_sentence: false }
    }

    /// What was typed between white space and signs.
    fn read_text(&self, analysis: Analysis, is_prefix: bool, boost: f32) -> Read {
        let words = self.words(&analysis.morphemes);
        let has_particle = analysis.morphemes.iter().any(|morpheme| morpheme.class == WordClass::Function);
        let is_sentence = has_particle && words.len() >= SENTENCE;
        if is_prefix {
            let word = Word { is_prefix, boost, ..whole(analysis) };
            return Read { clauses: vec![Clause::Word(word)], is_sentence };
        }
        let words = words.into_iter().map(|word| Clause::Word(Word { boost, ..word }));
        if !is_unsegmented(&analysis) {
            return Read { clauses: words.collect(), is_sentence };
        }
        let whole = Word { boost, ..whole(analysis) };
        let cut = together(words.filter(|word| *word != Clause::Word(whole.clone())).collect());
        let clause = match cut {
            None => Clause::Word(whole),
            Some(cut) => Clause::Unsegmented { whole, cut: Box::new(cut) },
        };
        Read { clauses: vec![clause], is_sentence }
    }

    /// The clauses of a part of the line, which must all match.
    fn clauses(&self, part: Typed, is_wanted: bool, pieces: &mut Vec<Piece>) -> Vec<Clause> {
        match part {
            Typed::Text { .. } => self.read(part, is_wanted, pieces).clauses,
            Typed::Quoted { text, .. } if text.trim().is_empty() => Vec::new(),
            Typed::Quoted { text, boost } => {
                let word = Word { quoted: true, boost, ..whole(self.analyzer.analyze(&text)) };
                if is_wanted {
                    pieces.push(Piece { characters: word.characters.clone(), quoted: true, boost });
                }
                vec![Clause::Word(word)]
            }
            Typed::Filter(filter) => vec![Clause::Filter(filter)],
            Typed::All(parts) => {
                parts.into_iter().flat_map(|part| self.clauses(part, is_wanted, pieces)).collect()
            }
            Typed::Any(parts) => {
                let alternatives = parts.into_iter().map(|part| self.clauses(part, is_wanted, pieces));
                let mut alternatives: Vec<Clause> = alternatives.filter_map(together).collect();
                match alternatives.len() {
                    0 | 1 => alternatives.pop().into_iter().collect(),
                    _ => vec![Clause::Any(alternatives)],
                }
            }
            Typed::Not(part) => {
                // Who shuts out a particle or a sign means it.
                let literal = match part.as_ref() {
                    Typed::Text { text, .. } => Some(text.clone()),
                    _ => None,
                };
                let whole = |text: String| Clause::Word(whole(self.analyzer.analyze(&text)));
                let clause = together(self.clauses(*part, !is_wanted, pieces)).or_else(|| literal.map(whole));
                clause.map(|clause| Clause::Not(Box::new(clause))).into_iter().collect()
            }
        }
    }

    /// Cuts what was typed together into words: at particles and punctuation, and around what inflects. The ranges of
    /// a word's morphemes count from its beginning, so that the same word is the same wherever it was typed.
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

    /// The length of the longest phrase at the start that has synonyms and is more than a compound.
    fn known_phrase(&self, morphemes: &[Morpheme]) -> Option<usize> {
        /// No phrase with synonyms has more morphemes.
        const LONGEST: usize = 12;
        let touching =
            morphemes.windows(2).take_while(|pair| pair[0].range.end == pair[1].range.start).count() + 1;
        let compound = compound(morphemes);
        (compound + 1..=touching.min(LONGEST))
            .rev()
            .find(|&length| !self.synonyms.of_normalized(&surface(&morphemes[..length])).is_empty())
    }
}

/// What a part of a line asks for.
struct Read {
    /// All must match.
    clauses: Vec<Clause>,
    /// Whether it was typed as one types a question; what stands in parentheses was not.
    is_sentence: bool,
}

/// All that was typed as one word, however it may be cut.
fn whole(analysis: Analysis) -> Word {
    let characters = analysis.normalized.as_str().to_owned();
    Word { characters, morphemes: analysis.morphemes, ..Word::default() }
}

/// Whether something was cut that is hiragana alone, of which the cuts are not reliable.
fn is_unsegmented(analysis: &Analysis) -> bool {
    const LENGTHS: std::ops::RangeInclusive<usize> = 3..=24;
    let is_kana = analysis.normalized.as_str().chars().all(is_hiragana);
    is_kana && LENGTHS.contains(&analysis.normalized.character_count()) && analysis.morphemes.len() > 1
}

/// How many of the morphemes at the start form one word.
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
            // 7:1 is one word, and so are C++ and 100%; ICT:連携 is two.
            WordClass::Symbol => {
                let goes_on = touches(index) && is_ascii(index + 1);
                goes_on || !is_ascii(index) || morpheme.surface.ends_with(['+', '#', '%'])
            }
            // The comma of 1,000 and the point of example.jp set nothing apart.
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

/// Several clauses as one.
fn together(mut clauses: Vec<Clause>) -> Option<Clause> {
    match clauses.len() {
        0 | 1 => clauses.pop(),
        _ => Some(Clause::All(clauses)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Query {
        QueryParser::new(&Analyzer::new().unwrap(), &Synonyms::built_in()).parse(line)
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
            assert_eq!(parse(line).is_sentence(), is_sentence, "{line}");
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
            ("-", "-"),
            ("。", "。"),
            ("\"護ステ\"", "\"護ステ\""),
            ("“24 時間”対応", "\"24 時間\" 対応"),
            ("病院\"連携", "病院 連携"),
            ("\"病院\"連携\"", "\"病院\" 連携"),
            ("\"", "\""),
            ("\"\"", "\"\""),
            ("()", "()"),
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
            assert_eq!(parse(line).to_string(), expected, "{line}");
        }
    }

    #[test]
    fn what_is_negated_is_no_word_to_rank_by() {
        let query = parse("在宅 -病院 -(看取り OR 緩和)");
        let words: Vec<&str> = query.words().iter().map(|word| word.characters.as_str()).collect();
        assert_eq!(words, ["在宅"]);
        assert_eq!(query.pieces().len(), 1);
    }
}
