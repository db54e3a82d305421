//! `gijiroku eval`: measure the ranking on judged queries.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use gijiroku::evaluation::{Evaluation, Judgments, ParseError, Quality, Run, evaluate, significance};
use gijiroku::{Matching, SearchError, SearchRequest, Searcher};
use serde::Serialize;

use super::arguments::{EvalArguments, PlainFormat};
use super::context::finish;
use super::queries;
use super::render::{json, text};
use super::{Context, Outcome};

/// The depth to which a ranking is evaluated: recall is measured at 100.
const DEPTH: usize = 100;

/// The measures of a run, and of the run that it is compared with, if any.
#[derive(Serialize)]
pub(super) struct EvaluationReport {
    /// The number of judged queries.
    pub(super) queries: usize,
    pub(super) runs: Vec<RunReport>,
    /// One difference for each measure, if two runs are compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) differences: Vec<Difference>,
}

#[derive(Serialize)]
pub(super) struct RunReport {
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) mean: Quality,
    pub(super) without_hits: usize,
}

/// The mean of the first run minus that of the second, and the probability that a difference at least as
/// large arises by chance.
#[derive(Serialize)]
pub(super) struct Difference {
    pub(super) measure: &'static str,
    pub(super) difference: f64,
    pub(super) p: f64,
}

pub(crate) fn run(arguments: &EvalArguments, context: &Context) -> anyhow::Result<Outcome> {
    let judgments = read(&arguments.qrels, Judgments::parse)?;
    let mut evaluations =
        vec![("gijiroku".to_owned(), evaluate(&judgments, &search_all(arguments, context)?))];
    if let Some(file) = &arguments.compare {
        let run = read(file, Run::parse)?;
        evaluations.push((file.display().to_string(), evaluate(&judgments, &run)));
    }
    let report = report(&evaluations);
    let mut output = context.output()?;
    match arguments.format {
        PlainFormat::Text => text::write_evaluation(&report, context.screen(), &mut output)?,
        PlainFormat::Json => json::write(&report, &mut output)?,
    }
    finish(output)?;
    Ok(if report.queries > 0 { Outcome::Found } else { Outcome::NothingFound })
}

fn search_all(arguments: &EvalArguments, context: &Context) -> anyhow::Result<Run> {
    let searcher = context.searcher()?.synonyms(arguments.synonyms.load()?);
    let mut run = HashMap::new();
    for query in queries::read(&arguments.queries)? {
        let query = query?;
        run.insert(query.id, rank(&searcher, &query.text, arguments)?);
    }
    Ok(Run(run))
}

fn rank(searcher: &Searcher, query: &str, arguments: &EvalArguments) -> Result<Vec<String>, SearchError> {
    let matching = arguments.matching.map_or(Matching::Any, Matching::from);
    match searcher.ranking(&SearchRequest::new(query).matching(matching).limit(DEPTH)) {
        Ok(ranking) => Ok(ranking.into_iter().map(|(id, _)| id).collect()),
        // An empty query finds nothing, which counts as zero.
        Err(SearchError::EmptyQuery) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn read<T>(file: &Path, parse: fn(&str) -> Result<T, ParseError>) -> anyhow::Result<T> {
    let text = fs::read_to_string(file).with_context(|| format!("{}: can't be read", file.display()))?;
    parse(&text).map_err(|ParseError { line, expected }| anyhow!("{}:{line}: not {expected}", file.display()))
}

fn report(evaluations: &[(String, Evaluation)]) -> EvaluationReport {
    let runs = evaluations.iter().map(|(name, evaluation)| RunReport {
        name: name.clone(),
        mean: evaluation.mean(),
        without_hits: evaluation.without_hits.len(),
    });
    EvaluationReport {
        queries: evaluations.first().map_or(0, |(_, evaluation)| evaluation.queries.len()),
        runs: runs.collect(),
        differences: match evaluations {
            [(_, ours), (_, theirs)] => differences(ours, theirs),
            _ => Vec::new(),
        },
    }
}

fn differences(ours: &Evaluation, theirs: &Evaluation) -> Vec<Difference> {
    let values = |evaluation: &Evaluation, measure: usize| -> Vec<f64> {
        evaluation.queries.iter().map(|(_, quality)| quality.named()[measure].1).collect()
    };
    let means = ours.mean().named().into_iter().zip(theirs.mean().named());
    means
        .enumerate()
        .map(|(index, ((measure, our_mean), (_, their_mean)))| Difference {
            measure,
            difference: our_mean - their_mean,
            p: significance(&values(ours, index), &values(theirs, index)),
        })
        .collect()
}
