//! The whole window, as a function of a scene and of the state of the window.

mod actions;
mod react;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Id, Key, Ui, ViewportCommand};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::actions::take_actions;
use super::banner::banner_ui;
use super::consent::shows_something;
use super::console::{ConsoleState, ConsoleTarget};
use super::curves::CurveCache;
use super::dialogs::consent_ui;
use super::focus::{FocusBehind, hide_from_readers, move_between_regions, reserve_keys};
use super::intent::{AppIntent, Intent, Page, Preference, UiIntent};
use super::launcher::{Launcher, LauncherEnd};
use super::modal::{ModalEnd, Modals};
use super::moved_page::guard_moved_page;
use super::notice::Notice;
use super::pages::{
    ActivityState, EnergyState, ExplorerState, HistoryList, ImportStatus, OutsideForm, Overview, PresetsState,
    Recording, Renaming, RulesState, ScheduleState, SettingsSection, SettingsState, SignInForm, SignInProgress,
    StartsWithDesktop, activity_ui, alarms_ui, batch_ui, connect_ui, console_ui, energy_ui, explorer_ui, page_title,
    page_ui, presets_ui, rules_ui, schedule_ui, settings_ui, simulator_ui, take_dropped_files,
};
use super::shell::{page_frame_ui, rail_ui, top_bar_ui};
use super::summary::HomeSummary;
use super::texture_cache::TextureCache;
use super::theme::colors;
use super::theme::tokens::space;
use super::toast::Toasts;
use super::view::{Drafts, ViewContext};
use super::widgets::edit_text;
use crate::accounts::AccountsView;
use crate::accounts::session::SessionError;
use crate::accounts::settings::{Settings, TextSize};
use crate::automation::device_schedule::KnownDeviceSchedule;
use crate::automation::driver::AutomationView;
use crate::engine::Connection;
use crate::home::{DeviceId, DeviceTree, Slot, StructureId};
use crate::i18n::Localizer;
use crate::platform::hotkey::HotkeyStatus;
use crate::presets::Presets;
use crate::simulator::Conditions;

/// The name of the program in the title of its window.
const PROGRAM: &str = "Setpoint";

/// Most pages that Back remembers.
const REMEMBERED: usize = 50;

/// The input of a frame.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub snapshot: &'a AccountsView,
    /// Holds and schedules.
    pub automation: &'a AutomationView,
    /// The schedules that thermostats keep themselves, as far as they were read.
    pub device_schedules: &'a BTreeMap<DeviceId, KnownDeviceSchedule>,
    /// The time of day.
    pub now: Timestamp,
    /// The user's time zone.
    pub zone: &'a TimeZone,
    /// Texts in the user's language.
    pub i18n: &'a Localizer,
    /// The reasons why accounts could not be opened, by account id.
    pub failures: &'a [(&'a str, &'a SessionError)],
    /// Notices that do not come from the engine.
    pub notices: &'a [Notice],
    /// The settings of the user.
    pub settings: &'a Settings,
    /// The presets of the account.
    pub presets: &'a Presets,
    /// The name of the preset that was deleted last and can be restored.
    pub removed_preset: Option<&'a str>,
    /// The weather of the simulated home, if the account is simulated.
    pub conditions: Option<Conditions>,
    /// The ids of the shown accounts, in the order of the snapshot.
    pub shown: &'a [&'a str],
    /// True while an account waits for the passphrase of its sealed file.
    pub is_sealed: bool,
    /// True if the program has an icon in the desktop's tray.
    pub has_tray: bool,
    /// The state of the start with the desktop.
    pub starts: &'a StartsWithDesktop,
    /// The state of the hotkey that opens the launcher.
    pub hotkey: &'a HotkeyStatus,
    /// The accounts that can receive API requests, while the console is shown.
    pub targets: &'a [ConsoleTarget],
    /// The pinned devices of the tray and the launcher, in order.
    pub pinned: &'a [DeviceId],
    /// The order of the devices that the user gave.
    pub order: &'a Arc<[DeviceId]>,
    /// The address of the server from the environment, if its account is shown.
    pub environment_url: Option<&'a str>,
    /// The import of an export of Google.
    pub import: &'a ImportStatus,
    /// True if the desktop has a terminal.
    pub has_terminal: bool,
}

