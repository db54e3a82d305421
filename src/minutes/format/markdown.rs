//! Markdown → document.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::front_matter::FrontMatter;
use super::html;
use super::row::Row;
use crate::minutes::document::{Document, Shape, join_wrapped};
use crate::minutes::limits::Limits;

/// The number of characters from which a line may be wrapped. A shorter one ends where its writer ended it.
const SHORTEST_WRAPPED: usize = 20;

/// The number of characters up to which an underlined text is a heading. A longer one stands above a rule.
const LONGEST_UNDERLINED: usize = 40;

/// Reads a text in Markdown. Blocks of HTML in it, such as tables, are read as the pages of an office are.
pub(super) fn read(text: &str, limits: Limits) -> Document {
    let text = with_spaced_headings(text);
    let mut reader = Reader { number: 1, ..Reader::default() };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let (mut byte, mut number) = (0, 1_u32);
    let mut front_matter = None;
    let mut is_metadata = false;
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        // Events are in the order of the text, except that an end event has the range of its whole element.
        if range.start > byte {
            let breaks = text[byte..range.start].matches('\n').count();
            number = number.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            byte = range.start;
        }
        match event {
            Event::Start(Tag::MetadataBlock(_)) => {
                is_metadata = true;
                front_matter = Some(FrontMatter::of(&text[range], number));
            }
            Event::End(TagEnd::MetadataBlock(_)) => is_metadata = false,
            _ if is_metadata => {}
            event => reader.event(event, &text, range, number, limits),
        }
    }
    reader.end_block(number, limits);
    reader.begin(Shape::Text, number);
    if let Some(front_matter) = front_matter {
        front_matter.give(&mut reader.document, reader.has_title);
    }
    reader.document
}

/// The text with a space after the signs of each heading: many write `##見出し`, which Markdown takes for text.
fn with_spaced_headings(text: &str) -> Cow<'_, str> {
    let places = heading_places(text);
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len() + places.len());
    let mut from = 0;
    for place in places {
        spaced.push_str(&text[from..place]);
        spaced.push(' ');
        from = place;
    }
    spaced.push_str(&text[from..]);
    Cow::Owned(spaced)
}

/// The places at which a space is missing. After one sign it is only where the writer never puts one, or in the first line, since
/// `#議会` may be a word to search for.
fn heading_places(text: &str) -> Vec<usize> {
    let (mut single, mut several) = (Vec::new(), Vec::new());
    let (mut start, mut fence, mut is_first) = (0, None, true);
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        let signs = content.bytes().take_while(|&byte| byte == b'#').count();
        let rest = content[signs..].trim_end_matches(['\r', '\n']);
        let mark = content.chars().next().filter(|mark| "`~".contains(*mark));
        let is_fence = mark.is_some_and(|mark| content.chars().take(3).filter(|c| *c == mark).count() == 3);
        match fence {
            Some(open) if is_fence && mark == Some(open) => fence = None,
            None if is_fence => fence = mark,
            None if indent < 4
                && (1..=6).contains(&signs)
                && !rest.starts_with([' ', '\t'])
                && !rest.is_empty() =>
            {
                let place = start + indent + signs;
                let begins = !rest.starts_with(|c: char| c.is_ascii()) && !rest.contains('#');
                if signs > 1 || is_first && begins {
                    several.push(place);
                } else if begins {
                    single.push(place);
                }
            }
            _ => {}
        }
        is_first &= line.trim().is_empty();
        start += line.len();
    }
    if !several.is_empty() {
        several.extend(single);
        several.sort_unstable();
    }
    several
}

