//! The whole application on the simulated home, without a window: it opens, shows, writes, signs
//! in and out.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

mod device_schedule;
mod shared_files;

use crate::support;
use setpoint::http::RawRequest;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use setpoint::accounts::session::{AccountFilter, AccountSource};
use setpoint::accounts::settings::{Account, Places, Settings};
use setpoint::accounts::vault::{MemoryStore, SecretStore, Vault};
use setpoint::app::{App, AppChannels, AppSetup, MainWindow};
use setpoint::clock::SystemClock;
use setpoint::engine::Connection;
use setpoint::home::{Away, DeviceId, DeviceTree, HvacMode, Node, ServiceKind, Setpoint, Write};
use setpoint::platform::autostart::Autostart;
use setpoint::presets::{Presets, PresetsFile};
use setpoint::requests::HistoryFile;
use setpoint::sdm::SdmSecret;
use setpoint::simulator::Options;
use setpoint::ui::Page;
use support::sdm::{CLIENT, CLIENT_SECRET, PROJECT, REFRESH, SUBSCRIPTION};
use tempfile::TempDir;
use tokio::runtime::Runtime;

struct Desk {
    runtime: Runtime,
    folder: TempDir,
    store: Arc<MemoryStore>,
}

impl Desk {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        Self {
            runtime: runtime.expect("a runtime"),
            folder: tempfile::tempdir().expect("a folder"),
            store: Arc::default(),
        }
    }

    fn places(&self) -> Places {
        Places { config: self.folder.path().join("config"), data: self.folder.path().join("data") }
    }

    fn app(&self, choice: AccountSource) -> Harness<'static, MainWindow<App>> {
        self.app_on(AccountFilter::only(choice))
    }

    fn app_on(&self, selection: AccountFilter) -> Harness<'static, MainWindow<App>> {
        let mut settings = Settings::load(&self.places().settings()).settings;
        // The language must not depend on the environment of the tests.
        settings.language = Some("en".to_owned());
        let setup = AppSetup {
            runtime: self.runtime.handle().clone(),
            selection,
            settings,
            notices: Vec::new(),
            places: Some(self.places()),
            vault: Vault::on(Arc::clone(&self.store) as Arc<_>),
            clock: SystemClock::shared(),
            zone: jiff::tz::TimeZone::UTC,
            channels: AppChannels::new(),
            autostart: Autostart::in_folder(&self.folder.path().join("autostart"), Path::new("/usr/bin/setpoint")),
            clips: setpoint::media::Clips::Here,
        };
        Harness::builder()
            .with_size([1180.0, 1400.0])
            .with_max_steps(30)
            .build_eframe(|cc| MainWindow::new(&cc.egui_ctx, App::new(setup)))
    }
}

