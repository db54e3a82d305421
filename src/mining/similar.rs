//! Opinions of the same concern as one.
//!
//! The rarest words of an opinion say what it is about. They become a query, each with what it is also searched as, of which an
//! opinion may have any word. The matches are ordered by their terms alone: that words stand together in one clause says that an
//! opinion answers a question, and not that it has the same concern (of the first three in tests/relevance/similar.tsv 0.67 are
//! relevant without passages, and 0.54 with them).

use crate::analysis::{content_words, kana};
use crate::index::IndexedOpinion;
use crate::query::{Matching, Query, idf};
use crate::search::{SearchContext, SearchRequest};

/// Maximum number of words. More are slower, and say less each.
const WORDS: usize = 16;

/// How much more a word counts each time that it is said again.
const AGAIN: f32 = 1.5;

/// A request for opinions of the same concern as one, itself among them.
pub(crate) fn similar_request(
    context: &SearchContext,
    opinion: &IndexedOpinion,
) -> tantivy::Result<SearchRequest> {
    let analysis = context.index.analyzer().analyze(&opinion.text);
    let mut weighed: Vec<(f32, usize, String)> = Vec::new();
    let all = context.index.manifest().opinions;
    let words = content_words(&analysis.morphemes, |morpheme| says_something(&morpheme.surface));
    for (place, word) in words.into_iter().enumerate() {
        let parts = &analysis.morphemes[word];
        let text: String = parts.iter().map(|part| part.surface.as_str()).collect();
        if let Some((weight, ..)) = weighed.iter_mut().find(|(_, _, known)| *known == text) {
            // A word that is said again is what the opinion is about.
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
        // Two digits are enough, and make a query that can be read.
        Query::words(&word).boost(((weight / most).sqrt() * 100.0).round() / 100.0)
    });
    Ok(SearchRequest::new(Query::all(words)).matching(Matching::Any).without_reranking())
}

/// Verbs and adverbs in hiragana are in every opinion, whatever it is about.
fn says_something(surface: &str) -> bool {
    surface.chars().any(|character| character.is_alphanumeric() && !kana::is_hiragana(character))
}
