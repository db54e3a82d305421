//! The arguments of the verbs that read or check minutes.

use std::path::PathBuf;

use bytesize::ByteSize;
use clap::Args;
use gijiroku::IndexBuilder;
use gijiroku::minutes::Encoding;

use super::PlainFormat;
use super::words::DictionaryArguments;

#[derive(Debug, Args)]
pub(crate) struct IndexArguments {
    /// Files, or folders that are read recursively: text, Markdown, HTML, PDF, DOCX, ODT, RTF, XLSX, ODS, the
    /// JSON and XML of the Diet's API, JSON Lines, CSV, TSV, and zip archives of these; DOC, XLS and PPT where
    /// LibreOffice is installed
    ///
    /// A line of JSON Lines is an opinion: {"id": …, "text": …}, and optionally "title", "body", "region",
    /// "section", "date", "speaker", "role", "party" and "url"; others are kept under their names. A table has these as columns, or in Japanese: 本文, 会議名,
    /// 発言者, …
    #[arg(value_name = "PATH", default_value = crate::cli::context::DEFAULT_MINUTES)]
    pub(crate) paths: Vec<PathBuf>,

    /// Encoding of all text, such as cp932 or euc-jp; detected from the bytes if not given
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,

    /// Regions and their municipalities, as CSV with the columns region,municipality; those of Tokyo if not
    /// given. The index stores them for searches
    #[arg(long, value_name = "FILE")]
    pub(crate) regions: Option<PathBuf>,

    /// Only print what would be done
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Keep running and update the index when files change, until Ctrl-C
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) watch: bool,

    /// Treat a file that can't be read as an error, and leave the index as it is
    #[arg(long)]
    pub(crate) strict: bool,

    /// Maximum memory to use, such as 512MB; at least 128MiB
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = memory)]
    pub(crate) memory: usize,

    /// Into how many shards a new index in a cluster is cut: 3 if not given
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub(crate) shards: Option<u32>,

    /// How many copies each shard of an index in a cluster has beside the first: 1 if not given
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(0..=64))]
    pub(crate) replicas: Option<u32>,

    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArguments,

    #[command(flatten)]
    pub(crate) model: super::ModelArguments,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 if nothing is wrong or all was mended, 1 if something is, 2 on an error."
)]
pub(crate) struct CheckArguments {
    /// Repair the index by reading again what is wrong
    #[arg(long)]
    pub(crate) repair: bool,

    /// List the meetings without a date and the files without a speaker, and what tells them
    #[arg(long, conflicts_with = "repair")]
    pub(crate) metadata: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ParseArguments {
    /// Files, or folders that are read recursively
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// Encoding of all text, such as cp932 or euc-jp; detected from the bytes if not given
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,

    /// Regions and their municipalities, as CSV with the columns region,municipality; those of Tokyo if not
    /// given
    #[arg(long, value_name = "FILE")]
    pub(crate) regions: Option<PathBuf>,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::named(name).ok_or_else(|| {
        "no such encoding; they are utf-8, cp932, euc-jp, iso-2022-jp, utf-16le and utf-16be".to_owned()
    })
}

fn memory(size: &str) -> Result<usize, String> {
    let size: ByteSize =
        size.parse().map_err(|_| "a size is a number with a unit, such as 512MB or 2GiB".to_owned())?;
    // A size larger than any address counts as the largest possible one.
    let bytes = usize::try_from(size.as_u64()).unwrap_or(usize::MAX);
    if bytes < IndexBuilder::LEAST_MEMORY {
        return Err(format!("a build needs {} at least", ByteSize::b(IndexBuilder::LEAST_MEMORY as u64)));
    }
    Ok(bytes)
}
