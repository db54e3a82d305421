//! Kana: conversion between the two syllabaries, and from Latin letters.

/// The katakana that an input method makes of Latin letters: Hepburn, Kunrei and the spellings for small
/// kana. A spelling is listed before its own prefixes.
const ROMAJI: &[(&str, &str)] = &[
    ("kya", "キャ"),
    ("kyu", "キュ"),
    ("kyo", "キョ"),
    ("gya", "ギャ"),
    ("gyu", "ギュ"),
    ("gyo", "ギョ"),
    ("sha", "シャ"),
    ("shu", "シュ"),
    ("sho", "ショ"),
    ("she", "シェ"),
    ("shi", "シ"),
    ("sya", "シャ"),
    ("syu", "シュ"),
    ("syo", "ショ"),
    ("zya", "ジャ"),
    ("zyu", "ジュ"),
    ("zyo", "ジョ"),
    ("jya", "ジャ"),
    ("jyu", "ジュ"),
    ("jyo", "ジョ"),
    ("cha", "チャ"),
    ("chu", "チュ"),
    ("cho", "チョ"),
    ("che", "チェ"),
    ("chi", "チ"),
    ("tya", "チャ"),
    ("tyu", "チュ"),
    ("tyo", "チョ"),
    ("dya", "ヂャ"),
    ("dyu", "ヂュ"),
    ("dyo", "ヂョ"),
    ("thi", "ティ"),
    ("dhi", "ディ"),
    ("tsu", "ツ"),
    ("nya", "ニャ"),
    ("nyu", "ニュ"),
    ("nyo", "ニョ"),
    ("hya", "ヒャ"),
    ("hyu", "ヒュ"),
    ("hyo", "ヒョ"),
    ("bya", "ビャ"),
    ("byu", "ビュ"),
    ("byo", "ビョ"),
    ("pya", "ピャ"),
    ("pyu", "ピュ"),
    ("pyo", "ピョ"),
    ("mya", "ミャ"),
    ("myu", "ミュ"),
    ("myo", "ミョ"),
    ("rya", "リャ"),
    ("ryu", "リュ"),
    ("ryo", "リョ"),
    ("ka", "カ"),
    ("ki", "キ"),
    ("ku", "ク"),
    ("ke", "ケ"),
    ("ko", "コ"),
    ("ga", "ガ"),
    ("gi", "ギ"),
    ("gu", "グ"),
    ("ge", "ゲ"),
    ("go", "ゴ"),
    ("sa", "サ"),
    ("si", "シ"),
    ("su", "ス"),
    ("se", "セ"),
    ("so", "ソ"),
    ("za", "ザ"),
    ("zi", "ジ"),
    ("zu", "ズ"),
    ("ze", "ゼ"),
    ("zo", "ゾ"),
    ("ja", "ジャ"),
    ("ji", "ジ"),
    ("ju", "ジュ"),
    ("je", "ジェ"),
    ("jo", "ジョ"),
    ("ta", "タ"),
    ("ti", "チ"),
    ("tu", "ツ"),
    ("te", "テ"),
    ("to", "ト"),
    ("da", "ダ"),
    ("di", "ヂ"),
    ("du", "ヅ"),
    ("de", "デ"),
    ("do", "ド"),
    ("na", "ナ"),
    ("ni", "ニ"),
    ("nu", "ヌ"),
    ("ne", "ネ"),
    ("no", "ノ"),
    ("ha", "ハ"),
    ("hi", "ヒ"),
    ("hu", "フ"),
    ("fu", "フ"),
    ("he", "ヘ"),
    ("ho", "ホ"),
    ("fa", "ファ"),
    ("fi", "フィ"),
    ("fe", "フェ"),
    ("fo", "フォ"),
    ("ba", "バ"),
    ("bi", "ビ"),
    ("bu", "ブ"),
    ("be", "ベ"),
    ("bo", "ボ"),
    ("pa", "パ"),
    ("pi", "ピ"),
    ("pu", "プ"),
    ("pe", "ペ"),
    ("po", "ポ"),
    ("ma", "マ"),
    ("mi", "ミ"),
    ("mu", "ム"),
    ("me", "メ"),
    ("mo", "モ"),
    ("ya", "ヤ"),
    ("yu", "ユ"),
    ("yo", "ヨ"),
    ("ra", "ラ"),
    ("ri", "リ"),
    ("ru", "ル"),
    ("re", "レ"),
    ("ro", "ロ"),
    ("wa", "ワ"),
    ("wi", "ウィ"),
    ("we", "ウェ"),
    ("wo", "ヲ"),
    ("vu", "ヴ"),
    ("nn", "ン"),
    ("n'", "ン"),
    ("a", "ア"),
    ("i", "イ"),
    ("u", "ウ"),
    ("e", "エ"),
    ("o", "オ"),
    ("-", "ー"),
];

