//! The settings of the history and of the energy page.

use jiff::civil::Date;
use serde::Serialize;
use toml::Table;

use crate::history::{CentiCelsius, DegreeDayBase};

/// The settings of the history and of the energy page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(into = "Table")]
pub struct EnergySettings {
    /// The base of degree days; `None` for the usual one of the country.
    pub degree_day_base: Option<DegreeDayBase>,
    /// The years for which the history is kept; `None` keeps all of it.
    pub keep_years: Option<u32>,
    pub cost: CostSettings,
    pub filter: Option<FilterSettings>,
}

/// The air filter of forced air.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterSettings {
    /// The day on which it was changed last.
    pub changed: Date,
    /// The hours after which it is due.
    pub hours: u32,
    /// True if the heating blows its air through the filter as well.
    pub is_forced_air: bool,
}

impl FilterSettings {
    /// The usual life of a filter, changed on a day.
    pub fn changed_on(changed: Date) -> Self {
        Self { changed, hours: 300, is_forced_air: true }
    }
}

/// The figures for the estimate of cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CostSettings {
    /// The rated power of heating and cooling, in watts.
    pub heating_w: Option<u32>,
    pub cooling_w: Option<u32>,
    /// The price of a kilowatt-hour, in thousandths.
    pub price: Option<u32>,
    pub night: Option<NightPrice>,
}

/// Another price during some hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NightPrice {
    /// The first hour, and the first one after it.
    pub from: u8,
    pub to: u8,
    /// The price of a kilowatt-hour, in thousandths.
    pub price: u32,
}

impl Default for NightPrice {
    fn default() -> Self {
        Self { from: 22, to: 6, price: 0 }
    }
}

impl NightPrice {
    /// True if an hour belongs to the night, which may go over midnight.
    pub fn has(&self, hour: u8) -> bool {
        if self.from <= self.to { (self.from..self.to).contains(&hour) } else { hour >= self.from || hour < self.to }
    }
}

/// The key of the base, in degrees Celsius.
const BASE: &str = "degree_day_base";
const KEEP: &str = "keep_years";
/// The keys of the figures of cost: whole watts, thousandths, and hours.
const HEATING: &str = "heating_w";
const COOLING: &str = "cooling_w";
const PRICE: &str = "price_thousandths";
const NIGHT_PRICE: &str = "night_price_thousandths";
const NIGHT_FROM: &str = "night_from";
const NIGHT_TO: &str = "night_to";
/// The keys of the filter: a day, hours, and a switch.
const CHANGED: &str = "filter_changed";
const FILTER_HOURS: &str = "filter_hours";
const FORCED_AIR: &str = "filter_of_heating";

impl EnergySettings {
    pub(super) fn from_table(table: &Table) -> Self {
        let base = table.get(BASE).and_then(|value| value.as_float().or(value.as_integer().map(|it| it as f64)));
        let whole = |key: &str| u32::try_from(table.get(key).and_then(toml::Value::as_integer)?).ok();
        let hour = |key: &str| whole(key).and_then(|hour| u8::try_from(hour).ok()).filter(|hour| *hour < 24);
        let usual = NightPrice::default();
        let night = whole(NIGHT_PRICE).map(|price| NightPrice {
            from: hour(NIGHT_FROM).unwrap_or(usual.from),
            to: hour(NIGHT_TO).unwrap_or(usual.to),
            price,
        });
        let changed = table.get(CHANGED).and_then(toml::Value::as_str).and_then(|day| day.parse().ok());
        let filter = changed.map(FilterSettings::changed_on).map(|usual| FilterSettings {
            hours: whole(FILTER_HOURS).filter(|hours| *hours > 0).unwrap_or(usual.hours),
            is_forced_air: table.get(FORCED_AIR).and_then(toml::Value::as_bool).unwrap_or(usual.is_forced_air),
            ..usual
        });
        Self {
            filter,
            degree_day_base: base.and_then(CentiCelsius::of).map(DegreeDayBase),
            keep_years: whole(KEEP).filter(|years| *years > 0),
            cost: CostSettings { heating_w: whole(HEATING), cooling_w: whole(COOLING), price: whole(PRICE), night },
        }
    }

    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl From<EnergySettings> for Table {
    fn from(settings: EnergySettings) -> Self {
        let base = settings.degree_day_base.map(|base| (BASE.to_owned(), base.0.celsius().into()));
        let CostSettings { heating_w, cooling_w, price, night } = settings.cost;
        let numbers = [
            (KEEP, settings.keep_years),
            (HEATING, heating_w),
            (COOLING, cooling_w),
            (PRICE, price),
            (NIGHT_PRICE, night.map(|night| night.price)),
            (NIGHT_FROM, night.map(|night| u32::from(night.from))),
            (NIGHT_TO, night.map(|night| u32::from(night.to))),
        ];
        let numbers = numbers.into_iter().filter_map(|(key, value)| Some((key.to_owned(), i64::from(value?).into())));
        let filter = settings.filter.map(|filter| {
            [
                (CHANGED.to_owned(), toml::Value::String(filter.changed.to_string())),
                (FILTER_HOURS.to_owned(), i64::from(filter.hours).into()),
                (FORCED_AIR.to_owned(), filter.is_forced_air.into()),
            ]
        });
        base.into_iter().chain(numbers).chain(filter.into_iter().flatten()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written_and_nonsense_is_left_out() {
        let settings = EnergySettings {
            degree_day_base: Some(DegreeDayBase(CentiCelsius(1_550))),
            keep_years: Some(2),
            cost: CostSettings {
                heating_w: Some(24_000),
                cooling_w: None,
                price: Some(280),
                night: Some(NightPrice { from: 21, to: 5, price: 190 }),
            },
            filter: Some(FilterSettings { hours: 500, ..FilterSettings::changed_on(jiff::civil::date(2026, 10, 1)) }),
        };
        assert_eq!(EnergySettings::from_table(&Table::from(settings)), settings);
        let nonsense = "keep_years = -1\nheating_w = \"x\"\nprice_thousandths = 1e9\nnight_from = 99";
        assert!(EnergySettings::from_table(&nonsense.parse().expect("a table")).is_usual());
    }

    #[test]
    fn a_night_goes_over_midnight() {
        let night = NightPrice { from: 22, to: 6, price: 1 };
        assert_eq!([21, 22, 0, 5, 6].map(|hour| night.has(hour)), [false, true, true, true, false]);
        let noon = NightPrice { from: 12, to: 14, price: 1 };
        assert_eq!([11, 12, 13, 14].map(|hour| noon.has(hour)), [false, true, true, false]);
    }
}
