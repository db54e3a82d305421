//! Explanation of a hit's score by the terms of the query.

use serde::Serialize;
use tantivy::Score;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;

use crate::analysis::View;
use crate::index::Index;
use crate::query::{AlternativeKind, Ranking, move_to};
use crate::search::rank::Match;

/// The parts of a hit's score. They add up to the score, except for rounding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The terms of the query that occur in the text.
    pub terms: Vec<TermExplanation>,
    /// The score of single characters, which have no terms.
    pub single_characters: Score,
    /// The score of the best passage, where the terms occur together.
    pub together: Score,
    /// The score of the terms that occur in the titles, the region or the speaker.
    pub headings: Score,
    /// The score of the terms that the text shares with the best matches.
    pub related: Score,
    /// What the nearness in meaning adds.
    pub meaning: Score,
    /// By how much the scores of the terms are reduced because the opinion covers only a part of the query: 1
    /// for all of it. The scores above are given with this reduction.
    pub covered: Score,
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermExplanation {
    /// The word or the part of the query that the term belongs to.
    pub typed: String,
    /// The alternative that the term belongs to, if it is not a term of the query itself.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    pub alternative: Option<String>,
    /// How the alternative derives from the word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<AlternativeKind>,
    /// The base form of a word, or a pair of characters.
    pub term: String,
    /// Whether the term is a word or a pair.
    pub view: View,
    /// The number of occurrences in the text.
    pub count: u32,
    /// The score that they add.
    pub score: Score,
}

/// Explains a match.
pub(in crate::search) fn explain(
    matched: &Match,
    ranking: &Ranking,
    index: &Index,
) -> tantivy::Result<Explanation> {
    let terms = explain_terms(matched, ranking, index)?;
    let of_terms: Score = terms.iter().map(|term| term.score).sum();
    Ok(Explanation {
        single_characters: (matched.terms - of_terms).max(0.0),
        terms,
        together: matched.together,
        headings: matched.headings,
        related: matched.related,
        meaning: matched.meaning,
        covered: matched.covered,
    })
}

fn explain_terms(matched: &Match, ranking: &Ranking, index: &Index) -> tantivy::Result<Vec<TermExplanation>> {
    let segment = index.searcher().segment_reader(matched.address.segment_ord);
    let document = matched.address.doc_id;
    let inverted_index = segment.inverted_index(ranking.field())?;
    let length = segment.get_fieldnorms_reader(ranking.field())?.fieldnorm_id(document);
    let mut terms = Vec::new();
    for (weighted, origin) in ranking.terms().iter().zip(ranking.origins()) {
        let option = IndexRecordOption::WithFreqs;
        let postings = weighted.term.postings(segment.segment_id(), &inverted_index, option)?;
        let Some(mut postings) = postings else { continue };
        if move_to(&mut postings, document) {
            let count = postings.term_freq();
            let (kind, alternative) = origin.alternative.clone().unzip();
            terms.push(TermExplanation {
                typed: origin.typed.clone(),
                alternative,
                kind,
                term: origin.text.clone(),
                view: origin.view,
                count,
                score: matched.covered * weighted.weight * ranking.norms().saturate(count, length),
            });
        }
    }
    Ok(terms)
}
