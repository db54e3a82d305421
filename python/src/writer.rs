//! Changing an index: rows of a program, bytes of files.

use std::sync::{Arc, Mutex, PoisonError};

use gijiroku::{Filter, IndexError, IndexWriter, Record};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use tempfile::TempDir;

use crate::errors::{QueryError, of_condition, of_index};
use crate::index::Report;
use crate::options::{Options, items};
use crate::rows::Rows;

/// The number of rows that are read before the interpreter's lock is given up to index them.
const AT_ONCE: usize = 1_000;

/// Changes an index. At the end of a ``with`` block all changes are committed at once; after an exception, none.
///
/// Each change sees those before it, and nobody else sees any before the commit.
///
/// >>> import gijiroku
/// >>> index = gijiroku.Index()
/// >>> with index.writer() as writer:
/// ...     writer.upsert({"id": "q-1", "title": "第2回定例会", "text": "往診を増やしてほしい。", "選挙区": "北区"})
/// ...     writer.commit().upserted
/// ...     writer.delete(field={"選挙区": "北区"})
/// 1
/// 1
/// 1
/// >>> len(index)
/// 0
#[pyclass(frozen, module = "gijiroku", name = "Writer")]
#[derive(Debug)]
pub(crate) struct Writer {
    /// `None` when it is closed.
    writer: Mutex<Option<IndexWriter>>,
    /// Kept as long as it is written.
    _temporary: Option<Arc<TempDir>>,
}

impl Writer {
    pub(crate) fn new(writer: IndexWriter, temporary: Option<Arc<TempDir>>) -> Self {
        Self { writer: Mutex::new(Some(writer)), _temporary: temporary }
    }

    /// Runs what changes the index, without the interpreter's lock.
    fn run<T: Send>(
        &self,
        py: Python<'_>,
        change: impl FnOnce(&mut IndexWriter) -> Result<T, IndexError> + Send,
    ) -> PyResult<T> {
        let changed = py.detach(|| {
            let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            writer.as_mut().map(change)
        });
        changed.ok_or_else(|| PyValueError::new_err("the writer is closed"))?.map_err(of_index)
    }
}

#[pymethods]
impl Writer {
    /// Add rows, or replace the opinions with their identifiers, and return the number of rows.
    ///
    /// Rows are a dict, an iterable of dicts, or a data frame of pandas or polars. Columns may have any name that a table of
    /// minutes may have, in Japanese or English: ``id`` (番号), ``text`` (発言, 意見), ``title`` (会議名), ``body`` (会議体),
    /// ``region`` (圏域), ``section`` (議題), ``date`` (日付), ``speaker`` (発言者), ``role`` (役職), ``party`` (会派), ``url``. Any
    /// other column becomes an extra field. Identifier, text, and title or body are needed.
    /// An error at one row leaves those before it added.
    ///
    /// >>> import gijiroku
    /// >>> with gijiroku.Index().writer() as writer:
    /// ...     writer.upsert({"番号": n, "会議体": "市議会", "発言": f"意見{n}"} for n in range(3))
    /// 3
    fn upsert(&self, py: Python<'_>, rows: &Bound<'_, PyAny>) -> PyResult<u64> {
        let mut rows = Rows::new(rows)?;
        let mut number = 0;
        loop {
            let some: Vec<Record> = rows.by_ref().take(AT_ONCE).collect::<PyResult<_>>()?;
            if some.is_empty() {
                return Ok(number);
            }
            number += self.run(py, |writer| writer.extend(some))?;
            py.check_signals()?;
        }
    }

