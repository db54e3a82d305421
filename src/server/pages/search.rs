//! The page of a search: the hits, the counts of each region and section, and links that change the search.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect};

use super::address::has_empty_fields;
use super::counts::{FacetBox, by_region, map};
use super::hits::ShownHit;
use super::map::Map;
use super::wording::{Note, notes, repair};
use super::{Asked, Frame, Page, render};
use crate::conditions::{Facet, Parameter};
use crate::search::{SearchResults, Tier, Tiers};
use crate::searcher::Searcher;
use crate::server::parameters::{OtherParameters, SearchParameters};
use crate::server::problem::Problem;
use crate::service::{DEEPEST, Language, Service, fewer_words, none_complete, number};

/// Number of hits on a page if no limit is given, and number of hits of each group.
const HITS: usize = 20;
const OF_A_GROUP: usize = 3;

/// Maximum number of speakers offered for completion; others can be typed.
const MOST_NAMES: usize = 500;

/// Maximum number of pages before and after this one that have a link.
const NEAR: usize = 3;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    search: SearchParameters,
    /// The conditions that have no field of their own in the form.
    hidden: Vec<(&'static str, String)>,
    /// The number of opinions in the first tier, and of those in the second, if there are any.
    total: String,
    partial: Option<String>,
    /// The link to the other choice of tiers.
    tiers: Option<TiersLink>,
    /// The first and the last of the shown hits: 21 to 40.
    range: Option<(String, String)>,
    took: String,
    chips: Vec<Chip>,
    all: String,
    notes: Vec<Note>,
    others: Vec<Other>,
    hits: Vec<ShownHit>,
    /// Whether the hits have a heading of their own, rather than those of groups or of a tier.
    has_heading: bool,
    /// Whether there are hits, on this page or on another.
    has_hits: bool,
    /// Whether there are no opinions in any tier.
    finds_nothing: bool,
    /// The text where no hit is shown.
    empty: String,
    orders: Vec<Choice>,
    groups: Vec<Choice>,
    facets: Vec<FacetBox>,
    map: Option<Map>,
    /// The speakers and bodies offered for completion.
    speakers: Vec<String>,
    bodies: Vec<String>,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
    exports: Exports,
}

/// A condition of the search, and the address of the search without it.
pub(super) struct Chip {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) without: String,
}

/// Another search, and how many opinions it finds.
struct Other {
    text: String,
    count: String,
    address: String,
}

/// One of several choices.
struct Choice {
    text: &'static str,
    address: String,
    is_chosen: bool,
}

/// The same search with the other choice of tiers.
struct TiersLink {
    text: String,
    address: String,
}

struct PageLink {
    number: usize,
    address: String,
    is_current: bool,
}

struct Exports {
    csv: String,
    json: String,
    api: String,
    /// The table with both tiers, if the other has only the first and there is a second.
    csv_of_both: Option<String>,
    /// If not all hits fit in a file: the number of those that do.
    most: Option<String>,
}

pub(super) async fn page(State(service): State<Service>, asked: Asked, parameters: SearchParameters) -> Page {
    let search = parameters.tidy();
    if has_empty_fields(&asked.address) {
        // Addresses are sent to colleagues, so they have only what was chosen.
        return Ok(Redirect::to(&search.at("/search")).into_response());
    }
    let page = service.search::<_, Problem>(move |searcher| found(searcher, search, asked)).await?;
    render(&page)
}

