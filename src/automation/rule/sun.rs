//! Sunrise and sunset by the equations of NOAA's solar calculator, after Meeus, *Astronomical Algorithms*.
//!
//! The crate `sun` 0.3 was compared first: two to five minutes away from astral and NOAA.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Coordinates, SunEvent};

/// The zenith of the upper edge of the sun at the horizon, with the usual refraction, in degrees.
const ZENITH: f64 = 90.833;
/// Julian day of 1970-01-01 at midnight.
const JULIAN_EPOCH: f64 = 2_440_587.5;
/// Julian day of the epoch J2000.
const J2000: f64 = 2_451_545.0;

/// The instant of the event on a civil day of a zone. `None` if the sun does not rise or set on it, or too near to the
/// pole to say.
pub fn sun_event(event: SunEvent, date: Date, place: Coordinates, zone: &TimeZone) -> Option<Timestamp> {
    // The day of the sun at a longitude may be the civil day before or after it.
    let days = [date.yesterday().ok(), Some(date), date.tomorrow().ok()];
    let events = days.into_iter().flatten().filter_map(|day| on_solar_day(event, day, place));
    events.into_iter().find(|at| at.to_zoned(zone.clone()).date() == date)
}

fn on_solar_day(event: SunEvent, day: Date, place: Coordinates) -> Option<Timestamp> {
    let midnight = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let julian = midnight.as_second() as f64 / 86_400.0 + JULIAN_EPOCH;
    let mut minutes = 720.0;
    // The sun moves on until the event: three rounds settle it to the second.
    for _ in 0..3 {
        let sun = Sun::at(julian + minutes / 1440.0);
        let latitude = place.latitude.to_radians();
        let cosine = ZENITH.to_radians().cos() / (latitude.cos() * sun.declination.cos())
            - latitude.tan() * sun.declination.tan();
        if !(-1.0..=1.0).contains(&cosine) {
            return None;
        }
        let hour_angle = cosine.acos().to_degrees();
        let angle = match event {
            SunEvent::Sunrise => hour_angle,
            SunEvent::Sunset => -hour_angle,
        };
        minutes = 720.0 - 4.0 * (place.longitude + angle) - sun.equation_of_time;
    }
    midnight.checked_add(SignedDuration::from_secs_f64((minutes * 60.0).round())).ok()
}

/// The sun as seen from the earth.
struct Sun {
    /// In radians.
    declination: f64,
    /// Apparent less mean solar time, in minutes.
    equation_of_time: f64,
}

impl Sun {
    fn at(julian_day: f64) -> Self {
        let century = (julian_day - J2000) / 36_525.0;
        let mean_longitude =
            (280.46646 + century * (36_000.769_83 + century * 0.0003032)).rem_euclid(360.0).to_radians();
        let mean_anomaly = (357.52911 + century * (35_999.050_29 - 0.0001537 * century)).to_radians();
        let eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century);
        let center = mean_anomaly.sin() * (1.914602 - century * (0.004817 + 0.000014 * century))
            + (2.0 * mean_anomaly).sin() * (0.019993 - 0.000101 * century)
            + (3.0 * mean_anomaly).sin() * 0.000289;
        let node = (125.04 - 1934.136 * century).to_radians();
        let apparent = (mean_longitude.to_degrees() + center - 0.00569 - 0.00478 * node.sin()).to_radians();
        let seconds = 21.448 - century * (46.815 + century * (0.00059 - century * 0.001813));
        let obliquity = (23.0 + (26.0 + seconds / 60.0) / 60.0 + 0.00256 * node.cos()).to_radians();
        let y = (obliquity / 2.0).tan().powi(2);
        let (sin_anomaly, sin_longitude) = (mean_anomaly.sin(), (2.0 * mean_longitude).sin());
        let equation = y * sin_longitude - 2.0 * eccentricity * sin_anomaly
            + 4.0 * eccentricity * y * sin_anomaly * (2.0 * mean_longitude).cos()
            - 0.5 * y * y * (4.0 * mean_longitude).sin()
            - 1.25 * eccentricity * eccentricity * (2.0 * mean_anomaly).sin();
        Self { declination: (obliquity.sin() * apparent.sin()).asin(), equation_of_time: 4.0 * equation.to_degrees() }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn shown(event: SunEvent, day: Date, (latitude, longitude): (f64, f64), zone: &str) -> String {
        let zone = TimeZone::get(zone).expect("a zone");
        let at = sun_event(event, day, Coordinates { latitude, longitude }, &zone);
        at.map_or_else(|| "none".to_owned(), |at| at.to_zoned(zone).strftime("%F %H:%M").to_string())
    }

    /// Times of timeanddate.com and of NOAA's calculator.
    #[test]
    fn the_sun_rises_on_the_civil_day_of_the_zone() {
        let berlin = (52.52, 13.405);
        let summer = date(2026, 6, 21);
        assert_eq!(shown(SunEvent::Sunrise, summer, berlin, "Europe/Berlin"), "2026-06-21 04:43");
        assert_eq!(shown(SunEvent::Sunset, summer, berlin, "Europe/Berlin"), "2026-06-21 21:33");
        // Samoa is east of the date line by its calendar, and west of it by its longitude.
        let apia = (-13.83, -171.76);
        assert_eq!(shown(SunEvent::Sunset, summer, apia, "Pacific/Apia").get(..10), Some("2026-06-21"));
        // The day that Samoa skipped has no sunrise.
        assert_eq!(shown(SunEvent::Sunrise, date(2011, 12, 30), apia, "Pacific/Apia"), "none");
    }

    #[test]
    fn polar_day_and_night_have_no_sunrise() {
        let svalbard = (78.22, 15.64);
        for day in [date(2026, 6, 21), date(2026, 12, 21)] {
            assert_eq!(shown(SunEvent::Sunrise, day, svalbard, "Arctic/Longyearbyen"), "none");
        }
        for latitude in [-90.0, 90.0] {
            let place = Coordinates { latitude, longitude: 0.0 };
            for day in 0..366 {
                let day = date(2028, 1, 1) + jiff::Span::new().days(day);
                // Whatever it is there, it is an answer.
                let _at = sun_event(SunEvent::Sunset, day, place, &TimeZone::UTC);
            }
        }
    }
}
