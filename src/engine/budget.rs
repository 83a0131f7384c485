//! The number of writes that an account and a device may make: token buckets, checked before each write.
//!
//! The vendor publishes no numbers. It advises at most one call per minute and token, and its staff called ten
//! changes per hour and device harmless. A simulated home allows far more.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::home::Node;
use crate::rate_limit::{Rate, TokenBucket};
use crate::service::WriteLimits;

/// The limit that is used up, and its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spent {
    /// The time at which the next write is possible.
    pub until: Instant,
}

impl Spent {
    /// One millisecond later, so that rounding does not make the wait too short.
    fn until(next: Instant) -> Self {
        Self { until: next + Duration::from_millis(1) }
    }
}

/// The tokens that are left.
#[derive(Debug)]
pub(super) struct Budget {
    limits: WriteLimits,
    account: TokenBucket,
    devices: BTreeMap<Node, TokenBucket>,
}

/// A bucket as it is stored on disk.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct KeptBucket {
    left: f64,
    at: Timestamp,
}

/// The budget as it is stored on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::engine) struct KeptBudget {
    account: KeptBucket,
    devices: Vec<(Node, KeptBucket)>,
}

/// Number of device buckets that are stored. Full buckets are not stored.
const MOST_KEPT: usize = 256;

impl Budget {
    /// Restores the buckets that an earlier process stored, or starts with full ones.
    pub(super) fn restored(limits: WriteLimits, kept: Option<KeptBudget>, now: Instant, wall: Timestamp) -> Self {
        let Some(kept) = kept.filter(|_| limits.is_kept) else { return Self::new(limits) };
        let bucket = |rate: Rate, kept: KeptBucket| {
            // A clock that was set back refills nothing; one that is ahead fills the bucket.
            let passed = Duration::try_from(wall.duration_since(kept.at)).unwrap_or_default();
            TokenBucket::restored(rate, kept.left, passed, now)
        };
        let devices = kept.devices.into_iter().take(MOST_KEPT);
        Self {
            limits,
            account: bucket(limits.account, kept.account),
            devices: devices.map(|(node, kept)| (node, bucket(limits.device, kept))).collect(),
        }
    }

    /// The budget to store on disk; `None` if the limits do not hold across processes.
    pub(super) fn to_keep(&self, now: Instant, wall: Timestamp) -> Option<KeptBudget> {
        let keep = |bucket: &TokenBucket| KeptBucket { left: bucket.left(now), at: wall };
        let burst = f64::from(self.limits.device.burst);
        let devices = self.devices.iter().map(|(node, bucket)| (node.clone(), keep(bucket)));
        let devices = devices.filter(|(_, kept)| kept.left < burst).take(MOST_KEPT).collect();
        self.limits.is_kept.then(|| KeptBudget { account: keep(&self.account), devices })
    }

    /// A budget with full buckets.
    pub(super) fn new(limits: WriteLimits) -> Self {
        Self { limits, account: TokenBucket::full(limits.account), devices: BTreeMap::new() }
    }

    /// Takes one token from the bucket of the account and of the device, or from neither.
    pub(super) fn take(&mut self, node: &Node, now: Instant) -> Result<(), Spent> {
        let full = TokenBucket::full(self.limits.device);
        let of_device = self.devices.entry(node.clone()).or_insert(full);
        if let Err(wait) = of_device.take(now) {
            return Err(Spent::until(now + wait.max(self.account.wait(now))));
        }
        self.account.take(now).map_err(|wait| {
            of_device.give_back();
            Spent::until(now + wait)
        })
    }

    /// Returns the tokens of a write that was not sent.
    pub(super) fn give_back(&mut self, node: &Node) {
        self.account.give_back();
        if let Some(of_device) = self.devices.get_mut(node) {
            of_device.give_back();
        }
    }

    /// The number of writes that the account can send now.
    pub(super) fn account_left(&self, now: Instant) -> u32 {
        self.account.left(now).max(0.0) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Limits as of Google Device Access.
    const OF_GOOGLE: WriteLimits = WriteLimits {
        account: Rate { burst: 5, refill: Duration::from_secs(12) },
        device: Rate { burst: 3, refill: Duration::from_secs(40) },
        is_kept: true,
    };

    fn node(id: &str) -> Node {
        Node::Thermostat(id.into())
    }

    #[test]
    fn a_device_has_a_burst_and_then_a_refill_rate() {
        let start = Instant::now();
        let mut budget = Budget::new(WriteLimits::REAL);
        for _ in 0..10 {
            assert_eq!(budget.take(&node("a"), start), Ok(()));
        }
        let spent = budget.take(&node("a"), start).expect_err("the eleventh");
        let wait = spent.until - start;
        assert!(wait >= Duration::from_mins(6) && wait < Duration::from_secs(361), "{wait:?}");
        assert_eq!(budget.take(&node("b"), start), Ok(()), "another device is not concerned");
        assert_eq!(budget.take(&node("a"), spent.until), Ok(()));
        assert!(budget.take(&node("a"), spent.until).is_err());
    }

    #[test]
    fn the_account_limits_all_devices_together() {
        let start = Instant::now();
        let mut budget = Budget::new(WriteLimits::REAL);
        for index in 0..20 {
            assert_eq!(budget.take(&node(&index.to_string()), start), Ok(()));
        }
        assert!(budget.take(&node("one more"), start).is_err());
        assert_eq!(budget.account_left(start), 0);
        assert_eq!(budget.account_left(start + Duration::from_mins(1)), 2);
    }

    /// Findings G3: the service counts commands that run one after another as one account.
    #[test]
    fn g3_the_budget_is_shared_with_the_next_process() {
        let (start, wall) = (Instant::now(), Timestamp::from_second(1_800_000_000).expect("in range"));
        let mut budget = Budget::new(OF_GOOGLE);
        for _ in 0..3 {
            assert_eq!(budget.take(&node("t"), start), Ok(()));
        }
        let kept = budget.to_keep(start, wall).expect("kept");
        let json = serde_json::to_string(&kept).expect("plain data");
        let again = |seconds: i64| {
            let kept = serde_json::from_str(&json).expect("its own form");
            let later = wall + jiff::SignedDuration::from_secs(seconds);
            Budget::restored(OF_GOOGLE, Some(kept), start, later)
        };
        let spent = again(0).take(&node("t"), start).expect_err("the thermostat has no more");
        assert!(spent.until - start > Duration::from_secs(39));
        assert_eq!(again(0).account_left(start), 2);
        assert_eq!(again(41).take(&node("t"), start), Ok(()));
        assert!(again(-3600).take(&node("t"), start).is_err(), "a clock that is set back gives nothing");
        let simulated = Budget::new(WriteLimits::SIMULATED);
        assert_eq!(simulated.to_keep(start, wall), None);
    }
}
