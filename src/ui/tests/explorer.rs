//! The explorer: the whole document, live, collapsed and searched, with controls for its writable values.

use std::sync::Arc;

use egui::{Key, Modifiers, OutputCommand, Role, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, COMMAND, UiFixture, assert_closed, click, fixture, press, press_with, says, type_into};
use crate::home::{Thermostat, Unknown};
use crate::i18n::{Language, Localizer};
use crate::ui::intent::{AppIntent, Page};

const TREE: &str = "Document of the home";
const SEARCH: &str = "Search keys and values";

fn page() -> Bound {
    UiFixture::on(Page::Explorer).shown()
}

/// A window with a selected line of the document, found by a search as a user would.
pub(super) fn on(bench: UiFixture, found: &str) -> Bound {
    let mut harness = bench.shown();
    find(&mut harness, found);
    harness
}

pub(super) fn find(harness: &mut Bound, found: &str) {
    type_into(harness, SEARCH, found);
}

/// Name and value of the selected row.
pub(super) fn selected(harness: &Bound) -> (String, String) {
    let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::TreeItem && node.is_selected() == Some(true)
    };
    let node = harness.get_by(is_it);
    let node = node.accesskit_node();
    (node.label().unwrap_or_default(), node.value().unwrap_or_default())
}

fn rows(harness: &Bound) -> usize {
    harness.query_all_by_role(Role::TreeItem).count()
}

fn copied(harness: &Bound) -> Vec<String> {
    let text = |command: &OutputCommand| {
        let OutputCommand::CopyText(text) = command else { return None };
        Some(text.clone())
    };
    harness.output().platform_output.commands.iter().filter_map(text).collect()
}

/// Presses a button and returns the texts copied to the clipboard in that frame.
fn copied_by(harness: &mut Bound, name: &str) -> Vec<String> {
    harness.get_by_role_and_label(Role::Button, name).click();
    let mut all = Vec::new();
    for _ in 0..4 {
        harness.step();
        all.extend(copied(harness));
    }
    all
}

fn row<'a>(harness: &'a Bound, name: &'a str) -> egui_kittest::Node<'a> {
    harness.get_by_role_and_label(Role::TreeItem, name)
}

fn is_expanded(harness: &Bound, name: &str) -> Option<bool> {
    row(harness, name).accesskit_node().data().is_expanded()
}

pub(super) fn description(harness: &Bound, name: &str) -> String {
    row(harness, name).accesskit_node().description().unwrap_or_default()
}

fn focus_tree(harness: &mut Bound) {
    harness.get_by_role_and_label(Role::Tree, TREE).focus();
    harness.run();
}

#[test]
fn the_document_is_a_tree_with_names_values_and_levels() {
    let mut harness = page();
    assert_eq!(is_expanded(&harness, "devices"), Some(true));
    assert_eq!(is_expanded(&harness, "hallway"), Some(false));
    let node = row(&harness, "hallway").accesskit_node();
    assert_eq!(node.value().unwrap_or_default(), "28 entries, Hallway", "more than an id says");
    assert_eq!(node.data().level(), Some(4));
    click(&mut harness, "Fold all");
    assert_eq!(rows(&harness), 3, "the whole, devices and structures");
    click(&mut harness, "Unfold all");
    assert!(rows(&harness) > 30);
}

#[test]
fn keys_move_collapse_and_expand() {
    let mut harness = page();
    focus_tree(&mut harness);
    let walk = |harness: &mut Bound, key: Key, name: &str| {
        press(harness, key);
        assert_eq!(selected(harness).0, name, "{key:?}");
        assert!(row(harness, name).is_focused(), "{name} is what is heard");
    };
    walk(&mut harness, Key::ArrowDown, "devices");
    walk(&mut harness, Key::ArrowRight, "cameras");
    walk(&mut harness, Key::ArrowRight, "door");
    assert_eq!(is_expanded(&harness, "door"), Some(false));
    walk(&mut harness, Key::ArrowRight, "door");
    assert_eq!(is_expanded(&harness, "door"), Some(true));
    walk(&mut harness, Key::ArrowLeft, "door");
    assert_eq!(is_expanded(&harness, "door"), Some(false));
    walk(&mut harness, Key::ArrowLeft, "cameras");
    walk(&mut harness, Key::ArrowLeft, "cameras");
    assert_eq!(is_expanded(&harness, "cameras"), Some(false));
    walk(&mut harness, Key::Space, "cameras");
    assert_eq!(is_expanded(&harness, "cameras"), Some(true));
    walk(&mut harness, Key::ArrowDown, "door");
    walk(&mut harness, Key::ArrowUp, "cameras");
    walk(&mut harness, Key::Home, "JSON");
    press(&mut harness, Key::End);
    assert_eq!(selected(&harness), ("time_zone".to_owned(), "Europe/London".to_owned()));
}

