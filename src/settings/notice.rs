//! What a person should know about the file of settings.

use std::path::PathBuf;

use toml::Value;

use crate::files::{Aside, FileError};

/// What was wrong with the settings. Displays as an English sentence without a full stop, for the
/// command line; the window has its own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsWarning {
    /// The file cannot be opened.
    #[error("The settings cannot be read ({error}); defaults are used: {}", .path.display())]
    Unreadable {
        /// Where it is.
        path: PathBuf,
        /// Why.
        error: FileError,
    },
    /// The file is no TOML.
    #[error("The settings file {0}")]
    SetAside(Aside),
    /// A newer version wrote it.
    #[error("The settings were written by a newer version; what is unknown here is kept")]
    Newer,
    /// A value that means nothing here.
    #[error("The setting {} = {value} is unknown; {} is used", .setting.key(), .setting.otherwise())]
    UnknownValue {
        /// Of what.
        setting: Setting,
        /// As it is in the file.
        value: String,
    },
    /// Accounts without an id or an address, or with one that another has.
    #[error("{0} account(s) in the settings cannot be used and are left out")]
    UnusableAccounts(usize),
}

impl SettingsWarning {
    pub(super) fn unknown(setting: Setting, value: &Value) -> Self {
        Self::UnknownValue { setting, value: value.to_string() }
    }
}

/// A setting that is read as one of a few values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Light or dark.
    Appearance,
    /// Whether edges and words stand out more.
    HighContrast,
    /// Whether nothing moves that need not.
    ReducedMotion,
    /// The language of the window.
    Language,
    /// What closing the window means.
    OnClose,
    /// Whether a missing tray was spoken of.
    KnowsOfNoTray,
    /// Whether the wheel over the tray's icon does something.
    TrayScrolls,
    /// The keys that open the launcher.
    Hotkey,
}

impl Setting {
    /// Its name in the file.
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
