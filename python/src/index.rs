//! An index that can be filled.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gijiroku::{BuildReport, IndexBuilder, IndexWriter};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use tempfile::TempDir;

use crate::errors::{MinutesWarning, of_index};
use crate::interrupt;
use crate::searcher::Searcher;
use crate::writer::Writer;

/// An index in a folder, which is created if there is none. Without a folder it lies in a temporary one, which is removed with the
/// index and its searchers.
///
/// >>> import gijiroku
/// >>> index = gijiroku.Index()
/// >>> index.add("minutes").opinions
/// 200
/// >>> with index.writer() as writer:
/// ...     writer.upsert({"id": "q-1", "会議名": "第2回定例会", "発言": "夜間の往診を増やしてほしい。"})
/// 1
/// >>> index.searcher().search("夜間の往診")[0].id
/// 'q-1'
#[pyclass(frozen, module = "gijiroku", name = "Index")]
#[derive(Debug)]
pub(crate) struct Index {
    folder: PathBuf,
    temporary: Option<Arc<TempDir>>,
}

impl Index {
    fn build(
        &self,
        py: Python<'_>,
        paths: &Bound<'_, PyAny>,
        keeps_others: bool,
        strict: bool,
    ) -> PyResult<Report> {
        let (folder, paths) = (self.folder.clone(), read_paths(paths)?);
        let report = interrupt::run(py, move |stop| {
            let like = gijiroku::Index::open(&folder)?;
            let mut builder = IndexBuilder::new().options_of(like.manifest()).paths(paths);
            if keeps_others {
                builder = builder.keep_others();
            }
            if strict {
                builder = builder.strict();
            }
            builder.build_with(&folder, |_| interrupt::check(stop)).map(|(_, report)| report)
        })?;
        Report::new(py, report.map_err(of_index)?)
    }
}

#[pymethods]
impl Index {
    #[new]
    #[pyo3(signature = (folder = None))]
    fn new(py: Python<'_>, folder: Option<PathBuf>) -> PyResult<Self> {
        let temporary = match &folder {
            Some(_) => None,
            None => Some(Arc::new(TempDir::with_prefix("gijiroku-").map_err(PyOSError::new_err)?)),
        };
        let folder = folder.or_else(|| Some(temporary.as_ref()?.path().to_owned())).unwrap_or_default();
        let opened = py.detach(|| match gijiroku::Index::exists(&folder) {
            true => gijiroku::Index::open(&folder).map(|_| ()),
            false => IndexWriter::open_or_create(&folder).map(|_| ()),
        });
        opened.map_err(of_index)?;
        Ok(Self { folder, temporary })
    }

    /// The folder of the index.
    #[getter]
    fn folder(&self) -> &Path {
        &self.folder
    }

    /// Add files, or folders with all files of minutes below them, and commit. Files that the index has already are read again if
    /// they have changed.
    ///
    /// What was not understood and what can't be read is told by warnings of the class ``MinutesWarning``; with ``strict=True`` a
    /// file that can't be read is an error, and the index stays as it is. Ctrl-C leaves the index as it was, too.
    ///
    /// >>> import gijiroku
    /// >>> report = gijiroku.Index().add("minutes")
    /// >>> report.files, report.meetings, report.opinions
    /// (1, 12, 200)
    #[pyo3(signature = (paths, *, strict = false))]
    fn add(&self, py: Python<'_>, paths: &Bound<'_, PyAny>, strict: bool) -> PyResult<Report> {
        self.build(py, paths, true, strict)
    }

    /// Bring what the index has of files up to date with these files and folders, as ``gijiroku index`` does: like ``add``, but
    /// what is not among them any more is removed. Rows that a writer was given stay.
    ///
    /// >>> import gijiroku
    /// >>> index = gijiroku.Index()
    /// >>> index.sync(["minutes"]).opinions
    /// 200
    /// >>> index.sync("minutes").unchanged
    /// 1
    #[pyo3(signature = (paths, *, strict = false))]
    fn sync(&self, py: Python<'_>, paths: &Bound<'_, PyAny>, strict: bool) -> PyResult<Report> {
        self.build(py, paths, false, strict)
    }

