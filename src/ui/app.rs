//! The application: receives in `logic`, draws in `ui`, and carries out intents in between.

use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use jiff::tz::TimeZone;
use poll_promise::Promise;
use secrecy::SecretString;
use tokio::runtime::Handle;

use super::Repaint;
use super::intent::{Intent, Page};
use super::pages::{SignInForm, SignInProgress};
use super::sign_in::{SignedIn, Source, sign_in, sign_out};
use super::theme;
use super::window::{Scene, Window};
use crate::account::{Keep, SealedFile, Vault, VaultError};
use crate::clock::Clock;
use crate::engine::{Connection, Settle, Snapshot};
use crate::home::Write;
use crate::session::{Choice, Session, SessionError, keep};
use crate::settings::{Account, Places, Settings};
use crate::wwn::client::OAuthClient;

/// How long the end of the program waits for writes that are on their way.
const LAST_WRITES: Duration = Duration::from_secs(2);

/// What the application needs.
pub struct AppSetup {
    /// Where work is done that is not drawing.
    pub runtime: Handle,
    /// Which account to open.
    pub choice: Choice,
    /// What the person chose.
    pub settings: Settings,
    /// What was wrong with the settings.
    pub notices: Vec<String>,
    /// Where files are kept.
    pub places: Option<Places>,
    /// Where tokens are kept.
    pub vault: Vault,
    /// Tells the time of day.
    pub clock: Arc<dyn Clock>,
    /// Where the person is.
    pub zone: TimeZone,
}

/// The application.
pub struct App {
    setup: AppSetup,
    session: Option<Session>,
    opening: Option<Promise<Result<Session, SessionError>>>,
    failure: Option<String>,
    waits_for_passphrase: bool,
    window: Window,
    has_shown_a_home: bool,
    signing_in: Option<Promise<Result<SignedIn, String>>>,
    signing_out: Option<Promise<Option<String>>>,
}

impl App {
    /// An application that starts to open its account.
    pub fn new(ctx: &egui::Context, setup: AppSetup) -> Self {
        theme::install(ctx, setup.settings.appearance);
        let mut app = Self {
            setup,
            session: None,
            opening: None,
            failure: None,
            waits_for_passphrase: false,
            window: Window::default(),
            has_shown_a_home: false,
            signing_in: None,
            signing_out: None,
        };
        app.open(ctx);
        app
    }

