//! The terms of a generation and the values of its columns, which travel with it: with how many opinions each has, a query
//! is widened and weighed, and a name is told from a word, without asking the cluster.

use std::collections::BTreeMap;

use tantivy_fst::{IntoStreamer as _, Map, MapBuilder, Regex, Streamer as _};

use super::super::{TermField, TermSet};
use crate::analysis::{nearly, term};

/// What stands between a column and a value in a key. No column has it.
const BETWEEN: char = '\0';

/// The terms of both fields, and the values of the columns.
#[derive(Debug)]
pub(super) struct Vocabulary {
    text: Map<Vec<u8>>,
    heading: Map<Vec<u8>>,
    /// A key is a column and a value.
    values: Map<Vec<u8>>,
}

/// The number of documents with each term and each value, as it is counted while documents are added and removed.
#[derive(Debug, Default)]
pub(super) struct TermCounts {
    text: BTreeMap<String, u64>,
    heading: BTreeMap<String, u64>,
    values: BTreeMap<String, u64>,
}

impl Vocabulary {
    /// Reads the terms of both fields and the values; `None` where they are not what was written.
    pub(super) fn parse(text: Vec<u8>, heading: Vec<u8>, values: Vec<u8>) -> Option<Self> {
        let map = |bytes| Map::from_bytes(bytes).ok();
        Some(Self { text: map(text)?, heading: map(heading)?, values: map(values)? })
    }

    /// Whether any document has a value in a column.
    pub(super) fn has_value(&self, column: &str, value: &str) -> bool {
        self.values.contains_key(key_of(column, value))
    }

    /// Returns the distinct values of a column that begin in this way, in lexicographic order.
    pub(super) fn values(&self, column: &str, beginning: &str) -> Vec<String> {
        starting_with(&self.values, &key_of(column, beginning))
            .into_iter()
            .filter_map(|(key, _)| Some(key.split_once(BETWEEN)?.1.to_owned()))
            .collect()
    }

    /// Returns the number of opinions that have a term.
    pub(super) fn documents(&self, field: TermField, term: &str) -> u64 {
        let terms = match field {
            TermField::Text => &self.text,
            TermField::Heading => &self.heading,
        };
        terms.get(term).unwrap_or(0)
    }

    /// Returns the terms of the text that belong to a set.
    pub(super) fn terms(&self, set: &TermSet<'_>) -> Vec<(String, u64)> {
        let mut found = Vec::new();
        let mut take = |key: &[u8], documents: u64| {
            found.extend(str::from_utf8(key).map(|term| (term.to_owned(), documents)));
        };
        match *set {
            TermSet::Prefix(prefix) => return starting_with(&self.text, prefix),
            TermSet::Near { term, distance } => {
                let Some(automaton) = nearly(term, distance) else { return Vec::new() };
                let first = term::beginning(term);
                let last = format!("{first}\u{10ffff}");
                let mut terms = self.text.search(&automaton).ge(first).le(&last).into_stream();
                while let Some((key, documents)) = terms.next() {
                    take(key, documents);
                }
            }
            TermSet::PairsBefore(character) => {
                // A letter or a digit needs no escaping in a regular expression.
                let pattern = Regex::new(&format!(".{character}")).ok();
                let Some(pattern) = pattern.filter(|_| character.is_alphanumeric()) else {
                    return Vec::new();
                };
                let mut terms = self.text.search(&pattern).into_stream();
                while let Some((key, documents)) = terms.next() {
                    take(key, documents);
                }
            }
        }
        found
    }

    /// Returns the numbers, to be counted on.
    pub(super) fn to_counts(&self) -> TermCounts {
        let counts = |terms: &Map<Vec<u8>>| {
            let mut counts = BTreeMap::new();
            let mut stream = terms.stream();
            while let Some((key, documents)) = stream.next() {
                if let Ok(term) = str::from_utf8(key) {
                    counts.insert(term.to_owned(), documents);
                }
            }
            counts
        };
        TermCounts { text: counts(&self.text), heading: counts(&self.heading), values: counts(&self.values) }
    }
}

fn key_of(column: &str, value: &str) -> String {
    format!("{column}{BETWEEN}{value}")
}

/// Returns the keys with a prefix, in lexicographic order, each with its number.
fn starting_with(map: &Map<Vec<u8>>, prefix: &str) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let mut keys = map.range().ge(prefix).into_stream();
    while let Some((key, number)) = keys.next() {
        if !key.starts_with(prefix.as_bytes()) {
            break;
        }
        found.extend(str::from_utf8(key).map(|key| (key.to_owned(), number)));
    }
    found
}

