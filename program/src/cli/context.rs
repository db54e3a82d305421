//! Settings that the verbs share, made from the arguments and the environment in one place.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::{env, io};

use anstream::AutoStream;
#[cfg(not(feature = "cluster"))]
use anyhow::Context as _;
use gijiroku::{Index, Language, LiveSearcher, Searcher};

use super::arguments::{Arguments, Color, Command, INDEX};
use super::configuration::{Configuration, Setting, Settings, Source};
use super::output::{Contents, Output};
use super::pager::{self, Pager};
use super::pdf_worker;
use super::progress::Progress;
use super::render::Screen;
use super::render::text::summary;
use super::{say, texts};

pub(crate) const DEFAULT_MINUTES: &str = "data/minutes";
pub(crate) const DEFAULT_INDEX: &str = "index";

/// The width of lines in columns if COLUMNS is not set and there is no terminal.
const DEFAULT_WIDTH: usize = 80;

/// The environment variables about colours, which are looked at where they are automatic.
const COLOR_VARIABLES: [&str; 3] = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"];

/// Where an index lies.
pub(crate) enum Place<'a> {
    Folder(&'a Path),
    #[cfg(feature = "cluster")]
    Cluster(Box<gijiroku::index::Cluster>),
}

/// Where the index is, where the result goes, and what the screen can show.
pub(crate) struct Context {
    configuration: Configuration,
    index: Setting<PathBuf>,
    color: Setting<Color>,
    language: Setting<Language>,
    paging: Setting<bool>,
    output: Option<PathBuf>,
    /// Whether a result goes to a terminal.
    is_terminal: bool,
    /// The pager that shows a result.
    pager: Option<Pager>,
    screen: Screen,
}

impl Context {
    pub(crate) fn new(
        arguments: &Arguments,
        configuration: Configuration,
        language: Setting<Language>,
    ) -> Self {
        let index = index(arguments, &configuration.settings);
        let color = color(arguments, &configuration.settings);
        let is_coloured = match color.value {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if arguments.output.is_some() => false,
            Color::Auto => AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        };
        let is_terminal = arguments.output.is_none() && io::stdout().is_terminal();
        // What is coloured on such a terminal is so because it was asked for.
        let is_dumb = is_dumb();
        let paging = paging(arguments, &configuration.settings);
        let is_question = arguments.command.as_ref().is_some_and(Command::is_question);
        let is_paged = paging.value && is_terminal && !is_dumb && is_question;
        let pager = is_paged.then(Pager::of_environment).flatten();
        let shows_links = pager.as_ref().is_none_or(Pager::shows_links);
        let links = is_coloured && is_terminal && !is_dumb && shows_links;
        let screen = Screen { color: is_coloured, links, width: width() };
        let output = arguments.output.clone();
        Self { configuration, index, color, language, paging, output, is_terminal, pager, screen }
    }

