//! What the files of a model's folder say.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::ModelError;
use crate::language::{Text, text};
use crate::small_file;

/// The greatest number of tokens of a text. A passage has fewer.
const MOST_TOKENS: usize = 512;

/// The names of the files.
pub(super) const CONFIG: &str = "config.json";
pub(super) const TOKENIZER: &str = "tokenizer.json";
pub(super) const WEIGHTS: &str = "model.safetensors";
const MODULES: &str = "modules.json";
const POOLING: &str = "1_Pooling/config.json";
const SENTENCES: &str = "sentence_bert_config.json";
const PROMPTS: &str = "config_sentence_transformers.json";

/// All files on which vectors depend.
pub(super) const FILES: [&str; 7] = [CONFIG, TOKENIZER, WEIGHTS, MODULES, POOLING, SENTENCES, PROMPTS];

/// How the vectors of the tokens become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pooling {
    /// Their mean.
    Mean,
    /// That of the first token.
    First,
}

/// How a model is used.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// The parsed `config.json`.
    pub(super) config: Value,
    /// `model_type` of the configuration.
    pub(super) architecture: String,
    pub(super) name: String,
    pub(super) pooling: Pooling,
    pub(super) most_tokens: usize,
    /// What stands before a query, and before a passage.
    pub(super) prompts: [String; 2],
}

#[derive(Deserialize)]
struct Module {
    r#type: String,
}

#[derive(Deserialize)]
struct PoolingConfig {
    #[serde(default)]
    pooling_mode_cls_token: bool,
    #[serde(default)]
    pooling_mode_mean_tokens: bool,
}

#[derive(Default, Deserialize)]
struct SentenceConfig {
    max_seq_length: Option<usize>,
}

#[derive(Default, Deserialize)]
struct PromptConfig {
    #[serde(default)]
    prompts: serde_json::Map<String, Value>,
}

impl Settings {
    pub(super) fn read(folder: &Path) -> Result<Self, ModelError> {
        check_files(folder)?;
        let config: Value = parsed(folder, CONFIG)?.unwrap_or_default();
        let text = |key: &str| config.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let folder_name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let named = text("_name_or_path");
        let name = if named.is_empty() { folder_name.clone() } else { named };
        // RoBERTa counts positions from after its padding.
        let positions =
            config.get("max_position_embeddings").and_then(Value::as_u64).unwrap_or(MOST_TOKENS as u64);
        let positions = usize::try_from(positions).unwrap_or(MOST_TOKENS).saturating_sub(2).max(2);
        let sentences: SentenceConfig = parsed(folder, SENTENCES)?.unwrap_or_default();
        let most_tokens =
            sentences.max_seq_length.unwrap_or(MOST_TOKENS).min(positions).clamp(2, MOST_TOKENS);
        let prompts: PromptConfig = parsed(folder, PROMPTS)?.unwrap_or_default();
        Ok(Self {
            architecture: text("model_type"),
            pooling: pooling(folder)?,
            most_tokens,
            prompts: prompts_of(&prompts, &[&name, &folder_name]),
            name,
            config,
        })
    }
}

/// Returns an error that says what to do where a file is missing.
fn check_files(folder: &Path) -> Result<(), ModelError> {
    let has = |file: &str| folder.join(file).is_file();
    if !folder.is_dir() {
        return Err(ModelError::unsupported(
            folder,
            Text::new(
                "フォルダーがありません。モデルのフォルダーを指定してください",
                "there is no such folder; give that of a model",
            ),
        ));
    }
    if !has(WEIGHTS) {
        let reason = if has("model.safetensors.index.json") {
            Text::new(
                "重みが複数のファイルに分かれています。1 つの model.safetensors にあるモデルだけを読めます",
                "the weights are in several files; only models in one model.safetensors are read",
            )
        } else {
            Text::new(
                "model.safetensors がありません。ONNX や PyTorch の形式のモデルは読めません。多くは safetensors でも公開されています",
                "there is no model.safetensors; a model in ONNX or PyTorch's format is not read, and most are also published \
                 as safetensors",
            )
        };
        return Err(ModelError::unsupported(folder, reason));
    }
    if !has(TOKENIZER) {
        let reason = Text::new(
            "tokenizer.json がありません。MeCab や専用のプログラムを使うトークナイザーは読めません。\
             multilingual-e5-small と ruri-v3 にはあります",
            "there is no tokenizer.json; a tokenizer that needs MeCab or a program of its own is not read. \
             multilingual-e5-small and ruri-v3 have one",
        );
        return Err(ModelError::unsupported(folder, reason));
    }
    if !has(CONFIG) {
        return Err(ModelError::unsupported(
            folder,
            Text::new(
                "構造を示す config.json がありません",
                "there is no config.json, which names the architecture",
            ),
        ));
    }
    Ok(())
}

