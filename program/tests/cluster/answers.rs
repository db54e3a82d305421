//! What the library answers.

use gijiroku::analysis::NormalizedText;
use gijiroku::{Facet, Filter, Matching, SearchRequest, Searcher, Sort, Tiers};
use serde_json::Value;

use crate::assert_same;
use crate::random::Random;

/// The number of strings that are looked for.
const STRINGS: usize = 1_000;

const JUDGMENTS: &str = include_str!("../../../tests/relevance/judgments.tsv");

pub(crate) fn compare_answers(request: &SearchRequest, local: &Searcher, remote: &Searcher) {
    let answer = |searcher: &Searcher| serde_json::to_value(searcher.search(request).unwrap()).unwrap();
    assert_same(&answer(local), &answer(remote), &format!("{:?}", request.query().to_string()));
}

/// Returns the judged queries of tests/relevance.
pub(crate) fn queries() -> Vec<&'static str> {
    let lines = JUDGMENTS.lines().filter(|line| !line.starts_with('#'));
    let mut queries: Vec<&str> = lines.filter_map(|line| line.split('\t').nth(1)).collect();
    queries.dedup();
    queries
}

pub(crate) fn are_the_same(local: &Searcher, remote: &Searcher) {
    let queries = queries();
    assert!(queries.len() >= 60);
    for query in &queries {
        compare_answers(&SearchRequest::new(*query).explain(), local, remote);
    }
    let of = |query: &str| SearchRequest::new(query);
    for request in [
        of("連携").region("世田谷区").limit(3),
        of("連携").region("区西部").region("区東部").section("地域と病院の連携について"),
        of("連携").exclude(Filter::region("区西部")).limit(usize::MAX),
        of("在宅").sort(Sort::Ascending(Facet::Date)).limit(50),
        of("在宅").sort(Sort::Descending(Facet::Region)).limit(7).offset(3),
        of("在宅").group_by(Facet::Region).limit(2),
        of("在宅").collapse().limit(100),
        of("連携").facets([Facet::Month, Facet::Speaker, Facet::extra("role"), Facet::extra("nowhere")]),
        of("連携").facets([Facet::Year]).filter(Filter::new(Facet::Year, "2017").unwrap()),
        of("訪問看護 連携 -病院").exact().explain(),
        of("訪問看護 連携 薬局").matching(Matching::Any).explain(),
        of("訪問看護 連携 薬局 医師").matching(Matching::AtLeast(2)),
        of("訪問看護 連携").tiers(Tiers::First).limit(usize::MAX),
        of("薬").explain(),
        of("\"薬\"").explain(),
        of("24時間"),
        of("4時間").exact(),
        of("ほうもん"),
        of("方門看護"),
        of("カンファレンズ"),
        of("date:2017-12 在宅"),
        of("meeting:在宅療養 看取り"),
        of("").region("西多摩"),
        of("存在しない言葉です"),
        of("-病院").limit(20),
        of("(看取り OR 緩和) 連携"),
    ] {
        compare_answers(&request, local, remote);
    }
    for query in ["連携", "在宅 看取り"] {
        let ranked = |searcher: &Searcher| searcher.ranking(&of(query).limit(usize::MAX)).unwrap();
        let ids = |ranked: Vec<(String, f32)>| ranked.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(ids(ranked(local)), ids(ranked(remote)), "{query}");
    }
}

pub(crate) fn of_the_corpus_are_the_same(local: &Searcher, remote: &Searcher) {
    let both = |of: &dyn Fn(&Searcher) -> Value| assert_same(&of(local), &of(remote), "the corpus");
    both(&|searcher| serde_json::to_value(searcher.statistics().unwrap()).unwrap());
    both(&|searcher| serde_json::to_value(searcher.index().meetings().unwrap()).unwrap());
    let request = SearchRequest::new("24時間");
    for (by, across) in [(Facet::Region, None), (Facet::Section, Some(Facet::Region)), (Facet::Month, None)] {
        let compare = |searcher: &Searcher| searcher.compare(&request, by.clone(), across.clone()).unwrap();
        both(&|searcher| serde_json::to_value(compare(searcher)).unwrap());
    }
    let western = SearchRequest::new("").region("西多摩");
    both(&|searcher| serde_json::to_value(searcher.keywords(&western, 10).unwrap()).unwrap());
    both(&|searcher| serde_json::to_value(searcher.related_terms(&request, 5).unwrap()).unwrap());
    for beginning in ["訪問", "ほうもん", "houmo"] {
        both(&|searcher| serde_json::to_value(searcher.complete(beginning, 5).unwrap()).unwrap());
    }
    let opinion = local.index().opinion("20171213-区中央部-6").unwrap().unwrap();
    assert_eq!(Some(&opinion), remote.index().opinion("20171213-区中央部-6").unwrap().as_ref());
    both(&|searcher| serde_json::to_value(searcher.index().in_context(opinion.clone(), 3).unwrap()).unwrap());
    both(&|searcher| {
        let request = searcher.similar(&opinion).unwrap().limit(5);
        serde_json::to_value(searcher.search(&request).unwrap()).unwrap()
    });
    assert_eq!(local.variants().unwrap(), remote.variants().unwrap());
    assert_eq!(local.values(Facet::Section).unwrap(), remote.values(Facet::Section).unwrap());
}

/// Looks for strings of some opinions, whose identifiers and texts are given, and for some that are nowhere.
pub(crate) fn have_what_a_scan_finds(opinions: &[(String, String)], remote: &Searcher) {
    let normalized =
        |(id, text): &(String, String)| (id.clone(), NormalizedText::new(text).as_str().to_owned());
    let texts: Vec<(String, String)> = opinions.iter().map(normalized).collect();
    let mut random = Random(1);
    let mut checked = 0;
    while checked < STRINGS {
        let characters: Vec<char> = texts[random.below(texts.len())].1.chars().collect();
        let start = random.below(characters.len());
        let mut string: String = characters.iter().skip(start).take(1 + random.below(12)).collect();
        if random.below(10) == 0 {
            string.push('鑛');
            // It is an old form, which stands for the new one.
            string = NormalizedText::new(&string).as_str().to_owned();
        }
        if string.trim() != string || string.is_empty() || string.contains(['"', '\\', '\n']) {
            continue;
        }
        let mut found = remote.ids(&SearchRequest::new(format!("\"{string}\"")).exact()).unwrap();
        let having = texts.iter().filter(|(_, text)| text.contains(&string));
        let mut expected: Vec<String> = having.map(|(id, _)| id.clone()).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{string}");
        checked += 1;
    }
}
