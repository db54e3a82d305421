//! Connections: how many there are at once, and how long one may last. Whoever sends or reads slowly holds a place among them, and
//! not a thread, and not for ever.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower_service::Service as _;

/// So many connections are held at once; others wait to be accepted.
const MOST: usize = 1024;

/// The head of a request must have come within that, also the next one's on the same connection.
const LONGEST_HEAD: Duration = Duration::from_secs(20);

/// A connection is ended after that: once its request is answered, or when its reader has taken none of it for so long.
const LONGEST: Duration = Duration::from_secs(120);
const LONGEST_END: Duration = Duration::from_secs(15);

/// The address that a request came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Answers what comes to a listener until `shutdown` is done, and then what is still under way.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(MOST));
    let (ending, ended) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            // It fails only where a semaphore is closed, which this one never is.
            let place = Arc::clone(&places).acquire_owned().await.map_err(io::Error::other)?;
            let (stream, peer) = listener.accept().await?;
            io::Result::Ok((stream, peer, place))
        };
        let accepted = tokio::select! {
            accepted = next => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer, place)) => {
                connections.spawn(answer(stream, Peer(peer), router.clone(), ended.clone(), place));
            }
            // One that has gone already; or there are no more files, of which some will be closed in a while.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    // Whoever has ended already does not listen.
    let _ = ending.send(true);
    while connections.join_next().await.is_some() {}
    Ok(())
}

async fn answer(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    mut ended: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.clone().call(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(LONGEST_HEAD);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // What goes wrong with a connection is its other end's affair.
        _ = connection.as_mut() => return,
        () = sleep(LONGEST) => {}
        _ = ended.wait_for(|&ended| ended) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(LONGEST_END, connection).await;
}
