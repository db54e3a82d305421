//! Markdown → document.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::html;
use crate::minutes::document::{Document, Shape, join_wrapped};
use crate::minutes::limits::Limits;

/// Reads a text in Markdown. Blocks of HTML in it, such as tables, are read as the pages of an office are.
pub(super) fn read(text: &str, limits: Limits) -> Document {
    let mut reader =
        Reader { document: Document::default(), line: String::new(), shape: Shape::Text, number: 1 };
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let (mut byte, mut number) = (0, 1_u32);
    let mut is_metadata = false;
    let mut block = String::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        // Events are in the order of the text, except that an end event has the range of its whole element.
        if range.start > byte {
            let breaks = text[byte..range.start].matches('\n').count();
            number = number.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            byte = range.start;
        }
        match event {
            Event::Start(Tag::MetadataBlock(_)) => is_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => is_metadata = false,
            _ if is_metadata => {}
            Event::Start(Tag::Heading { .. }) => reader.begin(Shape::Heading, number),
            Event::Start(Tag::Item) => reader.begin(Shape::Item, number),
            Event::Start(Tag::Paragraph) if reader.shape == Shape::Item && reader.line.is_empty() => {}
            Event::Start(Tag::Paragraph | Tag::TableRow | Tag::TableHead | Tag::CodeBlock(_)) => {
                reader.begin(Shape::Text, number);
            }
            Event::Start(Tag::TableCell) if !reader.line.is_empty() => reader.line.push('\u{3000}'),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table) => {
                reader.begin(Shape::Text, number);
                reader.document.end_paragraph();
            }
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
                reader.begin(Shape::Text, number)
            }
            Event::Text(part) | Event::Code(part) => {
                for (index, part) in part.split('\n').enumerate() {
                    if index > 0 {
                        reader.begin(Shape::Text, number);
                    }
                    reader.add(part, number);
                }
            }
            Event::SoftBreak => {
                let line = reader.line.trim_end().len();
                reader.line.truncate(line);
                // Marks the place where `add` joins the next part.
                reader.line.push('\n');
            }
            Event::HardBreak => reader.begin(Shape::Text, number),
            Event::Html(part) => block.push_str(&part),
            Event::End(TagEnd::HtmlBlock) => reader.html(&std::mem::take(&mut block), number, limits),
            Event::InlineHtml(tag) if tag.starts_with("<br") => reader.begin(Shape::Text, number),
            Event::Rule => reader.document.end_paragraph(),
            _ => {}
        }
    }
    reader.begin(Shape::Text, number);
    reader.document
}

struct Reader {
    document: Document,
    line: String,
    shape: Shape,
    /// The number of the source line on which the line begins.
    number: u32,
}

impl Reader {
    /// Ends the current line and begins another.
    fn begin(&mut self, shape: Shape, number: u32) {
        if !self.line.trim().is_empty() {
            self.document.push_at(self.number, self.shape, &self.line);
        }
        self.line.clear();
        self.shape = shape;
        self.number = number;
    }

    /// Adds the lines of a block of HTML. `last` is the number of its last line in the source.
    fn html(&mut self, block: &str, last: u32, limits: Limits) {
        self.begin(Shape::Text, last);
        if html::is_too_deep(block, limits) {
            return self.document.push_at(last, Shape::Text, block);
        }
        for line in html::read(block).lines {
            self.document.push_at(last, line.shape, &line.text);
        }
    }

    fn add(&mut self, part: &str, number: u32) {
        if self.line.trim().is_empty() {
            self.number = number;
        }
        match self.line.strip_suffix('\n').map(str::len) {
            Some(length) => {
                self.line.truncate(length);
                join_wrapped(&mut self.line, part);
            }
            None => self.line.push_str(part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_items_and_paragraphs_with_their_lines() {
        let text = "---\ntitle: 無題\n---\n# 第1回\n\n区民の**半数**が\n望んでいる。See\nthis.\n\n\
                    - 一つ\n  続き\n- 二つ\n    - 三つ\n\n|氏名|役|\n|-|-|\n|山田|委員|\n";
        let lines: Vec<_> =
            read(text, Limits::default()).lines.into_iter().filter(|line| !line.text.is_empty()).collect();
        let lines: Vec<_> = lines.iter().map(|line| (line.number, line.shape, line.text.as_str())).collect();
        let expected = [
            (4, Shape::Heading, "第1回"),
            (6, Shape::Text, "区民の半数が望んでいる。See this."),
            (10, Shape::Item, "一つ続き"),
            (12, Shape::Item, "二つ"),
            (13, Shape::Item, "三つ"),
            (15, Shape::Text, "氏名\u{3000}役"),
            (17, Shape::Text, "山田\u{3000}委員"),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn blocks_of_html_are_no_less_than_text() {
        let text = "# 会議\n\n<details>\n<summary>賛否</summary>\n<table><tr><th>議員<th>賛否<tr><td>山田<td>○</table>\n</details>\n\n\
                    一行<br>二行\n\n<!-- 注 -->\n<script>x()</script>\n\n終わり\n";
        let document = read(text, Limits::default());
        let lines: Vec<_> =
            document.lines.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty()).collect();
        assert_eq!(lines, ["会議", "賛否", "議員\u{3000}賛否", "山田\u{3000}○", "一行", "二行", "終わり"]);
    }
}
