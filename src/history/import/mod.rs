//! Import of Google Takeout: both generations of its files, in any order and as often as one likes.
//!
//! An import is kept as a whole or not at all. Postal codes and the ids of homes and people are not kept.

mod files;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod lines;
mod refusal;
mod runtime_line;
mod sensors;
mod summary;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use self::files::{ExportFile, FileKind, FoundFiles, OpenArchive, find};
use self::lines::each_line;
use super::devices::HistoryDevice;
use super::error::HistoryError;
use super::interval::Interval;
use super::store::{HistoryStore, PutEffect, Writer};
use crate::i18n::{Message, ToMessage, display_english, message};

pub use self::files::UnreadableExport;
pub use self::refusal::RefusalReason;
use self::refusal::shortened;
pub use self::runtime_line::{RuntimeLine, runtime_line};

/// The reason why an import was not made. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryImportError {
    Export(UnreadableExport),
    HistoryStore(HistoryError),
    Cancelled,
    /// A name was given for an export of several thermostats, which are listed here.
    SeveralDevices(String),
}

impl From<UnreadableExport> for HistoryImportError {
    fn from(err: UnreadableExport) -> Self {
        Self::Export(err)
    }
}

impl From<HistoryError> for HistoryImportError {
    fn from(err: HistoryError) -> Self {
        Self::HistoryStore(err)
    }
}

impl ToMessage for HistoryImportError {
    fn to_message(&self) -> Message {
        match self {
            Self::Export(err) => err.to_message(),
            Self::HistoryStore(err) => err.to_message(),
            Self::Cancelled => message!("import-cancelled"),
            Self::SeveralDevices(names) => message!("import-several", names = names),
        }
    }
}

display_english!(HistoryImportError);

/// A line that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLine {
    pub file: String,
    /// The number of the line, from one; 0 for a file as a whole.
    pub line: u64,
    pub reason: RefusalReason,
}

/// A thermostat of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedDevice {
    /// Its id in the history.
    pub key: String,
    pub name: String,
    /// The thermostat to which its intervals are counted, if it is another one.
    pub counted_to: Option<String>,
}

/// The result of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// Intervals that were new, or told more than before.
    pub taken: u64,
    /// Intervals that were known already.
    pub known: u64,
    pub refused: u64,
    /// The first of the refused lines.
    pub refusals: Vec<RefusedLine>,
    /// Files of the export.
    pub files: usize,
    /// Other files beside them.
    pub others: usize,
    pub devices: Vec<ImportedDevice>,
}

/// Most refused lines that the report names.
const MOST_REFUSALS: usize = 200;

/// The progress of an import, in unpacked bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportProgress {
    pub done: u64,
    pub all: u64,
}

/// Takes in an export. With a name, its only thermostat is counted to that of the name; without, it is one of its own,
/// called by the last four of its id. `progress` is told of the bytes read, and cancels.
pub fn import(
    history: &mut HistoryStore,
    paths: &[PathBuf],
    name: Option<&str>,
    now: Timestamp,
    progress: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
) -> Result<ImportReport, HistoryImportError> {
    let FoundFiles { files, others, unreadable } = find(paths)?;
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    // A name, or the end of an id, as everywhere.
    let target = match name.map(|name| history.find(name)) {
        Some(Ok(device)) => Some(device),
        Some(Err(HistoryError::NoDevice(_))) | None => None,
        Some(Err(err)) => return Err(err.into()),
    };
    let all = files.iter().fold(0_u64, |all, file| all.saturating_add(file.size));
    let writer = history.write()?;
    let mut intake = Intake {
        writer: &writer,
        devices: BTreeMap::new(),
        archive: OpenArchive::default(),
        report: ImportReport { files: files.len(), others, ..ImportReport::default() },
        latest: now.as_second() + FUTURE,
        progress: ImportProgress { done: 0, all },
        tell: progress,
    };
    for file in &files {
        intake.file(file)?;
    }
    for why in unreadable {
        intake.refuse_in(why.path().to_owned(), 0, RefusalReason::Unreadable(Box::new(why)));
    }
    let Intake { devices, mut report, .. } = intake;
    for device in devices.values() {
        if let Some((since, zone)) = &device.zone {
            writer.note_zone(device.device.id, zone, *since)?;
        }
    }
    if let Some(name) = name {
        join(&writer, &devices, name, target)?;
    }
    for device in devices.values() {
        writer.rebuild_days_of(device.device.id)?;
        let counted_to = writer.counted_to(device.device.id)?;
        report.devices.push(ImportedDevice {
            key: device.device.key.clone(),
            name: device.device.name.clone(),
            counted_to,
        });
    }
    writer.commit()?;
    Ok(report)
}

