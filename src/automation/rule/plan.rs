//! The acts of a rule at the present, with the reasons for those that it leaves alone.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::executor::CLIMATE;
use super::present::{RulePresent, Subject};
use super::run::{Act, ActKind};
use super::{Action, Limits, Rule, RuleTrigger, Which};
use crate::automation::executor::HeardChange;
use crate::automation::run::{RunOutcome, Skip};
use crate::automation::schedule::{LevelWrite, is_same_name};
use crate::command::{ParseError, held_thermostats, parse, split_hold};
use crate::home::{
    DeviceId, DeviceTree, Field, HoldEnd, HvacMode, Node, Setpoint, Slot, Temperature, Write, check_request, in_order,
};
use crate::i18n::english;

/// The time for which a change by hand holds on a thermostat without a schedule.
const BY_HAND_HOLDS: SignedDuration = SignedDuration::from_hours(2);
/// A thermostat is not switched off in a room less than this above the lowest set point.
const FROST_MARGIN: f64 = 3.0;

/// The last changes of each value by people and by others.
pub(super) type ChangesByHand = BTreeMap<Slot, HeardChange>;

/// A command of a rule: its writes, and the end of the hold that they begin.
pub(super) fn command_writes(
    home: &DeviceTree,
    text: &str,
    present: &RulePresent<'_>,
) -> Result<(Vec<Write>, Option<HoldEnd>), ParseError> {
    let now = present.now.to_zoned(present.clock_zone());
    match (parse(home, text, present.now), split_hold(text, &now)) {
        (Ok(writes), _) => Ok((writes, None)),
        (Err(why), None) => Err(why),
        (Err(_), Some(timed)) => {
            let writes = parse(home, timed.command, present.now)?;
            held_thermostats(&writes)?;
            Ok((writes, Some(timed.ends?)))
        }
    }
}

/// The rule, the occasion, and everything that decides if a write is left alone.
pub(super) struct Plan<'a> {
    pub(super) rule: &'a Rule,
    pub(super) trigger: &'a RuleTrigger,
    pub(super) due: Timestamp,
    pub(super) limits: Limits,
    pub(super) by_hand: &'a ChangesByHand,
    pub(super) present: &'a RulePresent<'a>,
}

