//! UI tests without a window: pages of an invented home, used by role and name as a user would.

mod accounts;
mod activity;
mod as_code;
mod bad_input;
mod closed;
mod connect;
mod console;
mod context_menu;
mod controls;
mod desktop;
mod device_schedule;
mod dial;
mod energy;
mod explorer;
mod explorer_edits;
mod failures;
mod fixture;
mod gallery;
mod google;
mod history;
mod hold;
mod languages;
mod launcher;
mod levels;
mod messages;
mod overview;
mod palette;
mod pictures;
mod pictures_of_cameras;
mod pictures_of_history;
mod presets;
mod reading;
mod rules;
mod samples;
mod schedule;
mod settings;
mod shell;
mod simulated_day;
mod simulator;
mod states;
mod syntax_highlighting;
mod time_line;
mod toasts;
mod typed;
mod widths;
mod window;

use std::sync::Arc;

use egui::{Event, Key, Modifiers, Role, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::console::ConsoleTarget;
use super::curves::CurveCache;
use super::intent::{AppIntent, Page};
use super::launcher::LauncherEnd;
use super::notice::Notice;
use super::pages::{ImportStatus, SettingsSection, StartsWithDesktop};
use super::texture_cache::TextureCache;
use super::theme::{self, Look};
use super::window::{Scene, UiState};
use crate::accounts::session::SessionError;
use crate::accounts::settings::Settings;
use crate::accounts::{AccountId, AccountSnapshot, AccountsView};
use crate::automation::device_schedule::KnownDeviceSchedule;
use crate::automation::driver::AutomationView;
use crate::engine::{Request, Snapshot};
use crate::home::{ServiceKind, Write};
use crate::i18n::{Language, Localizer};
use crate::platform::hotkey::HotkeyStatus;
use crate::presets::Presets;
use crate::simulator::Conditions;

/// A window on a snapshot, with the intents that it returned.
pub(super) struct UiFixture {
    /// The first account.
    pub(super) snapshot: Snapshot,
    /// The accounts after it.
    pub(super) others: Vec<AccountSnapshot>,
    pub(super) window: UiState,
    pub(super) failure: Option<SessionError>,
    pub(super) notices: Vec<Notice>,
    /// The ids of the shown accounts.
    pub(super) shown: Vec<String>,
    pub(super) settings: Settings,
    pub(super) presets: Presets,
    pub(super) automation: AutomationView,
    pub(super) device_schedules: std::collections::BTreeMap<crate::home::DeviceId, KnownDeviceSchedule>,
    pub(super) removed_preset: Option<String>,
    pub(super) is_sealed: bool,
    pub(super) starts: StartsWithDesktop,
    pub(super) hotkey: HotkeyStatus,
    pub(super) targets: Vec<ConsoleTarget>,
    pub(super) pinned: Vec<crate::home::DeviceId>,
    pub(super) order: Arc<[crate::home::DeviceId]>,
    pub(super) environment_url: Option<String>,
    pub(super) import: ImportStatus,
    pub(super) has_terminal: bool,
    /// True to draw the launcher instead of the window, and the way it ended.
    pub(super) launcher: bool,
    pub(super) launcher_end: Option<LauncherEnd>,
    pub(super) i18n: Localizer,
    pub(super) now: jiff::Timestamp,
    pub(super) intents: Vec<AppIntent>,
}

/// Pages of every kind, with devices in every mode, and one device that is gone.
fn pages() -> Vec<Page> {
    vec![
        Page::Overview,
        Page::Structure("s".into()),
        Page::Thermostat("hallway".into()),
        Page::Thermostat("bedroom".into()),
        Page::Thermostat("studio".into()),
        Page::Camera("door".into()),
        Page::Camera("nursery".into()),
        Page::Camera("gone".into()),
        Page::Protect("bed".into()),
        Page::Activity,
        Page::Energy,
        Page::Schedule,
        Page::Rules,
        Page::Presets,
        Page::Console,
        Page::Simulator,
        Page::Explorer,
        Page::Settings,
        Page::Connect,
    ]
}

/// Each section of the settings and each form of the way to a home, with its name.
fn sections() -> Vec<(String, UiFixture)> {
    let settings = SettingsSection::ALL.map(|section| (format!("{section:?}"), UiFixture::settings(section)));
    let forms = ServiceKind::CHOICES.map(|kind| (format!("{kind:?}"), UiFixture::connect(kind)));
    settings.into_iter().chain(forms).collect()
}

impl UiFixture {
    pub(super) fn on(page: Page) -> Self {
        let mut window = UiState::default();
        window.page = page;
        window.pictures = TextureCache::of(fixture::PicturesOfEvents);
        window.curves = CurveCache::of(fixture::SimulatedHistory);
        Self {
            snapshot: fixture::snapshot(),
            others: Vec::new(),
            window,
            failure: None,
            notices: Vec::new(),
            shown: vec!["simulated".to_owned()],
            settings: Settings::default(),
            presets: fixture::presets(),
            automation: AutomationView::default(),
            device_schedules: std::collections::BTreeMap::new(),
            removed_preset: None,
            is_sealed: false,
            starts: StartsWithDesktop::default(),
            hotkey: HotkeyStatus::default(),
            targets: vec![fixture::target()],
            pinned: Vec::new(),
            order: Arc::default(),
            environment_url: None,
            import: ImportStatus::default(),
            has_terminal: true,
            launcher: false,
            launcher_end: None,
            i18n: Localizer::new(Language::English),
            now: fixture::now(),
            intents: Vec::new(),
        }
    }

    /// A window on a part of the settings.
    pub(super) fn settings(section: SettingsSection) -> Self {
        let mut bench = Self::on(Page::Settings);
        bench.window.settings_section = section;
        bench
    }

    /// A window on the sign-in form of a service.
    pub(super) fn connect(kind: ServiceKind) -> Self {
        let mut bench = Self::on(Page::Connect);
        bench.window.form.kind = Some(kind);
        bench
    }

    /// A window on several accounts.
    pub(super) fn on_several(page: Page) -> Self {
        let (snapshot, others, settings) = fixture::several();
        let shown = settings.accounts.iter().map(|account| account.id.clone()).collect();
        Self { snapshot, others, shown, settings, ..Self::on(page) }
    }

    fn accounts(&self) -> AccountsView {
        let snapshot = Arc::new(self.snapshot.clone());
        let (key, label) = (self.shown.first().cloned().unwrap_or_default(), Arc::clone(&snapshot.account));
        let first = AccountSnapshot { id: AccountId::new(0), key, label, snapshot };
        AccountsView::new(self.snapshot.version, std::iter::once(first).chain(self.others.iter().cloned()).collect())
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let accounts = self.accounts();
        let is_simulated = accounts.is_simulated();
        let conditions = Conditions { outdoor_celsius: 4.0, is_outdoor_fixed: false, hour: 14.5, speed: 1.0 };
        let failures: Vec<(&str, &SessionError)> = self.failure.iter().map(|failure| ("mill-lane", failure)).collect();
        let shown: Vec<&str> = self.shown.iter().map(String::as_str).collect();
        let scene = Scene {
            snapshot: &accounts,
            automation: &self.automation,
            device_schedules: &self.device_schedules,
            now: self.now,
            zone: &jiff::tz::TimeZone::UTC,
            i18n: &self.i18n,
            failures: &failures,
            notices: &self.notices,
            settings: &self.settings,
            presets: &self.presets,
            removed_preset: self.removed_preset.as_deref(),
            conditions: is_simulated.then_some(conditions),
            shown: &shown,
            is_sealed: self.is_sealed,
            has_tray: true,
            starts: &self.starts,
            hotkey: &self.hotkey,
            targets: &self.targets,
            pinned: &self.pinned,
            order: &self.order,
            environment_url: self.environment_url.as_deref(),
            import: &self.import,
            has_terminal: self.has_terminal,
        };
        if self.launcher {
            let (intents, end) = self.window.launcher_ui(ui, scene);
            self.intents.extend(intents);
            self.launcher_end = self.launcher_end.or(end);
        } else {
            self.intents.extend(self.window.ui(ui, scene));
        }
    }

    pub(super) fn harness(self, size: [f32; 2], theme: Theme) -> Harness<'static, Self> {
        let look = if theme == Theme::Dark { Look::DARK } else { Look::LIGHT };
        // Without motion, so that a test need not wait.
        self.looking(size, Look { is_still: true, ..look }, 1.0)
    }

    pub(super) fn looking(self, size: [f32; 2], look: Look, pixels: f32) -> Harness<'static, Self> {
        let theme = if look.is_dark == Some(true) { Theme::Dark } else { Theme::Light };
        Harness::builder()
            .with_size(size)
            .with_theme(theme)
            .with_pixels_per_point(pixels)
            .with_context_setup(move |ctx| theme::install(ctx, look))
            .with_max_steps(12)
            .build_ui_state(|ui, bench: &mut Self| bench.ui(ui), self)
    }

    pub(super) fn shown(self) -> Harness<'static, Self> {
        let mut harness = self.harness([1180.0, 1300.0], Theme::Dark);
        harness.run();
        harness
    }

    /// The requested writes.
    pub(super) fn writes(&self) -> Vec<Write> {
        let write = |intent: &AppIntent| {
            let AppIntent::Engine(Request::Set { write, .. }) = intent else { return None };
            Some(write.clone())
        };
        self.intents.iter().filter_map(write).collect()
    }
}

