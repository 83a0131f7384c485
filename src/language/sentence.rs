//! Whole sentences: `hallway 21.5`, `hallway fan on`, `all eco`, `cameras off`, `away`.
//!
//! A sentence begins with whom it is about: a name, a group (`all`, `cameras`, `fans`) or nobody
//! (`away`). A whole name goes before a group, a group before a part of a name, and a longer
//! name before a shorter one. The rest says what is to become of them. Where several share a
//! name, the rest decides if it fits only one of them.

use jiff::Timestamp;

use super::fields::{find_field, understand};
use super::names::{Directory, Named, ambiguous};
use super::values::{mode, no_value, on_off, range, temperature};
use super::{Misunderstood, find};
use crate::home::{Away, DeviceId, Home, Node, Scale, StructureId, Write};

/// Words that may begin a sentence and mean nothing.
const VERBS: [&str; 4] = ["set", "turn", "switch", "put"];
const EXPECTED_OF_THERMOSTAT: &str = "a temperature, a range, a mode, or fan on";

type Said = Result<Vec<Write>, Misunderstood>;

/// The writes that a sentence asks for; the rules have not been asked yet.
pub fn sentence(home: &Home, text: &str, now: Timestamp) -> Said {
    let words: Vec<&str> = text.split_whitespace().collect();
    let directory = Directory::of(home);
    let reader = Reader { home, directory: &directory, now };
    let said = reader.read(&words);
    match words.split_first() {
        // "set hallway 21": but a device may be called "Set".
        Some((verb, rest)) if said.is_err() && !rest.is_empty() && is_one_of(verb, &VERBS) => {
            reader.read(rest).or(said)
        }
        Some(_) | None => said,
    }
}

/// A group or a kind of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Thermostat,
    Fan,
    Camera,
    Home,
}

impl Kind {
    fn title(self) -> &'static str {
        match self {
            Self::Thermostat => "thermostat",
            Self::Fan => "fan",
            Self::Camera => "camera",
            Self::Home => "home",
        }
    }

    fn of_plural(word: &str) -> Option<Self> {
        match word.to_lowercase().as_str() {
            "thermostats" => Some(Self::Thermostat),
            "fans" => Some(Self::Fan),
            "cameras" => Some(Self::Camera),
            "homes" | "structures" => Some(Self::Home),
            _ => None,
        }
    }

    fn of_singular(word: &str) -> Option<Self> {
        match word.to_lowercase().as_str() {
            "thermostat" => Some(Self::Thermostat),
            "fan" => Some(Self::Fan),
            "camera" => Some(Self::Camera),
            _ => None,
        }
    }
}

struct Reader<'a> {
    home: &'a Home,
    directory: &'a Directory,
    now: Timestamp,
}

