//! No Longer Evil: a server of one's own for Nest thermostats of the first and second generation,
//! which the vendor no longer serves.
//!
//! Its control API has no version and no authentication; the facts here are of its release 1.0.1.
//! It answers at once with what it was told, and a thermostat that sleeps obeys within ten minutes.
//! Away and Eco are one thing there, for a whole home: what was asked for is shown until the
//! thermostats report it themselves.
//!
//! The project also runs a server for others, with another API: [`HostedService`], checked against
//! its documentation only.

mod api;
mod client;
mod commands;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod home;
mod hosted;
mod listen;
mod rung;
mod wire;

pub use client::NleClient;
pub use hosted::{HostedClient, HostedService, HostedTimes, is_hosted};
pub use listen::{NleService, NleTimes};
