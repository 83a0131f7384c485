//! Reading and writing the document.

use reqwest::Method;
use serde_json::json;

use super::client::{Scene, read};

#[tokio::test]
async fn the_front_sends_every_call_to_the_api_address() {
    let scene = Scene::new().await;
    let with_token = format!("/structures.json?auth={}", scene.simulation.token());
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, with_token.as_str()),
        (Method::GET, "/pictures/a/snapshot.png?auth=key"),
        (Method::PUT, "/devices/thermostats/abc/"),
        (Method::PATCH, "/structures/%41"),
        (Method::DELETE, "/devices"),
    ] {
        let request = scene.http.request(method, scene.front(path)).body("{}");
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 307, "for {path}");
        assert_eq!(answer.headers()["location"].to_str().expect("text"), scene.api(path));
    }
    let bad = [scene.http.get(scene.front("/?auth=c.x")), scene.http.get(scene.front("/")).bearer_auth("c.x")];
    for request in bad {
        assert_eq!(read(request.send().await.expect("an answer")).await.0, 401, "a bad token is not sent on");
    }
    scene.simulation.stop().await;
}

#[tokio::test]
async fn every_node_can_be_read_down_to_a_scalar() {
    let scene = Scene::new().await;
    let hallway = scene.thermostat("Hallway");
    let (status, root) = scene.get("/").await;
    assert_eq!(status, 200);
    assert_eq!(root["metadata"]["access_token"], scene.simulation.token());
    assert_eq!(root["devices"]["thermostats"].as_object().expect("thermostats").len(), 3);
    let thermostat = format!("/devices/thermostats/{hallway}");
    for (path, expected) in [
        ("/devices".to_owned(), root["devices"].clone()),
        ("/devices/cameras".to_owned(), root["devices"]["cameras"].clone()),
        ("/structures".to_owned(), root["structures"].clone()),
        ("/structures.json".to_owned(), root["structures"].clone()),
        ("/metadata".to_owned(), root["metadata"].clone()),
        ("/metadata/client_version".to_owned(), json!(1)),
        (format!("{thermostat}/name_long"), json!("Hallway Thermostat")),
        (format!("{thermostat}/target_temperature_c"), json!(21.0)),
        (format!("{thermostat}/target_temperature_f/"), json!(70)),
        (format!("{thermostat}/hvac_state.json"), json!("heating")),
        (format!("/structures/{}/away", scene.structure()), json!("home")),
    ] {
        assert_eq!(scene.get(&path).await, (200, expected), "for {path}");
    }
    let (status, missing) = scene.get(&format!("/structures/{}/peak_period_start_time", scene.structure())).await;
    assert_eq!((status, &missing["error"]), (404, &json!("not found")));
    scene.simulation.stop().await;
}

#[tokio::test]
async fn a_write_is_applied_and_echoed() {
    let scene = Scene::new().await;
    let path = format!("/devices/thermostats/{}", scene.thermostat("Hallway"));
    let answer = scene.send(Method::PUT, &path, " {\"target_temperature_c\": 22.50} ").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.text().await.expect("text"), "{\"target_temperature_c\": 22.50}");
    assert_eq!(scene.get(&format!("{path}/target_temperature_c")).await, (200, json!(22.5)));
    assert_eq!(scene.get(&format!("{path}/target_temperature_f")).await, (200, json!(73)));
    assert_eq!(scene.put(&format!("{path}/target_temperature_f/"), "68").await, (200, json!(68)));
    assert_eq!(scene.get(&format!("{path}/target_temperature_c")).await, (200, json!(20.0)));
    let patched = scene.send(Method::PATCH, &path, r#"{"label":"Kate\u0027s Room"}"#).await;
    assert_eq!(read(patched).await, (200, json!({"label": "Kate's Room"})));
    assert_eq!(scene.get(&format!("{path}/name_long")).await, (200, json!("Hallway Thermostat (Kate's Room)")));
    scene.simulation.stop().await;
}

#[tokio::test]
async fn tokens_are_taken_from_the_header_or_the_address() {
    let scene = Scene::new().await;
    let token = scene.simulation.token();
    let path = format!("/structures/{}/away", scene.structure());
    let plain = |query: &str| scene.http.get(scene.api(&format!("{path}.json{query}")));
    let with_query = plain(&format!("?print=pretty&auth={token}")).send().await.expect("an answer");
    assert_eq!(read(with_query).await, (200, json!("home")));
    let lower_case = plain("").header("Authorization", format!("bearer {token}")).send().await.expect("an answer");
    assert_eq!(lower_case.status(), 200);
    let wrong = [
        plain(""),
        plain("?auth="),
        plain(&format!("?auth={token}x")),
        plain("").header("Authorization", format!("Basic {token}")),
        plain("").header("Authorization", token),
        plain("").header("Authorization", &b"Bearer \xff"[..]),
        plain("").bearer_auth(&token[..token.len() - 1]).header("Accept", "text/event-stream"),
    ];
    for request in wrong {
        let (status, body) = read(request.send().await.expect("an answer")).await;
        assert_eq!((status, &body["error"]), (401, &json!("unauthorized")));
        assert_eq!(body["type"].as_str().and_then(|kind| kind.split_once('#')).expect("an anchor").1, "auth-error");
    }
    scene.simulation.stop().await;
}

#[tokio::test]
async fn a_call_for_several_thermostats_changes_one_and_repeats_all() {
    let scene = Scene::new().await;
    let (hallway, studio) = (scene.thermostat("Hallway"), scene.thermostat("Studio"));
    let body = format!(r#"{{"{hallway}":{{"target_temperature_c":23.0}},"{studio}":{{"target_temperature_c":23.0}}}}"#);
    let (status, echo) = scene.put("/devices/thermostats", &body).await;
    assert_eq!(status, 200);
    assert_eq!(echo, serde_json::from_str::<serde_json::Value>(&body).expect("JSON"));
    let home = scene.home();
    let changed = [&hallway, &studio].map(|id| home.thermostats[id].target_temperature.expect("a target").celsius());
    assert_eq!(changed.iter().filter(|target| **target == 23.0).count(), 1, "{changed:?}");
    for path in ["/", "/devices", "/structures", "/devices/cameras", "/metadata"] {
        let (status, body) = scene.put(path, r#"{"away":"away"}"#).await;
        assert_eq!((status, &body["message"]), (400, &json!("Not writable")), "for {path}");
    }
    scene.simulation.stop().await;
}

#[tokio::test]
async fn a_write_is_applied_completely_or_not_at_all() {
    let scene = Scene::new().await;
    let bedroom = format!("/devices/thermostats/{}", scene.thermostat("Bedroom"));
    let both = r#"{"hvac_mode":"heat","target_temperature_c":22.0,"label":"East"}"#;
    assert_eq!(scene.put(&bedroom, both).await.0, 200);
    assert_eq!(scene.get(&format!("{bedroom}/name")).await, (200, json!("Bedroom (East)")));
    let half_wrong = r#"{"label":"West","target_temperature_c":40.0}"#;
    assert_eq!(scene.put(&bedroom, half_wrong).await.0, 400);
    assert_eq!(scene.get(&format!("{bedroom}/label")).await, (200, json!("East")));
    scene.simulation.stop().await;
}
