//! A rule or a schedule tried on a simulated day, which passes at once.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::form_text::Form;
use super::rule_text::{run_json, run_text};
use super::{CliError, print, print_block};
use crate::automation::schedule::{LoadedSchedules, Schedules};
use crate::automation::simulated_trial::{
    SimulatedTrial, SimulatedTrialRequest, TRIAL_SEED, TrialEvent, TrialLine, Tried, happening_message,
};
use crate::clock::{Clock as _, SystemClock};
use crate::home::{DeviceTree, Node, Write};
use crate::i18n::english;

/// Everything that a trial needs beside the rule or schedule.
pub(super) struct SimulatedHome {
    pub(super) home: DeviceTree,
    pub(super) presets: Vec<(String, Vec<Write>)>,
    pub(super) schedules: Schedules,
    pub(super) programs: Vec<String>,
    pub(super) requests: Vec<String>,
}

/// Lets a day pass, and prints what happened and what was done. `name` is that of the rule or schedule.
pub(super) fn try_on_simulated_day(name: &str, tried: Tried, of: SimulatedHome, form: &Form) -> Result<(), CliError> {
    let request = SimulatedTrialRequest {
        tried,
        home: Arc::new(of.home),
        zone: TimeZone::system(),
        presets: of.presets,
        schedules: Arc::new(LoadedSchedules { content: of.schedules, problems: Vec::new() }),
        programs: of.programs,
        requests: of.requests,
        now: SystemClock.now(),
        seed: TRIAL_SEED,
    };
    let mut trial = SimulatedTrial::begin(request).map_err(CliError::usage)?;
    trial.pass(Timestamp::MAX);
    if form.json {
        let lines = trial.lines().map(|line| line_json(&trial, line));
        return print(json!({"name": name, "acted": trial.acted(), "lines": lines.collect::<Vec<_>>()}));
    }
    print(format!("{name}, a simulated day in a copy of the home: occasions with an act {}", trial.acted()))?;
    for line in trial.lines() {
        print_block(line_text(&trial, line, trial.zone()))?;
    }
    Ok(())
}

fn line_text(trial: &SimulatedTrial, line: &TrialLine, zone: &TimeZone) -> String {
    let at = line.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M");
    let value = |write: &Option<Write>| write.as_ref().map_or_else(|| "no set point".to_owned(), Write::value_text);
    match &line.what {
        TrialEvent::Happened(happening) => {
            format!("{at}  ({})", english().localize(&happening_message(trial.home(), happening)))
        }
        TrialEvent::Ran(run) => run_text(run, zone),
        TrialEvent::Started { level, write, refused: None } => format!("{at}  {level}: {}", value(write)),
        TrialEvent::Started { level, refused: Some(refusal), .. } => {
            format!("{at}  {level}: {}", english().localize(refusal))
        }
        TrialEvent::HoldEnded { thermostat, write } => {
            let name = Node::Thermostat(thermostat.clone()).name(trial.home()).to_owned();
            format!("{at}  {name}: the hold ends, {}", value(write))
        }
    }
}

fn line_json(trial: &SimulatedTrial, line: &TrialLine) -> Value {
    let at = line.at.to_string();
    let value = |write: &Option<Write>| write.as_ref().map(Write::value_text);
    match &line.what {
        TrialEvent::Happened(happening) => {
            json!({"at": at, "happened": english().localize(&happening_message(trial.home(), happening))})
        }
        TrialEvent::Ran(run) => run_json(run),
        TrialEvent::Started { level, write, refused } => json!({
            "at": at, "level": level, "value": value(write),
            "refused": refused.as_ref().map(|refusal| english().localize(refusal)),
        }),
        TrialEvent::HoldEnded { thermostat, write } => {
            json!({"at": at, "hold_ended": thermostat.as_str(), "value": value(write)})
        }
    }
}
