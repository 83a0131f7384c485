//! Devices, values and refusals in words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Texts;
use crate::home::{
    AlarmState, Away, BatteryHealth, CameraEvent, Field, HvacMode, Precision, Refusal, Scale, Setpoint, TimeToTarget,
    Write,
};
use crate::language::Misunderstood;
use crate::pictures::PictureError;
use crate::presets::{MAX_NAME_CHARS, PresetError, Starter};

impl Texts {
    /// `21.5°`, where the scale is known from around it.
    pub fn degrees(&self, setpoint: Setpoint) -> String {
        format!("{}°", self.number(setpoint))
    }

    /// `21.5`, with the decimals of its scale.
    pub fn number(&self, setpoint: Setpoint) -> String {
        match setpoint.scale {
            Scale::Celsius => self.decimal(setpoint.degrees, 1),
            Scale::Fahrenheit => self.decimal(setpoint.degrees, 0),
        }
    }

    /// `21.5 °C`, which no line is broken within.
    pub fn temperature(&self, setpoint: Setpoint) -> String {
        format!("{}\u{a0}{}", self.number(setpoint), setpoint.scale.sign())
    }

    /// `21.5 degrees Celsius`, to be spoken.
    pub fn spoken(&self, setpoint: Setpoint) -> String {
        let degrees = self.number(setpoint);
        match setpoint.scale {
            Scale::Celsius => self.with("degrees-celsius", [("degrees", degrees.into())]),
            Scale::Fahrenheit => self.with("degrees-fahrenheit", [("degrees", degrees.into())]),
        }
    }

    /// A mode, as people say it.
    pub fn mode(&self, mode: &HvacMode) -> String {
        match mode {
            HvacMode::Heat => self.say("mode-heat").into_owned(),
            HvacMode::Cool => self.say("mode-cool").into_owned(),
            HvacMode::HeatCool => self.say("mode-heat-cool").into_owned(),
            HvacMode::Eco => self.say("mode-eco").into_owned(),
            HvacMode::Off => self.say("mode-off").into_owned(),
            HvacMode::Other(word) => word.to_string(),
        }
    }

    /// A value that can be set, as a person calls it.
    pub fn field(&self, field: Field) -> String {
        self.say(match field {
            Field::Away => "field-away",
            Field::Name => "field-name",
            Field::Eta => "field-eta",
            Field::Scale => "field-scale",
            Field::Target => "field-target",
            Field::Range => "field-range",
            Field::Mode => "field-mode",
            Field::FanTimer => "field-fan",
            Field::FanDuration => "field-fan-duration",
            Field::Label => "field-label",
            Field::Streaming => "field-streaming",
        })
        .into_owned()
    }

    /// The value that a write asks for.
    pub fn value(&self, write: &Write, now: Timestamp, zone: &TimeZone) -> String {
        match write {
            Write::Away(_, away) => self.away(away),
            Write::StructureName(_, text) | Write::Label(_, text) => match text.as_str() {
                "" => self.say("value-none").into_owned(),
                text => self.with("quoted", [("text", text.into())]),
            },
            Write::Eta(_, eta) => match eta.window {
                Some((begin, _)) => self.clock(begin, now, zone),
                None => self.say("value-cancelled").into_owned(),
            },
            Write::Scale(_, scale) => scale.sign().to_owned(),
            Write::Target(_, setpoint) => self.temperature(*setpoint),
            Write::Range { low, high, .. } => match (low, high) {
                (Some(low), Some(high)) => format!("{}–{}", self.number(*low), self.temperature(*high)),
                (Some(low), None) => self.with("value-from", [("low", self.temperature(*low).into())]),
                (None, Some(high)) => self.with("value-to", [("high", self.temperature(*high).into())]),
                (None, None) => self.say("value-none").into_owned(),
            },
            Write::Mode(_, mode) => self.mode(mode),
            Write::FanTimer(_, on) | Write::Streaming(_, on) => self.on_off(*on),
            Write::FanDuration(_, minutes) => self.minutes(*minutes),
        }
    }

    /// On, or off.
    pub fn on_off(&self, on: bool) -> String {
        self.say(if on { "on" } else { "off" }).into_owned()
    }

    /// Home, or away.
    pub fn away(&self, away: &Away) -> String {
        match away {
            Away::Home => self.say("away-home").into_owned(),
            Away::Away | Away::AutoAway => self.say("away-away").into_owned(),
            Away::Unknown => self.say("unknown").into_owned(),
            Away::Other(word) => word.to_string(),
        }
    }

