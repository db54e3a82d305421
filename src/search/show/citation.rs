//! Citations of opinions, as a line of text, BibTeX and CSL-JSON.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::index::IndexedOpinion;
use crate::minutes::{japanese_date, who};

/// The characters that are not percent-encoded in a path segment: the unreserved characters of [RFC
/// 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Percent-encodes a text, such as an identifier, as a segment of a path or as a fragment.
///
/// ```
/// use gijiroku::search::path_part;
///
/// assert_eq!(path_part("20180110-区東部/1"), "20180110-%E5%8C%BA%E6%9D%B1%E9%83%A8%2F1");
/// ```
#[must_use]
pub fn path_part(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// A citation of an opinion.
///
/// ```
/// use gijiroku::search::Citation;
/// use gijiroku::{IndexBuilder, Searcher};
///
/// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
/// let opinion = searcher.index().opinion("20171213-区中央部-6")?.unwrap_or_default();
/// let text = Citation::new(&opinion).to_string();
/// assert!(text.starts_with("「在宅療養ワーキングの開催について(区中央部)」平成29年12月13日、"), "{text}");
/// assert!(Citation::new(&opinion).bibtex().starts_with("@misc{gijiroku:20171213-"));
/// # Ok::<(), gijiroku::IndexError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Citation<'a> {
    opinion: &'a IndexedOpinion,
}

impl<'a> Citation<'a> {
    /// Creates the citation of an opinion.
    #[must_use]
    pub fn new(opinion: &'a IndexedOpinion) -> Self {
        Self { opinion }
    }

    /// Returns an entry for LaTeX: `@misc`, with the field names of
    /// [BibLaTeX](https://ctan.org/pkg/biblatex). The key is the identifier of the opinion; characters that
    /// BibTeX does not allow are written in hexadecimal.
    #[must_use]
    pub fn bibtex(&self) -> String {
        let opinion = self.opinion;
        let mut entry = format!("@misc{{gijiroku:{},\n", key(&opinion.id));
        let mut field = |name: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                // Writing to a string never fails.
                let _ = writeln!(entry, "  {name} = {{{value}}},");
            }
        };
        field("author", self.author().map(|name| format!("{{{}}}", tex(&name))));
        field("title", Some(tex(&opinion.meeting)));
        field("organization", self.organization().map(tex));
        field("date", opinion.date.clone());
        field("year", opinion.date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned));
        field("pages", opinion.page.as_ref().map(|page| tex(&page.to_string())));
        field("note", self.note().map(|note| tex(&note)));
        field("url", opinion.url.clone());
        field("abstract", Some(tex(&opinion.text)));
        field("langid", Some("japanese".to_owned()));
        entry + "}\n"
    }

    /// Returns an item for Zotero, pandoc and others:
    /// [CSL-JSON](https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables).
    #[must_use]
    pub fn csl(&self) -> Value {
        let opinion = self.opinion;
        let mut item = json!({
            "id": opinion.id,
            "type": "speech",
            "title": opinion.meeting,
            "abstract": opinion.text,
            "language": "ja",
        });
        let mut add = |name: &str, value: Option<Value>| {
            if let (Some(value), Some(fields)) = (value, item.as_object_mut()) {
                fields.insert(name.to_owned(), value);
            }
        };
        add("author", self.author().map(|name| json!([{ "literal": name }])));
        add("publisher", self.organization().map(Value::from));
        add("note", self.note().map(Value::from));
        add("section", opinion.section.as_deref().map(Value::from));
        add("page", opinion.page.as_ref().map(|page| Value::from(page.to_string())));
        add("URL", opinion.url.as_deref().map(Value::from));
        let parts: Option<Vec<i32>> =
            opinion.date.as_deref().and_then(|date| date.split('-').map(|part| part.parse().ok()).collect());
        add("issued", parts.map(|parts| json!({ "date-parts": [parts] })));
        item
    }

    /// Returns the address of the opinion's page, if the pages of `gijiroku serve` are at `site`.
    /// The address stays the same as long as the minutes do.
    ///
    /// ```
    /// use gijiroku::search::Citation;
    /// use gijiroku::IndexedOpinion;
    ///
    /// let mut opinion = IndexedOpinion::default();
    /// opinion.id = "20171213-港-6".to_owned();
    /// let address = Citation::new(&opinion).permalink("http://127.0.0.1:8000");
    /// assert_eq!(address, "http://127.0.0.1:8000/opinions/20171213-%E6%B8%AF-6");
    /// ```
    #[must_use]
    pub fn permalink(&self, site: &str) -> String {
        format!("{}/opinions/{}", site.trim_end_matches('/'), path_part(&self.opinion.id))
    }

    /// Returns the text in quotation marks, with the citation after it.
    ///
    /// ```
    /// use gijiroku::search::Citation;
    /// use gijiroku::IndexedOpinion;
    ///
    /// let mut opinion = IndexedOpinion::default();
    /// opinion.text = "顔の見える「関係」が要る。".to_owned();
    /// opinion.meeting = "会議".to_owned();
    /// assert_eq!(Citation::new(&opinion).quoted(), "「顔の見える『関係』が要る。」（「会議」）");
    /// ```
    #[must_use]
    pub fn quoted(&self) -> String {
        let text = self.opinion.text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("「{}」（{}）", text.replace('「', "『").replace('」', "』"), self.parts().join("、"))
    }

    /// Returns all parts of the citation.
    fn parts(&self) -> Vec<String> {
        let said = self.said().into_iter();
        [self.work()].into_iter().chain(said).chain(self.place()).chain(self.opinion.url.clone()).collect()
    }

    /// Returns the body, or the region where there is none and the title does not name it, and the title.
    fn work(&self) -> String {
        let title = &self.opinion.meeting;
        let by = self.organization().filter(|by| self.opinion.body.is_some() || !title.contains(by));
        format!("{}「{title}」", by.unwrap_or_default())
    }

    /// Returns when and by whom the opinion was said, and under which heading.
    fn said(&self) -> Vec<String> {
        let opinion = self.opinion;
        let date = opinion.date.as_deref().map(|date| japanese_date(date).unwrap_or(date.to_owned()));
        let section = opinion.section.as_ref().map(|section| format!("【{section}】"));
        [date, section, self.author()].into_iter().flatten().collect()
    }

    /// Returns the line and the page. Where an opinion was published is of more use to others than the name of a file.
    fn place(&self) -> Option<String> {
        let opinion = self.opinion;
        let line = opinion.source.place().filter(|_| opinion.url.is_none());
        let page = opinion.page.as_ref().map(|page| format!("{page}ページ"));
        let parts: Vec<String> = line.into_iter().chain(page).collect();
        (!parts.is_empty()).then(|| parts.join("、"))
    }

    /// Returns who published the opinion: the body that met, or else the region that the meeting was about.
    fn organization(&self) -> Option<&str> {
        self.opinion.body.as_deref().or(self.opinion.region.as_deref())
    }

    fn author(&self) -> Option<String> {
        who(self.opinion.speaker.as_deref(), self.opinion.role.as_deref())
    }

    /// Returns the section, and the file and the line unless the address is known where the opinion was published.
    fn note(&self) -> Option<String> {
        let section = self.opinion.section.as_ref().map(|section| format!("【{section}】"));
        let place = self.opinion.place().filter(|_| self.opinion.url.is_none());
        let parts: Vec<String> = section.into_iter().chain(place).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

/// Prints a line such as `みどり市議会「第2回定例会」平成29年11月29日、【一般質問】、山田太郎議員（minutes/a.txt:12）`.
impl std::fmt::Display for Citation<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.work())?;
        formatter.write_str(&self.said().join("、"))?;
        if let Some(place) = self.place() {
            write!(formatter, "（{place}）")?;
        }
        match &self.opinion.url {
            Some(url) => write!(formatter, " {url}"),
            None => Ok(()),
        }
    }
}

