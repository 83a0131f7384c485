//! Token buckets: a number of calls at once, and one more after each step of time.

use std::time::Duration;

use tokio::time::Instant;

/// The capacity and the refill rate of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Capacity: the number of calls that are possible at once after a quiet time.
    pub burst: u32,
    /// The time in which one token is added; zero means no limit.
    pub refill: Duration,
}

impl Rate {
    /// No limit.
    pub const UNLIMITED: Self = Self { burst: u32::MAX, refill: Duration::ZERO };
}

/// The tokens that are left of a rate.
#[derive(Debug, Clone, Copy)]
pub struct TokenBucket {
    rate: Rate,
    /// Tokens, in fractions, at the time `at`.
    left: f64,
    /// `None` until the first call: time adds nothing to a full bucket.
    at: Option<Instant>,
}

impl TokenBucket {
    /// Creates a full bucket.
    pub fn full(rate: Rate) -> Self {
        Self { rate, left: f64::from(rate.burst), at: None }
    }

    /// Creates a bucket that had `left` tokens when `passed` began, which ends at `now`. A number that is not
    /// finite counts as none.
    pub fn restored(rate: Rate, left: f64, passed: Duration, now: Instant) -> Self {
        let left = if left.is_finite() { left.clamp(0.0, f64::from(rate.burst)) } else { 0.0 };
        let mut bucket = Self { rate, left, at: Some(now) };
        bucket.add(passed);
        bucket
    }

    fn add(&mut self, passed: Duration) {
        let refill = self.rate.refill.as_secs_f64();
        let gained = if refill > 0.0 { passed.as_secs_f64() / refill } else { f64::INFINITY };
        self.left = (self.left + gained).min(f64::from(self.rate.burst));
    }

    fn refill(&mut self, now: Instant) {
        if let Some(at) = self.at {
            self.add(now.saturating_duration_since(at));
        }
        // Never back, or the same time would add tokens twice.
        self.at = self.at.max(Some(now));
    }

    /// Returns the tokens at `now`, in fractions.
    pub fn left(mut self, now: Instant) -> f64 {
        self.refill(now);
        self.left
    }

    /// Returns the time from `now` until one token is available; zero if one is available already.
    pub fn wait(mut self, now: Instant) -> Duration {
        self.refill(now);
        self.rate.refill.mul_f64((1.0 - self.left).clamp(0.0, 1.0))
    }

    /// Takes one token.
    ///
    /// # Errors
    /// The time from `now` until one is available.
    pub fn take(&mut self, now: Instant) -> Result<(), Duration> {
        let wait = self.wait(now);
        self.refill(now);
        if self.left < 1.0 {
            return Err(wait);
        }
        self.left -= 1.0;
        Ok(())
    }

    /// Returns one token that was not used.
    pub fn give_back(&mut self) {
        self.left = (self.left + 1.0).min(f64::from(self.rate.burst));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: Rate = Rate { burst: 2, refill: Duration::from_mins(1) };

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let start = Instant::now();
        let mut bucket = TokenBucket::full(TWO);
        assert_eq!(bucket.take(start), Ok(()));
        assert_eq!(bucket.take(start), Ok(()));
        assert_eq!(bucket.take(start), Err(Duration::from_mins(1)));
        assert_eq!(bucket.take(start + Duration::from_secs(30)), Err(Duration::from_secs(30)));
        assert_eq!(bucket.take(start + Duration::from_secs(61)), Ok(()));
    }

    #[test]
    fn a_rate_without_a_limit_never_refuses() {
        let start = Instant::now();
        let mut bucket = TokenBucket::full(Rate::UNLIMITED);
        assert!((0..10_000).all(|_| bucket.take(start).is_ok()));
    }

    #[test]
    fn a_bucket_never_holds_more_than_its_burst() {
        let start = Instant::now();
        let mut bucket = TokenBucket::restored(TWO, 1e9, Duration::from_hours(9), start);
        bucket.give_back();
        assert!((bucket.left(start + Duration::from_hours(9)) - 2.0).abs() < 1e-9);
        assert!(TokenBucket::restored(TWO, f64::NAN, Duration::ZERO, start).left(start).abs() < 1e-9);
        assert!(TokenBucket::restored(TWO, -5.0, Duration::ZERO, start).left(start).abs() < 1e-9);
    }

    #[test]
    fn a_clock_that_goes_back_adds_nothing() {
        let start = Instant::now();
        let later = start + Duration::from_mins(5);
        let mut bucket = TokenBucket::full(TWO);
        assert!(bucket.take(later).is_ok() && bucket.take(later).is_ok());
        assert!(bucket.take(start).is_err());
        assert!(bucket.take(later).is_err(), "the same time counts once");
    }
}
