//! Measures the quality of a ranking on judged queries.
//!
//! [`Judgments`] say which documents are relevant to a query, and how much. A [`Run`] is the ranking of an
//! engine for each query. [`evaluate`] compares the two. [`confidence_interval`] tells how certain a mean is, and
//! [`significance()`] estimates whether the difference between two engines may be chance.
//!
//! ```
//! use gijiroku::evaluation::{Judgments, Run, evaluate};
//!
//! let judgments: Judgments = "q1\ta\t2\nq1\tb\t1\nq2\tc\t1\n".parse()?;
//! let run: Run = "q1 Q0 b 1 9.5 engine\nq1 Q0 a 2 9.1 engine\n".parse()?;
//! let quality = evaluate(&judgments, &run).mean();
//! assert_eq!((quality.success_at_1, quality.recall_at_100), (0.5, 0.5));
//! # Ok::<(), gijiroku::evaluation::ParseError>(())
//! ```

mod measures;
mod parse;
mod significance;

use std::collections::{BTreeMap, HashMap};

pub use measures::{Evaluation, Quality, evaluate};
pub use parse::ParseError;
pub use significance::{confidence_interval, significance};

/// The relevant documents of each query: from the identifier of the query to the documents with their grades.
/// A document with a grade above zero is relevant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgments(pub BTreeMap<String, HashMap<String, f64>>);

/// The results of an engine: from the identifier of each query to the documents, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run(pub HashMap<String, Vec<String>>);
