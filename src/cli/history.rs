//! `setpoint history`: imports, sums and exports what thermostats did. No account is needed.

use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use super::history_changes::{ChangesArguments, changes};
use super::history_export::{EnergyStarArguments, ExportArguments, energy_star, export};
use super::{CliError, print, sanitize, warn};
use crate::accounts::settings::Places;
use crate::clock::{Clock as _, SystemClock};
use crate::history::{
    EquipmentPart, HistoryDevice, HistoryError, HistoryImportError, HistoryStore, ImportProgress, ImportReport, Period,
    PeriodKind, import,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: HistoryCommand,
}

#[derive(Debug, Subcommand)]
enum HistoryCommand {
    /// Take in an export of Google Takeout: zips, folders or files
    Import(ImportArguments),
    /// Show each thermostat of the history and the time that it covers
    Info {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Sum the hours of heating and cooling by day, week, month or year
    Runtime(RuntimeArguments),
    /// Print every interval for other programs
    Export(ExportArguments),
    /// Compute the metric of ENERGY STAR: core days, comfort temperature, savings
    EnergyStar(EnergyStarArguments),
    /// Print who changed what, and when the equipment ran
    Changes(ChangesArguments),
    /// Count the intervals of one thermostat, such as one of an export, to another
    Join {
        /// The thermostat of the export, by the last four of its id
        export: String,
        /// The thermostat to which it belongs
        device: String,
    },
    /// Delete a thermostat, or everything before a day, from the history
    Forget(ForgetArguments),
}

#[derive(Debug, Args)]
struct ImportArguments {
    /// Zips, folders or files of the export
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Count the only thermostat of the export to this one
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Only this thermostat
    #[arg(long, value_name = "NAME")]
    pub(super) device: Option<String>,
    /// From this day or time on, in the zone of the thermostat: 2025-04-01
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Before this day or time
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
}

#[derive(Debug, Args)]
struct RuntimeArguments {
    /// The length of the periods: day, week, month or year
    #[arg(long, value_enum, default_value = "day", hide_possible_values = true)]
    by: By,
    #[command(flatten)]
    selection: Selection,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Day,
    Week,
    Month,
    Year,
}

impl By {
    fn kind(self) -> PeriodKind {
        match self {
            Self::Day => PeriodKind::Day,
            Self::Week => PeriodKind::Week,
            Self::Month => PeriodKind::Month,
            Self::Year => PeriodKind::Year,
        }
    }
}

#[derive(Debug, Args)]
#[group(id = "what", required = true, multiple = false)]
struct ForgetArguments {
    /// This thermostat, with what was joined to it
    #[arg(long, value_name = "NAME", group = "what")]
    device: Option<String>,
    /// Everything that ended before this day or time: 2024-01-01
    #[arg(long, value_name = "TIME", group = "what")]
    before: Option<String>,
    /// All thermostats
    #[arg(long, group = "what")]
    all: bool,
}

impl From<HistoryError> for CliError {
    fn from(err: HistoryError) -> Self {
        let code = match err {
            HistoryError::NoDevice(_) | HistoryError::SeveralDevices { .. } | HistoryError::Circle(..) => 2,
            HistoryError::File(_)
            | HistoryError::Full
            | HistoryError::Locked
            | HistoryError::ReadOnly
            | HistoryError::Newer(_)
            | HistoryError::Damaged
            | HistoryError::Other(_) => 5,
        };
        Self::new(code, err.to_string())
    }
}

impl From<HistoryImportError> for CliError {
    fn from(err: HistoryImportError) -> Self {
        match err {
            HistoryImportError::HistoryStore(err) => err.into(),
            HistoryImportError::Export(_) | HistoryImportError::Cancelled => Self::new(3, err.to_string()),
            HistoryImportError::SeveralDevices(_) => Self::usage(err),
        }
    }
}

pub(super) fn run(arguments: Arguments) -> Result<(), CliError> {
    match arguments.command {
        HistoryCommand::Import(arguments) => take_in(&arguments),
        HistoryCommand::Info { json } => info(json),
        HistoryCommand::Runtime(arguments) => runtime(&arguments),
        HistoryCommand::Export(arguments) => export(&arguments),
        HistoryCommand::EnergyStar(arguments) => energy_star(&arguments),
        HistoryCommand::Changes(arguments) => changes(&arguments),
        HistoryCommand::Join { export, device } => join(&export, &device),
        HistoryCommand::Forget(arguments) => forget(&arguments),
    }
}

fn path() -> Result<PathBuf, CliError> {
    let places = Places::of_user().ok_or_else(|| CliError::new(5, "there is no home folder for the history"))?;
    Ok(HistoryStore::file_in(&places.data))
}

fn open() -> Result<HistoryStore, CliError> {
    let opened = HistoryStore::open(&path()?)?;
    if let Some(crate::files::Quarantined::Kept(aside)) = opened.damaged {
        warn(&format!("the history was damaged; it is kept as {}, and a new one begins", aside.display()));
    }
    Ok(opened.history)
}

pub(super) fn open_to_read() -> Result<HistoryStore, CliError> {
    let empty = "the history is empty; take in an export of Google Takeout with `setpoint history import PATH`";
    HistoryStore::open_to_read(&path()?)?.ok_or_else(|| CliError::new(3, empty))
}

fn take_in(arguments: &ImportArguments) -> Result<(), CliError> {
    let mut history = open()?;
    let mut bar = ProgressLine::new();
    let result =
        import(&mut history, &arguments.paths, arguments.device.as_deref(), SystemClock.now(), &mut |progress| {
            bar.show(progress);
            ControlFlow::Continue(())
        });
    bar.clear();
    let report = result?;
    if arguments.json {
        return print(report_json(&report));
    }
    report_lines(&report).into_iter().try_for_each(print)?;
    for refused in &report.refusals {
        let place = if refused.line == 0 { String::new() } else { format!(":{}", refused.line) };
        warn(&format!("{}{place}: {}", sanitize(&refused.file), sanitize(&refused.reason.to_string())));
    }
    let more = report.refused.saturating_sub(report.refusals.len() as u64);
    if more > 0 {
        warn(&format!("and {more} more"));
    }
    Ok(())
}

fn report_lines(report: &ImportReport) -> Vec<String> {
    let mut lines = vec![format!(
        "{} intervals taken, {} known already, {} lines refused, from files: {}",
        report.taken, report.known, report.refused, report.files
    )];
    if report.others > 0 {
        lines.push(format!("Other files, which hold nothing of a thermostat: {}", report.others));
    }
    for device in &report.devices {
        let name = sanitize(&device.name);
        lines.push(match &device.counted_to {
            Some(other) => format!("Thermostat {name}, counted to {}", sanitize(other)),
            None => format!("Thermostat {name}; `setpoint history join {name} NAME` counts it to another"),
        });
    }
    lines
}

fn report_json(report: &ImportReport) -> Value {
    let refusals =
        report.refusals.iter().map(|it| json!({"file": it.file, "line": it.line, "reason": it.reason.to_string()}));
    let devices = report.devices.iter().map(|it| json!({"device": it.name, "counted_to": it.counted_to}));
    json!({
        "taken": report.taken,
        "known": report.known,
        "refused": report.refused,
        "refusals": refusals.collect::<Vec<_>>(),
        "files": report.files,
        "other_files": report.others,
        "devices": devices.collect::<Vec<_>>(),
    })
}

/// A line with the progress, where a person sees it.
struct ProgressLine {
    is_seen: bool,
    began: Timestamp,
    shown: u64,
}

impl ProgressLine {
    fn new() -> Self {
        Self { is_seen: std::io::stderr().is_terminal(), began: SystemClock.now(), shown: 0 }
    }

