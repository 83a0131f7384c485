//! Key names in the user's language: `Ctrl+Shift+Z`, `Strg+Umschalt+Z`.

use egui::{Key, ModifierNames};

use super::action::Action;
use crate::i18n::Localizer;

/// The shortcut of an action in the user's language.
pub(super) fn shortcut_text(i18n: &Localizer, action: Action) -> String {
    let shortcut = action.shortcut();
    let (alt, ctrl, shift) = (i18n.text("key-alt"), i18n.text("key-ctrl"), i18n.text("key-shift"));
    let names = ModifierNames { alt: &alt, ctrl: &ctrl, shift: &shift, ..ModifierNames::NAMES };
    let modifiers = names.format(&shortcut.modifiers, cfg!(target_os = "macos"));
    let key = if shortcut.logical_key == Key::ArrowLeft {
        i18n.text("key-left").into_owned()
    } else if shortcut.logical_key == Key::Comma {
        // Keyboards print the sign, while egui names the key "Comma".
        ",".to_owned()
    } else {
        shortcut.logical_key.name().to_owned()
    };
    if modifiers.is_empty() { key } else { format!("{modifiers}+{key}") }
}
