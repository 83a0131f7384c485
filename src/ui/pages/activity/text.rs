//! Changes and events as text, with their icons.

use egui::Color32;

use crate::accounts::{AccountsReversal, EntryId};
use crate::engine::{AlarmLevel, EventKind, HomeEvent, Origin, Outcome, Record, UndoStatus, WriteState};
use crate::home::{AlarmState, Field, FieldGroup, FieldValue, HvacMode, Slot, Write, check_request};
use crate::ui::intent::AppIntent;
use crate::ui::theme::icons;
use crate::ui::view::ViewContext;

/// A change as text: `Hallway: 20.0 °C → 21.5 °C`.
pub(in crate::ui) fn change_text(view: &ViewContext<'_>, record: &Record) -> String {
    let device = view.i18n.disambiguate(view.snapshot, &record.slot.node, &record.name);
    with_values(view, record, |from, to, is_cancelled| {
        view.i18n.change(&device, record.slot.field, from, to, is_cancelled)
    })
}

/// A change as text for the page of its own device.
pub(in crate::ui) fn own_change_text(view: &ViewContext<'_>, record: &Record) -> String {
    with_values(view, record, |from, to, is_cancelled| view.i18n.own_change(record.slot.field, from, to, is_cancelled))
}

fn with_values(
    view: &ViewContext<'_>,
    record: &Record,
    text: impl FnOnce(Option<&str>, &str, bool) -> String,
) -> String {
    let from = match &record.undo {
        Some(write) => Some(view.value(write)),
        None => record.from.clone(),
    };
    let to = match &record.write {
        Some(write) => view.value(write),
        None => record.to.clone(),
    };
    let is_cancelled = record.write.as_ref().is_some_and(Write::is_cancelled_arrival);
    text(from.as_deref(), &to, is_cancelled)
}

/// The outcome of a change as text, with its colour.
pub(super) fn outcome_text(view: &ViewContext<'_>, outcome: &Outcome) -> (Color32, String) {
    let colors = view.colors;
    match outcome {
        Outcome::Done => (colors.muted, view.text("outcome-done")),
        Outcome::Accepted => (colors.muted, view.text("outcome-accepted")),
        Outcome::Refused(why) => {
            (colors.alarm, view.i18n.format("outcome-refused", [("why", view.i18n.localize(why).into())]))
        }
        Outcome::Unconfirmed => (colors.warning, view.text("outcome-unconfirmed")),
        Outcome::MayHaveArrived(why) => {
            (colors.warning, view.i18n.format("outcome-may-have-arrived", [("why", view.i18n.localize(why).into())]))
        }
        Outcome::Expired => (colors.warning, view.text("outcome-expired")),
        Outcome::Discarded => (colors.muted, view.text("outcome-discarded")),
    }
}

/// A change with its outcome, unless it is the usual one.
pub(in crate::ui) fn outcome_line(view: &ViewContext<'_>, record: &Record) -> String {
    let change = change_text(view, record);
    if record.outcome == Outcome::Done {
        return change;
    }
    format!("{change} · {}", outcome_text(view, &record.outcome).1)
}

pub(in crate::ui) fn who_text(view: &ViewContext<'_>, origin: Origin) -> String {
    view.text(match origin {
        Origin::Window => "who-window",
        Origin::Tray => "who-tray",
        Origin::Cli => "who-cli",
        Origin::Bridge => "who-bridge",
        Origin::Rule => "who-rule",
        Origin::Schedule => "who-schedule",
        Origin::Hold => "who-hold",
        Origin::Elsewhere => "who-elsewhere",
        Origin::AfterAway => "who-after-away",
        Origin::AfterHome => "who-after-home",
    })
}

/// The time of a change, and everything about it that is not the usual case: its origin unless this window made it,
/// its batch, and its outcome unless it was made.
pub(super) fn details_text(view: &ViewContext<'_>, record: &Record, standing: UndoStatus) -> String {
    let mut parts = vec![view.clock(record.at)];
    if record.origin != Origin::Window {
        parts.push(who_text(view, record.origin));
    }
    parts.extend(record.batch.as_ref().map(|batch| batch.name.clone()));
    parts.extend(record.undoes.map(|_| view.text("change-undone")));
    if record.outcome != Outcome::Done {
        parts.push(outcome_text(view, &record.outcome).1);
    }
    match standing {
        UndoStatus::Undone => parts.push(view.text("standing-undone")),
        UndoStatus::Superseded => parts.push(view.text("standing-superseded")),
        UndoStatus::Stands | UndoStatus::Undid | UndoStatus::Nothing => {}
    }
    parts.join(" · ")
}

/// A change that waits: `Hallway: 21.5 °C`.
pub(super) fn waiting_text(view: &ViewContext<'_>, slot: &Slot, state: &WriteState) -> String {
    let name = view.i18n.disambiguate(view.snapshot, &slot.node, slot.node.name(&view.snapshot.shown));
    view.i18n.change(&name, slot.field, None, &view.value(&state.write), state.write.is_cancelled_arrival())
}

