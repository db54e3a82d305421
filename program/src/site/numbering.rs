//! The numbers of opinions in a site, which are in the order of its pages. A search ranks what is equal by them.

use std::collections::HashMap;

use gijiroku::index::{Index, IndexError, IndexedOpinion, OpinionKey};

/// The opinions that have a number.
#[derive(Default)]
pub(super) struct Numbering {
    /// The numbers by the identifiers of opinions.
    numbers: HashMap<String, u32>,
}

impl Numbering {
    /// Numbers the next opinions.
    pub(super) fn push(&mut self, opinions: &[IndexedOpinion]) {
        for opinion in opinions {
            let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            self.numbers.insert(opinion.id.clone(), number);
        }
    }

    /// The number of opinions.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Returns the numbers by the keys of the opinions, which are found without reading them.
    pub(super) fn by_key(&self, index: &Index) -> Result<HashMap<OpinionKey, u32>, IndexError> {
        let opinions = index.keys()?.into_iter();
        Ok(opinions.filter_map(|(opinion, id)| Some((opinion, *self.numbers.get(&id)?))).collect())
    }
}
