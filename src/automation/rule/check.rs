//! Problems of a rule in a home, and rules that would trigger each other by turns.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::plan::{beyond_limits, command_writes};
use super::present::{AccountState, RulePresent, Subject};
use super::resolve::{find_camera, find_device, find_home, subjects};
use super::subject::{has_device, mentions_device, with_device};
use super::{Action, Beyond, Condition, Limits, Rule, RuleTrigger, Rules, THE_DEVICE, Which};
use crate::automation::problem::{FormProblem as Problem, Place};
use crate::automation::schedule::{ComfortLevel, DeviceRef, is_same_name};
use crate::home::{Away, DeviceId, DeviceTree, Refusal, Setpoint, Temperature, Write, check_request};
use crate::i18n::ToMessage as _;

/// Everything that a rule may name, for a check before it is saved.
pub struct RuleSurroundings<'a> {
    pub now: Timestamp,
    pub zone: &'a TimeZone,
    pub home: &'a DeviceTree,
    /// The names of the accounts; none for one without a name.
    pub accounts: &'a [String],
    pub presets: &'a [(String, Vec<Write>)],
    pub levels: &'a [ComfortLevel],
    pub programs: &'a [String],
    pub requests: &'a [String],
}

impl RuleSurroundings<'_> {
    fn with_present<T>(&self, f: impl FnOnce(&RulePresent<'_>) -> T) -> T {
        let account = |name: &String| AccountState { name: name.clone(), is_signed_out: false, is_live: true };
        let mut accounts: Vec<AccountState> = self.accounts.iter().map(account).collect();
        if accounts.is_empty() {
            accounts.push(account(&String::new()));
        }
        f(&RulePresent {
            now: self.now,
            zone: self.zone,
            home: self.home,
            accounts: &accounts,
            is_live: &|_| true,
            presets: self.presets,
            levels: self.levels,
            holds: &BTreeMap::new(),
            start_in_force: &|_| None,
            programs: self.programs,
            requests: self.requests,
        })
    }

    /// The first reason why a rule cannot be carried out.
    pub fn problem_of(&self, rule: &Rule, all: &Rules) -> Option<Problem> {
        self.with_present(|present| problem_of(rule, all, present))
    }

    /// The names of two rules that are on and trigger each other by turns, through a presence or a room temperature.
    pub fn chasing(&self, all: &Rules) -> Vec<(String, String)> {
        self.with_present(|present| chasing(all, present))
    }
}

/// The first reason why a rule cannot be carried out in this home. Nothing is said of a home that is not complete.
pub(super) fn problem_of(rule: &Rule, all: &Rules, present: &RulePresent<'_>) -> Option<Problem> {
    let changes_home = |action: &Action| !matches!(action, Action::Notify(_) | Action::Program(_) | Action::Request(_));
    if let Some(problem) = all.bad_limits.as_ref().filter(|_| rule.actions.iter().any(changes_home)) {
        return Some(problem.clone());
    }
    let place = Place::Rule(rule.name.clone());
    let missing = |name: String| Some(Problem::NoSuchDevice { place: place.clone(), name });
    let has_sun = rule.triggers.iter().any(|trigger| matches!(trigger, RuleTrigger::Sun { .. }));
    if has_sun && all.place.is_none() {
        return Some(Problem::NoPlace { place });
    }
    for action in &rule.actions {
        let missing = match action {
            Action::Program(name) => Some(name).filter(|name| !present.programs.contains(name)),
            Action::Request(name) => Some(name).filter(|name| !present.requests.contains(name)),
            Action::Command(_)
            | Action::Level { .. }
            | Action::EndEco(_)
            | Action::Resume(_)
            | Action::Preset(_)
            | Action::Notify(_) => None,
        };
        if let Some(name) = missing {
            return Some(Problem::NotInSettings { place, name: name.clone() });
        }
    }
    if mentions_device(rule) && !rule.triggers.iter().all(has_device) {
        return Some(Problem::NoDeviceOfTrigger { place });
    }
    if !present.is_complete() {
        return None;
    }
    let mut device = None;
    for trigger in &rule.triggers {
        match subjects(trigger, present) {
            Err(name) => return missing(name),
            Ok(found) => device = device.or_else(|| found.into_iter().find_map(Subject::device)),
        }
    }
    if mentions_device(rule) && device.is_none() {
        return missing(THE_DEVICE.to_owned());
    }
    if let Some(name) = without_humidity(rule, present.home) {
        return Some(Problem::NoHumidity { place, name });
    }
    // One device stands for all of them; one that cannot do it is told in the run.
    let names_all = mentions_device(rule);
    let rule = with_device(rule, device.as_ref(), present.home);
    for condition in &rule.conditions {
        if let Some(name) = missing_in(condition, present.home) {
            return missing(name);
        }
    }
    rule.actions.iter().find_map(|action| problem_of_action(action, all.limits, (&place, names_all), present))
}

