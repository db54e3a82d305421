//! The page of a search: the hits, the counts of each facet, and links that change the search.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect};
use gijiroku::conditions::Facet;
use gijiroku::search::{Change, SearchResults, Tier, Tiers};
use gijiroku::{Language, Searcher};

use super::address::has_empty_fields;
use super::conditions::{Chip, chips, hidden};
use super::counts::{by_region, by_year, map};
use super::exports::Exports;
use super::facets::{FacetBox, listed};
use super::hits::ShownHit;
use super::map::Map;
use super::paging::Pages;
use super::passages::Part;
use super::timeline::Timeline;
use super::wording::{self, Note, notes, repair};
use super::{Asked, Frame, Page, PageParameters, render};
use crate::server::parameters::{OtherParameters, SearchParameters};
use crate::server::problem::Problem;
use crate::service::{Cost, Counts as _, DEEPEST, MOST_GROUPS, Service, fewer_words, none_complete, number};

/// Number of hits on a page if no limit is given, and number of hits of each group.
const HITS: usize = 20;
const OF_A_GROUP: usize = 3;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    search: SearchParameters,
    /// What has no field of its own in the form.
    hidden: Vec<(&'static str, String)>,
    chips: Vec<Chip>,
    facets: Vec<FacetBox>,
    orders: Vec<Choice>,
    groups: Vec<Choice>,
    /// What is wrong with the search, in place of its results.
    problem: Option<Wrong>,
    found: Option<Found>,
}

/// The results of a search.
struct Found {
    /// The number of opinions in the first tier, and of those in the second, if there are any.
    total: String,
    partial: Option<String>,
    /// The link to the other choice of tiers.
    tiers: Option<TiersLink>,
    /// The first and the last of the shown hits: 21 to 40.
    range: Option<(String, String)>,
    took: String,
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
    map: Option<Map>,
    timeline: Option<Timeline>,
    pages: Pages,
    exports: Exports,
}

/// What is wrong with a search, and what finds something in its place.
struct Wrong {
    text: String,
    instead: Vec<Other>,
}

/// Another search, and how many opinions it finds.
struct Other {
    text: String,
    count: String,
    address: String,
}

/// One of several choices in a field of the form.
struct Choice {
    value: String,
    text: String,
    is_chosen: bool,
}

/// The same search with the other choice of tiers.
struct TiersLink {
    text: &'static str,
    description: String,
    address: String,
}

pub(super) async fn page(
    State(service): State<Service>,
    asked: Asked,
    PageParameters(parameters): PageParameters,
) -> Page {
    let search = parameters.tidy();
    if has_empty_fields(&asked.address) {
        // Addresses are sent to colleagues, so they have only what was chosen.
        return Ok(Redirect::to(&search.at("/search")).into_response());
    }
    let (tried, language) = (search.clone(), asked.language);
    // What can't be read costs nothing.
    let cost = search.request().map_or(Cost::Usual, |request| Cost::of(&request));
    let found =
        service.search_at::<_, Problem>(cost, move |searcher| found(searcher, &tried, language)).await;
    let frame = |title, description| asked.frame(title, description);
    match found {
        Ok((title, description, facets, found)) => {
            render(&SearchPage::new(frame(title, description), search, facets, Ok(found)))
        }
        // What was typed is kept, so that it can be corrected.
        Err(problem) if problem.is_of_conditions() => {
            let (title, text) = wording::problem(&problem, language);
            let facets = FacetBox::asked(&search, language);
            let (tried, why) = (search.clone(), problem.clone());
            let instead = service
                .search::<_, Problem>(move |searcher| Ok(instead(searcher, &tried, &why, language)))
                .await?;
            let wrong = Wrong { text, instead };
            let page = SearchPage::new(frame(title, String::new()), search, facets, Err(wrong));
            let mut page = render(&page)?;
            *page.status_mut() = problem.status();
            Ok(page)
        }
        Err(problem) => Err(problem),
    }
}

impl SearchPage {
    /// Returns the lists that are seen on demand, and whether they are shown because a value is selected.
    fn folded(&self) -> (Vec<&FacetBox>, bool) {
        let folded: Vec<&FacetBox> = self.facets.iter().filter(|facet| facet.is_folded).collect();
        let is_open = folded.iter().any(|facet| facet.has_selected());
        (folded, is_open)
    }

