//! `gijiroku manual`: write the manual pages.

use std::path::Path;
use std::{fs, io};

use anyhow::Context as _;
use clap_mangen::Man;

use super::Outcome;
use super::arguments::{Arguments, ManualArguments};
use crate::cli::texts;

pub(crate) fn run(arguments: &ManualArguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    let failed = || texts::errors().manual_unwritable(folder.display().to_string());
    fs::create_dir_all(folder).with_context(failed)?;
    let mut command = Arguments::for_manual();
    command.build();
    write_pages(command, folder).with_context(failed)?;
    Ok(Outcome::Found)
}

/// Writes the pages of a command and of those below it.
fn write_pages(command: clap::Command, folder: &Path) -> io::Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        write_pages(below.clone(), folder)?;
    }
    let page = Man::new(command);
    let mut roff = Vec::new();
    page.render(&mut roff)?;
    let roff = with_lines_of_examples(&String::from_utf8_lossy(&roff));
    fs::write(folder.join(page.get_filename()), with_headings(&roff))
}

/// Keeps the lines of the examples, which would be set as one paragraph.
fn with_lines_of_examples(roff: &str) -> String {
    let Some((before, after)) = roff.split_once(".SH EXTRA\n") else { return roff.to_owned() };
    let end = after.find("\n.SH ").map_or(after.len(), |end| end + 1);
    let (lines, rest) = after.split_at(end);
    format!("{before}.SH EXAMPLES\n.nf\n{lines}.fi\n{rest}")
}

/// Replaces the headings, which are English, by those in the reader's language.
fn with_headings(roff: &str) -> String {
    let texts = texts::help();
    let headings = [
        ("NAME", texts.manual_name()),
        ("SYNOPSIS", texts.manual_synopsis()),
        ("DESCRIPTION", texts.manual_description()),
        ("OPTIONS", texts.manual_options()),
        ("SUBCOMMANDS", texts.manual_commands()),
        ("EXAMPLES", texts.manual_examples()),
    ];
    let mut set = String::new();
    for line in roff.lines() {
        let heading = line.strip_prefix(".SH ");
        let told = headings.iter().find(|(english, _)| heading == Some(english));
        match told {
            Some((_, told)) => set += &format!(".SH {told}\n"),
            None => set += &format!("{}\n", line.replace(r"\fIsubcommands\fR", &texts.manual_command_sign())),
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_examples_stay_lines() {
        let page = ".SH OPTIONS\nx\n.SH EXTRA\nExamples:\n  one\n.SH VERSION\nv1\n";
        let set = ".SH OPTIONS\nx\n.SH EXAMPLES\n.nf\nExamples:\n  one\n.fi\n.SH VERSION\nv1\n";
        assert_eq!(with_lines_of_examples(page), set);
        assert_eq!(with_lines_of_examples(".SH NAME\nx\n"), ".SH NAME\nx\n");
    }
}
