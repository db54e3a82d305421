//! What a browser must know to normalize a text as the index does.
//!
//! A browser has NFKC and lower case. Only what [`NormalizedText`] does besides is exported, as it does it: the old forms
//! of kanji, radicals, dashes and tildes. What needs the character before it (々, ゝ) is a rule of the script.

use gijiroku::analysis::NormalizedText;
use unicode_normalization::UnicodeNormalization as _;

/// The last character that has such a form. The planes above have none.
const LAST: char = '\u{ffff}';

/// Returns each character whose normalized form is not that of NFKC in lower case, followed by its form.
pub(super) fn exceptions() -> String {
    let mut exceptions = String::new();
    for character in '\u{a0}'..=LAST {
        let mut folded = std::iter::once(character).nfkc().flat_map(char::to_lowercase);
        // The table is asked for what NFKC has left.
        if folded.next() != Some(character) {
            continue;
        }
        let text = NormalizedText::new(character.encode_utf8(&mut [0; 4]));
        let mut form = text.as_str().chars();
        if let (Some(form), None) = (form.next(), form.next())
            && form != character
        {
            exceptions.extend([character, form]);
        }
    }
    exceptions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_old_forms_radicals_and_dashes_alone() {
        let table: Vec<char> = exceptions().chars().collect();
        let pairs: Vec<&[char]> = table.chunks(2).collect();
        for pair in [['會', '会'], ['⻑', '長'], ['—', '-'], ['〜', '~']] {
            assert!(pairs.contains(&pair.as_slice()), "{pair:?}");
        }
        assert!(pairs.iter().all(|pair| !"々ゝあ会-".contains(pair[0])));
        assert!(pairs.len() < 800, "{}", pairs.len());
    }
}