/// Returns a key that BibTeX accepts: ASCII letters, digits and a few signs.
fn key(id: &str) -> String {
    let mut key = String::new();
    for character in id.chars() {
        if character.is_ascii_alphanumeric() || "-.:/".contains(character) {
            key.push(character);
        } else {
            let _ = write!(key, "_{:x}_", u32::from(character));
        }
    }
    key
}

/// Escapes the special characters of TeX.
fn tex(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', character]),
            '\n' => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::Source;

    #[test]
    fn three_forms() {
        let opinion = IndexedOpinion {
            id: "x#1".to_owned(),
            meeting: "第2回定例会 & 委員会".to_owned(),
            body: Some("みどり市議会".to_owned()),
            section: Some("一般質問".to_owned()),
            date: Some("2019-05-01".to_owned()),
            speaker: Some("山田太郎".to_owned()),
            role: Some("議員".to_owned()),
            text: "100%".to_owned(),
            source: Source { file: "minutes/a_1.txt".to_owned(), line: 12 },
            ..IndexedOpinion::default()
        };
        let citation = Citation::new(&opinion);
        insta::assert_snapshot!(citation.to_string(), @"みどり市議会「第2回定例会 & 委員会」令和元年5月1日、【一般質問】、山田太郎（議員）（minutes/a_1.txt:12）");
        insta::assert_snapshot!(citation.bibtex(), @r"
        @misc{gijiroku:x_23_1,
          author = {{山田太郎（議員）}},
          title = {第2回定例会 \& 委員会},
          organization = {みどり市議会},
          date = {2019-05-01},
          year = {2019},
          note = {【一般質問】 minutes/a\_1.txt:12},
          abstract = {100\%},
          langid = {japanese},
        }
        ");
        insta::assert_snapshot!(citation.csl().to_string(), @r#"{"abstract":"100%","author":[{"literal":"山田太郎（議員）"}],"id":"x#1","issued":{"date-parts":[[2019,5,1]]},"language":"ja","note":"【一般質問】 minutes/a_1.txt:12","publisher":"みどり市議会","section":"一般質問","title":"第2回定例会 & 委員会","type":"speech"}"#);
        let published =
            IndexedOpinion { url: Some("https://example.jp/1".to_owned()), section: None, ..opinion.clone() };
        let citation = Citation::new(&published);
        insta::assert_snapshot!(citation.to_string(), @"みどり市議会「第2回定例会 & 委員会」令和元年5月1日、山田太郎（議員） https://example.jp/1");
        assert!(!citation.bibtex().contains("note") && citation.csl().get("note").is_none());
        let of_region =
            IndexedOpinion { body: None, region: Some("区西部".to_owned()), ..opinion.clone() };
        let citation = Citation::new(&of_region);
        assert!(citation.to_string().starts_with("区西部「第2回定例会 & 委員会」"));
        assert!(citation.bibtex().contains("  organization = {区西部},\n"));
        assert_eq!(
            citation.quoted(),
            "「100%」（区西部「第2回定例会 & 委員会」、令和元年5月1日、【一般質問】、山田太郎（議員）、minutes/a_1.txt:12）"
        );
        let unknown = IndexedOpinion { meeting: "会議".to_owned(), ..IndexedOpinion::default() };
        assert_eq!(Citation::new(&unknown).to_string(), "「会議」");
    }
}
