//! Where this program keeps its files.

use std::path::PathBuf;

/// Folders of this user.
#[derive(Debug, Clone)]
pub struct Places {
    /// Settings.
    pub config: PathBuf,
    /// Journal, unsent wishes.
    pub data: PathBuf,
}

impl Places {
    /// The folders that the platform names; `None` when there is no home folder.
    pub fn of_user() -> Option<Self> {
        let dirs = directories::ProjectDirs::from("", "", "setpoint")?;
        Some(Self { config: dirs.config_dir().to_owned(), data: dirs.data_dir().to_owned() })
    }

    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        super::settings_file(&self.config)
    }

    /// The sealed file with tokens, where one is used.
    pub fn sealed_tokens(&self) -> PathBuf {
        self.data.join("tokens.sealed")
    }

    /// The folder of one account's files.
    pub fn of_account(&self, id: &str) -> PathBuf {
        self.data.join("accounts").join(id)
    }
}
