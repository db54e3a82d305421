//! Options that are read from the line before the rest of it: those that say in which language its errors are told, and where the
//! values are that a shell completes.

use std::ffi::OsString;
use std::path::PathBuf;

/// Returns the value of an option on a line: `--index DIR`, `--index=DIR`, or divided at the sign.
pub(crate) fn named(option: &str, line: &[OsString]) -> Option<PathBuf> {
    // What follows `--` are no options, but for the line that a shell completes, which follows the name of the program so.
    let end = line.iter().skip(2).position(|word| word == "--").map_or(line.len(), |place| place + 2);
    let line = &line[..end];
    let is_option = |word: &OsString| {
        word.to_str()
            .and_then(|word| word.strip_prefix(option))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    };
    let place = line.iter().position(is_option)?;
    let joined = line[place].to_str().and_then(|word| word.strip_prefix(option)?.strip_prefix('='));
    if let Some(value) = joined {
        return Some(value.into());
    }
    line.get(place + 1..)?.iter().find(|word| *word != "=").map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_the_one_that_the_line_names() {
        for (line, expected) in [
            ("g --index a search", Some("a")),
            ("g --index=a search", Some("a")),
            ("g --index = a search", Some("a")),
            ("g -- g --index a search", Some("a")),
            ("g search 病院", None),
            ("g search --index", None),
            ("g search -- --index a", None),
            ("g --indexes a", None),
        ] {
            let line: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(named("--index", &line), expected.map(PathBuf::from), "{line:?}");
        }
    }
}
