//! A rule or a schedule tried on a simulated day in a copy of the person's home.
//!
//! The trial acts there: writes change the simulated rooms, and holds end. Programs and requests are told and not made.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::hold::{Hold, HoldEnd};
use super::problem::FormProblem;
use super::rule::{AccountState, ActKind, Rule, RuleExecutor, RulePresent, RuleRun, Rules};
use super::run::{RunId, RunOutcome};
use super::schedule::{Boundary, ComfortLevel, LoadedSchedules, Schedule};
use crate::home::{DeviceId, DeviceTree, HvacMode, Node, Refusal, StructureId, Temperature, Write};
use crate::i18n::{Message, english, message};
use crate::simulator::{Happening, SimulatedDay};

/// Most lines that are kept; the newest stay.
pub const MOST_LINES: usize = 500;
/// The seed of the rooms: each trial is of the same day.
pub const TRIAL_SEED: u64 = 7;
/// Most looks at one instant: an act may be an occasion.
const MOST_ROUNDS: usize = 8;
/// Most times at which rooms are kept for the curve: one for each five minutes.
const MOST_POINTS: usize = 300;
const POINT_S: i64 = 300;

/// The part of the automation that is tried.
#[derive(Debug, Clone)]
pub enum Tried {
    /// The rule, beside the others that are on and with the limits of all.
    Rule { rule: Box<Rule>, all: Box<Rules> },
    /// The schedule on a thermostat.
    Schedule { schedule: Schedule, thermostat: DeviceId },
}

/// Everything that a trial needs beside the rule or schedule.
#[derive(Debug, Clone)]
pub struct SimulatedTrialRequest {
    pub tried: Tried,
    pub home: Arc<DeviceTree>,
    /// The zone of a home that tells none.
    pub zone: TimeZone,
    pub presets: Vec<(String, Vec<Write>)>,
    pub schedules: Arc<LoadedSchedules>,
    pub programs: Vec<String>,
    pub requests: Vec<String>,
    /// The day begins at this hour of today, where the home is.
    pub now: Timestamp,
    pub seed: u64,
}

/// The hour at which the day begins.
const BEGINS: i8 = 5;

/// A line of the trial.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialLine {
    pub at: Timestamp,
    pub what: TrialEvent,
}

/// An event of a trial.
#[derive(Debug, Clone, PartialEq)]
pub enum TrialEvent {
    Happened(Happening),
    Ran(Box<RuleRun>),
    /// A level of the schedule began.
    Started {
        level: String,
        write: Option<Write>,
        refused: Option<Refusal>,
    },
    /// The hold of a rule ended, and the value from before came back.
    HoldEnded {
        thermostat: DeviceId,
        write: Option<Write>,
    },
}

/// A room at one time, in degrees Celsius.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoomPoint {
    pub at: Timestamp,
    pub room: f64,
    pub target: Option<f64>,
}

/// A trial under way.
pub struct SimulatedTrial {
    request: SimulatedTrialRequest,
    /// The zone of the home.
    zone: TimeZone,
    day: SimulatedDay,
    rules: RuleExecutor,
    holds: BTreeMap<DeviceId, Hold>,
    runs: i64,
    /// The newest last.
    lines: VecDeque<TrialLine>,
    /// The curve of each room.
    rooms: BTreeMap<DeviceId, Vec<RoomPoint>>,
    handled: Option<Timestamp>,
    acted: usize,
}

impl SimulatedTrial {
    /// Begins a trial.
    ///
    /// # Errors
    /// The rule cannot be carried out in this home.
    pub fn begin(mut request: SimulatedTrialRequest) -> Result<Self, FormProblem> {
        let zone = zone_of(&request);
        let today = request.now.to_zoned(zone.clone()).date().at(BEGINS, 0, 0, 0);
        let begins = today.to_zoned(zone.clone()).map_or(request.now, |zoned| zoned.timestamp());
        if matches!(request.tried, Tried::Schedule { .. }) {
            // The schedule itself is tried, and not the one of other dates.
            Arc::make_mut(&mut request.schedules).content.dates.clear();
        }
        let day = SimulatedDay::of(&request.home, request.seed, begins);
        let mut rules = RuleExecutor::default();
        if let Tried::Rule { rule, all } = &request.tried {
            let mut all = (**all).clone();
            all.rules.retain(|other| other.name != rule.name);
            all.rules.push(Rule { is_on: true, ..(**rule).clone() });
            rules.set_rules(all);
        }
        let mut trial = Self {
            request,
            zone,
            day,
            rules,
            holds: BTreeMap::new(),
            runs: 0,
            lines: VecDeque::new(),
            rooms: BTreeMap::new(),
            handled: None,
            acted: 0,
        };
        trial.look();
        if let Tried::Rule { rule, .. } = &trial.request.tried
            && let Some(problem) = trial.rules.states().get(&rule.name).and_then(|state| state.problem.clone())
        {
            return Err(problem);
        }
        Ok(trial)
    }

