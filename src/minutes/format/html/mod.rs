//! HTML → document: the minutes of a page, without scripts, navigation and forms.

mod lines;
mod names;
mod nesting;
mod notices;
mod outline;
mod title;

use ego_tree::iter::Edge;
use scraper::{Html, Node};

use self::lines::Lines;
use self::outline::Outline;
use self::title::{Metadata, tidy};
use super::FormatError;
use crate::language::Text;
use crate::minutes::document::{Document, Line, Shape};
use crate::minutes::limits::Limits;
use nesting::is_too_deep;

/// The names of records.
const RECORDS: [&str; 5] = ["会議録", "議事録", "議事要旨", "議事概要", "会議要旨"];

/// The number of lines among which one names the record, and so is a better title than that of the page.
const MOST_LINES_WITH_TITLE: usize = 12;

/// What is said of a page that has little text of its own.
fn mostly_links() -> Text {
    Text::new(
        "このページの大部分はリンクで、リンク先の内容は含まれていません。リンク先のページやファイルも保存してください",
        "most of this page are links; what they lead to is not in it, save those pages or files too",
    )
}

/// Reads a page. Returns an error where it holds no minutes, but only leads to pages that do, or is nested too deeply.
pub(super) fn read(page: &str, limits: Limits) -> Result<Document, FormatError> {
    if is_too_deep(page, limits) {
        return Err(FormatError::TooDeep);
    }
    let page = Html::parse_document(page);
    let metadata = Metadata::of(&page);
    let outline = Outline::of(&page, |text| metadata.says_something(text));
    let mut lines = Lines::of_page();
    let (mut number, mut left_out) = (0, 0_usize);
    let mut open: Vec<usize> = Vec::new();
    // The tree is traversed without recursion, so deep nesting can't overflow the stack.
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    left_out += usize::from(outline.is_left_out(number));
                    if left_out == 0 && outline.is_content(number) {
                        lines.open(element);
                    }
                    open.push(number);
                    number += 1;
                }
                Node::Text(text)
                    if left_out == 0 && open.last().is_some_and(|&number| outline.is_content(number)) =>
                {
                    lines.text(text);
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value()
                    && let Some(number) = open.pop()
                {
                    if left_out == 0 && outline.is_content(number) {
                        lines.close(element);
                    }
                    left_out -= usize::from(outline.is_left_out(number));
                }
            }
        }
    }
    lines.finish();
    let mut document = lines.document;
    let office = notices::office_lines(document.lines.iter().map(|line| line.text.as_str()));
    document.lines.truncate(document.lines.len() - office);
    let has_text = document.lines.iter().any(|line| !line.text.is_empty());
    match lines.tally {
        _ if !has_text && metadata.has_frames => return Err(FormatError::Frames),
        _ if !has_text => return Err(FormatError::NoText),
        tally if tally.is_index() => return Err(FormatError::Links),
        tally if tally.is_list() => document.remark = Some(mostly_links()),
        _ => {}
    }
    name(&mut document, &metadata, &outline);
    document.url = metadata.address;
    Ok(document)
}

/// Reads a piece of a page that stands in a text of another format, where all of it is content. Returns an error where it
/// is nested too deeply.
pub(super) fn read_piece(piece: &str, limits: Limits) -> Result<Document, FormatError> {
    if is_too_deep(piece, limits) {
        return Err(FormatError::TooDeep);
    }
    let piece = Html::parse_document(piece);
    let mut lines = Lines::default();
    let mut left_out = 0_usize;
    for edge in piece.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    left_out += usize::from(names::is_excluded(element) || names::is_frame(element));
                    if left_out == 0 {
                        lines.open(element);
                    }
                }
                Node::Text(text) if left_out == 0 => lines.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    if left_out == 0 {
                        lines.close(element);
                    }
                    left_out -= usize::from(names::is_excluded(element) || names::is_frame(element));
                }
            }
        }
    }
    lines.finish();
    Ok(lines.document)
}

