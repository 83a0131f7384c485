//! Keys as they are written on the keyboards of a language: `Ctrl+Shift+Z`, `Strg+Umschalt+Z`.

use egui::{Key, ModifierNames};

use super::action::Action;
use crate::texts::Texts;

/// The key that asks for an action.
pub(super) fn shortcut_text(texts: &Texts, action: Action) -> String {
    let shortcut = action.shortcut();
    let (alt, ctrl, shift) = (texts.say("key-alt"), texts.say("key-ctrl"), texts.say("key-shift"));
    let names = ModifierNames { alt: &alt, ctrl: &ctrl, shift: &shift, ..ModifierNames::NAMES };
    let modifiers = names.format(&shortcut.modifiers, cfg!(target_os = "macos"));
    let key = if shortcut.logical_key == Key::ArrowLeft {
        texts.say("key-left").into_owned()
    } else if shortcut.logical_key == Key::Comma {
        // As it is printed on the key.
        ",".to_owned()
    } else {
        shortcut.logical_key.name().to_owned()
    };
    if modifiers.is_empty() { key } else { format!("{modifiers}+{key}") }
}
