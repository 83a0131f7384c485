//! Requests of the desktop to the application, and the application's tray icon and notifications.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::history::HistoryNews;
use super::notification_policy::PolicyInput;
use super::tray::{TrayInput, tray_state};
use super::{App, AppEvent};
use crate::accounts::AccountsView;
use crate::accounts::session::AccountSource;
use crate::automation::driver::{Automation, AutomationView};
use crate::home::DeviceId;
use crate::i18n::Localizer;
use crate::platform::hotkey::Hotkey;
use crate::platform::monitor;
use crate::platform::notifications::Notifier;
use crate::platform::preferences::ColorScheme;
use crate::platform::tray::Tray;
use crate::ui::Notice;
use crate::ui::action::Action;
use crate::ui::consent::Consent;
use crate::ui::consent::switched_on;
use crate::ui::intent::{AppIntent, Intent, Page, PresetIntent, UiIntent};
use crate::ui::launcher::Launcher;
use crate::ui::modal::Modal;

/// The inputs of the tray state at its last update. The tray state is recomputed only if one of them changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TrayInputVersion {
    version: u64,
    is_open: bool,
    failed: usize,
    revision: u64,
    automation: u64,
    is_dark: bool,
}

impl App {
    /// Starts the tray icon.
    pub fn start_tray(&mut self) {
        let (snapshot, automation) = (self.snapshot(), self.automation.view());
        let tray_state = tray_state(self.tray_input(&snapshot, &automation, &self.pinned()));
        self.shell.tray = Tray::start(&self.setup.runtime, &self.setup.channels.events, tray_state);
    }

    /// Starts desktop notifications.
    pub fn start_notifications(&mut self) {
        self.shell.notifier = Some(Notifier::start(&self.setup.runtime, self.setup.channels.events.clone()));
    }

    /// Starts the system-wide hotkey of the launcher.
    pub fn start_hotkey(&mut self) {
        let (events, waker) = (self.setup.channels.events.clone(), self.setup.channels.waker.waker());
        self.shell.hotkey = Some(Hotkey::start(&self.setup.runtime, events, waker));
        self.want_hotkey();
    }

    pub(super) fn want_hotkey(&self) {
        if let Some(hotkey) = &self.shell.hotkey {
            hotkey.request(self.setup.settings.hotkey);
        }
    }

    /// Sends notifications, once for each snapshot and when one becomes due by time alone.
    fn tell_news(&mut self) {
        let snapshot = self.snapshot();
        let now = self.setup.clock.now();
        self.library.pictures.keep_events(now);
        let is_due =
            self.shell.policy.look_again_at().is_some_and(|at| at <= now) || self.shell.policy.awaits_picture();
        if self.shell.notified.as_ref().is_some_and(|of| Arc::ptr_eq(of, &snapshot)) && !is_due {
            return;
        }
        self.shell.notified = Some(Arc::clone(&snapshot));
        let Some(notifier) = &self.shell.notifier else { return };
        let is_watched = self.viewports.window.as_ref().is_some_and(|ctx| ctx.input(|input| input.focused));
        let of = PolicyInput {
            picture: &|event| self.library.pictures.event_file(event),
            snapshot: &snapshot,
            wanted: &self.setup.settings.notify,
            is_watched,
            i18n: &self.i18n,
            now,
            zone: &self.setup.zone,
        };
        for notification in self.shell.policy.update(of) {
            notifier.show(notification);
        }
        if let (Some(at), Some(ctx)) = (self.shell.policy.look_again_at(), &self.viewports.window) {
            ctx.request_repaint_after(Duration::try_from(at.duration_since(now)).unwrap_or_default());
        }
    }

    /// The time when a notification becomes due without a new snapshot.
    pub(super) fn news_at(&self, now: Instant) -> Option<Instant> {
        let ahead = self.shell.policy.look_again_at()?.duration_since(self.setup.clock.now());
        // Wait at least one second, so that a clock change does not cause a busy loop.
        Some(now + Duration::try_from(ahead).unwrap_or_default().max(Duration::from_secs(1)))
    }