/// Gives a document its title, as its first line too. Where the page has the title below other lines, such as the trail to it, it is
/// moved up; where it has none in its text, a heading is added.
fn name(document: &mut Document, metadata: &Metadata, outline: &Outline) {
    let says = |text: &str| metadata.says_something(text);
    let is_kept = |number| !outline.is_left_out(number) && outline.is_content(number);
    let (kept, around): (Vec<_>, Vec<_>) =
        outline.heads.iter().filter(|head| says(&head.text)).partition(|head| is_kept(head.number));
    // The name of the site is a heading of its pages, but not of minutes.
    let is_name = |line: &Line| line.shape == Shape::Heading && metadata.is_site(&line.text);
    let first = document.lines.iter().position(|line| !line.text.is_empty());
    if let Some(first) = first.filter(|&first| is_name(&document.lines[first])) {
        document.lines.remove(first);
    }
    let is_text = |head: &&outline::Head| !head.is_link;
    let heading = kept.iter().copied().find(is_text).map(|head| tidy(&head.text));
    let title = heading.clone().or_else(|| around.into_iter().find(is_text).map(|head| tidy(&head.text)));
    let title = title.or_else(|| metadata.title());
    document.title = title.clone().or_else(|| metadata.whole_title().map(str::to_owned));
    let Some(title) = title else { return };
    let begin = document.lines.iter().enumerate().filter(|(_, line)| !line.text.is_empty());
    let names =
        |line: &Line| RECORDS.iter().any(|name| line.text.contains(name)) && line.text.chars().count() <= 40;
    let mut begin = begin.take(MOST_LINES_WITH_TITLE);
    let found = begin.find(|(_, line)| names(line) || tidy(&line.text) == title).map(|(place, _)| place);
    match found {
        // A better title than that of the page, or the title where it should be.
        Some(place) if tidy(&document.lines[place].text) != title => {}
        Some(place) => {
            let mut line = document.lines.remove(place);
            line.shape = Shape::Heading;
            document.lines.insert(0, line);
        }
        None if heading.is_some() => {}
        None => document
            .lines
            .insert(0, Line { number: 1, text: title, shape: Shape::Heading, ..Line::default() }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn lines(page: &str) -> Vec<(Shape, String)> {
        let lines = read(page, Limits::default()).unwrap().lines.into_iter();
        lines.filter(|line| !line.text.is_empty()).map(|line| (line.shape, line.text)).collect()
    }

    #[test]
    fn the_main_part_of_a_page() {
        let page =
            "<!DOCTYPE html><title> 会議録\n 第1回 </title><header>市の<a>ページ</a></header><nav>目次</nav>
            <main><header><h1>第1回<br>定例会</h1></header>
            <p>訪問<ruby>看護<rt>かんご</rt></ruby>の
              充実を<b>求</b>める。 next\n line</p>
            <ul><li>一つ<li><p>二つ</p><ul><li>三つ</ul></ul>
            <table><tr><th>氏名<td>山田</tr><tr><td>役職<td>委員</tr></table>
            <pre>  ○議長
 　はい。</pre><script>x()</script></main><footer>連絡先</footer>";
        assert_eq!(read(page, Limits::default()).unwrap().title.as_deref(), Some("第1回 定例会"));
        let expected = [
            (Shape::Heading, "第1回 定例会"),
            (Shape::Text, "訪問看護の充実を求める。 next line"),
            (Shape::Item, "一つ"),
            (Shape::Item, "二つ"),
            (Shape::Item, "三つ"),
            (Shape::Text, "氏名\t山田"),
            (Shape::Text, "役職\t委員"),
            (Shape::Text, "○議長"),
            (Shape::Text, "はい。"),
        ];
        assert_eq!(lines(page), expected.map(|(shape, text)| (shape, text.to_owned())));
    }

    #[test]
    fn a_page_without_a_main_part_and_a_deep_one() {
        assert_eq!(lines("<p>あ<p>い"), [(Shape::Text, "あ".to_owned()), (Shape::Text, "い".to_owned())]);
        let deep = format!("{}底{}", "<div>".repeat(5_000), "</div>".repeat(5_000));
        assert_eq!(lines(&deep), [(Shape::Text, "底".to_owned())]);
        assert!(!is_too_deep(&deep, Limits::default()));
        assert_eq!(
            lines("<script>alert('x')</script>&lt;script&gt;"),
            [(Shape::Text, "<script>".to_owned())]
        );
    }
}
