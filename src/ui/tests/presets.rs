//! Presets: captured, edited, saved, applied, and undone as one batch.

use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, COMMAND, UiFixture, assert_closed, click, fixture, press, press_with, says, type_into};
use crate::engine::{Batch, BatchItem, BatchLabel, ChangeKind, FailureCause, ItemState, Origin, Outcome, Record};
use crate::home::{Away, DeviceId, HvacMode, Setpoint, Write};
use crate::ui::intent::{AppIntent, Page, PresetIntent};

fn page() -> Bound {
    UiFixture::on(Page::Presets).shown()
}

fn editor() -> Bound {
    let mut harness = UiFixture::on(Page::Presets).harness([1180.0, 2400.0], egui::Theme::Dark);
    harness.run();
    click(&mut harness, "New from the present state");
    harness
}

fn saved(harness: &mut Bound) -> (Option<u64>, String, Vec<Write>) {
    click(harness, "Save");
    let [AppIntent::Presets(PresetIntent::Save { id, name, writes })] = &harness.state().intents[..] else {
        panic!("{:?}", harness.state().intents)
    };
    (*id, name.clone(), writes.clone())
}

fn celsius(degrees: f64) -> Setpoint {
    Setpoint::celsius(degrees)
}

#[test]
fn the_present_state_is_captured() {
    let mut harness = editor();
    assert_closed(&mut harness, "Save", "A preset needs a name");
    type_into(&mut harness, "Name of the preset", "Evening");
    let (id, name, writes) = saved(&mut harness);
    assert_eq!((id, name.as_str()), (None, "Evening"));
    assert!(writes.contains(&Write::Target("hallway".into(), celsius(21.5))), "{writes:?}");
    assert!(!writes.iter().any(|write| matches!(write, Write::Away(..))), "home or away is seldom meant");
}

#[test]
fn the_focus_goes_to_the_heading_when_the_editor_closes() {
    for close in ["Save", "Cancel"] {
        let mut harness = editor();
        type_into(&mut harness, "Name of the preset", "Evening");
        click(&mut harness, close);
        harness.run();
        assert!(harness.get_by_role_and_label(Role::Heading, "Presets").is_focused(), "after {close}");
    }
}

#[test]
fn every_kind_of_value_is_edited() {
    let mut harness = editor();
    type_into(&mut harness, "Name of the preset", "Evening");
    click(&mut harness, "Mode, Studio: Heat");
    harness.get_by_role_and_label(Role::Button, "Off").click();
    harness.run();
    for name in [
        "Raise Target temperature, Hallway",
        "Lower Target range, Bedroom, lower end",
        "Raise Target range, Bedroom, upper end",
        "Fan, Hallway",
        "Camera, Front door",
        "Include Home or away, Maple Street",
        "Home or away, Maple Street: Away",
        "Include Camera, Garden",
    ] {
        click(&mut harness, name);
    }
    let (_, _, writes) = saved(&mut harness);
    let bedroom = Write::Range { thermostat: "bedroom".into(), low: Some(celsius(17.5)), high: Some(celsius(24.5)) };
    for write in [
        Write::Mode("studio".into(), HvacMode::Off),
        Write::Target("hallway".into(), celsius(22.0)),
        bedroom,
        Write::FanTimer("hallway".into(), true),
        Write::Streaming("door".into(), false),
        Write::Away("s".into(), Away::Away),
    ] {
        assert!(writes.contains(&write), "{write:?} is not in {writes:?}");
    }
    assert!(!writes.iter().any(|write| write.slot().node.id() == "garden"), "the garden was left out");
}

#[test]
fn a_name_is_free_and_neither_empty_nor_too_long() {
    for (name, why) in [
        ("night", "There is a preset called Night already"),
        (&"x".repeat(41), "The name has 41 characters; the most is 40"),
    ] {
        let mut harness = editor();
        type_into(&mut harness, "Name of the preset", name);
        assert!(says(&harness, why), "nothing says {why:?}");
        assert_closed(&mut harness, "Save", why);
    }
    // A preset may keep its own name.
    let mut harness = page();
    click(&mut harness, "Edit Night");
    type_into(&mut harness, "Name of the preset", "s");
    let (id, name, _) = saved(&mut harness);
    assert_eq!((id, name.as_str()), (Some(1), "Nights"));
}