    fn show(&mut self, progress: ImportProgress) {
        let ImportProgress { done, all } = progress;
        let percent = done.min(all).saturating_mul(100).checked_div(all).unwrap_or(100);
        if !self.is_seen || percent == self.shown {
            return;
        }
        self.shown = percent;
        let seconds = SystemClock.now().duration_since(self.began).as_secs_f64();
        let left = seconds * (100.0 - percent as f64) / (percent as f64).max(1.0);
        let line = format!("\r{percent} %, about {} s left ", left.ceil());
        std::io::stderr().lock().write_all(line.as_bytes()).ok();
    }

    fn clear(&self) {
        if self.is_seen && self.shown > 0 {
            std::io::stderr().lock().write_all(b"\r                              \r").ok();
        }
    }
}

fn info(json: bool) -> Result<(), CliError> {
    let Some(history) = HistoryStore::open_to_read(&path()?)? else {
        return if json { print(json!([])) } else { print("The history is empty") };
    };
    let mut rows = Vec::new();
    for device in history.own_devices()? {
        let zone = device.time_zone();
        let extent = history.extent(&device)?;
        let at = |second: i64| Timestamp::from_second(second).ok().map(|at| time_text(&at.to_zoned(zone.clone())));
        let (from, to) = extent.map_or((None, None), |(from, to, _)| (at(from), at(to)));
        let covered: u64 = history
            .periods(&device, PeriodKind::Year, (i64::MIN, i64::MAX))?
            .iter()
            .map(|period| period.sums.covered_s)
            .sum();
        let joined: Vec<String> =
            history.devices()?.into_iter().filter(|it| it.joined_to == Some(device.id)).map(|it| it.name).collect();
        rows.push((device, from, to, extent.map_or(0, |(.., count)| count), covered, joined));
    }
    if json {
        let rows = rows.into_iter().map(|(device, from, to, intervals, covered, joined)| {
            json!({"device": device.name, "id": device.key, "zone": device.zone_name(), "from": from, "to": to, "intervals": intervals,
                   "covered_s": covered, "joined": joined})
        });
        return print(Value::Array(rows.collect()));
    }
    if rows.is_empty() {
        return print("The history is empty");
    }
    rows.into_iter().try_for_each(|(device, from, to, intervals, covered, joined)| {
        let name = sanitize(&device.name);
        let extent = from.zip(to).map_or_else(String::new, |(from, to)| {
            format!("  {from} to {to}, {intervals} intervals, {} h covered", covered / 3600)
        });
        let joined = if joined.is_empty() { String::new() } else { format!(", with {}", sanitize(&joined.join(", "))) };
        print(format!("{name}{extent}{joined}"))
    })
}

/// The thermostats that a selection names.
pub(super) fn selected(history: &HistoryStore, selection: &Selection) -> Result<Vec<HistoryDevice>, CliError> {
    let Some(name) = &selection.device else { return Ok(history.own_devices()?) };
    let device = history.find(name)?;
    // A joined thermostat is told by the other.
    let own = history.own_devices()?;
    let root = device.joined_to.unwrap_or(device.id);
    Ok(own.into_iter().filter(|own| own.id == root).collect())
}

/// The begin and the end of a selection in the zone of a thermostat, in seconds.
pub(super) fn bounds(selection: &Selection, zone: &TimeZone) -> Result<(i64, i64), CliError> {
    let bound = |text: &Option<String>, otherwise| match text {
        Some(text) => moment(text, zone).map(|at| at.as_second()),
        None => Ok(otherwise),
    };
    let (from, to) = (bound(&selection.from, i64::MIN)?, bound(&selection.to, i64::MAX)?);
    if from < to { Ok((from, to)) } else { Err(CliError::usage("--from must be before --to")) }
}

/// A time as typed: with an offset, or a day or time in the given zone.
fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, CliError> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let civil = text.parse::<DateTime>().ok();
    let at = civil.and_then(|civil| zone.to_timestamp(civil).ok());
    at.ok_or_else(|| CliError::usage(format!("{text:?} is no day or time; write 2025-04-01 or 2025-04-01T06:00")))
}

