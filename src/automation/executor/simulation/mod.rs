//! A year of holds and schedules on a fake clock, with restarts, sleeps, times offline and changes by hand.
//!
//! Another reading of the calendar ([`calendar`]) says when each start is due. `tests/run year --seeds N` runs more
//! years than the tests do; a failure prints its seed.

pub(in crate::automation) mod calendar;
mod world;

use fastrand::Rng;
use jiff::SignedDuration;

use self::calendar::{MetStart, YearClock};
use self::world::{Event, HoldKind, World, id};
use super::super::run::{Run, RunOutcome, Skip, Trigger};
use super::super::schedule::samples::{level, schedule, schedules, thermostat};
use super::super::schedule::{DateSpan, Schedules, Start};
use crate::home::Write;

const ZONES: [(&str, i16); 4] =
    [("Europe/Berlin", 2026), ("America/New_York", 2026), ("Australia/Lord_Howe", 2026), ("Pacific/Apia", 2011)];

/// The time within which the executor has to act when nothing is in its way.
const SOON: SignedDuration = SignedDuration::from_mins(3);

fn any_schedules(rng: &mut Rng, clock: &YearClock) -> Schedules {
    let mut all = schedules(&[]);
    all.levels.push(level("Frost", 10.0, 30.0));
    all.schedules.push(schedule("Vacation", &["monday 12:00 Frost", "thursday 02:30 Sleep"]));
    for day in 0..7 {
        for _ in 0..rng.usize(0..5) {
            // Half of the starts fall into the hours in which clocks are changed.
            let hour = if rng.bool() { rng.i8(0..4) } else { rng.i8(0..24) };
            let at = jiff::civil::time(hour, 15 * rng.i8(0..4), 0, 0);
            let level = ["Home", "Away", "Sleep"][rng.usize(0..3)].to_owned();
            let starts = &mut all.schedules[0].days[day];
            if starts.iter().all(|start| start.at != at) {
                starts.push(Start { at, level });
            }
        }
        all.schedules[0].days[day].sort_by_key(|start| start.at);
    }
    if all.schedules[0].is_empty() {
        all.schedules[0].days[2].push(Start { at: jiff::civil::time(2, 30, 0, 0), level: "Home".to_owned() });
    }
    let first = clock.begin.to_zoned(clock.zone.clone()).date();
    for span in 0..rng.i64(0..3) {
        let from = first + jiff::Span::new().days(rng.i64(10..340));
        let to = from + jiff::Span::new().days(rng.i64(0..20));
        let thermostats = if rng.bool() { vec![thermostat("Hallway")] } else { Vec::new() };
        let name = format!("Span {span}");
        all.dates.push(DateSpan { name, from, to, schedule: "Vacation".to_owned(), thermostats });
    }
    all
}

fn any_event(rng: &mut Rng) -> Event {
    let minutes = |rng: &mut Rng, most: i64| SignedDuration::from_secs(rng.i64(60..60 * most));
    match rng.u8(0..20) {
        0..=3 => Event::ByHand(f64::from(rng.u8(18..60)) / 2.0),
        4..=6 => {
            let kind = match rng.u8(0..3) {
                0 => HoldKind::NextStart,
                1 => HoldKind::For(minutes(rng, 60 * 30)),
                _ => HoldKind::Never,
            };
            Event::Hold(f64::from(rng.u8(18..60)) / 2.0, kind)
        }
        7..=8 => Event::CancelHold,
        9 => Event::Mode(false),
        10..=11 => Event::Mode(true),
        12 => Event::Online(false),
        13..=14 => Event::Online(true),
        15 => Event::Live(false),
        16 => Event::Live(true),
        17 => Event::Sleep(minutes(rng, 60 * 20)),
        18 => Event::Kill(minutes(rng, 60 * 40)),
        _ => Event::Nothing,
    }
}

