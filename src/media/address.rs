//! The addresses of pictures. One function decides, for links and for redirects.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use url::Url;

use super::error::PictureError;
use crate::http::HostPolicy;
use crate::service::UnsafeRedirect;

/// Domains of the vendor.
const VENDOR: &[&str] = &[".nest.com", ".dropcam.com"];

/// Parses a link and checks it with [`check`].
pub(super) fn parse(account: &Url, link: &str) -> Result<Url, PictureError> {
    let url = Url::parse(link).map_err(|_not_a_url| PictureError::NotAUrl)?;
    check(account, &url)?;
    Ok(url)
}

/// Decodes the picture or clip in a `data:` URL, which needs no call. `None` for any other address.
pub(super) fn within(link: &str, limit: usize) -> Option<Result<Bytes, PictureError>> {
    let kind = link.strip_prefix("data:image/").or(link.strip_prefix("data:video/"))?;
    let (_, text) = kind.split_once(";base64,")?;
    // Four characters of base64 are three bytes.
    if text.len() / 4 > limit / 3 {
        return Some(Err(PictureError::TooLarge { limit }));
    }
    Some(STANDARD.decode(text).map(Bytes::from).map_err(|_no_base64| PictureError::Broken))
}

/// Checks that a picture of the account with this base URL may come from an address.
pub(super) fn check(account: &Url, target: &Url) -> Result<(), PictureError> {
    // A simulated home may link to pictures of the vendor; no token goes along.
    let policy = HostPolicy::new(account, VENDOR).leaving_this_machine();
    policy.check(target).map_err(|err| match err {
        UnsafeRedirect::UserInfo => PictureError::UserInfo,
        UnsafeRedirect::ForeignHost(host) => PictureError::ForeignHost(host),
        UnsafeRedirect::NotHttps => PictureError::NotHttps(target.host_str().unwrap_or_default().to_owned()),
        UnsafeRedirect::NotAUrl | UnsafeRedirect::Status(_) | UnsafeRedirect::TooManyHops(_) => PictureError::NotAUrl,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NEST: &str = "https://developer-api.nest.com/";
    const OWN: &str = "https://home.example.org/wwn/";
    const LOOPBACK: &str = "http://127.0.0.1:8080/";

    fn ask(account: &str, link: &str) -> Result<Url, PictureError> {
        parse(&Url::parse(account).expect("a base"), link)
    }

    #[test]
    fn hosts_of_the_service_are_allowed() {
        for (account, link) in [
            (NEST, "https://www.dropcam.com/api/wwn.get_snapshot/CjZ?auth=c.key"),
            (NEST, "https://stg.camera.nest.com/snapshot?auth=c.key"),
            (NEST, "https://developer-api.nest.com:9553/x"),
            (OWN, "https://home.example.org/pictures/x.png"),
            (OWN, "https://HOME.example.org:8443/pictures/x.png"),
            (OWN, "https://nexusapi.camera.home.nest.com/x"),
            (LOOPBACK, "http://127.0.0.1:9553/pictures/x.png?auth=k"),
            (LOOPBACK, "http://localhost:1/x"),
            (LOOPBACK, "http://[::1]:1/x"),
            (LOOPBACK, "https://www.dropcam.com/x"),
        ] {
            assert!(ask(account, link).is_ok(), "{link} for {account}");
        }
    }

    #[test]
    fn other_hosts_are_refused() {
        for (account, link) in [
            (NEST, "https://nest.com.evil.com/x"),
            (NEST, "https://evilnest.com/x"),
            (NEST, "https://evildropcam.com/x"),
            (NEST, "https://dropcam.com.evil.com/x"),
            (NEST, "https://www.dropcam.com./x"),
            (NEST, "https://evil.com/.nest.com"),
            (NEST, "https://evil.com#.nest.com"),
            (NEST, "https://www.dropcam.com@evil.com/x"),
            (NEST, "https://user@www.dropcam.com/x"),
            (NEST, "https://:pass@www.dropcam.com/x"),
            (NEST, "http://www.dropcam.com/x"),
            (NEST, "https://home.example.org/x"),
            (NEST, "https://192.168.1.1/x"),
            (NEST, "https://[fe80::1]/x"),
            (NEST, "https://127.0.0.1/x"),
            (NEST, "http://127.0.0.1/x"),
            (NEST, "https://localhost/x"),
            (NEST, "ftp://www.dropcam.com/x"),
            (NEST, "file:///etc/passwd"),
            (NEST, "data:image/png;base64,AAAA"),
            (NEST, "www.dropcam.com/x"),
            (NEST, ""),
            (OWN, "http://home.example.org/x"),
            (OWN, "https://example.org/x"),
            (OWN, "https://x.home.example.org/x"),
            ("https://192.168.1.1/", "https://192.168.1.1/x"),
            ("https://localhost.example.org/", "https://localhost/x"),
            (LOOPBACK, "http://192.168.1.1/x"),
            (LOOPBACK, "http://0.0.0.0:8080/x"),
            (LOOPBACK, "http://169.254.169.254/latest"),
            (LOOPBACK, "http://[::ffff:192.168.1.1]/x"),
            (LOOPBACK, "http://localhost.evil.com/x"),
            (LOOPBACK, "http://www.dropcam.com/x"),
            (LOOPBACK, "http://u:p@127.0.0.1:8080/x"),
        ] {
            assert!(ask(account, link).is_err(), "{link} for {account}");
        }
    }

    #[test]
    fn a_data_address_needs_no_host() {
        let some = |link: &str, limit: usize| within(link, limit).expect("it has one within");
        assert_eq!(some("data:image/png;base64,AAEC", 3), Ok(Bytes::from_static(&[0, 1, 2])));
        assert_eq!(some("data:image/png;base64,AAECAAEC", 3), Err(PictureError::TooLarge { limit: 3 }));
        assert_eq!(some("data:image/png;base64,?", 3), Err(PictureError::Broken));
        assert_eq!(some("data:video/mp4;base64,AAEC", 3), Ok(Bytes::from_static(&[0, 1, 2])));
        for other in ["https://www.dropcam.com/x", "data:text/html;base64,AAEC", "data:image/png,AAEC"] {
            assert!(within(other, 3).is_none(), "{other}");
        }
    }

    #[test]
    fn a_refusal_names_the_host_without_the_key() {
        let refused = ask(NEST, "https://pictures.example.net/a/b?auth=c.secret").expect_err("refused").to_string();
        assert!(refused.contains("pictures.example.net"), "{refused}");
        assert!(!refused.contains("secret") && !refused.contains("/a/b"), "{refused}");
        let refused = ask(NEST, "http://www.dropcam.com/x?auth=c.secret").expect_err("refused").to_string();
        assert!(refused.contains("encryption") && !refused.contains("secret"), "{refused}");
    }

    proptest! {
        #[test]
        fn allowed_hosts_are_below_the_vendor(link in "\\PC{0,60}", before in "[a-z0-9.@:/-]{0,16}", after in "[a-z0-9.@:/-]{0,12}") {
            for link in [link, format!("https://{before}nest.com{after}"), format!("https://{before}.dropcam.com{after}")] {
                if let Ok(url) = ask(NEST, &link) {
                    let host = url.host_str().unwrap_or_default();
                    prop_assert!(host.ends_with(".nest.com") || host.ends_with(".dropcam.com"), "{}", host);
                    prop_assert_eq!(url.scheme(), "https");
                    prop_assert!(url.username().is_empty() && url.password().is_none());
                }
            }
        }
    }
}
