//! Numbers in digits, in kanji and in Roman numerals.

/// The digits 0 to 9 in kanji.
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The units within a group of four digits.
const SMALL_UNITS: [(char, u64); 3] = [('千', 1000), ('百', 100), ('十', 10)];

/// The units of groups of four digits.
const LARGE_UNITS: [(char, u64); 3] = [('兆', 1_000_000_000_000), ('億', 100_000_000), ('万', 10_000)];

/// Largest number that is rewritten: ten digits. Minutes have no larger ones.
const LARGEST: u64 = 9_999_999_999;

/// The numerals 1 to 12 as NFKC spells the characters Ⅰ to Ⅻ.
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// Whether a text is a Roman numeral that has a character of its own: Ⅰ to Ⅻ.
pub(crate) fn is_roman(text: &str) -> bool {
    ROMAN.contains(&text)
}

/// A notation for numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberStyle {
    /// 2017
    Digits,
    /// 二千十七
    Kanji,
    /// 二〇一七
    KanjiDigits,
    /// 2,017
    Commas,
    /// 1万5000
    LargeUnits,
    /// i, for Ⅰ
    Roman,
}

impl NumberStyle {
    pub(crate) const ALL: [Self; 6] =
        [Self::Digits, Self::Kanji, Self::KanjiDigits, Self::Commas, Self::LargeUnits, Self::Roman];

    /// Rewrites a number in this notation. The given number may be in any of them. Returns `None` for other
    /// text.
    pub(crate) fn write(self, number: &str) -> Option<String> {
        let value = parse(number).filter(|&value| value <= LARGEST)?;
        let digits = value.to_string();
        Some(match self {
            Self::Digits => digits,
            Self::Kanji => in_kanji(value),
            Self::KanjiDigits => digits_in_kanji(&digits),
            Self::Commas => with_commas(&digits),
            Self::LargeUnits => with_large_units(value),
            Self::Roman => {
                usize::try_from(value.checked_sub(1)?).ok().and_then(|place| ROMAN.get(place))?.to_string()
            }
        })
    }
}

fn unit(character: char) -> Option<u64> {
    let mut units = SMALL_UNITS.iter().chain(&LARGE_UNITS);
    units.find(|(name, _)| *name == character).map(|&(_, value)| value)
}

fn digit(character: char) -> Option<u64> {
    let place = DIGITS.iter().position(|&kanji| kanji == character).or((character == '零').then_some(0));
    place.map(|place| place as u64).or_else(|| character.to_digit(10).map(u64::from))
}

/// Parses `24`, `1,000`, `二十四`, `二〇一七`, `1万5千`, `iv`.
fn parse(number: &str) -> Option<u64> {
    if let Some(place) = ROMAN.iter().position(|roman| *roman == number) {
        return Some(place as u64 + 1);
    }
    let (mut total, mut group) = (0_u64, 0_u64);
    let mut last_unit = u64::MAX;
    let mut current: Option<u64> = None;
    for character in number.chars().filter(|&character| character != ',') {
        if let Some(digit) = digit(character) {
            current = Some(current.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
        } else {
            let unit = unit(character)?;
            if unit < 10_000 {
                group = group.checked_add(current.take().unwrap_or(1).checked_mul(unit)?)?;
            } else {
                // 万 alone counts as one 万. A text such as 万一 is parsed too, although it is no number; callers
                // see that from the words around it.
                let before = group.checked_add(current.take().unwrap_or(0))?.max(1);
                if unit >= last_unit {
                    return None;
                }
                last_unit = unit;
                total = total.checked_add(before.checked_mul(unit)?)?;
                group = 0;
            }
        }
    }
    if number.is_empty() {
        return None;
    }
    total.checked_add(group)?.checked_add(current.unwrap_or(0))
}

/// Writes `二十四`, `百五`, `一万二千`.
fn in_kanji(value: u64) -> String {
    if value == 0 {
        return DIGITS[0].to_string();
    }
    let mut text = String::new();
    let mut rest = value;
    for (name, unit) in LARGE_UNITS.iter().copied().chain([('\0', 1)]) {
        let mut group = rest / unit;
        rest %= unit;
        if group == 0 {
            continue;
        }
        for (name, unit) in SMALL_UNITS {
            let count = group / unit;
            group %= unit;
            if count > 1 {
                text.push(DIGITS[usize::try_from(count).unwrap_or(0)]);
            }
            if count > 0 {
                text.push(name);
            }
        }
        if group > 0 {
            text.push(DIGITS[usize::try_from(group).unwrap_or(0)]);
        }
        if unit > 1 {
            text.push(name);
        }
    }
    text
}

/// Writes `二四`, `二〇一七`.
fn digits_in_kanji(digits: &str) -> String {
    digits.chars().filter_map(|digit| DIGITS.get(usize::try_from(digit.to_digit(10)?).ok()?)).collect()
}

fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Writes `1万5000`.
fn with_large_units(value: u64) -> String {
    let mut text = String::new();
    let mut rest = value;
    for (name, unit) in LARGE_UNITS {
        if rest >= unit {
            text += &(rest / unit).to_string();
            text.push(name);
            rest %= unit;
        }
    }
    if rest > 0 || text.is_empty() {
        text += &rest.to_string();
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_number_in_all_its_spellings() {
        for (number, expected) in [
            ("24", ["24", "二十四", "二四", "24", "24"]),
            ("二十四", ["24", "二十四", "二四", "24", "24"]),
            ("二〇一七", ["2017", "二千十七", "二〇一七", "2,017", "2017"]),
            ("十", ["10", "十", "一〇", "10", "10"]),
            ("〇", ["0", "〇", "〇", "0", "0"]),
            ("1,000", ["1000", "千", "一〇〇〇", "1,000", "1000"]),
            ("1万5千", ["15000", "一万五千", "一五〇〇〇", "15,000", "1万5000"]),
        ] {
            let written: Vec<_> =
                NumberStyle::ALL.iter().filter_map(|style| style.write(number)).take(5).collect();
            assert_eq!(written, expected, "{number}");
        }
        assert_eq!(NumberStyle::Roman.write("4").as_deref(), Some("iv"));
        assert_eq!(NumberStyle::Digits.write("xii").as_deref(), Some("12"));
        assert_eq!(NumberStyle::Roman.write("13"), None);
        for no_number in ["", "病院", "三百億", "99999999999999999999999", "億億億億億"] {
            assert_eq!(NumberStyle::Digits.write(no_number), None, "{no_number}");
        }
    }

    proptest! {
        #[test]
        fn every_notation_is_read_as_the_same_number(value in 0..LARGEST) {
            for style in NumberStyle::ALL {
                let Some(spelling) = style.write(&value.to_string()) else { continue };
                prop_assert_eq!(parse(&spelling), Some(value), "{}", spelling);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9〇一二九十百千万億兆,a]{0,30}") {
            NumberStyle::Kanji.write(&text);
        }
    }
}
