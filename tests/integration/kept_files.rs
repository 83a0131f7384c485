//! Files that version 0.1 wrote load with nothing lost: settings, queue, journal, presets, requests.
//!
//! `tests/data/0.1` holds one of each, written by the code of that version with every kind of write, outcome and
//! reason. The files never change; a newer format gets its own folder.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;
use setpoint::accounts::settings::Settings;
use setpoint::engine::StoragePaths;
use setpoint::presets::PresetsFile;
use setpoint::requests::HistoryFile;

/// Copies the files, because reading may quarantine a file.
fn copies() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/0.1");
    for entry in fs::read_dir(kept).expect("the folder of version 0.1") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, folder.path().join(path.file_name().expect("a name"))).expect("copied");
    }
    folder
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file is there")
}

fn json(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&text(folder, name)).expect("JSON")
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("JSON")
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> =
        fs::read_dir(folder).expect("read").map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    names
}

#[test]
fn the_queue_and_the_journal_of_0_1_load() {
    let folder = copies();
    let before = names(folder.path());
    let stored = StoragePaths::in_folder(folder.path()).load();
    assert_eq!(stored.notices, []);
    assert_eq!(names(folder.path()), before, "nothing is kept aside");

    let queue = json(folder.path(), "queue.json");
    let kept: Vec<Value> = stored.queue.iter().map(value).collect();
    assert_eq!(Some(&kept), queue.get("wishes").and_then(Value::as_array));
    assert_eq!(kept.len(), 19, "each kind of write");

    let lines = text(folder.path(), "journal.jsonl") + &text(folder.path(), "elsewhere.jsonl");
    // A sentence of 0.1 is written as data: the reason beside it, or the words of the service.
    let lines = lines.lines().map(|line| {
        let mut line: Value = serde_json::from_str(line).expect("JSON");
        if let Some((word, sentence)) = line["outcome"].as_object().and_then(|outcome| outcome.iter().next()) {
            let (word, said) = (word.clone(), serde_json::json!({ "said": sentence }));
            line["outcome"] = Value::from(word);
            let fields = line.as_object_mut().expect("a record");
            fields.entry("reason").or_insert(said);
        }
        line
    });
    let lines: Vec<Value> = lines.collect();
    let records: Vec<Value> = stored.journal.iter().map(value).collect();
    assert_eq!(records.len(), lines.len());
    for (record, line) in records.iter().zip(&lines) {
        assert_eq!(record, line);
    }
}

#[test]
fn the_settings_of_0_1_load() {
    let folder = copies();
    let path = folder.path().join("settings.toml");
    let table = |text: &str| text.parse::<toml::Table>().expect("TOML");
    let before = table(&text(folder.path(), "settings.toml"));
    // Any change rewrites the whole file.
    let loaded = Settings::update(&path, |settings| settings.reduced_motion = None).expect("read and written");
    assert_eq!(loaded.notices, []);
    let mut after = table(&text(folder.path(), "settings.toml"));
    assert!(!after.contains_key("reduced_motion"));
    after.insert("reduced_motion".to_owned(), toml::Value::Boolean(false));
    assert_eq!(after, before);
}

#[test]
fn the_presets_of_0_1_load() {
    let folder = copies();
    let before = json(folder.path(), "presets.json");
    let file = PresetsFile::in_folder(folder.path());
    let loaded = file.load();
    assert_eq!(loaded.notices, []);
    file.update(&loaded.presets, &loaded.presets).expect("saved");
    assert_eq!(json(folder.path(), "presets.json"), before);
}

#[test]
fn the_requests_of_0_1_load() {
    let folder = copies();
    let before = json(folder.path(), "requests.json");
    let (history, aside) = HistoryFile::in_folder(folder.path()).load();
    assert_eq!(aside, None);
    assert_eq!(value(&history), before);
}
