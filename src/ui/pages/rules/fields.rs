//! Fields of the parts of a rule: texts that are checked while they are typed, and choices.

use std::collections::BTreeMap;

use egui::{Key, Label, TextEdit, Ui};
use jiff::SignedDuration;

use super::surroundings::scale_of;
use crate::automation::rule::{Beyond, THE_DEVICE, Weekdays, Which, span_text};
use crate::automation::schedule::DeviceRef;
use crate::automation::time_of_day;
use crate::command::{Typed, temperature};
use crate::home::{DeviceId, Setpoint, by_name};
use crate::ui::theme::small;
use crate::ui::view::ViewContext;
use crate::ui::widgets::choice_ui;

/// The place of a text: the section, the number of the part in it, and the field.
pub(super) type TextKey = (&'static str, usize, &'static str);

/// The texts of an editor that are not taken yet.
#[derive(Debug, Default)]
pub(super) struct Texts {
    typed: BTreeMap<TextKey, String>,
    /// The reasons why texts are no values.
    bad: BTreeMap<TextKey, String>,
}

impl Texts {
    /// The first reason why a text is no value.
    pub(super) fn first_bad(&self) -> Option<&String> {
        self.bad.values().next()
    }

    /// Forgets the texts of a part that is removed; those after it move up.
    pub(super) fn removed(&mut self, section: &str, at: usize) {
        for texts in [&mut self.typed, &mut self.bad] {
            let all = std::mem::take(texts);
            let kept = all.into_iter().filter(|((of, place, _), _)| *of != section || *place != at);
            texts.extend(kept.map(|((of, place, field), text)| {
                let place = if of == section && place > at { place - 1 } else { place };
                ((of, place, field), text)
            }));
        }
    }

    /// Forgets the texts of a part, which became one of another kind.
    pub(super) fn replaced(&mut self, section: &str, at: usize) {
        for texts in [&mut self.typed, &mut self.bad] {
            texts.retain(|(of, place, _), _| *of != section || *place != at);
        }
    }
}

/// The field of a text.
pub(super) struct TextField<'a> {
    pub(super) key: TextKey,
    pub(super) name: &'a str,
    pub(super) present: String,
    pub(super) width: f32,
}

/// Draws the field of a text, and keeps what is typed until `take` takes it. The reason why it does not is shown when
/// the field is left.
pub(super) fn text_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    texts: &mut Texts,
    field: &TextField<'_>,
    take: impl FnOnce(&str) -> Result<(), String>,
) {
    let mut text = texts.typed.get(&field.key).cloned().unwrap_or_else(|| field.present.clone());
    let edit = TextEdit::singleline(&mut text).desired_width(field.width.min(ui.available_width()));
    let response = ui.add(edit).accessible_name(field.name);
    if response.changed() {
        match take(&text) {
            Ok(()) => drop(texts.bad.remove(&field.key)),
            Err(why) => drop(texts.bad.insert(field.key, why)),
        }
        texts.typed.insert(field.key, text);
    }
    let bad = texts.bad.get(&field.key);
    if response.lost_focus() && bad.is_none() && !ui.input(|input| input.key_pressed(Key::Tab) && input.modifiers.alt) {
        // The value in its usual form.
        texts.typed.remove(&field.key);
    }
    if let Some(bad) = bad {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_invalid(egui::accesskit::Invalid::True);
            node.set_description(bad.as_str());
        });
        if !response.has_focus() {
            let label = ui.add(Label::new(small(bad.as_str()).color(view.colors.alarm)).wrap());
            ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        }
    }
}

/// Width of a field for a time or a number, in points.
const SHORT: f32 = 76.0;

/// Draws the field of a time of day.
pub(super) fn time_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    texts: &mut Texts,
    (key, name): (TextKey, &str),
    at: &mut jiff::civil::Time,
) {
    let field = TextField { key, name, present: at.strftime("%H:%M").to_string(), width: SHORT };
    text_ui(ui, view, texts, &field, |text| {
        *at = time_of_day(text.trim())
            .ok_or_else(|| view.i18n.format("schedule-no-time", [("text", text.trim().into())]))?;
        Ok(())
    });
}

/// Draws the field of a date.
pub(super) fn date_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    texts: &mut Texts,
    (key, name): (TextKey, &str),
    date: &mut jiff::civil::Date,
) {
    let field = TextField { key, name, present: date.to_string(), width: 124.0 };
    text_ui(ui, view, texts, &field, |text| {
        *date = text
            .trim()
            .parse()
            .map_err(|_no_date| view.i18n.format("schedule-no-date", [("text", text.trim().into())]))?;
        Ok(())
    });
}

