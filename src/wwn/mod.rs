//! The Works with Nest protocol, client and server: its JSON, its errors, a client and a server.
//!
//! The vendor switched its own host off on 2023-09-29. The client speaks to replacement servers, and the server
//! is one.

pub mod client;
pub mod error;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod raw;
pub mod server;
pub mod wire;

pub use raw::DocumentApi;
