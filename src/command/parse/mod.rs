//! Parses commands: `hallway 21.5`, `hallway fan on`, `all eco`, `cameras off`, `away`.
//!
//! A command begins with its subject: a name, a group (`all`, `cameras`, `fans`) or nothing (`away`). A whole
//! name has precedence over a group, a group over a part of a name, and a longer name over a shorter one. The
//! rest is the field and the value. If several devices share a name, the rest decides if it fits only one of
//! them.

mod climate;

use jiff::Timestamp;

use crate::command::fields::understand_in;
use crate::command::mismatch::{Mismatch, ParseResult, nothing_more};
use crate::command::names::{Directory, Named, ambiguous};
use crate::command::values::{minutes, no_value, on_off};
use crate::command::words::{example, kind_example};
use crate::command::{Expected, Kind, ParseError, ValueSubject, find};
use crate::home::{Away, DeviceId, DeviceTree, Field, FieldGroup, Node, Scale, Slot, StructureId, Write, by_name};

/// Optional first words without a meaning.
const VERBS: [&str; 4] = ["set", "turn", "switch", "put"];

/// Parses a command into writes; the rules are not checked. The error is that of the reading with the most
/// progress.
pub fn parse(home: &DeviceTree, text: &str, now: Timestamp) -> Result<Vec<Write>, ParseError> {
    parse_in(home, text, now, None)
}

/// The same, with the scale of temperatures that name none; `None` takes that of each thermostat.
pub fn parse_in(home: &DeviceTree, text: &str, now: Timestamp, scale: Option<Scale>) -> Result<Vec<Write>, ParseError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let Some(more) = words.get(MOST_WORDS..).filter(|more| !more.is_empty()) {
        // Names are looked for at each place, which takes long in a long text.
        return Err(ParseError::TooMuch(more.join(" ")));
    }
    let directory = Directory::of(home);
    let reader = WordReader { home, directory: &directory, now, scale };
    let parsed = reader.read(&words);
    let parsed = match (parsed, words.split_first()) {
        // `set hallway 21`, `turn off front door`; but a device may be called "Set".
        (Err(wrong), Some((verb, rest))) if !rest.is_empty() && is_one_of(verb, &VERBS) => {
            let turned = switched_last(rest);
            let read = reader.read(turned.as_deref().unwrap_or(rest));
            read.map_err(|behind| if wrong.left < behind.left { wrong } else { behind })
        }
        (parsed, _) => parsed,
    };
    parsed.map_err(|wrong| wrong.why)
}

/// The words with a leading `on` or `off` at their end, where the value of a command stands: `off the fan`.
fn switched_last<'w>(words: &[&'w str]) -> Option<Vec<&'w str>> {
    let (first, rest) = words.split_first()?;
    let rest = match rest {
        [article, rest @ ..] if is_one_of(article, &["the"]) && !rest.is_empty() => rest,
        rest => rest,
    };
    let turns = is_one_of(first, &["on", "off"]) && !rest.is_empty();
    turns.then(|| rest.iter().copied().chain([*first]).collect())
}

/// Most words of a command; a name has some ten at most.
const MOST_WORDS: usize = 60;

struct WordReader<'a> {
    home: &'a DeviceTree,
    directory: &'a Directory,
    now: Timestamp,
    scale: Option<Scale>,
}

