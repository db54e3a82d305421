//! Ranges of characters in JSON: pairs of a start and an end, `[[3, 7], [9, 11]]`.

use std::ops::Range;

use serde::{Deserialize, Deserializer, Serializer};

pub(super) fn serialize<S: Serializer>(ranges: &[Range<usize>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ranges.iter().map(|range| [range.start, range.end]))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Range<usize>>, D::Error> {
    let pairs = Vec::<[usize; 2]>::deserialize(deserializer)?;
    Ok(pairs.into_iter().map(|[start, end]| start..end).collect())
}

/// One range.
pub(super) mod one {
    use std::ops::Range;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        range: &Range<usize>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        [range.start, range.end].serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Range<usize>, D::Error> {
        <[usize; 2]>::deserialize(deserializer).map(|[start, end]| start..end)
    }
}