/// The result of a year.
struct Year {
    problems: Vec<String>,
    steps: u64,
    kills: u64,
    starts: usize,
    checked: u64,
}

fn run_year(seed: u64) -> Year {
    let mut rng = Rng::with_seed(seed);
    let (zone, year) = ZONES[usize::try_from(seed % 4).expect("small")];
    let clock = YearClock::of(zone, year);
    let all = any_schedules(&mut rng, &clock);
    let mut world = World::new(std::sync::Arc::clone(&clock), all.clone(), rng.u64(..));
    let starts = clock.starts(&all, &id(), &world.home);
    // Some years are busy, some are quiet.
    let pause = [1_800, 20_000, 200_000][rng.usize(0..3)];
    let mut next_event = clock.begin + SignedDuration::from_secs(rng.i64(1..pause));
    let mut checked = 0;
    let mut kept_at_last = 0;
    while world.now < clock.end() && world.problems.is_empty() {
        world.settle();
        checked += u64::from(check(&mut world, &starts));
        check_runs(&mut world, &starts, &mut kept_at_last);
        let wake = world.next_wake().unwrap_or(clock.end());
        // A look each few minutes, as the program has it too.
        let look = world.now + SignedDuration::from_mins(if rng.u8(0..8) == 0 { 4 } else { 240 });
        world.now = wake.min(next_event).min(look).min(clock.end());
        if world.now == next_event {
            world.happen(any_event(&mut rng));
            next_event = world.now + SignedDuration::from_secs(rng.i64(1..pause));
        }
    }
    check_all_starts(&mut world, &starts);
    if !world.problems.is_empty() {
        world.problems.extend(world.diary);
    }
    Year { problems: world.problems, steps: world.steps, kills: world.kills, starts: starts.len(), checked }
}

fn in_force<'s>(starts: &'s [MetStart], world: &World) -> Option<&'s MetStart> {
    let after = starts.partition_point(|start| start.at <= world.now);
    starts.get(after.checked_sub(1)?)
}

/// The value is that of the level in force, if nothing else happened since its start. Returns true if that was checked.
fn check(world: &mut World, starts: &[MetStart]) -> bool {
    let Some(start) = in_force(starts, world) else { return false };
    let is_due = world.is_present()
        && world.is_clear()
        && world.now >= world.clear_since.max(start.at).saturating_add(SOON).unwrap_or(jiff::Timestamp::MAX);
    let is_held = world.executor.as_ref().is_some_and(|executor| !executor.kept().holds.is_empty());
    if !is_due || is_held || world.disturbed >= start.at {
        return false;
    }
    let wanted = world.schedules.level(&start.level).and_then(|level| level.heat).expect("a level").degrees;
    if world.target() != wanted {
        let problem =
            format!("{}: {} instead of {} ({wanted}) since {}", world.now, world.target(), start.level, start.at);
        world.problems.push(problem);
    }
    true
}

/// The new runs: none overrules a person, none is made for a start that is not in force any more.
fn check_runs(world: &mut World, starts: &[MetStart], seen: &mut usize) {
    let new: Vec<Run> = world.disk.runs.values().skip(*seen).cloned().collect();
    *seen += new.len();
    for run in new {
        let Some(start) = in_force(starts, world) else { continue };
        let acts = run.write.is_some() && run.outcome != RunOutcome::Skipped(Skip::AlreadySo);
        if !acts {
            continue;
        }
        if run.ends_hold.is_some() {
            if run.at < run.due {
                world.problems.push(format!("a hold ended too early: {run:?}"));
            }
            continue;
        }
        let level = match &run.trigger {
            Trigger::Start { level, .. } => level.clone(),
            Trigger::HoldEnd => String::new(),
        };
        if (run.due, &level) != (start.at, &start.level) {
            world.problems.push(format!("{run:?} instead of {start:?}"));
        }
        if world.heard_by_hand.is_some_and(|heard| heard >= run.due && heard < run.at && run.at > world.clock.begin) {
            let since = world
                .executor
                .as_ref()
                .and_then(|executor| executor.kept().applied.get(&id()).map(|applied| applied.since));
            if since.is_some_and(|since| world.heard_by_hand > Some(since)) {
                world.problems.push(format!("{run:?} overrules a change by hand at {:?}", world.heard_by_hand));
            }
        }
    }
}