#[derive(Default)]
struct Reader {
    document: Document,
    line: String,
    shape: Shape,
    /// The number of the source line on which the line begins.
    number: u32,
    /// The length of the line where its last source line begins, and whether another follows.
    wrapped_at: usize,
    is_wrapped: bool,
    /// The row of a table that is being read.
    row: Option<Row>,
    /// HTML whose end has not been read, because a table in it has blank lines, and how many of its tables are open.
    block: String,
    open_tables: usize,
    /// Whether the heading that is being read is underlined.
    is_underlined: bool,
    /// Whether the document begins with a heading of the first level.
    has_title: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, text: &str, range: Range<usize>, number: u32, limits: Limits) {
        if !matches!(event, Event::Html(_) | Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock)) {
            self.end_block(number, limits);
        }
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.begin(Shape::Heading, number);
                self.has_title |= level == HeadingLevel::H1 && self.document.lines.is_empty();
                self.is_underlined = !text[range].trim_start().starts_with('#');
            }
            Event::Start(Tag::Item) => self.begin(Shape::Item, number),
            Event::Start(Tag::Paragraph) if self.shape == Shape::Item && self.line.is_empty() => {}
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_)) => self.begin(Shape::Text, number),
            Event::Start(Tag::TableRow | Tag::TableHead) => {
                self.begin(Shape::Text, number);
                self.row = Some(Row::default());
            }
            Event::Start(Tag::TableCell) => {
                if let Some(row) = &mut self.row {
                    row.begin_cell(false);
                }
            }
            Event::End(TagEnd::TableCell) => self.begin(Shape::Text, number),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                for (shape, line) in self.row.take().into_iter().flat_map(Row::into_lines) {
                    self.document.push_at(number, shape, &line);
                }
                self.document.end_paragraph();
            }
            Event::End(
                end @ (TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table),
            ) => {
                let is_text = self.line.ends_with('。') || self.line.chars().count() > LONGEST_UNDERLINED;
                if matches!(end, TagEnd::Heading(_)) && self.is_underlined && is_text {
                    self.shape = Shape::Text;
                }
                self.begin(Shape::Text, number);
                self.document.end_paragraph();
            }
            Event::End(TagEnd::Item) => self.begin(Shape::Text, number),
            Event::Text(part) | Event::Code(part) => {
                for (index, part) in part.split('\n').enumerate() {
                    if index > 0 {
                        self.begin(Shape::Text, number);
                    }
                    self.add(part, number);
                }
            }
            Event::SoftBreak => self.is_wrapped = true,
            Event::HardBreak => self.begin(Shape::Text, number),
            Event::Html(part) => {
                let lower = part.to_ascii_lowercase();
                self.open_tables += lower.matches("<table").count();
                self.open_tables = self.open_tables.saturating_sub(lower.matches("</table").count());
                self.block.push_str(&part);
            }
            // The rest of a table with blank lines follows in other blocks.
            Event::End(TagEnd::HtmlBlock) if self.open_tables > 0 => {}
            Event::End(TagEnd::HtmlBlock) => self.end_block(number, limits),
            Event::InlineHtml(tag) if tag.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br")) => {
                self.begin(Shape::Text, number);
            }
            Event::Rule => self.document.end_paragraph(),
            _ => {}
        }
    }

    /// Ends the current line and begins another.
    fn begin(&mut self, shape: Shape, number: u32) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() && !is_directive(line.trim()) {
            let rest = match &mut self.row {
                Some(row) => row.push(self.shape, line),
                None => Some(line),
            };
            if let Some(line) = rest {
                self.document.push_at(self.number, self.shape, &line);
            }
        }
        self.shape = shape;
        self.number = number;
        self.is_wrapped = false;
        self.wrapped_at = 0;
    }

    /// Adds the lines of a block of HTML. `last` is the number of its last line in the source.
    fn end_block(&mut self, last: u32, limits: Limits) {
        self.open_tables = 0;
        let block = std::mem::take(&mut self.block);
        if block.is_empty() {
            return;
        }
        self.begin(Shape::Text, last);
        // What is nested too deeply stays as it is.
        let Ok(piece) = html::read_piece(&block, limits) else {
            return self.document.push_at(last, Shape::Text, &block);
        };
        for line in piece.lines {
            self.document.next_speaker = line.speaker.or(self.document.next_speaker.take());
            self.document.push_at(last, line.shape, &line.text);
        }
        // What an element says of who speaks may be for the Markdown within it.
        self.document.next_speaker = piece.next_speaker.or(self.document.next_speaker.take());
    }

    fn add(&mut self, part: &str, number: u32) {
        if std::mem::take(&mut self.is_wrapped) {
            let length = self.line.trim_end().len();
            self.line.truncate(length);
            let before = self.line.get(self.wrapped_at..).unwrap_or_default();
            if self.shape == Shape::Text && !continues(before, part) {
                self.begin(Shape::Text, number);
            } else {
                self.wrapped_at = length;
                return join_wrapped(&mut self.line, part);
            }
        }
        if self.line.trim().is_empty() {
            self.number = number;
        }
        self.line.push_str(part);
    }
}

/// Whether a line of the source continues in the next one, because it is as long as lines that a program wraps. Minutes also have
/// fields and speeches in consecutive lines.
fn continues(line: &str, next: &str) -> bool {
    let is_ended = line.ends_with(['。', '！', '？', '」', '』', '）', ')', '】', '：', ':']);
    let is_marked = next.starts_with([
        '○', '◯', '〇', '◎', '●', '◆', '◇', '■', '□', '▲', '△', '・', '※', '【', '（', '(', '〈', '＜', '①',
        '②', '③',
    ]);
    let is_labelled = next.chars().take(SHORTEST_WRAPPED).any(|character| "：:".contains(character));
    line.chars().nth(SHORTEST_WRAPPED - 1).is_some() && !is_ended && !is_marked && !is_labelled
}

