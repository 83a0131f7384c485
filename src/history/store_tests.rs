//! The file of the history: damaged, newer, locked, read-only, full.

use std::fs;

use super::*;
use crate::history::ChangeQuery;
use crate::history::interval::{IntervalMode, IntervalSource, RoomTemperatures};

const APRIL: i64 = 1_743_465_600;

fn interval(start: i64, heat: u32) -> Interval {
    let mut interval = Interval { covered_s: 300, ..Interval::new(start, 300, IntervalSource::Recorded) };
    interval.run.set(EquipmentPart::Heat, Some(heat));
    interval.room =
        Some(RoomTemperatures { least: CentiCelsius(1990), mean: CentiCelsius(2000), most: CentiCelsius(2010) });
    interval.mode = Some(IntervalMode::Heat);
    interval.humidity = Some(455);
    interval
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("data/history.sqlite3");
    (folder, path)
}

fn open(path: &Path) -> HistoryStore {
    let opened = HistoryStore::open(path).expect("opened");
    assert_eq!(opened.damaged, None);
    opened.history
}

fn put(history: &mut HistoryStore, intervals: &[Interval]) -> Result<(), HistoryError> {
    let writer = history.write()?;
    let device = writer.ensure_device("a", "Hallway")?;
    for interval in intervals {
        writer.put(device.id, interval)?;
    }
    writer.commit()
}

fn read(history: &HistoryStore) -> Vec<Interval> {
    let device = history.find("hallway").expect("there");
    history.intervals(&device, i64::MIN, i64::MAX).expect("read").into_iter().map(|it| it.interval).collect()
}

#[test]
fn an_interval_is_read_as_it_was_written_also_beside_a_writer() {
    let (_folder, path) = place();
    let mut history = open(&path);
    put(&mut history, &[interval(APRIL, 120), interval(APRIL + 300, 0)]).expect("written");
    let reader = HistoryStore::open_to_read(&path).expect("opened").expect("there");
    assert_eq!(read(&reader), [interval(APRIL, 120), interval(APRIL + 300, 0)]);
    let writer = history.write().expect("begun");
    writer.put(1, &interval(APRIL + 600, 1)).expect("written");
    assert_eq!(read(&reader).len(), 2, "nothing is seen before it is kept");
    writer.commit().expect("kept");
    assert_eq!(read(&reader).len(), 3);
}

#[test]
fn the_interval_that_tells_more_stays_whatever_came_first() {
    let less = Interval { covered_s: 200, ..interval(APRIL, 100) };
    for order in [[interval(APRIL, 120), less.clone()], [less, interval(APRIL, 120)]] {
        let (_folder, path) = place();
        let mut history = open(&path);
        put(&mut history, &order).expect("written");
        assert_eq!(read(&history), [interval(APRIL, 120)]);
    }
}

#[cfg(unix)]
#[test]
fn the_file_is_the_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = place();
    let mut history = open(&path);
    put(&mut history, &[interval(APRIL, 120)]).expect("written");
    for entry in fs::read_dir(path.parent().expect("a folder")).expect("a folder") {
        let entry = entry.expect("an entry");
        let mode = entry.metadata().expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
    }
}

#[test]
fn a_damaged_file_is_kept_aside_and_a_new_one_begins() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().expect("a folder")).expect("created");
    fs::write(&path, b"this is no database, whatever its name says".repeat(200)).expect("written");
    assert!(matches!(HistoryStore::open_to_read(&path), Err(HistoryError::Damaged)));
    let opened = HistoryStore::open(&path).expect("opened");
    let Some(Quarantined::Kept(aside)) = opened.damaged else { panic!("{:?}", opened.damaged) };
    assert!(fs::read(aside).expect("kept").starts_with(b"this is no database"));
    assert!(opened.history.devices().expect("devices").is_empty());
}

#[test]
fn a_file_of_a_newer_program_is_left_alone() {
    let (_folder, path) = place();
    open(&path).connection.pragma_update(None, "user_version", 9).expect("written");
    assert!(matches!(HistoryStore::open(&path), Err(HistoryError::Newer(9))));
    assert!(matches!(HistoryStore::open_to_read(&path), Err(HistoryError::Newer(9))));
}

