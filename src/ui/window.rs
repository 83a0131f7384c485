//! All that is drawn, as a function of a scene and of what the person is in the middle of.

use egui::{Event, Ui};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::action::Action;
use super::as_code::{AsCode, Asked};
use super::console::{ConsoleState, Target};
use super::dialogs::{Answer, closing_ui, consent_ui, link_ui};
use super::digest::Digest;
use super::focus::{FocusBehind, reserve_keys};
use super::gate::{shows_something, switched_on, without};
use super::help::help_ui;
use super::intent::{Intent, Page};
use super::launcher::{Launcher, LauncherEnd};
use super::notice::Notice;
use super::pages::{
    ActivityState, ExplorerState, Overview, PresetsState, Recording, Renaming, SettingsState, SignInForm,
    SignInProgress, StartsWithDesktop, activity_ui, batch_ui, console_ui, explorer_ui, page_ui, presets_ui,
    settings_ui, simulator_ui,
};
use super::palette::Palette;
use super::picture_book::PictureBook;
use super::shell::{banner_ui, page_frame_ui, rail_ui, top_bar_ui};
use super::theme::colors;
use super::theme::tokens::space;
use super::toast::Toasts;
use super::view::{Drafts, View};
use crate::desktop::hotkey::HotkeyStatus;
use crate::desktop::link::Link;
use crate::engine::{Reversal, Snapshot};
use crate::home::{DeviceId, StructureId};
use crate::i18n::Localizer;
use crate::presets::Presets;
use crate::session::SessionError;
use crate::settings::Settings;
use crate::simulator::Conditions;

/// How many pages Back remembers.
const REMEMBERED: usize = 50;

/// What there is to draw.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The account.
    pub snapshot: &'a Snapshot,
    /// The time of day.
    pub now: Timestamp,
    /// Where the person is.
    pub zone: &'a TimeZone,
    /// In the person's language.
    pub i18n: &'a Localizer,
    /// Why accounts could not be opened, by their ids.
    pub failures: &'a [(&'a str, &'a SessionError)],
    /// What went wrong outside of the account.
    pub notices: &'a [Notice],
    /// What the person chose.
    pub settings: &'a Settings,
    /// Named sets of writes of the account.
    pub presets: &'a Presets,
    /// The name of the preset that was forgotten last and can be brought back.
    pub removed_preset: Option<&'a str>,
    /// The weather of the simulated home, if it is one.
    pub conditions: Option<Conditions>,
    /// The ids of the accounts that are shown, in the order of the snapshot's.
    pub shown: &'a [&'a str],
    /// Whether an account waits for the passphrase of its sealed file.
    pub is_sealed: bool,
    /// Whether the program has a place in the desktop's tray.
    pub has_tray: bool,
    /// Whether the program starts with the desktop.
    pub starts: &'a StartsWithDesktop,
    /// How the wish for keys that open the launcher stands.
    pub hotkey: &'a HotkeyStatus,
    /// The accounts that requests can go to, while their page is shown.
    pub targets: &'a [Target],
    /// The devices in the tray and the launcher, in order.
    pub pinned: &'a [DeviceId],
    /// The address of the server that the environment names, if that is shown.
    pub environment_url: Option<&'a str>,
    /// Whether the desktop has a terminal.
    pub has_terminal: bool,
}

/// What the person is in the middle of.
#[derive(Default)]
pub struct Window {
    /// Which page is shown.
    pub page: Page,
    /// Values that a hand is still on.
    pub drafts: Drafts,
    /// What switches cameras on and waits for consent.
    pub consent: Option<Consent>,
    /// What was typed to sign in.
    pub form: SignInForm,
    /// How far that is.
    pub progress: SignInProgress,
    /// What cameras saw.
    pub pictures: PictureBook,
    /// The command palette, while it is open.
    pub palette: Option<Palette>,
    /// Whether the help sheet is open.
    pub is_help_open: bool,
    /// What is asked of somebody who closes the window.
    pub closing: Option<ClosingQuestion>,
    /// What a link proposes.
    pub link: Option<Link>,
    /// The quick launcher.
    pub launcher: Launcher,
    /// A request as code, while it is shown.
    pub as_code: Option<AsCode>,
    /// What was asked for outside of the window, and is a matter of the window.
    pub asked_outside: Vec<Intent>,
    /// The home that is shown; `None` for all of them.
    pub home: Option<StructureId>,
    before: Vec<Page>,
    digest: Digest,
    overview: Overview,
    activity: ActivityState,
    /// The document's page.
    pub explorer: ExplorerState,
    /// The presets' page.
    pub presets: PresetsState,
    /// The requests to the API.
    pub console: ConsoleState,
    toasts: Toasts,
    recording: Recording,
    renaming: Renaming,
    /// What was typed in the frame in which the palette was asked for.
    typed_ahead: String,
    focus_behind: FocusBehind,
}

