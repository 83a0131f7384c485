//! What a person types: `hallway target 21.5`. Names a device or home, a field and a value, and
//! becomes a [`Write`]. The command line, the launcher and the palette speak it alike.
//!
//! Names may be shortened as long as they stay unique, in any case; temperatures are `21.5`,
//! `21,5`, `70F`, `21C`, `+1` or `-0.5`, a range `18-24`.

use jiff::Timestamp;

use crate::home::{Away, DeviceId, Eta, Home, HvacMode, Node, Scale, Setpoint, StructureId, Write};

/// Why a text is no write. Each says what would be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misunderstood {
    /// No device or home of that name.
    #[error("there is no device or home called “{name}”; there are: {}", known.join(", "))]
    NoSuchName {
        /// As typed.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// More than one.
    #[error("“{name}” could be {}", candidates.join(", "))]
    Ambiguous {
        /// As typed.
        name: String,
        /// What it could be.
        candidates: Vec<String>,
    },
    /// The field is none of this kind of device.
    #[error("“{field}” cannot be set here; what can be set: {}", known.join(", "))]
    NoSuchField {
        /// As typed.
        field: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The value does not fit the field.
    #[error("“{value}” is not a value for {field}; write {expected}")]
    NoSuchValue {
        /// As typed.
        value: String,
        /// The field.
        field: &'static str,
        /// What would do.
        expected: &'static str,
    },
    /// `+1` needs a present value.
    #[error("the present {0} is unknown, so it cannot be changed by a step; write the value itself")]
    NoPresentValue(&'static str),
}

/// A device or home that a text can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub node: Node,
    /// Its name, with its kind where two share one.
    pub name: String,
    /// `home`, `thermostat` or `camera`; may always be said after the name.
    pub kind: &'static str,
}

/// Everything that can be named, in the order of the overview.
pub fn names(home: &Home) -> Vec<Named> {
    let structures = home.structures.iter().map(|(id, s)| (Node::Structure(id.clone()), s.name.clone(), "home"));
    let thermostats =
        home.thermostats.iter().map(|(id, t)| (Node::Thermostat(id.clone()), t.name.clone(), "thermostat"));
    let cameras = home.cameras.iter().map(|(id, c)| (Node::Camera(id.clone()), c.name.clone(), "camera"));
    let all: Vec<_> = structures.chain(thermostats).chain(cameras).collect();
    let name_of = |node: &Node, name: &Option<String>| name.clone().unwrap_or_else(|| node_id(node).to_owned());
    all.iter()
        .map(|(node, name, kind)| {
            let plain = name_of(node, name);
            let shared = all.iter().filter(|(n, other, _)| name_of(n, other).eq_ignore_ascii_case(&plain)).count() > 1;
            Named { node: node.clone(), name: if shared { format!("{plain} {kind}") } else { plain }, kind }
        })
        .collect()
}

fn node_id(node: &Node) -> &str {
    match node {
        Node::Structure(id) => id.as_str(),
        Node::Thermostat(id) | Node::Camera(id) => id.as_str(),
    }
}

/// Finds a device or home by its id, its name, or a part of its name that only it has.
pub fn find(home: &Home, text: &str) -> Result<Named, Misunderstood> {
    let known = names(home);
    let wanted = text.trim().to_lowercase();
    if let Some(exact) = known.iter().find(|named| node_id(&named.node) == text.trim()) {
        return Ok(exact.clone());
    }
    let by = |fits: &dyn Fn(&str) -> bool| -> Vec<&Named> {
        let fits = |named: &&Named| {
            let name = named.name.to_lowercase();
            fits(&name) || fits(&format!("{name} {}", named.kind))
        };
        known.iter().filter(fits).collect()
    };
    let starts_a_word = |name: &str| name.split_whitespace().any(|word| word.starts_with(&wanted));
    let tiers: [&dyn Fn(&str) -> bool; 3] = [&|name| name == wanted, &|name| name.starts_with(&wanted), &starts_a_word];
    if !wanted.is_empty() {
        for tier in tiers {
            match by(tier).as_slice() {
                [] => {}
                [one] => return Ok((*one).clone()),
                several => {
                    let same = |a: &&Named| several.iter().filter(|b| b.name == a.name).count() > 1;
                    // Equal names are told apart by their ids.
                    let candidate = |named: &&Named| {
                        if same(named) {
                            format!("{} ({})", named.name, node_id(&named.node))
                        } else {
                            named.name.clone()
                        }
                    };
                    let candidates = several.iter().map(candidate).collect();
                    return Err(Misunderstood::Ambiguous { name: text.to_owned(), candidates });
                }
            }
        }
    }
    Err(Misunderstood::NoSuchName { name: text.to_owned(), known: known.into_iter().map(|named| named.name).collect() })
}

/// Fields with their other names; the first is shown in messages.
const THERMOSTAT_FIELDS: [&[&str]; 7] = [
    &["target", "temperature", "target_temperature", "setpoint"],
    &["range", "between"],
    &["mode", "hvac_mode"],
    &["fan", "fan_timer_active"],
    &["fan-duration", "fan_timer_duration", "duration"],
    &["label"],
    &["scale", "temperature_scale"],
];
const CAMERA_FIELDS: [&[&str]; 1] = [&["streaming", "is_streaming", "camera", "power"]];
const STRUCTURE_FIELDS: [&[&str]; 3] = [&["away", "presence"], &["name"], &["eta", "arrival"]];

/// The fields that can be set on a node.
pub fn fields(node: &Node) -> Vec<&'static str> {
    field_lists(node).iter().filter_map(|names| names.first().copied()).collect()
}

