//! A [`Query`] as tantivy runs it.
//!
//! Which opinions match and how they rank are two things. The words decide what matches, by their characters: that
//! adds nothing to a score, but for single characters. The terms of both views rank, by the sum of BM25 over them.

use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::bm25::WeightedTermQuery;
use super::character_query::CharacterQuery;
use super::form::{WordForm, forms};
use super::string_query::StringQuery;
use super::{Clause, Filter, Matching, Query, Ranking, Word};
use crate::analysis::term;

/// Makes one query of tantivy's out of a query, how it is to match and what it ranks by.
pub(crate) struct Compiler<'a> {
    pub(crate) ranking: &'a Ranking,
    /// Whether an unquoted word may also stand within a word of the text.
    pub(crate) within_words: bool,
    /// What the filters of the query match.
    pub(crate) filter: &'a dyn Fn(&Filter) -> Box<dyn TantivyQuery>,
    /// Matches all opinions.
    pub(crate) all: &'a dyn Fn() -> Box<dyn TantivyQuery>,
}

type Clauses = Vec<(Occur, Box<dyn TantivyQuery>)>;

impl Compiler<'_> {
    pub(crate) fn compile(&self, query: &Query, matching: Matching) -> Box<dyn TantivyQuery> {
        let (optional, required): (Vec<&Clause>, Vec<&Clause>) =
            query.clauses().iter().partition(|clause| clause.is_optional());
        let mut clauses: Clauses = self.all_of(required);
        if query.clauses().is_empty() {
            clauses.push((Occur::Must, (self.all)()));
        }
        match matching {
            _ if optional.is_empty() => {}
            Matching::All => clauses.extend(self.all_of(optional)),
            Matching::AtLeast(count) => {
                let words = optional.into_iter().map(|clause| (Occur::Should, self.clause(clause))).collect();
                clauses
                    .push((Occur::Must, Box::new(BooleanQuery::with_minimum_required_clauses(words, count))));
            }
            Matching::Any => {
                // All but a single character have terms, by which they match below.
                let words = query.words().into_iter();
                let single = words.filter(|word| word.characters.chars().nth(1).is_none());
                let mut any: Clauses = single.map(|word| (Occur::Should, self.word(word))).collect();
                any.extend(self.terms());
                clauses.push((Occur::Must, Box::new(BooleanQuery::new(any))));
                return Box::new(BooleanQuery::new(clauses));
            }
        }
        clauses.extend(self.terms());
        Box::new(BooleanQuery::new(clauses))
    }

    /// What ranks.
    fn terms(&self) -> impl Iterator<Item = (Occur, Box<dyn TantivyQuery>)> {
        self.ranking.terms().iter().map(|weighted| {
            let query = WeightedTermQuery {
                term: weighted.term.clone(),
                weight: weighted.weight,
                norms: self.ranking.norms.clone(),
            };
            (Occur::Should, Box::new(query) as Box<dyn TantivyQuery>)
        })
    }

    /// All of some clauses, with something to begin with if all of them shut out.
    fn all_of<'c>(&self, parts: impl IntoIterator<Item = &'c Clause>) -> Clauses {
        let mut clauses = Clauses::new();
        for part in parts {
            clauses.push(match part {
                Clause::Not(inner) => (Occur::MustNot, self.clause(inner)),
                other => (Occur::Must, self.clause(other)),
            });
        }
        if !clauses.is_empty() && clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, (self.all)()));
        }
        clauses
    }

    fn clause(&self, clause: &Clause) -> Box<dyn TantivyQuery> {
        match clause {
            Clause::Word(word) => self.word(word),
            Clause::Filter(filter) => Box::new(BoostQuery::new((self.filter)(filter), 0.0)),
            Clause::All(parts) => Box::new(BooleanQuery::new(self.all_of(parts))),
            Clause::Any(parts) => Box::new(BooleanQuery::new(
                parts.iter().map(|part| (Occur::Should, self.clause(part))).collect(),
            )),
            Clause::Unsegmented { whole, cut } => Box::new(BooleanQuery::new(vec![
                (Occur::Should, self.word(whole)),
                (Occur::Should, self.clause(cut)),
            ])),
            Clause::Not(_) => Box::new(BooleanQuery::new(self.all_of([clause]))),
        }
    }

    /// Matches a word in any of its forms.
    fn word(&self, word: &Word) -> Box<dyn TantivyQuery> {
        let mut forms: Clauses =
            forms(word, self.within_words).iter().map(|form| (Occur::Should, self.form(form))).collect();
        match forms.len() {
            1 => forms.remove(0).1,
            _ => Box::new(BooleanQuery::new(forms)),
        }
    }

    fn form(&self, form: &WordForm) -> Box<dyn TantivyQuery> {
        let field = self.ranking.field();
        match form {
            WordForm::Character { character, placement, edges } => Box::new(CharacterQuery {
                field,
                character: *character,
                placement: *placement,
                edges: *edges,
                norms: self.ranking.norms.clone(),
            }),
            WordForm::Characters { characters, placement, edges } => {
                Box::new(StringQuery::new(field, characters, *placement, *edges))
            }
            WordForm::BaseForm(base_form) => self.base_form(base_form),
        }
    }

    /// Matches the words with a base form, without a score.
    fn base_form(&self, base_form: &str) -> Box<dyn TantivyQuery> {
        let term = term::of_word(base_form, self.ranking.field());
        Box::new(BoostQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 0.0))
    }
}
