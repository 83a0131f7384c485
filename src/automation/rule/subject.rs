//! The device of a trigger, in the place of [`THE_DEVICE`].

use std::borrow::Cow;

use super::present::device_name;
use super::{Action, Condition, Rule, RuleTrigger, THE_DEVICE, Which};
use crate::automation::schedule::DeviceRef;
use crate::home::{DeviceId, DeviceTree};

/// True if a rule speaks of the device of its trigger.
pub(super) fn mentions_device(rule: &Rule) -> bool {
    put_device(&mut rule.clone(), &DeviceRef { name: String::new(), id: None })
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
    let Some(id) = device else { return Cow::Borrowed(rule) };
    let name = device_name(home, id).unwrap_or(id.as_str());
    let mut of_device = rule.clone();
    let is_changed = put_device(&mut of_device, &DeviceRef { name: name.to_owned(), id: Some(id.clone()) });
    if is_changed { Cow::Owned(of_device) } else { Cow::Borrowed(rule) }
}

/// Puts a device in the place of [`THE_DEVICE`]; true if the rule has it.
fn put_device(rule: &mut Rule, device: &DeviceRef) -> bool {
    let mut is_found = false;
    let mut put = |named: &mut DeviceRef| {
        if named.name == THE_DEVICE {
            named.clone_from(device);
            is_found = true;
        }
    };
    for condition in &mut rule.conditions {
        match condition {
            Condition::Mode { of, .. }
            | Condition::Room { of, .. }
            | Condition::Humidity { of, .. }
            | Condition::Online { of, .. }
            | Condition::Camera { of, .. } => put(of),
            Condition::Presence { .. } | Condition::Between { .. } | Condition::Dates { .. } => {}
        }
    }
    let mut texts = Vec::new();
    for action in &mut rule.actions {
        match action {
            Action::Command(text) => texts.push((text, device.id.as_ref().map_or("", |id| id.as_str()))),
            Action::Notify(text) => texts.push((text, device.name.as_str())),
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
    for (text, word) in texts {
        is_found |= text.contains(THE_DEVICE);
        *text = text.replace(THE_DEVICE, word);
    }
    is_found
}