    /// The zone of the home, by which the day is told.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The present of the simulated day.
    pub fn now(&self) -> Timestamp {
        self.day.now()
    }

    /// The share of the day that has passed.
    pub fn share(&self) -> f64 {
        let left = self.day.ends().duration_since(self.day.now()).as_secs_f64();
        1.0 - (left / 86_400.0).clamp(0.0, 1.0)
    }

    /// True once the whole day has passed.
    pub fn is_over(&self) -> bool {
        self.day.now() >= self.day.ends()
    }

    /// The home as it is now.
    pub fn home(&self) -> &DeviceTree {
        self.day.home()
    }

    /// The events, the newest last.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &TrialLine> + ExactSizeIterator {
        self.lines.iter()
    }

    /// The number of occasions on which the tried rule or schedule did something.
    pub fn acted(&self) -> usize {
        self.acted
    }

    /// The rooms with their points, in the order of time.
    pub fn rooms(&self) -> &BTreeMap<DeviceId, Vec<RoomPoint>> {
        &self.rooms
    }

    /// Lets the time pass, at most to `until`.
    pub fn pass(&mut self, until: Timestamp) {
        loop {
            let (goes_on, happening) = self.day.step(until);
            if !goes_on {
                return;
            }
            if let Some(happening) = happening {
                self.tell(TrialEvent::Happened(happening));
            }
            self.end_holds();
            self.look();
        }
    }

    fn tell(&mut self, what: TrialEvent) {
        if self.lines.len() >= MOST_LINES {
            self.lines.pop_front();
        }
        self.lines.push_back(TrialLine { at: self.day.now(), what });
    }

    fn look(&mut self) {
        if matches!(self.request.tried, Tried::Rule { .. }) {
            self.look_at_rule();
            // An act may have ended a hold.
            self.end_holds();
        } else if let Tried::Schedule { schedule, thermostat } = self.request.tried.clone() {
            self.look_at_schedule(&schedule, &thermostat);
        }
        self.draw();
    }

    /// Keeps the points of the curves.
    fn draw(&mut self) {
        let now = self.day.now();
        for (id, thermostat) in &self.day.home().thermostats {
            let points = self.rooms.entry(id.clone()).or_default();
            let is_soon = points.last().is_some_and(|last| now.duration_since(last.at).as_secs() < POINT_S);
            let Some(room) = thermostat.ambient_temperature.filter(|_| !is_soon && points.len() < MOST_POINTS) else {
                continue;
            };
            let target = match thermostat.hvac_mode {
                Some(HvacMode::HeatCool) => thermostat.target_temperature_low,
                Some(HvacMode::Eco) => thermostat.eco_temperature_low,
                Some(HvacMode::Off) | None => None,
                Some(_) => thermostat.target_temperature,
            };
            let target = target.map(Temperature::celsius);
            points.push(RoomPoint { at: now, room: room.celsius(), target });
        }
    }

    fn end_holds(&mut self) {
        let now = self.day.now();
        let end_of = |hold: &Hold| match hold.ends {
            HoldEnd::At(end) => Some(end),
            HoldEnd::Never => None,
            HoldEnd::NextStart => {
                let of = self.request.schedules.content.of(&hold.thermostat, self.day.home())?;
                Some(of.next_boundary(hold.began, &self.zone)?.at)
            }
        };
        let is_over = |hold: &&Hold| end_of(hold).is_some_and(|end| end <= now);
        let ended: Vec<Hold> = self.holds.values().filter(is_over).cloned().collect();
        for hold in ended {
            self.holds.remove(&hold.thermostat);
            // Another value than the held one was chosen since.
            let before = hold.before.filter(|_| hold.write.is_shown_by(self.day.home()));
            let write = before.filter(|write| self.day.write(write).is_ok());
            self.tell(TrialEvent::HoldEnded { thermostat: hold.thermostat, write });
        }
    }

    fn look_at_schedule(&mut self, schedule: &Schedule, id: &DeviceId) {
        let now = self.day.now();
        let all = Arc::clone(&self.request.schedules);
        let Some(thermostat) = self.day.home().thermostats.get(id).cloned() else { return };
        let of = all.content.as_active(schedule, id, self.day.home());
        let found: Option<Boundary<'_>> = of.last_boundary(now, &self.zone);
        let Some(start) = found.filter(|start| self.handled != Some(start.at)) else { return };
        self.handled = Some(start.at);
        let level: &ComfortLevel = start.level;
        let write = level.on(id, &thermostat).write();
        let refused = write.as_ref().and_then(|write| self.day.write(write).err());
        if refused.is_none() && write.is_some() {
            self.acted += 1;
        }
        self.tell(TrialEvent::Started { level: level.name.clone(), write, refused });
    }

    fn look_at_rule(&mut self) {
        for _ in 0..MOST_ROUNDS {
            let steps = self.due();
            if steps.is_empty() {
                return;
            }
            for step in steps {
                let id = RunId(self.runs);
                self.runs += 1;
                self.rules.stored(Some(id), &step);
                let now = self.day.now();
                for ended in &step.ended_holds {
                    if let Some(hold) = self.holds.get_mut(ended) {
                        hold.ends = HoldEnd::At(now);
                    }
                }
                self.holds.extend(step.holds.into_iter().map(|hold| (hold.thermostat.clone(), hold)));
                if let Some(run) = step.run {
                    let run = self.carry_out(id, run);
                    self.acted += usize::from(run.acted() && self.is_tried(&run));
                    self.tell(TrialEvent::Ran(Box::new(run)));
                }
            }
        }
    }

    fn is_tried(&self, run: &RuleRun) -> bool {
        matches!(&self.request.tried, Tried::Rule { rule, .. } if rule.name == run.rule)
    }

    /// Makes the writes of a run in the simulated home; every other act counts as done.
    fn carry_out(&mut self, id: RunId, mut run: RuleRun) -> RuleRun {
        for place in 0..run.acts.len() {
            let Some(act) = run.acts.get(place).filter(|act| act.outcome == RunOutcome::Open) else { continue };
            let outcome = match &act.kind {
                ActKind::Write(write) => match self.day.write(write) {
                    Ok(()) => RunOutcome::Done,
                    Err(refusal) => RunOutcome::Refused(english().localize(&refusal)),
                },
                ActKind::EndHold(_)
                | ActKind::EndEco(_)
                | ActKind::Level(_)
                | ActKind::Notify(_)
                | ActKind::Program(_)
                | ActKind::Request(_)
                | ActKind::Command(_)
                | ActKind::Preset(_) => RunOutcome::Done,
            };
            if let Some(resolved) = self.rules.resolved(id, place, &outcome) {
                run = resolved;
            }
        }
        run
    }

    fn due(&mut self) -> Vec<super::rule::RuleStep> {
        let accounts = [AccountState { name: String::new(), is_signed_out: false, is_live: true }];
        let (now, zone) = (self.day.now(), self.zone.clone());
        let home = self.day.home();
        let schedules = &self.request.schedules.content;
        let present = RulePresent {
            now,
            zone: &zone,
            home,
            accounts: &accounts,
            is_live: &|_| true,
            presets: &self.request.presets,
            levels: &schedules.levels,
            holds: &self.holds,
            start_in_force: &|id| {
                let zone = home.structure_of(id).and_then(|(_, structure)| structure.zone());
                Some(schedules.of(id, home)?.in_force(now, &zone.unwrap_or_else(|| self.zone.clone()))?.now.at)
            },
            programs: &self.request.programs,
            requests: &self.request.requests,
        };
        self.rules.due(&present)
    }
}

