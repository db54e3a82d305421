// Both the library and the build script, which compiles the built-in synonyms, include this file.

/// Returns the key by which normalized words are compared: the word without the long vowel marks and the middle
/// dots of katakana, which are often omitted.
pub(crate) fn synonym_key(word: &str) -> String {
    // Short words keep the mark: ビル is not ビール.
    let can_spare = word.chars().nth(4).is_some();
    word.chars().filter(|&character| !(can_spare && matches!(character, 'ー' | '・'))).collect()
}
