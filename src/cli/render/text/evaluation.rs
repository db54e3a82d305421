//! The measures of an evaluation, as text.

use std::io::{self, Write};

use gijiroku::evaluation::Quality;

use crate::cli::eval::EvaluationReport;
use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, width};

const WITHOUT_HITS: &str = "without hits";

/// Writes the measures of one run, or of two side by side.
pub(crate) fn write_evaluation(
    report: &EvaluationReport,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    writeln!(output, "{}\n", screen.heading(&format!("{} judged", queries(report.queries))))?;
    let names: Vec<&str> = Quality::default().named().into_iter().map(|(name, _)| name).collect();
    let first = names.iter().map(|name| name.len()).chain([WITHOUT_HITS.len()]).max().unwrap_or(0);
    let columns: Vec<usize> = report.runs.iter().map(|run| width(&run.name).max("0.0000".len())).collect();
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
    writeln!(output, "{}", line.trim_end())
}

fn queries(count: usize) -> String {
    if count == 1 { "1 query".to_owned() } else { format!("{count} queries") }
}
