//! Tests of an index that is updated as its files change.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../tests/support/random.rs"]
mod random;
mod support;

use std::collections::BTreeMap;
use std::fs;

use gijiroku::{BuildReport, Index, IndexBuilder, IndexError, SearchRequest, Searcher};
use random::Random;
use support::{Project, SEED};

fn build(project: &Project) -> BuildReport {
    IndexBuilder::new().path(project.path("minutes")).build(project.path("index")).unwrap().1
}

/// Returns all opinions by their identifier: the file, the line and the text of each.
fn opinions(project: &Project) -> BTreeMap<String, (String, u32, String)> {
    let searcher = Searcher::new(Index::open(project.path("index")).unwrap());
    // The query excludes a string that no opinion contains, so it finds all of them. Excluded words are
    // subtracted from the opinions with a number: every opinion has one, while some have no date.
    let hits = searcher.search(&SearchRequest::new("-\"＃\"").limit(usize::MAX)).unwrap().hits;
    let opinions = hits.into_iter().map(|hit| hit.opinion);
    opinions.map(|opinion| (opinion.id, (opinion.source.file, opinion.source.line, opinion.text))).collect()
}

#[test]
fn only_what_changed_is_read_and_the_rest_keeps_its_identifiers() {
    let project = Project::empty();
    project.write("minutes/seed.txt", fs::read(SEED).unwrap());
    project.write("minutes/a.txt", "- 一つ目\n- 二つ目\n");
    project.write("minutes/b.jsonl", "{\"id\":\"x\",\"text\":\"三\"}\n{\"text\":\"四\"}\n");
    let first = build(&project);
    assert_eq!((first.files, first.unchanged, first.opinions), (3, 0, 204));
    let before = opinions(&project);
    assert_eq!(before.len(), 204);

    let again = build(&project);
    assert_eq!((again.files, again.unchanged), (0, 3));
    assert_eq!(opinions(&project), before);

    project.write("minutes/a.txt", "- 一つ目\n- 二つ目\n- 在宅での看取り\n");
    let changed = build(&project);
    assert_eq!((changed.files, changed.unchanged, changed.opinions), (1, 2, 3));
    let after = opinions(&project);
    assert_eq!(after.len(), 205);
    assert!(before.iter().all(|(id, opinion)| after.get(id) == Some(opinion)));

    // An identifier is used only once, whichever file asks for it again.
    project.write("minutes/c.jsonl", "{\"id\":\"x\",\"text\":\"五\"}\n");
    let added = build(&project);
    assert_eq!((added.warnings.len(), added.skipped.len(), added.failed.len()), (1, 0, 0));
    assert_eq!(opinions(&project)["x~2"].2, "五");

    fs::remove_file(project.path("minutes/b.jsonl")).unwrap();
    let removed = build(&project);
    assert_eq!((removed.files, removed.unchanged, removed.gone), (0, 3, 1));
    let left = opinions(&project);
    assert!(!left.contains_key("x") && left.contains_key("x~2") && left.len() == 204);
    let stats = project.run("stats --index index --format json").json();
    assert_eq!(stats["opinions"], 204);
}

#[test]
fn a_file_that_was_moved_keeps_its_identifiers() {
    let project = Project::empty();
    let archive = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/formats/fixtures/minutes.zip");
    project.write("minutes/old.zip", fs::read(archive).unwrap());
    // The identifiers of its opinions contain the old name of the file.
    project.write("minutes/old.txt", "- 一つ目\n- 二つ目\n");
    build(&project);
    let before = opinions(&project);
    assert!(before.contains_key("old-2"));

    for (from, to) in [("old.zip", "new.zip"), ("old.txt", "folder/new.txt")] {
        fs::create_dir_all(project.path("minutes/folder")).unwrap();
        fs::rename(project.path(&format!("minutes/{from}")), project.path(&format!("minutes/{to}"))).unwrap();
    }
    let dry = project.run("index minutes --index index --dry-run");
    assert_eq!(dry.code, 0);
    let moved = build(&project);
    assert_eq!((moved.files, moved.moved, moved.gone), (0, 2, 0));
    let after = opinions(&project);
    assert_eq!(after.len(), before.len());
    for (id, (file, line, text)) in &before {
        let file = file
            .replace("minutes/old.zip", "minutes/new.zip")
            .replace("minutes/old.txt", "minutes/folder/new.txt");
        assert_eq!(after[id], (file, *line, text.clone()));
    }
    assert_eq!(build(&project).unchanged, 2);
}

