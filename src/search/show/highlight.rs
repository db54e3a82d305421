//! Highlights: where the words of a query occur in the text of an opinion.

use std::cell::OnceCell;
use std::ops::Range;

use crate::analysis::kana::is_hiragana;
use crate::analysis::{Analyzer, Morpheme, NormalizedText};
use crate::index::{EngineResult, Index, OpinionKey, Pattern, Placement};
use crate::query::{Plan, patterns, patterns_of_substitutes};

/// Returns the parts of a hit's text that match, in characters of the published text. They are in ascending
/// order, and adjacent ones are joined.
///
/// The positions come from the index, so that what is highlighted is what matched. Only what the index does
/// not store is searched in the text: the positions of a single character, and the end of an inflected word.
pub(in crate::search) fn highlight(
    plan: &Plan,
    opinion: OpinionKey,
    text: &str,
    index: &Index,
) -> EngineResult<Vec<Range<usize>>> {
    let text = Text {
        published: text,
        normalized: OnceCell::new(),
        clauses: OnceCell::new(),
        analyzer: index.analyzer(),
    };
    let found = mark(plan, opinion, &text, index)?;
    // If normalization moves no characters, the text need not be normalized.
    if NormalizedText::keeps_places(text.published) {
        return Ok(join(found.into_iter()));
    }
    Ok(join(found.into_iter().map(|range| text.normalized().original_range(range))))
}

/// Returns the parts of the normalized text that match, in the order of their starts.
fn mark(plan: &Plan, opinion: OpinionKey, text: &Text<'_>, index: &Index) -> EngineResult<Vec<Range<usize>>> {
    let engine = index.engine();
    let mut found = Vec::new();
    let mark = |pattern: &Pattern, found: &mut Vec<Range<usize>>| -> EngineResult<()> {
        match pattern {
            Pattern::Character { character, placement, boundary } => {
                let is_allowed = |start: usize| boundary.allow(None, text.character(start + 1));
                let places = text.places_of_character(*character, *placement);
                found.extend(places.filter(|&start| is_allowed(start)).map(|start| start..start + 1));
            }
            Pattern::Characters { characters, .. } if text.lacks(characters) => {}
            Pattern::Characters { characters, .. } => {
                let starts = engine.places(pattern, opinion)?.into_iter().map(|start| start as usize);
                let length = characters.chars().count();
                found.extend(starts.map(|start| start..start + length));
            }
            Pattern::BaseForm(base_form) => {
                let starts = engine.places(pattern, opinion)?.into_iter();
                found.extend(starts.filter_map(|start| text.word_at(start as usize, base_form)));
            }
        }
        Ok(())
    };
    for word in plan.expanded.query.words() {
        let before = found.len();
        for pattern in patterns(word, plan.within_words) {
            mark(&pattern, &mut found)?;
        }
        if found.len() == before && plan.matches_by_terms() {
            // An opinion can match by parts of the word, or by what may stand for them.
            let mut parts = word.parts().map(|part| Pattern::BaseForm(part.to_owned()));
            parts.try_for_each(|pattern| mark(&pattern, &mut found))?;
            patterns_of_substitutes(word).try_for_each(|pattern| mark(&pattern, &mut found))?;
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    Ok(found)
}

/// The text of a hit. It is normalized and segmented lazily, and segmented only in the clauses that are
/// needed.
struct Text<'a> {
    published: &'a str,
    normalized: OnceCell<NormalizedText>,
    clauses: OnceCell<Vec<Clause>>,
    analyzer: &'a Analyzer,
}

/// A part of a text that can be segmented by itself.
struct Clause {
    /// The byte range in the normalized text.
    bytes: Range<usize>,
    /// The index of the first character in the normalized text, from 0.
    start: usize,
    morphemes: OnceCell<Vec<Morpheme>>,
}

/// Maximum length, in bytes, of a text that is searched for a string before the index is asked for its places.
/// Longer texts take longer to normalize than the index to answer.
const SHORT: usize = 2000;

impl Text<'_> {
    /// Whether the text is short and does not contain a string.
    fn lacks(&self, characters: &str) -> bool {
        self.published.len() <= SHORT && !self.normalized().as_str().contains(characters)
    }

    fn character(&self, place: usize) -> Option<char> {
        let clause = self.clause_at(place)?;
        self.text_of(clause).chars().nth(place - clause.start)
    }

    /// Returns the word with a base form that begins at a position.
    fn word_at(&self, place: usize, base_form: &str) -> Option<Range<usize>> {
        let clause = self.clause_at(place)?;
        // A base form that does not end in hiragana does not inflect, so that its end is known without
        // segmentation.
        let mut rest = self.text_of(clause).chars().skip(place - clause.start);
        if !base_form.ends_with(is_hiragana)
            && base_form.chars().all(|character| rest.next() == Some(character))
        {
            return Some(place..place + base_form.chars().count());
        }
        let mut words = self
            .morphemes(clause)
            .iter()
            .map(|morpheme| clause.start + morpheme.range.start..clause.start + morpheme.range.end);
        words.find(|word| word.start == place)
    }

    /// Returns the positions of a character, or of the words that begin with it.
    fn places_of_character(&self, character: char, placement: Placement) -> impl Iterator<Item = usize> {
        let clauses = self.clauses().iter().filter(move |clause| self.text_of(clause).contains(character));
        clauses.flat_map(move |clause| {
            let places: Vec<usize> = match placement {
                Placement::Anywhere => (clause.start..)
                    .zip(self.text_of(clause).chars())
                    .filter(|(_, c)| *c == character)
                    .map(|(place, _)| place)
                    .collect(),
                Placement::WordStart => {
                    let words = self.morphemes(clause).iter();
                    let words = words.filter(|word| word.surface.starts_with(character));
                    words.map(|word| clause.start + word.range.start).collect()
                }
            };
            places
        })
    }

    fn normalized(&self) -> &NormalizedText {
        self.normalized.get_or_init(|| NormalizedText::new(self.published))
    }

    fn clauses(&self) -> &[Clause] {
        self.clauses.get_or_init(|| {
            let (mut byte, mut start) = (0, 0);
            let clauses = Analyzer::clauses(self.normalized().as_str()).map(|text| {
                let clause = Clause { bytes: byte..byte + text.len(), start, morphemes: OnceCell::new() };
                byte = clause.bytes.end;
                start += text.chars().count();
                clause
            });
            clauses.collect()
        })
    }

    fn text_of(&self, clause: &Clause) -> &str {
        &self.normalized().as_str()[clause.bytes.clone()]
    }

    fn clause_at(&self, place: usize) -> Option<&Clause> {
        let clauses = self.clauses();
        clauses.get(clauses.partition_point(|clause| clause.start <= place).checked_sub(1)?)
    }

    fn morphemes<'c>(&self, clause: &'c Clause) -> &'c [Morpheme] {
        clause.morphemes.get_or_init(|| self.analyzer.cut(self.text_of(clause)))
    }
}

