//! Query expansion: other spellings, words with the typed reading, and synonyms.
//!
//! Only the query is expanded, not the index, so that adding a synonym requires no reindexing and positions
//! in the index remain character positions. Alternatives that the index does not contain are dropped. Looking
//! up their character pairs rules out most of them; for the others the index is asked once, for all words together.

use super::kana_words::words_read_as;
use super::spelling::{long_vowels, numbers, okurigana, other_syllabary, other_verbs, without_middle_dots};
use super::vocabulary::Vocabulary;
use crate::analysis::kana::{is_hiragana, is_katakana};
use crate::analysis::{Analyzer, Morpheme, Synonyms, WordClass};
use crate::index::{Boundary, EngineResult};
use crate::query::analyze::{Alternative, AlternativeKind, AnalyzedQuery, Form, Substitute, Word, surface};

/// Maximum number of alternatives of a word, and of substitutes.
pub(super) const MOST: usize = 16;

/// Maximum number of characters in a word that is expanded.
const LONGEST: usize = 32;

/// Minimum number of characters from which on two katakana words that differ in one character count as the
/// same word.
const LONG_KATAKANA: usize = 6;

/// Minimum number of kana from which on a word in kana is expanded to the words with that reading. Shorter
/// readings match so many words that only a search that finds nothing else expands them.
const LONG_KANA: usize = 3;

/// How far an alternative may be from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Only alternatives that mean the same.
    Near,
    /// Also alternatives that may have been meant.
    Far,
}

/// Finds the alternatives of words in one index.
pub(crate) struct Expander<'a> {
    pub(crate) analyzer: &'a Analyzer,
    pub(crate) synonyms: &'a Synonyms,
    pub(crate) vocabulary: Vocabulary<'a>,
    pub(crate) reach: Reach,
}