/// The icon and the colour of an event.
pub(super) fn event_look(view: &ViewContext<'_>, kind: EventKind) -> (&'static str, Color32) {
    match kind {
        EventKind::Smoke(AlarmLevel::Emergency) | EventKind::CarbonMonoxide(AlarmLevel::Emergency) => {
            (icons::WARNING, view.colors.alarm)
        }
        EventKind::Smoke(AlarmLevel::Warning) | EventKind::CarbonMonoxide(AlarmLevel::Warning) => {
            (icons::WARNING, view.colors.warning)
        }
        EventKind::Person => (icons::PERSON, view.colors.muted),
        EventKind::Motion => (icons::MOTION, view.colors.muted),
        EventKind::Sound => (icons::SOUND, view.colors.muted),
        EventKind::Activity => (icons::CAMERA, view.colors.muted),
    }
}

/// The word for an event of a camera.
pub(in crate::ui::pages) fn event_word(view: &ViewContext<'_>, kind: EventKind) -> String {
    view.text(match kind {
        EventKind::Smoke(_) => "fact-smoke",
        EventKind::CarbonMonoxide(_) => "fact-co",
        EventKind::Person => "event-person",
        EventKind::Motion => "event-motion",
        EventKind::Sound => "event-sound",
        EventKind::Activity => "event-other",
    })
}

/// An event as text: `Front door: Person`, `Smoke in the Kitchen`.
pub(super) fn event_title(view: &ViewContext<'_>, event: &HomeEvent) -> String {
    match event.kind {
        EventKind::Smoke(_) => view.i18n.alarm_place("alarm-smoke", Some(&event.name)),
        EventKind::CarbonMonoxide(_) => view.i18n.alarm_place("alarm-co", Some(&event.name)),
        kind @ (EventKind::Person | EventKind::Motion | EventKind::Sound | EventKind::Activity) => {
            let name = view.name_or(Some(event.name.as_str()).filter(|name| !name.is_empty()), "camera");
            view.i18n.format("change-value-to", [("device", name.into()), ("to", event_word(view, kind).into())])
        }
    }
}

/// The time of an event, and the level of an alarm.
pub(in crate::ui::pages) fn event_details(view: &ViewContext<'_>, event: &HomeEvent) -> String {
    let begin = view.clock(event.at);
    let time = match event.until {
        Some(end) if event.kind.is_alarm() || end.duration_since(event.at).as_secs() >= 60 => {
            format!("{begin}–{}", view.i18n.clock(end, event.at, view.zone))
        }
        None if event.kind.is_alarm() => view.i18n.format("event-going-on", [("time", begin.into())]),
        Some(_) | None => begin,
    };
    match event.kind {
        EventKind::Smoke(level) | EventKind::CarbonMonoxide(level) => {
            let level = if level == AlarmLevel::Emergency { AlarmState::Emergency } else { AlarmState::Warning };
            format!("{time} · {}", view.i18n.localize(&level))
        }
        EventKind::Person | EventKind::Motion | EventKind::Sound | EventKind::Activity => time,
    }
}

/// The intent that undoes a recent change.
pub(in crate::ui) fn undo_intent(id: EntryId, record: &Record) -> Option<AppIntent> {
    let undoable = record.origin.is_us() && record.outcome.may_stand() && record.undo.is_some();
    undoable.then(|| AppIntent::Reverse(AccountsReversal::of_record(id)))
}

/// The write of a failed change, if a retry can help: `None` if the rules refuse it or the home shows its value
/// already.
pub(in crate::ui) fn retry_of<'a>(view: &ViewContext<'_>, record: &'a Record) -> Option<&'a Write> {
    let failed = match record.outcome {
        Outcome::Refused(_) | Outcome::Unconfirmed | Outcome::MayHaveArrived(_) | Outcome::Expired => {
            record.origin.is_us()
        }
        Outcome::Done | Outcome::Accepted | Outcome::Discarded => false,
    };
    let home = &view.snapshot.shown;
    let write = record.write.as_ref().filter(|write| failed && !write.is_shown_by(home))?;
    check_request(home, write, view.now).is_ok().then_some(write)
}

/// The icon for a change: what it set, or the direction of a setpoint.
pub(super) fn change_icon(record: &Record) -> &'static str {
    if let (Some(to), Some(from)) = (&record.write, &record.undo) {
        match (to.value(), from.value()) {
            (FieldValue::Mode(mode), _) => {
                return match mode {
                    HvacMode::Heat => icons::FLAME,
                    HvacMode::Cool => icons::SNOW,
                    HvacMode::Eco => icons::LEAF,
                    HvacMode::Off => icons::POWER,
                    HvacMode::HeatCool => icons::RANGE,
                    HvacMode::Other(_) => icons::PENCIL,
                };
            }
            (FieldValue::Setpoint(to), FieldValue::Setpoint(from)) if to.scale == from.scale => {
                return if to.degrees < from.degrees { icons::LOWER } else { icons::RAISE };
            }
            (_, _) => {}
        }
    }
    match record.slot.field.group() {
        FieldGroup::Home => icons::HOME,
        FieldGroup::Arrival => icons::CLOCK,
        FieldGroup::Settings => icons::PENCIL,
        FieldGroup::Climate if record.slot.field == Field::Range => icons::RANGE,
        FieldGroup::Climate => icons::FLAME,
        FieldGroup::Fan => icons::FAN,
        FieldGroup::Camera => icons::CAMERA,
    }
}
