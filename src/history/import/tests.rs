//! Imports of folders, zips and files: repeated, in any order, cancelled, hostile.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::history::{EquipmentPart, Layer, PeriodKind, by_period, layer};

/// 2025-04-01T00:00:00Z
const APRIL: i64 = 1_743_465_600;

fn now() -> Timestamp {
    Timestamp::from_second(APRIL + 400 * 86_400).expect("in range")
}

/// Lines of a thermostat as an export has them: `count` quarters of an hour from `first` on.
fn export(device: &str, first: i64, count: i64) -> String {
    let line = |index: i64| {
        let at = |quarter: i64| Timestamp::from_second(APRIL + quarter * 900).expect("in range");
        let (start, end) = (at(first + index), at(first + index + 1));
        format!(
            "\"{{\"\"device_id\"\":\"\"{device}\"\",\"\"interval_start\"\":\"\"{start}\"\",\"\"interval_end\"\":\"\"{end}\"\",\
             \"\"heating_time\"\":{},\"\"cooling_time\"\":0,\"\"heat_mode_time\"\":900,\"\"indoor_temp\"\":20.5,\
             \"\"postal_code\"\":\"\"99999\"\",\"\"structure_id\"\":\"\"home-of-somebody\"\",\
             \"\"time_zone\"\":\"\"America/New_York\"\"}}\"\n",
            (first + index) % 7 * 100
        )
    };
    (0..count).map(line).collect()
}

struct Scenario {
    folder: tempfile::TempDir,
    history: HistoryStore,
}

impl Scenario {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let opened = HistoryStore::open(&folder.path().join("history.sqlite3")).expect("opened");
        Self { folder, history: opened.history }
    }

    fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(&path, contents).expect("written");
        path
    }

    fn zip(&self, name: &str, entries: &[(&str, &[u8])]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        let mut zip = ZipWriter::new(fs::File::create(&path).expect("created"));
        for (name, contents) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).expect("begun");
            zip.write_all(contents).expect("written");
        }
        zip.finish().expect("finished");
        path
    }

    fn import(&mut self, path: &Path) -> Result<ImportReport, HistoryImportError> {
        self.import_as(path, None)
    }

    fn import_as(&mut self, path: &Path, name: Option<&str>) -> Result<ImportReport, HistoryImportError> {
        import(&mut self.history, &[path.to_owned()], name, now(), &mut |_| ControlFlow::Continue(()))
    }

    fn taken(&mut self, path: &Path) -> (u64, u64, u64) {
        let report = self.import(path).expect("imported");
        (report.taken, report.known, report.refused)
    }

    /// Everything that is kept, as text.
    fn dump(&self) -> Vec<String> {
        let devices = self.history.devices().expect("devices");
        let of_device = |device: &HistoryDevice| {
            let stored = self.history.intervals(device, i64::MIN, i64::MAX).expect("intervals");
            let intervals = stored.into_iter().map(|it| format!("{:?}", it.interval));
            std::iter::once(format!("{} {} {:?}", device.key, device.name, device.zone))
                .chain(intervals)
                .collect::<Vec<_>>()
        };
        let mut all: Vec<Vec<String>> = devices.iter().map(of_device).collect();
        all.sort();
        all.concat()
    }
}

#[test]
fn a_file_a_folder_and_a_zip_are_the_same_export() {
    let text = export("RANDOM1234567890", 0, 96);
    let mut scenario = Scenario::new();
    let file = scenario.file("HvacRuntime.jsonl", &text);
    assert_eq!(scenario.taken(&file), (96, 0, 0));
    let before = scenario.dump();
    let folder = scenario.file("unpacked/Takeout/NEST/thermostats/hvacruntime.JSONL", &text);
    let zip = scenario
        .zip("takeout-001.zip", &[("Takeout/NEST/HvacRuntime.jsonl", text.as_bytes()), ("Takeout/a.html", b"x")]);
    for path in [file, folder.parent().expect("a folder").to_owned(), zip] {
        assert_eq!(scenario.taken(&path), (0, 96, 0), "{}", path.display());
    }
    assert_eq!(scenario.dump(), before, "the same import twice changes nothing");
    let device = scenario.history.find("7890").expect("called by the last four of its id");
    assert_eq!((device.name.as_str(), device.zone.as_deref()), ("7890", Some("America/New_York")));
}

