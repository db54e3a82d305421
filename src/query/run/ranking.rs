//! Ranking of a query: its terms in both views and their weights.

use std::collections::HashSet;

use tantivy::schema::Field;
use tantivy::{Score, Searcher, Term};

use super::bm25::{LengthNorms, idf};
use crate::analysis::kana::is_hiragana_letter;
use crate::analysis::{View, term};
use crate::query::analyze::{AlternativeKind, AnalyzedQuery, Form, Word};

/// Weight of the base form of a content word.
const WORD: Score = 1.0;

/// Weights of a pair of characters with no, one and two hiragana, relative to a word. Hiragana are mostly
/// particles and endings; a pair with them shows that two words follow each other as they do in the query.
const PAIR: [Score; 3] = [1.0, 0.8, 0.6];

/// Returns the weight of an alternative of this kind relative to the typed word. A match of an alternative
/// must rank below a match of the word itself.
fn alternative_weight(kind: AlternativeKind) -> Score {
    match kind {
        AlternativeKind::Spelling => 0.95,
        AlternativeKind::Reading => 0.9,
        AlternativeKind::Synonym => 0.4,
        AlternativeKind::Similar => 0.5,
    }
}

/// The weighted terms of a query and the length normalization of one index.
#[derive(Clone, Debug)]
pub(crate) struct Ranking {
    field: Field,
    pub(super) norms: LengthNorms,
    terms: Vec<WeightedTerm>,
    /// The origin of each term.
    origins: Vec<Origin>,
}

/// A term and the maximum that it can add to a score.
#[derive(Clone, Debug)]
pub(crate) struct WeightedTerm {
    pub(crate) term: Term,
    pub(crate) weight: Score,
}

/// The origin of a term.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Origin {
    /// The word or the text of the query.
    pub(crate) typed: String,
    /// The alternative that the term belongs to, if it is not a term of the query itself.
    pub(crate) alternative: Option<(AlternativeKind, String)>,
    /// The word's base form or the pair of characters.
    pub(crate) text: String,
    pub(crate) view: View,
}

/// A term of the query before its idf is looked up.
#[derive(Clone, Debug, PartialEq)]
struct Spelled {
    text: String,
    /// The weight of the term before its idf.
    factor: Score,
    view: View,
}

impl Ranking {
    pub(crate) fn new(query: &AnalyzedQuery, searcher: &Searcher, field: Field) -> tantivy::Result<Self> {
        let norms = LengthNorms::new(searcher, field)?;
        let mut ranking = Self { field, norms, terms: Vec::new(), origins: Vec::new() };
        let lookup = Lookup { searcher, field, all: searcher.num_docs() };
        let mut seen: HashSet<String> = HashSet::new();
        for (typed, boost, spelled) in own_terms(query) {
            if seen.insert(spelled.text.clone()) {
                let (weight, is_there) = lookup.weigh(&spelled)?;
                if is_there {
                    let origin =
                        Origin { typed, alternative: None, text: shown(&spelled), view: spelled.view };
                    ranking.push(&spelled, weight * boost, origin);
                }
            }
        }
        for word in query.words() {
            ranking.add_alternatives(word, &lookup, &mut seen)?;
        }
        Ok(ranking)
    }

