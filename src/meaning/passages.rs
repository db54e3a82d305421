//! Passages: parts of a text that are short enough for one vector.
//!
//! A vector of a whole speech says what all of it is about and nothing of what is said in a sentence of it. So a text is
//! cut at the ends of sentences into passages of some 300 characters.

/// The length of a passage in characters. Only a sentence that is longer makes more than one.
const LONGEST: usize = 300;

/// A last passage that is shorter is joined to the one before it.
const SHORTEST: usize = 60;

/// Returns the passages of a text, without those that are blank.
pub(super) fn passages(text: &str) -> Vec<&str> {
    let mut ends: Vec<usize> = Vec::new();
    let (mut start, mut end, mut length) = (0, 0, 0);
    for sentence in text.split_inclusive(['。', '！', '？', '!', '?', '\n']) {
        for piece in pieces(sentence) {
            let characters = piece.chars().count();
            if length > 0 && length + characters > LONGEST {
                ends.push(end);
                (start, length) = (end, 0);
            }
            end += piece.len();
            length += characters;
        }
    }
    if length > 0 {
        if length < SHORTEST && start > 0 {
            ends.pop();
        }
        ends.push(end);
    }
    let mut start = 0;
    let passages = ends.into_iter().map(|end| {
        let passage = &text[start..end];
        start = end;
        passage.trim()
    });
    passages.filter(|passage| !passage.is_empty()).collect()
}

/// Cuts a sentence that is longer than a passage.
fn pieces(sentence: &str) -> impl Iterator<Item = &str> {
    let mut rest = sentence;
    std::iter::from_fn(move || {
        let cut = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(byte, _)| byte);
        let (piece, after) = rest.split_at(cut);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_the_ends_of_sentences() {
        let sentence = |length: usize| "あ".repeat(length - 1) + "。";
        let lengths = |text: &str| -> Vec<usize> {
            passages(text).iter().map(|passage| passage.chars().count()).collect()
        };
        for (text, expected) in [
            (String::new(), vec![]),
            ("\n \n".to_owned(), vec![]),
            ("異議なし".to_owned(), vec![4]),
            (sentence(200) + &sentence(90), vec![290]),
            (sentence(200) + &sentence(150), vec![200, 150]),
            // What is left over is not a passage of its own.
            (sentence(280) + &sentence(30), vec![310]),
            // A sentence without an end.
            ("あ".repeat(1000), vec![300, 300, 300, 100]),
            (sentence(10) + &"あ".repeat(620), vec![10, 300, 320]),
        ] {
            assert_eq!(lengths(&text), expected, "{text}");
            let whole: String = passages(&text).concat();
            assert_eq!(whole, text.replace(['\n', ' '], ""));
        }
    }
}
