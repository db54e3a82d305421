//! The texts of pages about searches and problems, in Japanese and English.

use gijiroku::Language;
use gijiroku::search::{Change, Repair, SearchResults};

use super::fields;
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service;
use crate::texts;

/// A note on how a search differs from what was typed, and the address of the search that was typed.
pub(super) struct Note {
    pub(super) text: String,
    pub(super) undo: Option<String>,
}

/// Returns notes on how a query was read and searched, and on what was found.
pub(super) fn notes(results: &SearchResults, search: &SearchParameters, language: Language) -> Vec<Note> {
    let exact = search.changed(|search| search.others.exact = true).at("/search");
    let undo = |is_undone: bool| is_undone.then(|| exact.clone());
    let on_reading = service::notes(&results.reading, language).into_iter();
    let on_reading = on_reading.map(|note| Note { text: note.text, undo: undo(note.is_undone_by_exact) });
    let on_words = service::only_partial(results, language).map(|text| Note { text, undo: None });
    on_reading.chain(on_words).collect()
}

/// Returns the label of a change.
pub(super) fn change(change: &Change, language: Language) -> String {
    let texts = texts::pages(language);
    match change {
        Change::WithoutFilters => texts.without_filters(),
        Change::WithoutFilter(facet) if facet.is_time() => texts.without_dates(),
        Change::WithoutFilter(facet) => {
            texts.without_filter(fields::inside(fields::label(facet, language), language))
        }
        Change::WithoutWord(word) => texts.without_word(word),
        Change::OnlyWord(word) => texts.only_word(word),
        Change::Unquoted => texts::common(language).unquoted(),
        Change::WithoutConditions => texts.without_conditions(),
        Change::As(word) => texts.as_word(word),
        Change::AsFilter { word, filter } => texts.as_filter(word, filter.to_string()),
        _ => texts.otherwise(),
    }
}

/// Returns the label of a repair, and the search that it leads to.
pub(super) fn repair(
    repair: &Repair,
    search: &SearchParameters,
    language: Language,
) -> (String, SearchParameters) {
    let repaired = match &repair.change {
        Change::WithoutFilters => search.without_filters(),
        Change::WithoutFilter(facet) => search.without_filter_by(facet),
        _ => search.changed(|search| {
            search.others.q = repair.query.as_ref().map(ToString::to_string).unwrap_or_default();
        }),
    };
    (change(&repair.change, language), repaired)
}

/// Returns the heading and the text of the page about a problem.
pub(super) fn problem(problem: &Problem, language: Language) -> (String, String) {
    (problem.title(language), texts::problems(language).sentence(problem.told(language)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gijiroku::{IndexBuilder, Searcher};

    #[test]
    fn a_repair_leads_to_a_search_that_finds_as_many() {
        let searcher =
            Searcher::new(IndexBuilder::new().path("../data/minutes").build_in_memory().unwrap().0);
        let mut repairs = 0;
        for query in [
            "q=歯科&region=西多摩",
            "q=歯科&region=西多摩&year=2017&speaker=山田 太郎",
            "q=歯科&from=2018-02&to=2018-03",
            "q=歯科 往診 -病院 OR 薬&exact=true",
            "q=(歯科 OR 往診) 退院調整 region:区西部&exact=true",
            "q=取組み 連携&exact=true&section=地域と病院の連携について",
            "q=\"護ステ\" 歯科 -\"24 時間\"&exact=true",
            "q=看護師の退院調整 歯科&exact=true&meeting=区西部",
        ] {
            let asked = SearchParameters::read(query).unwrap();
            let results = searcher.search(&asked.request().unwrap()).unwrap();
            for found in &results.repairs {
                for language in [Language::Japanese, Language::English] {
                    let (label, repaired) = repair(found, &asked, language);
                    // The address is parsed again, as if a browser had sent it.
                    let address = repaired.at("");
                    let followed = SearchParameters::read(address.trim_start_matches('?')).unwrap();
                    let total = searcher.count(&followed.request().unwrap()).unwrap();
                    assert_eq!(total, found.count, "{query} {label} {address}");
                    repairs += 1;
                }
            }
        }
        assert!(repairs >= 20, "{repairs}");
    }
}
