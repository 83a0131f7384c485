//! Addresses that a token may not be sent to, and why not.

use serde::{Deserialize, Serialize};

/// A base URL or token that cannot be used, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum UnusableUrl {
    /// No scheme, or not a URL at all.
    #[error("“{0}” is not a web address; write it with https:// in front")]
    NotAUrl(String),
    /// A port that there is none of.
    #[error("the port in the address is out of range; there are 1 to 65535")]
    Port,
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

/// Why a redirect is not followed. The texts name no more of the target than its host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum UnsafeRedirect {
    /// Not 307 or 308: the method or the body would be lost.
    #[error("the service answered {0}, which would change the request")]
    Status(u16),
    /// More than the number given.
    #[error("the service redirected more than {0} times")]
    TooManyHops(u32),
    /// Missing, or not a URL.
    #[error("the service redirected to no valid address; the token was not sent there")]
    NotAUrl,
    /// A user name or password in the address.
    #[error("the service redirected to an address with a user name in it; the token was not sent there")]
    UserInfo,
    /// Not https.
    #[error("the service redirected to an address without encryption; the token was not sent there")]
    NotHttps,
    /// A host that must not see the token.
    #[error("the service redirected to {0}, which must not see the token; the token was not sent there")]
    ForeignHost(String),
}
