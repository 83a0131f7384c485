//! Notices of the window that do not come from the engine: about files, sign-ins and requests.

use crate::accounts::settings::{self, AccountNameError};
use crate::accounts::vault::VaultError;
use crate::automation::FormProblem;
use crate::automation::StoreError;
use crate::files::{FileError, Quarantined};
use crate::history::HistoryError;
use crate::i18n::Localizer;
use crate::presets::{self, PresetError};
use crate::service::Reason;

/// A notice that stays until the user dismisses it.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The settings file had an error.
    Settings(settings::SettingsWarning),
    /// The presets file had an error.
    Presets(presets::PresetsWarning),
    /// The settings could not be saved, so they last for this run only.
    SettingsNotSaved(FileError),
    /// The presets could not be saved, so they last for this run only.
    PresetsNotSaved(FileError),
    /// The file of requests could not be read. Holds the result of its quarantine.
    RequestsSetAside(Quarantined),
    /// The requests could not be saved, so they last for this run only.
    RequestsNotSaved(FileError),
    /// The history cannot be written; what was heard waits in memory.
    HistoryNotWritten(HistoryError),
    /// The file of the history was damaged. Holds the result of its quarantine.
    HistorySetAside(Quarantined),
    /// The air filter has run for these hours and is due.
    FilterDue(u64),
    /// Holds and schedules are not carried out.
    AutomationStopped(StoreError),
    /// The file of holds and runs was damaged. Holds the result of its quarantine.
    AutomationSetAside(Quarantined),
    /// An entry of the schedules or of the rules is not carried out.
    Form(FormProblem),
    /// A rule acted too often, and waits until a time, as text.
    RulePaused { rule: String, until: String },
    /// The text of a rule, about a device, home or account, or about nothing if that is empty.
    RuleNotifies { rule: String, text: String, subject: String },
    /// The service refused a value of a schedule, or of the end of a hold.
    AutomationRefused { thermostat: String, why: String },
    /// A preset is invalid and was not saved.
    Preset(PresetError),
    /// The name of an account is invalid.
    AccountName(AccountNameError),
    /// The token could not be stored, so it lasts for this run only.
    TokenNotKept(VaultError),
    /// The service did not revoke the token.
    SignOutNotTold(Reason),
    /// The vault could not delete the token.
    TokenNotDeleted(VaultError),
    /// An internal error of the program.
    Program(String),
    /// The engine did not accept a request.
    NotTaken,
    /// The simulated home did not run a command.
    NothingHappened,
    /// The desktop has no tray, so the window is open.
    NoTray,
}

impl Notice {
    /// The text in the user's language.
    pub fn text(&self, i18n: &Localizer) -> String {
        match self {
            Self::Settings(notice) => i18n.localize(notice),
            Self::Presets(notice) => i18n.localize(notice),
            Self::SettingsNotSaved(error) => i18n.format("settings-not-saved", [("why", i18n.localize(error).into())]),
            Self::PresetsNotSaved(error) => i18n.format("presets-not-saved", [("why", i18n.localize(error).into())]),
            Self::RequestsSetAside(aside) => i18n.localize(&aside.message_of("requests-set-aside", "requests-stuck")),
            Self::RequestsNotSaved(error) => i18n.format("requests-not-saved", [("why", i18n.localize(error).into())]),
            Self::HistoryNotWritten(error) => {
                i18n.format("history-not-written", [("why", i18n.localize(error).into())])
            }
            Self::HistorySetAside(aside) => i18n.localize(&aside.message_of("history-set-aside", "history-stuck")),
            Self::FilterDue(hours) => {
                let hours = i64::try_from(*hours).unwrap_or(i64::MAX);
                i18n.format("filter-due-after", [("hours", hours.into())])
            }
            Self::AutomationStopped(error) => i18n.localize(error),
            Self::AutomationSetAside(aside) => {
                i18n.localize(&aside.message_of("automation-set-aside", "automation-stuck"))
            }
            Self::Form(problem) => i18n.format("automation-form", [("problem", i18n.localize(problem).into())]),
            Self::RulePaused { rule, until } => {
                i18n.format("rule-paused-until", [("rule", rule.as_str().into()), ("until", until.as_str().into())])
            }
            Self::RuleNotifies { rule, text, subject } if subject.is_empty() => {
                i18n.format("rule-notifies", [("rule", rule.as_str().into()), ("text", text.as_str().into())])
            }
            Self::RuleNotifies { rule, text, subject } => {
                let arguments = [
                    ("rule", rule.as_str().into()),
                    ("text", text.as_str().into()),
                    ("subject", subject.as_str().into()),
                ];
                i18n.format("rule-notifies-about", arguments)
            }
            Self::AutomationRefused { thermostat, why } => {
                let arguments = [("name", thermostat.as_str().into()), ("why", why.as_str().into())];
                i18n.format("automation-refused", arguments)
            }
            Self::Preset(error) => i18n.localize(error),
            Self::AccountName(AccountNameError::Missing) => i18n.text("account-name-empty").into_owned(),
            Self::AccountName(AccountNameError::Taken(name)) => {
                i18n.format("account-name-taken", [("name", name.as_str().into())])
            }
            Self::TokenNotKept(error) => i18n.format("token-not-kept", [("why", i18n.localize(error).into())]),
            Self::SignOutNotTold(reason) => i18n.format("sign-out-not-told", [("why", i18n.localize(reason).into())]),
            Self::TokenNotDeleted(error) => i18n.format("token-not-deleted", [("why", i18n.localize(error).into())]),
            Self::Program(detail) => i18n.localize(&Reason::Program(detail.clone())),
            Self::NotTaken => i18n.text("not-taken").into_owned(),
            Self::NothingHappened => i18n.text("simulator-failed").into_owned(),
            Self::NoTray => i18n.text("tray-gone").into_owned(),
        }
    }
}
