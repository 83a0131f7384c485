//! Reasons why a service, an address, a token or an account cannot be used.

use super::Localizer;
use crate::accounts::AccountsView;
use crate::accounts::session::{SessionError, TOKEN_VARIABLE, URL_VARIABLE};
use crate::accounts::vault::{LoopbackError, Pages, VaultError};
use crate::engine::AccountName;
use crate::home::Node;
use crate::service::{Cause, Reason, ServiceText, UnsafeRedirect, UnusableUrl};
use crate::simulator::StartError;

impl Localizer {
    /// The reason why a call failed, or a connection is missing.
    pub fn reason(&self, reason: &Reason) -> String {
        let text = |id: &str| self.text(id).into_owned();
        let with_status = |id: &str, status: u16| self.format(id, [("status", status.to_string().into())]);
        match reason {
            Reason::Rule(refusal) => self.refusal(refusal),
            Reason::Said(words) => words.to_string(),
            Reason::OtherMode => text("reason-other-mode"),
            Reason::Adjusted { to } => self.format("reason-adjusted", [("to", self.temperature(*to).into())]),
            Reason::StoredOther { value } => self.format("reason-stored-other", [("value", value.as_str().into())]),
            Reason::Unexplained => text("reason-unexplained"),
            Reason::DeviceGone => text("reason-device-gone"),
            Reason::TokenRefused { said } => {
                quoting(text("reason-token-refused"), said.as_ref().map(ServiceText::as_str))
            }
            Reason::Withdrawn => text("reason-withdrawn"),
            Reason::Busy { said } => quoting(text("reason-busy"), said.as_ref().map(ServiceText::as_str)),
            Reason::Unavailable { said } => quoting(text("reason-unavailable"), said.as_ref().map(ServiceText::as_str)),
            Reason::ServerFailed { status, said } => {
                quoting(with_status("reason-server-failed", *status), said.as_ref().map(ServiceText::as_str))
            }
            Reason::UnexpectedStatus { status, said } => {
                quoting(with_status("reason-status", *status), said.as_ref().map(ServiceText::as_str))
            }
            Reason::Unreachable { host, cause } => {
                self.format("reason-unreachable", [("host", host.as_str().into()), ("cause", self.cause(cause).into())])
            }
            Reason::NoAnswer => text("reason-no-answer"),
            Reason::Silent => text("reason-silent"),
            Reason::BrokeOff(cause) => self.format("reason-broke-off", [("cause", self.cause(cause).into())]),
            Reason::Closed => text("reason-closed"),
            Reason::StreamFailed => text("reason-stream-failed"),
            Reason::StreamCancelled => text("reason-stream-cancelled"),
            Reason::NotUnderstood { detail } => {
                self.format("reason-not-understood", [("detail", detail.as_str().into())])
            }
            Reason::NotAHome => text("reason-not-a-home"),
            Reason::NotTheControlPort => text("reason-not-the-control-port"),
            Reason::TooLarge { megabytes } => {
                self.format("reason-too-large", [("megabytes", megabytes.to_string().into())])
            }
            Reason::Redirect(redirect) => self.redirect(redirect),
            Reason::Address(error) => self.unusable_url(error),
            Reason::SignInRefused { said: Some(said), .. } => {
                quoting(text("reason-sign-in-refused"), Some(said.as_str()))
            }
            Reason::SignInRefused { said: None, status } => with_status("reason-sign-in-status", *status),
            Reason::NoToken => text("reason-no-token"),
            Reason::SignOutRefused { status } => with_status("reason-sign-out-refused", *status),
            Reason::ProgramEnded => text("reason-program-ended"),
            Reason::Program(detail) => self.format("reason-program", [("detail", detail.as_str().into())]),
        }
    }

    fn cause(&self, cause: &Cause) -> String {
        let id = match cause {
            Cause::Refused => "cause-refused",
            Cause::UnknownHost => "cause-unknown-host",
            Cause::NoRoute => "cause-no-route",
            Cause::TimedOut => "cause-timed-out",
            Cause::HungUp => "cause-hung-up",
            Cause::Certificate => "cause-certificate",
            Cause::Encryption => "cause-encryption",
            Cause::Unknown => "cause-unknown",
            Cause::Other(words) => return words.clone(),
        };
        self.text(id).into_owned()
    }

    /// The reason why a redirect was not followed.
    pub fn redirect(&self, redirect: &UnsafeRedirect) -> String {
        match redirect {
            UnsafeRedirect::Status(status) => self.format("redirect-status", [("status", status.to_string().into())]),
            UnsafeRedirect::TooManyHops(hops) => self.format("redirect-hops", [("hops", hops.to_string().into())]),
            UnsafeRedirect::NotAUrl => self.text("redirect-no-address").into_owned(),
            UnsafeRedirect::UserInfo => self.text("redirect-user-info").into_owned(),
            UnsafeRedirect::NotHttps => self.text("redirect-not-https").into_owned(),
            UnsafeRedirect::ForeignHost(host) => self.format("redirect-foreign-host", [("host", host.as_str().into())]),
        }
    }

