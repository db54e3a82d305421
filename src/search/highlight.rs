//! Where in an opinion's text the words of a query stand.

use std::cell::OnceCell;
use std::ops::Range;

use super::attempt::Attempt;
use crate::analysis::kana::is_kanji;
use crate::analysis::{Analyzer, Morpheme, NormalizedText};
use crate::query::{Edges, Form, Matching, Query, Word};

/// Finds the parts of a text that match a query, in characters of the text as published: in order, those that
/// touch joined to one.
///
/// The text is cut as it was for the index, so that what is marked is what matched; but only those of its clauses in
/// which something may stand.
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
    let normalized = NormalizedText::new(text);
    let text = Text::new(normalized.as_str(), analyzer);
    let mut found = Vec::new();
    for word in query.words() {
        let before = found.len();
        text.find_word(word, within_words, &mut found);
        if found.len() == before && matching == Matching::Any {
            // What made the opinion match are the parts of the word.
            word.parts().for_each(|part| text.find_base_form(part, &mut found));
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    join(found.into_iter().map(|range| normalized.original_range(range)))
}

/// A text in which words are looked for.
struct Text<'a> {
    clauses: Vec<Clause<'a>>,
    characters: Vec<char>,
    analyzer: &'a Analyzer,
}

/// A part of a text that is segmented by itself.
struct Clause<'a> {
    text: &'a str,
    /// The index of its first character in the text.
    start: usize,
    morphemes: OnceCell<Vec<Morpheme>>,
}

impl<'a> Text<'a> {
    fn new(normalized: &'a str, analyzer: &'a Analyzer) -> Self {
        let mut start = 0;
        let clauses = Analyzer::clauses(normalized).map(|text| {
            let clause = Clause { text, start, morphemes: OnceCell::new() };
            start += text.chars().count();
            clause
        });
        Self { clauses: clauses.collect(), characters: normalized.chars().collect(), analyzer }
    }

    /// Finds the characters of a word where a word of the text begins, or anywhere if it was quoted, its other forms
    /// and what it is also searched as.
    fn find_word(&self, word: &Word, within_words: bool, found: &mut Vec<Range<usize>>) {
        let is_literal = word.quoted || word.is_prefix;
        let edges = if is_literal { Edges::default() } else { Edges::of(&word.morphemes) };
        if word.quoted || (within_words && !word.is_prefix) {
            self.find_anywhere(&word.characters, edges, found);
        } else {
            self.find_at_beginnings(&word.characters, edges, found);
        }
        if let Some(base_form) = word.base_form() {
            self.find_base_form(base_form, found);
        }
        for alternative in &word.alternatives {
            match &alternative.form {
                Form::Characters(text) => {
                    self.find_at_beginnings(text, Edges::of(&alternative.morphemes), found)
                }
                Form::BaseForm(base_form) => self.find_base_form(base_form, found),
            }
        }
    }

    fn find_anywhere(&self, text: &str, edges: Edges, found: &mut Vec<Range<usize>>) {
        let wanted: Vec<char> = text.chars().collect();
        let starts = 0..(self.characters.len() + 1).saturating_sub(wanted.len());
        found.extend(starts.filter_map(|start| self.stands_at(start, &wanted, edges)));
    }

    fn find_at_beginnings(&self, text: &str, edges: Edges, found: &mut Vec<Range<usize>>) {
        let wanted: Vec<char> = text.chars().collect();
        for clause in self.clauses.iter().filter(|clause| clause.text.contains(text)) {
            let beginnings =
                self.morphemes(clause).iter().map(|morpheme| clause.start + morpheme.range.start);
            found.extend(beginnings.filter_map(|start| self.stands_at(start, &wanted, edges)));
        }
    }

    fn stands_at(&self, start: usize, wanted: &[char], edges: Edges) -> Option<Range<usize>> {
        let end = start + wanted.len();
        let before = start.checked_sub(1).and_then(|place| self.characters.get(place)).copied();
        let after = self.characters.get(end).copied();
        let stands = self.characters[start..].starts_with(wanted) && edges.allow(before, after);
        stands.then_some(start..end)
    }

    fn find_base_form(&self, base_form: &str, found: &mut Vec<Range<usize>>) {
        // The kanji of a verb stay when its ending changes.
        let kanji = base_form.chars().next().filter(|&first| is_kanji(first));
        let may_stand = |clause: &&Clause<'_>| kanji.is_none_or(|kanji| clause.text.contains(kanji));
        for clause in self.clauses.iter().filter(may_stand) {
            let morphemes = self.morphemes(clause).iter();
            let fitting = morphemes.filter(|morpheme| morpheme.base_form == base_form);
            found.extend(
                fitting
                    .map(|morpheme| clause.start + morpheme.range.start..clause.start + morpheme.range.end),
            );
        }
    }

    fn morphemes<'c>(&self, clause: &'c Clause<'_>) -> &'c [Morpheme] {
        clause.morphemes.get_or_init(|| self.analyzer.cut(clause.text))
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
