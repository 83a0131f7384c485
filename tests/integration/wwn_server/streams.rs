//! Server-sent events.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use setpoint::simulator::Options;
use setpoint::wwn::server::Fault;

use super::client::Scene;

#[tokio::test]
async fn a_stream_begins_with_everything_and_repeats_it_after_a_change() {
    let scene = Scene::new().await;
    let mut stream = scene.stream("/").await;
    let (path, data) = stream.put().await;
    assert_eq!(path, "/");
    assert_eq!(data["metadata"]["access_token"], scene.simulation.token());
    let hallway = scene.thermostat("Hallway");
    let target = |data: &Value| data["devices"]["thermostats"][hallway.as_str()]["target_temperature_c"].clone();
    assert_eq!(target(&data), json!(21.0));
    let answer = scene.put(&format!("/devices/thermostats/{hallway}"), r#"{"target_temperature_c":22.5}"#).await;
    assert_eq!(answer.0, 200);
    let changed = stream.put_with(|data| target(data) == json!(22.5)).await;
    assert!(changed["structures"].is_object(), "the whole of it");
    scene.simulation.stop().await;
    while let Some((name, _)) = stream.next().await {
        assert!(["put", "keep-alive"].contains(&name.as_str()), "{name}");
    }
    assert_eq!(stream.rest(), "", "a stream ends after a whole event");
}

#[tokio::test]
async fn a_stream_of_one_value_contains_only_that_value() {
    let scene = Scene::new().await;
    let path = format!("/structures/{}/away", scene.structure());
    let mut stream = scene.stream(&format!("{path}.json")).await;
    assert_eq!(stream.put().await, (path.clone(), json!("home")));
    let structure = format!("/structures/{}", scene.structure());
    assert_eq!(scene.put(&structure, r#"{"name":"Elm Street"}"#).await.0, 200);
    assert_eq!(scene.put(&structure, r#"{"away":"away"}"#).await.0, 200);
    assert_eq!(stream.put().await, (path, json!("away")), "the name is no news here");
    let mut nothing = scene.stream(&format!("{structure}/peak_period_start_time")).await;
    assert_eq!(nothing.put().await.1, Value::Null);
    scene.simulation.stop().await;
}

#[tokio::test]
async fn keep_alives_fill_silence() {
    let scene = Scene::with(Options { keep_alive: Duration::from_millis(50), ..Options::default() }).await;
    let mut stream = scene.stream(&format!("/structures/{}/name", scene.structure())).await;
    assert_eq!(stream.next().await.expect("a put").0, "put");
    assert_eq!(stream.next().await, Some(("keep-alive".to_owned(), "null".to_owned())));
    assert_eq!(stream.next().await, Some(("keep-alive".to_owned(), "null".to_owned())));
    scene.simulation.stop().await;
}

#[tokio::test]
async fn a_revoked_token_ends_its_streams() {
    let scene = Scene::new().await;
    let token = scene.simulation.token().to_owned();
    let mut stream = scene.stream(&format!("/structures/{}/name", scene.structure())).await;
    stream.put().await;
    let address = scene.front(&format!("/oauth2/access_tokens/{token}"));
    let revoke = || scene.http.delete(&address).send();
    assert_eq!(revoke().await.expect("an answer").status(), 204);
    assert_eq!(stream.next().await, Some(("auth_revoked".to_owned(), token)));
    assert_eq!(stream.next().await, None);
    assert_eq!(revoke().await.expect("an answer").status(), 404);
    assert_eq!(scene.get("/").await.0, 401);
    assert_eq!(scene.send(Method::GET, "/", "").await.status(), 401);
    scene.simulation.stop().await;
}

#[tokio::test]
async fn streams_break_off_on_demand() {
    let faults = vec![Fault::DropStream(Duration::from_millis(200))];
    let scene = Scene::with(Options { faults, ..Options::default() }).await;
    let mut stream = scene.stream("/").await;
    stream.put().await;
    while stream.next().await.is_some() {}

    scene.simulation.controls().set_faults(vec![Fault::HalfEvent(1.0)]);
    let mut stream = scene.stream("/structures").await;
    stream.put().await;
    assert_eq!(scene.put(&format!("/structures/{}", scene.structure()), r#"{"away":"away"}"#).await.0, 200);
    assert_eq!(stream.next().await, None, "the second event is no whole one");
    assert!(stream.rest().starts_with("event: put\ndata: {"), "{:?}", stream.rest());
    scene.simulation.stop().await;
}

#[tokio::test]
async fn a_big_home_is_streamed_whole_to_many() {
    let home = "estate:400".parse().expect("a plan");
    let scene = Scene::with(Options { home, ..Options::default() }).await;
    let mut streams = Vec::new();
    for _ in 0..8 {
        streams.push(scene.stream("/").await);
    }
    let name = json!("House of all");
    let structure = scene.structure();
    let mut named = 0;
    for stream in &mut streams {
        let (_, data) = stream.put().await;
        assert_eq!(data["devices"]["thermostats"].as_object().expect("thermostats").len(), 400);
        assert_eq!(data["devices"]["cameras"].as_object().expect("cameras").len(), 200);
    }
    assert_eq!(scene.put(&format!("/structures/{structure}"), r#"{"name":"House of all"}"#).await.0, 200);
    for stream in &mut streams {
        stream.put_with(|data| data["structures"][structure.as_str()]["name"] == name).await;
        named += 1;
    }
    assert_eq!(named, 8);
    scene.simulation.stop().await;
}
