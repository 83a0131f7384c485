//! Warnings about the settings file.

use std::path::PathBuf;

use toml::Value;

use crate::files::{FileError, Quarantined};

/// A problem of the settings file. Displays as an English sentence without a full stop, for the command line;
/// the window has its own messages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsWarning {
    /// The file cannot be opened.
    #[error("The settings cannot be read ({error}); defaults are used: {}", .path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// The reason.
        error: FileError,
    },
    /// The file is not TOML.
    #[error("The settings file {0}")]
    SetAside(Quarantined),
    /// A newer version wrote the file.
    #[error("The settings were written by a newer version; what is unknown here is kept")]
    Newer,
    /// A value has no meaning in this version.
    #[error("The setting {} = {value} is unknown; {} is used", .setting.key(), .setting.otherwise())]
    UnknownValue {
        /// The setting.
        setting: Setting,
        /// The value in the file.
        value: String,
    },
    /// The number of accounts without an id or an address, or with those of another one.
    #[error("{0} account(s) in the settings cannot be used and are left out")]
    UnusableAccounts(usize),
}

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
    /// High contrast.
    HighContrast,
    /// Reduced motion.
    ReducedMotion,
    /// The language of the window.
    Language,
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
            Self::OnClose => "on_close",
            Self::KnowsOfNoTray => "knows_of_no_tray",
            Self::TrayScrolls => "tray_scrolls",
            Self::Hotkey => "hotkey",
        }
    }

    fn otherwise(self) -> &'static str {
        match self {
            Self::Appearance | Self::HighContrast | Self::ReducedMotion => "the desktop's choice",
            Self::Language => "the system's language",
            Self::OnClose | Self::KnowsOfNoTray | Self::TrayScrolls | Self::Hotkey => "the usual value",
        }
    }
}
