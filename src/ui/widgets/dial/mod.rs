//! The dial: room, target and confirmed temperature on one arc, and the input that moves the target.
//!
//! A drag starts only on a handle or on the arc, the wheel works only while a handle has the focus, and nothing
//! is sent before the user releases the handle: see [`crate::engine::Debounce`]. A handle is a slider to
//! assistive technology; a range has two. A blocked dial keeps its focus and shows the reason.

mod geometry;
mod handle;
mod keys;
mod paint;
mod typed;

use egui::{Id, Key, PointerButton, Pos2, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use self::geometry::{Arc, is_nearer_to_high};
use self::handle::{Hand, Handle};
use self::paint::Face;
use super::climate::{Doing, doing};
use super::closed::closed_scope;
use super::context_menu::{context_menu_ui, offers};
use crate::engine::{Debounce, Phase, Request, WriteState};
use crate::home::{DeviceId, Field, HvacMode, Node, Scale, Setpoint, Slot, Thermostat, Write};
use crate::ui::intent::AppIntent;
use crate::ui::theme::tokens::measure;
use crate::ui::view::{Draft, ViewContext};

/// Distance from the track in points within which a drag can start.
const REACH: f32 = 24.0;
/// Size of a handle's interactive area in points, for finger and mouse.
const HANDLE: f32 = 44.0;
/// Height of a dial as a share of its width; the gap is at the bottom.
const HEIGHT: f32 = 0.92;

/// The setpoint of a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HandleEnd {
    /// The single setpoint of heat or cool.
    Single,
    /// The lower setpoint of heat-cool.
    Low,
    /// The upper setpoint of heat-cool.
    High,
}

/// The setpoints on the dial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Targets {
    /// Heat or cool.
    Single(f64),
    /// Heat-cool.
    Range(f64, f64),
    /// The mode has no setpoint of its own.
    Nothing,
}

/// The thermostat of the dial, with its limits.
pub(super) struct Subject<'a> {
    pub(super) id: &'a DeviceId,
    pub(super) thermostat: &'a Thermostat,
    pub(super) name: &'a str,
    pub(super) scale: Scale,
    pub(super) slot: Slot,
    /// The id of the widget, from which the ids of its parts derive.
    pub(super) dial: Id,
}

impl Subject<'_> {
    fn new<'a>(dial: Id, id: &'a DeviceId, thermostat: &'a Thermostat, name: &'a str, scale: Scale) -> Subject<'a> {
        let field = if thermostat.hvac_mode == Some(HvacMode::HeatCool) { Field::Range } else { Field::Target };
        let slot = Slot { node: Node::Thermostat(id.clone()), field };
        Subject { id, thermostat, name, scale, slot, dial }
    }

    /// The write that sets these targets.
    fn write(&self, targets: Targets) -> Option<Write> {
        let at = |degrees: f64| Setpoint { degrees, scale: self.scale }.rounded();
        match targets {
            Targets::Single(degrees) => Some(Write::Target(self.id.clone(), at(degrees))),
            Targets::Range(low, high) => {
                Some(Write::Range { thermostat: self.id.clone(), low: Some(at(low)), high: Some(at(high)) })
            }
            Targets::Nothing => None,
        }
    }

    /// The shown targets: those of the draft, or else of the engine.
    fn targets(&self, view: &ViewContext<'_>) -> Targets {
        match (view.drafts.of(&self.slot), &self.thermostat.hvac_mode) {
            (Some(Draft::Number(degrees)), Some(HvacMode::Heat | HvacMode::Cool)) => Targets::Single(*degrees),
            (Some(Draft::Pair(low, high)), Some(HvacMode::HeatCool)) => Targets::Range(*low, *high),
            (_, _) => self.shown_targets(),
        }
    }

    /// The targets of the engine, without a draft.
    fn shown_targets(&self) -> Targets {
        let t = self.thermostat;
        match &t.hvac_mode {
            Some(HvacMode::Heat | HvacMode::Cool) | None => {
                t.target_temperature.map_or(Targets::Nothing, |target| Targets::Single(target.view(self.scale)))
            }
            Some(HvacMode::HeatCool) => t
                .target_temperature_low
                .zip(t.target_temperature_high)
                .map_or(Targets::Nothing, |(low, high)| Targets::Range(low.view(self.scale), high.view(self.scale))),
            Some(HvacMode::Eco | HvacMode::Off | HvacMode::Other(_)) => Targets::Nothing,
        }
    }

    /// The targets that the service confirmed.
    fn confirmed_targets(&self, view: &ViewContext<'_>) -> Targets {
        match self.slot.present(&view.snapshot.confirmed, Some(self.scale)) {
            Some(Write::Target(_, setpoint)) => Targets::Single(setpoint.degrees),
            Some(Write::Range { low: Some(low), high: Some(high), .. }) => Targets::Range(low.degrees, high.degrees),
            Some(_) | None => Targets::Nothing,
        }
    }

    /// The lowest and the highest temperature of an end now.
    fn limits(&self, targets: Targets, end: HandleEnd) -> (f64, f64) {
        let range = self.thermostat.setpoint_range(self.scale);
        let (least, most) = (*range.start(), *range.end());
        let gap = self.scale.min_gap();
        match (targets, end) {
            (Targets::Range(_, high), HandleEnd::Low) => (least, (high - gap).clamp(least, most)),
            (Targets::Range(low, _), HandleEnd::High) => ((low + gap).clamp(least, most), most),
            (Targets::Single(_) | Targets::Range(..) | Targets::Nothing, _) => (least, most),
        }
    }
}

