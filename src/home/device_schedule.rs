//! The weekly schedule that a thermostat keeps itself, as No Longer Evil stores it.

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::units::Temperature;

/// Two temperatures that differ less, in degrees Celsius, are the same, as those are that a screen shows alike: a
/// thermostat stores rounded and learned numbers.
const SAME_WITHIN: f64 = 0.05;

/// The kind of set points of a whole schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleMode {
    Heat,
    Cool,
    HeatCool,
}

/// The set point of one start.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduledTarget {
    Heat(#[serde(with = "celsius")] Temperature),
    Cool(#[serde(with = "celsius")] Temperature),
    Range {
        #[serde(with = "celsius")]
        low: Temperature,
        #[serde(with = "celsius")]
        high: Temperature,
    },
}

impl ScheduledTarget {
    /// The temperatures: one, or the lower and the upper end.
    pub fn temperatures(self) -> (Temperature, Option<Temperature>) {
        match self {
            Self::Heat(target) | Self::Cool(target) => (target, None),
            Self::Range { low, high } => (low, Some(high)),
        }
    }

    fn is_same(self, other: Self) -> bool {
        let is_shown_alike = |one: Temperature, other: Temperature| {
            (one.celsius_view(), one.fahrenheit_view()) == (other.celsius_view(), other.fahrenheit_view())
        };
        let is_close = |one: Temperature, other: Temperature| {
            (one.celsius() - other.celsius()).abs() < SAME_WITHIN || is_shown_alike(one, other)
        };
        match (self, other) {
            (Self::Heat(one), Self::Heat(other)) | (Self::Cool(one), Self::Cool(other)) => is_close(one, other),
            (Self::Range { low, high }, Self::Range { low: other_low, high: other_high }) => {
                is_close(low, other_low) && is_close(high, other_high)
            }
            (Self::Heat(_) | Self::Cool(_) | Self::Range { .. }, _) => false,
        }
    }
}

/// A start of a set point, which holds until the next one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DeviceStart {
    /// Seconds after midnight by the thermostat's clock, less than 86,400.
    pub second: u32,
    pub target: ScheduledTarget,
}

/// The weekly schedule of a thermostat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeviceSchedule {
    /// The thermostat's own name for it, mostly `Current Schedule`.
    pub name: String,
    pub mode: ScheduleMode,
    /// The starts of each day from Monday on, in the order of time.
    pub days: [Vec<DeviceStart>; 7],
}

impl DeviceSchedule {
    /// True without any start.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// The starts of a day.
    pub fn day(&self, weekday: Weekday) -> &[DeviceStart] {
        let lane = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
        self.days.get(lane).map_or(&[], Vec::as_slice)
    }

    /// The set point that goes on from the days before; `None` without any start.
    pub fn at_midnight(&self, weekday: Weekday) -> Option<ScheduledTarget> {
        let mut before = (1..=7).map(|back| self.day(weekday.wrapping_sub(back)));
        Some(before.find_map(<[DeviceStart]>::last)?.target)
    }

    /// The set point at a time of the week, in seconds after midnight; `None` without any start.
    pub fn at(&self, weekday: Weekday, second: u32) -> Option<ScheduledTarget> {
        let begun = self.day(weekday).iter().rev().find(|start| start.second <= second);
        begun.map(|start| start.target).or_else(|| self.at_midnight(weekday))
    }

    /// The first start after a time of the week, with the number of days until it.
    pub fn next_start(&self, weekday: Weekday, second: u32) -> Option<(u8, DeviceStart)> {
        (0..=7).find_map(|days: i8| {
            let mut starts = self.day(weekday.wrapping_add(days)).iter();
            let start = starts.find(|start| days > 0 || start.second > second)?;
            Some((days.unsigned_abs(), *start))
        })
    }

    /// True for the same starts with the same set points.
    pub fn is_same(&self, other: &Self) -> bool {
        let is_same_day = |(one, other): (&Vec<DeviceStart>, &Vec<DeviceStart>)| {
            let is_same = |(one, other): (&DeviceStart, &DeviceStart)| {
                one.second == other.second && one.target.is_same(other.target)
            };
            one.len() == other.len() && one.iter().zip(other).all(is_same)
        };
        self.mode == other.mode && self.days.iter().zip(&other.days).all(is_same_day)
    }
}

/// Temperatures as degrees Celsius.
mod celsius {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::Temperature;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(super) fn serialize<S: Serializer>(temperature: &Temperature, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(temperature.celsius())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Temperature, D::Error> {
        let degrees = f64::deserialize(from)?;
        Temperature::from_celsius(degrees).ok_or_else(|| D::Error::custom("no temperature of a room"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heat(degrees: f64) -> ScheduledTarget {
        ScheduledTarget::Heat(Temperature::from_celsius(degrees).expect("a temperature"))
    }

    fn schedule(days: [Vec<DeviceStart>; 7]) -> DeviceSchedule {
        DeviceSchedule { name: String::new(), mode: ScheduleMode::Heat, days }
    }

    #[test]
    fn a_set_point_goes_on_from_the_days_before_and_from_sunday_to_monday() {
        let mut days: [Vec<DeviceStart>; 7] = Default::default();
        days[2].push(DeviceStart { second: 21_600, target: heat(20.5) });
        days[2].push(DeviceStart { second: 79_200, target: heat(17.0) });
        let week = schedule(days);
        assert_eq!(week.at_midnight(Weekday::Monday), Some(heat(17.0)));
        assert_eq!(week.at_midnight(Weekday::Wednesday), Some(heat(17.0)));
        assert_eq!(schedule(Default::default()).at_midnight(Weekday::Monday), None);
        assert_eq!(week.at(Weekday::Wednesday, 21_599), Some(heat(17.0)));
        assert_eq!(week.at(Weekday::Wednesday, 21_600), Some(heat(20.5)));
        let next = |weekday, second| week.next_start(weekday, second).map(|(days, start)| (days, start.second));
        assert_eq!(next(Weekday::Monday, 50_000), Some((2, 21_600)));
        assert_eq!(next(Weekday::Wednesday, 21_600), Some((0, 79_200)));
        assert_eq!(next(Weekday::Wednesday, 79_200), Some((7, 21_600)));
    }

    #[test]
    fn a_rounded_number_is_the_same_set_point() {
        let of = |degrees: f64| {
            let mut days: [Vec<DeviceStart>; 7] = Default::default();
            days[0].push(DeviceStart { second: 0, target: heat(degrees) });
            schedule(days)
        };
        assert!(of(19.606_54).is_same(&of(19.61)));
        assert!(!of(19.5).is_same(&of(20.0)));
        assert!(!of(19.5).is_same(&schedule(Default::default())));
        assert!(!of(19.5).is_same(&DeviceSchedule { mode: ScheduleMode::Cool, ..of(19.5) }));
    }

    #[test]
    fn a_schedule_survives_its_file() {
        let mut days: [Vec<DeviceStart>; 7] = Default::default();
        let ends = [19.0, 25.5].map(|degrees| Temperature::from_celsius(degrees).expect("a temperature"));
        days[6].push(DeviceStart { second: 60, target: ScheduledTarget::Range { low: ends[0], high: ends[1] } });
        let week = DeviceSchedule { name: "Current Schedule".to_owned(), mode: ScheduleMode::HeatCool, days };
        let text = serde_json::to_string(&week).expect("JSON");
        assert_eq!(serde_json::from_str::<DeviceSchedule>(&text).expect("a schedule"), week);
        let absurd = text.replace("25.5", "2500");
        assert!(serde_json::from_str::<DeviceSchedule>(&absurd).is_err());
    }
}
