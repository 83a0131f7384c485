//! Addresses that a token may not be sent to, and the reasons.

use serde::{Deserialize, Serialize};

use crate::i18n::{Message, ToMessage, display_english, message};

/// A base URL or token that cannot be used. The texts say how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnusableUrl {
    /// The text has no scheme or is no URL.
    NotAUrl(String),
    /// The port number does not exist.
    Port,
    /// The scheme is neither http nor https.
    Scheme(String),
    /// The address is http to another machine.
    Plaintext,
    /// The URL contains a user name or password.
    UserInfo,
    /// The URL contains a question mark or hash.
    Query,
    /// The token contains a line break or another invalid character.
    Token,
    /// TLS could not be set up on this machine.
    Tls(String),
}

impl ToMessage for UnusableUrl {
    fn to_message(&self) -> Message {
        match self {
            Self::NotAUrl(text) => message!("url-none", text = text),
            Self::Port => message!("url-port"),
            Self::Scheme(scheme) => message!("url-scheme", scheme = scheme),
            Self::Plaintext => message!("url-plaintext"),
            Self::UserInfo => message!("url-user-info"),
            Self::Query => message!("url-query"),
            Self::Token => message!("url-token"),
            Self::Tls(reason) => message!("no-encryption", reason = reason),
        }
    }
}

display_english!(UnusableUrl);

/// The reason that a redirect is not followed. The texts contain no more of the target than its host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnsafeRedirect {
    /// The status is not 307 or 308: the method or the body would be lost.
    Status(u16),
    /// There are more redirects than the given number.
    TooManyHops(u32),
    /// The location is missing or is no URL.
    NotAUrl,
    /// The address contains a user name or password.
    UserInfo,
    /// The address is not https.
    NotHttps,
    /// The host must not receive the token.
    ForeignHost(String),
}

impl ToMessage for UnsafeRedirect {
    fn to_message(&self) -> Message {
        match self {
            Self::Status(status) => message!("redirect-status", status = *status),
            Self::TooManyHops(hops) => message!("redirect-hops", hops = *hops),
            Self::NotAUrl => message!("redirect-no-address"),
            Self::UserInfo => message!("redirect-user-info"),
            Self::NotHttps => message!("redirect-not-https"),
            Self::ForeignHost(host) => message!("redirect-foreign-host", host = host),
        }
    }
}

display_english!(UnsafeRedirect);
