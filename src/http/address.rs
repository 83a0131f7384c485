//! Base URLs that may receive a token, and an HTTP client for one.

use std::error::Error;
use std::io;
use std::time::Duration;

use url::{Host, Url};

use crate::service::{Cause, Failure, Reason, UnusableUrl};

/// Time limit of a connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Interval of the HTTP/2 pings on a connection with a call.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Parses a base URL: https, or http on this machine.
pub fn base_url(text: &str) -> Result<Url, UnusableUrl> {
    let url = local_url(text)?;
    if url.scheme() == "https" || is_loopback(&url) { Ok(url) } else { Err(UnusableUrl::Plaintext) }
}

/// Parses the base URL of a service that needs no token: https or http.
pub fn local_url(text: &str) -> Result<Url, UnusableUrl> {
    let text = text.trim();
    let url = match Url::parse(text) {
        Err(url::ParseError::InvalidPort) => return Err(UnusableUrl::Port),
        parsed => parsed.ok().filter(|url| url.host().is_some() || !matches!(url.scheme(), "http" | "https")),
    };
    let Some(mut url) = url else { return Err(UnusableUrl::NotAUrl(text.to_owned())) };
    match url.scheme() {
        "https" | "http" => {}
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

/// True if an address is on this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Creates an HTTP client for a base URL. A client for this machine loads no certificates.
pub(crate) fn http_client(base: &Url) -> Result<reqwest::Client, UnusableUrl> {
    // Installing fails only if a provider is already installed.
    rustls::crypto::ring::default_provider().install_default().ok();
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        // A long call, such as one for events, must notice that its connection is dead.
        .http2_keep_alive_interval(KEEP_ALIVE)
        .http2_keep_alive_timeout(CONNECT_TIMEOUT)
        .referer(false)
        .user_agent(concat!("setpoint/", env!("CARGO_PKG_VERSION")));
    let builder = if is_loopback(base) {
        // Loading the certificates takes longer than a call on loopback.
        builder.no_proxy().tls_certs_only([])
    } else {
        builder
    };
    builder.build().map_err(|err| UnusableUrl::Tls(reason(&err)))
}

/// Returns the innermost cause, without the URL.
pub(crate) fn reason(err: &reqwest::Error) -> String {
    match chain(err.source()).last() {
        Some(innermost) => innermost.to_string(),
        None => cause(err).to_string(),
    }
}

/// Returns the cause of a missing or lost connection. It contains nothing of the URL, which may be a credential.
pub(crate) fn cause(err: &reqwest::Error) -> Cause {
    chain(err.source()).find_map(known).unwrap_or_else(|| {
        if err.is_timeout() {
            return Cause::TimedOut;
        }
        chain(err.source()).last().map_or(Cause::Unknown, |innermost| Cause::Other(innermost.to_string()))
    })
}

/// Returns the failure of a call that reached no server.
pub(crate) fn unreachable(at: &Url, err: &reqwest::Error) -> Failure {
    let host = at.host_str().unwrap_or_default().to_owned();
    Failure::offline(Reason::Unreachable { host, cause: cause(err) })
}

/// Returns an error and its sources, from the outermost to the innermost.
fn chain<'a>(outermost: Option<&'a (dyn Error + 'static)>) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(outermost, |err| inner(*err))
}

/// Returns the source of an error. A system error hides its source.
fn inner<'a>(err: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let hidden = err.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    hidden.map(|hidden| hidden as &'a (dyn Error + 'static)).or_else(|| err.source())
}

fn known(err: &(dyn Error + 'static)) -> Option<Cause> {
    if let Some(err) = err.downcast_ref::<rustls::Error>() {
        let is_certificate = matches!(err, rustls::Error::InvalidCertificate(_));
        return Some(if is_certificate { Cause::Certificate } else { Cause::Encryption });
    }
    if let Some(err) = err.downcast_ref::<io::Error>()
        && let Some(cause) = Cause::of_io(err.kind())
    {
        return Some(cause);
    }
    // The connector's own error can only be recognized by this text; its source only has the texts of the name
    // servers.
    (err.to_string() == "dns error").then_some(Cause::UnknownHost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn causes_are_derived_from_source_errors() {
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
            listener.local_addr().expect("an address").port()
        };
        let base = base_url(&format!("http://127.0.0.1:{port}")).expect("good");
        let client = http_client(&base).expect("a client");
        let err = client.get(base.clone()).send().await.expect_err("nobody is there");
        assert_eq!(cause(&err), Cause::Refused);
        let reason = Reason::Unreachable { host: "127.0.0.1".to_owned(), cause: Cause::Refused };
        assert_eq!(unreachable(&base, &err), Failure::offline(reason));
    }

    #[test]
    fn an_unknown_host_is_recognized_by_the_connectors_mark() {
        #[derive(Debug, thiserror::Error)]
        #[error("dns error")]
        struct Connector(#[source] io::Error);

        let err = Connector(io::Error::other("failed to lookup address information"));
        assert_eq!(chain(Some(&err)).find_map(known), Some(Cause::UnknownHost));
    }

    #[test]
    fn a_certificate_hidden_in_an_error_of_the_system_is_found() {
        let hidden = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let err = io::Error::new(io::ErrorKind::InvalidData, hidden);
        assert_eq!(chain(Some(&err)).find_map(known), Some(Cause::Certificate));
        let err = io::Error::new(io::ErrorKind::InvalidData, rustls::Error::HandshakeNotComplete);
        assert_eq!(chain(Some(&err)).find_map(known), Some(Cause::Encryption));
    }

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

    /// Findings of real homes, low table 2: such an address is a URL and has a scheme, so the error names the
    /// port.
    #[test]
    fn a_l2_a_port_out_of_range_is_reported() {
        for bad in ["http://192.168.1.10:99999", "https://example.org:65536/x"] {
            let err = local_url(bad).expect_err(bad);
            assert_eq!(err, UnusableUrl::Port, "{bad}");
            assert!(err.to_string().contains("out of range"), "{err}");
        }
    }
}
