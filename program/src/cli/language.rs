//! The language in which the program speaks. It is chosen once, before anything is said, and holds for the whole process, as a
//! locale does.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::OnceLock;

use gijiroku::Language;

use super::arguments::{CONFIG, named};
use super::configuration::{Configuration, Setting, Source};

/// The environment variables that name a locale. An earlier one that is set takes precedence, as in POSIX.
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

static SPOKEN: OnceLock<Language> = OnceLock::new();

#[cfg(test)]
thread_local! {
    /// The language of a test, of which each has a thread of its own.
    pub(crate) static OF_TEST: std::cell::Cell<Option<Language>> = const { std::cell::Cell::new(None) };
}

/// Returns the language in which the program speaks.
pub(crate) fn spoken() -> Language {
    #[cfg(test)]
    if let Some(language) = OF_TEST.get() {
        return language;
    }
    SPOKEN.get().copied().unwrap_or(Language::English)
}

/// Reads the files of settings, and chooses the language: the one that was typed, else the one of the files, else that of the
/// environment. The arguments are parsed after that, so that what is wrong in them is told in this language.
pub(crate) fn configured() -> (Configuration, Setting<Language>) {
    let line: Vec<OsString> = env::args_os().collect();
    let file = named("--config", &line).or_else(|| env::var_os(CONFIG).map(PathBuf::from));
    let configuration = Configuration::read(file.as_deref());
    let typed = named("--language", &line).and_then(|code| Language::with_code(code.to_str()?));
    let typed = typed.map(|value| Setting { value, source: Source::CommandLine });
    let of_files = || configuration.settings.language.clone();
    let chosen = typed.or_else(of_files).unwrap_or_else(of_environment);
    SPOKEN.get_or_init(|| chosen.value);
    (configuration, chosen)
}

fn of_environment() -> Setting<Language> {
    let locales = VARIABLES.into_iter().filter_map(|variable| Some((variable, env::var(variable).ok()?)));
    let mut set = locales.filter(|(_, locale)| !locale.is_empty());
    match set.next() {
        Some((variable, locale)) => {
            Setting { value: of_locale(&locale), source: Source::Environment { variable } }
        }
        None => Setting { value: Language::English, source: Source::Default },
    }
}

/// Returns the language of a locale such as `ja_JP.UTF-8`.
fn of_locale(locale: &str) -> Language {
    let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
    if language == Language::Japanese.code() { Language::Japanese } else { Language::English }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_begins_with_its_language() {
        for (locale, language) in [
            ("ja_JP.UTF-8", Language::Japanese),
            ("ja", Language::Japanese),
            ("ja.UTF-8", Language::Japanese),
            ("jam_JM", Language::English),
            ("C", Language::English),
            ("POSIX", Language::English),
            ("de_DE.UTF-8", Language::English),
        ] {
            assert_eq!(of_locale(locale), language, "{locale}");
        }
    }
}