impl Plan<'_> {
    /// The acts in their order.
    pub(super) fn acts(&self) -> Vec<Act> {
        // A write is judged in the home that those before it bring about: a mode before its set point.
        let mut home = self.present.home.clone();
        let mut acts = Vec::new();
        for action in &self.rule.actions {
            match action {
                Action::Command(text) => match command_writes(&home, text, self.present) {
                    Ok((writes, ends)) => self.writes(&mut home, &writes, ends, &mut acts),
                    Err(why) => {
                        let refused = RunOutcome::Refused(english().localize(&why));
                        acts.push(Act::open(ActKind::Command(text.clone()), "").ended(refused));
                    }
                },
                Action::Preset(name) => {
                    let known = self.present.presets.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
                    // A preset may have become a level of the same name.
                    let is_level = self.present.levels.iter().any(|level| is_same_name(&level.name, name));
                    if let Some((_, writes)) = known {
                        self.writes(&mut home, writes, None, &mut acts);
                    } else if is_level {
                        self.level(&mut home, &Which::Any, name, &mut acts);
                    } else {
                        let act = Act::open(ActKind::Preset(name.clone()), name);
                        acts.push(act.ended(RunOutcome::Refused("there is no such preset".to_owned())));
                    }
                }
                Action::Level { of, level } => self.level(&mut home, of, level, &mut acts),
                Action::EndEco(which) => self.end_eco(&mut home, which, &mut acts),
                Action::Resume(which) => self.resume(which, &mut acts),
                Action::Notify(text) => acts.push(Act::open(ActKind::Notify(text.clone()), "")),
                Action::Program(name) => acts.push(Act::open(ActKind::Program(name.clone()), name)),
                Action::Request(name) => acts.push(Act::open(ActKind::Request(name.clone()), name)),
            }
        }
        acts
    }

    fn writes(&self, home: &mut DeviceTree, writes: &[Write], ends: Option<HoldEnd>, acts: &mut Vec<Act>) {
        for write in in_order(home, writes, self.present.now) {
            let slot = write.slot();
            let name = slot.node.name(home).to_owned();
            let before = slot.present(self.present.home, write.scale());
            let is_shown = write.is_shown_by(home);
            let act = Act { before, holds_until: ends, ..Act::open(ActKind::Write(write.clone()), &name) };
            let act = match self.refusal(home, &write) {
                Some(outcome) => act.ended(outcome),
                // A value that is set already is held without a write.
                None if is_shown => act.skipped(Skip::AlreadySo),
                None => {
                    write.apply_optimistic(home);
                    act
                }
            };
            acts.push(act);
        }
    }

    /// Puts thermostats on a comfort level.
    fn level(&self, home: &mut DeviceTree, of: &Which, name: &str, acts: &mut Vec<Act>) {
        let level = self.present.levels.iter().find(|level| is_same_name(&level.name, name));
        let Some(level) = level else {
            let act = Act::open(ActKind::Level(name.to_owned()), name);
            acts.push(act.ended(RunOutcome::Refused("there is no such comfort level".to_owned())));
            return;
        };
        for id in thermostats(of, home) {
            let Some(thermostat) = home.thermostats.get(&id) else { continue };
            let act = Act::open(ActKind::Level(level.name.clone()), &name_of(&id, home));
            match level.on(&id, thermostat) {
                LevelWrite::Write(write) => self.writes(home, &[write], None, acts),
                LevelWrite::NoSetpoint => acts.push(act.skipped(Skip::NoSetpoint)),
                LevelWrite::Lacking(_) => acts.push(act.skipped(Skip::LacksLevel)),
            }
        }
    }

    /// Brings back the mode from before Eco.
    fn end_eco(&self, home: &mut DeviceTree, which: &Which, acts: &mut Vec<Act>) {
        for id in thermostats(which, home) {
            let Some(thermostat) = home.thermostats.get(&id) else { continue };
            let act = Act::open(ActKind::EndEco(id.clone()), &name_of(&id, home));
            if thermostat.hvac_mode != Some(HvacMode::Eco) {
                acts.push(act.skipped(Skip::AlreadySo));
                continue;
            }
            match thermostat.mode_before_eco().cloned() {
                Some(mode) => self.writes(home, &[Write::Mode(id, mode)], None, acts),
                None => acts.push(act.skipped(Skip::NothingBefore)),
            }
        }
    }

    /// The reason why a write is not made.
    fn refusal(&self, home: &DeviceTree, write: &Write) -> Option<RunOutcome> {
        let skip = |skip| Some(RunOutcome::Skipped(skip));
        if !is_reachable(write, self.present) {
            return skip(Skip::Offline);
        }
        if beyond_limits(write, self.limits).is_some() || self.mode_crosses(home, write) {
            return skip(Skip::BeyondLimits);
        }
        // Eco would make a thermostat heat that somebody switched off.
        if let Write::Mode(id, HvacMode::Eco) = write
            && home.thermostats.get(id).is_some_and(|thermostat| thermostat.hvac_mode == Some(HvacMode::Off))
        {
            return skip(Skip::NoSetpoint);
        }
        if self.would_freeze(write) {
            return skip(Skip::TooCold);
        }
        if let Some(yields) = self.yields(write) {
            return skip(yields);
        }
        let refused = check_request(home, write, self.present.now).err()?;
        Some(RunOutcome::Refused(english().localize(&refused)))
    }

    /// True for a mode that brings back a set point beyond the limits.
    fn mode_crosses(&self, home: &DeviceTree, write: &Write) -> bool {
        let Write::Mode(id, mode) = write else { return false };
        let Some(thermostat) = home.thermostats.get(id) else { return false };
        let (lowest, highest) = (celsius(self.limits.lowest), celsius(self.limits.highest));
        let is_beyond = |target: Option<Temperature>| {
            target
                .map(Temperature::celsius)
                .zip(lowest.zip(highest))
                .is_some_and(|(it, (low, high))| it < low || it > high)
        };
        match mode {
            HvacMode::Heat | HvacMode::Cool => is_beyond(thermostat.target_temperature),
            HvacMode::HeatCool => {
                is_beyond(thermostat.target_temperature_low) || is_beyond(thermostat.target_temperature_high)
            }
            // The limits of Eco are set on the thermostat.
            HvacMode::Eco | HvacMode::Off | HvacMode::Other(_) => false,
        }
    }

    /// True for a mode without heat in a room that is cold, or whose temperature nobody knows.
    fn would_freeze(&self, write: &Write) -> bool {
        let Write::Mode(id, HvacMode::Off | HvacMode::Cool) = write else { return false };
        let thermostat = self.present.home.thermostats.get(id);
        // A thermostat without heat protects nothing.
        if thermostat.is_some_and(|thermostat| thermostat.can_heat == Some(false)) {
            return false;
        }
        let room = thermostat.and_then(|thermostat| thermostat.ambient_temperature).map(Temperature::celsius);
        let lowest = celsius(self.limits.lowest);
        !room.zip(lowest).is_some_and(|(room, lowest)| room >= lowest + FROST_MARGIN)
    }

    /// The wish of a person that stands in the way of a write.
    fn yields(&self, write: &Write) -> Option<Skip> {
        let slot = write.slot();
        let (Node::Thermostat(thermostat), Field::Target | Field::Range | Field::Mode) = (&slot.node, slot.field)
        else {
            // A change after the occasion is newer than it.
            return self.by_hand.get(&slot).filter(|change| change.at >= self.due).map(|_| Skip::ChangedByHand);
        };
        if self.present.holds.get(thermostat).is_some_and(|hold| hold.rule.is_none()) {
            return Some(Skip::Held);
        }
        let slots = CLIMATE.map(|field| Slot { node: Node::Thermostat(thermostat.clone()), field });
        let last = slots.iter().filter_map(|slot| self.by_hand.get(slot)).map(|change| change.at).max()?;
        // Who leaves, or comes home, decides anew.
        let decides = matches!(self.trigger, RuleTrigger::Presence { .. } | RuleTrigger::Arrival { .. });
        if decides && last < self.due {
            return None;
        }
        let since = (self.present.start_in_force)(thermostat);
        let since = since.or_else(|| self.present.now.checked_sub(BY_HAND_HOLDS).ok())?;
        (last >= since).then_some(Skip::ChangedByHand)
    }

    fn resume(&self, which: &Which, acts: &mut Vec<Act>) {
        let home = self.present.home;
        let held: Vec<DeviceId> = match which {
            Which::Any => self.present.holds.keys().cloned().collect(),
            Which::One(_) => thermostats(which, home),
        };
        for id in held {
            let name = name_of(&id, home);
            let act = Act::open(ActKind::EndHold(id.clone()), &name);
            acts.push(match self.present.holds.get(&id) {
                Some(hold) if hold.rule.is_none() => act.skipped(Skip::Held),
                Some(_) => act.ended(RunOutcome::Done),
                None => act.skipped(Skip::AlreadySo),
            });
        }
    }
}

