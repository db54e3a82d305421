//! Words of a text.

use std::sync::OnceLock;

use gijiroku::analysis::{Analysis, Analyzer};
use pyo3::prelude::*;

use crate::errors::of_analysis;

/// A word of a text, or a sign.
///
/// >>> import gijiroku
/// >>> token = gijiroku.tokenize("帰れない")[0]
/// >>> token.surface, token.base_form, token.reading
/// ('帰れ', '帰れる', 'カエレ')
#[pyclass(frozen, get_all, module = "gijiroku", name = "Token")]
#[derive(Debug)]
pub(crate) struct Token {
    /// The word as it stands in the text, with the width and the case of its characters normalized.
    surface: String,
    /// The dictionary form.
    base_form: String,
    /// The reading in katakana, if it is known.
    reading: Option<String>,
    /// ``"content"`` for a word with a meaning of its own, ``"function"``, ``"separator"`` or ``"symbol"``.
    word_class: &'static str,
    /// Where the word begins: ``text[token.start:token.end]``.
    start: usize,
    /// Where the word ends.
    end: usize,
}

#[pymethods]
impl Token {
    fn __repr__(&self) -> String {
        format!("<Token {} {}>", self.surface, self.word_class)
    }
}

/// Split a text into words, as the texts of an index and the queries are split, with the built-in dictionary.
///
/// >>> import gijiroku
/// >>> [token.surface for token in gijiroku.tokenize("訪問看護を増やす")]
/// ['訪問', '看護', 'を', '増やす']
#[pyfunction]
pub(crate) fn tokenize(py: Python<'_>, text: &str) -> PyResult<Vec<Token>> {
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    py.detach(|| {
        let analyzer = match ANALYZER.get() {
            Some(analyzer) => analyzer,
            None => {
                let made = Analyzer::new()?;
                ANALYZER.get_or_init(|| made)
            }
        };
        let Analysis { normalized, morphemes, .. } = analyzer.analyze(text);
        let tokens = morphemes.into_iter().map(|morpheme| {
            let place = normalized.original_range(morpheme.range);
            Token {
                surface: morpheme.surface,
                base_form: morpheme.base_form,
                reading: morpheme.reading,
                word_class: name(morpheme.class),
                start: place.start,
                end: place.end,
            }
        });
        Ok(tokens.collect())
    })
    .map_err(of_analysis)
}

fn name(class: gijiroku::analysis::WordClass) -> &'static str {
    use gijiroku::analysis::WordClass;
    match class {
        WordClass::Content => "content",
        WordClass::Function => "function",
        WordClass::Separator => "separator",
        WordClass::Symbol => "symbol",
    }
}