type Bound = Harness<'static, UiFixture>;

/// Ctrl or Cmd.
const COMMAND: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };

fn press(harness: &mut Bound, key: Key) {
    press_with(harness, Modifiers::NONE, key);
}

fn press_with(harness: &mut Bound, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn click(harness: &mut Bound, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

/// Types a text into the focused widget.
fn type_text(harness: &mut Bound, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

/// Types a text at the end of a field, found by its name.
fn type_into(harness: &mut Bound, field: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    harness.run();
    type_text(harness, text);
}

/// True if a widget on the page contains these words.
fn says(harness: &Bound, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

/// The control with a name, not the text beside it.
fn control<'h>(harness: &'h Bound, name: &'h str) -> egui_kittest::Node<'h> {
    let mut named = harness.query_all_by_label(name);
    named.find(|node| node.accesskit_node().role() != Role::Label).expect("a control")
}

/// Fails unless a control is disabled, shows the reason, keeps the focus, and requests nothing.
fn assert_closed(harness: &mut Bound, name: &str, why: &str) {
    control(harness, name).focus();
    harness.run();
    let node = control(harness, name);
    assert!(node.is_focused(), "{name} does not take the focus");
    let node = node.accesskit_node();
    assert!(node.is_disabled(), "{name} is open");
    let description = node.description().unwrap_or_default();
    assert!(description.contains(why), "{name} says {description:?}, not {why:?}");
    let before = harness.state().intents.len();
    control(harness, name).click();
    harness.run();
    press(harness, Key::Enter);
    press(harness, Key::Space);
    let asked = harness.state().intents.get(before..).unwrap_or_default().to_vec();
    assert_eq!(asked, [], "{name} is closed and asks for something");
}