#[test]
fn ids_of_homes_and_postal_codes_are_not_kept() {
    let mut scenario = Scenario::new();
    let file = scenario.file("HvacRuntime.jsonl", export("RANDOM1234567890", 0, 4));
    scenario.import(&file).expect("imported");
    drop(scenario.history);
    for entry in fs::read_dir(scenario.folder.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path != file {
            let bytes = fs::read(&path).expect("read");
            let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
            assert!(!has(b"99999") && !has(b"home-of-somebody"), "{}", path.display());
        }
    }
}

#[test]
fn broken_lines_are_named_and_stop_no_other() {
    let mut scenario = Scenario::new();
    let good = export("RANDOM1234567890", 0, 2);
    let file = scenario.file("HvacRuntime.jsonl", format!("\u{feff}{good}not a line\r\n\n{}{{}}\n", export("x", 5, 1)));
    let report = scenario.import(&file).expect("imported");
    assert_eq!((report.taken, report.refused), (3, 2));
    let lines: Vec<u64> = report.refusals.iter().map(|refused| refused.line).collect();
    assert_eq!(lines, [3, 6]);
    assert!(report.refusals[1].reason.to_string().contains("device_id is missing"), "{:?}", report.refusals);
    let future = scenario.file("f/HvacRuntime.jsonl", export("RANDOM1234567890", 96 * 500, 1));
    assert!(scenario.import(&future).expect("imported").refusals[0].reason.to_string().contains("future"));
}

