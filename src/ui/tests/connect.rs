//! The way to a home of one's own: the question, the forms, and what was found.

use egui::{Key, Role};
use egui_kittest::kittest::Queryable as _;

use super::{Bound, UiFixture, assert_closed, click, press, says, type_into};
use crate::accounts::settings::Account;
use crate::accounts::vault::Keep;
use crate::engine::{AccountLabel, AccountName, Connection};
use crate::home::ServiceKind;
use crate::service::{Cause, Reason};
use crate::ui::intent::{AccountIntent, AppIntent, Page};
use crate::ui::pages::SignInProgress;
use crate::ui::sign_in::SignInError;

/// The form of a service.
fn form(kind: ServiceKind) -> Bound {
    let mut harness = UiFixture::connect(kind).harness([1180.0, 2400.0], egui::Theme::Dark);
    harness.run();
    harness
}

/// Makes the account of the fixture a real one.
fn real(bench: &mut UiFixture) {
    let (id, name) = ("mill-lane".to_owned(), "Mill Lane".to_owned());
    bench.shown = vec![id.clone()];
    bench.settings.accounts.push(Account { id, name: name.clone(), url: "https://x".to_owned(), ..Account::default() });
    let label = AccountLabel { name: AccountName::Own(name), ..(*bench.snapshot.account).clone() };
    bench.snapshot.account = std::sync::Arc::new(label);
}

#[test]
fn the_simulated_home_leads_to_a_real_one() {
    for way in ["Connect your home", "Simulated home · live"] {
        let mut harness = UiFixture::on(Page::Overview).shown();
        click(&mut harness, way);
        assert_eq!(harness.state().window.page, Page::Connect, "{way}");
        assert!(says(&harness, "Which thermostat do you have?"));
        assert!(harness.query_by_label("Address").is_none(), "nothing is chosen before the answer");
    }
    // A user with accounts is led back to them.
    let mut bench = UiFixture::on(Page::Overview);
    bench.settings.accounts.push(Account { id: "mill".to_owned(), ..Account::default() });
    let mut harness = bench.shown();
    click(&mut harness, "Back to your home");
    assert_eq!(harness.state().intents, [AppIntent::OpenAccounts]);
    // A real home has no strip, and its badge leads to the accounts.
    let mut bench = UiFixture::on(Page::Overview);
    real(&mut bench);
    let mut harness = bench.shown();
    assert!(!says(&harness, "simulated"));
    click(&mut harness, "Mill Lane · live");
    assert_eq!(harness.state().window.page, Page::Settings);
}

#[test]
fn each_answer_shows_one_form() {
    for (answer, field) in [
        ("Nest Thermostat, Thermostat E, Learning Thermostat 3rd or 4th generation", "Device Access project"),
        ("Nest Learning Thermostat, 1st or 2nd generation", "Token for a proxy"),
        ("Another server", "Access token"),
    ] {
        let mut harness = UiFixture::on(Page::Connect).harness([1180.0, 2400.0], egui::Theme::Dark);
        harness.run();
        click(&mut harness, answer);
        assert!(says(&harness, field), "{answer}");
        click(&mut harness, "Another thermostat");
        assert!(says(&harness, "Which thermostat do you have?"));
    }
}

#[test]
fn enter_submits_or_moves_to_what_is_missing() {
    let mut harness = form(ServiceKind::WorksWithNest);
    type_into(&mut harness, "Address", "https://nest.example");
    press(&mut harness, Key::Enter);
    assert!(harness.get_by_role_and_label(Role::PasswordInput, "Access token").is_focused());
    assert!(says(&harness, "Type the token first"));
    harness.event(egui::Event::Text("c.abc".to_owned()));
    harness.run();
    assert!(!says(&harness, "Type the token first"), "the sentence goes once it is typed");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().intents, [AppIntent::SignIn]);
}

#[test]
fn an_error_stands_beside_its_field_until_the_field_is_mended() {
    let mut harness = form(ServiceKind::NoLongerEvil);
    type_into(&mut harness, "Address", "foo bar");
    assert!(!says(&harness, "foo bar"), "not while it is typed");
    press(&mut harness, Key::Tab);
    assert!(says(&harness, "is no address") || says(&harness, "foo bar"));
    harness.state_mut().window.form.url = "http://127.0.0.1:9".to_owned();
    let why = Reason::Unreachable { host: "127.0.0.1".to_owned(), cause: Cause::Refused };
    harness.state_mut().window.progress = SignInProgress::Failed(SignInError::Service(why));
    harness.run();
    assert!(says(&harness, "127.0.0.1 cannot be reached"));
    type_into(&mut harness, "Address", "0");
    assert_eq!(harness.state().window.progress, SignInProgress::Idle);
    assert!(!says(&harness, "cannot be reached"));
    // The server of the vendor is never right.
    let mut harness = form(ServiceKind::WorksWithNest);
    harness.state_mut().window.form.url = "https://developer-api.nest.com/".to_owned();
    harness.state_mut().window.form.token = "c.abc".to_owned();
    harness.run();
    assert_closed(&mut harness, "Sign in with the token", "switched this server off in 2023");
    // Nor does Enter in the field submit it.
    harness.get_by_role_and_label(Role::TextInput, "Address").focus();
    harness.run();
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().intents, []);
}

