//! Tests of extra fields: columns and names that records of one corpus have besides those that have a meaning here.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use gijiroku::{Facet, Filter, Index, IndexWriter, Record, SearchRequest, Searcher, Sort};
use support::{Output, Project};

const TABLE: &str = "\
番号,会議名,開催日,発言者,会派,選挙区,発言
1,第4回定例会,2023/12/6,山田太郎,青空の会,北区,訪問看護の事業所が足りません。
2,第4回定例会,2023/12/6,佐藤花子,みどりの会,南区,訪問看護を増やすべきです。
3,第1回定例会,2024/3/1,山田太郎,青空の会,北区,訪問看護への補助を求めます。
4,第1回定例会,2024/3/1,鈴木一郎,,,訪問看護の現状を伺います。
";

fn project() -> Project {
    let project = Project::empty();
    project.write("minutes/a.csv", TABLE);
    let records = "{\"id\":\"5\",\"title\":\"公聴会\",\"text\":\"訪問看護に賛成です。\",\"選挙区\":\"北区\",\"startPage\":12}\n";
    project.write("minutes/b.jsonl", records);
    assert_eq!(project.run("index minutes").code, 0);
    project
}

fn searcher(project: &Project) -> Searcher {
    Searcher::new(Index::open(project.path("index")).unwrap())
}

fn ids(searcher: &Searcher, request: SearchRequest) -> Vec<String> {
    let mut ids = searcher.ids(&request.or_all()).unwrap();
    ids.sort();
    ids
}

#[test]
fn opinions_are_filtered_by_what_their_records_have() {
    let searcher = searcher(&project());
    let found = |filters: &[(&str, &str)]| {
        let filters = filters.iter().map(|(name, value)| Filter::extra(name, *value));
        ids(&searcher, filters.fold(SearchRequest::new("訪問看護"), SearchRequest::filter))
    };
    for (filters, expected) in [
        (&[("選挙区", "北区")][..], &["1", "3", "5"][..]),
        // Of one field any of the values, of several fields each.
        (&[("選挙区", "北区"), ("選挙区", "南区")], &["1", "2", "3", "5"]),
        (&[("選挙区", "北区"), ("会派", "青空の会")], &["1", "3"]),
        (&[("party", "みどりの会")], &["2"]),
        (&[("STARTPAGE", "１２")], &["5"]),
        // The whole value.
        (&[("選挙区", "北")], &[]),
    ] {
        assert_eq!(found(filters), expected, "{filters:?}");
    }
    let excluded = SearchRequest::new("訪問看護").exclude(Filter::extra("選挙区", "北区"));
    assert_eq!(ids(&searcher, excluded), ["2", "4"]);
    assert_eq!(ids(&searcher, SearchRequest::new("訪問看護 field:選挙区=北区 -field:会派=青空の会")), ["5"]);
    let fields: Vec<String> = searcher.fields().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(fields, ["field:party", "field:startpage", "field:選挙区"]);
    assert_eq!(searcher.values(Facet::extra("選挙区")).unwrap(), ["北区", "南区"]);
}

