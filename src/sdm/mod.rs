//! Google Device Access: the Smart Device Management API for newer Nest devices.
//!
//! The user registers for it once, with a project of their own; sign-in is OAuth, changes arrive by Pub/Sub, and
//! rate limits are narrow: a thermostat accepts five commands a minute. Facts are from Google's documentation
//! and from the experience of other clients; none of it was tried with an account yet.

mod api;
mod cache;
mod client;
mod commands;
mod events;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod home;
mod images;
mod listen;
mod oauth;
pub mod setup;
mod wire;

pub use cache::Cache;
pub use client::{SdmClient, SdmConfig};
pub use listen::{SdmService, SdmTimes};
pub use oauth::{PasteError, SdmSecret, SignIn, looks_like_client_id, looks_like_project, looks_like_subscription};

/// The base URL of the API.
pub const API: &str = "https://smartdevicemanagement.googleapis.com/v1";
/// The base URL of Pub/Sub.
pub const EVENTS: &str = "https://pubsub.googleapis.com/v1";
/// The token endpoint.
pub const TOKENS: &str = "https://www.googleapis.com/oauth2/v4/token";
/// The sign-in page for users; the project's id and `/auth` follow.
pub const SIGN_IN: &str = "https://nestservices.google.com/partnerconnections";