impl Reader<'_> {
    fn read(&self, words: &[&str]) -> Said {
        if words.is_empty() {
            return Err(Misunderstood::NothingAsked { name: String::new(), example: "hallway 21.5" });
        }
        let mut problem = None;
        if let Some(writes) = self.by_name(words, &mut problem, |text| self.directory.exact(text)) {
            return writes;
        }
        if let Some(said) = self.by_group(words) {
            return said.map_err(|err| problem.unwrap_or(err));
        }
        if let Some(writes) = self.by_name(words, &mut problem, |text| self.directory.partial(text)) {
            return writes;
        }
        // With one thermostat there is no need to name it.
        if let ([id], None) = (self.thermostats().as_slice(), &problem)
            && let Ok(writes) = self.to_thermostat(id, words)
        {
            return Ok(writes);
        }
        Err(problem.unwrap_or_else(|| self.what_is_missing(words)))
    }

    /// Tries the longest name first. `None` when no name was found, or none of which the rest can
    /// be said; then `problem` is what is wrong with the rest behind the longest name.
    fn by_name<'n>(
        &self,
        words: &[&str],
        problem: &mut Option<Misunderstood>,
        named: impl Fn(&str) -> Vec<&'n Named>,
    ) -> Option<Said> {
        let longest = words.len().saturating_sub(1).min(self.directory.most_words());
        for count in (1..=longest).rev() {
            let (name, rest) = words.split_at(count);
            let name = name.join(" ");
            let mut fitting: Vec<(&Named, Vec<Write>)> = Vec::new();
            for named in named(&name) {
                match self.to_node(&named.node, rest) {
                    Ok(writes) => fitting.push((named, writes)),
                    Err(err) => {
                        problem.get_or_insert(err);
                    }
                }
            }
            match fitting.as_mut_slice() {
                [] => {}
                [(_, writes)] => return Some(Ok(std::mem::take(writes))),
                several => {
                    let several: Vec<&Named> = several.iter().map(|(named, _)| *named).collect();
                    return Some(Err(ambiguous(&name, &several)));
                }
            }
        }
        None
    }

    /// Nobody was named; or somebody was, and nothing said of them.
    fn what_is_missing(&self, words: &[&str]) -> Misunderstood {
        let text = words.join(" ");
        match find(self.home, &text) {
            Ok(named) => Misunderstood::NothingAsked { name: named.name, example: example(&named.node) },
            Err(err @ Misunderstood::Ambiguous { .. }) => err,
            Err(_) => {
                let name = words.split_last().filter(|(_, name)| !name.is_empty()).map(|(_, name)| name.join(" "));
                self.directory.no_such_name(&name.unwrap_or(text))
            }
        }
    }

    fn by_group(&self, words: &[&str]) -> Option<Said> {
        let (first, rest) = words.split_first()?;
        let lower = first.to_lowercase();
        match lower.as_str() {
            "all" | "every" | "everything" => Some(self.to_all(first, rest)),
            "home" | "away" if rest.is_empty() => Some(self.to_kind(Kind::Home, words)),
            "eta" | "arrival" => Some(self.arrival(rest)),
            _ => Kind::of_plural(first)
                .map(|kind| self.to_kind(kind, rest))
                .or_else(|| Kind::of_singular(first).map(|kind| self.to_only(first, kind, rest))),
        }
    }

    fn to_all(&self, all: &str, rest: &[&str]) -> Said {
        let Some((first, behind)) = rest.split_first() else {
            return Err(Misunderstood::NothingAsked { name: all.to_owned(), example: "all eco" });
        };
        if let Some(kind) = Kind::of_plural(first).or_else(|| Kind::of_singular(first)) {
            return self.to_kind(kind, behind);
        }
        if behind.is_empty() && is_one_of(first, &["home", "away"]) {
            return self.to_kind(Kind::Home, rest);
        }
        self.to_kind(Kind::Thermostat, rest)
    }

    /// All devices of a kind; those are left out that could never do it.
    fn to_kind(&self, kind: Kind, rest: &[&str]) -> Said {
        if rest.is_empty() {
            return Err(Misunderstood::NothingAsked {
                name: format!("{}s", kind.title()),
                example: kind_example(kind),
            });
        }
        let mut writes = Vec::new();
        let mut problem = None;
        for node in self.nodes(kind) {
            let said = match (&node, kind) {
                (Node::Thermostat(id), Kind::Fan) => fan(id, rest),
                (node, Kind::Thermostat | Kind::Fan | Kind::Camera | Kind::Home) => self.to_node(node, rest),
            };
            match said {
                Ok(said) => writes.extend(said),
                Err(err) => {
                    problem.get_or_insert(err);
                }
            }
        }
        if let Some(named) = writes.iter().find(|write| is_name(write)) {
            return Err(Misunderstood::NoSuchField {
                field: named.slot().field.title().to_lowercase(),
                known: ["target", "range", "mode", "fan", "scale"].map(str::to_owned).into(),
            });
        }
        writes.retain(|write| self.could_ever(write));
        match problem {
            Some(problem) if writes.is_empty() => Err(problem),
            Some(_) | None if writes.is_empty() => Err(Misunderstood::NothingOfKind { kind: kind.title() }),
            Some(_) | None => Ok(writes),
        }
    }

    /// The only device of a kind, or none.
    fn to_only(&self, word: &str, kind: Kind, rest: &[&str]) -> Said {
        let nodes = self.nodes(kind);
        if nodes.len() > 1 {
            let several: Vec<&Named> = self.directory.all().filter(|named| nodes.contains(&named.node)).collect();
            return Err(ambiguous(word, &several));
        }
        self.to_kind(kind, rest)
    }

    /// Somebody will come home to the only home that is away.
    fn arrival(&self, rest: &[&str]) -> Said {
        let Some(any) = self.home.structures.keys().next() else {
            return Err(Misunderstood::NothingOfKind { kind: Kind::Home.title() });
        };
        let value = rest.join(" ");
        let said = |id: &StructureId| understand(self.home, &Node::Structure(id.clone()), "eta", &value, self.now);
        let cancels = matches!(said(any)?, Write::Eta(_, eta) if eta.window.is_none());
        let structures = || self.home.structures.iter();
        let expected = structures().filter(|(_, s)| s.eta_begin.is_some_and(|begin| begin != Timestamp::UNIX_EPOCH));
        let away = structures().filter(|(_, s)| matches!(s.away, Some(Away::Away | Away::AutoAway)));
        let mut fitting: Vec<&StructureId> = if cancels { expected.map(|(id, _)| id).collect() } else { Vec::new() };
        if fitting.is_empty() {
            fitting = away.map(|(id, _)| id).collect();
        }
        if fitting.is_empty() {
            fitting = structures().map(|(id, _)| id).collect();
        }
        if let [one] = fitting.as_slice() {
            return Ok(vec![said(one)?]);
        }
        let is_fitting = |named: &&Named| matches!(&named.node, Node::Structure(id) if fitting.contains(&id));
        let several: Vec<&Named> = self.directory.all().filter(is_fitting).collect();
        Err(ambiguous("eta", &several))
    }

    fn to_node(&self, node: &Node, rest: &[&str]) -> Said {
        let rest = match rest.split_first() {
            Some((to, rest)) if !rest.is_empty() && is_one_of(to, &["to"]) => rest,
            Some(_) | None => rest,
        };
        match (node, rest) {
            (Node::Thermostat(id), _) => self.to_thermostat(id, rest),
            (Node::Camera(id), [word]) => Ok(vec![Write::Streaming(id.clone(), on_off("camera", word)?)]),
            (Node::Structure(_), [word]) => {
                if is_one_of(word, &["home", "away"]) {
                    self.field(node, "away", &[word])
                } else {
                    Err(no_value(word, "home", "home, away, or eta 30"))
                }
            }
            (Node::Camera(_) | Node::Structure(_), rest) => match rest.split_first() {
                Some((field, value)) => self.field(node, field, value),
                None => {
                    Err(Misunderstood::NothingAsked { name: node.name(self.home).to_owned(), example: example(node) })
                }
            },
        }
    }

    fn to_thermostat(&self, id: &DeviceId, rest: &[&str]) -> Said {
        let node = Node::Thermostat(id.clone());
        let whole = rest.join(" ");
        let field = rest.split_first().map(|(first, value)| (find_field(&node, first), first, value));
        if let Some((Ok("fan"), _, value)) = field {
            return fan(id, value);
        }
        if let Some((Ok(_), field, value)) = field
            && !value.is_empty()
        {
            return self.field(&node, field, value);
        }
        if temperature(&whole, Scale::Celsius).is_some() {
            return self.field(&node, "target", rest);
        }
        if range(&whole, Scale::Celsius).is_some() {
            return self.field(&node, "range", rest);
        }
        match mode(&whole) {
            Ok(mode) => Ok(vec![Write::Mode(id.clone(), mode)]),
            Err(_) => match field {
                Some((Err(err), _, [_, ..])) => Err(err),
                Some(_) | None => Err(no_value(&whole, "thermostat", EXPECTED_OF_THERMOSTAT)),
            },
        }
    }

    fn field(&self, node: &Node, field: &str, value: &[&str]) -> Said {
        Ok(vec![understand(self.home, node, field, &value.join(" "), self.now)?])
    }

    fn thermostats(&self) -> Vec<&DeviceId> {
        self.home.thermostats.keys().collect()
    }

    fn nodes(&self, kind: Kind) -> Vec<Node> {
        match kind {
            Kind::Thermostat => self.home.thermostats.keys().cloned().map(Node::Thermostat).collect(),
            Kind::Fan => {
                let with_fan = self.home.thermostats.iter().filter(|(_, t)| t.has_fan != Some(false));
                with_fan.map(|(id, _)| Node::Thermostat(id.clone())).collect()
            }
            Kind::Camera => self.home.cameras.keys().cloned().map(Node::Camera).collect(),
            Kind::Home => self.home.structures.keys().cloned().map(Node::Structure).collect(),
        }
    }

    /// Whether the equipment could do it, whatever its state is now.
    fn could_ever(&self, write: &Write) -> bool {
        match write {
            Write::Mode(id, mode) => self.home.thermostats.get(id).is_none_or(|t| t.modes().contains(mode)),
            Write::FanTimer(id, _) | Write::FanDuration(id, _) => {
                self.home.thermostats.get(id).is_none_or(|t| t.has_fan != Some(false))
            }
            Write::Away(..)
            | Write::StructureName(..)
            | Write::Eta(..)
            | Write::Scale(..)
            | Write::Target(..)
            | Write::Range { .. }
            | Write::Label(..)
            | Write::Streaming(..) => true,
        }
    }
}

