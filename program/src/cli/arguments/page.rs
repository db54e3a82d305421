//! Help in Japanese. clap's own words are English, and it breaks lines at spaces alone, which Japanese does not have; so each command is
//! given the page that it shows.

use anstyle::Style;
use clap::{Arg, ArgAction, Command};

use crate::cli::context;
use crate::cli::render::layout::{pad, width, wrap};
use crate::cli::texts::{self, Help};

/// Maximum width of a page in columns, as that of clap.
const WIDEST: usize = 100;

/// Maximum width of an option in a list that has its description beside it.
const OPTION: usize = 28;

/// The indentation of a description below its option.
const INDENT: usize = 10;

/// What a page is about: each option in a line or two, or all that there is to say.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub(super) is_long: bool,
}

/// Gives a command, and those below it, their pages.
pub(super) fn with_pages(command: Command, extent: Extent) -> Command {
    below(with_help(command), extent)
}

/// Tells in Japanese what the option and the verb do that show help, which clap adds by itself.
pub(super) fn with_help(mut command: Command) -> Command {
    fn below(command: Command) -> Command {
        let command = match command.get_name() {
            HELP => command.about(texts::help().about_help()),
            _ => command,
        };
        let told = |argument: Arg| match argument.get_id() == HELP {
            true => argument.help(texts::help().print_help()).long_help(texts::help().print_help()),
            false => argument,
        };
        command.mut_args(told).mut_subcommands(below)
    }
    command.build();
    below(command)
}

/// Tells in the descriptions themselves what clap would add to them in English.
pub(super) fn with_descriptions(command: Command) -> Command {
    fn below(command: Command) -> Command {
        let told = |argument: Arg| {
            let described = description(&argument, Extent { is_long: true });
            let argument = argument.help(described.clone()).long_help(described);
            argument.hide_default_value(true).hide_possible_values(true).hide_env(true)
        };
        command.mut_args(told).mut_subcommands(below)
    }
    below(with_help(command))
}

fn below(mut command: Command, extent: Extent) -> Command {
    let page = page(&mut command, extent);
    command.mut_subcommands(|command| below(command, extent)).override_help(page)
}

fn page(command: &mut Command, extent: Extent) -> String {
    let help = texts::help();
    let usage = command.render_usage().to_string();
    let usage = usage.split_once(": ").map_or(usage.as_str(), |(_, usage)| usage).trim();
    let usage = with_signs(usage);
    let about = text(command.get_about());
    let mut page = String::new();
    page.extend(about.map(|about| filled(&about, 0) + "\n"));
    page += &format!("{} {usage}\n", titled(&help.usage()));
    let commands = command.get_subcommands().filter(|command| !command.is_hide_set());
    let commands: Vec<[String; 2]> = commands
        .map(|command| [command.get_name().to_owned(), text(command.get_about()).unwrap_or_default()])
        .collect();
    if !commands.is_empty() {
        page += &format!("\n{}\n{}", titled(&help.commands()), listed(&commands, false));
    }
    for (heading, arguments) in sections(command, help) {
        let items: Vec<[String; 2]> = arguments
            .into_iter()
            .map(|argument| [typed(argument, heading != help.arguments()), description(argument, extent)])
            .collect();
        page += &format!("\n{}\n{}", titled(&heading), listed(&items, extent.is_long));
    }
    page.extend(text(command.get_after_help()).map(|after| format!("\n{after}\n")));
    page.trim_end().to_owned() + "\n"
}

/// Returns how a command is used, without English words.
pub(super) fn with_signs(usage: &str) -> String {
    let help = texts::help();
    usage.replace("[OPTIONS]", &help.options_sign()).replace("[COMMAND]", &help.command_sign())
}

/// The name of the option, and of the verb, that show help.
const HELP: &str = "help";

