//! Lists of people, which look like labels and are none: `委員：山田太郎、佐藤花子`, `議長　山田太郎`, `議長　○　×　○`.
//!
//! They tell who was there, and so the full names of those who are labelled by their surnames.

use super::names::{self, Likeness};
use super::offices::{ends_with_office, ends_with_title, is_office};
use super::speaker::{Speaker, squeezed};
use crate::minutes::Member;
use crate::minutes::kind::votes;

/// Maximum number of characters in a row of a list of people.
const LONGEST_ROW: usize = 300;

/// What a list of attendance says of a person, besides what a table of votes says.
const MARKS: [&str; 6] = ["出", "出席", "なし", "他", "ほか", "同"];

fn is_mark(word: &str) -> bool {
    MARKS.contains(&word) || votes::MARKS.contains(&word)
}

/// Whether the text after a label is no speech but the rest of a row of a list: names, offices, counts or votes.
///
/// `may_be_short` tells that a sign or brackets make the label certain, so that a few words such as 賛成 are a speech.
pub(super) fn is_row(text: &str, may_be_short: bool) -> bool {
    let text = text.trim();
    if begins_with_votes(text) {
        return true;
    }
    if text.is_empty() || text.contains('。') {
        return false;
    }
    let items: Vec<&str> = items(text).collect();
    let is_one = items.len() == 1 && text.split_whitespace().count() == 1;
    if may_be_short
        && is_one
        && names::likeness(&squeezed(text)) < Likeness::Likely
        && !names_an_official(text)
    {
        return false;
    }
    // The spaces within a name and those between two names can't be told apart, so both are tried.
    items.iter().all(|item| is_item(item))
        || text.split_whitespace().count() > 1 && text.split_whitespace().all(is_item)
}

/// Whether a row begins with at least two votes.
fn begins_with_votes(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(is_mark) && words.next().is_some_and(is_mark)
}

/// Splits a list at its commas and the like.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '・', '／', '\t', ';', '；']).map(str::trim).filter(|item| !item.is_empty())
}

fn is_item(item: &str) -> bool {
    let item = item
        .trim_end_matches(|c: char| "）)人名".contains(c) || c.is_numeric())
        .trim_end_matches(['（', '(', '計', '外', '他']);
    let alone = squeezed(item);
    alone.is_empty()
        || is_mark(&alone)
        || is_office(&alone)
        || names::likeness(&alone) >= Likeness::Likely
        || names::likeness(&alone) == Likeness::Possible
            && !alone.ends_with(['い', 'す', 'た', 'し', 'る', 'く', 'ん'])
        || names_an_official(item)
}

/// Whether an item is an office and a name: 高齢福祉課長　高橋, 土田武史会長, 会長:山田太郎.
fn names_an_official(item: &str) -> bool {
    let item = item
        .split_once([':', '：'])
        .map_or_else(|| item.to_owned(), |(office, name)| format!("{office} {name}"));
    let Speaker { name, role, .. } = Speaker::of_label(&item);
    role.is_some_and(|role| ends_with_office(&role))
        && name.is_some_and(|name| names::likeness(&name) >= Likeness::Possible)
}

/// Reads the people of a row of a list. `office` is that of the rows before, which a row without an office continues.
pub(in crate::minutes::kind) fn members_of(row: &str, office: &mut Option<String>) -> Vec<Member> {
    if row.contains('。') || row.chars().count() > LONGEST_ROW {
        return Vec::new();
    }
    let (mut members, mut unknown) = (Vec::new(), 0);
    for word in whole_words(row) {
        let Speaker { name, role, .. } = Speaker::of_label(&word);
        match (name, role) {
            (None, Some(role)) if ends_with_office(&role) => *office = Some(role),
            (Some(name), role) if names::likeness(&name) >= Likeness::Likely && !is_list_heading(&name) => {
                members.push(Member { name, office: role.or_else(|| office.clone()) });
            }
            _ => unknown += 1,
        }
    }
    // What is mostly other words is no row of a list.
    if unknown > members.len() {
        *office = None;
        members.clear();
    }
    members
}

/// The words of a row, of which those whose characters stand apart are joined: 大 島 やよい is 大島やよい, and 議 長 is 議長.
fn whole_words(row: &str) -> Vec<String> {
    let is_separator = |c: char| "、，,：:／/；;・（）()○〇◯●◎".contains(c);
    let is_single = |word: &str| word.chars().nth(1).is_none();
    let mut words: Vec<String> = Vec::new();
    for item in row.split(is_separator) {
        // Whether the last word may go on, and whether it is of single characters so far.
        let (mut may_join, mut was_apart) = (false, false);
        for word in item.split_whitespace() {
            let joins = |last: &String| {
                let joined = format!("{last}{word}");
                let likeness = names::likeness(&joined);
                let may_be_given =
                    likeness >= Likeness::Likely && (names::is_given(word) || !names::is_surname(word));
                let has_title = ends_with_title(word) && !ends_with_title(last);
                let begins_name = was_apart || names::is_surname(last);
                !is_office(last) && (begins_name && (is_single(word) || may_be_given) || has_title)
            };
            match words.last_mut() {
                Some(last) if may_join && joins(last) => last.push_str(word),
                _ => {
                    (may_join, was_apart) = (true, is_single(word));
                    words.push(word.to_owned());
                }
            }
        }
    }
    words
}

/// Whether a word that reads like a name is the heading of a list, or the place of an office.
fn is_list_heading(word: &str) -> bool {
    ["本文", "本日", "出席", "欠席", "委員", "会議"].iter().any(|heading| word.starts_with(heading))
        || word.ends_with(['区', '市', '町', '村', '県', '課', '部', '局', '室'])
            && word.chars().count() <= 3
            && !names::is_surname(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_people_of_a_row() {
        for (row, expected) in [
            ("委員：山田太郎、佐藤花子", "山田太郎/委員 佐藤花子/委員"),
            ("会長　山田　太郎　　副会長　佐　藤　花　子", "山田太郎/会長 佐藤花子/副会長"),
            ("１番　　福　本　たかみ　　２番　田　中　　　流", "福本たかみ/１番 田中流/２番"),
            ("1番 北 山 寿 成 8番 内 田 章 久", "北山寿成/1番 内田章久/8番"),
            ("山田太郎会長 佐藤花子委員", "山田太郎/会長 佐藤花子/委員"),
            ("委員長:山田太郎、副委員長:佐藤花子", "山田太郎/委員長 佐藤花子/副委員長"),
            ("副委員長山口　　拓君", "山口拓/副委員長"),
            ("事務局:政策室長 冨田泰、政策担当 池田直子", "冨田泰/政策室長 池田直子/政策担当"),
            ("本日はお集まりいただきありがとうございます。", ""),
            ("資料１　令和４年度の進め方", ""),
            ("", ""),
        ] {
            let members = members_of(row, &mut None).into_iter();
            let members =
                members.map(|Member { name, office }| format!("{name}/{}", office.unwrap_or_default()));
            assert_eq!(members.collect::<Vec<_>>().join(" "), expected, "{row}");
        }
        // A row without an office continues the one before it.
        let mut office = None;
        members_of("委員：山田太郎、", &mut office);
        assert_eq!(members_of("佐藤花子、鈴木一郎（14名）", &mut office)[1].office.as_deref(), Some("委員"));
    }
}
