//! Setpoint: a native desktop controller for Nest homes.

pub mod clock;
pub mod home;
pub mod simulator;
pub mod wwn;
