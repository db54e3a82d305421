//! The budget of an answer: how many bytes its parts may take.

use std::convert::Infallible;

use serde::Serialize;

/// The bytes that are left of an answer, as they are sent: in JSON. Parts are taken while there is room, and what is left
/// out can be asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    left: usize,
    /// How often each part is sent: after the first time as a text within JSON.
    times: usize,
}

impl Budget {
    /// Returns a budget of some bytes, for an answer that is sent so many times.
    pub(crate) fn new(bytes: usize, times: usize) -> Self {
        Self { left: bytes, times }
    }

    /// Takes what a part of an answer costs. Returns false, and takes nothing, if that is more than is left.
    pub(crate) fn takes(&mut self, part: &impl Serialize) -> bool {
        let cost = self.cost(part);
        let is_affordable = cost <= self.left;
        if is_affordable {
            self.left -= cost;
        }
        is_affordable
    }

    /// Sets one of so many equal parts of what is left apart.
    pub(crate) fn one_of(&mut self, parts: usize) -> Self {
        let one = Self { left: self.left / parts.max(1), ..*self };
        self.left -= one.left;
        one
    }

    /// Takes back what is left of a part.
    pub(crate) fn take_back(&mut self, part: Self) {
        self.left += part.left;
    }

    /// Takes what must be told, whatever it costs.
    pub(crate) fn must_take(&mut self, part: &impl Serialize) {
        self.left = self.left.saturating_sub(self.cost(part));
    }

    /// Returns as many of the first of some parts as there is room for, at least one.
    pub(crate) fn first_of<T: Serialize>(&mut self, parts: impl IntoIterator<Item = T>) -> Vec<T> {
        let Ok(taken) = self.first_read_of(parts.into_iter().map(Ok::<T, Infallible>));
        taken
    }

    /// As [`first_of`](Self::first_of), of parts that are read one at a time.
    ///
    /// # Errors
    /// That of the first part that can't be read.
    pub(crate) fn first_read_of<T: Serialize, E>(
        &mut self,
        parts: impl IntoIterator<Item = Result<T, E>>,
    ) -> Result<Vec<T>, E> {
        let mut taken = Vec::new();
        for part in parts {
            let part = part?;
            if taken.is_empty() {
                self.must_take(&part);
            } else if !self.takes(&part) {
                break;
            }
            taken.push(part);
        }
        Ok(taken)
    }

    /// Returns as many of the neighbours of something as there is room for, the nearest on both sides first.
    pub(crate) fn nearest_of<T: Serialize>(
        &mut self,
        before: impl DoubleEndedIterator<Item = T>,
        after: impl Iterator<Item = T>,
    ) -> (Vec<T>, Vec<T>) {
        let (mut nearest_before, mut nearest_after) = (before.rev(), after);
        let (mut before, mut after) = (Vec::new(), Vec::new());
        loop {
            let pair = (nearest_before.next(), nearest_after.next());
            if (pair.0.is_none() && pair.1.is_none()) || !self.takes(&[&pair.0, &pair.1]) {
                break;
            }
            before.extend(pair.0);
            after.extend(pair.1);
        }
        before.reverse();
        (before, after)
    }

    /// Returns how many characters of a text there is room for. A Japanese character has three bytes.
    #[cfg(feature = "mcp")]
    pub(crate) fn characters(self) -> usize {
        self.left / (self.times * 3)
    }

    /// Returns the number of bytes that a part adds to an answer.
    fn cost(self, part: &impl Serialize) -> usize {
        let json = serde_json::to_string(part).unwrap_or_default();
        // Within a text, signs of JSON are escaped; a comma stands between parts.
        let escaped = json.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count();
        self.times * (json.len() + 1) + (self.times - 1) * escaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_on_both_sides_are_taken_first() {
        let nearest = |bytes: usize| Budget::new(bytes, 1).nearest_of(1..=3, 5..=9);
        // A pair is `[1,2]` and a comma.
        assert_eq!(nearest(5), (vec![], vec![]));
        assert_eq!(nearest(12), (vec![2, 3], vec![5, 6]));
        assert_eq!(nearest(1_000), (vec![1, 2, 3], vec![5, 6, 7, 8, 9]));
    }

    #[test]
    fn what_can_not_be_read_is_an_error_where_it_is_reached() {
        let parts = || [Ok("a"), Ok("b"), Err("fault")];
        assert_eq!(Budget::new(100, 1).first_read_of(parts()), Err("fault"));
        assert_eq!(Budget::new(4, 1).first_read_of(parts()), Ok(vec!["a"]));
    }
}