pub(super) fn time_text(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn runtime(arguments: &RuntimeArguments) -> Result<(), CliError> {
    let history = open_to_read()?;
    let mut rows = Vec::new();
    for device in selected(&history, &arguments.selection)? {
        let within = bounds(&arguments.selection, &device.time_zone())?;
        for period in history.periods(&device, arguments.by.kind(), within)? {
            rows.push((device.name.clone(), clipped(period, within)));
        }
    }
    if arguments.json {
        let rows = rows.iter().map(|(device, period)| {
            // Of equipment that nothing tells of, the seconds are unknown and not zero.
            let run = |part| period.sums.run(part);
            json!({"device": device, "from": time_text(&period.from), "to": time_text(&period.to),
                   "heating_s": run(EquipmentPart::Heat), "cooling_s": run(EquipmentPart::Cool),
                   "fan_s": run(EquipmentPart::Fan), "covered_s": period.sums.covered_s})
        });
        return print(Value::Array(rows.collect()));
    }
    rows.iter().try_for_each(|(device, period)| {
        let run = |part| period.sums.run(part).map_or_else(|| "unknown".to_owned(), hours);
        print(format!(
            "{}  {}  heating {}, cooling {}, fan {}, covered {}",
            sanitize(device),
            period.from.date(),
            run(EquipmentPart::Heat),
            run(EquipmentPart::Cool),
            run(EquipmentPart::Fan),
            hours(period.sums.covered_s)
        ))
    })
}

/// A period within the bounds of a selection.
fn clipped(period: Period, (from, to): (i64, i64)) -> Period {
    let at =
        |second: i64, like: &Zoned| Timestamp::from_second(second).ok().map(|at| at.to_zoned(like.time_zone().clone()));
    let later = at(from, &period.from).filter(|from| *from > period.from);
    let earlier = at(to, &period.to).filter(|to| *to < period.to);
    Period { from: later.unwrap_or(period.from), to: earlier.unwrap_or(period.to), sums: period.sums }
}

/// Seconds as `3:12 h`.
fn hours(seconds: u64) -> String {
    format!("{}:{:02} h", seconds / 3600, seconds % 3600 / 60)
}

fn join(export: &str, device: &str) -> Result<(), CliError> {
    let mut history = open()?;
    let (one, to) = (history.find(export)?, history.find(device)?);
    let writer = history.write()?;
    writer.join(&one, &to)?;
    writer.commit()?;
    print(format!("{} is counted to {}", sanitize(&one.name), sanitize(&to.name)))
}

fn forget(arguments: &ForgetArguments) -> Result<(), CliError> {
    let mut history = open()?;
    let said = if let Some(name) = &arguments.device {
        let device = history.find(name)?;
        let writer = history.write()?;
        writer.forget(&device)?;
        writer.commit()?;
        format!("{} is forgotten", sanitize(&device.name))
    } else if let Some(before) = &arguments.before {
        let devices = history.own_devices()?;
        let writer = history.write()?;
        for device in &devices {
            writer.forget_before(device, moment(before, &device.time_zone())?.as_second())?;
        }
        // Homes and cameras have no zone here.
        writer.forget_all_changes(Some(moment(before, &TimeZone::system())?.as_second()))?;
        writer.commit()?;
        "What was before is forgotten".to_owned()
    } else {
        let writer = history.write()?;
        writer.forget_all()?;
        writer.commit()?;
        HistoryStore::remove_copies(&path()?)?;
        "The history is empty".to_owned()
    };
    print(said)?;
    if let Err(err) = history.compact() {
        warn(&format!("the file keeps its size, because it could not be compacted: {err}"));
    }
    Ok(())
}
