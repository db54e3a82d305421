//! Tests of searches with the library.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::HashMap;

use gijiroku::analysis::NormalizedText;
use gijiroku::{
    FacetCount, IndexedOpinion, Matching, SearchError, SearchRequest, SearchResults, Searcher, Tiers,
};
use proptest::prelude::*;
use support::all_opinions;

fn ids(results: &SearchResults) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.opinion.id.as_str()).collect()
}

fn sorted(mut ids: Vec<&str>) -> Vec<&str> {
    ids.sort_unstable();
    ids
}

#[test]
fn a_word_is_found_where_a_word_begins() {
    let searcher = support::seed_searcher();
    let opinions = all_opinions(&searcher);
    for (query, must_find, must_not_find) in [
        ("薬", vec!["残薬", "薬局", "薬剤師", "服薬"], vec![]),
        ("京都", vec![], vec!["東京都"]),
        ("訪問看護", vec!["訪問看護師", "訪問看護ステーション"], vec![]),
        ("帰れる", vec!["帰れない", "帰れると"], vec![]),
        ("ＩＣＴ", vec!["ICT"], vec![]),
        ("7:1", vec!["7：1の体制"], vec![]),
        ("介護支援専門員研究協議会", vec![], vec!["介護支援専門員"]),
    ] {
        let results = searcher.search(&SearchRequest::new(query).limit(usize::MAX)).unwrap();
        let found: Vec<&str> = results.hits.iter().map(|hit| hit.opinion.text.as_str()).collect();
        for expected in must_find {
            let there = opinions.iter().filter(|opinion| opinion.text.contains(expected)).count();
            let seen = found.iter().filter(|text| text.contains(expected)).count();
            assert!(there > 0 && seen == there, "{query}: {expected} stands in {there}, found in {seen}");
        }
        for unexpected in must_not_find {
            assert!(!found.iter().any(|text| text.contains(unexpected)), "{query}: {unexpected}");
        }
        assert_eq!(results.total, results.hits.len());
    }
}

#[test]
fn one_spelling_finds_the_others_and_what_only_looks_alike_does_not() {
    for (query, must_find, must_not_find) in [
        ("会議録", vec!["會議錄を閲覧", "会議録", "会議錄"], vec!["会議"]),
        ("會議録", vec!["会議録"], vec![]),
        ("ケアマネジャー", vec!["ｹｱﾏﾈｼﾞｬｰに相談", "ケアマネシ\u{3099}ャー"], vec!["ケアマネ"]),
        ("24時間", vec!["２４時間対応", "24時間"], vec!["12時間", "124時間対応"]),
        ("24~36", vec!["24〜36か月", "２４～３６か月"], vec!["24-36か月"]),
        ("03-1234", vec!["０３－１２３４", "03‐1234", "03—1234"], vec!["031234"]),
        ("区分1", vec!["区分１", "区分①"], vec!["区分2"]),
        ("區分", vec!["区分Ⅰ"], vec![]),
        ("こころ", vec!["こゝろの健康"], vec!["こゝ"]),
        ("ＩＣＴ", vec!["ict", "ICTの活用"], vec!["IC"]),
        ("ビル", vec!["ビルの谷間"], vec!["ビール工場"]),
        ("医師", vec!["醫師会"], vec!["意思の表明"]),
        ("はは", vec!["はは"], vec!["ハハ", "母"]),
    ] {
        let texts: Vec<String> =
            must_find.iter().chain(&must_not_find).map(|text| (*text).to_owned()).collect();
        let searcher = Searcher::new(support::index_of(&texts));
        let request = SearchRequest::new(query).without_synonyms().limit(usize::MAX);
        let results = searcher.search(&request).unwrap();
        let mut found: Vec<&str> = results.hits.iter().map(|hit| hit.opinion.text.as_str()).collect();
        found.sort_unstable();
        let mut expected = must_find.clone();
        expected.sort_unstable();
        assert_eq!(found, expected, "{query}");
        for hit in &results.hits {
            assert!(!hit.highlights.is_empty(), "{query} is not marked in {}", hit.opinion.text);
        }
    }
}

