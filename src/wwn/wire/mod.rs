//! Conversion between JSON and the device tree.
//!
//! Reading never fails on a field: a value of an unexpected type, or an unknown field, keeps its JSON, and
//! everything around it is used. Only text that is not JSON, or not an object, is an error.

mod document;
mod lenient;
mod object;
mod record;
mod records;
mod request;
mod room;
mod transcribe;
mod tree;

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use serde_json::value::RawValue;

use crate::home::DeviceTree;

pub(crate) use document::changed_fields;
pub(crate) use lenient::time_text;
pub use request::{Incoming, WriteRequest, decode, request};
pub(crate) use tree::{home_value, node, node_text};

/// JSON that cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum Malformed {
    /// Not JSON, or truncated.
    #[error("the service sent text that is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    /// JSON, but not an object where the whole document was expected.
    #[error("the service sent {0} where a home was expected")]
    NotAHome(&'static str),
}

/// Parses the whole document.
pub fn parse(json: &[u8]) -> Result<DeviceTree, Malformed> {
    document::read(json)
}

/// Renders the whole document as text.
pub fn render(home: &DeviceTree) -> String {
    tree::home_text(home)
}

/// Parses a `put` on a stream of the root. `None` if it has no value or is about another path, which the client
/// did not ask for.
pub fn parse_put(json: &str) -> Result<Option<DeviceTree>, Malformed> {
    #[derive(Deserialize)]
    struct Put<'a> {
        #[serde(borrow, default)]
        path: Option<Cow<'a, str>>,
        #[serde(borrow, default)]
        data: Option<&'a RawValue>,
    }
    let put: Put<'_> = serde_json::from_str(json)?;
    if put.path.as_deref().is_some_and(|path| !path.trim_matches('/').is_empty()) {
        return Ok(None);
    }
    match put.data.map(RawValue::get) {
        None | Some("null") => Ok(None),
        Some(data) => parse(data.as_bytes()).map(Some),
    }
}

/// A key of an object, borrowed if the text has no escapes.
pub(crate) struct ObjectKey<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for ObjectKey<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = ObjectKey<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E: de::Error>(self, key: &'de str) -> Result<ObjectKey<'de>, E> {
                Ok(ObjectKey(Cow::Borrowed(key)))
            }
            fn visit_str<E: de::Error>(self, key: &str) -> Result<ObjectKey<'de>, E> {
                Ok(ObjectKey(Cow::Owned(key.to_owned())))
            }
            fn visit_string<E: de::Error>(self, key: String) -> Result<ObjectKey<'de>, E> {
                Ok(ObjectKey(Cow::Owned(key)))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests;
