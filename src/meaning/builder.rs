//! Making the vectors of an index, and keeping those that are known.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::passages::passages;
use super::vectors::{OpinionVectors, Vectors, stored};
use super::{Model, ModelError, ModelIdentity};
use crate::hexadecimal::hexadecimal;

/// The number of passages that are collected before they are run, so that texts of about the same length can be run
/// together.
const COLLECTED: usize = 64;

/// Collects the vectors of the opinions of an index that is being built. Vectors are known by the sum of the text, so
/// that neither a text that was moved nor one that is repeated (異議なし) is run again.
pub(crate) struct VectorsBuilder<'a> {
    /// Without a model, what is known is kept, and what is new has no vectors.
    model: Option<&'a Model>,
    identity: ModelIdentity,
    dimensions: usize,
    known: HashMap<String, Arc<[u8]>>,
    opinions: Vec<(String, String)>,
    /// The texts whose vectors are not known yet, by their sums.
    collected: Vec<(String, String)>,
    passages: usize,
    failure: Option<ModelError>,
}

impl<'a> VectorsBuilder<'a> {
    /// `previous` are the vectors of the last commit. Those of another model are of no use.
    pub(crate) fn new(model: Option<&'a Model>, previous: Option<&Vectors>) -> Self {
        let previous =
            previous.filter(|previous| model.is_none_or(|model| model.identity() == previous.model()));
        let identity = model.map(Model::identity).or_else(|| previous.map(Vectors::model));
        let known = previous.into_iter().flat_map(Vectors::iter);
        Self {
            model,
            identity: identity.cloned().unwrap_or_default(),
            dimensions: model
                .map(Model::dimensions)
                .or_else(|| previous.map(Vectors::dimensions))
                .unwrap_or(0),
            known: known.map(|(opinion, vectors)| (opinion.sum.clone(), vectors.into())).collect(),
            opinions: Vec::new(),
            collected: Vec::new(),
            passages: 0,
            failure: None,
        }
    }

    /// Whether there is anything to make or to keep.
    pub(crate) fn is_active(&self) -> bool {
        self.model.is_some() || !self.known.is_empty()
    }

    /// Whether the vectors of an opinion are those of this model.
    pub(crate) fn knows(&self, opinion: &OpinionVectors) -> bool {
        self.known.contains_key(&opinion.sum)
    }

    /// Takes over an opinion whose text has not changed.
    pub(crate) fn keep(&mut self, opinion: &OpinionVectors) {
        if self.knows(opinion) {
            self.opinions.push((opinion.id.clone(), opinion.sum.clone()));
        }
    }

    /// Adds an opinion. Where the model can't be run, [`finish`](Self::finish) tells it.
    pub(crate) fn add(&mut self, id: &str, text: &str) {
        if !self.is_active() || self.failure.is_some() {
            return;
        }
        let sum = sum(text);
        self.opinions.push((id.to_owned(), sum.clone()));
        if self.model.is_none() || self.known.contains_key(&sum) {
            return;
        }
        self.passages += passages(text).len();
        self.collected.push((sum, text.to_owned()));
        if self.passages >= COLLECTED {
            self.run();
        }
    }

    /// Returns the vectors of all opinions, in the order of their identifiers; `None` where there are none.
    pub(crate) fn finish(mut self) -> Result<Option<Vectors>, ModelError> {
        self.run();
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let Self { identity, dimensions, known, mut opinions, .. } = self;
        // The order of the opinions then does not depend on which of them were new.
        opinions.sort();
        let size = stored(&vec![0.0; dimensions]).len();
        let opinions = opinions.into_iter().filter_map(|(id, sum)| {
            let vectors = known.get(&sum)?.clone();
            Some((OpinionVectors { id, sum, passages: vectors.len() / size }, vectors))
        });
        let vectors = Vectors::new(identity, dimensions, opinions);
        Ok((!vectors.opinions().is_empty()).then_some(vectors))
    }

    fn run(&mut self) {
        self.passages = 0;
        let collected = std::mem::take(&mut self.collected);
        let Some(model) = self.model else { return };
        let of_texts: Vec<Vec<&str>> = collected.iter().map(|(_, text)| passages(text)).collect();
        match model.of_passages(&of_texts.concat()) {
            Ok(vectors) => {
                let mut vectors = vectors.iter();
                for ((sum, _), passages) in collected.iter().zip(&of_texts) {
                    let of_text: Vec<u8> =
                        vectors.by_ref().take(passages.len()).flat_map(|vector| stored(vector)).collect();
                    self.known.insert(sum.clone(), of_text.into());
                }
            }
            Err(error) => self.failure = Some(error),
        }
    }
}

/// Returns the sum by which a text is known: the first half of its SHA-256.
fn sum(text: &str) -> String {
    hexadecimal(&Sha256::digest(text)[..16])
}

#[cfg(test)]
#[cfg(feature = "semantic")]
mod tests {
    use super::*;
    use crate::meaning::write_tiny_model;

    #[test]
    fn only_new_texts_are_run_and_without_a_model_none() {
        let folder = tempfile::tempdir().unwrap();
        write_tiny_model(folder.path(), "bert");
        let model = Model::open(folder.path()).unwrap();
        let mut builder = VectorsBuilder::new(Some(&model), None);
        for number in 0..100 {
            builder.add(&format!("a-{number}"), &"在宅の看取り。".repeat(1 + number % 60));
        }
        let first = builder.finish().unwrap().unwrap();
        assert_eq!(first.opinions().len(), 100);

        let mut builder = VectorsBuilder::new(None, Some(&first));
        builder.keep(&first.opinions()[0]);
        builder.add("b-1", "在宅の看取り。");
        builder.add("b-2", "薬局との連携");
        let kept = builder.finish().unwrap().unwrap();
        let ids: Vec<&str> = kept.opinions().iter().map(|opinion| opinion.id.as_str()).collect();
        assert_eq!(ids, ["a-0", "b-1"]);
        let query = model.of_query("看取り").unwrap();
        let of_first = first.cosines(&query)[0];
        assert_eq!(kept.cosines(&query), [of_first, of_first]);

        // Of another model nothing is kept, and without any there is nothing.
        write_tiny_model(folder.path(), "modernbert");
        let other = Model::open(folder.path()).unwrap();
        assert!(VectorsBuilder::new(Some(&other), Some(&first)).known.is_empty());
        let mut none = VectorsBuilder::new(None, None);
        none.add("a-1", "在宅");
        assert!(!none.is_active() && none.finish().unwrap().is_none());
    }
}