/// Draws frames until the condition holds, for a bounded time.
fn until(
    harness: &mut Harness<'_, MainWindow<App>>,
    what: &str,
    mut seen: impl FnMut(&Harness<'_, MainWindow<App>>) -> bool,
) {
    let started = Instant::now();
    loop {
        harness.run_ok();
        if seen(harness) {
            return;
        }
        assert!(started.elapsed() < support::PATIENCE, "{what} did not happen within {:?}", support::PATIENCE);
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn confirmed(harness: &Harness<'_, MainWindow<App>>) -> Option<Arc<DeviceTree>> {
    let app = harness.state().app();
    app.accounts().is_open().then(|| Arc::clone(&app.snapshot().confirmed))
}

fn is_live(harness: &Harness<'_, MainWindow<App>>) -> bool {
    harness.state().app().snapshot().connection == Connection::Live
}

#[test]
fn without_an_account_the_simulated_home_opens_and_a_slider_reaches_it() {
    let desk = Desk::new();
    let mut harness = desk.app(AccountSource::Simulated);
    until(&mut harness, "the home", |harness| harness.query_by_label("Hallway, thermostat").is_some());
    assert!(harness.query_by_label("Simulated home · live").is_some());
    harness.get_by_label("Hallway, thermostat").click();
    harness.run_ok();
    harness.get_by_role_and_label(egui::Role::Slider, "Hallway target temperature").set_value_accesskit(24.0);
    let home = confirmed(&harness).expect("a home");
    let found = home.thermostats.iter().find(|(_, t)| t.name.as_deref() == Some("Hallway"));
    let id = found.map(|(id, _)| id.clone()).expect("the hallway");
    let write = Write::Target(id, Setpoint::celsius(24.0));
    until(&mut harness, "the write", |harness| confirmed(harness).is_some_and(|home| write.is_shown_by(&home)));
}

#[test]
fn signing_in_by_token_opens_the_account_and_signing_out_forgets_it() {
    let desk = Desk::new();
    let simulation = desk.runtime.block_on(support::simulation(Options { seed: 9, ..Options::default() }));
    let mut harness = desk.app(AccountSource::Simulated);
    until(&mut harness, "the simulated home", is_live);
    choose_other_server(&mut harness);
    for (field, text) in
        [("Address", simulation.url().as_str()), ("What to call it", "Mill Lane"), ("Access token", simulation.token())]
    {
        harness.get_by_role_and_label(role_of(field), field).focus();
        harness.run_ok();
        harness.get_by_role_and_label(role_of(field), field).type_text(text);
        harness.run_ok();
    }
    harness.get_by_label("Sign in with the token").click();
    until(&mut harness, "the account", |harness| harness.query_by_label("Mill Lane · live").is_some());
    let saved = std::fs::read_to_string(desk.places().settings()).expect("settings");
    assert!(saved.contains("Mill Lane") && !saved.contains(simulation.token()), "{saved}");
    let account = Settings::load(&desk.places().settings()).settings.accounts.first().cloned().expect("an account");
    assert!(SecretStore::read(&*desk.store, &account.id).is_ok(), "the token is in the keyring");

    let pictures = desk.places().event_pictures(&account.id);
    until(&mut harness, "a kept picture", |_| {
        std::fs::read_dir(&pictures).is_ok_and(|mut files| files.next().is_some())
    });

    harness.get_by_label("Settings").click();
    harness.run_ok();
    harness.get_by_label("Sign out of Mill Lane").click();
    until(&mut harness, "the simulated home", |harness| harness.query_by_label("Simulated home · live").is_some());
    until(&mut harness, "the empty keyring", |_| SecretStore::read(&*desk.store, &account.id).is_err());
    assert!(Settings::load(&desk.places().settings()).settings.accounts.is_empty());
    until(&mut harness, "no picture", |_| !pictures.exists());
    desk.runtime.block_on(simulation.stop());
}

/// Opens the form for a server of the Works with Nest API.
fn choose_other_server(harness: &mut Harness<'static, MainWindow<App>>) {
    harness.get_by_label("Connect your home").click();
    harness.run_ok();
    harness.query_all_by_label_contains("Another server").next().expect("the answer").click();
    harness.run_ok();
}

fn role_of(field: &str) -> egui::Role {
    if field == "Access token" { egui::Role::PasswordInput } else { egui::Role::TextInput }
}

#[test]
fn a_wrong_address_or_token_is_shown_at_the_form() {
    let desk = Desk::new();
    let simulation = desk.runtime.block_on(support::simulation(Options::default()));
    let mut harness = desk.app(AccountSource::Simulated);
    until(&mut harness, "the simulated home", is_live);
    choose_other_server(&mut harness);
    for (field, text) in [("Address", simulation.url().as_str()), ("Access token", "c.wrong")] {
        harness.get_by_role_and_label(role_of(field), field).focus();
        harness.run_ok();
        harness.get_by_role_and_label(role_of(field), field).type_text(text);
        harness.run_ok();
    }
    harness.get_by_label("Sign in with the token").click();
    until(&mut harness, "the reason", |harness| harness.query_by_label_contains("does not accept the token").is_some());
    assert!(Settings::load(&desk.places().settings()).settings.accounts.is_empty());
    // The token is still in its field, otherwise the button would report that it is missing.
    harness.run_ok();
    let button = harness.get_by_label("Sign in with the token");
    assert_eq!(button.accesskit_node().description(), None, "what was typed is lost");
    desk.runtime.block_on(simulation.stop());
}

#[test]
fn the_order_of_devices_is_shown_at_once_and_kept() {
    let desk = Desk::new();
    let mut app = desk.app(AccountSource::Simulated);
    until(&mut app, "the home", |app| app.query_by_label("Hallway, thermostat").is_some());
    fn left(app: &Harness<'_, MainWindow<App>>, name: &'static str) -> f32 {
        app.get_by_label(name).rect().left()
    }
    assert!(left(&app, "Bedroom, thermostat") < left(&app, "Hallway, thermostat"), "the order of names");
    app.get_by_label("Hallway, thermostat").focus();
    app.run_ok();
    let keys = egui::Modifiers::COMMAND | egui::Modifiers::CTRL | egui::Modifiers::SHIFT;
    app.key_press_modifiers(keys, egui::Key::ArrowLeft);
    until(&mut app, "the new order", |app| left(app, "Hallway, thermostat") < left(app, "Bedroom, thermostat"));
    drop(app);
    let mut app = desk.app(AccountSource::Simulated);
    until(&mut app, "the home", |app| app.query_by_label("Hallway, thermostat").is_some());
    assert!(left(&app, "Hallway, thermostat") < left(&app, "Bedroom, thermostat"), "after a restart");
}

#[test]
fn the_autostart_switch_writes_its_file() {
    let desk = Desk::new();
    let file = desk.folder.path().join("autostart").join("setpoint.desktop");
    let mut app = desk.app(AccountSource::Simulated);
    until(&mut app, "the home", is_live);
    app.get_by_label("Settings").click();
    app.run();
    app.get_by_label("Tray").click();
    app.run();
    let switch = |app: &mut Harness<'static, MainWindow<App>>| {
        app.get_by_role_and_label(egui::Role::Switch, "Start with the desktop").click();
        app.run();
    };
    switch(&mut app);
    let written = std::fs::read_to_string(&file).expect("a file");
    assert!(written.contains("Exec=\"/usr/bin/setpoint\" --hidden"), "{written}");
    switch(&mut app);
    assert!(!file.exists());
    // The page shows a file that another program wrote, and keeps it.
    std::fs::write(&file, "[Desktop Entry]\nExec=setpoint\n").expect("written");
    app.get_by_label("Home").click();
    app.run();
    app.get_by_label("Settings").click();
    app.run();
    switch(&mut app);
    assert!(app.query_all_by_label_contains("was not written by Setpoint").next().is_some());
    assert!(file.exists());
}

/// A window on accounts of the settings, with their tokens in the secret store.
fn with_accounts(desk: &Desk, homes: &[(&str, &setpoint::simulator::Simulation)]) -> Harness<'static, MainWindow<App>> {
    let mut settings = Settings::default();
    for (name, simulation) in homes {
        let id = format!("wwn-{}", name.to_lowercase());
        let secret = secrecy::SecretString::from(simulation.token());
        SecretStore::write(&*desk.store, &id, &secret).expect("kept");
        let account = Account {
            id,
            name: (*name).to_owned(),
            url: simulation.url().to_string(),
            has_token: true,
            ..Account::default()
        };
        settings.put_account(account);
    }
    Settings::update(&desk.places().settings(), |saved| saved.clone_from(&settings)).expect("saved");
    desk.app_on(AccountFilter::All)
}

#[test]
fn two_accounts_are_one_overview_and_each_write_goes_to_its_own() {
    let desk = Desk::new();
    let home = |seed| desk.runtime.block_on(support::simulation(Options { seed, ..Options::default() }));
    let (mill, cottage) = (home(21), home(22));
    let mut harness = with_accounts(&desk, &[("Mill", &mill), ("Cottage", &cottage)]);
    until(&mut harness, "both homes", |harness| {
        confirmed(harness).is_some_and(|home| home.structures.len() >= 2)
            && harness.query_by_label("2 accounts · live").is_some()
    });
    let snapshot = harness.state().app().snapshot();
    assert_eq!(snapshot.accounts.len(), 2);
    let hallways: Vec<DeviceId> = snapshot
        .accounts
        .iter()
        .map(|account| {
            let found =
                account.snapshot.confirmed.thermostats.iter().find(|(_, t)| t.name.as_deref() == Some("Hallway"));
            found.map(|(id, _)| id.clone()).expect("a hallway")
        })
        .collect();
    assert_ne!(hallways[0], hallways[1], "each home has devices of its own");

    // The second account's hallway is the last card of that name.
    harness.get_all_by_label("Hallway, thermostat").last().expect("a card").click();
    harness.run_ok();
    harness.get_by_role_and_label(egui::Role::Slider, "Hallway target temperature").set_value_accesskit(24.0);
    let page = harness.state().app().page().clone();
    let Page::Thermostat(written) = page else { panic!("{page:?}") };
    let owner = snapshot.owner(&Node::Thermostat(written.clone())).expect("an owner").key.clone();
    let write = Write::Target(written, Setpoint::celsius(24.0));
    until(&mut harness, "the write", |harness| confirmed(harness).is_some_and(|home| write.is_shown_by(&home)));
    let after = harness.state().app().snapshot();
    let other = if owner == "wwn-mill" { "wwn-cottage" } else { "wwn-mill" };
    let written_at = |key: &str| {
        let account = after.accounts.iter().find(|account| account.key == key).expect("an account");
        write.is_shown_by(&account.snapshot.confirmed)
    };
    assert!(written_at(&owner) && !written_at(other));
    assert!(after.records().next().is_some_and(|entry| entry.record.slot == write.slot()));

    // One account disconnects: the other stays live, and the message names only the lost one.
    let (gone, stays) = if owner == "wwn-mill" { (cottage, mill) } else { (mill, cottage) };
    desk.runtime.block_on(gone.stop());
    until(&mut harness, "the loss", |harness| {
        let snapshot = harness.state().app().snapshot();
        let lost = snapshot.accounts.iter().any(|account| account.key == other && !account.connection().is_online());
        lost && snapshot.connection == Connection::Live
    });
    until(&mut harness, "the badge", |harness| harness.query_by_label("1 of 2 accounts not connected").is_some());
    harness.get_by_label("Settings").click();
    harness.run_ok();
    let name = if other == "wwn-mill" { "Mill" } else { "Cottage" };
    harness.get_by_label(&format!("Sign out of {name}")).click();
    until(&mut harness, "one account", |harness| !harness.state().app().snapshot().has_several());
    let kept = Settings::load(&desk.places().settings()).settings.accounts;
    assert_eq!(kept.iter().map(|account| account.id.as_str()).collect::<Vec<_>>(), [owner.as_str()]);
    until(&mut harness, "the other home", is_live);
    desk.runtime.block_on(stays.stop());
}

#[test]
fn the_set_up_of_an_account_at_google_is_checked_and_completed_from_the_window() {
    let desk = Desk::new();
    let google = desk.runtime.block_on(support::sdm::Sdm::start());
    google.pubsub(|pubsub| pubsub.clear());
    let account = Account {
        id: "google".to_owned(),
        kind: ServiceKind::DeviceAccess,
        name: "Mill Lane".to_owned(),
        url: google.url.clone(),
        token_url: Some(format!("{}/token", google.url)),
        events_url: Some(google.url.clone()),
        project: Some(PROJECT.to_owned()),
        client_id: Some(CLIENT.to_owned()),
        subscription: Some(SUBSCRIPTION.to_owned()),
        has_token: true,
        ..Account::default()
    };
    let secret =
        SdmSecret { refresh_token: REFRESH.into(), client_secret: CLIENT_SECRET.into(), issued: None }.to_text();
    SecretStore::write(&*desk.store, &account.id, &secret).expect("kept");
    let mut settings = Settings::default();
    settings.put_account(account.clone());
    Settings::update(&desk.places().settings(), |saved| saved.clone_from(&settings)).expect("saved");
    let mut harness = desk.app(AccountSource::Settings(account));
    until(&mut harness, "the account", |harness| harness.query_by_label("Mill Lane · live").is_some());
    harness.get_by_label("Settings").click();
    harness.run_ok();
    let says = |words: &'static str| {
        move |harness: &Harness<'_, MainWindow<App>>| harness.query_all_by_label_contains(words).next().is_some()
    };
    harness.get_by_label("Sign in to Mill Lane again").click_accesskit();
    harness.run_ok();
    harness.get_by_label("Check the set-up").click_accesskit();
    until(&mut harness, "the finding", says("There is no such subscription"));
    assert!(says("Device Access project and its devices: in order")(&harness));
    harness.get_by_label("Make what is missing").click_accesskit();
    until(&mut harness, "what was made", says("Google may publish on the topic: made just now"));
    assert!(says("Everything is in order")(&harness));
    assert!(google.pubsub(|pubsub| pubsub.resources.contains_key(SUBSCRIPTION)));
}

