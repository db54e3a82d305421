//! Tables that are taken from the source beside lindera's dictionary: sorted keys, as finite-state transducers.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use tantivy_fst::MapBuilder;

use crate::source::Row;

/// Makes the table of readings: a sorted set of `reading TAB surface`. It holds the words that can be searched by their
/// reading: all words except particles, auxiliaries and signs, in their dictionary form, and verbs also in the form that
/// serves as a noun (看取り, 受け入れ).
pub(crate) fn readings(rows: &[Row]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut keys = BTreeSet::new();
    for row in rows {
        let is_listed = [row.surface(), "*"].contains(&row.base_form());
        let is_noun_of_verb = row.part_of_speech() == "動詞" && row.conjugation() == "連用形";
        if !["記号", "助詞", "助動詞"].contains(&row.part_of_speech()) && (is_listed || is_noun_of_verb)
        {
            keys.insert(format!("{}\t{}", row.reading(), row.surface()));
        }
    }
    transducer(keys.into_iter().map(|key| (key, 0)))
}

/// Makes the table of names: 1 for a surname, 2 for a given name, 3 for what is both.
pub(crate) fn names(rows: &[Row]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut names = BTreeMap::new();
    for row in rows {
        let part = match (row.kind_of_name(), row.part_of_name()) {
            ("人名", "姓") => 1,
            ("人名", "名") => 2,
            _ => continue,
        };
        *names.entry(row.surface().to_owned()).or_insert(0) |= part;
    }
    transducer(names)
}

fn transducer(entries: impl IntoIterator<Item = (String, u64)>) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut builder = MapBuilder::memory();
    for (key, value) in entries {
        builder.insert(key, value)?;
    }
    Ok(builder.into_inner()?)
}