fn found(searcher: &Searcher, search: SearchParameters, asked: Asked) -> Result<SearchPage, Problem> {
    let language = asked.language;
    let is_grouped = search.others.group_by.is_some();
    let limit = search.limit(if is_grouped { OF_A_GROUP } else { HITS })?;
    let results = searcher.search(&search.request()?.limit(limit).explain())?;
    let statistics = searcher.statistics()?;
    let counts = by_region(&results, statistics);
    let facet_box = |facet, counts| FacetBox::new(facet, counts, searcher, &search, language);
    let facets = vec![
        facet_box(Facet::Region, &results.facets.region)?,
        facet_box(Facet::Section, &results.facets.section)?,
    ];
    let facets: Vec<FacetBox> = facets.into_iter().filter(|facet| !facet.values.is_empty()).collect();
    let has = |facet: Facet| facets.iter().any(|present| present.name == facet.name());
    let named = |facet| -> Result<Vec<String>, Problem> {
        Ok(searcher.values(facet)?.into_iter().take(MOST_NAMES).collect())
    };
    let at = |offset: usize| {
        let others = OtherParameters { offset, ..search.others.clone() };
        SearchParameters { others, ..search.clone() }.at("/search")
    };
    let is_first = search.tiers()? == Some(Tiers::First);
    let listed = results.total + if is_first { 0 } else { results.partial + results.near };
    let shown = if is_grouped || limit == 0 { 0 } else { limit };
    let (previous, next, pages) = paging(listed, search.others.offset, shown, at);
    let range = match (results.hits.first(), results.hits.last()) {
        (Some(first), Some(last)) if !is_grouped && results.hits.len() < listed => {
            Some((number(first.rank), number(last.rank)))
        }
        _ => None,
    };
    let mut hits = ShownHit::list(&results.hits, &search, language);
    mark_second_tier(&mut hits, &results, is_grouped, language);
    let finds_nothing = results.total + results.partial + results.near == 0;
    let empty = match listed {
        _ if finds_nothing => language.say("条件に合う意見はありません。", "No opinion matches.").to_owned(),
        0 => none_complete(&results.reading, language) + language.say("。", "."),
        _ => language
            .say("このページに示す意見はありません。", "There are no opinions on this page.")
            .to_owned(),
    };
    Ok(SearchPage {
        frame: asked.frame(title(&search, &results, language), description(&results, language)),
        total: number(results.total),
        partial: (results.partial > 0).then(|| number(results.partial)),
        tiers: other_tiers(&search, &results, is_first, language),
        range,
        took: format!("{:.0}", (results.took.as_secs_f64() * 1e3).ceil()),
        chips: chips(&search, language),
        all: search.without_filters().at("/search"),
        notes: notes(&results, &search, language),
        others: others(&results, &search, language),
        has_heading: !is_grouped && hits.first().is_some_and(|hit| hit.below.is_none()),
        hits,
        has_hits: listed > 0,
        finds_nothing,
        empty,
        orders: orders(&search, has, language),
        groups: groups(&search, has, language),
        map: map(&counts, searcher, &search, language)?,
        facets,
        speakers: named(Facet::Speaker)?,
        bodies: named(Facet::Body)?,
        pages,
        previous,
        next,
        exports: exports(&search, &results),
        hidden: hidden(&search),
        search,
    })
}

/// Tells where the second tier begins; where the tiers are mixed, which hits are of the second.
fn mark_second_tier(shown: &mut [ShownHit], results: &SearchResults, is_grouped: bool, language: Language) {
    if results.total == 0 {
        // A note tells that no opinion has all words.
        return;
    }
    let is_sentence = results.reading.widened.is_some_and(|widened| widened.sentence);
    let second = shown.iter_mut().zip(&results.hits).filter(|(_, hit)| hit.tier == Tier::Second);
    let mut second = second.map(|(shown, _)| shown);
    if is_grouped || is_sentence {
        second.for_each(|shown| shown.is_partial = true);
    } else if let Some(first) = second.next() {
        let (partial, near) = (number(results.partial), number(results.near));
        first.below = Some(match (language, results.near) {
            (Language::Japanese, 0) => format!("以下は一部の語だけを含む意見（{partial}件）"),
            (Language::English, 0) => format!("Below: opinions with only some of the words ({partial})"),
            (Language::Japanese, _) => {
                format!("以下は一部の語だけを含む意見（{partial}件）と意味の近い意見（{near}件）")
            }
            (Language::English, _) => format!(
                "Below: opinions with only some of the words ({partial}), and opinions near in meaning ({near})"
            ),
        });
    }
}

/// Returns the link to the search without the second tier, or with it; `None` if that changes nothing or
/// leaves nothing.
fn other_tiers(
    search: &SearchParameters,
    results: &SearchResults,
    is_first: bool,
    language: Language,
) -> Option<TiersLink> {
    let is_worth_it = results.partial > 0 && (is_first || results.total > 0);
    let tier = if is_first { None } else { Some("first".to_owned()) };
    let address = search.changed(|search| search.others.tier = tier).at("/search");
    let text = match (fewer_words(&results.reading), language) {
        _ if is_first => language
            .say("一部の語を含む意見も見る", "Also show opinions with only some of the words")
            .to_owned(),
        (None, _) => {
            language.say("すべての語を含む意見だけを見る", "Only opinions with all words").to_owned()
        }
        (Some(required), Language::Japanese) => format!("{required}語以上を含む意見だけを見る"),
        (Some(required), Language::English) => format!("Only opinions with at least {required} of the words"),
    };
    is_worth_it.then_some(TiersLink { text, address })
}

