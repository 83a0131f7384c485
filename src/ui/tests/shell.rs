//! The frame around the pages: the rail, the top bar, the help sheet, and the keys.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;

use super::{Bound, COMMAND, UiFixture, click, fixture, press, press_with, says, type_into};
use crate::accounts::settings::TextSize;
use crate::engine::Outcome;
use crate::home::{Away, StructureId, Write};
use crate::ui::action::Action;
use crate::ui::intent::{AppIntent, Page, Preference};

fn overview() -> Bound {
    UiFixture::on(Page::Overview).shown()
}

/// A second home, whose id comes before that of the first and whose name comes after it.
fn two_homes() -> UiFixture {
    let mut bench = UiFixture::on(Page::Overview);
    fixture::rebuild(&mut bench.snapshot, |home| {
        let mut lodge = (**home.structures.get("s").expect("a home")).clone();
        lodge.name = Some("The lodge".to_owned());
        home.structures.insert("a".into(), std::sync::Arc::new(lodge));
        home.thermostat_mut(&"studio".into()).expect("a thermostat").structure_id = Some("a".into());
    });
    bench
}

#[test]
fn the_rail_leads_to_every_page() {
    for (word, page) in [
        ("Activity", Page::Activity),
        ("Presets", Page::Presets),
        ("Developer", Page::Console),
        ("Settings", Page::Settings),
        ("Home", Page::Overview),
    ] {
        let mut harness = UiFixture::on(Page::Thermostat("hallway".into())).shown();
        click_tab(&mut harness, word);
        assert_eq!(harness.state().window.page, page, "{word}");
    }
}

fn click_tab(harness: &mut Bound, name: &str) {
    harness.get_by_role_and_label(Role::Tab, name).click();
    harness.run();
}

#[test]
fn the_pages_of_developers_are_shown_in_the_simulated_home_or_by_choice() {
    let mut harness = overview();
    click_tab(&mut harness, "Developer");
    click(&mut harness, "Pages for developers: Simulator");
    assert_eq!(harness.state().window.page, Page::Simulator);
    harness.state_mut().settings.developer = Some(false);
    harness.run();
    assert!(harness.query_by_role_and_label(Role::Tab, "Developer").is_none());
}

#[test]
fn the_pages_of_developers_are_not_for_real_homes_unless_chosen() {
    let mut bench = UiFixture::on(Page::Overview);
    let name = crate::engine::AccountName::Own("Mill Lane".to_owned());
    let account = crate::engine::AccountLabel { name, ..(*bench.snapshot.account).clone() };
    bench.snapshot.account = std::sync::Arc::new(account);
    let mut harness = bench.shown();
    assert!(harness.query_by_role_and_label(Role::Tab, "Developer").is_none());
    // The keys of pages that are not shown do nothing.
    for key in [Key::Num5, Key::Num6, Key::E] {
        press_with(&mut harness, COMMAND, key);
        assert_eq!(harness.state().window.page, Page::Overview, "{key:?}");
    }
    harness.state_mut().settings.developer = Some(true);
    harness.run();
    click_tab(&mut harness, "Developer");
    assert!(harness.query_by_label("Pages for developers: Tree").is_some());
    assert!(harness.query_by_label("Pages for developers: Simulator").is_none(), "a real home has no simulator");
}

