//! The JSON of DiscussNet, the system in which many councils publish their minutes → document. It is a list
//! of speeches, each a fragment of HTML with the number of the page on which it begins.

use serde::Deserialize;
use serde_json::Value;

use super::{FormatError, html};
use crate::minutes::document::Document;
use crate::minutes::limits::Limits;
use crate::minutes::meeting::Page;

#[derive(Deserialize)]
struct Minutes {
    tenant_minutes: Vec<Minute>,
}

#[derive(Deserialize)]
struct Minute {
    body: String,
    #[serde(default)]
    page_no: Value,
}

/// Parses an answer of its API. Returns `None` for other JSON, and an error where the HTML of a speech can't be read.
pub(super) fn read(json: &str, limits: Limits) -> Option<Result<Document, FormatError>> {
    let minutes: Minutes = serde_json::from_str(json).ok()?;
    let mut document = Document::default();
    for Minute { body, page_no } in minutes.tenant_minutes {
        let number = page_no.as_u64().and_then(|number| u32::try_from(number).ok());
        let page = number.map(|number| Page { number, printed: None });
        document.end_paragraph();
        let piece = match html::read_piece(&body, limits) {
            Ok(piece) => piece,
            Err(error) => return Some(Err(error)),
        };
        for line in piece.lines {
            document.push_on(page.clone(), line.shape, &line.text);
            if let Some(pushed) = document.lines.last_mut() {
                (pushed.indent, pushed.speaker) = (line.indent, line.speaker);
            }
        }
    }
    Some(Ok(document))
}

#[cfg(all(test, feature = "html"))]
mod tests {
    use super::*;

    #[test]
    fn a_speech_has_its_page() {
        let json = r#"{"tenant_minutes": [
            {"body": "<pre>○議長（山田太郎君）　開会します。\n　起立願います。</pre>", "page_no": 1},
            {"body": "<pre>○12番（佐藤花子君）　質問します。</pre>", "page_no": 3},
            {"body": "<pre>○議長（山田太郎君）　散会します。</pre>", "page_no": null},
            {"body": "<pre>（散会）</pre>"}
        ]}"#;
        let document = read(json, Limits::default()).unwrap().unwrap();
        let page = |line: &crate::minutes::document::Line| line.page.as_ref().map(|page| page.number);
        let lines = document.lines.iter().filter(|line| !line.text.is_empty());
        let lines: Vec<_> = lines.map(|line| (line.text.as_str(), page(line), line.indent)).collect();
        assert_eq!(
            lines,
            [
                ("○議長（山田太郎君）　開会します。", Some(1), 0),
                ("起立願います。", Some(1), 2),
                ("○12番（佐藤花子君）　質問します。", Some(3), 0),
                ("○議長（山田太郎君）　散会します。", None, 0),
                ("（散会）", None, 0),
            ]
        );
        assert!(read("{}", Limits::default()).is_none());
    }
}
