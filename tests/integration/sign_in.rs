//! Signing in by PIN and by browser, and signing out, against the simulated service.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use setpoint::accounts::vault::{Loopback, LoopbackError};
use setpoint::service::FailureKind;
use setpoint::simulator::{Options, Simulation};
use setpoint::wwn::client::{Client, OAuthClient};
use support::{PATIENCE, simulation};
use url::Url;

fn oauth(simulation: &Simulation) -> OAuthClient {
    let ready = simulation.ready_line();
    let text = |key: &str| ready[key].as_str().expect(key).to_owned();
    let front = simulation.url();
    OAuthClient::new(
        front.join("login/oauth2").expect("a URL").as_str(),
        front.join("oauth2/access_token").expect("a URL").as_str(),
        text("client_id"),
        SecretString::from(text("client_secret")),
    )
    .expect("usable addresses")
}

fn pin(simulation: &Simulation) -> SecretString {
    SecretString::from(simulation.ready_line()["pin"].as_str().expect("a PIN"))
}

/// A browser that follows redirects and allows access.
struct Browser(reqwest::Client);

impl Browser {
    fn new() -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
        Self(client.expect("a client"))
    }

    async fn get(&self, url: Url) -> (u16, String) {
        let answer = self.0.get(url).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    }

    /// Presses a button of the page and returns the address of the redirect.
    async fn decide(&self, page: &Url, decision: &str) -> Url {
        let (status, html) = self.get(page.clone()).await;
        assert_eq!(status, 200, "{html}");
        let mark = html.split("name=\"form\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a mark");
        let mut form: Vec<(String, String)> =
            page.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect();
        form.extend([("form".to_owned(), mark.to_owned()), ("decision".to_owned(), decision.to_owned())]);
        let mut address = page.clone();
        address.set_query(None);
        let answer = self.0.post(address).form(&form).send().await.expect("an answer");
        let location = answer.headers().get("location").expect("a redirect").to_str().expect("text").to_owned();
        Url::parse(&location).expect("a URL")
    }
}

#[tokio::test]
async fn a_pin_becomes_a_token_once() {
    let simulation = simulation(Options::default()).await;
    let oauth = oauth(&simulation);
    let pin = pin(&simulation);
    // Users type the PIN in lower case and with a trailing blank.
    let typed = SecretString::from(format!("{} ", pin.expose_secret().to_lowercase()));
    let token = oauth.exchange(&typed).await.expect("a token");
    let client = Client::new(simulation.url().clone(), &token).expect("a client");
    assert_eq!(client.home().await.expect("a home").thermostats.len(), 3);
    let again = oauth.exchange(&pin).await.expect_err("it works once");
    assert_eq!(again.kind, FailureKind::SignIn);
    assert!(again.to_string().contains("authorization code not found"), "{again}");
    simulation.stop().await;
}

#[tokio::test]
async fn the_browser_brings_a_code_to_the_loopback_address() {
    let simulation = simulation(Options::default()).await;
    let oauth = oauth(&simulation);
    let loopback = Loopback::open(0).await.expect("a port");
    let page = oauth.page("a-state", Some(&loopback.redirect_uri()));
    let waiting = tokio::spawn(loopback.code("a-state".to_owned(), PATIENCE));
    let browser = Browser::new();
    let back = browser.decide(&page, "allow").await;
    assert!(back.as_str().starts_with("http://127.0.0.1:"), "{back}");
    let (status, html) = browser.get(back).await;
    assert!(status == 200 && html.contains("signed in"), "{status}: {html}");
    let code = waiting.await.expect("ends").expect("a code");
    let token = oauth.exchange(&code).await.expect("a token");
    let client = Client::new(simulation.url().clone(), &token).expect("a client");
    assert!(client.home().await.is_ok());
    simulation.stop().await;
}

