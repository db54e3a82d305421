//! The module `gijiroku` of Python: the library for whoever works with notebooks and data frames.
//!
//! Each class of the module is a file, with the documentation and the examples that `help()` shows; `../gijiroku.pyi` has the types.
//! The rest is how the two worlds meet: `options` reads keyword arguments, `rows` takes rows and data frames in, `table` gives them
//! out, `html` is what notebooks show, `interrupt` lets other threads run and hears Ctrl-C, `errors` are the exceptions.

mod errors;
mod html;
mod index;
mod interrupt;
mod opinion;
mod options;
mod results;
mod rows;
mod searcher;
mod table;
mod token;
mod writer;

use std::path::PathBuf;

use pyo3::prelude::*;

/// Open the index in a folder to search it.
///
/// ``synonyms`` and ``related`` are added to the built-in ones: groups of words such as ``"看取り, 最期"``, or paths of files with a
/// group on each line.
///
/// >>> import gijiroku
/// >>> gijiroku.open("index").search("訪問看護", region="世田谷区", limit=3).total
/// 2
/// >>> gijiroku.open("index", synonyms=["護ステ, 訪問看護ステーション"]).count("護ステ") > 0
/// True
/// >>> gijiroku.open("nowhere")
/// Traceback (most recent call last):
///     ...
/// gijiroku.IndexNotFoundError: nowhere: there is no index here
#[pyfunction]
#[pyo3(signature = (folder, *, synonyms = None, related = None))]
fn open(
    folder: PathBuf,
    synonyms: Option<&Bound<'_, PyAny>>,
    related: Option<&Bound<'_, PyAny>>,
) -> PyResult<searcher::Searcher> {
    searcher::Searcher::open(folder, None, synonyms, related)
}

/// Full-text search for Japanese meeting minutes (議事録).
///
/// ``Index`` reads files, rows and data frames of minutes, and ``open`` searches an index.
///
/// >>> import gijiroku
/// >>> searcher = gijiroku.open("index")
/// >>> for hit in searcher.search("訪問看護", region="世田谷区", limit=1):
/// ...     print(hit.id, hit.date, hit.section)
/// 20171129-区西南部-19 2017-11-29 地域と病院の連携について
#[pymodule(name = "gijiroku")]
mod module {
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "the name that Python programs ask for the version by")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use super::errors::{
        GijirokuError, IndexDamagedError, IndexLockedError, IndexNotFoundError, IndexStateError,
        IndexVersionError, MinutesWarning, QueryError, RecordError, SourceError, UnknownValueError,
    };
    #[pymodule_export]
    use super::index::{Index, Report};
    #[pymodule_export]
    use super::open;
    #[pymodule_export]
    use super::opinion::{Hit, Opinion};
    #[pymodule_export]
    use super::results::Results;
    #[pymodule_export]
    use super::searcher::Searcher;
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::token::{Token, tokenize};
    #[pymodule_export]
    use super::writer::Writer;
}
