//! The wall clock, passed in so that tests can set the time.

use std::sync::Arc;

use jiff::Timestamp;

/// A wall clock.
pub trait Clock: Send + Sync + 'static {
    /// The present time.
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

impl SystemClock {
    /// The clock in an `Arc`.
    pub fn shared() -> Arc<dyn Clock> {
        Arc::new(Self)
    }
}
