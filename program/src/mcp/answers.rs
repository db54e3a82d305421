//! The answers of the tools: opinions with the facts needed to quote them, as many as the budget allows.

use gijiroku::Language;
use gijiroku::index::{IndexedMeeting, IndexedOpinion, OpinionInContext};
use gijiroku::mining::Comparison;
use gijiroku::minutes::who;
use gijiroku::search::{Citation, FacetCount, Hit, Reading, SearchResults, Tier};
use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::service::{Budget, notes, only_partial};

/// Numbers of characters of a passage: of a hit, of the best hit of a row, and of a neighbour.
const OF_A_HIT: usize = 160;
const OF_A_ROW: usize = 60;
const OF_A_NEIGHBOUR: usize = 120;

/// Maximum number of regions, and of values without a match, that an answer lists.
const LISTED: usize = 12;

/// What stands before and after what matches in a passage.
const MARK: &str = "**";

/// The address of the pages of `gijiroku serve`, for the permalinks.
#[derive(Clone, Debug)]
pub(super) struct Site(String);

impl Site {
    pub(super) fn new(address: &str) -> Self {
        Self(address.to_owned())
    }

    pub(super) fn address(&self) -> &str {
        &self.0
    }
}

/// An opinion that an assistant can quote, with its text from a character on.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuotableOpinion {
    id: String,
    text: String,
    /// The number of characters before the text, and where it goes on
    #[serde(skip_serializing_if = "is_zero")]
    #[schemars(default)]
    skipped: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_skip: Option<usize>,
    citation: String,
    permalink: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    meeting: String,
    /// The address where the opinion was published
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl QuotableOpinion {
    /// Returns an opinion with as much of its text as the budget allows.
    pub(super) fn new(opinion: IndexedOpinion, skip: usize, budget: &mut Budget, site: &Site) -> Self {
        let citation = Citation::new(&opinion);
        let mut quotable = Self {
            citation: citation.to_string(),
            permalink: citation.permalink(&site.0),
            speaker: who(opinion.speaker.as_deref(), opinion.role.as_deref()),
            text: String::new(),
            skipped: skip,
            next_skip: None,
            id: opinion.id,
            region: opinion.region,
            section: opinion.section,
            date: opinion.date,
            meeting: opinion.meeting,
            url: opinion.url,
        };
        budget.must_take(&quotable);
        let rest = opinion.text.chars().skip(skip);
        // At least one character, so that reading goes on.
        let length = budget.characters().max(1);
        quotable.text = rest.clone().take(length).collect();
        quotable.next_skip = (rest.count() > length).then(|| skip + length);
        budget.must_take(&quotable.text);
        quotable
    }
}

/// How the query was read, so that an assistant does not take hits of another word for hits of the word that
/// it searched for.
#[derive(Debug, Serialize, JsonSchema)]
struct Read {
    read_as: String,
    /// Notes on how the query was read, in words
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    notes: Vec<String>,
    /// How the search was widened
    #[serde(skip_serializing_if = "Option::is_none")]
    widened: Option<Map<String, Value>>,
}

impl From<Reading> for Read {
    fn from(reading: Reading) -> Self {
        let widened = reading.widened.as_ref().and_then(|widening| match serde_json::to_value(widening) {
            Ok(Value::Object(widening)) => Some(widening),
            _ => None,
        });
        Self {
            notes: notes(&reading, Language::English).into_iter().map(|note| note.text).collect(),
            read_as: reading.read_as,
            widened,
        }
    }
}

/// The results of a search.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Found {
    /// The number of opinions in the first tier, with all words; `hits` has only some of them
    total: usize,
    /// The number of opinions in the second tier, with only some of the words
    partial: usize,
    #[serde(flatten)]
    read: Read,
    hits: Vec<QuotableHit>,
    /// The `offset` with which the next hits are answered, if there are more
    #[serde(skip_serializing_if = "Option::is_none")]
    next_offset: Option<usize>,
    /// The number of matching opinions of the regions with the most
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    regions: Vec<Counted>,
    /// Queries that may have been meant, if nothing was found
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    suggestions: Vec<String>,
}

/// The number of matching opinions with a value.
#[derive(Debug, Serialize, JsonSchema)]
struct Counted {
    value: String,
    count: usize,
}

/// A hit that an assistant can quote.
#[derive(Debug, Serialize, JsonSchema)]
struct QuotableHit {
    id: String,
    /// 1 with all words of the query, 2 with only some of them
    #[schemars(with = "u8")]
    tier: Tier,
    /// The passage that matches, with `**` around what matches; `get` reads the whole
    passage: String,
    citation: String,
    permalink: String,
}

impl QuotableHit {
    fn new(hit: &Hit, characters: usize, site: &Site) -> Self {
        let citation = Citation::new(&hit.opinion);
        Self {
            id: hit.opinion.id.clone(),
            tier: hit.tier,
            passage: passage(hit, characters),
            citation: citation.to_string(),
            permalink: citation.permalink(&site.0),
        }
    }
}

