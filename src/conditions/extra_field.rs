//! Extra fields: what the records of one corpus have, and those of another have not.
//!
//! One column of an index holds the extra fields of all opinions, each value behind the name of its field. So an index needs no
//! schema of its own, and a field is there as soon as a record has it.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::minutes::field_of_opinion;

/// What separates the name of a field from its value in the column.
const SEPARATOR: char = '\u{1f}';

/// The greatest length of a value by which opinions are filtered and counted, in characters. What is longer is a text and no value; it
/// is only shown.
const LONGEST_VALUE: usize = 200;

/// The name of an extra field. [`Facet::extra`](super::Facet::extra) makes one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExtraField {
    /// The name as that of a facet: `field:選挙区`.
    facet_name: Arc<str>,
}

impl ExtraField {
    /// What stands before the name of a field where facets are named.
    pub(super) const PREFIX: &str = "field:";

    /// The column of the index.
    pub(crate) const COLUMN: &str = "extra";

    /// Names may differ in width, case and white space. Those of the fields that opinions have by themselves are known in
    /// Japanese, too.
    pub(super) fn new(name: &str) -> Self {
        let name = match field_of_opinion(name) {
            Some(known) => known.to_owned(),
            None => {
                let name = name.nfkc().filter(|character| *character != SEPARATOR).collect::<String>();
                // Where a field is typed, the sign separates the name from the value.
                let name = name.replace('=', " ");
                name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
            }
        };
        Self { facet_name: format!("{}{name}", Self::PREFIX).into() }
    }

    /// Returns the name: `選挙区`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.facet_name.strip_prefix(Self::PREFIX).unwrap_or_default()
    }

    pub(super) fn facet_name(&self) -> &str {
        &self.facet_name
    }

    /// How the values of the field begin in the column.
    pub(super) fn stored_prefix(&self) -> String {
        format!("{}{SEPARATOR}", self.name())
    }

    /// Returns a value as the column holds it; `None` for a text, and for one that is blank.
    pub(crate) fn stored(name: &str, value: &str) -> Option<String> {
        let value = value.trim();
        if value.is_empty() || value.chars().nth(LONGEST_VALUE).is_some() {
            return None;
        }
        Some(Self::new(name).stored_prefix() + value)
    }

    /// Returns the value of a stored one.
    pub(super) fn value_of(stored: &str) -> &str {
        stored.split_once(SEPARATOR).map_or(stored, |(_, value)| value)
    }

    /// Returns the field of a stored value.
    pub(crate) fn of_stored(stored: &str) -> Option<Self> {
        stored
            .split_once(SEPARATOR)
            .map(|(name, _)| Self { facet_name: format!("{}{name}", Self::PREFIX).into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_only_in_how_they_are_written_are_one() {
        for (name, known) in [
            ("Ｗａｒｄ", "ward"),
            (" 選挙　区 ", "選挙 区"),
            ("会派", "party"),
            ("役職", "role"),
            ("URL", "url"),
            ("start\u{1f}Page", "startpage"),
            ("a＝b= c", "a b c"),
        ] {
            assert_eq!(ExtraField::new(name).name(), known, "{name}");
        }
    }

    #[test]
    fn a_value_stands_behind_the_name_of_its_field() {
        let stored = ExtraField::stored("Ward", " 北区 ").unwrap();
        assert_eq!(stored, "ward\u{1f}北区");
        assert_eq!(ExtraField::value_of(&stored), "北区");
        assert_eq!(ExtraField::of_stored(&stored), Some(ExtraField::new("ward")));
        for value in ["", " \n", &"長".repeat(201)] {
            assert_eq!(ExtraField::stored("ward", value), None, "{value}");
        }
    }
}
