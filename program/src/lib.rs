//! What answers from an index of [`gijiroku`] other than to one who calls it: the pages and the API over HTTP, the answers to
//! assistants, and the site that needs no server.
//!
//! The command-line program of this package is a thin layer over this library and over [`gijiroku`]. Programs that embed a
//! server turn the feature `cli` off.
//!
//! | module | from | to | feature |
//! | --- | --- | --- | --- |
//! | `service` | a folder | a searcher that is always current, within limits | `server`, `mcp` |
//! | `server` | requests over HTTP | pages and answers | `server` |
//! | `mcp` | questions of an assistant | opinions to quote | `mcp` |
//! | `site` | an index | a folder of pages that search themselves | `site` |

#[cfg(feature = "mcp")]
pub mod mcp;
#[cfg(feature = "server")]
pub mod server;
#[cfg(any(feature = "mcp", feature = "server"))]
pub mod service;
#[cfg(feature = "site")]
pub mod site;
/// The program has its texts here, too, so that it says what the pages say in the same words.
#[cfg(feature = "texts")]
#[doc(hidden)]
pub mod texts;

/// The program of the book is compiled as the examples of this documentation are.
#[cfg(all(doctest, feature = "server"))]
#[doc = include_str!("../../docs/book/en/src/api.md")]
struct Book;
