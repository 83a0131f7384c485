//! `setpoint simulate`: a simulated home behind a Works with Nest server, until interrupted.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::{CliError, print, warn};
use crate::clock::SystemClock;
use crate::simulator::{self, HomePlan, Options};
use crate::wwn::server::{Certificate, Fault};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Listen on this address and port; port 0 lets the machine choose
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Speak https with the certificate in this file, in PEM form, with those that vouch for it
    #[arg(long, value_name = "FILE", requires = "key", value_hint = clap::ValueHint::FilePath)]
    certificate: Option<PathBuf>,
    /// The key of the certificate, in PEM form
    #[arg(long, value_name = "FILE", requires = "certificate", value_hint = clap::ValueHint::FilePath)]
    key: Option<PathBuf>,
    /// Size of the home: apartment, house, or estate:N with N thermostats
    #[arg(long, value_name = "PLAN", default_value = "house")]
    home: HomePlan,
    /// Speed of time; 60 makes a minute of a second
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    speed: f64,
    /// The same seed gives the same home with the same token; without one the token is a new one in each run
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Cause a fault, such as latency=200ms, 429, 503=0.2 or drop-stream=10s; may be repeated
    #[arg(long, value_name = "FAULT")]
    fault: Vec<Fault>,
}

pub(super) async fn run(arguments: Arguments) -> Result<(), CliError> {
    let Arguments { listen, certificate, key, home, speed, seed, fault } = arguments;
    let certificate = match certificate.zip(key) {
        Some((certificate, key)) => {
            Some(Certificate::read(&certificate, &key).map_err(|err| CliError::usage(err.to_string()))?)
        }
        None => None,
    };
    let default = Options::default();
    let (seeded_secrets, seed) = (seed.is_some(), seed.unwrap_or(default.seed));
    let options = Options { listen, certificate, home, speed, seed, seeded_secrets, faults: fault, ..default };
    let simulation = simulator::start(options, SystemClock::shared()).await.map_err(CliError::usage)?;
    print(simulation.ready_line())?;
    interrupted().await;
    warn(&"stopping");
    simulation.stop().await;
    Ok(())
}

/// Waits for an interrupt.
pub(super) async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                ended = tokio::signal::ctrl_c() => drop(ended),
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    tokio::signal::ctrl_c().await.ok();
}
