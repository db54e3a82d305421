//! Repairs: changes of a search that found little, which may find more; and last resorts where nothing else finds anything.

use super::super::{Change, SearchContext, SearchRequest, Summary};
use crate::analysis::Synonyms;
use crate::conditions::{Condition, Facet, Filter};
use crate::index::EngineResult;
use crate::query::{Expander, Leaf, Plan, QueryAnalyzer, Reach};

/// Maximum number of matches for which repairs are proposed.
const LITTLE: usize = 2;

/// Maximum number of repairs that are offered, and of words in a query that are left out in turn.
pub(in crate::search) const MOST: usize = 5;

/// Maximum number of words that are searched alone.
const MOST_ALONE: usize = 8;

/// Proposes changes, each with the changed request. Returns none if enough was found.
pub(in crate::search) fn propose(
    request: &SearchRequest,
    plan: &Plan,
    summary: &Summary,
    context: &SearchContext,
) -> EngineResult<Vec<(Change, SearchRequest)>> {
    if summary.total > LITTLE {
        return Ok(Vec::new());
    }
    let mut proposals = without_filters(request);
    // The second tier already shows what is found without one of the words.
    if summary.partial == 0 && (request.exact || summary.reading.widened.is_none()) {
        proposals.extend(without_words(request, plan));
    }
    if request.exact {
        proposals.extend(with_alternatives(request, plan, context)?);
    }
    Ok(proposals)
}

/// Proposes changes of a request that leave less of what was asked for, for where no other change finds anything.
pub(in crate::search) fn last_resorts(
    request: &SearchRequest,
    context: &SearchContext,
) -> Vec<(Change, SearchRequest)> {
    let unquoted = request.query.unquoted();
    let analyzed = QueryAnalyzer::new(context.index.analyzer(), &Synonyms::none()).analyze(&unquoted);
    let texts = analyzed.texts();
    let only = |leaf: usize, word: &str| {
        // Leaves are counted in the query as it is, so that the last is replaced first.
        (0..texts.len()).rev().fold(unquoted.clone(), |query, other| {
            let kept = (other == leaf).then(|| texts[leaf].leaf(word));
            query.with_leaf(other, kept.as_slice())
        })
    };
    let words =
        texts.iter().enumerate().flat_map(|(leaf, text)| text.words.iter().map(move |word| (leaf, word)));
    let alone = words.take(MOST_ALONE).map(|(leaf, word)| (Change::OnlyWord(word.clone()), only(leaf, word)));
    let mut changed = vec![
        (Change::WithoutConditions, request.query.without_conditions()),
        (Change::Unquoted, unquoted.clone()),
    ];
    changed.extend(alone);
    let mut known = vec![request.query.clone()];
    changed.retain(|(_, query)| {
        let is_new = !query.is_empty() && !known.contains(query);
        known.push(query.clone());
        is_new
    });
    changed.into_iter().map(|(change, query)| (change, SearchRequest { query, ..request.clone() })).collect()
}

/// Returns the request without the filters of each facet in turn and, if several facets are filtered, without
/// all of them.
fn without_filters(request: &SearchRequest) -> Vec<(Change, SearchRequest)> {
    let mut facets: Vec<Facet> = Vec::new();
    for facet in request.filters.iter().filter_map(facet_of) {
        if !facets.contains(&facet) {
            facets.push(facet);
        }
    }
    let without = |is_left_out: &dyn Fn(&Filter) -> bool| SearchRequest {
        filters: request.filters.iter().filter(|filter| !is_left_out(filter)).cloned().collect(),
        ..request.clone()
    };
    let of_facet = |facet: &Facet| {
        let is_by_facet = |filter: &Filter| facet_of(filter).as_ref() == Some(facet);
        (Change::WithoutFilter(facet.clone()), without(&is_by_facet))
    };
    let mut changed: Vec<_> = facets.iter().map(of_facet).collect();
    if facets.len() > 1 {
        changed.push((Change::WithoutFilters, without(&|filter| facet_of(filter).is_some())));
    }
    changed
}

/// Returns the facet that a filter applies to. A filter by an identifier has none, because it is never set by
/// mistake.
fn facet_of(filter: &Filter) -> Option<Facet> {
    match &filter.0 {
        Condition::Value(facet, _) => Some(facet.clone()),
        Condition::Dates(_) => Some(Facet::Date),
        Condition::Id(_) => None,
    }
}

/// Returns the request without each of its words in turn, if it has several words but not more than [`MOST`].
fn without_words(request: &SearchRequest, plan: &Plan) -> Vec<(Change, SearchRequest)> {
    let query = &plan.expanded.query;
    let texts = query.texts();
    let words: usize = texts.iter().map(|text| text.words.len()).sum();
    if !(2..=MOST).contains(&words) {
        return Vec::new();
    }
    let mut changed = Vec::new();
    for (leaf, text) in texts.iter().enumerate() {
        for place in 0..text.words.len() {
            let kept = text.words.iter().enumerate().filter(|(other, _)| *other != place);
            let kept: Vec<Leaf> = kept.map(|(_, word)| text.leaf(word)).collect();
            // As it was typed, with its boost and its quotation marks.
            let typed = query.words().into_iter().find(|word| word.characters == text.words[place]);
            let change = Change::WithoutWord(typed.map(ToString::to_string).unwrap_or_default());
            let query = request.query.with_leaf(leaf, &kept);
            changed.push((change, SearchRequest { query, ..request.clone() }));
        }
    }
    changed
}

/// Returns the request with each word replaced by each of its alternatives in turn.
fn with_alternatives(
    request: &SearchRequest,
    plan: &Plan,
    context: &SearchContext,
) -> EngineResult<Vec<(Change, SearchRequest)>> {
    let query = &plan.expanded.query;
    let (analyzer, synonyms) = (context.index.analyzer(), context.synonyms());
    let expander =
        Expander { analyzer, synonyms: &synonyms, vocabulary: context.vocabulary(), reach: Reach::Near };
    let mut changed = Vec::new();
    for word in query.words() {
        for alternative in expander.alternatives(word)? {
            let by = alternative.form.as_str();
            for (leaf, text) in query.texts().iter().enumerate() {
                let Some(place) = text.words.iter().position(|known| *known == word.characters) else {
                    continue;
                };
                let words = text.words.iter().enumerate();
                let words: Vec<Leaf> =
                    words.map(|(other, word)| text.leaf(if other == place { by } else { word })).collect();
                let query = request.query.with_leaf(leaf, &words);
                changed.push((Change::As(by.to_owned()), SearchRequest { query, ..request.clone() }));
                break;
            }
        }
    }
    Ok(changed)
}
