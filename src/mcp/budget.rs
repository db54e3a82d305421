//! The budget of an answer: how many bytes of an assistant's context it may fill.

use serde::Serialize;

use crate::service::{Exceeded, within};

/// Number of bytes of an answer if none is given, and the largest that can be asked for.
const USUAL: usize = 12_000;
const MOST: usize = 100_000;

/// Number of bytes around an answer: of the message that it is in, and of what tells how to go on.
const AROUND: usize = 400;

/// The bytes that are left of an answer. An answer is sent twice, as structured content and as text, because clients read
/// the one or the other; both are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    /// Returns the budget that is asked for, or the usual one.
    pub(super) fn new(asked: Option<usize>) -> Result<Self, Exceeded> {
        Ok(Self { left: within("max_bytes", asked.unwrap_or(USUAL), MOST)?.saturating_sub(AROUND) })
    }

    /// Takes what a part of an answer costs. Returns false, and takes nothing, if that is more than is left.
    pub(super) fn takes(&mut self, part: &impl Serialize) -> bool {
        let cost = cost(part);
        let is_affordable = cost <= self.left;
        if is_affordable {
            self.left -= cost;
        }
        is_affordable
    }

    /// Sets half of what is left apart.
    pub(super) fn half(&mut self) -> Self {
        let half = Self { left: self.left / 2 };
        self.left -= half.left;
        half
    }

    /// Takes back what is left of a half.
    pub(super) fn take_back(&mut self, half: Self) {
        self.left += half.left;
    }

    /// Takes what must be told, whatever it costs.
    pub(super) fn must_take(&mut self, part: &impl Serialize) {
        self.left = self.left.saturating_sub(cost(part));
    }

    /// Returns as many of the first of some parts as there is room for, at least one.
    pub(super) fn first_of<T: Serialize>(&mut self, parts: impl IntoIterator<Item = T>) -> Vec<T> {
        let mut taken = Vec::new();
        for part in parts {
            if taken.is_empty() {
                self.must_take(&part);
            } else if !self.takes(&part) {
                break;
            }
            taken.push(part);
        }
        taken
    }

    /// Returns how many characters of a text there is room for. A Japanese character has three bytes.
    pub(super) fn characters(self) -> usize {
        self.left / (2 * 3)
    }
}

/// Returns the number of bytes that a value adds to an answer.
fn cost(part: &impl Serialize) -> usize {
    let json = serde_json::to_string(part).unwrap_or_default();
    // Within the text of the answer, signs of JSON are escaped; a comma stands between parts.
    let escaped = json.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count();
    2 * json.len() + escaped + 2
}

#[cfg(test)]
mod tests {
    use rmcp::model::CallToolResult;
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_stays_within_its_budget() {
        for asked in [None, Some(1_000), Some(MOST)] {
            let mut budget = Budget::new(asked).unwrap();
            let parts = (0..1_000)
                .map(|number| json!({ "id": number, "text": "「連携」を\n\"進める\"。".repeat(9) }));
            let parts = budget.first_of(parts);
            let answer = CallToolResult::structured(json!({ "hits": parts }));
            let sent = serde_json::to_string(&answer).unwrap().len();
            let most = asked.unwrap_or(USUAL);
            assert!(sent <= most && sent > most / 2, "{sent} of {most}");
        }
        assert_eq!(Budget::new(Some(0)).unwrap().first_of(["a", "b"]), ["a"]);
        assert!(Budget::new(Some(MOST + 1)).is_err());
    }
}
