//! Imports that the window asks for: on a thread of their own, with progress and cancel, and the question which
//! thermostat of the home an export tells of.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use directories::UserDirs;

use super::App;
use super::history::HistoryFiles;
use super::waker::RepaintWaker;
use crate::clock::Clock;
use crate::history::{HistoryError, HistoryImportError, HistoryStore, ImportReport, import};
use crate::ui::intent::HistoryIntent;
use crate::ui::pages::{ImportStatus, JoinProposal, JoinQuestion};

/// Most exports that are proposed.
const MOST_FOUND: usize = 20;

/// The import that runs or was made last.
#[derive(Default)]
pub(super) struct HistoryImport {
    shared: Arc<Mutex<ImportStatus>>,
    cancel: Arc<AtomicBool>,
    /// True from the end of an import on, until the window knows of it.
    has_ended: Arc<AtomicBool>,
    edits: HistoryEdits,
}

/// Joins and deletions under way. Making the days of years again takes seconds.
struct HistoryEdits {
    sender: SyncSender<HistoryEdit>,
    receiver: Receiver<HistoryEdit>,
}

/// The end of a join, with the export that was asked for, or of a deletion.
struct HistoryEdit {
    export: Option<String>,
    result: Result<(), HistoryError>,
}

/// Most edits at the same time.
const MOST_EDITS: usize = 16;

impl Default for HistoryEdits {
    fn default() -> Self {
        let (sender, receiver) = sync_channel(MOST_EDITS);
        Self { sender, receiver }
    }
}

impl HistoryImport {
    /// The present state, for the window.
    pub(super) fn status(&self) -> ImportStatus {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, status: ImportStatus) {
        *self.shared.lock().unwrap_or_else(PoisonError::into_inner) = status;
    }
}

impl App {
    pub(super) fn history_intent(&self, intent: HistoryIntent) {
        match intent {
            HistoryIntent::FindExports => {
                let found = UserDirs::new().map(|dirs| exports_in(dirs.download_dir().unwrap_or(dirs.home_dir())));
                self.import.set(ImportStatus::Choosing { found: found.unwrap_or_default() });
            }
            HistoryIntent::Import(paths) => self.start_import(paths),
            HistoryIntent::CancelImport => self.import.cancel.store(true, Ordering::SeqCst),
            HistoryIntent::CloseImport => self.import.set(ImportStatus::Closed),
            HistoryIntent::Join { export, to } => self.join_export(&export, to),
            HistoryIntent::Export { key, name } => self.export_history(key, name),
            HistoryIntent::Forget(what) => self.forget_history(what),
        }
    }

    /// Reads the history again after an import.
    pub(super) fn receive_import(&mut self) {
        if self.import.has_ended.swap(false, Ordering::SeqCst) {
            self.window.curves.forget();
        }
        self.receive_edits();
    }

    fn start_import(&self, paths: Vec<PathBuf>) {
        if matches!(self.import.status(), ImportStatus::Running { .. }) {
            return;
        }
        let Some(places) = &self.setup.places else { return };
        let file = HistoryFiles::in_folder(&places.data).own;
        self.import.cancel.store(false, Ordering::SeqCst);
        let begun = self.setup.clock.now();
        self.import.set(ImportStatus::Running { done: 0, all: 0, begun });
        let task = ImportTask {
            file,
            shared: Arc::clone(&self.import.shared),
            cancel: Arc::clone(&self.import.cancel),
            waker: Arc::clone(&self.setup.channels.waker),
            clock: Arc::clone(&self.setup.clock),
            has_ended: Arc::clone(&self.import.has_ended),
        };
        let thread = std::thread::Builder::new().name("setpoint-import".to_owned());
        if let Err(err) = thread.spawn(move || task.run(&paths)) {
            let failed = HistoryError::from(&err);
            self.import.set(ImportStatus::Failed(failed.into()));
        }
    }

    /// Counts an export to a thermostat of the home; `None` keeps it apart. The question is answered then.
    fn join_export(&self, export: &str, to: Option<(String, String)>) {
        let (asked, export) = (Some(export.to_owned()), export.to_owned());
        self.edit(asked, move |file| to.map_or(Ok(()), |to| join(file, &export, &to)));
    }

    /// Edits the file on a blocking thread.
    fn edit(&self, export: Option<String>, edit: impl FnOnce(&Path) -> Result<(), HistoryError> + Send + 'static) {
        let Some(places) = &self.setup.places else { return };
        let file = HistoryFiles::in_folder(&places.data).own;
        let (sender, waker) = (self.import.edits.sender.clone(), Arc::clone(&self.setup.channels.waker));
        self.setup.runtime.spawn_blocking(move || {
            // The program has ended meanwhile if nobody receives it.
            if sender.try_send(HistoryEdit { export, result: edit(&file) }).is_ok() {
                waker.wake_now();
            }
        });
    }

