//! Setpoint: a native desktop controller for Nest homes.

pub mod account;
pub mod cli;
pub mod clock;
pub mod engine;
pub mod files;
pub mod home;
pub mod language;
pub mod service;
pub mod session;
pub mod settings;
pub mod simulator;
pub mod ui;
pub mod wwn;
