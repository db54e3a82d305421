//! The results of a search.

use std::collections::HashSet;
use std::sync::Arc;

use gijiroku::table::{Row, row};
use gijiroku::{FacetCount, SearchResults, Searcher};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use pythonize::pythonize;
use serde_json::{Value, json};

use crate::html;
use crate::opinion::{Hit, hit};
use crate::table::Kind::{Date, Integer, Number, Text};
use crate::table::{Frame, Kind, Table};

/// The columns of every data frame of hits. Others follow where hits have them.
const COLUMNS: [(&str, Kind); 17] = [
    ("rank", Integer),
    ("tier", Integer),
    ("score", Number),
    ("id", Text),
    ("region", Text),
    ("section", Text),
    ("date", Date),
    ("meeting", Text),
    ("body", Text),
    ("speaker", Text),
    ("role", Text),
    ("party", Text),
    ("text", Text),
    ("url", Text),
    ("file", Text),
    ("line", Integer),
    ("page", Integer),
];

/// The columns of hits that are grouped or collapsed.
const OF_GROUPS: [(&str, Kind); 2] = [("group", Text), ("alike", Integer)];

/// The results of a search: a sequence of hits, best first or as they were sorted.
///
/// >>> import gijiroku
/// >>> results = gijiroku.open("index").search("訪問看護", region="世田谷区")
/// >>> len(results), results.total, results[0].tier
/// (10, 2, 1)
/// >>> results.facets["region"].to_dicts()[0]
/// {'value': '北多摩北部', 'count': 3, 'partial': 11}
#[pyclass(frozen, sequence, module = "gijiroku", name = "Results")]
#[derive(Debug)]
pub(crate) struct Results {
    /// Without its hits.
    results: SearchResults,
    hits: Py<PyTuple>,
}

impl Results {
    pub(crate) fn new(
        py: Python<'_>,
        mut results: SearchResults,
        searcher: &Arc<Searcher>,
    ) -> PyResult<Self> {
        let hits = std::mem::take(&mut results.hits).into_iter().map(|hit| Hit::new(py, hit, searcher));
        let hits: Vec<Py<Hit>> = hits.collect::<PyResult<_>>()?;
        Ok(Self { results, hits: PyTuple::new(py, hits)?.unbind() })
    }

    fn hits<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, Hit>>> {
        self.hits.bind(py).iter().map(|hit| Ok(hit.cast_into::<Hit>()?)).collect()
    }

    fn frame(&self, py: Python<'_>) -> PyResult<Frame> {
        let hits = self.hits(py)?;
        let rows: Result<Vec<Row>, _> = hits.iter().map(|found| row(hit(found))).collect();
        let mut frame =
            Frame::new(&COLUMNS, rows.map_err(|error| PyRuntimeError::new_err(error.to_string()))?);
        for (name, kind) in OF_GROUPS {
            if frame.rows.iter().any(|row| row.contains_key(name)) {
                frame.columns.push((name.to_owned(), kind));
            }
        }
        let mut names: HashSet<String> = frame.columns.iter().map(|(name, _)| name.clone()).collect();
        let own = names.clone();
        for row in &mut frame.rows {
            let Some(Value::Object(extra)) = row.remove("extra") else { continue };
            for (name, value) in extra {
                // A record may have anything under the name of a column: as a facet, the field has another.
                let name = if own.contains(&name) { format!("field:{name}") } else { name };
                if names.insert(name.clone()) {
                    frame.columns.push((name.clone(), Text));
                }
                row.insert(name, value);
            }
        }
        Ok(frame)
    }
}

#[pymethods]
impl Results {
    /// The query as it was typed; empty for similar opinions.
    #[getter]
    fn query(&self) -> &str {
        &self.results.reading.query
    }

    /// The query as it was parsed, with its operators.
    #[getter]
    fn read_as(&self) -> &str {
        &self.results.reading.read_as
    }

    /// The number of opinions with all words, whether or not they are among the hits.
    #[getter]
    fn total(&self) -> usize {
        self.results.total
    }

    /// The number of opinions with only some of the words.
    #[getter]
    fn partial(&self) -> usize {
        self.results.partial
    }

    /// The number of groups, if hits are grouped.
    #[getter]
    fn groups(&self) -> Option<usize> {
        self.results.groups
    }

    /// The time that the search took, in seconds.
    #[getter]
    fn took(&self) -> f64 {
        self.results.took.as_secs_f64()
    }

    /// What may have been meant differently, one line each.
    #[getter]
    fn remarks(&self) -> Vec<String> {
        self.results.reading.remarks.iter().map(ToString::to_string).collect()
    }

    /// What else was searched for the words: other spellings, readings, synonyms.
    #[getter]
    fn also_searched<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.results.reading.also)?)
    }

    /// How the search was widened, if not all words had to match as they were typed.
    #[getter]
    fn widened<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.results.reading.widened)?)
    }

    /// Queries that may have been meant, the most likely first.
    #[getter]
    fn suggestions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.results.suggestions)?)
    }

    /// Changes of the search that would find more, if it found little.
    #[getter]
    fn repairs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.results.repairs)?)
    }

    /// The number of opinions for each value of region, section and the facets that were asked for. A facet is counted without
    /// its own filter.
    #[getter]
    fn facets<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let counts = &self.results.facets;
        let facets = PyDict::new(py);
        facets.set_item("region", counted(&counts.region))?;
        facets.set_item("section", counted(&counts.section))?;
        for chosen in &counts.chosen {
            facets.set_item(chosen.facet.name(), counted(&chosen.values))?;
        }
        Ok(facets)
    }

    /// Return the hits as dicts, with the columns of a data frame.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.frame(py)?.dicts(py)
    }

    /// Return the hits as a ``pandas.DataFrame``, with a column for each extra field.
    fn to_pandas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.frame(py)?.pandas(py)
    }

    /// Return the hits as a ``polars.DataFrame``, with a column for each extra field.
    fn to_polars<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.frame(py)?.polars(py)
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.hits.bind(py).len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.hits.bind(py).try_iter()?.into_any())
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.hits.bind(py).as_any().get_item(index)
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let SearchResults { total, partial, reading, .. } = &self.results;
        let hits = self.hits.bind(py).len();
        format!(
            "<Results for {:?}: {hits} hits of {total}, and {partial} with only some of the words>",
            reading.query
        )
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let hits = self.hits(py)?;
        Ok(html::results(&self.results, hits.iter().map(hit)))
    }
}

fn counted(counts: &[FacetCount]) -> Table {
    let rows = counts.iter().map(|FacetCount { value, count, partial, .. }| {
        Row::from_iter(
            [("value", json!(value)), ("count", json!(count)), ("partial", json!(partial))]
                .map(|(name, value)| (name.to_owned(), value)),
        )
    });
    let frame = Frame::new(&[("value", Text), ("count", Integer), ("partial", Integer)], rows.collect());
    Table::new(frame, json!({}))
}
