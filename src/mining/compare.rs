//! Comparison of the values of a facet (regions, sections, years, speakers): the number of matches, their
//! share, and the values without any.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::{Deserialize, Serialize};

use crate::conditions::Facet;
use crate::index::{EngineResult, FacetValues, OpinionKey};
use crate::search::{Answer, Hit, Reading, SearchContext, SearchError, SearchRequest, Wanted, run};

/// The matches for each value of a facet, relative to all opinions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Comparison {
    /// How the query was read and searched.
    #[serde(flatten)]
    pub reading: Reading,
    /// The number of opinions that match.
    pub total: usize,
    /// The number of opinions that pass the filters of the request, whether or not they match its query.
    pub of: usize,
    /// The facet of the rows.
    pub by: Facet,
    /// The facet of the columns, if a second facet was requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub across: Option<Facet>,
    /// The values of the second facet, with `None` for opinions without one. Spans of time are in
    /// chronological order, other values in the order of the corpus.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Option<String>>,
    /// One row for each value. Spans of time are in chronological order without gaps, other values in
    /// descending order of matches.
    pub rows: Vec<ComparedValue>,
    /// The values without a match.
    pub absent: Vec<String>,
}

/// A value of a facet and the matches among its opinions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComparedValue {
    /// The value; `None` for opinions without one.
    pub value: Option<String>,
    /// The number of matches, and of all opinions with the value.
    #[serde(flatten)]
    pub count: Count,
    /// The same counts for each column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Count>,
    /// The best match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Hit>,
}

/// A number of matches, and the number of opinions that they are from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The number of opinions that match.
    pub matches: usize,
    /// The number of all opinions.
    pub of: usize,
}

impl Count {
    /// Returns the share of opinions that match, from 0 to 1.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.matches as f64 / self.of as f64 }
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The share follows from the two.
        #[derive(Deserialize)]
        struct Told {
            count: usize,
            of: usize,
        }
        let Told { count, of } = Told::deserialize(deserializer)?;
        Ok(Self { matches: count, of })
    }
}

impl Serialize for Count {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut fields = serializer.serialize_struct("Count", 3)?;
        fields.serialize_field("count", &self.matches)?;
        fields.serialize_field("of", &self.of)?;
        fields.serialize_field("share", &((self.share() * 1e4).round() / 1e4))?;
        fields.end()
    }
}

/// Counts the matches of a request by one or two facets.
pub(crate) fn compare(
    context: &SearchContext,
    request: &SearchRequest,
    by: Facet,
    across: Option<Facet>,
) -> Result<Comparison, SearchError> {
    let answer = run(context, &request.all(), Wanted::Ranking)?.answer;
    let everything = everything(context, request)?;
    Ok(context.index.read(|| count(context, answer, &everything, by, across))?)
}

/// Returns all opinions that pass the filters of a request, whatever its query.
pub(super) fn everything(
    context: &SearchContext,
    request: &SearchRequest,
) -> Result<Vec<OpinionKey>, SearchError> {
    if request.has_filter() {
        return Ok(run(context, &request.without_query(), Wanted::Set)?.collected);
    }
    Ok(context.index.read(|| context.engine().all())?)
}

fn count(
    context: &SearchContext,
    answer: Answer,
    everything: &[OpinionKey],
    by: Facet,
    across: Option<Facet>,
) -> EngineResult<Comparison> {
    let matched = answer.ranked().iter().map(|ranked| ranked.matched.opinion);
    // All opinions come first, so that the values are in the order of the corpus.
    let opinions: Vec<OpinionKey> = everything.iter().copied().chain(matched).collect();
    let mut table = Table::new(by, across, &opinions, context)?;
    for place in 0..everything.len() {
        table.cell(place).1.of += 1;
    }
    let mut best: HashMap<usize, Hit> = HashMap::new();
    for (ranked, rank) in answer.ranked().iter().zip(1..) {
        let (row, cell) = table.cell(everything.len() + rank - 1);
        cell.matches += 1;
        if let Entry::Vacant(vacant) = best.entry(row) {
            vacant.insert(answer.hit(ranked, rank)?);
        }
    }
    Ok(table.into_comparison(answer, best))
}

