//! A simulated home behind a real Works with Nest server on loopback.
//!
//! The simulator needs no account and no network, and it behaves like a home: rooms cool and are heated, fans
//! run out, cameras see people, alarms warn. The program uses it when nothing else is connected; every test of a
//! client does, too. A seed decides everything random.
//!
//! `physics` is pure; `world` is the device tree and its hidden state; `life` advances the time and answers the
//! server; `controls` changes the home from outside; `past` makes up a year before the present; `day` is a day in a copy
//! of any home.

mod alarms;
mod build;
mod cameras;
mod controls;
mod day;
mod ids;
mod life;
mod options;
mod past;
mod physics;
mod picture;
mod plans;
mod start;
mod world;
mod writes;

pub use cameras::EventKind;
pub use controls::{Conditions, Controls};
pub use day::{Happening, SimulatedDay};
pub use options::{HomePlan, Options, StartError, UnknownPlan};
pub use past::{PAST_STEP_S, Past};
pub use start::{Simulation, start};
