//! The occasions of rules: the reason, the conditions with their values, and what became of each act.

use egui::{Label, Ui};

use crate::automation::rule::{Act, ActKind, RuleRun, reason_message};
use crate::automation::run::RunOutcome;
use crate::home::HoldEnd;
use crate::ui::theme::tokens::space;
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::card_ui;

/// Number of occasions that are listed.
const LISTED: usize = 30;

/// The reason of an occasion.
pub(in crate::ui::pages) fn reason_text(view: &ViewContext<'_>, run: &RuleRun) -> String {
    view.i18n.localize(&reason_message(&run.trigger, &run.subject))
}

/// The result of an occasion on one line, with the number of acts that were left alone.
pub(in crate::ui::pages) fn short_text(view: &ViewContext<'_>, run: &RuleRun) -> String {
    if let Some(skip) = &run.skip {
        return view.i18n.localize(skip);
    }
    let is_left = |act: &&Act| matches!(act.outcome, RunOutcome::Skipped(_));
    let left = run.acts.iter().filter(is_left).count();
    let mut words: Vec<String> = run.acts.iter().filter(|act| !is_left(act)).map(|act| act_text(view, act)).collect();
    match (words.is_empty(), run.acts.first()) {
        // Of one alone, the reason matters.
        (true, Some(only)) if left == 1 => words.push(act_text(view, only)),
        _ if left > 0 => {
            let count = i64::try_from(left).unwrap_or(i64::MAX);
            words.push(view.i18n.format("rule-left-alone", [("count", count.into())]));
        }
        _ => {}
    }
    words.join(" · ")
}

/// An act with its outcome.
fn act_text(view: &ViewContext<'_>, act: &Act) -> String {
    let of = |key: &'static str, name: &str| view.i18n.format(key, [("name", name.into())]);
    let what = match &act.kind {
        ActKind::Write(write) => {
            let value = view.value(write);
            match act.holds_until {
                Some(HoldEnd::At(end)) => view.i18n.format(
                    "rule-act-held",
                    [("name", act.name.as_str().into()), ("value", value.into()), ("time", view.clock(end).into())],
                ),
                Some(HoldEnd::NextStart | HoldEnd::Never) | None => format!("{}: {value}", act.name),
            }
        }
        ActKind::EndHold(_) => of("rule-act-resume", &act.name),
        ActKind::EndEco(_) => of("rule-act-end-eco", &act.name),
        ActKind::Level(level) => format!("{}: {level}", act.name),
        ActKind::Notify(_) => view.text("rule-act-notify"),
        ActKind::Program(name) => of("rule-act-program", name),
        ActKind::Request(name) => of("rule-act-request", name),
        ActKind::Command(text) => format!("“{text}”"),
        ActKind::Preset(name) => name.clone(),
    };
    let outcome = match &act.outcome {
        RunOutcome::Done => return what,
        RunOutcome::Open => view.text("rule-outcome-open"),
        RunOutcome::Skipped(skip) => view.i18n.localize(skip),
        RunOutcome::Unconfirmed => view.text("rule-outcome-unconfirmed"),
        RunOutcome::MayHaveArrived => view.text("rule-outcome-may-have-arrived"),
        RunOutcome::Refused(why) => view.i18n.format("rule-outcome-refused", [("why", why.as_str().into())]),
        RunOutcome::NotSent => view.text("run-not-sent"),
        RunOutcome::Superseded => view.text("rule-outcome-superseded"),
    };
    format!("{what} ({outcome})")
}

/// Draws the newest occasions.
pub(super) fn log_ui(ui: &mut Ui, view: &ViewContext<'_>) {
    if view.automation.rule_runs.is_empty() {
        return;
    }
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.label(title(view.text("rule-log")));
        for (id, run) in view.automation.rule_runs.iter().take(LISTED) {
            ui.push_id(id.0, |ui| {
                ui.separator();
                let first = format!("{} · {} · {}", view.clock(run.at), run.rule, reason_text(view, run));
                ui.add(Label::new(first).wrap());
                let muted = |ui: &mut Ui, text: String| {
                    ui.add(Label::new(small(text).color(view.colors.muted)).wrap());
                };
                for judged in &run.conditions {
                    let holds = match judged.holds {
                        Some(true) => "rule-holds",
                        Some(false) => "rule-holds-not",
                        None => "rule-holds-unknown",
                    };
                    let value = judged.value.as_ref().map(|value| format!(" ({value})")).unwrap_or_default();
                    let condition = format!("{}{value}", view.i18n.localize(&judged.condition));
                    muted(ui, view.i18n.format(holds, [("condition", condition.into())]));
                }
                if let Some(skip) = &run.skip {
                    muted(ui, view.i18n.localize(skip));
                }
                for act in &run.acts {
                    muted(ui, act_text(view, act));
                }
            });
        }
    });
}
