//! Tests of what office programs write: spreadsheets, and documents with notes, boxes and changes.

use std::path::Path;

use gijiroku::minutes::{Meeting, Office, Reader};

use super::{fixture, opinions, read, split};
use crate::archive::archive;
use crate::support::{Project, SEED};

/// The texts of all opinions.
fn texts(meetings: &[Meeting]) -> Vec<&str> {
    let opinions =
        meetings.iter().flat_map(|meeting| &meeting.sections).flat_map(|section| &section.opinions);
    opinions.map(|opinion| opinion.text.as_str()).collect()
}

/// LibreOffice, if it is installed.
fn soffice() -> Option<Office> {
    let path = std::env::var_os("PATH")?;
    let program =
        std::env::split_paths(&path).map(|folder| folder.join("soffice")).find(|file| file.is_file())?;
    Some(Office::new(program))
}

fn assert_is_the_list(meetings: &[Meeting]) {
    let [meeting] = meetings else { panic!("{meetings:?}") };
    assert_eq!(meeting.title, "みどり市交通計画（案）に寄せられた意見");
    assert_eq!(meeting.date.map(|date| date.to_string()).as_deref(), Some("2024-03-04"));
    let mut lines = String::new();
    for section in &meeting.sections {
        for opinion in &section.opinions {
            let section = section.title.as_deref().unwrap_or("-");
            let day = opinion.extra.get("受付日").map_or("-", String::as_str);
            lines += &format!("{} {section} {day}: {}\n", opinion.line, opinion.text.replace('\n', "⏎"));
        }
    }
    insta::allow_duplicates! {
        insta::assert_snapshot!(lines, @"
        2 - -: 令和６年３月４日現在
        4 バス 2024-02-01: 夜の本数を増やしてほしい。⏎特に金曜日。⏎【市の考え方】検討します。
        5 バス 2024-02-03: 運賃が高い。⏎【市の考え方】据え置きます。
        7 その他 2024-02-05: 全般に賛成。
        ");
    }
}

#[test]
fn a_sheet_with_a_header_row_is_a_table_of_records() {
    for name in ["opinions.xlsx", "opinions.ods"] {
        let (meetings, warnings) = read(&fixture(name)).unwrap();
        assert_eq!(warnings, [""; 0], "{name}");
        assert_is_the_list(&meetings);
    }
}

#[test]
fn old_office_files_are_converted_or_told() {
    let told = |name: &str| read(&fixture(name)).unwrap_err().to_string();
    assert!(
        told("minutes.doc").contains("this is an old Word document (DOC), which LibreOffice must convert")
    );
    assert!(
        told("opinions.xls")
            .contains("install LibreOffice (`soffice` on the PATH), or save the file as XLSX")
    );
    let Some(office) = soffice() else { return };
    let reader = Reader::default().office(office);
    let (expected, _) = read(SEED.as_ref()).unwrap();
    let (meetings, _) = split(reader.read(&fixture("minutes.doc")).unwrap());
    assert_eq!(opinions(&meetings), opinions(&expected));
    let (meetings, _) = split(reader.read(&fixture("opinions.xls")).unwrap());
    assert_is_the_list(&meetings);
}

#[test]
fn a_converter_that_gives_nothing_is_told() {
    for (program, message) in
        [("/no/such/program", "LibreOffice can't convert it"), ("true", "LibreOffice can't read it")]
    {
        if program == "true" && !cfg!(unix) {
            continue;
        }
        let told = Reader::default().office(Office::new(program)).read(&fixture("minutes.doc")).unwrap_err();
        assert!(told.to_string().contains(message), "{told}");
    }
}

/// Writes an archive, reads it, and returns the texts.
fn read_archive(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    let project = Project::empty();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    project.write(name, archive(&files));
    let (meetings, _) = read(Path::new(&project.path(name))).unwrap();
    texts(&meetings).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_docx_is_read_as_it_is_printed() {
    let note = |id: u8, kind: &str, text: &str| {
        format!("<w:footnote w:id=\"{id}\"{kind}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>")
    };
    let notes = format!(
        "<w:footnotes>{}{}</w:footnotes>",
        note(0, " w:type=\"separator\"", "線"),
        note(1, "", "厚生労働省の調べ。")
    );
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let cell = |paragraphs: &[&str]| {
        let paragraphs: String = paragraphs.iter().map(|text| format!("<w:p>{}</w:p>", run(text))).collect();
        format!("<w:tc>{paragraphs}</w:tc>")
    };
    let drawn = format!("<w:txbxContent><w:p>{}</w:p></w:txbxContent>", run("囲みの文。"));
    let body = format!(
        "<w:document><w:body><w:p>{}</w:p>\
         <w:p>{}<w:del><w:r><w:delText>消した</w:delText><w:tab/></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>隠した</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>見える</w:t></w:r>\
         <w:r><w:footnoteReference w:id=\"1\"/></w:r>{}</w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice>{drawn}</mc:Choice><mc:Fallback>{drawn}</mc:Fallback></mc:AlternateContent></w:r>{}</w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>\
         <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>\
         <w:sdt><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>\
         <w:p><w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>{}</w:p>\
         <w:tbl><w:tr>{}{}</w:tr></w:tbl></w:body></w:document>",
        run("会議の題"),
        run("夜間の"),
        run("看護を"),
        run("移した"),
        run("望む。"),
        run("枠の外。"),
        run("一つの"),
        run("段落。"),
        run("ここをクリック"),
        run("書いた文。"),
        run("ほうもん"),
        run("訪問"),
        run("看護。"),
        cell(&["山田委員"]),
        cell(&["賛成する。", "ただし夜間に限る。"]),
    );
    let texts = read_archive("a.docx", &[("word/document.xml", &body), ("word/footnotes.xml", &notes)]);
    assert_eq!(
        texts,
        [
            "夜間の看護を見える望む。",
            "※注1\u{3000}厚生労働省の調べ。",
            "枠の外。",
            "囲みの文。",
            "一つの段落。",
            "書いた文。",
            "訪問看護。",
            "山田委員\t賛成する。",
            "ただし夜間に限る。",
        ]
    );
}

#[test]
fn an_open_document_is_read_as_it_is_printed() {
    let content = "<office:document-content><office:automatic-styles>\
        <style:style style:name=\"T1\"><style:text-properties text:display=\"none\"/></style:style></office:automatic-styles>\
        <office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>消した。</text:p>\
        </text:deletion></text:changed-region></text:tracked-changes><text:h>会議の題</text:h>\
        <text:p>夜間の<text:span text:style-name=\"T1\">隠した</text:span><text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>市の調べ。</text:p></text:note-body></text:note>看護を\n  望む。<text:s text:c=\"2\"/>以上。\
        <office:annotation><text:p>見出しにする？</text:p></office:annotation></text:p>\
        <text:list><text:list-item><text:p>一つ。</text:p></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>山田委員</text:p></table:table-cell><table:table-cell>\
        <text:p>賛成する。</text:p><text:p>ただし夜間に限る。</text:p></table:table-cell></table:table-row></table:table>\
        </office:text></office:body></office:document-content>";
    let files = [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)];
    assert_eq!(
        read_archive("a.odt", &files),
        [
            "夜間の看護を 望む。  以上。",
            "※注1\u{3000}市の調べ。",
            "一つ。",
            "山田委員\t賛成する。",
            "ただし夜間に限る。",
        ]
    );
}

#[test]
fn hidden_sheets_are_left_out_and_merged_cells_stand_for_their_rows() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let covered = "<table:covered-table-cell/>";
    let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let sheet = |name: &str, style: &str, rows: &[String]| {
        format!(
            "<table:table table:name=\"{name}\" table:style-name=\"{style}\">{}{empty}</table:table>",
            rows.concat()
        )
    };
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/>\
         </style:style></office:automatic-styles><office:body><office:spreadsheet>{}{}{}</office:spreadsheet></office:body></office:document-content>",
        sheet(
            "一",
            "ta1",
            &[
                row(&(cell("", "項目") + &cell("", "質問") + &cell("", "回答"))),
                row(&(cell("table:number-rows-spanned=\"2\"", "交通")
                    + &cell("", "なぜか。")
                    + &cell("", "こうだ。"))),
                row(&(covered.to_owned() + &cell("", "いつか。") + &cell("", "来年だ。"))),
            ]
        ),
        sheet("内部", "ta2", &[row(&cell("", "隠した"))]),
        sheet("二", "ta1", &[row(&cell("", "題")), row(&(cell("", "議長") + &cell("", "はい。")))]),
    );
    let project = Project::empty();
    project.write(
        "a.ods",
        archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content.as_bytes()),
        ]),
    );
    let (meetings, _) = read(&project.path("a.ods")).unwrap();
    assert_eq!(
        texts(&meetings),
        ["なぜか。\n【回答】こうだ。", "いつか。\n【回答】来年だ。", "議長\tはい。"]
    );
    assert_eq!((meetings[0].title.as_str(), meetings[0].sections[0].opinions.len()), ("a\u{3000}一", 2));
    assert_eq!(meetings[0].sections[0].title.as_deref(), Some("交通"));
    assert_eq!(meetings[1].sections[0].opinions[0].extra["シート"], "二");
}

#[test]
fn characters_that_were_lost_are_told_once() {
    let project = Project::empty();
    project.write("a.txt", "題\n\n- 一\u{fffd}つ\n- 二\u{fffd}\u{fffd}つ\n");
    project.write("a.jsonl", "{\"text\":\"一\"}\n{\"text\":\"二\u{fffd}\"}\n");
    for (name, line, count) in
        [("a.txt", 3, "3 characters were lost"), ("a.jsonl", 2, "1 character was lost")]
    {
        let (_, warnings) = read(&project.path(name)).unwrap();
        let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
        assert!(warning.contains(&format!("{name}:{line}: {count}")), "{warning}");
    }
}
