//! The command-line program `gijiroku`.
//!
//! The exit status follows grep: 0 if something was found, 1 if nothing was, and 2 on an error. If the reader
//! of the output goes away (`| head`), the program ends quietly, with status 0.

mod cli;

use std::io;
use std::process::ExitCode;

use cli::{Arguments, Command, Context, Outcome, texts};
use gijiroku::{Localized as _, SearchError};

fn main() -> ExitCode {
    if let Some(status) = cli::serve_pdf() {
        return status;
    }
    let (configuration, language) = cli::configured();
    cli::answer_shell();
    let arguments = Arguments::typed();
    let context = Context::new(&arguments, configuration, language);
    match cli::without_panic(&context, || run(arguments, &context)) {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => match error.downcast_ref() {
            // No opinion has the value of a filter: as with the values of which a search says so itself, nothing is found.
            Some(SearchError::UnknownFacetValue(unknown)) => {
                cli::say(unknown.localized(cli::language()));
                ExitCode::from(1)
            }
            _ => {
                let (texts, told) = (texts::errors(), cli::told(&error));
                cli::say(match cli::advice(&error) {
                    Some(advice) => texts.error_with_advice(told, advice),
                    None => texts.error(told),
                });
                ExitCode::from(2)
            }
        },
    }
}

fn run(arguments: Arguments, context: &Context) -> anyhow::Result<Outcome> {
    if arguments.version {
        return cli::version::run(arguments.verbose, context);
    }
    let mut verb = arguments.verb();
    if !verb.needs_no_settings() {
        context.configuration().check()?;
        verb.add_settings(context.settings());
    }
    match &verb {
        Command::Check(options) => cli::check::run(options, context),
        Command::Index(options) => cli::index::run(options, context),
        Command::Upgrade => cli::upgrade::run(context),
        Command::Search(options) => cli::search::run(options, context),
        Command::Browse(options) => cli::browse::run(options, context),
        Command::Similar(options) => cli::similar::run(options, context),
        Command::Compare(options) => cli::compare::run(options, context),
        Command::Timeline(options) => cli::timeline::run(options, context),
        Command::Keywords(options) => cli::keywords::run_keywords(options, context),
        Command::Terms(options) => cli::keywords::run_terms(options, context),
        Command::Variants(options) => cli::variants::run(options, context),
        Command::Saved(options) => cli::saved::run(options, context),
        Command::Show(options) => cli::show::run(options, context),
        Command::Stats(options) => cli::stats::run(options, context),
        Command::Eval(options) => cli::eval::run(options, context),
        Command::Analyze(options) => cli::analyze::run(options, context),
        Command::Parse(options) => cli::parse::run(options, context),
        Command::Suggest(options) => cli::suggest::run(options, context),
        #[cfg(feature = "server")]
        Command::Serve(options) => cli::serve::run(options, context),
        #[cfg(feature = "site")]
        Command::ExportSite(options) => cli::export_site::run(options, context),
        #[cfg(feature = "mcp")]
        Command::Mcp(options) => cli::mcp::run(options, context),
        Command::Config(options) => cli::config::run(options, context),
        Command::Completions(options) => cli::completion::run(options, context),
        Command::Manual(options) => cli::manual::run(options),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
