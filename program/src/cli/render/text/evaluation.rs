//! The measures of an evaluation, as text.

use std::io::{self, Write};

use gijiroku::evaluation::Quality;

use crate::cli::eval::{EvaluationReport, KindReport, Measures};
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
    let line = row(WITHOUT_HITS, &|measures| measures.without_hits.to_string());
    writeln!(output, "{}", line.trim_end())?;
    let line = row(INTERVAL, &|measures| interval(measures.ndcg_interval));
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
    for KindReport { kind, queries, measures } in &report.kinds {
        writeln!(
            output,
            "{}  {:>7}  {:>7.4}  {:>13}  {:>10.4}  {:>12}",
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

fn queries(count: usize) -> String {
    if count == 1 { "1 query".to_owned() } else { format!("{count} queries") }
}
