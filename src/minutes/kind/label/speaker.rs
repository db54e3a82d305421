//! The text of a label → who speaks: a name, an office, or both.

use super::names::{self, Likeness};
use super::offices::{
    TITLES, begins_with_division, ends_with_office, ends_with_title, has_division, is_group, is_office,
    is_plain_office, is_seat,
};

/// A speaker, by name, office or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::minutes) struct Speaker {
    /// The name without titles: 山田太郎.
    pub(in crate::minutes) name: Option<String>,
    /// The office: 議長, 健康福祉部長, 12番.
    pub(in crate::minutes) role: Option<String>,
    /// The party (会派), where it stands in brackets after a name: 山田太郎議員（青空の会）.
    pub(in crate::minutes) party: Option<String>,
}

/// Words that stand in place of a speaker in a summary of questions and answers, and what they say in full.
const TURNS: [(&str, &str); 17] = [
    ("質問", "質問"),
    ("再質問", "再質問"),
    ("質疑", "質疑"),
    ("問", "質問"),
    ("Ｑ", "質問"),
    ("Q", "質問"),
    ("答弁", "答弁"),
    ("再答弁", "再答弁"),
    ("回答", "回答"),
    ("答", "回答"),
    ("Ａ", "回答"),
    ("A", "回答"),
    ("意見", "意見"),
    ("要望", "要望"),
    ("提案", "提案"),
    ("説明", "説明"),
    ("応答", "応答"),
];

impl Speaker {
    /// Makes a speaker from the text of a label, without sign and brackets: `議長（山田太郎君）`, `山本総務課長`, `議長 山田 太郎君`,
    /// `事務局（原医療課長）`, `12番`.
    pub(in crate::minutes) fn of_label(label: &str) -> Self {
        let label = label.trim();
        if let Some(turn) = turn(label) {
            return Self::new("", turn);
        }
        if let Some((outside, inside)) = brackets_at_end(label) {
            return Self::of_brackets(outside.trim(), inside.trim());
        }
        Self::of_words(label)
    }

    /// Makes a speaker of an office and what stands in brackets after it, or of a name with its office in brackets.
    fn of_brackets(outside: &str, inside: &str) -> Self {
        let within = Self::of_words(inside);
        let outside = squeezed(outside);
        if turn(&outside).is_some() {
            return if within.name.is_some() || within.role.is_some() {
                within
            } else {
                Self::new(inside, "")
            };
        }
        if outside.is_empty() {
            return within;
        }
        let before = Self::of_words(&outside);
        let is_person = before.name.as_ref().is_some_and(|name| names::likeness(name) >= Likeness::Likely);
        if is_person && !is_office(&outside) && within.role.is_none() && !ends_with_title(inside) {
            return Self { party: Some(inside.to_owned()), ..before };
        }
        if within.name.is_none() && within.role.is_some() && !ends_with_office(&outside) {
            // 山田太郎（議長）
            return Self { name: Some(without_title(&outside).to_owned()), ..within };
        }
        let name = within.name.or_else(|| within.role.is_none().then(|| tidy_name(inside)));
        // Of 議員（17番　渕本稔君） and 事務局（原医療課長） the inner office says more; of 12番（山田議員） the outer one does.
        let inner = within.role.filter(|role| is_group(&outside) && !is_group(role));
        Self { name: name.filter(|name| !name.is_empty()), role: inner.or(Some(outside)), party: None }
    }

    /// Makes a speaker of the words of a label, which white space separates.
    fn of_words(label: &str) -> Self {
        let words: Vec<&str> = label.split_whitespace().collect();
        let whole = words.concat();
        // 12番山田太郎君
        if let Some(place) = whole.find('番').map(|place| place + '番'.len_utf8())
            && is_seat(&whole[..place])
            && !is_seat(&whole)
        {
            let (name, _) = split_office(&whole[place..]);
            if names::likeness(name) > Likeness::Never {
                return Self::new(name, &whole[..place]);
            }
        }
        if words.iter().any(|word| word.contains(|c: char| c.is_ascii_alphabetic())) {
            return Self::of_latin(&words);
        }
        for split in 1..words.len() {
            let (before, after) = (words[..split].concat(), words[split..].concat());
            // 議長 山田太郎君, ８番 荒井英世議員, 議長 山田
            if is_office(&before) && !is_office(&after) {
                let (name, title) = split_office(&after);
                if names::likeness(name) > Likeness::Never
                    && (title.is_empty() || !begins_with_division(title))
                {
                    return Self::new(name, &before);
                }
            }
            // 今井 病院局長, 岡村 俊彰 議長
            if is_office(&after) && names::likeness(&before) > Likeness::Never && !is_office(&before) {
                return Self::new(&before, &after);
            }
        }
        let (name, office) = split_office(&whole);
        if office.is_empty() && name == whole && !ends_with_title(&whole) {
            // Neither a name nor an office can be told: a group such as 日本海新聞 is who spoke.
            return if ends_with_office(&whole) { Self::new("", &whole) } else { Self::new(&whole, "") };
        }
        if TITLES.contains(&office) {
            let (office, name) = split_name(name);
            return Self::new(name, office);
        }
        Self::new(name, office)
    }

