//! The Works with Nest server in front of the simulated home, over real loopback sockets.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what was wrong by failing")]

#[path = "wwn_server/client.rs"]
mod client;
#[path = "wwn_server/connections.rs"]
mod connections;
#[path = "wwn_server/data.rs"]
mod data;
#[path = "wwn_server/home_life.rs"]
mod home_life;
#[path = "wwn_server/refusals.rs"]
mod refusals;
#[path = "wwn_server/sign_in.rs"]
mod sign_in;
#[path = "wwn_server/streams.rs"]
mod streams;
#[path = "wwn_server/trouble.rs"]
mod trouble;
