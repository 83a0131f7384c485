//! Rules, their runs and their trials as text and JSON.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::automation::rule::{
    Act, ActKind, JudgedCondition, Rule, RuleAgainst, RuleRun, THE_REASON, USUAL_LATE, reason_message, span_text,
};
use crate::automation::run::RunOutcome;
use crate::i18n::{ToMessage, english};

fn words<T: ToMessage>(parts: &[T]) -> Vec<String> {
    parts.iter().map(|part| english().localize(part)).collect()
}

/// The sentences of a rule.
pub(super) fn rule_text(rule: &Rule) -> String {
    let state = if rule.is_on { "on" } else { "off" };
    let mut text = format!("{}  ({state})\n  when {}", rule.name, words(&rule.triggers).join("\n    or "));
    if !rule.conditions.is_empty() {
        text = format!("{text}\n  if {}", words(&rule.conditions).join("\n    and "));
    }
    text = format!("{text}\n  then {}", words(&rule.actions).join("\n    and "));
    if rule.late != USUAL_LATE {
        text = format!("{text}\n  not later than {}", span_text(rule.late));
    }
    text
}

pub(super) fn rule_json(rule: &Rule) -> Value {
    json!({
        "name": rule.name,
        "on": rule.is_on,
        "when": words(&rule.triggers),
        "if": words(&rule.conditions),
        "then": words(&rule.actions),
        "late_s": rule.late.as_secs(),
        "rate": rule.rate,
    })
}

/// An occasion: when and why, what was so, and what became of each act.
pub(super) fn run_text(run: &RuleRun, zone: &TimeZone) -> String {
    let at = run.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M");
    let mut text = format!("{at}  {}: {}", run.rule, reason(run));
    for judged in &run.conditions {
        text = format!("{text}\n  if {}", condition_text(judged));
    }
    if let Some(skip) = &run.skip {
        text = format!("{text}\n  nothing was done: {}", english().localize(skip));
    }
    for act in &run.acts {
        text = format!("{text}\n  {}: {}", act_text(run, act), outcome_text(&act.outcome));
    }
    text
}

fn reason(run: &RuleRun) -> String {
    english().localize(&reason_message(&run.trigger, &run.subject))
}

fn condition_text(judged: &JudgedCondition) -> String {
    let holds = match judged.holds {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    };
    let value = judged.value.as_ref().map(|value| format!(", {value}")).unwrap_or_default();
    format!("{}: {holds}{value}", english().localize(&judged.condition))
}

fn act_text(run: &RuleRun, act: &Act) -> String {
    match &act.kind {
        ActKind::Write(write) => {
            let until = act.holds_until.and_then(|ends| {
                let crate::home::HoldEnd::At(at) = ends else { return None };
                Some(format!(" until {}", at.to_zoned(TimeZone::system()).strftime("%H:%M")))
            });
            format!("{} {}{}", act.name, write.value_text(), until.unwrap_or_default())
        }
        ActKind::EndHold(_) => format!("end the hold of {}", act.name),
        ActKind::EndEco(_) => format!("end Eco of {}", act.name),
        ActKind::Level(level) => format!("put {} on {level}", act.name),
        ActKind::Notify(text) => format!("notify: {}", text.replace(THE_REASON, &reason(run))),
        ActKind::Program(name) => format!("program {name}"),
        ActKind::Request(name) => format!("request {name}"),
        ActKind::Command(text) => format!("“{text}”"),
        ActKind::Preset(name) => format!("preset {name}"),
    }
}

fn outcome_text(outcome: &RunOutcome) -> String {
    match outcome {
        RunOutcome::Open => "on its way".to_owned(),
        RunOutcome::Skipped(skip) => format!("left alone: {}", english().localize(skip)),
        RunOutcome::Done => "done".to_owned(),
        RunOutcome::Unconfirmed => "accepted, and not shown yet".to_owned(),
        RunOutcome::MayHaveArrived => "it may have arrived".to_owned(),
        RunOutcome::Refused(why) => format!("refused: {why}"),
        RunOutcome::NotSent => "not sent".to_owned(),
        RunOutcome::Superseded => "somebody chose another value meanwhile".to_owned(),
    }
}

pub(super) fn run_json(run: &RuleRun) -> Value {
    let conditions = run.conditions.iter().map(|judged| {
        json!({
            "condition": english().localize(&judged.condition), "holds": judged.holds, "value": judged.value,
        })
    });
    let acts = run.acts.iter().map(|act| {
        json!({
            "act": act_text(run, act), "device": act.name,
            "before": act.before.as_ref().map(crate::home::Write::value_text),
            "outcome": serde_json::to_value(&act.outcome).unwrap_or_default(),
        })
    });
    json!({
        "rule": run.rule,
        "trigger": reason(run),
        "subject": run.subject,
        "due": run.due.to_string(),
        "at": run.at.to_string(),
        "conditions": conditions.collect::<Vec<_>>(),
        "acts": acts.collect::<Vec<_>>(),
        "skipped": run.skip.as_ref().map(|skip| english().localize(skip)),
    })
}

pub(super) fn against_text(one: &RuleAgainst, zone: &TimeZone) -> String {
    let clock = |at: Timestamp, form| at.to_zoned(zone.clone()).strftime(form).to_string();
    format!(
        "{}: {} to {} by {}, after it would have been {} at {}",
        clock(one.at, "%Y-%m-%d %H:%M"),
        one.name,
        one.chosen.value_text(),
        one.by.word(),
        one.planned.value_text(),
        clock(one.acted, "%H:%M"),
    )
}

pub(super) fn against_json(one: &RuleAgainst) -> Value {
    json!({
        "at": one.at.to_string(), "name": one.name, "chosen": one.chosen.value_text(), "by": one.by.word(),
        "acted": one.acted.to_string(), "planned": one.planned.value_text(),
    })
}
