//! Names of fields and values in the user's language.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{
    AlarmState, Away, BatteryHealth, CameraEvent, Field, FieldValue, HvacMode, Precision, Protect, Scale, Setpoint,
    Thermostat, TimeToTarget, Write,
};
use crate::i18n::{Localizer, Message, ToMessage, message};

impl Localizer {
    /// Shows all temperatures in a scale; `None` shows each in its own.
    #[must_use]
    pub fn with_scale(mut self, scale: Option<Scale>) -> Self {
        self.is_fahrenheit = scale.map(|scale| scale == Scale::Fahrenheit);
        self
    }

    /// The scale of all temperatures, if the user chose one.
    pub fn scale(&self) -> Option<Scale> {
        Some(if self.is_fahrenheit? { Scale::Fahrenheit } else { Scale::Celsius })
    }

    /// The scale in which a thermostat is shown: the user's, or else its own.
    pub fn scale_of(&self, thermostat: &Thermostat) -> Scale {
        self.scale().unwrap_or_else(|| thermostat.scale())
    }

    /// The setpoint in the scale of the user.
    pub fn in_scale(&self, setpoint: Setpoint) -> Setpoint {
        match (self.scale(), setpoint.temperature()) {
            (Some(scale), Some(temperature)) if scale != setpoint.scale => temperature.setpoint(scale),
            _ => setpoint,
        }
    }

    /// `21.5°`, if the scale is shown elsewhere.
    pub fn degrees(&self, setpoint: Setpoint) -> String {
        format!("{}°", self.number(self.in_scale(setpoint)))
    }

    /// `21.5`, with the decimals of its own scale.
    pub fn number(&self, setpoint: Setpoint) -> String {
        match setpoint.scale {
            Scale::Celsius => self.decimal(setpoint.degrees, 1),
            Scale::Fahrenheit => self.decimal(setpoint.degrees, 0),
        }
    }

    /// `21.5 °C`, with a no-break space.
    pub fn temperature(&self, setpoint: Setpoint) -> String {
        let setpoint = self.in_scale(setpoint);
        format!("{}\u{a0}{}", self.number(setpoint), setpoint.scale.sign())
    }

    /// `21.5 degrees Celsius`, for screen readers.
    pub fn spoken(&self, setpoint: Setpoint) -> String {
        let setpoint = self.in_scale(setpoint);
        let degrees = self.number(setpoint);
        match setpoint.scale {
            Scale::Celsius => self.format("degrees-celsius", [("degrees", degrees.into())]),
            Scale::Fahrenheit => self.format("degrees-fahrenheit", [("degrees", degrees.into())]),
        }
    }

    /// The value of a write.
    pub fn value(&self, write: &Write, now: Timestamp, zone: &TimeZone) -> String {
        match write.value() {
            FieldValue::Presence(away) => self.localize(&away),
            FieldValue::Text(text) => match text.as_str() {
                "" => self.text("value-none").into_owned(),
                text => self.format("quoted", [("text", text.into())]),
            },
            FieldValue::Arrival(eta) => match eta.window {
                Some((begin, _)) => self.clock(begin, now, zone),
                None => self.text("value-cancelled").into_owned(),
            },
            FieldValue::Scale(scale) => scale.sign().to_owned(),
            FieldValue::Setpoint(setpoint) => self.temperature(setpoint),
            FieldValue::Range(low, high) => match (low, high) {
                (Some(low), Some(high)) => format!("{}–{}", self.number(self.in_scale(low)), self.temperature(high)),
                (Some(low), None) => self.format("value-from", [("low", self.temperature(low).into())]),
                (None, Some(high)) => self.format("value-to", [("high", self.temperature(high).into())]),
                (None, None) => self.text("value-none").into_owned(),
            },
            FieldValue::Mode(mode) => self.localize(&mode),
            // Some languages have a gender in these words, so a camera has its own.
            FieldValue::Switch(on) if write.slot().field == Field::Streaming => {
                self.text(if on { "camera-on" } else { "camera-off" }).into_owned()
            }
            FieldValue::Switch(on) => self.on_off(on),
            FieldValue::Minutes(minutes) => self.minutes(minutes),
        }
    }

    /// `Hallway: 20.0 °C → 21.5 °C`. The field is named unless the value identifies it.
    pub fn change(&self, device: &str, field: Field, from: Option<&str>, to: &str, is_cancelled: bool) -> String {
        match (field, from) {
            (Field::Away, _) => self.format("change-away", [("device", device.into()), ("to", to.into())]),
            (Field::Eta, _) if is_cancelled => self.format("change-arrival-cancelled", [("device", device.into())]),
            (Field::Target | Field::Range | Field::Mode, Some(from)) => {
                self.format("change-value", [("device", device.into()), ("from", from.into()), ("to", to.into())])
            }
            (Field::Target | Field::Range | Field::Mode, None) => {
                self.format("change-value-to", [("device", device.into()), ("to", to.into())])
            }
            (_, Some(from)) => {
                let field = self.localize(&field).into();
                let values = [("device", device.into()), ("field", field), ("from", from.into()), ("to", to.into())];
                self.format("change-field", values)
            }
            (_, None) => self.format(
                "change-field-to",
                [("device", device.into()), ("field", self.localize(&field).into()), ("to", to.into())],
            ),
        }
    }

