//! Dispatches intents of the window.

use std::collections::BTreeSet;

use super::sign_in::Source;
use super::{App, localizer};
use crate::accounts::session::{AccountFilter, AccountSource, ServiceEntry};
use crate::engine::Request;
use crate::files::FileError;
use crate::home::DeviceId;
use crate::platform::terminal::{Script, Terminal};
use crate::simulator::{Controls, Simulation};
use crate::ui::intent::{AppIntent, Preference, SimulatorCommand};
use crate::ui::notice::Notice;

impl App {
    pub(super) fn dispatch(&mut self, intent: AppIntent) {
        match intent {
            AppIntent::Engine(request) => self.request(request),
            AppIntent::Reverse(reversal) => {
                if !self.accounts.reverse(&reversal) {
                    self.notice(Notice::NotTaken);
                }
            }
            AppIntent::DismissWarning(id) => {
                if !self.accounts.dismiss(id) {
                    self.notice(Notice::NotTaken);
                }
            }
            AppIntent::Presets(intent) => self.presets_intent(intent),
            AppIntent::LoadPicture(url) => {
                self.library.pictures.retry(&url);
            }
            AppIntent::Console(asked) => self.console(asked),
            AppIntent::Simulate(happening) => {
                let controls = self.accounts.simulation().map(Simulation::controls);
                if !controls.is_some_and(|controls| happen(&controls, happening)) {
                    self.notice(Notice::NothingHappened);
                }
            }
            AppIntent::DismissNotice(index) => {
                if index < self.setup.notices.len() {
                    self.setup.notices.remove(index);
                }
            }
            AppIntent::Prefer(preference) => self.prefer(preference),
            AppIntent::Automation(intent) => self.automation_intent(intent),
            AppIntent::DeviceSchedule(intent) => self.device_schedule_intent(intent),
            AppIntent::StartWithDesktop(on) => {
                self.shell.starts.failure = self.setup.autostart.switch(on).err();
                self.shell.starts.standing = self.setup.autostart.status();
            }
            AppIntent::SignIn => {
                let form = &self.window.form;
                let needs_token = form.kind.is_none_or(|kind| ServiceEntry::at(kind, &form.url).kind.needs_token());
                if form.token.is_empty() && !needs_token {
                    self.sign_in(Source::Nowhere);
                } else {
                    let token = self.window.form.take_token();
                    self.sign_in_tasks.typed_token = Some(token.clone());
                    self.sign_in(Source::Token(token));
                }
            }
            AppIntent::SignInByBrowser => self.sign_in_by_oauth(),
            AppIntent::CheckGoogle { make } => self.check_google(make),
            AppIntent::Unseal => {
                self.unseal();
                let sealed: Vec<String> = self.accounts.failures().iter().map(|(key, _)| (*key).to_owned()).collect();
                for key in sealed {
                    self.reopen(Some(&key));
                }
            }
            AppIntent::Account(id, intent) => self.account_intent(&id, intent),
            AppIntent::OpenSimulated => self.switch_to(AccountFilter::only(AccountSource::Simulated)),
            AppIntent::OpenAccounts => self.switch_to(AccountFilter::All),
            AppIntent::Reopen => self.reopen(None),
            AppIntent::Closing(answer) => self.closing(answer),
            AppIntent::Pin(device, on) => self.pin(&device, on),
            AppIntent::Arrange(order) => self.arrange(&order),
            AppIntent::InTerminal(script) => self.in_terminal(&script),
            AppIntent::History(intent) => self.history_intent(intent),
            AppIntent::SaveFile(file) => self.save_file(file),
            AppIntent::CloseWindow => self.close_window(),
            AppIntent::Quit => self.quit(),
        }
    }

    pub(super) fn request(&mut self, request: Request) {
        if !self.accounts.request(request) {
            self.notice(Notice::NotTaken);
        }
    }

    /// Opens a script in a terminal. The search runs each time, so that a newly installed terminal is found.
    fn in_terminal(&mut self, script: &Script) {
        let opened = Terminal::find().ok_or_else(|| std::io::ErrorKind::NotFound.into());
        if let Err(err) = opened.and_then(|terminal| terminal.open(script)) {
            let why = self.i18n.localize(&FileError::from(&err));
            let words = self.i18n.format("as-code-terminal-failed", [("why", why.into())]);
            self.window.warn(words, self.setup.clock.now());
        }
    }

