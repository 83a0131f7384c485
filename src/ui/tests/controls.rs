//! Every write of the guide, through its control.

use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, UiFixture, fixture, pages, press};
use crate::home::{Away, HvacMode, Scale, Setpoint, Write};
use crate::ui::intent::Page;

fn hallway() -> Harness<'static, UiFixture> {
    UiFixture::on(Page::Thermostat("hallway".into())).shown()
}

fn target(celsius: f64) -> Write {
    Write::Target("hallway".into(), Setpoint::celsius(celsius))
}

#[test]
fn drawing_writes_nothing() {
    let gone = [Page::Thermostat("gone".into()), Page::Protect("gone".into()), Page::Structure("gone".into())];
    for page in pages().into_iter().chain(gone) {
        let harness = UiFixture::on(page.clone()).shown();
        assert_eq!(harness.state().intents, [], "{page:?}");
    }
}

#[test]
fn a_setpoint_outside_the_lock_is_shown_and_not_corrected() {
    let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
    fixture::change(&mut bench.snapshot, "hallway", |t| {
        t.is_locked = Some(true);
        t.locked_temp_min = crate::home::Temperature::from_celsius(16.0);
        t.locked_temp_max = crate::home::Temperature::from_celsius(20.0);
    });
    let harness = bench.shown();
    assert_eq!(harness.state().intents, []);
}

#[test]
fn absurd_limits_and_values_are_handled() {
    use crate::home::Temperature;
    let celsius = Temperature::from_celsius;
    for (low, high) in [(20.0, 20.0), (20.0, 20.5), (40.0, 10.0), (-500.0, 900.0), (31.5, 99.0)] {
        for page in ["hallway", "bedroom"] {
            let mut bench = UiFixture::on(Page::Thermostat(page.into()));
            fixture::change(&mut bench.snapshot, page, |t| {
                t.is_locked = Some(true);
                (t.locked_temp_min, t.locked_temp_max) = (celsius(low), celsius(high));
                (t.target_temperature, t.ambient_temperature) = (celsius(800.0), celsius(-800.0));
                (t.target_temperature_low, t.target_temperature_high) = (celsius(90.0), celsius(-90.0));
            });
            let mut harness = bench.shown();
            assert_eq!(harness.state().intents, [], "{page}: {low} to {high}");
            harness.get_by_label("Back").click();
            harness.run();
        }
    }
}

#[test]
fn undoing_a_camera_asks_for_consent() {
    let mut bench = UiFixture::on(Page::Activity);
    let mut records = (*bench.snapshot.journal).clone();
    if let Some(record) = records.front_mut() {
        let undo = Write::Streaming("nursery".into(), true);
        (record.slot, record.undo) = (undo.slot(), Some(undo));
    }
    bench.snapshot.journal = std::sync::Arc::new(records);
    let mut harness = bench.shown();
    harness.get_by_label_contains("Undo Hallway").click();
    harness.run();
    let consent = harness.state().window.modals.consent().cloned().expect("a question");
    assert_eq!(consent.cameras, [crate::home::DeviceId::from("nursery")]);
    assert_eq!(harness.state().intents, []);
}

#[test]
fn modes_fit_the_equipment() {
    let mut harness = hallway();
    harness.get_by_label("Mode: Eco").click();
    harness.run();
    assert_eq!(harness.state().writes(), [Write::Mode("hallway".into(), HvacMode::Eco)]);

    let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
    fixture::change(&mut bench.snapshot, "hallway", |t| t.can_cool = Some(false));
    let harness = bench.shown();
    assert!(harness.query_by_label("Mode: Cool").is_none() && harness.query_by_label("Mode: Heat · Cool").is_none());
    assert!(harness.query_by_label("Mode: Off").is_some());
}

