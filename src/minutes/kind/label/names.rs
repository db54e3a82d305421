//! Names of people, which tell 山本総務課長 (Mr Yamamoto, head of general affairs) from 健康福祉課長 (the head of health and welfare).

use std::borrow::Cow;
use std::sync::LazyLock;

use tantivy_fst::{Map, raw};

/// The names of people in IPADIC, which `build.rs` takes out of the dictionary: 1 for a surname, 2 for a given name, 3 for what
/// is both.
static NAMES: LazyLock<Option<Map<&'static [u8]>>> = LazyLock::new(|| {
    // `build.rs` wrote the table, so it is valid.
    raw::Fst::new(&include_bytes!(concat!(env!("OUT_DIR"), "/names.fst"))[..]).ok().map(Map::from)
});

const SURNAME: u64 = 1;
const GIVEN: u64 = 2;

/// Maximum number of characters in a Japanese name.
const LONGEST: usize = 8;

/// Maximum number of characters in a given name that the table does not have, in kanji and in kana.
const LONGEST_GIVEN: [usize; 2] = [3, 5];

pub(super) fn is_surname(text: &str) -> bool {
    has(text, SURNAME)
}

pub(super) fn is_given(text: &str) -> bool {
    has(text, GIVEN)
}

fn has(text: &str, part: u64) -> bool {
    // The dictionary has the usual form of a kanji only.
    let parts = NAMES.as_ref().and_then(|names| names.get(usual_form(text).as_bytes()));
    parts.is_some_and(|parts| parts & part != 0)
}

/// Returns a name with the usual forms of the kanji that names most often have in another one.
pub(super) fn usual_form(name: &str) -> Cow<'_, str> {
    if !name.contains(['髙', '﨑', '邉', '邊']) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.replace('髙', "高").replace('﨑', "崎").replace(['邉', '邊'], "辺"))
}

/// How well a text reads as the name of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Too long, or with characters that no name has.
    Never,
    /// Of the length and the characters of a name.
    Possible,
    /// It begins with a surname.
    Likely,
    /// A surname, or a surname and a given name, of the table.
    Known,
}

/// Judges whether a text, without spaces, is the name of a person: 山田, 山田太郎, あべともよ, 渡邉（光）.
pub(super) fn likeness(text: &str) -> Likeness {
    let text = without_initial(text);
    let length = text.chars().count();
    if length == 0 || length > LONGEST || !text.chars().all(is_of_name) {
        return Likeness::Never;
    }
    if is_surname(text) {
        return Likeness::Known;
    }
    let is_possible = (2..=5).contains(&length) && text.starts_with(is_kanji)
        || (3..=6).contains(&length) && text.chars().all(is_kana)
        || has_surname_in_kana(text);
    let mut best = if is_possible { Likeness::Possible } else { Likeness::Never };
    for (place, _) in text.char_indices().skip(1) {
        let (surname, given) = text.split_at(place);
        if is_surname(surname) {
            if is_given(given) {
                return Likeness::Known;
            }
            if may_be_given(given) {
                best = Likeness::Likely;
            }
        }
    }
    best
}

/// Returns the surname of a full name, if the table has it: 山田 of 山田太郎.
pub(super) fn surname_of(name: &str) -> Option<&str> {
    let splits = || name.char_indices().skip(1).map(|(place, _)| name.split_at(place));
    let known = splits().filter(|(surname, given)| is_surname(surname) && is_given(given)).last();
    let likely = || splits().filter(|(surname, given)| is_surname(surname) && may_be_given(given)).last();
    known.or_else(likely).map(|(surname, _)| surname)
}

/// Removes the part of a given name in brackets by which two people of one surname are told apart: 渡邉（光）.
fn without_initial(name: &str) -> &str {
    match name.strip_suffix(['）', ')']).and_then(|name| name.split_once(['（', '('])) {
        Some((surname, initial)) if initial.chars().count() <= 2 => surname,
        _ => name,
    }
}

fn is_of_name(character: char) -> bool {
    is_kanji(character) || is_kana(character)
}

fn is_kanji(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々')
}

pub(super) fn is_kana(character: char) -> bool {
    matches!(character, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}

/// Whether what follows a surname can be a given name: of kanji alone, of kana alone, or both as in 美ち子. What ends in an inflection
/// (質問します) is none.
fn may_be_given(given: &str) -> bool {
    let length = given.chars().count();
    given.chars().all(is_kanji) && length <= LONGEST_GIVEN[0]
        || given.chars().all(is_kana) && length <= LONGEST_GIVEN[1]
        || given.ends_with('子') && length <= LONGEST_GIVEN[0]
}

/// Whether a text is a surname in kana, which candidates like to write, and a given name in kanji: おのせ康裕.
fn has_surname_in_kana(text: &str) -> bool {
    let given = text.trim_start_matches(is_kana);
    let surname = text.chars().count() - given.chars().count();
    (2..=4).contains(&surname) && (1..=3).contains(&given.chars().count()) && given.chars().all(is_kanji)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_is_none() {
        for (text, expected) in [
            ("山田", Likeness::Known),
            ("山田太郎", Likeness::Known),
            ("髙橋", Likeness::Known),
            ("渡邉（光）", Likeness::Known),
            ("玉水美由紀", Likeness::Known),
            ("あべともよ", Likeness::Possible),
            ("大橡", Likeness::Possible),
            ("おのせ康裕", Likeness::Possible),
            ("筒井たかひさ", Likeness::Likely),
            ("ただいまから会議を", Likeness::Never),
            ("賛成です。", Likeness::Never),
            ("", Likeness::Never),
        ] {
            assert_eq!(likeness(text), expected, "{text}");
        }
        assert_eq!(surname_of("山田太郎"), Some("山田"));
        assert_eq!(surname_of("小野田富康"), Some("小野田"));
    }
}