/// The name of a thermostat whose humidity decides, and that tells everything but that.
fn without_humidity(rule: &Rule, home: &DeviceTree) -> Option<String> {
    let of_triggers = rule.triggers.iter().filter_map(|trigger| {
        if let RuleTrigger::Humidity { of: Which::One(device), .. } = trigger { Some(device) } else { None }
    });
    let of_conditions = rule
        .conditions
        .iter()
        .filter_map(|condition| if let Condition::Humidity { of, .. } = condition { Some(of) } else { None });
    let lacks = |device: &&DeviceRef| {
        let thermostat = device.find(home).and_then(|id| home.thermostats.get(id));
        thermostat.is_some_and(|it| it.is_reachable() && it.ambient_temperature.is_some() && it.humidity.is_none())
    };
    of_triggers.chain(of_conditions).find(lacks).map(|device| device.name.clone())
}

/// The reason why a home refuses a write whatever its present state.
fn refused_for_good(write: &Write, present: &RulePresent<'_>) -> Option<Refusal> {
    match check_request(present.home, write, present.now).err()? {
        refusal @ (Refusal::EquipmentLacks { .. }
        | Refusal::UnknownMode(_)
        | Refusal::TooHigh(_)
        | Refusal::TooLow(_)
        | Refusal::LowAboveHigh(..)
        | Refusal::TooClose(_)
        | Refusal::NotATemperature(_)
        | Refusal::NoFan
        | Refusal::FanDurationNotOffered(_)
        | Refusal::LabelTooLong(_)
        | Refusal::NameMissing
        | Refusal::NotAnAwayState(_)
        | Refusal::NoThermostat
        | Refusal::ArrivalEndsBeforeItBegins
        | Refusal::ServiceLacks { .. }) => Some(refusal),
        Refusal::Unknown(_)
        | Refusal::Offline
        | Refusal::ModeForbids { .. }
        | Refusal::AboveLock(..)
        | Refusal::BelowLock(..)
        | Refusal::EmergencyHeat
        | Refusal::SafetyShutoff
        | Refusal::FanNeedsMode
        | Refusal::NotAway
        | Refusal::ArrivalInThePast => None,
    }
}

fn missing_in(condition: &Condition, home: &DeviceTree) -> Option<String> {
    let unless = |is_there: bool, device: &DeviceRef| (!is_there).then(|| device.name.clone());
    match condition {
        Condition::Presence { home: Some(name), .. } => find_home(Some(name), home).is_empty().then(|| name.clone()),
        Condition::Mode { of, .. } | Condition::Room { of, .. } | Condition::Humidity { of, .. } => {
            unless(of.find(home).is_some(), of)
        }
        Condition::Online { of, .. } => unless(find_device(of, home).is_some(), of),
        Condition::Camera { of, .. } => unless(find_camera(of, home).is_some(), of),
        Condition::Presence { home: None, .. } | Condition::Between { .. } | Condition::Dates { .. } => None,
    }
}

/// `names_all` says that the device of the action is one of several.
fn problem_of_action(
    action: &Action,
    limits: Limits,
    (place, names_all): (&Place, bool),
    present: &RulePresent<'_>,
) -> Option<Problem> {
    match action {
        Action::Command(text) => {
            let bad = |why| Some(Problem::BadCommand { place: place.clone(), command: text.clone(), why });
            let writes = match command_writes(present.home, text, present) {
                Ok((writes, _)) => writes,
                Err(why) => return bad(why.to_message()),
            };
            let beyond = writes.iter().find_map(|write| beyond_limits(write, limits));
            if let Some(setpoint) = beyond {
                return Some(Problem::BeyondLimits {
                    place: place.clone(),
                    setpoint: setpoint.to_string(),
                    lowest: limits.lowest.to_string(),
                    highest: limits.highest.to_string(),
                });
            }
            // A refusal for good, and not one of the present mode.
            let lacking = writes.iter().find_map(|write| {
                let slot = write.slot();
                present.home.capabilities_of(&slot.node).check(slot.field).err()
            });
            // Of several devices, one that can do it is enough.
            let refused = || {
                let mut refused = writes.iter().map(|write| refused_for_good(write, present));
                refused.next()?.filter(|_| refused.all(|refusal| refusal.is_some()))
            };
            lacking.or_else(|| refused().filter(|_| !names_all)).and_then(|refusal| bad(refusal.to_message()))
        }
        Action::Preset(name) => {
            let is_known = present.presets.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
            let is_level = present.levels.iter().any(|level| is_same_name(&level.name, name));
            (!is_known && !is_level).then(|| Problem::NoSuchPreset { place: place.clone(), name: name.clone() })
        }
        Action::Level { level, .. } if !present.levels.iter().any(|it| is_same_name(&it.name, level)) => {
            Some(Problem::NoSuchLevel { place: place.clone(), level: level.clone() })
        }
        Action::Level { of, .. } | Action::EndEco(of) | Action::Resume(of) => match of {
            Which::One(device) if device.find(present.home).is_none() => {
                Some(Problem::NoSuchDevice { place: place.clone(), name: device.name.clone() })
            }
            Which::One(_) | Which::Any => None,
        },
        Action::Notify(_) | Action::Program(_) | Action::Request(_) => None,
    }
}

