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

/// The refill rate and the capacity of a bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Capacity: the number of writes that are possible at once after a quiet time.
    pub burst: u32,
    /// The time in which one token is added.
    pub refill: Duration,
}

/// The limits of one kind of account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The limit of all writes together.
    pub account: Rate,
    /// The limit of the writes to one device or structure.
    pub device: Rate,
    /// True if the limits hold across processes, so that the rest of the budget is kept on disk.
    pub is_kept: bool,
}

impl Limits {
    /// Limits of a real home.
    pub const REAL: Self = Self {
        account: Rate { burst: 20, refill: Duration::from_secs(30) },
        device: Rate { burst: 10, refill: Duration::from_mins(6) },
        is_kept: true,
    };
    /// Limits of Google Device Access: five commands a minute and a hundred an hour for a thermostat, ten a
    /// minute for all devices of a user.
    pub const DEVICE_ACCESS: Self = Self {
        account: Rate { burst: 5, refill: Duration::from_secs(12) },
        device: Rate { burst: 3, refill: Duration::from_secs(40) },
        is_kept: true,
    };
    /// Limits of an own No Longer Evil server, which has none. They spare thermostats that sleep.
    pub const OWN_SERVER: Self = Self {
        account: Rate { burst: 60, refill: Duration::from_secs(2) },
        device: Rate { burst: 20, refill: Duration::from_secs(15) },
        is_kept: false,
    };
    /// Limits of the hosted No Longer Evil server: twenty calls a minute in all. A change takes two, and reads
    /// use at most half.
    pub const HOSTED: Self = Self {
        account: Rate { burst: 4, refill: Duration::from_secs(15) },
        device: Rate { burst: 4, refill: Duration::from_secs(15) },
        is_kept: true,
    };
    /// Limits of a simulated home.
    pub const SIMULATED: Self = Self {
        account: Rate { burst: 600, refill: Duration::from_millis(100) },
        device: Rate { burst: 120, refill: Duration::from_millis(500) },
        is_kept: false,
    };
}

/// The limit that is used up, and its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spent {
    /// The time at which the next write is possible.
    pub until: Instant,
}

/// The tokens that are left.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    account: Bucket,
    devices: BTreeMap<Node, Bucket>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// Tokens, in fractions, at the time `at`.
    left: f64,
    at: Instant,
}

impl Bucket {
    fn full(rate: Rate, now: Instant) -> Self {
        Self { left: f64::from(rate.burst), at: now }
    }

    fn refill(&mut self, rate: Rate, now: Instant) {
        let gained = now.saturating_duration_since(self.at).as_secs_f64() / rate.refill.as_secs_f64().max(1e-9);
        self.left = (self.left + gained).min(f64::from(rate.burst));
        self.at = now;
    }

    fn next(&self, rate: Rate) -> Option<Instant> {
        (self.left < 1.0).then(|| {
            // Add a millisecond, so that rounding does not make the wait too short.
            self.at + rate.refill.mul_f64((1.0 - self.left).clamp(0.0, 1.0)) + Duration::from_millis(1)
        })
    }
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
    pub(super) fn restored(limits: Limits, kept: Option<KeptBudget>, now: Instant, wall: Timestamp) -> Self {
        let Some(kept) = kept.filter(|_| limits.is_kept) else { return Self::new(limits, now) };
        let bucket = |rate: Rate, kept: KeptBucket| {
            // A clock that was set back refills nothing; one that is ahead fills the bucket.
            let passed = Duration::try_from(wall.duration_since(kept.at)).unwrap_or_default();
            let left = if kept.left.is_finite() { kept.left.clamp(0.0, f64::from(rate.burst)) } else { 0.0 };
            let gained = passed.as_secs_f64() / rate.refill.as_secs_f64().max(1e-9);
            Bucket { left: (left + gained).min(f64::from(rate.burst)), at: now }
        };
        let devices = kept.devices.into_iter().take(MOST_KEPT);
        Self {
            limits,
            account: bucket(limits.account, kept.account),
            devices: devices.map(|(node, kept)| (node, bucket(limits.device, kept))).collect(),
        }
    }

