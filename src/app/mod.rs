//! The application: the open accounts, and the handling of the user's intents. It outlives its windows.
//! [`MainWindow`] is the main window, which polls in `logic` and draws in `ui`.

mod account_pictures;
mod accounts;
mod automation;
mod closing;
mod console;
mod device_schedules;
mod event;
mod events;
mod file_watch;
mod filter_reminder;
mod front;
mod google;
mod history;
mod history_changes;
mod history_import;
mod history_reader;
mod intents;
mod launch;
mod notification_policy;
mod outside;
mod presets;
mod requests;
mod run;
mod saved_files;
mod settings_file;
mod sign_in;
mod state;
mod tray;
mod tray_menu;
mod waker;
mod window_place;

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use secrecy::ExposeSecret as _;
use tokio::runtime::Handle;

use self::account_pictures::event_pictures_folder;
use self::automation::AppAutomation;
use self::device_schedules::DeviceSchedules;
use self::filter_reminder::FilterReminder;
use self::history::{HistoryFiles, HistoryThread};
use self::history_import::HistoryImport;
use self::history_reader::HistoryReader;
use self::notification_policy::NotificationPolicy;
use self::saved_files::SavedFiles;
use self::sign_in::SignedIn;
use self::state::{DesktopShell, Library, SignInTasks, Viewports};
use crate::accounts::AccountsView;
use crate::accounts::session::{AccountFilter, AccountSource, SessionError};
use crate::accounts::settings::{Account, Appearance, Places, Settings};
use crate::accounts::vault::{Vault, VaultError};
use crate::accounts::{Accounts, OpenContext};
use crate::clock::Clock;
use crate::home::DeviceId;
use crate::i18n::{Language, Localizer};
use crate::media::{self, Clips, Pictures};
use crate::platform::autostart::Autostart;
use crate::platform::hotkey::Hotkey;
use crate::platform::preferences::{ColorScheme, DesktopPreferences, Preferences};
use crate::platform::terminal::Terminal;
use crate::platform::tray::NEEDS_WINDOW;
use crate::ui::curves::CurveCache;
use crate::ui::intent::{AppIntent, Page};
use crate::ui::launcher::LauncherEnd;
use crate::ui::notice::Notice;
use crate::ui::pages::{SignInForm, SignInProgress, StartsWithDesktop};
use crate::ui::theme::Look;
use crate::ui::window::{Scene, UiState};

pub use self::automation::automation_files;
pub use self::event::AppEvent;
pub use self::launch::{InitialView, LaunchOptions};
pub use self::run::{AppChannels, RunError, run};
pub use self::waker::RepaintWaker;

use self::closing::Lifecycle;
pub(super) use self::closing::LifecycleStep;
pub use self::front::MainWindow;
pub(super) use self::front::{LauncherWindow, launcher_viewport};
use self::settings_file::SettingsFile;

/// Longest wait at the end of the program for writes in flight.
const LAST_WRITES: Duration = Duration::from_secs(2);

/// The parts from which the application is built.
pub struct AppSetup {
    /// The runtime for all work that is not drawing.
    pub runtime: Handle,
    /// The accounts to open.
    pub selection: AccountFilter,
    /// The settings of the user.
    pub settings: Settings,
    /// Notices from the start, such as errors in the settings file.
    pub notices: Vec<Notice>,
    /// The folders of the program's files.
    pub places: Option<Places>,
    /// The store of tokens.
    pub vault: Vault,
    /// The source of the time of day.
    pub clock: Arc<dyn Clock>,
    /// The user's time zone.
    pub zone: TimeZone,
    /// The channels from outside of the window.
    pub channels: AppChannels,
    /// The desktop's list of programs to start.
    pub autostart: Autostart,
    /// The process that decodes clips of cameras.
    pub clips: Clips,
}

/// The application.
pub struct App {
    setup: AppSetup,
    settings_file: SettingsFile,
    accounts: Accounts,
    window: UiState,
    /// The page of the last frame.
    page_drawn: Page,
    sign_in_tasks: SignInTasks,
    i18n: Localizer,
    viewports: Viewports,
    lifecycle: Lifecycle,
    shell: DesktopShell,
    /// Counts changes that the tray shows and the accounts do not have: presets, settings, language.
    revision: u64,
    library: Library,
    saved_files: SavedFiles,
    import: HistoryImport,
    filter_reminder: FilterReminder,
    /// The recording of the present; `None` without a data folder.
    history: Option<HistoryThread>,
    automation: AppAutomation,
    device_schedules: DeviceSchedules,
    /// True if a program with a window takes over.
    has_yielded: bool,
    /// The order of the devices that the user gave.
    order: Arc<[DeviceId]>,
}