    /// Returns what the files of settings say.
    pub(crate) fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.configuration.settings
    }

    /// Returns the place of the index, and what names it.
    pub(crate) fn index_setting(&self) -> &Setting<PathBuf> {
        &self.index
    }

    /// Returns when there are colours, and what says so.
    pub(crate) fn color_setting(&self) -> &Setting<Color> {
        &self.color
    }

    /// Returns the language that is spoken, and what says so.
    pub(crate) fn language_setting(&self) -> &Setting<Language> {
        &self.language
    }

    /// Returns whether a pager shows long results, and what says so.
    pub(crate) fn paging_setting(&self) -> &Setting<bool> {
        &self.paging
    }

    pub(crate) fn screen(&self) -> Screen {
        self.screen
    }

    /// Returns the folder of the index, or what was given as such.
    pub(crate) fn index(&self) -> &Path {
        &self.index.value
    }

    /// Returns the folder of the index for a verb that is only for one in a folder.
    pub(crate) fn folder(&self) -> anyhow::Result<&Path> {
        let address = self.index().display();
        let is_cluster = is_cluster(self.index());
        anyhow::ensure!(!is_cluster, texts::errors().not_in_cluster(address.to_string()));
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
        Ok(Place::Folder(self.folder().with_context(|| texts::errors().no_cluster())?))
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
        Ok(gijiroku_cli::service::Service::over(self.live()?)?)
    }

    /// Opens the index for one user who asks again and again. The default one is built first if it is missing.
    pub(crate) fn live(&self) -> anyhow::Result<LiveSearcher> {
        self.built_if_missing()?;
        Ok(match self.place()? {
            Place::Folder(folder) => LiveSearcher::open(folder)?,
            #[cfg(feature = "cluster")]
            Place::Cluster(cluster) => LiveSearcher::connect(&cluster)?,
        })
    }

    /// Builds the default index from the default minutes if it is missing. Returns `None` if there was
    /// nothing to build.
    pub(crate) fn built_if_missing(&self) -> anyhow::Result<Option<Index>> {
        let folder = self.index();
        if self.index.source != Source::Default
            || Index::exists(folder)
            || !Path::new(DEFAULT_MINUTES).is_dir()
        {
            return Ok(None);
        }
        say(texts::screens().building(folder.display().to_string(), DEFAULT_MINUTES));
        let builder = pdf_worker::builder().path(DEFAULT_MINUTES);
        let (index, report) = Progress::new().build(&builder, &Place::Folder(folder))?;
        say(summary(&report));
        Ok(Some(index))
    }

    /// Whether a result goes to a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Whether the result is to go to a file.
    pub(crate) fn has_output_file(&self) -> bool {
        self.output.is_some()
    }

    /// Opens the destination of a result: the file of `--output`, a pager, or standard output. A format tells what
    /// its contents are.
    pub(crate) fn output(&self, contents: impl Into<Contents>) -> anyhow::Result<Output> {
        match (&self.output, &self.pager) {
            (Some(file), _) => Output::file(file, contents.into()),
            (None, Some(pager)) => Ok(Output::paged(pager.clone(), contents.into())),
            (None, None) => Ok(Output::standard(contents.into())),
        }
    }
}

/// Whether an index is named by the address of a cluster, and not by a path.
pub(super) fn is_cluster(index: &Path) -> bool {
    let index = index.to_string_lossy();
    index.starts_with("opensearch://") || index.starts_with("opensearchs://")
}

fn index(arguments: &Arguments, settings: &Settings) -> Setting<PathBuf> {
    match &arguments.index {
        Some(index) if arguments.index_is_of_environment => {
            Setting { value: index.clone(), source: Source::Environment { variable: INDEX } }
        }
        Some(index) => Setting { value: index.clone(), source: Source::CommandLine },
        None => index_of(settings),
    }
}

/// Returns the index that the files of settings name, else the default one.
pub(super) fn index_of(settings: &Settings) -> Setting<PathBuf> {
    let default = || Setting { value: DEFAULT_INDEX.into(), source: Source::Default };
    settings.index.clone().unwrap_or_else(default)
}

fn color(arguments: &Arguments, settings: &Settings) -> Setting<Color> {
    if let Some(color) = arguments.color {
        return Setting { value: color, source: Source::CommandLine };
    }
    let is_set = |variable: &&str| env::var_os(variable).is_some_and(|value| !value.is_empty());
    match COLOR_VARIABLES.into_iter().find(is_set) {
        Some(variable) => Setting { value: Color::Auto, source: Source::Environment { variable } },
        None => settings.color.clone().unwrap_or_default(),
    }
}

fn paging(arguments: &Arguments, settings: &Settings) -> Setting<bool> {
    if arguments.no_pager {
        return Setting { value: false, source: Source::CommandLine };
    }
    match pager::is_named() {
        Some(value) => Setting { value, source: Source::Environment { variable: pager::VARIABLE } },
        None => {
            let default = || Setting { value: true, source: Source::Default };
            settings.pager.clone().unwrap_or_else(default)
        }
    }
}

/// Whether the terminal shows text alone, and has neither links nor places.
pub(super) fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|terminal| terminal == "dumb")
}

/// Returns the width of the screen in columns.
pub(super) fn width() -> usize {
    let columns = || env::var("COLUMNS").ok()?.parse().ok();
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    // In fewer than 20 columns nothing can be laid out.
    columns().or_else(terminal).unwrap_or(DEFAULT_WIDTH).max(20)
}