    /// Adds the terms of the alternatives of a word. The total weight of the terms of one alternative is that
    /// of the terms of the word, reduced by the weight of the kind of alternative. Otherwise a long synonym
    /// of rare words would be a better match than the word itself.
    fn add_alternatives(
        &mut self,
        word: &Word,
        lookup: &Lookup<'_>,
        seen: &mut HashSet<String>,
    ) -> tantivy::Result<()> {
        if word.alternatives.is_empty() {
            return Ok(());
        }
        let own = spell(word.parts(), &word.characters);
        let (mut of_known, mut of_all) = (0.0, 0.0);
        for spelled in &own {
            let (weight, is_there) = lookup.weigh(spelled)?;
            of_all += weight;
            of_known += if is_there { weight } else { 0.0 };
        }
        // Alternatives of a word that the index does not contain need not rank below it.
        let own_weight = if of_known > 0.0 { of_known } else { of_all };
        for alternative in &word.alternatives {
            let characters = match &alternative.form {
                Form::Characters(characters) => characters.as_str(),
                // A verb may have another ending in the text.
                Form::BaseForm(_) => "",
            };
            let mut weighed = Vec::new();
            let (mut shared, mut rest) = (0.0, 0.0);
            for spelled in spell(alternative.parts(), characters) {
                let (weight, is_there) = lookup.weigh(&spelled)?;
                let is_shared = own.iter().any(|own| own.text == spelled.text);
                *(if is_shared { &mut shared } else { &mut rest }) += weight;
                weighed.push((spelled, weight, is_there));
            }
            let most = alternative_weight(alternative.kind) * own_weight - shared;
            if rest <= 0.0 || most <= 0.0 {
                continue;
            }
            let factor = word.boost * (most / rest).min(1.0);
            for (spelled, weight, is_there) in &weighed {
                if *is_there && seen.insert(spelled.text.clone()) {
                    let origin = Origin {
                        typed: word.characters.clone(),
                        alternative: Some((alternative.kind, alternative.form.as_str().to_owned())),
                        text: shown(spelled),
                        view: spelled.view,
                    };
                    self.push(spelled, weight * factor, origin);
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, spelled: &Spelled, weight: Score, origin: Origin) {
        self.terms.push(WeightedTerm { term: Term::from_field_text(self.field, &spelled.text), weight });
        self.origins.push(origin);
    }

    /// Returns the terms that the index contains, each once.
    pub(crate) fn terms(&self) -> &[WeightedTerm] {
        &self.terms
    }

    /// Returns the origin of each term, in the same order.
    pub(crate) fn origins(&self) -> &[Origin] {
        &self.origins
    }

    pub(crate) fn field(&self) -> Field {
        self.field
    }

    pub(crate) fn norms(&self) -> &LengthNorms {
        &self.norms
    }
}

/// Looks up the document frequency of terms.
struct Lookup<'a> {
    searcher: &'a Searcher,
    field: Field,
    all: u64,
}

impl Lookup<'_> {
    /// Returns the maximum that a term can add to a score, and whether any document contains it. A term
    /// without documents weighs as if one document contained it.
    fn weigh(&self, spelled: &Spelled) -> tantivy::Result<(Score, bool)> {
        let documents = self.searcher.doc_freq(&Term::from_field_text(self.field, &spelled.text))?;
        Ok((spelled.factor * idf(documents.max(1), self.all), documents > 0))
    }
}

/// Returns the terms of the typed words and texts as the index spells them, each with the word or text it is
/// from and its boost.
fn own_terms(query: &AnalyzedQuery) -> Vec<(String, Score, Spelled)> {
    let mut terms = Vec::new();
    for word in query.words() {
        let spelled = spell(word.parts(), "").into_iter();
        terms.extend(spelled.map(|spelled| (word.characters.clone(), word.boost, spelled)));
    }
    for typed in query.texts() {
        let spelled = spell(std::iter::empty(), &typed.characters).into_iter();
        terms.extend(spelled.map(|spelled| (typed.characters.clone(), typed.boost, spelled)));
    }
    terms
}

/// Returns the terms of words and of characters.
fn spell<'a>(parts: impl Iterator<Item = &'a str>, characters: &str) -> Vec<Spelled> {
    let mut terms = Vec::new();
    let mut text = String::new();
    for part in parts {
        term::write_word(part, &mut text);
        terms.push(Spelled { text: text.clone(), factor: WORD, view: View::Words });
    }
    let characters: Vec<char> = characters.chars().collect();
    for pair in characters.windows(2).filter(|pair| pair.iter().all(|character| character.is_alphanumeric()))
    {
        let hiragana = pair.iter().filter(|&&character| is_hiragana_letter(character)).count();
        term::write_pair(pair[0], Some(pair[1]), &mut text);
        terms.push(Spelled { text: text.clone(), factor: PAIR[hiragana], view: View::Characters });
    }
    terms
}

/// Returns a term without the mark of its view.
fn shown(spelled: &Spelled) -> String {
    term::word(&spelled.text).unwrap_or(&spelled.text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analyzer, Synonyms};
    use crate::query::{Query, QueryAnalyzer};

    #[test]
    fn both_views_of_a_query() {
        let (analyzer, synonyms) = (Analyzer::new().unwrap(), Synonyms::none());
        let query = QueryAnalyzer::new(&analyzer, &synonyms).analyze(&Query::parse("学童の専用室、学童^2"));
        let terms: Vec<_> = own_terms(&query)
            .into_iter()
            .map(|(typed, boost, spelled)| (typed, shown(&spelled), spelled.view, spelled.factor * boost))
            .collect();
        let expected = [
            ("学童", "学童", View::Words, 2.0),
            ("専用室", "専用", View::Words, 2.0),
            ("専用室", "室", View::Words, 2.0),
            ("学童の専用室、学童", "学童", View::Characters, 2.0),
            ("学童の専用室、学童", "童の", View::Characters, 1.6),
            ("学童の専用室、学童", "の専", View::Characters, 1.6),
            ("学童の専用室、学童", "専用", View::Characters, 2.0),
            ("学童の専用室、学童", "用室", View::Characters, 2.0),
            ("学童の専用室、学童", "学童", View::Characters, 2.0),
        ];
        let expected =
            expected.map(|(typed, text, view, weight)| (typed.to_owned(), text.to_owned(), view, weight));
        assert_eq!(terms, expected);
    }
}