/// `on`, `off`, `30`, `2 h`, `on for 30 min`, `duration 30`.
fn fan(id: &DeviceId, words: &[&str]) -> Said {
    let expected = "on, off or minutes";
    let whole = words.join(" ");
    let duration = |words: &[&str]| {
        let minutes = minutes(&words.join(" ")).ok_or_else(|| no_value(&whole, "fan", expected))?;
        Ok(Write::FanDuration(id.clone(), minutes))
    };
    match words {
        [first, rest @ ..] if !rest.is_empty() && is_one_of(first, &["duration"]) => Ok(vec![duration(rest)?]),
        [first, rest @ ..] if !rest.is_empty() && is_one_of(first, &["on", "for"]) => fan(id, rest),
        _ => match on_off("fan", &whole) {
            Ok(on) => Ok(vec![Write::FanTimer(id.clone(), on)]),
            Err(_) => Ok(vec![duration(words)?, Write::FanTimer(id.clone(), true)]),
        },
    }
}

/// `30`, `30 min`, `2h`.
fn minutes(text: &str) -> Option<i64> {
    let text = text.to_lowercase();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number: i64 = text.strip_suffix(unit)?.parse().ok()?;
    match unit.trim() {
        "" | "m" | "min" | "mins" | "minute" | "minutes" => Some(number),
        "h" | "hour" | "hours" => number.checked_mul(60),
        _ => None,
    }
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// A name belongs to one device; nobody means to call all of them the same.
fn is_name(write: &Write) -> bool {
    matches!(write, Write::Label(..) | Write::StructureName(..))
}

fn example(node: &Node) -> &'static str {
    match node {
        Node::Structure(_) => "away",
        Node::Thermostat(_) => "21.5 or eco",
        Node::Camera(_) => "off",
    }
}

fn kind_example(kind: Kind) -> &'static str {
    match kind {
        Kind::Thermostat => "thermostats eco",
        Kind::Fan => "fans off",
        Kind::Camera => "cameras off",
        Kind::Home => "away",
    }
}

#[cfg(test)]
#[path = "sentence_tests.rs"]
mod tests;