    /// Delete all opinions that meet a condition, wherever they came from, and return their number.
    ///
    /// The condition is ``id`` (of an opinion or a meeting), or one of those by which is searched; a list of values deletes what has
    /// any of them. Only ``date_from`` and ``date_to`` go together.
    ///
    /// >>> import gijiroku
    /// >>> index = gijiroku.Index()
    /// >>> _ = index.add("minutes")
    /// >>> with index.writer() as writer:
    /// ...     writer.delete(region="西多摩")
    /// 14
    #[pyo3(
        signature = (**conditions),
        text_signature = "($self, *, id=None, region=None, section=None, speaker=None, meeting=None, body=None, year=None, date_from=None, date_to=None, party=None, role=None, field=None)"
    )]
    fn delete(&self, py: Python<'_>, conditions: Option<&Bound<'_, PyDict>>) -> PyResult<u64> {
        let options = Options::new(py, "delete", conditions)?;
        let ids = options.value("id")?.as_ref().map(items).transpose()?.unwrap_or_default();
        let ids: Vec<Filter> =
            ids.iter().map(|id| Ok(Filter::id(id.str()?.to_cow()?))).collect::<PyResult<_>>()?;
        let others = options.conditions()?.filters().map_err(of_condition)?;
        options.finish()?;
        let filters = [ids, others].concat();
        let Some(first) = filters.first() else {
            return Err(PyTypeError::new_err("delete() needs a condition, such as id=\"q-1\""));
        };
        if filters.iter().any(|filter| filter.name() != first.name()) {
            return Err(QueryError::new_err(
                "delete() takes one condition; search for what meets several, and delete it by id",
            ));
        }
        self.run(py, |writer| filters.iter().try_fold(0, |sum, filter| Ok(sum + writer.delete(filter)?)))
    }

    /// Read the bytes of a file by its name, whatever its format. The name is what its opinions are cited by; what was read under
    /// the same name is replaced.
    ///
    /// >>> import gijiroku
    /// >>> index = gijiroku.Index()
    /// >>> with index.writer() as writer:
    /// ...     writer.read("a.txt", "第3回協議会\n\n- 夜間の往診を増やしてほしい。\n".encode())
    /// >>> len(index)
    /// 1
    fn read(&self, py: Python<'_>, name: &str, data: Vec<u8>) -> PyResult<()> {
        self.run(py, |writer| writer.read(name, data))
    }

    /// Make all changes since the last commit visible at once.
    ///
    /// >>> import gijiroku
    /// >>> writer = gijiroku.Index().writer()
    /// >>> writer.commit().upserted
    /// 0
    fn commit(&self, py: Python<'_>) -> PyResult<Report> {
        Report::new(py, self.run(py, IndexWriter::commit)?)
    }

    /// Forget all changes since the last commit.
    ///
    /// >>> import gijiroku
    /// >>> with gijiroku.Index().writer() as writer:
    /// ...     writer.upsert({"id": 1, "title": "会議", "text": "意見"})
    /// ...     writer.rollback()
    /// ...     writer.commit().upserted
    /// 1
    /// 0
    fn rollback(&self, py: Python<'_>) -> PyResult<()> {
        self.run(py, |writer| {
            writer.rollback();
            Ok(())
        })
    }

    /// Close the writer, which unlocks the index. Changes that are not committed are forgotten.
    ///
    /// >>> import gijiroku
    /// >>> writer = gijiroku.Index().writer()
    /// >>> writer.close()
    /// >>> writer.commit()
    /// Traceback (most recent call last):
    ///     ...
    /// ValueError: the writer is closed
    fn close(&self, py: Python<'_>) {
        py.detach(|| drop(self.writer.lock().unwrap_or_else(PoisonError::into_inner).take()));
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (exception_type, *_exception))]
    fn __exit__(
        &self,
        py: Python<'_>,
        exception_type: &Bound<'_, PyAny>,
        _exception: &Bound<'_, PyTuple>,
    ) -> PyResult<bool> {
        let is_open = py.detach(|| self.writer.lock().unwrap_or_else(PoisonError::into_inner).is_some());
        let committed =
            if exception_type.is_none() && is_open { self.commit(py).map(|_| ()) } else { Ok(()) };
        self.close(py);
        committed.map(|()| false)
    }
}