#[test]
fn a_full_disk_takes_nothing_and_says_so() {
    let (_folder, path) = place();
    let mut history = open(&path);
    put(&mut history, &[interval(APRIL, 120)]).expect("written");
    let pages: i64 = history.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).expect("a number");
    history.connection.pragma_update(None, "max_page_count", pages + 4).expect("limited");
    let many: Vec<Interval> = (1..5000).map(|index| interval(APRIL + index * 300, 60)).collect();
    assert_eq!(put(&mut history, &many), Err(HistoryError::Full));
    assert_eq!(read(&history), [interval(APRIL, 120)], "what was there stays");
}

#[test]
fn another_writer_is_waited_for_and_then_named() {
    let (_folder, path) = place();
    let mut history = open(&path);
    let mut other = open(&path);
    other.connection.busy_timeout(Duration::from_millis(20)).expect("set");
    let _writer = history.write().expect("begun");
    assert!(matches!(other.write(), Err(HistoryError::Locked)));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_or_a_pipe_is_no_history() {
    let (folder, path) = place();
    fs::create_dir_all(&path).expect("a folder in its place");
    assert!(matches!(HistoryStore::open(&path), Err(HistoryError::File(_))));
    assert!(matches!(HistoryStore::open_to_read(folder.path()), Err(HistoryError::File(_))));
}

#[test]
fn parts_of_one_interval_are_added_and_its_day_follows() {
    let (_folder, path) = place();
    let mut history = open(&path);
    let part = |covered_s, heat: u32, celsius: i32| {
        let mut interval = Interval { covered_s, ..interval(APRIL, heat) };
        let degrees = CentiCelsius(celsius);
        interval.room = Some(RoomTemperatures { least: degrees, mean: degrees, most: degrees });
        Recorded {
            device: "a".to_owned(),
            name: "Hallway".to_owned(),
            zone: Some("Europe/Berlin".to_owned()),
            interval,
        }
    };
    // The program was started anew within five minutes.
    for recorded in [part(100, 60, 2000), part(150, 150, 2100)] {
        let writer = history.write().expect("begun");
        writer.record(&recorded).expect("recorded");
        writer.commit().expect("kept");
    }
    let [sum] = read(&history).try_into().expect("one interval");
    assert_eq!((sum.covered_s, sum.run.get(EquipmentPart::Heat)), (250, Some(210)));
    let room = sum.room.expect("a room");
    assert_eq!((room.least.0, room.mean.0, room.most.0), (2000, 2060, 2100));
    let device = history.find("hallway").expect("there");
    assert_eq!(history.sums_of_days(&device).expect("days"), (250, 210));
    let mut renamed = part(10, 0, 2000);
    (renamed.name, renamed.interval.start) = ("Corridor".to_owned(), APRIL + 86_400);
    let writer = history.write().expect("begun");
    writer.record(&renamed).expect("recorded");
    writer.commit().expect("kept");
    let device = history.find("corridor").expect("its new name");
    assert_eq!(history.sums_of_days(&device).expect("days"), (260, 210), "the day before stays");
}

/// A file of an earlier version, with intervals of every kind.
fn earlier(path: &Path, version: usize) {
    drop(open(path));
    for end in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(end);
        fs::remove_file(PathBuf::from(file)).ok();
    }
    let first = Connection::open(path).expect("opened");
    for step in &schema::steps()[..version] {
        first.execute_batch(step).expect("made");
    }
    first
        .execute_batch(
            "INSERT INTO devices (key, name) VALUES ('a', 'Hallway');
             INSERT INTO intervals (device, start, source, width_s, covered_s, heat_s)
             VALUES (1, 1743465600, 1, 300, 300, 120);
             INSERT INTO intervals VALUES
             (1, 1743465900, 2, 900, 880, 300, 0, 0, 0, 60, 0, 0, 0, NULL, 30, NULL,
              1950, 2000, 2075, 455, 1900, 2600, -500, 2, 0, 900),
             (1, 1743466800, 4, 3600, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 7,
              NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);",
        )
        .expect("filled");
}

