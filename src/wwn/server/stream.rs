//! Streaming: sends the node of a path, and sends it again after each change.
//!
//! A stream begins with a `put` of the whole node and sends another whole one after each change; there are no
//! deltas, and no `open` before the first (a known client breaks on one). A client that reads slower than the
//! home changes gets the newest state when it is ready, never a queue of old ones. The server sends `keep-alive`
//! while nothing changes, and `auth_revoked` as the last event when the token is revoked.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use bytes::Bytes;
use futures_util::stream;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};

use super::answer::{self, HttpAnswer};
use super::api::garbled;
use super::path::DataPath;
use super::service::{ServerState, turned};
use super::tokens::Token;
use crate::home::DeviceTree;

/// Time for the last bytes to be sent before a stream breaks off.
const FLUSH: Duration = Duration::from_millis(20);

/// The time after which a client with too many streams may try again.
const TOO_MANY: Duration = Duration::from_secs(30);

/// Opens a stream, unless the token has too many open streams.
pub(super) fn open(state: &Arc<ServerState>, token: &Arc<Token>, path: DataPath) -> HttpAnswer {
    let Ok(place) = Arc::clone(&token.streams).try_acquire_owned() else {
        return answer::blocked(TOO_MANY);
    };
    let mut keep_alive = interval_at(Instant::now() + state.keep_alive, state.keep_alive);
    keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let reader = BodyReader {
        home: state.backend.home(),
        state: Arc::clone(state),
        token: Arc::clone(token),
        path,
        shown: LastPut::Nothing,
        pending: VecDeque::new(),
        end: None,
        keep_alive,
        breaks_at: state.faults.stream_end().map(|time| Instant::now() + time),
        _place: place,
    };
    let events = stream::unfold(reader, |mut reader| async move { reader.next().await.map(|piece| (piece, reader)) });
    let mut answer = answer::with_type(StatusCode::OK, "text/event-stream; charset=UTF-8", Body::from_stream(events));
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer
}

/// One open stream.
struct BodyReader {
    state: Arc<ServerState>,
    token: Arc<Token>,
    path: DataPath,
    home: watch::Receiver<Arc<DeviceTree>>,
    shown: LastPut,
    pending: VecDeque<Bytes>,
    end: Option<StreamEnd>,
    keep_alive: Interval,
    breaks_at: Option<Instant>,
    /// Counts as one of the open streams of the token.
    _place: OwnedSemaphorePermit,
}

/// The data of the last `put`.
#[derive(PartialEq, Eq)]
enum LastPut {
    /// Nothing is sent yet.
    Nothing,
    /// The text of the node; `None` if it has no value.
    Node(Option<Vec<Bytes>>),
}

/// The way that a stream ends once everything pending is sent.
#[derive(Clone, Copy)]
enum StreamEnd {
    /// The stream ends properly.
    Close,
    /// The connection breaks, as if a cable was pulled.
    Break,
}

impl BodyReader {
    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        loop {
            if let Some(piece) = self.pending.pop_front() {
                return Some(Ok(piece));
            }
            match self.end {
                Some(StreamEnd::Close) => return None,
                Some(StreamEnd::Break) => {
                    self.end = Some(StreamEnd::Close);
                    // The pieces so far are only sent if no further piece follows at once.
                    tokio::time::sleep(FLUSH).await;
                    return Some(Err(io::Error::other("the stream was made to break off")));
                }
                None => {}
            }
            if self.shown == LastPut::Nothing {
                self.home.mark_changed();
            }
            tokio::select! {
                biased;
                () = turned(self.state.stopping()) => return None,
                () = turned(self.token.revoked()) => self.say_goodbye(),
                () = at(self.breaks_at) => self.end = Some(StreamEnd::Break),
                changed = self.home.changed() => match changed {
                    Ok(()) => self.look().await,
                    Err(_) => return None,
                },
                _ = self.keep_alive.tick() => {
                    self.pending.push_back(Bytes::from_static(b"event: keep-alive\ndata: null\n\n"));
                }
            }
        }
    }

    /// Queues a `put` of the node if it differs from the last one.
    async fn look(&mut self) {
        let home = Arc::clone(&self.home.borrow_and_update());
        let text = self.state.views.text(&home, &self.token, &self.path).await;
        let null = || vec![Bytes::from_static(b"null")];
        let mut data = text.clone().unwrap_or_else(null);
        let shown = std::mem::replace(&mut self.shown, LastPut::Node(text));
        if shown == self.shown {
            return;
        }
        if self.state.faults.garbles() {
            data = garbled(&data);
        }
        let path = serde_json::Value::from(self.path.to_string());
        let head = Bytes::from(format!("event: put\ndata: {{\"path\":{path},\"data\":"));
        if shown != LastPut::Nothing && self.state.faults.cuts_event() {
            self.pending.push_back(head);
            self.pending.extend(garbled(&data));
            self.end = Some(StreamEnd::Break);
            return;
        }
        self.pending.push_back(head);
        self.pending.extend(data);
        self.pending.push_back(Bytes::from_static(b"}\n\n"));
        self.keep_alive.reset();
    }

    fn say_goodbye(&mut self) {
        let event = format!("event: auth_revoked\ndata: {}\n\n", self.token.text());
        self.pending.push_back(Bytes::from(event));
        self.end = Some(StreamEnd::Close);
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
