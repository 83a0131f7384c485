//! Requests as code: from the log of changes, presets and the typed value; in every language, copied unchanged,
//! and without a token.

use egui::{Key, OutputCommand, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, UiFixture, assert_closed, click, fixture, press, press_with, says};
use crate::accounts::settings::Account;
use crate::home::{Setpoint, Write};
use crate::http::Method;
use crate::i18n::{self, Localizer};
use crate::platform::terminal::Script;
use crate::snippet::{Call, CodeLanguage, TokenFrom, snippet};
use crate::ui::intent::{AppIntent, CodeRequest, OtherApi, Page, Preference, UiIntent};
use crate::ui::view::Draft;
use crate::wwn::wire;

pub(super) fn hallway() -> Page {
    Page::Thermostat("hallway".into())
}

pub(super) fn home() -> Page {
    Page::Structure("s".into())
}

/// Opens the dialog with a request as code.
fn showing(mut bench: UiFixture, request: CodeRequest) -> Bound {
    bench.window.queued_intents.push(UiIntent::AsCode(request).into());
    bench.shown()
}

pub(super) fn target() -> Write {
    Write::Target("hallway".into(), Setpoint::celsius(21.5))
}

fn of(write: &Write) -> CodeRequest {
    CodeRequest::of_write(write, None)
}

/// The shown code.
pub(super) fn code(harness: &Bound) -> String {
    harness.get_by_label("The code").value().expect("a text")
}

/// The expected code of a write at an address.
pub(super) fn wanted(language: CodeLanguage, base: &str, write: &Write) -> String {
    let request = wire::request(write);
    let call = Call::new(base, Method::Put, &request.path, Some(request.body), TokenFrom::default());
    snippet(language, &call.expect("a call"))
}

pub(super) const PLACEHOLDER: &str = "https://server.example/";

