//! Other spellings of a word.
//!
//! Japanese has no binding orthography: 受け入れ, 受入れ and 受入 are one word. The dictionary lists many such
//! spellings as words of their own with the same reading. Two words count as spellings of one word if they
//! have the same reading *and* one has the kanji of the other, or some of them and kana for the rest. So 子ども
//! is 子供, but 医師 is never 意思.

use crate::analysis::kana::{is_hiragana, is_kana, is_kanji, is_katakana, to_hiragana, to_katakana};
use crate::analysis::numerals::{NumberStyle, is_roman};
use crate::analysis::{Analyzer, Morpheme};
use crate::query::analyze::surface;

/// Returns the word with its numbers in all styles: 二十四時間 for 24時間.
pub(super) fn numbers(morphemes: &[Morpheme]) -> Vec<String> {
    let is_in_number = |index: usize| {
        // Ⅰ is a number if it follows a word: 区分Ⅰ.
        let is_roman_number = index > 0 && is_roman(&morphemes[index].surface);
        let is_number = |index: usize| morphemes.get(index).is_some_and(|morpheme| morpheme.is_number);
        is_number(index)
            || is_roman_number
            || (morphemes[index].surface == "," && index > 0 && is_number(index - 1) && is_number(index + 1))
    };
    let indices: Vec<usize> = (0..morphemes.len()).collect();
    let runs: Vec<(bool, String)> = indices
        .chunk_by(|&left, &right| is_in_number(left) == is_in_number(right))
        .map(|run| {
            let text = run.iter().map(|&index| morphemes[index].surface.as_str()).collect();
            (run.first().is_some_and(|&first| is_in_number(first)), text)
        })
        .collect();
    if !runs.iter().any(|(is_number, _)| *is_number) {
        return Vec::new();
    }
    // Roman numerals are used only together with a word.
    let styles = NumberStyle::ALL.into_iter().filter(|style| *style != NumberStyle::Roman || runs.len() > 1);
    let written = styles.map(|style| {
        runs.iter()
            .map(|(is_number, text)| if *is_number { style.write(text) } else { Some(text.clone()) })
            .collect::<Option<String>>()
    });
    written.flatten().collect()
}

/// Returns the word with one long vowel mark added or removed, or, if it is long, with all of them removed:
/// ケアマネジャー for ケアマネージャー, サーバ for サーバー.
pub(super) fn long_vowels(word: &str) -> Vec<String> {
    const MARK: char = 'ー';
    let characters: Vec<char> = word.chars().collect();
    let mut spellings = Vec::new();
    let mut start = 0;
    for run in characters.chunk_by(|&left, &right| is_katakana(left) == is_katakana(right)) {
        let range = start..start + run.len();
        start = range.end;
        let sounds = run.iter().filter(|&&character| character != MARK).count();
        if !run.iter().copied().all(is_katakana) || sounds < 2 {
            continue;
        }
        let spelled = |run: String| {
            let mut spelling: String = characters[..range.start].iter().collect();
            spelling += &run;
            spelling.extend(&characters[range.end..]);
            spelling
        };
        // In short words the mark distinguishes words (ビル and ビール). In long words it does not, nor at the end
        // of a word of three or more characters before the mark.
        for place in 0..run.len() {
            let before: String = run[..place].iter().collect();
            let after: String = run[place + 1..].iter().collect();
            let is_mark = run[place] == MARK;
            let is_end = place + 1 == run.len() && run.len() >= 3 + usize::from(is_mark);
            if sounds < 4 && !is_end {
                continue;
            }
            if is_mark {
                spellings.push(spelled(format!("{before}{after}")));
            } else if run.get(place + 1) != Some(&MARK) {
                spellings.push(spelled(format!("{before}{}{MARK}{after}", run[place])));
            }
        }
        if sounds >= 4 && run.iter().filter(|&&character| character == MARK).count() > 1 {
            spellings.push(spelled(run.iter().filter(|&&character| character != MARK).collect()));
        }
    }
    spellings
}