/// What is asked of somebody who closes the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingQuestion {
    /// Whether the program is to live on in the tray.
    StayInTray,
    /// There is no tray to live on in, so the program ends.
    NoTray,
}

/// Something that switches cameras on.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// Which ones.
    pub cameras: Vec<DeviceId>,
    /// What does it.
    pub then: Intent,
}

impl Window {
    /// Draws everything and returns what the person asked for that is not a matter of the window
    /// itself.
    pub fn ui(&mut self, ui: &mut Ui, scene: Scene<'_>) -> Vec<Intent> {
        ui.spacing_mut().item_spacing.y = space::S;
        self.drafts.settle(scene.snapshot);
        self.pictures.tidy(ui);
        self.digest.look(scene.snapshot);
        self.toasts.look(scene.snapshot, scene.now);
        let home = self.home.clone().filter(|home| scene.snapshot.shown.structures.contains_key(home));
        let mut view =
            View { home: home.as_ref(), ..view_of(ui, scene, &mut self.drafts, &mut self.pictures, &self.digest) };
        if self.page != Page::Settings {
            self.recording = Recording::default();
        }
        if self.page != Page::Explorer {
            self.explorer.look_away();
        }
        let is_free = self.consent.is_none() && self.closing.is_none() && self.link.is_none();
        if is_free && self.as_code.is_none() && !self.recording.is_on() {
            let typing = ui.text_edit_focused();
            let asked = ui.input_mut(|input| Action::pressed(input, typing));
            if asked.contains(&Action::Palette) && !typing {
                // Who types at once does so before the field is there.
                self.typed_ahead = ui.input(|input| typed_in(&input.events));
            }
            for action in asked {
                view.ask(Intent::Do(action));
            }
        }
        view.intents.append(&mut self.asked_outside);
        rail_ui(ui, &mut view, &self.page);
        top_bar_ui(ui, &mut view);
        banner_ui(ui, &mut view, scene.failures, scene.notices);
        page_frame_ui(ui, &mut view, &self.page, |ui, view| match &self.page {
            Page::Overview => self.overview.ui(ui, view),
            Page::Activity => activity_ui(ui, view, &mut self.activity),
            Page::Presets => {
                presets_ui(ui, view, &mut self.presets, scene.presets, scene.removed_preset);
            }
            Page::Console => console_ui(ui, view, &mut self.console, scene.targets),
            Page::Simulator => simulator_ui(ui, view, scene.conditions),
            Page::Explorer => explorer_ui(ui, view, &mut self.explorer),
            Page::Settings => {
                let state = SettingsState {
                    settings: scene.settings,
                    form: &mut self.form,
                    progress: &self.progress,
                    shown: scene.shown,
                    renaming: &mut self.renaming,
                    is_sealed: scene.is_sealed,
                    has_tray: scene.has_tray,
                    starts: scene.starts,
                    hotkey: scene.hotkey,
                    recording: &mut self.recording,
                };
                settings_ui(ui, view, state);
            }
            page @ (Page::Structure(_) | Page::Thermostat(_) | Page::Camera(_) | Page::Protect(_)) => {
                page_ui(ui, view, page);
            }
        });
        // Toasts stand above the list.
        let above = batch_ui(ui, &mut view, &mut self.presets);
        if let Some(palette) = &mut self.palette
            && palette.ui(ui, &mut view, scene.presets)
        {
            self.palette = None;
        }
        if self.is_help_open && help_ui(ui, &view) {
            self.is_help_open = false;
        }
        if let Some(question) = self.closing
            && let Some(answer) = closing_ui(ui, &view, question)
        {
            view.ask(Intent::Closing(answer));
        }
        if let Some(link) = &self.link
            && link_ui(ui, &mut view, link)
        {
            self.link = None;
        }
        as_code_ui(ui, &mut view, &mut self.as_code, &mut self.toasts, scene);
        let answer = self.consent.as_ref().and_then(|consent| consent_ui(ui, &view, &consent.cameras));
        self.toasts.ui(ui, &mut view, above);
        let asked = view.intents;
        let page = self.page.clone();
        let mut left: Vec<Intent> = answer.and_then(|answer| self.answered(answer)).into_iter().collect();
        for intent in asked {
            left.extend(self.take(intent, scene));
        }
        if self.page != page {
            self.presets.leave_page(scene.snapshot);
        }
        self.focus_behind.follow(ui, self.is_dialog_open());
        left
    }

