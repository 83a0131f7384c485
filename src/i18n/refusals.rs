//! Reasons why a change, a picture or a preset is refused.

use super::Localizer;
use crate::home::{Equipment, Field, HvacMode, Refusal, Scale, Setpoint};
use crate::media::PictureError;
use crate::presets::{MAX_NAME_CHARS, PresetError};

impl Localizer {
    /// The reason why a picture cannot be shown.
    pub fn picture_error(&self, error: &PictureError) -> String {
        let host = |id: &str, host: &str| self.format(id, [("host", host.into())]);
        match error {
            PictureError::NotAUrl | PictureError::UserInfo => self.text("picture-bad-link").into_owned(),
            PictureError::NotHttps(at) => host("picture-not-https", at),
            PictureError::ForeignHost(at) => host("picture-foreign-host", at),
            PictureError::TooManyHops(_) => self.text("picture-redirects").into_owned(),
            PictureError::Denied => self.text("picture-denied").into_owned(),
            PictureError::NotFound => self.text("picture-gone").into_owned(),
            PictureError::Status(status) => self.format("picture-status", [("status", status.to_string().into())]),
            PictureError::Page => self.text("picture-page").into_owned(),
            PictureError::NotAPicture => self.text("picture-none").into_owned(),
            PictureError::TooLarge { limit } => {
                let megabytes = i64::try_from(limit / (1024 * 1024)).unwrap_or(i64::MAX);
                self.format("picture-too-large", [("megabytes", megabytes.into())])
            }
            PictureError::TooManyPixels { width, height } => self.format(
                "picture-too-many-pixels",
                [("width", width.to_string().into()), ("height", height.to_string().into())],
            ),
            PictureError::Broken => self.text("picture-broken").into_owned(),
            PictureError::TimedOut(at) => host("picture-timed-out", at),
            PictureError::Unreachable { host: at, .. } => host("picture-unreachable", at),
            PictureError::Tls(reason) => self.format("no-encryption", [("reason", reason.as_str().into())]),
            PictureError::NoRoom => self.text("picture-no-room").into_owned(),
        }
    }

    /// The reason why a write is refused, with a remedy.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let text = |id: &str| self.text(id).into_owned();
        match refusal {
            Refusal::Unknown(id) => self.format("refused-unknown", [("id", id.as_str().into())]),
            Refusal::Offline => text("refused-offline"),
            Refusal::ModeForbids { mode, .. } => text(match mode {
                HvacMode::Eco => "refused-eco",
                HvacMode::Off => "refused-off",
                HvacMode::HeatCool => "refused-wants-range",
                HvacMode::Heat | HvacMode::Cool => "refused-wants-one",
                HvacMode::Other(_) => "refused-unknown-mode",
            }),
            Refusal::EquipmentLacks { mode, lacks } => {
                let id = match lacks {
                    Equipment::Cooling => "refused-lacks-cooling",
                    Equipment::Heating => "refused-lacks-heating",
                };
                self.format(id, [("mode", self.mode(mode).into())])
            }
            Refusal::UnknownMode(word) => self.format("refused-no-mode", [("word", word.as_str().into())]),
            Refusal::TooHigh(wanted) => {
                let limit = Setpoint { degrees: *wanted.scale.range().end(), scale: wanted.scale };
                self.two("refused-too-high", *wanted, limit)
            }
            Refusal::TooLow(wanted) => {
                let limit = Setpoint { degrees: *wanted.scale.range().start(), scale: wanted.scale };
                self.two("refused-too-low", *wanted, limit)
            }
            Refusal::AboveLock(wanted, limit) => self.two("refused-above-lock", *wanted, *limit),
            Refusal::BelowLock(wanted, limit) => self.two("refused-below-lock", *wanted, *limit),
            Refusal::LowAboveHigh(low, high) => self.two("refused-low-above-high", *low, *high),
            Refusal::TooClose(scale) => self.format("refused-too-close", [("gap", self.gap(*scale).into())]),
            Refusal::NotATemperature(word) => self.format("refused-no-temperature", [("word", word.as_str().into())]),
            Refusal::EmergencyHeat => text("refused-emergency-heat"),
            Refusal::SafetyShutoff => text("refused-safety"),
            Refusal::NoFan => text("refused-no-fan"),
            Refusal::FanNeedsMode => text("refused-fan-off"),
            Refusal::FanDurationNotOffered(minutes) => {
                self.format("refused-fan-duration", [("minutes", (*minutes).into())])
            }
            Refusal::LabelTooLong(chars) => self.format("refused-label-too-long", [("chars", (*chars).into())]),
            Refusal::NameMissing => text("refused-name-missing"),
            Refusal::NotAnAwayState(word) => self.format("refused-no-away", [("word", word.as_str().into())]),
            Refusal::NotAway => text("refused-not-away"),
            Refusal::NoThermostat => text("refused-no-thermostat"),
            Refusal::ArrivalInThePast => text("refused-arrival-past"),
            Refusal::ArrivalEndsBeforeItBegins => text("refused-arrival-ends"),
            Refusal::ServiceLacks { service, field } => {
                let id = match field {
                    Field::Away => "refused-service-away",
                    Field::Name | Field::Label => "refused-service-names",
                    Field::Eta => "refused-service-eta",
                    Field::Scale => "refused-service-scale",
                    Field::Streaming => "refused-service-streaming",
                    Field::Target | Field::Range | Field::Mode | Field::FanTimer | Field::FanDuration => {
                        "refused-service"
                    }
                };
                self.format(id, [("service", service.title().into())])
            }
        }
    }

    fn two(&self, id: &str, wanted: Setpoint, limit: Setpoint) -> String {
        self.format(id, [("asked", self.temperature(wanted).into()), ("limit", self.temperature(limit).into())])
    }

    /// The minimum distance of the two setpoints of a range: `1.5 °C`.
    pub fn gap(&self, scale: Scale) -> String {
        self.temperature(Setpoint { degrees: scale.min_gap(), scale })
    }

    /// The reason why a preset cannot be saved.
    pub fn preset_error(&self, error: &PresetError) -> String {
        match error {
            PresetError::NameMissing => self.text("preset-name-empty").into_owned(),
            PresetError::NameTooLong(chars) => {
                self.format("preset-name-long", [("chars", (*chars).into()), ("most", MAX_NAME_CHARS.into())])
            }
            PresetError::NameTaken(name) => self.format("preset-name-taken", [("name", name.as_str().into())]),
            PresetError::Empty => self.text("preset-sets-nothing").into_owned(),
            PresetError::Gone => self.text("preset-unknown").into_owned(),
        }
    }
}
