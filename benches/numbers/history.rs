//! The history: an import against parsing its lines, a query against the same rows by SQLite alone, the chart of a year
//! against the page without it, the recorder against the engine, and the size of the file.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use poll_promise::Promise;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;
use setpoint::accounts::AccountsView;
use setpoint::automation::rule::{RuleTrial, RuleTrialRequest};
use setpoint::history::{
    Change, ChangeQuery, Curve, CurveSpan, EquipmentPart, Heard, HistoryEntry, HistoryError, HistoryStore, Interval,
    Moment, Recorded, Recorder, StoredInterval, import,
};
use setpoint::home::{DeviceId, DeviceTree, Thermostat};
use setpoint::simulator::Past;
use setpoint::ui::{CurveCache, CurveRequest, EnergyRead, EnergyRequest, HistoryLookup, Page, ReadCurve, TriedRule};

use crate::frame::{Framed, NOW};
use crate::timing::{median, plain, ratio, say, timed};
use crate::wire::{engine_time, estate, two_documents};

/// Seconds of a year.
pub(crate) const YEAR: i64 = 365 * 86_400;

type Measured = Result<(), Box<dyn std::error::Error>>;

pub(crate) fn run() {
    for (what, measured) in [("an import", imports()), ("the store", store()), ("the recorder", recorder())] {
        if let Err(err) = measured {
            say(what, &format!("could not be measured: {err}"));
        }
    }
}

/// A year of five-minute intervals by the physics of the simulator, up to the present of the window.
pub(crate) fn year() -> Vec<Interval> {
    let past = Past::new(&DeviceId::from("year"), &Thermostat::default(), TimeZone::UTC);
    let to = NOW.as_second() / 300 * 300;
    past.intervals(to - YEAR, to)
}

/// Lines as `HvacRuntime.jsonl` has them: each a quarter of an hour, with the fields of a recording.
fn export() -> String {
    let mut text = String::new();
    for interval in year().chunks(3).filter_map(|three| three.first()) {
        let time = |second| Timestamp::from_second(second).unwrap_or_default();
        let degrees = interval.room.map_or(20.0, |room| room.mean.celsius());
        let heating = interval.run.get(EquipmentPart::Heat).unwrap_or_default();
        let outdoor = interval.outdoor.map_or(10.0, |outdoor| outdoor.celsius());
        let humidity = f64::from(interval.humidity.unwrap_or(400)) / 10.0;
        let line = format!(
            r#"{{"device_id":"BENCH123456789AB","structure_id":"f0514c1c-121a-4e1f-a708-40eedfa3023e","interval_start":"{}","interval_end":"{}","heating_time":{heating},"cooling_time":0,"heat_mode_time":900,"cool_mode_time":0,"alt_heat1_time":0,"alt_heat2_time":0,"aux_heat_time":0,"airwave_time":0,"auto_away_time":0,"manual_away_time":0,"cooling_target":22.222229,"heating_target":20.555557,"sched_cooling_target":20.555557,"sched_heating_target":18.888885,"indoor_temp":{degrees:.6},"indoor_humidity":{humidity:.6},"outdoor_temp":{outdoor},"outdoor_humidity":80,"has_ob_wire":false,"postal_code":"08102","away_cooling_temp":28,"away_heating_temp":13.5,"time_zone":"America/New_York","start_time_local":null,"end_time_local":null,"heatcool_mode_time":0,"off_mode_time":0,"cool_stage1_time":0,"cool_stage2_time":0,"cool_stage3_time":0,"heat_stage1_time":0,"heat_stage2_time":0,"heat_stage3_time":0,"emergency_heat_time":0,"fan_time":{heating},"cool_capable":true,"heat_capable":true,"firmware_version":"1.3-10","weather_temp":{outdoor},"weather_humidity":80}}"#,
            time(interval.start),
            time(interval.start + 900),
        );
        writeln!(text, "\"{}\"", line.replace('"', "\"\"")).ok();
    }
    text
}