#[test]
fn a_click_selects_and_the_triangle_collapses() {
    let mut harness = page();
    harness.get_by_role_and_label(Role::TreeItem, "hallway").click();
    harness.run();
    assert_eq!(selected(&harness).0, "hallway");
    assert_eq!(is_expanded(&harness, "hallway"), Some(false));
    press(&mut harness, Key::ArrowRight);
    assert_eq!(is_expanded(&harness, "hallway"), Some(true));
    let row = row(&harness, "hallway").rect();
    harness.drag_at(egui::pos2(row.left() + 3.0 * 16.0 + 10.0, row.center().y));
    harness.drop_at(egui::pos2(row.left() + 3.0 * 16.0 + 10.0, row.center().y));
    harness.run();
    assert_eq!(is_expanded(&harness, "hallway"), Some(false));
}

#[test]
fn assistive_technology_expands_and_collapses() {
    let mut harness = page();
    for (action, expanded) in [(egui::accesskit::Action::Expand, true), (egui::accesskit::Action::Collapse, false)] {
        let target_node = row(&harness, "hallway").accesskit_node().locate().0;
        let request = egui::accesskit::ActionRequest {
            action,
            target_node,
            target_tree: egui::accesskit::TreeId::ROOT,
            data: None,
        };
        harness.event(egui::Event::AccessKitActionRequest(request));
        harness.run();
        assert_eq!(is_expanded(&harness, "hallway"), Some(expanded));
    }
}

#[test]
fn search_hits_are_expanded_counted_and_visited() {
    let mut harness = page();
    find(&mut harness, "HVAC_mode");
    assert!(says(&harness, "1 of 3"));
    assert_eq!(selected(&harness), ("hvac_mode".to_owned(), "heat-cool".to_owned()), "the bedroom comes first");
    press(&mut harness, Key::Enter);
    assert!(says(&harness, "2 of 3"));
    assert_eq!(selected(&harness).1, "heat");
    click(&mut harness, "Next hit");
    click(&mut harness, "Next hit");
    assert!(says(&harness, "1 of 3"), "after the last comes the first");
    click(&mut harness, "Previous hit");
    assert!(says(&harness, "3 of 3"));
    click(&mut harness, "Clear the search");
    assert!(!says(&harness, "of 3"));
    find(&mut harness, "zzz");
    assert!(says(&harness, "Nothing found"));
    assert_closed(&mut harness, "Next hit", "Nothing found");
}

/// A home with the hallway alone, with a label, so that each search has one match.
pub(super) fn only_hallway(change: impl FnOnce(&mut Thermostat)) -> UiFixture {
    let mut bench = UiFixture::on(Page::Explorer);
    fixture::rebuild(&mut bench.snapshot, |home| {
        home.thermostats.retain(|id, _| *id == "hallway".into());
        let thermostat = home.thermostat_mut(&"hallway".into()).expect("a thermostat");
        thermostat.label = Some("Up".to_owned());
        change(thermostat);
    });
    bench
}

#[test]
fn a_change_is_marked_for_some_seconds() {
    let mut harness = on(only_hallway(|_| {}), "hvac_state");
    assert!(!description(&harness, "humidity").contains("just changed"));
    let warm = |t: &mut Thermostat| t.humidity = Some(51);
    fixture::change(&mut harness.state_mut().snapshot, "hallway", warm);
    harness.run();
    assert_eq!(row(&harness, "humidity").accesskit_node().value().unwrap_or_default(), "51");
    assert!(description(&harness, "humidity").contains("just changed"));
    assert!(!description(&harness, "hvac_state").contains("just changed"));
    let waits = |harness: &Bound| harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(waits(&harness).as_secs() < 60, "it wakes to take the mark away");
    harness.state_mut().now += jiff::SignedDuration::from_secs(3);
    harness.run();
    assert!(description(&harness, "humidity").contains("just changed"));
    harness.state_mut().now += jiff::SignedDuration::from_secs(4);
    harness.run();
    assert!(!description(&harness, "humidity").contains("just changed"));
    assert_eq!(waits(&harness), std::time::Duration::MAX, "a still window draws nothing");
}

#[test]
fn a_change_in_a_collapsed_device_marks_the_device() {
    let mut harness = page();
    fixture::change(&mut harness.state_mut().snapshot, "hallway", |t| t.humidity = Some(51));
    harness.run();
    assert!(description(&harness, "hallway").contains("just changed"));
    assert!(!description(&harness, "bedroom").contains("just changed"));
    press_with(&mut harness, COMMAND, Key::Num2);
    fixture::change(&mut harness.state_mut().snapshot, "bedroom", |t| t.humidity = Some(52));
    harness.run();
    press_with(&mut harness, COMMAND, Key::E);
    assert!(!description(&harness, "bedroom").contains("just changed"));
}