    fn is_dialog_open(&self) -> bool {
        self.palette.is_some()
            || self.is_help_open
            || self.consent.is_some()
            || self.closing.is_some()
            || self.link.is_some()
            || self.as_code.is_some()
    }

    /// Draws the quick launcher in a window of its own. Returns what was asked for, and how it
    /// ends if it does.
    pub fn launcher_ui(&mut self, ui: &mut Ui, scene: Scene<'_>) -> (Vec<Intent>, Option<LauncherEnd>) {
        self.drafts.settle(scene.snapshot);
        self.digest.look(scene.snapshot);
        let mut view = view_of(ui, scene, &mut self.drafts, &mut self.pictures, &self.digest);
        let is_done = self.launcher.ui(ui, &mut view, scene.presets, scene.pinned);
        let answer = self.consent.as_ref().and_then(|consent| consent_ui(ui, &view, &consent.cameras));
        let asked = view.intents;
        let mut left: Vec<Intent> = answer.and_then(|answer| self.answered(answer)).into_iter().collect();
        let mut end = (is_done && self.consent.is_none()).then_some(LauncherEnd::Done);
        for intent in asked {
            if shows_something(&intent) {
                self.asked_outside.push(intent);
                end = Some(LauncherEnd::InWindow);
            } else {
                left.extend(self.take(intent, scene));
            }
        }
        reserve_keys(ui);
        (left, end)
    }

    /// What is left to do once it was said whether cameras may go on.
    fn answered(&mut self, answer: Answer) -> Option<Intent> {
        let consent = self.consent.take()?;
        match answer {
            Answer::SwitchOn => Some(consent.then),
            Answer::KeepOff => without(consent.then, &consent.cameras),
            Answer::Nothing => None,
        }
    }

    /// Does what is a matter of the window alone; anything else is given back.
    fn take(&mut self, intent: Intent, scene: Scene<'_>) -> Option<Intent> {
        let cameras = switched_on(&intent, scene.snapshot);
        if !cameras.is_empty() {
            // No camera is switched on unasked: not by undo, not by a preset, not by the palette.
            self.consent = Some(Consent { cameras, then: intent });
            return None;
        }
        match intent {
            Intent::Go(page) => self.go(page),
            Intent::Back => self.page = self.before.pop().unwrap_or_default(),
            Intent::ShowHome(home) => self.home = home,
            Intent::AsCode(request) => self.as_code = Some(AsCode::new(request, scene)),
            Intent::Do(action) => return self.act(action, scene),
            Intent::OpenSimulated | Intent::OpenAccounts => {
                self.leave_account();
                return Some(intent);
            }
            Intent::Engine(_)
            | Intent::DismissNotice(_)
            | Intent::LoadPicture(_)
            | Intent::Prefer(_)
            | Intent::StartWithDesktop(_)
            | Intent::Presets(_)
            | Intent::Console(_)
            | Intent::Simulate(_)
            | Intent::SignIn
            | Intent::SignInByBrowser
            | Intent::CheckGoogle { .. }
            | Intent::Unseal
            | Intent::Account(..)
            | Intent::Reopen
            | Intent::Closing(_)
            | Intent::InTerminal(_)
            | Intent::Pin(..)
            | Intent::CloseWindow
            | Intent::Quit => return Some(intent),
        }
        None
    }

