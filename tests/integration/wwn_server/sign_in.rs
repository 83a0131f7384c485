//! Authorization: PINs, redirects, tokens.

use reqwest::Response;
use serde_json::{Value, json};
use setpoint::clock::SystemClock;
use setpoint::simulator::Options;

use super::client::{Scene, read};

struct Product {
    id: String,
    secret: String,
    pin: String,
}

fn product(scene: &Scene) -> Product {
    let line = scene.simulation.ready_line();
    let text = |key: &str| line[key].as_str().expect("text").to_owned();
    assert_eq!(text("url"), scene.front(""));
    assert_eq!(text("token").len(), 146);
    Product { id: text("client_id"), secret: text("client_secret"), pin: text("pin") }
}

async fn exchange(scene: &Scene, form: &[(&str, &str)]) -> (u16, Value) {
    let request = scene.http.post(scene.front("/oauth2/access_token")).form(form);
    read(request.send().await.expect("an answer")).await
}

fn error(description: &str) -> (u16, Value) {
    (400, json!({"error": "oauth2_error", "error_description": description}))
}

#[tokio::test]
async fn a_pin_is_exchanged_once_in_letters_of_any_size() {
    let scene = Scene::new().await;
    let Product { id, secret, pin } = product(&scene);
    assert_eq!(pin.len(), 8);
    let pin = pin.to_lowercase();
    let form =
        [("client_id", id.as_str()), ("client_secret", &secret), ("code", &pin), ("grant_type", "authorization_code")];
    let (status, reply) = exchange(&scene, &form).await;
    assert_eq!((status, &reply["expires_in"]), (200, &json!(315_360_000)));
    let token = reply["access_token"].as_str().expect("a token");
    assert!(token.starts_with("c.") && token.len() == 146);
    let answer = scene.http.get(scene.api("/metadata")).bearer_auth(token).send().await.expect("an answer");
    assert_eq!(read(answer).await.1["access_token"], token);
    assert_eq!(exchange(&scene, &form).await, error("authorization code not found"), "used up");
    scene.simulation.stop().await;
}

#[tokio::test]
async fn every_mistake_in_an_exchange_is_named() {
    let scene = Scene::new().await;
    let Product { id, secret, pin } = product(&scene);
    let full =
        [("client_id", id.as_str()), ("client_secret", &secret), ("code", &pin), ("grant_type", "authorization_code")];
    for missing in 0..full.len() {
        let mut form = full.to_vec();
        let (name, _) = form.remove(missing);
        assert_eq!(exchange(&scene, &form).await, error(&format!("missing required parameters: {name}")));
    }
    let with = |place: usize, value: &'static str| {
        let mut form = full.to_vec();
        form[place].1 = value;
        form
    };
    assert_eq!(exchange(&scene, &with(0, "stranger")).await, error("client not active"));
    assert_eq!(exchange(&scene, &with(1, "guess")).await, error("client secret not valid"));
    assert_eq!(exchange(&scene, &with(2, "WRONGPIN")).await, error("authorization code not found"));
    assert_eq!(exchange(&scene, &with(3, "password")).await.0, 400);
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(full).finish();
    let answer =
        scene.http.post(scene.front(&format!("/oauth2/access_token?{query}"))).send().await.expect("an answer");
    assert_eq!(read(answer).await.0, 200, "the address may carry the parameters");
    scene.simulation.stop().await;
}

async fn page(response: Response) -> String {
    assert_eq!(response.headers()["x-frame-options"], "DENY");
    response.text().await.expect("a page")
}

fn hidden(page: &str, name: &str) -> String {
    let start = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a field").1;
    start.split_once('"').expect("a value").0.to_owned()
}

