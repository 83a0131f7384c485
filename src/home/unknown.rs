//! JSON that the model does not contain, kept as text: a tree of values costs up to ninety times as much memory
//! as the text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// One value as the service sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown(Arc<str>);

impl Unknown {
    /// Wraps the text of one JSON value; the caller has checked it.
    pub fn of_text(json: &str) -> Self {
        Self(json.into())
    }

    /// The JSON.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl From<&Value> for Unknown {
    fn from(value: &Value) -> Self {
        Self::of_text(&value.to_string())
    }
}

/// Members of an object: one text of the form `{"name":value,…}`, `None` if there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnknownFields(Option<Arc<str>>);

impl UnknownFields {
    /// True if the model contains everything.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The object's JSON; `None` if it would be empty.
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The JSON of each member by name; of two with one name the later one.
    pub fn members(&self) -> BTreeMap<Cow<'_, str>, &RawValue> {
        self.0.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// Calls `look` with the name of each member, including duplicates.
    pub fn each_name(&self, look: impl FnMut(&str)) {
        if let Some(text) = self.0.as_deref() {
            // The text was read as an object, so this cannot fail.
            serde_json::Deserializer::from_str(text).deserialize_map(Names(look)).ok();
        }
    }

    /// One member as a tree of values.
    pub fn get(&self, name: &str) -> Option<Value> {
        serde_json::from_str(self.members().get(name)?.get()).ok()
    }

    /// All members as trees of values, which are large if the text is.
    pub fn to_map(&self) -> Map<String, Value> {
        self.0.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// Adds a member.
    pub fn insert(&mut self, name: &str, value: &Value) {
        let mut text = UnknownText::default();
        if let Some(before) = self.0.as_deref() {
            text.0.push_str(before.strip_suffix('}').unwrap_or(before));
        }
        text.add(name, |out| out.push_str(&value.to_string()));
        *self = text.close();
    }
}

struct Names<F>(F);

impl<'de, F: FnMut(&str)> Visitor<'de> for Names<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, IgnoredAny)) = map.next_entry::<Cow<'de, str>, _>()? {
            (self.0)(&name);
        }
        Ok(())
    }
}

/// [`UnknownFields`] under construction.
#[derive(Debug, Default)]
pub struct UnknownText(String);

impl UnknownText {
    /// Adds a member; `write` appends its JSON to the text.
    pub fn add<T>(&mut self, name: &str, write: impl FnOnce(&mut String) -> T) -> T {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push_str(&Value::from(name).to_string());
        self.0.push(':');
        write(&mut self.0)
    }

    /// Finishes the object.
    pub fn close(mut self) -> UnknownFields {
        if self.0.is_empty() {
            return UnknownFields::default();
        }
        self.0.push('}');
        UnknownFields(Some(self.0.into()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_kept_and_found() {
        let mut fields = UnknownFields::default();
        assert!(fields.is_empty() && fields.get("a").is_none());
        fields.insert("a \"b\"", &json!({"c": [1, null]}));
        fields.insert("d", &json!("x"));
        fields.insert("d", &json!("y"));
        assert_eq!(fields.get("a \"b\""), Some(json!({"c": [1, null]})));
        assert_eq!(fields.get("d"), Some(json!("y")), "the later one");
        assert_eq!(Value::Object(fields.to_map()), json!({"a \"b\"": {"c": [1, null]}, "d": "y"}));
        assert_eq!(fields.text(), Some("{\"a \\\"b\\\"\":{\"c\":[1,null]},\"d\":\"x\",\"d\":\"y\"}"));
    }
}