/// Draws the dial of a thermostat with its step buttons below.
pub(crate) fn dial_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat, name: &str) {
    let dial = ui.make_persistent_id(("dial", id));
    let subject = Subject::new(dial, id, thermostat, name, view.i18n.scale_of(thermostat));
    let targets = subject.targets(view);
    let side = ui.available_width().min(measure::DIAL);
    let reason = view.blocked(&subject.slot).map(|refusal| view.i18n.localize(&refusal));
    let doing = doing(view, id, thermostat);
    let area = ui.vertical_centered(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(side, side * HEIGHT), Sense::hover());
        let base = ui.interact(rect, dial, Sense::CLICK | Sense::DRAG);
        let face = Face::new(rect, side, subject.scale);
        let mut hand = Hand { moved: None, settle: None, let_go: None, takes_back: false };
        if reason.is_none() {
            drag(ui, &base, &face.arc, &subject, targets, &mut hand);
        }
        let shown = hand.moved.unwrap_or(targets);
        let handles =
            handles_ui(ui, view, &subject, &face, shown, reason.as_deref(), &doing, &mut hand, base.hovered());
        say_state(ui, view, &subject, &face, &doing);
        paint::paint(ui, view, &face, &subject, hand.moved.unwrap_or(targets), &doing, &handles);
        typed::number_ui(ui, view, &subject, &face, hand.moved.unwrap_or(targets), &doing, reason.as_deref());
        act(view, &subject, hand);
        closed_scope(ui, reason.as_deref(), |ui| steps_ui(ui, view, &subject, targets));
    });
    let slot = &subject.slot;
    context_menu_ui(ui, view, area.response.rect, dial, Some(slot), |view| offers(view, slot));
}

/// Says the room and the state beside the dial, whose picture screen readers do not see.
fn say_state(ui: &Ui, view: &ViewContext<'_>, subject: &Subject<'_>, face: &Face, doing: &Doing) {
    let rect = Rect::from_center_size(face.below(), vec2(1.0, 1.0));
    let response = ui.interact(rect, subject.dial.with("state"), Sense::hover());
    let text = handle::state_text(view, subject, doing);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(text.as_str()));
}

