//! A simulated home behind a real Works with Nest server on loopback.
//!
//! It needs no account and no network, and it does what a home does: rooms cool and are heated,
//! fans run out, cameras see people, alarms warn. The program uses it when nothing else is
//! connected; every test of a client does, too. Everything that is left to chance comes from a
//! seed.
//!
//! `physics` is pure; `world` is the home and what is behind it; `life` lets time pass and is
//! what the server asks; `controls` is a hand from outside.

mod alarms;
mod build;
mod cameras;
mod controls;
mod ids;
mod life;
mod options;
mod physics;
mod picture;
mod plans;
mod start;
mod world;
mod writes;

pub use cameras::EventKind;
pub use controls::{Conditions, Controls};
pub use options::{Options, Plan, StartError, UnknownPlan};
pub use start::{Simulation, start};