#[test]
fn a_value_or_a_field_that_no_opinion_has_is_told() {
    let searcher = searcher(&project());
    let remark = |name: &str, value: &str| {
        let request = SearchRequest::new("訪問看護").filter(Filter::extra(name, value));
        let results = searcher.search(&request).unwrap();
        assert_eq!(results.total, 0);
        results.reading.remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(remark("選挙区", "北"), "no opinion has the 選挙区 北; did you mean 北区?");
    assert_eq!(remark("選挙区", "ｘ"), "no opinion has the 選挙区 ｘ; this index has 北区, 南区");
    assert_eq!(remark("区", "北区"), "no opinion has a field 区; this index has party, startpage, 選挙区");
}

#[test]
fn an_extra_field_is_a_facet() {
    let searcher = searcher(&project());
    let (all, ward) = (SearchRequest::new("訪問看護"), Facet::extra("選挙区"));
    let counted = searcher.count_by(&all, &[ward.clone(), Facet::extra("会派")]).unwrap();
    let told: Vec<String> =
        counted.iter().flatten().map(|one| format!("{} {}", one.value, one.count)).collect();
    assert_eq!(told, ["北区 3", "南区 1", "青空の会 2", "みどりの会 1"]);

    let compared = searcher.compare(&SearchRequest::new("補助"), ward.clone(), Some(Facet::Year)).unwrap();
    let rows: Vec<(Option<&str>, usize, usize)> =
        compared.rows.iter().map(|row| (row.value.as_deref(), row.count.matches, row.count.of)).collect();
    assert_eq!(rows, [(Some("北区"), 1, 3), (Some("南区"), 0, 1), (None, 0, 1)]);
    assert_eq!(serde_json::to_value(&compared).unwrap()["by"], "field:選挙区");

    let order = |sort| {
        let hits = searcher.search(&all.clone().sort(sort)).unwrap().hits;
        hits.into_iter().map(|hit| hit.opinion.extra.get("選挙区").cloned()).collect::<Vec<_>>()
    };
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(
        order(Sort::Ascending(ward.clone())),
        [named("北区"), named("北区"), named("北区"), named("南区"), None]
    );
    assert_eq!(order(Sort::Descending(ward.clone()))[0], named("南区"));
    let grouped = searcher.search(&all.clone().group_by(ward).limit(1)).unwrap();
    assert_eq!((grouped.groups, grouped.hits.len()), (Some(3), 3));
}

#[test]
fn the_program_filters_compares_and_completes() {
    let project = project();
    let json = project.run("search 訪問看護 --field 選挙区=北区 --field 会派=青空の会 --format json").json();
    assert_eq!(json["total"], 2);
    let found =
        |filter: &str| project.run(&format!("search 訪問看護 {filter} --format json")).json()["hits"].clone();
    for (own, field) in [("--party 青空の会", "--field 会派=青空の会"), ("--party 青空", "--field 会派=青空")]
    {
        assert_eq!(found(own), found(field), "{own}");
    }
    assert_eq!(found("--party 青空の会 --party みどりの会").as_array().unwrap().len(), 3);
    let compared = project.run("compare 訪問看護 --by field:選挙区 --format json").json();
    assert_eq!((&compared["by"], &compared["rows"][0]["value"]), (&"field:選挙区".into(), &"北区".into()));
    assert_eq!(project.run("search 訪問看護 --sort -field:選挙区 --group-by field:会派").code, 0);
    let wrong = project.run("search 訪問看護 --field 北区");
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("not a name and a value; write them as 会派=青空の会"), "{}", wrong.stderr);
    let unknown = project.run("compare 訪問看護 --by ward");
    assert!(unknown.stderr.contains("or field:NAME for an extra field"), "{}", unknown.stderr);

    // A shell completes what the index has.
    for (words, expected) in [
        (["compare", "訪問看護", "--by", "fie"], "field:選挙区"),
        (["search", "訪問看護", "--sort", "-fie"], "-field:選挙区"),
        (["search", "訪問看護", "--facet", "spe"], "speaker"),
        (["search", "訪問看護", "--field", "選"], "選挙区="),
        (["search", "訪問看護", "--party", "み"], "みどりの会"),
    ] {
        let mut command = project.command();
        command.env("GIJIROKU_COMPLETE", "bash").env("_CLAP_IFS", "\n").env("_CLAP_COMPLETE_INDEX", "4");
        command.args(["--", "gijiroku"]).args(words);
        let completed = Output::of(command).stdout;
        assert!(completed.lines().any(|one| one == expected), "{words:?}: {completed}");
    }

    // A saved search keeps the filter.
    project.run("search 訪問看護 --field 選挙区=南区 --save ward");
    assert_eq!(project.run("search @ward --format json").json()["total"], 1);
}

