//! A model of a few kilobytes with random weights, written by tests. It knows nothing, but equal characters have equal
//! vectors, so that texts with the same characters are near.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// The size of its vectors, the number of its layers, and the size within a layer.
const SIZE: usize = 16;
const LAYERS: usize = 2;
const INNER: usize = 32;

/// The characters that it tells apart.
const CHARACTERS: &str = "。、のでに在宅看取り病院訪問診療薬局連携最期京都家意見";

/// Writes a model of an architecture into a folder.
pub(crate) fn write_tiny_model(folder: &Path, architecture: &str) {
    let mut vocabulary = Map::new();
    let special = ["<s>", "<pad>", "</s>", "<unk>"].map(str::to_owned);
    for token in special.into_iter().chain(CHARACTERS.chars().map(String::from)) {
        let number = vocabulary.len();
        vocabulary.entry(token).or_insert(json!(number));
    }
    let size = vocabulary.len();
    let config = json!({
        "model_type": architecture, "_name_or_path": format!("tiny-{architecture}"), "vocab_size": size,
        "hidden_size": SIZE, "num_hidden_layers": LAYERS, "num_attention_heads": 2, "intermediate_size": INNER,
        "hidden_act": "gelu", "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1,
        "max_position_embeddings": 130, "type_vocab_size": 1, "initializer_range": 0.02, "layer_norm_eps": 1e-5,
        "pad_token_id": 1, "position_embedding_type": "absolute", "global_attn_every_n_layers": 2,
        "global_rope_theta": 160000.0, "local_attention": 8, "local_rope_theta": 10000.0,
    });
    let tokenizer = json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
        "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "."}, "behavior": "Isolated", "invert": false},
        "post_processor": null, "decoder": null,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "<unk>"},
    });
    let write = |file: &str, content: &Value| fs::write(folder.join(file), content.to_string()).unwrap();
    write("config.json", &config);
    write("tokenizer.json", &tokenizer);
    let mut weights = Weights::default();
    match architecture {
        "modernbert" => weights.add_modern(size),
        _ => weights.add_classic(size),
    }
    fs::write(folder.join("model.safetensors"), weights.to_safetensors()).unwrap();
}

/// Weights by their names, with their shapes.
#[derive(Default)]
struct Weights {
    tensors: Map<String, Value>,
    data: Vec<u8>,
    random: u32,
}

impl Weights {
    fn add_classic(&mut self, vocabulary: usize) {
        self.add("embeddings.word_embeddings.weight", &[vocabulary, SIZE], 1.0);
        self.add("embeddings.position_embeddings.weight", &[130, SIZE], 0.02);
        self.add("embeddings.token_type_embeddings.weight", &[1, SIZE], 0.02);
        self.add_norm("embeddings.LayerNorm");
        for layer in 0..LAYERS {
            let layer = format!("encoder.layer.{layer}");
            for (part, shape) in [
                ("attention.self.query", [SIZE, SIZE]),
                ("attention.self.key", [SIZE, SIZE]),
                ("attention.self.value", [SIZE, SIZE]),
                ("attention.output.dense", [SIZE, SIZE]),
                ("intermediate.dense", [INNER, SIZE]),
                ("output.dense", [SIZE, INNER]),
            ] {
                self.add(&format!("{layer}.{part}.weight"), &shape, 0.1);
                self.add(&format!("{layer}.{part}.bias"), &shape[..1], 0.02);
            }
            self.add_norm(&format!("{layer}.attention.output.LayerNorm"));
            self.add_norm(&format!("{layer}.output.LayerNorm"));
        }
    }

    fn add_modern(&mut self, vocabulary: usize) {
        self.add("embeddings.tok_embeddings.weight", &[vocabulary, SIZE], 1.0);
        self.add_ones("embeddings.norm.weight");
        self.add_ones("final_norm.weight");
        for layer in 0..LAYERS {
            let layer = format!("layers.{layer}");
            self.add(&format!("{layer}.attn.Wqkv.weight"), &[3 * SIZE, SIZE], 0.1);
            self.add(&format!("{layer}.attn.Wo.weight"), &[SIZE, SIZE], 0.1);
            self.add(&format!("{layer}.mlp.Wi.weight"), &[2 * INNER, SIZE], 0.1);
            self.add(&format!("{layer}.mlp.Wo.weight"), &[SIZE, INNER], 0.1);
            self.add_ones(&format!("{layer}.attn_norm.weight"));
            self.add_ones(&format!("{layer}.mlp_norm.weight"));
        }
    }

    fn add_norm(&mut self, name: &str) {
        self.add_ones(&format!("{name}.weight"));
        self.add(&format!("{name}.bias"), &[SIZE], 0.0);
    }

    fn add_ones(&mut self, name: &str) {
        self.push(name, &[SIZE], |_| 1.0);
    }

    /// Adds random weights within `most` of 0.
    fn add(&mut self, name: &str, shape: &[usize], most: f32) {
        self.push(name, shape, |random| most * random);
    }

    fn push(&mut self, name: &str, shape: &[usize], value: impl Fn(f32) -> f32) {
        let start = self.data.len();
        for _ in 0..shape.iter().product() {
            // Numerical Recipes' generator; the upper bits are the better ones.
            self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let random = (self.random >> 8) as f32 / (1 << 23) as f32 - 1.0;
            self.data.extend(value(random).to_le_bytes());
        }
        let tensor = json!({"dtype": "F32", "shape": shape, "data_offsets": [start, self.data.len()]});
        self.tensors.insert(name.to_owned(), tensor);
    }

    fn to_safetensors(&self) -> Vec<u8> {
        let header = Value::Object(self.tensors.clone()).to_string();
        let mut file = (header.len() as u64).to_le_bytes().to_vec();
        file.extend(header.bytes());
        file.extend(&self.data);
        file
    }
}
