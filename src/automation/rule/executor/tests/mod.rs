//! The executor of rules in a small home, with a clock that the test moves.

mod occasions;
mod people;
mod templates;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{KeptRules, RuleExecutor, WatchKey, Watched};
use crate::automation::executor::HeardChange;
use crate::automation::form_file::Form as _;
use crate::automation::hold::Hold;
use crate::automation::rule::{AccountState, Act, ActKind, RulePresent, RuleRun, Rules};
use crate::automation::run::{RunId, RunOutcome};
use crate::automation::schedule::first_levels;
use crate::home::{
    AlarmState, Away, Camera, DeviceTree, HvacMode, HvacState, Protect, Scale, Setpoint, Slot, Structure, Temperature,
    Thermostat, Write,
};
use crate::i18n::english;

/// A home with a thermostat, a camera and an alarm, and the executor of its rules.
struct World {
    executor: RuleExecutor,
    home: DeviceTree,
    now: Timestamp,
    holds: BTreeMap<crate::home::DeviceId, Hold>,
    start: Option<Timestamp>,
    is_live: bool,
    is_signed_out: bool,
    /// The run and its number, and what was watched.
    runs: Vec<RuleRun>,
    watched: BTreeMap<WatchKey, Watched>,
    seen: BTreeMap<Slot, Write>,
    by_hand: BTreeMap<Slot, HeardChange>,
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn temperature(celsius: f64) -> Option<Temperature> {
    Temperature::from_celsius(celsius)
}

impl World {
    fn new(rules: &str) -> Self {
        let mut home = DeviceTree::default();
        let structure = Structure {
            name: Some("Cabin".to_owned()),
            away: Some(Away::Home),
            time_zone: Some("Europe/Berlin".to_owned()),
            ..Structure::default()
        };
        home.structures.insert("s1".into(), Arc::new(structure));
        let thermostat = Thermostat {
            name: Some("Hallway".to_owned()),
            structure_id: Some("s1".into()),
            hvac_mode: Some(HvacMode::Heat),
            hvac_state: Some(HvacState::Off),
            can_heat: Some(true),
            can_cool: Some(true),
            is_online: Some(true),
            ambient_temperature: temperature(20.0),
            target_temperature: temperature(20.0),
            humidity: Some(40),
            ..Thermostat::default()
        };
        home.thermostats.insert("t1".into(), Arc::new(thermostat));
        home.cameras.insert("c1".into(), Arc::new(Camera { name: Some("Door".to_owned()), ..Camera::default() }));
        let protect = Protect {
            name: Some("Attic".to_owned()),
            smoke_alarm_state: Some(AlarmState::Ok),
            co_alarm_state: Some(AlarmState::Ok),
            ..Protect::default()
        };
        home.protects.insert("p1".into(), Arc::new(protect));
        let mut executor = RuleExecutor::default();
        let loaded = Rules::parse(rules).expect("rules");
        assert_eq!(loaded.problems, []);
        executor.set_rules(loaded.content);
        Self {
            executor,
            home,
            now: at("2026-11-27T12:00:00Z"),
            holds: BTreeMap::new(),
            start: None,
            is_live: true,
            is_signed_out: false,
            runs: Vec::new(),
            watched: BTreeMap::new(),
            seen: BTreeMap::new(),
            by_hand: BTreeMap::new(),
        }
    }

