//! Names of devices and values.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Localizer;
use crate::home::{
    AlarmState, Away, BatteryHealth, CameraEvent, Field, HvacMode, Precision, Scale, Setpoint, TimeToTarget, Write,
};
use crate::presets::Starter;

impl Localizer {
    /// `21.5°`, if the scale is shown elsewhere.
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

    /// `21.5 °C`, with a no-break space.
    pub fn temperature(&self, setpoint: Setpoint) -> String {
        format!("{}\u{a0}{}", self.number(setpoint), setpoint.scale.sign())
    }

    /// `21.5 degrees Celsius`, for screen readers.
    pub fn spoken(&self, setpoint: Setpoint) -> String {
        let degrees = self.number(setpoint);
        match setpoint.scale {
            Scale::Celsius => self.format("degrees-celsius", [("degrees", degrees.into())]),
            Scale::Fahrenheit => self.format("degrees-fahrenheit", [("degrees", degrees.into())]),
        }
    }

    /// The name of a mode.
    pub fn mode(&self, mode: &HvacMode) -> String {
        match mode {
            HvacMode::Heat => self.text("mode-heat").into_owned(),
            HvacMode::Cool => self.text("mode-cool").into_owned(),
            HvacMode::HeatCool => self.text("mode-heat-cool").into_owned(),
            HvacMode::Eco => self.text("mode-eco").into_owned(),
            HvacMode::Off => self.text("mode-off").into_owned(),
            HvacMode::Other(word) => word.to_string(),
        }
    }

    /// The name of a writable field.
    pub fn field(&self, field: Field) -> String {
        self.text(match field {
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

    /// The value of a write.
    pub fn value(&self, write: &Write, now: Timestamp, zone: &TimeZone) -> String {
        match write {
            Write::Away(_, away) => self.away(away),
            Write::StructureName(_, text) | Write::Label(_, text) => match text.as_str() {
                "" => self.text("value-none").into_owned(),
                text => self.format("quoted", [("text", text.into())]),
            },
            Write::Eta(_, eta) => match eta.window {
                Some((begin, _)) => self.clock(begin, now, zone),
                None => self.text("value-cancelled").into_owned(),
            },
            Write::Scale(_, scale) => scale.sign().to_owned(),
            Write::Target(_, setpoint) => self.temperature(*setpoint),
            Write::Range { low, high, .. } => match (low, high) {
                (Some(low), Some(high)) => format!("{}–{}", self.number(*low), self.temperature(*high)),
                (Some(low), None) => self.format("value-from", [("low", self.temperature(*low).into())]),
                (None, Some(high)) => self.format("value-to", [("high", self.temperature(*high).into())]),
                (None, None) => self.text("value-none").into_owned(),
            },
            Write::Mode(_, mode) => self.mode(mode),
            Write::FanTimer(_, on) | Write::Streaming(_, on) => self.on_off(*on),
            Write::FanDuration(_, minutes) => self.minutes(*minutes),
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
                let field = self.field(field).into();
                let values = [("device", device.into()), ("field", field), ("from", from.into()), ("to", to.into())];
                self.format("change-field", values)
            }
            (_, None) => self.format(
                "change-field-to",
                [("device", device.into()), ("field", self.field(field).into()), ("to", to.into())],
            ),
        }
    }

    /// On or off.
    pub fn on_off(&self, on: bool) -> String {
        self.text(if on { "on" } else { "off" }).into_owned()
    }

    /// Home or away.
    pub fn away(&self, away: &Away) -> String {
        match away {
            Away::Home => self.text("away-home").into_owned(),
            Away::Away | Away::AutoAway => self.text("away-away").into_owned(),
            Away::Unknown => self.text("unknown").into_owned(),
            Away::Other(word) => word.to_string(),
        }
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

    /// The state of an alarm.
    pub fn alarm(&self, state: Option<&AlarmState>) -> String {
        match state {
            Some(AlarmState::Ok) => self.text("alarm-ok").into_owned(),
            Some(AlarmState::Warning) => self.text("alarm-warning").into_owned(),
            Some(AlarmState::Emergency) => self.text("alarm-emergency").into_owned(),
            Some(AlarmState::Other(word)) => word.to_string(),
            None => self.text("unknown").into_owned(),
        }
    }

    /// The state of a battery.
    pub fn battery(&self, health: Option<&BatteryHealth>) -> String {
        match health {
            Some(BatteryHealth::Ok) => self.text("battery-ok").into_owned(),
            Some(BatteryHealth::Replace) => self.text("battery-replace").into_owned(),
            Some(BatteryHealth::Other(word)) => word.to_string(),
            None => self.text("unknown").into_owned(),
        }
    }

    /// The event of a camera, by its most important part.
    pub fn event(&self, event: &CameraEvent) -> String {
        let id = match (event.has_person, event.has_motion, event.has_sound) {
            (Some(true), _, _) => "event-person",
            (_, Some(true), _) => "event-motion",
            (_, _, Some(true)) => "event-sound",
            (_, _, _) => "event-other",
        };
        self.text(id).into_owned()
    }

    /// The name of a suggested preset.
    pub fn starter(&self, starter: Starter) -> String {
        self.text(match starter {
            Starter::Night => "starter-night",
            Starter::Away => "starter-away",
            Starter::EverythingOff => "starter-everything-off",
        })
        .into_owned()
    }
}
