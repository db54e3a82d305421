//! The rows of IPADIC's CSV files.

use std::error::Error;
use std::fs;
use std::path::Path;

/// A word, in the columns of IPADIC.
pub(crate) struct Row(Vec<String>);

impl Row {
    pub(crate) fn surface(&self) -> &str {
        &self.0[0]
    }
    pub(crate) fn part_of_speech(&self) -> &str {
        &self.0[4]
    }
    pub(crate) fn kind_of_name(&self) -> &str {
        &self.0[6]
    }
    pub(crate) fn part_of_name(&self) -> &str {
        &self.0[7]
    }
    pub(crate) fn conjugation(&self) -> &str {
        &self.0[9]
    }
    pub(crate) fn base_form(&self) -> &str {
        &self.0[10]
    }
    pub(crate) fn reading(&self) -> &str {
        &self.0[11]
    }
}

/// Reads all words, without signs such as the comma, which are quoted.
pub(crate) fn rows(source: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for entry in fs::read_dir(source)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let bytes = fs::read(&path)?;
        let (text, _, _) = encoding_rs::EUC_JP.decode(&bytes);
        let columns = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        // Quoted signs yield more columns.
        rows.extend(columns.filter(|columns| columns.len() == 13).map(Row));
    }
    Ok(rows)
}
