//! How much of a query a text has.
//!
//! The query is taken as its content words, each of which weighs by its rarity. A text has a word if it has the
//! word itself, an alternative of the word or compound that it belongs to, or what may stand for it. Pairs of
//! characters across two words say nothing about this.

use std::collections::HashMap;

use super::ranking::spell_alternative;
use super::terms::{Lookup, Spelled, spell};
use crate::analysis::WordClass;
use crate::index::EngineResult;
use crate::query::analyze::{AlternativeKind, Word};

/// The content words of a query, each with the terms of its forms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    words: Vec<CoveredWord>,
    /// The total weight of the parts.
    total: f32,
}

/// A word or compound of the query.
#[derive(Clone, Debug)]
struct CoveredWord {
    /// Its alternatives, which stand for each of its parts.
    forms: Vec<PartForm>,
    parts: Vec<Part>,
}

/// A content word of the query.
#[derive(Clone, Debug)]
struct Part {
    weight: f32,
    forms: Vec<PartForm>,
}

/// A form of a content word, or of the compound that it belongs to.
#[derive(Clone, Debug)]
struct PartForm {
    /// What the form counts if a text has all of its terms.
    factor: f32,
    /// The indexes of the terms in the ranking, each with its share in the form.
    terms: Vec<(usize, f32)>,
}

/// Weight of a content word of one character (期, 者) relative to a longer one of the same rarity.
const ONE_CHARACTER: f32 = 0.5;

impl Coverage {
    /// `places` are the indexes of the terms in the ranking.
    pub(super) fn new(
        words: &[&Word],
        lookup: &Lookup<'_>,
        places: &HashMap<String, usize>,
    ) -> EngineResult<Self> {
        let forms = Forms { lookup, places };
        let words = words.iter().map(|word| forms.covered(word)).collect::<EngineResult<Vec<_>>>()?;
        let total = words.iter().flat_map(|word| &word.parts).map(|part| part.weight).sum();
        Ok(Self { words, total })
    }

    /// Returns how much of the query a text with some of the terms has, from 0 to 1. A query without content
    /// words is covered by any text that matches.
    pub(crate) fn of(&self, has: impl Fn(usize) -> bool) -> f32 {
        if self.total <= 0.0 {
            return 1.0;
        }
        let of_form = |form: &PartForm| {
            let there = form.terms.iter().filter(|(term, _)| has(*term));
            form.factor * there.map(|(_, share)| share).sum::<f32>()
        };
        let best = |forms: &[PartForm], least| forms.iter().map(of_form).fold(least, f32::max);
        let mut covered = 0.0;
        for word in &self.words {
            let of_word = best(&word.forms, 0.0);
            for part in &word.parts {
                covered += part.weight * best(&part.forms, of_word);
            }
        }
        covered / self.total
    }
}

/// What a word counts that stands for another.
fn factor(kind: AlternativeKind) -> f32 {
    match kind {
        AlternativeKind::Spelling | AlternativeKind::Reading | AlternativeKind::Similar => 0.95,
        AlternativeKind::Synonym => 0.8,
        AlternativeKind::Related => 0.4,
    }
}

struct Forms<'a> {
    lookup: &'a Lookup<'a>,
    places: &'a HashMap<String, usize>,
}

impl Forms<'_> {
    /// Returns the content words of a word of the query.
    fn covered(&self, word: &Word) -> EngineResult<CoveredWord> {
        let (mut of_word, mut parts) = (Vec::new(), Vec::new());
        for alternative in &word.alternatives {
            of_word.extend(self.form(factor(alternative.kind), spell_alternative(alternative))?);
        }
        for (index, morpheme) in word.morphemes.iter().enumerate() {
            if morpheme.class != WordClass::Content {
                continue;
            }
            // The ending of an inflected word varies.
            let characters = if morpheme.inflects { "" } else { morpheme.surface.as_str() };
            let (base_form, pairs) = (spell([morpheme.base_form.as_str()], ""), spell([], characters));
            let mut weight: f32 = 0.0;
            for spelled in base_form.iter().chain(&pairs) {
                weight = weight.max(self.lookup.weigh(spelled)?.0);
            }
            if morpheme.surface.chars().nth(1).is_none() {
                weight *= ONE_CHARACTER;
            }
            let mut forms = Vec::new();
            // The characters suffice where the text is cut into other words than the query.
            forms.extend(self.form(1.0, base_form)?);
            forms.extend(self.form(1.0, pairs)?);
            for substitute in word.substitutes.iter().filter(|substitute| substitute.range.contains(&index)) {
                let alternative = &substitute.alternative;
                forms.extend(self.form(factor(alternative.kind), spell_alternative(alternative))?);
            }
            parts.push(Part { weight: weight * word.boost, forms });
        }
        Ok(CoveredWord { forms: of_word, parts })
    }

    /// Returns a form by its terms; `None` if no text has any of them.
    fn form(&self, factor: f32, spelled: Vec<Spelled>) -> EngineResult<Option<PartForm>> {
        let mut terms = Vec::new();
        let mut total = 0.0;
        for one in self.lookup.weigh_all(spelled)? {
            total += one.weight;
            terms.extend(self.places.get(&one.spelled.text).map(|&place| (place, one.weight)));
        }
        terms.iter_mut().for_each(|(_, share)| *share /= total);
        Ok((!terms.is_empty()).then_some(PartForm { factor, terms }))
    }
}