impl Expander<'_> {
    /// Sets the alternatives of all words of a query, and their substitutes if these are wanted, too.
    pub(crate) fn expand(&self, query: &mut AnalyzedQuery, with_substitutes: bool) -> EngineResult<()> {
        let mut possible: Vec<(Vec<Alternative>, Vec<Substitute>)> = Vec::new();
        for word in query.words() {
            let substitutes = if with_substitutes { self.possible_substitutes(word)? } else { Vec::new() };
            possible.push((self.possible_alternatives(word)?, substitutes));
        }
        let both = |(alternatives, substitutes): &'_ (Vec<Alternative>, Vec<Substitute>)| {
            let substitutes = substitutes.iter().map(|substitute| substitute.alternative.clone());
            alternatives.iter().cloned().chain(substitutes).collect::<Vec<_>>()
        };
        let all: Vec<Alternative> = possible.iter().flat_map(both).collect();
        let mut are_there = self.are_there(&all)?.into_iter();
        let mut is_there = || are_there.next().unwrap_or(false);
        let mut expanded = possible.into_iter().map(|(mut alternatives, mut substitutes)| {
            alternatives.retain(|_| is_there());
            alternatives.truncate(MOST);
            substitutes.retain(|_| is_there());
            let is_found =
                |form: &Form| alternatives.iter().any(|found| found.form.as_str() == form.as_str());
            substitutes.retain(|substitute| !is_found(&substitute.alternative.form));
            substitutes.truncate(MOST);
            (alternatives, substitutes)
        });
        query.change_words(|word| {
            (word.alternatives, word.substitutes) = expanded.next().unwrap_or_default();
        });
        Ok(())
    }

    /// Returns the alternatives of a word that the index contains. A quoted word and a prefix have none.
    pub(crate) fn alternatives(&self, word: &Word) -> EngineResult<Vec<Alternative>> {
        let mut alternatives = self.possible_alternatives(word)?;
        let mut are_there = self.are_there(&alternatives)?.into_iter();
        alternatives.retain(|_| are_there.next().unwrap_or(false));
        alternatives.truncate(MOST);
        Ok(alternatives)
    }

    /// Returns whether the index contains each of some alternatives that it may contain.
    fn are_there(&self, alternatives: &[Alternative]) -> EngineResult<Vec<bool>> {
        let string = |alternative: &'_ Alternative| match &alternative.form {
            Form::Characters(_) => Some(Boundary::of(&alternative.morphemes)),
            Form::BaseForm(_) => None,
        };
        let strings = alternatives.iter().filter_map(|one| Some((one.form.as_str(), string(one)?)));
        let mut found = self.vocabulary.have(strings)?.into_iter();
        // A base form is a term of the index, which was looked up.
        let is_there = |one| string(one).is_none() || found.next().unwrap_or(false);
        Ok(alternatives.iter().map(is_there).collect())
    }

    /// Returns the alternatives of a word that the index may contain.
    fn possible_alternatives(&self, word: &Word) -> EngineResult<Vec<Alternative>> {
        if !is_expanded(word) {
            return Ok(Vec::new());
        }
        let mut found = Found { word, expander: self, alternatives: Vec::new() };
        for spelling in self.spellings(word) {
            found.add(AlternativeKind::Spelling, spelling)?;
        }
        for form in
            words_read_as(&word.characters, self.analyzer.readings(), self.vocabulary, self.shortest_kana())?
        {
            found.add(AlternativeKind::Reading, form)?;
        }
        for synonym in self.synonyms(word) {
            found.add(AlternativeKind::Synonym, synonym)?;
        }
        for similar in self.similar(word)? {
            found.add(AlternativeKind::Similar, Form::Characters(similar))?;
        }
        Ok(found.alternatives)
    }

    fn shortest_kana(&self) -> usize {
        match self.reach {
            Reach::Near => LONG_KANA,
            Reach::Far => 2,
        }
    }

    fn spellings(&self, word: &Word) -> Vec<Form> {
        let mut spellings: Vec<String> = numbers(&word.morphemes);
        spellings.extend(long_vowels(&word.characters));
        spellings.extend(without_middle_dots(&word.characters));
        for span in spans(&word.morphemes, 3) {
            spellings.extend(
                okurigana(span.morphemes, self.analyzer).into_iter().map(|other| span.replaced(&other)),
            );
        }
        spellings.extend(other_syllabary(&word.characters));
        // A dictionary that unifies spellings lists a noun under a spelling other than the typed one.
        let listed = match word.morphemes.as_slice() {
            [noun] if self.analyzer.unifies_spellings() => Some(noun.base_form.clone()),
            _ => None,
        };
        let verbs = word.base_form().map(|base| other_verbs(base, self.analyzer)).unwrap_or_default();
        spellings
            .into_iter()
            .map(Form::Characters)
            .chain(verbs.into_iter().chain(listed).map(Form::BaseForm))
            .collect()
    }

    /// Returns the word with itself or a part of it replaced by a synonym, and a compound as a phrase.
    fn synonyms(&self, word: &Word) -> Vec<Form> {
        if self.synonyms.is_empty() {
            return Vec::new();
        }
        let mut synonyms = Vec::new();
        for span in spans(&word.morphemes, word.morphemes.len()) {
            let others = span.listed_as().into_iter().flat_map(|listed| self.synonyms.of_normalized(&listed));
            synonyms.extend(others.map(|other| self.form(&span.replaced(other))));
        }
        synonyms.extend(as_phrases(&word.morphemes).into_iter().map(Form::Characters));
        synonyms
    }

    /// Returns a form as an alternative, if the index may contain it.
    pub(super) fn possible(&self, kind: AlternativeKind, form: Form) -> EngineResult<Option<Alternative>> {
        let is_possible = match &form {
            Form::Characters(characters) => self.vocabulary.may_have(characters)?,
            Form::BaseForm(base_form) => self.vocabulary.opinions_with(base_form)? > 0,
        };
        if !is_possible {
            return Ok(None);
        }
        let morphemes = self.analyzer.analyze(form.as_str()).morphemes;
        Ok(Some(Alternative { kind, form, morphemes }))
    }

    /// Returns the form in which a synonym is searched: a verb or an adjective in all of its inflections.
    pub(super) fn form(&self, word: &str) -> Form {
        // What inflects ends in hiragana; most synonyms need not be analyzed.
        if !word.ends_with(is_hiragana) {
            return Form::Characters(word.to_owned());
        }
        match self.analyzer.analyze(word).morphemes.as_slice() {
            [only] if only.inflects => Form::BaseForm(only.base_form.clone()),
            _ => Form::Characters(word.to_owned()),
        }
    }

    /// Returns the word with a part replaced by a word of the index that is spelled nearly alike. Two words
    /// that are both in the dictionary are different words.
    fn similar(&self, word: &Word) -> EngineResult<Vec<String>> {
        let shortest = if self.reach == Reach::Far { 4 } else { LONG_KATAKANA };
        let mut similar = Vec::new();
        for span in spans(&word.morphemes, 1) {
            let surface = span.surface();
            let is_long = surface.chars().count() >= shortest && surface.chars().all(is_katakana);
            if !is_long {
                continue;
            }
            let readings = self.analyzer.readings();
            let is_known = readings.lists(&surface);
            for other in self.vocabulary.words_like(&surface, 1)? {
                let is_other_word = is_known && readings.lists(&other.base_form);
                let is_word = |character| is_katakana(character) || character == '・';
                if other.base_form.chars().all(is_word) && !is_other_word {
                    similar.push(span.replaced(&other.base_form));
                }
            }
        }
        Ok(similar)
    }
}

