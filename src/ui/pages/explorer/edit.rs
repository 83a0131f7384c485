//! The control of a writable leaf. It requests the same write as the control on another page.

use std::ops::RangeInclusive;

use egui::Ui;

use super::leaf::{Control, SetpointEnd, Writable};
use crate::command::{Typed, temperature};
use crate::engine::Debounce;
use crate::home::{DeviceId, FAN_DURATIONS_MIN, Node, Scale, Setpoint, Slot, Thermostat, Write, check_request};
use crate::ui::pages::structure::away_ui;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{Number, choice_ui, number_ui, row_ui, segmented_ui, text_field_ui, toggle_ui};

/// Draws the control with the state of the last write, or the reason why it is blocked.
pub(super) fn edit_ui(ui: &mut Ui, view: &mut ViewContext<'_>, leaf: &Writable, key: &str) {
    let slot = &leaf.slot;
    row_ui(ui, view, slot, "", |ui, view| match &slot.node {
        Node::Structure(_) => structure_ui(ui, view, leaf),
        Node::Thermostat(id) => {
            if let Some(thermostat) = view.snapshot.shown.thermostats.get(id).cloned() {
                thermostat_ui(ui, view, leaf, id, &thermostat, key);
            }
        }
        Node::Camera(id) => {
            let is_on = view.snapshot.shown.cameras.get(id).and_then(|camera| camera.is_streaming);
            switch_ui(ui, view, slot, is_on == Some(true), |on| Write::Streaming(id.clone(), on));
        }
    });
}

fn structure_ui(ui: &mut Ui, view: &mut ViewContext<'_>, leaf: &Writable) {
    let Node::Structure(id) = &leaf.slot.node else { return };
    let Some(structure) = view.snapshot.shown.structures.get(id).cloned() else { return };
    if leaf.control == Control::Away {
        let name = view.i18n.localize(&leaf.slot.field);
        away_ui(ui, view, id, &structure, &name);
        return;
    }
    let confirmed = structure.name.clone().unwrap_or_default();
    let label = view.text("structure-name");
    text_field_ui(ui, view, &leaf.slot, &label, &confirmed, |name| Write::StructureName(id.clone(), name));
}

fn switch_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot, is_on: bool, write: impl Fn(bool) -> Write) {
    let mut on = is_on;
    if toggle_ui(ui, &mut on, &view.i18n.localize(&slot.field)).changed() {
        view.request(write(on), Debounce::Now);
    }
}

fn thermostat_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    leaf: &Writable,
    id: &DeviceId,
    thermostat: &Thermostat,
    key: &str,
) {
    let slot = &leaf.slot;
    let name = view.i18n.localize(&slot.field);
    match leaf.control {
        Control::Mode => {
            let modes = thermostat.modes();
            let title = |mode: &crate::home::HvacMode| format!("{} · {mode}", view.i18n.localize(mode));
            if let Some(mode) = choice_ui(ui, &name, thermostat.hvac_mode.as_ref(), &modes, title) {
                view.request(Write::Mode(id.clone(), mode), Debounce::Now);
            }
        }
        Control::Scale => {
            let options = [(Scale::Celsius, "°C".to_owned()), (Scale::Fahrenheit, "°F".to_owned())];
            if let Some(scale) = segmented_ui(ui, &name, thermostat.temperature_scale.as_ref(), &options) {
                view.request(Write::Scale(id.clone(), scale), Debounce::Now);
            }
        }
        Control::Label => {
            let confirmed = thermostat.label.clone().unwrap_or_default();
            text_field_ui(ui, view, slot, &name, &confirmed, |label| Write::Label(id.clone(), label));
        }
        Control::FanDuration => {
            let options = FAN_DURATIONS_MIN.map(i64::from);
            let chosen = thermostat.fan_timer_duration;
            let picked = choice_ui(ui, &name, chosen.as_ref(), &options, |minutes| view.i18n.minutes(*minutes));
            if let Some(minutes) = picked {
                view.request(Write::FanDuration(id.clone(), minutes), Debounce::Now);
            }
        }
        Control::FanTimer => {
            let runs = thermostat.fan_timer_active == Some(true);
            switch_ui(ui, view, slot, runs, |on| Write::FanTimer(id.clone(), on));
        }
        Control::Setpoint(end, scale) => setpoint_ui(ui, view, slot, &Target { id, thermostat, end, scale }, key),
        Control::Away | Control::Name | Control::Streaming => {}
    }
}

/// A setpoint of a thermostat.
struct Target<'a> {
    id: &'a DeviceId,
    thermostat: &'a Thermostat,
    end: SetpointEnd,
    scale: Scale,
}

impl Target<'_> {
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

fn setpoint_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot, target: &Target<'_>, key: &str) {
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
