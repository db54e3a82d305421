//! Tests of files that few programs write, and of a reader that lacks its second process.

use gijiroku::minutes::{Parsed, PdfWorker, Reader};

use super::{fixture, read};
use crate::archive::archive;
use crate::support::Project;

#[test]
fn a_pdf_is_read_also_where_no_second_process_can_be_started() {
    let worker = PdfWorker::new("no/such/program", [""; 0]);
    let readable = Reader::default().pdf_worker(worker).read(&fixture("minutes.pdf")).unwrap();
    let meetings = readable.parsed.filter(|parsed| matches!(parsed, Parsed::Meeting(_)));
    assert_eq!(meetings.count(), 12);
}

#[test]
fn a_line_without_an_end_is_passed_over() {
    let project = Project::empty();
    let mut lines = b"{\"text\":\"\xe4\xb8\x80\"}\n{\"text\":\"".to_vec();
    lines.resize(lines.len() + (17 << 20), b'a');
    lines.extend(b"\"}\n{\"text\":\"\xe4\xba\x8c\"}\n");
    project.write("a.jsonl", &lines);
    let (meetings, warnings) = read(&project.path("a.jsonl")).unwrap();
    assert_eq!(meetings.iter().map(|meeting| meeting.opinion_count()).sum::<usize>(), 2);
    assert_eq!(
        warnings,
        [format!(
            "{}:2: this line is longer than 16 MiB; it was left out",
            project.path("a.jsonl").display()
        )]
    );
}

#[test]
fn names_in_an_archive_are_read_as_windows_wrote_them() {
    let (meetings, _) = read(&fixture("minutes.zip")).unwrap();
    assert!(meetings[0].source.file.ends_with("minutes.zip/議事録.txt"), "{}", meetings[0].source.file);
    let mut bytes = archive(&[("AAAAAA.txt", "- 一\n- 二\n".as_bytes())]);
    // The name in CP932, as old programs wrote it, both before the file and in the directory at the end.
    let (name, _, _) = encoding_rs::SHIFT_JIS.encode("議事録");
    for place in 0..bytes.len() - 6 {
        if &bytes[place..place + 6] == b"AAAAAA" {
            bytes[place..place + 6].copy_from_slice(&name);
        }
    }
    let project = Project::empty();
    project.write("a.zip", &bytes);
    let (meetings, _) = read(&project.path("a.zip")).unwrap();
    assert!(meetings[0].source.file.ends_with("a.zip/議事録.txt"), "{}", meetings[0].source.file);
}
