//! A handle of the dial: its accessibility node, and its input from keys.

use egui::accesskit::Action;
use egui::{EventFilter, Id, Rect, Sense, Ui, WidgetInfo};

use super::keys::{self, KeyAction};
use super::{HandleEnd, Subject, Targets, moved, take_back, typed, value_of, waits};
use crate::engine::{Debounce, Request};
use crate::home::{Scale, Setpoint};
use crate::ui::intent::AppIntent;
use crate::ui::theme::icons;
use crate::ui::view::ViewContext;
use crate::ui::widgets::button::round_button_ui;
use crate::ui::widgets::climate::Doing;

/// The user's input in this frame.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    /// The targets after a move.
    pub(super) moved: Option<Targets>,
    /// The debounce of the write; `None` while the drag goes on.
    pub(super) settle: Option<Debounce>,
    /// The end that was just released. It gets the focus, so that keys continue with it.
    pub(super) let_go: Option<HandleEnd>,
    /// True if the user cancelled a drag.
    pub(super) takes_back: bool,
}

/// A handle that was drawn.
pub(super) struct Handle {
    pub(super) id: Id,
    pub(super) end: HandleEnd,
    pub(super) has_focus: bool,
    pub(super) is_hovered: bool,
}

/// The widget id of a handle.
pub(super) fn id(dial: Id, end: HandleEnd) -> Id {
    dial.with(match end {
        HandleEnd::Single => "single",
        HandleEnd::Low => "low",
        HandleEnd::High => "high",
    })
}

/// Degrees of a page step.
fn page(scale: Scale) -> f64 {
    match scale {
        Scale::Celsius => 2.0,
        Scale::Fahrenheit => 3.0,
    }
}

impl Subject<'_> {
    /// The accessible name of an end's slider.
    pub(super) fn label(&self, view: &ViewContext<'_>, end: HandleEnd) -> String {
        let id = match end {
            HandleEnd::Single => "dial-name",
            HandleEnd::Low => "dial-name-low",
            HandleEnd::High => "dial-name-high",
        };
        view.i18n.format(id, [("device", self.name.into())])
    }
}

/// The room temperature, the activity and the time to the target, as text.
pub(super) fn state_text(view: &ViewContext<'_>, subject: &Subject<'_>, doing: &Doing) -> String {
    let room = subject
        .thermostat
        .ambient_temperature
        .map_or_else(|| view.text("unknown"), |room| view.i18n.spoken(room.setpoint(subject.scale)));
    let does = match &doing.more {
        Some(more) => format!("{}, {more}", doing.words),
        None => doing.words.clone(),
    };
    view.i18n.format("dial-state", [("room", room.into()), ("doing", does.into())])
}

impl Handle {
    #[expect(clippy::too_many_arguments, reason = "the parts of one widget, told apart by their types")]
    pub(super) fn ui(
        ui: &Ui,
        view: &ViewContext<'_>,
        subject: &Subject<'_>,
        end: HandleEnd,
        rect: Rect,
        value: Option<f64>,
        (least, most): (f64, f64),
        reason: Option<&str>,
        doing: &Doing,
    ) -> Self {
        let id = id(subject.dial, end);
        // The dial handles the pointer, so a handle only takes the focus.
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        let label = subject.label(view, end);
        let open = reason.is_none() && value.is_some();
        response.widget_info(|| WidgetInfo::slider(open, value.unwrap_or_default(), &label));
        let state = state_text(view, subject, doing);
        let value_text = match value {
            Some(degrees) => {
                let spoken = view.i18n.spoken(Setpoint { degrees, scale: subject.scale });
                match &doing.more {
                    Some(more) => format!("{spoken}, {}, {more}", doing.words),
                    None => format!("{spoken}, {}", doing.words),
                }
            }
            None => doing.words.clone(),
        };
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_value(value_text);
            node.set_min_numeric_value(least);
            node.set_max_numeric_value(most);
            node.set_numeric_value_step(subject.scale.step());
            node.set_numeric_value_jump(page(subject.scale));
            // The numeric interface of assistive technology carries no text, so the room and the state stand here.
            node.set_description(match reason {
                Some(reason) => format!("{state}. {reason}"),
                None => state,
            });
            if reason.is_some() {
                node.set_disabled();
            } else {
                node.add_action(Action::SetValue);
                node.add_action(Action::Increment);
                node.add_action(Action::Decrement);
            }
            if value.is_none() {
                node.clear_numeric_value();
            }
        });
        Self { id, end, has_focus: response.has_focus(), is_hovered: response.hovered() }
    }

    /// Handles keys, the wheel and requests of assistive technology.
    pub(super) fn listen(
        &self,
        ui: &Ui,
        view: &mut ViewContext<'_>,
        subject: &Subject<'_>,
        targets: Targets,
        pointer_is_over: bool,
        hand: &mut Hand,
    ) {
        let actions = if self.has_focus {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(self.id, filter));
            let scroll_id = self.id.with("scrolled");
            let mut scrolled: keys::Scrolled = ui.data(|data| data.get_temp(scroll_id)).unwrap_or_default();
            let actions = ui.input_mut(|input| keys::key_actions(input, self.id, pointer_is_over, &mut scrolled));
            ui.data_mut(|data| data.insert_temp(scroll_id, scrolled));
            actions
        } else {
            ui.input(|input| keys::from_assistive_technology(input, self.id))
        };
        for action in actions {
            let present = hand.moved.unwrap_or(targets);
            let Some(value) = value_of(present, self.end) else { continue };
            let (least, most) = subject.limits(present, self.end);
            let wanted = match action {
                KeyAction::Steps(steps) => value + steps * subject.scale.step(),
                KeyAction::Pages(pages) => value + pages * page(subject.scale),
                KeyAction::Lowest => least,
                KeyAction::Highest => most,
                KeyAction::Value(value) if value.is_finite() => value,
                KeyAction::Value(_) => continue,
                KeyAction::Typed(text) => {
                    typed::begin_typing(ui, view, subject, self.end, text);
                    continue;
                }
                KeyAction::SendNow => {
                    if waits(view, &subject.slot) {
                        view.send(AppIntent::Engine(Request::SendNow(subject.slot.clone())));
                    }
                    continue;
                }
                KeyAction::TakeBack => {
                    if view.drafts.of(&subject.slot).is_none() && !waits(view, &subject.slot) {
                        ui.memory_mut(|memory| memory.surrender_focus(self.id));
                    }
                    take_back(view, subject);
                    continue;
                }
            };
            let next = moved(subject, present, self.end, wanted);
            if next != present {
                hand.moved = Some(next);
                hand.settle = Some(Debounce::Step);
            }
        }
    }
}

/// Draws a step button below the dial.
pub(super) fn step_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    subject: &Subject<'_>,
    targets: Targets,
    end: HandleEnd,
    steps: f64,
) {
    let Some(value) = value_of(targets, end) else { return };
    let next = moved(subject, targets, end, value + steps * subject.scale.step());
    let icon = if steps > 0.0 { icons::PLUS } else { icons::MINUS };
    let id = if steps > 0.0 { "dial-raise" } else { "dial-lower" };
    let name = view.i18n.format(id, [("what", subject.label(view, end).into())]);
    let can = next != targets;
    if round_button_ui(ui, icon, &name, can).clicked() {
        super::act(
            view,
            subject,
            Hand { moved: Some(next), settle: Some(Debounce::Step), let_go: None, takes_back: false },
        );
    }
}
