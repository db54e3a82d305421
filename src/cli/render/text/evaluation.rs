//! The measures of an evaluation, as text.

use std::io::{self, Write};

use gijiroku::evaluation::Quality;

use crate::cli::eval::EvaluationReport;
use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, width};

const WITHOUT_HITS: &str = "without hits";

const INTERVAL: &str = "nDCG, 95 %";

/// Writes the measures of one run, or of two side by side.
pub(crate) fn write_evaluation(
    report: &EvaluationReport,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    writeln!(output, "{}\n", screen.heading(&format!("{} judged", queries(report.queries))))?;
    let names: Vec<&str> = Quality::default().named().into_iter().map(|(name, _)| name).collect();
    let first = names.iter().map(|name| name.len()).chain([WITHOUT_HITS.len()]).max().unwrap_or(0);
    let columns: Vec<usize> =
        report.runs.iter().map(|run| width(&run.name).max("0.000–0.000".chars().count())).collect();
    let mut header = pad("", first);
    for (run, &columns) in report.runs.iter().zip(&columns) {
        header += &format!("  {}", pad(&run.name, columns));
    }
    if !report.differences.is_empty() {
        header += "  difference      p";
    }
    writeln!(output, "{}", screen.faint(header.trim_end()))?;
    for (index, name) in names.into_iter().enumerate() {
        let mut line = pad(name, first);
        for (run, &columns) in report.runs.iter().zip(&columns) {
            line += &format!("  {}", pad(&format!("{:.4}", run.mean.named()[index].1), columns));
        }
        if let Some(difference) = report.differences.get(index) {
            line += &format!("  {:>+10.4}  {:.3}", difference.difference, difference.p);
        }
        writeln!(output, "{}", line.trim_end())?;
    }
    let mut line = pad(WITHOUT_HITS, first);
    for (run, &columns) in report.runs.iter().zip(&columns) {
        line += &format!("  {}", pad(&run.without_hits.to_string(), columns));
    }
    writeln!(output, "{}", line.trim_end())?;
    let mut line = pad(INTERVAL, first);
    for (run, &columns) in report.runs.iter().zip(&columns) {
        line += &format!("  {}", pad(&interval(run.ndcg_interval), columns));
    }
    writeln!(output, "{}", line.trim_end())?;
    write_kinds(report, screen, output)
}

/// Writes the measures of each kind of query.
fn write_kinds(report: &EvaluationReport, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    if report.kinds.is_empty() {
        return Ok(());
    }
    let first = report.kinds.iter().map(|kind| width(&kind.kind)).chain(["kind".len()]).max().unwrap_or(0);
    let header = format!("{}  queries  nDCG@10  95 % interval  Recall@100  without hits", pad("kind", first));
    writeln!(output, "\n{}", screen.faint(&header))?;
    for kind in &report.kinds {
        writeln!(
            output,
            "{}  {:>7}  {:>7.4}  {:>13}  {:>10.4}  {:>12}",
            pad(&kind.kind, first),
            kind.queries,
            kind.mean.ndcg_at_10,
            interval(kind.ndcg_interval),
            kind.mean.recall_at_100,
            kind.without_hits,
        )?;
    }
    Ok(())
}

fn interval((low, high): (f64, f64)) -> String {
    format!("{low:.3}–{high:.3}")
}

fn queries(count: usize) -> String {
    if count == 1 { "1 query".to_owned() } else { format!("{count} queries") }
}
