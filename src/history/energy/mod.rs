//! Energy: what the days of a thermostat needed, how its house loses heat, and when a window was open. Pure.
//!
//! Each function takes a part of the past, so that nobody has to hold years of it at once.

mod cycles;
mod days;
mod energy_star;
mod epa_days;
mod filter;
mod heat_loss;
mod hours;
mod open_window;

pub use cycles::{EquipmentRun, ShortCycles, least_starts, short_cycles};
pub use days::{DayEnergy, DegreeDayBase, DegreeDays, PerDegreeDay, days, per_degree_day};
pub use energy_star::{EnergyStar, Season, TooFewCoreDays, energy_star};
pub use epa_days::{EpaDay, EpaDays};
pub use filter::filter_seconds;
pub use heat_loss::{HeatLoss, HeatLossFit, TooFewStretches};
pub use hours::HoursOfDay;
pub use open_window::{OpenWindow, open_windows};
