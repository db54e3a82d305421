//! Conditions → the query language of OpenSearch.

use serde_json::{Value as Json, json};

use super::super::{Boundary, Condition, Pattern, Placement, Retrieval, TermField, Value, WeightedTerm, idf};
use super::document::{HEADING, KIND, OPINION, TERMS};
use super::term_stream::{at_word, escaped};
use super::vocabulary::Vocabulary;
use crate::analysis::term;

/// The number of clauses that a query may have: OpenSearch takes 1,024, and some are for what a search adds.
const CLAUSES: usize = 1_000;

/// Compiles conditions for a generation with these terms.
pub(super) struct Compiler<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    /// The number of documents.
    pub(super) documents: u64,
}

impl Compiler<'_> {
    /// Returns a query that finds what a retrieval does, and scores nearly so: OpenSearch counts lengths in its own way.
    /// `except` is what must not be met.
    /// Of a long query, the terms that weigh most are taken, as many as there may be clauses.
    pub(super) fn retrieval(&self, retrieval: &Retrieval, except: Option<&Condition>) -> Json {
        let except: Vec<Json> = except.into_iter().map(|condition| self.condition(condition)).collect();
        let mut query = json!({ "bool": {
            "must": [self.condition(&retrieval.condition)], "must_not": except,
            "filter": [{ "term": { KIND: OPINION } }],
        } });
        let mut terms: Vec<&WeightedTerm> = retrieval.terms.iter().collect();
        terms.sort_by(|left, right| right.weight.total_cmp(&left.weight));
        terms.truncate(CLAUSES.saturating_sub(clauses(&query)));
        query["bool"]["should"] = terms.into_iter().map(|term| self.term(term)).collect();
        query
    }

    /// Returns a query for opinions that meet a condition.
    pub(super) fn opinions(&self, condition: &Condition) -> Json {
        json!({ "bool": { "filter": [{ "term": { KIND: OPINION } }, self.condition(condition)] } })
    }

    fn condition(&self, condition: &Condition) -> Json {
        match condition {
            Condition::Everything => {
                json!({ "constant_score": { "filter": { "match_all": {} }, "boost": 1.0 } })
            }
            Condition::All(parts) => {
                let (excluded, required): (Vec<&Condition>, Vec<&Condition>) =
                    parts.iter().partition(|part| matches!(part, Condition::Not(_)));
                let required: Vec<Json> = required.into_iter().map(|part| self.condition(part)).collect();
                let excluded = excluded.into_iter().map(|part| match part {
                    Condition::Not(inner) => self.condition(inner),
                    part => self.condition(part),
                });
                json!({ "bool": { "must": required, "must_not": excluded.collect::<Vec<_>>() } })
            }
            Condition::Any(parts) => self.at_least(1, parts),
            Condition::AtLeast(least, parts) => self.at_least(*least, parts),
            Condition::Not(inner) => json!({ "bool": { "must_not": [self.condition(inner)] } }),
            Condition::Pattern(pattern) => unscored(&pattern_query(pattern)),
            Condition::Values(values) => unscored(&values_query(values)),
            Condition::Term(term) => self.term(term),
            Condition::Heading(term) => unscored(&json!({ "term": { HEADING: term.text } })),
        }
    }

    fn at_least(&self, least: usize, parts: &[Condition]) -> Json {
        if parts.is_empty() {
            return json!({ "match_none": {} });
        }
        // Terms of which any will do are one clause.
        let terms: Vec<String> = match least {
            1 => parts.iter().filter_map(only_term).collect(),
            _ => Vec::new(),
        };
        let are_together = terms.len() > 1;
        let others = parts.iter().filter(|part| !are_together || only_term(part).is_none());
        let mut parts: Vec<Json> = others.map(|part| self.condition(part)).collect();
        if are_together {
            parts.push(unscored(&json!({ "terms": { TERMS: terms } })));
        }
        json!({ "bool": { "should": parts, "minimum_should_match": least } })
    }

    /// The weight contains the rarity, by which OpenSearch multiplies.
    fn term(&self, weighted: &WeightedTerm) -> Json {
        let documents = self.vocabulary.documents(TermField::Text, &weighted.term.text);
        let boost = weighted.weight / idf(documents.max(1), self.documents).max(f32::MIN_POSITIVE);
        json!({ "term": { TERMS: { "value": escaped(&weighted.term.text), "boost": boost } } })
    }
}

/// Returns the term that is all of a condition that does not score.
fn only_term(condition: &Condition) -> Option<String> {
    let Condition::Pattern(pattern) = condition else { return None };
    pattern_query(pattern)["term"][TERMS].as_str().map(str::to_owned)
}

