//! The request of a snippet.

use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::quote::Printable;
use crate::http::{Method, base_url};
use crate::service::UnusableUrl;

/// The source of the token in a snippet.
#[derive(Debug, Clone)]
pub enum TokenFrom {
    /// An environment variable.
    Variable(String),
    /// The text of the snippet itself, where everybody can read it.
    Text(SecretString),
}

impl Default for TokenFrom {
    fn default() -> Self {
        Self::Variable("SETPOINT_TOKEN".to_owned())
    }
}

/// The reason why a request has no snippet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// A token must not go to that address.
    #[error(transparent)]
    Base(#[from] UnusableUrl),
    /// The path is not below the base URL.
    #[error("{0} is no path below the address of the service")]
    Path(String),
    /// The method needs a body.
    #[error("{0} needs what to write, as JSON")]
    BodyMissing(&'static str),
    /// The method takes no body.
    #[error("{0} takes nothing to write")]
    BodyTooMuch(&'static str),
    /// Not the name of an environment variable.
    #[error("{0} is no name of a variable: letters, digits and _ only")]
    Variable(String),
    /// Not a valid header value.
    #[error("the token has characters that no token has")]
    Token,
}

/// One request of the Works with Nest API.
#[derive(Debug, Clone)]
pub struct Call {
    pub(super) method: Method,
    /// The base URL, which decides the trusted addresses.
    pub(super) base: Url,
    /// The path below the base URL, without a leading slash.
    pub(super) path: String,
    pub(super) body: Option<Value>,
    pub(super) token: TokenFrom,
}

impl Call {
    /// Checks and builds a request. The path is that of the API's documentation, with or without a leading
    /// slash.
    pub fn new(
        base: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
        token: TokenFrom,
    ) -> Result<Self, CallError> {
        let base = base_url(base)?;
        if method.has_body() && body.is_none() {
            return Err(CallError::BodyMissing(method.word()));
        }
        if !method.has_body() && body.is_some() {
            return Err(CallError::BodyTooMuch(method.word()));
        }
        match &token {
            TokenFrom::Variable(name) if !is_name(name) => return Err(CallError::Variable(name.clone())),
            TokenFrom::Text(token) if !is_token(token) => return Err(CallError::Token),
            TokenFrom::Variable(_) | TokenFrom::Text(_) => {}
        }
        let plain = encoded(path.trim_start_matches('/'));
        let leads_out = || CallError::Path(path.to_owned());
        let url = Url::parse(&format!("{base}{plain}")).map_err(|_no_url| leads_out())?;
        let path = url.as_str().strip_prefix(base.as_str()).ok_or_else(leads_out)?.to_owned();
        Ok(Self { method, base, path, body, token })
    }

    /// The whole address.
    pub fn url(&self) -> String {
        format!("{}{}", self.base, self.path)
    }

    pub(super) fn printable_url(&self) -> Printable {
        Printable::url(&self.url())
    }
}

/// True for names that are safe in every shell and language.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_token(token: &SecretString) -> bool {
    let text = secrecy::ExposeSecret::expose_secret(token);
    // The characters of RFC 6750, none of which has a meaning in a language.
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~+/=".contains(c))
}

/// The parsers of the languages accept different characters in an address, so every character that one of them
/// rejects is encoded.
fn encoded(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const ODD: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'/')
        .remove(b':')
        .remove(b'@')
        .remove(b',')
        .remove(b'=')
        .remove(b'&')
        .remove(b'?')
        .remove(b'%');
    utf8_percent_encode(path, ODD).to_string()
}
