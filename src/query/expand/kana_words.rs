//! Words that are typed by their reading, in kana or in Latin letters: ざいたく, ザイタク and zaitaku for 在宅.

use super::vocabulary::Vocabulary;
use crate::analysis::kana::{from_romaji, is_kana, is_katakana, to_hiragana, to_katakana};
use crate::analysis::nearly;
use crate::analysis::readings::Readings;
use crate::index::EngineResult;
use crate::query::analyze::Form;

/// Maximum number of kana in a reading that is looked up: 24 kana are about six words.
const LONGEST: usize = 24;

/// Maximum number of kana in the reading of one word within a compound.
const LONGEST_PART: usize = 10;

/// Maximum number of spellings that are kept for the beginning of a compound while the rest is read.
const WAYS: usize = 8;

/// Returns forms in which the index may contain a word that was typed by its reading, if the word is in kana
/// or Latin letters.
pub(super) fn words_read_as(
    word: &str,
    readings: &Readings,
    vocabulary: Vocabulary<'_>,
    shortest: usize,
) -> EngineResult<Vec<Form>> {
    let Some(reading) = reading_of(word, readings, vocabulary, shortest)? else { return Ok(Vec::new()) };
    let mut forms: Vec<Form> = Vec::new();
    for words in written(&reading, readings, vocabulary)? {
        forms.push(Form::Characters(words));
    }
    // Latin letters also stand for the katakana and the hiragana that they transcribe.
    if word.is_ascii() {
        forms.push(Form::Characters(to_hiragana(&reading)));
        forms.push(Form::Characters(reading));
    }
    Ok(forms)
}

/// Returns the reading, in katakana, of a word that is typed in kana or Latin letters.
fn reading_of(
    word: &str,
    readings: &Readings,
    vocabulary: Vocabulary<'_>,
    shortest: usize,
) -> EngineResult<Option<String>> {
    let reading = if word.chars().all(is_kana) {
        // A katakana word that the dictionary lists is already in its usual spelling.
        let is_written_so = word.chars().all(is_katakana) && shortest > 2 && readings.lists(word);
        (!is_written_so).then(|| to_katakana(word))
    } else if word.is_ascii() && !vocabulary.may_have(word)? {
        from_romaji(word).and_then(|(kana, rest)| match rest.as_str() {
            "" => Some(kana),
            "n" => Some(kana + "ン"),
            _ => None,
        })
    } else {
        None
    };
    let fits = |reading: &String| (shortest..=LONGEST).contains(&reading.chars().count());
    Ok(reading.filter(fits))
}

/// Returns the ways to write a reading with one or several words of the dictionary that may be adjacent in
/// the index, those with the fewest words first and at most [`WAYS`] of them.
pub(crate) fn written(
    reading: &str,
    readings: &Readings,
    vocabulary: Vocabulary<'_>,
) -> EngineResult<Vec<String>> {
    let kana: Vec<char> = reading.chars().collect();
    // For each position, the ways to write the reading before it, each with its number of words.
    let mut ways: Vec<Vec<(usize, String)>> = vec![Vec::new(); kana.len() + 1];
    ways[0].push((0, String::new()));
    for start in 0..kana.len() {
        ways[start].sort_by_key(|(words, _)| *words);
        ways[start].truncate(WAYS);
        if ways[start].is_empty() {
            continue;
        }
        let before = ways[start].clone();
        for end in start + 1..=kana.len() {
            let is_whole = start == 0 && end == kana.len();
            if end - start > LONGEST_PART && !is_whole {
                break;
            }
            let part: String = kana[start..end].iter().collect();
            for word in readings.words_read(&part) {
                // A kana word of one or two characters would fit everywhere.
                let is_short_kana = word.chars().all(is_kana) && end - start < 3;
                if (is_short_kana && !is_whole) || !vocabulary.may_have(&word)? {
                    continue;
                }
                for (words, way) in &before {
                    if is_joined(way, &word, vocabulary)? {
                        ways[end].push((words + 1, format!("{way}{word}")));
                    }
                }
            }
        }
    }
    let mut whole = ways.pop().unwrap_or_default();
    whole.sort();
    whole.truncate(WAYS);
    Ok(whole.into_iter().map(|(_, way)| way).collect())
}

/// Returns the words of the index whose reading differs in at most one kana.
pub(crate) fn words_read_nearly(
    reading: &str,
    readings: &Readings,
    vocabulary: Vocabulary<'_>,
) -> EngineResult<Vec<String>> {
    let mut words = Vec::new();
    for word in nearly(reading, 1).map(|near| readings.words_accepted(near)).unwrap_or_default() {
        if vocabulary.opinions_with(&word)? > 0 {
            words.push(word);
        }
    }
    Ok(words)
}

/// Whether the last character of one string and the first of another are adjacent somewhere in the index.
fn is_joined(left: &str, right: &str, vocabulary: Vocabulary<'_>) -> EngineResult<bool> {
    match (left.chars().next_back(), right.chars().next()) {
        (Some(last), Some(first)) => vocabulary.may_have(&String::from_iter([last, first])),
        _ => Ok(true),
    }
}
