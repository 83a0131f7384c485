//! `setpoint history export` and `setpoint history energy-star`: the history for other programs, and one of their
//! metrics.

use clap::{ArgGroup, Args};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::history::{Selection, bounds, open_to_read, selected};
use super::{CliError, print, print_raw, sanitize};
use crate::clock::{Clock as _, SystemClock};
use crate::history::{
    EnergyStar, EpaDay, EpaDays, ExportRow, HistoryDevice, HistoryError, HistoryStore, Season, TooFewCoreDays,
    csv_field, export_rows,
};

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("format").required(true).args(["csv", "jsonl", "epa"])))]
pub(super) struct ExportArguments {
    /// Comma-separated values, with a header
    #[arg(long)]
    csv: bool,
    /// One JSON object per line
    #[arg(long)]
    jsonl: bool,
    /// The interval file of EPA's `thermostat`: days of one thermostat by standard time, °F and minutes
    #[arg(long)]
    epa: bool,
    #[command(flatten)]
    selection: Selection,
}

#[derive(Debug, Args)]
pub(super) struct EnergyStarArguments {
    #[command(flatten)]
    selection: Selection,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn export(arguments: &ExportArguments) -> Result<(), CliError> {
    let history = open_to_read()?;
    let devices = selected(&history, &arguments.selection)?;
    if arguments.epa {
        let [device] = devices.as_slice() else {
            return Err(CliError::usage("the file of EPA is of one thermostat; choose it with --device"));
        };
        let (days, _) = epa_days(&history, device, &arguments.selection)?;
        print_raw(EpaDay::columns().join(","))?;
        let id = csv_field(&device.name);
        return days.iter().try_for_each(|day| print_raw(day.csv(&id)));
    }
    if arguments.csv {
        print_raw(ExportRow::columns().join(","))?;
    }
    for device in devices {
        let zone = device.time_zone();
        history.each_month(&device, bounds(&arguments.selection, &zone)?, |stored| {
            export_rows(stored, &zone).into_iter().try_for_each(|row| {
                print_raw(if arguments.csv { row.csv(&device.name) } else { row.json(&device.name).to_string() })
            })
        })?;
    }
    Ok(())
}

/// The days of a thermostat, and their offset from UTC.
fn epa_days(
    history: &HistoryStore,
    device: &HistoryDevice,
    selection: &Selection,
) -> Result<(Vec<EpaDay>, String), CliError> {
    let zone = device.time_zone();
    let (from, to) = bounds(selection, &zone)?;
    let now = Timestamp::from_second(to).unwrap_or_else(|_| SystemClock.now());
    let mut days = EpaDays::new(&zone, now.min(SystemClock.now()));
    history.each_month(device, (from, to), |stored| {
        days.add(stored);
        Ok::<_, HistoryError>(())
    })?;
    Ok((days.finish(), days.offset_text()))
}

pub(super) fn energy_star(arguments: &EnergyStarArguments) -> Result<(), CliError> {
    let history = open_to_read()?;
    let mut rows = Vec::new();
    for device in selected(&history, &arguments.selection)? {
        let (days, offset) = epa_days(&history, &device, &arguments.selection)?;
        for season in [Season::Heating, Season::Cooling] {
            rows.push((device.name.clone(), offset.clone(), season, crate::history::energy_star(&days, season)));
        }
    }
    if arguments.json {
        let rows = rows.iter().map(|(device, offset, season, star)| json_row(device, offset, *season, star.as_ref()));
        return print(Value::Array(rows.collect()));
    }
    rows.iter().try_for_each(|(device, _, season, star)| {
        let device = sanitize(device);
        let season = word(*season);
        print(match star {
            Ok(star) => format!(
                "{device}  {season}  {:.1} % saved, comfort {:.1} °F, {} core days, {:.2} min for each °F, from {:.1} °F on",
                star.savings_percent, star.comfort_f, star.core_days, star.alpha, star.tau_f
            ),
            Err(few) => format!("{device}  {season}  {} core days; {} are needed", few.found, few.needed),
        })
    })
}

fn word(season: Season) -> &'static str {
    match season {
        Season::Heating => "heating",
        Season::Cooling => "cooling",
    }
}

fn json_row(device: &str, offset: &str, season: Season, star: Result<&EnergyStar, &TooFewCoreDays>) -> Value {
    match star {
        Ok(star) => json!({
            "device": device, "season": word(season), "utc_offset": offset, "core_days": star.core_days,
            "runtime_min": star.runtime_min, "comfort_f": star.comfort_f, "tau_f": star.tau_f, "alpha": star.alpha,
            "mean_demand_f": star.mean_demand_f, "savings_percent": star.savings_percent, "cv_rmse": star.cv_rmse,
        }),
        Err(few) => json!({
            "device": device, "season": word(season), "utc_offset": offset, "core_days": few.found,
            "needed_core_days": few.needed,
        }),
    }
}
