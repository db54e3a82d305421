//! What is to be said of a search, in Japanese and English.

use super::language::Language;
use crate::minutes::DateRange;
use crate::query::{AlternativeKind, Filter, Remark};
use crate::search::{AlsoSearched, Change, Facet, Reading, Widening};
use crate::server::parameters::{LONGEST_QUERY, SearchParameters};
use crate::server::problem::Problem;

/// What a search did otherwise than it was typed, and the address of the same search without that.
pub(super) struct Note {
    pub(super) text: String,
    pub(super) undo: Option<String>,
}

/// What is to be said of how a query was read and searched.
pub(super) fn notes(reading: &Reading, search: &SearchParameters, language: Language) -> Vec<Note> {
    let exact = search.changed(|search| search.exact = true).at("/search");
    let mut notes: Vec<Note> =
        reading.remarks.iter().map(|told| Note { text: remark(told, language), undo: None }).collect();
    let also: Vec<String> = reading
        .also
        .chunk_by(|left, right| left.word == right.word)
        .map(|of_word| also_searched(of_word, language))
        .collect();
    if !also.is_empty() {
        let text = match language {
            Language::Japanese => format!("{}。", also.join("、")),
            Language::English => format!("{}.", also.join("; ")),
        };
        notes.push(Note { text, undo: Some(exact.clone()) });
    }
    notes
        .extend(reading.widened.map(|widened| Note { text: widening(widened, language), undo: Some(exact) }));
    notes
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
    let Widening { sentence, far, within_words, parts, words, required } = widening;
    let steps: Vec<&str> = [
        (far, language.say("読みや表記の近い語", "what is read or spelled nearly so")),
        (within_words, language.say("ほかの語の一部に含まれるもの", "what stands within longer words")),
        (
            parts,
            language
                .say("語を分けて離れたところにあるもの", "the parts of long words, apart from each other"),
        ),
    ]
    .into_iter()
    .filter_map(|(taken, step)| taken.then_some(step))
    .collect();
    let mut told = Vec::new();
    match language {
        Language::Japanese => {
            if sentence {
                told.push(format!("文として読み、{words}語のうち{required}語以上を含む意見を探しました"));
            }
            if !steps.is_empty() {
                told.push(format!("入力どおりでは見つからないため、{}も探しました", steps.join("、")));
            }
            if !sentence && required < words {
                told.push(format!(
                    "{words}語すべてを含む意見はないため、{required}語以上を含むものを示します"
                ));
            }
            told.join("。") + "。"
        }
        Language::English => {
            if sentence {
                told.push(format!("Read as a sentence: these have at least {required} of its {words} words"));
            }
            if !steps.is_empty() {
                told.push(format!(
                    "Nothing was found as it was typed, so this was searched too: {}",
                    steps.join("; ")
                ));
            }
            if !sentence && required < words {
                told.push(format!(
                    "No opinion has all {words} words; these have at least {required} of them"
                ));
            }
            told.join(". ") + "."
        }
    }
}

fn remark(remark: &Remark, language: Language) -> String {
    if language == Language::English {
        return remark.to_string();
    }
    match remark {
        Remark::NoPartner(mark) => format!("対になる記号がないため、「{mark}」を文字として読みました。"),
        Remark::NothingToOperateOn(operator) => {
            format!("「{operator}」の前後に語がないため、これを読み飛ばしました。")
        }
        Remark::NoField { name, nearest } => {
            format!("「{name}:」という項目はないため、文字として読みました。「{nearest}:」のことでしょうか。")
        }
        Remark::BadValue { name, value } if value.is_empty() => {
            format!("「{name}:」のすぐ後に値がないため、文字として読みました。")
        }
        Remark::BadValue { name, value } => format!(
            "「{name}:{value}」は日付として読めないため、文字として読みました。2017-12-13、平成29年12月、2017-11..2018-01 のように書けます。"
        ),
        Remark::NoValue { filter, .. } => format!("{}に当たる意見はありません。", condition(filter)),
        Remark::TooLong => format!("長すぎるため、検索語は先頭の{LONGEST_QUERY}文字だけを読みました。"),
    }
}

/// A condition as a Japanese sentence has it.
fn condition(filter: &Filter) -> String {
    let named = |facet, value: &str| format!("{}「{value}」", facet_name(facet, Language::Japanese));
    match filter {
        Filter::Region(value) => named(Facet::Region, value),
        Filter::Section(value) => named(Facet::Section, value),
        Filter::Speaker(value) => named(Facet::Speaker, value),
        Filter::Title(value) => named(Facet::Meeting, value),
        Filter::Body(value) => named(Facet::Body, value),
        Filter::Id(value) => format!("識別子「{value}」"),
        Filter::Date(range) => format!("開催日「{}」", span(*range)),
    }
}

fn span(range: DateRange) -> String {
    range.to_string().replace("..", "〜")
}

