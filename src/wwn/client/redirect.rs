//! The policy that decides which redirects the client follows with the token. One function decides.
//!
//! The front host answers each call with 307 to another host and port, and the client sends the `Authorization`
//! header again. The client refuses every other redirect: no other status, at most [`MAX_HOPS`] hops, only hosts
//! that [`token_hosts`] allows.

use url::Url;

use crate::http::HostPolicy;
use crate::service::UnsafeRedirect;

/// The largest number of redirects in one call.
pub const MAX_HOPS: u32 = 3;

/// Returns the address to send the same request to after a redirect.
///
/// * `configured` is the base URL of the account, on which the trust rests.
/// * `at` is the address that answered.
/// * `hop` counts redirects of this call, the first being 1.
pub fn follow(
    configured: &Url,
    at: &Url,
    status: u16,
    location: Option<&str>,
    hop: u32,
) -> Result<Url, UnsafeRedirect> {
    if !matches!(status, 307 | 308) {
        return Err(UnsafeRedirect::Status(status));
    }
    if hop > MAX_HOPS {
        return Err(UnsafeRedirect::TooManyHops(MAX_HOPS));
    }
    let target = location.and_then(|location| at.join(location).ok()).ok_or(UnsafeRedirect::NotAUrl)?;
    token_hosts(configured).check(&target)?;
    Ok(target)
}

/// The hosts that the token of an account may be sent to.
pub fn token_hosts(base: &Url) -> HostPolicy<'_> {
    HostPolicy::new(base, &[".nest.com"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NEST: &str = "https://developer-api.nest.com/";
    const LOOPBACK: &str = "http://127.0.0.1:8080/";

    fn to(configured: &str, location: &str) -> Result<String, UnsafeRedirect> {
        let configured = Url::parse(configured).expect("a base");
        follow(&configured, &configured, 307, Some(location), 1).map(String::from)
    }

    #[test]
    fn the_real_redirect_is_followed() {
        let real = "https://firebase-apiserver02-tah01-iad01.dapi.production.nest.com:9553/devices/cameras/x";
        assert_eq!(to(NEST, real).as_deref(), Ok(real));
        assert_eq!(to(NEST, "/elsewhere?a=1").as_deref(), Ok("https://developer-api.nest.com/elsewhere?a=1"));
        assert_eq!(to(NEST, "https://DEVELOPER-API.nest.com/x").as_deref(), Ok("https://developer-api.nest.com/x"));
    }

    #[test]
    fn a_server_of_ones_own_may_redirect_to_itself_and_its_ports() {
        let own = "https://nest.example.org/api/";
        assert!(to(own, "https://nest.example.org:8443/x").is_ok());
        assert!(to(own, "https://other.example.org/x").is_err());
    }

    #[test]
    fn everything_that_only_looks_like_the_vendor_is_refused() {
        for location in [
            "https://nest.com.evil.com/",
            "https://evilnest.com/",
            "https://nest.com/",
            "https://developer-api.nest.com./",
            "https://developer-api.nest.com.evil.com/",
            "https://developer-api.nest.com@evil.com/",
            "https://user@developer-api.nest.com/",
            "https://:pass@developer-api.nest.com/",
            "https://evil.com/developer-api.nest.com",
            "https://evil.com#.nest.com",
            "https://evil.com\\.nest.com/",
            "https://evil.com%2f.nest.com/",
            "https://evil.com%00.nest.com/",
            "https://xn--nest-.evil/",
            "https://ｎest.com.evil.com/",
            "//evil.com/x",
            "http://developer-api.nest.com/",
            "ftp://developer-api.nest.com/",
            "javascript:alert(1)",
            "https://93.184.216.34/",
            "https://[2001:db8::1]/",
            "https://127.0.0.1/",
            "https://localhost/",
            "https://0x7f.1/",
            "",
            "https://",
        ] {
            let answer = to(NEST, location);
            // An empty location is the same address again. The hop limit bounds such a loop.
            assert!(answer.is_err() || location.is_empty(), "{location} was followed to {answer:?}");
        }
    }

    #[test]
    fn loopback_leads_to_loopback_only_and_nothing_leads_there() {
        assert!(to(LOOPBACK, "http://127.0.0.1:9553/x").is_ok());
        assert!(to(LOOPBACK, "http://localhost:9553/x").is_ok());
        assert!(to(LOOPBACK, "http://[::1]:9553/x").is_ok());
        assert!(to(LOOPBACK, "http://192.168.1.2/x").is_err());
        assert!(to(LOOPBACK, "https://developer-api.nest.com/x").is_err());
        assert!(to(LOOPBACK, "http://localhost.evil.com/").is_err());
        assert!(to(LOOPBACK, "http://u:p@127.0.0.1/").is_err());
        assert!(to(NEST, "http://127.0.0.1/").is_err());
    }

    #[test]
    fn only_307_and_308_keep_the_request() {
        let base = Url::parse(NEST).expect("a base");
        for status in [200, 300, 301, 302, 303, 304, 305, 306] {
            assert_eq!(follow(&base, &base, status, Some("/x"), 1), Err(UnsafeRedirect::Status(status)));
        }
        assert!(follow(&base, &base, 308, Some("/x"), MAX_HOPS).is_ok());
        assert_eq!(follow(&base, &base, 307, Some("/x"), MAX_HOPS + 1), Err(UnsafeRedirect::TooManyHops(MAX_HOPS)));
        assert_eq!(follow(&base, &base, 307, None, 1), Err(UnsafeRedirect::NotAUrl));
    }

    proptest! {
        /// Every address that the client follows from the vendor's host uses https and is below nest.com.
        #[test]
        fn no_text_redirects_away_from_the_vendor(location in "\\PC{0,60}") {
            let base = Url::parse(NEST).expect("a base");
            if let Ok(target) = follow(&base, &base, 307, Some(&location), 1) {
                prop_assert_eq!(target.scheme(), "https");
                let host = target.host_str().unwrap_or_default();
                prop_assert!(host.ends_with(".nest.com"), "{}", host);
                prop_assert!(target.username().is_empty());
            }
        }

        #[test]
        fn similar_hosts_are_not_the_vendor(before in "[a-z0-9.-]{0,12}", after in "[a-z0-9.-]{1,12}") {
            let location = format!("https://{before}nest.com{after}/");
            if let Ok(target) = to(NEST, &location) {
                let host = Url::parse(&target).expect("a URL");
                prop_assert!(host.host_str().unwrap_or_default().ends_with(".nest.com"));
            }
        }
    }
}
