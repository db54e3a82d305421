//! The terms of the words of a query as the index spells them, and their weights before ranking.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::analysis::kana::is_hiragana_letter;
use crate::analysis::{View, term};
use crate::index::{Engine, EngineResult, LocatedTerm, TermField, idf};

/// Weight of the base form of a content word.
const WORD: f32 = 1.0;

/// Weights of a pair of characters with no, one and two hiragana, relative to a word. Hiragana are mostly
/// particles and endings; a pair with them shows that two words follow each other as they do in the query.
const PAIR: [f32; 3] = [1.0, 0.8, 0.6];

/// A term of the query before its idf is looked up.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spelled {
    /// The term as the index spells it.
    pub(super) text: String,
    /// The weight of the term before its idf.
    factor: f32,
    pub(super) view: View,
}

impl Spelled {
    /// Returns the term without the mark of its view.
    pub(super) fn shown(&self) -> &str {
        term::word(&self.text).unwrap_or(&self.text)
    }
}

/// Returns the terms of words and of characters.
pub(super) fn spell<'a>(parts: impl IntoIterator<Item = &'a str>, characters: &str) -> Vec<Spelled> {
    let mut terms = Vec::new();
    let mut text = String::new();
    for part in parts {
        term::write_word(part, &mut text);
        terms.push(Spelled { text: text.clone(), factor: WORD, view: View::Words });
    }
    let characters: Vec<char> = characters.chars().collect();
    for pair in characters.windows(2).filter(|pair| pair.iter().all(|character| character.is_alphanumeric()))
    {
        let hiragana = pair.iter().filter(|&&character| is_hiragana_letter(character)).count();
        term::write_pair(pair[0], Some(pair[1]), &mut text);
        terms.push(Spelled { text: text.clone(), factor: PAIR[hiragana], view: View::Characters });
    }
    terms
}

/// Looks up terms, each once.
pub(super) struct Lookup<'a> {
    pub(super) engine: &'a dyn Engine,
    all: u64,
    known: RefCell<HashMap<String, Arc<LocatedTerm>>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(engine: &'a dyn Engine) -> Self {
        Self { engine, all: engine.documents(), known: RefCell::default() }
    }

    /// Returns a term of the text.
    pub(super) fn locate(&self, text: &str) -> EngineResult<Arc<LocatedTerm>> {
        if let Some(known) = self.known.borrow().get(text) {
            return Ok(known.clone());
        }
        let located = Arc::new(self.engine.locate(TermField::Text, text)?);
        self.known.borrow_mut().insert(text.to_owned(), located.clone());
        Ok(located)
    }

    /// Returns the maximum that a term can add to a score, and whether any document contains it. A term
    /// without documents weighs as if one document contained it.
    pub(super) fn weigh(&self, spelled: &Spelled) -> EngineResult<(f32, bool)> {
        let documents = self.locate(&spelled.text)?.documents;
        Ok((spelled.factor * idf(documents.max(1), self.all), documents > 0))
    }

    /// Returns the weights of several terms, in the same order.
    pub(super) fn weigh_all(&self, spelled: Vec<Spelled>) -> EngineResult<Vec<Weighed>> {
        let weigh = |spelled: Spelled| {
            let (weight, is_there) = self.weigh(&spelled)?;
            Ok(Weighed { spelled, weight, is_there })
        };
        spelled.into_iter().map(weigh).collect()
    }
}

/// A term with its weight.
pub(super) struct Weighed {
    pub(super) spelled: Spelled,
    pub(super) weight: f32,
    /// Whether any document contains the term.
    pub(super) is_there: bool,
}
