//! The schedule that a thermostat keeps itself, read and replaced through the command line.

use std::time::Duration;

use serde_json::{Value, json};

use crate::nle_recordings::recordings;
use crate::support::hosted::{self, Hosted};
use crate::support::nle::{Nle, Trouble};
use crate::support::nle_schedule::{STEPS, followed};
use crate::support::user::User;

const SERIAL: &str = "02AA01AB501203EQ";

/// Two levels for work days, and a weekend whose first day goes on from Friday until ten o'clock.
const WEEK: &str = r#"
version = 1

[levels]
Home = { heat = 20.5, cool = 25.0 }
Sleep = { heat = "63 F", cool = 26.5 }

[[schedule]]
name = "Weekdays"
monday = ["06:30 Home", "22:30 Sleep"]
tuesday = ["06:30 Home", "22:30 Sleep"]
wednesday = ["06:30 Home", "22:30 Sleep"]
thursday = ["06:30 Home", "22:30 Sleep"]
friday = ["06:30 Home", "22:30 Sleep"]
saturday = ["10:00 Home"]
"#;

/// The set points of [`WEEK`] for heat, as its text says.
fn wanted() -> Vec<Option<f64>> {
    let (home, sleep) = (Some(20.5), Some((63.0 - 32.0) / 1.8));
    let of = |step: usize| {
        let (day, minute) = (step / 288, step % 288 * 5);
        match day {
            0 if minute < 390 => home,
            0..=4 if (390..1350).contains(&minute) => home,
            5 if minute >= 600 => home,
            6 => home,
            _ => sleep,
        }
    };
    (0..STEPS).map(of).collect()
}

fn is_close(one: &[Option<f64>], other: &[Option<f64>]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|pair| matches!(pair, (Some(one), Some(other)) if (one - other).abs() < 0.01))
}

/// The schedule of the recorded thermostat where recordings are, else one of the same form.
fn recorded() -> Value {
    let text = recordings().and_then(|folder| std::fs::read_to_string(folder.join("schedule.json")).ok());
    let exchange = text.and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let entry = json!({"time": 21_600, "type": "HEAT", "temp": 20.5});
    let similar = json!({"ver": 2, "name": "", "schedule_mode": "HEAT", "days": {"0": [entry]}});
    exchange.map_or(similar, |exchange| exchange["response"]["schedule"].clone())
}

async fn home() -> (User, Nle) {
    let (user, server) = (User::new(), Nle::start(&[SERIAL]).await);
    server.keep_schedule(SERIAL, recorded());
    user.add_nle(&server).await;
    let (code, _, complained) = user.run_with(&["schedule", "import", "-"], WEEK).await;
    assert_eq!(code, 0, "{complained}");
    (user, server)
}

#[tokio::test]
async fn a_week_is_put_on_the_thermostat_whole_and_its_backup_back() {
    let (user, server) = home().await;
    let (code, exported, _) = user.run(&["schedule", "export", "--json"]).await;
    let exported: Value = serde_json::from_str(&exported).expect("JSON");
    assert_eq!((code, &exported["schedule"][0]["saturday"]), (0, &json!(["10:00 Home"])));
    let device = ["schedule", "device", "room"];
    let (code, shown, _) = user.run(&device).await;
    assert_eq!((code, shown.lines().next()), (0, Some("monday     06:00 20.5 °C")), "{shown}");
    assert_eq!(
        user.run(&["schedule", "backups", "room"]).await.1,
        "no schedule of Room 02AA01AB501203EQ was replaced yet\n"
    );
    assert_eq!(user.run(&["schedule", "restore", "room"]).await.0, 2);

    let (code, said, complained) = user.run(&["schedule", "set", "room", "weekdays"]).await;
    assert_eq!(code, 0, "{complained}");
    assert!(said.contains("keeps Weekdays from now on"), "{said}");
    let on_device = server.schedule(SERIAL);
    assert!(is_close(&followed(&on_device, "temp"), &wanted()), "{on_device}");
    let days = on_device["days"].as_object().expect("days");
    assert!(days.len() == 7 && days.values().all(|day| day.as_object().is_some_and(|day| !day.is_empty())));

    // The same again sends nothing, and a backup is the week of before.
    let (code, said, _) = user.run(&["schedule", "set", "room", "Weekdays", "--json"]).await;
    let said: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!((code, &said["replaced"]), (0, &json!(false)));
    assert_eq!(server.commands().len(), 1);
    let (_, backups, _) = user.run(&["schedule", "backups", "room", "--json"]).await;
    let backups: Value = serde_json::from_str(&backups).expect("JSON");
    assert_eq!(backups.as_array().map(Vec::len), Some(1));
    assert_eq!(backups[0]["days"]["monday"], json!([{"at": "06:00", "celsius": {"heat": 20.5}}]));

    let time = backups[0]["taken"].as_str().expect("a time").to_owned();
    assert_eq!(user.run(&["schedule", "restore", "room", "2020-01-01 00:00:00"]).await.0, 2);
    let (code, _, complained) = user.run(&["schedule", "restore", "room", &time]).await;
    assert_eq!(code, 0, "{complained}");
    assert!(followed(&server.schedule(SERIAL), "temp").iter().all(|degrees| *degrees == Some(20.5)));
    let days = server.schedule(SERIAL)["days"].as_object().map(serde_json::Map::len);
    assert_eq!(days, Some(7), "a restored week is whole, also if the one of before was not");
}

