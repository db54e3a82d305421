//! Tests of the tiers: opinions with all words first, and below them those with only some.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use gijiroku::{Facet, Filter, Matching, Query, SearchRequest, SearchResults, Searcher, Sort, Tier, Tiers};
use proptest::prelude::*;

fn search(searcher: &Searcher, request: &SearchRequest) -> SearchResults {
    searcher.search(request).unwrap()
}

fn ids(results: &SearchResults, tier: Tier) -> Vec<&str> {
    results.hits.iter().filter(|hit| hit.tier == tier).map(|hit| hit.opinion.id.as_str()).collect()
}

#[test]
fn what_has_all_words_comes_first_and_nothing_comes_twice() {
    let searcher = support::seed_searcher();
    for query in ["退院 カンファレンス", "医療ソーシャルワーカー", "訪問看護 連携 24時間", "急変患者の受入"]
    {
        let results = search(&searcher, &SearchRequest::new(query).limit(1000));
        assert!(results.hits.iter().map(|hit| hit.tier).is_sorted(), "{query}");
        let (first, second) = (ids(&results, Tier::First), ids(&results, Tier::Second));
        assert_eq!((first.len(), second.len()), (results.total, results.partial), "{query}");
        let strict = SearchRequest::new(query).tiers(Tiers::First).limit(1000);
        assert_eq!(ids(&search(&searcher, &strict), Tier::First), first, "{query}");
        let mut all = [first, second].concat();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "{query}");
        // The facets count both tiers.
        let of_regions = &results.facets.region;
        assert_eq!(of_regions.iter().map(|region| region.count).sum::<usize>(), results.total, "{query}");
        assert_eq!(of_regions.iter().map(|region| region.partial).sum::<usize>(), results.partial, "{query}");
    }
}

#[test]
fn pages_continue_from_tier_to_tier() {
    let searcher = support::seed_searcher();
    let request = SearchRequest::new("退院 カンファレンス");
    let whole = search(&searcher, &request.clone().limit(30));
    let mut paged = Vec::new();
    for offset in (0..30).step_by(7) {
        let page = search(&searcher, &request.clone().limit(7).offset(offset));
        assert_eq!((page.total, page.partial), (whole.total, whole.partial));
        paged.extend(page.hits.into_iter().map(|hit| (hit.rank, hit.tier, hit.opinion.id)));
    }
    let expected: Vec<_> = whole.hits.into_iter().map(|hit| (hit.rank, hit.tier, hit.opinion.id)).collect();
    assert_eq!(paged[..30], expected);
}

#[test]
fn conditions_exclusions_and_quoted_strings_hold_in_both_tiers() {
    let searcher = support::seed_searcher();
    let all = |query: &str| search(&searcher, &SearchRequest::new(query).limit(1000));
    for query in
        ["\"情報共有\" 転院 移動距離", "退院 \"カンファレンス\" 移動距離", "(\"訪問看護\" 連携) 移動距離"]
    {
        let quoted = query.split('"').nth(1).unwrap();
        let results = all(query);
        assert!(results.partial > 0, "{query}");
        assert!(results.hits.iter().all(|hit| hit.opinion.text.contains(quoted)), "{query}");
    }
    let without = all("退院 移動距離 -病院");
    assert!(without.partial > 0);
    assert!(without.hits.iter().all(|hit| !hit.opinion.text.contains("病院")));
    let filtered =
        SearchRequest::new("病院 移動距離 region:区西部").exclude(Filter::section("在宅療養")).limit(1000);
    let filtered = search(&searcher, &filtered);
    assert!(filtered.partial > 0);
    assert!(filtered.hits.iter().all(|hit| hit.opinion.region.as_deref() == Some("区西部")));
    // What is all strict has no second tier, and neither has what was asked for exactly.
    assert_eq!(all("\"訪問看護\" -病院").partial, 0);
    for request in [
        SearchRequest::new("訪問看護 連携").exact(),
        SearchRequest::new("訪問看護 連携").matching(Matching::Any),
        SearchRequest::new(Query::phrase("訪問看護")),
        SearchRequest::new("").region("区西部"),
    ] {
        let results = search(&searcher, &request.limit(1000));
        assert_eq!((results.partial, results.hits.len()), (0, results.total));
    }
    // Quotation marks of a running text are required in the first tier only.
    let title = all("「情報共有」の移動距離");
    assert!(title.hits.iter().any(|hit| !hit.opinion.text.contains("情報共有")));
}

#[test]
fn a_synonym_comes_before_fragments_of_the_word() {
    let searcher = support::seed_searcher();
    let results = search(&searcher, &SearchRequest::new("終末期"));
    assert!(results.total >= 3);
    for hit in &results.hits[..3] {
        assert!(
            hit.opinion.text.contains("看取り") || hit.opinion.text.contains("最期"),
            "{}",
            hit.opinion.text
        );
    }
}

#[test]
fn what_only_counts_takes_the_first_tier_unless_it_is_asked_for_both() {
    let searcher = support::seed_searcher();
    let request = SearchRequest::new("退院 カンファレンス");
    let shown = search(&searcher, &request.clone().limit(1000));
    let (total, partial) = (shown.total, shown.partial);
    let both = request.clone().tiers(Tiers::Any);
    assert_eq!([&request, &both].map(|request| searcher.count(request).unwrap()), [total, total + partial]);
    assert_eq!(
        [&request, &both].map(|request| searcher.ids(request).unwrap().len()),
        [total, total + partial]
    );
    let compared = |request: &SearchRequest| searcher.compare(request, Facet::Region, None).unwrap();
    for (request, expected) in [(&request, total), (&both, total + partial)] {
        let comparison = compared(request);
        assert_eq!(comparison.total, expected);
        assert_eq!(comparison.rows.iter().map(|row| row.count.matches).sum::<usize>(), expected);
    }
    assert_eq!(searcher.answer(&request.clone().limit(usize::MAX)).unwrap().len(), total);
    assert_eq!(searcher.answer(&both.limit(usize::MAX)).unwrap().len(), total + partial);
}

#[test]
fn other_orders_and_groups_keep_the_tiers() {
    let searcher = support::seed_searcher();
    let request = SearchRequest::new("退院 カンファレンス").limit(1000);
    let sorted = search(&searcher, &request.clone().sort(Sort::Descending(Facet::Date)));
    assert!(sorted.hits.is_sorted_by_key(|hit| (hit.tier, std::cmp::Reverse(hit.opinion.date.clone()))));
    assert_eq!(sorted.hits.len(), sorted.total + sorted.partial);
    let grouped = search(&searcher, &request.clone().group_by(Facet::Region));
    for group in grouped.hits.chunk_by(|left, right| left.group == right.group) {
        assert!(group.is_sorted_by_key(|hit| hit.tier));
    }
    let collapsed = search(&searcher, &request.collapse());
    assert!(collapsed.hits.is_sorted_by_key(|hit| hit.tier));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_document_is_in_one_tier(texts in prop::collection::vec("[医師看護病院 ]{1,12}", 1..12), query in "[医師看護病院 ]{1,8}") {
        let searcher = Searcher::new(support::index_of(&texts));
        if let Ok(results) = searcher.search(&SearchRequest::new(query.as_str()).limit(100)) {
            let mut ids: Vec<&str> = results.hits.iter().map(|hit| hit.opinion.id.as_str()).collect();
            prop_assert_eq!(ids.len(), results.total + results.partial);
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), results.hits.len());
        }
    }
}
