//! The findings of 2026-11-28 as a user or a script sees them, each test named by its number: the program itself
//! and its services, in front of servers that behave as real homes and hostile peers do. A name that begins with
//! `a_l` is of the table of low ones of real homes.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

mod google;
mod hostile;
mod neighbours;
mod real_homes;

use setpoint::simulator::Simulation;
use support::PATIENCE;
use support::user::User;

/// The serial number of the thermostat at No Longer Evil.
const SERIAL: &str = "02AA01AB50120001";

/// Runs the program on a simulated home. Returns exit code, standard output and standard error.
async fn run_at(user: &User, home: &Simulation, arguments: &[&str]) -> (i32, String, String) {
    let mut command = user.command(arguments);
    command.env("SETPOINT_URL", home.url().as_str()).env("SETPOINT_TOKEN", home.token());
    let output = tokio::time::timeout(PATIENCE, command.output()).await.expect("in time").expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("a code"), text(&output.stdout), text(&output.stderr))
}
