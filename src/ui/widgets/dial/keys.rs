//! Input of a handle from keys, the wheel and assistive technology.

use egui::accesskit::{Action, ActionData};
use egui::{Event, Id, InputState, Key, Modifiers, MouseWheelUnit};

/// A command to a handle.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum KeyAction {
    /// Move by this many steps; negative is down.
    Steps(f64),
    /// Move by this many pages; negative is down.
    Pages(f64),
    /// Move to the lowest allowed value.
    Lowest,
    /// Move to the highest allowed value.
    Highest,
    /// Set a value, from assistive technology.
    Value(f64),
    /// Begin to type a value with these characters.
    Typed(String),
    /// Send the pending write at once.
    SendNow,
    /// Discard the change.
    TakeBack,
}

/// Points that a touchpad scrolls for one step.
const POINTS_A_STEP: f32 = 40.0;
/// Shortest time between two notches, in seconds. Some X servers report a notch twice, when it begins and when it
/// ends; a finger is slower.
const NOTCH_SECS: f64 = 0.025;

/// The scrolling over a handle so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scrolled {
    /// Points that are no whole step yet.
    points: f32,
    /// The time of the last notch.
    notch_at: Option<f64>,
}

/// Consumes the input for the focused handle.
pub(super) fn key_actions(
    input: &mut InputState,
    id: Id,
    pointer_is_over: bool,
    scrolled: &mut Scrolled,
) -> Vec<KeyAction> {
    let mut actions = Vec::new();
    let mut steps = 0.0;
    for (key, by) in [(Key::ArrowUp, 1.0), (Key::ArrowRight, 1.0), (Key::ArrowDown, -1.0), (Key::ArrowLeft, -1.0)] {
        steps += by * input.count_and_consume_key(Modifiers::NONE, key) as f64;
    }
    if pointer_is_over {
        steps += wheel(input, scrolled);
    }
    if steps != 0.0 {
        actions.push(KeyAction::Steps(steps));
    }
    for (key, meant) in [
        (Key::PageUp, KeyAction::Pages(1.0)),
        (Key::PageDown, KeyAction::Pages(-1.0)),
        (Key::Home, KeyAction::Lowest),
        (Key::End, KeyAction::Highest),
        (Key::Enter, KeyAction::SendNow),
        (Key::Escape, KeyAction::TakeBack),
    ] {
        if input.consume_key(Modifiers::NONE, key) {
            actions.push(meant);
        }
    }
    let mut typed = String::new();
    input.events.retain(|event| {
        let Event::Text(text) = event else { return true };
        if is_number_like(text) {
            typed.push_str(text);
        }
        !is_number_like(text)
    });
    if !typed.is_empty() {
        actions.push(KeyAction::Typed(typed));
    }
    actions.extend(from_assistive_technology(input, id));
    actions
}

/// True for a text that can begin a temperature: digits, signs and the decimal separators of all languages.
fn is_number_like(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '+' | '-'))
}

fn wheel(input: &mut InputState, scrolled: &mut Scrolled) -> f64 {
    let mut steps = 0.0;
    for event in &input.events {
        if let Event::MouseWheel { unit, delta, .. } = event {
            match unit {
                // The sign of 0.0 is 1: a wheel that is tilted sideways must not warm the house.
                MouseWheelUnit::Line | MouseWheelUnit::Page if delta.y != 0.0 => {
                    if scrolled.notch_at.is_none_or(|at| input.time - at >= NOTCH_SECS) {
                        steps += f64::from(delta.y.signum());
                        scrolled.notch_at = Some(input.time);
                    }
                }
                MouseWheelUnit::Line | MouseWheelUnit::Page => {}
                MouseWheelUnit::Point => scrolled.points += delta.y,
            }
        }
    }
    let whole = (scrolled.points / POINTS_A_STEP).trunc();
    scrolled.points -= whole * POINTS_A_STEP;
    // Consume the scroll, so that the page does not scroll as well.
    input.smooth_scroll_delta = egui::Vec2::ZERO;
    steps + f64::from(whole)
}

/// Returns the command of a screen reader or a test, with or without focus on the handle.
pub(super) fn from_assistive_technology(input: &InputState, id: Id) -> Vec<KeyAction> {
    let count = |action| input.num_accesskit_action_requests(id, action) as f64;
    let steps = count(Action::Increment) - count(Action::Decrement);
    let mut actions: Vec<KeyAction> = input
        .accesskit_action_requests(id, Action::SetValue)
        .filter_map(|request| match &request.data {
            Some(ActionData::NumericValue(value)) => Some(KeyAction::Value(*value)),
            _ => None,
        })
        .collect();
    if steps != 0.0 {
        actions.push(KeyAction::Steps(steps));
    }
    actions
}