/// Whether a line only tells a site generator something: `{{first:2024-03-04}}`. What it would include stays a line, so that it is
/// seen that something is missing.
fn is_directive(line: &str) -> bool {
    let inside = |open, close| line.strip_prefix(open).and_then(|line| line.strip_suffix(close));
    let directive = inside("{{", "}}").or_else(|| inside("{%", "%}"));
    directive.is_some_and(|directive| !directive.contains("include") && !directive.contains(['{', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines with their numbers and shapes, without blank ones.
    fn lines(text: &str) -> Vec<(u32, Shape, String)> {
        let lines = read(text, Limits::default()).lines.into_iter();
        let lines = lines.filter(|line| !line.text.is_empty());
        lines.map(|line| (line.number, line.shape, line.text)).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        lines(text).into_iter().map(|(_, _, text)| text).collect()
    }

    #[test]
    fn headings_items_and_paragraphs_with_their_lines() {
        let text = "# 第1回\n\n高齢の区民のうちの**半数**以上が、在宅での医療を\n望んでいる。See this for more about the\n\
                    matter.\n\n- 一つ\n  続き\n- 二つ\n    - 三つ\n\n|氏名|役|\n|-|-|\n|山田|委員|\n";
        let expected = [
            (1, Shape::Heading, "第1回"),
            (
                3,
                Shape::Text,
                "高齢の区民のうちの半数以上が、在宅での医療を望んでいる。See this for more about the matter.",
            ),
            (7, Shape::Item, "一つ続き"),
            (9, Shape::Item, "二つ"),
            (10, Shape::Item, "三つ"),
            (12, Shape::Text, "氏名\t役"),
            (14, Shape::Text, "山田\t委員"),
        ];
        assert_eq!(lines(text), expected.map(|(number, shape, text)| (number, shape, text.to_owned())));
    }

    #[test]
    fn lines_of_their_own_stay_so() {
        let text = "日時：令和6年3月4日\n場所：市役所\n\n会長：これより開会し、議題の説明を事務局に求めます。\n山田委員：駅前の\n\
                    屋根について、早く決めてほしいと思っています\n事務局：はい。\n";
        let expected = [
            "日時：令和6年3月4日",
            "場所：市役所",
            "会長：これより開会し、議題の説明を事務局に求めます。",
            "山田委員：駅前の",
            "屋根について、早く決めてほしいと思っています",
            "事務局：はい。",
        ];
        assert_eq!(texts(text), expected);
    }

    #[test]
    fn what_a_site_generator_is_told_is_no_text() {
        let text = "{{first:2024-03-04}}\n\n# 議事録\n\n{% raw %}\n\n{{#include other.md}}\n\n作成中{{x}}\n";
        assert_eq!(texts(text), ["議事録", "{{#include other.md}}", "作成中{{x}}"]);
    }

    #[test]
    fn headings_without_a_space_are_headings() {
        for (text, expected) in [
            ("#議事録\n##出席者\n", &[Shape::Heading, Shape::Heading][..]),
            ("##出席者\n#まとめ\n", &[Shape::Heading, Shape::Heading]),
            ("##\u{3000}出席者\n", &[Shape::Heading]),
            ("本日\n\n#議会 #防災\n", &[Shape::Text, Shape::Text]),
            ("本日\n\n#議会\n", &[Shape::Text, Shape::Text]),
            ("```\n##x\n```\n", &[Shape::Text]),
            ("#1 はじめに\n", &[Shape::Text]),
            ("議題\n---\n", &[Shape::Heading]),
            ("会長が閉会を告げた。\n---\n", &[Shape::Text]),
        ] {
            let shapes: Vec<_> = lines(text).into_iter().map(|(_, shape, _)| shape).collect();
            assert_eq!(shapes, expected, "{text}");
        }
    }

    #[cfg(feature = "html")]
    #[test]
    fn blocks_of_html_are_no_less_than_text() {
        let text = "# 会議\n\n<details>\n<summary>賛否</summary>\n<table><tr><th>議員<th>賛否<tr><td>山田<td>○</table>\n</details>\n\n\
                    一行<br>二行\n\n<!-- 注 -->\n<script>x()</script>\n\n\
                    <table>\n<tr><td>川本</td>\n\n<td>×</td></tr>\n\n</table>\n\n終わり\n";
        let expected = ["会議", "賛否", "議員\t賛否", "山田\t○", "一行", "二行", "川本\t×", "終わり"];
        assert_eq!(texts(text), expected);
        let table = "|発言者|発言|\n|-|-|\n|会長<br>（山田）|開会する。<br>次に移る。|\n";
        assert_eq!(texts(table), ["発言者\t発言", "会長（山田）\t開会する。", "次に移る。"]);
    }
}
