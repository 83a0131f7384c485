//! No Longer Evil: a server of one's own for Nest thermostats of the first and second generation,
//! which the vendor no longer serves.
//!
//! Its control API has no version and no authentication; the facts here are of its release 1.0.1.
//! It answers at once with what it was told, and a thermostat that sleeps obeys within ten minutes.
//! Away and Eco are one thing there, for a whole home: what was asked for is shown until the
//! thermostats report it themselves.

mod client;
mod commands;
mod home;
mod listen;
mod wire;

pub use client::NleClient;
pub use listen::{NleService, NleTimes};
