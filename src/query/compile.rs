//! A [`Query`] as tantivy runs it.
//!
//! Which opinions match and how they rank are two things. The words decide what matches, by their characters: that
//! adds nothing to a score, but for single characters. The terms of both views rank, by the sum of BM25 over them.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::bm25::WeightedTermQuery;
use super::character_query::CharacterQuery;
use super::string_query::{Placement, StringQuery};
use super::{Matching, Query, Ranking, Word};
use crate::analysis::term;

pub(crate) fn compile(query: &Query, matching: Matching, ranking: &Ranking) -> Box<dyn TantivyQuery> {
    let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
    let words = query.words().iter();
    match matching {
        Matching::All => clauses.extend(words.map(|word| (Occur::Must, match_word(word, ranking)))),
        Matching::AtLeast(count) => {
            let words = words.map(|word| (Occur::Should, match_word(word, ranking))).collect();
            let most = BooleanQuery::with_minimum_required_clauses(words, count);
            clauses.push((Occur::Must, Box::new(most)));
        }
        Matching::Any => {
            // All but a single character have terms, by which they match below.
            let single = words.filter(|word| word.characters.chars().nth(1).is_none());
            clauses.extend(single.map(|word| (Occur::Should, match_word(word, ranking))));
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
fn match_word(word: &Word, ranking: &Ranking) -> Box<dyn TantivyQuery> {
    let field = ranking.field();
    let placement = if word.quoted { Placement::Anywhere } else { Placement::WordStart };
    let characters: Vec<char> = word.characters.chars().collect();
    let string: Box<dyn TantivyQuery> = match *characters {
        [character] => Box::new(CharacterQuery { field, character, placement, norms: ranking.norms.clone() }),
        _ => Box::new(StringQuery::new(field, &characters, placement)),
    };
    let Some(base_form) = &word.base_form else { return string };
    let mut text = String::new();
    term::write_word(base_form, &mut text);
    let forms = TermQuery::new(Term::from_field_text(field, &text), IndexRecordOption::Basic);
    Box::new(BooleanQuery::new(vec![
        (Occur::Should, string),
        (Occur::Should, Box::new(BoostQuery::new(Box::new(forms), 0.0))),
    ]))
}
