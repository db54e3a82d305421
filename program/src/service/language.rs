//! Numbers as pages and answers have them.

use gijiroku::Language;

use crate::texts;

/// Numbers of opinions in a language.
pub(crate) trait Counts {
    /// Returns a number of opinions: 12件, 1 opinion, 1,200 opinions.
    fn opinions(self, count: impl TryInto<u64>) -> String;
}

impl Counts for Language {
    fn opinions(self, count: impl TryInto<u64>) -> String {
        let count = count.try_into().unwrap_or(u64::MAX);
        texts::common(self).opinions(count, number(count))
    }
}

/// Returns a number with separated thousands.
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

#[cfg(test)]
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