#[test]
fn a_cancelled_import_takes_nothing() {
    let mut scenario = Scenario::new();
    let file = scenario.file("HvacRuntime.jsonl", export("RANDOM1234567890", 0, 5000));
    let mut told = 0;
    let result = import(&mut scenario.history, &[file], None, now(), &mut |progress| {
        told += 1;
        assert!(progress.done <= progress.all);
        if told == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(result, Err(HistoryImportError::Cancelled));
    assert_eq!(scenario.dump(), Vec::<String>::new());
}

#[test]
fn a_name_counts_the_export_to_a_thermostat() {
    let mut scenario = Scenario::new();
    let file = scenario.file("HvacRuntime.jsonl", export("RANDOM1234567890", 0, 96));
    let report = scenario.import_as(&file, Some("Hallway")).expect("imported");
    let [ImportedDevice { name, counted_to, .. }] = report.devices.as_slice() else { panic!("{report:?}") };
    assert_eq!((name.as_str(), counted_to.as_deref()), ("7890", Some("Hallway")));
    let hallway = scenario.history.find("hallway").expect("there");
    assert_eq!(scenario.history.intervals(&hallway, i64::MIN, i64::MAX).expect("intervals").len(), 96);
    assert_eq!(hallway.zone.as_deref(), Some("America/New_York"), "the zone of the export");
    let again = scenario.import_as(&file, Some("Hallway")).expect("imported");
    assert_eq!((again.taken, again.known), (0, 96));
    let own: Vec<String> = scenario.history.own_devices().expect("devices").into_iter().map(|it| it.name).collect();
    assert_eq!(own, ["Hallway"]);
    // The end of a name is another name.
    let other = scenario.file("other/HvacRuntime.jsonl", export("OTHER98765", 0, 4));
    let report = scenario.import_as(&other, Some("way")).expect("imported");
    assert_eq!(report.devices[0].counted_to.as_deref(), Some("way"));
    // Joined anew, the days follow.
    let (way, old) = (scenario.history.find("way").expect("there"), scenario.history.find("7890").expect("there"));
    let writer = scenario.history.write().expect("begun");
    writer.join(&old, &way).expect("joined");
    writer.commit().expect("kept");
    let covered = |name: &str| {
        let device = scenario.history.find(name).expect("there");
        scenario.history.sums_of_days(&device).expect("days").0
    };
    assert_eq!([covered("Hallway"), covered("7890"), covered("way")], [0, 0, 96 * 900]);
    let two = scenario.file("two/HvacRuntime.jsonl", export("AAAA1111", 0, 1) + &export("BBBB2222", 0, 1));
    let refused = scenario.import_as(&two, Some("Hallway"));
    assert_eq!(refused, Err(HistoryImportError::SeveralDevices("1111, 2222".to_owned())));
}

#[test]
fn a_zip_leads_nowhere_and_explodes_nothing() {
    let mut scenario = Scenario::new();
    let text = export("RANDOM1234567890", 0, 4);
    let out = scenario.zip("a/b/out.zip", &[("../../HvacRuntime.jsonl", text.as_bytes()), ("/etc/x", b"x")]);
    assert_eq!(scenario.taken(&out), (4, 0, 0));
    let beside = scenario.folder.path().join("HvacRuntime.jsonl");
    assert!(!beside.exists());
    let bomb = scenario.zip("bomb.zip", &[("HvacRuntime.jsonl", &vec![b'\n'; 64 << 20])]);
    let refused = scenario.import(&bomb).expect_err("a bomb");
    assert!(matches!(refused, HistoryImportError::Export(UnreadableExport::TooLarge(_))), "{refused}");
    let whole = fs::read(&out).expect("read");
    let cut = scenario.file("cut.zip", &whole[..whole.len() - 30]);
    let refused = scenario.import(&cut).expect_err("a cut zip");
    assert!(refused.to_string().contains("cannot be read"), "{refused}");
    let other = scenario.zip("other.zip", &[("a.txt", b"x")]);
    let refused = scenario.import(&other).expect_err("nothing of a thermostat");
    assert!(refused.to_string().contains("nothing of a thermostat"), "{refused}");
}

#[test]
fn monthly_files_tell_runs_and_temperatures_of_one_thermostat() {
    let mut scenario = Scenario::new();
    let place = "Takeout/Nest/thermostats/02AA01AC031501TB/2019/08";
    let folder = scenario.file(
        &format!("{place}/2019-08-sensors.csv"),
        "Date,Time,avg(temp),avg(humidity)\n2019-08-01,05:00,21.5,48\n2019-08-01,05:15,,\n",
    );
    scenario.file(
        &format!("{place}/2019-08-summary.json"),
        r#"{"2019-08-01T00:00:00Z": {"cycles": [{"startTs": "2019-08-01T05:00:00Z", "duration": "600s", "heat1": true}]}}"#,
    );
    let report = scenario.import(folder.parent().expect("a folder")).expect("imported");
    assert_eq!((report.taken, report.refused, report.devices.len()), (97, 0, 1));
    let device = scenario.history.find("01TB").expect("called by the last four of its serial");
    let stored = scenario.history.intervals(&device, i64::MIN, i64::MAX).expect("intervals");
    let days = by_period(&stored, PeriodKind::Day, &TimeZone::UTC);
    let sums = &days[0].sums;
    assert_eq!((sums.covered_s, sums.run(EquipmentPart::Heat)), (86_400, Some(600)));
    assert_eq!((sums.room_mean.value(), sums.room_mean.seconds()), (Some(2150), 900));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_order_and_repetition_of_imports_gives_one_store(
        parts in proptest::collection::vec((0_i64..200, 1_i64..60, proptest::bool::ANY), 1..6),
        order in proptest::collection::vec(0_usize..6, 1..10),
    ) {
        let write = |scenario: &Scenario, index: usize, (first, count, is_other): (i64, i64, bool)| {
            let device = if is_other { "OTHER98765" } else { "RANDOM1234567890" };
            scenario.file(&format!("{index}/HvacRuntime.jsonl"), export(device, first, count))
        };
        let mut once = Scenario::new();
        let mut often = Scenario::new();
        for (index, part) in parts.iter().enumerate() {
            let file = write(&once, index, *part);
            once.import(&file).expect("imported");
        }
        for index in order.iter().copied().chain((0..parts.len()).rev()) {
            let index = index % parts.len();
            let file = write(&often, index, parts[index]);
            often.import(&file).expect("imported");
        }
        prop_assert_eq!(once.dump(), often.dump());
    }

    #[test]
    fn sums_over_intervals_equal_sums_over_days(first in 0_i64..20_000, count in 1_i64..800) {
        let mut scenario = Scenario::new();
        let file = scenario.file("HvacRuntime.jsonl", export("RANDOM1234567890", first, count));
        scenario.import(&file).expect("imported");
        let device = scenario.history.find("7890").expect("there");
        let stored = scenario.history.intervals(&device, i64::MIN, i64::MAX).expect("intervals");
        let told = layer(&stored, Layer::EquipmentPart);
        let heat: u64 = told.iter().filter_map(|it| it.run.get(EquipmentPart::Heat)).map(u64::from).sum();
        let covered: u64 = told.iter().map(|it| u64::from(it.covered_s)).sum();
        for kind in [PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Year] {
            let periods = by_period(&stored, kind, &device.time_zone());
            prop_assert_eq!(periods.iter().filter_map(|it| it.sums.run(EquipmentPart::Heat)).sum::<u64>(), heat);
            prop_assert_eq!(periods.iter().map(|it| it.sums.covered_s).sum::<u64>(), covered);
        }
        prop_assert_eq!(scenario.history.sums_of_days(&device).expect("days"), (covered, heat));
    }
}

#[test]
fn an_export_of_the_first_generation_is_the_same_wherever_it_is_named_from() {
    let rows = "Date,Time,avg(temp),avg(humidity)\n2019-08-01,05:15,21.4,48.5\n";
    let mut scenario = Scenario::new();
    let file = scenario.file("Nest/thermostats/02AA01AC031501TB/2019/08/2019-08-sensors.csv", rows);
    let month = file.parent().expect("a folder").to_owned();
    assert_eq!(scenario.taken(&scenario.folder.path().join("Nest")), (1, 0, 0));
    for path in
        [month.clone(), month.join("../08"), month.join("."), month.parent().expect("a folder").to_owned(), file]
    {
        assert_eq!(scenario.taken(&path), (0, 1, 0), "{}", path.display());
    }
    let names: Vec<String> = scenario.history.devices().expect("read").into_iter().map(|device| device.name).collect();
    assert_eq!(names, ["01TB"]);
}

#[test]
fn a_broken_zip_beside_an_export_stops_nothing() {
    let mut scenario = Scenario::new();
    scenario.file("down/HvacRuntime.jsonl", export("AAAA1234", 0, 2));
    scenario.file("down/notes.zip", "no zip");
    let report = scenario.import(&scenario.folder.path().join("down")).expect("imported");
    assert_eq!((report.taken, report.refused, report.refusals[0].line), (2, 1, 0));
    assert!(report.refusals[0].reason.to_string().contains("notes.zip"), "{:?}", report.refusals);
    let alone = scenario.file("other/notes.zip", "no zip");
    assert!(scenario.import(alone.parent().expect("a folder")).is_err(), "nothing else was there");
}

#[test]
fn a_name_is_found_as_other_commands_find_it() {
    let mut scenario = Scenario::new();
    let first = scenario.file("one/HvacRuntime.jsonl", export("AAAA1234", 0, 2));
    let second = scenario.file("two/HvacRuntime.jsonl", export("BBBB5678", 4, 2));
    scenario.import(&first).expect("imported");
    scenario.import_as(&second, Some("  aaaa1234 ")).expect("imported");
    let own: Vec<String> = scenario.history.own_devices().expect("read").into_iter().map(|it| it.name).collect();
    assert_eq!(own, ["1234"], "the second counts to the first, which its id names");
}

#[test]
fn a_day_that_cannot_be_read_takes_no_other_with_it() {
    let mut scenario = Scenario::new();
    let days = r#"{"2019-08-01T00:00:00Z": {"totalHeatingSeconds": 60}, "2019-08-02T00:00:00Z": {"cycles": 7},
                   "2019-08-03T00:00:00Z": {"cycles": null, "totalHeatingSeconds": 90}}"#;
    let path = scenario.file("thermostats/02AA01AC031501TB/2019/08/2019-08-summary.json", days);
    let report = scenario.import(&path).expect("imported");
    assert_eq!((report.taken, report.refused), (2, 1));
    assert!(report.refusals[0].reason.to_string().starts_with("2019-08-02T00:00:00Z: "), "{:?}", report.refusals);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_called_a_zip_is_not_waited_for() {
    let mut scenario = Scenario::new();
    let pipe = scenario.folder.path().join("takeout.zip");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("a program of every Unix");
    assert!(made.success());
    assert!(matches!(
        scenario.import(&pipe),
        Err(HistoryImportError::Export(UnreadableExport::Nothing(path))) if path == pipe.display().to_string()
    ));
}