/// Returns a kana word in the other syllabary. Short words differ: はは and ハハ.
pub(super) fn other_syllabary(word: &str) -> Option<String> {
    let is_long = word.chars().count() >= 3;
    if !is_long {
        None
    } else if word.chars().all(is_hiragana) {
        Some(to_katakana(word))
    } else if word.chars().all(is_katakana) {
        Some(to_hiragana(word))
    } else {
        None
    }
}

/// Returns the other spellings of neighbouring morphemes with kanji: 受入 for 受け入れ, 子ども for 子供.
pub(super) fn okurigana(morphemes: &[Morpheme], analyzer: &Analyzer) -> Vec<String> {
    let word = surface(morphemes);
    if !word.chars().any(is_kanji) || word.chars().count() > 8 {
        return Vec::new();
    }
    // A long word in hiragana at the end is a word of its own: 診療所どうし.
    let is_own_word =
        |last: &Morpheme| last.surface.chars().count() >= 3 && last.surface.chars().all(is_hiragana);
    if morphemes.last().is_some_and(is_own_word) {
        return Vec::new();
    }
    let inflects = morphemes.iter().any(|morpheme| morpheme.inflects);
    let reading: Option<String> = morphemes.iter().map(|morpheme| morpheme.reading.as_deref()).collect();
    let mut spellings = Vec::new();
    if let Some(reading) = &reading {
        spellings.extend(words_spelled_alike(&word, reading, inflects, analyzer));
    }
    for shorter in without_okurigana(&word) {
        let parts = analyzer.analyze(&shorter).morphemes;
        let Some(shorter_reading) = read_as_one_word(&parts) else {
            // The dictionary lacks partial spellings such as 取組み, but they are spellings of 取り組み all the
            // same.
            spellings.push(shorter);
            continue;
        };
        // 生き物 and 生物 have different readings. The reading of 取組み may be correct only for 取組, whose reading
        // already includes the み.
        let dropped: String = word.chars().rev().take_while(|&character| is_hiragana(character)).collect();
        let dropped: String = to_katakana(&dropped.chars().rev().collect::<String>());
        if reading.as_ref().is_some_and(|reading| {
            *reading == shorter_reading
                || (!dropped.is_empty()
                    && *reading == format!("{shorter_reading}{dropped}")
                    && shorter_reading.ends_with(&dropped))
        }) {
            spellings.extend(words_spelled_alike(&shorter, &shorter_reading, inflects, analyzer));
            spellings.push(shorter);
        }
    }
    spellings.retain(|spelling| *spelling != word);
    spellings
}

/// Returns a katakana word without its middle dots: ポストアキュート for ポスト・アキュート.
pub(super) fn without_middle_dots(word: &str) -> Option<String> {
    let is_katakana_word = word.chars().all(|character| is_katakana(character) || character == '・');
    (is_katakana_word && word.contains('・')).then(|| word.replace('・', ""))
}

/// Returns the other base forms of a verb: 受入れる for 受け入れる, 帰る for 帰れる and the reverse.
pub(super) fn other_verbs(base_form: &str, analyzer: &Analyzer) -> Vec<String> {
    let mut verbs = potential(base_form);
    let parts = analyzer.analyze(base_form).morphemes;
    if let Some(reading) = read_as_one_word(&parts) {
        verbs.extend(words_spelled_alike(base_form, &reading, true, analyzer));
    }
    verbs.retain(|verb| verb != base_form);
    verbs
}

/// Verbs whose form that looks like the potential is another verb: 入れる is what one does so that something 入る.
const WITH_TRANSITIVE: [&str; 28] = [
    "入る",
    "立つ",
    "建つ",
    "付く",
    "続く",
    "進む",
    "開く",
    "空く",
    "届く",
    "育つ",
    "並ぶ",
    "整う",
    "向く",
    "揃う",
    "近づく",
    "片付く",
    "落ち着く",
    "緩む",
    "痛む",
    "縮む",
    "沈む",
    "苦しむ",
    "浮かぶ",
    "叶う",
    "従う",
    "違う",
    "傾く",
    "退く",
];

