//! The settings of the history and of the energy page.

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
}

/// The key of the base, in degrees Celsius.
const BASE: &str = "degree_day_base";
const KEEP: &str = "keep_years";

impl EnergySettings {
    pub(super) fn from_table(table: &Table) -> Self {
        let base = table.get(BASE).and_then(|value| value.as_float().or(value.as_integer().map(|it| it as f64)));
        let years = table.get(KEEP).and_then(toml::Value::as_integer).and_then(|years| u32::try_from(years).ok());
        Self {
            degree_day_base: base.and_then(CentiCelsius::of).map(DegreeDayBase),
            keep_years: years.filter(|years| *years > 0),
        }
    }

    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl From<EnergySettings> for Table {
    fn from(settings: EnergySettings) -> Self {
        let base = settings.degree_day_base.map(|base| (BASE.to_owned(), base.0.celsius().into()));
        let keep = settings.keep_years.map(|years| (KEEP.to_owned(), i64::from(years).into()));
        base.into_iter().chain(keep).collect()
    }
}
