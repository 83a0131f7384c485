//! The state of the tray for constructed homes.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::accounts::AccountsView;
use crate::automation::Form as _;
use crate::automation::driver::AutomationView;
use crate::automation::schedule::Schedules;
use crate::engine::{AccountLabel, AccountName, Connection, Debounce, Origin, Request, Snapshot};
use crate::home::{
    AlarmState, Away, Camera, DeviceId, DeviceTree, HvacMode, HvacState, Protect, Setpoint, Structure, Temperature,
    Thermostat, Write,
};
use crate::i18n::{Language, Localizer};
use crate::platform::tray::MenuEntry;
use crate::presets::Presets;

fn hallway() -> Thermostat {
    Thermostat {
        name: Some("Hallway".to_owned()),
        structure_id: Some("home".into()),
        is_online: Some(true),
        can_heat: Some(true),
        can_cool: Some(true),
        has_fan: Some(true),
        fan_timer_duration: Some(15),
        hvac_mode: Some(HvacMode::Heat),
        hvac_state: Some(HvacState::Off),
        ambient_temperature: Temperature::from_celsius(20.5),
        target_temperature: Temperature::from_celsius(20.0),
        target_temperature_low: Temperature::from_celsius(18.0),
        target_temperature_high: Temperature::from_celsius(24.0),
        ..Thermostat::default()
    }
}

fn home(thermostat: Thermostat) -> DeviceTree {
    let mut home = DeviceTree::default();
    let structure = Structure { name: Some("Maple Street".to_owned()), away: Some(Away::Home), ..Structure::default() };
    home.structures.insert("home".into(), Arc::new(structure));
    home.thermostats.insert("t".into(), Arc::new(thermostat));
    let camera = Camera { name: Some("Front door".to_owned()), is_streaming: Some(true), ..Camera::default() };
    home.cameras.insert("c".into(), Arc::new(camera));
    home
}

fn snapshot(home: DeviceTree) -> Snapshot {
    let account = AccountLabel { name: AccountName::Own("Maple".to_owned()), place: String::new() };
    let mut snapshot = Snapshot::empty(Arc::new(account));
    snapshot.connection = Connection::Live;
    snapshot.confirmed = Arc::new(home);
    snapshot.shown = Arc::clone(&snapshot.confirmed);
    snapshot
}

fn shown(snapshot: &Snapshot, pinned: &[DeviceId]) -> TrayState<AppEvent> {
    shown_with(snapshot, &AutomationView::default(), pinned)
}

fn shown_with(snapshot: &Snapshot, automation: &AutomationView, pinned: &[DeviceId]) -> TrayState<AppEvent> {
    tray_state(TrayInput {
        snapshot: &AccountsView::of_one("maple", Arc::new(snapshot.clone())),
        automation,
        presets: &Presets::default(),
        pinned,
        scrolls: true,
        i18n: &Localizer::new(Language::English),
        now: Timestamp::UNIX_EPOCH,
        zone: &TimeZone::UTC,
    })
}

/// All entries at any depth, each with its event.
fn all(entries: &[MenuEntry<AppEvent>], into: &mut Vec<(String, Option<AppEvent>)>) {
    for entry in entries {
        match entry {
            MenuEntry::Item { label, event } | MenuEntry::Check { label, event, .. } => {
                into.push((label.clone(), event.clone()));
            }
            MenuEntry::Choice { options, .. } => into.extend(options.iter().cloned()),
            MenuEntry::Sub { label, entries } => {
                into.push((label.clone(), Some(AppEvent::Poll)));
                all(entries, into);
            }
            MenuEntry::Line => {}
        }
    }
}

fn labels(tray_state: &TrayState<AppEvent>) -> Vec<(String, Option<AppEvent>)> {
    let mut labels = Vec::new();
    all(&tray_state.menu, &mut labels);
    labels
}

fn find(tray_state: &TrayState<AppEvent>, wanted: &str) -> (String, Option<AppEvent>) {
    let labels = labels(tray_state);
    let found = labels.iter().find(|(label, _)| label == wanted);
    let found = found.or_else(|| labels.iter().find(|(label, _)| label.starts_with(wanted)));
    found.unwrap_or_else(|| panic!("no {wanted} among {labels:#?}")).clone()
}

