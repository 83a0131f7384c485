//! Completions of a typed command.

use super::names::{Directory, Named, key};
use crate::home::{
    Away, Camera, DeviceTree, Field, HvacMode, Node, Refusal, Scale, Setpoint, Slot, Structure, Thermostat, Write,
    blocked,
};

/// The maximum number of completions.
const MOST: usize = 12;
/// The maximum number of names before anything is typed, so that groups have room.
const MOST_NAMES_AT_FIRST: usize = 7;

/// One completion.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// The whole line after accepting it; it ends with a space if more has to follow.
    pub text: String,
    /// The text to show.
    pub title: String,
    /// An explanation, or the present value.
    pub detail: Detail,
}

/// The text beside a completion.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// None.
    Nothing,
    /// The present value.
    Now(Write),
    /// The fan would run for this many minutes.
    For(i64),
    /// The number of devices or structures that it addresses.
    Count(Many, usize),
    /// The number is minutes until the arrival.
    Arrival,
    /// The arrival is cancelled.
    NoArrival,
    /// A name follows.
    NewName,
}

/// Kinds that can be addressed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Many {
    /// Structures.
    Homes,
    Thermostats,
    /// Thermostats that control a fan.
    Fans,
    Cameras,
}

/// The completions of a line, the most useful first. Temperatures are in `scale`, or else in that of each
/// thermostat.
pub fn complete(home: &DeviceTree, text: &str, scale: Option<Scale>) -> Vec<Completion> {
    let directory = Directory::of(home);
    let mut offers = Offers::default();
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends_a_word = text.ends_with(char::is_whitespace);
    if words.is_empty() {
        for named in directory.all().take(MOST_NAMES_AT_FIRST) {
            offers.name(home, &directory, named);
        }
        offers.groups(home, "");
        return offers.list;
    }
    // Names that continue the text.
    let typed = key(text);
    let begun: Vec<&Named> = match directory.beginning(&typed) {
        begun if begun.is_empty() && !ends_a_word => directory.partial(&typed),
        begun => begun,
    };
    let goes_on = |named: &&&Named| !ends_a_word || key(&named.name) != typed;
    for named in begun.iter().filter(goes_on) {
        offers.name(home, &directory, named);
    }
    offers.groups(home, &typed);
    // Values for a complete name.
    let complete_words = if ends_a_word { words.len() } else { words.len().saturating_sub(1) };
    for count in (1..=complete_words.min(directory.most_words())).rev() {
        let (name, rest) = words.split_at(count);
        let name = name.join(" ");
        let exact = directory.exact(&name);
        let named = if exact.is_empty() { directory.partial(&name) } else { exact };
        if named.len() <= MOST {
            for named in &named {
                offers.predicates(home, &directory, named, &key(&rest.join(" ")), scale);
            }
        }
        if !named.is_empty() {
            break;
        }
    }
    if let ([only], false) = (begun.as_slice(), ends_a_word) {
        offers.predicates(home, &directory, only, "", scale);
    }
    offers.list
}

#[derive(Default)]
struct Offers {
    list: Vec<Completion>,
}

impl Offers {
    fn add(&mut self, text: String, detail: Detail) {
        if self.list.len() < MOST && !self.list.iter().any(|offer| offer.text == text) {
            self.list.push(Completion { title: text.trim().to_owned(), text, detail });
        }
    }

    fn name(&mut self, home: &DeviceTree, directory: &Directory, named: &Named) {
        self.add(format!("{} ", directory.spelling(named)), at_present(home, &named.node));
    }

    /// Groups that continue the text.
    fn groups(&mut self, home: &DeviceTree, typed: &str) {
        for (text, detail) in groups(home) {
            if text.starts_with(typed) && text != typed {
                self.add(text.to_owned(), detail);
            }
        }
    }

    fn predicates(
        &mut self,
        home: &DeviceTree,
        directory: &Directory,
        named: &Named,
        rest: &str,
        scale: Option<Scale>,
    ) {
        if self.list.len() >= MOST {
            return;
        }
        let name = directory.spelling(named);
        let all = predicates(home, &named.node, scale);
        let begins = |remainder: &&Remainder| remainder.text.to_lowercase().starts_with(rest);
        let has_word =
            |remainder: &&Remainder| remainder.text.split(' ').any(|word| word.to_lowercase().starts_with(rest));
        let fitting =
            all.iter().filter(begins).chain(all.iter().filter(|remainder| has_word(remainder) && !begins(remainder)));
        for remainder in fitting {
            self.add(format!("{name} {}", remainder.text), remainder.detail.clone());
        }
    }
}

/// The part of a line after the name.
struct Remainder {
    text: String,
    detail: Detail,
}

fn remainder(text: impl Into<String>, detail: Detail) -> Remainder {
    Remainder { text: text.into(), detail }
}

fn groups(home: &DeviceTree) -> Vec<(&'static str, Detail)> {
    let mut groups = Vec::new();
    if !home.structures.is_empty() {
        let detail = Detail::Count(Many::Homes, home.structures.len());
        let is_away = |s: &Structure| matches!(s.away, Some(Away::Away | Away::AutoAway));
        let away = home.structures.values().filter(|s| is_away(s)).count();
        if away < home.structures.len() {
            groups.push(("away", detail.clone()));
        }
        if away > 0 {
            groups.push(("home", detail));
        }
        if away == 1 {
            groups.push(("eta 30", Detail::Arrival));
        }
    }
    if !home.thermostats.is_empty() {
        let detail = Detail::Count(Many::Thermostats, home.thermostats.len());
        groups.extend([("all eco", detail.clone()), ("all off", detail)]);
    }
    let fans = home.thermostats.values().filter(|t| t.has_fan == Some(true)).count();
    if fans > 0 {
        groups.extend(["fans off", "fans on"].map(|text| (text, Detail::Count(Many::Fans, fans))));
    }
    if !home.cameras.is_empty() {
        let detail = Detail::Count(Many::Cameras, home.cameras.len());
        groups.extend([("cameras off", detail.clone()), ("cameras on", detail)]);
    }
    groups
}