fn field_lists(node: &Node) -> &'static [&'static [&'static str]] {
    match node {
        Node::Structure(_) => &STRUCTURE_FIELDS,
        Node::Thermostat(_) => &THERMOSTAT_FIELDS,
        Node::Camera(_) => &CAMERA_FIELDS,
    }
}

fn find_field(node: &Node, text: &str) -> Result<&'static str, Misunderstood> {
    let wanted = text.to_lowercase();
    // target_temperature_f and _c name their scale with the value.
    let wanted = wanted.strip_suffix("_f").or_else(|| wanted.strip_suffix("_c")).unwrap_or(&wanted);
    let lists = field_lists(node);
    let exact = lists.iter().find(|names| names.contains(&wanted));
    let mut starting = lists.iter().filter(|names| names.iter().any(|name| name.starts_with(wanted)));
    let unique = exact.or_else(|| match (starting.next(), starting.next()) {
        (Some(one), None) if !wanted.is_empty() => Some(one),
        _ => None,
    });
    let found = unique.and_then(|names| names.first().copied());
    found.ok_or_else(|| Misunderstood::NoSuchField {
        field: text.to_owned(),
        known: fields(node).into_iter().map(str::to_owned).collect(),
    })
}

/// The write that `node field value` asks for.
pub fn understand(home: &Home, node: &Node, field: &str, value: &str, now: Timestamp) -> Result<Write, Misunderstood> {
    let canonical = find_field(node, field)?;
    let scale_of_field = match field.to_lowercase() {
        f if f.ends_with("_f") => Some(Scale::Fahrenheit),
        f if f.ends_with("_c") => Some(Scale::Celsius),
        _ => None,
    };
    match node {
        Node::Structure(id) => structure_write(id, canonical, value, now),
        Node::Thermostat(id) => thermostat_write(home, id, canonical, value, scale_of_field),
        Node::Camera(id) => Ok(Write::Streaming(id.clone(), on_off("streaming", value)?)),
    }
}

fn structure_write(id: &StructureId, field: &str, value: &str, now: Timestamp) -> Result<Write, Misunderstood> {
    let id = id.clone();
    match field {
        "name" => Ok(Write::StructureName(id, value.to_owned())),
        "away" => match value.trim().to_lowercase().as_str() {
            "home" | "off" | "no" | "false" => Ok(Write::Away(id, Away::Home)),
            "away" | "on" | "yes" | "true" => Ok(Write::Away(id, Away::Away)),
            _ => Err(no_value(value, "away", "home or away")),
        },
        _ => Ok(Write::Eta(id, eta(value, now)?)),
    }
}

/// `30` minutes from now with a window of a quarter of an hour, or `cancel`.
fn eta(value: &str, now: Timestamp) -> Result<Eta, Misunderstood> {
    let trip_id = "setpoint".to_owned();
    let text = value.trim().to_lowercase();
    if matches!(text.as_str(), "cancel" | "none" | "off" | "0") {
        return Ok(Eta { trip_id, window: None });
    }
    let expected = "minutes from now, such as 30, or cancel";
    let number = text.trim_end_matches("minutes").trim_end_matches("min").trim();
    let minutes: i64 = number
        .parse()
        .ok()
        .filter(|minutes| (1..=7 * 24 * 60).contains(minutes))
        .ok_or_else(|| no_value(value, "eta", expected))?;
    let at = |minutes: i64| now.checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap_or(now);
    Ok(Eta { trip_id, window: Some((at(minutes), at(minutes + 15))) })
}

