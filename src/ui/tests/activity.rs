//! The activity: found again in any language, taken back, tried again.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::{Bench, Bound, COMMAND, click, press_with, says, type_into, type_text};
use crate::home::{Setpoint, Write};
use crate::texts::{Language, Texts};
use crate::ui::intent::Page;

fn page() -> Bound {
    Bench::on(Page::Activity).shown()
}

const SEARCH: &str = "Search the changes";
const UNDO: &str = "Undo Hallway · Target temperature from 20.0\u{a0}°C to 21.5\u{a0}°C";
const RETRY: &str = "Try again: Hallway · Target temperature from 20.0\u{a0}°C to 25.0\u{a0}°C";

#[test]
fn a_refused_change_is_tried_again() {
    let mut harness = page();
    click(&mut harness, RETRY);
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::celsius(25.0))]);
}

#[test]
fn changes_are_found_by_device_value_time_and_outcome() {
    for (text, undo, retry) in [
        ("21.5", true, false),
        ("HALLWAY target", true, true),
        ("command line", false, true),
        ("14:31", true, false),
        ("refused", false, true),
        ("zzz", false, false),
    ] {
        let mut harness = page();
        type_into(&mut harness, SEARCH, text);
        assert_eq!(harness.query_by_label(UNDO).is_some(), undo, "{text}");
        assert_eq!(harness.query_by_label(RETRY).is_some(), retry, "{text}");
        assert_eq!(says(&harness, "Nothing like that"), !undo && !retry, "{text}");
        click(&mut harness, "Clear the search");
        assert!(harness.query_by_label(UNDO).is_some());
    }
}

#[test]
fn changes_are_found_in_german() {
    for (text, done, refused) in
        [("21,5 hallway", true, false), ("abgelehnt", false, true), ("fenster", true, false), ("target", false, false)]
    {
        let mut bench = Bench::on(Page::Activity);
        bench.texts = Texts::new(Language::German);
        let search = bench.texts.say("activity-search").into_owned();
        let mut harness = bench.shown();
        type_into(&mut harness, &search, text);
        assert_eq!(says(&harness, "21,5\u{a0}°C"), done, "{text}");
        assert_eq!(says(&harness, "25,0\u{a0}°C"), refused, "{text}");
    }
}

#[test]
fn changes_are_told_apart_by_who_made_them() {
    let mut harness = page();
    click(&mut harness, "Whose changes: From elsewhere");
    assert!(harness.query_by_label(UNDO).is_none() && says(&harness, "elsewhere"));
    click(&mut harness, "Whose changes: From here");
    assert!(harness.query_by_label(UNDO).is_some() && !says(&harness, "Mode from Eco to Heat"));
    click(&mut harness, "Whose changes: All");
    assert!(says(&harness, "Mode from Eco to Heat"));
}

#[test]
fn the_key_leads_into_the_search() {
    let mut harness = Bench::on(Page::Settings).shown();
    press_with(&mut harness, COMMAND, Key::F);
    type_text(&mut harness, "zzz");
    assert!(says(&harness, "Nothing like that"));
}

#[test]
fn no_changes_are_said_so() {
    let mut bench = Bench::on(Page::Activity);
    bench.snapshot.journal = std::sync::Arc::default();
    assert!(says(&bench.shown(), "Nothing was changed yet"));
}
