//! A [`Query`] as tantivy runs it.
//!
//! Which opinions match and how they rank are two things. The words decide what matches, by their characters: that
//! adds nothing to a score. The terms of both views rank, by the sum of BM25 over them.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::bm25::WeightedTermQuery;
use super::string_query::{Placement, StringQuery};
use super::{Matching, Query, Ranking, Word};
use crate::analysis::term;

pub(crate) fn compile(query: &Query, matching: Matching, ranking: &Ranking) -> Box<dyn TantivyQuery> {
    let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
    // A string of one character has no pair that could rank it, so that it ranks itself.
    let ranks_itself = |word: &Word| word.characters.chars().nth(1).is_none();
    let words = query.words().iter();
    match matching {
        Matching::All => {
            clauses.extend(words.map(|word| (Occur::Must, match_word(word, ranks_itself(word), ranking))));
        }
        Matching::AtLeast(count) => {
            let words = words.map(|word| (Occur::Should, match_word(word, ranks_itself(word), ranking)));
            let most = BooleanQuery::with_minimum_required_clauses(words.collect(), count);
            clauses.push((Occur::Must, Box::new(most)));
        }
        Matching::Any => {
            let single = words.filter(|word| ranks_itself(word));
            clauses.extend(single.map(|word| (Occur::Should, match_word(word, true, ranking))));
        }
    }
    for weighted in ranking.terms() {
        let query = WeightedTermQuery {
            term: weighted.term.clone(),
            weight: weighted.weight,
            norms: ranking.norms.clone(),
        };
        clauses.push((Occur::Should, Box::new(query)));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// Matches a word by its characters, and a verb or an adjective in all its forms.
fn match_word(word: &Word, scored: bool, ranking: &Ranking) -> Box<dyn TantivyQuery> {
    let placement = if word.quoted { Placement::Anywhere } else { Placement::WordStart };
    let norms = scored.then(|| ranking.norms.clone());
    let string = StringQuery::new(ranking.field, &word.characters, placement, norms);
    let Some(base_form) = &word.base_form else { return Box::new(string) };
    let mut text = String::new();
    term::write_word(base_form, &mut text);
    let forms = TermQuery::new(Term::from_field_text(ranking.field, &text), IndexRecordOption::Basic);
    let either = BooleanQuery::new(vec![
        (Occur::Should, Box::new(string) as Box<dyn TantivyQuery>),
        (Occur::Should, Box::new(BoostQuery::new(Box::new(forms), 0.0))),
    ]);
    Box::new(either)
}
