//! Where in an opinion's text the words of a query stand.

use std::ops::Range;

use crate::analysis::{Analysis, Analyzer};
use crate::query::{Matching, Query, Word};

/// Finds the parts of a text that match a query, in characters of the text as published: in order, those that
/// touch joined to one.
///
/// The text is analyzed again, as it was for the index, so that what is marked is what matched.
pub(super) fn highlight(
    query: &Query,
    matching: Matching,
    text: &str,
    analyzer: &Analyzer,
) -> Vec<Range<usize>> {
    let analysis = analyzer.analyze(text);
    let characters: Vec<char> = analysis.normalized.as_str().chars().collect();
    let mut found = Vec::new();
    for word in query.words() {
        let before = found.len();
        find_word(word, &analysis, &characters, &mut found);
        if found.len() == before && matching == Matching::Any {
            // What made the opinion match are the parts of the word.
            found.extend(with_base_forms(&word.parts, &analysis));
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    join(found.into_iter().map(|range| analysis.normalized.original_range(range)))
}

/// Finds the characters of a word where a word of the text begins, or anywhere if it was quoted, and its other
/// forms.
fn find_word(word: &Word, analysis: &Analysis, characters: &[char], found: &mut Vec<Range<usize>>) {
    let wanted: Vec<char> = word.characters.chars().collect();
    let mut find_at = |start: usize| {
        if characters[start..].starts_with(&wanted) {
            found.push(start..start + wanted.len());
        }
    };
    if word.quoted {
        (0..characters.len()).for_each(&mut find_at);
    } else {
        analysis.morphemes.iter().for_each(|morpheme| find_at(morpheme.range.start));
    }
    found.extend(with_base_forms(word.base_form.as_slice(), analysis));
}

fn with_base_forms<'a>(
    base_forms: &'a [String],
    analysis: &'a Analysis,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let morphemes = analysis.morphemes.iter();
    morphemes
        .filter(|morpheme| base_forms.contains(&morpheme.base_form))
        .map(|morpheme| morpheme.range.clone())
}

/// Joins ranges that touch or overlap; they come in the order of their starts.
fn join(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str, matching: Matching, text: &str) -> Vec<String> {
        let analyzer = Analyzer::new().unwrap();
        let query = Query::parse(query, &analyzer);
        let characters: Vec<char> = text.chars().collect();
        let ranges = highlight(&query, matching, text, &analyzer);
        ranges.into_iter().map(|range| characters[range].iter().collect()).collect()
    }

    #[test]
    fn what_matches_is_marked_in_the_text_as_published() {
        for (query, text, expected) in [
            ("薬", "薬を管理する薬剤師がいないと、残薬がたまる。", vec!["薬", "薬", "薬"]),
            ("京都", "東京都と京都府", vec!["京都"]),
            ("ict", "ＩＣＴを活用した", vec!["ＩＣＴ"]),
            ("帰る", "家に帰らず、帰れない", vec!["帰ら"]),
            ("訪問看護 ステーション", "訪問看護ステーションと訪問診療", vec!["訪問看護ステーション"]),
            ("ガイド", "ｶﾞｲﾄﾞを配る", vec!["ｶﾞｲﾄﾞ"]),
            ("\"護ステ\"", "訪問看護ステーション", vec!["護ステ"]),
            ("護ステ", "訪問看護ステーション", vec![]),
            ("連携", "", vec![]),
        ] {
            assert_eq!(marked(query, Matching::All, text), expected, "{query}");
        }
    }

    #[test]
    fn where_any_word_will_do_its_parts_are_marked() {
        assert_eq!(marked("訪問看護", Matching::All, "訪問診療と看護"), [""; 0]);
        assert_eq!(marked("訪問看護", Matching::Any, "訪問診療と看護"), ["訪問", "看護"]);
    }
}
