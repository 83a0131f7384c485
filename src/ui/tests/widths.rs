//! Narrow windows: nothing is wider than the window, in any language, and every control is reachable.

use std::sync::Arc;

use egui::{Role, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, UiFixture, click, fixture, pages, says, sections};
use crate::engine::{Connection, FailureCause, Phase, Snapshot};
use crate::home::{AlarmState, Scale, Setpoint, Write};
use crate::i18n::{Language, Localizer};
use crate::ui::Modal;
use crate::ui::consent::Consent;
use crate::ui::intent::{AppIntent, CodeRequest, Page, UiIntent};
use crate::ui::palette::Palette;
use crate::ui::view::Draft;

/// The margin that the harness adds around a view.
pub(super) const AROUND: f32 = 8.0;

fn fixtures() -> Vec<(String, UiFixture)> {
    let mut benches = sections();
    benches.extend(pages().into_iter().map(|page| (format!("{page:?}"), UiFixture::on(page))));
    let mut add = |name: &str, page: Page, change: fn(&mut UiFixture)| {
        let mut bench = UiFixture::on(page);
        change(&mut bench);
        benches.push((name.to_owned(), bench));
    };
    add("a question", Page::Camera("nursery".into()), |bench| {
        let then = AppIntent::wanting(Write::Streaming("nursery".into(), true));
        bench.window.modals.open(Modal::Consent(Consent { cameras: vec!["nursery".into()], then }));
    });
    add("the palette", Page::Overview, |bench| bench.window.modals.open(Modal::Palette(Palette::typed("hallway 22"))));
    add("code", Page::Thermostat("hallway".into()), |bench| {
        let write = Write::Target("hallway".into(), Setpoint::celsius(21.5));
        bench.window.queued_intents.push(UiIntent::AsCode(CodeRequest::of_write(&write, None)).into());
    });
    add("help", Page::Overview, |bench| bench.window.modals.open(Modal::Help));
    add("an empty account", Page::Overview, |bench| bench.snapshot.shown = std::sync::Arc::default());
    add("signed out", Page::Overview, |bench| {
        bench.snapshot.shown = std::sync::Arc::default();
        bench.snapshot.connection = Connection::SignedOut { why: crate::service::Reason::TokenRefused { said: None } };
    });
    add("smoke", Page::Overview, alarmed);
    add("two scales", Page::Overview, |bench| {
        fixture::change(&mut bench.snapshot, "bedroom", |t| t.temperature_scale = Some(Scale::Fahrenheit));
    });
    add("a failure", Page::Thermostat("hallway".into()), |bench| {
        let why = FailureCause::Refused(crate::service::Reason::service_text("Thermostat is not online"));
        let wish = Write::Target("hallway".into(), Setpoint::celsius(23.0));
        fixture::pending(&mut bench.snapshot, wish, Phase::Failed { why, at: fixture::now() });
    });
    let everything = [
        Page::Overview,
        Page::Thermostat("hallway".into()),
        Page::Camera("nursery".into()),
        Page::Protect("bed".into()),
        Page::Structure("s".into()),
        Page::Activity,
        Page::Presets,
    ];
    for page in everything {
        add(&format!("long names, {page:?}"), page, |bench| name_at_length(&mut bench.snapshot));
    }
    add("several homes with long names", Page::Overview, |bench| {
        (bench.snapshot, bench.others, bench.settings) = fixture::several();
        names_at_length(bench);
    });
    add("a typed number", Page::Thermostat("hallway".into()), |bench| {
        let slot = Write::Target("hallway".into(), Setpoint::celsius(23.0)).slot();
        bench.window.drafts.keep(slot, Draft::Text("99".to_owned()));
    });
    benches
}

/// Sets names of the greatest length in all accounts.
pub(super) fn names_at_length(bench: &mut UiFixture) {
    name_at_length(&mut bench.snapshot);
    for other in &mut bench.others {
        name_at_length(Arc::make_mut(&mut other.snapshot));
    }
}

/// Sets names of the greatest length that a service allows, without a place to break.
fn name_at_length(snapshot: &mut Snapshot) {
    let long = |of: &str| Some(format!("{of}{}", "x".repeat(2000)));
    fixture::rebuild(snapshot, |home| {
        home.structures.values_mut().for_each(|structure| Arc::make_mut(structure).name = long("Home"));
        for thermostat in home.thermostats.values_mut().map(Arc::make_mut) {
            (thermostat.name, thermostat.where_name) = (long("Name"), long("Where"));
            thermostat.label = long("Label");
        }
        for camera in home.cameras.values_mut().map(Arc::make_mut) {
            (camera.name, camera.where_name) = (long("Name"), long("Where"));
        }
        for protect in home.protects.values_mut().map(Arc::make_mut) {
            (protect.name, protect.where_name) = (long("Name"), long("Where"));
        }
    });
}

fn alarmed(bench: &mut UiFixture) {
    fixture::rebuild(&mut bench.snapshot, |home| {
        home.protect_mut(&"kitchen".into()).expect("a Protect").smoke_alarm_state = Some(AlarmState::Emergency);
    });
}

