//! The measures of an evaluation, as text.

use std::io::{self, Write};

use gijiroku::evaluation::Quality;

use crate::cli::eval::{EvaluationReport, FIRST_TIER, KindReport, Measures, RunReport};
use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, width};
use crate::cli::texts;

/// Writes the measures of one run, or of two side by side.
pub(crate) fn write_evaluation(
    report: &EvaluationReport,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    let texts = texts::screens();
    writeln!(output, "{}\n", screen.heading(&texts.judged(report.queries)))?;
    let names: Vec<&str> = Quality::default().named().into_iter().map(|(name, _)| name).collect();
    let (without_hits, of_ndcg) = (texts.without_hits(), texts.interval());
    let others = [width(&without_hits), width(&of_ndcg)];
    let first = names.iter().map(|name| width(name)).chain(others).max().unwrap_or(0);
    // What this program names itself; the other name is that of a file.
    let named = |run: &RunReport| if run.name == FIRST_TIER { texts.first_tier() } else { run.name.clone() };
    let columns: Vec<usize> =
        report.runs.iter().map(|run| width(&named(run)).max("0.000–0.000".chars().count())).collect();
    let mut header = pad("", first);
    for (run, &columns) in report.runs.iter().zip(&columns) {
        header += &format!("  {}", pad(&named(run), columns));
    }
    if !report.differences.is_empty() {
        header += &format!("  {:>10}      p", texts.difference());
    }
    writeln!(output, "{}", screen.faint(header.trim_end()))?;
    let row = |label: &str, value: &dyn Fn(&Measures) -> String| {
        let values = report.runs.iter().zip(&columns);
        let values = values.map(|(run, &columns)| format!("  {}", pad(&value(&run.measures), columns)));
        pad(label, first) + &values.collect::<String>()
    };
    for (index, name) in names.into_iter().enumerate() {
        let mut line = row(name, &|measures| format!("{:.4}", measures.mean.named()[index].1));
        if let Some(difference) = report.differences.get(index) {
            line += &format!("  {:>+10.4}  {:.3}", difference.difference, difference.p);
        }
        writeln!(output, "{}", line.trim_end())?;
    }
    let line = row(&without_hits, &|measures| measures.without_hits.to_string());
    writeln!(output, "{}", line.trim_end())?;
    let line = row(&of_ndcg, &|measures| interval(measures.ndcg_interval));
    writeln!(output, "{}", line.trim_end())?;
    write_kinds(report, screen, output)
}

/// Writes the measures of each kind of query.
fn write_kinds(report: &EvaluationReport, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    if report.kinds.is_empty() {
        return Ok(());
    }
    let texts = texts::screens();
    let names = [texts.kind(), texts.queries(), texts.interval_short(), texts.without_hits()];
    let [kind, queries, interval_short, without_hits] = names;
    let [of_queries, of_interval, of_hits] = [(&queries, 7), (&interval_short, 13), (&without_hits, 12)]
        .map(|(name, least)| width(name).max(least));
    let right = |text: &str, columns: usize| " ".repeat(columns.saturating_sub(width(text))) + text;
    let first = report.kinds.iter().map(|kind| width(&kind.kind)).chain([width(&kind)]).max().unwrap_or(0);
    let header = format!(
        "{}  {}  nDCG@10  {}  Recall@100  {}",
        pad(&kind, first),
        right(&queries, of_queries),
        right(&interval_short, of_interval),
        right(&without_hits, of_hits)
    );
    writeln!(output, "\n{}", screen.faint(&header))?;
    for KindReport { kind, queries, measures } in &report.kinds {
        writeln!(
            output,
            "{}  {:>of_queries$}  {:>7.4}  {:>of_interval$}  {:>10.4}  {:>of_hits$}",
            pad(kind, first),
            queries,
            measures.mean.ndcg_at_10,
            interval(measures.ndcg_interval),
            measures.mean.recall_at_100,
            measures.without_hits,
        )?;
    }
    Ok(())
}

fn interval((low, high): (f64, f64)) -> String {
    format!("{low:.3}–{high:.3}")
}
