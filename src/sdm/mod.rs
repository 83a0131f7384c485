//! Google Device Access: the Smart Device Management API, which newer Nest devices live on.
//!
//! A person signs up for it once, with a project of their own; sign-in is OAuth, changes come by
//! Pub/Sub, and limits are narrow: a thermostat takes five commands a minute. Facts are from Google's
//! documentation and from what other clients met; none of it was tried with an account yet.

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

/// Where the API is.
pub const API: &str = "https://smartdevicemanagement.googleapis.com/v1";
/// Where its events are.
pub const EVENTS: &str = "https://pubsub.googleapis.com/v1";
/// Where codes become tokens.
pub const TOKENS: &str = "https://www.googleapis.com/oauth2/v4/token";
/// Where a person signs in; the project's id and `/auth` follow.
pub const SIGN_IN: &str = "https://nestservices.google.com/partnerconnections";
