//! The schedule of a thermostat at a No Longer Evil server, replaced and put back in the window.

use serde_json::json;

use super::*;
use crate::support::nle::Nle;
use crate::support::nle_schedule::followed;

const SERIAL: &str = "02AA01AB501203EQ";

#[test]
fn a_week_is_put_on_the_thermostat_and_the_one_of_before_back() {
    let desk = Desk::new();
    let server = desk.runtime.block_on(Nle::start(&[SERIAL]));
    let entry = json!({"0": {"time": 21_600, "type": "HEAT", "temp": 20.5, "entry_type": "setpoint"}});
    server.keep_schedule(SERIAL, json!({"ver": 2, "name": "", "schedule_mode": "HEAT", "days": {"0": entry}}));
    let account = Account {
        id: "cottage".to_owned(),
        name: "Cottage".to_owned(),
        url: server.url.clone(),
        kind: ServiceKind::NoLongerEvil,
        ..Account::default()
    };
    Settings::update(&desk.places().settings(), |saved| saved.put_account(account)).expect("saved");
    let mut app = desk.app_on(AccountFilter::All);
    until(&mut app, "the home", is_live);
    app.get_by_label("Schedule").click();
    until(&mut app, "what it keeps", |app| app.query_by_label_contains("Monday: 06:00 20.5°").is_some());
    app.get_by_label("Begin with a usual week").click();
    let put = format!("Put this week on Room {SERIAL}");
    until(&mut app, "the button", |app| {
        app.query_by_role_and_label(egui::Role::Button, &put).is_some_and(|node| !node.accesskit_node().is_disabled())
    });
    app.get_by_role_and_label(egui::Role::Button, &put).click();
    let same = format!("Room {SERIAL} keeps this week");
    until(&mut app, "the new week", |app| app.query_by_label_contains(&same).is_some());
    let degrees = followed(&server.schedule(SERIAL), "temp");
    // Monday at 05:00, 07:00, 12:00 and 23:00.
    let seen = [60, 84, 144, 276].map(|step| degrees.get(step).copied().flatten());
    assert_eq!(seen, [Some(17.0), Some(20.5), Some(18.5), Some(17.0)]);
    app.query_all_by_label_contains("Put back the week of before").next().expect("a backup").click();
    until(&mut app, "the week of before", |_| {
        followed(&server.schedule(SERIAL), "temp").iter().all(|degrees| *degrees == Some(20.5))
    });
    assert_eq!(server.commands().len(), 2, "no set point was sent beside the two schedules");
    // Without the server the page says so, and offers no replacement that would have no backup.
    server.trouble(crate::support::nle::Trouble::Status(500));
    app.get_by_label_contains("Read the schedule of").click();
    until(&mut app, "the failure", |app| app.query_by_label_contains("The schedule cannot be read").is_some());
}
