//! Lists of people, which look like labels and are none: `委員：山田太郎、佐藤花子`, `議長　山田太郎`, `議長　○　×　○`.

use super::names::{self, Likeness};
use super::offices::{ends_with_office, is_office};
use super::speaker::{Speaker, squeezed};

/// What a vote table or a list of attendance says of a person.
const MARKS: [&str; 24] = [
    "○", "◯", "〇", "×", "✕", "△", "－", "-", "―", "欠", "出", "除", "議長", "賛成", "反対", "欠席", "出席",
    "退席", "棄権", "除斥", "なし", "他", "ほか", "同",
];

/// Whether the text after a label is no speech but the rest of a row of a list: names, offices, counts or votes.
///
/// `may_be_short` tells that a sign or brackets make the label certain, so that a few words such as 賛成 are a speech.
pub(super) fn is_row(text: &str, may_be_short: bool) -> bool {
    let text = text.trim();
    if text.is_empty() || begins_with_votes(text) {
        return !text.is_empty();
    }
    if text.contains('。') {
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
    let is_mark = |word: Option<&str>| word.is_some_and(|word| MARKS.contains(&word));
    is_mark(words.next()) && is_mark(words.next())
}

/// Splits a list at its commas, and at white space that is wider than within a name.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '・', '／', '\t', ';', '；']).map(str::trim).filter(|item| !item.is_empty())
}

fn is_item(item: &str) -> bool {
    let item = item
        .trim_end_matches(|c: char| "）)人名".contains(c) || c.is_numeric())
        .trim_end_matches(['（', '(', '計', '外', '他']);
    let alone = squeezed(item);
    alone.is_empty()
        || MARKS.contains(&alone.as_str())
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
    let Speaker { name, role } = Speaker::of_label(&item);
    role.is_some_and(|role| ends_with_office(&role))
        && name.is_some_and(|name| names::likeness(&name) >= Likeness::Possible)
}