impl App {
    /// Creates the application and begins to open its accounts.
    pub fn new(setup: AppSetup) -> Self {
        let desktop = DesktopPreferences::start(&setup.runtime);
        desktop.wake(setup.channels.waker.waker());
        let path = setup.places.as_ref().map(Places::settings);
        let waker = Arc::clone(&setup.channels.waker);
        let mut app = Self {
            settings_file: SettingsFile::follow(path, setup.settings.clone(), &setup.runtime, waker),
            i18n: localizer(&setup.settings),
            shell: DesktopShell::new(desktop),
            viewports: Viewports::default(),
            lifecycle: Lifecycle::new(Instant::now(), NEEDS_WINDOW),
            revision: 0,
            library: Library::default(),
            saved_files: SavedFiles::default(),
            filter_reminder: FilterReminder::default(),
            import: HistoryImport::default(),
            history: setup.places.as_ref().map(|places| {
                let waker = setup.channels.waker.waker();
                HistoryThread::start(HistoryFiles::in_folder(&places.data), Arc::clone(&setup.clock), waker)
            }),
            order: Arc::default(),
            automation: AppAutomation::default(),
            device_schedules: DeviceSchedules::default(),
            has_yielded: false,
            accounts: Accounts::new(OpenContext {
                runtime: setup.runtime.clone(),
                vault: setup.vault.clone(),
                places: setup.places.clone(),
                clock: Arc::clone(&setup.clock),
                waker: setup.channels.waker.waker(),
                last_writes: LAST_WRITES,
            }),
            window: UiState::showing(setup.settings.page.as_deref().and_then(Page::from_word).unwrap_or_default()),
            setup,
            page_drawn: Page::default(),
            sign_in_tasks: SignInTasks::default(),
        };
        app.follow_outside();
        app.read_history();
        app.load_presets();
        app.load_requests();
        app.show_accounts();
        app
    }

    /// Shows the history in the window, from the files in the data folder.
    fn read_history(&mut self) {
        let Some(places) = &self.setup.places else { return };
        let (runtime, clock) = (self.setup.runtime.clone(), Arc::clone(&self.setup.clock));
        let files = HistoryFiles::in_folder(&places.data);
        let reader = HistoryReader::new(files, runtime, clock, self.setup.channels.waker.waker());
        self.window.curves = CurveCache::of(reader);
    }

    /// The page that is shown.
    pub fn page(&self) -> &Page {
        &self.window.page
    }

    /// The accounts that are shown.
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// Opens the selected accounts; accounts that are open already stay open.
    fn show_accounts(&mut self) {
        let sources = self.setup.selection.sources(&self.setup.settings);
        if self.accounts.show(sources) {
            self.reset_history();
        }
        self.share_accounts();
        self.refresh_order();
        self.revision += 1;
        self.setup.channels.waker.wake_now();
    }

    /// Opens one account again, or all accounts.
    fn reopen(&mut self, key: Option<&str>) {
        self.accounts.reopen(key);
        self.reset_history();
        self.share_accounts();
    }

    /// Resets the state that refers to record numbers of the accounts shown before.
    fn reset_history(&mut self) {
        self.shell.policy = NotificationPolicy::default();
        self.window.reset_toasts();
        self.forget_device_schedules();
    }

    /// Shares the open accounts with other processes and with the automation.
    fn share_accounts(&mut self) {
        let open = self.accounts.open().map(|(source, access)| (source.into(), access)).collect();
        self.setup.channels.open.show(open);
        self.follow_automation();
    }

    /// Receives finished background work, such as an opened account or a sign-in.
    fn receive(&mut self) {
        self.follow_settings();
        self.follow_presets();
        self.follow_requests();
        if self.accounts.poll_opened() {
            self.accounts_opened();
        }
        if let Some(promise) = self.sign_in_tasks.signing_in.take() {
            match promise.try_take() {
                Ok(Ok(signed_in)) => self.signed_in(signed_in),
                Ok(Err(why)) => {
                    self.window.progress = SignInProgress::Failed(why);
                    // Restore the typed token, so that a wrong address does not lose it.
                    if let Some(token) =
                        self.sign_in_tasks.typed_token.take().filter(|_| self.window.form.token.is_empty())
                    {
                        token.expose_secret().clone_into(&mut self.window.form.token);
                    }
                }
                Err(promise) => self.sign_in_tasks.signing_in = Some(promise),
            }
        }
        self.receive_check();
        self.receive_saved();
        self.receive_import();
        self.receive_device_schedules();
        self.receive_answer();
        if let Some(promise) = self.sign_in_tasks.signing_out.take() {
            match promise.try_take() {
                Ok(warning) => self.setup.notices.extend(warning),
                Err(promise) => self.sign_in_tasks.signing_out = Some(promise),
            }
        }
    }

    fn signed_in(&mut self, signed_in: SignedIn) {
        let SignedIn { account, warning } = signed_in;
        self.sign_in_tasks.typed_token = None;
        self.setup.notices.extend(warning);
        let account = Account { sign_in: self.setup.clock.now().as_millisecond(), ..account };
        self.setup.settings.put_account(account.clone());
        self.save_settings();
        self.window.form = SignInForm::default();
        let key = account.id.clone();
        let is_the_only_one = matches!(&self.setup.selection, AccountFilter::Only(source) if source.key() == key);
        if !is_the_only_one {
            self.setup.selection = AccountFilter::All;
        }
        self.window.leave_account();
        self.window.progress = SignInProgress::Done(key.clone());
        self.window.open_page(Page::Connect);
        let is_shown = self.accounts.sources().any(|source| source.is_same(&AccountSource::Settings(account.clone())));
        self.show_accounts();
        if is_shown {
            // Only the token is new, so the account must open again.
            self.reopen(Some(&key));
        }
        self.load_presets();
    }