/// The state of the window.
#[derive(Default)]
pub struct UiState {
    /// The shown page.
    pub page: Page,
    /// Values that the user is still editing.
    pub drafts: Drafts,
    /// The dialogs over the page.
    pub modals: Modals,
    /// The contents of the sign-in form.
    pub form: SignInForm,
    pub progress: SignInProgress,
    /// The textures of the cameras' pictures.
    pub pictures: TextureCache,
    /// The curves of the thermostats.
    pub curves: CurveCache,
    /// The quick launcher.
    pub launcher: Launcher,
    /// Intents from outside of the window, such as the launcher, that the window handles in its next frame.
    pub queued_intents: Vec<Intent>,
    /// The home that is shown; `None` for all of them.
    pub home: Option<StructureId>,
    /// The pages before, each with the widget that had the focus.
    before: Vec<(Page, Option<Id>)>,
    /// The widget that had the focus in the last frame.
    focused: Option<Id>,
    /// The widget that gets the focus back on the page that *Back* returned to.
    returns_to: Option<Id>,
    /// The text whose field gets the focus.
    edits: Option<Slot>,
    /// The title of the window.
    title: String,
    /// A page of an earlier start, until its device or home is known.
    awaited: Option<Page>,
    /// True until the first frame of a page that was opened.
    is_fresh: bool,
    summary: HomeSummary,
    overview: Overview,
    activity: ActivityState,
    energy: EnergyState,
    /// The state of the schedule page.
    schedule: ScheduleState,
    rules: RulesState,
    history: HistoryList,
    /// The typed programs and requests of rules.
    outside: OutsideForm,
    /// State of the page with the JSON document.
    pub explorer: ExplorerState,
    /// State of the presets' page.
    pub presets: PresetsState,
    /// State of the API console.
    pub console: ConsoleState,
    toasts: Toasts,
    /// The part of the settings that is shown.
    pub settings_section: SettingsSection,
    recording: Recording,
    renaming: Renaming,
    /// The text that was typed in the same frame as the key of the palette.
    typed_ahead: String,
    focus_behind: FocusBehind,
}

/// The question to a user who closes the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingQuestion {
    /// Asks whether the program keeps running in the tray.
    StayInTray,
    /// Warns that the program ends, because there is no tray.
    NoTray,
}

impl UiState {
    /// Shows the schedule of a thermostat on its page.
    #[cfg(test)]
    pub(in crate::ui) fn schedule_of(&mut self, thermostat: crate::home::DeviceId) {
        self.schedule.show(thermostat);
    }

    /// The state of a window that opens at a page; that of a device opens once the device is known.
    pub(crate) fn showing(page: Page) -> Self {
        let mut state = Self { is_fresh: true, ..Self::default() };
        if page.is_in(&DeviceTree::default()) {
            state.open_page(page);
        } else {
            state.awaited = Some(page);
        }
        state
    }

    /// Opens the awaited page, unless the user went elsewhere meanwhile or its device does not exist.
    fn open_awaited(&mut self, snapshot: &AccountsView) {
        let Some(page) = self.awaited.take_if(|page| {
            self.page != Page::Overview || page.is_in(&snapshot.shown) || snapshot.connection == Connection::Live
        }) else {
            return;
        };
        if self.page == Page::Overview && page.is_in(&snapshot.shown) {
            self.open_page(page);
        }
    }