/// Returns a part of the text of a hit, with what matches marked and an ellipsis where text is left out.
fn passage(hit: &Hit, characters: usize) -> String {
    let snippet = hit.snippet(characters);
    let (is_cut_before, is_cut_after) = snippet.is_cut;
    let mut passage = String::from(if is_cut_before { "…" } else { "" });
    for fragment in snippet.fragments() {
        let mark = if fragment.is_match { MARK } else { "" };
        passage.extend([mark, &fragment.text, mark]);
    }
    if is_cut_after {
        passage.push('…');
    }
    passage
}

impl Found {
    pub(super) fn new(results: SearchResults, offset: usize, mut budget: Budget, site: &Site) -> Self {
        let on_words = only_partial(&results, Language::English);
        let listed = results.total + results.partial;
        let mut read = Read::from(results.reading);
        read.notes.extend(on_words);
        let regions = results.facets.region.into_iter().filter(|region| region.count > 0).take(LISTED);
        let mut found = Self {
            total: results.total,
            partial: results.partial,
            read,
            hits: Vec::new(),
            next_offset: None,
            regions: regions.map(|FacetCount { value, count, .. }| Counted { value, count }).collect(),
            suggestions: results.suggestions.into_iter().map(|suggestion| suggestion.text).collect(),
        };
        budget.must_take(&found);
        found.hits = budget.first_of(results.hits.iter().map(|hit| QuotableHit::new(hit, OF_A_HIT, site)));
        let end = offset + found.hits.len();
        found.next_offset = (!found.hits.is_empty() && end < listed).then_some(end);
        found
    }
}

/// An opinion with its meeting and its neighbours.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct InContext {
    #[schemars(with = "Map<String, Value>")]
    meeting: IndexedMeeting,
    before: Vec<Neighbour>,
    opinion: QuotableOpinion,
    after: Vec<Neighbour>,
}

/// An opinion before or after another.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
struct Neighbour {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    /// The beginning; `get` reads the whole
    passage: String,
}

impl Neighbour {
    fn new(opinion: IndexedOpinion) -> Self {
        let speaker = who(opinion.speaker.as_deref(), opinion.role.as_deref());
        Self {
            id: opinion.id.clone(),
            speaker,
            passage: passage(&Hit::new(opinion, Vec::new()), OF_A_NEIGHBOUR),
        }
    }
}

impl InContext {
    /// Returns an opinion with the nearest of its neighbours, for which there is half of the budget. What these leave is
    /// for its text.
    pub(super) fn new(found: OpinionInContext, mut budget: Budget, site: &Site) -> Self {
        let OpinionInContext { opinion, meeting, before, after, .. } = found;
        budget.must_take(&meeting);
        let mut half = budget.one_of(2);
        let (before, after) =
            half.nearest_of(before.into_iter().map(Neighbour::new), after.into_iter().map(Neighbour::new));
        budget.take_back(half);
        Self { meeting, opinion: QuotableOpinion::new(opinion, 0, &mut budget, site), before, after }
    }
}

/// The number of matching opinions of each value of a facet.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Compared {
    total: usize,
    of: usize,
    #[serde(flatten)]
    read: Read,
    rows: Vec<ComparedRow>,
    /// The number of all rows, and the `offset` with which the next are answered, if there are more
    rows_total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_offset: Option<usize>,
    /// Some of the values without a matching opinion, and their number
    absent: Vec<String>,
    absent_total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ComparedRow {
    value: Option<String>,
    count: usize,
    of: usize,
    share: f64,
    /// The best of the matching opinions
    #[serde(skip_serializing_if = "Option::is_none")]
    best: Option<BestOpinion>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct BestOpinion {
    id: String,
    passage: String,
}

impl Compared {
    /// Returns the rows after `offset`, at most `limit`.
    pub(super) fn new(comparison: Comparison, offset: usize, limit: usize, mut budget: Budget) -> Self {
        let absent_total = comparison.absent.len();
        let mut compared = Self {
            total: comparison.total,
            of: comparison.of,
            read: comparison.reading.into(),
            rows: Vec::new(),
            rows_total: comparison.rows.len(),
            next_offset: None,
            absent: comparison.absent.into_iter().take(LISTED).collect(),
            absent_total,
        };
        budget.must_take(&compared);
        let rows = comparison.rows.into_iter().skip(offset).take(limit).map(|row| ComparedRow {
            value: row.value,
            count: row.count.matches,
            of: row.count.of,
            share: (row.count.share() * 1e4).round() / 1e4,
            best: row.best.map(|hit| BestOpinion { passage: passage(&hit, OF_A_ROW), id: hit.opinion.id }),
        });
        compared.rows = budget.first_of(rows);
        let end = offset.saturating_add(compared.rows.len());
        compared.next_offset = (!compared.rows.is_empty() && end < compared.rows_total).then_some(end);
        compared
    }
}
