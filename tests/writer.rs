//! Tests of an index that a program changes while others search it.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/random.rs"]
mod random;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gijiroku::search::Citation;
use gijiroku::{
    Filter, Index, IndexBuilder, IndexError, IndexWriter, IndexedOpinion, Record, SearchRequest, Searcher,
};
use random::Random;
use tempfile::TempDir;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/minutes/tokyo-zaitaku-working.txt");

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn writer(&self) -> IndexWriter {
        IndexWriter::open_or_create(self.index()).unwrap()
    }

    fn searcher(&self) -> Searcher {
        Searcher::new(Index::open(self.index()).unwrap())
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// All opinions by their identifiers.
    fn opinions(&self) -> BTreeMap<String, IndexedOpinion> {
        let hits = self.searcher().search(&SearchRequest::new("").or_all().limit(usize::MAX)).unwrap().hits;
        hits.into_iter().map(|hit| (hit.opinion.id.clone(), hit.opinion)).collect()
    }

    /// Checks that the index is whole, and that what it says of its numbers is so.
    fn check(&self) {
        let report = Index::check(self.index()).unwrap();
        assert!(report.is_sound(), "{report:?}");
        let index = Index::open(self.index()).unwrap();
        let meetings = index.meetings().unwrap();
        assert_eq!(meetings.len() as u64, index.manifest().meetings);
        let mut opinions = 0;
        for meeting in meetings {
            let of_meeting = index.opinions_of_meeting(&meeting.id, 0, u64::MAX).unwrap();
            assert_eq!(of_meeting.len() as u64, meeting.opinions, "{}", meeting.id);
            assert!(!of_meeting.is_empty(), "{}", meeting.id);
            assert!(of_meeting.windows(2).all(|pair| pair[0].number < pair[1].number));
            opinions += meeting.opinions;
        }
        assert_eq!(opinions, index.manifest().opinions);
        assert_eq!(self.opinions().len() as u64, opinions);
        let left: Vec<_> = fs::read_dir(self.index())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with(".gijiroku-"))
            .collect();
        assert_eq!(left, [""; 0]);
    }
}

fn record(id: &str, text: &str) -> Record {
    Record::new(id, text).meeting("第2回定例会").date("2023-12-06")
}

#[test]
fn an_index_without_opinions_is_legal() {
    let place = Place::new();
    drop(place.writer());
    let searcher = place.searcher();
    for request in [
        SearchRequest::new("訪問看護"),
        SearchRequest::new("").or_all(),
        SearchRequest::new("看護").region("世田谷区").section("議題"),
        SearchRequest::new("看護").filter(Filter::speaker("山田")).limit(usize::MAX),
        SearchRequest::new("看護はどうすれば増えるでしょうか").collapse(),
    ] {
        let results = searcher.search(&request).unwrap();
        assert_eq!((results.total, results.partial, results.hits.len()), (0, 0, 0), "{request:?}");
    }
    assert_eq!(searcher.complete("訪問", 5).unwrap(), []);
    assert_eq!(searcher.statistics().unwrap().opinions, 0);
    assert!(
        searcher.compare(&SearchRequest::new("看護"), gijiroku::Facet::Region, None).unwrap().rows.is_empty()
    );
    place.check();

    // It is so again when the last opinion is deleted.
    let mut writer = place.writer();
    writer.upsert(record("1", "訪問看護")).unwrap();
    writer.commit().unwrap();
    assert_eq!(writer.delete(&Filter::id("1")).unwrap(), 1);
    writer.commit().unwrap();
    assert_eq!((place.opinions().len(), place.searcher().index().manifest().sources.len()), (0, 0));
    place.check();
}

