//! `gijiroku serve`: answer searches over HTTP.

use std::io::{self, Write as _};

use anyhow::Context as _;
use gijiroku::server::Server;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::arguments::ServeArguments;
use super::{Context, Outcome};

pub(crate) fn run(arguments: &ServeArguments, context: &Context) -> anyhow::Result<Outcome> {
    // It is built where it is missing, as for a search.
    drop(context.searcher()?);
    let server = Server::open(context.index())?;
    Runtime::new()?.block_on(async {
        let address = (arguments.host.as_str(), arguments.port);
        let listener = TcpListener::bind(address).await;
        let listener = listener.with_context(|| {
            format!("{}:{} can't be listened at; choose another with --port", arguments.host, arguments.port)
        })?;
        let address = listener.local_addr()?;
        // Whoever started it may not read what it prints; it serves all the same.
        let _ = writeln!(
            io::stdout(),
            "http://{address}/api/v1/search?q=訪問看護\nhttp://{address}/api/v1/openapi.json"
        );
        server.serve(listener, stopped()).await.context("the server has failed")
    })?;
    Ok(Outcome::Found)
}

/// Until Ctrl-C, or the signal by which a service is ended.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}
