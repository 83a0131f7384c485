//! A Works with Nest service in front of a [`Backend`]: the simulated home, or a bridge to a real one.
//!
//! The service has two addresses, like the real one. The *front* answers every REST and streaming call with 307
//! to the *api* address (same path and query), which serves the document; the front itself signs users in. Every
//! request gets an answer, with a body that names the error if there is one. No input causes a panic, and the
//! server logs no address or token.

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

pub use backend::{Backend, EncodedPicture, PictureKind, PictureRequest};
pub use connections::Connections;
pub use fault::{Fault, FaultStatus, UnknownFault};
pub use limits::ServerLimits;
pub use oauth::Product;
pub use permissions::{AccessLevel, Permissions};
pub use service::{ApiService, Config, Listeners, serve};
pub use tls::{Certificate, CertificateError};
pub use tokens::{Grant, Randomness};
