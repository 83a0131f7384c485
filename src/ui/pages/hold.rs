//! The hold of a thermostat and the level of its schedule that is in force, below the dial.

use egui::{Label, Popup, RichText, Ui, vec2};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::automation::driver::{ShownHold, ShownLevel};
use crate::automation::executor::AppliedState;
use crate::automation::schedule::{ComfortLevel, LevelWrite};
use crate::home::{DeviceId, Field, FieldValue, HoldEnd, Node, Setpoint, Slot, Thermostat, Write};
use crate::ui::intent::{AppIntent, AutomationIntent, UiIntent};
use crate::ui::theme::tokens::{measure, space};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, choice_ui, icon_label_ui, quiet_button_ui};

/// The lengths of holds in the list, in minutes.
const LENGTHS: [i64; 5] = [30, 60, 120, 240, 480];
/// The hour until which a value is held overnight.
const MORNING: i8 = 7;

/// A choice of the list.
#[derive(Debug, Clone, PartialEq)]
enum HoldChoice {
    NotHeld,
    /// The present hold.
    Present,
    Minutes(i64),
    NextStart,
    Tomorrow(Timestamp),
    Never,
    /// An end that the user types.
    Other,
}

/// Draws the card below the dial; nothing while the thermostat has neither a set point nor a schedule.
pub(super) fn hold_card_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    id: &DeviceId,
    thermostat: &Thermostat,
    name: &str,
) {
    let automation = view.automation;
    let hold = automation.holds.get(id).filter(|hold| hold.hold.is_shown_by(&view.snapshot.shown));
    let level = automation.in_force.get(id);
    let can_hold = matches!(thermostat.main_field(), Field::Target | Field::Range);
    if !can_hold && level.is_none() {
        return;
    }
    let width = ui.available_width().min(measure::DIAL);
    ui.vertical_centered(|ui| {
        ui.allocate_ui_with_layout(vec2(width, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_width(width);
            card_ui(ui, |ui| {
                match (hold, level) {
                    (Some(hold), _) => held_ui(ui, view, id, thermostat, hold),
                    (None, Some(level)) => level_ui(ui, view, id, thermostat, level),
                    (None, None) => {}
                }
                if can_hold {
                    controls_ui(ui, view, (id, thermostat, name), hold);
                }
            });
        });
    });
}

fn held_ui(ui: &mut Ui, view: &ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat, shown: &ShownHold) {
    let value = view.value(&shown.hold.write);
    let end = hold_end_text(view, shown.hold.ends, shown.ends);
    let text = view.i18n.format("hold-held", [("value", value.into()), ("end", end.into())]);
    icon_label_ui(ui, icons::CLOCK, title(text));
    let then = match (&shown.then, &shown.hold.before) {
        (Some(level), _) => Some(level_text(view, "hold-then-level", (id, thermostat), level, None)),
        (None, Some(before)) if shown.ends.is_some() => {
            Some(view.i18n.format("hold-then-before", [("value", view.value(before).into())]))
        }
        (None, _) => None,
    };
    if let Some(then) = then {
        ui.add(Label::new(small(then).color(view.colors.muted)).wrap());
    }
}

fn level_ui(ui: &mut Ui, view: &ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat, shown: &ShownLevel) {
    let key = match &shown.state {
        Some(AppliedState::LeftAlone) => "schedule-left-alone",
        Some(AppliedState::Waiting(_)) | None => "schedule-waits",
        Some(AppliedState::Set(_)) => "schedule-now",
    };
    let text = level_text(view, key, (id, thermostat), &shown.level, Some(shown.since));
    icon_label_ui(ui, icons::CLOCK, title(text));
    if let Some(AppliedState::Waiting(why)) = &shown.state {
        ui.add(Label::new(small(view.i18n.localize(why)).color(view.colors.warning)).wrap());
    }
    if let Some((at, next)) = &shown.next {
        let text = level_text(view, "schedule-next", (id, thermostat), next, Some(*at));
        ui.add(Label::new(small(text).color(view.colors.muted)).wrap());
    }
}