#[test]
fn an_empty_preset_cannot_be_saved() {
    let mut harness = page();
    click(&mut harness, "Edit Night");
    for what in ["Mode, Hallway", "Target temperature, Hallway", "Fan, Hallway", "Camera, Front door"] {
        click(&mut harness, &format!("Include {what}"));
    }
    assert_closed(&mut harness, "Save", "Choose at least one value");
    click(&mut harness, "Cancel");
    assert!(harness.query_by_label("Edit Night").is_some(), "back on the list");
}

#[test]
fn escape_leaves_the_editor_but_not_from_within_the_palette() {
    let mut harness = editor();
    press_with(&mut harness, COMMAND, Key::K);
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Save").is_some(), "the editor is still open");
    click(&mut harness, "Mode, Hallway: Heat");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Save").is_some(), "the list was meant");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Save").is_none());
    // There is a page to go back to, but Esc closes only the editor.
    let mut harness = UiFixture::on(Page::Overview).shown();
    click(&mut harness, "Presets");
    click(&mut harness, "Edit Night");
    harness.ctx.memory_mut(|memory| memory.focused().into_iter().for_each(|id| memory.surrender_focus(id)));
    harness.run();
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Save").is_none());
    assert_eq!(harness.state().window.page, Page::Presets);
}

#[test]
fn a_preset_is_removed_and_restored() {
    let mut harness = page();
    click(&mut harness, "Remove Night");
    assert_eq!(harness.state().intents, [AppIntent::Presets(PresetIntent::Remove(1))]);
    let mut bench = UiFixture::on(Page::Presets);
    bench.removed_preset = Some("Night".to_owned());
    let mut harness = bench.shown();
    click(&mut harness, "Bring Night back");
    assert_eq!(harness.state().intents, [AppIntent::Presets(PresetIntent::PutBack)]);
}

#[test]
fn the_list_is_ordered_by_hand() {
    let mut bench = UiFixture::on(Page::Presets);
    let writes = vec![Write::Mode("hallway".into(), HvacMode::Eco)];
    bench.presets.add("Away", writes, &fixture::home()).expect("a free name");
    let mut harness = bench.shown();
    assert!(harness.query_by_label("Move Night up").is_none() && harness.query_by_label("Move Away down").is_none());
    click(&mut harness, "Move Night down");
    click(&mut harness, "Move Away up");
    let asked = [PresetIntent::Move { id: 1, up: false }, PresetIntent::Move { id: 2, up: true }];
    assert_eq!(harness.state().intents, asked.map(AppIntent::Presets));
}

#[test]
fn one_consent_lists_all_cameras() {
    let mut bench = UiFixture::on(Page::Presets);
    fixture::rebuild(&mut bench.snapshot, |home| {
        home.camera_mut(&"garden".into()).expect("a camera").is_streaming = Some(false);
    });
    let on = ["nursery", "garden", "door"].map(|id| Write::Streaming(id.into(), true));
    bench.presets.add("Watch", on.to_vec(), &fixture::home()).expect("a free name");
    let mut harness = bench.shown();
    click(&mut harness, "Apply Watch");
    assert_eq!(harness.state().intents, []);
    let asked = harness.state().window.modals.consent().cloned().expect("a question").cameras;
    assert_eq!(asked, ["garden", "nursery"].map(DeviceId::from), "the one that is on needs none");
    assert!(says(&harness, "Switch on Garden, Nursery?"));
    click(&mut harness, "Switch on");
    let [AppIntent::Presets(PresetIntent::Apply { name, writes })] = &harness.state().intents[..] else { panic!() };
    assert_eq!((name.as_str(), writes.len()), ("Watch", 3));
}

/// Shows a list of results, with the records of the batch.
fn show_batch(harness: &mut Bound, id: u64, kind: ChangeKind, items: Vec<BatchItem>) {
    let bench = harness.state_mut();
    let label = BatchLabel { id, name: "Night".to_owned(), group: None };
    let mut records = (*bench.snapshot.journal).clone();
    let newest = records.front().map_or(0, |record| record.id);
    for (number, item) in (1..).zip(items.iter().filter(|item| item.state == ItemState::Done)) {
        records.push_front(Record {
            id: newest + number,
            at: fixture::now(),
            origin: Origin::Window,
            slot: item.slot.clone(),
            name: item.name.clone(),
            from: None,
            to: item.write.value_text(),
            outcome: Outcome::Done,
            write: Some(item.write.clone()),
            undo: Some(Write::Mode(item.slot.node.id().into(), HvacMode::Off)),
            batch: Some(label.clone()),
            undoes: (kind == ChangeKind::Undo).then_some(newest),
        });
    }
    let batch = Batch { label, at: fixture::now(), origin: Origin::Window, kind, items };
    bench.snapshot.journal = std::sync::Arc::new(records);
    bench.snapshot.batches = std::sync::Arc::new([batch].into());
    harness.run();
}

