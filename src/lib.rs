//! Setpoint: a native desktop controller for Nest homes.

pub mod account;
pub mod clock;
pub mod engine;
pub mod files;
pub mod home;
pub mod service;
pub mod settings;
pub mod wwn;
