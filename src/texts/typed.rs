//! What is wrong with a typed text. What may be typed is the same in every language; what is said
//! about it is not.

use super::Texts;
use crate::language::{About, Expected, Kind, Misunderstood};

impl Texts {
    /// Why a typed text is no write, and what would be.
    pub fn misunderstood(&self, why: &Misunderstood) -> String {
        match why {
            Misunderstood::NoSuchName { name, known } => {
                self.with("typed-no-name", [("name", name.as_str().into()), ("known", known.join(", ").into())])
            }
            Misunderstood::Ambiguous { name, candidates } => self.with(
                "typed-ambiguous",
                [("name", name.as_str().into()), ("candidates", candidates.join(", ").into())],
            ),
            Misunderstood::NothingAsked { name, example } => {
                self.with("typed-nothing-asked", [("name", name.as_str().into()), ("example", (*example).into())])
            }
            Misunderstood::NothingOfKind { kind } => self
                .say(match kind {
                    Kind::Thermostat => "typed-no-thermostat-here",
                    Kind::Fan => "typed-no-fan-here",
                    Kind::Camera => "typed-no-camera-here",
                    Kind::Home => "typed-no-home-here",
                })
                .into_owned(),
            Misunderstood::NoSuchField { field, known } => {
                self.with("typed-no-field", [("field", field.as_str().into()), ("known", known.join(", ").into())])
            }
            Misunderstood::NoSuchValue { value, about, expected } => self.with(
                "typed-no-value",
                [
                    ("value", value.as_str().into()),
                    ("field", self.about(*about).into()),
                    ("expected", self.expected(*expected).into()),
                ],
            ),
            Misunderstood::OtherScale { value, scale } => self.with(
                "typed-other-scale",
                [
                    ("value", value.as_str().into()),
                    ("scale", scale.sign().into()),
                    ("other", scale.other().sign().into()),
                    ("letter", scale.other().letter().into()),
                ],
            ),
            Misunderstood::TooMuch(text) => self.with("typed-too-much", [("text", text.as_str().into())]),
            Misunderstood::NoPresentValue(field) => {
                self.with("typed-no-present", [("field", self.field(*field).into())])
            }
        }
    }

    fn about(&self, about: About) -> String {
        self.say(match about {
            About::Field(field) => return self.field(field),
            About::Kind(Kind::Thermostat) => "thermostat",
            About::Kind(Kind::Fan) => "field-fan",
            About::Kind(Kind::Camera) => "camera",
            About::Kind(Kind::Home) => "structure",
        })
        .into_owned()
    }

    fn expected(&self, expected: Expected) -> String {
        self.say(match expected {
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
