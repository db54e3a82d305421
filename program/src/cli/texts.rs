//! The texts that people read, in the language of the process: a function for each catalogue of `locales`, and in what it returns a
//! function for each text.
//!
//! A text is added under one name to the files of both languages, and used as `texts::search().none_shown()`. A catalogue is read
//! when the first text of it is used, so that a search pays for its own texts alone: each has what is shown together.

use std::sync::LazyLock;

use gijiroku::Language;

use super::language;

macro_rules! catalogues {
    ($($name:ident)*) => {$(
        #[allow(dead_code, missing_debug_implementations, unreachable_pub, unused_imports)]
        #[allow(clippy::all, clippy::expect_used, clippy::unwrap_used)]
        mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
        }

        /// Returns the texts of this catalogue.
        pub(crate) fn $name() -> &'static $name::L10nLanguage {
            static JAPANESE: LazyLock<$name::L10nLanguage> = LazyLock::new(|| $name::L10n::Ja.load());
            static ENGLISH: LazyLock<$name::L10nLanguage> = LazyLock::new(|| $name::L10n::En.load());
            match language::spoken() {
                Language::Japanese => &JAPANESE,
                Language::English => &ENGLISH,
            }
        }
    )*};
}

catalogues! { browse errors help notes screens search wrong }

/// The texts of help, of which [`arguments`](super::arguments) name those that they show.
pub(crate) use help::L10nLanguage as Help;
