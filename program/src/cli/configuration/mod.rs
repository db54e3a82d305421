//! Settings in files, which hold where neither an argument nor the environment says otherwise.
//!
//! `gijiroku.toml` is of a folder: it stands beside the minutes, in the working folder or the nearest one above it that has one.
//! `config.toml` is of a person, in the folder for configurations, and holds where the other says nothing. As the first may come from
//! elsewhere together with the minutes, no setting names what is written or run, or where on the network a query is sent to, but for
//! the cluster that a person names in a file of their own.
//!
//! What is wrong in a file is kept beside what is right, so that `gijiroku config` can tell both.

mod file;
mod setting;

use std::path::{Path, PathBuf};
use std::{env, fs};

pub(crate) use file::ConfigurationError;
use file::{ConfigurationFile, Scope};
pub(crate) use setting::{Setting, Settings, Source};

/// The name of the file of a folder.
const OF_FOLDER: &str = "gijiroku.toml";

/// The name of the file of a person, in [`folder`].
const OF_PERSON: &str = "config.toml";

/// What stands for a file that is not there.
const NONE: &str = "none";

/// What the files say.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    pub(crate) settings: Settings,
    /// The files that were read. An earlier one takes precedence.
    pub(crate) files: Vec<PathBuf>,
    pub(crate) errors: Vec<ConfigurationError>,
}

impl Configuration {
    /// Reads the file that is named and no other, or none if that is its name, or those of the folder and of the person.
    pub(crate) fn read(named: Option<&Path>) -> Self {
        let mut configuration = Self::default();
        match named {
            Some(name) if name == Path::new(NONE) => {}
            Some(file) => configuration.add(file, Scope::Named),
            None => {
                if let Some(file) = nearest() {
                    configuration.add(&file, Scope::Folder);
                }
                let of_person = folder().map(|folder| folder.join(OF_PERSON));
                if let Some(file) = of_person.filter(|file| is_there(file)) {
                    configuration.add(&file, Scope::Person);
                }
            }
        }
        configuration
    }

    /// Adds what a file says and those before it do not.
    fn add(&mut self, file: &Path, scope: Scope) {
        self.files.push(file.to_owned());
        match ConfigurationFile::open(file, scope) {
            Ok(file) => self.errors.extend(file.add_to(&mut self.settings)),
            Err(error) => self.errors.push(error),
        }
    }

    /// Returns the first error.
    pub(crate) fn check(&self) -> Result<(), ConfigurationError> {
        self.errors.first().map_or(Ok(()), |error| Err(error.clone()))
    }
}

/// Returns the folder for configurations of this program, if there is a home folder.
pub(super) fn folder() -> Option<PathBuf> {
    base_folder("XDG_CONFIG_HOME", ".config")
}

/// Returns the folder of this program in the one that a variable names, or else in one in the home folder, if there is a home folder
/// ([XDG](https://specifications.freedesktop.org/basedir-spec/latest/)).
pub(super) fn base_folder(variable: &str, in_home: &str) -> Option<PathBuf> {
    let folder = env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let folder = folder.or_else(|| Some(env::home_dir()?.join(in_home)));
    Some(folder?.join("gijiroku"))
}

/// Returns the file of the working folder, or of the nearest one above it, up to the home folder. Its path is as short as it can be
/// typed: `../gijiroku.toml`.
fn nearest() -> Option<PathBuf> {
    let working = env::current_dir().ok()?;
    let home = env::home_dir().and_then(|home| home.canonicalize().ok());
    let mut above = PathBuf::new();
    for folder in working.ancestors() {
        let file = above.join(OF_FOLDER);
        if is_there(&file) {
            return Some(file);
        }
        if home.as_deref() == Some(folder) {
            break;
        }
        above.push("..");
    }
    None
}

/// Whether there is something by this name. What can't be looked at is there: reading it tells why it can't.
fn is_there(file: &Path) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    !fs::metadata(file).is_err_and(|error| matches!(error.kind(), NotADirectory | NotFound))
}
