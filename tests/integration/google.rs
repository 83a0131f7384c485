//! Google Device Access at a terminal: signing in, commands, and the bridge, with the program itself in front of
//! a stand-in for Google.

use crate::support;

use serde_json::{Value, json};
use support::sdm::{CLIENT, CLIENT_SECRET, CODE, PROJECT, REFRESH, SUBSCRIPTION, Sdm, Trouble};
use support::user::User;

#[tokio::test]
async fn signing_in_by_pasting_works_for_commands_and_bridge() {
    let server = Sdm::start().await;
    let user = User::new();
    let (code, said, complained) = user.sign_in(&server, CODE).await;
    assert_eq!(code, 0, "{complained}");
    assert!(said.contains("Google (2 devices); the token is in the sealed file"), "{said}");
    assert!(complained.contains("seven days"), "{complained}");
    let settings = std::fs::read_to_string(user.home.path().join(".config/setpoint/settings.toml")).expect("settings");
    assert!(settings.contains(SUBSCRIPTION) && !settings.contains(REFRESH) && !settings.contains(CLIENT_SECRET));

    let (code, said, complained) = user.run(&["set", "hallway", "target", "22.5"]).await;
    assert_eq!(code, 0, "{said}{complained}");
    let (_, name, params) = server.commands().pop().expect("a command");
    assert_eq!((name.as_str(), params), ("ThermostatTemperatureSetpoint.SetHeat", json!({"heatCelsius": 22.5})));
    let (code, said, complained) = user.run(&["set", "hallway", "fan-duration", "45"]).await;
    assert_eq!(code, 0, "{said}{complained}");
    assert!(complained.contains("only while it runs"), "{complained}");
    user.forget_limits();
    let (code, _, complained) = user.run(&["set", "hallway fan 30"]).await;
    assert_eq!((code, complained.as_str()), (0, ""));
    let (_, _, params) = server.commands().pop().expect("a command");
    assert_eq!(params, json!({"timerMode": "ON", "duration": "1800s"}), "the minutes go along");
    let (code, _, complained) = user.run(&["set", "elm street", "away", "away"]).await;
    assert_eq!(code, 3);
    assert!(complained.contains("Google Device Access cannot set home or away"), "{complained}");

    let bridge = user.serve().await;
    rustls::crypto::ring::default_provider().install_default().ok();
    let http = reqwest::Client::new();
    let put = async |path: &str, body: Value| {
        let request = http
            .put(format!("{}/{path}", bridge.api))
            .bearer_auth(&bridge.token)
            .header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    let (status, text) = put("devices/thermostats/thermostat", json!({"target_temperature_f": 70})).await;
    assert_eq!(status, 200, "{text}");
    let (_, name, params) = server.commands().pop().expect("a command");
    assert_eq!(name, "ThermostatTemperatureSetpoint.SetHeat");
    assert_eq!(params, json!({"heatCelsius": 21.11}), "21.1111… is said in hundredths");
    for (path, body, why) in [
        ("structures/home", json!({"away": "away"}), "cannot set home or away"),
        ("devices/thermostats/thermostat", json!({"temperature_scale": "F"}), "cannot change the scale"),
        ("devices/thermostats/thermostat", json!({"label": "x"}), "cannot change names"),
        ("devices/cameras/doorbell", json!({"is_streaming": true}), "cannot switch cameras"),
    ] {
        let (status, text) = put(path, body).await;
        assert_eq!(status, 400, "{path}");
        assert!(text.contains(why), "{path}: {text}");
    }
}

#[tokio::test]
async fn a_sign_in_that_fails_says_why_and_keeps_nothing() {
    let server = Sdm::start().await;
    let user = User::new();
    let (code, _, complained) = user.sign_in(&server, "4/wrong").await;
    assert_eq!(code, 4, "{complained}");
    server.trouble(Trouble::Calls(
        403,
        "PERMISSION_DENIED",
        "Smart Device Management API has not been used in project 7",
    ));
    let (code, _, complained) = user.sign_in(&server, CODE).await;
    assert_eq!(code, 4);
    assert!(complained.contains("has not been used"), "{complained}");
    assert!(complained.contains("apis/library/smartdevicemanagement.googleapis.com"), "{complained}");
    let (_, said, _) = user.run(&["auth", "status"]).await;
    assert!(said.contains("No account"), "{said}");
    // Users easily mix up the three ids.
    for (project, client, subscription, why) in [
        ("my-cloud-project", CLIENT, SUBSCRIPTION, "no Device Access project"),
        (PROJECT, "1234", SUBSCRIPTION, "no OAuth client"),
        (PROJECT, CLIENT, "projects/cloud/topics/nest", "that is a topic"),
        (PROJECT, CLIENT, "nest", "no subscription"),
    ] {
        let arguments = ["auth", "google", "--project", project, "--client-id", client, "--subscription", subscription];
        let (code, _, complained) = user.run(&arguments).await;
        assert_eq!(code, 2, "{complained}");
        assert!(complained.contains(why), "{complained}");
    }
}

#[tokio::test]
async fn the_set_up_is_checked_and_what_is_missing_is_made() {
    let server = Sdm::start().await;
    let user = User::new();
    let (code, _, complained) = user.run(&["auth", "google-check"]).await;
    assert_eq!(code, 4, "{complained}");
    assert!(complained.contains("setpoint auth google"), "{complained}");
    let (code, _, complained) = user.sign_in(&server, CODE).await;
    assert_eq!(code, 0, "{complained}");
    let (code, said, complained) = user.run(&["auth", "google-check"]).await;
    assert_eq!((code, complained.as_str()), (0, ""), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("ok ")).count(), 8, "{said}");
    assert!(said.contains("projects/cloud/topics/nest"), "{said}");

    server.pubsub(|pubsub| pubsub.clear());
    let (code, said, complained) = user.run(&["auth", "google-check"]).await;
    assert_eq!(code, 3, "{said}{complained}");
    assert!(complained.contains("not complete: Subscription"), "{complained}");
    for words in [
        "failed  Subscription",
        "There is no such subscription",
        "https://console.cloud.google.com/cloudpubsub/subscription/list?project=cloud",
        "untried Topic",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let (code, said, complained) =
        user.run(&["--account", "Google", "auth", "google-check", "--create", "--json"]).await;
    assert_eq!((code, complained.as_str()), (0, ""), "{said}");
    let said: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!((said["ok"].clone(), said["topic"].clone()), (json!(true), json!("projects/cloud/topics/nest")));
    let verdicts: Vec<&str> =
        said["checks"].as_array().expect("checks").iter().filter_map(|check| check["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["ok", "ok", "ok", "ok", "ok", "made", "made", "made"]);

    server.trouble(Trouble::Revoked);
    let (code, said, complained) = user.run(&["auth", "google-check", "--json"]).await;
    assert_eq!(code, 4, "{said}{complained}");
    for text in [&said, &complained] {
        assert!(!text.contains(REFRESH) && !text.contains(CLIENT_SECRET), "{text}");
    }
    server.trouble(Trouble::Page);
    let (code, said, complained) = user.run(&["auth", "google-check"]).await;
    assert_eq!(code, 5, "{said}{complained}");
    let (code, _, complained) = user.run(&["--account", "Nobody", "auth", "google-check"]).await;
    assert_eq!(code, 2, "{complained}");
}

/// Findings G3: a thermostat takes five commands a minute, and each list allows five reads a minute.
#[tokio::test]
async fn g3_commands_one_after_another_keep_the_limits() {
    let server = Sdm::start().await;
    let user = User::new();
    let (code, _, complained) = user.sign_in(&server, CODE).await;
    assert_eq!(code, 0, "{complained}");
    let listed = || server.asked(&format!("/v1/enterprises/{PROJECT}/devices"));
    let before = listed();
    let mut codes = Vec::new();
    for degrees in ["20", "21", "22", "23", "24", "20.5", "21.5", "22.5"] {
        let (code, _, complained) = user.run(&["set", "hallway", "target", degrees]).await;
        assert!(code == 0 || complained.contains("no more changes are allowed until"), "{complained}");
        codes.push(code);
    }
    assert_eq!(codes, [0, 0, 0, 5, 5, 5, 5, 5]);
    let sent: Vec<Value> = server.commands().into_iter().map(|(_, _, params)| params["heatCelsius"].clone()).collect();
    assert_eq!(sent, [json!(20.0), json!(21.0), json!(22.0)]);
    assert!(listed() - before <= 4, "{} lists", listed() - before);
}
