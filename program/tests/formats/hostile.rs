//! Tests of files that have a false name or are truncated, encrypted or too large: each gives one warning,
//! and the rest is read.

use super::fixture;
use crate::archive::archive;
use crate::support::Project;

#[test]
fn one_line_each_and_the_rest_is_read() {
    let of = |name: &str| std::fs::read(fixture(name)).unwrap();
    let cut = |name: &str| {
        let bytes = of(name);
        bytes[..bytes.len() / 2].to_vec()
    };
    let bomb = archive(&[("bomb.txt", &vec![b'a'; (128 << 20) + 1])]);
    assert!(bomb.len() < 1 << 20);
    for (name, bytes, message) in [
        ("cut.docx", cut("minutes.docx"), "the archive can't be read: "),
        ("cut.zip", cut("minutes.zip"), "the archive can't be read: "),
        (
            "empty.pdf",
            b"%PDF-1.7\n".to_vec(),
            "the PDF is damaged or cut short; get it again from where it came",
        ),
        ("endless.pdf", endless_pdf(), "the PDF draws more than any minutes do; save it anew, or as text"),
        ("encrypted.pdf", of("encrypted.pdf"), "the PDF is encrypted; save it without a password"),
        ("scan.pdf", of("blank.pdf"), "the PDF has no text on its 1 pages"),
        ("lie.txt", of("encrypted.pdf"), "the PDF is encrypted"),
        (
            "lie.pdf",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            "this is a damaged file of an old Office program, or one of another kind; save it as",
        ),
        ("picture.html", b"\x89PNG\r\n\x1a\n".to_vec(), "this is a picture; save it as text, by OCR"),
        ("binary.txt", (0..=255).collect(), "this is no text, and of no format that can be read"),
        ("sheet.docx", archive(&[("xl/workbook.xml", b"<workbook/>")]), "the spreadsheet can't be read: "),
        ("broken.docx", archive(&[("word/document.xml", b"<w:p><w:t>x</w:p>")]), "it is not well-formed: "),
        ("other.json", b"{\"a\": [1,\n2]}".to_vec(), "this JSON is no answer of the Diet's API"),
        ("bomb.zip", bomb, "bomb.txt in it is larger than 32 MiB"),
        (
            "nested.zip",
            archive(&[("a.zip", &archive(&[("a.txt", b"x")]))]),
            "this is an archive within an archive",
        ),
        ("deep.html", "<div>".repeat(1_000_000).into_bytes(), "more deeply than any page"),
        ("empty.csv", Vec::new(), "the file is empty; nothing was read from it"),
    ] {
        let project = Project::empty();
        project.write(&format!("minutes/{name}"), &bytes);
        project.write("minutes/good.txt", "- 訪問看護\n- 在宅医療\n");
        let output = project.run("index minutes --index here");
        let warnings: Vec<&str> = output.stderr.lines().collect();
        assert_eq!((output.code, warnings.len()), (0, 1), "{name}: {}", output.stderr);
        assert!(warnings[0].starts_with(&format!("warning: minutes/{name}")), "{}", warnings[0]);
        assert!(warnings[0].contains(message), "{name}: {}", warnings[0]);
        assert_eq!(project.run("search 訪問看護 --index here --format json").json()["total"], 1);
    }
}

/// Returns a PDF whose page draws a form that draws the next one twice, and so on, forty times.
fn endless_pdf() -> Vec<u8> {
    let form = |next: usize| {
        let content = "/F Do /F Do";
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {next} 0 R >> >> \
             /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
            .to_owned(),
        "<< /Length 5 >>\nstream\n/F Do\nendstream".to_owned(),
    ];
    objects.extend((6..46).map(form));
    objects.push(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream".to_owned(),
    );
    pdf(&objects)
}

/// Returns a PDF of these objects, which are numbered from 1.
pub(super) fn pdf(objects: &[String]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| pdf.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = objects.len() + 1;
    pdf.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    pdf
}
