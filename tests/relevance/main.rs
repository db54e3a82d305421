//! Tests of the ranking on judged queries over the seed: no change may make it worse unnoticed.
//!
//! `judgments.tsv` was written by reading all 200 opinions for each query, not by looking at the results of
//! searches. It has queries of all kinds: questions as people type them, single words, several words, other spellings,
//! strings. They are run as a user runs them, with the defaults of a search. `everyday.tsv` has queries as officials, journalists
//! and citizens would type them, of which only what a search shows first was judged.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use gijiroku::SearchRequest;
use gijiroku::evaluation::{Judgments, Run, evaluate};

const JUDGMENTS: &str = include_str!("judgments.tsv");
const EVERYDAY: &str = include_str!("everyday.tsv");
const SIMILAR: &str = include_str!("similar.tsv");

/// The lowest mean nDCG@10 allowed for each kind of query, some hundredths below the value that was reached.
const FLOORS: [(&str, f64); 5] =
    [("question", 0.75), ("spelling", 0.63), ("string", 0.55), ("word", 0.81), ("words", 0.78)];

#[test]
fn the_ranking_is_as_good_as_it_was() {
    let searcher = support::seed_searcher();

    let mut judgments: BTreeMap<&str, Judgments> = BTreeMap::new();
    for line in JUDGMENTS.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [kind, query, grade, id] = *columns else { panic!("{line}") };
        assert!(searcher.index().opinion(id).unwrap().is_some(), "{line}");
        let grades = judgments.entry(kind).or_default().0.entry(query.to_owned()).or_default();
        grades.insert(id.to_owned(), grade.parse().unwrap());
    }
    let queries: usize = judgments.values().map(|judgments| judgments.0.len()).sum();
    assert!(queries >= 60, "{queries}");

    let mut failed = Vec::new();
    for ((kind, judgments), (floor_kind, floor)) in judgments.iter().zip(FLOORS) {
        assert_eq!(*kind, floor_kind);
        let rank = |query: &String| {
            let ranking = searcher.ranking(&SearchRequest::new(query).limit(100)).unwrap();
            (query.clone(), ranking.into_iter().map(|(id, _)| id).collect())
        };
        let evaluation = evaluate(judgments, &Run(judgments.0.keys().map(rank).collect()));
        let mean = evaluation.mean();
        println!("{kind}: {} queries, {mean:.3?}", evaluation.queries.len());
        for (query, quality) in evaluation.queries.iter().filter(|(_, quality)| quality.ndcg_at_10 < 0.7) {
            println!("    {:.3} {query}", quality.ndcg_at_10);
        }
        if mean.ndcg_at_10 < floor {
            failed.push(format!("{kind}: nDCG@10 is {:.3}, at least {floor} is wanted", mean.ndcg_at_10));
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn what_is_shown_first_for_everyday_queries_is_what_was_asked_for() {
    const SHOWN: usize = 3;
    let searcher = support::seed_searcher();
    let mut judged: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for line in EVERYDAY.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [query, grade, id] = *columns else { panic!("{line}") };
        assert!(searcher.index().opinion(id).unwrap().is_some(), "{line}");
        judged.entry(query).or_default().insert(id, grade.parse().unwrap());
    }
    let (mut sum, mut first) = (0, 0);
    for (query, grades) in &judged {
        let hits = searcher.search(&SearchRequest::new(*query).limit(SHOWN)).unwrap().hits;
        let grade = |id: &str| {
            // What nobody judged counts as nothing, and is to be judged.
            grades.get(id).copied().unwrap_or_else(|| {
                println!("{query}: {id} is not judged");
                0
            })
        };
        let shown: Vec<u32> = hits.iter().map(|hit| grade(&hit.opinion.id)).collect();
        println!("{shown:?} {query}");
        sum += shown.iter().sum::<u32>();
        first += usize::from(shown.first() == Some(&2));
    }
    let mean = f64::from(sum) / (SHOWN * judged.len()) as f64;
    println!("{mean:.3} of 2; the first is what was asked for {first} times of {}", judged.len());
    assert!(judged.len() >= 40 && mean >= 1.37 && first >= 31, "{mean}, {first} of {}", judged.len());
}

#[test]
fn similar_opinions_are_of_the_same_concern() {
    let searcher = support::seed_searcher();
    let (mut judged, mut precision) = (0, 0.0);
    for line in SIMILAR.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, relevant, concern] = *columns else { panic!("{line}") };
        let relevant: Vec<&str> = relevant.split(' ').collect();
        let opinion = searcher.index().opinion(id).unwrap().unwrap();
        let hits = searcher.search(&searcher.similar(&opinion).unwrap().limit(3)).unwrap().hits;
        assert!(hits.iter().all(|hit| hit.opinion.meeting_id != opinion.meeting_id));
        let found = hits.iter().filter(|hit| relevant.contains(&hit.opinion.id.as_str())).count();
        println!("{found} of 3: {concern}");
        if concern == "退院前カンファレンス" {
            assert_eq!(found, 3);
        }
        judged += 1;
        precision += found as f64 / 3.0;
    }
    let precision = precision / f64::from(judged);
    println!("precision@3 {precision:.3} of {judged}");
    assert!(judged >= 10 && precision >= 0.64, "{precision} of {judged}");
}
