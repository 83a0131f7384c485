//! Toasts: the outcome of a change of this program, with an undo button.

use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;

use super::{Bound, UiFixture, click, fixture, says};
use crate::engine::{BatchLabel, Origin, Outcome, Record};
use crate::home::{Node, Scale, Setpoint, Write};
use crate::ui::intent::Page;

const CLOSE: &str = "Close this message";

fn setpoint(degrees: f64, scale: Scale) -> Write {
    Write::Target("hallway".into(), Setpoint { degrees, scale })
}

/// Adds a record as the newest one.
fn add(harness: &mut Bound, change: impl FnOnce(&mut Record)) {
    let bench = harness.state_mut();
    let mut records = (*bench.snapshot.journal).clone();
    let mut record = records.front().expect("a record").clone();
    record.id += 1;
    record.at = bench.now;
    change(&mut record);
    records.push_front(record);
    bench.snapshot.journal = std::sync::Arc::new(records);
    harness.run();
}

fn page() -> Bound {
    UiFixture::on(Page::Settings).shown()
}

fn later(harness: &mut Bound, seconds: i64) {
    harness.state_mut().now += SignedDuration::from_secs(seconds);
    harness.run();
}

fn is_shown(harness: &Bound) -> bool {
    harness.query_by_label(CLOSE).is_some()
}

#[test]
fn a_new_change_of_ours_has_a_toast_and_an_old_one_has_none() {
    let mut harness = page();
    assert!(!is_shown(&harness), "what was there before the window is old");
    add(&mut harness, |_| {});
    let toast = harness.get_by_role(Role::Alert);
    assert_eq!(toast.accesskit_node().label().as_deref(), Some("Hallway: 20.0\u{a0}°C → 21.5\u{a0}°C"));
    later(&mut harness, 7);
    assert!(!is_shown(&harness));
}

#[test]
fn records_loaded_from_the_journal_have_no_toast() {
    let mut bench = UiFixture::on(Page::Settings);
    let (version, journal) = (bench.snapshot.version, bench.snapshot.journal);
    bench.snapshot.version = 0;
    bench.snapshot.journal = std::sync::Arc::default();
    let mut harness = bench.shown();
    harness.state_mut().snapshot.version = version.max(1);
    harness.state_mut().snapshot.journal = journal;
    harness.run();
    assert!(!is_shown(&harness));
    add(&mut harness, |_| {});
    assert!(is_shown(&harness));
}

#[test]
fn external_changes_and_batches_have_no_toast() {
    for change in [
        |record: &mut Record| record.origin = Origin::Elsewhere,
        |record: &mut Record| record.origin = Origin::Cli,
        |record: &mut Record| record.outcome = Outcome::Discarded,
        |record: &mut Record| record.batch = Some(BatchLabel { id: 1, name: "Night".to_owned(), group: None }),
    ] {
        let mut harness = page();
        add(&mut harness, change);
        assert!(!is_shown(&harness));
    }
}

#[test]
fn a_toast_offers_undo_or_retry() {
    let mut harness = page();
    add(&mut harness, |_| {});
    click(&mut harness, "Undo");
    assert_eq!(harness.state().intents, [fixture::undo(4)]);
    assert!(!is_shown(&harness), "it is gone once it was used");

    let refused = |celsius| {
        let mut harness = page();
        add(&mut harness, |record| {
            record.write = Some(setpoint(celsius, Scale::Celsius));
            record.outcome = Outcome::Refused(crate::service::Reason::service_text("It is asleep"));
        });
        assert!(says(&harness, "was refused: It is asleep"));
        harness
    };
    let mut harness = refused(23.0);
    click(&mut harness, "Retry");
    assert_eq!(harness.state().writes(), [setpoint(23.0, Scale::Celsius)]);
    assert!(refused(40.0).query_by_label("Retry").is_none(), "it would be refused again");

    let mut harness = page();
    add(&mut harness, |record| record.undoes = Some(3));
    assert!(says(&harness, "Undone: Hallway") && harness.query_by_label("Undo").is_none());
    assert!(harness.query_by_label("Redo").is_some());
    click(&mut harness, CLOSE);
    assert!(!is_shown(&harness));
    // A redo is a change like any other.
    add(&mut harness, |record| record.undoes = Some(record.id - 1));
    assert!(!says(&harness, "Undone: Hallway") && says(&harness, "Undo"));
}

