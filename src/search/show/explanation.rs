//! Explanation of a hit's score by the terms of the query.

use serde::{Deserialize, Serialize};

use crate::analysis::View;
use crate::index::{Engine, EngineResult};
use crate::query::{AlternativeKind, Ranking};
use crate::search::rank::Match;

/// The parts of a hit's score. They add up to the score, except for rounding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The terms of the query that occur in the text.
    pub terms: Vec<TermExplanation>,
    /// The score of single characters, which have no terms.
    pub single_characters: f32,
    /// The score of the best passage, where the terms occur together.
    pub together: f32,
    /// The score of the terms that occur in the titles, the region or the speaker.
    pub headings: f32,
    /// The score of the terms that the text shares with the best matches.
    pub related: f32,
    /// What the nearness in meaning adds.
    pub meaning: f32,
    /// What a [`Reranker`](crate::Reranker) adds; less than 0 where it takes away.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reranked: f32,
    /// By how much the scores of the terms are reduced because the opinion covers only a part of the query: 1
    /// for all of it. The scores above are given with this reduction.
    pub covered: f32,
}

fn is_zero(score: &f32) -> bool {
    *score == 0.0
}

impl Explanation {
    /// Returns the terms grouped by word, alternative and view, so that each group can be shown in one line.
    pub fn by_word(&self) -> impl Iterator<Item = &[TermExplanation]> {
        self.terms.chunk_by(|left, right| {
            (&left.typed, &left.alternative, left.view) == (&right.typed, &right.alternative, right.view)
        })
    }
}

/// The contribution of a term to a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TermExplanation {
    /// The word or the part of the query that the term belongs to.
    pub typed: String,
    /// The alternative that the term belongs to, if it is not a term of the query itself.
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<String>,
    /// How the alternative derives from the word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<AlternativeKind>,
    /// The base form of a word, or a pair of characters.
    pub term: String,
    /// Whether the term is a word or a pair.
    pub view: View,
    /// The number of occurrences in the text.
    pub count: u32,
    /// The score that they add.
    pub score: f32,
}

/// Explains a match.
pub(in crate::search) fn explain(
    matched: &Match,
    ranking: &Ranking,
    engine: &dyn Engine,
) -> EngineResult<Explanation> {
    let terms = explain_terms(matched, ranking, engine)?;
    let of_terms: f32 = terms.iter().map(|term| term.score).sum();
    Ok(Explanation {
        single_characters: (matched.terms - of_terms).max(0.0),
        terms,
        together: matched.together,
        headings: matched.headings,
        related: matched.related,
        meaning: matched.meaning,
        reranked: matched.reranked,
        covered: matched.covered,
    })
}

fn explain_terms(
    matched: &Match,
    ranking: &Ranking,
    engine: &dyn Engine,
) -> EngineResult<Vec<TermExplanation>> {
    let reading = engine.read(&[matched.opinion], ranking.terms(), &[])?.pop().unwrap_or_default();
    let mut counts = vec![0; ranking.terms().len()];
    reading.occurrences.iter().for_each(|&(_, term)| counts[term] += 1);
    let mut terms = Vec::new();
    for ((weighted, origin), count) in ranking.terms().iter().zip(ranking.origins()).zip(counts) {
        if count > 0 {
            let (kind, alternative) = origin.alternative.clone().unzip();
            terms.push(TermExplanation {
                typed: origin.typed.clone(),
                alternative,
                kind,
                term: origin.text.clone(),
                view: origin.view,
                count,
                score: matched.covered * weighted.weight * ranking.norms().saturate(count, reading.length),
            });
        }
    }
    Ok(terms)
}
