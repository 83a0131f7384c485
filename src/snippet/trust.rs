//! The addresses that a snippet sends the token to: the rule by which the program itself follows redirects
//! ([`crate::wwn::client::token_hosts`]), in a form for each language.
//!
//! The rule is a pattern for the beginning of the address. Up to the slash after the host it allows only
//! letters, digits, dots and a port, so no two parsers can read different hosts. It is narrower than the
//! program's rule in two ways: the address has to be in lower case, and of the loopback addresses only the usual
//! ones are allowed.

use url::{Host, Url};

use super::quote::Printable;
use crate::http::is_loopback;
use crate::wwn::client::token_hosts;

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
    let policy = token_hosts(base);
    let below = |end: &&str| format!("([a-z0-9-]+\\.)+{}", end.trim_start_matches('.').replace('.', "\\."));
    let mut hosts: Vec<String> = policy.vendor().iter().map(below).collect();
    // An IP address may be followed only by the vendor's hosts.
    if let Some(Host::Domain(name)) = base.host()
        && !policy.is_vendor(name)
    {
        hosts.insert(0, own);
    }
    let hosts = any_of(&hosts, "|");
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
    let policy = token_hosts(base);
    let below = |end: &&str| format!("host.ends_with({})", Printable::ascii(end).in_rust());
    let mut hosts: Vec<String> = policy.vendor().iter().map(below).collect();
    if let Some(Host::Domain(name)) = base.host()
        && !policy.is_vendor(name)
    {
        hosts.insert(0, format!("host == {host}"));
    }
    ("url.scheme() == \"https\"".to_owned(), any_of(&hosts, " || "))
}

/// The alternatives, in parentheses if there are several.
fn any_of(alternatives: &[String], or: &str) -> String {
    match alternatives {
        [only] => only.clone(),
        several => format!("({})", several.join(or)),
    }
}
