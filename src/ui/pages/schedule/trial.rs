//! The trial of a schedule on the last thirty days.

use std::sync::Arc;

use egui::Ui;
use jiff::SignedDuration;
use poll_promise::Promise;

use super::{ScheduleState, ShownWeek};
use crate::automation::schedule::{LoadedSchedules, Schedule, ScheduleTrial, try_schedule};
use crate::automation::simulated_trial::{SimulatedTrialRequest, TRIAL_SEED, Tried};
use crate::history::{Change, ChangeKind, ChangeQuery, HistoryError};
use crate::home::DeviceId;
use crate::ui::pages::simulated_card::SimulatedCard;
use crate::ui::pages::trial_card::{finished, trial_card_ui};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_or_why_ui, button_ui};

/// The tried time.
const TRIED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Most changes that are read.
const MOST: usize = 20_000;
/// Most other wishes that are listed.
const LISTED: usize = 12;

/// The trial that was asked for.
pub(super) struct TrialCard {
    /// The thermostat and the schedule that it is about.
    about: (DeviceId, Schedule),
    read: Option<Promise<Result<Vec<Change>, HistoryError>>>,
    result: Option<Result<ScheduleTrial, HistoryError>>,
}

/// Draws the button of the trial.
pub(super) fn trial_button_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    let name = view.text("schedule-try");
    let why = (!view.curves.has_history()).then(|| view.text("schedule-try-no-history"));
    if button_or_why_ui(ui, name.as_str(), &name, why.as_deref()).clicked() {
        let query = ChangeQuery {
            node: Some(week.id.as_str().to_owned()),
            kinds: &[ChangeKind::Target, ChangeKind::Range],
            from: view.now.checked_sub(TRIED).ok(),
            to: Some(view.now),
            most: MOST,
        };
        let read = view.curves.changes(view.snapshot, query);
        state.trial = Some(TrialCard { about: (week.id.clone(), week.schedule.clone()), read, result: None });
    }
}

/// A schedule with its trial on a simulated day.
pub(super) struct SimulatedSchedule {
    about: (DeviceId, Schedule),
    card: SimulatedCard,
}

/// Draws the button of the simulated day.
pub(super) fn simulated_button_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
) {
    let name = view.text("simulated-try");
    if !button_ui(ui, name.as_str(), &name).clicked() {
        return;
    }
    let schedules = LoadedSchedules { content: week.all.clone(), problems: Vec::new() };
    let request = SimulatedTrialRequest {
        tried: Tried::Schedule { schedule: week.schedule.clone(), thermostat: week.id.clone() },
        home: Arc::clone(&view.snapshot.confirmed),
        zone: view.zone.clone(),
        presets: Vec::new(),
        schedules: Arc::new(schedules),
        programs: Vec::new(),
        requests: Vec::new(),
        now: view.now,
        seed: TRIAL_SEED,
    };
    let card = SimulatedCard::begin(request, Some(week.id.clone()));
    state.simulated = Some(SimulatedSchedule { about: (week.id.clone(), week.schedule.clone()), card });
}

/// Draws the simulated day, while the schedule is the one that is tried.
pub(super) fn simulated_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    let Some(simulated) = &mut state.simulated else { return };
    let is_other = simulated.about != (week.id.clone(), week.schedule.clone());
    if is_other || simulated.card.ui(ui, view) {
        state.simulated = None;
    }
}

/// Draws the result, while the schedule is the one that was tried.
pub(super) fn trial_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    let Some(card) = &mut state.trial else { return };
    if card.about != (week.id.clone(), week.schedule.clone()) {
        state.trial = None;
        return;
    }
    if let Some(read) = finished(ui, &mut card.read) {
        card.result = Some(read.map(|changes| run(view, week, &changes)));
    }
    let words: Vec<String> = match &card.result {
        None => vec![view.text("schedule-try-reading")],
        Some(Err(err)) => vec![view.i18n.format("chart-failed", [("reason", view.i18n.localize(err).into())])],
        Some(Ok(trial)) => words(view, trial),
    };
    trial_card_ui(ui, view, &words, |_| ());
}

fn run(view: &ViewContext<'_>, week: &ShownWeek<'_>, changes: &[Change]) -> ScheduleTrial {
    let home = &view.snapshot.shown;
    let zone = home.structure_of(week.id).and_then(|(_, structure)| structure.zone());
    let zone = zone.unwrap_or_else(|| view.zone.clone());
    let of = week.all.as_active(week.schedule, week.id, home);
    let from = view.now.checked_sub(TRIED).unwrap_or(view.now);
    try_schedule(&of, (week.id, week.thermostat), (from, view.now), &zone, changes)
}

fn words(view: &ViewContext<'_>, trial: &ScheduleTrial) -> Vec<String> {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let against = ("against", count(trial.against.len()).into());
    let mut words = vec![view.i18n.format("schedule-tried", [("sets", count(trial.sets).into()), against])];
    if trial.without_setpoint > 0 {
        let arguments = [("count", count(trial.without_setpoint).into())];
        words.push(view.i18n.format("schedule-tried-without", arguments));
    }
    words.push(view.i18n.format("schedule-tried-on", [("changes", count(trial.changes).into())]));
    words.extend(trial.against.iter().rev().take(LISTED).map(|one| {
        view.i18n.format(
            "schedule-tried-against",
            [
                ("time", view.clock(one.at).into()),
                ("chosen", view.value(&one.chosen).into()),
                ("level", one.level.as_str().into()),
                ("planned", view.value(&one.planned).into()),
                ("by", view.text(crate::ui::pages::activity::who_of(one.by)).into()),
            ],
        )
    }));
    words
}
