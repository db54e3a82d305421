//! Ranking of a query: its terms in both views and their weights.

use std::collections::HashMap;

use super::coverage::Coverage;
use super::feedback::FeedbackTerms;
use super::headings::{HeadingTerm, heading_terms};
use super::terms::{Lookup, Spelled, Weighed, spell};
use crate::analysis::View;
use crate::index::{Engine, EngineResult, LengthNorms, OpinionKey, WeightedTerm};
use crate::query::analyze::{Alternative, AlternativeKind, AnalyzedQuery, Form, Word, parts, surface};

/// The weighted terms of a query and the length normalization of one index.
#[derive(Debug)]
pub(crate) struct Ranking {
    pub(super) norms: LengthNorms,
    terms: Vec<WeightedTerm>,
    /// The origin of each term.
    origins: Vec<Origin>,
    coverage: Coverage,
    headings: Vec<HeadingTerm>,
    feedback: FeedbackTerms<Vec<BestMatch>>,
    is_sentence: bool,
}

/// A match with its score and the position of its best passage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BestMatch {
    pub(crate) opinion: OpinionKey,
    pub(crate) score: f32,
    /// In characters of the normalized text.
    pub(crate) start: u32,
}

/// The origin of a term.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Origin {
    /// The word or the text of the query.
    pub(crate) typed: String,
    /// The alternative that the term belongs to, if it is not a term of the query itself.
    pub(crate) alternative: Option<(AlternativeKind, String)>,
    /// The word's base form or the pair of characters.
    pub(crate) text: String,
    pub(crate) view: View,
}

impl Ranking {
    pub(crate) fn new(query: &AnalyzedQuery, engine: &dyn Engine) -> EngineResult<Self> {
        let words = query.words();
        let norms = LengthNorms::new(engine.average_length()?, words.len());
        let lookup = Lookup::new(engine);
        let mut terms =
            Terms { lookup: &lookup, brevity: norms.brevity(), found: Vec::new(), places: HashMap::new() };
        terms.add_typed(query)?;
        for word in &words {
            terms.add_alternatives(word)?;
        }
        for word in &words {
            terms.add_substitutes(word)?;
        }
        let coverage = Coverage::new(&words, &lookup, &terms.places)?;
        let headings = heading_terms(&terms.found, engine)?;
        let weighted = |found: &Found| -> EngineResult<WeightedTerm> {
            Ok(WeightedTerm { term: lookup.locate(&found.spelled.text)?, weight: found.weight })
        };
        Ok(Self {
            norms,
            terms: terms.found.iter().map(weighted).collect::<EngineResult<_>>()?,
            origins: terms.found.into_iter().map(|found| found.origin).collect(),
            coverage,
            headings,
            feedback: FeedbackTerms::default(),
            is_sentence: query.is_sentence(),
        })
    }

    /// Returns the terms that the index contains, each once.
    pub(crate) fn terms(&self) -> &[WeightedTerm] {
        &self.terms
    }

    /// Returns the origin of each term, in the same order.
    pub(crate) fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// Returns the terms that headings contain.
    pub(crate) fn headings(&self) -> &[HeadingTerm] {
        &self.headings
    }

    pub(crate) fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// Returns the terms that the best matches had in common the last time.
    pub(crate) fn feedback(&self) -> &FeedbackTerms<Vec<BestMatch>> {
        &self.feedback
    }

    pub(crate) fn norms(&self) -> &LengthNorms {
        &self.norms
    }

    /// Whether the opinions of both tiers are ranked together. In a question typed as a sentence many words
    /// serve only to ask, so that their number says less than their weight.
    pub(crate) fn mixes_tiers(&self) -> bool {
        self.is_sentence
    }
}

/// A term that the index contains, with its maximum score.
pub(super) struct Found {
    pub(super) spelled: Spelled,
    pub(super) weight: f32,
    pub(super) origin: Origin,
}

/// The terms found so far.
struct Terms<'a> {
    lookup: &'a Lookup<'a>,
    /// How short the texts of the index are.
    brevity: f32,
    found: Vec<Found>,
    /// The index of each term in `found`.
    places: HashMap<String, usize>,
}

