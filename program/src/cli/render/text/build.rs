//! The summary of a build, and numbers with their nouns.

use gijiroku::{BuildReport, Index, IndexError};

/// Returns a summary of a build in one line.
pub(crate) fn summary(report: &BuildReport) -> String {
    let seconds = report.elapsed.as_secs_f64();
    let files = |count: usize| counted(count as u64, "file");
    let mut line = if report.has_changed() {
        let (meetings, opinions) = (counted(report.meetings, "meeting"), counted(report.opinions, "opinion"));
        format!("indexed {}, {meetings}, {opinions} in {seconds:.1} s", files(report.files))
    } else {
        format!("nothing has changed in {} ({seconds:.1} s)", files(report.unchanged))
    };
    let unchanged = if report.has_changed() { report.unchanged } else { 0 };
    for (count, what) in [
        (unchanged, "unchanged"),
        (report.moved, "moved"),
        (report.gone, "removed"),
        (report.skipped.len(), "skipped"),
        (report.failed.len(), "not readable"),
        (report.kept, "kept as they were"),
    ] {
        if count > 0 {
            line += &format!(", {} {what}", files(count));
        }
    }
    if !report.warnings.is_empty() {
        line += &format!(", {}", counted(report.warnings.len() as u64, "warning"));
    }
    line
}

/// Returns the line that says what the files of an index do not, or `None` if nothing is missing.
pub(crate) fn missing(index: &Index) -> Result<Option<String>, IndexError> {
    let (undated, without_speakers) = index.manifest().missing();
    let doubtful = index.doubtful_speakers()?.len() as u64;
    let verb = |count: u64| if count == 1 { "has" } else { "have" };
    let mut parts = Vec::new();
    if undated > 0 {
        parts.push(format!("{} {} no date", counted(undated, "meeting"), verb(undated)));
    }
    if without_speakers > 0 {
        parts.push(format!("{} {} no speaker", counted(without_speakers, "file"), verb(without_speakers)));
    }
    if doubtful > 0 {
        parts.push(format!("{} may be one of several people", counted(doubtful, "speaker")));
    }
    Ok((!parts.is_empty()).then(|| format!("{}; see `gijiroku check --metadata`", parts.join(", "))))
}

/// Returns a number with its noun: `1 file`, `2 files`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