/// Returns a compound of nouns with a particle between two of them: 医師の不足 and 医師が不足 for 医師不足.
fn as_phrases(morphemes: &[Morpheme]) -> Vec<String> {
    const PARTICLES: [&str; 3] = ["の", "が", "を"];
    /// Maximum number of nouns. Of more, nobody makes a phrase.
    const MOST_NOUNS: usize = 4;
    let are_nouns =
        morphemes.iter().all(|noun| noun.class == WordClass::Content && !noun.inflects && !noun.is_number);
    if !are_nouns || morphemes.len() > MOST_NOUNS {
        return Vec::new();
    }
    let phrases = |place: usize| {
        let (before, after) = (surface(&morphemes[..place]), surface(&morphemes[place..]));
        // One character is a prefix or a suffix: 各病院, 医師会.
        let are_words = [&before, &after].iter().all(|part| part.chars().nth(1).is_some());
        let particles = PARTICLES.into_iter().filter(move |_| are_words);
        particles.map(move |particle| format!("{before}{particle}{after}"))
    };
    (1..morphemes.len()).flat_map(phrases).collect()
}

/// Whether a word has alternatives: it is neither meant literally nor too long.
pub(super) fn is_expanded(word: &Word) -> bool {
    let is_literal = word.quoted || word.is_prefix || word.morphemes.is_empty();
    !is_literal && word.characters.chars().nth(LONGEST).is_none()
}

/// The alternatives found so far.
struct Found<'a> {
    word: &'a Word,
    expander: &'a Expander<'a>,
    alternatives: Vec<Alternative>,
}

impl Found<'_> {
    /// Adds an alternative if the index may contain it and it finds opinions that the others do not.
    fn add(&mut self, kind: AlternativeKind, form: Form) -> EngineResult<()> {
        // Too many words begin with any one character, so a single character matches only a word that
        // consists of it.
        let form = match form {
            Form::Characters(only) if only.chars().nth(1).is_none() => Form::BaseForm(only),
            form => form,
        };
        let known = self.alternatives.iter().any(|alternative| alternative.form == form);
        if known || self.finds_the_same(&form) {
            return Ok(());
        }
        self.alternatives.extend(self.expander.possible(kind, form)?);
        Ok(())
    }

    /// Whether the word itself finds everything that the alternative would, because the alternative begins
    /// with it.
    fn finds_the_same(&self, form: &Form) -> bool {
        match form {
            Form::BaseForm(base_form) => self.word.base_form() == Some(base_form),
            Form::Characters(characters) => {
                let rest = characters.strip_prefix(self.word.characters.as_str());
                let goes_on = |rest: &str| !rest.starts_with(|next: char| next.is_ascii_alphanumeric());
                rest.is_some_and(|rest| rest.is_empty() || goes_on(rest))
            }
        }
    }
}

/// A run of neighbouring morphemes in a word.
pub(super) struct Span<'a> {
    pub(super) before: &'a [Morpheme],
    pub(super) morphemes: &'a [Morpheme],
    after: &'a [Morpheme],
}

