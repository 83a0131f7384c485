//! What the window has to say beside the account: about files, and about what it was asked.

use crate::account::VaultError;
use crate::files::{Aside, FileError};
use crate::presets::{self, PresetError};
use crate::service::Reason;
use crate::settings::{self, AccountNameError};
use crate::texts::Texts;

/// Something that is said until it is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// What was wrong with the file of settings.
    Settings(settings::SettingsWarning),
    /// What was wrong with the file of presets.
    Presets(presets::PresetsWarning),
    /// The settings will be forgotten.
    SettingsNotSaved(FileError),
    /// The presets will be forgotten.
    PresetsNotSaved(FileError),
    /// What was wrong with the list of requests.
    RequestsSetAside(Aside),
    /// The list of requests will be forgotten.
    RequestsNotSaved(FileError),
    /// A preset cannot be kept so.
    Preset(PresetError),
    /// An account cannot be called so.
    AccountName(AccountNameError),
    /// The token will be forgotten.
    TokenNotKept(VaultError),
    /// The token could not be given back.
    SignOutNotTold(Reason),
    /// The token is where it was.
    TokenNotDeleted(VaultError),
    /// A mistake of this program.
    Program(String),
    /// The engine did not take a request.
    NotTaken,
    /// What was to happen in the simulated home did not.
    NothingHappened,
    /// There is no tray to live in, so the window is open.
    NoTray,
}

impl Notice {
    /// In the person's language.
    pub fn text(&self, texts: &Texts) -> String {
        match self {
            Self::Settings(notice) => texts.settings_notice(notice),
            Self::Presets(notice) => texts.presets_notice(notice),
            Self::SettingsNotSaved(error) => {
                texts.with("settings-not-saved", [("why", texts.file_error(error).into())])
            }
            Self::PresetsNotSaved(error) => texts.with("presets-not-saved", [("why", texts.file_error(error).into())]),
            Self::RequestsSetAside(aside) => texts.aside("requests-set-aside", "requests-stuck", aside),
            Self::RequestsNotSaved(error) => {
                texts.with("requests-not-saved", [("why", texts.file_error(error).into())])
            }
            Self::Preset(error) => texts.preset_error(error),
            Self::AccountName(AccountNameError::Missing) => texts.say("account-name-empty").into_owned(),
            Self::AccountName(AccountNameError::Taken(name)) => {
                texts.with("account-name-taken", [("name", name.as_str().into())])
            }
            Self::TokenNotKept(error) => texts.with("token-not-kept", [("why", texts.vault_error(error).into())]),
            Self::SignOutNotTold(reason) => texts.with("sign-out-not-told", [("why", texts.reason(reason).into())]),
            Self::TokenNotDeleted(error) => texts.with("token-not-deleted", [("why", texts.vault_error(error).into())]),
            Self::Program(detail) => texts.reason(&Reason::Program(detail.clone())),
            Self::NotTaken => texts.say("not-taken").into_owned(),
            Self::NothingHappened => texts.say("simulator-failed").into_owned(),
            Self::NoTray => texts.say("tray-gone").into_owned(),
        }
    }
}
