//! What is in force now, why, and who keeps the schedule.

use egui::{Label, Ui};

use super::ShownWeek;
use super::device::Keeper;
use crate::automation::executor::AppliedState;
use crate::automation::run::{RunOutcome, Skip, Trigger};
use crate::automation::schedule::LevelWrite;
use crate::ui::pages::hold::{hold_end_text, level_text};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, icon_label_ui};

/// A start that is later than this was late, in seconds.
const LATE_S: i64 = 120;
/// The time for which late starts are told, in seconds.
const DAY_S: i64 = 86_400;

/// Draws the card.
pub(super) fn now_ui(ui: &mut Ui, view: &ViewContext<'_>, week: &ShownWeek<'_>) {
    if let Some(keeper) = Keeper::of(view, week.id, week.thermostat) {
        kept_there_ui(ui, view, week, keeper);
        return;
    }
    card_ui(ui, |ui| {
        ui.add(Label::new(title(now_text(view, week))).wrap());
        if let Some(shown) = view.automation.in_force.get(week.id)
            && let Some((at, next)) = &shown.next
        {
            let text = level_text(view, "schedule-next", (week.id, week.thermostat), next, Some(*at));
            ui.add(Label::new(small(text).color(view.colors.muted)).wrap());
        }
        if let Some(error) = &view.automation.error {
            let text = view.i18n.localize(error);
            icon_label_ui(ui, icons::WARNING, small(text).color(view.colors.warning));
        }
        let keeper = [Some(view.text("schedule-kept-here")), late_text(view, week)];
        let keeper = keeper.into_iter().flatten().collect::<Vec<_>>().join(" ");
        ui.add(Label::new(small(keeper).color(view.colors.muted)).wrap());
    });
}

/// Draws the card for a thermostat that keeps its schedule itself.
fn kept_there_ui(ui: &mut Ui, view: &ViewContext<'_>, week: &ShownWeek<'_>, keeper: Keeper<'_>) {
    let (present, next) = keeper.now_texts(view);
    card_ui(ui, |ui| {
        ui.add(Label::new(title(held_text(view, week).unwrap_or(present))).wrap());
        for text in next.into_iter().chain([view.text("device-kept-there")]) {
            ui.add(Label::new(small(text).color(view.colors.muted)).wrap());
        }
    });
}

fn held_text(view: &ViewContext<'_>, week: &ShownWeek<'_>) -> Option<String> {
    let hold = view.automation.holds.get(week.id).filter(|hold| hold.hold.is_shown_by(&view.snapshot.shown));
    let shown = hold?;
    let end = hold_end_text(view, shown.hold.ends, shown.ends);
    let value = view.value(&shown.hold.write);
    Some(view.i18n.format("hold-held", [("value", value.into()), ("end", end.into())]))
}

fn now_text(view: &ViewContext<'_>, week: &ShownWeek<'_>) -> String {
    if let Some(text) = held_text(view, week) {
        return text;
    }
    let Some(shown) = view.automation.in_force.get(week.id) else {
        return view.text(if week.is_active { "schedule-starting" } else { "schedule-not-active" });
    };
    let key = match &shown.state {
        Some(AppliedState::LeftAlone) => "schedule-left-alone",
        Some(AppliedState::Waiting(_)) | None => "schedule-waits",
        Some(AppliedState::Set(_)) => "schedule-now",
    };
    let text = level_text(view, key, (week.id, week.thermostat), &shown.level, Some(shown.since));
    match &shown.state {
        Some(AppliedState::Waiting(why)) => format!("{text}: {}", view.i18n.localize(why)),
        Some(AppliedState::Set(_) | AppliedState::LeftAlone) | None => text,
    }
}

/// What was late or missed within the last day.
fn late_text(view: &ViewContext<'_>, week: &ShownWeek<'_>) -> Option<String> {
    let is_recent = |at: jiff::Timestamp| view.now.duration_since(at).as_secs() < DAY_S;
    let runs = view.automation.runs.iter().map(|(_, run)| run);
    let mine = runs.filter(|run| run.thermostat == *week.id && is_recent(run.at) && run.ends_hold.is_none());
    let (mut missed, mut late) = (0, Vec::new());
    for run in mine.filter(|run| matches!(run.trigger, Trigger::Start { .. })) {
        match &run.outcome {
            RunOutcome::Skipped(Skip::Asleep(count)) => missed += i64::try_from(*count).unwrap_or(i64::MAX),
            RunOutcome::Done | RunOutcome::Open | RunOutcome::Unconfirmed => {
                let seconds = run.at.duration_since(run.due).as_secs();
                // What is in force when a schedule is switched on is not late.
                if (LATE_S..DAY_S).contains(&seconds) && run.before.is_some() {
                    late.push(seconds / 60);
                }
            }
            RunOutcome::Skipped(_)
            | RunOutcome::MayHaveArrived
            | RunOutcome::Refused(_)
            | RunOutcome::NotSent
            | RunOutcome::Superseded => {}
        }
    }
    let minutes = late.iter().max().copied();
    match (missed, minutes) {
        (0, None) => None,
        (0, Some(minutes)) => {
            let count = i64::try_from(late.len()).unwrap_or(i64::MAX);
            Some(view.i18n.format("schedule-late", [("count", count.into()), ("minutes", minutes.into())]))
        }
        (missed, _) => Some(view.i18n.format("schedule-missed", [("count", missed.into())])),
    }
}

/// The value of a level on a thermostat, short: `20.5°`.
pub(super) fn short_value(view: &ViewContext<'_>, week: &ShownWeek<'_>, level: &str) -> String {
    let Some(level) = week.all.level(level) else { return String::new() };
    match level.on(week.id, week.thermostat) {
        LevelWrite::Write(crate::home::Write::Target(_, setpoint)) => view.i18n.degrees(setpoint),
        LevelWrite::Write(_) | LevelWrite::NoSetpoint | LevelWrite::Lacking(_) => {
            let ends = [level.heat, level.cool].into_iter().flatten().map(|setpoint| view.i18n.degrees(setpoint));
            ends.collect::<Vec<_>>().join("–")
        }
    }
}