/// Handles the pointer on the arc or on a handle.
fn drag(ui: &Ui, base: &egui::Response, arc: &Arc, subject: &Subject<'_>, targets: Targets, hand: &mut Hand) {
    let held_id = base.id.with("held");
    let pressed = ui.input(|input| input.pointer.press_origin());
    // Other buttons open the context menu.
    let started = base.drag_started_by(PointerButton::Primary) || base.clicked();
    if started {
        let at = pressed.or(base.interact_pointer_pos()).filter(|at| grabs(arc, targets, *at));
        let end = at.map(|at| nearest(arc, targets, at));
        ui.data_mut(|data| data.insert_temp(held_id, end));
    }
    let held: Option<HandleEnd> = ui.data(|data| data.get_temp(held_id)).flatten();
    let (Some(end), Some(at)) = (held, base.interact_pointer_pos()) else { return };
    // Esc ends a drag while the button is still down; treat that as a cancel.
    let taken_back =
        base.drag_stopped() && ui.input(|input| input.key_pressed(Key::Escape) || input.pointer.any_down());
    if taken_back {
        ui.data_mut(|data| data.insert_temp::<Option<HandleEnd>>(held_id, None));
        hand.takes_back = true;
        return;
    }
    if base.dragged() || base.clicked() || base.drag_stopped() {
        hand.moved = Some(moved(subject, targets, end, arc.degrees(at)));
        hand.settle = match (base.clicked(), base.drag_stopped()) {
            (true, _) => Some(Debounce::Step),
            (false, true) => Some(Debounce::Drag),
            (false, false) => None,
        };
    }
    if base.drag_stopped() || base.clicked() {
        ui.data_mut(|data| data.insert_temp::<Option<HandleEnd>>(held_id, None));
        hand.let_go = Some(end);
    }
}

/// True if a press at this point starts a drag.
fn grabs(arc: &Arc, targets: Targets, at: Pos2) -> bool {
    let on_handle = |degrees| (arc.at(degrees, 0.0) - at).length() <= HANDLE / 2.0;
    match targets {
        Targets::Single(target) => arc.is_on_track(at, REACH) || on_handle(target),
        Targets::Range(low, high) => arc.is_on_track(at, REACH) || on_handle(low) || on_handle(high),
        Targets::Nothing => false,
    }
}

fn nearest(arc: &Arc, targets: Targets, at: Pos2) -> HandleEnd {
    match targets {
        Targets::Range(low, high) if is_nearer_to_high(arc.degrees(at), low, high) => HandleEnd::High,
        Targets::Range(..) => HandleEnd::Low,
        Targets::Single(_) | Targets::Nothing => HandleEnd::Single,
    }
}

/// Returns the targets with one end moved to a temperature, within its limits.
fn moved(subject: &Subject<'_>, targets: Targets, end: HandleEnd, degrees: f64) -> Targets {
    let (least, most) = subject.limits(targets, end);
    let degrees = Setpoint { degrees, scale: subject.scale }.rounded().degrees.clamp(least, most);
    match (targets, end) {
        (Targets::Range(_, high), HandleEnd::Low) => Targets::Range(degrees, high),
        (Targets::Range(low, _), HandleEnd::High) => Targets::Range(low, degrees),
        (Targets::Single(_), _) => Targets::Single(degrees),
        (Targets::Range(..), HandleEnd::Single) | (Targets::Nothing, _) => targets,
    }
}

