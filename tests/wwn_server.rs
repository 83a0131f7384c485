//! The Works with Nest server in front of the simulated home, over real loopback sockets.

#[path = "wwn_server/client.rs"]
mod client;
#[path = "wwn_server/data.rs"]
mod data;
