//! Rules against a simulated home over real sockets: the thread, its store, and an engine.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::path::Path;
use std::sync::Arc;

use setpoint::automation::driver::AutomationNews;
use setpoint::automation::rule::{ActKind, Action, RuleRun};
use setpoint::automation::run::{RunOutcome, Skip};
use setpoint::automation::{AutomationStore, FormProblem};
use setpoint::engine::Origin;
use setpoint::home::{Away, DeviceId, HvacMode, StructureId, Write};

use crate::automation::{Trial, trial, trial_with};
use crate::support::until;

const RULES: &str = r#"
[[rule]]
name = "Everybody has left"
when = [{ presence = "away" }]
if = [{ room = "Hallway", above = 15 }]
then = [{ command = "hallway off" }, { notify = "The house saves energy" }, { preset = "Cosy" }]
[[rule]]
name = "Welcome"
when = [{ presence = "home" }]
then = [{ command = "hallway heat" }, { command = "hallway 22 for 2h" }]
[[rule]]
name = "Broken"
when = [{ room = "Cellar", below = 10 }]
then = [{ notify = "cold" }]
"#;

fn write_rules(folder: &Path, text: &str) {
    std::fs::write(folder.join("rules.toml"), text).expect("written");
}

fn structure(trial: &Trial) -> StructureId {
    trial.engine.snapshot().confirmed.structure_of(&trial.hallway).expect("a home").0.clone()
}

async fn newest(trial: &Trial, rule: &str) -> RuleRun {
    until("a run", || {
        let view = trial.automation.view();
        let run = view.rule_runs.first().map(|(_, run)| run.clone())?;
        (run.rule == rule && !run.is_open()).then_some(run)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_makes_exactly_the_writes_that_it_tells() {
    let folder = tempfile::tempdir().expect("a folder");
    write_rules(folder.path(), RULES);
    let cosy = |hallway: &DeviceId| vec![("cosy".to_owned(), vec![Write::Mode(hallway.clone(), HvacMode::Off)])];
    let trial = trial_with(folder.path(), "2026-03-05T12:00:00Z", cosy).await;
    let off = Write::Mode(trial.hallway.clone(), HvacMode::Off);
    let news = until("news", || Some(trial.automation.take_news()).filter(|news| !news.is_empty())).await;
    let broken = |news: &AutomationNews| matches!(news, AutomationNews::Form(FormProblem::NoSuchDevice { .. }));
    assert!(matches!(news.as_slice(), [news] if broken(news)), "told once: {news:?}");
    // Its first look has to be over before it is a change.
    until("the first look", || {
        let store = AutomationStore::open(&AutomationStore::file_in(folder.path())).ok()?.store;
        let watched = store.load_rules(trial.clock.now()).ok()?.watched;
        (watched.len() == 2).then_some(())
    })
    .await;
    trial.want(Write::Away(structure(&trial), Away::Away));
    until("off", || off.is_shown_by(&trial.engine.snapshot().confirmed).then_some(())).await;
    let run = newest(&trial, "Everybody has left").await;
    let acts: Vec<(String, RunOutcome)> = run
        .acts
        .iter()
        .map(|act| {
            let kind =
                if let ActKind::Write(write) = &act.kind { write.value_text() } else { format!("{:?}", act.kind) };
            (kind, act.outcome.clone())
        })
        .collect();
    assert_eq!(
        acts,
        [
            ("Off".to_owned(), RunOutcome::Done),
            ("Notify(\"The house saves energy\")".to_owned(), RunOutcome::Done),
            ("Off".to_owned(), RunOutcome::Skipped(Skip::AlreadySo)),
        ]
    );
    assert_eq!((run.conditions.len(), run.conditions[0].holds), (1, Some(true)));
    let news = until("news", || Some(trial.automation.take_news()).filter(|news| !news.is_empty())).await;
    assert!(matches!(news.as_slice(), [AutomationNews::RuleNotifies { text, .. }] if text == "The house saves energy"));
    let snapshot = trial.engine.snapshot();
    let by_rule = snapshot.journal.iter().filter(|record| record.origin == Origin::Rule);
    assert_eq!(by_rule.map(|record| record.to.clone()).collect::<Vec<_>>(), ["Off"], "one write, and no other");

    // Home again: a hold begins, which a person's change ends.
    trial.want(Write::Away(structure(&trial), Away::Home));
    trial.shows(22.0).await;
    let run = newest(&trial, "Welcome").await;
    let [mode, target] = run.acts.as_slice() else { panic!("{run:?}") };
    assert_eq!((&mode.outcome, &target.outcome), (&RunOutcome::Done, &RunOutcome::Done));
    assert!(target.holds_until.is_some());
    let held = until("the hold", || trial.automation.view().holds.get(&trial.hallway).cloned()).await;
    assert_eq!(held.hold.rule.as_deref(), Some("Welcome"));
    trial.want(trial.target(20.0));
    until("no hold", || trial.automation.view().holds.is_empty().then_some(())).await;
    trial.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_changed_while_they_run_and_what_is_stored_survives() {
    let folder = tempfile::tempdir().expect("a folder");
    write_rules(folder.path(), RULES);
    let first = trial(folder.path(), "2026-03-05T12:00:00Z").await;
    until("the rules", || (first.automation.view().rules.content.rules.len() == 3).then_some(())).await;
    first.automation.change_rules(Box::new(|rules| {
        let rule = rules.rule_mut("everybody has left").expect("a rule");
        rule.actions = vec![Action::Command("hallway off".to_owned())];
        rules.rules.retain(|rule| rule.name == "Everybody has left");
    }));
    until("the change", || (first.automation.view().rules.content.rules.len() == 1).then_some(())).await;
    let text = std::fs::read_to_string(folder.path().join("rules.toml")).expect("text");
    assert!(text.contains("hallway off") && text.starts_with("# The rules of Setpoint."), "{text}");
    until("the first look", || {
        let store = AutomationStore::open(&AutomationStore::file_in(folder.path())).ok()?.store;
        (store.load_rules(first.clock.now()).ok()?.watched.len() == 1).then_some(())
    })
    .await;
    first.want(Write::Away(structure(&first), Away::Away));
    let run = newest(&first, "Everybody has left").await;
    assert_eq!(run.acts.len(), 1);
    let off = Write::Mode(first.hallway.clone(), HvacMode::Off);
    until("off", || off.is_shown_by(&first.engine.snapshot().confirmed).then_some(())).await;
    // A file that is no TOML is told, and what was in force goes on.
    write_rules(folder.path(), "rule = [");
    first.automation.wake();
    let is_told = |news: &AutomationNews| matches!(news, AutomationNews::Form(FormProblem::NotToml { .. }));
    until("the news", || first.automation.take_news().iter().any(is_told).then_some(())).await;
    assert_eq!(first.automation.view().rules.content.rules.len(), 1);
    write_rules(folder.path(), &text);
    first.end().await;
    let second = trial(folder.path(), "2026-03-05T13:00:00Z").await;
    let runs =
        until("the runs", || Some(Arc::clone(&second.automation.view().rule_runs)).filter(|runs| !runs.is_empty()));
    assert_eq!(runs.await.len(), 1, "kept, and not made again");
    second.end().await;
}