impl Terms<'_> {
    /// Adds the terms of the typed words and texts.
    fn add_typed(&mut self, query: &AnalyzedQuery) -> EngineResult<()> {
        for word in query.words() {
            let weighed = self.lookup.weigh_all(spell(word.parts(), ""))?;
            self.push_all(weighed, word.boost, &word.characters, None);
        }
        for typed in query.texts() {
            let weighed = self.lookup.weigh_all(spell([], &typed.characters))?;
            self.push_all(weighed, typed.boost, &typed.characters, None);
        }
        Ok(())
    }

    /// Adds the terms of the alternatives of a word. The total weight of the terms of one alternative is that
    /// of the terms of the word, reduced by the weight of the kind of alternative. Otherwise a long synonym
    /// of rare words would be a better match than the word itself.
    fn add_alternatives(&mut self, word: &Word) -> EngineResult<()> {
        if word.alternatives.is_empty() {
            return Ok(());
        }
        let own = self.lookup.weigh_all(spell(word.parts(), &word.characters))?;
        let of_known: f32 = own.iter().filter(|own| own.is_there).map(|own| own.weight).sum();
        // Alternatives of a word that the index does not contain need not rank below it.
        let own_weight = if of_known > 0.0 { of_known } else { own.iter().map(|own| own.weight).sum() };
        for alternative in &word.alternatives {
            let weighed = self.lookup.weigh_all(spell_alternative(alternative))?;
            let is_shared = |one: &&Weighed| own.iter().any(|own| own.spelled.text == one.spelled.text);
            let shared: f32 = weighed.iter().filter(is_shared).map(|one| one.weight).sum();
            let rest: f32 = weighed.iter().filter(|one| !is_shared(one)).map(|one| one.weight).sum();
            let most = self.weight_of(alternative.kind) * own_weight - shared;
            if rest > 0.0 && most > 0.0 {
                let factor = word.boost * (most / rest).min(1.0);
                self.push_all(weighed, factor, &word.characters, Some(alternative));
            }
        }
        Ok(())
    }

    /// Adds the terms of what may stand for a word or a part of it. Their total weight is at most that of the
    /// part, reduced by the weight of the kind.
    fn add_substitutes(&mut self, word: &Word) -> EngineResult<()> {
        for substitute in &word.substitutes {
            let replaced = &word.morphemes[substitute.range.clone()];
            let own = self.lookup.weigh_all(spell(parts(replaced), &surface(replaced)))?;
            let own_weight: f32 = own.iter().map(|own| own.weight).sum();
            let alternative = &substitute.alternative;
            let weighed = self.lookup.weigh_all(spell_alternative(alternative))?;
            let total: f32 = weighed.iter().map(|one| one.weight).sum();
            let most = self.weight_of(alternative.kind) * own_weight;
            let factor = word.boost * (most / total.max(f32::MIN_POSITIVE)).min(1.0);
            self.push_all(weighed, factor, &word.characters, Some(alternative));
        }
        Ok(())
    }

    /// Returns the weight of an alternative of this kind relative to the typed word. A match of an alternative
    /// must rank below a match of the word itself. In short texts, what has a synonym is about the word, and
    /// what has a related word may be; in long ones both are often mentioned in passing.
    fn weight_of(&self, kind: AlternativeKind) -> f32 {
        match kind {
            AlternativeKind::Spelling => 0.95,
            AlternativeKind::Reading => 0.9,
            AlternativeKind::Synonym => 0.3 + 0.4 * self.brevity,
            AlternativeKind::Similar => 0.5,
            AlternativeKind::Related => 0.25 * self.brevity,
        }
    }

    /// Adds the terms that the index contains and that were not added before.
    fn push_all(&mut self, weighed: Vec<Weighed>, factor: f32, typed: &str, of: Option<&Alternative>) {
        for Weighed { spelled, weight, is_there } in weighed {
            if !is_there || self.places.contains_key(&spelled.text) {
                continue;
            }
            let origin = Origin {
                typed: typed.to_owned(),
                alternative: of.map(|of| (of.kind, of.form.as_str().to_owned())),
                text: spelled.shown().to_owned(),
                view: spelled.view,
            };
            self.places.insert(spelled.text.clone(), self.found.len());
            self.found.push(Found { spelled, weight: weight * factor, origin });
        }
    }
}

/// Returns the terms of an alternative.
pub(super) fn spell_alternative(alternative: &Alternative) -> Vec<Spelled> {
    let characters = match &alternative.form {
        Form::Characters(characters) => characters.as_str(),
        // A verb may have another ending in the text.
        Form::BaseForm(_) => "",
    };
    spell(alternative.parts(), characters)
}
