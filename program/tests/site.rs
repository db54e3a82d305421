//! Tests of `gijiroku export-site`, and of the folder that it writes. tests/browser/site.rs searches it.
#![allow(clippy::unwrap_used, clippy::panic)]
#![cfg(feature = "site")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gijiroku::IndexBuilder;
use gijiroku_cli::site::{Site, SiteError};
use serde_json::json;
use support::{Project, SEED, all_opinions, seed_searcher};

/// The most bytes of a site of 200 opinions.
const MOST: u64 = 300_000;

/// Returns the files in a folder and below, with their content.
fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(open) = folders.pop() {
        for path in support::files(&open) {
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_seed_becomes_a_small_folder_with_a_page_for_each_meeting() {
    let project = Project::with_seed();
    let output = project.run("export-site public --title '在宅療養 会議録検索'");
    assert_eq!(output.code, 0, "{}", output.stderr);
    let files = content(&project.path("public"));
    let bytes: usize = files.values().map(Vec::len).sum();
    assert!((bytes as u64) < MOST, "{bytes}");
    let counts = format!("public: 200 opinions of 12 meetings\n{} files, ", files.len());
    assert!(output.stdout.starts_with(&counts), "{} {}", output.stdout, files.len());

    let page = |name: &str| String::from_utf8(files[Path::new(name)].clone()).unwrap();
    for name in ["index.html", "meetings.html", "meetings/20171213-区中央部.html"] {
        assert!(page(name).contains("在宅療養 会議録検索"), "{name}");
        assert!(
            page(name).contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'")
        );
        assert!(!page(name).contains("http://") && !page(name).contains("https://"), "{name}");
    }
    for opinion in all_opinions(&seed_searcher()) {
        let page = page(&format!("meetings/{}.html", opinion.meeting_id));
        assert!(page.contains(&format!("id=\"{}\"", opinion.id)), "{}", opinion.id);
        assert!(page.contains(&opinion.text), "{}", opinion.id);
    }
}

#[test]
fn the_same_index_gives_the_same_bytes_in_however_many_segments() {
    let project = Project::with_seed();
    project.run("export-site one");
    let first = content(&project.path("one"));
    // A changed file makes a segment beside that of the other, and a deleted document.
    project.write("data/minutes/other.jsonl", json!({ "id": "x", "text": "別の意見" }).to_string());
    project.run("index");
    fs::remove_file(project.path("data/minutes/other.jsonl")).unwrap();
    project.run("index");
    project.run("export-site two");
    assert_eq!(first, content(&project.path("two")));
}

#[test]
fn a_second_export_replaces_the_first() {
    let project = Project::with_seed();
    project.write(
        "data/minutes/other.jsonl",
        json!({ "id": "x", "text": "別の意見", "title": "X" }).to_string(),
    );
    project.run("index");
    // What others have put into the folder stays, and what begins with a dot does not make it theirs.
    project.write("public/.git/HEAD", "ref: refs/heads/main");
    assert_eq!(project.run("export-site public").code, 0);
    project.write("public/CNAME", "minutes.example.jp");
    let before = content(&project.path("public"));
    assert!(
        before.keys().any(|name| name.to_string_lossy().starts_with("meetings/other")),
        "{:?}",
        before.keys()
    );
    // An export that was killed has left something.
    project.write("public/data/unfinished/pairs-0.bin", "");
    project.write("public/meetings/old.html", "");

    fs::remove_file(project.path("data/minutes/other.jsonl")).unwrap();
    project.run("index");
    let report = project.run("export-site public");
    assert_eq!(report.code, 0, "{}", report.stderr);
    let after = content(&project.path("public"));
    project.run("export-site fresh");
    let mut expected = content(&project.path("fresh"));
    expected.insert("CNAME".into(), b"minutes.example.jp".to_vec());
    expected.insert(".git/HEAD".into(), b"ref: refs/heads/main".to_vec());
    assert_eq!(after, expected);
}

#[test]
fn what_has_not_changed_is_not_written() {
    let project = Project::with_seed();
    project.run("export-site public");
    let page = project.path("public/meetings/20171213-区中央部.html");
    let written = fs::metadata(&page).unwrap().modified().unwrap();
    project.run("export-site public");
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), written);
    assert_eq!(support::files(&project.path("public/data")).len(), 1);
}

#[test]
fn a_folder_of_something_else_is_refused() {
    let project = Project::with_seed();
    project.write("public/letter.txt", "Dear …");
    let refused = project.run("export-site public");
    assert_eq!(refused.code, 2);
    insta::assert_snapshot!(refused.stderr.lines().last().unwrap(), @"error: public: letter.txt is not part of an exported site; choose an empty or a new folder");
    assert_eq!(content(&project.path("public")).len(), 1);

    assert_eq!(project.run("export-site new --title ''").code, 2);

    project.write("file", "");
    let refused = project.run("export-site file");
    assert_eq!((refused.code, refused.stderr.starts_with("error: file: ")), (2, true), "{}", refused.stderr);
    let refused = project.run("export-site new --synonyms none.txt");
    assert_eq!((refused.code, project.path("new").exists()), (2, false), "{}", refused.stderr);
}

#[test]
fn synonyms_are_those_of_the_options() {
    let project = Project::with_seed();
    project.write("my.txt", "あれ, 訪問看護");
    let data = |arguments: &str| {
        let output = project.run(&format!("export-site public {arguments}"));
        assert_eq!(output.code, 0, "{}", output.stderr);
        let folder = &support::files(&project.path("public/data"))[0];
        fs::metadata(folder.join("index.bin")).unwrap().len()
    };
    let built_in = data("");
    assert!(data("--no-synonyms") + 1000 < built_in);
    assert!(data("--synonyms my.txt") > built_in);
    assert_eq!(project.run("export-site public --no-synonyms --synonyms my.txt").code, 2);
}

#[test]
fn the_style_knows_the_classes_of_the_pages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    let style = fs::read_to_string(root.join("style.css")).unwrap();
    let mut classes = 0;
    for folder in ["site", "templates/site"] {
        for file in support::files(&root.join(folder)) {
            let source = fs::read_to_string(&file).unwrap();
            let (quoted, named) = (source.split("class=\"").skip(1), source.split("class: \"").skip(1));
            for class in quoted.chain(named).flat_map(|rest| rest.split('"').next().unwrap().split(' ')) {
                // These only name a part of the page.
                if !["cite", "minutes", "speaker", "value"].contains(&class) {
                    assert!(style.contains(&format!(".{class}")), "{}: {class}", file.display());
                }
                classes += 1;
            }
        }
    }
    assert!(classes > 20, "{classes}");
}

#[test]
fn a_program_writes_a_site_from_an_index_in_memory() {
    let (index, _) = IndexBuilder::new().path(SEED).build_in_memory().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut done = Vec::new();
    let report = Site::new(&index).write(folder.path().join("a/b"), |meetings| done.push(meetings)).unwrap();
    assert_eq!((report.meetings, report.opinions), (12, 200));
    assert_eq!(done, (1..=12).collect::<Vec<_>>());
    let files = content(&folder.path().join("a/b"));
    assert_eq!(files.len(), report.files);
    assert_eq!(files.values().map(|file| file.len() as u64).sum::<u64>(), report.bytes);
    fs::write(folder.path().join("other"), "").unwrap();
    let refused = Site::new(&index).write(folder.path(), |_| {});
    assert!(matches!(refused, Err(SiteError::ForeignFolder { file, .. }) if file == "a"));
}
