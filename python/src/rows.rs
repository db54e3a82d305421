//! Rows of a program as records: dicts, and data frames by the names of their columns.

use gijiroku::Record;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{
    PyByteArray, PyBytes, PyDateTime, PyDict, PyFloat, PyIterator, PyList, PyMapping, PySet, PyString,
    PyTuple,
};

/// Rows of whatever a program keeps rows in.
pub(crate) struct Rows<'py> {
    /// The names of the columns, if each row is a sequence of values.
    columns: Option<Vec<String>>,
    rows: Bound<'py, PyIterator>,
    /// The number of rows that were read.
    read: usize,
}

impl<'py> Rows<'py> {
    /// Data frames are known by their methods, so that neither pandas nor polars is needed to read dicts.
    pub(crate) fn new(given: &Bound<'py, PyAny>) -> PyResult<Self> {
        let py = given.py();
        let (columns, rows) = if given.is_instance_of::<PyMapping>() {
            (None, PyList::new(py, [given])?.try_iter()?)
        } else if given.hasattr("itertuples")? {
            let plain = PyDict::new(py);
            plain.set_item("index", false)?;
            plain.set_item("name", py.None())?;
            (Some(names(given)?), given.call_method("itertuples", (), Some(&plain))?.try_iter()?)
        } else if given.hasattr("iter_rows")? {
            (Some(names(given)?), given.call_method0("iter_rows")?.try_iter()?)
        } else {
            let kind = given.get_type().name()?;
            let refused = || {
                PyTypeError::new_err(format!(
                    "rows are a dict, an iterable of dicts, or a data frame of pandas or polars, and not {kind}"
                ))
            };
            if given.is_instance_of::<PyString>() || given.is_instance_of::<PyBytes>() {
                return Err(refused());
            }
            (None, given.try_iter().map_err(|_| refused())?)
        };
        Ok(Self { columns, rows, read: 0 })
    }

    /// Returns the columns of a row with their values.
    fn record(&self, row: &Bound<'py, PyAny>) -> PyResult<Record> {
        let mut values: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, value: &Bound<'py, PyAny>| -> PyResult<()> {
            if let Some(value) = self.text(name, value)? {
                values.push((name.to_owned(), value));
            }
            Ok(())
        };
        match &self.columns {
            Some(columns) => {
                for (name, value) in columns.iter().zip(row.try_iter()?) {
                    add(name, &value?)?;
                }
            }
            None => {
                let kind = row.get_type().name()?;
                let row = row.cast::<PyMapping>().map_err(|_| {
                    PyTypeError::new_err(format!("row {} is of type {kind}, and not a dict", self.read))
                })?;
                for item in row.items()?.iter() {
                    let (name, value): (Bound<'py, PyAny>, Bound<'py, PyAny>) = item.extract()?;
                    add(&name.str()?.to_cow()?, &value)?;
                }
            }
        }
        Ok(Record::from_columns(values.iter().map(|(name, value)| (name.as_str(), value.as_str()))))
    }

    /// Returns a value as a text; `None` for one that is missing.
    fn text(&self, name: &str, value: &Bound<'py, PyAny>) -> PyResult<Option<String>> {
        if value.is_none() {
            return Ok(None);
        }
        if let Ok(text) = value.cast::<PyString>() {
            return Ok(Some(text.to_cow()?.into_owned()));
        }
        let kind = value.get_type().name()?;
        let kind = kind.to_cow()?;
        // What pandas has where a value is missing.
        if kind == "NAType" || kind == "NaTType" {
            return Ok(None);
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            let number = number.value();
            if number.is_nan() {
                return Ok(None);
            }
            // A column of whole numbers with one missing is of floats in pandas.
            if number.fract() == 0.0 && number.abs() < 1e15 {
                return Ok(Some(format!("{number:.0}")));
            }
        }
        if let Ok(time) = value.cast::<PyDateTime>() {
            let text: String = time.call_method1("isoformat", (" ",))?.extract()?;
            return Ok(Some(text.strip_suffix(" 00:00:00").map(str::to_owned).unwrap_or(text)));
        }
        let is_composite = value.is_instance_of::<PyMapping>()
            || value.is_instance_of::<PyList>()
            || value.is_instance_of::<PyTuple>()
            || value.is_instance_of::<PySet>()
            || value.is_instance_of::<PyBytes>()
            || value.is_instance_of::<PyByteArray>();
        if is_composite {
            return Err(PyTypeError::new_err(format!(
                "row {}: the value of {name:?} is of type {kind}; give a text, a number or a date",
                self.read
            )));
        }
        Ok(Some(value.str()?.to_cow()?.into_owned()))
    }
}

impl Iterator for Rows<'_> {
    type Item = PyResult<Record>;

    fn next(&mut self) -> Option<PyResult<Record>> {
        let row = self.rows.next()?;
        self.read += 1;
        Some(row.and_then(|row| self.record(&row)))
    }
}

/// Returns the names of the columns of a data frame.
fn names(frame: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    frame.getattr("columns")?.try_iter()?.map(|name| Ok(name?.str()?.to_cow()?.into_owned())).collect()
}
