//! Who voted how (賛否): tables of names and matters, and lists of those for and against.
//!
//! The lines stay in the text, too: a reader who looks for a name finds it where it is printed.

use super::agenda::is_item;
use super::label::{members_of, names_a_person};
use crate::minutes::document::Line;
use crate::minutes::{Member, Vote};

/// What a table of votes says of a person: for, against, absent, excluded, or in the chair, who does not vote.
pub(super) const MARKS: [&str; 18] = [
    "○", "◯", "〇", "×", "✕", "△", "－", "-", "―", "欠", "除", "議長", "賛成", "反対", "欠席", "退席",
    "棄権", "除斥",
];

/// Words near a table that tell that its marks are votes, and not who was there or which papers were handed out.
const WORDS: [&str; 7] = ["賛否", "賛成", "表決", "採決", "議決", "可否", "投票"];

/// Maximum number of lines between such a word and the table.
const NEAR: usize = 20;

/// What a list of people begins with who voted alike, and their vote.
const LISTS: [(&str, &str); 9] = [
    ("賛成者", "賛成"),
    ("賛成議員", "賛成"),
    ("賛成した議員", "賛成"),
    ("反対者", "反対"),
    ("反対議員", "反対"),
    ("反対した議員", "反対"),
    ("棄権者", "棄権"),
    ("棄権議員", "棄権"),
    ("退席議員", "退席"),
];

/// Minimum number of votes in a row of a table. One mark may be a bullet.
const MINIMUM: usize = 2;

/// Reads the votes of a record.
pub(super) fn votes(lines: &[Line]) -> Vec<Vote> {
    let mut votes = Vec::new();
    // The last row without votes, which may be the head of a table.
    let mut head = "";
    let mut last_row = None;
    let mut list = List::default();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.text.is_empty()) {
        let near = index.saturating_sub(NEAR);
        let is_told =
            |lines: &[Line]| lines.iter().any(|line| WORDS.iter().any(|word| line.text.contains(word)));
        match row(&line.text) {
            Some((label, marks))
                if last_row.is_some_and(|last| last >= near) || is_told(&lines[near..=index]) =>
            {
                last_row = Some(index);
                votes.extend(votes_of_row(&label, &marks, &cells(head).collect::<Vec<_>>()));
            }
            _ => {
                head = &line.text;
                list.read(line, &mut votes);
            }
        }
    }
    votes
}

/// Whether a line is a row of a table of votes.
pub(super) fn is_row(text: &str) -> bool {
    row(text).is_some()
}

/// Splits a row of a table into what it is about and the votes at its end.
fn row(text: &str) -> Option<(String, Vec<&str>)> {
    let count = cells(text).rev().take_while(|cell| MARKS.contains(cell)).count();
    if count < MINIMUM {
        return None;
    }
    let cells: Vec<&str> = cells(text).collect();
    let (label, marks) = cells.split_at(cells.len() - count);
    (!label.is_empty()).then(|| (label.concat(), marks.to_vec()))
}

fn cells(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split([' ', '\u{3000}', '\t', '|', '｜']).filter(|cell| !cell.is_empty())
}

/// A row is a person, under matters, or a matter, under people. Where the head has fewer cells than the row has votes, the matters are
/// not known, and neither are the people.
fn votes_of_row(label: &str, marks: &[&str], head: &[&str]) -> Vec<Vote> {
    let head = head.len().checked_sub(marks.len()).map(|first| &head[first..]);
    let vote = |matter: Option<&str>, name: &str, mark: &str| Vote {
        matter: matter.map(str::to_owned),
        name: name.to_owned(),
        vote: mark.to_owned(),
    };
    let columns = || marks.iter().enumerate();
    if let Some(name) = names_a_person(label) {
        columns().map(|(at, mark)| vote(head.map(|head| head[at]), &name, mark)).collect()
    } else if let Some(names) =
        head.and_then(|head| head.iter().map(|cell| names_a_person(cell)).collect::<Option<Vec<_>>>())
    {
        columns().map(|(at, mark)| vote(Some(label), &names[at], mark)).collect()
    } else {
        Vec::new()
    }
}

/// The list that is being read: `賛成者　１２名`, and rows of names below it.
#[derive(Default)]
struct List {
    vote: Option<&'static str>,
    /// The item of the agenda that is voted on.
    matter: Option<String>,
    office: Option<String>,
}

impl List {
    fn read(&mut self, line: &Line, votes: &mut Vec<Vote>) {
        let text = line.text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let begun = LISTS.iter().find_map(|&(heading, vote)| Some((text.strip_prefix(heading)?, vote)));
        let names = match begun {
            Some((names, vote)) if !text.contains('。') => {
                (self.vote, self.office) = (Some(vote), None);
                names
            }
            _ if is_item(line) => {
                *self = Self { matter: Some(line.text.clone()), ..Self::default() };
                return;
            }
            _ => text,
        };
        let Some(vote) = self.vote else { return };
        let members = members_of(names, &mut self.office);
        if members.is_empty() && begun.is_none() {
            self.vote = None;
        }
        votes.extend(members.into_iter().map(|Member { name, .. }| Vote {
            matter: self.matter.clone(),
            name,
            vote: vote.to_owned(),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::document::Document;

    fn read(text: &str) -> String {
        let votes = votes(&Document::of_text(text).lines);
        let printed = votes.iter().map(|Vote { matter, name, vote }| {
            format!("{}/{name}/{vote}", matter.as_deref().unwrap_or_default())
        });
        printed.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tables_and_lists() {
        for (text, expected) in [
            (
                "賛否の一覧\n氏名　議案第１号　議案第２号\n山田太郎　○　×\n佐藤花子　欠　○",
                "議案第１号/山田太郎/○ 議案第２号/山田太郎/× 議案第１号/佐藤花子/欠 議案第２号/佐藤花子/○",
            ),
            ("議決結果\t山田\t佐藤\n議案第１号\t○\t議長", "議案第１号/山田/○ 議案第１号/佐藤/議長"),
            ("表決の結果\n１番　山田太郎　○　○　×", "/山田太郎/○ /山田太郎/○ /山田太郎/×"),
            (
                "日程第１　議案第３号\n賛成者　２名\n１番　山田太郎君　２番　佐藤花子君\n反対者　鈴木一郎君\n以上です。",
                "日程第１　議案第３号/山田太郎/賛成 日程第１　議案第３号/佐藤花子/賛成 日程第１　議案第３号/鈴木一郎/反対",
            ),
            // The marks of those who were there are no votes.
            ("出欠\n氏名　第１回　第２回\n山田太郎　○　欠", ""),
            ("賛成多数で可決した。\n○　○市長が述べた。", ""),
            ("賛成者は起立願います。\n１番　山田太郎", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
