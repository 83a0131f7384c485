//! Commands for one thermostat: a temperature, a step, a range, a mode, or a field with its value.

use super::{WordReader, fan};
use crate::command::fields::find_field;
use crate::command::mismatch::{Mismatch, ParseResult, nothing_more};
use crate::command::values::{mode, no_value, range, temperature};
use crate::command::{Expected, Kind, ParseError, ValueSubject};
use crate::home::{DeviceId, Field, HvacMode, Node, Scale, Write};

impl WordReader<'_> {
    pub(super) fn to_thermostat(&self, id: &DeviceId, rest: &[&str]) -> ParseResult {
        let node = Node::Thermostat(id.clone());
        let field = rest.split_first().map(|(first, value)| (find_field(&node, first), first, value));
        if let Some((Ok(Field::FanTimer), _, value)) = field {
            return fan(id, value);
        }
        if let Some((Ok(_), field, value)) = field
            && !value.is_empty()
        {
            return self.field(&node, field, value);
        }
        if let Some(parsed) = self.bare(&node, id, rest).or_else(|| self.mode_and_target(&node, id, rest)) {
            return parsed;
        }
        // In `21 please` the last words are wrong, not the first ones.
        let beginnings = (1..rest.len()).rev().map(|count| rest.split_at(count));
        for (beginning, more) in beginnings {
            if let Some(Ok(writes)) = self.bare(&node, id, beginning) {
                return nothing_more(writes, more);
            }
        }
        if let Some((Err(why), _, [_, ..])) = field {
            return Err(Mismatch::at(rest, why));
        }
        let value = rest.join(" ");
        Err(Mismatch::at(rest, no_value(&value, ValueSubject::Kind(Kind::Thermostat), Expected::OfThermostat)))
    }

    /// A mode and its temperature: `heat 20`.
    fn mode_and_target(&self, node: &Node, id: &DeviceId, words: &[&str]) -> Option<ParseResult> {
        let mut splits = (1..words.len()).map(|count| words.split_at(count));
        let (mode, value) = splits.find_map(|(first, value)| Some((mode(&first.join(" ")).ok()?, value)))?;
        if matches!(mode, HvacMode::Eco | HvacMode::Off) {
            return None;
        }
        let whole = value.join(" ");
        let is_value = temperature(&whole, Scale::Celsius).is_some() || range(&whole, Scale::Celsius).is_some();
        let parsed = is_value.then(|| self.bare(node, id, value)).flatten()?;
        Some(parsed.map(|writes| std::iter::once(Write::Mode(id.clone(), mode)).chain(writes).collect()))
    }

    /// One degree Celsius or two degrees Fahrenheit warmer or cooler: of the target, or of both ends of a range.
    fn step(&self, id: &DeviceId, word: &str) -> Option<ParseResult> {
        let by = match word.to_lowercase().as_str() {
            "warmer" | "hotter" => 1.0,
            "cooler" | "colder" => -1.0,
            _ => return None,
        };
        let thermostat = self.home.thermostats.get(id)?;
        let scale = self.scale.unwrap_or_else(|| thermostat.scale());
        let by = by * if scale == Scale::Fahrenheit { 2.0 } else { 1.0 };
        let write = thermostat.moved_by(id, by, scale);
        Some(match write {
            Some(write) => Ok(vec![write]),
            None => Err(Mismatch::at(&[], ParseError::NoPresentValue(Field::Target))),
        })
    }

    /// A temperature, a step, a range or a mode, which need no field.
    fn bare(&self, node: &Node, id: &DeviceId, words: &[&str]) -> Option<ParseResult> {
        let whole = words.join(" ");
        if let [word] = words
            && let Some(stepped) = self.step(id, word)
        {
            return Some(stepped);
        }
        if temperature(&whole, Scale::Celsius).is_some() {
            return Some(self.field(node, "target", words));
        }
        if range(&whole, Scale::Celsius).is_some() {
            return Some(self.field(node, "range", words));
        }
        mode(&whole).ok().map(|mode| Ok(vec![Write::Mode(id.clone(), mode)]))
    }
}
