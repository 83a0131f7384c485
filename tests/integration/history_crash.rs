//! The history survives any crash: a process that records is killed again and again, and nothing that it had kept is
//! missing or damaged afterwards.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use setpoint::history::{
    CentiCelsius, EquipmentPart, HistoryStore, Interval, IntervalSource, Recorded, RoomTemperatures,
};

/// The number of processes that are killed.
const KILLS: u64 = 200;
/// Most intervals that one process records, so that no child outlives its test.
const MOST: i64 = 20_000;
const BEGIN: i64 = 1_743_465_600;
/// The variable with the path of the file, for the process that records.
const FILE: &str = "SETPOINT_TEST_HISTORY";

fn recorded(number: i64) -> Recorded {
    let mut interval =
        Interval { covered_s: 300, ..Interval::new(BEGIN + number * 300, 300, IntervalSource::Recorded) };
    interval.run.set(EquipmentPart::Heat, Some(u32::try_from(number % 301).expect("small")));
    let degrees = CentiCelsius(2_000);
    interval.room = Some(RoomTemperatures { least: degrees, mean: degrees, most: degrees });
    Recorded { device: "a".to_owned(), name: "Hallway".to_owned(), zone: Some("Europe/Berlin".to_owned()), interval }
}

/// The number of kept intervals, after a check that they are the first ones, whole and in order, and that the days agree.
fn kept(file: &Path) -> i64 {
    let opened = HistoryStore::open(file).expect("the file opens");
    assert_eq!(opened.damaged, None);
    let Some(device) = opened.history.named("Hallway").expect("read") else { return 0 };
    let intervals = opened.history.intervals(&device, i64::MIN, i64::MAX).expect("read");
    for (number, stored) in (0..).zip(&intervals) {
        assert_eq!(stored.interval, recorded(number).interval);
    }
    let (days, heat): (i64, i64) = sqlite(file, "SELECT total(covered_s), total(heat_s) FROM days");
    let sum = |of: fn(&Interval) -> u32| intervals.iter().map(|one| i64::from(of(&one.interval))).sum::<i64>();
    let expected = (sum(|one| one.covered_s), sum(|one| one.run.get(EquipmentPart::Heat).unwrap_or_default()));
    assert_eq!((days, heat), expected, "the days are those of the intervals");
    i64::try_from(intervals.len()).expect("few")
}

/// Asks Python's own SQLite, which knows nothing of the program.
fn sqlite(file: &Path, question: &str) -> (i64, i64) {
    let script = "import sqlite3, sys; print(*map(int, sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()))";
    let answer = Command::new("python3").args(["-c", script]).arg(file).arg(question).output().expect("Python");
    let text = String::from_utf8_lossy(&answer.stdout).into_owned();
    let mut numbers = text.split_whitespace().map(|number| number.parse().expect("a number"));
    (numbers.next().expect("a sum"), numbers.next().expect("another"))
}

/// The process that records; started by the test below.
#[test]
#[ignore = "the other side of a_kill_loses_nothing_that_was_kept"]
fn records_until_it_is_killed() {
    let Some(file) = std::env::var_os(FILE).map(PathBuf::from) else { return };
    let first = kept(&file);
    let mut history = HistoryStore::open(&file).expect("opened").history;
    for number in first..first + MOST {
        let writer = history.write().expect("begun");
        writer.record(&recorded(number)).expect("recorded");
        writer.commit().expect("kept");
        let mut out = std::io::stdout().lock();
        writeln!(out, "kept {number}").and_then(|()| out.flush()).expect("told");
    }
}

#[test]
fn a_kill_loses_nothing_that_was_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("history.sqlite3");
    let mut chance = fastrand::Rng::with_seed(17);
    let mut told = -1;
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "history_crash::records_until_it_is_killed", "--ignored", "--nocapture"])
            .env(FILE, &file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut tell = |line: std::io::Result<String>| {
            let number = line.ok().and_then(|line| line.split("kept ").nth(1)?.trim().parse().ok());
            told = number.unwrap_or(told).max(told);
        };
        // A few commits, and then a moment within the next one.
        for line in lines.by_ref().take(4 + chance.usize(..6)) {
            tell(line);
        }
        std::thread::sleep(Duration::from_micros(chance.u64(..4_000)));
        child.kill().expect("killed");
        lines.for_each(&mut tell);
        child.wait().expect("ended");
        // The check opens the file as the next start of the program does; not each time, so that a log is recovered
        // over several kills as well.
        if kill % 10 == 9 {
            assert!(kept(&file) > told, "kill {kill}: {told} was kept");
        }
    }
    assert!(told > 500, "{told}");
}
