//! `gijiroku serve`: serve pages to browsers, and answer programs over HTTP.

use std::fs::OpenOptions;
use std::io::{self, Write as _};

use anyhow::Context as _;
use gijiroku_cli::server::Server;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::arguments::ServeArguments;
use super::{Context, Outcome};
use crate::cli::texts;

pub(crate) fn run(arguments: &ServeArguments, context: &Context) -> anyhow::Result<Outcome> {
    let mut service = context.service()?.synonyms(arguments.synonyms.load()?)?;
    if let Some(model) = arguments.model.load()? {
        service = service.model(model)?;
    }
    let mut server = Server::new(service);
    for origin in &arguments.allow_origin {
        server = server.allow_origin(origin)?;
    }
    // The listener knows only the address to which a name leads. What has a colon is an address.
    let bound = Some(&arguments.host).filter(|host| !host.contains(':'));
    for host in arguments.allow_host.iter().chain(bound) {
        server = server.allow_host(host)?;
    }
    server = match arguments.access_log.as_str() {
        "none" => server,
        "-" => server.access_log(io::stdout()),
        file => {
            let opened = OpenOptions::new().append(true).create(true).open(file);
            server.access_log(opened.with_context(|| texts::errors().unwritable(file))?)
        }
    };
    Runtime::new()?.block_on(async {
        let address = (arguments.host.as_str(), arguments.port);
        let listener = TcpListener::bind(address).await;
        let listener = listener
            .with_context(|| texts::errors().listen(format!("{}:{}", arguments.host, arguments.port)))?;
        let address = listener.local_addr()?;
        #[cfg(feature = "mcp")]
        if let Some(site) = &arguments.mcp {
            let own = format!("http://{address}");
            server = server.answer_assistants(if site.is_empty() { &own } else { site });
        }
        // A failure to print the address must not stop the server.
        let _ = writeln!(io::stdout(), "http://{address}/");
        server.serve(listener, stopped()).await.with_context(|| texts::errors().server_failed())
    })?;
    Ok(Outcome::Found)
}

/// Waits for Ctrl-C, or for SIGTERM, by which a service is ended.
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
