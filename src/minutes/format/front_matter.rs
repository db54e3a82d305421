//! The front matter of Markdown, in which site generators keep title and date.

use crate::minutes::document::{Document, Line, Shape};

const TITLES: [&str; 4] = ["title", "タイトル", "題名", "会議名"];
const DAYS: [&str; 5] = ["date", "日付", "開催日", "日時", "開催日時"];
const VENUES: [&str; 2] = ["場所", "会場"];

/// What the front matter states of the minutes, each with the number of its line.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    title: Option<(u32, String)>,
    day: Option<(u32, String)>,
    venue: Option<(u32, String)>,
}

impl FrontMatter {
    /// Reads a block in YAML or TOML, of which the lines `title: …` and `date = …` are understood. `number` is that of its first
    /// line.
    pub(super) fn of(block: &str, number: u32) -> Self {
        let mut front_matter = Self::default();
        for (line, number) in block.lines().zip(number..) {
            // A name that is indented belongs to another.
            let Some((name, value)) = line.split_once([':', '=', '：']) else { continue };
            let (name, value) = (name.trim_end(), unquoted(value));
            let part = match name {
                _ if value.is_empty() => continue,
                _ if TITLES.contains(&name) => &mut front_matter.title,
                _ if DAYS.contains(&name) => &mut front_matter.day,
                _ if VENUES.contains(&name) => &mut front_matter.venue,
                _ => continue,
            };
            part.get_or_insert((number, value.to_owned()));
        }
        front_matter
    }

    /// Gives a document its title and its fields, as lines before the text. `has_title` says whether its first line is one.
    pub(super) fn give(self, document: &mut Document, has_title: bool) {
        let line = |(number, text), shape| Line { number, text, shape, ..Line::default() };
        let mut begin = Vec::new();
        if let Some((number, title)) = self.title {
            document.title = Some(title.clone());
            if !has_title {
                begin.push(line((number, title), Shape::Heading));
            }
        }
        // 2024-03-04T00:00:00+09:00 is a day.
        let day = self.day.map(|(number, day)| {
            let day = day.split_once('T').map_or(day.as_str(), |(day, _)| day);
            (number, format!("日付：{day}"))
        });
        let venue = self.venue.map(|(number, venue)| (number, format!("会場：{venue}")));
        begin.extend([day, venue].into_iter().flatten().map(|field| line(field, Shape::Text)));
        let place = usize::from(has_title).min(document.lines.len());
        document.lines.splice(place..place, begin);
    }
}

/// A value without the quotation marks around it.
fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inside = |mark| value.strip_prefix(mark).and_then(|value| value.strip_suffix(mark));
    inside('"').or_else(|| inside('\'')).unwrap_or(value).trim()
}

#[cfg(test)]
mod tests {
    use super::super::markdown;
    use crate::minutes::limits::Limits;

    #[test]
    fn title_and_day_are_lines_of_the_document() {
        let yaml = "---\ntitle: \"第2回 委員会\"\ndate: 2024-03-04T10:00:00+09:00\nparams:\n  title: 別\ntags: []\n---\n";
        let toml = "+++\ntitle = '第2回 委員会'\ndate = 2024-03-04\n+++\n";
        for (text, expected) in [
            (format!("{yaml}\n## 議題\n"), ["第2回 委員会", "日付：2024-03-04", "議題"].as_slice()),
            (format!("{toml}本文\n"), &["第2回 委員会", "日付：2024-03-04", "本文"]),
            (format!("{yaml}# 委員会の記録\n本文\n"), &["委員会の記録", "日付：2024-03-04", "本文"]),
            ("---\nlayout: post\n---\n本文\n".to_owned(), &["本文"]),
            (
                "---\n会議名: 委員会\n場所: 市役所\n---\n本文\n".to_owned(),
                &["委員会", "会場：市役所", "本文"],
            ),
        ] {
            let document = markdown::read(&text, Limits::default());
            let lines = document.lines.iter().map(|line| line.text.as_str());
            assert_eq!(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
