//! What a person types: `hallway target 21.5`, or shorter `hallway 21.5`, `all eco`, `away`. Names
//! devices or homes and what is to become of them, and becomes [`Write`](crate::home::Write)s.
//! The command line, the launcher and the palette speak it alike.
//!
//! Names may be shortened as long as they stay unique, in any case; temperatures are `21.5`,
//! `21,5`, `70F`, `21C`, `+1` or `-0.5`, a range `18-24`.

mod completion;
mod fields;
mod names;
mod parse;
mod values;
mod words;
mod wrong;

pub use completion::{Completion, Detail, Many, complete};
pub use fields::{fields, understand};
pub use names::{Named, find, names};
pub use parse::parse;
pub use values::{Typed, continuations, temperature};
pub use words::{About, Expected, Kind};

use crate::home::{Field, Scale};

/// Why a text is no write. Each says what would be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// No device or home of that name.
    #[error("there is no device or home called “{name}”; there are: {}", known.join(", "))]
    NoSuchName {
        /// As typed.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// More than one.
    #[error("“{name}” could be {}", candidates.join(", "))]
    Ambiguous {
        /// As typed.
        name: String,
        /// What it could be.
        candidates: Vec<String>,
    },
    /// Nothing was said of what to do.
    #[error("say what to set on “{name}”, such as {example}")]
    NothingAsked {
        /// As typed.
        name: String,
        /// What would do, as it is typed.
        example: &'static str,
    },
    /// The words are known, but there is nothing here that they could be about.
    #[error("there is no {kind} here that this could be about")]
    NothingOfKind {
        /// Of which kind there is nothing.
        kind: Kind,
    },
    /// The field is none of this kind of device.
    #[error("“{field}” cannot be set here; what can be set: {}", known.join(", "))]
    NoSuchField {
        /// As typed.
        field: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The value does not fit the field.
    #[error("“{value}” is not a value for {about}; write {expected}")]
    NoSuchValue {
        /// As typed.
        value: String,
        /// What it is not a value for.
        about: About,
        /// What would do.
        expected: Expected,
    },
    /// A number without a unit that no setpoint has in the scale of the thermostat, and that one would
    /// have in the other scale.
    #[error("“{value}” is no setting in {}; for {} write {value}{}", .scale.sign(), .scale.other().sign(), .scale.other().letter())]
    OtherScale {
        /// As typed.
        value: String,
        /// The scale of the thermostat.
        scale: Scale,
    },
    /// Everything before it is understood, and nothing more can be said.
    #[error("“{0}” does not belong here; leave it out")]
    TooMuch(String),
    /// `+1` needs a present value.
    #[error("the present {} is unknown, so it cannot be changed by a step; write the value itself", About::Field(*.0))]
    NoPresentValue(Field),
}

#[cfg(test)]
#[path = "word_tests.rs"]
mod tests;
