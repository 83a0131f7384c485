//! `setpoint snippet`.

use setpoint::simulator::Options;
use setpoint::snippet::CodeLanguage;

use crate::support::simulation;
use crate::support::user::User;

#[tokio::test]
async fn the_languages_are_listed() {
    let (code, said, _) = User::new().run(&["snippet", "--list"]).await;
    assert_eq!((code, said.lines().count()), (0, CodeLanguage::ALL.len()));
    assert!(said.contains("python-requests  Python 3 (requests)"), "{said}");
}

#[tokio::test]
async fn without_an_account_a_placeholder_stands_for_the_address() {
    let words = ["snippet", "--lang", "go", "put", "devices/thermostats/x", r#"{"label":"Den"}"#];
    let (code, said, complained) = User::new().run(&words).await;
    assert_eq!(code, 0, "{complained}");
    assert!(said.contains("https://server.example/devices/thermostats/x"), "{said}");
    assert!(complained.contains("--url"), "{complained}");
}

#[tokio::test]
async fn set_becomes_a_request_to_the_server_of_the_environment() {
    let home = simulation(Options::default()).await;
    let run = async |words: &[&str]| {
        let user = User::new();
        let mut command = user.command(words);
        command.env("SETPOINT_URL", home.url().as_str()).env("SETPOINT_TOKEN", home.token());
        let output = command.output().await.expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, said, complained) = run(&["snippet", "--lang", "curl", "set", "hallway", "target", "70F"]).await;
    assert_eq!(code, Some(0), "{complained}");
    assert!(said.contains(r#"body='{"target_temperature_f":70}'"#), "{said}");
    assert!(said.contains(&format!("url='{}devices/thermostats/", home.url())), "{said}");
    assert!(!said.contains(home.token()));
    let (code, said, _) = run(&["snippet", "--token-variable", "HOME_TOKEN", "--lang", "python", "get", "/"]).await;
    assert!(code == Some(0) && said.contains("os.environ[\"HOME_TOKEN\"]"), "{said}");

    let (code, said, complained) = run(&["snippet", "--with-token", "--lang", "curl", "get", "/"]).await;
    assert_eq!((code, said.as_str()), (Some(2), ""));
    assert!(complained.contains("twice"), "{complained}");
    let (code, said, complained) =
        run(&["snippet", "--with-token", "--with-token", "--lang", "curl", "get", "/"]).await;
    assert_eq!(code, Some(0), "{complained}");
    assert!(said.contains(&format!("token='{}'", home.token())));
    assert!(!complained.contains(home.token()));
    home.stop().await;
}

#[tokio::test]
async fn invalid_requests_are_usage_errors() {
    for words in [
        vec!["snippet"],
        vec!["snippet", "--lang", "cobol", "get", "/"],
        vec!["snippet", "--lang", "curl", "fetch", "/"],
        vec!["snippet", "--lang", "curl", "put", "devices/thermostats/x"],
        vec!["snippet", "--lang", "curl", "put", "devices/thermostats/x", "{"],
        vec!["snippet", "--lang", "curl", "get", "/", "{}"],
        vec!["snippet", "--url", "http://nest.example.org", "--lang", "curl", "get", "/"],
    ] {
        let (code, said, complained) = User::new().run(&words).await;
        assert_eq!((code, said.as_str()), (2, ""), "{words:?}: {complained}");
    }
}

/// A call without a command of its own becomes a request, with `--raw` if the service has no such method.
#[tokio::test]
async fn every_method_has_a_command() {
    let (code, said, complained) = User::new().run(&["snippet", "--lang", "setpoint", "delete", "/x"]).await;
    assert_eq!((code, said.lines().last()), (0, Some("setpoint request --raw DELETE /x")), "{complained}");
}
