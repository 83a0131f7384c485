//! Typed commands: `hallway target 21.5`, or shorter `hallway 21.5`, `all eco`, `away`. A command names devices
//! or homes and values, and becomes [`Write`](crate::home::Write)s. The command line, the launcher and the
//! palette use the same commands.
//!
//! Names may be shortened while they are unique, in any case. Temperatures are `21.5`, `21,5`, `70F`, `21C`,
//! `+1` or `-0.5`, a range is `18-24`.

mod completion;
mod fields;
mod hold;
pub mod link;
mod mismatch;
mod names;
mod parse;
mod translate;
mod values;
mod words;

pub use completion::{Completion, Detail, Many, complete};
pub use fields::{fields, understand};
pub use hold::{TimedCommand, held_thermostats, hold_end, present_setpoint, split_hold};
pub use names::{Named, find, names};
pub use parse::{parse, parse_in};
pub use translate::translate;
pub use values::{Typed, continuations, range, temperature};
pub use words::{Expected, Kind, ValueSubject};

use crate::home::{Field, Scale};
use crate::i18n::{Message, ToMessage, display_english, message};

/// The reason why a text is no command. Each displays with a correct form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseError {
    /// No device or home has this name.
    NoSuchName {
        /// The name as typed.
        name: String,
        /// The names that exist.
        known: Vec<String>,
    },
    /// Several devices or homes match.
    Ambiguous {
        /// The name as typed.
        name: String,
        /// The matching names.
        candidates: Vec<String>,
    },
    /// The value is missing.
    NothingAsked {
        /// The name as typed.
        name: String,
        /// A correct example.
        example: &'static str,
    },
    /// The words are correct, but the home has no such device.
    NothingOfKind {
        /// The kind that is missing.
        kind: Kind,
    },
    /// This kind of device has no such field.
    NoSuchField {
        /// The field as typed.
        field: String,
        /// The fields that exist.
        known: Vec<String>,
    },
    /// The value does not fit the field.
    NoSuchValue {
        /// The value as typed.
        value: String,
        about: ValueSubject,
        /// The expected form.
        expected: Expected,
    },
    /// A number without a unit that is no setpoint in the scale of the thermostat, and would be one in the other
    /// scale.
    OtherScale {
        /// The number as typed.
        value: String,
        /// The scale of the thermostat.
        scale: Scale,
    },
    /// The words before are a complete command.
    TooMuch(String),
    /// A step such as `+1` needs a present value.
    NoPresentValue(Field),
    /// The words behind `until` or `for` tell no end of a hold.
    NoSuchEnd {
        /// The words as typed.
        text: String,
    },
    /// Only set points are held for a time.
    NotHeld(Field),
    /// A hold until the next set point would never end, because the thermostat has no active schedule.
    NoNextStart {
        /// The name of the thermostat.
        name: String,
    },
}

impl ToMessage for ParseError {
    fn to_message(&self) -> Message {
        match self {
            Self::NoSuchName { name, known } => message!("typed-no-name", name = name, known = known.join(", ")),
            Self::Ambiguous { name, candidates } => {
                message!("typed-ambiguous", name = name, candidates = candidates.join(", "))
            }
            Self::NothingAsked { name, example } => message!("typed-nothing-asked", name = name, example = *example),
            Self::NothingOfKind { kind } => match kind {
                Kind::Thermostat => message!("typed-no-thermostat-here"),
                Kind::Fan => message!("typed-no-fan-here"),
                Kind::Camera => message!("typed-no-camera-here"),
                Kind::Home => message!("typed-no-home-here"),
            },
            Self::NoSuchField { field, known } => message!("typed-no-field", field = field, known = known.join(", ")),
            Self::NoSuchValue { value, about, expected } => {
                message!("typed-no-value", value = value, field = about.to_message(), expected = expected.to_message())
            }
            Self::OtherScale { value, scale } => message!(
                "typed-other-scale",
                value = value,
                scale = scale.sign(),
                other = scale.other().sign(),
                letter = scale.other().letter(),
            ),
            Self::TooMuch(text) => message!("typed-too-much", text = text),
            Self::NoPresentValue(field) => message!("typed-no-present", field = field.to_message()),
            Self::NoSuchEnd { text } => message!("typed-no-end", text = text),
            Self::NotHeld(field) => message!("typed-not-held", field = field.to_message()),
            Self::NoNextStart { name } => message!("typed-no-next-start", name = name),
        }
    }
}

display_english!(ParseError);

#[cfg(test)]
#[path = "word_tests.rs"]
mod tests;
