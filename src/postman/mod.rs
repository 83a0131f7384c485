//! Collections of requests as Postman files (collection format v2.1).
//!
//! A file never contains a token. An export has the variable `{{token}}` with the bearer scheme for the whole
//! collection, and `{{base_url}}` for the address of the service. An import drops tokens with a remark. Parts
//! that Setpoint does not support, such as scripts, are remarked on too.
use crate::http::Method;

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

/// The variable for the address of the service.
const BASE_VARIABLE: &str = "base_url";
const TOKEN_VARIABLE: &str = "token";
/// The default of `{{base_url}}`.
const VENDOR_URL: &str = "https://developer-api.nest.com";

/// Named requests in folders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PostmanCollection {
    pub name: String,
    /// The folders, which follow the requests.
    pub folders: Vec<Folder>,
    /// The requests outside folders.
    pub requests: Vec<PostmanRequest>,
}

/// A folder of requests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder {
    pub name: String,
    /// The folders within it.
    pub folders: Vec<Self>,
    /// The requests outside those.
    pub requests: Vec<PostmanRequest>,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostmanRequest {
    pub name: String,
    pub method: Method,
    /// A path below the address of the service, with its slash; or a whole address.
    pub url: String,
    /// The headers except the one for the token.
    pub headers: Vec<Header>,
    /// The body as typed.
    pub body: Option<String>,
    /// A note about the request.
    pub description: String,
}

/// One header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub value: String,
}
