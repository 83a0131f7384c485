//! `setpoint set WHAT FIELD VALUE`: one write; `setpoint set "all eco"`: a typed command with one or more
//! writes. They go through the engine of the account: that of its owner, else one of this process.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde_json::Value;

use super::backend::{CommandBackend, RunningProgram};
use super::set_report::{Reported, Requested, report};
use super::{CliError, Context, hold};
use crate::accounts::session::Session;
use crate::clock::{Clock as _, SystemClock};
use crate::command::{find, parse, understand};
use crate::engine::{Origin, Outcome, Record, SubmitOutcome, WaitLimits};
use crate::home::{DeviceTree, Field, Node, Write, preview};
use crate::ipc::protocol;
use crate::service::Failure;

/// The maximum waits of a command for outcomes.
const PATIENCE: WaitLimits = WaitLimits { within: Duration::from_secs(10), for_service: Duration::from_secs(3) };
/// The maximum wait for the outcome of withdrawn writes.
const LAST: Duration = Duration::from_secs(1);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Device or home by name or id, or by a unique part of its name; or a whole command, such as "all eco",
    /// "hallway fan 30", "cameras off" or away
    what: String,
    #[arg(allow_negative_numbers = true, help = field_help())]
    field: Option<String>,
    /// Value such as 21.5, 70F, +1, 18-24, heat, on, away
    #[arg(allow_hyphen_values = true)]
    value: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// The words of all fields, from their table.
fn field_help() -> String {
    let words = |node: Node| Field::of_node(&node).iter().map(|field| field.word()).collect::<Vec<_>>().join(", ");
    let (thermostat, camera) = (words(Node::Thermostat("".into())), words(Node::Camera("".into())));
    let home = words(Node::Structure("".into()));
    format!("Field. Of a thermostat: {thermostat}. Of a camera: {camera}. Of a home: {home}")
}

