//! Old forms of kanji (旧字体) and their modern forms.

use std::sync::LazyLock;

/// The table `data/lexicon/old_forms.csv`: a header, then one `old,new` to a line.
const TABLE: &str = include_str!("../../data/lexicon/old_forms.csv");

/// The first character of the block CJK Unified Ideographs, which the table is about, and the number of
/// characters.
const FIRST: u32 = 0x4e00;
const COUNT: usize = 0x5200;

/// The modern form of each kanji of the block. An array and no map, because every character of a corpus is
/// looked up.
static MODERN_FORMS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut forms: Vec<char> = (FIRST..).take(COUNT).filter_map(char::from_u32).collect();
    for (old, new) in pairs() {
        if let Some(form) = index_of(old).and_then(|index| forms.get_mut(index)) {
            *form = new;
        }
    }
    forms
});

/// Returns the modern form of a kanji, and any other character unchanged.
pub(super) fn modern_form(character: char) -> char {
    index_of(character).and_then(|index| MODERN_FORMS.get(index)).copied().unwrap_or(character)
}

fn index_of(character: char) -> Option<usize> {
    usize::try_from(u32::from(character).checked_sub(FIRST)?).ok()
}

fn pairs() -> impl Iterator<Item = (char, char)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let (old, new) = line.split_once(',')?;
        Some((old.chars().next()?, new.chars().next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_complete_and_no_modern_form_is_an_old_one() {
        assert_eq!(pairs().count(), TABLE.lines().count() - 1);
        for (old, new) in pairs() {
            assert_eq!(modern_form(old), new);
            assert_eq!(modern_form(new), new, "{new} is itself an old form");
            assert!(index_of(old).is_some_and(|index| index < COUNT), "{old}");
        }
    }

    #[test]
    fn other_characters_stay() {
        for character in ['会', 'あ', 'a', '\u{0}', '\u{4dff}', '\u{a000}', '\u{10ffff}'] {
            assert_eq!(modern_form(character), character);
        }
    }
}
