//! Files that other programs and accounts use too: presets and requests.

use super::*;

#[test]
fn presets_of_one_account_never_replace_those_of_another() {
    let desk = Desk::new();
    let places = desk.places();
    let account = |id: &str| Account {
        id: id.to_owned(),
        name: id.to_owned(),
        url: "http://127.0.0.1:9/".to_owned(),
        has_token: true,
        ..Account::default()
    };
    let mut settings = Settings::default();
    settings.put_account(account("broken"));
    Settings::update(&places.settings(), |saved| saved.clone_from(&settings)).expect("saved");
    let keep = |id: &str, names: &[&str]| {
        let mut presets = Presets::default();
        for name in names {
            let write = Write::Away("s".into(), Away::Away);
            presets.add(name, vec![write], &DeviceTree::default()).expect("a free name");
        }
        std::fs::create_dir_all(places.of_account(id)).expect("a folder");
        PresetsFile::in_folder(&places.of_account(id)).update(&Presets::default(), &presets).expect("saved");
    };
    keep("simulated", &["Ours", "Ours too"]);
    keep("broken", &["Theirs", "Theirs too"]);
    let mut harness = desk.app(AccountSource::Simulated);
    until(&mut harness, "the simulated home", is_live);
    harness.get_by_label("Settings").click();
    harness.run_ok();
    // The account has no token, so it does not open; it still has its own presets.
    harness.get_by_label("Show the accounts").click();
    until(&mut harness, "the account that does not open", |harness| {
        harness.query_by_label_contains("broken · not open").is_some()
    });
    let shared = PresetsFile::in_folder(&places.of_account("all")).load();
    assert_eq!(shared.presets.list().len(), 2, "signing out takes none of them away");
    harness.get_by_label("Settings").click();
    harness.run_ok();
    harness.get_by_label("Sign in to broken again").click();
    harness.run_ok();
    let address = |harness: &Harness<'static, MainWindow<App>>| {
        harness.get_by_role_and_label(role_of("Address"), "Address").value()
    };
    assert_eq!(address(&harness).as_deref(), Some("http://127.0.0.1:9/"), "need not be typed again");
    harness.get_by_role_and_label(role_of("Address"), "Address").focus();
    harness.run_ok();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.key_press(egui::Key::Backspace);
    harness.run_ok();
    assert_eq!(address(&harness).unwrap_or_default(), "", "what was emptied stays empty");
    harness.get_by_label("Presets").click();
    harness.run_ok();
    harness.get_by_label("Remove Theirs").click();
    harness.run_ok();
    let names = |id: &str| -> Vec<String> {
        let loaded = PresetsFile::in_folder(&places.of_account(id)).load();
        loaded.presets.list().iter().map(|preset| preset.name.clone()).collect()
    };
    assert_eq!(names("all"), ["Theirs too"], "all accounts share them");
    assert_eq!(names("broken"), ["Theirs", "Theirs too"], "what was there before stays");
    assert_eq!(names("simulated"), ["Ours", "Ours too"]);
}

#[test]
fn presets_of_another_program_are_shown_and_kept() {
    let desk = Desk::new();
    let file = PresetsFile::in_folder(&desk.places().of_account("simulated"));
    let add = |name: &str| {
        let base = file.load().presets;
        let mut mine = base.clone();
        let write = Write::Away("s".into(), Away::Away);
        mine.add(name, vec![write], &DeviceTree::default()).expect("a free name");
        file.update(&base, &mine).expect("saved");
    };
    add("Night");
    let mut harness = desk.app(AccountSource::Simulated);
    until(&mut harness, "the simulated home", is_live);
    harness.get_by_label("Presets").click();
    harness.run_ok();
    add("Morning");
    until(&mut harness, "the preset of another program", |harness| harness.query_by_label("Remove Morning").is_some());
    // The window changes its list before it has seen the newest preset.
    add("Party");
    harness.get_by_label("Remove Night").click();
    harness.run_ok();
    let names: Vec<String> = file.load().presets.list().iter().map(|preset| preset.name.clone()).collect();
    assert_eq!(names, ["Morning", "Party"]);
    assert!(harness.query_by_label("Remove Party").is_some() && harness.query_by_label("Remove Night").is_none());
}

/// Findings, number 3 of the repairs: the window follows the file, and takes nothing of another program out of it.
#[test]
fn requests_of_another_program_are_shown_and_kept() {
    let desk = Desk::new();
    let file = HistoryFile::in_folder(&desk.places().data);
    let keep = |collection: &str, name: &str| {
        let draft = RawRequest { path: format!("/structures/{name}"), ..RawRequest::default() };
        file.update(|history| history.keep(collection, name, draft)).expect("saved");
    };
    keep("Mornings", "warm");
    let mut harness = desk.app(AccountSource::Simulated);
    until(&mut harness, "the simulated home", is_live);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num5);
    until(&mut harness, "the console", |harness| {
        harness.query_by_label("Which list of requests: Collections").is_some()
    });
    harness.get_by_label("Which list of requests: Collections").click();
    harness.run_ok();
    keep("Mornings", "light");
    until(&mut harness, "the request of another program", |harness| harness.query_by_label("Take light out").is_some());
    // The window changes its list before it has seen the newest request.
    keep("Mornings", "fan");
    harness.get_by_label("Take warm out").click_accesskit();
    harness.run_ok();
    let (history, _) = file.load();
    let names: Vec<&str> = history.collections()[0].requests.iter().map(|saved| saved.name.as_str()).collect();
    assert_eq!(names, ["light", "fan"]);
    assert!(harness.query_by_label("Take fan out").is_some() && harness.query_by_label("Take warm out").is_none());
}
