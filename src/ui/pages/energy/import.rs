//! The import of an export of Google: its choice, its progress, its report, and the question which thermostat it is.

use std::path::{Path, PathBuf};

use egui::{ProgressBar, TextEdit, Ui};
use jiff::Timestamp;

use crate::history::{HistoryImportError, ImportReport, Overlap};
use crate::home::DeviceId;
use crate::ui::intent::{AppIntent, HistoryIntent};
use crate::ui::theme::tokens::{measure, space};
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, choice_ui, main_button_ui, section_heading};

/// The state of an import.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ImportStatus {
    #[default]
    Closed,
    /// The user chooses the files.
    Choosing {
        /// The exports in the folder of downloads, the newest first.
        found: Vec<PathBuf>,
    },
    Running {
        /// Bytes that were read, and all of them; 0 until their number is known.
        done: u64,
        all: u64,
        begun: Timestamp,
    },
    Done {
        report: ImportReport,
        questions: Vec<JoinQuestion>,
    },
    Failed(HistoryImportError),
}

/// The question which thermostat of the home an export tells of.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinQuestion {
    /// The id of the export in the history.
    pub export: String,
    /// The last four of its id.
    pub name: String,
    pub proposal: Option<JoinProposal>,
}

/// The thermostat that an export resembles most.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinProposal {
    /// The id of the thermostat in the history.
    pub key: String,
    pub name: String,
    pub overlap: Overlap,
}

/// The choices of the user while files are chosen and questions answered.
#[derive(Debug, Default)]
pub(super) struct ImportChoices {
    path: String,
    /// The thermostats that were chosen, by the id of their export.
    answers: Vec<(String, Option<DeviceId>)>,
}

/// Most refused lines that are shown.
const SHOWN_REFUSALS: usize = 5;

/// Draws the card; the button alone while nothing is imported.
pub(super) fn import_ui(ui: &mut Ui, view: &mut ViewContext<'_>, status: &ImportStatus, choices: &mut ImportChoices) {
    if *status == ImportStatus::Closed {
        let words = view.text("import-open");
        if button_ui(ui, words.as_str(), &words).clicked() {
            view.send(AppIntent::History(HistoryIntent::FindExports));
        }
        return;
    }
    card_ui(ui, |ui| {
        let words = view.text("import-title");
        let heading = ui.label(title(&words));
        section_heading(ui, &heading, &words);
        match status {
            ImportStatus::Closed => {}
            ImportStatus::Choosing { found } => choosing_ui(ui, view, found, choices),
            ImportStatus::Running { done, all, begun } => running_ui(ui, view, (*done, *all), *begun),
            ImportStatus::Done { report, questions } => {
                report_ui(ui, view, report);
                for question in questions {
                    ui.separator();
                    question_ui(ui, view, question, choices);
                }
                close_ui(ui, view, questions.is_empty());
            }
            ImportStatus::Failed(err) => {
                let words = view.i18n.localize(err);
                let label = ui.label(egui::RichText::new(words).color(view.colors.warning));
                say(ui, &label);
                close_ui(ui, view, true);
            }
        }
    });
}

fn say(ui: &Ui, response: &egui::Response) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

fn close_ui(ui: &mut Ui, view: &mut ViewContext<'_>, is_last: bool) {
    if !is_last {
        return;
    }
    let close = view.text("close");
    if button_ui(ui, close.as_str(), &close).clicked() {
        view.send(AppIntent::History(HistoryIntent::CloseImport));
    }
}

fn choosing_ui(ui: &mut Ui, view: &mut ViewContext<'_>, found: &[PathBuf], choices: &mut ImportChoices) {
    ui.label(small(view.text("import-about")).color(view.colors.muted));
    for path in found {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let label = view.i18n.format("import-file", [("file", name.as_str().into())]);
        ui.horizontal_wrapped(|ui| {
            if button_ui(ui, label.as_str(), &label).clicked() {
                view.send(AppIntent::History(HistoryIntent::Import(vec![path.clone()])));
            }
        });
    }
    let name = view.text("import-path");
    ui.label(small(name.as_str()).color(view.colors.muted));
    ui.horizontal_wrapped(|ui| {
        let width = (ui.available_width() - 260.0).max(140.0);
        let edit = TextEdit::singleline(&mut choices.path).desired_width(width).hint_text(view.text("import-hint"));
        let field = ui.add(edit).accessible_name(view.text("import-hint"));
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let import = view.text("import-start");
        let typed = choices.path.trim();
        let missing = view.text("import-no-path");
        let why_not = typed.is_empty().then_some(missing.as_str());
        if main_button_ui(ui, import.as_str(), &import, why_not).clicked() || (entered && !typed.is_empty()) {
            let paths = paths_of(typed);
            view.send(AppIntent::History(HistoryIntent::Import(paths)));
        }
        let cancel = view.text("cancel");
        if button_ui(ui, cancel.as_str(), &cancel).clicked() {
            view.send(AppIntent::History(HistoryIntent::CloseImport));
        }
    });
}

/// The paths of a typed text: one path, or several separated by semicolons; a file manager copies addresses.
fn paths_of(typed: &str) -> Vec<PathBuf> {
    let path = |part: &str| {
        let part = part.trim().trim_matches('\u{22}');
        match url::Url::parse(part).ok().filter(|url| url.scheme() == "file").and_then(|url| url.to_file_path().ok()) {
            Some(path) => path,
            None => PathBuf::from(part),
        }
    };
    // A path that is there may have a semicolon in it.
    if Path::new(typed).exists() {
        return vec![PathBuf::from(typed)];
    }
    typed.split([';', '\n']).filter(|part| !part.trim().is_empty()).map(path).collect()
}

