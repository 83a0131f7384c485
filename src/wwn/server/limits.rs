//! Rate limits: calls per token, changes per device.
//!
//! The vendor publishes no numbers beyond "at most one call per minute"; its staff named ten changes to a home's
//! thermostats per hour. Simulated devices had far higher limits. Our default limits are also high;
//! [`ServerLimits::STRICT`] follows the real service.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::rate_limit::{Rate, TokenBucket};

/// The limits of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerLimits {
    /// Calls and streams of one token.
    pub calls: Rate,
    /// Changes to one device or structure, by all tokens.
    pub changes: Rate,
}

impl ServerLimits {
    /// The limits that are reported of the real service.
    pub const STRICT: Self = Self {
        calls: Rate { burst: 10, refill: Duration::from_mins(1) },
        changes: Rate { burst: 10, refill: Duration::from_mins(6) },
    };

    /// No limits.
    pub const NONE: Self = Self { calls: Rate::UNLIMITED, changes: Rate::UNLIMITED };
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            calls: Rate { burst: 2000, refill: Duration::from_millis(10) },
            changes: Rate { burst: 200, refill: Duration::from_millis(100) },
        }
    }
}

/// The remaining changes of each device and structure.
pub(super) struct Changes {
    rate: Rate,
    buckets: Mutex<BTreeMap<String, TokenBucket>>,
}

impl Changes {
    pub(super) fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::default() }
    }

    /// Takes one change of a device that exists. Unknown ids would fill the memory, so the caller checks the id
    /// first.
    pub(super) fn take(&self, id: &str, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.entry(id.to_owned()).or_insert_with(|| TokenBucket::full(self.rate)).take(now)
    }

    /// Returns a change that was refused: it did not reach the device.
    pub(super) fn give_back(&self, id: &str) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(id) {
            bucket.give_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_counted_apart_and_refused_changes_are_given_back() {
        let start = Instant::now();
        let changes = Changes::new(Rate { burst: 1, refill: Duration::from_mins(1) });
        assert!(changes.take("a", start).is_ok() && changes.take("b", start).is_ok());
        assert!(changes.take("a", start).is_err());
        changes.give_back("a");
        assert!(changes.take("a", start).is_ok());
    }
}
