//! The text of a control while its write is pending, and the reason while it is blocked.

use egui_kittest::kittest::Queryable as _;

use super::{UiFixture, fixture};
use crate::accounts::settings;
use crate::engine::{Connection, EngineNotice, EngineWarning, FailureCause, Phase, Request, WaitReason};
use crate::files::FileError;
use crate::home::{HvacMode, Setpoint, Write};
use crate::service::Reason;
use crate::ui::intent::{AppIntent, Page};

fn wish() -> Write {
    Write::Target("hallway".into(), Setpoint::celsius(23.0))
}

fn with(phase: Phase) -> UiFixture {
    let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
    fixture::pending(&mut bench.snapshot, wish(), phase);
    bench
}

#[test]
fn every_phase_has_a_text() {
    let until = Some(fixture::now());
    let expires = fixture::now();
    let waiting = |hold| Phase::Waiting { reason: hold, until, expires };
    for (phase, words) in [
        (waiting(WaitReason::Settling), "sends in a moment"),
        (waiting(WaitReason::Offline), "is queued, kept until 14:32"),
        (waiting(WaitReason::RateLimited), "waits for the rate limit until 14:32:00"),
        (waiting(WaitReason::ServiceAsks), "waits until 14:32:00, as the service asks"),
        (waiting(WaitReason::SignIn), "waits until you sign in"),
        (Phase::Sending, "Sending 23.0\u{a0}°C…"),
        (Phase::Confirming, "accepted, waiting for the device"),
        (
            Phase::Conflict { theirs: Write::Target("hallway".into(), Setpoint::celsius(18.0)) },
            "Changed elsewhere to 18.0\u{a0}°C; you asked for 23.0\u{a0}°C",
        ),
        (
            Phase::Failed { why: FailureCause::Refused(Reason::service_text("Thermostat is not online")), at: expires },
            "was not set at 14:32: Thermostat is",
        ),
    ] {
        let harness = with(phase.clone()).shown();
        assert!(harness.query_by_label_contains(words).is_some(), "{phase:?} does not say {words:?}");
    }
}

#[test]
fn each_phase_offers_its_actions() {
    let expires = fixture::now();
    let slot = wish().slot();
    let waiting = Phase::Waiting { reason: WaitReason::Offline, until: None, expires };
    let settling = Phase::Waiting { reason: WaitReason::Settling, until: None, expires };
    let conflict = Phase::Conflict { theirs: Write::Target("hallway".into(), Setpoint::celsius(18.0)) };
    let failed = Phase::Failed { why: FailureCause::Refused(Reason::service_text("no")), at: expires };
    for (phase, button, request) in [
        (waiting, "Cancel, Target temperature", Request::Discard(slot.clone())),
        (settling, "Send now, Target temperature", Request::SendNow(slot.clone())),
        (conflict.clone(), "Keep mine, Target temperature", Request::KeepMine(slot.clone())),
        (conflict, "Take theirs, Target temperature", Request::TakeTheirs(slot.clone())),
        (failed.clone(), "Retry, Target temperature", Request::Retry(slot.clone())),
        (failed, "Dismiss, Target temperature", Request::Discard(slot.clone())),
    ] {
        let mut harness = with(phase).shown();
        harness.get_by_label(button).click();
        harness.run();
        assert_eq!(harness.state().intents, [AppIntent::Engine(request)], "{button}");
    }
}

#[test]
fn a_write_that_would_be_refused_again_has_no_retry() {
    let retry = |celsius: f64, is_online: bool| {
        let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
        fixture::change(&mut bench.snapshot, "hallway", |t| t.is_online = Some(is_online));
        let wish = Write::Target("hallway".into(), Setpoint::celsius(celsius));
        let why = FailureCause::Refused(crate::service::Reason::service_text("no"));
        fixture::pending(&mut bench.snapshot, wish, Phase::Failed { why, at: fixture::now() });
        let harness = bench.shown();
        assert!(harness.query_by_label("Dismiss, Target temperature").is_some());
        harness.query_by_label("Retry, Target temperature").is_some()
    };
    assert!(retry(23.0, true));
    assert!(!retry(40.0, true), "too high today and tomorrow");
    assert!(!retry(23.0, false), "not while the device is offline");
}

#[test]
fn a_failure_on_a_card_names_the_field() {
    let mut bench = with(Phase::Failed {
        why: FailureCause::Refused(crate::service::Reason::service_text("It is asleep")),
        at: fixture::now(),
    });
    bench.window.page = Page::Overview;
    let harness = bench.shown();
    assert!(harness.query_by_label("It is asleep").is_some(), "the reason alone");
    assert!(harness.query_by_label("Dismiss, Target temperature").is_some());
}