    fn pin(&mut self, device: &DeviceId, on: bool) {
        for key in self.account_keys() {
            if let Some(pinned) = self.setup.settings.pinned.get_mut(&key) {
                pinned.retain(|id| id != device.as_str());
            }
        }
        if on && let Some(key) = self.key_of(device) {
            self.setup.settings.pinned.entry(key).or_default().push(device.as_str().to_owned());
        }
        self.save_settings();
    }

    /// Keeps the order of the devices of a section, each with its account.
    fn arrange(&mut self, order: &[DeviceId]) {
        let ids: BTreeSet<&str> = order.iter().map(DeviceId::as_str).collect();
        for key in self.account_keys() {
            if let Some(kept) = self.setup.settings.order.get_mut(&key) {
                kept.retain(|id| !ids.contains(id.as_str()));
            }
        }
        for device in order {
            if let Some(key) = self.key_of(device) {
                self.setup.settings.order.entry(key).or_default().push(device.as_str().to_owned());
            }
        }
        self.setup.settings.order.retain(|_, list| !list.is_empty());
        self.refresh_order();
        self.save_settings();
    }

    pub(super) fn switch_to(&mut self, selection: AccountFilter) {
        self.setup.selection = selection;
        self.window.leave_account();
        self.load_presets();
        self.show_accounts();
    }

    pub(super) fn prefer(&mut self, preference: Preference) {
        let settings = &mut self.setup.settings;
        match preference {
            Preference::Appearance(appearance) => settings.appearance = appearance,
            Preference::HighContrast(source) => settings.high_contrast = source,
            Preference::ReducedMotion(source) => settings.reduced_motion = source,
            Preference::OnClose(source) => settings.on_close = source,
            Preference::Rules(rules) => settings.rules = rules,
            Preference::Notify(notify) => settings.notify = notify,
            Preference::CodeLanguage(language) => settings.code_language = Some(language.word().to_owned()),
            Preference::Hotkey(keys) => settings.hotkey = keys,
            Preference::Compact(is_compact) => settings.compact = is_compact,
            Preference::DegreeDayBase(base) => settings.energy.degree_day_base = Some(base),
            Preference::Cost(cost) => settings.energy.cost = cost,
            Preference::Filter(filter) => settings.energy.filter = filter,
            Preference::KeepHistory(years) => settings.energy.keep_years = years,
            Preference::TextSize(size) => settings.text_size = size,
            Preference::Scale(scale) => settings.scale = scale,
            Preference::Developer(shown) => settings.developer = shown,
            Preference::TrayScrolls(scrolls) => settings.tray_scrolls = scrolls,
            Preference::Language(source) => settings.language = source.map(|language| language.code().to_owned()),
        }
        self.want_hotkey();
        self.follow_outside();
        self.save_settings();
        self.i18n = localizer(&self.setup.settings);
    }
}

/// Runs a command of the simulated home; `false` if it cannot run.
fn happen(controls: &Controls, happening: SimulatorCommand) -> bool {
    match happening {
        SimulatorCommand::Outdoor(Some(celsius)) => {
            controls.set_outdoor(celsius);
            true
        }
        SimulatorCommand::Outdoor(None) => {
            controls.release_outdoor();
            true
        }
        SimulatorCommand::Speed(speed) => controls.set_speed(speed),
        SimulatorCommand::Event(camera, kind) => controls.camera_event(&camera, kind),
        SimulatorCommand::Smoke(protect, state) => controls.smoke(&protect, state),
        SimulatorCommand::Co(protect, state) => controls.co(&protect, state),
        SimulatorCommand::Battery(protect, health) => controls.battery(&protect, health),
        SimulatorCommand::Online(device, online) => controls.set_online(&device, online),
        SimulatorCommand::Lock(thermostat, limits) => controls.lock(&thermostat, limits),
        SimulatorCommand::EmergencyHeat(thermostat, on) => controls.emergency_heat(&thermostat, on),
        SimulatorCommand::RushHour(structure, hours) => controls.rush_hour(&structure, hours),
    }
}
