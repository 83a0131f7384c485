//! Temperatures and scales.
//!
//! A Nest thermostat keeps one temperature and shows it in two ways: `_c` is rounded *down* to
//! half a degree Celsius, `_f` is rounded to the nearest degree Fahrenheit. All 23 distinct pairs
//! in recordings of the real service fit this and no simpler rule (20.5 °C comes with 70 °F,
//! 21.5 °C with 72 °F), so one view must never be computed from the other.

use std::fmt;

use crate::i18n::Argument;

/// The lowest setpoint that the vendor allows, in degrees Celsius (9 °C / 50 °F).
pub const MIN_SETPOINT_C: f64 = 9.0;
/// The highest setpoint that the vendor allows, in degrees Celsius (32 °C / 90 °F).
pub const MAX_SETPOINT_C: f64 = 32.0;
/// The lowest setpoint that the vendor allows, in degrees Fahrenheit.
pub const MIN_SETPOINT_F: f64 = 50.0;
/// The highest setpoint that the vendor allows, in degrees Fahrenheit.
pub const MAX_SETPOINT_F: f64 = 90.0;
/// The minimum distance of the two setpoints of heat-cool (the deadband), in degrees Celsius.
pub const MIN_GAP_C: f64 = 1.5;
/// The minimum distance of the two setpoints of heat-cool (the deadband), in degrees Fahrenheit.
pub const MIN_GAP_F: f64 = 3.0;

/// A temperature scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Scale {
    /// Degrees Celsius, in steps of 0.5.
    #[default]
    #[serde(rename = "C")]
    Celsius,
    /// Degrees Fahrenheit, in steps of 1.
    #[serde(rename = "F")]
    Fahrenheit,
}

impl Scale {
    /// The other scale.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Celsius => Self::Fahrenheit,
            Self::Fahrenheit => Self::Celsius,
        }
    }

    /// `C` or `F`, the service's spelling.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Celsius => "C",
            Self::Fahrenheit => "F",
        }
    }

    /// `°C` or `°F`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Celsius => "°C",
            Self::Fahrenheit => "°F",
        }
    }

    /// The step of a setpoint: 0.5 °C or 1 °F.
    pub fn step(self) -> f64 {
        match self {
            Self::Celsius => 0.5,
            Self::Fahrenheit => 1.0,
        }
    }

    /// The range of setpoints that the vendor allows.
    pub fn range(self) -> std::ops::RangeInclusive<f64> {
        match self {
            Self::Celsius => MIN_SETPOINT_C..=MAX_SETPOINT_C,
            Self::Fahrenheit => MIN_SETPOINT_F..=MAX_SETPOINT_F,
        }
    }

    /// The minimum distance between the two setpoints of heat-cool.
    pub fn min_gap(self) -> f64 {
        match self {
            Self::Celsius => MIN_GAP_C,
            Self::Fahrenheit => MIN_GAP_F,
        }
    }

    /// The minimum distance between the two ends of a range.
    pub fn gap(self) -> Setpoint {
        Setpoint { degrees: self.min_gap(), scale: self }
    }
}

/// The range of plausible temperatures, in degrees Celsius. A value outside is a fault of the sender and counts
/// as unknown.
const PLAUSIBLE_C: std::ops::RangeInclusive<f64> = -100.0..=200.0;

/// A measured or requested temperature, as the service stores it.
///
/// The value is always finite and plausible.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Temperature {
    celsius: f64,
}

impl Temperature {
    /// A temperature in degrees Celsius; `None` if it is not plausible.
    pub fn from_celsius(celsius: f64) -> Option<Self> {
        PLAUSIBLE_C.contains(&celsius).then_some(Self { celsius })
    }

    /// A temperature in degrees Fahrenheit; `None` if it is not plausible.
    pub fn from_fahrenheit(fahrenheit: f64) -> Option<Self> {
        Self::from_celsius((fahrenheit - 32.0) / 1.8)
    }

    /// The stored value behind two views of it; `None` if no single value has both views.
    ///
    /// The result is the lowest value with exactly this Celsius view if possible, so that a value that was
    /// written in Celsius is returned unchanged.
    pub fn from_views(celsius: f64, fahrenheit: f64) -> Option<Self> {
        let exact = Self::from_celsius(celsius)?;
        if exact.views() == (celsius, fahrenheit) {
            return Some(exact);
        }
        let candidates = [
            Self::from_fahrenheit(fahrenheit)?,
            Self::from_fahrenheit(fahrenheit - 0.499999)?,
            Self::from_celsius(celsius + 0.499999)?,
        ];
        candidates.into_iter().find(|candidate| candidate.views() == (celsius, fahrenheit))
    }

    /// The stored value in degrees Celsius, not rounded.
    pub fn celsius(self) -> f64 {
        self.celsius
    }

    /// The stored value in degrees Fahrenheit, not rounded.
    pub fn fahrenheit(self) -> f64 {
        self.celsius * 1.8 + 32.0
    }

    /// The value of `_c` fields: rounded down to half a degree.
    pub fn celsius_view(self) -> f64 {
        // A value such as 20.000000000001 - 1e-12 results from a unit conversion, not from a thermostat.
        ((self.celsius + 1e-6) * 2.0).floor() / 2.0
    }

    /// The value of `_f` fields: rounded to a degree.
    pub fn fahrenheit_view(self) -> f64 {
        self.fahrenheit().round()
    }

    /// The view in a scale.
    pub fn view(self, scale: Scale) -> f64 {
        match scale {
            Scale::Celsius => self.celsius_view(),
            Scale::Fahrenheit => self.fahrenheit_view(),
        }
    }