impl TermCounts {
    /// Counts an opinion with these terms, each given once.
    pub(super) fn add<'t>(&mut self, field: TermField, terms: impl Iterator<Item = &'t str>) {
        terms.for_each(|term| add(self.of(field), term));
    }

    /// Counts an opinion with these terms no longer.
    pub(super) fn remove<'t>(&mut self, field: TermField, terms: impl Iterator<Item = &'t str>) {
        terms.for_each(|term| remove(self.of(field), term));
    }

    /// Counts a document with these values of columns.
    pub(super) fn add_values<'t>(&mut self, values: impl Iterator<Item = (&'static str, &'t str)>) {
        values.for_each(|(column, value)| add(&mut self.values, &key_of(column, value)));
    }

    /// Counts a document with these values of columns no longer.
    pub(super) fn remove_values<'t>(&mut self, values: impl Iterator<Item = (&'static str, &'t str)>) {
        values.for_each(|(column, value)| remove(&mut self.values, &key_of(column, value)));
    }

    /// Adds the counts of others.
    pub(super) fn merge(&mut self, others: Self) {
        for (counts, others) in [
            (&mut self.text, others.text),
            (&mut self.heading, others.heading),
            (&mut self.values, others.values),
        ] {
            for (key, count) in others {
                *counts.entry(key).or_default() += count;
            }
        }
    }

    fn of(&mut self, field: TermField) -> &mut BTreeMap<String, u64> {
        match field {
            TermField::Text => &mut self.text,
            TermField::Heading => &mut self.heading,
        }
    }

    /// Returns the terms of the text, those of the headings, and the values, as [`Vocabulary::parse`] reads them.
    pub(super) fn to_bytes(&self) -> Result<[Vec<u8>; 3], tantivy_fst::Error> {
        let bytes = |counts: &BTreeMap<String, u64>| {
            let mut builder = MapBuilder::memory();
            for (term, &count) in counts {
                builder.insert(term, count)?;
            }
            builder.into_inner()
        };
        Ok([bytes(&self.text)?, bytes(&self.heading)?, bytes(&self.values)?])
    }
}

fn add(counts: &mut BTreeMap<String, u64>, key: &str) {
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => drop(counts.insert(key.to_owned(), 1)),
    }
}

fn remove(counts: &mut BTreeMap<String, u64>, key: &str) {
    if let Some(count) = counts.get_mut(key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_what_is_found() {
        let mut counts = TermCounts::default();
        let word = term::of_word;
        let (nurse, nursing, care) = (word("看護師"), word("看護"), word("介護"));
        counts.add(TermField::Text, ["看護", &nurse, &nursing].into_iter());
        counts.add(TermField::Text, ["看護", "介護", &nursing, &care].into_iter());
        let mut others = TermCounts::default();
        others.add(TermField::Text, ["護師"].into_iter());
        others.add(TermField::Heading, ["看護"].into_iter());
        counts.merge(others);
        counts.remove(TermField::Text, ["介護", care.as_str()].into_iter());
        counts.add_values([("region", "区西部"), ("region", "区東部"), ("section", "予算")].into_iter());
        counts.remove_values([("region", "区東部")].into_iter());
        let [text, heading, values] = counts.to_bytes().unwrap();
        let vocabulary = Vocabulary::parse(text, heading, values).unwrap();
        assert_eq!(vocabulary.values("region", ""), ["区西部"]);
        assert_eq!(vocabulary.values("region", "区東"), [""; 0]);
        assert!(vocabulary.has_value("section", "予算") && !vocabulary.has_value("region", "予算"));
        assert_eq!(vocabulary.documents(TermField::Text, "看護"), 2);
        assert_eq!(vocabulary.documents(TermField::Text, "介護"), 0);
        assert_eq!(vocabulary.documents(TermField::Heading, "看護"), 1);
        let terms = |set: TermSet<'_>| -> Vec<String> {
            vocabulary.terms(&set).into_iter().map(|(term, _)| term).collect()
        };
        assert_eq!(terms(TermSet::Prefix(&nursing)), [nursing.clone(), nurse.clone()]);
        assert_eq!(terms(TermSet::Near { term: &nurse, distance: 1 }), [nursing, nurse]);
        assert_eq!(terms(TermSet::PairsBefore('護')), ["看護"]);
        assert_eq!(vocabulary.to_counts().to_bytes().unwrap(), counts.to_bytes().unwrap());
    }
}