#[test]
fn identifiers_are_those_of_the_caller_and_stay() {
    let place = Place::new();
    let mut writer = place.writer();
    assert_eq!(
        writer.extend([record("a", "一つ目"), record("b", "二つ目"), record("a", "一つ目の改め")]).unwrap(),
        3
    );
    assert_eq!(writer.commit().unwrap().upserted, 3);
    let opinions = place.opinions();
    assert_eq!(opinions.keys().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(
        (opinions["a"].text.as_str(), opinions["a"].meeting_id.as_str()),
        ("一つ目の改め", "20231206-第2回定例会")
    );

    // What is replaced keeps its place in its meeting, or goes to the end of another one.
    let before = opinions["b"].number;
    writer.upsert(record("b", "二つ目の改め")).unwrap();
    writer.upsert(record("c", "三つ目")).unwrap();
    writer.upsert(record("a", "移した").body("みどり市議会").extra("会派名", "青空の会")).unwrap();
    writer.commit().unwrap();
    let opinions = place.opinions();
    assert_eq!(opinions["b"].number, before);
    assert_eq!(opinions["a"].meeting_id, "20231206-みどり市議会-第2回定例会");
    assert_eq!(opinions["a"].extra["会派名"], "青空の会");
    place.check();
}

#[test]
fn a_citation_of_a_record_has_no_path() {
    let place = Place::new();
    let mut writer = place.writer();
    let said =
        record("a", "検討します。").body("みどり市議会").section("一般質問").role("市長").party("青空の会");
    writer.upsert(said.clone()).unwrap();
    writer.upsert(Record::new("b", "賛成").body("市議会").url("https://example.jp/5")).unwrap();
    writer.commit().unwrap();
    let opinions = place.opinions();
    let citation = Citation::new(&opinions["a"]);
    assert_eq!(citation.to_string(), "みどり市議会「第2回定例会」令和5年12月6日、【一般質問】、市長");
    assert!(citation.bibtex().contains("  note = {【一般質問】},\n"), "{}", citation.bibtex());
    assert_eq!(opinions["a"].place(), None);
    assert_eq!(Citation::new(&opinions["b"]).to_string(), "市議会「市議会」 https://example.jp/5");
    let json = serde_json::to_value(&opinions["a"]).unwrap();
    assert_eq!((&json["source"], &json["party"]), (&serde_json::Value::Null, &"青空の会".into()));
}

#[test]
fn a_filter_deletes_what_it_finds_also_what_was_just_added() {
    let place = Place::new();
    place.write("minutes/a.txt", "- 一つ目\n- 二つ目\n");
    let mut writer = place.writer();
    writer.sync([place.folder.path().join("minutes")]).unwrap();
    writer.upsert(record("a", "賛成").region("区西部").speaker("山田太郎")).unwrap();
    writer.commit().unwrap();
    writer.upsert(record("b", "反対").region("区西部").speaker("佐藤花子")).unwrap();
    writer.upsert(record("c", "反対").speaker("山田太郎")).unwrap();
    for (filter, deleted) in [
        (Filter::speaker("鈴木"), 0),
        (Filter::region("区東部"), 0),
        // A municipality stands for its region.
        (Filter::region("杉並区"), 2),
        (Filter::region("杉並区"), 0),
        (Filter::speaker("山田"), 1),
        // Of a file, too.
        (Filter::id("a-2"), 1),
    ] {
        assert_eq!(writer.delete(&filter).unwrap(), deleted, "{filter}");
    }
    let report = writer.commit().unwrap();
    assert_eq!((report.upserted, report.deleted), (2, 4));
    assert_eq!(place.opinions().into_keys().collect::<Vec<_>>(), ["a-1"]);
    place.check();
    // An unchanged file is not read again; one that has changed is.
    writer.sync([place.folder.path().join("minutes")]).unwrap();
    writer.commit().unwrap();
    assert_eq!(place.opinions().len(), 1);
    place.write("minutes/a.txt", "- 一つ目\n- 二つ目\n- 三つ目\n");
    writer.sync([place.folder.path().join("minutes")]).unwrap();
    writer.commit().unwrap();
    assert_eq!(place.opinions().into_keys().collect::<Vec<_>>(), ["a-1", "a-2", "a-3"]);
    place.check();
}

#[test]
fn bytes_are_read_by_their_name() {
    let place = Place::new();
    let mut writer = place.writer();
    let seed = fs::read(SEED).unwrap();
    writer.read("在宅.txt", seed.clone()).unwrap();
    writer.read("意見.csv", "番号,会議名,意見,地区\n1,公聴会,賛成です,北\n2,公聴会,反対です,南\n").unwrap();
    let report = writer.commit().unwrap();
    assert_eq!((report.files, report.opinions, report.meetings), (2, 202, 13));
    let opinions = place.opinions();
    assert_eq!(opinions["1"].place().as_deref(), Some("意見.csv:2"));
    assert_eq!(opinions["20171213-区中央部-3"].source.file, "在宅.txt");
    place.check();

    // The same bytes are not read again, and others replace them.
    writer.read("在宅.txt", seed).unwrap();
    writer.read("意見.csv", "番号,会議名,意見,地区\n1,公聴会,やはり反対です,北\n").unwrap();
    let report = writer.commit().unwrap();
    assert_eq!((report.files, report.unchanged, report.opinions), (1, 1, 1));
    assert_eq!(place.opinions()["1"].text, "やはり反対です");
    assert_eq!(place.opinions().len(), 201);
    place.check();

    // Given twice before a commit, the last counts.
    for text in ["- 一\n", "- 二\n- 三\n"] {
        writer.read("メモ.txt", text).unwrap();
    }
    writer.commit().unwrap();
    assert_eq!(place.opinions().len(), 203);
    let error = writer.read("絵.png", *b"\x89PNG").unwrap_err();
    assert_eq!(error.to_string(), "絵.png: this is a picture; save it as text, by OCR");
    let error = writer.read("空.txt", "").unwrap_err();
    assert_eq!(error.to_string(), "空.txt: the file is empty; nothing was read from it");
    place.check();
}

#[test]
fn files_and_what_is_given_do_not_disturb_each_other() {
    let place = Place::new();
    let file = place.write("minutes/a.jsonl", "{\"id\":\"x\",\"text\":\"ファイルの意見\"}\n");
    let minutes = place.folder.path().join("minutes");
    let mut writer = place.writer();
    writer.upsert(record("given", "渡した意見")).unwrap();
    writer.read("b.txt", "- 読んだ意見\n").unwrap();
    writer.sync([&minutes]).unwrap();
    writer.commit().unwrap();
    assert_eq!(place.opinions().into_keys().collect::<Vec<_>>(), ["b-1", "given", "x"]);
    let error = writer.read(file.to_string_lossy(), "- 別の意見\n").unwrap_err();
    assert!(
        error.to_string().ends_with("is a file that was read from a folder; give the bytes another name"),
        "{error}"
    );

    // A record replaces the opinion of a file.
    writer.upsert(record("x", "渡して改めた意見")).unwrap();
    writer.commit().unwrap();
    assert_eq!(place.opinions()["x"].place(), None);
    assert_eq!(place.opinions().len(), 3);
    place.check();
    drop(writer);

    // A build replaces only what it has read, whatever its options are, and however it begins.
    place.write("minutes/a.jsonl", "{\"id\":\"y\",\"text\":\"ファイルの別の意見\"}\n");
    for (builder, read) in [
        (IndexBuilder::new(), 1),
        (IndexBuilder::new(), 0),
        (IndexBuilder::new().from_scratch(), 1),
        (IndexBuilder::new().encoding(gijiroku::minutes::Encoding::named("utf-8").unwrap()), 1),
    ] {
        let (_, report) = builder.path(&minutes).build(place.index()).unwrap();
        assert_eq!(report.files, read);
        assert_eq!(place.opinions().into_keys().collect::<Vec<_>>(), ["b-1", "given", "x", "y"]);
        place.check();
    }
    // Even where there are no files any more.
    fs::remove_file(&file).unwrap();
    IndexBuilder::new().path(&minutes).build(place.index()).unwrap();
    assert_eq!(place.opinions().into_keys().collect::<Vec<_>>(), ["b-1", "given", "x"]);
    place.check();
}

#[test]
fn nothing_is_seen_before_the_commit_and_nothing_of_what_is_not_committed() {
    let place = Place::new();
    let mut writer = place.writer();
    writer.upsert(record("a", "一つ目")).unwrap();
    writer.commit().unwrap();
    let before = place.searcher();
    let count = |searcher: &Searcher| searcher.count(&SearchRequest::new("").or_all()).unwrap();

    writer.upsert(record("b", "二つ目")).unwrap();
    writer.read("c.txt", "- 三つ目\n").unwrap();
    assert_eq!(writer.delete(&Filter::id("a")).unwrap(), 1);
    assert_eq!((count(&place.searcher()), count(&before)), (1, 1));
    writer.rollback();
    assert!(!writer.commit().unwrap().has_changed());
    assert_eq!(place.opinions().into_keys().collect::<Vec<_>>(), ["a"]);
    place.check();

    writer.upsert(record("b", "二つ目")).unwrap();
    assert_eq!(writer.delete(&Filter::meeting("定例会")).unwrap(), 2);
    writer.upsert(record("c", "三つ目")).unwrap();
    drop(writer);
    assert_eq!(place.opinions().into_keys().collect::<Vec<_>>(), ["a"]);
    place.check();

    let mut writer = place.writer();
    writer.upsert(record("b", "二つ目")).unwrap();
    writer.delete(&Filter::id("a")).unwrap();
    writer.commit().unwrap();
    // Who has opened the index before goes on to see what was there.
    assert_eq!(before.search(&SearchRequest::new("一つ目")).unwrap().hits[0].opinion.id, "a");
    assert_eq!(place.opinions().into_keys().collect::<Vec<_>>(), ["b"]);
}

#[test]
fn there_is_one_writer_at_a_time_and_only_in_a_folder_of_its_own() {
    let place = Place::new();
    let writer = place.writer();
    assert!(matches!(IndexWriter::open_or_create(place.index()), Err(IndexError::Locked(_))));
    assert_eq!(writer.folder(), place.index());
    drop(writer);
    place.write("letters/letter.txt", "拝啓");
    let refused = IndexWriter::open_or_create(place.folder.path().join("letters"));
    assert!(matches!(refused, Err(IndexError::ForeignFolder { .. })));
    // What is damaged is told, and not replaced.
    fs::write(Index::commit_file(place.index()), "").unwrap();
    assert!(matches!(IndexWriter::open_or_create(place.index()), Err(IndexError::Damaged { .. })));
}

#[test]
fn a_record_with_a_fault_changes_nothing_and_says_which_it_is() {
    let place = Place::new();
    let mut writer = place.writer();
    writer.upsert(record("a", "一つ目")).unwrap();
    let error = writer.upsert(record("b", "  ")).unwrap_err();
    assert_eq!(error.to_string(), "the record b has no text");
    writer.commit().unwrap();
    assert_eq!(place.opinions().into_keys().collect::<Vec<_>>(), ["a"]);
}

/// Random changes, each of which is made to a map, too.
#[test]
fn any_changes_in_any_order_end_as_they_would_in_a_map() {
    for seed in 1..=3 {
        let mut random = Random(seed);
        let place = Place::new();
        let mut writer = place.writer();
        let (mut committed, mut expected): (BTreeMap<String, String>, BTreeMap<String, String>) =
            Default::default();
        let mut speakers: BTreeMap<String, String> = BTreeMap::new();
        for _ in 0..60 {
            let id = format!("{}", random.below(12));
            let speaker = ["山田太郎", "佐藤花子", "鈴木一郎"][random.below(3)];
            match random.below(10) {
                0..=4 => {
                    let text = format!("意見{}", random.below(1000));
                    let meeting = ["第1回", "第2回"][random.below(2)];
                    writer.upsert(Record::new(&id, &text).meeting(meeting).speaker(speaker)).unwrap();
                    expected.insert(id.clone(), text);
                    speakers.insert(id, speaker.to_owned());
                }
                5 => {
                    let deleted = writer.delete(&Filter::id(&id)).unwrap();
                    assert_eq!(deleted, u64::from(expected.remove(&id).is_some()));
                }
                6 => {
                    let before = expected.len();
                    expected.retain(|id, _| speakers[id] != speaker);
                    assert_eq!(
                        writer.delete(&Filter::speaker(speaker)).unwrap(),
                        (before - expected.len()) as u64
                    );
                }
                7 => {
                    writer.rollback();
                    expected = committed.clone();
                    // Who spoke before is not kept; ask the index.
                    speakers =
                        place.opinions().into_iter().map(|(id, one)| (id, one.speaker.unwrap())).collect();
                }
                _ => {
                    writer.commit().unwrap();
                    committed = expected.clone();
                    let found: BTreeMap<String, String> =
                        place.opinions().into_iter().map(|(id, opinion)| (id, opinion.text)).collect();
                    assert_eq!(found, expected, "seed {seed}");
                    place.check();
                }
            }
        }
    }
}

#[test]
fn many_records_are_written_in_more_than_one_thread() {
    let place = Place::new();
    let mut writer = place.writer();
    let text = "訪問看護について。".repeat(40);
    let records = (0..1200).map(|number| record(&number.to_string(), &format!("{number}番の{text}")));
    assert_eq!(writer.extend(records).unwrap(), 1200);
    writer.commit().unwrap();
    let index = place.searcher();
    assert_eq!(index.count(&SearchRequest::new("訪問看護")).unwrap(), 1200);
    assert_eq!(index.index().opinion("1199").unwrap().unwrap().number, 1200);
    assert!(Path::new(&place.index()).is_dir());
    place.check();
}