fn thermostats(which: &Which, home: &DeviceTree) -> Vec<DeviceId> {
    match which {
        Which::Any => home.thermostats.keys().cloned().collect(),
        Which::One(device) => device.find(home).cloned().into_iter().collect(),
    }
}

fn name_of(id: &DeviceId, home: &DeviceTree) -> String {
    Node::Thermostat(id.clone()).name(home).to_owned()
}

fn is_reachable(write: &Write, present: &RulePresent<'_>) -> bool {
    match write.slot().node {
        Node::Structure(id) => (present.is_live)(&Subject::Home(id)),
        Node::Thermostat(id) | Node::Camera(id) => {
            let is_reachable = super::levels::is_reachable(&id, present).unwrap_or_default();
            is_reachable && (present.is_live)(&Subject::Device(id))
        }
    }
}

fn celsius(setpoint: Setpoint) -> Option<f64> {
    setpoint.temperature().map(Temperature::celsius)
}

/// The set point of a write that is outside of the limits.
pub(super) fn beyond_limits(write: &Write, limits: Limits) -> Option<Setpoint> {
    let setpoints = if let Write::Range { low, high, .. } = write {
        [*low, *high]
    } else if let Write::Target(_, setpoint) = write {
        [Some(*setpoint), None]
    } else {
        return None;
    };
    let (lowest, highest) = (celsius(limits.lowest)?, celsius(limits.highest)?);
    let is_beyond = |setpoint: &Setpoint| celsius(*setpoint).is_none_or(|it| it < lowest || it > highest);
    setpoints.into_iter().flatten().find(is_beyond)
}
