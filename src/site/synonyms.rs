//! What words are also searched as, of what the corpus has.

use crate::analysis::{NormalizedText, Synonyms};
use crate::index::{Boundary, Condition, Index, IndexError, Pattern, Placement};

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
        let conditions: Vec<Condition> = known.iter().map(|word| begins_with(word)).collect();
        let mut are_there = index.read(|| index.engine().exist(&conditions))?.into_iter();
        known.retain(|_| are_there.next().unwrap_or(false));
        if !known.is_empty() {
            found.push((key.to_owned(), known));
        }
    }
    Ok(found)
}

/// A word of the text that begins with a string.
fn begins_with(characters: &str) -> Condition {
    let (placement, boundary) = (Placement::WordStart, Boundary::default());
    Condition::Pattern(match characters.chars().next() {
        Some(character) if character.len_utf8() == characters.len() => {
            Pattern::Character { character, placement, boundary }
        }
        _ => Pattern::Characters { characters: characters.to_owned(), placement, boundary },
    })
}
