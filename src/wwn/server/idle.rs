//! Idle connections. The server closes them when another client waits for a place.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::Instant;

/// The connections of one address that wait for a request.
#[derive(Default)]
pub(super) struct Idle {
    waiting: Mutex<BTreeMap<u64, (Instant, Arc<Notify>)>>,
}

impl Idle {
    fn waiting(&self) -> MutexGuard<'_, BTreeMap<u64, (Instant, Arc<Notify>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time since which the longest idle connection waits.
    pub(super) fn oldest(&self) -> Option<Instant> {
        self.waiting().values().map(|(since, _)| *since).min()
    }

    /// Ends the longest idle connection.
    pub(super) fn end_oldest(&self) {
        let mut waiting = self.waiting();
        let oldest = waiting.iter().min_by_key(|(_, (since, _))| *since).map(|(id, _)| *id);
        if let Some((_, end)) = oldest.and_then(|id| waiting.remove(&id)) {
            end.notify_one();
        }
    }
}

/// One connection of one address. It counts as idle while it has no request.
#[derive(Clone)]
pub(super) struct TrackedConnection {
    idle: Arc<Idle>,
    id: u64,
    end: Arc<Notify>,
}

impl TrackedConnection {
    /// Creates a connection that waits for its first request.
    pub(super) fn new(idle: &Arc<Idle>, id: u64) -> Self {
        let connection = Self { idle: Arc::clone(idle), id, end: Arc::default() };
        connection.wait();
        connection
    }

    fn wait(&self) {
        self.idle.waiting().insert(self.id, (Instant::now(), Arc::clone(&self.end)));
    }

    /// Marks the start of a request. The request lasts until the returned value is dropped, after the last byte
    /// of the answer.
    pub(super) fn begin(&self) -> InRequest {
        self.idle.waiting().remove(&self.id);
        InRequest(self.clone())
    }

    /// Waits until [`Idle::end_oldest`] ends this connection.
    pub(super) async fn ended(&self) {
        self.end.notified().await;
    }

    /// Removes the closed connection.
    pub(super) fn leave(&self) {
        self.idle.waiting().remove(&self.id);
    }
}

/// A request in progress. The connection counts as idle again when this value is dropped.
pub(super) struct InRequest(TrackedConnection);

impl Drop for InRequest {
    fn drop(&mut self) {
        self.0.wait();
    }
}

/// The body of an answer. It keeps its request in progress until the body is dropped.
pub(super) struct TrackedBody {
    pub(super) body: Body,
    pub(super) _request: InRequest,
}

impl hyper::body::Body for TrackedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
