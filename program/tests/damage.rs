//! Tests of damaged and missing files: each is reported in one line, with its path and the remedy, the rest
//! is read, and nothing panics.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;

use support::Project;

/// Indexes a folder that has one good file and the files of a test.
fn index(project: &Project) -> support::Output {
    project.write("minutes/good.jsonl", "{\"id\":\"good\",\"text\":\"良い意見\"}");
    let output = project.run("index minutes --index here");
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert_eq!(project.run("show good --index here").code, 0);
    output
}

#[test]
fn sources_that_can_not_be_read() {
    for (name, contents, message) in [
        ("bad.txt", b"\x00\x01\x02\x03".as_slice(), "this is no text, and of no format that can be read"),
        ("empty.txt", b"", "the file is empty; nothing was read from it"),
        ("empty.jsonl", b"", "the file is empty; nothing was read from it"),
        ("blank.txt", b" \n\n", "the file is empty; nothing was read from it"),
        (
            "minutes.tex",
            b"",
            "not read: minutes in a folder are files named *.txt, *.md, *.html, *.pdf, *.docx, *.odt, *.rtf, *.doc, *.xlsx, \
             *.ods, *.xls, *.json, *.jsonl, *.xml, *.csv, *.tsv or *.zip; any other that is named itself is read by what is in it",
        ),
    ] {
        let project = Project::empty();
        project.write(&format!("minutes/{name}"), contents);
        assert_eq!(index(&project).stderr, format!("warning: minutes/{name}: {message}\n"));
    }
}

