//! `setpoint history changes`: who changed what, and when the equipment ran.

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::history::{Selection, bounds, open_to_read, time_text};
use super::{CliError, print, sanitize};
use crate::history::{Change, ChangeCause, ChangeQuery, HistoryDevice};

/// Most changes of one answer.
const MOST: usize = 1_000_000;

#[derive(Debug, Args)]
pub(super) struct ChangesArguments {
    #[command(flatten)]
    selection: Selection,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// Prints the changes, the oldest first.
pub(super) fn changes(arguments: &ChangesArguments) -> Result<(), CliError> {
    let history = open_to_read()?;
    let device = arguments.selection.device.as_ref().map(|name| history.find(name)).transpose()?;
    let zone = device.as_ref().map_or_else(TimeZone::system, HistoryDevice::time_zone);
    let (from, to) = bounds(&arguments.selection, &zone)?;
    let query = ChangeQuery {
        node: device.map(|device| device.key),
        kinds: &[],
        from: Timestamp::from_second(from).ok(),
        to: Timestamp::from_second(to).ok(),
        most: MOST,
    };
    let mut changes = history.changes(&query)?;
    changes.reverse();
    let local = |at: Timestamp| time_text(&at.to_zoned(zone.clone()));
    if arguments.json {
        let rows = changes.iter().map(|change| {
            json!({"device": change.name, "at": local(change.at), "until": change.until.map(local),
                   "kind": change.kind.word(), "before": change.before, "after": change.after,
                   "cause": change.cause.map(ChangeCause::word)})
        });
        return print(Value::Array(rows.collect()));
    }
    changes.iter().try_for_each(|change| print(line(change, &local)))
}

/// `2026-11-30T14:02:00+01:00  Hallway  target 20.0 °C → 21.5 °C  (window)`.
fn line(change: &Change, local: &impl Fn(Timestamp) -> String) -> String {
    let values = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!(" {} → {}", sanitize(before), sanitize(after)),
        (None, Some(after)) => format!(" {}", sanitize(after)),
        (_, None) => change.until.map(|until| format!(" until {}", local(until))).unwrap_or_default(),
    };
    let cause = change.cause.map(|cause| format!("  ({})", cause.word())).unwrap_or_default();
    format!("{}  {}  {}{values}{cause}", local(change.at), sanitize(&change.name), change.kind.word())
}