#[tokio::test]
async fn a_week_of_the_thermostat_becomes_a_schedule() {
    let (user, server) = home().await;
    let entry = |time: u32, low: f64, high: f64| json!({"time": time, "type": "RANGE", "temp-min": low, "temp-max": high, "entry_type": "setpoint"});
    let day = json!({"0": entry(25_200, 20.6, 25.1), "1": entry(80_100, 17.0, 27.0)});
    server.keep_schedule(SERIAL, json!({"ver": 2, "schedule_mode": "RANGE", "days": {"2": day}}));
    let (code, said, complained) = user.run(&["schedule", "take", "room", "Old"]).await;
    assert_eq!(code, 0, "{complained}");
    assert!(said.contains("with 1 new levels"), "{said}");
    assert_eq!(user.run(&["schedule", "take", "room", "old"]).await.0, 2, "the name is taken");
    let (_, shown, _) = user.run(&["schedule", "show", "Old"]).await;
    assert!(shown.contains("wednesday  07:00 Home, 22:15 17.0°–27.0°"), "{shown}");
    server.keep_schedule(SERIAL, Value::Null);
    assert_eq!(user.run(&["schedule", "take", "room", "New"]).await.0, 3);
    assert!(user.run(&["schedule", "device", "room"]).await.1.contains("has sent no schedule yet"));
}

#[tokio::test]
async fn what_the_thermostat_cannot_follow_is_not_written() {
    let (user, server) = home().await;
    let (code, _, complained) = user.run(&["schedule", "set", "room", "off"]).await;
    assert!(code == 3 && complained.contains("keeps its schedule itself"), "{complained}");
    let heats = WEEK.replace(", cool = 25.0", "");
    assert_eq!(user.run_with(&["schedule", "import", "-"], &heats).await.0, 0);
    server.report(SERIAL, &json!({}), &json!({"target_temperature_type": "cool"}));
    let (code, _, complained) = user.run(&["schedule", "set", "room", "Weekdays"]).await;
    assert!(code == 3 && complained.contains("Home has no set point for cool"), "{complained}");
    assert_eq!(user.run_with(&["schedule", "import", "-"], WEEK).await.0, 0);
    for trouble in [Trouble::Page, Trouble::Status(500)] {
        server.trouble(trouble);
        assert_eq!(user.run(&["schedule", "set", "room", "Weekdays"]).await.0, 5, "{trouble:?}");
        server.trouble(Trouble::None);
    }
    // Without a place for the backup nothing is written.
    let accounts = user.home.path().join(".local/share/setpoint/accounts");
    std::fs::create_dir_all(&accounts).expect("a folder");
    let all = accounts.join("all");
    std::fs::write(&all, "").expect("a file in the way");
    let (code, _, complained) = user.run(&["schedule", "set", "room", "Weekdays"]).await;
    assert!(code == 5 && complained.contains("cannot be kept as a backup"), "{complained}");
    assert_eq!(server.commands(), []);
    assert_eq!(server.schedule(SERIAL), recorded());
}

#[tokio::test]
async fn no_set_points_are_sent_at_the_starts_of_a_thermostat_that_keeps_its_schedule() {
    let (user, server) = home().await;
    let file = user.home.path().join(".config/setpoint/schedules.toml");
    let schedules = std::fs::read_to_string(&file).expect("the schedules");
    let text = format!("{schedules}\n[[thermostat]]\nname = \"Room {SERIAL}\"\nschedule = \"Weekdays\"\n");
    std::fs::write(&file, text).expect("written");
    let (_, now, _) = user.run(&["schedule", "now"]).await;
    assert_eq!(now, "no schedule is active\n");
    let (code, _, complained) = user.run(&["hold", "room 22 until next"]).await;
    assert!(code == 2 && complained.contains("schedule"), "{complained}");
    assert_eq!(server.commands(), []);
}

/// Written from the documentation of the hosted server: nobody of us has an account there.
#[tokio::test]
async fn the_hosted_server_passes_on_the_same_schedule() {
    let (user, server) = (User::new(), Hosted::start(&[SERIAL], Duration::from_mins(1)).await);
    let login =
        ["auth", "login", "--kind", "nle", "--url", &server.url, "--name", "Mill Lane", "--token-stdin", "--sealed"];
    let (code, _, complained) = user.run_with(&login, hosted::KEY).await;
    assert_eq!(code, 0, "{complained}");
    assert_eq!(user.run_with(&["schedule", "import", "-"], WEEK).await.0, 0);
    server.keep_schedule(SERIAL, recorded());
    let (code, _, complained) = user.run(&["schedule", "set", "room", "Weekdays"]).await;
    assert_eq!(code, 0, "{complained}");
    assert!(is_close(&followed(&server.schedule(SERIAL), "temp"), &wanted()));
}
