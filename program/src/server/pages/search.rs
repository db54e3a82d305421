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
use super::fields::inside;
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
use crate::texts;

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
    text: String,
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
        let (found, problem) = match found {
            Ok(found) => (Some(found), None),
            Err(problem) => (None, Some(problem)),
        };
        let has_orders = found.as_ref().is_some_and(|found| !found.hits.is_empty());
        Self {
            chips: chips(&search, language),
            orders: if has_orders { orders(&search, &facets, language) } else { Vec::new() },
            groups: if has_orders { groups(&search, &facets, language) } else { Vec::new() },
            hidden: hidden(&search, |facet| is_listed(facet, &facets), has_orders),
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
        _ if finds_nothing => texts::pages(language).no_opinion(),
        0 => texts::service(language).sentence(none_complete(&results.reading, language)),
        _ => texts::pages(language).none_on_page(),
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
    let second = shown.iter_mut().zip(&results.hits).filter(|(_, hit)| hit.tier == Tier::Second);
    let mut second = second.map(|(shown, _)| shown);
    if is_grouped || results.reading.mixes_tiers() {
        second.for_each(|shown| shown.is_partial = true);
    } else if let Some(first) = second.next() {
        let (texts, partial) = (texts::pages(language), number(results.partial));
        first.below = Some(match results.near {
            0 => texts.tier_below(partial),
            near => texts.tier_below_and_near(partial, number(near)),
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
    let texts = texts::pages(language);
    let description = match fewer_words(&results.reading) {
        _ if is_first => texts.also_with_some(),
        None => texts.only_with_all(),
        Some(required) => texts.only_with_enough(required),
    };
    let text = if is_first { texts.include_tier() } else { texts.leave_out_tier() };
    is_worth_it.then_some(TiersLink { text, description, address })
}

fn title(search: &SearchParameters, results: &SearchResults, language: Language) -> String {
    let asked: Vec<&str> = std::iter::once(search.others.q.trim())
        .chain(search.conditions.get(Facet::Region).iter().map(String::as_str))
        .chain(search.conditions.get(Facet::Section).iter().map(String::as_str))
        .filter(|text| !text.is_empty())
        .collect();
    let texts = texts::pages(language);
    let asked = if asked.is_empty() { texts.all_opinions() } else { asked.join(" ") };
    texts.title_of_search(asked, language.opinions(results.total))
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
    let texts = texts::pages(language);
    if most.is_empty() {
        texts.described(total)
    } else {
        texts.described_with_regions(total, most.join(&texts::common(language).comma()))
    }
}

/// Returns searches that may have been meant, and searches that find more.
fn others(results: &SearchResults, search: &SearchParameters, language: Language) -> Vec<Other> {
    let meant = results.suggestions.iter().map(|suggestion| Other {
        text: texts::pages(language).did_you_mean(&suggestion.text),
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
        tried.extend(
            nearest
                .map(|value| (texts::pages(language).filter_by(value), search.only(&unknown.facet, value))),
        );
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
    let chosen = search.others.sort.as_deref().unwrap_or_default();
    let texts = texts::pages(language);
    let mut orders =
        vec![("", texts.best_first()), ("-date", texts.latest_first()), ("date", texts.earliest_first())];
    if is_listed(&Facet::Region, facets) {
        orders.push(("region", texts.order_by_region()));
    }
    if is_listed(&Facet::Speaker, facets) {
        orders.push(("speaker", texts.order_by_speaker()));
    }
    orders.push(("meeting", texts.order_by_meeting()));
    orders.extend(
        extra_fields(facets).map(|(name, label)| (name, texts.order_by_field(inside(label, language)))),
    );
    choices(orders, if chosen == "relevance" { "" } else { chosen })
}

/// Returns the groups to choose from, which are those by facets with several values.
fn groups(search: &SearchParameters, facets: &[FacetBox], language: Language) -> Vec<Choice> {
    let texts = texts::pages(language);
    let mut groups = vec![("", texts.no_groups())];
    for (facet, text) in [
        (const { &Facet::Region }, texts.group_by_region()),
        (const { &Facet::Section }, texts.group_by_section()),
        (const { &Facet::Speaker }, texts.group_by_speaker()),
        (const { &Facet::Body }, texts.group_by_body()),
    ] {
        if is_listed(facet, facets) {
            groups.push((facet.name(), text));
        }
    }
    groups.push(("meeting", texts.group_by_meeting()));
    groups.push(("year", texts.group_by_year()));
    groups.extend(
        extra_fields(facets).map(|(name, label)| (name, texts.group_by_field(inside(label, language)))),
    );
    choices(groups, search.others.group_by.as_deref().unwrap_or_default())
}

/// Whether a facet has a list.
fn is_listed(facet: &Facet, facets: &[FacetBox]) -> bool {
    facets.iter().any(|listed| listed.name == facet.name())
}

/// Returns the names and the labels of the extra fields that have a list.
fn extra_fields(facets: &[FacetBox]) -> impl Iterator<Item = (&str, &str)> {
    let extra = facets.iter().filter(|facet| facet.is_extra());
    extra.map(|facet| (facet.name.as_str(), facet.label.as_str()))
}

/// Returns choices of which one is chosen. A chosen value that is none of them comes from an address, and is kept.
fn choices(known: Vec<(&str, String)>, chosen: &str) -> Vec<Choice> {
    let choice =
        |(value, text): (&str, String)| Choice { value: value.to_owned(), text, is_chosen: value == chosen };
    let mut choices: Vec<Choice> = known.into_iter().map(choice).collect();
    if choices.iter().all(|choice| !choice.is_chosen) {
        choices.push(choice((chosen, chosen.to_owned())));
    }
    choices
}
