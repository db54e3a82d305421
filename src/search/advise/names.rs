//! Names in the words of a query: regions, municipalities, sections, speakers, bodies and spans of time.
//!
//! 足立区 in 「足立区 訪問看護」 says where, and the texts from there seldom repeat it. The word still matches as it was typed;
//! the same search with a filter in its place is offered beside.

use std::collections::HashMap;

use crate::analysis::term;
use crate::conditions::{Facet, Filter};
use crate::index::{Condition, EngineResult, TermField, Value};
use crate::minutes::DateRange;
use crate::query::{AnalyzedQuery, Leaf, TypedText};
use crate::search::{Change, SearchContext, SearchRequest};

/// Maximum number of words of a text that are looked up, and of words in a name.
const WORDS: usize = 8;
const LONGEST: usize = 4;

/// The facets whose values are names, beside speakers.
const NAMED: [Facet; 3] = [Facet::Region, Facet::Section, Facet::Body];

/// What ends a span of time. A bare number is a number.
const UNITS_OF_TIME: [char; 4] = ['年', '月', '日', '度'];

/// What the name of a municipality ends in.
const MUNICIPALITIES: [char; 4] = ['区', '市', '町', '村'];

/// A name in a query.
pub(in crate::search) struct Named {
    word: String,
    /// What it names.
    pub(in crate::search) filter: Filter,
    /// The request with the filter in place of the word.
    request: SearchRequest,
}

impl Named {
    /// Returns the change of the request that takes the name as a filter.
    pub(in crate::search) fn change(&self) -> (Change, SearchRequest) {
        let change = Change::AsFilter { word: self.word.clone(), filter: self.filter.clone() };
        (change, self.request.clone())
    }
}

/// Some words of a text of the query that may be a name.
struct Candidate<'a> {
    leaf: usize,
    text: &'a TypedText,
    /// The places of the first and the last word.
    words: (usize, usize),
    name: &'a str,
}

/// Returns the names in the query of a request, which is also given as it was analyzed.
pub(in crate::search) fn names(
    request: &SearchRequest,
    query: &AnalyzedQuery,
    context: &SearchContext,
) -> EngineResult<Vec<Named>> {
    // A filter holds for the whole search, and not for one of its alternatives.
    if request.query.has_alternatives() {
        return Ok(Vec::new());
    }
    let candidates = candidates(query.texts());
    let filters = filters(&candidates, request, context)?;
    let mut names: Vec<Named> = Vec::new();
    let mut after = (0, 0);
    for (candidate, filter) in candidates.iter().zip(filters) {
        let Candidate { leaf, text, words: (first, last), name } = *candidate;
        // The longest name counts: 南多摩 and not 多摩.
        let Some(filter) = filter.filter(|_| (leaf, first) >= after) else { continue };
        after = (leaf, last + 1);
        let rest = text.words.iter().enumerate().filter(|(place, _)| !(first..=last).contains(place));
        let rest: Vec<Leaf> = rest.map(|(_, word)| text.leaf(word)).collect();
        let query = request.query.with_leaf(leaf, &rest).and(filter.clone());
        names.push(Named {
            word: name.to_owned(),
            filter,
            request: SearchRequest { query, ..request.clone() },
        });
    }
    Ok(names)
}

/// Returns what may be names, in the order of their first words, the longest first.
fn candidates(texts: &[TypedText]) -> Vec<Candidate<'_>> {
    let mut candidates = Vec::new();
    for (leaf, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_phrase) {
        let spans = spans(text);
        for first in 0..spans.len() {
            for last in (first..spans.len().min(first + LONGEST)).rev() {
                let name = &text.characters[spans[first].0..spans[last].1];
                if name.chars().nth(1).is_some() {
                    candidates.push(Candidate { leaf, text, words: (first, last), name });
                }
            }
        }
    }
    candidates
}

/// Returns where each word of a text stands in it, in bytes.
fn spans(text: &TypedText) -> Vec<(usize, usize)> {
    let mut end = 0;
    let span = |word: &String| {
        let start = end + text.characters[end..].find(word.as_str())?;
        end = start + word.len();
        Some((start, end))
    };
    text.words.iter().take(WORDS).map_while(span).collect()
}

/// Returns the filter that each candidate names, if it is a name and the request has no filter of its kind.
fn filters(
    candidates: &[Candidate<'_>],
    request: &SearchRequest,
    context: &SearchContext,
) -> EngineResult<Vec<Option<Filter>>> {
    let is_free = |facet: &Facet| !request.has_filter_by(facet);
    let has_no_time = [Facet::Date, Facet::Year].iter().all(is_free);
    let of_table = |candidate: &Candidate<'_>| match candidate.name {
        name if name.ends_with(UNITS_OF_TIME) && has_no_time => DateRange::parse(name).map(Filter::dates),
        name if name.ends_with(MUNICIPALITIES) && is_free(&Facet::Region) => {
            context.regions().of_municipality(name).map(Filter::region)
        }
        _ => None,
    };
    let mut filters: Vec<Option<Filter>> = candidates.iter().map(of_table).collect();
    let mut pairs = HeadingPairs { context, known: HashMap::new() };
    let mut may_be: Vec<usize> = Vec::new();
    for (place, candidate) in candidates.iter().enumerate() {
        if filters[place].is_none() && pairs.may_have(candidate.name)? {
            may_be.push(place);
        }
    }
    for facet in NAMED.into_iter().filter(is_free) {
        let is_value = |&place: &usize| {
            Condition::Values(vec![Value {
                column: facet.column(),
                value: candidates[place].name.to_owned(),
            }])
        };
        let are_values = context.engine().exist(&may_be.iter().map(is_value).collect::<Vec<_>>())?;
        for (&place, _) in may_be.iter().zip(are_values).filter(|(_, is_value)| *is_value) {
            filters[place] = Filter::new(facet.clone(), candidates[place].name).ok();
        }
        may_be.retain(|&place| filters[place].is_none());
    }
    if is_free(&Facet::Speaker) && !may_be.is_empty() {
        let speakers = context.speakers()?;
        for place in may_be.into_iter().filter(|&place| speakers.has(candidates[place].name)) {
            filters[place] = Some(Filter::speaker(candidates[place].name));
        }
    }
    Ok(filters)
}

/// Tells which pairs of characters the headings of the index have. Most names that begin at one word share their first pair.
struct HeadingPairs<'a> {
    context: &'a SearchContext,
    known: HashMap<[char; 2], bool>,
}

impl HeadingPairs<'_> {
    /// Whether the headings have the first and the last two characters of a name.
    fn may_have(&mut self, name: &str) -> EngineResult<bool> {
        let characters: Vec<char> = name.chars().collect();
        let (Some(&first), Some(&last)) = (characters.first_chunk(), characters.last_chunk()) else {
            return Ok(false);
        };
        Ok(self.has(first)? && self.has(last)?)
    }

    fn has(&mut self, pair: [char; 2]) -> EngineResult<bool> {
        if let Some(&known) = self.known.get(&pair) {
            return Ok(known);
        }
        let mut text = String::new();
        term::write_pair(pair[0], Some(pair[1]), &mut text);
        let has = self.context.engine().locate(TermField::Heading, &text)?.documents > 0;
        self.known.insert(pair, has);
        Ok(has)
    }
}