#[test]
fn after_the_sign_in_the_page_says_what_was_found() {
    let mut bench = UiFixture::on(Page::Connect);
    real(&mut bench);
    bench.window.progress = SignInProgress::Done("mill-lane".to_owned());
    let connection = std::mem::replace(&mut bench.snapshot.connection, Connection::Connecting);
    let mut harness = bench.shown();
    assert!(says(&harness, "Reading your home"));
    harness.state_mut().snapshot.connection = connection;
    harness.run();
    assert!(says(&harness, "Your home is here") && says(&harness, "Maple Street"));
    assert!(says(&harness, "thermostats, ") && says(&harness, "Protects"));
    click(&mut harness, "Show my home");
    assert_eq!(harness.state().window.page, Page::Overview);
    assert_eq!(harness.state().window.progress, SignInProgress::Idle);
}

#[test]
fn a_refused_account_is_signed_in_to_again_with_its_data() {
    let mut bench = UiFixture::on(Page::Overview);
    real(&mut bench);
    bench.snapshot.connection = Connection::SignedOut { why: Reason::TokenRefused { said: None } };
    let mut harness = bench.shown();
    click(&mut harness, "Sign in again");
    assert_eq!(harness.state().intents, [AppIntent::Account("mill-lane".to_owned(), AccountIntent::Edit)]);
}

#[test]
fn signing_in_needs_its_fields() {
    let mut harness = form(ServiceKind::WorksWithNest);
    assert_closed(&mut harness, "Sign in with the token", "Type the address first");
    type_into(&mut harness, "Address", "https://nest.example");
    assert_closed(&mut harness, "Sign in with the token", "Type the token first");
    click(&mut harness, "Keep the token: Only while Setpoint runs");
    assert_eq!(harness.state().window.form.keep, Keep::Memory);
    harness.state_mut().window.form.token = "c.abc".to_owned();
    harness.run();
    click(&mut harness, "Sign in with the token");
    assert_eq!(harness.state().intents, [AppIntent::SignIn]);
    harness.state_mut().window.progress = SignInProgress::WaitingForService;
    harness.run();
    assert_closed(&mut harness, "Sign in with the token", "A sign-in is under way");
    harness.state_mut().window.progress =
        SignInProgress::Failed(SignInError::Service(Reason::TokenRefused { said: None }));
    harness.run();
    assert!(says(&harness, "The service does not accept the token"));
}

#[test]
fn other_sign_ins_need_a_client() {
    let mut harness = form(ServiceKind::WorksWithNest);
    harness.state_mut().window.form.url = "https://nest.example".to_owned();
    click(&mut harness, "Sign in with a PIN or in the browser");
    assert_closed(&mut harness, "Sign in in the browser", "Type the token address and the client ID first");
    type_into(&mut harness, "Token address", "https://nest.example/token");
    type_into(&mut harness, "Client ID", "me");
    click(&mut harness, "Sign in in the browser");
    assert_eq!(harness.state().intents, [AppIntent::SignInByBrowser]);
    harness.state_mut().window.form.pin = "1234".to_owned();
    harness.run();
    assert!(harness.query_by_label("Sign in with the PIN").is_some());
}

#[test]
fn a_server_without_tokens_is_added_with_a_warning() {
    let mut harness = form(ServiceKind::NoLongerEvil);
    assert!(says(&harness, "This server has no sign-in"));
    assert!(harness.query_by_label("Access token").is_none());
    assert_closed(&mut harness, "Add this server", "Type the address first");
    type_into(&mut harness, "Address", "http://192.168.1.10:8082");
    click(&mut harness, "Add this server");
    assert_eq!(harness.state().intents, [AppIntent::SignIn]);
    assert_eq!(harness.state().window.form.kind, Some(ServiceKind::NoLongerEvil));
    // The choice of the token's place appears once there is a token for a proxy.
    assert!(harness.query_by_label("Keep the token: Only while Setpoint runs").is_none());
    harness.state_mut().window.form.token = "let-me-in".to_owned();
    harness.run();
    assert!(harness.query_by_label("Keep the token: Only while Setpoint runs").is_some());
}

#[test]
fn the_hosted_server_is_recognized_and_needs_a_key() {
    let mut harness = form(ServiceKind::NoLongerEvil);
    type_into(&mut harness, "Address", "https://nolongerevil.com");
    assert!(!says(&harness, "This server has no sign-in"));
    assert!(says(&harness, "Setpoint knows it from its documentation only"));
    assert_closed(&mut harness, "Add this server", "Type the key first");
    assert!(harness.query_by_label("Keep the token: Only while Setpoint runs").is_some());
    assert!(says(&harness, "Key of your account there"));
    harness.state_mut().window.form.token = "nle_0123".to_owned();
    harness.run();
    click(&mut harness, "Add this server");
    assert_eq!(harness.state().intents, [AppIntent::SignIn]);
}

#[test]
fn the_answers_stand_beside_each_other_in_a_wide_window() {
    for width in [1000.0, 1180.0, 1181.0, 1183.0, 1900.0] {
        let mut harness = UiFixture::on(Page::Connect).harness([width, 820.0], egui::Theme::Light);
        harness.run();
        let top = |name: &str| harness.get_by_role_and_label(Role::Button, name).rect().top();
        let google = "Nest Thermostat, Thermostat E, Learning Thermostat 3rd or 4th generation";
        assert_eq!(top(google), top("Another server"), "{width}");
    }
}
