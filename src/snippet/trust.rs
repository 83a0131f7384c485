//! The addresses that a snippet sends the token to: the rule by which the program itself follows redirects
//! ([`crate::wwn::client::allowed`]), in a form for each language.
//!
//! The rule is a pattern for the beginning of the address. Up to the slash after the host it allows only
//! letters, digits, dots and a port, so no two parsers can read different hosts. It is narrower than the
//! program's rule in two ways: the address has to be in lower case, and of the loopback addresses only the usual
//! ones are allowed.

use url::{Host, Url};

use super::quote::Printable;
use crate::http::is_loopback;

/// The pattern, in the common syntax of regular expressions.
pub(super) fn pattern(base: &Url) -> String {
    let host = base.host_str().unwrap_or_default();
    let own = host.replace('.', "\\.").replace('[', "\\[").replace(']', "\\]");
    if is_loopback(base) {
        let mut hosts = ["127\\.0\\.0\\.1", "localhost", "\\[::1\\]"].map(str::to_owned).to_vec();
        if !hosts.contains(&own) {
            hosts.push(own);
        }
        return format!("^https?://({})(:[0-9]+)?/", hosts.join("|"));
    }
    let vendor = "([a-z0-9-]+\\.)+nest\\.com";
    let hosts = match base.host() {
        Some(Host::Domain(name)) if !is_vendor(name) => format!("({own}|{vendor})"),
        // An IP address may be followed only by the vendor's hosts.
        Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) | None => vendor.to_owned(),
    };
    format!("^https://{hosts}(:[0-9]+)?/")
}

/// The same as a condition on `url`, for a language with parsed addresses and no patterns.
pub(super) fn condition_in_rust(base: &Url) -> (String, String) {
    let host = Printable::ascii(base.host_str().unwrap_or_default()).in_rust();
    if is_loopback(base) {
        let mut hosts = ["\"127.0.0.1\"", "\"localhost\"", "\"[::1]\""].map(str::to_owned).to_vec();
        if !hosts.contains(&host) {
            hosts.push(host);
        }
        return (
            "matches!(url.scheme(), \"http\" | \"https\")".to_owned(),
            format!("matches!(host, {})", hosts.join(" | ")),
        );
    }
    let vendor = "host.ends_with(\".nest.com\")";
    let hosts = match base.host() {
        Some(Host::Domain(name)) if !is_vendor(name) => format!("(host == {host} || {vendor})"),
        Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) | None => vendor.to_owned(),
    };
    ("url.scheme() == \"https\"".to_owned(), hosts)
}

fn is_vendor(name: &str) -> bool {
    name.ends_with(".nest.com")
}
