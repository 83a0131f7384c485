//! The report of changes on the command line.

use jiff::Timestamp;
use serde_json::Value;

use super::set::{change_text, done_line, json, record};
use super::{CliError, print, warn};
use crate::engine::{Outcome, Record, SubmitOutcome, WaitReason, Waiting};
use crate::home::{DeviceTree, Field, PreviewLine, ServiceKind};
use crate::wwn::wire;

/// The engine that was asked.
pub(super) struct Requested<'a> {
    pub(super) home: &'a DeviceTree,
    pub(super) now: Timestamp,
    /// True if the engine belongs to this process and ends with the command.
    pub(super) is_own: bool,
}

/// The form of the report.
#[derive(Debug, Clone)]
pub(super) struct Reported {
    pub(super) is_json: bool,
    /// The end of the hold of the values, as a stable word and for people.
    pub(super) held: Option<(String, String)>,
}

/// The report of one write: the line, its JSON, and the failure that the command ends with.
struct WriteReport {
    text: String,
    json: Value,
    err: Option<CliError>,
}

/// Prints the outcomes line by line; fails with the first failure.
pub(super) fn report(
    requested: &Requested<'_>,
    lines: &[PreviewLine],
    outcome: &SubmitOutcome,
    reported: &Reported,
) -> Result<(), CliError> {
    let Reported { is_json, held } = reported;
    let is_json = *is_json;
    let (mut answers, mut problem) = (Vec::new(), None);
    for line in lines {
        let WriteReport { mut text, mut json, err } = report_of(requested, line, outcome)?;
        if let (Some((word, end)), None, Some(fields)) = (held, &err, json.as_object_mut()) {
            fields.insert("held_until".to_owned(), Value::from(word.as_str()));
            text = format!("{text}, held {end}");
        }
        let is_single = lines.len() == 1;
        if !(is_json || is_single && err.is_some()) {
            print(text)?;
        }
        answers.push(json);
        problem = problem.or(err);
    }
    if is_json {
        print(if lines.len() == 1 { answers.pop().unwrap_or_default() } else { Value::Array(answers) })?;
    }
    let keeps_no_duration = |line: &PreviewLine| {
        let service = requested.home.capabilities_of(&line.node).service();
        Field::KEPT_BY_PROGRAM.contains(&line.slot.field) && service == Some(ServiceKind::DeviceAccess)
    };
    if problem.is_none() && matches!(lines, [line] if keeps_no_duration(line)) {
        warn(
            &"Google keeps no duration for the fan, and Setpoint only while it runs: start the fan along with it, as in \
              “hallway fan 30”",
        );
    }
    problem.map_or(Ok(()), Err)
}

fn report_of(requested: &Requested<'_>, line: &PreviewLine, outcome: &SubmitOutcome) -> Result<WriteReport, CliError> {
    let what = format!("{}: {}", line.name, change_text(line.slot.field, &line.to.value_text()));
    let waiting = outcome.waiting.iter().find(|waiting| waiting.slot == line.slot);
    if let Some(found) = outcome.records.iter().find(|record| record.slot == line.slot) {
        let err = failed(found, waiting);
        let text = match (&err, &found.outcome) {
            (Some(err), Outcome::Refused(_)) => format!("{what} was refused: {err}"),
            (Some(err), _) => format!("{what}: {err}"),
            (None, Outcome::Unconfirmed) => format!("{what}; {ACCEPTED}"),
            (None, _) => done_line(found),
        };
        return Ok(WriteReport { text, json: json(found)?, err });
    }
    let unsent = |word: &str| {
        let mut unsent = json(&record(requested.home, &line.to, Outcome::Discarded, requested.now))?;
        if let Some(outcome) = unsent.get_mut("outcome") {
            *outcome = Value::from(word);
        }
        Ok::<Value, CliError>(unsent)
    };
    if outcome.unchanged.contains(&line.slot) {
        return Ok(WriteReport { text: format!("{what} already"), json: unsent("unchanged")?, err: None });
    }
    if outcome.superseded.contains(&line.slot) {
        let text = format!("{what} was not sent: a newer change took its place");
        return Ok(WriteReport { text, json: unsent("superseded")?, err: None });
    }
    if waiting.is_some_and(|waiting| waiting.is_accepted) {
        return Ok(WriteReport { text: format!("{what}; {ACCEPTED}"), json: unsent("accepted")?, err: None });
    }
    let why = waiting.map_or("nothing was heard of it yet", |waiting| waiting.why.as_str());
    let until = waiting.and_then(|waiting| waiting.expires);
    let until = until.map_or_else(String::new, |at| format!(", at the latest at {}", wire::time_text(at)));
    let (text, word) = if requested.is_own {
        // Unsent writes were withdrawn, so this one is in flight.
        (format!("{what} was sent and not answered yet; it may have arrived"), "sent")
    } else {
        (format!("{what} waits in the running program: {why}{until}"), "waiting")
    };
    Ok(WriteReport { text: text.clone(), json: unsent(word)?, err: Some(CliError::new(5, text)) })
}

/// An accepted change is not refused, however late the thermostat is.
const ACCEPTED: &str = "accepted, waiting for the thermostat to show it";

/// The failure for a record without success. `waiting` is the wait of the change at its withdrawal.
fn failed(record: &Record, waiting: Option<&Waiting>) -> Option<CliError> {
    match &record.outcome {
        Outcome::Done | Outcome::Accepted | Outcome::Unconfirmed => None,
        Outcome::Refused(why) => Some(CliError::new(3, why.to_string())),
        Outcome::MayHaveArrived(why) => Some(CliError::new(5, format!("it may have arrived: {why}"))),
        Outcome::Expired => Some(CliError::new(5, "the service was unreachable for too long, so the change expired")),
        Outcome::Discarded => Some(match waiting {
            Some(Waiting {
                reason: Some(WaitReason::RateLimited | WaitReason::ServiceAsks),
                until: Some(until),
                ..
            }) => CliError::new(5, format!("not sent: no more changes are allowed until {}", wire::time_text(*until))),
            Some(Waiting { reason: Some(WaitReason::SignIn), why, .. }) => CliError::new(4, format!("not sent: {why}")),
            Some(Waiting { why, .. }) => CliError::new(5, format!("not sent: {why}")),
            None => CliError::new(5, "not sent: the service cannot be reached"),
        }),
    }
}