#[test]
fn enter_sends_at_once_and_escape_discards() {
    let settling = || Phase::Waiting { reason: WaitReason::Settling, until: None, expires: fixture::now() };
    let slot = wish().slot();
    for (key, request) in
        [(egui::Key::Enter, Request::SendNow(slot.clone())), (egui::Key::Escape, Request::Discard(slot.clone()))]
    {
        let mut harness = with(settling()).shown();
        harness.get_by_role_and_label(egui::Role::Slider, "Hallway target temperature").focus();
        harness.run();
        harness.key_press(key);
        harness.run();
        assert_eq!(harness.state().intents, [AppIntent::Engine(request)], "{key:?}");
    }
}

#[test]
fn a_blocked_control_shows_the_reason() {
    type Change = fn(&mut crate::home::Thermostat);
    let cases: [(Change, &str); 5] = [
        (|t| t.is_online = Some(false), "The device is offline"),
        (|t| t.hvac_mode = Some(HvacMode::Eco), "Eco is on and keeps its own limits"),
        (|t| t.hvac_mode = Some(HvacMode::Off), "The thermostat is off"),
        (|t| t.is_using_emergency_heat = Some(true), "Emergency heat is on"),
        (|t| t.hvac_mode = Some(HvacMode::Other("new".into())), "unknown to this program"),
    ];
    for (change, words) in cases {
        let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
        fixture::change(&mut bench.snapshot, "hallway", change);
        let harness = bench.shown();
        assert!(harness.query_all_by_label_contains(words).next().is_some(), "nothing says {words:?}");
    }
}

#[test]
fn the_badge_names_service_and_connection() {
    let since = fixture::now();
    let why = Reason::NoAnswer;
    for (connection, words) in [
        (Connection::Live, "Simulated home · live"),
        (Connection::Connecting, "Simulated home · connecting…"),
        (Connection::Stale { since }, "Simulated home · silent since 14:32"),
        (
            Connection::Reconnecting { since, retry_at: Some(since), why: Some(why.clone()) },
            "Simulated home · offline since 14:32, next try at 14:32:00",
        ),
        (Connection::SignedOut { why }, "Simulated home · signed out"),
        (Connection::Closed, "Simulated home · not open"),
    ] {
        let mut bench = UiFixture::on(Page::Overview);
        bench.snapshot.connection = connection;
        let harness = bench.shown();
        assert!(harness.query_by_label(words).is_some(), "nothing says {words:?}");
    }
}

#[test]
fn notices_are_shown_and_dismissed() {
    let mut bench = UiFixture::on(Page::Overview);
    let warning = EngineWarning::JournalNotSaved(FileError::Full);
    let text = bench.i18n.localize(&warning);
    bench.snapshot.notices = std::sync::Arc::new(vec![EngineNotice { id: 7, warning }]);
    bench.notices.push(crate::ui::Notice::Settings(settings::SettingsWarning::Newer));
    let mut harness = bench.shown();
    assert!(harness.query_by_label(&text).is_some());
    assert!(harness.query_all_by_label_contains("newer version").next().is_some());
    harness.get_by_label(&format!("Dismiss: {text}")).click();
    harness.run();
    assert_eq!(harness.state().intents, [AppIntent::DismissWarning(fixture::entry(7))]);
}

#[test]
fn an_empty_account_and_an_unreachable_service_are_distinguished() {
    let mut bench = UiFixture::on(Page::Overview);
    bench.snapshot.shown = std::sync::Arc::default();
    assert!(bench.shown().query_by_label("This account has no devices").is_some());
    let mut bench = UiFixture::on(Page::Overview);
    bench.snapshot.shown = std::sync::Arc::default();
    bench.snapshot.connection = Connection::Connecting;
    assert!(bench.shown().query_by_label("Waiting for the service…").is_some());
}

#[test]
fn the_activity_lists_changes_and_undoes_ours() {
    let mut harness = UiFixture::on(Page::Activity).shown();
    assert!(harness.query_by_label_contains("Thermostat is not online").is_some());
    harness.get_by_label_contains("Undo Hallway: ").click();
    harness.run();
    assert_eq!(harness.state().intents, [fixture::undo(3)]);
}

#[test]
fn ten_thousand_devices_build_only_visible_cards() {
    let mut bench = UiFixture::on(Page::Overview);
    let mut home = (*bench.snapshot.shown).clone();
    let one = home.thermostats.values().next().cloned().expect("a thermostat");
    for index in 0..10_000 {
        home.thermostats.insert(format!("more-{index}").into(), std::sync::Arc::clone(&one));
    }
    bench.snapshot.shown = std::sync::Arc::new(home);
    let harness = bench.shown();
    // A reader hears of all devices; the controls of a card are only there if it is drawn.
    assert_eq!(harness.query_all_by_label_contains(", thermostat").count(), 10_003);
    let cards = harness.query_all_by_label_contains("Warmer, ").count();
    assert!(cards > 3 && cards < 60, "{cards} cards were built");
}
