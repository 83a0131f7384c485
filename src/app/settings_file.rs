//! The settings file. Changes of this process are merged into the current file, and changes of other processes,
//! such as a sign-out, are followed.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::runtime::Handle;

use super::file_watch::FileWatch;
use super::waker::RepaintWaker;
use super::{App, localizer};
use crate::accounts::session::{AccountFilter, AccountSource};
use crate::accounts::settings::Settings;
use crate::files::FileError;
use crate::ui::notice::Notice;

/// The known state of the settings file.
pub(super) struct SettingsFile {
    /// The settings as read or written last.
    base: Settings,
    watch: Option<FileWatch>,
}

impl SettingsFile {
    /// Begins to watch the file, if there is one.
    pub(super) fn follow(path: Option<PathBuf>, base: Settings, runtime: &Handle, waker: Arc<RepaintWaker>) -> Self {
        Self { base, watch: path.map(|path| FileWatch::start(path, runtime, waker)) }
    }
}

impl App {
    /// Merges the changes of this process into the file.
    pub(super) fn save_settings(&mut self) {
        self.revision += 1;
        let Some(places) = &self.setup.places else { return };
        let (base, mine) = (&self.settings_file.base, &self.setup.settings);
        match Settings::update(&places.settings(), |theirs| theirs.take_changes(base, mine)) {
            Ok(loaded) => {
                self.setup.notices.extend(loaded.notices.into_iter().map(Notice::Settings));
                self.take_settings(loaded.settings);
            }
            Err(err) => self.notice(Notice::SettingsNotSaved(FileError::from(&err))),
        }
    }

    /// Takes over changes that another process made in the file.
    pub(super) fn follow_settings(&mut self) {
        if !self.settings_file.watch.as_ref().is_some_and(FileWatch::take_change) {
            return;
        }
        let Some(places) = &self.setup.places else { return };
        // If the file cannot be read now, keep the current settings.
        let Ok(loaded) = Settings::reload(&places.settings()) else { return };
        if loaded.settings != self.settings_file.base {
            self.take_settings(loaded.settings);
        }
    }

    /// Replaces the settings. Follows accounts that were added, removed or signed in to again.
    fn take_settings(&mut self, settings: Settings) {
        let before = std::mem::replace(&mut self.setup.settings, settings.clone());
        self.settings_file.base = settings;
        let now = &self.setup.settings;
        if before == *now {
            return;
        }
        for account in &before.accounts {
            let is_same = now.accounts.iter().any(|other| other.id == account.id && other.sign_in == account.sign_in);
            if !is_same {
                // The cached token belongs to an earlier sign-in.
                self.setup.vault.forget(&account.id);
            }
        }
        for account in &before.accounts {
            if now.accounts.iter().all(|other| other.id != account.id) {
                self.delete_event_pictures(&account.id);
            }
        }
        self.follow_outside();
        let accounts_differ = before.accounts != now.accounts;
        self.i18n = localizer(now);
        self.refresh_order();
        self.revision += 1;
        self.want_hotkey();
        if accounts_differ {
            let is_gone = |id: &str| self.setup.settings.accounts.iter().all(|account| account.id != id);
            let lost = matches!(&self.setup.selection, AccountFilter::Only(source)
                if matches!(&**source, AccountSource::Settings(account) if is_gone(&account.id)));
            if lost {
                self.switch_to(AccountFilter::All);
            } else {
                self.show_accounts();
            }
        }
        self.setup.channels.waker.wake_now();
    }
}
