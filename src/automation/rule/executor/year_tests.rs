//! A year of rules on a fake clock, with kills between mark and act and between act and answer, sleeps, times offline
//! and people who come and go.
//!
//! The calendar of the year of schedules says when each time of the day is met. A failure prints its seed.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};

use super::{KeptRules, RuleExecutor, WatchKey, Watched};
use crate::automation::executor::simulation::calendar::YearClock;
use crate::automation::form_file::Form as _;
use crate::automation::rule::{AccountState, ActKind, RulePresent, RuleRun, RuleSkip, RuleTrigger, Rules};
use crate::automation::run::{RunId, RunOutcome};
use crate::home::{Away, DeviceTree, HvacMode, Setpoint, Structure, Thermostat, Write};

const ZONES: [(&str, i16); 4] =
    [("Europe/Berlin", 2026), ("America/New_York", 2026), ("Australia/Lord_Howe", 2026), ("Pacific/Apia", 2011)];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// The chance of a crash after each step that is stored or made.
const CRASH: f64 = 0.02;
/// The time within which a state has to be noticed when nothing is in the way.
const SOON: SignedDuration = SignedDuration::from_mins(10);

/// Everything that survives a crash.
#[derive(Default)]
struct Disk {
    watched: BTreeMap<WatchKey, Watched>,
    runs: BTreeMap<RunId, RuleRun>,
    /// The engine's journal: writes of rules that arrived.
    journal: Vec<(Timestamp, Write)>,
}

struct Year {
    clock: Arc<YearClock>,
    rules: Rules,
    times: Vec<(jiff::civil::Time, [bool; 7])>,
    now: Timestamp,
    home: DeviceTree,
    is_live: bool,
    executor: Option<RuleExecutor>,
    absent_until: Timestamp,
    disk: Disk,
    rng: Rng,
    /// The acts that people or the home noticed: the rule, its occasion, and the place of its act.
    made: Vec<(String, Timestamp, String, usize)>,
    /// The time since when somebody is away, while a process could notice it.
    away_since: Option<Timestamp>,
    kills: u64,
    /// The last time at which a process came to rest.
    looked: Timestamp,
    /// True if somebody was at home when a process looked last and knew.
    saw_home: bool,
    diary: VecDeque<String>,
    problems: Vec<String>,
}

