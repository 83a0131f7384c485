//! `setpoint hold WHAT VALUE until TIME`: a set point for a time. The running program ends it; without one it is kept
//! until a program runs.

use clap::Args;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use super::backend::CommandBackend;
use super::set::{close, make_writes};
use super::set_report::Reported;
use super::{CliError, Context, print, warn};
use crate::accounts::session::{AccountSource, SessionError};
use crate::accounts::settings::Places;
use crate::app::automation_files;
use crate::automation::AutomationStore;
use crate::automation::driver::AutomationFiles;
use crate::automation::hold::{Hold, holdable};
use crate::clock::{Clock as _, SystemClock};
use crate::command::{ParseError, TimedCommand, find, held_thermostats, parse, present_setpoint, split_hold};
use crate::home::{DeviceId, DeviceTree, HoldEnd, Node, Write, check_request};
use crate::i18n::english;
use crate::ipc::protocol::{IpcRequest, IpcResponse};
use crate::ipc::{Peer, socket_of};

/// Words that end a hold.
const END_WORDS: [&str; 4] = ["end", "cancel", "resume", "stop"];

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A set point and its end: hallway 21 until 22:00, hallway 21 for 2h, hallway 21 until next, hallway until
    /// tomorrow 7:00; or "hallway end". Without words, the holds are listed
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let Arguments { words, json } = arguments;
    // A command may be one argument or several.
    let words: Vec<&str> = words.iter().flat_map(|words| words.split_whitespace()).collect();
    let Some((last, what)) = words.split_last() else { return list(context, json).await };
    let is_end_of_hold = what.iter().any(|word| ["until", "till", "for"].contains(&word.to_lowercase().as_str()));
    if END_WORDS.contains(&last.to_lowercase().as_str()) && !what.is_empty() && !is_end_of_hold {
        return end(context, &what.join(" "), json).await;
    }
    hold(context, &words.join(" "), json).await
}

/// The present on the clock of the user.
fn zoned_now() -> Zoned {
    SystemClock.now().to_zoned(TimeZone::system())
}

/// True if a text that is no other command ends with the end of a hold.
pub(super) fn has_end(text: &str) -> bool {
    split_hold(text, &zoned_now()).is_some_and(|split| split.ends.is_ok())
}

/// Makes the set points of a command and keeps their hold.
pub(super) async fn hold(context: &Context, text: &str, is_json: bool) -> Result<(), CliError> {
    let now = zoned_now();
    let TimedCommand { command, ends } = split_hold(text, &now).ok_or_else(|| {
        CliError::usage("the end is missing: write until 22:00, for 2h, until next or until cancelled")
    })?;
    let ends = ends.map_err(CliError::usage)?;
    let files = files(context)?;
    let backend = context.backend_for_writing().await?;
    let made = async {
        let home = backend.home().await?;
        let writes = writes(&home, command, now.timestamp())?;
        let holds = holds(&home, &writes, ends, now.timestamp());
        check_ends(&files, &home, &holds)?;
        let mut store = open(&files)?;
        let earlier = store.holds()?;
        for hold in &holds {
            store.put_hold(hold.clone(), &home, now.timestamp())?;
        }
        Ok((home, writes, store, earlier, holds))
    };
    let (home, writes, mut store, earlier, holds) = match made.await {
        Ok(made) => made,
        Err(err) => {
            close(backend).await;
            return Err(err);
        }
    };
    let is_own = matches!(backend, CommandBackend::Own(_));
    let reported = Reported { is_json, held: Some((held_word(ends), end_text(ends))) };
    let result = make_writes(backend, &home, &writes, text.to_owned(), reported, now.timestamp()).await;
    let is_single = holds.len() == 1;
    if result.as_ref().is_err_and(|err| is_single && (is_own || err.code == 3)) {
        // A value that was not set is not held; the hold before it goes on. In the running program, it may only wait.
        for hold in &holds {
            let (began, before) = (hold.began, earlier.get(&hold.thermostat).cloned());
            store.change_hold(&hold.thermostat, |kept| match kept {
                Some(kept) if kept.began == began => before,
                other => other,
            })?;
        }
    }
    tell_running().await;
    result
}

/// Refuses a hold until the next start of a thermostat without a schedule: it would never end.
fn check_ends(files: &AutomationFiles, home: &DeviceTree, holds: &[Hold]) -> Result<(), CliError> {
    if !holds.iter().any(|hold| hold.ends == HoldEnd::NextStart) {
        return Ok(());
    }
    let all = files.schedules.load().map(|loaded| loaded.content).unwrap_or_default();
    match holds.iter().find(|hold| all.of(&hold.thermostat, home).is_none()) {
        Some(hold) => Err(CliError::usage(ParseError::NoNextStart { name: hold.name.clone() }.to_string())),
        None => Ok(()),
    }
}

fn writes(home: &DeviceTree, command: &str, now: Timestamp) -> Result<Vec<Write>, CliError> {
    let present = || match find(home, command).ok()?.node {
        Node::Thermostat(id) => present_setpoint(home, &id),
        Node::Structure(_) | Node::Camera(_) => None,
    };
    let writes = match (parse(home, command, now), present()) {
        (Ok(writes), _) => writes,
        (Err(_), Some(write)) => vec![write],
        (Err(err), None) => return Err(CliError::usage(err)),
    };
    held_thermostats(&writes).map_err(CliError::usage)?;
    Ok(writes)
}

