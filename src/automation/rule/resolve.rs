//! The devices, homes and accounts that a rule names.

use super::present::{RulePresent, Subject};
use super::{RuleTrigger, Which};
use crate::automation::schedule::{DeviceRef, is_same_name};
use crate::home::{DeviceId, DeviceTree, StructureId};

/// The homes with a name, or all of them.
pub(super) fn find_home<'a>(name: Option<&str>, home: &'a DeviceTree) -> Vec<&'a StructureId> {
    let is_it = |of: Option<&str>| name.is_none_or(|name| of.is_some_and(|of| is_same_name(of, name)));
    home.structures.iter().filter(|(_, it)| is_it(it.name.as_deref())).map(|(id, _)| id).collect()
}

fn find<'a>(
    device: &DeviceRef,
    devices: impl Iterator<Item = (&'a DeviceId, Option<&'a str>)> + Clone,
) -> Option<&'a DeviceId> {
    if let Some(wanted) = &device.id
        && let Some((id, _)) = devices.clone().find(|(id, _)| *id == wanted)
    {
        return Some(id);
    }
    let mut named = devices.filter(|(_, name)| name.is_some_and(|name| is_same_name(name, &device.name)));
    match (named.next(), named.next()) {
        (Some((id, _)), None) => Some(id),
        // A name of two devices says neither.
        (Some(_), Some(_)) | (None, _) => None,
    }
}

fn thermostats(home: &DeviceTree) -> impl Iterator<Item = (&DeviceId, Option<&str>)> + Clone {
    home.thermostats.iter().map(|(id, it)| (id, it.name.as_deref()))
}

fn cameras(home: &DeviceTree) -> impl Iterator<Item = (&DeviceId, Option<&str>)> + Clone {
    home.cameras.iter().map(|(id, it)| (id, it.name.as_deref()))
}

fn protects(home: &DeviceTree) -> impl Iterator<Item = (&DeviceId, Option<&str>)> + Clone {
    home.protects.iter().map(|(id, it)| (id, it.name.as_deref()))
}

pub(super) fn find_camera<'a>(device: &DeviceRef, home: &'a DeviceTree) -> Option<&'a DeviceId> {
    find(device, cameras(home))
}

/// The device of any kind: a thermostat before a camera before an alarm of the same name.
pub(super) fn find_device<'a>(device: &DeviceRef, home: &'a DeviceTree) -> Option<&'a DeviceId> {
    find(device, thermostats(home)).or_else(|| find(device, cameras(home))).or_else(|| find(device, protects(home)))
}

/// The things that a trigger looks at; the error is the name that is not here.
pub(super) fn subjects(trigger: &RuleTrigger, present: &RulePresent<'_>) -> Result<Vec<Subject>, String> {
    let home = present.home;
    let devices = |which: &Which, all: Vec<&DeviceId>, one: &dyn Fn(&DeviceRef) -> Option<DeviceId>| match which {
        Which::Any => Ok(all.into_iter().cloned().map(Subject::Device).collect()),
        Which::One(device) => one(device).map(|id| vec![Subject::Device(id)]).ok_or_else(|| device.name.clone()),
    };
    match trigger {
        RuleTrigger::Presence { home: name, .. } | RuleTrigger::Arrival { home: name } => {
            let homes = find_home(name.as_deref(), home);
            match (homes.is_empty(), name) {
                (true, Some(name)) => Err(name.clone()),
                _ => Ok(homes.into_iter().cloned().map(Subject::Home).collect()),
            }
        }
        RuleTrigger::Time { .. } | RuleTrigger::Sun { .. } | RuleTrigger::FailedChange => Ok(vec![Subject::Clock]),
        RuleTrigger::Room { of, .. }
        | RuleTrigger::Humidity { of, .. }
        | RuleTrigger::NoEffect { of, .. }
        | RuleTrigger::WindowOpen { of, .. } => {
            devices(of, home.thermostats.keys().collect(), &|device| device.find(home).cloned())
        }
        RuleTrigger::Camera { of, .. } => {
            devices(of, home.cameras.keys().collect(), &|device| find_camera(device, home).cloned())
        }
        RuleTrigger::Alarm { of, .. } => {
            devices(of, home.protects.keys().collect(), &|device| find(device, protects(home)).cloned())
        }
        RuleTrigger::Offline { of, .. } => {
            let all = home.thermostats.keys().chain(home.cameras.keys()).chain(home.protects.keys()).collect();
            devices(of, all, &|device| find_device(device, home).cloned())
        }
        RuleTrigger::SignedOut { account } => {
            let accounts = present.accounts.iter().map(|account| account.name.clone());
            let found: Vec<Subject> = match account {
                None => accounts.map(Subject::Account).collect(),
                Some(name) => accounts.filter(|it| is_same_name(it, name)).map(Subject::Account).collect(),
            };
            match (found.is_empty(), account) {
                (true, Some(name)) => Err(name.clone()),
                _ => Ok(found),
            }
        }
    }
}
