//! Tests of the steps from hits to answers over the seed: compare opinions, find similar ones, cite and
//! export them.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::{BTreeMap, HashSet};
use std::fs;

use gijiroku::analysis::NormalizedText;
use gijiroku::mining::VariantKind;
use gijiroku::{Facet, Filter, IndexBuilder, IndexedOpinion, SearchRequest, Searcher, Sort, Tiers};
use support::{Project, all_opinions, seed_searcher};

/// Counts the opinions of each value that contain a string, and all of its opinions, by scanning them.
fn scanned(
    opinions: &[IndexedOpinion],
    text: &str,
    value: impl Fn(&IndexedOpinion) -> String,
) -> BTreeMap<String, (usize, usize)> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for opinion in opinions {
        let count = counts.entry(value(opinion)).or_default();
        count.0 += usize::from(NormalizedText::new(&opinion.text).as_str().contains(text));
        count.1 += 1;
    }
    counts
}

#[test]
fn a_comparison_counts_what_a_scan_counts() {
    let searcher = seed_searcher();
    let opinions = all_opinions(&searcher);
    for text in ["24時間", "連携", "訪問看護", "ケアマネジャー", "歯科"] {
        let request = SearchRequest::new(format!("\"{text}\""));
        for (facet, value) in [
            (
                Facet::Region,
                (|o: &IndexedOpinion| o.region.clone().unwrap()) as fn(&IndexedOpinion) -> String,
            ),
            (Facet::Section, |o| o.section.clone().unwrap()),
            (Facet::Month, |o| o.date.as_ref().unwrap()[..7].to_owned()),
            (Facet::Meeting, |o| o.meeting.clone()),
        ] {
            let expected = scanned(&opinions, text, value);
            let comparison = searcher.compare(&request, facet.clone(), None).unwrap();
            let rows = comparison.rows.iter();
            let counted: BTreeMap<String, (usize, usize)> =
                rows.map(|row| (row.value.clone().unwrap(), (row.count.matches, row.count.of))).collect();
            assert_eq!(counted, expected, "{text} by {facet}");
            let absent: HashSet<&String> =
                expected.iter().filter(|(_, (matches, _))| *matches == 0).map(|(value, _)| value).collect();
            assert_eq!(comparison.absent.iter().collect::<HashSet<_>>(), absent);
            assert_eq!(comparison.of, 200);
            for row in &comparison.rows {
                let share = row.count.matches as f64 / row.count.of as f64;
                assert!((row.count.share() - share).abs() < 1e-9);
                assert_eq!(row.best.is_some(), row.count.matches > 0);
            }
        }
    }
    // The query without quotation marks finds the ten opinions of the scan, too.
    let typed = searcher.compare(&SearchRequest::new("24時間"), Facet::Region, None).unwrap();
    assert_eq!(typed.total, scanned(&opinions, "24時間", |_| String::new())[""].0);
}

#[test]
fn a_matrix_adds_up() {
    let searcher = seed_searcher();
    let request = SearchRequest::new("連携");
    let matrix = searcher.compare(&request, Facet::Region, Some(Facet::Section)).unwrap();
    let cells = matrix.rows.iter().flat_map(|row| &row.cells);
    assert_eq!(cells.clone().map(|cell| cell.matches).sum::<usize>(), matrix.total);
    assert_eq!(cells.map(|cell| cell.of).sum::<usize>(), 200);
    for row in &matrix.rows {
        assert_eq!(row.cells.iter().map(|cell| cell.matches).sum::<usize>(), row.count.matches);
        let alone = SearchRequest::new("連携").region(row.value.clone().unwrap());
        assert_eq!(searcher.search(&alone).unwrap().total, row.count.matches);
    }
    // With a filter, shares are of the opinions that pass it.
    let filtered = SearchRequest::new("連携").section("地域と病院の連携について");
    let filtered = searcher.compare(&filtered, Facet::Region, None).unwrap();
    assert!(filtered.of < 200 && filtered.rows.iter().map(|row| row.count.of).sum::<usize>() == filtered.of);
}