    /// `45 min`, `2 h`, `1 h 30 min`.
    pub fn minutes(&self, minutes: i64) -> String {
        match (minutes / 60, minutes % 60) {
            (0, minutes) => self.with("duration-min", [("minutes", minutes.into())]),
            (hours, 0) => self.with("duration-h", [("hours", hours.into())]),
            (hours, minutes) => self.with("duration-h-min", [("hours", hours.into()), ("minutes", minutes.into())]),
        }
    }

    /// `about 20 min`; `None` once the target is reached.
    pub fn time_to_target(&self, time: TimeToTarget) -> Option<String> {
        let id = match (time.precision, time.minutes) {
            (Precision::About, 0) => return None,
            (Precision::About, _) => "time-about",
            (Precision::LessThan, _) => "time-under",
            (Precision::MoreThan, _) => "time-over",
        };
        Some(self.with(id, [("time", self.minutes(i64::from(time.minutes)).into())]))
    }

    /// `14:02`, or with the date when it is not today.
    pub fn clock(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
        let time = at.strftime("%H:%M").to_string();
        if at.date() == now.date() {
            return time;
        }
        let month = self.with("month-short", [("month", i64::from(at.month()).into())]);
        let day = i64::from(at.day());
        self.with("date-time", [("day", day.into()), ("month", month.into()), ("time", time.into())])
    }

    /// The state of an alarm.
    pub fn alarm(&self, state: Option<&AlarmState>) -> String {
        match state {
            Some(AlarmState::Ok) => self.say("alarm-ok").into_owned(),
            Some(AlarmState::Warning) => self.say("alarm-warning").into_owned(),
            Some(AlarmState::Emergency) => self.say("alarm-emergency").into_owned(),
            Some(AlarmState::Other(word)) => word.to_string(),
            None => self.say("unknown").into_owned(),
        }
    }

    /// The state of a battery.
    pub fn battery(&self, health: Option<&BatteryHealth>) -> String {
        match health {
            Some(BatteryHealth::Ok) => self.say("battery-ok").into_owned(),
            Some(BatteryHealth::Replace) => self.say("battery-replace").into_owned(),
            Some(BatteryHealth::Other(word)) => word.to_string(),
            None => self.say("unknown").into_owned(),
        }
    }

    /// What a camera noticed; the most telling of it.
    pub fn event(&self, event: &CameraEvent) -> String {
        let id = match (event.has_person, event.has_motion, event.has_sound) {
            (Some(true), _, _) => "event-person",
            (_, Some(true), _) => "event-motion",
            (_, _, Some(true)) => "event-sound",
            (_, _, _) => "event-other",
        };
        self.say(id).into_owned()
    }

    /// Why a picture cannot be shown.
    pub fn picture_error(&self, error: &PictureError) -> String {
        let host = |id: &str, host: &str| self.with(id, [("host", host.into())]);
        match error {
            PictureError::NotAUrl | PictureError::UserInfo => self.say("picture-bad-link").into_owned(),
            PictureError::NotHttps(at) => host("picture-not-https", at),
            PictureError::ForeignHost(at) => host("picture-foreign-host", at),
            PictureError::TooManyHops(_) => self.say("picture-redirects").into_owned(),
            PictureError::Denied => self.say("picture-denied").into_owned(),
            PictureError::NotFound => self.say("picture-gone").into_owned(),
            PictureError::Status(status) => self.with("picture-status", [("status", status.to_string().into())]),
            PictureError::Page => self.say("picture-page").into_owned(),
            PictureError::NotAPicture => self.say("picture-none").into_owned(),
            PictureError::TooLarge { limit } => {
                let megabytes = i64::try_from(limit / (1024 * 1024)).unwrap_or(i64::MAX);
                self.with("picture-too-large", [("megabytes", megabytes.into())])
            }
            PictureError::TooManyPixels { width, height } => self.with(
                "picture-too-many-pixels",
                [("width", width.to_string().into()), ("height", height.to_string().into())],
            ),
            PictureError::Broken => self.say("picture-broken").into_owned(),
            PictureError::TimedOut(at) => host("picture-timed-out", at),
            PictureError::Unreachable { host: at, .. } => host("picture-unreachable", at),
            PictureError::Tls(reason) => self.with("picture-tls", [("reason", reason.as_str().into())]),
            PictureError::NoRoom => self.say("picture-no-room").into_owned(),
        }
    }

