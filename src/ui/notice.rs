//! What the window has to say beside the account: about files, and about what it was asked.

use crate::account::VaultError;
use crate::files::{Aside, FileError};
use crate::i18n::Localizer;
use crate::presets::{self, PresetError};
use crate::service::Reason;
use crate::settings::{self, AccountNameError};

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
    pub fn text(&self, i18n: &Localizer) -> String {
        match self {
            Self::Settings(notice) => i18n.settings_notice(notice),
            Self::Presets(notice) => i18n.presets_notice(notice),
            Self::SettingsNotSaved(error) => {
                i18n.format("settings-not-saved", [("why", i18n.file_error(error).into())])
            }
            Self::PresetsNotSaved(error) => i18n.format("presets-not-saved", [("why", i18n.file_error(error).into())]),
            Self::RequestsSetAside(aside) => i18n.aside("requests-set-aside", "requests-stuck", aside),
            Self::RequestsNotSaved(error) => {
                i18n.format("requests-not-saved", [("why", i18n.file_error(error).into())])
            }
            Self::Preset(error) => i18n.preset_error(error),
            Self::AccountName(AccountNameError::Missing) => i18n.text("account-name-empty").into_owned(),
            Self::AccountName(AccountNameError::Taken(name)) => {
                i18n.format("account-name-taken", [("name", name.as_str().into())])
            }
            Self::TokenNotKept(error) => i18n.format("token-not-kept", [("why", i18n.vault_error(error).into())]),
            Self::SignOutNotTold(reason) => i18n.format("sign-out-not-told", [("why", i18n.reason(reason).into())]),
            Self::TokenNotDeleted(error) => i18n.format("token-not-deleted", [("why", i18n.vault_error(error).into())]),
            Self::Program(detail) => i18n.reason(&Reason::Program(detail.clone())),
            Self::NotTaken => i18n.text("not-taken").into_owned(),
            Self::NothingHappened => i18n.text("simulator-failed").into_owned(),
            Self::NoTray => i18n.text("tray-gone").into_owned(),
        }
    }
}