    fn views(self) -> (f64, f64) {
        (self.celsius_view(), self.fahrenheit_view())
    }

    /// The nearest setpoint in this scale.
    pub fn setpoint(self, scale: Scale) -> Setpoint {
        Setpoint { degrees: self.view(scale), scale }
    }
}

impl fmt::Debug for Temperature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}°C", self.celsius)
    }
}

/// The relative humidity in whole percent; `None` if it is not plausible.
pub fn humidity_percent(reported: f64) -> Option<i64> {
    (0.0..=100.0).contains(&reported).then(|| reported.round() as i64)
}

/// A requested temperature, in the scale of the request.
///
/// The scale decides the field that is written (`_c` or `_f`), and therefore the view that has to be reported
/// for a confirmation.
#[derive(Clone, Copy, PartialEq, PartialOrd, serde::Serialize, serde::Deserialize)]
pub struct Setpoint {
    /// Degrees in `scale`; the rules check the range.
    pub degrees: f64,
    /// The scale of `degrees`.
    pub scale: Scale,
}

impl Setpoint {
    /// Degrees Celsius.
    pub fn celsius(degrees: f64) -> Self {
        Self { degrees, scale: Scale::Celsius }
    }

    /// Degrees Fahrenheit.
    pub fn fahrenheit(degrees: f64) -> Self {
        Self { degrees, scale: Scale::Fahrenheit }
    }

    /// The nearest value on the scale's grid: 0.5 °C or 1 °F.
    #[must_use]
    pub fn rounded(self) -> Self {
        let step = self.scale.step();
        Self { degrees: (self.degrees / step).round() * step, scale: self.scale }
    }

    /// The value that the service would store; `None` if it is not plausible.
    pub fn temperature(self) -> Option<Temperature> {
        match self.scale {
            Scale::Celsius => Temperature::from_celsius(self.degrees),
            Scale::Fahrenheit => Temperature::from_fahrenheit(self.degrees),
        }
    }

    /// True if a reported temperature equals this setpoint in its scale.
    pub fn is_shown_by(self, reported: Temperature) -> bool {
        self.temperature().is_some_and(|wanted| wanted.view(self.scale) == reported.view(self.scale))
    }

    /// `21.5°` or `70°`, for a screen that shows the scale elsewhere.
    pub fn short(self) -> String {
        match self.scale {
            Scale::Celsius => format!("{:.1}°", self.degrees),
            Scale::Fahrenheit => format!("{:.0}°", self.degrees),
        }
    }
}

impl From<Setpoint> for Argument {
    fn from(setpoint: Setpoint) -> Self {
        let (decimals, unit) = match setpoint.scale {
            Scale::Celsius => (1, "\u{a0}°C"),
            Scale::Fahrenheit => (0, "\u{a0}°F"),
        };
        Self::Decimal { number: setpoint.degrees, decimals, unit }
    }
}

impl fmt::Display for Setpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scale {
            Scale::Celsius => write!(f, "{:.1} °C", self.degrees),
            Scale::Fahrenheit => write!(f, "{:.0} °F", self.degrees),
        }
    }
}

impl fmt::Debug for Setpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pairs (°C, °F) of one stored value in recordings of the real service.
    const RECORDED: [(f64, f64); 14] = [
        (12.5, 55.0),
        (15.5, 60.0),
        (17.5, 64.0),
        (18.0, 64.0),
        (19.0, 66.0),
        (20.0, 68.0),
        (20.5, 70.0),
        (21.0, 70.0),
        (21.5, 72.0),
        (22.0, 72.0),
        (24.0, 75.0),
        (24.0, 76.0),
        (25.0, 77.0),
        (28.5, 84.0),
    ];

    #[test]
    fn recorded_pairs_are_views_of_one_value() {
        for (c, f) in RECORDED {
            let stored = Temperature::from_views(c, f);
            let views = stored.map(|t| (t.celsius_view(), t.fahrenheit_view()));
            assert_eq!(views, Some((c, f)), "for {c} °C and {f} °F");
        }
    }

    #[test]
    fn views_of_no_single_value_are_refused() {
        assert_eq!(Temperature::from_views(20.0, 90.0), None);
        assert_eq!(Temperature::from_views(f64::NAN, 70.0), None);
    }

    #[test]
    fn a_setpoint_is_recognised_in_its_own_scale() {
        let reported = Temperature::from_views(21.0, 70.0).expect("consistent");
        assert!(Setpoint::fahrenheit(70.0).is_shown_by(reported));
        assert!(Setpoint::celsius(21.0).is_shown_by(reported));
        assert!(!Setpoint::celsius(21.5).is_shown_by(reported));
        assert!(!Setpoint::celsius(f64::NAN).is_shown_by(reported));
    }

    proptest! {
        #[test]
        fn half_degrees_survive_storage(half in 0_i32..100) {
            let c = f64::from(half) / 2.0;
            let t = Temperature::from_celsius(c).expect("finite");
            prop_assert_eq!(t.celsius_view(), c);
        }

        #[test]
        fn degrees_fahrenheit_survive_storage(f in 0_i32..150) {
            let t = Temperature::from_fahrenheit(f64::from(f)).expect("finite");
            prop_assert_eq!(t.fahrenheit_view(), f64::from(f));
        }

        #[test]
        fn every_stored_value_is_found_again_from_its_views(c in -30.0_f64..60.0) {
            let t = Temperature::from_celsius(c).expect("finite");
            let again = Temperature::from_views(t.celsius_view(), t.fahrenheit_view());
            prop_assert_eq!(again.map(|t| (t.celsius_view(), t.fahrenheit_view())), Some((t.celsius_view(), t.fahrenheit_view())));
        }
    }
}