/// Returns the number of clauses of a query, as OpenSearch counts them: terms, also those of a phrase.
fn clauses(query: &Json) -> usize {
    match query {
        Json::Object(parts) => parts.iter().map(|(name, part)| match name.as_str() {
            "term" | "terms" | "prefix" | "regexp" | "match" | "match_all" => 1,
            "match_phrase" => part[TERMS]["query"].as_str().map_or(1, |pairs| pairs.split(' ').count()),
            _ => clauses(part),
        }),
        Json::Array(parts) => return parts.iter().map(clauses).sum(),
        _ => return 0,
    }
    .sum()
}

fn unscored(query: &Json) -> Json {
    json!({ "constant_score": { "filter": query, "boost": 0.0 } })
}

fn pattern_query(pattern: &Pattern) -> Json {
    match pattern {
        Pattern::BaseForm(base_form) => json!({ "term": { TERMS: escaped(&term::of_word(base_form)) } }),
        Pattern::Character { character, placement, boundary } => {
            let character = placed(escaped(&character.to_string()), *placement);
            let forbidden = boundary.forbidden_after();
            match forbidden.is_empty() {
                true => json!({ "prefix": { TERMS: character } }),
                // Those characters mean nothing in a regular expression, and the last one of a text has no next one.
                false => json!({ "regexp": { TERMS: {
                    "value": format!("{}([^{forbidden}].*)?", literal(&character)), "flags": "NONE",
                } } }),
            }
        }
        Pattern::Characters { characters, placement, boundary } => {
            string_query(characters, *placement, *boundary)
        }
    }
}

/// Returns a query for a string by its pairs, which stand one after the other.
fn string_query(characters: &str, placement: Placement, boundary: Boundary) -> Json {
    let characters: Vec<char> = characters.chars().collect();
    let (Some(&first), Some(&last)) = (characters.first(), characters.last()) else {
        return json!({ "match_none": {} });
    };
    let mut pairs: Vec<String> =
        characters.windows(2).map(|pair| escaped(&pair.iter().collect::<String>())).collect();
    let Some(first_pair) = pairs.first_mut() else { return json!({ "match_none": {} }) };
    *first_pair = placed(std::mem::take(first_pair), placement);
    let (before, after) = (boundary.forbidden_before(), boundary.forbidden_after());
    if before.is_empty() && after.is_empty() {
        return match pairs.as_slice() {
            [only] => json!({ "term": { TERMS: only } }),
            pairs => {
                json!({ "match_phrase": { TERMS: { "query": pairs.join(" "), "analyzer": "whitespace" } } })
            }
        };
    }
    let one = |pair: &str| json!({ "match": { "query": pair, "analyzer": "whitespace" } });
    let in_order =
        |parts: Vec<Json>| json!({ "all_of": { "ordered": true, "max_gaps": 0, "intervals": parts } });
    let all = || -> Vec<Json> { pairs.iter().map(|pair| one(pair)).collect() };
    let any = |pairs: Vec<String>| json!({ "any_of": { "intervals": pairs.iter().map(|pair| one(pair)).collect::<Vec<_>>() } });
    let pair_of = |first: char, second: char| escaped(&String::from_iter([first, second]));
    let mut rule = in_order(all());
    if !before.is_empty() {
        let edge = any(before.chars().map(|forbidden| pair_of(forbidden, first)).collect());
        let longer = in_order([edge].into_iter().chain(all()).collect());
        rule = json!({ "all_of": { "intervals": [rule], "filter": { "not_contained_by": longer } } });
    }
    if !after.is_empty() {
        let edge = any(after.chars().map(|forbidden| pair_of(last, forbidden)).collect());
        let longer = in_order(all().into_iter().chain([edge]).collect());
        rule = json!({ "all_of": { "intervals": [rule], "filter": { "not_contained_by": longer } } });
    }
    json!({ "intervals": { TERMS: rule } })
}

fn placed(pair: String, placement: Placement) -> String {
    match placement {
        Placement::WordStart => at_word(&pair),
        Placement::Anywhere => pair,
    }
}

/// Returns a regular expression that matches a text.
fn literal(text: &str) -> String {
    let mut expression = String::new();
    for character in text.chars() {
        if character.is_ascii() && !character.is_ascii_alphanumeric() && !character.is_control() {
            expression.push('\\');
        }
        expression.push(character);
    }
    expression
}

fn values_query(values: &[Value]) -> Json {
    let mut columns: Vec<(&str, Vec<&str>)> = Vec::new();
    for Value { column, value } in values {
        match columns.iter_mut().find(|(known, _)| known == column) {
            Some((_, values)) => values.push(value),
            None => columns.push((column, vec![value])),
        }
    }
    let of_column = |(column, values): &(&str, Vec<&str>)| json!({ "terms": { *column: values } });
    match columns.as_slice() {
        [] => json!({ "match_none": {} }),
        [only] => of_column(only),
        columns => json!({ "bool": { "should": columns.iter().map(of_column).collect::<Vec<_>>() } }),
    }
}