#[test]
fn the_icon_shows_the_most_urgent_state() {
    let icon = |change: &dyn Fn(&mut Thermostat)| {
        let mut thermostat = hallway();
        change(&mut thermostat);
        shown(&snapshot(home(thermostat)), &[]).icon
    };
    assert_eq!(icon(&|_| {}), TrayIcon::Idle);
    assert_eq!(icon(&|t| t.hvac_state = Some(HvacState::Heating)), TrayIcon::Heating);
    assert_eq!(icon(&|t| t.hvac_state = Some(HvacState::Cooling)), TrayIcon::Cooling);
    assert_eq!(icon(&|t| t.hvac_mode = Some(HvacMode::Eco)), TrayIcon::Eco);
    assert_eq!(icon(&|t| t.is_online = Some(false)), TrayIcon::Offline);

    let mut heating = hallway();
    heating.hvac_state = Some(HvacState::Heating);
    let mut account = snapshot(home(heating));
    account.connection = Connection::Connecting;
    assert_eq!(shown(&account, &[]).icon, TrayIcon::Offline);
    let mut burning = (*account.shown).clone();
    let protect = Protect { smoke_alarm_state: Some(AlarmState::Warning), ..Protect::default() };
    burning.protects.insert("p".into(), Arc::new(protect));
    account.shown = Arc::new(burning);
    assert_eq!(shown(&account, &[]).icon, TrayIcon::Alarm, "nothing hides smoke");
}

#[test]
fn warmer_and_cooler_step_from_the_shown_target() {
    let account = snapshot(home(hallway()));
    let tray_state = shown(&account, &[]);
    let want =
        |write| AppEvent::Request(Request::Set { write, debounce: Debounce::Step, origin: Origin::Tray, seen: None });
    let warmer = want(Write::Target("t".into(), Setpoint::celsius(20.5)));
    assert_eq!(find(&tray_state, "Warmer").1, Some(warmer.clone()));
    assert_eq!(find(&tray_state, "Warmer").0, "Warmer, to 20.5\u{a0}°C");
    assert_eq!(tray_state.steps.as_ref().and_then(|steps| steps.up.clone()), Some(warmer));

    let mut ranged = hallway();
    ranged.hvac_mode = Some(HvacMode::HeatCool);
    let tray_state = shown(&snapshot(home(ranged)), &[]);
    let (low, high) = (Some(Setpoint::celsius(17.5)), Some(Setpoint::celsius(23.5)));
    let cooler = want(Write::Range { thermostat: "t".into(), low, high });
    assert_eq!(find(&tray_state, "Cooler").1, Some(cooler));
}

#[test]
fn blocked_entries_show_the_reason() {
    let mut hot = hallway();
    hot.target_temperature = Temperature::from_celsius(32.0);
    let tray_state = shown(&snapshot(home(hot)), &[]);
    let (label, event) = find(&tray_state, "Warmer");
    assert!(event.is_none() && label.contains("the highest is"), "{label}");
    assert_eq!(tray_state.steps.map(|steps| steps.up), Some(None), "nor does the wheel");

    let mut eco = hallway();
    eco.hvac_mode = Some(HvacMode::Eco);
    let labels = labels(&shown(&snapshot(home(eco)), &[]));
    assert!(!labels.iter().any(|(label, _)| label.starts_with("Warmer")));
    assert!(labels.iter().any(|(label, event)| label.starts_with("Eco is on") && event.is_none()), "{labels:#?}");

    let mut away = hallway();
    away.is_online = Some(false);
    for (label, event) in labels_of_thermostat(&shown(&snapshot(home(away)), &[])) {
        assert!(event.is_none() || label == "Open" || event == Some(AppEvent::Poll), "{label}: {event:?}");
    }
}

fn labels_of_thermostat(tray_state: &TrayState<AppEvent>) -> Vec<(String, Option<AppEvent>)> {
    let mut labels = Vec::new();
    let own = tray_state
        .menu
        .iter()
        .filter(|entry| matches!(entry, MenuEntry::Sub { label, .. } if label.starts_with("Hallway")));
    all(&own.cloned().collect::<Vec<_>>(), &mut labels);
    labels
}

