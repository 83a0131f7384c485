//! One list of fields per kind of node. Both reading and writing are generated from it.

use serde::de::MapAccess;
use serde_json::{Map, Value};

use super::object::{ObjectSeed, ReadObject};
use super::room::ReadBounds;
use super::transcribe::{Transcribe, number_text, push_map};
use crate::home::{Temperature, UnknownFields, UnknownText};

/// A node whose JSON is an object.
pub(super) trait JsonRecord: Sized {
    /// Reads the object of a map access. Does not fail on a field of an unexpected type.
    fn read<'de, A: MapAccess<'de>>(map: A, room: &ReadBounds, own: Option<OwnId<'_>>) -> Result<Self, A::Error>;
    /// The fields that the model holds, in the service's form, without the record's own id.
    fn known(&self) -> Map<String, Value>;
    /// The fields that the model does not hold, or not exactly. They override the rendering of the model.
    fn unknown(&self) -> &UnknownFields;
}

/// The key of a record, and the field of the record that repeats it.
#[derive(Clone, Copy)]
pub(super) struct OwnId<'a> {
    pub(super) field: &'static str,
    pub(super) id: &'a str,
}

/// Keeps a field that the model does not hold. The document contains the id twice; this keeps the second one
/// only if the two differ.
pub(super) fn keep_field<'de, A: MapAccess<'de>>(
    map: &mut A,
    field: &str,
    unknown: &mut UnknownText,
    own: Option<OwnId<'_>>,
) -> Result<(), A::Error> {
    match own.filter(|own| own.field == field) {
        None => unknown.add(field, |out| map.next_value_seed(Transcribe(out))),
        Some(own) => {
            if let Some(other) = map.next_value_seed(ObjectSeed(Repeats(own.id)))? {
                unknown.add(field, |out| out.push_str(&other));
            }
            Ok(())
        }
    }
}

/// Reads an id. Returns the JSON of the value if it is not this id.
struct Repeats<'a>(&'a str);

impl<'de> ReadObject<'de> for Repeats<'_> {
    type Output = Option<String>;

    fn object<A: MapAccess<'de>>(self, map: A) -> Result<Option<String>, A::Error> {
        let mut json = String::new();
        push_map(&mut json, map)?;
        Ok(Some(json))
    }
    fn odd(self, json: String) -> Option<String> {
        Some(json)
    }
    fn text(self, text: &str) -> Option<String> {
        (text != self.0).then(|| Value::from(text).to_string())
    }
}

/// Reads the JSON of the next value.
pub(super) fn next_json<'de, A: MapAccess<'de>>(map: &mut A) -> Result<String, A::Error> {
    let mut json = String::new();
    map.next_value_seed(Transcribe(&mut json))?;
    Ok(json)
}

/// The Celsius and Fahrenheit values of a temperature while their object is being read.
#[derive(Default)]
pub(super) struct BothScales {
    celsius: Option<f64>,
    fahrenheit: Option<f64>,
}

impl BothScales {
    pub(super) fn celsius(&mut self) -> &mut Option<f64> {
        &mut self.celsius
    }

    pub(super) fn fahrenheit(&mut self) -> &mut Option<f64> {
        &mut self.fahrenheit
    }

    /// Returns the temperature. If the two values do not match, Celsius decides and both keep their JSON. A
    /// value that is no plausible temperature keeps its JSON and is ignored.
    pub(super) fn settle(self, name: &str, unknown: &mut UnknownText) -> Option<Temperature> {
        let plausible_c = self.celsius.filter(|degrees| Temperature::from_celsius(*degrees).is_some());
        let plausible_f = self.fahrenheit.filter(|degrees| Temperature::from_fahrenheit(*degrees).is_some());
        for (suffix, came, plausible) in [("c", self.celsius, plausible_c), ("f", self.fahrenheit, plausible_f)] {
            if plausible.is_none()
                && let Some(degrees) = came
            {
                unknown.add(&format!("{name}_{suffix}"), |out| out.push_str(&number_text(degrees)));
            }
        }
        match (plausible_c, plausible_f) {
            (Some(c), Some(f)) => Temperature::from_views(c, f).or_else(|| {
                unknown.add(&format!("{name}_c"), |out| out.push_str(&number_text(c)));
                unknown.add(&format!("{name}_f"), |out| out.push_str(&number_text(f)));
                Temperature::from_celsius(c)
            }),
            (Some(c), None) => {
                if Temperature::from_celsius(c).is_some_and(|t| t.celsius_view() != c) {
                    unknown.add(&format!("{name}_c"), |out| out.push_str(&number_text(c)));
                }
                Temperature::from_celsius(c)
            }
            (None, Some(f)) => {
                if Temperature::from_fahrenheit(f).is_some_and(|t| t.fahrenheit_view() != f) {
                    unknown.add(&format!("{name}_f"), |out| out.push_str(&number_text(f)));
                }
                Temperature::from_fahrenheit(f)
            }
            (None, None) => None,
        }
    }
}

