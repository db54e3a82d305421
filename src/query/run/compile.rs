//! Compilation of a plan into a tantivy query.
//!
//! Matching and ranking are separate. Opinions match by the characters of the words, which add nothing to a
//! score except for single characters. Opinions rank by the terms of both views, with the sum of BM25 over
//! them.

use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::bm25::WeightedTermQuery;
use super::character_query::CharacterQuery;
use super::pattern::{Pattern, patterns};
use super::plan::{Plan, Required};
use super::ranking::Ranking;
use super::string_query::StringQuery;
use crate::analysis::kana::is_kana;
use crate::analysis::{View, term};
use crate::conditions::Filter;
use crate::query::Matching;
use crate::query::analyze::{AnalyzedQuery, Clause, Word};

/// Compiles plans into tantivy queries.
pub(crate) struct Compiler<'a> {
    /// The conditions in addition to the query, all of which must hold.
    pub(crate) conditions: &'a [Clause],
    /// Returns a query that matches what a filter does.
    pub(crate) filter: &'a dyn Fn(&Filter) -> Box<dyn TantivyQuery>,
    /// Returns a query that matches all opinions.
    pub(crate) all: &'a dyn Fn() -> Box<dyn TantivyQuery>,
}

type Clauses = Vec<(Occur, Box<dyn TantivyQuery>)>;

impl Compiler<'_> {
    pub(crate) fn compile(&self, plan: &Plan) -> Box<dyn TantivyQuery> {
        let Self { conditions, filter, all } = *self;
        PlanCompiler { ranking: &plan.expanded.ranking, within_words: plan.within_words, filter, all }
            .compile(plan, conditions)
    }
}

/// Compiles the parts of one plan.
struct PlanCompiler<'a> {
    ranking: &'a Ranking,
    within_words: bool,
    filter: &'a dyn Fn(&Filter) -> Box<dyn TantivyQuery>,
    all: &'a dyn Fn() -> Box<dyn TantivyQuery>,
}

impl PlanCompiler<'_> {
    fn compile(&self, plan: &Plan, conditions: &[Clause]) -> Box<dyn TantivyQuery> {
        let query = &plan.expanded.query;
        let all = query.clauses().iter().chain(conditions);
        let matching = match plan.required {
            Required::Clauses(matching) => matching,
            Required::Strict => {
                let strict: Vec<Clause> = all.filter_map(Clause::strict).collect();
                let mut clauses = self.all_of(&strict);
                clauses.extend(self.any_term(query));
                return Box::new(BooleanQuery::new(clauses));
            }
            Required::Conditions => {
                let strict: Vec<Clause> = all.filter_map(Clause::strict).collect();
                let mut clauses = self.all_of(&strict);
                clauses.push((Occur::Must, (self.all)()));
                return Box::new(BooleanQuery::new(clauses));
            }
        };
        let (optional, required): (Vec<&Clause>, Vec<&Clause>) = all.partition(|clause| clause.is_optional());
        let is_empty = optional.is_empty() && required.is_empty();
        let mut clauses: Clauses = self.all_of(required);
        if is_empty {
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
                clauses.extend(self.any_term(query));
                return Box::new(BooleanQuery::new(clauses));
            }
        }
        clauses.extend(self.terms());
        Box::new(BooleanQuery::new(clauses))
    }

    /// Returns clauses that require a term of the query that says something by itself, or a single character,
    /// which has no terms. The other terms only rank.
    fn any_term(&self, query: &AnalyzedQuery) -> Clauses {
        let words = query.words();
        let single = words.iter().filter(|word| word.characters.chars().nth(1).is_none());
        let mut required: Clauses = single.map(|word| (Occur::Should, self.word(word))).collect();
        let mut others = Clauses::new();
        for (term, origin) in self.terms().zip(self.ranking.origins()) {
            let is_word = words.iter().any(|word| word.characters == origin.text);
            if is_word || says_something(&origin.text, origin.view) {
                required.push(term);
            } else {
                others.push(term);
            }
        }
        for heading in self.ranking.headings().iter().filter(|heading| heading.distinguishes) {
            let query = TermQuery::new(heading.term.term.clone(), IndexRecordOption::Basic);
            required.push((Occur::Should, Box::new(BoostQuery::new(Box::new(query), 0.0))));
        }
        // A query of kana only may have no other terms.
        if required.is_empty() {
            required = std::mem::take(&mut others);
        }
        let mut clauses: Clauses = vec![(Occur::Must, Box::new(BooleanQuery::new(required)))];
        clauses.extend(others);
        clauses
    }

    /// Returns the queries of the terms, which rank.
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

    /// Returns clauses that require all parts. If all parts exclude, all opinions are required as well.
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

    /// Returns a query that matches any form of a word.
    fn word(&self, word: &Word) -> Box<dyn TantivyQuery> {
        let patterns = patterns(word, self.within_words);
        let mut patterns: Clauses =
            patterns.iter().map(|pattern| (Occur::Should, self.pattern(pattern))).collect();
        match patterns.len() {
            1 => patterns.remove(0).1,
            _ => Box::new(BooleanQuery::new(patterns)),
        }
    }

    fn pattern(&self, pattern: &Pattern) -> Box<dyn TantivyQuery> {
        let field = self.ranking.field();
        match pattern {
            Pattern::Character { character, placement, boundary } => Box::new(CharacterQuery {
                field,
                character: *character,
                placement: *placement,
                boundary: *boundary,
                norms: self.ranking.norms.clone(),
            }),
            Pattern::Characters { characters, placement, boundary } => {
                Box::new(StringQuery::new(field, characters, *placement, *boundary))
            }
            Pattern::BaseForm(base_form) => self.base_form(base_form),
        }
    }

    /// Returns a query that matches a base form and adds nothing to a score.
    fn base_form(&self, base_form: &str) -> Box<dyn TantivyQuery> {
        let term = term::of_word(base_form, self.ranking.field());
        Box::new(BoostQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 0.0))
    }
}