    /// The receiver of calls from outside of the window.
    pub fn event_receiver(&self) -> &Receiver<AppEvent> {
        &self.setup.channels.event_receiver
    }

    /// Texts in the user's language.
    pub fn i18n(&self) -> &Localizer {
        &self.i18n
    }

    /// Polls: receives finished work, answers calls, and updates tray and notifications.
    pub fn poll(&mut self) {
        self.receive();
        while let Ok(call) = self.setup.channels.event_receiver.try_recv() {
            self.handle_event(call);
        }
        self.show_tray();
        self.tell_news();
        self.remind_of_filter();
        self.hear_automation();
        let view = self.snapshot();
        if let Some(history) = &mut self.history {
            history.keep(self.setup.settings.energy.keep_years);
            history.hear(&view);
            for news in history.take_news() {
                self.notice(match news {
                    HistoryNews::NotWritten(err) => Notice::HistoryNotWritten(err),
                    HistoryNews::SetAside(aside) => Notice::HistorySetAside(aside),
                });
            }
        }
    }

    /// Handles a call.
    pub fn handle_event(&mut self, call: AppEvent) {
        match call {
            AppEvent::Poll => {}
            AppEvent::Open(at) => self.show_window(at.as_ref().map(Page::of)),
            AppEvent::Launcher => self.toggle_launcher(),
            AppEvent::Request(request) => self.ask(AppIntent::Engine(request)),
            AppEvent::Reverse(reversal) => self.ask(AppIntent::Reverse(reversal)),
            AppEvent::Hold(intent) => self.automation_intent(intent),
            AppEvent::Preset(id) => {
                if let Some(preset) = self.library.presets.list.get(id) {
                    let (name, writes) = (preset.name.clone(), preset.writes.clone());
                    self.ask(AppIntent::Presets(PresetIntent::Apply { name, writes }));
                } else {
                    tracing::warn!(id, "the requested preset does not exist any more");
                }
            }
            AppEvent::Link(link) => {
                self.window.modals.open(Modal::Link(link));
                self.show_window(None);
            }
            AppEvent::Tray(is_there) => self.lifecycle.tray(is_there, Instant::now()),
            AppEvent::Automation => {
                if let Some(automation) = self.automation.get() {
                    automation.wake();
                }
            }
            // Connections from before a sleep may be dead without knowing it.
            AppEvent::Awake => {
                let is_remote = |source: &&AccountSource| !matches!(source, AccountSource::Simulated);
                let keys: Vec<String> =
                    self.accounts.sources().filter(is_remote).map(|source| source.key().to_owned()).collect();
                for key in keys {
                    self.reopen(Some(&key));
                }
            }
            AppEvent::Yield => {
                self.has_yielded = true;
                self.quit();
            }
            AppEvent::Quit => self.quit(),
        }
    }

    /// Handles an intent from outside of the window. If it switches a camera on, the window asks for consent
    /// first.
    fn ask(&mut self, intent: AppIntent) {
        let cameras = switched_on(&intent, &self.snapshot());
        if cameras.is_empty() {
            self.dispatch(intent);
        } else {
            self.window.modals.open(Modal::Consent(Consent { cameras, then: intent }));
            self.show_window(None);
        }
    }

