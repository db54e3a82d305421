//! Where a result goes: to standard output, to a pager, or to the file of `--output`.
//!
//! The file is replaced when the result is whole, so that a search which fails leaves it as it was.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::arguments::{CitationFormat, Format, PlainFormat, SearchFormat};
use super::pager::{Paged, Pager};
use super::replace;
use super::visible::in_our_colours;
use crate::cli::texts;

/// Who reads a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contents {
    /// A person: control characters become [visible](super::visible).
    Text,
    /// A program: the format says what becomes of them.
    Data,
}

/// A result that is being written. The caller must [finish](Self::finish) it.
pub(crate) struct Output {
    contents: Contents,
    destination: Destination,
    /// The line that has begun, of a text.
    line: Vec<u8>,
}

enum Destination {
    Standard(BufWriter<StdoutLock<'static>>),
    Paged(BufWriter<Paged>),
    /// What is not replaced, such as a pipe or a device.
    Direct(BufWriter<File>),
    /// A file, and its new contents in one without a name, of which nothing remains if the program ends.
    Replaced {
        file: PathBuf,
        new: BufWriter<File>,
    },
}

impl Output {
    /// Returns standard output.
    pub(super) fn standard(contents: Contents) -> Self {
        let destination = Destination::Standard(BufWriter::new(io::stdout().lock()));
        Self { contents, destination, line: Vec::new() }
    }

    /// Returns a pager.
    pub(super) fn paged(pager: Pager, contents: Contents) -> Self {
        // Some screens of text. As the pager begins with the first of them, what is told until then is told before it.
        const BUFFERED: usize = 64 << 10;
        let destination = Destination::Paged(BufWriter::with_capacity(BUFFERED, Paged::new(pager)));
        Self { contents, destination, line: Vec::new() }
    }

    /// Returns a file. If it can't be written, that is said before anything is searched.
    pub(super) fn file(path: &Path, contents: Contents) -> anyhow::Result<Self> {
        let destination =
            open(path).with_context(|| texts::errors().unwritable(path.display().to_string()))?;
        Ok(Self { contents, destination, line: Vec::new() })
    }

    /// Writes what is left, so that no error on writing is lost, and replaces the file.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.flush().with_context(|| texts::errors().output_unwritable())?;
        if let Destination::Replaced { file, new } = self.destination {
            let replaced = new.into_inner().map_err(|error| error.into_error());
            let replaced = replaced.and_then(|mut new| replace::replace(&file, &mut new));
            replaced.with_context(|| texts::errors().unwritable(file.display().to_string()))?;
        }
        Ok(())
    }

    /// Passes on the first bytes of the line, which are as many whole characters.
    fn pass_on(&mut self, end: usize) -> io::Result<()> {
        let text = String::from_utf8_lossy(&self.line[..end]);
        self.destination.write_all(in_our_colours(&text).as_bytes())?;
        self.line.drain(..end);
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.contents == Contents::Data {
            return self.destination.write(bytes);
        }
        // A character may come in parts, a line break never.
        self.line.extend(bytes);
        if let Some(place) = bytes.iter().rposition(|&byte| byte == b'\n') {
            self.pass_on(self.line.len() - bytes.len() + place + 1)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on(self.line.len())?;
        self.destination.flush()
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(output) => output.write(bytes),
            Self::Paged(output) => output.write(bytes),
            Self::Direct(output) | Self::Replaced { new: output, .. } => output.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(output) => output.flush(),
            Self::Paged(output) => output.flush(),
            Self::Direct(output) | Self::Replaced { new: output, .. } => output.flush(),
        }
    }
}

fn open(path: &Path) -> io::Result<Destination> {
    let Some(file) = replace::replaceable(path)? else {
        // What a shell has written to the same file before stays.
        return Ok(Destination::Direct(BufWriter::new(OpenOptions::new().append(true).open(path)?)));
    };
    replace::check_writable(&file)?;
    let new = match tempfile::tempfile_in(replace::folder(&file)) {
        Err(error) if replace::is_refused(&error) && file.exists() => tempfile::tempfile()?,
        made => made?,
    };
    Ok(Destination::Replaced { file, new: BufWriter::new(new) })
}

impl From<Format> for Contents {
    fn from(format: Format) -> Self {
        match format {
            Format::Text | Format::Tsv | Format::Markdown => Self::Text,
            Format::Json | Format::Jsonl | Format::Csv | Format::Html => Self::Data,
        }
    }
}

impl From<PlainFormat> for Contents {
    fn from(format: PlainFormat) -> Self {
        match format {
            PlainFormat::Text => Self::Text,
            PlainFormat::Json => Self::Data,
        }
    }
}

impl From<SearchFormat> for Contents {
    fn from(format: SearchFormat) -> Self {
        match format {
            SearchFormat::Common(format) => format.into(),
            SearchFormat::Trec => Self::Text,
        }
    }
}

impl From<CitationFormat> for Contents {
    fn from(format: CitationFormat) -> Self {
        match format {
            CitationFormat::Text | CitationFormat::Bibtex => Self::Text,
            CitationFormat::Csl => Self::Data,
        }
    }
}