#[test]
fn in_a_narrow_window_the_mode_is_a_list() {
    let mut harness = UiFixture::on(Page::Thermostat("hallway".into())).harness([480.0, 1300.0], egui::Theme::Light);
    harness.run();
    harness.get_by_label("Mode: Heat").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Eco").click();
    harness.run();
    assert_eq!(harness.state().writes(), [Write::Mode("hallway".into(), HvacMode::Eco)]);
}

#[test]
fn fan_duration_scale_and_label() {
    let mut harness = hallway();
    harness.get_by_role_and_label(Role::Switch, "Fan").click();
    harness.run();
    harness.get_by_label("Fan duration: 15 min").click();
    harness.run();
    harness.get_by_label("1 h").click();
    harness.run();
    harness.get_by_label("Scale: °F").click();
    harness.run();
    let expected = [
        Write::FanTimer("hallway".into(), true),
        Write::FanDuration("hallway".into(), 60),
        Write::Scale("hallway".into(), Scale::Fahrenheit),
    ];
    assert_eq!(harness.state().writes(), expected);
}

#[test]
fn a_new_page_is_laid_out_in_its_first_frame() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    harness.get_by_label("Hallway, thermostat").click();
    harness.run();
    let right = |role, label| harness.get_by_role_and_label(role, label).rect().right();
    assert_eq!(right(Role::Button, "Save Label"), right(Role::Switch, "Fan"), "both end where their cards do");
}

#[test]
fn a_label_is_sent_by_enter_only() {
    let mut harness = hallway();
    let field = || "Label";
    harness.get_by_role_and_label(Role::TextInput, field()).focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, field()).type_text("Kate's “Room”");
    harness.run();
    harness.get_by_role_and_label(Role::Switch, "Fan").focus();
    harness.run();
    assert_eq!(harness.state().writes(), [], "leaving the field sends nothing");
    harness.get_by_role_and_label(Role::TextInput, field()).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().writes(), [Write::Label("hallway".into(), "Kate's “Room”".to_owned())]);
}

#[test]
fn an_empty_name_field_is_not_sent() {
    let mut harness = UiFixture::on(Page::Structure("s".into())).shown();
    harness.get_by_role_and_label(Role::TextInput, "Home name").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Home name").set_text_value_accesskit("");
    harness.run();
    assert!(harness.query_by_label_contains("A home needs a name").is_none());
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.query_by_label_contains("A home needs a name").is_some());
    assert_eq!(harness.state().writes(), []);
}

#[test]
fn a_label_that_is_too_long_is_blocked() {
    let mut harness = hallway();
    harness.get_by_role_and_label(Role::TextInput, "Label").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Label").type_text(&"x".repeat(256));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().writes(), []);
    assert!(harness.query_by_label_contains("256 characters").is_some());
}

#[test]
fn home_and_away_name_and_arrival() {
    let mut bench = UiFixture::on(Page::Structure("s".into()));
    let mut home = (*bench.snapshot.shown).clone();
    home.structure_mut(&"s".into()).expect("a structure").away = Some(Away::Away);
    bench.snapshot.shown = std::sync::Arc::new(home);
    let mut harness = bench.shown();
    harness.get_by_label("Home or away: Home").click();
    harness.run();
    harness.get_by_label("Announce arrival").click();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Home name").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Home name").type_text("!");
    harness.run();
    harness.get_by_label("Save Home name").click();
    harness.run();
    let writes = harness.state().writes();
    assert_eq!(writes.first(), Some(&Write::Away("s".into(), Away::Home)));
    assert!(matches!(writes.get(1), Some(Write::Eta(_, eta)) if eta.window.is_some()), "{writes:?}");
    assert_eq!(writes.get(2), Some(&Write::StructureName("s".into(), "Maple Street!".to_owned())));
}