    pub(super) fn go(&mut self, page: Page) {
        if page == self.page {
            return;
        }
        self.before.push(std::mem::replace(&mut self.page, page));
        if self.before.len() > REMEMBERED {
            self.before.remove(0);
        }
    }

    /// The window that the textures were made for is gone.
    pub(super) fn lose_textures(&mut self) {
        self.pictures.lose_textures();
        self.palette = None;
        self.closing = None;
    }

    /// Says that something could not be done.
    pub(super) fn warn(&mut self, words: String, now: Timestamp) {
        self.toasts.warn(words, now);
    }

    /// What comes next is history: the numbers of records and batches are other ones.
    pub(super) fn forget_news(&mut self) {
        self.toasts = Toasts::default();
        self.presets.forget_batches();
    }

    /// Forgets what belongs to the accounts that were shown.
    pub(super) fn leave_account(&mut self) {
        self.page = Page::Overview;
        self.before.clear();
        self.home = None;
        self.drafts = Drafts::default();
        self.toasts = Toasts::default();
        self.presets = PresetsState::default();
        self.explorer = ExplorerState::default();
        self.consent = None;
        self.as_code = None;
    }

    fn act(&mut self, action: Action, scene: Scene<'_>) -> Option<Intent> {
        self.palette = None;
        self.is_help_open = false;
        if let Some(page) = action.page() {
            self.activity.wants_focus = action == Action::Search;
            self.go(page);
            return None;
        }
        match action {
            Action::Palette => self.palette = Some(Palette::typed(std::mem::take(&mut self.typed_ahead))),
            Action::Help => self.is_help_open = true,
            Action::CloseWindow => return Some(Intent::CloseWindow),
            Action::Quit => return Some(Intent::Quit),
            Action::Undo => return self.reverse(scene.snapshot.next_undo(), scene),
            Action::Redo => return self.reverse(scene.snapshot.next_redo(), scene),
            Action::Back => self.page = self.before.pop().unwrap_or_default(),
            Action::NextHome => {
                let homes = self.digest.homes();
                let present = homes.iter().position(|home| *home == self.home).unwrap_or_default();
                self.home = homes.get(present + 1).cloned().flatten().filter(|_| homes.len() > 2);
            }
            Action::Reconnect => return Some(Intent::Reopen),
            Action::Overview
            | Action::Activity
            | Action::Search
            | Action::Presets
            | Action::Console
            | Action::Simulator
            | Action::Explorer
            | Action::Settings => {}
        }
        None
    }

    fn reverse(&mut self, reversal: Option<Reversal>, scene: Scene<'_>) -> Option<Intent> {
        self.take(Intent::Engine(reversal?.request()), scene)
    }
}

/// Draws a request as code, where one is shown.
fn as_code_ui(ui: &Ui, view: &mut View<'_>, shown: &mut Option<AsCode>, toasts: &mut Toasts, scene: Scene<'_>) {
    let Some(dialog) = shown else { return };
    match dialog.ui(ui, view, scene.has_terminal) {
        Asked::Nothing => {}
        Asked::Close => *shown = None,
        Asked::Tell(words) => toasts.tell(words, scene.now),
    }
}

fn typed_in(events: &[Event]) -> String {
    events.iter().filter_map(|event| if let Event::Text(text) = event { Some(text.as_str()) } else { None }).collect()
}

/// What a view of a scene works with; all homes are shown.
fn view_of<'a>(
    ui: &Ui,
    scene: Scene<'a>,
    drafts: &'a mut Drafts,
    pictures: &'a mut PictureBook,
    digest: &'a Digest,
) -> View<'a> {
    View {
        snapshot: scene.snapshot,
        now: scene.now,
        zone: scene.zone,
        i18n: scene.i18n,
        colors: colors(ui),
        home: None,
        drafts,
        pictures,
        pinned: scene.pinned,
        notify: &scene.settings.notify,
        digest,
        intents: Vec::new(),
        remark: None,
    }
}
