//! The languages in which this library and the programs above it speak to people.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::io::{self, ErrorKind};

use serde::{Serialize, Serializer};

/// Japanese or English.
///
/// ```
/// use gijiroku::Language;
///
/// assert_eq!(Language::with_code("ja"), Some(Language::Japanese));
/// assert_eq!(Language::English.label(["意見", "opinion"]), "opinion");
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
        self.label(["ja", "en"])
    }

    /// Returns the other language, to which a page can be switched.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Japanese => Self::English,
            Self::English => Self::Japanese,
        }
    }

    /// Returns the label of a facet or of a condition, which has them in the order Japanese, English.
    #[must_use]
    pub fn label(self, [japanese, english]: [&str; 2]) -> &str {
        match self {
            Self::Japanese => japanese,
            Self::English => english,
        }
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

/// A text in both languages, such as the reason of an error. It displays, and is serialized, as the English one.
///
/// ```
/// use gijiroku::{Language, Localized as _, Text};
///
/// let text = Text::new("索引がありません", "there is no index");
/// assert_eq!(text.to_string(), "there is no index");
/// assert_eq!(text.localized(Language::Japanese), "索引がありません");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text {
    japanese: Cow<'static, str>,
    english: Cow<'static, str>,
}

impl Text {
    /// Creates a text of its two forms.
    pub fn new(japanese: impl Into<Cow<'static, str>>, english: impl Into<Cow<'static, str>>) -> Self {
        Self { japanese: japanese.into(), english: english.into() }
    }

    /// Takes over what other software says, which speaks one language.
    pub fn foreign(text: impl Display) -> Self {
        let text = text.to_string();
        Self { japanese: Cow::Owned(text.clone()), english: Cow::Owned(text) }
    }

    /// Returns the English text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.english
    }
}

impl Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.english)
    }
}

impl Localized for Text {
    fn in_japanese(&self) -> String {
        self.japanese.clone().into_owned()
    }
}

/// What an error of the operating system has as its cause, where this library has made it.
impl std::error::Error for Text {}

impl From<&io::Error> for Text {
    fn from(error: &io::Error) -> Self {
        Self::new(error.in_japanese(), error.to_string())
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}

impl Localized for io::Error {
    /// Returns the message of the operating system in Japanese, where it is a common one.
    fn in_japanese(&self) -> String {
        if let Some(text) = self.get_ref().and_then(|cause| cause.downcast_ref::<Text>()) {
            return text.in_japanese();
        }
        let told = match self.kind() {
            ErrorKind::NotFound => "ファイルまたはフォルダーがありません",
            ErrorKind::PermissionDenied => "権限がありません",
            ErrorKind::AlreadyExists => "すでにあります",
            ErrorKind::IsADirectory => "フォルダーです",
            ErrorKind::NotADirectory => "フォルダーではないものが途中にあります",
            ErrorKind::DirectoryNotEmpty => "フォルダーが空ではありません",
            ErrorKind::ReadOnlyFilesystem => "書き込めないディスクです",
            ErrorKind::StorageFull => "ディスクに空きがありません",
            ErrorKind::QuotaExceeded => "ディスクの割り当てを使い切りました",
            ErrorKind::FileTooLarge => "ファイルが大きすぎます",
            ErrorKind::ResourceBusy => "使用中です",
            ErrorKind::AddrInUse => "このアドレスは、すでに使われています",
            ErrorKind::AddrNotAvailable => "このアドレスは使えません",
            ErrorKind::ConnectionRefused => "接続を拒まれました",
            ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "接続が切れました",
            ErrorKind::TimedOut => "時間切れになりました",
            ErrorKind::UnexpectedEof => "途中で終わっています",
            ErrorKind::BrokenPipe => "読み手がいなくなりました",
            _ => return self.to_string(),
        };
        match self.raw_os_error() {
            Some(number) => format!("{told}（エラー番号 {number}）"),
            None => told.to_owned(),
        }
    }
}

/// Makes a [`Text`] of two formats with the same values, the Japanese one first.
macro_rules! text {
    ($japanese:literal, $english:literal $(; $($values:tt)*)?) => {
        $crate::language::Text::new(format!($japanese $(, $($values)*)?), format!($english $(, $($values)*)?))
    };
}
pub(crate) use text;
