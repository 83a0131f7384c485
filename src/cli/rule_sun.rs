//! `setpoint rule place` and `setpoint rule sun`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};

use super::form_text::Form;
use super::rule::{change, load};
use super::{CliError, print};
use crate::automation::driver::AutomationFiles;
use crate::automation::rule::{Coordinates, Rules, SunEvent, sun_event};
use crate::clock::{Clock as _, SystemClock};

/// Sets the place for sunrise and sunset.
pub(super) async fn place(files: &AutomationFiles, place: Coordinates, form: &Form) -> Result<(), CliError> {
    let is_within = |degrees: f64, most: f64| (-most..=most).contains(&degrees);
    if !is_within(place.latitude, 90.0) || !is_within(place.longitude, 180.0) {
        return Err(CliError::usage("a latitude is between -90 and 90 degrees, a longitude between -180 and 180"));
    }
    // A file that is no TOML is not replaced by this.
    load(files)?;
    change(files, move |all| all.place = Some(place)).await?;
    if form.json {
        return print(json!({"latitude": place.latitude, "longitude": place.longitude}));
    }
    print(format!("the sun is that of {}, {}", place.latitude, place.longitude))
}

/// Prints sunrise and sunset of some days.
pub(super) fn sun(all: &Rules, first: Option<Date>, days: u16, form: &Form) -> Result<(), CliError> {
    let place = all.place.ok_or_else(|| {
        CliError::usage("the rules have no place yet; set one: setpoint rule place LATITUDE LONGITUDE")
    })?;
    let zone = TimeZone::system();
    let first = first.unwrap_or_else(|| SystemClock.now().to_zoned(zone.clone()).date());
    let dates = (0..days).filter_map(|day| first.checked_add(i32::from(day).days()).ok());
    let events = |date: Date| [SunEvent::Sunrise, SunEvent::Sunset].map(|event| sun_event(event, date, place, &zone));
    if form.json {
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let days = dates.map(|date| {
            let [rise, set] = events(date).map(text);
            json!({"date": date.to_string(), "sunrise": rise, "sunset": set})
        });
        return print(Value::Array(days.collect()));
    }
    let text = |at: Option<Timestamp>| {
        at.map_or_else(|| "none".to_owned(), |at| at.to_zoned(zone.clone()).strftime("%H:%M").to_string())
    };
    for date in dates {
        let [rise, set] = events(date).map(text);
        print(format!("{date}  sunrise {rise}  sunset {set}"))?;
    }
    Ok(())
}
