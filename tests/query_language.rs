//! Tests of the query language over a corpus with all fields.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use gijiroku::{IndexBuilder, SearchRequest, Searcher, Tiers, Widening};
use tempfile::TempDir;

/// Opinions of three meetings.
const CORPUS: &str = r#"
{"id":"a1","title":"第1回 医療協議会","region":"区西部","section":"地域と病院の連携について","date":"2017-11-29","speaker":"山田太郎議長","text":"訪問看護と病院の連携が要る。"}
{"id":"a2","title":"第1回 医療協議会","region":"区西部","section":"在宅療養について","date":"2017-11-29","speaker":"佐藤委員","text":"往診の医師が足りない。ICT連携は7：1の病棟から。"}
{"id":"b1","title":"第2回 医療協議会","region":"区東部","section":"地域と病院の連携について","date":"2018-01-10","speaker":"佐藤委員","text":"看取りと訪問診療を診療所が担う。"}
{"id":"b2","title":"第2回 医療協議会","region":"区東部","section":"在宅療養について","date":"2018-01-10","text":"東京都の訪問看護ステーション。C++で10:30から。"}
{"id":"c1","title":"介護保険部会","date":"2018-04-02","text":"病院の看護師が訪問する。"}
"#;

fn searcher() -> Searcher {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("corpus.jsonl");
    std::fs::write(&file, CORPUS).unwrap();
    Searcher::new(IndexBuilder::new().path(file).build_in_memory().unwrap().0)
}

