//! The texts of pages about searches and problems, in Japanese and English.

use gijiroku::Language;
use gijiroku::conditions::ConditionError;
use gijiroku::search::{Change, Repair, SearchResults};

use super::fields;
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::{self, Exceeded, LONGEST_QUERY};
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
    if language == Language::English {
        return (problem.title().to_owned(), format!("{problem}."));
    }
    let title = match problem {
        Problem::UnknownValue(_) | Problem::NoOpinion(_) | Problem::NoMeeting(_) | Problem::NoPage(_) => {
            "見つかりません"
        }
        Problem::Method(_) => "この方法では利用できません",
        Problem::BodyTooLarge => "送られたものが大きすぎます",
        Problem::WithoutHost => "宛先が分かりません",
        Problem::OtherHost(_) => "別のサーバー宛ての要求です",
        Problem::Busy => "混み合っています",
        Problem::TooSlow => "検索に時間がかかりすぎました",
        Problem::Fault => "サーバーに問題が起きました",
        _ => "検索条件を読み取れません",
    };
    let detail = match problem {
        Problem::Parameters(_) => {
            "アドレスの「?」より後に、読み取れない条件があります。検索の画面からやり直してください。"
                .to_owned()
        }
        Problem::Exceeded(Exceeded::QueryTooLong) => {
            format!("検索語は{LONGEST_QUERY}文字までです。短くしてください。")
        }
        Problem::Exceeded(Exceeded::TooMuch { name, most, given }) => {
            format!("{name} は {most} までです（{given} が指定されています）。")
        }
        Problem::Exceeded(Exceeded::TooMany { name, most, given }) => {
            format!("{name} は{most}個までです（{given}個指定されています）。")
        }
        Problem::Condition(ConditionError::NotADate { given, .. }) => {
            format!(
                "「{given}」は日付として読めません。2017-12、2017-12-13、平成29年12月のように書いてください。"
            )
        }
        Problem::NoChoice { name, given, .. } => format!("{name} に「{given}」は指定できません。"),
        Problem::Condition(ConditionError::EndsBeforeItBegins) => {
            "期間の終わりが、始まりより前になっています。".to_owned()
        }
        Problem::Condition(ConditionError::NotAField(given)) => {
            format!(
                "「{given}」は項目の条件として読めません。「会派=青空の会」のように、項目名と値を「=」でつないでください。"
            )
        }
        Problem::Condition(ConditionError::YearAndDates) => {
            "年と期間は、どちらか一方を指定してください。".to_owned()
        }
        Problem::Condition(error) => error.to_string(),
        Problem::EmptyQuery => "検索語か条件を入力してください。".to_owned(),
        Problem::UnknownValue(unknown) => {
            let name = language.label(unknown.facet.label());
            let nearest = match unknown.nearest.as_slice() {
                [] => String::new(),
                nearest => format!("「{}」のことでしょうか。", nearest.join("」「")),
            };
            format!("{name}「{}」の意見はありません。{nearest}", unknown.value)
        }
        Problem::NoOpinion(id) => {
            format!("識別子が「{id}」の意見はありません。議事録が更新されたのかもしれません。")
        }
        Problem::NoMeeting(id) => {
            format!("識別子が「{id}」の会議はありません。議事録が更新されたのかもしれません。")
        }
        Problem::NoPage(path) => format!("「{path}」というページはありません。"),
        Problem::Method(method) => format!("{method} には応じません。GET を使ってください。"),
        Problem::BodyTooLarge => "本文を付けずに送ってください。".to_owned(),
        Problem::WithoutHost => "Host ヘッダーを 1 つ付けて送ってください。".to_owned(),
        Problem::OtherHost(name) => {
            format!(
                "このサーバーは「{name}」という名前では応じません。サーバーの管理者がこの名前を許可すると、使えるようになります。"
            )
        }
        Problem::Busy => {
            "同時に行われている検索が多すぎます。少し待って、もう一度お試しください。".to_owned()
        }
        Problem::TooSlow => "条件を減らすか、検索語を増やして、もう一度お試しください。".to_owned(),
        Problem::Fault => {
            "索引が壊れているおそれがあります。サーバーの管理者は gijiroku check で確かめてください。"
                .to_owned()
        }
    };
    (title.to_owned(), detail)
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