/// Time that a clock may be ahead of this one, in seconds.
const FUTURE: i64 = 86_400;

/// Counts the only thermostat of an export to the one of this name, which is made if it is not known.
fn join(
    writer: &Writer<'_>,
    devices: &BTreeMap<String, ExportedDevice>,
    name: &str,
    known: Option<HistoryDevice>,
) -> Result<(), HistoryImportError> {
    let mut all = devices.values();
    let (Some(only), None) = (all.next(), all.next()) else {
        let names: BTreeSet<&str> = devices.values().map(|device| device.device.name.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        return if names.is_empty() { Ok(()) } else { Err(HistoryImportError::SeveralDevices(names.join(", "))) };
    };
    let target = known.map_or_else(|| writer.ensure_device(&format!("named:{name}"), name), Ok)?;
    // An export that was joined before, or is the thermostat itself, stays so.
    if only.device.id != target.id && only.device.joined_to != Some(target.id) {
        writer.join(&only.device, &target)?;
    }
    Ok(())
}

/// A thermostat of the export, and the zone that its latest line told.
struct ExportedDevice {
    device: HistoryDevice,
    zone: Option<(i64, String)>,
}

struct Intake<'a, 'w> {
    writer: &'a Writer<'w>,
    devices: BTreeMap<String, ExportedDevice>,
    archive: OpenArchive,
    report: ImportReport,
    /// The latest time that an interval can have.
    latest: i64,
    progress: ImportProgress,
    tell: &'a mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
}

/// Most thermostats of one import.
const MOST_DEVICES: usize = 1000;

/// Bytes between two messages of progress.
const TELL_EACH: u64 = 1 << 20;

/// Largest file of sums by day, in bytes.
const MOST_SUMMARY: u64 = 64 << 20;

impl From<io::Error> for HistoryImportError {
    fn from(err: io::Error) -> Self {
        Self::HistoryStore(HistoryError::from(&err))
    }
}

/// The error of a line, which is either of the file or of the store.
enum LineError {
    File(io::Error),
    Import(HistoryImportError),
}

impl From<io::Error> for LineError {
    fn from(err: io::Error) -> Self {
        Self::File(err)
    }
}

impl Intake<'_, '_> {
    fn file(&mut self, file: &ExportFile) -> Result<(), HistoryImportError> {
        let before = self.progress.done;
        let mut archive = std::mem::take(&mut self.archive);
        let read = file.read(&mut archive, |reader| match file.kind {
            FileKind::Runtime | FileKind::Sensors => self.lines(file, reader),
            FileKind::Summary => self.summary(file, reader),
        });
        self.archive = archive;
        read?;
        self.progress.done = before.saturating_add(file.size);
        self.tell()
    }

    fn tell(&mut self) -> Result<(), HistoryImportError> {
        match (self.tell)(self.progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(HistoryImportError::Cancelled),
        }
    }

    fn lines(&mut self, file: &ExportFile, reader: &mut dyn io::Read) -> Result<(), HistoryImportError> {
        let of_path = device_of_path(&file.device_path());
        let mut columns = None;
        let mut told = 0;
        let read = each_line::<LineError>(reader, |number, line| {
            let length = line.as_ref().map_or(0, |line| line.len() as u64 + 1);
            self.progress.done = self.progress.done.saturating_add(length);
            told += length;
            if told >= TELL_EACH {
                told = 0;
                self.tell().map_err(LineError::Import)?;
            }
            let taken = match line {
                Ok(line) if line.trim().is_empty() => return Ok(()),
                Ok(line) if file.kind == FileKind::Runtime => {
                    runtime_line(line).map(|line| Some((line.device, line.zone, line.interval)))
                }
                Ok(line) => {
                    if number == 1 {
                        columns = sensors::sensor_columns(line);
                        if columns.is_some() {
                            return Ok(());
                        }
                    }
                    sensors::sensor_row(line, columns).map(|row| row.map(|row| (of_path.clone(), None, row)))
                }
                Err(reason) => Err(reason),
            };
            match taken {
                Ok(None) => Ok(()),
                Ok(Some((device, zone, interval))) => {
                    self.take(file, number, &device, zone, &interval).map_err(LineError::Import)
                }
                Err(reason) => {
                    self.refuse(file, number, reason);
                    Ok(())
                }
            }
        });
        match read {
            Ok(()) => Ok(()),
            Err(LineError::File(err)) => Err(file.unreadable(&err).into()),
            Err(LineError::Import(err)) => Err(err),
        }
    }

    fn summary(&mut self, file: &ExportFile, reader: &mut dyn io::Read) -> Result<(), HistoryImportError> {
        let mut bytes = Vec::new();
        reader.take(MOST_SUMMARY + 1).read_to_end(&mut bytes).map_err(|err| file.unreadable(&err))?;
        if bytes.len() as u64 > MOST_SUMMARY {
            return Err(UnreadableExport::TooLarge(file.name.clone()).into());
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let days: BTreeMap<String, Value> = match serde_json::from_slice(bytes) {
            Ok(days) => days,
            Err(err) => {
                self.refuse(file, err.line() as u64, RefusalReason::NoSummary(err.to_string()));
                return Ok(());
            }
        };
        let device = device_of_path(&file.device_path());
        for (key, day) in &days {
            match summary::day_intervals(key, day) {
                Ok(intervals) => {
                    for interval in intervals {
                        self.take(file, 1, &device, None, &interval)?;
                    }
                }
                Err(reason) => self.refuse(file, 0, RefusalReason::Day(shortened(key), Box::new(reason))),
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        file: &ExportFile,
        line: u64,
        device: &str,
        zone: Option<String>,
        interval: &Interval,
    ) -> Result<(), HistoryImportError> {
        if interval.start > self.latest {
            self.refuse(file, line, RefusalReason::Future);
            return Ok(());
        }
        if let Err(why) = interval.check() {
            self.refuse(file, line, why.into());
            return Ok(());
        }
        if !self.devices.contains_key(device) {
            if self.devices.len() >= MOST_DEVICES {
                self.refuse(file, line, RefusalReason::TooManyDevices(MOST_DEVICES));
                return Ok(());
            }
            let known = self.writer.ensure_device(&format!("takeout:{device}"), &last_four(device))?;
            self.devices.insert(device.to_owned(), ExportedDevice { device: known, zone: None });
        }
        let Some(known) = self.devices.get_mut(device) else { return Ok(()) };
        let zone = zone.filter(|zone| TimeZone::get(zone).is_ok()).map(|zone| (interval.start, zone));
        if zone > known.zone {
            known.zone = zone;
        }
        match self.writer.put(known.device.id, interval)? {
            PutEffect::New | PutEffect::Better => self.report.taken += 1,
            PutEffect::Known => self.report.known += 1,
        }
        Ok(())
    }

    fn refuse(&mut self, file: &ExportFile, line: u64, reason: RefusalReason) {
        self.refuse_in(file.name.clone(), line, reason);
    }

    fn refuse_in(&mut self, file: String, line: u64, reason: RefusalReason) {
        self.report.refused += 1;
        if self.report.refusals.len() < MOST_REFUSALS {
            self.report.refusals.push(RefusedLine { file, line, reason });
        }
    }
}

/// The name of a thermostat of an export: the last four of its id.
fn last_four(id: &str) -> String {
    let count = id.chars().count();
    id.chars().skip(count.saturating_sub(4)).collect()
}

/// Longest id in a path, in bytes.
const MOST_PATH_ID: usize = 128;

/// The id of a thermostat in a path: `…/thermostats/02AA01AC031501TB/2019/08/2019-08-sensors.csv`. Without it, the
/// folder above those of the year and the month.
fn device_of_path(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !part.is_empty()).collect();
    let (_, folders) = parts.split_last().unwrap_or((&"", &[]));
    let is_id = |id: &str| id.len() <= MOST_PATH_ID && !id.chars().any(char::is_control);
    if let Some(at) = folders.iter().rposition(|part| part.eq_ignore_ascii_case("thermostats"))
        && let Some(id) = folders.get(at + 1).filter(|id| is_id(id))
    {
        return (*id).to_owned();
    }
    let is_date = |part: &&&str| part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit());
    let folder = folders.iter().rev().find(|part| !is_date(part)).filter(|part| is_id(part));
    folder.map_or_else(|| "export".to_owned(), |part| (*part).to_owned())
}

#[cfg(test)]
mod tests;