#[test]
fn homes_cameras_and_the_program_are_in_the_menu() {
    let tray_state = shown(&snapshot(home(hallway())), &[]);
    let want = |write| {
        Some(AppEvent::Request(Request::Set { write, debounce: Debounce::Now, origin: Origin::Tray, seen: None }))
    };
    assert_eq!(find(&tray_state, "Away").1, want(Write::Away("home".into(), Away::Away)));
    assert_eq!(find(&tray_state, "Front door").1, want(Write::Streaming("c".into(), false)));
    assert_eq!(find(&tray_state, "Cool").1, want(Write::Mode("t".into(), HvacMode::Cool)));
    assert_eq!(find(&tray_state, "Nothing to undo").1, None);
    assert_eq!(find(&tray_state, "Open Setpoint").1, Some(AppEvent::Open(None)));
    assert_eq!(find(&tray_state, "Quit").1, Some(AppEvent::Quit));
    assert!(
        matches!(find(&tray_state, "30 min").1, Some(AppEvent::Request(Request::Apply { writes, .. })) if writes.len() == 2)
    );
}

#[test]
fn pins_select_and_order_existing_thermostats() {
    let mut many = home(hallway());
    for n in 0..20 {
        let thermostat = Thermostat { name: Some(format!("Room {n:02}")), ..hallway() };
        many.thermostats.insert(format!("r{n}").as_str().into(), Arc::new(thermostat));
    }
    let account = snapshot(many);
    let names = |pinned: &[DeviceId]| -> Vec<String> {
        shown(&account, pinned).lines.iter().filter_map(|line| Some(line.split_once(" 20.5")?.0.to_owned())).collect()
    };
    assert_eq!(names(&["r7".into(), "gone".into(), "t".into()]), ["Room 07", "Hallway"]);
    assert_eq!(names(&[]), ["Hallway", "Room 00", "Room 01", "Room 02", "Room 03", "Room 04"]);
}

#[test]
fn a_hold_is_begun_and_its_end_is_told() {
    use crate::automation::driver::ShownHold;
    use crate::automation::hold::Hold;
    use crate::home::HoldEnd;
    use crate::ui::intent::{AutomationIntent, HoldLength};

    let snapshot = snapshot(home(hallway()));
    let begins = AutomationIntent::HoldPresent { thermostat: "t".into(), length: HoldLength::Minutes(60) };
    let mut entries = Vec::new();
    all(&shown(&snapshot, &[]).menu, &mut entries);
    assert!(entries.contains(&("for 1 h".to_owned(), Some(AppEvent::Hold(begins)))), "{entries:?}");
    let end = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(2);
    let hold = Hold {
        thermostat: "t".into(),
        name: "Hallway".to_owned(),
        write: Write::Target("t".into(), Setpoint::celsius(20.0)),
        before: None,
        began: Timestamp::UNIX_EPOCH,
        ends: HoldEnd::At(end),
        mode: None,
        rule: None,
    };
    let shown_hold = ShownHold { hold, ends: Some(end), then: None };
    let automation = AutomationView { holds: [("t".into(), shown_hold)].into(), ..AutomationView::default() };
    let of = |state: &TrayState<AppEvent>| state.lines.clone();
    let state = shown_with(&snapshot, &automation, &[]);
    assert_eq!(of(&state), ["Hallway 20.5° → 20.0°, holding, held until 02:00"]);
    entries.clear();
    all(&state.menu, &mut entries);
    let ends = AutomationIntent::EndHold("t".into());
    assert!(entries.contains(&("Not held".to_owned(), Some(AppEvent::Hold(ends)))), "{entries:?}");
}

#[test]
fn comfort_levels_are_applied_beside_the_presets() {
    let snapshot = snapshot(home(hallway()));
    let levels = "[levels]\nSleep = { heat = 17 }\nSummer = { cool = 26 }\n";
    let schedules = Arc::new(Schedules::parse(levels).expect("levels"));
    let automation = AutomationView { schedules, ..AutomationView::default() };
    let shown = shown_with(&snapshot, &automation, &[]);
    let writes = vec![Write::Target("t".into(), Setpoint::celsius(17.0))];
    let request = Request::Apply { name: "Sleep".to_owned(), writes, origin: Origin::Tray };
    assert_eq!(find(&shown, "Sleep"), ("Sleep".to_owned(), Some(AppEvent::Request(request))));
    assert!(labels(&shown).iter().all(|(label, _)| label != "Summer"), "no thermostat has a set point for it");
}