    fn present<T>(&mut self, f: impl FnOnce(&mut RuleExecutor, &RulePresent<'_>) -> T) -> T {
        let (is_live, start) = (self.is_live, self.start);
        let accounts = [AccountState {
            name: "Mine".to_owned(),
            is_signed_out: self.is_signed_out,
            is_live: is_live && !self.is_signed_out,
        }];
        let presets = [("Cosy".to_owned(), vec![Write::Target("t1".into(), Setpoint::celsius(22.5))])];
        let levels = first_levels(english(), Scale::Celsius);
        let present = RulePresent {
            now: self.now,
            zone: &TimeZone::UTC,
            home: &self.home,
            accounts: &accounts,
            is_live: &|_| is_live,
            presets: &presets,
            levels: &levels,
            holds: &self.holds,
            start_in_force: &|_| start,
            programs: &[],
            requests: &[],
        };
        f(&mut self.executor, &present)
    }

    /// Looks once, and lets each open write be confirmed and shown.
    fn look(&mut self) -> Vec<RuleRun> {
        let mut runs = Vec::new();
        for _ in 0..5 {
            let steps = self.present(|executor, present| executor.due(present));
            let before = runs.len();
            let notes = self.executor.take_notes();
            self.seen.extend(notes.seen);
            self.by_hand.extend(notes.by_hand.into_iter().map(|change| (change.write.slot(), change)));
            for step in steps {
                let id = RunId(i64::try_from(self.runs.len()).expect("few"));
                self.executor.stored(Some(id), &step);
                self.watched.extend(step.watched.iter().cloned());
                for hold in step.holds {
                    self.holds.insert(hold.thermostat.clone(), hold);
                }
                for ended in step.ended_holds {
                    self.holds.remove(&ended);
                }
                let Some(mut run) = step.run else { continue };
                for place in 0..run.acts.len() {
                    if run.acts[place].outcome == RunOutcome::Open {
                        if let ActKind::Write(write) = &run.acts[place].kind {
                            write.apply_optimistic(&mut self.home);
                        }
                        run = self.executor.resolved(id, place, &RunOutcome::Done).expect("open");
                    }
                }
                self.runs.push(run.clone());
                runs.push(run);
            }
            if runs.len() == before {
                break;
            }
        }
        runs
    }

    fn pass(&mut self, minutes: i64) -> Vec<RuleRun> {
        let mut runs = Vec::new();
        for _ in 0..minutes {
            self.now += SignedDuration::from_mins(1);
            runs.extend(self.look());
        }
        runs
    }

    /// Ends the process, and begins another one with what was stored.
    fn restart(&mut self) {
        let rules = self.executor.rules().clone();
        let recent = self.runs.iter().filter(|run| run.acted()).map(|run| (run.rule.clone(), run.at)).collect();
        let kept = KeptRules {
            watched: self.watched.clone(),
            open: BTreeMap::new(),
            recent,
            by_hand: self.by_hand.clone(),
            seen: self.seen.clone(),
        };
        self.executor = RuleExecutor::restored(kept);
        self.executor.set_rules(rules);
    }

    fn presence(&mut self, away: Away) {
        self.home.structure_mut(&"s1".into()).expect("a home").away = Some(away);
    }

    fn room(&mut self, celsius: f64) {
        self.thermostat(|it| it.ambient_temperature = temperature(celsius));
    }

    fn thermostat(&mut self, change: impl FnOnce(&mut Thermostat)) {
        change(self.home.thermostat_mut(&"t1".into()).expect("a thermostat"));
    }

    fn by_hand(&mut self, celsius: f64) {
        let write = Write::Target("t1".into(), Setpoint::celsius(celsius));
        write.apply_optimistic(&mut self.home);
        self.executor.hear(&HeardChange { at: self.now, write, is_by_hand: true });
    }
}

/// The rule and what became of each act, or why there was none.
fn told(runs: &[RuleRun]) -> Vec<String> {
    let act = |act: &Act| {
        let kind = if let ActKind::Write(write) = &act.kind {
            format!("{} {}", act.name, write.value_text())
        } else if let ActKind::Notify(text) = &act.kind {
            text.clone()
        } else {
            format!("end {}", act.name)
        };
        if act.outcome == RunOutcome::Done { kind } else { format!("{kind}: {:?}", act.outcome) }
    };
    runs.iter()
        .map(|run| match &run.skip {
            Some(skip) => format!("{}: {skip:?}", run.rule),
            None => run.acts.iter().map(act).collect::<Vec<_>>().join(", "),
        })
        .collect()
}

const LEFT: &str = r#"
[[rule]]
name = "Left"
when = [{ presence = "away" }]
then = [{ command = "all eco" }, { notify = "Everybody has left" }]
"#;