/// Converts hiragana to katakana; other characters stay.
pub(crate) fn to_katakana(text: &str) -> String {
    text.chars().map(|character| shift(character, 'ぁ'..='ゖ', 0x60)).collect()
}

/// Converts katakana to hiragana; other characters stay.
pub(crate) fn to_hiragana(text: &str) -> String {
    text.chars().map(|character| shift(character, 'ァ'..='ヶ', -0x60)).collect()
}

fn shift(character: char, range: std::ops::RangeInclusive<char>, by: i32) -> char {
    let shifted = || char::from_u32(u32::from(character).checked_add_signed(by)?);
    if range.contains(&character) { shifted().unwrap_or(character) } else { character }
}

pub(crate) fn is_hiragana(character: char) -> bool {
    is_hiragana_letter(character) || character == 'ー'
}

/// Whether a character is a hiragana letter. Excludes the long vowel mark, which katakana shares.
pub(crate) fn is_hiragana_letter(character: char) -> bool {
    matches!(character, 'ぁ'..='ゖ')
}

pub(crate) fn is_katakana(character: char) -> bool {
    matches!(character, 'ァ'..='ヶ' | 'ー')
}

pub(crate) fn is_kana(character: char) -> bool {
    is_hiragana(character) || is_katakana(character)
}

pub(crate) fn is_kanji(character: char) -> bool {
    matches!(character, '一'..='\u{9fff}' | '々' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}')
}

/// Converts lower-case Latin letters to katakana like an input method. Returns the katakana and the letters
/// at the end that do not yet form a kana, or `None` if the letters before them are not romaji.
///
/// `n` before a consonant or at the end is ン. The first of two equal consonants is ッ.
pub(crate) fn from_romaji(letters: &str) -> Option<(String, String)> {
    let letters: String = letters.chars().map(without_macron).collect();
    let mut kana = String::new();
    let mut rest = letters.as_str();
    while let Some(first) = rest.chars().next() {
        let syllable = ROMAJI
            .iter()
            .find(|(spelling, _)| rest.starts_with(spelling) && !is_n_before_vowel(rest, spelling));
        if let Some((spelling, syllable)) = syllable {
            kana.push_str(syllable);
            rest = &rest[spelling.len()..];
            continue;
        }
        if !first.is_ascii_lowercase() {
            return None;
        }
        let after = &rest[1..];
        match (first, after.chars().next()) {
            ('n', Some(next)) if next != 'y' => kana.push('ン'),
            (_, Some(next)) if first == next => kana.push('ッ'),
            ('t', Some('c')) => kana.push('ッ'),
            _ if rest.len() <= 2 => return Some((kana, rest.to_owned())),
            _ => return None,
        }
        rest = after;
    }
    Some((kana, rest.to_owned()))
}

/// Spells out a long vowel: ō is `ou`. Letters of romaji stay, and `?` replaces any other character.
fn without_macron(letter: char) -> &'static str {
    const LETTERS: [(char, &str); 5] = [('ā', "aa"), ('ī', "ii"), ('ū', "uu"), ('ē', "ei"), ('ō', "ou")];
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz'-";
    match LETTERS.iter().find(|(long, _)| *long == letter) {
        Some((_, letters)) => letters,
        // `?` begins no syllable, so `from_romaji` returns `None`.
        None => ASCII.find(letter).map_or("?", |place| &ASCII[place..=place]),
    }
}

