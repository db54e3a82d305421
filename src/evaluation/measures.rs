//! Measures of ranking quality.

use std::collections::HashMap;
use std::ops::Add;

use serde::Serialize;

use super::{Judgments, Run};

/// The quality of a ranking, for one query or as the mean over several. All measures are between 0 and 1;
/// higher is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Quality {
    /// Normalized discounted cumulative gain: the gain of the first ten results, divided by that of an ideal
    /// ranking. The gain of a result is its grade, the discount log₂(rank + 1). Järvelin and Kekäläinen,
    /// *Cumulated gain-based evaluation of IR techniques*, ACM Transactions on Information Systems 20(4),
    /// 2002.
    pub ndcg_at_10: f64,
    /// Reciprocal rank: one divided by the rank of the first relevant document among the first ten, or 0 if
    /// there is none.
    pub mrr_at_10: f64,
    /// The proportion of all relevant documents that are among the first hundred results.
    pub recall_at_100: f64,
    /// 1 if the first result is relevant, else 0.
    pub success_at_1: f64,
}

/// The quality of a run, query by query.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Evaluation {
    /// The quality for each query with a relevant document, in the order of the identifiers.
    pub queries: Vec<(String, Quality)>,
    /// The queries for which the run has no results.
    pub without_hits: Vec<String>,
}

impl Evaluation {
    /// Returns the evaluation of some of the queries, which are named by their identifiers.
    #[must_use]
    pub fn of_queries(&self, is_wanted: impl Fn(&str) -> bool) -> Self {
        Self {
            queries: self.queries.iter().filter(|(id, _)| is_wanted(id)).cloned().collect(),
            without_hits: self.without_hits.iter().filter(|id| is_wanted(id)).cloned().collect(),
        }
    }

    /// Returns the mean over all queries. A query without results counts as zero.
    #[must_use]
    pub fn mean(&self) -> Quality {
        let sum = self.queries.iter().fold(Quality::default(), |sum, (_, quality)| sum + *quality);
        let count = self.queries.len().max(1) as f64;
        Quality {
            ndcg_at_10: sum.ndcg_at_10 / count,
            mrr_at_10: sum.mrr_at_10 / count,
            recall_at_100: sum.recall_at_100 / count,
            success_at_1: sum.success_at_1 / count,
        }
    }
}

impl Quality {
    /// Returns the measures with their usual names, in the order of the fields.
    #[must_use]
    pub fn named(&self) -> [(&'static str, f64); 4] {
        [
            ("nDCG@10", self.ndcg_at_10),
            ("MRR@10", self.mrr_at_10),
            ("Recall@100", self.recall_at_100),
            ("success@1", self.success_at_1),
        ]
    }
}

impl Add for Quality {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            ndcg_at_10: self.ndcg_at_10 + other.ndcg_at_10,
            mrr_at_10: self.mrr_at_10 + other.mrr_at_10,
            recall_at_100: self.recall_at_100 + other.recall_at_100,
            success_at_1: self.success_at_1 + other.success_at_1,
        }
    }
}

/// Evaluates a run against judgments. Queries without judgments or without a relevant document are ignored.
#[must_use]
pub fn evaluate(judgments: &Judgments, run: &Run) -> Evaluation {
    let mut evaluation = Evaluation::default();
    for (query, grades) in judgments.0.iter().filter(|(_, grades)| grades.values().any(|&grade| grade > 0.0))
    {
        let returned = run.0.get(query).map_or(&[][..], Vec::as_slice);
        if returned.is_empty() {
            evaluation.without_hits.push(query.clone());
        }
        evaluation.queries.push((query.clone(), quality(grades, returned)));
    }
    evaluation
}

fn quality(grades: &HashMap<String, f64>, returned: &[String]) -> Quality {
    let grade = |document: &String| grades.get(document).copied().unwrap_or(0.0);
    let mut ideal: Vec<f64> = grades.values().copied().collect();
    ideal.sort_by(|left, right| right.total_cmp(left));
    let best_gain = discounted_gain(ideal.into_iter());
    let first = returned.iter().take(10).position(|document| grade(document) > 0.0);
    let answers = grades.values().filter(|&&grade| grade > 0.0).count();
    let found = returned.iter().take(100).filter(|&document| grade(document) > 0.0).count();
    Quality {
        ndcg_at_10: discounted_gain(returned.iter().map(grade)) / best_gain,
        mrr_at_10: first.map_or(0.0, |index| 1.0 / (index + 1) as f64),
        recall_at_100: found as f64 / answers as f64,
        success_at_1: if first == Some(0) { 1.0 } else { 0.0 },
    }
}

fn discounted_gain(grades: impl Iterator<Item = f64>) -> f64 {
    grades.take(10).enumerate().map(|(index, grade)| grade / (index as f64 + 2.0).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_a_ranking_worked_out_by_hand() {
        let judgments = Judgments::parse("q a 2\nq b 1\nq c 0\nnone x 0\n").unwrap();
        let run = Run::parse("q Q0 c 1 3 r\nq Q0 b 2 2 r\nq Q0 a 3 1 r\nother Q0 a 1 1 r\n").unwrap();
        let evaluation = evaluate(&judgments, &run);
        assert_eq!(evaluation.queries.len(), 1);
        let quality = evaluation.mean();
        // (1 / log₂3 + 2 / log₂4) / (2 / log₂2 + 1 / log₂3)
        assert!((quality.ndcg_at_10 - 1.630_93 / 2.630_93).abs() < 1e-5, "{quality:?}");
        assert_eq!((quality.mrr_at_10, quality.recall_at_100, quality.success_at_1), (0.5, 1.0, 0.0));
    }

    #[test]
    fn a_query_without_hits_counts_as_zero() {
        let judgments = Judgments::parse("q a 1\nr a 1\n").unwrap();
        let run = Run::parse("q Q0 a 1 1 r\n").unwrap();
        let evaluation = evaluate(&judgments, &run);
        assert_eq!(evaluation.without_hits, ["r"]);
        assert_eq!(evaluation.mean().ndcg_at_10, 0.5);
        assert_eq!(evaluate(&Judgments::default(), &run).mean(), Quality::default());
    }
}
