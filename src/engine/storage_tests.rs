//! Whole, broken, unwritable and missing files.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::sync::mpsc;

use jiff::Timestamp;

use super::*;
use crate::engine::event_log::{AlarmLevel, EventKind};
use crate::engine::journal::{Origin, Outcome};
use crate::engine::pending::PendingWrite;
use crate::home::{Setpoint, Write};

fn pending(celsius: f64) -> StoredWrite {
    let write = Write::Target("t".into(), Setpoint::celsius(celsius));
    StoredWrite::from(PendingWrite::new(write, Origin::Window, Timestamp::UNIX_EPOCH, None))
}

fn record(id: u64) -> Record {
    let write = pending(20.0).pending.write;
    Record {
        id,
        at: Timestamp::UNIX_EPOCH,
        origin: Origin::Cli,
        slot: write.slot(),
        name: "Hallway".to_owned(),
        from: None,
        to: write.value_text(),
        outcome: Outcome::Done,
        undo: Some(write),
        write: None,
        batch: None,
        undoes: None,
    }
}

#[test]
fn saved_files_are_loaded() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = StoragePaths::in_folder(&folder.path().join("deep/er"));
    let disk = DiskThread::start(paths.clone(), |problem| panic!("{problem}")).expect("a thread");
    disk.send(ToDisk::Queue(vec![pending(20.0)]));
    disk.send(ToDisk::Queue(vec![pending(21.0), pending(22.0)]));
    disk.send(ToDisk::Record(Box::new(record(1))));
    disk.send(ToDisk::Record(Box::new(record(2))));
    disk.finish();
    let stored = paths.load();
    assert_eq!(stored.queue, [pending(21.0), pending(22.0)]);
    assert_eq!(stored.journal, [record(1), record(2)]);
    assert_eq!(stored.notices, Vec::new());
}

#[test]
fn events_are_loaded_in_their_last_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = StoragePaths::in_folder(folder.path());
    let disk = DiskThread::start(paths.clone(), |problem| panic!("{problem}")).expect("a thread");
    let event = |id, second, until: Option<i64>, kind| {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let (device, name) = ("d".into(), "Kitchen".to_owned());
        Arc::new(HomeEvent { id, at: at(second), until: until.map(at), device, name, kind })
    };
    let smoke = EventKind::Smoke(AlarmLevel::Emergency);
    let (alarm, over) = (event(1, 20, None, smoke), event(1, 20, Some(30), smoke));
    let person = event(2, 10, None, EventKind::Person);
    for event in [&alarm, &person, &over] {
        disk.send(ToDisk::Event(Arc::clone(event)));
    }
    disk.finish();
    OpenOptions::new()
        .append(true)
        .open(&paths.alarms)
        .and_then(|mut file| file.write_all(b"{\"id\":3,\"kind\":\"flood\"}\nnonsense\n"))
        .expect("appended");
    let stored = paths.load();
    assert_eq!(stored.events, [(*person).clone(), (*over).clone()], "oldest first");
    assert_eq!(stored.notices, Vec::new());
}

#[test]
fn an_empty_queue_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("queue.json");
    save_queue(&path, &[pending(20.0)]).expect("saved");
    save_queue(&path, &[]).expect("removed");
    save_queue(&path, &[]).expect("nothing to remove");
    assert!(!path.exists());
}

#[test]
fn a_damaged_queue_is_quarantined_with_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = StoragePaths::in_folder(folder.path());
    let broken: [&[u8]; 5] =
        [b"", b"{\"version\":1,\"wishes\":[", b"\0\0\0\0", b"{\"version\":99,\"wishes\":[]}", b"[]"];
    for (count, bytes) in broken.iter().enumerate() {
        fs::write(&paths.queue, bytes).expect("written");
        let stored = paths.load();
        assert_eq!(stored.queue, []);
        let notice = stored.notices.first().expect("a notice");
        assert!(notice.to_string().contains(".corrupt"), "{notice}");
        let kept = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(kept, count + 1, "each broken file is kept");
    }
}

