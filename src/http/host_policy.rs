//! The hosts that an account trusts: for its token after a redirect, for pictures and clips, and in snippets.
//!
//! A server that can redirect, or that can write a link, could otherwise send the token anywhere, or make the
//! program call any address of the home's network.

use url::{Host, Url};

use super::address::is_loopback;
use crate::service::UnsafeRedirect;

/// The trusted hosts of one account.
///
/// The account's own host and the hosts of the vendor are trusted over https, with any port. Plain http is only
/// for an account on this machine, to this machine. An address never stands for a name.
#[derive(Debug, Clone, Copy)]
pub struct HostPolicy<'a> {
    base: &'a Url,
    vendor: &'static [&'static str],
    denied: &'static [&'static str],
    leaves_this_machine: bool,
}

impl<'a> HostPolicy<'a> {
    /// Trusts the host of `base`, and names that end with an entry of `vendor`, such as `.nest.com`.
    pub const fn new(base: &'a Url, vendor: &'static [&'static str]) -> Self {
        Self { base, vendor, denied: &[], leaves_this_machine: false }
    }

    /// Distrusts these hosts and the hosts below them, even if they belong to the vendor.
    #[must_use]
    pub const fn denying(self, denied: &'static [&'static str]) -> Self {
        Self { denied, ..self }
    }

    /// Allows an account on this machine to use the hosts of the vendor. Without this its token stays here.
    #[must_use]
    pub const fn leaving_this_machine(self) -> Self {
        Self { leaves_this_machine: true, ..self }
    }

    /// The ends of the vendor's host names.
    pub const fn vendor(&self) -> &'static [&'static str] {
        self.vendor
    }

    /// True if the name is below a domain of the vendor.
    pub fn is_vendor(&self, name: &str) -> bool {
        self.vendor.iter().any(|end| name.ends_with(end))
    }

    /// Checks an address.
    ///
    /// # Errors
    /// The address is not trusted; the error has no part of it but the host.
    pub fn check(&self, target: &Url) -> Result<(), UnsafeRedirect> {
        if !target.username().is_empty() || target.password().is_some() {
            return Err(UnsafeRedirect::UserInfo);
        }
        let ("http" | "https", Some(host)) = (target.scheme(), target.host()) else {
            return Err(UnsafeRedirect::NotAUrl);
        };
        let is_here = is_loopback(self.base);
        if is_here && is_loopback(target) {
            return Ok(());
        }
        let is_trusted = match &host {
            // The parser already returns the name in lower case and in its ASCII form.
            Host::Domain(name) => (!is_here || self.leaves_this_machine) && self.trusts(name) && !is_loopback(target),
            Host::Ipv4(_) | Host::Ipv6(_) => false,
        };
        if !is_trusted {
            return Err(UnsafeRedirect::ForeignHost(host.to_string()));
        }
        if target.scheme() == "https" { Ok(()) } else { Err(UnsafeRedirect::NotHttps) }
    }

    fn trusts(&self, name: &str) -> bool {
        let is_below =
            |denied: &str| name.strip_suffix(denied).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        let is_denied = self.denied.iter().any(|denied| is_below(denied));
        !is_denied && (self.base.host_str() == Some(name) || self.is_vendor(name))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    #[test]
    fn a_denied_host_is_refused_below_its_trusted_domain() {
        let base = url("https://api.example.org/");
        let policy = HostPolicy::new(&base, &[".example.net"]).denying(&["files.example.net"]);
        for (address, expected) in [
            ("https://a.example.net/x", true),
            ("https://profiles.example.net/x", true),
            ("https://api.example.org:8443/x", true),
            ("https://files.example.net/x", false),
            ("https://of.files.example.net/x", false),
            ("https://example.net/x", false),
        ] {
            assert_eq!(policy.check(&url(address)).is_ok(), expected, "{address}");
        }
    }

    #[test]
    fn a_token_of_this_machine_stays_here_unless_the_policy_says_otherwise() {
        let base = url("http://127.0.0.1:8080/");
        let (here, vendor) = (url("http://localhost:1/x"), url("https://a.example.net/x"));
        let stays = HostPolicy::new(&base, &[".example.net"]);
        assert_eq!(stays.check(&here), Ok(()));
        assert_eq!(stays.check(&vendor), Err(UnsafeRedirect::ForeignHost("a.example.net".to_owned())));
        assert_eq!(stays.leaving_this_machine().check(&vendor), Ok(()));
        let plain = url("http://a.example.net/x");
        assert_eq!(stays.leaving_this_machine().check(&plain), Err(UnsafeRedirect::NotHttps));
    }

    proptest! {
        #[test]
        fn a_trusted_address_is_encrypted_and_of_a_named_host(address in "(https?|ftp)://[a-z0-9.@:/-]{0,40}") {
            let base = url("https://api.example.org/");
            let policy = HostPolicy::new(&base, &[".example.net"]).denying(&["files.example.net"]).leaving_this_machine();
            if let Ok(target) = Url::parse(&address) && policy.check(&target).is_ok() {
                let host = target.host_str().unwrap_or_default();
                prop_assert!(host == "api.example.org" || host.ends_with(".example.net"));
                prop_assert!(target.scheme() == "https" && target.username().is_empty());
            }
        }
    }
}