fn title(search: &SearchParameters, results: &SearchResults, language: Language) -> String {
    let asked: Vec<&str> = std::iter::once(search.others.q.trim())
        .chain(search.conditions.get(Facet::Region).iter().map(String::as_str))
        .chain(search.conditions.get(Facet::Section).iter().map(String::as_str))
        .filter(|text| !text.is_empty())
        .collect();
    let asked = if asked.is_empty() {
        language.say("すべての意見", "All opinions").to_owned()
    } else {
        asked.join(" ")
    };
    match language {
        Language::Japanese => format!("{asked}（{}）", language.opinions(results.total)),
        Language::English => format!("{asked} ({})", language.opinions(results.total)),
    }
}

/// Returns the number of opinions, and the regions with the most.
fn description(results: &SearchResults, language: Language) -> String {
    let most: Vec<String> = results
        .facets
        .region
        .iter()
        .filter(|count| count.count > 0)
        .take(3)
        .map(|count| format!("{} {}", count.value, language.opinions(count.count)))
        .collect();
    let total = language.opinions(results.total);
    match (language, most.is_empty()) {
        (Language::Japanese, true) => format!("{total}の意見。"),
        (Language::Japanese, false) => format!("{total}の意見。多い圏域は{}。", most.join("、")),
        (Language::English, true) => format!("{total}."),
        (Language::English, false) => format!("{total}; most are of {}.", most.join(", ")),
    }
}

/// Returns the conditions of a search, each with the address of the search without it.
pub(super) fn chips(search: &SearchParameters, language: Language) -> Vec<Chip> {
    let of_condition = |(parameter, value): (Parameter, &str)| Chip {
        label: language.label(parameter.label()).to_owned(),
        value: value.to_owned(),
        without: search.without(parameter, value).at("/search"),
    };
    let mut chips: Vec<Chip> = search.conditions.iter().map(of_condition).collect();
    let how = language.say("探し方", "Search");
    let mut add = |value: &str, without: SearchParameters| {
        chips.push(Chip { label: how.to_owned(), value: value.to_owned(), without: without.at("/search") });
    };
    if search.others.exact {
        let exact = language.say("入力どおり", "as it is typed");
        add(exact, search.changed(|search| search.others.exact = false));
    }
    if search.others.matching.as_deref() == Some("any") {
        let any = language.say("いずれかの語", "any of the words");
        add(any, search.changed(|search| search.others.matching = None));
    }
    let of_tier = match search.others.tier.as_deref() {
        Some("first") => {
            Some(language.say("一部の語だけの意見を除く", "without those with only some of the words"))
        }
        Some("any") => {
            Some(language.say("一部の語だけの意見も含む", "also those with only some of the words"))
        }
        _ => None,
    };
    if let Some(of_tier) = of_tier {
        add(of_tier, search.changed(|search| search.others.tier = None));
    }
    if search.others.collapse {
        let collapse = language.say("似た内容をまとめる", "one of those alike");
        add(collapse, search.changed(|search| search.others.collapse = false));
    }
    chips
}

/// Returns the conditions that have no field of their own in the form, so that they are sent with it all the
/// same.
fn hidden(search: &SearchParameters) -> Vec<(&'static str, String)> {
    let has_field = |parameter: Parameter, value: &str| match parameter {
        Parameter::Facet(Facet::Region | Facet::Section) | Parameter::From | Parameter::To => true,
        // These fields hold only the first value.
        Parameter::Facet(Facet::Speaker | Facet::Body) => search.first(parameter.name()) == value,
        _ => false,
    };
    let hidden = search.conditions.iter().filter(|(parameter, value)| !has_field(*parameter, value));
    hidden.map(|(parameter, value)| (parameter.name(), value.to_owned())).collect()
}

/// Returns searches that may have been meant, and searches that find more.
fn others(results: &SearchResults, search: &SearchParameters, language: Language) -> Vec<Other> {
    let meant = results.suggestions.iter().map(|suggestion| Other {
        text: match language {
            Language::Japanese => format!("もしかして「{}」", suggestion.text),
            Language::English => format!("Did you mean {}?", suggestion.text),
        },
        count: language.opinions(suggestion.count),
        address: search.changed(|search| search.others.q.clone_from(&suggestion.text)).at("/search"),
    });
    let repairs = results.repairs.iter().map(|found| {
        let (text, repaired) = repair(found, search, language);
        Other { text, count: language.opinions(found.count), address: repaired.at("/search") }
    });
    meant.chain(repairs).collect()
}