impl Span<'_> {
    pub(super) fn surface(&self) -> String {
        surface(self.morphemes)
    }

    /// Returns the span as a table may list it: as it is, and with the base form of an inflected word at its end.
    pub(super) fn listed_as(&self) -> Vec<String> {
        match self.morphemes {
            [before @ .., last] if last.inflects && last.base_form != last.surface => {
                vec![self.surface(), surface(before) + &last.base_form]
            }
            _ => vec![self.surface()],
        }
    }

    /// Returns the word with this span replaced by `by`.
    fn replaced(&self, by: &str) -> String {
        surface(self.before) + by + &surface(self.after)
    }
}

/// Returns all spans of at most `longest` morphemes (and at most 12), the longest first.
pub(super) fn spans(morphemes: &[Morpheme], longest: usize) -> impl Iterator<Item = Span<'_>> {
    (1..=longest.min(morphemes.len()).min(12)).rev().flat_map(move |length| {
        (0..=morphemes.len() - length).map(move |start| Span {
            before: &morphemes[..start],
            morphemes: &morphemes[start..start + length],
            after: &morphemes[start + length..],
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::IndexBuilder;
    use crate::query::{Query, QueryAnalyzer};

    /// What the first word of a query is also searched as, in an index of one opinion.
    fn alternatives(query: &str, text: &str, reach: Reach) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.jsonl");
        std::fs::write(&file, serde_json::json!({ "text": text }).to_string()).unwrap();
        let (index, _) = IndexBuilder::new().path(file).build_in_memory().unwrap();
        let synonyms = Synonyms::built_in();
        let analyzer = index.analyzer();
        let vocabulary = Vocabulary { engine: index.engine() };
        let query = QueryAnalyzer::new(analyzer, &synonyms).analyze(&Query::parse(query));
        let expander = Expander { analyzer, synonyms: &synonyms, vocabulary, reach };
        let found = expander.alternatives(query.words()[0]).unwrap();
        found.iter().map(|found| format!("{:?} {}", found.kind, found.form.as_str())).collect()
    }

    #[test]
    fn a_word_is_expanded_by_what_the_index_has() {
        for (query, text, expected) in [
            // What begins with the word is found by it.
            ("受入", "患者の受け入れと受入れ", vec!["Spelling 受け入れ"]),
            ("24時間", "二十四時間の対応", vec!["Spelling 二十四時間"]),
            ("ざいたく", "在宅の療養", vec!["Reading 在宅"]),
            ("ケアマネ", "介護支援専門員の会", vec!["Synonym 介護支援専門員"]),
            ("退院調整", "退院の調整と病院", vec!["Synonym 退院の調整"]),
            ("医師会", "医師の会", vec![]),
            ("コンピューター", "コンピュータの導入", vec!["Spelling コンピュータ"]),
            ("ポスト・アキュート", "ポストアキュートの患者", vec!["Spelling ポストアキュート"]),
            ("ポストアキュート", "ポスト・アキュートの患者", vec!["Similar ポスト・アキュート"]),
            // Nothing that the index lacks, and nothing for what is meant literally.
            ("受入", "在宅の療養", vec![]),
            ("\"受入\"", "患者の受け入れ", vec![]),
            ("ケアマネ*", "介護支援専門員の会", vec![]),
            // One word that is read alike is not the other.
            ("医師", "住民の意思", vec![]),
        ] {
            let mut found = alternatives(query, text, Reach::Near);
            found.sort();
            let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
            expected.sort();
            assert_eq!(found, expected, "{query} in {text}");
        }
    }

    #[test]
    fn a_far_reach_finds_what_may_be_meant() {
        assert_eq!(alternatives("いし", "医師が足りない", Reach::Near), [""; 0]);
        assert_eq!(alternatives("いし", "医師が足りない", Reach::Far), ["Reading 医師"]);
    }

    #[test]
    fn spans_are_listed_from_the_longest() {
        let morphemes = Analyzer::new().unwrap().analyze("訪問看護").morphemes;
        let texts: Vec<String> = spans(&morphemes, 2).map(|span| span.surface()).collect();
        assert_eq!(texts, ["訪問看護", "訪問", "看護"]);
        let replaced: Vec<String> = spans(&morphemes, 1).map(|span| span.replaced("x")).collect();
        assert_eq!(replaced, ["x看護", "訪問x"]);
    }
}
