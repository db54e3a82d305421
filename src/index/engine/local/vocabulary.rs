//! The terms of the index, and the words of some opinions.

use std::collections::HashMap;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermStreamer;
use tantivy::{DocSet, Searcher, TERMINATED};
use tantivy_fst::{Automaton, Regex};

use super::super::{EngineResult, OpinionKey, TermSet, WordCount};
use super::address_of;
use crate::analysis::{nearly, term};
use crate::stop::{Stop, Stopped, Watch};

/// Returns the terms of a set, each with the number of documents that have it, segment by segment.
pub(super) fn terms(
    set: &TermSet<'_>,
    field: Field,
    searcher: &Searcher,
    stop: &Stop,
) -> EngineResult<Vec<(String, u64)>> {
    let mut found = Found { terms: Vec::new(), watch: stop.watch() };
    for segment in searcher.segment_readers() {
        let inverted_index = segment.inverted_index(field)?;
        let terms = inverted_index.terms();
        match *set {
            TermSet::Prefix(prefix) => {
                let is_there = |term: &str| term.starts_with(prefix);
                found.take_while(terms.range().ge(prefix).into_stream()?, is_there)?;
            }
            TermSet::Near { term, distance } => {
                let Some(automaton) = nearly(term, distance) else { continue };
                // Limiting the range to the first character avoids scanning most of a large vocabulary.
                let first = term::beginning(term);
                let last = format!("{first}\u{10ffff}");
                let stream = terms.search(&automaton).ge(first).le(&last).into_stream()?;
                found.take_while(stream, |_| true)?;
            }
            TermSet::PairsBefore(character) => {
                // A letter or a digit needs no escaping in a regular expression.
                let pattern = Regex::new(&format!(".{character}")).ok();
                let Some(pattern) = pattern.filter(|_| character.is_alphanumeric()) else { continue };
                found.take_while(terms.search(&pattern).into_stream()?, |_| true)?;
            }
        }
    }
    Ok(found.terms)
}

/// The terms that were found.
struct Found {
    terms: Vec<(String, u64)>,
    watch: Watch,
}

impl Found {
    /// Takes the terms of a stream up to the first one that is not wanted.
    fn take_while<A: Automaton>(
        &mut self,
        mut stream: TermStreamer<'_, A>,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<(), Stopped>
    where
        A::State: Clone,
    {
        while let Some((key, info)) = stream.next() {
            let Some(term) = str::from_utf8(key).ok().filter(|term| is_wanted(term)) else { break };
            self.terms.push((term.to_owned(), u64::from(info.doc_freq)));
            self.watch.step()?;
        }
        Ok(())
    }
}

/// Returns the words in some opinions.
pub(super) fn words_within(
    opinions: &[OpinionKey],
    field: Field,
    searcher: &Searcher,
    stop: &Stop,
) -> EngineResult<Vec<WordCount>> {
    let mut watch = stop.watch();
    let segments = searcher.segment_readers();
    let mut set: Vec<Vec<bool>> =
        segments.iter().map(|segment| vec![false; segment.max_doc() as usize]).collect();
    for &opinion in opinions {
        let address = address_of(opinion);
        set[address.segment_ord as usize][address.doc_id as usize] = true;
    }
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    let prefix = term::of_word("");
    for (set, segment) in set.iter().zip(segments) {
        let inverted_index = segment.inverted_index(field)?;
        let mut terms = inverted_index.terms().range().ge(&prefix).into_stream()?;
        while let Some((key, info)) = terms.next() {
            let Some(word) = str::from_utf8(key).ok().and_then(term::word) else { break };
            let mut postings = inverted_index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            let (mut within, mut all) = (0, 0);
            while postings.doc() != TERMINATED {
                watch.step()?;
                if !segment.is_deleted(postings.doc()) {
                    all += 1;
                    within += usize::from(set[postings.doc() as usize]);
                }
                postings.advance();
            }
            // A word that the set lacks in this segment may be in the set in another segment.
            if within == 0 && segments.len() == 1 {
                continue;
            }
            match counts.get_mut(word) {
                Some(count) => *count = (count.0 + within, count.1 + all),
                None => drop(counts.insert(word.to_owned(), (within, all))),
            }
        }
    }
    let met = counts.into_iter().filter(|(_, (within, _))| *within > 0);
    Ok(met.map(|(base_form, (within, all))| WordCount { base_form, within, all }).collect())
}
