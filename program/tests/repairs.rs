//! Tests of the repairs that are proposed if little was found: each finds as many opinions as promised when a
//! user searches for it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::LazyLock;

use gijiroku::search::{Change, Repair};
use gijiroku::{Conditions, Facet, Parameter, SearchRequest, Searcher};
use proptest::prelude::*;

static SEARCHER: LazyLock<Searcher> = LazyLock::new(support::seed_searcher);

/// A search as typed: a line and conditions.
#[derive(Clone, Debug)]
struct Typed {
    line: String,
    conditions: Conditions,
    is_exact: bool,
}

impl Typed {
    fn request(&self) -> SearchRequest {
        let request = SearchRequest::new(&self.line).conditions(&self.conditions).unwrap().limit(1);
        if self.is_exact { request.exact() } else { request }
    }

    /// Returns the search that a repair leads to, as a user would type it.
    fn repaired(&self, repair: &Repair) -> Self {
        let mut typed = self.clone();
        match &repair.change {
            Change::WithoutFilters => typed.conditions = Conditions::default(),
            Change::WithoutFilter(Facet::Date) => {
                for name in [Parameter::from(Facet::Year), Parameter::From, Parameter::To] {
                    typed.conditions.set(name, Vec::new());
                }
            }
            Change::WithoutFilter(facet) => typed.conditions.remove_filters_by(facet),
            _ => typed.line = repair.query.as_ref().unwrap().to_string(),
        }
        typed
    }
}