#[test]
fn time_has_no_gaps_and_japanese_years() {
    let project = Project::empty();
    let line = |date: &str| format!("{{\"text\":\"防災の訓練\",\"title\":\"{date}\",\"date\":\"{date}\"}}\n");
    let lines: String = ["2018-11-02", "2019-02-01", "2019-05-07", "2019-05-08"].map(line).concat();
    project.write("a.jsonl", lines + "{\"text\":\"防災\"}\n");
    project.run("index a.jsonl");
    let months = project.run("timeline 防災");
    insta::assert_snapshot!(months.stdout, @"
    防災  5 opinions of 5 (100.0 %)

    2018-11  平成30年11月  1 of 1 100.0 %  ＝＝＝＝＝＝＝＝＝＝
    2018-12  平成30年12月  0 of 0   0.0 %
    2019-01  平成31年1月   0 of 0   0.0 %
    2019-02  平成31年2月   1 of 1 100.0 %  ＝＝＝＝＝＝＝＝＝＝
    2019-03  平成31年3月   0 of 0   0.0 %
    2019-04  平成31年4月   0 of 0   0.0 %
    2019-05  令和元年5月   2 of 2 100.0 %  ＝＝＝＝＝＝＝＝＝＝＝＝＝＝＝＝＝＝＝＝
    (none)                 1 of 1 100.0 %  ＝＝＝＝＝＝＝＝＝＝
    ");
    let years = project.run("timeline 防災 --by fiscal-year --format tsv --fields value,count");
    assert_eq!(years.stdout, "value\tcount\n2018\t2\n2019\t2\n\t1\n");
    assert_eq!(project.run("timeline 火災").code, 1);
    assert_eq!(project.run("timeline 防災 --by region").code, 2);
}

#[test]
fn filters_go_together() {
    let project = Project::empty();
    let lines = [
        ("1", "山田太郎", "議員", "総務委員会", "2023-03-01"),
        ("2", "山田太郎", "議員", "本会議", "2023-04-01"),
        ("3", "佐藤花子", "市長", "本会議", "2024-03-31"),
        ("4", "鈴木一郎", "議員", "本会議", "2024-04-01"),
    ];
    let lines: String = lines
        .iter()
        .map(|(id, speaker, role, body, date)| {
            let text = "図書館の予算";
            serde_json::json!({
                "id": id, "text": text, "speaker": speaker, "role": role, "body": body, "date": date, "title": format!("{body}{date}")
            })
            .to_string()
                + "\n"
        })
        .collect();
    project.write("a.jsonl", lines);
    project.run("index a.jsonl");
    for (filters, expected) in [
        ("--speaker 山田", "1 2"),
        ("--speaker 山田 --speaker 市長", "1 2 3"),
        ("--speaker 議員 --body 本会議", "2 4"),
        ("--body 総務", "1"),
        ("--year 2023", "1 2"),
        ("--year 令和5年度", "2 3"),
        ("--year 2023 --year 2024", "1 2 3 4"),
        ("--from 2023-03-15 --to R6.3", "2 3"),
        ("--to 2023", "1 2"),
        ("--from 2024-04 --speaker 鈴木", "4"),
        ("--meeting 本会議 --region 区西部", ""),
        ("body:総務", "1"),
    ] {
        let query = if filters.starts_with("--") { "図書館" } else { "" };
        let output = project.run(&format!("search {query} {filters} --format tsv --fields id --sort date"));
        let ids: Vec<&str> = output.stdout.lines().skip(1).collect();
        assert_eq!(ids.join(" "), expected, "{filters}: {}", output.stderr);
    }
    // Without words, all opinions that pass the filters are found.
    assert_eq!(project.run("search --speaker 議員 --format json").json()["total"], 3);
    assert_eq!(
        project.run("search 図書館 --from 2024 --to 2023").stderr,
        "error: --to is earlier than --from\n"
    );
    assert_eq!(project.run("search 図書館 --from いつか").code, 2);
}

#[test]
fn orders_and_groups() {
    let searcher = seed_searcher();
    let search = |request: SearchRequest| searcher.search(&request.limit(usize::MAX)).unwrap().hits;
    let dates = |order| -> Vec<String> {
        let hits = search(SearchRequest::new("連携").sort(order));
        hits.into_iter().map(|hit| hit.opinion.date.unwrap()).collect()
    };
    let ascending = dates(Sort::Ascending(Facet::Date));
    assert!(ascending.is_sorted() && ascending.len() == 46);
    assert!(dates(Sort::Descending(Facet::Date)).iter().rev().is_sorted());

    let best = search(SearchRequest::new("連携"));
    let groups = SearchRequest::new("連携").group_by(Facet::Region).limit(2).tiers(Tiers::First);
    let groups = searcher.search(&groups).unwrap().hits;
    let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for hit in &best {
        let group = expected.entry(hit.opinion.region.clone().unwrap()).or_default();
        if group.len() < 2 {
            group.push(hit.opinion.id.clone());
        }
    }
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for hit in &groups {
        assert_eq!(hit.group, hit.opinion.region);
        found.entry(hit.group.clone().unwrap()).or_default().push(hit.opinion.id.clone());
    }
    assert_eq!(found, expected);
    assert_eq!(groups[0].opinion.id, best[0].opinion.id);

    // Each group tells how many it has in both tiers, of which not all are shown.
    let both = SearchRequest::new("訪問看護 連携").group_by(Facet::Region).limit(1).tiers(Tiers::Any);
    let both = searcher.search(&both).unwrap();
    let count = |count: fn(&gijiroku::Hit) -> usize| both.hits.iter().map(count).sum::<usize>();
    assert_eq!(count(|hit| hit.group_count.unwrap()), both.total);
    assert_eq!(count(|hit| hit.group_partial), both.partial);
    let project = Project::with_seed();
    project.run("index");
    let printed = project.run("search 訪問看護 連携 --group-by region -n 1").stdout;
    let lines: Vec<&str> = printed.lines().collect();
    let heading = lines.iter().position(|line| line.starts_with("■ ")).unwrap();
    let region = lines[heading].split(' ').nth(1).unwrap();
    assert!(!lines[heading + 2].contains(region) && lines[heading + 2].contains("20"), "{printed}");
}

#[test]
fn neighbours_come_with_a_hit() {
    let searcher = seed_searcher();
    let request = SearchRequest::new("id:20171213-区中央部-6").neighbours(2);
    let hits = searcher.search(&request).unwrap().hits;
    let numbers = |opinions: &[gijiroku::IndexedOpinion]| -> Vec<u64> {
        opinions.iter().map(|opinion| opinion.number).collect()
    };
    assert_eq!((numbers(&hits[0].before), numbers(&hits[0].after)), (vec![4, 5], vec![7, 8]));
    let project = Project::with_seed();
    project.run("index");
    let json = project.run("search id:20171213-区中央部-6 -C 1 --format json").json();
    assert_eq!(json["hits"][0]["after"][0]["id"], "20171213-区中央部-7");
    let text = project.run("search id:20171213-区中央部-6 -C 1").stdout;
    assert!(text.contains("\n    5  ") && text.contains("\n    7  "), "{text}");
}

#[test]
fn a_saved_search_stays_what_was_saved() {
    let project = Project::with_seed();
    project.run("index");
    let log = project.path("log.jsonl");
    project.run(&format!("search 連携 --save 連携 --log {}", log.display()));
    let saved = project.run("saved").stdout;
    assert_eq!(saved, "@連携  連携  (46 opinions)\n");
    // What other words and options find is printed, and not remembered.
    for more in ["-r 区西部", "病院", "--exact", "--tier any", "-o out.txt -n 3"] {
        project.run(&format!("search @連携 {more}"));
        assert_eq!(project.run("saved").stdout, saved, "{more}");
    }
    assert_eq!(project.run("search @連携 --new").stdout, "none of 46 opinions is new\n");
}

#[test]
fn several_queries_are_columns_with_shares() {
    let project = Project::with_seed();
    project.run("index");
    let table = project.run("compare 24時間 看取り").stdout;
    let row = |name: &str| -> Vec<&str> {
        table.lines().find(|line| line.starts_with(name)).unwrap().split_whitespace().collect()
    };
    assert_eq!(row("region"), ["region", "24時間", "看取り"]);
    assert_eq!(row("区西南部"), ["区西南部", "3", "13.6", "%", "1", "4.5", "%"]);
    assert_eq!(row("区南部"), ["区南部", "0", "0.0", "%", "0", "0.0", "%"]);
    assert_eq!(row("total"), ["total", "10", "5.0", "%", "6", "3.0", "%"]);
    // What has no room in a line follows in another table.
    let narrow = project.run("compare 24時間 看取り 連携 病院 医師 患者 退院 独居").stdout;
    assert_eq!(narrow.matches("region  ").count(), 2, "{narrow}");
}

#[test]
fn an_opinion_is_quoted_with_its_citation() {
    let project = Project::with_seed();
    project.run("index");
    let quoted = project.run("show 20171213-区中央部-6 --cite --quote");
    let cited = project.run("show 20171213-区中央部-6 --cite").stdout;
    assert!(quoted.stdout.starts_with('「') && quoted.stdout.contains("）\n"), "{}", quoted.stdout);
    assert!(quoted.stdout.contains("平成29年12月13日、【") && cited.contains("平成29年12月13日、【"));
    assert!(
        project.run("show 20171213-区中央部-6 --cite bibtex").stdout.contains("organization = {区中央部}")
    );
    assert_eq!(project.run("show 20171213-区中央部-6 --cite csl --quote").code, 2);
    assert_eq!(project.run("show 20171213-区中央部-6 --quote").code, 2);
}

#[test]
fn what_says_nearly_the_same_is_printed_once() {
    let project = Project::empty();
    let text = "在宅療養に関する地域の現状と課題について、多職種で意見を交換した。";
    let lines: String = [text, &text.replace("交換", "出した"), "在宅医療の課題を話した。", text]
        .iter()
        .map(|text| format!("{{\"text\":\"{text}\"}}\n"))
        .collect();
    project.write("a.jsonl", lines);
    project.run("index a.jsonl");
    let hits = project.run("search 課題 --collapse --format json").json()["hits"].clone();
    let alike: Vec<u64> =
        hits.as_array().unwrap().iter().map(|hit| hit["alike"].as_u64().unwrap_or(0)).collect();
    assert_eq!((alike.len(), alike.iter().sum::<u64>()), (2, 2));
    let printed = project.run("search 課題 --collapse").stdout;
    assert!(printed.contains("and 2 opinions that say nearly the same"), "{printed}");
}

#[test]
fn keywords_are_what_a_reader_would_name() {
    let searcher = seed_searcher();
    let keywords = |request: SearchRequest, limit| -> Vec<String> {
        let keywords = searcher.keywords(&request, limit).unwrap().keywords;
        keywords.into_iter().map(|keyword| keyword.term).collect()
    };
    // Two of the fourteen opinions of 西多摩 mention 往診, over long distances, and no other region does.
    let found = keywords(SearchRequest::new("").region("西多摩"), 5);
    assert_eq!(found[0], "往診", "{found:?}");
    // The keywords of a query include the compound in which its words mostly occur.
    let found = keywords(SearchRequest::new("ステーション"), 5);
    assert!(found.contains(&"訪問看護ステーション".to_owned()), "{found:?}");
    // Opinions about カンファレンス mention that it takes place before or at discharge (退院).
    let terms = searcher.related_terms(&SearchRequest::new("カンファレンス"), 10).unwrap();
    let found: Vec<&str> = terms.keywords.iter().map(|keyword| keyword.term.as_str()).collect();
    assert!(found.iter().any(|term| term.starts_with("退院")), "{found:?}");
    assert!(found.iter().all(|term| !term.contains("カンファレンス")), "{found:?}");
    // No count is larger than that of a scan.
    let opinions = all_opinions(&searcher);
    for keyword in searcher.keywords(&SearchRequest::new("").region("区南部"), 10).unwrap().keywords {
        if keyword.term.chars().any(|c| ('ぁ'..='ん').contains(&c)) {
            continue;
        }
        let counts = scanned(&opinions, &keyword.term, |opinion| opinion.region.clone().unwrap());
        assert!(counts["区南部"].0 >= keyword.count, "{keyword:?}");
        assert!(keyword.example.is_some_and(|hit| hit.opinion.region.as_deref() == Some("区南部")));
    }
}

#[test]
fn variants_are_lines_of_a_file_of_synonyms() {
    let project = Project::empty();
    let texts = [
        "取組を進める在宅療養支援診療所(在支診)の受入れ体制",
        "取り組みを進める在支診の受け入れ体制",
        "ケアマネージャーの取り組み",
        "ケアマネジャーの取組と受入れ",
    ];
    let lines: String = texts.iter().map(|text| format!("{{\"text\":\"{text}\"}}\n")).collect();
    project.write("a.jsonl", lines);
    project.run("index a.jsonl");
    let searcher =
        Searcher::new(IndexBuilder::new().path(project.path("a.jsonl")).build_in_memory().unwrap().0);
    let variants = searcher.variants().unwrap();
    let of = |kind| -> Vec<Vec<String>> {
        let of_kind = variants.iter().filter(|variants| variants.kind == kind);
        of_kind.map(|variants| variants.words.iter().map(|word| word.text.clone()).collect()).collect()
    };
    let spellings = of(VariantKind::Spelling);
    for expected in [["取り組み", "取組"], ["ケアマネジャー", "ケアマネージャー"], ["受入れ", "受け入れ"]]
    {
        let has = |words: &Vec<String>| {
            expected.iter().all(|word| words.iter().any(|known| known.starts_with(word)))
        };
        assert!(spellings.iter().any(has), "{expected:?} {spellings:?}");
    }
    assert!(of(VariantKind::Abbreviation).iter().any(|words| words.contains(&"在支診".to_owned())));
    // The printed file can be used as a file of synonyms.
    let printed = project.run("variants");
    project.write("synonyms.txt", &printed.stdout);
    assert_eq!(project.run("search 在支診 --synonyms synonyms.txt --format json").json()["total"], 2);
}

#[test]
fn an_opinion_is_quoted_and_shown_whole() {
    let project = Project::with_seed();
    insta::assert_snapshot!(
        project.run("show 20171213-区中央部-6 --cite").stdout,
        @"「在宅療養ワーキングの開催について(区中央部)」平成29年12月13日、【在宅療養に関する地域の現状・課題等について】（data/minutes/tokyo-zaitaku-working.txt:38）"
    );
    assert!(
        project.run("show 20171213-区中央部-6 --cite bibtex").stdout.starts_with("@misc{gijiroku:20171213-")
    );
    let csl = project.run("show 20171213-区中央部-6 --cite csl").json();
    assert_eq!(csl[0]["issued"]["date-parts"][0], serde_json::json!([2017, 12, 13]));
    let whole = project.run("show 20171213-区中央部-6 --full --format jsonl");
    assert_eq!(whole.stdout.lines().count(), 18);
    let text = project.run("show 20171213-区中央部-6 --full").stdout;
    assert!(text.contains("\n> ") && text.contains("\n【地域と病院の連携について】\n"), "{text}");
    assert_eq!(project.run("show x --cite").code, 1);
}

#[test]
fn little_is_mended() {
    let searcher = seed_searcher();
    let search = |request| searcher.search(&request).unwrap();
    let repaired = |request| -> Vec<String> {
        let repairs = search(request).repairs;
        repairs.iter().map(|repair| format!("{:?} {}", repair.change, repair.count)).collect()
    };
    let filtered = SearchRequest::new("歯科").region("西多摩");
    let all = search(SearchRequest::new("歯科")).total;
    assert_eq!(repaired(filtered), [format!("WithoutFilter(Region) {all}")]);
    let dated = SearchRequest::new("歯科").region("西多摩").filter(Filter::speaker("山田"));
    assert_eq!(repaired(dated), [format!("WithoutFilters {all}")]);
    let exact = SearchRequest::new("受け入れ体制 歯科").exact();
    assert!(repaired(exact).contains(&format!("WithoutWord(\"受け入れ体制\") {all}")));
    let spelled = repaired(SearchRequest::new("取組み").exact());
    assert!(spelled.iter().any(|repair| repair.starts_with("As(\"取組\")")), "{spelled:?}");
    assert!(repaired(SearchRequest::new("連携")).is_empty());

    // Where nothing is found otherwise, less of what was asked for is searched.
    let count = |line: &str| searcher.count(&SearchRequest::new(line).exact()).unwrap();
    let (dental, visits) = (count("歯科"), count("往診"));
    assert_eq!(
        repaired(SearchRequest::new("火星 往診 木星 歯科").exact()),
        [format!("OnlyWord(\"往診\") {visits}"), format!("OnlyWord(\"歯科\") {dental}")]
    );
    assert_eq!(
        repaired(SearchRequest::new("\"病院 情報\"").exact()),
        [
            format!("Unquoted {}", count("病院 情報")),
            format!("OnlyWord(\"病院\") {}", count("病院")),
            format!("OnlyWord(\"情報\") {}", count("情報")),
        ]
    );
    assert_eq!(
        repaired(SearchRequest::new("歯科 -歯科 region:区西部").exact()),
        [format!("WithoutConditions {dental}")]
    );
    assert!(repaired(SearchRequest::new("火星 木星").exact()).is_empty());
    // What is found with some of the words is no reason to look for less.
    assert!(repaired(SearchRequest::new("火星 往診 木星 歯科")).is_empty());
}

#[test]
fn a_search_is_saved_and_tells_what_is_new() {
    let project = Project::empty();
    project.write("minutes/a.jsonl", "{\"id\":\"a\",\"text\":\"図書館の予算\"}\n");
    project.run("index minutes");
    assert_eq!(project.run("saved").code, 1);
    assert_eq!(project.run("search 図書館 -n 5 --save 本 --log log.jsonl").code, 0);
    insta::assert_snapshot!(project.run("saved").stdout, @"@本  図書館 --limit 5  (1 opinion)");
    let again = project.run("search @本 --new");
    assert_eq!((again.code, again.stdout.as_str()), (1, "none of 1 opinion is new\n"));
    project.write("minutes/b.jsonl", "{\"id\":\"b\",\"text\":\"図書館の開館時間\"}\n");
    project.run("index minutes");
    let ids = |line: &str| project.run(&format!("search @本 {line} --format tsv --fields id")).stdout;
    assert_eq!(ids("--new"), "id\nb\n");
    assert_eq!(ids("--new"), "id\n");
    // Options typed now take precedence over saved ones.
    assert_eq!(ids("-n 1").lines().count(), 2);
    assert_eq!(ids("").lines().count(), 3);
    let log = fs::read_to_string(project.path("log.jsonl")).unwrap();
    let first: serde_json::Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!((first["query"].as_str(), first["total"].as_u64()), (Some("図書館"), Some(1)));

    let unknown = project.run("search @音楽");
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("there are @本"), "{}", unknown.stderr);
    assert_eq!(project.run("search 図書館 --new").code, 2);
    assert_eq!(project.run("search 図書館 --save 'a b'").code, 2);
    assert_eq!(project.run("saved --delete 本").code, 0);
    assert_eq!(project.run("search @本").code, 2);
}

