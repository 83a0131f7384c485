//! A client of the Works with Nest API: REST, redirects and the stream.

mod address;
mod oauth;
mod redirect;
mod rest;
mod sse;
mod stream;

pub use address::base_url;
pub(crate) use address::reason;
pub use oauth::{OAuthClient, page_url};
pub use redirect::{MAX_HOPS, allowed, follow, is_loopback};
pub use rest::{Answer, Client};
pub use stream::{StreamTimes, WwnService};