impl Arguments {
    /// The command as typed.
    pub(super) fn text(&self) -> String {
        let words = [Some(&self.what), self.field.as_ref(), self.value.as_ref()];
        words.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The equivalent words of another command.
    pub(super) fn of_words(words: &[String]) -> Option<Self> {
        let (what, rest) = words.split_first()?;
        let (field, value) = match rest {
            [] => (None, None),
            [field] => (Some(field.clone()), None),
            [field, value] => (Some(field.clone()), Some(value.clone())),
            _ => return None,
        };
        Some(Self { what: what.clone(), field, value, json: false })
    }

    pub(super) fn writes(&self, home: &DeviceTree, now: Timestamp) -> Result<Vec<Write>, CliError> {
        let text = self.text();
        let (Some(field), Some(value)) = (&self.field, &self.value) else {
            return parse(home, &text, now).map_err(CliError::usage);
        };
        let strict = find(home, &self.what).and_then(|named| understand(home, &named.node, field, value, now));
        match strict {
            Ok(write) => Ok(vec![write]),
            // `set front door off` has three words and is a typed command nevertheless.
            Err(err) => parse(home, &text, now).map_err(|_in_its_words| CliError::usage(err)),
        }
    }
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let now = SystemClock.now();
    let backend = context.backend_for_writing().await?;
    let writes = match backend.home().await {
        Ok(home) => arguments.writes(&home, now).map(|writes| (home, writes)),
        Err(err) => Err(err),
    };
    match writes {
        Ok((home, writes)) => {
            let reported = Reported { is_json: arguments.json, held: None };
            make_writes(backend, &home, &writes, arguments.text(), reported, now).await
        }
        Err(err) => {
            close(backend).await;
            // What is no command as a whole may be one with the end of a hold.
            let text = arguments.text();
            if hold::has_end(&text) { hold::hold(context, &text, arguments.json).await } else { Err(err) }
        }
    }
}

/// Makes writes and prints their outcomes; `text` is the name of the change.
pub(super) async fn make_writes(
    backend: CommandBackend,
    home: &DeviceTree,
    writes: &[Write],
    text: String,
    reported: Reported,
    now: Timestamp,
) -> Result<(), CliError> {
    let lines = preview(home, writes, now);
    let ordered: Vec<Write> = lines.iter().map(|line| line.to.clone()).collect();
    let is_own = matches!(backend, CommandBackend::Own(_));
    let outcome = match backend {
        CommandBackend::Running(running) => set_remote(*running, text, ordered).await?,
        CommandBackend::Own(session) => set_own(*session, text, ordered).await?,
        CommandBackend::Direct { .. } => return Err(CliError::new(5, "nothing can be changed on this way")),
    };
    let requested = Requested { home, now, is_own };
    report(&requested, &lines, &outcome, &reported)
}

/// Ends a backend that was not used.
pub(super) async fn close(backend: CommandBackend) {
    if let CommandBackend::Own(session) = backend {
        session.close(Duration::ZERO).await;
    }
}

/// Makes writes through the engine of another process.
async fn set_remote(running: RunningProgram, text: String, writes: Vec<Write>) -> Result<SubmitOutcome, CliError> {
    match running.set(text, writes).await? {
        protocol::IpcResponse::Set { records, unchanged, superseded, waiting } => {
            Ok(SubmitOutcome { records, unchanged, superseded, waiting })
        }
        protocol::IpcResponse::Wrong(why) => Err(CliError::new(5, why)),
        protocol::IpcResponse::Done
        | protocol::IpcResponse::Yields
        | protocol::IpcResponse::NotOpen
        | protocol::IpcResponse::NoHome(_)
        | protocol::IpcResponse::Home(_)
        | protocol::IpcResponse::Bridged(_) => {
            Err(CliError::new(5, "the running program closed the account meanwhile; nothing is known to be set"))
        }
    }
}

/// Makes writes through an engine of this process, and ends it. Unsent writes are withdrawn, because no process
/// would send them.
async fn set_own(session: Session, text: String, writes: Vec<Write>) -> Result<SubmitOutcome, CliError> {
    let access = session.engine.access();
    let too_busy = || CliError::new(5, "the changes were not taken");
    let mut handle = access.submit(text, writes, Origin::Cli).ok_or_else(too_busy)?;
    let mut outcome = access.outcome(&mut handle, PATIENCE).await;
    if outcome.waiting.iter().any(|waiting| !waiting.is_accepted) {
        access.withdraw(&mut handle, &mut outcome, LAST).await;
    }
    session.close(Duration::ZERO).await;
    Ok(outcome)
}

/// The JSON of a record, with a sentence in place of the reason.
pub(super) fn json(record: &Record) -> Result<Value, CliError> {
    let mut json = serde_json::to_value(record).map_err(Failure::of_program)?;
    if let Outcome::Refused(reason) | Outcome::MayHaveArrived(reason) = &record.outcome
        && let Some(word) = json["outcome"].as_str().map(str::to_owned)
    {
        json["outcome"] = serde_json::json!({ word: reason.to_string() });
    }
    Ok(json)
}

/// `target 21.5 °C`; only `away` for a value that names its field.
pub(super) fn change_text(field: Field, value: &str) -> String {
    if field == Field::Away { value.to_owned() } else { format!("{} {value}", field.word()) }
}

pub(super) fn done_line(record: &Record) -> String {
    let from = record.from.as_ref().map_or_else(String::new, |from| format!(" (was {from})"));
    format!("{}: {}{from}", record.name, change_text(record.slot.field, &record.to))
}

pub(super) fn record(home: &DeviceTree, write: &Write, outcome: Outcome, at: Timestamp) -> Record {
    let slot = write.slot();
    let base = slot.present(home, write.scale());
    Record {
        id: u64::try_from(at.as_millisecond()).unwrap_or_default(),
        at,
        origin: Origin::Cli,
        name: slot.node.name(home).to_owned(),
        from: base.as_ref().map(Write::value_text),
        to: write.value_text(),
        outcome,
        undo: base,
        write: Some(write.clone()),
        batch: None,
        undoes: None,
        slot,
    }
}
