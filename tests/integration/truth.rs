//! The reported outcome of every change: the output of the program, its journal, and the real effect on a server
//! that fails in the middle of changes. Each test is named by the finding of 2026-11-28 that it keeps from
//! coming back.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use std::time::Duration;

use serde_json::{Value, json};
use setpoint::accounts::session::{AccountSource, Ownership, Session, SessionError};
use setpoint::accounts::settings::{Places, Settings};
use setpoint::accounts::vault::Vault;
use setpoint::clock::SystemClock;
use support::flaky::{Answers, Flaky};
use support::nle::Nle;
use support::until;
use support::user::User;

async fn user_at(server: &Flaky) -> User {
    let user = User::new();
    user.add_wwn(&server.url).await;
    user
}

fn http() -> reqwest::Client {
    // Fails only if a provider is already installed.
    rustls::crypto::ring::default_provider().install_default().ok();
    reqwest::Client::builder().no_proxy().build().expect("a client")
}

async fn set(user: &User, label: &str) -> (i32, String, String) {
    user.run(&["set", "hallway", "label", label]).await
}

/// The newest record of a label: its outcome as one word.
fn outcome(user: &User, label: &str) -> Option<String> {
    let records = user.journal();
    let record = records.iter().rev().find(|record| record["wish"]["label"][1] == json!(label))?;
    let outcome = &record["outcome"];
    let word = outcome.as_object().and_then(|object| object.keys().next().cloned());
    word.or_else(|| outcome.as_str().map(str::to_owned))
}

#[tokio::test]
async fn h3_an_accepted_write_shown_later_is_in_the_journal() {
    let server = Flaky::start().await;
    let user = user_at(&server).await;
    server.next([Answers::Unshown]);
    let (code, said, complained) = set(&user, "late").await;
    assert_eq!((code, complained.as_str()), (0, ""), "{said}");
    assert!(said.contains("accepted, waiting for the thermostat"), "{said}");
    server.show();
    // The next run reads the result.
    assert_eq!(set(&user, "next").await.0, 0);
    assert_eq!(outcome(&user, "late").as_deref(), Some("done"));
    assert!(user.journal().iter().all(|record| record["who"] == json!("cli")), "nothing of it is a stranger's");
    assert_eq!(server.puts(), ["late", "next"]);
}

#[tokio::test]
async fn m2_l3_an_uncertain_write_is_never_called_refused() {
    let server = Flaky::start().await;
    let user = user_at(&server).await;
    for (label, answers) in
        [("created", Answers::AppliedWith(201)), ("empty", Answers::AppliedWith(204)), ("cut", Answers::CutAfter)]
    {
        server.next([answers]);
        let (code, said, complained) = set(&user, label).await;
        assert_eq!((code, complained.as_str()), (0, ""), "{label}: {said}");
        assert_eq!(outcome(&user, label).as_deref(), Some("done"), "{label}");
    }
    server.next([Answers::AppliedWith(500)]);
    assert_eq!(set(&user, "failed").await.0, 0, "the stream shows that it arrived");
    assert_eq!(outcome(&user, "failed").as_deref(), Some("done"));
    server.next([Answers::CutBefore, Answers::CutBefore]);
    let (code, _, complained) = set(&user, "unknown").await;
    assert!(code == 5 && complained.contains("may have arrived"), "{code}: {complained}");
    assert_eq!(outcome(&user, "unknown").as_deref(), Some("may_have_arrived"));
    server.next([Answers::RefusedWith(400)]);
    assert_eq!(set(&user, "refused").await.0, 3);
    assert_eq!(outcome(&user, "refused").as_deref(), Some("refused"));
    let done: Vec<String> = server.applied();
    assert_eq!(done, ["created", "empty", "cut", "failed"], "each once");
}

#[tokio::test]
async fn m3_a_value_that_the_service_does_not_show_is_not_done() {
    let server = Flaky::start().await;
    let user = user_at(&server).await;
    for (label, body, code, word) in [
        ("hotel", "<html>sign in to the hotel</html>", 5, "may_have_arrived"),
        ("other", "{\"label\":\"OTHER\"}", 3, "refused"),
        ("empty", "", 0, ""),
    ] {
        server.next([Answers::Says(body)]);
        let (ended, said, complained) = set(&user, label).await;
        assert_eq!(ended, code, "{label}: {said}{complained}");
        assert!(!said.contains("(was"), "{label}: {said}");
        if word.is_empty() {
            assert!(said.contains("accepted, waiting"), "{said}");
        } else {
            assert_eq!(outcome(&user, label).as_deref(), Some(word), "{label}");
        }
    }
    assert_eq!(server.applied(), Vec::<String>::new());
}

#[tokio::test]
async fn m4_a_change_by_command_line_can_be_undone() {
    let server = Flaky::start().await;
    let user = user_at(&server).await;
    assert_eq!(set(&user, "first").await.0, 0);
    assert_eq!(set(&user, "second").await.0, 0);
    let records = user.journal();
    let newest = records.last().expect("a record");
    assert_eq!(newest["outcome"], json!("done"));
    assert_eq!(newest["undo"]["label"][1], json!("first"));
}