/// Returns the parts of a text that are marked in a hit.
fn marked(request: &SearchRequest, text: &str) -> Vec<String> {
    let searcher = Searcher::new(support::index_of(&[text.to_owned()]));
    let hits = searcher.search(request).unwrap().hits;
    let characters: Vec<char> = text.chars().collect();
    let ranges = hits.into_iter().flat_map(|hit| hit.highlights);
    ranges.map(|range| characters[range].iter().collect()).collect()
}

#[test]
fn what_matches_is_marked_in_the_text_as_published() {
    for (query, text, expected) in [
        ("薬", "薬を管理する薬剤師がいないと、残薬がたまる。", vec!["薬", "薬", "薬"]),
        ("京都", "東京都と京都府", vec!["京都"]),
        ("ict", "ＩＣＴを活用した", vec!["ＩＣＴ"]),
        ("帰る", "㍻に家に帰らず、帰れない", vec!["帰ら", "帰れ"]),
        ("訪問看護 ステーション", "訪問看護ステーションと訪問診療", vec!["訪問看護ステーション"]),
        ("ガイド", "ｶﾞｲﾄﾞを配る", vec!["ｶﾞｲﾄﾞ"]),
        ("\"護ステ\"", "訪問看護ステーション", vec!["護ステ"]),
        ("護ステ", "訪問看護ステーション", vec!["護ステ"]),
        ("受入", "受け入れと、受入れ。\n受入を断る", vec!["受け入れ", "受入", "受入"]),
        ("24時間", "124時間、二十四時間、２４時間", vec!["二十四時間", "２４時間"]),
        ("\"、受\"", "受け入れ、受入れ", vec!["、受"]),
        ("a", "ABC a", vec!["a"]),
        ("連携", "病院", vec![]),
    ] {
        assert_eq!(marked(&SearchRequest::new(query), text), expected, "{query}");
    }
}

#[test]
fn where_any_word_will_do_its_parts_are_marked() {
    let request = SearchRequest::new("訪問看護");
    assert_eq!(marked(&request.clone().exact(), "訪問診療と看護"), [""; 0]);
    assert_eq!(marked(&request.matching(Matching::Any), "訪問診療と看護"), ["訪問", "看護"]);
}

#[test]
fn all_words_must_be_there_or_any() {
    let searcher = support::seed_searcher();
    let all = searcher.search(&SearchRequest::new("退院 カンファレンス").limit(usize::MAX)).unwrap();
    assert!(all.total > 0);
    for hit in &all.hits {
        assert!(
            hit.opinion.text.contains("退院") && hit.opinion.text.contains("カンファレンス"),
            "{}",
            hit.opinion.text
        );
    }
    let any = SearchRequest::new("退院 カンファレンス").matching(Matching::Any).limit(usize::MAX);
    let any = searcher.search(&any).unwrap();
    assert!(any.total > all.total);
    // Opinions with both words rank above those with one.
    assert!(all.hits.iter().any(|hit| hit.opinion.id == any.hits[0].opinion.id));
}

#[test]
fn a_question_finds_what_comes_nearest() {
    let searcher = support::seed_searcher();
    for (question, nearest) in [
        ("家族の負担を減らすにはどうすればよいか", "20180112-区西部-5"),
        ("エレベーターのない団地に住む患者はどうやって通院するのか", "20171208-北多摩北部-2"),
        ("ケアマネジャーが医師に遠慮してしまう", "20171129-区西南部-22"),
        ("休日や夜間に対応してくれる医師が足りない", "20171212-北多摩南部-3"),
    ] {
        let results = searcher.search(&SearchRequest::new(question)).unwrap();
        assert!(ids(&results).iter().take(3).any(|id| *id == nearest), "{question}: {:?}", ids(&results));
        assert!(results.reading.widened.is_some(), "{question}");
        let exact = searcher.search(&SearchRequest::new(question).exact()).unwrap();
        assert!(exact.total < results.total + results.partial && exact.partial == 0, "{question}");
    }
}

#[test]
fn the_particles_of_a_phrase_need_not_be_there() {
    let searcher = support::seed_searcher();
    let results = searcher.search(&SearchRequest::new("看護師の退院調整").without_synonyms()).unwrap();
    assert_eq!((results.total, ids(&results)[0]), (1, "20171129-区西南部-17"));
}

