//! Tests of the files that the program writes and of those that it is given: whole, in the right place, and of any
//! kind.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;
use std::process::{Command, Stdio};

use support::Project;

/// Returns a project with an index.
fn indexed() -> Project {
    let project = Project::with_seed();
    project.run("index");
    project
}

/// Returns the names in the folder of a project.
fn names(project: &Project) -> Vec<String> {
    let files = support::files(&project.path("."));
    files.iter().map(|file| file.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn a_search_that_fails_leaves_the_file_of_its_output() {
    let project = indexed();
    project.write("hits.txt", "old");
    for (code, arguments) in
        [(1, "--region 無い圏域"), (2, "--format csv --fields nothing"), (2, "--synonyms missing.txt")]
    {
        let failed = project.run(&format!("search 訪問看護 {arguments} -o hits.txt"));
        assert_eq!((failed.code, failed.stdout.as_str()), (code, ""), "{arguments}");
        assert_eq!(fs::read_to_string(project.path("hits.txt")).unwrap(), "old", "{arguments}");
    }
    // It is replaced by what is shorter and by what is longer, and no other file remains.
    for (limit, lines) in [(3, 4), (1, 2), (5, 6)] {
        let written = project.run(&format!("search 訪問看護 -n {limit} --format tsv -o hits.txt"));
        assert_eq!((written.code, written.stdout.as_str()), (0, ""));
        assert_eq!(fs::read_to_string(project.path("hits.txt")).unwrap().lines().count(), lines);
    }
    assert_eq!(names(&project), ["data", "hits.txt", "index"]);
    let folder = project.run("search 訪問看護 -o data");
    assert!(
        folder.code == 2 && folder.stderr.starts_with("error: data: can't be written"),
        "{}",
        folder.stderr
    );
}

#[cfg(unix)]
#[test]
fn an_output_has_the_permissions_of_the_old_file_or_of_any_new_one() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let project = indexed();
    let mode = |name: &str| fs::metadata(project.path(name)).unwrap().permissions().mode() & 0o7777;
    project.write("any", "");
    assert_eq!(project.run("stats -o new").code, 0);
    assert_eq!(mode("new"), mode("any"));
    fs::set_permissions(project.path("new"), fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(project.run("stats -o new").code, 0);
    assert_eq!(mode("new"), 0o640);

    // A link stays a link, whether what it leads to exists or not.
    fs::create_dir(project.path("folder")).unwrap();
    symlink("folder/target", project.path("link")).unwrap();
    symlink("link", project.path("link to link")).unwrap();
    for name in ["link", "'link to link'"] {
        assert_eq!(project.run(&format!("stats -o {name}")).code, 0);
        assert!(project.path("link").is_symlink() && project.path("link to link").is_symlink());
        assert!(fs::read_to_string(project.path("folder/target")).unwrap().contains("200 opinions"));
        fs::write(project.path("folder/target"), "old").unwrap();
    }
    symlink("circle", project.path("circle")).unwrap();
    assert_eq!(project.run("stats -o circle").code, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_takes_the_output_as_it_comes() {
    let project = indexed();
    let expected = project.run("stats").stdout;
    assert_eq!(project.run("stats -o /dev/stdout").stdout, expected);
    assert_eq!(project.run("stats -o /dev/null").code, 0);
    assert_eq!(project.run("stats -o /dev/full").code, 2);
    // The shell wrote to the same file before.
    let shell = format!("echo first > out; {} stats -o /dev/stdout >> out", env!("CARGO_BIN_EXE_gijiroku"));
    assert!(
        Command::new("sh").args(["-c", &shell]).current_dir(project.path(".")).status().unwrap().success()
    );
    assert_eq!(fs::read_to_string(project.path("out")).unwrap(), format!("first\n{expected}"));

    let pipe = pipe(&project, "pipe");
    let reader = std::thread::spawn(move || fs::read_to_string(pipe).unwrap());
    assert_eq!(project.run("stats -o pipe").code, 0);
    assert_eq!(reader.join().unwrap(), expected);
}

/// Tests a file that may be written in a folder that may not. Where the user may do everything, this is skipped.
#[cfg(unix)]
#[test]
fn an_output_is_written_where_no_file_can_be_made() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = indexed();
    project.write("closed/hits", "old");
    fs::set_permissions(project.path("closed"), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(project.path("closed/new"), "").is_err() {
        assert_eq!(project.run("search 訪問看護 --region 無い圏域 -o closed/hits").code, 2);
        assert_eq!(fs::read_to_string(project.path("closed/hits")).unwrap(), "old");
        assert_eq!(project.run("stats -o closed/hits").code, 0);
        assert!(fs::read_to_string(project.path("closed/hits")).unwrap().contains("200 opinions"));
        assert_eq!(project.run("stats -o closed/new").code, 2);
        fs::set_permissions(project.path("closed/hits"), fs::Permissions::from_mode(0o444)).unwrap();
        assert_eq!(project.run("stats -o closed/hits").code, 2);
    }
    fs::set_permissions(project.path("closed"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn searches_that_are_saved_at_once_are_all_saved() {
    const PROGRAMS: usize = 12;
    let project = indexed();
    let save = |number: usize| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_gijiroku"));
        program.args(["search", "在宅", "--save", &format!("名{number:02}")]).current_dir(project.path("."));
        program.env("GIJIROKU_SEARCHES", project.path("searches.json"));
        program.stdout(Stdio::null()).spawn().unwrap()
    };
    let programs: Vec<_> = (0..PROGRAMS).map(save).collect();
    for mut program in programs {
        assert!(program.wait().unwrap().success());
    }
    let saved = project.run("saved").stdout;
    let expected: String =
        (0..PROGRAMS).map(|number| format!("@名{number:02}  在宅  (84 opinions)\n")).collect();
    assert_eq!(saved, expected);
    assert_eq!(names(&project), ["data", "index", "searches.json", "searches.json.lock"]);
    project.run("saved --delete 名00");
    assert_eq!(project.run("saved").stdout.lines().count(), PROGRAMS - 1);
}

#[cfg(unix)]
#[test]
fn saved_searches_stay_where_a_link_leads() {
    let project = indexed();
    std::os::unix::fs::symlink("elsewhere/mine.json", project.path("searches.json")).unwrap();
    assert_eq!(project.run("search 残薬 --save 薬").code, 0);
    assert!(project.path("searches.json").is_symlink() && project.path("elsewhere/mine.json").is_file());
    assert_eq!(project.run("saved").stdout.lines().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_that_can_not_be_written_keeps_nothing_back() {
    let project = indexed();
    project.write("queries.jsonl", "{\"id\":\"1\",\"text\":\"残薬\"}\n{\"id\":\"2\",\"text\":\"京都\"}\n");
    for (search, code) in [
        ("残薬", 0),
        ("残薬 --format json", 0),
        ("京都", 1),
        ("--queries queries.jsonl", 0),
        ("--queries queries.jsonl --format csv", 0),
    ] {
        let expected = project.run(&format!("search {search}"));
        let logged = project.run(&format!("search {search} --log /dev/full"));
        assert_eq!((logged.code, expected.code), (code, code), "{search}");
        assert_eq!(logged.stdout.lines().count(), expected.stdout.lines().count(), "{search}");
        let warning = "warning: /dev/full: the log can't be written: No space left on device (os error 28)\n";
        assert_eq!(logged.stderr, warning, "{search}");
        assert_eq!(project.run(&format!("search {search} --log nowhere/log")).code, code);
        // All searches of a file of queries are logged in every format.
        project.run(&format!("search {search} --log log"));
        let lines = fs::read_to_string(project.path("log")).unwrap().lines().count();
        assert_eq!(lines, if search.contains("--queries") { 2 } else { 1 }, "{search}");
        fs::remove_file(project.path("log")).unwrap();
    }
}

/// The options that name a file that is read whole or line by line.
#[cfg(unix)]
const READ: [&str; 9] = [
    "search --queries",
    "eval --qrels qrels.tsv --queries",
    "eval --queries queries.jsonl --qrels",
    "eval --queries queries.jsonl --qrels qrels.tsv --compare",
    "search 残薬 --synonyms",
    "search 残薬 --related",
    "variants --gains",
    "index --dry-run --regions",
    "index --dry-run --user-dictionary",
];

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_none_is_an_error() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let project = indexed();
    project.write("queries.jsonl", "{\"id\":\"1\",\"text\":\"残薬\"}\n");
    project.write("qrels.tsv", "1\tx\t1\n");
    fs::create_dir(project.path("folder")).unwrap();
    let _listener = UnixListener::bind(project.path("socket")).unwrap();
    symlink("/dev/zero", project.path("endless")).unwrap();
    for option in READ {
        let too_long =
            if option.ends_with("--queries") { "longer than 1 MiB" } else { "longer than the 64 MiB" };
        for (file, reason) in [
            ("folder", "this is a folder"),
            ("socket", "this is a socket"),
            ("/dev/zero", too_long),
            ("endless", too_long),
        ] {
            let refused = project.run(&format!("{option} {file}"));
            assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{option} {file}");
            let message = &refused.stderr;
            assert!(message.starts_with("error: ") && message.contains(reason), "{option} {file}: {message}");
            assert!(message.contains(file) && message.lines().count() == 1, "{option} {file}: {message}");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_folder_of_an_index_has_no_minutes() {
    let project = Project::empty();
    project.write("a.txt", "- 一つ目\n- 二つ目\n");
    project.write("old/meta.json", "[{\"text\": \"三つ目\"}]");
    for arguments in ["index .", "index .", "index . --index deeper/index", "index ."] {
        let built = project.run(arguments);
        assert_eq!((built.code, built.stderr.as_str()), (0, ""), "{arguments}");
    }
    let found = project.run("search 三つ目 --format tsv");
    assert_eq!(found.stdout.lines().count(), 2, "{}", found.stdout);
    let refused = project.run("index deeper/index --index third");
    assert!(
        refused.stderr.contains("this is the folder of an index; name that of the minutes"),
        "{}",
        refused.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_as_a_shell_gives_it() {
    let project = indexed();
    project.write("queries.jsonl", "{\"id\":\"1\",\"text\":\"残薬\"}\n");
    project.write("qrels.tsv", "1\t20171214-区南部-8\t1\n");
    for (option, contents) in READ.into_iter().zip([
        "{\"id\":\"1\",\"text\":\"残薬\"}",
        "{\"id\":\"1\",\"text\":\"残薬\"}\r\n",
        "1\t20171214-区南部-8\t1\n",
        "1 Q0 x 1 2.0 other\n",
        "残薬, 飲み残し\n",
        "残薬, 服薬\n",
        "残薬, 飲み残し\n",
        "region,municipality\n区西部,新宿区\n",
        "残薬,名詞,ザンヤク\n",
    ]) {
        let pipe = pipe(&project, "pipe");
        let writer = std::thread::spawn(move || fs::write(pipe, contents).unwrap());
        let read = project.run(&format!("{option} pipe"));
        assert!(read.code < 2, "{option}: {}", read.stderr);
        writer.join().unwrap();
        fs::remove_file(project.path("pipe")).unwrap();
    }
}

/// Makes a pipe with a name.
#[cfg(unix)]
fn pipe(project: &Project, name: &str) -> std::path::PathBuf {
    let path = project.path(name);
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}
