//! Rate limits: calls per token, changes per device.
//!
//! The vendor publishes no numbers beyond "at most one call per minute"; its staff named ten changes to a home's
//! thermostats per hour. Simulated devices had far higher limits. Our default limits are also high;
//! [`Limits::STRICT`] follows the real service.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A burst size and a refill rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// The largest number at once after a quiet time.
    pub burst: u32,
    /// The time until one more is allowed; zero means no limit.
    pub every: Duration,
}

impl Allowance {
    /// No limit.
    pub const UNLIMITED: Self = Self { burst: u32::MAX, every: Duration::ZERO };

    /// Creates a full bucket.
    pub(super) fn bucket(self) -> Bucket {
        Bucket { allowance: self, left: f64::from(self.burst), counted: None }
    }
}

/// The limits of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls and streams of one token.
    pub calls: Allowance,
    /// Changes to one device or structure, by all tokens.
    pub changes: Allowance,
}

impl Limits {
    /// The limits that are reported of the real service.
    pub const STRICT: Self = Self {
        calls: Allowance { burst: 10, every: Duration::from_mins(1) },
        changes: Allowance { burst: 10, every: Duration::from_mins(6) },
    };

    /// No limits.
    pub const NONE: Self = Self { calls: Allowance::UNLIMITED, changes: Allowance::UNLIMITED };
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls: Allowance { burst: 2000, every: Duration::from_millis(10) },
            changes: Allowance { burst: 200, every: Duration::from_millis(100) },
        }
    }
}

/// A token bucket: the rest of an allowance.
#[derive(Debug)]
pub(super) struct Bucket {
    allowance: Allowance,
    left: f64,
    counted: Option<Instant>,
}

impl Bucket {
    /// Takes one, or returns the time until one is available.
    pub(super) fn take(&mut self, now: Instant) -> Result<(), Duration> {
        let every = self.allowance.every.as_secs_f64();
        if every <= 0.0 {
            return Ok(());
        }
        if let Some(counted) = self.counted {
            let gained = now.saturating_duration_since(counted).as_secs_f64() / every;
            self.left = (self.left + gained).min(f64::from(self.allowance.burst));
        }
        self.counted = Some(now);
        if self.left >= 1.0 {
            self.left -= 1.0;
            Ok(())
        } else {
            let missing = (1.0 - self.left) * every;
            Err(Duration::try_from_secs_f64(missing).unwrap_or(self.allowance.every))
        }
    }

    /// Returns one that was not used.
    fn give_back(&mut self) {
        self.left = (self.left + 1.0).min(f64::from(self.allowance.burst));
    }
}

/// The remaining changes of each device and structure.
pub(super) struct Changes {
    allowance: Allowance,
    buckets: Mutex<BTreeMap<String, Bucket>>,
}

impl Changes {
    pub(super) fn new(allowance: Allowance) -> Self {
        Self { allowance, buckets: Mutex::default() }
    }

    /// Takes one change of a device that exists. Unknown ids would fill the memory, so the caller checks the id
    /// first.
    pub(super) fn take(&self, id: &str, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.entry(id.to_owned()).or_insert_with(|| self.allowance.bucket()).take(now)
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
    fn a_bucket_empties_and_fills_again() {
        let start = Instant::now();
        let mut bucket = Allowance { burst: 2, every: Duration::from_mins(1) }.bucket();
        assert_eq!(bucket.take(start), Ok(()));
        assert_eq!(bucket.take(start), Ok(()));
        assert_eq!(bucket.take(start), Err(Duration::from_mins(1)));
        assert_eq!(bucket.take(start + Duration::from_secs(30)), Err(Duration::from_secs(30)));
        assert_eq!(bucket.take(start + Duration::from_secs(61)), Ok(()));
    }

    #[test]
    fn no_limit_is_no_limit() {
        let start = Instant::now();
        let mut bucket = Allowance::UNLIMITED.bucket();
        assert!((0..10_000).all(|_| bucket.take(start).is_ok()));
    }

    #[test]
    fn devices_are_counted_apart_and_refused_changes_are_given_back() {
        let start = Instant::now();
        let changes = Changes::new(Allowance { burst: 1, every: Duration::from_mins(1) });
        assert!(changes.take("a", start).is_ok() && changes.take("b", start).is_ok());
        assert!(changes.take("a", start).is_err());
        changes.give_back("a");
        assert!(changes.take("a", start).is_ok());
    }
}