    /// The reason why an address or a token cannot be used, with a remedy.
    pub fn unusable_url(&self, error: &UnusableUrl) -> String {
        match error {
            UnusableUrl::NotAUrl(text) => self.format("url-none", [("text", text.as_str().into())]),
            UnusableUrl::Port => self.text("url-port").into_owned(),
            UnusableUrl::Scheme(scheme) => self.format("url-scheme", [("scheme", scheme.as_str().into())]),
            UnusableUrl::Plaintext => self.text("url-plaintext").into_owned(),
            UnusableUrl::UserInfo => self.text("url-user-info").into_owned(),
            UnusableUrl::Query => self.text("url-query").into_owned(),
            UnusableUrl::Token => self.text("url-token").into_owned(),
            UnusableUrl::Tls(reason) => self.format("no-encryption", [("reason", reason.as_str().into())]),
        }
    }

    /// The reason why a token cannot be read or kept, with a remedy.
    pub fn vault_error(&self, error: &VaultError) -> String {
        let detail = |id: &str, detail: &str| self.format(id, [("detail", detail.into())]);
        match error {
            VaultError::Missing => self.text("vault-missing").into_owned(),
            VaultError::Locked(words) => detail("vault-locked", words),
            VaultError::NoKeyring(words) => detail("vault-no-keyring", words),
            VaultError::Silent => self.text("vault-silent").into_owned(),
            VaultError::Damaged => self.text("vault-damaged").into_owned(),
            VaultError::PassphraseNeeded => self.text("vault-passphrase").into_owned(),
            VaultError::WrongPassphrase => self.text("vault-wrong-passphrase").into_owned(),
            VaultError::File { path, error } => self.format(
                "vault-file",
                [("path", path.display().to_string().into()), ("why", self.file_error(error).into())],
            ),
            VaultError::Cipher(words) => detail("vault-cipher", words),
            VaultError::Machine(words) => detail("vault-machine", words),
        }
    }

    /// The reason why the browser returned no code.
    pub fn loopback_error(&self, error: &LoopbackError) -> String {
        match error {
            LoopbackError::PortInUse(port) => self.format("back-port-in-use", [("port", port.to_string().into())]),
            LoopbackError::NoPort(words) => self.format("back-no-port", [("detail", words.as_str().into())]),
            LoopbackError::Ended(_) => self.text("back-ended").into_owned(),
            LoopbackError::TimedOut(minutes) => {
                self.format("back-timed-out", [("minutes", minutes.to_string().into())])
            }
            LoopbackError::Refused(said) => quoting(self.text("reason-sign-in-refused").into_owned(), Some(said)),
        }
    }

    /// The texts of the browser's last page after a sign-in.
    pub fn browser_pages(&self) -> Pages {
        Pages {
            language: self.language.code(),
            signed_in: self.text("browser-signed-in").into_owned(),
            refused: self.text("browser-refused").into_owned(),
            no_code: self.text("browser-no-code").into_owned(),
            not_ours: self.text("browser-not-ours").into_owned(),
        }
    }

    /// The reason why an account was not opened.
    pub fn session_error(&self, error: &SessionError) -> String {
        match error {
            SessionError::HalfEnvironment => self
                .format("session-half-environment", [("url", URL_VARIABLE.into()), ("token", TOKEN_VARIABLE.into())]),
            SessionError::NoSuchAccount(name) => {
                self.format("session-no-such-account", [("name", name.as_str().into())])
            }
            SessionError::NoAccount => self.text("session-no-account").into_owned(),
            SessionError::Unusable(error) => self.unusable_url(error),
            SessionError::Vault { name, error } => format!("{name}: {}", self.vault_error(error)),
            SessionError::Simulator(error) => self.start_error(error),
            SessionError::InUse => self.text("account-in-use").into_owned(),
            SessionError::Service(failure) => self.reason(&failure.reason),
        }
    }

    fn start_error(&self, error: &StartError) -> String {
        let at = |id: &str, address: &std::net::SocketAddr| self.format(id, [("address", address.to_string().into())]);
        match error {
            StartError::InUse(address) => at("start-in-use", address),
            StartError::Address(address, why) => {
                self.format("start-address", [("address", address.to_string().into()), ("why", why.to_string().into())])
            }
            StartError::NotLoopback(address) => at("start-not-loopback", address),
            StartError::Speed(speed) => self.format("start-speed", [("speed", speed.to_string().into())]),
            StartError::Size(count) => self.format("start-size", [("count", count.to_string().into())]),
            StartError::Token => self.text("start-token").into_owned(),
        }
    }

    /// The name of a device or structure, with its account if another account has the same name.
    pub fn disambiguate(&self, snapshot: &AccountsView, node: &Node, name: &str) -> String {
        match snapshot.told_apart_by(node, name) {
            Some(account) => format!("{name} · {}", self.account(&account.name)),
            None => name.to_owned(),
        }
    }

    /// The name of an account.
    pub fn account(&self, name: &AccountName) -> String {
        match name {
            AccountName::Simulated => self.text("simulated-home").into_owned(),
            AccountName::Environment => self.text("account-environment").into_owned(),
            AccountName::Own(name) => name.clone(),
        }
    }

    /// The name of the only account, or the number of several ones.
    pub fn accounts(&self, view: &AccountsView) -> String {
        if let Some(account) = view.only() {
            return self.account(&account.label.name);
        }
        let count = i64::try_from(view.accounts.len()).unwrap_or(i64::MAX);
        self.format("account-several", [("count", count.into())])
    }
}

/// A message with the service's own words appended.
fn quoting(what: String, said: Option<&str>) -> String {
    match said {
        Some(said) => format!("{what} ({said})"),
        None => what,
    }
}
