//! One person is one speaker in all records of a body.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../tests/support/random.rs"]
mod random;
mod support;

use std::collections::BTreeMap;
use std::fs;

use gijiroku::index::DoubtfulSpeaker;
use gijiroku::{Facet, Filter, Index, IndexBuilder, Query, SearchRequest, Searcher};
use random::Random;
use support::Project;

/// A record of a day; each speech is a label.
fn record(body: &str, date: &str, labels: &[&str]) -> String {
    let speeches = labels.iter().map(|label| format!("○{label}　防災について述べます。\n"));
    format!("{body}会議録\n{date}\n\n{}", speeches.collect::<String>())
}

/// A project with records of a council, which calls its people by full names in one only.
fn council() -> Project {
    let project = Project::empty();
    let first = ["議長（山田太郎君）", "総務課長（佐藤花子君）", "議長（山田太郎君）"];
    project.write("minutes/a.txt", record("みどり市議会", "令和元年6月5日", &first));
    project.write(
        "minutes/b.txt",
        record("みどり市議会", "令和2年6月10日", &["山田委員", "佐藤総務課長", "鈴木委員"]),
    );
    project.write("minutes/c.txt", record("あおば市議会", "令和2年6月10日", &["山田委員", "佐藤課長"]));
    project
}

fn build(project: &Project) -> Searcher {
    IndexBuilder::new().path(project.path("minutes")).build(project.path("index")).unwrap();
    Searcher::new(Index::open(project.path("index")).unwrap())
}

/// The number of opinions by speaker, and who is doubtful.
fn speakers(searcher: &Searcher) -> (BTreeMap<Option<String>, usize>, Vec<DoubtfulSpeaker>) {
    let compared = searcher.compare(&SearchRequest::new("防災"), Facet::Speaker, None).unwrap();
    let counts = compared.rows.into_iter().map(|row| (row.value, row.count.matches)).collect();
    (counts, searcher.index().doubtful_speakers().unwrap())
}

fn names(searcher: &Searcher) -> String {
    let (counts, _) = speakers(searcher);
    let named = counts.into_iter().filter_map(|(name, count)| Some(format!("{} {count}", name?)));
    named.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_surname_is_the_person_whom_another_record_of_the_body_names() {
    let searcher = build(&council());
    // The other council has an 山田 of its own.
    assert_eq!(names(&searcher), "佐藤 1, 佐藤花子 2, 山田 1, 山田太郎 3, 鈴木 1");
    for (called, found) in [
        ("山田太郎", 3),
        ("山田太郎君", 3),
        ("山田太郎議員", 3),
        ("佐藤花子", 2),
        ("佐藤花子課長", 2),
        ("山田", 4),
        // Of those called 山田, who was 委員 in any record.
        ("山田委員", 4),
        ("山田議長", 3),
        ("議長", 2),
        ("鈴木", 1),
        ("田中", 0),
    ] {
        let request = SearchRequest::new(Query::default()).filter(Filter::speaker(called));
        assert_eq!(searcher.count(&request).unwrap(), found, "{called}");
    }
    // A hit has the name as its record does.
    let request = SearchRequest::new("防災").filter(Filter::speaker("山田太郎")).limit(9);
    let hits = searcher.search(&request).unwrap().hits.into_iter();
    let mut printed: Vec<String> = hits.filter_map(|hit| hit.opinion.speaker).collect();
    printed.sort();
    assert_eq!(printed, ["山田", "山田太郎", "山田太郎"]);
    assert_eq!(searcher.values(Facet::Speaker).unwrap(), ["佐藤", "佐藤花子", "山田", "山田太郎", "鈴木"]);
}

#[test]
fn who_may_be_two_people_stays_apart_and_is_told() {
    let project = council();
    // 山田花子 is listed and says nothing.
    let listed = "みどり市議会会議録\n令和3年3月1日\n出席委員　山田花子　鈴木次郎\n\n○鈴木委員　防災です。\n○鈴木委員　防災です。\n";
    project.write("minutes/d.txt", listed);
    // Ten years later there is one 山田 only.
    let later = ["山田委員", "議長（山田花子君）", "議長（山田花子君）"];
    project.write("minutes/e.txt", record("みどり市議会", "令和12年6月5日", &later));
    let built = project.run("index minutes --index index");
    assert!(
        built.stdout.ends_with("\n1 speaker may be one of several people; see `gijiroku check --metadata`\n"),
        "{}",
        built.stdout
    );
    let searcher = build(&project);
    assert_eq!(names(&searcher), "佐藤 1, 佐藤花子 2, 山田 2, 山田太郎 2, 山田花子 3, 鈴木次郎 3");
    let told = project.run("check --metadata --index index");
    assert_eq!(told.code, 1);
    insta::assert_snapshot!(told.stdout, @"
    doubtful    山田 of みどり市議会 (2020) may be 山田太郎 or 山田花子

    1 speaker may be one of several people of the body, and stays as printed. A file that gives the name in full,
    or lists those present, makes clear who speaks in it.
    ");

    // With the list gone it is clear again, though no other file is read.
    fs::remove_file(project.path("minutes/d.txt")).unwrap();
    let searcher = build(&project);
    assert_eq!(names(&searcher), "佐藤 1, 佐藤花子 2, 山田 1, 山田太郎 3, 山田花子 3, 鈴木 1");
    assert_eq!(searcher.index().doubtful_speakers().unwrap(), []);
}

#[test]
fn many_changes_come_to_the_same_speakers_as_one_build() {
    let mut random = Random(11);
    let project = Project::empty();
    fs::create_dir(project.path("minutes")).unwrap();
    let labels = [
        "山田委員",
        "山田議長",
        "山田太郎議長",
        "山田花子議長",
        "山田次郎委員",
        "高橋委員",
        "髙橋正委員",
        "高橋正議長",
        "佐藤総務課長",
        "佐藤一郎総務課長",
        "佐藤次郎会計課長",
    ];
    let mut doubtful = 0;
    for _ in 0..30 {
        let file = project.path(&format!("minutes/{}.txt", random.below(6)));
        if random.below(4) == 0 {
            let _ = fs::remove_file(file);
        } else {
            let body = ["みどり市議会", "あおば市議会"][random.below(2)];
            let date = format!("令和{}年4月1日", 2 + random.below(9));
            let said: Vec<&str> =
                (0..2 + random.below(3)).map(|_| labels[random.below(labels.len())]).collect();
            fs::write(file, record(body, &date, &said)).unwrap();
        }
        let builder = IndexBuilder::new().path(project.path("minutes"));
        let Ok((fresh, _)) = builder.build_in_memory() else { continue };
        let (updated, fresh) = (speakers(&build(&project)), speakers(&Searcher::new(fresh)));
        assert_eq!(updated, fresh);
        doubtful += fresh.1.len();
    }
    assert!(doubtful > 0);
}