/// Each start has its run or was noted as passed, and no write arrived twice.
fn check_all_starts(world: &mut World, starts: &[MetStart]) {
    let mut arrived: Vec<(jiff::Timestamp, usize, String)> = Vec::new();
    for (run, value) in &world.arrived {
        let run = &world.disk.runs[run];
        // A level comes back after a hold, at the latest when the thermostat has a set point again.
        let holds = world.disk.runs.values().filter(|other| other.ends_hold.is_some() && other.at < run.at).count();
        let entry = (run.due, holds, format!("{value}"));
        if arrived.contains(&entry) {
            let of_start = world.disk.runs.values().filter(|other| other.due == run.due);
            let story: Vec<String> =
                of_start.map(|run| format!("{} {:?} {:?}", run.at, run.write, run.outcome)).collect();
            world.problems.push(format!("{entry:?} arrived twice: {}", story.join(", ")));
        }
        arrived.push(entry);
        if !matches!(&run.write, Some(Write::Target(_, setpoint)) if setpoint.degrees == *value) {
            world.problems.push(format!("{run:?} wrote {value}"));
        }
    }
    let mut met = vec![false; starts.len()];
    let mut last = None;
    let begin = world.clock.begin;
    let is_of_year =
        |run: &&Run| matches!(run.trigger, Trigger::Start { .. }) && run.ends_hold.is_none() && run.due >= begin;
    for run in world.disk.runs.values().filter(is_of_year) {
        let Ok(first) = starts.binary_search_by_key(&run.due, |start| start.at) else {
            world.problems.push(format!("no clock meets {run:?}"));
            return;
        };
        let count = if let RunOutcome::Skipped(Skip::Asleep(count)) = run.outcome { count } else { 1 };
        let count = usize::try_from(count).expect("small");
        met[first..first + count].fill(true);
        last = last.max(Some(first + count));
    }
    for (start, met) in starts.iter().zip(met).take(last.unwrap_or_default()) {
        let by_hold = |run: &&Run| run.ends_hold.is_some() && run.at >= start.at;
        if !met && start.at >= world.clock.begin && !world.disk.runs.values().any(|run| by_hold(&run)) {
            world.problems.push(format!("{start:?} has no run"));
        }
    }
}

/// `SIMULATED_YEARS` sets the number of years in all zones, `SIMULATED_SEED` repeats one.
fn years_of_zone(zone: u64) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let years = number("SIMULATED_YEARS").unwrap_or(200);
    let seeds = number("SIMULATED_SEED").map_or(0..years, |seed| seed..seed + 1);
    let (mut steps, mut kills, mut starts, mut checked) = (0, 0, 0, 0);
    for seed in seeds.filter(|seed| seed % 4 == zone) {
        let year = run_year(seed);
        assert!(year.problems.is_empty(), "seed {seed}:\n{}", year.problems.join("\n"));
        steps += year.steps;
        kills += year.kills;
        starts += year.starts;
        checked += year.checked;
    }
    println!("{starts} starts, {steps} steps, {kills} kills, {checked} values checked");
}

#[test]
fn each_start_of_a_year_in_berlin_is_met_once() {
    years_of_zone(0);
}

#[test]
fn each_start_of_a_year_in_new_york_is_met_once() {
    years_of_zone(1);
}

#[test]
fn each_start_of_a_year_on_lord_howe_is_met_once() {
    years_of_zone(2);
}

#[test]
fn each_start_of_a_year_in_apia_with_a_skipped_day_is_met_once() {
    years_of_zone(3);
}
