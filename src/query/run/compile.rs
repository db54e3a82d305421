//! Compilation of a plan into a condition that opinions meet and the terms by which they rank.
//!
//! Matching and ranking are separate. Opinions match by the characters of the words, which add nothing to a
//! score except for single characters. Opinions rank by the terms of both views, with the sum of BM25 over
//! them.

use super::pattern::patterns;
use super::plan::{Plan, Required};
use super::ranking::Ranking;
use crate::analysis::View;
use crate::analysis::kana::is_kana;
use crate::conditions::Filter;
use crate::index::{Condition, Retrieval, Value, WeightedTerm};
use crate::query::Matching;
use crate::query::analyze::{AnalyzedQuery, Clause, Word};

/// Compiles plans.
pub(crate) struct Compiler<'a> {
    /// The conditions in addition to the query, all of which must hold.
    pub(crate) conditions: &'a [Clause],
    /// Returns the values that a filter matches.
    pub(crate) filter: &'a dyn Fn(&Filter) -> Vec<Value>,
}

impl Compiler<'_> {
    pub(crate) fn compile(&self, plan: &Plan) -> Retrieval {
        let ranking = &plan.expanded.ranking;
        PlanCompiler { ranking, within_words: plan.within_words, filter: self.filter }
            .compile(plan, self.conditions)
    }
}

/// Compiles the parts of one plan.
struct PlanCompiler<'a> {
    ranking: &'a Ranking,
    within_words: bool,
    filter: &'a dyn Fn(&Filter) -> Vec<Value>,
}

impl PlanCompiler<'_> {
    fn compile(&self, plan: &Plan, conditions: &[Clause]) -> Retrieval {
        let query = &plan.expanded.query;
        let all = query.clauses().iter().chain(conditions);
        let matching = match plan.required {
            Required::Clauses(matching) => matching,
            Required::Strict => {
                let strict: Vec<Clause> = all.filter_map(Clause::strict).collect();
                return self.with_any_term(self.all_of(&strict), query);
            }
            Required::Conditions => {
                let strict: Vec<Clause> = all.filter_map(Clause::strict).collect();
                let mut parts = self.all_of(&strict);
                parts.push(Condition::Everything);
                return self.retrieval(parts, Vec::new());
            }
        };
        let (optional, required): (Vec<&Clause>, Vec<&Clause>) = all.partition(|clause| clause.is_optional());
        let is_empty = optional.is_empty() && required.is_empty();
        let mut parts = self.all_of(required);
        if is_empty {
            parts.push(Condition::Everything);
        }
        match matching {
            _ if optional.is_empty() => {}
            Matching::All => parts.extend(self.all_of(optional)),
            Matching::AtLeast(count) => {
                let words = optional.into_iter().map(|clause| self.clause(clause)).collect();
                parts.push(Condition::AtLeast(count, words));
            }
            Matching::Any => return self.with_any_term(parts, query),
        }
        self.retrieval(parts, self.ranking.terms().to_vec())
    }

    fn retrieval(&self, parts: Vec<Condition>, terms: Vec<WeightedTerm>) -> Retrieval {
        Retrieval { condition: Condition::All(parts), terms, norms: self.ranking.norms.clone() }
    }

    /// Requires, in addition, a term of the query that says something by itself, or a single character, which has no
    /// terms. The other terms only rank.
    fn with_any_term(&self, mut parts: Vec<Condition>, query: &AnalyzedQuery) -> Retrieval {
        let words = query.words();
        let single = words.iter().filter(|word| word.characters.chars().nth(1).is_none());
        let mut required: Vec<Condition> = single.map(|word| self.word(word)).collect();
        let mut others = Vec::new();
        for (term, origin) in self.ranking.terms().iter().zip(self.ranking.origins()) {
            let is_word = words.iter().any(|word| word.characters == origin.text);
            if is_word || says_something(&origin.text, origin.view) {
                required.push(Condition::Term(term.clone()));
            } else {
                others.push(term.clone());
            }
        }
        let headings = self.ranking.headings().iter().filter(|heading| heading.distinguishes);
        required.extend(headings.map(|heading| Condition::Heading(heading.term.clone())));
        // A word of kana that the segmenter does not know (たらいまわし) has no such term. Its pairs would match any ending.
        if required.is_empty() {
            required = words.iter().map(|word| self.word(word)).collect();
        }
        parts.push(Condition::Any(required));
        self.retrieval(parts, others)
    }

    /// Returns conditions that require all clauses. If all clauses exclude, everything is required as well.
    fn all_of<'c>(&self, clauses: impl IntoIterator<Item = &'c Clause>) -> Vec<Condition> {
        let mut parts: Vec<Condition> = clauses.into_iter().map(|clause| self.clause(clause)).collect();
        if !parts.is_empty() && parts.iter().all(|part| matches!(part, Condition::Not(_))) {
            parts.push(Condition::Everything);
        }
        parts
    }

    /// Returns the condition of a clause. That of an exclusion is for a list of which all must hold.
    fn clause(&self, clause: &Clause) -> Condition {
        match clause {
            Clause::Word(word) => self.word(word),
            Clause::Filter(filter) => Condition::Values((self.filter)(filter)),
            Clause::All(clauses) => Condition::All(self.all_of(clauses)),
            Clause::Any(clauses) => Condition::Any(clauses.iter().map(|clause| self.alone(clause)).collect()),
            Clause::Unsegmented { whole, cut } => Condition::Any(vec![self.word(whole), self.alone(cut)]),
            Clause::Not(clause) => Condition::Not(Box::new(self.alone(clause))),
        }
    }

    /// Returns the condition of a clause that stands by itself.
    fn alone(&self, clause: &Clause) -> Condition {
        match clause {
            Clause::Not(_) => Condition::All(self.all_of([clause])),
            clause => self.clause(clause),
        }
    }

    /// Returns what meets any form of a word.
    fn word(&self, word: &Word) -> Condition {
        let mut patterns = patterns(word, self.within_words).into_iter().map(Condition::Pattern);
        match (patterns.next(), patterns.len()) {
            (Some(only), 0) => only,
            (first, _) => Condition::Any(first.into_iter().chain(patterns).collect()),
        }
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
    use super::*;
    use crate::analysis::Synonyms;
    use crate::index::{Collection, IndexBuilder};
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
            let ranking = Ranking::new(&query, index.engine()).unwrap();
            let required = Required::Clauses(matching);
            let plan = Plan { expanded: Expanded { query, ranking }.into(), required, within_words };
            let filter = |filter: &Filter| {
                let value = filter.to_string().trim_start_matches("region:").to_owned();
                if value == "nowhere" { Vec::new() } else { vec![Value { column: "region", value }] }
            };
            let retrieval = Compiler { conditions, filter: &filter }.compile(&plan);
            index.engine().collect(&retrieval, Collection::default()).unwrap().total
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
