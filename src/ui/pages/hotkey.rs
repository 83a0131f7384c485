//! The system-wide hotkey of the launcher. The user presses the keys instead of spelling them.

use egui::{Event, Ui};

use crate::accounts::settings::{Combination, Held, HotkeyKey, WrongKeys};
use crate::platform::hotkey::HotkeyStatus;
use crate::ui::intent::{AppIntent, Preference};
use crate::ui::theme::small;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, plain_row_ui};

/// The recording of a hotkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Recording {
    /// No recording.
    #[default]
    Off,
    /// The next keys are recorded. Holds the reason why the last keys were rejected.
    On(Option<WrongKeys>),
}

impl Recording {
    /// True while the next keys are recorded instead of having their usual effect.
    pub fn is_on(self) -> bool {
        match self {
            Self::Off => false,
            Self::On(_) => true,
        }
    }
}

/// Draws the row with the status of the hotkey.
pub(super) fn hotkey_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    chosen: Option<Combination>,
    standing: &HotkeyStatus,
    recording: &mut Recording,
) {
    if recording.is_on() {
        listen(ui, view, recording);
    }
    let name = view.text("hotkey");
    plain_row_ui(ui, view, &name, &view.text("hotkey-about"), |ui, view| {
        let label = match (recording.is_on(), chosen) {
            (true, _) => view.text("hotkey-press"),
            (false, None) => view.text("hotkey-choose"),
            (false, Some(keys)) => keys.to_string(),
        };
        if button_ui(ui, label.as_str(), &format!("{name}: {label}")).clicked() {
            *recording = if recording.is_on() { Recording::Off } else { Recording::On(None) };
        }
        if chosen.is_some() && !recording.is_on() {
            let label = view.text("hotkey-remove");
            if button_ui(ui, label.as_str(), &format!("{name}: {label}")).clicked() {
                view.send(AppIntent::Prefer(Preference::Hotkey(None)));
            }
        }
    });
    if let Some(remark) = remark(view, chosen.is_some(), standing, *recording) {
        ui.label(small(remark).color(view.colors.muted));
    }
}

/// Records the keys of this frame; Esc cancels.
fn listen(ui: &Ui, view: &mut ViewContext<'_>, recording: &mut Recording) {
    let pressed = ui.input_mut(|input| {
        let mut pressed = None;
        input.events.retain(|event| {
            if let Event::Key { key, pressed: true, modifiers, .. } = event {
                pressed = pressed.or(Some((*key, *modifiers)));
                return false;
            }
            !matches!(event, Event::Text(_))
        });
        pressed
    });
    let Some((key, held)) = pressed else { return };
    if key == egui::Key::Escape {
        *recording = Recording::Off;
        return;
    }
    let held = Held { ctrl: held.ctrl, alt: held.alt, shift: held.shift, logo: held.mac_cmd };
    let keys = HotkeyKey::of_name(key.name()).ok_or(WrongKeys::Unknown).and_then(|key| Combination::new(held, key));
    match keys {
        Ok(keys) => {
            *recording = Recording::Off;
            view.send(AppIntent::Prefer(Preference::Hotkey(Some(keys))));
        }
        Err(wrong) => *recording = Recording::On(Some(wrong)),
    }
}

fn remark(view: &ViewContext<'_>, is_chosen: bool, standing: &HotkeyStatus, recording: Recording) -> Option<String> {
    match recording {
        Recording::On(Some(WrongKeys::NothingHeld)) => return Some(view.text("hotkey-nothing-held")),
        Recording::On(Some(WrongKeys::Unknown)) => return Some(view.text("hotkey-unknown")),
        Recording::On(None) => return Some(view.text("hotkey-escape")),
        Recording::Off => {}
    }
    match standing {
        HotkeyStatus::Denied if is_chosen => Some(view.text("hotkey-denied")),
        HotkeyStatus::Unavailable if is_chosen => Some(view.text("hotkey-unavailable")),
        HotkeyStatus::Asking if is_chosen => Some(view.text("hotkey-asking")),
        HotkeyStatus::Held { keys: Some(keys) } => {
            Some(view.i18n.format("hotkey-given", [("keys", keys.as_str().into())]))
        }
        HotkeyStatus::Held { keys: None }
        | HotkeyStatus::Off
        | HotkeyStatus::Denied
        | HotkeyStatus::Unavailable
        | HotkeyStatus::Asking => None,
    }
}