/// Every value of the intervals, as other programs read them.
fn plain_values(connection: &Connection) -> Vec<Vec<Option<i64>>> {
    let run = EquipmentPart::ALL.map(EquipmentPart::column).join(", ");
    let sql = format!(
        "SELECT device, start, source, width_s, covered_s, {run}, room_min, room_mean, room_max, humidity,
         low_target, high_target, outdoor, mode, eco_s, away_s FROM intervals ORDER BY start"
    );
    let mut statement = connection.prepare(&sql).expect("the columns of version 1");
    let count = statement.column_count();
    let rows = statement.query_map([], |row| (0..count).map(|index| row.get(index)).collect()).expect("read");
    rows.collect::<Result<_, _>>().expect("numbers")
}

#[test]
fn a_file_of_each_earlier_version_is_copied_and_tells_the_same() {
    for version_before in 1..usize::try_from(schema::VERSION).expect("small") {
        let (_folder, path) = place();
        earlier(&path, version_before);
        let before = plain_values(&Connection::open(&path).expect("opened"));
        let reader = HistoryStore::open_to_read(&path).expect("opened").expect("a reader changes nothing");
        assert_eq!(reader.changes(&ChangeQuery::newest(10)).expect("read"), []);
        let read_before = read(&reader);
        assert_eq!(plain_values(&reader.connection), before);
        drop(reader);
        let history = open(&path);
        assert_eq!(plain_values(&history.connection), before, "version {version_before}");
        assert_eq!(read(&history), read_before);
        assert_eq!((read_before.len(), read_before[1].run.get(EquipmentPart::AuxiliaryHeat)), (3, Some(60)));
        assert_eq!(read_before[1].run.get(EquipmentPart::Humidifier), None);
        assert_eq!(read_before[2].run.get(EquipmentPart::Humidifier), Some(7));
        let copy = path.with_extension(format!("v{version_before}.sqlite3"));
        let opened = Connection::open(&copy).expect("a copy");
        assert_eq!(plain_values(&opened), before);
        assert_eq!(version(&opened).expect("read"), i64::try_from(version_before).expect("small"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&copy).expect("there").permissions().mode() & 0o777, 0o600);
        }
    }
}

#[test]
fn a_month_later_the_file_is_compacted() {
    let (_folder, path) = place();
    let mut history = open(&path);
    let many: Vec<Interval> = (0..5_000).map(|index| interval(APRIL + index * 300, 60)).collect();
    put(&mut history, &many).expect("written");
    let pages = |history: &HistoryStore| -> i64 {
        history.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).expect("a number")
    };
    let before = pages(&history);
    history.compact_if_due(APRIL).expect("noted");
    history.compact_if_due(APRIL + COMPACT_EACH - 1).expect("not due");
    assert_eq!(pages(&history), before);
    history.compact_if_due(APRIL + COMPACT_EACH).expect("compacted");
    assert!(pages(&history) < before, "{} of {before} pages", pages(&history));
    let writer = history.write().expect("begun");
    let device = writer.ensure_device("a", "Hallway").expect("there");
    writer.forget(&device).expect("forgotten");
    writer.commit().expect("kept");
    history.compact().expect("compacted");
    assert!(pages(&history) < 20, "{} pages", pages(&history));
}