/// Joins ranges that touch or overlap. They must be in the order of their starts.
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

    fn text<'a>(published: &'a str, analyzer: &'a Analyzer) -> Text<'a> {
        Text { published, normalized: OnceCell::new(), clauses: OnceCell::new(), analyzer }
    }

    #[test]
    fn ranges_that_touch_or_overlap_are_joined() {
        let ranges = [0..2, 1..3, 3..4, 6..7, 6..9, 7..8];
        assert_eq!(join(ranges.into_iter()), [0..4, 6..9]);
        assert!(join(std::iter::empty()).is_empty());
    }

    #[test]
    fn an_inflected_word_is_marked_to_its_end() {
        let analyzer = Analyzer::new().unwrap();
        let text = text("病院にいる。家に帰れないと困る", &analyzer);
        let place = 8;
        assert_eq!(text.word_at(place, "帰れる"), Some(place..place + 2));
        assert_eq!(text.word_at(0, "病院"), Some(0..2));
        assert_eq!(text.word_at(1, "病院"), None);
        assert_eq!(text.character(place), Some('帰'));
        assert_eq!(text.character(100), None);
    }

    #[test]
    fn a_character_is_marked_anywhere_or_where_a_word_begins_with_it() {
        let analyzer = Analyzer::new().unwrap();
        let text = text("京都へ。東京都の京野菜", &analyzer);
        let places = |placement| text.places_of_character('京', placement).collect::<Vec<usize>>();
        assert_eq!(places(Placement::Anywhere), [0, 5, 8]);
        assert_eq!(places(Placement::WordStart), [0, 8]);
    }
}
