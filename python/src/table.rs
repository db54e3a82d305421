//! Rows with named columns: the results that are no opinions, and what becomes a data frame.

use std::fmt::Write as _;

use gijiroku::table::{Row, cell};
use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDict, PyList, PyRange};
use pythonize::pythonize;
use serde_json::Value;

use crate::html::escaped;

/// What the values of a column are. It decides on the type of the column in a data frame, also where there are no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Number,
    Date,
}

/// Rows with named columns.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) columns: Vec<(String, Kind)>,
    pub(crate) rows: Vec<Row>,
}

impl Frame {
    /// Creates a frame with these columns.
    pub(crate) fn new(columns: &[(&str, Kind)], rows: Vec<Row>) -> Self {
        let columns = columns.iter().map(|&(name, kind)| (name.to_owned(), kind)).collect();
        Self { columns, rows }
    }

    fn value<'py>(py: Python<'py>, row: &Row, name: &str, kind: Kind) -> PyResult<Bound<'py, PyAny>> {
        match row.get(name) {
            Some(Value::String(text)) if kind == Kind::Date => date(py, text),
            value => Ok(pythonize(py, &value)?),
        }
    }

    /// Returns one row as a dictionary.
    fn dict<'py>(&self, py: Python<'py>, row: &Row) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, kind) in &self.columns {
            dict.set_item(name, Self::value(py, row, name, *kind)?)?;
        }
        Ok(dict)
    }

    /// Returns the rows as dictionaries.
    pub(crate) fn dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let dicts = self.rows.iter().map(|row| self.dict(py, row));
        PyList::new(py, dicts.collect::<PyResult<Vec<_>>>()?)
    }

    /// Returns the values by column.
    fn lists<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let lists = PyDict::new(py);
        for (name, kind) in &self.columns {
            let values = PyList::empty(py);
            for row in &self.rows {
                values.append(Self::value(py, row, name, *kind)?)?;
            }
            lists.set_item(name, values)?;
        }
        Ok(lists)
    }

    /// Returns a data frame of pandas.
    pub(crate) fn pandas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let pandas = import(py, "pandas")?;
        let series = self.lists(py)?;
        for (name, kind) in &self.columns {
            let typed = PyDict::new(py);
            let dtype = match kind {
                Kind::Text => "string",
                Kind::Integer => "Int64",
                Kind::Number => "float64",
                Kind::Date => "object",
            };
            typed.set_item("dtype", dtype)?;
            let values = pandas.call_method("Series", (series.get_item(name)?,), Some(&typed))?;
            let values =
                if *kind == Kind::Date { pandas.call_method1("to_datetime", (values,))? } else { values };
            series.set_item(name, values)?;
        }
        pandas.call_method1("DataFrame", (series,))
    }

    /// Returns a data frame of polars.
    pub(crate) fn polars<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let polars = import(py, "polars")?;
        let schema = PyDict::new(py);
        for (name, kind) in &self.columns {
            let kind = match kind {
                Kind::Text => "String",
                Kind::Integer => "Int64",
                Kind::Number => "Float64",
                Kind::Date => "Date",
            };
            schema.set_item(name, polars.getattr(kind)?)?;
        }
        let schema_given = PyDict::new(py);
        schema_given.set_item("schema", schema)?;
        polars.getattr("DataFrame")?.call((self.lists(py)?,), Some(&schema_given))
    }

    /// Returns a table in HTML.
    pub(crate) fn html(&self) -> String {
        let mut html = "<table><thead><tr>".to_owned();
        for (name, _) in &self.columns {
            // Writing to a string never fails.
            let _ = write!(html, "<th>{}</th>", escaped(name));
        }
        html.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            html.push_str("<tr>");
            for (name, _) in &self.columns {
                let _ = write!(html, "<td>{}</td>", escaped(&cell(row.get(name))));
            }
            html.push_str("</tr>");
        }
        html + "</tbody></table>"
    }
}

/// Returns the day of Python that ISO 8601 writes so.
pub(crate) fn date<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.get_type::<PyDate>().call_method1("fromisoformat", (text,))
}

/// Imports a library of data frames, which only those need who want one.
fn import<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyModule>> {
    py.import(name).map_err(|error| match error.is_instance_of::<PyImportError>(py) {
        true => {
            let missing = PyImportError::new_err(format!(
                "{name} is not installed; `pip install {name}` installs it, and to_dicts() does without"
            ));
            missing.set_cause(py, Some(error));
            missing
        }
        false => error,
    })
}

/// Rows with named columns.
///
/// A table is a sequence of dicts, becomes a data frame with `to_pandas()` or `to_polars()`, and shows as a table in a notebook.
/// `summary` tells what holds for all rows.
///
/// >>> import gijiroku
/// >>> table = gijiroku.open("index").compare("24時間")
/// >>> table.columns
/// ['region', 'count', 'of', 'share', 'best_id', 'best_text']
/// >>> table[0]["region"], table[0]["count"], table.summary["total"]
/// ('区西南部', 3, 10)
#[pyclass(frozen, sequence, module = "gijiroku", name = "Table")]
#[derive(Debug)]
pub(crate) struct Table {
    frame: Frame,
    summary: Value,
}

impl Table {
    pub(crate) fn new(frame: Frame, summary: Value) -> Self {
        Self { frame, summary }
    }
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.frame.columns.iter().map(|(name, _)| name.clone()).collect()
    }

    /// What holds for all rows, such as the number of opinions that they count.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.summary)?)
    }

    /// Return the rows as dicts.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.frame.dicts(py)
    }

    /// Return a `pandas.DataFrame`. Its `attrs` are the summary.
    fn to_pandas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let frame = self.frame.pandas(py)?;
        frame.getattr("attrs")?.call_method1("update", (self.summary(py)?,))?;
        Ok(frame)
    }

    /// Return a `polars.DataFrame`.
    fn to_polars<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.frame.polars(py)
    }

    fn __len__(&self) -> usize {
        self.frame.rows.len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.frame.dicts(py)?.try_iter()?.into_any())
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        // A range knows what negative places and slices mean.
        let places = PyRange::new(py, 0, self.frame.rows.len().try_into()?)?.as_any().get_item(index)?;
        let dict = |place: usize| self.frame.dict(py, &self.frame.rows[place]);
        match places.extract() {
            Ok(place) => Ok(dict(place)?.into_any()),
            Err(_) => {
                let dicts = places.try_iter()?.map(|place| dict(place?.extract()?));
                Ok(PyList::new(py, dicts.collect::<PyResult<Vec<_>>>()?)?.into_any())
            }
        }
    }

    fn __repr__(&self) -> String {
        format!("<Table of {} rows: {}>", self.frame.rows.len(), self.columns().join(", "))
    }

    fn _repr_html_(&self) -> String {
        self.frame.html()
    }
}