fn ids(searcher: &Searcher, query: &str) -> Vec<String> {
    let results = searcher.search(&SearchRequest::new(query).exact()).unwrap();
    let mut ids: Vec<String> = results.hits.into_iter().map(|hit| hit.opinion.id).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn operators() {
    let searcher = searcher();
    for (query, expected) in [
        ("訪問看護 病院", vec!["a1"]),
        ("訪問看護　病院", vec!["a1"]),
        ("訪問看護 AND 病院", vec!["a1"]),
        ("往診 OR 訪問診療", vec!["a2", "b1"]),
        ("往診　ＯＲ　訪問診療", vec!["a2", "b1"]),
        ("病院 OR 往診 訪問看護", vec!["a1"]),
        ("病院 (往診 OR 訪問看護)", vec!["a1"]),
        ("（病院 訪問看護） OR 看取り", vec!["a1", "b1"]),
        ("訪問 -病院", vec!["b1", "b2"]),
        ("訪問 －病院", vec!["b1", "b2"]),
        ("訪問 NOT 病院 NOT 東京", vec!["b1"]),
        ("訪問 -(病院 OR 東京)", vec!["b1"]),
        ("訪問 -\"看護と\"", vec!["b1", "b2", "c1"]),
        ("-訪問", vec!["a2"]),
        ("-訪問 -往診", vec![]),
        ("-(-往診)", vec!["a2"]),
        ("(往診 OR -訪問)", vec!["a2"]),
        ("\"護ステ\"", vec!["b2"]),
        ("「護ステ」 OR ”医師”", vec!["a2", "b2"]),
        ("訪問看護* 東京", vec!["b2"]),
        ("IC*", vec!["a2"]),
        ("IC", vec![]),
        ("看取り^3", vec!["b1"]),
        ("7：1", vec!["a2"]),
        ("C++", vec!["b2"]),
        ("10:30", vec!["b2"]),
        ("ICT:連携", vec!["a2"]),
        ("京都", vec![]),
    ] {
        assert_eq!(ids(&searcher, query), expected, "{query}");
    }
}

#[test]
fn fields() {
    let searcher = searcher();
    for (query, expected) in [
        ("region:区西部", vec!["a1", "a2"]),
        ("region:新宿区 訪問看護", vec!["a1"]),
        ("圏域：区東部　訪問看護", vec!["b2"]),
        ("-region:区西部", vec!["b1", "b2", "c1"]),
        ("region:区西部 OR region:区東部", vec!["a1", "a2", "b1", "b2"]),
        ("region:西部", vec![]),
        ("section:連携", vec!["a1", "b1"]),
        ("section:\"地域と病院の連携について\" 看取り", vec!["b1"]),
        ("議題:「在宅療養」", vec!["a2", "b2"]),
        ("speaker:佐藤", vec!["a2", "b1"]),
        ("発言者:山田太郎", vec!["a1"]),
        ("title:協議会 病院", vec!["a1"]),
        ("title:第２回", vec!["b1", "b2"]),
        ("id:b2", vec!["b2"]),
        ("date:2017-11", vec!["a1", "a2"]),
        ("date:平成29年", vec!["a1", "a2"]),
        ("date:平成29年度", vec!["a1", "a2", "b1", "b2"]),
        ("日付:H30.1.10", vec!["b1", "b2"]),
        ("date:2017-11..2018-01", vec!["a1", "a2", "b1", "b2"]),
        ("date:平成30年1月〜", vec!["b1", "b2", "c1"]),
        ("date:..2017", vec!["a1", "a2"]),
        ("訪問 date:2018 -region:区東部", vec!["c1"]),
        ("date:1999", vec![]),
    ] {
        assert_eq!(ids(&searcher, query), expected, "{query}");
    }
}

#[test]
fn what_is_odd_is_read_as_text_and_told() {
    let searcher = searcher();
    let remarks = |query: &str| -> Vec<String> {
        let results = searcher.search(&SearchRequest::new(query)).unwrap();
        results.reading.remarks.iter().map(ToString::to_string).collect()
    };
    assert_eq!(remarks("訪問看護 連携"), [""; 0]);
    assert_eq!(remarks("(訪問看護"), ["( has no partner and is read as text"]);
    assert_eq!(remarks("訪問看護 OR"), ["OR has nothing beside it to work on and is passed over"]);
    assert_eq!(remarks("region:港"), ["no opinion has the region 港; this index has 区東部, 区西部"]);
    assert_eq!(remarks("date:1999"), ["no meeting was held in 1999-01-01..1999-12-31"]);
    assert_eq!(remarks("speaker:鈴木"), ["no opinion has a speaker 鈴木"]);
    assert_eq!(remarks("id:zz"), ["no opinion and no meeting has the id zz"]);
    let results = searcher.search(&SearchRequest::new("（訪問　ＯＲ　往診）　－病院 ”医師”^2")).unwrap();
    assert_eq!(results.reading.read_as, "(訪問 OR 往診) -病院 \"医師\"^2");
}

#[test]
fn a_boost_changes_the_order() {
    let searcher = searcher();
    let first = |query: &str| searcher.search(&SearchRequest::new(query)).unwrap().hits[0].opinion.id.clone();
    assert_eq!(first("往診 OR 看取り^9"), "b1");
    assert_eq!(first("往診^9 OR 看取り"), "a2");
}

#[test]
fn a_search_that_finds_nothing_is_widened_step_by_step() {
    let searcher = searcher();
    let none = Widening::default();
    for (query, found, widened) in [
        // Words with the reading いし. 2 kana are too few to search for readings in the first step.
        ("いし", vec!["a2"], Some(Widening { far: true, words: 1, required: 1, ..none })),
        // Within longer words.
        ("護ステ", vec!["b2"], Some(Widening { within_words: true, words: 1, required: 1, ..none })),
        // Two characters within a word match by accident, so that 京都 does not find 東京都.
        ("京都", vec![], None),
        ("看取り", vec!["b1"], None),
    ] {
        let first = searcher.search(&SearchRequest::new(query).tiers(Tiers::First));
        let results = first.unwrap();
        let ids: Vec<&str> = results.hits.iter().map(|hit| hit.opinion.id.as_str()).collect();
        assert_eq!((ids, results.reading.widened), (found, widened), "{query}");
        assert!(results.hits.iter().all(|hit| !hit.highlights.is_empty()), "{query}");
    }
}

#[test]
fn what_may_have_been_meant() {
    let searcher = searcher();
    for (query, meant) in [
        ("訪門看護", "訪問看護"),
        ("訪問看語", "訪問看護"),
        ("訪看問護", "訪問看護"),
        ("防問看護", "訪問看護"),
        ("京都の訪問看護", "東京都の訪問看護"),
        ("訪問看護と病因", "訪問看護と病院"),
        // A wrong key: i instead of u.
        ("ほいもんかんご", "訪問看護"),
    ] {
        let results = searcher.search(&SearchRequest::new(query)).unwrap();
        let suggestions: Vec<&str> = results.suggestions.iter().map(|meant| meant.text.as_str()).collect();
        assert!(suggestions.contains(&meant), "{query}: {suggestions:?}");
        assert!(results.suggestions.iter().all(|meant| meant.count > 0));
    }
    assert!(searcher.search(&SearchRequest::new("看取り")).unwrap().suggestions.is_empty());
    // What has no mistyped word is no mistyped text, though one letter makes it one that was said.
    for query in ["住民への啓発", "個人情報の壁"] {
        let results = support::seed_searcher().search(&SearchRequest::new(query)).unwrap();
        assert!(results.suggestions.is_empty() && results.partial > 0, "{query}: {:?}", results.suggestions);
    }
    // A wrong choice among the conversions of an input method.
    let results = support::seed_searcher().search(&SearchRequest::new("医療帰還")).unwrap();
    assert_eq!(results.suggestions[0].text, "医療機関");
}

#[test]
fn beginnings_are_completed() {
    let searcher = searcher();
    for (beginning, expected) in [
        ("訪問", "訪問看護"),
        ("訪問看", "訪問看護ステーション"),
        ("ほうもん", "訪問看護"),
        ("ほうもんか", "訪問看護"),
        ("ホウモン", "訪問診療"),
        ("houmon", "訪問診療"),
        ("houmonk", "訪問看護"),
        ("とうきょ", "東京都"),
        ("ic", "ict"),
    ] {
        let texts: Vec<String> =
            searcher.complete(beginning, 10).unwrap().into_iter().map(|suggestion| suggestion.text).collect();
        assert!(texts.contains(&expected.to_owned()), "{beginning}: {texts:?}");
    }
    let by_frequency = searcher.complete("訪問", 10).unwrap();
    assert!(by_frequency.is_sorted_by(|left, right| left.count >= right.count));
    assert_eq!(searcher.complete("訪問", 1).unwrap().len(), 1);
    for nothing in ["", "　", "火星", "-", "\u{0}"] {
        assert_eq!(searcher.complete(nothing, 10).unwrap(), [], "{nothing}");
    }
}