#[test]
fn a_request_of_the_console_is_answered_written_by_the_rules_and_remembered() {
    let desk = Desk::new();
    let mut harness = desk.app(AccountSource::Simulated);
    until(&mut harness, "the home", is_live);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num5);
    until(&mut harness, "the console", |harness| harness.query_by_label("Send").is_some());
    // The answer as received, with the redirect of a real service.
    harness.get_by_label("Send").click();
    until(&mut harness, "the answer", |harness| harness.query_by_role_and_label(egui::Role::Tree, "Body").is_some());
    assert!(harness.query_by_label("200 OK").is_some());
    assert!(harness.query_by_label("307 › 200").is_some());
    // A write from the console uses the queue as any other write does.
    let home = confirmed(&harness).expect("a home");
    let takes_target = |mode: Option<&HvacMode>| matches!(mode, Some(HvacMode::Heat | HvacMode::Cool));
    let mut thermostats = home.thermostats.iter();
    let (id, _) = thermostats.find(|(_, one)| takes_target(one.hvac_mode.as_ref())).expect("a thermostat");
    harness.get_by_label("Examples").click();
    harness.run_ok();
    let mode = format!("PUT /devices/thermostats/{id} {{ \"hvac_mode\"");
    harness.query_all_by_label_contains(&mode).next().expect("an example").click();
    harness.run_ok();
    let body = harness.get_by_role_and_label(egui::Role::MultilineTextInput, "Body, as JSON");
    body.focus();
    harness.run_ok();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.run_ok();
    harness.event(egui::Event::Text("{\"label\": \"Den\"}".to_owned()));
    harness.run_ok();
    harness.get_by_label("Send").click();
    until(&mut harness, "the write", |harness| {
        confirmed(harness).is_some_and(|home| home.thermostats[id].label.as_deref() == Some("Den"))
    });
    until(&mut harness, "its end", |harness| harness.query_by_label("Done, and shown by the service").is_some());
    // The console also shows the service's answer to the write: the redirect, or the host of an earlier
    // redirect.
    assert!(harness.query_by_label("200 OK").is_some());
    assert!(harness.query_all_by_label_contains("HTTP/1.1 200 OK").next().is_some());
    until(&mut harness, "the reaction", |harness| {
        harness.query_by_label(&format!("/devices/thermostats/{id}/label")).is_some()
    });
    let journal =
        harness.state().app().snapshot().records().next().map(|entry| entry.record.clone()).expect("a record");
    assert_eq!(journal.write, Some(Write::Label(id.clone(), "Den".to_owned())));
    // The file keeps the request for the next run, without the answer.
    let file = desk.places().data.join("requests.json");
    until(&mut harness, "the file", |_| std::fs::read_to_string(&file).is_ok_and(|text| text.contains("Den")));
    let text = std::fs::read_to_string(&file).expect("a file");
    assert!(!text.contains("humidity"), "{text}");
}

