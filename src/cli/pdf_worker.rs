//! The second process of the program, which reads a PDF: [`PdfWorker`] says why.

use std::env;
use std::io;
use std::process::ExitCode;

use gijiroku::IndexBuilder;
use gijiroku::minutes::{PdfWorker, Reader};

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

/// A reader, and a builder, that read PDFs in a second process. Where the program does not know its own path, this one
/// reads them.
pub(super) fn reader() -> Reader {
    worker().map_or_else(Reader::default, |worker| Reader::default().pdf_worker(worker))
}

pub(super) fn builder() -> IndexBuilder {
    worker().map_or_else(IndexBuilder::new, |worker| IndexBuilder::new().pdf_worker(worker))
}

fn worker() -> Option<PdfWorker> {
    env::current_exe().ok().map(|program| PdfWorker::new(program, [TASK]))
}
