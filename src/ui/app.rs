//! The application: receives in `logic`, draws in `ui`, and carries out intents in between.

use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use jiff::tz::TimeZone;
use poll_promise::Promise;
use secrecy::SecretString;
use tokio::runtime::Handle;

use super::Repaint;
use super::intent::{Happening, Intent, Page, Preference, PresetIntent};
use super::pages::{SignInForm, SignInProgress};
use super::picture_book::PictureBook;
use super::sign_in::{SignedIn, Source, sign_in, sign_out};
use super::theme::{self, Look};
use super::window::{Scene, Window};
use crate::account::{Keep, SealedFile, Vault, VaultError};
use crate::clock::Clock;
use crate::desktop::preferences::{ColorScheme, DesktopPreferences, Preferences};
use crate::engine::{Connection, Request, Snapshot, Who};
use crate::pictures::{self, Pictures};
use crate::presets::{Preset, Presets, PresetsFile};
use crate::session::{Choice, Session, SessionError, keep};
use crate::settings::{Account, Appearance, Places, Settings};
use crate::simulator::{Controls, Simulation};
use crate::texts::{Language, Texts};
use crate::wwn::client::OAuthClient;

/// How long the end of the program waits for writes that are on their way.
const LAST_WRITES: Duration = Duration::from_secs(2);
/// How long the first frame waits to hear what the desktop prefers.
const FIRST_LOOK: Duration = Duration::from_millis(40);

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
    texts: Texts,
    desktop: DesktopPreferences,
    look: Look,
    pictures: Option<Arc<Pictures>>,
    presets: Presets,
    removed_preset: Option<(usize, Preset)>,
}

impl App {
    /// An application that starts to open its account.
    pub fn new(ctx: &egui::Context, setup: AppSetup) -> Self {
        let desktop = DesktopPreferences::start(&setup.runtime);
        desktop.wake(Waker::from(Arc::new(Repaint(ctx.clone()))));
        // A window that changes its colours before one's eyes looks broken.
        let look = look(&setup.settings, desktop.first(FIRST_LOOK));
        theme::install(ctx, look);
        let mut app = Self {
            texts: Texts::new(language(&setup.settings)),
            desktop,
            look,
            pictures: None,
            presets: Presets::default(),
            removed_preset: None,
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
                Ok(Ok(session)) => self.opened(ctx, session),
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
        self.window.leave_account();
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
            Intent::Engine(request) => self.request(request),
            Intent::Presets(intent) => self.presets_intent(intent),
            Intent::LoadPicture(url) => {
                if let Some(pictures) = &self.pictures {
                    pictures.retry(&url);
                }
            }
            Intent::Simulate(happening) => {
                let controls = self.session.as_ref().and_then(Session::simulation).map(Simulation::controls);
                if !controls.is_some_and(|controls| happen(&controls, happening)) {
                    self.notice(self.texts.say("simulator-failed").into_owned());
                }
            }
            Intent::DismissNotice(index) => {
                if index < self.setup.notices.len() {
                    self.setup.notices.remove(index);
                }
            }
            Intent::Prefer(preference) => self.prefer(ctx, preference),
            Intent::SignIn => {
                let token = self.window.form.take_token();
                self.sign_in(ctx, Source::Token(token));
            }
            Intent::SignInByBrowser => self.sign_in_by_oauth(ctx),
            Intent::Unseal => {
                self.unseal();
                self.open(ctx);
            }
            Intent::SignOut => self.sign_out(ctx),
            Intent::OpenSimulated => self.switch_to(ctx, Choice::Simulated),
            Intent::OpenAccount(id) => {
                let account = self.setup.settings.accounts.iter().find(|account| account.id == id).cloned();
                if let Some(account) = account {
                    self.switch_to(ctx, Choice::Account(account));
                }
            }
            Intent::Reopen => self.open(ctx),
            // The window did these already.
            Intent::Do(_) | Intent::Go(_) | Intent::Back | Intent::ShowHome(_) => {}
        }
    }

    fn request(&mut self, request: Request) {
        let taken = self.session.as_ref().is_some_and(|session| session.engine.request(request));
        if !taken {
            self.notice(self.texts.say("not-taken").into_owned());
        }
    }

    fn switch_to(&mut self, ctx: &egui::Context, choice: Choice) {
        self.setup.choice = choice;
        self.window.leave_account();
        self.open(ctx);
    }

    fn sign_out(&mut self, ctx: &egui::Context) {
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
        self.switch_to(ctx, Choice::Simulated);
    }

    fn prefer(&mut self, ctx: &egui::Context, preference: Preference) {
        let settings = &mut self.setup.settings;
        match preference {
            Preference::Appearance(appearance) => settings.appearance = appearance,
            Preference::HighContrast(choice) => settings.high_contrast = choice,
            Preference::ReducedMotion(choice) => settings.reduced_motion = choice,
            Preference::Language(choice) => settings.language = choice.map(|language| language.code().to_owned()),
        }
        self.save_settings();
        self.texts = Texts::new(language(&self.setup.settings));
        self.follow_desktop(ctx);
    }

    /// Makes the look what the person chose, or else what the desktop prefers.
    fn follow_desktop(&mut self, ctx: &egui::Context) {
        let look = look(&self.setup.settings, self.desktop.current());
        if self.look != look {
            self.look = look;
            theme::apply(ctx, look);
        }
    }