fn item(wish: Write, name: &str, state: ItemState) -> BatchItem {
    BatchItem { slot: wish.slot(), name: name.to_owned(), write: wish, state }
}

fn eco(id: &str, state: ItemState) -> BatchItem {
    item(Write::Mode(id.into(), HvacMode::Eco), "Hallway", state)
}

#[test]
fn the_undo_of_a_batch_in_flight_asks_before_it_switches_a_camera_on() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    let off = Write::Streaming("door".into(), false);
    let camera = harness.state().snapshot.confirmed.cameras.get("door").cloned().expect("a camera");
    assert_eq!(camera.is_streaming, Some(true));
    let mut shown = (*harness.state().snapshot.shown).clone();
    let switched = crate::home::Camera { is_streaming: Some(false), ..(*camera).clone() };
    shown.cameras.insert("door".into(), std::sync::Arc::new(switched));
    harness.state_mut().snapshot.shown = std::sync::Arc::new(shown);
    show_batch(&mut harness, 4, ChangeKind::Change, vec![item(off, "Front door", ItemState::Confirming)]);
    click(&mut harness, "Undo Night");
    assert_eq!(harness.state().intents, []);
    let asked = harness.state().window.modals.consent().cloned().expect("a question").cameras;
    assert_eq!(asked, ["door".into()]);
}

#[test]
fn a_batch_lists_outcomes_and_is_undone_as_one() {
    let mut harness = page();
    let refused = ItemState::Refused(FailureCause::Refused(crate::service::Reason::service_text("It is offline")));
    let studio = item(Write::Mode("studio".into(), HvacMode::Eco), "Studio", refused);
    show_batch(&mut harness, 4, ChangeKind::Change, vec![eco("hallway", ItemState::Done), studio]);
    assert!(says(&harness, "Night: 1 changed, 1 failed") && says(&harness, "It is offline"));
    assert!(!says(&harness, "Hallway · Eco"), "what was made is told on request");
    click(&mut harness, "Details");
    assert!(says(&harness, "Hallway · Eco"));
    click(&mut harness, "Fewer details");
    let list = harness.get_by_role(Role::Alert);
    assert!(list.accesskit_node().label().unwrap_or_default().contains("Night"), "a screen reader hears it");
    click(&mut harness, "Undo Night");
    assert_eq!(harness.state().intents, [fixture::undo_batch(4)]);
    // The undo of the batch is labelled as undo, and offers to redo it.
    show_batch(&mut harness, 5, ChangeKind::Undo, vec![eco("hallway", ItemState::Done)]);
    assert!(says(&harness, "Night undone: 1 set back"));
    assert!(harness.query_by_label("Undo Night").is_none());
    click(&mut harness, "Redo Night");
    assert_eq!(harness.state().intents.last(), Some(&fixture::undo_batch(5)));
    click(&mut harness, "Close this list");
    assert!(harness.query_by_label("Redo Night").is_none());
}

#[test]
fn a_batch_changed_since_offers_no_undo() {
    let mut harness = page();
    show_batch(&mut harness, 4, ChangeKind::Change, vec![eco("hallway", ItemState::Done)]);
    let mut records = (*harness.state().snapshot.journal).clone();
    let newest = records.front().cloned().expect("a record");
    records.push_front(Record { id: newest.id + 1, batch: None, ..newest });
    harness.state_mut().snapshot.journal = std::sync::Arc::new(records);
    harness.run();
    assert!(says(&harness, "Night: 1 changed") && harness.query_by_label("Undo Night").is_none());
}