fn orders(search: &SearchParameters, has: impl Fn(Facet) -> bool, language: Language) -> Vec<Choice> {
    let choice = |name: &str, text| Choice {
        text,
        address: search
            .changed(|search| search.others.sort = (name != "relevance").then(|| name.to_owned()))
            .at("/search"),
        is_chosen: search.others.sort.as_deref().unwrap_or("relevance") == name,
    };
    let mut orders = vec![
        choice("relevance", language.say("適合順", "Best first")),
        choice("-date", language.say("新しい順", "Latest first")),
        choice("date", language.say("古い順", "Earliest first")),
    ];
    if has(Facet::Region) {
        orders.push(choice("region", language.say("圏域順", "By region")));
    }
    orders.push(choice("meeting", language.say("会議名順", "By meeting")));
    orders
}

fn groups(search: &SearchParameters, has: impl Fn(Facet) -> bool, language: Language) -> Vec<Choice> {
    let choice = |name: Option<&str>, text| Choice {
        text,
        address: search.changed(|search| search.others.group_by = name.map(str::to_owned)).at("/search"),
        is_chosen: search.others.group_by.as_deref() == name,
    };
    let mut groups = vec![choice(None, language.say("まとめない", "No groups"))];
    if has(Facet::Region) {
        groups.push(choice(Some("region"), language.say("圏域ごと", "By region")));
    }
    if has(Facet::Section) {
        groups.push(choice(Some("section"), language.say("議題ごと", "By section")));
    }
    groups.push(choice(Some("meeting"), language.say("会議ごと", "By meeting")));
    groups.push(choice(Some("year"), language.say("年ごと", "By year")));
    groups
}

/// Returns the addresses of the previous and the next page, and links to the pages near this one. `shown` is
/// the number of hits on a page.
fn paging(
    total: usize,
    offset: usize,
    shown: usize,
    at: impl Fn(usize) -> String,
) -> (Option<String>, Option<String>, Vec<PageLink>) {
    if shown == 0 || total <= shown && offset == 0 {
        return (None, None, Vec::new());
    }
    let reachable = total.min(DEEPEST + shown);
    let last = reachable.saturating_sub(1) / shown;
    let current = offset / shown;
    let near = current.saturating_sub(NEAR)..=(current + NEAR).min(last);
    let pages = near.map(|page| PageLink {
        number: page + 1,
        address: at(page * shown),
        is_current: page * shown == offset,
    });
    let previous = (offset > 0).then(|| at(offset.saturating_sub(shown).min(last * shown)));
    let next = (offset + shown < reachable).then(|| at(offset + shown));
    (previous, next, pages.collect())
}

/// Returns the addresses of files with all hits. A file has only the first tier unless its address asks for
/// both, which it does if the first has no opinions.
fn exports(search: &SearchParameters, results: &SearchResults) -> Exports {
    let SearchResults { total, partial, .. } = *results;
    let any = || Some("any".to_owned());
    let both = search.changed(|search| (search.others.limit, search.others.tier) = (None, any()));
    let whole = search.changed(|search| {
        search.others.limit = None;
        if total == 0 && search.others.tier.is_none() {
            search.others.tier = any();
        }
    });
    let saved = if whole.others.tier == any() { total + partial } else { total };
    Exports {
        csv: whole.at("/search.csv"),
        json: whole.at("/search.json"),
        api: search.at("/api/v1/search"),
        csv_of_both: (whole.others.tier.is_none() && partial > 0).then(|| both.at("/search.csv")),
        most: (saved > DEEPEST).then(|| number(DEEPEST)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lead_to_all_hits() {
        let at = |offset: usize| offset.to_string();
        let numbers = |pages: &[PageLink]| -> Vec<usize> { pages.iter().map(|page| page.number).collect() };
        let (previous, next, pages) = paging(45, 20, 20, at);
        assert_eq!(
            (previous.as_deref(), next.as_deref(), numbers(&pages)),
            (Some("0"), Some("40"), vec![1, 2, 3])
        );
        assert!(pages[1].is_current);
        let (previous, next, pages) = paging(20, 0, 20, at);
        assert!(previous.is_none() && next.is_none() && pages.is_empty());
        // After the end there is a link back.
        assert_eq!(paging(45, 600, 20, at).0.as_deref(), Some("40"));
        // Pages deeper than the limit have no link.
        assert_eq!(paging(1_000_000, DEEPEST, 20, at).1, None);
    }
}