#[test]
fn a_copy_is_told_and_takes_no_identifiers() {
    let project = Project::empty();
    project.write("minutes/m.txt", fs::read(SEED).unwrap());
    build(&project);
    let before = opinions(&project);

    // The copy comes first in the order of names.
    project.write("minutes/a copy of m.txt", fs::read(SEED).unwrap());
    let told = project.run("index minutes");
    let message = "a copy of m.txt: not read: this is a copy of ";
    assert!(told.stderr.contains(message) && told.stderr.contains("minutes/m.txt;"), "{}", told.stderr);
    assert!(told.stdout.contains("nothing has changed in 1 file"), "{}", told.stdout);
    let report = build(&project);
    assert_eq!((report.files, report.skipped.len()), (0, 1));
    assert_eq!(opinions(&project), before);

    // The original has changed since it was copied: the copy is a file of its own, and the identifiers stay where they were.
    let mut changed = fs::read(SEED).unwrap();
    changed.extend("\n- さらに一つ\n".as_bytes());
    project.write("minutes/m.txt", changed);
    let report = build(&project);
    assert_eq!((report.files, report.skipped.len()), (2, 0));
    let after = opinions(&project);
    let is_same = |(id, opinion): (&String, &(String, u32, String))| after.get(id) == Some(opinion);
    assert!(before.iter().all(is_same));
    let copied = |id: &&String| after[*id].0.ends_with("a copy of m.txt");
    assert!(after.keys().filter(copied).count() == 200 && after.contains_key("20171213-区中央部~2-6"));

    // So they do when both are read again.
    for file in ["m.txt", "a copy of m.txt"] {
        let mut longer = fs::read(project.path(&format!("minutes/{file}"))).unwrap();
        longer.extend("\n- もう一つ\n".as_bytes());
        project.write(&format!("minutes/{file}"), longer);
    }
    assert_eq!(build(&project).files, 2);
    let last = opinions(&project);
    assert!(after.iter().all(|(id, opinion)| last.get(id) == Some(opinion)));
}

#[test]
fn a_file_is_the_same_by_whatever_path_it_is_given() {
    let project = Project::empty();
    project.write("minutes/m.txt", fs::read(SEED).unwrap());
    project.run("index minutes");
    let before = opinions(&project);
    let absolute = project.path("minutes").to_string_lossy().into_owned();
    let again = project.run(&format!("index {absolute}"));
    assert!(again.stdout.contains("nothing has changed in 1 file"), "{}", again.stdout);
    let twice = project.run(&format!("index minutes {absolute} minutes/../minutes"));
    assert!(twice.stdout.contains("nothing has changed in 1 file"), "{}", twice.stdout);
    assert_eq!((opinions(&project), twice.stderr.as_str()), (before, ""));
}

#[test]
fn lines_of_a_meeting_that_stand_apart_are_one_meeting() {
    let project = Project::empty();
    let line = |number: usize| {
        let date = if number % 6 < 3 { "2024-03-01" } else { "2024-03-02" };
        format!("{{\"text\":\"意見{number}\",\"title\":\"会{}\",\"date\":\"{date}\"}}\n", number % 3)
    };
    project.write("minutes/a.jsonl", (0..60).map(line).collect::<String>());
    assert_eq!((build(&project).meetings, opinions(&project).len()), (6, 60));
    let index = Index::open(project.path("index")).unwrap();
    let meetings = index.meetings().unwrap();
    assert!(meetings.iter().all(|meeting| meeting.opinions == 10), "{meetings:?}");
}

