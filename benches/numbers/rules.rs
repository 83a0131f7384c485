//! Rules: an event's way to the snapshot beside a thousand of them, and a year of recorded history tried with one.

use std::fmt::Write as _;
use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use setpoint::automation::Form as _;
use setpoint::automation::driver::{Automation, AutomationFiles, AutomationSetup};
use setpoint::automation::outside::NothingOutside;
use setpoint::automation::rule::{RecordedHome, RuleHistory, Rules, readings_of, try_rule};
use setpoint::automation::schedule::Schedules;
use setpoint::clock::SystemClock;
use setpoint::engine::Engine;
use setpoint::history::StoredInterval;
use setpoint::home::DeviceTree;

use crate::engine::measured;
use crate::frame::NOW;
use crate::history::{YEAR, year};
use crate::timing::{limit, median, ratio, say, timed};
use crate::wire::estate;

/// Number of rules beside the engine.
const RULES: usize = 1_000;

pub(crate) fn run() {
    beside_the_engine();
    a_year();
}

/// Rules that look at the rooms of a home one after the other.
fn text(home: &DeviceTree) -> String {
    let names: Vec<&str> = home.thermostats.values().filter_map(|it| it.name.as_deref()).collect();
    let mut text = String::new();
    for (place, name) in names.iter().cycle().take(RULES).enumerate() {
        let when = match place % 4 {
            0 => format!("room = \"{name}\", above = 31, for = \"10 min\""),
            1 => format!("no-effect = \"{name}\", for = \"2 h\""),
            2 => "presence = \"away\"".to_owned(),
            _ => "time = \"03:17\"".to_owned(),
        };
        writeln!(text, "[[rule]]\nname = \"{place}\"\nwhen = [{{ {when} }}]\nthen = [{{ notify = \"x\" }}]").ok();
    }
    text
}

fn beside_the_engine() {
    let home = estate(114);
    let devices = home.device_count();
    let Ok(folder) = tempfile::tempdir() else { return say("rules", "there is no folder for them") };
    if std::fs::write(folder.path().join(Rules::FILE), text(&home)).is_err() {
        return say("rules", "their file cannot be written");
    }
    let follow = |engine: &Engine| {
        let mut automation = Automation::start(AutomationSetup {
            files: AutomationFiles::new(folder.path(), folder.path()),
            is_new_home: false,
            keeps_queue: false,
            clock: SystemClock::shared(),
            zone: TimeZone::UTC,
            runtime: tokio::runtime::Handle::current(),
            presets: Vec::new(),
            outside: Arc::new(NothingOutside),
            waker: Waker::noop().clone(),
        });
        automation.follow(vec![engine.access()]);
        automation
    };
    let (Some((_, without)), Some((_, with))) = (measured(home.clone(), |_| ()), measured(home, follow)) else {
        return say("rules beside the engine", "could not be measured");
    };
    let what = format!("from an event to the snapshot, {devices} devices: {RULES} rules beside it / none");
    ratio(&what, with, without, 1.1);
}

fn a_year() {
    let home = estate(1);
    let Some(id) = home.thermostats.keys().next().cloned() else { return };
    let stored: Vec<StoredInterval> =
        year().into_iter().map(|interval| StoredInterval { device: 1, interval }).collect();
    let text = "[[rule]]\nname = \"x\"\nwhen = [{ presence = \"away\" }, { no-effect = \"any\", for = \"2 h\" }]\n\
        then = [{ command = \"all eco\" }]";
    let Ok(rules) = Rules::parse(text) else { return };
    let Some(rule) = rules.content.rules.first() else { return };
    let (schedules, to) = (Schedules::default(), NOW);
    let from = to.checked_sub(SignedDuration::from_secs(YEAR)).unwrap_or(Timestamp::MIN);
    let mut acted = 0;
    let took = median(5, || {
        timed(|| {
            let recorded = RecordedHome { readings: [(id.clone(), readings_of(&stored))].into(), changes: Vec::new() };
            let history = RuleHistory {
                from,
                to,
                home: &home,
                zone: &TimeZone::UTC,
                recorded: &recorded,
                presets: &[],
                schedules: &schedules,
                programs: &[],
                requests: &[],
            };
            acted = try_rule(rule, &rules.content, &history).map_or(0, |trial| trial.acted);
        })
    });
    limit(&format!("a rule tried on a year of {} intervals, {acted} acts", stored.len()), took, Duration::from_secs(2));
}