/// A message about a level: its name, its value on a thermostat, and a time.
pub(super) fn level_text(
    view: &ViewContext<'_>,
    key: &str,
    (id, thermostat): (&DeviceId, &Thermostat),
    level: &ComfortLevel,
    at: Option<Timestamp>,
) -> String {
    let value = match level.on(id, thermostat) {
        LevelWrite::Write(write) => view.value(&write),
        LevelWrite::NoSetpoint | LevelWrite::Lacking(_) => {
            let ends = [level.heat, level.cool].into_iter().flatten().map(|setpoint| view.i18n.degrees(setpoint));
            ends.collect::<Vec<_>>().join("–")
        }
    };
    let time = at.map_or_else(String::new, |at| view.clock(at));
    view.i18n.format(key, [("level", level.name.as_str().into()), ("value", value.into()), ("time", time.into())])
}

fn controls_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    (id, thermostat, name): (&DeviceId, &Thermostat, &str),
    hold: Option<&ShownHold>,
) {
    let options = choices(view, id, hold.is_some());
    let chosen = if hold.is_some() { HoldChoice::Present } else { HoldChoice::NotHeld };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let list = view.text("hold-name");
        let title = |choice: &HoldChoice| choice_text(view, choice, hold);
        let picked = choice_ui(ui, &list, Some(&chosen), &options, title);
        let end_name = view.i18n.format("hold-end-name", [("name", name.into())]);
        let ended = hold.is_some() && button_ui(ui, view.text("hold-end-now"), &end_name).clicked();
        if let Some(picked) = if ended { Some(HoldChoice::NotHeld) } else { picked } {
            pick(view, (id, thermostat, name), &picked, hold);
        }
    });
}

/// Draws a button with the lengths of a hold as a menu, for a line that has no room for a list; nothing while the
/// thermostat has no set point.
pub(in crate::ui) fn hold_menu_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    (id, thermostat, name): (&DeviceId, &Thermostat, &str),
) {
    if !matches!(thermostat.main_field(), Field::Target | Field::Range) {
        return;
    }
    let automation = view.automation;
    let hold = automation.holds.get(id).filter(|hold| hold.hold.is_shown_by(&view.snapshot.shown));
    let label = view.i18n.format("hold-menu", [("name", name.into())]);
    let button = quiet_button_ui(ui, icons::CLOCK, &label).on_hover_text(&label);
    let chosen = if hold.is_some() { HoldChoice::Present } else { HoldChoice::NotHeld };
    let picked = Popup::menu(&button).show(|ui| {
        let mut picked = None;
        for choice in choices(view, id, hold.is_some()) {
            let text = RichText::new(choice_text(view, &choice, hold)).color(view.colors.text);
            if ui.selectable_label(choice == chosen, text).clicked() {
                picked = Some(choice);
            }
        }
        picked
    });
    if let Some(picked) = picked.and_then(|shown| shown.inner) {
        pick(view, (id, thermostat, name), &picked, hold);
    }
}

/// Carries out a choice of the list.
fn pick(
    view: &mut ViewContext<'_>,
    (id, thermostat, name): (&DeviceId, &Thermostat, &str),
    picked: &HoldChoice,
    hold: Option<&ShownHold>,
) {
    let slot = Slot { node: Node::Thermostat(id.clone()), field: thermostat.main_field() };
    let present = slot.present(&view.snapshot.shown, Some(view.i18n.scale_of(thermostat)));
    match (ends_of(view, picked), present) {
        (Some(ends), present) => send(view, id, name, (present, ends), hold),
        (None, Some(write)) if *picked == HoldChoice::Other => {
            let text = format!("{} {} until ", name.to_lowercase(), typed_value(&write));
            view.send(UiIntent::Type(text));
        }
        (None, _) if *picked == HoldChoice::NotHeld => {
            view.send(AppIntent::Automation(AutomationIntent::EndHold(id.clone())));
        }
        (None, _) => {}
    }
}

