//! Base URLs that a token may be sent to, and an HTTP client for one.

use std::error::Error as _;
use std::time::Duration;

use url::Url;

use super::redirect::is_loopback;

/// Connecting takes at most this long.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A base URL or token that cannot be used, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnusableUrl {
    /// No scheme, or not a URL at all.
    #[error("“{0}” is not a web address; write it with https:// in front")]
    NotAUrl(String),
    /// Neither http nor https.
    #[error("the address must begin with https://, not {0}://")]
    Scheme(String),
    /// http to another machine.
    #[error(
        "the address must begin with https://; plain http would show the token to the network and is only for this machine (127.0.0.1, localhost)"
    )]
    Plaintext,
    /// A user name or password in it.
    #[error("the address must not hold a user name or password")]
    UserInfo,
    /// A question mark or hash.
    #[error("the address must not hold a “?” or “#”")]
    Query,
    /// A line break or another character that no token has.
    #[error("the token holds a space, a line break or another character that no token has; copy it again")]
    Token,
    /// Encryption could not be set up on this machine.
    #[error("encryption could not be set up: {0}")]
    Tls(String),
}

/// Reads a base URL: https, or http on this machine.
pub fn base_url(text: &str) -> Result<Url, UnusableUrl> {
    let text = text.trim();
    let url = Url::parse(text).ok().filter(|url| url.host().is_some() || !matches!(url.scheme(), "http" | "https"));
    let Some(mut url) = url else { return Err(UnusableUrl::NotAUrl(text.to_owned())) };
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err(UnusableUrl::Plaintext),
        // `localhost:8080` parses as the scheme `localhost`.
        scheme if !text.contains("://") || scheme.is_empty() => return Err(UnusableUrl::NotAUrl(text.to_owned())),
        scheme => return Err(UnusableUrl::Scheme(scheme.to_owned())),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(UnusableUrl::UserInfo);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(UnusableUrl::Query);
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// An HTTP client for a base URL; `on_this_machine` spares it the certificates.
pub(super) fn http_client(base: &Url) -> Result<reqwest::Client, UnusableUrl> {
    // Installing fails only when a provider is there already.
    rustls::crypto::ring::default_provider().install_default().ok();
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .referer(false)
        .user_agent(concat!("setpoint/", env!("CARGO_PKG_VERSION")));
    let builder = if is_loopback(base) {
        // Reading the machine's certificates takes longer than a call on loopback.
        builder.no_proxy().tls_certs_only([])
    } else {
        builder
    };
    builder.build().map_err(|err| UnusableUrl::Tls(reason(&err)))
}

/// The innermost cause, without the URL.
pub(crate) fn reason(err: &reqwest::Error) -> String {
    let mut cause = err.source();
    let mut text = None;
    while let Some(inner) = cause {
        text = Some(inner.to_string());
        cause = inner.source();
    }
    text.unwrap_or_else(|| if err.is_timeout() { "no answer in time".to_owned() } else { "no connection".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_https_or_on_this_machine() {
        for good in [
            "https://example.org",
            " https://example.org/wwn ",
            "http://127.0.0.1:80",
            "http://[::1]:1/",
            "http://localhost:9/",
        ] {
            let url = base_url(good).unwrap_or_else(|err| panic!("{good}: {err}"));
            assert!(url.path().ends_with('/'), "{url}");
        }
        for (bad, says) in [
            ("example.org", "https://"),
            ("localhost:8080", "https://"),
            ("127.0.0.1:8080", "https://"),
            ("", "https://"),
            ("http://example.org", "plain http"),
            ("http://127.0.0.1.evil.com", "plain http"),
            ("ftp://example.org", "ftp"),
            ("https://u:p@example.org", "user name"),
            ("https://example.org/?auth=c.x", "?"),
            ("https://", "https://"),
        ] {
            let err = base_url(bad).expect_err(bad).to_string();
            assert!(err.contains(says), "{bad}: {err}");
        }
    }
}