fn imports() -> Measured {
    let folder = tempfile::tempdir()?;
    let (text, path) = (export(), folder.path().join("HvacRuntime.jsonl"));
    std::fs::write(&path, &text)?;
    let json: Vec<String> = text.lines().map(|line| line.trim_matches('"').replace("\"\"", "\"")).collect();
    let parse = || json.iter().flat_map(|line| serde_json::from_str::<Value>(line)).count();
    let parsed = parse();
    let baseline = median(5, || timed(parse));
    let mut taken = 0;
    let mut run = 0;
    let mut time = |is_known: bool| {
        run += usize::from(!is_known);
        let file = folder.path().join(format!("{run}.sqlite3"));
        let Ok(mut history) = HistoryStore::open(&file).map(|opened| opened.history) else { return Duration::ZERO };
        let paths = [path.clone()];
        let mut go_on = |_| ControlFlow::Continue(());
        timed(|| match import(&mut history, &paths, None, NOW, &mut go_on) {
            Ok(report) => taken = if is_known { report.known } else { report.taken },
            Err(err) => say("the import", &err.to_string()),
        })
    };
    let ours = median(5, || time(false));
    let again = median(5, || time(true));
    if usize::try_from(taken)? != parsed {
        return Err(format!("{taken} of {parsed} lines were taken").into());
    }
    ratio(&format!("import {parsed} lines of an export / their JSON alone"), ours, baseline, 2.0);
    ratio("import them once more / their JSON alone", again, baseline, 2.0);
    Ok(())
}

/// Stores a year of a thermostat.
fn store_year(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut history = HistoryStore::open(path)?.history;
    let writer = history.write()?;
    let device = writer.ensure_device("year", "Hallway")?;
    for interval in year() {
        writer.put(device.id, &interval)?;
    }
    writer.rebuild_days_of(device.id)?;
    Ok(writer.commit()?)
}

fn store() -> Measured {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("history.sqlite3");
    store_year(&path)?;
    let alone = Connection::open(&path)?;
    alone.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let megabytes = std::fs::metadata(&path)?.len() as f64 / 1e6;
    plain("a thermostat and year on the disk / budget", megabytes, 5.0, "MB", 1.0);

    let history = HistoryStore::open_to_read(&path)?.ok_or("there is no file")?;
    let device = history.keyed("year")?.ok_or("there is no thermostat")?;
    let (from, to) = (NOW.as_second() - YEAR - 3_600, NOW.as_second());
    let rows = history.intervals(&device, from, to)?;
    let baseline = median(9, || timed(|| by_sqlite_alone(&alone, device.id, from, to)));
    if by_sqlite_alone(&alone, device.id, from, to)? != rows.len() {
        return Err("SQLite alone finds other rows".into());
    }
    let ours = median(9, || timed(|| history.intervals(&device, from, to)));
    ratio(&format!("query the {} rows of a year / by SQLite alone", rows.len()), ours, baseline, 1.5);
    let span = CurveSpan::new(from, to);
    let ours = median(9, || {
        timed(|| history.intervals(&device, from, to).map(|stored| Curve::new(&stored, span, NOW.as_second())))
    });
    ratio("query and reduce them for a chart / by SQLite alone", ours, baseline, 1.5);
    chart_of(rows);
    Ok(())
}

/// Reads every value of the rows, as any reader must.
fn by_sqlite_alone(alone: &Connection, device: i64, from: i64, to: i64) -> rusqlite::Result<usize> {
    let mut statement = alone
        .prepare_cached("SELECT * FROM interval_rows WHERE device = ? AND start >= ? AND start < ? ORDER BY start")?;
    let columns = statement.column_count();
    let mut found = statement.query([device, from, to])?;
    let mut count = 0;
    while let Some(row) = found.next()? {
        let mut sum = 0_i64;
        for column in 0..columns {
            if let ValueRef::Integer(value) = row.get_ref(column)? {
                sum = sum.wrapping_add(value);
            }
        }
        std::hint::black_box(sum);
        count += 1;
    }
    Ok(count)
}

