//! nolongerevil.com: the hosted server that the No Longer Evil project runs for users without a server of their
//! own.
//!
//! **Checked against its documentation only**: its source is closed, and we have no account.
//!
//! Its API differs from that of a self-hosted server: it requires a key, identifies thermostats by its own id
//! beside the serial number, reports them in the buckets of the vendor's own protocol, and has no stream. A key
//! allows twenty calls a minute in total: at most half of them are polls, and fewer when the user changes
//! something. The server does not return the stored values, so each thermostat is read again after a change.

mod api;
mod client;
mod commands;
mod listen;
mod poll_schedule;
mod rate_limit;
mod raw;
mod wire;

use std::time::Duration;

use url::Url;

pub use client::HostedClient;
pub use listen::{HostedService, HostedTimes};
pub use raw::HostedApi;

use crate::http::local_url;
use crate::rate_limit::Rate;
use crate::service::WriteLimits;

/// Limits of the hosted No Longer Evil server: twenty calls a minute in all. A change takes two, and reads
/// use at most half.
pub const LIMITS: WriteLimits = WriteLimits {
    account: Rate { burst: 4, refill: Duration::from_secs(15) },
    device: Rate { burst: 4, refill: Duration::from_secs(15) },
    is_kept: true,
};

const HOST: &str = "nolongerevil.com";
const API: &str = "/api/v1";

/// True if this is the address of the hosted server, or of another server with the same API. Such a server
/// requires a key.
pub fn is_hosted(address: &str) -> bool {
    base(address).is_some()
}

/// Returns the address of the API, also if the user entered the address of the site.
fn base(address: &str) -> Option<Url> {
    let mut url = local_url(address).ok()?;
    let is_site = url.host_str().is_some_and(|host| host.strip_prefix("www.").unwrap_or(host) == HOST);
    let is_api = url.path().trim_end_matches('/').ends_with(API);
    if is_site {
        url.set_host(Some(HOST)).ok()?;
        url.set_path(API);
    }
    (is_site || is_api).then_some(url)
}

/// Reads answers in the fuzzer's format: a list in the first line, and the status of each thermostat after it.
#[cfg(any(test, fuzzing))]
pub(crate) fn fuzzing(data: &[u8]) -> Vec<super::wire::Reading> {
    let mut lines = data.splitn(2, |byte| *byte == b'\n');
    let mut next = || lines.next().unwrap_or_default();
    let listed = wire::devices(next()).unwrap_or_default();
    let status = next();
    listed.iter().filter_map(|listed| wire::status(status, listed).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosted_server_is_recognized_by_its_address() {
        for (address, api) in [
            ("https://nolongerevil.com", "https://nolongerevil.com/api/v1"),
            ("https://www.nolongerevil.com/devices", "https://nolongerevil.com/api/v1"),
            ("https://nolongerevil.com/api/v1/", "https://nolongerevil.com/api/v1"),
            ("https://nle.example/api/v1", "https://nle.example/api/v1/"),
        ] {
            assert_eq!(base(address).as_ref().map(Url::as_str), Some(api), "{address}");
        }
        for address in ["http://192.168.1.10:8082", "https://nolongerevil.com.example", "nolongerevil.com", ""] {
            assert!(!is_hosted(address), "{address}");
        }
    }
}
