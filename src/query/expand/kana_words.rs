//! Words that are typed as they sound, in kana or in Latin letters: ざいたく, ザイタク and zaitaku for 在宅.

use super::vocabulary::Vocabulary;
use crate::analysis::kana::{from_romaji, is_kana, is_katakana, to_hiragana, to_katakana};
use crate::analysis::readings::Readings;
use crate::query::analyze::Form;

/// Nothing longer is read: 24 kana are six words.
const LONGEST: usize = 24;

/// The longest reading of one word that is a part of a compound.
const LONGEST_PART: usize = 10;

/// So many ways to write the beginning of a compound are kept while the rest is read.
const WAYS: usize = 8;

/// What the index may have that is read as a word was typed, if the word is kana or Latin letters.
pub(super) fn words_read_as(
    word: &str,
    readings: &Readings,
    vocabulary: Vocabulary<'_>,
    shortest: usize,
) -> tantivy::Result<Vec<Form>> {
    let Some(reading) = reading_of(word, readings, vocabulary, shortest)? else { return Ok(Vec::new()) };
    let mut forms: Vec<Form> = Vec::new();
    for words in written(&reading, readings, vocabulary)? {
        forms.push(Form::Characters(words));
    }
    // Latin letters are also the katakana and the hiragana that they stand for.
    if word.is_ascii() {
        forms.push(Form::Characters(to_hiragana(&reading)));
        forms.push(Form::Characters(reading));
    }
    Ok(forms)
}

/// How a word sounds that is typed in kana or Latin letters, in katakana.
fn reading_of(
    word: &str,
    readings: &Readings,
    vocabulary: Vocabulary<'_>,
    shortest: usize,
) -> tantivy::Result<Option<String>> {
    let reading = if word.chars().all(is_kana) {
        // Katakana are how a word is written that the dictionary lists so.
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

/// All ways to write a reading with words of the dictionary, one or several, that may stand side by side in the index;
/// those of the fewest words first.
pub(crate) fn written(
    reading: &str,
    readings: &Readings,
    vocabulary: Vocabulary<'_>,
) -> tantivy::Result<Vec<String>> {
    let kana: Vec<char> = reading.chars().collect();
    // For each place the ways to write what is before it, with the number of their words.
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
                // A word of one or two kana would fit everywhere.
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

/// The words of the index that are read so but for one kana.
pub(crate) fn words_read_nearly(
    reading: &str,
    readings: &Readings,
    vocabulary: Vocabulary<'_>,
) -> tantivy::Result<Vec<String>> {
    let mut words = Vec::new();
    for word in readings.words_accepted(vocabulary.nearly(reading, 1)?) {
        if vocabulary.opinions_with(&word)? > 0 {
            words.push(word);
        }
    }
    Ok(words)
}

/// Whether the end of one string and the beginning of another stand side by side somewhere.
fn is_joined(left: &str, right: &str, vocabulary: Vocabulary<'_>) -> tantivy::Result<bool> {
    match (left.chars().next_back(), right.chars().next()) {
        (Some(last), Some(first)) => vocabulary.may_have(&String::from_iter([last, first])),
        _ => Ok(true),
    }
}
