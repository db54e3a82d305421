//! The summary of a build.

use gijiroku::{BuildReport, Index, IndexError};

use crate::cli::texts;

/// Returns a summary of a build in one line.
pub(crate) fn summary(report: &BuildReport) -> String {
    let texts = texts::screens();
    let time = format!("{:.1}", report.elapsed.as_secs_f64());
    let mut parts = vec![if report.has_changed() {
        let (meetings, opinions) = (texts.meetings(report.meetings), texts.opinions(report.opinions));
        texts.indexed(texts.files(report.files), meetings, opinions, time)
    } else {
        texts.nothing_changed(texts.files(report.unchanged), time)
    }];
    let mut add = |count: usize, told: &dyn Fn(String) -> String| {
        if count > 0 {
            parts.push(told(texts.files(count)));
        }
    };
    add(if report.has_changed() { report.unchanged } else { 0 }, &|files| texts.files_unchanged(files));
    add(report.moved, &|files| texts.files_moved(files));
    add(report.gone, &|files| texts.files_removed(files));
    add(report.skipped.len(), &|files| texts.files_skipped(files));
    add(report.failed.len(), &|files| texts.files_not_readable(files));
    add(report.kept, &|files| texts.files_kept(files));
    if !report.warnings.is_empty() {
        parts.push(texts.warnings(report.warnings.len()));
    }
    parts.join(&texts::common().comma())
}

/// Returns the line that says what the files of an index do not, or `None` if nothing is missing.
pub(crate) fn missing(index: &Index) -> Result<Option<String>, IndexError> {
    let texts = texts::screens();
    let (undated, without_speakers) = index.manifest().missing();
    let doubtful = index.doubtful_speakers()?.len();
    let mut parts = Vec::new();
    if undated > 0 {
        parts.push(texts.undated(undated));
    }
    if without_speakers > 0 {
        parts.push(texts.speakerless(without_speakers));
    }
    if doubtful > 0 {
        parts.push(texts.doubtful_speakers(doubtful));
    }
    Ok((!parts.is_empty()).then(|| texts.see_metadata(parts.join(&texts::common().comma()))))
}
