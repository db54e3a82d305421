//! A sentence-embedding model: texts → vectors.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use candle_core::{DType, Device, Tensor};
use tokenizers::{Tokenizer, TruncationParams};

use super::network::Network;
use super::settings::{CONFIG, FILES, Pooling, Settings, TOKENIZER, WEIGHTS};
use super::{ModelError, ModelIdentity};
use crate::language::Text;

/// The number of texts that are run together. More of them gain nothing on a CPU.
const TOGETHER: usize = 8;

/// A model that is open. Clones share it.
///
/// See [the module](super) for which models can be opened.
#[derive(Clone)]
pub struct Model(Arc<Opened>);

struct Opened {
    folder: PathBuf,
    identity: ModelIdentity,
    settings: Settings,
    tokenizer: Tokenizer,
    network: Network,
    dimensions: usize,
}

impl Model {
    /// Opens the model in a folder. Its weights are read into memory.
    ///
    /// # Errors
    /// If a file is missing or can't be read, and if the model is of a kind that can't be run. The message names the file.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, ModelError> {
        let folder = folder.as_ref();
        let settings = Settings::read(folder)?;
        let read = |name: &str| -> Result<Option<Vec<u8>>, ModelError> {
            let file = folder.join(name);
            match file.is_file() {
                true => fs::read(&file).map(Some).map_err(|reason| ModelError::Unreadable { file, reason }),
                false => Ok(None),
            }
        };
        let mut sum = crc32fast::Hasher::new();
        let mut lengths = Vec::new();
        let (mut weights, mut tokenizer) = (Vec::new(), Vec::new());
        for name in FILES {
            let Some(content) = read(name)? else { continue };
            sum.update(name.as_bytes());
            sum.update(&content);
            lengths.push(content.len().to_string());
            match name {
                WEIGHTS => weights = content,
                TOKENIZER => tokenizer = content,
                _ => {}
            }
        }
        let identity = ModelIdentity {
            name: settings.name.clone(),
            sum: format!("{}-{:08x}", lengths.join("-"), sum.finalize()),
        };
        let tokenizer = tokenizer_of(&tokenizer, &settings)
            .map_err(|reason| ModelError::unsupported(folder.join(TOKENIZER), Text::foreign(reason)))?;
        let network = Network::new(&settings.architecture, &settings.config, weights)
            .map_err(|reason| ModelError::unsupported(folder.join(CONFIG), Text::foreign(reason)))?;
        let mut opened =
            Opened { folder: folder.to_owned(), identity, settings, tokenizer, network, dimensions: 0 };
        // A first text shows whether all parts fit together.
        opened.dimensions = opened.embed(&["。".to_owned()])?.first().map_or(0, Vec::len);
        Ok(Self(Arc::new(opened)))
    }

    /// Returns by what an index knows the model.
    #[must_use]
    pub fn identity(&self) -> &ModelIdentity {
        &self.0.identity
    }

    /// Returns the length of its vectors.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.0.dimensions
    }

    /// Returns the vector of a query, of length 1.
    ///
    /// # Errors
    /// If the network can't be run.
    pub fn of_query(&self, query: &str) -> Result<Vec<f32>, ModelError> {
        let [prompt, _] = &self.0.settings.prompts;
        Ok(self.0.embed(&[format!("{prompt}{query}")])?.pop().unwrap_or_default())
    }

    /// Returns the vectors of passages, each of length 1, in the same order.
    ///
    /// # Errors
    /// If the network can't be run.
    pub fn of_passages(&self, passages: &[&str]) -> Result<Vec<Vec<f32>>, ModelError> {
        let [_, prompt] = &self.0.settings.prompts;
        let texts: Vec<String> = passages.iter().map(|passage| format!("{prompt}{passage}")).collect();
        self.0.embed(&texts)
    }
}

