//! Whole, broken, newer and hand-edited files.

use std::fs;

use super::*;
use crate::home::{HvacMode, Write};
use crate::presets::MAX_NAME_CHARS;
use crate::presets::tests::home;

fn kept(name: &str) -> Presets {
    let mut presets = Presets::default();
    let home = home(HvacMode::Heat);
    presets.add(name, vec![Write::Mode("t".into(), HvacMode::Eco)], &home).expect("a free name");
    presets
}

#[test]
fn saved_presets_are_loaded_and_keep_their_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = PresetsFile::in_folder(&folder.path().join("deep/er"));
    assert_eq!(file.load().presets, Presets::default());
    let mut presets = kept("Night");
    file.save(&presets).expect("saved");
    let loaded = file.load();
    assert_eq!((&loaded.presets, loaded.notices), (&presets, vec![]));
    let json: Value = serde_json::from_slice(&fs::read(&file.path).expect("there")).expect("JSON");
    let expected = serde_json::json!({"version": 1, "presets": [
        {"id": 1, "name": "Night", "writes": [{"mode": ["t", "eco"]}], "devices": {"t": "Hallway"}}
    ]});
    assert_eq!(json, expected);
    presets.remove(1);
    file.save(&presets).expect("saved");
    assert_eq!(file.load().presets.list(), []);
}

#[test]
fn a_damaged_file_is_quarantined_with_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = PresetsFile::in_folder(folder.path());
    let broken: [&[u8]; 4] = [b"", b"{\"version\":1,\"presets\":[", b"{\"version\":9,\"presets\":[]}", b"\xff"];
    for (count, bytes) in broken.iter().enumerate() {
        fs::write(&file.path, bytes).expect("written");
        let loaded = file.load();
        assert_eq!(loaded.presets.list(), []);
        assert!(loaded.notices[0].to_string().contains(".corrupt"), "{:?}", loaded.notices);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), count + 1, "each is kept");
    }
    // A folder in its place cannot be read either, and is not lost.
    fs::create_dir(&file.path).expect("made");
    assert!(file.load().notices[0].to_string().contains(".corrupt"));
    file.save(&kept("Night")).expect("saved");
}

#[test]
fn an_unusable_entry_stays_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = PresetsFile::in_folder(folder.path());
    let good = serde_json::json!({"id": 7, "name": "Night", "writes": [{"mode": ["t", "eco"]}]});
    let others = [
        serde_json::json!({"id": 8, "name": "Newer", "writes": [{"humidity": ["t", 40]}]}),
        serde_json::json!({"id": 9, "name": "NIGHT", "writes": [{"mode": ["t", "eco"]}]}),
        serde_json::json!({"id": 7, "name": "Same number", "writes": [{"mode": ["t", "eco"]}]}),
        serde_json::json!({"id": 10, "name": "", "writes": []}),
        serde_json::json!("what is this"),
    ];
    let entries: Vec<Value> = std::iter::once(good).chain(others.iter().cloned()).collect();
    fs::write(&file.path, serde_json::json!({"version": 1, "presets": entries}).to_string()).expect("written");
    let LoadedPresets { mut presets, notices } = file.load();
    assert_eq!(presets.list().len(), 1);
    assert_eq!(notices, [PresetsWarning::Unusable(5)]);
    let home = home(HvacMode::Heat);
    let id = presets.add("Party", vec![Write::Mode("t".into(), HvacMode::Off)], &home).expect("a free name");
    assert_eq!(id, 11, "a number of its own");
    file.save(&presets).expect("saved");
    let json: Value = serde_json::from_slice(&fs::read(&file.path).expect("there")).expect("JSON");
    let list = json["presets"].as_array().expect("a list");
    assert_eq!(list.len(), 7);
    assert!(others.iter().all(|other| list.contains(other)), "{list:?}");
    assert_eq!(file.load().presets.get(id).map(|preset| preset.name.clone()).as_deref(), Some("Party"));
}

#[test]
fn equal_presets_of_several_accounts_get_distinct_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "n".repeat(MAX_NAME_CHARS);
    let entry = |id: u64, name: &str| serde_json::json!({"id": id, "name": name, "writes": [{"mode": ["t", "eco"]}]});
    let newer = serde_json::json!({"id": 2, "name": "Newer", "writes": [{"humidity": ["t", 40]}]});
    let lists = [
        vec![entry(1, "Night"), entry(2, "Night 2"), entry(3, "Night 3"), entry(4, &long)],
        vec![entry(1, "Night"), entry(4, &long), newer],
    ];
    let files: Vec<PresetsFile> = (0..)
        .zip(&lists)
        .map(|(number, list)| {
            let file = PresetsFile::in_folder(&folder.path().join(number.to_string()));
            fs::create_dir_all(file.path.parent().expect("a folder")).expect("made");
            fs::write(&file.path, serde_json::json!({"version": 1, "presets": list}).to_string()).expect("written");
            file
        })
        .collect();
    let together = PresetsFile::load_together(&files);
    let all = PresetsFile::in_folder(folder.path());
    all.save(&together.presets).expect("saved");
    let again = all.load();
    let names: Vec<&str> = again.presets.list().iter().map(|preset| preset.name.as_str()).collect();
    assert_eq!((names.len(), again.notices), (6, vec![PresetsWarning::Unusable(1)]), "{names:?}");
    assert_eq!(names[..5], ["Night", "Night 2", "Night 3", long.as_str(), "Night 4"]);
    assert!(again.presets.list().iter().all(|preset| preset.id != 2), "an entry of a later version has it");
}

#[test]
fn two_programs_that_change_the_file_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = PresetsFile::in_folder(folder.path());
    let base = file.update(&Presets::default(), &kept("Night")).expect("saved").presets;
    let add = |name: &str| {
        let mut mine = base.clone();
        mine.add(name, vec![Write::Mode("t".into(), HvacMode::Off)], &home(HvacMode::Heat)).expect("a free name");
        mine
    };
    std::thread::scope(|scope| {
        for number in 0..8 {
            let (file, base, mine) = (&file, &base, add(&format!("Preset {number}")));
            scope.spawn(move || file.update(base, &mine).expect("saved"));
        }
    });
    let names: BTreeSet<String> = file.load().presets.list().iter().map(|preset| preset.name.clone()).collect();
    let expected: BTreeSet<String> =
        (0..8).map(|number| format!("Preset {number}")).chain(["Night".to_owned()]).collect();
    assert_eq!(names, expected);
}

#[test]
fn a_change_of_a_damaged_or_missing_file_keeps_the_known_presets() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = PresetsFile::in_folder(folder.path());
    let base = kept("Night");
    let mut mine = base.clone();
    mine.add("Party", vec![Write::Mode("t".into(), HvacMode::Off)], &home(HvacMode::Heat)).expect("a free name");
    fs::write(&file.path, "{").expect("written");
    assert_eq!(file.reload(), None);
    let LoadedPresets { presets, notices } = file.update(&base, &mine).expect("saved");
    assert_eq!(presets, mine);
    assert!(matches!(notices.as_slice(), [PresetsWarning::SetAside(Quarantined::Kept(aside))] if aside.exists()));
    fs::remove_file(&file.path).expect("removed");
    assert_eq!(file.update(&base, &mine).expect("saved").presets, mine);
    assert_eq!(file.reload(), Some(mine));
}
