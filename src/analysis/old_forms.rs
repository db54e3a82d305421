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
static TODAY: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut today: Vec<char> = (FIRST..).take(COUNT).filter_map(char::from_u32).collect();
    for (old, new) in pairs() {
        if let Some(form) = place(old).and_then(|place| today.get_mut(place)) {
            *form = new;
        }
    }
    today
});

/// Returns the modern form of a kanji, and any other character unchanged.
pub(super) fn today(character: char) -> char {
    place(character).and_then(|place| TODAY.get(place)).copied().unwrap_or(character)
}

fn place(character: char) -> Option<usize> {
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
    fn the_table_is_whole_and_leads_nowhere_twice() {
        assert_eq!(pairs().count(), TABLE.lines().count() - 1);
        for (old, new) in pairs() {
            assert_eq!(today(old), new);
            assert_eq!(today(new), new, "{new} is itself an old form");
            assert!(place(old).is_some_and(|place| place < COUNT), "{old}");
        }
    }

    #[test]
    fn what_is_no_old_form_stays() {
        for character in ['会', 'あ', 'a', '\u{0}', '\u{4dff}', '\u{a000}', '\u{10ffff}'] {
            assert_eq!(today(character), character);
        }
    }
}
