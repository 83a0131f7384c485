//! The folders of this program's files.

use std::path::PathBuf;

/// The folders of a user.
#[derive(Debug, Clone)]
pub struct Places {
    /// The folder of the settings.
    pub config: PathBuf,
    /// The folder of journals and queues.
    pub data: PathBuf,
}

impl Places {
    /// The platform's folders; `None` without a home folder.
    pub fn of_user() -> Option<Self> {
        let dirs = directories::ProjectDirs::from("", "", "setpoint")?;
        Some(Self { config: dirs.config_dir().to_owned(), data: dirs.data_dir().to_owned() })
    }

    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        super::settings_file(&self.config)
    }

    /// The sealed file with tokens.
    pub fn sealed_tokens(&self) -> PathBuf {
        self.data.join("tokens.sealed")
    }

    /// The folder of one account's files.
    pub fn of_account(&self, id: &str) -> PathBuf {
        self.data.join("accounts").join(id)
    }

    /// The folder with the pictures of camera events of one account.
    pub fn event_pictures(&self, id: &str) -> PathBuf {
        self.of_account(id).join("event_pictures")
    }
}
