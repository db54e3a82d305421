//! The texts that people read, in Japanese and in English: a function for each catalogue of `locales`, and in what it returns a
//! function for each text.
//!
//! A text is added under one name to the files of both languages, and used as `texts::pages(language).skip()`. A catalogue is read
//! when the first text of it is used, so that whoever says little pays for little: each has what is shown together.

use std::sync::LazyLock;

use gijiroku::Language;

macro_rules! catalogues {
    ($($(#[$with:meta])? $name:ident)*) => {$(
        $(#[$with])?
        #[allow(missing_debug_implementations, missing_docs, unused_imports)]
        #[allow(clippy::all, clippy::pedantic, clippy::expect_used, clippy::unwrap_used)]
        pub mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
        }

        /// Returns the texts of this catalogue in a language.
        $(#[$with])?
        #[must_use]
        pub fn $name(language: Language) -> &'static $name::L10nLanguage {
            static JAPANESE: LazyLock<$name::L10nLanguage> = LazyLock::new(|| $name::L10n::Ja.load());
            static ENGLISH: LazyLock<$name::L10nLanguage> = LazyLock::new(|| $name::L10n::En.load());
            match language {
                Language::Japanese => &JAPANESE,
                Language::English => &ENGLISH,
            }
        }
    )*};
}

catalogues! {
    #[cfg(feature = "cli")] browse
    #[cfg(feature = "cli")] errors
    #[cfg(feature = "cli")] help
    #[cfg(feature = "cli")] notes
    #[cfg(feature = "cli")] screens
    #[cfg(feature = "cli")] search
    #[cfg(feature = "cli")] wrong
    common
    #[cfg(any(feature = "server", feature = "site"))] pages
    #[cfg(any(feature = "mcp", feature = "server"))] problems
    #[cfg(any(feature = "mcp", feature = "server"))] service
}