/// Findings H2: the window neither forgets an account that a command signed in to, nor restores one that a
/// command signed out of; and it no longer uses the token of a signed-out account.
#[test]
fn h2_sign_ins_and_sign_outs_elsewhere_are_followed_and_never_undone() {
    let desk = Desk::new();
    let home = |seed| desk.runtime.block_on(support::simulation(Options { seed, ..Options::default() }));
    let (mill, cottage) = (home(31), home(32));
    let mut harness = with_accounts(&desk, &[("Mill", &mill)]);
    until(&mut harness, "the home", |harness| harness.query_by_label("Mill · live").is_some());
    let path = desk.places().settings();
    let secret = secrecy::SecretString::from(cottage.token());
    SecretStore::write(&*desk.store, "wwn-cottage", &secret).expect("kept");
    let account = Account {
        id: "wwn-cottage".to_owned(),
        name: "Cottage".to_owned(),
        url: cottage.url().to_string(),
        has_token: true,
        ..Account::default()
    };
    Settings::update(&path, |settings| settings.put_account(account)).expect("saved");
    until(&mut harness, "both homes", |harness| harness.query_by_label("2 accounts · live").is_some());
    let pictures = desk.places().event_pictures("wwn-mill");
    std::fs::create_dir_all(&pictures).expect("made");
    std::fs::write(pictures.join("left.jpg"), "x").expect("written");
    // Another process signs out of the first account, and at the same time the user changes a setting here.
    Settings::update(&path, |settings| settings.accounts.retain(|account| account.id != "wwn-mill")).expect("saved");
    harness.get_by_label("Settings").click();
    harness.run_ok();
    harness.get_by_label("Appearance").click();
    harness.run_ok();
    harness.get_by_label("Appearance: Dark").click();
    until(&mut harness, "one account", |harness| harness.state().app().accounts().sources().count() == 1);
    until(&mut harness, "the other home", |harness| harness.query_by_label("Cottage · live").is_some());
    until(&mut harness, "no picture of the other home", |_| !pictures.exists());
    let saved = Settings::load(&path).settings;
    assert_eq!(saved.appearance, setpoint::accounts::settings::Appearance::Dark);
    assert_eq!(saved.accounts.iter().map(|account| account.name.as_str()).collect::<Vec<_>>(), ["Cottage"]);
}