    /// The budget to store on disk; `None` if every bucket is full.
    pub(super) fn to_keep(&self, now: Instant, wall: Timestamp) -> Option<KeptBudget> {
        let keep = |rate: Rate, mut bucket: Bucket| {
            bucket.refill(rate, now);
            KeptBucket { left: bucket.left, at: wall }
        };
        let Limits { account, device, is_kept } = self.limits;
        let is_full = |kept: &KeptBucket| kept.left >= f64::from(device.burst);
        let devices = self.devices.iter().map(|(node, bucket)| (node.clone(), keep(device, *bucket)));
        let devices = devices.filter(|(_, kept)| !is_full(kept)).take(MOST_KEPT).collect();
        is_kept.then(|| KeptBudget { account: keep(account, self.account), devices })
    }

    /// A budget with full buckets.
    pub(super) fn new(limits: Limits, now: Instant) -> Self {
        Self { limits, account: Bucket::full(limits.account, now), devices: BTreeMap::new() }
    }

    /// Takes one token from the bucket of the account and of the device, or from neither.
    pub(super) fn take(&mut self, node: &Node, now: Instant) -> Result<(), Spent> {
        let Limits { account, device, .. } = self.limits;
        self.account.refill(account, now);
        let of_device = self.devices.entry(node.clone()).or_insert_with(|| Bucket::full(device, now));
        of_device.refill(device, now);
        let until = self.account.next(account).max(of_device.next(device));
        if let Some(until) = until {
            return Err(Spent { until });
        }
        self.account.left -= 1.0;
        of_device.left -= 1.0;
        Ok(())
    }

    /// Returns the tokens of a write that was not sent.
    pub(super) fn give_back(&mut self, node: &Node) {
        let Limits { account, device, .. } = self.limits;
        self.account.left = (self.account.left + 1.0).min(f64::from(account.burst));
        if let Some(of_device) = self.devices.get_mut(node) {
            of_device.left = (of_device.left + 1.0).min(f64::from(device.burst));
        }
    }

    /// The number of writes that the account can send now.
    pub(super) fn account_left(&self, now: Instant) -> u32 {
        let mut of_account = self.account;
        of_account.refill(self.limits.account, now);
        of_account.left.max(0.0) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str) -> Node {
        Node::Thermostat(id.into())
    }

    #[test]
    fn a_device_has_a_burst_and_then_a_refill_rate() {
        let start = Instant::now();
        let mut budget = Budget::new(Limits::REAL, start);
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
        let mut budget = Budget::new(Limits::REAL, start);
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
        let mut budget = Budget::new(Limits::DEVICE_ACCESS, start);
        for _ in 0..3 {
            assert_eq!(budget.take(&node("t"), start), Ok(()));
        }
        let kept = budget.to_keep(start, wall).expect("kept");
        let json = serde_json::to_string(&kept).expect("plain data");
        let again = |seconds: i64| {
            let kept = serde_json::from_str(&json).expect("its own form");
            let later = wall + jiff::SignedDuration::from_secs(seconds);
            Budget::restored(Limits::DEVICE_ACCESS, Some(kept), start, later)
        };
        let spent = again(0).take(&node("t"), start).expect_err("the thermostat has no more");
        assert!(spent.until - start > Duration::from_secs(39));
        assert_eq!(again(0).account_left(start), 2);
        assert_eq!(again(41).take(&node("t"), start), Ok(()));
        assert!(again(-3600).take(&node("t"), start).is_err(), "a clock that is set back gives nothing");
        let simulated = Budget::new(Limits::SIMULATED, start);
        assert_eq!(simulated.to_keep(start, wall), None);
    }
}
