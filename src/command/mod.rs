//! Typed commands: `hallway target 21.5`, or shorter `hallway 21.5`, `all eco`, `away`. A command names devices
//! or homes and values, and becomes [`Write`](crate::home::Write)s. The command line, the launcher and the
//! palette use the same commands.
//!
//! Names may be shortened while they are unique, in any case. Temperatures are `21.5`, `21,5`, `70F`, `21C`,
//! `+1` or `-0.5`, a range is `18-24`.

mod completion;
mod fields;
pub mod link;
mod mismatch;
mod names;
mod parse;
mod values;
mod words;

pub use completion::{Completion, Detail, Many, complete};
pub use fields::{fields, understand};
pub use names::{Named, find, names};
pub use parse::parse;
pub use values::{Typed, continuations, temperature};
pub use words::{Expected, Kind, ValueSubject};

use crate::home::{Field, Scale};

/// The reason why a text is no command. Each displays with a correct form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// No device or home has this name.
    #[error("there is no device or home called “{name}”; there are: {}", known.join(", "))]
    NoSuchName {
        /// The name as typed.
        name: String,
        /// The names that exist.
        known: Vec<String>,
    },
    /// Several devices or homes match.
    #[error("“{name}” could be {}", candidates.join(", "))]
    Ambiguous {
        /// The name as typed.
        name: String,
        /// The matching names.
        candidates: Vec<String>,
    },
    /// The value is missing.
    #[error("say what to set on “{name}”, such as {example}")]
    NothingAsked {
        /// The name as typed.
        name: String,
        /// A correct example.
        example: &'static str,
    },
    /// The words are correct, but the home has no such device.
    #[error("this command needs a {kind}, and there is none here")]
    NothingOfKind {
        /// The kind that is missing.
        kind: Kind,
    },
    /// This kind of device has no such field.
    #[error("“{field}” cannot be set here; what can be set: {}", known.join(", "))]
    NoSuchField {
        /// The field as typed.
        field: String,
        /// The fields that exist.
        known: Vec<String>,
    },
    /// The value does not fit the field.
    #[error("“{value}” is not a value for {about}; write {expected}")]
    NoSuchValue {
        /// The value as typed.
        value: String,
        /// The subject of the value.
        about: ValueSubject,
        /// The expected form.
        expected: Expected,
    },
    /// A number without a unit that is no setpoint in the scale of the thermostat, and would be one in the other
    /// scale.
    #[error("“{value}” is no setting in {}; for {} write {value}{}", .scale.sign(), .scale.other().sign(), .scale.other().letter())]
    OtherScale {
        /// The number as typed.
        value: String,
        /// The scale of the thermostat.
        scale: Scale,
    },
    /// The words before are a complete command.
    #[error("“{0}” does not belong here; leave it out")]
    TooMuch(String),
    /// A step such as `+1` needs a present value.
    #[error("the present {} is unknown, so it cannot be changed by a step; write the value itself", ValueSubject::Field(*.0))]
    NoPresentValue(Field),
}

#[cfg(test)]
#[path = "word_tests.rs"]
mod tests;
