//! The settings of the history: how long it is kept, and what of it is deleted.

use egui::Ui;
use poll_promise::Promise;

use crate::accounts::settings::EnergySettings;
use crate::history::{HistoryEntry, HistoryError};
use crate::ui::intent::{AppIntent, HistoryIntent, Preference};
use crate::ui::theme::small;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, choice_ui, main_button_ui, plain_row_ui};

/// The thermostats of the history, read when the section opens and after each deletion.
#[derive(Default)]
pub struct HistoryList {
    read: Vec<HistoryEntry>,
    failed: Option<HistoryError>,
    pending: Option<Promise<Result<Vec<HistoryEntry>, HistoryError>>>,
    /// The revision of the history that was read.
    seen: Option<u64>,
    /// The deletion that waits for a second press.
    asked: Option<Forgotten>,
}

/// The part of the history that a button deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Forgotten {
    Thermostat(String),
    All,
}

/// The choices of the time for which the history is kept, in years; `None` for ever.
const YEARS: [Option<u32>; 5] = [None, Some(10), Some(5), Some(2), Some(1)];

impl HistoryList {
    fn refresh(&mut self, ui: &Ui, view: &ViewContext<'_>) {
        if let Some(promise) = self.pending.take() {
            match promise.try_take() {
                Ok(Ok(read)) => (self.read, self.failed) = (read, None),
                Ok(Err(failed)) => self.failed = Some(failed),
                Err(promise) => self.pending = Some(promise),
            }
        }
        let seen = Some(view.curves.revision());
        if (view.is_fresh || self.seen != seen) && self.pending.is_none() {
            self.seen = seen;
            self.pending = view.curves.entries();
            ui.ctx().request_repaint();
        }
    }
}

/// Draws the section.
pub(super) fn history_ui(ui: &mut Ui, view: &mut ViewContext<'_>, settings: &EnergySettings, list: &mut HistoryList) {
    list.refresh(ui, view);
    card_ui(ui, |ui| {
        let name = view.text("history-keep");
        plain_row_ui(ui, view, &name, &view.text("history-keep-about"), |ui, view| {
            let title = |years: &Option<u32>| match years {
                None => view.text("history-for-ever"),
                Some(years) => view.i18n.format("history-years", [("years", i64::from(*years).into())]),
            };
            if let Some(picked) = choice_ui(ui, &name, Some(&settings.keep_years), &YEARS, title) {
                view.send(AppIntent::Prefer(Preference::KeepHistory(picked)));
            }
        });
    });
    card_ui(ui, |ui| {
        let name = view.text("history-thermostats");
        plain_row_ui(ui, view, &name, &view.text("history-thermostats-about"), |_, _| {});
        if let Some(failed) = &list.failed {
            ui.label(small(view.i18n.localize(failed)).color(view.colors.warning));
        }
        if list.read.is_empty() && list.failed.is_none() {
            ui.label(small(view.text("chart-empty")).color(view.colors.muted));
        }
        for entry in list.read.clone() {
            ui.separator();
            plain_row_ui(ui, view, &entry.name, &entry_words(view, &entry), |ui, view| {
                let save = view.text("history-save");
                let label = view.i18n.format("history-save-what", [("name", entry.name.as_str().into())]);
                if button_ui(ui, save.as_str(), &label).on_hover_text(view.text("history-save-about")).clicked() {
                    let name = format!("{} {}", entry.name, view.text("history-export-name"));
                    view.send(AppIntent::History(HistoryIntent::Export { key: entry.key.clone(), name }));
                }
                let label = view.i18n.format("history-forget-what", [("name", entry.name.as_str().into())]);
                forget_ui(ui, view, list, Forgotten::Thermostat(entry.key.clone()), &label);
            });
        }
        if list.read.len() > 1 {
            ui.separator();
            let label = view.text("history-forget-all");
            plain_row_ui(ui, view, &label, &view.text("history-forget-all-about"), |ui, view| {
                forget_ui(ui, view, list, Forgotten::All, &label);
            });
        }
    });
}

/// The time that a thermostat covers, and what was joined to it.
fn entry_words(view: &ViewContext<'_>, entry: &HistoryEntry) -> String {
    let at = |second: i64| {
        let date = jiff::Timestamp::from_second(second).unwrap_or_default().to_zoned(view.zone.clone()).date();
        format!("{} {}", view.i18n.day_and_month(date), date.year())
    };
    let Some((from, to)) = entry.extent else { return view.text("chart-empty") };
    let count = i64::try_from(entry.intervals).unwrap_or(i64::MAX);
    view.i18n.format("history-extent", [("from", at(from).into()), ("to", at(to).into()), ("count", count.into())])
}

/// Draws the button that deletes, which asks once more before it does.
fn forget_ui(ui: &mut Ui, view: &mut ViewContext<'_>, list: &mut HistoryList, what: Forgotten, label: &str) {
    if list.asked.as_ref() == Some(&what) {
        let really = view.text("history-forget-really");
        if main_button_ui(ui, really.as_str(), &format!("{really} {label}"), None).clicked() {
            let key = match what {
                Forgotten::Thermostat(key) => Some(key),
                Forgotten::All => None,
            };
            view.send(AppIntent::History(HistoryIntent::Forget(key)));
            list.asked = None;
        }
        let cancel = view.text("cancel");
        if button_ui(ui, cancel.as_str(), &view.i18n.format("cancel-what", [("what", label.into())])).clicked() {
            list.asked = None;
        }
        return;
    }
    let forget = view.text("history-forget");
    if button_ui(ui, forget.as_str(), label).clicked() {
        list.asked = Some(what);
    }
}
