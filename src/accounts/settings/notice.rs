//! Warnings about the settings file.

use std::path::PathBuf;

use toml::Value;

use crate::files::{FileError, Quarantined};
use crate::i18n::{Message, ToMessage, display_english, message};

/// A problem of the settings file. Displays as an English sentence without a full stop, for the command line;
/// the window has its own messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsWarning {
    /// The file cannot be opened.
    Unreadable {
        path: PathBuf,
        /// The reason.
        error: FileError,
    },
    /// The file is not TOML.
    SetAside(Quarantined),
    /// A newer version wrote the file.
    Newer,
    /// A value has no meaning in this version.
    UnknownValue {
        setting: Setting,
        /// The value in the file.
        value: String,
    },
    /// The number of accounts without an id or an address, or with those of another one.
    UnusableAccounts(usize),
}

impl ToMessage for SettingsWarning {
    fn to_message(&self) -> Message {
        match self {
            Self::Unreadable { path, error } => message!("settings-unreadable", path = path, why = error.to_message()),
            Self::SetAside(aside) => aside.message_of("settings-set-aside", "settings-stuck"),
            Self::Newer => message!("settings-newer"),
            Self::UnknownValue { setting, value } => {
                Message::new(setting.fallback_message()).with("key", setting.key()).with("value", value)
            }
            Self::UnusableAccounts(count) => message!("settings-unusable-accounts", count = *count),
        }
    }
}

display_english!(SettingsWarning);

impl SettingsWarning {
    pub(super) fn unknown(setting: Setting, value: &Value) -> Self {
        Self::UnknownValue { setting, value: value.to_string() }
    }
}

/// A setting with a fixed set of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The theme.
    Appearance,
    HighContrast,
    ReducedMotion,
    /// The language of the window.
    Language,
    /// The size of texts.
    TextSize,
    /// The scale of all temperatures.
    Scale,
    /// The pages for developers.
    Developer,
    /// The effect of closing the window.
    OnClose,
    /// The hint about a missing tray.
    KnowsOfNoTray,
    /// The wheel over the tray icon.
    TrayScrolls,
    /// The global hotkey of the launcher.
    Hotkey,
}

impl Setting {
    /// The key in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Appearance => "appearance",
            Self::HighContrast => "high_contrast",
            Self::ReducedMotion => "reduced_motion",
            Self::Language => "language",
            Self::TextSize => "text_size",
            Self::Scale => "scale",
            Self::Developer => "developer",
            Self::OnClose => "on_close",
            Self::KnowsOfNoTray => "knows_of_no_tray",
            Self::TrayScrolls => "tray_scrolls",
            Self::Hotkey => "hotkey",
        }
    }

    /// The message that names the value used instead of an unknown one.
    fn fallback_message(self) -> &'static str {
        match self {
            Self::Appearance | Self::HighContrast | Self::ReducedMotion => "settings-unknown-desktop",
            Self::Language => "settings-unknown-language",
            Self::TextSize
            | Self::Scale
            | Self::Developer
            | Self::OnClose
            | Self::KnowsOfNoTray
            | Self::TrayScrolls
            | Self::Hotkey => "settings-unknown-usual",
        }
    }
}