/// The widgets that extend beyond the window on either side.
pub(super) fn beside(harness: &Bound, width: f32) -> Vec<String> {
    // Code does not wrap, but scrolls within its frame.
    let others = [Role::TextRun, Role::Window, Role::MultilineTextInput];
    let said = harness.query_all_by(|node| !others.contains(&node.role()));
    let named = said.filter_map(|node| {
        let node = node.accesskit_node();
        let name = node.label().or_else(|| node.value())?;
        let bounds = node.bounding_box()?;
        let (left, right) = (bounds.x0 as f32 - AROUND, bounds.x1 as f32 - AROUND);
        let is_in = left >= 0.0 && right <= width;
        (!is_in).then(|| format!("{name:?} from {left} to {right}"))
    });
    named.collect()
}

#[test]
fn nothing_is_wider_than_the_window_in_any_language() {
    let mut wrong = Vec::new();
    for language in [Language::English, Language::German, Language::French, Language::Spanish] {
        for width in [360.0, 480.0, 640.0, 1100.0] {
            for (name, mut bench) in fixtures() {
                bench.i18n = Localizer::new(language);
                let mut harness = bench.harness([width + 2.0 * AROUND, 4000.0], Theme::Light);
                harness.run();
                wrong.extend(
                    beside(&harness, width).into_iter().map(|out| format!("{name}, {language:?}, {width}: {out}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Findings M15: a home with a long name does not push the name of the service out of the window.
#[test]
fn m15_a_home_with_a_long_name_leaves_the_badge_in_the_window() {
    for width in [640.0, 900.0, 1100.0] {
        let mut bench = UiFixture::on(Page::Overview);
        name_at_length(&mut bench.snapshot);
        let mut harness = bench.harness([width + 2.0 * AROUND, 900.0], Theme::Light);
        harness.run();
        for part in ["Simulated home · live", ": Home", ": Away", "Type a command"] {
            let bounds: Vec<egui::Rect> = harness.query_all_by_label_contains(part).map(|node| node.rect()).collect();
            assert!(!bounds.is_empty(), "{part} is not there at {width}");
            for rect in bounds {
                let is_in = rect.left() >= AROUND && rect.right() <= width + AROUND && rect.bottom() <= 900.0;
                assert!(is_in && rect.width() >= 30.0, "{part} is at {rect:?} of {width}");
            }
        }
    }
}

#[test]
fn help_is_reachable_in_a_narrow_window() {
    let mut harness = UiFixture::on(Page::Activity).harness([360.0 + 2.0 * AROUND, 780.0], Theme::Light);
    harness.run();
    click(&mut harness, "Help");
    assert!(harness.state().window.modals.is_help_open());
}

#[test]
fn the_weather_is_moved_by_a_slider_of_some_length() {
    for width in [360.0, 480.0, 1180.0] {
        let mut harness = UiFixture::on(Page::Simulator).harness([width + 2.0 * AROUND, 780.0], Theme::Light);
        harness.run();
        let slider = harness.get_by_role_and_label(Role::Slider, "Outside").rect();
        assert!(slider.width() >= 160.0, "{} at {width}", slider.width());
    }
}

#[test]
fn a_change_fits_two_lines() {
    let mut fixture = UiFixture::on(Page::Activity);
    let mut records = (*fixture.snapshot.journal).clone();
    records[0].name = "Hallway upstairs, near the library".to_owned();
    fixture.snapshot.journal = std::sync::Arc::new(records);
    let mut harness = fixture.harness([360.0 + 2.0 * AROUND, 780.0], Theme::Light);
    harness.run();
    let change = "Hallway upstairs, near the library: 20.0\u{a0}°C → 21.5\u{a0}°C";
    let label = harness.get_by_label(change).rect();
    let button = harness.get_by_label(&format!("Undo {change}")).rect();
    assert!(
        label.height() > 30.0 && label.width() > 170.0 && label.right() <= button.left(),
        "{label:?} beside {button:?}"
    );
}

#[test]
fn the_unit_is_shown_only_with_mixed_scales() {
    let overview = |scale| {
        let mut bench = UiFixture::on(Page::Overview);
        fixture::change(&mut bench.snapshot, "bedroom", |t| t.temperature_scale = Some(scale));
        bench.shown()
    };
    let mixed = overview(Scale::Fahrenheit);
    assert!(says(&mixed, "66°F") && says(&mixed, "20.5°C"));
    let same = overview(Scale::Celsius);
    assert!(!says(&same, "20.5°C") && says(&same, "20.5°"));
}

#[test]
fn steps_stay_within_the_narrowest_card() {
    let mut bench = UiFixture::on(Page::Overview);
    fixture::change(&mut bench.snapshot, "bedroom", |t| t.temperature_scale = Some(Scale::Fahrenheit));
    let mut harness = bench.harness([360.0 + 2.0 * AROUND, 780.0], Theme::Light);
    harness.run();
    let [step, doing] = ["Warmer, Hallway", "Heating"].map(|name| harness.get_by_label(name).rect().right());
    assert!(step <= doing + 0.5, "the step ends at {step}, the card's first line at {doing}");
}

#[test]
fn the_last_connection_is_not_the_start_of_an_outage() {
    let mut harness = UiFixture::on(Page::Thermostat("studio".into())).shown();
    assert!(says(&harness, "Last connected") && !says(&harness, "Offline since"));
    let slider = harness.get_by_role_and_label(Role::Slider, "Studio target temperature");
    let said = slider.accesskit_node().value().unwrap_or_default();
    assert!(said.ends_with("Offline, last connected 14:31"), "{said}");
    click(&mut harness, "Back");
    assert!(says(&harness, "last connected 14:31") && !says(&harness, "Offline since"));
}
