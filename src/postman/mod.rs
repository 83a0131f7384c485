//! Collections of requests as files of Postman (collection format v2.1), out and in.
//!
//! A file never holds a token: on the way out it is the variable `{{token}}`, with the bearer scheme
//! for the whole collection, and the address of the service is `{{base_url}}`; on the way in a token
//! is dropped, and said to be. What a file has beyond named requests in folders, such as scripts,
//! is said in words as well rather than lost in silence.

mod export;
mod import;
mod read;
mod remark;
mod secret;
mod variables;

#[cfg(test)]
mod tests;

pub use export::export;
pub use import::{ImportError, Imported, import};
pub(crate) use remark::remark;
pub use remark::{BodyKind, Remark, What, Wherein};

use crate::snippet::Method;

/// Stands for the address of the service.
const BASE_VARIABLE: &str = "base_url";
/// Stands for the token.
const TOKEN_VARIABLE: &str = "token";
/// What `{{base_url}}` is until somebody says otherwise.
const VENDOR_URL: &str = "https://developer-api.nest.com";

/// Named requests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collection {
    /// What it is called.
    pub name: String,
    /// Folders, which stand behind the requests.
    pub folders: Vec<Folder>,
    /// What is in no folder.
    pub requests: Vec<Request>,
}

/// Some of them together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder {
    /// What it is called.
    pub name: String,
    /// Folders within it.
    pub folders: Vec<Self>,
    /// What is in none of those.
    pub requests: Vec<Request>,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What it is called.
    pub name: String,
    /// What is done at the address.
    pub method: Method,
    /// A path below the address of the service, from its slash on; or a whole address.
    pub url: String,
    /// Beside the one for the token.
    pub headers: Vec<Header>,
    /// What is sent along, as it was typed.
    pub body: Option<String>,
    /// What somebody noted about it.
    pub description: String,
}

/// One header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What it says.
    pub value: String,
}