fn value_of(targets: Targets, end: HandleEnd) -> Option<f64> {
    match (targets, end) {
        (Targets::Single(degrees), _) => Some(degrees),
        (Targets::Range(low, _), HandleEnd::Low) => Some(low),
        (Targets::Range(_, high), HandleEnd::High) => Some(high),
        (Targets::Range(..), HandleEnd::Single) | (Targets::Nothing, _) => None,
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of one widget, told apart by their types")]
fn handles_ui(
    ui: &Ui,
    view: &mut ViewContext<'_>,
    subject: &Subject<'_>,
    face: &Face,
    targets: Targets,
    reason: Option<&str>,
    doing: &Doing,
    hand: &mut Hand,
    pointer_is_over: bool,
) -> Vec<Handle> {
    let ends: &[HandleEnd] = match targets {
        Targets::Range(..) => &[HandleEnd::Low, HandleEnd::High],
        Targets::Single(_) | Targets::Nothing => &[HandleEnd::Single],
    };
    let mut handles = Vec::new();
    for end in ends {
        let value = value_of(targets, *end);
        let center = value.map_or(face.arc.center, |degrees| face.arc.at(degrees, 0.0));
        let rect = Rect::from_center_size(center, vec2(HANDLE, HANDLE));
        let handle = Handle::ui(ui, view, subject, *end, rect, value, subject.limits(targets, *end), reason, doing);
        if reason.is_none() {
            handle.listen(ui, view, subject, targets, pointer_is_over, hand);
        }
        handles.push(handle);
    }
    // Request the focus last, because a click beside a handle takes the focus away from it.
    if let Some(end) = hand.let_go {
        ui.memory_mut(|memory| memory.request_focus(handle::id(subject.dial, end)));
    }
    handles
}

/// Stores the draft and requests the write of this frame's input.
fn act(view: &mut ViewContext<'_>, subject: &Subject<'_>, hand: Hand) {
    if hand.takes_back {
        view.drafts.drop(&subject.slot);
        return;
    }
    let Some(targets) = hand.moved else { return };
    let draft = match targets {
        Targets::Single(degrees) => Draft::Number(degrees),
        Targets::Range(low, high) => Draft::Pair(low, high),
        Targets::Nothing => return,
    };
    let (slot, scale) = (subject.slot.clone(), subject.scale);
    let is_free = view.state(&slot).is_none() && !view.drafts.is_sent(&slot);
    if hand.settle.is_some() && is_free && targets == subject.confirmed_targets(view) {
        // The value is the confirmed one again, so there is nothing to write.
        view.drafts.drop(&slot);
        return;
    }
    if is_free {
        // While a write of this program is pending, the value that it replaces must not count as seen.
        view.drafts.remember_base(&slot, || slot.present(&view.snapshot.confirmed, Some(scale)));
    }
    view.drafts.keep(slot, draft);
    if let (Some(settle), Some(write)) = (hand.settle, subject.write(targets)) {
        view.request(write, settle);
    }
}

fn take_back(view: &mut ViewContext<'_>, subject: &Subject<'_>) {
    view.drafts.drop(&subject.slot);
    if waits(view, &subject.slot) {
        view.send(AppIntent::Engine(Request::Discard(subject.slot.clone())));
    }
}

fn waits(view: &ViewContext<'_>, slot: &Slot) -> bool {
    view.state(slot).is_some_and(|WriteState { phase, .. }| matches!(phase, Phase::Waiting { .. }))
}

/// Width of the two step buttons of one end, in points.
const PAIR: f32 = 104.0;
/// Distance between the step buttons of the two ends, in points.
const BETWEEN_PAIRS: f32 = 44.0;

/// Draws the step buttons below the dial: one pair, or one for each end of a range.
fn steps_ui(ui: &mut Ui, view: &mut ViewContext<'_>, subject: &Subject<'_>, targets: Targets) {
    let pairs: &[(HandleEnd, Option<&str>)] = match targets {
        Targets::Range(..) => &[(HandleEnd::Low, Some("dial-heat-to")), (HandleEnd::High, Some("dial-cool-to"))],
        Targets::Single(_) => &[(HandleEnd::Single, None)],
        Targets::Nothing => &[],
    };
    let width = pairs.len() as f32 * (PAIR + BETWEEN_PAIRS);
    ui.allocate_ui(vec2(width.max(1.0), 0.0), |ui| {
        ui.horizontal(|ui| {
            // The buttons of one end are closer to each other than the two pairs.
            ui.spacing_mut().item_spacing.x = BETWEEN_PAIRS;
            ui.add_space(BETWEEN_PAIRS / 2.0);
            for (end, caption) in pairs {
                ui.vertical(|ui| {
                    ui.set_width(PAIR);
                    if let Some(caption) = caption {
                        ui.vertical_centered(|ui| ui.label(crate::ui::theme::small(view.i18n.text(caption))));
                    }
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = PAIR - 2.0 * measure::LARGE_CONTROL;
                        handle::step_ui(ui, view, subject, targets, *end, -1.0);
                        handle::step_ui(ui, view, subject, targets, *end, 1.0);
                    });
                });
            }
        });
    });
}
