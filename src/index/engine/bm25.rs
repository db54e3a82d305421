//! BM25 with a modified length normalization.
//!
//! The formula is that of Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*,
//! Foundations and Trends in Information Retrieval 3(4), 2009, section 3.4, with the idf of Lucene, which is
//! never negative. One thing differs. BM25 measures the length of a text as a multiple of the average length.
//! Most utterances are one line (「異議なし」) and some are speeches of 20,000 characters. For these the multiple
//! is 20 or more, which ranks the speech that raised a matter below every aside that mentions it. Here the
//! multiple r counts as log₂(1 + r): near the average this is about the same, and a speech twenty times as
//! long counts as four times as long. tantivy hard-codes its parameters and this multiple, so that the scorer is the
//! project's own.
//!
//! What length says depends on the query. Keywords name a topic, and the long speeches about it are wanted. A
//! question of many words is a passage itself: a speech of an hour has most of its words by chance, and what
//! answers it is about as short. The more words a query has, the more its scores are therefore divided by
//! 1 − g + g√r, except where all texts are short.

use std::sync::Arc;

use super::length::Length;

type Score = f32;

/// Saturation of the term frequency: the smaller, the sooner further occurrences stop adding to the score.
const K1: Score = 2.0;

/// Strength of the length normalization, from 0 to 1.
const B: Score = 0.75;

/// The greatest g, which applies to queries of [`LONG`] words; up to [`SHORT`] words it is 0.
const GREATEST: Score = 0.4;
const SHORT: Score = 4.0;
const LONG: Score = 24.0;

/// The average length, in terms, from which on the texts of an index count as long.
const LONG_TEXT: Score = 450.0;

/// The length normalization for one query, for each of the lengths that an index distinguishes.
#[derive(Clone, Debug)]
pub(crate) struct LengthNorms(Arc<[Norm; Length::DISTINCT]>, Score);

impl Default for LengthNorms {
    fn default() -> Self {
        Self(Arc::new([Norm::default(); Length::DISTINCT]), 0.0)
    }
}

/// The normalization for one length.
#[derive(Clone, Copy, Debug, Default)]
struct Norm {
    /// What the frequency of a term is saturated by.
    saturation: Score,
    /// What a score counts.
    share: Score,
}

impl LengthNorms {
    /// Creates the normalization for a query of so many words, in an index whose documents have so many terms on average.
    pub(crate) fn new(average_length: Score, words: usize) -> Self {
        let brevity = 1.0 / (1.0 + (average_length / LONG_TEXT).powi(4));
        // Where all texts are short, their length says nothing.
        let greatest = GREATEST * (1.0 - brevity);
        let g = greatest * ((words as Score - SHORT) / (LONG - SHORT)).clamp(0.0, 1.0);
        let mut norms = [Norm::default(); Length::DISTINCT];
        for (id, norm) in (0..=u8::MAX).zip(&mut norms) {
            let multiple = Length(id).terms() as Score / average_length.max(1.0);
            *norm = Norm {
                saturation: K1 * (1.0 - B + B * (1.0 + multiple).log2()),
                share: 1.0 / (1.0 - g + g * multiple.sqrt()),
            };
        }
        Self(Arc::new(norms), brevity)
    }

    /// Returns the saturated frequency in a text of this length. Each further occurrence adds less.
    pub(crate) fn saturate(&self, frequency: u32, length: Length) -> Score {
        let frequency = frequency as Score;
        let norm = self.0[usize::from(length.0)];
        norm.share * frequency / (frequency + norm.saturation)
    }

    /// Returns what a score counts in a text of this length.
    pub(crate) fn share(&self, length: Length) -> Score {
        self.0[usize::from(length.0)].share
    }

    /// Returns how short the texts of the index are: 1 for bullet points, 0 for speeches. In short texts it
    /// says much which of the words a text has; in long ones any word occurs in passing.
    pub(crate) fn brevity(&self) -> Score {
        self.1
    }
}

/// Returns the inverse document frequency ln(1 + (N − n + 0.5) / (n + 0.5)) of a term that n = `documents` of
/// N = `all_documents` documents contain.
pub(crate) fn idf(documents: u64, all_documents: u64) -> Score {
    let (n, all) = (documents.min(all_documents) as Score, all_documents as Score);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use tantivy::fieldnorm::FieldNormReader;

    use super::*;

    #[test]
    fn rare_words_weigh_more_and_common_ones_never_less_than_nothing() {
        assert!(idf(1, 1000) > idf(10, 1000) && idf(10, 1000) > idf(1000, 1000));
        assert!(idf(1000, 1000) > 0.0);
        // A term's document frequency still includes deleted documents.
        assert!(idf(1001, 1000) > 0.0);
    }

    #[test]
    fn more_counts_more_but_less_and_less_and_length_counts_gently() {
        let norms = LengthNorms::new(100.0, 1);
        let id = |terms| Length(FieldNormReader::fieldnorm_to_id(terms));
        let gains: Vec<Score> = (1..5).map(|count| norms.saturate(count, id(100))).collect();
        assert!(gains.is_sorted() && gains[1] - gains[0] > gains[3] - gains[2]);
        let average = norms.saturate(1, id(100));
        assert!((average - 1.0 / (1.0 + K1)).abs() < 0.01, "{average}");
        let long = norms.saturate(1, id(2000));
        assert!(long < average && long > average / 4.0);
        assert!(LengthNorms::new(0.0, 1).saturate(1, Length::default()) > 0.0);
    }

    #[test]
    fn long_texts_count_less_for_long_queries() {
        let id = |terms| Length(FieldNormReader::fieldnorm_to_id(terms));
        let share = |words, length| LengthNorms::new(1000.0, words).share(id(length));
        assert_eq!([share(1, 200), share(1, 20_000), share(4, 20_000)], [1.0; 3]);
        assert!(share(10, 20_000) < 1.0 && share(24, 20_000) < share(10, 20_000) && share(24, 200) > 1.0);
        assert_eq!(share(24, 20_000), share(100, 20_000));
        // Bullet points are all short.
        assert!(LengthNorms::new(50.0, 24).share(id(200)) > 0.999);
    }

    #[test]
    fn bullet_points_are_short_and_speeches_are_not() {
        let brevity = |length| LengthNorms::new(length, 1).brevity();
        assert!(brevity(50.0) > 0.99 && brevity(200.0) > 0.9 && brevity(1000.0) < 0.05);
    }
}
