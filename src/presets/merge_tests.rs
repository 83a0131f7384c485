use proptest::prelude::*;

use super::*;
use crate::home::{HvacMode, Write};

fn preset(id: u64, name: &str, mode: HvacMode) -> Preset {
    Preset { id, name: name.to_owned(), writes: vec![Write::Mode("t".into(), mode)], devices: Default::default() }
}

fn list(presets: &[(u64, &str)]) -> Presets {
    let list: Vec<Preset> = presets.iter().map(|(id, name)| preset(*id, name, HvacMode::Eco)).collect();
    Presets { last_id: list.iter().map(|preset| preset.id).max().unwrap_or_default(), list, ..Presets::default() }
}

fn merged(base: &Presets, theirs: &Presets, mine: &Presets) -> Presets {
    let mut merged = theirs.clone();
    merged.take_changes(base, mine);
    merged
}

fn names(presets: &Presets) -> Vec<&str> {
    presets.list().iter().map(|preset| preset.name.as_str()).collect()
}

#[test]
fn both_sides_add_a_preset() {
    let base = list(&[(1, "Night")]);
    let theirs = list(&[(1, "Night"), (2, "Party")]);
    let mine = list(&[(1, "Night"), (2, "Morning")]);
    let both = merged(&base, &theirs, &mine);
    assert_eq!(names(&both), ["Night", "Morning", "Party"]);
    assert_eq!(both.find("Morning").map(|preset| preset.id), Some(3), "the id of another preset");
    assert_eq!(both.find("Party").map(|preset| preset.id), Some(2));
    // Both chose one name.
    let same = merged(&base, &theirs, &list(&[(1, "Night"), (5, "Party")]));
    assert_eq!(names(&same), ["Night", "Party 2", "Party"]);
}

#[test]
fn a_change_survives_a_removal_by_the_other_side() {
    let base = list(&[(1, "Night"), (2, "Party")]);
    let without = list(&[(1, "Night")]);
    let renamed = list(&[(1, "Night"), (2, "Feast")]);
    assert_eq!(names(&merged(&base, &without, &renamed)), ["Night", "Feast"]);
    assert_eq!(names(&merged(&base, &renamed, &without)), ["Night", "Feast"]);
    assert_eq!(names(&merged(&base, &base, &without)), ["Night"]);
    assert_eq!(names(&merged(&base, &without, &base)), ["Night"]);
}

#[test]
fn an_own_order_is_kept_and_foreign_presets_follow() {
    let base = list(&[(1, "a"), (2, "b"), (3, "c")]);
    let theirs = list(&[(4, "d"), (1, "a"), (2, "b"), (3, "c")]);
    let mine = list(&[(3, "c"), (1, "a"), (2, "b")]);
    assert_eq!(names(&merged(&base, &theirs, &mine)), ["c", "a", "b", "d"]);
    assert_eq!(names(&merged(&base, &mine, &base)), ["c", "a", "b"], "an order of the other side stays");
}

#[test]
fn a_preset_that_is_put_back_returns_to_its_place() {
    let mut mine = list(&[(1, "a"), (2, "b"), (3, "c")]);
    let (at, removed) = mine.remove(2).expect("there");
    let base = mine.clone();
    mine.put_back(at, removed).expect("a free name");
    assert_eq!(names(&merged(&base, &base, &mine)), ["a", "b", "c"]);
}

fn some_list() -> impl Strategy<Value = Presets> {
    let modes = [HvacMode::Eco, HvacMode::Off, HvacMode::Heat];
    let one = (1u64..6, "[a-c]{1,2}", prop::sample::select(modes.to_vec()));
    prop::collection::vec(one, 0..6).prop_map(|all| {
        let mut presets = Presets::default();
        for (id, name, mode) in all {
            if presets.get(id).is_none() && presets.free_name(&name, None).is_ok() {
                presets.list.push(preset(id, &name, mode));
                presets.last_id = presets.last_id.max(id);
            }
        }
        presets
    })
}

proptest! {
    #[test]
    fn a_merge_is_a_valid_list_with_every_change(base in some_list(), theirs in some_list(), mine in some_list()) {
        let both = merged(&base, &theirs, &mine);
        for (at, preset) in both.list().iter().enumerate() {
            let others = &both.list()[at + 1..];
            prop_assert!(others.iter().all(|other| other.id != preset.id && !other.name.eq_ignore_ascii_case(&preset.name)));
        }
        for own in mine.list().iter().filter(|own| base.get(own.id) != Some(own)) {
            prop_assert!(both.list().iter().any(|preset| preset.writes == own.writes), "{own:?} is lost: {both:?}");
        }
        for own in theirs.list().iter().filter(|own| base.get(own.id) != Some(own) && base.get(own.id).is_none()) {
            prop_assert!(both.get(own.id).is_some(), "{own:?} is lost: {both:?}");
        }
        prop_assert_eq!(&merged(&base, &base, &mine), &Presets { last_id: base.last_id.max(mine.last_id), ..mine.clone() });
        let unchanged = merged(&base, &theirs, &base);
        prop_assert_eq!(unchanged.list(), theirs.list());
    }
}
