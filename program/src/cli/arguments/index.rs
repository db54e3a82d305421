//! The arguments of the verbs that read or check minutes.

use std::path::PathBuf;

use bytesize::ByteSize;
use clap::Args;
use gijiroku::IndexBuilder;
use gijiroku::minutes::Encoding;

use super::PlainFormat;
use super::help::told;
use super::words::DictionaryArguments;
use crate::cli::texts::{self, Help};

#[derive(Debug, Args)]
pub(crate) struct IndexArguments {
    #[arg(help = told(Help::index_paths), long_help = told(Help::index_paths_long), value_name = "PATH", default_value = crate::cli::context::DEFAULT_MINUTES)]
    pub(crate) paths: Vec<PathBuf>,

    #[arg(help = told(Help::index_encoding), long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,

    #[arg(help = told(Help::index_regions), long, value_name = "FILE")]
    pub(crate) regions: Option<PathBuf>,

    #[arg(help = told(Help::index_dry_run), long)]
    pub(crate) dry_run: bool,

    #[arg(help = told(Help::index_watch), long, conflicts_with = "dry_run")]
    pub(crate) watch: bool,

    #[arg(help = told(Help::index_strict), long)]
    pub(crate) strict: bool,

    #[arg(help = told(Help::index_memory), long, value_name = "SIZE", default_value = "1GiB", value_parser = memory)]
    pub(crate) memory: usize,

    #[cfg(feature = "cluster")]
    #[arg(help = told(Help::index_shards), long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub(crate) shards: Option<u32>,

    #[cfg(feature = "cluster")]
    #[arg(help = told(Help::index_replicas), long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(0..=64))]
    pub(crate) replicas: Option<u32>,

    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArguments,

    #[command(flatten)]
    pub(crate) model: super::ModelArguments,
}

#[derive(Debug, Args)]
#[command(
    after_help = told(Help::check_after)
)]
pub(crate) struct CheckArguments {
    #[arg(help = told(Help::check_repair), long)]
    pub(crate) repair: bool,

    #[arg(help = told(Help::check_metadata), long, conflicts_with = "repair")]
    pub(crate) metadata: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ParseArguments {
    #[arg(help = told(Help::parse_paths), value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    #[arg(help = told(Help::parse_encoding), long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,

    #[arg(help = told(Help::parse_regions), long, value_name = "FILE")]
    pub(crate) regions: Option<PathBuf>,

    #[arg(help = told(Help::parse_format), long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::named(name).ok_or_else(|| texts::wrong().no_encoding())
}

fn memory(size: &str) -> Result<usize, String> {
    let size: ByteSize = size.parse().map_err(|_| texts::wrong().no_size())?;
    // A size larger than any address counts as the largest possible one.
    let bytes = usize::try_from(size.as_u64()).unwrap_or(usize::MAX);
    if bytes < IndexBuilder::LEAST_MEMORY {
        let least = ByteSize::b(IndexBuilder::LEAST_MEMORY as u64);
        return Err(texts::wrong().least_memory(least.to_string()));
    }
    Ok(bytes)
}
