//! Checks the set-up at Google.

use std::sync::Arc;

use poll_promise::Promise;
use secrecy::SecretString;

use super::App;
use super::sign_in::check_google;
use crate::accounts::settings::Account;
use crate::accounts::vault::Loopback;
use crate::home::ServiceKind;
use crate::sdm;
use crate::ui::pages::{SignInProgress, USUAL_PORT};

impl App {
    /// Checks the set-up of the form, with its existing account if there is one. `make` creates missing parts.
    pub(super) fn check_google(&mut self, make: bool) {
        let form = &self.window.form;
        let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let (project, client_id) = (filled(&form.project), filled(&form.client_id));
        let is_it = |account: &&Account| {
            account.kind == ServiceKind::DeviceAccess && account.project == project && account.client_id == client_id
        };
        let known = self.setup.settings.accounts.iter().find(is_it).cloned();
        let account = known.unwrap_or_else(|| Account {
            kind: ServiceKind::DeviceAccess,
            url: sdm::API.to_owned(),
            project: project.clone(),
            client_id: client_id.clone(),
            ..Account::default()
        });
        let account = Account { subscription: filled(&form.subscription), ..account };
        let secret = SecretString::from(form.client_secret.as_str());
        let back = Loopback::redirect_to(form.port.trim().parse().unwrap_or(USUAL_PORT));
        let (sender, promise) = Promise::new();
        let (vault, waker) = (self.setup.vault.clone(), Arc::clone(&self.setup.channels.waker));
        self.setup.runtime.spawn(async move {
            sender.send(check_google(account, secret, back, vault, make).await);
            waker.wake_now();
        });
        self.window.progress = SignInProgress::Checking;
        self.sign_in_tasks.checking = Some(promise);
    }

    /// Receives the result of a check.
    pub(super) fn receive_check(&mut self) {
        let Some(promise) = self.sign_in_tasks.checking.take() else { return };
        match promise.try_take() {
            Ok(Ok(report)) => self.window.progress = SignInProgress::Checked(report),
            Ok(Err(why)) => self.window.progress = SignInProgress::Failed(why),
            Err(promise) => self.sign_in_tasks.checking = Some(promise),
        }
    }
}
