//! The languages in which this library and the programs above it speak to people.

use std::fmt::Display;

/// Japanese or English.
///
/// ```
/// use gijiroku::Language;
///
/// assert_eq!(Language::with_code("ja"), Some(Language::Japanese));
/// assert_eq!(Language::English.say("意見", "opinion"), "opinion");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Japanese, the language of the minutes.
    #[default]
    Japanese,
    /// English.
    English,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::Japanese, Self::English];

    /// Returns the language with this code of ISO 639: `ja` or `en`.
    #[must_use]
    pub fn with_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Returns the code of this language, as the `lang` attribute of HTML has it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.say("ja", "en")
    }

    /// Returns the other language, to which a page can be switched.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Japanese => Self::English,
            Self::English => Self::Japanese,
        }
    }

    /// Returns the text in this language. Both texts are given where they are used, so that they are changed
    /// together.
    #[must_use]
    pub fn say<'a>(self, japanese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Japanese => japanese,
            Self::English => english,
        }
    }

    /// Returns the label of a facet or of a condition, which has them in the order Japanese, English.
    #[must_use]
    pub fn label(self, [japanese, english]: [&str; 2]) -> &str {
        self.say(japanese, english)
    }
}

/// What can be told in each language: an error, a warning, a remark. Its `Display` is the English text.
///
/// ```
/// use gijiroku::{Language, Localized as _, Stopped};
///
/// assert_eq!(Stopped::Cancelled.localized(Language::English), "the search was cancelled");
/// assert_eq!(Stopped::Cancelled.localized(Language::Japanese), "検索は取り消されました");
/// ```
pub trait Localized: Display {
    /// Returns the text in Japanese, in one line.
    fn in_japanese(&self) -> String;

    /// Returns the text in a language, in one line.
    fn localized(&self, language: Language) -> String {
        match language {
            Language::Japanese => self.in_japanese(),
            Language::English => self.to_string(),
        }
    }
}
