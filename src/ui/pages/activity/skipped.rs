//! Occasions on which a schedule or a hold did nothing, and why; and those of rules.

use egui::Ui;

use crate::automation::rule::RuleRun;
use crate::automation::run::{Run, RunOutcome, Skip, Trigger};
use crate::history::ChangeCause;
use crate::ui::intent::Page;
use crate::ui::pages::rules::{reason_text, short_text};
use crate::ui::theme::icons;
use crate::ui::view::ViewContext;

/// True for a run without a change that the log would tell of.
pub(super) fn is_told(run: &Run) -> bool {
    matches!(&run.outcome, RunOutcome::Skipped(skip) if *skip != Skip::AlreadySo)
}

pub(super) fn cause_of_run(run: &Run) -> ChangeCause {
    if run.ends_hold.is_some() { ChangeCause::Hold } else { ChangeCause::Schedule }
}

/// The title and the details of a run.
pub(super) fn words(view: &ViewContext<'_>, run: &Run) -> (String, String) {
    let name = ("name", run.name.as_str().into());
    let title = match &run.trigger {
        Trigger::Start { level, .. } if run.ends_hold.is_none() => {
            view.i18n.format("run-start-skipped", [name, ("level", level.as_str().into())])
        }
        Trigger::Start { .. } | Trigger::HoldEnd => view.i18n.format("run-hold-over", [name]),
    };
    let why = if let RunOutcome::Skipped(skip) = &run.outcome { view.i18n.localize(skip) } else { String::new() };
    let who = view.text(super::past::who(cause_of_run(run)));
    (title, format!("{} · {who} · {why}", view.clock(run.at)))
}

/// Draws the row of a run.
pub(super) fn skipped_row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, run: &Run, row: f32) {
    let (title, details) = words(view, run);
    let page = Page::Thermostat(run.thermostat.clone());
    let page = Some(page).filter(|page| page.is_in(&view.snapshot.shown));
    super::row::plain_row_ui(ui, view, (icons::CALENDAR, view.colors.muted), (&title, &details), page, row);
}

/// The title and the details of an occasion of a rule.
pub(super) fn rule_words(view: &ViewContext<'_>, run: &RuleRun) -> (String, String) {
    let who = view.text(super::past::who(ChangeCause::Rule));
    let details = format!("{} · {who} · {} → {}", view.clock(run.at), reason_text(view, run), short_text(view, run));
    (run.rule.clone(), details)
}

/// Draws the row of an occasion of a rule.
pub(super) fn rule_row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, run: &RuleRun, row: f32) {
    let (title, details) = rule_words(view, run);
    super::row::plain_row_ui(ui, view, (icons::RULE, view.colors.muted), (&title, &details), Some(Page::Rules), row);
}