/// Returns the potential form of a verb or the verb of a potential form: 帰れる for 帰る, 帰る for 帰れる. For other
/// verbs the result is a word that no index contains.
fn potential(base_form: &str) -> Vec<String> {
    const ENDINGS: [(char, char); 9] = [
        ('う', 'え'),
        ('く', 'け'),
        ('ぐ', 'げ'),
        ('す', 'せ'),
        ('つ', 'て'),
        ('ぬ', 'ね'),
        ('ぶ', 'べ'),
        ('む', 'め'),
        ('る', 'れ'),
    ];
    let mut verbs = Vec::new();
    let mut stem = base_form.chars();
    let last = stem.next_back();
    verbs.extend(
        ENDINGS
            .iter()
            .filter(|(plain, _)| Some(*plain) == last)
            .map(|(_, able)| format!("{}{able}る", stem.as_str())),
    );
    let before = stem.next_back();
    verbs.extend(
        ENDINGS
            .iter()
            .filter(|(_, able)| last == Some('る') && Some(*able) == before)
            .map(|(plain, _)| format!("{}{plain}", stem.as_str())),
    );
    let has_transitive = |verb: &str| WITH_TRANSITIVE.contains(&verb);
    verbs.retain(|verb| !has_transitive(base_form) && !has_transitive(verb));
    verbs
}

/// Returns the reading of the morphemes if the dictionary has them as one word.
fn read_as_one_word(morphemes: &[Morpheme]) -> Option<String> {
    match morphemes {
        [only] => only.reading.clone(),
        _ => None,
    }
}

/// Returns the words of the dictionary that have this reading and are another spelling of the word.
fn words_spelled_alike(word: &str, reading: &str, inflects: bool, analyzer: &Analyzer) -> Vec<String> {
    let words = analyzer.readings().words_read(reading).into_iter();
    words.filter(|other| other != word && are_spelled_alike(word, other, inflects)).collect()
}

/// Whether two words with the same reading are spellings of one word: all kanji of the one that has fewer
/// occur in the other in the same order. If one of them is in kana only, it must have four characters, or
/// three if it inflects.
pub(crate) fn are_spelled_alike(left: &str, right: &str, inflects: bool) -> bool {
    let kanji = |word: &str| -> Vec<char> { word.chars().filter(|&character| is_kanji(character)).collect() };
    let (left_kanji, right_kanji) = (kanji(left), kanji(right));
    if left_kanji.is_empty() || right_kanji.is_empty() {
        let kana = if left_kanji.is_empty() { left } else { right };
        let length = kana.chars().count();
        return kana.chars().all(is_kana) && (length >= 4 || (inflects && length >= 3));
    }
    let (fewer, more) = if left_kanji.len() < right_kanji.len() {
        (left_kanji, right_kanji)
    } else {
        (right_kanji, left_kanji)
    };
    let mut rest = more.iter();
    fewer.iter().all(|wanted| rest.any(|character| character == wanted))
}

