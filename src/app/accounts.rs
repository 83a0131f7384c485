//! Sign-in and sign-out.

use std::sync::Arc;

use poll_promise::Promise;
use secrecy::SecretString;

use super::App;
use super::sign_in::{GoogleClient, Source, sign_in, sign_out};
use crate::accounts::session::{AccountFilter, ServiceEntry, SignInFields, keep};
use crate::accounts::settings::Account;
use crate::accounts::vault::{Keep, Pages, SealedFile};
use crate::home::ServiceKind;
use crate::sdm;
use crate::ui::SignInError;
use crate::ui::intent::{AccountIntent, Page};
use crate::ui::notice::Notice;
use crate::ui::pages::{SignInProgress, USUAL_PORT};
use crate::wwn::client::OAuthClient;

impl App {
    pub(super) fn account_intent(&mut self, id: &str, intent: AccountIntent) {
        match intent {
            AccountIntent::SignOut => self.sign_out(id),
            AccountIntent::Reopen => self.reopen(Some(id)),
            AccountIntent::Edit => {
                if self.fill_in_the_account(id) {
                    self.window.progress = SignInProgress::Idle;
                    self.window.open_page(Page::Connect);
                } else {
                    // The account of the environment is not in the settings.
                    self.window.open_page(Page::Settings);
                }
            }
            AccountIntent::Rename(name) => match self.setup.settings.rename_account(id, &name) {
                Ok(()) => self.accounts_changed(),
                Err(err) => self.notice(Notice::AccountName(err)),
            },
            AccountIntent::Move { up } => {
                self.setup.settings.move_account(id, up);
                self.accounts_changed();
            }
        }
    }

    fn accounts_changed(&mut self) {
        self.save_settings();
        self.show_accounts();
    }

    fn sign_out(&mut self, id: &str) {
        let Some(account) = self.setup.settings.accounts.iter().find(|account| account.id == id).cloned() else {
            return;
        };
        // The notices may be about this account, so they are no longer valid.
        self.setup.notices.clear();
        self.setup.settings.accounts.retain(|other| other.id != account.id);
        self.save_settings();
        self.delete_event_pictures(id);
        let (sender, promise) = Promise::new();
        let (vault, waker) = (self.setup.vault.clone(), Arc::clone(&self.setup.channels.waker));
        self.setup.runtime.spawn(async move {
            sender.send(sign_out(account, vault).await);
            waker.wake_now();
        });
        self.sign_in_tasks.signing_out = Some(promise);
        self.switch_to(AccountFilter::All);
    }

    /// Deletes the pictures of persons at an account's cameras, which are of no use without the account.
    pub(super) fn delete_event_pictures(&self, id: &str) {
        if let Some(places) = &self.setup.places {
            self.library.pictures.delete_events(id, places.event_pictures(id), &self.setup.runtime);
        }
    }

    /// Fills the form with the data of an account, so that the user need not type it again; `false` if the settings do
    /// not have it.
    fn fill_in_the_account(&mut self, id: &str) -> bool {
        let Some(account) = self.setup.settings.accounts.iter().find(|account| account.id == id) else { return false };
        let form = &mut self.window.form;
        form.kind = Some(account.kind);
        form.url.clone_from(&account.url);
        form.name.clone_from(&account.name);
        form.authorize_url = account.authorize_url.clone().unwrap_or_default();
        form.token_url = account.token_url.clone().unwrap_or_default();
        form.client_id = account.client_id.clone().unwrap_or_default();
        form.project = account.project.clone().unwrap_or_default();
        form.subscription = account.subscription.clone().unwrap_or_default();
        form.keep = keep(account);
        true
    }

    pub(super) fn unseal(&mut self) {
        let passphrase = SecretString::from(std::mem::take(&mut self.window.form.passphrase));
        if let Some(places) = &self.setup.places {
            self.setup.vault.unseal(SealedFile::new(places.sealed_tokens(), passphrase));
        }
    }

