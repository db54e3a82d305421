//! Settings with their values and where these come from, as text.

use std::io::{self, Write};

use serde_json::Value;

use crate::cli::config::ShownSetting;
use crate::cli::configuration::Source;
use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, width};
use crate::cli::texts;

/// Writes a line for each setting. Lines may be longer than the screen is wide, because a path is to be copied.
pub(crate) fn write_settings(
    settings: &[ShownSetting],
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    let values: Vec<String> = settings.iter().map(|setting| written(&setting.value)).collect();
    let first = settings.iter().map(|setting| width(setting.name)).max().unwrap_or(0);
    let second = values.iter().map(|value| width(value)).max().unwrap_or(0);
    for (setting, value) in settings.iter().zip(&values) {
        let name = screen.heading(&pad(setting.name, first));
        let source = screen.faint(&source(&setting.source));
        writeln!(output, "{name}  {}  {source}", pad(value, second))?;
    }
    Ok(())
}

/// Returns where a setting comes from.
fn source(source: &Source) -> String {
    match source {
        Source::CommandLine => texts::screens().source_command_line(),
        Source::Environment { variable } => (*variable).to_owned(),
        Source::File { file, line } => format!("{file}:{line}"),
        Source::Default => texts::screens().source_default(),
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) if values.is_empty() => texts::common().none(),
        Value::Array(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