impl WordReader<'_> {
    fn read(&self, words: &[&str]) -> ParseResult {
        if words.is_empty() {
            return Err(Mismatch::at(words, ParseError::NothingAsked { name: String::new(), example: "hallway 21.5" }));
        }
        let mut furthest = None;
        if let Some(parsed) = self.by_name(words, &mut furthest, |text| self.directory.exact(text)) {
            return parsed;
        }
        let by_group = self.by_group(words);
        let is_group = by_group.is_some();
        match by_group {
            Some(Ok(writes)) => return Ok(writes),
            Some(Err(wrong)) => wrong.keep(&mut furthest),
            None => {}
        }
        if !is_group && let Some(parsed) = self.by_name(words, &mut furthest, |text| self.directory.partial(text)) {
            return parsed;
        }
        let was_named = furthest.is_some();
        if let [first, rest @ ..] = words
            && !rest.is_empty()
            && is_one_of(first, &["home", "away"])
        {
            Mismatch::at(rest, ParseError::TooMuch(rest.join(" "))).keep(&mut furthest);
        }
        let missing = self.what_is_missing(words);
        // With one thermostat the name may be omitted.
        if !is_group
            && !was_named
            && let [id] = self.thermostats().as_slice()
        {
            match self.to_thermostat(id, words) {
                Ok(writes) => return Ok(writes),
                Err(wrong) if wrong.left < missing.left => wrong.keep(&mut furthest),
                Err(_) => {}
            }
        }
        Err(furthest.filter(|wrong| wrong.left <= missing.left).unwrap_or(missing))
    }

    /// Tries the longest name first. `None` if no name was found, or if the rest fits none of them; `furthest`
    /// then has the error in the rest.
    fn by_name<'n>(
        &self,
        words: &[&str],
        furthest: &mut Option<Mismatch>,
        named: impl Fn(&str) -> Vec<&'n Named>,
    ) -> Option<ParseResult> {
        let longest = words.len().saturating_sub(1).min(self.directory.most_words());
        for count in (1..=longest).rev() {
            let (name, rest) = words.split_at(count);
            let name = name.join(" ");
            let mut fitting: Vec<(&Named, Vec<Write>)> = Vec::new();
            for named in named(&name) {
                match self.to_node(&named.node, rest) {
                    Ok(writes) => fitting.push((named, writes)),
                    Err(wrong) => wrong.keep(furthest),
                }
            }
            match fitting.as_mut_slice() {
                [] => {}
                [(_, writes)] => return Some(Ok(std::mem::take(writes))),
                several => {
                    let several: Vec<&Named> = several.iter().map(|(named, _)| *named).collect();
                    return Some(Err(Mismatch::at(words, ambiguous(&name, &several))));
                }
            }
        }
        None
    }

    /// The error for a missing name, or for a name without a value.
    fn what_is_missing(&self, words: &[&str]) -> Mismatch {
        let text = words.join(" ");
        match find(self.home, &text) {
            Ok(named) => {
                let example = example(&named.node);
                Mismatch::at(&[], ParseError::NothingAsked { name: named.name, example })
            }
            Err(err @ ParseError::Ambiguous { .. }) => Mismatch::at(words, err),
            Err(_) => Mismatch::at(words, self.directory.no_such_name(&self.unknown_name(words).join(" "))),
        }
    }

    /// Of words that name nothing, those that were meant as a name: the words before the longest end that fits
    /// some device.
    fn unknown_name<'w>(&self, words: &'w [&'w str]) -> &'w [&'w str] {
        let home = self.home;
        let one_of_each = [
            home.thermostats.keys().next().cloned().map(Node::Thermostat),
            home.cameras.keys().next().cloned().map(Node::Camera),
            home.structures.keys().next().cloned().map(Node::Structure),
        ];
        let can_be_said = |rest: &[&str]| one_of_each.iter().flatten().any(|node| self.to_node(node, rest).is_ok());
        let splits = (1..words.len()).map(|count| words.split_at(count));
        let known = splits.filter(|(_, rest)| can_be_said(rest)).map(|(name, _)| name).next();
        let all_but_last = words.split_last().map(|(_, name)| name).filter(|name| !name.is_empty());
        known.or(all_but_last).unwrap_or(words)
    }

    fn by_group(&self, words: &[&str]) -> Option<ParseResult> {
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

    fn to_all(&self, all: &str, rest: &[&str]) -> ParseResult {
        let Some((first, behind)) = rest.split_first() else {
            return Err(Mismatch::at(rest, ParseError::NothingAsked { name: all.to_owned(), example: "all eco" }));
        };
        if let Some(kind) = Kind::of_plural(first).or_else(|| Kind::of_singular(first)) {
            return self.to_kind(kind, behind);
        }
        if behind.is_empty() && is_one_of(first, &["home", "away"]) {
            return self.to_kind(Kind::Home, rest);
        }
        self.to_kind(Kind::Thermostat, rest)
    }

    /// The writes to all devices of a kind, without those that lack the equipment.
    fn to_kind(&self, kind: Kind, rest: &[&str]) -> ParseResult {
        if rest.is_empty() {
            let (name, example) = kind_example(kind);
            return Err(Mismatch::at(rest, ParseError::NothingAsked { name: name.to_owned(), example }));
        }
        let mut writes = Vec::new();
        let mut furthest = None;
        for node in self.nodes(kind) {
            let parsed = match (&node, kind) {
                (Node::Thermostat(id), Kind::Fan) => fan(id, rest),
                (node, Kind::Thermostat | Kind::Fan | Kind::Camera | Kind::Home) => self.to_node(node, rest),
            };
            match parsed {
                Ok(parsed) => writes.extend(parsed),
                Err(wrong) => wrong.keep(&mut furthest),
            }
        }
        if let Some(named) = writes.iter().find(|write| is_name(write)) {
            let field = named.slot().field.word().to_owned();
            let known = ["target", "range", "mode", "fan", "scale"].map(str::to_owned).into();
            return Err(Mismatch::at(rest, ParseError::NoSuchField { field, known }));
        }
        writes.retain(|write| self.could_ever(write));
        if writes.is_empty() {
            return Err(furthest.unwrap_or_else(|| Mismatch::at(rest, ParseError::NothingOfKind { kind })));
        }
        Ok(writes)
    }

    /// The write to the only device of a kind.
    fn to_only(&self, word: &str, kind: Kind, rest: &[&str]) -> ParseResult {
        let nodes = self.nodes(kind);
        if nodes.len() > 1 {
            let several: Vec<&Named> = self.directory.all().filter(|named| nodes.contains(&named.node)).collect();
            return Err(Mismatch::at(rest, ambiguous(word, &several)));
        }
        self.to_kind(kind, rest)
    }

    /// The arrival at the only home that is away.
    fn arrival(&self, rest: &[&str]) -> ParseResult {
        let Some(any) = self.home.structures.keys().next() else {
            return Err(Mismatch::at(rest, ParseError::NothingOfKind { kind: Kind::Home }));
        };
        let parse_for = |id: &StructureId| self.field(&Node::Structure(id.clone()), "eta", rest);
        let cancels = matches!(parse_for(any)?.as_slice(), [Write::Eta(_, eta)] if eta.window.is_none());
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
            return parse_for(one);
        }
        let is_fitting = |named: &&Named| matches!(&named.node, Node::Structure(id) if fitting.contains(&id));
        let several: Vec<&Named> = self.directory.all().filter(is_fitting).collect();
        Err(Mismatch::at(rest, ambiguous("eta", &several)))
    }

    fn to_node(&self, node: &Node, rest: &[&str]) -> ParseResult {
        let rest = match rest.split_first() {
            Some((to, rest)) if !rest.is_empty() && is_one_of(to, &["to"]) => rest,
            Some(_) | None => rest,
        };
        match (node, rest) {
            (Node::Thermostat(id), _) => self.to_thermostat(id, rest),
            (_, []) => {
                let name = node.name(self.home).to_owned();
                Err(Mismatch::at(rest, ParseError::NothingAsked { name, example: example(node) }))
            }
            (Node::Camera(id), [first, more @ ..]) => match on_off(ValueSubject::Kind(Kind::Camera), first) {
                Ok(on) => nothing_more(vec![Write::Streaming(id.clone(), on)], more),
                Err(why) if more.is_empty() => Err(Mismatch::at(rest, why)),
                Err(_) => self.field(node, first, more),
            },
            (Node::Structure(_), [first, more @ ..]) => {
                if is_one_of(first, &["home", "away"]) {
                    nothing_more(self.field(node, "away", &[first])?, more)
                } else if more.is_empty() {
                    Err(Mismatch::at(rest, no_value(first, ValueSubject::Kind(Kind::Home), Expected::OfHome)))
                } else {
                    self.field(node, first, more)
                }
            }
        }
    }

    /// A field and its value. If only the beginning of the value fits, the rest is the error.
    fn field(&self, node: &Node, field: &str, value: &[&str]) -> ParseResult {
        let parse_value =
            |value: &[&str]| understand_in(self.home, node, field, &value.join(" "), self.now, self.scale);
        let why = match parse_value(value) {
            Ok(write) => return Ok(vec![write]),
            Err(why) => why,
        };
        if matches!(why, ParseError::NoSuchField { .. }) {
            return Err(Mismatch { left: value.len() + 1, why });
        }
        let mut beginnings = (1..value.len()).rev().map(|count| value.split_at(count));
        match beginnings.find(|(beginning, _)| parse_value(beginning).is_ok()) {
            Some((_, more)) => nothing_more(Vec::new(), more),
            None => Err(Mismatch::at(value, why)),
        }
    }

    fn thermostats(&self) -> Vec<&DeviceId> {
        by_name(&self.home.thermostats, |thermostat| thermostat.name.as_deref())
    }

    fn nodes(&self, kind: Kind) -> Vec<Node> {
        match kind {
            Kind::Thermostat => self.thermostats().into_iter().cloned().map(Node::Thermostat).collect(),
            Kind::Fan => {
                let has_fan = |id: &&DeviceId| self.home.thermostats.get(*id).is_some_and(|t| t.has_fan != Some(false));
                self.thermostats().into_iter().filter(has_fan).cloned().map(Node::Thermostat).collect()
            }
            Kind::Camera => {
                let cameras = by_name(&self.home.cameras, |camera| camera.name.as_deref());
                cameras.into_iter().cloned().map(Node::Camera).collect()
            }
            Kind::Home => self.home.structures.keys().cloned().map(Node::Structure).collect(),
        }
    }

    /// True if the equipment supports the write in some state.
    fn could_ever(&self, write: &Write) -> bool {
        if let Write::Mode(id, mode) = write {
            return self.home.thermostats.get(id).is_none_or(|t| t.modes().contains(mode));
        }
        match write.slot() {
            Slot { node: Node::Thermostat(id), field } if field.group() == FieldGroup::Fan => {
                self.home.thermostats.get(&id).is_none_or(|t| t.has_fan != Some(false))
            }
            _ => true,
        }
    }
}

