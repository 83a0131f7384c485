//! The control of a writable leaf. It requests the same write as the control on another page.

use std::ops::RangeInclusive;

use egui::Ui;

use super::leaf::{SetpointEnd, Writable};
use crate::command::{Typed, temperature};
use crate::engine::Debounce;
use crate::home::{
    DeviceId, FAN_DURATIONS_MIN, Field, FieldValue, HvacMode, Node, Scale, Setpoint, Slot, Thermostat, ValueKind,
    Write, check_request,
};
use crate::ui::pages::structure::away_ui;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{Number, choice_ui, number_ui, row_ui, segmented_ui, text_field_ui, toggle_ui};

/// Draws the control with the state of the last write, or the reason why it is blocked.
pub(super) fn edit_ui(ui: &mut Ui, view: &mut ViewContext<'_>, leaf: &Writable, key: &str) {
    row_ui(ui, view, &leaf.slot, "", |ui, view| match (&leaf.slot.node, leaf.setpoint) {
        (Node::Thermostat(id), Some((end, scale))) => {
            if let Some(thermostat) = view.snapshot.shown.thermostats.get(id).cloned() {
                setpoint_ui(ui, view, &leaf.slot, &SetpointLeaf { id, thermostat: &thermostat, end, scale }, key);
            }
        }
        (_, _) => value_ui(ui, view, &leaf.slot),
    });
}

/// Draws the control for the kind of value.
fn value_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot) {
    let is_name_of_home = slot.field == Field::Name;
    let name = if is_name_of_home { view.text("structure-name") } else { view.i18n.localize(&slot.field) };
    let shown = slot.present(&view.snapshot.shown, None).map(|write| write.value());
    let picked = match (slot.field.entry().kind, &slot.node) {
        (ValueKind::Presence, Node::Structure(id)) => {
            if let Some(structure) = view.snapshot.shown.structures.get(id).cloned() {
                away_ui(ui, view, id, &structure, &name);
            }
            None
        }
        (ValueKind::Text, _) => {
            let confirmed = if let Some(FieldValue::Text(text)) = shown { text } else { String::new() };
            text_field_ui(ui, view, slot, &name, &confirmed);
            None
        }
        (ValueKind::Mode, Node::Thermostat(id)) => {
            let modes = view.snapshot.shown.thermostats.get(id).map(|t| t.modes()).unwrap_or_default();
            let title = |mode: &HvacMode| format!("{} · {mode}", view.i18n.localize(mode));
            let chosen = if let Some(FieldValue::Mode(mode)) = shown { Some(mode) } else { None };
            choice_ui(ui, &name, chosen.as_ref(), &modes, title).map(FieldValue::Mode)
        }
        (ValueKind::Scale, _) => {
            let options = [(Scale::Celsius, "°C".to_owned()), (Scale::Fahrenheit, "°F".to_owned())];
            let chosen = if let Some(FieldValue::Scale(scale)) = shown { Some(scale) } else { None };
            segmented_ui(ui, &name, chosen.as_ref(), &options).map(FieldValue::Scale)
        }
        (ValueKind::Minutes, _) => {
            let options = FAN_DURATIONS_MIN.map(i64::from);
            let chosen = if let Some(FieldValue::Minutes(minutes)) = shown { Some(minutes) } else { None };
            let title = |minutes: &i64| view.i18n.minutes(*minutes);
            choice_ui(ui, &name, chosen.as_ref(), &options, title).map(FieldValue::Minutes)
        }
        (ValueKind::Switch, _) => {
            let mut on = shown == Some(FieldValue::Switch(true));
            toggle_ui(ui, &mut on, &name).changed().then_some(FieldValue::Switch(on))
        }
        (_, _) => None,
    };
    if let Some(write) = picked.and_then(|value| slot.write(value)) {
        view.request(write, Debounce::Now);
    }
}

/// A setpoint of a thermostat.
struct SetpointLeaf<'a> {
    id: &'a DeviceId,
    thermostat: &'a Thermostat,
    end: SetpointEnd,
    scale: Scale,
}

impl SetpointLeaf<'_> {
    fn present(&self, end: SetpointEnd) -> Option<Setpoint> {
        let temperature = match end {
            SetpointEnd::Target => self.thermostat.target_temperature,
            SetpointEnd::Low => self.thermostat.target_temperature_low,
            SetpointEnd::High => self.thermostat.target_temperature_high,
        };
        temperature.map(|temperature| temperature.setpoint(self.scale))
    }

    /// The range that the rules allow: the lock, and the distance to the other end.
    fn range(&self) -> RangeInclusive<f64> {
        let range = self.thermostat.setpoint_range(self.scale);
        let (least, most) = (*range.start(), *range.end());
        let gap = self.scale.min_gap();
        match self.end {
            SetpointEnd::Target => least..=most,
            SetpointEnd::Low => {
                least..=self.present(SetpointEnd::High).map_or(most, |high| (high.degrees - gap).min(most))
            }
            SetpointEnd::High => {
                self.present(SetpointEnd::Low).map_or(least, |low| (low.degrees + gap).max(least))..=most
            }
        }
    }

    fn write(&self, setpoint: Setpoint) -> Write {
        let thermostat = self.id.clone();
        // The write repeats the other end in the same scale, as on the dial.
        let other = |end| {
            let temperature = self.present(end).and_then(|setpoint| setpoint.temperature());
            temperature.map(|temperature| temperature.setpoint(setpoint.scale))
        };
        match self.end {
            SetpointEnd::Target => Write::Target(thermostat, setpoint),
            SetpointEnd::Low => Write::Range { thermostat, low: Some(setpoint), high: other(SetpointEnd::High) },
            SetpointEnd::High => Write::Range { thermostat, low: other(SetpointEnd::Low), high: Some(setpoint) },
        }
    }

    fn step(&self, by: f64) -> Option<Write> {
        let present = self.present(self.end)?;
        let next = Setpoint { degrees: present.degrees + by * self.scale.step(), scale: self.scale }.rounded();
        self.range().contains(&next.degrees).then(|| self.write(next))
    }
}

fn setpoint_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot, target: &SetpointLeaf<'_>, key: &str) {
    let present = target.present(target.end).map(|present| view.i18n.number(present)).unwrap_or_default();
    let number = Number { name: key, present: &present, steps: [target.step(-1.0), target.step(1.0)] };
    number_ui(ui, view, slot, &number, |view, text| {
        let typed = temperature(text, target.scale);
        let setpoint = match typed {
            Some(Typed::Absolute(setpoint)) => Some(setpoint),
            Some(Typed::Step(step)) => {
                let from = target.present(target.end).and_then(|present| present.temperature());
                from.map(|from| from.setpoint(step.scale).degrees + step.degrees)
                    .map(|degrees| Setpoint { degrees, scale: step.scale })
            }
            None => None,
        };
        let Some(setpoint) = setpoint else {
            let variables = [("text", text.trim().into()), ("example", present.as_str().into())];
            return Err(view.i18n.format("typed-no-temperature", variables));
        };
        let write = target.write(setpoint.rounded());
        let checked = check_request(&view.snapshot.shown, &write, view.now);
        checked.map(|_| write).map_err(|refusal| view.i18n.localize(&refusal))
    });
}
