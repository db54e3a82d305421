//! The texts of the command line, in the language of the process: a function for each of its catalogues.

use gijiroku_cli::texts;

use super::language;

macro_rules! catalogues {
    ($($name:ident)*) => {$(
        /// Returns the texts of this catalogue.
        pub(crate) fn $name() -> &'static texts::$name::L10nLanguage {
            texts::$name(language::spoken())
        }
    )*};
}

catalogues! { browse common errors help notes screens search wrong }

/// The texts of help, of which [`arguments`](super::arguments) name those that they show.
pub(crate) use texts::help::L10nLanguage as Help;
