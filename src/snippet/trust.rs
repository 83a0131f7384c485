//! Where a snippet sends the token to: the rule by which the program itself follows redirects
//! ([`crate::wwn::client::allowed`] decides there), written so that each language can hold it.
//!
//! It is a pattern over the beginning of the whole address. Up to the slash behind the host it lets
//! nothing pass but letters, digits, dots and a port, so no two parsers can read another host out of
//! it. It is narrower than the program's in two ways: the address has to be in lower case, and of this
//! machine's addresses it knows the usual ones.

use url::{Host, Url};

use super::quote::Printable;
use crate::http::is_loopback;

/// The pattern, in what regular expressions of all languages have in common.
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
        // An address in figures is led nowhere but to the vendor.
        Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) | None => vendor.to_owned(),
    };
    format!("^https://{hosts}(:[0-9]+)?/")
}

/// The same as a condition on `url`, for a language that has a parsed address and no patterns.
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