    /// Why a write is refused, and what can be done.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let text = |id: &str| self.say(id).into_owned();
        match refusal {
            Refusal::Unknown(id) => self.with("refused-unknown", [("id", id.as_str().into())]),
            Refusal::Offline => text("refused-offline"),
            Refusal::ModeForbids { mode, .. } => text(match mode {
                HvacMode::Eco => "refused-eco",
                HvacMode::Off => "refused-off",
                HvacMode::HeatCool => "refused-wants-range",
                HvacMode::Heat | HvacMode::Cool => "refused-wants-one",
                HvacMode::Other(_) => "refused-unknown-mode",
            }),
            Refusal::EquipmentLacks { mode, action } => {
                let id = if *action == "cool" { "refused-lacks-cooling" } else { "refused-lacks-heating" };
                self.with(id, [("mode", self.mode(mode).into())])
            }
            Refusal::UnknownMode(word) => self.with("refused-no-mode", [("word", word.as_str().into())]),
            Refusal::TooHigh(asked) => {
                let limit = Setpoint { degrees: *asked.scale.range().end(), scale: asked.scale };
                self.two("refused-too-high", *asked, limit)
            }
            Refusal::TooLow(asked) => {
                let limit = Setpoint { degrees: *asked.scale.range().start(), scale: asked.scale };
                self.two("refused-too-low", *asked, limit)
            }
            Refusal::AboveLock(asked, limit) => self.two("refused-above-lock", *asked, *limit),
            Refusal::BelowLock(asked, limit) => self.two("refused-below-lock", *asked, *limit),
            Refusal::LowAboveHigh(low, high) => self.two("refused-low-above-high", *low, *high),
            Refusal::TooClose(scale) => self.with("refused-too-close", [("gap", self.gap(*scale).into())]),
            Refusal::NotATemperature(word) => self.with("refused-no-temperature", [("word", word.as_str().into())]),
            Refusal::EmergencyHeat => text("refused-emergency-heat"),
            Refusal::SafetyShutoff => text("refused-safety"),
            Refusal::NoFan => text("refused-no-fan"),
            Refusal::FanDurationNotOffered(minutes) => {
                self.with("refused-fan-duration", [("minutes", (*minutes).into())])
            }
            Refusal::LabelTooLong(chars) => self.with("refused-label-too-long", [("chars", (*chars).into())]),
            Refusal::NameMissing => text("refused-name-missing"),
            Refusal::NotAnAwayState(word) => self.with("refused-no-away", [("word", word.as_str().into())]),
            Refusal::NotAway => text("refused-not-away"),
            Refusal::NoThermostat => text("refused-no-thermostat"),
            Refusal::ArrivalInThePast => text("refused-arrival-past"),
            Refusal::ArrivalEndsBeforeItBegins => text("refused-arrival-ends"),
        }
    }

    fn two(&self, id: &str, asked: Setpoint, limit: Setpoint) -> String {
        self.with(id, [("asked", self.temperature(asked).into()), ("limit", self.temperature(limit).into())])
    }

    /// How far the two setpoints of a range stay apart: `1.5 °C`.
    pub fn gap(&self, scale: Scale) -> String {
        self.temperature(Setpoint { degrees: scale.min_gap(), scale })
    }

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
            Misunderstood::NothingOfKind { kind } => self.with("typed-nothing-of-kind", [("kind", (*kind).into())]),
            Misunderstood::NoSuchField { field, known } => {
                self.with("typed-no-field", [("field", field.as_str().into()), ("known", known.join(", ").into())])
            }
            Misunderstood::NoSuchValue { value, field, expected } => self.with(
                "typed-no-value",
                [("value", value.as_str().into()), ("field", (*field).into()), ("expected", (*expected).into())],
            ),
            Misunderstood::NoPresentValue(field) => self.with("typed-no-present", [("field", (*field).into())]),
        }
    }

    /// What a preset to begin with is called.
    pub fn starter(&self, starter: Starter) -> String {
        self.say(match starter {
            Starter::Night => "starter-night",
            Starter::Away => "starter-away",
            Starter::EverythingOff => "starter-everything-off",
        })
        .into_owned()
    }

    /// Why a preset cannot be kept.
    pub fn preset_error(&self, error: &PresetError) -> String {
        match error {
            PresetError::NameMissing => self.say("preset-name-empty").into_owned(),
            PresetError::NameTooLong(chars) => {
                self.with("preset-name-long", [("chars", (*chars).into()), ("most", MAX_NAME_CHARS.into())])
            }
            PresetError::NameTaken(name) => self.with("preset-name-taken", [("name", name.as_str().into())]),
            PresetError::Empty => self.say("preset-sets-nothing").into_owned(),
            PresetError::Gone => self.say("preset-unknown").into_owned(),
        }
    }
}
