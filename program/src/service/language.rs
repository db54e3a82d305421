//! The language of messages.

/// Japanese or English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    #[cfg_attr(not(feature = "server"), allow(dead_code))]
    #[default]
    Japanese,
    English,
}

impl Language {
    /// Returns the text in this language. Both texts are given where they are used, so that they are changed
    /// together.
    pub(crate) fn say<'a>(self, japanese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Japanese => japanese,
            Self::English => english,
        }
    }

    /// Returns the label of a facet or of a condition in this language.
    pub(crate) fn label(self, [japanese, english]: [&str; 2]) -> &str {
        self.say(japanese, english)
    }
}

#[cfg(feature = "server")]
impl Language {
    pub(crate) fn with_code(code: &str) -> Option<Self> {
        [Self::Japanese, Self::English].into_iter().find(|language| language.code() == code)
    }

    /// Returns the code of this language for the `lang` attribute of HTML.
    pub(crate) fn code(self) -> &'static str {
        self.say("ja", "en")
    }

    /// Returns the other language, to which a page can be switched.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Japanese => Self::English,
            Self::English => Self::Japanese,
        }
    }

    /// Returns a number of opinions: 12件, 1 opinion, 1,200 opinions.
    pub(crate) fn opinions(self, count: impl TryInto<u64>) -> String {
        let count = count.try_into().unwrap_or(u64::MAX);
        let number = number(count);
        match (self, count) {
            (Self::Japanese, _) => format!("{number}件"),
            (Self::English, 1) => "1 opinion".to_owned(),
            (Self::English, _) => format!("{number} opinions"),
        }
    }
}

/// Returns a number with separated thousands.
#[cfg(feature = "server")]
pub(crate) fn number(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().unwrap_or(u64::MAX).to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_thousands() {
        assert_eq!(
            [0_u64, 12, 999, 1000, 20_516, 1_234_567].map(number),
            ["0", "12", "999", "1,000", "20,516", "1,234,567"]
        );
    }
}
