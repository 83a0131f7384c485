//! Accepts connections on one listener. Limits concurrency and closes idle or stalled clients.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::idle::{Idle, TrackedBody, TrackedConnection};
use super::service::turned;
use super::stall::Stall;
use super::tls::Certificate;

/// Limits on the number of clients and on the time that they may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// The largest number of connections to one address. Further clients wait until one ends.
    pub at_once: usize,
    /// Time limit of the TLS handshake.
    pub greeting: Duration,
    /// Time limit for the head of a request, and for the first or next request. The server then closes the
    /// connection. A stream is one request and may last longer.
    pub head: Duration,
    /// While a client waits for a place, the server closes connections that have had no request for this time,
    /// the longest idle one first.
    pub quiet: Duration,
    /// The server closes a connection whose client reads nothing of an answer for this time.
    pub stall: Duration,
}

impl Connections {
    /// The largest number of open streams of one token: a quarter of all places, at least 1.
    pub(super) fn of_one_token(&self) -> usize {
        (self.at_once / 4).max(1)
    }
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            // A home has few clients. This limit leaves file handles for everything else.
            at_once: 256,
            greeting: Duration::from_secs(10),
            // Longer than most clients keep an unused connection (Go and reqwest: 90 s), so that the client
            // closes it first.
            head: Duration::from_secs(100),
            quiet: Duration::from_secs(2),
            stall: Duration::from_secs(60),
        }
    }
}

/// Accepts and answers clients until `stopping` turns true, then returns once the last answer is sent.
pub(super) async fn serve(
    mut listener: TcpListener,
    certificate: Option<Certificate>,
    router: Router,
    connections: Connections,
    stopping: watch::Receiver<bool>,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(connections.at_once.max(1)));
    let idle: Arc<Idle> = Arc::default();
    let mut last = 0_u64;
    let open = GracefulShutdown::new();
    // A `JoinSet` aborts the clients if this future is dropped.
    let mut clients = JoinSet::new();
    let next = async |listener: &mut TcpListener| {
        // This `accept` waits and tries again when the machine is out of file handles.
        let (stream, _peer) = axum::serve::Listener::accept(listener).await;
        let place = place(&places, &idle, connections.quiet).await.map_err(io::Error::other)?;
        Ok::<_, io::Error>((place, stream))
    };
    let stopped = turned(stopping);
    tokio::pin!(stopped);
    loop {
        let (place, stream) = tokio::select! {
            next = next(&mut listener) => next?,
            () = &mut stopped => break,
        };
        // Answers are small and clients wait for each one.
        stream.set_nodelay(true).ok();
        let (certificate, router, watcher) = (certificate.clone(), router.clone(), open.watcher());
        while clients.try_join_next().is_some() {}
        last += 1;
        let connection = TrackedConnection::new(&idle, last);
        clients.spawn(async move {
            let whole = async {
                match certificate {
                    Some(certificate) => {
                        if let Some(stream) = greet(&certificate, stream, connections.greeting).await {
                            answer(stream, router, connections, watcher, &connection).await;
                        }
                    }
                    None => answer(stream, router, connections, watcher, &connection).await,
                }
            };
            tokio::select! {
                () = whole => {}
                () = connection.ended() => tracing::debug!("a silent connection gave its place up"),
            }
            connection.leave();
            drop(place);
        });
    }
    drop(listener);
    open.shutdown().await;
    Ok(())
}

/// Waits for a free place, or closes a client that has been idle for `quiet` to free one.
async fn place(
    places: &Arc<Semaphore>,
    idle: &Idle,
    quiet: Duration,
) -> Result<OwnedSemaphorePermit, tokio::sync::AcquireError> {
    let free = Arc::clone(places).acquire_owned();
    tokio::pin!(free);
    loop {
        // If no connection is idle, look again after `quiet`: one may have become idle by then.
        let oldest = idle.oldest().unwrap_or_else(Instant::now);
        tokio::select! {
            biased;
            place = &mut free => return place,
            () = sleep_until(oldest + quiet) => {
                if idle.oldest().is_some_and(|since| since.elapsed() >= quiet) {
                    idle.end_oldest();
                }
            }
        }
    }
}

async fn greet(
    certificate: &Certificate,
    stream: TcpStream,
    patience: Duration,
) -> Option<tokio_rustls::server::TlsStream<TcpStream>> {
    match tokio::time::timeout(patience, certificate.accept(stream)).await {
        Ok(Ok(stream)) => return Some(stream),
        Ok(Err(err)) => tracing::debug!(%err, "a client did not agree on encryption"),
        Err(_late) => tracing::debug!("a client did not finish its greeting"),
    }
    None
}

async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    connections: Connections,
    watcher: Watcher,
    client: &TrackedConnection,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(connections.head);
    let stream = Stall::new(stream, connections.stall);
    let router = TowerToHyperService::new(router);
    let service = service_fn(|request| {
        let request_of_client = client.begin();
        let answer = router.call(request);
        async move { answer.await.map(|answer| answer.map(|body| TrackedBody { body, _request: request_of_client })) }
    });
    let connection = http.serve_connection(TokioIo::new(stream), service);
    if let Err(err) = watcher.watch(connection).await {
        tracing::debug!(%err, "a connection ended early");
    }
}
