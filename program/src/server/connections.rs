//! Connections: how they are accepted, and how long each may last. A client that sends or reads slowly occupies
//! one of the connections that it may have, not a thread, and only for a limited time.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use prometheus_client::metrics::counter::Counter;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower_service::Service as _;

use super::places::{Place, Places};

/// Maximum time to receive the head of a request, also of a later request on the same connection.
const LONGEST_HEAD: Duration = Duration::from_secs(20);

/// Maximum age of a connection. After it the connection is closed as soon as its request is answered, and
/// after another `LONGEST_END` at the latest.
const LONGEST: Duration = Duration::from_secs(120);
const LONGEST_END: Duration = Duration::from_secs(15);

/// The address of the client that sent a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Serves a listener until `shutdown` is done, and then finishes the requests in progress. A connection for
/// which there is no place is closed at once and counted: if it waited, so would all that come after it.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    refused: &Counter,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let places = Places::default();
    let (ending, ended) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer)) => match places.take(peer.ip()) {
                Some(place) => {
                    connections.spawn(answer(stream, Peer(peer), router.clone(), ended.clone(), place));
                }
                None => {
                    refused.inc();
                }
            },
            // Either the client has gone already, or the process has no file descriptors left, which other
            // connections will free soon.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    // If no connection is left, nobody receives this, and that is fine.
    let _ = ending.send(true);
    while connections.join_next().await.is_some() {}
    Ok(())
}

async fn answer(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    mut ended: watch::Receiver<bool>,
    _place: Place,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.clone().call(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(LONGEST_HEAD);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // An error of a connection concerns its client only.
        _ = connection.as_mut() => return,
        () = sleep(LONGEST) => {}
        _ = ended.wait_for(|&ended| ended) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(LONGEST_END, connection).await;
}