fn pooling(folder: &Path) -> Result<Pooling, ModelError> {
    let modules: Vec<Module> = parsed(folder, MODULES)?.unwrap_or_default();
    let is_known = |module: &Module| {
        ["Transformer", "Pooling", "Normalize"].iter().any(|known| module.r#type.ends_with(known))
    };
    if let Some(other) = modules.iter().find(|module| !is_known(module)) {
        let reason = text!(
            "モジュール {} は扱えません。これのないモデルを指定してください",
            "the module {} is not known; give a model without it";
            other.r#type
        );
        return Err(ModelError::unsupported(folder.join(MODULES), reason));
    }
    // Models that say nothing of it take the mean.
    let Some(config) = parsed::<PoolingConfig>(folder, POOLING)? else { return Ok(Pooling::Mean) };
    match (config.pooling_mode_cls_token, config.pooling_mode_mean_tokens) {
        (false, true) => Ok(Pooling::Mean),
        (true, false) => Ok(Pooling::First),
        _ => {
            let reason = Text::new(
                "プーリングは、平均か先頭のトークンによるものだけを扱えます。そのどちらかのモデルを指定してください",
                "only pooling by the mean or by the first token is known; give a model with one of them",
            );
            Err(ModelError::unsupported(folder.join(POOLING), reason))
        }
    }
}

/// Returns what stands before a query and before a passage. Models of before there was a file for it are told by
/// their names.
fn prompts_of(config: &PromptConfig, names: &[&str]) -> [String; 2] {
    let prompt =
        |keys: &[&str]| keys.iter().find_map(|key| config.prompts.get(*key)?.as_str()).map(str::to_owned);
    let is_named = |part: &str| names.iter().any(|name| name.to_lowercase().contains(part));
    let [query, passage] = if is_named("e5") {
        ["query: ", "passage: "]
    } else if is_named("ruri-v3") {
        ["検索クエリ: ", "検索文書: "]
    } else if is_named("ruri") {
        ["クエリ: ", "文章: "]
    } else {
        ["", ""]
    };
    [
        prompt(&["query", "Retrieval-query"]).unwrap_or_else(|| query.to_owned()),
        prompt(&["passage", "document", "Retrieval-document"]).unwrap_or_else(|| passage.to_owned()),
    ]
}

/// Parses a file of the folder; `None` where there is no such file.
fn parsed<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Option<T>, ModelError> {
    let file: PathBuf = folder.join(name);
    if !file.is_file() {
        return Ok(None);
    }
    let text =
        small_file::read(&file).map_err(|reason| ModelError::Unreadable { file: file.clone(), reason })?;
    serde_json::from_slice(&text).map(Some).map_err(|error| {
        ModelError::unsupported(
            file,
            text!("モデルの JSON として読めません: {error}", "not the JSON of a model: {error}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn prompts_are_those_of_the_folder_or_of_the_name() {
        let config = |text: &str| serde_json::from_str::<PromptConfig>(text).unwrap();
        let none = config("{}");
        let told = config(r#"{"prompts": {"query": "Q ", "document": "D "}}"#);
        for (config, name, expected) in [
            (&none, "intfloat/multilingual-e5-small", ["query: ", "passage: "]),
            (&none, "cl-nagoya/ruri-base", ["クエリ: ", "文章: "]),
            (&none, "models/Ruri-v3-30m", ["検索クエリ: ", "検索文書: "]),
            (&none, "all-MiniLM-L6-v2", ["", ""]),
            (&told, "multilingual-e5-small", ["Q ", "D "]),
        ] {
            assert_eq!(prompts_of(config, &[name]), expected, "{name}");
        }
    }

    #[test]
    fn what_is_missing_is_said_with_a_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let error = || Settings::read(folder.path()).unwrap_err().to_string();
        let write = |file: &str, text: &str| {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write("model.onnx", "");
        assert!(error().contains("there is no model.safetensors; a model in ONNX"), "{}", error());
        write(WEIGHTS, "");
        assert!(error().contains("there is no tokenizer.json"), "{}", error());
        write(TOKENIZER, "{}");
        assert!(error().contains("there is no config.json"), "{}", error());
        write(CONFIG, "[");
        assert!(error().contains("config.json: not the JSON of a model"), "{}", error());
        write(CONFIG, r#"{"model_type": "bert", "max_position_embeddings": 130}"#);
        write(POOLING, r#"{"pooling_mode_max_tokens": true}"#);
        assert!(error().contains("only pooling by the mean or by the first token"), "{}", error());
        write(POOLING, r#"{"pooling_mode_cls_token": true}"#);
        let settings = Settings::read(folder.path()).unwrap();
        assert_eq!((settings.pooling, settings.most_tokens), (Pooling::First, 128));
        write(MODULES, r#"[{"type": "sentence_transformers.models.Dense"}]"#);
        assert!(
            error().contains("the module sentence_transformers.models.Dense is not known"),
            "{}",
            error()
        );
    }
}
