//! The presets of the window: their file, changes to them, and changes by others.

use std::sync::Arc;

use super::App;
use super::file_watch::FileWatch;
use crate::accounts::session::AccountSource;
use crate::engine::{Origin, Request};
use crate::files::FileError;
use crate::presets::{LoadedPresets, Preset, Presets, PresetsFile};
use crate::ui::intent::PresetIntent;
use crate::ui::notice::Notice;

/// The presets with the state of their file.
#[derive(Default)]
pub(super) struct AppPresets {
    pub(super) list: Presets,
    /// The preset that was removed last, with its place.
    pub(super) removed: Option<(usize, Preset)>,
    /// The list as it was read or written last.
    base: Presets,
    watch: Option<FileWatch>,
}

impl App {
    /// Loads the presets of the accounts, even if an account cannot be opened, so that presets of the simulated
    /// home are never saved in their place.
    pub(super) fn load_presets(&mut self) {
        let file = self.presets_file();
        let (loaded, base) = match (&file, self.presets_of_single_accounts()) {
            (Some(file), Some(single)) if !file.exists() => (PresetsFile::load_together(&single), Presets::default()),
            (Some(file), _) => {
                let loaded = file.load();
                let base = loaded.presets.clone();
                (loaded, base)
            }
            (None, _) => (LoadedPresets::default(), Presets::default()),
        };
        let watch = file.map(|file| {
            let waker = Arc::clone(&self.setup.channels.waker);
            FileWatch::start(file.path().to_owned(), &self.setup.runtime, waker)
        });
        self.library.presets = AppPresets { list: loaded.presets, removed: None, base, watch };
        self.setup.notices.extend(loaded.notices.into_iter().map(Notice::Presets));
        if self.library.presets.list != self.library.presets.base {
            // Save at once, so that a later sign-out of one account does not lose its presets.
            self.save_presets();
        }
        self.tell_presets();
        self.revision += 1;
    }

    /// Merges the changes of this process into the file. If that fails, they stay in the list and are saved with
    /// the next change.
    fn save_presets(&mut self) {
        self.revision += 1;
        let Some(file) = self.presets_file() else { return };
        match file.update(&self.library.presets.base, &self.library.presets.list) {
            Ok(LoadedPresets { presets, notices }) => {
                self.library.presets.base = presets.clone();
                self.library.presets.list = presets;
                self.setup.notices.extend(notices.into_iter().map(Notice::Presets));
            }
            Err(err) => self.notice(Notice::PresetsNotSaved(FileError::from(&err))),
        }
        self.tell_presets();
    }

    /// Takes over changes that another process made in the file.
    pub(super) fn follow_presets(&mut self) {
        if !self.library.presets.watch.as_ref().is_some_and(FileWatch::take_change) {
            return;
        }
        // If the file cannot be read now, keep the present list.
        let Some(theirs) = self.presets_file().and_then(|file| file.reload()) else { return };
        if theirs == self.library.presets.base {
            return;
        }
        let mut merged = theirs.clone();
        merged.take_changes(&self.library.presets.base, &self.library.presets.list);
        self.library.presets.list = merged;
        self.library.presets.base = theirs;
        self.revision += 1;
        self.tell_presets();
        self.setup.channels.waker.wake_now();
    }

    pub(super) fn presets_intent(&mut self, intent: PresetIntent) {
        let home = Arc::clone(&self.snapshot().shown);
        let result = match intent {
            PresetIntent::Apply { name, writes } => {
                self.request(Request::Apply { name, writes, origin: Origin::Window });
                return;
            }
            PresetIntent::Save { id: Some(id), name, writes } => self
                .library
                .presets
                .list
                .rename(id, &name)
                .and_then(|()| self.library.presets.list.replace(id, writes, &home)),
            PresetIntent::Save { id: None, name, writes } => {
                self.library.presets.list.add(&name, writes, &home).map(drop)
            }
            PresetIntent::Remove(id) => {
                self.library.presets.removed = self.library.presets.list.remove(id);
                Ok(())
            }
            PresetIntent::PutBack => match self.library.presets.removed.take() {
                Some((at, preset)) => self.library.presets.list.put_back(at, preset),
                None => Ok(()),
            },
            PresetIntent::Move { id, up } => {
                let at = self.library.presets.list.list().iter().position(|preset| preset.id == id).unwrap_or_default();
                self.library.presets.list.move_to(id, if up { at.saturating_sub(1) } else { at + 1 })
            }
        };
        match result {
            Err(err) => self.notice(Notice::Preset(err)),
            Ok(()) => self.save_presets(),
        }
    }

    pub(super) fn presets_file(&self) -> Option<PresetsFile> {
        let places = self.setup.places.as_ref()?;
        let folder = match self.setup.selection.sources(&self.setup.settings).first()? {
            // A preset may set devices of several accounts, so all accounts share them.
            AccountSource::Settings(_) => places.of_account("all"),
            // The simulated home has the same ids at each start.
            AccountSource::Simulated => places.of_account("simulated"),
            AccountSource::Environment { .. } => return None,
        };
        Some(PresetsFile::in_folder(&folder))
    }

    /// The files in which each account had its presets before all accounts shared one file.
    fn presets_of_single_accounts(&self) -> Option<Vec<PresetsFile>> {
        let places = self.setup.places.as_ref()?;
        if !matches!(self.setup.selection.sources(&self.setup.settings).first(), Some(AccountSource::Settings(_))) {
            return None;
        }
        let accounts = self.setup.settings.accounts.iter();
        Some(accounts.map(|account| PresetsFile::in_folder(&places.of_account(&account.id))).collect())
    }
}
