//! No Longer Evil: a self-hosted server for Nest thermostats of the first and second generation, which the
//! vendor no longer serves.
//!
//! Its control API has no version and no authentication; the facts here are of its release 1.0.1. The server
//! answers a command at once, and a sleeping thermostat applies it within ten minutes. Away and Eco are one
//! state there, for a whole home: the device tree shows the requested state until the thermostats report it.
//!
//! The project also runs a hosted server with another API: [`HostedService`], checked against its documentation
//! only.
use std::time::Duration;

use crate::rate_limit::Rate;
use crate::service::WriteLimits;

mod api;
mod change_debounce;
mod client;
mod commands;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod home;
mod hosted;
mod listen;
mod raw;
mod schedule;
mod wire;

pub use client::NleClient;
pub use hosted::{HostedApi, HostedClient, HostedService, HostedTimes, LIMITS as HOSTED_LIMITS, is_hosted};
pub use listen::{NleService, NleTimes};
pub use raw::OwnServerApi;

/// Limits of an own No Longer Evil server, which has none. They spare thermostats that sleep.
pub const LIMITS: WriteLimits = WriteLimits {
    account: Rate { burst: 60, refill: Duration::from_secs(2) },
    device: Rate { burst: 20, refill: Duration::from_secs(15) },
    is_kept: false,
};