/// The value that is most useful to see.
fn at_present(home: &DeviceTree, node: &Node) -> Detail {
    let field = match node {
        Node::Structure(_) => Field::Away,
        Node::Camera(_) => Field::Streaming,
        Node::Thermostat(id) => home.thermostats.get(id).map_or(Field::Mode, |thermostat| thermostat.main_field()),
    };
    now(home, node, field)
}

fn now(home: &DeviceTree, node: &Node, field: Field) -> Detail {
    Slot { node: node.clone(), field }.present(home, None).map_or(Detail::Nothing, Detail::Now)
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn predicates(home: &DeviceTree, node: &Node, scale: Option<Scale>) -> Vec<Remainder> {
    match node {
        Node::Structure(id) => home.structures.get(id).map(|s| of_structure(home, node, s)).unwrap_or_default(),
        Node::Camera(id) => home.cameras.get(id).map(|c| of_camera(home, node, c)).unwrap_or_default(),
        Node::Thermostat(id) => {
            home.thermostats.get(id).map(|t| of_thermostat(home, node, t, scale)).unwrap_or_default()
        }
    }
}

fn of_structure(home: &DeviceTree, node: &Node, structure: &Structure) -> Vec<Remainder> {
    let now = now(home, node, Field::Away);
    let is_away = matches!(structure.away, Some(Away::Away | Away::AutoAway));
    let mut list = if is_away {
        let eta = ["eta 30", "eta 60"].map(|text| remainder(text, Detail::Arrival));
        [remainder("home", now.clone())].into_iter().chain(eta).chain([remainder("away", now)]).collect()
    } else {
        vec![remainder("away", now.clone()), remainder("home", now)]
    };
    if structure.eta_begin.is_some_and(|begin| begin != jiff::Timestamp::UNIX_EPOCH) {
        list.push(remainder("eta cancel", Detail::NoArrival));
    }
    list.push(remainder("name ", Detail::NewName));
    list
}

fn of_camera(home: &DeviceTree, node: &Node, camera: &Camera) -> Vec<Remainder> {
    let now = now(home, node, Field::Streaming);
    let is_on = camera.is_streaming == Some(true);
    vec![remainder(on_off(!is_on), now.clone()), remainder(on_off(is_on), now)]
}

fn of_thermostat(home: &DeviceTree, node: &Node, t: &Thermostat, scale: Option<Scale>) -> Vec<Remainder> {
    let scale = scale.unwrap_or_else(|| t.scale());
    // A field that the present mode refuses is not offered; an offline device may return.
    let is_open = |field| {
        let slot = Slot { node: node.clone(), field };
        matches!(blocked(home, &slot), None | Some(Refusal::Offline))
    };
    let mut list = Vec::new();
    let limits = t.setpoint_range(scale);
    if let Some(target) = t.target_temperature.map(|t| t.setpoint(scale)).filter(|_| is_open(Field::Target)) {
        for step in [scale.step(), -scale.step()] {
            let next = Setpoint { degrees: target.degrees + step, scale };
            if limits.contains(&next.degrees) {
                list.push(remainder(plain(next), now(home, node, Field::Target)));
            }
        }
    }
    let range = t.target_temperature_low.zip(t.target_temperature_high).filter(|_| is_open(Field::Range));
    if let (Some((low, high)), Some(HvacMode::HeatCool)) = (range, &t.hvac_mode) {
        let (low, high) = (low.setpoint(scale), high.setpoint(scale));
        let (wider, narrower) = (high.degrees + scale.step(), low.degrees + scale.step());
        let now = now(home, node, Field::Range);
        if limits.contains(&wider) {
            list.push(remainder(format!("{}-{}", plain(low), plain(Setpoint { degrees: wider, scale })), now.clone()));
        }
        if high.degrees - narrower >= scale.min_gap() {
            list.push(remainder(format!("{}-{}", plain(Setpoint { degrees: narrower, scale }), plain(high)), now));
        }
    }
    if is_open(Field::Mode) {
        let now = now(home, node, Field::Mode);
        let others = t.modes().into_iter().filter(|mode| Some(mode) != t.hvac_mode.as_ref());
        list.extend(others.map(|mode| remainder(mode.as_str(), now.clone())));
    }
    if t.has_fan == Some(true) {
        let is_on = t.fan_timer_active == Some(true);
        let now = now(home, node, Field::FanTimer);
        list.push(remainder(format!("fan {}", on_off(!is_on)), now.clone()));
        list.extend([30, 60].map(|minutes| remainder(format!("fan {minutes}"), Detail::For(minutes))));
        list.push(remainder(format!("fan {}", on_off(is_on)), now));
    }
    list.push(remainder("label ", now(home, node, Field::Label)));
    list
}

/// A setpoint as typed: without its scale, which is that of the device.
fn plain(setpoint: Setpoint) -> String {
    setpoint.short().trim_end_matches('°').to_owned()
}

#[cfg(test)]
#[path = "completion_tests.rs"]
mod tests;
