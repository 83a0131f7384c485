//! The engine against a model of a service, on a simulated network, clock and disk.
//!
//! ```text
//!   story of actions ──> world ──┬─> engine: the core as it is shipped
//!   (from a seed)                ├─> disk: jobs written one by one, or torn by a crash
//!                                ├─> network: answers late, lost before or after, refused
//!                                └─> service: values, what was applied, a stream of homes
//!   ledger: what was asked, sent, applied and said ──> invariants at the end
//! ```
//!
//! One process at a time owns the account, as its lock guarantees: the program, a bridge while there is no
//! program, or a command while there is neither. The others ask the owner, and may get no answer when it ends.
//!
//! The seed alone decides every chance, so a failure is repeated by its seed and shrunk to the necessary
//! actions. The writes that are counted are names of thermostats: each is requested once, so a name identifies
//! its request in the service, the records and the resolutions. Targets are written as well, and compared at the
//! end.
//!
//! `tests/run simulation --writes 1000000` runs more of it than the tests do.

mod action;
mod check;
mod ledger;
mod model;
mod owner;
mod world;

use std::collections::BTreeMap;

use self::action::{Action, story};
use self::world::World;
use super::Outcome;

/// Number of writes in one scenario.
const WRITES_OF_A_STORY: usize = 100;

#[derive(Default)]
struct ScenarioResult {
    /// Each violated invariant as a sentence.
    wrong: Vec<String>,
    /// Number of records by outcome, without external changes.
    outcomes: BTreeMap<&'static str, u64>,
    /// Everything that happened.
    diary: Vec<String>,
}

/// Runs one scenario to its end.
fn run(seed: u64, actions: &[Action], has_diary: bool) -> ScenarioResult {
    let mut world = World::new(seed, has_diary);
    for action in actions {
        world.act(action);
    }
    world.come_to_rest();
    let wrong = check::wrongs(&mut world);
    let mut outcomes = BTreeMap::new();
    for record in world.records().iter().filter(|record| record.origin.is_us()) {
        *outcomes.entry(word(&record.outcome)).or_default() += 1;
    }
    ScenarioResult { wrong, outcomes, diary: world.diary.unwrap_or_default() }
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Accepted => "accepted",
        Outcome::Refused(_) => "refused",
        Outcome::Unconfirmed => "unconfirmed",
        Outcome::MayHaveArrived(_) => "may have arrived",
        Outcome::Expired => "expired",
        Outcome::Discarded => "discarded",
    }
}

/// Removes actions while a violation remains, and prints the rest.
fn shrunk(seed: u64, mut actions: Vec<Action>) -> String {
    let mut tries = 4000_u32;
    let mut chunk = actions.len() / 2;
    while chunk > 0 && tries > 0 {
        let before = actions.len();
        let mut at = 0;
        while at < actions.len() && tries > 0 {
            tries -= 1;
            let mut fewer = actions.clone();
            fewer.drain(at..(at + chunk).min(fewer.len()));
            if run(seed, &fewer, false).wrong.is_empty() { at += chunk } else { actions = fewer }
        }
        for at in (1..actions.len()).rev() {
            if let (Action::Pass(first), Action::Pass(second)) = (&actions[at - 1], &actions[at]) {
                let both = Action::Pass(first + second);
                actions.splice(at - 1..=at, [both]);
            }
        }
        // An action may become removable after others were removed.
        if actions.len() == before || chunk > 1 {
            chunk /= 2;
        }
    }
    let ScenarioResult { wrong, diary, .. } = run(seed, &actions, true);
    format!("seed {seed}, {} actions:\n{}\n{}", actions.len(), diary.join("\n"), wrong.join("\n"))
}

/// `SIMULATED_WRITES` sets the number of writes, `SIMULATED_SEED` repeats one scenario.
#[test]
fn invariants_hold_in_random_scenarios() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let writes = number("SIMULATED_WRITES").unwrap_or(20_000);
    let only = number("SIMULATED_SEED");
    let stories = writes.div_ceil(WRITES_OF_A_STORY as u64);
    let seeds = only.map_or(0..stories, |seed| seed..seed + 1);
    let mut wrong = Vec::new();
    let mut outcomes: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in seeds {
        let actions = story(seed, WRITES_OF_A_STORY);
        let end = run(seed, &actions, false);
        for (word, count) in end.outcomes {
            *outcomes.entry(word).or_default() += count;
        }
        if !end.wrong.is_empty() {
            wrong.push(shrunk(seed, actions));
        }
        if wrong.len() >= 3 {
            break;
        }
    }
    println!("{writes} writes asked for; records: {outcomes:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(only.is_some() || outcomes.len() == 7, "some outcome is never reached: {outcomes:?}");
}
