//! The reason why a sign-in failed, for the form.

use crate::accounts::session::SessionError;
use crate::accounts::vault::{LoopbackError, VaultError};
use crate::i18n::Localizer;
use crate::sdm::setup::Report;
use crate::service::{Failure, Reason, UnusableUrl};

/// The reason why a sign-in failed.
#[derive(Debug, Clone, PartialEq)]
pub enum SignInError {
    /// An address or the token cannot be used.
    Unusable(UnusableUrl),
    /// The browser did not bring a code.
    Browser(LoopbackError),
    /// The service refused the sign-in, or cannot be reached.
    Service(Reason),
    /// A token cannot be read.
    Vault(VaultError),
    /// The sign-in at Google succeeded, but the set-up is incomplete.
    NotReady(Report),
}

impl SignInError {
    /// The text in the user's language.
    pub fn text(&self, i18n: &Localizer) -> String {
        match self {
            Self::Unusable(error) => i18n.localize(error),
            Self::Browser(error) => i18n.localize(error),
            Self::Service(reason) => i18n.localize(reason),
            Self::Vault(error) => i18n.localize(error),
            Self::NotReady(_) => i18n.text("google-not-ready").into_owned(),
        }
    }
}

impl From<UnusableUrl> for SignInError {
    fn from(error: UnusableUrl) -> Self {
        Self::Unusable(error)
    }
}

impl From<SessionError> for SignInError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Unusable(error) => Self::Unusable(error),
            SessionError::Service(failure) => failure.into(),
            SessionError::HalfEnvironment
            | SessionError::NoSuchAccount(_)
            | SessionError::NoAccount
            | SessionError::Vault { .. }
            | SessionError::InUse
            | SessionError::Simulator(_) => Self::Service(Reason::Program(error.to_string())),
        }
    }
}

impl From<LoopbackError> for SignInError {
    fn from(error: LoopbackError) -> Self {
        Self::Browser(error)
    }
}

impl From<Failure> for SignInError {
    fn from(failure: Failure) -> Self {
        Self::Service(failure.reason)
    }
}
