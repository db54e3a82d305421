//! The budget of an answer to an assistant: how many bytes of its context the answer may fill.

use crate::service::{Budget, Exceeded, within};

/// Number of bytes of an answer if none is given, and the largest that can be asked for.
const USUAL: usize = 12_000;
const MOST: usize = 100_000;

/// Number of bytes around an answer: of the message that it is in, and of what tells how to go on.
const AROUND: usize = 400;

/// An answer is sent twice, as structured content and as text, because clients read the one or the other.
const TIMES: usize = 2;

/// Returns the budget that is asked for, or the usual one.
pub(super) fn asked(bytes: Option<usize>) -> Result<Budget, Exceeded> {
    Ok(Budget::new(within("max_bytes", bytes.unwrap_or(USUAL), MOST)?.saturating_sub(AROUND), TIMES))
}

#[cfg(test)]
mod tests {
    use rmcp::model::CallToolResult;
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_stays_within_its_budget() {
        for bytes in [None, Some(1_000), Some(MOST)] {
            let mut budget = asked(bytes).unwrap();
            let parts = (0..1_000)
                .map(|number| json!({ "id": number, "text": "「連携」を\n\"進める\"。".repeat(9) }));
            let parts = budget.first_of(parts);
            let answer = CallToolResult::structured(json!({ "hits": parts }));
            let sent = serde_json::to_string(&answer).unwrap().len();
            let most = bytes.unwrap_or(USUAL);
            assert!(sent <= most && sent > most / 2, "{sent} of {most}");
        }
        assert_eq!(asked(Some(0)).unwrap().first_of(["a", "b"]), ["a"]);
        assert!(asked(Some(MOST + 1)).is_err());
    }
}
