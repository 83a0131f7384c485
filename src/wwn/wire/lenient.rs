//! Lenient reading of JSON: a field of an unexpected type becomes unknown and keeps its JSON, while everything
//! around it is used.

use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::transcribe::{push_map, push_seq};
use crate::home::{
    AlarmState, Away, BatteryHealth, Confidential, HvacMode, HvacState, LONGEST_TEXT, RingColor, Scale, SecurityState,
    StructureId, TimeToTarget, Training, UnknownText, WhereId,
};

/// The result of reading one field.
pub(super) enum Read<T> {
    /// The value is read, and writing it gives the same JSON.
    Exact(T),
    /// The value is read, but its JSON differs from the JSON that this program writes.
    Near(T, String),
    /// The JSON of a value of an unexpected type.
    Odd(String),
}

/// A scalar of the model.
pub(super) trait Leaf: Sized {
    fn from_bool(_: bool) -> Option<Self> {
        None
    }
    fn from_integer(_: i64) -> Option<Self> {
        None
    }
    fn from_number(_: f64) -> Option<Self> {
        None
    }
    fn from_text(_: &str) -> Option<Self> {
        None
    }
    /// Returns the value as this program writes it.
    fn to_value(&self) -> Value;
    /// True if writing the value always gives the text that was read.
    const TEXT_IS_EXACT: bool = true;
}

impl Leaf for bool {
    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }
    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Leaf for i64 {
    fn from_integer(value: i64) -> Option<Self> {
        Some(value)
    }
    fn from_number(value: f64) -> Option<Self> {
        // Accepts 25.0 for 25; 2^53 bounds the integers that a double holds exactly.
        (value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0).then_some(value as Self)
    }
    fn to_value(&self) -> Value {
        Value::from(*self)
    }
}

/// Numbers with or without a decimal point.
impl Leaf for f64 {
    fn from_integer(value: i64) -> Option<Self> {
        Some(value as Self)
    }
    fn from_number(value: f64) -> Option<Self> {
        Some(value)
    }
    fn to_value(&self) -> Value {
        Value::from(*self)
    }
}

impl Leaf for String {
    fn from_text(text: &str) -> Option<Self> {
        (text.len() <= LONGEST_TEXT).then(|| text.to_owned())
    }
    fn to_value(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl Leaf for Confidential {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::new(text))
    }
    fn to_value(&self) -> Value {
        Value::from(self.reveal())
    }
}

macro_rules! ids {
    ($($id:ty),+) => {$(
        impl Leaf for $id {
            fn from_text(text: &str) -> Option<Self> {
                Some(Self::new(text))
            }
            fn to_value(&self) -> Value {
                Value::from(self.as_str())
            }
        }
    )+};
}

ids!(StructureId, WhereId);

macro_rules! words {
    ($($word:ty),+) => {$(
        impl Leaf for $word {
            fn from_text(text: &str) -> Option<Self> {
                Some(Self::from_word(text))
            }
            fn to_value(&self) -> Value {
                Value::from(self.as_str())
            }
        }
    )+};
}

words!(HvacMode, HvacState, Away, AlarmState, BatteryHealth, RingColor, Training, SecurityState);

impl Leaf for Scale {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "C" => Some(Self::Celsius),
            "F" => Some(Self::Fahrenheit),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        Value::from(self.letter())
    }
}

impl Leaf for TimeToTarget {
    const TEXT_IS_EXACT: bool = false;
    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text)
    }
    fn to_value(&self) -> Value {
        Value::from(self.to_string())
    }
}

impl Leaf for Timestamp {
    const TEXT_IS_EXACT: bool = false;
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn to_value(&self) -> Value {
        Value::from(time_text(*self))
    }
}

/// Formats a time as the service does: `2017-02-02T21:00:06.000Z`.
pub(crate) fn time_text(time: Timestamp) -> String {
    format!("{time:.3}")
}

impl<'de, T: Leaf> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LeafVisitor(PhantomData))
    }
}

struct LeafVisitor<T>(PhantomData<T>);

impl<'de, T: Leaf> Visitor<'de> for LeafVisitor<T> {
    type Value = Read<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Read<T>, E> {
        Ok(T::from_bool(value).map_or(Read::Odd(value.to_string()), Read::Exact))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Read<T>, E> {
        Ok(T::from_integer(value).map_or_else(|| Read::Odd(value.to_string()), Read::Exact))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Read<T>, E> {
        let read = i64::try_from(value).ok().and_then(T::from_integer);
        Ok(read.map_or_else(|| Read::Odd(value.to_string()), Read::Exact))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Read<T>, E> {
        let raw = Number::from_f64(value).map_or(Value::Null, Value::Number);
        Ok(match T::from_number(value) {
            Some(read) if read.to_value() == raw => Read::Exact(read),
            Some(read) => Read::Near(read, raw.to_string()),
            None => Read::Odd(raw.to_string()),
        })
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Read<T>, E> {
        Ok(match T::from_text(text) {
            Some(read) if T::TEXT_IS_EXACT || read.to_value() == text => Read::Exact(read),
            Some(read) => Read::Near(read, Value::from(text).to_string()),
            None => Read::Odd(Value::from(text).to_string()),
        })
    }

    fn visit_unit<E: de::Error>(self) -> Result<Read<T>, E> {
        Ok(Read::Odd("null".to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Read<T>, A::Error> {
        let mut json = String::new();
        push_seq(&mut json, seq)?;
        Ok(Read::Odd(json))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Read<T>, A::Error> {
        let mut json = String::new();
        push_map(&mut json, map)?;
        Ok(Read::Odd(json))
    }
}

/// Reads one field into `place`. Also keeps its JSON in `unknown` if the model cannot hold it exactly.
pub(super) fn read_leaf<'de, T: Leaf, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
    place: &mut Option<T>,
    unknown: &mut UnknownText,
) -> Result<(), A::Error> {
    match map.next_value::<Read<T>>()? {
        Read::Exact(value) => *place = Some(value),
        Read::Near(value, json) => {
            *place = Some(value);
            unknown.add(name, |out| out.push_str(&json));
        }
        Read::Odd(json) => unknown.add(name, |out| out.push_str(&json)),
    }
    Ok(())
}