    /// Draws the window and returns the intents that it cannot handle itself.
    pub fn ui(&mut self, ui: &mut Ui, scene: Scene<'_>) -> Vec<AppIntent> {
        ui.spacing_mut().item_spacing.y = space::S;
        let is_escape_free = self.is_escape_free(ui);
        self.open_awaited(scene.snapshot);
        self.drafts.drop_shown(scene.snapshot);
        self.pictures.evict_unused(ui);
        self.summary.refresh(scene.snapshot);
        self.toasts.refresh(scene.snapshot, scene.now);
        let home = self.home.clone().filter(|home| scene.snapshot.shown.structures.contains_key(home));
        let mut view = ViewContext {
            home: home.as_ref(),
            is_fresh: self.is_fresh,
            ..view_of(ui, scene, &mut self.drafts, (&mut self.pictures, &mut self.curves), &self.summary)
        };
        if self.page != Page::Settings {
            self.recording = Recording::default();
        }
        if self.page != Page::Explorer {
            self.explorer.look_away();
        }
        if !self.modals.takes_keys(&scene.snapshot.shown) && !self.recording.is_on() {
            take_actions(ui, &mut view, &mut self.typed_ahead);
        }
        view.intents.append(&mut self.queued_intents);
        take_dropped_files(ui, &mut view, &self.page);
        alarms_ui(ui, &mut view);
        name_window(ui, &mut self.title, &page_title(&view, &self.page));
        let rail = rail_ui(ui, &mut view, &self.page);
        let bar = top_bar_ui(ui, &mut view);
        banner_ui(ui, &mut view, scene.failures, scene.notices);
        let contents = page_frame_ui(ui, &mut view, &self.page, |ui, view| match &self.page {
            Page::Overview => self.overview.ui(ui, view),
            Page::Activity => activity_ui(ui, view, &mut self.activity),
            Page::Energy => energy_ui(ui, view, &mut self.energy, scene.import),
            Page::Schedule => schedule_ui(ui, view, &mut self.schedule),
            Page::Rules => rules_ui(ui, view, &mut self.rules),
            Page::Presets => presets_ui(ui, view, &mut self.presets, scene.presets, scene.removed_preset),
            Page::Console => console_ui(ui, view, &mut self.console, scene.targets),
            Page::Simulator => simulator_ui(ui, view, scene.conditions),
            Page::Explorer => explorer_ui(ui, view, &mut self.explorer),
            Page::Settings => {
                let state = SettingsState {
                    section: &mut self.settings_section,
                    settings: scene.settings,
                    form: &mut self.form,
                    progress: &mut self.progress,
                    shown: scene.shown,
                    renaming: &mut self.renaming,
                    is_sealed: scene.is_sealed,
                    has_tray: scene.has_tray,
                    starts: scene.starts,
                    hotkey: scene.hotkey,
                    recording: &mut self.recording,
                    history: &mut self.history,
                    outside: &mut self.outside,
                };
                settings_ui(ui, view, state);
            }
            Page::Connect => connect_ui(ui, view, &mut self.form, &mut self.progress),
            page @ (Page::Structure(_) | Page::Thermostat(_) | Page::Camera(_) | Page::Protect(_)) => {
                page_ui(ui, view, page);
            }
        });
        guard_moved_page(ui, contents);
        if self.modals.takes_page(&scene.snapshot.shown) {
            hide_from_readers(ui);
        } else {
            move_between_regions(ui, [rail, bar, contents]);
        }
        // Toasts stay above the list of a batch.
        let above = batch_ui(ui, &mut view, &mut self.presets);
        let top = self.modals.top(&scene.snapshot.shown);
        let end = top.map(|(place, modal)| (place, modal.ui(ui, &mut view, scene, &mut self.toasts)));
        self.toasts.ui(ui, &mut view, &self.page, above);
        let intents = view.intents;
        self.is_fresh = false;
        let page = self.page.clone();
        let mut left: Vec<AppIntent> = Vec::new();
        match end {
            Some((_, ModalEnd::Answered(answer))) => left.extend(self.answered(answer)),
            Some((place, ModalEnd::Closes)) => self.modals.close(place),
            Some((_, ModalEnd::Stays)) | None => {}
        }
        for intent in intents {
            left.extend(self.handle(intent, scene));
        }
        if self.page != page {
            self.leave(&page, scene.snapshot);
        }
        self.place_focus(ui, is_escape_free);
        left
    }

    fn leave(&mut self, page: &Page, snapshot: &AccountsView) {
        self.presets.leave_page(snapshot);
        if *page == Page::Connect && matches!(self.progress, SignInProgress::Done(_)) {
            self.progress = SignInProgress::Idle;
        }
    }

    /// Gives the focus to what the user came from, or to the text that they want to change.
    fn place_focus(&mut self, ui: &Ui, is_escape_free: bool) {
        self.focus_behind.follow(ui, self.modals.is_open());
        // A control that wants the key has consumed it.
        if is_escape_free && !self.before.is_empty() && ui.input(|input| input.key_pressed(Key::Escape)) {
            self.go_back();
            ui.ctx().request_repaint();
        }
        self.focused = ui.memory(|memory| memory.focused());
        if let Some(slot) = self.edits.take() {
            edit_text(ui, slot);
        }
        if let Some(id) = self.returns_to.take_if(|id| ui.ctx().read_response(*id).is_some()) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }

