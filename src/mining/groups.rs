//! What the words of a group of synonyms find: the basis on which a person judges whether they belong together.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::analysis::SynonymGroup;
use crate::query::Query;
use crate::search::{Hit, SearchContext, SearchError, SearchRequest, Wanted, run};

/// A group of synonyms with what each of its words finds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupGains {
    /// The line of the file, from 1.
    pub line: usize,
    /// The words in the order of the file.
    pub words: Vec<WordGain>,
}

/// What a word finds that the other words of its group do not.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WordGain {
    /// The word.
    pub word: String,
    /// The number of opinions that contain it.
    pub opinions: usize,
    /// The number of opinions that contain none of the other words. A search for one of these newly finds them.
    pub gained: usize,
    /// Some of the newly found opinions, the best first.
    pub examples: Vec<Hit>,
}

/// Returns what the words of a group find, with at most `examples` opinions for each word.
pub(crate) fn group_gains(
    context: &SearchContext,
    group: &SynonymGroup,
    examples: usize,
) -> Result<GroupGains, SearchError> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut places: HashMap<_, usize> = HashMap::new();
    let requests: Vec<SearchRequest> = group
        .words
        .iter()
        .map(|word| SearchRequest::new(Query::words(word)).exact().limit(usize::MAX))
        .collect();
    let mut answers = Vec::new();
    for request in &requests {
        let run = run(context, request, Wanted::Ranking)?;
        let of_word = run.answer.ranked().iter().map(|ranked| {
            let next = places.len();
            *places.entry(ranked.matched.address).or_insert(next)
        });
        found.push(of_word.collect());
        answers.push(run.answer);
    }
    let mut words = Vec::new();
    for (index, (word, answer)) in group.words.iter().zip(&answers).enumerate() {
        let others: HashSet<usize> = found
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .flat_map(|(_, of)| of)
            .copied()
            .collect();
        let gained: Vec<usize> =
            (0..found[index].len()).filter(|&rank| !others.contains(&found[index][rank])).collect();
        let hits = gained.iter().take(examples).map(|&rank| answer.hit(&answer.ranked()[rank], rank + 1));
        let hits: tantivy::Result<Vec<Hit>> = hits.collect();
        words.push(WordGain {
            word: word.clone(),
            opinions: found[index].len(),
            gained: gained.len(),
            examples: hits.map_err(|error| context.index.damaged(&error))?,
        });
    }
    Ok(GroupGains { line: group.line, words })
}