#[test]
fn each_toast_is_said_once_and_two_at_once_are_said_together() {
    let said = |harness: &Bound| harness.get_by_role(Role::Status).accesskit_node().label().unwrap_or_default();
    let mut harness = page();
    add(&mut harness, |_| {});
    let first = said(&harness);
    add(&mut harness, |record| {
        (record.slot.node, record.name) = (Node::Thermostat("bedroom".into()), "Bedroom".to_owned());
    });
    let second = said(&harness);
    assert_ne!(first, second);
    harness.query_all_by_label(CLOSE).last().expect("the newest").click();
    harness.run();
    assert_eq!(said(&harness), second, "the older one is not said again");
    let mut harness = page();
    harness.state_mut().window.warn("One".to_owned(), fixture::now());
    add(&mut harness, |_| {});
    assert!(said(&harness).starts_with("One. Hallway"), "{}", said(&harness));
}

#[test]
fn after_a_big_jump_it_stays_ten_seconds() {
    for (from, to, scale, stays) in [
        (20.0, 23.0, Scale::Celsius, false),
        (20.0, 23.5, Scale::Celsius, true),
        (23.5, 20.0, Scale::Celsius, true),
        (70.0, 75.0, Scale::Fahrenheit, false),
        (70.0, 76.0, Scale::Fahrenheit, true),
    ] {
        let mut harness = page();
        add(&mut harness, |record| {
            (record.undo, record.write) = (Some(setpoint(from, scale)), Some(setpoint(to, scale)));
        });
        later(&mut harness, 8);
        assert_eq!(is_shown(&harness), stays, "{from} to {to} {scale:?}");
        later(&mut harness, 3);
        assert!(!is_shown(&harness), "{from} to {to} {scale:?}");
    }
}

#[test]
fn it_stays_while_the_focus_is_on_it() {
    let mut harness = page();
    add(&mut harness, |_| {});
    harness.get_by_label("Undo").focus();
    harness.run();
    later(&mut harness, 5);
    later(&mut harness, 5);
    assert!(is_shown(&harness));
    super::press(&mut harness, Key::Enter);
    assert_eq!(harness.state().intents, [fixture::undo(4)]);
}

#[test]
fn three_are_shown_and_one_for_each_value() {
    let mut harness = page();
    add(&mut harness, |_| {});
    add(&mut harness, |_| {});
    assert_eq!(harness.query_all_by_label(CLOSE).count(), 1, "the same value");
    for device in ["bedroom", "studio", "more"] {
        add(&mut harness, |record| record.slot = Write::Target(device.into(), Setpoint::celsius(20.0)).slot());
    }
    assert_eq!(harness.query_all_by_label(CLOSE).count(), 3);
}

#[test]
fn undo_by_toast_asks_for_consent() {
    let mut harness = page();
    let camera = |on| Write::Streaming("nursery".into(), on);
    add(&mut harness, |record| {
        (record.slot, record.undo, record.write) = (camera(true).slot(), Some(camera(true)), Some(camera(false)));
    });
    click(&mut harness, "Undo");
    assert_eq!(harness.state().intents, []);
    assert!(says(&harness, "Switch on Nursery?"));
    assert_eq!(harness.state().now, fixture::now());
}

#[test]
fn a_page_that_shows_the_change_has_no_toast_but_says_it() {
    for page in [Page::Thermostat("hallway".into()), Page::Activity] {
        let mut harness = UiFixture::on(page).shown();
        add(&mut harness, |_| {});
        assert!(!is_shown(&harness));
        let said = harness.get_by_role(Role::Status);
        let said = said.accesskit_node();
        assert_eq!(said.label().as_deref(), Some("Hallway: 20.0\u{a0}°C → 21.5\u{a0}°C"));
        assert_eq!(said.data().live(), Some(egui::accesskit::Live::Polite));
    }
    // A refusal is no news that the page shows by itself.
    let mut harness = UiFixture::on(Page::Thermostat("hallway".into())).shown();
    add(&mut harness, |record| record.outcome = Outcome::Expired);
    assert!(is_shown(&harness));
}
