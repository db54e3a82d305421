//! The networks that can be run, each by its implementation in candle.

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::{bert, modernbert, xlm_roberta};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A network that gives a vector for each token.
pub(super) enum Network {
    Bert(bert::BertModel),
    Roberta(xlm_roberta::XLMRobertaModel),
    ModernBert(modernbert::ModernBert),
}

/// The architectures, as `model_type` names them.
const KNOWN: &str = "bert, roberta, xlm-roberta and modernbert";

/// The numbers of layers and of positions, and the sizes, beyond which a configuration is not meant seriously.
const MOST: u64 = 1 << 24;

impl Network {
    /// Makes a network of a configuration and of weights, the bytes of a safetensors file. The error is a reason with
    /// what to do.
    pub(super) fn new(architecture: &str, config: &Value, weights: Vec<u8>) -> Result<Self, String> {
        if let Some((key, value)) =
            config.as_object().and_then(|config| config.iter().find(|(_, value)| is_absurd(value)))
        {
            return Err(format!("{key} is {value}, which no model has; the file is damaged"));
        }
        let damaged =
            |error: candle_core::Error| format!("the weights do not fit the configuration: {error}");
        let weights = VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu)
            .map_err(|error| format!("model.safetensors is damaged: {error}"))?;
        // Some files name all weights as a part of a larger model.
        let is_part = weights.contains_tensor("roberta.embeddings.word_embeddings.weight");
        let weights = if is_part { weights.pp("roberta") } else { weights };
        match architecture {
            "bert" => bert::BertModel::load(weights, &parsed(config)?).map(Self::Bert).map_err(damaged),
            "roberta" | "xlm-roberta" => xlm_roberta::XLMRobertaModel::new(&parsed(config)?, weights)
                .map(Self::Roberta)
                .map_err(damaged),
            "modernbert" => {
                let is_part = weights.contains_tensor("model.embeddings.tok_embeddings.weight");
                let weights = if is_part {
                    weights
                } else {
                    weights.rename_f(|name| name.strip_prefix("model.").unwrap_or(name).to_owned())
                };
                modernbert::ModernBert::load(weights, &parsed(config)?).map(Self::ModernBert).map_err(damaged)
            }
            other => Err(format!("the architecture \"{other}\" is not known; give a model of {KNOWN}")),
        }
    }

    /// Returns a vector for each token of some texts of the same length. `mask` is 1 for tokens, and 0 for what fills up
    /// shorter texts.
    pub(super) fn run(&self, tokens: &Tensor, mask: &Tensor) -> candle_core::Result<Tensor> {
        match self {
            Self::Bert(network) => network.forward(tokens, &tokens.zeros_like()?, Some(mask)),
            Self::Roberta(network) => network.forward(tokens, mask, &tokens.zeros_like()?, None, None, None),
            Self::ModernBert(network) => network.forward(tokens, mask),
        }
    }
}

fn is_absurd(value: &Value) -> bool {
    value.as_u64().is_some_and(|number| number > MOST)
}

fn parsed<T: DeserializeOwned>(config: &Value) -> Result<T, String> {
    serde_json::from_value(config.clone())
        .map_err(|error| format!("the configuration is incomplete: {error}"))
}