#[test]
fn nothing_of_what_is_forgotten_stays() {
    use crate::history::{Change, ChangeKind};
    let (_folder, path) = place();
    let mut history = open(&path);
    let at = |second| jiff::Timestamp::from_second(second).expect("a time");
    let change = |node: &str, second| Change::span(node, "Secret", ChangeKind::Heating, at(second), None);
    let writer = history.write().expect("begun");
    let (one, other) = (writer.ensure_device("a", "Hallway"), writer.ensure_device("b", "Export"));
    let (one, other) = (one.expect("made"), other.expect("made"));
    writer.put(other.id, &interval(APRIL, 60)).expect("stored");
    writer.join(&other, &one).expect("joined");
    for node in ["a", "b", "home", "camera"] {
        writer.put_change(&change(node, APRIL)).expect("stored");
        writer.put_change(&change(node, APRIL + 86_400)).expect("stored");
    }
    writer.commit().expect("kept");
    let count = |history: &HistoryStore| history.changes(&ChangeQuery::newest(100)).expect("read").len();
    let writer = history.write().expect("begun");
    writer.forget_all_changes(Some(APRIL + 1)).expect("forgotten");
    writer.commit().expect("kept");
    assert_eq!(count(&history), 4);
    let writer = history.write().expect("begun");
    writer.forget(&one).expect("forgotten");
    writer.commit().expect("kept");
    assert_eq!(count(&history), 2, "those of the home and the camera stay");
    let writer = history.write().expect("begun");
    writer.forget_all().expect("forgotten");
    writer.commit().expect("kept");
    assert_eq!((count(&history), history.devices().expect("read").len()), (0, 0));
    for copy in ["history.v1.sqlite3", "history.sqlite3.corrupt", "history.sqlite3.corrupt-2", "history.json"] {
        fs::write(path.with_file_name(copy), "x").expect("written");
    }
    HistoryStore::remove_copies(&path).expect("removed");
    let left: Vec<bool> =
        ["history.v1.sqlite3", "history.sqlite3.corrupt", "history.sqlite3.corrupt-2", "history.json"]
            .map(|copy| path.with_file_name(copy).exists())
            .into();
    assert_eq!(left, [false, false, false, true]);
    drop(history);
    let bytes = fs::read(&path).expect("read");
    assert!(!bytes.windows(6).any(|word| word == b"Secret"), "deleted names are overwritten");
}

#[test]
fn the_address_of_a_file_that_nobody_changes_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a b?c#d%25.sqlite3");
    let mut history = open(&path);
    put(&mut history, &[interval(APRIL, 120)]).expect("written");
    drop(history);
    assert!(!has_log(&path), "the last writer leaves no log");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(immutable(&path), flags).expect("opened");
    assert_eq!(read(&HistoryStore { connection }), [interval(APRIL, 120)]);
}

proptest::proptest! {
    #[test]
    fn every_interval_is_read_as_it_was_written(
        seconds in proptest::collection::vec(proptest::option::of(0_u32..=900), EquipmentPart::ALL.len() + 2),
        degrees in proptest::collection::vec(proptest::option::of(-4_000_i32..6_000), 4),
        covered_s in 0_u32..=900,
        spread in (0_i32..500, 0_i32..500),
    ) {
        let mut interval = Interval { covered_s, ..Interval::new(APRIL, 900, IntervalSource::TakeoutRuntime) };
        for (part, seconds) in EquipmentPart::ALL.into_iter().zip(&seconds) {
            interval.run.set(part, *seconds);
        }
        let celsius = |index: usize| degrees[index].map(CentiCelsius);
        interval.room = degrees[0].map(|mean| RoomTemperatures {
            least: CentiCelsius(mean - spread.0),
            mean: CentiCelsius(mean),
            most: CentiCelsius(mean + spread.1),
        });
        (interval.low_target, interval.high_target, interval.outdoor) = (celsius(1), celsius(2), celsius(3));
        (interval.eco_s, interval.away_s) = (seconds[11], seconds[12]);
        let (_folder, path) = place();
        let mut history = open(&path);
        put(&mut history, &[interval.clone()]).expect("written");
        let plain = plain_values(&history.connection);
        let run: Vec<Option<i64>> = interval.run.all().iter().map(|seconds| seconds.map(i64::from)).collect();
        proptest::prop_assert_eq!(&plain[0][5..16], run.as_slice());
        proptest::prop_assert_eq!(plain[0][4], Some(i64::from(covered_s)));
        proptest::prop_assert_eq!(read(&history), [interval]);
    }
}