    /// Opens the window, or brings it to the front.
    pub(super) fn show_window(&mut self, page: Option<Page>) {
        if let Some(page) = page {
            self.window.open_page(page);
        }
        self.lifecycle.wants_window();
        if let Some(ctx) = &self.viewports.window {
            ctx.send_viewport_cmd(egui::ViewportCommand::Visible(true));
            ctx.send_viewport_cmd(egui::ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(egui::ViewportCommand::Focus);
            ctx.request_repaint();
        }
    }

    /// Opens the launcher, or closes it.
    fn toggle_launcher(&mut self) {
        tracing::info!("launcher requested");
        match (&self.viewports.window, self.lifecycle.is_launcher_open()) {
            (_, true) => self.close_launcher(),
            // A hidden or minimized window draws no launcher above it, and eframe gives the accessible tree to the
            // main window alone (0.37). So show the window with its palette instead.
            (Some(ctx), false)
                if self.lifecycle.is_hidden()
                    || self.viewports.is_read
                    || ctx.input(|input| input.viewport().minimized) == Some(true) =>
            {
                self.show_window(None);
                self.queue_in_window(UiIntent::Action(Action::Palette));
            }
            (Some(_) | None, false) => {
                self.window.launcher = Launcher::default();
                self.viewports.launcher_monitor = monitor::with_pointer();
                self.lifecycle.wants_launcher(true);
                self.setup.channels.waker.wake_now();
            }
        }
    }

    pub(super) fn close_launcher(&mut self) {
        self.lifecycle.wants_launcher(false);
        if let Some(ctx) = &self.viewports.launcher {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        self.setup.channels.waker.wake_now();
    }

    fn queue_in_window(&mut self, intent: impl Into<Intent>) {
        self.window.queued_intents.push(intent.into());
    }

    /// The pinned devices, in the order of the accounts.
    pub(super) fn pinned(&self) -> Vec<DeviceId> {
        let lists = self.accounts.sources().filter_map(|source| self.setup.settings.pinned.get(source.key()));
        lists.flatten().map(|id| DeviceId::from(id.as_str())).collect()
    }

    /// Reads the order of the devices of the shown accounts from the settings.
    pub(super) fn refresh_order(&mut self) {
        let lists = self.accounts.sources().filter_map(|source| self.setup.settings.order.get(source.key()));
        let order: Vec<DeviceId> = lists.flatten().map(|id| DeviceId::from(id.as_str())).collect();
        if *self.order != *order {
            self.order = order.into();
        }
    }

    /// The keys of the shown accounts.
    pub(super) fn account_keys(&self) -> Vec<String> {
        self.accounts.sources().map(|source| source.key().to_owned()).collect()
    }

    /// The key of the account that has a device. A single account has all devices.
    pub(super) fn key_of(&self, device: &DeviceId) -> Option<String> {
        let snapshot = self.snapshot();
        let owner = snapshot.accounts.iter().find(|account| account.snapshot.confirmed.has_device(device));
        owner.or(snapshot.only()).map(|account| account.key.clone())
    }

    fn tray_input<'a>(
        &'a self,
        snapshot: &'a AccountsView,
        automation: &'a AutomationView,
        pinned: &'a [DeviceId],
    ) -> TrayInput<'a> {
        TrayInput {
            snapshot,
            automation,
            presets: &self.library.presets.list,
            pinned,
            scrolls: self.setup.settings.tray_scrolls,
            i18n: &self.i18n,
            now: self.setup.clock.now(),
            zone: &self.setup.zone,
        }
    }

    fn show_tray(&mut self) {
        let Some(tray) = &self.shell.tray else { return };
        let (snapshot, automation) = (self.snapshot(), self.automation.view());
        let is_dark = self.shell.preferences.current().scheme != ColorScheme::Light;
        let seen = TrayInputVersion {
            version: snapshot.version,
            is_open: self.accounts.is_open(),
            failed: self.accounts.failures().len(),
            revision: self.revision,
            automation: self.automation.get().map(Automation::version).unwrap_or_default(),
            is_dark,
        };
        if self.shell.tray_input_seen.replace(seen) == Some(seen) {
            return;
        }
        let pinned = self.pinned();
        let tray_state = tray_state(self.tray_input(&snapshot, &automation, &pinned));
        if self.shell.tray_state_shown.as_ref() != Some(&(tray_state.clone(), is_dark)) {
            tray.show(tray_state.clone(), is_dark);
            self.shell.tray_state_shown = Some((tray_state, is_dark));
        }
    }
}