#[test]
fn a_log_has_every_filter() {
    let project = Project::with_seed();
    project.run("index");
    let line = "search 連携 --region 世田谷区 --speaker 山田 --meeting 区西南部 --from 2017 --log log.jsonl";
    project.run(line);
    let log = fs::read_to_string(project.path("log.jsonl")).unwrap();
    let entry: serde_json::Value = serde_json::from_str(&log).unwrap();
    assert_eq!(entry["region"], serde_json::json!(["世田谷区"]));
    assert_eq!(entry["speaker"], serde_json::json!(["山田"]));
    assert_eq!(entry["meeting"], serde_json::json!(["区西南部"]));
    assert_eq!(entry["from"], "2017");
    assert_eq!((&entry["query"], &entry["total"]), (&serde_json::json!("連携"), &serde_json::json!(0)));
}

#[test]
fn searches_of_an_earlier_version_are_run() {
    let project = Project::with_seed();
    project.run("index");
    let mut searches = project.command();
    let file = project.path("searches.json");
    project.write(
        "searches.json",
        r#"{"a": {"arguments": ["連携", "--region", "世田谷区", "-n", "2"], "seen": []}}"#,
    );
    searches.env("GIJIROKU_SEARCHES", &file).args(["saved"]);
    let listed = support::Output::of(searches);
    assert_eq!(listed.stdout, "@a  連携 --region 世田谷区 --limit 2  (0 opinions)\n");
    let mut run = project.command();
    run.env("GIJIROKU_SEARCHES", &file).args(["search", "@a", "--format", "tsv", "--fields", "region"]);
    assert_eq!(support::Output::of(run).stdout, "region\n区西南部\n区西南部\n");
    // They are then saved in the current format.
    assert!(fs::read_to_string(&file).unwrap().contains("\"query\": \"連携\""));
}
