//! Notes on how a query was read and searched, in Japanese and English.

use gijiroku::search::{AlsoSearched, Reading, SearchResults, Widening};
use gijiroku::{Language, Localized as _};

use crate::texts;

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
    let texts = texts::service(language);
    let mut add = |text| notes.push(Note { text, is_undone_by_exact: true });
    let of_words = reading.also.chunk_by(|left, right| left.word == right.word);
    let also: Vec<String> = of_words.map(|of_word| also_searched(of_word, language)).collect();
    if !also.is_empty() {
        add(texts.sentence(also.join(&texts::common(language).semicolon())));
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
    Some(texts::service(language).only_partial(none_complete(&results.reading, language)))
}

/// Returns that no opinion has all required words, without a full stop.
pub(crate) fn none_complete(reading: &Reading, language: Language) -> String {
    let texts = texts::service(language);
    fewer_words(reading).map_or_else(|| texts.none_has_all(), |required| texts.none_has_enough(required))
}

/// Returns the number of words that suffice, if not all are required.
pub(crate) fn fewer_words(reading: &Reading) -> Option<usize> {
    reading.widened.filter(|widened| widened.required < widened.words).map(|widened| widened.required)
}

fn also_searched(of_word: &[AlsoSearched], language: Language) -> String {
    let word = of_word.first().map_or("", |also| also.word.as_str());
    let others: Vec<&str> = of_word.iter().map(|also| also.alternative.as_str()).collect();
    let texts = texts::service(language);
    texts.also_searched(word, others.join(&texts::common(language).between_words()))
}

fn widening(widening: Widening, language: Language) -> String {
    let Widening { sentence, far, within_words, words, required } = widening;
    let texts = texts::service(language);
    let mut told = Vec::new();
    if sentence {
        told.push(texts.sentence(texts.read_as_sentence(required, words)));
    }
    let steps = [far.then(|| texts.nearly_so()), within_words.then(|| texts.within_words())];
    let steps: Vec<String> = steps.into_iter().flatten().collect();
    if !steps.is_empty() {
        told.push(texts.sentence(texts.steps(steps.join(&texts::common(language).semicolon()))));
    }
    told.join(&texts.between_sentences())
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
