//! The check of the set-up of Google Device Access: each possible fault, over real sockets, and the resources
//! that the program creates.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use secrecy::SecretString;
use serde_json::{Value, json};
use setpoint::sdm::setup::{Check, CheckResult, Remedy, Report, Wanted, check_setup};
use setpoint::sdm::{SdmConfig, SdmSecret};
use support::pubsub::PUBLISHER;
use support::sdm::{CLIENT, CLIENT_SECRET, PROJECT, REFRESH, SUBSCRIPTION, Sdm, Trouble};

const TOPIC: &str = "projects/cloud/topics/nest";

fn config(server: &Sdm, subscription: Option<&str>) -> SdmConfig {
    let tokens = format!("{}/token", server.url);
    let addresses = [server.url.as_str(), server.url.as_str(), tokens.as_str()];
    SdmConfig::new(addresses, PROJECT, CLIENT, subscription.map(str::to_owned)).expect("addresses")
}

fn signed_in(issued: Option<jiff::Timestamp>) -> Wanted {
    let (refresh_token, client_secret) = (SecretString::from(REFRESH), SecretString::from(CLIENT_SECRET));
    Wanted::SignedIn(SdmSecret { refresh_token, client_secret, issued })
}

async fn asked(server: &Sdm, make: bool) -> Report {
    check_setup(config(server, Some(SUBSCRIPTION)), signed_in(None), make).await.expect("addresses")
}

fn verdict(report: &Report, check: Check) -> CheckResult {
    let finding = report.findings.iter().find(|finding| finding.check == check);
    finding.expect("each check has a finding").verdict.clone()
}

/// The findings that are not passed.
fn amiss(report: &Report) -> Vec<(Check, CheckResult)> {
    let findings = report.findings.iter().filter(|finding| finding.verdict != CheckResult::Passed);
    findings.map(|finding| (finding.check, finding.verdict.clone())).collect()
}

fn no(reason: &str, message: &str) -> String {
    json!({"error": {"code": 403, "status": "PERMISSION_DENIED", "message": message, "details": [
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "metadata": {"consumer": "projects/77"}}
    ]}})
    .to_string()
}

#[tokio::test]
async fn a_set_up_that_is_complete_passes_and_changes_nothing() {
    let server = Sdm::start().await;
    let before = server.pubsub(|pubsub| (pubsub.resources.clone(), pubsub.policies.clone()));
    for make in [false, true] {
        let report = asked(&server, make).await;
        assert_eq!(amiss(&report), []);
        assert!(report.is_well() && !report.can_make());
        assert_eq!((report.cloud.as_deref(), report.topic.as_deref()), (Some("cloud"), Some(TOPIC)));
    }
    assert_eq!(server.pubsub(|pubsub| (pubsub.resources.clone(), pubsub.policies.clone())), before);
    assert_eq!(server.commands(), []);
}

#[tokio::test]
async fn sign_in_problems_are_reported_first() {
    let server = Sdm::start().await;
    let rest = |from: usize| Check::ALL[from..].iter().map(|check| (*check, CheckResult::Untried)).collect::<Vec<_>>();
    server.trouble(Trouble::Revoked);
    let report = asked(&server, false).await;
    let mut expected = vec![(Check::Consent, CheckResult::Failed(Remedy::SignInEnded))];
    expected.extend(rest(2));
    assert_eq!(amiss(&report), expected);
    let a_week_ago = jiff::Zoned::now().timestamp() - jiff::SignedDuration::from_hours(7 * 24 + 1);
    let config = config(&server, Some(SUBSCRIPTION));
    let report = check_setup(config.clone(), signed_in(Some(a_week_ago)), false).await.expect("addresses");
    assert_eq!(verdict(&report, Check::Consent), CheckResult::Failed(Remedy::ConsentRanOut));
    server.trouble(Trouble::None);
    let wrong = SecretString::from("GOCSPX-another");
    let wanted = Wanted::SignedIn(SdmSecret { refresh_token: REFRESH.into(), client_secret: wrong, issued: None });
    let report = check_setup(config, wanted, false).await.expect("addresses");
    assert!(matches!(verdict(&report, Check::Client), CheckResult::Failed(Remedy::ClientUnknown)), "{report:?}");
    assert_eq!(server.asked(&format!("/v1/enterprises/{PROJECT}/devices")), 0);
}

#[tokio::test]
async fn before_the_first_sign_in_the_client_alone_is_tried() {
    let server = Sdm::start().await;
    let ask = async |secret: &str| {
        let back = "http://127.0.0.1:8080/callback".to_owned();
        let wanted = Wanted::Client { secret: SecretString::from(secret), back };
        check_setup(config(&server, None), wanted, false).await.expect("addresses")
    };
    let report = ask(CLIENT_SECRET).await;
    assert_eq!(verdict(&report, Check::Client), CheckResult::Passed);
    assert_eq!(verdict(&report, Check::Consent), CheckResult::Mind(Remedy::SignInFirst));
    assert_eq!(verdict(&report, Check::Devices), CheckResult::Untried);
    let report = ask("wrong").await;
    assert_eq!(verdict(&report, Check::Client), CheckResult::Failed(Remedy::ClientUnknown));
    let unauthorized = r#"{"error":"invalid_client","error_description":"Unauthorized"}"#;
    server.trouble(Trouble::At("/token", 401, unauthorized.to_owned()));
    assert_eq!(verdict(&ask("wrong").await, Check::Client), CheckResult::Failed(Remedy::ClientSecret));
    assert!(server.forms().iter().all(|form| !form["code"].is_empty() && !form.contains_key("refresh_token")));
}

