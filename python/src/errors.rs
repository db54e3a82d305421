//! The exceptions, and which of them each error of the library is.

use gijiroku::analysis::{AnalysisError, SynonymError};
use gijiroku::{ConditionError, IndexError, SearchError};
use pyo3::exceptions::{PyException, PyUserWarning};
use pyo3::{PyErr, create_exception};

create_exception!(gijiroku, GijirokuError, PyException, "The base of all errors of this module.");
create_exception!(
    gijiroku,
    IndexStateError,
    GijirokuError,
    "An index can't be opened, read or written as it is. The message names its folder and the fault."
);
create_exception!(gijiroku, IndexNotFoundError, IndexStateError, "There is no index in the folder.");
create_exception!(
    gijiroku,
    IndexLockedError,
    IndexStateError,
    "Another writer or another process is writing to the index."
);
create_exception!(
    gijiroku,
    IndexVersionError,
    IndexStateError,
    "Another version of gijiroku, or another dictionary, made the index; it must be built again."
);
create_exception!(
    gijiroku,
    IndexDamagedError,
    IndexStateError,
    "Files of the index are missing or were changed; it must be built again."
);
create_exception!(
    gijiroku,
    SourceError,
    GijirokuError,
    "Files can't be read as minutes, or have no opinions."
);
create_exception!(
    gijiroku,
    RecordError,
    GijirokuError,
    "A row can't be indexed: it lacks an identifier, a text or a meeting, or its date is none."
);
create_exception!(
    gijiroku,
    QueryError,
    GijirokuError,
    "A search says nothing to search for, or a condition can't be understood."
);
create_exception!(
    gijiroku,
    UnknownValueError,
    QueryError,
    "No opinion has the region, the section or the identifier that was asked for."
);
create_exception!(
    gijiroku,
    MinutesWarning,
    PyUserWarning,
    "Something in the files of minutes was not understood or can't be read. The message names file and line."
);

/// Returns the exception for an error of an index.
pub(crate) fn of_index(error: IndexError) -> PyErr {
    let message = error.to_string();
    match error {
        IndexError::NotFound(_) => IndexNotFoundError::new_err(message),
        IndexError::Locked(_) => IndexLockedError::new_err(message),
        IndexError::OtherVersion { .. } | IndexError::OtherDictionaries(_) => {
            IndexVersionError::new_err(message)
        }
        IndexError::Damaged { .. } => IndexDamagedError::new_err(message),
        IndexError::NoOpinions(_) | IndexError::NameOfFile { .. } | IndexError::Source(_) => {
            SourceError::new_err(message)
        }
        IndexError::Record(_) => RecordError::new_err(message),
        _ => IndexStateError::new_err(message),
    }
}

/// Returns the exception for an error of a search.
pub(crate) fn of_search(error: SearchError) -> PyErr {
    match error {
        SearchError::Index(error) => of_index(error),
        SearchError::UnknownFacetValue(error) => UnknownValueError::new_err(error.to_string()),
        // Whoever stops a search gets what stopped it, such as a KeyboardInterrupt, and not this.
        SearchError::Stopped(stopped) => GijirokuError::new_err(stopped.to_string()),
        other => QueryError::new_err(other.to_string()),
    }
}

/// Returns the exception for an error in a condition. Its message names the arguments as they are here.
pub(crate) fn of_condition(error: ConditionError) -> PyErr {
    let message = match error {
        ConditionError::EndsBeforeItBegins => "date_to is earlier than date_from".to_owned(),
        ConditionError::YearAndDates => "give year, or date_from and date_to".to_owned(),
        ConditionError::NotADate { name, given } => {
            let name = match name.as_str() {
                "from" => "date_from",
                "to" => "date_to",
                other => other,
            };
            ConditionError::NotADate { name: name.to_owned(), given }.to_string()
        }
        other => other.to_string(),
    };
    QueryError::new_err(message)
}

/// Returns the exception for words that can't be read.
pub(crate) fn of_synonyms(error: SynonymError) -> PyErr {
    QueryError::new_err(error.to_string())
}

/// Returns the exception for an analyzer that can't be made.
pub(crate) fn of_analysis(error: AnalysisError) -> PyErr {
    GijirokuError::new_err(error.to_string())
}
