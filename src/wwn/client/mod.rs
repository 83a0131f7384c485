//! A client of the Works with Nest API: REST calls, redirects and the stream.

mod api;
mod oauth;
mod redirect;
mod rest;
mod stream;

pub use oauth::{OAuthClient, page_url};
pub use redirect::{MAX_HOPS, follow, token_hosts};
pub use rest::Client;
pub use stream::{StreamTimes, WwnService};