#[test]
fn every_action_has_its_key() {
    for action in Action::ALL {
        let mut bench = two_homes();
        bench.window.page = Page::Protect("cellar".into());
        let mut harness = bench.shown();
        click(&mut harness, "Maple Street");
        assert_eq!(harness.state().window.page, Page::Structure("s".into()));
        let shortcut = action.shortcut();
        let modifiers = if shortcut.modifiers.command {
            Modifiers { shift: shortcut.modifiers.shift, ..COMMAND }
        } else {
            shortcut.modifiers
        };
        press_with(&mut harness, modifiers, shortcut.logical_key);
        let bench = harness.state();
        let page = &bench.window.page;
        match action {
            Action::Palette => assert!(bench.window.modals.palette().is_some()),
            Action::Help => assert!(bench.window.modals.is_help_open()),
            Action::Undo => assert_eq!(bench.intents, [fixture::undo(3)]),
            Action::Redo => assert_eq!(bench.intents, [], "there is nothing to do again"),
            Action::Back => assert_eq!(page, &Page::Protect("cellar".into())),
            Action::Overview => assert_eq!(page, &Page::Overview),
            Action::Activity | Action::Search => assert_eq!(page, &Page::Activity),
            Action::Energy => assert_eq!(page, &Page::Energy),
            Action::Schedule => assert_eq!(page, &Page::Schedule),
            Action::Rules => assert_eq!(page, &Page::Rules),
            Action::Presets => assert_eq!(page, &Page::Presets),
            Action::Console => assert_eq!(page, &Page::Console),
            Action::Simulator => assert_eq!(page, &Page::Simulator),
            Action::Explorer => assert_eq!(page, &Page::Explorer),
            Action::Settings => assert_eq!(page, &Page::Settings),
            Action::NextHome => assert_eq!(bench.window.home, Some("s".into())),
            Action::LargerText => assert_eq!(bench.intents, [text_size(110)]),
            Action::SmallerText => assert_eq!(bench.intents, [text_size(90)]),
            Action::UsualText => assert_eq!(bench.intents, [text_size(100)]),
            Action::Reconnect => assert_eq!(bench.intents, [AppIntent::Reopen]),
            Action::CloseWindow => assert_eq!(bench.intents, [AppIntent::CloseWindow]),
            Action::Quit => assert_eq!(bench.intents, [AppIntent::Quit]),
        }
        if action == Action::Search {
            assert!(harness.get_by_role(Role::TextInput).is_focused());
        }
    }
}

fn text_size(percent: u16) -> AppIntent {
    AppIntent::Prefer(Preference::TextSize(TextSize::try_from(percent).expect("an offered size")))
}

#[test]
fn the_plus_key_without_shift_makes_the_text_larger_too() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    press_with(&mut harness, COMMAND, Key::Equals);
    assert_eq!(harness.state().intents, [text_size(110)]);
}

#[test]
fn an_undo_can_be_redone() {
    let mut bench = UiFixture::on(Page::Overview);
    let mut records = (*bench.snapshot.journal).clone();
    let mut undo = records.front().expect("a record").clone();
    (undo.write, undo.undo) = (undo.undo, undo.write);
    (undo.id, undo.undoes, undo.outcome) = (4, Some(3), Outcome::Done);
    records.push_front(undo);
    bench.snapshot.journal = std::sync::Arc::new(records);
    fixture::change(&mut bench.snapshot, "hallway", |t| {
        t.target_temperature = crate::home::Temperature::from_celsius(20.0);
    });
    let mut harness = bench.shown();
    press_with(&mut harness, Modifiers { shift: true, ..COMMAND }, Key::Z);
    assert_eq!(harness.state().intents, [fixture::undo(4)]);
}

