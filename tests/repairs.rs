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
                for name in [Parameter::Facet(Facet::Year), Parameter::From, Parameter::To] {
                    typed.conditions.set(name, Vec::new());
                }
            }
            Change::WithoutFilter(facet) => typed.conditions.set(*facet, Vec::new()),
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
            prop_assert!(repair.count > found.total);
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
