//! Tests of the program, run as a user runs it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use serde_json::json;
use support::{Output, Project};

#[test]
fn the_first_search_builds_the_index_and_says_so() {
    let project = Project::with_seed();
    let first = project.run("search 残薬");
    assert_eq!(first.code, 0);
    insta::assert_snapshot!(support::timeless(&first.stderr), @"
    building the index in index from data/minutes …
    indexed 1 file, 12 meetings, 200 opinions in … s
    ");
    insta::assert_snapshot!(first.timeless(), @r"
     1  区南部  2017-12-14  【在宅療養に関する地域の現状・課題等について】
        薬を管理する人がいないと、残薬がたまっていることが多く、訪問看護師等との連携
        が必要。
        20171214-区南部-8  data/minutes/tokyo-zaitaku-working.txt:99

    ── opinions with only some of the words: 6 ──

     2  区西南部  2017-11-29  【在宅療養に関する地域の現状・課題等について】
        ほとんどの薬局が在宅をやっているが、小児在宅や無菌調剤、24時間体制について対
        応できる薬局は数件しかない。
        20171129-区西南部-12  data/minutes/tokyo-zaitaku-working.txt:162

     3  区南部  2017-12-14  【在宅療養に関する地域の現状・課題等について】
        地域の薬局に聞くと在宅をやりたいとの声が5割以上ある。ケアマネジャーや訪問看
        護ステーション等から声が掛かった薬局は積極的にやっている。
        20171214-区南部-7  data/minutes/tokyo-zaitaku-working.txt:97

     4  区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
        薬剤師の取組が進んできた。地域ケア会議のアドバイスの立場の連携から、各事例か
        らの服薬管理に繋げていく具体的な取組に進んできた。
        20180110-区東北部-7  data/minutes/tokyo-zaitaku-working.txt:343

     5  区中央部  2017-12-13  【在宅療養に関する地域の現状・課題等について】
        在宅対応の薬局は増加してきてはいるが、今後の需要増加を見据えると、地区全体で
        対応できる薬局を増やすことが必要。
        20171213-区中央部-8  data/minutes/tokyo-zaitaku-working.txt:40

     6  区西部  2018-01-12  【在宅療養に関する地域の現状・課題等について】
        2025年までにすべての薬局が在宅に取り組むことを目標としているが、現状は一部の
        薬局に集中している。
        20180112-区西部-11  data/minutes/tokyo-zaitaku-working.txt:228

     7  区東北部  2018-01-10  【地域と病院の連携について】
        退院後独居を希望する患者が増えて、退院時からのリスク管理、医療と介護の連携が
        必要。
        20180110-区東北部-15  data/minutes/tokyo-zaitaku-working.txt:361

    1 opinion (… ms)
    6 more with only some of the words
    region   区南部 1+1  区東北部 0+2  区中央部 0+1  区西南部 0+1  区西部 0+1
    section  在宅療養に関する地域の現状・課題等について 1+5
             地域と病院の連携について 0+1
    ");
    let second = project.run("search 残薬");
    assert_eq!((second.stderr.as_str(), second.timeless()), ("", first.timeless()));
}

#[test]
fn a_region_is_exact_and_a_municipality_stands_for_its_own() {
    let project = Project::with_seed();
    project.run("index");
    let by_region = project.run("search 訪問看護 --region 区東北部");
    insta::assert_snapshot!(by_region.timeless(), @r"
     1  区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
        訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不
        足。また、訪問看護師同士の連携がとれていない。
        20180110-区東北部-6  data/minutes/tokyo-zaitaku-working.txt:341

    ── opinions with only some of the words: 10 ──

     2  区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
        外来から訪問診療に切り替えたいと患者が希望した際に、ケアマネジャーがかかりつ
        け医に知らせずに訪問診療に切り替えているケースがある。
        20180110-区東北部-3  data/minutes/tokyo-zaitaku-working.txt:335

     3  区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
        区を4つのグループに分け、かかりつけ医と訪問診療専門医・後方支援病院の連携の
        取組を行っている。（かかりつけ医の患者で外来通院が厳しくなった患者について、
        グループ内の訪問診療医にお願いをする。また、後方支援病院がそれをバックアップ
        する取組。）
        20180110-区東北部-2  data/minutes/tokyo-zaitaku-working.txt:333

     4  区東北部  2018-01-10  【地域と病院の連携について】
        病院の看護師は医療の知識は豊富であるが、介護の知識や理解が必要。
        20180110-区東北部-9  data/minutes/tokyo-zaitaku-working.txt:349

     5  区東北部  2018-01-10  【地域と病院の連携について】
        在宅療養患者を救急で受け入れる場合、当直医が対応を判断するが、地域との連携が
        ないと判断が難しい。
        20180110-区東北部-12  data/minutes/tokyo-zaitaku-working.txt:355

     6  区東北部  2018-01-10  【地域と病院の連携について】
        病院の退院調整窓口が地域の在宅療養患者を支えるチームの取組が見えていない。そ
        うした状況で、短い日数で地域と連携しながら、退院調整を行うのは難しい。
        20180110-区東北部-11  data/minutes/tokyo-zaitaku-working.txt:353

     7  区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
        ケアマネジャーとしては、在宅医療につなげる際には、かかりつけ医と相談するよう
        共通認識を図っている。老々・認知症などは特に、ケアマネジャーが患者の代弁者と
        して医師と調整をしている。
        20180110-区東北部-4  data/minutes/tokyo-zaitaku-working.txt:337

     8  区東北部  2018-01-10  【地域と病院の連携について】
        老健は中間施設としてショートステイ、レスパイトの受入れが可能であり、活用して
        欲しい。多職種も揃っており、施設内で医療・介護の対応ができる。
        20180110-区東北部-14  data/minutes/tokyo-zaitaku-working.txt:359

     9  区東北部  2018-01-10  【地域と病院の連携について】
        退院後独居を希望する患者が増えて、退院時からのリスク管理、医療と介護の連携が
        必要。
        20180110-区東北部-15  data/minutes/tokyo-zaitaku-working.txt:361

    10  区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
        医療・介護の壁はまだ解消できていない。代表者による多職種会議だけでなく、地域
        ごとに会議を開催し、顔の見える関係をつくる必要がある。
        20180110-区東北部-5  data/minutes/tokyo-zaitaku-working.txt:339

    1 opinion, 1 to 10 shown (… ms)
    10 more with only some of the words
    more is found without the filter by region (11)
    region   北多摩北部 3+11  区南部 3+9  区西南部 2+12  区東北部 1+10  区中央部 1+9
             西多摩 1+7  区西部 0+13  南多摩 0+13  北多摩南部 0+12  区東部 0+10
             北多摩西部 0+9  区西北部 0+7
             (without the filter by region)
    section  在宅療養に関する地域の現状・課題等について 1+4
             地域と病院の連携について 0+6
    ");
    assert_eq!(project.run("search 訪問看護 --region 足立区").timeless(), by_region.timeless());

    let unknown = project.run("search 訪問看護 --region 足立");
    assert_eq!((unknown.code, unknown.stdout.as_str()), (1, ""));
    assert_eq!(unknown.stderr, "no opinion has the region 足立; did you mean 足立区 (区東北部)?\n");
    let far = project.run("search 訪問看護 -r 大阪市");
    assert!(far.code == 1 && !far.stderr.contains("東大和市"), "{}", far.stderr);
    // Of the title of a section a part is enough, as of the name of a speaker; one that there is not ends alike.
    let whole = project.run("search 訪問看護 --section 地域と病院の連携について");
    assert_eq!(project.run("search 訪問看護 -s 地域と病院").timeless(), whole.timeless());
    let none = project.run("search 訪問看護 -s 天気");
    assert!(none.code == 1 && none.stderr.starts_with("no opinion has the section 天気; this index has"));
    assert_eq!(project.run("search 訪問看護 --speaker 山田").code, 1);
    let several = project
        .run("search 訪問看護 --region 区東北部 --region 西多摩 --section 【地域と病院の連携について】 --tier first");
    assert_eq!(several.code, 1);
}

#[test]
fn nothing_found_is_said_and_ends_with_1() {
    let project = Project::with_seed();
    project.run("index");
    let text = project.run("search 京都");
    assert_eq!(
        (text.code, text.timeless().as_str(), text.stderr.as_str()),
        (1, "no opinions match 京都 (… ms)\n", "")
    );
    let json = project.run("search 京都 --format json");
    assert_eq!((json.code, json.json()["total"].as_u64()), (1, Some(0)));
    for format in ["jsonl", "trec"] {
        let nothing = project.run(&format!("search 京都 --format {format}"));
        assert_eq!((nothing.code, nothing.stdout.as_str()), (1, ""));
    }
}

#[test]
fn json_has_the_promised_shape() {
    let project = Project::with_seed();
    project.run("index");
    let output = project.run("search 訪問看護 --region 区東北部 --format json");
    let mut results = output.json();
    assert!(results["took_ms"].as_f64().unwrap() > 0.0);
    results["took_ms"] = 1.into();
    assert!(results["hits"][0]["score"].as_f64().unwrap() > 0.0);
    results["hits"][0]["score"] = 1.into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&results).unwrap(), @r#"
    {
      "facets": {
        "region": [
          {
            "count": 3,
            "partial": 11,
            "value": "北多摩北部"
          },
          {
            "count": 3,
            "partial": 9,
            "value": "区南部"
          },
          {
            "count": 2,
            "partial": 12,
            "value": "区西南部"
          },
          {
            "count": 1,
            "partial": 10,
            "value": "区東北部"
          },
          {
            "count": 1,
            "partial": 9,
            "value": "区中央部"
          },
          {
            "count": 1,
            "partial": 7,
            "value": "西多摩"
          },
          {
            "count": 0,
            "partial": 13,
            "value": "区西部"
          },
          {
            "count": 0,
            "partial": 13,
            "value": "南多摩"
          },
          {
            "count": 0,
            "partial": 12,
            "value": "北多摩南部"
          },
          {
            "count": 0,
            "partial": 10,
            "value": "区東部"
          },
          {
            "count": 0,
            "partial": 9,
            "value": "北多摩西部"
          },
          {
            "count": 0,
            "partial": 7,
            "value": "区西北部"
          }
        ],
        "section": [
          {
            "count": 1,
            "partial": 4,
            "value": "在宅療養に関する地域の現状・課題等について"
          },
          {
            "count": 0,
            "partial": 6,
            "value": "地域と病院の連携について"
          }
        ]
      },
      "hits": [
        {
          "date": "2018-01-10",
          "highlights": [
            [
              0,
              4
            ],
            [
              42,
              46
            ]
          ],
          "id": "20180110-区東北部-6",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 1,
          "region": "区東北部",
          "score": 1,
          "section": "在宅療養に関する地域の現状・課題等について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 341
          },
          "speaker": null,
          "text": "訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不足。また、訪問看護師同士の連携がとれていない。",
          "tier": 1
        },
        {
          "date": "2018-01-10",
          "highlights": [
            [
              4,
              8
            ],
            [
              46,
              50
            ]
          ],
          "id": "20180110-区東北部-3",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 2,
          "region": "区東北部",
          "score": 7.010249,
          "section": "在宅療養に関する地域の現状・課題等について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 335
          },
          "speaker": null,
          "text": "外来から訪問診療に切り替えたいと患者が希望した際に、ケアマネジャーがかかりつけ医に知らせずに訪問診療に切り替えているケースがある。",
          "tier": 2
        },
        {
          "date": "2018-01-10",
          "highlights": [
            [
              20,
              24
            ],
            [
              82,
              86
            ]
          ],
          "id": "20180110-区東北部-2",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 3,
          "region": "区東北部",
          "score": 6.889532,
          "section": "在宅療養に関する地域の現状・課題等について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 333
          },
          "speaker": null,
          "text": "区を4つのグループに分け、かかりつけ医と訪問診療専門医・後方支援病院の連携の取組を行っている。（かかりつけ医の患者で外来通院が厳しくなった患者について、グループ内の訪問診療医にお願いをする。また、後方支援病院がそれをバックアップする取組。）",
          "tier": 2
        },
        {
          "date": "2018-01-10",
          "highlights": [
            [
              3,
              5
            ]
          ],
          "id": "20180110-区東北部-9",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 4,
          "region": "区東北部",
          "score": 6.263876,
          "section": "地域と病院の連携について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 349
          },
          "speaker": null,
          "text": "病院の看護師は医療の知識は豊富であるが、介護の知識や理解が必要。",
          "tier": 2
        },
        {
          "date": "2018-01-10",
          "highlights": [
            [
              0,
              4
            ]
          ],
          "id": "20180110-区東北部-12",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 5,
          "region": "区東北部",
          "score": 1.5984079,
          "section": "地域と病院の連携について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 355
          },
          "speaker": null,
          "text": "在宅療養患者を救急で受け入れる場合、当直医が対応を判断するが、地域との連携がないと判断が難しい。",
          "tier": 2
        },
        {
          "date": "2018-01-10",
          "highlights": [
            [
              13,
              17
            ]
          ],
          "id": "20180110-区東北部-11",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 6,
          "region": "区東北部",
          "score": 1.5484476,
          "section": "地域と病院の連携について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 353
          },
          "speaker": null,
          "text": "病院の退院調整窓口が地域の在宅療養患者を支えるチームの取組が見えていない。そうした状況で、短い日数で地域と連携しながら、退院調整を行うのは難しい。",
          "tier": 2
        },
        {
          "date": "2018-01-10",
          "highlights": [
            [
              12,
              16
            ]
          ],
          "id": "20180110-区東北部-4",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 7,
          "region": "区東北部",
          "score": 1.2975898,
          "section": "在宅療養に関する地域の現状・課題等について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 337
          },
          "speaker": null,
          "text": "ケアマネジャーとしては、在宅医療につなげる際には、かかりつけ医と相談するよう共通認識を図っている。老々・認知症などは特に、ケアマネジャーが患者の代弁者として医師と調整をしている。",
          "tier": 2
        },
        {
          "date": "2018-01-10",
          "highlights": [],
          "id": "20180110-区東北部-14",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 8,
          "region": "区東北部",
          "score": 0.8564856,
          "section": "地域と病院の連携について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 359
          },
          "speaker": null,
          "text": "老健は中間施設としてショートステイ、レスパイトの受入れが可能であり、活用して欲しい。多職種も揃っており、施設内で医療・介護の対応ができる。",
          "tier": 2
        },
        {
          "date": "2018-01-10",
          "highlights": [],
          "id": "20180110-区東北部-15",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 9,
          "region": "区東北部",
          "score": 0.3174603,
          "section": "地域と病院の連携について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 361
          },
          "speaker": null,
          "text": "退院後独居を希望する患者が増えて、退院時からのリスク管理、医療と介護の連携が必要。",
          "tier": 2
        },
        {
          "date": "2018-01-10",
          "highlights": [],
          "id": "20180110-区東北部-5",
          "meeting": "在宅療養ワーキングの開催について(区東北部)",
          "rank": 10,
          "region": "区東北部",
          "score": 0.20751852,
          "section": "在宅療養に関する地域の現状・課題等について",
          "source": {
            "file": "data/minutes/tokyo-zaitaku-working.txt",
            "line": 339
          },
          "speaker": null,
          "text": "医療・介護の壁はまだ解消できていない。代表者による多職種会議だけでなく、地域ごとに会議を開催し、顔の見える関係をつくる必要がある。",
          "tier": 2
        }
      ],
      "partial": 10,
      "query": "訪問看護",
      "read_as": "訪問看護",
      "repairs": [
        {
          "count": 11,
          "without_filter": "region"
        }
      ],
      "took_ms": 1,
      "total": 1
    }
    "#);

    // Highlights are ranges in characters.
    let hit = &results["hits"][0];
    let text: Vec<char> = hit["text"].as_str().unwrap().chars().collect();
    for range in hit["highlights"].as_array().unwrap() {
        let (start, end) = (range[0].as_u64().unwrap() as usize, range[1].as_u64().unwrap() as usize);
        assert_eq!(text[start..end].iter().collect::<String>(), "訪問看護");
    }

    let lines = project.run("search 訪問看護 --format jsonl -n 2").stdout;
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|hit| hit["rank"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn limit_and_offset_say_what_is_shown() {
    let project = Project::with_seed();
    project.run("index");
    for (arguments, shown) in [
        ("-n 3", "11 opinions, 1 to 3 shown (… ms)\n"),
        ("--limit 3 --offset 9", "11 opinions, 10 to 12 shown (… ms)\n"),
        ("--limit 3 --offset 9 --tier first", "11 opinions, 10 to 11 shown (… ms)\n"),
        ("--limit 0", "11 opinions, none shown (… ms)\n"),
        ("--limit 100 --tier first", "11 opinions, 1 to 11 shown (… ms)\n"),
        ("--limit 200", "11 opinions (… ms)\n"),
    ] {
        let output = project.run(&format!("search 訪問看護 {arguments}"));
        assert!(output.timeless().contains(shown), "{arguments}: {}", output.stdout);
        assert_eq!(output.code, 0);
    }
    let trec = project.run("search 訪問看護 --limit 3 --offset 9 --format trec --tier first").stdout;
    let ranks: Vec<_> = trec.lines().map(|line| line.split(' ').nth(3).unwrap()).collect();
    assert_eq!(ranks, ["10", "11"]);
}

#[test]
fn a_widened_search_says_so() {
    let project = Project::with_seed();
    project.run("index");
    let note = "nothing was found as it was typed: words may stand within longer ones (--exact forbids it)";
    let text = project.run("search 護ステ");
    assert!(text.code == 0 && text.stdout.starts_with(&format!("{note}\n\n 1  ")), "{}", text.stdout);
    let json = project.run("search 護ステ --format json").json();
    assert_eq!(
        json["widened"],
        serde_json::json!({"sentence": false, "far": false, "within_words": true, "words": 1, "required": 1})
    );
    let lines = project.run("search 護ステ -n 1 --format jsonl");
    assert_eq!((lines.stdout.lines().count(), lines.stderr), (1, format!("note: {note}\n")));
    assert_eq!(project.run("search 護ステ --exact").code, 1);
    let sentence = project.run("search 家族の負担を減らすにはどうすればよいか").stdout;
    assert!(
        sentence.contains("read as a sentence: 2 of its 3 words suffice (--exact wants all)\n"),
        "{sentence}"
    );
}

#[test]
fn the_tiers_are_told_apart_in_every_format() {
    let project = Project::with_seed();
    project.run("index");
    let text = project.run("search 退院 カンファレンス -n 60").stdout;
    let line = text.find("── opinions with only some of the words: ").unwrap_or_else(|| panic!("{text}"));
    assert!(text[..line].contains(" 1  "), "{text}");
    assert!(text.contains(" more with only some of the words\n"), "{text}");
    let json = project.run("search 退院 カンファレンス -n 200 --format json").json();
    let (total, partial) = (json["total"].as_u64().unwrap(), json["partial"].as_u64().unwrap());
    let tiers: Vec<u64> =
        json["hits"].as_array().unwrap().iter().map(|hit| hit["tier"].as_u64().unwrap()).collect();
    assert!(total > 0 && partial > 0 && tiers.is_sorted());
    let count = |tier: u64| tiers.iter().filter(|&&found| found == tier).count() as u64;
    assert_eq!((count(1), count(2)), (total, partial));
    // Tables, everything and what is counted take the first tier unless they are asked for both.
    let rows = |options: &str| {
        project.run(&format!("search 退院 カンファレンス {options}")).stdout.lines().count() as u64
    };
    assert_eq!(rows("-n 200 --format tsv"), 1 + total);
    assert_eq!(rows("-n 200 --format tsv --tier any --fields id,tier"), 1 + total + partial);
    assert_eq!(rows("-n all --format jsonl"), total);
    assert_eq!(rows("-n all --format jsonl --tier any"), total + partial);
    assert_eq!(rows("-n 200 --format trec --tier first"), total);
    let compared = |options: &str| {
        project.run(&format!("compare '退院 カンファレンス' {options} --format json")).json()["total"].clone()
    };
    assert!(compared("--tier any").as_u64() > compared("").as_u64());
    // If nothing has all words, that is said.
    let none = project.run("search 残薬 移動距離").stdout;
    assert!(none.contains("no opinion has all words\n"), "{none}");
    assert_eq!(project.run("search 残薬 移動距離 --tier first").code, 1);
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let project = Project::with_seed();
    project.run("index");
    let marked = "\u{1b}[1m\u{1b}[31m残薬\u{1b}[0m";
    assert!(!project.run("search 残薬").stdout.contains('\u{1b}'));
    assert!(project.run("search 残薬 --color always").stdout.contains(marked));
    assert!(!project.run("search 残薬 --color never").stdout.contains('\u{1b}'));

    let mut forced = project.command();
    forced.args(["search", "残薬"]).env("CLICOLOR_FORCE", "1");
    assert!(Output::of(forced).stdout.contains(marked));
    let mut refused = project.command();
    refused.args(["search", "残薬"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!Output::of(refused).stdout.contains('\u{1b}'));
}

#[test]
fn lines_fit_the_screen() {
    let project = Project::with_seed();
    project.run("index");
    for columns in [40, 60, 120] {
        for arguments in
            [vec!["search", "在宅", "--limit", "200"], vec!["show", "20171214-区南部-8"], vec!["stats"]]
        {
            let mut command = project.command();
            command.args(&arguments).env("COLUMNS", columns.to_string());
            let output = Output::of(command).stdout;
            for line in output.lines() {
                let width: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                // Identifiers, file names and titles are not broken, because people copy them.
                let whole = line.contains(".txt:") || line.starts_with('【') || line.starts_with('[');
                assert!(width <= columns || whole || arguments[0] != "search", "{columns}: {line}");
            }
        }
    }
}

const RECORD: &str = "令和5年第2回みどり市議会定例会会議録
令和5年6月12日
出席議員　1番　山田太郎　2番　佐藤花子
議事日程
日程第１　会期の決定
日程第２　議案第１号

○議長（山田太郎君）　ただいまから会議を開きます。
○2番（佐藤花子君）　通学路について伺います。
○議長（山田太郎君）　採決の結果は次のとおりです。

氏名　議案第１号　議案第２号
山田太郎　議長　議長
佐藤花子　○　×
";

#[test]
fn a_whole_meeting_is_shown_with_its_lists() {
    let project = Project::empty();
    project.write("minutes/record.txt", RECORD);
    project.run("index minutes");
    let shown = project.run("show 20230612-record-4 --full");
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    insta::assert_snapshot!(shown.stdout, @"
    20230612-record-4
    令和5年第2回みどり市議会定例会会議録
    2023-06-12
    members: 山田太郎（1番）、佐藤花子（2番）
    agenda: 会期の決定、議案第１号
    votes on 議案第１号: 山田太郎 議長、佐藤花子 ○
    votes on 議案第２号: 山田太郎 議長、佐藤花子 ×

       1  令和5年第2回みどり市議会定例会会議録
          令和5年6月12日
          出席議員　1番　山田太郎　2番　佐藤花子
          議事日程
          日程第１　会期の決定
          日程第２　議案第１号
       2  山田太郎（議長）: ただいまから会議を開きます。
       3  佐藤花子（2番）: 通学路について伺います。
    >  4  山田太郎（議長）: 採決の結果は次のとおりです。
          氏名　議案第１号　議案第２号
          山田太郎　議長　議長
          佐藤花子　○　×

    minutes/record.txt:10
    ");
    let meeting = &project.run("show 20230612-record-4 --full --format json").json()["meeting"];
    assert_eq!(meeting["members"][1], json!({ "name": "佐藤花子", "office": "2番" }));
    assert_eq!(meeting["agenda"], json!(["会期の決定", "議案第１号"]));
    assert_eq!(meeting["votes"][3], json!({ "matter": "議案第２号", "name": "佐藤花子", "vote": "×" }));
    // The offices of a speaker stand behind the name.
    let speakers = project.run("stats").stdout;
    assert!(speakers.contains("山田太郎（議長 2023）"), "{speakers}");
}

#[test]
fn an_opinion_is_shown_in_its_context() {
    let project = Project::with_seed();
    project.run("index");
    let shown = project.run("show 20171213-区中央部-6");
    assert_eq!(shown.code, 0);
    insta::assert_snapshot!(shown.stdout, @"
    20171213-区中央部-6
    在宅療養ワーキングの開催について(区中央部)
    区中央部  2017-12-13  19:00-20:30  東京都医師会 2階講堂
    52 present, 24 of them observers
    【在宅療養に関する地域の現状・課題等について】

       4  区内にリーダー医師を10名置き、地域の課題の洗い出し・入院時の体制づくり等を
          行っている。
       5  在宅医療を行う上で、患者・家族と向き合うことが大切。また、医師だけでは対応
          できないことも多いので、多職種との連携も重要。
    >  6  訪問看護ステーションは増加しているが、廃止となるステーションも多い。支援が
          必要。
       7  在宅歯科診療を実施する体制はあるが、ニーズがあまりない状況。患者からは、先
          生に来てもらうのが申し訳ないというような話も聞く。
       8  在宅対応の薬局は増加してきてはいるが、今後の需要増加を見据えると、地区全体
          で対応できる薬局を増やすことが必要。

    data/minutes/tokyo-zaitaku-working.txt:38
    ");

    let json = project.run("show 20171213-区中央部-1 -C 1 --format json").json();
    assert_eq!(json["opinion"]["source"]["line"], 33);
    assert_eq!(json["before"].as_array().unwrap().len(), 0);
    assert_eq!(json["after"][0]["id"], "20171213-区中央部-2");
    assert_eq!(json["meeting"]["attendance"]["observers"], 24);
    assert_eq!(json["meeting"]["time"], "19:00-20:30");
    // The neighbours of the last opinion of a section do not include the next section.
    let last = project.run("show 20171213-区中央部-8 --format json").json();
    assert_eq!((last["before"].as_array().unwrap().len(), last["after"].as_array().unwrap().len()), (2, 0));

    let unknown = project.run("show 20171213-区中央部-99");
    assert_eq!((unknown.code, unknown.stdout.as_str()), (1, ""));
    assert!(unknown.stderr.contains("no opinion has the id 20171213-区中央部-99"));
    let meeting = project.run("show 20171213-区中央部");
    assert_eq!(meeting.code, 1);
    assert!(
        meeting.stderr.contains("its opinions are 20171213-区中央部-1 to 20171213-区中央部-18"),
        "{}",
        meeting.stderr
    );
}

#[test]
fn statistics_tell_what_is_there() {
    let project = Project::with_seed();
    project.run("index");
    insta::assert_snapshot!(project.run("stats").stdout, @"
    1 file, 12 meetings, 200 opinions

    region        [1]    [2]  total
    区中央部        8     10     18
    区南部          9      8     17
    区西南部       13      9     22
    区西部         11      8     19
    区西北部        9     10     19
    区東北部        7      8     15
    区東部          8      7     15
    西多摩          6      8     14
    南多摩          8      9     17
    北多摩西部      6      8     14
    北多摩南部      7      7     14
    北多摩北部      8      8     16
    total         100    100    200

    [1] 在宅療養に関する地域の現状・課題等について
    [2] 地域と病院の連携について
    ");
    let json = project.run("stats --format json").json();
    assert_eq!((json["meetings"].as_u64(), json["opinions"].as_u64()), (Some(12), Some(200)));
    assert_eq!(json["regions"][0], serde_json::json!({"region": "区中央部", "opinions": [8, 10]}));
}

#[test]
fn what_minutes_do_not_say_is_listed_and_told_by_minutes_toml() {
    let project = Project::empty();
    project
        .write("minutes/a.txt", "第１回みどり市議会会議録\n○議長（佐藤花子君）　ただいまから開会します。\n");
    project.write("minutes/b.txt", "環境の話\n\n計画案に、意見があった。\n");
    let built = project.run("index minutes --index here").stdout;
    assert!(
        built
            .ends_with("\n2 meetings have no date, 1 file has no speaker; see `gijiroku check --metadata`\n"),
        "{built}"
    );
    let listed = project.run("check --metadata --index here");
    assert_eq!(listed.code, 1);
    insta::assert_snapshot!(listed.stdout, @r#"
    no date     minutes/a.txt:1  第１回みどり市議会会議録
    no date     minutes/b.txt:1  環境の話
    no speaker  minutes/b.txt

    2 meetings need a date; write into minutes/minutes.toml:
        [[file]]
        glob = "a.txt"
        date = "令和6年3月4日"

    1 file without a speaker: minutes that name nobody, or in which no label was seen.
    Look with `gijiroku parse minutes/b.txt`. Where they name speakers, write into
    minutes/minutes.toml:
        [[file]]
        glob = "b.txt"
        kind = "verbatim"
    "#);
    project.write("minutes/minutes.toml", "date = 2024-03-04\nparty = \"青空の会\"\n");
    let built = project.run("index minutes --index here").stdout;
    assert!(built.ends_with("\n1 file has no speaker; see `gijiroku check --metadata`\n"), "{built}");
    let hit = &project.run("search 開会 --index here --format json").json()["hits"][0];
    assert_eq!((hit["party"].as_str(), hit["date"].as_str()), (Some("青空の会"), Some("2024-03-04")));
    // A party, and whoever is called by a surname, a title or an office.
    for speaker in ["佐藤花子", "佐藤花子君", "佐藤議長"] {
        let found = project.run(&format!("search 開会 --speaker {speaker} --index here"));
        assert_eq!(found.code, 0, "{speaker}");
    }
}

#[test]
fn any_corpus_comes_as_json_lines() {
    let project = Project::empty();
    project.write(
        "corpus/a.jsonl",
        r#"{"id":"q/1","text":"学校の安全対策について","title":"定例会","date":"2024-03-01","speaker":"山田太郎","section":"一般質問"}
{"id":"q/2","text":"通学路の安全","title":"定例会","date":"2024-03-01"}
{"id":"q/1","text":"安全な水","region":"世田谷区","url":"https://example.jp/1"}
"#,
    );
    let indexed = project.run("index corpus --index here");
    assert_eq!(indexed.code, 0);
    assert_eq!(
        indexed.stderr,
        "warning: corpus/a.jsonl:3: the id q/1 was given before; this opinion is indexed as q/1~2\n"
    );
    assert_eq!(
        support::timeless(&indexed.stdout),
        "indexed 1 file, 2 meetings, 3 opinions in … s, 1 warning\n1 meeting has no date; see `gijiroku check --metadata`\n"
    );

    let found = project.run("search --index here 安全 --format json").json();
    assert_eq!(found["total"], 3);
    // In this index the municipality itself is a region.
    assert_eq!(project.run("search --index here 安全 --region 世田谷区 --format json").json()["total"], 1);
    let text = project.run("search --index here 学校").timeless();
    insta::assert_snapshot!(text, @"
     1  2024-03-01  【一般質問】
        山田太郎
        学校の安全対策について
        q/1  corpus/a.jsonl:1

    1 opinion (… ms)
    section  一般質問 1
    ");
    let shown = project.run("show --index here q/1~2").stdout;
    assert!(shown.contains("https://example.jp/1"), "{shown}");
    insta::assert_snapshot!(project.run("stats --index here").stdout, @"
    1 file, 2 meetings, 3 opinions

    region      [1]    [2]  total
    (none)        1      1      2
    世田谷区      0      1      1
    total         1      2      3

    [1] 一般質問
    [2] (none)
    ");
}

#[test]
fn many_queries_run_in_one_process() {
    let project = Project::with_seed();
    project.run("index");
    project.write(
        "queries.jsonl",
        "{\"id\":\"q1\",\"text\":\"残薬\"}\n\n{\"id\":\"q2\",\"text\":\"　\"}\n{\"id\":\"q3\",\"text\":\"京都\"}\n{\"id\":\"q4\",\"text\":\"24時間 移動距離\"}\n",
    );
    let trec = project.run("search --queries queries.jsonl --format trec --limit 2");
    assert_eq!(trec.code, 0);
    assert_eq!(trec.stderr, "warning: queries.jsonl:3: the query is empty\n");
    let lines: Vec<Vec<&str>> = trec.stdout.lines().map(|line| line.split(' ').collect()).collect();
    let columns: Vec<_> = lines.iter().map(|line| (line[0], line[1], line[3], line[5])).collect();
    let expected =
        [("q1", "1"), ("q4", "1"), ("q4", "2")].map(|(query, rank)| (query, "Q0", rank, "gijiroku"));
    assert_eq!(columns.iter().filter(|line| line.0 != "q3").copied().collect::<Vec<_>>()[0], expected[0]);
    assert!(columns.contains(&expected[1]) && columns.contains(&expected[2]), "{columns:?}");
    assert!(lines.iter().all(|line| line[4].parse::<f32>().is_ok()));

    // The other formats also work with files of queries, and so do the options for all words and exact words.
    let json = project.run("search --queries queries.jsonl --format json --match all --exact").stdout;
    let totals: Vec<_> = json
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|results| (results["query_id"].as_str().unwrap().to_owned(), results["total"].as_u64().unwrap()))
        .collect();
    assert_eq!(totals, [("q1".to_owned(), 1), ("q3".to_owned(), 0), ("q4".to_owned(), 0)]);
    let text = project.run("search --queries queries.jsonl --match all -n 1").stdout;
    assert!(text.starts_with("q1: 残薬\n 1  区南部"), "{text}");

    for (line, message) in [
        (
            "{\"id\":1}",
            "bad.jsonl:1: not a query; a line is {\"id\":\"…\",\"text\":\"…\"}, and may have \"kind\" and \"filter\"",
        ),
        (
            "{\"id\":\"a b\",\"text\":\"x\"}",
            "bad.jsonl:1: the id `a b` must have characters and no white space",
        ),
    ] {
        project.write("bad.jsonl", line);
        let bad = project.run("search --queries bad.jsonl");
        assert_eq!((bad.code, bad.stderr), (2, format!("error: {message}\n")));
    }
    assert_eq!(project.run("search --queries missing.jsonl").code, 2);
}

#[test]
fn a_ranking_is_measured_and_compared() {
    let project = Project::with_seed();
    project.run("index");
    project.write(
        "queries.jsonl",
        "{\"id\":\"q1\",\"text\":\"残薬\"}\n{\"id\":\"q2\",\"text\":\"移動距離が長い\"}\n{\"id\":\"q3\",\"text\":\"火星\"}\n{\"id\":\"q4\",\"text\":\" \"}\n",
    );
    project.write(
        "qrels.tsv",
        "q1\t20171214-区南部-8\t2\nq2\t20171115-西多摩-2\t1\nq3\tx\t1\nq4\tx\t1\nq5\tx\t0\n",
    );
    let measured = project.run("eval --queries queries.jsonl --qrels qrels.tsv");
    assert_eq!((measured.code, measured.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(measured.stdout, @r"
    4 queries judged

                  gijiroku     first tier
    nDCG@10       0.5000       0.5000
    MRR@10        0.5000       0.5000
    Recall@100    0.5000       0.5000
    success@1     0.5000       0.5000
    without hits  2            2
    nDCG, 95 %    0.000–1.000  0.000–1.000
    ");

    project.write("other.run", "q1 Q0 x 1 2.0 other\nq1 Q0 20171214-区南部-8 2 1.0 other\n");
    let compared = project.run("eval --queries queries.jsonl --qrels qrels.tsv --compare other.run");
    insta::assert_snapshot!(compared.stdout, @r"
    4 queries judged

                  gijiroku     first tier   other.run    difference      p
    nDCG@10       0.5000       0.5000       0.1577          +0.3423  0.510
    MRR@10        0.5000       0.5000       0.1250          +0.3750  0.510
    Recall@100    0.5000       0.5000       0.2500          +0.2500  1.000
    success@1     0.5000       0.5000       0.0000          +0.5000  0.510
    without hits  2            2            3
    nDCG, 95 %    0.000–1.000  0.000–1.000  0.000–0.473
    ");
    let json = project
        .run("eval --queries queries.jsonl --qrels qrels.tsv --compare other.run --format json")
        .json();
    assert_eq!((json["queries"].as_u64(), json["runs"][2]["mrr_at_10"].as_f64()), (Some(4), Some(0.125)));
    assert_eq!(json["differences"][0]["measure"], "nDCG@10");

    project.write("bad.tsv", "q1 a\n");
    let bad = project.run("eval --queries queries.jsonl --qrels bad.tsv");
    assert_eq!(
        (bad.code, bad.stderr.as_str()),
        (2, "error: bad.tsv:1: not a judgment: query, document, grade\n")
    );
    let bad = project.run("eval --queries queries.jsonl --qrels qrels.tsv --compare bad.tsv");
    assert!(bad.stderr.starts_with("error: bad.tsv:1: not a line of a run: "), "{}", bad.stderr);
    assert_eq!(project.run("eval --queries queries.jsonl --qrels missing").code, 2);
    project.write("none.tsv", "");
    assert_eq!(project.run("eval --queries queries.jsonl --qrels none.tsv").code, 1);
}

#[test]
fn the_environment_names_the_index() {
    let project = Project::with_seed();
    let mut command = project.command();
    command.args(["index"]).env("GIJIROKU_INDEX", "elsewhere");
    assert_eq!(Output::of(command).code, 0);
    assert!(project.path("elsewhere/meta.json").exists() && !project.path("index").exists());
    let mut command = project.command();
    command.args(["search", "残薬"]).env("GIJIROKU_INDEX", "elsewhere");
    assert_eq!(Output::of(command).code, 0);
    // The option takes precedence over the environment variable.
    let mut command = project.command();
    command.args(["search", "残薬", "--index", "missing"]).env("GIJIROKU_INDEX", "elsewhere");
    assert_eq!(Output::of(command).code, 2);
}

#[test]
fn wrong_usage_ends_with_2() {
    let project = Project::with_seed();
    for arguments in
        ["", "search", "search x --limit -1", "search x --format xml", "search x --queries y", "find x"]
    {
        let output = project.run(arguments);
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{arguments}");
    }
    assert_eq!(
        project.run("search ''").stderr.lines().last(),
        Some("error: the query is empty; type one or more words, or give a filter")
    );
    assert_eq!(project.run("--help").code, 0);
}

#[cfg(unix)]
#[test]
fn output_to_head_ends_quietly() {
    use std::process::{Command, Stdio};

    let project = Project::with_seed();
    project.run("index");
    let mut child = Command::new(env!("CARGO_BIN_EXE_gijiroku"))
        .current_dir(project.path(""))
        .args(["search", "在宅", "--limit", "200", "--color", "always"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The reader closes the pipe before it has read anything.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn memory_is_a_size_that_is_enough() {
    let project = Project::with_seed();
    for (size, message) in [
        ("much", "a size is a number with a unit, such as 512MB or 2GiB"),
        ("10MB", "a build needs 128.0 MiB at least"),
        ("-1", "unexpected argument '-1'"),
    ] {
        let refused = project.run(&format!("index --memory {size}"));
        assert!(refused.code == 2 && refused.stderr.contains(message), "{}", refused.stderr);
    }
    for size in ["128MiB", "99999999TB"] {
        assert_eq!(project.run(&format!("index --memory {size}")).code, 0, "{size}");
    }
}

#[test]
fn a_cluster_is_no_folder() {
    let project = Project::with_seed();
    let needs_feature = "an index in a cluster needs a gijiroku that was built with the feature `cluster`";
    let expected = match cfg!(feature = "cluster") {
        true => "opensearch://127.0.0.1:1: the name of the index is missing",
        false => needs_feature,
    };
    for verb in ["index", "search 在宅", "show x", "stats", "serve", "mcp"] {
        let refused = project.run(&format!("--index opensearch://127.0.0.1:1 {verb}"));
        assert!(refused.code == 2 && refused.stdout.is_empty(), "{verb}: {}", refused.stderr);
        assert!(refused.stderr.contains(expected), "{verb}: {}", refused.stderr);
    }
    let refused = project.run("--index opensearch://127.0.0.1:1/minutes check");
    assert!(refused.code == 2 && refused.stderr.contains("for an index in a folder"), "{}", refused.stderr);
    assert!(!project.path("opensearch:").exists());
}