/// Returns the word, if it has at least two kanji, without some or all of the hiragana runs that follow
/// kanji: 取組み, 取り組 and 取組 for 取り組み.
fn without_okurigana(word: &str) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    let runs: Vec<&[char]> = characters.chunk_by(|&l, &r| is_hiragana(l) == is_hiragana(r)).collect();
    let droppable: Vec<usize> = (1..runs.len())
        .filter(|&index| {
            runs[index].iter().all(|&c| is_hiragana(c))
                && runs[index - 1].last().is_some_and(|&c| is_kanji(c))
        })
        .collect();
    let kanji = characters.iter().filter(|&&character| is_kanji(character)).count();
    if kanji < 2 || droppable.is_empty() || droppable.len() > 3 {
        return Vec::new();
    }
    // The bits of each number choose the runs to drop.
    (1..1_usize << droppable.len())
        .map(|choice| {
            let drops = |index: usize| {
                droppable.iter().position(|&run| run == index).is_some_and(|bit| choice >> bit & 1 == 1)
            };
            let kept = runs.iter().enumerate().filter(|&(index, _)| !drops(index));
            kept.flat_map(|(_, run)| run.iter()).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyze(word: &str) -> (Vec<Morpheme>, Analyzer) {
        let analyzer = Analyzer::new().unwrap();
        (analyzer.analyze(word).morphemes, analyzer)
    }

    #[test]
    fn okurigana_and_kana_are_written_or_not() {
        for (word, spelled_so, other_words) in [
            ("受け入れ", vec!["受入れ", "受入"], vec![]),
            ("受入", vec!["受け入れ", "受入れ"], vec![]),
            ("取り組み", vec!["取組み", "取組"], vec![]),
            ("取組", vec!["取り組み"], vec![]),
            ("取組み", vec!["取り組み", "取組"], vec![]),
            ("子供", vec!["子ども"], vec!["小供"]),
            ("出来る", vec!["できる"], vec![]),
            ("医師", vec![], vec!["意思", "意志", "石", "いし"]),
            ("生き物", vec![], vec!["生物"]),
            ("機関", vec![], vec!["期間", "器官", "きかん"]),
            ("連携", vec!["れんけい"], vec!["連係"]),
        ] {
            let (morphemes, analyzer) = analyze(word);
            let found = okurigana(&morphemes, &analyzer);
            for spelling in spelled_so.iter().filter(|spelling| **spelling != "れんけい") {
                assert!(found.contains(&(*spelling).to_owned()), "{word} is also {spelling}: {found:?}");
            }
            for other in other_words {
                assert!(!found.contains(&other.to_owned()), "{word} is not {other}");
            }
        }
    }

    #[test]
    fn verbs_and_what_one_can_do() {
        for (verb, other) in [
            ("帰れる", "帰る"),
            ("帰る", "帰れる"),
            ("書く", "書ける"),
            ("受け入れる", "受入れる"),
            ("出来る", "できる"),
        ] {
            let found = other_verbs(verb, &Analyzer::new().unwrap());
            assert!(found.contains(&other.to_owned()), "{verb} is also {other}: {found:?}");
        }
        for (verb, other) in [("入る", "入れる"), ("立てる", "立つ"), ("続ける", "続く")] {
            let found = other_verbs(verb, &Analyzer::new().unwrap());
            assert!(!found.contains(&other.to_owned()), "{verb} is not {other}: {found:?}");
        }
    }

    #[test]
    fn numbers_with_their_counters() {
        for (word, expected) in [
            ("24時間", "二十四時間"),
            ("二十四時間", "24時間"),
            ("平成29年", "平成二十九年"),
            ("二〇一七年", "2017年"),
            ("1,000床", "1000床"),
            ("1000床", "1,000床"),
            ("区分1", "区分i"),
            ("区分ii", "区分2"),
        ] {
            let found = numbers(&analyze(word).0);
            assert!(found.contains(&expected.to_owned()), "{word} is also {expected}: {found:?}");
        }
        assert!(numbers(&analyze("一人暮らし").0).is_empty());
    }

    #[test]
    fn long_vowels_of_long_words() {
        for (word, spelled_so, other_words) in [
            ("ケアマネージャー", vec!["ケアマネジャー", "ケアマネージャ"], vec![]),
            ("ケアマネジャー", vec!["ケアマネージャー", "ケアマネジャ"], vec![]),
            ("コンピューター", vec!["コンピュータ", "コンピュタ"], vec![]),
            ("サーバー", vec!["サーバ"], vec!["サバー"]),
            ("ビル", vec![], vec!["ビール", "ビルー"]),
            ("ビール", vec![], vec!["ビル"]),
            ("スター", vec![], vec!["スタ"]),
        ] {
            let found = long_vowels(word);
            for spelling in spelled_so {
                assert!(found.contains(&spelling.to_owned()), "{word} is also {spelling}: {found:?}");
            }
            for other in other_words {
                assert!(!found.contains(&other.to_owned()), "{word} is not {other}: {found:?}");
            }
        }
    }

    #[test]
    fn syllabaries() {
        assert_eq!(other_syllabary("ひまん").as_deref(), Some("ヒマン"));
        assert_eq!(other_syllabary("ハハ"), None);
        assert_eq!(other_syllabary("在宅"), None);
    }
}