    /// A name in Latin letters needs its spaces.
    fn of_latin(words: &[&str]) -> Self {
        let whole = words.join(" ");
        let office = words.last().filter(|word| is_plain_office(word) && words.len() > 1);
        match office {
            Some(office) => Self::new(whole[..whole.len() - office.len()].trim_end(), office),
            None => {
                let (name, office) = split_office(&whole);
                Self::new(without_title(name), if TITLES.contains(&office) { "" } else { office })
            }
        }
    }

    fn new(name: &str, role: &str) -> Self {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Self { name: some(name), role: some(role), party: None }
    }
}

/// Splits a label without spaces into the name and the office: 山本総務課長 is 山本 and 総務課長, and 健康福祉部長 is an office alone. Each
/// place is judged by how well a name ends there and an office begins; of equally good places the first one wins.
fn split_office(label: &str) -> (&str, &str) {
    if is_plain_office(label) {
        return ("", label);
    }
    if ends_with_title(label) {
        return label.split_at(without_title(label).len());
    }
    if !ends_with_office(label) {
        return (label, "");
    }
    let mut best = (if begins_with_division(label) { 5 } else { 1 }, 0);
    for (place, _) in label.char_indices().skip(1) {
        let (name, office) = label.split_at(place);
        if !ends_with_office(office) {
            break;
        }
        let begins = match office {
            _ if is_plain_office(office) => 3,
            _ if begins_with_division(office) => 2,
            // One kanji is a surname too often: 東|京都知事. No division begins with the kana of a given name: 筒井|たかひさ議員.
            _ if name.chars().count() == 1 || office.starts_with(names::is_kana) => continue,
            _ => -2,
        };
        let ends = match names::likeness(name) {
            _ if is_anonymous(name) => 6,
            _ if names_a_place(name) || has_division(name) => continue,
            Likeness::Known => 5,
            Likeness::Likely => 3,
            Likeness::Possible => 1,
            Likeness::Never => continue,
        };
        let score = ends + begins;
        if score > best.0 {
            best = (score, place);
        }
    }
    label.split_at(best.1)
}

/// Splits an office from the name with a title that follows it: 理事|高橋かずみ of 理事高橋かずみ君.
fn split_name(name: &str) -> (&str, &str) {
    let places = name.char_indices().skip(2).map(|(place, _)| name.split_at(place));
    // The longest office wins: 副委員長|山口, not 副委員|長山口.
    let split =
        places.filter(|(office, name)| is_office(office) && names::likeness(name) >= Likeness::Likely);
    split.last().unwrap_or(("", name))
}

/// Whether a name is hidden by signs or a letter: ●●委員, Ａ委員.
pub(super) fn is_anonymous(name: &str) -> bool {
    name.chars().all(|character| "●○◯〇■□▲△◆◇＊*×✕".contains(character))
        || name.chars().count() == 1
            && name.starts_with(|c: char| c.is_ascii_alphabetic() || ('Ａ'..='Ｚ').contains(&c))
}

/// Whether what stands before an office is the place or the body that it belongs to: みどり市長, 総務委員会委員長, 各委員.
fn names_a_place(name: &str) -> bool {
    const ENDS: [char; 13] = ['の', '都', '道', '府', '県', '会', '部', '課', '局', '室', '所', '省', '庁'];
    const WORDS: [&str; 12] =
        ["副", "各", "全", "監査", "専門", "教育", "特別", "常任", "複数の", "一部", "他の", "同"];
    name.chars().count() > 1 && name.ends_with(ENDS) && !names::is_surname(name) || WORDS.contains(&name)
}

/// Returns what a label such as Ｑ１, 問２ or 答弁 says in full, which stands in place of a speaker.
pub(super) fn turn(label: &str) -> Option<&'static str> {
    let is_number = |c: char| matches!(c, '0'..='9' | '０'..='９' | '①'..='⑳' | '．' | '.' | '-' | '－');
    let label = label.trim_end_matches(is_number);
    TURNS.iter().find(|(printed, _)| *printed == label).map(|(_, whole)| *whole)
}

/// Removes the title after a name.
fn without_title(name: &str) -> &str {
    TITLES.iter().find_map(|title| name.strip_suffix(title)).unwrap_or(name).trim_end()
}

/// Returns the text before the brackets at the end of a label, and the text in them. 大西（由）委員 has its brackets elsewhere.
fn brackets_at_end(label: &str) -> Option<(&str, &str)> {
    let (outside, inside) = label.strip_suffix(['）', ')'])?.split_once(['（', '('])?;
    let is_initial = inside.chars().count() <= 2 && !ends_with_office(outside) && !ends_with_office(inside);
    (!is_initial).then_some((outside, inside))
}

/// A text without its white space.
pub(in crate::minutes::kind) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A name without the white space that fills a line; a name in Latin letters keeps one space between its words.
fn tidy_name(name: &str) -> String {
    let is_latin = name.contains(|character: char| character.is_ascii_alphabetic());
    let words: Vec<&str> = name.split_whitespace().collect();
    without_title(&words.join(if is_latin { " " } else { "" })).to_owned()
}