#[test]
fn fields_come_and_go_with_the_opinions() {
    let project = Project::empty();
    let mut writer = IndexWriter::open_or_create(project.path("index")).unwrap();
    let record = |id: &str| Record::new(id, "賛成").meeting("会議");
    let long = "長".repeat(201);
    writer.upsert(record("1").extra("地区", "北").extra("備考", long.as_str())).unwrap();
    writer.upsert(record("2").extra("地区", "南").party("青空の会")).unwrap();
    writer.commit().unwrap();
    let names = || -> Vec<String> {
        searcher(&project).fields().unwrap().iter().map(|field| field.label()[0].to_owned()).collect()
    };
    assert_eq!(names(), ["party", "地区"]);
    // What is too long for a value is kept.
    let opinion = searcher(&project).index().opinion("1").unwrap().unwrap();
    assert_eq!(opinion.extra["備考"], long);

    assert_eq!(writer.delete(&Filter::extra("地区", "南")).unwrap(), 1);
    writer.commit().unwrap();
    assert_eq!(names(), ["地区"]);
    assert_eq!(searcher(&project).values(Facet::extra("地区")).unwrap(), ["北"]);
}

#[test]
fn a_request_chooses_the_facets_that_are_counted() {
    let project = project();
    let searcher = searcher(&project);
    let (ward, party) = (Facet::extra("選挙区"), Facet::extra("会派"));
    let chosen = [Facet::Year, ward.clone(), Facet::Region, party.clone(), ward.clone(), Facet::Speaker];
    let counts = |request: SearchRequest, facet: &Facet| {
        let results = searcher.search(&request.facets(chosen.clone())).unwrap();
        let counts = results.facets.get(facet).iter();
        counts
            .map(|one| format!("{} {}+{}", one.value, one.count, one.partial))
            .collect::<Vec<_>>()
            .join(", ")
    };
    // The second tier is counted beside the first: only one of the two words.
    let all = || SearchRequest::new("訪問看護 補助");
    for (request, facet, expected) in [
        (all(), &ward, "北区 1+2, 南区 0+1"),
        (all(), &Facet::Year, "2023 0+2, 2024 1+1"),
        (all(), &party, "青空の会 1+1, みどりの会 0+1"),
        (all(), &Facet::Speaker, "山田太郎 1+1, 佐藤花子 0+1, 鈴木一郎 0+1"),
        // A facet is counted without its own filter, and with those by others.
        (all().filter(Filter::extra("選挙区", "南区")), &ward, "北区 1+2, 南区 0+1"),
        (all().filter(Filter::extra("選挙区", "南区")), &party, "みどりの会 0+1"),
        (all().filter(Filter::new(Facet::Year, "2023").unwrap()), &Facet::Year, "2023 0+2, 2024 1+1"),
        (SearchRequest::new("").filter(Filter::extra("選挙区", "南区")), &ward, "北区 3+0, 南区 1+0"),
        (all().exact(), &ward, "北区 1+0"),
    ] {
        assert_eq!(counts(request.clone(), facet), expected, "{request:?}");
    }
    // Each is counted once, in the order in which they were chosen; region and section stand before them.
    let results = searcher.search(&all().facets(chosen.clone())).unwrap();
    let json = serde_json::to_string(&results.facets).unwrap();
    let names = ["region", "section", "year", "field:選挙区", "field:party", "speaker"];
    let places: Vec<usize> = names.iter().map(|name| json.find(&format!("\"{name}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{json}");
    assert_eq!(results.facets.chosen.len(), 4);

    let printed = project.run("search 訪問看護 --facet field:選挙区 --facet speaker --limit 1");
    let counted: Vec<&str> = printed.stdout.lines().skip_while(|line| !line.starts_with("選挙区")).collect();
    assert_eq!(
        counted,
        ["選挙区   北区 3  南区 1", "speaker  山田太郎 2  佐藤花子 1  鈴木一郎 1"],
        "{}",
        printed.stdout
    );
    let wrong = project.run("search 訪問看護 --facet ward");
    assert!(wrong.code == 2 && wrong.stderr.contains("give one of region, section"), "{}", wrong.stderr);
}