#[test]
fn broken_lines_of_a_journal_are_skipped() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = StoragePaths::in_folder(folder.path());
    append(&paths, &record(1)).expect("appended");
    OpenOptions::new().append(true).open(&paths.journal).expect("open").write_all(b"{half\n\xff\n").expect("written");
    append(&paths, &record(2)).expect("appended");
    assert_eq!(paths.load().journal, [record(1), record(2)]);
}

/// Findings L5: after a crash or a full disk in the middle of a line, the next line is intact.
#[test]
fn l5_a_record_after_a_torn_line_is_intact() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = StoragePaths::in_folder(folder.path());
    append(&paths, &record(1)).expect("appended");
    let half = &serde_json::to_vec(&record(2)).expect("plain data")[..40];
    OpenOptions::new().append(true).open(&paths.journal).expect("open").write_all(half).expect("written");
    append(&paths, &record(3)).expect("appended");
    append(&paths, &record(4)).expect("appended");
    assert_eq!(paths.load().journal, [record(1), record(3), record(4)]);
}

/// Findings L6: opening a pipe, or reading a device, would never end.
#[cfg(unix)]
#[test]
fn l6_a_journal_that_is_a_pipe_or_device_does_not_block() {
    for is_pipe in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = StoragePaths::in_folder(folder.path());
        if is_pipe {
            let made = std::process::Command::new("mkfifo").arg(&paths.journal).status().expect("mkfifo runs");
            assert!(made.success());
        } else {
            std::os::unix::fs::symlink("/dev/zero", &paths.journal).expect("linked");
        }
        let (tell, told) = mpsc::sync_channel(1);
        let tried = move || {
            let not_plain = FileError::from(&append(&paths, &record(1)).expect_err("no file"));
            let stored = paths.load();
            // The receiver may have given up.
            tell.send((not_plain, stored.journal, stored.notices)).ok();
        };
        std::thread::Builder::new().spawn(tried).expect("a thread");
        let (not_plain, journal, notices) = told.recv_timeout(std::time::Duration::from_secs(20)).expect("in time");
        assert_eq!((not_plain, journal), (FileError::NotPlain, Vec::new()));
        assert_eq!(notices, [EngineWarning::JournalUnreadable(FileError::NotPlain)]);
    }
}

#[test]
fn m9_external_changes_have_their_own_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = StoragePaths::in_folder(folder.path());
    append(&paths, &record(1)).expect("appended");
    let elsewhere = |id| Record { origin: Origin::Elsewhere, name: "x".repeat(1000), ..record(id) };
    for id in 2..=4000 {
        append(&paths, &elsewhere(id)).expect("appended");
    }
    append(&paths, &record(4001)).expect("appended");
    let size = |path: &Path| fs::metadata(path).expect("a file").len();
    assert!(size(&paths.elsewhere) < ELSEWHERE_BYTES + 4096, "it starts anew");
    assert_eq!(fs::read_to_string(&paths.journal).expect("a file").lines().count(), 2);
    let journal = paths.load().journal;
    assert_eq!((journal.first(), journal.last()), (Some(&record(1)), Some(&record(4001))));
    assert!(journal.is_sorted_by_key(|record| record.id) && journal.len() > 500);
}

#[test]
fn a_folder_that_cannot_be_made_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "in the way").expect("written");
    let (tell, told) = mpsc::sync_channel(8);
    let paths = StoragePaths::in_folder(&file.join("below"));
    let disk = DiskThread::start(paths, move |problem| tell.send(problem).expect("room")).expect("a thread");
    disk.send(ToDisk::Queue(vec![pending(20.0)]));
    disk.finish();
    let problem = told.recv().expect("a report");
    assert!(problem.to_string().contains("cannot be saved"), "{problem}");
}

#[test]
fn the_limits_that_0_1_kept_are_read() {
    let text = include_str!("../../tests/data/0.1/budget.json");
    let kept: KeptBudget = serde_json::from_str(text).expect("the form of 0.1");
    assert_eq!(
        serde_json::to_value(kept).expect("JSON"),
        serde_json::from_str::<serde_json::Value>(text).expect("JSON")
    );
}