#[test]
fn facets_count_without_their_own_filter() {
    let searcher = support::seed_searcher();
    let opinions = all_opinions(&searcher);
    let section = "地域と病院の連携について";
    let request =
        SearchRequest::new("連携").region("区東部").region("世田谷区").section(section).limit(usize::MAX);
    let results = searcher.search(&request).unwrap();

    let has = |opinion: &&IndexedOpinion| opinion.text.contains("連携");
    let in_section = |opinion: &&IndexedOpinion| opinion.section.as_deref() == Some(section);
    let in_region =
        |opinion: &&IndexedOpinion| matches!(opinion.region.as_deref(), Some("区東部" | "区西南部"));
    let count = |opinions: Vec<&IndexedOpinion>, value: fn(&IndexedOpinion) -> &Option<String>| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for opinion in opinions {
            *counts.entry(value(opinion).clone().unwrap()).or_default() += 1;
        }
        counts
    };
    let as_map = |counts: &[FacetCount]| -> HashMap<String, usize> {
        let counts = counts.iter().filter(|facet| facet.count > 0);
        counts.map(|facet| (facet.value.clone(), facet.count)).collect()
    };

    let expected: Vec<&str> =
        opinions.iter().filter(has).filter(in_section).filter(in_region).map(|o| o.id.as_str()).collect();
    assert_eq!(sorted(ids(&results)), sorted(expected));
    let regions = count(opinions.iter().filter(has).filter(in_section).collect(), |opinion| &opinion.region);
    assert_eq!(as_map(&results.facets.region), regions);
    let sections = count(opinions.iter().filter(has).filter(in_region).collect(), |opinion| &opinion.section);
    assert_eq!(as_map(&results.facets.section), sections);
    assert!(results.facets.region.is_sorted_by(|left, right| left.count >= right.count));
}

#[test]
fn pages_follow_each_other() {
    let searcher = support::seed_searcher();
    let request = SearchRequest::new("病院");
    let all = searcher.search(&request.clone().limit(usize::MAX)).unwrap();
    assert!(all.total > 20 && all.hits.len() == all.total);
    assert!(all.hits.is_sorted_by(|left, right| left.score >= right.score));
    for (offset, limit) in
        [(0, 1), (0, 7), (5, 10), (all.total - 1, 5), (all.total, 5), (usize::MAX, 5), (0, 0)]
    {
        let page = request.clone().offset(offset).limit(limit).tiers(Tiers::First);
        let page = searcher.search(&page).unwrap();
        let expected: Vec<_> = all.hits.iter().skip(offset).take(limit).cloned().collect();
        assert_eq!(page.total, all.total);
        assert_eq!(ids(&page), expected.iter().map(|hit| hit.opinion.id.as_str()).collect::<Vec<_>>());
        assert_eq!(page.hits.first().map(|hit| hit.rank), expected.first().map(|hit| hit.rank));
    }
}

#[test]
fn an_empty_query_is_an_error_and_an_odd_one_is_not() {
    let searcher = support::seed_searcher();
    for query in ["", " ", "　\t", "-", "\"\"", "\" \"", "(", ")", "*", "\"", "。、！"] {
        assert!(
            matches!(searcher.search(&SearchRequest::new(query)), Err(SearchError::EmptyQuery)),
            "{query:?}"
        );
    }
    for query in ["OR", "ICT:連携", "在宅(専門)", "C++", "https://example.jp/?a=b", "\u{0}", "🏥", "ﾞ"]
    {
        searcher.search(&SearchRequest::new(query)).unwrap_or_else(|error| panic!("{query}: {error}"));
    }
}

/// Indexes more than four megabytes, so that several threads read them and their segments are merged into
/// one.
#[test]
fn a_large_corpus_is_indexed_whole() {
    let searcher = support::seed_searcher();
    let opinions = all_opinions(&searcher);
    let copies = 160;
    let mut texts = Vec::new();
    for copy in 0..copies {
        texts.extend(opinions.iter().map(|opinion| format!("{}（第{copy}回）", opinion.text)));
    }
    let large = Searcher::new(support::index_of(&texts));
    assert_eq!(large.index().manifest().opinions as usize, 200 * copies);
    for query in ["訪問看護", "薬", "\"護ステ\"", "退院 カンファレンス"] {
        let few = searcher.search(&SearchRequest::new(query)).unwrap().total;
        let many = large.search(&SearchRequest::new(query)).unwrap();
        assert_eq!(many.total, few * copies, "{query}");
        assert!(many.hits.is_sorted_by(|left, right| left.score >= right.score));
    }
    assert_eq!(large.search(&SearchRequest::new("\"第77回\"")).unwrap().total, 200);
}

