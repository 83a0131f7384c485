//! Reading an object by code of its own, or keeping whatever else stands in its place.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::lenient::collect_seq;
use super::record::Record;

/// What to do with the value at one place.
pub(super) trait ReadObject<'de>: Sized {
    /// What comes of it.
    type Output;
    /// It is an object, as expected.
    fn object<A: MapAccess<'de>>(self, map: A) -> Result<Self::Output, A::Error>;
    /// It is something else.
    fn odd(self, value: Value) -> Self::Output;
}

/// Makes a [`ReadObject`] readable.
pub(super) struct Place<R>(pub(super) R);

impl<'de, R: ReadObject<'de>> DeserializeSeed<'de> for Place<R> {
    type Value = R::Output;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<R::Output, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, R: ReadObject<'de>> Visitor<'de> for Place<R> {
    type Value = R::Output;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<R::Output, A::Error> {
        self.0.object(map)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<R::Output, A::Error> {
        Ok(self.0.odd(collect_seq(seq)?))
    }
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<R::Output, E> {
        Ok(self.0.odd(Value::Bool(value)))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<R::Output, E> {
        Ok(self.0.odd(Value::from(value)))
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<R::Output, E> {
        Ok(self.0.odd(Value::from(value)))
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<R::Output, E> {
        Ok(self.0.odd(Number::from_f64(value).map_or(Value::Null, Value::Number)))
    }
    fn visit_str<E: de::Error>(self, value: &str) -> Result<R::Output, E> {
        Ok(self.0.odd(Value::from(value)))
    }
    fn visit_unit<E: de::Error>(self) -> Result<R::Output, E> {
        Ok(self.0.odd(Value::Null))
    }
}

/// A record, or what stood in its place.
pub(super) struct AsRecord<T>(PhantomData<T>);

impl<T> AsRecord<T> {
    pub(super) fn place() -> Place<Self> {
        Place(Self(PhantomData))
    }
}

impl<'de, T: Record> ReadObject<'de> for AsRecord<T> {
    type Output = Result<T, Value>;
    fn object<A: MapAccess<'de>>(self, map: A) -> Result<Self::Output, A::Error> {
        T::read(map).map(Ok)
    }
    fn odd(self, value: Value) -> Self::Output {
        Err(value)
    }
}