/// Returns the arguments that help shows, under their headings: what has a place on the line first, then the options without a heading
/// of their own.
fn sections<'a>(command: &'a Command, help: &Help) -> Vec<(String, Vec<&'a Arg>)> {
    let mut sections: Vec<(String, Vec<&Arg>)> =
        vec![(help.arguments(), Vec::new()), (help.options(), Vec::new())];
    let shown = command.get_arguments().filter(|argument| !argument.is_hide_set());
    let (last, shown): (Vec<&Arg>, Vec<&Arg>) = shown.partition(|argument| argument.get_id() == HELP);
    for argument in shown.into_iter().chain(last) {
        let heading = match argument.get_help_heading() {
            Some(heading) => heading.to_owned(),
            None if argument.is_positional() => help.arguments(),
            None => help.options(),
        };
        match sections.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, arguments)) => arguments.push(argument),
            None => sections.push((heading, vec![argument])),
        }
    }
    sections.retain(|(_, arguments)| !arguments.is_empty());
    sections
}

/// Returns an argument as it is typed: `-n, --limit <NUMBER>`.
fn typed(argument: &Arg, is_option: bool) -> String {
    match argument.get_short() {
        Some(short) => format!("-{short}, {argument}"),
        None if is_option => format!("    {argument}"),
        None => argument.to_string(),
    }
}

/// Returns what an argument does, with its default value, the variable that stands for it, and its possible values.
fn description(argument: &Arg, extent: Extent) -> String {
    let help = texts::help();
    let long = argument.get_long_help().filter(|_| extent.is_long);
    let mut described = text(long.or(argument.get_help())).unwrap_or_default();
    if !matches!(argument.get_action(), ArgAction::Set | ArgAction::Append) {
        return described;
    }
    let defaults = argument.get_default_values();
    if !defaults.is_empty() && !argument.is_hide_default_value_set() {
        let defaults: Vec<_> = defaults.iter().map(|value| value.to_string_lossy()).collect();
        described += &help.default_value(defaults.join(" "));
    }
    described.extend(argument.get_env().map(|name| help.variable(name.to_string_lossy())));
    let values = argument.get_possible_values();
    let values: Vec<_> = values.iter().filter(|value| !value.is_hide_set()).collect();
    if !values.is_empty() {
        let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
        described += &help.possible_values(names.join("、"));
        if extent.is_long {
            let told = values.iter().filter_map(|value| Some((value.get_name(), text(value.get_help())?)));
            described.extend(told.map(|(name, told)| format!("\n- {name}: {told}")));
        }
    }
    described
}

/// Returns items with what is said of each, beside it or, with air between them, below it.
fn listed(items: &[[String; 2]], is_airy: bool) -> String {
    let widest = items.iter().map(|[item, _]| width(item)).max().unwrap_or(0).min(OPTION);
    let mut list = String::new();
    for (place, [item, said]) in items.iter().enumerate() {
        let item = item.as_str();
        if is_airy {
            let air = if place > 0 { "\n" } else { "" };
            list += &format!("{air}  {}\n{}", literal(item), filled(said, INDENT));
        } else if width(item) > widest {
            list += &format!("  {}\n{}", literal(item), filled(said, widest + 4));
        } else {
            let padding = " ".repeat(widest - width(item));
            list += &format!("  {}{padding}  {}", literal(item), filled(said, widest + 4).trim_start());
        }
        if !list.ends_with('\n') {
            list.push('\n');
        }
    }
    list
}

/// Returns a text in lines as wide as the page, each with an indentation.
fn filled(text: &str, indent: usize) -> String {
    let columns = context::width().min(WIDEST).saturating_sub(indent).max(20);
    let lines = wrap(text, columns).into_iter();
    lines.map(|line| (pad("", indent) + &text[line]).trim_end().to_owned() + "\n").collect()
}

fn titled(heading: &str) -> String {
    let style = Style::new().bold().underline();
    format!("{style}{heading}:{style:#}")
}

fn literal(typed: &str) -> String {
    let style = Style::new().bold();
    format!("{style}{typed}{style:#}")
}

fn text(styled: Option<&clap::builder::StyledStr>) -> Option<String> {
    styled.map(ToString::to_string)
}
