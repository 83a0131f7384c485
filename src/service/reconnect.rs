//! The reconnect loop that the services share around their own way to listen.
//!
//! ```text
//!   connecting ──> answered ──> wait_to_reconnect ──┐
//!       ^                                           │
//!       └───────────────────────────────────────────┘
//! ```

use tokio::sync::mpsc;

use super::{Backoff, Failure, FailureKind, Update};

/// The reason that one connection ended.
#[derive(Debug)]
pub enum ConnectionEnd {
    /// The connection failed. The loop tries again after a pause, unless the user has to sign in first.
    Lost(Failure),
    /// The receiver of the updates is gone.
    ReceiverGone,
}

/// Counts the failures in a row and waits the pauses between connections.
#[derive(Debug)]
pub struct ReconnectLoop {
    backoff: Backoff,
    failures: u32,
}

impl ReconnectLoop {
    /// Creates a loop without failures.
    pub fn new(backoff: Backoff) -> Self {
        Self { backoff, failures: 0 }
    }

    /// Sends [`Update::Connecting`]; `false` if the receiver is gone.
    pub async fn connecting(&self, updates: &mpsc::Sender<Update>) -> bool {
        updates.send(Update::Connecting).await.is_ok()
    }

    /// Resets the failures, because the service answered.
    pub fn answered(&mut self) {
        self.failures = 0;
    }

    /// Sends the end of a connection and waits until the next one is due; `false` if there is none, because the
    /// receiver is gone or the user has to sign in.
    pub async fn wait_to_reconnect(&mut self, updates: &mpsc::Sender<Update>, end: ConnectionEnd) -> bool {
        let failure = match end {
            ConnectionEnd::ReceiverGone => return false,
            ConnectionEnd::Lost(failure) => failure,
        };
        if failure.kind == FailureKind::SignIn {
            updates.send(Update::SignedOut(failure)).await.ok();
            return false;
        }
        self.failures = self.failures.saturating_add(1);
        let retry_in = self.backoff.pause(self.failures, &failure, fastrand::f64());
        tracing::info!(?retry_in, "connection lost: {failure}");
        if updates.send(Update::Lost { failure, retry_in }).await.is_err() {
            return false;
        }
        tokio::time::sleep(retry_in).await;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::service::Reason;

    const BACKOFF: Backoff = Backoff { first: Duration::from_secs(2), longest: Duration::from_secs(60) };

    fn lost() -> ConnectionEnd {
        ConnectionEnd::Lost(Failure::offline(Reason::NoAnswer))
    }

    #[tokio::test(start_paused = true)]
    async fn pauses_grow_until_an_answer_and_a_sign_out_ends_the_loop() {
        let (sender, mut heard) = mpsc::channel(64);
        let mut line = ReconnectLoop::new(BACKOFF);
        for most in [2, 4, 8, 2, 4] {
            if most == 2 {
                line.answered();
            }
            let before = tokio::time::Instant::now();
            assert!(line.wait_to_reconnect(&sender, lost()).await);
            let most = Duration::from_secs(most);
            assert!((most / 2..=most + Duration::from_millis(2)).contains(&before.elapsed()), "{:?}", before.elapsed());
            assert!(matches!(heard.recv().await, Some(Update::Lost { .. })));
        }
        let refused = Failure::new(FailureKind::SignIn, Reason::NoAnswer);
        assert!(!line.wait_to_reconnect(&sender, ConnectionEnd::Lost(refused)).await);
        assert!(matches!(heard.recv().await, Some(Update::SignedOut(_))));
    }

    #[tokio::test]
    async fn the_loop_ends_when_the_receiver_is_gone() {
        let (sender, heard) = mpsc::channel(4);
        let mut line = ReconnectLoop::new(BACKOFF);
        assert!(line.connecting(&sender).await);
        assert!(!line.wait_to_reconnect(&sender, ConnectionEnd::ReceiverGone).await);
        drop(heard);
        assert!(!line.connecting(&sender).await && !line.wait_to_reconnect(&sender, lost()).await);
    }
}
