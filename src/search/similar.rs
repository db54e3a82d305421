//! Opinions of the same concern as one.
//!
//! What an opinion is about is told by its rarest words, each with what it is also searched as. They are a query of which an
//! opinion may have any. Their order is that of their terms alone: that words stand together in one clause tells which opinion answers a
//! question, and not which is about the same (tests/relevance/similar.tsv: 0.67 of the first three are, where it counts 0.54).

use super::{SearchError, SearchRequest, Searcher};
use crate::analysis::{content_words, kana};
use crate::index::IndexedOpinion;
use crate::query::{Filter, Matching, idf};

/// So many words are looked for. More are slower, and say less each.
const WORDS: usize = 16;

/// How much more a word counts each time that it is said again.
const AGAIN: f32 = 1.5;

impl Searcher {
    /// Asks for opinions of the same concern as one, but for those of its own meeting. What else is wanted can be said of the
    /// request, such as `region` or `limit`.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let opinion = searcher.index().opinion("20171213-区中央部-6")?.unwrap_or_default();
    /// let similar = searcher.search(&searcher.similar(&opinion)?.limit(3))?;
    /// assert!(similar.hits.iter().all(|hit| hit.opinion.meeting_id != opinion.meeting_id));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn similar(&self, opinion: &IndexedOpinion) -> Result<SearchRequest, SearchError> {
        let request = self.alike(opinion)?;
        Ok(request.exclude(Filter::Id(opinion.meeting_id.clone())))
    }

    /// Asks for opinions of the same concern as one, those of its own meeting too.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn similar_anywhere(&self, opinion: &IndexedOpinion) -> Result<SearchRequest, SearchError> {
        let request = self.alike(opinion)?;
        Ok(request.exclude(Filter::Id(opinion.id.clone())))
    }

    fn alike(&self, opinion: &IndexedOpinion) -> Result<SearchRequest, SearchError> {
        let analysis = self.index().analyzer().analyze(&opinion.text);
        let mut weighed: Vec<(f32, usize, String)> = Vec::new();
        let all = self.index().manifest().opinions;
        let words = content_words(&analysis.morphemes, |morpheme| says_something(&morpheme.surface));
        for (place, word) in words.into_iter().enumerate() {
            let parts = &analysis.morphemes[word];
            let text: String = parts.iter().map(|part| part.surface.as_str()).collect();
            if let Some((weight, ..)) = weighed.iter_mut().find(|(_, _, known)| *known == text) {
                // A word that is said again is what it is about.
                *weight *= AGAIN;
                continue;
            }
            let mut rarity: f32 = 0.0;
            for part in parts {
                let opinions = self.vocabulary().opinions_with(&part.base_form);
                let opinions = opinions.map_err(|error| self.index().damaged(&error))?;
                rarity = rarity.max(idf(opinions.max(1), all));
            }
            weighed.push((rarity, place, text));
        }
        weighed.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        weighed.truncate(WORDS);
        let most = weighed.first().map_or(1.0, |(weight, ..)| *weight);
        weighed.sort_by_key(|(_, place, _)| *place);
        let boosted =
            |(weight, _, word): (f32, usize, String)| format!("{word}^{:.2}", (weight / most).sqrt());
        let query: Vec<String> = weighed.into_iter().map(boosted).collect();
        Ok(SearchRequest::new(query.join(" ")).matching(Matching::Any).without_rereading())
    }
}

/// Verbs and adverbs in hiragana are in every opinion, whatever it is about.
fn says_something(surface: &str) -> bool {
    surface.chars().any(|character| character.is_alphanumeric() && !kana::is_hiragana(character))
}
