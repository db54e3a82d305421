//! `gijiroku eval`: measure the ranking on judged queries.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use gijiroku::evaluation::{
    Evaluation, Judgments, ParseError, Quality, Run, confidence_interval, evaluate, significance,
};
use gijiroku::{SearchError, SearchRequest, Searcher, Tiers, small_file};
use serde::Serialize;

use super::arguments::{EvalArguments, PlainFormat};
use super::queries::{self, NamedQuery};
use super::render::{json, text};
use super::{Context, Outcome};
use crate::cli::texts;
use crate::cli::told::localized;

/// The name of the run without a second tier.
pub(super) const FIRST_TIER: &str = "first tier";

/// The depth to which a ranking is evaluated: recall is measured at 100.
const DEPTH: usize = 100;

/// The measures of a run, and of the run that it is compared with, if any.
#[derive(Serialize)]
pub(super) struct EvaluationReport {
    /// The number of judged queries.
    pub(super) queries: usize,
    pub(super) runs: Vec<RunReport>,
    /// The measures of each kind of query, if the queries tell their kinds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) kinds: Vec<KindReport>,
    /// One difference for each measure, if two runs are compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) differences: Vec<Difference>,
}

#[derive(Serialize)]
pub(super) struct RunReport {
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) measures: Measures,
}

#[derive(Serialize)]
pub(super) struct KindReport {
    pub(super) kind: String,
    pub(super) queries: usize,
    #[serde(flatten)]
    pub(super) measures: Measures,
}

#[derive(Serialize)]
pub(super) struct Measures {
    #[serde(flatten)]
    pub(super) mean: Quality,
    /// The 95 % confidence interval of nDCG@10.
    pub(super) ndcg_interval: (f64, f64),
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

/// The search as a user gets it, the same without its second tier, and the run of another engine.
struct Evaluations {
    ours: Evaluation,
    first_tier: Evaluation,
    theirs: Option<(String, Evaluation)>,
}

pub(crate) fn run(arguments: &EvalArguments, context: &Context) -> anyhow::Result<Outcome> {
    let judgments = read(&arguments.qrels, Judgments::parse)?;
    let queries: Vec<NamedQuery> = queries::read(&arguments.queries)?.collect::<anyhow::Result<_>>()?;
    let searcher = context.searcher()?.synonyms(arguments.words.synonyms.load()?);
    let searcher = arguments.model.apply(searcher)?;
    let search_all = |change: &dyn Fn(SearchRequest) -> SearchRequest| -> anyhow::Result<Evaluation> {
        let mut run = HashMap::new();
        for query in &queries {
            let request = query.filtered(arguments.words.request(&query.text))?.limit(DEPTH);
            run.insert(query.id.clone(), rank(&searcher, &change(request))?);
        }
        Ok(evaluate(&judgments, &Run(run)))
    };
    let theirs = match &arguments.compare {
        Some(file) => Some((file.display().to_string(), evaluate(&judgments, &read(file, Run::parse)?))),
        None => None,
    };
    let evaluations = Evaluations {
        ours: search_all(&|request| request)?,
        first_tier: search_all(&|request| request.tiers(Tiers::First))?,
        theirs,
    };
    let report = report(&evaluations, &queries);
    let mut output = context.output(arguments.format)?;
    match arguments.format {
        PlainFormat::Text => text::write_evaluation(&report, context.screen(), &mut output)?,
        PlainFormat::Json => json::write(&report, &mut output)?,
    }
    output.finish()?;
    Ok(if report.queries > 0 { Outcome::Found } else { Outcome::NothingFound })
}

fn rank(searcher: &Searcher, request: &SearchRequest) -> Result<Vec<String>, SearchError> {
    match searcher.ranking(request) {
        Ok(ranking) => Ok(ranking.into_iter().map(|(id, _)| id).collect()),
        // An empty query finds nothing, which counts as zero.
        Err(SearchError::EmptyQuery) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn read<T>(file: &Path, parse: fn(&str) -> Result<T, ParseError>) -> anyhow::Result<T> {
    let text = small_file::read_to_string(file)
        .with_context(|| texts::errors().unreadable(file.display().to_string()))?;
    parse(&text).map_err(|ParseError { line, expected }| {
        anyhow!(texts::errors().not_expected(file.display().to_string(), line, localized(&expected)))
    })
}

fn report(evaluations: &Evaluations, queries: &[NamedQuery]) -> EvaluationReport {
    let Evaluations { ours, first_tier, theirs } = evaluations;
    let mut runs = vec![run_report("gijiroku", ours), run_report(FIRST_TIER, first_tier)];
    runs.extend(theirs.iter().map(|(name, theirs)| run_report(name, theirs)));
    let mut of_kind: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
    for query in queries {
        if let Some(kind) = &query.kind {
            of_kind.entry(kind).or_default().insert(&query.id);
        }
    }
    let kinds = of_kind.into_iter().map(|(kind, ids)| {
        let evaluation = ours.of_queries(|id| ids.contains(id));
        KindReport {
            kind: kind.to_owned(),
            queries: evaluation.queries.len(),
            measures: measures(&evaluation),
        }
    });
    EvaluationReport {
        queries: ours.queries.len(),
        runs,
        kinds: kinds.filter(|kind| kind.queries > 0).collect(),
        differences: theirs.as_ref().map(|(_, theirs)| differences(ours, theirs)).unwrap_or_default(),
    }
}

fn run_report(name: &str, evaluation: &Evaluation) -> RunReport {
    RunReport { name: name.to_owned(), measures: measures(evaluation) }
}

fn measures(evaluation: &Evaluation) -> Measures {
    let ndcg: Vec<f64> = evaluation.queries.iter().map(|(_, quality)| quality.ndcg_at_10).collect();
    Measures {
        mean: evaluation.mean(),
        ndcg_interval: confidence_interval(&ndcg),
        without_hits: evaluation.without_hits.len(),
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
