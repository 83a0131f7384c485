//! The number of writes that an account of a service may make.

use std::time::Duration;

use crate::rate_limit::Rate;

/// The limits of one kind of account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteLimits {
    /// The limit of all writes together.
    pub account: Rate,
    /// The limit of the writes to one device or structure.
    pub device: Rate,
    /// True if the limits hold across processes, so that the rest of the budget is kept on disk.
    pub is_kept: bool,
}

impl WriteLimits {
    /// Limits of a real home.
    pub const REAL: Self = Self {
        account: Rate { burst: 20, refill: Duration::from_secs(30) },
        device: Rate { burst: 10, refill: Duration::from_mins(6) },
        is_kept: true,
    };
    /// Limits of a simulated home.
    pub const SIMULATED: Self = Self {
        account: Rate { burst: 600, refill: Duration::from_millis(100) },
        device: Rate { burst: 120, refill: Duration::from_millis(500) },
        is_kept: false,
    };
}