/// The counts of opinions by one or two facets.
struct Table {
    rows: FacetValues,
    columns: Option<FacetValues>,
    by: Facet,
    across: Option<Facet>,
    counts: HashMap<(usize, usize), Count>,
}

impl Table {
    fn new(
        by: Facet,
        across: Option<Facet>,
        opinions: &[OpinionKey],
        context: &SearchContext,
    ) -> EngineResult<Self> {
        let values = |facet: &Facet| context.values_of(facet, opinions);
        let (rows, columns) = (values(&by)?, across.as_ref().map(values).transpose()?);
        Ok(Self { rows, columns, by, across, counts: HashMap::new() })
    }

    /// Returns the row of one of the opinions and the cell in which it is counted.
    fn cell(&mut self, opinion: usize) -> (usize, &mut Count) {
        let row = self.rows.places[opinion];
        let column = self.columns.as_ref().map_or(0, |columns| columns.places[opinion]);
        (row, self.counts.entry((row, column)).or_default())
    }

    fn into_comparison(self, answer: Answer, mut best: HashMap<usize, Hit>) -> Comparison {
        let Self { rows, columns, by, across, counts } = self;
        let names = rows.names;
        let columns = columns.map(|columns| columns.names).unwrap_or_default();
        let order = across.as_ref().map(|across| in_order(&columns, across)).unwrap_or_default();
        let width = columns.len().max(1);
        let cell = |row: usize, column: usize| counts.get(&(row, column)).copied().unwrap_or_default();
        let sum = |cells: &mut dyn Iterator<Item = Count>| {
            cells.fold(Count::default(), |sum, cell| Count {
                matches: sum.matches + cell.matches,
                of: sum.of + cell.of,
            })
        };
        let mut compared: Vec<ComparedValue> = in_order(&names, &by)
            .into_iter()
            .map(|row| ComparedValue {
                value: names[row].clone(),
                count: sum(&mut (0..width).map(|column| cell(row, column))),
                cells: order.iter().map(|&column| cell(row, column)).collect(),
                best: best.remove(&row),
            })
            .collect();
        if by.is_time() {
            compared = without_gaps(compared, &by, order.len());
        } else {
            compared.sort_by_key(|row| std::cmp::Reverse(row.count.matches));
        }
        let nothing = compared.iter().filter(|row| row.count.matches == 0);
        let absent = nothing.filter_map(|row| row.value.clone()).collect();
        let of = sum(&mut counts.into_values()).of;
        let columns = order.into_iter().map(|column| columns[column].clone()).collect();
        let total = answer.len();
        Comparison {
            reading: answer.into_summary().reading,
            total,
            of,
            by,
            across,
            columns,
            rows: compared,
            absent,
        }
    }
}

/// Returns the indices of values in their order: chronological for spans of time, otherwise unchanged.
fn in_order(names: &[Option<String>], facet: &Facet) -> Vec<usize> {
    let mut places: Vec<usize> = (0..names.len()).collect();
    if facet.is_time() {
        // Opinions without a date come last.
        places.sort_by(|&left, &right| {
            names[left].is_none().cmp(&names[right].is_none()).then_with(|| names[left].cmp(&names[right]))
        });
    }
    places
}

/// Inserts empty rows for years or months without meetings, so that gaps in time are visible.
fn without_gaps(rows: Vec<ComparedValue>, by: &Facet, columns: usize) -> Vec<ComparedValue> {
    let mut whole: Vec<ComparedValue> = Vec::new();
    for row in rows {
        let next = || by.next(whole.last()?.value.as_deref()?);
        let mut next_value = next();
        while let (Some(next), Some(value)) = (&next_value, &row.value)
            && next < value
        {
            let following = by.next(next);
            let empty = Count::default();
            let value = next_value.take();
            whole.push(ComparedValue { value, count: empty, cells: vec![empty; columns], best: None });
            next_value = following;
        }
        whole.push(row);
    }
    whole
}
