//! Conditions on properties of an opinion other than its text.
//!
//! [`Facet`] describes each property in one place: its names, its column in the index, how its values match,
//! and how the command line, the API and assistants filter by it. A [`Filter`] is one condition with its
//! parsed value. [`Conditions`] is a set of conditions by name, as they were typed; the command line, the
//! API, the pages, assistants and saved searches use this form.
//!
//! ```
//! use gijiroku::{Conditions, Facet, Filter};
//!
//! let mut conditions = Conditions::default();
//! assert!(conditions.add("region", "世田谷区") && conditions.add("year", "平成29年"));
//! assert!(!conditions.add("weather", "雨"));
//! let filters = conditions.filters()?;
//! assert_eq!(filters, [Filter::region("世田谷区"), Filter::new(Facet::Year, "2017")?]);
//! # Ok::<(), gijiroku::ConditionError>(())
//! ```

mod extra_field;
mod facet;
mod filter;
mod named;

pub use extra_field::ExtraField;
pub(crate) use facet::ValueMatching;
pub use facet::{Facet, UnknownFacet};
pub use filter::{Condition, ConditionError, Filter, UnknownFilter};
pub(crate) use filter::{FieldValue, field_value, is_field};
pub use named::{Conditions, Parameter};