#[test]
fn many_changes_come_to_the_same_as_one_build() {
    let mut random = Random(7);
    let project = Project::empty();
    fs::create_dir(project.path("minutes")).unwrap();
    for _ in 0..25 {
        for _ in 0..1 + random.below(3) {
            let file = project.path(&format!("minutes/{}.txt", random.below(6)));
            match random.below(4) {
                0 => drop(fs::remove_file(file)),
                1 => drop(fs::rename(file, project.path(&format!("minutes/{}.txt", random.below(6))))),
                _ => {
                    let lines = (0..2 + random.below(5)).map(|_| format!("- 意見{}\n", random.below(100)));
                    fs::write(file, lines.collect::<String>()).unwrap();
                }
            }
        }
        let builder = IndexBuilder::new().path(project.path("minutes"));
        let said = |project: &Project| -> Vec<_> {
            let mut said: Vec<_> = opinions(project).into_values().collect();
            said.sort();
            said
        };
        match builder.build(project.path("index")) {
            Ok(_) => {}
            Err(IndexError::NoOpinions(_)) => continue,
            Err(error) => panic!("{error}"),
        }
        let fresh = Project::empty();
        builder.build(fresh.path("index")).unwrap();
        assert_eq!(said(&project), said(&fresh));
    }
}

#[test]
fn what_a_build_would_do_is_told_and_not_done() {
    let project = Project::empty();
    for (file, text) in
        [("a", "- 一\n- 一つ\n"), ("b", "- 二\n- 二つ\n"), ("c", "- 三\n- 三つ\n"), ("d", "- 四\n- 四つ\n")]
    {
        project.write(&format!("minutes/{file}.txt"), text);
    }
    assert_eq!(project.run("index minutes --index index").code, 0);
    project.write("minutes/b.txt", "- 二\n- ふたつ\n");
    project.write("minutes/e.txt", "- 五\n- 五つ\n");
    fs::remove_file(project.path("minutes/c.txt")).unwrap();
    fs::rename(project.path("minutes/d.txt"), project.path("minutes/f.txt")).unwrap();
    let dry = project.run("index minutes --index index --dry-run");
    insta::assert_snapshot!(dry.stdout, @"
    changed    minutes/b.txt
    new        minutes/e.txt
    moved      minutes/f.txt from minutes/d.txt
    gone       minutes/c.txt
    1 file unchanged
    ");
    assert_eq!(project.run("search 五つ --index index --exact").code, 1);
    let built = project.run("index minutes --index index");
    insta::assert_snapshot!(built.timeless(), @"
    indexed 2 files, 2 meetings, 4 opinions in … s, 1 file unchanged, 1 file moved, 1 file removed
    4 meetings have no date; see `gijiroku check --metadata`
    ");
    assert_eq!(project.run("search 五つ --index index --exact").code, 0);
}

#[test]
fn a_strict_build_takes_nothing_where_something_can_not_be_read() {
    let project = Project::empty();
    project.write("minutes/a.txt", "- 一つ目\n- 二つ目\n");
    assert_eq!(project.run("index minutes --index index").code, 0);
    project.write("minutes/b.txt", "- 三つ目\n- 四つ目\n");
    project.write("minutes/c.pdf", "%PDF-1.7\n");
    let strict = project.run("index minutes --index index --strict");
    assert_eq!(
        (strict.code, strict.stderr.as_str()),
        (2, "error: minutes/c.pdf: the PDF is damaged or cut short; get it again from where it came\n")
    );
    assert_eq!(project.run("search 三つ目 --index index --exact").code, 1);
    assert_eq!(project.run("index minutes --index index").code, 0);
    assert_eq!(project.run("search 三つ目 --index index --exact").code, 0);
}

#[test]
fn another_way_of_reading_reads_all_again() {
    let project = Project::empty();
    project.write("minutes/a.txt", "- 一つ目\n- 二つ目\n");
    build(&project);
    let user = project.path("words.csv");
    fs::write(&user, "訪問看護師,カスタム名詞,ホウモンカンゴシ\n").unwrap();
    let dictionaries = gijiroku::analysis::Dictionaries::built_in().with_user_file(&user).unwrap();
    let builder = IndexBuilder::new().path(project.path("minutes"));
    assert_eq!(builder.clone().dictionaries(dictionaries).build(project.path("index")).unwrap().1.files, 1);
    let encoding = gijiroku::minutes::Encoding::named("utf-8").unwrap();
    assert_eq!(builder.clone().encoding(encoding).build(project.path("index")).unwrap().1.files, 1);
    assert_eq!(builder.encoding(encoding).build(project.path("index")).unwrap().1.files, 0);
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_the_index_as_it_was() {
    use std::process::Stdio;

    let project = Project::empty();
    project.write("minutes/a.txt", "- 一つ目\n- 二つ目\n");
    assert_eq!(project.run("index minutes --index index").code, 0);
    let lines: String =
        (0..20_000).map(|n| format!("{{\"text\":\"訪問看護の{n}番目の意見である。\"}}\n")).collect();
    project.write("minutes/b.jsonl", &lines);
    // Whenever the program is killed, before, during or after the commit, the index is intact.
    for milliseconds in [5, 50, 100, 200, 400] {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_gijiroku"));
        program.args(["index", "minutes", "--index", "index"]).current_dir(project.path("."));
        let mut child = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = project.run("search 「目」 --index index --exact --format json").json();
        assert!([2, 20_002].contains(&found["total"].as_u64().unwrap()), "{found}");
    }
    assert_eq!(project.run("index minutes --index index").code, 0);
    assert_eq!(project.run("search 「目」 --index index --exact --format json").json()["total"], 20_002);
}

/// A program that runs in parallel to the test, which reads the output line by line.
#[cfg(unix)]
struct Running {
    child: std::process::Child,
    output: std::io::BufReader<std::process::ChildStdout>,
}

#[cfg(unix)]
impl Running {
    fn start(project: &Project, arguments: &str) -> Self {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_gijiroku"));
        program.args(arguments.split(' ')).current_dir(project.path(".")).env("LC_ALL", "C.UTF-8");
        program.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let mut child = program.spawn().unwrap();
        let output = std::io::BufReader::new(child.stdout.take().unwrap());
        Self { child, output }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        std::io::BufRead::read_line(&mut self.output, &mut line).unwrap();
        line
    }

    /// Sends the signal of Ctrl-C. Returns the exit status and the standard error.
    fn interrupt(mut self) -> (i32, String) {
        let signal = std::process::Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(signal.unwrap().success());
        let mut errors = String::new();
        std::io::Read::read_to_string(&mut self.child.stderr.take().unwrap(), &mut errors).unwrap();
        (self.child.wait().unwrap().code().unwrap(), errors)
    }
}

#[cfg(unix)]
#[test]
fn an_index_that_is_watched_keeps_up() {
    let project = Project::empty();
    project.write("minutes/a.txt", "- 一つ目\n- 二つ目\n");
    let mut running = Running::start(&project, "index minutes --index index --watch");
    assert!(running.line().starts_with("indexed 1 file, 1 meeting, 2 opinions in "));
    project.write("minutes/sub/b.txt", "- 三つ目\n- 四つ目\n- 五つ目\n");
    assert!(running.line().starts_with("indexed 1 file, 1 meeting, 3 opinions in "));
    fs::remove_file(project.path("minutes/a.txt")).unwrap();
    let line = running.line();
    assert!(line.ends_with(", 1 file unchanged, 1 file removed\n"), "{line}");
    // A change of `minutes.toml` counts as a change of the files that it describes.
    project.write("minutes/minutes.toml", "body = \"みどり市議会\"\n");
    assert!(running.line().starts_with("indexed 1 file, 1 meeting, 3 opinions in "));
    assert_eq!(running.interrupt(), (0, String::new()));
    assert_eq!(project.run("stats --index index --format json").json()["opinions"], 3);
}

#[cfg(unix)]
fn is_store(file: &std::path::Path) -> bool {
    file.extension().is_some_and(|extension| extension == "store")
}

#[cfg(unix)]
#[test]
fn ctrl_c_tells_how_far_it_was() {
    let project = Project::empty();
    project.write("minutes/a.txt", "- 一つ目\n- 二つ目\n");
    assert_eq!(project.run("index minutes --index index").code, 0);
    // The build of this file takes seconds.
    let lines =
        (0..40_000).map(|number| format!("{{\"text\":\"{number}番目の意見は{}\"}}\n", "長い。".repeat(30)));
    project.write("minutes/long.jsonl", lines.collect::<String>());
    let stores = || support::files(&project.path("index")).iter().filter(|file| is_store(file)).count();
    let before = stores();
    let running = Running::start(&project, "index minutes --index index");
    while stores() == before {
        std::thread::yield_now();
    }
    let (code, errors) = running.interrupt();
    assert_eq!((code, errors.as_str()), (130, "interrupted after 1 of 2 files: the index is as it was\n"));
    assert_eq!(project.run("search 二つ目 --index index --exact").code, 0);
}

#[test]
fn a_table_of_regions_goes_with_the_index() {
    let project = Project::empty();
    project.write("minutes/神奈川_横浜_20240401.txt", "- 訪問看護が足りない\n- 在宅医が少ない\n");
    // The encoding in which Excel saves it.
    let (table, _, _) =
        encoding_rs::SHIFT_JIS.encode("region,municipality\r\n横浜,横浜市\r\n川崎,川崎市\r\n");
    project.write("regions.csv", &table);
    assert_eq!(project.run("index minutes --index index --regions regions.csv").code, 0);
    let found = project.run("search 訪問看護 --region 横浜市 --index index --format json").json();
    assert_eq!(found["hits"][0]["region"], "横浜");
    let parsed = project.run("parse minutes --regions regions.csv --format json").json();
    assert_eq!(parsed[0]["meetings"][0]["region"], "横浜");
    // The same table again changes nothing, but a build without a table counts as another one.
    let again = project.run("index minutes --index index --regions regions.csv");
    assert!(again.stdout.starts_with("nothing has changed"), "{}", again.stdout);
    assert!(project.run("index minutes --index index").stdout.starts_with("indexed 1 file"));
    project.write("none.csv", "name\n横浜\n");
    let wrong = project.run("index minutes --index index --regions none.csv");
    assert_eq!(wrong.code, 2);
    insta::assert_snapshot!(wrong.stderr, @"error: none.csv: this is no table of regions, which is CSV with the columns region,municipality: CSV deserialize error: record 1 (line: 2, byte: 5): missing field `region`");
    assert_eq!(project.run("index minutes --index index --regions nowhere.csv").code, 2);
}

#[test]
fn what_is_wrong_is_told_and_mended() {
    let project = Project::empty();
    for (file, text) in [("a", "- 一\n- 一つ\n"), ("b", "- 二\n- 二つ\n"), ("c", "- 三\n- 三つ\n")] {
        project.write(&format!("minutes/{file}.txt"), text);
    }
    project.run("index minutes --index index");
    let sound = project.run("check --index index");
    assert_eq!((sound.code, sound.stdout.as_str()), (0, "3 files, 6 opinions: all is as it was read\n"));

    project.write("minutes/b.txt", "- 二\n- ふたつ\n- みっつ\n");
    fs::remove_file(project.path("minutes/c.txt")).unwrap();
    let wrong = project.run("check --index index");
    assert_eq!(wrong.code, 1);
    insta::assert_snapshot!(wrong.stdout, @"
    missing    minutes/c.txt
    changed    minutes/b.txt
    `gijiroku check --repair` reads again what is wrong
    ");
    assert_eq!(project.run("check --index index --repair").code, 0);
    let mended = project.run("check --index index");
    assert_eq!((mended.code, mended.stdout.as_str()), (0, "2 files, 5 opinions: all is as it was read\n"));

    // Damage a file of the index itself.
    let store = fs::read_dir(project.path("index")).unwrap().map(|entry| entry.unwrap().path());
    let store = store
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "store"))
        .unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[3] ^= 1;
    fs::write(&store, bytes).unwrap();
    let damaged = project.run("check --index index");
    assert!(damaged.code == 1 && damaged.stdout.starts_with("damaged    index: "), "{}", damaged.stdout);
    assert_eq!(project.run("check --index index --repair").code, 0);
    assert_eq!(project.run("check --index index").code, 0);
    assert_eq!(project.run("check --index nowhere").code, 2);
}

#[test]
fn what_is_wrong_many_times_is_told_some_times_and_counted() {
    let project = Project::empty();
    let line = |n: u32| format!("{{\"text\":\"意見{n}\",\"date\":\"24-2-{n}\"}}\n");
    project.write("a.jsonl", (10..30).map(line).collect::<String>());
    let output = project.run("index a.jsonl --index index");
    let lines: Vec<&str> = output.stderr.lines().collect();
    assert_eq!(lines.len(), 6, "{lines:?}");
    assert!(lines[0].starts_with("warning: a.jsonl:1: `24-2-10` is not a date"));
    assert!(lines[5].starts_with("warning: a.jsonl: 15 more of the kind: `…` is not a date"), "{}", lines[5]);
    assert!(output.stdout.contains(", 20 warnings\n"), "{}", output.stdout);
}