#[tokio::test]
async fn a_declined_consent_is_distinguished() {
    let simulation = simulation(Options::default()).await;
    let oauth = oauth(&simulation);
    let loopback = Loopback::open(0).await.expect("a port");
    let page = oauth.page("a-state", Some(&loopback.redirect_uri()));
    let waiting = tokio::spawn(loopback.code("a-state".to_owned(), PATIENCE));
    let browser = Browser::new();
    let back = browser.decide(&page, "deny").await;
    browser.get(back).await;
    let refused = waiting.await.expect("ends").expect_err("not allowed");
    assert_eq!(refused, LoopbackError::Refused("access_denied".to_owned()));
    simulation.stop().await;
}

#[tokio::test]
async fn a_forged_answer_is_refused_and_the_wait_goes_on() {
    let loopback = Loopback::open(0).await.expect("a port");
    let address = Url::parse(&loopback.redirect_uri()).expect("a URL");
    let waiting = tokio::spawn(loopback.code("right".to_owned(), PATIENCE));
    let browser = Browser::new();
    let with = |query: &str| {
        let mut url = address.clone();
        url.set_query(Some(query));
        url
    };
    for forged in ["code=evil", "code=evil&state=wrong", "state=right", "state=right&code=", "state="] {
        let (status, _) = browser.get(with(forged)).await;
        assert_eq!(status, 400, "{forged}");
    }
    let mut elsewhere = with("code=evil&state=right");
    elsewhere.set_path("/other");
    assert_eq!(browser.get(elsewhere).await.0, 404);
    browser.get(with("code=good&state=right")).await;
    let code = waiting.await.expect("ends").expect("a code");
    assert_eq!(code.expose_secret(), "good");
}

#[tokio::test]
async fn a_busy_port_and_a_missing_browser_are_reported() {
    let first = Loopback::open(0).await.expect("a port");
    let port = Url::parse(&first.redirect_uri()).expect("a URL").port().expect("a port");
    assert_eq!(Loopback::open(port).await.err(), Some(LoopbackError::PortInUse(port)));
    let waited = first.code("state".to_owned(), Duration::from_millis(50)).await;
    assert!(matches!(waited, Err(LoopbackError::TimedOut(_))), "{waited:?}");
}

#[tokio::test]
async fn signing_out_withdraws_the_token_and_may_be_repeated() {
    let simulation = simulation(Options::default()).await;
    let oauth = oauth(&simulation);
    let token = oauth.exchange(&pin(&simulation)).await.expect("a token");
    let client = Client::new(simulation.url().clone(), &token).expect("a client");
    assert!(client.home().await.is_ok());
    OAuthClient::revoke(oauth.token_url.as_str(), &token).await.expect("revoked");
    assert_eq!(client.home().await.expect_err("withdrawn").kind, FailureKind::SignIn);
    OAuthClient::revoke(oauth.token_url.as_str(), &token).await.expect("gone already");
    for unsafe_url in ["http://example.org/oauth2/access_token", "ftp://127.0.0.1/", "x"] {
        let refused = OAuthClient::revoke(unsafe_url, &token).await.expect_err(unsafe_url);
        assert_eq!(refused.kind, FailureKind::Bug, "the token was sent to {unsafe_url}");
    }
    simulation.stop().await;
}

#[tokio::test]
async fn wrong_clients_and_silent_servers_are_explained() {
    let simulation = simulation(Options::default()).await;
    let mut wrong = oauth(&simulation);
    wrong.client_secret = SecretString::from("wrong");
    let refused = wrong.exchange(&pin(&simulation)).await.expect_err("refused");
    assert_eq!(refused.kind, FailureKind::SignIn);
    assert!(!refused.to_string().contains("wrong"), "no secret in {refused}");
    simulation.stop().await;
    let nobody = oauth_at("http://127.0.0.1:1/oauth2/access_token");
    assert_eq!(nobody.exchange(&SecretString::from("x")).await.expect_err("nobody").kind, FailureKind::Offline);
}

fn oauth_at(url: &str) -> OAuthClient {
    OAuthClient::new(url, url, "id".to_owned(), SecretString::from("secret")).expect("usable addresses")
}
