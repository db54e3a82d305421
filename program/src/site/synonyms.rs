//! What words are also searched as, of what the corpus has.

use gijiroku::analysis::{NormalizedText, Synonyms};
use gijiroku::index::{Index, IndexError};

/// Returns the keys of words, each with those of its synonyms that an opinion has.
pub(super) fn of_corpus(
    synonyms: &Synonyms,
    index: &Index,
) -> Result<Vec<(String, Vec<String>)>, IndexError> {
    let mut found = Vec::new();
    for (key, words) in synonyms.all() {
        let mut known: Vec<String> = Vec::new();
        for word in words {
            let word = NormalizedText::new(word).as_str().to_owned();
            if !known.contains(&word) {
                known.push(word);
            }
        }
        let mut are_there = index.have_words_beginning_with(&known)?.into_iter();
        known.retain(|_| are_there.next().unwrap_or(false));
        if !known.is_empty() {
            found.push((key.to_owned(), known));
        }
    }
    Ok(found)
}
