//! Small files that are made to stop a build, or to take all time or memory: each costs one warning at most, and the rest
//! is indexed.
//!
//! `GIJIROKU_HARM=FOLDER cargo test --test formats harm` also leaves the files in a folder, to measure each by itself:
//! docs/reliability.md has the figures.

use super::hostile::pdf;
use crate::archive::archive;
use crate::support::Project;

/// A page whose only operator paints with the last of the objects, which are numbered from 5.
fn page_with(resources: &str, content: &str, objects: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut all = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 900] /Contents 4 0 R /Resources << {resources} >> >>"
        ),
        stream("", content),
    ];
    all.extend(objects);
    pdf(&all)
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A page that is filled by a shading whose function is object 5.
fn shaded(objects: impl IntoIterator<Item = String>) -> Vec<u8> {
    let shading =
        "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] /Function 5 0 R >> >>";
    page_with(shading, "/S sh", objects)
}

/// A function that stitches another one, by its number.
fn stitched(other: usize) -> String {
    format!(
        "<< /FunctionType 3 /Domain [0 1] /Functions [{other} 0 R {other} 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>"
    )
}

fn pdfs() -> Vec<(&'static str, Vec<u8>)> {
    let depth = 100_000;
    let braces = |depth: usize| "{ ".repeat(depth) + &"} ".repeat(depth);
    let calculator = |content: &str| stream("/FunctionType 4 /Domain [0 1] /Range [0 1]", content);
    vec![
        ("function-in-itself.pdf", shaded([stitched(5)])),
        ("functions-in-a-ring.pdf", shaded([stitched(6), stitched(7), stitched(5)])),
        ("functions-in-a-chain.pdf", shaded((6..20_000).map(stitched))),
        ("functions-that-double.pdf", shaded((6..60).map(stitched))),
        ("braces.pdf", shaded([calculator(&braces(depth))])),
        ("braces-left-open.pdf", shaded([calculator(&"{ ".repeat(depth))])),
        ("arrays.pdf", page_with(&"[".repeat(depth), "", [])),
        ("dictionaries.pdf", page_with(&"/A << ".repeat(depth), "", [])),
        ("strings.pdf", page_with("", &"(".repeat(depth), [])),
        ("arrays-in-content.pdf", page_with("", &("[".repeat(depth) + " TJ"), [])),
        (
            "colour-in-itself.pdf",
            page_with(
                "/ColorSpace << /C 5 0 R >>",
                "/C cs 0 sc 0 0 9 9 re f",
                ["[/Indexed 5 0 R 1 <00>]".to_owned()],
            ),
        ),
        (
            "colours-in-a-chain.pdf",
            page_with(
                "/ColorSpace << /C 5 0 R >>",
                "/C cs 0 sc 0 0 9 9 re f",
                (6..20_000).map(|next| format!("[/Indexed {next} 0 R 1 <0000>]")),
            ),
        ),
        (
            "pattern-in-itself.pdf",
            page_with(
                "/Pattern << /P 5 0 R >>",
                "/Pattern cs /P scn 0 0 900 900 re f",
                [stream(
                    "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 \
                     /Resources << /Pattern << /P 5 0 R >> >>",
                    "/Pattern cs /P scn 0 0 1 1 re f",
                )],
            ),
        ),
        (
            "form-in-itself.pdf",
            page_with(
                "/XObject << /F 5 0 R >>",
                "/F Do",
                [stream(
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>",
                    "/F Do",
                )],
            ),
        ),
        (
            "picture-of-gigabytes.pdf",
            page_with(
                "/XObject << /I 5 0 R >>",
                "/I Do",
                [stream(
                    "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
                    "x",
                )],
            ),
        ),
        ("saved-states.pdf", page_with("", &"q ".repeat(2_000_000), [])),
        (
            "pages-in-a-ring.pdf",
            pdf(&[
                "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
                "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>".to_owned(),
            ]),
        ),
        (
            "reference-to-itself.pdf",
            pdf(&["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), "2 0 R".to_owned()]),
        ),
        (
            "length-in-itself.pdf",
            page_with("", "x", ["<< /Length 5 0 R >>\nstream\nx\nendstream".to_owned()]),
        ),
        ("a-million-objects.pdf", pdf(&vec!["null".to_owned(); 200_000])),
        ("only-a-head.pdf", b"%PDF-1.7\n1 0 obj\n<<".to_vec()),
    ]
}

fn pages() -> Vec<(&'static str, Vec<u8>)> {
    let of = |text: String| text.into_bytes();
    let numbered = |count: usize, each: fn(usize) -> String| of((0..count).map(each).collect());
    vec![
        ("rt.html", of("<rt>".repeat(100_000))),
        ("rp.html", of("<ruby><rp>".repeat(100_000))),
        ("spans.html", of("<span>".repeat(200_000))),
        ("options.html", of("<select>".to_owned() + &"<optgroup><option>".repeat(100_000))),
        ("tables.html", of("<table><tr><td>".repeat(50_000))),
        ("lists.html", of("<ul><li>".repeat(100_000))),
        ("foreign.html", of("<svg><math>".repeat(50_000))),
        ("templates.html", of("<template>".repeat(100_000))),
        (
            "attributes.html",
            of(format!("<p {}>", (0..100_000).map(|n| format!("a{n}=1 ")).collect::<String>())),
        ),
        ("attributes-on-body.html", numbered(50_000, |n| format!("<body a{n}=1>"))),
        ("one-attribute.html", of(format!("<p title=\"{}\">", "あ".repeat(1_000_000)))),
        (
            "formatting.html",
            of((0..5_000).map(|n| format!("<b id={n}>")).collect::<String>() + &"<p>あ".repeat(5_000)),
        ),
        ("fonts.html", of("<font><p>あ</p>".repeat(100_000))),
        ("links.html", of("<a href=1><div>".repeat(50_000))),
        ("unclosed-comment.html", of("<html><body>あ<!--".to_owned() + &"-".repeat(3_000_000))),
        ("comments.html", of("<!--><!-->".repeat(300_000))),
        ("entities.html", of("<html>".to_owned() + &"&amp".repeat(500_000))),
        ("titles.html", of("<title>".repeat(200_000))),
        ("mains.html", of("<main>あ</main>".repeat(50_000))),
        ("rows.html", of("<table>".to_owned() + &"<tr><td rowspan=2>あ<br>い<td>う".repeat(50_000))),
        ("terms.html", of("<dl>".to_owned() + &"<dt>あ".repeat(100_000))),
        (
            "heads.html",
            of(format!("<title>{}</title>{}", "あ|".repeat(200_000), "<h1>あい</h1>".repeat(50_000))),
        ),
        ("names.html", numbered(30_000, |n| format!("<div class='side{n} menu menu menu'><a href=x>あ</a>"))),
        ("less-than.html", of("<html>".to_owned() + &"<".repeat(3_000_000))),
    ]
}

fn texts() -> Vec<(&'static str, Vec<u8>)> {
    let of = |text: String| text.into_bytes();
    vec![
        ("escapes.txt", b"\x1b$B".repeat(1_000_000)),
        ("escapes-with-text.txt", b"\x1b$B0!\x1b(B".repeat(400_000)),
        ("ff.txt", vec![0xff; 5_000_000]),
        ("fe-ff.txt", [b"\xfe\xff".to_vec(), vec![0xd8; 4_000_000]].concat()),
        ("sjis-halves.txt", vec![0x81; 4_000_000]),
        ("nothing.txt", vec![0; 4_000_000]),
        ("blank.txt", of("\n".repeat(5_000_000))),
        ("bullets.txt", of("- あ\n".repeat(2_000_000))),
        ("one-line.txt", of("あ".repeat(6_000_000))),
        ("circles.txt", of("○".repeat(3_000_000))),
        ("labels.txt", of("○議長（山田太郎君）　はい。\n".repeat(200_000))),
        ("open-brackets.txt", of("○議長（".repeat(300_000))),
        ("spaces.txt", of("　".repeat(5_000_000) + "○議長　はい\n- 意見\n")),
        ("headings.md", of("# あ\n".repeat(150_000))),
        ("quotes.md", of(">".repeat(200_000) + " あ\n# い\n")),
        ("brackets.md", of("# あ\n".to_owned() + &"[".repeat(200_000))),
        ("tables.md", of("<table>\n\n".to_owned() + &"<tr>\n\n".repeat(200_000))),
        ("signs.md", of("##あ\n".repeat(150_000))),
        ("emphasis.md", of("# あ\n".to_owned() + &"*a_".repeat(300_000))),
        ("deep.json", of("[".repeat(1_000_000))),
        ("deep-objects.jsonl", of("{\"text\":\"あ\",\"x\":".to_owned() + &"{\"a\":".repeat(1_000_000))),
        ("numbers.json", of(format!("[{}1]", "1,".repeat(5_000_000)))),
        ("long-line.jsonl", of(format!("{{\"text\":\"{}\"}}\n", "医療の連携。".repeat(2_000_000)))),
        ("many-lines.jsonl", of("{}\n".repeat(300_000))),
        ("quotes.csv", of("text,date\n".to_owned() + &"\"".repeat(5_000_000))),
        ("cells.csv", of("text,a\n".to_owned() + &"a,".repeat(8_000_000))),
        ("names.csv", of(format!("text,{}\n", "長い名前".repeat(10_000)) + &"あ,い\n".repeat(200_000))),
        (
            "names.jsonl",
            of((0..3_000)
                .map(|n| {
                    format!(
                        "{{\"text\":\"あ\",{}\"z\":1}}\n",
                        (0..90).map(|m| format!("\"{n}-{m}\":1,")).collect::<String>()
                    )
                })
                .collect()),
        ),
        ("groups.rtf", of("{\\rtf1 ".to_owned() + &"{".repeat(5_000_000))),
        ("notes.rtf", of("{\\rtf1 ".to_owned() + &"{\\footnote あ".repeat(200_000))),
        ("rows.rtf", of("{\\rtf1 ".to_owned() + &"\\intbl a\\cell".repeat(500_000))),
        (
            "fonts.rtf",
            of("{\\rtf1{\\fonttbl ".to_owned()
                + &(0..300_000).map(|n| format!("\\f{n}\\fcharset128")).collect::<String>()),
        ),
        (
            "deep.xml",
            of("<data><numberOfRecords>1</numberOfRecords>".to_owned() + &"<speechRecord>".repeat(200_000)),
        ),
        ("columns.csv", of("text,".to_owned() + &"a,".repeat(1_000_000) + "\nあ\n")),
    ]
}

/// A spreadsheet with these shared strings and the rows of one sheet.
fn spreadsheet(strings: &[u8], rows: &str) -> Vec<u8> {
    let relations = |relations: &[(&str, &str)]| -> String {
        let each = relations.iter().enumerate().map(|(number, (kind, file))| {
            format!("<Relationship Id=\"r{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{file}\"/>")
        });
        format!("<Relationships>{}</Relationships>", each.collect::<String>())
    };
    let close = if rows.contains("</sheetData>") { "" } else { "</sheetData>" };
    let sheet = format!("<worksheet><sheetData>{rows}{close}</worksheet>");
    let workbook = "<workbook><sheets><sheet name=\"一\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>";
    archive(&[
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")]).as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")])
                .as_bytes(),
        ),
        ("xl/sharedStrings.xml", &[b"<sst>", strings, b"</sst>"].concat()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn cells(places: impl IntoIterator<Item = String>) -> String {
    places
        .into_iter()
        .map(|place| format!("<row><c r=\"{place}\" t=\"inlineStr\"><is><t>あ</t></is></c></row>"))
        .collect()
}

/// A header row, and ten thousand rows below it.
fn header_and_rows() -> String {
    let row = |number: usize, cells: [&str; 2]| {
        let cell = |column: char, text: &str| {
            format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        };
        format!("<row r=\"{number}\">{}{}</row>", cell('A', cells[0]), cell('B', cells[1]))
    };
    row(1, ["議題", "意見"]) + &(2..10_000).map(|number| row(number, ["あ", "い"])).collect::<String>()
}

fn open_document(body: &str) -> Vec<u8> {
    let content = format!("<office:document-content><office:body>{body}");
    archive(&[("mimetype", b"x"), ("content.xml", content.as_bytes())])
}

fn archives() -> Vec<(&'static str, Vec<u8>)> {
    let bomb = vec![b'-'; 100 << 20];
    let paragraphs = format!("<w:document>{}</w:document>", "<w:p/>".repeat(2_000_000));
    let nested = format!("<w:document>{}", "<w:p>".repeat(1_000_000));
    let rows = format!("<w:document>{}", "<w:tr><w:tc>".repeat(500_000));
    let names: Vec<String> = (0..20_000).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    vec![
        ("bomb.zip", archive(&[("a.txt", &bomb)])),
        (
            "bombs.zip",
            archive(&[("a.txt", &bomb[..30 << 20]), ("b.txt", &bomb[..30 << 20]), ("c.txt", &bomb)]),
        ),
        ("bomb.docx", archive(&[("word/document.xml", &bomb)])),
        ("paragraphs.docx", archive(&[("word/document.xml", paragraphs.as_bytes())])),
        ("nested.docx", archive(&[("word/document.xml", nested.as_bytes())])),
        ("rows.docx", archive(&[("word/document.xml", rows.as_bytes())])),
        ("styles.docx", archive(&[("word/styles.xml", &bomb), ("word/document.xml", b"<w:document/>")])),
        ("many.zip", archive(&many)),
        ("bomb.xlsx", spreadsheet(&bomb, "")),
        ("strings.xlsx", spreadsheet("<si/>".repeat(3_000_000).as_bytes(), "")),
        ("corners.xlsx", spreadsheet(b"", &cells(["A1", "XFD1048576"].map(str::to_owned)))),
        ("cells.xlsx", spreadsheet(b"", &cells((1..700_000).map(|row| format!("A{row}"))))),
        (
            "merged.xlsx",
            spreadsheet(
                b"",
                &format!("{}</sheetData><mergeCells>{}</mergeCells>", header_and_rows(), "<mergeCell ref=\"A2:A9999\"/>".repeat(20_000)),
            ),
        ),
        (
            "repeated.ods",
            open_document(&format!(
                "<office:spreadsheet><table:table>{}</table:table>",
                "<table:table-row table:number-rows-repeated=\"999999\"><table:table-cell table:number-columns-repeated=\"16384\">\
                 <text:p>あ</text:p></table:table-cell></table:table-row>"
                    .repeat(1000)
            )),
        ),
        ("bomb.odt", archive(&[("mimetype", b"x"), ("content.xml", &bomb)])),
        ("notes.odt", open_document(&format!("<office:text>{}あ{}", "<text:note-body><text:p>".repeat(100_000), "</text:p></text:note-body>".repeat(100_000)))),
        ("spaces.odt", open_document(&"<text:s text:c=\"4000000000\"/>".repeat(100_000))),
    ]
}

#[test]
fn no_file_keeps_the_others_from_being_indexed() {
    let project = Project::empty();
    let files: Vec<_> = [pdfs(), pages(), texts(), archives()].concat();
    assert!(files.len() >= 60);
    for (name, bytes) in &files {
        project.write(&format!("minutes/{name}"), bytes);
        if let Some(folder) = std::env::var_os("GIJIROKU_HARM") {
            std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
        }
    }
    project.write("minutes/good.jsonl", "{\"id\":\"good\",\"text\":\"訪問看護\"}");
    let output = project.run("index minutes --index here --memory 256MiB");
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert_eq!(project.run("show good --index here").code, 0);
    for (name, _) in files {
        let of_file = format!("warning: minutes/{name}");
        let lines = output.stderr.lines().filter(|line| line.starts_with(&of_file)).count();
        // Each line of a file of records may be wrong by itself, and each file of an archive.
        let is_of_many = name.ends_with("s.jsonl") || name.ends_with("csv") || name.ends_with("s.zip");
        assert!(lines <= 1 || is_of_many, "{name}: {lines} lines");
    }
}
