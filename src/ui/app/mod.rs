//! The application: receives in `logic`, draws in `ui`, and carries out intents in between.

mod accounts;
mod intents;

use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use jiff::tz::TimeZone;
use poll_promise::Promise;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::runtime::Handle;

use crate::account::{Vault, VaultError};
use crate::clock::Clock;
use crate::desktop::preferences::{ColorScheme, DesktopPreferences, Preferences};
use crate::engine::{Connection, Snapshot};
use crate::pictures::{self, Pictures};
use crate::presets::{Preset, Presets};
use crate::session::{Choice, Session, SessionError};
use crate::settings::{Appearance, Places, Settings};
use crate::texts::{Language, Texts};
use crate::ui::Repaint;
use crate::ui::intent::{Intent, Page};
use crate::ui::pages::{SignInForm, SignInProgress};
use crate::ui::picture_book::PictureBook;
use crate::ui::sign_in::SignedIn;
use crate::ui::theme::{self, Look};
use crate::ui::window::{Scene, Window};

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
    /// The page of the last frame.
    page_drawn: Page,
    has_shown_a_home: bool,
    signing_in: Option<Promise<Result<SignedIn, String>>>,
    signing_out: Option<Promise<Option<String>>>,
    /// What is being signed in with, to be given back when that fails.
    typed_token: Option<SecretString>,
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
            page_drawn: Page::default(),
            has_shown_a_home: false,
            signing_in: None,
            signing_out: None,
            typed_token: None,
        };
        app.load_presets();
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
                Ok(Err(why)) => {
                    self.window.progress = SignInProgress::Failed(why);
                    // What was typed is not lost over a wrong address.
                    if let Some(token) = self.typed_token.take().filter(|_| self.window.form.token.is_empty()) {
                        token.expose_secret().clone_into(&mut self.window.form.token);
                    }
                }
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
        self.typed_token = None;
        self.setup.notices.extend(warning);
        self.setup.settings.put_account(account.clone());
        self.save_settings();
        self.window.progress = SignInProgress::Idle;
        self.window.form = SignInForm::default();
        self.switch_to(ctx, Choice::Account(account));
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
        self.session = Some(session);
        ctx.request_repaint();
    }

    fn draw(&mut self, ui: &mut egui::Ui, snapshot: &Snapshot) -> Vec<Intent> {
        // Once for each visit: whoever empties a field wants it empty.
        if self.window.page == Page::Settings && self.page_drawn != Page::Settings {
            self.fill_in_the_account();
        }
        self.page_drawn = self.window.page.clone();
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

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.receive(ctx);
        self.follow_desktop(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let snapshot =
            self.session.as_ref().map_or_else(|| self.without_session(), |session| session.engine.snapshot());
        let ctx = ui.ctx().clone();
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label("Setpoint"));
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
