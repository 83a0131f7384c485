//! The settings of the energy page.

use serde::Serialize;
use toml::Table;

use crate::history::{CentiCelsius, DegreeDayBase};

/// The settings of the energy page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(into = "Table")]
pub struct EnergySettings {
    /// The base of degree days; `None` for the usual one of the country.
    pub degree_day_base: Option<DegreeDayBase>,
}

/// The key of the base, in degrees Celsius.
const BASE: &str = "degree_day_base";

impl EnergySettings {
    pub(super) fn from_table(table: &Table) -> Self {
        let base = table.get(BASE).and_then(|value| value.as_float().or(value.as_integer().map(|it| it as f64)));
        Self { degree_day_base: base.and_then(CentiCelsius::of).map(DegreeDayBase) }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl From<EnergySettings> for Table {
    fn from(settings: EnergySettings) -> Self {
        let base = settings.degree_day_base.map(|base| (BASE.to_owned(), base.0.celsius().into()));
        base.into_iter().collect()
    }
}
