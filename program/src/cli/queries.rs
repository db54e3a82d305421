//! Files of queries: JSON Lines with an identifier and a text each.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, ErrorKind, Read as _};
use std::iter;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use gijiroku::{Conditions, Facet, SearchRequest, small_file};
use serde::Deserialize;

use super::today::today;
use crate::cli::texts;

/// Maximum length of a line in bytes. A file without lines is no file of queries, and may have no end.
const LINE: usize = 1 << 20;

/// A query of a file.
#[derive(Deserialize)]
pub(super) struct NamedQuery {
    pub(super) id: String,
    pub(super) text: String,
    /// The kind of query, by which an evaluation is broken down.
    #[serde(default)]
    pub(super) kind: Option<String>,
    /// Filters by name, such as `{"region": "区西部"}`.
    #[serde(default)]
    pub(super) filter: Option<BTreeMap<String, String>>,
    /// The number of its line in the file, counted from 1.
    #[serde(skip)]
    pub(super) line: usize,
}

impl NamedQuery {
    /// Adds the filters of the query to a request.
    pub(super) fn filtered(&self, request: SearchRequest) -> anyhow::Result<SearchRequest> {
        let mut conditions = Conditions::default();
        for (name, value) in self.filter.iter().flatten() {
            // A municipality stands for its region.
            let name = if name == "municipality" { Facet::Region.name() } else { name };
            ensure!(conditions.add(name, value), texts::errors().no_filter(self.id.as_str(), name));
        }
        Ok(request.conditions(&conditions.on(today()?))?)
    }
}

/// Returns the queries of a file lazily. A line that is no query gives an error.
pub(super) fn read(file: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<NamedQuery>>> {
    let opened =
        small_file::open(file).with_context(|| texts::errors().unreadable(file.display().to_string()))?;
    let mut reader = BufReader::new(opened);
    let lines = (1..).zip(iter::from_fn(move || next_line(&mut reader).transpose()));
    Ok(lines.filter_map(move |(number, line)| {
        let place = || format!("{}:{number}", file.display());
        match line.with_context(|| texts::errors().unreadable(place())) {
            Ok(line) if line.trim().is_empty() => None,
            Ok(line) => Some(parse(&line, number).with_context(place)),
            Err(error) => Some(Err(error)),
        }
    }))
}

/// Reads a line. Returns `None` at the end.
fn next_line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    reader.take(LINE as u64 + 1).read_until(b'\n', &mut line)?;
    let wrong = |reason| io::Error::new(ErrorKind::InvalidData, reason);
    if line.len() > LINE {
        return Err(wrong(texts::errors().long_line()));
    }
    let line = String::from_utf8(line).map_err(|_| wrong(texts::errors().no_text()))?;
    Ok(Some(line).filter(|line| !line.is_empty()))
}

fn parse(text: &str, line: usize) -> anyhow::Result<NamedQuery> {
    let Ok(query) = serde_json::from_str::<NamedQuery>(text) else {
        bail!(texts::errors().no_query());
    };
    if query.id.is_empty() || query.id.contains(char::is_whitespace) {
        bail!(texts::errors().bad_id(query.id));
    }
    Ok(NamedQuery { line, ..query })
}
