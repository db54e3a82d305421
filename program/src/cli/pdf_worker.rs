//! The second process of the program, which reads a PDF: [`PdfWorker`] says why.

use std::env;
use std::io;
use std::process::ExitCode;

use gijiroku::IndexBuilder;
use gijiroku::minutes::{PdfWorker, Reader};

use super::office::office;

/// The argument by which the program knows that it is the second process. It is no verb, because nobody types it.
const TASK: &str = "--read-pdf-from-stdin";

/// Does the work of the second process, if this is one, and returns its exit status.
pub(crate) fn serve_pdf() -> Option<ExitCode> {
    if env::args_os().nth(1)? != TASK {
        return None;
    }
    let served = PdfWorker::serve(io::stdin().lock(), io::stdout().lock());
    Some(if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// A reader, and a builder, that read PDFs in a second process, and the files of old Office programs with LibreOffice, where it is
/// installed. Where the program does not know its own path, this one reads PDFs.
pub(super) fn reader() -> Reader {
    let reader = worker().map_or_else(Reader::default, |worker| Reader::default().pdf_worker(worker));
    match office() {
        Some(office) => reader.office(office),
        None => reader,
    }
}

pub(super) fn builder() -> IndexBuilder {
    let builder = worker().map_or_else(IndexBuilder::new, |worker| IndexBuilder::new().pdf_worker(worker));
    match office() {
        Some(office) => builder.office(office),
        None => builder,
    }
}

fn worker() -> Option<PdfWorker> {
    env::current_exe().ok().map(|program| PdfWorker::new(program, [TASK]))
}
