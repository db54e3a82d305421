//! Conditions → the query language of OpenSearch.

use serde_json::{Value as Json, json};

use super::super::{Boundary, Condition, Pattern, Placement, Retrieval, TermField, Value, WeightedTerm, idf};
use super::document::{HEADING, KIND, OPINION, TERMS};
use super::term_stream::{at_word, escaped};
use super::vocabulary::Vocabulary;
use crate::analysis::term;

/// Compiles conditions for a generation with these terms.
pub(super) struct Compiler<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    /// The number of documents.
    pub(super) documents: u64,
}

impl Compiler<'_> {
    /// Returns a query that finds what a retrieval does, and scores nearly so: OpenSearch counts lengths in its own way.
    /// `except` is what must not be met.
    pub(super) fn retrieval(&self, retrieval: &Retrieval, except: Option<&Condition>) -> Json {
        let terms: Vec<Json> = retrieval.terms.iter().map(|term| self.term(term)).collect();
        let except: Vec<Json> = except.into_iter().map(|condition| self.condition(condition)).collect();
        json!({ "bool": {
            "must": [self.condition(&retrieval.condition)], "should": terms, "must_not": except,
            "filter": [{ "term": { KIND: OPINION } }],
        } })
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
        let parts: Vec<Json> = parts.iter().map(|part| self.condition(part)).collect();
        json!({ "bool": { "should": parts, "minimum_should_match": least } })
    }

    /// The weight contains the rarity, by which OpenSearch multiplies.
    fn term(&self, weighted: &WeightedTerm) -> Json {
        let documents = self.vocabulary.documents(TermField::Text, &weighted.term.text);
        let boost = weighted.weight / idf(documents.max(1), self.documents).max(f32::MIN_POSITIVE);
        json!({ "term": { TERMS: { "value": escaped(&weighted.term.text), "boost": boost } } })
    }
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