/// What would find more, and the search that does it.
pub(super) fn repair(
    change: &Change,
    search: &SearchParameters,
    language: Language,
) -> Option<(String, SearchParameters)> {
    Some(match change {
        Change::WithoutFilter(name) => {
            // A search knows the titles of meetings by the name that they have in its language of queries.
            let facet: Option<Facet> = if name == "title" { Some(Facet::Meeting) } else { name.parse().ok() };
            let label = match (facet, name.as_str()) {
                (Some(facet), _) => {
                    let name = facet_name(facet, language);
                    match language {
                        Language::Japanese => format!("{name}の絞り込みを外す"),
                        Language::English => format!("without the filter by {}", name.to_lowercase()),
                    }
                }
                (None, "all") => language.say("絞り込みをすべて外す", "without any filter").to_owned(),
                (None, _) => language.say("期間の絞り込みを外す", "without the filter by date").to_owned(),
            };
            let changed = search.changed(|search| match (facet, name.as_str()) {
                (Some(facet), _) => search.values(facet).clear(),
                (None, "all") => *search = search.without_filters(),
                (None, _) => {
                    search.year.clear();
                    (search.from, search.to) = (None, None);
                }
            });
            (label, changed)
        }
        Change::WithoutWord(word) => {
            let label = match language {
                Language::Japanese => format!("「{word}」を除く"),
                Language::English => format!("without {word}"),
            };
            let kept: Vec<&str> = search.q.split_whitespace().filter(|typed| typed != word).collect();
            // What was typed without spaces can't be taken apart here.
            if kept.len() == search.q.split_whitespace().count() {
                return None;
            }
            (label, search.changed(|changed| changed.q = kept.join(" ")))
        }
        // Which of several words it stands for is not told.
        Change::As(_) if search.q.split_whitespace().count() > 1 => return None,
        Change::As(word) => {
            let label = match language {
                Language::Japanese => format!("「{word}」で検索する"),
                Language::English => format!("search for {word}"),
            };
            (label, search.changed(|changed| changed.q.clone_from(word)))
        }
    })
}

/// The name of a facet, as a label has it.
pub(super) fn facet_name(facet: Facet, language: Language) -> &'static str {
    match facet {
        Facet::Region => language.say("圏域", "Region"),
        Facet::Section => language.say("議題", "Section"),
        Facet::Speaker => language.say("発言者", "Speaker"),
        Facet::Meeting => language.say("会議名", "Meeting"),
        Facet::Body => language.say("会議体", "Body"),
        Facet::Year => language.say("年", "Year"),
        Facet::FiscalYear => language.say("年度", "Fiscal year"),
        Facet::Month => language.say("月", "Month"),
    }
}

/// How something that was searched too comes from what was typed.
pub(super) fn kind_name(kind: AlternativeKind, language: Language) -> &'static str {
    match kind {
        AlternativeKind::Spelling => language.say("別の表記", "another spelling"),
        AlternativeKind::Reading => language.say("同じ読みの語", "a word with this reading"),
        AlternativeKind::Synonym => language.say("同義語", "a synonym"),
        AlternativeKind::Similar => language.say("よく似た表記", "nearly the spelling"),
    }
}

/// What went wrong, and what to do: a heading and a line.
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
        Problem::QueryTooLong => format!("検索語は{LONGEST_QUERY}文字までです。短くしてください。"),
        Problem::TooMuch { name, most, given } => {
            format!("{name} は {most} までです（{given} が指定されています）。")
        }
        Problem::TooMany { name, most, given } => {
            format!("{name} は{most}個までです（{given}個指定されています）。")
        }
        Problem::NoDate { given, .. } => {
            format!(
                "「{given}」は日付として読めません。2017-12、2017-12-13、平成29年12月のように書いてください。"
            )
        }
        Problem::NoChoice { name, given, .. } => format!("{name} に「{given}」は指定できません。"),
        Problem::EndsBeforeItBegins => "期間の終わりが、始まりより前になっています。".to_owned(),
        Problem::YearAndDates => "年と期間は、どちらか一方を指定してください。".to_owned(),
        Problem::EmptyQuery => "検索語か条件を入力してください。".to_owned(),
        Problem::UnknownValue(unknown) => {
            let name = facet_name(unknown.facet, language);
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

    #[test]
    fn what_a_search_did_is_told_in_both_languages() {
        let widened =
            Widening { far: true, within_words: true, words: 3, required: 2, ..Widening::default() };
        assert_eq!(
            widening(widened, Language::Japanese),
            "入力どおりでは見つからないため、読みや表記の近い語、ほかの語の一部に含まれるものも探しました。\
             3語すべてを含む意見はないため、2語以上を含むものを示します。"
        );
        let sentence = Widening { sentence: true, words: 4, required: 2, ..Widening::default() };
        assert_eq!(
            widening(sentence, Language::English),
            "Read as a sentence: these have at least 2 of its 4 words."
        );
        let filter = Filter::Date(DateRange::parse("1999").unwrap());
        let told = remark(&Remark::NoValue { filter, reason: String::new() }, Language::Japanese);
        assert_eq!(told, "開催日「1999-01-01〜1999-12-31」に当たる意見はありません。");
    }
}
