//! The forms in which a word is searched, in the index and in the text of a hit.

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader};

use super::boundary::Boundary;
use super::postings::move_to;
use super::string_query::{Placement, StringQuery};
use crate::analysis::term::{self, Position};
use crate::query::analyze::{Alternative, Form, Word};

/// A form of a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pattern {
    /// A single character.
    Character { character: char, placement: Placement, boundary: Boundary },
    /// Two or more characters.
    Characters { characters: String, placement: Placement, boundary: Boundary },
    /// Any word of the text with this base form.
    BaseForm(String),
}

/// Minimum length of a word that may match within a word of the text. Shorter matches are often accidental:
/// 京都 occurs in 東京都, whereas 護ステ in 訪問看護ステーション is a real match.
const LONG_ENOUGH_WITHIN: usize = 3;

/// Returns all forms of a word: its characters, its inflections and its alternatives. If `within_words` is
/// set, an unquoted word that is long enough may also occur within a word of the text.
pub(crate) fn patterns(word: &Word, within_words: bool) -> Vec<Pattern> {
    let may_stand_within =
        within_words && !word.is_prefix && word.characters.chars().count() >= LONG_ENOUGH_WITHIN;
    let placement = if word.quoted || may_stand_within { Placement::Anywhere } else { Placement::WordStart };
    let is_literal = word.quoted || word.is_prefix;
    let boundary = if is_literal { Boundary::default() } else { Boundary::of(&word.morphemes) };
    let mut patterns = vec![Pattern::of(&word.characters, placement, boundary)];
    patterns.extend(word.base_form().map(|base_form| Pattern::BaseForm(base_form.to_owned())));
    patterns.extend(word.alternatives.iter().map(Pattern::of_alternative));
    patterns
}

/// Returns the forms of what may stand for a word or a part of it.
pub(crate) fn patterns_of_substitutes(word: &Word) -> impl Iterator<Item = Pattern> {
    word.substitutes.iter().map(|substitute| Pattern::of_alternative(&substitute.alternative))
}

impl Pattern {
    fn of_alternative(alternative: &Alternative) -> Self {
        match &alternative.form {
            Form::Characters(text) => {
                Self::of(text, Placement::WordStart, Boundary::of(&alternative.morphemes))
            }
            Form::BaseForm(base_form) => Self::BaseForm(base_form.clone()),
        }
    }

    fn of(text: &str, placement: Placement, boundary: Boundary) -> Self {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Self::Character { character, placement, boundary },
            _ => Self::Characters { characters: text.to_owned(), placement, boundary },
        }
    }
}

/// Returns the positions of a string in a document, in characters of its normalized text.
pub(crate) fn places_of_string(
    (characters, placement, boundary): (&str, Placement, Boundary),
    field: Field,
    segment: &SegmentReader,
    document: DocId,
) -> tantivy::Result<Vec<u32>> {
    StringQuery::new(field, characters, placement, boundary).places(segment, document)
}

/// Returns the positions of words with a base form in a document, in characters of its normalized text.
pub(crate) fn places_of_base_form(
    base_form: &str,
    field: Field,
    segment: &SegmentReader,
    document: DocId,
) -> tantivy::Result<Vec<u32>> {
    let term = term::of_word(base_form, field);
    let option = IndexRecordOption::WithFreqsAndPositions;
    let Some(mut postings) = segment.inverted_index(field)?.read_postings(&term, option)? else {
        return Ok(Vec::new());
    };
    let mut positions = Vec::new();
    if move_to(&mut postings, document) {
        postings.positions(&mut positions);
    }
    Ok(positions.into_iter().map(|position| Position::decode(position).character).collect())
}
