//! What the index is made of, for whoever searches it elsewhere: the pairs of neighbouring characters with their postings.

use super::engine::{Boundary, OpinionKey, Pattern, Placement};
use super::{Condition, Index, IndexError};

impl Index {
    /// Returns the keys of all opinions with their identifiers, in the order in which the opinions were indexed.
    ///
    /// ```
    /// use gijiroku::IndexBuilder;
    ///
    /// let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
    /// let keys = index.keys()?;
    /// assert_eq!((keys.len(), keys[0].1.as_str()), (200, "20171213-区中央部-1"));
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error where the index can't be read.
    pub fn keys(&self) -> Result<Vec<(OpinionKey, String)>, IndexError> {
        self.read(|| {
            let keys = self.engine().all()?;
            let ids = self.engine().ids(&keys)?;
            Ok(keys.into_iter().zip(ids).collect())
        })
    }

    /// Calls `each` with each pair of neighbouring characters, in the order of their code points, and with the opinions that
    /// have it, in no particular order, each with the [positions](crate::analysis::Position), encoded, at which the pair
    /// stands in its normalized text. The last character of a text stands alone. Ends where `each` returns false.
    ///
    /// ```
    /// use gijiroku::IndexBuilder;
    /// use gijiroku::analysis::Position;
    ///
    /// let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
    /// let (mut opinions, mut beginnings) = (0, 0);
    /// index.each_pair(|pair, postings| {
    ///     if pair == "看護" {
    ///         opinions = postings.len();
    ///         let positions = postings.iter().flat_map(|(_, positions)| positions);
    ///         beginnings = positions.filter(|&&position| Position::decode(position).begins_word).count();
    ///     }
    ///     pair != "看護"
    /// })?;
    /// assert_eq!((opinions, beginnings), (18, 22));
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error where the index can't be read.
    pub fn each_pair(
        &self,
        mut each: impl FnMut(&str, &[(OpinionKey, Vec<u32>)]) -> bool,
    ) -> Result<(), IndexError> {
        self.read(|| self.engine().each_pair(&mut each))
    }

    /// Returns for each of some normalized strings whether a word of any opinion begins with it.
    ///
    /// ```
    /// use gijiroku::IndexBuilder;
    ///
    /// let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
    /// // 護 stands within words alone.
    /// assert_eq!(index.have_words_beginning_with(&["訪問", "護ステ", "宇宙"])?, [true, false, false]);
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error where the index can't be read.
    pub fn have_words_beginning_with(&self, beginnings: &[impl AsRef<str>]) -> Result<Vec<bool>, IndexError> {
        let strings = beginnings.iter().map(AsRef::as_ref);
        let pattern = |string| Pattern::string(string, Placement::WordStart, Boundary::default());
        let conditions: Vec<Condition> = strings.map(|string| Condition::Pattern(pattern(string))).collect();
        self.read(|| self.engine().exist(&conditions))
    }
}
