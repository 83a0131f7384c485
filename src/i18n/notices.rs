//! Messages that belong to no control, mostly about files.

use super::Localizer;
use crate::accounts::settings;
use crate::engine::EngineWarning;
use crate::files::{FileError, Quarantined};
use crate::presets;

impl Localizer {
    /// The reason why a file cannot be read or written, as part of a sentence.
    pub fn file_error(&self, error: &FileError) -> String {
        let id = match error {
            FileError::Missing => "file-missing",
            FileError::Denied => "file-denied",
            FileError::ReadOnly => "file-read-only",
            FileError::Full => "file-full",
            FileError::InTheWay => "file-in-the-way",
            FileError::NotPlain => "file-not-plain",
            FileError::Other(words) => return words.clone(),
        };
        self.text(id).into_owned()
    }

    /// A warning about the settings.
    pub fn settings_notice(&self, notice: &settings::SettingsWarning) -> String {
        use settings::{Setting, SettingsWarning};

        match notice {
            SettingsWarning::Unreadable { path, error } => self.format(
                "settings-unreadable",
                [("path", path.display().to_string().into()), ("why", self.file_error(error).into())],
            ),
            SettingsWarning::SetAside(aside) => self.aside("settings-set-aside", "settings-stuck", aside),
            SettingsWarning::Newer => self.text("settings-newer").into_owned(),
            SettingsWarning::UnknownValue { setting, value } => {
                let id = match setting {
                    Setting::Appearance | Setting::HighContrast | Setting::ReducedMotion => "settings-unknown-desktop",
                    Setting::Language => "settings-unknown-language",
                    Setting::OnClose | Setting::KnowsOfNoTray | Setting::TrayScrolls | Setting::Hotkey => {
                        "settings-unknown-usual"
                    }
                };
                self.format(id, [("key", setting.key().into()), ("value", value.as_str().into())])
            }
            SettingsWarning::UnusableAccounts(count) => {
                self.format("settings-unusable-accounts", [("count", (*count).into())])
            }
        }
    }

    /// A warning about the presets.
    pub fn presets_notice(&self, notice: &presets::PresetsWarning) -> String {
        match notice {
            presets::PresetsWarning::SetAside(aside) => self.aside("presets-set-aside", "presets-stuck", aside),
            presets::PresetsWarning::Unusable(count) => self.format("presets-unusable", [("count", (*count).into())]),
        }
    }

    /// A warning of the engine.
    pub fn engine_warning(&self, warning: &EngineWarning) -> String {
        let why = |id: &str, error: &FileError| self.format(id, [("why", self.file_error(error).into())]);
        match warning {
            EngineWarning::QueueSetAside(aside) => self.aside("queue-set-aside", "queue-stuck", aside),
            EngineWarning::QueueUnreadable(error) => why("queue-unreadable", error),
            EngineWarning::JournalUnreadable(error) => why("journal-unreadable", error),
            EngineWarning::QueueNotSaved(error) => why("queue-not-saved", error),
            EngineWarning::JournalNotSaved(error) => why("journal-not-saved", error),
            EngineWarning::NotLocked(error) => why("not-locked", error),
        }
    }

    /// The fate of a damaged file.
    pub fn aside(&self, kept: &str, stuck: &str, aside: &Quarantined) -> String {
        match aside {
            Quarantined::Kept(path) => self.format(kept, [("path", path.display().to_string().into())]),
            Quarantined::Stuck { path, error } => self
                .format(stuck, [("path", path.display().to_string().into()), ("why", self.file_error(error).into())]),
        }
    }
}