fn send(
    view: &mut ViewContext<'_>,
    id: &DeviceId,
    name: &str,
    (present, ends): (Option<Write>, HoldEnd),
    hold: Option<&ShownHold>,
) {
    let intent = match (hold, present) {
        (Some(_), _) => AutomationIntent::MoveHold(id.clone(), ends),
        (None, Some(write)) => AutomationIntent::Hold { name: name.to_owned(), writes: vec![write], ends },
        (None, None) => return,
    };
    view.send(AppIntent::Automation(intent));
}

fn choices(view: &ViewContext<'_>, id: &DeviceId, is_held: bool) -> Vec<HoldChoice> {
    let mut all = vec![HoldChoice::NotHeld];
    if is_held {
        all.push(HoldChoice::Present);
    }
    if view.automation.in_force.contains_key(id) {
        all.push(HoldChoice::NextStart);
    }
    all.extend(LENGTHS.map(HoldChoice::Minutes));
    let tomorrow = view.now.to_zoned(view.zone.clone()).date().checked_add(1.day()).ok();
    let morning = tomorrow.and_then(|day| day.at(MORNING, 0, 0, 0).to_zoned(view.zone.clone()).ok());
    all.extend(morning.map(|morning| HoldChoice::Tomorrow(morning.timestamp())));
    all.extend([HoldChoice::Never, HoldChoice::Other]);
    all
}

fn ends_of(view: &ViewContext<'_>, choice: &HoldChoice) -> Option<HoldEnd> {
    match choice {
        HoldChoice::Minutes(minutes) => view.now.checked_add(SignedDuration::from_mins(*minutes)).ok().map(HoldEnd::At),
        HoldChoice::NextStart => Some(HoldEnd::NextStart),
        HoldChoice::Tomorrow(at) => Some(HoldEnd::At(*at)),
        HoldChoice::Never => Some(HoldEnd::Never),
        HoldChoice::NotHeld | HoldChoice::Present | HoldChoice::Other => None,
    }
}

fn choice_text(view: &ViewContext<'_>, choice: &HoldChoice, hold: Option<&ShownHold>) -> String {
    match choice {
        HoldChoice::NotHeld => view.text("hold-none"),
        HoldChoice::Present => hold.map_or_else(String::new, |hold| hold_end_text(view, hold.hold.ends, hold.ends)),
        HoldChoice::Minutes(minutes) => {
            let end = view.now.checked_add(SignedDuration::from_mins(*minutes)).unwrap_or(view.now);
            let arguments = [("length", view.i18n.minutes(*minutes).into()), ("time", view.clock(end).into())];
            view.i18n.format("hold-for", arguments)
        }
        HoldChoice::NextStart => view.text("hold-until-next"),
        HoldChoice::Tomorrow(at) => hold_end_text(view, HoldEnd::At(*at), None),
        HoldChoice::Never => view.text("hold-until-ended"),
        HoldChoice::Other => view.text("hold-other-end"),
    }
}

/// The end of a hold: `until 22:00`. `at` is the instant of an end that the schedule tells.
pub(in crate::ui) fn hold_end_text(view: &ViewContext<'_>, ends: HoldEnd, at: Option<Timestamp>) -> String {
    let until = |at: Timestamp| view.i18n.format("hold-until", [("time", view.clock(at).into())]);
    match (ends, at) {
        (HoldEnd::At(at), _) | (HoldEnd::NextStart, Some(at)) => until(at),
        (HoldEnd::NextStart, None) => view.text("hold-until-next"),
        (HoldEnd::Never, _) => view.text("hold-until-ended"),
    }
}

/// A value as a command has it: `21.5`, `18-24`.
fn typed_value(write: &Write) -> String {
    let number = |setpoint: Setpoint| format!("{}{}", setpoint.degrees, setpoint.scale.letter());
    match write.value() {
        FieldValue::Setpoint(setpoint) => number(setpoint),
        FieldValue::Range(Some(low), Some(high)) => format!("{}-{}", low.degrees, number(high)),
        FieldValue::Range(..)
        | FieldValue::Presence(_)
        | FieldValue::Text(_)
        | FieldValue::Arrival(_)
        | FieldValue::Scale(_)
        | FieldValue::Mode(_)
        | FieldValue::Switch(_)
        | FieldValue::Minutes(_) => String::new(),
    }
}
