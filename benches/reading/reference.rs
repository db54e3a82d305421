//! The text of a file by other means than the program's, to see what the program drops or doubles.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use encoding_rs::SHIFT_JIS;

/// Returns the text of a file. `None` for the formats of records, where not all is text, and where no other program reads the format.
pub(crate) fn text_of(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?;
    match extension {
        "txt" => decoded(path),
        "md" => Some(without_markup(&decoded(path)?.replace(['*', '#', '|', '`', '>'], " "))),
        "html" => Some(without_numbers(&without_markup(&decoded(path)?))),
        "docx" => {
            let mut archive = zip::ZipArchive::new(fs::File::open(path).ok()?).ok()?;
            let mut xml = String::new();
            archive.by_name("word/document.xml").ok()?.read_to_string(&mut xml).ok()?;
            Some(without_markup(&xml))
        }
        "pdf" => {
            let output = Command::new("pdftotext").arg(path).arg("-").output().ok()?;
            Some(without_numbers(&String::from_utf8(output.stdout).ok()?))
        }
        _ => None,
    }
}

fn decoded(path: &Path) -> Option<String> {
    let bytes = fs::read(path).ok()?;
    Some(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => SHIFT_JIS.decode(error.as_bytes()).0.into_owned(),
    })
}

/// Removes the lines that are a number alone, of a page or of a speech, which nobody said.
fn without_numbers(text: &str) -> String {
    let is_number = |line: &str| {
        let line = line.trim().trim_matches(['-', '－', '―', ' ', ':']);
        !line.is_empty() && line.chars().all(char::is_numeric)
    };
    text.lines().filter(|line| !is_number(line)).flat_map(|line| [line, "\n"]).collect()
}

/// Removes tags, scripts and styles, and replaces the common entities.
fn without_markup(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(place) = rest.find('<') {
        out.push_str(&rest[..place]);
        let tag = &rest[place..];
        let lower: String = tag.chars().take(8).collect::<String>().to_lowercase();
        let end = match () {
            () if lower.starts_with("<!--") => "-->",
            () if lower.starts_with("<script") => "</script>",
            () if lower.starts_with("<style") => "</style>",
            () => ">",
        };
        let after = tag
            .to_lowercase()
            .find(end)
            .map_or("", |end_place| tag.get(end_place + end.len()..).unwrap_or(""));
        rest = after;
    }
    out.push_str(rest);
    [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(out, |out, (entity, character)| out.replace(entity, character))
}
