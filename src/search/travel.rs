//! Requests and results as JSON and back.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;
use std::time::Duration;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Change, Hit, Repair, SearchRequest, SearchResults, Sort, Tiers};
use crate::analysis::SynonymGroup;
use crate::minutes::{DateRange, Parsed, Reader};
use crate::query::Remark;
use crate::{Facet, Filter, IndexBuilder, IndexedOpinion, Matching, Query, Searcher};

static SEARCHER: LazyLock<Searcher> =
    LazyLock::new(|| Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory().unwrap().0));

/// Returns what arrives of a value, which prints as what was sent.
fn travelled<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let sent = serde_json::to_string(value).unwrap();
    let arrived: T = serde_json::from_str(&sent).unwrap_or_else(|error| panic!("{error}: {sent}"));
    assert_eq!(serde_json::to_string(&arrived).unwrap(), sent);
    arrived
}

fn assert_travels<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    assert_eq!(travelled(value), *value);
}

/// Removes what the JSON of an opinion does not have.
fn strip(opinion: &mut IndexedOpinion) {
    opinion.meeting_id.clear();
    opinion.number = 0;
}

fn stripped(hit: &Hit) -> Hit {
    let mut hit = hit.clone();
    let Hit { opinion, before, after, .. } = &mut hit;
    [opinion].into_iter().chain(before).chain(after).for_each(strip);
    hit
}

fn facet() -> impl Strategy<Value = Facet> {
    prop_oneof![prop::sample::select(Facet::ALL), "[a-z=会派 :]{0,4}x".prop_map(Facet::extra),]
}

fn filter() -> impl Strategy<Value = Filter> {
    let value = "[ \"\\\\「」:=北区aＢ\n]{0,5}";
    prop_oneof![
        prop::sample::select(vec!["区西部", "世田谷区", "西多摩"]).prop_map(Filter::region),
        value.prop_map(Filter::section),
        value.prop_map(Filter::speaker),
        value.prop_map(Filter::meeting),
        value.prop_map(Filter::body),
        value.prop_map(Filter::id),
        ("[a-z=会派 :]{0,4}x", value).prop_map(|(name, value)| Filter::extra(name, value)),
        prop::sample::select(vec!["2017", "平成29年度", "2017-11..", "..2018-01"])
            .prop_map(|text| Filter::dates(DateRange::parse(text).unwrap())),
        Just(Filter::dates(DateRange::default())),
    ]
}

fn query() -> impl Strategy<Value = Query> {
    prop_oneof![
        Just(Query::default()),
        "[看護連携 OR\"()^*-]{0,8}".prop_map(Query::from),
        "[看護 -]{1,5}"
            .prop_map(|text| Query::any([Query::words(&text), Query::phrase("24時間")]).boost(0.37)),
        prop::sample::select(vec![
            "訪問看護",
            "訪問看誤",
            "退院 足立区 -病院",
            "「訪問看護」の人材は足りていますか"
        ])
        .prop_map(Query::from),
    ]
}

fn number() -> impl Strategy<Value = usize> {
    prop_oneof![0..20_usize, Just(usize::MAX)]
}

