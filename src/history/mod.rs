//! The history of thermostats: what was heard and what exports tell, on this computer's own disk.
//!
//! A fact is only what was heard or told: time without word is uncovered, not "off". The file is SQLite, so that
//! others can read it too; [`layer()`] decides which of several sources tells of a time, and [`by_period`] adds up
//! civil periods.

mod change;
mod change_store;
mod curve;
mod device_store;
mod devices;
mod energy;
mod error;
mod export;
mod import;
mod interval;
mod interval_rows;
mod layers;
mod monthly;
mod overlap;
mod recorder;
mod schema;
mod store;
mod sums;

pub use change::{Change, ChangeCause, ChangeKind, ChangeQuery};
pub use curve::{Curve, CurveSpan, OutdoorPoint, RoomPoint, RunPoint};
pub use devices::{HistoryDevice, HistoryEntry};
pub use energy::{
    DayEnergy, DegreeDayBase, DegreeDays, EnergyStar, EpaDay, EpaDays, EquipmentRun, HeatLoss, HeatLossFit, HoursOfDay,
    OpenWindow, PerDegreeDay, Season, ShortCycles, TooFewCoreDays, TooFewStretches, days, energy_star, filter_seconds,
    least_starts, open_windows, per_degree_day, short_cycles,
};
pub use error::HistoryError;
pub use export::{ExportRow, csv_field, export_rows};
#[cfg(any(test, fuzzing))]
pub(crate) use import::fuzzing;
pub use import::{
    HistoryImportError, ImportProgress, ImportReport, ImportedDevice, RefusalReason, RefusedLine, RuntimeLine,
    UnreadableExport, import, runtime_line,
};
pub use interval::{
    CentiCelsius, EquipmentPart, Implausible, Interval, IntervalMode, IntervalSource, RoomTemperatures, RunSeconds,
};
pub use layers::{Layer, StoredInterval, layer};
pub use monthly::months;
pub use overlap::Overlap;
pub use recorder::{Heard, Moment, Recorded, Recorder};
pub use store::{HistoryStore, Opened, PutEffect, Writer};
pub use sums::{Mean, Period, PeriodKind, Sums, by_period, sum_up, sums_between};