#[test]
fn a_camera_goes_off_at_once_and_on_only_with_consent() {
    let mut harness = UiFixture::on(Page::Camera("door".into())).shown();
    harness.get_by_role_and_label(Role::Switch, "Front door camera").click();
    harness.run();
    assert_eq!(harness.state().writes(), [Write::Streaming("door".into(), false)]);

    let mut harness = UiFixture::on(Page::Camera("nursery".into())).shown();
    harness.get_by_role_and_label(Role::Switch, "Nursery camera").click();
    harness.run();
    assert_eq!(harness.state().writes(), [], "not before the question is answered");
    harness.get_by_label("Keep it off").click();
    harness.run();
    assert_eq!(harness.state().intents, [], "no means no");
    harness.get_by_role_and_label(Role::Switch, "Nursery camera").click();
    harness.run();
    harness.get_by_label("Switch on").click();
    harness.run();
    assert_eq!(harness.state().writes(), [Write::Streaming("nursery".into(), true)]);
}

#[test]
fn the_overview_steps_switches_and_leads_everywhere() {
    let mut harness = UiFixture::on(Page::Overview).harness([1180.0, 1900.0], egui::Theme::Dark);
    harness.run();
    harness.get_by_label("Warmer, Hallway").click();
    harness.run();
    harness.get_by_role_and_label(Role::Switch, "Garden camera").click();
    harness.run();
    harness.get_by_label("Maple Street: Away").click();
    harness.run();
    let expected = [target(22.0), Write::Streaming("garden".into(), false), Write::Away("s".into(), Away::Away)];
    assert_eq!(harness.state().writes(), expected);
    for (name, page) in [
        ("Hallway, thermostat", Page::Thermostat("hallway".into())),
        ("Nursery, camera", Page::Camera("nursery".into())),
        ("Kitchen Protect, Protect", Page::Protect("kitchen".into())),
        ("Maple Street, home", Page::Structure("s".into())),
    ] {
        harness.get_by_label(name).click();
        harness.run();
        assert_eq!(harness.state().window.page, page);
        harness.get_by_label("Back").click();
        harness.run();
    }
}

#[test]
fn tab_scrolls_the_next_control_into_view() {
    const HEIGHT: f32 = 420.0;
    for (page, last) in [
        (Page::Overview, "Kitchen Protect, Protect"),
        (Page::Thermostat("hallway".into()), "Save Label"),
        (Page::Connect, "Sign in with the token"),
    ] {
        let mut bench = UiFixture::on(page.clone());
        bench.window.form.kind = Some(crate::home::ServiceKind::WorksWithNest);
        let mut harness = bench.harness([1180.0, HEIGHT], egui::Theme::Dark);
        harness.run();
        let mut met = Vec::new();
        for _ in 0..60 {
            harness.key_press(Key::Tab);
            // A long way is scrolled in more steps than a page needs otherwise.
            harness.run_steps(24);
            let Some(focused) = harness.query_by(|node| node.is_focused()) else { continue };
            let (name, rect) = (focused.accesskit_node().label().unwrap_or_default(), focused.rect());
            assert!(rect.top() >= 0.0 && rect.bottom() <= HEIGHT, "{name} has the focus at {rect:?}");
            met.push(name);
        }
        assert!(met.iter().any(|name| name == last), "{page:?}: {met:?}");
    }
}

#[test]
fn a_list_begins_at_its_choice_and_returns_the_focus() {
    const NAME: &str = "Hallway mode: Heat";
    let mut harness = UiFixture::on(Page::Overview).shown();
    let open = |harness: &mut Bound| {
        harness.get_by_label(NAME).focus();
        harness.run();
        press(harness, Key::Enter);
    };
    for end in [Key::Escape, Key::Enter] {
        open(&mut harness);
        assert!(harness.get_by_label("Heat").is_focused(), "the choice has the focus");
        press(&mut harness, end);
        assert!(
            harness.query_by_label("Cool").is_none() && harness.get_by_label(NAME).is_focused(),
            "{end:?} closes the list"
        );
    }
    open(&mut harness);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().intents.len(), 1, "the next one was picked");
}
