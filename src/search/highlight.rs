//! Where in an opinion's text the words of a query stand.

use std::ops::Range;

use super::attempt::Attempt;
use crate::analysis::{Analysis, Analyzer};
use crate::query::{Edges, Form, Matching, Query, Word};

/// Finds the parts of a text that match a query, in characters of the text as published: in order, those that
/// touch joined to one.
///
/// The text is analyzed again, as it was for the index, so that what is marked is what matched.
pub(super) fn highlight(attempt: &Attempt, text: &str, analyzer: &Analyzer) -> Vec<Range<usize>> {
    mark(&attempt.query, attempt.matching, attempt.within_words, text, analyzer)
}

fn mark(
    query: &Query,
    matching: Matching,
    within_words: bool,
    text: &str,
    analyzer: &Analyzer,
) -> Vec<Range<usize>> {
    let analysis = analyzer.analyze(text);
    let characters: Vec<char> = analysis.normalized.as_str().chars().collect();
    let text = Text { analysis: &analysis, characters: &characters };
    let mut found = Vec::new();
    for word in query.words() {
        let before = found.len();
        text.find_word(word, within_words, &mut found);
        if found.len() == before && matching == Matching::Any {
            // What made the opinion match are the parts of the word.
            let parts: Vec<&str> = word.parts().collect();
            text.find_base_forms(&parts, &mut found);
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    join(found.into_iter().map(|range| analysis.normalized.original_range(range)))
}

/// A text in which words are looked for.
struct Text<'a> {
    analysis: &'a Analysis,
    characters: &'a [char],
}

impl Text<'_> {
    /// Finds the characters of a word where a word of the text begins, or anywhere if it was quoted, its other forms
    /// and what it is also searched as.
    fn find_word(&self, word: &Word, within_words: bool, found: &mut Vec<Range<usize>>) {
        let is_literal = word.quoted || word.is_prefix;
        let edges = if is_literal { Edges::default() } else { Edges::of(&word.morphemes) };
        if word.quoted || (within_words && !word.is_prefix) {
            self.find(&word.characters, 0..self.characters.len(), edges, found);
        } else {
            self.find(&word.characters, self.beginnings(), edges, found);
        }
        self.find_base_forms(&Vec::from_iter(word.base_form()), found);
        for alternative in &word.alternatives {
            match &alternative.form {
                Form::Characters(text) => {
                    self.find(text, self.beginnings(), Edges::of(&alternative.morphemes), found);
                }
                Form::BaseForm(base_form) => self.find_base_forms(&[base_form], found),
            }
        }
    }

    fn beginnings(&self) -> impl Iterator<Item = usize> {
        self.analysis.morphemes.iter().map(|morpheme| morpheme.range.start)
    }

    fn find(
        &self,
        text: &str,
        starts: impl Iterator<Item = usize>,
        edges: Edges,
        found: &mut Vec<Range<usize>>,
    ) {
        let wanted: Vec<char> = text.chars().collect();
        for start in starts {
            let end = start + wanted.len();
            let before = start.checked_sub(1).and_then(|place| self.characters.get(place)).copied();
            let after = self.characters.get(end).copied();
            if self.characters[start..].starts_with(&wanted) && edges.allow(before, after) {
                found.push(start..end);
            }
        }
    }

    fn find_base_forms(&self, base_forms: &[&str], found: &mut Vec<Range<usize>>) {
        let morphemes = self.analysis.morphemes.iter();
        let fitting = morphemes.filter(|morpheme| base_forms.contains(&morpheme.base_form.as_str()));
        found.extend(fitting.map(|morpheme| morpheme.range.clone()));
    }
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
    use crate::analysis::Synonyms;
    use crate::query::QueryParser;

    fn marked(query: &str, matching: Matching, text: &str) -> Vec<String> {
        let analyzer = Analyzer::new().unwrap();
        let query = QueryParser::new(&analyzer, &Synonyms::none()).parse(query);
        let characters: Vec<char> = text.chars().collect();
        let ranges = mark(&query, matching, false, text, &analyzer);
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
