//! Reads an object with a custom visitor, or keeps the JSON of any other value in its place.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::record::{JsonRecord, OwnId};
use super::room::ReadBounds;
use super::transcribe::{number_text, push_seq};

/// Handles the value at one place.
pub(super) trait ReadObject<'de>: Sized {
    /// The result of the read.
    type Output;
    /// Reads the expected object.
    fn object<A: MapAccess<'de>>(self, map: A) -> Result<Self::Output, A::Error>;
    /// Takes the JSON of another value.
    fn odd(self, json: String) -> Self::Output;
    /// Takes a string in place of the object.
    fn text(self, text: &str) -> Self::Output {
        self.odd(Value::from(text).to_string())
    }
}

/// Adapts a [`ReadObject`] to serde.
pub(super) struct ObjectSeed<R>(pub(super) R);

impl<'de, R: ReadObject<'de>> DeserializeSeed<'de> for ObjectSeed<R> {
    type Value = R::Output;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<R::Output, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, R: ReadObject<'de>> Visitor<'de> for ObjectSeed<R> {
    type Value = R::Output;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<R::Output, A::Error> {
        self.0.object(map)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<R::Output, A::Error> {
        let mut json = String::new();
        push_seq(&mut json, seq)?;
        Ok(self.0.odd(json))
    }
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<R::Output, E> {
        Ok(self.0.odd(value.to_string()))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<R::Output, E> {
        Ok(self.0.odd(value.to_string()))
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<R::Output, E> {
        Ok(self.0.odd(value.to_string()))
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<R::Output, E> {
        Ok(self.0.odd(number_text(value)))
    }
    fn visit_str<E: de::Error>(self, value: &str) -> Result<R::Output, E> {
        Ok(self.0.text(value))
    }
    fn visit_unit<E: de::Error>(self) -> Result<R::Output, E> {
        Ok(self.0.odd("null".to_owned()))
    }
}

/// A record, or the JSON of another value in its place.
pub(super) struct AsRecord<'a, T> {
    room: &'a ReadBounds,
    own: Option<OwnId<'a>>,
    record: PhantomData<T>,
}

impl<'a, T> AsRecord<'a, T> {
    pub(super) fn place(room: &'a ReadBounds, own: Option<OwnId<'a>>) -> ObjectSeed<Self> {
        ObjectSeed(Self { room, own, record: PhantomData })
    }
}

impl<'de, T: JsonRecord> ReadObject<'de> for AsRecord<'_, T> {
    type Output = Result<T, String>;
    fn object<A: MapAccess<'de>>(self, map: A) -> Result<Self::Output, A::Error> {
        T::read(map, self.room, self.own).map(Ok)
    }
    fn odd(self, json: String) -> Self::Output {
        Err(json)
    }
}
