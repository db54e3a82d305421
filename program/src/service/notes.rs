//! Notes on how a query was read and searched, in Japanese and English.

#[cfg(feature = "server")]
use gijiroku::query::AlternativeKind;
use gijiroku::search::{AlsoSearched, Reading, SearchResults, Widening};
use gijiroku::{Language, Localized as _};

/// A note, and whether it does not apply to an exact search, so that the reader can undo it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) text: String,
    #[cfg_attr(not(feature = "server"), allow(dead_code))]
    pub(crate) is_undone_by_exact: bool,
}

/// Returns notes on how a query was read and searched.
pub(crate) fn notes(reading: &Reading, language: Language) -> Vec<Note> {
    let remarks = reading.remarks.iter().map(|remark| remark.localized(language));
    let mut notes: Vec<Note> = remarks.map(|text| Note { text, is_undone_by_exact: false }).collect();
    let mut add = |text| notes.push(Note { text, is_undone_by_exact: true });
    let of_words = reading.also.chunk_by(|left, right| left.word == right.word);
    let also: Vec<String> = of_words.map(|of_word| also_searched(of_word, language)).collect();
    if !also.is_empty() {
        add(match language {
            Language::Japanese => format!("{}。", also.join("、")),
            Language::English => format!("{}.", also.join("; ")),
        });
    }
    if let Some(widened) = reading.widened {
        add(widening(widened, language));
    }
    notes
}

/// Returns a note if no opinion has all required words, so that the hits have only some of them.
pub(crate) fn only_partial(results: &SearchResults, language: Language) -> Option<String> {
    if results.total > 0 || results.hits.is_empty() {
        return None;
    }
    let lacking = none_complete(&results.reading, language);
    Some(match language {
        Language::Japanese => format!("{lacking}。以下は一部の語だけを含む意見です。"),
        Language::English => format!("{lacking}; these have some of them."),
    })
}

/// Returns that no opinion has all required words, without a full stop.
pub(crate) fn none_complete(reading: &Reading, language: Language) -> String {
    match (fewer_words(reading), language) {
        (None, _) => {
            language.say("すべての語を含む意見はありません", "No opinion has all of the words").to_owned()
        }
        (Some(required), Language::Japanese) => format!("{required}語以上を含む意見はありません"),
        (Some(required), Language::English) => format!("No opinion has at least {required} of the words"),
    }
}

/// Returns the number of words that suffice, if not all are required.
pub(crate) fn fewer_words(reading: &Reading) -> Option<usize> {
    reading.widened.filter(|widened| widened.required < widened.words).map(|widened| widened.required)
}

fn also_searched(of_word: &[AlsoSearched], language: Language) -> String {
    let word = of_word.first().map_or("", |also| also.word.as_str());
    let others: Vec<&str> = of_word.iter().map(|also| also.alternative.as_str()).collect();
    match language {
        Language::Japanese => format!("「{word}」を「{}」としても検索しました", others.join("」「")),
        Language::English => format!("“{word}” was also searched as {}", others.join(", ")),
    }
}

fn widening(widening: Widening, language: Language) -> String {
    let Widening { sentence, far, within_words, words, required } = widening;
    let steps: Vec<&str> = [
        (far, language.say("読みや表記の近い語", "what is read or spelled nearly so")),
        (within_words, language.say("ほかの語の一部に含まれるもの", "what stands within longer words")),
    ]
    .into_iter()
    .filter_map(|(taken, step)| taken.then_some(step))
    .collect();
    let mut told = Vec::new();
    match language {
        Language::Japanese => {
            if sentence {
                told.push(format!(
                    "文として読み、{words}語のうち{required}語以上を含めば該当するものとしました"
                ));
            }
            if !steps.is_empty() {
                told.push(format!("入力どおりでは見つからないため、{}も探しました", steps.join("、")));
            }
            told.join("。") + "。"
        }
        Language::English => {
            if sentence {
                told.push(format!("Read as a sentence: {required} of its {words} words suffice"));
            }
            if !steps.is_empty() {
                told.push(format!(
                    "Nothing was found as it was typed, so this was searched too: {}",
                    steps.join("; ")
                ));
            }
            told.join(". ") + "."
        }
    }
}

/// Returns how an alternative is related to the typed word.
#[cfg(feature = "server")]
pub(crate) fn kind_name(kind: AlternativeKind, language: Language) -> &'static str {
    match kind {
        AlternativeKind::Spelling => language.say("別の表記", "another spelling"),
        AlternativeKind::Reading => language.say("同じ読みの語", "a word with this reading"),
        AlternativeKind::Synonym => language.say("同義語", "a synonym"),
        AlternativeKind::Similar => language.say("よく似た表記", "nearly the spelling"),
        AlternativeKind::Related => language.say("関連する語", "a related word"),
        _ => language.say("別の語", "another word"),
    }
}

#[cfg(test)]
mod tests {
    use gijiroku::conditions::{Facet, Filter};
    use gijiroku::query::Remark;

    use super::*;

    #[test]
    fn notes_are_written_in_both_languages() {
        let widened =
            Widening { far: true, within_words: true, words: 3, required: 3, ..Widening::default() };
        assert_eq!(
            widening(widened, Language::Japanese),
            "入力どおりでは見つからないため、読みや表記の近い語、ほかの語の一部に含まれるものも探しました。"
        );
        let sentence = Widening { sentence: true, words: 4, required: 2, ..Widening::default() };
        assert_eq!(widening(sentence, Language::English), "Read as a sentence: 2 of its 4 words suffice.");
        let mut reading = Reading::default();
        reading.widened = Some(sentence);
        assert_eq!(none_complete(&reading, Language::Japanese), "2語以上を含む意見はありません");
        assert_eq!(
            none_complete(&Reading::default(), Language::Japanese),
            "すべての語を含む意見はありません"
        );
        let filter = Filter::new(Facet::Year, "1999").unwrap();
        let told = Remark::NoValue { filter, reason: String::new() }.localized(Language::Japanese);
        assert_eq!(told, "開催日「1999-01-01〜1999-12-31」に当たる意見はありません。");
    }
}