#[test]
fn lines_that_can_not_be_read() {
    let project = Project::empty();
    project.write("minutes/a.jsonl", "{\"text\":\"一\"}\n{\"text\"\n{\"text\":\"二\"}\n");
    project.write("minutes/b.txt", "題\n開催概要\n備考：なし\n意見交換\n- 一つ目\n");
    let stderr = index(&project).stderr;
    let warnings: Vec<&str> = stderr.lines().collect();
    assert_eq!(warnings.len(), 2);
    assert!(
        warnings[0].starts_with("warning: minutes/a.jsonl:2: this line is not an opinion as JSON ("),
        "{stderr}"
    );
    assert_eq!(
        warnings[1],
        "warning: minutes/b.txt:3: this line of the overview is not understood; it was left out"
    );
    assert_eq!(project.run("search 一 --index here --format json").json()["total"], 2);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = Project::empty();
    project.write("minutes/secret.txt", "- 意見");
    let path = project.path("minutes/secret.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        // Root can read every file, so a dangling link serves as a file that can't be read.
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("nowhere", &path).unwrap();
    }
    let stderr = index(&project).stderr;
    assert!(stderr.starts_with("warning: minutes/secret.txt: can't be read: "), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_in_circles() {
    let project = Project::empty();
    project.write("minutes/good.jsonl", "");
    std::os::unix::fs::symlink("..", project.path("minutes/loop")).unwrap();
    let stderr = index(&project).stderr;
    assert_eq!(
        stderr,
        "warning: minutes/loop: a link to a folder is not followed; name the folder itself to read it\n"
    );
}

#[test]
fn folders_without_minutes() {
    let project = Project::empty();
    fs::create_dir(project.path("nothing")).unwrap();
    let output = project.run("index nothing missing --index here");
    assert_eq!(output.code, 0);
    assert!(output.stdout.starts_with("nothing has changed in 0 files"), "{}", output.stdout);
    let lines: Vec<&str> = output.stderr.lines().collect();
    assert!(
        lines[0].starts_with(
            "warning: nothing: no minutes are in this folder; minutes in a folder are files named *.txt, "
        ),
        "{}",
        lines[0]
    );
    assert!(lines[1].starts_with("warning: missing: can't be read: "), "{}", lines[1]);
    assert_eq!(project.run("search 意見 --index here").code, 1);

    // An existing index is not lost by a path that is mistyped, nor by files that can't be read.
    index(&project);
    project.write("broken/a.pdf", "%PDF-1.7\n");
    for (path, folder) in [("missing", "missing"), ("missing also", "missing, also"), ("broken", "broken")] {
        let output = project.run(&format!("index {path} --index here"));
        assert_eq!(output.code, 2);
        let error =
            format!("error: {folder}: no opinions were found; give files or folders that hold minutes\n");
        assert!(output.stderr.ends_with(&error), "{}", output.stderr);
    }
    assert_eq!(project.run("show good --index here").code, 0);
}

#[cfg(unix)]
#[test]
fn a_search_writes_nothing_and_whoever_may_read_may_search() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = Project::empty();
    index(&project);
    // All files have the permissions that any new file has.
    project.write("any", "");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode();
    let files = support::files(&project.path("here"));
    assert!(files.iter().all(|file| mode(file) == mode(&project.path("any"))));
    // Without the lock, as in a copy, nothing is made in its place.
    fs::remove_file(project.path("here/.tantivy-writer.lock")).unwrap();
    let state = || -> Vec<_> {
        let files = support::files(&project.path("here")).into_iter();
        files.map(|file| (fs::metadata(&file).unwrap().modified().unwrap(), file)).collect()
    };
    let before = state();
    fs::set_permissions(project.path("here"), fs::Permissions::from_mode(0o555)).unwrap();
    for verb in
        ["search 意見", "show good", "stats", "compare 意見 --by year", "suggest 意", "check", "variants"]
    {
        let output = project.run(&format!("{verb} --index here"));
        assert!(output.code <= 1, "{verb}: {}", output.stderr);
    }
    assert_eq!(state(), before);
    fs::set_permissions(project.path("here"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_last_file_may_be_removed() {
    let project = Project::empty();
    index(&project);
    fs::remove_file(project.path("minutes/good.jsonl")).unwrap();
    let output = project.run("index minutes --index here");
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stdout.contains("1 file removed"), "{}", output.stdout);
    assert_eq!(project.run("search 良い --index here").code, 1);
    assert_eq!(project.run("stats --index here").code, 0);
    index(&project);
}

#[cfg(unix)]
#[test]
fn a_file_that_can_not_be_read_for_a_moment_keeps_its_opinions() {
    let project = Project::empty();
    project.write("minutes/other.jsonl", "{\"id\":\"other\",\"text\":\"別の意見\"}");
    index(&project);
    // Links that lead in a circle can be read by nobody, not even by root.
    let file = project.path("minutes/good.jsonl");
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("good.jsonl", &file).unwrap();
    for verb in ["index minutes --dry-run", "index minutes"] {
        let output = project.run(&format!("{verb} --index here"));
        assert!(output.stdout.contains("kept"), "{}", output.stdout);
        assert!(
            output.stderr.starts_with("warning: minutes/good.jsonl: can't be read: "),
            "{}",
            output.stderr
        );
        assert_eq!(output.code, i32::from(verb == "index minutes"));
        assert_eq!(project.run("show good --index here").code, 0);
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(project.run("index minutes --index here").code, 0);
    assert_eq!(project.run("show good --index here").code, 1);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() {
    let project = Project::empty();
    project.write("minutes/a.txt", "- 意見");
    std::os::unix::fs::symlink("/dev/zero", project.path("minutes/zero.txt")).unwrap();
    std::os::unix::net::UnixListener::bind(project.path("minutes/socket.txt")).unwrap();
    let pipe = project.path("minutes/pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    let refused = ["minutes/pipe.txt", "minutes/socket.txt", "minutes/zero.txt"].map(|file| {
        format!(
            "warning: {file}: not read: this is a pipe, a socket or a device and not a file; \
                 save in a file what it gives\n"
        )
    });
    for verb in ["index minutes --index here", "parse minutes"] {
        let output = project.run(verb);
        assert_eq!((output.code, output.stderr), (0, refused.concat()));
    }
    let output = project.run("parse minutes/pipe.txt");
    assert_eq!((output.code, output.stderr), (2, refused[0].clone() + "error: nothing was read\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn files_whose_names_are_no_text_are_told_apart() {
    use std::os::unix::ffi::OsStrExt as _;

    let project = Project::empty();
    for (name, text) in [(b"minutes/\xe9.txt", "- 一つ目"), (b"minutes/\xe8.txt", "- 二つ目")] {
        let name = std::ffi::OsStr::from_bytes(name);
        fs::create_dir_all(project.path("minutes")).unwrap();
        fs::write(project.path(".").join(name), text).unwrap();
    }
    assert_eq!(project.run("index minutes --index here").code, 0);
    let found = project.run("search 目 --index here --format json").json();
    assert_eq!(found["total"], 2);
    assert_eq!(
        found["hits"][0]["source"]["file"].as_str().map(|file| file.starts_with("minutes/\\xE")),
        Some(true)
    );
}

#[test]
fn no_index() {
    let project = Project::empty();
    for verb in ["search x", "show x", "stats"] {
        let output = project.run(&format!("{verb} --index here"));
        assert_eq!(output.code, 2);
        assert_eq!(
            output.stderr,
            "error: here: there is no index here; make one with `gijiroku index --index here`\n"
        );
        // The default index is not built either, because there are no minutes.
        assert_eq!(project.run(verb).code, 2);
    }
}

#[test]
fn a_folder_with_other_things_is_left_alone() {
    let project = Project::with_seed();
    project.write("documents/letter.txt", "大切な手紙");
    let output = project.run("index --index documents");
    assert_eq!(output.code, 2);
    assert_eq!(
        output.stderr,
        "error: documents: letter.txt is not part of an index; choose an empty folder for the index\n"
    );
    assert_eq!(fs::read_to_string(project.path("documents/letter.txt")).unwrap(), "大切な手紙");

    project.write("file", "");
    assert_eq!(project.run("index --index file").code, 2);
}

#[test]
fn an_index_of_another_version() {
    let project = Project::empty();
    index(&project);
    let meta = project.path("here/meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    for (from, to, made_by) in [
        ("\\\"format\\\":", "\\\"format\\\":9", "gijiroku 0.2.0, whose index format is 910 and not 10"),
        ("\\\"dictionary\\\":\\\"", "\\\"dictionary\\\":\\\"00", "gijiroku 0.2.0 with another dictionary"),
        ("\\\"format\\\"", "\\\"layout\\\"", "another program"),
    ] {
        assert!(text.contains(from), "{from}");
        fs::write(&meta, text.replacen(from, to, 1)).unwrap();
        let changed = project.run("search 意見 --index here").stderr;
        assert!(
            changed.starts_with("error: here: the index is damaged (its file meta.json was changed)"),
            "{changed}"
        );
        // An earlier version writes no checksum.
        let unsealed = text.rsplit_once(",\"files\":").unwrap().0.to_owned() + "}\n";
        fs::write(&meta, unsealed.replacen(from, to, 1)).unwrap();
        let output = project.run("search 意見 --index here");
        assert_eq!(output.code, 2);
        let remedy = "make it anew with `gijiroku index --index here`";
        let or = match made_by.contains("dictionary") {
            true => ", or from what is stored in it with `gijiroku upgrade --index here`",
            false => "",
        };
        assert_eq!(output.stderr, format!("error: here: the index was made by {made_by}; {remedy}{or}\n"));
    }
    // The remedy works.
    index(&project);
}

#[test]
fn a_damaged_index() {
    let project = Project::with_seed();
    assert_eq!(project.run("index --index sound").code, 0);
    let run_all = |what: &str| {
        let mut told = 0;
        for verb in ["search 訪問看護", "search 薬 --region 区南部", "show 20171214-区南部-8", "stats"]
        {
            let output = project.run(&format!("{verb} --index damaged"));
            assert!(
                !output.stderr.contains("panicked") && output.stderr.lines().count() <= 1,
                "{what}: {}",
                output.stderr
            );
            assert!(!output.stderr.contains("fault of the program"), "{what}: {}", output.stderr);
            if output.code == 2 {
                assert!(
                    output.stderr.contains("gijiroku index --index damaged"),
                    "{what}: {}",
                    output.stderr
                );
                told += 1;
            }
        }
        told
    };
    let copy = || {
        let _ = fs::remove_dir_all(project.path("damaged"));
        for file in support::files(&project.path("sound")) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            project.write(&format!("damaged/{name}"), fs::read(file).unwrap());
        }
    };
    for file in support::files(&project.path("sound")) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".lock") {
            continue;
        }
        let bytes = fs::read(&file).unwrap();
        let damaged = project.path("damaged").join(&name);

        copy();
        fs::remove_file(&damaged).unwrap();
        assert!(run_all(&format!("{name} is missing")) > 0 || name == ".managed.json");
        for length in [0, bytes.len() / 2] {
            copy();
            fs::write(&damaged, &bytes[..length]).unwrap();
            assert_eq!(run_all(&format!("{name} has {length} bytes")), 4);
        }
        // The remedy works.
        assert_eq!(project.run("index --index damaged").code, 0);
        assert_eq!(run_all("rebuilt"), 0);

        // Changed bytes are not always noticed, but they never make the program panic.
        for place in (0..bytes.len()).step_by(bytes.len() / 6 + 1) {
            copy();
            let mut changed = bytes.clone();
            changed[place] ^= 0x55;
            fs::write(&damaged, changed).unwrap();
            run_all(&format!("byte {place} of {name} is changed"));
        }
    }
}