#[test]
fn expansion_and_selection_survive_changes() {
    let mut harness = on(UiFixture::on(Page::Explorer), "ambient_temperature_f");
    let before = selected(&harness);
    fixture::rebuild(&mut harness.state_mut().snapshot, |home| {
        let new = home.thermostats.get("studio").cloned().expect("a thermostat");
        home.thermostats.insert("attic".into(), new);
    });
    harness.run();
    assert_eq!(selected(&harness), before);
    assert_eq!(is_expanded(&harness, "attic"), Some(false), "what is new is folded as everything was at first");
    fixture::rebuild(&mut harness.state_mut().snapshot, |home| {
        home.thermostats.remove("bedroom");
    });
    harness.run();
    assert_eq!(selected(&harness).0, "thermostats", "what is gone leaves the selection to what it was in");
}

#[test]
fn paths_and_values_are_copied_by_button_menu_and_key() {
    let mut harness = on(only_hallway(|_| {}), "target_temperature_f");
    let path = "/devices/thermostats/hallway/target_temperature_f";
    assert_eq!(copied_by(&mut harness, "Copy path"), [path]);
    assert!(says(&harness, "Copied"));
    assert_eq!(copied_by(&mut harness, "Copy value"), ["71"]);
    row(&harness, "target_temperature_f").click_secondary();
    harness.run();
    let entries = harness.get_all_by_role_and_label(Role::Button, "Copy path").count();
    assert_eq!(entries, 2, "one beside the tree and one in the menu");
    press(&mut harness, Key::Escape);
    focus_tree(&mut harness);
    harness.event(egui::Event::Copy);
    harness.step();
    assert_eq!(copied(&harness), ["71"]);
    let mut harness = on(only_hallway(|_| {}), "structures");
    let json = copied_by(&mut harness, "Copy value");
    let json: serde_json::Value = serde_json::from_str(&json[0]).expect("JSON");
    assert_eq!(json.pointer("/s/name"), Some(&serde_json::json!("Maple Street")));
}

#[test]
fn camera_links_are_neither_shown_nor_copied() {
    let mut bench = UiFixture::on(Page::Explorer);
    fixture::rebuild(&mut bench.snapshot, |home| {
        home.metadata.access_token = Some(crate::home::Confidential::new("c.secret"));
        let company = serde_json::json!({"water": {"refresh_token": "c.secret"}});
        home.extra.insert("devices/$company".to_owned(), Unknown::from(&company));
    });
    let mut harness = bench.shown();
    click(&mut harness, "Unfold all");
    find(&mut harness, "c.secret");
    assert!(says(&harness, "Nothing found"));
    click(&mut harness, "Clear the search");
    find(&mut harness, "snapshot_url");
    assert!(!super::languages::words(&harness).iter().any(|words| words.contains("home.nest.com")));
    assert!(says(&harness, "Confidential"));
    assert_closed(&mut harness, "Copy value", "Confidential");
    click(&mut harness, "Clear the search");
    find(&mut harness, "refresh_token");
    assert_eq!(selected(&harness).1, "••••••", "what the service sends on its own is shown, without its secrets");
}

#[test]
fn a_row_leads_to_its_page_and_account() {
    let mut harness = on(UiFixture::on(Page::Explorer), "co_alarm_state");
    click(&mut harness, "Open its page");
    assert_eq!(harness.state().window.page, Page::Protect("bed".into()));
    let harness = on(UiFixture::on_several(Page::Explorer), "attic");
    assert!(says(&harness, "Account: Cottage server"));
    assert!(harness.query_by_role_and_label(Role::TreeItem, "hallway").is_some(), "one document of all homes");
}

#[test]
fn ten_thousand_nodes_draw_one_screenful() {
    let mut bench = UiFixture::on(Page::Explorer);
    fixture::rebuild(&mut bench.snapshot, |home| {
        let hallway = home.thermostats.get("hallway").cloned().expect("a thermostat");
        for number in 0..400 {
            home.thermostats.insert(format!("t{number:03}").as_str().into(), Arc::clone(&hallway));
        }
    });
    let mut harness = bench.harness([1180.0, 820.0], Theme::Dark);
    harness.run();
    click(&mut harness, "Unfold all");
    let explorer = &harness.state().window.explorer;
    assert!(explorer.lines() > 10_000, "{}", explorer.lines());
    let drawn = explorer.tree().expect("a tree").drawn;
    assert!((10..60).contains(&drawn) && rows(&harness) <= drawn, "{drawn} rows");
    focus_tree(&mut harness);
    press(&mut harness, Key::End);
    assert_eq!(selected(&harness).0, "time_zone");
    assert!(row(&harness, "time_zone").rect().bottom() < 830.0, "the selection comes into sight");
}

