//! Google Device Access: the Smart Device Management API for newer Nest devices.
//!
//! The user registers for it once, with a project of their own; sign-in is OAuth, changes arrive by Pub/Sub, and
//! rate limits are narrow: a thermostat accepts five commands a minute. Facts are from Google's documentation
//! and from the experience of other clients; none of it was tried with an account yet.
use std::time::Duration;

use crate::rate_limit::Rate;
use crate::service::WriteLimits;

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
mod raw;
pub mod setup;
mod wire;

pub use cache::Cache;
pub use client::{SdmClient, SdmConfig};
pub use listen::{SdmService, SdmTimes};
pub use oauth::{
    GoogleSignIn, PasteError, SdmSecret, looks_like_client_id, looks_like_project, looks_like_subscription,
};
pub use raw::ProjectApi;

/// Limits of Google Device Access: five commands a minute and a hundred an hour for a thermostat, ten a
/// minute for all devices of a user.
pub const LIMITS: WriteLimits = WriteLimits {
    account: Rate { burst: 5, refill: Duration::from_secs(12) },
    device: Rate { burst: 3, refill: Duration::from_secs(40) },
    is_kept: true,
};

/// The base URL of the API.
pub const API: &str = "https://smartdevicemanagement.googleapis.com/v1";
/// The base URL of Pub/Sub.
pub const EVENTS: &str = "https://pubsub.googleapis.com/v1";
/// The token endpoint.
pub const TOKENS: &str = "https://www.googleapis.com/oauth2/v4/token";
/// The sign-in page for users; the project's id and `/auth` follow.
pub const SIGN_IN: &str = "https://nestservices.google.com/partnerconnections";