/// The zone of the home, as rules and schedules have it.
fn zone_of(request: &SimulatedTrialRequest) -> TimeZone {
    let home = &request.home;
    let of_home = match &request.tried {
        Tried::Schedule { thermostat, .. } => home.structure_of(thermostat).and_then(|(_, it)| it.zone()),
        Tried::Rule { .. } => home.structures.values().find_map(|structure| structure.zone()),
    };
    of_home.unwrap_or_else(|| request.zone.clone())
}

/// A happening with the names of the home.
pub fn happening_message(home: &DeviceTree, happening: &Happening) -> Message {
    let structure = |id: &StructureId| Node::Structure(id.clone()).name(home).to_owned();
    let thermostat = |id: &DeviceId| Node::Thermostat(id.clone()).name(home).to_owned();
    let camera = |id: &DeviceId| Node::Camera(id.clone()).name(home).to_owned();
    let protect = |id: &DeviceId| home.protects.get(id).and_then(|it| it.name.clone()).unwrap_or_default();
    match happening {
        Happening::Leaves(id) => message!("simulated-leaves", name = structure(id)),
        Happening::Returns(id) => message!("simulated-returns", name = structure(id)),
        Happening::WindowOpens(id) => message!("simulated-window-opens", name = thermostat(id)),
        Happening::WindowCloses(id) => message!("simulated-window-closes", name = thermostat(id)),
        Happening::Person(id) => message!("simulated-person", name = camera(id)),
        Happening::Offline(id) => message!("simulated-offline", name = thermostat(id)),
        Happening::Online(id) => message!("simulated-online", name = thermostat(id)),
        Happening::SmokeBegins(id) => message!("simulated-smoke", name = protect(id)),
        Happening::SmokeEnds(id) => message!("simulated-smoke-over", name = protect(id)),
    }
}

#[cfg(test)]
mod tests;