    /// Adds a notice, unless it is shown already.
    fn notice(&mut self, notice: Notice) {
        if !self.setup.notices.contains(&notice) {
            self.setup.notices.push(notice);
        }
    }

    /// Updates pictures and shared accounts after accounts were opened.
    fn accounts_opened(&mut self) {
        let Self { library: Library { pictures, .. }, accounts, setup, .. } = self;
        pictures.follow(accounts, |source, base| {
            let limits = media::Limits::default();
            let (runtime, clips) = (setup.runtime.clone(), setup.clips.clone());
            let pictures = Pictures::start(runtime, base, limits, clips, Arc::clone(&setup.clock));
            pictures.wake(setup.channels.waker.waker());
            if let Some(folder) = setup.places.as_ref().and_then(|places| event_pictures_folder(places, source)) {
                pictures.keep_events_in(folder);
            }
            pictures
        });
        self.window.pictures = self.library.pictures.book();
        self.share_accounts();
        self.revision += 1;
        self.setup.channels.waker.wake_now();
    }

    /// The newest snapshot of all accounts. It is empty before an account is open.
    pub fn snapshot(&self) -> Arc<AccountsView> {
        self.accounts.view()
    }

    fn draw(&mut self, ui: &mut egui::Ui, snapshot: &AccountsView) -> Vec<AppIntent> {
        if self.window.page == Page::Settings && self.page_drawn != Page::Settings {
            self.shell.starts = StartsWithDesktop { standing: self.setup.autostart.status(), failure: None };
        }
        self.page_drawn = self.window.page.clone();
        self.shell.has_terminal = self
            .window
            .modals
            .has_code()
            .then(|| self.shell.has_terminal.unwrap_or_else(|| Terminal::find().is_some()));
        self.with_scene(snapshot, |window, scene| window.ui(ui, scene))
    }

    /// Draws the quick launcher; `true` when it closes.
    fn draw_launcher(&mut self, ui: &mut egui::Ui, snapshot: &AccountsView) -> bool {
        let (intents, end) = self.with_scene(snapshot, |window, scene| window.launcher_ui(ui, scene));
        for intent in intents {
            self.dispatch(intent);
            ui.ctx().request_repaint();
        }
        if end == Some(LauncherEnd::InWindow) {
            self.show_window(None);
        }
        end.is_some()
    }

    fn with_scene<T>(&mut self, snapshot: &AccountsView, draw: impl FnOnce(&mut UiState, Scene<'_>) -> T) -> T {
        let pinned = self.pinned();
        let targets = if self.window.page == Page::Console { self.targets() } else { Vec::new() };
        let simulation = self.accounts.simulation();
        let failures = self.accounts.failures();
        let hotkey = self.shell.hotkey.as_ref().map(Hotkey::status).unwrap_or_default();
        let environment_url = self.accounts.sources().find_map(|source| match source {
            AccountSource::Environment { url, .. } => Some(url.clone()),
            AccountSource::Settings(_) | AccountSource::Simulated => None,
        });
        let shown: Vec<&str> = self.accounts.sources().map(AccountSource::key).collect();
        let import = self.import.status();
        let automation = self.automation.view();
        let scene = Scene {
            snapshot,
            automation: &automation,
            device_schedules: &self.device_schedules.known,
            now: self.setup.clock.now(),
            zone: &self.setup.zone,
            i18n: &self.i18n,
            failures: &failures,
            notices: &self.setup.notices,
            settings: &self.setup.settings,
            presets: &self.library.presets.list,
            removed_preset: self.library.presets.removed.as_ref().map(|(_, preset)| preset.name.as_str()),
            conditions: simulation.map(|simulation| simulation.controls().conditions()),
            shown: &shown,
            is_sealed: failures.iter().any(|(_, failure)| waits_for_passphrase(failure)),
            has_tray: self.lifecycle.has_tray(),
            starts: &self.shell.starts,
            hotkey: &hotkey,
            targets: &targets,
            pinned: &pinned,
            order: &self.order,
            environment_url: environment_url.as_deref(),
            import: &import,
            has_terminal: self.shell.has_terminal.unwrap_or_default(),
        };
        draw(&mut self.window, scene)
    }
}

fn waits_for_passphrase(failure: &SessionError) -> bool {
    let wants = [VaultError::PassphraseNeeded, VaultError::WrongPassphrase];
    matches!(failure, SessionError::Vault { error, .. } if wants.contains(error))
}

/// Texts in the language of the settings, or else of the system, with temperatures in the scale of the settings.
fn localizer(settings: &Settings) -> Localizer {
    let chosen = settings.language.as_deref().and_then(Language::from_code);
    Localizer::new(chosen.unwrap_or_else(Language::of_person)).with_scale(settings.scale)
}

/// The look of the settings, or else of the desktop.
fn appearance(settings: &Settings, desktop: Preferences) -> Look {
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