/// Writes both values of a temperature: Fahrenheit always as an integer, Celsius always with a point.
pub(super) fn write_views(object: &mut Map<String, Value>, name: &str, temperature: Option<Temperature>) {
    if let Some(temperature) = temperature {
        object.insert(format!("{name}_c"), Value::from(temperature.celsius_view()));
        object.insert(format!("{name}_f"), Value::from(temperature.fahrenheit_view() as i64));
    }
}

/// Implements [`JsonRecord`] for a struct whose fields have the names of the service: `leaf` for scalars,
/// `temperature` for Celsius/Fahrenheit pairs, `other` for fields with custom functions.
macro_rules! record {
    ($type:ty {
        leaf { $($leaf:ident),* $(,)? }
        temperature { $($temperature:ident),* $(,)? }
        other { $($other:ident: $read_other:path, $write_other:path);* $(;)? }
    }) => {
        impl $crate::wwn::wire::record::JsonRecord for $type {
            fn read<'de, A: serde::de::MapAccess<'de>>(
                mut map: A,
                room: &$crate::wwn::wire::room::ReadBounds,
                own: Option<$crate::wwn::wire::record::OwnId<'_>>,
            ) -> Result<Self, A::Error> {
                let _ = room;
                let mut out = Self::default();
                let mut unknown = $crate::home::UnknownText::default();
                $(let mut $temperature = $crate::wwn::wire::record::BothScales::default();)*
                while let Some(key) = map.next_key::<$crate::wwn::wire::ObjectKey<'de>>()? {
                    match &*key.0 {
                        $(stringify!($leaf) => {
                            $crate::wwn::wire::lenient::read_leaf(&mut map, stringify!($leaf), &mut out.$leaf, &mut unknown)?;
                        })*
                        $(concat!(stringify!($temperature), "_c") => $crate::wwn::wire::lenient::read_leaf(
                            &mut map,
                            concat!(stringify!($temperature), "_c"),
                            $temperature.celsius(),
                            &mut unknown,
                        )?,
                        concat!(stringify!($temperature), "_f") => $crate::wwn::wire::lenient::read_leaf(
                            &mut map,
                            concat!(stringify!($temperature), "_f"),
                            $temperature.fahrenheit(),
                            &mut unknown,
                        )?,)*
                        $(stringify!($other) => {
                            let json = $crate::wwn::wire::record::next_json(&mut map)?;
                            let read = if room.items(&json) { $read_other(&json) } else { None };
                            match read {
                                Some(read) => out.$other = Some(read),
                                None => unknown.add(stringify!($other), |out| out.push_str(&json)),
                            }
                        })*
                        other => $crate::wwn::wire::record::keep_field(&mut map, other, &mut unknown, own)?,
                    }
                }
                $(out.$temperature = $temperature.settle(stringify!($temperature), &mut unknown);)*
                out.extra = unknown.close();
                Ok(out)
            }

            fn known(&self) -> serde_json::Map<String, serde_json::Value> {
                let mut object = serde_json::Map::new();
                $(if let Some(value) = &self.$leaf {
                    object.insert(stringify!($leaf).to_owned(), $crate::wwn::wire::lenient::Leaf::to_value(value));
                })*
                $($crate::wwn::wire::record::write_views(&mut object, stringify!($temperature), self.$temperature);)*
                $(if let Some(value) = &self.$other {
                    object.insert(stringify!($other).to_owned(), $write_other(value));
                })*
                object
            }

            fn unknown(&self) -> &$crate::home::UnknownFields {
                &self.extra
            }
        }
    };
}

pub(super) use record;