#[test]
fn the_page_fits_a_small_window() {
    let mut harness = only_hallway(|_| {}).harness([376.0, 780.0], Theme::Light);
    harness.run();
    assert!(harness.query_by_label("Copy path").is_none(), "nothing is picked yet");
    row(&harness, "hallway").click();
    harness.run();
    let [tree, button] =
        [harness.get_by_role_and_label(Role::Tree, TREE).rect(), harness.get_by_label("Copy path").rect()];
    assert!(tree.height() > 150.0 && button.top() >= tree.bottom() && button.bottom() < 780.0, "{tree:?} {button:?}");
    let row = row(&harness, "hallway").rect();
    assert!(row.bottom() <= tree.bottom() + 0.5, "{row:?} is hidden by what is said of it");
    click(&mut harness, "Close the details");
    assert!(harness.query_by_label("Copy path").is_none());
    let mut harness = looked_for("target_temperature_f").harness([376.0, 780.0], Theme::Light);
    harness.run();
    let tree = harness.get_by_role_and_label(Role::Tree, TREE).rect();
    let row = harness.get_by_role_and_label(Role::TreeItem, "target_temperature_f").rect();
    assert!(tree.contains_rect(row), "{row:?} is not within {tree:?}");
}

#[test]
fn the_page_is_translated() {
    let said = |language: Language| {
        let mut bench = only_hallway(|_| {});
        bench.i18n = Localizer::new(language);
        let search = bench.i18n.text("explorer-search").into_owned();
        let mut harness = bench.shown();
        type_into(&mut harness, &search, "hvac_state");
        let of_the_document =
            |words: &String| words.contains(['_', '/']) || ["heating", "Heating"].contains(&words.as_str());
        super::languages::words(&harness).into_iter().filter(|words| !of_the_document(words)).collect::<Vec<_>>()
    };
    let english = said(Language::English);
    for language in [Language::German, Language::French, Language::Spanish] {
        let same: Vec<String> = said(language)
            .into_iter()
            .filter(|words| english.contains(words) && words.split(' ').filter(|word| word.len() > 2).count() > 1)
            .filter(|words| !["Maple Street", "Front door", "Europe/London"].contains(&words.as_str()))
            .collect();
        assert_eq!(same, [""; 0], "{language:?}");
    }
}

#[test]
fn an_unknown_home_shows_no_document() {
    let mut bench = UiFixture::on(Page::Explorer);
    bench.snapshot.shown = Arc::default();
    assert!(says(&bench.shown(), "Nothing is known yet"));
    let mut harness = UiFixture::on(Page::Overview).shown();
    press_with(&mut harness, Modifiers { ..COMMAND }, Key::E);
    assert!(harness.query_by_role_and_label(Role::Tree, TREE).is_some());
    assert_eq!(harness.state().intents, Vec::<AppIntent>::new());
}

/// For pictures: a selected line, some values that just changed, and fields of the service that the program does
/// not know.
pub(super) fn looked_for(text: &str) -> UiFixture {
    let mut bench = UiFixture::on(Page::Explorer);
    fixture::rebuild(&mut bench.snapshot, |home| {
        let hallway = home.thermostat_mut(&"hallway".into()).expect("a thermostat");
        hallway.label = Some("Up".to_owned());
        let notes = "What nobody knew of when this was written is shown as it came. ".repeat(8);
        hallway.extra.insert("notes", &serde_json::json!(notes));
        hallway.extra.insert("sensors", &serde_json::json!([{"id": 1, "celsius": 20.5}, null, []]));
    });
    let mut explorer = crate::ui::pages::ExplorerState::looking_for(text, &bench.snapshot.shown, bench.now);
    fixture::change(&mut bench.snapshot, "hallway", |t| {
        t.humidity = Some(51);
        t.ambient_temperature = crate::home::Temperature::from_celsius(21.0);
    });
    explorer.renew(&bench.snapshot.shown, bench.now);
    bench.window.explorer = explorer;
    bench
}

#[test]
fn each_row_has_code() {
    let mut harness = on(UiFixture::on(Page::Explorer), "hvac_mode");
    click(&mut harness, "As code");
    let code = harness.get_by_label("The code").value().expect("a text");
    assert!(code.contains("PUT") && code.contains("hvac_mode"), "{code}");
    // A read-only line gives a read request.
    let mut harness = on(UiFixture::on(Page::Explorer), "humidity");
    click(&mut harness, "As code");
    let code = harness.get_by_label("The code").value().expect("a text");
    assert!(code.contains("/humidity") && !code.contains("PUT"), "{code}");
}
