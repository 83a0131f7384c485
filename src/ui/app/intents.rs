//! What the application does for an intent.

use std::sync::Arc;

use super::{App, language};
use crate::engine::{Request, Who};
use crate::files::FileError;
use crate::home::DeviceId;
use crate::presets::PresetsFile;
use crate::session::{Choice, Session};
use crate::simulator::{Controls, Simulation};
use crate::texts::Texts;
use crate::ui::intent::{Happening, Intent, Preference, PresetIntent};
use crate::ui::notice::Notice;
use crate::ui::sign_in::Source;

impl App {
    pub(super) fn carry_out(&mut self, intent: Intent) {
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
                    self.notice(Notice::NothingHappened);
                }
            }
            Intent::DismissNotice(index) => {
                if index < self.setup.notices.len() {
                    self.setup.notices.remove(index);
                }
            }
            Intent::Prefer(preference) => self.prefer(preference),
            Intent::StartWithDesktop(on) => {
                self.starts.failure = self.setup.autostart.switch(on).err();
                self.starts.standing = self.setup.autostart.look();
            }
            Intent::SignIn => {
                if self.window.form.token.is_empty() && !self.window.form.kind.needs_token() {
                    self.sign_in(Source::Nowhere);
                } else {
                    let token = self.window.form.take_token();
                    self.typed_token = Some(token.clone());
                    self.sign_in(Source::Token(token));
                }
            }
            Intent::SignInByBrowser => self.sign_in_by_oauth(),
            Intent::Unseal => {
                self.unseal();
                self.open();
            }
            Intent::SignOut => self.sign_out(),
            Intent::OpenSimulated => self.switch_to(Choice::Simulated),
            Intent::OpenAccount(id) => {
                let account = self.setup.settings.accounts.iter().find(|account| account.id == id).cloned();
                if let Some(account) = account {
                    self.switch_to(Choice::Account(account));
                }
            }
            Intent::Reopen => self.open(),
            Intent::Closing(answer) => self.closing(answer),
            Intent::Pin(device, on) => self.pin(&device, on),
            Intent::CloseWindow => self.close_window(),
            Intent::Quit => self.quit(),
            // The window did these already.
            Intent::Do(_) | Intent::Go(_) | Intent::Back | Intent::ShowHome(_) => {}
        }
    }

    pub(super) fn request(&mut self, request: Request) {
        let taken = self.session.as_ref().is_some_and(|session| session.engine.request(request));
        if !taken {
            self.notice(Notice::NotTaken);
        }
    }

    fn pin(&mut self, device: &DeviceId, on: bool) {
        let key = self.account_key().to_owned();
        let pinned = self.setup.settings.pinned.entry(key).or_default();
        pinned.retain(|id| id != device.as_str());
        if on {
            pinned.push(device.as_str().to_owned());
        }
        self.save_settings();
    }

    pub(super) fn switch_to(&mut self, choice: Choice) {
        self.setup.choice = choice;
        self.window.leave_account();
        self.load_presets();
        self.open();
    }

    /// Takes the presets of the account that is chosen, whether or not it can be opened: those of
    /// another one must never be saved in their place.
    pub(super) fn load_presets(&mut self) {
        let loaded = self.presets_file().map(|file| file.load()).unwrap_or_default();
        self.presets = loaded.presets;
        self.removed_preset = None;
        self.setup.notices.extend(loaded.notices.into_iter().map(Notice::Presets));
        self.revision += 1;
    }

    pub(super) fn prefer(&mut self, preference: Preference) {
        let settings = &mut self.setup.settings;
        match preference {
            Preference::Appearance(appearance) => settings.appearance = appearance,
            Preference::HighContrast(choice) => settings.high_contrast = choice,
            Preference::ReducedMotion(choice) => settings.reduced_motion = choice,
            Preference::OnClose(choice) => settings.on_close = choice,
            Preference::Notify(notify) => settings.notify = notify,
            Preference::Hotkey(keys) => settings.hotkey = keys,
            Preference::TrayScrolls(scrolls) => settings.tray_scrolls = scrolls,
            Preference::Language(choice) => settings.language = choice.map(|language| language.code().to_owned()),
        }
        self.want_hotkey();
        self.save_settings();
        self.texts = Texts::new(language(&self.setup.settings));
    }

    pub(super) fn presets_intent(&mut self, intent: PresetIntent) {
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
            Err(err) => self.notice(Notice::Preset(err)),
            Ok(()) => self.save_presets(),
        }
    }

    pub(super) fn save_presets(&mut self) {
        self.revision += 1;
        let Some(file) = self.presets_file() else { return };
        if let Err(err) = file.save(&self.presets) {
            self.notice(Notice::PresetsNotSaved(FileError::from(&err)));
        }
    }

    pub(super) fn presets_file(&self) -> Option<PresetsFile> {
        let places = self.setup.places.as_ref()?;
        let id = match &self.setup.choice {
            Choice::Account(account) => account.id.as_str(),
            // The ids of a simulated home are the same each time.
            Choice::Simulated => "simulated",
            Choice::Environment { .. } => return None,
        };
        Some(PresetsFile::in_folder(&places.of_account(id)))
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
