//! What a snippet is to ask for.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::quote::Printable;
use crate::http::base_url;
use crate::service::UnusableUrl;

/// What is done to the place at the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Read it.
    Get,
    /// Write the given fields.
    Put,
    /// The same.
    Patch,
    /// Add to it.
    Post,
    /// Remove it.
    Delete,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Get, Self::Put, Self::Patch, Self::Post, Self::Delete];

    /// Its name in a request.
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }

    /// The method of a name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word().eq_ignore_ascii_case(word))
    }

    /// Whether there is something to send along.
    pub fn has_body(self) -> bool {
        match self {
            Self::Put | Self::Patch | Self::Post => true,
            Self::Get | Self::Delete => false,
        }
    }
}

/// Where a snippet has the token from.
#[derive(Debug, Clone)]
pub enum TokenFrom {
    /// A variable of the environment.
    Variable(String),
    /// The text of the snippet itself, for whoever sees it.
    Text(SecretString),
}

impl Default for TokenFrom {
    fn default() -> Self {
        Self::Variable("SETPOINT_TOKEN".to_owned())
    }
}

/// Why there is no snippet for a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// A token must not go there.
    #[error(transparent)]
    Base(#[from] UnusableUrl),
    /// The path leads out of the base URL.
    #[error("{0} is no path below the address of the service")]
    Path(String),
    /// Nothing to write.
    #[error("{0} needs what to write, as JSON")]
    BodyMissing(&'static str),
    /// Something to write to what is only read or removed.
    #[error("{0} takes nothing to write")]
    BodyTooMuch(&'static str),
    /// A shell would take it for something else.
    #[error("{0} is no name of a variable: letters, digits and _ only")]
    Variable(String),
    /// A header would not take it.
    #[error("the token has characters that no token has")]
    Token,
}

/// One request of the Works with Nest API.
#[derive(Debug, Clone)]
pub struct Call {
    pub(super) method: Method,
    /// On which the trust rests.
    pub(super) base: Url,
    /// Behind the base URL, without a slash in front.
    pub(super) path: String,
    pub(super) body: Option<Value>,
    pub(super) token: TokenFrom,
}

impl Call {
    /// A request, if it can be one. The path is as in the documentation of the API, with or without
    /// a slash in front.
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

/// Names that no shell and no language takes for anything else.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_token(token: &SecretString) -> bool {
    let text = secrecy::ExposeSecret::expose_secret(token);
    // As RFC 6750 has them, without anything that a language could take for more than a letter.
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~+/=".contains(c))
}

/// The parsers of the languages differ in what they let pass in an address, so nothing that any of
/// them objects to stays as it is.
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
