//! The keyword arguments of a search.
//!
//! Conditions are those that the library lists ([`Parameter::all`]), so that a new one is an argument by itself. Only the ends of a span
//! of time have other names, because `from` is a keyword of Python.

use gijiroku::{Conditions, Facet, Matching, Parameter, SearchRequest, Sort, Tiers};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateTime, PyDict, PyInt, PyMapping, PyString};

use crate::errors::{QueryError, of_condition};

/// The keyword arguments that a function was given. Each is taken once, and what remains is unknown to the function.
pub(crate) struct Options<'py> {
    function: &'static str,
    given: Bound<'py, PyDict>,
}

impl<'py> Options<'py> {
    pub(crate) fn new(
        py: Python<'py>,
        function: &'static str,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Self> {
        let given = given.map_or_else(|| Ok(PyDict::new(py)), |given| given.copy())?;
        Ok(Self { function, given })
    }

    /// Takes an argument; `None` counts as not given.
    pub(crate) fn value(&self, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let value = self.given.get_item(name)?;
        if value.is_some() {
            self.given.del_item(name)?;
        }
        Ok(value.filter(|value| !value.is_none()))
    }

    pub(crate) fn is_set(&self, name: &str, default: bool) -> PyResult<bool> {
        self.value(name)?.map_or(Ok(default), |value| value.is_truthy())
    }

    /// Takes a number, which may be left out.
    fn number(&self, name: &str) -> PyResult<Option<usize>> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        value
            .extract()
            .map(Some)
            .map_err(|_| PyTypeError::new_err(format!("{name} is a whole number from 0 on")))
    }

    /// Takes a limit, which is a number by default, and none if it is `None`.
    pub(crate) fn limit(&self, default: usize) -> PyResult<usize> {
        let is_none = self.given.get_item("limit")?.is_some_and(|limit| limit.is_none());
        Ok(self.number("limit")?.unwrap_or(if is_none { usize::MAX } else { default }))
    }

    /// Takes one of several words.
    fn word<T: Clone>(&self, name: &str, words: &[(&str, T)]) -> PyResult<Option<T>> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        let given: String = value.extract()?;
        match words.iter().find(|(word, _)| *word == given) {
            Some((_, meant)) => Ok(Some(meant.clone())),
            None => {
                let known: Vec<String> = words.iter().map(|(word, _)| format!("{word:?}")).collect();
                Err(PyValueError::new_err(format!("{name} is {}, and not {given:?}", known.join(" or "))))
            }
        }
    }

    /// Takes a facet.
    pub(crate) fn facet(&self, name: &str) -> PyResult<Option<Facet>> {
        self.value(name)?.map(|value| facet(name, &value)).transpose()
    }

    /// Takes the conditions.
    pub(crate) fn conditions(&self) -> PyResult<Conditions> {
        let mut conditions = Conditions::default();
        for parameter in Parameter::all() {
            let name = argument(parameter);
            let Some(value) = self.value(name)? else { continue };
            let values = match parameter {
                Parameter::Field => fields(&value)?,
                _ => texts(name, &value)?,
            };
            if let ([_, _, ..], false) = (values.as_slice(), parameter.is_list()) {
                return Err(PyTypeError::new_err(format!("{name} is one date")));
            }
            for value in values {
                conditions.add(parameter.name(), value);
            }
        }
        Ok(conditions)
    }

    /// Takes what decides which opinions a query finds.
    pub(crate) fn request(&self, query: &str) -> PyResult<SearchRequest> {
        let mut request = SearchRequest::new(query).or_all();
        request = request.conditions(&self.conditions()?).map_err(of_condition)?;
        if let Some(matching) = self.word("matching", &[("all", Matching::All), ("any", Matching::Any)])? {
            request = request.matching(matching);
        }
        if let Some(tiers) = self.word("tiers", &[("first", Tiers::First), ("any", Tiers::Any)])? {
            request = request.tiers(tiers);
        }
        if self.is_set("exact", false)? {
            request = request.exact();
        }
        if !self.is_set("synonyms", true)? {
            request = request.without_synonyms();
        }
        Ok(request)
    }

    /// Takes what decides which of the opinions that were found are shown, and how.
    pub(crate) fn shown(&self, mut request: SearchRequest) -> PyResult<SearchRequest> {
        request = request.limit(self.limit(10)?).offset(self.number("offset")?.unwrap_or(0));
        if let Some(order) = self.value("sort")? {
            let order: String = order.extract()?;
            let sort: Sort = order.parse().map_err(|error| QueryError::new_err(format!("sort: {error}")))?;
            request = request.sort(sort);
        }
        if let Some(facets) = self.value("facets")? {
            let facets = items(&facets)?;
            let facets: Vec<Facet> =
                facets.iter().map(|value| facet("facets", value)).collect::<PyResult<_>>()?;
            request = request.facets(facets);
        }
        if let Some(facet) = self.facet("group_by")? {
            request = request.group_by(facet);
        }
        if self.is_set("collapse", false)? {
            request = request.collapse();
        }
        if self.is_set("explain", false)? {
            request = request.explain();
        }
        Ok(request.neighbours(self.number("neighbours")?.unwrap_or(0) as u64))
    }

    /// Refuses what was not taken.
    pub(crate) fn finish(&self) -> PyResult<()> {
        match self.given.keys().iter().next() {
            None => Ok(()),
            Some(name) => Err(PyTypeError::new_err(format!(
                "{}() got an unexpected keyword argument '{name}'",
                self.function
            ))),
        }
    }
}

/// The name of a condition as an argument.
fn argument(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::From => "date_from",
        Parameter::To => "date_to",
        _ => parameter.name(),
    }
}

/// Reads the name of a facet. What is an identifier in Python has underscores: `fiscal_year`.
pub(crate) fn facet(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Facet> {
    let given: String = value.extract()?;
    let found = given.parse::<Facet>().or_else(|error| given.replace('_', "-").parse().map_err(|_| error));
    found.map_err(|error| QueryError::new_err(format!("{name}: {given:?} is no facet; {error}")))
}

/// Returns one value, or the values of an iterable.
pub(crate) fn items<'py>(value: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if value.is_instance_of::<PyString>() {
        return Ok(vec![value.clone()]);
    }
    match value.try_iter() {
        Ok(values) => values.collect(),
        Err(_) => Ok(vec![value.clone()]),
    }
}

fn texts(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    items(value)?.iter().map(|value| text(name, value)).collect()
}

/// Returns a text, a number (of a year) or a day as it would be typed.
fn text(name: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(text) = value.extract::<String>() {
        return Ok(text);
    }
    if let Ok(time) = value.cast::<PyDateTime>() {
        return time.call_method0("date")?.str()?.extract();
    }
    if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyDate>() {
        return value.str()?.extract();
    }
    let given = value.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "{name} is a text, a number, a date or a list of such, and not {given}"
    )))
}

/// Returns the names and values of extra fields as they are typed: `会派=青空の会`.
fn fields(value: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let Ok(fields) = value.cast::<PyMapping>() else {
        return Err(PyTypeError::new_err(
            "field is a dict of names and values, such as {\"会派\": \"青空の会\"}",
        ));
    };
    let mut typed = Vec::new();
    for field in fields.items()?.iter() {
        let (name, value): (String, Bound<'_, PyAny>) = field.extract()?;
        for value in texts("field", &value)? {
            typed.push(format!("{name}={value}"));
        }
    }
    Ok(typed)
}