#[tokio::test]
async fn a_consent_screen_in_testing_and_a_box_that_was_not_ticked_are_seen() {
    let server = Sdm::start().await;
    server.grant(json!({"refresh_token_expires_in": 604_799}));
    let report = asked(&server, false).await;
    assert_eq!(amiss(&report), [(Check::Consent, CheckResult::Mind(Remedy::ConsentInTesting))]);
    assert!(report.is_well(), "it works for seven days");
    server.grant(json!({"scope": "https://www.googleapis.com/auth/sdm.service"}));
    server.trouble(Trouble::At("/subscriptions/", 403, no("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "No.")));
    let report = asked(&server, false).await;
    assert_eq!(verdict(&report, Check::Consent), CheckResult::Failed(Remedy::NotAllAllowed));
    assert_eq!(verdict(&report, Check::Devices), CheckResult::Passed);
    assert_eq!(verdict(&report, Check::Subscription), CheckResult::Failed(Remedy::NotAllAllowed));
}

#[tokio::test]
async fn project_problems_are_distinguished() {
    let server = Sdm::start().await;
    let said = |status: u16, message: &str| json!({"error": {"code": status, "message": message}}).to_string();
    let off = "Smart Device Management API has not been used in project 77 before or it is disabled.";
    let (api, devices) = (Check::DeviceApi, Check::Devices);
    for (status, body, check, remedy) in [
        (403, no("SERVICE_DISABLED", off), api, Remedy::EnableDeviceApi),
        (403, no("", "The caller does not have permission"), devices, Remedy::NotYourProject),
        (404, said(404, "Enterprise not found."), devices, Remedy::ProjectUnknown),
        (429, said(429, "Rate limited."), devices, Remedy::Wait),
        (400, said(400, "Invalid enterprise."), devices, Remedy::Said("Invalid enterprise.".to_owned().into())),
    ] {
        server.trouble(Trouble::At("/enterprises/", status, body));
        let report = asked(&server, false).await;
        assert_eq!(verdict(&report, check), CheckResult::Failed(remedy.clone()));
        assert_eq!(verdict(&report, Check::Publisher), CheckResult::Passed, "events are tried all the same");
        if remedy == Remedy::EnableDeviceApi {
            let finding = report.failed().expect("it failed");
            let page = report.page(finding).expect("a page").to_string();
            assert!(page.ends_with("smartdevicemanagement.googleapis.com?project=77"), "{page}");
            assert_eq!(verdict(&report, devices), CheckResult::Untried);
        }
    }
    server.trouble(Trouble::None);
    server.untick();
    assert_eq!(amiss(&asked(&server, false).await), [(Check::Devices, CheckResult::Failed(Remedy::NoDevice))]);
    server.trouble(Trouble::Page);
    let report = asked(&server, false).await;
    assert!(matches!(verdict(&report, devices), CheckResult::Failed(Remedy::Later(_))), "{report:?}");
}

#[tokio::test]
async fn topic_and_subscription_problems_are_distinguished() {
    let server = Sdm::start().await;
    let fails = async |change: &dyn Fn(&mut Value), expected: &[(Check, CheckResult)]| {
        let kept = server.pubsub(|pubsub| pubsub.resources.clone());
        server.pubsub(|pubsub| change(pubsub.resources.get_mut(SUBSCRIPTION).expect("there")));
        assert_eq!(amiss(&asked(&server, false).await), expected);
        server.pubsub(|pubsub| pubsub.resources = kept);
    };
    let untried = |check| (check, CheckResult::Untried);
    let expires = CheckResult::Mind(Remedy::SubscriptionExpires { days: 31 });
    fails(&|it| it["expirationPolicy"] = json!({"ttl": "2678400s"}), &[(Check::Subscription, expires)]).await;
    let push = CheckResult::Failed(Remedy::NotAPull);
    fails(&|it| it["pushConfig"] = json!({"pushEndpoint": "https://x.example"}), &[(Check::Subscription, push)]).await;
    let deleted = [(Check::Topic, CheckResult::Failed(Remedy::TopicDeleted)), untried(Check::Publisher)];
    fails(&|it| it["topic"] = json!("_deleted-topic_"), &deleted).await;
    fails(&|it| it["topic"] = json!("projects/cloud/topics/gone"), &deleted).await;
    let kept = server.pubsub(|pubsub| std::mem::take(&mut pubsub.policies));
    let missing = (Check::Publisher, CheckResult::Failed(Remedy::PublisherMissing));
    assert_eq!(amiss(&asked(&server, false).await), [missing]);
    let there = kept[TOPIC].clone();
    server.pubsub(|pubsub| pubsub.policies.insert(SUBSCRIPTION.to_owned(), there));
    let mistaken = (Check::Publisher, CheckResult::Failed(Remedy::PublisherOnSubscription));
    assert_eq!(amiss(&asked(&server, false).await), [mistaken], "a known stumbling block");
    server.trouble(Trouble::At(":getIamPolicy", 403, no("", "User not authorized to perform this action.")));
    assert_eq!(amiss(&asked(&server, false).await), [(Check::Publisher, CheckResult::Mind(Remedy::PolicyHidden))]);
    server.trouble(Trouble::At("/topics/", 403, no("", "User not authorized to perform this action.")));
    let denied = [(Check::Topic, CheckResult::Failed(Remedy::TopicDenied)), untried(Check::Publisher)];
    assert_eq!(amiss(&asked(&server, false).await), denied);
    server.trouble(Trouble::NoEvents);
    let denied = CheckResult::Failed(Remedy::SubscriptionDenied);
    assert_eq!(verdict(&asked(&server, false).await, Check::Subscription), denied);
    let off = "Cloud Pub/Sub API has not been used in project 77 before or it is disabled.";
    for make in [false, true] {
        server.trouble(Trouble::At("/projects/", 403, no("SERVICE_DISABLED", off)));
        let report = asked(&server, make).await;
        assert_eq!(verdict(&report, Check::EventsApi), CheckResult::Failed(Remedy::EnableEventsApi));
        assert_eq!(verdict(&report, Check::Subscription), CheckResult::Untried);
        assert_eq!(report.cloud.as_deref(), Some("77"));
    }
}

#[tokio::test]
async fn a_topic_of_google_is_recognized() {
    let server = Sdm::start().await;
    server.pubsub(|pubsub| {
        pubsub.resources.get_mut(SUBSCRIPTION).expect("there")["topic"] =
            json!("projects/sdm-prod/topics/enterprise-1");
    });
    let report = asked(&server, true).await;
    let hosted = verdict(&report, Check::Topic);
    assert_eq!(hosted.remedy(), Some(&Remedy::HostedTopic));
    assert_eq!((report.topic.as_deref(), report.can_make()), (None, false));
    let without = check_setup(config(&server, None), signed_in(None), true).await.expect("addresses");
    assert_eq!(verdict(&without, Check::Subscription), CheckResult::Mind(Remedy::NoSubscription));
}

#[tokio::test]
async fn missing_parts_for_events_are_created_on_request() {
    let server = Sdm::start().await;
    server.pubsub(|pubsub| pubsub.clear());
    let report = asked(&server, false).await;
    assert_eq!(verdict(&report, Check::Subscription), CheckResult::Failed(Remedy::SubscriptionMissing));
    assert!(report.can_make() && server.pubsub(|pubsub| pubsub.resources.is_empty()), "nothing is made unasked");
    let report = asked(&server, true).await;
    let made = [Check::Subscription, Check::Topic, Check::Publisher].map(|check| (check, CheckResult::Made));
    assert_eq!(amiss(&report), made);
    assert_eq!(report.topic.as_deref(), Some(TOPIC));
    server.pubsub(|pubsub| {
        assert_eq!(pubsub.resources[SUBSCRIPTION]["expirationPolicy"], json!({}), "it never ends by itself");
        assert_eq!(pubsub.policies[TOPIC]["bindings"][0]["members"], json!([PUBLISHER]));
    });
    assert_eq!(amiss(&asked(&server, false).await), [], "and is there from then on");
    // The existing permissions of the topic stay.
    let mine = json!({"etag": "e", "bindings": [{"role": "roles/owner", "members": ["user:me@example.com"]}]});
    server.pubsub(|pubsub| pubsub.policies.insert(TOPIC.to_owned(), mine));
    assert_eq!(amiss(&asked(&server, true).await), [(Check::Publisher, CheckResult::Made)]);
    server.pubsub(|pubsub| {
        let policy = &pubsub.policies[TOPIC];
        assert_eq!((policy["etag"].clone(), policy["bindings"][0]["role"].clone()), (json!("e"), json!("roles/owner")));
        assert_eq!(policy["bindings"].as_array().map(Vec::len), Some(2));
    });
    // An organisation may forbid groups from other domains.
    server.pubsub(|pubsub| pubsub.policies.clear());
    let forbidden =
        json!({"error": {"code": 400, "message": "One or more users do not belong to a permitted customer."}});
    server.trouble(Trouble::At(":setIamPolicy", 400, forbidden.to_string()));
    let said = verdict(&asked(&server, true).await, Check::Publisher);
    assert!(
        matches!(&said, CheckResult::Failed(Remedy::Said(said)) if said.as_str().contains("permitted customer")),
        "{said:?}"
    );
}