fn thermostat_write(
    home: &Home,
    id: &DeviceId,
    field: &str,
    value: &str,
    scale_of_field: Option<Scale>,
) -> Result<Write, Misunderstood> {
    let thermostat = home.thermostats.get(id);
    let scale = scale_of_field.or_else(|| thermostat.map(|t| t.scale())).unwrap_or_default();
    let id = id.clone();
    match field {
        "target" => {
            let expected = "a temperature, such as 21.5, 70F or +1";
            let number = temperature(value, scale).ok_or_else(|| no_value(value, "target", expected))?;
            let setpoint = match number {
                Typed::Absolute(setpoint) => setpoint,
                Typed::Step(step) => {
                    let present = thermostat.and_then(|t| t.target_temperature).map(|t| t.setpoint(step.scale));
                    let present = present.ok_or(Misunderstood::NoPresentValue("target"))?;
                    Setpoint { degrees: present.degrees + step.degrees, scale: step.scale }
                }
            };
            Ok(Write::Target(id, setpoint.rounded()))
        }
        "range" => {
            let (low, high) =
                range(value, scale).ok_or_else(|| no_value(value, "range", "two temperatures, such as 18-24"))?;
            Ok(Write::Range { thermostat: id, low: Some(low.rounded()), high: Some(high.rounded()) })
        }
        "mode" => Ok(Write::Mode(id, mode(value)?)),
        "fan" => Ok(Write::FanTimer(id, on_off("fan", value)?)),
        "fan-duration" => {
            let number = value.trim().trim_end_matches("min").trim();
            let minutes = number.parse().map_err(|_err| no_value(value, "fan-duration", "minutes, such as 30"))?;
            Ok(Write::FanDuration(id, minutes))
        }
        "label" => Ok(Write::Label(id, value.to_owned())),
        _ => match value.trim().to_lowercase().trim_start_matches('°') {
            "c" | "celsius" => Ok(Write::Scale(id, Scale::Celsius)),
            "f" | "fahrenheit" => Ok(Write::Scale(id, Scale::Fahrenheit)),
            _ => Err(no_value(value, "scale", "C or F")),
        },
    }
}

fn mode(value: &str) -> Result<HvacMode, Misunderstood> {
    let letters: String = value.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '·')).collect();
    match letters.as_str() {
        "heatcool" | "range" | "auto" => Ok(HvacMode::HeatCool),
        "heat" => Ok(HvacMode::Heat),
        "cool" => Ok(HvacMode::Cool),
        "eco" => Ok(HvacMode::Eco),
        "off" => Ok(HvacMode::Off),
        _ => Err(no_value(value, "mode", "heat, cool, heat-cool, eco or off")),
    }
}

fn on_off(field: &'static str, value: &str) -> Result<bool, Misunderstood> {
    match value.trim().to_lowercase().as_str() {
        "on" | "true" | "yes" | "1" | "start" => Ok(true),
        "off" | "false" | "no" | "0" | "stop" => Ok(false),
        _ => Err(no_value(value, field, "on or off")),
    }
}

/// A typed temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Typed {
    /// The temperature itself.
    Absolute(Setpoint),
    /// A step from the present one.
    Step(Setpoint),
}

/// Reads `21.5`, `21,5`, `70F`, `70 °F`, `+1`, `-0.5`; `None` for anything else.
pub fn temperature(text: &str, scale: Scale) -> Option<Typed> {
    let text = text.trim().to_lowercase();
    let (number, scale) = match text.strip_suffix(['f', 'c']) {
        Some(number) if text.ends_with('f') => (number, Scale::Fahrenheit),
        Some(number) => (number, Scale::Celsius),
        None => (text.as_str(), scale),
    };
    let number = number.trim_end_matches(['°', 'º', ' ']).replace(',', ".").replace('−', "-");
    // `parse` would take "inf", "nan" and "1e5" too.
    let plain = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
    let degrees: f64 = number.parse().ok().filter(|_| plain)?;
    let setpoint = Setpoint { degrees, scale };
    Some(if number.starts_with(['+', '-']) { Typed::Step(setpoint) } else { Typed::Absolute(setpoint) })
}

fn range(text: &str, scale: Scale) -> Option<(Setpoint, Setpoint)> {
    let text = text.replace(['–', '—', '…'], "-").replace("..", "-").replace(" to ", "-");
    let (low, high) = text.trim().split_once('-').or_else(|| text.trim().split_once(' '))?;
    match (temperature(low, scale)?, temperature(high, scale)?) {
        (Typed::Absolute(low), Typed::Absolute(high)) => {
            // In "64-72F" the letter is meant for both.
            let said_once = low.scale != high.scale && !low_has_letter(text.trim());
            let low = if said_once { Setpoint { scale: high.scale, ..low } } else { low };
            Some((low, high))
        }
        _ => None,
    }
}

fn low_has_letter(text: &str) -> bool {
    let low = text.split(['-', ' ']).next().unwrap_or_default();
    low.to_lowercase().ends_with(['c', 'f'])
}

fn no_value(value: &str, field: &'static str, expected: &'static str) -> Misunderstood {
    Misunderstood::NoSuchValue { value: value.to_owned(), field, expected }
}

#[cfg(test)]
#[path = "language_tests.rs"]
mod tests;