fn typed() -> impl Strategy<Value = Typed> {
    let word = prop::sample::select(vec![
        "連携",
        "歯科",
        "病院",
        "往診",
        "看取り",
        "ICT",
        "取組み",
        "受け入れ",
        "看護師の退院調整",
        "ざいたく",
        "ケアマネ",
        "\"護ステ\"",
        "\"24 時間\"",
        "独居",
        "薬^2",
        "看護*",
        "方門看護",
        "足立区",
        "2017年",
        "南多摩の独居",
    ]);
    let item = prop_oneof![
        4 => word.clone().prop_map(str::to_owned),
        1 => word.clone().prop_map(|word| format!("-{word}")),
        1 => (word.clone(), word.clone()).prop_map(|(left, right)| format!("{left} OR {right}")),
        1 => (word.clone(), word).prop_map(|(left, right)| format!("({left} -{right})")),
        1 => prop::sample::select(vec!["region:区西部", "section:\"病院の連携\"", "-date:2018"]).prop_map(str::to_owned),
    ];
    let condition = prop::sample::select(vec![
        ("region", "世田谷区"),
        ("region", "西多摩"),
        ("section", "地域と病院の連携について"),
        ("speaker", "山田 太郎"),
        ("speaker", "佐藤"),
        ("meeting", "区西部"),
        ("from", "2018"),
    ]);
    let conditions = prop::collection::vec(condition, 0..3);
    (prop::collection::vec(item, 1..4), conditions, any::<bool>()).prop_map(|(items, given, is_exact)| {
        let mut conditions = Conditions::default();
        for (name, value) in given {
            assert!(conditions.add(name, value));
        }
        Typed { line: items.join(" "), conditions, is_exact }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_repair_finds_as_many_opinions_as_it_says(typed in typed()) {
        let found = SEARCHER.search(&typed.request()).unwrap();
        for repair in &found.repairs {
            let repaired = typed.repaired(repair);
            let total = SEARCHER.count(&repaired.request()).unwrap();
            prop_assert_eq!(total, repair.count, "{:?} {:?}", repair, repaired);
            // A filter that a word names is offered whatever it finds.
            let is_filter = matches!(&repair.change, Change::AsFilter { .. });
            let more_than = if is_filter { 0 } else { found.total };
            prop_assert!(repair.count > more_than);
        }
        for suggestion in &found.suggestions {
            let suggested = Typed { line: suggestion.text.clone(), ..typed.clone() };
            prop_assert_eq!(SEARCHER.count(&suggested.request()).unwrap(), suggestion.count, "{:?}", suggestion);
        }
    }
}

#[test]
fn operators_filters_and_what_is_excluded_are_kept() {
    let repairs = |line: &str| -> Vec<String> {
        let typed = Typed { line: line.to_owned(), conditions: Conditions::default(), is_exact: true };
        let repairs = SEARCHER.search(&typed.request()).unwrap().repairs;
        repairs.iter().filter_map(|repair| Some(repair.query.as_ref()?.to_string())).collect()
    };
    assert_eq!(repairs("火星の歯科 -病院 region:区西部"), ["歯科 -病院 region:区西部"]);
    assert_eq!(repairs("(歯科 OR 往診) 火星 -\"24 時間\""), ["(歯科 OR 往診) -\"24 時間\""]);
    assert_eq!(repairs("歯科 OR 火星 木星^2"), ["歯科 OR 火星"]);
    assert_eq!(repairs("火星 木星 歯科 -病院 region:区西部"), ["歯科 -病院 region:区西部"]);
    assert_eq!(repairs("\"病院 情報\"^2 -\"24 時間\"")[0], "病院^2 情報^2 -\"24 時間\"");
}

#[test]
fn names_in_a_query_are_offered_as_filters_and_rank_the_second_tier() {
    let project = support::Project::empty();
    let line = |speaker: &str, body: &str, date: &str| {
        serde_json::json!({ "text": "訪問看護の充実", "speaker": speaker, "body": body, "date": date })
            .to_string()
    };
    let lines = [
        line("佐藤花子", "厚生委員会", "2018-01-10"),
        line("山田太郎", "厚生委員会", "2018-01-10"),
        line("山田太郎", "総務委員会", "2017-12-13"),
    ];
    project.write("a.jsonl", lines.join("\n"));
    project.run("index a.jsonl");
    let searched = |line: &str| {
        let printed = project.run(&format!("search {line} --format json")).json();
        let first = &printed["hits"][0];
        let of_first = format!("{} {} {}", first["speaker"], first["body"], first["date"]).replace('"', "");
        let queries = printed["repairs"].as_array().map(|repairs| {
            repairs
                .iter()
                .map(|repair| format!("{} {}", repair["query"], repair["count"]))
                .collect::<Vec<_>>()
        });
        (of_first, queries.unwrap_or_default().join(", ").replace('"', ""))
    };
    for (line, first, offered) in [
        ("'山田太郎 訪問看護'", "山田太郎 厚生委員会 2018-01-10", "訪問看護 speaker:山田太郎 2"),
        ("総務委員会の訪問看護", "山田太郎 総務委員会 2017-12-13", "訪問看護 body:総務委員会 1"),
        ("平成29年の訪問看護", "山田太郎 総務委員会 2017-12-13", "訪問看護 date:2017-01-01..2017-12-31 1"),
        // No text has it, and nothing else was asked for.
        ("厚生委員会", "null null null", "body:厚生委員会 2"),
        // What is filtered already is not offered again, nor in an alternative, nor in a quoted string.
        ("'厚生委員会 訪問看護' --body 厚生", "佐藤花子 厚生委員会 2018-01-10", ""),
        ("'厚生委員会 OR 訪問看護'", "佐藤花子 厚生委員会 2018-01-10", ""),
        ("'\"充実\" 訪問看護'", "佐藤花子 厚生委員会 2018-01-10", ""),
    ] {
        assert_eq!(searched(line), (first.to_owned(), offered.to_owned()), "{line}");
    }
}

#[test]
fn conditions_beside_a_mistyped_word_do_not_turn_suggestions_off() {
    let project = support::Project::empty();
    let line = |speaker: &str| format!("{{\"text\":\"訪問看護の充実\",\"speaker\":\"{speaker}\"}}\n");
    project.write("a.jsonl", line("山田 太郎") + &line("佐藤 花子"));
    project.run("index a.jsonl");
    let printed = project.run("search 訪門看護 --speaker '山田 太郎' --speaker 佐藤 --format json").json();
    assert_eq!(printed["suggestions"], serde_json::json!([{ "text": "訪問看護", "count": 2 }]));
    let printed = project.run("search 訪門看護 -火星 --speaker '山田 太郎' --format json").json();
    assert_eq!(printed["suggestions"], serde_json::json!([{ "text": "訪問看護 -火星", "count": 1 }]));
}

#[test]
fn what_is_suggested_is_a_word() {
    let suggested = |line: &str| -> Vec<String> {
        let results = SEARCHER.search(&SearchRequest::new(line)).unwrap();
        results.suggestions.into_iter().map(|suggestion| suggestion.text).collect()
    };
    // 医療機 stands only in 医療機関, and 医療相 in 医療相談; あまり is another word than 集まり.
    assert_eq!(suggested("医療費"), ["医療", "医療側", "医療的"]);
    assert_eq!(suggested("多職種の集まり"), [""; 0]);
    assert_eq!(suggested("訪門看護"), ["訪問看護"]);
}