#[test]
fn code_uses_the_typed_value_or_shows_why_there_is_none() {
    let mut bench = UiFixture::on(hallway());
    let slot = Write::Label("hallway".into(), String::new()).slot();
    bench.window.drafts.keep(slot, Draft::Text("Kate's Room".to_owned()));
    let mut harness = bench.shown();
    harness.get_by_role_and_label(Role::TextInput, "Label").click_secondary();
    harness.run();
    click(&mut harness, "Show as code: Label");
    assert!(code(&harness).contains(r#"{"label":"Kate'\''s Room"}"#), "{}", code(&harness));

    let mut bench = UiFixture::on(hallway());
    fixture::change(&mut bench.snapshot, "hallway", |t| t.fan_timer_active = None);
    let mut harness = bench.shown();
    harness.get_by_role_and_label(Role::Switch, "Fan").click_secondary();
    harness.run();
    assert_closed(&mut harness, "Show as code: Fan", "There is no value to write just now");
}

#[test]
fn a_change_of_the_activity_is_shown_as_code() {
    let change = "Show as code: Hallway: 20.0\u{a0}°C → 21.5\u{a0}°C";
    let mut harness = UiFixture::on(Page::Activity).shown();
    click(&mut harness, change);
    assert_eq!(code(&harness), wanted(CodeLanguage::Curl, PLACEHOLDER, &target()));
    press(&mut harness, Key::Escape);
    // The context menu of the line works as well.
    harness.get_by_label("Hallway: 20.0\u{a0}°C → 21.5\u{a0}°C").click_secondary();
    harness.run();
    harness.get_all_by_label(change).last().expect("an entry").click();
    harness.run();
    assert_eq!(code(&harness), wanted(CodeLanguage::Curl, PLACEHOLDER, &target()));

    let mut bench = UiFixture::on(Page::Activity);
    let mut records = (*bench.snapshot.journal).clone();
    records.truncate(1);
    for record in &mut records {
        record.write = None;
    }
    bench.snapshot.journal = std::sync::Arc::new(records);
    let mut harness = bench.shown();
    harness.get_all_by_label_contains("Hallway: ").next().expect("a line").click_secondary();
    harness.run();
    let entry = harness.get_by_label_contains("Show as code: ").accesskit_node().label().expect("a name");
    assert_closed(&mut harness, &entry, "changed elsewhere");
}

#[test]
fn every_value_of_a_preset_is_shown_as_code() {
    let mut harness = UiFixture::on(Page::Presets).shown();
    harness.get_by_label("Night").click_secondary();
    harness.run();
    click(&mut harness, "Show as code: Hallway · Target temperature");
    assert!(code(&harness).contains(r#"{"target_temperature_c":17.0}"#));
}

#[test]
fn every_language_can_be_chosen_and_copied() {
    let mut harness = showing(UiFixture::on(hallway()), of(&target()));
    let mut last = CodeLanguage::Curl;
    for language in CodeLanguage::ALL {
        if language != last {
            click(&mut harness, &format!("Programming language: {}", last.title()));
            harness.get_all_by_label(language.title()).last().expect("an entry").click();
            harness.run();
            let chosen = AppIntent::Prefer(Preference::CodeLanguage(language));
            assert_eq!(harness.state().intents.last(), Some(&chosen));
            last = language;
        }
        let wanted = wanted(language, PLACEHOLDER, &target());
        assert_eq!(code(&harness), wanted, "{language:?}");
        // The copy command exists for one frame only.
        let copied = copied(&mut harness, "Copy");
        assert_eq!(copied, [wanted], "{language:?}");
        let said = format!("The code was copied ({})", language.title());
        assert!(harness.query_by_role_and_label(Role::Alert, &said).is_some(), "{said}");
        let names_it = language == CodeLanguage::Page || copied.iter().all(|code| code.contains("SETPOINT_TOKEN"));
        assert!(names_it, "{language:?} reads the token from the environment");
    }
}

fn copied(harness: &mut Bound, button: &str) -> Vec<String> {
    harness.get_by_label(button).click();
    let mut copied = Vec::new();
    for _ in 0..6 {
        harness.step();
        copied.extend(
            harness.output().platform_output.commands.iter().filter_map(|command| {
                if let OutputCommand::CopyText(text) = command { Some(text.clone()) } else { None }
            }),
        );
    }
    copied
}

#[test]
fn the_last_language_is_remembered_and_copy_has_the_focus() {
    let mut bench = UiFixture::on(hallway());
    bench.settings.code_language = Some("go".to_owned());
    let mut harness = showing(bench, of(&target()));
    assert_eq!(code(&harness), wanted(CodeLanguage::Go, PLACEHOLDER, &target()));
    assert!(harness.get_by_label("Copy").is_focused());
    // Enter copies at once and has no other effect.
    press(&mut harness, Key::Enter);
    assert!(says(&harness, "The code was copied (Go)"));
    click(&mut harness, "Close");
    assert!(harness.query_by_label("The code").is_none());

    let mut bench = UiFixture::on(hallway());
    bench.settings.code_language = Some("cobol".to_owned());
    assert_eq!(code(&showing(bench, of(&target()))), wanted(CodeLanguage::Curl, PLACEHOLDER, &target()));
}

#[test]
fn code_uses_the_account_of_the_device() {
    let shown = |bench: UiFixture, account: Option<&str>| {
        showing(bench, CodeRequest::of_write(&target(), account.map(str::to_owned)))
    };
    let harness = shown(UiFixture::on_several(Page::Overview), Some("mill"));
    assert_eq!(code(&harness), wanted(CodeLanguage::Curl, "https://home.example.org/", &target()));
    assert!(!says(&harness, "another API"));
    for other in ["cottage", "google"] {
        let harness = shown(UiFixture::on_several(Page::Overview), Some(other));
        assert_eq!(code(&harness), wanted(CodeLanguage::Curl, PLACEHOLDER, &target()));
        assert!(says(&harness, "“setpoint serve” is the bridge to it") && says(&harness, PLACEHOLDER), "{other}");
    }
    let harness = shown(UiFixture::on(hallway()), None);
    assert!(says(&harness, "“setpoint simulate” serves one like it"));
    let mut bench = UiFixture::on(hallway());
    (bench.shown, bench.environment_url) = (vec!["environment".to_owned()], Some("http://127.0.0.1:9553".to_owned()));
    assert_eq!(code(&shown(bench, None)), wanted(CodeLanguage::Curl, "http://127.0.0.1:9553", &target()));

    // The request of the menu carries the account of the device.
    let mut bench = UiFixture::on_several(Page::Thermostat("attic".into()));
    bench.settings.developer = Some(true);
    let mut harness = bench.shown();
    harness.get_by_label("Mode: Eco").click_secondary();
    harness.run();
    click(&mut harness, "Show as code: Mode");
    assert!(says(&harness, "another API"));
}

#[test]
fn a_terminal_gets_only_shell_code() {
    let mut harness = showing(UiFixture::on(hallway()), of(&target()));
    click(&mut harness, "Open in a terminal");
    let script = Script {
        file_name: "snippet.sh",
        runs_with: "sh",
        text: wanted(CodeLanguage::Curl, PLACEHOLDER, &target()),
        hint: "To run it, with the token in SETPOINT_TOKEN:".to_owned(),
    };
    assert_eq!(harness.state().intents, [AppIntent::InTerminal(script)]);

    let mut bench = UiFixture::on(hallway());
    bench.has_terminal = false;
    let mut harness = showing(bench, of(&target()));
    assert_closed(&mut harness, "Open in a terminal", "No terminal was found");
    let mut bench = UiFixture::on(hallway());
    bench.settings.code_language = Some("java".to_owned());
    let mut harness = showing(bench, of(&target()));
    assert_closed(&mut harness, "Open in a terminal", "Only code for a shell");
}

#[test]
fn missing_code_shows_the_reason_and_blocks_the_buttons() {
    let request = CodeRequest {
        method: Method::Get,
        path: "/../..//x".to_owned(),
        body: Some(1.into()),
        account: None,
        other_api: None,
    };
    let mut harness = showing(UiFixture::on(hallway()), request);
    assert!(harness.query_by_label("The code").is_none());
    assert_closed(&mut harness, "Copy", "This is no request");
    assert_closed(&mut harness, "Open in a terminal", "This is no request");
}

/// A command of Google Device Access, raw or not.
pub(super) fn to_google(is_raw: bool) -> CodeRequest {
    CodeRequest {
        method: Method::Post,
        path: "/enterprises/p/devices/d:executeCommand".to_owned(),
        body: Some(serde_json::json!({"command": "sdm.devices.commands.Fan.SetTimer"})),
        account: Some("g".to_owned()),
        other_api: Some(OtherApi { address: "https://smartdevicemanagement.googleapis.com/v1".to_owned(), is_raw }),
    }
}

/// A window with an account at Google.
pub(super) fn at_google(language: CodeLanguage) -> UiFixture {
    let mut bench = UiFixture::on(hallway());
    bench.settings.code_language = Some(language.word().to_owned());
    let account = Account { id: "g".to_owned(), name: "The mill".to_owned(), ..Account::default() };
    let kind = crate::home::ServiceKind::DeviceAccess;
    bench.settings.accounts.push(Account { kind, has_token: true, ..account });
    bench.shown = vec!["g".to_owned()];
    bench
}

/// A request of another API goes to that API.
#[test]
fn a_request_of_another_service_is_code_for_that_service() {
    let harness = showing(at_google(CodeLanguage::Curl), to_google(false));
    let code = code(&harness);
    assert!(
        code.contains("https://smartdevicemanagement.googleapis.com/v1/enterprises/p/devices/d:executeCommand"),
        "{code}"
    );
}

/// The program's own command takes address and token from the account of another service.
#[test]
fn the_command_reaches_an_account_of_another_service_by_its_name() {
    let (path, body) =
        ("/enterprises/p/devices/d:executeCommand", r#"{"command":"sdm.devices.commands.Fan.SetTimer"}"#);
    for (is_raw, raw) in [(false, ""), (true, " --raw")] {
        let mut harness = showing(at_google(CodeLanguage::Setpoint), to_google(is_raw));
        let wanted = format!("#!/bin/sh\nset -eu\nsetpoint --account='The mill' request{raw} POST {path} '{body}'\n");
        assert_eq!(code(&harness), wanted);
        assert!(harness.query_by_label_contains("SETPOINT_TOKEN").is_none(), "no token is asked for");
        harness.get_by_label("The command takes address and token of the account “The mill” from the program.");
        click(&mut harness, "Open in a terminal");
        let [AppIntent::InTerminal(script)] = harness.state().intents.as_slice() else { panic!("a script") };
        assert_eq!((script.text.as_str(), script.hint.as_str()), (wanted.as_str(), "To run it:"));
    }
    let harness = showing(at_google(CodeLanguage::Setpoint), of(&target()));
    assert!(code(&harness).contains("setpoint --account='The mill' set hallway target 21.5C"), "{}", code(&harness));
    assert!(harness.query_by_label_contains("setpoint serve").is_none(), "no bridge is needed");
}

#[test]
fn the_dialog_contains_no_token() {
    const TOKEN: &str = "c.secret0secret";
    for kind in [crate::home::ServiceKind::WorksWithNest, crate::home::ServiceKind::NoLongerEvil] {
        let mut bench = UiFixture::on(hallway());
        bench.window.form.token = TOKEN.to_owned();
        let (id, url) = ("mill".to_owned(), "https://home.example.org".to_owned());
        bench.settings.accounts.push(Account { id, kind, url, has_token: true, ..Account::default() });
        bench.shown = vec!["mill".to_owned()];
        let mut harness = showing(bench, of(&target()));
        let all: Vec<String> = harness
            .query_all_by(|_| true)
            .filter_map(|node| node.value().or_else(|| node.accesskit_node().label()))
            .collect();
        assert!(all.iter().any(|text| text.contains("SETPOINT_TOKEN")));
        assert!(!all.iter().any(|text| text.contains(TOKEN) || text.contains("c.secret")));
        assert!(!copied(&mut harness, "Copy").concat().contains("c.secret"));
    }
}

#[test]
fn window_keys_are_ignored_behind_the_dialog() {
    let mut harness = showing(UiFixture::on(hallway()), of(&target()));
    press_with(&mut harness, super::COMMAND, Key::Num2);
    press_with(&mut harness, super::COMMAND, Key::Z);
    assert_eq!(harness.state().window.page, hallway());
    assert_eq!(harness.state().intents, []);
}

#[test]
fn the_dialog_is_translated() {
    let mut bench = UiFixture::on(hallway());
    bench.i18n = Localizer::new(i18n::Language::German);
    let mut harness = bench.shown();
    harness.get_by_role_and_label(Role::Switch, "Lüfter").click_secondary();
    harness.run();
    click(&mut harness, "Als Code zeigen: Lüfter");
    assert!(harness.query_by_label("Kopieren").is_some() && says(&harness, "Das Token steht nicht im Code"));
}

#[test]
fn curl_is_shown_as_one_line_above_the_script() {
    let mut harness = showing(UiFixture::on(hallway()), of(&Write::Label("hallway".into(), "Kate's room".to_owned())));
    let line = r#"curl -X PUT -H "Authorization: Bearer $SETPOINT_TOKEN" -H 'Content-Type: application/json' "#
        .to_owned()
        + r#"--data-raw '{"label":"Kate'\''s room"}' 'https://server.example/devices/thermostats/hallway'"#;
    assert!(says(&harness, &line), "{line}");
    assert_eq!(copied(&mut harness, "Copy the line"), [line]);
}