#[test]
fn a_finished_batch_closes_with_the_page_unless_it_failed() {
    let failed = ItemState::Refused(FailureCause::Refused(crate::service::Reason::service_text("It is offline")));
    for (state, stays) in [(ItemState::Done, false), (ItemState::Unchanged, false), (failed, true)] {
        let mut harness = page();
        show_batch(&mut harness, 4, ChangeKind::Change, vec![eco("hallway", state.clone())]);
        assert!(harness.query_by_label("Close this list").is_some());
        let mut named = harness.query_all_by_role(Role::Label);
        let said = named.any(|node| node.accesskit_node().live() == egui::accesskit::Live::Polite);
        assert!(said, "screen readers are told of the result");
        drop(named);
        press_with(&mut harness, COMMAND, Key::Num1);
        assert_eq!(harness.state().window.page, Page::Overview);
        assert_eq!(harness.query_by_label("Close this list").is_some(), stays, "{state:?}");
    }
}

#[test]
fn a_suggestion_says_which_cameras_it_switches_on() {
    let harness = page();
    let words = "Camera is switched on, after you are asked";
    assert_eq!(harness.query_all_by_label_contains(words).count(), 1, "the nursery's, by Away");
}

#[test]
fn a_batch_from_before_the_window_is_not_shown() {
    let mut bench = UiFixture::on(Page::Presets);
    let label = BatchLabel { id: 4, name: "Night".to_owned(), group: None };
    let batch =
        Batch { label, at: fixture::now(), origin: Origin::Window, kind: ChangeKind::Change, items: Vec::new() };
    bench.snapshot.batches = std::sync::Arc::new([batch].into());
    assert!(bench.shown().query_by_label("Close this list").is_none());
}

#[test]
fn declining_a_camera_keeps_the_rest_of_the_preset() {
    let mut bench = UiFixture::on(Page::Presets);
    let mut home = (*bench.snapshot.shown).clone();
    let camera = home.cameras.get_mut(&crate::home::DeviceId::from("door")).expect("a camera");
    std::sync::Arc::make_mut(camera).is_streaming = Some(false);
    bench.snapshot.shown = std::sync::Arc::new(home);
    let mut harness = bench.shown();
    harness.get_by_label("Apply Night").click();
    harness.run();
    harness.get_by_label("Keep it off").click();
    harness.run();
    let [AppIntent::Presets(PresetIntent::Apply { writes, .. })] = &harness.state().intents[..] else {
        panic!("{:?}", harness.state().intents)
    };
    assert!(!writes.is_empty() && !writes.iter().any(|write| matches!(write, Write::Streaming(..))), "{writes:?}");
}

#[test]
fn the_result_of_a_preset_is_one_sentence_that_goes_by_itself() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    let same = item(Write::Mode("studio".into(), HvacMode::Eco), "Studio", ItemState::Unchanged);
    show_batch(&mut harness, 4, ChangeKind::Change, vec![eco("hallway", ItemState::Done), same.clone(), same]);
    assert!(says(&harness, "Night: 1 changed, 2 were so already"));
    harness.state_mut().now += jiff::SignedDuration::from_secs(13);
    harness.run();
    assert!(!says(&harness, "Night: 1 changed"));
}

#[test]
fn presets_are_applied_from_the_overview_and_the_launcher() {
    for launcher in [false, true] {
        let mut bench = UiFixture::on(Page::Overview);
        bench.launcher = launcher;
        let mut harness = bench.shown();
        click(&mut harness, "Apply Night");
        let [AppIntent::Presets(PresetIntent::Apply { name, writes })] = &harness.state().intents[..] else {
            panic!("{:?}", harness.state().intents)
        };
        assert_eq!((name.as_str(), writes.len()), ("Night", 4), "launcher: {launcher}");
    }
    let mut harness = UiFixture::on(Page::Overview).shown();
    click(&mut harness, "All presets");
    assert_eq!(harness.state().window.page, Page::Presets);
}

#[test]
fn enter_in_the_name_saves_and_the_end_of_the_list_does_too() {
    let mut harness = editor();
    type_into(&mut harness, "Name of the preset", "Cosy");
    super::press(&mut harness, Key::Enter);
    let saved =
        |harness: &Bound| matches!(harness.state().intents[..], [AppIntent::Presets(PresetIntent::Save { .. })]);
    assert!(saved(&harness));
    let mut harness = editor();
    type_into(&mut harness, "Name of the preset", "Cosy");
    click(&mut harness, "Save preset");
    assert!(saved(&harness));
}
