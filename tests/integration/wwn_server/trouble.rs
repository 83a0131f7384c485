//! Faults on demand.

use std::path::Path;

use reqwest::Method;
use setpoint::clock::SystemClock;
use setpoint::simulator::{Options, StartError, start};
use setpoint::wwn::server::Fault;

use super::client::Scene;

#[tokio::test]
async fn faults_come_and_go() {
    let scene = Scene::new().await;
    let controls = scene.simulation.controls();
    let structure = format!("/structures/{}", scene.structure());
    for (fault, status) in [("401", 401), ("403", 403), ("429", 429), ("500", 500), ("503", 503)] {
        controls.set_faults(vec![fault.parse().expect("a fault")]);
        assert_eq!(scene.get("/").await.0, status);
        assert_eq!(scene.put(&structure, r#"{"away":"away"}"#).await.0, status);
    }
    controls.set_faults(vec![Fault::WriteError(1.0)]);
    let (status, body) = scene.put(&structure, r#"{"away":"away"}"#).await;
    assert_eq!((status, body["error"].as_str()), (400, Some("Write Error")));
    controls.set_faults(vec![Fault::WrongJson(1.0)]);
    let text = scene.send(Method::GET, &structure, "").await.text().await.expect("text");
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_err());
    controls.set_faults(vec![Fault::Html(1.0)]);
    assert_eq!(scene.send(Method::GET, "/", "").await.headers()["content-type"], "text/html; charset=utf-8");
    controls.set_faults(vec![Fault::RedirectLoop]);
    let answer = scene.send(Method::GET, "/structures?a=b", "").await;
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["location"].to_str().expect("text")),
        (307, scene.front("/structures?a=b").as_str())
    );
    controls.set_faults(vec!["latency=30ms".parse().expect("a fault"), "500=0".parse().expect("a fault")]);
    assert_eq!(scene.get("/").await.0, 200);
    scene.simulation.stop().await;
}

/// Findings of real homes, low table 18: the server does not serve clients of Firebase's WebSocket, and the docs
/// say so.
#[tokio::test]
async fn a_l18_what_firebase_speaks_is_not_there_and_the_docs_say_so() {
    let scene = Scene::new().await;
    for path in ["/.ws?v=5&ns=developer-api", "/.lp?start=t&ser=1"] {
        assert_eq!(scene.get(path).await.0, 404, "{path}");
    }
    scene.simulation.stop().await;
    for page in ["docs/bridge.md", "docs/services/simulated-home.md"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).expect(page);
        let says = text.lines().find(|line| line.contains("/.ws") && line.contains("/.lp")).expect(page);
        assert!(says.contains("Firebase") && says.contains("WebSocket") && says.contains("404"), "{says}");
    }
}

#[tokio::test]
async fn devices_can_be_offline_from_the_start() {
    let scene = Scene::with(Options { faults: vec![Fault::Offline(1.0)], ..Options::default() }).await;
    let home = scene.home();
    assert!(home.thermostats.values().all(|thermostat| thermostat.is_online == Some(false)));
    assert!(
        home.protects
            .values()
            .all(|protect| protect.ui_color_state.as_ref().is_some_and(|ring| ring.as_str() == "gray"))
    );
    scene.simulation.stop().await;
}

#[tokio::test]
async fn an_address_in_use_is_named() {
    let first = start(Options::default(), SystemClock::shared()).await.expect("a simulation");
    let port = first.url().port().expect("a port");
    let listen = std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let second = start(Options { listen, ..Options::default() }, SystemClock::shared()).await;
    let error = second.err().expect("refused");
    assert!(matches!(error, StartError::InUse(_)), "{error}");
    assert!(error.to_string().contains(&port.to_string()));
    first.stop().await;
    let third = start(Options { listen, ..Options::default() }, SystemClock::shared()).await;
    third.expect("the address is free again").stop().await;
}
