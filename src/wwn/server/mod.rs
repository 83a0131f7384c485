//! A Works with Nest service in front of anything that can answer: the simulated home, or a
//! bridge to a real one.
//!
//! Two addresses, as the real service had. The *front* answers every REST and streaming call
//! with 307 to the *api* address (same path and query), where the document is; signing in
//! happens on the front itself. Whatever a client sends, it gets an answer with a body that says
//! what was wrong; nothing here panics on input, and no address or token is logged.

mod answer;
mod api;
mod authorize;
mod backend;
mod connections;
mod fault;
mod front;
mod idle;
mod limits;
mod oauth;
mod path;
mod permissions;
mod rendering;
mod service;
mod stall;
mod stream;
mod tls;
mod tokens;
mod write;

pub use backend::{Backend, Picture, PictureKind, PictureRequest};
pub use connections::Connections;
pub use fault::{Fault, FaultStatus, UnknownFault};
pub use limits::{Allowance, Limits};
pub use oauth::Product;
pub use permissions::{Access, Permissions};
pub use service::{Config, Listeners, Service, serve};
pub use tls::{Certificate, CertificateError};
pub use tokens::{Grant, Randomness};