/// Whether an opinion with only this term of a query can be about it. One character of a compound (期, 者), kana
/// and digits occur in too many words.
fn says_something(text: &str, view: View) -> bool {
    match view {
        View::Words => text.chars().nth(1).is_some(),
        View::Characters => text.chars().all(|character| !is_kana(character) && !character.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::Count;
    use tantivy::query::{EmptyQuery, ExistsQuery};

    use super::*;
    use crate::analysis::Synonyms;
    use crate::index::{Fields, IndexBuilder};
    use crate::query::run::Expanded;
    use crate::query::{Query, QueryAnalyzer};

    #[test]
    fn plans_match_by_words_conditions_and_exclusions() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.jsonl");
        let texts = ["訪問看護と病院", "訪問診療", "病院の看護師"];
        let lines = texts.map(|text| serde_json::json!({ "text": text, "region": text }).to_string());
        std::fs::write(&file, lines.join("\n")).unwrap();
        let (index, _) = IndexBuilder::new().path(file).build_in_memory().unwrap();
        let region = |value: &str| Clause::Filter(Filter::region(value));
        let count = |query: &str, matching, within_words, conditions: &[Clause]| {
            let synonyms = Synonyms::none();
            let query = QueryAnalyzer::new(index.analyzer(), &synonyms).analyze(&Query::parse(query));
            let ranking =
                Ranking::new(&query, index.searcher(), index.fields().text, index.fields().heading).unwrap();
            let required = Required::Clauses(matching);
            let plan = Plan { expanded: Expanded { query, ranking }.into(), required, within_words };
            let filter = |filter: &Filter| -> Box<dyn TantivyQuery> {
                let value = filter.to_string().trim_start_matches("region:").to_owned();
                let term = tantivy::Term::from_field_text(index.fields().region, &value);
                match value.as_str() {
                    "nowhere" => Box::new(EmptyQuery),
                    _ => Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
                }
            };
            let all =
                || Box::new(ExistsQuery::new(Fields::NUMBER.to_owned(), false)) as Box<dyn TantivyQuery>;
            let compiler = Compiler { conditions, filter: &filter, all: &all };
            index.searcher().search(&compiler.compile(&plan), &Count).unwrap()
        };
        use Matching::{All, Any, AtLeast};
        for (query, matching, within_words, expected) in [
            ("訪問 病院", All, false, 1),
            ("訪問 病院", AtLeast(1), false, 3),
            ("訪問 病院", Any, false, 3),
            ("訪問 病院 薬", AtLeast(2), false, 1),
            ("訪問 -病院", All, false, 1),
            ("-訪問", All, false, 1),
            ("訪問診療 OR 看護師", All, false, 2),
            ("(訪問 -看護)", All, false, 1),
            ("問看護", All, false, 0),
            ("問看護", All, true, 1),
            ("\"問看護\"", All, false, 1),
            ("薬", Any, false, 0),
            ("", All, false, 3),
        ] {
            assert_eq!(count(query, matching, within_words, &[]), expected, "{query} {matching:?}");
        }
        let not = |clause| Clause::Not(Box::new(clause));
        for (query, conditions, expected) in [
            ("訪問", vec![region("訪問診療")], 1),
            ("訪問", vec![not(region("訪問診療"))], 1),
            ("", vec![not(region("訪問診療"))], 2),
            ("", vec![Clause::Any(vec![region("訪問診療"), region("病院の看護師")])], 2),
            ("", vec![region("nowhere")], 0),
            ("-訪問", vec![not(region("nowhere"))], 1),
        ] {
            assert_eq!(count(query, All, false, &conditions), expected, "{query} {conditions:?}");
        }
    }
}
