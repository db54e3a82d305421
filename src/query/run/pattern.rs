//! The forms in which a word is searched, in the index and in the text of a hit.

use crate::index::{Boundary, Pattern, Placement};
use crate::query::analyze::{Alternative, Form, Word};

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
    let mut patterns = vec![Pattern::string(&word.characters, placement, boundary)];
    patterns.extend(word.base_form().map(|base_form| Pattern::BaseForm(base_form.to_owned())));
    patterns.extend(word.alternatives.iter().map(pattern_of));
    patterns
}

/// Returns the forms of what may stand for a word or a part of it.
pub(crate) fn patterns_of_substitutes(word: &Word) -> impl Iterator<Item = Pattern> {
    word.substitutes.iter().map(|substitute| pattern_of(&substitute.alternative))
}

/// Returns the form in which an alternative is searched.
fn pattern_of(alternative: &Alternative) -> Pattern {
    match &alternative.form {
        Form::Characters(text) => {
            Pattern::string(text, Placement::WordStart, Boundary::of(&alternative.morphemes))
        }
        Form::BaseForm(base_form) => Pattern::BaseForm(base_form.clone()),
    }
}
