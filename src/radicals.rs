//! Radicals that stand for kanji.
//!
//! Many a PDF says ⻑ (U+2ED1, a radical) where it shows 長 (U+9577): the font has one picture for both, and the program that
//! wrote the file took the first of the two. Whoever looks for 議長 then finds nothing, and sees no reason for it.

use std::sync::LazyLock;

/// The table `data/lexicon/radicals.csv`: a header, then one `radical,kanji` to a line. It has the blocks CJK Radicals Supplement
/// and Kangxi Radicals of
/// [EquivalentUnifiedIdeograph.txt](https://www.unicode.org/Public/14.0.0/ucd/EquivalentUnifiedIdeograph.txt), but 戸 for ⼾:
/// Japanese fonts have one picture for these two, and none of 神戸 is written with 戶.
const TABLE: &str = include_str!("../data/lexicon/radicals.csv");

/// The first and the last character of the two blocks, which follow each other.
const FIRST: char = '\u{2e80}';
const LAST: char = '\u{2fdf}';

static KANJI: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut kanji: Vec<char> = (FIRST..=LAST).collect();
    for (radical, stands_for) in pairs() {
        if let Some(entry) = kanji.get_mut(radical as usize - FIRST as usize) {
            *entry = stands_for;
        }
    }
    kanji
});

/// Returns the kanji that a radical stands for, and any other character unchanged.
pub(crate) fn kanji_of(character: char) -> char {
    match character {
        FIRST..=LAST => KANJI.get(character as usize - FIRST as usize).copied().unwrap_or(character),
        _ => character,
    }
}

fn pairs() -> impl Iterator<Item = (char, char)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let (radical, kanji) = line.split_once(',')?;
        Some((
            radical.chars().next().filter(|radical| (FIRST..=LAST).contains(radical))?,
            kanji.chars().next()?,
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_radical_of_the_table_stands_for_its_kanji() {
        assert_eq!(pairs().count(), TABLE.lines().count() - 1);
        assert!(pairs().all(|(radical, kanji)| kanji_of(radical) == kanji));
        let text: String = "⻑⺠⽉⻄⻘⻩长あ".chars().map(kanji_of).collect();
        assert_eq!(text, "長民月西青黄长あ");
    }
}