    /// Draws the quick launcher in its own window. Returns the intents and, when it closes, the reason.
    pub fn launcher_ui(&mut self, ui: &mut Ui, scene: Scene<'_>) -> (Vec<AppIntent>, Option<LauncherEnd>) {
        self.drafts.drop_shown(scene.snapshot);
        self.summary.refresh(scene.snapshot);
        let mut view = view_of(ui, scene, &mut self.drafts, (&mut self.pictures, &mut self.curves), &self.summary);
        let is_done = self.launcher.ui(ui, &mut view, scene.presets, scene.pinned);
        let answer = self.modals.consent().and_then(|consent| consent_ui(ui, &view, &consent.cameras));
        let intents = view.intents;
        let mut left: Vec<AppIntent> = answer.and_then(|answer| self.answered(answer)).into_iter().collect();
        let mut end = (is_done && self.modals.consent().is_none()).then_some(LauncherEnd::Done);
        for intent in intents {
            if let Intent::Ui(UiIntent::Type(text)) = intent {
                self.launcher.type_text(text);
            } else if shows_something(&intent) {
                self.queued_intents.push(intent);
                end = Some(LauncherEnd::InWindow);
            } else {
                left.extend(self.handle(intent, scene));
            }
        }
        reserve_keys(ui);
        (left, end)
    }

    /// The title of the window: the page, and the program.
    pub(crate) fn title(&self) -> &str {
        if self.title.is_empty() { PROGRAM } else { &self.title }
    }

    /// Drops the textures of a closed window, and closes the palette and the closing question.
    pub(crate) fn lose_textures(&mut self) {
        self.pictures.lose_textures();
        self.modals.leave_window();
    }

    /// Shows a toast about a success.
    pub(crate) fn info(&mut self, words: String, now: Timestamp) {
        self.toasts.info(words, now);
    }

    /// Shows a toast about a failure.
    pub(crate) fn warn(&mut self, words: String, now: Timestamp) {
        self.toasts.warn(words, now);
    }

    /// Resets the toasts and batches before another journal, whose records and batches have other numbers.
    pub(crate) fn reset_toasts(&mut self) {
        self.toasts = Toasts::default();
        self.presets.forget_batches();
    }

    /// Resets the state that belongs to the accounts shown before.
    pub(crate) fn leave_account(&mut self) {
        self.page = Page::Overview;
        self.before.clear();
        self.home = None;
        self.drafts = Drafts::default();
        self.toasts = Toasts::default();
        self.presets = PresetsState::default();
        self.explorer = ExplorerState::default();
        self.overview = Overview::default();
        self.pictures.lose_textures();
        self.modals.leave_account();
    }
}

/// Gives the window the name of its page.
fn name_window(ui: &Ui, shown: &mut String, page: &str) {
    let title = if page.is_empty() { PROGRAM.to_owned() } else { format!("{page} · {PROGRAM}") };
    if title != *shown {
        ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
        *shown = title;
    }
}

fn text_size(size: TextSize) -> AppIntent {
    AppIntent::Prefer(Preference::TextSize(size))
}

/// Builds the context of a view from a scene, with all homes shown.
fn view_of<'a>(
    ui: &Ui,
    scene: Scene<'a>,
    drafts: &'a mut Drafts,
    (pictures, curves): (&'a mut TextureCache, &'a mut CurveCache),
    summary: &'a HomeSummary,
) -> ViewContext<'a> {
    ViewContext {
        snapshot: scene.snapshot,
        automation: scene.automation,
        device_schedules: scene.device_schedules,
        now: scene.now,
        zone: scene.zone,
        i18n: scene.i18n,
        colors: colors(ui),
        home: None,
        drafts,
        pictures,
        curves,
        presets: scene.presets,
        pinned: scene.pinned,
        order: scene.order,
        is_compact: scene.settings.compact,
        degree_day_base: scene.settings.energy.degree_day_base,
        cost: scene.settings.energy.cost,
        filter: scene.settings.energy.filter,
        notify: &scene.settings.notify,
        outside: &scene.settings.rules,
        summary,
        is_fresh: false,
        intents: Vec::new(),
        remark: None,
        is_developer: scene.settings.developer.unwrap_or_else(|| scene.snapshot.is_simulated()),
        has_accounts: !scene.settings.accounts.is_empty(),
    }
}