    fn receive_edits(&mut self) {
        while let Ok(HistoryEdit { export, result }) = self.import.edits.receiver.try_recv() {
            if let Err(err) = result {
                let words = self.i18n.localize(&err);
                self.window.warn(words, self.setup.clock.now());
            } else if let Some(export) = export {
                let mut status = self.import.shared.lock().unwrap_or_else(PoisonError::into_inner);
                if let ImportStatus::Done { questions, .. } = &mut *status {
                    questions.retain(|question| question.export != export);
                }
            }
            self.window.curves.forget();
        }
    }

    /// Deletes a thermostat from the history, or all of them.
    fn forget_history(&self, key: Option<String>) {
        self.edit(None, move |file| forget(file, key.as_deref()));
    }
}

fn forget(file: &Path, key: Option<&str>) -> Result<(), HistoryError> {
    let mut history = HistoryStore::open(file)?.history;
    let devices = history.own_devices()?;
    let writer = history.write()?;
    match key {
        Some(key) => devices.iter().filter(|device| device.key == key).try_for_each(|device| writer.forget(device))?,
        None => writer.forget_all()?,
    }
    writer.commit()?;
    if key.is_none() {
        HistoryStore::remove_copies(file)?;
    }
    if let Err(err) = history.compact() {
        tracing::warn!(%err, path = %file.display(), "the history could not be compacted");
    }
    Ok(())
}

fn join(file: &Path, export: &str, (key, name): &(String, String)) -> Result<(), HistoryError> {
    let mut history = HistoryStore::open(file)?.history;
    let known = history.keyed(export)?.ok_or_else(|| HistoryError::NoDevice(export.to_owned()))?;
    let writer = history.write()?;
    let target = writer.ensure_device(key, name)?;
    writer.join(&known, &target)?;
    writer.commit()
}

/// An import on its thread.
struct ImportTask {
    file: PathBuf,
    shared: Arc<Mutex<ImportStatus>>,
    cancel: Arc<AtomicBool>,
    waker: Arc<RepaintWaker>,
    clock: Arc<dyn Clock>,
    has_ended: Arc<AtomicBool>,
}

impl ImportTask {
    fn run(&self, paths: &[PathBuf]) {
        let status = match self.import(paths) {
            Ok((report, questions)) => ImportStatus::Done { report, questions },
            Err(failed) => ImportStatus::Failed(failed),
        };
        self.has_ended.store(true, Ordering::SeqCst);
        self.tell(status);
    }

    fn tell(&self, status: ImportStatus) {
        *self.shared.lock().unwrap_or_else(PoisonError::into_inner) = status;
        self.waker.wake_now();
    }

    fn import(&self, paths: &[PathBuf]) -> Result<(ImportReport, Vec<JoinQuestion>), HistoryImportError> {
        let begun = self.clock.now();
        let mut history = HistoryStore::open(&self.file)?.history;
        let report = import(&mut history, paths, None, begun, &mut |progress| {
            self.tell(ImportStatus::Running { done: progress.done, all: progress.all, begun });
            if self.cancel.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        let questions = questions(&history, &report)?;
        Ok((report, questions))
    }
}

/// The exports that no thermostat of the home is known for, each with the one that it resembles most.
fn questions(history: &HistoryStore, report: &ImportReport) -> Result<Vec<JoinQuestion>, HistoryError> {
    let mut questions = Vec::new();
    for device in report.devices.iter().filter(|device| device.counted_to.is_none()) {
        let Some(export) = history.keyed(&device.key)? else { continue };
        let mut best: Option<JoinProposal> = None;
        for other in history.own_devices()?.into_iter().filter(|other| !other.key.starts_with("takeout:")) {
            let Some(overlap) = history.overlap(&export, &other)?.filter(|overlap| overlap.is_alike()) else {
                continue;
            };
            if best.as_ref().is_none_or(|best| overlap.difference < best.overlap.difference) {
                best = Some(JoinProposal { key: other.key, name: other.name, overlap });
            }
        }
        questions.push(JoinQuestion { export: device.key.clone(), name: device.name.clone(), proposal: best });
    }
    Ok(questions)
}

/// The exports of Google in a folder, the newest first.
fn exports_in(folder: &Path) -> Vec<PathBuf> {
    let is_export = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let is_zip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        (is_zip && name.starts_with("takeout")) || name == "hvacruntime.jsonl"
    };
    let mut found: Vec<(std::time::SystemTime, PathBuf)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| is_export(&entry.path()))
        .filter_map(|entry| Some((entry.metadata().ok().filter(|it| it.is_file())?.modified().ok()?, entry.path())))
        .collect();
    found.sort();
    found.into_iter().rev().take(MOST_FOUND).map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_found_by_their_names() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["takeout-20261130T101010Z-001.zip", "holiday.zip", "HvacRuntime.jsonl", "takeout.txt"] {
            std::fs::write(folder.path().join(name), b"").expect("written");
        }
        std::fs::create_dir(folder.path().join("takeout-folder.zip")).expect("a folder");
        let mut found: Vec<String> = exports_in(folder.path())
            .iter()
            .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
            .collect();
        found.sort();
        assert_eq!(found, ["HvacRuntime.jsonl", "takeout-20261130T101010Z-001.zip"]);
        assert_eq!(exports_in(&folder.path().join("missing")), Vec::<PathBuf>::new());
    }
}