    /// The session, once it is open.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    fn open(&mut self, ctx: &egui::Context) {
        // The old session lets go of its files before the new one asks for them; what it cannot
        // send in a moment stays in the queue on disk.
        let old = self.session.take();
        let AppSetup { runtime, choice, places, vault, clock, .. } = &self.setup;
        let (choice, vault, places, clock) = (choice.clone(), vault.clone(), places.clone(), Arc::clone(clock));
        let (sender, promise) = Promise::new();
        let ctx = ctx.clone();
        runtime.spawn(async move {
            if let Some(old) = old {
                old.close(LAST_WRITES).await;
            }
            sender.send(Session::open(choice, vault, places.as_ref(), clock).await);
            ctx.request_repaint();
        });
        self.opening = Some(promise);
        self.failure = None;
        self.waits_for_passphrase = false;
    }

    fn receive(&mut self, ctx: &egui::Context) {
        if let Some(promise) = self.opening.take() {
            match promise.try_take() {
                Ok(Ok(session)) => {
                    session.engine.wake(Waker::from(Arc::new(Repaint(ctx.clone()))));
                    self.session = Some(session);
                    ctx.request_repaint();
                }
                Ok(Err(err)) => {
                    let wants = [VaultError::PassphraseNeeded, VaultError::WrongPassphrase];
                    self.waits_for_passphrase =
                        matches!(&err, SessionError::Vault { error, .. } if wants.contains(error));
                    self.failure = Some(err.to_string());
                }
                Err(promise) => self.opening = Some(promise),
            }
        }
        if let Some(promise) = self.signing_in.take() {
            match promise.try_take() {
                Ok(Ok(signed_in)) => self.signed_in(ctx, signed_in),
                Ok(Err(why)) => self.window.progress = SignInProgress::Failed(why),
                Err(promise) => self.signing_in = Some(promise),
            }
        }
        if let Some(promise) = self.signing_out.take() {
            match promise.try_take() {
                Ok(warning) => self.setup.notices.extend(warning),
                Err(promise) => self.signing_out = Some(promise),
            }
        }
    }

    fn signed_in(&mut self, ctx: &egui::Context, signed_in: SignedIn) {
        let SignedIn { account, warning } = signed_in;
        self.setup.notices.extend(warning);
        self.setup.settings.put_account(account.clone());
        self.save_settings();
        self.setup.choice = Choice::Account(account);
        self.window.progress = SignInProgress::Idle;
        self.window.form = SignInForm::default();
        self.window.page = Page::Overview;
        self.open(ctx);
    }

    /// Says something once.
    fn notice(&mut self, text: String) {
        if !self.setup.notices.contains(&text) {
            self.setup.notices.push(text);
        }
    }

    fn save_settings(&mut self) {
        let Some(places) = &self.setup.places else { return };
        if let Err(err) = self.setup.settings.save(&places.settings()) {
            self.setup.notices.push(format!("The settings cannot be saved ({err}); they last until Setpoint ends"));
        }
    }

    fn carry_out(&mut self, ctx: &egui::Context, intent: Intent) {
        match intent {
            Intent::Engine(request) => {
                let taken = self.session.as_ref().is_some_and(|session| session.engine.request(request));
                if !taken {
                    self.notice("The last change could not be taken; try it again".to_owned());
                }
            }
            Intent::Go(page) => {
                if page == Page::Settings {
                    self.fill_in_the_account();
                }
                self.window.page = page;
            }
            Intent::AskConsent(camera) => self.window.consent = Some(camera),
            Intent::Consent { camera, given } => {
                self.window.consent = None;
                if given {
                    self.carry_out(ctx, Intent::want(Write::Streaming(camera, true), Settle::Now, None));
                }
            }
            Intent::DismissNotice(index) => {
                if index < self.setup.notices.len() {
                    self.setup.notices.remove(index);
                }
            }
            Intent::Appear(appearance) => {
                self.setup.settings.appearance = appearance;
                theme::choose(ctx, appearance);
                self.save_settings();
            }
            Intent::SignIn => {
                let token = self.window.form.take_token();
                self.sign_in(ctx, Source::Token(token));
            }
            Intent::SignInByBrowser => self.sign_in_by_oauth(ctx),
            Intent::Unseal => {
                self.unseal();
                self.open(ctx);
            }
            Intent::SignOut => {
                let Choice::Account(account) = self.setup.choice.clone() else { return };
                // What was said about this account is over.
                self.setup.notices.clear();
                self.setup.settings.accounts.retain(|other| other.id != account.id);
                self.save_settings();
                let (sender, promise) = Promise::new();
                let (vault, ctx_then) = (self.setup.vault.clone(), ctx.clone());
                self.setup.runtime.spawn(async move {
                    sender.send(sign_out(account, vault).await);
                    ctx_then.request_repaint();
                });
                self.signing_out = Some(promise);
                self.setup.choice = Choice::Simulated;
                self.open(ctx);
            }
            Intent::OpenSimulated => {
                self.setup.choice = Choice::Simulated;
                self.window.page = Page::Overview;
                self.open(ctx);
            }
            Intent::Reopen => self.open(ctx),
        }
    }

    /// Who signs in again need not type the addresses again.
    fn fill_in_the_account(&mut self) {
        let Choice::Account(account) = &self.setup.choice else { return };
        let form = &mut self.window.form;
        if form.url.is_empty() {
            form.url.clone_from(&account.url);
            form.name.clone_from(&account.name);
            form.authorize_url = account.authorize_url.clone().unwrap_or_default();
            form.token_url = account.token_url.clone().unwrap_or_default();
            form.client_id = account.client_id.clone().unwrap_or_default();
            form.keep = keep(account);
        }
    }

    fn unseal(&mut self) {
        let passphrase = SecretString::from(std::mem::take(&mut self.window.form.passphrase));
        if let Some(places) = &self.setup.places {
            self.setup.vault.unseal(SealedFile::new(places.sealed_tokens(), passphrase));
        }
    }

    fn sign_in_by_oauth(&mut self, ctx: &egui::Context) {
        let secret = SecretString::from(std::mem::take(&mut self.window.form.client_secret));
        let pin = SecretString::from(std::mem::take(&mut self.window.form.pin));
        let page = if self.window.form.authorize_url.is_empty() {
            &self.window.form.token_url
        } else {
            &self.window.form.authorize_url
        };
        let oauth = OAuthClient::new(page, &self.window.form.token_url, self.window.form.client_id.clone(), secret);
        match oauth {
            Err(err) => self.window.progress = SignInProgress::Failed(err.to_string()),
            Ok(oauth) if secrecy::ExposeSecret::expose_secret(&pin).is_empty() => {
                let ctx_open = ctx.clone();
                let open = move |url| ctx_open.open_url(egui::OpenUrl::new_tab(url));
                self.sign_in(ctx, Source::Browser(oauth, Box::new(open)));
            }
            Ok(oauth) => self.sign_in(ctx, Source::Pin(oauth, pin)),
        }
    }

    fn sign_in(&mut self, ctx: &egui::Context, source: Source) {
        let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let url = self.window.form.url.trim().to_owned();
        let name = filled(&self.window.form.name).unwrap_or_else(|| "My home".to_owned());
        let known = self.setup.settings.account(&name).map(|account| account.id.clone());
        let account = Account {
            id: known.unwrap_or_else(|| format!("wwn-{}", uuid::Uuid::new_v4().simple())),
            name,
            url,
            authorize_url: filled(&self.window.form.authorize_url),
            token_url: filled(&self.window.form.token_url),
            client_id: filled(&self.window.form.client_id),
            is_sealed: self.window.form.keep == Keep::SealedFile,
        };
        if account.is_sealed {
            self.unseal();
        }
        let waits_for = match &source {
            Source::Browser(..) => "Waiting for the browser…",
            Source::Token(_) | Source::Pin(..) => "Asking the service…",
        };
        self.window.progress = SignInProgress::Working(waits_for.to_owned());
        let (sender, promise) = Promise::new();
        let (vault, keep, ctx) = (self.setup.vault.clone(), self.window.form.keep, ctx.clone());
        self.setup.runtime.spawn(async move {
            sender.send(sign_in(account, source, vault, keep).await);
            ctx.request_repaint();
        });
        self.signing_in = Some(promise);
    }

    fn draw(&mut self, ui: &mut egui::Ui, snapshot: &Snapshot) -> Vec<Intent> {
        let account = match &self.setup.choice {
            Choice::Account(account) => Some(account.name.as_str()),
            Choice::Environment { .. } | Choice::Simulated => None,
        };
        let scene = Scene {
            snapshot,
            now: self.setup.clock.now(),
            zone: &self.setup.zone,
            notices: &self.setup.notices,
            appearance: self.setup.settings.appearance,
            account,
            is_sealed: self.waits_for_passphrase,
        };
        self.window.ui(ui, scene)
    }

    /// Before an account is open there is an empty snapshot that says why.
    fn without_session(&self) -> Arc<Snapshot> {
        let (name, place) = match &self.setup.choice {
            Choice::Simulated => ("Simulated home".to_owned(), String::new()),
            Choice::Environment { url, .. } => ("Server from the environment".to_owned(), url.clone()),
            Choice::Account(account) => (account.name.clone(), account.url.clone()),
        };
        let is_simulated = matches!(self.setup.choice, Choice::Simulated);
        let mut snapshot = Snapshot::empty(Arc::new(crate::engine::AccountLabel { name, place, is_simulated }));
        if let Some(why) = &self.failure {
            snapshot.connection = Connection::SignedOut { why: why.clone() };
        }
        Arc::new(snapshot)
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.receive(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let snapshot =
            self.session.as_ref().map_or_else(|| self.without_session(), |session| session.engine.snapshot());
        let ctx = ui.ctx().clone();
        for intent in self.draw(ui, &snapshot) {
            self.carry_out(&ctx, intent);
            ctx.request_repaint();
        }
        if !self.has_shown_a_home && snapshot.connection == Connection::Live {
            self.has_shown_a_home = true;
            // The benchmark of the start waits for this line.
            tracing::info!("the overview is painted");
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(session) = self.session.take() {
            let left = self.setup.runtime.block_on(session.close(LAST_WRITES));
            if left > 0 {
                tracing::warn!(left, "changes could not be sent before the end; they are kept for the next start");
            }
        }
    }
}