    /// A change on the page of its own device, as text: `Target: 20.0 °C → 21.5 °C`.
    pub fn own_change(&self, field: Field, from: Option<&str>, to: &str, is_cancelled: bool) -> String {
        let name = self.localize(&field);
        match (field, is_cancelled) {
            (Field::Away, _) | (Field::Eta, true) => self.change(&name, field, from, to, is_cancelled),
            // The text of a mode has a place for one name only.
            _ => self.change(&name, Field::Mode, from, to, false),
        }
    }

    /// An alarm as a title with its begin, and what to do; `None` if there is none. `since` is the begin as text.
    pub fn alarm(&self, protect: &Protect, since: Option<String>) -> Option<AlarmSentence> {
        let states = [&protect.smoke_alarm_state, &protect.co_alarm_state];
        let is_at = |level: &AlarmState| states.map(|state| state.as_ref() == Some(level));
        let is_emergency = is_at(&AlarmState::Emergency).contains(&true);
        let level = if is_emergency { AlarmState::Emergency } else { AlarmState::Warning };
        let (what, advice) = match is_at(&level) {
            [true, true] => ("alarm-both", "alarm-advice-smoke"),
            [true, false] => ("alarm-smoke", "alarm-advice-smoke"),
            [false, true] => ("alarm-co", "alarm-advice-co"),
            [false, false] => return None,
        };
        let what = self.alarm_place(what, protect.name.as_deref());
        let what = if is_emergency { what } else { self.format("alarm-warning-of", [("what", what.into())]) };
        let title = match since {
            Some(time) => self.format("alarm-since", [("what", what.into()), ("time", time.into())]),
            None => what,
        };
        let advice = self.text(if is_emergency { advice } else { "alarm-advice-warning" }).into_owned();
        Some(AlarmSentence { is_emergency, title, advice })
    }

    /// `Smoke in the Kitchen`, from the message of the danger.
    pub fn alarm_place(&self, danger: &str, place: Option<&str>) -> String {
        let place = place.filter(|place| !place.is_empty());
        let place = place.map_or_else(|| self.text("alarm-somewhere").into_owned(), str::to_owned);
        self.format(danger, [("place", place.into())])
    }

    /// On or off.
    pub fn on_off(&self, on: bool) -> String {
        self.text(if on { "on" } else { "off" }).into_owned()
    }

    /// `45 min`, `2 h`, `1 h 30 min`.
    pub fn minutes(&self, minutes: i64) -> String {
        match (minutes / 60, minutes % 60) {
            (0, minutes) => self.format("duration-min", [("minutes", minutes.into())]),
            (hours, 0) => self.format("duration-h", [("hours", hours.into())]),
            (hours, minutes) => self.format("duration-h-min", [("hours", hours.into()), ("minutes", minutes.into())]),
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
        Some(self.format(id, [("time", self.minutes(i64::from(time.minutes)).into())]))
    }

    /// `14:02`, or with the date if it is not today.
    pub fn clock(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
        let time = at.strftime("%H:%M").to_string();
        if at.date() == now.date() {
            return time;
        }
        let month = self.format("month-short", [("month", i64::from(at.month()).into())]);
        let day = i64::from(at.day());
        self.format("date-time", [("day", day.into()), ("month", month.into()), ("time", time.into())])
    }
}

/// An alarm in the user's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmSentence {
    /// True for an emergency, false for a warning.
    pub is_emergency: bool,
    /// The danger, its place and its begin.
    pub title: String,
    /// The advice: leave, call, ventilate.
    pub advice: String,
}

impl ToMessage for HvacMode {
    fn to_message(&self) -> Message {
        match self {
            Self::Heat => message!("mode-heat"),
            Self::Cool => message!("mode-cool"),
            Self::HeatCool => message!("mode-heat-cool"),
            Self::Eco => message!("mode-eco"),
            Self::Off => message!("mode-off"),
            Self::Other(word) => Message::verbatim(&**word),
        }
    }
}

impl ToMessage for Away {
    fn to_message(&self) -> Message {
        match self {
            Self::Home => message!("away-home"),
            Self::Away | Self::AutoAway => message!("away-away"),
            Self::Unknown => message!("unknown"),
            Self::Other(word) => Message::verbatim(&**word),
        }
    }
}

impl ToMessage for AlarmState {
    fn to_message(&self) -> Message {
        match self {
            Self::Ok => message!("alarm-ok"),
            Self::Warning => message!("alarm-warning"),
            Self::Emergency => message!("alarm-emergency"),
            Self::Other(word) => Message::verbatim(&**word),
        }
    }
}

impl ToMessage for BatteryHealth {
    fn to_message(&self) -> Message {
        match self {
            Self::Ok => message!("battery-ok"),
            Self::Replace => message!("battery-replace"),
            Self::Other(word) => Message::verbatim(&**word),
        }
    }
}

/// The most important part of the event.
impl ToMessage for CameraEvent {
    fn to_message(&self) -> Message {
        match (self.has_person, self.has_motion, self.has_sound) {
            (Some(true), _, _) => message!("event-person"),
            (_, Some(true), _) => message!("event-motion"),
            (_, _, Some(true)) => message!("event-sound"),
            (_, _, _) => message!("event-other"),
        }
    }
}