    fn presets_intent(&mut self, intent: PresetIntent) {
        let home = self.session.as_ref().map(|session| Arc::clone(&session.engine.snapshot().shown));
        let home = home.unwrap_or_default();
        let result = match intent {
            PresetIntent::Apply { name, writes } => {
                self.request(Request::Apply { name, writes, who: Who::Window });
                return;
            }
            PresetIntent::Save { id: Some(id), name, writes } => {
                self.presets.rename(id, &name).and_then(|()| self.presets.replace(id, writes, &home))
            }
            PresetIntent::Save { id: None, name, writes } => self.presets.add(&name, writes, &home).map(drop),
            PresetIntent::Remove(id) => {
                self.removed_preset = self.presets.remove(id);
                Ok(())
            }
            PresetIntent::PutBack => match self.removed_preset.take() {
                Some((at, preset)) => self.presets.put_back(at, preset),
                None => Ok(()),
            },
            PresetIntent::Move { id, up } => {
                let at = self.presets.list().iter().position(|preset| preset.id == id).unwrap_or_default();
                self.presets.move_to(id, if up { at.saturating_sub(1) } else { at + 1 })
            }
        };
        match result {
            Err(err) => self.notice(self.texts.preset_error(&err)),
            Ok(()) => self.save_presets(),
        }
    }

    fn save_presets(&mut self) {
        let Some(file) = self.presets_file() else { return };
        if let Err(err) = file.save(&self.presets) {
            self.notice(self.texts.with("presets-not-saved", [("why", err.to_string().into())]));
        }
    }

    fn presets_file(&self) -> Option<PresetsFile> {
        let places = self.setup.places.as_ref()?;
        let id = match &self.setup.choice {
            Choice::Account(account) => account.id.as_str(),
            // The ids of a simulated home are the same each time.
            Choice::Simulated => "simulated",
            Choice::Environment { .. } => return None,
        };
        Some(PresetsFile::in_folder(&places.of_account(id)))
    }

    /// Takes what belongs to an account that was just opened.
    fn opened(&mut self, ctx: &egui::Context, session: Session) {
        session.engine.wake(Waker::from(Arc::new(Repaint(ctx.clone()))));
        let pictures = Pictures::start(
            self.setup.runtime.clone(),
            session.base().clone(),
            pictures::Limits::default(),
            Arc::clone(&self.setup.clock),
        );
        pictures.wake(Waker::from(Arc::new(Repaint(ctx.clone()))));
        let pictures = Arc::new(pictures);
        self.window.pictures = PictureBook::new(Arc::clone(&pictures));
        self.pictures = Some(pictures);
        let loaded = self.presets_file().map(|file| file.load()).unwrap_or_default();
        self.presets = loaded.presets;
        self.removed_preset = None;
        self.setup.notices.extend(loaded.notices);
        self.session = Some(session);
        ctx.request_repaint();
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
        if self.window.page == Page::Settings {
            self.fill_in_the_account();
        }
        let account = match &self.setup.choice {
            Choice::Account(account) => Some(account.id.as_str()),
            Choice::Environment { .. } | Choice::Simulated => None,
        };
        let simulation = self.session.as_ref().and_then(Session::simulation);
        let scene = Scene {
            snapshot,
            now: self.setup.clock.now(),
            zone: &self.setup.zone,
            texts: &self.texts,
            notices: &self.setup.notices,
            settings: &self.setup.settings,
            presets: &self.presets,
            removed_preset: self.removed_preset.as_ref().map(|(_, preset)| preset.name.as_str()),
            conditions: simulation.map(|simulation| simulation.controls().conditions()),
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

/// The language that the person chose, else the system's.
fn language(settings: &Settings) -> Language {
    settings.language.as_deref().and_then(Language::from_code).unwrap_or_else(Language::of_person)
}

/// What the person chose, else what the desktop prefers.
fn look(settings: &Settings, desktop: Preferences) -> Look {
    Look {
        is_dark: match (settings.appearance, desktop.scheme) {
            (Appearance::Dark, _) | (Appearance::System, ColorScheme::Dark) => Some(true),
            (Appearance::Light, _) | (Appearance::System, ColorScheme::Light) => Some(false),
            (Appearance::System, ColorScheme::NoPreference) => None,
        },
        is_high_contrast: settings.high_contrast.unwrap_or(desktop.high_contrast),
        is_still: settings.reduced_motion.unwrap_or(desktop.reduced_motion),
    }
}

/// Lets something happen in the simulated home; `false` when it cannot.
fn happen(controls: &Controls, happening: Happening) -> bool {
    match happening {
        Happening::Outdoor(Some(celsius)) => {
            controls.set_outdoor(celsius);
            true
        }
        Happening::Outdoor(None) => {
            controls.release_outdoor();
            true
        }
        Happening::Speed(speed) => controls.set_speed(speed),
        Happening::Event(camera, kind) => controls.camera_event(&camera, kind),
        Happening::Smoke(protect, state) => controls.smoke(&protect, state),
        Happening::Co(protect, state) => controls.co(&protect, state),
        Happening::Battery(protect, health) => controls.battery(&protect, health),
        Happening::Online(device, online) => controls.set_online(&device, online),
        Happening::Lock(thermostat, limits) => controls.lock(&thermostat, limits),
        Happening::EmergencyHeat(thermostat, on) => controls.emergency_heat(&thermostat, on),
        Happening::RushHour(structure, hours) => controls.rush_hour(&structure, hours),
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.receive(ctx);
        self.follow_desktop(ctx);
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