    fn sign_in_at_google(&mut self) {
        let form = &self.window.form;
        // The secret stays in the form until the sign-in succeeds, so that the user can retry after closing the
        // browser.
        let secret = SecretString::from(form.client_secret.as_str());
        let port = form.port.trim().parse().unwrap_or(USUAL_PORT);
        let window = self.viewports.window.clone().unwrap_or_default();
        let open = move |url| window.open_url(egui::OpenUrl::new_tab(url));
        let client = GoogleClient { secret, port };
        self.sign_in(Source::Google(client, Pages::localized(&self.i18n), Box::new(open)));
    }

    pub(super) fn sign_in_by_oauth(&mut self) {
        if self.window.form.kind == Some(ServiceKind::DeviceAccess) {
            self.sign_in_at_google();
            return;
        }
        let secret = SecretString::from(std::mem::take(&mut self.window.form.client_secret));
        let pin = SecretString::from(std::mem::take(&mut self.window.form.pin));
        let page = if self.window.form.authorize_url.is_empty() {
            &self.window.form.token_url
        } else {
            &self.window.form.authorize_url
        };
        let oauth = OAuthClient::new(page, &self.window.form.token_url, self.window.form.client_id.clone(), secret);
        match oauth {
            Err(err) => self.window.progress = SignInProgress::Failed(SignInError::Unusable(err)),
            Ok(oauth) if secrecy::ExposeSecret::expose_secret(&pin).is_empty() => {
                // Only the window sends this intent, so a window exists.
                let window = self.viewports.window.clone().unwrap_or_default();
                let open = move |url| window.open_url(egui::OpenUrl::new_tab(url));
                self.sign_in(Source::Browser(oauth, Pages::localized(&self.i18n), Box::new(open)));
            }
            Ok(oauth) => self.sign_in(Source::Pin(oauth, pin)),
        }
    }

    pub(super) fn sign_in(&mut self, source: Source) {
        let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let Some(kind) = self.window.form.kind else { return };
        let fields = ServiceEntry::at(kind, &self.window.form.url).sign_in;
        let is_google = fields == SignInFields::GoogleProject;
        let url = if is_google { sdm::API } else { self.window.form.url.trim() };
        let url = url.to_owned();
        let name = filled(&self.window.form.name).unwrap_or_else(|| self.i18n.text("sign-in-my-home").into_owned());
        let has_token = !matches!(source, Source::Nowhere);
        // Choose a free name, so that an account of another home with the same name is not overwritten.
        let project = filled(&self.window.form.project).filter(|_| is_google);
        let name = self.setup.settings.free_name(&name, kind, &url, project.as_deref());
        let known = self.setup.settings.account(&name).map(|account| account.id.clone());
        let has_client = fields == SignInFields::TokenOrClient;
        let account = Account {
            id: known.unwrap_or_else(|| format!("{}-{}", kind.word(), uuid::Uuid::new_v4().simple())),
            kind,
            name,
            url,
            authorize_url: filled(&self.window.form.authorize_url).filter(|_| has_client),
            token_url: filled(&self.window.form.token_url).filter(|_| has_client),
            client_id: filled(&self.window.form.client_id).filter(|_| has_client || is_google),
            is_sealed: has_token && self.window.form.keep == Keep::SealedFile,
            has_token,
            project,
            subscription: filled(&self.window.form.subscription).filter(|_| is_google),
            ..Account::default()
        };
        if account.is_sealed {
            self.unseal();
        }
        self.window.progress = match &source {
            Source::Browser(..) | Source::Google(..) => SignInProgress::WaitingForBrowser,
            Source::Nowhere | Source::Token(_) | Source::Pin(..) => SignInProgress::WaitingForService,
        };
        let (sender, promise) = Promise::new();
        let (vault, keep, waker) =
            (self.setup.vault.clone(), self.window.form.keep, Arc::clone(&self.setup.channels.waker));
        self.setup.runtime.spawn(async move {
            sender.send(sign_in(account, source, vault, keep).await);
            waker.wake_now();
        });
        self.sign_in_tasks.signing_in = Some(promise);
    }
}
