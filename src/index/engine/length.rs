//! Lengths of texts as an index distinguishes them.

/// The number of terms of a text, to four binary digits: exactly up to 40, and with an error of at most an eighth above.
///
/// It is the `SmallFloat` of Lucene, in which OpenSearch and tantivy keep lengths, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Length(pub(super) u8);

impl Length {
    /// The number of lengths that are distinguished.
    pub(super) const DISTINCT: usize = 256;

    /// The lengths below are kept as they are; it is what is left of 256 values beside the digits of the largest `i32`.
    const EXACT: u8 = 24;

    /// Returns the length of a text with so many terms.
    #[cfg(feature = "cluster")]
    pub(super) fn of(terms: u32) -> Self {
        let is_longer = |id: &u8| Self(*id).terms() > terms;
        Self((0..=u8::MAX).find(is_longer).map_or(u8::MAX, |id| id - 1))
    }

    /// Returns the number of terms. It is that of the shortest text of this length.
    pub(super) fn terms(self) -> u32 {
        let Some(rest) = self.0.checked_sub(Self::EXACT) else { return u32::from(self.0) };
        let (digits, shift) = (u32::from(rest & 7), u32::from(rest >> 3));
        let above = if shift == 0 { digits } else { (digits | 8) << (shift - 1) };
        u32::from(Self::EXACT) + above
    }
}

#[cfg(test)]
mod tests {
    use tantivy::fieldnorm::FieldNormReader;

    use super::*;

    #[test]
    fn a_length_is_that_of_tantivy() {
        for id in 0..=u8::MAX {
            assert_eq!(Length(id).terms(), FieldNormReader::id_to_fieldnorm(id), "{id}");
        }
        #[cfg(feature = "cluster")]
        for terms in (0..100).chain([1000, 12_345, u32::MAX]) {
            assert_eq!(Length::of(terms).0, FieldNormReader::fieldnorm_to_id(terms), "{terms}");
        }
    }
}