/// A history of one year for any thermostat.
struct OneYear(Vec<StoredInterval>);

impl HistoryLookup for OneYear {
    fn read(&self, _: &AccountsView, _: &DeviceId, request: CurveRequest) -> Promise<Result<ReadCurve, HistoryError>> {
        let curve = Curve::new(&self.0, request.span, NOW.as_second());
        Promise::from_ready(Ok(ReadCurve { curve, rows: Vec::new(), changes: Vec::new() }))
    }

    fn energy(&self, _: &AccountsView, _: &EnergyRequest) -> Promise<Result<EnergyRead, HistoryError>> {
        Promise::from_ready(Ok(EnergyRead::default()))
    }

    fn changes(&self, _: &AccountsView, _: ChangeQuery) -> Promise<Result<Vec<Change>, HistoryError>> {
        Promise::from_ready(Ok(Vec::new()))
    }

    fn try_rule(&self, _: &AccountsView, _: RuleTrialRequest) -> Promise<TriedRule> {
        Promise::from_ready(Ok(Ok(RuleTrial::default())))
    }

    fn entries(&self) -> Promise<Result<Vec<HistoryEntry>, HistoryError>> {
        Promise::from_ready(Ok(Vec::new()))
    }
}

fn chart_of(rows: Vec<StoredInterval>) {
    let home = estate(6);
    let Some(dial) = home.thermostats.keys().next().cloned() else { return };
    // High enough for the whole page with its chart.
    let page = || Framed { height: 1_400.0, ..Framed::default() };
    let baseline = page().time(home.clone(), Page::Thermostat(dial.clone()));
    let curves = CurveCache::of(OneYear(rows));
    let ours = Framed { curves, pressed: Some("Period: Year"), ..page() }.time(home, Page::Thermostat(dial));
    ratio("a frame with the chart of a year / without a chart", ours, baseline, 1.5);
}

fn recorder() -> Measured {
    let home = estate(1_000);
    let thermostats = home.thermostats.len();
    let [before, after] = two_documents(home.clone());
    let engine = engine_time(&[&before, &after]);
    let mut recorder = Recorder::default();
    let mut at = Moment { wall: NOW, instant: Instant::now() };
    let mut hear = || {
        at.wall += SignedDuration::from_millis(700);
        at.instant += Duration::from_millis(700);
        timed(|| recorder.hear(&[Heard { home: &home, is_live: true }], at))
    };
    let ours = median(101, &mut hear);
    ratio(&format!("an event with {thermostats} thermostats recorded / engine alone"), engine + ours, engine, 1.05);
    writes(&home)
}

/// The work of each five minutes.
fn writes(home: &DeviceTree) -> Measured {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("history.sqlite3");
    let mut history = HistoryStore::open(&path)?.history;
    let mut start = NOW.as_second() / 86_400 * 86_400 + 43_200;
    let sample = year().into_iter().next().ok_or("there is no interval")?;
    let mut failed = Ok(());
    let time = median(5, || {
        start += 300;
        let recorded = home.thermostats.keys().map(|id| {
            let interval = Interval { start, ..sample.clone() };
            Recorded { device: id.to_string(), name: id.to_string(), zone: Some("UTC".to_owned()), interval }
        });
        let recorded: Vec<Recorded> = recorded.collect();
        timed(|| {
            let written = history.write().and_then(|writer| {
                recorded.iter().try_for_each(|one| writer.record(one))?;
                writer.commit()
            });
            failed = written;
        })
    });
    failed?;
    let share = time.as_secs_f64() / 300.0 * 100.0;
    say(
        "write their intervals, each five minutes",
        &format!("{:.0} ms, {share:.2} % of a core", time.as_secs_f64() * 1e3),
    );
    Ok(())
}
