//! What the words of a group of synonyms find: the basis on which a person judges whether they belong together.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::analysis::SynonymGroup;
use crate::index::OpinionKey;
use crate::query::Query;
use crate::search::{Answer, Hit, SearchContext, SearchError, SearchRequest, Wanted, run};

/// A group of synonyms with what each of its words finds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupGains {
    /// The line of the file, from 1.
    pub line: usize,
    /// The words in the order of the file.
    pub words: Vec<WordGain>,
}

/// What a word finds that the other words of its group do not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    let mut answers = Vec::new();
    for word in &group.words {
        let request = SearchRequest::new(Query::words(word)).exact().limit(usize::MAX);
        answers.push(run(context, &request, Wanted::Ranking)?.answer);
    }
    let mut words_of: HashMap<OpinionKey, usize> = HashMap::new();
    for ranked in answers.iter().flat_map(Answer::ranked) {
        *words_of.entry(ranked.matched.opinion).or_default() += 1;
    }
    let mut words = Vec::new();
    for (word, answer) in group.words.iter().zip(&answers) {
        let ranked = answer.ranked().iter().zip(1..);
        let gained: Vec<_> =
            ranked.filter(|(ranked, _)| words_of.get(&ranked.matched.opinion) == Some(&1)).collect();
        let hits = gained.iter().take(examples).map(|&(ranked, rank)| answer.hit(ranked, rank));
        words.push(WordGain {
            word: word.clone(),
            opinions: answer.len(),
            gained: gained.len(),
            examples: context.index.read(|| hits.collect())?,
        });
    }
    Ok(GroupGains { line: group.line, words })
}