/// Draws a choice between two options with a field for their threshold.
fn beyond_ui<T: Copy>(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    texts: &mut Texts,
    key: TextKey,
    is: &mut Beyond<T>,
    (present, parse): (impl Fn(T) -> String, impl Fn(&str) -> Result<T, String>),
) {
    let (is_above, value) = match *is {
        Beyond::Above(value) => (true, value),
        Beyond::Below(value) => (false, value),
    };
    let title = |above: &bool| view.text(if *above { "rule-above" } else { "rule-below" });
    let of = |above: bool, value: T| if above { Beyond::Above(value) } else { Beyond::Below(value) };
    if let Some(picked) = choice_ui(ui, &view.text("rule-side"), Some(&is_above), &[true, false], title) {
        *is = of(picked, value);
    }
    let name = view.text("rule-threshold");
    let field = TextField { key, name: &name, present: present(value), width: SHORT };
    text_ui(ui, view, texts, &field, |text| {
        *is = of(is_above, parse(text)?);
        Ok(())
    });
}

/// Draws the threshold of a room.
pub(super) fn room_ui(ui: &mut Ui, view: &ViewContext<'_>, texts: &mut Texts, key: TextKey, is: &mut Beyond<Setpoint>) {
    let scale = scale_of(view);
    let parse = |text: &str| match temperature(text.trim(), scale) {
        Some(Typed::Absolute(setpoint)) => Ok(setpoint),
        Some(Typed::Step(_)) | None => Err(view.i18n.format("rule-no-number", [("text", text.into())])),
    };
    let present = |setpoint: Setpoint| format!("{} {}", view.i18n.number(setpoint), setpoint.scale.sign());
    beyond_ui(ui, view, texts, key, is, (present, parse));
}

/// Draws the threshold of a humidity.
pub(super) fn humidity_ui(ui: &mut Ui, view: &ViewContext<'_>, texts: &mut Texts, key: TextKey, is: &mut Beyond<i64>) {
    let parse = |text: &str| {
        let number =
            text.trim().trim_end_matches('%').trim().parse().ok().filter(|percent| (0..=100).contains(percent));
        number.ok_or_else(|| view.i18n.format("rule-no-number", [("text", text.into())]))
    };
    beyond_ui(ui, view, texts, key, is, (|percent: i64| format!("{percent} %"), parse));
}

/// Draws a choice of a length of time.
pub(super) fn span_ui(
    ui: &mut Ui,
    name: &str,
    minutes: &[i64],
    span: &mut SignedDuration,
    title: impl Fn(&SignedDuration) -> String,
) {
    let mut options: Vec<SignedDuration> = minutes.iter().map(|minutes| SignedDuration::from_mins(*minutes)).collect();
    if !options.contains(span) {
        options.push(*span);
        options.sort_unstable();
    }
    if let Some(picked) = choice_ui(ui, name, Some(&*span), &options, title) {
        *span = picked;
    }
}

/// Draws the choice of the time for which something has to be so.
pub(super) fn lasts_ui(ui: &mut Ui, view: &ViewContext<'_>, span: &mut SignedDuration) {
    let minutes = [0, 5, 10, 15, 30, 60, 120, 240, 480, 1440];
    let title = |span: &SignedDuration| if span.is_zero() { view.text("rule-at-once") } else { span_text(*span) };
    span_ui(ui, &view.text("rule-lasts"), &minutes, span, title);
}

/// The kinds of devices among which one is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Thermostat,
    Camera,
    Protect,
    Every,
}

/// The devices of a kind, in the order of their names.
fn devices(view: &ViewContext<'_>, kind: Kind) -> Vec<DeviceRef> {
    let home = &view.snapshot.shown;
    let of = |id: &DeviceId, name: Option<&str>| DeviceRef {
        name: name.unwrap_or(id.as_str()).to_owned(),
        id: Some(id.clone()),
    };
    let mut devices = Vec::new();
    if matches!(kind, Kind::Thermostat | Kind::Every) {
        let ids = by_name(&home.thermostats, |it| it.name.as_deref());
        devices.extend(ids.into_iter().map(|id| of(id, home.thermostats.get(id).and_then(|it| it.name.as_deref()))));
    }
    if matches!(kind, Kind::Camera | Kind::Every) {
        let ids = by_name(&home.cameras, |it| it.name.as_deref());
        devices.extend(ids.into_iter().map(|id| of(id, home.cameras.get(id).and_then(|it| it.name.as_deref()))));
    }
    if matches!(kind, Kind::Protect | Kind::Every) {
        let ids = by_name(&home.protects, |it| it.name.as_deref());
        devices.extend(ids.into_iter().map(|id| of(id, home.protects.get(id).and_then(|it| it.name.as_deref()))));
    }
    devices
}