impl Year {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let (zone, year) = ZONES[usize::try_from(seed % 4).expect("small")];
        let clock = YearClock::of(zone, year);
        let mut times = Vec::new();
        let mut text = String::new();
        for number in 0..3 {
            // Most times fall into the hours in which clocks are changed.
            let hour = if rng.u8(0..3) > 0 { rng.i8(0..4) } else { rng.i8(0..24) };
            let time = jiff::civil::time(hour, rng.i8(0..60), 0, 0);
            let mut on: [bool; 7] = std::array::from_fn(|_| rng.u8(0..3) > 0);
            on[usize::try_from(seed % 7).expect("a day")] = true;
            let days: Vec<String> =
                DAYS.iter().zip(on).filter(|(_, on)| *on).map(|(day, _)| format!("\"{day}\"")).collect();
            let then =
                if number == 1 { "{ command = \"hallway 19\" }, { notify = \"x\" }" } else { "{ notify = \"x\" }" };
            let late = ["5 min", "30 min", "12 h"][rng.usize(0..3)];
            let rule = format!(
                "[[rule]]\nname = \"{number}\"\nwhen = [{{ time = \"{}\", days = [{}] }}]\nthen = [{then}]\nlate = \"{late}\"\n",
                time.strftime("%H:%M"),
                days.join(", ")
            );
            text.push_str(&rule);
            times.push((time, on));
        }
        text += "[[rule]]\nname = \"Left\"\nwhen = [{ presence = \"away\" }]\nthen = [{ notify = \"x\" }]\nrate = 60\n";
        let loaded = Rules::parse(&text).expect("rules");
        assert_eq!(loaded.problems, [], "{text}");
        let mut home = DeviceTree::default();
        let structure = Structure { name: Some("Cabin".to_owned()), away: Some(Away::Home), ..Structure::default() };
        home.structures.insert("s1".into(), Arc::new(structure));
        let thermostat = Thermostat {
            name: Some("Hallway".to_owned()),
            structure_id: Some("s1".into()),
            hvac_mode: Some(HvacMode::Heat),
            can_heat: Some(true),
            is_online: Some(true),
            target_temperature: Setpoint::celsius(15.0).temperature(),
            ..Thermostat::default()
        };
        home.thermostats.insert("t1".into(), Arc::new(thermostat));
        let now = clock.begin;
        Self {
            clock,
            rules: loaded.content,
            times,
            now,
            home,
            is_live: true,
            executor: None,
            absent_until: now,
            disk: Disk::default(),
            rng,
            made: Vec::new(),
            away_since: None,
            kills: 0,
            looked: now,
            saw_home: false,
            diary: VecDeque::new(),
            problems: Vec::new(),
        }
    }

    fn note(&mut self, text: &str) {
        self.diary.push_back(format!("{}: {text}", self.now));
        if self.diary.len() > 25 {
            self.diary.pop_front();
        }
    }

    fn is_present(&self) -> bool {
        self.now >= self.absent_until
    }

    fn kill(&mut self, most_s: i64) {
        self.executor = None;
        self.kills += 1;
        self.absent_until = self.now + SignedDuration::from_secs(self.rng.i64(1..most_s));
        self.away_since = None;
        self.note("killed");
    }

    fn begin(&mut self) {
        let open = self.disk.runs.iter().filter(|(_, run)| run.is_open()).map(|(id, run)| (*id, run.clone()));
        let acted = self.disk.runs.values().filter(|run| run.acted());
        let mut executor = RuleExecutor::restored(KeptRules {
            watched: self.disk.watched.clone(),
            open: open.collect(),
            recent: acted.map(|run| (run.rule.clone(), run.at)).collect(),
            by_hand: BTreeMap::new(),
            seen: BTreeMap::new(),
        });
        executor.set_rules(self.rules.clone());
        self.executor = Some(executor);
    }

    fn happen(&mut self) {
        match self.rng.u8(0..12) {
            0..=3 => {
                let is_away = self.home.structures["s1"].away == Some(Away::Away);
                let away = if is_away { Away::Home } else { Away::Away };
                self.home.structure_mut(&"s1".into()).expect("a home").away = Some(away);
                // Who came back and left while nobody looked did not leave.
                let is_noticed =
                    !is_away && self.saw_home && self.is_present() && self.is_live && self.executor.is_some();
                self.away_since = is_noticed.then_some(self.now);
            }
            4 => self.is_live = false,
            5..=7 => self.is_live = true,
            8..=9 if self.is_present() => self.kill(200_000),
            8..=9 => {}
            _ => {
                // A sleep: the process is there afterwards, and noticed nothing.
                self.absent_until = self.now + SignedDuration::from_secs(self.rng.i64(60..80_000));
                self.away_since = None;
            }
        }
        if !self.is_live {
            self.away_since = None;
        }
    }

    fn present<T>(&self, executor: &mut RuleExecutor, f: impl FnOnce(&mut RuleExecutor, &RulePresent<'_>) -> T) -> T {
        let is_live = self.is_live;
        let accounts = [AccountState { name: "Mine".to_owned(), is_signed_out: false, is_live }];
        f(
            executor,
            &RulePresent {
                now: self.now,
                zone: &self.clock.zone,
                home: &self.home,
                accounts: &accounts,
                is_live: &|_| is_live,
                presets: &[],
                levels: &[],
                holds: &BTreeMap::new(),
                start_in_force: &|_| None,
                programs: &[],
                requests: &[],
            },
        )
    }

    /// Lets a running process do what is due.
    fn settle(&mut self) {
        if !self.is_present() {
            return;
        }
        if self.executor.is_none() {
            self.begin();
        }
        let Some(mut executor) = self.executor.take() else { return };
        let journal = self.disk.journal.clone();
        let recorded = |write: &Write, at: Timestamp| {
            let is_it = |(arrived, other): &&(Timestamp, Write)| *arrived >= at && other == write;
            journal.iter().find(is_it).map(|_| RunOutcome::Done)
        };
        let told =
            self.present(&mut executor, |executor, present| executor.recheck(present, true, |_| false, recorded));
        for (id, place, outcome) in told {
            // A write without a trace is sent again, as long as it is not too late.
            let Some(outcome) = outcome else {
                let write = executor.open().get(&id).and_then(|run| {
                    let ActKind::Write(write) = &run.acts.get(place)?.kind else { return None };
                    Some(write.clone())
                });
                executor.resumed(id);
                if let Some(write) = write {
                    if !self.make(id, place, &write) {
                        return;
                    }
                    self.resolve(&mut executor, id, place, &RunOutcome::Done);
                }
                continue;
            };
            self.resolve(&mut executor, id, place, &outcome);
        }
        for _ in 0..200 {
            let steps = self.present(&mut executor, RuleExecutor::due);
            if steps.is_empty() {
                self.looked = self.now;
                if self.is_live {
                    self.saw_home = self.home.structures["s1"].away == Some(Away::Home);
                }
                self.executor = Some(executor);
                return;
            }
            for step in steps {
                let id = RunId(i64::try_from(self.disk.runs.len()).expect("a number"));
                self.disk.watched.extend(step.watched.iter().cloned());
                if let Some(run) = &step.run {
                    self.disk.runs.insert(id, run.clone());
                    self.note(&format!("{} due {} {:?}", run.rule, run.due, run.skip));
                }
                executor.stored(step.run.as_ref().map(|_| id), &step);
                let Some(run) = step.run.filter(RuleRun::is_open) else { continue };
                // Killed between the mark and the acts.
                if self.rng.f64() < CRASH {
                    return self.kill(40_000);
                }
                for (place, act) in run.acts.iter().enumerate().filter(|(_, act)| act.outcome == RunOutcome::Open) {
                    if let ActKind::Write(write) = &act.kind {
                        if !self.make(id, place, write) {
                            return;
                        }
                    } else {
                        self.made.push((run.rule.clone(), run.due, run.subject.clone(), place));
                    }
                    // Killed between the act and its outcome.
                    if self.rng.f64() < CRASH {
                        return self.kill(40_000);
                    }
                    self.resolve(&mut executor, id, place, &RunOutcome::Done);
                }
            }
        }
        self.problems.push(format!("{}: the rules do not come to rest", self.now));
    }

    /// The engine carries out a write and notes it; `false` if the process is killed before it could.
    fn make(&mut self, id: RunId, place: usize, write: &Write) -> bool {
        if self.rng.f64() < CRASH {
            self.kill(4_000);
            return false;
        }
        write.apply_optimistic(&mut self.home);
        self.disk.journal.push((self.now, write.clone()));
        let run = &self.disk.runs[&id];
        self.made.push((run.rule.clone(), run.due, run.subject.clone(), place));
        true
    }

    fn resolve(&mut self, executor: &mut RuleExecutor, id: RunId, place: usize, outcome: &RunOutcome) {
        if let Some(run) = executor.resolved(id, place, outcome) {
            self.disk.runs.insert(id, run);
        }
    }

    /// Somebody who left, and was noticed, has a run.
    fn check_presence(&mut self) {
        let Some(since) = self.away_since.filter(|since| self.now >= *since + SOON) else { return };
        let is_noticed = self.disk.runs.values().any(|run| run.rule == "Left" && run.at >= since);
        if !is_noticed && self.executor.is_some() {
            self.problems.push(format!("{}: nobody noticed that all left at {since}", self.now));
        }
        self.away_since = None;
    }

    /// Each time of the day has one run, or is counted in one, and no act was made twice.
    fn check(&mut self) {
        let mut made = std::collections::BTreeSet::new();
        if let Some(twice) = self.made.iter().find(|act| !made.insert(*act)) {
            self.problems.push(format!("{twice:?} was made twice"));
        }
        for (number, (time, on)) in self.times.iter().enumerate() {
            let met = self.clock.meets(*time, |lane| on[lane]);
            let rule = number.to_string();
            let is_mine = |run: &&RuleRun| run.rule == rule && matches!(run.trigger, RuleTrigger::Time { .. });
            let mut next = met.partition_point(|at| *at <= self.clock.begin);
            for run in self.disk.runs.values().filter(is_mine) {
                let count = if let Some(RuleSkip::Late { earlier }) = run.skip { earlier + 1 } else { 1 };
                let last = next + usize::try_from(count).expect("few") - 1;
                if met.get(last) != Some(&run.due) {
                    let expected = met.get(next..=last.min(met.len() - 1));
                    self.problems.push(format!("rule {rule}: {} ({:?}) instead of {expected:?}", run.due, run.skip));
                    break;
                }
                next = last + 1;
            }
            // A write waits for its thermostat for half a day at most.
            let missing = met.get(next).filter(|at| **at + SignedDuration::from_hours(13) < self.looked);
            if let Some(missing) = missing {
                self.problems.push(format!("rule {rule}: nothing tells of {missing}"));
            }
        }
    }
}

