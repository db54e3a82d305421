//! Tests of spellings, readings and synonyms: which texts a query must find, and which it must not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::redundant_closure)]

mod support;

use gijiroku::analysis::Synonyms;
use gijiroku::query::AlternativeKind;
use gijiroku::{SearchRequest, Searcher};

/// Returns the texts that a request finds, in the order of their rank. Each must have a highlight.
fn found(searcher: &Searcher, request: SearchRequest) -> Vec<String> {
    let results = searcher.search(&request.limit(usize::MAX)).unwrap();
    for hit in &results.hits {
        assert!(
            !hit.highlights.is_empty(),
            "{} is not marked in {}",
            results.reading.query,
            hit.opinion.text
        );
    }
    results.hits.into_iter().map(|hit| hit.opinion.text).collect()
}

/// A query, the texts that it must find, and those that it must not.
type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

fn check(cases: &[Case], request: impl Fn(&str) -> SearchRequest) {
    for (query, must_find, must_not_find) in cases {
        let texts: Vec<String> =
            must_find.iter().chain(*must_not_find).map(|text| (*text).to_owned()).collect();
        let searcher = Searcher::new(support::index_of(&texts));
        let mut found = found(&searcher, request(query));
        found.sort_unstable();
        let mut expected: Vec<&str> = must_find.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn spellings() {
    check(
        &[
            ("受け入れ", &["受入れ体制", "受入を断る", "受け入れ先"], &["受付", "入所"]),
            ("受入", &["受け入れる", "受入れ体制", "受入"], &["受付"]),
            ("受入体制", &["受け入れ体制の確保", "受入れ体制", "受入体制"], &["受け入れの体制"]),
            ("取り組み", &["取組が進む", "取組み", "取り組み"], &["番組"]),
            ("取組", &["取り組みを進める", "取組"], &["組合"]),
            ("取組み", &["取り組みを進める", "取組"], &[]),
            ("出来る", &["相談ができる場", "出来ることから"], &["出来事の記録"]),
            ("子供", &["子どもの在宅医療", "子供"], &["孫"]),
            ("医師", &["医師会", "醫師"], &["意思の表明", "石の橋", "いしの上にも"]),
            ("意思", &["意思の表明"], &["医師", "石"]),
            ("ハハ", &["ハハ"], &["はは", "母"]),
            ("はは", &["はは"], &["ハハ"]),
            ("帰る", &["家に帰れない", "家に帰らず"], &["変える"]),
            ("帰れない", &["家に帰る", "帰れると思う"], &["変えた"]),
            ("生き物", &["生き物を飼う"], &["生物学"]),
        ],
        |query| SearchRequest::new(query).without_synonyms(),
    );
}

#[test]
fn numbers_and_letters() {
    check(
        &[
            (
                "24時間",
                &["二十四時間対応", "２４時間", "24時間体制", "二四時間"],
                &["12時間", "124時間", "四時間", "百二十四時間"],
            ),
            ("二十四時間", &["24時間", "二十四時間"], &["十四時間", "4時間"]),
            ("四時間", &["4時間の研修", "四時間"], &["二十四時間", "24時間"]),
            ("2017年", &["二〇一七年の会議", "２０１７年"], &["2018年", "12017年"]),
            ("平成29年", &["平成二十九年", "平成２９年"], &["平成2年", "平成290年"]),
            ("1000床", &["1,000床", "千床", "一〇〇〇床"], &["10床", "11,000床"]),
            ("1万人", &["10,000人", "一万人", "10000人"], &["1人"]),
            ("区分1", &["区分１の患者", "区分①", "区分Ⅰ"], &["区分10", "区分Ⅱ", "区分11"]),
            ("区分Ⅰ", &["区分I", "区分1"], &["区分ⅠⅠ", "区分2"]),
            ("7：1", &["7：1の体制", "７:１"], &["7：10", "17:1"]),
            ("CM", &["CMと連絡する"], &["CMS", "ACMの大会"]),
            ("ICT", &["ＩＣＴの活用", "ictで"], &["ICTS", "PICT"]),
            ("IC*", &["ICTの活用", "ＩＣカード"], &["MIC"]),
        ],
        |query| SearchRequest::new(query).without_synonyms(),
    );
}

#[test]
fn long_vowels_and_nearly_the_same_katakana() {
    check(
        &[
            ("ケアマネージャー", &["ケアマネジャー", "ケアマネージャ", "ケアマネージャー"], &["マネー"]),
            ("ケアマネジャー", &["ケアマネージャーと相談"], &["ケア"]),
            ("カンファレンス", &["退院カンファランス", "カンファレンス"], &["カンパ"]),
            ("カンファランス", &["カンファレンスの日程"], &[]),
            ("コンピューター", &["コンピュータ"], &["コンテナ"]),
            ("ビル", &["ビルの谷間"], &["ビール工場"]),
            ("ビール", &["ビール工場"], &["ビルの谷間"]),
        ],
        |query| SearchRequest::new(query).without_synonyms(),
    );
}

#[test]
fn readings() {
    check(
        &[
            ("ざいたく", &["在宅医療", "ざいたく"], &["罪"]),
            ("ザイタク", &["在宅医療"], &["宅地"]),
            ("zaitaku", &["在宅医療"], &["宅地"]),
            ("ｚａｉｔａｋｕ", &["在宅医療"], &[]),
            ("みとり", &["看取りの場", "みとり"], &["緑"]),
            ("ほうもんかんご", &["訪問看護ステーション"], &["訪問診療", "看護師の訪問"]),
            ("houmonkango", &["訪問看護ステーション"], &["訪問診療"]),
            ("ざいたくいりょう", &["在宅医療の推進"], &["在宅", "医療"]),
            ("かかりつけい", &["かかりつけ医の役割"], &["医師"]),
            // A query in kanji is not searched by its reading.
            ("機関", &["医療機関", "機関の長"], &["期間の延長", "器官", "きかん"]),
        ],
        |query| SearchRequest::new(query),
    );
}

#[test]
fn synonyms() {
    check(
        &[
            ("ケアマネ", &["介護支援専門員の研修", "ケアマネジャー", "ケアマネ"], &["介護", "CMの放映"]),
            ("CM", &["CMと連絡", "ケアマネジャー"], &["CMS"]),
            ("介護支援専門員", &["ケアマネに相談", "介護支援専門員"], &["専門医"]),
            ("老健", &["介護老人保健施設", "老健から"], &["保健所"]),
            ("一人暮らし", &["独居の患者", "ひとり暮らし"], &["二人"]),
            ("独居", &["一人暮らしの患者"], &["同居"]),
            ("訪看ステーション", &["訪問看護ステーション", "訪看ステーション"], &["訪問", "ステーション"]),
            ("飲み残し", &["残薬がたまる"], &["残業"]),
            ("在支診", &["在宅療養支援診療所の数"], &["在宅療養を支援する診療所"]),
            ("ＭＳＷ", &["医療ソーシャルワーカー"], &["ソーシャル"]),
        ],
        |query| SearchRequest::new(query),
    );
    check(
        &[("ケアマネ", &["ケアマネジャー"], &["介護支援専門員", "CM"]), ("一人暮らし", &[], &["独居"])],
        |query| SearchRequest::new(query).without_synonyms(),
    );
    check(
        &[("ケアマネ", &["ケアマネジャー"], &["介護支援専門員"]), ("受入", &["受入"], &["受け入れ"])],
        |query| SearchRequest::new(query).exact(),
    );
}

#[test]
fn what_was_typed_ranks_above_what_it_is_also_searched_as() {
    for (typed, other) in [
        ("独居", "一人暮らし"),
        ("一人暮らし", "独居"),
        ("ケアマネ", "介護支援専門員"),
        ("老健", "介護老人保健施設"),
        ("受入", "受け入れ"),
        ("ざいたく", "在宅"),
        ("二十四時間", "24時間"),
    ] {
        // The other word is rarer and would score higher; that must not help it.
        let mut texts: Vec<String> =
            (0..9).map(|number| format!("患者は{typed}で、その{number}である。")).collect();
        texts.push(format!("患者は{other}で、その9である。"));
        texts.extend((0..20).map(|number| format!("関係のない発言の{number}である。")));
        let searcher = Searcher::new(support::index_of(&texts));
        let found = found(&searcher, SearchRequest::new(typed));
        assert_eq!(found.len(), 10, "{typed}");
        assert!(found[9].contains(other), "{typed}: {found:?}");
    }
}

#[test]
fn synonyms_of_a_file_and_what_is_said_of_them() {
    let mut synonyms = Synonyms::none();
    synonyms.add("区西南部 => 渋谷, 目黒, 世田谷\n", "own.txt").unwrap();
    let texts = ["渋谷の会議", "区西南部の会議"].map(str::to_owned);
    let searcher = Searcher::new(support::index_of(&texts)).synonyms(synonyms);
    assert_eq!(found(&searcher, SearchRequest::new("区西南部")), ["区西南部の会議", "渋谷の会議"]);
    assert_eq!(found(&searcher, SearchRequest::new("渋谷")), ["渋谷の会議"]);

    let results = searcher.search(&SearchRequest::new("区西南部")).unwrap();
    let also: Vec<_> =
        results.reading.also.iter().map(|also| (also.alternative.as_str(), also.kind)).collect();
    assert_eq!(also, [("渋谷", AlternativeKind::Synonym)]);
}

#[test]
fn explanations_add_up_to_the_score() {
    let searcher = support::seed_searcher();
    for query in
        ["一人暮らし", "受入 体制", "薬", "看護師の退院調整^2 連携", "独居や経済的困窮などの困難事例"]
    {
        let results = searcher.search(&SearchRequest::new(query).explain()).unwrap();
        assert!(!results.hits.is_empty(), "{query}");
        for hit in &results.hits {
            let explanation = hit.explanation.as_ref().unwrap();
            let terms: f32 = explanation.terms.iter().map(|term| term.score).sum();
            let others = [
                explanation.single_characters,
                explanation.together,
                explanation.headings,
                explanation.related,
            ];
            let sum = terms + others.iter().sum::<f32>();
            assert!((sum - hit.score).abs() < 1e-3, "{query}: {sum} is not {}", hit.score);
        }
    }
    let plain = searcher.search(&SearchRequest::new("薬")).unwrap();
    assert!(plain.hits[0].explanation.is_none());
}
