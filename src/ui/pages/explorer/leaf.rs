//! Maps leaves of the document to writes.

use crate::home::{DeviceTree, Field, Node, Scale, Slot, field_of_key, is_field_key};
use crate::ui::intent::Page;

/// A leaf that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Writable {
    pub(super) slot: Slot,
    pub(super) setpoint: Option<(SetpointEnd, Scale)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SetpointEnd {
    Target,
    Low,
    High,
}

/// The slot of a leaf, if it has a control. An arrival has its control on the page of the home.
pub(super) fn writable(home: &DeviceTree, pointer: &str) -> Option<Writable> {
    let (owner, key) = pointer.rsplit_once('/').filter(|(_, key)| is_field_key(key))?;
    let node = node(home, owner)?;
    let (field, scale) = field_of_key(&node, key).filter(|(field, _)| *field != Field::Eta)?;
    let end = if field == Field::Target {
        SetpointEnd::Target
    } else if key.contains("_low_") {
        SetpointEnd::Low
    } else {
        SetpointEnd::High
    };
    Some(Writable { slot: Slot { node, field }, setpoint: scale.map(|scale| (end, scale)) })
}

/// The device or home at a pointer, if it accepts writes.
fn node(home: &DeviceTree, pointer: &str) -> Option<Node> {
    let parts: Vec<String> = parts(pointer);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let node = match parts.as_slice() {
        ["structures", id] => Node::Structure((*id).into()),
        ["devices", "thermostats", id] => Node::Thermostat((*id).into()),
        ["devices", "cameras", id] => Node::Camera((*id).into()),
        _ => return None,
    };
    home.has(&node).then_some(node)
}

fn parts(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect()
}

/// The page of the device or home that contains a line, and its node if it accepts writes.
pub(super) fn page(home: &DeviceTree, pointer: &str) -> Option<(Page, Option<Node>)> {
    let parts: Vec<String> = parts(pointer);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    if let ["devices", "smoke_co_alarms", id, ..] = parts.as_slice() {
        let id = (*id).into();
        return home.protects.contains_key(&id).then_some((Page::Protect(id), None));
    }
    let owner = match parts.as_slice() {
        ["structures", ..] => 2,
        _ => 3,
    };
    let mut pointer = pointer.to_owned();
    while pointer.split('/').skip(1).count() > owner {
        pointer.truncate(pointer.rfind('/')?);
    }
    let node = node(home, &pointer)?;
    Some((Page::of(&node), Some(node)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_writable_fields_of_the_api_can_be_written() {
        let home = crate::ui::gallery::sample::home();
        let field = |pointer: &str| writable(&home, pointer).map(|leaf| (leaf.slot.field, leaf.setpoint));
        let plain = |field| Some((field, None));
        for (pointer, expected) in [
            ("/structures/s/away", plain(Field::Away)),
            ("/structures/s/name", plain(Field::Name)),
            ("/structures/s/eta", None),
            ("/devices/thermostats/hallway/name", None),
            ("/devices/thermostats/hallway/hvac_mode", plain(Field::Mode)),
            ("/devices/thermostats/hallway/hvac_state", None),
            ("/devices/thermostats/hallway/target_temperature", None),
            ("/devices/thermostats/gone/hvac_mode", None),
            (
                "/devices/thermostats/hallway/target_temperature_f",
                Some((Field::Target, Some((SetpointEnd::Target, Scale::Fahrenheit)))),
            ),
            (
                "/devices/thermostats/hallway/target_temperature_low_c",
                Some((Field::Range, Some((SetpointEnd::Low, Scale::Celsius)))),
            ),
            ("/devices/cameras/door/is_streaming", plain(Field::Streaming)),
            ("/devices/cameras/door/label", None),
            ("/devices/smoke_co_alarms/bed/name", None),
            ("/metadata/name", None),
            ("", None),
        ] {
            assert_eq!(field(pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn a_row_leads_to_the_page_of_its_device() {
        let home = crate::ui::gallery::sample::home();
        let page = |pointer: &str| page(&home, pointer).map(|(page, _)| page);
        assert_eq!(page("/devices/cameras/door/last_event/has_motion"), Some(Page::Camera("door".into())));
        assert_eq!(page("/structures/s/wheres/w/name"), Some(Page::Structure("s".into())));
        assert_eq!(page("/devices/smoke_co_alarms/bed"), Some(Page::Protect("bed".into())));
        for nowhere in ["", "/devices", "/devices/cameras", "/metadata/user_id", "/structures/gone/name"] {
            assert_eq!(page(nowhere), None, "{nowhere}");
        }
    }
}