/// Returns the kana whose spelling begins with the given letters, each once.
pub(crate) fn syllables_from(letters: &str) -> impl Iterator<Item = &'static str> {
    let fitting = ROMAJI.iter().enumerate().filter(move |(_, (spelling, _))| spelling.starts_with(letters));
    fitting
        .filter(|(index, (_, kana))| !ROMAJI[..*index].iter().any(|(_, before)| before == kana))
        .map(|(_, (_, kana))| *kana)
}

/// The rows of a keyboard, on which neighbouring keys are mistaken for each other.
const KEYBOARD: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Returns the kana that result from hitting a neighbouring key: ウ for イ, because u is next to i.
pub(crate) fn slips(kana: char) -> Vec<&'static str> {
    let kana = kana.to_string();
    let Some((spelling, _)) = ROMAJI.iter().find(|(_, syllable)| *syllable == kana) else {
        return Vec::new();
    };
    let mut slips = Vec::new();
    for (place, letter) in spelling.char_indices() {
        for neighbour in neighbours(letter) {
            let typed = format!("{}{neighbour}{}", &spelling[..place], &spelling[place + 1..]);
            slips.extend(
                ROMAJI.iter().find(|(spelling, _)| *spelling == typed).map(|(_, syllable)| *syllable),
            );
        }
    }
    slips
}

/// Returns the keys to the left and to the right of a letter.
fn neighbours(letter: char) -> impl Iterator<Item = char> {
    KEYBOARD.iter().flat_map(move |row| {
        let place = row.find(letter);
        let beside = |by: isize| place.and_then(|place| row.chars().nth(place.checked_add_signed(by)?));
        [beside(-1), beside(1)].into_iter().flatten()
    })
}

/// Whether `nn` stands before a vowel or y: in `onna` the first `n` is ン and the second begins ナ.
fn is_n_before_vowel(letters: &str, spelling: &str) -> bool {
    spelling == "nn" && letters[2..].starts_with(['a', 'i', 'u', 'e', 'o', 'y'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_kana() {
        for (letters, expected) in [
            ("zaitaku", Some(("ザイタク", ""))),
            ("houmonkango", Some(("ホウモンカンゴ", ""))),
            ("hōmonk", Some(("ホウモン", "k"))),
            ("mitori", Some(("ミトリ", ""))),
            ("kinkyuu", Some(("キンキュウ", ""))),
            ("shinsatsu", Some(("シンサツ", ""))),
            ("matching", Some(("マッチン", "g"))),
            ("match", Some(("マッ", "ch"))),
            ("sketch", None),
            ("matchi", Some(("マッチ", ""))),
            ("onna", Some(("オンナ", ""))),
            ("honnin", Some(("ホンニ", "n"))),
            ("senmon'i", Some(("センモンイ", ""))),
            ("kippu", Some(("キップ", ""))),
            ("houmonk", Some(("ホウモン", "k"))),
            ("ky", Some(("", "ky"))),
            ("ict", Some(("イ", "ct"))),
            ("", Some(("", ""))),
            ("漢字", None),
        ] {
            let expected = expected.map(|(kana, rest)| (kana.to_owned(), rest.to_owned()));
            assert_eq!(from_romaji(letters), expected, "{letters}");
        }
    }

    #[test]
    fn slips_to_neighbouring_keys() {
        assert_eq!(slips('イ'), ["ウ", "オ"]);
        assert!(slips('ド').contains(&"ソ"));
        assert!(slips('ー').is_empty() && slips('漢').is_empty());
    }

    #[test]
    fn conversion_between_the_syllabaries() {
        assert_eq!(to_katakana("ざいたくケアー医"), "ザイタクケアー医");
        assert_eq!(to_hiragana("ザイタクけあー医ヷ"), "ざいたくけあー医ヷ");
    }
}