#[test]
fn undo_in_a_text_field_edits_the_text() {
    let mut harness = UiFixture::on(Page::Thermostat("hallway".into())).shown();
    type_into(&mut harness, "Label", "Up");
    press_with(&mut harness, COMMAND, Key::Z);
    press_with(&mut harness, Modifiers { shift: true, ..COMMAND }, Key::Z);
    press_with(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(harness.state().intents, []);
    assert_eq!(harness.state().window.page, Page::Thermostat("hallway".into()));
}

#[test]
fn keys_do_not_reach_the_page_behind_a_dialog() {
    let mut harness = UiFixture::on(Page::Camera("nursery".into())).shown();
    harness.get_by_role_and_label(Role::Switch, "Nursery camera").focus();
    harness.run();
    press(&mut harness, Key::Space);
    assert!(harness.get_by_label("Keep it off").is_focused());
    press_with(&mut harness, COMMAND, Key::Num1);
    press_with(&mut harness, COMMAND, Key::Z);
    assert_eq!(harness.state().window.page, Page::Camera("nursery".into()));
    press(&mut harness, Key::Escape);
    assert!(harness.state().window.modals.consent().is_none());
    assert_eq!(harness.state().intents, []);
    assert!(harness.get_by_role_and_label(Role::Switch, "Nursery camera").is_focused());
}

#[test]
fn undo_by_key_asks_for_consent() {
    let mut bench = UiFixture::on(Page::Overview);
    let mut records = (*bench.snapshot.journal).clone();
    let record = records.front_mut().expect("a record");
    let undo = Write::Streaming("nursery".into(), true);
    (record.slot, record.write) = (undo.slot(), Some(Write::Streaming("nursery".into(), false)));
    record.undo = Some(undo);
    bench.snapshot.journal = std::sync::Arc::new(records);
    let mut harness = bench.shown();
    press_with(&mut harness, COMMAND, Key::Z);
    assert_eq!(harness.state().intents, []);
    click(&mut harness, "Switch on");
    assert_eq!(harness.state().intents, [fixture::undo(3)]);
}

#[test]
fn the_help_sheet_lists_every_action() {
    let mut harness = two_homes().shown();
    press(&mut harness, Key::F1);
    for action in Action::ALL {
        assert!(says(&harness, &harness.state().i18n.text(action.text())), "{action:?}");
    }
    assert!(says(&harness, "Ctrl+Shift+Z") && says(&harness, "Type a temperature"));
    click(&mut harness, "Close");
    assert!(!harness.state().window.modals.is_help_open());
    click(&mut harness, "Help");
    assert!(harness.state().window.modals.is_help_open());
}

#[test]
fn one_home_of_several_is_shown() {
    let mut harness = two_homes().shown();
    assert!(says(&harness, "Studio, thermostat") && says(&harness, "Hallway, thermostat"));
    click(&mut harness, "Home shown: All homes");
    harness.get_by_role_and_label(Role::Button, "The lodge").click();
    harness.run();
    assert_eq!(harness.state().window.home, Some(StructureId::from("a")));
    assert!(says(&harness, "Studio, thermostat") && !says(&harness, "Hallway, thermostat"));
    click(&mut harness, "The lodge: Away");
    assert_eq!(harness.state().writes(), [Write::Away("a".into(), Away::Away)]);
    // The homes come in the order of the list, by name, and then all of them.
    for home in [None, Some("s"), Some("a"), None] {
        press_with(&mut harness, COMMAND, Key::H);
        assert_eq!(harness.state().window.home, home.map(StructureId::from));
    }
}

#[test]
fn the_bar_opens_the_palette_and_the_page_of_the_home() {
    let mut harness = overview();
    click(&mut harness, "Type a command");
    assert!(harness.state().window.modals.palette().is_some());
    press(&mut harness, Key::Escape);
    click(&mut harness, "Maple Street, home");
    assert_eq!(harness.state().window.page, Page::Structure("s".into()));
}

#[test]
fn smoke_is_shown_on_every_page() {
    for page in [Page::Overview, Page::Thermostat("hallway".into()), Page::Settings] {
        let mut bench = UiFixture::on(page.clone());
        let mut home = (*bench.snapshot.shown).clone();
        let protect = home.protects.get_mut(&crate::home::DeviceId::from("kitchen")).expect("a Protect");
        std::sync::Arc::make_mut(protect).smoke_alarm_state = Some(crate::home::AlarmState::Emergency);
        bench.snapshot.shown = std::sync::Arc::new(home);
        let mut harness = bench.shown();
        assert!(says(&harness, "Leave and call the fire brigade"));
        harness.get_by_label("Open Smoke in the Kitchen. Leave and call the fire brigade.").click();
        harness.run();
        assert_eq!(harness.state().window.page, Page::Protect("kitchen".into()), "from {page:?}");
    }
}

/// Scrolls with the wheel over the right half of a page.
fn scroll_right_half(harness: &mut Bound) {
    harness.hover_at(egui::pos2(800.0, 300.0));
    harness.run();
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -200.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    harness.run();
}

#[test]
fn a_page_opens_at_its_top_and_back_returns_to_where_it_was_left() {
    let hallway = Page::Thermostat("hallway".into());
    let mut harness = UiFixture::on(hallway.clone()).harness([1100.0, 500.0], egui::Theme::Dark);
    harness.run();
    let top = |harness: &Bound, name: &str| harness.get_by_label(name).rect().top();
    let (humidity, dial) = (top(&harness, "Humidity"), top(&harness, "Hallway target temperature"));
    scroll_right_half(&mut harness);
    let left_at = top(&harness, "Humidity");
    assert!(left_at < humidity - 100.0, "{left_at} {humidity}");
    assert!((top(&harness, "Hallway target temperature") - dial).abs() < 0.5, "the dial stays in sight");
    for page in [Page::Thermostat("studio".into()), Page::Settings, hallway] {
        harness.state_mut().window.open_page(page);
        harness.run();
    }
    assert!((top(&harness, "Humidity") - humidity).abs() < 0.5, "opened afresh");
    scroll_right_half(&mut harness);
    harness.state_mut().window.open_page(Page::Settings);
    harness.run();
    press_with(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert!((top(&harness, "Humidity") - left_at).abs() < 0.5, "where it was left");
}

#[test]
fn the_help_opens_at_its_top() {
    let mut harness = UiFixture::on(Page::Overview).harness([700.0, 420.0], egui::Theme::Dark);
    let top = |harness: &Bound| harness.get_by_label_contains("Undo the last change").rect().top();
    press(&mut harness, Key::F1);
    let first = top(&harness);
    press(&mut harness, Key::End);
    assert!(top(&harness) < first - 100.0, "{} {first}", top(&harness));
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::F1);
    assert!((top(&harness) - first).abs() < 0.5, "{} {first}", top(&harness));
}

fn click_at(harness: &mut Bound, at: egui::Pos2) {
    harness.hover_at(at);
    harness.run();
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        harness.run();
    }
}