/// `on`, `off`, `30`, `2 h`, `on for 30 min`, `duration 30`.
fn fan(id: &DeviceId, words: &[&str]) -> ParseResult {
    let about = ValueSubject::Field(Field::FanTimer);
    let duration = |words: &[&str]| {
        let whole = words.join(" ");
        let minutes =
            minutes(&whole).ok_or_else(|| Mismatch::at(words, no_value(&whole, about, Expected::OnOffMinutes)))?;
        Ok(Write::fan_for(id, minutes))
    };
    match words {
        [first, rest @ ..] if !rest.is_empty() && is_one_of(first, &["duration"]) => {
            let [minutes, _start] = duration(rest)?;
            Ok(vec![minutes])
        }
        [first, rest @ ..] if !rest.is_empty() && is_one_of(first, &["on", "for"]) => fan(id, rest),
        [only] if let Ok(on) = on_off(about, only) => Ok(vec![Write::FanTimer(id.clone(), on)]),
        _ => match (duration(words), words) {
            (Ok(writes), _) => Ok(writes.into()),
            (Err(_), [first, more @ ..]) if on_off(about, first).is_ok() => nothing_more(Vec::new(), more),
            (Err(wrong), _) => Err(wrong),
        },
    }
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// True for a name: a name is for one device, so a group cannot get one.
fn is_name(write: &Write) -> bool {
    matches!(write, Write::Label(..) | Write::StructureName(..))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