/// The holds of the writes that the rules allow.
fn holds(home: &DeviceTree, writes: &[Write], ends: HoldEnd, began: Timestamp) -> Vec<Hold> {
    let hold = |write: &Write| {
        let slot = write.slot();
        if check_request(home, write, began).is_err() && !write.is_shown_by(home) {
            return None;
        }
        let thermostat = holdable(write)?.clone();
        Some(Hold {
            mode: home.thermostats.get(&thermostat).and_then(|it| it.hvac_mode.clone()),
            rule: None,
            thermostat,
            name: slot.node.name(home).to_owned(),
            write: write.clone(),
            before: slot.present(home, write.scale()),
            began,
            ends,
        })
    };
    writes.iter().filter_map(hold).collect()
}

/// Ends the hold of a thermostat: what is in force applies as soon as a program runs.
async fn end(context: &Context, what: &str, is_json: bool) -> Result<(), CliError> {
    let files = files(context)?;
    let mut store = open(&files)?;
    let holds = store.holds()?;
    let wanted = what.to_lowercase();
    let is_wanted = |id: &DeviceId, hold: &Hold| id.as_str() == what || hold.name.to_lowercase().starts_with(&wanted);
    let found: Vec<(&DeviceId, &Hold)> = holds.iter().filter(|(id, hold)| is_wanted(id, hold)).collect();
    let exact = found.iter().filter(|(_, hold)| hold.name.to_lowercase() == wanted).count();
    let found = match found.as_slice() {
        [] => return Err(CliError::usage(format!("no hold of “{what}”; `setpoint hold` lists them"))),
        [one] => *one,
        several if exact == 1 => {
            *several.iter().find(|(_, hold)| hold.name.to_lowercase() == wanted).unwrap_or(&several[0])
        }
        several => {
            let names: Vec<&str> = several.iter().map(|(_, hold)| hold.name.as_str()).collect();
            return Err(CliError::usage(format!("“{what}” could be {}", names.join(", "))));
        }
    };
    let (id, name) = (found.0.clone(), found.1.name.clone());
    let now = SystemClock.now();
    store.change_hold(&id, |hold| Some(Hold { ends: HoldEnd::At(now), ..hold? }))?;
    tell_running().await;
    if is_json {
        print(json!({"thermostat": id.as_str(), "name": name, "ended": true}))
    } else {
        print(format!("{name}: hold ended"))
    }
}

/// Lists the holds.
async fn list(context: &Context, is_json: bool) -> Result<(), CliError> {
    let files = files(context)?;
    let holds = if files.store.exists() { open(&files)?.holds()? } else { std::collections::BTreeMap::new() };
    if is_json {
        let all: Vec<Value> = holds.values().map(json_of).collect();
        return print(Value::Array(all));
    }
    if holds.is_empty() {
        return print("nothing is held");
    }
    for hold in holds.values() {
        print(format!("{}: {} held {}", hold.name, hold.write.value_text(), end_text(hold.ends)))?;
    }
    tell_running().await;
    Ok(())
}

fn json_of(hold: &Hold) -> Value {
    json!({
        "thermostat": hold.thermostat.as_str(),
        "name": hold.name,
        "value": hold.write.value_text(),
        "before": hold.before.as_ref().map(Write::value_text),
        "began": hold.began.to_string(),
        "until": held_word(hold.ends),
    })
}

/// The end as a stable word: an instant, `next_start` or `cancelled`.
fn held_word(ends: HoldEnd) -> String {
    match ends {
        HoldEnd::At(at) => at.to_string(),
        HoldEnd::NextStart => "next_start".to_owned(),
        HoldEnd::Never => "cancelled".to_owned(),
    }
}

fn end_text(ends: HoldEnd) -> String {
    match ends {
        HoldEnd::At(at) => {
            let at = at.to_zoned(TimeZone::system());
            let is_today = at.date() == zoned_now().date();
            format!("until {}", at.strftime(if is_today { "%H:%M" } else { "%Y-%m-%d %H:%M" }))
        }
        HoldEnd::NextStart => "until the next set point".to_owned(),
        HoldEnd::Never => "until it is cancelled".to_owned(),
    }
}

/// The files of the account's automation.
pub(super) fn files(context: &Context) -> Result<AutomationFiles, CliError> {
    let places = Places::of_user().ok_or_else(|| CliError::new(5, "there is no folder of the user for holds"))?;
    let source = match context.source() {
        Ok(source) => source,
        // A running program shows the simulated home if there is no account.
        Err(SessionError::NoAccount) => AccountSource::Simulated,
        Err(err) => return Err(err.into()),
    };
    Ok(automation_files(&places, &source))
}

fn open(files: &AutomationFiles) -> Result<AutomationStore, CliError> {
    let opened = AutomationStore::open(&files.store)?;
    if let Some(damaged) = opened.damaged {
        warn(&english().localize(&damaged.message_of("automation-set-aside", "automation-stuck")));
    }
    Ok(opened.store)
}

/// Lets the running program look at holds and schedules again; warns if there is none.
async fn tell_running() {
    if !is_told().await {
        warn(&"no Setpoint is running, so nothing is done at the end of a hold until one runs");
    }
}

/// True if a running program looks at holds and schedules again.
pub(super) async fn is_told() -> bool {
    let Some(places) = Places::of_user() else { return false };
    let Ok(mut peer) = Peer::reach(&socket_of(&places.config, &places.data)).await else { return false };
    matches!(peer.ask(IpcRequest::Automation).await, Ok(IpcResponse::Done))
}