#[test]
fn a_click_on_a_closed_control_or_beside_an_open_list_opens_no_card() {
    let mut harness = overview();
    let warmer = harness.get_by_label("Warmer, Studio").rect().center();
    click_at(&mut harness, warmer);
    assert_eq!(harness.state().window.page, Page::Overview, "Studio is offline");
    let list = harness.get_by_label_contains("Hallway mode").rect().center();
    let beside = harness.get_by_label("Hallway, thermostat").rect().left_bottom() + egui::vec2(20.0, 40.0);
    click_at(&mut harness, list);
    click_at(&mut harness, beside);
    assert_eq!(harness.state().window.page, Page::Overview, "the click closed the list");
    click_at(&mut harness, beside);
    assert_eq!(harness.state().window.page, Page::Thermostat("hallway".into()));
}

#[test]
fn a_click_anywhere_on_a_card_opens_it_but_not_on_its_controls() {
    let page_after = |at: &dyn Fn(&Bound) -> egui::Pos2| {
        let mut harness = overview();
        let at = at(&harness);
        click_at(&mut harness, at);
        (harness.state().window.page.clone(), harness.state().writes().len())
    };
    let center = |name: &'static str| move |harness: &Bound| harness.get_by_label(name).rect().center();
    let hallway = Page::Thermostat("hallway".into());
    let reading = |harness: &Bound| {
        let name = harness.get_by_label("Hallway, thermostat").rect();
        egui::pos2(name.left() + 20.0, name.bottom() + 40.0)
    };
    assert_eq!(page_after(&reading), (hallway.clone(), 0), "the number of the room");
    let beside =
        |harness: &Bound| harness.get_by_label("Hallway, thermostat").rect().right_center() + egui::vec2(60.0, 0.0);
    assert_eq!(page_after(&beside), (hallway, 0), "beside the name");
    assert_eq!(page_after(&center("Warmer, Hallway")), (Page::Overview, 1));
    let picture =
        |harness: &Bound| harness.get_by_label("Front door, camera").rect().center_bottom() + egui::vec2(0.0, 60.0);
    assert_eq!(page_after(&picture), (Page::Camera("door".into()), 0), "the picture");
}

#[test]
fn escape_leads_back_once_no_control_has_the_focus() {
    let mut harness = overview();
    click(&mut harness, "Hallway, thermostat");
    let hallway = Page::Thermostat("hallway".into());
    assert_eq!(harness.state().window.page, hallway);
    harness.get_by_role_and_label(Role::TextInput, "Label").focus();
    harness.run();
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().window.page, hallway, "the field had the focus");
    press(&mut harness, Key::F1);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().window.page, hallway, "the help was open");
    // A list that the mouse opened has no focus.
    let at = harness.query_all_by_label_contains("Fan duration").next().expect("the list").rect().center();
    click_at(&mut harness, at);
    harness.ctx.memory_mut(|memory| memory.focused().into_iter().for_each(|id| memory.surrender_focus(id)));
    harness.run();
    assert!(says(&harness, "45 min"));
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().window.page, hallway, "the list was open");
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().window.page, hallway, "the focus came back to its control");
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().window.page, Page::Overview);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().window.page, Page::Overview, "there is no page before");
}