#[tokio::test]
async fn m5_a_write_that_arrived_before_a_crash_has_its_record() {
    let server = Flaky::start().await;
    let user = user_at(&server).await;
    server.next([Answers::Silent]);
    let mut killed = user.command(&["set", "hallway", "label", "crashed"]).spawn().expect("it runs");
    until("the write", || (server.applied() == ["crashed"]).then_some(())).await;
    killed.kill().await.expect("killed");
    server.show();
    assert_eq!(set(&user, "after").await.0, 0);
    assert_eq!(outcome(&user, "crashed").as_deref(), Some("done"));
    assert_eq!(server.puts(), ["crashed", "after"], "it is not sent again");
}

#[tokio::test]
async fn l7_commands_at_once_have_an_id_each_and_lose_nothing() {
    let server = Flaky::start().await;
    let user = user_at(&server).await;
    let labels: Vec<String> = (0..12).map(|number| format!("label-{number}")).collect();
    let running = labels.iter().map(|label| set(&user, label));
    let ended = futures_util::future::join_all(running).await;
    assert!(ended.iter().all(|(code, ..)| *code == 0), "{ended:?}");
    let records = user.journal();
    assert_eq!(records.len(), labels.len());
    let mut applied = server.applied();
    applied.sort();
    let mut wanted = labels.clone();
    wanted.sort();
    assert_eq!(applied, wanted, "each once");
}

/// The session of a program that starts: it asks the owner of the account to hand it over.
async fn program(user: &User) -> Result<Session, SessionError> {
    let home = user.home.path();
    let places = Places { config: home.join(".config/setpoint"), data: home.join(".local/share/setpoint") };
    let settings = Settings::load(&places.settings()).settings;
    let choice = AccountSource::from_settings(&settings, None).expect("readable").expect("an account");
    Session::open(choice, Vault::on_keyring(), Some(&places), SystemClock::shared(), Ownership::PROGRAM).await
}

#[tokio::test(flavor = "multi_thread")]
async fn h4_the_bridge_hands_over_and_commands_use_the_owner() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    let user = User::new();
    user.add_nle(&server).await;
    let bridge = user.serve().await;
    // A command works through the bridge, whose engine writes the record.
    let (code, said, complained) = user.run(&["set", "room", "target", "22.5"]).await;
    assert_eq!((code, complained.as_str()), (0, ""), "{said}");
    let first = user.journal();
    assert_eq!(first.len(), 1, "{first:?}");
    assert_eq!((&first[0]["who"], &first[0]["outcome"]), (&json!("cli"), &json!("done")));
    // The program starts later and still becomes the owner of the account.
    let session = program(&user).await.expect("handed over");
    support::engine::live(&session.engine).await;
    let write = setpoint::home::Write::Target("02AA01AB50120001".into(), setpoint::home::Setpoint::celsius(19.0));
    let record = support::engine::wanted(&session.engine, write).await;
    assert_eq!(record.outcome, setpoint::engine::Outcome::Done);
    assert_eq!(record.id, 2, "the journal goes on where the bridge ended");
    // When the program ends, the bridge owns it again.
    session.close(Duration::from_secs(1)).await;
    let http = http();
    let url = format!("{}/devices/thermostats/02AA01AB50120001", bridge.api);
    let mut status = 0;
    for _ in 0..100 {
        let put = http.put(&url).bearer_auth(&bridge.token).header("content-type", "application/json");
        let sent = put.body("{\"target_temperature_c\":20.5}").send().await.expect("an answer");
        status = sent.status().as_u16();
        if status == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(status, 200);
    // The bridge writes the file a moment later.
    let all = [json!("cli"), json!("window"), json!("bridge")];
    let who = || user.journal().iter().map(|record| record["who"].clone()).collect::<Vec<Value>>();
    until("the record of the bridge", || (who() == all).then_some(())).await;
}

#[tokio::test]
async fn m6_a_bridge_client_gets_the_true_outcome() {
    let server = Flaky::start().await;
    let user = user_at(&server).await;
    let bridge = user.serve().await;
    let http = http();
    let put = async |label: &str| {
        let url = format!("{}/devices/thermostats/hall", bridge.api);
        let put = http.put(&url).bearer_auth(&bridge.token).header("content-type", "application/json");
        put.body(json!({ "label": label }).to_string()).send().await.expect("an answer").status().as_u16()
    };
    // One lost connection is no refusal: the bridge tries again.
    server.next([Answers::CutBefore]);
    assert_eq!(put("again").await, 200);
    // An accepted write is a success, however late it is shown.
    server.next([Answers::Unshown]);
    assert_eq!(put("late").await, 200);
    server.show();
    server.next([Answers::RefusedWith(400)]);
    assert_eq!(put("refused").await, 400);
    assert_eq!(server.applied(), ["again", "late"]);
}

/// Findings H2: after a sign-out no running part of the program uses the token of the account.
#[tokio::test]
async fn h2_a_bridge_and_a_watcher_end_at_a_sign_out() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    let user = User::new();
    user.add_nle(&server).await;
    let mut bridge = user.serve().await;
    let watcher = user.command(&["watch"]).stdout(std::process::Stdio::null()).spawn();
    let mut watcher = watcher.expect("it runs");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(user.run(&["auth", "logout"]).await.0, 0);
    let ended = tokio::time::timeout(support::PATIENCE, bridge.child.wait()).await.expect("in time");
    assert_eq!(ended.expect("it ended").code(), Some(4));
    // The watcher is a client of the bridge.
    let ended = tokio::time::timeout(support::PATIENCE, watcher.wait()).await.expect("in time");
    assert_ne!(ended.expect("it ended").code(), Some(0));
}
