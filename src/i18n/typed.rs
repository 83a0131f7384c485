//! Problems of a typed command. Commands are the same in every language; the problems are translated.

use super::Localizer;
use crate::command::{Expected, Kind, ParseError, ValueSubject};

impl Localizer {
    /// The reason why a text is no command, with a correct form.
    pub fn misunderstood(&self, why: &ParseError) -> String {
        match why {
            ParseError::NoSuchName { name, known } => {
                self.format("typed-no-name", [("name", name.as_str().into()), ("known", known.join(", ").into())])
            }
            ParseError::Ambiguous { name, candidates } => self.format(
                "typed-ambiguous",
                [("name", name.as_str().into()), ("candidates", candidates.join(", ").into())],
            ),
            ParseError::NothingAsked { name, example } => {
                self.format("typed-nothing-asked", [("name", name.as_str().into()), ("example", (*example).into())])
            }
            ParseError::NothingOfKind { kind } => self
                .text(match kind {
                    Kind::Thermostat => "typed-no-thermostat-here",
                    Kind::Fan => "typed-no-fan-here",
                    Kind::Camera => "typed-no-camera-here",
                    Kind::Home => "typed-no-home-here",
                })
                .into_owned(),
            ParseError::NoSuchField { field, known } => {
                self.format("typed-no-field", [("field", field.as_str().into()), ("known", known.join(", ").into())])
            }
            ParseError::NoSuchValue { value, about, expected } => self.format(
                "typed-no-value",
                [
                    ("value", value.as_str().into()),
                    ("field", self.about(*about).into()),
                    ("expected", self.expected(*expected).into()),
                ],
            ),
            ParseError::OtherScale { value, scale } => self.format(
                "typed-other-scale",
                [
                    ("value", value.as_str().into()),
                    ("scale", scale.sign().into()),
                    ("other", scale.other().sign().into()),
                    ("letter", scale.other().letter().into()),
                ],
            ),
            ParseError::TooMuch(text) => self.format("typed-too-much", [("text", text.as_str().into())]),
            ParseError::NoPresentValue(field) => {
                self.format("typed-no-present", [("field", self.field(*field).into())])
            }
        }
    }

    fn about(&self, about: ValueSubject) -> String {
        self.text(match about {
            ValueSubject::Field(field) => return self.field(field),
            ValueSubject::Kind(Kind::Thermostat) => "thermostat",
            ValueSubject::Kind(Kind::Fan) => "field-fan",
            ValueSubject::Kind(Kind::Camera) => "camera",
            ValueSubject::Kind(Kind::Home) => "structure",
        })
        .into_owned()
    }

    fn expected(&self, expected: Expected) -> String {
        self.text(match expected {
            Expected::OnOff => "expected-on-off",
            Expected::Temperature => "expected-temperature",
            Expected::TwoTemperatures => "expected-two-temperatures",
            Expected::Mode => "expected-mode",
            Expected::OfThermostat => "expected-of-thermostat",
            Expected::OnOffMinutes => "expected-on-off-minutes",
            Expected::Minutes => "expected-minutes",
            Expected::Arrival => "expected-arrival",
            Expected::Scale => "expected-scale",
            Expected::HomeAway => "expected-home-away",
            Expected::OfHome => "expected-of-home",
        })
        .into_owned()
    }
}