    fn new(
        frame: Frame,
        search: SearchParameters,
        facets: Vec<FacetBox>,
        found: Result<Found, Wrong>,
    ) -> Self {
        let language = frame.language;
        let has = |facet: &Facet| facets.iter().any(|present| present.name == facet.name());
        let (found, problem) = match found {
            Ok(found) => (Some(found), None),
            Err(problem) => (None, Some(problem)),
        };
        let has_orders = found.as_ref().is_some_and(|found| !found.hits.is_empty());
        Self {
            chips: chips(&search, language),
            orders: if has_orders { orders(&search, &facets, language) } else { Vec::new() },
            groups: if has_orders { groups(&search, &facets, language) } else { Vec::new() },
            hidden: hidden(&search, has, has_orders),
            facets,
            frame,
            search,
            problem,
            found,
        }
    }
}

/// Runs a search. Returns the title and the description of its page, the lists of facets and the results.
fn found(
    searcher: &Searcher,
    search: &SearchParameters,
    language: Language,
) -> Result<(String, String, Vec<FacetBox>, Found), Problem> {
    let is_grouped = search.others.group_by.is_some();
    let limit = search.limit(if is_grouped { OF_A_GROUP } else { HITS })?;
    let listed_facets = listed(searcher)?;
    let request = search.request()?.limit(limit).explain().facets(listed_facets.iter().cloned());
    let results = searcher.search(&request)?;
    let facets = FacetBox::all(&listed_facets, &results.facets, searcher, search, language)?;
    let at = |offset: usize| {
        let others = OtherParameters { offset, ..search.others.clone() };
        SearchParameters { others, ..search.clone() }.at("/search")
    };
    let is_first = search.tiers()? == Some(Tiers::First);
    let listed = results.total + if is_first { 0 } else { results.partial + results.near };
    let pages = match results.groups {
        // A page has as many groups as an answer.
        Some(groups) => Pages::new(groups, search.others.offset, MOST_GROUPS, DEEPEST, at),
        None => Pages::new(listed, search.others.offset, limit, DEEPEST, at),
    };
    let range = match (results.hits.first(), results.hits.last()) {
        (Some(first), Some(last)) if !is_grouped && results.hits.len() < listed => {
            Some((number(first.rank), number(last.rank)))
        }
        _ => None,
    };
    let mut hits = ShownHit::list(&results.hits, search, language);
    mark_second_tier(&mut hits, &results, is_grouped, language);
    let finds_nothing = results.total + results.partial + results.near == 0;
    let empty = match listed {
        _ if finds_nothing => language.say("条件に合う意見はありません。", "No opinion matches.").to_owned(),
        0 => none_complete(&results.reading, language) + language.say("。", "."),
        _ => language
            .say("このページに示す意見はありません。", "There are no opinions on this page.")
            .to_owned(),
    };
    // Where nothing is found there is nothing to draw.
    let (map, timeline) = if results.total == 0 {
        (None, None)
    } else {
        let years = by_year(results.facets.get(&Facet::Year), searcher, search)?;
        let counts = by_region(&results, searcher.statistics()?);
        (map(&counts, searcher, search, language)?, Timeline::of(&years, search, language))
    };
    let found = Found {
        total: number(results.total),
        partial: (results.partial > 0).then(|| number(results.partial)),
        tiers: other_tiers(search, &results, is_first, language),
        range,
        took: format!("{:.0}", (results.took.as_secs_f64() * 1e3).ceil()),
        notes: notes(&results, search, language),
        others: others(&results, search, language),
        has_heading: !is_grouped && hits.first().is_some_and(|hit| hit.below.is_none()),
        hits,
        has_hits: listed > 0,
        finds_nothing,
        empty,
        map,
        timeline,
        pages,
        exports: Exports::new(search, &results),
    };
    Ok((title(search, &results, language), description(&results, language), facets, found))
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
    let description = match (fewer_words(&results.reading), language) {
        _ if is_first => language
            .say("一部の語を含む意見も見る", "Also show opinions with only some of the words")
            .to_owned(),
        (None, _) => {
            language.say("すべての語を含む意見だけを見る", "Only opinions with all words").to_owned()
        }
        (Some(required), Language::Japanese) => format!("{required}語以上を含む意見だけを見る"),
        (Some(required), Language::English) => format!("Only opinions with at least {required} of the words"),
    };
    let text =
        if is_first { language.say("含める", "Include") } else { language.say("除く", "Leave out") };
    is_worth_it.then_some(TiersLink { text, description, address })
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

/// Returns searches without what is wrong with one, as far as they find something.
fn instead(
    searcher: &Searcher,
    search: &SearchParameters,
    problem: &Problem,
    language: Language,
) -> Vec<Other> {
    let mut tried = Vec::new();
    if let Problem::UnknownValue(unknown) = problem {
        // A municipality is followed by its region in brackets.
        let nearest = unknown.nearest.iter().map(|value| value.split(" (").next().unwrap_or(value));
        tried.extend(nearest.map(|value| {
            let text = match language {
                Language::Japanese => format!("「{value}」で絞り込む"),
                Language::English => format!("filter by {value}"),
            };
            (text, search.only(&unknown.facet, value))
        }));
        let change = Change::WithoutFilter(unknown.facet.clone());
        tried.push((wording::change(&change, language), search.without_filter_by(&unknown.facet)));
    }
    tried.push((wording::change(&Change::WithoutFilters, language), search.without_filters()));
    let mut others: Vec<Other> = Vec::new();
    for (text, changed) in tried {
        let count = changed.request().ok().and_then(|request| searcher.count(&request).ok()).unwrap_or(0);
        let address = changed.at("/search");
        if count > 0 && others.iter().all(|other| other.address != address) {
            others.push(Other { text, count: language.opinions(count), address });
        }
    }
    others
}

/// Returns the orders to choose from. Those by a facet are offered if it has several values.
fn orders(search: &SearchParameters, facets: &[FacetBox], language: Language) -> Vec<Choice> {
    let has = |facet: &Facet| facets.iter().any(|present| present.name == facet.name());
    let chosen = search.others.sort.as_deref().unwrap_or_default();
    let mut orders = vec![
        ("", language.say("適合順", "Best first")),
        ("-date", language.say("新しい順", "Latest first")),
        ("date", language.say("古い順", "Earliest first")),
    ];
    if has(&Facet::Region) {
        orders.push(("region", language.say("圏域順", "By region")));
    }
    if has(&Facet::Speaker) {
        orders.push(("speaker", language.say("発言者順", "By speaker")));
    }
    orders.push(("meeting", language.say("会議名順", "By meeting")));
    let fields = by_extra_field(facets, language, |label| format!("{label}順"));
    orders.extend(fields.iter().map(|(name, text)| (*name, text.as_str())));
    choices(&orders, if chosen == "relevance" { "" } else { chosen })
}

/// Returns the groups to choose from, which are those by facets with several values.
fn groups(search: &SearchParameters, facets: &[FacetBox], language: Language) -> Vec<Choice> {
    let has = |facet: &Facet| facets.iter().any(|present| present.name == facet.name());
    let mut groups = vec![("", language.say("まとめない", "No groups"))];
    for (facet, text) in [
        (const { &Facet::Region }, language.say("圏域ごと", "By region")),
        (const { &Facet::Section }, language.say("議題ごと", "By section")),
        (const { &Facet::Speaker }, language.say("発言者ごと", "By speaker")),
        (const { &Facet::Body }, language.say("会議体ごと", "By body")),
    ] {
        if has(facet) {
            groups.push((facet.name(), text));
        }
    }
    groups.push(("meeting", language.say("会議ごと", "By meeting")));
    groups.push(("year", language.say("年ごと", "By year")));
    let fields = by_extra_field(facets, language, |label| format!("{label}ごと"));
    groups.extend(fields.iter().map(|(name, text)| (*name, text.as_str())));
    choices(&groups, search.others.group_by.as_deref().unwrap_or_default())
}

/// Returns the names of the extra fields that have a list, with a text for each.
fn by_extra_field(
    facets: &[FacetBox],
    language: Language,
    japanese: impl Fn(&str) -> String,
) -> Vec<(&str, String)> {
    let text = |label: &str| match language {
        Language::Japanese => japanese(label),
        Language::English => format!("By {}", label.to_lowercase()),
    };
    facets
        .iter()
        .filter(|facet| facet.is_extra())
        .map(|facet| (facet.name.as_str(), text(&facet.label)))
        .collect()
}

/// Returns choices of which one is chosen. A chosen value that is none of them comes from an address, and is kept.
fn choices(known: &[(&str, &str)], chosen: &str) -> Vec<Choice> {
    let choice = |value: &str, text: &str| Choice {
        value: value.to_owned(),
        text: text.to_owned(),
        is_chosen: value == chosen,
    };
    let mut choices: Vec<Choice> = known.iter().map(|(value, text)| choice(value, text)).collect();
    if choices.iter().all(|choice| !choice.is_chosen) {
        choices.push(choice(chosen, chosen));
    }
    choices
}
