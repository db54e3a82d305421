//! The agenda (議事日程): the items that the minutes list before the first speech, and those that are called between speeches.

use super::label::squeezed;
use crate::minutes::document::{Line, Shape};

/// The signs before an item of the agenda.
pub(super) const SIGNS: [char; 4] = ['△', '▽', '◇', '▲'];

/// Maximum number of characters in the title of an item.
pub(super) const LONGEST_TITLE: usize = 200;

/// The headings of a list of items that have a number alone.
const HEADINGS: [&str; 9] = [
    "議題",
    "議事",
    "次第",
    "会議次第",
    "議事次第",
    "議事日程",
    "会議に付した事件",
    "本日の会議に付した事件",
    "会議に付した案件",
];

/// Whether a line is an item of the agenda: △日程第１　議案第146号　…
pub(super) fn is_item(line: &Line) -> bool {
    may_be_title(&line.text)
        && (line.shape == Shape::Heading
            || line.text.starts_with(SIGNS)
            || after_number(&line.text).is_some())
}

/// Whether a text can be the title of an item: no sentence, nor a part of one that goes on in the next line.
fn may_be_title(text: &str) -> bool {
    !text.is_empty() && !text.ends_with(['。', '、']) && text.chars().count() <= LONGEST_TITLE
}

/// Reads the agenda from the lines before the first speech. An item that is listed twice, as what was planned and what was
/// done, is one.
pub(super) fn agenda(preface: &[Line]) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    // The form of the number before the heading of the list that is being read: `２　議題` ends at `３　資料`.
    let mut list: Option<Numbering> = None;
    for line in preface.iter().filter(|line| !line.text.is_empty()) {
        let text = line.text.trim_start_matches(SIGNS).trim_start();
        let (numbering, rest) = split_number(text);
        let of_list =
            list.filter(|&heading| numbering != Numbering::None && numbering != heading).map(|_| rest);
        let item = after_number(text).or(of_list).filter(|_| may_be_title(text));
        if let Some(item) = item {
            let item = item.split_whitespace().collect::<Vec<_>>().join(" ");
            if !item.is_empty() && !items.contains(&item) {
                items.push(item);
            }
        } else {
            let heading = squeezed(rest);
            let heading = heading.trim_matches(|c: char| !c.is_alphanumeric());
            list = HEADINGS.contains(&heading).then_some(numbering);
        }
    }
    items
}

/// Returns the text after `日程第１` or `議題２`, if a line begins like that.
fn after_number(line: &str) -> Option<&str> {
    let line = line.strip_prefix("追加").unwrap_or(line);
    let rest = ["日程", "議題", "議事"].iter().find_map(|name| line.strip_prefix(name))?.trim_start();
    let rest = rest.strip_prefix('第').unwrap_or(rest).trim_start();
    let item = rest.trim_start_matches(is_of_number);
    (item.len() < rest.len()).then_some(item)
}

/// How the number before an item is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    None,
    /// `１　`, `2.`, `三、`
    Plain,
    /// `（１）`
    Bracketed,
    /// `①`
    Circled,
}

/// Splits the number before an item from its text.
fn split_number(line: &str) -> (Numbering, &str) {
    let is_circled = |c: char| matches!(c, '①'..='⑳');
    let is_end = |c: char| c.is_whitespace() || "．.、）)".contains(c);
    let inside = line.trim_start_matches(['（', '(']);
    let item = inside.trim_start_matches(is_of_number);
    let numbering = match () {
        () if item.len() == inside.len() => Numbering::None,
        () if inside.starts_with(is_circled) => Numbering::Circled,
        () if !item.starts_with(is_end) => Numbering::None,
        () if inside.len() < line.len() => Numbering::Bracketed,
        () => Numbering::Plain,
    };
    (numbering, if numbering == Numbering::None { line } else { item.trim_start_matches(is_end) })
}

fn is_of_number(character: char) -> bool {
    character.is_numeric() || "一二三四五六七八九十".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::document::Document;

    #[test]
    fn the_items_before_the_first_speech() {
        for (preface, expected) in [
            (
                "議事日程\n日程第１　会議録署名議員の指名\n日程第２　会期の決定",
                "会議録署名議員の指名/会期の決定",
            ),
            ("△日程第十二　議案第３号\n追加日程第１　意見書", "議案第３号/意見書"),
            ("議事日程\n日程第１ 報告\n\n本日の会議に付した事件\n日程第１　報告", "報告"),
            (
                "２　議　題\n（１）計画の進捗について\n（２）その他\n３　資料\n資料１",
                "計画の進捗について/その他",
            ),
            ("【次第】\n１　開会\n２．会長あいさつ\n① 報告", "開会/会長あいさつ/報告"),
            ("日時：令和６年３月４日\n１番　山田太郎\n２番　佐藤花子", ""),
            ("議題\n10年間の計画", ""),
        ] {
            assert_eq!(agenda(&Document::of_text(preface).lines).join("/"), expected, "{preface}");
        }
    }
}