#[tokio::test]
async fn the_page_gives_a_pin_to_the_user() {
    let scene = Scene::new().await;
    let Product { id, secret, .. } = product(&scene);
    let address = scene.front("/login/oauth2");
    let ask = |query: Vec<(&'static str, String)>| {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        scene.http.get(format!("{address}?{query}")).send()
    };
    let asked = page(ask(vec![("client_id", id.clone()), ("state", "<s>".to_owned())]).await.expect("an answer")).await;
    assert!(asked.contains("See and control thermostats") && asked.contains("<html lang=\"en\">"));
    assert!(!asked.contains("<s>"), "the state is text and no markup");
    let mark = hidden(&asked, "form");
    let decide = |mark: String, decision: &'static str| {
        let form =
            [("client_id", id.clone()), ("state", "s".to_owned()), ("form", mark), ("decision", decision.to_owned())];
        scene.http.post(&address).form(&form).send()
    };
    assert_eq!(decide("other".to_owned(), "allow").await.expect("an answer").status(), 400, "not from our page");
    let shown = page(decide(mark.clone(), "allow").await.expect("an answer")).await;
    let pin = shown.split_once("<output>").expect("a PIN").1.split_once('<').expect("an end").0.to_owned();
    assert_eq!(decide(mark, "allow").await.expect("an answer").status(), 400, "once");
    let form =
        [("client_id", id.as_str()), ("client_secret", &secret), ("code", &pin), ("grant_type", "authorization_code")];
    assert_eq!(exchange(&scene, &form).await.0, 200);
    assert_eq!(
        read(ask(vec![("client_id", id.clone())]).await.expect("an answer")).await,
        error("missing required parameters: state")
    );
    let elsewhere =
        [("client_id", id.clone()), ("state", "s".to_owned()), ("redirect_uri", "https://example.org/".to_owned())];
    let refused = read(ask(elsewhere.to_vec()).await.expect("an answer")).await;
    assert_eq!(
        refused,
        (400, json!({"error": "input_data_error", "error_description": "redirect_uri not pre-registered"}))
    );
    let rebound = scene.http.get(&address).header("Host", "evil.example").send().await.expect("an answer");
    assert_eq!(read(rebound).await.0, 403);
    scene.simulation.stop().await;
}

#[tokio::test]
async fn a_redirect_carries_state_and_code() {
    let scene = Scene::new().await;
    let Product { id, secret, .. } = product(&scene);
    let address = scene.front("/login/oauth2");
    let back = "http://127.0.0.1:9/callback?kept=1";
    let query = [("client_id", id.as_str()), ("state", "a b&c"), ("redirect_uri", back)];
    let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    for (decision, key) in [("deny", "error"), ("allow", "code")] {
        let asked = page(scene.http.get(format!("{address}?{encoded}")).send().await.expect("an answer")).await;
        let mut form = query.to_vec();
        let mark = hidden(&asked, "form");
        form.extend([("form", mark.as_str()), ("decision", decision)]);
        let answer = scene.http.post(&address).form(&form).send().await.expect("an answer");
        assert_eq!(answer.status(), 303);
        let location = url::Url::parse(answer.headers()["location"].to_str().expect("text")).expect("an address");
        let value =
            |key: &str| location.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
        assert_eq!((value("state").as_deref(), value("kept").as_deref()), (Some("a b&c"), Some("1")));
        let value = value(key).expect("an outcome");
        if key == "code" {
            assert_eq!(value.len(), 16);
            let form = [
                ("client_id", id.as_str()),
                ("client_secret", &secret),
                ("code", &value),
                ("grant_type", "authorization_code"),
                ("redirect_uri", back),
            ];
            assert_eq!(exchange(&scene, &form).await.0, 200);
        }
    }
    scene.simulation.stop().await;
}

#[tokio::test]
async fn l14_each_run_has_a_new_token() {
    let start = async |seeded_secrets| {
        let options = Options { seeded_secrets, ..Options::default() };
        let simulation = setpoint::simulator::start(options, SystemClock::shared()).await.expect("a simulated home");
        let ready = simulation.ready_line();
        simulation.stop().await;
        ["token", "client_secret", "pin"].map(|name| ready[name].to_string())
    };
    let (one, other) = (start(false).await, start(false).await);
    assert!(one.iter().zip(&other).all(|(one, other)| one != other), "none is the same");
    assert!(start(true).await == start(true).await, "for whoever asks for it by a seed");
}
