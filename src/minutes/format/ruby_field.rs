//! Readings beside kanji as Word wrote them before it had an element for them: a field that lays one text over another,
//! `EQ \* jc2 \o\ad(\s\up 9(ほうもん),訪問)`.

/// Returns the kanji of a field with a reading, or `None` for any other field.
pub(super) fn kanji_of(field: &str) -> Option<&str> {
    let formula = field.trim_start().strip_prefix("EQ")?;
    let (_, over) = formula.split_once("\\o")?;
    let (reading, kanji) = over.trim_end().strip_suffix(')')?.rsplit_once([',', ';'])?;
    (reading.contains("\\up") && !kanji.is_empty()).then_some(kanji.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kanji_are_text_and_the_reading_is_not() {
        let field = r#" EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(ほうもん),訪問)"#;
        assert_eq!(kanji_of(field), Some("訪問"));
        for other in ["PAGE", r"EQ \f(1,2)", r" HYPERLINK \o (a,b)", ""] {
            assert_eq!(kanji_of(other), None, "{other}");
        }
    }
}
