//! What is wrong in the arguments, in Japanese, where clap's own words are English.

use std::error::Error as _;
use std::num::ParseIntError;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};
use gijiroku::Localized as _;
use gijiroku::conditions::UnknownFacet;
use gijiroku::search::UnknownOrder;

use super::page::with_signs;
use crate::cli::language;
use crate::cli::texts;

/// Tells an error as clap does: what is wrong, a tip, the usage, and where to read on.
pub(super) struct Japanese;

impl ErrorFormatter for Japanese {
    fn format_error(error: &Error<Self>) -> StyledStr {
        let texts = texts::wrong();
        let mut lines = vec![texts.error(what(error))];
        for kind in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        {
            let similar = values(error, kind);
            if !similar.is_empty() {
                lines.push(texts.similar(similar.join("、")));
            }
        }
        lines.extend(values(error, ContextKind::Suggested).into_iter().map(|tip| texts.tip(tip)));
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let usage = usage.to_string();
            let usage = usage.split_once(": ").map_or(usage.as_str(), |(_, usage)| usage);
            lines.push(String::new());
            lines.push(texts.usage(with_signs(usage.trim())));
        }
        lines.push(String::new());
        lines.push(texts.try_help() + "\n");
        lines.join("\n").into()
    }
}

fn what(error: &Error<Japanese>) -> String {
    let texts = texts::wrong();
    let list = |kind| values(error, kind).join("、");
    let (argument, value) = (list(ContextKind::InvalidArg), list(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::ArgumentConflict => {
            let prior = list(ContextKind::PriorArg);
            if prior.is_empty() || prior == argument {
                texts.twice(argument)
            } else {
                texts.conflict(argument, prior)
            }
        }
        ErrorKind::NoEquals => texts.no_equals(argument),
        ErrorKind::InvalidValue if value.is_empty() => texts.no_value(argument),
        ErrorKind::InvalidValue => {
            let valid = list(ContextKind::ValidValue);
            texts.invalid_value(argument, value, if valid.is_empty() { valid } else { texts.valid(valid) })
        }
        ErrorKind::ValueValidation => {
            let reason = reason(error).map(|reason| texts.reason(reason)).unwrap_or_default();
            texts.invalid_value(argument, value, reason)
        }
        ErrorKind::UnknownArgument => texts.unknown_argument(argument),
        ErrorKind::InvalidSubcommand => texts.unknown_command(list(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => texts.missing(argument),
        ErrorKind::TooManyValues => texts.too_many(argument, value),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => texts.wrong_number(argument),
        ErrorKind::InvalidUtf8 => texts.no_utf8(),
        _ => reason(error).unwrap_or_else(|| texts.unknown()),
    }
}

/// Returns why a value is wrong. The errors of numbers are those of Rust and of clap.
fn reason(error: &Error<Japanese>) -> Option<String> {
    let source = error.source()?;
    if source.is::<ParseIntError>() {
        return Some(texts::wrong().no_number());
    }
    let (language, told) = (language::spoken(), source.to_string());
    let localized = source.downcast_ref().map(|error: &UnknownFacet| error.localized(language));
    let localized =
        localized.or_else(|| source.downcast_ref().map(|error: &UnknownOrder| error.localized(language)));
    let out_of_range = || Some(texts::wrong().out_of_range(told.split_once(" is not in ")?.1));
    let no_digits = || told.starts_with("invalid digit").then(|| texts::wrong().no_number());
    localized.or_else(out_of_range).or_else(no_digits).or(Some(told))
}

fn values(error: &Error<Japanese>, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(value)) => vec![value.clone()],
        Some(ContextValue::Strings(values)) => values.clone(),
        Some(ContextValue::StyledStr(value)) => vec![value.to_string()],
        Some(ContextValue::StyledStrs(values)) => values.iter().map(ToString::to_string).collect(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    }
}