/// The first device of a kind, or the one of the trigger where there is none.
pub(super) fn first_device(view: &ViewContext<'_>, kind: Kind) -> DeviceRef {
    let first = devices(view, kind).into_iter().next();
    first.unwrap_or_else(|| DeviceRef { name: THE_DEVICE.to_owned(), id: None })
}

fn device_title(view: &ViewContext<'_>, device: &DeviceRef) -> String {
    if device.name == THE_DEVICE { view.text("rule-the-device") } else { device.name.clone() }
}

/// The option that stands for a device: rules by hand name it without its id.
fn option_of(options: &[DeviceRef], device: &DeviceRef) -> DeviceRef {
    let is_it = |option: &&DeviceRef| match &device.id {
        Some(id) => option.id.as_ref() == Some(id),
        None => option.name.to_lowercase() == device.name.to_lowercase(),
    };
    options.iter().find(is_it).unwrap_or(device).clone()
}

/// Draws the choice of a device.
pub(super) fn device_ui(ui: &mut Ui, view: &ViewContext<'_>, kind: Kind, has_it: bool, device: &mut DeviceRef) {
    let mut options = devices(view, kind);
    if has_it {
        options.push(DeviceRef { name: THE_DEVICE.to_owned(), id: None });
    }
    let chosen = option_of(&options, device);
    let title = |device: &DeviceRef| device_title(view, device);
    if let Some(picked) = choice_ui(ui, &view.text("rule-device"), Some(&chosen), &options, title) {
        *device = picked;
    }
}

/// Draws the choice of one or all devices.
pub(super) fn which_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    (kind, any): (Kind, &'static str),
    has_it: bool,
    which: &mut Which,
) {
    let mut devices = devices(view, kind);
    if has_it {
        devices.push(DeviceRef { name: THE_DEVICE.to_owned(), id: None });
    }
    let chosen = match which {
        Which::Any => Which::Any,
        Which::One(device) => Which::One(option_of(&devices, device)),
    };
    let options: Vec<Which> = std::iter::once(Which::Any).chain(devices.into_iter().map(Which::One)).collect();
    let title = |which: &Which| match which {
        Which::Any => view.text(any),
        Which::One(device) => device_title(view, device),
    };
    if let Some(picked) = choice_ui(ui, &view.text("rule-device"), Some(&chosen), &options, title) {
        *which = picked;
    }
}

/// Draws the choice of a home, where there are several.
pub(super) fn home_ui(ui: &mut Ui, view: &ViewContext<'_>, home: &mut Option<String>) {
    let names: Vec<String> = view.snapshot.shown.structures.values().filter_map(|it| it.name.clone()).collect();
    if names.len() < 2 && home.is_none() {
        return;
    }
    let options: Vec<Option<String>> = std::iter::once(None).chain(names.into_iter().map(Some)).collect();
    let title = |name: &Option<String>| name.clone().unwrap_or_else(|| view.text("rule-any-home"));
    if let Some(picked) = choice_ui(ui, &view.text("rule-home"), Some(&*home), &options, title) {
        *home = picked;
    }
}

/// Draws a switch for each day of the week.
pub(super) fn days_ui(ui: &mut Ui, view: &ViewContext<'_>, days: &mut Weekdays) {
    let mut chosen: [bool; 7] = std::array::from_fn(|lane| days.has(lane));
    let mut is_changed = false;
    for (lane, is_on) in chosen.iter_mut().enumerate() {
        let number = i64::try_from(lane).unwrap_or_default() + 1;
        let short = view.i18n.format("weekday-short", [("weekday", number.into())]);
        let long = view.i18n.format("weekday-long", [("weekday", number.into())]);
        let response = ui.selectable_label(*is_on, short).accessible_name(long);
        crate::ui::widgets::focus_ring(ui, &response);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_toggled((*is_on).into()));
        if response.clicked() {
            *is_on = !*is_on;
            is_changed = true;
        }
    }
    // No day at all would mean all of them.
    if is_changed && chosen.iter().any(|is_on| *is_on) {
        *days = if chosen.iter().all(|is_on| *is_on) { Weekdays::default() } else { Weekdays(chosen) };
    }
}
