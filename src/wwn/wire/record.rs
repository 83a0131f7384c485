//! One list of fields per kind of node, from which both reading and writing are made.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::home::Temperature;

/// A node that is an object.
pub(super) trait Record: Sized {
    /// Reads the object of a map access; never fails on a field of an unexpected type.
    fn read<'de, A: serde::de::MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
    /// The object as the service would send it, without its own id.
    fn write(&self) -> Map<String, Value>;
}

/// Two views of a temperature while their object is being read.
#[derive(Default)]
pub(super) struct Views {
    celsius: Option<f64>,
    fahrenheit: Option<f64>,
}

impl Views {
    pub(super) fn celsius(&mut self) -> &mut Option<f64> {
        &mut self.celsius
    }

    pub(super) fn fahrenheit(&mut self) -> &mut Option<f64> {
        &mut self.fahrenheit
    }

    /// The stored value. Where the two views do not belong together, Celsius decides and both are kept as
    /// they came; a view that is no plausible temperature is kept and not believed.
    pub(super) fn settle(self, name: &str, extra: &mut BTreeMap<String, Value>) -> Option<Temperature> {
        let plausible_c = self.celsius.filter(|degrees| Temperature::from_celsius(*degrees).is_some());
        let plausible_f = self.fahrenheit.filter(|degrees| Temperature::from_fahrenheit(*degrees).is_some());
        for (suffix, came, plausible) in [("c", self.celsius, plausible_c), ("f", self.fahrenheit, plausible_f)] {
            if plausible.is_none()
                && let Some(degrees) = came
            {
                extra.insert(format!("{name}_{suffix}"), Value::from(degrees));
            }
        }
        match (plausible_c, plausible_f) {
            (Some(c), Some(f)) => Temperature::from_views(c, f).or_else(|| {
                extra.insert(format!("{name}_c"), Value::from(c));
                extra.insert(format!("{name}_f"), Value::from(f));
                Temperature::from_celsius(c)
            }),
            (Some(c), None) => {
                if Temperature::from_celsius(c).is_some_and(|t| t.celsius_view() != c) {
                    extra.insert(format!("{name}_c"), Value::from(c));
                }
                Temperature::from_celsius(c)
            }
            (None, Some(f)) => {
                if Temperature::from_fahrenheit(f).is_some_and(|t| t.fahrenheit_view() != f) {
                    extra.insert(format!("{name}_f"), Value::from(f));
                }
                Temperature::from_fahrenheit(f)
            }
            (None, None) => None,
        }
    }
}

/// Both views of a temperature: Fahrenheit always an integer, Celsius always with a point.
pub(super) fn write_views(object: &mut Map<String, Value>, name: &str, temperature: Option<Temperature>) {
    if let Some(temperature) = temperature {
        object.insert(format!("{name}_c"), Value::from(temperature.celsius_view()));
        object.insert(format!("{name}_f"), Value::from(temperature.fahrenheit_view() as i64));
    }
}

/// Makes a [`Record`] of a struct whose fields are named as the service names them: `leaf` for
/// scalars, `temperature` for pairs of views, `other` for what has code of its own.
macro_rules! record {
    ($type:ty {
        leaf { $($leaf:ident),* $(,)? }
        temperature { $($temperature:ident),* $(,)? }
        other { $($other:ident: $read_other:path, $write_other:path);* $(;)? }
    }) => {
        impl $crate::wwn::wire::record::Record for $type {
            fn read<'de, A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                let mut out = Self::default();
                $(let mut $temperature = $crate::wwn::wire::record::Views::default();)*
                while let Some(key) = map.next_key::<$crate::wwn::wire::Key<'de>>()? {
                    match &*key.0 {
                        $(stringify!($leaf) => {
                            $crate::wwn::wire::lenient::read_leaf(&mut map, stringify!($leaf), &mut out.$leaf, &mut out.extra)?;
                        })*
                        $(concat!(stringify!($temperature), "_c") => $crate::wwn::wire::lenient::read_leaf(
                            &mut map,
                            concat!(stringify!($temperature), "_c"),
                            $temperature.celsius(),
                            &mut out.extra,
                        )?,
                        concat!(stringify!($temperature), "_f") => $crate::wwn::wire::lenient::read_leaf(
                            &mut map,
                            concat!(stringify!($temperature), "_f"),
                            $temperature.fahrenheit(),
                            &mut out.extra,
                        )?,)*
                        $(stringify!($other) => {
                            let value = map.next_value::<serde_json::Value>()?;
                            match $read_other(&value) {
                                Some(read) => out.$other = Some(read),
                                None => {
                                    out.extra.insert(stringify!($other).to_owned(), value);
                                }
                            }
                        })*
                        other => {
                            out.extra.insert(other.to_owned(), map.next_value()?);
                        }
                    }
                }
                $(out.$temperature = $temperature.settle(stringify!($temperature), &mut out.extra);)*
                Ok(out)
            }

            fn write(&self) -> serde_json::Map<String, serde_json::Value> {
                let mut object = serde_json::Map::new();
                $(if let Some(value) = &self.$leaf {
                    object.insert(stringify!($leaf).to_owned(), $crate::wwn::wire::lenient::Leaf::to_value(value));
                })*
                $($crate::wwn::wire::record::write_views(&mut object, stringify!($temperature), self.$temperature);)*
                $(if let Some(value) = &self.$other {
                    object.insert(stringify!($other).to_owned(), $write_other(value));
                })*
                // What could not be held exactly wins over the model's rendering of it.
                object.extend(self.extra.iter().map(|(key, value)| (key.clone(), value.clone())));
                object
            }
        }
    };
}

pub(super) use record;