fn running_ui(ui: &mut Ui, view: &mut ViewContext<'_>, (done, all): (u64, u64), begun: Timestamp) {
    let share = if all > 0 { done as f32 / all as f32 } else { 0.0 };
    let percent =
        view.i18n.format("percent", [("value", view.i18n.decimal(f64::from(share * 100.0).floor(), 0).into())]);
    let spent = view.now.duration_since(begun).as_secs_f64();
    let words = if share > 0.02 && spent > 1.0 {
        let left = (spent / f64::from(share) - spent).max(1.0) as u64;
        view.i18n.format("import-left", [("percent", percent.into()), ("time", view.i18n.seconds(left).into())])
    } else {
        view.i18n.format("import-reading", [("percent", percent.into())])
    };
    let bar = ui.add(ProgressBar::new(share).desired_width(ui.available_width()).fill(view.colors.accent));
    bar.accessible_name(&words);
    ui.label(small(words).color(view.colors.muted));
    let cancel = view.text("cancel");
    let name = view.i18n.format("cancel-what", [("what", view.text("import-title").into())]);
    if button_ui(ui, cancel.as_str(), &name).clicked() {
        view.send(AppIntent::History(HistoryIntent::CancelImport));
    }
}

fn report_ui(ui: &mut Ui, view: &ViewContext<'_>, report: &ImportReport) {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let values = [
        ("taken", count(report.taken).into()),
        ("known", count(report.known).into()),
        ("refused", count(report.refused).into()),
        ("files", report.files.into()),
    ];
    let label = ui.label(view.i18n.format("import-done", values));
    say(ui, &label);
    for device in &report.devices {
        let name = device.name.as_str().into();
        let words = match &device.counted_to {
            Some(to) => view.i18n.format("import-counted", [("name", name), ("to", to.as_str().into())]),
            None => view.i18n.format("import-own", [("name", name)]),
        };
        ui.label(small(words).color(view.colors.muted));
    }
    for refused in report.refusals.iter().take(SHOWN_REFUSALS) {
        let place = if refused.line == 0 { String::new() } else { format!(":{}", refused.line) };
        let words = format!("{}{place}: {}", refused.file, view.i18n.localize(&refused.reason));
        ui.label(small(words).color(view.colors.warning));
    }
    let more = report.refused.saturating_sub(SHOWN_REFUSALS as u64);
    if more > 0 {
        let words = view.i18n.format("import-more-refused", [("count", count(more).into())]);
        ui.label(small(words).color(view.colors.muted));
    }
}

/// Draws the question of one export, with the thermostats of real accounts as answers.
fn question_ui(ui: &mut Ui, view: &mut ViewContext<'_>, question: &JoinQuestion, choices: &mut ImportChoices) {
    let name = view.i18n.format("import-which", [("name", question.name.as_str().into())]);
    ui.label(title(&name));
    let real = view.snapshot.accounts.iter().filter(|account| !account.label.is_simulated());
    let thermostats: Vec<(DeviceId, String)> = real
        .flat_map(|account| account.snapshot.confirmed.thermostats.iter())
        .map(|(id, thermostat)| (id.clone(), view.name_or(thermostat.name.as_deref(), "thermostat")))
        .collect();
    let proposed = question.proposal.as_ref().map(|proposal| DeviceId::from(proposal.key.as_str()));
    if let Some(proposal) = &question.proposal {
        let overlap = &proposal.overlap;
        let values = [
            ("device", proposal.name.as_str().into()),
            ("hours", i64::try_from(overlap.hours).unwrap_or(i64::MAX).into()),
            ("difference", view.i18n.decimal(overlap.difference, 1).into()),
        ];
        ui.label(small(view.i18n.format("import-proposal", values)).color(view.colors.muted));
    }
    let known = choices.answers.iter().find(|(export, _)| *export == question.export).map(|(_, answer)| answer.clone());
    let chosen = known.unwrap_or(proposed);
    let options: Vec<Option<DeviceId>> =
        std::iter::once(None).chain(thermostats.iter().map(|(id, _)| Some(id.clone()))).collect();
    let apart = view.text("import-apart");
    let word = |option: &Option<DeviceId>| match option {
        None => apart.clone(),
        Some(id) => thermostats.iter().find(|(known, _)| known == id).map_or_else(|| id.to_string(), |it| it.1.clone()),
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.set_min_height(measure::CONTROL);
        if let Some(picked) = choice_ui(ui, &name, Some(&chosen), &options, word) {
            choices.answers.retain(|(export, _)| *export != question.export);
            choices.answers.push((question.export.clone(), picked));
        }
        let answer = view.text("import-answer");
        let label = format!("{answer}: {name}");
        if main_button_ui(ui, answer.as_str(), &label, None).clicked() {
            let to = chosen.as_ref().map(|id| (id.as_str().to_owned(), word(&chosen)));
            view.send(AppIntent::History(HistoryIntent::Join { export: question.export.clone(), to }));
        }
    });
}

/// The files that were dropped on the window, if there are any.
pub(in crate::ui) fn dropped_files(ui: &Ui) -> Vec<PathBuf> {
    ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_paths_are_those_that_people_paste() {
        assert_eq!(paths_of("/a/b.zip"), [PathBuf::from("/a/b.zip")]);
        assert_eq!(paths_of("\"/a b/c.zip\"; /d.zip ;"), [PathBuf::from("/a b/c.zip"), PathBuf::from("/d.zip")]);
        #[cfg(unix)]
        assert_eq!(paths_of("file:///a%20b/c.zip"), [PathBuf::from("/a b/c.zip")]);
    }
}
