//! Maps leaves of the document to writes.

use crate::home::{DeviceTree, Field, Node, Scale, Slot};
use crate::ui::intent::Page;

/// A leaf that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Writable {
    pub(super) slot: Slot,
    pub(super) control: Control,
}

/// The control of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    Away,
    Name,
    Scale,
    Label,
    Mode,
    FanTimer,
    FanDuration,
    Streaming,
    /// A setpoint, in the scale of the leaf.
    Setpoint(SetpointEnd, Scale),
}

/// The end of a setpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SetpointEnd {
    Target,
    Low,
    High,
}

/// The field and control for a key. The name alone decides, so that a row costs little.
fn control_of(key: &str) -> Option<(Field, Control)> {
    let setpoint = |field, end, scale| Some((field, Control::Setpoint(end, scale)));
    match key {
        "away" => Some((Field::Away, Control::Away)),
        "name" => Some((Field::Name, Control::Name)),
        "temperature_scale" => Some((Field::Scale, Control::Scale)),
        "label" => Some((Field::Label, Control::Label)),
        "hvac_mode" => Some((Field::Mode, Control::Mode)),
        "fan_timer_active" => Some((Field::FanTimer, Control::FanTimer)),
        "fan_timer_duration" => Some((Field::FanDuration, Control::FanDuration)),
        "is_streaming" => Some((Field::Streaming, Control::Streaming)),
        "target_temperature_c" => setpoint(Field::Target, SetpointEnd::Target, Scale::Celsius),
        "target_temperature_f" => setpoint(Field::Target, SetpointEnd::Target, Scale::Fahrenheit),
        "target_temperature_low_c" => setpoint(Field::Range, SetpointEnd::Low, Scale::Celsius),
        "target_temperature_low_f" => setpoint(Field::Range, SetpointEnd::Low, Scale::Fahrenheit),
        "target_temperature_high_c" => setpoint(Field::Range, SetpointEnd::High, Scale::Celsius),
        "target_temperature_high_f" => setpoint(Field::Range, SetpointEnd::High, Scale::Fahrenheit),
        _ => None,
    }
}

/// The slot and control of a leaf, if it is writable.
pub(super) fn writable(home: &DeviceTree, pointer: &str) -> Option<Writable> {
    let (owner, key) = pointer.rsplit_once('/')?;
    let (field, control) = control_of(key)?;
    let node = node(home, owner)?;
    let fits = match &node {
        Node::Structure(_) => matches!(field, Field::Away | Field::Name),
        Node::Thermostat(_) => !matches!(field, Field::Away | Field::Name | Field::Streaming),
        Node::Camera(_) => field == Field::Streaming,
    };
    fits.then_some(Writable { slot: Slot { node, field }, control })
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
        let control = |pointer: &str| writable(&home, pointer).map(|leaf| leaf.control);
        for (pointer, expected) in [
            ("/structures/s/away", Some(Control::Away)),
            ("/structures/s/name", Some(Control::Name)),
            ("/devices/thermostats/hallway/name", None),
            ("/devices/thermostats/hallway/hvac_mode", Some(Control::Mode)),
            ("/devices/thermostats/hallway/hvac_state", None),
            ("/devices/thermostats/gone/hvac_mode", None),
            (
                "/devices/thermostats/hallway/target_temperature_f",
                Some(Control::Setpoint(SetpointEnd::Target, Scale::Fahrenheit)),
            ),
            ("/devices/cameras/door/is_streaming", Some(Control::Streaming)),
            ("/devices/cameras/door/label", None),
            ("/devices/smoke_co_alarms/bed/name", None),
            ("/metadata/name", None),
            ("", None),
        ] {
            assert_eq!(control(pointer), expected, "{pointer}");
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
