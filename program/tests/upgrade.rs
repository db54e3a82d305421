//! `gijiroku upgrade`, on an index that an earlier version of the program has built.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;

use support::Project;

#[test]
fn an_index_of_an_earlier_format_is_upgraded() {
    let project = Project::empty();
    fs::create_dir(project.path("here")).unwrap();
    let earlier = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/upgrade/format-9");
    for file in fs::read_dir(earlier).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), project.path("here").join(file.file_name())).unwrap();
    }
    let refused = project.run("search 訪問看護 --index here");
    assert_eq!(refused.code, 2);
    assert_eq!(
        refused.stderr,
        "error: here: the index was made by gijiroku 0.1.0, whose index format is 9 and not 10; make it anew with \
         `gijiroku index --index here`, or from what is stored in it with `gijiroku upgrade --index here`\n"
    );

    let upgraded = project.run("upgrade --index here");
    assert_eq!(upgraded.code, 0, "{}", upgraded.stderr);
    let (told, _seconds) = upgraded.stdout.rsplit_once(" in ").unwrap();
    assert_eq!(told, "upgraded 3 meetings, 8 opinions from format 9 (gijiroku 0.1.0) to 10");
    assert_eq!(project.run("search 訪問看護 --index here").code, 0);
    assert_eq!(project.run("check --metadata --index here").code, 0);
    assert_eq!(project.run("upgrade --index here").stdout, "here: the index has format 10 already\n");

    let missing = project.run("upgrade --index nowhere");
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.starts_with("error: nowhere: there is no index here"), "{}", missing.stderr);
    assert!(!project.path("nowhere").exists());
}