pub(super) fn chasing(all: &Rules, present: &RulePresent<'_>) -> Vec<(String, String)> {
    let effects: Vec<(&Rule, Vec<Effect>)> =
        all.rules.iter().filter(|rule| rule.is_on).map(|rule| (rule, effects_of(rule, present))).collect();
    let effects: Vec<_> = effects.into_iter().filter(|(_, effects)| !effects.is_empty()).collect();
    let mut pairs = Vec::new();
    for (at, (one, of_one)) in effects.iter().enumerate() {
        for (other, of_other) in effects.get(at + 1..).unwrap_or_default() {
            if leads_to(of_one, other, present) && leads_to(of_other, one, present) {
                pairs.push((one.name.clone(), other.name.clone()));
            }
        }
    }
    pairs
}

/// A consequence of a rule that may be the reason of another one.
enum Effect {
    Presence(Away),
    /// The room will come to this, in degrees Celsius.
    Room(DeviceId, f64),
}

/// Most devices of a trigger that are looked at.
const MOST_STANDING_FOR: usize = 20;

fn effects_of(rule: &Rule, present: &RulePresent<'_>) -> Vec<Effect> {
    let found = rule.triggers.iter().filter_map(|trigger| subjects(trigger, present).ok()).flatten();
    let devices: Vec<Option<DeviceId>> = if mentions_device(rule) {
        found.filter_map(Subject::device).take(MOST_STANDING_FOR).map(Some).collect()
    } else {
        vec![None]
    };
    let rules = devices.iter().map(|device| with_device(rule, device.as_ref(), present.home));
    rules
        .flat_map(|rule| rule.actions.iter().flat_map(|action| effects_of_action(action, present)).collect::<Vec<_>>())
        .collect()
}

fn effects_of_action(action: &Action, present: &RulePresent<'_>) -> Vec<Effect> {
    let home = present.home;
    let writes = match action {
        Action::Command(text) => command_writes(home, text, present).map(|(writes, _)| writes).unwrap_or_default(),
        Action::Preset(name) => {
            let known = present.presets.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            let level = || present.levels.iter().find(|level| is_same_name(&level.name, name));
            match known {
                Some((_, writes)) => writes.clone(),
                None => level().map(|level| level.on_all(home)).unwrap_or_default(),
            }
        }
        Action::Level { of, level } => {
            let level = present.levels.iter().find(|it| is_same_name(&it.name, level));
            let is_meant = |id: &DeviceId| match of {
                Which::Any => true,
                Which::One(device) => device.find(home) == Some(id),
            };
            let thermostats = home.thermostats.iter().filter(|(id, _)| is_meant(id));
            thermostats.filter_map(|(id, thermostat)| level?.on(id, thermostat).write()).collect()
        }
        Action::EndEco(_) | Action::Resume(_) | Action::Notify(_) | Action::Program(_) | Action::Request(_) => {
            Vec::new()
        }
    };
    let celsius = |setpoint: Setpoint| setpoint.temperature().map(Temperature::celsius);
    let of_write = |write: Write| {
        if let Write::Away(_, away) = write {
            return vec![Effect::Presence(away)];
        }
        let (id, ends) = if let Write::Range { thermostat, low, high } = write {
            (thermostat, [low, high])
        } else if let Write::Target(id, setpoint) = write {
            (id, [Some(setpoint), None])
        } else {
            return Vec::new();
        };
        let rooms = ends.into_iter().flatten().filter_map(celsius);
        rooms.map(|room| Effect::Room(id.clone(), room)).collect()
    };
    writes.into_iter().flat_map(of_write).collect()
}

fn leads_to(effects: &[Effect], rule: &Rule, present: &RulePresent<'_>) -> bool {
    let celsius = |setpoint: &Setpoint| setpoint.temperature().map(Temperature::celsius);
    effects.iter().any(|effect| {
        rule.triggers.iter().any(|trigger| match (effect, trigger) {
            (Effect::Presence(away), RuleTrigger::Presence { becomes, .. }) => away == becomes,
            (Effect::Room(id, room), RuleTrigger::Room { of, is, .. }) => {
                let concerns = match of {
                    Which::Any => true,
                    Which::One(device) => device.find(present.home) == Some(id),
                };
                concerns
                    && match is {
                        Beyond::Above(threshold) => celsius(threshold).is_some_and(|it| *room > it),
                        Beyond::Below(threshold) => celsius(threshold).is_some_and(|it| *room < it),
                    }
            }
            _ => false,
        })
    })
}
