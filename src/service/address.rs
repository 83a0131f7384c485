//! Addresses that a token may not be sent to, and the reasons.

use serde::{Deserialize, Serialize};

/// A base URL or token that cannot be used. The texts say how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum UnusableUrl {
    /// The text has no scheme or is no URL.
    #[error("“{0}” is not a web address; write it with https:// in front")]
    NotAUrl(String),
    /// The port number does not exist.
    #[error("the port in the address is out of range; there are 1 to 65535")]
    Port,
    /// The scheme is neither http nor https.
    #[error("the address must begin with https://, not {0}://")]
    Scheme(String),
    /// The address is http to another machine.
    #[error(
        "the address must begin with https://; plain http would show the token to the network and is only for this machine (127.0.0.1, localhost)"
    )]
    Plaintext,
    /// The URL contains a user name or password.
    #[error("the address must not hold a user name or password")]
    UserInfo,
    /// The URL contains a question mark or hash.
    #[error("the address must not hold a “?” or “#”")]
    Query,
    /// The token contains a line break or another invalid character.
    #[error("the token holds a space, a line break or another character that no token has; copy it again")]
    Token,
    /// TLS could not be set up on this machine.
    #[error("encryption could not be set up: {0}")]
    Tls(String),
}

/// The reason that a redirect is not followed. The texts contain no more of the target than its host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum UnsafeRedirect {
    /// The status is not 307 or 308: the method or the body would be lost.
    #[error("the service answered {0}, which would change the request")]
    Status(u16),
    /// There are more redirects than the given number.
    #[error("the service redirected more than {0} times")]
    TooManyHops(u32),
    /// The location is missing or is no URL.
    #[error("the service redirected to no valid address; the token was not sent there")]
    NotAUrl,
    /// The address contains a user name or password.
    #[error("the service redirected to an address with a user name in it; the token was not sent there")]
    UserInfo,
    /// The address is not https.
    #[error("the service redirected to an address without encryption; the token was not sent there")]
    NotHttps,
    /// The host must not receive the token.
    #[error("the service redirected to {0}, which must not see the token; the token was not sent there")]
    ForeignHost(String),
}
