//! Search for opinions about the same concern as a given one.
//!
//! The rarest words of an opinion represent its topic. They become a query, expanded as usual, which an
//! opinion matches with any of the words. The matches are ranked by their terms alone, without passages.
//! Words that occur together in a clause show that an opinion answers a question, but not that it has the
//! same concern: of the first three matches in tests/relevance/similar.tsv, a share of 0.67 is relevant
//! without passages, and 0.54 with them.

use crate::analysis::{content_words, kana};
use crate::index::{EngineResult, IndexedOpinion, idf};
use crate::query::{Matching, Query};
use crate::search::{SearchContext, SearchRequest};

/// Maximum number of words. With more, the search is slower and each word is less informative.
const WORDS: usize = 16;

/// Factor by which each repetition of a word increases its weight.
const AGAIN: f32 = 1.5;

/// Returns a request for opinions about the same concern as a given one, which is among the matches.
pub(crate) fn similar_request(
    context: &SearchContext,
    opinion: &IndexedOpinion,
) -> EngineResult<SearchRequest> {
    let analysis = context.index.analyzer().analyze(&opinion.text);
    let mut weighed: Vec<(f32, usize, String)> = Vec::new();
    let all = context.index.manifest().opinions;
    let words = content_words(&analysis.morphemes, |morpheme| says_something(&morpheme.surface));
    for (place, word) in words.into_iter().enumerate() {
        let parts = &analysis.morphemes[word];
        let text: String = parts.iter().map(|part| part.surface.as_str()).collect();
        if let Some((weight, ..)) = weighed.iter_mut().find(|(_, _, known)| *known == text) {
            // A repeated word is more likely to be the topic.
            *weight *= AGAIN;
            continue;
        }
        let mut rarity: f32 = 0.0;
        for part in parts {
            let opinions = context.vocabulary().opinions_with(&part.base_form)?;
            rarity = rarity.max(idf(opinions.max(1), all));
        }
        weighed.push((rarity, place, text));
    }
    weighed.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    weighed.truncate(WORDS);
    let most = weighed.first().map_or(1.0, |(weight, ..)| *weight);
    weighed.sort_by_key(|(_, place, _)| *place);
    let words = weighed.into_iter().map(|(weight, _, word)| {
        // Two digits are precise enough and keep the query readable.
        Query::words(&word).boost(((weight / most).sqrt() * 100.0).round() / 100.0)
    });
    Ok(SearchRequest::new(Query::all(words)).matching(Matching::Any).without_synonyms().without_reranking())
}

/// Whether a word is informative: verbs and adverbs in hiragana occur in every opinion, whatever its topic.
fn says_something(surface: &str) -> bool {
    surface.chars().any(|character| character.is_alphanumeric() && !kana::is_hiragana(character))
}