    /// Return a writer, which locks the index until it is closed. Use it with ``with``.
    ///
    /// >>> import gijiroku
    /// >>> index = gijiroku.Index()
    /// >>> with index.writer() as writer:
    /// ...     writer.upsert([{"id": 1, "meeting": "第2回定例会", "text": "往診を増やしてほしい。"}])
    /// 1
    /// >>> len(index)
    /// 1
    fn writer(&self, py: Python<'_>) -> PyResult<Writer> {
        let opened = py.detach(|| IndexWriter::open_or_create(&self.folder));
        Ok(Writer::new(opened.map_err(of_index)?, self.temporary.clone()))
    }

    /// Return a searcher, as ``gijiroku.open`` does.
    ///
    /// >>> import gijiroku
    /// >>> gijiroku.Index("index").searcher().count("訪問看護") > 0
    /// True
    #[pyo3(signature = (*, synonyms = None, related = None))]
    fn searcher(
        &self,
        synonyms: Option<&Bound<'_, PyAny>>,
        related: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Searcher> {
        Searcher::open(self.folder.clone(), self.temporary.clone(), synonyms, related)
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        let opened = py.detach(|| gijiroku::Index::open(&self.folder)).map_err(of_index)?;
        Ok(usize::try_from(opened.manifest().opinions)?)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Index of {} opinions in {}>", self.__len__(py)?, self.folder.display()))
    }
}

/// Reads one path or several.
fn read_paths(paths: &Bound<'_, PyAny>) -> PyResult<Vec<PathBuf>> {
    match paths.extract::<PathBuf>() {
        Ok(path) => Ok(vec![path]),
        Err(error) if paths.is_instance_of::<PyString>() => Err(error),
        Err(error) => paths.try_iter().map_err(|_| error)?.map(|path| path?.extract()).collect(),
    }
}

/// What a commit has changed.
///
/// >>> import gijiroku
/// >>> gijiroku.Index().add("minutes")
/// <Report files=1 meetings=12 opinions=200 unchanged=0 moved=0 gone=0 kept=0 upserted=0 deleted=0>
#[pyclass(frozen, get_all, module = "gijiroku", name = "Report")]
#[derive(Debug)]
pub(crate) struct Report {
    /// The number of files that were read.
    files: usize,
    /// The number of meetings in them.
    meetings: u64,
    /// The number of opinions in them.
    opinions: u64,
    /// The number of files that are unchanged, and were not read.
    unchanged: usize,
    /// The number of files of which only the path has changed.
    moved: usize,
    /// The number of files whose opinions were removed.
    gone: usize,
    /// The number of files that exist and can't be read, whose opinions stay.
    kept: usize,
    /// The number of opinions that a writer was given one by one.
    upserted: u64,
    /// The number of opinions that were deleted one by one.
    deleted: u64,
}

impl Report {
    /// Takes the numbers of a report, and warns of what it warns of.
    pub(crate) fn new(py: Python<'_>, report: BuildReport) -> PyResult<Self> {
        let warn = py.import("warnings")?.getattr("warn")?;
        let category = py.get_type::<MinutesWarning>();
        for warning in report.failed.iter().chain(&report.skipped).chain(&report.warnings) {
            warn.call1((warning.to_string(), &category))?;
        }
        let BuildReport {
            files, meetings, opinions, unchanged, moved, gone, kept, upserted, deleted, ..
        } = report;
        Ok(Self { files, meetings, opinions, unchanged, moved, gone, kept, upserted, deleted })
    }
}

#[pymethods]
impl Report {
    fn __repr__(&self) -> String {
        let Self { files, meetings, opinions, unchanged, moved, gone, kept, upserted, deleted } = self;
        format!(
            "<Report files={files} meetings={meetings} opinions={opinions} unchanged={unchanged} moved={moved} gone={gone} \
             kept={kept} upserted={upserted} deleted={deleted}>"
        )
    }
}
