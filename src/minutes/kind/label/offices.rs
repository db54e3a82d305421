//! The offices that labels name: 議長, 健康福祉部長, 12番.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The table `data/lexicon/offices.txt`: lines of words, each of which begins with what they are.
const TABLE: &str = include_str!("../../../../data/lexicon/offices.txt");

/// What follows the name of a person and is no office.
pub(super) const TITLES: [&str; 5] = ["君", "氏", "さん", "様", "くん"];

/// The words of which offices are made.
struct Offices {
    endings: HashSet<&'static str>,
    /// The last characters of endings and additions, in their order. Few lines end with one, so that few are looked at closely.
    last_characters: Vec<char>,
    /// Maximum number of characters in an ending.
    longest_ending: usize,
    degrees: Vec<&'static str>,
    additions: Vec<&'static str>,
    divisions: HashSet<&'static str>,
    /// Maximum number of characters in a division.
    longest_division: usize,
    groups: HashSet<&'static str>,
}

static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
    let words = |part: &'static str| {
        let lines = TABLE.lines().filter_map(move |line| line.strip_prefix(part)?.strip_prefix(' '));
        lines.flat_map(str::split_ascii_whitespace)
    };
    let longest = |part| words(part).map(|word: &str| word.chars().count()).max().unwrap_or(0);
    let mut last_characters: Vec<char> = words("ending")
        .chain(words("addition"))
        .filter_map(|word| word.chars().next_back())
        .chain(['番'])
        .collect();
    last_characters.sort_unstable();
    last_characters.dedup();
    Offices {
        last_characters,
        endings: words("ending").collect(),
        longest_ending: longest("ending"),
        degrees: words("degree").collect(),
        additions: words("addition").collect(),
        divisions: words("division").collect(),
        longest_division: longest("division"),
        groups: words("group").collect(),
    }
});

/// Whether a text ends with an office or with the number of a seat: 田中座長, 健康福祉部長, 12番, 12番議員.
pub(super) fn ends_with_office(text: &str) -> bool {
    let last = text.chars().next_back();
    if last.is_none_or(|last| OFFICES.last_characters.binary_search(&last).is_err()) {
        return false;
    }
    let ends = |text: &str| {
        let ends = text.char_indices().rev().take(OFFICES.longest_ending);
        ends.map(|(place, _)| &text[place..]).any(|end| OFFICES.endings.contains(end))
    };
    ends(text)
        || ends(without_addition(text))
        || number_of_seat(text).is_some_and(|before| before.ends_with(is_digit))
}

/// Whether a text ends with a title such as 君 that follows a name.
pub(super) fn ends_with_title(text: &str) -> bool {
    TITLES.iter().any(|title| text.len() > title.len() && text.ends_with(title))
}

/// Whether a text as a whole is an office, without a name before it: 議長, 副市長, 健康福祉部長, 12番.
pub(super) fn is_office(text: &str) -> bool {
    is_plain_office(text) || begins_with_division(text) && ends_with_office(text)
}

/// Whether a text is an office that needs no division before it: 議長, 副市長, 12番議員.
pub(super) fn is_plain_office(text: &str) -> bool {
    let office = without_addition(text);
    let is_ending = |text: &str| OFFICES.endings.contains(text);
    let mut of_degree = OFFICES.degrees.iter().filter_map(|degree| office.strip_prefix(degree));
    is_ending(text) || is_ending(office) || of_degree.any(is_ending) || is_seat(text)
}

/// Whether a text begins with a word with which the names of divisions begin, or with an office: 知事本局長.
pub(super) fn begins_with_division(text: &str) -> bool {
    let ends = text.char_indices().skip(1).map(|(place, _)| place);
    let begins = ends.take(OFFICES.longest_division).map(|end| &text[..end]);
    begins.into_iter().any(|begin| OFFICES.divisions.contains(begin) || OFFICES.endings.contains(begin))
}

/// Whether a word with which the names of divisions begin, or an office, stands at the end of a text or within it: 小林事務, 秋山知事本.
pub(super) fn has_division(text: &str) -> bool {
    text.char_indices().skip(1).any(|(place, _)| {
        let word = &text[place..];
        let ends = word.char_indices().skip(2).map(|(end, _)| end).chain([word.len()]);
        ends.take(OFFICES.longest_division).any(|end| {
            let (word, is_last) = (&word[..end], end == word.len());
            word.chars().count() > 1
                && (OFFICES.endings.contains(word) || is_last && OFFICES.divisions.contains(word))
        })
    }) || OFFICES.divisions.contains(text)
}

/// Whether an office says only on which side somebody spoke, so that the office in the brackets after it says more.
pub(super) fn is_group(office: &str) -> bool {
    OFFICES.groups.contains(office)
}

/// Whether a text is the number of a seat: 12番, １２番議員, 第3番.
pub(super) fn is_seat(text: &str) -> bool {
    let number = number_of_seat(text).map(|number| number.strip_prefix('第').unwrap_or(number));
    number.is_some_and(|number| !number.is_empty() && number.chars().all(is_digit))
}

/// Returns what stands before 番 or 番議員 at the end of a text.
fn number_of_seat(text: &str) -> Option<&str> {
    text.strip_suffix("議員").or_else(|| text.strip_suffix("委員")).unwrap_or(text).strip_suffix('番')
}

fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９') || "〇一二三四五六七八九十".contains(character)
}

fn without_addition(text: &str) -> &str {
    OFFICES.additions.iter().find_map(|addition| text.strip_suffix(addition)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_and_what_is_none() {
        for office in [
            "議長",
            "副市長",
            "健康福祉部長",
            "１２番",
            "12番議員",
            "首席監察官",
            "市長職務代理者",
            "まちづくり振興課長",
            "会計管理者兼会計課長",
        ] {
            assert!(is_office(office), "{office}");
        }
        for other in ["山田議長", "議事", "番", "開業医", "山田", "成長"] {
            assert!(!is_office(other), "{other}");
        }
        assert!(["山田議長", "8番", "担当部長兼務"].into_iter().all(ends_with_office));
        assert!(!["議事日程", "当番", "１番目"].into_iter().any(ends_with_office));
    }
}