impl Opened {
    fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, ModelError> {
        let failed = |reason: String| ModelError::Failed { folder: self.folder.clone(), reason };
        let encoded = self
            .tokenizer
            .encode_batch(texts.iter().map(String::as_str).collect(), true)
            .map_err(|error| failed(error.to_string()))?;
        // Texts of about the same length are run together, so that little is filled up.
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&index| encoded[index].len());
        let mut vectors = vec![Vec::new(); texts.len()];
        for indexes in order.chunks(TOGETHER) {
            let tokens: Vec<&[u32]> = indexes.iter().map(|&index| encoded[index].get_ids()).collect();
            let run = self.run(&tokens).map_err(|error| failed(error.to_string()))?;
            for (&index, vector) in indexes.iter().zip(run) {
                vectors[index] = vector;
            }
        }
        Ok(vectors)
    }

    /// Returns the vectors of some texts, given as tokens.
    fn run(&self, texts: &[&[u32]]) -> candle_core::Result<Vec<Vec<f32>>> {
        let longest = texts.iter().map(|tokens| tokens.len()).max().unwrap_or(0).max(1);
        // What fills up is masked; RoBERTa also tells it by its number, from which it counts the positions.
        let padding =
            self.settings.config.get("pad_token_id").and_then(serde_json::Value::as_u64).unwrap_or(0);
        let padding = u32::try_from(padding).unwrap_or(0);
        let filled = |number: &dyn Fn(&[u32], usize) -> u32| -> candle_core::Result<Tensor> {
            let numbers: Vec<u32> =
                texts.iter().flat_map(|tokens| (0..longest).map(|place| number(tokens, place))).collect();
            Tensor::from_vec(numbers, (texts.len(), longest), &Device::Cpu)
        };
        let tokens = filled(&|tokens, place| tokens.get(place).copied().unwrap_or(padding))?;
        let mask = filled(&|tokens, place| u32::from(place < tokens.len()))?;
        let of_tokens = self.network.run(&tokens, &mask)?;
        let pooled = match self.settings.pooling {
            Pooling::First => of_tokens.narrow(1, 0, 1)?.squeeze(1)?,
            // The length of the vector does not matter, so that the sum stands for the mean.
            Pooling::Mean => of_tokens.broadcast_mul(&mask.to_dtype(DType::F32)?.unsqueeze(2)?)?.sum(1)?,
        };
        let mut vectors = pooled.to_vec2::<f32>()?;
        vectors.iter_mut().for_each(|vector| normalize(vector));
        Ok(vectors)
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Model").field(&self.0.identity).finish()
    }
}

/// Two models are equal if they give the same vectors.
impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

fn tokenizer_of(content: &[u8], settings: &Settings) -> Result<Tokenizer, String> {
    let unknown =
        |error: tokenizers::Error| format!("this tokenizer is not known: {error}; give another model");
    let mut tokenizer = Tokenizer::from_bytes(content).map_err(unknown)?;
    // A file may ask to fill up each text to a fixed length, which takes as long as a text of that length.
    tokenizer.with_padding(None);
    let truncation = TruncationParams { max_length: settings.most_tokens, ..TruncationParams::default() };
    tokenizer.with_truncation(Some(truncation)).map_err(unknown)?;
    Ok(tokenizer)
}

/// Makes a vector one of length 1. One without a direction stays as it is.
fn normalize(vector: &mut [f32]) {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length.is_finite() && length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    } else {
        vector.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::write_tiny_model;

    #[test]
    fn equal_texts_have_equal_vectors_alone_and_among_others() {
        for architecture in ["bert", "xlm-roberta", "modernbert"] {
            let folder = tempfile::tempdir().unwrap();
            write_tiny_model(folder.path(), architecture);
            let model = Model::open(folder.path()).unwrap();
            assert_eq!(model.dimensions(), 16, "{architecture}");
            let texts = ["看取り", "在宅での看取りについて", "看取り", "京"];
            let vectors = model.of_passages(&texts).unwrap();
            for (text, vector) in texts.iter().zip(&vectors) {
                let length: f32 = vector.iter().map(|value| value * value).sum();
                assert!((length - 1.0).abs() < 1e-4, "{architecture} {text}");
                let alone = &model.of_passages(&[text]).unwrap()[0];
                let cosine: f32 = vector.iter().zip(alone).map(|(left, right)| left * right).sum();
                assert!(cosine > 0.9999, "{architecture} {text}: {cosine}");
            }
            assert_ne!(vectors[0], vectors[1]);
            // A very long text is cut.
            assert_eq!(model.of_passages(&[&"病院".repeat(5000)]).unwrap()[0].len(), 16);
            assert_eq!(model.of_query("").unwrap().len(), 16);
        }
    }

    #[test]
    fn what_can_not_be_run_is_told() {
        let folder = tempfile::tempdir().unwrap();
        write_tiny_model(folder.path(), "bert");
        let told = |file: &str, content: &str| {
            let file = folder.path().join(file);
            let before = fs::read(&file).unwrap();
            fs::write(&file, content).unwrap();
            let error = Model::open(folder.path()).unwrap_err().to_string();
            fs::write(&file, before).unwrap();
            error
        };
        let config = fs::read_to_string(folder.path().join(CONFIG)).unwrap();
        for (file, content, expected) in [
            (CONFIG, r#"{"model_type": "gpt2"}"#.to_owned(), "the architecture \"gpt2\" is not known"),
            (CONFIG, r#"{"model_type": "bert"}"#.to_owned(), "the configuration is incomplete"),
            (CONFIG, config.replace("16", "32"), "the weights do not fit the configuration"),
            (CONFIG, config.replace("16", "99999999"), "which no model has"),
            (TOKENIZER, "{}".to_owned(), "this tokenizer is not known"),
            (WEIGHTS, "no weights".to_owned(), "model.safetensors is damaged"),
        ] {
            let error = told(file, &content);
            assert!(error.contains(expected), "{file}: {error}");
        }
        let identity = Model::open(folder.path()).unwrap().identity().clone();
        fs::write(folder.path().join("sentence_bert_config.json"), r#"{"max_seq_length": 9}"#).unwrap();
        assert_ne!(Model::open(folder.path()).unwrap().identity().sum, identity.sum);
    }
}