prop_compose! {
    fn request()(
        query in query(),
        filters in prop::collection::vec(filter(), 0..3),
        excluded in prop::collection::vec(filter(), 0..2),
        facets in prop::collection::vec(facet(), 0..3),
        sort in prop_oneof![
            Just(Sort::Relevance), facet().prop_map(Sort::Ascending), facet().prop_map(Sort::Descending)
        ],
        group in prop::option::of((facet(), number())),
        matching in prop_oneof![Just(Matching::All), Just(Matching::Any), (0..4_usize).prop_map(Matching::AtLeast)],
        tiers in prop::option::of(prop::sample::select(vec![Tiers::First, Tiers::Any])),
        [limit, offset] in [number(), number()],
        neighbours in 0..3_u64,
        timeout in prop::option::of((0..u64::MAX).prop_map(Duration::from_nanos)),
        is_on in any::<[bool; 6]>(),
    ) -> SearchRequest {
        let [exact, synonyms, meaning, explain, collapse, or_all] = is_on;
        let mut request = SearchRequest::new(query).facets(facets).sort(sort).matching(matching);
        request = request.limit(limit).offset(offset).neighbours(neighbours);
        request = filters.into_iter().fold(request, SearchRequest::filter);
        request = excluded.into_iter().fold(request, SearchRequest::exclude);
        if let Some((facet, groups)) = group {
            request = request.group_by(facet).groups(groups);
        }
        if let Some(timeout) = timeout {
            request = request.timeout(timeout);
        }
        SearchRequest { tiers, exact, synonyms, meaning, explain, collapse, or_all, reranks: !explain, ..request }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_asked_arrives_and_so_does_the_answer(request in request()) {
        assert_travels(&request);
        let hash = |request: &SearchRequest| {
            let mut hasher = DefaultHasher::new();
            request.hash(&mut hasher);
            hasher.finish()
        };
        prop_assert_eq!(hash(&request), hash(&travelled(&request)));
        // Most have no match, some an error, and some an answer.
        let Ok(results) = SEARCHER.search(&SearchRequest { timeout: None, ..request }) else { return Ok(()) };
        let arrived = travelled(&results);
        let took = arrived.took;
        prop_assert!(took.abs_diff(results.took) < Duration::from_micros(1));
        let hits = results.hits.iter().map(stripped).collect();
        prop_assert_eq!(arrived, SearchResults { hits, took, ..results });
    }
}

#[test]
fn all_other_answers_arrive() {
    let searcher = &*SEARCHER;
    let request = SearchRequest::new("24時間");
    let mut comparison = searcher.compare(&request, Facet::Region, Some(Facet::Section)).unwrap();
    for best in comparison.rows.iter_mut().filter_map(|row| row.best.as_mut()) {
        *best = stripped(best);
    }
    assert_travels(&comparison);
    let mut keywords = searcher.keywords(&SearchRequest::new("").region("西多摩"), 5).unwrap();
    for example in keywords.keywords.iter_mut().filter_map(|keyword| keyword.example.as_mut()) {
        *example = stripped(example);
    }
    assert!(!keywords.keywords.is_empty());
    assert_travels(&keywords);
    assert_travels(&searcher.complete("訪問", 3).unwrap());
    assert_travels(&searcher.count_by(&request, &[Facet::Year]).unwrap());
    assert_travels(searcher.statistics().unwrap());
    assert_travels(searcher.topics().unwrap());
    assert_travels(&searcher.variants().unwrap());
    for group in SynonymGroup::parse("看取り, 最期", "own").unwrap() {
        let mut gains = searcher.group_gains(&group, 2).unwrap();
        for example in gains.words.iter_mut().flat_map(|word| &mut word.examples) {
            *example = stripped(example);
        }
        assert_travels(&gains);
    }
    let index = searcher.index();
    assert_travels(&index.meetings().unwrap());
    assert_travels(&index.doubtful_speakers().unwrap());
    let opinion = index.opinion("20171213-区中央部-3").unwrap().unwrap();
    let mut context = index.in_context(opinion.clone(), 2).unwrap();
    [&mut context.opinion].into_iter().chain(&mut context.before).chain(&mut context.after).for_each(strip);
    assert_travels(&context);
    assert_travels(&searcher.similar(&opinion).unwrap());
    assert_travels(&stripped(&Hit::new(opinion, vec![0..2, 3..5])).snippet(10));
}

#[test]
fn meetings_of_a_file_arrive() {
    let read = Reader::default().read("data/minutes/tokyo-zaitaku-working.txt".as_ref()).unwrap();
    for parsed in read.parsed {
        if let Parsed::Meeting(meeting) = parsed {
            assert!(meeting.date.is_some() && meeting.time.is_some());
            assert_travels(&meeting);
        }
    }
}

#[test]
fn each_change_arrives_and_a_remark_as_its_line() {
    for change in [
        Change::WithoutFilter(Facet::extra("会派")),
        Change::WithoutFilters,
        Change::WithoutWord("病院".to_owned()),
        Change::OnlyWord("病院".to_owned()),
        Change::Unquoted,
        Change::WithoutConditions,
        Change::AsFilter { word: "足立区".to_owned(), filter: Filter::region("区東北部") },
        Change::As("訪問診療".to_owned()),
    ] {
        assert_travels(&change);
        assert_travels(&Repair { change, count: 3, query: Some(Query::parse("a -b")) });
    }
    assert!(serde_json::from_str::<Change>(r#"{"with":"out"}"#).is_err());
    let remark = Remark::NoPartner('（');
    assert!(matches!(travelled(&remark), Remark::Told(_)));
    assert_travels(&remark);
    assert_ne!(remark, Remark::NoPartner(')'));
}

#[test]
fn a_request_that_is_misspelled_is_refused() {
    let read = serde_json::from_str::<SearchRequest>;
    assert_eq!(read("{}").unwrap(), SearchRequest::default());
    assert_eq!(read(r#"{"limit":null}"#).unwrap(), SearchRequest::default().limit(usize::MAX));
    for (sent, expected) in [
        (r#"{"querry":"病院"}"#, "unknown field `querry`, expected one of `query`"),
        (r#"{"filters":["weather:sunny"]}"#, "and not weather:sunny"),
        (r#"{"sort":"weather"}"#, "give relevance, or one of region"),
        (r#"{"limit":-1}"#, "expected usize"),
    ] {
        let error = read(sent).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}