#[test]
fn opinions_without_region_pass_unless_one_is_wanted() {
    let searcher = Searcher::new(support::index_of(&["病院と地域".to_owned()]));
    let results = searcher.search(&SearchRequest::new("病院")).unwrap();
    assert_eq!((results.total, results.facets.region.len()), (1, 0));
    let error = searcher.search(&SearchRequest::new("病院").region("区西部")).unwrap_err();
    assert_eq!(error.to_string(), "no opinion has the region 区西部; no opinion of this index has a region");
}

/// Returns the ids of the texts that contain a string after normalization.
fn scan<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>, wanted: &str) -> Vec<&'a str> {
    let wanted = NormalizedText::new(wanted);
    let contains = |text: &str| NormalizedText::new(text).as_str().contains(wanted.as_str());
    sorted(texts.into_iter().filter(|(_, text)| contains(text)).map(|(id, _)| id).collect())
}

#[test]
fn a_quoted_string_is_found_wherever_it_stands_in_the_seed() {
    let searcher = support::seed_searcher();
    let opinions = all_opinions(&searcher);
    let texts: Vec<(&str, &str)> = opinions.iter().map(|o| (o.id.as_str(), o.text.as_str())).collect();
    let mut seen = 0;
    for (index, (_, text)) in texts.iter().enumerate() {
        let characters: Vec<char> = text.chars().collect();
        // Strings of all lengths up to 30, from places that differ from opinion to opinion.
        for length in 1..=30.min(characters.len()) {
            let start = (index * 7 + length * 3) % (characters.len() - length + 1);
            let string: String = characters[start..start + length].iter().collect();
            let request = SearchRequest::new(format!("\"{string}\"")).limit(usize::MAX);
            let results = searcher.search(&request).unwrap();
            assert_eq!(sorted(ids(&results)), scan(texts.iter().copied(), &string), "{string}");
            for hit in &results.hits {
                let marked = !hit.highlights.is_empty();
                assert!(marked, "{string} is not marked in {}", hit.opinion.text);
            }
            seen += 1;
        }
    }
    assert!(seen > 5000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_quoted_string_is_found_wherever_it_stands(
        texts in prop::collection::vec("[あい病院東京都ｱﾞA①\u{3000} 。\n]{1,24}", 1..8),
        strings in prop::collection::vec("[あい病院東京都ｱA①。]{1,5}", 1..8),
    ) {
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
        prop_assume!(!texts.is_empty());
        let searcher = Searcher::new(support::index_of(&texts));
        let ids_of_texts: Vec<String> = (0..texts.len()).map(|id| id.to_string()).collect();
        for string in strings {
            let results = searcher.search(&SearchRequest::new(format!("\"{string}\"")).limit(usize::MAX)).unwrap();
            let pairs = ids_of_texts.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
            prop_assert_eq!(sorted(ids(&results)), scan(pairs, &string), "{}", string);
        }
    }

    #[test]
    fn highlights_stand_in_the_text_in_order(query in "\\PC{1,12}", text in "\\PC{1,60}") {
        let texts = [text + "病院"];
        let searcher = Searcher::new(support::index_of(&texts));
        let request = SearchRequest::new(format!("{query} 病院")).matching(Matching::Any);
        for hit in searcher.search(&request).unwrap().hits {
            let length = hit.opinion.text.chars().count();
            prop_assert!(hit.highlights.iter().all(|range| range.start < range.end && range.end <= length));
            prop_assert!(hit.highlights.is_sorted_by(|left, right| left.end < right.start));
            let snippet = hit.snippet(10).range;
            prop_assert!(snippet.end <= length && snippet.len() <= 10 && !snippet.is_empty());
            prop_assert!(hit.highlights.iter().any(|range| snippet.contains(&range.start)));
        }
    }
}
