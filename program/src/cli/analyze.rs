//! `gijiroku analyze`: show how a text is split into words and terms.

use gijiroku::analysis::{Analysis, Analyzer, IndexedTerm, Morpheme, Synonyms};
use serde::Serialize;

use super::arguments::{AnalyzeArguments, PlainFormat};
use super::render::{json, text};
use super::{Context, Outcome};

/// The steps of the analysis of a text.
#[derive(Serialize)]
pub(super) struct AnalysisReport {
    pub(super) text: String,
    pub(super) normalized: String,
    pub(super) morphemes: Vec<Morpheme>,
    /// The terms that an index would hold for the text.
    pub(super) terms: Vec<IndexedTerm>,
    /// The synonyms that a query with this text would also search.
    pub(super) synonyms: Vec<String>,
}

pub(crate) fn run(arguments: &AnalyzeArguments, context: &Context) -> anyhow::Result<Outcome> {
    // Without dictionaries in the arguments, the text is split with those of the index, as its opinions were.
    let analyzer = if arguments.dictionaries.is_empty() && context.may_be_there() {
        context.opened()?.analyzer().clone()
    } else {
        Analyzer::with_dictionaries(&arguments.dictionaries.load()?)?
    };
    let report = report(arguments.text.join(" "), &analyzer, &arguments.synonyms.load()?);
    let mut output = context.output(arguments.format)?;
    match arguments.format {
        PlainFormat::Text => text::write_analysis(&report, context.screen(), &mut output)?,
        PlainFormat::Json => json::write(&report, &mut output)?,
    }
    output.finish()?;
    Ok(Outcome::Found)
}

fn report(text: String, analyzer: &Analyzer, synonyms: &Synonyms) -> AnalysisReport {
    let Analysis { normalized, morphemes } = analyzer.analyze(&text);
    AnalysisReport {
        normalized: normalized.as_str().to_owned(),
        morphemes,
        terms: analyzer.terms(&text),
        synonyms: synonyms.of(&text).into_iter().map(str::to_owned).collect(),
        text,
    }
}
