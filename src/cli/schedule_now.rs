//! The levels in force now, since when, and what became of them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::form_text::Form;
use super::schedule::{home, load};
use super::{CliError, Context, print, print_block, warn};
use crate::automation::AutomationStore;
use crate::automation::driver::AutomationFiles;
use crate::automation::run::{Run, RunOutcome};
use crate::automation::schedule::Boundary;
use crate::clock::{Clock as _, SystemClock};
use crate::home::DeviceId;
use crate::i18n::english;

/// Prints the level in force on each thermostat with a schedule that this computer keeps.
pub(super) async fn now(context: &Context, files: &AutomationFiles, form: &Form) -> Result<(), CliError> {
    let all = load(files)?;
    let home = home(context).await?;
    let at = SystemClock.now();
    let runs =
        if files.store.exists() { AutomationStore::open(&files.store)?.store.runs(None, 200)? } else { Vec::new() };
    let mut entries = Vec::new();
    for assigned in &all.thermostats {
        let Some(id) = assigned.thermostat.find(&home) else {
            warn(&format!("there is no thermostat “{}”, or more than one", assigned.thermostat.name));
            continue;
        };
        if home.keeps_schedule(id) {
            let name = &assigned.thermostat.name;
            warn(&format!("{name} keeps its schedule itself; `setpoint schedule set` puts a week on it"));
            continue;
        }
        let Some(of) = all.of(id, &home) else { continue };
        let zone = home.structure_of(id).and_then(|(_, structure)| structure.zone()).unwrap_or_else(TimeZone::system);
        let Some(in_force) = of.in_force(at, &zone) else { continue };
        let run = runs.iter().map(|(_, run)| run).find(|run| run.thermostat == *id && run.due == in_force.now.at);
        entries.push(Entry { id, name: &assigned.thermostat.name, now: in_force.now, next: in_force.next, run, zone });
    }
    if form.json {
        return print(Value::Array(entries.iter().map(Entry::json).collect()));
    }
    if entries.is_empty() {
        return print("no schedule is active");
    }
    for entry in entries {
        print_block(entry.text())?;
    }
    Ok(())
}

/// The level in force on a thermostat.
struct Entry<'a> {
    id: &'a DeviceId,
    name: &'a str,
    now: Boundary<'a>,
    next: Option<Boundary<'a>>,
    /// The newest run of the start.
    run: Option<&'a Run>,
    zone: TimeZone,
}

impl Entry<'_> {
    fn clock(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%a %H:%M").to_string()
    }

    fn text(&self) -> String {
        let mut text = format!("{}: {} since {}", self.name, self.now.level.name, self.clock(self.now.at));
        if let Some(run) = self.run {
            text = format!("{text}, {}", outcome_text(run));
        }
        if let Some(next) = &self.next {
            text = format!("{text}; {} from {}", next.level.name, self.clock(next.at));
        }
        text
    }

    fn json(&self) -> Value {
        json!({
            "thermostat": self.id.as_str(),
            "name": self.name,
            "schedule": self.now.schedule.name,
            "level": self.now.level.name,
            "since": self.now.at.to_string(),
            "next": self.next.as_ref().map(|next| json!({"level": next.level.name, "at": next.at.to_string()})),
            "outcome": self.run.map(|run| serde_json::to_value(&run.outcome).unwrap_or_default()),
        })
    }
}

/// The outcome of a run in English.
fn outcome_text(run: &Run) -> String {
    match &run.outcome {
        RunOutcome::Open => "being set".to_owned(),
        RunOutcome::Skipped(skip) => format!("not set: {}", english().localize(skip)),
        RunOutcome::Done => "set".to_owned(),
        RunOutcome::Unconfirmed => "accepted, and not shown yet".to_owned(),
        RunOutcome::MayHaveArrived => "sent, and it may have arrived".to_owned(),
        RunOutcome::Refused(why) => format!("refused: {why}"),
        RunOutcome::NotSent => "not sent yet".to_owned(),
        RunOutcome::Superseded => "somebody chose another value meanwhile".to_owned(),
    }
}
