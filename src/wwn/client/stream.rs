//! The stream: connect, watch, reconnect.
//!
//! ```text
//! connecting -> live -> (silent) -> lost -> pause -> connecting …
//!                 \-> signed out (401, auth_revoked): the end
//! ```
//!
//! Each `put` carries the whole device tree and replaces the last one. The service sends a keep-alive about
//! every 30 s; after [`StreamTimes::silent`] without a byte the account counts as stale, after
//! [`StreamTimes::dead`] the client gives the connection up. The pause before the next try grows with each
//! failure and has a random part, so that many clients do not reconnect at once.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::mpsc;

use super::rest::{Client, malformed};
use crate::home::{Checked, DeviceTree};
use crate::http::{Decoder, Event, MAX_ANSWER, TooLarge, cause, too_large};
use crate::service::{Backoff, ConnectionEnd, Failure, FailureKind, Reason, ReconnectLoop, Secrets, Service, Update};
use crate::wwn::wire;

/// Time limits of a stream and the pauses between its connections.
#[derive(Debug, Clone, Copy)]
pub struct StreamTimes {
    /// The account counts as stale after this time without a byte.
    pub silent: Duration,
    /// The client gives the connection up after this time without a byte.
    pub dead: Duration,
    /// The first pause before a reconnect.
    pub first_pause: Duration,
    /// The longest pause before a reconnect.
    pub longest_pause: Duration,
}

impl Default for StreamTimes {
    fn default() -> Self {
        Self {
            silent: Duration::from_secs(45),
            dead: Duration::from_secs(75),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_mins(5),
        }
    }
}

/// A Works with Nest account as a [`Service`].
pub struct WwnService {
    client: Client,
    times: StreamTimes,
}

impl WwnService {
    /// Creates a service on a client.
    pub fn new(client: Client, times: StreamTimes) -> Arc<Self> {
        Arc::new(Self { client, times })
    }
}

impl Service for WwnService {
    fn listen(self: Arc<Self>, updates: mpsc::Sender<Update>) -> BoxFuture<'static, ()> {
        Box::pin(async move { self.run(&updates).await })
    }

    fn write(self: Arc<Self>, write: Checked) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move { self.client.write(&write).await })
    }

    fn fetch(self: Arc<Self>) -> BoxFuture<'static, Result<DeviceTree, Failure>> {
        Box::pin(async move { self.client.home().await })
    }
}

impl WwnService {
    async fn run(&self, updates: &mpsc::Sender<Update>) {
        let backoff = Backoff { first: self.times.first_pause, longest: self.times.longest_pause };
        let mut reconnect = ReconnectLoop::new(backoff);
        while reconnect.connecting(updates).await {
            let end = self.one_connection(updates, &mut reconnect).await;
            self.client.forget_redirect();
            if !reconnect.wait_to_reconnect(updates, end).await {
                return;
            }
        }
    }

    /// Listens until the connection ends. A connection that delivered a device tree counts as answered, even if a
    /// proxy cuts it soon after: the next pause is the shortest one, but not zero.
    async fn one_connection(&self, updates: &mpsc::Sender<Update>, reconnect: &mut ReconnectLoop) -> ConnectionEnd {
        let opened = tokio::time::timeout(self.times.dead, self.client.open_stream()).await;
        let mut response = match opened {
            Ok(Ok(response)) => response,
            Ok(Err(failure)) => return ConnectionEnd::Lost(failure),
            Err(_elapsed) => return ConnectionEnd::Lost(Failure::offline(Reason::NoAnswer)),
        };
        let mut decoder = Decoder::new(MAX_ANSWER);
        let mut events = Vec::new();
        let rest = self.times.dead.saturating_sub(self.times.silent);
        loop {
            let chunk = match tokio::time::timeout(self.times.silent, response.chunk()).await {
                Ok(chunk) => chunk,
                Err(_elapsed) => {
                    if updates.send(Update::Stalled).await.is_err() {
                        return ConnectionEnd::ReceiverGone;
                    }
                    match tokio::time::timeout(rest, response.chunk()).await {
                        Ok(chunk) => chunk,
                        Err(_elapsed) => return ConnectionEnd::Lost(Failure::offline(Reason::Silent)),
                    }
                }
            };
            match chunk {
                Ok(Some(bytes)) => {
                    if let Err(TooLarge) = decoder.push(&bytes, &mut events) {
                        return ConnectionEnd::Lost(too_large());
                    }
                }
                Ok(None) => return ConnectionEnd::Lost(Failure::offline(Reason::Closed)),
                Err(err) => return ConnectionEnd::Lost(Failure::offline(Reason::BrokeOff(cause(&err)))),
            }
            // If several device trees arrive at once, only the newest counts.
            let newest = events.iter().rposition(|event: &Event| event.name == "put");
            for (index, event) in events.drain(..).enumerate() {
                if event.name == "put" && Some(index) != newest {
                    continue;
                }
                match understand(&event, &self.client.inner.secrets) {
                    Ok(update) => {
                        if matches!(update, Update::Home(_)) {
                            reconnect.answered();
                        }
                        if updates.send(update).await.is_err() {
                            return ConnectionEnd::ReceiverGone;
                        }
                    }
                    Err(end) => return end,
                }
            }
        }
    }
}

fn understand(event: &Event, secrets: &Secrets) -> Result<Update, ConnectionEnd> {
    match event.name.as_str() {
        "put" => match wire::parse_put(&event.data) {
            Ok(Some(home)) => Ok(Update::Home(Box::new(home))),
            // A missing value is not an empty home: keep the last device tree.
            Ok(None) => Ok(Update::Alive),
            Err(err) => Err(ConnectionEnd::Lost(malformed(&err, secrets))),
        },
        // The data of this event is the token, so nothing reads or logs it.
        "auth_revoked" => Err(ConnectionEnd::Lost(Failure::new(FailureKind::SignIn, Reason::Withdrawn))),
        "error" => Err(ConnectionEnd::Lost(Failure::offline(Reason::StreamFailed))),
        "cancel" => Err(ConnectionEnd::Lost(Failure::offline(Reason::StreamCancelled))),
        // keep-alive, open, and events of later servers.
        _ => Ok(Update::Alive),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revoked_token_is_in_no_message() {
        let event = Event { name: "auth_revoked".to_owned(), data: "c.secret".to_owned() };
        let Err(ConnectionEnd::Lost(failure)) = understand(&event, &Secrets::none()) else { panic!("not lost") };
        assert_eq!(failure.kind, FailureKind::SignIn);
        assert!(!format!("{failure:?}").contains("secret"));
    }
}
