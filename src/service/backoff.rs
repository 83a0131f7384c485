//! The pause before a reconnect to a lost service.

use std::time::Duration;

use super::{Failure, FailureKind};

/// The shortest pause if a busy service does not give one.
const BUSY: Duration = Duration::from_mins(1);

/// Pauses between tries. Each one is twice as long as the one before.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    /// The first pause.
    pub first: Duration,
    /// The longest pause, unless the service asks for a longer one.
    pub longest: Duration,
}

impl Backoff {
    /// Returns the pause after `failures` failures in a row. `chance`, from 0 to 1, chooses between half of it
    /// and all of it, so that many clients do not reconnect at once. The pause is never shorter than the service
    /// asks.
    pub fn pause(self, failures: u32, failure: &Failure, chance: f64) -> Duration {
        let doubled = self.first.saturating_mul(1 << failures.saturating_sub(1).min(16));
        let longest = doubled.min(self.longest);
        let spread = longest / 2 + longest.mul_f64(chance.clamp(0.0, 1.0) / 2.0);
        match failure.kind {
            FailureKind::Busy(wait) => spread.max(wait.unwrap_or(BUSY)),
            FailureKind::Offline
            | FailureKind::SignIn
            | FailureKind::Refused
            | FailureKind::Gone
            | FailureKind::Bug => spread,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::Reason;

    const BACKOFF: Backoff = Backoff { first: Duration::from_secs(2), longest: Duration::from_secs(60) };

    #[test]
    fn pauses_double_up_to_the_longest() {
        let lost = Failure::offline(Reason::NoAnswer);
        let at = |failures, chance| BACKOFF.pause(failures, &lost, chance).as_secs();
        assert_eq!([at(1, 1.0), at(2, 1.0), at(3, 1.0), at(6, 1.0), at(4000, 1.0)], [2, 4, 8, 60, 60]);
        assert_eq!([at(1, 0.0), at(3, 0.0), at(3, 0.5)], [1, 4, 6]);
    }

    #[test]
    fn retry_after_is_respected() {
        let busy = |wait| Failure::new(FailureKind::Busy(wait), Reason::NoAnswer);
        assert_eq!(BACKOFF.pause(1, &busy(Some(Duration::from_secs(600))), 1.0).as_secs(), 600);
        assert_eq!(BACKOFF.pause(1, &busy(None), 1.0).as_secs(), 60);
        assert_eq!(BACKOFF.pause(6, &busy(Some(Duration::from_secs(1))), 1.0).as_secs(), 60);
    }
}
