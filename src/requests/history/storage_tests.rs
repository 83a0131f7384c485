//! Whole, damaged and shared files.

use std::collections::BTreeSet;
use std::fs;

use jiff::Timestamp;

use super::*;
use crate::http::{Method, RawRequest};
use crate::requests::SentRequest;

fn draft(path: &str) -> RawRequest {
    RawRequest { method: Method::Put, path: path.to_owned(), body: "{}".to_owned(), wants_stream: false }
}

fn sent(path: &str, second: i64) -> SentRequest {
    let at = Timestamp::from_second(second).expect("a time");
    SentRequest { at, account: "Flat".to_owned(), draft: draft(path), is_raw: false, status: Some(200) }
}

fn one_of_each() -> History {
    let mut history = History::default();
    history.record(sent("/a", 1));
    history.keep("One", "two", draft("/b"));
    history
}

#[test]
fn a_file_is_read_as_it_was_written_and_a_damaged_one_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = HistoryFile::in_folder(folder.path());
    assert_eq!(file.load(), (History::default(), None));
    let (written, _) = file.merge(&History::default(), &one_of_each()).expect("saved");
    assert_eq!((written.entries().len(), written.collections().len()), (1, 1));
    assert_eq!((file.reload(), file.load()), (Some(written.clone()), (written, None)));
    fs::write(file.path(), "{").expect("written");
    assert_eq!(file.reload(), None);
    assert!(file.path().exists(), "a second look keeps the file");
    let (loaded, aside) = file.load();
    assert_eq!(loaded, History::default());
    assert!(matches!(aside, Some(Quarantined::Kept(aside)) if aside.exists()));
}

#[test]
fn a_change_of_a_damaged_or_missing_file_keeps_the_known_requests() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = HistoryFile::in_folder(folder.path());
    let (base, _) = file.merge(&History::default(), &one_of_each()).expect("saved");
    let mut mine = base.clone();
    mine.keep("One", "three", draft("/c"));
    fs::write(file.path(), "{").expect("written");
    let (written, aside) = file.merge(&base, &mine).expect("saved");
    assert_eq!(written, mine);
    assert!(matches!(aside, Some(Quarantined::Kept(aside)) if aside.exists()));
    fs::remove_file(file.path()).expect("removed");
    assert_eq!(file.merge(&base, &mine).expect("saved"), (mine, None));
}

#[test]
fn eight_programs_that_change_the_file_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = HistoryFile::in_folder(folder.path());
    let (base, _) = file.merge(&History::default(), &one_of_each()).expect("saved");
    std::thread::scope(|scope| {
        for number in 0..8 {
            let (file, base) = (&file, &base);
            scope.spawn(move || {
                let mut mine = base.clone();
                mine.record(sent(&format!("/sent/{number}"), 10 + number));
                mine.keep("One", &format!("request {number}"), draft("/kept"));
                file.merge(base, &mine).expect("saved")
            });
        }
    });
    let (history, _) = file.load();
    let times: Vec<i64> = history.entries().map(|entry| entry.at.as_second()).collect();
    assert_eq!(times, [17, 16, 15, 14, 13, 12, 11, 10, 1]);
    let names: BTreeSet<String> =
        history.collections()[0].requests.iter().map(|request| request.name.clone()).collect();
    let expected: BTreeSet<String> =
        (0..8).map(|number| format!("request {number}")).chain(["two".to_owned()]).collect();
    assert_eq!((history.collections().len(), names), (1, expected));
}
