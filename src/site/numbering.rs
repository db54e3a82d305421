//! The numbers of opinions in a site. A search ranks what is equal by them.

use std::collections::HashMap;

use crate::index::{Index, IndexError, IndexedMeeting, OpinionKey};

/// Which number each opinion of the index has.
pub(super) struct Numbering {
    /// The meetings, the latest first; their opinions are numbered in this order.
    pub(super) meetings: Vec<IndexedMeeting>,
    numbers: HashMap<OpinionKey, u32>,
}

impl Numbering {
    pub(super) fn of(index: &Index) -> Result<Self, IndexError> {
        let mut meetings = index.meetings()?;
        meetings.sort_by(|left, right| right.date.cmp(&left.date).then_with(|| left.id.cmp(&right.id)));
        let opinions = index.read(|| index.engine().all())?;
        let ids = index.read(|| index.engine().ids(&opinions))?;
        let keys: HashMap<String, OpinionKey> = ids.into_iter().zip(opinions).collect();
        let mut numbers = HashMap::new();
        for meeting in &meetings {
            for opinion in index.opinions_of_meeting(&meeting.id, 0, u64::MAX)? {
                let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                numbers.extend(keys.get(&opinion.id).map(|&key| (key, number)));
            }
        }
        Ok(Self { meetings, numbers })
    }

    /// The number of opinions.
    pub(super) fn opinions(&self) -> usize {
        self.numbers.len()
    }

    /// Returns the number of an opinion.
    pub(super) fn number(&self, opinion: OpinionKey) -> Option<u32> {
        self.numbers.get(&opinion).copied()
    }
}
