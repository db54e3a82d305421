//! Settings that the verbs share, made from the arguments and the environment in one place.

use std::io;
use std::path::{Path, PathBuf};

use anstream::AutoStream;
#[cfg(not(feature = "cluster"))]
use anyhow::Context as _;
use gijiroku::{Index, Searcher};

use super::arguments::{Arguments, Color};
use super::output::{Contents, Output};
use super::pdf_worker;
use super::progress::Progress;
use super::render::Screen;
use super::render::text::summary;
use super::say;

pub(crate) const DEFAULT_MINUTES: &str = "data/minutes";
pub(crate) const DEFAULT_INDEX: &str = "index";

/// The width of lines in columns if COLUMNS is not set and there is no terminal.
const DEFAULT_WIDTH: usize = 80;

/// Where an index lies.
pub(crate) enum Place<'a> {
    Folder(&'a Path),
    #[cfg(feature = "cluster")]
    Cluster(Box<gijiroku::index::Cluster>),
}

/// Where the index is, where the result goes, and what the screen can show.
pub(crate) struct Context {
    /// `None` if neither an argument nor the environment names one.
    index: Option<PathBuf>,
    output: Option<PathBuf>,
    screen: Screen,
}

impl Context {
    pub(crate) fn new(arguments: &Arguments) -> Self {
        let color = match arguments.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if arguments.output.is_some() => false,
            Color::Auto => AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        };
        let (index, output) = (arguments.index.clone(), arguments.output.clone());
        Self { index, output, screen: Screen { color, width: width() } }
    }

    pub(crate) fn screen(&self) -> Screen {
        self.screen
    }

    /// Returns the folder of the index, or what was given as such.
    pub(crate) fn index(&self) -> &Path {
        self.index.as_deref().unwrap_or(Path::new(DEFAULT_INDEX))
    }

    /// Returns the folder of the index for a verb that is only for one in a folder.
    pub(crate) fn folder(&self) -> anyhow::Result<&Path> {
        let address = self.index().to_string_lossy();
        let is_cluster = address.starts_with("opensearch://") || address.starts_with("opensearchs://");
        anyhow::ensure!(!is_cluster, "{address}: this is for an index in a folder, and not in a cluster");
        Ok(self.index())
    }

    /// Returns where the index lies.
    #[cfg(feature = "cluster")]
    pub(crate) fn place(&self) -> anyhow::Result<Place<'_>> {
        super::cluster::named(self.index())
    }

    /// Returns where the index lies.
    #[cfg(not(feature = "cluster"))]
    pub(crate) fn place(&self) -> anyhow::Result<Place<'_>> {
        let built = || "an index in a cluster needs a gijiroku that was built with the feature `cluster`";
        Ok(Place::Folder(self.folder().with_context(built)?))
    }

    /// Opens the index. The default one is built first if it is missing.
    pub(crate) fn searcher(&self) -> anyhow::Result<Searcher> {
        let index = match self.built_if_missing()? {
            Some(index) => index,
            None => self.opened()?,
        };
        Ok(Searcher::new(index))
    }

    /// Whether there is an index, or one in a cluster is named.
    pub(crate) fn may_be_there(&self) -> bool {
        Index::exists(self.index()) || self.folder().is_err()
    }

    /// Opens the index that is there.
    pub(crate) fn opened(&self) -> anyhow::Result<Index> {
        Ok(match self.place()? {
            Place::Folder(folder) => Index::open(folder)?,
            #[cfg(feature = "cluster")]
            Place::Cluster(cluster) => Index::connect(&cluster)?,
        })
    }

    /// Opens the index for those who ask again and again. The default one is built first if it is missing.
    #[cfg(any(feature = "mcp", feature = "server"))]
    pub(crate) fn service(&self) -> anyhow::Result<gijiroku_cli::service::Service> {
        self.built_if_missing()?;
        Ok(match self.place()? {
            Place::Folder(folder) => gijiroku_cli::service::Service::open(folder)?,
            #[cfg(feature = "cluster")]
            Place::Cluster(cluster) => gijiroku_cli::service::Service::connect(&cluster)?,
        })
    }

    /// Builds the default index from the default minutes if it is missing. Returns `None` if there was
    /// nothing to build.
    pub(crate) fn built_if_missing(&self) -> anyhow::Result<Option<Index>> {
        let folder = self.index();
        if self.index.is_some() || Index::exists(folder) || !Path::new(DEFAULT_MINUTES).is_dir() {
            return Ok(None);
        }
        say(format_args!("building the index in {} from {DEFAULT_MINUTES} …", folder.display()));
        let builder = pdf_worker::builder().path(DEFAULT_MINUTES);
        let (index, report) = Progress::new().build(&builder, &Place::Folder(folder))?;
        say(summary(&report));
        Ok(Some(index))
    }

    /// Opens the destination of a result: the file of `--output`, or standard output. A format tells what its
    /// contents are.
    pub(crate) fn output(&self, contents: impl Into<Contents>) -> anyhow::Result<Output> {
        match &self.output {
            None => Ok(Output::standard(contents.into())),
            Some(file) => Output::file(file, contents.into()),
        }
    }
}

fn width() -> usize {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    // In fewer than 20 columns nothing can be laid out.
    columns().or_else(terminal).unwrap_or(DEFAULT_WIDTH).max(20)
}
