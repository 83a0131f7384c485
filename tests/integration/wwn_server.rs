//! The Works with Nest server in front of the simulated home, over real loopback sockets.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what was wrong by failing")]

mod client;
mod connections;
mod data;
mod home_life;
mod refusals;
mod sign_in;
mod streams;
mod trouble;
