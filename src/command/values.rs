//! Typed values.

use jiff::Timestamp;

use super::{Expected, ParseError, ValueSubject};
use crate::home::{Eta, Field, HvacMode, Scale, Setpoint};

pub(super) fn mode(value: &str) -> Result<HvacMode, ParseError> {
    let letters: String = value.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '·')).collect();
    match letters.as_str() {
        "heatcool" | "range" | "auto" => Ok(HvacMode::HeatCool),
        "heat" => Ok(HvacMode::Heat),
        "cool" => Ok(HvacMode::Cool),
        "eco" => Ok(HvacMode::Eco),
        "off" => Ok(HvacMode::Off),
        _ => Err(no_value(value, ValueSubject::Field(Field::Mode), Expected::Mode)),
    }
}

pub(super) fn on_off(about: ValueSubject, value: &str) -> Result<bool, ParseError> {
    match value.trim().to_lowercase().as_str() {
        "on" | "true" | "yes" | "1" | "start" => Ok(true),
        "off" | "false" | "no" | "0" | "stop" => Ok(false),
        _ => Err(no_value(value, about, Expected::OnOff)),
    }
}

/// A typed temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Typed {
    /// A temperature.
    Absolute(Setpoint),
    /// A step from the present temperature.
    Step(Setpoint),
}

/// Parses `21.5`, `21,5`, `70F`, `70 °F`, `21 degrees`, `+1`, `-0.5`; `None` for anything else.
pub fn temperature(text: &str, scale: Scale) -> Option<Typed> {
    let text = text.trim().to_lowercase();
    let units = [("fahrenheit", Some(Scale::Fahrenheit)), ("celsius", Some(Scale::Celsius))];
    let units = units.into_iter().chain([("degrees", None), ("degree", None), ("deg", None)]);
    let units = units.chain([("f", Some(Scale::Fahrenheit)), ("c", Some(Scale::Celsius))]);
    let mut number = text.as_str();
    let mut typed_scale = None;
    // `70 degrees fahrenheit` has two units.
    for (unit, scale) in units {
        if let Some(rest) = number.strip_suffix(unit)
            && (typed_scale.is_none() || scale.is_none())
        {
            number = rest.trim_end_matches(['°', 'º', ' ']);
            typed_scale = typed_scale.or(scale);
        }
    }
    let scale = typed_scale.unwrap_or(scale);
    let number = number.trim_end_matches(['°', 'º', ' ']).replace(',', ".").replace('−', "-");
    // `parse` accepts `inf`, `nan` and `1e5` too.
    let plain = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
    let degrees: f64 = number.parse().ok().filter(|_| plain)?;
    let setpoint = Setpoint { degrees, scale };
    Some(if number.starts_with(['+', '-']) { Typed::Step(setpoint) } else { Typed::Absolute(setpoint) })
}

/// Continuations of a partly typed temperature: enough of them to test if one of them is allowed.
pub fn continuations(typed: &str) -> Vec<String> {
    let typed = typed.trim_start();
    let number = typed.trim_end_matches(char::is_alphabetic);
    let letters = typed.get(number.len()..).unwrap_or_default().to_lowercase();
    if !letters.is_empty() {
        let units = ["f", "c", "fahrenheit", "celsius", "deg f", "deg c", "degrees f", "degrees c"];
        let begun = units.into_iter().filter(|unit| unit.starts_with(&letters));
        return begun.map(|unit| format!("{number}{unit}")).collect();
    }
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let mut more = vec![String::new()];
    if number.contains(['.', ',']) {
        more.extend(["0", "5"].map(str::to_owned));
    } else {
        // A temperature has at most two digits before the point.
        let most = [100, 10, 1].get(digits).copied().unwrap_or_default();
        more.extend((0..most).map(|next| next.to_string()).filter(|_| digits < 2));
        let halves: Vec<String> = more.iter().map(|digits| format!("{digits}.5")).collect();
        more.extend(halves);
    }
    let with_units = more.iter().flat_map(|more| ["", "f", "c"].map(|unit| format!("{number}{more}{unit}")));
    with_units.collect()
}

/// Reads two temperatures, such as `18-24` or `64 to 72 F`.
pub fn range(text: &str, scale: Scale) -> Option<(Setpoint, Setpoint)> {
    let text = text.replace(['–', '—', '…'], "-").replace("..", "-").replace(" to ", "-");
    let (low, high) = text.trim().split_once('-').or_else(|| text.trim().split_once(' '))?;
    match (temperature(low, scale)?, temperature(high, scale)?) {
        (Typed::Absolute(low), Typed::Absolute(high)) => {
            // In `64-72F` the letter applies to both.
            let said_once = low.scale != high.scale && !low_has_letter(text.trim());
            let low = if said_once { Setpoint { scale: high.scale, ..low } } else { low };
            Some((low, high))
        }
        _ => None,
    }
}

fn low_has_letter(text: &str) -> bool {
    let low = text.split(['-', ' ']).next().unwrap_or_default();
    low.to_lowercase().ends_with(['c', 'f'])
}

pub(super) fn no_value(value: &str, about: ValueSubject, expected: Expected) -> ParseError {
    ParseError::NoSuchValue { value: value.to_owned(), about, expected }
}

/// `30`, `30 min`, `2h`.
pub(super) fn minutes(text: &str) -> Option<i64> {
    let text = text.to_lowercase();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number: i64 = text.strip_suffix(unit)?.parse().ok()?;
    match unit.trim() {
        "" | "m" | "min" | "mins" | "minute" | "minutes" => Some(number),
        "h" | "hour" | "hours" => number.checked_mul(60),
        _ => None,
    }
}

/// `30` minutes from now with a window of a quarter of an hour, or `cancel`.
pub(super) fn eta(value: &str, now: Timestamp) -> Result<Eta, ParseError> {
    let trip_id = "setpoint".to_owned();
    let text = value.trim().to_lowercase();
    if matches!(text.as_str(), "cancel" | "none" | "off" | "0") {
        return Ok(Eta { trip_id, window: None });
    }
    let number = text.trim_end_matches("minutes").trim_end_matches("min").trim();
    let minutes: i64 = number
        .parse()
        .ok()
        .filter(|minutes| (1..=7 * 24 * 60).contains(minutes))
        .ok_or_else(|| no_value(value, ValueSubject::Field(Field::Eta), Expected::Arrival))?;
    let at = |minutes: i64| now.checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap_or(now);
    Ok(Eta { trip_id, window: Some((at(minutes), at(minutes + 15))) })
}