/// The problems of a year, with its numbers of runs, of acts, and of kills.
fn run_year(seed: u64) -> (Vec<String>, [usize; 3]) {
    let mut year = Year::new(seed);
    let pause = [3_000, 30_000, 300_000][year.rng.usize(0..3)];
    let mut next_event = year.clock.begin + SignedDuration::from_secs(year.rng.i64(1..pause));
    let end = year.clock.end();
    while year.now < end && year.problems.is_empty() {
        year.settle();
        year.check_presence();
        let wake = match &year.executor {
            _ if !year.is_present() => Some(year.absent_until),
            Some(executor) => executor.wake_at(year.now),
            None => Some(year.now + SignedDuration::from_secs(1)),
        };
        let look = year.now + SignedDuration::from_mins(if year.rng.u8(0..8) == 0 { 4 } else { 240 });
        year.now = wake.unwrap_or(end).max(year.now + SignedDuration::from_secs(1)).min(next_event).min(look).min(end);
        if year.now == next_event {
            year.happen();
            next_event = year.now + SignedDuration::from_secs(year.rng.i64(1..pause));
        }
    }
    year.check();
    if !year.problems.is_empty() {
        year.problems.extend(std::mem::take(&mut year.diary));
    }
    let counts = [year.disk.runs.len(), year.made.len(), usize::try_from(year.kills).expect("few")];
    (year.problems, counts)
}

/// `SIMULATED_YEARS` sets the number of years in all zones, `SIMULATED_SEED` repeats one.
#[test]
fn each_time_of_a_year_has_one_occasion_and_no_act_is_made_twice() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let years = number("SIMULATED_YEARS").unwrap_or(80);
    let seeds = number("SIMULATED_SEED").map_or(0..years, |seed| seed..seed + 1);
    let mut all = [0; 3];
    for seed in seeds {
        let (problems, counts) = run_year(seed);
        assert!(problems.is_empty(), "seed {seed}:\n{}", problems.join("\n"));
        for (sum, count) in all.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let [runs, acts, kills] = all;
    println!("{runs} occasions, {acts} acts, {kills} kills");
}
