//! The device of a trigger, in the place of [`THE_DEVICE`].

use std::borrow::Cow;

use super::present::device_name;
use super::{Action, Condition, Rule, RuleTrigger, THE_DEVICE, Which};
use crate::automation::schedule::DeviceRef;
use crate::home::{DeviceId, DeviceTree};

/// True if a rule speaks of the device of its trigger.
pub(super) fn mentions_device(rule: &Rule) -> bool {
    let is_it = |device: &DeviceRef| device.name == THE_DEVICE;
    let in_conditions = rule.conditions.iter().filter_map(device_of).any(is_it);
    let in_actions = rule.actions.iter().any(|action| match action {
        Action::Command(text) | Action::Notify(text) => text.contains(THE_DEVICE),
        Action::Resume(Which::One(device))
        | Action::EndEco(Which::One(device))
        | Action::Level { of: Which::One(device), .. } => is_it(device),
        Action::Resume(Which::Any)
        | Action::EndEco(Which::Any)
        | Action::Level { of: Which::Any, .. }
        | Action::Preset(_)
        | Action::Program(_)
        | Action::Request(_) => false,
    });
    in_conditions || in_actions
}

/// True for a trigger that is about a device.
pub fn has_device(trigger: &RuleTrigger) -> bool {
    match trigger {
        RuleTrigger::Room { .. }
        | RuleTrigger::Humidity { .. }
        | RuleTrigger::Camera { .. }
        | RuleTrigger::Alarm { .. }
        | RuleTrigger::Offline { .. }
        | RuleTrigger::NoEffect { .. }
        | RuleTrigger::WindowOpen { .. } => true,
        RuleTrigger::Presence { .. }
        | RuleTrigger::Arrival { .. }
        | RuleTrigger::Time { .. }
        | RuleTrigger::Sun { .. }
        | RuleTrigger::SignedOut { .. }
        | RuleTrigger::FailedChange => false,
    }
}

/// The rule with the device in the place of its name. A command names it by its id, which is unique.
pub(super) fn with_device<'a>(rule: &'a Rule, device: Option<&DeviceId>, home: &DeviceTree) -> Cow<'a, Rule> {
    let Some(id) = device.filter(|_| mentions_device(rule)) else { return Cow::Borrowed(rule) };
    let name = device_name(home, id).unwrap_or(id.as_str());
    let put = |device: &mut DeviceRef| {
        if device.name == THE_DEVICE {
            *device = DeviceRef { name: name.to_owned(), id: Some(id.clone()) };
        }
    };
    let mut rule = rule.clone();
    for condition in &mut rule.conditions {
        device_of_mut(condition).map(put);
    }
    for action in &mut rule.actions {
        match action {
            Action::Command(text) => *text = text.replace(THE_DEVICE, id.as_str()),
            Action::Notify(text) => *text = text.replace(THE_DEVICE, name),
            Action::Resume(Which::One(device))
            | Action::EndEco(Which::One(device))
            | Action::Level { of: Which::One(device), .. } => put(device),
            Action::Resume(Which::Any)
            | Action::EndEco(Which::Any)
            | Action::Level { of: Which::Any, .. }
            | Action::Preset(_)
            | Action::Program(_)
            | Action::Request(_) => {}
        }
    }
    Cow::Owned(rule)
}

fn device_of(condition: &Condition) -> Option<&DeviceRef> {
    match condition {
        Condition::Mode { of, .. }
        | Condition::Room { of, .. }
        | Condition::Humidity { of, .. }
        | Condition::Online { of, .. }
        | Condition::Camera { of, .. } => Some(of),
        Condition::Presence { .. } | Condition::Between { .. } | Condition::Dates { .. } => None,
    }
}

fn device_of_mut(condition: &mut Condition) -> Option<&mut DeviceRef> {
    match condition {
        Condition::Mode { of, .. }
        | Condition::Room { of, .. }
        | Condition::Humidity { of, .. }
        | Condition::Online { of, .. }
        | Condition::Camera { of, .. } => Some(of),
        Condition::Presence { .. } | Condition::Between { .. } | Condition::Dates { .. } => None,
    }
}
