//! What a query ranks by: its terms in both views, and how much each weighs.

use std::collections::HashSet;

use tantivy::schema::Field;
use tantivy::{Score, Searcher, Term};

use super::Query;
use super::bm25::{LengthNorms, idf};
use crate::analysis::term;

/// What the base form of a content word counts.
const WORD: Score = 1.0;

/// What a pair of characters counts beside it: without hiragana, with one, and of hiragana only. Hiragana are mostly
/// particles and endings; across them a pair says that two words follow each other as they do in the query.
const PAIR: [Score; 3] = [1.0, 0.8, 0.6];

/// The terms of a query with their weights, and what lengths do to them, in one index.
#[derive(Clone, Debug)]
pub(crate) struct Ranking {
    field: Field,
    pub(super) norms: LengthNorms,
    terms: Vec<WeightedTerm>,
}

/// A term and the most that it can add to a score.
#[derive(Clone, Debug)]
pub(crate) struct WeightedTerm {
    pub(crate) term: Term,
    pub(crate) weight: Score,
}

impl Ranking {
    pub(crate) fn new(query: &Query, searcher: &Searcher, field: Field) -> tantivy::Result<Self> {
        let all_documents = searcher.num_docs();
        let mut terms = Vec::new();
        for (text, factor) in spelled_terms(query) {
            let term = Term::from_field_text(field, &text);
            let documents = searcher.doc_freq(&term)?;
            if documents > 0 {
                terms.push(WeightedTerm { term, weight: factor * idf(documents, all_documents) });
            }
        }
        Ok(Self { field, norms: LengthNorms::new(searcher, field)?, terms })
    }

    /// The terms that the index has, each once.
    pub(crate) fn terms(&self) -> &[WeightedTerm] {
        &self.terms
    }

    pub(crate) fn field(&self) -> Field {
        self.field
    }
}

/// The terms of a query as the index spells them, each once, with what they count before their idf.
fn spelled_terms(query: &Query) -> Vec<(String, Score)> {
    let mut seen = HashSet::new();
    let mut terms = Vec::new();
    let mut text = String::new();
    let mut add = |text: &str, factor: Score| {
        if seen.insert(text.to_owned()) {
            terms.push((text.to_owned(), factor));
        }
    };
    for part in query.words().iter().flat_map(|word| &word.parts) {
        term::write_word(part, &mut text);
        add(&text, WORD);
    }
    for piece in query.pieces() {
        let characters: Vec<char> = piece.chars().collect();
        for pair in
            characters.windows(2).filter(|pair| pair.iter().all(|character| character.is_alphanumeric()))
        {
            let hiragana = pair.iter().filter(|character| matches!(character, 'ぁ'..='ゖ')).count();
            term::write_pair(pair[0], Some(pair[1]), &mut text);
            add(&text, PAIR[hiragana]);
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn both_views_of_a_query() {
        let query = Query::parse("学童の専用室、学童", &Analyzer::new().unwrap());
        let terms: Vec<_> = spelled_terms(&query)
            .into_iter()
            .map(|(text, factor)| (text.replace('\u{1}', "語:"), factor))
            .collect();
        let expected = [
            ("語:学童", 1.0),
            ("語:専用", 1.0),
            ("語:室", 1.0),
            ("学童", 1.0),
            ("童の", 0.8),
            ("の専", 0.8),
            ("専用", 1.0),
            ("用室", 1.0),
        ];
        assert_eq!(terms, expected.map(|(text, factor)| (text.to_owned(), factor)));
    }
}
