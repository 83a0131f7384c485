//! `setpoint open LINK`: what the desktop runs for a link.

use clap::Args;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Such as "setpoint://thermostat/hallway?target=21"
    pub(super) link: String,
}
